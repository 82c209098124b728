// The command, and folders to run it on.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

const built = ["release", "debug"].map((profile) => join(ROOT, "target", profile, "prioritise"));
const newest = built.filter(existsSync).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
const COMMAND = process.env.PRIORITISE ?? newest ?? "prioritise";

const work = mkdtempSync(join(tmpdir(), "prioritise-workshop-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
let folders = 0;

/** A new empty folder that goes away with the process. */
export const newFolder = () => mkdtempSync(join(work, `${(folders += 1)}-`));

/** What the command says; it fails with what it says of problems. */
export function prioritise(...words) {
  try {
    return execFileSync(COMMAND, [...words, "--quiet"], {
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    throw new Error(`prioritise ${words.join(" ")}\n${error.stderr ?? error}`);
  }
}

/** The same as an object. */
export const prioritiseJson = (...words) => JSON.parse(prioritise(...words, "--format", "json"));

/** The data block of an assessment by some rules. */
export const blockOf = (assessment, rules) => prioritiseJson("workshop", assessment, "--rules", rules);

/** The list of each setting, as the command prints it. */
export function listsOf(assessment, rules, settings) {
  const file = join(newFolder(), "settings.jsonl");
  writeFileSync(file, settings.map((setting) => `${JSON.stringify(setting)}\n`).join(""));
  return prioritise("workshop", assessment, "--rules", rules, "--lists", file).trimEnd().split("\n");
}

/** The page of it. */
export const pageOf = (assessment, rules) => prioritise("workshop", assessment, "--rules", rules);

/** The file of a rule set. */
export const ruleFile = (folder) => join(folder, "ruleset.toml");

/** A copy of a rule set with another `ruleset.toml`, and without its tests and its answers. */
export function copyOfRules(rules, text) {
  const folder = newFolder();
  cpSync(rules, folder, { recursive: true, filter: (file) => !file.endsWith("/tests") });
  writeFileSync(ruleFile(folder), text);
  return folder;
}

/** The base assessment with the changes of a file of `tests/variants`. */
export function variant({ edit = [], delete: deleted = [] }) {
  const folder = newFolder();
  cpSync(join(ROOT, "tests/base"), folder, { recursive: true });
  for (const { file, find, replace } of edit) {
    const path = join(folder, file);
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace(find, () => replace),
    );
  }
  for (const file of deleted) rmSync(join(folder, file));
  return folder;
}
