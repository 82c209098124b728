//! What editors, mail, spreadsheets and version control do to a file of text when they save it: other line ends, a
//! byte-order mark, UTF-16, empty lines at the end. It changes no line, and can be undone.

use crate::files::BYTE_ORDER_MARK;
use crate::words::listed;

/// The text as our lines have it, and what another program did to it; none where nothing of that kind was done.
pub(super) fn undone(bytes: &[u8]) -> Option<(Vec<u8>, String)> {
    let mut how = Vec::new();
    let mut text = match in_utf16(bytes) {
        Some(text) => {
            how.push("it is in UTF-16".to_owned());
            text
        }
        None => std::str::from_utf8(bytes).ok()?.to_owned(),
    };
    if text.starts_with(BYTE_ORDER_MARK) {
        text.drain(..BYTE_ORDER_MARK.len());
        how.push("it begins with a byte-order mark".to_owned());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
        how.push("its lines do not end with LF alone".to_owned());
    }
    let written = text.trim_end_matches('\n').len();
    if text.len() > written + 1 {
        text.truncate(written + 1);
        how.push("empty lines follow the last one".to_owned());
    }
    if how.is_empty() {
        return None;
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Some((text.into_bytes(), listed(&how)))
}

/// The text of a file that begins with the byte-order mark of UTF-16.
fn in_utf16(bytes: &[u8]) -> Option<String> {
    let (mark, rest) = bytes.split_first_chunk::<2>()?;
    let unit = match mark {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, []) = rest.as_chunks::<2>() else { return None };
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_do_to_text_is_undone() {
        let utf16: Vec<u8> = "\u{feff}a\r\nb\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for saved in [&b"a\r\nb\r\n"[..], b"a\rb\r", b"\xef\xbb\xbfa\nb\n", b"a\nb\n\n\n", b"a\r\nb", &utf16] {
            assert_eq!(undone(saved).map(|(text, _)| text), Some(b"a\nb\n".to_vec()), "{saved:?}");
        }
        for other in [&b"a\nb\n"[..], b"a\nb", b"", b"\xff\xfea", b"\xff\xff"] {
            assert_eq!(undone(other), None, "{other:?}");
        }
    }
}
