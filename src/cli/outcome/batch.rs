//! How many tokens a batch had, by what was found.
use std::collections::BTreeMap;

use crate::cli::outcome::{JudgedToken, PredictedAnswers};
use crate::core::claims::{Members, Typed};

/// The most names that are counted on their own: whoever writes the tokens chooses them.
const MOST_NAMES: usize = 1000;
/// The longest such name, in characters. What is longer is cut.
const LONGEST_NAME: usize = 200;
/// The name under which the others are counted.
const OTHERS: &str = "other";

/// The token of a line, and what its Django server would answer.
pub(crate) type LineToken<'a> = (&'a JudgedToken, Option<&'a PredictedAnswers>);

/// How many tokens there were.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// All of them.
    pub tokens: u64,
    /// Those that were refused.
    pub refused: u64,
    /// Those for which the command alone would have failed: of `inspect`, what is no token at all.
    pub failed: u64,
    /// By verdict, kid and issuer, if that was asked for.
    pub groups: Option<TallyGroups>,
}

/// How many tokens there were by verdict, by the header's `kid` and by `iss`. A token without one of these is not counted there.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "the members of the JSON")]
pub(crate) struct TallyGroups {
    /// By the deciding code.
    pub by_verdict: BTreeMap<&'static str, u64>,
    /// By key id.
    pub by_kid: BTreeMap<String, u64>,
    /// By issuer.
    pub by_iss: BTreeMap<String, u64>,
}

/// What a token is counted under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TallyNames {
    kid: Option<String>,
    iss: Option<String>,
}

impl TallyNames {
    /// The names that a token has.
    #[must_use]
    pub(crate) fn of(judged: &JudgedToken) -> Self {
        let name = |members: Option<&Members>, name: &str| match members?.string(name) {
            Typed::Is(text) => Some(text.chars().take(LONGEST_NAME).collect()),
            Typed::Absent | Typed::Wrong(_) => None,
        };
        Self {
            kid: name(judged.token.header.members.as_ref(), "kid"),
            iss: name(judged.token.claims(), "iss"),
        }
    }
}

impl Tally {
    /// Counts nothing yet. `by_names` says whether it will count by verdict, kid and issuer.
    #[must_use]
    pub(crate) fn new(by_names: bool) -> Self {
        Self {
            groups: by_names.then(TallyGroups::default),
            ..Self::default()
        }
    }

    /// Counts a token by its verdict.
    pub(crate) fn add(&mut self, verdict: &'static str, is_refused: bool, names: &TallyNames) {
        self.tokens += 1;
        self.refused += u64::from(is_refused);
        if let Some(groups) = &mut self.groups {
            *groups.by_verdict.entry(verdict).or_default() += 1;
            count(&mut groups.by_kid, names.kid.as_deref(), 1);
            count(&mut groups.by_iss, names.iss.as_deref(), 1);
        }
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: Self) {
        self.tokens += other.tokens;
        self.refused += other.refused;
        self.failed += other.failed;
        let (Some(groups), Some(other)) = (&mut self.groups, other.groups) else {
            return;
        };
        for (verdict, more) in other.by_verdict {
            *groups.by_verdict.entry(verdict).or_default() += more;
        }
        for (name, more) in other.by_kid {
            count(&mut groups.by_kid, Some(&name), more);
        }
        for (name, more) in other.by_iss {
            count(&mut groups.by_iss, Some(&name), more);
        }
    }
}

fn count(counts: &mut BTreeMap<String, u64>, name: Option<&str>, more: u64) {
    let Some(name) = name else { return };
    if let Some(count) = counts.get_mut(name) {
        *count += more;
        return;
    }
    let is_full = counts.len() >= MOST_NAMES && name != OTHERS;
    let name = if is_full { OTHERS } else { name };
    *counts.entry(name.to_owned()).or_default() += more;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(kid: String) -> TallyNames {
        TallyNames {
            kid: Some(kid),
            iss: None,
        }
    }

    #[test]
    fn names_beyond_a_thousand_are_counted_as_others() {
        let (mut tally, mut more) = (Tally::new(true), Tally::new(true));
        for at in 0..1500 {
            tally.add("valid", false, &named(format!("k{at}")));
            more.add("expired", true, &named(format!("k{}", at % 2)));
        }
        tally.merge(more);
        assert_eq!((tally.tokens, tally.refused), (3000, 1500));
        let groups = tally.groups.unwrap_or_default();
        assert_eq!(groups.by_kid.len(), MOST_NAMES + 1);
        assert_eq!(groups.by_kid[OTHERS], 500);
        assert_eq!(groups.by_kid["k1"], 751);
        assert_eq!(groups.by_verdict["expired"], 1500);
        assert!(groups.by_iss.is_empty());
    }
}
