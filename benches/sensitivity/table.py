"""The least of each round's times as a table of ratios.

usage: table.py FOLDER
"""

import json
import os
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
read = lambda name: [json.loads(path.read_text()) for path in sorted(folder.glob(name))]
least = lambda rows: [min(column) for column in zip(*rows)]
rounds = read("ours.*.json")
ours = {
    (case, threads): least(
        [row["wall"], row["processor"]]
        for found in rounds
        for row in found
        if row["case"] == case and row["threads"] == threads
    )
    for case in ("short", "long")
    for threads in (1, 2)
}
numpy = read("numpy.*.json")
part = lambda name: least(found[name] for found in numpy)
added = lambda one, other: [a + b for a, b in zip(part(one), part(other))]
pymcdm = read("pymcdm.json")[0]
peers = {
    "short": [("numpy", added("short", "pairs")), ("pymcdm, ranks alone", pymcdm["short"])],
    "long": [("numpy", added("long", "quantiles")), ("pymcdm, ranks alone", pymcdm["long"])],
}
print(f"load {os.getloadavg()[0]:.1f}; numpy {numpy[0]['answers']['numpy']}, pymcdm {pymcdm['version']}\n")
print("| case | | time | processor time | ours / it, time | ours / it, processor |")
print("| :--- | :--- | ---: | ---: | ---: | ---: |")
told = lambda seconds: f"{seconds * 1e3:,.1f} ms"
for case in ("short", "long"):
    for threads in (1, 2):
        wall, used = ours[case, threads]
        print(f"| {case} | ours, {threads} thread{'s' * (threads > 1)} | {told(wall)} | {told(used)} | | |")
    for name, (wall, used) in peers[case]:
        one, two = ours[case, 1], ours[case, 2]
        ratio = f"{one[0] / wall:.2g}, on two threads {two[0] / wall:.2g} | {one[1] / used:.2g}"
        print(f"| {case} | {name} | {told(wall)} | {told(used)} | {ratio} |")
mean = lambda case, key: rounds[0][[row["case"] for row in rounds[0]].index(case)]["answer"][key]
far = max(abs(a - b) for a, b in zip(mean("short", "first"), numpy[0]["answers"]["first"]))
print(f"\nFirst-rank acceptabilities differ by {far:.3f} at most: the draws are others, of the same distribution.")
