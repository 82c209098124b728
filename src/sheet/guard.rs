//! What a file is, and how much it would unfold to: asked before anything parses it.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::diagnostic::{Code, Problem};

/// The largest workbook read, as it lies on the disk: 128 MiB.
pub const BOOK_LIMIT: u64 = 128 << 20;
/// The most that the parts of a workbook may unfold to, together: 4 GiB. Sheets are read as a stream, and the Home
/// Office's counts by partnership unfold to more than 1 GiB.
pub const UNFOLDED_LIMIT: u64 = 4 << 30;
/// How many times its size a workbook may unfold to, where that is more than [`SMALL_BOOK`]: sheets of figures unfold to ten
/// or thirty times theirs, and what is made to be unpacked without end to a thousand times.
const MOST_TIMES: u64 = 100;
/// What any workbook may unfold to: 256 MiB.
const SMALL_BOOK: u64 = 256 << 20;
/// The most that a part other than a sheet may unfold to: 64 MiB.
pub const PART_LIMIT: u64 = 64 << 20;
/// The kinds of file that sheets come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    Text,
    Xlsx,
    Ods,
}

/// The most parts that a workbook may have.
const MAX_PARTS: usize = 10_000;
/// The longest tag or text in a part with cells, in bytes: 16 MiB, hundreds of times what a cell can hold. What parses it
/// keeps each whole.
const PIECE_LIMIT: u64 = 16 << 20;
/// The most letters of a column and digits of a row in `XFD1048576`, the last cell there is.
const MAX_ADDRESS: (usize, usize) = (3, 7);

/// What `bytes` are; a workbook is one that unfolds within the limits.
pub(super) fn kind(file: &str, bytes: &[u8]) -> Result<FileKind, Problem> {
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
        _ => Ok(FileKind::Text),
    }
}

fn workbook(file: &str, bytes: &[u8]) -> Result<FileKind, Problem> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > BOOK_LIMIT) {
        return Err(too_large(file, &format!("has {} MiB; at most {}", bytes.len() >> 20, BOOK_LIMIT >> 20)));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file, &cut_off(&error)))?;
    if archive.len() > MAX_PARTS {
        return Err(too_large(file, &format!("has {} parts; at most {MAX_PARTS}", archive.len())));
    }
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX).saturating_mul(MOST_TIMES);
    unfolds(file, &mut archive, most.clamp(SMALL_BOOK, UNFOLDED_LIMIT))?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    match (has("xl/workbook.xml"), has("content.xml")) {
        (true, _) => Ok(FileKind::Xlsx),
        (false, true) => Ok(FileKind::Ods),
        (false, false) => Err(broken(file, "it is an archive, but not an `.xlsx` or `.ods` file")),
    }
}

/// Reads every part once and keeps nothing: what a part declares is not believed, unless it is too much, and then nothing
/// is read. All together may unfold to `most`.
fn unfolds(file: &str, archive: &mut ZipArchive<Cursor<&[u8]>>, most: u64) -> Result<(), Problem> {
    let beyond = |name: &str| {
        let limits = format!(
            "{} MiB for a file of its size, {} for a part without cells",
            most >> 20,
            PART_LIMIT.min(most) >> 20
        );
        too_large(file, &format!("unpacks to more than the limit ({limits}) at its part `{name}`"))
    };
    let mut declared = 0_u64;
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number).map_err(|error| broken(file, &cut_off(&error)))?;
        declared = declared.saturating_add(part.size());
        if declared > most {
            let name = part.name().map_err(|error| broken(file, &cut_off(&error)))?;
            return Err(beyond(&name));
        }
    }
    let mut left = most;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|error| broken(file, &cut_off(&error)))?;
        let name = part.name().map_err(|error| broken(file, &cut_off(&error)))?.into_owned();
        let may = left.min(if holds_cells(&name) { left } else { PART_LIMIT });
        let declared = part.size();
        let unfolded = match declared > may {
            true => declared,
            false => pieces(file, &name, part.take(may + 1))?,
        };
        if unfolded > may {
            return Err(beyond(&name));
        }
        left -= unfolded;
    }
    Ok(())
}

/// How many bytes a part unfolds to. Each tag and text of it is small enough to be kept, and no address in it is beyond
/// the last cell: what parses it counts without looking. A sheet can be in any part.
fn pieces(file: &str, name: &str, part: impl Read) -> Result<u64, Problem> {
    let mut xml = Reader::from_reader(PieceReader { part: BufReader::new(part), read: 0, left: PIECE_LIMIT });
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            Ok(Event::Start(element) | Event::Empty(element)) => addresses(file, &element)?,
            Ok(_) => {}
            Err(_) if xml.get_ref().left == 0 && holds_cells(name) => {
                let message = format!("has more than {} MiB in one piece at its part `{name}`", PIECE_LIMIT >> 20);
                return Err(too_large(file, &message));
            }
            // No XML, or damaged: whoever parses it meets the same fault, if it is read so far.
            Err(_) => break,
        }
        buffer.clear();
        xml.get_mut().left = PIECE_LIMIT;
    }
    let mut rest = xml.into_inner();
    rest.left = u64::MAX;
    std::io::copy(&mut rest, &mut std::io::sink()).map_err(|error| {
        broken(file, &format!("its part `{}` is damaged or cut off ({error})", name.escape_debug()))
    })?;
    Ok(rest.read)
}

/// Refuses addresses that no cell has, and areas that run backwards.
fn addresses(file: &str, element: &BytesStart<'_>) -> Result<(), Problem> {
    let name = element.name().0;
    if !matches!(name.rsplit(':').next().unwrap_or(name), "c" | "row" | "mergeCell" | "dimension" | "f") {
        return Ok(());
    }
    for attribute in element.attributes().flatten().filter(|attribute| matches!(attribute.key.0, "r" | "ref")) {
        let ends: Vec<Option<(u32, u32)>> = attribute.value.split(':').map(address).collect();
        let backwards = match *ends {
            [Some((row, column)), Some((last_row, last_column))] => row > last_row || column > last_column,
            _ => false,
        };
        if backwards || ends.contains(&None) {
            let shown: String = attribute.value.chars().take(40).collect();
            return Err(broken(file, &format!("no cell has the address `{}`", shown.escape_debug())));
        }
    }
    Ok(())
}

/// Row and column of an address such as `B7`, or of a row alone; none where it is beyond any sheet. What is no address
/// at all is left to whoever reads it.
fn address(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = text.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
    if letters > MAX_ADDRESS.0 || digits > MAX_ADDRESS.1 {
        return None;
    }
    let column = text.bytes().take(letters).fold(0, |column, letter| column * 26 + u32::from(letter & 31));
    let row = text.bytes().skip(letters).take(digits).fold(0, |row, digit| row * 10 + u32::from(digit - b'0'));
    Some((row, column))
}

/// A part as it unfolds, of which no more is read at once than may be kept.
struct PieceReader<R> {
    part: BufReader<R>,
    /// How much was read in all.
    read: u64,
    /// How much more may be read of this piece.
    left: u64,
}

impl<R: Read> Read for PieceReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.part.read(buffer)?;
        self.consumed(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for PieceReader<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        match self.left {
            0 => Err(std::io::Error::other("a piece is too long")),
            _ => self.part.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        self.part.consume(count);
        self.consumed(count);
    }
}

impl<R> PieceReader<R> {
    fn consumed(&mut self, count: usize) {
        let count = count as u64;
        self.read = self.read.saturating_add(count);
        self.left = self.left.saturating_sub(count);
    }
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

/// Why a file can't be read as a workbook.
pub(super) fn broken(file: &str, why: &str) -> Problem {
    Problem::new(Code::BadWorkbook, format!("`{file}` can't be read as a workbook: {why}"))
        .help("open it in a spreadsheet and save it again; if it was downloaded, download it again")
}
