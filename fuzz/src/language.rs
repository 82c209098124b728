//! The language of scripts: grown by its grammar from a number, and held against every command that runs somebody's rules.
//!
//! Most of what grows can be compiled, and half of it runs to its end. The rest has slips that people make, words that
//! rules can't use, and values of the wrong kind.

use prioritise::diagnostic::Problems;
use prioritise::diff::{DiffSide, compare};
use prioritise::report;
use prioritise::trial::{self, TestRequest};

use crate::folder::Folder;
use crate::malformed::Chance;
use crate::sound::{ONE, shown, told, told_one};
use crate::wholes::{FILES, with_report};

/// Where the rules stand that scripts are put into.
const HOME: &str = "fuzz/language";
/// The folder of each place of the rules that a script is put into, and the words that stand there.
const PLACES: [(&str, &str); 5] =
    [("measure", "MEASURE"), ("value", "VALUE"), ("sentence", "SENTENCE"), ("when", "WHEN"), ("reason", "REASON")];

/// `check`, `rank`, `explain`, `diff` and `test --mutate` on rules with these scripts.
pub(crate) fn language(bytes: &[u8]) {
    let files = with_scripts(&Folder::unpack(bytes));
    with_report(&files, "new", |report| {
        match prioritise::check(report) {
            Ok((problems, _)) => told(&problems),
            Err(problem) => told_one(problem),
        }
        shown(&report::text(report, false));
        for (one, other) in [(0, None), (0, Some(1)), (1, Some(0))] {
            match report::explanation(report, one, other, false) {
                Ok(text) => shown(&text),
                Err(problem) => told_one(problem),
            }
        }
    });
    compared(&files);
    let mut problems = Problems::default();
    if let Some((editions, suite)) = prioritise::load_tests(&files, "new/rules", &mut problems) {
        let asked = TestRequest { filter: None, coverage: true, mutation: true, threads: ONE };
        match trial::test_report(&files, &suite, &editions, &asked) {
            Err(problem) => told_one(problem),
            Ok(account) => shown(&report::tests_text(&account, report::PassedTests::Shown, false)),
        }
    }
    told(&problems);
}

/// The rules as they stand in the repository, set against those with the scripts.
fn compared(files: &Folder) {
    let mut problems = Problems::default();
    let old = prioritise::load(files, "old", None, &mut problems);
    let new = prioritise::load(files, "new", None, &mut problems);
    let (Some((before, old_rules)), Some((after, new_rules))) = (old, new) else { return };
    let side = |assessment, rules| DiffSide { assessment, rules, record: None };
    match compare(side(&before, &old_rules), side(&after, &new_rules), ONE) {
        Err(problems) => told(&problems),
        Ok(found) => shown(&report::diff::text(&found, false)),
    }
}

/// The assessment twice: as it stands with plain rules, and with these scripts in them.
fn with_scripts(scripts: &Folder) -> Folder {
    let plain = Folder::default()
        .with("measure", b"severity.score")
        .with("value", b"clamp(measure / 5, 0, 1)")
        .with("sentence", b"{measure} it is.")
        .with("when", b"severity > 4")
        .with("reason", b"So severe.");
    let mut files = Folder::default();
    for (path, bytes) in FILES.below(HOME).0 {
        files.0.insert(format!("old/{path}"), bytes.clone());
        files.0.insert(format!("new/{path}"), bytes);
    }
    let rules = String::from_utf8_lossy(FILES.bytes("fuzz/language/rules/ruleset.toml")).into_owned();
    for (folder, scripts) in [("old", &plain), ("new", scripts)] {
        let mut rules = rules.clone();
        for (name, word) in PLACES {
            let code = scripts.0.get(name).map(|code| String::from_utf8_lossy(code).into_owned()).unwrap_or_default();
            rules = rules.replacen(&format!("\"{word}\""), &in_toml(&code), 1);
        }
        files.0.insert(format!("{folder}/rules/ruleset.toml"), rules.into_bytes());
        if let Some(functions) = scripts.0.get("functions") {
            files.0.insert(format!("{folder}/rules/functions.rhai"), functions.clone());
        }
    }
    files
}

/// A text as TOML writes it.
pub(crate) fn in_toml(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => written.extend(['\\', letter]),
            letter if letter.is_control() => written.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => written.push(letter),
        }
    }
    written + "\""
}

/// The scripts of this number.
pub fn grown(number: u64) -> Vec<u8> {
    let mut plant = Plant::new(number);
    let mut functions = String::new();
    // In most places stands what is sound, so that the rest is reached.
    match plant.chance.one_in(2) {
        true => functions.push_str(PLAIN_FUNCTIONS),
        false => (0..1 + plant.chance.below(3)).for_each(|own| functions.push_str(&plant.function(own))),
    }
    plant.names = EVIDENCE.map(str::to_owned).to_vec();
    plant.sees_evidence = true;
    let measure = plant.one_of("f0(severity.score)", |plant| plant.expression(Kind::Number, 3));
    let when = plant.one_of("severity > 4", |plant| plant.expression(Kind::Truth, 2));
    let reason = plant.one_of("So severe.", Plant::sentence);
    plant.names.extend(["measure", "candidate", "value"].map(str::to_owned));
    let sentence = plant.one_of("{measure} it is.", Plant::sentence);
    plant.names = vec!["measure".to_owned(), "weights".to_owned()];
    plant.sees_evidence = false;
    let value = plant
        .one_of("clamp(f0(measure) / 5, 0, 1)", |plant| format!("clamp({}, 0, 1)", plant.expression(Kind::Number, 2)));
    Folder::default()
        .with("functions", functions.as_bytes())
        .with("measure", measure.as_bytes())
        .with("value", value.as_bytes())
        .with("sentence", sentence.as_bytes())
        .with("when", when.as_bytes())
        .with("reason", reason.as_bytes())
        .pack()
}

/// Some, for libFuzzer to begin from.
pub(crate) fn some_grown() -> Vec<Vec<u8>> {
    (0..40).map(grown).collect()
}

/// Functions that do little, under the names of those that grow.
const PLAIN_FUNCTIONS: &str = "fn f0(x) { x }\nfn f1(x, y) { x }\nfn f2() { 1 }\n";

/// What an expression is wanted to answer.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    Truth,
    Text,
    List,
    Map,
    Evidence,
    Anything,
}

const KINDS: [Kind; 7] = [Kind::Number, Kind::Truth, Kind::Text, Kind::List, Kind::Map, Kind::Evidence, Kind::Anything];

const EVIDENCE: [&str; 6] = ["recorded", "severity", "offences", "peers", "concern", "weights"];
const NUMBERS: [&str; 24] = [
    "0",
    "1",
    "2",
    "3",
    "7",
    "10",
    "100",
    "0.5",
    "1.0",
    "2.5",
    "0.1",
    "-1",
    "-0.0",
    "1e3",
    "1e-300",
    "1e308",
    "0x1F",
    "0b101",
    "1_000",
    "9223372036854775807",
    "9007199254740993",
    "0.0 / 0.0",
    "1.0 / 0.0",
    "123.456",
];
const TEXTS: [&str; 14] = [
    "\"\"",
    "\"a\"",
    "'x'",
    "\"high\"",
    "\"äöü\"",
    "\"🦀\"",
    "\"\\n\"",
    "\"\\u{202e}\"",
    "\"a b c\"",
    "\"\\\\\"",
    "``",
    "`a`",
    "\"0123456789\"",
    "\"e\\u{301}\"",
];
const OPERATORS: [&str; 12] = ["+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", "??"];
const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];
const ASSIGNMENTS: [&str; 9] = ["=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", "|="];
const FUNCTIONS_OF_ONE: [&str; 26] = [
    "abs",
    "floor",
    "ceiling",
    "round",
    "int",
    "sqrt",
    "exp",
    "ln",
    "log",
    "sin",
    "cos",
    "tan",
    "atan",
    "tanh",
    "to_int",
    "to_float",
    "to_string",
    "is_nan",
    "is_finite",
    "estimate",
    "refused",
    "len",
    "sign",
    "is_zero",
    "to_decimal",
    "f0",
];
const FUNCTIONS_OF_TWO: [&str; 10] = ["min", "max", "pow", "log", "hypot", "atan", "rate_ratio", "show", "range", "f1"];
const METHODS: [&str; 34] = [
    "latest",
    "previous",
    "first",
    "counts",
    "trend",
    "per_year",
    "rate",
    "change_from",
    "wheeler",
    "to_estimate",
    "difference_from",
    "harm",
    "harm_per_year",
    "harm_per_offence",
    "heaviest",
    "heaviest_share",
    "ratio_to_mean",
    "rank",
    "position",
    "funnel",
    "agreement",
    "has_interval",
    "to_string",
    "len",
    "is_empty",
    "keys",
    "values",
    "to_upper",
    "trim",
    "pop",
    "sort",
    "order",
    "reverse",
    "dedup",
];
const METHODS_OF_ONE: [&str; 26] = [
    "contains",
    "push",
    "append",
    "index_of",
    "split",
    "truncate",
    "chop",
    "remove",
    "extract",
    "pad",
    "starts_with",
    "rate",
    "position",
    "harm",
    "change_from",
    "get",
    "sub_string",
    "crop",
    "replace",
    "drain",
    "zip",
    "mixin",
    "insert",
    "splice",
    "set",
    "step",
];
const METHODS_OF_FUNCTIONS: [&str; 14] = [
    "map",
    "filter",
    "reduce",
    "some",
    "all",
    "find",
    "find_map",
    "for_each",
    "retain",
    "drain",
    "dedup",
    "sort",
    "index_of",
    "reduce_rev",
];
const FIELDS: [&str; 24] = [
    "count",
    "lower",
    "upper",
    "estimate",
    "months",
    "period",
    "population",
    "suppressed",
    "length",
    "percentage",
    "base",
    "matched",
    "unmatched",
    "score",
    "lowest",
    "highest",
    "spread",
    "scorers",
    "because",
    "p",
    "by_chance",
    "sentence",
    "a",
    "low",
];
/// Words that rules can't use, or have no use for.
const OTHERS: [&str; 30] = [
    "type_of(1)",
    "this",
    "Fn(\"f0\")",
    "Fn(\"f0\").call(1)",
    "call(|x| x, 1)",
    "curry(|x| x, 1)",
    "is_shared(1)",
    "is_def_fn(\"f0\", 1)",
    "is_def_var(\"x\")",
    "eval(\"1\")",
    "print(1)",
    "debug(1)",
    "sleep(1)",
    "timestamp()",
    "f0!(1)",
    "(|x| x)(1)",
    "switch 1 { 1 => 2, _ => 3 }",
    "import \"x\" as y",
    "while true {}",
    "loop {}",
    "do {} while true",
    "global::X",
    "a::b(1)",
    "x?.y",
    "x?[0]",
    "spawn(1)",
    "match",
    "()",
    "nothing_of_the_kind",
    "f0",
];

/// Grows code.
struct Plant {
    chance: Chance,
    /// The names that can be read where it grows.
    names: Vec<String>,
    sees_evidence: bool,
    locals: usize,
}

impl Plant {
    fn new(number: u64) -> Self {
        let chance = Chance::new(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed);
        Self { chance, names: Vec::new(), sees_evidence: false, locals: 0 }
    }

    /// What is sound, or, one time in three, what grows.
    fn one_of(&mut self, sound: &str, grow: impl FnOnce(&mut Self) -> String) -> String {
        if self.chance.one_in(3) { grow(self) } else { sound.to_owned() }
    }

    fn of(&mut self, all: &[&'static str]) -> &'static str {
        all[self.chance.below(all.len())]
    }

    /// A function of a script file. It takes one value, two or none.
    fn function(&mut self, own: usize) -> String {
        let takes = [1, 2, 0][own % 3];
        self.names = ["x", "y"].iter().take(takes).map(|name| (*name).to_owned()).collect();
        let parameters = self.names.join(", ");
        let private = if self.chance.one_in(12) { "private " } else { "" };
        let comment = if self.chance.one_in(8) { "// what it does\n" } else { "" };
        let body = self.statements(4);
        let kind = KINDS[self.chance.below(KINDS.len())];
        let last = self.expression(kind, 2);
        format!("{comment}{private}fn f{own}({parameters}) {{\n{body}    {last}\n}}\n")
    }

    fn statements(&mut self, most: usize) -> String {
        (0..self.chance.below(most + 1)).map(|_| self.statement()).collect()
    }

    /// Statements in braces: what they declare is gone behind them.
    fn block(&mut self, most: usize) -> String {
        let known = self.names.len();
        let statements = self.statements(most);
        self.names.truncate(known);
        format!("{{\n{statements}}}")
    }

    fn statement(&mut self) -> String {
        let statement = match self.chance.below(16) {
            0..=4 => {
                let kind = KINDS[self.chance.below(KINDS.len())];
                let value = self.expression(kind, 2);
                let word = if self.chance.one_in(8) { "const" } else { "let" };
                format!("{word} {} = {value};", self.local())
            }
            5..=7 => {
                let target = self.target();
                let value = self.expression(Kind::Number, 2);
                format!("{target} {} {value};", self.of(&ASSIGNMENTS))
            }
            8 => {
                let known = self.names.len();
                let over = self.iterable();
                let (item, counter) = (self.local(), self.local());
                let names = if self.chance.one_in(4) { format!("({item}, {counter})") } else { item };
                let body = self.block(3);
                self.names.truncate(known);
                format!("for {names} in {over} {body}")
            }
            9 | 10 => {
                let condition = self.expression(Kind::Truth, 2);
                let (then, otherwise) = (self.block(2), self.block(2));
                format!("if {condition} {then} else {otherwise}")
            }
            11 => format!("return {};", self.expression(Kind::Number, 1)),
            12 => self.of(&["break;", "continue;", "throw \"no\";", "throw #{a: 1};", ";", "return;"]).to_owned(),
            13 => {
                let (tried, caught) = (self.block(2), self.block(1));
                format!("try {tried} catch (e) {caught}")
            }
            14 => {
                let list = self.expression(Kind::List, 1);
                let item = self.expression(Kind::Number, 1);
                let name = self.local();
                format!("let {name} = {list}; {name}.{}({item});", self.of(&METHODS_OF_ONE))
            }
            _ => format!("{};", self.expression(Kind::Anything, 2)),
        };
        format!("    {statement}\n")
    }

    fn local(&mut self) -> String {
        self.locals += 1;
        let name = match self.chance.below(12) {
            0 => "x".to_owned(),
            1 => "clamp".to_owned(),
            _ => format!("v{}", self.locals % 9),
        };
        self.names.push(name.clone());
        name
    }

    fn name(&mut self) -> String {
        match self.names.len() {
            0 => self.of(&NUMBERS).to_owned(),
            some => self.names[self.chance.below(some)].clone(),
        }
    }

    /// What can be given a value.
    fn target(&mut self) -> String {
        let name = self.name();
        match self.chance.below(6) {
            0 => format!("{name}[{}]", self.expression(Kind::Number, 0)),
            1 => format!("{name}.{}", self.of(&FIELDS)),
            2 => format!("{name}.a[0].b"),
            _ => name,
        }
    }

    fn iterable(&mut self) -> String {
        match self.chance.below(6) {
            0 => format!("0..{}", self.of(&["0", "3", "10", "1000", "999999999", "2.5", "-1"])),
            1 => format!("0..={}", self.of(&["3", "10", "9223372036854775807"])),
            2 => format!("range(0, {}, {})", self.of(&["3", "10", "1e9"]), self.of(&["1", "0", "-1", "0.5"])),
            3 => format!(
                "{}.{}",
                self.expression(Kind::Text, 1),
                self.of(&["chars()", "bytes()", "to_chars()", "bits()"])
            ),
            4 => self.expression(Kind::Anything, 1),
            _ => self.expression(Kind::List, 1),
        }
    }

    fn expression(&mut self, kind: Kind, deep: usize) -> String {
        // A slip now and then.
        let kind = if self.chance.one_in(60) { KINDS[self.chance.below(KINDS.len())] } else { kind };
        if self.chance.one_in(600) {
            return self.of(&OTHERS).to_owned();
        }
        if deep > 0 && self.chance.one_in(9) {
            return self.chosen(kind, deep - 1);
        }
        match kind {
            Kind::Number => self.number(deep),
            Kind::Truth => self.truth(deep),
            Kind::Text => self.text(deep),
            Kind::List => self.list(deep),
            Kind::Map => self.map(deep),
            Kind::Evidence => self.evidence(deep),
            Kind::Anything => self.anything(deep),
        }
    }

    /// One of two, or a block that answers.
    fn chosen(&mut self, kind: Kind, deep: usize) -> String {
        if self.chance.one_in(3) {
            let known = self.names.len();
            let statements = self.statements(2);
            let last = self.expression(kind, deep);
            self.names.truncate(known);
            return format!("{{ {statements} {last} }}");
        }
        let condition = self.expression(Kind::Truth, deep);
        let (then, otherwise) = (self.expression(kind, deep), self.expression(kind, deep));
        format!("if {condition} {{ {then} }} else {{ {otherwise} }}")
    }

    fn number(&mut self, deep: usize) -> String {
        if deep == 0 {
            return if self.chance.one_in(2) { self.name() } else { self.of(&NUMBERS).to_owned() };
        }
        let deep = deep - 1;
        match self.chance.below(12) {
            0..=2 => {
                let (a, b) = (self.expression(Kind::Number, deep), self.expression(Kind::Number, deep));
                format!("({a} {} {b})", self.of(&OPERATORS[..4]))
            }
            3 => {
                let (a, b) = (self.expression(Kind::Number, deep), self.expression(Kind::Number, deep));
                format!("({a} {} {b})", self.of(&OPERATORS))
            }
            4 => format!("{}({})", self.of(&FUNCTIONS_OF_ONE), self.expression(Kind::Number, deep)),
            5 => {
                let (a, b) = (self.expression(Kind::Number, deep), self.expression(Kind::Number, deep));
                format!("{}({a}, {b})", self.of(&FUNCTIONS_OF_TWO))
            }
            6 => {
                let [a, b, c] = [0; 3].map(|_| self.expression(Kind::Number, deep));
                format!("{}({a}, {b}, {c})", self.of(&["clamp", "estimate", "range", "f0"]))
            }
            7 => format!("-({})", self.expression(Kind::Number, deep)),
            8 => format!("{}.{}", self.evidence(deep), self.of(&FIELDS)),
            9 => format!("{}[{}]", self.expression(Kind::List, deep), self.expression(Kind::Number, 0)),
            10 => self.evidence(deep),
            _ => self.number(0),
        }
    }

    fn truth(&mut self, deep: usize) -> String {
        if deep == 0 {
            return self.of(&["true", "false"]).to_owned();
        }
        let deep = deep - 1;
        match self.chance.below(8) {
            0..=2 => {
                let (a, b) = (self.expression(Kind::Number, deep), self.expression(Kind::Number, deep));
                format!("{a} {} {b}", self.of(&COMPARISONS))
            }
            3 => {
                let (a, b) = (self.expression(Kind::Truth, deep), self.expression(Kind::Truth, deep));
                format!("({a} {} {b})", self.of(&["&&", "||", "&", "|", "^", "=="]))
            }
            4 => format!("!({})", self.expression(Kind::Truth, deep)),
            5 => format!("{} == ()", self.evidence(deep)),
            6 => {
                let within = if self.chance.one_in(2) { self.iterable() } else { self.expression(Kind::List, deep) };
                format!("{} {} {within}", self.expression(Kind::Number, deep), self.of(&["in", "!in"]))
            }
            _ => {
                let kind = KINDS[self.chance.below(KINDS.len())];
                let (a, b) = (self.expression(kind, deep), self.expression(kind, deep));
                format!("{a} {} {b}", self.of(&COMPARISONS))
            }
        }
    }

    fn text(&mut self, deep: usize) -> String {
        if deep == 0 {
            return self.of(&TEXTS).to_owned();
        }
        let deep = deep - 1;
        match self.chance.below(7) {
            0 | 1 => format!("`a ${{{}}} b`", self.expression(Kind::Anything, deep)),
            2 => format!("{} + {}", self.expression(Kind::Text, deep), self.expression(Kind::Anything, deep)),
            3 => format!("{}.to_string()", self.expression(Kind::Anything, deep)),
            4 => format!("{}.{}()", self.expression(Kind::Text, deep), self.of(&METHODS)),
            5 => format!("show({}, {})", self.expression(Kind::Anything, deep), self.of(&NUMBERS)),
            _ => self.text(0),
        }
    }

    fn list(&mut self, deep: usize) -> String {
        if deep == 0 {
            return self
                .of(&["[]", "[1, 2, 3]", "[0.5, 2.5, 1]", "[\"b\", \"a\"]", "[[1], [2]]", "[(), 1]"])
                .to_owned();
        }
        let deep = deep - 1;
        match self.chance.below(9) {
            0 | 1 => {
                let kind = KINDS[self.chance.below(KINDS.len())];
                let items: Vec<String> = (0..self.chance.below(5)).map(|_| self.expression(kind, deep)).collect();
                format!("[{}]", items.join(", "))
            }
            2 | 3 => {
                let list = self.expression(Kind::List, deep);
                format!("{list}.{}({})", self.of(&METHODS_OF_FUNCTIONS), self.closure(deep))
            }
            4 => format!("{} + {}", self.expression(Kind::List, deep), self.expression(Kind::List, deep)),
            5 => format!("{}.{}()", self.expression(Kind::List, deep), self.of(&METHODS)),
            6 => {
                let (list, value) = (self.expression(Kind::List, deep), self.expression(Kind::Anything, deep));
                format!("{list}.{}({value})", self.of(&METHODS_OF_ONE))
            }
            7 if self.sees_evidence => "recorded.counts()".to_owned(),
            _ => self.list(0),
        }
    }

    fn closure(&mut self, deep: usize) -> String {
        let known = self.names.len();
        let parameters = self.of(&["|a|", "|a, b|", "||", "|a, b, c|"]);
        self.names.extend(["a".to_owned(), "b".to_owned()]);
        let kind = KINDS[self.chance.below(KINDS.len())];
        let body = if self.chance.one_in(3) { self.block(2) } else { self.expression(kind, deep) };
        self.names.truncate(known);
        format!("{parameters} {body}")
    }

    fn map(&mut self, deep: usize) -> String {
        let mut entries = Vec::new();
        for key in ["a", "low", "\"b c\""].into_iter().take(self.chance.below(4)) {
            let kind = KINDS[self.chance.below(KINDS.len())];
            entries.push(format!("{key}: {}", self.expression(kind, deep.saturating_sub(1))));
        }
        format!("#{{{}}}", entries.join(", "))
    }

    fn evidence(&mut self, deep: usize) -> String {
        let by_name = !self.sees_evidence || self.chance.one_in(3);
        let mut code = if by_name { self.name() } else { self.of(&EVIDENCE[..5]).to_owned() };
        for _ in 0..self.chance.below(deep + 2) {
            match self.chance.below(5) {
                0 => code.push_str(&format!(".{}", self.of(&FIELDS))),
                1 => code.push_str(&format!(".{}({})", self.of(&METHODS_OF_ONE), self.expression(Kind::Number, 0))),
                2 => code.push_str(self.of(&[".latest()", ".latest().per_year()", "?.a", "[0]", ".rate(1000)"])),
                _ => code.push_str(&format!(".{}()", self.of(&METHODS))),
            }
        }
        code
    }

    fn anything(&mut self, deep: usize) -> String {
        match self.chance.below(8) {
            0 => self.of(&OTHERS[26..]).to_owned(),
            1 => self.closure(deep),
            2 => self.name(),
            3 => format!("f{}({})", self.chance.below(3), self.expression(Kind::Anything, deep.saturating_sub(1))),
            kind => self.expression(KINDS[kind % 6], deep),
        }
    }

    /// Words with expressions in them.
    fn sentence(&mut self) -> String {
        let mut text = String::from("It is ");
        for _ in 0..self.chance.below(3) {
            let kind = KINDS[self.chance.below(KINDS.len())];
            text.push_str(&format!("{{{}}} and ", self.expression(kind, 1)));
        }
        text + "so."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the rules with these scripts can be loaded, and ranked.
    fn came_to(number: u64) -> (bool, bool) {
        let files = with_scripts(&Folder::unpack(&grown(number)));
        let loaded = prioritise::load(&files, "new", None, &mut Problems::default());
        let ranked = loaded
            .as_ref()
            .map(|(assessment, rules)| prioritise::rank(assessment, rules, ONE, Problems::default()).is_ok());
        (loaded.is_some(), ranked == Some(true))
    }

    #[test]
    fn the_same_number_grows_the_same_and_enough_of_it_runs() {
        assert_eq!(grown(7), grown(7));
        assert_ne!(grown(7), grown(8));
        let all: Vec<(bool, bool)> = (0..1000).map(came_to).collect();
        let loaded = all.iter().filter(|(loaded, _)| *loaded).count();
        let ranked = all.iter().filter(|(_, ranked)| *ranked).count();
        assert!(loaded > 150 && ranked > 50, "of 1,000 scripts {loaded} are sound and {ranked} are ranked");
    }
}
