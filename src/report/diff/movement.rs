//! What moved, in words: the top tier and the first place, then everybody that moved.

use super::section::{DiffSection, DiffTable};
use crate::diff::{ListedCandidate, MovedCandidate, Movement};
use crate::words::{counted, listed, whole};

/// How many lines of a long list are shown.
pub(super) const MAX_LINES: usize = 100;

/// What a board member asks first: who comes into the top tier, who goes, and who is first.
pub(super) fn top(moved: &Movement) -> DiffSection {
    let mut section = DiffSection::new("The top tier");
    let tier = &moved.top;
    if moved.entered.is_empty() && moved.left.is_empty() {
        section.before.push(format!("No candidate enters or leaves \"{tier}\"."));
    }
    if !moved.entered.is_empty() {
        let verb = if moved.entered.len() == 1 { "enters" } else { "enter" };
        let who = named(&moved.entered, |stand| came_from(moved, stand));
        section.before.push(format!("{who} {verb} \"{tier}\"."));
    }
    if !moved.left.is_empty() {
        let verb = if moved.left.len() == 1 { "leaves" } else { "leave" };
        // As it was called then.
        let tier = moved.left.first().map_or("", |stand| &stand.tier);
        let who = named(&moved.left, |stand| went_to(moved, stand));
        section.before.push(format!("{who} {verb} \"{tier}\"."));
    }
    let (was, is) = (titles(&moved.first.0), titles(&moved.first.1));
    section.before.push(match (moved.first_changed(), is.is_empty()) {
        (true, false) if was.is_empty() => format!("First is {is}; none was before."),
        (true, false) => format!("First is {is}; it was {was}."),
        (true, true) => format!("No candidate is first; it was {was}."),
        (false, false) => format!("First is {is}, as before."),
        (false, true) => "No candidate is first, as before.".to_owned(),
    });
    section
}

fn titles(stands: &[ListedCandidate]) -> String {
    named(stands, |stand| stand.title.clone())
}

fn named(stands: &[ListedCandidate], name: impl Fn(&ListedCandidate) -> String) -> String {
    let mut shown: Vec<String> = stands.iter().take(MAX_LINES).map(name).collect();
    if stands.len() > MAX_LINES {
        shown.push(format!("{} more", whole(stands.len() - MAX_LINES)));
    }
    listed(&shown)
}

/// `Burglary (was Watch)`.
fn came_from(moved: &Movement, stand: &ListedCandidate) -> String {
    let tiers = tiers(moved.movers.iter().filter(|mover| mover.new.id == stand.id).map(|mover| &mover.old));
    let from = if tiers.is_empty() { "new".to_owned() } else { format!("was {tiers}") };
    format!("{} ({from})", stand.title)
}

/// `Burglary (now Watch)`.
fn went_to(moved: &Movement, stand: &ListedCandidate) -> String {
    let tiers = tiers(moved.movers.iter().filter(|mover| mover.old.id == stand.id).map(|mover| &mover.new));
    let to = if tiers.is_empty() { "gone".to_owned() } else { format!("now {tiers}") };
    format!("{} ({to})", stand.title)
}

/// The tiers of these, each once.
fn tiers<'a>(stands: impl Iterator<Item = &'a ListedCandidate>) -> String {
    let mut tiers: Vec<String> = stands.map(|stand| stand.tier.clone()).collect();
    tiers.dedup();
    listed(&tiers)
}

/// Everybody that moved, by new rank; then who came, who went, and what gates newly do.
pub(super) fn who(moved: &Movement) -> DiffSection {
    let mut section = DiffSection::new("What moved");
    section.table = DiffTable::new(&[("", false), ("rank", true), ("total", true), ("by", true), ("tier", false)]);
    section.table.rows = moved.movers.iter().take(MAX_LINES).map(row).collect();
    if moved.movers.len() > MAX_LINES {
        let all = whole(moved.movers.len());
        section.after.push(format!("The first {MAX_LINES} of {all} are shown; the JSON has all."));
    }
    if moved.stayed > 0 {
        let who = counted(moved.stayed, "candidate", "candidates");
        section.after.push(format!("{who} did not move: the same rank, total and tier."));
    }
    for (stands, words) in [(&moved.added, "New"), (&moved.gone, "Gone")] {
        let told = |stand: &ListedCandidate| format!("{} ({})", stand.title, stood(stand));
        let all: Vec<String> = stands.iter().take(MAX_LINES).map(told).collect();
        if stands.len() > MAX_LINES {
            section.after.push(format!("{words}: {}; and {} more.", all.join("; "), whole(stands.len() - MAX_LINES)));
        } else if !all.is_empty() {
            section.after.push(format!("{words}: {}.", all.join("; ")));
        }
    }
    section.after.extend(gates(moved));
    section
}

/// `rank 3, 54.20, Watch`.
pub(super) fn stood(stand: &ListedCandidate) -> String {
    match (stand.rank, stand.total) {
        (Some(rank), Some(total)) => format!("rank {rank}, {total}, {}", stand.tier),
        _ => stand.tier.clone(),
    }
}

pub(super) fn row(mover: &MovedCandidate) -> Vec<String> {
    let rank = |stand: &ListedCandidate| stand.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let total = |stand: &ListedCandidate| stand.total.map_or_else(|| "–".to_owned(), |total| total.to_string());
    let by = mover.total_change().map_or_else(String::new, crate::scoring::Fixed::signed);
    vec![
        was_and_is(mover),
        turned(&rank(&mover.old), &rank(&mover.new)),
        turned(&total(&mover.old), &total(&mover.new)),
        by,
        turned(&mover.old.tier, &mover.new.tier),
    ]
}

/// Its name, and what it was where that is another: of the same in another area only that.
pub(super) fn was_and_is(mover: &MovedCandidate) -> String {
    let (was, is) = (&mover.old.title, &mover.new.title);
    if mover.old.id == mover.new.id || was == is {
        return is.clone();
    }
    let own = is.rsplit_once(", ").zip(was.rsplit_once(", ")).filter(|(is, was)| is.0 == was.0);
    format!("{is} (was {})", own.map_or(was.as_str(), |(_, was)| was.1))
}

/// `old → new`, or just the one where they are the same.
pub(super) fn turned(old: &str, new: &str) -> String {
    if old == new { new.to_owned() } else { format!("{old} → {new}") }
}

/// Gates that newly act on somebody, or no longer do.
fn gates(moved: &Movement) -> Vec<String> {
    let mut told: Vec<(String, bool, Vec<String>)> = Vec::new();
    for mover in &moved.movers {
        let newly = mover.new.gates.iter().filter(|(id, _)| !mover.old.gates.contains_key(*id));
        let no_more = mover.old.gates.iter().filter(|(id, _)| !mover.new.gates.contains_key(*id));
        for ((_, gate), acts) in newly.map(|it| (it, true)).chain(no_more.map(|it| (it, false))) {
            match told.iter_mut().find(|(title, other, _)| title == gate && *other == acts) {
                Some((_, _, who)) => who.push(mover.new.title.clone()),
                None => told.push((gate.clone(), acts, vec![mover.new.title.clone()])),
            }
        }
    }
    let sentence = |(gate, acts, who): (String, bool, Vec<String>)| {
        let verb = if acts { "now acts" } else { "no longer acts" };
        format!("Gate \"{gate}\" {verb} on {}.", listed(&who))
    };
    told.into_iter().map(sentence).collect()
}
