// A data block of more candidates, for how large and how quick the page is: copies of those of another, each with an id of its own.

import { Plan } from "../../src/report/workshop/page/plan.js";
import { asFiled, Ranker } from "../../src/report/workshop/page/ranking.js";

/** A block of so many candidates. */
export function larger(block, count) {
  const ranked = block.candidates.filter(({ is }) => is.total !== null);
  const copy = (_, at) => {
    const one = structuredClone(ranked[at % ranked.length]);
    const number = String(at).padStart(2, "0");
    return { ...one, id: `candidate-${number}`, title: `${one.title} ${number}`, family: undefined };
  };
  const copied = { ...structuredClone(block), candidates: Array.from({ length: count }, copy) };
  const plan = new Plan(copied);
  for (const { number, rank, total, range, standing } of new Ranker(plan).rank(asFiled(plan)).rows) {
    copied.candidates[number].is = { rank, total, range, tier: standing };
  }
  return copied;
}
