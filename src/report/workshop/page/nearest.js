// The smallest moves of one weight that change who is in the first tier: all are tried, nearest first, by the page's own
// arithmetic. It is looked for in slices, so that nobody waits for it.

import { freeBeside, mostOf, unitsIn, withWeight } from "./room.js";

/** @typedef {import("./room.js").Room} Room @typedef {import("./plan.js").Round} Round */

/**
 * A weight that changes the first tier, and who comes in and goes out by it.
 * @typedef {{entry: number, from: number, to: number, ins: number[], outs: number[]}} Change
 */

const MOST_FOUND = 3;

/** Who is in the first tier of a list, by number. @param {import("./ranking.js").List} list @param {string} tier */
export const inTier = (list, tier) => list.ranked.filter((row) => row.standing === tier).map((row) => row.number);

/**
 * Tries tenths of the scale outwards for every weight that can move. Yields what is found after each distance.
 * @param {Room} room
 * @returns {Generator<Change[], Change[]>}
 */
export function* nearestChanges(room) {
  const { plan, state } = room;
  const now = inTier(room.shown, plan.block.tiers[0].id);
  const tries = plan.rounds.filter((round) => round.fixed === null).flatMap((round) => triesIn(room, round));
  /** @type {Change[]} */
  const found = [];
  const tenth = plan.whole / 1000;
  for (let distance = tenth; distance <= plan.whole && found.length < MOST_FOUND; distance += tenth) {
    for (const one of tries) {
      if (found.some((change) => change.entry === one.entry)) continue;
      for (const to of [one.from - distance, one.from + distance].filter((units) => units >= 0 && units <= one.most)) {
        const list = room.ranker.rank(withWeight(plan, one.round, state, one.entry, to), false).lists[room.list];
        const change = changeOf(now, inTier(list, plan.block.tiers[0].id));
        if (change) found.push({ entry: one.entry, from: one.from, to, ...change });
      }
    }
    yield found;
  }
  return found;
}

/** @param {Room} room @param {Round} round */
function triesIn(room, round) {
  const { plan, state } = room;
  const units = unitsIn(plan, round, state.setting);
  const canMove = (/** @type {number} */ entry) =>
    state.setting.on[entry] && !state.locked[entry] && freeBeside(round, state, entry).length > 0;
  const all = round.entries.map((entry, place) => ({
    round,
    entry,
    from: units[place],
    most: mostOf(plan, round, state, entry),
  }));
  return all.filter(({ entry }) => canMove(entry));
}

/** @param {number[]} before @param {number[]} after */
function changeOf(before, after) {
  const ins = after.filter((number) => !before.includes(number));
  const outs = before.filter((number) => !after.includes(number));
  return ins.length || outs.length ? { ins, outs } : null;
}
