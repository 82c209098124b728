// A data block of a hundred candidates, for how quick the page is: copies of those of another, each with an id of its own.

import { Plan } from "../../src/report/workshop/page/plan.js";
import { asFiled, Ranker } from "../../src/report/workshop/page/ranking.js";

export function hundred(block) {
  const ranked = block.candidates.filter(({ is }) => is.total !== null);
  const copy = (_, at) => {
    const one = structuredClone(ranked[at % ranked.length]);
    const number = String(at).padStart(2, "0");
    return { ...one, id: `candidate-${number}`, title: `${one.title} ${number}`, family: undefined };
  };
  const larger = { ...structuredClone(block), candidates: Array.from({ length: 100 }, copy) };
  const plan = new Plan(larger);
  for (const { number, rank, total, range, standing } of new Ranker(plan).rank(asFiled(plan)).rows) {
    larger.candidates[number].is = { rank, total, range, tier: standing };
  }
  return larger;
}
