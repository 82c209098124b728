// The paper in a browser: nothing is said on the console, nothing is asked of the network, nobody is shut out, and
// nothing is cut on paper. Needs the built engine, Chromium and poppler's pdftotext and pdfinfo; without one of them it
// fails. Run it with: npm ci && npm test

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// A4 between its margins, in CSS pixels.
const PAGE_HEIGHT = ((297 - 15 - 14) / 25.4) * 96;
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

/** What writes each page. */
const SUBJECTS = {
  starter: ["rank", "fixtures/starter"],
  huntingdonshire: ["rank", "fixtures/huntingdonshire-2019"],
  wards: ["rank", "fixtures/huntingdonshire-wards-2019"],
  morile: ["rank", "fixtures/morile-style"],
  base: ["rank", "tests/base"],
  long: ["rank", longTitles()],
  choice: ["choose", "fixtures/huntingdonshire-2019", "--year", "2009/10", "--curve", "revenue"],
  years: ["history", ...["2023-24", "2024-25", "2025-26"].map((year) => `tests/years/district/${year}`)],
};

function paper(name, part = []) {
  const file = join(work, `${name}${part.length}.html`);
  const command = ["run", "--locked", "--quiet", "--", ...SUBJECTS[name], ...part, "--format", "html", "--quiet", "-o", file];
  execFileSync("cargo", command, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  return pathToFileURL(file).href;
}

// --- What must hold -----------------------------------------------------------------------------------------------------

async function quiet(browser, url, colorScheme, check) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error}`));
  page.on("request", (request) => request.url() !== url && said.push(`request: ${request.url()}`));
  await page.goto(url, { waitUntil: "networkidle" });
  await check(page);
  await context.close();
  expect(said.length === 0, said.join("\n"));
}

async function noBarrier(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), TAGS);
  expect(found.passes.length > 20, `axe-core checked only ${found.passes.length} rules`);
  const told = found.violations.map((each) => `${each.id}: ${each.help}\n  ${each.nodes.map((node) => node.html).slice(0, 3).join("\n  ")}`);
  expect(told.length === 0, told.join("\n"));
}

/** Nothing sticks out of the page, and no letter out of its chart. */
async function fits(page, width) {
  await page.setViewportSize({ width, height: 900 });
  const found = await page.evaluate(() => {
    const over = [];
    const across = document.documentElement.scrollWidth;
    if (across > innerWidth) over.push(`the page is ${across} wide`);
    for (const text of document.querySelectorAll("figure svg text")) {
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

/** The first key leads past the contents. */
async function skips(page) {
  await page.keyboard.press("Tab");
  const place = await page.evaluate(() => document.activeElement.getAttribute("href"));
  expect(place === "#main", `the first link leads to ${place}`);
}

/** On paper: A4, tagged, and every chart whole on a page. */
async function prints(page, name) {
  const file = join(work, `${name}.pdf`);
  await page.pdf({ path: file, preferCSSPageSize: true, tagged: true });
  const about = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  expect(/Page size:.*A4/.test(about), about);
  expect(/Tagged:\s+yes/.test(about), about);
  expect(readFileSync(file, "latin1").includes("/StructTreeRoot"), "the PDF has no structure");
  const squeezed = (text) => text.replace(/\s+/g, "");
  const pages = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\f").map(squeezed);
  await page.emulateMedia({ media: "print" });
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
}

/** The paper without its annex has five sides at most. */
async function fiveSides(page, name) {
  const file = join(work, `${name}-paper.pdf`);
  await page.pdf({ path: file, preferCSSPageSize: true, tagged: true });
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [file], { encoding: "utf8" }))[1]);
  expect(pages <= 5, `the paper has ${pages} sides`);
}

// --- The run ------------------------------------------------------------------------------------------------------------

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const name of Object.keys(SUBJECTS)) {
  const url = paper(name);
  for (const scheme of ["light", "dark"]) {
    await test(`${name}, ${scheme}`, () => quiet(browser, url, scheme, noBarrier));
  }
  for (const width of [320, 1280]) {
    await test(`${name}, ${width} wide`, () => quiet(browser, url, "light", (page) => fits(page, width)));
  }
  if (SUBJECTS[name][0] === "rank") await test(`${name}, charts`, () => quiet(browser, url, "light", charts));
  await test(`${name}, by keys`, () => quiet(browser, url, "light", skips));
  await test(`${name}, printed`, () => quiet(browser, url, "light", (page) => prints(page, name)));
  if (SUBJECTS[name][0] === "rank" && name !== "long") {
    const alone = paper(name, ["--part", "paper"]);
    await test(`${name}, the paper alone`, () => quiet(browser, alone, "light", (page) => fiveSides(page, name)));
  }
}
await browser.close();
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;
