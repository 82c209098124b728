// Twelve people with seeded opinions: they agree on some things and differ on others, leave a little open, and say why now and
// then.

import { choices } from "../../src/report/workshop/page/judging.js";
import { ANSWERS } from "../../src/report/workshop/page/people.js";
import { randomly } from "./random.js";

const ROLES = [
  "Chair of the partnership",
  "Police superintendent",
  "Community safety manager",
  "Fire station commander",
  "Director of public health",
  "Probation service lead",
  "Head of housing",
  "Youth justice lead",
  "Councillor for community safety",
  "Victim support manager",
  "Integrated care board lead",
  "Police and crime commissioner’s officer",
];
const REASONS = [
  "It is what residents write to me about.",
  "One grave case outweighs a hundred small ones.",
  "Catch it while it grows.",
  "The grant depends on it.",
];

/** What so many of them answer, by one method. */
export function twelve(plan, { method = "swing", seed = 12, count = 12 } = {}) {
  const random = randomly(seed);
  return ROLES.slice(0, count).map((by) => answersOf(plan, by, method, random));
}

function answersOf(plan, by, method, random) {
  const { assessment, rules } = plan.block;
  const answers = {
    schema: ANSWERS,
    assessment: assessment.digest,
    rules: rules.digest,
    by,
    date: "2026-11-30",
    round: 1,
    method,
    because: random.pick(REASONS),
    criteria: {},
    groups: {},
    pairs: {},
    group_pairs: {},
    reasons: {},
    judgements: {},
  };
  for (const { entries } of plan.rounds) {
    const items = entries.map((at) => plan.entries[at]);
    const [numbers, pairs] = items[0].isGroup
      ? [answers.groups, answers.group_pairs]
      : [answers.criteria, answers.pairs];
    if (method === "pairwise") Object.assign(pairs, compared(items, random));
    else Object.assign(numbers, numbered(items, method, random));
  }
  for (const { id, judge } of plan.block.criteria.filter((criterion) => criterion.judge)) {
    answers.judgements[id] = Object.fromEntries(
      plan.block.candidates.map((candidate) => [candidate.id, judgement(judge, random)]),
    );
  }
  return answers;
}

/** Numbers of the kind that the method asks for. */
function numbered(items, method, random) {
  const raw = items.map(() => 1 + random.below(20));
  const numbers = { swing: swings, points, "rank-order": order }[method](raw, random);
  return Object.fromEntries(items.map(({ id }, at) => [id, String(numbers[at])]));
}

function swings(raw, random) {
  const most = raw.indexOf(Math.max(...raw));
  return raw.map((each, at) => (at === most ? 100 : 5 * each - random.below(3)));
}

function points(raw) {
  const sum = raw.reduce((total, each) => total + each, 0);
  const tenths = raw.map((each) => Math.floor((each * 1000) / sum));
  tenths[0] += 1000 - tenths.reduce((total, each) => total + each, 0);
  return tenths.map((each) => each / 10);
}

function order(raw) {
  const sorted = [...raw].sort((a, b) => b - a);
  return raw.map((each) => sorted.indexOf(each) + 1);
}

function compared(items, random) {
  const pairs = items.flatMap((one, at) => items.slice(at + 1).map((other) => `${one.id} ${other.id}`));
  return Object.fromEntries(pairs.map((pair) => [pair, random.pick([1, 2, 3, 5, 7, 9, -2, -3, -5])]));
}

function judgement(judge, random) {
  if (random.below(10) === 0) return null;
  const scores = choices(judge);
  const score = scores.length ? random.pick(scores) : String(random.below(40) * 5);
  return random.below(4) ? { score } : { score, because: random.pick(REASONS) };
}
