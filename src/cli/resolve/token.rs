//! Finds the token: in an argument, a variable, standard input or the answer to a question.
mod choice;

use std::ffi::OsStr;
use std::path::Path;

use crate::cli::args::token::TokenFlags;
use crate::cli::args::values::Name;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::error::token::TokenError;
use crate::cli::paste::{self, Candidate, Paste};
use crate::cli::world::{self, InputError};
use crate::core;
use crate::core::key::{KeyKind, SecretError};
use crate::core::keyfile::{self, KeyFileError};
use crate::core::secret::Secret;
use crate::core::token::{CompactForm, Limits, Unverified};
use choice::TokenChoice;
pub(crate) use choice::TokenPurpose;

use super::call::Call;
use super::profile;

/// How many bytes may surround a token on standard input.
pub(crate) const ROOM_AROUND: usize = 1 << 20;

/// Reads the token, and says what was taken and from where. `call` knows the names under which its profile's tokens stand.
///
/// # Errors
/// There is no token, or several could be meant. A broken token is not an error: it is shown.
pub(crate) fn read(
    flags: &TokenFlags,
    wanted: TokenPurpose,
    call: Option<&Call>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Unverified> {
    let limits = limits(flags);
    let text = text(flags, &limits, context)?;
    let pasted = paste::read(&text);
    let field = flags.field.as_ref().map(Name::as_str);
    let own = call.map(|_| profile::file(context)).transpose()?;
    let choice = TokenChoice {
        wanted,
        named: call.and_then(Call::named_profile),
        own: own.as_ref().map_or(&[], |own| own.models()),
    };
    let found = found(&pasted, &text, field, choice, &limits);
    let is_no_token = match &found {
        Ok((token, _)) => is_broken(token),
        Err(error) => matches!(error, TokenError::NoneFound | TokenError::Lookalike(_)),
    };
    let named = is_no_token.then(|| file_name(flags, context)).flatten();
    let found = named.map_or(found, Err);
    let (token, taken) = found.map_err(Problem::from)?;
    for note in &pasted.notes {
        context.say(note);
    }
    if !taken.place.is_empty() {
        let other = other_of_two(taken, &pasted);
        context.say(&format!("the token was taken from {}{other}", taken.place));
    }
    Ok(token)
}

/// The token that is meant in a paste of `text`, and where it was. What is broken and has another known form is named, not shown as a broken token.
fn found<'p>(
    pasted: &'p Paste,
    text: &str,
    field: Option<&str>,
    choice: TokenChoice<'_>,
    limits: &Limits,
) -> Result<(Unverified, &'p Candidate), TokenError> {
    let taken = match choice.choose(pasted, field) {
        Err(TokenError::NoneFound) => {
            let known = paste::lookalike(text).map(TokenError::Lookalike);
            return Err(known.unwrap_or(TokenError::NoneFound));
        }
        chosen => chosen?,
    };
    let token = Unverified::read(sound(taken, text)?, limits);
    let known = || paste::lookalike(text).or_else(|| paste::lookalike(&taken.text));
    match is_broken(&token).then(known).flatten() {
        Some(form) => Err(TokenError::Lookalike(form)),
        None => Ok((token, taken)),
    }
}

/// How to take the JWT beside an opaque token that was taken.
fn other_of_two(taken: &Candidate, pasted: &Paste) -> String {
    match pasted.candidates.as_slice() {
        [other] if other != taken => {
            let name = choice::names(std::iter::once(other));
            format!(
                "; to take the other: --field {}",
                echo::name(&name.concat())
            )
        }
        _ => String::new(),
    }
}

fn is_broken(token: &Unverified) -> bool {
    token.form != CompactForm::Jws || !token.defects.is_empty()
}

/// The error for an argument that names a file: `FILE`, `@FILE`, or what looks like a path.
fn file_name(flags: &TokenFlags, context: &Context<'_, '_>) -> Option<TokenError> {
    const ENDINGS: [&str; 5] = ["jwt", "txt", "token", "json", "tok"];
    let argument = flags.token.as_ref()?.expose();
    let text = argument.to_str().filter(|text| *text != "-")?;
    let name = text.strip_prefix('@').unwrap_or(text);
    let path = Path::new(name);
    let is_there = world::is_there(path);
    let has_ending = || {
        let ending = path.extension().and_then(OsStr::to_str);
        ending.is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let starts = ["/", "./", "../", "~/"];
    let looks_like_one = name.len() < text.len()
        || has_ending()
        || starts.iter().any(|start| name.starts_with(start));
    if name.is_empty() || !(is_there || looks_like_one) {
        return None;
    }
    let shown = is_there.then(|| echo::path(OsStr::new(name))).flatten();
    let shown = shown.map_or_else(|| "FILE".to_owned(), |name| echo::word(&name));
    Some(TokenError::FileName {
        is_there,
        instead: format!("jwtsess {} < {shown}", context.command),
    })
}

/// Text that was taken for a token is shown part by part, even if it is broken. A key or a password must not be shown.
fn sound<'p>(taken: &'p Candidate, text: &str) -> Result<&'p str, TokenError> {
    refuse_secret(&taken.text, text)?;
    Ok(&taken.text)
}

/// Refuses a key or a password in place of a token. `taken` is the part of `text` that was taken for the token.
///
/// # Errors
/// It is a key or a password, as it is or in base64 or hexadecimal.
pub(crate) fn refuse_secret(taken: &str, text: &str) -> Result<(), TokenError> {
    if taken.contains('.') && paste::is_of_a_token(taken) {
        return Ok(());
    }
    if let Some(secret) = core::echo::SecretForm::in_text(text) {
        return Err(TokenError::Secret(secret));
    }
    // Any text that is not a key would be read as the bytes of a secret.
    let read = keyfile::read(&Secret::new(taken.as_bytes().to_vec()));
    let is_key = match read {
        Ok(file) => {
            let mut keys = file.keys.keys().iter();
            keys.any(|key| !matches!(key.kind(), KeyKind::Secret { .. }))
        }
        Err(error) => matches!(
            error,
            KeyFileError::Secret(SecretError::KeyMaterial(_))
                | KeyFileError::NeedsPassphrase { .. }
        ),
    };
    if is_key { Err(TokenError::Key) } else { Ok(()) }
}

/// The token of one line of many. It prints no notes, because there would be thousands of them.
///
/// # Errors
/// As [`read`].
pub(crate) fn of_line(
    line: &str,
    field: Option<&str>,
    limits: &Limits,
) -> Result<Unverified, TokenError> {
    let line = line.trim();
    if field.is_none() && line.contains('.') && paste::is_of_a_token(line) {
        let token = Unverified::read(line, limits);
        let form = is_broken(&token).then(|| paste::lookalike(line)).flatten();
        return form.map_or(Ok(token), |form| Err(TokenError::Lookalike(form)));
    }
    let pasted = paste::read(line);
    let choice = TokenChoice::new(TokenPurpose::Any);
    found(&pasted, line, field, choice, limits).map(|(token, _)| token)
}

/// The largest size of a token.
#[must_use]
pub(crate) fn limits(flags: &TokenFlags) -> Limits {
    let usual = Limits::default();
    Limits {
        token_bytes: flags.max_token_size.unwrap_or(usual.token_bytes),
        ..usual
    }
}

/// The text that was given for a token, as it is.
///
/// # Errors
/// It is empty, or can't be read.
pub(crate) fn text(
    flags: &TokenFlags,
    limits: &Limits,
    context: &mut Context<'_, '_>,
) -> Result<String, Problem> {
    // Bytes that are not UTF-8 become U+FFFD, which no token has: the token is then shown as broken, not refused as an argument.
    if let Some(argument) = &flags.token {
        if argument.expose() == "-" {
            return standard_input(limits, context);
        }
        return given(
            argument.expose().to_string_lossy().into_owned(),
            "the token argument",
        );
    }
    if let Some(name) = &flags.token_env {
        let value = context.world.variable(name.as_str());
        let value = value.ok_or_else(|| TokenError::Unset(echo::name(name.as_str())))?;
        return given(
            value.to_string_lossy().into_owned(),
            "the variable of --token-env",
        );
    }
    if !context.world.stdin.terminal {
        return standard_input(limits, context);
    }
    if !context.can_ask() {
        return Err(TokenError::None.into());
    }
    let most = limits.token_bytes.saturating_add(ROOM_AROUND);
    let answer = context.world.prompts.paste("paste the token", most);
    let answer = answer.map_err(Problem::from)?;
    given(answer, "the pasted text")
}

fn standard_input(limits: &Limits, context: &mut Context<'_, '_>) -> Result<String, Problem> {
    let most = limits.token_bytes.saturating_add(ROOM_AROUND);
    let content = context
        .world
        .stdin
        .take("the token", most)
        .map_err(|error| match error {
            InputError::TooLarge { limit } => Problem::Token(TokenError::TooLarge { limit }),
            other => other.into(),
        })?;
    let (text, is_utf16) = paste::text_of(content.expose());
    if is_utf16 {
        context.say("the text was read as UTF-16, which PowerShell's > writes");
    }
    given(text.into_owned(), "standard input")
}

fn given(text: String, place: &'static str) -> Result<String, Problem> {
    if text.trim().is_empty() {
        return Err(TokenError::Empty(place).into());
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
