//! What `verify` ends with: each last line and exit code of `docs/audit.md`, for a record as it comes to an auditor.
#![expect(clippy::disallowed_methods, reason = "records are laid out on the disk, as an auditor has them")]

use std::cell::Cell;
use std::fs;
use std::path::Path;

use prioritise::record::signature::secret::SecretKey;
use prioritise::record::signature::{sign, trust};
use prioritise::record::{Contents, TAG_MANIFEST};
use tempfile::TempDir;

use crate::forgery::{RECORD, made_to_fit, of_another_engine};
use crate::record::forged;
use crate::support::{in_repository, prioritise_in};

fn analyst() -> SecretKey {
    SecretKey::new(&[1; 32], *b"analyst.")
}

fn chair() -> SecretKey {
    SecretKey::new(&[2; 32], *b"chair...")
}

/// The record with these signatures, each by somebody as something.
fn signed(record: &Contents, by: &[(&SecretKey, &str)]) -> Contents {
    let mut record = record.clone();
    for (at, (key, role)) in by.iter().enumerate() {
        let made = sign(&record[TAG_MANIFEST], key, role, None).to_string();
        record.insert(format!("signatures/{at}.minisig"), made.into_bytes());
    }
    record
}

/// A desk with the keys that the auditor has from their owners.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    let entry = |key: &SecretKey, role: &str| trust::entry(role, &key.public());
    let optional = |entry: String| format!("{entry}required = false\n");
    for (name, text) in [
        ("chair.toml", entry(&chair(), "chair")),
        ("both.toml", [entry(&chair(), "chair"), entry(&analyst(), "analyst")].concat()),
        ("optional.toml", [optional(entry(&chair(), "chair")), optional(entry(&analyst(), "analyst"))].concat()),
        ("roles.toml", [entry(&chair(), "chair"), entry(&chair(), "treasurer")].concat()),
        ("any.pub", chair().public().file("of the chair")),
    ] {
        fs::write(desk.path().join(name), text).unwrap();
    }
    desk
}

fn lay_out(record: &Contents, folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    for (path, bytes) in record {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}

/// A row of the table of last lines in `docs/audit.md`: a line with `…` for what differs, and its exit codes in words.
struct Row {
    line: String,
    codes: String,
    is_used: Cell<bool>,
}

impl Row {
    /// The page that an auditor is given, which fits on a sheet of paper.
    fn all() -> Vec<Self> {
        let page = fs::read_to_string(in_repository("docs/audit.md")).unwrap();
        assert!(page.lines().count() <= 60, "docs/audit.md is no page any more");
        let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let rows = page.lines().filter(|line| line.starts_with("| `")).map(cells);
        let of = |cells: Vec<String>| Self {
            line: cells[1].trim_matches('`').to_owned(),
            codes: cells[2].clone(),
            is_used: Cell::new(false),
        };
        rows.map(of).collect()
    }

    fn is_of(&self, line: &str) -> bool {
        let mut rest = Some(line);
        let mut parts = self.line.split('…').peekable();
        let first = parts.next().unwrap_or_default();
        rest = rest.and_then(|rest| rest.strip_prefix(first));
        while let (Some(part), Some(left)) = (parts.next(), rest) {
            let at = if parts.peek().is_none() { left.rfind(part) } else { left.find(part) };
            rest = at.and_then(|at| left.get(at + part.len()..));
        }
        rest == Some("")
    }
}

/// The page has this line and exit code.
fn is_in(rows: &[Row], line: &str, code: i32) {
    let row = rows.iter().filter(|row| row.is_of(line)).max_by_key(|row| row.line.len());
    let row = row.unwrap_or_else(|| panic!("docs/audit.md has no `{line}`"));
    assert!(row.codes.contains(&code.to_string()), "docs/audit.md has `{}` for `{line}`, and not {code}", row.codes);
    row.is_used.set(true);
}

/// `verify` of the record with these arguments ends with this line and code, and `docs/audit.md` has it.
fn ends((desk, page): (&Path, &[Row]), record: &Contents, arguments: &[&str], line: &str, code: i32) {
    is_in(page, line, code);
    lay_out(record, &desk.join("record"));
    let said = prioritise_in(desk, &[&["verify", "record"], arguments].concat());
    assert_eq!(
        (said.out.lines().last(), said.code),
        (Some(line), Some(code)),
        "{arguments:?}: {}{}",
        said.out,
        said.err
    );
}

#[test]
fn each_end_means_one_thing() {
    let (desk, page) = (desk(), Row::all());
    let on = (desk.path(), &*page);
    let (ours, others) = (&*RECORD, &of_another_engine());
    let unsigned = "Reproduced, not signed by anyone you named.";
    let (by_chair, by_both) = (signed(ours, &[(&chair(), "chair")]), [(&chair(), "chair"), (&analyst(), "analyst")]);
    let trust = |file| ["--trust", file];
    let rows: &[(Contents, &[&str], &str, i32)] = &[
        (by_chair.clone(), &trust("chair.toml"), "Reproduced, signed by chair.", 0),
        (signed(ours, &by_both), &trust("both.toml"), "Reproduced, signed by chair and analyst.", 0),
        (by_chair.clone(), &trust("optional.toml"), "Reproduced, signed by chair.", 0),
        (by_chair.clone(), &trust("both.toml"), "Reproduced, signed by chair, not signed by analyst.", 1),
        // Stripped, unsigned, by an unknown key, and in a role that the key was not given.
        (ours.clone(), &[], unsigned, 0),
        (ours.clone(), &trust("chair.toml"), unsigned, 1),
        (ours.clone(), &trust("optional.toml"), unsigned, 1),
        (by_chair.clone(), &[], unsigned, 0),
        (signed(ours, &[(&analyst(), "chair")]), &trust("chair.toml"), unsigned, 1),
        (signed(ours, &[(&chair(), "treasurer")]), &trust("chair.toml"), unsigned, 1),
        (by_chair.clone(), &trust("roles.toml"), "Reproduced, signed by chair, not signed by treasurer.", 1),
    ];
    for (record, arguments, line, code) in rows {
        ends(on, record, arguments, line, *code);
    }
    let list = "List reproduced by another engine, papers not checked";
    ends(on, others, &[], &format!("{list}, not signed by anyone you named."), 1);
    ends(on, others, &["--list-only"], &format!("{list}, not signed by anyone you named."), 0);
    let by_chair_then = signed(others, &[(&chair(), "chair")]);
    let arguments = ["--list-only", "--trust", "chair.toml"];
    ends(on, &by_chair_then, &arguments, &format!("{list}, signed by chair."), 0);
    ends(on, others, &arguments, &format!("{list}, not signed by anyone you named."), 1);
    let path = "data/assessment/evidence/burglary.toml";
    let other_list = made_to_fit(forged(ours, path, "count = 702", "count = 703"), path);
    ends(on, &other_list, &["--list-only"], "Not reproduced.", 1);
    let mut altered = by_chair.clone();
    altered.insert("data/paper.html".into(), b"<p>Another list".to_vec());
    ends(on, &altered, &arguments, "Altered.", 1);
    // A signature of something else is no part of a record.
    let mut altered = ours.clone();
    altered.insert("signatures/0.minisig".into(), by_chair_then["signatures/0.minisig"].clone());
    ends(on, &altered, &[], "Altered.", 1);
    assert!(page.iter().all(|row| row.is_used.get()), "no record ends as docs/audit.md says");
}

/// Whoever signs or registers a record stands by it, so they are told what `verify` would have told them.
#[test]
fn what_does_not_verify_is_neither_signed_nor_registered() {
    let desk = desk();
    let path = "data/assessment/evidence/burglary.toml";
    let others = of_another_engine();
    let mut mixed = RECORD.clone();
    let of_others = signed(&others, &[(&chair(), "chair")]);
    mixed.insert("signatures/0.minisig".into(), of_others["signatures/0.minisig"].clone());
    for (record, code) in [
        (made_to_fit(forged(&RECORD, path, "count = 702", "count = 703"), path), "record-not-reproduced"),
        (made_to_fit(forged(&RECORD, path, "count = 702", "count = \"many\""), path), "wrong-type"),
        (others, "record-not-reproduced"),
        (mixed, "signature-wrong"),
    ] {
        lay_out(&record, &desk.path().join("record"));
        for arguments in [
            &["sign", "record", "--key", "none.key", "--role", "chair"][..],
            &["register", "append", "register.jsonl", "record"],
        ] {
            let said = prioritise_in(desk.path(), &[arguments, &["--error-format", "plain"]].concat());
            assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{arguments:?}: {said:?}");
            assert!(said.err.contains(code), "{code}, {arguments:?}: {said:?}");
        }
        assert!(!desk.path().join("register.jsonl").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_secret_key_that_others_can_read_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    lay_out(&RECORD, &desk.path().join("record"));
    let key = desk.path().join("in-clear.key");
    fs::copy(in_repository("tests/signing/tool-in-clear.key"), &key).unwrap();
    for (mode, is_told) in [(0o600, false), (0o640, true), (0o604, true)] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        let said = prioritise_in(desk.path(), &["sign", "record", "--key", "in-clear.key", "--role", "chair"]);
        assert_eq!(said.err.contains("key-open-to-others"), is_told, "{mode:o}: {said:?}");
    }
}

/// Whoever signs with another program states no role: that counts where the key has one role, and for nothing where it
/// has two.
#[test]
fn a_key_counts_for_the_role_that_it_was_given() {
    use prioritise::record::signature::check_signatures;
    let read = |name: &str| fs::read(in_repository(&format!("tests/signing/{name}"))).unwrap();
    let key = String::from_utf8(read("tool.pub")).unwrap();
    let key = prioritise::record::signature::minisign::PublicKey::read(&key).unwrap();
    let there = [("tool.minisig".to_owned(), read("tool.minisig"))].into();
    let named = |roles: &[&str]| {
        let list: String = roles.iter().map(|role| trust::entry(role, &key)).collect();
        let mut files = crate::support::Folder::default();
        files.write("trust.toml", list);
        let signers = trust::load(&files, "trust.toml", &mut prioritise::diagnostic::Problems::default());
        let found = check_signatures(&read("tagmanifest-sha256.txt"), &there, &signers);
        (found.signers(), found.missing.len())
    };
    assert_eq!(named(&["chair"]), (vec!["chair".to_owned()], 0));
    assert_eq!(named(&["chair", "treasurer"]), (vec![], 2));
}
