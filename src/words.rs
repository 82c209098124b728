//! Numbers as people write them, and somebody else's words as they may be shown. Only text is made here; nothing is computed.

use std::borrow::Cow;

use serde::Serialize;
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::GeneralSecurityProfile as _;
use unicode_security::general_security_profile::IdentifierType;

/// Somebody else's text as it may reach a terminal: `\u{1b}` in place of a control character that would act there, or of
/// one that turns the direction of writing or takes no room. Those that are `kept` stay.
pub fn visible<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let raw = |letter: char| !matches!(letter, ' '..='~') && is_raw(letter) && !kept.contains(&letter);
    let written = |letter: char| if raw(letter) { letter.escape_default().to_string() } else { letter.to_string() };
    if text.contains(raw) { text.chars().map(written).collect() } else { text.into() }
}

/// Text in which what is written from right to left turns nothing around it: every stretch of it, within its line, stands
/// between the marks that keep it apart (Unicode Standard Annex #9, 2.4). Without them the figures that follow a name in
/// Hebrew or Arabic are shown in another order than they have.
pub fn isolated(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_right_to_left) {
        return text.into();
    }
    let mut kept_apart = String::with_capacity(text.len() + 8);
    // What belongs to a stretch only if it goes on.
    let (mut is_within, mut open) = (false, String::new());
    for letter in text.chars() {
        if is_right_to_left(letter) {
            if !is_within {
                kept_apart.push(ISOLATE);
            }
            is_within = true;
            kept_apart.push_str(&std::mem::take(&mut open));
            kept_apart.push(letter);
        } else if is_within && goes_on_with(letter, &open) {
            open.push(letter);
        } else {
            end_stretch(&mut is_within, &mut open, &mut kept_apart);
            kept_apart.push(letter);
        }
    }
    end_stretch(&mut is_within, &mut open, &mut kept_apart);
    kept_apart.into()
}

fn end_stretch(is_within: &mut bool, open: &mut String, kept_apart: &mut String) {
    if std::mem::take(is_within) {
        kept_apart.push(END_OF_ISOLATE);
    }
    kept_apart.push_str(&std::mem::take(open));
}

/// Whether a stretch may go on behind a letter: within words, and from one to the next of a name. Two spaces part the columns of
/// a table, and other signs the names of a list, which keep their order.
fn goes_on_with(letter: char, behind: &str) -> bool {
    let joins = matches!(letter, '-' | '–' | '\'' | '’' | '"' | '&' | '\u{200c}' | '\u{200d}');
    joins || letter.is_numeric() || is_combining_mark(letter) || (letter == ' ' && !behind.ends_with(' '))
}

/// Begins a stretch that has the direction of its first letter.
const ISOLATE: char = '\u{2068}';
/// Ends it.
const END_OF_ISOLATE: char = '\u{2069}';

/// Whether a letter stands in the blocks that Unicode keeps for scripts written from right to left, their digits among them.
fn is_right_to_left(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// Whether a letter is shown in another way than as it is: it acts on terminals, or no reader sees it. The two that choose
/// between a sign and its picture hide nothing.
pub fn is_raw(letter: char) -> bool {
    letter.is_control() || is_unseen(letter) && !chooses_picture(letter)
}

/// Whether a letter takes no room, turns the direction of writing, or has no shape that all readers know: nobody sees that it
/// is there, or what it is. Unicode's tables say which: those that format, those that end lines, those for private use, those
/// that stand for nothing (unassigned, and noncharacters), and those that may be ignored where text is shown.
pub fn is_unseen(letter: char) -> bool {
    if letter < '\u{ad}' {
        return false;
    }
    let is_ignorable = || letter.identifier_type() == Some(IdentifierType::Default_Ignorable);
    match get_general_category(letter) {
        GeneralCategory::Format
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator
        | GeneralCategory::PrivateUse => true,
        // One table is of a younger Unicode than the other.
        GeneralCategory::Unassigned => is_ignorable() || letter.identifier_type().is_none(),
        _ => is_ignorable() || is_blank_sign(letter),
    }
}

/// The two signs behind another that choose whether it is shown as a sign or as a picture.
fn chooses_picture(letter: char) -> bool {
    matches!(letter, '\u{fe0e}' | '\u{fe0f}')
}

/// Signs without a shape, which no table of Unicode tells from others: the empty pattern of Braille, a note without a head, a
/// filler and the place of an object that is gone.
fn is_blank_sign(letter: char) -> bool {
    matches!(letter, '\u{2800}' | '\u{1d159}' | '\u{16fe4}' | '\u{fffc}')
}

/// The first letter of a text, of one line or several, that no view shows as it is: it acts on terminals, or nobody sees it.
/// The one rule for all texts of others, whether they are written in a file or made by a rule.
pub fn odd_letter(text: &str) -> Option<char> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')) {
        return None;
    }
    let control = text.chars().find(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'));
    control.or_else(|| unseen_letter(text))
}

/// What is wrong with a text that has such a letter in it: `the control character U+001B in it`.
pub fn odd_in_words(odd: char) -> String {
    let number = format!("U+{:04X}", u32::from(odd));
    match odd.is_control() {
        true => format!("the control character {number} in it"),
        false => format!("the character {number} in it, which nobody sees"),
    }
}

/// A view as indented JSON that ends in a line break. Letters that would steer a terminal, or that nobody sees, are escaped.
pub fn indented_json(view: &impl Serialize) -> String {
    escaped_json(&serde_json::to_string_pretty(view).unwrap_or_default(), &['\n']).into_owned() + "\n"
}

/// JSON in which letters that act on terminals or that nobody sees are escaped, which stand in its texts alone. Those that are
/// `kept` stay.
pub fn escaped_json<'a>(json: &'a str, kept: &[char]) -> Cow<'a, str> {
    let raw = |letter: char| !matches!(letter, ' '..='~') && is_raw(letter) && !kept.contains(&letter);
    if !json.contains(raw) {
        return json.into();
    }
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match raw(letter) {
            true => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}"))),
            false => text.push(letter),
        }
    }
    text.into()
}

/// The first letter of `text` that no reader sees, as [`unseen_letters`] has them.
pub fn unseen_letter(text: &str) -> Option<char> {
    unseen_letters(text).next().map(|(_, letter)| letter)
}

/// The letters of `text` that no reader sees, with their bytes. The two that join letters or keep them apart are seen in what
/// they do, where scripts are written so; between Latin letters they are not. So are those that choose a picture, behind a
/// sign.
pub fn unseen_letters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let joins = |letter: char| matches!(letter, '\u{200c}' | '\u{200d}');
    let is_joined = |letter: Option<char>| letter.is_some_and(|letter| letter >= '\u{590}');
    let is_sign = |letter: Option<char>| letter.is_some_and(|letter| letter >= '\u{203c}' && !is_unseen(letter));
    // Most texts have none of them.
    let text = if text.is_ascii() { "" } else { text };
    text.char_indices().filter(move |(at, letter)| {
        let before = || text.get(..*at)?.chars().next_back();
        let after = || text.get(at + letter.len_utf8()..)?.chars().next();
        let is_seen = || match letter {
            letter if joins(*letter) => is_joined(before()) && is_joined(after()),
            letter => chooses_picture(*letter) && is_sign(before()),
        };
        is_unseen(*letter) && !is_seen()
    })
}

/// What a name looks like: two that a reader takes for each other look the same, whatever letters they are written in
/// (Unicode Technical Standard #39, the skeleton). Not to be shown.
pub fn as_seen(name: &str) -> String {
    // In capitals other letters look alike than in small ones: the shape comes first.
    unicode_security::skeleton(name).collect::<String>().to_lowercase()
}

/// Whether the letters of a name are of one script, as far as scripts are written together anywhere.
pub fn is_of_one_script(name: &str) -> bool {
    unicode_security::MixedScript::is_single_script(name)
}

/// The one spelling of all names that a reader takes for the same: in small letters, and with accented letters stored in
/// one way (Unicode's NFC).
pub fn as_read(name: &str) -> Cow<'_, str> {
    let plain = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if plain { name.into() } else { name.nfc().collect::<String>().to_lowercase().nfc().collect() }
}

/// What two names that read the same differ in.
pub fn unlike_in(one: &str, other: &str) -> &'static str {
    match one.nfc().eq(other.nfc()) {
        true => "how their accented letters are stored",
        false => "capital letters",
    }
}

/// `x` to `decimals`, with a comma between thousands, without trailing zeros: `1,258`, `7.1`, `-0.25`.
pub fn number(x: f64, decimals: u32) -> String {
    let fixed = format!("{x:.*}", usize::try_from(decimals).unwrap_or(0));
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    grouped(whole, fraction.trim_end_matches('0'))
}

/// A whole number, with a comma between thousands.
pub fn whole(x: usize) -> String {
    grouped(&x.to_string(), "")
}

/// `x` to `decimals`, with a comma between thousands, trailing zeros included: `0.60`.
pub fn fixed(x: f64, decimals: u32) -> String {
    let fixed = format!("{x:.*}", usize::try_from(decimals).unwrap_or(0));
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    grouped(whole, fraction)
}

/// Digits before and after the point, with commas between thousands, and no sign where all of them are zeros.
fn grouped(whole: &str, fraction: &str) -> String {
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let all_zero = text.chars().chain(fraction.chars()).all(|digit| digit == '0');
    let sign = if all_zero { "" } else { sign };
    if fraction.is_empty() { format!("{sign}{text}") } else { format!("{sign}{text}.{fraction}") }
}

/// A number as somebody typed it, in digits with a point and `-` alone, and what to write otherwise: `1,702` is 1702. None
/// where it is such a number already, or none at all. It is never read so: it is only proposed.
pub fn typed_number(text: &str) -> Option<(String, &'static str)> {
    let mut typed = text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ").replace('’', "'").trim().to_owned();
    let mut why = (typed != text).then_some("write the number without blanks");
    let minus = typed.replace(['−', '–', '‒', '﹣', '－'], "-");
    if minus != typed {
        (typed, why) = (minus, Some("write `-` for minus: this is another sign"));
    }
    if let Some(number) = typed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (typed, why) = (format!("-{number}"), Some("write a number below zero with `-`, without brackets"));
    }
    if let Some(number) = typed.strip_suffix('%') {
        (typed, why) = (number.trim().to_owned(), Some("write the number without `%`"));
    }
    let (sign, digits) = typed.strip_prefix('-').map_or(("", &*typed), |digits| ("-", digits));
    let mut digits = digits.to_owned();
    if let Some(number) = digits.strip_prefix(['£', '€', '$']) {
        (digits, why) = (number.trim().to_owned(), Some("write the number without its currency sign"));
    }
    if let Some(number) = without_thousands(&digits) {
        (digits, why) = (number, Some("write the number without thousands separators"));
    } else if digits.matches(',').count() == 1 && !digits.contains('.') {
        (digits, why) = (digits.replace(',', "."), Some("write a point before the decimals"));
    }
    let plain = |letter: char| letter.is_ascii_digit() || letter == '.';
    let number = digits.chars().all(plain) && digits.parse::<f64>().is_ok();
    why.filter(|_| number).map(|why| (format!("{sign}{digits}"), why))
}

/// Whether somebody who types this means that there is no figure.
pub fn means_none(text: &str) -> bool {
    let marks =
        ["n/a", "na", "n.a.", "nil", "none", "null", "unknown", "?", ":", "-", "–", "—", "..", "*", "[c]", "[x]"];
    marks.contains(&&*text.trim().to_lowercase())
}

/// `180.000`, which may be meant for 180,000, without its point; none of what can't be. Where numbers are whole nobody
/// writes three decimals.
pub fn thousands_with_a_point(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = (1..=3).contains(&whole.len()) && decimals.len() == 3 && digits(whole) && digits(decimals);
    (grouped && whole != "0").then(|| format!("{whole}{decimals}"))
}

/// Digits in groups of three without what stands between the groups; none where they are no such groups.
fn without_thousands(digits: &str) -> Option<String> {
    let of_three = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped_by = |mark: char| {
        let (whole, fraction) = match (mark, digits.split_once('.')) {
            ('.', _) | (_, None) => (digits, None),
            (_, Some((whole, fraction))) => (whole, Some(fraction)),
        };
        let mut groups = whole.split(mark);
        let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
        let rest: Vec<&str> = groups.collect();
        // One point alone stands before decimals.
        let enough = if mark == '.' { 2 } else { 1 };
        let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
        let grouped = rest.len() >= enough && rest.iter().all(|group| of_three(group));
        grouped.then(|| format!("{first}{}{fraction}", rest.concat()))
    };
    [',', ' ', '\'', '.'].into_iter().find_map(grouped_by)
}

/// A figure and its unit: `4 (3 to 5) out of 5`, but `18% (16 to 20%) of residents`.
pub fn with_unit(figure: &str, unit: &str) -> String {
    match (unit.strip_prefix('%'), figure.split_once(" (")) {
        (Some(unit), Some((figure, interval))) => {
            format!("{figure}% ({}%){unit}", interval.trim_end_matches(')'))
        }
        (Some(unit), None) => format!("{figure}%{unit}"),
        (None, _) => format!("{figure} {unit}").trim_end().to_owned(),
    }
}

/// Phrases as one sentence without its full stop: `a; b`.
pub fn joined(phrases: &[String]) -> String {
    let bare: Vec<&str> = phrases.iter().map(|phrase| phrase.trim_end_matches('.')).collect();
    bare.join("; ")
}

/// `1 question`, `2 questions`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    with_noun(&count.to_string(), one, many)
}

/// A number as it is written, with its noun: `1 draw`, `1,000 draws`, `0.5 years`.
pub fn with_noun(number: &str, one: &str, many: &str) -> String {
    format!("{number} {}", if number == "1" { one } else { many })
}

/// Words in one line, with one blank between them.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The first so many of a list, and the others counted: `a, b and 3 others`.
pub fn first_listed(items: &[String], most: usize) -> String {
    let mut told: Vec<String> = items.iter().take(most).cloned().collect();
    if items.len() > most {
        told.push(counted(items.len() - most, "other", "others"));
    }
    listed(&told)
}

/// `a`, `a or b`, `a, b or c`.
pub fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A title within a sentence: its first letter small, unless the word is written in capitals.
pub fn lower_title(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), title.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => title.to_owned(),
    }
}

/// An id made of a title: `Anti-social behaviour` is `anti-social-behaviour`; `&` and `and` are one. Empty where no letter or digit is in it;
/// two titles can have the same.
pub fn id_of(title: &str) -> String {
    parted(title, '-')
}

/// An evidence name made of a title, as expressions can read it: `Theft from the person` is `theft_from_the_person`.
pub fn name_of(title: &str) -> String {
    parted(title, '_')
}

/// The words of a title in small letters without accents, with `mark` between them; no more than an id may have.
fn parted(title: &str, mark: char) -> String {
    let mut text = String::new();
    for letter in title.replace('&', " and ").nfd().filter(|letter| !is_combining_mark(*letter)) {
        match letter.is_ascii_alphanumeric() {
            true => text.push(letter.to_ascii_lowercase()),
            false if matches!(letter, '\'' | '’') => {}
            false if !text.is_empty() && !text.ends_with(mark) => text.push(mark),
            false => {}
        }
    }
    text.truncate(200);
    text.trim_end_matches(mark).to_owned()
}

/// Whether this is the code of an area, as the ONS gives them, in capital or small letters: `E07000011`.
pub fn is_area_code(text: &str) -> bool {
    let digits = text.get(1..).is_some_and(|rest| rest.len() == 8 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    digits && text.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// Text with its first letter large.
pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// What type of thing a title names: its words in lower case, without the letter of a plural, so that no spelling of a type
/// makes another of it.
pub fn type_of(title: &str) -> String {
    let title = title.to_lowercase();
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    words.map(|word| word.strip_suffix('s').filter(|rest| rest.chars().count() > 2).unwrap_or(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_of_titles() {
        assert_eq!(id_of("Anti-social behaviour"), "anti-social-behaviour");
        assert_eq!(id_of(" King's Lynn & West (Norfolk) "), "kings-lynn-and-west-norfolk");
        assert_eq!(name_of("Theft from the person"), "theft_from_the_person");
        assert_eq!(id_of("Ynys Môn"), "ynys-mon");
        assert_eq!(id_of("—"), "");
    }

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(visible("Tom\u{1b}[2J’s \u{202e}list\n", &['\n']), "Tom\\u{1b}[2J’s \\u{202e}list\n");
    }

    #[test]
    fn what_is_written_from_right_to_left_turns_nothing_around_it() {
        for (text, apart) in [
            ("Burglary 76.83", "Burglary 76.83"),
            ("café 5", "café 5"),
            ("1 סחיטה 76.83", "1 \u{2068}סחיטה\u{2069} 76.83"),
            ("العنف المنزلي, 12%", "\u{2068}العنف المنزلي\u{2069}, 12%"),
            ("סחיטה (Extortion) 3", "\u{2068}סחיטה\u{2069} (Extortion) 3"),
            ("א 2-ב", "\u{2068}א 2-ב\u{2069}"),
            ("א; ב, ג", "\u{2068}א\u{2069}; \u{2068}ב\u{2069}, \u{2068}ג\u{2069}"),
            ("می\u{200c}خواهم", "\u{2068}می\u{200c}خواهم\u{2069}"),
            ("א  ב\nג", "\u{2068}א\u{2069}  \u{2068}ב\u{2069}\n\u{2068}ג\u{2069}"),
        ] {
            assert_eq!(isolated(text), apart);
        }
    }

    #[test]
    fn json_is_the_same_with_odd_letters_escaped() {
        let odd = "a\u{9b}\u{202e}\u{e0001}\n\u{1b}é";
        let json = indented_json(&odd);
        assert_eq!(json, "\"a\\u009b\\u202e\\udb40\\udc01\\n\\u001bé\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), odd);
    }

    #[test]
    fn letters_that_nobody_sees() {
        for code in [
            0xad, 0x61c, 0x115f, 0x180e, 0x200b, 0x200d, 0x2028, 0x202a, 0x202e, 0x2060, 0x2064, 0x2066, 0x2069,
            0x206a, 0x206f, 0x2800, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xe0001, 0xe007f, 0xe0100, 0x34f, 0x17b4,
            0x180b, 0x2065, 0xfff0, 0xfff9, 0xfffb, 0x1bca0, 0x1d173, 0xe0000, 0xe0fff, // may be ignored
            0x70f, 0x600, 0x13430, 0x1343f, 0x110bd, // format
            0xfdd0, 0xfffe, 0xffff, 0x1fffe, 0x10_ffff, 0x378, 0x4_0000, // stand for nothing
            0xe000, 0xf8ff, 0xf_0000, 0x10_fffd, // private use
            0xfffc, 0x1d159, 0x16fe4, // without a shape
        ] {
            let letter = char::from_u32(code).unwrap();
            assert_eq!(unseen_letter(&format!("Burg{letter}lary")), Some(letter), "U+{code:04X}");
        }
        for seen in [
            "Zoë",
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            "⚠\u{fe0f} Knives",
            "👩\u{200d}👧",
            "−1 ＝ 2",
            "\u{a0}\u{3000}\u{fffd}",
            // Younger than one of the tables.
            "\u{20c1} \u{1faea}",
        ] {
            assert_eq!(unseen_letter(seen), None, "{seen}");
        }
    }

    #[test]
    fn names_that_read_the_same_are_the_same() {
        assert_eq!(as_read("Burglary"), as_read("BURGLARY"));
        assert_eq!(as_read("Zo\u{eb}"), as_read("Zoe\u{308}"));
        assert_ne!(as_read("zoe"), as_read("zoë"));
        assert_eq!(unlike_in("Zo\u{eb}", "Zoe\u{308}"), "how their accented letters are stored");
        assert_eq!(unlike_in("a", "A"), "capital letters");
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (x, decimals, shown) in [
            (1258.0, 0, "1,258"),
            (1_234_567.891, 2, "1,234,567.89"),
            (7.10, 2, "7.1"),
            (-22.0, 1, "-22"),
            (-0.001, 2, "0"),
            (0.5, 2, "0.5"),
            (999.0, 2, "999"),
        ] {
            assert_eq!(number(x, decimals), shown);
        }
        assert_eq!(fixed(0.6, 2), "0.60");
        assert_eq!(fixed(-1234.0, 1), "-1,234.0");
        assert_eq!(fixed(-0.001, 2), "0.00");
    }

    #[test]
    fn what_is_typed_for_a_number_is_proposed_plain() {
        for (typed, plain) in [
            ("1,702", "1702"),
            ("1 234 567", "1234567"),
            ("1\u{a0}234", "1234"),
            ("1’234", "1234"),
            ("1.234.567", "1234567"),
            ("1,234.5", "1234.5"),
            ("−3", "-3"),
            ("(12)", "-12"),
            ("(1,200)", "-1200"),
            ("18%", "18"),
            ("18 %", "18"),
            ("12,5", "12.5"),
            ("-£1,200.50", "-1200.50"),
        ] {
            assert_eq!(typed_number(typed).map(|(plain, _)| plain).as_deref(), Some(plain), "{typed}");
        }
        for nothing in ["12", "-3", "1.5", "eleven", "", "1,2,3", "12 34", "(a)", "1.702", "..", "-", "%"] {
            assert_eq!(typed_number(nothing), None, "{nothing}");
        }
        assert_eq!(thousands_with_a_point("180.000").as_deref(), Some("180000"));
        for other in ["180.5", "180", "0.180", "1800.000", "180.0000"] {
            assert_eq!(thousands_with_a_point(other), None, "{other}");
        }
        assert!(means_none("N/A") && means_none(" .. ") && !means_none("0"));
    }

    #[test]
    fn lists_and_counts() {
        assert_eq!(counted(1, "question", "questions"), "1 question");
        assert_eq!(with_unit("9", "% of residents"), "9% of residents");
        assert_eq!(with_unit("18 (16 to 20)", "% of residents"), "18% (16 to 20%) of residents");
        assert_eq!(with_unit("7.1", "per 1,000"), "7.1 per 1,000");
        assert_eq!(joined(&["It fell.".into(), "a draft".into()]), "It fell; a draft");
        assert_eq!(either(&["a".into(), "b".into(), "c".into()]), "a, b or c");
        assert_eq!(upper_first("élan"), "Élan");
        assert!(is_area_code("E07000011") && is_area_code("e07000011"));
        assert!(!is_area_code("E0700001") && !is_area_code("070000111") && !is_area_code("é7000011"));
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
