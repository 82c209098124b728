//! For a browser: one file, no script, the chart of all places first. It reads on a phone and on paper.

use super::tables::{handling, header, sections};
use super::{TITLE, chart};
use crate::history::History;
use crate::report::readable_page::{PageHead, readable_page};

/// What the page adds to the look of the paper.
const STYLE: &str = include_str!("style.css");

/// Several years of one list as a page.
pub fn html(found: &History<'_>) -> String {
    let header = header(found);
    let (above, lines) = header.split_first().map_or(("", &[][..]), |(above, lines)| (above.as_str(), lines));
    let head = PageHead {
        document: &format!("{above}: the list over the years"),
        title: TITLE,
        handling: handling(found),
        above,
        lines,
        skip: "Skip to the list",
        style: STYLE,
    };
    readable_page(&head, &chart::places(found).unwrap_or_default(), &sections(found))
}
