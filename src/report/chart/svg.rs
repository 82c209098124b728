//! A drawing of lines: words and marks, one under the other, in whole pixels.

use crate::report::html::escaped;
use crate::words::{fixed, visible};

/// How wide a drawing is, in pixels.
pub(super) const WIDTH: u32 = 800;
/// The margin at each side.
pub(super) const MARGIN: u32 = 16;
/// How many letters of its size fit into a line of the drawing.
const LETTERS: usize = 116;
/// How far one line of words is below the other.
const LINE: u32 = 20;

/// What every drawing looks like: dark on white, in whatever plain letters a machine has.
const STYLE: &str = "text{font-family:Arial,Liberation Sans,Helvetica,sans-serif;font-size:13px;fill:#0b0c0c}\
    .title{font-size:18px;font-weight:bold}.small{fill:#505a5f}.band{font-weight:bold}.figure{text-anchor:end}\
    .middle{text-anchor:middle}.grid{stroke:#d5dadd;stroke-width:1}.range{fill:#b5c5d9}.in{fill:#12436d}\
    .out{fill:#fff;stroke:#12436d;stroke-width:2}.ruled{fill:#801650}.room{fill:#eceff1}.earned{fill:#12436d}\
    .stand-in{fill:#fff;stroke:#12436d;stroke-width:1.5;stroke-dasharray:3 2}.below{fill:#801650}";

/// A mark of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Has a place in the first tier.
    In,
    /// Has none.
    Out,
    /// A rule decided on it.
    Ruled,
    /// What a total could be.
    Range,
    /// Points that an answer earned.
    Earned,
    /// Points of what stands in for a missing answer.
    StandIn,
    /// Points below zero.
    Below,
}

/// What is drawn so far.
pub(super) struct Drawing {
    marks: String,
    /// Where the next line begins, in pixels from the top.
    pub(super) y: u32,
}

impl Drawing {
    pub(super) fn new() -> Self {
        Self { marks: String::new(), y: MARGIN }
    }

    /// Words over the whole width, in as many lines as they take.
    pub(super) fn line_of_words(&mut self, class: &str, words: &str) {
        let letters = if class == "title" { LETTERS * 13 / 18 } else { LETTERS };
        for line in textwrap::wrap(&visible(words, &[]), letters) {
            self.y += LINE;
            self.words(class, MARGIN, self.y - 5, &line);
        }
    }

    /// Words at a place.
    pub(super) fn words(&mut self, class: &str, x: u32, y: u32, words: &str) {
        self.marks.push_str(&format!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>\n",
            escaped(&visible(words, &[]))
        ));
    }

    /// A line from top to bottom.
    pub(super) fn upright(&mut self, x: f64, from: u32, to: u32) {
        let x = fixed(x, 1);
        self.marks.push_str(&format!("<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{from}\" y2=\"{to}\"/>\n"));
    }

    /// A bar, or the ground that one stands on.
    pub(super) fn bar(&mut self, class: &str, (x, width): (f64, f64), y: u32, height: u32) {
        let (x, width) = (fixed(x, 1), fixed(width.max(0.0), 1));
        self.marks.push_str(&format!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>\n"
        ));
    }

    /// A mark round a place.
    pub(super) fn mark(&mut self, mark: Mark, x: f64, y: u32) {
        let at = fixed(x, 1);
        match mark {
            Mark::In => self.marks.push_str(&format!("<circle class=\"in\" cx=\"{at}\" cy=\"{y}\" r=\"6\"/>\n")),
            Mark::Out => self.marks.push_str(&format!("<circle class=\"out\" cx=\"{at}\" cy=\"{y}\" r=\"5\"/>\n")),
            Mark::Ruled => {
                let shape = "m0-7 7 7-7 7-7-7z";
                self.marks
                    .push_str(&format!("<path class=\"ruled\" transform=\"translate({at} {y})\" d=\"{shape}\"/>\n"));
            }
            Mark::Range => self.bar("range", (x - 12.0, 24.0), y - 3, 6),
            Mark::Earned => self.bar("earned", (x - 10.0, 20.0), y - 5, 10),
            Mark::StandIn => self.bar("stand-in", (x - 10.0, 20.0), y - 5, 10),
            Mark::Below => self.bar("below", (x - 10.0, 20.0), y - 5, 10),
        }
    }

    /// What the marks mean, in a line or two.
    pub(super) fn key(&mut self, key: &[(Mark, &str)]) {
        self.y += LINE + 6;
        let mut x = MARGIN;
        for (mark, meaning) in key {
            // Seven pixels a letter, and the room of the mark before it.
            let width = 40 + 7 * u32::try_from(meaning.chars().count()).unwrap_or(WIDTH);
            if x > MARGIN && x + width > WIDTH - MARGIN {
                (x, self.y) = (MARGIN, self.y + LINE);
            }
            self.mark(*mark, f64::from(x + 12), self.y - 9);
            self.words("small", x + 30, self.y - 5, meaning);
            x += width;
        }
        self.y += 6;
    }

    /// The file, with what it is and what it shows for whoever can't see it.
    pub(super) fn finish(self, title: &str, description: &str) -> String {
        let height = self.y + MARGIN;
        let (title, description) = (escaped(&visible(title, &[])), escaped(&visible(description, &[])));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title about\" lang=\"en-GB\" \
             width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\">\n<title id=\"title\">{title}</title>\n\
             <desc id=\"about\">{description}</desc>\n<style>{STYLE}</style>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n{}</svg>\n",
            self.marks
        )
    }
}

/// A title that fits into so many letters.
pub(super) fn cut(title: &str, letters: usize) -> String {
    match title.chars().count() <= letters {
        true => title.to_owned(),
        false => title.chars().take(letters.saturating_sub(1)).chain(['…']).collect(),
    }
}
