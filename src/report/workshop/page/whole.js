// Whole numbers: shares by largest remainders, products rounded once, and decimals as text. Nothing here is a float.

/** @typedef {number | bigint} Whole a whole number; a bigint only where it may be above 2⁵³ */

/**
 * `whole` units shared in proportion to `weights`: the largest remainders get what rounding down leaves, the earlier of
 * equals first. Nothing is shared where all weights are zero.
 * @param {Whole[]} weights from zero up
 * @param {number} whole
 * @returns {number[]}
 */
export function apportion(weights, whole) {
  const sum = weights.reduce((/** @type {bigint} */ total, weight) => total + BigInt(weight), 0n);
  if (sum === 0n) return weights.map(() => 0);
  const isSmall = sum * BigInt(whole) <= BigInt(Number.MAX_SAFE_INTEGER);
  return isSmall ? shareOut(weights.map(Number), Number(sum), whole) : shareOutLarge(weights.map(BigInt), sum, whole);
}

/** @param {number[]} weights @param {number} sum @param {number} whole */
function shareOut(weights, sum, whole) {
  const rests = weights.map((weight) => (weight * whole) % sum);
  const shares = weights.map((weight, at) => (weight * whole - rests[at]) / sum);
  return withRemainders(shares, rests, whole);
}

/** @param {bigint[]} weights @param {bigint} sum @param {number} whole */
function shareOutLarge(weights, sum, whole) {
  const products = weights.map((weight) => weight * BigInt(whole));
  const shares = products.map((product) => Number(product / sum));
  return withRemainders(
    shares,
    products.map((product) => product % sum),
    whole,
  );
}

/** @param {number[]} shares @param {Whole[]} rests @param {number} whole */
function withRemainders(shares, rests, whole) {
  const left = whole - shares.reduce((total, share) => total + share, 0);
  // A stable sort: of equals the earlier stays first.
  const order = rests.map((_, at) => at).sort((a, b) => (rests[a] > rests[b] ? -1 : rests[a] < rests[b] ? 1 : 0));
  for (const at of order.slice(0, left)) shares[at] += 1;
  return shares;
}

/**
 * `a × b ÷ divisor`, halves away from zero.
 * @param {number} a
 * @param {number} b from zero up
 * @param {number} divisor above zero
 */
export function multiplyRounding(a, b, divisor) {
  const product = Math.abs(a) * b;
  if (product > Number.MAX_SAFE_INTEGER) {
    const [size, large] = [BigInt(Math.abs(a)) * BigInt(b), BigInt(divisor)];
    return signed(a, Number((2n * size + large) / (2n * large)));
  }
  const rest = product % divisor;
  return signed(a, (product - rest) / divisor + (rest >= divisor - rest ? 1 : 0));
}

/** A size with the sign of a number; never minus zero. @param {number} sign @param {number} size */
const signed = (sign, size) => (sign < 0 && size > 0 ? -size : size);

/**
 * Whole numbers multiplied with `factor`, divided by `divisor` and rounded, halves up.
 * @param {number[]} numbers whose sizes count
 * @param {bigint} factor
 * @param {bigint} divisor
 */
export function productRounding(numbers, factor, divisor) {
  const product = numbers.reduce((total, number) => total * BigInt(Math.abs(number)), factor);
  return Number((2n * product + divisor) / (2n * divisor));
}

/** Ten to this power. @param {number} power */
export const tenTo = (power) => 10n ** BigInt(power);

/**
 * A decimal as so many units of the last of `decimals`; it has no more decimals than that.
 * @param {string} text such as `12.5`
 * @param {number} decimals
 */
export function unitsOf(text, decimals) {
  const [whole, rest = ""] = text.split(".");
  return Number(whole + rest.padEnd(decimals, "0"));
}

/** How many decimals a decimal is written with. @param {string} text */
export const decimalsOf = (text) => text.split(".")[1]?.length ?? 0;

/**
 * Decimals as whole numbers in the same proportions.
 * @param {string[]} texts
 * @returns {bigint[]}
 */
export function wholeNumbers(texts) {
  const finest = Math.max(0, ...texts.map(decimalsOf));
  return texts.map((text) => {
    const [whole, rest = ""] = text.split(".");
    return BigInt(whole + rest.padEnd(finest, "0"));
  });
}

/**
 * Units of the last decimal as text: 1310 at 2 decimals is `13.10`.
 * @param {number} units
 * @param {number} decimals
 */
export function fixedText(units, decimals) {
  const digits = String(Math.abs(units)).padStart(decimals + 1, "0");
  const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
  return units < 0 ? `-${text}` : text;
}

/** The same without trailing zeros. @param {number} units @param {number} decimals */
export function trimmedText(units, decimals) {
  const text = fixedText(units, decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * A number on the straight line between two points, halves away from zero, in units of `decimals`.
 * @param {string} at
 * @param {[string, string]} from a measure and its value
 * @param {[string, string]} to
 * @param {number} decimals
 */
export function onTheLine(at, from, to, decimals) {
  const [x, x0, x1] = exactly([at, from[0], to[0]]);
  const values = [from[1], to[1]];
  const finest = Math.max(...values.map(decimalsOf));
  const [v0, v1] = exactly(values);
  const numerator = (v0 * (x1 - x0) + (x - x0) * (v1 - v0)) * tenTo(decimals);
  const divisor = (x1 - x0) * tenTo(finest);
  const size = numerator < 0n ? -numerator : numerator;
  return signed(numerator < 0n ? -1 : 1, Number((2n * size + divisor) / (2n * divisor)));
}

/** Decimals, which may be below zero, in units of the finest of them. @param {string[]} texts */
function exactly(texts) {
  const sizes = wholeNumbers(texts.map((text) => text.replace("-", "")));
  return sizes.map((size, at) => (texts[at].startsWith("-") ? -size : size));
}
