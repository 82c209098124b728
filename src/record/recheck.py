"""Does the sums of a ranking again: python3 recheck.py ranking.json

It shares no code with the engine, reads only that file and needs only Python. From values, weights and tiers printed
there it makes points, factors, scores, totals, written sums, ranks, order and tiers, and tells what does not follow.
Not checked: a script's total, ranges, gates, words, and whether values, weights and tiers are right.
Exit code: 0 all follow, 1 some do not, 2 the file can't be read.
"""

import json, re, sys
from decimal import ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 100  # Sums and products are exact; powers and quotients are cut off here.

def rounded(number, decimals):
    return number.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP)  # Halves up, as with a pencil.

def factor(value, share, decimals):
    """A value to the power of its share of the weight; what is a half to twelve digits is rounded as one."""
    if share == 0 or value == 0:
        return Decimal(share == 0)
    units = (value**share).scaleb(decimals)
    return rounded(units + max(units, Decimal(1)) * Decimal("1e-12"), 0).scaleb(-decimals)

def evaluated(sum_of_products):
    """What is written as `1.50 × 2 ÷ 100 + 3`."""
    if not re.fullmatch(r"[0-9.×÷+ -]+", sum_of_products):
        raise ValueError(f"{sum_of_products} is no sum of numbers")
    total = Decimal(0)
    for term in sum_of_products.split(" + "):
        first, *others = re.split(r" ([×÷]) ", term)
        product = Decimal(first)
        for sign, number in zip(others[::2], others[1::2]):
            product = product * Decimal(number) if sign == "×" else product / Decimal(number)
        total += product
    return total

def once(members):
    if len(dict(members)) < len(members):
        raise ValueError("a member stands twice in one object")
    return dict(members)

class Recheck:
    def __init__(self, ranking):
        self.rules, self.entries = ranking["rules"], ranking["ranking"]
        self.scale, self.decimals, self.combine = (self.rules[key] for key in ("scale", "decimals", "combine"))
        self.groups = {group["id"]: group["criteria"] for group in self.rules["groups"]}
        self.earned, self.weights = "factor" if self.combine == "product" else "points", None
        self.checked, self.faults = 0, []

    def compare(self, entry, what, printed, found):
        self.checked += 1
        if printed != found:
            printed, found = (it if isinstance(it, (Decimal, int)) else ascii(it) for it in (printed, found))
            self.faults.append(f"{ascii(entry['id'])}: {what} is printed as {printed}, and {found} follows")

    def parts(self, entry):
        """What each question brings in; one that was left out brings nothing, or a factor of one."""
        parts, neutral = entry["contributions"], Decimal(self.earned == "factor")
        return {part["criterion"]: neutral if part[self.earned] is None else part[self.earned] for part in parts}

    def points(self, entry):
        parts, first = entry["contributions"], self.entries[0]["contributions"]
        weights, asked = ({part["criterion"]: part["weight"] for part in these} for these in (parts, first))
        self.compare(entry, "how often a question is asked", len(parts), len(weights))
        self.compare(entry, "what is asked", str(list(weights)), str(list(asked)))
        pools = self.groups.values() if self.combine in ("sections", "script") else [weights]
        emptied = {criterion for pool in pools if not any(map(weights.get, pool)) for criterion in pool}
        unknown = [part["criterion"] for part in parts if part["missing"] and part[self.earned] is None]
        self.compare(entry, "whether it is ranked", entry["total"] is None, entry["refused_by"] in {*unknown, *emptied})
        self.compare(entry, "whether its sums are written out", bool(entry["arithmetic"]), entry["total"] is not None)
        if all(part["value"] is not None for part in parts):
            self.weights = self.weights or str(weights)
            self.compare(entry, "the weights", str(weights), self.weights)
        for part in parts:
            if part[self.earned] is None and entry["total"] is None:
                continue  # Not ranked without this answer.
            value, share = part["value"] or Decimal(0), part["weight"] / self.scale
            is_factor, digits = self.earned == "factor", self.decimals
            found = factor(value, share, digits + 2) if is_factor else rounded(value * part["weight"], digits)
            self.compare(entry, f"the {self.earned} of {ascii(part['criterion'])}", part[self.earned], found)

    def total(self, entry):
        parts = self.parts(entry)
        scores = [section["score"] for section in entry["sections"]]
        groups = list(self.groups) if self.combine in ("sections", "script") else []
        self.compare(entry, "the groups", str([section["id"] for section in entry["sections"]]), str(groups))
        for section in entry["sections"]:
            found = sum((parts[criterion] for criterion in self.groups[section["id"]]), Decimal(0))
            self.compare(entry, f"the score of {ascii(section['id'])}", section["score"], found)
        if self.combine == "script":
            return print(f"not checked: the total of {ascii(entry['id'])}, which a script makes")
        found = sum(parts.values(), Decimal(0)) if self.combine == "sum" else Decimal(1)
        for number in {"sum": [], "product": [self.scale, *parts.values()], "sections": scores}[self.combine]:
            found *= number
        found /= self.scale ** (len(scores) - 1) if self.combine == "sections" else 1
        self.compare(entry, "the total", entry["total"], rounded(found, self.decimals))

    def sums(self, entry):
        """What is written out, to be done with a pencil: `Harm: 18.00 + 25.00 = 43.00`; last comes the total."""
        for line in entry["arithmetic"]:
            made, result = line.rsplit(" = ", 1)
            is_last, what, result = line is entry["arithmetic"][-1], f"the end of {ascii(line)}", evaluated(result)
            if is_last:
                self.compare(entry, what, result, entry["total"])
            if not is_last or self.combine != "script":
                self.compare(entry, what, result, rounded(evaluated(made.rsplit(": ", 1)[-1]), self.decimals))

    def order(self, ranked):
        def place(entry):
            parts = self.parts(entry)
            return -entry["total"], [-parts[criterion] for criterion in self.rules["ties"]], entry["id"]

        for entry, found in zip(self.entries, [*sorted(ranked, key=place), *self.entries[len(ranked) :]]):
            self.compare(entry, "who has this place in the list", entry["id"], found["id"])
            higher = [other for other in ranked if entry["total"] is not None and other["total"] > entry["total"]]
            self.compare(entry, "the rank", entry["rank"], None if entry["total"] is None else 1 + len(higher))
        self.compare(self.entries[0], "how many there are", len(self.entries), len({one["id"] for one in self.entries}))

    def tiers(self, ranked):
        tiers, left = self.rules["tiers"], [tier["places"] for tier in self.rules["tiers"]]
        includes = [bool(entry["gate"]) and entry["gate"]["effect"] == "include" for entry in ranked]
        left[0] = left[0] and max(left[0] - sum(includes), 0)
        for entry, is_included in zip(self.entries, includes + [False] * len(self.entries)):
            found = 0 if is_included else None
            if entry["total"] is not None and not entry["gate"]:
                takes = (entry["total"] >= (tier["from"] or 0) and room != 0 for tier, room in zip(tiers, left))
                found = [*takes].index(True)
                left[found] = left[found] and left[found] - 1
            self.compare(entry, "the tier", entry["tier"], None if found is None else tiers[found]["id"])

    def run(self):
        ranked = [entry for entry in self.entries if entry["total"] is not None]
        for check, entries in ((self.points, self.entries), (self.sums, self.entries), (self.total, ranked)):
            for entry in entries:
                check(entry)
        self.order(ranked)
        self.tiers(ranked)
        print(*[f"FAILS: {fault}" for fault in self.faults], sep="\n", end="\n" if self.faults else "")
        print(f"{self.checked} figures made again, {len(self.faults)} do not follow")
        return 1 if self.faults else 0

if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            ranking = json.load(file, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=once)
        sys.exit(Recheck(ranking).run())
    except (OSError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as fault:
        print(f"this can't be checked: {type(fault).__name__}: {ascii(str(fault))}")
        sys.exit(2)
