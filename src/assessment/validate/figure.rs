//! The figure that a piece of evidence gives.

use std::ops::Range;

use crate::assessment::evidence::{Figure, FigureKey, Key, format};
use crate::assessment::references::References;
use crate::diagnostic::{Code, quoted_list};
use crate::toml_file::{At, Checker};

/// The figure that a piece of evidence gives, under just one of the keys that can give one.
pub(in crate::assessment) fn figure(
    check: &mut Checker<'_>,
    references: &References<'_>,
    written: &At<format::Evidence>,
) -> Option<Figure> {
    let given = FigureKey::given(&written.value);
    if given.is_empty() && check.lost.has_lost_from(&written.span) {
        return None;
    }
    let [given] = *given else {
        let named: Vec<&str> = given.iter().map(|given| given.key.name).collect();
        let message = match &*named {
            [] => "this evidence has no figure".to_owned(),
            many => format!("this evidence has {} figures: {}", many.len(), quoted_list(many)),
        };
        let every: Vec<&str> = FigureKey::all().map(|known| known.key.name).collect();
        let help = format!("give just one of {}", quoted_list(&every));
        check.problem(Code::WhichEvidence, &written.span, message, help);
        return None;
    };
    let unread = format!("beside `{}`", given.key.name);
    unread_keys(check, &written.value.keys(), given.key, &unread, "figure");
    given.judge(check, references, written)
}

/// Notes keys that nothing reads beside a figure, or that describe a column; `name` is what `of` is here.
pub(super) fn unread_keys(
    check: &mut Checker<'_>,
    written: &[(&str, Option<&Range<usize>>)],
    figure: &Key,
    beside: &str,
    of: &str,
) {
    for (key, span) in written {
        let unread = *key != figure.name && !figure.has_beside(key);
        if let Some(span) = span.filter(|_| unread) {
            let help = format!("take it out; docs/evidence.md says which keys belong to which {of}");
            check.problem(Code::UnknownKey, span, format!("nothing reads `{key}` {beside}"), help);
        }
    }
}
