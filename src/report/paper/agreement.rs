//! What members say of each theme, and who leads on it, for the paper.

use super::model::{PaperAgreement, PaperLead, PaperLedTheme, PaperTheme};
use crate::assessment::members::{Listed, Member};
use crate::ranked::RankedAssessment;
use crate::report::matrix::{APART, MemberMatrix, ThemeRow, cell};
use crate::rules::Leader;
use crate::words::listed;

/// None where the assessment has no members.
pub(super) fn agreement(report: &RankedAssessment<'_>) -> Option<PaperAgreement> {
    let matrix = MemberMatrix::new(report)?;
    let peculiar = matrix.rows.iter().filter(|row| row.is_peculiar());
    Some(PaperAgreement {
        members: matrix.members.iter().map(|member| member.title.clone()).collect(),
        filed: matrix.filed(),
        themes: matrix.rows.iter().map(|row| theme(row, &matrix)).collect(),
        gathers: matrix.rows.iter().filter_map(|row| gathers(row, &matrix)).collect(),
        leads: matrix.by_leader().into_iter().map(lead).collect(),
        apart: matrix.tells_apart().then(|| APART.to_owned()),
        peculiar: peculiar.map(|row| format!("{} ({})", row.trace.candidate.title, row.who())).collect(),
    })
}

/// What a theme gathers of each member's list; none where it gathers nothing.
fn gathers(row: &ThemeRow<'_>, matrix: &MemberMatrix<'_>) -> Option<String> {
    let of_one = |(own, member): (&Vec<&Listed>, &&Member)| {
        let titles: Vec<String> = own.iter().map(|it| format!("“{}”", it.title)).collect();
        (!titles.is_empty()).then(|| format!("{} of {}", listed(&titles), member.title))
    };
    let all: Vec<String> = row.own.iter().zip(&matrix.members).filter_map(of_one).collect();
    (!all.is_empty()).then(|| format!("{}: {}.", row.trace.candidate.title, all.join("; ")))
}

fn theme(row: &ThemeRow<'_>, matrix: &MemberMatrix<'_>) -> PaperTheme {
    PaperTheme {
        title: row.trace.candidate.title.clone(),
        count: row.count(matrix.counted()),
        apart: row.apart(),
        says: row.says.iter().map(cell).collect(),
        lead: matrix.says_who_leads.then(|| row.trace.leader().word().to_owned()),
    }
}

fn lead((leader, rows): (Leader, Vec<&ThemeRow<'_>>)) -> PaperLead {
    let led = |row: &&ThemeRow<'_>| PaperLedTheme {
        title: row.trace.candidate.title.clone(),
        members: row.who(),
        reason: row.why(),
    };
    PaperLead { title: leader.as_a_heading().to_owned(), themes: rows.iter().map(led).collect() }
}
