"""Does the sums of a ranking again: python3 recheck.py ranking.json
It shares no code with the engine, reads only that file and needs only Python. From values, weights and tiers printed
there it makes points, factors, scores, totals, written sums, ranks, order and tiers, and tells what does not follow.
Not checked: what a script makes, ranges, gates, families, words, and whether values, weights and tiers are right.
Exit code: 0 all follow, 1 some do not, 2 the file can't be read.
"""
import itertools, json, math, re, sys
from decimal import ROUND_HALF_UP, Decimal, getcontext
getcontext().prec = 100  # Sums and products are exact; powers and quotients are cut off here.
KINDS = {"sum": "points", "product": "factor"}  # What is brought in to what is combined so; otherwise scores.

def rounded(number, decimals):
    return number.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP)  # Halves up, as with a pencil.

def factor(value, share, decimals):
    """A value to the power of its share of the weight; what is a half to twelve digits is rounded as one."""
    if share == 0 or value == 0:
        return Decimal(share == 0)
    units = (value**share).scaleb(decimals)
    return rounded(units + max(units, Decimal(1)) * Decimal("1e-12"), 0).scaleb(-decimals)

def evaluated(sum_of_products):  # What is written as `1.50 × 2 ÷ 100 + 3`.
    terms = [[side.split(" × ") for side in term.split(" ÷ ")] for term in sum_of_products.split(" + ")]
    products = [[math.prod(map(Decimal, side)) for side in term] for term in terms]
    return sum((first / math.prod(divisors) for first, *divisors in products), Decimal(0))

def once(members):
    if len(dict(members)) < len(members):
        raise ValueError("a member stands twice in one object")
    return dict(members)

class Recheck:
    def __init__(self, ranking):
        self.rules, self.entries = ranking["rules"], ranking["ranking"]
        self.scale, self.decimals, self.combine = (self.rules[key] for key in ("scale", "decimals", "combine"))
        self.checked, self.faults, self.weights, self.kinds = 0, [], None, {}
        self.groups = {group["id"]: group for group in self.rules["groups"] if group.get("combine")}
        asked = [part["criterion"] for part in self.entries[0]["contributions"]]
        inner = [id for group in self.groups.values() for id in group.get("groups", [])]
        self.top = {"combine": self.combine, "criteria": asked, "groups": [id for id in self.groups if id not in inner]}
        for node in [self.top, *self.groups.values()]:
            self.kinds.update(dict.fromkeys(node["criteria"], KINDS.get(node["combine"], "score")))

    def compare(self, entry, what, printed, found):
        self.checked += 1
        if printed != found:
            printed, found = (it if isinstance(it, (Decimal, int)) else ascii(it) for it in (printed, found))
            self.faults.append(f"FAILS: {ascii(entry['id'])}: {what} is printed as {printed}, and {found} follows")

    def parts(self, entry):  # What was left out brings in nothing, or a factor of one.
        brought = {part["criterion"]: part.get(self.kinds[part["criterion"]]) for part in entry["contributions"]}
        return {id: Decimal(self.kinds[id] == "factor") if it is None else it for id, it in brought.items()}

    def weighed(self, value, over, weight, earned):
        if earned == "factor":
            return factor(value / over, weight / self.scale, self.decimals + 2)
        return value * self.scale if earned == "score" else rounded(value * weight / over, self.decimals)

    def points(self, entry):
        parts, first = entry["contributions"], self.entries[0]["contributions"]
        weights, asked = ({part["criterion"]: part["weight"] for part in these} for these in (parts, first))
        self.compare(entry, "how often a question is asked", len(parts), len(weights))
        self.compare(entry, "what is asked", str(list(weights)), str(list(asked)))
        pools = [node["criteria"] for node in (self.top, *self.groups.values())]
        emptied = {id for pool in pools if not any(map(weights.get, pool)) for id in pool}
        unknown = {id for id, part in zip(weights, parts) if part["missing"] and part.get(self.kinds.get(id)) is None}
        none = bool(entry.get("too_little")) or entry["refused_by"] in unknown | emptied
        self.compare(entry, "whether it is ranked", entry["total"] is None, none)
        self.compare(entry, "whether its sums are written out", bool(entry["arithmetic"]), entry["total"] is not None)
        if all(part["value"] is not None for part in parts):
            self.weights = self.weights or str(weights)
            self.compare(entry, "the weights", str(weights), self.weights)
        for part, earned in zip(parts, map(self.kinds.get, weights)):
            if part.get(earned) is not None or entry["total"] is not None:  # Else not ranked without this answer.
                found = self.weighed(part["value"] or Decimal(0), 1, part["weight"], earned)
                self.compare(entry, f"the {earned} of {ascii(part['criterion'])}", part.get(earned), found)

    def total(self, entry):
        told = {section["id"]: section for section in entry["sections"]}
        self.compare(entry, "the groups", str(list(told)), str(list(self.groups)))
        sections = {id: told.get(id, {"score": None}) for id in self.groups}
        for id, group in self.groups.items():
            self.made(entry, f"the score of {ascii(id)}", group, sections[id]["score"], sections)
        self.made(entry, "the total", self.top, entry["total"], sections)

    def made(self, entry, what, node, printed, sections):
        way, parts, inner = node["combine"], self.parts(entry), node.get("groups") or []
        brought = (self.brings(entry, sections[id], KINDS.get(way)) for id in inner)
        figures = [*brought] or [parts[id] for id in node["criteria"]]
        if printed is None or way == "script":
            return print(f"not checked: {what} of {ascii(entry['id'])}, which a script makes or nothing answers")
        over = self.scale ** ((len(figures) - 1) * (way == "sections"))
        found = {"sum": sum, "minimum": min, "maximum": max}.get(way, math.prod)(figures) / over
        self.compare(entry, what, printed, rounded(found * (self.scale if way == "product" else 1), self.decimals))

    def brings(self, entry, section, earned):
        if not earned or section["score"] is None:
            return Decimal(earned == "factor") if section["score"] is None else section["score"]
        found = self.weighed(section["score"], self.scale, section["weight"], earned)
        self.compare(entry, f"the {earned} of {ascii(section['id'])}", section[earned], found)
        return found

    def sums(self, entry):  # As they are written out: `Harm: 18.00 + 25.00 = 43.00`; last comes the total.
        for line in entry["arithmetic"]:
            made, result = re.fullmatch(r"(?:.*: )?(.*) = (-?[0-9.]+)", line).groups()
            what, result = f"the end of {ascii(line)}", Decimal(result)
            line is entry["arithmetic"][-1] and self.compare(entry, what, result, entry["total"])
            if re.fullmatch(r"-?[0-9.]+( [×+] -?[0-9.]+)*( ÷ [0-9.]+)*", made):
                self.compare(entry, what, result, rounded(evaluated(made), self.decimals))

    def order(self, entries, ranked):
        place = lambda one: (-one["total"], [-self.parts(one)[id] for id in self.rules["ties"]], one["id"])
        for entry, found in zip(entries, [*sorted(ranked, key=place), *entries[len(ranked) :]]):
            self.compare(entry, "who has this place in the list", entry["id"], found["id"])
            higher = [other for other in ranked if entry["total"] is not None and other["total"] > entry["total"]]
            self.compare(entry, "the rank", entry["rank"], None if entry["total"] is None else 1 + len(higher))

    def tiers(self, entries, ranked):
        tiers, left = self.rules["tiers"], [tier["places"] for tier in self.rules["tiers"]]
        included = [it["id"] for it in ranked if it["gate"] and it["gate"]["effect"] == "include"]
        left[0] = left[0] and max(left[0] - len(included), 0)
        for entry in entries:
            found, passed, gate = 0 if entry["id"] in included else None, None, entry["gate"] or {"effect": "raise"}
            if entry["total"] is not None and gate["effect"] == "raise":
                top = (it for it in ranked if it["tier"] == tiers[0]["id"] and it["id"] != entry["id"])
                passed = left[0] and next((it["id"] for it in top if it.get("family", "") == entry.get("family")), None)
                takes = [(it["from"] is None or entry["total"] >= it["from"]) and n != 0 for it, n in zip(tiers, left)]
                found = takes.index(True, bool(passed))
                left[found] = left[found] and left[found] - 1
                found = min(found, [tier["id"] for tier in tiers].index(gate.get("tier", tiers[-1]["id"])))
            self.compare(entry, "the tier", entry["tier"], None if found is None else tiers[found]["id"])
            self.compare(entry, "who of its family has the place", entry.get("passed_over"), passed or None)

    def run(self):
        [(self.points(entry), self.sums(entry)) for entry in self.entries]
        self.compare(self.entries[0], "how many there are", len(self.entries), len({one["id"] for one in self.entries}))
        named = lambda entry: self.rules.get("per") and (entry.get("list") or entry["area"])["code"]
        for entries in ([*entries] for _, entries in itertools.groupby(self.entries, named)):
            ranked = [entry for entry in entries if entry["total"] is not None]
            [self.total(entry) for entry in ranked], self.order(entries, ranked), self.tiers(entries, ranked)
        print(*self.faults, f"{self.checked} figures made again, {len(self.faults)} do not follow", sep="\n")
        return bool(self.faults)

if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            sys.exit(Recheck(json.load(file, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=once)).run())
    except (OSError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as fault:
        print(f"this can't be checked: {type(fault).__name__}: {ascii(str(fault))}")
        sys.exit(2)
