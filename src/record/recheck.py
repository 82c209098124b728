"""Does the sums of a ranking again: python3 recheck.py ranking.json (gives 0 if all follow, 1 if not, 2 if unreadable)
It shares no code with the engine. From values, weights and tiers printed there it makes points, factors, scores, totals
and written sums, ranks, order and tiers, and tells what does not follow. What it says nothing of is "not checked"."""
import itertools, json, math, re, sys
from decimal import ROUND_HALF_UP, Decimal, getcontext
getcontext().prec = 100  # Sums and products are exact; powers and quotients are cut off here.
KINDS = {"sum": "points", "outranking": "points", "product": "factor"}  # What is brought in; otherwise scores.
GIVEN = "candidates, families, codes, gaps, shares of groups, values, gates, decimals, ties, tiers, vetoes: as given"
NUMBER, PER, EFFECTS = r"-?[0-9]+(?:\.[0-9]+)?", (None, "area", "kind"), "include raise veto defer emerging".split()
WAYS = {"sum": ("{}", " + ", sum), "minimum": ("min({})", ", ", min), "maximum": ("max({})", ", ", max)}  # As written.
rounded = lambda number, decimals: number.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP)
def factor(value, share, decimals):  # To the power of its share; what is a half to twelve digits is rounded as one.
    units = (value**share).scaleb(decimals) if share and value else Decimal(share == 0).scaleb(decimals)
    return rounded(units + max(units, Decimal(1)) * Decimal("1e-12"), 0).scaleb(-decimals)
def in_proportion(these, those, places):  # Each is its share of what is left, to a unit of its last decimal.
    both = [(a, b) for (a, left_out), (b, out) in zip(these, those) if not left_out and not out] or [(0, 0)]
    return all(abs(a * max(both)[1] - b * max(both)[0]) * 10 ** (places + 2) <= a + b + sum(max(both)) for a, b in both)
class Members(dict):  # An object of the file, which knows what of it was looked at.
    def __init__(self, members):
        self.seen = super().__init__(members) or set()
        if len(self) < len(members): raise ValueError("a member stands twice in one object")
    __getitem__ = lambda self, key: self.seen.add(key) or dict.__getitem__(self, key)
    get = lambda self, key, other=None: self[key] if key in self else other
def unseen(value, path=""):  # What was never looked at.
    for key in value if isinstance(value, Members) else []:
        yield from unseen(dict.__getitem__(value, key), f"{path}.{key}") if key in value.seen else [f"{path}.{key}"]
    for item in value if isinstance(value, list) else []: yield from unseen(item, path + "[]")
class Recheck:
    def __init__(self, ranking):
        self.all, self.rules, self.entries = ranking, ranking["rules"], ranking["ranking"]
        self.scale, self.decimals, groups, ties = (self.rules[it] for it in ("scale", "decimals", "groups", "ties"))
        self.checked, self.faults, self.left, self.weights = 0, [], [GIVEN, "labels of sums"], {}
        self.groups = {group["id"]: group for group in groups if group.get("combine")}
        asked = self.asked = [part["criterion"] for part in self.entries[0]["contributions"]]
        inner = [id for group in groups for id in group.get("groups") or []]
        top = [id for id, group in self.groups.items() if id not in inner and not group.get("beside")]
        self.top = {"combine": self.rules["combine"], "criteria": [] if top else asked, "groups": top}
        self.nodes, self.plain = [self.top, *self.groups.values()], bool(top) or not groups
        self.kinds = {id: KINDS.get(node["combine"], "score") for node in self.nodes for id in node["criteria"]}
        grouped, ids = [id for group in groups for id in group["criteria"]], lambda of: [it["id"] for it in of]
        for names in (grouped, inner, ties, *map(ids, (groups, self.rules["tiers"], self.entries))):
            self.compare({}, f"how often each of {ascii(names)} is named", len(names), len({*names}))
        self.compare({}, "what nobody is asked", sorted({*grouped, *ties} - {*asked} | {*inner} - {*ids(groups)}), [])
        self.compare({}, "what counts", sorted(self.kinds if top else grouped or asked), sorted(asked))
        self.compare({}, "whether rules can be so", self.scale in range(1, 10001) and self.decimals in range(5), True)
    def compare(self, entry, what, printed, found):
        self.checked += 1
        if isinstance(printed, bool) != isinstance(found, bool) or printed != found:
            self.faults.append(f"FAILS: {entry.get('id')!a}: {what} is {str(printed)!a}, and {str(found)!a} follows")
    def parts(self, entry):  # What was left out brings in nothing, or a factor of one.
        brought = {part["criterion"]: part.get(self.kinds[part["criterion"]]) for part in entry["contributions"]}
        return {id: Decimal(self.kinds[id] == "factor") if it is None else it for id, it in brought.items()}
    def weighed(self, value, over, weight, earned):
        if earned == "factor": return factor(value / over, weight / self.scale, self.decimals + 2)
        return value * self.scale if earned == "score" else rounded(value * weight / over, self.decimals)
    def points(self, entry):
        parts, weights = entry["contributions"], {part["criterion"]: part["weight"] for part in entry["contributions"]}
        self.compare(entry, "what is asked", [part["criterion"] for part in parts], self.asked)
        emptied = {id for node in self.nodes if not any(map(weights.get, node["criteria"])) for id in node["criteria"]}
        unknown = {id for id, part in zip(weights, parts) if part["missing"] and part.get(self.kinds.get(id)) is None}
        refused = bool(entry.get("too_little")) or entry["refused_by"] in unknown | emptied
        self.compare(entry, "whether it is ranked", entry["total"] is None, refused)
        if refused: self.left.append(f"points, weights, gate and reason of {ascii(entry['id'])}, which is not ranked")
        self.compare(entry, "whether its sums are written out", bool(entry["arithmetic"]), entry["total"] is not None)
        for part, earned in zip(parts, map(self.kinds.get, weights)):
            if part.get(earned) is not None or entry["total"] is not None:  # Else not ranked without this answer.
                found = self.weighed((part["value"] or Decimal(0)).normalize(), 1, part["weight"], earned)
                self.compare(entry, f"the {earned} of {ascii(part['criterion'])}", part.get(earned), found)
    def weigh(self, entry, told):  # Weights add up to the scale; who left out the same questions has the same.
        weights = {part["criterion"]: (part["weight"], part["value"] is None) for part in entry["contributions"]}
        weights.update({id: (it["weight"], it["score"] is None) for id, it in told.items() if "weight" in it})
        for at, node in enumerate(self.nodes):
            of = [weights[id] for id in node.get("groups") or node["criteria"] if id in weights]
            known, out = self.weights.setdefault(at, {}), str([out for _, out in of])
            others = known.values() if node["combine"] in KINDS and (at or self.plain) and out not in known else []
            self.compare(entry, "how others weigh", all(in_proportion(of, it, self.decimals) for it in others), True)
            self.compare(entry, "the weights", of, known.setdefault(out, of))
            added = [weight for weight, _ in of if node["combine"] in KINDS]
            self.compare(entry, "what weights add up to", sum(added), self.scale if any(added) else 0)
    def total(self, entry):
        sections = dict.fromkeys(self.groups, {"score": None}) | {it["id"]: it for it in entry["sections"]}
        self.compare(entry, "the groups", [section["id"] for section in entry["sections"]], [*self.groups])
        self.lines = self.weigh(entry, sections) or []
        [self.made(entry, f"score {id!a}", it, sections[id]["score"], sections) for id, it in self.groups.items()]
        self.made(entry, "the total", self.top, entry["total"], sections)
        for left, line in enumerate(entry["arithmetic"], 1 - len(entry["arithmetic"])):  # `18.00 + 25.00 = 43.00`
            made, result = re.fullmatch(rf"(?:.*: )?(.*) = ({NUMBER})", line).groups()
            read, last = [*map(Decimal, re.findall(NUMBER, made)), Decimal(result)], not left
            if last: self.compare(entry, f"the end of {ascii(line)}", Decimal(result), entry["total"])
            written, is_ours = (re.sub(NUMBER, "#", made), read), not last or self.top["combine"] != "script"
            if is_ours: self.compare(entry, ascii(line), written in self.lines and not self.lines.remove(written), True)
        self.compare(entry, "how many sums are not written out", len(self.lines), 0)
    def made(self, entry, what, node, printed, sections):
        way, parts, inner = node["combine"].replace("outranking", "sum"), self.parts(entry), node.get("groups") or []
        brought = [self.brings(entry, sections[id], KINDS.get(way)) for id in inner]
        figures = [self.scale] * (way == "product") + (brought or [parts[id] for id in node["criteria"]])
        figures += [entry["vetoes"]["change"]] if node["combine"] == "outranking" else []
        if printed is None or way == "script":
            return self.left.append(f"{what} of {ascii(entry['id'])}, which a script makes or nothing answers")
        over = [self.scale] * (len(figures) - 1) * (way == "sections")
        form, sign, make = WAYS.get(way, ("{}", " × ", math.prod))
        self.compare(entry, what, printed, rounded(make(figures) / math.prod(over), self.decimals))
        self.lines += [(form.format(sign.join("#" * len(figures))) + " ÷ #" * len(over), figures + over + [printed])]
    def brings(self, entry, section, earned):
        score, weight, scale = section["score"], section.get("weight"), self.scale
        if not earned or score is None: return Decimal(earned == "factor") if score is None else score
        found = self.weighed(score, scale, weight, earned)
        self.compare(entry, f"the {earned} of {ascii(section['id'])}", section[earned], found)
        powered = "(# ÷ #) to the power of # ÷ #", [score, scale, weight, scale, found]
        self.lines.append(powered if earned == "factor" else ("# × # ÷ #", [score, weight, scale, found]))
        return found
    def order(self, entries, ranked):
        place = lambda one: (-one["total"], [-self.parts(one)[id] for id in self.rules["ties"]], one["id"])
        for entry, found in zip(entries, [*sorted(ranked, key=place), *entries[len(ranked) :]]):
            self.compare(entry, "who has this place in the list", entry["id"], found["id"])
            till = 1 + bool(self.rules.get("ties_separate"))
            higher = [place(it)[:till] < place(entry)[:till] for it in ranked if entry["total"] is not None]
            self.compare(entry, "the rank", entry["rank"], None if entry["total"] is None else 1 + sum(higher))
    def tiers(self, entries, ranked):
        tiers, left = self.rules["tiers"], [tier["places"] for tier in self.rules["tiers"]]
        included = [it["id"] for it in ranked if it["gate"] and it["gate"]["effect"] == "include"]
        left[0] = left[0] and max(left[0] - len(included), 0)
        for entry in entries:
            found, passed, gate = 0 if entry["id"] in included else None, None, entry["gate"] or {"effect": "raise"}
            if EFFECTS.index(gate["effect"]) == 1 and entry["total"] is not None:
                top = (it for it in ranked if it["tier"] == tiers[0]["id"] and it["id"] != entry["id"])
                passed = left[0] and next((it["id"] for it in top if it.get("family", "") == entry.get("family")), None)
                takes = [(it["from"] is None or entry["total"] >= it["from"]) and n != 0 for it, n in zip(tiers, left)]
                found = takes.index(True, bool(passed))
                left[found] = left[found] and left[found] - 1
                found = min(found, [tier["id"] for tier in tiers].index(gate.get("tier", tiers[-1]["id"])))
            self.compare(entry, "the tier", entry["tier"], None if found is None else tiers[found]["id"])
            self.compare(entry, "who of its family has the place", entry.get("passed_over"), passed or None)
    def run(self):
        [self.points(entry) for entry in self.entries]
        area = lambda it: PER.index(self.rules.get("per")) and (it.get("list") or it["area"])["code"]
        lists = {id: [*of] for id, of in itertools.groupby(self.entries, area)}  # The last piece of each.
        self.compare({}, "how many stand in one piece", sum(map(len, lists.values())), len(self.entries))
        for entries in lists.values():
            ranked = [entry for entry in entries if entry["total"] is not None]
            [self.total(entry) for entry in ranked], self.order(entries, ranked), self.tiers(entries, ranked)
        print(*[f"not checked: {it}" for it in [*self.left, *sorted({ascii(name)[2:-1] for name in unseen(self.all)})]],
              *self.faults, f"{self.checked} figures made again, {len(self.faults)} do not follow", sep="\n")
        return 1 if self.faults else 0
if __name__ == "__main__":
    try:
        text = open(sys.argv[1] if sys.argv[1:] else sys.exit(print(__doc__) or 2), encoding="utf-8").read()
        sys.exit(Recheck(json.loads(text, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=Members)).run())
    except (OSError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as fault:
        sys.exit(print(f"this can't be checked: {type(fault).__name__}: {ascii(str(fault))}") or 2)
