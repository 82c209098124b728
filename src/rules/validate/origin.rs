//! Where the weights are said to come from, judged as far as this file alone can tell.

use crate::assessment::day;
use crate::diagnostic::{Code, Place};
use crate::files::{folder_of, is_outside, join};
use crate::rules::WeightsOrigin;
use crate::rules::format;
use crate::rules::judge::RuleSetJudge;
use crate::toml_file::{At, duplicate};
use crate::words::as_read;

impl RuleSetJudge<'_> {
    /// The origin, if one is written; nothing where something in it is wrong.
    pub(super) fn origin(&mut self, written: Option<&At<format::Origin>>) -> Option<Option<WeightsOrigin>> {
        let Some(At { value: written, .. }) = written else { return Some(None) };
        let people = self.people(&written.people);
        let date = day(&mut self.check, &written.date);
        let answers = self.beside(&written.answers);
        let digest = self.digest(&written.digest);
        let one = written.people.value.len() < 2;
        if let Some(combined) = written.combined.as_ref().filter(|_| one) {
            let message = "one person's answers are not combined with anyone's";
            self.check.problem(Code::BadValue, &combined.span, message, "take `combined` out");
        } else if written.combined.is_none() && !one {
            let message = "the key `combined` is missing: several people were asked";
            let help = "add `combined = \"arithmetic-mean\"` or `\"geometric-mean\"`, as it was done";
            self.check.problem(Code::MissingKey, &written.people.span, message, help);
        }
        let place = self.check.place(&written.answers.span);
        let answers = answers?;
        Some(Some(WeightsOrigin {
            method: written.method.value,
            people: people?,
            combined: written.combined.as_ref().map(|combined| combined.value),
            date: date?,
            path: join(folder_of(&place.source.name), &answers),
            answers,
            digest: digest?,
            place,
        }))
    }

    fn people(&mut self, written: &At<Vec<At<String>>>) -> Option<Vec<String>> {
        if written.value.is_empty() {
            let help = "name the role of each person: `people = [\"Chair of the partnership\"]`";
            self.check.problem(Code::BadValue, &written.span, "no one is named", help);
        }
        let mut people: Vec<String> = Vec::new();
        let mut first: Vec<Place> = Vec::new();
        for role in &written.value {
            let Some(name) = self.check.text(role, "the role") else { continue };
            let place = self.check.place(&role.span);
            if let Some(at) = people.iter().position(|other| as_read(other) == as_read(&name)) {
                self.check.problems.push(duplicate(place.clone(), "a person", &name, first.get(at)));
            }
            people.push(name);
            first.push(place);
        }
        Some(people).filter(|people| !people.is_empty() && people.len() == written.value.len())
    }

    /// A file of the rule set's own folder.
    fn beside(&mut self, name: &At<String>) -> Option<String> {
        let path = self.check.text(name, "the file")?;
        if is_outside(&path) {
            let message = format!("`{path}` is outside the rule set's folder");
            let help = "put the answers beside ruleset.toml and name them from there, so that they stay with it";
            self.check.problem(Code::BadValue, &name.span, message, help);
            return None;
        }
        Some(path)
    }

    fn digest(&mut self, text: &At<String>) -> Option<String> {
        let digits = text.value.strip_prefix("sha256:").unwrap_or_default();
        let sound = digits.len() == 64 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !sound {
            let help = "write `sha256:` and 64 digits; `prioritise elicit --write` does so";
            self.check.problem(Code::BadValue, &text.span, "this is not a digest", help);
        }
        sound.then(|| text.value.clone())
    }
}
