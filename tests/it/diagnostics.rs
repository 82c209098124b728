//! Every code has a cause: each is provoked by one change to the starter, and `docs/diagnostics.md` shows what is said.
#![expect(clippy::disallowed_methods, reason = "the starter and the guide are read from the disk")]

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use prioritise::budget::{Budget, STEPS};
use prioritise::diagnostic::{Code, Problem, Problems};
use prioritise::elicitation::HowAsked;
use prioritise::files::{Files, Memory, ReadError};

use prioritise::import::CitedDocument;
use prioritise::import::home_office::{CandidateColumn, HomeOfficeOptions, YearOrQuarter};
use prioritise::record;

use crate::paper::with;
use crate::support::{Folder, prioritise_in, root};

const ASSESSMENT: &str = "assessment.toml";
const BURGLARY: &str = "evidence/burglary.toml";
const RULES: &str = "rules/ruleset.toml";
const SCRIPT: &str = "rules/change.rhai";

const OFFENCES: &str = r#"
[candidate.evidence.offences]
context = true
offences = [{ offence = "Burglary of a home", count = 500, harm = 20 }, { offence = "Burglary of a shop", count = 202 }]
period = "2025/26"
source = "police"
where = "Table 5"
"#;

/// Wards of which two become one.
const WARDS: &[u8] = b"WD19CD,WD23CD\nA,N\nB,N\n";
/// What is counted in them.
const CALLS: &[u8] = b"ward,calls,concern\nA,4,\nB,5,\n";

/// The starter with a table of old wards, and the lookup that puts them on new ones.
fn on_new_wards(lookup: &[u8], rows: &[u8]) -> Starter {
    let cited = "source = \"assessment\"\nwhere = \"Table 1\"\n";
    let tables = format!(
        "[[lookup]]\nid = \"wards\"\nfile = \"lookup.csv\"\nkind = \"whole\"\nfrom = \"WD19CD\"\nto = \"WD23CD\"\n{cited}\
         [[table]]\nfile = \"wards.csv\"\nlookup = \"wards\"\nid = \"ward\"\nkind = \"place\"\n\
         [table.column.calls]\nheader = \"calls\"\nkind = \"count\"\nperiod = \"2025/26\"\ncontext = true\n{cited}\
         [table.column.concern]\nheader = \"concern\"\nkind = \"percentage\"\n{cited}"
    );
    Starter::new().with_added(ASSESSMENT, &tables).with_file("lookup.csv", lookup).with_file("wards.csv", rows)
}

/// A plan whose one action costs more than there is.
const PLAN: &str = "[plan]\ntitle = \"Plan\"\nperiod = \"2026/27\"\nworth = \"total\"\n\
    [[resource]]\nid = \"grant\"\ntitle = \"Grant\"\nunit = \"GBP\"\nby = \"Treasurer\"\ndate = \"2026-04-20\"\n\
    because = \"The letter.\"\namounts = [{ period = \"2026/27\", amount = 20000 }]\n\
    [[action]]\nid = \"outreach\"\ntitle = \"Outreach\"\ncosts = [{ resource = \"grant\", amount = 24000.50 }]\n\
    serves = [{ candidate = \"burglary\", share = 0.1 }]\nby = \"Analyst\"\ndate = \"2026-04-20\"\nbecause = \"A guess.\"\n";

/// A condition that an action must be chosen.
fn must(action: &str) -> String {
    format!("[[condition]]\nid = \"duty\"\naction = \"{action}\"\nmust = true\nreason = \"A duty.\"\n")
}

/// The starter's files, and what a disk can do to one of them.
#[derive(Clone)]
struct Starter {
    files: BTreeMap<String, Vec<u8>>,
    broken: Option<ReadError>,
    steps: u64,
}

impl Files for Starter {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        match &self.broken {
            Some(error) if path == BURGLARY => Err(error.clone()),
            _ => Memory::lent(&self.files, &self.budget()).read(path, limit),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        Memory::lent(&self.files, &self.budget()).list(folder)
    }

    fn budget(&self) -> Budget {
        Budget::of(self.steps)
    }
}

impl Starter {
    /// The starter with two members, the first with a list of that period, and a theme that gathers that.
    fn with_members(self, period: &str, gathers: &str) -> Self {
        let member = |id: &str| format!("[[member]]\nid = \"{id}\"\ntitle = \"{id}\"\nlist = \"{id}.toml\"\n");
        let list = |period: &str, priority: &str| {
            let head = "source = \"assessment\"\nwhere = \"Table 1\"\n";
            format!("ranked = false\nperiod = \"{period}\"\n{head}{priority}")
        };
        let arson = "[[priority]]\nid = \"arson\"\ntitle = \"Arson\"\n";
        let theme = format!("[[theme]]\nid = \"fire\"\ntitle = \"Fire\"\ngathers = {gathers}\n");
        self.with(ASSESSMENT, "# decisions", "themes = \"themes.toml\"\n# decisions")
            .with_added(ASSESSMENT, &[member("east"), member("west")].concat())
            .with_file("east.toml", list(period, arson).as_bytes())
            .with_file("west.toml", list("2025/26", "").as_bytes())
            .with_file("themes.toml", theme.as_bytes())
    }

    fn new() -> Self {
        let names = [ASSESSMENT, BURGLARY, "evidence/domestic-abuse.toml", RULES, SCRIPT];
        let read = |name: &&str| (name.to_string(), std::fs::read(root().join("fixtures/starter").join(name)).unwrap());
        Self { files: names.iter().map(read).collect(), broken: None, steps: STEPS }
    }

    /// The starter with one change, which must be one.
    fn with(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = String::from_utf8(self.files.get(file).cloned().unwrap()).unwrap();
        assert!(text.contains(from), "fixtures/starter/{file} has no `{from}`");
        self.files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
        self
    }

    /// The starter with what the board decided: the meeting, and a decision with these keys on burglary.
    fn decided(self, keys: &str) -> Self {
        let meeting = "[meeting]\ntitle = \"Board\"\ndate = \"2026-05-12\"\n";
        let decision = format!("[[decision]]\ncandidate = \"burglary\"\nreason = \"R\"\nby = \"Chair\"\n{keys}\n");
        self.with(ASSESSMENT, "# decisions", "decisions")
            .with_file("decisions.toml", format!("{meeting}{decision}").as_bytes())
    }

    /// The starter with a plan, and what the board chose out of it.
    fn planned(self, plan: &str, chosen: Option<&str>) -> Self {
        let planned = self.with(ASSESSMENT, "[assessment]", "[assessment]\nplan = \"plan.toml\"");
        let planned = planned.with_file("plan.toml", plan.as_bytes());
        let chosen = chosen.map(|id| format!("[chosen]\nactions = [\"{id}\"]\nreason = \"R\"\nby = \"Chair\"\n"));
        match chosen {
            Some(chosen) => planned.decided("outcome = \"adopted\"").with_added("decisions.toml", &chosen),
            None => planned,
        }
    }

    /// The starter whose weights are said to come from a file of answers.
    fn elicited(self, answers: &str) -> Self {
        let digest = "0".repeat(64);
        let origin = format!(
            "[weights]\nmethod = \"swing\"\npeople = [\"Chair\"]\ndate = \"2026-11-02\"\nanswers = \"answers.toml\"\n\
             digest = \"sha256:{digest}\"\n"
        );
        self.with_added(RULES, &origin).with_file("rules/answers.toml", answers.as_bytes())
    }

    fn with_added(self, file: &str, more: &str) -> Self {
        let text = String::from_utf8(self.files.get(file).cloned().unwrap_or_default()).unwrap();
        self.with_file(file, format!("{text}\n{more}").as_bytes())
    }

    fn with_file(mut self, file: &str, bytes: &[u8]) -> Self {
        self.files.insert(file.to_owned(), bytes.to_vec());
        self
    }

    fn breaking(mut self, error: ReadError) -> Self {
        self.broken = Some(error);
        self
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Problems::default();
        if let Some((assessment, rules)) = prioritise::load(self, ASSESSMENT, None, &mut problems) {
            problems.extend(prioritise::changed_since_recorded(self, &rules));
            match prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, Problems::default()) {
                Ok(report) => problems.extend(prioritise::check(&report).unwrap().0),
                Err(failures) => problems.extend(failures),
            }
        }
        problems.sorted()
    }
}

/// A rule set of two criteria, from the lines that differ.
fn small(header: &str, criterion: &str, tiers: &str) -> String {
    let question = |id: &str| {
        format!(
            "[[criterion]]\nid = \"{id}\"\ntitle = \"T\"\nquestion = \"Q\"\nunit = \"u\"\ndirection = \"higher-is-worse\"\n\
             value = {{ linear = {{ from = 0, to = 10 }} }}\nmissing = \"neutral\"\nbecause = \"B\"\n{criterion}\n"
        )
    };
    let criteria = if criterion.is_empty() { String::new() } else { ["a", "b"].map(question).concat() };
    format!(
        "[ruleset]\nname = \"N\"\nversion = \"1\"\n{header}\n{criteria}\n{tiers}\n[[tier]]\nid = \"rest\"\ntitle = \"Rest\"\n"
    )
}

/// Answers about the starter's rules.
fn answered(more: &str) -> String {
    format!(
        "[answers]\nmethod = \"swing\"\n{more}[[person]]\nby = \"Chair\"\ndate = \"2026-11-02\"\n[person.criteria]\n\
         volume = 60\nchange = 40\nseverity = 100\nconcern = 25\n"
    )
}

/// The same with a second person who left one answer blank.
fn left_blank() -> String {
    let second = answered("").replace("[answers]\nmethod = \"swing\"\n", "").replace("Chair", "Head of housing");
    format!("{}{}", answered(""), second.replace("concern = 25\n", ""))
}

/// Two editions of an index.
const EDITIONS: &str = "\n[[source]]\nid = \"index-2019\"\ntitle = \"Indices 2019\"\nindex = \"Indices of Deprivation\"\n\
                        edition = \"2019\"\n\n[[source]]\nid = \"index-2025\"\ntitle = \"Indices 2025\"\n\
                        index = \"Indices of Deprivation\"\nedition = \"2025\"\n";
/// A series of percentages, the one of the one edition and the other of the other.
const OF_TWO_EDITIONS: &str = "\n[candidate.evidence.most_deprived_fifth]\npercentages = [{ period = \"2019\", \
                               percentage = 12 }, { period = \"2025\", percentage = 15, source = \"index-2025\" }]\n\
                               context = true\nsource = \"index-2019\"\nwhere = \"File 1\"\n";

/// The last count of a series of the starter.
const COUNT: &str = "count = 702 }";

/// That count with something printed beside it.
fn beside_count(printed: &str) -> String {
    format!("count = 702, published = [{{ {printed}, where = \"Table 4\" }}] }}")
}

/// One change for each code that files can provoke.
#[expect(clippy::too_many_lines, reason = "a line or two for each code")]
fn provoked() -> Vec<(Code, Starter)> {
    let starter = Starter::new;
    let rules = |text: String| starter().with_file(RULES, text.as_bytes());
    let plain = "weight = 1\nmeasure = \"5\"";
    vec![
        (Code::UnmatchedOffence, starter().with_added(BURGLARY, OFFENCES)),
        (Code::FileMissing, starter().with(ASSESSMENT, "evidence/burglary.toml", "evidence/burglry.toml")),
        (Code::FileUnreadable, starter().breaking(ReadError::Other("permission denied".into()))),
        (Code::FileTooLarge, starter().breaking(ReadError::TooLarge(40 << 20))),
        (Code::NotUtf8, starter().with_file(BURGLARY, b"# Caf\xe9\n")),
        (Code::TomlSyntax, starter().with(RULES, "weight    = 30", "weight    == 30")),
        (Code::NewerFormat, starter().with(RULES, "format = 1", "format = 2")),
        (Code::UnknownKey, starter().with(RULES, "weight    = 30", "wieght    = 30")),
        (Code::MissingKey, starter().with(RULES, "unit      = \"out of 5\"\n", "")),
        (Code::WrongType, starter().with(RULES, "weight    = 30", "weight    = \"30\"")),
        (Code::UnknownWord, starter().with(RULES, "missing   = \"refuse\"", "missing   = \"refused\"")),
        (Code::BadValue, starter().with(RULES, "scale    = 100", "scale    = 20000")),
        (Code::NotFinite, starter().with(RULES, "weight    = 30", "weight    = inf")),
        (Code::Negative, starter().with(RULES, "weight    = 30", "weight    = -30")),
        (Code::NotWhole, starter().with(BURGLARY, "count = 702", "count = 702.5")),
        (Code::PercentageOutOfRange, starter().with(BURGLARY, "percentage = 18", "percentage = 118")),
        (Code::BadPeriod, starter().with(BURGLARY, "\"2025/26\"", "\"2025/27\"")),
        (Code::BadId, starter().with(RULES, "\"volume\"", "\"Volume\"")),
        (Code::DuplicateId, starter().with(RULES, "\"change\"", "\"volume\"")),
        (Code::UnknownId, starter().with(RULES, "[\"severity\"]", "[\"severty\"]")),
        (Code::BadPlace, starter().decided("outcome = \"moved\"\nplace = 2")),
        (Code::NoCandidates, {
            let all = "[\"evidence/burglary.toml\", \"evidence/domestic-abuse.toml\"]";
            starter().with(ASSESSMENT, all, "[]")
        }),
        (Code::NoArea, starter().with(RULES, "ties     =", "per = \"area\"\nties     =")),
        (Code::AreaLookup, on_new_wards(b"WD19CD,WD23CD\nA,N\nA,S\nB,N\n", CALLS)),
        (Code::UnknownArea, on_new_wards(WARDS, b"ward,calls,concern\nA,4,40\nC,5,50\n")),
        (Code::MixedEditions, starter().with_added(ASSESSMENT, EDITIONS).with_added(BURGLARY, OF_TWO_EDITIONS)),
        (Code::NotByParts, on_new_wards(WARDS, b"ward,calls,concern\nA,4,40\nB,5,50\n")),
        (Code::PartNotKnown, on_new_wards(WARDS, b"ward,calls,concern\nA,4,\n")),
        (Code::NoCriteria, rules(small("", "", ""))),
        (Code::WeightsAllZero, rules(small("", "weight = 0\nmeasure = \"5\"", ""))),
        (Code::NoSource, starter().with(BURGLARY, "base       = 1240\nsource     = \"assessment\"", "base = 1240")),
        (Code::WhichEvidence, starter().with(BURGLARY, "percentage = 18", "percentage = 18\nnumber = 18")),
        (Code::WrongKind, starter().with(BURGLARY, "percentage = 18\nbase       = 1240", "number = 18")),
        (Code::UnknownEvidence, starter().with(BURGLARY, "evidence.concern", "evidence.conern")),
        (Code::UndeclaredEvidence, starter().with(RULES, "measure   = \"severity\"", "measure   = \"severty\"")),
        (Code::BadCsv, {
            let table = "[[table]]\nfile = \"wards.csv\"\nid = \"ward_id\"\n[table.column]\n";
            starter().with_added(ASSESSMENT, table).with_file("wards.csv", b"id,ward\nnorth,North\n")
        }),
        (Code::BadCell, {
            let table = "[[table]]\nfile = \"wards.csv\"\nid = \"id\"\n[table.column.concern]\nheader = \"worry\"\n\
                         kind = \"percentage\"\nsource = \"assessment\"\nwhere = \"Table 1\"\n";
            starter().with_added(ASSESSMENT, table).with_file("wards.csv", b"id,worry\nnorth,12%\n")
        }),
        (Code::BadValueFunction, starter().with(RULES, "from = 0, to = 5", "from = 5, to = 0")),
        (Code::BadParameter, starter().with(RULES, "from = \"2025-04-01\"", "from = \"2019-04-01\"")),
        (Code::NoValueYet, starter().with(ASSESSMENT, "\"2025/26\"", "\"2015/16\"")),
        (Code::StaleParameter, starter().with(RULES, "review = \"2028-03-31\"", "review = \"2025-06-30\"")),
        (Code::ParameterChanged, starter().with(RULES, "from = \"2025-04-01\"", "from = \"2025-10-01\"")),
        (Code::OldEvidence, {
            let limit = "oldest_evidence_months = 6\ndecimals = 2 ";
            starter().with(RULES, "decimals = 2 ", limit).with(ASSESSMENT, "\"2025/26\"", "\"2026/27\"")
        }),
        (Code::FewPublished, {
            let limit = "published_at_least = 0.9\ndecimals = 2 ";
            starter().with(RULES, "decimals = 2 ", limit)
        }),
        (Code::CloseAtTheLine, {
            let limit = "told_apart_by = 60\ndecimals = 2 ";
            starter().with(RULES, "decimals = 2 ", limit)
        }),
        (Code::FewJudges, {
            let limit = "judges_at_least = 3\ndecimals = 2 ";
            starter().with(RULES, "decimals = 2 ", limit)
        }),
        (Code::FewAnswers, {
            let calls = "[evidence.calls]\nkind = \"count\"\ntitle = \"Calls\"\n";
            let limit = "answered_at_least = 0.9\ndecimals = 2 ";
            let unasked = starter().with(RULES, "measure   = \"concern\"", "measure   = \"calls\"");
            unasked.with_added(RULES, calls).with(RULES, "decimals = 2 ", limit)
        }),
        (Code::BadTiers, starter().with(RULES, "places = 1", "#")),
        (Code::ScriptSyntax, starter().with(RULES, "per_year()\"", "per_year(\"")),
        (Code::ScriptUnknownName, starter().with(RULES, "per_year()", "per_yaer()")),
        (Code::ScriptFailed, starter().with(RULES, "latest().per_year()", "latest() / 2")),
        (
            Code::ScriptLimit,
            starter().with(SCRIPT, "    let certain", "    change_value(ratio, level, slope);\n    let certain"),
        ),
        (Code::BudgetSpent, Starter { steps: 30, ..starter() }),
        (
            Code::ScriptResult,
            starter().with(RULES, "\"change_value(measure, 0.4, 1.2)\"", "\"measure.estimate * 100.0\""),
        ),
        (Code::DividesByZero, {
            let group = "[[group]]\nid = \"g\"\ntitle = \"G\"\n";
            rules(small("combine = { script = \"1 / g\" }", &format!("{plain}\ngroup = \"g\""), group))
        }),
        (Code::TotalOutOfRange, {
            let header = "scale = 10000\ncombine = { script = \"g * 1000000000000\" }";
            let group = "[[group]]\nid = \"g\"\ntitle = \"G\"\n";
            rules(small(header, &format!("{plain}\ngroup = \"g\""), group))
        }),
        (Code::RelativeValue, starter().with(RULES, "linear = { from = 0, to = 5 }", "relative = \"percentile\"")),
        (Code::LooksAlike, starter().with(BURGLARY, "title = \"Burglary\"", "title = \"Dоmestic abuse\"")),
        (Code::MembersDiffer, starter().with_members("2024/25", "[\"east/arson\"]")),
        (Code::NoTheme, starter().with_members("2025/26", "[]")),
        (Code::UnlistedFile, starter().with_file("evidence/forgotten.toml", b"")),
        (Code::TieAtTheLine, rules(small("", plain, "[[tier]]\nid = \"top\"\ntitle = \"Top\"\nplaces = 1\n"))),
        (Code::Circle, {
            let part = "title = \"Burglary\"\npart_of = \"burglary\"\n";
            starter().with(BURGLARY, "title = \"Burglary\"\n", part)
        }),
        (Code::Overlap, {
            let part = "title = \"Burglary\"\npart_of = \"domestic-abuse\"\n";
            starter().with(BURGLARY, "title = \"Burglary\"\n", part).with(RULES, "places = 1", "places = 2")
        }),
        (Code::TooManyIncluded, {
            let gate = "[[gate]]\nid = \"g\"\ntitle = \"G\"\nwhen = \"true\"\neffect = \"include\"\nreason = \"R\"\n";
            starter().with_added(RULES, gate)
        }),
        (Code::ClaimedOutcome, {
            let plan = "[plan]\ntitle = \"Plan\"\nperiod = \"2024/25\"\n[[measure]]\nid = \"burglary\"\ntitle = \
                        \"Burglary\"\nwanted = \"less\"\nbaseline = { count = 421, period = \"2023/24\" }\nactual = { \
                        count = 460, period = \"2024/25\" }\nclaims = [{ outcome = \"achieved\" }]\nsource = \
                        \"assessment\"\nwhere = \"Table 1\"\n";
            starter()
                .with(ASSESSMENT, "# decisions", "reviews = [\"plan-2024.toml\"]\n# decisions")
                .with_file("plan-2024.toml", plan.as_bytes())
        }),
        (Code::OddMeasure, {
            let plan = "[plan]\ntitle = \"Plan\"\nperiod = \"2024/25\"\n[[measure]]\nid = \"burglary\"\ntitle = \
                        \"Burglary\"\nwanted = \"less\"\ntarget = { count = 400 }\nbaseline = { count = 390, period = \
                        \"2023/24\" }\nactual = { count = 395, period = \"2024/25\" }\nsource = \"assessment\"\nwhere = \
                        \"Table 1\"\n";
            starter()
                .with(ASSESSMENT, "# decisions", "reviews = [\"plan-2024.toml\"]\n# decisions")
                .with_file("plan-2024.toml", plan.as_bytes())
        }),
        (Code::DecisionMissing, starter().decided("outcome = \"rejected\"")),
        (Code::AnswersChanged, starter().elicited("")),
        (Code::WeightsDiffer, starter().elicited(&answered(""))),
        (Code::RangeChanged, starter().elicited(&answered("[ranges]\nvolume = [0, 2000]\n"))),
        (Code::DoesNotRecompute, starter().with(BURGLARY, COUNT, &beside_count("rate = \"9.6\""))),
        (Code::PartYear, {
            let change = beside_count("change = \"9.7\"");
            starter().with(BURGLARY, COUNT, &change).with(
                BURGLARY,
                "period = \"2024/25\"",
                "period = \"2024-04/2024-12\"",
            )
        }),
        (Code::IdenticalFigures, {
            let series = "[candidate.evidence.copied]\nseries = [{ period = \"2024/25\", count = 640 }, \
                          { period = \"2025/26\", count = 702 }]\nsource = \"assessment\"\nwhere = \"Table 9\"\n";
            starter().with_added("evidence/domestic-abuse.toml", series)
        }),
        (Code::NothingToRecompute, starter().with(BURGLARY, COUNT, &beside_count("percentage = \"18\""))),
        (Code::UnreadEvidence, {
            let more = "[candidate.evidence.deliberate_fires]\nmissing = \"Not asked.\"\n";
            starter().with_added(BURGLARY, more)
        }),
        (Code::UnreadDeclaration, {
            starter().with_added(RULES, "[evidence.fires]\nkind = \"count\"\ntitle = \"Deliberate fires\"\n")
        }),
    ]
}

/// One change for each code that `check` has for rules that are sound and that a colleague would ask about.
fn asked() -> Vec<(Code, Starter)> {
    let starter = Starter::new;
    let rules = |text: String| starter().with_file(RULES, text.as_bytes());
    let no_weight = || starter().with(RULES, "weight    = 15", "weight    = 0");
    let accept = "[[accept]]\nfinding = \"no-weight\"\nbecause = \"Asked for the record.\"\n";
    let severity = "[evidence.severity]\nkind = \"judgement\"\ntitle = \"S\"\nscale = [0, 5]\n";
    let concern = "[evidence.concern]\nkind = \"percentage\"\ntitle = \"C\"\n";
    let product = "combine = \"product\"";
    vec![
        (Code::CorrelatedCriteria, themes(starter(), |number| (number, number / 2))),
        (Code::SameQuestion, starter().with(RULES, "measure   = \"concern\"", "measure   = \"severity\"")),
        (
            Code::OpposedFactors,
            themes(starter().with(RULES, "decimals = 2 ", "combine = \"product\" "), |number| (number, 5 - number / 2)),
        ),
        (Code::ProductOfOrdinals, rules(small(product, "weight = 1\nmeasure = \"severity\"", severity))),
        (Code::CutAlike, starter().with(RULES, "[2500, 1]", "[600, 1]")),
        (Code::BeyondTheEnd, starter().with(RULES, "to = \"much_concern\"", "to = 5")),
        (
            Code::NeverDiscriminates,
            themes(starter().with(RULES, "linear = { from = 0, to = 5 }", "steps = [[0, 0], [6, 1]]"), |number| {
                (number, number / 2)
            }),
        ),
        (Code::AlwaysMissing, {
            let calls = "[evidence.calls]\nkind = \"count\"\ntitle = \"Calls\"\n";
            starter().with(RULES, "measure   = \"concern\"", "measure   = \"calls\"").with_added(RULES, calls)
        }),
        (Code::MissingPays, {
            let stated = "missing   = { value = 0.5, because = \"since the survey";
            let neutral = "missing   = \"neutral\" #{ value = 0.5, because = \"since the survey";
            themes(starter().with(RULES, stated, neutral), |number| (number, number / 2))
        }),
        (Code::NoWeight, no_weight()),
        (Code::PastTheScale, {
            let group = "[[group]]\nid = \"g\"\ntitle = \"G\"\n";
            rules(small("combine = { script = \"g * 2\" }", "weight = 1\nmeasure = \"5\"\ngroup = \"g\"", group))
        }),
        (Code::LoneWeight, {
            let group = |id: &str| format!("[[group]]\nid = \"{id}\"\ntitle = \"G\"\nweight = 1\n");
            let of = |weight: &str, id: &str| {
                (format!("weight    = {weight}"), format!("group = \"{id}\"\nweight    = {weight}"))
            };
            let with = |starter: Starter, (from, to): (String, String)| starter.with(RULES, &from, &to);
            let grouped = [of("30", "size"), of("20", "size"), of("35", "harm"), of("15", "size")];
            grouped.into_iter().fold(starter(), with).with_added(RULES, &[group("size"), group("harm")].concat())
        }),
        (
            Code::IdleWeight,
            themes(rules(small("", "weight = 1\nmeasure = \"concern\"", concern)), |number| (number, number)),
        ),
        (
            Code::RoundedAway,
            starter().with(RULES, "recorded.latest().per_year()", "recorded.latest().per_year() / 1000"),
        ),
        (Code::ShareForPercentage, starter().with(BURGLARY, "percentage = 18", "percentage = 0.18")),
        (Code::LaterEvidence, starter().with(BURGLARY, "\"2026-04-20\"", "\"2029-04-20\"")),
        (Code::AllEvidenceOld, starter().with(ASSESSMENT, "\"2025/26\"", "\"2028/29\"")),
        (Code::UnusualConfidence, starter().with(RULES, "[ruleset]", "[ruleset]\nconfidence = 0.8")),
        (Code::PrintedInterval, {
            let printed = "percentage = 18\nlower      = 15.1\nupper      = 21.4";
            starter().with(RULES, "[ruleset]", "[ruleset]\nconfidence = 0.9").with(BURGLARY, "percentage = 18", printed)
        }),
        (Code::LeaderUnanswered, {
            let calls = "[evidence.calls]\nkind = \"count\"\ntitle = \"Calls\"\n";
            rules(small("", "weight = 1\nmeasure = \"calls\"", calls))
        }),
        (Code::FiledTwice, {
            let again = "[candidate.evidence.counted]\ncontext = true\nsource = \"assessment\"\nwhere = \"Table 7\"\n\
                         count = 2011\nperiod = \"2025/26\"\n[candidate.evidence.severity]";
            starter().with(BURGLARY, "[candidate.evidence.severity]", again)
        }),
        (Code::NotBorneOut, {
            let calls = "corroborated_by = [\"calls\"]\n[candidate.evidence.calls]\ncontext = true\nsource = \"assessment\"\n\
                         where = \"Table 9\"\nseries = [{ period = \"2024/25\", count = 640 }, \
                         { period = \"2025/26\", count = 402 }]\n[candidate.evidence.severity]";
            starter().with(BURGLARY, "[candidate.evidence.severity]", calls)
        }),
        (Code::UndeclaredConstant, starter().with(SCRIPT, "clamp(level +", "clamp(0.4 +")),
        (Code::IntervalLost, starter().with(RULES, "recorded.latest().per_year()", "recorded.latest().count")),
        (Code::AcrossABreak, {
            let breaks =
                "[candidate.evidence.recorded]\nbreaks = [{ date = \"2025-04\", cause = \"counted differently\" }]\n";
            let both = "recorded.latest().per_year() - recorded.previous().per_year().estimate";
            starter().with(BURGLARY, "[candidate.evidence.recorded]\n", breaks).with(
                RULES,
                "recorded.latest().per_year()",
                both,
            )
        }),
        (Code::PartOfAYear, {
            let quarters = ["2025-04/2025-06", "2025-07/2025-09", "2025-10/2025-12", "2026-01/2026-03"];
            let counts = quarters.map(|quarter| format!("{{ period = \"{quarter}\", count = 90 }},\n"));
            let years = "    { period = \"2024/25\", count = 640 },\n    { period = \"2025/26\", count = 702 },\n";
            starter().with(BURGLARY, years, &counts.concat())
        }),
        (Code::Contradiction, starter().planned(&format!("{PLAN}{}", must("outreach")), None)),
        (Code::BrokenCondition, starter().planned(PLAN, Some("outreach"))),
        (Code::AcceptsNothing, starter().with_added(RULES, accept)),
        (Code::FindingAccepted, no_weight().with_added(RULES, accept)),
    ]
}

/// The starter with ten more candidates: their number gives how many tenths worry and how severe a case is.
fn themes(starter: Starter, of: fn(u32) -> (u32, u32)) -> Starter {
    let column = |name: &str, rest: &str| format!("[table.column.{name}]\nheader = \"{name}\"\n{rest}");
    let table = format!(
        "[[table]]\nfile = \"themes.csv\"\nid = \"id\"\n{}{}",
        column("concern", "kind = \"percentage\"\nsource = \"assessment\"\nwhere = \"Table 1\"\n"),
        column(
            "severity",
            "kind = \"judgement\"\nscale = [0, 5]\nby = \"Us\"\ndate = \"2026-05-01\"\nbecause = \"B\"\n"
        )
    );
    let row = |number: u32| {
        let (concern, severity) = of(number);
        format!("theme-{number},{},{}\n", concern * 3, severity.min(5))
    };
    let rows: String = (1..=10).map(row).collect();
    let csv = format!("id,concern,severity\n{rows}");
    starter.with_added(ASSESSMENT, &table).with_file("themes.csv", csv.as_bytes())
}

/// What the guide shows: the message and how to mend it, without the place, which other lines of a file move.
fn shown(problem: &Problem) -> String {
    match &problem.help {
        Some(help) => format!("{}; {help}", problem.message),
        None => problem.message.clone(),
    }
}

/// What is said when these partnerships are imported from a file of recorded crime.
fn imported(csp: &[&str], bytes: &[u8]) -> String {
    let options = HomeOfficeOptions {
        paths: vec!["crime.xlsx".into()],
        csp: csp.iter().map(ToString::to_string).collect(),
        join: Vec::new(),
        by: CandidateColumn::Group,
        every: YearOrQuarter::Year,
        peers: None,
        evidence: "recorded".into(),
        cited: CitedDocument::default(),
    };
    let mut files = Folder::default();
    files.write("crime.xlsx", bytes);
    let problems = prioritise::import::home_office::import(&files, &options).unwrap_err().sorted();
    shown(&problems[0])
}

/// Those that only the command can provoke, with their arguments.
/// What the command says under this code while it makes a public edition.
fn of_publication(code: &str) -> String {
    let err =
        prioritise_in(&root(), &["rank", "tests/cases/public-edition", "--public", "--error-format", "plain"]).err;
    told_as(code, &err)
}

/// What was said with this code, first.
fn told_as(code: &str, err: &str) -> String {
    let of_code = |line: &str| Some(line.split_once(&format!("warning {code}: "))?.1.to_owned());
    err.lines().find_map(of_code).unwrap_or_else(|| panic!("{code}: {err}"))
}

fn of_commands(folder: &std::path::Path) -> Vec<(Code, String)> {
    std::fs::create_dir(folder.join("ours")).unwrap();
    std::fs::write(folder.join("ours/mine.txt"), "mine").unwrap();
    let starter = root().join("fixtures/starter").display().to_string();
    let said = |arguments: &[&str]| {
        let err = prioritise_in(folder, &[arguments, &["--error-format", "plain"]].concat()).err;
        err.trim_end().split_once(": ").map(|(_, rest)| rest.to_owned()).unwrap()
    };
    let street = root().join("tests/imports/police-uk").display().to_string();
    let import = ["import", "police-uk", &street, "-o", "ours", "--quiet"];
    prioritise_in(folder, &import);
    vec![
        (Code::FileExists, said(&import)),
        (Code::RowSetAside, row_set_aside()),
        (Code::FolderNotEmpty, said(&["new", "ours"])),
        (Code::AnswerMissing, of_answers(&answered("").replace("concern = 25\n", ""))),
        (Code::AnswerLeftOut, of_answers(&left_blank())),
        (Code::InconsistentAnswers, {
            of_answers(
                "[answers]\nmethod = \"pairwise\"\n[[person]]\nby = \"Chair\"\ndate = \"2026-11-02\"\n\
                 [person.pairs]\nseverity = { volume = 2, change = 3, concern = 5 }\n\
                 volume = { change = 2, concern = \"1/3\" }\nchange = { concern = 2 }\n",
            )
        }),
        (Code::UnbalancedAccount, {
            let mut account = prioritise::import::RowAccount::new("rows");
            account.read(12);
            account.used(11);
            shown(&account.balance().unwrap_err())
        }),
        (Code::BadWorkbook, imported(&["Fenland"], b"PK\x03\x04 cut off")),
        (
            Code::NotInFile,
            imported(&["Fenlnd"], b"Financial Year,CSP Name,Offence Group,Offence Count\n2024/25,Fenland,Theft,3\n"),
        ),
        (Code::ImportOption, imported(&[], b"")),
        (Code::TemplateSyntax, shown(&with("paper.html", "{% for tier in tiers %}").unwrap_err())),
        (Code::TemplateFailed, shown(&with("paper.html", "{{ headlin }}").unwrap_err())),
        (Code::NotForCommittee, shown(&prioritise::assessment::Committee::default().not_filed()[1])),
        (
            Code::NothingToFill,
            said(&["form", &root().join("fixtures/cambridgeshire-2014").display().to_string(), "-o", "f.xlsx"]),
        ),
        (Code::FormDiffers, {
            prioritise_in(folder, &["form", &starter, "-o", "form.xlsx", "--quiet"]);
            let other = root().join("fixtures/morile-style").display().to_string();
            said(&["import", "form", "form.xlsx", "--into", &other])
        }),
        (Code::NothingToReview, said(&["review", &starter])),
        (Code::NoPublication, said(&["rank", &starter, "--public"])),
        (Code::SmallNumbers, of_publication("small-numbers")),
        (Code::GivesAway, of_publication("gives-away")),
        (Code::ReadBeforePublishing, of_publication("read-before-publishing")),
        (Code::DigestTells, {
            let place = tempfile::tempdir().unwrap();
            let into = place.path().join("sealed").display().to_string();
            let arguments = ["record", "tests/cases/public-edition", "-o", &into, "--error-format", "plain"];
            told_as("digest-tells", &prioritise_in(&root(), &arguments).err)
        }),
        (Code::PublicListDiffers, of_publication("public-list-differs")),
        (Code::WriteFailed, said(&["rank", &starter, "-o", "nowhere/list.md"])),
        (Code::BadPassword, said(&["key", "new", "chair.key"])),
        (Code::KeyOpenToOthers, {
            prioritise_in(folder, &["record", &starter, "-o", "sealed", "--quiet"]);
            std::fs::copy(root().join("tests/signing/tool-in-clear.key"), folder.join("chair.key")).unwrap();
            let said = said(&["sign", "sealed", "--key", "chair.key", "--role", "chair"]);
            said.lines().next().unwrap().to_owned()
        }),
        (Code::NothingAgreed, said(&["learn", &starter])),
        (Code::WhichStatement, agreed("[[statement]]\nabove = \"burglary\"\n")),
        (Code::OppositeStatements, {
            let pair = |above: &str, below: &str| format!("[[statement]]\nabove = \"{above}\"\nbelow = \"{below}\"\n");
            agreed(&[pair("burglary", "domestic-abuse"), pair("domestic-abuse", "burglary")].concat())
        }),
    ]
}

/// What is said of records: of one that can't be made, and of one in which something was altered.
fn of_records() -> Vec<(Code, String)> {
    let files = Folder::of(&["fixtures/starter"]);
    let gathered = |named: &str, stands: &str| {
        let mut files = files.clone();
        let text = files.text("fixtures/starter/evidence/burglary.toml");
        files.edit("fixtures/starter/assessment.toml", "evidence/burglary.toml", named);
        files.write(stands, text);
        record::gather(&files, "fixtures/starter", None, None, &mut Problems::default())
    };
    let refused = |named: &str, stands: &str| {
        let problems = gathered(named, stands).unwrap_err();
        problems.iter().map(|problem| (problem.code, shown(problem))).collect::<Vec<_>>()
    };
    let inputs = record::gather(&files, "fixtures/starter", None, None, &mut Problems::default()).unwrap();
    let sealed = record::seal(&inputs, &record::Run::default(), NonZeroUsize::MIN, &Budget::default()).unwrap();
    let altered = |change: &dyn Fn(&mut record::Contents)| {
        let mut record = sealed.clone();
        change(&mut record);
        // Only what is the same for every version of the engine can be shown.
        let faults = record::faults(&record);
        faults.iter().map(|fault| (fault.code, shown(fault))).collect::<Vec<_>>()
    };
    let assessment = "data/assessment/assessment.toml";
    let said = [
        refused("../burglary.toml", "fixtures/burglary.toml"),
        refused("evidence/50%.toml", "fixtures/starter/evidence/50%.toml"),
        altered(&|record| drop(record.remove(assessment))),
        altered(&|record| drop(record.insert("data/letter.txt".into(), Vec::new()))),
        altered(&|record| record.get_mut("data/rules/ruleset.toml").unwrap().push(b'#')),
        altered(&|record| drop(record.insert("data/CON".into(), Vec::new()))).into_iter().take(1).collect(),
    ];
    let mut said: Vec<(Code, String)> = said.into_iter().flatten().collect();
    let forged = crate::record::forged(&sealed, "data/ranking.json", "\"total\":52.27", "\"total\":52.72");
    let mut problems = Problems::default();
    record::open(&forged, "sealed", NonZeroUsize::MIN, &Budget::default(), &mut problems).unwrap();
    said.extend(problems.iter().map(|problem| (problem.code, shown(problem))));
    let refused = record::check_reproduced(&forged, NonZeroUsize::MIN, &Budget::default()).unwrap_err();
    said.extend(refused.iter().map(|problem| (problem.code, shown(problem))));
    said
}

/// What is said first of these answers about the starter's rules.
fn of_answers(text: &str) -> String {
    let mut files = Folder::of(&["fixtures/starter"]);
    files.write("answers.toml", text);
    let mut problems = Problems::default();
    let rules =
        prioritise::rules::load(&files, "fixtures/starter/rules", None, &mut problems).rules.unwrap().into_latest();
    if let Some(answers) =
        prioritise::elicitation::load(&files, "answers.toml", &rules, HowAsked::default(), None, &mut problems)
    {
        problems.extend(prioritise::elicitation::warnings(&prioritise::elicitation::elicit(&rules, &answers)));
    }
    shown(&problems.sorted()[0])
}

/// Those of signatures and registers.
fn of_signatures() -> impl Iterator<Item = (Code, String)> {
    let problems = crate::signing::examples().into_iter().chain(crate::register::examples());
    let problems = problems.chain(crate::workshop::examples());
    problems.map(|problem| (problem.code, shown(&problem)))
}

/// What is said of an agreed list on the starter.
fn agreed(text: &str) -> String {
    let mut problems = Problems::default();
    let starter = Starter::new();
    let read = prioritise::members::load_assessment(&starter, ASSESSMENT, &mut problems);
    let files = Starter::new().with_file("agreed.toml", text.as_bytes());
    let assessment = read.assessment.unwrap();
    assert!(prioritise::learning::read::load(&files, "agreed.toml", &assessment, &mut problems).is_none());
    shown(
        problems
            .sorted()
            .iter()
            .find(|problem| problem.code.severity() == prioritise::diagnostic::Severity::Error)
            .unwrap(),
    )
}

fn row_set_aside() -> String {
    let files = crate::support::Folder::of(&["tests/imports/police-uk/2025-01/2025-01-cambridgeshire-street.csv"]);
    let options = prioritise::import::police_uk::PoliceUkOptions {
        count: prioritise::import::police_uk::CountKind::Crimes,
        every: prioritise::import::police_uk::PointSpan::Month,
        by: prioritise::import::police_uk::OutputKind::Table,
        areas: Vec::new(),
        codes: std::collections::BTreeSet::new(),
        lookup: None,
        points: None,
        from: None,
        to: None,
        keep_duplicates: false,
        evidence: "recorded".into(),
    };
    let mut problems = Problems::default();
    let import =
        prioritise::import::police_uk::import(&files, "tests/imports/police-uk/2025-01", &options, &mut problems);
    assert!(import.is_some());
    problems.sorted().first().map(shown).unwrap_or_default()
}

#[test]
fn every_code_is_provoked_and_shown_as_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut examples: BTreeMap<Code, String> = of_commands(folder.path()).into_iter().chain(of_records()).collect();
    examples.extend(of_signatures());
    let mut wrong = String::new();
    for (code, starter) in provoked().into_iter().chain(asked()) {
        let problems = starter.problems();
        let found = problems.iter().find(|problem| problem.code == code);
        let told: Vec<&str> = problems.iter().map(|problem| problem.code.name()).collect();
        match found {
            Some(problem) => drop(examples.insert(code, shown(problem))),
            None => wrong.push_str(&format!("{} is not provoked, but {told:?}\n", code.name())),
        }
    }
    // A sound build, a sound drive and a sound system never say this.
    let unprovoked = Code::ALL.iter().filter(|code| {
        let never = [Code::EngineAltered, Code::NoLock, Code::FileExists, Code::WatchFailed];
        !examples.contains_key(code) && !never.contains(code)
    });
    unprovoked.for_each(|code| wrong.push_str(&format!("nothing here provokes {}\n", code.name())));
    let path = root().join("docs/diagnostics.md");
    let guide = std::fs::read_to_string(&path).unwrap();
    if std::env::var_os("UPDATE_GUIDES").is_some() {
        std::fs::write(path, with_examples(&guide, &examples)).unwrap();
    } else if with_examples(&guide, &examples) != guide {
        wrong.push_str(
            "docs/diagnostics.md shows other words; run this test with UPDATE_GUIDES=1 and read what changed",
        );
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The guide with the example of each entry as it is said now.
fn with_examples(guide: &str, examples: &BTreeMap<Code, String>) -> String {
    let mut text = guide.to_owned();
    for (code, example) in examples {
        let heading = format!("\n### `{}`\n", code.name());
        let Some((before, entry)) = text.split_once(&heading) else { continue };
        let (entry, after) = entry.find("\n#").map_or((entry, ""), |end| entry.split_at(end));
        let mut parts: Vec<String> = entry.split("```").map(str::to_owned).collect();
        match parts.get_mut(1) {
            Some(shown) => *shown = format!("text\n{example}\n"),
            None => parts.push(format!("text\n{example}\n```\n")),
        }
        text = format!("{before}{heading}{}{after}", parts.join("```"));
    }
    text
}
