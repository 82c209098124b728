//! How an answer becomes a value, question by question, with everybody who has an answer on the line.

use super::charts::{Svg, text_at};
use super::model::{Chart, Curve, CurveRow, KeyMark};
use super::sides::Basis;
use super::words::or_dash;
use crate::explain::answer_in_words;
use crate::ranked::RankedAssessment;
use crate::rules::Criterion;
use crate::scoring::{Again, Contribution, Trace};
use crate::words::{number, with_unit};

/// Into so many steps a stretch of answers is cut; the line is drawn through their ends.
const STEPS: u16 = 60;
/// From so many times the least answer on the scale goes by powers of ten.
const LOGARITHMIC_FROM: f64 = 500.0;
/// What a jump's two sides are apart, as a part of the stretch.
const BESIDE: f64 = 1e-6;
/// What a rounded value can be from the line.
const BESIDE_VALUE: f64 = 1e-3;
/// The room of the line, in per cent of the width and in pixels.
const LEFT: f64 = 4.0;
const WIDTH: f64 = 92.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 104.0;
const HEIGHT: u32 = 128;

/// The line of each question, in the order of the rules; none of a question that nobody answered.
pub(super) fn curves(report: &RankedAssessment<'_>, traces: &[&Trace<'_>]) -> Vec<Option<Curve>> {
    let mut again = Again::new(&report.ranking).ok();
    let curve = |(number, criterion): (usize, &Criterion)| {
        let answered: Vec<Answered<'_, '_>> = traces.iter().filter_map(|trace| Answered::new(trace, number)).collect();
        let drawing = Drawing::new(criterion, &answered)?;
        let of = answered.first().and_then(|one| report.assessment.candidate_number(&one.trace.candidate.id))?;
        let value = |measure: f64| again.as_mut()?.value_at(number, of, measure).ok().flatten();
        let line = drawing.line(criterion, value);
        Some(drawing.curve((number, criterion), &answered, &line, traces))
    };
    report.rules.criteria.iter().enumerate().map(curve).collect()
}

/// Somebody with an answer and its value.
struct Answered<'t, 'a> {
    trace: &'t Trace<'a>,
    part: &'t Contribution<'a>,
    measure: f64,
    value: f64,
}

impl<'t, 'a> Answered<'t, 'a> {
    fn new(trace: &'t Trace<'a>, number: usize) -> Option<Self> {
        let part = trace.contributions.get(number).filter(|part| part.missing.is_none())?;
        let (measure, value) = (part.measure?.estimate, part.value?.to_f64());
        (measure.is_finite() && value.is_finite()).then_some(Self { trace, part, measure, value })
    }
}

/// From where to where answers and values go.
struct Drawing {
    low: f64,
    high: f64,
    is_logarithmic: bool,
    least: f64,
    most: f64,
}

impl Drawing {
    fn new(criterion: &Criterion, answered: &[Answered<'_, '_>]) -> Option<Self> {
        let reach = criterion.value.shape().reach().filter(|(low, high)| low.is_finite() && high.is_finite());
        let measures = || answered.iter().map(|one| one.measure);
        let ends = || reach.into_iter().flat_map(|(low, high)| [low, high]).chain(measures());
        let (low, high) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
        if answered.is_empty() || !low.is_finite() || !high.is_finite() {
            return None;
        }
        // All have the same answer, and the rule does not say where it begins or ends.
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, high + 0.5) };
        let is_logarithmic = low > 0.0 && high / low >= LOGARITHMIC_FROM;
        let values = || answered.iter().map(|one| one.value);
        let (least, most) = (values().fold(0.0, f64::min), values().fold(1.0, f64::max));
        Some(Self { low, high, is_logarithmic, least, most })
    }

    /// Where an answer stands, as a part of the width.
    fn part(&self, measure: f64) -> f64 {
        let scaled = |measure: f64| if self.is_logarithmic { libm::log10(measure) } else { measure };
        ((scaled(measure) - scaled(self.low)) / (scaled(self.high) - scaled(self.low))).clamp(0.0, 1.0)
    }

    /// The answer that stands there.
    fn measure(&self, part: f64) -> f64 {
        match self.is_logarithmic {
            true => self.low * libm::pow(self.high / self.low, part),
            false => self.low + (self.high - self.low) * part,
        }
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * ((value - self.least) / (self.most - self.least)).clamp(0.0, 1.0)
    }

    /// Answers with their values: at even steps, and on both sides of every turn and jump.
    fn line(&self, criterion: &Criterion, mut value: impl FnMut(f64) -> Option<f64>) -> Vec<(f64, f64)> {
        let shape = criterion.value.shape();
        let beside = (self.high - self.low) * BESIDE;
        let mut at: Vec<f64> = (0..=STEPS).map(|step| self.measure(f64::from(step) / f64::from(STEPS))).collect();
        at.extend(shape.turns().into_iter().flatten());
        at.extend(shape.segments().into_iter().flat_map(|of| [of.measures.start - beside, of.measures.start]));
        at.retain(|measure| (self.low..=self.high).contains(measure));
        at.sort_by(f64::total_cmp);
        at.into_iter().filter_map(|measure| Some((measure, value(measure)?))).collect()
    }

    fn curve(
        &self,
        (number_of, criterion): (usize, &Criterion),
        answered: &[Answered<'_, '_>],
        line: &[(f64, f64)],
        traces: &[&Trace<'_>],
    ) -> Curve {
        let id = format!("curve-{}", criterion.id);
        let all: Vec<String> = answered
            .iter()
            .map(|one| format!("{}: {}", one.trace.candidate.title, answer_in_words(one.part)))
            .collect();
        let of = |measure: f64| with_unit(&number(measure, criterion.decimals), criterion.unit_behind());
        let measures = || answered.iter().map(|one| one.measure);
        let (low, high) = (measures().fold(f64::INFINITY, f64::min), measures().fold(f64::NEG_INFINITY, f64::max));
        let title = match low < high {
            true => format!("{}: answers go from {} to {}", criterion.title, number(low, criterion.decimals), of(high)),
            false => format!("{}: all answers are {}", criterion.title, of(low)),
        };
        let scale = if self.is_logarithmic { " The scale of answers goes by powers of ten." } else { "" };
        let beside = match answered.iter().any(|one| is_beside(line, one)) {
            true => " Where a dot is beside the line the rule looks at more than the answer, such as how sure it is.",
            false => "",
        };
        let subtitle = match line.is_empty() {
            true => format!("Each dot is one of the list: its answer across, its value upwards.{scale}"),
            false => format!(
                "The line turns an answer (across) into a value (upwards). Each dot is one of the list.{scale}{beside}"
            ),
        };
        let row = |one: &Answered<'_, '_>| {
            let sign = Basis::of(one.part).map_or("", |basis| basis.mark().sign);
            CurveRow {
                title: one.trace.candidate.title.clone(),
                answer: one.part.measure.map_or_else(String::new, |measure| criterion.figure_with_interval(measure)),
                value: format!("{}{sign}", or_dash(one.part.value)),
            }
        };
        let has_none =
            |trace: &&&Trace<'_>| trace.contributions.get(number_of).is_some_and(|part| part.missing.is_some());
        let without: Vec<String> = traces.iter().filter(has_none).map(|trace| trace.candidate.title.clone()).collect();
        let chart = Chart {
            panels: vec![self.drawn(&id, (criterion, answered), line, &all.join("; "))],
            id,
            title,
            subtitle,
            key: key(answered),
        };
        Curve {
            chart,
            unit: criterion.unit.clone(),
            rows: answered.iter().map(row).collect(),
            without: (!without.is_empty()).then(|| without.join("; ")),
        }
    }

    fn drawn(
        &self,
        id: &str,
        (criterion, answered): (&Criterion, &[Answered<'_, '_>]),
        line: &[(f64, f64)],
        about: &str,
    ) -> String {
        let mut svg = Svg::new(HEIGHT);
        svg.push(&format!(
            "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{BOTTOM}\" y2=\"{BOTTOM}\"/>\
             <line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{TOP}\" y2=\"{TOP}\"/>"
        ));
        svg.push(&text_at("0", TOP - 3.0, "start", &format!("value {}", number(self.most, 2))));
        let points: Vec<String> = line
            .iter()
            .map(|(measure, value)| {
                format!(
                    "{} {}",
                    number(self.part(*measure) * 1000.0, 1).replace(',', ""),
                    number(self.y(*value) - TOP, 1)
                )
            })
            .collect();
        if let Some((first, others)) = points.split_first() {
            let room = BOTTOM - TOP;
            svg.push(&format!(
                "<svg x=\"{LEFT}%\" y=\"{TOP}\" width=\"{WIDTH}%\" height=\"{room}\" viewBox=\"0 0 1000 {room}\" \
                 preserveAspectRatio=\"none\"><path class=\"curve\" d=\"M{first}L{}\"/></svg>",
                others.join(" ")
            ));
        }
        for one in answered {
            let x = number(LEFT + WIDTH * self.part(one.measure), 2);
            let class = if Basis::of(one.part) == Some(Basis::Published) { "dot-in" } else { "dot-judged" };
            let y = number(self.y(one.value), 1);
            svg.push(&format!("<circle class=\"{class}\" cx=\"{x}%\" cy=\"{y}\" r=\"4.5\"/>"));
        }
        let words = f64::from(HEIGHT) - 6.0;
        for (place, side, measure) in [("0", "start", self.low), ("100%", "end", self.high)] {
            svg.push(&text_at(place, words, side, &number(measure, criterion.decimals)));
        }
        svg.finish(id, &format!("{}: from answer to value", criterion.title), about)
    }
}

/// Whether somebody's value is another than the line has at the answer: further from it than the line goes at the next steps.
fn is_beside(line: &[(f64, f64)], one: &Answered<'_, '_>) -> bool {
    let after = line.partition_point(|(measure, _)| *measure < one.measure);
    let near = line.get(after.saturating_sub(1)..(after + 2).min(line.len())).unwrap_or_default();
    let values = || near.iter().map(|(_, value)| *value);
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    !near.is_empty() && (one.value < low - BESIDE_VALUE || one.value > high + BESIDE_VALUE)
}

fn key(answered: &[Answered<'_, '_>]) -> Vec<KeyMark> {
    let has = |published: bool| answered.iter().any(|one| (Basis::of(one.part) == Some(Basis::Published)) == published);
    let mark = |class, meaning: &str| KeyMark { class, meaning: meaning.to_owned() };
    let both = [
        (true, mark("mark-dot", "from a published figure")),
        (false, mark("mark-dot-judged", "by judgement, or made up")),
    ];
    both.into_iter().filter(|(published, _)| has(*published)).map(|(_, mark)| mark).collect()
}
