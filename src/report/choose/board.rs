//! What the paper for the board says of a plan: what is best, what the board chose, and what it gives up by that.

use super::tables::{assumption, board, illustration, proof, tenth_less, the_next};
use super::words::{the_set, there_is, titles, with_unit};
use crate::choose::choice::Choice;
use crate::diagnostic::Problems;
use crate::report::page::Page;
use crate::words::upper_first;

/// What is said of a choice, or why there is none: a sentence or two each, by titles.
pub(in crate::report) fn for_the_board(chosen: &Result<Choice<'_>, Problems>) -> Vec<String> {
    let choice = match chosen {
        Ok(choice) => choice,
        Err(problems) => {
            let first = problems.iter().next().map_or("", |problem| &problem.message);
            return vec![format!("No set can be chosen from the plan as it is filed: {first}.")];
        }
    };
    let which = upper_first(the_set(&choice.best));
    let best = format!("{which} for {}: {}.", choice.case.year, titles(choice, &choice.best.set));
    let mut told = vec![best, proof(choice), assumption(choice)];
    told.extend(illustration(choice));
    let resources = 0..choice.case.options.resources.len();
    let has_some = |resource: &usize| choice.case.there_is(*resource).units() > 0;
    told.extend(resources.filter(has_some).map(|resource| uses(choice, resource)));
    told.extend(choice.next.as_ref().map(|next| the_next(choice, next)));
    told.extend(choice.by_resource.iter().filter_map(|view| tenth_less(choice, view)));
    told.extend(board(choice));
    told
}

fn uses(choice: &Choice<'_>, resource: usize) -> String {
    let title = choice.case.options.resources.get(resource).map_or("", |resource| &resource.title);
    let used = with_unit(choice, resource, choice.case.used(resource, &choice.best.set));
    format!("It uses {used} of {title}, of which there are {}.", there_is(choice, resource))
}

/// The same in a terminal, as far as the first so many sentences go.
pub fn text_for_the_board(title: &str, chosen: &Result<Choice<'_>, Problems>, most: usize, colour: bool) -> String {
    let mut page = Page::new(colour);
    page.heading("What the plan chooses");
    page.paragraph(&format!("{title}. It changes nothing of the list above. All of it: `prioritise choose`."));
    for sentence in for_the_board(chosen).into_iter().take(most) {
        page.paragraph(&sentence);
    }
    page.text
}
