//! The curve of a resource, drawn: what the best set is worth at every amount.
//!
//! The line stretches with the room there is, letters do not: places are in per cent of the width and letters in pixels, as
//! in the charts of the paper. Colours are classes of the style sheet.

use super::words::{amount, figure, the_set, there_is};
use crate::choose::choice::{Choice, ResourceView};
use crate::report::html::escaped;
use crate::words::counted;

/// The box of the line in units of its own, which stretch.
const SIDE: f64 = 1000.0;
/// What stands above and below the line, and the line's own height, in pixels.
const ABOVE: u32 = 26;
const HEIGHT: u32 = 220;
const BELOW: u32 = 46;

/// The chart of a resource's curve; none where the curve was not asked for, or is a point.
pub(super) fn curve_chart(choice: &Choice<'_>, view: &ResourceView) -> Option<String> {
    let points = &view.curve.as_ref()?.points;
    let resource = choice.case.options.resources.get(view.resource)?;
    let at = |units: i64| choice.case.amount(view.resource, units).to_f64();
    let value = |value: i128| choice.case.value(value).to_f64();
    let (last, first) = (points.last()?, points.first()?);
    let own = choice.case.there_is(view.resource).to_f64();
    let widest = (at(last.amount) * 1.05).max(own);
    let highest = value(last.best.value);
    if widest <= 0.0 || highest <= 0.0 {
        return None;
    }
    let x = |amount: f64| SIDE * amount / widest;
    let y = |value: f64| SIDE * (1.0 - value / highest);
    let mut path = format!("M{:.1},{:.1}", x(at(first.amount)), y(value(first.best.value)));
    for point in points.iter().skip(1) {
        path.push_str(&format!("H{:.1}V{:.1}", x(at(point.amount)), y(value(point.best.value))));
    }
    path.push_str(&format!("H{SIDE}"));
    let (id, has) = (format!("curve-{}", resource.id), there_is(choice, view.resource));
    let best = figure(choice.case.value(choice.best.value));
    let (least, most) = (amount(choice, view.resource, first.amount), amount(choice, view.resource, last.amount));
    let set = the_set(&choice.best);
    let title = format!("With the {has} there are of {}, {set} is worth {best}", resource.title);
    let subtitle = format!(
        "What it is worth at every amount: {} from {} at {least} to {} at {most}",
        counted(points.len() - 1, "step", "steps"),
        figure(choice.case.value(first.best.value)),
        figure(choice.case.value(last.best.value)),
    );
    let line = format!(
        "<svg x=\"0\" y=\"{ABOVE}\" width=\"100%\" height=\"{HEIGHT}\" viewBox=\"0 0 {SIDE} {SIDE}\" \
         preserveAspectRatio=\"none\"><path class=\"curve-frame\" d=\"M0,0V{SIDE}H{SIDE}\"/>\
         <path class=\"curve-line\" d=\"{path}\"/><path class=\"mark-line\" vector-effect=\"non-scaling-stroke\" \
         d=\"M{0:.1},0V{SIDE}\"/></svg>",
        x(own)
    );
    let label = |x: f64, y: u32, anchor: &str, text: &str| {
        format!("<text x=\"{x:.1}%\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>", escaped(text))
    };
    let place = 100.0 * own / widest;
    let side = match place {
        _ if place < 30.0 => "start",
        _ if place > 70.0 => "end",
        _ => "middle",
    };
    let base = ABOVE + HEIGHT;
    let labels = [
        label(0.0, 16, "start", &format!("Worth {}", figure(choice.case.value(last.best.value)))),
        label(place, base + 17, side, &has),
        label(0.0, base + 38, "start", "0"),
        label(100.0, base + 38, "end", &format!("{}, {}", resource.title, resource.unit)),
    ];
    Some(format!(
        "<figure class=\"chart\" aria-labelledby=\"{id}-caption\">\n<figcaption id=\"{id}-caption\"><strong>{}</strong>\
         <span class=\"subtitle\">{}</span></figcaption>\n<ul class=\"key\" aria-label=\"Key\">\n\
         <li>{}worth of the best set</li>\n<li>{}how much there is</li>\n</ul>\n\
         <svg role=\"img\" aria-labelledby=\"{id}-caption\" width=\"100%\" height=\"{}\">{line}{}</svg>\n\
         <p class=\"source\">The table of every amount has each step.</p>\n</figure>\n",
        escaped(&title),
        escaped(&subtitle),
        mark("curve-line"),
        mark("mark-line"),
        base + BELOW,
        labels.concat()
    ))
}

fn mark(class: &str) -> String {
    format!(
        "<svg aria-hidden=\"true\" width=\"26\" height=\"12\"><line class=\"{class}\" x1=\"1\" y1=\"6\" x2=\"25\" y2=\"6\"/></svg>"
    )
}
