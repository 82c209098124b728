//! The list of weights that is written.

use super::columns::DecidedCodes;
use super::weights::HarmWeight;
use crate::diagnostic::Problem;
use crate::import::given::option_problem;

/// The weights as a list that a person can read.
///
/// # Errors
/// That it can't be written, which is a fault of the engine.
pub(super) fn written(weights: &[HarmWeight], codes: &DecidedCodes, edition: &str) -> Result<String, Problem> {
    let failed =
        |_| option_problem("the list of weights can't be written", "this is a fault in the engine: please report it");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["offence", "code", "subcode", "harm", "edition"]).map_err(failed)?;
    for weight in weights {
        let (harm, code) = (weight.harm.to_string(), codes.of_weight(weight).cloned().unwrap_or_default());
        writer.write_record([&weight.offence, &code.main, &code.sub, &harm, edition]).map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|_| option_problem("the list can't be written", "this is a fault in the engine: please report it"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
