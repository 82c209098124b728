// What stands for what: a colour for each part of a total, the same in bars, keys and tables. Never colour alone: each has its
// name beside it.

import { byId } from "./dom.js";
import { multiplyRounding } from "./whole.js";

/** @typedef {import("./plan.js").Plan} Plan @typedef {import("./ranking.js").Row} Row */

const COLOURS = 12;
/** That of a total which is no sum. */
export const PLAIN = 7;

/** A part of a total. @typedef {{title: string, colour: number, units: number}} Addend */

/** The colour with this number, faded while another is lit. @param {number} number */
export const colour = (number) => `var(--lit${number}, var(--c${number}))`;

/** The colour of an entry: of the group that it is in where groups have scores. @param {Plan} plan @param {number} entry */
export function colourOf(plan, entry) {
  const { isGroup, number } = plan.entries[entry];
  const of =
    plan.hasScores && !isGroup
      ? outermost(plan, plan.groupOf(number))
      : isGroup && plan.hasScores
        ? outermost(plan, number)
        : number;
  return of % COLOURS;
}

/** The group of the total that a group is in. @param {Plan} plan @param {number} group @returns {number} */
function outermost(plan, group) {
  const parent = plan.parentOf(group);
  return parent === null ? group : outermost(plan, parent);
}

/** What adds up to a total; nothing where it is no sum. @param {Plan} plan @param {Row} row @returns {Addend[]} */
export function addends(plan, row) {
  return plan.root.way === "sum" ? madeOf(plan, row) : [];
}

/**
 * What a total is made of: points that add up to it, or the groups' scores; nothing where it is made of single scores.
 * @param {Plan} plan
 * @param {Row} row
 * @returns {Addend[]}
 */
export function madeOf(plan, row) {
  const { root, block, entryOfGroup, whole } = plan;
  const { way, ofGroups } = root;
  if (way !== "sum" && !ofGroups) return [];
  const ofGroup = (/** @type {number} */ group) =>
    way === "sum" ? multiplyRounding(row.scores[group], row.shares[entryOfGroup[group]], whole) : row.scores[group];
  return root.members.map((member) => ({
    title: (ofGroups ? block.groups : block.criteria)[member].title,
    colour: member % COLOURS,
    units: ofGroups ? ofGroup(member) : row.earned[member],
  }));
}

/** Fades all colours but one; none where null. @param {number | null} lit */
export function light(lit) {
  const { style } = byId("rows");
  for (let number = 0; number < COLOURS; number += 1) {
    if (lit === null || number === lit) style.removeProperty(`--lit${number}`);
    else style.setProperty(`--lit${number}`, "var(--faded)");
  }
}
