//! Rhai's errors as problems of the rule file: at the innermost place, in the user's words.

use rhai::{EvalAltResult, ParseError, ParseErrorType, Position};

use super::expression::Expression;
use super::library::Library;
use super::limits::{MAX_CALLS, MAX_OPERATIONS};
use super::variables::Variables;
use crate::diagnostic::{Code, Place, Problem};
use crate::words::visible;

/// What the parser refused, at the place that `place` finds for its position.
pub(super) fn syntax(error: &ParseError, place: impl Fn(Position) -> Place, variables: &Variables<'_>) -> Problem {
    let at = place(error.position());
    match error.err_type() {
        ParseErrorType::VariableUndefined(name) => {
            let (code, message, help) = variables.unknown(name);
            Problem::new(code, message).at(at).help(help)
        }
        ParseErrorType::ExprTooDeep => Problem::new(Code::ScriptLimit, "this expression is nested too deeply")
            .at(at)
            .help("split it into functions of a script"),
        ParseErrorType::Reserved(word) if word == "switch" => {
            Problem::new(Code::ScriptSyntax, "`switch` can't be used in rules: to it 3 and 3.0 are two numbers")
                .at(at)
                .help("write `if x == 3 { … } else if x == 4 { … } else { … }`")
        }
        ParseErrorType::Reserved(word) | ParseErrorType::BadInput(rhai::LexError::ImproperSymbol(word, _)) => {
            Problem::new(Code::ScriptSyntax, format!("`{word}` can't be used in rules")).at(at).help(instead_of(word))
        }
        kind => {
            let help = written_instead(at.text()).unwrap_or("see docs/rules.md for what an expression can hold");
            Problem::new(Code::ScriptSyntax, format!("this can't be read: {}", lower_first(&kind.to_string())))
                .at(at)
                .help(help)
        }
    }
}

/// What to write in place of a word that the fence takes away.
fn instead_of(word: &str) -> &'static str {
    match word {
        "this" => "a function sees its arguments only: pass the value in, `fn f(x) { … }`",
        "Fn" | "call" | "curry" | "is_def_fn" => "call a function by its name: `f(x)`",
        "type_of" | "is_shared" | "is_def_var" => {
            "a rule set knows what it is given; ask `== ()` where it may be missing"
        }
        _ => "rules read evidence and compute; they have no endless loops, no files and no printing",
    }
}

/// What to write for a word or sign that other languages and word processors have.
pub(super) fn written_instead(text: &str) -> Option<&'static str> {
    Some(match text {
        "and" | "AND" => "write `&&` for *and*",
        "or" | "OR" => "write `||` for *or*",
        "not" | "NOT" => "write `!` for *not*: `!(a > 1)`",
        "then" | "elif" | "elseif" => "write `if a > 1 { … } else if a > 0 { … } else { … }`",
        "−" | "–" | "—" => "write `-` for minus: this is another sign",
        "×" | "·" => "write `*` to multiply",
        "÷" => "write `/` to divide",
        "≥" => "write `>=`",
        "≤" => "write `<=`",
        "≠" | "<>" => "write `!=`",
        "“" | "”" | "„" | "‘" | "’" => "write straight quotes, `\"`: these are of a word processor",
        "per" => "write `rate(1000)` for a count for so many people",
        "," => "a number has no commas: write 1000; a list stands in `[…]`",
        _ => return None,
    })
}

/// Why running an expression failed, at the innermost place: in a function of the library where one failed.
pub(super) fn failure(error: &EvalAltResult, expression: &Expression, library: &Library) -> Problem {
    let (innermost, function) = innermost(error);
    let position = innermost.position();
    let script = function.and_then(|function| library.script_of(function));
    let place = match script {
        Some(script) => script.place_at(position),
        None => expression.place_at(position),
    };
    let (code, message, mut help) = describe(innermost);
    if code == Code::ScriptLimit && script.is_none() {
        help.push_str(&where_to_look(expression, library));
    }
    // What a script throws may have any letters in it.
    Problem::new(code, visible(&message, &[])).at(place).help(help)
}

/// A limit inside functions is only known at the call: the functions that the expression calls, and their files.
fn where_to_look(expression: &Expression, library: &Library) -> String {
    let words = expression.code.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let called =
        words.filter_map(|word| library.script_of(word).map(|script| format!("`{word}` of {}", script.source.name)));
    match called.collect::<Vec<_>>() {
        none if none.is_empty() => String::new(),
        called => format!(" in {}, or in what it calls", called.join(", ")),
    }
}

/// The error inside all function calls, and the function that it happened in.
fn innermost(error: &EvalAltResult) -> (&EvalAltResult, Option<&str>) {
    let (mut error, mut function) = (error, None);
    while let EvalAltResult::ErrorInFunctionCall(name, _, inner, _) = error {
        function = Some(&**name);
        error = inner;
    }
    (error, function)
}

fn describe(error: &EvalAltResult) -> (Code, String, String) {
    let owned = str::to_owned;
    match error {
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            let message = format!("nothing takes this: `{}`", readable(signature));
            (Code::ScriptFailed, message, owned(wanted_instead(signature)))
        }
        EvalAltResult::ErrorVariableNotFound(name, _) => {
            let help = "functions see only their arguments: pass it in";
            (Code::ScriptUnknownName, format!("there is no variable `{name}`"), owned(help))
        }
        EvalAltResult::ErrorPropertyNotFound(name, _) => {
            let help = owned("docs/rules.md lists the fields of each kind of evidence");
            (Code::ScriptFailed, format!("there is no field `{name}` in this value"), help)
        }
        EvalAltResult::ErrorDotExpr(message, _) => {
            let mut quoted = message.split('\'').skip(1).step_by(2);
            let (field, of) = (quoted.next().unwrap_or_default(), quoted.next().unwrap_or_default());
            let (message, help) = match of {
                "()" => (
                    format!("missing evidence has no field `{field}`"),
                    "ask for `== ()` first, or leave it out of `optional`",
                ),
                of => (
                    format!("{} has no field `{field}`", with_article(of)),
                    "docs/rules.md lists the fields of each kind of evidence",
                ),
            };
            (Code::ScriptFailed, message, owned(help))
        }
        EvalAltResult::ErrorMismatchDataType(wanted, _, _) if wanted == "i64" => {
            let message = "a place in a list or text is a whole number";
            (Code::ScriptFailed, owned(message), owned("write `to_int(…)` round it; the first place is 0"))
        }
        EvalAltResult::ErrorFor(_) => {
            let message = "a loop goes over a list or a range, and this is neither";
            (Code::ScriptFailed, owned(message), owned("write `for i in 0..n { … }` to go so many times round"))
        }
        EvalAltResult::ErrorTooManyOperations(_) | EvalAltResult::ErrorTerminated(..) => {
            let message = format!("this took more than {MAX_OPERATIONS} steps");
            (Code::ScriptLimit, message, owned("a score takes about ten: look for an endless loop or recursion"))
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            let message = format!("functions call each other more than {MAX_CALLS} deep");
            (Code::ScriptLimit, message, owned("look for a function that calls itself endlessly"))
        }
        EvalAltResult::ErrorDataTooLarge(what, _) => {
            let message = format!("this made too large a value: {}", lower_first(what));
            (Code::ScriptLimit, message, owned("a score needs a few numbers: look for a text or list that grows"))
        }
        EvalAltResult::ErrorTooManyVariables(_) => {
            (Code::ScriptLimit, owned("this has too many variables"), owned("split it into functions"))
        }
        EvalAltResult::ErrorRuntime(value, _) => {
            (Code::ScriptFailed, lower_first(&value.to_string()), owned("the rule or a function it calls refused this"))
        }
        EvalAltResult::ErrorArithmetic(message, _) => (
            Code::ScriptFailed,
            lower_first(message),
            owned("guard against it with `if`, or leave the measure missing with `()`"),
        ),
        other => {
            let message = other.to_string();
            let bare = message.rsplit_once(" (line ").map_or(&*message, |(bare, _)| bare);
            (
                Code::ScriptFailed,
                lower_first(&readable(bare)),
                owned("see docs/rules.md for what an expression can hold"),
            )
        }
    }
}

/// What to write where no function of this name takes such values.
fn wanted_instead(signature: &str) -> &'static str {
    match signature.split(' ').next() {
        Some("&") => "`&` works on the bits of whole numbers: write `&&` for *and*",
        Some("|") => "`|` works on the bits of whole numbers: write `||` for *or*",
        _ if ["f64", "Estimate"].iter().any(|kind| signature.contains(kind)) => {
            "check the kinds of the values; where a whole number is wanted, write `to_int(…)`"
        }
        _ => "check the kinds of the values; docs/rules.md says what each can do",
    }
}

/// Rhai's names of types as rule writers know them.
fn readable(text: &str) -> String {
    let mut text = text.to_owned();
    for (rhai, plain) in
        [("i64", "number"), ("f64", "number"), ("ImmutableString", "text"), ("&str | text | String", "text")]
    {
        text = text.replace(rhai, plain);
    }
    text.replace("get$", "field ").replace("alloc::string::String", "text")
}

/// A type as a reader knows it: `a count`, `an estimate`.
fn with_article(kind: &str) -> String {
    let plain = readable(kind).to_lowercase();
    let article = if plain.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {plain}")
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}
