//! Markdown as the body of a Word document: paragraphs, lists and tables in Word's own styles.

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use quick_xml::escape::escape;

/// How wide the text of a page is, in twentieths of a point.
const WIDTH: usize = 9_638;
/// How wide a letter of a table is at the most, and what stands beside the text of a cell.
const LETTER: usize = 110;
const BESIDE: usize = 170;
/// A word has a line of its own up to so many letters, and a text that is longer than so many needs no more room.
const MOST_OF_A_WORD: usize = 24;
const MOST_OF_A_TEXT: usize = 160;
/// A line without a full stop, and shorter than this, names the table behind it.
const MOST_OF_A_NAME: usize = 80;
/// The list of bullets in `numbering.xml`; numbered lists follow it.
const BULLETS: usize = 1;

/// The body, and how many numbered lists it has.
pub(super) struct Body {
    pub(super) xml: String,
    /// Each begins at 1: the first has the id after that of bullets.
    pub(super) numbered_lists: usize,
}

/// The body of a document in Markdown.
pub(super) fn of(markdown: &str) -> Body {
    let mut writer = Writer::default();
    Parser::new_ext(markdown, Options::ENABLE_TABLES).for_each(|event| writer.event(event));
    Body { xml: writer.xml, numbered_lists: writer.numbered_lists }
}

#[derive(Default)]
struct Writer {
    xml: String,
    /// The runs of the paragraph that is being written, and their letters.
    runs: String,
    letters: String,
    bold: usize,
    italic: usize,
    /// The lists that are open, by their ids.
    lists: Vec<usize>,
    numbered_lists: usize,
    /// The words of the heading above, and those of the last paragraph behind it.
    heading: String,
    last: String,
    titles: usize,
    tables: usize,
    table: Option<Table>,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    /// Rows of cells, the header first.
    rows: Vec<Vec<Cell>>,
}

struct Cell {
    runs: String,
    letters: usize,
    longest_word: usize,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => self.run(&text, ""),
            Event::Code(text) => self.run(&text, r#"<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>"#),
            Event::SoftBreak => self.run(" ", ""),
            Event::HardBreak => self.runs.push_str("<w:r><w:br/></w:r>"),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::List(first) => {
                self.paragraph_of_list();
                let id = match first {
                    Some(_) => {
                        self.numbered_lists += 1;
                        BULLETS + self.numbered_lists
                    }
                    None => BULLETS,
                };
                self.lists.push(id);
            }
            Tag::Table(alignments) => self.table = Some(Table { alignments, rows: Vec::new() }),
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::Paragraph if self.lists.is_empty() => self.paragraph("", ""),
            TagEnd::Paragraph | TagEnd::Item => self.paragraph_of_list(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.paragraph("", ""),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::TableCell => {
                let (runs, letters) = (std::mem::take(&mut self.runs), std::mem::take(&mut self.letters));
                let longest_word = letters.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
                let cell = Cell { runs, letters: letters.chars().count(), longest_word };
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.table(&table);
                }
            }
            _ => {}
        }
    }

    /// Text in the look of the moment.
    fn run(&mut self, text: &str, look: &str) {
        let bold = if self.bold > 0 { "<w:b/>" } else { "" };
        let italic = if self.italic > 0 { "<w:i/>" } else { "" };
        let look = format!("{look}{bold}{italic}");
        let look = if look.is_empty() { look } else { format!("<w:rPr>{look}</w:rPr>") };
        self.runs.push_str(&format!(r#"<w:r>{look}<w:t xml:space="preserve">{}</w:t></w:r>"#, text_of(text)));
        self.letters.push_str(text);
    }

    /// The first heading is the document's title, and each other of its level begins a part of it on a page of its own.
    fn heading(&mut self, level: HeadingLevel) {
        self.heading = self.letters.clone();
        let style = match level {
            HeadingLevel::H1 => "Title",
            HeadingLevel::H2 => "Heading1",
            HeadingLevel::H3 => "Heading2",
            _ => "Heading3",
        };
        self.titles += usize::from(level == HeadingLevel::H1);
        let breaks = level == HeadingLevel::H1 && self.titles > 1;
        self.paragraph(style, if breaks { "<w:pageBreakBefore/>" } else { "" });
    }

    fn paragraph_of_list(&mut self) {
        let level = self.lists.len().saturating_sub(1).min(2);
        if let Some(list) = self.lists.last() {
            let number = format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#);
            self.paragraph("ListParagraph", &number);
        }
    }

    /// What was written so far as a paragraph, if that is anything.
    fn paragraph(&mut self, style: &str, more: &str) {
        let runs = std::mem::take(&mut self.runs);
        self.last = std::mem::take(&mut self.letters);
        if !runs.is_empty() {
            self.xml.push_str(&paragraph(style, more, &runs));
        }
    }

    /// The heading above a table, with the line behind it where that names the table.
    fn table_title(&self) -> String {
        let is_name = !self.last.is_empty() && self.last != self.heading && !self.last.ends_with(['.', ':']);
        match is_name && self.last.chars().count() < MOST_OF_A_NAME {
            true => format!("{}: {}", self.heading, self.last),
            false => self.heading.clone(),
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let (title, number) = (text_of(&self.table_title()), self.tables);
        let field = format!(
            r#"<w:r><w:t xml:space="preserve">Table </w:t></w:r><w:fldSimple w:instr=" SEQ Table \* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve">: {title}</w:t></w:r>"#
        );
        self.xml.push_str(&paragraph("Caption", "<w:keepNext/>", &field));
        self.xml.push_str(&table.xml(&title));
        // Two tables one behind the other would be one.
        self.xml.push_str("<w:p/>");
        self.last.clear();
    }
}

impl Table {
    /// The table, described by `title` to whoever does not see it.
    fn xml(&self, title: &str) -> String {
        let widths = self.widths();
        let (rows, columns) = (self.rows.len().saturating_sub(1), widths.len());
        let mut xml = format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{title}"/><w:tblDescription w:val="{title}: a table with {rows} rows and {columns} columns below a row of headings"/></w:tblPr><w:tblGrid>"#
        );
        for width in &widths {
            let _ = write!(xml, r#"<w:gridCol w:w="{width}"/>"#);
        }
        xml.push_str("</w:tblGrid>");
        for (number, row) in self.rows.iter().enumerate() {
            let header = if number == 0 { "<w:tblHeader/>" } else { "" };
            let _ = write!(xml, "<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>");
            for (column, width) in widths.iter().enumerate() {
                let runs = row.get(column).map_or("", |cell| &cell.runs);
                let align = match self.alignments.get(column) {
                    Some(Alignment::Right) => r#"<w:jc w:val="right"/>"#,
                    Some(Alignment::Center) => r#"<w:jc w:val="center"/>"#,
                    _ => "",
                };
                let style = if number == 0 { "TableHeading" } else { "TableText" };
                let _ = write!(
                    xml,
                    r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{}</w:tc>"#,
                    paragraph(style, align, runs)
                );
            }
            xml.push_str("</w:tr>");
        }
        xml.push_str("</w:tbl>");
        xml
    }

    /// How wide the columns are: each has room for its longest word, and what is left goes to those with long texts. Together
    /// they are as wide as the page.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let most = |column: usize, of: &dyn Fn(&Cell) -> usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(of).max().unwrap_or(0)
        };
        let room = |letters: usize| letters * LETTER + BESIDE;
        let least: Vec<usize> =
            (0..columns).map(|at| room(most(at, &|cell| cell.longest_word).clamp(1, MOST_OF_A_WORD))).collect();
        let wanted = (0..columns).map(|at| room(most(at, &|cell| cell.letters).min(MOST_OF_A_TEXT)));
        let more: Vec<usize> = wanted.zip(&least).map(|(wanted, least)| wanted.saturating_sub(*least)).collect();
        let (all_least, all_more) = (least.iter().sum::<usize>().max(1), more.iter().sum::<usize>().max(1));
        match WIDTH.checked_sub(all_least) {
            Some(left) => least.iter().zip(more).map(|(least, more)| least + left * more / all_more).collect(),
            None => least.iter().map(|least| least * WIDTH / all_least).collect(),
        }
    }
}

/// A paragraph in a style, with more of its properties in the order in which Word has them.
fn paragraph(style: &str, more: &str, runs: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!(r#"<w:pStyle w:val="{style}"/>"#) };
    let properties =
        if style.is_empty() && more.is_empty() { String::new() } else { format!("<w:pPr>{style}{more}</w:pPr>") };
    format!("<w:p>{properties}{runs}</w:p>")
}

/// Text as XML may have it: no markup, and no letter that XML forbids.
pub(super) fn text_of(text: &str) -> String {
    let allowed = |letter: &char| {
        !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}') || matches!(letter, '\t' | '\n')
    };
    escape(text.chars().filter(allowed).collect::<String>().as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_paragraphs_in_words_own_styles() {
        let made = of("# A\n\nOne **two** & `three`\n\n## B\n\n- x\n- y\n\n1. z\n\n# C\n").xml;
        let styles: Vec<&str> = made.split("w:pStyle w:val=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        assert_eq!(styles.join(" "), "Title Heading1 ListParagraph ListParagraph ListParagraph Title");
        assert!(made.contains("<w:b/></w:rPr><w:t xml:space=\"preserve\">two</w:t>"), "{made}");
        assert!(made.contains(" &amp; ") && made.contains("Consolas"), "{made}");
        assert_eq!(made.matches("<w:pageBreakBefore/>").count(), 1, "the second title alone");
        assert_eq!((made.matches("w:numId w:val=\"1\"").count(), made.matches("w:numId w:val=\"2\"").count()), (2, 1));
    }

    #[test]
    fn a_column_has_room_for_its_longest_word_and_long_texts_have_the_rest() {
        let text = "word ".repeat(60);
        let made = of(&format!("## H\n\n**Few**\n\n| rank | why |\n| ---: | :--- |\n| 70.03 | {text} |\n"));
        let grid = made.xml.split("<w:gridCol w:w=\"").skip(1).filter_map(|it| it.split('"').next()?.parse().ok());
        let grid: Vec<usize> = grid.collect();
        assert!(grid[0] >= 5 * LETTER && grid[0] < 1_200 && grid[0] + grid[1] > WIDTH - 10, "{grid:?}");
        assert!(made.xml.contains("w:tblCaption w:val=\"H: Few\""));
    }

    #[test]
    fn a_table_has_a_repeated_header_a_caption_and_a_description() {
        let made = of("## Who\n\n| a | b |\n| :--- | ---: |\n| one | 2 |\n| three | 40 |\n").xml;
        assert_eq!((made.matches("<w:tr>").count(), made.matches("<w:tblHeader/>").count()), (3, 1));
        assert!(made.contains("<w:tblCaption w:val=\"Who\"/>") && made.contains("a table with 2 rows and 2 columns"));
        assert!(made.contains("<w:jc w:val=\"right\"/>") && made.contains(" SEQ Table "), "{made}");
        let grid: Vec<usize> =
            made.split("<w:gridCol w:w=\"").skip(1).filter_map(|it| it.split('"').next()?.parse().ok()).collect();
        assert_eq!((grid.len(), grid.iter().sum::<usize>() <= WIDTH), (2, true));
    }
}
