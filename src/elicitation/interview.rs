//! Asking one person for weights, question by question. Where the answers end too early nothing is kept.

use rust_decimal::Decimal;

use super::items::{question, swing_lines};
use super::judge::saaty_step_of_text;
use super::{Round, RoundAnswers, rounds, scale_words};
use crate::conversation::{Conversation, ask};
use crate::diagnostic::Problem;
use crate::rules::{RuleSet, WeightMethod};

/// The person's answers to every round. `spans` says for each criterion what the candidates really have, in words, where that
/// is known.
///
/// # Errors
/// The answers ended before the last question.
pub fn interview(
    rules: &RuleSet,
    method: WeightMethod,
    spans: &[Option<String>],
    talk: &mut dyn Conversation,
) -> Result<Vec<RoundAnswers>, Problem> {
    let rounds = rounds(rules);
    let mut asking = Interview { rules, spans, talk };
    rounds.iter().map(|round| asking.round(round, method)).collect()
}

struct Interview<'a> {
    rules: &'a RuleSet,
    spans: &'a [Option<String>],
    talk: &'a mut dyn Conversation,
}

impl Interview<'_> {
    fn round(&mut self, round: &Round, method: WeightMethod) -> Result<RoundAnswers, Problem> {
        self.talk.say(&format!("\nAbout {}:\n", round.words(self.rules)));
        let lines = self.lines(round, method);
        self.talk.say(&lines);
        match method {
            WeightMethod::Swing => self.swings(round),
            WeightMethod::RankOrder => self.order(round),
            WeightMethod::Pairwise => self.pairs(round),
            WeightMethod::Points | WeightMethod::Learnt => self.points(round),
        }
    }

    /// The items, a line or two each, with their swings where these are asked about.
    fn lines(&self, round: &Round, method: WeightMethod) -> String {
        let titles = round.titles(self.rules);
        let mut text = String::new();
        for (at, (item, title)) in round.items.iter().zip(&titles).enumerate() {
            let asks = question(self.rules, round.among, *item).map(|asks| format!(": {asks}")).unwrap_or_default();
            text.push_str(&format!("  {}. {title}{asks}\n", at + 1));
            if method == WeightMethod::Swing {
                let lines = swing_lines(self.rules, self.spans, round.among, *item);
                text.extend(lines.iter().map(|line| format!("     {line}\n")));
            }
        }
        text
    }

    fn ask<T>(&mut self, question: &str, read: impl FnMut(&str) -> Result<T, String>) -> Result<T, Problem> {
        ask(self.talk, question, read)
    }

    fn swings(&mut self, round: &Round) -> Result<RoundAnswers, Problem> {
        let (ids, titles) = (round.ids(self.rules), round.titles(self.rules));
        let first = "If only one could go all the way from its least to its most, which would\n\
                     matter most? Its number: ";
        let most = self.ask(first, |answer| item(answer, &ids))?;
        let of_most = titles.get(most).copied().unwrap_or_default();
        let mut swings = Vec::new();
        for (at, title) in titles.iter().enumerate() {
            if at == most {
                swings.push(Decimal::ONE_HUNDRED);
                continue;
            }
            let question = format!("If “{of_most}” all the way is worth 100, what is “{title}”? 0 to 100: ");
            swings.push(self.ask(&question, |answer| up_to(answer, Decimal::ONE_HUNDRED))?);
        }
        Ok(RoundAnswers::Numbers(swings))
    }

    fn order(&mut self, round: &Round) -> Result<RoundAnswers, Problem> {
        let ids = round.ids(self.rules);
        let mut places: Vec<Option<Decimal>> = vec![None; ids.len()];
        while places.iter().any(Option::is_none) {
            let done = places.iter().flatten().count();
            let which = if done == 0 { "Which matters most?" } else { "Which comes next?" };
            let question = format!("{which} Its number; equals with commas between: ");
            let chosen = self.ask(&question, |answer| several(answer, &ids, &places))?;
            for at in chosen {
                if let Some(slot) = places.get_mut(at) {
                    *slot = Some(Decimal::from(done + 1));
                }
            }
        }
        Ok(RoundAnswers::Numbers(places.into_iter().flatten().collect()))
    }

    fn points(&mut self, round: &Round) -> Result<RoundAnswers, Problem> {
        let titles = round.titles(self.rules);
        let mut left = Decimal::ONE_HUNDRED;
        let mut points = Vec::new();
        for (at, title) in titles.iter().enumerate() {
            if at + 1 == titles.len() {
                self.talk.say(&format!("{title} has the {} that are left.\n", left.normalize()));
                points.push(left);
                break;
            }
            let question = format!("How many of the {} points left for {title}? ", left.normalize());
            let given = self.ask(&question, |answer| up_to(answer, left))?;
            left -= given;
            points.push(given);
        }
        Ok(RoundAnswers::Numbers(points))
    }

    fn pairs(&mut self, round: &Round) -> Result<RoundAnswers, Problem> {
        let titles = round.titles(self.rules);
        self.talk.say(
            "Say which of two matters more and how many times as much, from 2 to 9: `a 3`\n\
             for a three times as much as b, `b 3` for the reverse, `=` for equal. 3 is a\n\
             little more, 5 clearly more, 7 very much more, 9 as much as possible.\n",
        );
        let mut judged = Vec::new();
        for (first, one) in titles.iter().enumerate() {
            for (second, other) in titles.iter().enumerate().skip(first + 1) {
                let question = format!("a: {one}, or b: {other}? ");
                let step = self.ask(&question, comparison)?;
                let (more, less) = if step < 0 { (other, one) } else { (one, other) };
                let told = format!("  {more} matters {} {less}.\n", scale_words(step.abs()));
                self.talk.say(&told);
                judged.push(((first, second), step));
            }
        }
        Ok(RoundAnswers::Comparisons(judged))
    }
}

/// One of the items, by its number or id.
fn item(answer: &str, ids: &[&str]) -> Result<usize, String> {
    let number = answer.parse::<usize>().ok().filter(|number| (1..=ids.len()).contains(number));
    let found = number.map(|number| number - 1).or_else(|| ids.iter().position(|id| *id == answer));
    found.ok_or_else(|| format!("`{answer}` is not one of them: write a number from 1 to {}", ids.len()))
}

/// Several items, none of which has a place yet.
fn several(answer: &str, ids: &[&str], places: &[Option<Decimal>]) -> Result<Vec<usize>, String> {
    let mut chosen: Vec<usize> = Vec::new();
    for part in answer.split(',') {
        let at = item(part.trim(), ids)?;
        if places.get(at).is_some_and(Option::is_some) || chosen.contains(&at) {
            return Err(format!("{} already has a place", part.trim()));
        }
        chosen.push(at);
    }
    Ok(chosen)
}

/// A number from zero to `most`, with six decimals at most.
fn up_to(answer: &str, most: Decimal) -> Result<Decimal, String> {
    let number = answer.parse::<Decimal>().ok().filter(|number| number.scale() <= 6);
    number
        .filter(|number| (Decimal::ZERO..=most).contains(number))
        .ok_or_else(|| format!("`{answer}` is not a number from 0 to {}", most.normalize()))
}

/// `a 3`, `b 3` or `=`.
fn comparison(answer: &str) -> Result<i32, String> {
    let answer = answer.to_lowercase();
    if matches!(&*answer, "=" | "1" | "equal") {
        return Ok(1);
    }
    let wrong = || format!("`{answer}` does not say which and how much: write for example `a 3`, `b 5` or `=`");
    let mut letters = answer.chars();
    let side = letters.next().filter(|letter| matches!(letter, 'a' | 'b')).ok_or_else(wrong)?;
    let step = saaty_step_of_text(letters.as_str()).filter(|step| *step > 0).ok_or_else(wrong)?;
    Ok(if side == 'b' && step > 1 { -step } else { step })
}
