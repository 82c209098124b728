//! `prioritise watch` as a person uses it: files are saved, and a block says what moved. Nothing here minds the clock,
//! but for giving up after half a minute.
#![expect(clippy::disallowed_methods, reason = "the command is watched while files are saved")]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{command, in_repository, names_in};

const LONGEST: Duration = Duration::from_secs(30);

/// A running watch of a copy of an assessment.
struct Watching {
    folder: tempfile::TempDir,
    process: Child,
    said: Arc<Mutex<String>>,
    seen: usize,
}

impl Watching {
    /// Of the starter.
    fn starter(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy("fixtures/starter", folder.path());
        Self::new(folder, arguments)
    }

    fn new(folder: tempfile::TempDir, arguments: &[&str]) -> Self {
        let all = [&["watch", "."], arguments].concat();
        let mut process = command(&all).current_dir(folder.path()).stdout(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let mut output = process.stdout.take().unwrap();
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut part) {
                heard.lock().unwrap().push_str(&String::from_utf8_lossy(&part[..length]));
            }
        });
        Self { folder, process, said, seen: 0 }
    }

    /// What is said next, up to and with a line that holds `last`.
    #[track_caller]
    fn hears(&mut self, last: &str) -> String {
        let begun = Instant::now();
        loop {
            let all = self.said.lock().unwrap().clone();
            let news = &all[self.seen..];
            let end = news.find(last).and_then(|at| Some(at + news[at..].find('\n')? + 1));
            if let Some(end) = end {
                self.seen += end;
                return news[..end].trim_start().to_owned();
            }
            assert!(begun.elapsed() < LONGEST, "waited in vain for `{last}`; so far:\n{all}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// As editors save: a new file takes the place of the old one.
    fn replace(&self, name: &str, text: &str) {
        let part = self.path(&format!("{name}~"));
        fs::write(&part, text).unwrap();
        fs::rename(part, self.path(name)).unwrap();
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The file with one thing changed.
    fn changed(&self, name: &str, from: &str, to: &str) -> String {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no `{from}`");
        text.replacen(from, to, 1)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn copy(from: &str, to: &Path) {
    for name in names_in(from, "") {
        let inside = format!("{from}/{name}");
        if in_repository(&inside).is_dir() {
            fs::create_dir(to.join(&name)).unwrap();
            copy(&inside, &to.join(&name));
        } else {
            fs::copy(in_repository(&inside), to.join(&name)).unwrap();
        }
    }
}

const RULES: &str = "rules/ruleset.toml";

fn tells_what_moves(arguments: &[&str]) {
    let mut watching = Watching::starter(arguments);
    let begun = watching.hears("check: 0 warnings");
    insta::assert_snapshot!("watch_begins", begun);
    let rules = watching.text(RULES);

    // A weight is changed: totals move, and a test of the rules fails.
    watching.write(RULES, &watching.changed(RULES, "weight    = 30", "weight    = 130"));
    let moved = watching.hears("check: ");
    insta::assert_snapshot!("watch_moved", moved);

    // The rules are broken: the error is shown as `check` shows it, and the last list stands.
    watching.replace(RULES, &watching.changed(RULES, "weight    = 130", "weight    = \"130\""));
    let broken = watching.hears("the last good list stands");
    insta::assert_snapshot!("watch_broken", broken);

    // They are mended, and nothing is otherwise than before the error.
    watching.replace(RULES, &rules.replacen("weight    = 30", "weight    = 130", 1));
    let mended = watching.hears("fixed: everything is as before the error");
    assert!(
        mended.starts_with("[4] saved: ./rules/ruleset.toml\n") || mended.starts_with("[4] saved: rules/"),
        "{mended}"
    );

    // Back to the beginning.
    watching.write(RULES, &rules);
    let back = watching.hears("check: 0 warnings");
    assert!(back.contains("since the first list: nothing moved"), "{back}");
    assert!(back.contains("0 failed"), "{back}");
}

#[test]
fn a_save_is_answered_with_what_moved() {
    tells_what_moves(&[]);
}

#[test]
fn where_the_system_does_not_tell_the_files_are_looked_at() {
    tells_what_moves(&["--poll"]);
}

#[test]
fn scripts_tests_evidence_and_new_folders_count_and_editors_own_files_do_not() {
    let mut watching = Watching::starter(&[]);
    watching.hears("check: 0 warnings");

    // Files of the editor change nothing, and neither does saving the same again.
    watching.write("rules/.ruleset.toml.swp", "x");
    watching.write("rules/tests/.#rules.toml", "[[case]]\n");
    watching.write(RULES, &watching.text(RULES));

    watching
        .replace("rules/change.rhai", &watching.changed("rules/change.rhai", "ratio.lower }", "ratio.lower + 1.0 }"));
    let script = watching.hears("check: ");
    assert!(script.starts_with("[2] saved: rules/change.rhai\n") && script.contains("failed: "), "{script}");

    // A file of the tests.
    watching.write("rules/tests/more.toml", "[[case]]\nname = \"x\"\ncriterion = \"nothing\"\n");
    let tests = watching.hears("the last good list stands");
    assert!(tests.contains("rules/tests/more.toml") && tests.contains("unknown-id"), "{tests}");
    fs::remove_file(watching.path("rules/tests/more.toml")).unwrap();
    watching.hears("fixed: everything is as before the error");

    // While the rules are broken, the tests are not read, and count none the less.
    let sound = watching.text(RULES);
    watching.replace(RULES, &watching.changed(RULES, "weight    = 30", "weight    = \"30\""));
    watching.hears("the last good list stands");
    watching.write("rules/tests/more.toml", "[[case]]\nname = \"x\"\ncriterion = \"nothing\"\n");
    let tests = watching.hears("the last good list stands");
    assert!(
        tests.contains("saved: ./rules/tests/more.toml") || tests.contains("saved: rules/tests/more.toml"),
        "{tests}"
    );
    fs::remove_file(watching.path("rules/tests/more.toml")).unwrap();
    watching.hears("the last good list stands");
    watching.replace(RULES, &sound);
    watching.hears("fixed: everything is as before the error");

    // Evidence in a folder that is not there yet.
    let assessment = watching.changed(
        "assessment.toml",
        "evidence/domestic-abuse.toml\"]",
        "evidence/domestic-abuse.toml\", \"late/robbery.toml\"]",
    );
    watching.replace("assessment.toml", &assessment);
    let missing = watching.hears("the last good list stands");
    assert!(missing.contains("late/robbery.toml"), "{missing}");
    fs::create_dir(watching.path("late")).unwrap();
    let robbery = watching
        .text("evidence/burglary.toml")
        .replace("\"burglary\"", "\"robbery\"")
        .replace("\"Burglary\"", "\"Robbery\"");
    watching.write("late/robbery.toml", &robbery);
    let come = watching.hears("Robbery: ");
    assert!(come.contains("Robbery: new, "), "{come}");
}

#[test]
fn it_begins_with_broken_rules_and_refuses_what_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    copy("fixtures/starter", folder.path());
    let rules = fs::read_to_string(folder.path().join(RULES)).unwrap();
    fs::write(folder.path().join(RULES), rules.replacen("weight    = 30", "wieght    = 30", 1)).unwrap();
    let mut watching = Watching::new(folder, &["--error-format", "plain"]);
    let broken = watching.hears("there is no list until this is fixed");
    assert!(broken.contains("error unknown-key: "), "{broken}");
    watching.write(RULES, &rules);
    let mended = watching.hears("check: 0 warnings");
    assert!(mended.contains("2 candidates ranked"), "{mended}");

    let refused = crate::support::prioritise(&["watch", "fixtures/nothing"]);
    assert_eq!((refused.code, &*refused.out), (Some(2), ""));
    assert!(refused.err.contains("file-missing"), "{}", refused.err);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well() {
    let mut watching = Watching::starter(&[]);
    watching.hears("check: 0 warnings");
    let number = watching.process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &number]).status().unwrap().success());
    assert_eq!(watching.process.wait().unwrap().code(), Some(0));
}
