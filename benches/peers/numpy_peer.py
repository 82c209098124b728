"""The built-in case as numpy does it: values, points, totals and ranks of half a million candidates.

Reads the columns that `large --columns FOLDER` wrote, times the work in arrays, and compares every total and place with
ours. Prints JSON: the least of several runs, and how many totals and places differ.
"""

import json
import sys
import time

import numpy as np

RUNS = 7
FINE = 10_000  # values and weights have four decimals
SCALE = 100
NAMES = ["crimes", "repeat_victims", "harm", "change", "rate", "concern", "deprivation"]
DECIMALS = dict(crimes=0, repeat_victims=0, harm=1, change=1, rate=2, concern=0, deprivation=2)
WEIGHTS = dict(crimes=20, repeat_victims=10, harm=25, change=15, rate=10, concern=10, deprivation=10)
MISSING = dict(
    crimes="neutral",
    repeat_victims="reweight",
    harm="refuse",
    change="neutral",
    rate="worst",
    concern="reweight",
    deprivation="neutral",
)


def half_up(x):
    """Halves away from zero, as the printed figures are rounded."""
    return np.trunc(x + np.copysign(0.5, x))


def percentile(x):
    known = np.sort(x[~np.isnan(x)])
    below = np.searchsorted(known, x, side="left")
    equal = np.searchsorted(known, x, side="right") - below
    return (below + 0.5 * np.maximum(equal - 1, 0)) / (len(known) - 1)


def values_of(m):
    low, high = np.nanmin(m["harm"]), np.nanmax(m["harm"])
    steps = np.array([0.0, 2.0, 5.0, 20.0])
    reached = np.searchsorted(steps, m["repeat_victims"], side="right") - 1
    return {
        "crimes": np.interp(m["crimes"], [0, 10, 50, 200, 500], [0, 0.2, 0.5, 0.8, 1]),
        "repeat_victims": np.array([0, 0.25, 0.5, 1])[np.maximum(reached, 0)],
        "harm": (m["harm"] - low) / (high - low),
        "change": 1 / (1 + np.exp(-0.1 * m["change"])),
        "rate": percentile(m["rate"]),
        "concern": np.interp(m["concern"], [0, 28], [0, 1]),
        "deprivation": np.clip(0.5 + (m["deprivation"] - np.nanmean(m["deprivation"])) / np.nanstd(m["deprivation"]) / 6, 0, 1),
    }


def shares_without(left_out):
    """Shares of the weight, to the unit, by largest remainders."""
    weights = [0 if name in left_out else WEIGHTS[name] for name in NAMES]
    whole, total = SCALE * FINE, sum(weights)
    shares = [weight * whole // total for weight in weights]
    order = sorted(range(len(NAMES)), key=lambda at: (-(weights[at] * whole % total), at))
    for at in order[: whole - sum(shares)]:
        shares[at] += 1
    return shares


def core(figures):
    m = {name: half_up(figures[name] * 10 ** DECIMALS[name]) / 10 ** DECIMALS[name] for name in NAMES}
    missing = {name: np.isnan(m[name]) for name in NAMES}
    values = values_of(m)
    stand_in = {"neutral": FINE // 2, "worst": FINE, "reweight": 0, "refuse": 0}
    units = {
        name: np.where(missing[name], stand_in[MISSING[name]], half_up(np.nan_to_num(values[name]) * FINE)).astype(np.int64)
        for name in NAMES
    }
    reweighted = [name for name in NAMES if MISSING[name] == "reweight"]
    pattern = sum(missing[name].astype(np.int64) << bit for bit, name in enumerate(reweighted))
    table = np.array(
        [
            shares_without([name for bit, name in enumerate(reweighted) if code >> bit & 1])
            for code in range(2 ** len(reweighted))
        ]
    )
    points = {name: (units[name] * table[pattern, at] + 500_000) // 1_000_000 for at, name in enumerate(NAMES)}
    totals = sum(points.values())
    refused = missing["harm"]
    order = np.lexsort((-points["harm"], np.where(refused, 1, -totals)))
    sequence = totals[order]
    new = np.concatenate(([True], sequence[1:] != sequence[:-1]))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.maximum.accumulate(np.where(new, np.arange(1, len(order) + 1), 0))
    return totals, refused, order, ranks


def main(folder):
    figures = {name: np.fromfile(f"{folder}/{name}.f64") for name in NAMES}
    wall = processor = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter(), time.process_time()
        totals, refused, order, _ = core(figures)
        wall = min(wall, time.perf_counter() - start[0])
        processor = min(processor, time.process_time() - start[1])
    ours = np.fromfile(f"{folder}/ours-totals.f64")
    theirs = np.where(refused, np.nan, totals)
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    places = np.fromfile(f"{folder}/ours-order.f64").astype(np.int64)
    result = {
        "numpy": np.__version__,
        "wall_seconds": wall,
        "processor_seconds": processor,
        "totals_that_differ": int((~same).sum()),
        "places_that_differ": int((places != order).sum()),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
