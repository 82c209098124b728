// The data block of a page, made from what the command prints. The engine will write it itself: what its JSON lacks, and
// how it is found here instead, stands in the page's README.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { onTheLine, unitsOf } from "../../src/report/workshop/page/whole.js";
import { Plan } from "../../src/report/workshop/page/plan.js";
import { copyOfRules, newFolder, prioritiseJson, ruleFile } from "./command.js";
import { formulaOf } from "./formula.js";
import { readToml, tomlText } from "./toml.js";

const MEASURED = "it is measured, not judged: new evidence goes through the command";
const OF_SCRIPT = "its value is made by a script, which only the command runs";
const OF_OTHERS = "its value is set against the other candidates’ answers, which only the command works out";
/** Where gates put candidates that stand in no tier. */
const OUTSIDE = { emerging: "emerging", defer: "deferred", veto: "vetoed" };

const OF_FACTORS = "the command’s JSON has no factors of other scores";

/** A page's data block for the assessment in a folder, by the rules in another. */
export function blockOf(assessment, rules) {
  const read = readToml(ruleFile(rules));
  const ranked = prioritiseJson("rank", assessment, "--rules", rules);
  const { scale, decimals, combine } = ranked.rules;
  const hasScores = ranked.rules.groups.some((group) => group.combine);
  const block = {
    schema: "prioritise/workshop/1",
    engine: ranked.engine,
    assessment: pick(ranked.assessment, ["title", "partnership", "period", "digest"]),
    rules: {
      ...pick(ranked.rules, ["name", "version", "digest"]),
      because: read.ruleset.weights_because ?? "",
      scale,
      decimals,
      combine,
      ...formulaIn(read, null),
      ties: ranked.rules.ties,
      told_apart:
        read.ruleset.told_apart_by === undefined ? null : unitsOf(textOf(read.ruleset.told_apart_by), decimals),
      too_little: tooLittle(read.ruleset),
      method: "swing",
    },
    criteria: read.criterion.map((criterion) => criterionOf(criterion, read)),
    groups: (read.group ?? []).map((group) => groupOf(group, hasScores, ranked.rules.groups, read)),
    tiers: read.tier.map((tier) => tierOf(tier, decimals)),
    gates: (read.gate ?? []).map((gate) => ({
      id: gate.id,
      title: gate.title,
      effect: gate.effect,
      tier: gate.tier ?? null,
    })),
    lists: listsOf(ranked),
    candidates: [],
    off: read.criterion.some(isRelative)
      ? { candidates: "values are set against all candidates’ answers, which only the command works out" }
      : {},
  };
  addSwings(block, rules, read);
  const ends = read.criterion.map((_, at) => endsOf(assessment, rules, read, at, decimals));
  block.candidates = ranked.ranking
    .map((entry) => candidateOf(entry, block, ranked, ends, read))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return block;
}

const pick = (object, names) => Object.fromEntries(names.map((name) => [name, object[name]]));
const textOf = (number) => (typeof number === "object" ? number.$number : String(number));
const isRelative = (criterion) => Boolean(criterion.value?.relative ?? criterion.value?.["net-flow"]);
const units = (number, decimals) => Math.round(number * 10 ** decimals);

/** The lists of areas or kinds in the order of their codes, or the only one. */
function listsOf({ rules, ranking }) {
  const found = new Map(
    ranking
      .map((entry) => entry.area ?? entry.list)
      .filter(Boolean)
      .map((list) => [list.code, list.title]),
  );
  if (!rules.per || found.size < 2) return [{ code: "", title: "" }];
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, title]) => ({ code, title }));
}

function tooLittle(ruleset) {
  if (ruleset.too_little !== "not-ranked") return null;
  const least = (key) => (ruleset[key] === undefined ? null : Number(textOf(ruleset[key])));
  return { answered: least("answered_at_least"), published: least("published_at_least") };
}

/** The tree of a script that makes the total, or the score of a group. */
function formulaIn({ ruleset, group = [], criterion, parameter }, of) {
  const { script } = (of ? of.combine : ruleset.combine) ?? {};
  const inner = group.filter((it) => (it.in ?? null) === (of?.id ?? null));
  const members = inner.length ? inner : criterion.filter((it) => !of || it.group === of.id);
  // Scores below zero would turn products round; a parameter is a number only the command knows.
  if (!script || ruleset.values || parameter) return {};
  const formula = formulaOf(
    script,
    members.map(({ id }) => id),
  );
  return formula ? { formula } : {};
}

function groupOf(group, hasScores, scored, read) {
  const weight = group.weight === undefined ? null : textOf(group.weight);
  const way = hasScores ? scored.find((it) => it.id === group.id).combine : null;
  return { id: group.id, title: group.title, in: group.in ?? null, weight, way, ...formulaIn(read, group) };
}

function tierOf(tier, decimals) {
  const { id, title } = tier;
  if (tier.places !== undefined)
    return { id, title, places: tier.places, ...(tier.one_of_a_family ? { one_of_a_family: true } : {}) };
  return tier.at_least === undefined
    ? { id, title }
    : { id, title, at_least: unitsOf(textOf(tier.at_least), decimals) };
}

// --- Questions ----------------------------------------------------------------------------------------------------------

function criterionOf(criterion, rules) {
  const [judge, fixed] = judgeOf(criterion, rules);
  return {
    ...pick(criterion, ["id", "title", "question"]),
    unit: criterion.unit ?? "",
    group: criterion.group ?? null,
    weight: criterion.weight === undefined ? "1" : textOf(criterion.weight),
    missing: typeof criterion.missing === "string" ? criterion.missing : "stated",
    swing: "",
    range: null,
    span: "1",
    judge,
    fixed,
  };
}

/** How a question is judged, or why it can't be. */
function judgeOf(criterion, rules) {
  const evidence = rules.evidence[criterion.measure];
  if (evidence?.kind !== "judgement") return [null, MEASURED];
  if (isRelative(criterion)) return [null, OF_OTHERS];
  const points = pointsOf(criterion.value);
  if (!points) return [null, OF_SCRIPT];
  const [from, to] = evidence.scale.map(textOf);
  const decimals = criterion.decimals ?? 2;
  const fine = (rules.ruleset.decimals ?? 2) + 2;
  const judge = { evidence: criterion.measure, from, to, step: Number(to) > 20 ? "0.5" : "1", decimals };
  if (Number(to) > 20) return [{ ...judge, points }, null];
  return [{ ...judge, table: tableOf(criterion.value, points, from, to, fine) }, null];
}

/** A value function as points with straight lines between them; nothing where it is none. */
function pointsOf(value) {
  if (value.linear) {
    const { from, to } = value.linear;
    return typeof from === "string" || typeof to === "string"
      ? null
      : ascending([
          [textOf(from), "0"],
          [textOf(to), "1"],
        ]);
  }
  return (value.points ?? value.steps)?.map((point) => point.map(textOf));
}

const ascending = (points) => points.sort((a, b) => Number(a[0]) - Number(b[0]));

/** The values of all scores by halves: one person's, and the medians of several. */
function tableOf(value, points, from, to, fine) {
  const scores = Array.from({ length: 2 * (Number(to) - Number(from)) + 1 }, (_, at) => String(Number(from) + at / 2));
  return scores.map((score) => [score, value.steps ? stepAt(points, score, fine) : lineAt(points, score, fine)]);
}

function stepAt(points, score, fine) {
  const [, value] = points.filter(([measure]) => Number(measure) <= Number(score)).pop() ?? points[0];
  return onTheLine("0", ["0", value], ["1", value], fine);
}

function lineAt(points, score, fine) {
  const after = points.findIndex(([measure]) => Number(measure) >= Number(score));
  if (after > 0) return onTheLine(score, points[after - 1], points[after], fine);
  const [, value] = after < 0 ? points[points.length - 1] : points[0];
  return onTheLine("0", ["0", value], ["1", value], fine);
}

/** The swings that `elicit` asks about. */
function addSwings(block, rules, read) {
  const plan = new Plan(block);
  const entries = plan.rounds.flatMap((round) => round.entries.map((at) => plan.entries[at]));
  if (!entries.length) return;
  const worth = (isGroup) =>
    entries
      .filter((entry) => entry.isGroup === isGroup)
      .map(({ id }) => `${id} = 100\n`)
      .join("");
  const file = join(newFolder(), "answers.toml");
  writeFileSync(
    file,
    `[answers]\nmethod = "swing"\n[[person]]\nby = "Nobody"\ndate = "2026-01-01"\n[person.criteria]\n${worth(false)}[person.groups]\n${worth(true)}`,
  );
  for (const { id, swing, measures, span } of prioritiseJson("elicit", rules, file).swings) {
    const criterion = block.criteria.find((it) => it.id === id);
    Object.assign(criterion, { swing, span: isWide(read, id) ? "2" : span, range: measures?.map(String) ?? null });
  }
}

/** `elicit` prints 1 for swings that no measures say, and divides by how wide the values are: from -1 to 1 in the tests. */
function isWide({ ruleset, criterion }, id) {
  const { value } = criterion.find((it) => it.id === id);
  return Array.isArray(ruleset.values) && Boolean(value["net-flow"] ?? value["whole-column"]);
}

// --- Candidates ---------------------------------------------------------------------------------------------------------

/** The least and most value of each candidate on one question: the ranges of totals where all weight is on it. */
function endsOf(assessment, rules, read, at, decimals) {
  const criterion = read.criterion.map((it, number) => ({
    ...it,
    group: undefined,
    weight: number === at ? 1 : 0,
    missing: it.missing === "refuse" ? "reweight" : it.missing,
  }));
  const {
    told_apart_by: _,
    too_little: __,
    answered_at_least: ___,
    published_at_least: ____,
    ...ruleset
  } = read.ruleset;
  const probe = {
    ...read,
    ruleset: { ...ruleset, scale: 100, combine: "sum" },
    criterion: criterion.map((it) => Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined))),
    tier: [{ id: "all", title: "All" }],
    gate: [],
  };
  delete probe.group;
  delete probe.weights;
  delete probe.accept;
  const ranked = prioritiseJson("rank", assessment, "--rules", copyOfRules(rules, tomlText(probe)));
  const ends = ({ total, range, contributions }) => {
    if (total === null) return [0, 0, 0];
    const value = units(total, decimals);
    const isOpen = contributions[at].missing && read.criterion[at].value.relative === "share-of-mean";
    if (isOpen) return [value, 0, null];
    return range ? [value, units(range.lower, decimals), units(range.upper, decimals)] : [value, value, value];
  };
  return new Map(ranked.ranking.map((entry) => [entry.id, ends(entry)]));
}

function candidateOf(entry, block, ranked, ends, read) {
  const { decimals } = block.rules;
  const gates = [entry.gate, ...entry.other_gates].filter(Boolean).map(({ id, reason }) => ({ gate: id, reason }));
  const cells = entry.contributions.map((contribution, at) =>
    cellOf(contribution, block.criteria[at], ends[at].get(entry.id), block, read),
  );
  const decision = ranked.decisions?.list?.find?.((it) => it.candidate === entry.id);
  return {
    id: entry.id,
    title: entry.title,
    ...listOf(entry, block),
    ...(entry.family ? { family: entry.family } : {}),
    ...(gates.length ? { gates } : {}),
    ...(decision ? { decision: pick(decision, ["outcome", "reason", "by"]) } : {}),
    cells,
    ...scoresOf(entry, block),
    is: {
      rank: entry.rank,
      total: entry.total === null ? null : units(entry.total, decimals),
      ...rangeOf(entry, block),
      tier: entry.tier ?? OUTSIDE[entry.gate?.effect] ?? "not-ranked",
    },
  };
}

function listOf(entry, block) {
  const own = entry.area ?? entry.list;
  const list = block.lists.findIndex((it) => it.code === own?.code);
  return list > 0 ? { list } : {};
}

/** Whether only the command makes a group's score. */
const isScript = ({ way, formula }) => way === "script" && !formula;

/** Left out where the ends of factors or scores that go in are not printed. */
function rangeOf({ range }, { rules, groups }) {
  const isOpen = rules.combine === "product" || groups.some((group) => group.way === "product" || isScript(group));
  if (isOpen) return {};
  return { range: range ? [units(range.lower, rules.decimals), units(range.upper, rules.decimals)] : null };
}

/** The scores of groups that only the command makes; it prints no ends of them. */
function scoresOf(entry, block) {
  const isProduct = ({ id, way }) => way === "product" && block.groups.some((group) => group.in === id);
  const given = block.groups
    .filter((group) => isScript(group) || isProduct(group))
    .map(({ id }) => [id, entry.sections.find((it) => it.id === id)?.score]);
  const triples = given.map(([id, score]) => [id, Array(3).fill(units(score ?? 0, block.rules.decimals))]);
  return triples.length ? { scores: Object.fromEntries(triples) } : {};
}

function cellOf(contribution, criterion, v, block, read) {
  const { missing, measure, because, factor } = contribution;
  const by = contribution.evidence.flatMap((evidence) => evidence.judged?.by ?? []);
  const gate = (read.gate ?? []).find(
    (it) =>
      criterion.judge &&
      [criterion.id, criterion.judge.evidence].some((name) => new RegExp(`\\b${name}\\b`).test(it.when)),
  );
  const f = factor === null ? null : units(factor, block.rules.decimals + 2);
  return {
    v,
    ...(measure ? { m: measureText(measure) } : {}),
    because: because ?? "",
    ...(missing ? { missing: true } : {}),
    ...(!missing && !by.length ? { figures: true } : {}),
    ...(by.length ? { by } : {}),
    ...(f === null ? {} : { f: [f, f, f] }),
    ...(criterion.judge && f !== null
      ? { fixed: OF_FACTORS }
      : gate
        ? { fixed: `the gate “${gate.title}” reads it` }
        : {}),
  };
}

function measureText({ estimate, word, unit }) {
  const text =
    word ??
    (typeof estimate === "number" ? estimate.toLocaleString("en-GB", { maximumFractionDigits: 6 }) : String(estimate));
  return unit ? (unit.startsWith("%") ? text + unit : `${text} ${unit}`) : text;
}
