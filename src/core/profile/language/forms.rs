//! Reads the short texts that are no grammar of their own: durations, words, places of secrets, and what rotating and renewing go by.
use std::borrow::Cow;

use serde::Serialize;

use crate::core::time::Span;

use super::meant::meant;
use super::mistake::Fault;
use super::value::{List, Plain, Text};

/// How long something lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Life {
    /// It has no end of its own.
    Endless,
    /// This long.
    For(Span),
}

/// What a renewed token keeps of the presented one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum KeptClaims {
    /// All: the presented token is edited in place.
    All,
    /// It is built anew, with these of the other claims.
    These(List<Text>),
}

/// Until when a token can be renewed: so long after a claim. `exp + 0s` is the usual one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RenewalLimit {
    /// The claim.
    pub claim: Text,
    /// How long after it.
    pub span: Span,
}

/// When a server retires the presented token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Retirement {
    /// Never.
    Never,
    /// At each use.
    Always,
    /// At a use after this many hundredths of its life.
    After(u8),
}

/// What is forgiven after a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Grace {
    /// Uses in this time after the first.
    For(Span),
    /// This many uses after the first.
    Uses(u32),
    /// Every use until the successor is used.
    UntilUsed,
}

/// Where a token against cross-site requests is taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Csrf {
    /// A claim of the token.
    Claim(Text),
    /// A cookie.
    Cookie(Text),
}

/// Reads a length of time: `90s`, `15m`, or a number of seconds.
///
/// # Errors
/// It is none.
pub(crate) fn duration(value: &Plain) -> Result<Span, Fault> {
    let span = match value {
        Plain::Text(text) => text.parse().ok(),
        Plain::Number(seconds) => u64::try_from(*seconds).ok().map(Span::from_seconds),
        _ => None,
    };
    span.ok_or_else(|| Fault::new("has to be a duration such as 90s, 15m or 7d"))
}

/// Reads a length of time, or `"none"`.
///
/// # Errors
/// It is neither.
pub(crate) fn life(value: &Plain) -> Result<Life, Fault> {
    match value.text() {
        Some("none") => Ok(Life::Endless),
        _ => duration(value)
            .map(Life::For)
            .map_err(|_| Fault::new("has to be a duration such as 90s, 15m or 7d, or none")),
    }
}

/// Reads `true` or `false`.
///
/// # Errors
/// It is neither.
pub(crate) fn switch(value: &Plain) -> Result<bool, Fault> {
    match value {
        Plain::Switch(switch) => Ok(*switch),
        _ => Err(Fault::new("has to be true or false")),
    }
}

/// Reads a text.
///
/// # Errors
/// It is none.
pub(crate) fn text(value: &Plain) -> Result<Text, Fault> {
    match value {
        Plain::Text(text) => Ok(text.clone()),
        _ => Err(Fault::new("has to be a text")),
    }
}

/// Reads a list of texts, or one text.
///
/// # Errors
/// It is neither.
pub(crate) fn texts(value: &Plain) -> Result<Vec<Text>, Fault> {
    value
        .texts()
        .ok_or_else(|| Fault::new("has to be a text or a list of texts"))
}

/// The algorithms that a profile can name.
pub(crate) const ALGORITHMS: [&str; 15] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
    "ES384", "ES512", "ES256K", "EdDSA", "Ed25519",
];

/// Reads the names of algorithms: a list, or one.
///
/// # Errors
/// It is neither, or one is no algorithm's.
pub(crate) fn algorithms(value: &Plain) -> Result<Vec<Text>, Fault> {
    let names = texts(value)?;
    match names.iter().find(|name| !ALGORITHMS.contains(&&***name)) {
        None => Ok(names),
        Some(name) => {
            let shown = super::mistake::shown(name)
                .map_or_else(|| "a name here".to_owned(), |name| format!("`{name}`"));
            let meant = meant(name, ALGORITHMS);
            Err(Fault::new(format!(
                "{shown} is no algorithm that jwtsess signs with{meant}"
            )))
        }
    }
}

/// Reads a list of texts.
///
/// # Errors
/// It is none.
pub(crate) fn list(value: &Plain) -> Result<Vec<Text>, Fault> {
    match value {
        Plain::Text(_) => Err(Fault::new("has to be a list of texts")),
        _ => value
            .texts()
            .ok_or_else(|| Fault::new("has to be a list of texts")),
    }
}

/// Reads one of several words.
///
/// # Errors
/// It is none of them.
pub(crate) fn word(value: &Plain, words: &[&'static str]) -> Result<&'static str, Fault> {
    let typed = value.text().unwrap_or_default();
    words
        .iter()
        .copied()
        .find(|word| *word == typed)
        .ok_or_else(|| {
            let meant = meant(typed, words.iter().copied());
            Fault::new(format!("has to be one of {}{meant}", words.join(", ")))
        })
}

/// Refuses a secret itself: what may stand here is where it is. The message never repeats the value.
///
/// # Errors
/// It is no REF.
pub(crate) fn reference(value: &Plain, asked: bool) -> Result<Text, Fault> {
    let is_place = |text: &str| {
        let text = ["base64:", "base64url:", "hex:"]
            .iter()
            .find_map(|form| text.strip_prefix(form))
            .unwrap_or(text);
        ["env:", "file:", "dotenv:"].iter().any(|place| {
            text.strip_prefix(place)
                .is_some_and(|rest| !rest.is_empty())
        })
    };
    match value {
        Plain::Text(text) if is_place(text) || (asked && text == "prompt") => Ok(text.clone()),
        _ => Err(Fault::new(
            "takes no literal: say where the secret is, as env:NAME, file:PATH, dotenv:PATH#NAME",
        )),
    }
}

/// Reads what a rebuilt token keeps of the presented one.
///
/// # Errors
/// It is neither `"all"` nor a list.
pub(crate) fn keeps(value: &Plain) -> Result<KeptClaims, Fault> {
    match value.text() {
        Some("all") => Ok(KeptClaims::All),
        _ => list(value)
            .map(|claims| KeptClaims::These(claims.into()))
            .map_err(|_| Fault::new("has to be all, or a list of claims")),
    }
}

/// Reads when a server retires what was presented.
///
/// # Errors
/// It is no such word, and no share of a life.
pub(crate) fn when(value: &Plain) -> Result<Retirement, Fault> {
    let typed = value.text().unwrap_or_default();
    let share = || {
        let share = typed.strip_prefix("after ")?.strip_suffix('%')?;
        share.parse().ok().filter(|share| (1..100).contains(share))
    };
    match typed {
        "never" => Ok(Retirement::Never),
        "always" => Ok(Retirement::Always),
        _ => share().map(Retirement::After).ok_or_else(|| {
            let meant = meant(typed, ["never", "always"]);
            Fault::new(format!(
                "has to be never, always or a share of its life such as after 70%{meant}"
            ))
        }),
    }
}

/// Reads what is forgiven after a rotation.
///
/// # Errors
/// It is no span, no count and not `"until-used"`.
pub(crate) fn grace(value: &Plain) -> Result<Grace, Fault> {
    let typed = value.text().unwrap_or_default();
    let count = || {
        let count = typed
            .strip_suffix(" uses")
            .or_else(|| typed.strip_suffix(" use"))?;
        count.parse().ok().filter(|count| *count > 0)
    };
    if typed == "until-used" {
        return Ok(Grace::UntilUsed);
    }
    if let Some(count) = count() {
        return Ok(Grace::Uses(count));
    }
    duration(value)
        .map(Grace::For)
        .map_err(|_| Fault::new("has to be a duration (10s), a count (1 use) or until-used"))
}

/// Reads a claim and how long after it a token can be renewed.
///
/// # Errors
/// It is no claim, or there is no span behind it.
pub(crate) fn until(value: &Plain) -> Result<RenewalLimit, Fault> {
    let read = |text: &str| {
        let (claim, span) = match text.split_once(" + ") {
            Some((claim, span)) => (claim, span.parse().ok()?),
            None => (text, Span::from_seconds(0)),
        };
        let fits = !claim.is_empty() && !claim.contains(' ');
        fits.then(|| RenewalLimit {
            claim: claim.to_owned().into(),
            span,
        })
    };
    value
        .text()
        .and_then(read)
        .ok_or_else(|| Fault::new("has to be a claim and a duration, such as iat + 14d"))
}

/// Reads where a form's token against cross-site requests is taken from.
///
/// # Errors
/// It is neither of a claim nor of a cookie.
pub(crate) fn csrf(value: &Plain) -> Result<Csrf, Fault> {
    let named = |place: &str| {
        let name = value.text()?.strip_prefix(place)?.strip_prefix(' ')?;
        (!name.is_empty() && !name.contains(' ')).then(|| Cow::Owned(name.to_owned()))
    };
    let claim = named("claim").map(Csrf::Claim);
    claim
        .or_else(|| named("cookie").map(Csrf::Cookie))
        .ok_or_else(|| Fault::new("has to be \"claim NAME\" or \"cookie NAME\""))
}
