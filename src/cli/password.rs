//! Passwords: asked for on a terminal without showing them, or read from a file. Never an argument and never from the
//! environment, where other programs see them; never printed; wiped from memory after use.

use std::path::Path;

use zeroize::Zeroizing;

use super::disk::{Disk, text_of};
use super::person;
use crate::diagnostic::{Code, Problem};
use crate::files::read_bytes;

/// The longest password, in bytes: what minisign reads of one.
const LONGEST: usize = 1_000;

/// The bytes of a password, overwritten when they are dropped.
pub(super) type Password = Zeroizing<Vec<u8>>;

/// The password in `file`, or the one that the person types.
pub(super) fn password(file: Option<&Path>, prompt: &str) -> Result<Password, Problem> {
    match file {
        Some(file) => of_file(file),
        None => judged(typed(prompt)?),
    }
}

/// The same for a new key: who types it types it twice.
pub(super) fn new_password(file: Option<&Path>) -> Result<Password, Problem> {
    let Some(file) = file else {
        let first = judged(typed("Password for the new key: ")?)?;
        let again = typed("The same again: ")?;
        return match first == again {
            true => Ok(first),
            false => Err(bad_password("the two passwords differ", "try again: nothing was written")),
        };
    };
    of_file(file)
}

/// The only line of a file.
fn of_file(file: &Path) -> Result<Password, Problem> {
    // One byte more for each of the two that can end the line.
    let mut bytes =
        Zeroizing::new(read_bytes(&Disk, &text_of(file)?, LONGEST as u64 + 2).map_err(
            |problem| match problem.code {
                Code::FileTooLarge => {
                    bad_password("the password's file is too large", "write the password there and nothing else")
                }
                _ => problem,
            },
        )?);
    for end in [b'\n', b'\r'] {
        if bytes.last() == Some(&end) {
            bytes.pop();
        }
    }
    judged(bytes)
}

fn typed(prompt: &str) -> Result<Password, Problem> {
    if !person::is_there() {
        let message = "there is no terminal to ask for the password on";
        return Err(bad_password(message, "name a file that holds it with `--password-file`"));
    }
    let typed = rpassword::prompt_password(prompt);
    let typed =
        typed.map_err(|error| bad_password(&format!("no password was typed: {}", error.kind()), "try again"))?;
    Ok(Zeroizing::new(typed.into_bytes()))
}

fn judged(password: Password) -> Result<Password, Problem> {
    match &password[..] {
        [] => Err(bad_password("the password is empty", "choose one that is hard to guess: four words or more")),
        long if long.len() > LONGEST => {
            Err(bad_password("the password is too long", "choose one of at most 1,000 bytes"))
        }
        line if line.iter().any(|byte| matches!(byte, b'\n' | b'\r' | 0)) => {
            Err(bad_password("the password has more than one line", "write it in one line, and nothing else"))
        }
        _ => Ok(password),
    }
}

fn bad_password(message: &str, help: &str) -> Problem {
    Problem::new(Code::BadPassword, message).help(help)
}
