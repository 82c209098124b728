// Weights as written → each question's share of its whole, for a candidate of whom some answers are missing too.

import { isWeighed } from "./plan.js";
import { apportion, wholeNumbers } from "./whole.js";

/** @typedef {import("./plan.js").Plan} Plan */

/**
 * Shares of all entries, and the question for which nothing can be ranked; null where it can.
 * @typedef {{shares: number[], refusedBy: number | null}} Part
 */

/** The weights of a setting, shared out by what is missing. Most candidates miss the same answers, if any. */
export class Shares {
  /** @param {Plan} plan @param {string[]} texts the weight of each entry, from zero up */
  constructor(plan, texts) {
    this.plan = plan;
    const raw = wholeNumbers(texts);
    this.raw = plan.sharesOut ? this.#timesGroups(raw) : raw;
    /** @type {Map<string, Part>} */
    this.known = new Map();
    this.all = this.among(plan.entries.map(() => true));
  }

  /** The part each entry has for a candidate without the answers marked true. @param {boolean[]} missing @returns {Part} */
  part(missing) {
    const key = missing.map(Number).join("");
    const known = this.known.get(key) ?? this.#partWithout(missing);
    this.known.set(key, known);
    return known;
  }

  /** The shares where only the entries marked true take part. @param {boolean[]} takesPart */
  among(takesPart) {
    const shares = this.plan.entries.map(() => 0);
    for (const [members, whole] of this.#wholes(takesPart)) {
      const units = apportion(
        members.map((at) => this.raw[at]),
        whole,
      );
      members.forEach((at, place) => {
        shares[at] = units[place];
      });
    }
    if (this.plan.sharesOut) this.#addGroups(shares);
    return shares;
  }

  /** What takes part, cut into what shares a whole. @param {boolean[]} takesPart @returns {[number[], number][]} */
  #wholes(takesPart) {
    const { plan } = this;
    if (!plan.sharesOut) return plan.pools.map((pool) => [pool.filter((at) => takesPart[at]), plan.whole]);
    const members = this.#membersOfGroups().map((of) => of.filter((at) => takesPart[at]));
    const sums = members.map((of) => of.reduce((sum, at) => sum + this.raw[at], 0n));
    const units = apportion(sums, plan.whole);
    return members.map((of, group) => [of, units[group]]);
  }

  /** The questions of each group. */
  #membersOfGroups() {
    const { criteria, groups } = this.plan.block;
    return groups.map((_, group) => criteria.flatMap((__, at) => (this.plan.groupOf(at) === group ? [at] : [])));
  }

  /** The share of a group that only shares out is that of its questions. @param {number[]} shares */
  #addGroups(shares) {
    this.#membersOfGroups().forEach((members, group) => {
      shares[this.plan.entryOfGroup[group]] = members.reduce((sum, at) => sum + shares[at], 0);
    });
  }

  /** Each weight as its part of its group, times the group's weight: on one denominator, all stay whole. @param {bigint[]} raw */
  #timesGroups(raw) {
    const { plan } = this;
    const sums = this.#membersOfGroups().map((of) => of.reduce((sum, at) => sum + raw[at], 0n));
    const others = sums.map((_, own) =>
      sums.reduce((product, sum, group) => (group === own || sum === 0n ? product : product * sum), 1n),
    );
    return raw.map((weight, at) => {
      if (plan.entries[at].isGroup) return weight;
      const group = plan.groupOf(at);
      return weight * raw[plan.entryOfGroup[group]] * others[group];
    });
  }

  /** @param {boolean[]} missing @returns {Part} */
  #partWithout(missing) {
    const { criteria } = this.plan.block;
    const refuses = criteria.findIndex((criterion, at) => missing[at] && criterion.missing === "refuse");
    const leftOut = criteria.map((criterion, at) => missing[at] && criterion.missing === "reweight");
    const refusedBy = refuses < 0 ? null : refuses;
    if (!leftOut.includes(true)) return { shares: this.all, refusedBy };
    const [takesPart, emptied] = this.#takingPart(leftOut);
    return { shares: this.among(takesPart), refusedBy: refusedBy ?? emptied };
  }

  /**
   * Which entries take part without these questions, and a question for which nothing can be ranked: all the weight of what
   * it is in is gone, and that can't be left out in its turn.
   * @param {boolean[]} leftOut
   * @returns {[boolean[], number | null]}
   */
  #takingPart(leftOut) {
    const { plan } = this;
    const takesPart = plan.entries.map((_, at) => !leftOut[at]);
    /** @type {number | null} */
    let emptied = null;
    for (const node of plan.nodes.filter(isWeighed)) {
      const members = node.ofGroups ? node.members.map((group) => plan.entryOfGroup[group]) : node.members;
      const first = members.find((at) => !takesPart[at]);
      if (first === undefined || members.some((at) => takesPart[at] && this.raw[at] > 0n)) continue;
      const own = node.group === null ? -1 : plan.entryOfGroup[node.group];
      if (own >= 0) takesPart[own] = false;
      // The total is made without a score beside it, which then has no place.
      else if (!plan.standsBeside(node.group)) emptied ??= this.#firstQuestion(first);
    }
    return [takesPart, emptied];
  }

  /** The question of an entry, or the first of all in its group. @param {number} at @returns {number} */
  #firstQuestion(at) {
    const { plan } = this;
    let [isGroup, number] = [plan.entries[at].isGroup, plan.entries[at].number];
    while (isGroup) {
      const node = plan.nodeOfGroup(number);
      [isGroup, number] = [node.ofGroups, node.members[0]];
    }
    return number;
  }
}
