//! Text in 80 columns that grows line by line. Colour adds weight to headings and carries no meaning. No control character
//! of somebody else's words reaches it.

use comfy_table::{ColumnConstraint, Width};

use crate::words::{isolated, visible};

/// The width that everything fits in.
pub(crate) const WIDTH: usize = 80;

/// Text that grows line by line.
pub(crate) struct Page {
    pub(crate) text: String,
    colour: bool,
}

/// A column that is as wide as its longest word and the blanks behind it, so that no figure breaks over two lines.
pub(crate) fn unbroken<'a>(cells: impl Iterator<Item = &'a str>, blanks: usize) -> ColumnConstraint {
    let words = cells.flat_map(str::split_whitespace).map(|word| word.chars().count() + blanks);
    let width = words.max().and_then(|longest| u16::try_from(longest).ok()).unwrap_or(0);
    ColumnConstraint::LowerBoundary(Width::Fixed(width))
}

impl Page {
    pub(crate) fn new(colour: bool) -> Self {
        Self { text: String::new(), colour }
    }

    /// A line, or a table of several.
    pub(crate) fn line(&mut self, line: &str) {
        self.push(&visible(line, &['\n']));
    }

    pub(crate) fn heading(&mut self, heading: &str) {
        self.line("");
        self.title(heading);
    }

    /// A heading without a line before it.
    pub(crate) fn title(&mut self, title: &str) {
        for line in textwrap::wrap(&visible(title, &['\n']), WIDTH) {
            match self.colour {
                true => self.push(&format!("\u{1b}[1m{}\u{1b}[0m", line.trim_end())),
                false => self.push(&line),
            }
        }
    }

    /// A heading in one line, however long it is.
    pub(crate) fn verdict(&mut self, words: &str) {
        let words = visible(words, &[]);
        self.line("");
        match self.colour {
            true => self.push(&format!("\u{1b}[1m{words}\u{1b}[0m")),
            false => self.push(&words),
        }
    }

    /// A paragraph with somebody else's words in it: one line of theirs is one of ours, and where it is too long it goes on
    /// further in, so that no piece of it can be taken for a line of its own.
    pub(crate) fn foreign(&mut self, words: &str) {
        self.wrapped(&visible(words, &[]), textwrap::Options::new(WIDTH).subsequent_indent("        "));
    }

    /// A paragraph that hangs behind its label.
    pub(crate) fn labelled(&mut self, label: &str, words: &str) {
        let first = format!("     {label:<8} ");
        let options = textwrap::Options::new(WIDTH).initial_indent(&first).subsequent_indent("              ");
        self.wrapped(words, options);
    }

    /// A paragraph that is set in by as much as what stands under a heading of a list.
    pub(crate) fn hanging(&mut self, words: &str) {
        let options = textwrap::Options::new(WIDTH).initial_indent("    ").subsequent_indent("    ");
        self.wrapped(&visible(words, &[]), options);
    }

    pub(crate) fn paragraph(&mut self, words: &str) {
        self.wrapped(words, textwrap::Options::new(WIDTH));
    }

    fn wrapped(&mut self, words: &str, options: textwrap::Options<'_>) {
        for line in textwrap::wrap(&visible(words, &['\n']), options) {
            self.push(&line);
        }
    }

    /// Adds what can be shown as it is, but for the direction of writing.
    fn push(&mut self, line: &str) {
        self.text.push_str(&isolated(line.trim_end()));
        self.text.push('\n');
    }
}
