//! What a file is, and how much it would unfold to: asked before anything parses it.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{BOOK_LIMIT, PART_LIMIT, UNFOLDED_LIMIT, broken};
use crate::diagnostic::{Code, Problem};

/// The kinds of file that sheets come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Xlsx,
    Ods,
}

/// The most parts that a workbook may have.
const PARTS: usize = 10_000;

/// What `bytes` are; a workbook is one that unfolds within the limits.
pub(super) fn kind(file: &str, bytes: &[u8]) -> Result<Kind, Problem> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => workbook(file, bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            let message = format!("`{file}` is a workbook of the old form `.xls`, or one with a password");
            Err(Problem::new(Code::BadWorkbook, message)
                .help("open it in a spreadsheet and save it as `.xlsx` or `.ods`, without a password"))
        }
        [b'P', b'K', 5, 6, ..] => Err(broken(file, "it is an archive with nothing in it")),
        [b'%', b'P', b'D', b'F', ..] => {
            let message = format!("`{file}` is a PDF, and figures can't be read from it");
            Err(Problem::new(Code::BadWorkbook, message).help("ask its publisher for the workbook or the CSV"))
        }
        _ => Ok(Kind::Text),
    }
}

fn workbook(file: &str, bytes: &[u8]) -> Result<Kind, Problem> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > BOOK_LIMIT) {
        return Err(too_large(file, &format!("has {} MiB; at most {}", bytes.len() >> 20, BOOK_LIMIT >> 20)));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file, &cut_off(&error)))?;
    if archive.len() > PARTS {
        return Err(too_large(file, &format!("has {} parts; at most {PARTS}", archive.len())));
    }
    unfolds(file, &mut archive)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    match (has("xl/workbook.xml"), has("content.xml")) {
        (true, _) => Ok(Kind::Xlsx),
        (false, true) => Ok(Kind::Ods),
        (false, false) => Err(broken(file, "it is an archive, but no `.xlsx` or `.ods`")),
    }
}

/// Reads every part once and keeps nothing: what a part declares is not believed.
fn unfolds(file: &str, archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Problem> {
    let mut left = UNFOLDED_LIMIT;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|error| broken(file, &cut_off(&error)))?;
        let name = part.name().map_err(|error| broken(file, &cut_off(&error)))?.into_owned();
        let may = left.min(if holds_cells(&name) { left } else { PART_LIMIT });
        let declared = part.size();
        let unfolded = match declared > may {
            true => declared,
            false => std::io::copy(&mut part.take(may + 1), &mut std::io::sink())
                .map_err(|error| broken(file, &format!("its part `{name}` is damaged or cut off ({error})")))?,
        };
        if unfolded > may {
            let limits = format!("{} MiB, {} for a part without cells", UNFOLDED_LIMIT >> 20, PART_LIMIT >> 20);
            return Err(too_large(file, &format!("unfolds to more than is read ({limits}) at its part `{name}`")));
        }
        left -= unfolded;
    }
    Ok(())
}

fn holds_cells(name: &str) -> bool {
    name == "content.xml" || name.starts_with("xl/worksheets/")
}

fn cut_off(error: &zip::result::ZipError) -> String {
    format!("it is cut off or damaged ({error})")
}

fn too_large(file: &str, what: &str) -> Problem {
    Problem::new(Code::FileTooLarge, format!("`{file}` {what}"))
        .help("check that it is the file you meant; keep the sheets you need in a workbook of their own")
}
