//! Figures add up: whoever does the printed sums again, in whole numbers and fractions, gets the printed totals.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use serde_json::Value;

use crate::edits::{BASE, Edits};
use crate::support::{FIXTURES, Folder, Outputs, names_in, rank};

/// An exact fraction; the divisor is above zero.
#[derive(Debug, Clone)]
struct Exact(BigInt, BigInt);

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        &self.0 * &other.1 == &other.0 * &self.1
    }
}

impl Exact {
    fn whole(number: i64) -> Self {
        Self(number.into(), 1.into())
    }

    /// A number as printed, `-1.50`.
    fn read(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits: BigInt = format!("{whole}{fraction}").parse().ok()?;
        Some(Self(digits, BigInt::from(10).pow(u32::try_from(fraction.len()).ok()?)))
    }

    /// A number of a JSON file, by its shortest digits.
    fn of(value: &Value) -> Self {
        Self::read(&value.to_string()).unwrap_or_else(|| panic!("no plain number: {value}"))
    }

    fn combined(&self, sign: char, other: &Self) -> Self {
        let Self(a, b) = self;
        let Self(c, d) = other;
        match sign {
            '+' => Self(a * d + c * b, b * d),
            '-' => Self(a * d - c * b, b * d),
            '×' => Self(a * c, b * d),
            '÷' => Self(a * d, b * c),
            _ => panic!("no sign: {sign}"),
        }
    }

    /// Rounded to so many decimals, halves away from zero.
    fn rounded(&self, decimals: u32) -> Self {
        if self.0 < BigInt::from(0) {
            let Self(over, under) = Self(-&self.0, self.1.clone()).rounded(decimals);
            return Self(-over, under);
        }
        let unit = BigInt::from(10).pow(decimals);
        let twice = &self.0 * &unit * 2 + &self.1;
        Self(twice / (&self.1 * 2), unit)
    }
}

fn sum(numbers: impl IntoIterator<Item = Exact>) -> Exact {
    numbers.into_iter().fold(Exact::whole(0), |sum, number| sum.combined('+', &number))
}

fn product(numbers: impl IntoIterator<Item = Exact>) -> Exact {
    numbers.into_iter().fold(Exact::whole(1), |product, number| product.combined('×', &number))
}

/// A factor, to so many decimals. What is to be raised and to what may both be sums.
fn power(value: &str, share: &str, decimals: u32) -> Exact {
    let [value, share] = [value, share].map(|sum| {
        let sum = Sum::value(sum);
        sum.0.to_string().parse::<f64>().unwrap() / sum.1.to_string().parse::<f64>().unwrap()
    });
    let decimals = usize::try_from(decimals).unwrap();
    Exact::read(&format!("{:.decimals$}", libm::pow(value, share))).unwrap()
}

/// Printed arithmetic: `(1.50 + 2) × 3 ÷ 100`, and `max(…)` and `min(…)`, read word by word.
struct Sum<'a> {
    words: Vec<&'a str>,
    at: usize,
}

impl<'a> Sum<'a> {
    /// Its value.
    fn value(text: &'a str) -> Exact {
        let mut words = Vec::new();
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            let in_word = |letter: char| letter.is_alphanumeric() || letter == '.';
            let length = rest.find(|letter| !in_word(letter)).unwrap_or(rest.len()).max(first.len_utf8());
            words.push(&rest[..length]);
            rest = rest[length..].trim_start();
        }
        let mut sum = Sum { words, at: 0 };
        let value = sum.chain(&["+", "-"]);
        assert_eq!(sum.at, sum.words.len(), "`{text}` is no arithmetic");
        value
    }

    fn next(&mut self) -> &'a str {
        self.at += 1;
        self.words[self.at - 1]
    }

    fn chain(&mut self, signs: &[&str]) -> Exact {
        let inner = |sum: &mut Self| if signs[0] == "+" { sum.chain(&["×", "÷"]) } else { sum.atom() };
        let mut value = inner(self);
        while self.words.get(self.at).is_some_and(|word| signs.contains(word)) {
            let sign = self.next().chars().next().unwrap();
            value = value.combined(sign, &inner(self));
        }
        value
    }

    fn atom(&mut self) -> Exact {
        match self.next() {
            "(" => {
                let value = self.chain(&["+", "-"]);
                assert_eq!(self.next(), ")");
                value
            }
            name @ ("max" | "min") => {
                self.next();
                let first = self.chain(&["+", "-"]);
                assert_eq!(self.next(), ",");
                let second = self.chain(&["+", "-"]);
                assert_eq!(self.next(), ")");
                let first_is_less = &first.0 * &second.1 < &second.0 * &first.1;
                if first_is_less == (name == "max") { second } else { first }
            }
            "-" => {
                let Exact(over, under) = self.atom();
                Exact(-over, under)
            }
            number => Exact::read(number).unwrap_or_else(|| panic!("no number: {number}")),
        }
    }
}

/// One ranking and what must be known of its rules to do its sums again.
pub(crate) struct Ranked {
    pub(crate) name: String,
    pub(crate) outputs: Outputs,
    json: Value,
    /// Each criterion's group.
    groups: BTreeMap<String, String>,
}

impl Ranked {
    fn new(name: &str, files: &Folder, path: &str, rules: &str) -> Self {
        let outputs = rank(files, path).outputs();
        let json = serde_json::from_str(&outputs[2]).unwrap();
        let rules: toml::Table = files.text(&format!("{rules}/ruleset.toml")).parse().unwrap();
        let text = |criterion: &toml::Value, key: &str| {
            criterion.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
        };
        let criteria = rules["criterion"].as_array().unwrap();
        let groups = criteria.iter().map(|criterion| (text(criterion, "id"), text(criterion, "group"))).collect();
        Self { name: name.to_owned(), outputs, json, groups }
    }

    fn decimals(&self) -> u32 {
        u32::try_from(self.json["rules"]["decimals"].as_u64().unwrap()).unwrap()
    }

    fn scale(&self) -> Exact {
        Exact::of(&self.json["rules"]["scale"])
    }

    /// The word for how the total is made; that groups are combined in ways of their own, where they are.
    fn combine(&self) -> &str {
        let groups = self.json["rules"]["groups"].as_array().unwrap();
        let own = |group: &Value| !group["groups"].is_null() || group["combine"].as_str().is_some_and(|it| it != "sum");
        let weighed = |entry: &Value| entry["sections"].as_array().unwrap().iter().any(|it| !it["weight"].is_null());
        match groups.iter().any(own) || self.json["ranking"].as_array().unwrap().iter().any(weighed) {
            true => "groups with ways of their own",
            false => self.json["rules"]["combine"].as_str().unwrap(),
        }
    }

    /// Whether each group has a score.
    fn has_scores(&self) -> bool {
        self.json["rules"]["groups"].as_array().unwrap().iter().any(|group| !group["combine"].is_null())
    }

    /// The candidates that have a total.
    fn totalled(&self) -> Vec<&Value> {
        self.json["ranking"].as_array().unwrap().iter().filter(|entry| !entry["total"].is_null()).collect()
    }

    /// Their totals, ascending.
    fn totals(&self) -> Vec<String> {
        let decimals = usize::try_from(self.decimals()).unwrap();
        let printed = |entry: &&Value| format!("{:.decimals$}", entry["total"].as_f64().unwrap());
        let mut totals: Vec<String> = self.totalled().iter().map(printed).collect();
        totals.sort();
        totals
    }

    /// Checks that a line of printed arithmetic, `title: 1 + 2 = 3`, is true, and returns the figure behind the sign.
    fn check(&self, line: &str) -> String {
        let (sums, result) = line.rsplit_once(" = ").unwrap_or_else(|| panic!("{}: `{line}`", self.name));
        let sums = sums.rsplit_once(": ").map_or(sums, |(_, sums)| sums);
        let value = match sums.split_once(" to the power of ") {
            Some((value, share)) => power(value, share, self.decimals() + 2),
            None => Sum::value(sums).rounded(self.decimals()),
        };
        assert_eq!(Some(value), Exact::read(result), "{}: {line}", self.name);
        result.to_owned()
    }
}

/// Every fixture, the base assessment and its variants.
pub(crate) fn all() -> Vec<Ranked> {
    let fixtures = Folder::of_fixtures();
    let mut all = Vec::new();
    for fixture in FIXTURES {
        let path = format!("fixtures/{fixture}");
        let assessment: toml::Table = fixtures.text(&format!("{path}/assessment.toml")).parse().unwrap();
        let rules = prioritise::files::join(&path, assessment["assessment"]["rules"].as_str().unwrap());
        all.push(Ranked::new(fixture, &fixtures, &path, &rules));
    }
    all.push(Ranked::new("base", &Folder::of(&[BASE]), BASE, &format!("{BASE}/rules")));
    for variant in names_in("tests/variants", ".toml") {
        let files = Edits::read("variants", &variant).apply();
        all.push(Ranked::new(&variant, &files, BASE, &format!("{BASE}/rules")));
    }
    all
}

#[test]
fn what_is_printed_adds_up_in_every_format() {
    for ranked in all() {
        json_adds_up(&ranked);
        text_adds_up(&ranked);
        markdown_adds_up(&ranked);
        html_adds_up(&ranked);
        csv_adds_up(&ranked);
    }
}

fn json_adds_up(ranked: &Ranked) {
    for entry in ranked.totalled() {
        let about = format!("{} {}", ranked.name, entry["id"]);
        let total = Exact::of(&entry["total"]);
        let parts = entry["contributions"].as_array().unwrap();
        let earned = |part: &Value| {
            let brought = ["points", "factor", "score"].into_iter().map(|kind| &part[kind]);
            brought.into_iter().find(|it| !it.is_null()).map_or(Exact::whole(0), Exact::of)
        };
        let lines = entry["arithmetic"].as_array().unwrap();
        let results: Vec<String> = lines.iter().map(|line| ranked.check(line.as_str().unwrap())).collect();
        assert_eq!(results.last().and_then(|result| Exact::read(result)), Some(total.clone()), "{about}");
        // A score with a place of its own stands beside the total.
        let sections = entry["sections"].as_array().unwrap().iter().filter(|section| section["place"].is_null());
        let scores = sections.map(|section| Exact::of(&section["score"]));
        match ranked.combine() {
            "sum" => assert_eq!(sum(parts.iter().map(earned)), total, "{about}"),
            "product" => {
                let all = product(parts.iter().map(earned)).combined('×', &ranked.scale());
                assert_eq!(all.rounded(ranked.decimals()), total, "{about}");
            }
            "sections" => {
                let divisor = product(scores.clone().skip(1).map(|_| ranked.scale()));
                assert_eq!(product(scores).combined('÷', &divisor).rounded(ranked.decimals()), total, "{about}");
            }
            _ => {}
        }
        weights_add_up(ranked, parts, &about);
        for part in parts.iter().filter(|part| !part["points"].is_null()) {
            points_are_weight_times_value(ranked, part, &about);
        }
        let sums = entry["sections"].as_array().unwrap().iter();
        for section in sums.filter(|_| ["sections", "script"].contains(&ranked.combine())) {
            let members =
                parts.iter().filter(|part| section["id"] == *ranked.groups[part["criterion"].as_str().unwrap()]);
            assert_eq!(sum(members.map(earned)), Exact::of(&section["score"]), "{about} {}", section["id"]);
        }
    }
}

/// The weights of all criteria, or of each group where groups have scores, are the scale.
fn weights_add_up(ranked: &Ranked, parts: &[Value], about: &str) {
    let by_group = ranked.has_scores();
    let mut sums: BTreeMap<&str, Exact> = BTreeMap::new();
    for part in parts {
        let group = if by_group { &*ranked.groups[part["criterion"].as_str().unwrap()] } else { "" };
        let before = sums.remove(group).unwrap_or(Exact::whole(0));
        sums.insert(group, before.combined('+', &Exact::of(&part["weight"])));
    }
    for (group, sum) in sums {
        assert_eq!(sum, ranked.scale(), "{about}: the weights of `{group}`");
    }
}

fn points_are_weight_times_value(ranked: &Ranked, part: &Value, about: &str) {
    let value = if part["value"].is_null() { Exact::whole(0) } else { Exact::of(&part["value"]) };
    let points = Exact::of(&part["weight"]).combined('×', &value).rounded(ranked.decimals());
    assert_eq!(points, Exact::of(&part["points"]), "{about} {}", part["criterion"]);
}

/// The lines behind "Adds up" are true, and end in the total beside the candidate's name.
fn text_adds_up(ranked: &Ranked) {
    let mut totals = Vec::new();
    for block in ranked.outputs[0].split("\n\n").filter(|block| block.contains("\n     Adds up")) {
        let heading: Vec<&str> = block.lines().take_while(|line| !line.starts_with("     W")).collect();
        let total = heading[0].split_whitespace().last().unwrap();
        let (_, sums) = block.split_once("\n     Adds up").unwrap();
        let sums = sums.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut results: Vec<String> = Vec::new();
        let mut rest = &*sums;
        while let Some(sign) = rest.find(" = ") {
            let end = rest[sign + 3..].find(' ').map_or(rest.len(), |blank| sign + 3 + blank);
            results.push(ranked.check(&rest[..end]));
            rest = rest[end..].trim_start();
        }
        assert_eq!((rest, results.last().map(|last| &**last)), ("", Some(total)), "{}: {block}", ranked.name);
        totals.push(total.to_owned());
    }
    totals.sort();
    assert_eq!(totals, ranked.totals(), "{}", ranked.name);
}

/// The sums under each heading are true and end in the heading's total, and so does its column of points.
fn markdown_adds_up(ranked: &Ranked) {
    let mut totals = Vec::new();
    for block in ranked.outputs[1].split("\n### ").skip(1).map(|block| block.split("\n## ").next().unwrap()) {
        let heading = block.lines().next().unwrap();
        // The others are not ranked, or are the places by a score beside the total.
        let total = heading.rsplit_once(": ").map(|(_, total)| total).filter(|total| Exact::read(total).is_some());
        let Some(total) = total else { continue };
        let sums =
            block.lines().filter(|line| line.contains(" = ") && line.ends_with(|last: char| last.is_ascii_digit()));
        let results: Vec<String> = sums.filter(|line| !line.starts_with('|')).map(|line| ranked.check(line)).collect();
        assert_eq!(results.last().map(|last| &**last), Some(total), "{}: {heading}", ranked.name);
        if ranked.combine() == "sum" {
            let table = block.lines().skip_while(|line| !line.starts_with("| "));
            let rows = table.take_while(|line| line.starts_with("| ")).skip(2);
            let points = rows.map(|row| Exact::read(unmarked(row.split(" | ").nth(1).unwrap())).unwrap());
            assert_eq!(Some(sum(points)), Exact::read(total), "{}: {heading}", ranked.name);
        }
        totals.push(total.to_owned());
    }
    totals.sort();
    assert_eq!(totals, ranked.totals(), "{}", ranked.name);
}

/// Points without the sign that says what they rest on.
fn unmarked(points: &str) -> &str {
    points.trim_end_matches(['†', '‡', '*', '\\'])
}

/// The sums of each section are true and end in the heading's total, and so does its column of points.
fn html_adds_up(ranked: &Ranked) {
    let page = scraper::Html::parse_document(&ranked.outputs[4]);
    let (sum_lines, points_cells) = (selector(".sum"), selector(".known tbody td:nth-child(3)"));
    let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
    let mut totals = Vec::new();
    for section in page.select(&selector("section.candidate")) {
        let heading = text(section.select(&selector("h3")).next().unwrap());
        let total = heading.rsplit_once(": ").map(|(_, total)| total).filter(|total| Exact::read(total).is_some());
        let Some(total) = total else { continue };
        let results: Vec<String> = section.select(&sum_lines).map(|line| ranked.check(&text(line))).collect();
        assert_eq!(results.last().map(|last| &**last), Some(total), "{}: {heading}", ranked.name);
        if ranked.combine() == "sum" {
            let points = section.select(&points_cells).map(|cell| Exact::read(unmarked(&text(cell))).unwrap());
            assert_eq!(Some(sum(points)), Exact::read(total), "{}: {heading}", ranked.name);
        }
        totals.push(total.to_owned());
    }
    totals.sort();
    assert_eq!(totals, ranked.totals(), "{}", ranked.name);
}

fn selector(css: &str) -> scraper::Selector {
    scraper::Selector::parse(css).unwrap()
}

fn csv_adds_up(ranked: &Ranked) {
    let mut reader = csv::Reader::from_reader(ranked.outputs[3].as_bytes());
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let mut totals = Vec::new();
    for row in reader.records().map(Result::unwrap) {
        let cells: BTreeMap<&str, &str> = headers.iter().map(String::as_str).zip(row.iter()).collect();
        let ending = |end: &str| {
            // A score with a place of its own stands beside the total.
            let is_beside = |name: &str| cells.contains_key(&*format!("{name} place"));
            let is_wanted = |header: &&String| header.strip_suffix(end).is_some_and(|name| !is_beside(name));
            let wanted = headers.iter().filter(is_wanted).collect::<Vec<_>>();
            wanted.into_iter().map(|header| Exact::read(cells[&**header]).unwrap()).collect::<Vec<_>>()
        };
        let Some(total) = Exact::read(cells["total"]) else { continue };
        totals.push(cells["total"].to_owned());
        let found = match ranked.combine() {
            "sum" => sum(ending(" points")),
            "product" => product(ending(" factor")).combined('×', &ranked.scale()),
            "sections" => {
                let scores = ending(" score");
                let divisor = product(scores.iter().skip(1).map(|_| ranked.scale()));
                product(scores).combined('÷', &divisor)
            }
            _ => continue,
        };
        assert_eq!(found.rounded(ranked.decimals()), total, "{} {}", ranked.name, cells["id"]);
    }
    totals.sort();
    assert_eq!(totals, ranked.totals(), "{}", ranked.name);
}

/// Totals worked out apart, in Python, from the evidence and the rules.
#[test]
fn totals_are_those_of_an_independent_reckoning() {
    let wards = [
        ("huntingdon-north", 418.65),
        ("st-neots-eynesbury", 230.10),
        ("yaxley", 210.89),
        ("ramsey", 165.26),
        ("st-neots-eatons", 141.64),
        ("great-paxton", 25.07),
        ("swavesey", 0.54),
    ];
    let themes = [
        ("domestic-abuse", 62.46),
        ("child-criminal-exploitation", 51.64),
        ("serious-violence", 40.97),
        ("scams-and-fraud", 37.41),
        ("anti-social-behaviour", 33.80),
        ("hate-crime", 32.78),
        ("burglary", 30.75),
        ("cybercrime", 19.69),
    ];
    let files = Folder::of_fixtures();
    for (fixture, expected) in [("huntingdonshire-wards-2019", &wards[..]), ("morile-style", &themes[..])] {
        let json: Value = serde_json::from_str(&rank(&files, &format!("fixtures/{fixture}")).outputs()[2]).unwrap();
        let totals: BTreeMap<&str, f64> = json["ranking"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (entry["id"].as_str().unwrap(), entry["total"].as_f64().unwrap()))
            .collect();
        for (id, total) in expected {
            assert_eq!(totals.get(id), Some(total), "{fixture} {id}");
        }
    }
}
