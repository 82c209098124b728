//! What is best to do by a plan.

use super::model::{DecisionSide, Paper, PaperAction, PaperChosen};
use super::sides;
use crate::assessment::plan::options::Action;
use crate::choose::choice::Choice;
use crate::choose::instance::is_in;
use crate::diagnostic::Problems;
use crate::ranked::RankedAssessment;
use crate::report::choose::{because, cost_in_words, for_the_board, in_order};
use crate::words::listed;

impl Paper {
    /// With what is best to do by the plan, or why nothing can be chosen.
    #[must_use]
    pub fn with_chosen(self, report: &RankedAssessment<'_>, chosen: Option<&Result<Choice<'_>, Problems>>) -> Self {
        let title = report.assessment.plan.as_ref().map_or(String::new(), |plan| plan.title.clone());
        let money = match chosen {
            Some(Ok(choice)) => sides::money(report, choice),
            _ => Vec::new(),
        };
        let decision = match chosen {
            Some(Ok(choice)) => self.decision.with_actions(choice).with_money(&money),
            _ => self.decision,
        };
        let in_short = chosen.map(|chosen| in_short(chosen, &decision)).unwrap_or_default();
        Self { chosen: chosen.map(|chosen| paper_chosen(title, in_short, chosen, money)), decision, ..self }
    }
}

/// What the best set is; only that it stands in the table of decisions where it does.
fn in_short(chosen: &Result<Choice<'_>, Problems>, decision: &DecisionSide) -> String {
    if let Ok(choice) = chosen {
        let is_told = |action: &Action| {
            action.serves.iter().any(|reach| decision.rows.iter().any(|row| row.id == reach.candidate))
        };
        let actions = choice.case.options.actions.iter().enumerate();
        let all = actions.filter(|(at, _)| is_in(&choice.best.set, *at)).all(|(_, action)| is_told(action));
        if all && choice.board.is_none() {
            return "The actions in the table are the best set.".to_owned();
        }
    }
    for_the_board(chosen).into_iter().next().unwrap_or_default()
}

fn paper_chosen(
    title: String,
    in_short: String,
    chosen: &Result<Choice<'_>, Problems>,
    money: Vec<String>,
) -> PaperChosen {
    let actions = chosen.as_ref().map_or_else(|_| Vec::new(), actions);
    PaperChosen { title, in_short, sentences: for_the_board(chosen), money, actions }
}

fn actions(choice: &Choice<'_>) -> Vec<PaperAction> {
    let board = |number: usize| choice.board.as_ref().map(|board| is_in(&board.set.set, number));
    let is_told = |(number, _): &(usize, &Action)| is_in(&choice.best.set, *number) || board(*number) == Some(true);
    let yes = |is: bool| if is { "yes" } else { "no" };
    let action = |(number, about): (usize, &Action)| PaperAction {
        id: about.id.clone(),
        title: about.title.clone(),
        costs: listed(&about.costs.iter().map(|cost| cost_in_words(choice, cost)).collect::<Vec<_>>()),
        best: yes(is_in(&choice.best.set, number)),
        board: board(number).map(yes),
        lead: about.lead.clone(),
        due: about.due.map(|due| due.to_string()),
        because: because(choice, number),
    };
    let all = in_order(choice).into_iter();
    let all = all.filter_map(|number| Some((number, choice.case.options.actions.get(number)?)));
    all.filter(is_told).map(action).collect()
}
