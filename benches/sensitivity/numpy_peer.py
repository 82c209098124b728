"""The same draws and counts in numpy, one thread, as well as it can be written; prints JSON.

usage: numpy_peer.py FOLDER   (short.f64 and long.f64, rows of seven values)
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np

CRITERIA = 7


def weights(draws, seed):
    drawn = np.random.default_rng(seed).standard_exponential((draws, CRITERIA))
    return drawn / drawn.sum(axis=1, keepdims=True)


def ranked(totals):
    """The candidates of each draw, best first: packed keys, because numpy sorts whole numbers with vector instructions
    and finds the order of floats without. The total, which is above zero, is in the high bits."""
    bits = (~totals.view(np.uint32)).astype(np.uint64) << np.uint64(32)
    bits |= np.arange(totals.shape[1], dtype=np.uint64)
    bits.sort(axis=1)
    return (bits & np.uint64(0xFFFFFFFF)).astype(np.int64)


def short(values, draws=10_000):
    candidates = len(values)
    drawn = weights(draws, 1)
    totals = np.ascontiguousarray((drawn @ values.T).astype(np.float32))
    order = ranked(totals)
    cells = order * candidates + np.arange(candidates)
    places = np.bincount(cells.ravel(), minlength=candidates**2).reshape(candidates, candidates)
    first = order[:, 0]
    central = np.stack([np.bincount(first, drawn[:, c], candidates) for c in range(CRITERIA)], axis=1)
    return totals, drawn, places, central / np.maximum(places[:, :1], 1)


def pairs(totals):
    """How often each candidate is ahead of each other: a row of draws for each, compared with all later ones."""
    rows = np.ascontiguousarray(totals.T)
    wins = np.zeros((len(rows), len(rows)), dtype=np.int64)
    for own in range(len(rows) - 1):
        wins[own, own + 1 :] = np.count_nonzero(rows[own] >= rows[own + 1 :], axis=1)
    return wins


def long(values, draws=1000, block=50, top=100):
    """Ranks of all draws kept, two bytes each, for exact quantiles: memory grows with draws."""
    candidates = len(values)
    drawn = weights(draws, 1)
    ranks = np.empty((draws, candidates), dtype=np.uint16)
    numbers = np.arange(candidates, dtype=np.uint16)
    sums, among = np.zeros(candidates, dtype=np.int64), np.zeros(candidates, dtype=np.int64)
    transposed = np.ascontiguousarray(values.T, dtype=np.float32)
    for start in range(0, draws, block):
        order = ranked(drawn[start : start + block].astype(np.float32) @ transposed)
        for at, row in enumerate(order, start):
            ranks[at, row] = numbers
            among[row[:top]] += 1
        sums += ranks[start : start + block].sum(axis=0, dtype=np.int64)
    return sums / draws + 1, among, ranks


def quantiles(ranks, block=1000):
    parts = range(0, ranks.shape[1], block)
    at = [len(ranks) // 20 - 1, len(ranks) // 2 - 1, len(ranks) * 19 // 20 - 1]
    return np.concatenate([np.sort(np.ascontiguousarray(ranks[:, p : p + block].T), axis=1)[:, at] for p in parts]) + 1


def fastest(work, runs):
    times = []
    for _ in range(runs):
        clock, used = time.perf_counter(), time.process_time()
        made = work()
        times.append((time.perf_counter() - clock, time.process_time() - used))
    return [min(column) for column in zip(*times)], made


def main():
    read = lambda name: np.fromfile(f"{sys.argv[1]}/{name}.f64").reshape(-1, CRITERIA)
    few, many = read("short"), read("long")
    results = {}
    results["short"], (totals, _, places, central) = fastest(lambda: short(few), 7)
    results["pairs"], wins = fastest(lambda: pairs(totals), 5)
    results["long"], (means, _, ranks) = fastest(lambda: long(many), 3)
    results["quantiles"], found = fastest(lambda: quantiles(ranks), 3)
    results["answers"] = {
        "first": (places[:, 0] / 1e4).tolist(),
        "wins": wins[0, 1] / 1e4,
        "central": central[0].tolist(),
        "means": means[:5].tolist(),
        "medians": found[:5, 1].tolist(),
        "numpy": np.__version__,
    }
    print(json.dumps(results))


main()
