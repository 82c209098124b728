//! What each file of a source tree defines and what it names, read with Rust's own lexer. Nothing is judged here.
//!
//! Code for tests alone (`#[cfg(test)]`) may set up whatever it likes, and is left out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A module: a file, or a part of one.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// The file, from the root of the source.
    pub(super) file: String,
    /// The module that it is part of, by its place among the modules; the root has none.
    pub(super) parent: Option<usize>,
    /// The modules that are parts of it, by name.
    pub(super) children: BTreeMap<String, usize>,
    /// The items that it defines.
    pub(super) items: Vec<String>,
    /// What `use` gives it.
    pub(super) imports: Vec<Import>,
    /// The paths that its code names.
    pub(super) paths: Vec<Named>,
    /// The traits that its types implement.
    pub(super) implements: Vec<Vec<String>>,
}

/// A name that `use` gives a module.
#[derive(Debug, Clone)]
pub(super) struct Import {
    /// The name here; `*` where it is all that the path has.
    pub(super) name: String,
    /// Whether others may have it from here.
    pub(super) is_shared: bool,
    /// What it stands for.
    pub(super) named: Named,
}

/// A path, where it stands.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// `crate`, `scoring`, `Fixed`.
    pub(super) path: Vec<String>,
    /// The line, from 1.
    pub(super) line: usize,
    /// Whether it can only be an item: a type, or a function that is called or handed on. A single small name may be a
    /// variable otherwise.
    pub(super) is_item: bool,
}

/// The modules of the crate whose `lib.rs` is in the folder `root`, which comes first.
pub(super) fn modules(root: &Path) -> Vec<Module> {
    let mut modules = Vec::new();
    read_file(root, "lib.rs".into(), None, &mut modules);
    modules
}

fn read_file(root: &Path, file: String, parent: Option<usize>, modules: &mut Vec<Module>) -> usize {
    let text = std::fs::read_to_string(root.join(&file)).unwrap();
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
    let module = new_module(file, parent, modules);
    read_items(root, &tokens.into_iter().collect::<Vec<_>>(), module, modules);
    module
}

fn new_module(file: String, parent: Option<usize>, modules: &mut Vec<Module>) -> usize {
    modules.push(Module { file, parent, ..Module::default() });
    modules.len() - 1
}

/// Reads the items of a module, each up to its `;` or body.
fn read_items(root: &Path, tokens: &[TokenTree], module: usize, modules: &mut Vec<Module>) {
    let mut rest = tokens;
    while !rest.is_empty() {
        let (item, after) = rest.split_at(length_of_item(rest));
        read_item(root, item, module, modules);
        rest = after;
    }
}

/// How many tokens the first item has, its attributes and visibility among them.
fn length_of_item(tokens: &[TokenTree]) -> usize {
    let keyword = tokens.iter().find_map(|token| match word(token).as_deref() {
        Some("use" | "const" | "static" | "type") => Some(true),
        Some("mod" | "fn" | "struct" | "enum" | "union" | "trait" | "impl" | "macro_rules") => Some(false),
        _ => None,
    });
    // `const fn` has a body, `const X: T = T { … };` ends at its semicolon.
    let is_function = tokens.iter().find_map(|token| match word(token).as_deref() {
        Some("fn") => Some(true),
        _ => (is_punctuation(token, ';') || is_punctuation(token, '=')).then_some(false),
    });
    let is_ended_by_body = keyword != Some(true) || is_function == Some(true);
    let ends = |(at, token): (usize, &TokenTree)| {
        let is_body = at > 0 && is_ended_by_body && group(token, Delimiter::Brace).is_some();
        is_punctuation(token, ';') || is_body
    };
    tokens.iter().enumerate().position(ends).map_or(tokens.len(), |end| end + 1)
}

fn read_item(root: &Path, item: &[TokenTree], module: usize, modules: &mut Vec<Module>) {
    let Some(item) = without_attributes(item, &mut modules[module]) else { return };
    let (is_shared, item) = without_visibility(item);
    let name = item.get(1).and_then(word);
    match (item.first().and_then(word).as_deref(), name) {
        (Some("use"), _) => read_imports(&item[1..], is_shared, &mut modules[module]),
        (Some("mod"), Some(name)) => {
            let child = match item.get(2).and_then(|token| group(token, Delimiter::Brace)) {
                Some(body) => {
                    let file = modules[module].file.clone();
                    let child = new_module(file, Some(module), modules);
                    read_items(root, &body, child, modules);
                    child
                }
                None => read_file(root, file_of(root, &modules[module].file, &name), Some(module), modules),
            };
            modules[module].children.insert(name, child);
        }
        _ => {
            modules[module].items.extend(defined(item));
            modules[module].implements.extend(implemented(item));
            read_code(item, &mut modules[module]);
        }
    }
}

/// The file of the module `name` that `file` declares.
fn file_of(root: &Path, file: &str, name: &str) -> String {
    let path = PathBuf::from(file);
    let folder = match path.file_name().and_then(|name| name.to_str()) {
        Some("lib.rs" | "mod.rs") => path.parent().unwrap_or(Path::new("")).to_owned(),
        _ => path.with_extension(""),
    };
    let beside = folder.join(format!("{name}.rs"));
    let chosen = if root.join(&beside).is_file() { beside } else { folder.join(name).join("mod.rs") };
    chosen.to_str().unwrap().replace('\\', "/")
}

/// The item behind its attributes, unless it is for tests alone.
fn without_attributes<'a>(mut item: &'a [TokenTree], module: &mut Module) -> Option<&'a [TokenTree]> {
    while let [hash, rest @ ..] = item
        && is_punctuation(hash, '#')
    {
        let inner = rest.first().is_some_and(|token| is_punctuation(token, '!'));
        let rest = if inner { &rest[1..] } else { rest };
        let attribute = rest.first().and_then(|token| group(token, Delimiter::Bracket)).unwrap_or_default();
        if attribute.iter().map(ToString::to_string).collect::<String>() == "cfg(test)" {
            return None;
        }
        read_code(&attribute, module);
        item = rest.get(1..).unwrap_or_default();
    }
    Some(item)
}

fn without_visibility(item: &[TokenTree]) -> (bool, &[TokenTree]) {
    match item {
        [public, scope, rest @ ..]
            if word(public).as_deref() == Some("pub") && group(scope, Delimiter::Parenthesis).is_some() =>
        {
            (true, rest)
        }
        [public, rest @ ..] if word(public).as_deref() == Some("pub") => (true, rest),
        rest => (false, rest),
    }
}

/// The name that an item defines.
fn defined(item: &[TokenTree]) -> Option<String> {
    const KEYWORDS: [&str; 9] = ["fn", "struct", "enum", "union", "trait", "type", "static", "const", "macro_rules"];
    let words: Vec<String> = item.iter().take(6).map(|token| word(token).unwrap_or_default()).collect();
    if words.first().is_some_and(|first| first == "impl") {
        return None;
    }
    // The last of the keywords: `const fn` defines a function.
    let keyword = words.iter().take(4).rposition(|word| KEYWORDS.contains(&word.as_str()))?;
    words.into_iter().skip(keyword + 1).find(|word| !word.is_empty() && word != "mut")
}

/// The trait in `impl<T> a::Trait for T`.
fn implemented(item: &[TokenTree]) -> Option<Vec<String>> {
    let is_block = word(item.first()?)? == "impl" && item.iter().any(|token| word(token).as_deref() == Some("for"));
    let mut depth = 0;
    let after_parameters = item.iter().skip(1).position(|token| {
        depth += i32::from(is_punctuation(token, '<')) - i32::from(is_punctuation(token, '>'));
        depth == 0 && !is_punctuation(token, '>')
    })?;
    is_block.then(|| path_at(item, after_parameters + 1).0)
}

// --- Imports ----------------------------------------------------------------------------------------------------------

/// The names of `use`, up to its semicolon.
fn read_imports(tokens: &[TokenTree], is_shared: bool, module: &mut Module) {
    read_tree(tokens, &[], is_shared, module);
}

/// A tree of imports, or several with commas between, behind `prefix`.
fn read_tree(tokens: &[TokenTree], prefix: &[String], is_shared: bool, module: &mut Module) {
    for tree in tokens.split(|token| is_punctuation(token, ',') || is_punctuation(token, ';')) {
        let mut path = prefix.to_vec();
        let mut name = None;
        let mut at = 0;
        while let Some(token) = tree.get(at) {
            match (word(token), group(token, Delimiter::Brace)) {
                (_, Some(group)) => read_tree(&group, &path, is_shared, module),
                (Some(word), _) if word == "as" => {
                    name = tree.get(at + 1).and_then(self::word);
                    at += 1;
                }
                // `a::{self}` is `a`.
                (Some(word), _) if word == "self" && at == 0 && !prefix.is_empty() => name = path.last().cloned(),
                (Some(word), _) => {
                    name = Some(word.clone());
                    path.push(word);
                }
                (None, None) if is_punctuation(token, '*') => name = Some("*".into()),
                (None, None) => {}
            }
            at += 1;
        }
        if let (Some(name), Some(first)) = (name, tree.first())
            && !tree.iter().any(|token| group(token, Delimiter::Brace).is_some())
        {
            let named = Named { path, line: first.span().start().line, is_item: true };
            module.imports.push(Import { name, is_shared, named });
        }
    }
}

// --- Code -------------------------------------------------------------------------------------------------------------

/// The paths that code names, macros' arguments among it; imports within a function are the module's.
fn read_code(tokens: &[TokenTree], module: &mut Module) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        match token {
            TokenTree::Group(group) => read_code(&group.stream().into_iter().collect::<Vec<_>>(), module),
            TokenTree::Ident(ident) if ident == "use" && before.is_none_or(|token| !is_punctuation(token, '+')) => {
                let end = tokens[at..].iter().position(|token| is_punctuation(token, ';')).unwrap_or(0);
                read_imports(&tokens[at + 1..at + end.max(1)], false, module);
                at += end;
            }
            TokenTree::Ident(_) if !is_field(tokens, at) => {
                let (path, after) = path_at(tokens, at);
                let is_item = path.len() > 1 || is_type(&path[0]) || is_called(tokens, at, after);
                module.paths.push(Named { path, line: token.span().start().line, is_item });
                at = after - 1;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether the word at `at` is a field, method or lifetime, or goes on a path, rather than the head of one.
fn is_field(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|before| tokens.get(before));
    let is = |back: usize, letter: char| before(back).is_some_and(|token| is_punctuation(token, letter));
    // `..x` is no field, and `::x` behind no name or type is the name of a crate.
    let goes_on = is(1, ':') && is(2, ':') && (before(3).is_some_and(|token| word(token).is_some()) || is(3, '>'));
    (is(1, '.') && !is(2, '.')) || is(1, '\'') || goes_on
}

/// The path that begins at `at`, and where it ends: `a::b::<T>::c` is read as far as the types that it is given.
fn path_at(tokens: &[TokenTree], at: usize) -> (Vec<String>, usize) {
    let mut path: Vec<String> = tokens.get(at).and_then(word).into_iter().collect();
    let mut end = at + 1;
    while let Some([first, second, name]) = tokens.get(end..end + 3)
        && is_punctuation(first, ':')
        && is_punctuation(second, ':')
        && let Some(name) = word(name)
    {
        path.push(name);
        end += 3;
    }
    (path, end)
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// Whether what stands in `at..after` is called, or stands alone among arguments.
fn is_called(tokens: &[TokenTree], at: usize, after: usize) -> bool {
    let is_definition = at > 0 && word(&tokens[at - 1]).as_deref() == Some("fn");
    let is_comma = |token: &TokenTree| is_punctuation(token, ',');
    let is_alone = (at == 0 || is_comma(&tokens[at - 1])) && tokens.get(after).is_none_or(is_comma);
    let has_arguments = tokens.get(after).is_some_and(|token| group(token, Delimiter::Parenthesis).is_some());
    !is_definition && (has_arguments || is_alone)
}

// --- Tokens -----------------------------------------------------------------------------------------------------------

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

fn group(token: &TokenTree, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream().into_iter().collect()),
        _ => None,
    }
}

fn is_punctuation(token: &TokenTree, letter: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == letter)
}
