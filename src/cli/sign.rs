//! `prioritise sign`: a signature beside a record, by somebody, as something.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Exit;
use super::disk::{
    Disk, available_threads, is_open_to_others, make_folder, read_folder, remove_empty_folder, text_of, write_whole,
};
use super::done::DoneFormat;
use super::key::unusable;
use super::output::Terminal;
use super::password::password;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Files as _;
use crate::files::{decode_text as text, read_bytes};
use crate::record::signature::minisign::MAX_KEY_FILE_BYTES;
use crate::record::signature::secret::{SecretKey, is_locked};
use crate::record::signature::{self, SignaturePlace};
use crate::record::{self, stated};
use crate::report::done::Done;

/// Sign a record: beside it, in the folder `signatures`
#[derive(Debug, clap::Args)]
pub(super) struct Sign {
    /// The record's folder
    record: PathBuf,
    /// Your secret key
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The role in which you sign: `chair`
    #[arg(long, value_name = "ROLE")]
    role: String,
    /// The day to state, `2020-02-14`; the clock is not read
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// The file with the key's password, instead of asking for it on the terminal
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    said: DoneFormat,
}

pub(super) fn run(asked: &Sign, terminal: &Terminal) -> Result<Exit, Problems> {
    if let Some(fault) = signature::fault_of_role(&asked.role) {
        return Err(Problem::new(Code::BadValue, fault).help("write a word or two, such as `chair`").into());
    }
    asked.date.as_deref().map(stated::day).transpose()?;
    let contents = read_folder(&asked.record)?;
    let busy = terminal.show_busy("verifying");
    let sound = record::check_reproduced(&contents, available_threads(), &Disk.budget())?;
    drop(busy);
    terminal.warn(&open_to_others(&asked.key).into_iter().collect::<Vec<_>>().into());
    let key = key(asked, terminal)?;
    let made = signature::sign(sound.tag_manifest, &key, &asked.role, asked.date.as_deref());
    let there: BTreeMap<&str, &[u8]> = record::signatures(&contents).collect();
    let folder = asked.record.join("signatures");
    let file = match signature::signature_place(&made, &asked.role, &there) {
        SignaturePlace::There(file) => folder.join(file),
        SignaturePlace::Free(file) => {
            let file = folder.join(file);
            make_folder(&folder)?;
            write_whole(&file, &made.to_string()).inspect_err(|_| remove_empty_folder(&folder))?;
            file
        }
        SignaturePlace::Taken(file) => return Err(taken(&folder.join(file), &asked.role).into()),
    };
    asked.said.say(&Done {
        command: "sign",
        wrote: vec![text_of(&file)?],
        told: format!("{} signed as {}: {}\n", sound.digest, asked.role, file.display()),
        digest: Some(sound.digest),
        ..Done::default()
    })
}

/// What to know of a secret key that others on this machine can read: they need only its password to sign.
fn open_to_others(key: &Path) -> Option<Problem> {
    is_open_to_others(key).then(|| {
        let message = format!("other users of this machine can read the secret key `{}`", key.display());
        Problem::new(Code::KeyOpenToOthers, message).help(format!(
            "keep it to yourself: `chmod 600 {}`; whoever copied it needs only its password",
            key.display()
        ))
    })
}

/// The key, opened with its password. What can be seen to be wrong with it is told before anybody types.
fn key(asked: &Sign, terminal: &Terminal) -> Result<SecretKey, Problem> {
    let path = text_of(&asked.key)?;
    let text = text(&path, read_bytes(&Disk, &path, MAX_KEY_FILE_BYTES as u64)?)?;
    is_locked(&text.text).map_err(|fault| unusable(&asked.key, fault))?;
    let password = password(asked.password_file.as_deref(), "Password: ")?;
    let busy = terminal.show_busy("opening the key");
    let key = SecretKey::open(&text.text, &password).map_err(|fault| unusable(&asked.key, fault));
    drop(busy);
    key
}

fn taken(file: &Path, role: &str) -> Problem {
    let message = format!("this key signed the record as `{role}` before, with another day: `{}`", file.display());
    Problem::new(Code::FileExists, message)
        .help("there is no need to sign twice; to change the day, remove that file first")
}
