//! Malformed inputs, made of sound ones: the same number, the same input, on any machine.

/// What is put into inputs besides bytes: words of TOML, JSON, CSV, XML, scripts, templates, manifests and paths, numbers at
/// their ends, and characters that trip programs up.
const WORDS: [&str; 96] = [
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "\"",
    "\"\"\"",
    "'",
    "'''",
    "=",
    ",",
    ".",
    ":",
    ";",
    "|",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "#",
    "\\",
    "\\u0000",
    "\\ud800",
    "\0",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{feff}",
    "\u{200b}",
    "e\u{301}",
    "ﬁ",
    "İ",
    "ß",
    "£",
    "🦀",
    "nan",
    "inf",
    "-inf",
    "-0.0",
    "0",
    "-1",
    "1e308",
    "1e-308",
    "5e-324",
    "1e400",
    "0.1",
    "99999999999999999999999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "9007199254740993",
    "0x7fffffffffffffff",
    "1_000",
    "true",
    "false",
    "null",
    "()",
    "|x| x",
    "`${",
    "for n in 0..99999999 {}",
    "fn f() { f() }",
    "while true {}",
    "eval(\"1\")",
    "import \"/etc/passwd\" as p;",
    "{measure}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% for a in range(9999) %}",
    "{% include \"../x\" %}",
    "../../../../etc/passwd",
    "/etc/passwd",
    "C:\\x",
    "CON",
    "nul.toml",
    "<5",
    "..",
    "2024/25",
    "2019-02-30",
    "9999-12-31",
    "[[criterion]]\n",
    "[[candidate]]\n",
    "id = \"x\"\n",
    "a.b.c.d = 1\n",
    "&lt;",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "&a;",
    "sha256:",
    "untrusted comment: ",
    "=== data/run.json\n",
    "=== ../x\n",
];

/// What nests, and how it is closed.
const NESTS: [(&str, &str); 16] = [
    ("[", "]"),
    ("{", "}"),
    ("(", ")"),
    ("{a=", "}"),
    ("{\"a\":", "}"),
    ("[[", "]]"),
    ("<a>", "</a>"),
    ("if true {", "}"),
    ("{% if true %}", "{% endif %}"),
    ("-", ""),
    ("!", ""),
    ("a.", ""),
    ("1+", ""),
    ("f(", ")"),
    ("`${", "}`"),
    ("../", ""),
];

/// A small generator with a seed (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The generator with this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, or 0.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    pub(crate) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// The malformed input of this number, made of one or two of `seeds`.
pub fn malformed(seeds: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut chance = Chance::new(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    // A few are nothing that anybody wrote.
    if chance.one_in(100) {
        return (0..chance.below(4096)).map(|_| chance.below(256) as u8).collect();
    }
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    let most = if chance.one_in(4) { 12 } else { 3 };
    let changes = 1 + chance.below(most);
    for _ in 0..changes {
        change(&mut bytes, seeds, &mut chance);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Chance) {
    let length = bytes.len();
    let at = chance.below(length + 1);
    let end = (at + 1 + chance.below(16)).min(length);
    match chance.below(18) {
        0 if at < length => bytes[at] ^= 1 << chance.below(8),
        1 if at < length => bytes[at] = chance.below(256) as u8,
        2 => drop(bytes.drain(at.min(end)..end)),
        3 => drop(bytes.splice(at..at, word(chance))),
        4 => drop(bytes.splice(at.min(end)..end, word(chance))),
        5 => {
            let copy = bytes[at..(at + 1 + chance.below(400)).min(length)].to_vec();
            let to = chance.below(length + 1);
            bytes.splice(to..to, copy);
        }
        6 => bytes.truncate(at),
        7 => {
            let other = &seeds[chance.below(seeds.len())];
            let from = chance.below(other.len() + 1);
            bytes.truncate(at);
            bytes.extend(&other[from..]);
        }
        8 | 9 => number(bytes, at, chance),
        10 => nest(bytes, at, chance),
        11 => repeat(bytes, at, chance),
        12 => encode(bytes, chance),
        13 | 14 => lines(bytes, chance),
        15 => drop(bytes.splice(at..at, [chance.below(256) as u8, chance.below(256) as u8])),
        16 => quoted(bytes, at, chance),
        _ => drop(bytes.splice(at.min(end)..end, [])),
    }
}

fn word(chance: &mut Chance) -> Vec<u8> {
    chance.of(&WORDS).as_bytes().to_vec()
}

/// Another number for the next one after `at`.
fn number(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|found| at + found) else { return };
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let other = match chance.below(4) {
        0 => "9".repeat(1 + chance.below(40)),
        1 => format!("{}", chance.below(1000)),
        2 => format!("{}e{}", chance.below(100), chance.below(700) as i64 - 350),
        _ => chance.of(&["0", "-1", "0.1", "1e308", "nan", "9223372036854775808", "1000000", "200"]).to_owned(),
    };
    bytes.splice(start..start + length, other.into_bytes());
}

/// Something within itself, often deeper than any stack.
fn nest(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let (open, close) = NESTS[chance.below(NESTS.len())];
    let kinds = if chance.one_in(10) { 6 } else { 5 };
    let deep = [5, 40, 100, 300, 2_000, 20_000][chance.below(kinds)];
    let closed = if chance.one_in(2) { close.repeat(deep) } else { String::new() };
    bytes.splice(at..at, format!("{}{closed}", open.repeat(deep)).into_bytes());
}

/// A stretch many times over: seldom up to a mebibyte.
fn repeat(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let piece = bytes[at..(at + 1 + chance.below(120)).min(bytes.len())].to_vec();
    let most = if chance.one_in(20) { 1 << 20 } else { 1 << 13 };
    let times = chance.below(most / piece.len().max(1)) + 1;
    bytes.splice(at..at, piece.repeat(times));
}

fn encode(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    match chance.below(7) {
        0 => drop(bytes.splice(0..0, *b"\xef\xbb\xbf")),
        1 => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            *bytes = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        }
        2 => *bytes = String::from_utf8_lossy(bytes).replace('\n', "\r\n").into_bytes(),
        3 => *bytes = String::from_utf8_lossy(bytes).replace('\n', "\r").into_bytes(),
        4 => drop(bytes.splice(at..at, vec![0; chance.below(100)])),
        5 => drop(bytes.splice(at..at, [[0xc3, 0x28], [0xed, 0xa0], [0xf5, 0x80], [0xa3, 0x20]][chance.below(4)])),
        _ => *bytes = String::from_utf8_lossy(bytes).to_uppercase().into_bytes(),
    }
}

/// A line twice, gone, or in another's place.
fn lines(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(4) {
        0 => lines.insert(other, lines[one].clone()),
        1 => drop(lines.remove(one)),
        2 => lines.swap(one, other),
        _ => {
            let end = (one + 1 + chance.below(12)).min(lines.len());
            let copy = lines[one..end].to_vec();
            lines.splice(other..other, copy);
        }
    }
    *bytes = lines.concat();
}

/// A word, or a long one, for what stands in the next pair of quotes.
fn quoted(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let mut quotes = (at..bytes.len()).filter(|at| bytes[*at] == b'"');
    let (Some(start), Some(end)) = (quotes.next(), quotes.next()) else { return };
    let mut other = word(chance);
    if chance.one_in(8) {
        other = other.repeat(1 + chance.below(3000));
    }
    bytes.splice(start + 1..end, other);
}
