// What leaves the room: the session for `prioritise workshop --apply`, and files that the other commands read as they are.

import { lastOfEach, scoresOf } from "./people.js";
import { lacking } from "./candidate_view.js";
import { timeNow } from "./room.js";
import { fixedText } from "./whole.js";

/** @typedef {import("./room.js").Room} Room @typedef {import("./people.js").Answers} Answers */

export const SESSION = "prioritise/workshop-session/1";

/** All that was set, in what order, by whom, and what the command must make of it. @param {Room} room */
export function session(room) {
  const { plan, state, now } = room;
  const { engine, assessment, rules, candidates } = plan.block;
  const { setting } = state;
  return {
    schema: SESSION,
    engine,
    assessment: assessment.digest,
    rules: rules.digest,
    made: timeNow(),
    people: room.people.map(({ by, date, round, method }) => ({ by, date, round, method })),
    settings: room.named.slice(1).map(({ name, at, setting: kept }) => ({ name, at, weights: room.weightsOut(kept) })),
    weights: room.weightsOut(setting),
    off: {
      weights: plan.entries.filter((_, at) => !setting.on[at]).map(({ id, isGroup }) => (isGroup ? `group ${id}` : id)),
      candidates: candidates.filter((_, at) => !setting.listed[at]).map(({ id }) => id),
    },
    judgements: judgements(room),
    notes: state.notes,
    decisions: decisions(room),
    log: room.log,
    answers: room.people,
    expects: now.lists.flatMap((list) =>
      list.ranked.map((row) => ({
        id: candidates[row.number].id,
        ...(list.code ? { list: list.code } : {}),
        rank: row.rank,
        total: fixedText(Number(row.total), plan.decimals),
        tier: row.standing,
      })),
    ),
  };
}

/** Judgements that were changed, each with its scorers: the people whose median it is, or the room. @param {Room} room */
function judgements(room) {
  const { plan, state } = room;
  const { criteria, candidates } = plan.block;
  const date = timeNow().slice(0, 10);
  return candidates.flatMap((candidate) =>
    criteria.flatMap((criterion) => {
      const judged = state.setting.judged[`${candidate.id} ${criterion.id}`];
      if (!judged || !criterion.judge) return [];
      const because = state.notes[candidate.id] ?? "";
      const scores =
        judged.people === 1
          ? [{ by: "The workshop", score: judged.score }]
          : scorers(room, criterion.id, candidate.id, judged.people);
      return [
        {
          candidate: candidate.id,
          criterion: criterion.id,
          evidence: criterion.judge.evidence,
          score: judged.score,
          scores,
          date,
          because,
        },
      ];
    }),
  );
}

/** Who gave the scores that a median was made of: those of the last round in which so many did. @param {Room} room @param {string} criterion @param {string} candidate @param {number} people */
function scorers(room, criterion, candidate, people) {
  const rounds = [...new Set(room.people.map(({ round }) => round))].sort((a, b) => b - a);
  const round =
    rounds.find((number) => scoresOf(room.peopleOf(number), criterion, candidate).length === people) ?? rounds[0];
  return room.peopleOf(round).flatMap(({ by, judgements: given }) => {
    const one = given[criterion]?.[candidate];
    return one ? [{ by, score: one.score, ...(one.because ? { because: one.because } : {}) }] : [];
  });
}

/** Decisions that can be minuted. @param {Room} room */
function decisions(room) {
  const made = Object.entries(room.state.decisions).filter(([, decision]) => lacking(decision) === "");
  return made.map(([candidate, { outcome, reason, by, place }]) => ({
    candidate,
    outcome,
    reason,
    by,
    ...(place && outcome !== "rejected" ? { place: Number(place) } : {}),
  }));
}

/** The files of answers that `elicit` reads, one for each method by which people were asked: what each person answered last. @param {Room} room @returns {{method: string, text: string}[]} */
export function answersToml(room) {
  const people = lastOfEach(room.people);
  const methods = [...new Set(people.map(({ method }) => method))];
  return methods.map((method) => ({
    method,
    text: fileOfAnswers(
      room,
      method,
      people.filter((person) => person.method === method),
    ),
  }));
}

/** @param {Room} room @param {string} method @param {Answers[]} people */
function fileOfAnswers(room, method, people) {
  const { criteria } = room.plan.block;
  const ranges =
    method === "swing"
      ? criteria.filter(({ range }) => range).map(({ id, range }) => `${key(id)} = [${range?.join(", ")}]\n`)
      : [];
  return (
    `# What people answered in the workshop.\n\n[answers]\nmethod   = ${quoted(method)}\ncombined = "arithmetic-mean"\n` +
    (ranges.length ? `\n[ranges]\n${ranges.join("")}` : "") +
    people.map((person) => personToml(room, person)).join("")
  );
}

/** @param {Room} room @param {Answers} person */
function personToml(room, person) {
  const { by, date, because, reasons } = person;
  const each = Object.keys(reasons)
    .sort()
    .map((id) => `${titleOf(room, id)}: ${reasons[id]}`);
  const why = [because, ...each].filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
  const tables =
    person.method === "pairwise"
      ? [pairsToml("pairs", person.pairs), pairsToml("group_pairs", person.group_pairs)]
      : [numbersToml("criteria", person.criteria), numbersToml("groups", person.groups)];
  return `\n[[person]]\nby   = ${quoted(by)}\ndate = ${quoted(date)}\n${why ? `because = ${quoted(why)}\n` : ""}${tables.join("")}`;
}

/** @param {Room} room @param {string} id */
const titleOf = (room, id) => room.plan.entries.find((entry) => entry.id === id)?.title ?? id;

/** @param {string} name @param {Record<string, string>} numbers */
function numbersToml(name, numbers) {
  const lines = Object.entries(numbers).map(([id, number]) => `${key(id)} = ${number}\n`);
  return lines.length ? `\n[person.${name}]\n${lines.join("")}` : "";
}

/** @param {string} name @param {Record<string, number>} pairs */
function pairsToml(name, pairs) {
  /** @type {Map<string, string[]>} */
  const lines = new Map();
  for (const [pair, step] of Object.entries(pairs)) {
    const [first, second] = pair.split(" ");
    lines.set(first, [...(lines.get(first) ?? []), `${key(second)} = ${step < 0 ? `"1/${-step}"` : step}`]);
  }
  const text = [...lines].map(([first, others]) => `${key(first)} = { ${others.join(", ")} }\n`);
  return text.length ? `\n[person.${name}]\n${text.join("")}` : "";
}

/** Judgements as an evidence file has them. @param {Room} room */
export function judgementsToml(room) {
  const { criteria, candidates } = room.plan.block;
  const all = judgements(room);
  const about = candidates.filter(({ id }) => all.some(({ candidate }) => candidate === id));
  const table = (/** @type {ReturnType<typeof judgements>[number]} */ one) => {
    const { judge } = criteria[room.plan.criterion(one.criterion)];
    const scores = one.scores.map(({ by, score }) => `    { by = ${quoted(by)}, score = ${score} },\n`).join("");
    const because = [
      one.because,
      ...one.scores.map((each) => ("because" in each && each.because ? `${each.by}: ${each.because}` : "")),
    ]
      .filter(Boolean)
      .join(" ");
    return `\n[candidate.evidence.${key(one.evidence)}]\nscores = [\n${scores}]\nscale   = [${judge?.from}, ${judge?.to}]\ndate    = ${quoted(one.date)}\nbecause = ${quoted(because || "Judged in the workshop.")}\n`;
  };
  const of = (/** @type {import("./data.js").Candidate} */ { id, title }) =>
    `\n[[candidate]]\nid    = ${quoted(id)}\ntitle = ${quoted(title)}\n${all
      .filter(({ candidate }) => candidate === id)
      .map(table)
      .join("")}`;
  return `# What was judged in the workshop.\n${about.map(of).join("")}`;
}

/** The board's decisions as their file has them. @param {Room} room @param {string} meeting @param {string} date */
export function decisionsToml(room, meeting, date) {
  const one = (/** @type {ReturnType<typeof decisions>[number]} */ { candidate, outcome, reason, by, place }) =>
    `\n[[decision]]\ncandidate = ${quoted(candidate)}\noutcome   = ${quoted(outcome)}\n${place ? `place     = ${place}\n` : ""}reason    = ${quoted(reason)}\nby        = ${quoted(by)}\n`;
  return `[meeting]\ntitle = ${quoted(meeting)}\ndate  = ${quoted(date)}\n${decisions(room).map(one).join("")}`;
}

/** A key of TOML: bare where it may be. @param {string} id */
const key = (id) => (/^[A-Za-z0-9_-]+$/.test(id) ? id : quoted(id));

/** A string of TOML: as in JSON, but for what only that allows. @param {string} text */
const quoted = (text) => JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/\u007f/g, "\\u007f");
