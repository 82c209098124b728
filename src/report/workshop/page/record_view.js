// Named settings, what was done in which order, and the files that leave the room.

import { byId, field, h, keepFile, scrolled } from "./dom.js";
import { answersToml, decisionsToml, judgementsToml, session } from "./files_out.js";
import { timeNow, unitsIn } from "./room.js";
import { weight } from "./words.js";

/** @typedef {import("./room.js").Room} Room */

export class RecordView {
  /** @param {Room} room @param {() => void} showList */
  constructor(room, showList) {
    this.room = room;
    this.showList = showList;
  }

  paint() {
    byId("record").replaceChildren(
      h("h2", {}, "Settings and record"),
      this.#session(),
      this.#files(),
      ...this.#settings(),
      ...this.#notes(),
      ...this.#log(),
    );
  }

  #session() {
    const save = h(
      "button",
      {
        type: "button",
        class: "primary",
        id: "save-session",
        onclick: () => keepFile("session.json", JSON.stringify(session(this.room), null, 1), "application/json"),
      },
      "Save the session",
    );
    return h(
      "div",
      {},
      h("p", { class: "buttons" }, save, " ", h("button", { type: "button", onclick: () => print() }, "Print")),
      h(
        "p",
        { class: "small" },
        "The command applies the session to the folder, shows what would change, and checks its own list against the totals in the file.",
      ),
    );
  }

  #files() {
    const { room } = this;
    const date = timeNow().slice(0, 10);
    const meeting = h("input", { id: "meeting", value: `${room.plan.block.assessment.partnership}: workshop` });
    const keep = (/** @type {string} */ name, /** @type {string} */ text) => keepFile(`${name}.toml`, text, "application/toml");
    const toml = (
      /** @type {string} */ name,
      /** @type {string} */ label,
      /** @type {() => void} */ save,
      /** @type {boolean} */ isEmpty,
    ) =>
      h(
        "button",
        {
          type: "button",
          id: `save-${name}`,
          disabled: isEmpty,
          onclick: save,
        },
        label,
      );
    return h(
      "details",
      {},
      h("summary", {}, "Single files, for whoever wants them apart"),
      field("Name of the meeting", meeting),
      h(
        "p",
        { class: "buttons" },
        toml(
          "answers-of-all",
          "Answers, for elicit",
          () => answersToml(room).forEach(({ method, text }) => keep(`answers-${method}`, text)),
          room.people.length === 0,
        ),
        " ",
        toml(
          "judgements",
          "Judgements, as evidence",
          () => keep("judgements", judgementsToml(room)),
          Object.keys(room.state.setting.judged).length === 0,
        ),
        " ",
        toml(
          "decisions",
          "Decisions",
          () => keep("decisions", decisionsToml(room, meeting.value, date)),
          Object.keys(room.state.decisions).length === 0,
        ),
      ),
    );
  }

  #settings() {
    const { room } = this;
    const { plan } = room;
    const name = h("input", { id: "setting-name", value: `Setting ${room.named.length}` });
    const keep = h(
      "button",
      {
        type: "button",
        id: "keep-setting",
        onclick: () => {
          room.name(name.value.trim() || `Setting ${room.named.length}`);
          byId("setting-name").focus();
        },
      },
      "Keep the setting by this name",
    );
    const heads = plan.rounds.flatMap((round) => round.entries.map((entry) => plan.entries[entry].title));
    const figures = (/** @type {import("./ranking.js").Setting} */ setting) =>
      plan.rounds.flatMap((round) => unitsIn(plan, round, setting).map((units) => h("td", {}, weight(plan, units))));
    const row = (/** @type {import("./room.js").Named} */ named, /** @type {number} */ at) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, named.name),
        figures(named.setting),
        h(
          "td",
          {},
          h("button", { type: "button", "aria-label": `Use ${named.name}`, onclick: () => this.#use(named) }, "Use"),
          " ",
          h(
            "button",
            {
              type: "button",
              "aria-label": `Compare with ${named.name}`,
              onclick: () => {
                room.compareWith(at);
                this.showList();
              },
            },
            "Compare",
          ),
        ),
      );
    return [
      h("h3", {}, "Named settings"),
      field("Name", name),
      h("p", { class: "buttons" }, keep),
      scrolled(
        "Named settings",
        h(
          "table",
          { class: "figures" },
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              h("th", { scope: "col" }, "Name"),
              heads.map((head) => h("th", { scope: "col" }, head)),
              h("td"),
            ),
          ),
          h("tbody", {}, room.named.map(row)),
        ),
      ),
    ];
  }

  /** @param {import("./room.js").Named} named */
  #use(named) {
    this.room.step(`went to “${named.name}”`, (state) => {
      state.setting = structuredClone(named.setting);
    });
    this.showList();
  }

  #notes() {
    const { state, plan } = this.room;
    const noted = plan.block.candidates.filter(({ id }) => state.notes[id]);
    return noted.length
      ? [
          h("h3", {}, "Notes"),
          h(
            "ul",
            { class: "says" },
            noted.map(({ id, title }) => h("li", {}, h("b", {}, title), `: ${state.notes[id]}`)),
          ),
        ]
      : [];
  }

  #log() {
    const { log } = this.room;
    const lines = log.map(({ at, what }) => h("li", {}, `${at.slice(11, 16)} ${what}`));
    return [
      h("h3", {}, "What was done, in order"),
      log.length ? h("ol", { class: "says" }, lines) : h("p", { class: "small" }, "Nothing yet."),
    ];
  }
}
