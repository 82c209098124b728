// The page's arithmetic is the engine's, to the digit. Under random settings of weights and judgements every total, rank, tier
// and who passed whom over is the command's, which makes the lists of them all in one process; under a few of them, written into
// a copy of the rules as people would write them, every range and order is, too.
// 10,000 settings of each fixture: SETTINGS=10000 node --test tests/workshop/arithmetic.test.js

import assert from "node:assert/strict";
import { test } from "node:test";

import { byPanel } from "../../src/report/workshop/page/judging.js";
import { Plan } from "../../src/report/workshop/page/plan.js";
import { asFiled, Ranker } from "../../src/report/workshop/page/ranking.js";
import { fixedText } from "../../src/report/workshop/page/whole.js";
import { blockOf, copyOfRules, listsOf, prioritiseJson, ruleFile } from "./command.js";
import { same } from "./same.js";
import { linesOf, randomSettings } from "./settings.js";
import { cases, fixtures, variants } from "./subjects.js";
import { readToml, tomlText } from "./toml.js";

/** How many settings of each fixture, and of each of the many small assessments. */
const SETTINGS = Number(process.env.SETTINGS ?? 300);
const FEW = 30;
/** How many settings are written into rules: of each fixture, and of each variant of the base assessment. */
const WEIGHTINGS = Number(process.env.WEIGHTINGS ?? 2);

for (const subject of fixtures()) test(`the page ranks as the command: ${subject.name}`, () => agrees(subject, SETTINGS, WEIGHTINGS));
for (const subject of variants()) test(`the page ranks as the command: ${subject.name}`, () => agrees(subject, FEW, 1));
for (const subject of cases()) test(`the page ranks as the command: ${subject.name}`, () => agrees(subject, FEW, 0));

function agrees({ name, assessment, rules, block }, count, weightings) {
  const plan = new Plan(block ?? blockOf(assessment, rules));
  const ranker = new Ranker(plan);
  const settings = [{ weights: {}, judgements: [] }, ...randomSettings(plan, count, 20)];
  const theirs = listsOf(assessment, rules, settings);
  assert.equal(theirs.length, settings.length);
  linesOf(plan, ranker, settings, { asFiled, byPanel, fixedText }).forEach((line, at) => {
    if (line !== theirs[at]) assert.deepEqual(JSON.parse(line), JSON.parse(theirs[at]), `${name}: ${JSON.stringify(settings[at])}`);
    assert.equal(line, theirs[at]);
  });
  const movable = plan.rounds.some((round) => round.fixed === null);
  for (const { weights } of settings.slice(1, movable ? 1 + weightings : 1)) {
    const setting = asFiled(plan);
    plan.entries.forEach(({ id, isGroup }, at) => {
      setting.weights[at] = weights[isGroup ? `group ${id}` : id] ?? setting.weights[at];
    });
    const changed = copyOfRules(rules, withWeights(plan, readToml(ruleFile(rules)), setting.weights));
    const ranked = prioritiseJson("rank", assessment, "--rules", changed);
    same(plan, ranker.rank(setting), ranked, `${name}, weights ${setting.weights}`);
  }
}

function withWeights(plan, read, weights) {
  plan.entries.forEach(({ isGroup, number }, at) => {
    const table = isGroup ? read.group[number] : read.criterion[number];
    if (table.weight !== undefined) table.weight = { $number: weights[at] };
  });
  delete read.weights;
  return tomlText(read);
}
