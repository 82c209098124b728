// What the rules say about weights and totals, laid out once: which figures are made of which, in which order, and which
// weights share a whole.

/**
 * A total, or the score of a group, and what it is made of.
 * @typedef {object} Node
 * @property {string} way `sum`, `product`, `sections`, `minimum`, `maximum` or `script`
 * @property {boolean} ofGroups whether its members are groups; else they are questions
 * @property {number[]} members by number
 * @property {number | null} group its number; null of the total
 * @property {import("./formula.js").Formula} [formula] of a script that is plain arithmetic
 * @property {string | null} given why its figure is taken as the engine made it; null where it is made here
 *
 * What weights are written for: a question, or a group.
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} title
 * @property {boolean} isGroup
 * @property {number} number among questions or groups
 * @property {string} weight as the rules have it
 *
 * Entries whose weights share one whole, and why they can't be moved here; null where they can.
 * @typedef {{title: string, entries: number[], fixed: string | null, among: string}} Round
 */

/** Ways that know weights. */
const WEIGHED = new Set(["sum", "product", "outranking"]);

const OF_SCRIPT = "is made by a script, which only the command runs";
const OF_PAIRS = "sets every two candidates against each other, which only the command does";
const OF_POWERS = "multiplies powers of scores, which only the command works out";
const OF_FACTORS = "each value is raised to its weight, which only the command works out";

/** @param {Node} node */
export const isWeighed = (node) => WEIGHED.has(node.way);

/** The rules of a data block, laid out. */
export class Plan {
  /** @param {import("./data.js").Block} block */
  constructor(block) {
    const { rules } = block;
    this.block = block;
    this.scale = rules.scale;
    this.decimals = rules.decimals;
    this.fine = rules.decimals + 2;
    this.whole = rules.scale * 10 ** this.fine;
    this.hasScores = block.groups.some((group) => group.way !== null);
    /** Groups that only share out the weight. */
    this.sharesOut = !this.hasScores && block.groups.some((group) => group.weight !== null);
    this.groupNumbers = new Map(block.groups.map((group, number) => [group.id, number]));
    this.criterionNumbers = new Map(block.criteria.map((criterion, number) => [criterion.id, number]));
    this.nodes = this.#nodes();
    this.root = this.nodes[this.nodes.length - 1];
    this.entries = this.#entries();
    this.entryOfGroup = block.groups.map((_, group) =>
      this.entries.findIndex((entry) => entry.isGroup && entry.number === group),
    );
    this.pools = this.#pools();
    this.rounds = this.#rounds();
    this.ties = rules.ties.map((id) => this.criterion(id));
  }

  /** The number of a question. @param {string} id */
  criterion(id) {
    return this.criterionNumbers.get(id) ?? -1;
  }

  /** The number of the group that a question is in, or -1. @param {number} criterion */
  groupOf(criterion) {
    const { group } = this.block.criteria[criterion];
    return group === null ? -1 : (this.groupNumbers.get(group) ?? -1);
  }

  /** The node that a question goes into. @param {number} criterion */
  nodeOf(criterion) {
    return this.hasScores ? this.nodeOfGroup(this.groupOf(criterion)) : this.root;
  }

  /** The node of a group with a score; the total without one. @param {number | null} group */
  nodeOfGroup(group) {
    return this.nodes.find((node) => node.group === group) ?? this.root;
  }

  /** Why nothing below a node can be changed; null where it can. @param {Node} node @returns {string | null} */
  fixedBelow(node) {
    const title = node.group === null ? "the total" : `the score of ${this.block.groups[node.group].title}`;
    if (node.given !== null) return `${title} ${node.given}`;
    return node === this.root ? null : this.fixedBelow(this.nodeOfGroup(this.parentOf(node.group)));
  }

  /** @param {number | null} group @returns {number | null} */
  parentOf(group) {
    const within = group === null ? null : this.block.groups[group].in;
    return within === null ? null : (this.groupNumbers.get(within) ?? null);
  }

  /** Whether a group, or what it is in, stands beside the total. @param {number | null} group @returns {boolean} */
  standsBeside(group) {
    if (group === null) return false;
    return Boolean(this.block.groups[group].beside) || this.standsBeside(this.parentOf(group));
  }

  /** Groups after those that are in them, and the total last. */
  #nodes() {
    const { groups, criteria, rules } = this.block;
    const all = criteria.map((_, number) => number);
    const inside = (/** @type {string | null} */ id) =>
      groups.flatMap((group, number) => (group.in === id ? [number] : []));
    const asked = (/** @type {string} */ id) => all.filter((number) => criteria[number].group === id);
    if (!this.hasScores) return [nodeOf(rules.combine, rules.formula, all, false, null)];
    const scored = (/** @type {number} */ number) => {
      const { id, way, formula } = groups[number];
      const inner = inside(id);
      const ofGroups = inner.length > 0;
      return nodeOf(way ?? "sum", formula, ofGroups ? inner : asked(id), ofGroups, number);
    };
    const parts = inside(null).filter((number) => !groups[number].beside);
    const total = nodeOf(rules.combine, rules.formula, parts, true, null);
    return [...this.#childrenFirst().map(scored), total];
  }

  /** The numbers of the groups, each after those in it, else in the order of the rules. */
  #childrenFirst() {
    const { groups } = this.block;
    /** @type {number[]} */
    const order = [];
    const isReady = (/** @type {number} */ number) =>
      !order.includes(number) &&
      groups.every((group, child) => group.in !== groups[number].id || order.includes(child));
    while (order.length < groups.length) order.push(groups.findIndex((_, number) => isReady(number)));
    return order;
  }

  /** Questions, then the groups that have a weight, in the order of the rules. @returns {Entry[]} */
  #entries() {
    const { criteria, groups } = this.block;
    const questions = criteria.map((it, number) => ({
      id: it.id,
      title: it.title,
      isGroup: false,
      number,
      weight: it.weight,
    }));
    const weighed = groups.flatMap((it, number) =>
      it.weight === null ? [] : [{ id: it.id, title: it.title, isGroup: true, number, weight: it.weight }],
    );
    return [...questions, ...weighed];
  }

  /** Entries that share one whole, where groups do not only share it out; what knows no weights is alone. */
  #pools() {
    const poolOf = (/** @type {Entry} */ entry) => {
      const node = entry.isGroup ? this.nodeOfGroup(this.parentOf(entry.number)) : this.nodeOf(entry.number);
      return isWeighed(node) ? node : entry;
    };
    const entries = this.sharesOut ? this.entries.filter((entry) => !entry.isGroup) : this.entries;
    /** @type {Map<object, number[]>} */
    const pools = new Map();
    entries.forEach((entry, at) => {
      const members = pools.get(poolOf(entry)) ?? [];
      pools.set(poolOf(entry), [...members, at]);
    });
    return [...pools.values()];
  }

  /** What people are asked about together, as `elicit` does: questions of each group, then groups. @returns {Round[]} */
  #rounds() {
    const { groups } = this.block;
    const all = this.entries.map((_, at) => at);
    const isOf = (/** @type {number} */ group) => (/** @type {number} */ at) =>
      !this.entries[at].isGroup && this.groupOf(at) === group && isWeighed(this.nodeOf(at));
    /** @type {Round[]} */
    const rounds =
      this.sharesOut || this.hasScores
        ? groups.map((group, number) => this.#round(group.title, all.filter(isOf(number)), `group ${group.id}`))
        : [
            this.#round(
              "Weights",
              all.filter((at) => isWeighed(this.nodeOf(at))),
              "criteria",
            ),
          ];
    if (this.sharesOut)
      rounds.push(
        this.#round(
          "The groups",
          all.filter((at) => this.entries[at].isGroup),
          "groups",
        ),
      );
    for (const node of this.nodes.filter((it) => it.ofGroups && isWeighed(it))) {
      const title = node.group === null ? "The groups" : `The groups in ${groups[node.group].title}`;
      const among = node.group === null ? "groups" : `groups in ${groups[node.group].id}`;
      rounds.push(
        this.#round(
          title,
          node.members.map((group) => this.entryOfGroup[group]),
          among,
        ),
      );
    }
    return rounds.filter((round) => round.entries.length > 1);
  }

  /** @param {string} title @param {number[]} entries @param {string} among @returns {Round} */
  #round(title, entries, among) {
    const [first] = entries.map((at) => this.entries[at]);
    return { title, entries, among, fixed: first ? this.#fixed(first) : null };
  }

  /** Why the weight of an entry can't be moved here. @param {Entry} entry */
  #fixed(entry) {
    const node =
      entry.isGroup && !this.sharesOut
        ? this.nodeOfGroup(this.parentOf(entry.number))
        : this.nodeOf(entry.isGroup ? 0 : entry.number);
    const fixed = this.fixedBelow(node);
    if (fixed === null && node.way === "product") return OF_FACTORS;
    return fixed;
  }
}

/**
 * @param {string} way
 * @param {import("./formula.js").Formula | undefined} formula
 * @param {number[]} members
 * @param {boolean} ofGroups
 * @param {number | null} group
 * @returns {Node}
 */
function nodeOf(way, formula, members, ofGroups, group) {
  const ofScript = way === "script" && formula === undefined ? OF_SCRIPT : null;
  const ofPowers = way === "product" && ofGroups ? OF_POWERS : null;
  const ofPairs = way === "outranking" ? OF_PAIRS : null;
  return { way, formula, members, ofGroups, group, given: ofScript ?? ofPairs ?? ofPowers };
}
