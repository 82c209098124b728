//! The form for figures: made of what is missing, filled in as colleagues do, and brought into the evidence files.
//!
//! The test that has `LibreOffice` fill it needs the command `soffice`: `cargo test --test it figures -- --ignored`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::filling::Filling;
use crate::support::{Said, prioritise_in};

const MISSING: &str = "asked domestic-abuse concern";
const ABUSE: &str = "ours/evidence/domestic-abuse.toml";
const BURGLARY: &str = "ours/evidence/burglary.toml";
const FIGURE: &str = "Figure";
const OF: &str = "A percentage of how many";
const DOCUMENT: &str = "Document";
const WHERE: &str = "Where in it";
const NOTE: &str = "What a reader should know";

fn ours() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(prioritise_in(folder.path(), &["new", "ours", "--quiet"]).code, Some(0));
    folder
}

/// An empty form, with who fills it in.
fn form(folder: &Path) -> Filling {
    let said = prioritise_in(folder, &["form", "ours", "evidence", "-o", "form.xlsx"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let form = Filling::new(fs::read(folder.join("form.xlsx")).unwrap(), "Figures");
    form.once("by", "Research officer").once("date", "1/5/2026")
}

/// The row of a figure that is missing, filled in.
fn concern(form: Filling) -> Filling {
    form.put(MISSING, FIGURE, "24.5%").put(MISSING, OF, "1,180").put(MISSING, DOCUMENT, "Survey of residents 2026").put(
        MISSING,
        WHERE,
        "Question 7",
    )
}

/// A row that nobody asked for.
fn more(form: Filling, number: usize, cells: [(&str, &str); 6]) -> Filling {
    let key = format!("more {number}");
    cells.iter().filter(|(_, text)| !text.is_empty()).fold(form, |form, (column, text)| form.put(&key, column, text))
}

/// The recorded crimes of a period.
fn recorded<'a>(candidate: &'a str, period: &'a str, figure: &'a str) -> [(&'static str, &'a str); 6] {
    let title = "Recorded crimes by period";
    [
        ("Candidate", candidate),
        ("Evidence", title),
        ("Period", period),
        (FIGURE, figure),
        (DOCUMENT, "The figures of your own assessment"),
        (WHERE, "Table 4"),
    ]
}

fn import(folder: &Path, form: &Filling, options: &[&str]) -> Said {
    fs::write(folder.join("filled.xlsx"), form.saved()).unwrap();
    let arguments = [&["import", "evidence", "filled.xlsx", "--into", "ours"], options].concat();
    prioritise_in(folder, &arguments)
}

/// The forms of two colleagues in `back/`, of the `ours` beside it.
pub(crate) fn back(folder: &Path) {
    let lay = |name: &str, form: &Filling| fs::write(folder.join("back").join(name), form.saved()).unwrap();
    lay("police.xlsx", &more(form(folder), 1, recorded("Burglary", "2023/24", "1,258")));
    lay("health.xlsx", &concern(form(folder)));
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

/// The lines of one text that the other lacks.
fn lacking(one: &str, other: &str) -> Vec<String> {
    one.lines().filter(|line| !other.lines().any(|kept| kept == *line)).map(str::to_owned).collect()
}

fn ranking(folder: &Path) -> String {
    prioritise_in(folder, &["rank", "ours", "--format", "csv"]).out
}

#[test]
fn what_is_missing_is_asked_and_comes_back_as_a_person_writes_it() {
    let folder = ours();
    let before = text(folder.path(), ABUSE);
    let form = concern(form(folder.path()));
    assert_eq!(form.keys().iter().filter(|key| key.starts_with("asked ")).collect::<Vec<_>>(), [&MISSING]);
    let trial = import(folder.path(), &form, &["--dry-run"]);
    assert_eq!((trial.code, text(folder.path(), ABUSE) == before), (Some(0), true), "{}", trial.err);
    assert!(trial.out.contains("+ percentage = 24.5"), "{}", trial.out);
    let said = import(folder.path(), &form, &[]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("filled rows read  1\nused              1\n"), "{}", said.out);
    let after = text(folder.path(), ABUSE);
    assert_eq!(lacking(&before, &after), ["missing = \"The survey does not ask about it.\""]);
    assert_eq!(
        lacking(&after, &before),
        [
            "percentage = 24.5",
            "base       = 1180",
            "source     = \"survey-of-residents-2026\"",
            "where      = \"Question 7\""
        ]
    );
    let main = text(folder.path(), "ours/assessment.toml");
    assert!(
        main.contains("\n[[source]]\nid    = \"survey-of-residents-2026\"\ntitle = \"Survey of residents 2026\"\n"),
        "{main}"
    );
    let typed = before.replace(
        "missing = \"The survey does not ask about it.\"",
        "percentage = 24.5\nbase = 1180\nsource = \"survey-of-residents-2026\"\nwhere = \"Question 7\"",
    );
    let from_the_form = ranking(folder.path());
    fs::write(folder.path().join(ABUSE), typed).unwrap();
    assert_eq!(ranking(folder.path()), from_the_form);
    let again = import(folder.path(), &form, &[]);
    assert!(again.out.contains("set aside: filed already, and the same  1"), "{}", again.out);
}

#[test]
fn what_is_filed_stays_unless_it_is_to_go_and_later_periods_join() {
    let folder = ours();
    let before = text(folder.path(), BURGLARY);
    let form = form(folder.path());
    let form = more(form, 1, recorded("Burglary", "2025/26", "710"));
    let form = more(form, 2, recorded("Burglary", "April 2023 to March 2024", "1,258"));
    let said = import(folder.path(), &form, &[]);
    assert_eq!((said.code, text(folder.path(), BURGLARY) == before), (Some(0), true), "{}", said.err);
    assert!(said.err.contains("702 is filed, and the form has 710"), "{}", said.err);
    let said = import(folder.path(), &form, &["--existing", "replace"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let after = text(folder.path(), BURGLARY);
    assert!(
        after.contains(
            "series     = [\n    { period = \"2023/24\", count = 1258, where = \"Table 4\" },\n    { period = \"2024/25\", count = 640 },\n    \
             { period = \"2025/26\", count = 710 },\n]\nhouseholds = 74000 # rates are then"
        ),
        "{after}"
    );
    let alone = more(self::form(folder.path()), 1, recorded("burglary", "1/4/2022 to 31/3/2023", "1300"));
    let said = import(folder.path(), &alone, &[]);
    assert!(said.out.contains("1300 for April 2022 to March 2023"), "{}\n{}", said.out, said.err);
}

#[test]
fn each_cell_is_read_as_it_is_meant_or_told() {
    let folder = ours();
    let row = |cells| more(form(folder.path()), 1, cells);
    let recorded = |period, figure| row(recorded("Burglary", period, figure));
    let asked = |figure: &str| concern(form(folder.path())).put(MISSING, FIGURE, figure);
    for (form, expected) in [
        (recorded("2023/24", "12..5"), "cell F"),
        (recorded("2023/24", "12..5"), "`12..5` is not a number"),
        (recorded("2023/24", "1 258"), "write the number without thousands separators: 1258"),
        (recorded("2023/24", "none"), "write 0 if nothing happened, or `n/a` if there is no figure to be had"),
        (recorded("2023/24", "5%"), "`5%` is a percentage"),
        (recorded("2023/24", "12.5"), "a count must be a whole number"),
        (recorded("2023/24", "<5"), "a list has no row for what is withheld"),
        (recorded("", "1258"), "`Period` is empty, and this evidence needs it"),
        (recorded("2011-12", "1258"), "2011-12"),
        (recorded("31/2/2024", "1258"), "31/2/2024"),
        (row(self::recorded("Burglery", "2023/24", "5")), "there is no candidate `Burglery`"),
        (asked("245"), "`245` is no percentage from 0 to 100"),
        (asked("0.245"), "write 24.5 if that is meant, or `0.245%` for less than one in a hundred"),
        (asked("25").put(MISSING, DOCUMENT, ""), "no document is named"),
        (asked("25").put(MISSING, WHERE, ""), "it is not said where in the document the figure stands"),
        (asked("").put(MISSING, NOTE, "Ask the county."), "the row has no figure"),
        (
            row([("Candidate", "Burglary"), ("", ""), ("", ""), (FIGURE, "5"), ("", ""), ("", "")]),
            "the rules read no evidence ``",
        ),
        (
            row([
                ("Candidate", "Burglary"),
                ("Evidence", "How severe one case is"),
                ("", ""),
                (FIGURE, "5"),
                ("", ""),
                ("", ""),
            ]),
            "the rules read no evidence `How severe one case is`",
        ),
    ] {
        let said = import(folder.path(), &form, &["--dry-run", "--error-format", "plain"]);
        assert!(said.code == Some(0) && said.err.contains(expected), "{expected}: {}\n{}", said.err, said.out);
        assert!(said.err.contains("`filled.xlsx`, sheet Figures, cell "), "{}", said.err);
        assert!(
            said.out.contains("used              0") || said.out.contains("used") && said.out.contains("  0\n"),
            "{}",
            said.out
        );
    }
}

#[test]
fn what_is_not_to_be_had_or_withheld_is_said_in_the_evidence() {
    let folder = ours();
    let said = import(folder.path(), &concern(form(folder.path())).put(MISSING, FIGURE, "n/a"), &["--dry-run"]);
    assert!(
        said.out.contains(
            "+ missing = \"No figure was to be had, says the form of the role “Research officer”, 1 May 2026.\""
        ),
        "{}",
        said.out
    );
    let with_note =
        concern(form(folder.path())).put(MISSING, FIGURE, "N/A").put(MISSING, NOTE, "The survey ended in 2024.");
    let said = import(folder.path(), &with_note, &["--dry-run"]);
    assert!(said.out.contains("+ missing = \"The survey ended in 2024.\""), "{}", said.out);
    let said = import(folder.path(), &concern(form(folder.path())).put(MISSING, FIGURE, "*"), &["--dry-run"]);
    assert!(said.out.contains("its publisher withheld it (`*`)"), "{}", said.out);
}

#[test]
fn a_form_of_another_assessment_or_for_something_else_is_refused() {
    let folder = ours();
    let form = concern(form(folder.path()));
    let main =
        text(folder.path(), "ours/assessment.toml").replace("Your Community Safety Partnership", "Another Partnership");
    fs::write(folder.path().join("ours/assessment.toml"), main).unwrap();
    let said = import(folder.path(), &form, &[]);
    assert!(
        said.code == Some(2)
            && said.err.contains("is a form of “Strategic assessment 2025/26” of Your Community Safety Partnership"),
        "{}",
        said.err
    );
    prioritise_in(folder.path(), &["form", "ours", "points", "-o", "points.xlsx"]);
    let said = prioritise_in(folder.path(), &["import", "evidence", "points.xlsx", "--into", "ours"]);
    assert!(said.code == Some(2) && said.err.contains("is a form for points, and not for figures"), "{}", said.err);
}

#[test]
fn a_form_is_made_for_every_fixture_and_asks_for_what_the_rules_read() {
    for fixture in crate::support::FIXTURES {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("form.xlsx").display().to_string();
        for into in [into.clone(), into.replace(".xlsx", ".html")] {
            let arguments = ["form", &format!("fixtures/{fixture}"), "evidence", "-o", &into];
            let said = prioritise_in(&crate::support::root(), &arguments);
            let nothing = said.err.contains("read no evidence that a form can ask for");
            assert!(said.code == Some(0) || nothing, "{fixture}: {}", said.err);
        }
    }
}

/// The folder with a question that sets burglary beside two similar areas.
fn with_similar_areas() -> TempDir {
    let folder = ours();
    let add = |path: &str, before: &str, lines: &str| {
        let text = text(folder.path(), path);
        assert_eq!(text.matches(before).count(), 1, "{path}: {before}");
        fs::write(folder.path().join(path), text.replace(before, &format!("{lines}\n{before}"))).unwrap();
    };
    let declared = "[evidence.similar]\nkind = \"peers\"\ntitle = \"Rate beside similar areas\"\n";
    add("ours/rules/ruleset.toml", "[evidence.severity]", declared);
    let areas = "[candidate.evidence.similar]\npeers = [{ area = \"Ours\", rate = 5 }, { area = \"Northtown\", rate = 4 }]\n\
                 area = \"Ours\"\nsource = \"assessment\"\nwhere = \"Table 9\"\n";
    add(BURGLARY, "# A judgement has a scale", areas);
    folder
}

#[test]
fn rates_of_similar_areas_are_asked_in_rows_that_name_them() {
    let folder = with_similar_areas();
    let key = "asked domestic-abuse similar";
    let form = form(folder.path());
    assert_eq!(form.keys().iter().filter(|it| **it == key).count(), 2, "a row for each area");
    let own = form.row(key);
    let cell = |column: char, row: usize| format!("{column}{row}");
    let letter = |header: &str| form.letter(header);
    let [figure, document, place] = [FIGURE, DOCUMENT, WHERE].map(letter);
    let mut form = form;
    for (row, rate) in [(own, "7.5"), (own + 1, "6")] {
        for (column, text) in [(figure, rate), (document, "Police statistics 2026"), (place, "Table 2")] {
            form = form.type_into(&cell(column, row), text);
        }
    }
    let said = import(folder.path(), &form, &[]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        text(folder.path(), ABUSE).contains(
            "peers  = [\n    { area = \"Ours\", rate = 7.5 },\n    { area = \"Northtown\", rate = 6 },\n]\narea   = \"Ours\"\n"
        ),
        "{}",
        text(folder.path(), ABUSE)
    );
    let again = import(folder.path(), &form, &[]);
    assert!(again.out.contains("set aside: filed already, and the same  2"), "{}", again.out);
}

/// What the page asks is what the workbook asks, to be filled in by hand.
#[test]
fn a_form_for_figures_is_printed_as_a_page() {
    let folder = with_similar_areas();
    let said = prioritise_in(folder.path(), &["form", "ours", "evidence", "--format", "html"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    for wanted in
        ["<li><p><b>Domestic abuse</b> · ", "Residents who call it a problem", "Northtown", "Whom figures can be about"]
    {
        assert!(said.out.contains(wanted), "{wanted}");
    }
    assert!(
        !said.out.contains("<script") && !said.out.contains("<ul class=\"ring\""),
        "no list of all candidates in each row"
    );
    let rows = said.out.matches("<li>").count();
    let keys =
        form(folder.path()).keys().iter().filter(|key| key.starts_with("asked ") || key.starts_with("more ")).count();
    assert_eq!(rows, keys);
}

#[test]
#[ignore = "needs LibreOffice: see the top of this file"]
fn libreoffice_fills_and_saves_a_form_for_figures() {
    let folder = ours();
    let form = more(concern(form(folder.path())), 1, recorded("Burglary", "2023/24", "1,258"));
    form.saved_by_libreoffice(folder.path(), "libre");
    assert_eq!(import(folder.path(), &form, &[]).code, Some(0));
    let [abuse, burglary] = [ABUSE, BURGLARY].map(|path| text(folder.path(), path));
    for ending in ["xlsx", "ods"] {
        fs::remove_dir_all(folder.path().join("ours")).unwrap();
        assert_eq!(prioritise_in(folder.path(), &["new", "ours", "--quiet"]).code, Some(0));
        let file = format!("libre.{ending}");
        let said = prioritise_in(folder.path(), &["import", "evidence", &file, "--into", "ours"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert_eq!(
            [ABUSE, BURGLARY].map(|path| text(folder.path(), path)),
            [abuse.clone(), burglary.clone()],
            "{ending}"
        );
    }
}
