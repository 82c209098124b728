//! Records: anyone can check them, the same input gives the same one, and whatever is altered is found and located.
#![expect(clippy::disallowed_methods, reason = "records are read from the disk as others left them there")]

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use prioritise::budget::Budget;
use prioritise::diagnostic::{Code, Problems};
use prioritise::digest::sha256;
use prioritise::record::{
    self, Contents, Draws, MANIFEST, PAYLOAD, RemadeRecord, Run, SealStatement, Stage, TAG_MANIFEST, Verification,
};

use crate::support::{FIXTURES, Folder, command, prioritise, prioritise_in, root, said, side_by_side, told};

const STARTER: &str = "fixtures/starter";

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

pub(crate) fn sealed(files: &Folder, assessment: &str, run: &Run) -> Contents {
    let inputs = record::gather(files, assessment, None, None, &mut Problems::default()).unwrap();
    record::seal(&inputs, run, threads(1), &Budget::default()).unwrap()
}

fn verified(record: &Contents) -> Verification {
    record::verify(record, threads(1), &Budget::default())
}

/// What gathering says where it refuses.
fn refused(files: &Folder, assessment: &str) -> String {
    told(&record::gather(files, assessment, None, None, &mut Problems::default()).unwrap_err())
}

static FILES: LazyLock<Folder> = LazyLock::new(Folder::of_fixtures);
static RECORD: LazyLock<Contents> = LazyLock::new(|| sealed(&FILES, STARTER, &Run::default()));

/// The record with another text in one of its files, its manifests made for it: what a forger does.
pub(crate) fn forged(record: &Contents, path: &str, find: &str, replace: &str) -> Contents {
    let mut record = record.clone();
    let text = String::from_utf8(record[path].clone()).unwrap();
    assert!(text.contains(find), "{path} has no `{find}`");
    record.insert(path.to_owned(), text.replacen(find, replace, 1).into_bytes());
    resealed(record)
}

/// The record with manifests that fit its files.
pub(crate) fn resealed(mut record: Contents) -> Contents {
    let lines = |record: &Contents, wanted: &dyn Fn(&str) -> bool| {
        let files = record.iter().filter(|(path, _)| wanted(path));
        let lines: Vec<String> = files.map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect();
        lines.concat()
    };
    let payload = lines(&record, &|path| path.starts_with(PAYLOAD));
    record.insert(MANIFEST.to_owned(), payload.into_bytes());
    let tags = lines(&record, &|path| !path.starts_with(PAYLOAD) && path != TAG_MANIFEST);
    record.insert(TAG_MANIFEST.to_owned(), tags.into_bytes());
    record
}

#[test]
fn every_fixture_gives_a_record_that_holds() {
    for fixture in FIXTURES {
        let record = sealed(&FILES, &format!("fixtures/{fixture}"), &Run::default());
        let found = verified(&record);
        assert!(found.holds(false) && found.same_engine(), "{fixture}: {found:#?}");
        assert!(matches!(found.remade, RemadeRecord::Same), "{fixture}");
    }
}

/// `sha256sum` knows nothing of us. Where a system has none, this says so by failing: it is the proof.
#[test]
fn sha256sum_proves_a_record_and_finds_what_was_altered() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["record", "fixtures/huntingdonshire-2019", "--date", "2020-02-14", "--by", "Analyst", "-o"];
    let made = said(command(&arguments).arg(folder.path().join("sealed")));
    assert_eq!(made.code, Some(0), "{}", made.err);
    let sealed = folder.path().join("moved");
    std::fs::rename(folder.path().join("sealed"), &sealed).unwrap();
    let tag_manifest = std::fs::read(sealed.join(TAG_MANIFEST)).unwrap();
    assert_eq!(made.out, format!("{}\n", prioritise::digest::digest(&tag_manifest)));
    let check = |manifest: &str| {
        let output = Command::new("sha256sum").args(["--strict", "-c", manifest]).current_dir(&sealed).output();
        output.unwrap().status.success()
    };
    assert!(check(MANIFEST) && check(TAG_MANIFEST));
    let found = prioritise_in(folder.path(), &["verify", "moved"]);
    assert_eq!(found.code, Some(0), "{}", found.out);
    let evidence = sealed.join("data/assessment/evidence/domestic-abuse.toml");
    let text = std::fs::read_to_string(&evidence).unwrap();
    std::fs::write(&evidence, text.replacen('1', "2", 1)).unwrap();
    assert!(!check(MANIFEST) && check(TAG_MANIFEST));
    assert_eq!(prioritise_in(folder.path(), &["verify", "moved"]).code, Some(1));
}

#[test]
fn the_same_input_gives_the_same_record() {
    let moved = {
        let mut moved = Folder::default();
        for path in FILES.paths().filter(|path| path.starts_with(STARTER)) {
            moved.write(&path.replacen(STARTER, "/home/somebody/ours", 1), FILES.text(path).replace('\n', "\r\n"));
        }
        moved
    };
    assert_eq!(sealed(&moved, "/home/somebody/ours/assessment.toml", &Run::default()), *RECORD);
    let inputs = record::gather(&*FILES, STARTER, Some("fixtures/starter/rules"), None, &mut Problems::default());
    for count in [2, 7] {
        assert_eq!(
            record::seal(inputs.as_ref().unwrap(), &Run::default(), threads(count), &Budget::default()).unwrap(),
            *RECORD
        );
    }
    for (path, bytes) in &*RECORD {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("somebody") && !text.contains(&root().display().to_string()), "{path}");
    }
}

#[test]
fn what_is_stated_and_drawn_is_sealed_and_made_again() {
    let stated = SealStatement {
        date: Some("2020-02-14".into()),
        by: Some("Chair".into()),
        note: Some("As agreed.".into()),
        ..SealStatement::default()
    };
    let run = Run { draws: Some(Draws { draws: 100, seed: 7 }), stated };
    let record = sealed(&FILES, STARTER, &run);
    assert!(record.contains_key("data/sensitivity.json"));
    let info = String::from_utf8(record["bag-info.txt"].clone()).unwrap();
    assert!(info.contains("Bagging-Date: 2020-02-14\n") && info.contains("Contact-Name: Chair\n"));
    assert!(verified(&record).holds(false));
    for (find, replace) in [("\"seed\":7", "\"seed\":8"), ("\"draws\":100", "\"draws\":101")] {
        let found = verified(&forged(&record, "data/run.json", find, replace));
        let RemadeRecord::Different { first: None, files, .. } = &found.remade else { panic!("{found:#?}") };
        assert!(files.contains(&"data/sensitivity.json".to_owned()), "{files:?}");
    }
    let dates = ["14 February", "2020-02", "2020-02-30"].map(|date| (Some(date), None));
    let roles =
        ["Ch\u{61c}air", "Chair\u{202e}", "\u{3164}", "Chair\u{fe0f}", "Chair\nand all"].map(|by| (None, Some(by)));
    for (date, by) in dates.into_iter().chain(roles) {
        let stated = SealStatement { date: date.map(Into::into), by: by.map(Into::into), ..SealStatement::default() };
        let inputs = record::gather(&*FILES, STARTER, None, None, &mut Problems::default()).unwrap();
        let sealed = record::seal(&inputs, &Run { draws: None, stated }, threads(1), &Budget::default());
        assert!(sealed.is_err(), "{date:?} {by:?}");
    }
}

/// What a record corrects is its sealer's word: it is told, sealed and made again, and stands under what was not checked.
#[test]
fn a_record_says_which_one_it_takes_the_place_of() {
    let first = prioritise::digest::digest(&RECORD[TAG_MANIFEST]);
    let corrected = |other: &str| SealStatement { supersedes: Some(other.to_owned()), ..SealStatement::default() };
    let record = sealed(&FILES, STARTER, &Run { draws: None, stated: corrected(&first) });
    let found = verified(&record);
    assert!(found.holds(false), "{found:#?}");
    let text = record::views::verification::text(&found, false);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&text).contains(&format!("Supersedes: {first}")), "{text}");
    assert!(words(&text).contains("which record it supersedes"), "{text}");
    let json = record::views::verification::json(&found, true);
    assert!(json.contains(&format!("\"supersedes\": \"{first}\"")), "{json}");
    let provenance = String::from_utf8(record["data/provenance.json"].clone()).unwrap();
    assert!(provenance.contains("prov:Revision") && provenance.contains(&first));
    assert!(!String::from_utf8(RECORD["data/run.json"].clone()).unwrap().contains("supersedes"));
    let inputs = record::gather(&*FILES, STARTER, None, None, &mut Problems::default()).unwrap();
    for wrong in ["", "last year's", "sha256:1", &first.to_uppercase()] {
        let run = Run { draws: None, stated: corrected(wrong) };
        assert!(record::seal(&inputs, &run, threads(1), &Budget::default()).is_err(), "{wrong}");
    }
}

/// The folder of the earlier record is enough, and an altered one is refused.
#[test]
fn the_earlier_record_is_named_by_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| prioritise_in(folder.path(), arguments);
    assert_eq!(run(&["new", "ours"]).code, Some(0));
    let first = run(&["record", "ours", "-o", "first"]).out;
    let second = run(&["record", "ours", "-o", "second", "--supersedes", "first"]);
    assert_eq!(second.code, Some(0), "{}", second.err);
    let told = run(&["verify", "second"]);
    assert!(told.out.contains(first.trim()), "{}", told.out);
    for record in ["first", "second"] {
        assert_eq!(run(&["register", "append", "register.jsonl", record]).code, Some(0));
    }
    let list = run(&["register", "list", "register.jsonl"]).out;
    assert!(list.contains("superseded by line 2") && list.contains("supersedes line 1"), "{list}");
    std::fs::write(folder.path().join("first/data/paper.html"), "another").unwrap();
    let refused = run(&["record", "ours", "-o", "third", "--supersedes", "first"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("the record `first` can't be used"), "{}", refused.err);
}

#[test]
fn a_paper_with_its_own_look_is_made_again_with_it() {
    let mut files = FILES.clone();
    files.write("look/paper.html", "<p>{{ title }}</p>\n");
    let inputs = record::gather(&files, STARTER, None, Some("look"), &mut Problems::default()).unwrap();
    let record = record::seal(&inputs, &Run::default(), threads(1), &Budget::default()).unwrap();
    assert!(record["data/paper.html"].starts_with(b"<p>"));
    // Templates can print anything, so the engine's own paper stands beside, and everybody is pointed at it.
    assert_eq!(record["data/paper-built-in.html"], RECORD["data/paper.html"]);
    assert!(
        record["bag-info.txt"].starts_with(b"Internal-Sender-Description: data/paper.html is laid out by templates")
    );
    let found = verified(&record);
    assert!(found.holds(false), "{found:#?}");
    let said = record::views::verification::text(&found, false);
    assert!(
        said.starts_with("The paper has templates of the record's own: read data/paper-built-in.html.\n"),
        "{said}"
    );
    for other in ["data/paper-built-in.html", "data/paper.html"] {
        let found = verified(&forged(&record, other, "<p", "<p class=\"x\""));
        let RemadeRecord::Different { files, .. } = &found.remade else { panic!("{other}: {found:#?}") };
        assert!(files.contains(&other.to_owned()) && !found.holds(true), "{other}: {files:?}");
    }
    let mut without = record;
    without.remove("data/paper-built-in.html");
    assert!(!verified(&resealed(without)).holds(true));
}

#[test]
fn a_record_has_both_editions_and_says_which_is_which() {
    const CASE: &str = "tests/cases/paper-for-a-committee";
    let mut files = Folder::of(&[CASE]);
    let main = format!("{CASE}/assessment.toml");
    let text = files.text(&main).replacen("period =", "handling = \"official\"\nperiod =", 1);
    files.write(&main, format!("{text}\n[publication]\nsuppress_below = 5\nbecause = \"A rule.\"\n"));
    let record = sealed(&files, CASE, &Run::default());
    let run: serde_json::Value = serde_json::from_slice(&record["data/run.json"]).unwrap();
    let edition = |edition: &str, handling: &str| serde_json::json!({ "edition": edition, "handling": handling });
    let editions = serde_json::json!({
        "paper.html": edition("full", "official"), "paper-public.html": edition("public", "public"),
    });
    assert_eq!(run["editions"], editions);
    let paper = |name: &str| String::from_utf8(record[&format!("data/{name}")].clone()).unwrap();
    let (full, public) = (paper("paper.html"), paper("paper-public.html"));
    let marked = |mark: &str| format!("<p class=\"handling\">{mark}</p>");
    assert!(full.contains(&marked("OFFICIAL")) && public.contains(&marked("PUBLIC")));
    for role in ["Police superintendent", "Housing officer", "Community safety manager", "Chair"] {
        assert!(full.contains(role) && !public.contains(role), "{role}");
    }
    assert!(public.contains("Role A") && public.contains("told as letters"));
    assert!(verified(&record).holds(false));
    for (file, find, replace) in [
        ("data/run.json", "\"edition\":\"public\"", "\"edition\":\"full\""),
        ("data/paper-public.html", "Role A", "Chair"),
    ] {
        assert!(!verified(&forged(&record, file, find, replace)).holds(true), "{file}");
    }
}

/// The canonical form is that of RFC 8785: keys in order, no space, the shortest digits.
#[test]
fn json_is_canonical() {
    for (path, bytes) in RECORD.iter().filter(|(path, _)| path.ends_with(".json")) {
        let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        assert_eq!(serde_json_canonicalizer::to_vec(&value).unwrap(), *bytes, "{path}");
        assert!(!bytes.contains(&b'\n'), "{path}");
    }
}

#[test]
fn a_forged_record_parts_at_the_first_step_that_was_touched() {
    let parts = |path: &str, find: &str, replace: &str| {
        let found = verified(&forged(&RECORD, path, find, replace));
        assert!(found.faults.is_empty() && !found.holds(false), "{path} {find}");
        match found.remade {
            RemadeRecord::Different { first: Some(first), .. } => (first.stage, first.candidate, first.criterion),
            other => panic!("{path} {find}: {other:#?}"),
        }
    };
    let burglary = || Some("Burglary".to_owned());
    let evidence = "data/assessment/evidence/burglary.toml";
    assert_eq!(parts(evidence, "count = 702", "count = 703"), (Stage::Measure, burglary(), Some("volume".into())));
    assert_eq!(parts("data/rules/ruleset.toml", "weight    = 30", "weight    = 31").0, Stage::Weight);
    // A comment alone changes no figure, and is found all the same.
    let found = verified(&forged(&RECORD, evidence, "where", "# a place\nwhere"));
    assert!(!found.holds(false) && matches!(found.remade, RemadeRecord::Different { first: None, .. }), "{found:#?}");
}

#[test]
fn forged_results_are_found() {
    let ranking: serde_json::Value = serde_json::from_slice(&RECORD["data/ranking.json"]).unwrap();
    let first = &ranking["ranking"][0];
    for (stage, member) in [(Stage::Total, "total"), (Stage::Rank, "rank"), (Stage::Tier, "tier")] {
        let mut changed = ranking.clone();
        changed["ranking"][0][member] = match &first[member] {
            serde_json::Value::String(_) => "another".into(),
            _ => 77.into(),
        };
        let mut record = RECORD.clone();
        record.insert("data/ranking.json".into(), serde_json_canonicalizer::to_vec(&changed).unwrap());
        let found = verified(&resealed(record));
        let RemadeRecord::Different { first: Some(difference), .. } = &found.remade else { panic!("{found:#?}") };
        assert_eq!(difference.stage, stage);
        assert_eq!(difference.candidate.as_deref(), first["title"].as_str());
    }
    let paper = verified(&forged(&RECORD, "data/paper.html", "Burglary", "Burgling"));
    assert!(
        matches!(&paper.remade, RemadeRecord::Different { first: None, files, .. } if files.contains(&"data/paper.html".into()))
    );
}

/// A forger may write what a terminal would obey; it is shown, and steers nothing.
#[test]
fn nothing_in_a_record_steers_the_terminal() {
    let changes = [
        ("data/ranking.json", "\"title\":\"Burglary\"", "\"title\":\"Burglary\\u001b[2J\\u202e\""),
        ("data/engine.json", "\"version\":\"", "\"version\":\"\\u001b]0;owned\\u0007"),
        ("data/run.json", "\"by\":null", "\"by\":\"\\u001b[31mChair\""),
        ("data/run.json", "\"period\":\"", "\"period\":\"\\u009b2J"),
    ];
    for (path, find, replace) in changes {
        let found = verified(&forged(&RECORD, path, find, replace));
        let said = prioritise::record::views::verification::text(&found, false);
        let steers = |letter: char| letter != '\n' && (letter.is_control() || letter == '\u{202e}');
        assert!(!said.contains(steers), "{path}: {said:?}");
        let said = prioritise::record::views::verification::json(&found, false);
        assert!(!said.contains(steers) && serde_json::from_str::<serde_json::Value>(&said).is_ok(), "{path}: {said:?}");
    }
}

#[test]
fn a_file_that_nothing_reads_is_found() {
    let mut record = RECORD.clone();
    record.insert("data/assessment/letter.txt".into(), b"x".to_vec());
    let found = verified(&record);
    assert_eq!(found.faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::RecordFileUnlisted]);
    let found = verified(&resealed(record));
    assert!(found.faults.is_empty() && !found.holds(false), "{found:#?}");
}

/// Any bit of any file: what is wrong is found without making the list again, and named.
fn flips(record: &Contents, bits: impl Fn(usize) -> Vec<usize>) -> usize {
    let all: Vec<(&str, usize)> =
        record.iter().flat_map(|(path, bytes)| bits(bytes.len() * 8).into_iter().map(|bit| (&**path, bit))).collect();
    let shares: Vec<_> = all.chunks(1_000).collect();
    side_by_side(&shares, |share| {
        let mut altered = record.clone();
        for (path, bit) in *share {
            let flip = |contents: &mut Contents| contents.get_mut(*path).unwrap()[bit / 8] ^= 1 << (bit % 8);
            flip(&mut altered);
            let faults = record::faults(&altered);
            // A flip in a manifest shows as a file that is not what the manifest says, or is not in it.
            let located = faults.iter().any(|fault| {
                fault.message.contains(path) || fault.help.as_ref().is_some_and(|help| help.contains("line"))
            });
            assert!(located, "bit {bit} of {path}: {faults:#?}");
            flip(&mut altered);
        }
    });
    all.len()
}

#[test]
fn any_flipped_bit_is_found_and_located() {
    let record = sealed(&FILES, "fixtures/huntingdonshire-2019", &Run::default());
    // The first and last bits, and some between from a fixed sequence.
    let some = |length: usize| {
        let mut bits: BTreeSet<usize> = BTreeSet::from([0, 7, length - 8, length - 1]);
        let mut state = length as u64;
        for _ in 0..8 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            bits.insert(usize::try_from(state >> 33).unwrap() % length);
        }
        bits.into_iter().collect()
    };
    assert!(flips(&record, some) > 500);
}

#[test]
#[ignore = "every bit of a small record: minutes"]
fn every_single_bit_of_a_record() {
    let tags: Contents = RECORD.clone();
    assert!(flips(&tags, |length| (0..length).collect()) > 100_000);
}

#[test]
fn names_that_trip_machines_up_are_refused() {
    let mut files = FILES.clone();
    let assessment = format!("{STARTER}/assessment.toml");
    files.edit(&assessment, "evidence/burglary.toml", "evidence/50%.toml");
    files.write(&format!("{STARTER}/evidence/50%.toml"), FILES.text(&format!("{STARTER}/evidence/burglary.toml")));
    insta::assert_snapshot!(refused(&files, STARTER));
    let mut files = FILES.clone();
    files.edit(&assessment, "evidence/burglary.toml", "../burglary.toml");
    files.write("fixtures/burglary.toml", FILES.text(&format!("{STARTER}/evidence/burglary.toml")));
    insta::assert_snapshot!(refused(&files, STARTER));
}

/// What a stranger's folder may hold: each is refused, nothing outside it is read, and nothing panics.
#[test]
fn a_strangers_record_reads_nothing_outside_its_folder() {
    for path in ["../../../../etc/passwd", "/etc/passwd", "data/../../x"] {
        let manifest = format!("{}  {path}\n", "0".repeat(64));
        let mut record = RECORD.clone();
        record.insert(MANIFEST.into(), manifest.into_bytes());
        let found = verified(&record);
        assert!(found.faults.iter().any(|fault| fault.code == Code::RecordMalformed), "{path}: {found:#?}");
        let assessment = forged(&RECORD, "data/assessment/assessment.toml", "evidence/burglary.toml", path);
        let found = verified(&assessment);
        assert!(matches!(found.remade, RemadeRecord::Failed(_)), "{path}: {found:#?}");
    }
    let rules = forged(&RECORD, "data/rules/ruleset.toml", "change.rhai", "../../../etc/passwd");
    assert!(matches!(verified(&rules).remade, RemadeRecord::Failed(_)));
    let deep = "[".repeat(100_000);
    for path in ["data/run.json", "data/engine.json", "data/ranking.json", "data/assessment/assessment.toml"] {
        let mut record = RECORD.clone();
        record.insert(path.into(), deep.clone().into_bytes());
        assert!(!verified(&resealed(record)).holds(false), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_odd_files_in_a_record_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sealed = folder.path().join("sealed");
    let made = said(command(&["record", STARTER, "--quiet", "-o"]).arg(&sealed));
    assert_eq!(made.code, Some(0), "{}", made.err);
    let refuses = |what: &str, make: &dyn Fn(&Path), undo: &dyn Fn(&Path)| {
        let path = sealed.join("data/assessment/odd");
        make(&path);
        let said = prioritise_in(folder.path(), &["verify", "sealed", "--error-format", "plain"]);
        assert_eq!(said.code, Some(2), "{what}: {}{}", said.out, said.err);
        assert!(said.err.contains("record-malformed"), "{what}: {}", said.err);
        undo(&path);
    };
    let remove = |path: &Path| std::fs::remove_file(path).unwrap();
    refuses("link", &|path| std::os::unix::fs::symlink("/etc/passwd", path).unwrap(), &remove);
    refuses("link to a folder", &|path| std::os::unix::fs::symlink("/etc", path).unwrap(), &remove);
    refuses("empty folder", &|path| std::fs::create_dir(path).unwrap(), &|path| std::fs::remove_dir(path).unwrap());
    refuses("pipe", &|path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success()), &remove);
    assert_eq!(prioritise_in(folder.path(), &["verify", "sealed"]).code, Some(0));
}

#[test]
fn tests_behind_a_link_are_not_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    assert_eq!(prioritise_in(folder.path(), &["new", "ours", "--quiet"]).code, Some(0));
    std::fs::create_dir(at("secret")).unwrap();
    std::fs::rename(at("ours/rules/tests/rules.toml"), at("secret/rules.toml")).unwrap();
    std::os::unix::fs::symlink("../../../secret/rules.toml", at("ours/rules/tests/rules.toml")).unwrap();
    let said = prioritise_in(folder.path(), &["record", "ours", "-o", "sealed"]);
    assert!(said.code == Some(2) && said.err.contains("outside-the-record"), "{}", said.err);
    assert!(!at("sealed").exists());
    std::fs::remove_dir_all(at("ours/rules/tests")).unwrap();
    std::os::unix::fs::symlink("../../secret", at("ours/rules/tests")).unwrap();
    let said = prioritise_in(folder.path(), &["record", "ours", "-o", "sealed"]);
    assert!(said.code == Some(2) && said.err.contains("outside-the-record"), "{}", said.err);
}

#[test]
fn a_record_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let said = said(command(&["record", STARTER, "-o"]).arg(folder.path()));
    assert_eq!(said.code, Some(2));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let said = prioritise(&["verify", "nowhere"]);
    assert_eq!(said.code, Some(2));
}

/// Kills `record` at so many moments, most of them while it writes: afterwards there is the whole record or none.
fn killed(times: u32) {
    let folder = tempfile::tempdir().unwrap();
    let sealed = folder.path().join("sealed");
    let started = std::time::Instant::now();
    let whole = said(command(&["record", STARTER, "--quiet", "-o"]).arg(folder.path().join("first")));
    assert_eq!(whole.code, Some(0));
    let length = started.elapsed();
    let (mut none, mut whole) = (0, 0);
    for time in 0..times {
        let mut child = command(&["record", STARTER, "--quiet", "-o"]).arg(&sealed).spawn().unwrap();
        // It ranks for most of its time, and writes in the last part of it.
        let part = f64::from(time) / f64::from(times);
        std::thread::sleep(length.mul_f64(if time % 4 == 0 { part } else { 0.8 + 0.4 * part }));
        let _ = child.kill();
        child.wait().unwrap();
        // Not even an empty folder has its name before it is whole.
        if sealed.exists() {
            let found = prioritise_in(folder.path(), &["verify", "sealed"]);
            assert_eq!(found.code, Some(0), "{}", found.out);
            std::fs::remove_dir_all(&sealed).unwrap();
            whole += 1;
        } else {
            none += 1;
        }
        // What was cut off is under another name, and can't be taken for a record.
        for entry in folder.path().read_dir().unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            assert!(matches!(&*name, "first" | "sealed") || name.ends_with(".part"), "{name}");
            if name.ends_with(".part") {
                std::fs::remove_dir_all(entry.path()).unwrap();
            }
        }
    }
    assert_eq!(none + whole, times);
}

/// A disk that takes no more is played by a limit on the size of files; the paper is larger.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let run = |into: &str| {
        let record = format!("trap '' XFSZ; ulimit -f 16; exec \"$0\" record \"$1\" -o {into}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &record, env!("CARGO_BIN_EXE_prioritise")]).arg(root().join("fixtures/starter"));
        said(shell.current_dir(folder.path()))
    };
    let refused = run("sealed");
    assert!(refused.code == Some(2) && refused.err.contains("write-failed"), "{}", refused.err);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    // A folder that was there is not taken, also where it is empty.
    std::fs::create_dir(folder.path().join("made")).unwrap();
    let refused = run("made");
    assert!(refused.code == Some(2) && refused.err.contains("folder-not-empty"), "{}", refused.err);
    assert_eq!(std::fs::read_dir(folder.path().join("made")).unwrap().count(), 0);
}

#[test]
fn a_killed_record_leaves_all_or_nothing() {
    killed(20);
}

#[test]
#[ignore = "some hundreds of processes"]
fn a_record_killed_hundreds_of_times_leaves_all_or_nothing() {
    killed(400);
}
