// The page makes of people's answers what `elicit` makes of them: everybody's weights, the group's, how far they agree, and which
// comparison fits least. The file of answers that the page writes is what `elicit` reads.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { inUnits, METHODS, unitsOfWeights } from "../../src/report/workshop/page/elicit.js";
import { answersToml } from "../../src/report/workshop/page/files_out.js";
import {
  agreement,
  contradictions,
  readAnswers,
  weightsOfGroup,
  weightsOfPerson,
  withPerson,
} from "../../src/report/workshop/page/people.js";
import { Plan } from "../../src/report/workshop/page/plan.js";
import { Room } from "../../src/report/workshop/page/room.js";
import { blockOf, newFolder, prioritiseJson } from "./command.js";
import { twelve } from "./people.js";
import { fixtures, variants } from "./subjects.js";

/** Of two, seven and twelve people; of each variant of the base assessment seven alone. */
const SEEDS = [1, 2, 3];
const SUBJECTS = [...fixtures().map((subject) => [subject, SEEDS]), ...variants().map((subject) => [subject, [2]])];

for (const [{ name, assessment, rules }, seeds] of SUBJECTS) {
  test(`the page weighs as \`elicit\`: ${name}`, () => {
    const plan = new Plan(blockOf(assessment, rules));
    if (!plan.rounds.length) return;
    for (const method of Object.keys(METHODS))
      for (const seed of seeds) agrees(plan, rules, twelve(plan, { method, seed, count: 2 + 5 * (seed - 1) }));
  });
}

function agrees(plan, rules, people) {
  const file = join(newFolder(), "answers.toml");
  const [{ text }, ...others] = answersToml(roomWith(plan, people));
  assert.deepEqual(others, []);
  writeFileSync(file, text);
  const found = prioritiseJson("elicit", rules, file);
  assert.equal(found.rounds.length, plan.rounds.length);
  plan.rounds.forEach((round, at) => sameRound(plan, round, people, found.rounds[at], people[0].method));
}

test("each person keeps their own method, and what they answered last", () => {
  const [{ assessment, rules }] = fixtures();
  const plan = new Plan(blockOf(assessment, rules));
  const room = new Room(plan);
  const [first, second, third] = twelve(plan, { count: 3 });
  const [compared] = twelve(plan, { method: "pairwise", count: 1 });
  room.people = [first, second, { ...third, ...compared, by: third.by }, { ...first, round: 2, because: "Again." }];
  const files = Object.fromEntries(answersToml(room).map(({ method, text }) => [method, text]));
  assert.deepEqual(Object.keys(files).sort(), ["pairwise", "swing"]);
  for (const [method, roles] of [
    ["swing", [first.by, second.by]],
    ["pairwise", [third.by]],
  ]) {
    const file = join(newFolder(), "answers.toml");
    writeFileSync(file, files[method]);
    const found = prioritiseJson("elicit", rules, file);
    assert.deepEqual(found.people.map(({ by }) => by).sort(), roles.sort());
  }
  assert.ok(files.swing.includes("Again.") && files.swing.match(/\[\[person\]\]/g).length === 2);
});

function roomWith(plan, people) {
  const room = new Room(plan);
  for (const person of people) {
    const read = readAnswers(plan, JSON.stringify(person));
    assert.deepEqual(read, { answers: person }, "what a person saves is what is read");
    room.people = withPerson(room.people, read.answers).people;
  }
  return room;
}

function sameRound(plan, round, people, found, method) {
  const unit = 10 ** unitsOfWeights(plan).decimals;
  const each = people.map((person) => inUnits(plan, weightsOfPerson(plan, round, person)));
  assert.deepEqual(
    round.entries.map((at) => plan.entries[at].id),
    found.items.map((item) => item.id),
  );
  assert.deepEqual(
    found.items.map((_, item) => each.map((units) => units[item] / unit)),
    found.items.map((item) => item.each),
    `${method}: each`,
  );
  assert.deepEqual(
    weightsOfGroup(plan, round, people).map(Number),
    found.items.map((item) => item.new),
    `${method}: the group's`,
  );
  const w = agreement(plan, round, people);
  assert.ok(
    Math.abs((w ?? 0) - (found.concordance ?? 0)) < 0.0051,
    `${method}: Kendall’s W ${w} for ${found.concordance}`,
  );
  if (method === "pairwise") sameContradictions(plan, round, people, found.consistency);
}

function sameContradictions(plan, round, people, consistency) {
  people.forEach((person, at) => {
    const own = contradictions(plan, person).find((it) => it.round === round);
    const theirs = consistency[at];
    if (!theirs.worst) return assert.equal(own, undefined);
    const ids = [own.worst.first, own.worst.second].map((item) => own.entries[item].id);
    assert.deepEqual(ids, [theirs.worst.first, theirs.worst.second]);
    assert.ok(Math.abs(own.ratio - theirs.ratio) < 0.0006, `ratio ${own.ratio} for ${theirs.ratio}`);
  });
}
