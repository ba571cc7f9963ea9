//! The tokens in an answer: found by their form, and told without their text.
use crate::cli::context::Context;
use crate::cli::outcome::date;
use crate::cli::outcome::exchange::PassingToken;
use crate::cli::resolve::profile;
use crate::core::profile::TokenKind;
use crate::core::token::{Limits, Unverified};
use crate::net::message::Answer;

/// How much of a body is searched.
pub(crate) const SEARCHED: usize = 1 << 20;
/// How many tokens are told.
const MOST: usize = 16;

/// The tokens in an answer's header fields, and in the first mebibyte of its body.
///
/// # Errors
/// The config file can't be read.
pub(crate) fn of_answer(
    answer: &Answer,
    context: &Context<'_, '_>,
) -> anyhow::Result<Vec<PassingToken>> {
    let mut found = Vec::new();
    for header in &answer.headers {
        search(&header.name, &header.value, &mut found, context)?;
    }
    let body = answer.body.expose();
    let body = String::from_utf8_lossy(&body[..body.len().min(SEARCHED)]);
    search("body", &body, &mut found, context)?;
    Ok(found)
}

fn search(
    place: &str,
    text: &str,
    found: &mut Vec<PassingToken>,
    context: &Context<'_, '_>,
) -> anyhow::Result<()> {
    let of_a_token = |one: char| one.is_ascii_alphanumeric() || "-_.".contains(one);
    for word in text.split(|one| !of_a_token(one)) {
        if found.len() >= MOST || !word.starts_with("eyJ") || word.matches('.').take(3).count() != 2
        {
            continue;
        }
        let token = Unverified::read(word, &Limits::default());
        let Some(claims) = token.claims() else {
            continue;
        };
        let expires_at = date(claims, "exp");
        let profile = profile::of_marks(None, &token, context)?.chosen;
        let kind = profile.profile.told_kind(&token);
        found.push(PassingToken {
            place: place.to_owned(),
            profile: profile.profile.name().to_owned(),
            kind: kind.map(TokenKind::name),
            expires_at,
        });
    }
    Ok(())
}
