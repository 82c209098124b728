// A setting → every candidate's points, total, range, rank and tier, as the engine would have them.

import { parts, shareOfWeight } from "./known.js";
import { valueOf } from "./judging.js";
import { Shares } from "./shares.js";
import { giveRanks, inOrder, lineOf, seat, withoutTotal } from "./standing.js";
import { Totaller } from "./totals.js";

/** @typedef {import("./plan.js").Plan} Plan @typedef {import("./data.js").Triple} Triple */

/**
 * What is set in the room. Weights are text, as written in the rules until they are moved.
 * @typedef {object} Setting
 * @property {string[]} weights of each entry
 * @property {boolean[]} on whether each entry counts
 * @property {boolean[]} listed whether each candidate is on the list
 * @property {Record<string, import("./judging.js").Judged>} judged by candidate and question, with a blank between
 *
 * A gate that fired.
 * @typedef {{id: string, title: string, effect: string, tier: string | null, reason: string}} Gated
 *
 * One candidate of a ranking.
 * @typedef {object} Row
 * @property {number} number
 * @property {boolean} isListed
 * @property {number | null} total
 * @property {number | null} rank
 * @property {string} standing the id of a tier, or where it stands outside them
 * @property {[number, number] | null} range null where nothing is left open, or has no end
 * @property {number[]} shares
 * @property {number[]} earned
 * @property {number[]} scores
 * @property {Triple[]} values
 * @property {number | null} refusedBy
 * @property {{of: string, share: number, least: number} | null} tooLittle shares in hundredths
 * @property {Gated[]} gates
 * @property {{tier: string, by: number} | null} passedOver
 *
 * The answers about one candidate, by question.
 * @typedef {object} Answers
 * @property {Triple[]} values
 * @property {(Triple | undefined)[]} factors
 * @property {boolean[]} missing
 * @property {boolean[]} figures whether figures answer it
 * @property {Record<string, Triple>} scores of groups that only the engine makes
 *
 * @typedef {{code: string, title: string, ranked: Row[], line: import("./standing.js").Line}} List
 * @typedef {{shares: number[], rows: Row[], lists: List[]}} Ranking
 */

/** Makes rankings of one data block. */
export class Ranker {
  /** @param {Plan} plan */
  constructor(plan) {
    this.plan = plan;
    this.totaller = new Totaller(plan);
    /** What is as filed while nobody judges otherwise. */
    this.filed = plan.block.candidates.map((_, number) => ({
      answers: this.#answers(number, {}),
      gates: this.#gates(number, {}),
    }));
  }

  /** @param {Setting} setting @param {boolean} [withRanges] @returns {Ranking} */
  rank(setting, withRanges = true) {
    const { block } = this.plan;
    const shares = new Shares(this.plan, weightsOf(setting));
    const ofQuestions = block.rules.too_little ? parts(this.plan, shares.all) : [];
    const judged = new Set(Object.keys(setting.judged).map((key) => key.split(" ")[0]));
    const of = (/** @type {number} */ number) =>
      judged.has(block.candidates[number].id)
        ? { answers: this.#answers(number, setting.judged), gates: this.#gates(number, setting.judged) }
        : this.filed[number];
    const rows = block.candidates.map((_, number) =>
      this.#row(number, of(number), setting, shares, ofQuestions, withRanges),
    );
    const lists = block.lists.map((list, at) =>
      this.#list(
        list,
        rows.filter((row) => this.#isIn(row, at)),
      ),
    );
    return { shares: shares.all, rows, lists };
  }

  /** @param {Row} row @param {number} list */
  #isIn(row, list) {
    return row.isListed && (this.plan.block.candidates[row.number].list ?? 0) === list;
  }

  /** @param {{code: string, title: string}} list @param {Row[]} rows @returns {List} */
  #list(list, rows) {
    const ranked = inOrder(
      this.plan,
      rows.filter((row) => row.total !== null),
    );
    giveRanks(this.plan, ranked);
    seat(this.plan, ranked);
    return { ...list, ranked, line: lineOf(this.plan, ranked) };
  }

  /** @param {number} number @param {{answers: Answers, gates: Gated[]}} of @param {Setting} setting @param {Shares} shares @param {number[]} ofQuestions @param {boolean} withRanges @returns {Row} */
  #row(number, { answers, gates }, setting, shares, ofQuestions, withRanges) {
    const part = shares.part(answers.missing);
    const tooLittle = this.#tooLittle(number, answers, ofQuestions);
    const at = (/** @type {number} */ end) => this.totaller.figures(this.#totalled(number, answers, end), part.shares);
    const { earned, scores, total } = at(0);
    const isRanked = setting.listed[number] && part.refusedBy === null && tooLittle === null;
    /** @type {Row} */
    const row = {
      number,
      isListed: setting.listed[number],
      total: isRanked ? total : null,
      rank: null,
      standing: "",
      range: isRanked && withRanges ? this.#range(answers, total, at) : null,
      shares: part.shares,
      earned,
      scores,
      values: answers.values,
      refusedBy: part.refusedBy,
      tooLittle,
      gates,
      passedOver: null,
    };
    row.standing = withoutTotal(row);
    return row;
  }

  /** Values and factors with those judged in the room, and what is still missing. @param {number} number @param {Setting["judged"]} all @returns {Answers} */
  #answers(number, all) {
    const { criteria, candidates } = this.plan.block;
    const { id, cells, scores = {} } = candidates[number];
    const judged = criteria.map((criterion) => all[`${id} ${criterion.id}`]);
    const values = cells.map((cell, at) => judgedValue(criteria[at], judged[at], this.plan.fine) ?? cell.v);
    const factors = cells.map((cell, at) => judgedFactor(cell, judged[at]) ?? cell.f);
    const missing = cells.map((cell, at) => Boolean(cell.missing) && judged[at] === undefined);
    const figures = cells.map((cell, at) => Boolean(cell.figures) && judged[at] === undefined);
    return { values, factors, missing, figures, scores };
  }

  /** What the totaller needs: each answer's value, its least, or its most. @param {number} number @param {Answers} answers @param {number} end */
  #totalled(number, answers, end) {
    const { groups, candidates } = this.plan.block;
    const { total, range } = candidates[number].is;
    return {
      values: answers.values.map((value) => value[end] ?? value[0]),
      factors: answers.factors.map((factor) => factor?.[end] ?? factor?.[0]),
      given: groups.map((group) => answers.scores[group.id]?.[end] ?? answers.scores[group.id]?.[0]),
      total: (end && range ? range[end - 1] : total) ?? 0,
    };
  }

  /**
   * @param {Answers} answers @param {number} total
   * @param {(end: number) => import("./totals.js").Figures} at
   * @returns {[number, number] | null}
   */
  #range(answers, total, at) {
    if (answers.values.some((value) => value[2] === null)) return null;
    const [low, high] = [at(1).total, at(2).total];
    return low === total && high === total ? null : [low, high];
  }

  /** @param {number} number @param {Answers} answers @param {number[]} ofQuestions */
  #tooLittle(number, answers, ofQuestions) {
    const { too_little: asked } = this.plan.block.rules;
    if (!asked) return null;
    const answered = answers.missing.map((missing, at) => !missing && !this.plan.block.criteria[at].stated);
    /** @type {[string, number | null, boolean[]][]} */
    const shortfalls = [
      ["answered", asked.answered, answered],
      ["published", asked.published, answers.figures],
    ];
    for (const [of, least, given] of shortfalls) {
      const share = shareOfWeight(ofQuestions, given);
      if (least !== null && share / 100 < least) return { of, share, least: least * 100 };
    }
    return null;
  }

  /** The gates that fire, in the order of the rules. @param {number} number @param {Setting["judged"]} given @returns {Gated[]} */
  #gates(number, given) {
    const { candidates, gates } = this.plan.block;
    const { id, gates: all = [] } = candidates[number];
    const fires = (/** @type {import("./data.js").Fired} */ fired) => {
      const judged = fired.criterion === undefined ? undefined : given[`${id} ${fired.criterion}`];
      return judged ? (fired.scores?.includes(judged.score) ?? false) : fired.filed !== false;
    };
    return all.filter(fires).map((fired) => {
      const gate = gates.find((it) => it.id === fired.gate);
      return {
        id: fired.gate,
        title: gate?.title ?? "",
        effect: gate?.effect ?? "",
        tier: gate?.tier ?? null,
        reason: fired.reason,
      };
    });
  }
}

/** The weights of a setting: 0 of what is switched off. @param {Setting} setting */
export const weightsOf = (setting) => setting.weights.map((weight, at) => (setting.on[at] ? weight : "0"));

/** @param {import("./data.js").Criterion} criterion @param {import("./judging.js").Judged | undefined} judged @param {number} fine */
const judgedValue = (criterion, judged, fine) =>
  judged && criterion.judge ? valueOf(criterion.judge, judged, fine) : null;

/** @param {import("./data.js").Cell} cell @param {import("./judging.js").Judged | undefined} judged @returns {Triple | null} */
function judgedFactor(cell, judged) {
  if (!judged || !cell.factors) return null;
  const [factor, low, high] = [judged.score, judged.low, judged.high].map((score) => cell.factors?.[score]);
  return factor === undefined || low === undefined || high === undefined
    ? null
    : [factor, Math.min(factor, low), Math.max(factor, high)];
}

/** The rules as they are, with everybody on the list. @param {Plan} plan @returns {Setting} */
export function asFiled(plan) {
  return {
    weights: plan.entries.map((entry) => entry.weight),
    on: plan.entries.map(() => true),
    listed: plan.block.candidates.map(() => true),
    judged: {},
  };
}
