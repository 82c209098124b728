//! A program against the engine, which is the one that knows: bit for bit, over made-up expressions and figures.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use rhai::{Dynamic, Scope};

use super::*;
use crate::assessment::{
    Answer, Break, Count, Denominator, Figure, Judgement, Offence, Offences, Peer, Peers, Percentage, Period, Rate,
    Score, Series, Unit,
};
use crate::rules::script::argument::NumberColumn;
use crate::rules::script::coerce;
use crate::rules::script::fence::fence;
use crate::stats::{Confidence, Estimate};

/// The variables of made-up expressions; the letter says what each holds, unless it is missing.
const NAMES: [&str; 13] = ["x", "y", "w", "e", "c", "d", "r", "p", "s", "o", "g", "j", "a"];

fn number() -> impl Strategy<Value = f64> {
    let odd = [0.0, -0.0, 1.0, -1.0, 0.5, 2.5, 1e-300, 1e15, 9_007_199_254_740_993.0, 1e300, -1e300, f64::MAX];
    prop_oneof![2 => prop::sample::select(odd.to_vec()), 3 => -100.0..1000.0_f64, 1 => (0..50_u32).prop_map(f64::from)]
}

fn estimate() -> impl Strategy<Value = Estimate> {
    (number(), prop::option::of((number(), number()))).prop_map(|(estimate, interval)| Estimate { estimate, interval })
}

fn period() -> impl Strategy<Value = Period> {
    prop::sample::select(vec!["2019", "2018-11/2019-10", "2019-03", "2019-03-31", "2019-03-01/2019-03-17"])
        .prop_map(|period| Period::parse(period).unwrap())
}

fn count() -> impl Strategy<Value = Count> {
    let suppressed = prop::option::weighted(0.2, Just((0.0, 4.0)));
    let unit = prop_oneof![3 => Just(Unit::People), 1 => Just(Unit::Households)];
    let among = (prop::sample::select(vec![0.0, 1.0, 1500.0, 1e9]), unit)
        .prop_map(|(number, unit)| Denominator { number, unit });
    let count = prop_oneof![(0..2000_u32).prop_map(f64::from), Just(1e15)];
    let broken = prop::option::weighted(0.1, Just("2019-02"));
    (count, suppressed, period(), prop::option::of(among), broken).prop_map(
        |(count, suppressed, period, among, broken_at)| {
            let count = suppressed.map_or(count, |(lower, upper): (f64, f64)| lower + (upper - lower) / 2.0);
            let broken = |date| Break { date: Period::parse(date).unwrap(), cause: "counted otherwise".into() };
            let breaks = broken_at.map(|date| Arc::from([broken(date)]));
            Count {
                count,
                suppressed,
                shared_out: None,
                period,
                among,
                breaks,
                confidence: Confidence::default(),
                pool: None,
            }
        },
    )
}

fn offences() -> impl Strategy<Value = Offences> {
    let offence = (0..50_u32, 0..4000_u32);
    (prop::collection::vec(offence, 1..4), period()).prop_map(|(offences, period)| {
        let named =
            |(count, harm)| Offence { offence: "o".into(), count: f64::from(count), harm: Some(f64::from(harm)) };
        Offences { offences: offences.into_iter().map(named).collect(), period, confidence: Confidence::default() }
    })
}

fn peers() -> impl Strategy<Value = Peers> {
    (prop::collection::vec(prop_oneof![Just(0.0), 0.0..90.0_f64], 2..5), 0..2_usize).prop_map(|(rates, own)| Peers {
        peers: rates.into_iter().map(|rate| Peer { area: "a".into(), rate, counted: None }).collect(),
        own,
        confidence: Confidence::default(),
    })
}

fn judgement() -> impl Strategy<Value = Judgement> {
    prop::collection::vec(0..6_u32, 1..4).prop_map(|scores| Judgement {
        scores: scores.into_iter().map(|score| Score { by: "r".into(), score: f64::from(score) }).collect(),
        scale: (0.0, 5.0),
        because: "b".into(),
    })
}

fn arguments() -> impl Strategy<Value = Vec<Argument>> {
    let figure = |figure: Figure| Argument::evidence(&figure);
    let counts = prop::collection::vec(count(), 1..4);
    let all: Vec<BoxedStrategy<Argument>> = vec![
        number().prop_map(Argument::number).boxed(),
        number().prop_map(Argument::number).boxed(),
        prop_oneof![-9..9_i64, Just(i64::MAX), Just(i64::MIN)]
            .prop_map(|whole| Argument(Dynamic::from_int(whole)))
            .boxed(),
        estimate().prop_map(Argument::estimate).boxed(),
        count().prop_map(move |count| figure(Figure::Count(count))).boxed(),
        count().prop_map(move |count| figure(Figure::Count(count))).boxed(),
        (estimate(), number(), prop::option::of(period()))
            .prop_map(move |(rate, per, period)| figure(Figure::Rate(Rate { rate, per, period })))
            .boxed(),
        (0.0..100.0_f64, prop::option::of((10.0..20.0_f64, 30.0..40.0_f64)), prop::option::of(1.0..3000.0_f64))
            .prop_map(move |(estimate, interval, base)| {
                figure(Figure::Percentage(Percentage {
                    percentage: Estimate { estimate, interval },
                    base,
                    confidence: Confidence::default(),
                }))
            })
            .boxed(),
        counts.prop_map(move |counts| figure(Figure::Series(Series { counts: counts.into() }))).boxed(),
        offences().prop_map(move |offences| figure(Figure::Offences(offences))).boxed(),
        peers().prop_map(move |peers| figure(Figure::Peers(peers))).boxed(),
        judgement().prop_map(move |judgement| figure(Figure::Judgement(judgement))).boxed(),
        any::<bool>().prop_map(move |truth| figure(Figure::Answer(Answer(truth)))).boxed(),
    ];
    let missing = |value: BoxedStrategy<Argument>| prop_oneof![12 => value, 1 => Just(Argument::MISSING)].boxed();
    all.into_iter().map(missing).collect::<Vec<_>>()
}

/// What answers a number, mostly: any of these may stand where any other does, so that much is refused, too.
const LEAVES: [&str; 75] = [
    "x",
    "y",
    "x",
    "y",
    "w",
    "w",
    "e",
    "c",
    "d",
    "r",
    "p",
    "s",
    "o",
    "g",
    "j",
    "a",
    "()",
    "true",
    "0",
    "1",
    "2",
    "-3",
    "7",
    "9223372036854775807",
    "0.0",
    "0.5",
    "1.5",
    "-2.25",
    "1e300",
    "1000",
    "e.estimate",
    "e.lower",
    "e.upper",
    "c.count",
    "c.lower",
    "c.upper",
    "c.months",
    "c.population",
    "c.households",
    "c.per_year()",
    "d.per_year()",
    "c.rate(1000)",
    "d.rate(x)",
    "c.rate_ratio(d)",
    "rate_ratio(d, c)",
    "r.rate",
    "r.per",
    "r.to_estimate()",
    "p.percentage",
    "p.base",
    "p.to_estimate()",
    "s.length",
    "s.latest().count",
    "s.latest().per_year()",
    "s.previous().count",
    "s.first().per_year()",
    "s.latest().rate_ratio(s.first())",
    "o.count",
    "o.months",
    "o.harm()",
    "o.harm_per_offence()",
    "o.harm_per_year()",
    "o.heaviest_share()",
    "g.ratio_to_mean()",
    "g.rank()",
    "g.length",
    "j.score",
    "j.lowest",
    "j.highest",
    "j.spread",
    "c.per_year().upper",
    "x.count",
    "s.latest().population",
    "r?.rate",
    "e.estimate.round()",
];

const FUNCTIONS: [&str; 16] = [
    "ln", "exp", "sqrt", "abs", "round", "floor", "ceiling", "int", "to_float", "estimate", "log", "log10", "atan",
    "cos", "fraction", "to_int",
];

fn truth(numbers: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let compared = (numbers, prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]));
    let leaf = prop_oneof![
        6 => (compared.clone(), compared).prop_map(|((a, sign), (b, _))| format!("({a} {sign} {b})")),
        1 => prop::sample::select(vec!["a", "true", "false", "c.suppressed", "e.has_interval()", "x", "s == ()", "c != ()"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["&&", "||"]), inner.clone())
                .prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
            inner.prop_map(|a| format!("!{a}")),
        ]
    })
    .boxed()
}

fn expression() -> impl Strategy<Value = String> {
    expression_of(prop::sample::select(LEAVES.to_vec()).prop_map(str::to_owned).boxed())
}

fn expression_of(leaf: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operator = prop::sample::select(vec!["+", "-", "*", "/", "%", "**", "+", "-", "*", "/"]);
        let two = prop::sample::select(vec!["min", "max", "pow", "log", "atan", "hypot"]);
        prop_oneof![
            6 => (inner.clone(), operator, inner.clone()).prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
            1 => inner.clone().prop_map(|a| format!("(- {a})")),
            1 => inner.clone().prop_map(|a| format!("(+ {a})")),
            2 => (prop::sample::select(FUNCTIONS.to_vec()), inner.clone()).prop_map(|(name, a)| format!("{name}({a})")),
            1 => (prop::sample::select(FUNCTIONS.to_vec()), inner.clone()).prop_map(|(name, a)| format!("({a}).{name}()")),
            2 => (two, inner.clone(), inner.clone()).prop_map(|(name, a, b)| format!("{name}({a}, {b})")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("clamp({a}, {b}, {c})")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("estimate({a}, {b}, {c})")),
            2 => (truth(inner.clone().boxed()), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("if {a} {{ {b} }} else {{ {c} }}")),
            1 => (truth(inner.clone().boxed()), inner.clone()).prop_map(|(a, b)| format!("(if {a} {{ {b} }})")),
        ]
    })
}

/// An answer to the last bit.
fn bits(answer: &Dynamic) -> String {
    if let Ok(float) = answer.as_float() {
        return format!("float {:x}", float.to_bits());
    }
    match answer.read_lock::<Estimate>() {
        Some(estimate) => {
            let ends = estimate.interval.map(|(lower, upper)| (lower.to_bits(), upper.to_bits()));
            format!("estimate {:x} {ends:x?}", estimate.estimate.to_bits())
        }
        None => format!("{} {answer}", answer.type_name()),
    }
}

fn reads() -> Vec<String> {
    NAMES.map(str::to_owned).to_vec()
}

/// What the program and the engine answer; none where there is no program.
fn both(code: &str, arguments: &[Argument]) -> Option<(Option<String>, Result<String, String>)> {
    let engine = fence().unwrap();
    let mut scope = Scope::new();
    for (name, argument) in NAMES.iter().zip(arguments) {
        scope.push_dynamic(*name, argument.0.clone());
    }
    let ast = engine.compile_with_scope(&scope, code).unwrap();
    let program = Program::new(&ast, &reads(), &[], &AST::empty())?;
    let answer = engine.eval_ast_with_scope::<Dynamic>(&mut scope, &ast).map_err(|error| error.to_string());
    Some((program.run(arguments).map(|answer| bits(&answer.0)), answer.as_ref().map(bits).map_err(Clone::clone)))
}

#[test]
fn a_program_answers_what_the_engine_answers_or_gives_up() {
    let config = Config { cases: 500, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..Config::default() };
    let (answered, sound) = (Cell::new(0_u32), Cell::new(0_u32));
    let compare = |code: &str, arguments: &[Argument]| {
        let Some((ours, theirs)) = both(code, arguments) else { return Ok(()) };
        answered.set(answered.get() + u32::from(ours.is_some()));
        sound.set(sound.get() + u32::from(theirs.is_ok()));
        match ours {
            Some(ours) if theirs.as_ref() != Ok(&ours) => {
                Err(TestCaseError::fail(format!("{code}: {ours}, but {theirs:?}")))
            }
            _ => Ok(()),
        }
    };
    let many = (prop::collection::vec(expression(), 5), prop::collection::vec(arguments(), 5));
    TestRunner::new(config)
        .run(&many, |(expressions, all)| {
            all.iter().try_for_each(|arguments| expressions.iter().try_for_each(|code| compare(code, arguments)))
        })
        .unwrap();
    let (answered, sound) = (answered.get(), sound.get());
    assert!(answered > 1_500, "too few were answered to say anything: {answered}");
    assert!(answered * 4 > sound * 3, "{answered} of {sound} that the engine answered");
}

/// An answer as a number, where it is one.
fn number_in(answer: &Dynamic) -> Option<f64> {
    answer.as_float().ok().or_else(|| answer.as_int().ok().map(coerce::float))
}

/// What columns are made of: plain numbers, and the numbers of evidence.
const COLUMNS: [(&str, Option<EvidenceKind>); 5] = [
    ("x", None),
    ("y", None),
    ("c", Some(EvidenceKind::Count)),
    ("r", Some(EvidenceKind::Rate)),
    ("p", Some(EvidenceKind::Percentage)),
];

/// Over columns of the plain numbers and the numbers of counts, rates and percentages among what expressions read.
#[test]
fn a_program_over_columns_answers_what_the_engine_answers_or_leaves_the_row_to_it() {
    let config = Config { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(8), ..Config::default() };
    let row = move || {
        (number(), number(), 0..2000_u32, number(), 0.0..100.0_f64)
            .prop_map(|(x, y, c, r, p)| [x, y, f64::from(c), r, p])
    };
    let gap = prop::option::weighted(0.1, 0..5_usize);
    let rows = prop::collection::vec((row(), gap), 1..6);
    let leaf = prop::sample::select(vec![
        "x",
        "y",
        "x",
        "y",
        "c.count",
        "r.rate",
        "p.percentage",
        "0",
        "1",
        "2.5",
        "-3",
        "1e300",
        "0.0",
    ]);
    let code = expression_of(leaf.prop_map(str::to_owned).boxed());
    let answered = Cell::new(0_u32);
    let engine = fence().unwrap();
    TestRunner::new(config)
        .run(&(prop::collection::vec(code, 5), rows), |(codes, rows)| {
            let rows: Vec<[f64; 5]> = rows
                .into_iter()
                .map(|(mut row, gap)| {
                    if let Some(at) = gap {
                        row[at] = f64::NAN;
                    }
                    row
                })
                .collect();
            let columns: Vec<Vec<f64>> = (0..5).map(|at| rows.iter().map(|row| row[at]).collect()).collect();
            let names: Vec<String> = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
            let given: Vec<NumberColumn<'_>> =
                COLUMNS.iter().zip(&columns).map(|((_, of), numbers)| NumberColumn { numbers, of: *of }).collect();
            for code in &codes {
                let mut scope = Scope::new();
                for name in NAMES {
                    scope.push(name, ());
                }
                let ast = engine.compile_with_scope(&scope, code).unwrap();
                let Some(answers) = Program::new(&ast, &names, &[], &AST::empty()).and_then(|it| it.over(&given))
                else {
                    continue;
                };
                prop_assert_eq!(answers.len(), rows.len());
                for (row, ours) in rows.iter().zip(answers).filter(|(_, ours)| ours.is_finite()) {
                    prop_assert!(row.iter().all(|number| !number.is_nan()), "{}: a gap was answered", code);
                    for (name, argument) in names.iter().zip(of_row(row)) {
                        scope.set_value(name.clone(), argument.0);
                    }
                    let theirs = engine.eval_ast_with_scope::<Dynamic>(&mut scope, &ast);
                    let theirs = theirs.map_err(|error| error.to_string());
                    let same = theirs.as_ref().ok().and_then(number_in).map(f64::to_bits) == Some(ours.to_bits());
                    prop_assert!(same, "{}: {}, but {:?} for {:?}", code, ours, theirs, row);
                    answered.set(answered.get() + 1);
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(answered.get() > 500, "too few were answered to say anything: {}", answered.get());
}

/// What a row of figures is to expressions.
fn of_row([first, second, counted, rated, percent]: &[f64; 5]) -> [Argument; 5] {
    let confidence = Confidence::default();
    let period = Period::parse("2019").unwrap();
    let count = Count {
        count: *counted,
        suppressed: None,
        shared_out: None,
        period,
        among: None,
        breaks: None,
        confidence,
        pool: None,
    };
    let percentage = Percentage { percentage: Estimate::exact(*percent), base: None, confidence };
    let rate = Rate { rate: Estimate::exact(*rated), per: 1000.0, period: None };
    [
        Argument::number(*first),
        Argument::number(*second),
        Argument::evidence(&Figure::Count(count)),
        Argument::evidence(&Figure::Rate(rate)),
        Argument::evidence(&Figure::Percentage(percentage)),
    ]
}

/// Of the rule set with an expression for each of seven criteria all but one run over columns: that one has an interval.
#[test]
fn what_makes_numbers_of_numbers_runs_over_columns() {
    let text = include_str!("../../../../benches/large/scripted.toml");
    let engine = fence().unwrap();
    let (expressions, names) = expressions(text);
    let mut scope = Scope::new();
    for name in &names {
        scope.push(name.clone(), ());
    }
    let of = |name: &str| match name {
        "crimes" | "repeat_victims" => Some(EvidenceKind::Count),
        "rate" => Some(EvidenceKind::Rate),
        "concern" => Some(EvidenceKind::Percentage),
        _ => None,
    };
    let columns: Vec<NumberColumn<'_>> =
        names.iter().map(|name| NumberColumn { numbers: &[3.0, 5.0], of: of(name) }).collect();
    let by_rows = expressions.into_iter().filter(|code| {
        let ast = engine.compile_with_scope(&scope, code).unwrap();
        Program::new(&ast, &names, &[], &AST::empty()).unwrap().over(&columns).is_none()
    });
    assert_eq!(by_rows.collect::<Vec<_>>(), ["crimes.per_year() * 1.5"]);
}

/// Every expression of the rules in `text`, and the names of its evidence.
fn expressions(text: &str) -> (Vec<String>, Vec<String>) {
    let rules: toml::Table = text.parse().unwrap();
    let list = |key: &str| rules.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for table in list("criterion").iter().chain(&list("gate")) {
        let script = table.get("value").and_then(|value| value.get("script"));
        let all = [table.get("measure"), table.get("when"), script];
        found.extend(all.into_iter().flatten().filter_map(toml::Value::as_str).map(str::to_owned));
    }
    let named = |key: &str| rules.get(key).and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let names = named("evidence").into_iter().chain(named("parameter")).map(|(name, _)| name);
    (found, names.chain(["measure".to_owned()]).collect())
}

fn left_to_the_engine(text: &str) -> BTreeSet<String> {
    let engine = fence().unwrap();
    let (expressions, names) = expressions(text);
    let mut scope = Scope::new();
    for name in &names {
        scope.push_dynamic(name.clone(), Dynamic::UNIT);
    }
    let has_program = |code: &String| {
        let ast = engine.compile_with_scope(&scope, code).unwrap();
        Program::new(&ast, &names, &[], &AST::empty()).is_some()
    };
    expressions.into_iter().filter(|code| !has_program(code)).collect()
}

#[test]
fn plain_arithmetic_has_a_program_and_only_functions_of_scripts_have_none() {
    let none: [&str; 0] = [];
    let left = |text: &str| left_to_the_engine(text).into_iter().collect::<Vec<_>>();
    assert_eq!(left(include_str!("../../../../benches/large/scripted.toml")), none);
    assert_eq!(left(include_str!("../../../../rules/morile-style/ruleset.toml")), none);
    assert_eq!(left(include_str!("../../../../rules/demand-index/ruleset.toml")), none);
    assert_eq!(
        left(include_str!("../../../../rules/huntingdonshire/ruleset.toml")),
        [
            "change(recorded, change_published, change_years)",
            "change_value(measure, 0.4, 1.2)",
            "harm_of_all(recorded, offences, table_covers, harm_judged, people.district, least_covered)",
            "position(local_rate, county_rate, county_with_district, people, family_group, position_said, \
             position_in_words)",
        ]
    );
}

#[test]
fn a_function_of_the_rule_set_is_never_mistaken_for_one_of_ours() {
    let engine = fence().unwrap();
    let own = engine.compile("fn abs(x) { 7 } fn per_year() { 7 }").unwrap();
    let mut scope = Scope::new();
    scope.push("x", 1.0).push("sqrt", 1.0);
    for (code, plain) in [("abs(x)", false), ("x.per_year()", false), ("sqrt(x)", false), ("exp(x)", true)] {
        let ast = engine.compile_with_scope(&scope, code).unwrap();
        let reads = ["x".to_owned(), "sqrt".to_owned()];
        assert_eq!(Program::new(&ast, &reads, &[], &own).is_some(), plain, "{code}");
    }
}

#[test]
fn what_the_engine_refuses_is_left_to_it() {
    let mut arguments = vec![Argument::MISSING; NAMES.len()];
    arguments[0] = Argument::number(2.0);
    arguments[2] = Argument(Dynamic::from_int(i64::MAX));
    for code in
        ["1 / 0", "x / 0.0", "w + 1", "x + y", "y > 1", "if x { 1 } else { 2 }", "ln(-x)", "x + true", "1.count"]
    {
        let Some((ours, _)) = both(code, &arguments) else { continue };
        assert_eq!(ours, None, "{code}");
    }
    assert_eq!(both("if y == () { x * 2 } else { y }", &arguments).unwrap().0, Some(bits(&Dynamic::from_float(4.0))));
}

#[test]
fn the_number_of_a_parameter_is_known_and_its_table_is_the_engines() {
    use std::sync::Arc;

    use crate::rules::Amount;

    let engine = fence().unwrap();
    let table = Amount::Table(Arc::new([("a".to_owned(), 2.0)].into()));
    let parameters = [("threshold".to_owned(), Amount::Number(0.3)), ("weights".to_owned(), table)];
    let reads = ["x".to_owned()];
    let mut scope = Scope::new();
    for (name, value) in &parameters {
        scope.push_dynamic(name.clone(), Argument::parameter(value).0);
    }
    scope.push("x", 0.1);
    for code in ["x * 3", "x * 3 > threshold", "1 / threshold", "max(x, threshold) - threshold"] {
        let ast = engine.compile_with_scope(&scope, code).unwrap();
        let program = Program::new(&ast, &reads, &parameters, &AST::empty()).unwrap();
        let answer = engine.eval_ast_with_scope::<Dynamic>(&mut scope, &ast).unwrap();
        assert_eq!(program.run(&[Argument::number(0.1)]).map(|it| bits(&it.0)), Some(bits(&answer)), "{code}");
    }
    let ast = engine.compile_with_scope(&scope, "x * weights.a").unwrap();
    assert!(Program::new(&ast, &reads, &parameters, &AST::empty()).is_none());
    assert_eq!(engine.eval_ast_with_scope::<f64>(&mut scope, &ast).unwrap(), 0.2);
}
