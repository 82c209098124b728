"""Does the sums of a ranking again: python3 recheck.py ranking.json

It shares no code with the engine that made the ranking, reads nothing but that file, and needs nothing but Python. From
the values, weights and tiers printed in it, it makes again the points (or factors), the groups' scores, the totals,
every sum that is written out, the ranks, the order of equal totals, and the tiers. Each figure that does not follow is
told. Exit code: 0 all follow, 1 some do not, 2 the file can't be read. The total of a script is not checked, nor whether
the values and the evidence are right.
"""

import json
import re
import sys
from decimal import ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 100  # Sums and products are exact; powers and quotients are cut off here.


def rounded(number, decimals):
    """To so many decimals, halves up, as with a pencil."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def factor(value, share, decimals):
    """A value to the power of its share of the weight; what is a half to twelve digits is rounded as one."""
    if share == 0 or value == 0:
        return Decimal(share == 0)
    units = (value**share).scaleb(decimals)
    return rounded(units + max(units, Decimal(1)) * Decimal("1e-12"), 0).scaleb(-decimals)


def evaluated(sum_of_products):
    """What is written as `1.50 × 2 ÷ 100 + 3`."""
    total = Decimal(0)
    for term in sum_of_products.split(" + "):
        product, *others = re.split(r" ([×÷]) ", term)
        product = Decimal(product)
        for sign, number in zip(others[::2], others[1::2]):
            product = product * Decimal(number) if sign == "×" else product / Decimal(number)
        total += product
    return total


class Recheck:
    def __init__(self, ranking):
        self.rules, self.entries = ranking["rules"], ranking["ranking"]
        self.scale, self.decimals = self.rules["scale"], int(self.rules["decimals"])
        self.combine = self.rules["combine"]
        self.earned = "factor" if self.combine == "product" else "points"
        self.groups = {group["id"]: group["criteria"] for group in self.rules["groups"]}
        self.checked, self.faults = 0, []

    def compare(self, entry, what, printed, found):
        self.checked += 1
        if printed != found:
            printed, found = (it if isinstance(it, (Decimal, int)) else ascii(it) for it in (printed, found))
            self.faults.append(f"{ascii(entry['id'])}: {what} is printed as {printed}, and {found} follows")

    def parts(self, entry):
        """What each question brings in; one that was left out brings nothing, or a factor of one."""
        neutral = Decimal(self.earned == "factor")
        parts = {part["criterion"]: part[self.earned] for part in entry["contributions"]}
        return {criterion: neutral if earned is None else earned for criterion, earned in parts.items()}

    def points(self, entry):
        ids = [part["criterion"] for part in entry["contributions"]]
        self.compare(entry, "how often a question is asked", len(ids), len(set(ids)))
        for part in entry["contributions"]:
            if part[self.earned] is None and entry["total"] is None:
                continue  # Not ranked without this answer.
            value = part["value"] if part["value"] is not None else Decimal(0)
            if self.earned == "factor":
                found = factor(value, part["weight"] / self.scale, self.decimals + 2)
            else:
                found = rounded(value * part["weight"], self.decimals)
            self.compare(entry, f"the {self.earned} of {ascii(part['criterion'])}", part[self.earned], found)

    def total(self, entry):
        parts = self.parts(entry)
        scores = [section["score"] for section in entry["sections"]]
        for section in entry["sections"]:
            found = sum((parts[criterion] for criterion in self.groups[section["id"]]), Decimal(0))
            self.compare(entry, f"the score of {ascii(section['id'])}", section["score"], found)
        if self.combine == "script":
            return print(f"not checked: the total of {ascii(entry['id'])}, which a script makes")
        found = sum(parts.values(), Decimal(0)) if self.combine == "sum" else Decimal(1)
        for number in {"sum": [], "product": [self.scale, *parts.values()], "sections": scores}[self.combine]:
            found *= number
        if self.combine == "sections":
            found /= self.scale ** (len(scores) - 1)
        self.compare(entry, "the total", entry["total"], rounded(found, self.decimals))

    def sums(self, entry):
        """What is written out, to be done with a pencil: `Harm: 18.00 + 25.00 = 43.00`; last comes the total."""
        for line in entry["arithmetic"]:
            made, result = line.rsplit(" = ", 1)
            is_last = line is entry["arithmetic"][-1]
            if is_last:
                self.compare(entry, f"the end of {ascii(line)}", Decimal(result), entry["total"])
            if not is_last or self.combine != "script":
                found = rounded(evaluated(made.rsplit(": ", 1)[-1]), self.decimals)
                self.compare(entry, f"the end of {ascii(line)}", Decimal(result), found)

    def order(self, ranked):
        def place(entry):
            parts = self.parts(entry)
            return -entry["total"], [-parts[criterion] for criterion in self.rules["ties"]], entry["id"]

        for entry, found in zip(self.entries, [*sorted(ranked, key=place), *self.entries[len(ranked) :]]):
            self.compare(entry, "who has this place in the list", entry["id"], found["id"])
            total = entry["total"]
            rank = None if total is None else 1 + sum(other["total"] > total for other in ranked)
            self.compare(entry, "the rank", entry["rank"], rank)
        self.compare(self.entries[0], "how many there are", len(self.entries), len({one["id"] for one in self.entries}))

    def tiers(self, ranked):
        tiers = self.rules["tiers"]
        left = [tier["places"] for tier in tiers]
        includes = [bool(entry["gate"]) and entry["gate"]["effect"] == "include" for entry in ranked]
        if left[0] is not None:
            left[0] = max(left[0] - sum(includes), 0)
        for entry, is_included in zip(self.entries, includes + [False] * len(self.entries)):
            found = 0 if is_included else None
            if entry["total"] is not None and not entry["gate"]:
                takes = [entry["total"] >= (tier["from"] or 0) and left[at] != 0 for at, tier in enumerate(tiers)]
                found = takes.index(True)
                left[found] = left[found] - 1 if left[found] else left[found]
            self.compare(entry, "the tier", entry["tier"], None if found is None else tiers[found]["id"])

    def run(self):
        ranked = [entry for entry in self.entries if entry["total"] is not None]
        for entry in self.entries:
            self.points(entry)
            self.sums(entry)
        for entry in ranked:
            self.total(entry)
        self.order(ranked)
        self.tiers(ranked)
        print(*[f"FAILS: {fault}" for fault in self.faults], sep="\n", end="\n" if self.faults else "")
        print(f"{self.checked} figures made again, {len(self.faults)} do not follow")
        return 1 if self.faults else 0


if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            recheck = Recheck(json.load(file, parse_float=Decimal, parse_int=Decimal))
        sys.exit(recheck.run())
    except (OSError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as fault:
        print(f"this can't be checked: {type(fault).__name__}: {ascii(str(fault))}")
        sys.exit(2)
