//! Scorers' forms: what is asked, what can be filled in, and what comes back, as a person would have typed it.
//!
//! The last test needs the command `soffice` (Debian's package `libreoffice-calc`). `.ci/run` installs it and runs it:
//!
//! ```text
//! cargo test --test it forms -- --ignored
//! ```

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::filling::{Filling, PART};
use crate::support::{Folder, Said, prioritise_in};
use crate::workbook::parts;

const BURGLARY: &str = "score burglary severity";
const ABUSE: &str = "score domestic-abuse severity";

/// The form with answers typed into it: the key of a row, a column, and what is typed.
fn filled(form: &[u8], answers: &[(&str, char, &str)]) -> Filling {
    let form = Filling::new(form.to_vec(), "Scores");
    answers.iter().fold(form, |form, (key, column, typed)| form.put(key, &column.to_string(), typed))
}

/// What is typed: the key of a row, the column and the text.
type Typed<'a> = Vec<(&'a str, char, &'a str)>;

/// What three people answer about the starter's candidates, each with the file of their form.
fn three_people() -> [(&'static str, Typed<'static>); 3] {
    [
        (
            "inspector.xlsx",
            answers("Police inspector", "30/11/2026", &[("4", "Homes are not safe."), ("5", "It kills.")]),
        ),
        ("housing.xlsx", answers("Housing officer", "1/12/2026", &[("2", ""), ("5", "Children see it.")])),
        ("health.xlsx", answers("Public health officer", "2026-11-30", &[("3", "A lasting shock."), ("", "")])),
    ]
}

/// The answers of one person: role, day, and score and reason for burglary and domestic abuse.
fn answers<'a>(by: &'a str, date: &'a str, scores: &[(&'a str, &'a str); 2]) -> Vec<(&'a str, char, &'a str)> {
    let mut answers = vec![("by", 'C', by), ("date", 'C', date)];
    for (key, (score, because)) in [BURGLARY, ABUSE].into_iter().zip(scores) {
        answers.extend([(key, 'C', *score), (key, 'D', *because)]);
    }
    answers.retain(|(_, _, typed)| !typed.is_empty());
    answers
}

/// The forms of the three people in `back/`, of the `ours` beside it.
pub(crate) fn back(place: &Path) {
    let form = form(place);
    for (name, answers) in three_people() {
        lay(&place.join("back"), name, &form, &answers);
    }
}

/// A folder with a copy of the starter, `ours`, and its form.
fn starter() -> (TempDir, Vec<u8>) {
    let place = tempfile::tempdir().unwrap();
    Folder::of(&["fixtures/starter"]).lay_out("fixtures/starter", &place.path().join("ours"));
    let form = form(place.path());
    (place, form)
}

fn form(place: &Path) -> Vec<u8> {
    let said = prioritise_in(place, &["form", "ours", "-o", "scores.xlsx"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    fs::read(place.join("scores.xlsx")).unwrap()
}

/// Imports forms that are laid beside `ours`.
fn import(place: &Path, forms: &[&str], more: &[&str]) -> Said {
    prioritise_in(place, &[&["import", "form"], forms, &["--into", "ours"], more].concat())
}

/// What was said, as if no line had an end.
fn plain(said: &Said) -> String {
    said.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ranking with its digests: the same where the assessments say the same.
fn ranked(place: &Path, folder: &str) -> String {
    let said = prioritise_in(place, &["rank", folder, "--format", "json", "--quiet"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    said.out
}

fn lay(place: &Path, name: &str, form: &[u8], answers: &[(&str, char, &str)]) {
    fs::write(place.join(name), filled(form, answers).saved()).unwrap();
}

#[test]
fn what_three_people_filled_in_is_what_they_would_have_typed() {
    let (place, form) = starter();
    let place = place.path();
    let names = three_people().map(|(name, answers)| {
        lay(place, name, &form, &answers);
        name
    });
    let before = fs::read_to_string(place.join("ours/evidence/burglary.toml")).unwrap();
    let trial = import(place, &names, &["--existing", "replace", "--dry-run"]);
    assert_eq!(trial.code, Some(0), "{}", trial.err);
    assert_eq!(
        fs::read_to_string(place.join("ours/evidence/burglary.toml")).unwrap(),
        before,
        "a trial writes nothing"
    );
    let said = import(place, &names, &["--existing", "replace"]);
    assert_eq!(said.out, trial.out);
    assert!(
        said.out.contains("scores asked for read  6\nused                   5\nset aside: left empty  1\n"),
        "{}",
        said.out
    );
    assert!(plain(&said).contains("Public health officer 1 of 2"), "{}", said.out);
    let typed = before.replace(
        "judgement = 3\nscale     = [0, 5]\nby        = \"Community safety analyst\"\ndate      = \"2026-04-20\"\n\
         because   = \"A home broken into is a lasting shock; few are hurt.\"",
        "scores    = [\n    { by = \"Housing officer\", score = 2 },\n    { by = \"Police inspector\", score = 4 },\n    \
         { by = \"Public health officer\", score = 3 },\n]\nscale     = [0, 5]\ndate      = \"2026-12-01\"\n\
         because   = \"Police inspector: Homes are not safe. Public health officer: A lasting shock.\"",
    );
    let written = fs::read_to_string(place.join("ours/evidence/burglary.toml")).unwrap();
    let missing: Vec<&str> = before.lines().filter(|line| line.starts_with('#') && !written.contains(line)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(written.contains("Homes are not safe."), "{written}");
    Folder::of(&["fixtures/starter"]).lay_out("fixtures/starter", &place.join("typed"));
    fs::write(place.join("typed/evidence/burglary.toml"), typed).unwrap();
    let path = place.join("typed/evidence/domestic-abuse.toml");
    let abuse = fs::read_to_string(&path).unwrap();
    let (start, end) = (abuse.find("scores  = [").unwrap(), abuse.find("# What is not known").unwrap());
    let new = "scores = [{ by = \"Housing officer\", score = 5 }, { by = \"Police inspector\", score = 5 }]\nscale = [0, 5]\n\
               date = \"2026-12-01\"\nbecause = \"Housing officer: Children see it. Police inspector: It kills.\"\n\n";
    fs::write(&path, format!("{}{new}{}", &abuse[..start], &abuse[end..])).unwrap();
    assert_eq!(ranked(place, "ours"), ranked(place, "typed"));
}

#[test]
fn what_people_judged_before_stays_unless_told_otherwise() {
    let (place, form) = starter();
    let place = place.path();
    lay(place, "a.xlsx", &form, &answers("Police inspector", "30/11/2026", &[("1", ""), ("1", "")]));
    let kept = import(place, &["a.xlsx"], &[]);
    assert_eq!(kept.code, Some(0), "{}", kept.err);
    assert!(kept.out.contains("set aside: judged already") && kept.out.contains("--existing add"), "{}", kept.out);
    assert_eq!(ranked(place, "ours"), {
        Folder::of(&["fixtures/starter"]).lay_out("fixtures/starter", &place.join("other"));
        ranked(place, "other")
    });
    let added = import(place, &["a.xlsx"], &["--existing", "add"]);
    assert_eq!(added.code, Some(0), "{}", added.err);
    let abuse = fs::read_to_string(place.join("ours/evidence/domestic-abuse.toml")).unwrap();
    assert_eq!(abuse.matches("Police inspector").count(), 1, "of one role the new score counts:\n{abuse}");
    assert!(abuse.contains("{ by = \"Police inspector\", score = 1 }") && abuse.contains("Housing officer"), "{abuse}");
    let burglary = fs::read_to_string(place.join("ours/evidence/burglary.toml")).unwrap();
    assert!(burglary.contains("Community safety analyst") && burglary.contains("Police inspector"), "{burglary}");
}

#[test]
fn what_is_wrong_in_a_form_is_told_with_its_cell_and_leaves_out_no_more() {
    let (place, form) = starter();
    let place = place.path();
    let row = filled(&form, &[]).row(BURGLARY);
    for (answers, told) in [
        (
            answers("Chair", "30/11/2026", &[("7", ""), ("", "")]),
            format!("`a.xlsx`, sheet Scores, cell C{row}: “Severity”: `7`"),
        ),
        (answers("Chair", "30/11/2026", &[("often", ""), ("", "")]), format!("cell C{row}: “Severity”: `often`")),
        (answers("", "30/11/2026", &[("4", ""), ("", "")]), "cell C3: no role stands here".to_owned()),
        (answers("Chair", "", &[("4", ""), ("", "")]), "cell C4: no day stands here".to_owned()),
        (answers("Chair", "31/11/2026", &[("4", ""), ("", "")]), "cell C4: `31/11/2026` is not a day".to_owned()),
    ] {
        lay(place, "a.xlsx", &form, &answers);
        let said = import(place, &["a.xlsx"], &["--existing", "replace", "--dry-run"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(said.err.contains(&told), "{told}\n{}", said.err);
        assert!(said.out.contains("used") && said.out.contains(" 0\n") && !said.out.contains("  + "), "{}", said.out);
    }
    // Beside it the other score of the same form counts, and so do the forms of others.
    lay(place, "a.xlsx", &form, &answers("Chair", "30/11/2026", &[("7", ""), ("1", "")]));
    lay(place, "d.xlsx", &form, &answers("Clerk", "30/11/2026", &[("2", ""), ("2", "")]));
    let said = import(place, &["a.xlsx", "d.xlsx"], &["--existing", "replace", "--dry-run"]);
    assert!(said.out.contains("{ by = \"Chair\", score = 1 }, { by = \"Clerk\", score = 2 }"), "{}", said.out);
    assert!(said.out.contains("+ judgement = 2"), "burglary by the clerk alone: {}", said.out);
    fs::write(place.join("b.xlsx"), b"PK\x03\x04 cut off").unwrap();
    fs::write(place.join("c.csv"), b"a,b\n1,2\n").unwrap();
    for name in ["b.xlsx", "c.csv"] {
        let said = import(place, &[name], &[]);
        assert_eq!(said.code, Some(2), "{}", said.err);
        assert!(said.err.contains("bad-workbook"), "{}", said.err);
    }
}

#[test]
fn two_forms_of_one_role_are_told_and_the_later_counts() {
    let (place, form) = starter();
    let place = place.path();
    lay(place, "a.xlsx", &form, &answers("Chair", "30/11/2026", &[("1", ""), ("1", "")]));
    lay(place, "b.xlsx", &form, &answers("chair", "1/12/2026", &[("4", ""), ("4", "")]));
    lay(place, "c.xlsx", &form, &answers("Chair", "30/11/2026", &[("5", ""), ("5", "")]));
    let said = import(place, &["a.xlsx", "b.xlsx"], &["--existing", "replace"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(plain(&said).contains("`b.xlsx` of 2026-12-01 counts"), "{}", said.out);
    let burglary = fs::read_to_string(place.join("ours/evidence/burglary.toml")).unwrap();
    assert!(burglary.contains("judgement = 4"), "{burglary}");
    let said = import(place, &["a.xlsx", "c.xlsx"], &["--existing", "replace"]);
    assert_eq!(said.code, Some(2), "{}", said.out);
    assert!(said.err.contains("are both by"), "{}", said.err);
}

#[test]
fn a_form_of_other_rules_or_another_assessment_is_told() {
    let (place, form) = starter();
    let place = place.path();
    lay(place, "a.xlsx", &form, &answers("Chair", "30/11/2026", &[("1", ""), ("1", "")]));
    let change = |path: &str, from: &str, to: &str| {
        let text = fs::read_to_string(place.join(path)).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        fs::write(place.join(path), text.replacen(from, to, 1)).unwrap();
    };
    // A figure that is filed later makes no form useless.
    change("ours/evidence/burglary.toml", "count = 702", "count = 703");
    let said = import(place, &["a.xlsx"], &["--existing", "replace", "--dry-run"]);
    assert!(said.code == Some(0) && said.out.contains("used                   2"), "{}{}", said.out, said.err);
    change("ours/rules/ruleset.toml", "How severe is one case?", "How severe is the worst case?");
    let said = import(place, &["a.xlsx"], &["--existing", "replace", "--dry-run"]);
    assert!(said.code == Some(0) && said.out.contains("another wording or scale"), "{}{}", said.out, said.err);
    for (from, to) in [
        ("period      = \"2025/26\"", "period      = \"2024/25\""),
        ("period      = \"2024/25\"", "period      = \"2025/26\"\n# "),
        ("Strategic assessment 2025/26", "Violence strategy"),
    ] {
        change("ours/assessment.toml", from, to);
        let said = import(place, &["a.xlsx"], &["--existing", "replace", "--dry-run"]);
        let is_of_another = !to.ends_with("# ");
        assert_eq!(said.code, Some(if is_of_another { 2 } else { 0 }), "{to}: {}{}", said.out, said.err);
        assert_eq!(said.err.contains("form-differs"), is_of_another, "{to}: {}", said.err);
    }
}

#[test]
fn who_is_far_from_the_others_is_named_by_role() {
    let (place, form) = starter();
    let place = place.path();
    let names: Vec<String> = (1..=5).map(|at| format!("{at}.xlsx")).collect();
    for (name, score) in names.iter().zip(["4", "4", "5", "4", "0"]) {
        let by = format!("Member {}", name.trim_end_matches(".xlsx"));
        lay(place, name, &form, &answers(&by, "30/11/2026", &[(score, "So I saw it."), ("4", "")]));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let said = import(place, &names, &["--existing", "replace"]);
    let plain = plain(&said);
    assert!(
        plain.contains("Member 5 is far from the others on Severity of Burglary, with 0 where the middle is 4"),
        "{plain}"
    );
    assert_eq!(plain.matches("is far from the others").count(), 1, "{plain}");
    assert!(plain.contains("People agree least on Severity of Burglary: 0 to 5 by 5 people"), "{plain}");
    assert!(plain.contains("Krippendorff’s alpha"), "{plain}");
}

#[test]
fn only_what_is_to_be_filled_in_can_be_changed() {
    let (_place, form) = starter();
    let parts = parts(&form);
    let styles: Vec<bool> = {
        let styles = &parts["xl/styles.xml"];
        let cells = &styles[styles.find("<cellXfs").unwrap()..styles.find("</cellXfs>").unwrap()];
        cells.split("<xf ").skip(1).map(|look| look.contains("locked=\"0\"")).collect()
    };
    for at in 1..=3 {
        let sheet = &parts[&format!("xl/worksheets/sheet{at}.xml")];
        assert!(sheet.contains("<sheetProtection sheet=\"1\""), "sheet {at} is not protected");
        assert!(!sheet.contains("<f>"), "a form has no formulas");
        assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("paperSize=\"9\""), "{at}");
        assert!(sheet.contains("Page &amp;P of &amp;N"), "{at}");
    }
    let open: Vec<&str> = parts[PART]
        .split("<c r=\"")
        .skip(1)
        .filter(|cell| {
            let style = cell.split(" s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0");
            styles[style.parse::<usize>().unwrap()]
        })
        .map(|cell| cell.split('"').next().unwrap())
        .collect();
    let rows = [BURGLARY, ABUSE].map(|key| filled(&form, &[]).row(key));
    let scored: Vec<String> = rows.iter().flat_map(|row| ['C', 'D'].map(|column| format!("{column}{row}"))).collect();
    let mut expected = vec!["C3".to_owned(), "D3".to_owned(), "C4".to_owned(), "D4".to_owned()];
    expected.extend(scored);
    assert_eq!(open, expected);
    assert!(parts["xl/workbook.xml"].contains("state=\"hidden\""));
    assert!(parts["xl/workbook.xml"].contains("_xlnm.Print_Titles"), "the headers stand on every page");
    assert_eq!(parts[PART].matches("type=\"list\"").count(), 2, "a list for each score");
    assert_eq!(form, starter().1, "the same input gives the same bytes");
}

/// What others judged is shown to nobody who is to judge, and what was made up says so.
#[test]
fn nobody_sees_what_others_judged() {
    let place = tempfile::tempdir().unwrap();
    for (fixture, judged) in [("starter", "A home broken into"), ("morile-style", "Few burglars meet")] {
        let root = crate::support::root().join("fixtures").join(fixture).display().to_string();
        let said = prioritise_in(place.path(), &["form", &root, "-o", "form.html", "--quiet"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        let html = fs::read_to_string(place.path().join("form.html")).unwrap();
        assert!(!html.contains(judged), "{fixture}");
        assert!(!html.contains("<script") && html.contains("<th scope=\"row\">"), "{fixture}");
    }
}

#[test]
fn nobodys_words_are_a_formula_or_markup() {
    let (place, _) = starter();
    let place = place.path();
    let path = place.join("ours/evidence/burglary.toml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replacen("title = \"Burglary\"", "title = \"=1+1<b>\"", 1);
    fs::write(&path, text).unwrap();
    let parts = parts(&form(place));
    assert!(parts["xl/sharedStrings.xml"].contains("=1+1&lt;b&gt;") && !parts[PART].contains("<f>"));
    assert!(parts["xl/styles.xml"].contains("quotePrefix=\"1\""));
    let said = prioritise_in(place, &["form", "ours", "--format", "html"]);
    assert!(said.out.contains("=1+1&lt;b&gt;") && !said.out.contains("=1+1<b>"));
}

#[test]
#[ignore = "needs LibreOffice: see the top of this file"]
fn what_libre_office_fills_in_and_saves_is_what_was_typed() {
    let (place, form) = starter();
    let place = place.path();
    let mut folders = Vec::new();
    let people = three_people();
    for (name, answers) in &people {
        lay(place, &format!("typed-{name}"), &form, answers);
        filled(&form, answers).saved_by_libreoffice(place, name.trim_end_matches(".xlsx"));
    }
    for (kind, ending) in [("typed-", ".xlsx"), ("", ".xlsx"), ("", ".ods")] {
        let names: Vec<String> =
            people.iter().map(|(name, _)| format!("{kind}{}", name.replace(".xlsx", ending))).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let into = format!("ours{kind}{}", ending.replace('.', "-"));
        Folder::of(&["fixtures/starter"]).lay_out("fixtures/starter", &place.join(&into));
        let arguments = [&["import", "form"], &*names, &["--into", &into, "--existing", "replace"]].concat();
        let said = prioritise_in(place, &arguments);
        assert_eq!(said.code, Some(0), "{into}: {}", said.err);
        folders.push(ranked(place, &into));
    }
    assert_eq!(folders[1], folders[0], "saved as .xlsx");
    assert_eq!(folders[2], folders[0], "saved as .ods");
}
