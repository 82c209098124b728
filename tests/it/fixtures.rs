//! Every shipped fixture in every format.

use std::process::Command;

const FIXTURES: [&str; 4] = ["huntingdonshire-2019", "huntingdonshire-wards-2019", "morile-style", "starter"];

fn prioritise(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_prioritise"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn every_fixture_in_every_format() {
    for fixture in FIXTURES {
        for format in ["text", "markdown", "json", "csv"] {
            let (out, _, code) = prioritise(&["rank", &format!("fixtures/{fixture}"), "--format", format]);
            assert_eq!(code, Some(0), "{fixture} {format}");
            insta::assert_snapshot!(format!("{fixture}.{format}"), out);
        }
    }
}
