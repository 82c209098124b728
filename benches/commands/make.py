"""An assessment with as many candidates as are asked for: `make.py FIXTURE RULES FOLDER CANDIDATES`.

The fixture's own candidates come first; the others are copies of the files of some of them, under names of their own and with other
counts. Copied and not invented, so that each has as much to read, to explain and to print as a filed one.
"""

import random
import re
import shutil
import sys
from pathlib import Path

# What a copy must not take along: it is part of nothing, and shares evidence with nobody.
ALONE = ["criminal-damage-and-arson", "cybercrime", "drug-offences", "hate-crime", "anti-social-behaviour"]


def copied(text: str, name: str, number: int, chance: random.Random) -> str:
    text = re.sub(rf'^id = "{name}"', f'id = "{name}-{number}"', text, flags=re.M)
    text = re.sub(r'^title = "(.*)"', rf'title = "\1, {number}"', text, count=1, flags=re.M)
    text = re.sub(r"^(part_of|shares_evidence_with) = .*\n", "", text, flags=re.M)
    other = lambda found: f"count = {round(int(found[1]) * chance.uniform(0.5, 1.5))}"
    return re.sub(r"count = (\d+)", other, text)


def main() -> None:
    fixture, rules, folder, candidates = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(fixture, folder)
    shutil.copytree(rules, folder / "rules")
    chance = random.Random(2026)
    filed = len(list((folder / "evidence").glob("*.toml")))
    names = []
    for number in range(filed, candidates):
        name = ALONE[number % len(ALONE)]
        text = (folder / "evidence" / f"{name}.toml").read_text()
        copy = f"evidence/{name}-{number}.toml"
        (folder / copy).write_text(copied(text, name, number, chance))
        names.append(copy)
    assessment = folder / "assessment.toml"
    text = assessment.read_text()
    text = re.sub(r'^rules = .*', 'rules = "rules"', text, flags=re.M)
    text = text.replace("evidence = [\n", "evidence = [\n" + "".join(f'    "{name}",\n' for name in names), 1)
    assessment.write_text(text)


main()
