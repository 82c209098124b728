// The page put together as the engine will: the modules in their order in one script, with the data block, under a policy that
// lets nothing else run.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./command.js";

const FOLDER = join(ROOT, "src/report/workshop/page");

/** Each after those that it reads. */
export const MODULES = [
  "data",
  "whole",
  "formula",
  "plan",
  "shares",
  "judging",
  "totals",
  "known",
  "standing",
  "ranking",
  "pairwise",
  "elicit",
  "people",
  "words",
  "dom",
  "room",
  "nearest",
  "colours",
  "list_view",
  "weights_panel",
  "moved_view",
  "candidate_view",
  "mine_view",
  "together_view",
  "files_out",
  "record_view",
  "main",
];

const read = (name) => readFileSync(join(FOLDER, name), "utf8");

/** A module as a part of the script: without imports, `export`, and lines that hold nothing but a comment. */
const part = (name) =>
  read(`${name}.js`)
    .replace(/^import [^;]*;\n/gm, "")
    .replace(/^export /gm, "")
    .replace(/^ *(\/\/.*|\*.*|\/\*((?!\*\/).)*(\*\/)?)\n/gm, "");

const digest = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The page with a data block. */
export function pageOf(block) {
  const script = `"use strict";\n${MODULES.map(part).join("\n")}`;
  const style = read("style.css");
  const policy = `default-src 'none'; script-src ${digest(script)}; style-src ${digest(style)}; base-uri 'none'; form-action 'none'`;
  const parts = { policy, style, script, data: JSON.stringify(block).replaceAll("<", "\\u003c") };
  return read("page.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
}
