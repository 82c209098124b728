//! `prioritise-dist FOLDER`: writes shell completions and manual pages of every command into a folder that does not exist.
#![expect(clippy::disallowed_methods, reason = "it writes to a disk")]

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use clap_complete::{Shell, generate_to};

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: prioritise-dist FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    let completions = folder.join("completions");
    let pages = folder.join("man/man1");
    fs::create_dir(folder)?;
    fs::create_dir_all(&completions)?;
    fs::create_dir_all(&pages)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
        generate_to(shell, &mut prioritise::cli::command(), "prioritise", &completions)?;
    }
    clap_mangen::generate_to(prioritise::cli::command(), pages)
}
