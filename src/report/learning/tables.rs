//! The tables that text and Markdown show, and the words round them.

use crate::learning::{
    AgreedStatement, Contradiction, ContradictionCause, CrossValidation, Learning, LearningOutcome, LeftOutUnit,
    Optimality, PairOutcomes, StatedPreference, TriedWeights, UndecidableReason, ViolatedPair,
};
use crate::report::section::{Section, SectionCell};
use crate::scoring::{Fixed, Ranking};
use crate::words::{counted, fixed, listed, lower_title, whole, with_noun};

/// How many pairs that don't hold are shown.
const MAX_LINES: usize = 20;
/// How many candidates are named in a statement.
const MAX_NAMED: usize = 12;

/// What was asked, in lines.
pub(super) fn header(ranking: &Ranking<'_>, learning: &Learning) -> Vec<String> {
    let (assessment, rules) = (ranking.assessment, ranking.rules);
    let statements = counted(learning.agreed.statements.len(), "statement", "statements");
    let pairs = counted(learning.pairs.len(), "pair", "pairs");
    vec![
        assessment.partnership.clone(),
        format!("{}, {}", assessment.title, assessment.period),
        format!("Ranked by: {}, version {}", rules.name, rules.version),
        format!("Learnt from: {}; {statements} on {pairs} of candidates", learning.agreed.origin),
    ]
}

/// All sections of what was learnt, in the order in which they are shown.
pub(super) fn sections(ranking: &Ranking<'_>, learning: &Learning) -> Vec<Section> {
    let view = LearningTables { ranking, learning };
    let mut sections = vec![view.agreed(), view.now()];
    sections.extend(view.aside());
    sections.extend(view.found());
    sections.extend(learning.cross_validation.as_ref().map(cross_validation));
    sections
}

struct LearningTables<'v, 'a> {
    ranking: &'v Ranking<'a>,
    learning: &'v Learning,
}

fn section(title: &str, about: String) -> Section {
    Section { title: title.to_owned(), about, headings: Vec::new(), rows: Vec::new(), notes: Vec::new(), wordy: 0 }
}

impl LearningTables<'_, '_> {
    fn title(&self, candidate: usize) -> String {
        self.ranking.assessment.candidates.get(candidate).map_or_else(String::new, |about| about.title.clone())
    }

    fn titles(&self, candidates: &[usize]) -> Vec<String> {
        let mut titles: Vec<String> = candidates.iter().take(MAX_NAMED).map(|it| self.title(*it)).collect();
        if let Some(more @ 1..) = candidates.len().checked_sub(MAX_NAMED) {
            titles.push(counted(more, "other", "others"));
        }
        titles
    }

    fn agreed(&self) -> Section {
        let row = |(at, statement): (usize, &AgreedStatement)| {
            [(at + 1).to_string(), self.said(&statement.preference), from(statement)].map(SectionCell::text).into()
        };
        Section {
            headings: ["", "what was said", "from"].map(str::to_owned).into(),
            rows: self.learning.agreed.statements.iter().enumerate().map(row).collect(),
            wordy: 2,
            ..section(
                "What was agreed",
                "Statements by number. The order is that of totals: gates don't count.".to_owned(),
            )
        }
    }

    fn said(&self, says: &StatedPreference) -> String {
        let sides = |word: &str, candidates: &[usize]| match candidates {
            [] => None,
            some => Some(format!("{word} {}", listed(&self.titles(some)))),
        };
        match says {
            StatedPreference::Above { higher: above, lower: below } => {
                format!("{} above {}", self.title(*above), self.title(*below))
            }
            StatedPreference::Order(order) => self.titles(order).join(", then "),
            StatedPreference::Chosen { chosen, others } => {
                let others = counted(others.len(), "other", "others");
                format!("{}: above the {others}", listed(&self.titles(chosen)))
            }
            StatedPreference::Placed { candidate, after, before } => {
                let sides: Vec<String> = sides("below", after).into_iter().chain(sides("above", before)).collect();
                format!("{} {}", self.title(*candidate), sides.join(", and "))
            }
        }
    }

    fn now(&self) -> Section {
        let now = &self.learning.current;
        let tau = now.tau().map_or_else(String::new, |tau| format!(" (Kendall's tau {})", fixed(tau, 2)));
        let about = format!(
            "They put {} in the agreed order{tau}.",
            some_of_all(now.reproduced, now.pair_count(), "pair", "pairs")
        );
        self.missed(section("What the rules' own weights give", about), now)
    }

    /// The pairs that don't hold, as rows.
    fn missed(&self, mut section: Section, account: &PairOutcomes) -> Section {
        section.headings =
            ["should rank above", "behind by", "should rank below", "statements"].map(str::to_owned).into();
        let row = |missed: &ViolatedPair| {
            let pair = self.learning.pairs.get(missed.pair)?;
            let behind = missed.behind_by.map_or_else(
                || "no total".to_owned(),
                |by| if by.units() == 0 { "level".to_owned() } else { by.to_string() },
            );
            let statements: Vec<String> = pair.statements.iter().map(ToString::to_string).collect();
            let cells = [self.title(pair.above), behind, self.title(pair.below), statements.join(", ")];
            Some(cells.map(SectionCell::text).into())
        };
        section.rows = account.violated.iter().take(MAX_LINES).filter_map(row).collect();
        if let Some(more @ 1..) = account.violated.len().checked_sub(MAX_LINES) {
            section.notes.insert(0, format!("And {} more.", whole(more)));
        }
        section.wordy = 2;
        section
    }

    fn aside(&self) -> Option<Section> {
        let of = |why: UndecidableReason| self.learning.undecidable.iter().filter(|(_, aside)| *aside == why).count();
        let told = |why, words: &str| match of(why) {
            0 => None,
            count => Some(format!("{}: {words}.", counted(count, "pair", "pairs"))),
        };
        let told: Vec<String> = [
            told(
                UndecidableReason::NotRanked,
                "one of the two is not ranked, because evidence that the rules require is missing",
            ),
            told(
                UndecidableReason::ZeroValue,
                "a value of 0 makes the total of one of the two 0, unless its weight is 0",
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        let about = format!("{} Nothing is learnt from them.", told.join(" "));
        (!told.is_empty()).then(|| section("What weights can't decide", about))
    }

    fn found(&self) -> Vec<Section> {
        match &self.learning.outcome {
            LearningOutcome::Unknown(why) => {
                vec![section(
                    "Weights",
                    format!("Whether any weights would give this order is not known, because {why}."),
                )]
            }
            LearningOutcome::Consistent { nearest, widest_margin: roomiest, weight_ranges: ends, is_sure } => {
                vec![self.all([nearest, roomiest], ends, *is_sure)]
            }
            LearningOutcome::Inconsistent {
                best,
                optimality: least,
                contradictions,
                has_all_contradictions: is_all,
            } => {
                vec![self.best(best, *least), self.contradictions(contradictions, *is_all)]
            }
        }
    }

    fn share(&self, shares: &[i64], criterion: usize) -> String {
        let units = shares.get(criterion).copied().unwrap_or(0);
        Fixed::new(units, self.ranking.rules.fine_decimals()).as_weight()
    }

    fn weights(&self, headings: &[&str], cells: impl Fn(usize) -> Vec<String>) -> (Vec<String>, Vec<Vec<SectionCell>>) {
        let criteria = self.ranking.rules.criteria.iter().enumerate();
        let row = |(at, criterion): (usize, &crate::rules::Criterion)| {
            [criterion.title.clone()].into_iter().chain(cells(at)).map(SectionCell::text).collect()
        };
        (headings.iter().map(|heading| (*heading).to_owned()).collect(), criteria.map(row).collect())
    }

    fn all(&self, [nearest, roomiest]: [&TriedWeights; 2], ends: &[(Fixed, Fixed)], is_sure: bool) -> Section {
        let now = self.ranking.rules.weights.shares();
        let pairs = nearest.outcomes.pair_count();
        let about = match nearest.weight_moved.units() {
            0 => format!("The rules' own weights already put {} in the agreed order.", every(pairs)),
            _ => format!(
                "There are weights that put {} in the agreed order. The nearest move {} of {} from some questions to others.",
                every(pairs),
                nearest.weight_moved.trimmed(),
                self.ranking.rules.scale
            ),
        };
        let end = |end: Option<&(Fixed, Fixed)>| {
            end.map_or_else(|| [String::new(), String::new()], |(low, high)| [low.trimmed(), high.trimmed()])
        };
        let (headings, rows) = self.weights(&["", "now", "nearest", "most to spare", "least", "most"], |at| {
            let tried = [now, &nearest.shares, &roomiest.shares].map(|shares| self.share(shares, at));
            tried.into_iter().chain(end(ends.get(at))).collect()
        });
        let least =
            |tried: &TriedWeights| tried.outcomes.smallest_lead.map_or_else(String::new, |least| least.to_string());
        let mut notes = vec![
            format!(
                "In every pair the candidate that should rank above is ahead by {} points or more with the nearest weights, \
                 and by {} or more with those that leave most to spare.",
                least(nearest),
                least(roomiest)
            ),
            "Least and most: how far each weight can go, the others changing with it, while all these pairs keep their order. \
             Weights at both ends were tried."
                .to_owned(),
        ];
        if !is_sure {
            let unsure =
                "There may be nearer weights, and the ends may lie further out: working that out would take too long.";
            notes.push(unsure.to_owned());
        }
        notes.extend(self.few(ends));
        notes.extend(self.to_copy(nearest));
        Section { headings, rows, notes, ..section("Weights", about) }
    }

    /// How little the list says of the weights.
    fn few(&self, ends: &[(Fixed, Fixed)]) -> Option<String> {
        let widest =
            ends.iter().enumerate().max_by_key(|(at, (low, high))| (high.units() - low.units(), usize::MAX - at));
        let (at, (low, high)) = widest.filter(|(_, (low, high))| high > low)?;
        let criterion = self.ranking.rules.criteria.get(at)?;
        let (said, weights) = (self.learning.stated_pair_count(), self.ranking.rules.criteria.len());
        let open = format!(
            "the list leaves the weight of {} open between {} and {}",
            lower_title(&criterion.title),
            low.trimmed(),
            high.trimmed()
        );
        Some(match said < weights {
            true => format!(
                "Few statements: {} that others do not imply, for {weights} weights. So {open}; the weights are one choice \
                 among many.",
                counted(said, "pair", "pairs")
            ),
            false => format!("A list never fixes weights, it only limits them: {open}."),
        })
    }

    fn to_copy(&self, learnt: &TriedWeights) -> Option<String> {
        let which =
            if matches!(self.learning.outcome, LearningOutcome::Consistent { .. }) { "nearest" } else { "best" };
        let groups = if self.ranking.rules.weights.groups().is_some() { ", and of each group their sum" } else { "" };
        let told =
            format!("To use them, write the {which} as the `weight` of each criterion{groups}; `--write` does so.");
        (learnt.weight_moved.units() > 0).then_some(told)
    }

    fn best(&self, best: &TriedWeights, least: Optimality) -> Section {
        let now = self.ranking.rules.weights.shares();
        let missed = best.outcomes.violated.len();
        let whose = match best.weight_moved.units() {
            0 => "The rules' own are as good as any that were found".to_owned(),
            _ => {
                format!("The best that were found move {} of {}", best.weight_moved.trimmed(), self.ranking.rules.scale)
            }
        };
        let about = format!(
            "No weights were found that put {} in the agreed order. {whose}: they put {} in that order and leave out {}. {}",
            every(best.outcomes.pair_count()),
            best.outcomes.reproduced,
            counted(missed, "pair", "pairs"),
            match least {
                Optimality::ProvenFewest => "No weights leave out fewer: each contradiction below costs at least one.",
                Optimality::FewestFound => "The solver found none that leave out fewer; that is not proven.",
                Optimality::LeastShortfall =>
                    "They fall short by the fewest points in all; others may leave out fewer.",
            }
        );
        let (headings, rows) =
            self.weights(&["", "now", "best"], |at| [now, &best.shares].map(|shares| self.share(shares, at)).into());
        let broken = best.outcomes.violated.iter().take(MAX_LINES).filter_map(|missed| {
            let by = missed.behind_by.map_or_else(String::new, |by| match by.units() {
                0 => ", which are level".to_owned(),
                _ => format!(", behind by {by}"),
            });
            Some(format!("Left out: {}{by}.", self.pair(missed.pair)?))
        });
        let mut notes: Vec<String> = broken.collect();
        if let Some(more @ 1..) = missed.checked_sub(MAX_LINES) {
            notes.push(format!("And {} more.", whole(more)));
        }
        notes.extend(self.to_copy(best));
        Section { headings, rows, notes, ..section("Weights", about) }
    }

    /// `Burglary above Robbery (statement 2)`.
    fn pair(&self, number: usize) -> Option<String> {
        let pair = self.learning.pairs.get(number)?;
        let statements: Vec<String> = pair.statements.iter().map(ToString::to_string).collect();
        let word = if statements.len() == 1 { "statement" } else { "statements" };
        Some(format!("{} above {} ({word} {})", self.title(pair.above), self.title(pair.below), listed(&statements)))
    }

    fn contradictions(&self, found: &[Contradiction], is_all: bool) -> Section {
        let about = match (found.len(), is_all) {
            (0, true) => "Nothing contradicts anything else, apart from rounding.".to_owned(),
            (0, false) => "Working out which pairs contradict each other would take too long.".to_owned(),
            (sets, is_all) => {
                let sets = counted(sets, "contradiction", "contradictions");
                let apart = if found.len() > 1 { ", no two of which share a pair" } else { "" };
                let named: usize = found.iter().map(|contradiction| contradiction.pairs.len()).sum();
                let has_others = self.learning.pairs.len() > named + self.learning.undecidable.len();
                let rest = match (is_all, has_others) {
                    (false, _) => " There may be more.",
                    (true, true) => " All other pairs can be satisfied together, apart from rounding.",
                    (true, false) => "",
                };
                format!("{sets}{apart}.{rest}")
            }
        };
        let notes = found.iter().map(|contradiction| self.contradiction(contradiction)).collect();
        Section { notes, ..section("What contradicts itself", about) }
    }

    fn contradiction(&self, found: &Contradiction) -> String {
        let pairs: Vec<String> = found.pairs.iter().filter_map(|number| self.pair(*number)).collect();
        let list = pairs.join("; ");
        match found.cause {
            ContradictionCause::Dominated => {
                let pair = found.pairs.first().and_then(|number| self.learning.pairs.get(*number));
                let [above, below] =
                    pair.map_or_else(Default::default, |pair| [pair.above, pair.below].map(|it| self.title(it)));
                format!(
                    "{list}: {below} has at least the value of {above} on every question. No weights put {above} above it."
                )
            }
            ContradictionCause::Circle => {
                let round = found.circle(&self.learning.pairs);
                let order: Vec<String> = round.iter().chain(round.first()).map(|it| self.title(*it)).collect();
                format!("A circle, which no list can have: {} ({list}).", order.join(" above "))
            }
            ContradictionCause::NoWeights => match pairs.len() {
                1 => format!("{list}: no weights give this order."),
                some => format!("These {some} can't all be satisfied, whatever the weights: {list}."),
            },
            ContradictionCause::OnlyTied => match pairs.len() {
                1 => format!("{list}: at best they draw level, apart from rounding."),
                some => format!("These {some} at best draw level, apart from rounding: {list}."),
            },
        }
    }
}

fn cross_validation(validation: &CrossValidation) -> Section {
    let left_out = match validation.left_out {
        LeftOutUnit::Statement => {
            format!("Each of {} was left out in turn", with_noun(&whole(validation.rounds), "statement", "statements"))
        }
        LeftOutUnit::Candidate => {
            let candidates = with_noun(&whole(validation.rounds), "candidate", "candidates");
            format!("Everything said about each of {candidates} was left out in turn")
        }
    };
    let about = format!(
        "{left_out}, and weights were learnt from the rest. They predicted {} that they had not seen; the rules' own weights \
         put {} of them in the agreed order.",
        some_of_all(validation.predicted, validation.pairs, "pair", "pairs"),
        whole(validation.predicted_by_current)
    );
    let notes = match validation.predicted <= validation.predicted_by_current {
        true => vec![
            "What was learnt predicts no better than the rules' own weights: it fits this list, and says little about any other."
                .to_owned(),
        ],
        false => Vec::new(),
    };
    Section { notes, ..section("How well the learnt weights predict", about) }
}

fn from(statement: &AgreedStatement) -> String {
    let date = statement.date.as_ref().map(ToString::to_string);
    statement.source.iter().cloned().chain(date).collect::<Vec<_>>().join(", ")
}

/// `10 of 12 pairs`.
fn some_of_all(some: usize, all: usize, one: &str, many: &str) -> String {
    format!("{} of {} {}", whole(some), whole(all), if all == 1 { one } else { many })
}

fn every(pairs: usize) -> String {
    match pairs {
        1 => "the pair".to_owned(),
        pairs => format!("all {} pairs", whole(pairs)),
    }
}
