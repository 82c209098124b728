// What a judgement is worth: of one person or the median of several, by the table or the points that the engine wrote.

import { decimalsOf, multiplyRounding, onTheLine, trimmedText, unitsOf } from "./whole.js";

/** @typedef {import("./data.js").Judge} Judge @typedef {import("./data.js").Triple} Triple */

/**
 * A score given in the room: the median of so many people, and the lowest and highest of theirs.
 * @typedef {{score: string, low: string, high: string, people: number}} Judged
 */

/** The score of one person. @param {string} score @returns {Judged} */
export const byOne = (score) => ({ score, low: score, high: score, people: 1 });

/**
 * Several people's scores as one: the median, rounded as the question's measure is.
 * @param {Judge} judge
 * @param {string[]} scores at least one
 * @returns {Judged}
 */
export function byPanel(judge, scores) {
  const finest = Math.max(judge.decimals, ...scores.map(decimalsOf));
  const sorted = scores.map((score) => unitsOf(score, finest)).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const twice = sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)];
  const rounded = (/** @type {number} */ doubled) =>
    trimmedText(multiplyRounding(doubled, 1, 2 * 10 ** (finest - judge.decimals)), judge.decimals);
  return {
    score: rounded(twice),
    low: rounded(2 * sorted[0]),
    high: rounded(2 * sorted[sorted.length - 1]),
    people: scores.length,
  };
}

/**
 * The value of a score, with its least and most where people differ; null where the engine wrote none for it.
 * @param {Judge} judge
 * @param {Judged} judged
 * @param {number} fine the decimals of values
 * @returns {Triple | null}
 */
export function valueOf(judge, judged, fine) {
  const value = valueAt(judge, judged.score, fine);
  if (value === null) return null;
  const between = turnsBetween(judge, judged.low, judged.high).map((score) => valueAt(judge, score, fine) ?? value);
  return [value, Math.min(value, ...between), Math.max(value, ...between)];
}

/** @param {Judge} judge @param {string} score @param {number} fine */
export function valueAt(judge, score, fine) {
  const found = judge.table?.find(([written]) => isSame(written, score));
  if (found) return found[1];
  return judge.points ? onPoints(judge.points, score, fine) : null;
}

/** Whether a score is on the scale, and one that a person may give. @param {Judge} judge @param {string} score */
export function mayBeGiven(judge, score) {
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(score)) return false;
  const finest = Math.max(...[score, judge.from, judge.to, judge.step].map(decimalsOf));
  const [at, from, to, step] = [score, judge.from, judge.to, judge.step].map((text) => unitsOf(text, finest));
  return at >= from && at <= to && (at - from) % step === 0;
}

/** Every score that one person may give, lowest first; nothing where there are too many to choose from. @param {Judge} judge */
export function choices(judge) {
  const finest = Math.max(...[judge.from, judge.to, judge.step].map(decimalsOf));
  const [from, to, step] = [judge.from, judge.to, judge.step].map((text) => unitsOf(text, finest));
  const count = Math.floor((to - from) / step) + 1;
  return count > 21 ? [] : Array.from({ length: count }, (_, at) => trimmedText(from + at * step, finest));
}

/** The ends and all scores between them that the engine wrote. @param {Judge} judge @param {string} low @param {string} high */
function turnsBetween(judge, low, high) {
  const written = (judge.table ?? judge.points ?? []).map(([score]) => score);
  const inside = written.filter((score) => Number(score) > Number(low) && Number(score) < Number(high));
  return [low, high, ...inside];
}

/** @param {[string, string][]} points @param {string} score @param {number} fine */
function onPoints(points, score, fine) {
  const after = points.findIndex(([measure]) => Number(measure) >= Number(score));
  if (after === 0) return onTheLine(score, [score, points[0][1]], [beyond(score), points[0][1]], fine);
  if (after < 0) {
    const last = points[points.length - 1][1];
    return onTheLine(score, [score, last], [beyond(score), last], fine);
  }
  return onTheLine(score, points[after - 1], points[after], fine);
}

/** Some other measure: on a level line it makes no difference which. @param {string} score */
const beyond = (score) => String(Math.ceil(Number(score)) + 1);

/** @param {string} one @param {string} other */
const isSame = (one, other) => Number(one) === Number(other);
