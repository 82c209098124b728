// TOML for the tests: read by Python, whose standard library has it, with numbers as they are written; and written again.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const READ = `
import json, sys, tomllib
class Number(str): pass
def plain(value):
    if isinstance(value, Number): return {"$number": str(value)}
    if isinstance(value, dict): return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list): return [plain(each) for each in value]
    return value if isinstance(value, (str, int, bool)) else {"$number": value.isoformat()}
print(json.dumps(plain(tomllib.loads(sys.stdin.read(), parse_float=Number))))
`;

/** What each text says that was read: copies of a folder say the same. @type {Map<string, string>} */
const known = new Map();

/** A file as an object; a number with decimals is `{$number: "1.50"}`, a whole one a number. */
export function readToml(file) {
  const input = readFileSync(file, "utf8").replace(/\r\n/g, "\n");
  const json = known.get(input) ?? execFileSync("python3", ["-c", READ], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  known.set(input, json);
  return JSON.parse(json);
}

/** The text of an object as `readToml` gives it: what is no table stands first, before any heading. */
export function tomlText(tables) {
  const [own, named] = [false, true].map((isTable) => Object.entries(tables).filter(([, it]) => (typeof it === "object") === isTable));
  const text = named.map(([name, table]) =>
    Array.isArray(table) ? table.map((each) => `[[${name}]]\n${keys(each)}`).join("\n") : `[${name}]\n${keys(table)}`,
  );
  return [keys(Object.fromEntries(own)), ...text].join("\n");
}

const keys = (table) =>
  Object.entries(table)
    .map(([key, value]) => `${JSON.stringify(key)} = ${inline(value)}\n`)
    .join("");

function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  if ("$number" in value) return value.$number;
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)} = ${inline(each)}`)
    .join(", ")} }`;
}
