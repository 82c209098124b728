// The page: its views, its keys, and the first thing it does, which is to make the command's own list again.

import { CandidateView } from "./candidate_view.js";
import { SCHEMA } from "./data.js";
import { byId, h, say } from "./dom.js";
import { ListView } from "./list_view.js";
import { MineView } from "./mine_view.js";
import { MovedView } from "./moved_view.js";
import { inTier, nearestChanges } from "./nearest.js";
import { Plan } from "./plan.js";
import { RecordView } from "./record_view.js";
import { Room } from "./room.js";
import { TogetherView } from "./together_view.js";
import { WeightsPanel } from "./weights_panel.js";
import { listed, listedOrNobody, weight } from "./words.js";

/** @typedef {import("./data.js").Block} Block @typedef {import("./nearest.js").Change} Change */

const VIEWS = ["list", "mine", "together", "record"];
/** How long a slice of looking for the nearest change may take, and how long the page rests before. */
const SLICE = 6;
const PAGE_REST = 250;

class Page {
  /** @param {Block} block */
  constructor(block) {
    this.plan = new Plan(block);
    this.room = new Room(this.plan);
    this.list = new ListView(this.room, (candidate) => this.open(candidate));
    this.weights = new WeightsPanel(this.room, () => this.#paintMoving());
    this.moved = new MovedView(this.room);
    this.candidate = new CandidateView(
      this.room,
      (number) => this.list.whyNot(this.room.now.rows[number]),
      () => this.closeCandidate(),
    );
    this.mine = new MineView(this.plan);
    this.together = new TogetherView(this.room, () => this.show("list"));
    this.record = new RecordView(this.room, () => this.show("list"));
    this.looking = 0;
    this.resting = 0;
    this.room.onPaint = () => this.paint();
    this.room.onStep = (what) => say(`${what}. ${this.#headline()}`);
    this.#checkAgainstCommand();
    this.#listen();
    this.#fillFrame(block);
    this.show(location.hash === "#mine" ? "mine" : "list");
    document.documentElement.classList.toggle("alone", location.hash === "#mine");
    this.paint();
  }

  /** Who is in the first tier. */
  #headline() {
    const [first] = this.plan.block.tiers;
    return `${first.title}: ${listedOrNobody(inTier(this.room.shown, first.id).map((number) => this.room.title(number)))}.`;
  }

  /** @param {Block} block */
  #fillFrame({ assessment, rules, engine }) {
    document.title = `Workshop: ${assessment.title}`;
    byId("page-title").textContent = assessment.title;
    byId("about").textContent =
      `${assessment.partnership}, ${assessment.period}. Rules: ${rules.name}, version ${rules.version}. ${rules.because} ` +
      `Assessment ${assessment.digest.slice(0, 19)}…, rules ${rules.digest.slice(0, 19)}…, engine ${engine}. This page asks nothing of any network.`;
    byId("weights-box").open = innerWidth > 700;
  }

  // --- Drawing ----------------------------------------------------------------------------------------------------------

  paint() {
    this.list.paint(true);
    this.weights.paint();
    this.candidate.paint();
    this.#paintTools();
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.#paintAtRest(), PAGE_REST);
    if (this.candidate.open === null) this.moved.paint();
    if (this.shown === "record") this.record.paint();
    if (this.shown === "together") this.together.paint();
  }

  /** While a weight is being moved only the list is drawn. */
  #paintMoving() {
    this.list.paint(false);
    clearTimeout(this.resting);
    clearTimeout(this.looking);
    byId("nearest").textContent = "";
  }

  #paintAtRest() {
    clearTimeout(this.looking);
    byId("nearest").textContent = "";
    byId("nearest-list").replaceChildren();
    if (this.plan.rounds.every((round) => round.fixed !== null)) return;
    byId("nearest").textContent = "Nearest change of weight: looking…";
    this.#look(nearestChanges(this.room));
  }

  /** Goes on looking for a slice, then lets the page breathe. @param {ReturnType<typeof nearestChanges>} changes */
  #look(changes) {
    const until = performance.now() + SLICE;
    let next = changes.next();
    while (!next.done && performance.now() < until) next = changes.next();
    if (next.value.length || next.done) this.#tellNearest(next.value);
    if (!next.done) this.looking = window.setTimeout(() => this.#look(changes), 0);
  }

  /** @param {Change[]} found nearest first */
  #tellNearest(found) {
    const tell = (/** @type {Change} */ { entry, from, to, ins, outs }) => {
      const titles = (/** @type {number[]} */ numbers) => listed(numbers.map((number) => this.room.title(number)));
      const what = [ins.length ? `${titles(ins)} in` : "", outs.length ? `${titles(outs)} out` : ""]
        .filter(Boolean)
        .join(", ");
      return `${this.plan.entries[entry].title} ${weight(this.plan, from)} → ${weight(this.plan, to)} brings ${what}`;
    };
    byId("nearest").textContent = found.length
      ? `Nearest change of weight: ${tell(found[0])}.`
      : "No single weight changes the first tier.";
    byId("nearest-list").replaceChildren(...found.slice(1).map((change) => h("li", {}, `${tell(change)}.`)));
  }

  #paintTools() {
    const { past, next } = this.room;
    for (const [id, steps, word] of /** @type {[string, {what: string}[], string][]} */ ([
      ["undo", past, "Undo"],
      ["redo", next, "Redo"],
    ])) {
      byId(id).disabled = steps.length === 0;
      byId(id).textContent = steps.length ? `${word} (${steps.length})` : word;
      byId(id).title = steps.length ? steps[steps.length - 1].what : "";
    }
  }

  // --- Views ------------------------------------------------------------------------------------------------------------

  /** @param {string} view @param {boolean} [withFocus] */
  show(view, withFocus = false) {
    this.shown = view;
    for (const each of VIEWS) {
      byId(`view-${each}`).hidden = each !== view;
      byId(`tab-${each}`).setAttribute("aria-selected", String(each === view));
      byId(`tab-${each}`).tabIndex = each === view ? 0 : -1;
    }
    if (withFocus) byId(`tab-${view}`).focus();
    scrollTo(0, 0);
    if (view === "record") this.record.paint();
    if (view === "together") this.together.paint();
    if (view === "list" && this.candidate.open === null) this.moved.paint();
  }

  /** @param {number} candidate */
  open(candidate) {
    this.list.select(candidate);
    this.candidate.show(candidate);
    this.candidate.focus();
  }

  closeCandidate() {
    const { open } = this.candidate;
    this.list.select(null);
    this.candidate.show(null);
    this.moved.paint();
    if (open !== null) this.list.focus(open);
  }

  /** @param {boolean} on */
  project(on) {
    document.documentElement.classList.toggle("projected", on);
    byId("projector").setAttribute("aria-pressed", String(on));
    byId("projector").textContent = on ? "Leave (Esc)" : "Projector";
    if (on) {
      this.closeCandidate();
      this.show("list");
      this.list.fit();
      document.documentElement.requestFullscreen?.().catch(() => {});
    } else if (document.fullscreenElement) document.exitFullscreen();
    byId("projector").focus();
  }

  get isProjected() {
    return document.documentElement.classList.contains("projected");
  }

  // --- Hands and keys ---------------------------------------------------------------------------------------------------

  #listen() {
    VIEWS.forEach((view, at) => {
      byId(`tab-${view}`).addEventListener("click", () => this.show(view));
      byId(`tab-${view}`).addEventListener("keydown", (/** @type {KeyboardEvent} */ event) =>
        this.#walkTabs(event, at),
      );
    });
    byId("undo").addEventListener("click", () => this.#go(() => this.room.undo()));
    byId("redo").addEventListener("click", () => this.#go(() => this.room.redo()));
    byId("projector").addEventListener("click", () => this.project(!this.isProjected));
    byId("dark").addEventListener("click", () => darken(!document.documentElement.classList.contains("dark")));
    darken(matchMedia("(prefers-color-scheme: dark)").matches);
    byId("reset").addEventListener("click", () =>
      this.#go(() =>
        this.room.step("back to the start", (state) => {
          state.setting = structuredClone(this.room.named[0].setting);
          state.locked = state.locked.map(() => false);
        }),
      ),
    );
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("beforeunload", (event) => {
      if (this.room.log.length || this.mine.answers.by) event.preventDefault();
    });
    addEventListener("resize", () => {
      this.moved.paint();
      if (this.isProjected) this.list.fit();
    });
    // What has the focus would be printed with it.
    addEventListener("beforeprint", () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
  }

  /** Whatever is being moved is ended first. @param {() => void} act */
  #go(act) {
    this.weights.finish();
    act();
  }

  /** @param {KeyboardEvent} event @param {number} at */
  #walkTabs(event, at) {
    /** @type {Record<string, number>} */
    const places = {
      ArrowRight: (at + 1) % VIEWS.length,
      ArrowLeft: (at + VIEWS.length - 1) % VIEWS.length,
      Home: 0,
      End: VIEWS.length - 1,
    };
    if (!(event.key in places)) return;
    event.preventDefault();
    this.show(VIEWS[places[event.key]], true);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if ((event.ctrlKey || event.metaKey) && !isTyping(event.target)) {
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      this.#go(() => (key === "z" && !event.shiftKey ? this.room.undo() : this.room.redo()));
    }
    if (event.key !== "Escape") return;
    if (this.isProjected) this.project(false);
    else if (this.candidate.open !== null) this.closeCandidate();
    else this.weights.cancel();
  }

  // --- The command's own figures ----------------------------------------------------------------------------------------

  /** Where the page's list is not the command's, nothing can be changed. */
  #checkAgainstCommand() {
    const wrong = this.room.now.rows.filter((row) => !isAsFound(row, this.plan.block.candidates[row.number].is));
    if (!wrong.length) return;
    this.room.isBroken = true;
    byId("alarm").textContent =
      `This page does not reproduce the command’s figures for ${listed(wrong.map((row) => this.room.title(row.number)))}. Weights and judgements are switched off.`;
    byId("alarm").hidden = false;
  }
}

/** @param {import("./ranking.js").Row} row @param {import("./data.js").Is} is */
function isAsFound({ rank, total, range, standing }, is) {
  const [low, high] = range ?? [null, null];
  const [isLow, isHigh] = is.range ?? [null, null];
  const isRange = is.range === undefined || (low === isLow && high === isHigh);
  return rank === is.rank && total === is.total && isRange && standing === is.tier;
}

/** @param {boolean} on */
function darken(on) {
  document.documentElement.classList.toggle("dark", on);
  byId("dark").setAttribute("aria-pressed", String(on));
}

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && /^(text|number)$/.test(target.type));

const block = /** @type {Block} */ (JSON.parse(byId("data").textContent));
if (block.schema !== SCHEMA) throw new Error(`this page reads ${SCHEMA}`);
const page = new Page(block);
// For whoever looks at the page from outside, such as its tests.
Object.assign(window, { workshop: page });
