//! PROMETHEE II, the preference ranking organisation method: Brans and Vincke (1985, *Management Science* 31(6),
//! 647–656); Brans, Vincke and Mareschal (1986, *European Journal of Operational Research* 24(2), 228–238).

/// How much a difference counts, from 0 to 1: the six of Brans and Vincke (1985).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PreferenceFunction {
    /// I: any difference counts whole.
    Usual,
    /// II: one above this counts whole.
    Quasi(f64),
    /// III: in proportion up to this, and then whole.
    Linear(f64),
    /// IV: above the first half, above the second whole.
    Level(f64, f64),
    /// V: above the first in proportion up to the second, and then whole.
    LinearFrom(f64, f64),
    /// VI: by a normal curve with this deviation.
    Gaussian(f64),
}

impl PreferenceFunction {
    /// What a difference counts; nothing where it is not above zero.
    pub fn degree(self, difference: f64) -> f64 {
        if difference <= 0.0 {
            return 0.0;
        }
        match self {
            Self::Usual => 1.0,
            Self::Quasi(from) => f64::from(u8::from(difference > from)),
            Self::Linear(whole) => (difference / whole).min(1.0),
            Self::Level(half, whole) => {
                0.5 * (f64::from(u8::from(difference > half)) + f64::from(u8::from(difference > whole)))
            }
            Self::LinearFrom(from, whole) => ((difference - from) / (whole - from)).clamp(0.0, 1.0),
            Self::Gaussian(deviation) => 1.0 - libm::exp(-difference * difference / (2.0 * deviation * deviation)),
        }
    }
}

/// Each row's net flow, -1 to 1: how much it is preferred to the others on average, less how much they are to it. More of
/// every value is better; weights are parts of one.
#[expect(clippy::cast_precision_loss, reason = "lists are short")]
pub fn net_flows(rows: &[Vec<f64>], weights: &[f64], preferences: &[PreferenceFunction]) -> Vec<f64> {
    let others = (rows.len() as f64 - 1.0).max(1.0);
    let preferred = |own: &[f64], other: &[f64]| -> f64 {
        let parts = own.iter().zip(other).zip(weights.iter().zip(preferences));
        parts.map(|((own, other), (weight, preference))| weight * preference.degree(own - other)).sum()
    };
    let flow = |own: &Vec<f64>| rows.iter().map(|other| preferred(own, other) - preferred(other, own)).sum::<f64>();
    rows.iter().map(|own| flow(own) / others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn agree(found: &[f64], printed: &[f64], within: f64) {
        assert_eq!(found.len(), printed.len());
        for (found, printed) in found.iter().zip(printed) {
            assert!((found - printed).abs() <= within, "{found} {printed}");
        }
    }

    /// Zhao, Peng and Li (2013, *Procedia Computer Science* 17, 181–188; the page of the table was not seen): three plans, three
    /// questions, any difference preferred.
    #[test]
    fn three_plans() {
        let rows = [vec![4.0, 3.0, 2.0], vec![3.0, 2.0, 4.0], vec![5.0, 1.0, 3.0]];
        let found = net_flows(&rows, &[0.5, 0.3, 0.2], &[PreferenceFunction::Usual; 3]);
        agree(&found, &[0.1, -0.3, 0.2], 1e-12);
    }

    /// Papathanasiou and Ploskas (2018, *Multiple Criteria Decision Aid*, Springer, chapter 3, 57–89, and the
    /// authors' code to it, `Chapter 3/PROMETHEE_II.py`): the first facility location problem, six sites, four questions, a difference counting from 1 to 2.
    #[test]
    fn six_sites() {
        let rows = [
            vec![8.0, 7.0, 2.0, 1.0],
            vec![5.0, 3.0, 7.0, 5.0],
            vec![7.0, 5.0, 6.0, 4.0],
            vec![9.0, 9.0, 7.0, 3.0],
            vec![11.0, 10.0, 3.0, 7.0],
            vec![6.0, 9.0, 5.0, 4.0],
        ];
        let found = net_flows(&rows, &[0.4, 0.3, 0.1, 0.2], &[PreferenceFunction::LinearFrom(1.0, 2.0); 4]);
        agree(&found, &[-0.26, -0.52, -0.22, 0.36, 0.7, -0.06], 1e-12);
    }

    /// Ziemba, Wątróbski, Zioło and Karczmarczyk (2017, *Energies* 10(11), article 1755, which has no pages of the volume): four wind
    /// farms, twelve questions, differences counting in proportion; to the four decimals printed.
    #[test]
    fn four_wind_farms() {
        // By question: what each farm has, which way is better, the weight, and the difference that counts whole.
        let questions = [
            ([16_347.0, 14_219.0, 8_160.0, 8_160.0], -1.0, 20.0, 7280.0),
            ([9.0, 8.5, 9.0, 8.5], -1.0, 5.0, 4.0),
            ([73.8, 55.0, 64.8, 62.5], -1.0, 5.0, 13.4),
            ([36.7, 36.0, 28.5, 29.5], -1.0, 1.67, 7.4),
            ([1.5, 2.0, 2.0, 1.5], -1.0, 1.67, 3.0),
            ([3730.0, 3240.0, 1860.0, 1860.0], 1.0, 11.67, 1662.0),
            ([2.0, 1.0, 2.0, 1.0], -1.0, 11.67, 3.0),
            ([1.0, 1.0, 2.0, 3.0], -1.0, 5.0, 3.0),
            ([38.8, 33.1, 45.8, 27.3], 1.0, 5.0, 13.8),
            ([4.0, 2.0, 4.0, 3.0], -1.0, 16.67, 3.0),
            ([1_720_524.0, 1_496_512.0, 858_830.0, 858_830.0], 1.0, 8.33, 766_240.0),
            ([40_012.0, 34_803.0, 19_973.0, 19_973.0], 1.0, 8.33, 17_820.0),
        ];
        let farm = |farm: usize| questions.iter().map(|(has, better, ..)| has[farm] * better).collect();
        let all: f64 = questions.iter().map(|(_, _, weight, _)| weight).sum();
        let weights: Vec<f64> = questions.iter().map(|(_, _, weight, _)| weight / all).collect();
        let preferences: Vec<_> = questions.iter().map(|(.., whole)| PreferenceFunction::Linear(*whole)).collect();
        let found = net_flows(&(0..4).map(farm).collect::<Vec<_>>(), &weights, &preferences);
        agree(&found, &[-0.0445, 0.1884, -0.0954, -0.0485], 0.00005);
    }

    /// The six power plants of Brans, Vincke and Mareschal (1986, 228–238; inputs as in table 1 of Mareschal's *Exercises
    /// with Visual PROMETHEE*, 2019; the page of the older paper was not seen): manpower, power, cost of
    /// building, cost of maintenance, villages to evacuate and security, one preference of each kind, all weights
    /// equal. The flows printed are sums, not means, of preferences that were rounded to three decimals: ten of them
    /// can be off by 0.005 together.
    #[test]
    fn six_power_plants() {
        let rows = [
            vec![-80.0, 90.0, -600.0, -54.0, -8.0, 5.0],
            vec![-65.0, 58.0, -200.0, -97.0, -1.0, 1.0],
            vec![-83.0, 60.0, -400.0, -72.0, -4.0, 7.0],
            vec![-40.0, 80.0, -1000.0, -75.0, -7.0, 10.0],
            vec![-52.0, 72.0, -600.0, -20.0, -3.0, 8.0],
            vec![-94.0, 96.0, -700.0, -36.0, -5.0, 6.0],
        ];
        let preferences = [
            PreferenceFunction::Quasi(10.0),
            PreferenceFunction::Linear(30.0),
            PreferenceFunction::LinearFrom(50.0, 500.0),
            PreferenceFunction::Level(10.0, 60.0),
            PreferenceFunction::Usual,
            PreferenceFunction::Gaussian(5.0),
        ];
        let sums: Vec<f64> = net_flows(&rows, &[1.0 / 6.0; 6], &preferences).iter().map(|flow| flow * 5.0).collect();
        agree(&sums, &[-0.728, 0.085, -0.447, -0.102, 1.466, -0.274], 0.005);
        // Flows to three decimals by another program from the same definitions.
        let means: Vec<f64> = sums.iter().map(|sum| sum / 5.0).collect();
        agree(&means, &[-0.146, 0.017, -0.090, -0.020, 0.293, -0.055], 0.0005);
    }

    #[test]
    fn the_six_preferences() {
        let all = [
            (PreferenceFunction::Usual, [0.0, 1.0, 1.0, 1.0]),
            (PreferenceFunction::Quasi(2.0), [0.0, 0.0, 0.0, 1.0]),
            (PreferenceFunction::Linear(4.0), [0.0, 0.25, 0.5, 1.0]),
            (PreferenceFunction::Level(1.0, 4.0), [0.0, 0.0, 0.5, 1.0]),
            (PreferenceFunction::LinearFrom(1.0, 3.0), [0.0, 0.0, 0.5, 1.0]),
        ];
        for (preference, wanted) in all {
            assert_eq!([-1.0, 1.0, 2.0, 5.0].map(|difference| preference.degree(difference)), wanted, "{preference:?}");
        }
        assert!((PreferenceFunction::Gaussian(2.0).degree(2.0) - (1.0 - libm::exp(-0.5))).abs() < 1e-15);
    }
}
