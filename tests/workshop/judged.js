// Judgements of a session, filed into a copy of an assessment as people would file them.

import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { newFolder } from "./command.js";
import { readToml, tomlText } from "./toml.js";

/** A copy of the assessment with these judgements in its evidence. The rules stay where they are. */
export function withJudgements(plan, assessment, judgements) {
  const folder = join(newFolder(), basename(assessment));
  cpSync(assessment, folder, { recursive: true });
  for (const file of evidenceIn(folder)) {
    const read = readToml(file);
    for (const candidate of read.candidate ?? []) {
      const own = judgements.filter((one) => one.candidate === candidate.id);
      candidate.evidence = {
        ...candidate.evidence,
        ...Object.fromEntries(own.map((one) => [one.evidence, filed(plan, one)])),
      };
    }
    writeFileSync(file, tomlText(read));
  }
  return folder;
}

/** The evidence files of candidates, each of which is in one. */
export function evidenceIn(folder) {
  const files = readdirSync(folder, { recursive: true }).filter(
    (name) => name.endsWith(".toml") && !name.startsWith("rules"),
  );
  return files.map((name) => join(folder, name)).filter((file) => readToml(file).candidate?.[0]?.id);
}

function filed(plan, { criterion, scores, date }) {
  const { from, to } = plan.block.criteria[plan.criterion(criterion)].judge;
  const each = scores.map(({ by, score }) => ({ by, score: { $number: score } }));
  return { scores: each, scale: [{ $number: from }, { $number: to }], date, because: "Judged in the workshop." };
}
