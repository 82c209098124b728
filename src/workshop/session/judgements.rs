//! Judgements of a session in the text of an evidence file.

use super::format::SettledJudgement;
use crate::diagnostic::Problem;
use crate::filing::{NewEvidence, quoted, with_evidence};
use crate::words::one_line;

/// What a judgement takes the place of.
const REPLACED: [&str; 5] = ["judgement", "by", "scores", "missing", "illustration"];

/// The keys of a judgement with their values as TOML, in the order in which they stand.
pub(super) fn keys(judgement: &SettledJudgement, (from, to): (f64, f64)) -> Vec<(&'static str, String)> {
    let of_one = |score: &super::format::SettledScore| {
        let by = quoted(&one_line(&score.by));
        format!("{{ by = {by}, score = {} }}", score.score)
    };
    let scores: Vec<String> = judgement.scores.iter().map(of_one).collect();
    let said = |score: &super::format::SettledScore| {
        let because = one_line(score.because.as_deref().unwrap_or_default());
        (!because.is_empty()).then(|| format!("{}: {because}", one_line(&score.by)))
    };
    let room = Some(one_line(&judgement.because)).filter(|because| !because.is_empty());
    let because: Vec<String> = room.into_iter().chain(judgement.scores.iter().filter_map(said)).collect();
    let because = if because.is_empty() { "Judged in the workshop.".to_owned() } else { because.join(" ") };
    vec![
        ("scores", format!("[{}]", scores.join(", "))),
        ("scale", format!("[{from}, {to}]")),
        ("date", quoted(&judgement.date)),
        ("because", quoted(&because)),
    ]
}

/// The text of an evidence file with this judgement of a candidate that it has.
///
/// # Errors
/// A layout in which it can't be written.
pub(super) fn with_judgement(
    file: (&str, &str),
    candidate: &str,
    name: &str,
    keys: &[(&'static str, String)],
) -> Result<String, Problem> {
    with_evidence(file, NewEvidence { candidate, name, keys, replaced: &REPLACED })
}

#[cfg(test)]
mod tests {
    use super::super::format::{SettledJudgement, SettledScore};
    use super::*;

    fn judged() -> Vec<(&'static str, String)> {
        let score = |by: &str, because: Option<&str>| SettledScore {
            by: by.to_owned(),
            score: "4".to_owned(),
            because: because.map(str::to_owned),
        };
        let judgement = SettledJudgement {
            candidate: "x".into(),
            criterion: "s".into(),
            evidence: "s".into(),
            score: "4".into(),
            scores: vec![score("A", None), score("B", Some("It\nis."))],
            date: "2026-11-30".into(),
            because: " All said. ".into(),
        };
        keys(&judgement, (0.0, 5.0))
    }

    fn written(text: &str) -> String {
        with_judgement(("e.toml", text), "x", "s", &judged()).unwrap()
    }

    const LINES: &str = "scores  = [{ by = \"A\", score = 4 }, { by = \"B\", score = 4 }]\n";
    const REASON: &str = "because = \"All said. B: It is.\"\n";

    #[test]
    fn a_judgement_takes_the_place_of_one_and_comments_stay() {
        let text = "# top\n[[candidate]]\nid = \"x\"\n\n[candidate.evidence.s]\n# ask again\njudgement = 3\nscale = [0, 5] # as ever\n\
                    by = \"C\"\ndate = \"2025-01-01\"\nbecause = \"So.\"\nnote = \"N\"\n\n[candidate.evidence.t]\ncount = 1\n";
        let now = written(text);
        assert_eq!(
            now,
            format!(
                "# top\n[[candidate]]\nid = \"x\"\n\n[candidate.evidence.s]\n# ask again\n{LINES}scale = [0, 5] # as ever\n\
                 date = \"2026-11-30\"\n{REASON}note = \"N\"\n\n[candidate.evidence.t]\ncount = 1\n"
            )
            .replace("because = \"All", "because = \"All")
        );
        assert_eq!(written(&now), now, "twice is once");
        assert_eq!(written(&text.replace('\n', "\r\n")), now.replace('\n', "\r\n"));
    }

    #[test]
    fn what_was_missing_or_is_new_is_judged_in_each_layout() {
        let missing = "[[candidate]]\nid = \"x\"\nevidence.s = { missing = \"no\", note = \"N\" }\n";
        assert!(written(missing).ends_with("because = \"All said. B: It is.\", note = \"N\" }\n"));
        let none = "[[candidate]]\nid = \"x\"\n[candidate.evidence.t]\ncount = 1";
        assert!(written(none).starts_with(&format!("{none}\n\n[candidate.evidence.s]\n{LINES}")));
        let next = "[[candidate]]\nid = \"x\"\n\n[[candidate]]\nid = \"y\"\n";
        assert!(written(next).contains("id = \"x\"\n\n[candidate.evidence.s]\n"));
        let inline = "candidate = [{ id = \"x\", evidence = { s = { judgement = 1, by = \"C\" } } }]\n";
        assert!(written(inline).contains("evidence = { s = { scores = ["));
    }

    #[test]
    fn a_layout_that_can_not_be_mended_is_refused() {
        let dotted = "[[candidate]]\nid = \"x\"\nevidence.s.judgement = 3\nevidence.s.by = \"C\"\n";
        assert!(with_judgement(("e.toml", dotted), "x", "s", &judged()).is_err());
        assert!(with_judgement(("e.toml", "[[candidate]]\nid = \"y\"\n"), "x", "s", &judged()).is_err());
    }
}
