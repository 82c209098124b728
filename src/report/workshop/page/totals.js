// What answers bring in → groups' scores → the total of one candidate, exactly as the printed arithmetic says.

import { isWeighed } from "./plan.js";
import { unitsOfFormula } from "./formula.js";
import { multiplyRounding, productRounding, tenTo } from "./whole.js";

/** @typedef {import("./plan.js").Plan} Plan @typedef {import("./plan.js").Node} Node */

/**
 * Figures of one candidate: what each question brings in, each group's score, and the total. In units of the decimals, but
 * for factors and for scores of single questions, which have the fine ones.
 * @typedef {{earned: number[], scores: number[], total: number}} Figures
 *
 * What is needed of a candidate to make them.
 * @typedef {object} Row
 * @property {number[]} values in units of the fine decimals
 * @property {(number | undefined)[]} factors where the engine made them
 * @property {(number | undefined)[]} given scores of groups that only the engine makes
 * @property {number} total the engine's, where only the engine makes it
 */

/** Makes totals as the rules combine. */
export class Totaller {
  /** @param {Plan} plan */
  constructor(plan) {
    this.plan = plan;
    this.pointsDivisor = 10 ** (plan.decimals + 4);
    this.waysOfQuestions = plan.block.criteria.map((_, at) => plan.nodeOf(at).way);
  }

  /** @param {Row} row @param {number[]} shares @returns {Figures} */
  figures(row, shares) {
    const earned = row.values.map((value, at) => this.#earned(at, value, shares[at], row.factors[at]));
    const scores = this.plan.block.groups.map(() => 0);
    for (const node of this.plan.nodes) {
      const made = this.#made(node, row, shares, earned, scores);
      if (node.group === null) return { earned, scores, total: made };
      scores[node.group] = made;
    }
    return { earned, scores, total: 0 };
  }

  /** What a value brings in. @param {number} at @param {number} value @param {number} share @param {number} [factor] */
  #earned(at, value, share, factor) {
    const way = this.waysOfQuestions[at];
    if (way === "sum" || way === "outranking") return multiplyRounding(value, share, this.pointsDivisor);
    if (way === "product") return factor ?? 0;
    return value * this.plan.scale;
  }

  /** @param {Node} node @param {Row} row @param {number[]} shares @param {number[]} earned @param {number[]} scores */
  #made(node, row, shares, earned, scores) {
    if (node.given !== null) return node.group === null ? row.total : (row.given[node.group] ?? 0);
    const members = node.members.map((member) =>
      node.ofGroups ? this.#ofGroup(node, member, shares, scores) : earned[member],
    );
    return this.#combined(node, members);
  }

  /** What the score of a group brings in. @param {Node} node @param {number} group @param {number[]} shares @param {number[]} scores */
  #ofGroup(node, group, shares, scores) {
    if (!isWeighed(node)) return scores[group];
    return multiplyRounding(scores[group], shares[this.plan.entryOfGroup[group]], this.plan.whole);
  }

  /** @param {Node} node @param {number[]} members */
  #combined(node, members) {
    const decimals = node.ofGroups || node.way === "sum" ? this.plan.decimals : this.plan.fine;
    switch (node.way) {
      case "sum":
        return members.reduce((sum, points) => sum + points, 0);
      case "minimum":
        return this.#toDecimals(Math.min(...members), decimals);
      case "maximum":
        return this.#toDecimals(Math.max(...members), decimals);
      case "product":
        return this.#multiplied(members, decimals, BigInt(this.plan.scale), 1n);
      case "script":
        return this.#byFormula(node, members, decimals);
      default:
        return this.#multiplied(members, decimals, 1n, BigInt(this.plan.scale) ** BigInt(members.length - 1));
    }
  }

  /** @param {Node} node @param {number[]} members @param {number} decimals */
  #byFormula(node, members, decimals) {
    const named = node.ofGroups ? this.plan.block.groups : this.plan.block.criteria;
    const scoreOf = (/** @type {string} */ id) => {
      const place = node.members.findIndex((member) => named[member].id === id);
      return { over: BigInt(members[place] ?? 0), under: tenTo(decimals) };
    };
    return unitsOfFormula(node.formula ?? "0", scoreOf, this.plan.decimals);
  }

  /** @param {number} score @param {number} decimals */
  #toDecimals(score, decimals) {
    return multiplyRounding(score, 1, 10 ** (decimals - this.plan.decimals));
  }

  /** @param {number[]} members of so many `decimals` @param {number} decimals @param {bigint} factor @param {bigint} divisor */
  #multiplied(members, decimals, factor, divisor) {
    const power = decimals * members.length - this.plan.decimals;
    return productRounding(
      members,
      power < 0 ? factor * tenTo(-power) : factor,
      power > 0 ? divisor * tenTo(power) : divisor,
    );
  }
}
