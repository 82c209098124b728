//! The commands by what they are for, each with a few words.

/// The groups, in the order of a year's work.
pub(super) const GROUPS: [(&str, &[(&str, &str)]); 5] = [
    (
        "Start",
        &[
            ("new", "Make a folder to start from, or next year's from last year's"),
            ("import", "Turn other people's files into evidence, and forms that came back"),
            ("form", "Make a form for people with a spreadsheet to fill in"),
            ("upgrade", "Bring files of an older format up to this one's"),
            ("schema", "Print the JSON Schema of a file format, for editors"),
        ],
    ),
    (
        "Rank",
        &[
            ("rank", "Rank an assessment's candidates and explain the list"),
            ("check", "List every problem in evidence and rules"),
            ("fmt", "Lay out the files of an assessment or a rule set in one way"),
            ("test", "Run the rules' own tests; list what they do not notice"),
            ("watch", "Rank again whenever a file is saved, and say what moved"),
            ("templates", "Write the paper's templates to a folder, for you to change"),
        ],
    ),
    (
        "Question",
        &[
            ("explain", "Explain one candidate's place, and what would change it"),
            ("sensitivity", "Show how much the list depends on weights and evidence"),
            ("diff", "Show what moved between two rule sets or two years, and why"),
            ("history", "Show several years, and what made each step"),
            ("learn", "Find the weights that reproduce a list the board agreed on"),
        ],
    ),
    (
        "Decide",
        &[
            ("workshop", "Make a page on which a board settles weights and decisions"),
            ("elicit", "Work out weights from people's answers"),
            ("choose", "Find the best set of a plan's actions for the money there is"),
            ("review", "Show what became of a plan, measure by measure"),
        ],
    ),
    (
        "Prove",
        &[
            ("record", "Seal an assessment, its rules and its list in a folder"),
            ("verify", "Check a record, and make its list again"),
            ("sign", "Sign a record"),
            ("key", "Make keys to sign records with"),
            ("register", "Keep a register of records: lines are added, never changed"),
        ],
    ),
];
