// The page's arithmetic is the engine's: under random weights every total, range, rank, order and tier is the command's.
// Each weighting is written into a copy of the rules, and the command ranks by it.

import { test } from "node:test";

import { Plan } from "../../src/report/workshop/page/plan.js";
import { asFiled, Ranker } from "../../src/report/workshop/page/ranking.js";
import { blockOf, copyOfRules, prioritiseJson, ruleFile } from "./command.js";
import { randomly } from "./random.js";
import { same } from "./same.js";
import { cases, fixtures, variants } from "./subjects.js";
import { readToml, tomlText } from "./toml.js";

/** How many weightings of each: of the fixtures as many as asked for, of the many small ones fewer. */
const WEIGHTINGS = Number(process.env.WEIGHTINGS ?? 15);
const SUBJECTS = [
  [fixtures(), WEIGHTINGS],
  [variants(), Math.ceil(WEIGHTINGS / 5)],
  [cases(), Math.ceil(WEIGHTINGS / 10)],
];

for (const [subjects, weightings] of SUBJECTS) {
  for (const subject of subjects)
    test(`the page ranks as the command: ${subject.name}`, () => agrees(subject, weightings));
}

function agrees({ name, assessment, rules }, weightings) {
  const plan = new Plan(blockOf(assessment, rules));
  const ranker = new Ranker(plan);
  const random = randomly(20);
  same(plan, ranker.rank(asFiled(plan)), prioritiseJson("rank", assessment, "--rules", rules), `${name} as filed`);
  const movable = plan.rounds.filter((round) => round.fixed === null).flatMap((round) => round.entries);
  for (let count = 0; movable.length && count < weightings; count += 1) {
    const setting = { ...asFiled(plan), weights: randomWeights(plan, movable, random) };
    const changed = copyOfRules(rules, withWeights(plan, readToml(ruleFile(rules)), setting.weights));
    same(
      plan,
      ranker.rank(setting),
      prioritiseJson("rank", assessment, "--rules", changed),
      `${name}, weights ${setting.weights}`,
    );
  }
}

/** Not all weights of a round are zero. */
function randomWeights(plan, movable, random) {
  const weights = plan.entries.map((entry, at) => (movable.includes(at) ? random.weight() : entry.weight));
  for (const { entries, fixed } of plan.rounds) {
    if (fixed === null && entries.every((at) => Number(weights[at]) === 0)) weights[entries[0]] = "1";
  }
  return weights;
}

function withWeights(plan, read, weights) {
  plan.entries.forEach(({ isGroup, number }, at) => {
    const table = isGroup ? read.group[number] : read.criterion[number];
    if (table.weight !== undefined) table.weight = { $number: weights[at] };
  });
  delete read.weights;
  return tomlText(read);
}
