// One candidate: what its total is made of, judgements that can be changed, gates, a note, and the board's decision.

import { colour, colourOf } from "./colours.js";
import { byId, field, h, say } from "./dom.js";
import { byOne, choices, mayBeGiven, valueOf } from "./judging.js";
import { whyFixed } from "./people.js";
import { isWeighed } from "./plan.js";
import { fixedText } from "./whole.js";
import { inside, points, weight } from "./words.js";

/** @typedef {import("./room.js").Room} Room @typedef {import("./ranking.js").Row} Row @typedef {import("./data.js").Candidate} Candidate */

/** @type {[string, string][]} */
const OUTCOMES = [
  ["", "no decision yet"],
  ["adopted", "adopted"],
  ["rejected", "rejected"],
  ["moved", "moved to another place"],
];

/** What stands in for a missing answer. @type {Record<string, string>} */
const MISSING = {
  reweight: "left out, its weight shared among the others",
  neutral: "the middle value stands in",
  worst: "the worst is assumed",
  refuse: "not ranked without it",
  stated: "a stated value stands in",
};

export class CandidateView {
  /** @param {Room} room @param {(candidate: number) => string} whyNot @param {() => void} close */
  constructor(room, whyNot, close) {
    this.room = room;
    this.whyNot = whyNot;
    this.close = close;
    /** @type {number | null} */
    this.open = null;
    /** Whether a step is being taken that changes no figure, so that what is being filled in stays as it is. */
    this.isWriting = false;
  }

  /** @param {number | null} candidate */
  show(candidate) {
    this.open = candidate;
    byId("candidate").hidden = candidate === null;
    byId("moved").hidden = candidate !== null;
    this.paint();
  }

  focus() {
    byId("candidate")
      .querySelector("h2")
      ?.focus({ preventScroll: innerWidth >= 1200 });
  }

  /** Draws it again; what had the focus has it still. */
  paint() {
    if (this.isWriting) return;
    if (this.open === null) return byId("candidate").replaceChildren();
    const focused = document.activeElement?.id;
    byId("candidate").replaceChildren(...this.#parts(this.open));
    if (focused && byId("candidate").contains(byId(focused))) byId(focused).focus();
  }

  /** @param {number} number */
  #parts(number) {
    const { room } = this;
    const candidate = room.plan.block.candidates[number];
    const row = room.now.rows[number];
    return [
      h("p", {}, h("button", { type: "button", id: "close-candidate", onclick: this.close }, "← What moved")),
      h("h2", { tabindex: -1 }, `${row.rank === null ? "" : `${row.rank} `}${candidate.title}`),
      candidate.about ? h("p", { class: "small" }, candidate.about) : null,
      this.#totalWords(row, number),
      ...row.gates.map((gate) =>
        h(
          "p",
          { class: "off-note" },
          `${gate.title}, a gate: ${gate.reason} Gates are not changed here: they are law or policy.`,
        ),
      ),
      this.#table(row, candidate),
      this.#listed(number),
      this.#note(candidate),
      this.#decision(candidate),
    ].filter((part) => part !== null);
  }

  /** @param {Row} row @param {number} number */
  #totalWords(row, number) {
    const { plan } = this.room;
    if (row.total === null)
      return h("p", { class: "off-note" }, row.isListed ? `Not ranked: ${this.whyNot(number)}.` : "Switched off here.");
    const { last } = this.room.shown.line;
    const range = row.range ? `; could be ${points(plan, row.range[0])} to ${points(plan, row.range[1])}` : "";
    const gap = last && last.number !== number ? row.total - Number(last.total) : null;
    const distance =
      gap === null ? "" : ` ${points(plan, Math.abs(gap))} ${gap >= 0 ? "above" : "below"} the last place.`;
    return h("p", {}, `${points(plan, row.total)}${range}.${distance}`);
  }

  /** @param {Row} row @param {Candidate} candidate */
  #table(row, candidate) {
    const { plan } = this.room;
    const rows = plan.block.criteria.flatMap((_, criterion) => this.#questionRows(row, candidate, criterion));
    const heads = ["Question", "value", "weight", "points"].map((name) => h("th", { scope: "col" }, name));
    return h(
      "table",
      { class: "figures" },
      h("caption", { class: "unseen" }, `What the total of ${candidate.title} is made of`),
      h("thead", {}, h("tr", {}, heads)),
      h("tbody", {}, rows),
      row.total === null ? null : h("tfoot", {}, this.#scores(row), this.#sumRow("Total", row.total)),
    );
  }

  /** The scores of groups, where they have any. @param {Row} row */
  #scores(row) {
    const { plan } = this.room;
    if (!plan.hasScores) return [];
    return plan.block.groups.map(({ title }, group) => this.#sumRow(`Score of ${title}`, row.scores[group]));
  }

  /** @param {string} title @param {number} units */
  #sumRow(title, units) {
    const head = h("th", { scope: "row", colspan: 3 }, title);
    return h("tr", {}, head, h("td", {}, points(this.room.plan, units)));
  }

  /** @param {Row} row @param {Candidate} candidate @param {number} criterion */
  #questionRows(row, candidate, criterion) {
    const { plan } = this.room;
    const { title } = plan.block.criteria[criterion];
    const cell = candidate.cells[criterion];
    const judged = this.room.state.setting.judged[`${candidate.id} ${plan.block.criteria[criterion].id}`];
    const isLeftOut = cell.missing && !judged && plan.block.criteria[criterion].missing === "reweight";
    const share = isWeighed(plan.nodeOf(criterion)) ? weight(plan, row.shares[criterion]) : "–";
    const decimals = plan.nodeOf(criterion).way === "sum" ? plan.decimals : plan.fine;
    const head = h(
      "th",
      { scope: "row" },
      h("span", { class: "swatch", vars: { "--own": colour(colourOf(plan, criterion)) } }),
      title,
    );
    const figures = [
      isLeftOut ? "–" : fixedText(row.values[criterion][0], plan.fine),
      share,
      fixedText(row.earned[criterion], decimals),
    ];
    return [
      h(
        "tr",
        {},
        head,
        figures.map((text) => h("td", {}, text)),
      ),
      h("tr", {}, h("td", { colspan: 4, class: "because" }, this.#answer(row, candidate, criterion))),
    ];
  }

  /** The answer as filed, and where it is judged, a way to change it. @param {Row} row @param {Candidate} candidate @param {number} criterion */
  #answer(row, candidate, criterion) {
    const { plan, state, isBroken } = this.room;
    const { id, missing, unit } = plan.block.criteria[criterion];
    const cell = candidate.cells[criterion];
    const judged = state.setting.judged[`${candidate.id} ${id}`];
    const fixed = isBroken
      ? "the page does not reproduce the command’s figures"
      : whyFixed(plan, row.number, criterion);
    const filed = cell.missing ? `No answer: ${MISSING[missing] ?? missing}. ` : cell.because ? "" : (cell.m ?? "");
    const changed = judged
      ? `Changed in this room to ${judged.score}${judged.people > 1 ? `, the median of ${judged.people}` : ""}. Filed: `
      : "";
    return [
      fixed === null ? h("span", { class: "judge" }, this.#control(candidate, criterion), ` ${unit}`) : null,
      h("span", {}, changed, filed, cell.because),
      fixed === null ? null : h("span", { class: "fixed" }, ` Can’t be changed here: ${fixed}.`),
    ];
  }

  /** @param {Candidate} candidate @param {number} criterion */
  #control(candidate, criterion) {
    const { block } = this.room.plan;
    const { id, title, judge } = block.criteria[criterion];
    const key = `${candidate.id} ${id}`;
    const judged = this.room.state.setting.judged[key];
    const scores = judge ? choices(judge) : [];
    const about = { id: `judge-${criterion}`, "aria-label": `${title} of ${candidate.title}, judged` };
    const put = (/** @type {string} */ score) => this.#judge(candidate, criterion, score.trim());
    if (scores.length) {
      const known = judged && !scores.includes(judged.score) ? [judged.score, ...scores] : scores;
      const options = known.map((score) => h("option", { value: score }, score));
      return h(
        "select",
        { ...about, onchange: (/** @type {any} */ event) => put(event.target.value), value: judged?.score ?? "" },
        h("option", { value: "" }, "as filed"),
        options,
      );
    }
    return h("input", {
      ...about,
      type: "text",
      inputmode: "decimal",
      class: "number",
      value: judged?.score ?? "",
      placeholder: "as filed",
      onchange: (/** @type {any} */ event) => put(event.target.value),
    });
  }

  /** @param {Candidate} candidate @param {number} criterion @param {string} score empty for the answer as filed */
  #judge(candidate, criterion, score) {
    const { room } = this;
    const { id, title, judge } = room.plan.block.criteria[criterion];
    if (!judge) return;
    const key = `${candidate.id} ${id}`;
    if (score && (!mayBeGiven(judge, score) || !valueOf(judge, byOne(score), room.plan.fine))) {
      say(`A judgement here goes from ${judge.from} to ${judge.to}, in steps of ${judge.step}.`);
      return this.paint();
    }
    room.step(`${candidate.title}, ${inside(title)}: ${score || "as filed"}`, ({ setting }) => {
      if (score) setting.judged[key] = byOne(score);
      else delete setting.judged[key];
    });
  }

  /** @param {number} number */
  #listed(number) {
    const { room } = this;
    const why = room.plan.block.off.candidates;
    if (why) return h("p", { class: "off-note" }, `Nobody can be switched off here: ${why}.`);
    const on = h("input", {
      type: "checkbox",
      id: "on-list",
      checked: room.state.setting.listed[number],
      onchange: () => {
        room.step(`${room.title(number)} switched ${on.checked ? "on" : "off"}`, ({ setting }) => {
          setting.listed[number] = on.checked;
        });
      },
    });
    return h("p", {}, h("label", {}, on, " On the list"));
  }

  /** Writes a note or a decision down. @param {string} what @param {(state: import("./room.js").State) => void} change */
  #write(what, change) {
    this.isWriting = true;
    this.room.step(what, change);
    this.isWriting = false;
  }

  /** @param {Candidate} candidate */
  #note(candidate) {
    const { room } = this;
    const note = h("textarea", {
      id: "note",
      rows: 2,
      value: room.state.notes[candidate.id] ?? "",
      onchange: () => {
        this.#write(`note on ${candidate.title}`, (state) => {
          state.notes[candidate.id] = note.value;
        });
      },
    });
    return field("Note", note);
  }

  /** @param {Candidate} candidate */
  #decision(candidate) {
    const { room } = this;
    const made = room.state.decisions[candidate.id] ?? { outcome: "", reason: "", by: "", place: "" };
    const outcome = h(
      "select",
      { id: "decision-outcome", value: made.outcome },
      OUTCOMES.map(([word, text]) => h("option", { value: word, selected: word === made.outcome }, text)),
    );
    const place = h("input", { id: "decision-place", class: "number", inputmode: "numeric", value: made.place });
    const reason = h("input", { id: "decision-reason", value: made.reason });
    const by = h("input", { id: "decision-by", value: made.by });
    const lacks = h("p", { class: "small", id: "decision-lacks", role: "status" }, lacking(made));
    const keep = () => {
      const decision = {
        outcome: outcome.value,
        reason: reason.value.trim(),
        by: by.value.trim(),
        place: place.value.trim(),
      };
      lacks.textContent = lacking(decision);
      this.#write(`${candidate.title}: ${outcome.value || "no decision"}`, ({ decisions }) => {
        decisions[candidate.id] = decision;
        if (!outcome.value) delete decisions[candidate.id];
      });
    };
    for (const control of [outcome, place, reason, by]) control.addEventListener("change", keep);
    return h(
      "fieldset",
      {},
      h("legend", {}, "The board’s decision"),
      field("Outcome", outcome),
      field("Place in the board’s list", place, "needed where it is moved"),
      field("Reason", reason),
      field("By (role)", by),
      lacks,
    );
  }
}

/** What a decision lacks to be minuted. @param {import("./room.js").Decision} decision */
export function lacking({ outcome, reason, by, place }) {
  if (!outcome) return "";
  const lacks = [
    reason ? "" : "a reason",
    by ? "" : "who speaks for it",
    outcome === "moved" && !/^[1-9]\d{0,4}$/.test(place) ? "a place" : "",
  ].filter(Boolean);
  return lacks.length ? `It still needs ${lacks.join(" and ")}.` : "";
}
