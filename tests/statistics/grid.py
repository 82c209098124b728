"""Makes grid.toml: what scipy, numpy and brute force say, for tests/it/statistics.rs to compare with.

    python3 tests/statistics/grid.py > tests/statistics/grid.toml
"""

import sys

import numpy
import scipy
from scipy import special, stats

Z = stats.norm.ppf(0.975)
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.998, 0.999]


def shown(value):
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(shown(item) for item in value) + "]"
    if isinstance(value, str):
        return f'"{value}"'
    return repr(float(value))


def entry(name, **values):
    print(f"\n[[{name}]]")
    for key, value in values.items():
        print(f"{key} = {shown(value)}")


# --- Counts -----------------------------------------------------------------------------------------------------------


def beyond(level):
    """What lies beyond each end: 1 - 0.95 is not quite 0.05."""
    return round((1 - level) / 2, 10)


def count_interval(count, level):
    """Garwood: special.gammaincinv and special.gammainccinv, which keep the digits of a small tail."""
    return special.gammaincinv(count, beyond(level)) if count else 0.0, special.gammainccinv(count + 1, beyond(level))


def exact_share(asked, base, level):
    """Clopper and Pearson: special.betaincinv and special.betainccinv."""
    lower = special.betaincinv(asked, base - asked + 1, beyond(level)) if asked else 0.0
    return lower, special.betainccinv(asked + 1, base - asked, beyond(level)) if asked < base else 1.0


# --- Two counts -------------------------------------------------------------------------------------------------------


def e_test(now, before):
    """All pairs of counts with stats.poisson.pmf; ties count, to one part in 10^12.

    stats.poisson_means_test leaves out what is below the quantile 1e-10 and lets rounding decide ties, so it agrees
    only to what those weigh."""
    (k1, n1), (k2, n2) = now, before
    if k1 + k2 == 0:
        return 1.0
    rate = (k1 + k2) / (n1 + n2)
    reach = lambda mean: numpy.arange(max(0, numpy.floor(mean - 13 * numpy.sqrt(mean) - 5)), mean + 14 * numpy.sqrt(mean) + 60)
    x1, x2 = reach(n1 * rate)[:, None], reach(n2 * rate)[None, :]
    with numpy.errstate(invalid="ignore"):
        t = numpy.nan_to_num((x1 / n1 - x2 / n2) / numpy.sqrt(x1 / n1**2 + x2 / n2**2))
    t0 = abs(k1 / n1 - k2 / n2) / numpy.sqrt(k1 / n1**2 + k2 / n2**2)
    if t0 < 1e-12:
        return 1.0
    weight = stats.poisson.pmf(x1, n1 * rate) * stats.poisson.pmf(x2, n2 * rate)
    strict = stats.poisson_means_test(k1, n1, k2, n2).pvalue
    ties = weight[abs(abs(t) - t0) <= 1e-12 * t0].sum()
    p = weight[abs(t) >= t0 * (1 - 1e-12)].sum()
    assert abs(p - strict) <= ties + 1e-8, (now, before, p, strict, ties)
    return p


def conditional_test(now, before):
    """Twice the smaller of stats.binom.cdf(k1, n, p) and stats.binom.sf(k1 - 1, n, p)."""
    (k1, n1), (k2, n2) = now, before
    law = stats.binom(k1 + k2, n1 / (n1 + n2))
    return min(1.0, 2 * min(law.cdf(k1), law.sf(k1 - 1)))


def rate_ratio(now, before):
    """exp(log(RR) ± stats.norm.ppf(0.975)·√(1/a + 1/b)); with a zero stats.binomtest(…).proportion_ci("exact")."""
    (a, e1), (b, e2) = now, before
    if a and b:
        centre, half = numpy.log(a / e1 / (b / e2)), Z * numpy.sqrt(1 / a + 1 / b)
        return numpy.exp(centre - half), numpy.exp(centre + half)
    limits = stats.binomtest(a, a + b, 0.5).proportion_ci(0.95, "exact")
    odds = lambda share: share / (1 - share) * e2 / e1
    return odds(limits.low), odds(limits.high) if b else numpy.inf


# --- Areas ------------------------------------------------------------------------------------------------------------


def funnel(counts, people, own):
    """Spiegelhalter (2005): interpolated stats.poisson limits; τ² after DerSimonian and Laird."""
    counts, people = numpy.array(counts, float), numpy.array(people, float)
    pooled = counts.sum() / people.sum()
    expected = pooled * people[own]

    def limit(p):
        r = stats.poisson.ppf(p, expected)
        # From the nearer tail, so that nothing is lost beside 1.
        over = stats.poisson.cdf(r, expected) - p if p < 0.5 else (1 - p) - stats.poisson.sf(r, expected)
        return max(0.0, r - over / stats.poisson.pmf(r, expected)) / people[own]

    weight = people / pooled
    squares = (weight * (counts / people - pooled) ** 2).sum()
    tau2 = max(0.0, (squares - (len(counts) - 1)) / (weight.sum() - (weight**2).sum() / weight.sum()))
    exact = [[limit(p), limit(1 - p)] for p in (0.025, 0.001)]
    wide = []
    for at, p in enumerate((0.975, 0.999)):
        half = stats.norm.ppf(p) * numpy.sqrt(pooled / people[own] + tau2)
        wide.append([max(0.0, pooled - half), pooled + half] if tau2 else exact[at])
    return dict(pooled=pooled, dispersion=squares / len(counts), between=tau2, limits_95=exact[0], limits_998=exact[1],
                wide_95=wide[0], wide_998=wide[1])


# --- Years ------------------------------------------------------------------------------------------------------------


def trend(counts, exposures):
    """Poisson regression by iteratively reweighted least squares with numpy.linalg.lstsq; the wider one of its normal
    interval and of that by stats.t with the dispersion of the years."""
    y, offset = numpy.array(counts, float), numpy.log(exposures)
    x = numpy.column_stack([numpy.ones(len(y)), numpy.arange(len(y)) - (len(y) - 1) / 2])
    beta = numpy.array([numpy.log(y.sum() / numpy.sum(exposures)), 0.0])
    for _ in range(200):
        mu = numpy.exp(x @ beta + offset)
        z = x @ beta + (y - mu) / mu
        root = numpy.sqrt(mu)
        beta = numpy.linalg.lstsq(x * root[:, None], z * root, rcond=None)[0]
    mu = numpy.exp(x @ beta + offset)
    dispersion = ((y - mu) ** 2 / mu).sum() / (len(y) - 2)
    error = numpy.sqrt(numpy.linalg.inv(x.T @ (x * mu[:, None]))[1, 1])
    student = stats.t(len(y) - 2)
    half = max(Z * error, student.ppf(0.975) * error * numpy.sqrt(dispersion))
    ends = 100 * numpy.expm1([beta[1], beta[1] - half, beta[1] + half])
    p = max(2 * stats.norm.sf(abs(beta[1] / error)), 2 * student.sf(abs(beta[1] / error) / numpy.sqrt(dispersion)))
    return dict(slope=ends[0], lower=ends[1], upper=ends[2], p=p, dispersion=dispersion)


def priorities(above, size):
    """numpy.linalg.eig of the reciprocal matrix: its largest eigenvalue and the vector that belongs to it."""
    matrix = numpy.eye(size)
    for (row, column), judged in zip(((i, j) for i in range(size) for j in range(i + 1, size)), above):
        matrix[row, column], matrix[column, row] = judged, 1 / judged
    values, vectors = numpy.linalg.eig(matrix)
    largest = numpy.argmax(values.real)
    weights = numpy.abs(vectors[:, largest].real)
    return dict(weights=list(weights / weights.sum()), eigenvalue=values[largest].real)


def concordance(scores):
    """Kendall's W from stats.friedmanchisquare, which corrects for ties: the statistic over m (n - 1)."""
    people, things = numpy.array(scores).shape
    return stats.friedmanchisquare(*numpy.array(scores, float).T).statistic / (people * (things - 1))


def main():
    print(f"# scipy {scipy.__version__}, numpy {numpy.__version__}, Python {sys.version.split()[0]}. "
          "Made by grid.py beside it; see the calls there.")
    counts = [0, 1, 2, 3, 4, 5, 9, 10, 11, 50, 100, 702, 1258, 10358, 10**6, 10**7]
    for count, level in [(count, 0.95) for count in counts] + [(c, l) for c in counts[::3] for l in LEVELS if l != 0.95]:
        lower, upper = count_interval(count, level)
        entry("count_interval", count=count, level=level, lower=lower, upper=upper)
    # Every count up to 10,000 at every level, as the sum of the ends and that of each end times its count.
    for level in LEVELS:
        ends = numpy.array([count_interval(count, level) for count in range(10_001)])
        places = numpy.arange(10_001)
        entry("count_intervals", level=level, lower=ends[:, 0].sum(), upper=ends[:, 1].sum(),
              lower_by_count=(ends[:, 0] * places).sum(), upper_by_count=(ends[:, 1] * places).sum())

    pairs = [((a, e1), (b, e2))
             for a, b in [(0, 1), (0, 5), (1, 1), (1, 0), (3, 9), (16, 25), (39, 21), (21, 39), (60, 41), (132, 119),
                          (460, 421), (402, 543), (863, 971), (0, 100), (300, 1)]
             for e1, e2 in [(1, 1), (10, 12), (12, 12), (7, 0.5), (2128356, 2100000)]]
    large = [((3836, 12), (3754, 12)), ((5100, 1), (4900, 1)), ((4000, 12), (3600, 11)), ((2500, 3), (7500, 10))]
    for now, before in pairs + large:
        entry("e_test", now=now, before=before, p=e_test(now, before))
    larger = [((10358, 12), (9891, 12)), ((10**6, 12), (10**6 + 3000, 12)), ((10**6, 10), (1203000, 12)),
              ((10**7, 1), (10**7, 1)), ((10**7, 1), (10**7 + 10**4, 1)), ((10**7, 1), (10**7 - 25000, 1)),
              ((50, 1), (10**7, 200000)), ((0, 1), (10**6, 10**6))]
    for now, before in pairs + large + larger:
        entry("conditional_test", now=now, before=before, p=conditional_test(now, before))
    for now, before in pairs + large + larger:
        lower, upper = rate_ratio(now, before)
        entry("rate_ratio", now=now, before=before, **(dict(lower=lower) if numpy.isinf(upper) else dict(lower=lower, upper=upper)))

    for post, pre in [(25, 16), (16, 25), (0, 4), (1258, 1100), (10**7, 10**7 + 9000)]:
        for known in (True, False):
            z = 2 * (numpy.sqrt(post) - numpy.sqrt(pre)) / (1 if known else numpy.sqrt(2))
            entry("wheeler", post=post, pre=pre, known="yes" if known else "no", z=z, p=2 * stats.norm.sf(abs(z)))

    for asked, base in [(0, 20), (1, 29), (81, 263), (223, 1240), (20, 20), (500000, 10**6)]:
        found = stats.binomtest(asked, base).proportion_ci(0.95, "wilson")
        entry("wilson", asked=asked, base=base, lower=found.low, upper=found.high)
        for level in LEVELS:
            lower, upper = exact_share(asked, base, level)
            entry("clopper_pearson", asked=asked, base=base, level=level, lower=lower, upper=upper)

    groups = [([400, 380, 520], [180000, 190000, 200000]), ([0, 3, 1, 2], [1000, 2500, 900, 1200]),
              ([1258, 1900, 2450, 800, 3100], [177363, 200000, 212000, 150000, 250000]),
              ([5, 4, 6], [1000, 900, 1100]), ([200000, 210000], [1000000, 1000000])]
    for counts, people in groups:
        for own in (0, 1):
            entry("funnel", counts=counts, people=people, own=own, **funnel(counts, people, own))

    series = [([204, 197, 131, 137, 119], [12] * 5), ([1346, 1473, 1137, 1063, 953], [12] * 5),
              ([10, 12, 9, 14, 11, 13], [12] * 6), ([0, 1, 0, 2, 1], [12] * 5), ([5, 0, 0, 0, 1], [12] * 5),
              ([10**6, 1010000, 1030000, 990000, 1000000], [12] * 5),
              ([100, 120, 130, 160, 180], [120000, 132000, 144000, 150000, 151000])]
    for counts, exposures in series:
        entry("trend", counts=counts, exposures=exposures, **trend(counts, exposures))

    for scores, low, high in [([4, 2, 3], 0, 5), ([4, 5, 4], 0, 5), ([1, 1, 2, 2.5], 0, 4), ([0.5, 1.5], 0.5, 5.5)]:
        categories = high - low + 1
        chance = (categories**2 - 1) / 12 if float(low).is_integer() else (high - low) ** 2 / 12
        entry("agreement", scores=scores, scale=[low, high], index=max(0.0, 1 - numpy.var(scores, ddof=1) / chance))

    tables = [([10, 5, 2], [1, 10, 1460]), ([3301, 1736, 713, 543, 336, 179, 155], [1, 10, 10, 10, 10, 2, 1460])]
    for counts, weights in tables:
        counts, weights = numpy.array(counts, float), numpy.array(weights, float)
        total, deviation = counts @ weights, numpy.sqrt(counts @ weights**2)
        entry("harm", counts=list(counts), weights=list(weights), total=total, lower=max(0.0, total - Z * deviation),
              upper=total + Z * deviation)

    random = numpy.random.default_rng(1980)
    scale = [1 / step for step in range(9, 1, -1)] + [float(step) for step in range(1, 10)]
    for size in (2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 12, 15):
        above = [scale[at] for at in random.integers(0, len(scale), size * (size - 1) // 2)]
        entry("priorities", size=size, above=above, **priorities(above, size))

    panels = [[[1, 2, 3, 4], [2, 1, 4, 3], [1, 2, 4, 3]], [[1, 2, 2, 4], [3, 1, 2, 4]], [[5, 5, 1], [1, 2, 3], [3, 3, 3]],
              [list(random.integers(0, 6, 7)) for _ in range(9)]]
    for scores in panels:
        entry("concordance", scores=scores, w=concordance(scores))


main()
