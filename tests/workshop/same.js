// A ranking of the page and one that the command printed are the same.

import assert from "node:assert/strict";

import { fixedText } from "../../src/report/workshop/page/whole.js";

/** Every total, range, rank, order, standing and who passed whom over; and nobody else has a rank. */
export function same(plan, ranking, ranked, what) {
  const text = (units) => (units === null ? null : Number(fixedText(units, plan.decimals)));
  const own = ranking.lists
    .flatMap((list) => list.ranked)
    .map((row) => ({
      id: plan.block.candidates[row.number].id,
      rank: row.rank,
      total: text(row.total),
      range: row.range && row.range.map(text),
      tier: row.standing,
      passed_over: row.passedOver === null ? null : plan.block.candidates[row.passedOver.by].id,
    }));
  // Of factors, and of scores that only the command makes, it prints no ends.
  const hasEnds = plan.nodes.every((node) => node.way !== "product" && (node.group === null || node.given === null));
  const theirs = ranked.ranking
    .filter((entry) => entry.total !== null)
    .map((entry) => ({
      id: entry.id,
      rank: entry.rank,
      total: entry.total,
      range: hasEnds ? entry.range && [entry.range.lower, entry.range.upper] : null,
      tier: entry.tier ?? { emerging: "emerging", defer: "deferred", veto: "vetoed" }[entry.gate.effect],
      passed_over: entry.passed_over ?? null,
    }));
  if (!hasEnds)
    own.forEach((row) => {
      row.range = null;
    });
  assert.deepEqual(own, theirs, what);
  const notRanked = (rows) => rows.map((it) => it.id).sort();
  const ownRest = ranking.rows.filter((row) => row.total === null).map((row) => plan.block.candidates[row.number]);
  assert.deepEqual(notRanked(ownRest), notRanked(ranked.ranking.filter((it) => it.total === null)), what);
}
