//! For a terminal: a line for each thing that was checked, and what is wrong in full.

use super::{explanations, in_a_line};
use crate::diagnostic::{ErrorFormat, Problem, render};
use crate::record::signature::Signatures;
use crate::record::{Engine, FirstDifference, Proof, RemadeRecord, SideBySide, Verification};
use crate::report::page::{Page, WIDTH};
use crate::words::{counted, listed, upper_first, visible};

/// So many candidates are set side by side; the others are counted.
const MAX_LISTED: usize = 40;

/// What was found; the last line says what was proven, and nothing else. Colour adds weight and carries no meaning.
pub fn text(found: &Verification, colour: bool) -> String {
    let mut page = Page::new(colour);
    about(found, &mut page);
    let files = counted(found.files, "file", "files");
    if found.faults.is_empty() {
        page.paragraph(&format!("Digests: {files}, and every digest matches."));
    } else {
        page.paragraph(&format!("Digests: {files}, and not everything is as it was sealed."));
        page.text.push('\n');
        page.text.push_str(&problems(&found.faults, colour));
    }
    recomputed(found, &mut page, colour);
    sessions(found, &mut page);
    if let Some(found) = &found.signatures {
        signatures(found, &mut page, colour);
    }
    for unchecked in found.unchecked.chunk_by(|one, next| one.what == next.what) {
        let files: Vec<String> = unchecked.iter().map(|unchecked| unchecked.file.clone()).collect();
        let what = unchecked.first().and_then(|unchecked| unchecked.what);
        let what = what.map(|what| format!(" ({what})")).unwrap_or_default();
        page.foreign(&format!("Not checked: {}{what}", listed(&files)));
    }
    page.verdict(&in_a_line(found));
    page.text
}

fn about(found: &Verification, page: &mut Page) {
    if found.has_templates {
        page.line(&match (found.built_in_paper(), found.proof()) {
            (Some(paper), _) => format!("The paper has templates of the record's own: read {paper}."),
            (None, Proof::ListReproduced) => {
                "The paper has templates of the record's own, and neither paper in it was checked.".to_owned()
            }
            _ => "The paper has templates of the record's own, and neither paper in it was proven.".to_owned(),
        });
    }
    if let Some(run) = &found.run {
        page.foreign(&format!("Partnership: {}", run.assessment.partnership));
        page.foreign(&format!("Assessment: {}, {}", run.assessment.title, run.assessment.period));
        page.foreign(&format!("Ranked by: {}, version {}", run.rules.name, run.rules.version));
        let said = [
            run.stated.by.as_ref().map(|by| format!("sealed by: {by}")),
            run.stated.date.as_ref().map(|date| format!("on {date}")),
            run.stated.note.clone(),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if !said.is_empty() {
            page.foreign(&format!("Stated: {}", said.join("; ")));
        }
        if let Some(other) = &run.stated.supersedes {
            page.foreign(&format!("Supersedes: {other}, which it says it corrects"));
        }
    }
    if let Some(digest) = &found.digest {
        page.paragraph(&format!("Record: {digest}"));
    }
    if let Some(engine) = &found.engine {
        page.paragraph(&format!("Says it was made by: {}", engine.in_words()));
        match found.same_engine() {
            true => page.paragraph("Verified by: the same engine"),
            false => page.paragraph(&format!("Verified by: {}, another engine", Engine::this().in_words())),
        }
    }
}

fn recomputed(found: &Verification, page: &mut Page, colour: bool) {
    match &found.remade {
        RemadeRecord::Same => page.paragraph("Made again: every file is the same, byte for byte."),
        RemadeRecord::SameList => page.paragraph(
            "Made again: the list is the same, with every measure, value, point and rank, and so are the files that \
             describe it. The papers of another engine are not compared: install the engine that the record names to \
             reproduce all of it.",
        ),
        RemadeRecord::Different { first, list, files, .. } => {
            match first {
                Some(_) => page.paragraph("Made again: the list is not the one in the record."),
                None => page.paragraph("Made again: the list is the same, and other files are not."),
            }
            if let Some(first) = first {
                difference(first, page);
            }
            side_by_side(list, page);
            page.foreign(&format!("Files that differ: {}", shortened(files)));
        }
        RemadeRecord::Failed(failed) => {
            page.paragraph("Made again: this engine can't make the list.");
            page.text.push('\n');
            page.text.push_str(&problems(&failed.clone().sorted(), colour));
        }
        RemadeRecord::NotTried => page.paragraph("Made again: no. What was run, or by which engine, can't be read."),
    }
    for cause in explanations(found) {
        page.paragraph(&format!("Why: {cause}."));
    }
}

/// The last workshop decides; of earlier ones the list is another wherever a later one changed anything.
fn sessions(found: &Verification, page: &mut Page) {
    let Some((last, earlier)) = found.sessions.split_last() else { return };
    page.foreign(&match &last.difference {
        None => format!("Workshop: the session in {} gives the list that was made, to the digit.", last.file),
        Some(difference) => format!("Workshop: the session in {} expects another list: {difference}.", last.file),
    });
    if !last.changed.is_empty() {
        page.paragraph("Other than in that session:");
    }
    for change in &last.changed {
        page.foreign(&format!("  {change}."));
    }
    if !earlier.is_empty() {
        page.paragraph(&format!("{} before it.", upper_first(&counted(earlier.len(), "workshop", "workshops"))));
    }
}

fn signatures(found: &Signatures, page: &mut Page, colour: bool) {
    match found.signed.len() {
        0 => page.paragraph("Signatures: none."),
        count => page.paragraph(&format!("Signatures: {count}.")),
    }
    for signed in &found.signed {
        page.foreign(&format!("  {}", signed.in_words()));
    }
    let wrong = found.problems().without_notes();
    if !wrong.is_empty() {
        page.text.push('\n');
        page.text.push_str(&problems(&wrong, colour));
    }
}

fn difference(first: &FirstDifference, page: &mut Page) {
    let of = [first.candidate.clone(), first.criterion.as_ref().map(|id| format!("`{id}`"))];
    let of: Vec<String> = of.into_iter().flatten().collect();
    let of = if of.is_empty() { String::new() } else { format!(" of {}", of.join(", ")) };
    page.line("");
    page.foreign(&format!("The first difference: {}{of}", first.stage.word()));
    page.foreign(&format!("  in the record: {}", first.then));
    page.foreign(&format!("  made again:    {}", first.now));
}

fn side_by_side(list: &[SideBySide], page: &mut Page) {
    if list.is_empty() {
        return;
    }
    page.heading("Rank and total, in the record and made again");
    let title_width = WIDTH - 36;
    for row in list.iter().take(MAX_LISTED) {
        let title: String = visible(&row.title, &[]).chars().take(title_width).collect();
        page.line(&format!(
            "  {title:title_width$} {:>4} {:>9}  → {:>4} {:>9}",
            row.then.0, row.then.1, row.now.0, row.now.1
        ));
    }
    if let Some(more) = list.len().checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        page.paragraph(&format!("  and {more} more"));
    }
    page.text.push('\n');
}

/// The first few of a long list.
fn shortened(files: &[String]) -> String {
    const TOLD: usize = 8;
    let told = files.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", ");
    match files.len().checked_sub(TOLD).filter(|more| *more > 0) {
        Some(more) => format!("{told} and {more} more"),
        None => told,
    }
}

fn problems(problems: &[Problem], colour: bool) -> String {
    render(problems, ErrorFormat::Human, colour)
}
