"""The figures of one run of `benches/run` as a Markdown table of ratios."""

import glob
import json
import sys


def read(pattern):
    return [json.load(open(path)) for path in sorted(glob.glob(pattern))]


def main(folder):
    ours = [result for results in read(f"{folder}/ours.*.json") for result in results]
    zen, numpy = read(f"{folder}/zen.*.json"), read(f"{folder}/numpy.*.json")
    cold = {name: read(f"{folder}/cold.{name}.json")[0] for name in ["ours", "python", "git"]}
    first = ours[0]
    candidates, criteria = first["candidates"], first["criteria"]

    def least(case, threads, key):
        return min(result[key] for result in ours if (result["case"], result["threads"]) == (case, threads))

    print(f"{candidates:,} candidates × {criteria} criteria; the least of {len(zen)} rounds\n")
    print("| case | threads | core, s | processor, s | µs a candidate | bytes a candidate and criterion | loading, s |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for case in ["built-in", "scripted"]:
        for threads in [1, 2]:
            wall, processor, peak, loading = (
                least(case, threads, key)
                for key in ["core_seconds", "core_processor_seconds", "peak_bytes", "loading_seconds"]
            )
            print(
                f"| {case} | {threads} | {wall:.3f} | {processor:.3f} | {processor / candidates * 1e6:.2f} "
                f"| {peak / candidates / criteria:.0f} | {loading:.1f} |"
            )
    built_in = least("built-in", 1, "core_processor_seconds")
    scripted = least("scripted", 1, "core_processor_seconds") / candidates * 1e9
    graph, expression = (min(result[key] for result in zen) for key in ["graph_ns", "expression_ns"])
    arrays = min(result["processor_seconds"] for result in numpy)
    rows = [
        ("built-in, all candidates, one thread", f"{built_in:.3f} s", f"numpy {numpy[0]['numpy']}", f"{arrays:.3f} s", built_in / arrays),
        ("scripted, one candidate", f"{scripted / 1000:.2f} µs", "one Zen graph of three nodes", f"{graph / 1000:.2f} µs", scripted / graph),
        ("scripted, one criterion of one candidate", f"{scripted / criteria:.0f} ns", "one Zen expression", f"{expression:.0f} ns", scripted / criteria / expression),
        *(
            ("cold process, Huntingdonshire", milliseconds(cold["ours"]), what, milliseconds(cold[name]), cold["ours"]["min_seconds"] / cold[name]["min_seconds"])
            for name, what in [("python", "`python3 -c pass`"), ("git", "`git --version`")]
        ),
    ]
    print("\n| ours | time | peer | time | ratio |\n|---|--:|---|--:|--:|")
    for ours, time, peer, other, ratio in rows:
        print(f"| {ours} | {time} | {peer} | {other} | {ratio:.2f} |")
    print(
        f"\nOf {candidates:,} totals numpy has {numpy[0]['totals_that_differ']} otherwise; of as many places, "
        f"{numpy[0]['places_that_differ']}. Cold medians: "
        + ", ".join(f"{name} {time['median_seconds'] * 1000:.1f} ms" for name, time in cold.items())
    )


def milliseconds(time):
    return f"{time['min_seconds'] * 1000:.1f} ms"


if __name__ == "__main__":
    main(sys.argv[1])
