"""Alters one thing after the other in a ranking: python3 alter.py recheck.py ranking.json ALL|SOME
Each number, text and truth is altered, each member and item taken out, and each item doubled. Whatever `recheck.py` neither
refuses nor names as not checked is printed. SOME takes the first two of each kind of place.
"""
import contextlib, copy, io, json, runpy, sys
from decimal import Decimal

module = runpy.run_path(sys.argv[1], run_name="recheck")
text = open(sys.argv[2], encoding="utf-8").read()
read = lambda: json.loads(text, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=module["Members"])

def said(ranking):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            return module["Recheck"](ranking).run(), out.getvalue()
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError):
        return 2, out.getvalue()

def fresh(value):  # A copy of which nothing was looked at.
    if isinstance(value, dict):
        return module["Members"]([(key, fresh(dict.__getitem__(value, key))) for key in value])
    return [fresh(item) for item in value] if isinstance(value, list) else value

def places(value, path=(), pattern=""):
    if isinstance(value, dict):
        for key in value:
            yield path + (key,), f"{pattern}.{key}"
            yield from places(dict.__getitem__(value, key), path + (key,), f"{pattern}.{key}")
    for at, item in enumerate(value if isinstance(value, list) else []):
        yield path + (at,), pattern + "[]"
        yield from places(item, path + (at,), pattern + "[]")

def held(root, path):
    for key in path:
        root = dict.__getitem__(root, key) if isinstance(root, dict) else root[key]
    return root

def altered(value, pattern):
    if isinstance(value, bool) or value is None:
        return [not value]
    if isinstance(value, Decimal):
        # A value that is a little other can make the same points, once they are rounded.
        much = 1000 if pattern.endswith(".value") else 1
        return [value + much, -value - much] + [value + Decimal("0.01")] * (much == 1)
    return [value + "x"] if isinstance(value, str) else []

code, out = said(read())
assert code == 0, out
unchecked = [line.removeprefix("not checked: ") for line in out.splitlines() if line.startswith("not checked: ")]
# What follows from these is made again; they themselves are taken as they are, and that is said.
assert any(line.startswith("candidates, families, codes, gaps, shares of groups, values, gates, decimals, ties, tiers, vetoes: as given") for line in unchecked)
GIVEN = {".ranking[]": "taken out", ".ranking[].id": "altered", ".ranking[].contributions[].missing": "altered",
         ".ranking[].refused_by": "altered", ".ranking[].gate.effect": "altered", ".rules.ties[]": "taken out",
         ".rules.tiers[]": "taken out", ".rules.tiers[].id": "altered", ".rules.tiers[].from": "altered",
         ".rules.tiers[].places": "altered", ".rules.groups[].id": "altered", ".rules.decimals": "altered"}
is_named = lambda pattern: any(pattern[1:] == it or pattern[1:].startswith((it + ".", it + "[")) for it in unchecked)
original, tried, passed = read(), {}, set()

def is_as_given(path, pattern):  # What is named as not checked of one candidate alone, or of one answer.
    of = path[:2]
    if pattern == ".ranking[].contributions[].value" and held(original, (*path[:-1], "weight")) == 0:
        return True
    if path[0] != "ranking" or path[2:3] not in [("contributions",), ("gate",), ("too_little",)]:
        return False
    return any(it.endswith(f"of {ascii(held(original, (*of, 'id')))}, which is not ranked") for it in unchecked)

for path, pattern in [*places(original)]:
    tried[pattern] = tried.get(pattern, 0) + 1
    if is_named(pattern) or sys.argv[3] == "SOME" and tried[pattern] > 2:
        continue
    *above, last = path
    value = held(original, path)
    changes = [("altered", lambda of, new=new: of.__setitem__(last, new)) for new in altered(value, pattern)]
    changes.append(("taken out", lambda of: of.__delitem__(last)))
    if isinstance(last, int):
        changes.append(("doubled", lambda of: of.insert(last, fresh(of[last]))))
    for what, change in changes:
        ranking = fresh(original)
        change(held(ranking, above))
        code, out = said(ranking)
        if code == 0 and GIVEN.get(pattern) != what and not is_as_given(path, pattern):
            passed.add(f"{pattern} {what}: {str(path)} {str(value)[:60]}")
print(*sorted(passed), f"{sum(tried.values())} places", sep="\n")
sys.exit(1 if passed else 0)
