// Numbers and lists as they are read.

import { fixedText, trimmedText } from "./whole.js";

/** @typedef {import("./plan.js").Plan} Plan */

/** `a, b and c`. @param {string[]} names */
export const listed = (names) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;

/** `nobody` for an empty list. @param {string[]} names */
export const listedOrNobody = (names) => listed(names) || "nobody";

/** `1 person`, `3 people`. @param {number} count @param {string} one @param {string} several */
export const counted = (count, one, several) => `${count} ${count === 1 ? one : several}`;

/** A total or points. @param {Plan} plan @param {number} units */
export const points = (plan, units) => fixedText(units, plan.decimals).replace("-", "−");

/** The same with its sign. @param {Plan} plan @param {number} units */
export const signedPoints = (plan, units) => (units > 0 ? "+" : "") + points(plan, units);

/** A weight as short as it can be. @param {Plan} plan @param {number} units */
export const weight = (plan, units) => trimmedText(units, plan.fine);

/** `up 2` or `down 1`; nothing where it stays. @param {number} moved */
export const movedWords = (moved) => (moved > 0 ? `, up ${moved}` : moved < 0 ? `, down ${-moved}` : "");

/** `▲ 2` or `▼ 1`. @param {number} moved */
export const movedSign = (moved) => (moved > 0 ? `▲ ${moved}` : moved < 0 ? `▼ ${-moved}` : "");

/** A title inside a sentence: `Public concern` as `public concern`, and `ASB` as it is. @param {string} title */
export const inside = (title) => (/^\p{Lu}\p{Ll}/u.test(title) ? title[0].toLowerCase() + title.slice(1) : title);
