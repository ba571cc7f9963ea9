//! Manual pages, one per command, made from the same tree as `--help`.
use std::fmt::Write as _;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::help;

/// A manual page: the name of its file, and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManualPage {
    /// The name of the file, such as `jwtsess-key-generate.1`.
    pub file: String,
    /// The source that `man` reads. It is plain ASCII, so that it is the same in every locale.
    pub text: String,
}

/// The width of the help text. It does not matter to a page, because `man` breaks its lines.
const COLUMNS: usize = 80;

fn tree() -> Command {
    // There is no page for `jwtsess help COMMAND`: the pages are its longer form.
    let mut command = help::command(COLUMNS).disable_help_subcommand(true);
    command.build();
    command
}

/// Makes every page: jwtsess's own, then one per command.
#[must_use]
pub fn pages() -> Vec<ManualPage> {
    fn walk(command: &Command, path: &mut Vec<String>, pages: &mut Vec<ManualPage>) {
        pages.push(page_of(command, path));
        for below in command.get_subcommands().filter(|one| !one.is_hide_set()) {
            path.push(below.get_name().to_owned());
            walk(below, path, pages);
            path.pop();
        }
    }
    let mut pages = Vec::new();
    walk(&tree(), &mut Vec::new(), &mut pages);
    pages
}

/// The page of a command, found by the words that people type for it, or by an alias. Without words it is jwtsess's own. `None` if there is no such command.
#[must_use]
pub(crate) fn page<S: AsRef<str>>(words: &[S]) -> Option<ManualPage> {
    let tree = tree();
    let mut command = &tree;
    let mut path = Vec::new();
    for word in words {
        command = command.find_subcommand(word.as_ref())?;
        path.push(command.get_name().to_owned());
    }
    Some(page_of(command, &path))
}

fn page_of(command: &Command, path: &[String]) -> ManualPage {
    let name = [&["jwtsess".to_owned()], path].concat();
    let (typed, title) = (name.join(" "), name.join("-"));
    let own = command.clone();
    // The options that every command takes are described once, on jwtsess's own page.
    let own = if path.is_empty() {
        own
    } else {
        own.mut_args(|argument| {
            let global = argument.is_global_set();
            argument.hide(global)
        })
    };
    let usage = own.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace(['<', '>'], "");
    let own = own
        .override_usage(usage)
        .display_name(title.clone())
        .bin_name(typed);
    let man = Man::new(own)
        .title(title.to_uppercase())
        .source(format!("jwtsess {}", env!("CARGO_PKG_VERSION")))
        .manual("jwtsess manual");
    let mut text = Vec::new();
    // Writing to a Vec can't fail.
    _ = man
        .render_title(&mut text)
        .and_then(|()| man.render_name_section(&mut text))
        .and_then(|()| man.render_synopsis_section(&mut text))
        .and_then(|()| man.render_description_section(&mut text))
        .and_then(|()| man.render_options_section(&mut text))
        .and_then(|()| {
            if command.has_subcommands() {
                man.render_subcommands_section(&mut text)
            } else {
                Ok(())
            }
        })
        .and_then(|()| sections(command, path).to_writer(&mut text));
    ManualPage {
        file: format!("{title}.1"),
        text: ascii(&once(&String::from_utf8_lossy(&text))),
    }
}

/// The sections that clap does not know.
fn sections(command: &Command, path: &[String]) -> Roff {
    let mut roff = Roff::new();
    if !path.is_empty() {
        roff.control("PP", []);
        roff.text([roman(
            "The options that every command takes are described in jwtsess(1).",
        )]);
    }
    roff.control("SH", ["EXAMPLES"]);
    let mut examples = help::examples(command);
    if examples.is_empty() {
        // A group of commands shows the first example of each of them.
        let below = command.get_subcommands();
        examples = below
            .filter_map(|one| help::examples(one).into_iter().next())
            .collect();
    }
    for example in examples {
        roff.control("TP", []);
        roff.text([bold(example.command)]);
        roff.text([roman(example.means)]);
    }
    roff.control("SH", ["EXIT STATUS"]);
    for (status, means) in help::exit_statuses() {
        roff.control("TP", []);
        roff.text([bold(status)]);
        roff.text([roman(means)]);
    }
    roff.control("SH", ["ENVIRONMENT"]);
    for (name, means) in help::ENVIRONMENT {
        roff.control("TP", []);
        roff.text([bold(name)]);
        roff.text([roman(means)]);
    }
    if let [above @ .., _] = path {
        let above = [&["jwtsess".to_owned()], above].concat().join("-");
        roff.control("SH", ["SEE ALSO"]);
        let mut names = vec![bold(above), roman("(1)")];
        if path.len() > 1 {
            names.extend([roman(", "), bold("jwtsess"), roman("(1)")]);
        }
        roff.text(names);
    }
    roff
}

/// Removes repeated preambles. Every section brings the lines that make apostrophes plain; once is enough.
fn once(text: &str) -> String {
    let second_line = text.match_indices('\n').nth(1).map_or(0, |(at, _)| at + 1);
    let (preamble, rest) = text.split_at(second_line);
    format!("{preamble}{}", rest.replace(preamble, ""))
}

/// Writes characters outside ASCII by their number, as groff and mandoc read it.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            _ = write!(out, "\\[u{:04X}]", u32::from(character));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn every_command_has_a_page_with_every_section() {
        let pages = pages();
        let page = |file: &str| pages.iter().find(|page| page.file == file);
        for file in ["jwtsess.1", "jwtsess-issue.1", "jwtsess-profile-show.1"] {
            assert!(page(file).is_some(), "{file}");
        }
        for ManualPage { file, text } in &pages {
            assert!(text.is_ascii(), "{file}");
            for section in [
                "NAME",
                "SYNOPSIS",
                "DESCRIPTION",
                "EXAMPLES",
                "\"EXIT STATUS\"",
                "ENVIRONMENT",
            ] {
                let heading = format!("\n.SH {section}\n");
                assert_eq!(
                    text.matches(&heading).count(),
                    1,
                    "{file}: {section}\n{text}"
                );
            }
            let (_, examples) = text.split_once("\n.SH EXAMPLES\n").unwrap();
            assert!(
                examples.starts_with(".TP\n\\fBjwtsess ") || examples.starts_with(".TP\n\\fB"),
                "{file}"
            );
        }
    }

    #[test]
    fn a_page_is_found_by_the_words_of_its_command_and_by_an_alias() {
        let file = |words: &[&str]| page(words).map(|page| page.file);
        assert_eq!(file(&[]).as_deref(), Some("jwtsess.1"));
        assert_eq!(file(&["refresh"]).as_deref(), Some("jwtsess-renew.1"));
        assert_eq!(
            file(&["profile", "show"]).as_deref(),
            Some("jwtsess-profile-show.1")
        );
        assert_eq!(file(&["profile", "issue"]), None);
    }
}
