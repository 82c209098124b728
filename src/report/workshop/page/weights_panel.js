// The weights: a slider and a number for each, its lock and its switch. Those of one round share a whole.

import { byId, h, say } from "./dom.js";
import { colour, colourOf, light } from "./colours.js";
import { freeBeside, typedWeight, unitsIn, withWeight } from "./room.js";
import { weight } from "./words.js";

/** @typedef {import("./room.js").Room} Room @typedef {import("./plan.js").Round} Round */

/** How long a slider that is moved by keys rests before its moves are one step. */
const KEYS_REST = 900;

/** What is under a slider while it moves: from which state, and which weight. @typedef {{round: Round, entry: number, from: import("./room.js").State}} Gesture */

export class WeightsPanel {
  /** @param {Room} room @param {() => void} drawNow draws the list while a weight moves */
  constructor(room, drawNow) {
    this.room = room;
    this.drawNow = drawNow;
    /** @type {Gesture | null} */
    this.gesture = null;
    this.timer = 0;
    const rounds = room.plan.rounds.map((round) => this.#round(round));
    this.rows = rounds.flatMap(({ rows }) => rows);
    byId("weights").replaceChildren(...rounds.map(({ box }) => box), ...this.#without());
  }

  /** What is said where no weights are. */
  #without() {
    return this.room.plan.rounds.length
      ? []
      : [h("p", { class: "off-note" }, "No question here has a weight beside another.")];
  }

  /** @param {Round} round */
  #round(round) {
    const { plan } = this.room;
    const sum = h("b");
    const hint = h("p", { class: "small" }, "Move one: those not locked share what is left. Together ", sum, ".");
    if (round.fixed !== null) {
      const told = h(
        "p",
        { class: "off-note" },
        `These weights can’t be moved here. ${sentence(round.fixed)} Change them in the rules and make this page again.`,
      );
      const as = round.entries.map((at) => h("li", {}, `${plan.entries[at].title} ${plan.entries[at].weight}`));
      return { box: this.#boxed(round, told, h("ul", { class: "says" }, as)), rows: [] };
    }
    const rows = round.entries.map((entry) => this.#row(round, entry, sum));
    return {
      box: this.#boxed(
        round,
        hint,
        h(
          "div",
          { class: "weights-of-round" },
          rows.map(({ element }) => element),
        ),
      ),
      rows,
    };
  }

  /** @param {Round} round @param {...any} kids */
  #boxed(round, ...kids) {
    const isOnly = this.room.plan.rounds.length === 1;
    return h("div", { class: "round" }, isOnly ? null : h("h3", {}, round.title), ...kids);
  }

  /** @param {Round} round @param {number} entry @param {any} sum */
  #row(round, entry, sum) {
    const { plan } = this.room;
    const { title, isGroup, number } = plan.entries[entry];
    const id = `weight-${entry}`;
    const slider = h("input", {
      type: "range",
      min: 0,
      max: plan.scale,
      step: plan.scale / 200,
      "aria-label": `Weight of ${title}`,
    });
    const typed = h("input", {
      type: "text",
      inputmode: "decimal",
      id,
      class: "number",
      "aria-describedby": `${id}-about`,
      autocomplete: "off",
    });
    const lock = h("input", { type: "checkbox", "aria-label": `Lock ${title}` });
    const on = h("input", { type: "checkbox", "aria-label": `Use ${title}` });
    const was = h("b");
    const ofAll = h("span");
    const about = h(
      "span",
      { class: "about", id: `${id}-about` },
      was,
      ofAll,
      isGroup ? "" : plan.block.criteria[number].swing,
    );
    const element = h(
      "div",
      { class: "weight", vars: { "--own": colour(colourOf(plan, entry)) } },
      h("label", { for: id }, h("span", { class: "swatch" }), title),
      typed,
      h("div", { class: "slide" }, slider),
      about,
      h("span", { class: "checks" }, h("label", {}, lock, "Lock"), h("label", {}, on, "On")),
    );
    const row = { round, entry, slider, typed, lock, on, was, ofAll, element, sum };
    this.#listen(row);
    return row;
  }

  /** @param {any} row */
  #listen(row) {
    const { slider, typed, lock, on, entry } = row;
    const { title } = this.room.plan.entries[entry];
    let isByKey = false;
    slider.addEventListener("keydown", () => {
      isByKey = true;
    });
    slider.addEventListener("pointerdown", () => {
      isByKey = false;
    });
    slider.addEventListener("input", () => this.#slide(row));
    slider.addEventListener("change", () => this.#rest(isByKey));
    slider.addEventListener("blur", () => this.finish());
    typed.addEventListener("change", () => this.#type(row));
    for (const control of [slider, typed]) {
      control.addEventListener("focus", () => light(colourOf(this.room.plan, entry)));
      control.addEventListener("blur", () => light(null));
    }
    lock.addEventListener("change", () =>
      this.#step(`${title} ${lock.checked ? "locked" : "unlocked"}`, (state) => {
        state.locked[entry] = lock.checked;
      }),
    );
    on.addEventListener("change", () =>
      this.#step(`${title} switched ${on.checked ? "on" : "off"}`, (state) => {
        state.setting.on[entry] = on.checked;
      }),
    );
  }

  /** @param {string} what @param {(state: import("./room.js").State) => void} change */
  #step(what, change) {
    this.finish();
    this.room.step(what, change);
  }

  /** @param {any} row */
  #slide(row) {
    const { plan } = this.room;
    this.#move(row, Math.round((Number(row.slider.value) * 200) / plan.scale) * (plan.whole / 200));
    this.#paintRow(row, row.slider);
    this.drawNow();
  }

  /** @param {any} row @param {number} units */
  #move(row, units) {
    const { room } = this;
    if (this.gesture?.entry !== row.entry) this.finish();
    this.gesture ??= { round: row.round, entry: row.entry, from: room.state };
    room.try(withWeight(room.plan, row.round, this.gesture.from, row.entry, units));
    this.rows.filter((other) => other !== row).forEach((other) => this.#paintRow(other));
  }

  /** Moves by keys are one step once they rest; a drag is one when it ends. @param {boolean} isByKey */
  #rest(isByKey) {
    clearTimeout(this.timer);
    if (isByKey) this.timer = window.setTimeout(() => this.finish(), KEYS_REST);
    else this.finish();
  }

  /** @param {any} row */
  #type(row) {
    const { plan } = this.room;
    const units = typedWeight(plan, row.typed.value);
    if (units === null) say(`A weight is a number from 0 to ${plan.scale} with at most ${plan.fine} decimals.`);
    else this.#move(row, units);
    this.finish();
    this.paint();
  }

  /** Ends what is being moved: it is a step where anything has changed. */
  finish() {
    clearTimeout(this.timer);
    const { gesture, room } = this;
    this.gesture = null;
    if (!gesture) return;
    const { round, entry } = gesture;
    const of = (/** @type {import("./room.js").State} */ state) =>
      unitsIn(room.plan, round, state.setting)[round.entries.indexOf(entry)];
    const [from, to] = [of(gesture.from), of(room.state)];
    if (from === to) return this.cancelTo(gesture.from);
    room.keep(gesture.from, `${room.plan.entries[entry].title} ${weight(room.plan, from)} → ${weight(room.plan, to)}`);
  }

  /** Takes a drag back. Whether there was one. */
  cancel() {
    clearTimeout(this.timer);
    const { gesture } = this;
    this.gesture = null;
    if (gesture) this.cancelTo(gesture.from);
    return gesture !== null;
  }

  /** @param {import("./room.js").State} state */
  cancelTo(state) {
    this.room.try(state.setting);
    this.room.onPaint();
  }

  paint() {
    this.rows.forEach((row) => this.#paintRow(row));
  }

  /** @param {any} row @param {any} [held] the control under the hand, which is left alone */
  #paintRow(row, held) {
    const { room } = this;
    const { plan, state } = room;
    const at = row.round.entries.indexOf(row.entry);
    const units = unitsIn(plan, row.round, state.setting);
    const before = unitsIn(plan, row.round, room.named[room.against].setting)[at];
    const text = weight(plan, units[at]);
    row.typed.value = text;
    if (held !== row.slider) row.slider.value = String((units[at] * plan.scale) / plan.whole);
    row.slider.setAttribute("aria-valuetext", `${text} of ${plan.scale}`);
    row.was.textContent = units[at] === before ? "" : `was ${weight(plan, before)}. `;
    row.ofAll.textContent =
      plan.sharesOut && !plan.entries[row.entry].isGroup ? `${weight(plan, room.now.shares[row.entry])} of all. ` : "";
    row.sum.textContent = `they are ${weight(
      plan,
      units.reduce((sum, each) => sum + each, 0),
    )}`;
    this.#paintSwitches(row);
  }

  /** @param {any} row */
  #paintSwitches(row) {
    const { room } = this;
    const { setting, locked } = room.state;
    const isOn = setting.on[row.entry];
    const others = freeBeside(row.round, room.state, row.entry);
    const why = room.isBroken
      ? "The page does not reproduce the command’s figures"
      : !isOn
        ? "Switched off"
        : locked[row.entry]
          ? "Locked"
          : others.length
            ? ""
            : "All others are locked: unlock one first";
    row.slider.disabled = row.typed.disabled = why !== "";
    row.element.title = why;
    row.element.classList.toggle("is-off", !isOn);
    row.lock.checked = locked[row.entry];
    row.on.checked = isOn;
    row.lock.disabled = room.isBroken || !isOn;
    row.on.disabled = room.isBroken || (isOn && !this.#isLeftOver(row));
  }

  /** Whether any weight would be left without this one. @param {any} row */
  #isLeftOver(row) {
    const { setting } = this.room.state;
    return row.round.entries.some(
      (/** @type {number} */ other) => other !== row.entry && setting.on[other] && Number(setting.weights[other]) > 0,
    );
  }
}

/** A reason as a sentence. @param {string} reason */
const sentence = (reason) => `${reason[0].toUpperCase()}${reason.slice(1)}.`;
