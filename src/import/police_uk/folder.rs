//! Which street files a folder has, by month and force. Nothing is read of them here.

use super::Month;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, join};

/// How the name of every street file ends.
const ENDING: &str = "-street.csv";

/// One street file. Ordered by month, then by force.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StreetFile {
    pub month: Month,
    /// As in the file's name: `cambridgeshire`.
    pub force: String,
    pub path: String,
}

/// The street files of `folder` and of the folders of months in it, each month and force once, in order.
pub(super) fn street_files(files: &dyn Files, folder: &str, problems: &mut Problems) -> Vec<StreetFile> {
    let mut found = Vec::new();
    for name in files.list(folder) {
        let path = join(folder, &name);
        if name.ends_with(ENDING) {
            found.extend(named(&name, path, problems));
        } else if looks_like_a_month(&name) {
            let inside = files.list(&path).into_iter().filter(|name| name.ends_with(ENDING));
            inside.for_each(|name| found.extend(named(&name, join(&path, &name), problems)));
        }
    }
    found.sort();
    for pair in found.windows(2) {
        if let [first, second] = pair
            && (first.month, &first.force) == (second.month, &second.force)
        {
            let message = format!("`{}` and `{}` are of the same month and force", first.path, second.path);
            problems.push(Problem::new(Code::DuplicateId, message).help("remove one of the two"));
        }
    }
    if found.is_empty() && !problems.has_errors() {
        let help = "name the folder that holds a folder for each month, as data.police.uk packs them: \
                    `2025-04/2025-04-cambridgeshire-street.csv`";
        problems.push(Problem::new(Code::FileMissing, format!("there is no street file in `{folder}`")).help(help));
    }
    found
}

/// The month and the force that a file's name says.
fn named(name: &str, path: String, problems: &mut Problems) -> Option<StreetFile> {
    let stem = name.strip_suffix(ENDING).unwrap_or_default();
    let (month, force) = stem.split_at_checked(7).unwrap_or((stem, ""));
    let force = force.strip_prefix('-').filter(|force| !force.is_empty());
    if let (Some(month), Some(force)) = (Month::parse(month), force) {
        return Some(StreetFile { month, force: force.to_owned(), path });
    }
    let message = format!("the name of `{path}` does not begin with a month and a force");
    let help = "give it the name it had: `2025-04-cambridgeshire-street.csv`";
    problems.push(Problem::new(Code::BadPeriod, message).help(help));
    None
}

/// `2025-04`, and `2025-13` too: what is in there is told of rather than passed by.
fn looks_like_a_month(name: &str) -> bool {
    name.len() == 7 && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}
