// Pairwise comparisons, as in the analytic hierarchy process: the weights, how far they contradict each other, and which
// judgement fits least. The steps are the engine's own, of operations that give the same everywhere.

/** The ratio above which comparisons should be looked at again (Saaty 1977). */
export const MOST_INCONSISTENT = 0.1;

/** The mean consistency index of matrices filled at random, by size from 1 (Saaty 1980). */
const RANDOM_INDEX = [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
const MOST_STEPS = 10_000;
const TOLERANCE = 1e-15;
/** How far a judgement must be from what the others say to be called the worst: a thousandth. */
const WORST_RATIO = 1.001;
const SCALE_STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, -2, -3, -4, -5, -6, -7, -8, -9];

/** How many times the first is worth the second: 5, or a fifth for -5. @param {number} step */
export const timesOf = (step) => (step < 0 ? 1 / -step : step);

/**
 * The whole matrix of comparisons; null where one is missing.
 * @param {string[]} ids
 * @param {Record<string, number>} pairs steps by `first second`, in the order of the ids
 * @returns {number[][] | null}
 */
export function matrixOf(ids, pairs) {
  const matrix = ids.map(() => ids.map(() => 1));
  for (const [first, one] of ids.entries()) {
    for (const [after, other] of ids.slice(first + 1).entries()) {
      const step = pairs[`${one} ${other}`];
      if (step === undefined) return null;
      setPair(matrix, first, first + 1 + after, timesOf(step));
    }
  }
  return matrix;
}

/** @param {number[][]} matrix @param {number} row @param {number} column @param {number} value */
function setPair(matrix, row, column, value) {
  matrix[row][column] = value;
  matrix[column][row] = 1 / value;
}

/** The principal eigenvector by power iteration; null where it does not come to rest. @param {number[][]} matrix */
export function priorities(matrix) {
  let weights = matrix.map(() => 1 / matrix.length);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const images = matrix.map((row) => ascendingSum(row.map((value, at) => value * weights[at])));
    const sum = ascendingSum(images);
    const next = images.map((image) => image / sum);
    const moved = Math.max(...next.map((weight, at) => Math.abs(weight - weights[at])));
    weights = next;
    if (moved <= TOLERANCE) return { weights: weights.map(toTenDigits), lambda: toTenDigits(sum) };
  }
  return null;
}

/** @param {number[]} terms */
const ascendingSum = (terms) => [...terms].sort((a, b) => a - b).reduce((sum, term) => sum + term, 0);

/** @param {number} x */
const toTenDigits = (x) => Number(x.toExponential(9));

/** The ratio of consistency; null for more than fifteen things. @param {number} lambda @param {number} size @returns {number | null} */
export function consistencyRatio(lambda, size) {
  if (size < 3) return 0;
  const index = toTenDigits(Math.max(0, (lambda - size) / (size - 1)));
  const random = RANDOM_INDEX[size - 1];
  if (random === undefined) return null;
  return toTenDigits((index < 1e-8 ? 0 : index) / random);
}

/**
 * That a judgement fits least: by the others the first is `step` instead of `judged` on the scale, which leaves `ratio`.
 * @typedef {{first: number, second: number, judged: number, step: number, ratio: number | null}} Misfit
 */

/** How far comparisons contradict each other, and the judgement that fits least. @param {number[][]} matrix */
export function check(matrix) {
  const found = priorities(matrix);
  const ratio = consistencyRatio(found?.lambda ?? 0, matrix.length);
  return { ratio, worst: found && ratio !== 0 ? worst(matrix, found.weights) : null };
}

/** @param {number[][]} matrix @param {number[]} weights @returns {Misfit | null} */
function worst(matrix, weights) {
  let [most, row, column] = [WORST_RATIO, -1, -1];
  for (const [one, own] of weights.entries()) {
    for (let other = one + 1; other < weights.length; other += 1) {
      const ratio = (matrix[one][other] * weights[other]) / own;
      const error = Math.max(ratio, 1 / ratio);
      if (row < 0 ? error > most : error > most * WORST_RATIO) [most, row, column] = [error, one, other];
    }
  }
  if (row < 0) return null;
  const [first, second] = matrix[row][column] < 1 ? [column, row] : [row, column];
  return repaired(matrix, first, second);
}

/** @param {number[][]} matrix @param {number} first @param {number} second @returns {Misfit | null} */
function repaired(matrix, first, second) {
  const others = without(matrix, first, second);
  if (others === null) return null;
  const step = nearestStep(others);
  const mended = matrix.map((row) => [...row]);
  setPair(mended, first, second, timesOf(step));
  const found = priorities(mended);
  return {
    first,
    second,
    judged: matrix[first][second],
    step,
    ratio: found && consistencyRatio(found.lambda, matrix.length),
  };
}

/** How many times the first is worth the second by all other comparisons (Harker 1987). @param {number[][]} matrix @param {number} first @param {number} second */
function without(matrix, first, second) {
  const others = matrix.map((row) => [...row]);
  [others[first][second], others[second][first], others[first][first], others[second][second]] = [0, 0, 2, 2];
  const found = priorities(others);
  return found && found.weights[first] / found.weights[second];
}

/** The step of the scale that a ratio is nearest to, by how many times they differ. @param {number} ratio */
function nearestStep(ratio) {
  const miss = (/** @type {number} */ step) => Math.max(ratio / timesOf(step), timesOf(step) / ratio);
  return SCALE_STEPS.reduce((nearest, step) => (miss(step) < miss(nearest) ? step : nearest));
}
