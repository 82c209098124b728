// Weights from what people answer, as `elicit` makes them: exact until they are written in units.

import { apportion, unitsOf, wholeNumbers } from "./whole.js";
import { matrixOf, priorities } from "./pairwise.js";

/** @typedef {import("./plan.js").Plan} Plan @typedef {import("./plan.js").Round} Round */

/**
 * How people can be asked, and what each is called.
 * @type {Record<string, string>}
 */
export const METHODS = {
  swing: "what each way from least to most is worth, beside the one that matters most",
  points: "100 points shared out",
  "rank-order": "an order only",
  pairwise: "each two compared",
};

/** The decimals that weights are written with: those of a ten-thousandth of the scale. @param {number} scale */
const decimalsOfWeights = (scale) => (scale === 1 ? 4 : Math.max(0, 4 - String(scale - 1).length));

/**
 * What weights of a round are written in: how many decimals, and how many units are all.
 * @param {Plan} plan
 */
export function unitsOfWeights(plan) {
  const decimals = decimalsOfWeights(plan.scale);
  return { decimals, whole: plan.scale * 10 ** decimals };
}

/**
 * One person's weights of a round, in proportion to each other; null where something of it is blank or wrong.
 * @param {Plan} plan
 * @param {Round} round
 * @param {string} method
 * @param {(string | undefined)[]} numbers an answer for each entry
 * @param {Record<string, number>} pairs steps of Saaty's scale by `first second`, for pairwise comparison
 * @returns {bigint[] | null}
 */
export function proportions(plan, round, method, numbers, pairs) {
  if (method === "pairwise") return ofPairs(plan, round, pairs);
  const given = numbers.filter((number) => number !== undefined);
  if (given.length < numbers.length || wrongNumbers(method, given)) return null;
  if (method === "rank-order") return centroid(given.map(Number));
  return method === "swing" ? perWholeSwing(plan, round, wholeNumbers(given)) : wholeNumbers(given);
}

/** What is wrong with a person's numbers; an empty text where nothing is. @param {string} method @param {string[]} numbers */
export function wrongNumbers(method, numbers) {
  if (method === "rank-order")
    return isOrder(numbers.map(Number)) ? "" : "Number them 1, 2, 3 and so on; equals have the same number.";
  if (numbers.some((number) => !/^\d{1,3}(\.\d{1,6})?$/.test(number) || Number(number) > 100))
    return "Each is a number from 0 to 100.";
  const millionths = numbers.map((number) => unitsOf(number, 6));
  if (method === "points") {
    const sum = millionths.reduce((total, number) => total + number, 0);
    return sum === 100_000_000 ? "" : `They add up to ${sum / 1e6}: share out 100 points, no more and no fewer.`;
  }
  return Math.max(...millionths) === 100_000_000 ? "" : "Give 100 to the one that matters most.";
}

/** A place is one more than how many come before, or than how many places do. @param {number[]} places */
function isOrder(places) {
  const distinct = [...new Set(places)].sort((a, b) => a - b);
  const before = (/** @type {number} */ place) => places.filter((other) => other < place).length;
  return distinct.every((place, at) => place === at + 1) || distinct.every((place) => place === before(place) + 1);
}

/** A swing over part of the way is worth more for the whole of it. @param {Plan} plan @param {Round} round @param {bigint[]} swings */
function perWholeSwing(plan, round, swings) {
  const spans = wholeNumbers(
    round.entries.map((at) => spanOf(plan, plan.entries[at])),
  );
  return swings.map((swing, own) =>
    spans.reduce((product, span, other) => (other === own ? product : product * span), swing),
  );
}

/** @param {Plan} plan @param {import("./plan.js").Entry} entry */
const spanOf = (plan, { isGroup, number }) => (isGroup ? plan.block.groups : plan.block.criteria)[number].span;

/** Rank-order centroid weights: the mean of all weights in this order; equals share the mean of their places. @param {number[]} places */
function centroid(places) {
  const common = places.reduce((product, _, at) => product * BigInt(at + 1), 1n);
  const ofPlace = (/** @type {number} */ place) =>
    sumOf(places.length - place + 1, (at) => common / BigInt(place + at));
  return places.map((place) => {
    const before = places.filter((other) => other < place).length;
    const equals = places.filter((other) => other === place).length;
    return (sumOf(equals, (at) => ofPlace(before + 1 + at)) * common) / BigInt(equals);
  });
}

/** @param {number} count @param {(at: number) => bigint} term */
const sumOf = (count, term) => Array.from({ length: count }, (_, at) => term(at)).reduce((sum, each) => sum + each, 0n);

/** @param {Plan} plan @param {Round} round @param {Record<string, number>} pairs */
function ofPairs(plan, round, pairs) {
  const matrix = matrixOf(
    round.entries.map((at) => plan.entries[at].id),
    pairs,
  );
  const found = matrix && priorities(matrix);
  return found && found.weights.map((part) => BigInt(Math.round(part * 1e12)));
}

/** The arithmetic mean of several people's weights, each brought to the same sum. @param {bigint[][]} each at least one */
export function meanOf(each) {
  const sums = each.map((one) => one.reduce((sum, weight) => sum + weight, 0n));
  const others = sums.map((_, own) =>
    sums.reduce((product, sum, person) => (person === own ? product : product * sum), 1n),
  );
  return each[0].map((_, item) => each.reduce((sum, one, person) => sum + one[item] * others[person], 0n));
}

/** Weights of a round in the units that they are written in. @param {Plan} plan @param {bigint[]} weights */
export const inUnits = (plan, weights) => apportion(weights, unitsOfWeights(plan).whole);

/**
 * Kendall's coefficient of concordance of several people's orders: 1 where all have the same; null where it is not defined.
 * @param {number[][]} people
 */
export function concordance(people) {
  const [m, n] = [people.length, people[0]?.length ?? 0];
  if (m < 2 || n < 2) return null;
  const ranks = people.map(meanRanks);
  const middle = (m * (n + 1)) / 2;
  const sums = people[0].map((_, item) => ranks.reduce((sum, each) => sum + each[item], 0));
  const squares = sums.reduce((total, sum) => total + (sum - middle) ** 2, 0);
  const most = m * m * (n ** 3 - n) - m * ranks.reduce((total, each) => total + tied(each), 0);
  return most > 0 ? (12 * squares) / most : null;
}

/** Ranks from 1, the lowest first, equals sharing the mean of theirs. @param {number[]} scores */
function meanRanks(scores) {
  return scores.map((score) => {
    const before = scores.filter((other) => other < score).length;
    const equals = scores.filter((other) => other === score).length;
    return before + (equals + 1) / 2;
  });
}

/** The sum of `t³ − t` over the ties. @param {number[]} ranks */
function tied(ranks) {
  const counts = [...new Set(ranks)].map((rank) => ranks.filter((other) => other === rank).length);
  return counts.reduce((sum, t) => sum + t ** 3 - t, 0);
}
