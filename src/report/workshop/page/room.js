// What is set in the room, in steps that can be undone, and the rankings that follow.

import { ofRound } from "./people.js";
import { asFiled, Ranker } from "./ranking.js";
import { apportion, decimalsOf, unitsOf, wholeNumbers } from "./whole.js";
import { weight } from "./words.js";

/**
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").Round} Round
 * @typedef {import("./ranking.js").Setting} Setting
 * @typedef {import("./ranking.js").Ranking} Ranking
 *
 * @typedef {{outcome: string, reason: string, by: string, place: string}} Decision
 *
 * All that a step can change.
 * @typedef {object} State
 * @property {Setting} setting
 * @property {boolean[]} locked each entry
 * @property {Record<string, string>} notes by candidate
 * @property {Record<string, Decision>} decisions by candidate
 *
 * @typedef {{step: number, at: string, what: string, weights: Record<string, string>}} LogEntry
 * @typedef {{name: string, at: string, setting: Setting}} Named
 */

/** How many steps can be undone. */
const MOST_UNDONE = 200;

export class Room {
  /** @param {Plan} plan */
  constructor(plan) {
    this.plan = plan;
    this.ranker = new Ranker(plan);
    /** @type {State} */
    this.state = {
      setting: asFiled(plan),
      locked: plan.entries.map(() => false),
      notes: {},
      decisions: filedDecisions(plan),
    };
    /** @type {{state: State, what: string}[]} */
    this.past = [];
    /** @type {{state: State, what: string}[]} */
    this.next = [];
    /** @type {LogEntry[]} */
    this.log = [];
    /** @type {Named[]} */
    this.named = [{ name: "the start", at: "", setting: asFiled(plan) }];
    this.against = 0;
    /** @type {import("./people.js").Answers[]} */
    this.people = [];
    this.list = 0;
    this.now = this.ranker.rank(this.state.setting);
    this.before = this.now;
    /** Where the page does not reproduce the command's figures, nothing can be changed. */
    this.isBroken = false;
    /** What is told of a step. @type {(what: string) => void} */
    this.onStep = () => {};
    /** @type {() => void} */
    this.onPaint = () => {};
  }

  /** The list in sight, as it is. */
  get shown() {
    return this.now.lists[this.list];
  }

  /** The title of a candidate. @param {number} number */
  title(number) {
    return this.plan.block.candidates[number].title;
  }

  /** Takes a step that can be undone. @param {string} what a sentence without its full stop @param {(state: State) => void} change */
  step(what, change) {
    const before = this.state;
    this.state = structuredClone(before);
    change(this.state);
    this.#taken(before, what);
  }

  /** Shows a setting while a weight is being moved; no step yet. @param {Setting} setting */
  try(setting) {
    this.state = { ...this.state, setting };
    this.now = this.ranker.rank(setting);
  }

  /** Makes a step of what was tried since `before`. @param {State} before @param {string} what */
  keep(before, what) {
    this.#taken(before, what);
  }

  /** @param {State} before @param {string} what */
  #taken(before, what) {
    this.past.push({ state: before, what });
    if (this.past.length > MOST_UNDONE) this.past.shift();
    this.next = [];
    this.#settle(what);
  }

  undo() {
    this.#go(this.past, this.next, "undone");
  }

  redo() {
    this.#go(this.next, this.past, "redone");
  }

  /** @param {{state: State, what: string}[]} from @param {{state: State, what: string}[]} to @param {string} how */
  #go(from, to, how) {
    const step = from.pop();
    if (!step) return;
    to.push({ state: this.state, what: step.what });
    this.state = step.state;
    this.#settle(`${how}: ${step.what}`);
  }

  /** @param {string} what */
  #settle(what) {
    this.now = this.ranker.rank(this.state.setting);
    this.note(what);
    this.onPaint();
    this.onStep(what);
  }

  /** Writes a line of the log. @param {string} what */
  note(what) {
    this.log.push({ step: this.log.length + 1, at: timeNow(), what, weights: this.weightsOut(this.state.setting) });
  }

  /** Keeps the setting by a name. @param {string} name */
  name(name) {
    this.named.push({ name, at: timeNow(), setting: structuredClone(this.state.setting) });
    this.note(`named “${name}”`);
    this.onPaint();
  }

  /** Sets the list against a named setting. @param {number} at */
  compareWith(at) {
    this.against = at;
    this.before = this.ranker.rank(this.named[at].setting);
    this.onPaint();
  }

  /** The answers of the last round. @param {number} round */
  peopleOf(round) {
    return ofRound(this.people, round);
  }

  /** Weights as the rules would have them, by id: as written while untouched; groups behind `group `. @param {Setting} setting */
  weightsOut(setting) {
    const named = this.plan.entries.map(({ id, isGroup }, at) => [
      isGroup ? `group ${id}` : id,
      setting.on[at] ? setting.weights[at] : "0",
    ]);
    return Object.fromEntries(named);
  }
}

/** The board's decisions that are filed already. @param {Plan} plan */
function filedDecisions(plan) {
  const filed = plan.block.candidates.filter((candidate) => candidate.decision);
  return Object.fromEntries(
    filed.map(({ id, decision }) => [
      id,
      { outcome: "", reason: "", by: "", ...decision, place: String(decision?.place ?? "") },
    ]),
  );
}

export const timeNow = () => `${new Date().toISOString().slice(0, 19)}Z`;

/** Which entries of a round can move where one of them does. @param {Round} round @param {State} state @param {number} at */
export const freeBeside = (round, state, at) =>
  round.entries.filter((other) => other !== at && state.setting.on[other] && !state.locked[other]);

/** The weights of a round in units, adding up to the whole: 0 of what is switched off. @param {Plan} plan @param {Round} round @param {Setting} setting */
export function unitsIn(plan, round, setting) {
  return apportion(wholeNumbers(round.entries.map((at) => (setting.on[at] ? setting.weights[at] : "0"))), plan.whole);
}

/** The most that one weight of a round can be beside those that are locked. @param {Plan} plan @param {Round} round @param {State} state @param {number} at */
export function mostOf(plan, round, state, at) {
  const units = unitsIn(plan, round, state.setting);
  const isHeld = (/** @type {number} */ other) => other !== at && state.setting.on[other] && state.locked[other];
  return plan.whole - round.entries.reduce((sum, other, place) => (isHeld(other) ? sum + units[place] : sum), 0);
}

/**
 * A setting in which one weight has so many units, and those of its round that are free share the rest as they do in `state`:
 * in tenths where that comes out even.
 * @param {Plan} plan
 * @param {Round} round
 * @param {State} state
 * @param {number} at
 * @param {number} units
 * @returns {Setting}
 */
export function withWeight(plan, round, state, at, units) {
  const all = unitsIn(plan, round, state.setting);
  const held = Math.min(Math.max(0, units), mostOf(plan, round, state, at));
  const free = freeBeside(round, state, at);
  const rest = mostOf(plan, round, state, at) - held;
  const shared = shareRest(
    plan,
    free.map((other) => state.setting.weights[other]),
    rest,
  );
  const weights = [...state.setting.weights];
  round.entries.forEach((entry, place) => {
    const own = entry === at ? held : free.includes(entry) ? shared[free.indexOf(entry)] : all[place];
    if (state.setting.on[entry]) weights[entry] = weight(plan, own);
  });
  return { ...state.setting, weights };
}

/** @param {Plan} plan @param {string[]} weights @param {number} rest */
function shareRest(plan, weights, rest) {
  const tenth = plan.whole / 1000;
  const grain = rest % tenth ? 1 : tenth;
  const raw = wholeNumbers(weights);
  const isEven = raw.every((each) => each === 0n);
  return apportion(isEven ? raw.map(() => 1) : raw, rest / grain).map((share) => share * grain);
}

/** A weight that somebody typed, in units; null where it is none or too fine. @param {Plan} plan @param {string} text */
export function typedWeight(plan, text) {
  if (!/^\d{1,5}(\.\d*)?$/.test(text.trim()) || decimalsOf(text.trim()) > plan.fine) return null;
  const units = unitsOf(text.trim(), plan.fine);
  return units <= plan.whole ? units : null;
}
