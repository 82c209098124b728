// The ranked list: a row for each candidate under its tier, with a bar of what its total is made of.

import { addends, colour, PLAIN } from "./colours.js";
import { byId, h } from "./dom.js";
import { OUTSIDE } from "./standing.js";
import { counted, listed, movedSign, movedWords, points } from "./words.js";

/** @typedef {import("./room.js").Room} Room @typedef {import("./ranking.js").Row} Row */

/** What gates do, beside a candidate. @type {Record<string, string>} */
export const EFFECTS = {
  include: "included",
  raise: "raised",
  veto: "ruled out",
  defer: "put off",
  emerging: "emerging",
};

const SWITCHED_OFF = "off";
/** How many rows fit a projector, and how many below the first tier are shown where not all do. */
const MOST_PROJECTED = 17;
const BELOW_THE_LINE = 5;
/** On a projector: the height of a row and of a band's heading in letters, and the least and most size of these in pixels. */
const ROW_LINES = 1.45;
const BAND_LINES = 0.9;
const LETTERS = [30, 48];

/** The parts of a row that change, and what they show. @typedef {{element: any, button: any, number: any, moved: any, title: any, badges: any, bar: any, whisker: any, place: any, total: any, range: any, spoken: any, shown: Record<string, any>}} RowView */

export class ListView {
  /** @param {Room} room @param {(candidate: number) => void} open */
  constructor(room, open) {
    this.room = room;
    this.open = open;
    /** @type {Map<string, {box: any, list: any}>} */
    this.bands = new Map();
    /** The ranks that several share. @type {Set<number | null>} */
    this.shared = new Set();
    /** Rows in sight or nearly: while a weight is being moved only these are drawn; at rest all are. @type {Set<number>} */
    this.inSight = new Set();
    /** What a bar's whole length stands for: the scale, or the highest total where that is above it. */
    this.most = Math.max(
      room.plan.scale * 10 ** room.plan.decimals,
      ...room.plan.block.candidates.map(({ is }) => is.range?.[1] ?? is.total ?? 0),
    );
    this.line = "";
    this.sight = new IntersectionObserver((entries) => this.#sighted(entries), { rootMargin: "40px" });
    this.#buildBands();
    this.rows = room.plan.block.candidates.map((_, number) => this.#buildRow(number));
    this.#buildKey();
    this.#buildListChoice();
  }

  #buildBands() {
    const { tiers } = this.room.plan.block;
    tiers.forEach((tier, at) => this.#addBand(tier.id, this.#headingOf(tier), at === 0 ? "tier first" : "tier"));
    OUTSIDE.forEach(([id, heading]) => this.#addBand(id, heading, "tier"));
    this.#addBand(SWITCHED_OFF, "Switched off here", "tier");
  }

  /** @param {import("./data.js").Tier} tier */
  #headingOf(tier) {
    const { plan } = this.room;
    if (tier.places !== undefined) return `${tier.title}, ${counted(tier.places, "place", "places")}`;
    return tier.at_least === undefined ? tier.title : `${tier.title}, ${points(plan, tier.at_least)} or more`;
  }

  /** @param {string} id @param {string} heading @param {string} kind */
  #addBand(id, heading, kind) {
    const list = h("ol");
    const box = h("section", { class: kind }, h("h3", {}, heading), list);
    this.bands.set(id, { box, list });
    byId("rows").append(box);
  }

  /** @param {number} candidate @returns {RowView} */
  #buildRow(candidate) {
    const [number, title, total, spoken] = [
      h("span", { class: "number" }),
      h("span", { class: "title" }),
      h("span", { class: "total" }),
      h("span", { class: "unseen" }),
    ];
    const [whisker, place] = [h("i", { class: "whisker" }), h("i", { class: "place" })];
    const [moved, bar, range] = [
      h("span", { class: "moved", "aria-hidden": "true" }),
      h("span", { class: "bar", "aria-hidden": "true" }, whisker, place),
      h("span", { class: "range", "aria-hidden": "true" }),
    ];
    const badges = h("span", { class: "badges" });
    title.append(this.room.title(candidate), " ", badges);
    const button = h(
      "button",
      {
        type: "button",
        class: "row",
        "aria-pressed": "false",
        onclick: () => this.open(candidate),
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#walk(event, button),
      },
      number,
      moved,
      title,
      bar,
      total,
      range,
      spoken,
    );
    const element = h("li", { "data-number": candidate }, button);
    this.sight.observe(element);
    return { element, button, number, moved, title, badges, bar, whisker, place, total, range, spoken, shown: {} };
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #sighted(entries) {
    for (const { target, isIntersecting } of entries) {
      const number = Number(/** @type {HTMLElement} */ (target).dataset.number);
      if (!isIntersecting) this.inSight.delete(number);
      else {
        this.inSight.add(number);
        this.#paintRow(this.room.now.rows[number], false);
      }
    }
  }

  /** Arrows walk through the rows. @param {KeyboardEvent} event @param {any} button */
  #walk(event, button) {
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...byId("rows").querySelectorAll(".row")].filter((each) => each.offsetParent);
    all[Math.max(0, Math.min(all.length - 1, all.indexOf(button) + step))].focus();
  }

  #buildKey() {
    const { room } = this;
    const parts = addends(room.plan, room.now.rows[0] ?? { scores: [], shares: [], earned: [] });
    const swatches = parts.map((part) =>
      h("span", {}, h("span", { class: "swatch", vars: { "--own": colour(part.colour) } }), part.title),
    );
    const whisker = h("span", {}, "├─┤ could be, if every figure and gap stood at its end");
    byId("key").replaceChildren(...swatches, whisker, h("span", {}, "┆ total of the last place"));
  }

  #buildListChoice() {
    const { room } = this;
    const { lists } = room.plan.block;
    byId("which-box").hidden = lists.length < 2;
    const choose = byId("which");
    choose.replaceChildren(...lists.map((list, at) => h("option", { value: at }, list.title || list.code)));
    choose.addEventListener("change", () => {
      room.list = Number(choose.value);
      room.onPaint();
    });
  }

  /** Draws all rows. @param {boolean} isAtRest whether nothing is being moved: only then sentences are made */
  paint(isAtRest) {
    this.#placeRows(isAtRest);
    const { room } = this;
    const { last } = room.shown.line;
    this.line = last ? this.#percent(Number(last.total)) : "-9%";
    this.shared = new Set(
      room.shown.ranked.filter((row, at, all) => row.rank === all[at - 1]?.rank).map((row) => row.rank),
    );
    for (const row of room.now.rows) if (isAtRest || this.inSight.has(row.number)) this.#paintRow(row, isAtRest);
    byId("line").textContent = this.#lineWords();
  }

  /**
   * Puts rows under their bands in the order of the list. While a weight is being moved they are only laid out in it: what
   * is taken out of the page and put in elsewhere is styled and laid out anew as a whole.
   * @param {boolean} isAtRest
   */
  #placeRows(isAtRest) {
    const { room } = this;
    const inList = (/** @type {Row} */ row) => (room.plan.block.candidates[row.number].list ?? 0) === room.list;
    const rest = room.now.rows.filter((row) => row.total === null || !row.isListed).filter(inList);
    /** @type {Map<string, Row[]>} */
    const byBand = new Map();
    for (const row of [...room.shown.ranked, ...rest]) {
      const band = row.isListed ? row.standing : SWITCHED_OFF;
      byBand.set(band, [...(byBand.get(band) ?? []), row]);
    }
    if (isAtRest) this.#markFarBelow(byBand);
    const focused = document.activeElement;
    for (const [id, { box, list }] of this.bands) {
      const rows = byBand.get(id) ?? [];
      box.hidden = rows.length === 0;
      const views = rows.map((row) => this.rows[row.number]);
      if (isAtRest) {
        placeInOrder(
          list,
          views.map(({ element }) => element),
        );
      }
      views.forEach((view, at) => {
        if (view.element.parentNode !== list) list.append(view.element);
        layAt(view, isAtRest ? "" : String(at));
      });
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.classList.contains("row"))
      focused.focus();
  }

  /** What a projector leaves out where there are more rows than it can show: all but the first tier and five below. @param {Map<string, Row[]>} byBand */
  #markFarBelow(byBand) {
    const rows = [...byBand.values()].flat();
    const first = byBand.get(this.room.plan.block.tiers[0].id)?.length ?? 0;
    const below = rows.filter((row) => row.standing !== this.room.plan.block.tiers[0].id);
    const isLong = rows.length > MOST_PROJECTED && first + BELOW_THE_LINE < rows.length;
    rows.forEach((row) =>
      this.rows[row.number].button.classList.toggle("far-below", isLong && below.indexOf(row) >= BELOW_THE_LINE),
    );
  }

  /** The largest letters with which a projector shows all the rows that it is to show. */
  fit() {
    const rows = byId("rows");
    const count = [...rows.querySelectorAll(".row:not(.far-below)")].filter((row) => row.offsetParent).length;
    const bands = [...rows.children].filter((band) => band.offsetParent).length;
    const room = innerHeight - rows.getBoundingClientRect().top - 24;
    const size = room / (ROW_LINES * count + BAND_LINES * bands || 1);
    rows.style.setProperty("--fitted", `${Math.max(LETTERS[0], Math.min(LETTERS[1], Math.floor(size)))}px`);
  }

  /** @param {Row} row @param {boolean} isAtRest */
  #paintRow(row, isAtRest) {
    const view = this.rows[row.number];
    const isTied = row.rank !== null && this.shared.has(row.rank);
    const moved = this.#movedBy(row);
    show(view, "number", row.rank === null ? "–" : `${row.rank}${isTied ? "=" : ""}`);
    show(view, "moved", movedSign(moved));
    view.moved.classList.toggle("up", moved > 0);
    view.moved.classList.toggle("down", moved < 0);
    show(view, "total", row.total === null ? "–" : points(this.room.plan, row.total));
    show(view, "range", this.#rangeWords(row));
    view.button.classList.toggle("without", row.total === null);
    this.#paintBar(view, row);
    if (!isAtRest) return;
    show(
      view,
      "spoken",
      `${isTied ? ", rank shared" : ""}${row.range ? `, could be ${this.#rangeWords(row)}` : ""}${movedWords(moved)}`,
    );
    show(view, "badges", this.#badges(row).join(", "));
  }

  /** @param {Row} row */
  #movedBy(row) {
    const before = this.room.before.rows[row.number];
    return row.rank !== null && before.rank !== null ? before.rank - row.rank : 0;
  }

  /** @param {Row} row */
  #rangeWords(row) {
    const { plan } = this.room;
    if (row.total === null) return this.whyNot(row);
    return row.range ? `${points(plan, row.range[0])} to ${points(plan, row.range[1])}` : "";
  }

  /** Why a candidate has no rank. @param {Row} row */
  whyNot(row) {
    const { criteria } = this.room.plan.block;
    if (!row.isListed) return "";
    if (row.tooLittle) return `too little is ${row.tooLittle.of}`;
    return row.refusedBy === null ? "" : `no answer: ${criteria[row.refusedBy].title}`;
  }

  /** @param {Row} row */
  #badges(row) {
    const gates = row.gates.slice(0, 1).map((gate) => EFFECTS[gate.effect]);
    const decided = this.room.state.decisions[this.room.plan.block.candidates[row.number].id];
    const passed = row.passedOver ? [`its family’s place has ${this.room.title(row.passedOver.by)}`] : [];
    return [...gates, ...passed, ...(decided ? [`board: ${decided.outcome}`] : [])];
  }

  /** @param {RowView} view @param {Row} row */
  #paintBar(view, row) {
    const { plan } = this.room;
    const parts = addends(plan, row);
    const shown = row.total === null ? [] : parts.length ? parts : [{ title: "", colour: PLAIN, units: row.total }];
    let [at, gradient] = [0, ""];
    for (const part of shown.filter(({ units }) => units > 0)) {
      const [from, to] = [this.#percent(at), this.#percent(at + part.units)];
      gradient += `,${colour(part.colour)} ${from} calc(${to} - 1px),var(--back) 0 ${to}`;
      at += part.units;
    }
    style(view, "bar", "--parts", `linear-gradient(90deg${gradient},var(--soft) 0)`);
    const [low, high] = row.range ?? [row.total ?? 0, row.total ?? 0];
    style(view, "whisker", "left", this.#percent(low));
    style(view, "whisker", "width", this.#percent(high - low));
    style(view, "place", "left", this.line);
  }

  /** A total as a part of the bar's length. @param {number} units */
  #percent(units) {
    return `${+((Math.max(0, units) * 100) / this.most).toFixed(2)}%`;
  }

  /** The last place, and how far behind the next is. */
  #lineWords() {
    const { plan } = this.room;
    const { last, next, isTied, close } = this.room.shown.line;
    if (!last || !next) return "";
    const [one, other] = [this.room.title(last.number), this.room.title(next.number)];
    if (isTied)
      return `Tied at the line: ${one} and ${other} both have ${points(plan, Number(last.total))}; the rules’ order of equals decides. Minute it.`;
    const behind = points(plan, Number(last.total) - Number(next.total));
    const share = close.length
      ? ` So near that the rules do not tell them apart: ${listed(close.map((row) => this.room.title(row.number)))}.`
      : "";
    return `Last place: ${one}, ${points(plan, Number(last.total))}. Next: ${other}, ${behind} behind.${share}`;
  }

  /** @param {number | null} candidate */
  select(candidate) {
    this.rows.forEach(({ button }, number) => button.setAttribute("aria-pressed", String(number === candidate)));
  }

  /** @param {number} candidate */
  focus(candidate) {
    this.rows[candidate].button.focus();
  }
}

/** @param {any} list @param {any[]} elements */
function placeInOrder(list, elements) {
  let at = list.firstChild;
  for (const element of elements) {
    if (element === at) at = at.nextSibling;
    else list.insertBefore(element, at);
  }
  while (at) {
    const next = at.nextSibling;
    if (!elements.includes(at)) at.remove();
    at = next;
  }
}

/** Lays a row out at a place among its list, wherever it stands in it. @param {RowView} view @param {string} place */
function layAt(view, place) {
  if ((view.shown.place ?? "") === place) return;
  view.shown.place = place;
  view.element.style.order = place;
}

/** Shows a text where it is another than before. @param {any} view @param {string} part @param {string} text */
function show(view, part, text) {
  if (view.shown[part] === text) return;
  view.shown[part] = text;
  view[part].textContent = text;
}

/** The same of a property of style. @param {any} view @param {string} part @param {string} name @param {string} value */
function style(view, part, name, value) {
  if (view.shown[part + name] === value) return;
  view.shown[part + name] = value;
  view[part].style.setProperty(name, value);
}
