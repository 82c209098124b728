//! Candidates that can't be told apart: neither is ahead of the other in nearly all draws. Level is not ahead.

use super::acceptability::Acceptability;

/// The groups of candidates, by number, that can't be told apart, in the order of the list; those of one are left out.
///
/// Two can't be told apart where each is level with the other or behind it in at least `limit` of the draws. The list is cut wherever
/// everybody above can be told from everybody below; so two who are apart may be in one group because of others.
pub fn tied(acceptability: &Acceptability, limit: f64) -> Vec<Vec<usize>> {
    let Some(wins) = &acceptability.pairwise_wins else { return Vec::new() };
    let alike = |own: usize, other: usize| {
        let win = |own: usize, other: usize| wins.get(own).and_then(|row| row.get(other)).copied().unwrap_or(0.0);
        1.0 - win(other, own) >= limit && 1.0 - win(own, other) >= limit
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // How far down the list the group at hand reaches.
    let mut reach = 0;
    for (at, accepted) in acceptability.candidates.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if at <= reach => group.push(accepted.candidate),
            _ => groups.push(vec![accepted.candidate]),
        }
        let last = (at + 1..acceptability.candidates.len()).rev().find(|other| alike(at, *other));
        reach = reach.max(last.unwrap_or(at));
    }
    groups.retain(|group| group.len() > 1);
    groups
}
