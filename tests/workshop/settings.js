// Random settings of a room, and the list of each as the page makes it: as `prioritise workshop --lists` prints its own, text
// for text. Weights of all rounds that move, some of them 0, and judgements of one to four people.

import { choices } from "../../src/report/workshop/page/judging.js";
import { whyFixed } from "../../src/report/workshop/page/people.js";
import { randomly } from "./random.js";

/** So many settings, each as `--lists` reads it. */
export function randomSettings(plan, count, seed) {
  const random = randomly(seed);
  const rounds = plan.rounds.filter((round) => round.fixed === null);
  const open = judgedInTheRoom(plan);
  return Array.from({ length: count }, () => ({
    weights: Object.fromEntries(rounds.flatMap((round) => weightsOf(plan, round, random))),
    // Every other one, and few of a long list: what is judged must be told apart from what is weighed.
    judgements: random.below(2) ? open.filter(() => random.below(open.length) < 6).map((one) => judgement(one, random)) : [],
  }));
}

/** What can be judged: each candidate with each question. */
function judgedInTheRoom(plan) {
  const { candidates, criteria } = plan.block;
  return candidates.flatMap(({ id }, number) =>
    criteria.flatMap(({ id: criterion, judge }, at) =>
      whyFixed(plan, number, at) === null ? [{ candidate: id, criterion, judge }] : [],
    ),
  );
}

/** Not all weights of a round are zero. */
function weightsOf(plan, { entries }, random) {
  const weights = entries.map(() => random.weight());
  if (weights.every((weight) => Number(weight) === 0)) weights[0] = "1";
  return entries.map((at, place) => {
    const { id, isGroup } = plan.entries[at];
    return [isGroup ? `group ${id}` : id, weights[place]];
  });
}

function judgement({ candidate, criterion, judge }, random) {
  const all = choices(judge);
  const one = () => (all.length ? random.pick(all) : String(random.below(Number(judge.to))));
  return { candidate, criterion, scores: Array.from({ length: 1 + random.below(4) }, one) };
}

/**
 * The line of each setting. It stands alone but for what `page` lends it, so that a browser can run it in a page of its own.
 */
export function linesOf(plan, ranker, settings, { asFiled, byPanel, fixedText }) {
  const { candidates, criteria, lists } = plan.block;
  const idOf = (number) => candidates[number].id;
  return settings.map(({ weights, judgements }) => {
    const setting = asFiled(plan);
    plan.entries.forEach(({ id, isGroup }, at) => {
      setting.weights[at] = weights[isGroup ? `group ${id}` : id] ?? setting.weights[at];
    });
    for (const { candidate, criterion, scores } of judgements) {
      const { judge } = criteria.find(({ id }) => id === criterion);
      setting.judged[`${candidate} ${criterion}`] = byPanel(judge, scores);
    }
    const rows = ranker.rank(setting, false).lists.flatMap((list, at) => list.ranked.map((row) => [row, lists[at].code]));
    const list = rows.map(([row, code]) => ({
      id: idOf(row.number),
      ...(code ? { list: code } : {}),
      rank: row.rank,
      total: fixedText(row.total, plan.decimals),
      tier: row.standing,
    }));
    const passed = rows.flatMap(([row]) => (row.passedOver ? [[idOf(row.number), idOf(row.passedOver.by)]] : []));
    return JSON.stringify({ list, passed_over: Object.fromEntries(passed.sort(([a], [b]) => (a < b ? -1 : 1))) });
  });
}
