// Judgements that are changed in the room, by one person or by several, give the values, ranges and lists that the command gives
// where they are filed. What is judged for the first time is answered, and what too little was known of may be ranked.

import assert from "node:assert/strict";
import { test } from "node:test";

import { byPanel, choices } from "../../src/report/workshop/page/judging.js";
import { whyFixed } from "../../src/report/workshop/page/people.js";
import { Plan } from "../../src/report/workshop/page/plan.js";
import { asFiled, Ranker } from "../../src/report/workshop/page/ranking.js";
import { blockOf, prioritiseJson } from "./command.js";
import { evidenceIn, withJudgements } from "./judged.js";
import { randomly } from "./random.js";
import { same } from "./same.js";
import { cases, fixtures, variants } from "./subjects.js";
import { readToml } from "./toml.js";

/** How often judgements are filed as people would file them; many more are tried without in `arithmetic.test.js`. */
const TIMES = Number(process.env.JUDGEMENTS ?? 1);

for (const subject of [...fixtures(), ...variants(), ...cases()]) {
  test(`judgements change the list as the command's: ${subject.name}`, () => agrees(subject));
}

function agrees({ name, assessment, rules, block }) {
  const plan = new Plan(block ?? blockOf(assessment, rules));
  const ids = evidenceIn(assessment).flatMap((file) => readToml(file).candidate.map((candidate) => candidate.id));
  const random = randomly(7);
  for (let time = 0; time < TIMES; time += 1) {
    const judgements = someJudgements(plan, ids, random);
    if (!judgements.length) return;
    const setting = asFiled(plan);
    for (const { candidate, criterion, judged } of judgements) setting.judged[`${candidate} ${criterion}`] = judged;
    const ranked = prioritiseJson("rank", withJudgements(plan, assessment, judgements), "--rules", rules);
    const what = `${name}: ${judgements.map((one) => `${one.candidate} ${one.criterion} ${one.scores.map(({ score }) => score)}`).join("; ")}`;
    same(plan, new Ranker(plan).rank(setting), ranked, what);
  }
}

/** About a third of what can be judged, by one to four people. */
function someJudgements(plan, ids, random) {
  return plan.block.candidates.flatMap((candidate, number) =>
    plan.block.criteria.flatMap(({ id, judge }, at) => {
      if (whyFixed(plan, number, at) !== null || !ids.includes(candidate.id) || random.below(3)) return [];
      const all = choices(judge);
      const one = () => (all.length ? random.pick(all) : String(random.below(Number(judge.to))));
      const scores = Array.from({ length: 1 + random.below(4) }, (_, person) => ({
        by: `Person ${person + 1}`,
        score: one(),
      }));
      return [
        {
          candidate: candidate.id,
          criterion: id,
          evidence: judge.evidence,
          scores,
          judged: byPanel(
            judge,
            scores.map(({ score }) => score),
          ),
          date: "2026-11-30",
        },
      ];
    }),
  );
}

test("a median is rounded as the measure is", () => {
  const judge = { evidence: "harm", from: "0", to: "5", step: "1", decimals: 0 };
  assert.deepEqual(byPanel(judge, ["2", "3"]), { score: "3", low: "2", high: "3", people: 2 });
  assert.deepEqual(byPanel({ ...judge, decimals: 1 }, ["4", "1", "2"]), { score: "2", low: "1", high: "4", people: 3 });
});
