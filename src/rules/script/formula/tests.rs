//! A formula holds what the engine answers: expressions drawn at random, at points drawn at random.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::*;
use crate::budget::Budget;
use crate::diagnostic::{Problems, SourceFile};
use crate::rules::script::{Argument, Compiler, ScriptChecker};
use crate::stats::{Estimate, Random, Stream};
use crate::toml_file::At;

fn expression(code: &str, reads: &[&str]) -> Expression {
    let source = Arc::new(SourceFile::new("x", code));
    let mut expression = Expression::new(&source, &At { value: code.into(), span: 0..code.len() });
    expression.reads = reads.iter().map(|name| (*name).to_owned()).collect();
    expression
}

fn library(functions: &str) -> Library {
    let source = Arc::new(SourceFile::new("f.rhai", functions));
    ScriptChecker::new(&[source], 1, Budget::default(), &mut Problems::default()).unwrap().into_library()
}

/// One of so many, drawn.
fn one_of<'w>(random: &mut Random, words: &[&'w str]) -> &'w str {
    words[usize::try_from(random.below(words.len() as u64)).unwrap()]
}

/// A total over `aa`, `bb` and `cc`, so many signs deep.
fn drawn_total(random: &mut Random, deep: u32) -> String {
    if deep == 0 {
        return one_of(random, &["aa", "bb", "cc", "2", "0.1", "3", "0.25"]).to_owned();
    }
    let (a, b) = (drawn_total(random, deep - 1), drawn_total(random, deep - 1));
    match random.below(7) {
        0 => format!("({a} + {b})"),
        1 => format!("({a} - {b})"),
        2 => format!("({a} * {b})"),
        3 => format!("({a} / {b})"),
        4 => format!("min({a}, {b})"),
        5 => format!("max({a}, {b})"),
        _ => format!("-({a})"),
    }
}

#[test]
fn totals_lie_where_their_formulas_say_and_go_as_they_say() {
    let (library, names) = (library(""), ["aa", "bb", "cc"]);
    let compiler = Compiler::new(&library).unwrap();
    let mut random = Random::new(11, Stream::Weights, 0);
    let (mut answered, mut sloped) = (0, 0);
    for _ in 0..500 {
        let depth = 1 + u32::try_from(random.below(3)).unwrap();
        let expression = expression(&drawn_total(&mut random, depth), &names);
        let formula = Formula::new(&expression, &library, Literals::Decimals).unwrap();
        let mut run = compiler.compile(&expression).unwrap();
        let ends = names.map(|_| {
            let low = i64::try_from(random.below(40)).unwrap() - 15;
            (low, low + i64::try_from(random.below(30)).unwrap())
        });
        let area = ends.map(|(low, high)| Interval::between(tenths(low), tenths(high)));
        let mut answer = |point: [i64; 3]| {
            let mut scores: Vec<Argument> = point.iter().map(|it| Argument::exact(Decimal::new(*it, 1))).collect();
            let answer = run.run(&mut scores).ok()?;
            let exact = answer.exact().and_then(|exact| exact.to_f64());
            exact.or_else(|| Some(answer.measure().ok()??.estimate))
        };
        for _ in 0..20 {
            let mut point = ends
                .map(|(low, high)| low + i64::try_from(random.below(u64::try_from(high - low + 1).unwrap())).unwrap());
            let by = usize::try_from(random.below(3)).unwrap();
            let known = formula.over(&area, by);
            let Some(before) = answer(point) else {
                assert!(known.is_none(), "{}: nothing is divided by zero at {point:?}", expression.code);
                continue;
            };
            let Some(known) = known else { continue };
            answered += 1;
            assert!(known.value.low() <= before && before <= known.value.high(), "{} at {point:?}", expression.code);
            let moved = ends[by].1;
            if moved > point[by] {
                let from = point[by];
                point[by] = moved;
                let slope = (answer(point).unwrap() - before) / tenths(moved - from);
                sloped += 1;
                let hair = 1e-9 * slope.abs().max(1.0);
                assert!(
                    known.slope.low() - hair <= slope && slope <= known.slope.high() + hair,
                    "{} from {point:?}",
                    expression.code
                );
            }
        }
    }
    assert!(answered > 5000 && sloped > 3000, "{answered} {sloped}");
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn tenths(units: i64) -> f64 {
    units as f64 / 10.0
}

const FUNCTIONS: &str = "
fn change_value(ratio, level, slope) {
    let certain = ratio.estimate;
    if ratio.has_interval() {
        certain = if ratio.lower > 1.0 { ratio.lower } else if ratio.upper < 1.0 { ratio.upper } else { 1.0 };
    }
    clamp(level + (certain - 1.0) * slope, 0.0, 1.0)
}
fn early(x) {
    if x == () { return 0.5; }
    if x < 2 { return x / 4; }
    let half = x / 2;
    1 / half.estimate
}
fn twice(x) { if x > 3 { let y = x * 2; y } else { early(x) } }
";

#[test]
fn values_lie_where_their_formulas_say() {
    let library = library(FUNCTIONS);
    let compiler = Compiler::new(&library).unwrap();
    let mut random = Random::new(12, Stream::Weights, 0);
    for code in [
        "change_value(measure, 0.4, 1.2)",
        "early(measure)",
        "twice(measure) + 1",
        "if measure <= 4.0 { 1 } else if measure < 13.1 { 0 } else { 1 }",
        "clamp(measure / 8, 0, 1)",
        "clamp((exp(measure.estimate) - 0.722959) / 0.760683, 0, 1)",
        "abs(measure - 5) * 0.1",
        "if measure > 1 && measure < 3 || !(measure != 7) { sqrt(measure) } else { -measure }",
        "min(floor(measure), 2) - max(measure, 4) * measure.estimate",
        "let x = measure * measure.estimate; let y = x.estimate; y - x.lower",
    ] {
        let expression = expression(code, &["measure"]);
        let formula = Formula::new(&expression, &library, Literals::Floats).unwrap_or_else(|| panic!("{code}"));
        let mut run = compiler.compile(&expression).unwrap();
        for _ in 0..500 {
            let ends = [random.uniform() * 16.0, random.uniform() * 16.0];
            let Some(known) = formula.over(&[Interval::between(ends[0], ends[1])], 0) else { continue };
            let at = random.uniform();
            let x = ends[0] * at + ends[1] * (1.0 - at);
            let x = x.clamp(ends[0].min(ends[1]), ends[0].max(ends[1]));
            let answer = run.run(&mut [Argument::estimate(Estimate::between(x, x, x))]).unwrap();
            let answer = answer.measure().unwrap().unwrap().estimate;
            assert!(known.value.low() <= answer && answer <= known.value.high(), "{code} at {x}: {answer}, {known:?}");
        }
    }
}

#[test]
fn what_formulas_do_not_know_they_do_not_read() {
    let library = library("fn sum(x) { let sum = 0; for i in 0..3 { sum += x } sum }\nfn max(a, b) { 7 }");
    for code in
        ["sum(measure)", "[measure][0]", "measure.count", "`${measure}`.len()", "measure % 2", "measure.in_words()"]
    {
        let expression = expression(code, &["measure"]);
        assert!(Formula::new(&expression, &library, Literals::Floats).is_none(), "{code}");
    }
    // The rule set's own function counts.
    let known = Formula::new(&expression("max(measure, 1)", &["measure"]), &library, Literals::Floats).unwrap();
    assert_eq!(known.over(&[Interval::between(0.0, 100.0)], 0).unwrap().value, Interval::point(7.0));
}

#[test]
fn divisors_are_told_as_they_are_written() {
    let library = library("");
    let formula =
        Formula::new(&expression("aa / bb + 1 / (max(bb, 0.5) - aa)", &["aa", "bb"]), &library, Literals::Decimals);
    let ends = [Interval::between(1.0, 3.0), Interval::between(0.0, 2.0)];
    let found = formula.unwrap().divisors_that_can_be_zero(&ends, &["aa", "bb"]);
    let written: Vec<&str> = found.iter().map(|(written, _)| &**written).collect();
    assert_eq!(written, ["bb", "max(bb, 0.5) - aa"]);
}

#[test]
fn plain_arithmetic_that_rises_is_told_from_any_other() {
    let rising = |code: &str| {
        let made = Formula::new(&expression(code, &["aa", "bb"]), &library(""), Literals::Decimals);
        made.and_then(|formula| formula.rising())
    };
    let (aa, bb) = (Rising::Name(0), Rising::Name(1));
    let product = Rising::Product(Box::new([aa.clone(), bb.clone()]));
    assert_eq!(rising("aa * bb / 0.7"), Some(Rising::Quotient(Box::new(product), 0.7)));
    assert_eq!(rising("max(aa, 2 + bb)").map(|formula| formula.renamed(&|name| 1 - name)), {
        let sum = Rising::Sum(Box::new([Rising::Number(2.0), aa]));
        Some(Rising::Greater(Box::new([bb, sum])))
    });
    for code in ["aa - bb", "aa / bb", "aa * -1", "abs(aa)", "if aa > 2 { bb } else { aa }", "aa / 0", "floor(aa)"] {
        assert_eq!(rising(code), None, "{code}");
    }
}
