// Totals → ranks and tiers: who stands where, list by list.

/**
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./ranking.js").Row} Row
 */

/** Where gates put a candidate, whatever its total. @type {Record<string, string>} */
const BANDS = { emerging: "emerging", defer: "deferred", veto: "vetoed" };

/** In the order of the list, with what stands over those in it. @type {[string, string][]} */
export const OUTSIDE = [
  ["emerging", "Emerging: nothing is counted yet, and nothing decided against it"],
  ["deferred", "Put off by a gate: keeps its rank, takes no place"],
  ["vetoed", "Ruled out by a gate"],
  ["not-ranked", "Not ranked"],
];

/** Whether a gate gives a place of the first tier away. @param {string | undefined} effect */
const includes = (effect) => effect === "include";

/** By total, then by what the questions named for ties bring in, then by id. @param {Plan} plan @param {Row[]} rows */
export function inOrder(plan, rows) {
  const before = (/** @type {Row} */ a, /** @type {Row} */ b) => {
    if (a.total !== b.total) return Number(b.total) - Number(a.total);
    const tie = plan.ties.find((criterion) => a.earned[criterion] !== b.earned[criterion]);
    return tie === undefined ? a.number - b.number : b.earned[tie] - a.earned[tie];
  };
  return [...rows].sort(before);
}

/** Competition ranks: 1, 2, 2, 4. @param {Plan} plan @param {Row[]} ranked highest first */
export function giveRanks(plan, ranked) {
  ranked.forEach((row, place) => {
    const before = ranked[place - 1];
    row.rank = before && sharesARank(plan, before, row) ? before.rank : place + 1;
  });
}

/** @param {Plan} plan @param {Row} one @param {Row} other */
const sharesARank = (plan, one, other) =>
  one.total === other.total &&
  (!plan.block.rules.ties_separate || plan.ties.every((criterion) => one.earned[criterion] === other.earned[criterion]));

/** A tier while it is being filled. */
class Filling {
  /** @param {import("./data.js").Tier} tier */
  constructor(tier) {
    this.tier = tier;
    this.left = tier.places ?? Infinity;
    /** By family who has its place. @type {Map<string, number> | null} */
    this.held = tier.one_of_a_family ? new Map() : null;
  }

  /** @param {Row} row */
  takes(row) {
    const { at_least: atLeast } = this.tier;
    return atLeast === undefined ? this.left > 0 : Number(row.total) >= atLeast;
  }

  /** @param {Row} row @param {string} family */
  take(row, family) {
    this.left -= 1;
    this.held?.set(family, row.number);
  }
}

/**
 * Fills the tiers of one list in order of rank: those that gates include first, whose places count.
 * @param {Plan} plan
 * @param {Row[]} ranked
 */
export function seat(plan, ranked) {
  const { candidates, tiers } = plan.block;
  const family = (/** @type {Row} */ row) => candidates[row.number].family ?? candidates[row.number].id;
  const filling = tiers.map((tier) => new Filling(tier));
  const included = ranked.filter((row) => includes(row.gates[0]?.effect));
  for (const row of [...included].reverse()) filling[0].held?.set(family(row), row.number);
  filling[0].left = Math.max(0, filling[0].left - included.length);
  for (const row of ranked) {
    const gate = row.gates[0];
    if (includes(gate?.effect)) row.standing = tiers[0].id;
    else if (gate && BANDS[gate.effect]) row.standing = BANDS[gate.effect];
    else row.standing = tiers[tierOf(plan, row, family(row), filling, gate?.tier ?? null)].id;
  }
}

/** @param {Plan} plan @param {Row} row @param {string} family @param {Filling[]} filling @param {string | null} raisedTo */
function tierOf(plan, row, family, filling, raisedTo) {
  const isFree = (/** @type {Filling} */ tier) => tier.takes(row) && !tier.held?.has(family);
  const at = Math.max(0, filling.findIndex(isFree));
  const passed = filling.slice(0, at).find((tier) => tier.takes(row) && tier.held?.has(family));
  if (passed) row.passedOver = { tier: passed.tier.id, by: passed.held?.get(family) ?? row.number };
  filling[at].take(row, family);
  const noLower = raisedTo === null ? at : plan.block.tiers.findIndex((tier) => tier.id === raisedTo);
  return Math.min(at, noLower);
}

/** Where a candidate without a total stands. @param {Row} row */
export const withoutTotal = (row) => BANDS[row.gates[0]?.effect ?? ""] ?? "not-ranked";

/** Whether points decide where a candidate stands, and nothing took its place away. @param {Row} row */
export const isByPoints = (row) =>
  row.total !== null && row.passedOver === null && (row.gates[0] === undefined || row.gates[0].effect === "raise");

/**
 * The line of the first tier: who is last above it and first below, by points alone; whether these are tied; and how many are
 * nearer to each other than the rules tell apart.
 * @typedef {{last: Row | null, next: Row | null, isTied: boolean, close: Row[]}} Line
 */

/** @param {Plan} plan @param {Row[]} ranked @returns {Line} */
export function lineOf(plan, ranked) {
  const first = plan.block.tiers[0].id;
  const open = ranked.filter(isByPoints);
  const above = open.filter((row) => row.standing === first);
  const below = open.filter((row) => row.standing !== first);
  const last = above[above.length - 1] ?? null;
  const next = below[0] ?? null;
  return { last, next, isTied: Boolean(last && next && last.total === next.total), close: close(plan, above, below) };
}

/** Those on either side who are nearer to the other than the rules tell apart. @param {Plan} plan @param {Row[]} above @param {Row[]} below */
function close(plan, above, below) {
  const apart = plan.block.rules.told_apart;
  if (apart === null || !above.length || !below.length) return [];
  const near = (/** @type {Row} */ row, /** @type {Row} */ end) =>
    Math.abs(Number(row.total) - Number(end.total)) < apart;
  const [last, next] = [above[above.length - 1], below[0]];
  if (!near(last, next)) return [];
  return [...above.filter((row) => near(row, next)), ...below.filter((row) => near(row, last))];
}
