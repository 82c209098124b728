"""A million candidates by seven questions: ranked by the engine from a frame, and the same sums and ranks by peers.

Everything is measured in one run, each the fastest of several. What peers compute is less: no rounding at each stage, no ranges,
no gates, no tiers and no reasons.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import prioritise
import zen

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ZEN_ROWS = 5_000
RUNS = 5
NAMES = [f"x{number}" for number in range(7)]
WEIGHTS = [20, 10, 25, 15, 10, 10, 10]
MOST = 1000.0

CRITERION = """
[evidence.{name}]
kind = "number"
title = "{name}"
[[criterion]]
id = "{name}"
title = "{name}"
question = "How much?"
weight = {weight}
measure = "{name}"
unit = "units"
decimals = 1
direction = "higher-is-worse"
value = {{ linear = {{ from = 0, to = {most} }} }}
missing = "neutral"
because = "{{measure}}"
"""
RULES = (
    '[ruleset]\nname = "Bench"\nversion = "1"\n'
    + "".join(CRITERION.format(name=name, weight=weight, most=int(MOST)) for name, weight in zip(NAMES, WEIGHTS, strict=True))
    + '[[tier]]\nid = "first"\ntitle = "First"\nplaces = 1000\n[[tier]]\nid = "rest"\ntitle = "The others"\n'
)


def fastest(work: Callable[[], object], runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def frame() -> pl.DataFrame:
    random = np.random.default_rng(2026)
    columns = {name: random.integers(-500, 12_000, ROWS) / 10 for name in NAMES}
    return pl.DataFrame({"id": [f"n{number:07}" for number in range(ROWS)], **columns})


def of_polars(table: pl.DataFrame) -> pl.DataFrame:
    values = [pl.col(name).clip(0, MOST) / MOST * weight for name, weight in zip(NAMES, WEIGHTS, strict=True)]
    return table.with_columns(total=pl.sum_horizontal(values)).with_columns(
        rank=pl.col("total").rank("min", descending=True)
    )


def of_numpy(columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    totals = np.clip(columns, 0, MOST).T / MOST @ np.array(WEIGHTS, dtype=float)
    return totals, np.argsort(-totals, kind="stable")


def of_pandas(table: pd.DataFrame) -> pd.Series:
    values = table[NAMES].clip(0, MOST) / MOST * WEIGHTS
    return values.sum(axis=1).rank(method="min", ascending=False)


def of_zen(rows: list[dict[str, float]]) -> float:
    """Seconds a row of one decision with the same sum: ranks would come on top."""
    terms = [f"min([max([{name}, 0]), {MOST:g}]) / {MOST:g} * {weight}" for name, weight in zip(NAMES, WEIGHTS, strict=True)]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {
            "id": "sum",
            "name": "sum",
            "type": "expressionNode",
            "content": {"expressions": [{"id": "total", "key": "total", "value": " + ".join(terms)}]},
        },
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "sum", "type": "edge"},
        {"id": "2", "sourceId": "sum", "targetId": "out", "type": "edge"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    assert decision.evaluate(rows[0])["result"]["total"] > 0
    return fastest(lambda: [decision.evaluate(row) for row in rows], 3) / len(rows)


def main() -> None:
    table = frame()
    columns = np.array([table[name].to_numpy() for name in NAMES])
    in_pandas = pd.DataFrame({name: table[name].to_numpy() for name in NAMES})
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ruleset.toml").write_text(RULES)
        rules = prioritise.load_rules(folder, period="2025")
        ranking = rules.rank(table)
        totals, order = of_numpy(columns)
        first = {row["id"]: row["total"] for row in ranking.rows(0, 100)}
        assert all(abs(first[f"n{number:07}"] - totals[number]) < 0.05 for number in order[:20]), "peers agree on the first"
        times = {
            "prioritise, frame in to list out, 2 threads": fastest(lambda: rules.rank(table, threads=2)),
            "prioritise, frame in to list out, 1 thread": fastest(lambda: rules.rank(table, threads=1)),
            "the list into a frame of Polars": fastest(lambda: pl.DataFrame(ranking)),
            "Polars: clip, sum, rank": fastest(lambda: of_polars(table)),
            "numpy: clip, product, argsort": fastest(lambda: of_numpy(columns)),
            "pandas: clip, sum, rank": fastest(lambda: of_pandas(in_pandas)),
        }
    zen_time = of_zen(table.select(NAMES).head(ZEN_ROWS).to_dicts())
    times[f"Zen's Python package, a decision a row (of {ZEN_ROWS:,}, scaled)"] = zen_time * ROWS
    ours = next(iter(times.values()))
    print(f"{ROWS:,} candidates, 7 questions; the fastest of {RUNS}\n")
    print(f"{'':62}  seconds  ratio to ours")
    for name, seconds in times.items():
        print(f"{name:62}  {seconds:7.3f}  {seconds / ours:13.2f}")


if __name__ == "__main__":
    main()
