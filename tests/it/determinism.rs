//! The same bytes wherever and however the main commands run: on any number of threads, in any language and time zone,
//! from any folder, for files in any order and with any line ends, without the platform's mathematics, and from any build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;

use crate::support::{FORMATS, Folder, root};

/// The assessment that the commands are run for, and what else they read.
const OURS: &str = "fixtures/huntingdonshire-2019";
/// Another with few candidates, for what takes long: papers, and records with a paper in them.
const SMALL: &str = "fixtures/starter";
const RULES: &str = "rules/huntingdonshire";
const OTHER_RULES: &str = "other/ruleset.toml";
const AGREED: &str = "agreed.toml";
/// Where a command puts what it does not print.
const OUTPUT: &str = "output";

/// What is run: everything that reads an assessment, and the rules' own tests. A record is made and verified.
fn commands() -> Vec<Vec<&'static str>> {
    let ranked = FORMATS.map(|format| {
        let is_paper = matches!(format, "html" | "markdown");
        vec!["rank", if is_paper { SMALL } else { OURS }, "--format", format]
    });
    let others = [
        vec!["rank", OURS, "--format", "xlsx", "-o", OUTPUT],
        vec!["explain", OURS, "burglary", "--against", "domestic-abuse"],
        vec!["sensitivity", OURS, "--draws", "300", "--format", "json"],
        vec!["sensitivity", OURS, "--vary", "both", "--draws", "20", "--seed", "7"],
        vec!["learn", OURS, AGREED, "--format", "json"],
        vec!["diff", OURS, "--rules", "other", "--format", "json"],
        vec!["check", OURS],
        vec!["test", RULES],
        vec!["record", SMALL, "--draws", "100", "--date", "2020-02-14", "-o", OUTPUT],
        vec!["verify", OUTPUT, "--format", "json"],
    ];
    ranked.into_iter().chain(others).collect()
}

/// What a command gave: its exit code, what it printed, and the files that it wrote.
type Given = (Option<i32>, String, BTreeMap<PathBuf, Vec<u8>>);

/// The files that the commands read.
fn files() -> Folder {
    let mut files = Folder::of(&[OURS, SMALL, RULES]);
    let rules = files.text(&format!("{RULES}/ruleset.toml"));
    files.write(OTHER_RULES, rules.replacen("weight = 15", "weight = 20", 1));
    files.write("other/measures.rhai", files.text(&format!("{RULES}/measures.rhai")));
    files.write(AGREED, "[[statement]]\nabove = \"domestic-abuse\"\nbelow = \"violence-against-the-person\"\n");
    files
}

/// A folder with the files, written one after another.
fn laid_out<'f>(files: &'f Folder, paths: impl Iterator<Item = &'f str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in paths {
        let to = folder.path().join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, files.text(path)).unwrap();
    }
    folder
}

/// What every command gives in `folder` where `change` has its say on how it is run.
fn results(folder: &Path, change: impl Fn(&mut Command)) -> Vec<(String, Given)> {
    results_of(Path::new(env!("CARGO_BIN_EXE_prioritise")), folder, change)
}

fn results_of(binary: &Path, folder: &Path, change: impl Fn(&mut Command)) -> Vec<(String, Given)> {
    let run = |arguments: Vec<&'static str>| {
        let mut command = Command::new(binary);
        command.args(&arguments).arg("--quiet").current_dir(folder);
        change(&mut command);
        let output = command.output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        let printed = String::from_utf8(output.stdout).unwrap();
        (arguments.join(" "), (output.status.code(), printed, written(folder)))
    };
    let results = commands().into_iter().map(run).collect();
    fs::remove_dir_all(folder.join(OUTPUT)).unwrap();
    results
}

/// The files that were written. A single one is taken away, so that the next command finds nothing in its place.
fn written(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let output = folder.join(OUTPUT);
    let mut found = BTreeMap::new();
    gather(&output, &mut found);
    if output.is_file() {
        fs::remove_file(output).unwrap();
    }
    found.into_iter().map(|(path, bytes)| (path.strip_prefix(folder).unwrap().to_owned(), bytes)).collect()
}

fn gather(path: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    if path.is_file() {
        found.insert(path.to_owned(), fs::read(path).unwrap());
    } else if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            gather(&entry.unwrap().path(), found);
        }
    }
}

#[track_caller]
fn same(expected: &[(String, Given)], found: &[(String, Given)], what: &str) {
    assert_eq!(expected.len(), found.len());
    for ((command, expected), (_, found)) in expected.iter().zip(found) {
        assert!((expected.0, &expected.1) == (found.0, &found.1), "{what}: {command}: {:?}, {:?}", expected.0, found.0);
        assert!(expected.2.keys().eq(found.2.keys()), "{what}: {command}");
        for (path, bytes) in &expected.2 {
            assert!(found.2[path] == *bytes, "{what}: {command}: {}", path.display());
        }
    }
}

#[test]
fn threads_surroundings_and_the_order_of_files() {
    let files = files();
    let paths: Vec<&str> = files.paths().collect();
    let folder = laid_out(&files, paths.iter().copied());
    let plain = results(folder.path(), |_| ());
    for (command, (code, printed, files)) in &plain {
        // `check` ends with 1: two printed shares of this assessment do not recompute.
        assert!(
            *code == Some(i32::from(command.starts_with("check"))) && !(printed.is_empty() && files.is_empty()),
            "{command}: {code:?}\n{printed}"
        );
    }
    let path = folder.path().display().to_string();
    for (command, (_, printed, files)) in &plain {
        assert!(!printed.contains(&path), "{command}");
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(&path);
        assert!(!files.values().any(|bytes| holds(bytes)), "{command}");
    }
    let surroundings = [
        ("1", [("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati"), ("HOME", "/nowhere"), ("COLUMNS", "40")]),
        ("7", [("LANG", "de_DE.UTF-8"), ("TZ", "America/St_Johns"), ("USER", "somebody"), ("COLUMNS", "200")]),
    ];
    surroundings.par_iter().for_each(|(threads, variables)| {
        let backwards = laid_out(&files, paths.iter().rev().copied());
        let found = results(backwards.path(), |command| {
            command.args(["--threads", threads]).env_clear().envs(*variables);
        });
        same(&plain, &found, &format!("{threads} threads, {variables:?}"));
    });
}

/// Windows and some editors end lines otherwise, and mark their files: that is the same evidence, and the same record.
#[test]
fn line_ends_and_byte_order_marks() {
    let files = files();
    let plain = laid_out(&files, files.paths());
    let other = files.map(|_, text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let marked = laid_out(&other, other.paths());
    same(&results(plain.path(), |_| ()), &results(marked.path(), |_| ()), "line ends");
}

/// Where somebody stands says nothing about what they get. A report that names a file names it as it was named to it.
#[test]
fn the_working_folder() {
    let files = files();
    let folder = laid_out(&files, files.paths());
    let from = |at: &str, to: &str| {
        let at = folder.path().join(at);
        let run = |arguments: Vec<&'static str>| {
            let arguments = arguments.iter().map(|word| if *word == SMALL { to } else { word });
            let mut command = Command::new(env!("CARGO_BIN_EXE_prioritise"));
            let output = command.args(arguments).arg("--quiet").current_dir(&at).output().unwrap();
            assert_eq!(output.status.code(), Some(0));
            (output.stdout, written(&at))
        };
        let of_small = commands().into_iter().filter(|command| command.contains(&SMALL));
        let found: Vec<_> = of_small.map(run).collect();
        fs::remove_dir_all(at.join(OUTPUT)).unwrap();
        found
    };
    let here = from(".", SMALL);
    assert!(here.len() == 3 && here[2].1.len() > 10);
    let absolute = folder.path().join(SMALL).display().to_string();
    let places =
        [(SMALL, "."), ("fixtures", "starter"), ("rules", "../fixtures/starter/assessment.toml"), ("other", &absolute)];
    for (at, to) in places {
        assert!(from(at, to) == here, "from {at}");
    }
}

// --- Mathematics ------------------------------------------------------------------------------------------------------

/// The functions of C's mathematics whose last bits a platform may choose. Roots, rounding and remainders are exact
/// everywhere (IEEE 754), so they are not here.
const PLATFORM: [&str; 23] = [
    "exp2", "exp10", "expm1", "log10", "log1p", "cos", "tan", "sincos", "asin", "acos", "atan", "atan2", "sinh",
    "cosh", "tanh", "asinh", "acosh", "atanh", "hypot", "cbrt", "tgamma", "lgamma", "erf",
];

/// Those that `statrs` calls to propose a quantile, with what they take.
const PROPOSING: [(&str, &str, &str); 4] = [
    ("exp", "double x", "x"),
    ("log", "double x", "x"),
    ("pow", "double x, double y", "x, y"),
    ("sin", "double x", "x"),
];

/// Every function of rules that another library might answer, in an expression and in a script.
const MATHEMATICS: &str = "exp(0.3) + ln(1.3) + log(1.3) + log10(1.7) + log(8.0, 2.0) + sin(0.3) + cos(0.3) + tan(0.3) \
    + asin(0.3) + acos(0.3) + atan(0.3) + atan(0.3, 0.7) + sinh(0.3) + cosh(0.3) + tanh(0.3) + asinh(0.3) + acosh(1.3) \
    + atanh(0.3) + hypot(3.0, 4.1) + sqrt(2.0) + 2.0 ** 0.3 + 2 ** 3 + 2.1 ** 3 + 2 ** 0.5";

/// No mathematics of the platform has a part in any output: with each of its functions replaced by one that ends the
/// process, the commands give what they gave. Five functions are called all the same. The solver of linear programmes takes
/// `log2` to find the power of two by which it scales: that one is wrong in its last bit here, either way. And those that
/// [`PROPOSING`] lists are wrong by one part in ten thousand, either way: whatever took an answer from them would show it in
/// the digits that `decimals = 6` prints.
#[cfg(target_os = "linux")]
#[test]
fn no_platform_mathematics() {
    let mut files = files();
    let rules = format!("{SMALL}/rules/ruleset.toml");
    let script = format!("{SMALL}/rules/change.rhai");
    files.write(&script, format!("{}\nfn mathematics(x) {{\n    x * ({MATHEMATICS})\n}}\n", files.text(&script)));
    let criterion = format!(
        "\n[[criterion]]\nid = \"mathematics\"\ntitle = \"Mathematics\"\nquestion = \"How much?\"\nweight = 1\n\
         measure = \"{MATHEMATICS} + mathematics(1.5)\"\nunit = \"points\"\ndirection = \"higher-is-worse\"\nmissing = \"refuse\"\n\
         value = {{ linear = {{ from = 0, to = 1000 }} }}\nbecause = \"{{measure}}.\"\ndecimals = 6\n"
    );
    files.write(&rules, format!("{}{criterion}", files.text(&rules)));
    let folder = laid_out(&files, files.paths());
    let control = compiled(folder.path(), "control.c", CONTROL, &["-fno-builtin", "-lm"]);
    let plain = results(folder.path(), |_| ());
    for way in ["-", "+"] {
        let shim = shim(folder.path(), way);
        let preload = |command: &mut Command| {
            command.env("LD_PRELOAD", &shim);
        };
        same(&plain, &results(folder.path(), preload), "no mathematics");
        // Who calls one of the others does not get far.
        let plainly = |name: &str| Command::new(&control).arg(name).output().unwrap();
        let preloaded = |name: &str| {
            let mut calls = Command::new(&control);
            preload(&mut calls);
            calls.arg(name).output().unwrap()
        };
        assert!(plainly("cosh").status.success());
        assert!(!preloaded("cosh").status.success());
        // Who believes one of those that are wrong gives another answer.
        assert!(plainly("pow").status.success() && preloaded("pow").status.success());
        assert_ne!(plainly("pow").stdout, preloaded("pow").stdout);
    }
}

#[cfg(target_os = "linux")]
const CONTROL: &str = "#include <stdio.h>\ndouble pow(double, double); double cosh(double);\n\
    int main(int n, char **v) { return printf(\"%.6f\", v[1][0] == 'p' ? pow(n, 2.5) : cosh(n)) < 0; }";

/// A library whose mathematics ends the process, but for what is wrong a little: `log2` by one bit.
#[cfg(target_os = "linux")]
fn shim(folder: &Path, way: &str) -> PathBuf {
    let of = |name: &&str| format!("double {name}(double x) {{ abort(); }} float {name}f(float x) {{ abort(); }}\n");
    let functions: String = PLATFORM.iter().map(of).collect::<Vec<String>>().concat();
    let log2 = format!(
        "double log2(double x) {{\n    double (*real)(double) = dlsym(RTLD_NEXT, \"log2\");\n    \
         return nextafter(real(x), {way}1.0 / 0.0);\n}}\n"
    );
    let wrong = |(name, takes, given): &(&str, &str, &str)| {
        format!(
            "double {name}({takes}) {{\n    double (*real)({takes}) = dlsym(RTLD_NEXT, \"{name}\");\n    \
             return real({given}) * (1.0 {way} 1e-4);\n}}\nfloat {name}f(float x) {{ abort(); }}\n"
        )
    };
    let wrong: String = PROPOSING.iter().map(wrong).collect();
    let source = format!(
        "#define _GNU_SOURCE\n#include <dlfcn.h>\nvoid abort(void);\ndouble nextafter(double, double);\n\
         {functions}{wrong}{log2}"
    );
    let name = format!("shim{way}.c");
    compiled(folder, &name, &source, &["-shared", "-fPIC", "-fno-builtin", "-w", "-lm", "-ldl"])
}

/// What the system's C compiler, with which Rust links, makes of a source.
#[cfg(target_os = "linux")]
fn compiled(folder: &Path, name: &str, source: &str, options: &[&str]) -> PathBuf {
    let (from, to) = (folder.join(name), folder.join(format!("{name}.made")));
    fs::write(&from, source).unwrap();
    let output = Command::new("cc").arg(&from).arg("-o").arg(&to).args(options).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    to
}

// --- Builds -----------------------------------------------------------------------------------------------------------

#[test]
#[ignore = "builds a release first: minutes"]
fn debug_and_release_builds() {
    let target = root().join("target");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--release", "--locked", "--quiet", "--target-dir"]).arg(&target).current_dir(root());
    // A commit made between the two builds would be told by one of them.
    build.env("PRIORITISE_COMMIT", prioritise::record::Engine::this().commit.unwrap_or_default());
    assert!(build.status().unwrap().success());
    let files = files();
    let folder = laid_out(&files, files.paths());
    let release = results_of(&target.join("release/prioritise"), folder.path(), |_| ());
    same(&results(folder.path(), |_| ()), &release, "release");
}
