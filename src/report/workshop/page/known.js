// How much of the weight is known of a candidate, where the rules rank nobody of whom too little is.
//
// The one place with floats: they are the engine's own, of the four operations that are the same everywhere.

import { isWeighed } from "./plan.js";

/** @typedef {import("./plan.js").Plan} Plan */

/**
 * How much of the whole each question is: where there are no weights, members are alike.
 * @param {Plan} plan
 * @param {number[]} shares
 */
export function parts(plan, shares) {
  // Of a score beside the total nothing is part of the whole.
  const ofGroups = plan.block.groups.map(({ beside }) => (beside ? 0 : 1));
  const ofQuestions = plan.block.criteria.map(() => 0);
  // What a group is in comes after it.
  for (const node of [...plan.nodes].reverse()) {
    const own = node.group === null ? 1 : ofGroups[node.group];
    for (const member of node.members) {
      const share = shares[node.ofGroups ? plan.entryOfGroup[member] : member];
      const part = isWeighed(node) ? share / plan.whole : 1 / node.members.length;
      (node.ofGroups ? ofGroups : ofQuestions)[member] = own * part;
    }
  }
  return ofQuestions;
}

/** The share of the weight that the questions marked true have, in hundredths. @param {number[]} ofQuestions @param {boolean[]} given */
export function shareOfWeight(ofQuestions, given) {
  const sum = ofQuestions.reduce((total, part, at) => (given[at] ? total + part : total), 0);
  const scaled = sum * 100;
  const down = Math.trunc(scaled);
  // What is a half to twelve digits counts as one.
  return scaled - down >= 0.5 - Math.max(scaled, 1) * 1e-12 ? down + 1 : down;
}
