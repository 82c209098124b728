// What a move of one weight costs: the processor time of the page's main thread, and the time until it is painted. The workshop's
// page and LineUp, each with 100 rows and seven weights, in turn.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";

import { larger } from "../../tests/workshop/larger.js";
import { blockOf, pageOf, ROOT } from "../../tests/workshop/command.js";
import { withBlock } from "../../tests/workshop/page.js";
import { chromium } from "../../tests/browser/node_modules/playwright-core/index.mjs";

const [, , folder, rounds = "3"] = argv;
const MOVES = 40;
/** LineUp draws a while after it is told; nothing else happens in between. */
const BETWEEN = 150;
const TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline"];

const ASSESSMENT = join(ROOT, "fixtures/huntingdonshire-2019");
const RULES = join(ROOT, "rules/huntingdonshire");
const ours = join(folder, "ours.html");
writeFileSync(ours, withBlock(pageOf(ASSESSMENT, RULES), larger(blockOf(ASSESSMENT, RULES), 100)));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (let round = 1; round <= Number(rounds); round += 1) {
  for (const [name, file] of [["ours", ours], ["LineUp", join(folder, "lineup.html")]]) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`file://${file}`);
    await page.waitForTimeout(2500);
    await page.evaluate(() => {
      const slider = document.querySelector("#weights input[type=range]");
      window.move ??= (to) => {
        slider.value = String(to);
        slider.dispatchEvent(new Event("input"));
      };
    });
    const trace = join(folder, "trace.json");
    await browser.startTracing(page, { path: trace, categories: TRACED });
    await moves(page);
    await browser.stopTracing();
    console.log(`${name}: ${(mainThread(trace) / MOVES).toFixed(1)} ms of the main thread's processor time a move`);
    if (name === "ours") console.log(`  ${await painted(page)}`);
    await page.close();
  }
}
await browser.close();

function moves(page) {
  return page.evaluate(
    async ([count, between]) => {
      for (let move = 0; move < count; move += 1) {
        window.move(10 + move);
        await new Promise((done) => setTimeout(done, between));
      }
    },
    [MOVES, BETWEEN],
  );
}

/** Milliseconds of processor time of all tasks of the main thread. */
function mainThread(trace) {
  const { traceEvents } = JSON.parse(readFileSync(trace, "utf8"));
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const main = traceEvents.filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain");
  const threads = new Set(main.map(thread));
  const tasks = traceEvents.filter((event) => event.name === "RunTask" && threads.has(thread(event)));
  return tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
}

/** From the beginning of a frame in which a weight moves until that frame is painted. */
function painted(page) {
  return page.evaluate(async () => {
    const one = (to) =>
      new Promise((done) =>
        requestAnimationFrame(() => {
          const start = performance.now();
          window.move(to);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - start);
          port2.postMessage(0);
        }),
      );
    const times = [];
    for (let move = 0; move < 200; move += 1) times.push(await one(10 + (move % 40)));
    times.sort((a, b) => a - b);
    const [least, median, most] = [0.05, 0.5, 0.95].map((part) => times[Math.floor(199 * part)].toFixed(1));
    return `painted after ${median} ms (5% ${least}, 95% ${most})`;
  });
}
