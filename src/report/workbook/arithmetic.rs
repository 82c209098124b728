//! Formulas of points and totals, rounded as the engine rounds.

use super::layout::Layout;
use crate::rules::{Earned, RuleSet, Term};

/// Decimals from which on a difference is the noise of binary arithmetic: what is a half to here counts as one.
const NOISE: u32 = 12;
/// The same for totals, which are larger.
const TOTAL_NOISE: u32 = 10;

/// A formula's answer rounded to `decimals`, halves away from zero.
pub(super) fn rounded(formula: &str, decimals: u32) -> String {
    format!("ROUND(ROUND({formula},{NOISE}),{decimals})")
}

/// What a value brings in with a share of the weight.
pub(super) fn points(layout: &Layout<'_>, criterion: u16, value: &str, share: &str) -> String {
    let rules = layout.rules;
    match rules.earned(usize::from(criterion)) {
        Earned::Factor => factor(rules, value, share),
        Earned::Points => format!("ROUND({value}*{share},{})", rules.decimals),
        Earned::Score => format!("ROUND({value}*{},{})", rules.scale, rules.fine_decimals()),
    }
}

/// What a group's score brings in with a share of the weight, where it has one.
pub(super) fn of_score(rules: &RuleSet, kind: Earned, score: &str, share: &str) -> String {
    match kind {
        Earned::Factor => factor(rules, &format!("({score}/{})", rules.scale), share),
        Earned::Points => rounded(&format!("{score}*{share}/{}", rules.scale), rules.decimals),
        Earned::Score => score.to_owned(),
    }
}

fn factor(rules: &RuleSet, value: &str, share: &str) -> String {
    let power = rounded(&format!("POWER({value},{share}/{})", rules.scale), rules.fine_decimals());
    format!("IF({share}=0,1,{power})")
}

/// The score of a group, or the total, of what its members bring in. None where it can't be written as a formula.
pub(super) fn combined(rules: &RuleSet, group: Option<usize>, figures: &[String]) -> Option<String> {
    let decimals = rules.decimals;
    if rules.combine.node(group).way.adds_points() {
        return Some(sum(figures, decimals));
    }
    Some(format!("ROUND(ROUND({},{TOTAL_NOISE}),{decimals})", written(rules.arithmetic(group), figures)?))
}

/// Points added up: exact, but for the noise of binary arithmetic.
fn sum(points: &[String], decimals: u32) -> String {
    format!("ROUND({},{decimals})", points.join("+"))
}

/// The arithmetic of a total as a formula of these cells; none where there is more in it than is known here.
fn written(arithmetic: Vec<Term>, figures: &[String]) -> Option<String> {
    let mut words = Vec::new();
    for term in arithmetic {
        match term {
            Term::Figure(number) => words.push(Word::Cell(figures.get(number)?.clone())),
            Term::Text(text) => {
                let text = text.trim();
                words.extend((!text.is_empty()).then(|| Word::Text(text.to_owned())));
            }
        }
    }
    let mut writer = Writer { words, at: 0 };
    let formula = writer.until(&[])?;
    // A comment in an expression.
    (!formula.contains("//") && !formula.contains("/*")).then_some(formula)
}

/// A word of some arithmetic.
#[derive(Debug, Clone)]
enum Word {
    Cell(String),
    Text(String),
}

/// Writes arithmetic as a spreadsheet has it, word by word.
struct Writer {
    words: Vec<Word>,
    at: usize,
}

impl Writer {
    fn text(&self, ahead: usize) -> Option<&str> {
        match self.words.get(self.at + ahead)? {
            Word::Text(text) => Some(text),
            Word::Cell(_) => None,
        }
    }

    /// Goes past this word; none where another one stands there.
    fn past(&mut self, word: &str) -> Option<()> {
        (self.text(0) == Some(word)).then(|| self.at += 1)
    }

    /// What stands before one of these words, or the end where there are none.
    fn until(&mut self, ends: &[&str]) -> Option<String> {
        let mut formula = String::new();
        loop {
            match self.words.get(self.at).cloned() {
                None => return ends.is_empty().then_some(formula),
                Some(Word::Cell(cell)) => {
                    self.at += 1;
                    formula.push_str(&cell);
                }
                Some(Word::Text(text)) if ends.contains(&&*text) => return Some(formula),
                Some(Word::Text(text)) => formula.push_str(&self.part(&text)?),
            }
        }
    }

    fn part(&mut self, text: &str) -> Option<String> {
        if text == "if" {
            return self.choice();
        }
        if self.text(1) == Some("(") && text.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            return self.function(text);
        }
        self.at += 1;
        Some(match text {
            "+" | "-" | "*" | "/" => text.to_owned(),
            "(" => {
                let inner = self.until(&[")"])?;
                self.past(")")?;
                format!("({inner})")
            }
            "<" | ">" | "=" | "!" => self.comparison(text)?,
            number => Some(number.replace('_', "")).filter(|plain| is_number(plain))?,
        })
    }

    fn comparison(&mut self, sign: &str) -> Option<String> {
        let is_two = self.past("=").is_some();
        Some(
            match (sign, is_two) {
                ("<", true) => "<=",
                (">", true) => ">=",
                ("=", true) => "=",
                ("!", true) => "<>",
                ("<", false) => "<",
                (">", false) => ">",
                _ => return None,
            }
            .to_owned(),
        )
    }

    /// `if a { b } else { c }`
    fn choice(&mut self) -> Option<String> {
        self.past("if")?;
        let condition = self.until(&["{"])?;
        self.past("{")?;
        let then = self.until(&["}"])?;
        self.past("}")?;
        self.past("else")?;
        if self.text(0)? == "if" {
            let otherwise = self.choice()?;
            return Some(format!("IF({condition},{then},{otherwise})"));
        }
        self.past("{")?;
        let otherwise = self.until(&["}"])?;
        self.past("}")?;
        Some(format!("IF({condition},{then},{otherwise})"))
    }

    fn function(&mut self, name: &str) -> Option<String> {
        self.at += 1;
        self.past("(")?;
        let mut values = vec![self.until(&[",", ")"])?];
        while self.past(",").is_some() {
            values.push(self.until(&[",", ")"])?);
        }
        self.past(")")?;
        let plain = |name: &str| format!("{name}({})", values.join(","));
        // What is whole but for the noise of binary arithmetic is whole.
        let settled = |value: &str| format!("ROUND({value},{TOTAL_NOISE})");
        match (name, &*values) {
            ("min", [_, ..]) => Some(plain("MIN")),
            ("max", [_, ..]) => Some(plain("MAX")),
            ("abs", [_]) => Some(plain("ABS")),
            ("pow", [_, _]) => Some(plain("POWER")),
            ("floor", [value]) => Some(format!("INT({})", settled(value))),
            ("ceiling", [value]) => Some(format!("(-INT(-{}))", settled(value))),
            ("round", [value]) => Some(format!("ROUND({},0)", settled(value))),
            _ => None,
        }
    }
}

/// Whether it is a number in digits, which no name is.
fn is_number(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-') && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_becomes_a_formula() {
        let cells = ["F4", "G4"].map(str::to_owned);
        let to = |texts: &[&str]| {
            let figure = |text: &&str| match text.parse() {
                Ok(number) if number < 2 => Term::Figure(number),
                _ => Term::Text((*text).to_owned()),
            };
            written(texts.iter().map(figure).collect(), &cells)
        };
        assert_eq!(to(&["0", " * ", "1", " / ", "1_00", "\n", "+", "-3"]).as_deref(), Some("F4*G4/100+-3"));
        assert_eq!(to(&["max", "(", "0", ",", "1", ")"]).as_deref(), Some("MAX(F4,G4)"));
        let choice = [
            "if", "0", "<", "=", "2", "{", "ceiling", "(", "1", ")", "}", "else", "{", "pow", "(", "1", ",", "3", ")",
            "}",
        ];
        assert_eq!(to(&choice).as_deref(), Some("IF(F4<=2,(-INT(-ROUND(G4,10))),POWER(G4,3))"));
        assert_eq!(to(&choice[..12]), None);
        for strange in [&["0", "/", "/", "1"][..], &["other"], &["inf"], &["0x10"], &["0", "%", "1"], &["\"=1\""]] {
            assert_eq!(to(strange), None, "{strange:?}");
        }
    }
}
