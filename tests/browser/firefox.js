// The workshop's page in Firefox: it opens without a word on the console, makes the command's list, moves weights by keys, takes
// twelve people's answers, and saves a session that the command applies. `workshop.js` tries more of it in Chromium.
// Run it with: npm ci && node --test firefox.js (needs Debian's firefox-esr, or FIREFOX)

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

import { Plan } from "../../src/report/workshop/page/plan.js";
import { blockOf, listsOf, pageOf, prioritise, ROOT } from "../workshop/command.js";
import { twelve } from "../workshop/people.js";
import { linesOf, randomSettings } from "../workshop/settings.js";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const ASSESSMENT = join(ROOT, "fixtures/huntingdonshire-2019");
const RULES = join(ROOT, "rules/huntingdonshire");
const SETTINGS = Number(process.env.SETTINGS ?? 300);

const work = mkdtempSync(join(tmpdir(), "prioritise-firefox-"));
const downloads = join(work, "downloads");
mkdirSync(downloads);
const plan = new Plan(blockOf(ASSESSMENT, RULES));
const file = join(work, "page.html");
writeFileSync(file, pageOf(ASSESSMENT, RULES));
let browser;

before(async () => {
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    extraPrefsFirefox: {
      "browser.download.folderList": 2,
      "browser.download.dir": downloads,
      "browser.download.useDownloadDir": true,
      "browser.helperApps.neverAsk.saveToDisk": "application/json,application/toml,text/plain",
    },
  });
});
after(async () => {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
});

/** Opens the page, and fails where it says anything on the console. */
async function opened(viewport, check, hash = "") {
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => said.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => dialog.accept());
  await page.setViewport(viewport);
  await page.goto(pathToFileURL(file).href + hash);
  await check(page);
  await page.close({ runBeforeUnload: false });
  assert.deepEqual(said, []);
}

const isHidden = (page, selector) => page.$eval(selector, (element) => element.offsetParent === null);
const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent);

/** What a button saves. */
async function saved(page, button) {
  const old = readdirSync(downloads);
  await page.click(button);
  for (let wait = 0; wait < 100; wait += 1) {
    const found = readdirSync(downloads).find((name) => !old.includes(name) && !name.endsWith(".part"));
    const text = found && readFileSync(join(downloads, found), "utf8");
    if (text) return text;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${button} saved nothing`);
}

for (const width of [1280, 320])
  test(`it opens, and nothing sticks out: ${width}`, () =>
    opened({ width, height: 900 }, async (page) => {
      assert.ok(await isHidden(page, "#alarm"));
      for (const view of ["list", "mine", "together", "record"]) {
        await page.click(`#tab-${view}`);
        const across = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(across <= 0, `${view} sticks out by ${across}`);
      }
    }));

test("its figures are the command's", () =>
  opened({ width: 1280, height: 900 }, async (page) => {
    const settings = randomSettings(plan, SETTINGS, 21);
    const lines = await page.evaluate(
      `(${linesOf})(workshop.plan, workshop.room.ranker, ${JSON.stringify(settings)}, { asFiled, byPanel, fixedText })`,
    ).catch((error) => assert.fail(error));
    assert.deepEqual(lines, listsOf(ASSESSMENT, RULES, settings));
  }));

test("weights move by keys, and the row that a key opens is a card", () =>
  opened({ width: 1280, height: 900 }, async (page) => {
    await page.focus("#weights input[type=range]");
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
    assert.equal(await page.$eval("#weight-0", (input) => input.value), "17");
    await page.focus("#weight-2");
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.type("30.5");
    await page.keyboard.press("Enter");
    assert.equal(await page.$eval("#weight-2", (input) => input.value), "30.5");
    assert.equal(await textOf(page, "#undo"), "Undo (2)");
    await page.focus("#rows .row");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.ok(!(await isHidden(page, "#candidate")));
    await page.select("#judge-5", "5");
    assert.match(await textOf(page, "#candidate"), /Changed in this room to 5/);
    await page.keyboard.press("Escape");
    assert.ok(await isHidden(page, "#candidate"));
  }));

test("one answers alone, twelve together, and the command applies the session", async () => {
  const people = twelve(plan);
  await opened(
    { width: 390, height: 800 },
    async (page) => {
      assert.ok(await isHidden(page, "#view-list"));
      await page.type("#my-role", people[0].by);
      for (const [at, { id }] of plan.block.criteria.entries()) await page.type(`#answer-${at}`, people[0].criteria[id]);
      const answers = JSON.parse(await saved(page, "#save-answers"));
      assert.deepEqual(answers.criteria, people[0].criteria);
    },
    "#mine",
  );
  await opened({ width: 1280, height: 900 }, async (page) => {
    const files = people.map((answers, at) => {
      const path = join(work, `${at}.json`);
      writeFileSync(path, JSON.stringify(answers));
      return path;
    });
    await page.click("#tab-together");
    await (await page.$("#their-files")).uploadFile(...files);
    await page.waitForSelector("#use-weights");
    await page.click("#use-weights");
    await page.click("#tab-together");
    await page.click("#use-scores");
    await page.click("#tab-record");
    const session = await saved(page, "#save-session");
    const folder = join(work, "applied");
    cpSync(ASSESSMENT, folder, { recursive: true });
    cpSync(RULES, join(folder, "rules"), { recursive: true });
    const header = join(folder, "assessment.toml");
    writeFileSync(header, readFileSync(header, "utf8").replace(/^rules\b.*$/m, 'rules = "rules"'));
    const path = join(work, "session.json");
    writeFileSync(path, session);
    assert.match(prioritise("workshop", folder, "--apply", path), /What was settled:\n/);
    assert.ok(existsSync(join(folder, "workshop")));
  });
});
