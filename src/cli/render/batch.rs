//! Prints the lines of `verify --batch` and `inspect --batch` in the form that was asked for, and the summary.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::cli::error::Failure;
use crate::cli::outcome::JudgedToken;
use crate::cli::outcome::batch::{LineToken, Tally};
use crate::cli::paint::{self, Paint};
use crate::core::claims::Members;
use crate::core::claims::exact::find;
use crate::core::time::Timestamp;

use super::advice::Verb;
use super::json::on_one_line;

/// The form of a line.
#[derive(Clone, Debug)]
pub(crate) enum LineForm {
    /// A sentence.
    Words(Paint),
    /// An object.
    Json,
    /// The verdict and these claims, each by the names on the way to it.
    Columns(Vec<Vec<String>>),
    /// Nothing.
    Nothing,
}

impl LineForm {
    /// Whether something inside a claim is printed.
    #[must_use]
    pub(crate) fn reads(&self, claim: &str) -> bool {
        let reads = |steps: &Vec<String>| steps.len() > 1 && steps[0] == claim;
        match self {
            Self::Columns(columns) => columns.iter().any(reads),
            Self::Words(_) | Self::Json | Self::Nothing => false,
        }
    }

    /// Writes the line of a token: its verdict, or why there is no token to judge.
    pub(crate) fn write(
        &self,
        (verb, number): (Verb, u64),
        told: Result<LineToken<'_>, &Failure>,
        now: Timestamp,
        out: &mut Vec<u8>,
    ) {
        let judged = told.map(|(judged, _)| judged);
        match self {
            Self::Words(paint) => super::human::line(number, judged, now, *paint, out),
            Self::Json => super::json::line((verb, number), told, now, out),
            Self::Columns(columns) => write_columns(columns, judged, out),
            Self::Nothing => {}
        }
    }
}

/// The verdict and the claims, with tabs between. What would be taken for a tab or a line's end is escaped, and so is what a terminal might act on.
fn write_columns(
    columns: &[Vec<String>],
    judged: Result<&JudgedToken, &Failure>,
    out: &mut Vec<u8>,
) {
    let verdict = match judged {
        Ok(judged) => judged.verdict.code(),
        Err(failure) => failure.code,
    };
    out.extend_from_slice(verdict.as_bytes());
    let claims = judged.ok().and_then(|judged| judged.token.claims());
    for steps in columns {
        out.push(b'\t');
        let value = claims.and_then(|claims| column(claims, steps));
        let value = value.as_deref().unwrap_or("-");
        out.extend_from_slice(paint::shown(value).as_bytes());
    }
    out.push(b'\n');
}

/// A claim's text, or the JSON of one that is no string.
fn column(claims: &Members, steps: &[String]) -> Option<String> {
    let raw = find(claims, steps).ok().flatten()?;
    let text = serde_json::from_str::<String>(&raw);
    Some(text.unwrap_or_else(|_| on_one_line(&raw).into_owned()))
}

/// How many tokens there were and were refused, in a sentence.
#[must_use]
pub(crate) fn counts(tally: &Tally) -> String {
    let count = |count: u64| match count {
        1 => "1 token".to_owned(),
        more => format!("{more} tokens"),
    };
    match tally.refused {
        0 => format!("{}, all accepted", count(tally.tokens)),
        all if all == tally.tokens => format!("{}, all refused", count(all)),
        some => format!("{}, {some} of them refused", count(tally.tokens)),
    }
}

/// The same, and how many by verdict, key id and issuer: the most frequent first.
#[must_use]
pub(crate) fn summary(tally: Tally) -> String {
    let mut text = counts(&tally);
    text.push('\n');
    let groups = tally.groups.unwrap_or_default();
    let verdicts = groups.by_verdict.into_iter();
    let verdicts = verdicts.map(|(verdict, count)| (verdict.to_owned(), count));
    for (title, counts) in [
        ("by verdict", verdicts.collect()),
        ("by kid", groups.by_kid),
        ("by iss", groups.by_iss),
    ] {
        group(title, counts, &mut text);
    }
    text
}

fn group(title: &str, counts: BTreeMap<String, u64>, text: &mut String) {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let Some((_, most)) = counts.first() else {
        return;
    };
    let width = most.to_string().len();
    _ = writeln!(text, "{title}");
    for (name, count) in counts {
        _ = writeln!(text, "  {count:>width$}  {}", paint::shown(&name));
    }
}
