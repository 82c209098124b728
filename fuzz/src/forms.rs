//! Forms that people filled in.

use prioritise::figures::{self, Asked as AskedFigures, FiguresRequest};
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
        seeds = filled(&book.expect("the starter's form can be made"), &|column, row| match (column, row) {
            ('C', 4) => Some("t=\"inlineStr\"><is><t>30/11/2026</t></is>"),
            ('C', _) => Some("><v>3</v>"),
            _ => None,
        });
    });
    seeds
}

/// A form for figures of the starter by the files in it.
pub(crate) fn figures_form(bytes: &[u8]) {
    let files = FILES.with("form.xlsx", &archive(&Folder::unpack(bytes), CompressionMethod::Stored));
    let forms = ["form.xlsx".to_owned()];
    for replaces in [false, true] {
        let request = FiguresRequest { assessment: STARTER, rules: None, forms: &forms, replaces };
        match figures::import(&files, &request, ONE) {
            Err(problems) => told(&problems),
            Ok(imported) => {
                imported.account.balance().unwrap_or_else(told_one);
                told(&imported.problems);
                shown(&imported.summary());
                imported.files.iter().for_each(|file| drop(file.changed_lines()));
            }
        }
    }
}

/// An empty form, and one in which every cell has a number, a candidate or evidence: `n/a` and words come of malformed inputs.
pub(crate) fn figures_forms() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    with_report(&FILES, STARTER, |report| {
        let asked = AskedFigures::of(report.assessment, report.rules);
        let book = form::figures_form(report, &asked, &SentBack::default()).workbook();
        seeds = filled(&book.expect("the starter's form can be made"), &|column, _| {
            Some(match column {
                'B' => "t=\"inlineStr\"><is><t>Burglary</t></is>",
                'C' => "t=\"inlineStr\"><is><t>Recorded crimes by period</t></is>",
                'E' => "t=\"inlineStr\"><is><t>2023/24</t></is>",
                _ => "><v>12</v>",
            })
        });
    });
    seeds
}

/// A form as it was sent out, and with something in each empty cell of the sheet to fill: what stands behind the start of its
/// element, by column and row.
fn filled(book: &[u8], into: &dyn Fn(char, usize) -> Option<&'static str>) -> Vec<Vec<u8>> {
    let mut form = parts(book);
    let mut seeds = vec![form.pack()];
    for (name, text) in form.0.iter_mut().filter(|(name, _)| name.ends_with("sheet2.xml")) {
        let lines = String::from_utf8_lossy(text);
        let mut count = 0;
        let with_answer = |line: &str| {
            let cell = line.strip_suffix("/>")?;
            let at = cell.strip_prefix("<c r=\"")?.split('"').next()?;
            let answer = into(at.chars().next()?, at.get(1..)?.parse().ok()?)?;
            Some(format!("{cell} {answer}</c>").replace(" >", ">"))
        };
        let lines: Vec<String> = lines
            .lines()
            .map(|line| with_answer(line).inspect(|_| count += 1).unwrap_or_else(|| line.to_owned()))
            .collect();
        assert!(count > 0, "{name} has cells to fill in");
        *text = lines.join("\n").into_bytes();
    }
    seeds.push(form.pack());
    seeds
}
