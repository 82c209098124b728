//! What GoRules Zen takes for one candidate: a graph of three nodes (input, expression, output), and the same
//! expression on its own, compiled beforehand. Prints processor time in nanoseconds, the least of several runs.

use std::hint::black_box;

use cpu_time::ProcessTime;
use serde_json::{Value, json};
use zen_engine::DecisionEngine;
use zen_engine::model::DecisionContent;
use zen_expression::variable::Variable;
use zen_expression::Isolate;
use zen_expression::vm::VM;

const CANDIDATES: u32 = 20_000;
const RUNS: usize = 15;
const EXPRESSION: &str = "change > 0 ? change * 2 : change";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let candidates: Vec<Variable> = (0..CANDIDATES).map(|number| candidate(number).into()).collect();
    println!("{}", json!({ "graph_ns": graph(&candidates)?, "expression_ns": expression(&candidates)? }));
    Ok(())
}

/// The seven figures of a made-up candidate.
fn candidate(number: u32) -> Value {
    let spread = |of: u32| f64::from(number.wrapping_mul(2_654_435_761) % of);
    json!({
        "crimes": spread(600), "repeat_victims": spread(60), "harm": spread(1200), "change": spread(150) - 75.0,
        "rate": spread(100), "concern": spread(60), "deprivation": spread(90),
    })
}

fn graph(candidates: &[Variable]) -> Result<f64, Box<dyn std::error::Error>> {
    let content: DecisionContent = serde_json::from_str(include_str!("../graph.json"))?;
    let mut decision = DecisionEngine::default().create_decision(content.into())?;
    decision.compile();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let first = candidates.first().ok_or("no candidate")?;
    let answer = runtime.block_on(decision.evaluate(first.clone()))?;
    assert_eq!(answer.result.to_value(), json!({ "change": -75 }));
    Ok(fastest(|| {
        runtime.block_on(async {
            for candidate in candidates {
                black_box(decision.evaluate(candidate.clone()).await.map_err(|error| error.to_string()))?;
            }
            Ok::<(), String>(())
        })
    })?)
}

fn expression(candidates: &[Variable]) -> Result<f64, Box<dyn std::error::Error>> {
    let compiled = Isolate::new().compile_standard(EXPRESSION)?;
    let mut machine = VM::new();
    Ok(fastest(|| {
        for candidate in candidates {
            black_box(compiled.evaluate_with(candidate.clone(), &mut machine)).map_err(|error| error.to_string())?;
        }
        Ok(())
    })?)
}

/// Nanoseconds of processor time for each candidate.
fn fastest(mut work: impl FnMut() -> Result<(), String>) -> Result<f64, String> {
    let mut least = f64::INFINITY;
    for _ in 0..RUNS {
        let start = ProcessTime::now();
        work()?;
        least = least.min(start.elapsed().as_secs_f64());
    }
    Ok(least * 1e9 / f64::from(CANDIDATES))
}
