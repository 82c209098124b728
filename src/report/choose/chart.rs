//! The curve of a resource, drawn: what the best set is worth at every amount.

use super::words::{amount, figure};
use crate::choose::choice::{Choice, ResourceView};
use crate::report::html::escaped;
use crate::words::counted;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
/// Room for figures at the left and below.
const LEFT: f64 = 70.0;
const BELOW: f64 = 40.0;

/// The chart of a resource's curve; none where the curve was not asked for, or is a point.
pub(super) fn curve_chart(choice: &Choice<'_>, view: &ResourceView) -> Option<String> {
    let points = &view.curve.as_ref()?.points;
    let resource = choice.case.options.resources.get(view.resource)?;
    let at = |units: i64| choice.case.amount(view.resource, units).to_f64();
    let value = |value: i128| choice.case.value(value).to_f64();
    let there_is = choice.case.there_is(view.resource).to_f64();
    let (last, first) = (points.last()?, points.first()?);
    let widest = (at(last.amount) * 1.05).max(there_is);
    let highest = value(last.best.value);
    if widest <= 0.0 || highest <= 0.0 {
        return None;
    }
    let x = |amount: f64| LEFT + (WIDTH - LEFT - 10.0) * amount / widest;
    let y = |value: f64| 10.0 + (HEIGHT - BELOW - 10.0) * (1.0 - value / highest);
    let mut path = format!("M{:.1},{:.1}", x(at(first.amount)), y(value(first.best.value)));
    for point in points.iter().skip(1) {
        path.push_str(&format!("H{:.1}V{:.1}", x(at(point.amount)), y(value(point.best.value))));
    }
    path.push_str(&format!("H{:.1}", x(widest)));
    let title = format!("What the best set is worth at every amount of {}", resource.title);
    let about = format!(
        "A line that rises in {} from {} at {} to {} at {}; an upright marks the {} there are. The table below has every step.",
        counted(points.len() - 1, "step", "steps"),
        figure(choice.case.value(first.best.value)),
        amount(choice, view.resource, first.amount),
        figure(choice.case.value(last.best.value)),
        amount(choice, view.resource, last.amount),
        super::words::there_is(choice, view.resource),
    );
    let id = format!("curve-{}", resource.id);
    let (base, right) = (HEIGHT - BELOW, WIDTH - 10.0);
    let label = |x: f64, y: f64, anchor: &str, text: &str| {
        format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"13\">{}</text>", escaped(text))
    };
    let marks = [
        format!("<path d=\"M{LEFT},10V{base}H{right}\" fill=\"none\" stroke=\"#505a5f\"/>"),
        format!("<path d=\"{path}\" fill=\"none\" stroke=\"#12436D\" stroke-width=\"2.5\"/>"),
        format!(
            "<path d=\"M{0:.1},10V{base}\" stroke=\"#801650\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>",
            x(there_is)
        ),
        label(LEFT - 6.0, 16.0, "end", &figure(choice.case.value(last.best.value))),
        label(LEFT - 6.0, base, "end", "0"),
        label(LEFT, base + 18.0, "middle", "0"),
        label(
            x(there_is).clamp(LEFT + 70.0, right - 70.0),
            base + 18.0,
            "middle",
            &super::words::there_is(choice, view.resource),
        ),
        label(right, base + 34.0, "end", &format!("{}, {}", resource.title, resource.unit)),
    ];
    Some(format!(
        "<figure><svg role=\"img\" aria-labelledby=\"{id}-title {id}-about\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         width=\"100%\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-about\">{}</desc>{}</svg></figure>\n",
        escaped(&title),
        escaped(&about),
        marks.concat()
    ))
}
