"""Times of commands by candidates: `time.py PROGRAM FOLDER SIZE…`. See `benches/commands/run`."""

import math
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

FIXTURE, RULES = Path("fixtures/huntingdonshire-2019"), Path("rules/huntingdonshire")
AGREED = """
[[statement]]
above = "domestic-abuse"
below = "hate-crime"
source = "Made up for measuring"
"""
# What is run: `A` is the assessment, `O` a place for what is written. The tests of the rules are the same with any candidates.
JOBS = {
    "check": "check A",
    "rank as JSON": "rank A --format json",
    "paper and annex, HTML": "rank A -o O/paper.html",
    "the same with 500 draws": "rank A --draws 500 -o O/paper.html",
    "paper and annex, Word": "rank A -o O/paper.docx",
    "workbook": "rank A -o O/list.xlsx",
    "explain one": "explain A domestic-abuse",
    "sensitivity, 1,000 draws": "sensitivity A --draws 1000",
    "learn": "learn A O/agreed.toml",
    "diff with another rule set": "diff A --rules O/other",
    "choose": "choose A",
    "workshop's page": "workshop A -o O/workshop.html",
    "record": "record A -o O/sealed --date 2020-03-01 --by Analyst",
    "verify": "verify O/sealed",
    "test --mutate": f"test {RULES} --mutate",
}
# `check` ends with 1 where printed figures don't hold, as some of the fixture's don't.
FINE = {0, 1}


def seconds(program: str, job: str, assessment: Path, place: Path) -> float:
    words = [word.replace("A/", f"{assessment}/").replace("O/", f"{place}/") for word in job.split()]
    words = [str(assessment) if word == "A" else word for word in words]
    least = math.inf
    for _ in range(2):
        if words[0] == "record":
            shutil.rmtree(place / "sealed", ignore_errors=True)
        start = time.perf_counter()
        done = subprocess.run([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        least = min(least, time.perf_counter() - start)
        if done.returncode not in FINE:
            sys.exit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
    return least


def main() -> None:
    program, made, sizes = sys.argv[1], Path(sys.argv[2]), [int(size) for size in sys.argv[3:]]
    times: dict[str, list[float]] = {job: [] for job in JOBS}
    for size in sizes:
        assessment, place = made / f"of-{size}", made / f"out-{size}"
        make = [sys.executable, "benches/commands/make.py", str(FIXTURE), str(RULES), str(assessment), str(size)]
        subprocess.run(make, check=True)
        place.mkdir(exist_ok=True)
        (place / "agreed.toml").write_text(AGREED)
        shutil.rmtree(place / "other", ignore_errors=True)
        shutil.copytree(RULES, place / "other")
        rules = place / "other" / "ruleset.toml"
        rules.write_text(re.sub(r"^weight( *)= 25$", r"weight\1= 30", rules.read_text(), flags=re.M))
        for job, words in JOBS.items():
            times[job].append(seconds(program, words, assessment, place))
    print("| what | " + " | ".join(f"{size:,}" for size in sizes) + " | grows by |")
    print("| :--- |" + " ---: |" * (len(sizes) + 1))
    for job, found in times.items():
        power = math.log(found[-1] / found[-2]) / math.log(sizes[-1] / sizes[-2]) if len(sizes) > 1 else 0
        print(f"| {job} | " + " | ".join(f"{it:.2f} s" for it in found) + f" | {power:.1f} |")


main()
