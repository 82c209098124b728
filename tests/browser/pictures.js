// The pictures of `docs/workshop.md`, made of the page of a fixture. Run it where the page changed: node pictures.js
// `docs/pictures/workshop.json` keeps what each shows, in words and rules of style, so that a test finds one that is out of
// date on any machine, whatever its letters look like.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

import { Plan } from "../../src/report/workshop/page/plan.js";
import { blockOf, newFolder, pageOf, ROOT } from "../workshop/command.js";
import { twelve } from "../workshop/people.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ASSESSMENT = join(ROOT, "fixtures/huntingdonshire-2019");
const RULES = join(ROOT, "rules/huntingdonshire");
const FOLDER = join(ROOT, "docs/pictures");
const SHOWN = join(FOLDER, "workshop.json");
/** The most bytes that all of them may have together. */
const MOST_BYTES = 300_000;

/** How the page comes to what each shows. */
const PICTURES = {
  mine: async (page) => {
    await page.click("#tab-mine");
    await page.fill("#my-role", "Head of housing");
  },
  together: async (page, plan) => {
    await page.click("#tab-together");
    await page.setInputFiles(
      "#their-files",
      twelve(plan).map((answers, at) => ({
        name: `${at}.json`,
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(answers)),
      })),
    );
    await page.waitForSelector("#use-weights");
  },
  list: async (page) => {
    await page.fill("#weight-0", "35");
    await page.keyboard.press("Enter");
    await page.evaluate(() => document.activeElement.blur());
    await page.waitForFunction(() => /brings|No single/.test(document.querySelector("#nearest").textContent));
  },
  projector: async (page) => {
    await PICTURES.list(page);
    await page.click("#projector");
    await page.waitForFunction(() => /brings|No single/.test(document.querySelector("#nearest").textContent));
  },
};

/** Each picture with what it shows: its digest, and the picture where that is wanted. */
export async function pictured(browser, withPictures) {
  const plan = new Plan(blockOf(ASSESSMENT, RULES));
  const file = join(newFolder(), "page.html");
  writeFileSync(file, pageOf(ASSESSMENT, RULES));
  const found = {};
  for (const [name, go] of Object.entries(PICTURES)) {
    const page = await browser.newPage({ viewport: { width: 1200, height: 675 }, colorScheme: "light" });
    await page.goto(`file://${file}`);
    await go(page, plan);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 600)));
    const shown = await page.evaluate(() => {
      const values = [...document.querySelectorAll("input, select")].filter((it) => it.offsetParent).map((it) => it.value);
      return [document.body.innerText.replace(/\s+/g, " "), values, document.querySelector("style").textContent];
    });
    const digest = createHash("sha256").update(JSON.stringify(shown)).digest("hex");
    found[name] = { digest, picture: withPictures ? await webp(page) : null };
    await page.close();
  }
  return found;
}

/** A picture in a quarter of the bytes that a PNG of letters takes. */
async function webp(page) {
  const cdp = await page.context().newCDPSession(page);
  const { data } = await cdp.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  return Buffer.from(data, "base64");
}

/** What is kept of what each shows. */
export const kept = () => JSON.parse(readFileSync(SHOWN, "utf8"));

if (argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  const found = await pictured(browser, true);
  await browser.close();
  const bytes = Object.values(found).reduce((sum, { picture }) => sum + picture.length, 0);
  if (bytes > MOST_BYTES) throw new Error(`they have ${bytes} bytes, more than ${MOST_BYTES}`);
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, { picture }] of Object.entries(found)) writeFileSync(join(FOLDER, `workshop-${name}.webp`), picture);
  const digests = Object.fromEntries(Object.entries(found).map(([name, { digest }]) => [name, digest]));
  writeFileSync(SHOWN, `${JSON.stringify(digests, null, 2)}\n`);
  console.log(`${Object.keys(found).length} pictures, ${bytes} bytes`);
}
