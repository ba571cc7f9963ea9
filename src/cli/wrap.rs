//! Wraps a line at a terminal's width. A path or an address is never broken, and a command only if it fits no line.
use std::borrow::Cow;

/// Stands for a blank inside a command while a line is wrapped. It is as wide as a blank.
const BOUND: char = '\u{a0}';

/// The lines of a text, wrapped at `width` columns; each after the first is indented by `hang`. Codes for colours take no width.
pub(super) fn wrapped(text: &str, width: usize, hang: usize) -> Vec<String> {
    let hang = hang.min(width / 2);
    let indent = " ".repeat(hang);
    let options = textwrap::Options::new(width.max(20))
        // A date must not be broken at its dashes.
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(!text.contains('/'))
        .subsequent_indent(&indent);
    let bound = bound(text, width.saturating_sub(hang));
    let is_bound = matches!(bound, Cow::Owned(_));
    let line = |line: Cow<'_, str>| {
        let line = line.trim_end();
        if is_bound {
            line.replace(BOUND, " ")
        } else {
            line.to_owned()
        }
    };
    textwrap::wrap(&bound, options)
        .into_iter()
        .map(line)
        .collect()
}

/// The text with each command in it held together, if that is no wider than `width`.
fn bound(text: &str, width: usize) -> Cow<'_, str> {
    const COMMAND: &str = "jwtsess ";
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(COMMAND) {
        let (before, command) = rest.split_at(at);
        let ends = [", ", "; ", ": ", ". ", ") ", "  "];
        let end = ends.iter().filter_map(|end| command.find(end)).min();
        let (command, behind) = command.split_at(end.unwrap_or(command.len()));
        let own = before.is_empty() || before.ends_with([' ', '(', '`', '\'']);
        out.push_str(before);
        if own && textwrap::core::display_width(command) <= width {
            out.push_str(&command.replace(' ', &BOUND.to_string()));
        } else {
            out.push_str(command);
        }
        rest = behind;
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_path_nor_a_command_is_broken() {
        let path = format!("/home/{}/keys.jwks", "a".repeat(70));
        let text = format!("jwtsess: error: {path}: no such file");
        assert_eq!(
            wrapped(&text, 60, 9),
            [
                "jwtsess: error:".to_owned(),
                format!("         {path}:"),
                "         no such file".to_owned()
            ]
        );
        assert_eq!(
            wrapped(
                "jwtsess: hint: to judge each line of it: jwtsess verify --batch --key FILE < TOKENS; see the manual",
                60,
                9
            ),
            [
                "jwtsess: hint: to judge each line of it:",
                "         jwtsess verify --batch --key FILE < TOKENS; see the",
                "         manual",
            ]
        );
        let long = format!("run jwtsess verify {}", "--require iss ".repeat(8));
        assert!(wrapped(&long, 60, 2).iter().all(|line| line.len() <= 60));
    }
}
