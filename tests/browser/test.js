// The paper in a browser: nothing is said on the console, nothing is asked of the network, nobody is shut out, and
// nothing is cut on paper. Needs the built engine, Chromium and poppler's pdftotext and pdfinfo; without one of them it
// fails. Run it with: npm ci && npm test

import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** What the tests of Rust build. */
const PROGRAM = join(ROOT, "target/debug/prioritise");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// A4 between its margins, in CSS pixels.
const PAGE_HEIGHT = ((297 - 13 - 12) / 25.4) * 96;
// So many letters has a page at least that is not nearly empty; the last one may have fewer.
const LEAST_ON_A_PAGE = 500;
const PAGE_WIDTH = ((210 - 2 * 15) / 25.4) * 96;

const work = mkdtempSync(join(tmpdir(), "prioritise-browser-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
const results = { passed: 0, failed: 0 };

async function test(name, check) {
  try {
    await check();
    results.passed += 1;
  } catch (error) {
    results.failed += 1;
    console.log(`FAILED ${name}\n${error.message}\n`);
  }
}

const run = promisify(execFile);

function expect(condition, message) {
  if (!condition) throw new Error(message);
}

// --- The papers ---------------------------------------------------------------------------------------------------------

/** The starter, with titles that are long, one of them a single word, and a candidate without points. */
function longTitles() {
  const folder = join(work, "long");
  cpSync(join(ROOT, "fixtures/starter"), folder, { recursive: true });
  const edit = (name, from, to) => {
    const file = join(folder, name);
    const text = readFileSync(file, "utf8");
    expect(text.includes(from), `${name} has no ${from}`);
    writeFileSync(file, text.replace(from, to));
  };
  const words = "Burglary of homes, sheds, garages, shops, warehouses and places of worship, with what is taken ".repeat(3);
  edit("evidence/burglary.toml", 'title = "Burglary"', `title = "${words}"`);
  edit("evidence/burglary.toml", "judgement = 3", "judgement = 0");
  edit("evidence/domestic-abuse.toml", 'title = "Domestic abuse"', `title = "${"Partnerschaftsgewalt".repeat(8)}"`);
  edit("rules/ruleset.toml", 'title     = "Public concern"', `title     = "${"How the public feels about it ".repeat(5)}"`);
  return folder;
}

/** With draws a paper says more, and has a table more. */
const DRAWN = ["--draws", "100"];

/** What writes each page. */
const SUBJECTS = {
  starter: ["rank", "fixtures/starter"],
  huntingdonshire: ["rank", "fixtures/huntingdonshire-2019", ...DRAWN],
  wards: ["rank", "fixtures/huntingdonshire-wards-2019", ...DRAWN],
  morile: ["rank", "fixtures/morile-style", ...DRAWN],
  wellingborough: ["rank", "fixtures/wellingborough-2013", ...DRAWN],
  cambridgeshire: ["rank", "fixtures/cambridgeshire-2014", ...DRAWN],
  base: ["rank", "tests/base"],
  long: ["rank", longTitles()],
  choice: ["choose", "fixtures/huntingdonshire-2019", "--year", "2009/10", "--curve", "revenue"],
  years: ["history", ...["2023-24", "2024-25", "2025-26"].map((year) => `tests/years/district/${year}`)],
  reviewed: ["review", "fixtures/wellingborough-2013"],
  drawn: ["sensitivity", "fixtures/wellingborough-2013", "--draws", "100"],
};

/** Writes a page and says where it is. */
async function written(name, more = []) {
  const file = join(work, `${name}${more.length}.html`);
  await run(PROGRAM, [...SUBJECTS[name], ...more, "--format", "html", "--quiet", "-o", file], { cwd: ROOT });
  return pathToFileURL(file).href;
}

// --- What must hold -----------------------------------------------------------------------------------------------------

/** Opens a page, which says nothing on the console and asks for nothing, whatever is done with it. */
async function quiet(name, url, checks) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error}`));
  page.on("request", (request) => request.url().split("#")[0] !== url && said.push(`request: ${request.url()}`));
  await page.goto(url);
  for (const [what, check] of Object.entries(checks)) {
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
    await test(`${name}, ${what}`, () => check(page));
  }
  await test(`${name}, quiet`, () => expect(said.length === 0, said.join("\n")));
  await context.close();
}

const WIDTHS = [320, 1280];
const SCHEMES = ["light", "dark"];

/**
 * Nobody is shut out: on a phone and on a desk, light and dark. Colours are looked at in all four; all else at each width
 * once, since it is the same in light and dark.
 */
async function noBarrier(page) {
  await page.evaluate(AXE);
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const all = (width === 320) === (colorScheme === "dark");
      const runOnly = all ? { type: "tag", values: TAGS } : { type: "rule", values: ["color-contrast", "link-in-text-block"] };
      const found = await page.evaluate((options) => axe.run(options), { runOnly, resultTypes: ["violations"] });
      expect(!all || found.passes.length > 20, `axe-core checked only ${found.passes.length} rules`);
      const told = found.violations.map((each) => `${each.id}: ${each.help}\n  ${each.nodes.map((node) => node.html).slice(0, 3).join("\n  ")}`);
      expect(told.length === 0, `${colorScheme}, ${width} wide: ${told.join("\n")}`);
    }
  }
}

/** Nothing sticks out of the page, and no letter out of its chart. */
async function fits(page, width) {
  await page.setViewportSize({ width, height: 900 });
  const found = await page.evaluate(() => {
    const over = [];
    const across = document.documentElement.scrollWidth;
    if (across > innerWidth) over.push(`the page is ${across} wide`);
    for (const text of document.querySelectorAll("figure svg text")) {
      // A phone leaves out some names of periods.
      if (text.getClientRects().length === 0) continue;
      const [inner, outer] = [text, text.ownerSVGElement].map((element) => element.getBoundingClientRect());
      if (inner.left < outer.left - 1 || inner.right > outer.right + 1) over.push(`cut: ${text.textContent}`);
    }
    for (const region of document.querySelectorAll(".scroll")) {
      if (region.scrollWidth > region.clientWidth && region.tabIndex !== 0) over.push("a region can't be scrolled by keys");
    }
    return over;
  });
  expect(found.length === 0, `at ${width}: ${found.slice(0, 5).join("; ")}`);
}

/** Every chart says what it is and what it shows, and its numbers stand in a table: round it, or near it. */
async function charts(page) {
  const bare = await page.evaluate(() => {
    const found = [];
    for (const svg of document.querySelectorAll("svg[role=img]")) {
      const words = (name) => svg.querySelector(name)?.textContent.trim();
      if (!words("title") || !words("desc")) found.push(`without title or description: ${svg.outerHTML.slice(0, 80)}`);
      if (!svg.closest("section, article").querySelector("table")) found.push(`without a table: ${words("title")}`);
    }
    for (const svg of document.querySelectorAll("td svg, th svg")) {
      const table = svg.closest("table");
      if (table && !table.caption?.textContent.trim()) found.push("a chart in a table without a caption");
    }
    return found;
  });
  expect(bare.length === 0, bare.slice(0, 5).join("; "));
}

/**
 * By keys alone: every link and every region that scrolls is reached once, in the order in which it is read; each is seen when
 * it is, on a phone under a heading that stays, too; the first leads past the contents, and arrows move a region.
 */
async function byKeys(page) {
  await page.setViewportSize({ width: 320, height: 700 });
  const count = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], [tabindex], button, input, select, summary")];
    all.forEach((element, at) => (element.dataset.at = at));
    return all.filter((element) => element.tabIndex === 0).length;
  });
  for (const at of [...Array(count).keys()]) {
    await page.keyboard.press("Tab");
    const wrong = await page.evaluate(FOCUSED, at);
    expect(wrong === "", `stop ${at} by keys: ${wrong}`);
    if (at === 0) await skipsContents(page);
  }
  // Backwards what is above comes into sight: not under a heading that stays.
  for (const at of [...Array(Math.min(count, 60)).keys()].map((back) => count - 2 - back).filter((at) => at > 0)) {
    await page.keyboard.press("Shift+Tab");
    const wrong = await page.evaluate(FOCUSED, at);
    expect(wrong === "", `stop ${at} by keys, backwards: ${wrong}`);
  }
  await page.evaluate(() => document.querySelector(".scroll")?.focus());
  const moves = () => page.evaluate(() => document.querySelector(".scroll")?.scrollLeft ?? -1);
  const wide = await page.evaluate(() => [...document.querySelectorAll(".scroll")].slice(0, 1).some((region) => region.scrollWidth > region.clientWidth));
  if (wide) {
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector(".scroll").scrollLeft > 0, null, { timeout: 5000 });
    expect((await moves()) > 0, "an arrow moves no region");
  }
  await page.evaluate(() => (document.activeElement.blur(), scrollTo(0, 0)));
}

/** The first link is seen when it is reached, and leads to what it says. */
async function skipsContents(page) {
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => location.hash === "#main" && document.querySelector("#main:target") !== null), "the first link leads nowhere");
  // From there on keys go on within it; back to the first link to look at all.
  await page.evaluate(() => document.querySelector(".skip").focus());
}

/** What is wrong with what has the focus, as the stop of this number. */
function FOCUSED(at) {
  const it = document.activeElement;
  const stops = [...document.querySelectorAll("[data-at]")].filter((element) => element.tabIndex === 0);
  if (it !== stops[at]) return `${it.outerHTML.slice(0, 80)} instead of ${stops[at].outerHTML.slice(0, 80)}`;
  if (it.tabIndex !== 0 || !it.matches(":focus-visible")) return `no focus is shown: ${it.outerHTML.slice(0, 80)}`;
  const look = getComputedStyle(it);
  if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2) return `it has no outline: ${it.outerHTML.slice(0, 80)}`;
  const light = (colour) => {
    const parts = /rgba?\((\d+), (\d+), (\d+)/.exec(colour)?.slice(1, 4).map((part) => part / 255) ?? [1, 1, 1];
    const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const paper = light(getComputedStyle(document.documentElement).backgroundColor);
  const contrast = (colour) => Math.max(light(colour), paper) / Math.min(light(colour), paper);
  if (contrast(look.outlineColor) < 3 && contrast(look.boxShadow) < 3) return "its outline can't be told from the page";
  const places = [...it.getClientRects()];
  const seen = places.some(({ left, right, top, bottom }) => {
    const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    const there = document.elementFromPoint(x, y);
    return there !== null && (it.contains(there) || there.contains(it));
  });
  return seen ? "" : `it is out of sight or under something: ${it.outerHTML.slice(0, 80)}`;
}

/** On paper: A4, tagged, and every chart whole on a page. */
async function prints(page, name) {
  const file = join(work, `${name}.pdf`);
  // What is printed has the look that is set here, and that was a screen's.
  await page.emulateMedia({ media: "print" });
  await page.pdf({ path: file, preferCSSPageSize: true, tagged: true });
  const about = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  expect(/Page size:.*A4/.test(about), about);
  expect(/Tagged:\s+yes/.test(about), about);
  expect(readFileSync(file, "latin1").includes("/StructTreeRoot"), "the PDF has no structure");
  const squeezed = (text) => text.replace(/\s+/g, "");
  const pages = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\f").map(squeezed);
  await fits(page, Math.floor(PAGE_WIDTH));
  const charts = await page.evaluate(() =>
    [...document.querySelectorAll("figure > svg")].map((chart) => ({
      height: chart.getBoundingClientRect().height,
      labels: [...chart.querySelectorAll("text")].map((text) => text.textContent),
    })),
  );
  expect(charts.length > 0, "there is no chart");
  for (const { height, labels } of charts) {
    expect(height < PAGE_HEIGHT, `a chart is ${height} high: ${labels[0]}`);
    const whole = pages.some((text) => labels.every((label) => text.includes(squeezed(label))));
    expect(whole, `on no page is the whole chart with ${labels.join("; ")}`);
  }
  for (const [at, text] of pages.slice(0, -1).entries()) {
    expect(text.includes(`Page${at + 1}of${pages.length - 1}`), `page ${at + 1} has no number`);
    // The pages of charts alone have few letters, and the paper ends where its annex begins.
    const isLast = at === pages.length - 2 || /^.{0,200}·Annex/.test(pages[at + 1]);
    expect(SUBJECTS[name][0] !== "rank" || isLast || text.length > LEAST_ON_A_PAGE, `page ${at + 1} is nearly empty`);
  }
}

/** The paper without its annex has five sides at most. */
async function fiveSides(page, name) {
  const file = join(work, `${name}-paper.pdf`);
  await page.emulateMedia({ media: "print" });
  await page.pdf({ path: file, preferCSSPageSize: true, tagged: true });
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [file], { encoding: "utf8" }))[1]);
  expect(pages <= 5, `the paper has ${pages} sides`);
}

// --- The run ------------------------------------------------------------------------------------------------------------

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
/** All that must hold of a page. */
async function all(name) {
  const [command] = SUBJECTS[name];
  const url = await written(name);
  const fit = Object.fromEntries(WIDTHS.map((width) => [`${width} wide`, (page) => fits(page, width)]));
  await quiet(name, url, {
    "by keys": byKeys,
    ...fit,
    ...(command === "rank" ? { charts } : {}),
    ...(["rank", "choose", "history"].includes(command) ? { printed: (page) => prints(page, name) } : {}),
    "no barrier": noBarrier,
  });
  if (command !== "rank" || name === "long") return;
  const alone = await written(name, ["--part", "paper"]);
  await quiet(`${name}, the paper alone`, alone, { sides: (page) => fiveSides(page, name) });
}

// Two pages at a time, in one browser: as many as the machine that runs this has processors.
const left = Object.keys(SUBJECTS);
const worker = async () => {
  while (left.length > 0) {
    const name = left.shift();
    await test(name, () => all(name));
  }
};
// As the tests build it: `cargo build` would make all libraries anew, with fewer of their features.
execFileSync("cargo", ["test", "--locked", "--no-run", "--quiet"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
await Promise.all([worker(), worker()]);
await browser.close();
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;
