//! Prints a profile as the text that says it, to be pasted under another name.
use std::fmt::Write as _;

use super::own::is_server_setting;
use super::resolve::ResolvedProfile;
use super::value::{Node, Plain, Setting, Text, Value};
use super::vocabulary::{OWN, keys};

/// A list that is longer than this stands on lines of its own.
const WIDE: usize = 120;

/// A profile as text, with everything that it extends. What only tells its own tokens is a comment: a copy must not pass for its original.
#[must_use]
pub fn text(profile: &ResolvedProfile) -> String {
    let mut text = format!("[profiles.{}]\n", key(&profile.name));
    for line in lines(profile) {
        let comment = if line.comment { "# " } else { "" };
        let _ = writeln!(text, "{comment}{} = {}", line.key, line.value);
    }
    text
}

/// A setting as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RenderedSetting {
    /// The key.
    pub key: Text,
    /// Its value as TOML.
    pub value: String,
    /// Whether it tells the profile's own tokens alone, and stands there as a comment.
    pub comment: bool,
}

/// A profile's settings as they are printed, in the order of the vocabulary. An emulated server's come before the key.
#[must_use]
pub(crate) fn lines(profile: &ResolvedProfile) -> Vec<RenderedSetting> {
    let mut lines = Vec::with_capacity(profile.settings.len());
    let of = |key: &str| profile.settings.iter().find(|setting| setting.key == key);
    let servers = profile
        .settings
        .iter()
        .filter(|setting| is_server_setting(&setting.key));
    for name in keys().filter(|key| *key != "extends") {
        if name == "secret" {
            for setting in servers.clone() {
                lines.push(line(setting));
            }
        }
        lines.extend(of(name).map(line));
    }
    lines.extend(of(super::old::REQUIRE_EXP).map(line));
    lines
}

fn line(setting: &Setting) -> RenderedSetting {
    let comment = OWN.contains(&setting.key.as_ref());
    RenderedSetting {
        key: setting.key.clone(),
        value: plain(&setting.value, comment),
        comment,
    }
}

fn plain(value: &Plain, one_line: bool) -> String {
    match value {
        Plain::Text(text) => quoted(text),
        Plain::Number(number) => number.to_string(),
        Plain::Decimal(text) => text.to_string(),
        Plain::Switch(switch) => switch.to_string(),
        Plain::Texts(lines) => {
            let items: Vec<String> = lines.iter().map(|line| quoted(&line.text)).collect();
            list(&items, one_line)
        }
        Plain::Tree(nodes) => {
            let items: Vec<String> = nodes.iter().map(|node| tree(&node.value)).collect();
            list(&items, one_line)
        }
        Plain::Other => quoted(""),
    }
}

fn list(items: &[String], one_line: bool) -> String {
    let joined = items.join(", ");
    if one_line || joined.len() <= WIDE || items.len() < 2 {
        return format!("[{joined}]");
    }
    format!(
        "[
  {},
]",
        items.join(
            ",
  "
        )
    )
}

fn tree(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Number(number) => number.to_string(),
        Value::Decimal(text) | Value::Moment(text) => text.to_string(),
        Value::Switch(switch) => switch.to_string(),
        Value::List(nodes) => {
            let items: Vec<String> = nodes.iter().map(|node: &Node| tree(&node.value)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(members) if members.is_empty() => "{}".to_owned(),
        Value::Table(members) => {
            let member =
                |(name, node): (&str, &Node)| format!("{} = {}", key(name), tree(&node.value));
            let members: Vec<String> = members
                .iter()
                .map(|one| member((&one.name, &one.node)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// A key, in quotes where TOML wants them.
fn key(name: &str) -> String {
    let bare = |one: u8| one.is_ascii_alphanumeric() || b"_-".contains(&one);
    if !name.is_empty() && name.bytes().all(bare) {
        return name.to_owned();
    }
    quoted(name)
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for one in text.chars() {
        match one {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            one if one.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(one));
            }
            one => quoted.push(one),
        }
    }
    quoted.push('"');
    quoted
}
