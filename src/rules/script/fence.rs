//! The engine that runs expressions, with everything taken away that they must not have.

pub(super) mod arithmetic;
mod compare;
pub(super) mod mathematics;
mod text;
mod whole;

use std::rc::Rc;

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, BasicMathPackage, BasicStringPackage,
    LogicPackage, MoreStringPackage, Package,
};
use rhai::{Engine, OptimizationLevel};

use super::limits::{MAX_CALLS, MAX_DEPTHS, MAX_FUNCTIONS, MAX_LIST, MAX_MAP, MAX_OPERATIONS, MAX_TEXT, MAX_VARIABLES};
use super::{price, types, watch};
use crate::diagnostic::{Code, Problem};

/// Symbols that rules have no use for and that could run for ever, reach out or print; those that tell 3 from 3.0, which
/// are one number to who writes rules; and those that call functions by a text or ask about the engine.
const FORBIDDEN: [&str; 17] = [
    "eval",
    "while",
    "loop",
    "do",
    "until",
    "print",
    "debug",
    "import",
    "switch",
    "type_of",
    "this",
    "Fn",
    "call",
    "curry",
    "is_shared",
    "is_def_fn",
    "is_def_var",
];
/// Function names hash the same in every process, so that nothing depends on the order of a hash map.
const HASHING_SEED: [u64; 4] = [0x7072_696f, 0x7269_7469, 0x7365_0000, 1];

thread_local! {
    static FENCE: Result<Rc<Engine>, Problem> = new_fence().map(Rc::new);
    static WATCHED_FENCE: Result<Rc<Engine>, Problem> = new_fence().map(|engine| Rc::new(watch::watching(engine)));
}

/// This thread's fence. It is made when first asked for, which costs a few tenths of a millisecond, and serves every
/// rule set: a rule set's functions belong to its expressions, not to the engine.
///
/// # Errors
/// `engine-altered` if this build's arithmetic is not the documented one.
pub(super) fn fence() -> Result<Rc<Engine>, Problem> {
    match watch::is_on() {
        true => WATCHED_FENCE.with(Clone::clone),
        false => FENCE.with(Clone::clone),
    }
}

fn new_fence() -> Result<Engine, Problem> {
    // An error means that the seed was set before, by an earlier fence.
    let _ = rhai::config::hashing::set_hashing_seed(Some(HASHING_SEED));
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicMathPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    BasicMapPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    limit(&mut engine);
    compare::register(&mut engine);
    arithmetic::register(&mut engine);
    mathematics::register(&mut engine);
    whole::register(&mut engine);
    text::register(&mut engine);
    types::register(&mut engine);
    price::register(&mut engine);
    canary(&engine)?;
    Ok(engine)
}

fn limit(engine: &mut Engine) {
    engine.set_max_operations(MAX_OPERATIONS);
    engine.set_max_call_levels(MAX_CALLS);
    engine.set_max_expr_depths(MAX_DEPTHS.0, MAX_DEPTHS.1);
    engine.set_max_string_size(MAX_TEXT);
    engine.set_max_array_size(MAX_LIST);
    engine.set_max_map_size(MAX_MAP);
    engine.set_max_variables(MAX_VARIABLES);
    engine.set_max_functions(MAX_FUNCTIONS);
    engine.set_strict_variables(true);
    engine.set_fail_on_invalid_map_property(true);
    // The optimizer skips the check for unknown properties of constants.
    engine.set_optimization_level(OptimizationLevel::None);
    // The built-in operators compare floats loosely; ours, registered below, are exact.
    engine.set_fast_operators(false);
    for symbol in FORBIDDEN {
        engine.disable_symbol(symbol);
    }
    engine.on_print(|_| {});
    engine.on_debug(|_, _, _| {});
}

/// Refuses to run where a dependency has switched the arithmetic back: loose comparisons would move thresholds.
fn canary(engine: &Engine) -> Result<(), Problem> {
    let answers = ["0.1 + 0.2 == 0.3", "0.49999999999999994 >= 0.5", "1e-17 == 0.0", "1 / 2 == 0"];
    let loose = answers.iter().find(|expression| !matches!(engine.eval_expression::<bool>(expression), Ok(false)));
    match loose {
        None => Ok(()),
        Some(expression) => {
            let message = format!("this build of the engine gives another answer to `{expression}` than is documented");
            Err(Problem::new(Code::EngineAltered, message)
                .help("build it with the features in its own Cargo.toml; `rhai/unchecked` must be off"))
        }
    }
}

/// The hazards of the script language, each reproduced before it was fenced, and tested here.
#[cfg(test)]
mod hazards {
    use rhai::{Dynamic, Scope};
    use rust_decimal::Decimal;

    use super::*;
    use crate::rules::script::ExpressionAnswer;

    fn answer(expression: &str) -> Result<Dynamic, String> {
        fence().unwrap().eval::<Dynamic>(expression).map_err(|error| error.to_string())
    }

    fn truth(expression: &str) -> bool {
        answer(expression).unwrap().as_bool().unwrap()
    }

    #[test]
    fn h01_comparisons_are_exact() {
        assert!(!truth("0.49999999999999994 >= 0.5"));
        assert!(!truth("1e-17 == 0.0"));
        assert!(truth("0.1 + 0.2 != 0.3"));
        assert!(truth("0.1 + 0.2 > 0.3"));
        assert!(truth("1.0000000000000002 > 1"));
        assert!(truth("1 < 1.0000000000000002"));
        // In lists and switches, too.
        assert!(!truth("[0.30000000000000004].contains(0.3)"));
        assert!(!truth("0.3 in [0.30000000000000004]"));
    }

    #[test]
    fn h02_a_build_with_loose_arithmetic_refuses_to_run() {
        assert!(canary(&fence().unwrap()).is_ok());
        let mut loose = Engine::new_raw();
        ArithmeticPackage::new().register_into_engine(&mut loose);
        LogicPackage::new().register_into_engine(&mut loose);
        let problem = canary(&loose).unwrap_err();
        assert_eq!(problem.code, Code::EngineAltered);
        assert!(problem.message.contains("0.1 + 0.2 == 0.3"), "{}", problem.message);
    }

    #[test]
    fn h03_unknown_properties_of_constants_are_errors() {
        assert!(answer("const W = #{a: 1.0}; W.typo").unwrap_err().contains("typo"));
        assert!(answer("#{a: 1.0}.typo").unwrap_err().contains("typo"));
        assert!((answer("const W = #{a: 1.0}; W.a").unwrap().as_float().unwrap() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn h04_nothing_reaches_out_or_runs_for_ever() {
        for reaching in [
            "sleep(1)",
            "sleep(1e300)",
            "timestamp()",
            "eval(\"1\")",
            "print(1)",
            "debug(1)",
            "import \"x\" as y",
            "while true {}",
            "loop {}",
            "do {} while true",
            "open(\"x\")",
            "rand()",
            "export const x = 1",
            "type_of(1)",
            "switch 1 { 1 => 2, _ => 3 }",
            "Fn(\"abs\")",
            "let f = |x| x; f.call(1)",
            "let f = |x, y| x; f.curry(1)",
            "is_shared(1)",
            "is_def_fn(\"f\", 1)",
            "is_def_var(\"x\")",
            "let a = \"x\"; a.pad(9, \"\"); 1",
            "let a = \"x\"; a.pad(9223372036854775807, \"y\"); 1",
            "fn f() { this } f()",
        ] {
            assert!(answer(reaching).is_err(), "{reaching}");
        }
    }

    #[test]
    fn texts_are_filled_up_to_so_many_letters() {
        assert!(truth("let a = \"äx\"; a.pad(5, \"yz\"); a == \"äxyzy\""));
        assert!(truth("let a = \"äx\"; a.pad(1, 'y'); a == \"äx\""));
        assert!(truth("let a = \"x\"; a.pad(-1, 'y'); a == \"x\""));
    }

    #[test]
    fn h05_every_limit_is_set_and_holds() {
        let error = |script: &str| answer(script).unwrap_err().to_lowercase();
        let endless = error("let x = 0; for i in 0..1000000000 { x += i } x");
        assert!(endless.contains("operations") || endless.contains("terminated"), "{endless}");
        assert!(error("fn f(x) { f(x) } f(1)").contains("stack overflow"));
        assert!(error("let x = \"0123456789\"; for i in 0..30 { x += x } x").contains("length of string"));
        assert!(error("let x = [0]; for i in 0..30 { x += x } x").contains("size of array"));
        let many = |of: usize, one: fn(usize) -> String| (0..of).map(one).collect::<Vec<_>>().concat();
        assert!(error("fn f(a, b) { f(a, b) } [1, 2].sort(|a, b| f(a, b))").contains("without a function"));
        let map = many(2000, |key| format!("k{key}: 0,"));
        assert!(error(&format!("let x = #{{{map}}}; x")).contains("object map"));
        let deep = format!("{}1{}", "(".repeat(200), ")".repeat(200));
        assert!(error(&deep).contains("complexity"));
        let variables = many(300, |number| format!("let v{number} = 0;"));
        assert!(error(&variables).contains("variables"));
        let functions = many(600, |number| format!("fn f{number}() {{}}"));
        assert!(error(&functions).contains("functions"), "{}", error(&functions));
    }

    #[test]
    fn h06_mathematics_is_the_portable_library() {
        for x in [0.1, 0.7, 1.3, 2.5, 10.0, 123.456] {
            let of = |function: &str| answer(&format!("{function}({x:?})")).unwrap().as_float().unwrap();
            assert_eq!(of("exp"), libm::exp(x));
            assert_eq!(of("ln"), libm::log(x));
            assert_eq!(of("log"), libm::log10(x));
            assert_eq!(of("sin"), libm::sin(x));
            let power = |expression: String| answer(&expression).unwrap().as_float().unwrap();
            assert_eq!(power(format!("{x:?} ** 0.3")), libm::pow(x, 0.3));
            assert_eq!(power(format!("{x:?} ** 3")), libm::pow(x, 3.0));
        }
    }

    #[test]
    fn h07_what_is_not_finite_stops_at_the_boundary() {
        for expression in ["1.0 / 0.0", "-1.0 / 0.0", "0.0 / 0.0", "ln(-1.0)"] {
            let found = ExpressionAnswer(answer(expression).unwrap()).measure().unwrap_err();
            assert_eq!(found, "a number that is infinite or not a number", "{expression}");
        }
        // Nothing takes its place without a word.
        for swallowing in [
            "clamp(0.0 / 0.0, 0, 1)",
            "clamp(1.0 / 0.0, 0, 1)",
            "clamp(1, 0.0 / 0.0, 1)",
            "max(0.0 / 0.0, 5)",
            "max(5, 0.0 / 0.0)",
            "min(5.0, 1.0 / 0.0)",
            "max(-1.0 / 0.0, 5.0)",
            "min(0.0 / 0.0, estimate(1))",
        ] {
            assert!(answer(swallowing).unwrap_err().contains("infinite or not a number"), "{swallowing}");
        }
        assert!(answer("1 / 0").is_err());
        assert_eq!(answer("1 / 2").unwrap().as_float().unwrap(), 0.5);
        assert!(answer("\"a\" == 1").is_err());
    }

    #[test]
    fn h08_functions_are_listed_alike_in_every_process() {
        let names = crate::rules::script::vocabulary().unwrap();
        let again = crate::rules::script::vocabulary().unwrap();
        assert_eq!(names.functions, again.functions);
        assert_eq!(rhai::config::hashing::get_hashing_seed(), &Some(HASHING_SEED));
        let keys = answer("#{b: 1, a: 2, c: 3}.keys()").unwrap().to_string();
        assert_eq!(keys, r#"["a", "b", "c"]"#);
    }

    #[test]
    fn h10_the_optimizer_removes_no_statement() {
        let engine = fence().unwrap();
        assert_eq!(engine.optimization_level(), OptimizationLevel::None);
        let mut scope = Scope::new();
        scope.push("x", 1_i64);
        let answer = engine.eval_with_scope::<i64>(&mut scope, "let y = x; if y > 0 { y += 1; } y").unwrap();
        assert_eq!(answer, 2);
    }

    #[test]
    fn evidence_compares_by_its_headline_and_what_is_missing_only_with_nothing() {
        use crate::stats::Estimate;
        let mut scope = Scope::new();
        scope.push("measure", Estimate::between(1.5, 1.0, 2.0));
        scope.push("nothing", ());
        let mut answer = |expression: &str| fence().unwrap().eval_with_scope::<bool>(&mut scope, expression);
        for expression in
            ["measure > 1", "measure >= 1.5", "1 < measure", "measure == 1.5", "nothing == ()", "measure != ()"]
        {
            assert!(answer(expression).unwrap(), "{expression}");
        }
        for expression in ["measure < 1", "measure == ()", "nothing == 1", "nothing == true"] {
            assert!(!answer(expression).unwrap(), "{expression}");
        }
        for expression in ["nothing > 1", "1 < nothing", "measure > \"x\"", "\"x\" == 1", "true > 1"] {
            assert!(answer(expression).is_err(), "{expression}");
        }
        assert!(answer("2 * measure == 3 && clamp(7, 0, 1) == 1 && max(measure, 2) == 2.0").unwrap());
    }

    #[test]
    fn section_scores_are_exact_decimals() {
        let mut scope = Scope::new();
        scope.push("harm", "8.25".parse::<Decimal>().unwrap());
        scope.push("likelihood", "7.10".parse::<Decimal>().unwrap());
        let mut total = |expression: &str| fence().unwrap().eval_with_scope::<Decimal>(&mut scope, expression).unwrap();
        assert_eq!(total("harm * likelihood").to_string(), "58.5750");
        assert_eq!(total("harm * 0.8 + likelihood * 0.1").to_string(), "7.310");
        assert_eq!(total("max(harm, likelihood) / 4").to_string(), "2.0625");
        // Beside whole numbers and numbers with a point, whichever stands first.
        for (expression, answer) in [
            ("max(harm, 0.5) + min(2, harm)", "10.25"),
            ("max(9, harm) - min(0.1, likelihood)", "8.9"),
            ("-harm + 10 - 0.25", "1.50"),
            ("2 / (harm - 8.15) / 4.0", "5"),
            ("3 * harm * 0.5 - 1", "11.375"),
            ("harm * 1e18 / 1e18 + 1e-15", "8.250000000000001"),
            ("harm * 1e-13 * 1e-13 * 1e13 * 1e13", "8.250000000000000000000000000"),
            ("(harm - harm) * 1e-15 * 1e-15", "0"),
            ("pow(harm - 8, 2) / 1000", "0.0000625"),
            ("harm + harm * 1e18 - harm * 1e18", "8.25"),
            ("(1e18 * (harm - 7.25)) * 10000 + 1", "10000000000000000000001.00"),
        ] {
            assert_eq!(total(expression).to_string(), answer, "{expression}");
        }
    }

    /// What exact arithmetic can't hold would be zero, or would make others zero.
    #[test]
    fn numbers_beyond_exact_arithmetic_are_refused() {
        let mut scope = Scope::new();
        scope.push("harm", "8.25".parse::<Decimal>().unwrap());
        for expression in [
            "harm + 1e29",
            "1e300 - harm",
            "min(harm, 1e29)",
            "max(1e29, harm)",
            "harm * 1e-30",
            "harm / 1e-300",
            "harm > 1e29",
            "1e-40 == harm",
            "harm * (1.0 / 0.0)",
            "harm + 0.0 / 0.0",
            "harm + 10.0 ** 28",
            "harm * 1e18 * 1e15",
            "harm * 1e18 * 10000 + harm / 7",
            "harm / 7 - harm * 1e18 * 10000",
            "harm * 1e-15 * 1e-15 * 1e15 * 1e15",
            "harm * 1e-15 / 1e15",
            "harm / 1e18 / 1e18",
            "pow(harm / 1000, 20)",
        ] {
            let answer = fence().unwrap().eval_with_scope::<rhai::Dynamic>(&mut scope, expression);
            assert!(answer.is_err(), "{expression} is {answer:?}");
        }
    }
}
