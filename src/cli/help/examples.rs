//! What is typed, command by command: shown first in its help. The unit tests parse every line.

/// What the help of a command adds to its arguments.
pub(super) struct CommandHelp {
    /// Its name, with those that it is within: `import table`.
    pub(super) command: &'static str,
    /// The guide that goes on, by the name of its file.
    pub(super) guide: &'static str,
    /// What is typed after `prioritise`, and what it does.
    pub(super) examples: &'static [(&'static str, &'static str)],
}

const fn help(
    command: &'static str,
    guide: &'static str,
    examples: &'static [(&'static str, &'static str)],
) -> CommandHelp {
    CommandHelp { command, guide, examples }
}

/// The first three things that anybody types.
pub(super) const FIRST: &[(&str, &str)] = &[
    ("new ours", "A folder with an assessment and rules, to change into yours"),
    ("rank ours", "The list, and how sure it is"),
    ("rank ours -o paper.html", "The board's paper"),
];

/// What is typed for each command.
pub(super) const EXAMPLES: &[CommandHelp] = &[
    help(
        "new",
        "tutorial",
        &[
            ("new ours", "A commented assessment and rule set that rank at once"),
            ("new next --from sealed-2025", "Next year's folder: the same candidates, every figure asked for"),
        ],
    ),
    help(
        "import",
        "import",
        &[
            ("import matrix scores.xlsx -o ours", "A scoring spreadsheet, as it is; asks for what it does not say"),
            ("import police-uk archive.zip -o ours --area Huntingdonshire", "Recorded crime from data.police.uk"),
        ],
    ),
    help(
        "import deprivation",
        "import",
        &[(
            "import deprivation file7.csv --district Huntingdonshire --as district -o ours",
            "The indices of a district, its small areas put together",
        )],
    ),
    help(
        "import evidence",
        "forms",
        &[
            ("import evidence figures.xlsx --into ours --dry-run", "Show what a form that came back would change"),
            ("import evidence figures.xlsx --into ours", "Write it into the assessment's evidence files"),
        ],
    ),
    help(
        "import fingertips",
        "import",
        &[(
            "import fingertips data.csv --area Huntingdonshire --kind crime -o ours",
            "Public health figures of an area, a candidate for each indicator",
        )],
    ),
    help(
        "import form",
        "forms",
        &[
            ("import form back/*.xlsx --into ours --dry-run", "Show what the forms that came back would change"),
            ("import form back/*.xlsx --into ours", "Write the judgements into the assessment's evidence files"),
        ],
    ),
    help(
        "import harm-index",
        "import",
        &[(
            "import harm-index weights.csv --counts counts.csv --period 2025/26 -o ours",
            "Counts of offences with what each weighs",
        )],
    ),
    help(
        "import home-office-csp",
        "import",
        &[(
            "import home-office-csp crime.csv --csp Huntingdonshire -o ours",
            "A partnership's recorded crime, a candidate for each offence group",
        )],
    ),
    help(
        "import matrix",
        "import",
        &[
            ("import matrix scores.xlsx", "Read the spreadsheet as it is, and ask on the terminal for the rest"),
            ("import matrix scores.xlsx --scale 1 5 -o ours", "Say the lowest and highest score beforehand"),
        ],
    ),
    help(
        "import members",
        "county",
        &[(
            "import members lists.csv --period 2025/26 --source minutes --where Appendix -o county",
            "Priorities of a county's members, as their documents list them",
        )],
    ),
    help(
        "import police-uk",
        "import",
        &[
            (
                "import police-uk archive.zip -o ours --area Huntingdonshire",
                "A candidate for each type of crime, month by month",
            ),
            ("import police-uk archive.zip -o ours --as ward --lookup wards.csv", "A candidate for each ward"),
        ],
    ),
    help(
        "import population",
        "import",
        &[
            (
                "import population mye.xlsx --area Huntingdonshire -o ours/evidence",
                "How many people the assessment is about",
            ),
            (
                "import population mye.xlsx --area Huntingdonshire --ages 10-17 --candidate young-people -o ours",
                "Some of them, as evidence of one candidate",
            ),
        ],
    ),
    help(
        "import table",
        "import",
        &[
            ("import table figures.xlsx -o ours", "Say which headers there are"),
            (
                "import table figures.xlsx --id Theme --value Count --period 2025/26 -o ours",
                "A column of figures, a candidate a row",
            ),
            (
                "import table cases.csv --id Theme --count-rows --when Date -o ours",
                "Rows counted by month: each is one thing that happened",
            ),
        ],
    ),
    help(
        "import workbook",
        "workbook",
        &[(
            "import workbook list.xlsx --original ours --by Board --date 2026-06-01 --because \"Agreed.\" -o ours-june",
            "Weights and judgements that were changed in a workbook, as files",
        )],
    ),
    help(
        "form",
        "forms",
        &[
            ("form ours -o scores.xlsx", "A form on which one person judges every candidate"),
            ("form ours evidence -o figures.xlsx", "A form for a colleague who has figures that are missing"),
            ("form ours swings -o swings.xlsx", "A form for weights"),
        ],
    ),
    help(
        "upgrade",
        "formats",
        &[
            ("upgrade ours --dry-run", "Say what would change in the files of a folder"),
            ("upgrade ours", "Write it; comments and layout stay"),
        ],
    ),
    help(
        "schema",
        "editors",
        &[
            ("schema rules", "The schema of ruleset.toml"),
            ("schema ranking", "The schema of what `rank --format json` writes"),
        ],
    ),
    help(
        "rank",
        "explain",
        &[
            ("rank", "The list of the assessment in this folder"),
            ("rank ours --full", "With the reasons for every place, and every sum"),
            ("rank ours -o paper.html", "The board's paper; or `paper.docx`, `paper.md`"),
            ("rank ours -o list.xlsx", "A workbook that recomputes when a weight is changed"),
            ("rank ours --chart points -o points.svg", "A chart by itself, for slides or a report"),
            ("rank ours --rules another-rule-set", "By other rules than the assessment names"),
        ],
    ),
    help(
        "check",
        "diagnostics",
        &[
            ("check ours", "Every problem, with its line and how to mend it"),
            ("check ours --for-committee", "Also what a committee expects of a paper"),
        ],
    ),
    help(
        "fmt",
        "editors",
        &[
            ("fmt ours", "Keys in order, signs of equality under each other; comments stay"),
            ("fmt ours --check", "List what is laid out otherwise; exit code 1 with any"),
        ],
    ),
    help(
        "test",
        "testing",
        &[
            ("test ours/rules", "Run the tests in the folder `tests` beside ruleset.toml"),
            ("test ours/rules --passed", "Name those that pass, too"),
            ("test ours/rules --coverage --mutate", "List what no test reaches, and what change no test notices"),
        ],
    ),
    help("watch", "watch", &[("watch ours", "A few lines for each save: who moved, and which change did it")]),
    help("templates", "paper", &[("templates -o look", "Write them to a folder; `rank --templates look` uses them")]),
    help(
        "explain",
        "explain",
        &[
            ("explain ours burglary", "Its questions, points and range, and what would change its place"),
            ("explain ours burglary --against domestic-abuse", "Why one stands above the other"),
        ],
    ),
    help(
        "sensitivity",
        "sensitivity",
        &[
            ("sensitivity ours", "Who comes where with any weights"),
            (
                "sensitivity ours --vary both --weights current",
                "With weights near those of the rules, and evidence redrawn",
            ),
        ],
    ),
    help(
        "diff",
        "diff",
        &[
            ("diff ours --rules another-rule-set", "What other rules would change, and which change of them does it"),
            ("diff sealed-2025 ours", "Two years: who moved, and which evidence did it"),
        ],
    ),
    help(
        "history",
        "history",
        &[
            ("history sealed-2024 sealed-2025 ours", "Everybody's place in three years"),
            ("history sealed-* -o years.html", "A page with a chart"),
        ],
    ),
    help(
        "learn",
        "learn",
        &[
            ("learn ours agreed.toml", "Whether any weights give the list that was agreed, and which"),
            ("learn ours ours/rules/agreed.toml --write --by Board", "Write them into the rules"),
        ],
    ),
    help(
        "workshop",
        "workshop",
        &[
            ("workshop ours -o workshop.html", "The page: one file that a browser opens without a server"),
            ("workshop ours --apply session.json --dry-run", "Show what the session that it saved would change"),
        ],
    ),
    help(
        "elicit",
        "weights",
        &[
            ("elicit ours/rules answers.toml", "The weights that people's answers give"),
            ("elicit ours/rules answers.toml --write", "Write them into ruleset.toml, with where they come from"),
        ],
    ),
    help(
        "choose",
        "plan",
        &[
            ("choose ours", "The best set for the amounts in the plan, and what is proven of it"),
            ("choose ours --draws 1000", "How often each action is chosen when evidence and costs vary"),
            ("choose ours -o choice.xlsx", "A workbook in which actions can be chosen"),
        ],
    ),
    help(
        "review",
        "review",
        &[
            ("review ours", "Each measure's outcome, and whether chance could explain it"),
            ("review ours --on 2026-08-01", "Seen from a day: figures that are overdue are told"),
        ],
    ),
    help(
        "record",
        "record",
        &[(
            "record ours -o sealed --date 2026-05-20 --by Analyst",
            "A folder that `sha256sum` checks and that `verify` makes again",
        )],
    ),
    help(
        "verify",
        "audit",
        &[
            ("verify sealed", "Whether it is unaltered, and gives the list that it has"),
            ("verify sealed --trust signers.toml", "Also whether those have signed it"),
        ],
    ),
    help("sign", "signing", &[("sign sealed --key chair.key --role chair", "A signature beside the record")]),
    help("key", "signing", &[("key new chair.key --role chair", "Make a key, and its public part `chair.key.pub`")]),
    help(
        "key new",
        "signing",
        &[("key new chair.key --role chair", "Make a key, and its public part `chair.key.pub`")],
    ),
    help(
        "register",
        "register",
        &[
            ("register append register.jsonl sealed", "Add a record"),
            ("register verify register.jsonl", "Find lines that were altered, taken out or moved"),
        ],
    ),
    help(
        "register append",
        "register",
        &[(
            "register append register.jsonl sealed --date 2026-05-21",
            "Add a record, and print the head for the minutes",
        )],
    ),
    help("register list", "register", &[("register list register.jsonl", "The records, and the register's head")]),
    help(
        "register verify",
        "register",
        &[(
            "register verify register.jsonl --records sealed-2024 sealed-2025",
            "Whether the lines are whole, and are those of these records",
        )],
    ),
    help(
        "register mend",
        "register",
        &[("register mend register.jsonl", "Put aside a line that was not written whole")],
    ),
    help(
        "help",
        "diagnostics",
        &[
            ("help import table", "The help of a command"),
            ("help unknown-key", "What a problem means, and how to mend it"),
            ("help evidence", "A guide; `help evidence.md` where a command has the same name"),
        ],
    ),
];
