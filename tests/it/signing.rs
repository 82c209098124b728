//! Signatures: those of the tool minisign are read, ours are what it reads, and whatever is changed is found.
//!
//! The files `tests/signing/tool*` were made by minisign 0.11 from Debian. Two tests need that tool; `.ci/run` installs it
//! and runs them:
//!
//! ```text
//! cargo test --test it signing -- --ignored
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use prioritise::diagnostic::{Code, Problem, Problems, Severity};
use prioritise::record::signature::minisign::{PublicKey, SignatureFault, SignatureFile};
use prioritise::record::signature::secret::{KeyFault, PasswordCost, SecretKey, is_locked};
use prioritise::record::signature::trust::{self, Signer};
use prioritise::record::signature::{
    SignaturePlace, SignatureVerdict, Signatures, check_signatures, fault_of_role, sign, signature_place, slug,
};

use crate::support::{Folder, in_repository, told};

/// libsodium's cost for moments: 16 MiB. A key says what it costs, and the tool reads any.
const CHEAP: PasswordCost = PasswordCost { operations: 1 << 19, memory: 1 << 24 };
const PASSWORD: &[u8] = b"four words or more";
const TRUST: &str = "trust.toml";

fn held(name: &str) -> String {
    fs::read_to_string(in_repository(&format!("tests/signing/{name}"))).unwrap()
}

fn message() -> Vec<u8> {
    held("tagmanifest-sha256.txt").into_bytes()
}

fn analyst() -> SecretKey {
    SecretKey::new(&[1; 32], *b"analyst.")
}

fn chair() -> SecretKey {
    SecretKey::new(&[2; 32], *b"chair...")
}

/// Those whom a list trusts.
fn trusting(toml: &str) -> Vec<Signer> {
    let mut files = Folder::default();
    files.write(TRUST, toml);
    let mut problems = Problems::default();
    let signers = trust::load(&files, TRUST, &mut problems);
    assert_eq!(told(&problems), "");
    signers
}

fn both() -> Vec<Signer> {
    trusting(&[trust::entry("analyst", &analyst().public()), trust::entry("chair", &chair().public())].concat())
}

fn files(signatures: &[(&str, String)]) -> BTreeMap<String, Vec<u8>> {
    signatures.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes())).collect()
}

fn signed(key: &SecretKey, role: &str) -> String {
    sign(&message(), key, role, None).to_string()
}

fn codes(found: &Signatures) -> Vec<Code> {
    found.problems().iter().map(|problem| problem.code).collect()
}

// --- The tool's files -------------------------------------------------------------------------------------------------

#[test]
fn signatures_of_the_tool_are_read() {
    let key = PublicKey::read(&held("tool.pub")).unwrap();
    assert_eq!(key.id.to_string(), "536FC6D0B2B1A2E", "as the tool prints it");
    for name in ["tool.minisig", "tool-legacy.minisig", "tool-as-chair.minisig"] {
        let text = held(name);
        let file = SignatureFile::read(&text).unwrap();
        assert_eq!(file.verify(&key, &message()), Ok(()), "{name}");
        assert_eq!(file.to_string(), text, "written as it was read");
        assert_eq!(SignatureFile::read(&text.replace('\n', "\r\n")), Ok(file.clone()), "line ends make no difference");
        assert_eq!(file.verify(&key, b"another record"), Err(SignatureFault::Message));
        assert_eq!(file.verify(&chair().public(), &message()), Err(SignatureFault::Message));
        let mut other = file;
        other.trusted_comment = "role:chief".to_owned();
        assert_eq!(other.verify(&key, &message()), Err(SignatureFault::Comment));
    }
    assert_eq!(key.file("minisign public key 536FC6D0B2B1A2E"), held("tool.pub"));
}

#[test]
fn keys_of_the_tool_are_told_apart() {
    assert_eq!(is_locked(&held("tool-locked.key")), Ok(()));
    assert_eq!(is_locked(&held("tool-in-clear.key")), Err(KeyFault::InClear));
    assert!(matches!(is_locked(&held("tool-locked.pub")), Err(KeyFault::File(_))));
}

#[test]
fn a_signature_of_the_tool_counts_as_the_role_that_its_key_is_trusted_as() {
    let key = PublicKey::read(&held("tool.pub")).unwrap();
    let chair = trusting(&trust::entry("Chair", &key));
    for name in ["tool.minisig", "tool-as-chair.minisig"] {
        let found = check_signatures(&message(), &files(&[(name, held(name))]), &chair);
        assert_eq!(codes(&found), [], "{name}");
    }
    let analyst = trusting(&trust::entry("analyst", &key));
    let found = check_signatures(&message(), &files(&[("a.minisig", held("tool-as-chair.minisig"))]), &analyst);
    assert_eq!(codes(&found), [Code::SignatureOtherRole, Code::SignatureMissing]);
}

// --- Our own ----------------------------------------------------------------------------------------------------------

#[test]
fn the_same_record_and_key_give_the_same_bytes() {
    let one = sign(&message(), &chair(), "chair", Some("2020-02-14")).to_string();
    assert_eq!(one, sign(&message(), &chair(), "chair", Some("2020-02-14")).to_string());
    assert_snapshot!(one);
}

/// RFC 8032, 7.1, test 1: the public key of the seed.
#[test]
fn keys_are_those_of_the_standard() {
    let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let public = SecretKey::new(&seed, [0; 8]).public().to_string();
    let bytes = data_encoding::BASE64.decode(public.as_bytes()).unwrap();
    assert_eq!(bytes[10..], hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
}

fn hex(text: &str) -> [u8; 32] {
    data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap().try_into().unwrap()
}

#[test]
fn a_secret_key_opens_with_its_password_and_no_other() {
    let file = chair().file("c", PASSWORD, [7; 32], CHEAP).unwrap();
    let opened = SecretKey::open(&file, PASSWORD).ok().unwrap();
    assert_eq!(opened.public(), chair().public());
    assert_eq!(SecretKey::open(&file, b"four words or less").err(), Some(KeyFault::Password));
    let usual = PasswordCost { memory: PasswordCost::USUAL.memory * 2, ..PasswordCost::USUAL };
    assert!(
        matches!(chair().file("c", PASSWORD, [7; 32], usual), Err(KeyFault::File(_))),
        "no more than the tool takes"
    );
}

#[test]
fn whatever_is_changed_in_a_secret_key_is_found() {
    let least = PasswordCost { operations: 1 << 15, memory: 1 << 20 };
    let file = chair().file("c", PASSWORD, [7; 32], least).unwrap();
    let line = file.find('\n').unwrap() + 1;
    for at in (line..file.len() - 1).step_by(9) {
        let mut bytes = file.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let text = String::from_utf8(bytes).unwrap();
        let opened = is_locked(&text).and_then(|()| SecretKey::open(&text, PASSWORD));
        // What it costs can be written in several ways that come to the same.
        let same = opened.as_ref().is_ok_and(|key| key.public() == chair().public());
        let tells_cost = (line + 50..line + 74).contains(&at);
        assert!(opened.is_err() || (same && tells_cost), "byte {at}");
    }
    for cut in 0..file.len() - 1 {
        assert!(is_locked(&file[..cut]).is_err(), "cut at {cut}");
    }
}

// --- Judging ----------------------------------------------------------------------------------------------------------

#[test]
fn who_signed_is_said() {
    let there = files(&[
        ("analyst.minisig", signed(&analyst(), "analyst")),
        ("chair.minisig", sign(&message(), &chair(), "chair", Some("2020-02-14")).to_string()),
        ("guest.minisig", signed(&SecretKey::new(&[3; 32], *b"guest..."), "guest")),
    ]);
    let found = check_signatures(&message(), &there, &both());
    assert_eq!(codes(&found), [Code::SignatureUnknownKey]);
    assert!(!found.problems().has(Severity::Error));
    assert_snapshot!(said(&found));
}

#[test]
fn what_systems_leave_among_signatures_accuses_nobody() {
    let names = ["chair.minisig", ".DS_Store", "Thumbs.db", "desktop.ini", "._chair.minisig", "notes.txt"];
    let record = names.iter().map(|name| (format!("signatures/{name}"), Vec::new())).collect();
    let found: Vec<&str> = prioritise::record::signatures(&record).map(|(name, _)| name).collect();
    assert_eq!(found, ["chair.minisig", "notes.txt"]);
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    let other_record = sign(b"another record", &chair(), "chair", None).to_string();
    let guest = SecretKey::new(&[3; 32], *b"guest...");
    let changed = signed(&analyst(), "analyst").replace("role:analyst", "role:chief");
    let there = files(&[
        ("analyst.minisig", changed),
        ("chair.minisig", other_record),
        ("guest.minisig", sign(b"another record", &guest, "guest", None).to_string()),
        ("empty.minisig", String::new()),
        ("notes.txt", "not a signature".to_owned()),
        ("swapped.minisig", signed(&chair(), "analyst")),
    ]);
    let found = check_signatures(&message(), &there, &both());
    assert_snapshot!(said(&found));
    assert_eq!(found.missing.len(), 2);
}

fn said(found: &Signatures) -> String {
    let said: Vec<String> = found.signed.iter().map(|signed| format!("{}\n", signed.in_words())).collect();
    format!("{}\n{}", said.concat(), told(&found.problems()))
}

#[test]
fn every_byte_of_a_signature_counts() {
    let text = signed(&chair(), "chair");
    let trusted = trusting(&trust::entry("chair", &chair().public()));
    let start = text.find('\n').unwrap() + 1;
    for at in start..text.len() - 1 {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let found = check_signatures(&message(), &BTreeMap::from([("chair.minisig".to_owned(), bytes)]), &trusted);
        assert!(found.problems().has_errors(), "byte {at}");
        assert!(!matches!(found.signed[0].verdict, SignatureVerdict::Trusted(_)), "byte {at}");
    }
}

#[test]
fn hostile_files_are_told_and_never_shown_raw() {
    let there = BTreeMap::from([
        ("\u{1b}[2J.minisig".to_owned(), b"untrusted comment: \x1b[2J\nx\ntrusted comment: \ny\n".to_vec()),
        ("large.minisig".to_owned(), vec![b'x'; 20_000]),
        ("shown.minisig".to_owned(), signed(&chair(), "Chair").replace("comment: ", "comment: \u{1b}[2J").into_bytes()),
        (
            "turned.minisig".to_owned(),
            signed(&chair(), "Chair").replacen("comment: ", "comment: \u{202e}", 1).into_bytes(),
        ),
        ("binary.minisig".to_owned(), vec![0xff; 200]),
    ]);
    let found = check_signatures(&message(), &there, &[]);
    assert_eq!(codes(&found), [Code::SignatureWrong; 5]);
    assert!(!said(&found).contains('\u{1b}'), "{}", said(&found));
}

#[test]
fn a_key_whose_id_is_another_s_proves_nothing() {
    let imposter = SecretKey::new(&[9; 32], *b"chair...");
    let trusted = trusting(&trust::entry("chair", &chair().public()));
    let found = check_signatures(&message(), &files(&[("chair.minisig", signed(&imposter, "chair"))]), &trusted);
    assert_eq!(codes(&found), [Code::SignatureWrong, Code::SignatureMissing]);
}

#[test]
fn who_need_not_sign_is_not_missed() {
    let toml = format!("{}required = false\n", trust::entry("chair", &chair().public()));
    assert_eq!(codes(&check_signatures(&message(), &BTreeMap::new(), &trusting(&toml))), []);
    assert_eq!(codes(&check_signatures(&message(), &BTreeMap::new(), &both())), [Code::SignatureMissing; 2]);
}

#[test]
fn a_public_key_alone_may_sign_as_anything() {
    let mut folder = Folder::default();
    folder.write("chair.pub", chair().public().file("c"));
    let mut problems = Problems::default();
    let signers = trust::load(&folder, "chair.pub", &mut problems);
    let found = check_signatures(&message(), &files(&[("x.minisig", signed(&chair(), "treasurer"))]), &signers);
    assert_eq!((told(&problems), codes(&found)), (String::new(), vec![]));
}

#[test]
fn lists_of_signers_are_judged() {
    let key = chair().public();
    let mut folder = Folder::default();
    folder.write(
        TRUST,
        format!(
            "[[signer]]\nrole = \"chair\"\nkey = \"RWxx\"\n[[signer]]\nrole = \" \"\nkey = \"{key}\"\n\
             [[signer]]\nrole = \"chair\"\nkey = \"{key}\"\n[[signer]]\nrole = \"Chair\"\nkey = \"{key}\"\n\
             [[signer]]\nkey = \"{key}\"\nrequired = \"no\"\ncolour = 1\n"
        ),
    );
    folder.write("empty.toml", "");
    folder.write("bad.pub", "untrusted comment: x\nRWAAAA\n");
    let mut problems = Problems::default();
    for file in [TRUST, "empty.toml", "bad.pub", "nowhere.toml"] {
        trust::load(&folder, file, &mut problems);
    }
    assert_snapshot!(told(&problems));
}

/// A problem of each kind that signatures have, for the guide.
pub(crate) fn examples() -> Vec<Problem> {
    let there = files(&[
        ("chair.minisig", sign(b"another record", &chair(), "chair", None).to_string()),
        ("analyst.minisig", signed(&analyst(), "treasurer")),
        ("guest.minisig", signed(&SecretKey::new(&[3; 32], *b"guest..."), "guest")),
    ]);
    let found = check_signatures(&message(), &there, &both()).problems();
    let mut folder = Folder::default();
    folder.write(TRUST, "[[signer]]\nrole = \"chair\"\nkey = \"RWRjaGFpci4uLoE5dw6o\"\n");
    let mut problems = Problems::default();
    trust::load(&folder, TRUST, &mut problems);
    problems.iter().chain(found.iter()).cloned().collect()
}

// --- Files of signatures ----------------------------------------------------------------------------------------------

#[test]
fn a_signature_is_never_written_over_another() {
    let made = sign(&message(), &chair(), "Board chair", None);
    let text = made.to_string();
    let later = sign(&message(), &chair(), "Board chair", Some("2020-02-14")).to_string();
    let other = signed(&analyst(), "Board chair");
    let at = |there: &[(&str, &String)]| {
        let there = there.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        signature_place(&made, "Board chair", &there)
    };
    assert_eq!(at(&[]), SignaturePlace::Free("board-chair.minisig".into()));
    assert_eq!(at(&[("board-chair.minisig", &text)]), SignaturePlace::There("board-chair.minisig".into()));
    assert_eq!(at(&[("board-chair.minisig", &later)]), SignaturePlace::Taken("board-chair.minisig".into()));
    assert_eq!(at(&[("board-chair.minisig", &other)]), SignaturePlace::Free("board-chair-2.minisig".into()));
    let two = [("board-chair.minisig", &other), ("board-chair-2.minisig", &text)];
    assert_eq!(at(&two), SignaturePlace::There("board-chair-2.minisig".into()));
}

#[test]
fn roles_make_names_of_files() {
    assert_eq!(slug("Board chair (acting)"), "board-chair-acting");
    assert_eq!(slug("../../etc"), "etc");
    for role in ["", " ", "…", "a\tb", "a\u{202e}b", &"x".repeat(61)] {
        assert!(fault_of_role(role).is_some(), "{role:?}");
    }
    assert_eq!(fault_of_role("Board chair"), None);
}

// --- The tool itself --------------------------------------------------------------------------------------------------

fn minisign(folder: &Path, arguments: &[&str]) -> bool {
    Command::new("minisign").args(arguments).current_dir(folder).output().unwrap().status.success()
}

#[test]
#[ignore = "needs minisign"]
fn the_tool_accepts_our_signatures() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("m", std::str::from_utf8(&message()).unwrap());
    write("chair.pub", &chair().public().file("c"));
    write("analyst.pub", &analyst().public().file("a"));
    write("chair.minisig", &sign(&message(), &chair(), "chair", Some("2020-02-14")).to_string());
    let verify = |key: &str| minisign(folder.path(), &["-V", "-H", "-p", key, "-m", "m", "-x", "chair.minisig"]);
    assert!(verify("chair.pub"));
    assert!(!verify("analyst.pub"));
    write("m", "another record");
    assert!(!verify("chair.pub"));
}

#[test]
#[ignore = "needs minisign"]
fn the_tool_opens_our_keys_and_we_open_its() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("m", std::str::from_utf8(&message()).unwrap());
    write("password", std::str::from_utf8(&[PASSWORD, b"\n"].concat()).unwrap());
    for cost in [CHEAP, PasswordCost::USUAL] {
        write("chair.key", &chair().file("c", PASSWORD, [7; 32], cost).unwrap());
        let status = Command::new("minisign")
            .args(["-S", "-s", "chair.key", "-m", "m", "-x", "tool.minisig", "-t", "role:chair"])
            .current_dir(folder.path())
            .stdin(fs::File::open(folder.path().join("password")).unwrap())
            .output()
            .unwrap();
        assert!(status.status.success(), "{status:?}");
        let made = fs::read_to_string(folder.path().join("tool.minisig")).unwrap();
        let found = check_signatures(
            &message(),
            &files(&[("tool.minisig", made)]),
            &trusting(&trust::entry("chair", &chair().public())),
        );
        assert_eq!(codes(&found), []);
    }
    let key = SecretKey::open(&held("tool-locked.key"), PASSWORD).ok().unwrap();
    assert_eq!(key.public(), PublicKey::read(&held("tool-locked.pub")).unwrap());
}
