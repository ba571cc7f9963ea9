//! Guesses what an answer holds of which no profile says how it is read: by the names that servers usually give their tokens.
use serde_json::Value;

use super::{Findings, OF_ACCESS, Part, Reader, seconds};
use crate::core::claims::Members;
use crate::core::profile::TokenKind;
use crate::net::error::NetError;
use crate::net::json;

/// The usual names, in small letters and without what stands between words.
const ACCESS: [&str; 6] = [
    "access",
    "accesstoken",
    "token",
    "jwt",
    "authtoken",
    "authenticationtoken",
];
const REFRESH: [&str; 2] = ["refresh", "refreshtoken"];

impl Reader<'_> {
    /// Looks for the usual names in the object itself, then in the objects right inside it.
    pub(super) fn by_usual_names(&self, members: &Members) -> Result<Findings, NetError> {
        self.refuse_bound(members)?;
        let mut found = Findings::default();
        self.usual(&mut found, members)?;
        let mut wrong = self.no_text(members, &ACCESS);
        for (_, raw) in members.iter().filter(|(_, raw)| raw.starts_with('{')) {
            if found.access.is_some() {
                break;
            }
            let Ok(members) = Members::parse(raw, json::LIMITS) else {
                continue;
            };
            // What is beside the tokens may use these names for something else.
            match self.usual(&mut found, &members) {
                Err(error) if found.access.is_some() => return Err(error),
                Err(error) => wrong = Some(error),
                Ok(()) => wrong = wrong.or_else(|| self.no_text(&members, &ACCESS)),
            }
        }
        wrong
            .filter(|_| found.access.is_none())
            .map_or(Ok(found), Err)
    }
    fn usual(&self, found: &mut Findings, members: &Members) -> Result<(), NetError> {
        // An object may be what the token is in.
        let token = named(members, &ACCESS).filter(|(_, value)| !value.is_object());
        for (part, token) in [
            (Part::Access, token),
            (Part::Refresh, named(members, &REFRESH)),
        ] {
            let Some((name, value)) = token else { continue };
            self.take(found, part, name, &value)?;
            if value.as_str().is_some_and(|text| !text.is_empty()) {
                found.member = Some(name.to_owned());
            }
        }
        // `1h` is a life, too, but no guess.
        let is_guess = |value: &Value| !value.is_string() || seconds(value).is_some();
        let life = named(members, &["expiresin"]).filter(|(_, value)| is_guess(value));
        if let Some((name, value)) = life {
            let part = Part::Life(TokenKind::Access, false);
            self.take(found, part, name, &value)?;
        }
        if let Some((name, value)) = named(members, &["scope"]).filter(|(_, one)| one.is_string()) {
            self.take(found, Part::Scope, name, &value)?;
        }
        Ok(())
    }
    /// The error that a member of one of these names is no text, if one is there.
    fn no_text(&self, members: &Members, usual: &[&str]) -> Option<NetError> {
        let (name, value) = named(members, usual)?;
        (!value.is_string()).then(|| self.wrong(name, &value, OF_ACCESS))
    }
}

/// The first member that has one of these usual names, and its value. `null` is as good as nothing.
fn named<'m>(members: &'m Members, usual: &[&str]) -> Option<(&'m str, Value)> {
    let of_name = |usual: &&str| {
        let mut those = members.iter().filter(|(name, _)| plain(name) == *usual);
        those.find_map(|(name, raw)| {
            let value: Value = serde_json::from_str(raw).ok()?;
            (!value.is_null()).then_some((name, value))
        })
    };
    usual.iter().find_map(of_name)
}

/// A name in small letters, without what stands between words: `accessToken` and `access_token` are one.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|one| !matches!(one, '_' | '-'));
    kept.map(|one| one.to_ascii_lowercase()).collect()
}
