//! Published worked examples of SMAA-2, run through the whole engine: evidence, rules and draws.

use std::num::NonZeroUsize;

use prioritise::diagnostic::Problems;
use prioritise::scoring;
use prioritise::sensitivity::acceptability::{Variation, acceptability};
use prioritise::sensitivity::{DrawSettings, read};

use crate::support::Folder;

/// What somebody found of a treatment: its id, how often it has each place, its central weights in the order of the
/// criteria, and its confidence factor.
type Found = (String, Vec<f64>, Vec<f64>, f64);

/// The same, written down.
type Told = (&'static str, &'static [f64], &'static [f64], f64);

/// The antidepressants of "A state-of-the-art multi-criteria model for drug benefit-risk analysis" (SOM Research Report
/// 10001, University of Groningen, 2010, 22 pages). Inputs and results are not read from the report but those by which
/// JSMAA 1.0.3, its authors' program, tests itself: `SMAA2SimulationTest.java`, `testCorrectResultsWithBRModel`. Results
/// have the two decimals printed there, from ten thousand draws.
const PRINTED: [Told; 4] = [
    ("fluoxetine", &[0.20, 0.28, 0.30, 0.22], &[0.08, 0.14, 0.23, 0.18, 0.16, 0.22], 0.48),
    ("paroxetine", &[0.25, 0.29, 0.27, 0.19], &[0.18, 0.17, 0.15, 0.13, 0.15, 0.22], 0.44),
    ("sertraline", &[0.17, 0.25, 0.29, 0.30], &[0.21, 0.10, 0.22, 0.13, 0.15, 0.20], 0.34),
    ("venlafaxine", &[0.39, 0.18, 0.15, 0.29], &[0.18, 0.21, 0.12, 0.21, 0.19, 0.09], 0.74),
];

/// The same example drawn two million times with numpy, apart from both programs.
const SIMULATED: [Told; 4] = [
    ("fluoxetine", &[0.1954, 0.2816, 0.2994, 0.2236], &[0.0758, 0.1357, 0.2367, 0.1796, 0.1595, 0.2128], 0.4863),
    ("paroxetine", &[0.2540, 0.2932, 0.2674, 0.1854], &[0.1804, 0.1693, 0.1492, 0.1265, 0.1516, 0.2230], 0.4419),
    ("sertraline", &[0.1694, 0.2434, 0.2857, 0.3015], &[0.2082, 0.0942, 0.2219, 0.1317, 0.1494, 0.1946], 0.3488),
    ("venlafaxine", &[0.3812, 0.1818, 0.1474, 0.2895], &[0.1854, 0.2130, 0.1177, 0.2024, 0.1882, 0.0934], 0.7308),
];

/// Two drugs against thrombosis: G. van Valkenhoef's R package smaa, manual pages 2 to 4 (`smaa-package`, `smaa`,
/// `smaa.cf`), with the results of the package's reference output, `smaa-Ex.Rout.save`, from ten thousand draws. The
/// places are of two.
const THROMBOSIS: [Told; 2] = [
    ("heparin", &[0.3504, 0.6496], &[0.186_509_7, 0.277_220_5, 0.536_269_8], 0.6682),
    ("enoxaparin", &[0.6496, 0.3504], &[0.407_310_0, 0.364_147_7, 0.228_542_3], 0.8956),
];

/// The same drawn twenty million times with numpy.
const THROMBOSIS_SIMULATED: [Told; 2] = [
    ("heparin", &[0.3424, 0.6576], &[0.1936, 0.2753, 0.5311], 0.6540),
    ("enoxaparin", &[0.6576, 0.3424], &[0.4061, 0.3636, 0.2303], 0.8909),
];

/// How far one of so many weights varies, any weights being as likely: the variance of a beta distribution with the shapes
/// 1 and one less than there are weights. Weights that put somebody first vary about as much.
fn weight_variance(weights: usize) -> f64 {
    let count = f64::from(u32::try_from(weights).unwrap());
    (count - 1.0) / (count * count * (count + 1.0))
}

fn acceptabilities(example: &str, draws: u64) -> Vec<Found> {
    let mut problems = Problems::default();
    let folder = Folder::of(&["tests/published"]);
    let loaded = prioritise::load(&folder, &format!("tests/published/{example}"), None, &mut problems);
    let (assessment, rules) = loaded.unwrap_or_else(|| panic!("{problems:?}"));
    let ranking = scoring::rank(&assessment, &rules, NonZeroUsize::MIN).unwrap();
    let settings = DrawSettings { draws, seed: 2001, threads: NonZeroUsize::new(2).unwrap() };
    let found = acceptability(&ranking, &Variation::Both(read::any_weights(&rules)), settings).unwrap();
    let told = found.candidates.into_iter().map(|it| {
        let id = assessment.candidates[it.candidate].id.clone();
        (id, it.places.unwrap(), it.central_weights.unwrap(), it.confidence.unwrap())
    });
    told.collect()
}

/// Whether what was found is what was told, but for rounding and four deviations of two numbers that were drawn: `shorter`
/// is one over the draws of the one plus one over those of the other.
#[track_caller]
fn agree(found: &[Found], told: &[Told], rounding: f64, shorter: f64) {
    for (id, places, central, confidence) in told {
        let (_, found_places, found_central, found_confidence) = found.iter().find(|it| it.0 == *id).unwrap();
        let near = |what: &str, found: f64, told: f64, variance: f64| {
            let room = rounding + 4.0 * (variance * shorter).sqrt();
            assert!((found - told).abs() <= room, "{id}, {what}: {found}, told {told}, room {room}");
        };
        for (found, told) in found_places.iter().zip(*places) {
            near("place", *found, *told, told * (1.0 - told));
        }
        for (found, told) in found_central.iter().zip(*central) {
            near("central weight", *found, *told, weight_variance(central.len()) / places[0]);
        }
        near("confidence", *found_confidence, *confidence, confidence * (1.0 - confidence));
    }
}

#[test]
fn acceptability_of_antidepressants() {
    let found = acceptabilities("antidepressants", 10_000);
    agree(&found, &PRINTED, 0.005, 2.0 / 10_000.0);
    agree(&found, &SIMULATED, 0.000_05, 1.0 / 10_000.0 + 1.0 / 2_000_000.0);
}

#[test]
fn acceptability_of_drugs_against_thrombosis() {
    let found = acceptabilities("thromboprophylaxis", 10_000);
    agree(&found, &THROMBOSIS, 0.000_05, 2.0 / 10_000.0);
    agree(&found, &THROMBOSIS_SIMULATED, 0.000_05, 1.0 / 10_000.0 + 1.0 / 20_000_000.0);
}
