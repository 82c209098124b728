// Everybody's answers beside each other: where people differ, why, and what each would have the list be.

import { byId, field, h, say, scrolled, svg } from "./dom.js";
import { misfitWords } from "./mine_view.js";
import { inTier } from "./nearest.js";
import {
  agreement,
  contradictions,
  judgedBy,
  lastRound,
  LEAST_PEOPLE,
  MOST_PEOPLE,
  readAnswers,
  settingOf,
  weightsOfGroup,
  weightsOfPerson,
  withPerson,
} from "./people.js";
import { inUnits, unitsOfWeights } from "./elicit.js";
import { counted, inside, listed, listedOrNobody } from "./words.js";
import { trimmedText } from "./whole.js";

/**
 * @typedef {import("./room.js").Room} Room @typedef {import("./people.js").Answers} Answers @typedef {import("./plan.js").Round} Round
 *
 * One person's number, and why.
 * @typedef {{person: number, at: number, text: string, because?: string}} Dot
 *
 * The lists of the group, of each person, and of the group without each.
 * @typedef {{group: import("./ranking.js").List, each: (import("./ranking.js").List | null)[], without: import("./ranking.js").List[]}} Lists
 *
 * What people differ about.
 * @typedef {{title: string, dots: Dot[], words: string, least: number, most: number, leastApart: number, step: number}} Spread
 */

const MOST_JUDGEMENTS = 8;
/** How wide a column of dots is on a strip, and how high it may become. */
const COLUMN = 5;
const HIGHEST = 17;

export class TogetherView {
  /** @param {Room} room @param {() => void} showList */
  constructor(room, showList) {
    this.room = room;
    this.showList = showList;
    this.hasNames = false;
    this.round = 1;
    this.#build();
  }

  #build() {
    const files = h("input", { type: "file", id: "their-files", multiple: true, accept: ".json,application/json" });
    const paste = h("textarea", { id: "their-text", rows: 3 });
    const told = h("ul", { id: "told", class: "says", "aria-live": "polite" });
    files.addEventListener("change", async () => {
      await this.#takeFiles([...files.files]);
      files.value = "";
    });
    const takeText = h(
      "button",
      {
        type: "button",
        onclick: () => {
          if (this.#take(paste.value, "what was pasted")) paste.value = "";
          this.paint();
        },
      },
      "Take the text",
    );
    const names = h("input", {
      type: "checkbox",
      id: "names",
      onchange: () => {
        this.hasNames = names.checked;
        this.paint();
      },
    });
    const round = h("select", {
      id: "their-round",
      onchange: () => {
        this.round = Number(round.value);
        this.paint();
      },
    });
    const box = h(
      "div",
      { class: "drop" },
      field(`Files of answers, up to ${MOST_PEOPLE}: choose all at once, or drop them here`, files),
      field("or paste one as text", paste),
      h("p", { class: "buttons" }, takeText),
    );
    dropped(box, (list) => this.#takeFiles(list));
    byId("together").replaceChildren(
      h("h2", {}, "Where we differ"),
      h("details", { open: true, id: "take-in" }, h("summary", {}, "Take in answers"), box),
      told,
      h(
        "p",
        {},
        h("label", {}, names, " Show roles (off: numbers only)"),
        " ",
        h("label", { for: "their-round" }, "Round "),
        round,
      ),
      h("div", { id: "differences" }),
    );
    this.paint();
  }

  /** @param {File[]} files */
  async #takeFiles(files) {
    byId("told").replaceChildren();
    for (const file of files) this.#take(await file.text(), file.name);
    this.round = lastRound(this.room.people);
    this.paint();
    byId("take-in").open = this.room.peopleOf(this.round).length < LEAST_PEOPLE;
    say(`${counted(this.room.people.length, "person has", "people have")} handed in.`);
  }

  /** Takes in one person's answers, or tells why not. @param {string} text @param {string} from */
  #take(text, from) {
    const tell = (/** @type {string} */ words) => byId("told").append(h("li", {}, words));
    const read = readAnswers(this.room.plan, text);
    if ("wrong" in read) return tell(`${from} is not taken in: ${read.wrong}.`);
    const taken = withPerson(this.room.people, read.answers);
    if ("wrong" in taken) return tell(`${from}: ${taken.wrong}.`);
    if (taken.told) tell(taken.told);
    this.room.people = taken.people;
    this.room.note(`answers of ${read.answers.by}, round ${read.answers.round}, taken in`);
    return true;
  }

  get people() {
    return this.room.peopleOf(this.round);
  }

  /** Who answered in the round before; nobody where that were too few to be shown. */
  #earlier() {
    const people = this.room.peopleOf(this.round - 1);
    return people.length < LEAST_PEOPLE ? [] : people;
  }

  /** Who a person is: the role, or a number where roles are off. @param {number} person */
  who(person) {
    return this.hasNames ? this.people[person].by : `person ${person + 1}`;
  }

  paint() {
    const rounds = [...new Set([...this.room.people.map((person) => person.round), this.round])].sort();
    byId("their-round").replaceChildren(
      ...rounds.map((number) => h("option", { value: number, selected: number === this.round }, String(number))),
    );
    const { people } = this;
    if (people.length < LEAST_PEOPLE) {
      const handed = people.length ? `${people.length} handed in. ` : "Nobody’s answers yet. ";
      return byId("differences").replaceChildren(
        h("p", { class: "off-note" }, `${handed}Shown from three on: with two, each would see the other’s.`),
      );
    }
    byId("differences").replaceChildren(...this.#differences());
  }

  #differences() {
    const { plan } = this.room;
    const fixed = plan.fixedBelow(plan.root);
    const lists = fixed === null ? this.#lists() : null;
    const agreed = lists
      ? this.#agreed(lists)
      : `${this.people.length} handed in. What each person’s list would be can’t be told here: ${fixed}.`;
    return [
      h("p", { id: "agreed" }, agreed),
      ...this.#blank(),
      h(
        "div",
        { class: "two" },
        h("div", {}, this.#weights(), this.#contradictions()),
        h("div", {}, this.#judgements(), lists && this.#places(lists)),
      ),
      lists && this.#leaving(lists),
      lists && this.#buttons(),
    ].filter((part) => part !== null);
  }

  // --- Weights ----------------------------------------------------------------------------------------------------------

  #weights() {
    const { plan } = this.room;
    const spreads = plan.rounds.map((round) => {
      const found = this.#spreadsOf(round).sort((a, b) => widthOf(b) - widthOf(a));
      const w = agreement(plan, round, this.people);
      const words = w === null ? "" : ` Kendall’s W is ${w.toFixed(2)}: 1 where all have the same order.`;
      return [
        h("h4", {}, plan.rounds.length > 1 ? round.title : "Most disputed first"),
        h("p", { class: "small" }, words),
        ...found.flatMap((spread) => this.#strip(spread)),
      ];
    });
    const how =
      "Each dot a person; thick line the middle half, upright line the median; ◆ far out. Press a name for the reasons.";
    return h("section", {}, h("h3", {}, "Weights"), h("p", { class: "small" }, how), spreads.flat());
  }

  /** @param {Round} round @returns {Spread[]} */
  #spreadsOf(round) {
    const { plan } = this.room;
    const { decimals, whole } = unitsOfWeights(plan);
    const each = this.people.map((person) => weightsOfPerson(plan, round, person));
    const units = each.map((weights) => weights && inUnits(plan, weights));
    const group = weightsOfGroup(plan, round, this.people);
    const earlier = weightsOfGroup(plan, round, this.#earlier());
    const most = Math.max(...units.flatMap((weights) => weights ?? []));
    return round.entries.map((entry, place) => {
      const dots = units.flatMap((weights, person) =>
        weights === null
          ? []
          : [
              {
                person,
                at: weights[place] / whole,
                text: trimmedText(weights[place], decimals),
                because: this.#why(person, plan.entries[entry].id),
              },
            ],
      );
      const texts = dots.map(({ text }) => Number(text));
      const words = group
        ? `group ${group[place]}${earlier ? `, ${earlier[place]} in round ${this.round - 1}` : ""}; ${Math.min(...texts)} to ${Math.max(...texts)}`
        : "nobody answered";
      return {
        title: plan.entries[entry].title,
        dots,
        words,
        least: 0,
        most: Math.ceil((most * 10) / whole) / 10,
        leastApart: 0.04,
        step: 0.1,
      };
    });
  }

  /** @param {number} person @param {string} id */
  #why(person, id) {
    const { reasons, because } = this.people[person];
    return reasons[id] ?? because;
  }

  /** @param {number} value */
  #asWeight(value) {
    return String(Math.round(value * this.room.plan.scale * 10) / 10);
  }

  #contradictions() {
    const found = this.people.flatMap((person, number) =>
      contradictions(this.room.plan, person).map((each) => `${this.who(number)}: ${misfitWords(each)}`),
    );
    return found.length
      ? h(
          "section",
          {},
          h("h3", {}, "Answers that contradict each other"),
          h(
            "ul",
            { class: "says" },
            found.map((words) => h("li", {}, words)),
          ),
        )
      : null;
  }

  // --- Judgements -------------------------------------------------------------------------------------------------------

  #judgements() {
    const spreads = this.#judgementSpreads();
    if (!spreads.length) return null;
    const [first, rest] = [spreads.slice(0, MOST_JUDGEMENTS), spreads.slice(MOST_JUDGEMENTS)];
    return h(
      "section",
      {},
      h("h3", {}, "Judgements, most disputed first"),
      first.flatMap((spread) => this.#strip(spread)),
      rest.length
        ? h(
            "details",
            {},
            h("summary", {}, `The other ${rest.length}`),
            rest.flatMap((spread) => this.#strip(spread)),
          )
        : null,
    );
  }

  /** @returns {Spread[]} */
  #judgementSpreads() {
    const { plan } = this.room;
    const [judged, earlier] = [judgedBy(plan, this.people), judgedBy(plan, this.#earlier())];
    const spreads = plan.block.criteria
      .filter(({ judge }) => judge)
      .flatMap(({ id, title, judge }) =>
        plan.block.candidates.map((candidate) => {
          const dots = this.people.flatMap((person, number) => {
            const one = person.judgements[id]?.[candidate.id];
            return one ? [{ person: number, at: Number(one.score), text: one.score, because: one.because }] : [];
          });
          const blank = this.people.filter((person) => person.judgements[id]?.[candidate.id] === null).length;
          const median = judged[`${candidate.id} ${id}`]?.score ?? String(quarters(dots)[1]);
          const before = earlier[`${candidate.id} ${id}`];
          const words = `median ${median}${before ? `, ${before.score} in round ${this.round - 1}` : ""}${blank ? `; ${blank} no view` : ""}`;
          const [least, most] = [Number(judge?.from), Number(judge?.to)];
          return {
            title: `${candidate.title}: ${inside(title)}`,
            dots,
            words,
            least,
            most,
            leastApart: (most - least) * 0.28,
            step: most - least > 20 ? (most - least) / 4 : 1,
          };
        }),
      );
    return spreads
      .filter(({ dots }) => dots.length >= LEAST_PEOPLE)
      .sort((a, b) => middleHalf(b) - middleHalf(a) || widthOf(b) - widthOf(a));
  }

  // --- A spread ---------------------------------------------------------------------------------------------------------

  /** @param {Spread} spread */
  #strip(spread) {
    const far = farOut(spread);
    const reasons = h(
      "ul",
      { class: "says boxed", hidden: true },
      [...spread.dots]
        .sort((a, b) => b.at - a.at)
        .map((dot) =>
          h("li", {}, h("b", {}, dot.text), ` ${this.who(dot.person)}${dot.because ? `: “${dot.because}”` : ""}`),
        ),
    );
    const name = h(
      "button",
      {
        type: "button",
        "aria-expanded": "false",
        onclick: () => {
          reasons.hidden = !reasons.hidden;
          name.setAttribute("aria-expanded", String(!reasons.hidden));
        },
      },
      spread.title,
    );
    const words = h(
      "span",
      { class: "small" },
      spread.words,
      far.length ? h("span", { class: "far" }, ` ◆ ${listed(far.map((dot) => this.who(dot.person)))}`) : null,
    );
    return [h("div", { class: "strip" }, name, this.#drawn(spread, far), words), reasons];
  }

  /** @param {Spread} spread @param {Dot[]} far */
  #drawn({ dots, least, most, step }, far) {
    const x = (/** @type {number} */ at) => 10 + ((at - least) / (most - least || 1)) * 280;
    const drawing = svg("svg", { viewBox: "0 0 300 46", "aria-hidden": "true" });
    const isWeight = most <= 1;
    for (let at = least; at <= most + 1e-9; at += step) {
      drawing.append(
        svg("line", { class: "same", x1: x(at), x2: x(at), y1: 30, y2: 34 }),
        svg(
          "text",
          { class: "axis", x: x(at), y: 45, "text-anchor": "middle" },
          isWeight ? this.#asWeight(at) : String(Math.round(at)),
        ),
      );
    }
    const [low, median, high] = quarters(dots);
    const all = dots.map((dot) => dot.at);
    drawing.append(
      svg("line", { class: "whole", x1: x(Math.min(...all)), x2: x(Math.max(...all)), y1: 27, y2: 27 }),
      svg("line", { class: "middle", x1: x(low), x2: x(high), y1: 27, y2: 27 }),
      svg("line", { class: "median", x1: x(median), x2: x(median), y1: 4, y2: 28 }),
    );
    for (const { dot, height } of stacked(dots, (dot) => Math.round(x(dot.at) / COLUMN))) {
      drawing.append(mark(x(dot.at), 21 - height, far.includes(dot)));
    }
    return drawing;
  }

  // --- Lists ------------------------------------------------------------------------------------------------------------

  /** What each person's list and the group's would be; null where somebody left weights blank. */
  #lists() {
    const { room } = this;
    const rank = (/** @type {Answers[]} */ people) =>
      room.ranker.rank(settingOf(room.plan, people), false).lists[room.list];
    const movable = room.plan.rounds.filter((round) => round.fixed === null);
    const each = this.people.map((person) =>
      movable.every((round) => weightsOfPerson(room.plan, round, person)) ? rank([person]) : null,
    );
    const without = this.people.map((_, number) => rank(this.people.filter((__, other) => other !== number)));
    return { group: rank(this.people), each, without };
  }

  get #first() {
    return this.room.plan.block.tiers[0];
  }

  /** @param {Lists} lists */
  #agreed({ group, each, without }) {
    const have = each.filter((list) => list !== null).map((list) => inTier(list, this.#first.id));
    const votes = (/** @type {number} */ number) => have.filter((tier) => tier.includes(number)).length;
    const numbers = group.ranked.map((row) => row.number);
    const all = numbers.filter((number) => votes(number) === have.length);
    const contested = numbers.filter((number) => votes(number) > 0 && votes(number) < have.length);
    const changes = without.filter((list) => this.#differs(group, list)).length;
    const robust = changes
      ? `${changes} of ${this.people.length} would change the group’s list by leaving.`
      : "No one person changes the group’s list.";
    return `${this.people.length} handed in. In everybody’s “${this.#first.title}”: ${listedOrNobody(all.map((number) => this.room.title(number)))}. Contested: ${contested.length}. ${robust}`;
  }

  /** @param {import("./ranking.js").List} one @param {import("./ranking.js").List} other */
  #differs(one, other) {
    const [a, b] = [inTier(one, this.#first.id), inTier(other, this.#first.id)];
    return a.length !== b.length || a.some((number) => !b.includes(number));
  }

  /** Who left weights blank has no part in them. */
  #blank() {
    const { plan } = this.room;
    return plan.rounds.flatMap((round) => {
      const blank = this.people.flatMap((person, number) =>
        weightsOfPerson(plan, round, person) ? [] : [this.who(number)],
      );
      return blank.length
        ? [
            h(
              "p",
              { class: "off-note" },
              `${round.title}: ${listed(blank)} left something blank and ${blank.length === 1 ? "has" : "have"} no part in these weights. What the others answered counts.`,
            ),
          ]
        : [];
    });
  }

  /** Candidates and people: ranks, filled where it has a place. @param {Lists} lists */
  #places({ group, each }) {
    const { room } = this;
    const first = this.#first.id;
    const have = each.filter((list) => list !== null);
    const votes = (/** @type {number} */ number) => have.filter((list) => inTier(list, first).includes(number)).length;
    const shown = group.ranked.filter((row) => row.standing === first || votes(row.number) > 0);
    const cell = (/** @type {import("./ranking.js").List | null} */ list, /** @type {number} */ number) => {
      const row = list?.ranked.find((it) => it.number === number);
      const isIn = row?.standing === first;
      return h(
        "td",
        { class: isIn ? "in" : "" },
        row ? `${row.rank}` : list ? "–" : "blank",
        isIn ? h("span", { class: "unseen" }, ", has a place") : null,
      );
    };
    const head = (/** @type {string} */ name, kind = "") => h("th", { scope: "col", class: kind }, h("span", {}, name));
    const line = (/** @type {import("./ranking.js").Row} */ row) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, room.title(row.number)),
        cell(group, row.number),
        h("td", {}, `${votes(row.number)} of ${have.length}`),
        each.map((list) => cell(list, row.number)),
      );
    return h(
      "section",
      {},
      h("h3", {}, `Whose “${this.#first.title}” would have it`),
      scrolled(
        "Whose first tier would have it",
        h(
          "table",
          { class: "matrix" },
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              head("Candidate"),
              head("group"),
              head("places"),
              this.people.map((_, number) => head(this.who(number), "person")),
            ),
          ),
          h("tbody", {}, shown.map(line)),
        ),
      ),
      h("p", { class: "small" }, "Numbers are ranks in that person’s own list; filled: it has a place there."),
    );
  }

  /** Where one person changes the group's list. @param {Lists} lists */
  #leaving({ group, without }) {
    const { room } = this;
    const titles = (/** @type {number[]} */ numbers) => listedOrNobody(numbers.map((number) => room.title(number)));
    const found = without.flatMap((list, person) => {
      if (!this.#differs(group, list)) return [];
      const [before, after] = [inTier(group, this.#first.id), inTier(list, this.#first.id)];
      return [
        `Without ${this.who(person)}: ${titles(after.filter((number) => !before.includes(number)))} in, ${titles(before.filter((number) => !after.includes(number)))} out.`,
      ];
    });
    return found.length
      ? h(
          "section",
          {},
          h("h3", {}, "Where one person changes the list"),
          h(
            "ul",
            { class: "says" },
            found.map((words) => h("li", {}, words)),
          ),
        )
      : null;
  }

  // --- Into the list ----------------------------------------------------------------------------------------------------

  #buttons() {
    const useWeights = h(
      "button",
      {
        type: "button",
        class: "primary",
        id: "use-weights",
        onclick: () =>
          this.#use("the group’s weights", (state, found) => {
            state.setting.weights = found.weights;
            state.setting.on = state.setting.on.map(() => true);
            state.locked = state.locked.map(() => false);
          }),
      },
      "Use the group’s weights in the list",
    );
    const useScores = h(
      "button",
      {
        type: "button",
        id: "use-scores",
        onclick: () =>
          this.#use("the group’s judgements, medians", (state, found) => {
            Object.assign(state.setting.judged, found.judged);
          }),
      },
      "Use the group’s medians in the list",
    );
    return h("p", { class: "buttons" }, useWeights, " ", useScores);
  }

  /** @param {string} what @param {(state: import("./room.js").State, found: import("./ranking.js").Setting) => void} change */
  #use(what, change) {
    const found = settingOf(this.room.plan, this.people);
    this.room.step(`${what} (round ${this.round}, ${counted(this.people.length, "person", "people")})`, (state) =>
      change(state, found),
    );
    this.showList();
  }
}

/** @param {any} box @param {(files: File[]) => void} take */
function dropped(box, take) {
  box.addEventListener("dragover", (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    box.classList.remove("over");
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

/** Dots of one column above each other, as near as they must be for all to fit. @param {Dot[]} dots @param {(dot: Dot) => number} columnOf */
function stacked(dots, columnOf) {
  /** @type {Map<number, Dot[]>} */
  const columns = new Map();
  for (const dot of dots) columns.set(columnOf(dot), [...(columns.get(columnOf(dot)) ?? []), dot]);
  const most = Math.max(...[...columns.values()].map((column) => column.length));
  const apart = Math.min(COLUMN, HIGHEST / Math.max(1, most - 1));
  return [...columns.values()].flatMap((column) => column.map((dot, place) => ({ dot, height: place * apart })));
}

/** The lower quarter, the median and the upper quarter. @param {Dot[]} dots */
function quarters(dots) {
  const sorted = dots.map((dot) => dot.at).sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => {
    const place = (sorted.length - 1) * part;
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place - Math.floor(place));
  };
  return [at(0.25), at(0.5), at(0.75)];
}

/** @param {Spread} spread */
const widthOf = ({ dots }) => Math.max(...dots.map((dot) => dot.at)) - Math.min(...dots.map((dot) => dot.at));

/** @param {Spread} spread */
const middleHalf = ({ dots }) => quarters(dots)[2] - quarters(dots)[0];

/** Beyond the quarters by one and a half times their distance, and by at least so much. @param {Spread} spread */
function farOut({ dots, leastApart }) {
  if (dots.length < 4) return [];
  const [low, median, high] = quarters(dots);
  const reach = (high - low) * 1.5;
  return dots.filter(({ at }) => (at < low - reach || at > high + reach) && Math.abs(at - median) >= leastApart);
}

/** A person on a strip: a dot, or a diamond where it is far out. @param {number} x @param {number} y @param {boolean} isFar */
const mark = (x, y, isFar) =>
  isFar
    ? svg("path", { class: "far-mark", d: `M${x} ${y - 4}L${x + 4} ${y}L${x} ${y + 4}L${x - 4} ${y}Z` })
    : svg("circle", { class: "dot", cx: x, cy: y, r: 2.6 });
