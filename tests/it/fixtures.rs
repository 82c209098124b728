//! Every shipped fixture in every format.

use crate::support::{FIXTURES, FORMATS, prioritise};

#[test]
fn every_fixture_in_every_format() {
    for fixture in FIXTURES {
        // One page of HTML is enough to read; tests/browser looks at all of them.
        for format in FORMATS.into_iter().filter(|format| *format != "html" || fixture == "starter") {
            let said = prioritise(&["rank", &format!("fixtures/{fixture}"), "--format", format, "--quiet"]);
            assert_eq!((said.code, &*said.err), (Some(0), ""), "{fixture} {format}");
            insta::assert_snapshot!(format!("{fixture}.{format}"), said.out);
        }
    }
}

/// The list in a terminal with all reasons and sums.
#[test]
fn every_fixture_in_full() {
    for fixture in FIXTURES {
        let said = prioritise(&["rank", &format!("fixtures/{fixture}"), "--full", "--quiet"]);
        assert_eq!((said.code, &*said.err), (Some(0), ""), "{fixture}");
        insta::assert_snapshot!(format!("{fixture}.full"), said.out);
    }
}

#[test]
fn every_fixture_checked() {
    for fixture in FIXTURES {
        let said = prioritise(&["check", &format!("fixtures/{fixture}"), "--error-format", "plain"]);
        // Two documents have faults, and one rule set looks at the other candidates.
        let told = ["cambridgeshire", "huntingdonshire"].iter().any(|place| fixture.starts_with(place));
        assert_eq!((said.code, &*said.err), (Some(i32::from(told)), ""), "{fixture}");
        insta::assert_snapshot!(format!("{fixture}.check"), said.out);
    }
}

#[test]
fn the_text_fits_80_columns() {
    for fixture in FIXTURES {
        for more in [&[][..], &["--full"]] {
            let said = prioritise(&[&["rank", &format!("fixtures/{fixture}"), "--quiet"], more].concat());
            for line in said.out.lines() {
                assert!(line.chars().count() <= 80, "{fixture}: {line}");
            }
        }
    }
}
