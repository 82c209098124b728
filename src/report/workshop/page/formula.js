// A script's total that is plain arithmetic and rises with every score, worked out in exact fractions and rounded once.

import { decimalsOf, tenTo, wholeNumbers } from "./whole.js";

/**
 * A number from zero up as text, a member's score, or a sum, product, quotient by a number, least or greatest of others.
 * @typedef {string | {score: string} | {add: Formula[]} | {multiply: Formula[]} | {divide: [Formula, string]} | {min: Formula[]} | {max: Formula[]}} Formula
 *
 * @typedef {{over: bigint, under: bigint}} Fraction
 */

/**
 * What a formula makes, in units of `decimals`, halves up.
 * @param {Formula} formula
 * @param {(id: string) => Fraction} scoreOf
 * @param {number} decimals
 */
export function unitsOfFormula(formula, scoreOf, decimals) {
  const { over, under } = worked(formula, scoreOf);
  return Number((2n * over * tenTo(decimals) + under) / (2n * under));
}

/** @param {Formula} formula @param {(id: string) => Fraction} scoreOf @returns {Fraction} */
function worked(formula, scoreOf) {
  if (typeof formula === "string") return numberOf(formula);
  if ("score" in formula) return scoreOf(formula.score);
  const all = (/** @type {Formula[]} */ parts) => parts.map((part) => worked(part, scoreOf));
  if ("add" in formula) return all(formula.add).reduce(sum);
  if ("multiply" in formula) return all(formula.multiply).reduce(times);
  if ("divide" in formula) return times(worked(formula.divide[0], scoreOf), reciprocal(numberOf(formula.divide[1])));
  if ("min" in formula) return all(formula.min).reduce((a, b) => (isLess(b, a) ? b : a));
  return all(formula.max).reduce((a, b) => (isLess(a, b) ? b : a));
}

/** @param {string} text @returns {Fraction} */
const numberOf = (text) => ({ over: wholeNumbers([text])[0], under: tenTo(decimalsOf(text)) });

/** @param {Fraction} a @param {Fraction} b @returns {Fraction} */
const sum = (a, b) => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under });

/** @param {Fraction} a @param {Fraction} b @returns {Fraction} */
const times = (a, b) => ({ over: a.over * b.over, under: a.under * b.under });

/** @param {Fraction} fraction @returns {Fraction} */
const reciprocal = ({ over, under }) => ({ over: under, under: over });

/** @param {Fraction} a @param {Fraction} b */
const isLess = (a, b) => a.over * b.under < b.over * a.under;
