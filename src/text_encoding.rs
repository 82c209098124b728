//! Text as other people save it: UTF-8; Windows-1252, which spreadsheets on Windows call plain CSV; or UTF-16, which they
//! call Unicode text.
//!
//! Files of an assessment or rule set are UTF-8 and nothing else: [`decode_text`](crate::files::decode_text). Whoever
//! reads text here tells its reader that it was decoded.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::diagnostic::{Code, Place, Problem, SourceFile};
use crate::files::not_utf8;
use crate::words::{odd_in_words, unseen_letters};

/// The five bytes for which Windows-1252 has no letter.
const NO_LETTER: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/// The most control characters, and the most letters that nobody sees, that are told of one file.
const MAX_ODD: usize = 20;

/// How a text was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextEncoding {
    Utf8,
    Windows1252,
    Utf16,
}

/// The text that `bytes` are, read from `path`, without a byte-order mark, and how it was saved. Text is Windows-1252
/// where all of its letters beyond ASCII can be that and none is UTF-8: a file with both is damaged, and what its letters
/// were can't be told. Costs nothing but the check where the text is UTF-8.
///
/// # Errors
/// One problem that says where it is no text of either kind.
pub(crate) fn decode_any<'a>(path: &str, bytes: &'a [u8]) -> Result<(Cow<'a, str>, TextEncoding), Problem> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(text) {
        Ok(text) => Ok((Cow::Borrowed(text), TextEncoding::Utf8)),
        Err(_) if text.len() == bytes.len() && is_windows_1252(text) => {
            Ok((WINDOWS_1252.decode_without_bom_handling(text).0, TextEncoding::Windows1252))
        }
        Err(error) => Err(not_utf8(path, text, error.valid_up_to())),
    }
}

/// The text that `bytes` are, as [`decode_any`]; in UTF-16 too, where they begin with its byte-order mark.
///
/// # Errors
/// As [`decode_any`]; that it is damaged UTF-16.
pub(crate) fn decode_marked<'a>(path: &str, bytes: &'a [u8]) -> Result<(Cow<'a, str>, TextEncoding), Problem> {
    let Some((encoding, mark)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) else {
        return decode_any(path, bytes);
    };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    if damaged {
        let message = format!("`{path}` is marked as {}, and is damaged or cut off", encoding.name());
        return Err(Problem::new(Code::NotUtf8, message).help("save it again, as UTF-8"));
    }
    Ok((text, TextEncoding::Utf16))
}

/// The first letters of `source` that act on terminals or that no reader sees, and those alike counted; `what` is what has
/// them: `this cell`.
pub(crate) fn odd_letters(source: &Arc<SourceFile>, code: Code, what: &str) -> Vec<Problem> {
    let problem = |(at, letter): (usize, char)| {
        let place = Place::new(source, at..at + letter.len_utf8());
        let problem = Problem::new(code, format!("{what} has {}", odd_in_words(letter))).at(place);
        match letter.is_control() {
            true => problem.help("take it out").one_of("", "control characters"),
            false => problem.help("take it out: write the words anew").one_of("", "characters that nobody sees"),
        }
    };
    let unseen = unseen_letters(&source.text).take(MAX_ODD);
    control_characters(&source.text).take(MAX_ODD).chain(unseen).map(problem).collect()
}

/// Characters that act on terminals or show that a file is no text, with their bytes.
fn control_characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let may_begin = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t') || matches!(byte, 0x7f | 0xc2);
    let found = text.bytes().enumerate().filter(move |(_, byte)| may_begin(*byte));
    found.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?))).filter(|(_, letter)| letter.is_control())
}

/// That files were decoded, for whoever reads what was made of them.
pub(crate) fn decoded_remark(files: &[String]) -> Option<String> {
    let first = files.first()?;
    Some(match files {
        [_] => format!("`{first}` is not UTF-8: it is read as Windows-1252. Check letters with accents and dashes."),
        files => format!(
            "{} files are not UTF-8, `{first}` the first: they are read as Windows-1252. Check letters with accents and \
             dashes.",
            files.len()
        ),
    })
}

fn is_windows_1252(bytes: &[u8]) -> bool {
    let has_letters = !bytes.iter().any(|byte| *byte == 0 || NO_LETTER.contains(byte));
    has_letters && bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(String, TextEncoding), String> {
        let decoded = decode_any("t.csv", bytes).map_err(|problem| problem.message)?;
        Ok((decoded.0.into_owned(), decoded.1))
    }

    #[test]
    fn text_of_either_kind() {
        for (bytes, text, encoding) in [
            (&b"\xef\xbb\xbfcaf\xc3\xa9"[..], "café", TextEncoding::Utf8),
            (b"", "", TextEncoding::Utf8),
            (b"Caf\xe9 \x96 \x80, O\x92Neill, Ynys M\xf4n", "Café – €, O’Neill, Ynys Môn", TextEncoding::Windows1252),
        ] {
            assert_eq!(read(bytes), Ok((text.to_owned(), encoding)));
        }
    }

    #[test]
    fn utf_16_is_read_where_it_is_marked() {
        for bytes in [&b"\xff\xfea\0,\0\xeb\0"[..], b"\xfe\xff\0a\0,\0\xeb"] {
            assert_eq!(decode_marked("t.csv", bytes).unwrap(), ("a,ë".into(), TextEncoding::Utf16));
        }
        assert!(decode_marked("t.csv", b"\xff\xfea\0,").is_err());
        assert_eq!(decode_marked("t.csv", b"M\xf4n").unwrap(), ("Môn".into(), TextEncoding::Windows1252));
    }

    #[test]
    fn what_is_neither_is_told() {
        for bytes in [&b"caf\xc3\xa9, Ynys M\xf4n"[..], b"a\x81b", b"\xff\xfea\0b\0", b"\xef\xbb\xbfM\xf4n", b"\0\xf4"]
        {
            assert!(read(bytes).is_err_and(|message| message.contains("is not UTF-8")), "{bytes:?}");
        }
    }
}
