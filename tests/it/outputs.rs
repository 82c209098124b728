//! Where results go: what stands there already is not taken away.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the files are on the disk")]

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use crate::support::{Said, in_repository, prioritise_in};

/// Ranks the starter from a folder, with `-o` to a file there.
fn ranked_to(folder: &Path, file: &str) -> Said {
    let starter = in_repository("fixtures/starter");
    prioritise_in(folder, &["rank", starter.to_str().unwrap(), "--error-format", "plain", "-o", file])
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_file_keeps_its_permissions_and_a_link_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("list.txt");
    fs::write(&secret, "before").unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
    symlink("list.txt", folder.path().join("latest")).unwrap();
    for name in ["list.txt", "latest"] {
        fs::write(&secret, "before").unwrap();
        assert_eq!(ranked_to(folder.path(), name).code, Some(0));
        assert_eq!(mode(&secret), 0o600);
        assert!(fs::read_to_string(&secret).unwrap().len() > 100, "{name}");
    }
    assert!(fs::symlink_metadata(folder.path().join("latest")).unwrap().is_symlink());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside them");
}

#[test]
fn what_is_no_file_to_write_to_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    symlink("nowhere", at("dangling")).unwrap();
    fs::write(at("kept.txt"), "kept").unwrap();
    fs::set_permissions(at("kept.txt"), fs::Permissions::from_mode(0o444)).unwrap();
    fs::create_dir(at("folder")).unwrap();
    for (name, why) in [
        ("pipe", "is a device or a pipe, not a file"),
        ("/dev/null", "is a device or a pipe, not a file"),
        ("dangling", "is a link that leads to no file"),
        ("kept.txt", "is read-only"),
        ("folder", "is a folder"),
    ] {
        let said = ranked_to(folder.path(), name);
        assert_eq!((said.code, &*said.out), (Some(2), ""), "{name}");
        assert!(said.err.contains("error write-failed") && said.err.contains(why), "{said:?}");
    }
    assert!(fs::metadata(at("pipe")).unwrap().file_type().is_fifo());
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    assert_eq!((fs::read_to_string(at("kept.txt")).unwrap(), mode(&at("kept.txt"))), ("kept".to_owned(), 0o444));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing is left beside them");
}

#[test]
fn a_file_that_was_read_stays_under_any_name() {
    let folder = tempfile::tempdir().unwrap();
    crate::support::Folder::of(&["fixtures/starter"]).lay_out("fixtures/starter", folder.path());
    symlink("assessment.toml", folder.path().join("same")).unwrap();
    let before = fs::read(folder.path().join("assessment.toml")).unwrap();
    for name in ["assessment.toml", "./rules/../assessment.toml", "same", "rules/ruleset.toml"] {
        let said = prioritise_in(folder.path(), &["rank", ".", "--error-format", "plain", "-o", name]);
        assert_eq!(said.code, Some(2), "{name}");
        assert!(said.err.contains("file-exists") && said.err.contains("was read"), "{said:?}");
    }
    assert_eq!(fs::read(folder.path().join("assessment.toml")).unwrap(), before);
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_that_shows_plain_text_alone_gets_no_colour() {
    let shown = |term: &str| {
        let run = format!("{} rank fixtures/starter", env!("CARGO_BIN_EXE_prioritise"));
        let mut command = Command::new("script");
        command.args(["-qec", &run, "/dev/null"]).current_dir(in_repository(""));
        let output = command.env_remove("NO_COLOR").env("TERM", term).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(shown("xterm").contains("\u{1b}["));
    assert!(!shown("dumb").contains('\u{1b}'));
}
