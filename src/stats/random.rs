//! Numbers drawn at random: seeded, and the same on every machine. Each draw has a generator of its own, so it does not
//! matter which thread makes it, nor after which other.

/// Blackman and Vigna's xoshiro256++ (ACM Transactions on Mathematical Software 47(4), 2021, article 36), its state
/// filled by Steele, Lea and Flood's `SplitMix64` (OOPSLA 2014) as its authors advise.
#[derive(Debug, Clone)]
pub struct Random {
    state: [u64; 4],
}

/// What is drawn, so that no two kinds of draw with the same number share their random numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Draws of weights.
    Weights,
    /// Draws of evidence.
    Evidence,
    /// Draws of answers that nobody has.
    Answers,
    /// Draws of what actions reach and cost.
    Actions,
}

/// The fraction bits of a float.
const FRACTION: f64 = 1.0 / 9_007_199_254_740_992.0;

impl Random {
    /// The generator of draw number `number` of a kind, from the seed that the person gave.
    pub fn new(seed: u64, stream: Stream, number: u64) -> Self {
        let of = match stream {
            Stream::Weights => 0x7765_6967_6874_7300,
            Stream::Evidence => 0x6576_6964_656e_6365,
            Stream::Answers => 0x616e_7377_6572_7300,
            Stream::Actions => 0x6163_7469_6f6e_7300,
        };
        let mut split = mixed(seed ^ mixed(of)).wrapping_add(mixed(number.wrapping_add(of)));
        let mut next = || {
            split = split.wrapping_add(0x9e37_79b9_7f4a_7c15);
            mixed(split)
        };
        Self { state: [next(), next(), next(), next()] }
    }

    /// The next 64 bits.
    #[inline]
    pub fn next_bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let bits = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        bits
    }

    /// A number above 0 and up to 1.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "53 bits")]
    pub fn uniform(&mut self) -> f64 {
        ((self.next_bits() >> 11) + 1) as f64 * FRACTION
    }

    /// A whole number from 0 up to `bound`, without it, each as likely; 0 where `bound` is 0. Lemire (2019, ACM
    /// Transactions on Modeling and Computer Simulation 29(1), article 3).
    pub fn below(&mut self, bound: u64) -> u64 {
        let product = |bits: u64| u128::from(bits) * u128::from(bound);
        let low = |product: u128| u64::try_from(product & u128::from(u64::MAX)).unwrap_or(0);
        let mut drawn = product(self.next_bits());
        let unfair = if bound == 0 { 0 } else { bound.wrapping_neg() % bound };
        while low(drawn) < unfair {
            drawn = product(self.next_bits());
        }
        u64::try_from(drawn >> 64).unwrap_or(0)
    }

    /// A number of the exponential distribution with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        -libm::log(self.uniform())
    }

    /// A number of the normal distribution with mean 0 and deviation 1, by the polar method: Marsaglia and Bray (1964,
    /// SIAM Review 6(3), 260–264).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let size = x * x + y * y;
            if size > 0.0 && size < 1.0 {
                return x * (-2.0 * libm::log(size) / size).sqrt();
            }
        }
    }

    /// A number of the gamma distribution with this shape, above 0, and scale 1: Marsaglia and Tsang (2000, ACM
    /// Transactions on Mathematical Software 26(3), 363–372).
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * libm::pow(self.uniform(), 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            let cube = v * v * v;
            if v > 0.0 && libm::log(self.uniform()) < 0.5 * x * x + d - d * cube + d * libm::log(cube) {
                return d * cube;
            }
        }
    }

    /// A number of the beta distribution with these shapes, both above 0.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        x / (x + y)
    }
}

/// `SplitMix64`'s mixing of a state.
fn mixed(state: u64) -> u64 {
    let once = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the authors' C program from the state 1, 2, 3, 4.
    #[test]
    fn it_is_xoshiro256_plus_plus() {
        let mut random = Random { state: [1, 2, 3, 4] };
        for wanted in [
            41_943_041,
            58_720_359,
            3_588_806_011_781_223,
            3_591_011_842_654_386,
            9_228_616_714_210_784_205,
            9_973_669_472_204_895_162,
        ] {
            assert_eq!(random.next_bits(), wanted);
        }
    }

    fn moments(draw: impl Fn(&mut Random) -> f64) -> (f64, f64) {
        let numbers = (0..100_000).map(|number| draw(&mut Random::new(7, Stream::Evidence, number)));
        let (sum, squares) = numbers.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
        let mean = sum / 1e5;
        (mean, squares / 1e5 - mean * mean)
    }

    #[track_caller]
    fn near((mean, variance): (f64, f64), wanted: (f64, f64)) {
        let error = (mean - wanted.0).abs();
        assert!(error < 5.0 * (wanted.1 / 1e5).sqrt(), "mean {mean}, wanted {}", wanted.0);
        assert!((variance / wanted.1 - 1.0).abs() < 0.06, "variance {variance}, wanted {}", wanted.1);
    }

    /// Also a test of the streams: each number is the first of its own.
    #[test]
    fn distributions_have_their_means_and_variances() {
        near(moments(Random::uniform), (0.5, 1.0 / 12.0));
        near(moments(Random::exponential), (1.0, 1.0));
        near(moments(Random::normal), (0.0, 1.0));
        for shape in [0.5, 1.0, 7.5, 1258.5] {
            near(moments(|random| random.gamma(shape)), (shape, shape));
        }
        near(moments(|random| random.beta(2.5, 7.5)), (0.25, 0.25 * 0.75 / 11.0));
        near(moments(|random| f64::from(u32::try_from(random.below(6)).unwrap())), (2.5, 35.0 / 12.0));
    }

    #[test]
    fn streams_differ() {
        let first = |seed, stream, number| Random::new(seed, stream, number).next_bits();
        let mut seen = vec![first(1, Stream::Weights, 0), first(1, Stream::Evidence, 0), first(2, Stream::Weights, 0)];
        seen.extend((1..1000).map(|number| first(1, Stream::Weights, number)));
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 1002);
        assert_eq!(Random::new(1, Stream::Weights, 0).below(0), 0);
    }
}
