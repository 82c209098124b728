//! What a layout changes, and that it changes nothing else.

use proptest::prelude::*;
use toml::Table;

use super::laid_out;

fn laid(text: &str) -> String {
    let laid = laid_out(text).unwrap();
    assert_eq!(laid_out(&laid).as_ref(), Some(&laid), "laid out again it is other than\n{laid}");
    laid
}

#[test]
fn keys_come_in_their_order_with_their_comments() {
    let text = "[[candidate]]\n# The name.\ntitle=\"T\" # shown\n\
                because =  'a'\nkind= \"crime\"\nid = \"t\"\n# left\n\n# On its own.\nby = \"B\"\nx = 1\n";
    assert_eq!(
        laid(text),
        "[[candidate]]\nid = \"t\"\n# The name.\ntitle   = \"T\" # shown\nkind    = \"crime\"\nbecause = 'a'\n# left\n\n\
         x = 1\n# On its own.\nby = \"B\"\n"
    );
}

#[test]
fn signs_stand_under_each_other_but_for_long_keys() {
    let text =
        "a = 1\nlonger = 2   # kept\na_very_long_key_indeed = 3\nb = 4\nrows = [\n[1,2],\n]\nc.d = 5\n\n\"e f\" = 6\n";
    assert_eq!(
        laid(text),
        "a      = 1\nlonger = 2   # kept\na_very_long_key_indeed = 3\nb    = 4\nrows = [\n    [1, 2],\n]\nc.d  = 5\n\n\
         \"e f\" = 6\n"
    );
}

#[test]
fn within_a_line_there_is_one_way_and_columns_stay() {
    assert_eq!(laid("a={x=1,y=[ 1,2 ,],z={ }}\n"), "a = { x = 1, y = [1, 2,], z = {} }\n");
    assert_eq!(
        laid("a = [\n[1,   20],\n  [100, 2],#both\n\n\n# last\n]\n"),
        "a = [\n    [1,   20],\n    [100, 2], #both\n\n    # last\n]\n"
    );
    assert_eq!(laid("a = [ { b = [ 1 ,\n2 ] } ]"), "a = [{ b = [1,\n            2] }]\n");
    assert_eq!(
        laid("[ a . \"b\" ]   # about\nc=2026-04-20 12:30:00\nd = -1.5e3\n"),
        "[a.\"b\"] # about\nc = 2026-04-20 12:30:00\nd = -1.5e3\n"
    );
}

#[test]
fn text_of_several_lines_and_line_ends_stay() {
    let text = "a = \"\"\"\n  as  it = is,  \n\n\n [\"\"\"\nb = '''\n#no\n'''\n";
    assert_eq!(laid(text), text);
    assert_eq!(laid("\r\na = [\r\n1,\r\n]\r\n\r\n\r\nb=1   \r\n\r\n"), "a = [\r\n    1,\r\n]\r\n\r\nb = 1\r\n");
    assert_eq!(laid(""), "");
    assert_eq!(laid("# only\n\n"), "# only\n");
}

#[test]
fn what_is_no_toml_is_left_alone() {
    for text in ["a = ", "[a", "a = 1\na = 2\n", "= 1\n", "a = [1\n", "a = \"\u{7}\"\n"] {
        assert_eq!(laid_out(text), None, "{text}");
    }
}

/// Pieces of TOML, put together at random: mostly no TOML at all, often enough some.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "id",
        "source",
        "because",
        "\"k e\"",
        ".",
        " = ",
        "=",
        "1",
        "-2.5",
        "true",
        "\"s\"",
        "'l'",
        "\"\"\"\nm\n\"\"\"",
        "2026-04-20",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        "\n",
        "\r\n",
        "\n\n\n",
        " ",
        "\t",
        "# c\n",
        "#",
        "\u{feff}",
        "ü",
        "x = [1,\n 2]\n",
        "t = { a = 1 }\n",
        "[h]\n",
        "[[l]]\n",
        "id = 1\n",
        "where = 2\n",
        "e.f = 3\n",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Whatever is written, it says the same afterwards, keeps every comment, and is not laid out otherwise a second time.
    #[test]
    fn a_layout_never_changes_what_a_file_says(text in pieces()) {
        let Some(laid) = laid_out(&text) else { return Ok(()) };
        prop_assert_eq!(laid.parse::<Table>().unwrap(), text.parse::<Table>().unwrap());
        prop_assert_eq!(laid_out(&laid), Some(laid.clone()), "again");
        prop_assert_eq!(laid.matches('#').count(), text.matches('#').count(), "a comment is gone");
    }
}
