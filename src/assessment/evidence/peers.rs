//! Peers: the same figure for similar areas.

use std::sync::Arc;

use super::declared::Declared;
use super::format::{self, Evidence};
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use super::redraw::level;
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

    fn lines(&self) -> Vec<String> {
        self.peers.iter().map(|peer| format!("{}: {}", peer.area, number(peer.rate, DECIMALS))).collect()
    }
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
