//! `prioritise key`: keys to sign records with.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use zeroize::Zeroizing;

use super::Exit;
use super::disk::{exists, text_of};
use super::done::DoneFormat;
use super::locked_file::write_new;
use super::output::{Terminal, write_errors};
use super::password::new_password;
use crate::diagnostic::{Code, Problem, Problems};
use crate::record::signature::secret::{KeyFault, PasswordCost, SecretKey};
use crate::record::signature::{fault_of_role, trust};
use crate::report::done::Done;

/// Make keys to sign records with
#[derive(Debug, clap::Args)]
pub(super) struct Key {
    #[command(subcommand)]
    kind: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key: a secret file that a password opens, and a public one to give away
    New(NewKey),
}

/// Make a key: a secret file that a password opens, and a public one to give away
#[derive(Debug, clap::Args)]
struct NewKey {
    /// The secret key's file; the public key is written beside it, with `.pub` after its name
    file: PathBuf,
    /// The role in which its owner will sign: `chair`
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// The file with the password, instead of asking for it on the terminal
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    said: DoneFormat,
}

pub(super) fn run(key: &Key, terminal: &Terminal) -> Result<Exit, Problems> {
    match &key.kind {
        KeyCommand::New(new) => make(new, terminal),
    }
}

fn make(new: &NewKey, terminal: &Terminal) -> Result<Exit, Problems> {
    if let Some(fault) = new.role.as_deref().and_then(fault_of_role) {
        return Err(Problem::new(Code::BadValue, fault).help("write a word or two, such as `chair`").into());
    }
    let public_file = public_file(&new.file);
    for file in [&new.file, &public_file] {
        if exists(file) {
            let message = format!("`{}` already exists: a key is never overwritten", file.display());
            return Err(Problem::new(Code::FileExists, message).help("name another file").into());
        }
    }
    let password = new_password(new.password_file.as_deref())?;
    let key = SecretKey::new(&*random::<32>()?, *random::<8>()?);
    let public = key.public();
    let of = new.role.as_ref().map(|role| format!(" of the {role}")).unwrap_or_default();
    let busy = terminal.show_busy("encrypting the key");
    let comment = format!("minisign encrypted secret key{of}");
    let secret = key
        .file(&comment, &password, *random::<32>()?, PasswordCost::USUAL)
        .map_err(|fault| unusable(&new.file, fault))?;
    drop(busy);
    write_new(&[
        (&new.file, secret.as_bytes(), true),
        (&public_file, public.file(&format!("minisign public key {}{of}", public.id)).as_bytes(), false),
    ])?;
    if !terminal.quiet {
        write_errors(&format!(
            "made {}: keep it and its password to yourself, and a copy of each somewhere else\n\
             made {}: give it to those who verify\n",
            new.file.display(),
            public_file.display(),
        ));
    }
    let told = match &new.role {
        Some(role) => trust::entry(role, &public),
        None => format!("{public}\n"),
    };
    let wrote = vec![text_of(&new.file)?, text_of(&public_file)?];
    new.said.say(&Done { command: "key new", wrote, told, ..Done::default() })
}

fn public_file(secret: &Path) -> PathBuf {
    let mut name = secret.file_name().unwrap_or_default().to_os_string();
    name.push(".pub");
    secret.with_file_name(name)
}

/// Bytes that nobody can guess, from the system.
fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Problem> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut bytes[..]).map_err(|error| {
        Problem::new(Code::BadKey, format!("the system has no random bytes to make a key from: {error}"))
            .help("make the key on another machine")
    })?;
    Ok(bytes)
}

/// Why the secret key in `file` can't be used.
pub(super) fn unusable(file: &Path, fault: KeyFault) -> Problem {
    let file = file.display();
    match fault {
        KeyFault::File(why) => Problem::new(Code::BadKey, format!("`{file}` is not a secret key: {why}"))
            .help("name the file that `prioritise key new` made, without `.pub`"),
        KeyFault::InClear => Problem::new(Code::BadKey, format!("the key `{file}` has no password"))
            .help(format!("anyone who copies it could sign: give it one with `minisign -C -s {file}`")),
        KeyFault::Password => {
            Problem::new(Code::BadPassword, format!("this password does not open the key `{file}`")).help("try again")
        }
        KeyFault::Memory => {
            Problem::new(Code::BadKey, format!("opening `{file}` needs 1 GiB of memory, and that much is not free"))
                .help("close other programs and try again")
        }
    }
}
