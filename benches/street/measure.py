"""Runs ours and its peers in turn, each in a process of its own, and prints the least of each: wall time, processor time
of both cores, memory, rows. Processor time tells more where other work shares the machine."""

import os
import subprocess
import sys
import time

folder, python, *rounds = sys.argv[1:]
here = os.path.dirname(__file__)
out = "target/street/out"
os.makedirs(out, exist_ok=True)


def ours(how):
    keep = ["--keep-duplicates"] if how == "all" else []
    return ["target/release/prioritise", "import", "police-uk", folder, "--as", "table", "-o", out, "--force", "-q", *keep]


def peer(name, how):
    return [python, f"{here}/{name}_peer.py", folder, f"{out}/{name}.csv", how]


CASES = [
    (name, how, ours(how) if name == "ours" else peer(name, how))
    for how in ("all", "once")
    for name in ("ours", "duckdb", "polars")
]


def run(command):
    """Wall and processor seconds of the whole process, its peak memory in MiB, its last words."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said if process.returncode == 0 else None


def rows(name, said):
    if said is None:
        return "failed"
    if name == "ours":
        return next(line.split()[-1].replace(",", "") for line in said.splitlines() if line.startswith("used"))
    return said.split()[-1]


best = {}
for _ in rounds:
    for name, how, command in CASES:
        wall, processor, memory, said = run(command)
        counted = rows(name, said)
        print(f"{how:5} {name:7} {wall:7.2f} s {processor:7.2f} s {memory:7.0f} MiB  {counted} rows", file=sys.stderr)
        known = best.get((how, name), (wall, processor, memory, counted))
        best[how, name] = (min(known[0], wall), min(known[1], processor), max(known[2], memory), counted)

print("| counted | | time | processor time | memory | rows | ours / it, time | ours / it, processor |")
print("| :--- | :--- | ---: | ---: | ---: | ---: | ---: | ---: |")
for (how, name), (wall, processor, memory, counted) in best.items():
    words = "every row" if how == "all" else "each Crime ID once"
    ours_wall, ours_processor, *_ = best[how, "ours"]
    print(
        f"| {words} | {name} | {wall:.1f} s | {processor:.1f} s | {memory:.0f} MiB | {int(counted):,} "
        f"| {ours_wall / wall:.2f} | {ours_processor / processor:.2f} |"
    )
