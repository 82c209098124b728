//! Help as people read it: examples first, commands by what they are for, and where to read on. `clap` lays out the rest.

mod examples;
mod groups;
mod guides;

use clap::Command;
use clap::builder::StyledStr;
use clap::builder::styling::Style;

use super::Exit;
use super::output::{EVERYWHERE, Terminal, write_result};
use crate::diagnostic::{Code, Problem, Problems, did_you_mean};
use examples::{CommandHelp, EXAMPLES, FIRST};
use groups::GROUPS;
pub use guides::Guide;

/// Say more about a command, about a problem by its code, or about a topic
#[derive(Debug, clap::Args)]
pub(super) struct Help {
    /// A command, such as `import table`; the code of a problem, such as `unknown-key`; or a guide, such as `evidence` or
    /// `docs/rules.md`. `codes` and `guides` list them
    #[arg(value_name = "WHAT")]
    what: Vec<String>,
}

/// The widest column of the names of commands.
const NAMES: usize = 13;

/// A command, as `clap` has it from its arguments, with its help laid out.
pub(super) fn dressed(command: Command) -> Command {
    let whole = whole(&command);
    let command = with_parts_dressed(command, "");
    // Whatever the file is called: what stands in help is what is typed.
    command.bin_name("prioritise").help_template(whole)
}

fn with_parts_dressed(command: Command, path: &str) -> Command {
    let parts: Vec<String> = command.get_subcommands().map(|part| part.get_name().to_owned()).collect();
    parts.iter().fold(command.disable_help_subcommand(true), |command, name| {
        let path = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command.mut_subcommand(name, |part| {
            let part = with_parts_dressed(part, &path);
            match EXAMPLES.iter().find(|help| help.command == path) {
                Some(help) => {
                    let template = of_command(&part, help);
                    part.help_template(template)
                }
                None => part,
            }
        })
    })
}

/// The help of the whole: a few examples, and the commands in groups.
fn whole(command: &Command) -> String {
    let styles = command.get_styles();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let mut text = format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}", shown(FIRST, header, literal));
    for (title, members) in &GROUPS {
        text.push_str(&format!("\n{header}{title}:{header:#}\n"));
        for (name, about) in *members {
            let space = " ".repeat(NAMES.saturating_sub(name.len()));
            text.push_str(&format!("  {literal}{name}{literal:#}{space}{about}\n"));
        }
    }
    text.push_str(&format!("\n{header}{EVERYWHERE}:{header:#}\n{{options}}\n\n"));
    text.push_str(&format!(
        "{literal}prioritise help COMMAND{literal:#} says more about a command, \
         {literal}prioritise help CODE{literal:#} about a\n\
         problem, and {literal}prioritise help guides{literal:#} lists the guides that it prints.\n\
         Is something wrong, or unclear? Open an issue where you have this program from,\n\
         with what {literal}prioritise --version{literal:#} says."
    ));
    text
}

/// The help of one command: what it does, examples, its arguments, and where to read on.
fn of_command(command: &Command, help: &CommandHelp) -> String {
    let styles = command.get_styles();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let examples = shown(help.examples, header, literal);
    let guide = format!("{header}Read on:{header:#} {literal}prioritise help {}.md{literal:#}", help.guide);
    format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{examples}\n{{all-args}}{{after-help}}\n\n{guide}")
}

/// Examples, each with what it does under it.
fn shown(examples: &[(&str, &str)], header: &Style, literal: &Style) -> String {
    let title = if examples.len() == 1 { "Example" } else { "Examples" };
    let mut text = format!("{header}{title}:{header:#}\n");
    for (command, about) in examples {
        text.push_str(&format!("  {literal}prioritise {command}{literal:#}\n      {about}\n"));
    }
    text
}

/// Shows help, coloured where it goes to a terminal that has colours.
pub(super) fn show(help: &StyledStr) -> Result<Exit, Problems> {
    write_result(&if Terminal::colours_results() { help.ansi().to_string() } else { help.to_string() })
}

pub(super) fn run(help: &Help, command: &mut Command, guides: &[Guide]) -> Result<Exit, Problems> {
    let what: Vec<&str> = help.what.iter().map(String::as_str).collect();
    if let Some(found) = found(command, &what) {
        // The whole has nothing that would be said at length.
        return show(&if what.is_empty() { found.render_help() } else { found.render_long_help() });
    }
    let [name] = what[..] else { return Err(unknown(&what.join(" "), command, guides).into()) };
    let text = match name {
        "codes" => Some(guides::list_of_codes(guides)),
        "guides" => Some(guides::list(guides)),
        _ => guides::of_code(guides, name).or_else(|| guides::guide(guides, name).map(str::to_owned)),
    };
    match text {
        Some(text) => write_result(&text),
        None => Err(unknown(name, command, guides).into()),
    }
}

/// The command of these names, one within the other; of none it is the whole.
fn found<'c>(command: &'c mut Command, names: &[&str]) -> Option<&'c mut Command> {
    command.build();
    names.iter().try_fold(command, |command, name| command.find_subcommand_mut(name))
}

fn unknown(what: &str, command: &Command, guides: &[Guide]) -> Problem {
    let commands = command.get_subcommands().map(|part| part.get_name().to_owned());
    let known: Vec<String> =
        commands.chain(guides.iter().map(|(name, _)| (*name).to_owned())).chain(guides::codes(guides)).collect();
    let nearest = did_you_mean(what, known.iter().map(String::as_str));
    let help = match nearest.starts_with("did you mean") {
        true => nearest,
        false => "`prioritise help` lists commands, `prioritise help codes` problems, `prioritise help guides` guides"
            .to_owned(),
    };
    Problem::new(Code::UnknownId, format!("there is no command, code or guide `{what}`")).help(help)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::command;
    use super::*;

    fn leaves(command: &Command, path: &str, found: &mut BTreeSet<String>) {
        for part in command.get_subcommands() {
            let path = format!("{path} {}", part.get_name()).trim().to_owned();
            leaves(part, &path, found);
            found.insert(path);
        }
    }

    #[test]
    fn every_command_is_in_one_group_and_has_examples() {
        let mut all = BTreeSet::new();
        leaves(&command(), "", &mut all);
        let with_examples: Vec<&str> = EXAMPLES.iter().map(|help| help.command).collect();
        assert_eq!(with_examples.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), all);
        assert_eq!(with_examples.len(), all.len(), "one is there twice");
        let mut grouped: Vec<&str> =
            GROUPS.iter().flat_map(|(_, members)| members.iter().map(|(name, _)| *name)).collect();
        grouped.push("help");
        grouped.sort_unstable();
        let whole = command();
        let mut names: Vec<&str> = whole.get_subcommands().map(Command::get_name).collect();
        names.sort_unstable();
        assert_eq!(grouped, names);
    }

    /// The words of a line as a shell has them, with double quotes alone.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quoted = false;
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                letter => words.last_mut().unwrap().push(letter),
            }
        }
        words
    }

    #[test]
    fn every_example_is_a_command_line() {
        let all = EXAMPLES.iter().flat_map(|help| help.examples.iter().map(move |example| (help.command, example)));
        for (of, (line, about)) in all.chain(FIRST.iter().map(|example| ("", example))) {
            assert!(line.starts_with(of), "`{line}` is no example of `{of}`");
            assert!(line.len() <= 68 || line.starts_with("import"), "`{line}` is too wide");
            assert!(about.len() <= 74, "`{about}` is too wide");
            let words = std::iter::once("prioritise".to_owned()).chain(words(line));
            if let Err(error) = command().try_get_matches_from(words) {
                panic!("{line}: {error}");
            }
        }
    }

    #[test]
    fn a_short_word_for_each_command_fits_its_line() {
        for (name, about) in GROUPS.iter().flat_map(|(_, members)| *members) {
            assert!(2 + NAMES + about.len() <= 80 && name.len() < NAMES, "{name}: {about}");
        }
    }

    /// What takes something else in another command, and why it may: last year's folder and the first of some periods; a file
    /// and a folder that is written; rows that count and a place in a document.
    const TWO_MEANINGS: [&str; 3] = ["from", "output", "where"];

    /// Adds what each flag takes, by its name.
    fn gather(command: &Command, into: &mut BTreeMap<String, BTreeSet<String>>) {
        for argument in command.get_arguments().filter(|argument| !argument.is_positional()) {
            let Some(long) = argument.get_long() else { continue };
            let takes: Vec<&str> = argument.get_value_names().into_iter().flatten().map(|name| &**name).collect();
            let takes = if argument.get_action().takes_values() { takes.join(" ") } else { "nothing".to_owned() };
            // A flag that takes the heading of a column says where that stands which it is elsewhere.
            if takes != "HEADER" {
                into.entry(long.to_owned()).or_default().insert(takes);
            }
        }
        command.get_subcommands().for_each(|part| gather(part, into));
    }

    /// A flag that is written alike takes the like everywhere.
    #[test]
    fn a_flag_has_one_meaning() {
        let mut meanings = BTreeMap::new();
        gather(&command(), &mut meanings);
        meanings.retain(|_, takes| takes.len() > 1);
        let flags: Vec<&str> = meanings.keys().map(String::as_str).collect();
        assert_eq!(flags, TWO_MEANINGS, "{meanings:#?}");
    }
}
