//! Forms that people filled in.

use prioritise::report::form::{self, SentBack};
use prioritise::scorers::{Asked, Existing, ScoresRequest, import};
use zip::CompressionMethod;

use crate::folder::Folder;
use crate::sheets::{archive, parts};
use crate::sound::{ONE, shown, told, told_one};
use crate::wholes::{FILES, STARTER, with_report};

/// A scorers' form of the starter by the files in it: what is changed is behind the archive's checksums.
pub(crate) fn scores_form(bytes: &[u8]) {
    let files = FILES.with("form.xlsx", &archive(&Folder::unpack(bytes), CompressionMethod::Stored));
    let forms = ["form.xlsx".to_owned()];
    for existing in [Existing::Add, Existing::Replace] {
        let request = ScoresRequest { assessment: STARTER, rules: None, forms: &forms, existing };
        match import(&files, &request, ONE) {
            Err(problems) => told(&problems),
            Ok(imported) => {
                imported.account.balance().unwrap_or_else(told_one);
                shown(&imported.summary());
                imported.files.iter().for_each(|file| drop(file.changed_lines()));
            }
        }
    }
}

/// An empty form, and one in which every score is 3.
pub(crate) fn scores_forms() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    with_report(&FILES, STARTER, |report| {
        let back = SentBack { role: Some("Chair".to_owned()), ..SentBack::default() };
        let book = form::scores_form(report, &Asked::of(report.assessment, report.rules), &back).workbook();
        let mut form = parts(&book.expect("the starter's form can be made"));
        seeds.push(form.pack());
        for (name, text) in form.0.iter_mut().filter(|(name, _)| name.ends_with("sheet2.xml")) {
            let lines = String::from_utf8_lossy(text);
            let filled = lines.lines().map(|line| match line.strip_suffix("/>") {
                Some(cell) if cell.starts_with("<c r=\"C4\"") => {
                    format!("{cell} t=\"inlineStr\"><is><t>30/11/2026</t></is></c>")
                }
                Some(cell) if cell.starts_with("<c r=\"C") => format!("{cell}><v>3</v></c>"),
                _ => line.to_owned(),
            });
            let filled: Vec<String> = filled.collect();
            assert!(filled.iter().any(|line| line.ends_with("<v>3</v></c>")), "{name} has scores to fill in");
            *text = filled.join("\n").into_bytes();
        }
        seeds.push(form.pack());
    });
    seeds
}
