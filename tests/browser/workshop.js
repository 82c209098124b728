// The workshop's page in Chromium, made from a fixture: nothing is said on the console, nothing is asked of the network, nobody is
// shut out, all goes by keys, and twelve people come from a blank page to a session that the command reproduces.
// Run it with: npm ci && node --test workshop.js

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

import { Plan } from "../../src/report/workshop/page/plan.js";
import { blockOf, listsOf, pageOf, prioritise, prioritiseJson, ROOT, ruleFile } from "../workshop/command.js";
import { evidenceIn } from "../workshop/judged.js";
import { withBlock } from "../workshop/page.js";
import { twelve } from "../workshop/people.js";
import { larger } from "../workshop/larger.js";
import { linesOf, randomSettings } from "../workshop/settings.js";
import { fixtures } from "../workshop/subjects.js";
import { readToml } from "../workshop/toml.js";
import { kept, pictured } from "./pictures.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ASSESSMENT = join(ROOT, "fixtures/huntingdonshire-2019");
const RULES = join(ROOT, "rules/huntingdonshire");
const MOST_BYTES = 300_000;
/** How many settings of each fixture are tried in the page, and of how many it is looked at what it shows. */
const SETTINGS = Number(process.env.SETTINGS ?? 300);
const SHOWN = 15;
/** How many are handed to the page at once. */
const PIECE = 500;

const work = mkdtempSync(join(tmpdir(), "prioritise-workshop-page-"));
const block = blockOf(ASSESSMENT, RULES);
const plan = new Plan(block);
const titles = new Map(block.candidates.map(({ id, title }) => [id, title]));
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
});
after(async () => {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
});

const made = pageOf(ASSESSMENT, RULES);

/** A page at its address. */
function written(name, page) {
  const file = join(work, `${name}.html`);
  writeFileSync(file, page);
  return pathToFileURL(file).href;
}

const url = written("page", made);

/** A copy of the fixture with rules of its own. */
function ownFolder(name) {
  const folder = join(work, name);
  cpSync(ASSESSMENT, folder, { recursive: true });
  cpSync(RULES, join(folder, "rules"), { recursive: true, filter: (file) => !file.endsWith("/tests") });
  const file = join(folder, "assessment.toml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^rules\b.*$/m, 'rules = "rules"'));
  return folder;
}

/** Opens the page, and fails where it says anything on the console or asks for anything. */
async function opened(options, check, address = url) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error}`));
  page.on("request", (request) => !/^(file|blob):/.test(request.url()) && said.push(`request: ${request.url()}`));
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(address);
  const found = await check(page);
  await context.close();
  assert.deepEqual(said, []);
  return found;
}

/** What a page saves by a button. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
  return readFileSync(await download.path(), "utf8");
}

const fileOf = (text, name) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

/** The whole list in sight, row by row: rank, title, total. */
const listIn = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("#rows .row")]
      .filter((row) => row.offsetParent)
      .map((row) =>
        [".number", ".title", ".total"]
          .map((part) => row.querySelector(part).firstChild?.textContent.trim() ?? "")
          .join(" "),
      ),
  );

// --- The page itself ----------------------------------------------------------------------------------------------------

test("the page is small, and makes the command's list", () =>
  opened({}, async (page) => {
    const bytes = Buffer.byteLength(withBlock(made, larger(block, 30)));
    assert.ok(bytes < MOST_BYTES, `with 30 candidates it has ${bytes} bytes`);
    assert.ok(await page.isHidden("#alarm"));
    const first = await listIn(page);
    assert.ok(first[0].startsWith("1 Domestic abuse"), first[0]);
  }));

test("a page that does not make the command's list says so and changes nothing", async () => {
  const wrong = structuredClone(block);
  wrong.candidates.find((candidate) => candidate.is.total).is.total += 1;
  await opened(
    {},
    async (page) => {
      assert.ok(await page.isVisible("#alarm"));
      const controls = await page.$$eval("#weights input", (inputs) => inputs.map((input) => input.disabled));
      assert.ok(controls.length > 0 && controls.every(Boolean));
    },
    written("wrong", withBlock(made, wrong)),
  );
});

test("texts of an assessment stay text", async () => {
  const folder = ownFolder("hostile");
  const text = "</script><img src=x onerror=alert(1)>{{script}}";
  const file = join(folder, "assessment.toml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^title\b.*$/m, `title = "${text}"`));
  const rules = ruleFile(join(folder, "rules"));
  writeFileSync(rules, readFileSync(rules, "utf8").replace(/^because\s*= "/gm, `because = "${text.replace("{{script}}", "")}`));
  await opened(
    {},
    async (page) => {
      assert.equal(await page.textContent("#page-title"), text);
      await page.click("#rows .row");
      assert.match(await page.textContent("#candidate"), /<img src=x/);
      assert.equal(await page.$("img"), null);
    },
    written("hostile", pageOf(folder, join(folder, "rules"))),
  );
});

for (const { name, assessment, rules } of fixtures()) {
  test(`the page's figures are the command's, to the digit: ${name}`, () =>
    opened(
      { viewport: { width: 800, height: 600 } },
      async (page) => {
        assert.ok(await page.isHidden("#alarm"));
        const settings = randomSettings(new Plan(blockOf(assessment, rules)), SETTINGS, 21);
        const theirs = listsOf(assessment, rules, settings);
        for (let at = 0; at < settings.length; at += PIECE) {
          const piece = settings.slice(at, at + PIECE);
          const lines = await page.evaluate(
            `(${linesOf})(workshop.plan, workshop.room.ranker, ${JSON.stringify(piece)}, { asFiled, byPanel, fixedText })`,
          );
          lines.forEach((line, number) => assert.equal(line, theirs[at + number], JSON.stringify(piece[number])));
        }
      },
      written(name, pageOf(assessment, rules)),
    ));
}

test("what is shown under random weights is what the command prints", () =>
  opened({}, async (page) => {
    const settings = randomSettings(plan, SHOWN, 20).map(({ weights }) => ({ weights, judgements: [] }));
    const theirs = listsOf(ASSESSMENT, RULES, settings);
    for (const [at, { weights }] of settings.entries()) {
      await page.evaluate(
        (given) => workshop.room.step("tried", ({ setting }) => Object.assign(setting, { weights: given })),
        block.criteria.map(({ id }) => weights[id]),
      );
      const found = JSON.parse(theirs[at]).list;
      const rows = (await listIn(page)).filter((row) => /^\d/.test(row)).map((row) => row.replace("=", ""));
      assert.deepEqual(rows.sort(), found.map((entry) => `${entry.rank} ${titles.get(entry.id)} ${entry.total}`).sort());
    }
  }));

/** A row as the list has it. */
const rowOf = (entry) => `${entry.rank} ${entry.title} ${entry.total.toFixed(2)}`;

// --- Nobody is shut out -------------------------------------------------------------------------------------------------

const SCREENS = {
  "light, 1280": { width: 1280, colorScheme: "light" },
  "dark, 1920": { width: 1920, colorScheme: "dark" },
  "light, 320": { width: 320, colorScheme: "light" },
  "dark, 320": { width: 320, colorScheme: "dark" },
};

// Side by side: each is a process of its own.
describe("on every screen", { concurrency: true }, () => {
  for (const [name, { width, colorScheme }] of Object.entries(SCREENS)) {
    test(`axe finds nothing and nothing sticks out: ${name}`, () =>
      opened({ viewport: { width, height: 900 }, colorScheme }, async (page) => {
        await page.evaluate(AXE);
        const states = {
          list: async () => {},
          candidate: () => page.click("#rows .row"),
          mine: () => page.click("#tab-mine"),
          together: async () => {
            await page.click("#tab-together");
            await page.setInputFiles(
              "#their-files",
              twelve(plan).map((answers) => fileOf(JSON.stringify(answers), `${answers.by}.json`)),
            );
            await page.waitForSelector("#use-weights");
            await page.click(".strip button");
          },
          moved: async () => {
            await page.click("#use-weights");
            await page.click("#close-candidate");
            await page.waitForSelector(".boxed table");
          },
          record: () => page.click("#tab-record"),
          projector: async () => {
            await page.click("#tab-list");
            await page.click("#projector");
          },
        };
        for (const [state, go] of Object.entries(states)) {
          await go();
          await page.waitForTimeout(350);
          await noBarrier(page, state);
          const across = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(across <= 0, `${state} sticks out by ${across}`);
        }
      }));
  }
});

async function noBarrier(page, state) {
  const found = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), TAGS);
  const told = found.violations.map(
    (each) =>
      `${state}: ${each.id}: ${each.help}\n  ${each.nodes
        .map((node) => node.html.slice(0, 160))
        .slice(0, 3)
        .join("\n  ")}`,
  );
  assert.deepEqual(told, []);
}

// --- By keys alone ------------------------------------------------------------------------------------------------------

test("all goes by keys", () =>
  opened({}, async (page) => {
    const key = async (...keys) => {
      for (const each of keys) await page.keyboard.press(each);
    };
    const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
    const spoken = async () => {
      await page.waitForTimeout(120);
      return page.textContent("#said");
    };
    await key("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main");
    await page.focus("#tab-list");
    await key("ArrowRight");
    assert.ok(await page.isVisible("#view-mine"));
    await key("Home");
    assert.ok(await page.isVisible("#view-list"));
    const start = await listIn(page);
    await page.focus("#weights input[type=range]");
    await key(...Array(12).fill("ArrowRight"));
    assert.equal(await page.inputValue("#weight-0"), "21");
    await page.waitForTimeout(1100);
    assert.equal(await page.textContent("#undo"), "Undo (1)", "twelve keys are one step");
    assert.match(await spoken(), /^Volume 15 → 21\. Priority: /);
    await key("Control+z");
    assert.deepEqual(await listIn(page), start);
    await key("Control+Shift+Z");
    assert.equal(await page.inputValue("#weight-0"), "21");
    await page.focus("#weight-2");
    await page.fill("#weight-2", "30.5");
    await key("Enter", "Tab");
    assert.equal(await page.inputValue("#weight-2"), "30.5");
    await page.focus("#rows .row");
    await key("ArrowDown", "Enter");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H2");
    await page.focus("#judge-5");
    await page.selectOption("#judge-5", "5");
    assert.match(await page.textContent("#candidate"), /Changed in this room to 5/);
    assert.equal(await focus(), "judge-5");
    await page.fill("#note", "A note.");
    await page.selectOption("#decision-outcome", "adopted");
    assert.match(await page.textContent("#decision-lacks"), /a reason and who speaks for it/);
    await key("Escape");
    assert.ok(await page.isHidden("#candidate"));
    assert.equal(await focus(), "row");
    await page.focus("#projector");
    await key("Enter");
    assert.equal(await page.evaluate(() => document.documentElement.classList.contains("projected")), true);
    await key("Escape");
    assert.equal(await page.evaluate(() => document.documentElement.classList.contains("projected")), false);
  }));

test("sixty steps can be undone and taken again", () =>
  opened({}, async (page) => {
    const start = await listIn(page);
    for (let step = 1; step <= 60; step += 1) {
      await page.fill(`#weight-${step % 7}`, String(((step * 7) % 60) + 5));
      await page.keyboard.press("Enter");
      await page.evaluate(() => document.activeElement.blur());
    }
    const end = await listIn(page);
    const press = (id) =>
      page.evaluate((it) => {
        for (let step = 0; step < 60; step += 1) document.querySelector(it).click();
      }, id);
    await press("#undo");
    assert.deepEqual(await listIn(page), start);
    assert.ok(await page.isDisabled("#undo"));
    await press("#redo");
    assert.deepEqual(await listIn(page), end);
  }));

test("the guide’s pictures show the page as it is", async () => {
  const shown = Object.entries(await pictured(browser, false)).map(([name, { digest }]) => [name, digest]);
  assert.deepEqual(Object.fromEntries(shown), kept(), "make them again: node tests/browser/pictures.js");
});

test("a plain page is printed", () =>
  opened({}, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".tools", ".tabs", ".slide"]) assert.ok(await page.isHidden(hidden), hidden);
    assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 10_000);
  }));

// --- How quick it is ----------------------------------------------------------------------------------------------------

for (const [name, whole] of Object.entries({
  [`${block.candidates.length} candidates`]: made,
  "100 candidates": withBlock(made, larger(block, 100)),
})) {
  test(`from a slider to paint, ${name}`, async (context) => {
    const times = await opened(
      {},
      (page) =>
        page.evaluate(async () => {
          const slider = document.querySelector("#weights input[type=range]");
          // As a browser does with what a hand moves: at the beginning of a frame, which then is styled, laid out and painted.
          const moved = (to) =>
            new Promise((done) =>
              requestAnimationFrame(() => {
                const start = performance.now();
                slider.value = to;
                slider.dispatchEvent(new Event("input"));
                const scripted = performance.now() - start;
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => done([scripted, performance.now() - start]);
                port2.postMessage(0);
              }),
            );
          const times = [];
          for (let step = 0; step < 200; step += 1) times.push(await moved(String(10 + (step % 40))));
          return times;
        }),
      written(name.replace(" ", "-"), whole),
    );
    const quantile = (at, part) =>
      times
        .map((time) => time[at])
        .sort((a, b) => a - b)
        [Math.floor((times.length - 1) * part)].toFixed(1);
    context.diagnostic(
      `${name}: worked out in ${quantile(0, 0.5)} ms (95% ${quantile(0, 0.95)}), painted after ${quantile(1, 0.5)} ms (5% ${quantile(1, 0.05)}, 95% ${quantile(1, 0.95)})`,
    );
  });
}

// --- Twelve people ------------------------------------------------------------------------------------------------------

/** What one person gives alone, in the page on a device of its own. */
function answersAlone(person) {
  return opened(
    { viewport: { width: 390, height: 800 } },
    async (page) => {
      assert.ok(await page.isHidden("#view-list"), "the list is not in sight");
      await page.click("#save-answers");
      assert.ok(await page.isVisible("#my-wrong"), "without a role nothing is saved");
      await page.fill("#my-role", person.by);
      for (const [at, { id }] of block.criteria.entries()) {
        await page.fill(`#answer-${at}`, person.criteria[id]);
        await page.keyboard.press("Tab");
      }
      await page.fill("#my-because", person.because);
      const buttons = Object.entries(person.judgements).flatMap(([question, given]) =>
        Object.entries(given).map(([candidate, one]) => [`score-${question}-${candidate}`, one ? Number(one.score) : 6]),
      );
      const [first, ...rest] = buttons;
      await page.check(`[name="${first[0]}"] >> nth=${first[1]}`);
      // All others are pressed in the page itself: a test that moves a hand to each takes minutes.
      await page.evaluate((all) => {
        for (const [name, at] of all) document.getElementsByName(name)[at].click();
      }, rest);
      assert.equal(await page.textContent("#my-open"), "All is answered.");
      return saved(page, "#save-answers");
    },
    `${url}#mine`,
  );
}

test("a second round stands beside the first, nobody is named unless wanted, and two are not shown", () =>
  opened({}, async (page) => {
    const filesOf = (people) => people.map((answers, at) => fileOf(JSON.stringify(answers), `${at}.json`));
    const [first, second] = [twelve(plan), twelve(plan, { seed: 13 }).map((answers) => ({ ...answers, round: 2 }))];
    await page.click("#tab-together");
    await page.setInputFiles("#their-files", filesOf(first.slice(0, 2)));
    await page.waitForFunction(() => document.querySelector("#differences").textContent.startsWith("2 handed in"));
    assert.equal(await page.$("#use-weights"), null);
    await page.setInputFiles("#their-files", filesOf(first));
    await page.waitForSelector("#use-weights");
    assert.match(await page.textContent("#told"), /has handed in again/);
    assert.ok(!(await page.textContent("#differences")).includes(first[0].by));
    await page.check("#names");
    assert.ok((await page.textContent("#differences")).includes(first[0].by));
    await page.setInputFiles("#their-files", filesOf(second));
    await page.waitForFunction(() => document.querySelector("#differences").textContent.includes(" in round 1"));
    assert.equal(await page.inputValue("#their-round"), "2");
    await page.setInputFiles("#their-files", filesOf([{ ...second[0], by: "A thirteenth" }]));
    await page.waitForFunction(() =>
      document.querySelector("#told").textContent.includes("twelve have handed in already"),
    );
  }));

test("twelve people from a blank page to a session that the command reproduces", async () => {
  const people = twelve(plan);
  const files = [];
  // Four at a time: each waits for its browser more than it computes.
  for (let at = 0; at < people.length; at += 4) {
    const four = people.slice(at, at + 4);
    const saved = await Promise.all(four.map(answersAlone));
    saved.forEach((text, number) => files.push(fileOf(text, `${four[number].by}.json`)));
  }
  const { session, answers, judgements, decisions, shown } = await opened({}, async (page) => {
    await page.click("#tab-together");
    await page.setInputFiles("#their-files", [...files, fileOf("{}", "odd.json")]);
    await page.waitForSelector("#use-weights");
    assert.match(await page.textContent("#told"), /odd\.json is not taken in/);
    await page.click("#use-weights");
    await page.click("#tab-together");
    await page.click("#use-scores");
    await page.click("#rows .row");
    await page.selectOption("#decision-outcome", "adopted");
    await page.fill("#decision-reason", "Nobody spoke against it.");
    await page.fill("#decision-by", "Chair of the partnership");
    await page.keyboard.press("Tab");
    await page.click("#tab-record");
    await page.click("#record summary");
    const found = {
      session: JSON.parse(await saved(page, "#save-session")),
      answers: await saved(page, "#save-answers-of-all"),
      judgements: await saved(page, "#save-judgements"),
      decisions: await saved(page, "#save-decisions"),
    };
    await page.click("#tab-list");
    return { ...found, shown: await listIn(page) };
  });
  assert.equal(session.people.length, 12);
  assert.equal(session.decisions.length, 1);
  sameWeights(session, answers);
  const folder = reproduced(session, shown);
  sameAnswers(folder, answers);
  sameJudgements(folder, judgements, session.judgements.length);
  assert.deepEqual(tomlOf("decisions", decisions).decision, readToml(join(folder, "decisions.toml")).decision);
});

function tomlOf(name, text) {
  const file = join(work, `saved-${name}.toml`);
  writeFileSync(file, text);
  return readToml(file);
}

/** The answers that are saved apart are those that the command wrote into the folder. */
function sameAnswers(folder, text) {
  const [written, ...others] = readdirSync(join(folder, "workshop")).filter((file) => file.endsWith(".toml"));
  assert.deepEqual(others, []);
  assert.deepEqual(readToml(join(folder, "workshop", written)), tomlOf("answers", text));
}

/** The judgements that are saved apart are those that the command wrote into the folder, score by score. */
function sameJudgements(folder, text, count) {
  const applied = new Map(
    evidenceIn(folder).flatMap((file) => readToml(file).candidate.map(({ id, evidence }) => [id, evidence])),
  );
  const apart = tomlOf("judgements", text).candidate.flatMap(({ id, evidence }) =>
    Object.entries(evidence).map(([name, { scores, date }]) => {
      const { scores: written, date: day } = applied.get(id)[name];
      assert.deepEqual([scores, date], [written, day], `${name} of ${id}`);
      return id;
    }),
  );
  assert.equal(apart.length, count);
}

/** The group's weights are those that `elicit` makes of the file of answers. */
function sameWeights(session, answers) {
  const file = join(work, "answers.toml");
  writeFileSync(file, answers);
  const [round] = prioritiseJson("elicit", RULES, file).rounds;
  assert.deepEqual(
    Object.values(session.weights).map(Number),
    round.items.map((item) => item.new),
  );
}

/** The command writes the session into the folder, makes the list that it expects and the page showed, seals it, and proves it. */
function reproduced(session, shown) {
  assert.ok(session.judgements.length > 30, `${session.judgements.length} judgements`);
  const folder = ownFolder("applied");
  const file = join(work, "session.json");
  writeFileSync(file, JSON.stringify(session, null, 1));
  const told = prioritise("workshop", folder, "--apply", file);
  assert.match(told, /What was settled:\n/);
  const found = prioritiseJson("rank", folder).ranking.filter((entry) => entry.total !== null);
  const expected = found.map((entry) => ({
    id: entry.id,
    rank: entry.rank,
    total: entry.total.toFixed(2),
    tier: entry.tier ?? "deferred",
  }));
  assert.deepEqual(session.expects, expected);
  assert.deepEqual(
    shown
      .filter((row) => /^\d/.test(row))
      .map((row) => row.replace("=", ""))
      .sort(),
    found.map(rowOf).sort(),
  );
  const decided = prioritiseJson("rank", folder).decisions;
  assert.ok(JSON.stringify(decided).includes("Nobody spoke against it."));
  const record = join(work, "record");
  prioritise("record", folder, "-o", record);
  const [{ difference }] = prioritiseJson("verify", record).sessions;
  assert.equal(difference, null);
  const again = () => prioritise("workshop", folder, "--apply", file);
  assert.throws(again, /is of other evidence and rules/);
  return folder;
}
