//! Records, their manifests, signatures and registers, and the whole of `verify`.

use std::sync::LazyLock;

use prioritise::budget::Budget;
use prioritise::diagnostic::Problems;
use prioritise::digest::sha256;
use prioritise::record::register::{Register, RegisterEntry, RegisterStatement, RegisteredAssessment, RegisteredRules};
use prioritise::record::signature::minisign::{PublicKey, SignatureFile};
use prioritise::record::signature::secret::is_locked;
use prioritise::record::signature::trust::{self, Signer};
use prioritise::record::views;
use prioritise::record::{self, Contents, Draws, MANIFEST, PAYLOAD, Run, SIGNATURES, TAG_MANIFEST};

use crate::folder::{Folder, STEPS};
use crate::sound::{ONE, shown, told};
use crate::wholes::whole;

static SIGNING: LazyLock<Folder> = LazyLock::new(|| Folder::of_repository("tests/signing").below("tests/signing"));
static TRUSTED: LazyLock<Vec<Signer>> = LazyLock::new(|| {
    let key = SIGNING.bytes("tool.pub");
    trust::load(&Folder::default().with("tool.pub", key), "tool.pub", &mut Problems::default())
});
/// Records of the starter and of the base the tests break: the first with draws and a signature.
static RECORDS: LazyLock<Vec<Contents>> = LazyLock::new(|| {
    let sealed = |path: &str, rules: &str, draws: Option<Draws>| {
        let files = whole(path, rules);
        let inputs = record::gather(&files, "assessment", None, None, &mut Problems::default());
        let run = Run { draws, ..Run::default() };
        record::seal(&inputs.expect("the seed is sound"), &run, ONE, &Budget::of(STEPS))
            .expect("the seed can be sealed")
    };
    let mut first = sealed("fixtures/starter", "fixtures/starter/rules", Some(Draws { draws: 10, seed: 7 }));
    first.insert(format!("{SIGNATURES}chair.minisig"), SIGNING.bytes("tool-as-chair.minisig").to_vec());
    vec![first, sealed("tests/base", "tests/base/rules", None)]
});

/// Everything that `verify` says of a record.
fn verified(record: &Contents) {
    let found = record::verify(record, ONE, &Budget::of(STEPS)).with_signatures(record, &TRUSTED);
    shown(&views::verification::text(&found, false));
    views::verification::json(&found, found.holds(false));
    if let Err(problems) = record::check_integrity(record) {
        told(&problems);
    }
}

/// Manifests that fit: what a forger makes.
fn resealed(mut record: Contents) -> Contents {
    let lines = |record: &Contents, wanted: &dyn Fn(&str) -> bool| {
        let files = record.iter().filter(|(path, _)| wanted(path));
        files.map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect::<String>().into_bytes()
    };
    let payload = lines(&record, &|path| path.starts_with(PAYLOAD));
    record.insert(MANIFEST.to_owned(), payload);
    let tags =
        lines(&record, &|path| !path.starts_with(PAYLOAD) && !path.starts_with(SIGNATURES) && path != TAG_MANIFEST);
    record.insert(TAG_MANIFEST.to_owned(), tags);
    record
}

/// The whole of `verify`. Where the first byte is even the manifests are made to fit, so that what lies behind is reached.
pub(crate) fn verify(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let record = Folder::unpack(rest).0;
    verified(&if first % 2 == 0 { resealed(record) } else { record });
}

pub(crate) fn records() -> Vec<Vec<u8>> {
    let packed = |first: u8| {
        RECORDS.iter().map(move |record| {
            // What came out is made again: leaving most of it out keeps changes to where they are read.
            let read = record.iter().filter(|(path, _)| first % 2 == 1 || !path.ends_with(".html"));
            let folder = Folder(read.map(|(path, bytes)| (path.clone(), bytes.clone())).collect());
            [&[first], &folder.pack()[..]].concat()
        })
    };
    packed(0).chain(packed(1)).collect()
}

/// The names of the files of a record, and either manifest. The first byte says which.
pub(crate) fn manifest(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let mut record = RECORDS[0].clone();
    match first % 3 {
        0 => drop(record.insert(MANIFEST.to_owned(), rest.to_vec())),
        1 => drop(record.insert(TAG_MANIFEST.to_owned(), rest.to_vec())),
        _ => {
            let names = String::from_utf8_lossy(rest).into_owned();
            for name in names.lines().take(100) {
                record.insert(format!("{PAYLOAD}{name}"), b"x".to_vec());
                record.insert(name.to_owned(), b"x".to_vec());
            }
        }
    }
    told(&record::faults(&record).into());
}

pub(crate) fn manifests() -> Vec<Vec<u8>> {
    let record = &RECORDS[0];
    let names = record.keys().map(String::as_str).collect::<Vec<_>>().join("\n");
    let odd =
        "../x\n/etc/passwd\nC:\\x\nCON\nnul.toml\na.\na \ne\u{301}.csv\nÉ.csv\né.csv\nA.toml\na.toml\na\u{202e}b\n";
    vec![
        [&[0], &record[MANIFEST][..]].concat(),
        [&[1], &record[TAG_MANIFEST][..]].concat(),
        [&[2], names.as_bytes()].concat(),
        [&[2], odd.as_bytes()].concat(),
    ]
}

/// The JSON of a record that `verify` reads; the first byte says which file.
const JSON: [&str; 5] = ["run.json", "engine.json", "ranking.json", "sensitivity.json", "provenance.json"];

pub(crate) fn record_json(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let mut record = RECORDS[0].clone();
    record.insert(format!("{PAYLOAD}{}", JSON[usize::from(*first) % JSON.len()]), rest.to_vec());
    verified(&resealed(record));
}

pub(crate) fn json_files() -> Vec<Vec<u8>> {
    (0_u8..)
        .zip(JSON)
        .map(|(number, name)| [&[number], &RECORDS[0][&format!("{PAYLOAD}{name}")][..]].concat())
        .collect()
}

/// A signature's file, as `verify` reads it and as text.
pub(crate) fn signature(bytes: &[u8]) {
    let mut record = RECORDS[0].clone();
    record.insert(format!("{SIGNATURES}chair.minisig"), bytes.to_vec());
    record.insert(TAG_MANIFEST.to_owned(), SIGNING.bytes(TAG_MANIFEST).to_vec());
    let files = record::signatures(&record).map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    let judged = record::signature::check_signatures(&record[TAG_MANIFEST], &files, &TRUSTED);
    told(&judged.problems());
    let text = String::from_utf8_lossy(bytes);
    if let Ok(file) = SignatureFile::read(&text) {
        assert_eq!(SignatureFile::read(&file.to_string()).as_ref(), Ok(&file));
    }
    if let Ok(key) = PublicKey::read(&text) {
        assert_eq!(PublicKey::read(&key.file("x")).as_ref(), Ok(&key));
    }
}

pub(crate) fn signatures() -> Vec<Vec<u8>> {
    let fits = |(name, bytes): (&String, &Vec<u8>)| {
        (name.ends_with(".minisig") || name.ends_with(".pub")).then(|| bytes.clone())
    };
    SIGNING.0.iter().filter_map(fits).collect()
}

/// Whom `verify --trust` trusts.
pub(crate) fn signers(bytes: &[u8]) {
    let mut problems = Problems::default();
    let trusted = trust::load(&Folder::default().with("signers.toml", bytes), "signers.toml", &mut problems);
    trusted.iter().for_each(|signer| shown(&signer.called()));
    told(&problems);
}

pub(crate) fn signers_files() -> Vec<Vec<u8>> {
    let key = PublicKey::read(&String::from_utf8_lossy(SIGNING.bytes("tool.pub"))).expect("the key is sound");
    let listed = [trust::entry("chair", &key), trust::entry("Head of housing", &key)].concat();
    let named = format!("{listed}name = \"A. Person\"\nrequired = false\n");
    vec![SIGNING.bytes("tool.pub").to_vec(), SIGNING.bytes("tool-locked.pub").to_vec(), listed.into(), named.into()]
}

/// Whether a secret key asks for no more than it may; opening one takes a gibibyte on purpose.
pub(crate) fn secret_key(bytes: &[u8]) {
    let _ = is_locked(&String::from_utf8_lossy(bytes));
}

pub(crate) fn secret_keys() -> Vec<Vec<u8>> {
    let fits = |(name, bytes): (&String, &Vec<u8>)| name.ends_with(".key").then(|| bytes.clone());
    SIGNING.0.iter().filter_map(fits).collect()
}

fn entry(number: usize) -> RegisterEntry {
    let digest = |of: &str| format!("sha256:{}", sha256(format!("{of} {number}").as_bytes()));
    RegisterEntry {
        record: digest("record"),
        assessment: RegisteredAssessment {
            title: "Strategic assessment".to_owned(),
            partnership: "Ours".to_owned(),
            period: format!("20{number:02}"),
            digest: digest("assessment"),
        },
        rules: RegisteredRules { name: "Seven".to_owned(), version: "1".to_owned(), digest: digest("rules") },
        supersedes: None,
    }
}

pub(crate) fn register(bytes: &[u8]) {
    let read = Register::read("register.jsonl", bytes);
    told(&read.problems());
    shown(&views::register::text(&read));
    shown(&views::register::summary(&read));
    views::register::json(&read);
    let _ = read.mend();
    if let Ok(line) = read.next(entry(99), RegisterStatement::default()) {
        let more = Register::read("register.jsonl", &[bytes, line.text().as_bytes(), b"\n"].concat());
        assert!(!more.problems().has_errors(), "a line that was added is not read again");
        assert_eq!(more.lines.len(), read.lines.len() + 1);
    }
}

pub(crate) fn registers() -> Vec<Vec<u8>> {
    let stated = || RegisterStatement {
        by: Some("analyst".into()),
        date: Some("2020-02-14".into()),
        note: Some("Minute 12".into()),
    };
    let text = (1..=5).fold(String::new(), |text, number| {
        let line = Register::read("r", text.as_bytes()).next(entry(number), stated()).expect("the seed is sound");
        format!("{text}{}\n", line.text())
    });
    vec![text.clone().into(), text.lines().next().unwrap_or_default().into(), text.trim_end().into()]
}
