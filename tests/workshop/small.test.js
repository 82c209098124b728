// Small things by hand: whole numbers at their edges, gates that read a judged question, families, and steps that are undone.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Script } from "node:vm";

import {
  apportion,
  fixedText,
  multiplyRounding,
  onTheLine,
  productRounding,
  trimmedText,
} from "../../src/report/workshop/page/whole.js";
import { nearestChanges } from "../../src/report/workshop/page/nearest.js";
import { ANSWERS, readAnswers, withPerson } from "../../src/report/workshop/page/people.js";
import { Plan } from "../../src/report/workshop/page/plan.js";
import { asFiled, Ranker } from "../../src/report/workshop/page/ranking.js";
import { Room, typedWeight, withWeight } from "../../src/report/workshop/page/room.js";
import { pageOf, ROOT } from "./command.js";

test("shares add up, the earlier of equals first, above 2⁵³ too", () => {
  assert.deepEqual(apportion([1, 1, 1], 1_000_000), [333_334, 333_333, 333_333]);
  assert.deepEqual(apportion([10n ** 30n, 10n ** 30n, 10n ** 30n], 1_000_000), [333_334, 333_333, 333_333]);
  assert.deepEqual(apportion([0, 0], 100), [0, 0]);
});

test("halves go away from zero, above 2⁵³ too", () => {
  assert.equal(multiplyRounding(5, 1, 10), 1);
  assert.equal(multiplyRounding(-5, 1, 10), -1);
  assert.ok(Object.is(multiplyRounding(-4, 1, 10), 0));
  assert.equal(multiplyRounding(1_000_000, 10_000_000_000, 20_000_000_000), 500_000);
  assert.equal(multiplyRounding(1_000_001, 10_000_000_000, 20_000_000_000), 500_001);
  assert.equal(productRounding([5000, 5001], 1n, 10_000n), 2501);
});

test("numbers are written as the engine writes them", () => {
  assert.equal(fixedText(1310, 2), "13.10");
  assert.equal(fixedText(-5, 2), "-0.05");
  assert.equal(trimmedText(200000, 4), "20");
  assert.equal(trimmedText(142857, 4), "14.2857");
  assert.equal(onTheLine("25", ["10", "0.3"], ["30", "0.5"], 4), 4500);
  assert.equal(onTheLine("1.5", ["0", "1"], ["3", "-1"], 2), 0);
});

/** Three candidates with one judged and one measured question. */
function block(changes = {}) {
  const table = ["0", "1", "2", "3", "4", "5"].map((score, at) => [score, at * 2000]);
  const criterion = (id, judge) => ({
    id,
    title: id,
    question: "",
    unit: "",
    group: null,
    weight: "50",
    missing: "neutral",
    swing: "",
    range: null,
    span: "1",
    judge,
    fixed: judge ? null : "it is measured",
  });
  const candidate = (id, first, second) => ({
    id,
    title: id,
    cells: [
      { v: [first, first, first], because: "" },
      { v: [second, second, second], because: "" },
    ],
    is: { rank: null, total: null, range: null, tier: "" },
  });
  return {
    schema: "prioritise/workshop/1",
    engine: "0",
    assessment: { title: "", partnership: "", period: "", digest: "a" },
    rules: {
      name: "",
      version: "1",
      digest: "r",
      because: "",
      scale: 100,
      decimals: 2,
      combine: "sum",
      ties: [],
      told_apart: null,
      too_little: null,
      method: "swing",
    },
    criteria: [
      criterion("judged", { evidence: "judged", from: "0", to: "5", step: "1", decimals: 0, table }),
      criterion("measured", null),
    ],
    groups: [],
    tiers: [
      { id: "top", title: "Top", places: 1 },
      { id: "rest", title: "Rest" },
    ],
    gates: [{ id: "grave", title: "Grave", effect: "include", tier: null }],
    lists: [{ code: "", title: "" }],
    candidates: [candidate("a", 8000, 6000), candidate("b", 6000, 6000), candidate("c", 2000, 2000)],
    off: {},
    ...changes,
  };
}

const standings = (plan, setting) => new Ranker(plan).rank(setting).rows.map((row) => row.standing);

test("a gate fires for the scores that the engine wrote", () => {
  const data = block();
  data.candidates[2].gates = [
    { gate: "grave", reason: "It is grave.", criterion: "judged", scores: ["4", "5"], filed: false },
  ];
  const plan = new Plan(data);
  assert.deepEqual(standings(plan, asFiled(plan)), ["top", "rest", "rest"]);
  const judged = (score) => ({
    ...asFiled(plan),
    judged: { "c judged": { score, low: score, high: score, people: 1 } },
  });
  assert.deepEqual(standings(plan, judged("3")), ["top", "rest", "rest"]);
  assert.deepEqual(standings(plan, judged("4")), ["rest", "rest", "top"]);
});

test("of a family one has a place, and the next moves up", () => {
  const data = block({
    tiers: [
      { id: "top", title: "Top", places: 2, one_of_a_family: true },
      { id: "rest", title: "Rest" },
    ],
  });
  data.candidates[1].family = "a";
  const plan = new Plan(data);
  assert.deepEqual(standings(plan, asFiled(plan)), ["top", "rest", "top"]);
  const setting = { ...asFiled(plan), listed: [false, true, true] };
  assert.deepEqual(standings(plan, setting), ["not-ranked", "top", "top"]);
});

test("a weight that moves leaves the others their proportions, and locked ones alone", () => {
  const room = new Room(new Plan(block()));
  const [round] = room.plan.rounds;
  assert.deepEqual(withWeight(room.plan, round, room.state, 0, 300_000).weights, ["30", "70"]);
  room.step("locked", (state) => {
    state.locked[1] = true;
  });
  assert.deepEqual(
    withWeight(room.plan, round, room.state, 0, 300_000).weights,
    ["30", "50"],
    "nobody can take the rest",
  );
});

test("a step is undone and taken again, and both are in the log", () => {
  const room = new Room(new Plan(block()));
  room.step("first", (state) => {
    state.setting.weights = ["10", "90"];
  });
  room.undo();
  assert.deepEqual(room.state.setting.weights, ["50", "50"]);
  room.redo();
  assert.deepEqual(room.state.setting.weights, ["10", "90"]);
  assert.deepEqual(
    room.log.map(({ what }) => what),
    ["first", "undone: first", "redone: first"],
  );
});

test("the nearest change of weight is the nearest of all", () => {
  const data = block();
  data.candidates[1].cells[1].v = [9000, 9000, 9000];
  const room = new Room(new Plan(data));
  let found = [];
  for (const changes of nearestChanges(room)) found = changes;
  const [{ entry, to, ins, outs }] = found;
  assert.deepEqual([entry, ins, outs], [0, [0], [1]]);
  assert.equal(to, 600_000, "at 60 to 40 both have 72, and the rules' order of equals decides");
});

test("a weight that is typed is a number, and no finer than the engine's", () => {
  const plan = new Plan(block());
  assert.deepEqual(
    ["12.5", "100", "100.1", "1.23456", "-1", "", "a"].map((text) => typedWeight(plan, text)),
    [125_000, 1_000_000, null, null, null, null, null],
  );
});

test("answers of another page, of nobody, or by another method are told", () => {
  const plan = new Plan(block());
  const answers = {
    schema: ANSWERS,
    assessment: "a",
    rules: "r",
    by: "Chair",
    date: "2026-11-30",
    round: 1,
    method: "swing",
    because: "",
    criteria: { judged: "100", unknown: "1", measured: "many" },
    groups: {},
    pairs: {},
    group_pairs: {},
    reasons: {},
    judgements: { judged: { a: { score: "6" }, b: { score: "2", because: "So." }, c: null } },
  };
  const read = readAnswers(plan, JSON.stringify(answers)).answers;
  assert.deepEqual(read.criteria, { judged: "100" });
  assert.deepEqual(read.judgements.judged, { b: { score: "2", because: "So." }, c: null });
  const wrong = (changes) => readAnswers(plan, JSON.stringify({ ...answers, ...changes })).wrong;
  assert.match(wrong({ rules: "other" }), /other rules/);
  assert.match(wrong({ by: " " }), /role/);
  assert.match(readAnswers(plan, "{").wrong, /can’t be read/);
  assert.match(withPerson([read], { ...read, by: "Police", method: "points" }).wrong, /no mean/);
  assert.equal(withPerson([read], read).people.length, 1);
});

test("the modules are all in the page, each once, and make one script", () => {
  const folder = join(ROOT, "src/report/workshop/page");
  const page = pageOf(join(ROOT, "fixtures/starter"), join(ROOT, "fixtures/starter/rules"));
  const [, script] = /<script>([^]*)<\/script>/.exec(page);
  assert.ok(new Script(script), "it is read");
  assert.doesNotMatch(script, /^(import|export) /m);
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".js"))) {
    const [, item] = /^export (?:async )?(?:const|function\*?|class) (\w+)/m.exec(readFileSync(join(folder, name), "utf8")) ?? [];
    if (name !== "main.js") assert.ok(item, name);
    const defined = new RegExp(`^(?:async )?(?:const|function\\*?|class) ${item}\\b`, "gm");
    if (item) assert.equal(script.match(defined)?.length, 1, `${item} of ${name}`);
  }
});
