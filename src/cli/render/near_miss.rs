//! Says by what little two values differ, where one was asked for and the token has the other: a final slash, a line break, a list in one text.
use serde_json::Value;

/// By what two values differ that mean the same to a person, and what to do. `claim` is the claim that was compared; `None` where they differ by more.
#[must_use]
pub(crate) fn little(claim: &str, wanted: &Value, has: &Value) -> Option<String> {
    pairs(wanted, has, |wanted, has| difference(claim, wanted, has))
}

/// The same of a claim that may name several, where one side has them in one text.
#[must_use]
pub(crate) fn listed(claim: &str, wanted: &Value, has: &Value) -> Option<String> {
    pairs(wanted, has, |wanted, has| list(claim, wanted, has))
}

/// The first result for a value that was asked for and one that the token has.
fn pairs(wanted: &Value, has: &Value, of: impl Fn(&str, &str) -> Option<String>) -> Option<String> {
    let (wanted, has) = (texts(wanted)?, texts(has)?);
    wanted
        .iter()
        .find_map(|wanted| has.iter().find_map(|has| of(wanted, has)))
}

/// A text, or every text of a list.
fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(one) => Some(vec![one]),
        Value::Array(several) => several.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

fn difference(claim: &str, wanted: &str, has: &str) -> Option<String> {
    if wanted == has || plain(wanted).is_empty() || plain(wanted) != plain(has) {
        return None;
    }
    let by: Vec<&str> = PARTS
        .iter()
        .filter(|(_, part)| part(wanted) != part(has))
        .map(|(name, _)| *name)
        .collect();
    Some(format!(
        "the two differ only by {}: ask for {claim} exactly as the token has it, or have its issuer write what you ask for",
        by.join(" and by ")
    ))
}

/// Reads that of a value by which it may differ.
type Part = fn(&str) -> String;

/// What values that mean the same differ by, and how it is read from one.
const PARTS: [(&str, Part); 5] = [
    ("white space or a line break around it", |text| {
        let end = text.len() - text.trim_end().len();
        let begin = text.len() - text.trim_start().len();
        format!("{}|{}", &text[..begin], &text[text.len() - end..])
    }),
    ("quotes around it", |text| {
        text.trim().chars().filter(|one| is_quote(*one)).collect()
    }),
    ("http and https", |text| {
        let text = bare(text).to_ascii_lowercase();
        text.split_once("://")
            .map_or_else(String::new, |(scheme, _)| scheme.to_owned())
    }),
    ("a final slash", |text| {
        let text = bare(text);
        text[text.trim_end_matches('/').len()..].to_owned()
    }),
    ("upper and lower case", |text| {
        let text = bare(text).trim_end_matches('/');
        text.split_once("://")
            .map_or(text, |(_, rest)| rest)
            .to_owned()
    }),
];

/// The value without any of [`PARTS`].
fn plain(text: &str) -> String {
    let text = bare(text).trim_end_matches('/').to_lowercase();
    match text.split_once("://") {
        Some(("http" | "https", rest)) => rest.to_owned(),
        _ => text,
    }
}

fn bare(text: &str) -> &str {
    text.trim().trim_matches(is_quote).trim()
}

fn is_quote(one: char) -> bool {
    matches!(one, '"' | '\'' | '`')
}

/// A list in one text, on either side.
fn list(claim: &str, wanted: &str, has: &str) -> Option<String> {
    if items(wanted).any(|item| item == has) {
        return Some(format!(
            "what you ask for is several values in one text; to accept any of them, repeat the flag: --{claim} FIRST --{claim} SECOND"
        ));
    }
    let is_several = claim == "aud" && items(has).any(|item| item == wanted);
    is_several.then(|| {
        "the token's aud is several values in one text: its issuer must write a list (RFC 7519 §4.1.3); to accept it as it is, ask for the whole text".to_owned()
    })
}

/// The values that a text lists, where it lists several: by commas, blanks or semicolons, or as JSON.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let trimmed = text.trim();
    let inner = trimmed
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let is_list = inner.is_some() || trimmed.contains([',', ';', ' ', '\n']);
    inner
        .unwrap_or(trimmed)
        .split([',', ';', ' ', '\n'])
        .map(bare)
        .filter(move |item| is_list && !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_little_two_values_differ_by_is_said() {
        let table = [
            (
                json!(["https://a.example"]),
                json!("https://a.example/"),
                "only by a final slash:",
            ),
            (
                json!("https://a.example/"),
                json!("https://a.example"),
                "only by a final slash:",
            ),
            (
                json!(["api\n"]),
                json!("api"),
                "only by white space or a line break around it:",
            ),
            (
                json!(["api"]),
                json!(["other", "api\r\n"]),
                "only by white space or a line break around it:",
            ),
            (
                json!(["API"]),
                json!("api"),
                "only by upper and lower case:",
            ),
            (
                json!("http://a.example"),
                json!("https://a.example/"),
                "only by http and https and by a final slash:",
            ),
            (json!("\"api\""), json!("api"), "only by quotes around it:"),
            (
                json!(["a,b"]),
                json!("a"),
                "repeat the flag: --aud FIRST --aud SECOND",
            ),
            (json!(["a, b"]), json!(["b", "c"]), "repeat the flag"),
            (json!(["[\"a\",\"b\"]"]), json!("b"), "repeat the flag"),
            (json!(["b"]), json!("a b"), "its issuer must write a list"),
            (json!(["b"]), json!("a,b"), "its issuer must write a list"),
        ];
        for (wanted, has, expected) in table {
            let said = little("aud", &wanted, &has).or_else(|| listed("aud", &wanted, &has));
            let said = said.unwrap_or_default();
            assert!(said.contains(expected), "{wanted} {has}: {said}");
        }
    }

    #[test]
    fn values_that_differ_by_more_are_left_alone() {
        let table = [
            (json!(["api"]), json!("ap")),
            (json!(["https://a.example/x"]), json!("https://a.example")),
            (json!(["https://a.example.org"]), json!("https://a.example")),
            (json!(["a"]), json!(5)),
            (json!(["/"]), json!("")),
            (json!(["a,b"]), json!("c")),
            (Value::Null, json!("a")),
        ];
        for (wanted, has) in table {
            assert_eq!(little("aud", &wanted, &has), None, "{wanted} {has}");
            assert_eq!(listed("aud", &wanted, &has), None, "{wanted} {has}");
        }
    }
}
