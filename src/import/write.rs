//! Evidence files as a person would write them. What is written here the loader reads; nothing is judged.

use toml::Value;

use crate::assessment::CandidateKind;

/// The text of an evidence file, growing.
#[derive(Debug, Clone, Default)]
pub struct EvidenceText(String);

impl EvidenceText {
    /// A file that begins with these lines as comments.
    pub fn new(comment: &str) -> Self {
        Self(comment.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect())
    }

    /// A document that figures are taken from: `id` and `title`, and perhaps `publisher`, `date` and `note`.
    pub fn source(&mut self, keys: &[(&str, Value)]) {
        self.table("[[source]]", keys);
    }

    /// A candidate; its evidence follows. An empty `about` is left out.
    pub fn candidate(&mut self, id: &str, title: &str, kind: CandidateKind, about: &str) {
        let kind = match kind {
            CandidateKind::Crime => "crime",
            CandidateKind::People => "people",
            CandidateKind::Place => "place",
            CandidateKind::Theme => "theme",
        };
        let mut keys = vec![("id", id.into()), ("title", title.into()), ("kind", kind.into())];
        if !about.is_empty() {
            keys.push(("about", about.into()));
        }
        self.table("[[candidate]]", &keys);
    }

    /// A candidate that another file has, with its title: evidence that is joined with it follows.
    pub fn known_candidate(&mut self, id: &str) {
        self.table("[[candidate]]", &[("id", id.into())]);
    }

    /// The people whom counts are set against: the keys as `docs/evidence.md` has them.
    pub fn population(&mut self, keys: &[(&str, Value)]) {
        self.table("[population]", keys);
    }

    /// Evidence about the candidate before it: the keys as `docs/evidence.md` has them. A list of tables gets a line for
    /// each table.
    pub fn evidence(&mut self, name: &str, keys: &[(&str, Value)]) {
        self.table(&format!("[candidate.evidence.{}]", key(name)), keys);
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.0
    }

    /// Keys before any table.
    pub fn lines(&mut self, keys: &[(&str, Value)]) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.keys(keys);
    }

    /// A table of any kind, with its header as TOML writes it: `[[table]]`.
    pub fn table(&mut self, header: &str, keys: &[(&str, Value)]) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(header);
        self.0.push('\n');
        self.keys(keys);
    }

    fn keys(&mut self, keys: &[(&str, Value)]) {
        let width = keys.iter().map(|(name, _)| key(name).len()).max().unwrap_or(0);
        for (name, value) in keys {
            self.0.push_str(&format!("{:width$} = {}\n", key(name), written(value)));
        }
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Array(items) if items.iter().any(Value::is_table) => {
            let lines: Vec<String> = items.iter().map(|item| format!("    {},\n", inline(item))).collect();
            format!("[\n{}]", lines.concat())
        }
        value => inline(value),
    }
}

/// On one line, whatever stands in its text.
pub(crate) fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let keys: Vec<String> =
                table.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
        plain => plain.to_string(),
    }
}

/// A bare key where TOML lets it be, a quoted one elsewhere.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if bare { name.to_owned() } else { quoted(name) }
}

/// Text in double quotes, with what TOML wants escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            odd if odd.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(odd))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::Table;

    use super::*;

    #[test]
    fn a_file_reads_as_one_that_a_person_wrote() {
        let mut text = EvidenceText::new("Made by an import.\n\nDo not edit.");
        text.source(&[("id", "police".into()), ("title", "Street \"level\" crime".into())]);
        text.candidate("burglary", "Burglary", CandidateKind::Crime, "");
        let point = |period: &str, count: i64| {
            Value::Table(Table::from_iter([("period".to_owned(), period.into()), ("count".to_owned(), count.into())]))
        };
        let series = Value::Array(vec![point("2025-04", 3), point("2025-05", 0)]);
        text.evidence("recorded", &[("series", series), ("source", "police".into()), ("where", "a\\b\n".into())]);
        let expected = r#"# Made by an import.
#
# Do not edit.

[[source]]
id    = "police"
title = "Street \"level\" crime"

[[candidate]]
id    = "burglary"
title = "Burglary"
kind  = "crime"

[candidate.evidence.recorded]
series = [
    { period = "2025-04", count = 3 },
    { period = "2025-05", count = 0 },
]
source = "police"
where  = "a\\b\n"
"#;
        assert_eq!(text.finish(), expected);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>(), name in any::<String>()) {
            let mut file = EvidenceText::default();
            let inner = Value::Table(Table::from_iter([(name.clone(), text.clone().into())]));
            file.source(&[("plain", text.clone().into()), ("list", Value::Array(vec![inner.clone()]))]);
            let read: Table = file.finish().parse().unwrap();
            let source = read["source"][0].as_table().unwrap();
            prop_assert_eq!(source["plain"].as_str(), Some(&*text));
            prop_assert_eq!(&source["list"][0], &inner);
        }
    }
}
