//! The fifth side: what is to be carried out by whom, what a committee expects, what the law asks, and how to check.

use super::super::filed;
use super::super::model::{CheckBox, CommitteeRow, DecisionRow, DecisionSide, LawRow};
use super::asks::present_priorities;
use super::shown::{
    amount, first_of_several, first_sentence, first_side_by_side, in_words, nouns, ordinal, side_by_side, so_many,
};
use super::sure::{Sureness, Surety};
use crate::assessment::plan::options::{Action, Cost};
use crate::assessment::statement::Heading;
use crate::board::CandidateDecision;
use crate::choose::choice::Choice;
use crate::choose::instance::is_in;
use crate::ranked::RankedAssessment;
use crate::report::matrix::MemberMatrix;
use crate::scoring::{Standing, Trace};
use crate::words::{counted, listed, upper_first};

/// So many actions and papers are named.
const MOST_NAMED: usize = 3;
/// A text with more letters is told by its first sentence.
const MOST_LETTERS: usize = 160;
/// The section on money.
const MONEY: &str = "Money";
/// So many digits of a digest are told, in groups of four.
const DIGITS: usize = 16;

/// The fifth side.
pub(in crate::report::paper) fn decision_side(report: &RankedAssessment<'_>, sure: &Sureness) -> DecisionSide {
    let told = told(report, sure);
    DecisionSide {
        rows: told.iter().map(|trace| row(trace, report)).collect(),
        decided: decided(report),
        outcomes: outcomes(report),
        shared: shared(report),
        committee: committee(report, &told),
        law: law(report),
        check: CheckBox { evidence: short(&report.assessment.digest), rules: short(&report.rules.digest) },
    }
}

/// Who is told: those whom the board took, in its order, and then those that have a place or may have one beside those of their
/// own family.
fn told<'t, 'a>(report: &'t RankedAssessment<'a>, sure: &Sureness) -> Vec<&'t Trace<'a>> {
    let is_told = |trace: &&Trace<'_>| {
        trace.standing == Standing::Tier(0)
            || report.board.is_none()
                && !sure.is_aside(trace)
                && sure.of(trace).is_some_and(|place| place.surety < Surety::Unlikely)
    };
    let taken = report.board.iter().flat_map(|board| &board.list);
    let mut told: Vec<&Trace<'_>> =
        taken.filter_map(|taken| report.traces.iter().find(|it| it.candidate.id == taken.candidate.id)).collect();
    for trace in report.traces.iter().filter(is_told) {
        if told.iter().all(|it| it.candidate.id != trace.candidate.id) {
            told.push(trace);
        }
    }
    told
}

/// What the board did with one of the list; none where nothing is filed of any.
fn by_the_board(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Option<String> {
    let board = report.board.as_ref()?;
    let is_it = |decided: &&CandidateDecision<'_>| decided.candidate.id == trace.candidate.id;
    Some(match board.list.iter().chain(&board.rejected).find(is_it) {
        Some(decided) => match decided.place {
            Some(place) => format!("the board’s {}", ordinal(place)),
            None => "not taken".to_owned(),
        },
        None => "no decision filed".to_owned(),
    })
}

fn row(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> DecisionRow {
    let decisions = report.assessment.decisions.as_ref();
    let decision = decisions.and_then(|filed| filed.decisions.get(&trace.candidate.id));
    DecisionRow {
        id: trace.candidate.id.clone(),
        title: trace.candidate.title.clone(),
        board: by_the_board(trace, report),
        now: trace.candidate.meanwhile.as_ref().map(|text| {
            first_of_several(text, MOST_LETTERS).map_or_else(|| text.clone(), |first| format!("{first} …"))
        }),
        action: None,
        lead: decision.and_then(|decision| decision.lead.clone()),
        due: decision.and_then(|decision| decision.due).map(|due| due.to_string()),
    }
}

impl DecisionSide {
    /// With the actions of the plan that the board chose, or that are best where it chose none: what each serves, costs and
    /// who leads it.
    #[must_use]
    pub(in crate::report::paper) fn with_actions(mut self, choice: &Choice<'_>) -> Self {
        let set = choice.board.as_ref().map_or(&choice.best.set, |board| &board.set.set);
        let actions = choice.case.options.actions.iter().enumerate();
        let chosen: Vec<&Action> = actions.filter(|(at, _)| is_in(set, *at)).map(|(_, action)| action).collect();
        let mut counted: Vec<&str> = Vec::new();
        for row in &mut self.rows {
            let serves = |action: &&&Action| action.serves.iter().any(|reach| reach.candidate == row.id);
            let own: Vec<&Action> = chosen.iter().filter(serves).copied().collect();
            let each = |of: &dyn Fn(&Action) -> Option<String>| {
                let mut once: Vec<String> = Vec::new();
                for told in own.iter().filter_map(|action| of(action)) {
                    if !once.contains(&told) {
                        once.push(told);
                    }
                }
                (!once.is_empty()).then(|| first_side_by_side(&once, MOST_NAMED))
            };
            let costs = |action: &Action| {
                let cost = |cost: &Cost| {
                    let unit = choice.case.options.resources.get(cost.resource).map_or("", |resource| &resource.unit);
                    amount(cost.amount, unit)
                };
                match counted.contains(&&*action.id) {
                    true => "counted above".to_owned(),
                    false => listed(&action.costs.iter().map(cost).collect::<Vec<_>>()),
                }
            };
            row.action = each(&|action| Some(format!("{} ({})", action.title, costs(action))));
            row.lead = row.lead.take().or_else(|| each(&|action| action.lead.clone()));
            row.due = row.due.take().or_else(|| each(&|action| action.due.map(|due| due.to_string())));
            counted.extend(own.iter().map(|action| &*action.id));
        }
        self
    }
}

impl DecisionSide {
    /// With what the plan's actions cost, where the partnership says nothing of money itself.
    #[must_use]
    pub(in crate::report::paper) fn with_money(mut self, money: &[String]) -> Self {
        if let Some(row) = self.committee.iter_mut().find(|row| row.title == MONEY && row.text.is_none()) {
            row.text = (!money.is_empty()).then(|| "See “What a wrong choice would cost”.".to_owned());
        }
        self
    }
}

fn decided(report: &RankedAssessment<'_>) -> Vec<String> {
    let Some(board) = filed::board(report) else { return Vec::new() };
    let list = match board.list.is_empty() {
        true => "The board adopted none.".to_owned(),
        false => format!("The board’s own list: {}.", side_by_side(&board.list)),
    };
    let not_decided = (!board.undecided.is_empty()).then(|| {
        format!("Of those to whom the rules give a place, no decision is filed on {}.", side_by_side(&board.undecided))
    });
    let meeting = format!("{}, {}. {}", board.meeting, board.date, board.summary);
    [Some(meeting), Some(list), not_decided].into_iter().flatten().collect()
}

fn outcomes(report: &RankedAssessment<'_>) -> Option<String> {
    let outcomes = filed::outcomes(report);
    if outcomes.is_empty() {
        let results = report.assessment.last_plan.len();
        if results == 0 {
            let is_stated = report.assessment.statements.iter().any(|statement| statement.under == Heading::LastPlan);
            return is_stated.then(|| "What became of its measures is not filed.".to_owned());
        }
        return Some({
            let achieved = report.assessment.last_plan.iter().filter(|result| result.achieved == Some(true)).count();
            format!("Of {} of last year’s plan, {} met.", counted(results, "measure", "measures"), met(achieved))
        });
    }
    let mut words: Vec<&str> = Vec::new();
    for it in &outcomes {
        if !words.contains(&it.outcome) {
            words.push(it.outcome);
        }
    }
    let counts: Vec<String> = words
        .iter()
        .map(|word| format!("{} {word}", in_words(outcomes.iter().filter(|it| it.outcome == *word).count())))
        .collect();
    let measures = counted(outcomes.len(), "measure", "measures");
    Some(format!(
        "Of {measures} of the plans under review: {}. “What a strategic assessment must contain”, in the annex, has each with its figures.",
        listed(&counts)
    ))
}

fn met(count: usize) -> String {
    format!("{} {}", in_words(count), if count == 1 { "was" } else { "were" })
}

fn shared(report: &RankedAssessment<'_>) -> Option<String> {
    let matrix = MemberMatrix::new(report)?;
    let leads: Vec<String> = matrix
        .by_leader()
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(leader, rows)| {
            let titles: Vec<String> = rows.iter().map(|row| row.trace.candidate.title.clone()).collect();
            format!("{}: {}.", leader.as_a_heading(), side_by_side(&titles))
        })
        .collect();
    let members = counted(matrix.counted(), "member’s list goes", "members’ lists go");
    let beside: Vec<String> =
        matrix.members.iter().filter(|member| !member.is_counted).map(|member| member.title.clone()).collect();
    let beside = match beside.is_empty() {
        true => String::new(),
        false => format!(" Beside them, and not counted: {}.", side_by_side(&beside)),
    };
    let leads = if leads.is_empty() { String::new() } else { format!(" {}", leads.join(" ")) };
    Some(format!("{members} into this one.{beside}{leads}"))
}

fn committee(report: &RankedAssessment<'_>, told: &[&Trace<'_>]) -> Vec<CommitteeRow> {
    let filed = &report.assessment.committee;
    let (one, many) = nouns(report);
    let outside = report.traces.iter().filter(|trace| trace.standing != Standing::Tier(0)).count();
    let rejected = (outside > 0).then(|| {
        format!(
            "{} without a place; in the annex the sheet of each says why.",
            upper_first(&so_many(outside, one, many))
        )
    });
    let kept = kept(report);
    let rejected = [rejected, kept].into_iter().flatten().reduce(|all, more| format!("{all} {more}"));
    let documents: Vec<String> = report.assessment.sources.values().map(|document| document.title.clone()).collect();
    let documents = (!documents.is_empty()).then(|| format!("{}.", first_side_by_side(&documents, 1)));
    let instead = |title, text: Option<String>| CommitteeRow { title, text, whole: None };
    let row = |title, filed: &Option<String>| {
        let short = filed
            .as_ref()
            .map(|text| first_sentence(text, 3 * MOST_LETTERS, "“What a committee expects, in full”, in the annex"));
        CommitteeRow { title, whole: filed.clone().filter(|text| short.as_ref() != Some(text)), text: short }
    };
    let or = |title, filed: &Option<String>, known: Option<String>| match filed {
        Some(_) => row(title, filed),
        None => instead(title, known),
    };
    vec![
        row("Legal", &filed.legal),
        row(MONEY, &filed.financial),
        affected(told, row("Who is affected", &filed.affected)),
        equality(report, row("Equality", &filed.equality)),
        row("Risk", &filed.risk),
        row("Consultation", &filed.consultation),
        or("Other options", &filed.options, rejected),
        or("Background papers", &filed.background, documents),
    ]
}

/// That the priorities of the last plan could be kept, where they are filed.
fn kept(report: &RankedAssessment<'_>) -> Option<String> {
    let titles = present_priorities(report);
    let told = || format!("Another is to keep the priorities of the last plan: {}.", side_by_side(&titles));
    (!titles.is_empty()).then(told)
}

/// Who is affected, of all and of each that has a place or may have one.
fn affected(told: &[&Trace<'_>], row: CommitteeRow) -> CommitteeRow {
    let of = |trace: &&Trace<'_>| {
        let filed = trace.candidate.affected.as_ref()?;
        Some(format!("{}: {}", trace.candidate.title, first_sentence(filed, MOST_LETTERS, "annex")))
    };
    let each = told.iter().filter_map(of);
    CommitteeRow { text: row.text.into_iter().chain(each).reduce(|all, more| format!("{all} {more}")), ..row }
}

/// The section on equality, with how many of the protected characteristics the annex tells of.
fn equality(report: &RankedAssessment<'_>, row: CommitteeRow) -> CommitteeRow {
    let known = report.assessment.committee.by_characteristic().filter(|part| part.filed.is_some()).count();
    let nine = (known > 0).then(|| {
        format!("The annex tells what is known of {} of the nine protected characteristics.", in_words(known))
    });
    CommitteeRow { text: [row.text, nine].into_iter().flatten().reduce(|all, more| format!("{all} {more}")), ..row }
}

fn law(report: &RankedAssessment<'_>) -> Vec<LawRow> {
    let row = |title, heading: Heading, instead: Option<String>| {
        let all: Vec<&str> = report
            .assessment
            .statements
            .iter()
            .filter(|statement| statement.under == heading)
            .map(|statement| &*statement.text)
            .collect();
        // The last plan has more to say: what its priorities were.
        let most = if heading == Heading::LastPlan { 2 * MOST_LETTERS } else { MOST_LETTERS };
        let first = all.first().and_then(|text| first_of_several(text, most));
        LawRow {
            title,
            text: first.or(all.first().copied()).map(ToOwned::to_owned).or(instead),
            more: match (first.is_some(), all.len().saturating_sub(1)) {
                (false, 0) => None,
                (true, 0) => Some("The rest: annex.".to_owned()),
                (false, more) => Some(format!("{more} more: annex.")),
                (true, more) => Some(format!("The rest and {more} more: annex.")),
            },
        }
    };
    vec![
        row("Levels and patterns", Heading::Levels, None),
        row("Changes, and why", Heading::Changes, None),
        row("What to put first", Heading::Priorities, Some("This list.".to_owned())),
        row("What residents think", Heading::Views, None),
        last_plan(row("Last year’s plan", Heading::LastPlan, None), outcomes(report)),
    ]
}

/// What became of the last plan, before what is stated of it.
fn last_plan(stated: LawRow, outcomes: Option<String>) -> LawRow {
    LawRow { text: [outcomes, stated.text].into_iter().flatten().reduce(|all, more| format!("{all} {more}")), ..stated }
}

/// The first digits of a digest, in groups of four.
fn short(digest: &str) -> String {
    let digits: Vec<char> = digest.trim_start_matches("sha256:").chars().take(DIGITS).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
