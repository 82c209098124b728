//! Peers: the same figure for similar areas.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::areas::{NotByParts, Part};
use super::asked::{AREA, AskedFigure, FigureCell, OWN_AREA, PERIOD};
use super::declared::Declared;
use super::format::{self, Evidence};
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use super::redraw::level;
use crate::areas::{Lookup, Tally};
use crate::assessment::denominator::Denominator;
use crate::assessment::judging::needs;
use crate::assessment::references::References;
use crate::diagnostic::{Code, did_you_mean};
use crate::stats::{Confidence, Estimate, GroupArea, Random, mean};
use crate::toml_file::{At, Checker};
use crate::words::number;

/// The same figure for similar areas, this one included.
#[derive(Debug, Clone, PartialEq)]
pub struct Peers {
    /// At least two, with their rates in one unit.
    pub peers: Arc<[Peer]>,
    /// Which of them is this partnership's area.
    pub own: usize,
    /// How sure its interval is, as the rules that read it say; 95% before rules read it.
    pub confidence: Confidence,
}

/// One similar area.
#[derive(Debug, Clone, PartialEq)]
pub struct Peer {
    /// The area as the table calls it.
    pub area: String,
    /// The area's rate, 0 or more, in the unit of the table.
    pub rate: f64,
    /// The count and the people that it is made of, where given.
    pub counted: Option<(f64, f64)>,
}

impl Peers {
    /// The areas as the statistics know them.
    pub fn areas(&self) -> Vec<GroupArea> {
        self.peers.iter().map(|peer| GroupArea { rate: peer.rate, counted: peer.counted }).collect()
    }

    /// This area's rate over the mean of all, itself included; none where the mean is zero.
    pub fn ratio_to_mean(&self) -> Option<Estimate> {
        let rates: Vec<f64> = self.peers.iter().map(|peer| peer.rate).collect();
        let centre = mean(&rates).filter(|centre| *centre > 0.0)?;
        self.peers.get(self.own).map(|own| Estimate::exact(own.rate / centre))
    }

    /// How many areas have a higher rate, plus one.
    pub fn rank(&self) -> usize {
        let own = self.peers.get(self.own).map_or(0.0, |own| own.rate);
        self.peers.iter().filter(|peer| peer.rate > own).count() + 1
    }
}

impl Kind for Peers {
    const WORD: &'static str = "peers";
    const PHRASE: &'static str = "a peer table";
    const KEYS: &'static [Key] = &[Key { name: "peers", needs: &["area"], may_have: &["period"] }];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: Some("peers"),
        figure: "rate",
        takes: FigureCell::Number,
        of_row: &[AREA.needed()],
        beside: &[OWN_AREA.needed(), PERIOD],
        in_words: "the rate of each similar area and of our own, a row for each, all in one unit",
    });

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let At { value: evidence, span } = written;
        let rows = evidence.peers.as_ref()?;
        let area = needs(check, "area", evidence.area.as_ref(), span)?;
        let mut peers: Vec<Peer> = Vec::new();
        for row in &rows.value {
            let name = check.text(&row.value.area, "the area");
            let rate = rate(check, row);
            if let (Some(area), Some((rate, counted))) = (name, rate) {
                peers.push(Peer { area, rate, counted });
            }
        }
        let counted = rows.value.iter().filter(|row| row.value.count.is_some()).count();
        if counted > 0 && counted < rows.value.len() && peers.len() == rows.value.len() {
            let help = "give all of them `rate`, or all `count` and `population`, which makes rates per 1,000";
            check.problem(Code::BadValue, &rows.span, "some peers have rates and some have counts", help);
        }
        let own = peers.iter().position(|peer| peer.area == area.value.trim());
        if own.is_none() && peers.len() == rows.value.len() {
            let help = did_you_mean(&area.value, peers.iter().map(|peer| &*peer.area));
            check.problem(Code::UnknownId, &area.span, format!("`{}` is not among the peers", area.value), help);
        }
        if rows.value.len() < 2 {
            let help = "list this area and at least one other";
            check.problem(Code::BadValue, &rows.span, "there is no other area to compare with", help);
            return None;
        }
        Some(Ok(Self { peers: peers.into(), own: own?, confidence: Confidence::default() }))
    }

    fn read_by(&self, declared: &Declared) -> Option<Self> {
        (declared.confidence != self.confidence).then(|| Self { confidence: declared.confidence, ..self.clone() })
    }

    fn headline(&self) -> Option<Estimate> {
        self.ratio_to_mean()
    }

    /// The rate of each area with its count as that count; one without a count is not redrawn.
    fn redrawn(&self, random: &mut Random) -> Self {
        let area = |area: &Peer| match area.counted {
            Some((count, people)) if count > 0.0 => {
                let drawn = level(count, random);
                Peer { rate: area.rate * drawn / count, counted: Some((drawn, people)), ..area.clone() }
            }
            _ => area.clone(),
        };
        Self { peers: self.peers.iter().map(area).collect(), ..self.clone() }
    }

    fn draws(&self) -> usize {
        self.peers.len()
    }

    /// Each has the whole group, so that the groups of all parts must be one, on new areas.
    fn put_together(parts: &[Part<'_, Self>], _: Option<Denominator>) -> Result<FigureOrWhyNot<Self>, NotByParts> {
        let Some(first) = parts.first() else { return Err(NotByParts::UNLIKE_COUNTS) };
        match parts.iter().find(|part| part.figure != first.figure) {
            None => Ok(Ok(first.figure.clone())),
            Some(other) => {
                let why =
                    format!("the groups of `{}` and `{}` are not the same areas and figures", first.area, other.area);
                let help =
                    "give each of the areas the same group; or file one of the new area, in a file without `lookup`";
                Err(NotByParts::new(why, help))
            }
        }
    }

    /// Each new area with its count and people, which make its rate anew. All old areas of a new one must be in the group.
    fn on_new_areas(&self, lookup: &Lookup) -> Result<Option<Self>, NotByParts> {
        let mut codes: Vec<&str> = Vec::new();
        for peer in self.peers.iter() {
            codes.push(lookup.code_of(&peer.area).map_err(|(why, help)| NotByParts::new(why, help))?);
        }
        let of_code: BTreeMap<&str, &Peer> = codes.iter().copied().zip(self.peers.iter()).collect();
        if of_code.len() < codes.len() {
            return Err(NotByParts::new("an area is in the group twice", "take one of the two out"));
        }
        let mut made: Vec<(&str, Peer)> = Vec::new();
        for new in codes.iter().filter_map(|code| lookup.old.get(*code)).flat_map(|old| old.parts.keys()) {
            if !made.iter().any(|(known, _)| known == new) {
                made.push((new, peer_of(new, &of_code, lookup)?));
            }
        }
        let own = codes.get(self.own).and_then(|code| lookup.old.get(*code));
        let own = own.map(|old| old.parts.keys().collect::<Vec<_>>()).unwrap_or_default();
        let [own] = *own else {
            let why = "this partnership's own area is in several new ones";
            return Err(NotByParts::new(why, "file the group of each new area, in a file without `lookup`"));
        };
        let own = made.iter().position(|(new, _)| new == own);
        if made.len() < 2 {
            let why = "all areas of the group are one now: there is no other to compare with";
            return Err(NotByParts::new(why, "file the group of the new area, in a file without `lookup`"));
        }
        let peers: Vec<Peer> = made.into_iter().map(|(_, peer)| peer).collect();
        Ok(own.map(|own| Self { peers: peers.into(), own, confidence: self.confidence }))
    }

    fn lines(&self) -> Vec<String> {
        self.peers.iter().map(|peer| format!("{}: {}", peer.area, number(peer.rate, DECIMALS))).collect()
    }
}

/// A new area of a group, made of old ones by code.
fn peer_of(new: &str, old: &BTreeMap<&str, &Peer>, lookup: &Lookup) -> Result<Peer, NotByParts> {
    let parts = lookup.new.get(new).map(|area| &area.parts);
    let mut own = Vec::new();
    for (code, share) in parts.into_iter().flatten() {
        let Some(peer) = old.get(&**code) else {
            let why = format!("`{code}` is part of `{new}` and not in the group");
            return Err(NotByParts::new(why, "add it to the group, with its count and population"));
        };
        own.push((code, peer, *share));
    }
    let area = lookup.new_name(new).to_owned();
    if let [(_, peer, share)] = *own
        && share.is_whole()
    {
        return Ok(Peer { area, ..(**peer).clone() });
    }
    let (mut count, mut people) = (Tally::default(), Tally::default());
    for (code, peer, share) in own {
        let Some(counted) = peer.counted else {
            let why = format!("`{code}` has a rate alone, and rates are never averaged");
            let help = "give each area of the group its `count` and `population` in place of its rate";
            return Err(NotByParts::new(why, help));
        };
        count.add(counted.0, (counted.0, counted.0), share);
        people.add(counted.1, (counted.1, counted.1), share);
    }
    let (count, people) = (count.sum(), people.sum());
    Ok(Peer { area, rate: count / people * 1000.0, counted: Some((count, people)) })
}

/// An area's rate, with the count and people that it is made of, if it is.
fn rate(check: &mut Checker<'_>, row: &At<format::Peer>) -> Option<(f64, Option<(f64, f64)>)> {
    match (&row.value.rate, &row.value.count, &row.value.population) {
        (Some(rate), None, None) => check.not_negative(rate, "a rate").map(|rate| (rate, None)),
        (None, Some(count), Some(people)) => {
            let (count, people) = (check.whole(count, "a count"), check.positive(people, "a population"));
            let (count, people) = (count?, people?);
            Some((count / people * 1000.0, Some((count, people))))
        }
        _ => {
            let message = "a peer has `rate`, or `count` and `population`";
            check.problem(Code::WhichEvidence, &row.span, message, "give the one or the other two");
            None
        }
    }
}
