// What moved since a named setting, and why: before and after as a slope, and two that swapped with their lead by question.

import { colour, madeOf } from "./colours.js";
import { byId, h, svg } from "./dom.js";
import { counted, inside, listed, movedSign, points, signedPoints } from "./words.js";

/**
 * @typedef {import("./room.js").Room} Room @typedef {import("./ranking.js").Row} Row
 *
 * Two of whom one has passed the other.
 * @typedef {{up: Row, down: Row, upBefore: Row, downBefore: Row, importance: number, took: boolean}} Swap
 */

const ROW_HEIGHT = 22;
const MOST_OFFERED = 6;

export class MovedView {
  /** @param {Room} room */
  constructor(room) {
    this.room = room;
    this.chosen = 0;
    const since = byId("since");
    since.addEventListener("change", () => room.compareWith(Number(since.value)));
  }

  paint() {
    const { room } = this;
    byId("since").replaceChildren(
      ...room.named.map(({ name }, at) => h("option", { value: at, selected: at === room.against }, name)),
    );
    byId("moved-words").textContent = this.#words();
    byId("slope").replaceChildren(this.#slope());
    const swaps = this.#swaps();
    this.chosen = Math.min(this.chosen, Math.max(0, swaps.length - 1));
    byId("pair").replaceChildren(...(swaps.length ? [this.#pair(swaps[this.chosen]), ...this.#offers(swaps)] : []));
  }

  get #first() {
    return this.room.plan.block.tiers[0];
  }

  /** @param {Row} row */
  #isIn(row) {
    return row.standing === this.#first.id;
  }

  #words() {
    const { room } = this;
    const before = (/** @type {Row} */ row) => room.before.rows[row.number];
    const ranked = room.shown.ranked;
    const moved = ranked.filter((row) => before(row).rank !== null && before(row).rank !== row.rank).length;
    const ins = room.now.rows.filter((row) => this.#isIn(row) && !this.#isIn(before(row)));
    const outs = room.now.rows.filter((row) => !this.#isIn(row) && this.#isIn(before(row)));
    const titles = (/** @type {Row[]} */ rows) => listed(rows.map((row) => room.title(row.number)));
    if (!moved && !ins.length && !outs.length) {
      return ranked.some((row) => row.total !== before(row).total)
        ? "No rank has moved, though totals have."
        : "No rank has moved.";
    }
    const crossed = [ins.length ? `${titles(ins)} in` : "", outs.length ? `${titles(outs)} out` : ""]
      .filter(Boolean)
      .join(", ");
    return `${moved} of ${ranked.length} moved. ${crossed ? `Over the line: ${crossed}.` : `The same are in “${this.#first.title}”.`}`;
  }

  /** Before on the left, now on the right; what moved is thick, and down is dashed. */
  #slope() {
    const { room } = this;
    const list = room.before.lists[room.list].ranked;
    const now = room.shown.ranked;
    const width = Math.max(240, byId("slope").clientWidth || 320);
    const [left, right] = [34, width * 0.32];
    const y = (/** @type {number} */ at) => 14 + at * ROW_HEIGHT;
    const height = y(Math.max(list.length, now.length));
    const drawing = svg("svg", {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": "Ranks before and now; the list says the same in words",
    });
    const line = y(now.reduce((last, row, at) => (this.#isIn(row) ? at : last), -1)) + ROW_HEIGHT / 2;
    drawing.append(svg("line", { class: "line", x1: right + 4, x2: width, y1: line, y2: line }));
    const ways = now.map((row, at) => ({
      moved: this.#moved(row),
      from: list.findIndex((it) => it.number === row.number),
      at,
    }));
    for (const { moved, from, at } of ways
      .filter((way) => way.from >= 0)
      .sort((a, b) => Math.abs(a.moved) - Math.abs(b.moved))) {
      drawing.append(svg("path", { class: kindOf(moved), d: `M${left} ${y(from)}L${right} ${y(at)}` }));
    }
    list.forEach((row, at) =>
      drawing.append(svg("text", { x: left - 6, y: y(at) + 4, "text-anchor": "end" }, String(row.rank))),
    );
    const letters = Math.floor((width - right - 8) / 8);
    now.forEach((row, at) =>
      drawing.append(
        svg("text", { x: right + 6, y: y(at) + 4, class: this.#moved(row) ? "strong" : "" }, this.#label(row, letters)),
      ),
    );
    return drawing;
  }

  /** @param {Row} row */
  #moved(row) {
    const before = this.room.before.rows[row.number].rank;
    return before === null || row.rank === null ? 0 : before - row.rank;
  }

  /** @param {Row} row @param {number} letters how many there is room for */
  #label(row, letters) {
    const moved = movedSign(this.#moved(row)).replace(" ", "");
    const title = this.room.title(row.number);
    const rest = letters - String(row.rank).length - 1 - (moved ? moved.length + 1 : 0);
    return `${row.rank} ${title.length > rest ? `${title.slice(0, rest - 1)}…` : title}${moved ? ` ${moved}` : ""}`;
  }

  /** All that swapped: first those of whom one took a place and the other lost one, then those at the line. @returns {Swap[]} */
  #swaps() {
    const { room } = this;
    const before = room.before.lists[room.list].ranked.filter((row) => room.now.rows[row.number].total !== null);
    /** @type {Swap[]} */
    const swaps = [];
    before.forEach((downBefore, at) => {
      for (const upBefore of before.slice(at + 1)) {
        const [up, down] = [room.now.rows[upBefore.number], room.now.rows[downBefore.number]];
        if (Number(up.total) <= Number(down.total) || upBefore.total === downBefore.total) continue;
        swaps.push({ up, down, upBefore, downBefore, ...this.#importance(up, down, upBefore, downBefore) });
      }
    });
    return swaps.sort((a, b) => b.importance - a.importance);
  }

  /** @param {Row} up @param {Row} down @param {Row} upBefore @param {Row} downBefore */
  #importance(up, down, upBefore, downBefore) {
    const rose = this.#isIn(up) && !this.#isIn(upBefore);
    const fell = !this.#isIn(down) && this.#isIn(downBefore);
    const near = -Math.abs(Number(up.total) - Number(down.total));
    return { took: rose && fell, importance: near + (rose && fell ? 1e12 : rose || fell ? 1e11 : 0) };
  }

  /** @param {Swap} swap */
  #pair({ up, down, upBefore, downBefore }) {
    const { plan } = this.room;
    const was = Number(upBefore.total) - Number(downBefore.total);
    const is = Number(up.total) - Number(down.total);
    const leads = this.#leads([up, down], [upBefore, downBefore]);
    const most = [...leads].sort((a, b) => b.change - a.change)[0];
    const mostly =
      most && most.change > 0 ? `, most of it on ${inside(most.title)} (${signedPoints(plan, most.change)})` : "";
    const words = `It was ${points(plan, Math.abs(was))} ${was < 0 ? "behind" : "ahead"} and is ${points(plan, is)} ahead: ${signedPoints(plan, is - was)}${mostly}.`;
    const titles = [up, down].map((row) => this.room.title(row.number));
    return h(
      "div",
      { class: "boxed" },
      h("h3", {}, `${titles[0]} passed ${titles[1]}`),
      h("p", {}, words),
      leads.length ? this.#leadTable(leads, was, is) : null,
    );
  }

  /** The lead of the one over the other on each part of the total, then and now. @param {[Row, Row]} now @param {[Row, Row]} before */
  #leads(now, before) {
    const { plan } = this.room;
    const [one, other, oneBefore, otherBefore] = [...now, ...before].map((row) => madeOf(plan, row));
    const leads = one.map((part, at) => {
      const [was, is] = [oneBefore[at].units - otherBefore[at].units, part.units - other[at].units];
      return { title: part.title, colour: part.colour, was, is, change: is - was };
    });
    return leads.filter(({ was, is }) => was !== 0 || is !== 0);
  }

  /** @param {{title: string, colour: number, was: number, is: number, change: number}[]} leads @param {number} was @param {number} is */
  #leadTable(leads, was, is) {
    const { plan } = this.room;
    const cell = (/** @type {number} */ units) => h("td", {}, signedPoints(plan, units));
    const together = h("th", { scope: "row" }, "Together");
    const row = (/** @type {any} */ lead) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, h("span", { class: "swatch", vars: { "--own": colour(lead.colour) } }), lead.title),
        cell(lead.was),
        cell(lead.is),
        cell(lead.change),
      );
    return h(
      "table",
      { class: "figures" },
      h("caption", { class: "unseen" }, "The lead of the one over the other, by question"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["Lead on", "then", "now", "change"].map((name) => h("th", { scope: "col" }, name)),
        ),
      ),
      h("tbody", {}, leads.map(row)),
      plan.root.way === "sum" ? h("tfoot", {}, h("tr", {}, together, cell(was), cell(is), cell(is - was))) : null,
    );
  }

  /** @param {Swap[]} swaps */
  #offers(swaps) {
    const count = Math.max(3, Math.min(MOST_OFFERED, swaps.filter(({ took }) => took).length));
    const name = (/** @type {Swap} */ swap) =>
      `${this.room.title(swap.up.number)} over ${this.room.title(swap.down.number)}`;
    const offer = (/** @type {Swap} */ swap, /** @type {number} */ at) =>
      h(
        "button",
        { type: "button", "aria-pressed": String(at === this.chosen), onclick: () => this.#choose(at) },
        name(swap),
      );
    if (swaps.length < 2) return [];
    return [
      h(
        "p",
        { class: "small" },
        `${counted(swaps.length, "pair", "pairs")} swapped. Those that took and lost a place come first:`,
      ),
      h("div", { class: "chips" }, swaps.slice(0, count).map(offer)),
    ];
  }

  /** @param {number} at */
  #choose(at) {
    this.chosen = at;
    this.paint();
    byId("pair").querySelectorAll(".chips button")[at]?.focus();
  }
}

/** @param {number} moved */
const kindOf = (moved) => (moved > 0 ? "up" : moved < 0 ? "down" : "same");
