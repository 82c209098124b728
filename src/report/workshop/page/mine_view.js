// One person's answers, given alone: neither the list nor anybody else's answers are in sight. What stays open is left out and
// told; nothing is made up.

import { byId, field, h, keepFile, say } from "./dom.js";
import { inUnits, METHODS, proportions, unitsOfWeights, wrongNumbers } from "./elicit.js";
import { choices, mayBeGiven } from "./judging.js";
import { ANSWERS, contradictions, readAnswers } from "./people.js";
import { trimmedText } from "./whole.js";
import { counted, inside } from "./words.js";

/** @typedef {import("./plan.js").Plan} Plan @typedef {import("./plan.js").Round} Round @typedef {import("./people.js").Answers} Answers */

/** The steps of Saaty's scale, from the second's favour to the first's. */
const OFFERED_STEPS = [-9, -8, -7, -6, -5, -4, -3, -2, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export class MineView {
  /** @param {Plan} plan */
  constructor(plan) {
    this.plan = plan;
    /** @type {Answers} */
    this.answers = emptyAnswers(plan);
    this.build();
  }

  build() {
    const { answers } = this;
    byId("my-answers").replaceChildren(
      h("h2", {}, "My answers, alone"),
      h(
        "p",
        {},
        "Nobody sees these until the round is closed. This view shows neither the list nor anybody else’s answers. Nothing leaves this device until you save the file.",
      ),
      this.#earlier(),
      this.#about(),
      ...this.plan.rounds.map((round, at) => this.#round(round, at)),
      this.#because(answers),
      ...this.plan.block.criteria.filter(({ judge }) => judge).map((criterion) => this.#judgements(criterion)),
      ...this.#end(),
    );
    this.#told();
  }

  /** Earlier answers, to go on with or to think over again. */
  #earlier() {
    const file = h("input", { type: "file", id: "my-file", accept: ".json,application/json" });
    file.addEventListener("change", async () => this.#takeUp(await file.files[0].text()));
    return h(
      "details",
      {},
      h("summary", {}, "I have answered before"),
      field("My file", file, "It is taken up here, for this round or the next one."),
    );
  }

  /** @param {string} text */
  #takeUp(text) {
    const read = readAnswers(this.plan, text);
    if ("wrong" in read) return say(`Not taken up: ${read.wrong}.`);
    this.answers = read.answers;
    this.build();
    say(`The answers of ${read.answers.by} are taken up.`);
  }

  #about() {
    const { answers } = this;
    const by = h("input", {
      id: "my-role",
      autocomplete: "off",
      value: answers.by,
      onchange: () => {
        answers.by = by.value.trim();
      },
    });
    const round = h(
      "select",
      {
        id: "my-round",
        onchange: () => {
          answers.round = Number(round.value);
        },
      },
      [1, 2, 3].map((number) =>
        h(
          "option",
          { value: number, selected: number === answers.round },
          ["first", "second, after talking", "third"][number - 1],
        ),
      ),
    );
    const method = h(
      "select",
      { id: "my-method", onchange: () => this.#askBy(method.value) },
      Object.entries(METHODS).map(([word, text]) =>
        h("option", { value: word, selected: word === answers.method }, text),
      ),
    );
    return h(
      "div",
      { class: "about-me" },
      field("My role", by, "answers are filed by role, not by name"),
      field("Round", round),
      field("I am asked for", method),
    );
  }

  /** Asks in another way. Numbers that were given by the old one mean something else, and go. @param {string} method */
  #askBy(method) {
    Object.assign(this.answers, { method, criteria: {}, groups: {} });
    this.build();
    byId("my-method").focus();
  }

  // --- Weights ----------------------------------------------------------------------------------------------------------

  /** @param {Round} round @param {number} at */
  #round(round, at) {
    const { method } = this.answers;
    const title = this.plan.rounds.length > 1 ? `${round.title}: what matters more?` : "What matters more?";
    const asked = {
      swing:
        "Give 100 to the way from least to most that matters most, and to the others what they are worth beside it.",
      points: "Share out 100 points.",
      "rank-order": "1 for what matters most; equals have the same number.",
      pairwise: "Compare each two.",
    }[method];
    const rows =
      method === "pairwise" ? this.#pairRows(round) : round.entries.map((entry) => this.#numberRow(round, entry));
    return h(
      "fieldset",
      {},
      h("legend", {}, title),
      h("p", { class: "small" }, asked),
      rows,
      h("p", { class: "own-weights", id: `own-${at}` }),
    );
  }

  /** @param {number} entry */
  #table(entry) {
    return this.plan.entries[entry].isGroup ? this.answers.groups : this.answers.criteria;
  }

  /** @param {Round} round @param {number} entry */
  #numberRow(round, entry) {
    const { id, title, isGroup, number } = this.plan.entries[entry];
    const table = this.#table(entry);
    const name = `answer-${entry}`;
    const typed = h("input", {
      type: "text",
      inputmode: "decimal",
      class: "number",
      id: name,
      value: table[id] ?? "",
      placeholder: "?",
      autocomplete: "off",
      "aria-describedby": `${name}-about`,
    });
    const slider =
      this.answers.method === "rank-order"
        ? null
        : h("input", {
            type: "range",
            min: 0,
            max: 100,
            step: 5,
            value: table[id] ?? 0,
            class: table[id] === undefined ? "unset" : "",
            "aria-label": `${title}, 0 to 100`,
          });
    const put = (/** @type {string} */ text) => {
      if (text === "") delete table[id];
      else table[id] = text;
      slider?.classList.toggle("unset", text === "");
      this.#told();
    };
    typed.addEventListener("change", () => {
      if (slider) slider.value = typed.value || "0";
      put(typed.value.trim());
    });
    slider?.addEventListener("input", () => {
      typed.value = slider.value;
      put(slider.value);
    });
    const about = isGroup
      ? ""
      : `${this.plan.block.criteria[number].question} ${startOf(this.plan.block.criteria[number].swing)}`;
    return h(
      "div",
      { class: "asked" },
      h("span", {}, h("label", { for: name }, title), h("span", { class: "small", id: `${name}-about` }, about)),
      slider,
      typed,
      this.#reason(id, title),
    );
  }

  /** @param {string} id @param {string} title */
  #reason(id, title) {
    const { reasons } = this.answers;
    return h("input", {
      class: "reason",
      "aria-label": `Why, for ${title}`,
      placeholder: "why, if you like",
      value: reasons[id] ?? "",
      onchange: (/** @type {any} */ event) => {
        if (event.target.value.trim()) reasons[id] = event.target.value.trim();
        else delete reasons[id];
      },
    });
  }

  /** @param {Round} round */
  #pairRows(round) {
    const pairs = round.entries.flatMap((one, at) => round.entries.slice(at + 1).map((other) => [one, other]));
    return pairs.map(([one, other]) => this.#pairRow(one, other));
  }

  /** @param {number} one @param {number} other */
  #pairRow(one, other) {
    const [first, second] = [this.plan.entries[one], this.plan.entries[other]];
    const table = first.isGroup ? this.answers.group_pairs : this.answers.pairs;
    const key = `${first.id} ${second.id}`;
    const name = `pair-${one}-${other}`;
    const words = (/** @type {number} */ step) =>
      step === 1 ? "as much as" : step > 0 ? `${step} times as much as` : `1/${-step} as much as`;
    const choose = h(
      "select",
      {
        id: name,
        "aria-label": `How much ${first.title} matters beside ${second.title}`,
        onchange: () => {
          if (choose.value) table[key] = Number(choose.value);
          else delete table[key];
          this.#told();
        },
      },
      h("option", { value: "" }, "not compared yet"),
      OFFERED_STEPS.map((step) => h("option", { value: step, selected: table[key] === step }, words(step))),
    );
    return h(
      "div",
      { class: "compared" },
      h("b", {}, first.title),
      h("span", {}, " matters "),
      choose,
      h("b", {}, ` ${second.title}`),
    );
  }

  /** @param {Answers} answers */
  #because(answers) {
    const because = h("textarea", {
      id: "my-because",
      rows: 2,
      value: answers.because,
      onchange: () => {
        answers.because = because.value.trim();
      },
    });
    return field("Why, in a sentence", because);
  }

  // --- Judgements -------------------------------------------------------------------------------------------------------

  /** @param {import("./data.js").Criterion} criterion */
  #judgements(criterion) {
    const { judge } = criterion;
    if (!judge) return h("p");
    this.answers.judgements[criterion.id] ??= {};
    const rows = this.plan.block.candidates.map((candidate) => this.#judgementRow(criterion, judge, candidate));
    return h(
      "fieldset",
      {},
      h("legend", {}, `${criterion.title}: ${inside(criterion.question)} ${judge.from} least, ${judge.to} most`),
      rows,
    );
  }

  /** @param {import("./data.js").Criterion} criterion @param {import("./data.js").Judge} judge @param {import("./data.js").Candidate} candidate */
  #judgementRow(criterion, judge, candidate) {
    const table = this.answers.judgements[criterion.id];
    const name = `score-${criterion.id}-${candidate.id}`;
    const scores = choices(judge);
    const put = (/** @type {string} */ score) => {
      table[candidate.id] = { ...table[candidate.id], score };
      this.#told();
    };
    const blank = () => {
      table[candidate.id] = null;
      this.#told();
    };
    const reason = h("input", {
      class: "reason",
      "aria-label": `Why, for ${candidate.title}`,
      placeholder: "why, if you like",
      value: table[candidate.id]?.because ?? "",
      onchange: () => {
        const given = table[candidate.id];
        if (given)
          table[candidate.id] = reason.value.trim()
            ? { ...given, because: reason.value.trim() }
            : { score: given.score };
      },
    });
    const radio = (/** @type {string} */ text, /** @type {boolean} */ checked, /** @type {() => void} */ chosen) =>
      h("label", {}, h("input", { type: "radio", name, checked, onchange: chosen }), text);
    const given = scores.map((score) => radio(score, table[candidate.id]?.score === score, () => put(score)));
    const control = scores.length
      ? h(
          "div",
          { class: "scale", role: "radiogroup", "aria-labelledby": name },
          given,
          radio("no view", table[candidate.id] === null, blank),
        )
      : this.#typedScore(judge, candidate, table, put);
    return h("div", { class: "judged" }, h("span", { id: name }, candidate.title), control, reason);
  }

  /** @param {import("./data.js").Judge} judge @param {import("./data.js").Candidate} candidate @param {Record<string, any>} table @param {(score: string) => void} put */
  #typedScore(judge, candidate, table, put) {
    return h("input", {
      type: "text",
      inputmode: "decimal",
      class: "number",
      "aria-label": `Score of ${candidate.title}`,
      value: table[candidate.id]?.score ?? "",
      onchange: (/** @type {any} */ event) => {
        const score = event.target.value.trim();
        if (mayBeGiven(judge, score)) return put(score);
        event.target.value = table[candidate.id]?.score ?? "";
        say(`From ${judge.from} to ${judge.to}, in steps of ${judge.step}.`);
      },
    });
  }

  // --- The end ----------------------------------------------------------------------------------------------------------

  #end() {
    const code = h("textarea", { id: "my-code", rows: 3, readonly: true });
    const save = h(
      "button",
      {
        type: "button",
        class: "primary",
        id: "save-answers",
        onclick: () =>
          this.#give((text) => keepFile(`answers-${fileName(this.answers)}.json`, text, "application/json")),
      },
      "Save my answers",
    );
    const copy = h(
      "button",
      {
        type: "button",
        onclick: () =>
          this.#give((text) => {
            code.value = text;
            code.select();
            say("The text is ready to be copied.");
          }),
      },
      "Show as text to paste",
    );
    return [
      h("p", { id: "my-open", role: "status" }),
      h("p", { id: "my-wrong", class: "off-note", role: "alert", hidden: true }),
      h("p", { class: "buttons" }, save, " ", copy),
      field("My answers as text", code),
    ];
  }

  /** Gives the answers away, once somebody's role stands in them. @param {(text: string) => void} how */
  #give(how) {
    const role = byId("my-role");
    const wrong = this.answers.by ? "" : "Say your role first: answers are filed by role, not by name.";
    byId("my-wrong").textContent = wrong;
    byId("my-wrong").hidden = wrong === "";
    role.toggleAttribute("aria-invalid", wrong !== "");
    if (wrong) return role.focus();
    how(JSON.stringify({ ...this.answers, date: new Date().toISOString().slice(0, 10) }, null, 1));
  }

  /** What follows from the answers so far, and what is still open. */
  #told() {
    this.plan.rounds.forEach((round, at) => {
      byId(`own-${at}`).textContent = this.#ownWeights(round);
    });
    const { answers, plan } = this;
    const open = plan.rounds.filter((round) => this.#weightsOf(round) === null).length;
    const judged = plan.block.criteria.filter(({ judge }) => judge);
    const unjudged = judged.reduce(
      (sum, { id }) =>
        sum + plan.block.candidates.filter((candidate) => answers.judgements[id]?.[candidate.id] === undefined).length,
      0,
    );
    byId("my-open").textContent =
      open + unjudged === 0
        ? "All is answered."
        : `Still open: ${counted(open, "round", "rounds")} of weights, ${counted(unjudged, "judgement", "judgements")}. What stays open is left out and told, never made up.`;
  }

  /** @param {Round} round */
  #weightsOf(round) {
    const ids = round.entries.map((entry) => this.plan.entries[entry].id);
    const table = this.#table(round.entries[0]);
    const pairs = this.plan.entries[round.entries[0]].isGroup ? this.answers.group_pairs : this.answers.pairs;
    return proportions(
      this.plan,
      round,
      this.answers.method,
      ids.map((id) => table[id]),
      pairs,
    );
  }

  /** @param {Round} round */
  #ownWeights(round) {
    const { plan, answers } = this;
    const weights = this.#weightsOf(round);
    if (weights) {
      const texts = inUnits(plan, weights).map((units) => trimmedText(units, unitsOfWeights(plan).decimals));
      const found = contradictions(plan, answers).find((it) => it.round === round);
      return `Your weights: ${round.entries.map((entry, at) => `${plan.entries[entry].title} ${texts[at]}`).join(", ")}.${found ? ` ${misfitWords(found)}` : ""}`;
    }
    const given = round.entries
      .map((entry) => this.#table(entry)[plan.entries[entry].id])
      .filter((number) => number !== undefined);
    return answers.method === "pairwise" || given.length < round.entries.length
      ? ""
      : wrongNumbers(answers.method, given);
  }
}

/** @param {Plan} plan @returns {Answers} */
function emptyAnswers(plan) {
  const { assessment, rules } = plan.block;
  return {
    schema: ANSWERS,
    assessment: assessment.digest,
    rules: rules.digest,
    by: "",
    date: "",
    round: 1,
    method: rules.method,
    because: "",
    criteria: {},
    groups: {},
    pairs: {},
    group_pairs: {},
    reasons: {},
    judgements: {},
  };
}

/** The judgement that fits least with a person's others, and the nearest repair. @param {ReturnType<typeof contradictions>[number]} found */
export function misfitWords({ entries, ratio, worst }) {
  const [one, other] = [entries[worst.first].title, entries[worst.second].title];
  const left = worst.ratio === null ? "" : `, which leaves ${worst.ratio.toFixed(3)}`;
  const by = worst.step === 1 ? "as much" : worst.step > 0 ? `${worst.step} times as much` : `1/${-worst.step} as much`;
  return `Contradicted (ratio ${ratio === null ? "not known" : ratio.toFixed(3)}): ${one} is said to matter ${worst.judged === 1 ? "as much" : `${worst.judged} times as much`} as ${other}; by the other answers it is nearest to ${by}${left}.`;
}

/** @param {string} text */
const startOf = (text) => (text ? `${text[0].toUpperCase()}${text.slice(1)}.` : "");

/** @param {Answers} answers */
export const fileName = ({ by, round }) =>
  `${by
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 60)}-${round}`;
