//! Arguments in, exit code out. The guides are here and not in the library, so that a sentence in one of them compiles nothing else.

mod guides;

use std::process::ExitCode;

use guides::GUIDES;

fn main() -> ExitCode {
    prioritise::cli::run(std::env::args_os().skip(1), &GUIDES).into()
}
