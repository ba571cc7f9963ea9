//! A fresh token that a server hands out in a header field of any answer.
use super::answer::{is_bearer, written_end};
use crate::core::profile::same_model;
use crate::core::secret::Secret;
use crate::core::token::{Limits, Unverified};
use crate::net::message::Answer;

/// Why a token in a header field is not taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HeaderRefusal {
    /// It can't stand behind a scheme, or is no JWT.
    #[error("it is no token")]
    NotAToken,
    /// Its model is another.
    #[error("it is of another model")]
    Model,
    /// Its issuer is another.
    #[error("its issuer is another")]
    Issuer,
    /// Its subject is another.
    #[error("its subject is another")]
    Subject,
    /// It does not expire later than the one that is there.
    #[error("it does not expire later")]
    NotLater,
}

/// The token in a header field of an answer, if it may take the place of the one that was sent: of the same model, issuer and subject, and with a later end. `None` if
/// there is no such field, or the answer is no success.
pub(crate) fn fresh(
    answer: &Answer,
    name: &str,
    sent: &Secret,
) -> Option<Result<Secret, HeaderRefusal>> {
    if answer.status >= 400 {
        return None;
    }
    let text = answer.header(&name.to_ascii_lowercase())?;
    // A server may write the scheme, too.
    let text = text.trim().rsplit(' ').next().unwrap_or_default();
    let sent = std::str::from_utf8(sent.expose()).unwrap_or_default();
    let judged = successor(sent, text).map(|()| Secret::new(text.as_bytes().to_vec()));
    (!text.is_empty()).then_some(judged)
}

fn successor(sent: &str, text: &str) -> Result<(), HeaderRefusal> {
    let read = |text| Unverified::read(text, &Limits::default());
    let (old, new) = (read(sent), read(text));
    let (Some(before), Some(after)) = (old.claims(), new.claims()) else {
        return Err(HeaderRefusal::NotAToken);
    };
    if !is_bearer(text) || !new.defects.is_empty() {
        return Err(HeaderRefusal::NotAToken);
    }
    let (one, other) = (old.recognised(), new.recognised());
    let is_same = one.looks_like == other.looks_like
        && one.kind() == other.kind()
        && same_model(&one.profile, &other.profile);
    let equal = |name: &str| before.value(name) == after.value(name);
    if !is_same {
        Err(HeaderRefusal::Model)
    } else if !equal("iss") {
        Err(HeaderRefusal::Issuer)
    } else if !SUBJECTS.iter().all(|name| equal(name)) {
        Err(HeaderRefusal::Subject)
    } else if written_end(text) <= written_end(sent) {
        Err(HeaderRefusal::NotLater)
    } else {
        Ok(())
    }
}

/// The claims in which servers say whose a token is.
const SUBJECTS: [&str; 4] = ["sub", "user_id", "username", "userId"];
