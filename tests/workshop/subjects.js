// What the page is held against the command on: the fixtures, the base assessment with each of its variants, and those of
// `tests/cases` that can be ranked.

import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { blockOf, ROOT, variant } from "./command.js";
import { readToml } from "./toml.js";

/** Assessments with the folders of their rules, by name. */
export function fixtures() {
  return ["cambridgeshire-2014", "starter", "huntingdonshire-2019", "huntingdonshire-wards-2019", "morile-style", "wellingborough-2013"].map(
    (name) => subject(name, join(ROOT, "fixtures", name)),
  );
}

export const variants = () => [
  subject("base", join(ROOT, "tests/base")),
  ...named("tests/variants", ".toml").map((name) =>
    subject(`base, ${name}`, variant(readToml(join(ROOT, "tests/variants", name)))),
  ),
];

/** Those that the command ranks, with the block of each. */
export const cases = () =>
  named("tests/cases", "")
    .filter((name) => existsSync(join(ROOT, "tests/cases", name, "assessment.toml")))
    .map((name) => subject(name, join(ROOT, "tests/cases", name)))
    .flatMap(withBlock);

const named = (folder, end) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(end))
    .sort();

function subject(name, assessment) {
  return {
    name,
    assessment,
    rules: resolve(assessment, readToml(join(assessment, "assessment.toml")).assessment.rules),
  };
}

function withBlock(subject) {
  if (!existsSync(join(subject.rules, "ruleset.toml"))) return [];
  try {
    return [{ ...subject, block: blockOf(subject.assessment, subject.rules) }];
  } catch {
    return [];
  }
}
