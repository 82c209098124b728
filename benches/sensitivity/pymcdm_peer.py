"""The same draws by pymcdm's weighted sum, one draw after the other, as its users write it; prints JSON.

usage: pymcdm_peer.py FOLDER
"""

import importlib.metadata
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np
import pymcdm

CRITERIA = 7


def ranks(values, draws):
    """The rank of every candidate in every draw, which all further counts start from."""
    drawn = np.random.default_rng(1).standard_exponential((draws, CRITERIA))
    drawn /= drawn.sum(axis=1, keepdims=True)
    method, types = pymcdm.methods.WSM(normalization_function=lambda column, cost=False: column), np.ones(CRITERIA)
    for weights in drawn:
        pymcdm.helpers.rankdata(method(values, weights, types), reverse=True)


def main():
    results = {"version": importlib.metadata.version("pymcdm")}
    for name, draws in [("short", 10_000), ("long", 100)]:
        values = np.fromfile(f"{sys.argv[1]}/{name}.f64").reshape(-1, CRITERIA)
        clock, used = time.perf_counter(), time.process_time()
        ranks(values, draws)
        results[name] = [time.perf_counter() - clock, time.process_time() - used]
    # A tenth of the draws: it takes long.
    results["long"] = [seconds * 10 for seconds in results["long"]]
    print(json.dumps(results))


main()
