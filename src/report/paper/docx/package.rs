//! The parts of a Word document around its body (ECMA-376, part 1), put together so that the same parts give the same bytes.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::{Body, text_of};

/// What a document says of itself.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    /// What stands at the head of each page.
    pub(super) running_title: &'a str,
    /// Who files it.
    pub(super) by: &'a str,
    /// Who may see it: a mark at head and foot of each page.
    pub(super) handling: Option<&'static str>,
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const WORDS: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const STYLES: &str = include_str!("styles.xml");

/// The document as the bytes of a file.
pub(super) fn package(about: &About<'_>, body: &Body) -> ZipResult<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relationships(&[("officeDocument", "word/document.xml")], true)),
        ("docProps/core.xml", core(about)),
        ("word/document.xml", document(body)),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/numbering.xml", numbering(body.numbered_lists)),
        ("word/settings.xml", format!(r#"{HEAD}<w:settings {WORDS}><w:themeFontLang w:val="en-GB"/></w:settings>"#)),
        ("word/header1.xml", header(about)),
        ("word/footer1.xml", footer(about)),
        (
            "word/_rels/document.xml.rels",
            relationships(
                &[
                    ("styles", "styles.xml"),
                    ("numbering", "numbering.xml"),
                    ("settings", "settings.xml"),
                    ("header", "header1.xml"),
                    ("footer", "footer1.xml"),
                ],
                false,
            ),
        ),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        file.start_file(name, options)?;
        file.write_all(text.as_bytes())?;
    }
    Ok(file.finish()?.into_inner())
}

fn content_types() -> String {
    let parts = ["document.main", "styles", "numbering", "settings", "header", "footer"];
    let files = ["document", "styles", "numbering", "settings", "header1", "footer1"];
    let one = |(part, file): (&str, &str)| {
        format!(r#"<Override PartName="/word/{file}.xml" ContentType="{TYPE}.{part}+xml"/>"#)
    };
    let overrides: String = parts.into_iter().zip(files).map(one).collect();
    format!(
        r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#
    )
}

/// Which parts belong together; at the root of the package what it says of itself as well.
fn relationships(parts: &[(&str, &str)], is_root: bool) -> String {
    let one = |(number, (kind, target)): (usize, &(&str, &str))| {
        format!(r#"<Relationship Id="rId{}" Type="{KIND}/{kind}" Target="{target}"/>"#, number + 1)
    };
    let all: String = parts.iter().enumerate().map(one).collect();
    let core = format!(
        r#"<Relationship Id="rIdCore" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#
    );
    let core = if is_root { core } else { String::new() };
    format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{all}{core}</Relationships>"#)
}

/// What the file says of itself. No clock is read: it was "made" at a fixed time.
fn core(about: &About<'_>) -> String {
    let (title, by) = (text_of(about.title), text_of(about.by));
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{by}</dc:creator><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"#
    )
}

fn document(body: &Body) -> String {
    let page = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#;
    format!("{HEAD}<w:document {WORDS}><w:body>{}{page}</w:body></w:document>", body.xml)
}

/// The mark in the middle of a line; nothing where there is none.
fn mark(about: &About<'_>) -> String {
    let run = |mark: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="HandlingMark"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"#, text_of(mark))
    };
    about.handling.map(run).unwrap_or_default()
}

fn header(about: &About<'_>) -> String {
    let title = text_of(about.running_title);
    format!(
        r#"{HEAD}<w:hdr {WORDS}>{}<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p></w:hdr>"#,
        mark(about)
    )
}

fn footer(about: &About<'_>) -> String {
    let words = |words: &str| format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#);
    let field = |name: &str| format!(r#"<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#);
    let page = [words("Page "), field("PAGE"), words(" of "), field("NUMPAGES")].concat();
    format!(r#"{HEAD}<w:ftr {WORDS}>{}<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{page}</w:p></w:ftr>"#, mark(about))
}

/// Bullets, and so many lists with numbers of their own.
fn numbering(numbered_lists: usize) -> String {
    let level = |level: usize, format: &str, text: &str| {
        let left = 360 * (level + 1);
        format!(
            r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>"#
        )
    };
    let bullets: String = (0..3).map(|at| level(at, "bullet", "•")).collect();
    let numbers: String = (0..3).map(|at| level(at, "decimal", &format!("%{}.", at + 1))).collect();
    let list = |number: usize| {
        format!(
            r#"<w:num w:numId="{}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#,
            number + 2
        )
    };
    let lists: String = (0..numbered_lists).map(list).collect();
    format!(
        r#"{HEAD}<w:numbering {WORDS}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>{bullets}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{numbers}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{lists}</w:numbering>"#
    )
}
