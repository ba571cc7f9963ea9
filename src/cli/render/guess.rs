//! Says what a token looks like, and where that is a guess: whose it may be, and what that server's renewal would make of it.
use std::borrow::Cow;

use super::words::shortened;
use crate::core::profile::TokenKind;
use crate::core::profile::language::builtin;
use crate::core::profile::language::entry::{Entry, Occasion};
use crate::core::profile::language::forms::KeptClaims;
use crate::core::profile::language::model::Model;
use crate::core::profile::language::source::Source;
use crate::core::token::{RecognisedModel, Unverified};

/// The longest mark that is repeated, in characters.
const LONGEST: usize = 80;

/// What a token looks like: its model, its kind, and by which mark.
#[must_use]
pub(crate) fn model(recognised: &RecognisedModel) -> String {
    let told = &recognised.told;
    let kind = told.kind.map_or_else(
        || ", nothing in it tells its kind".to_owned(),
        |kind| format!(", {} token", kind.name()),
    );
    let mark = if recognised.by.is_empty() {
        &told.by
    } else {
        &recognised.by
    };
    let by = if mark.is_empty() {
        String::new()
    } else {
        format!(" (by its {mark})")
    };
    let contradiction = told
        .contradiction
        .as_ref()
        .map_or_else(String::new, |(kind, member)| {
            format!(", but {} by its {member}", kind.name())
        });
    let guess = match recognised.looks_like.as_slice() {
        [] => String::new(),
        several => format!(", looks like {}", several.join(" or ")),
    };
    format!(
        "{}{kind}{}{contradiction}{guess}",
        recognised.profile,
        shortened(&by, LONGEST)
    )
}

/// What to do about a token that drf-jwt, or the package that it continues, made for one use.
pub(crate) const WITHOUT_REFRESH: &str = "its server did not allow refreshing when it made the token, which has no orig_iat: set JWT_ALLOW_REFRESH to True in the JWT_AUTH of its settings.py, and log in again";

/// Whether a token has the claims of drf-jwt's, but for the one that a refresh needs.
#[must_use]
pub(crate) fn is_without_refresh(token: &Unverified) -> bool {
    let Some(claims) = token.claims() else {
        return false;
    };
    let has = |name: &str| claims.raw(name).is_some();
    ["username", "user_id", "exp"].into_iter().all(has)
        && !["orig_iat", "sub", "token_type"].into_iter().any(has)
}

/// Whose token it may be, by marks that others write, too, and how to go by that server's rules.
#[must_use]
pub(crate) fn guessed(looks_like: &[Cow<'static, str>]) -> String {
    match looks_like {
        [one] => format!("the token looks like {one}; --profile {one} goes by it"),
        several => format!(
            "the token looks like {} alike; name the profile with --profile",
            several.join(" and ")
        ),
    }
}

/// The same for a token that was prolonged as it is: what the server would do in its place.
#[must_use]
pub(crate) fn prolonged(looks_like: &[Cow<'static, str>]) -> String {
    let said = guessed(looks_like);
    let server = match looks_like {
        [one] => builtin::model(one).map(renewal),
        _ => None,
    };
    match server {
        Some(server) => format!("prolonged as it is; {said}: {server}"),
        None => format!("prolonged as it is; {said}"),
    }
}

/// What a server's renewal does.
fn renewal(model: &Model) -> String {
    let Some(presented) = model.renew.presents else {
        return "its server renews nothing".to_owned();
    };
    let with = match presented {
        TokenKind::Access => "",
        TokenKind::Refresh | TokenKind::Id => " with the refresh token",
    };
    let entries = model
        .access
        .iter()
        .flat_map(|access| access.claims_at(Occasion::Renew));
    let is_new = |entry: &&Entry| {
        let anew = matches!(
            entry.source,
            Some(Source::Now(_) | Source::Fresh(_) | Source::Kind | Source::Constant(_))
        );
        anew || model.renew.keeps != KeptClaims::All
    };
    let names: Vec<&str> = entries
        .filter(is_new)
        .map(|entry| entry.name.as_ref())
        .collect();
    format!(
        "its server would renew it{with}, and write {} anew",
        names.join(", ")
    )
}
