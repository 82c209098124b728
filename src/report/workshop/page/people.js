// What people handed in: read with suspicion, kept one a role and round, and put together as `elicit` puts it.

import { concordance, inUnits, meanOf, METHODS, proportions, unitsOfWeights } from "./elicit.js";
import { byOne, byPanel, mayBeGiven, valueOf } from "./judging.js";
import { check, matrixOf } from "./pairwise.js";
import { asFiled } from "./ranking.js";
import { trimmedText } from "./whole.js";

/** @typedef {import("./plan.js").Plan} Plan @typedef {import("./plan.js").Round} Round @typedef {import("./ranking.js").Setting} Setting */

export const ANSWERS = "prioritise/workshop-answers/1";
export const MOST_PEOPLE = 12;
/** Of two people each could work out the other's answers. */
export const LEAST_PEOPLE = 3;
const MOST_TEXT = 2_000;

/**
 * What one person answered.
 * @typedef {object} Answers
 * @property {string} schema
 * @property {string} assessment its digest
 * @property {string} rules their digest
 * @property {string} by the role
 * @property {string} date
 * @property {number} round
 * @property {string} method
 * @property {string} because
 * @property {Record<string, string>} criteria a number for each question
 * @property {Record<string, string>} groups
 * @property {Record<string, number>} pairs steps of the scale by `first second`
 * @property {Record<string, number>} group_pairs
 * @property {Record<string, string>} reasons by question or group
 * @property {Record<string, Record<string, {score: string, because?: string} | null>>} judgements by question and
 *   candidate; null is “no view”, what is absent was not reached
 */

/**
 * The answers in a text, or what is wrong with it.
 * @param {Plan} plan
 * @param {string} text
 * @returns {{answers: Answers} | {wrong: string}}
 */
export function readAnswers(plan, text) {
  /** @type {any} */
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return { wrong: "this is no file of answers: it can’t be read" };
  }
  const wrong = wrongWith(plan, read);
  return wrong ? { wrong } : { answers: cleaned(plan, read) };
}

/** @param {Plan} plan @param {any} read */
function wrongWith(plan, read) {
  const { assessment, rules } = plan.block;
  if (read?.schema !== ANSWERS) return "this is no file of answers of this page";
  if (read.assessment !== assessment.digest)
    return "it is about another assessment, or about this one as it was before";
  if (read.rules !== rules.digest) return "it is about other rules, or about these as they were before";
  if (typeof read.by !== "string" || !read.by.trim()) return "nobody’s role stands in it";
  return typeof read.method === "string" && read.method in METHODS ? "" : "it does not say how the person was asked";
}

/** What is in a file that the page knows, and nothing else. @param {Plan} plan @param {any} read @returns {Answers} */
function cleaned(plan, read) {
  const text = (/** @type {unknown} */ value) => (typeof value === "string" ? value.slice(0, MOST_TEXT) : "");
  const known = plan.entries.map((entry) => entry.id);
  const isPair = (/** @type {string} */ key) =>
    key.split(" ").length === 2 && key.split(" ").every((id) => known.includes(id));
  const isNumber = (/** @type {unknown} */ value) => typeof value === "string" && /^\d{1,3}(\.\d{1,6})?$/.test(value);
  const isStep = (/** @type {unknown} */ value) =>
    Number.isInteger(value) && Math.abs(Number(value)) <= 9 && value !== 0;
  const isKnown = (/** @type {string} */ key) => known.includes(key);
  return {
    schema: ANSWERS,
    assessment: read.assessment,
    rules: read.rules,
    by: text(read.by).trim(),
    date: /^\d{4}-\d\d-\d\d$/.test(read.date) ? read.date : "",
    round: Number.isInteger(read.round) && read.round > 0 ? read.round : 1,
    method: read.method,
    because: text(read.because),
    criteria: only(read.criteria, isKnown, isNumber),
    groups: only(read.groups, isKnown, isNumber),
    pairs: only(read.pairs, isPair, isStep),
    group_pairs: only(read.group_pairs, isPair, isStep),
    reasons: only(read.reasons, isKnown, (value) => typeof value === "string" && value.length <= MOST_TEXT),
    judgements: judgementsIn(plan, read.judgements),
  };
}

/** @param {any} table @param {(key: string) => boolean} isKey @param {(value: unknown) => boolean} isValue @returns {any} */
const only = (table, isKey, isValue) =>
  Object.fromEntries(Object.entries(table ?? {}).filter(([key, value]) => isKey(key) && isValue(value)));

/** @param {Plan} plan @param {any} read @returns {Answers["judgements"]} */
function judgementsIn(plan, read) {
  const ids = plan.block.candidates.map((candidate) => candidate.id);
  const ofQuestion = (/** @type {import("./data.js").Criterion} */ { id, judge }) => {
    /** @type {Record<string, {score: string, because?: string} | null>} */
    const given = {};
    for (const candidate of ids) {
      const one = read?.[id]?.[candidate];
      if (one === null) given[candidate] = null;
      if (!judge || typeof one?.score !== "string" || !mayBeGiven(judge, one.score)) continue;
      const because =
        typeof one.because === "string" && one.because ? { because: one.because.slice(0, MOST_TEXT) } : {};
      given[candidate] = { score: one.score, ...because };
    }
    return [id, given];
  };
  return Object.fromEntries(plan.block.criteria.filter((criterion) => criterion.judge).map(ofQuestion));
}

/**
 * The people with one more; who has the same role and round is replaced. What is wrong is told instead.
 * @param {Answers[]} people
 * @param {Answers} one
 * @returns {{people: Answers[], told: string} | {wrong: string}}
 */
export function withPerson(people, one) {
  const others = people.filter((it) => it.by !== one.by || it.round !== one.round);
  const told = others.length < people.length ? `${one.by} has handed in again: what came before is replaced.` : "";
  if (others.length && others[0].method !== one.method) {
    return {
      wrong: `${one.by} was asked for ${METHODS[one.method]}, the others for ${METHODS[others[0].method]}: answers by two ways have no mean`,
    };
  }
  if (ofRound(others, one.round).length >= MOST_PEOPLE)
    return { wrong: `twelve have handed in already: ${one.by} is not taken in` };
  return { people: [...others, one], told };
}

/** @param {Answers[]} people @param {number} round */
export const ofRound = (people, round) => people.filter((person) => person.round === round);

/** What each person handed in last. @param {Answers[]} people */
export const lastOfEach = (people) =>
  people.filter(({ by, round }) => people.every((other) => other.by !== by || other.round <= round));

/** The last round that anybody answered. @param {Answers[]} people */
export const lastRound = (people) => Math.max(1, ...people.map((person) => person.round));

/** A person's weights of a round, in proportion; null where blank. @param {Plan} plan @param {Round} round @param {Answers} person */
export function weightsOfPerson(plan, round, person) {
  const entries = round.entries.map((at) => plan.entries[at]);
  const [numbers, pairs] = entries[0].isGroup ? [person.groups, person.group_pairs] : [person.criteria, person.pairs];
  return proportions(
    plan,
    round,
    person.method,
    entries.map((entry) => numbers[entry.id]),
    pairs,
  );
}

/** Everybody's weights of a round as texts, as `elicit` would write them; null where nobody answered. @param {Plan} plan @param {Round} round @param {Answers[]} people */
export function weightsOfGroup(plan, round, people) {
  const each = people.map((person) => weightsOfPerson(plan, round, person)).filter((weights) => weights !== null);
  if (!each.length) return null;
  return asTexts(plan, inUnits(plan, each.length === 1 ? each[0] : meanOf(each)));
}

/** @param {Plan} plan @param {number[]} units */
const asTexts = (plan, units) => units.map((each) => trimmedText(each, unitsOfWeights(plan).decimals));

/** How far people agree about the weights of a round. @param {Plan} plan @param {Round} round @param {Answers[]} people */
export function agreement(plan, round, people) {
  const each = people.map((person) => weightsOfPerson(plan, round, person)).filter((weights) => weights !== null);
  return concordance(each.map((weights) => partsOf(weights)));
}

/** Parts of one, to twelve decimals. @param {bigint[]} weights */
function partsOf(weights) {
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  return weights.map((weight) => Number((2n * weight * 10n ** 12n + sum) / (2n * sum)) / 1e12);
}

/** A setting with the weights and judgements of these people. @param {Plan} plan @param {Answers[]} people @returns {Setting} */
export function settingOf(plan, people) {
  const setting = asFiled(plan);
  for (const round of plan.rounds) {
    const weights = round.fixed === null ? weightsOfGroup(plan, round, people) : null;
    weights?.forEach((weight, place) => {
      setting.weights[round.entries[place]] = weight;
    });
  }
  setting.judged = judgedBy(plan, people);
  return setting;
}

/** What these people judged, as medians where they are several. @param {Plan} plan @param {Answers[]} people */
export function judgedBy(plan, people) {
  /** @type {Setting["judged"]} */
  const judged = {};
  for (const criterion of plan.block.criteria) {
    const { judge } = criterion;
    if (!judge) continue;
    for (const [number, candidate] of plan.block.candidates.entries()) {
      const scores = scoresOf(people, criterion.id, candidate.id);
      if (!scores.length || whyFixed(plan, number, plan.criterion(criterion.id)) !== null) continue;
      const one = scores.length === 1 ? byOne(scores[0]) : byPanel(judge, scores);
      if (valueOf(judge, one, plan.fine)) judged[`${candidate.id} ${criterion.id}`] = one;
    }
  }
  return judged;
}

/** @param {Answers[]} people @param {string} criterion @param {string} candidate */
export const scoresOf = (people, criterion, candidate) =>
  people.map((person) => person.judgements[criterion]?.[candidate]?.score).filter((score) => score !== undefined);

/** Why an answer can't be changed here; null where it can. @param {Plan} plan @param {number} candidate @param {number} criterion @returns {string | null} */
export function whyFixed(plan, candidate, criterion) {
  const { judge, fixed } = plan.block.criteria[criterion];
  const cell = plan.block.candidates[candidate].cells[criterion];
  if (!judge) return fixed ?? "it is not judged";
  return cell.fixed ?? plan.fixedBelow(plan.nodeOf(criterion));
}

/** Comparisons of a person that contradict each other, by round. @param {Plan} plan @param {Answers} person */
export function contradictions(plan, person) {
  if (person.method !== "pairwise") return [];
  return plan.rounds.flatMap((round) => {
    const entries = round.entries.map((at) => plan.entries[at]);
    const matrix = matrixOf(
      entries.map((entry) => entry.id),
      entries[0].isGroup ? person.group_pairs : person.pairs,
    );
    const found = matrix && check(matrix);
    return found?.worst ? [{ round, entries, ratio: found.ratio, worst: found.worst }] : [];
  });
}
