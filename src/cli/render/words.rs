//! Words for people: moments, lengths of time, checks and defects. They are not escaped: the code that prints them does that.
use serde_json::Value;

use crate::core::claims::JsonProblem;
use crate::core::emulator::{Cause, DatabaseFact, Hazard};
use crate::core::time::{Span, Timestamp};
use crate::core::token::{Defect, DefectKind};
use crate::core::verdict::{
    Check, CheckResult, Finding, NO_MEMBER_TWICE, NUMERIC_DATE_IN_RANGE, Note, Reason,
};
use crate::session::service::keys::KeyLabel;

/// What is said where a user's sessions are ended, of those that the store can't know.
pub(crate) const UNRECORDED: &str = "logins under a profile such as sliding or plain are not recorded until they are first rotated or revoked, so --user does not find them: end each with jwtsess revoke TOKEN";

/// The longest value that is quoted in full in a sentence, in characters.
const QUOTED: usize = 160;

/// A key: its source and what it is; of one that was fetched its kid, and how old it is.
#[must_use]
pub(crate) fn key(key: &KeyLabel, now: Timestamp) -> String {
    let KeyLabel {
        source,
        kid,
        kind,
        fetched,
    } = key;
    let whose = match (fetched, kid) {
        (Some(_), Some(kid)) => format!("kid {kid} of {source}"),
        _ => source.clone(),
    };
    let age = fetched.as_ref().map_or_else(String::new, |fetched| {
        let age = fetched.at.seconds_until(now);
        let age = Span::from_seconds(u64::try_from(age).unwrap_or(0)).words();
        format!(", {age} old")
    });
    if kind.is_empty() {
        return format!("{whose}{age}");
    }
    format!("{whose}{age} ({kind})")
}

/// How far away a moment is: `in 59 min`, `12 min ago`, `now`.
#[must_use]
pub(crate) fn distance(at: Timestamp, now: Timestamp) -> String {
    match now.seconds().abs_diff(at.seconds()) {
        0 => "now".to_owned(),
        away if at > now => format!("in {}", Span::from_seconds(away).words()),
        away => format!("{} ago", Span::from_seconds(away).words()),
    }
}

/// A moment as RFC 3339, or as its number if it is outside the calendar.
#[must_use]
pub(crate) fn instant(at: Timestamp) -> String {
    at.rfc3339()
        .unwrap_or_else(|| format!("{} (outside the years 0 to 9999)", at.seconds()))
}

/// A moment and how far away it is: `2026-11-24T03:45:00Z, in 59 min`.
#[must_use]
pub(crate) fn moment(at: Timestamp, now: Timestamp) -> String {
    format!("{}, {}", instant(at), distance(at, now))
}

/// A number of seconds in words. The sign is dropped.
#[must_use]
pub(crate) fn seconds(seconds: i64) -> String {
    Span::from_seconds(seconds.unsigned_abs()).words()
}

/// Cuts a long text, and says how much was left out.
#[must_use]
pub(crate) fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}… ({} more bytes)", &text[..at], text.len() - at),
    }
}

fn quoted(value: &Value) -> String {
    shortened(&value.to_string(), QUOTED)
}

fn list(value: &Value) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(Value::to_string).collect();
            shortened(&items.join(", "), QUOTED)
        }
        other => quoted(other),
    }
}

fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => shortened(text, QUOTED),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(bare).collect();
            shortened(&items.join(", "), QUOTED)
        }
        other => quoted(other),
    }
}

/// A finding as a sentence, with the two values that were compared.
#[must_use]
pub(crate) fn finding(finding: &Finding, now: Timestamp) -> String {
    let told = ComparedValues {
        claim: finding.claim.as_deref().unwrap_or_default(),
        expected: finding.expected.as_ref().unwrap_or(&Value::Null),
        actual: finding.actual.as_ref().unwrap_or(&Value::Null),
        now,
    };
    match finding.result {
        CheckResult::Passed => told.passed(finding.check),
        CheckResult::Noted(note) => told.noted(note),
        CheckResult::Failed(reason) => match &finding.defect {
            Some(found) => defect(found),
            None if reason == Reason::ClaimMismatch && finding.check == Check::Has => {
                let (actual, wanted) = (quoted(told.actual), quoted(told.expected));
                format!(
                    "{} is {actual}, which does not contain {wanted}",
                    told.claim
                )
            }
            None if reason == Reason::ClaimMissing && finding.check == Check::Kind => {
                format!(
                    "no {} that tells its kind, expected {}",
                    told.claim,
                    bare(told.expected)
                )
            }
            None => told.failed(reason),
        },
    }
}

struct ComparedValues<'a> {
    claim: &'a str,
    expected: &'a Value,
    actual: &'a Value,
    now: Timestamp,
}

impl ComparedValues<'_> {
    fn at(&self) -> Timestamp {
        Timestamp::from_seconds(self.actual.as_i64().unwrap_or_default())
    }
    fn span(value: &Value) -> String {
        seconds(value.as_i64().unwrap_or_default())
    }

    fn passed(&self, check: Check) -> String {
        let (claim, actual) = (self.claim, self.actual);
        match check {
            Check::Structure if !actual.is_null() => {
                "an opaque token, which the store has recorded".to_owned()
            }
            Check::Structure => "three parts, well formed".to_owned(),
            Check::Critical => "no critical extensions".to_owned(),
            Check::Algorithm => format!("a given key supports {}", bare(actual)),
            Check::Key => "there is a key to verify with".to_owned(),
            Check::Signature => "made by a given key".to_owned(),
            Check::Strength => "the key is long enough".to_owned(),
            Check::Model => format!("a {} token, as required", bare(actual)),
            Check::Kind => format!("{} {} token", Self::article(actual), bare(actual)),
            Check::Expiry if self.claim != "exp" => {
                format!("can be renewed until {}", moment(self.at(), self.now))
            }
            Check::Expiry if self.at() <= self.now => {
                format!(
                    "expired {}, but within the leeway",
                    moment(self.at(), self.now)
                )
            }
            Check::Expiry => format!("expires {}", moment(self.at(), self.now)),
            Check::NotBefore if self.at() > self.now => {
                format!(
                    "valid {}, but within the leeway",
                    moment(self.at(), self.now)
                )
            }
            Check::NotBefore => format!("valid since {}", moment(self.at(), self.now)),
            Check::IssuedAt => format!("issued {}", moment(self.at(), self.now)),
            Check::MaxAge => format!(
                "{} old, at most {} allowed",
                Self::span(actual),
                Self::span(self.expected)
            ),
            Check::MinTtl => format!(
                "{} left, {} required",
                Self::span(actual),
                Self::span(self.expected)
            ),
            Check::SessionEnd => format!("the session ends {}", moment(self.at(), self.now)),
            Check::Confirmation => "not bound to a key".to_owned(),
            Check::Required => format!("{claim} is present"),
            Check::Session => "the session is live".to_owned(),
            Check::Type
            | Check::Issuer
            | Check::Audience
            | Check::Subject
            | Check::TokenId
            | Check::Expected
            | Check::Has => format!("{claim} is {}", quoted(actual)),
        }
    }

    fn noted(&self, note: Note) -> String {
        match note {
            Note::AudienceNotChecked => {
                format!("audience not checked: aud is {}", quoted(self.actual))
            }
            Note::NeverExpires => "no exp: it never expires".to_owned(),
            Note::WeakKeyAllowed => format!(
                "weak key allowed: it has {} bits, {} are needed",
                self.actual, self.expected
            ),
            Note::LooksLike(unit) => {
                let seconds = self.at().seconds() / unit.per_second();
                format!(
                    "{} looks like {}: {seconds} would be {}",
                    self.claim,
                    unit.name(),
                    instant(Timestamp::from_seconds(seconds))
                )
            }
            Note::SuspiciousText => {
                format!(
                    "{} {}: {}",
                    self.claim,
                    suspicion(self.actual),
                    quoted(self.actual)
                )
            }
            Note::ShortLife => format!(
                "the token lives for {} only: a number without a unit counts seconds, 15m are minutes",
                Self::span(self.actual)
            ),
            Note::WouldBeRefused(reason) => {
                format!(
                    "whoever checks this token will refuse it: {}",
                    self.failed(reason)
                )
            }
            Note::KindUnmarked => "nothing in this token tells its kind".to_owned(),
            Note::SenderConstrained => self.bound(),
            Note::FutureIat => format!("issued in the future, {}", distance(self.at(), self.now)),
            Note::KeyInHeader => format!(
                "the header brings its own key ({}), which was not used: no server may trust it",
                self.claim
            ),
            Note::KeyAddress => format!(
                "the header says where to fetch a key ({}), which was not done: no server may follow it to an address it does not know",
                self.claim
            ),
            Note::HostileKid => format!(
                "kid is {}: a server that pastes it into a path or a query can be led astray",
                quoted(self.actual)
            ),
            Note::LongLife => format!(
                "it lives for {}: a stolen copy is as good for as long",
                seconds(self.actual.as_i64().unwrap_or_default())
            ),
            Note::SecretClaim => format!(
                "the claim {} looks like a secret, and anyone can read a token's claims",
                self.claim
            ),
            Note::SessionNotKnown => {
                "the store does not know the session: renew and rotate would refuse it".to_owned()
            }
        }
    }

    /// What the session store says against a token.
    fn session(&self, reason: Reason) -> String {
        let (claim, actual) = (self.claim, self.actual);
        match reason {
            Reason::StoreMissing => format!("there is no session store at {}", bare(actual)),
            Reason::Revoked => self.since("the session was ended"),
            Reason::Retired => self.since("the token was retired by a rotation"),
            Reason::ReuseDetected => {
                self.since("a retired token was used again, so the session was ended")
            }
            Reason::TokenIdTaken => format!(
                "the store has a token with the same jti in another session, {}",
                quoted(actual)
            ),
            Reason::RecordChanged if !actual.is_null() => {
                "the store has schema 1, which keeps no proof of what was signed".to_owned()
            }
            Reason::RecordChanged => {
                "what the store kept of the token is not proved to be what was signed: it was changed, recorded by an older version, or signed with a key that was not given".to_owned()
            }
            Reason::UnknownSession if claim.is_empty() => {
                "the store does not know the session".to_owned()
            }
            Reason::UnknownSession => "the store knows the session, but not this token".to_owned(),
            other => other.code().replace('_', " "),
        }
    }

    fn failed(&self, reason: Reason) -> String {
        let (claim, expected, actual) = (self.claim, self.expected, self.actual);
        match reason {
            Reason::Malformed => "not a token".to_owned(),
            Reason::DuplicateMember => format!("{claim:?} appears more than once"),
            Reason::Encrypted => "encrypted (JWE): there is no signature to check".to_owned(),
            Reason::Opaque => "an opaque token, which holds no claims: only a store or its server can tell what it is".to_owned(),
            Reason::OverLimits => "over the limits".to_owned(),
            Reason::BadSignature => "none of the given keys made this signature".to_owned(),
            Reason::UnknownKid => format!(
                "kid is {}, but the given keys have {}",
                quoted(actual),
                list(expected)
            ),
            Reason::KidMismatch if actual.is_null() => {
                format!("no kid, expected {}", quoted(expected))
            }
            Reason::KidMismatch => {
                format!("kid is {}, expected {}", quoted(actual), quoted(expected))
            }
            Reason::KeyRetired => format!(
                "the key{} was retired and verified signatures only until {}",
                match actual {
                    Value::Null => String::new(),
                    kid => format!(" {}", quoted(kid)),
                },
                moment(
                    Timestamp::from_seconds(expected.as_i64().unwrap_or_default()),
                    self.now
                )
            ),
            Reason::AlgorithmNotAllowed => match expected {
                Value::Array(none) if none.is_empty() => {
                    format!("alg is {}, but no given key may verify", bare(actual))
                }
                _ => format!("alg is {}, allowed: {}", bare(actual), bare(expected)),
            },
            Reason::AlgorithmUnsupported => {
                format!("alg is {}, which is not supported", quoted(actual))
            }
            Reason::Unsigned => "alg is none: nobody signed it".to_owned(),
            Reason::CriticalUnsupported => {
                format!("{claim} is {}, which is not understood", quoted(actual))
            }
            Reason::WeakKey => format!("the key has {actual} bits, {expected} are needed"),
            Reason::NoKey => "no key was given to check the signature with".to_owned(),
            Reason::StoreMissing
            | Reason::Revoked
            | Reason::Retired
            | Reason::ReuseDetected
            | Reason::UnknownSession
            | Reason::TokenIdTaken
            | Reason::RecordChanged => self.session(reason),
            Reason::AudienceMismatch if expected.is_null() => {
                format!("aud is {}, but no audience was asked for", quoted(actual))
            }
            Reason::IssuerMismatch
            | Reason::AudienceMismatch
            | Reason::SubjectMismatch
            | Reason::ClaimMismatch => {
                format!("{claim} is {}, expected {}", quoted(actual), list(expected))
            }
            Reason::TypeMismatch if actual.is_null() => {
                format!("no typ, expected {}", quoted(expected))
            }
            Reason::TypeMismatch => {
                format!("typ is {}, expected {}", quoted(actual), quoted(expected))
            }
            Reason::KindMismatch => self.another_kind(),
            Reason::ModelMismatch => {
                format!("a {} token, expected {}", bare(actual), bare(expected))
            }
            Reason::ClaimMissing if expected.is_null() => format!("no {claim}"),
            Reason::ClaimMissing => format!("no {claim}, expected {}", list(expected)),
            Reason::ClaimMalformed => self.malformed(),
            Reason::Expired => self.compared("expired"),
            Reason::NotYetValid => self.compared("not valid before"),
            Reason::IssuedInFuture => self.compared("issued"),
            Reason::SessionEnded => self.compared("the session ended"),
            Reason::ExpiresSoon => format!(
                "{} left, {} required",
                if actual.as_i64().is_some_and(|left| left < 0) {
                    "nothing".to_owned()
                } else {
                    Self::span(actual)
                },
                Self::span(expected)
            ),
            Reason::TooOld => format!(
                "{} old, at most {} allowed",
                Self::span(actual),
                Self::span(expected)
            ),
        }
    }

    fn another_kind(&self) -> String {
        let (claim, is, wanted) = (self.claim, self.actual, bare(self.expected));
        match (claim.is_empty(), is.is_null()) {
            (true, true) => format!("nothing in this token tells its kind, expected {wanted}"),
            (true, false) => format!(
                "{} {} token, expected {wanted}",
                Self::article(is),
                bare(is)
            ),
            (false, true) => format!("{claim} is no word for a kind, expected {wanted}"),
            (false, false) => {
                let (first, other) = (Self::article(self.expected), Self::article(is));
                format!(
                    "its marks contradict each other: by the first it is {first} {wanted} token, by its {claim} {other} {} token",
                    bare(is)
                )
            }
        }
    }

    /// To whose key the token is bound.
    fn bound(&self) -> String {
        let by = match self.actual {
            Value::Object(members) if members.contains_key("jkt") => " (DPoP, RFC 9449)",
            Value::Object(members) if members.contains_key("x5t#S256") => " (mutual TLS, RFC 8705)",
            _ => " (RFC 7800)",
        };
        format!(
            "bound to a key{by}: it is of no use without it, and a server has to ask for its proof"
        )
    }

    fn malformed(&self) -> String {
        let wanted = self.expected.as_str().unwrap_or("of another type");
        // In these two cases `actual` holds the value's own text, which is not to be quoted again: a number too large for a date, and a value that has a member
        // twice.
        let as_text = [NUMERIC_DATE_IN_RANGE, NO_MEMBER_TWICE].contains(&wanted);
        let has = match self.actual {
            Value::String(text) if as_text => shortened(text, QUOTED),
            other => quoted(other),
        };
        format!("{} is {has}, expected {wanted}", self.claim)
    }

    /// Says what happened, and when, if that is known.
    fn since(&self, what: &str) -> String {
        if self.actual.is_null() {
            return what.to_owned();
        }
        format!("{what} {}", moment(self.at(), self.now))
    }

    fn compared(&self, word: &str) -> String {
        if self.actual.is_null() {
            return word.to_owned();
        }
        format!(
            "{word} {} (now {})",
            moment(self.at(), self.now),
            instant(self.now)
        )
    }

    fn article(value: &Value) -> &'static str {
        if value == "access" || value == "id" {
            "an"
        } else {
            "a"
        }
    }
}

/// Why nobody can type a text.
fn suspicion(value: &Value) -> &'static str {
    let texts = match value {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let any = |is: fn(&str) -> bool| texts.iter().any(|text| is(text));
    if any(|text| text.contains(char::is_control)) {
        "has a line break or another control character in it"
    } else if any(|text| text.trim().is_empty()) {
        "is empty (is a variable not set?)"
    } else {
        "has white space around it"
    }
}

/// What is wrong with a JSON text. The words follow "it is".
#[must_use]
pub(crate) fn json_problem(problem: &JsonProblem) -> String {
    match problem {
        JsonProblem::NotAnObject(has) => format!("JSON of type {has}, not an object"),
        JsonProblem::TooManyMembers(limit) => format!("of more than {limit} members"),
        other => other.to_string(),
    }
}

/// A size in MiB or KiB, if it is a whole number of them.
fn bytes(size: usize) -> String {
    match size {
        _ if size > 0 && size.is_multiple_of(1 << 20) => format!("{} MiB", size >> 20),
        _ if size > 0 && size.is_multiple_of(1 << 10) => format!("{} KiB", size >> 10),
        _ => format!("{size} bytes"),
    }
}

/// What is wrong with a token's structure, and at which byte.
#[must_use]
pub(crate) fn defect(defect: &Defect) -> String {
    let Defect { at, part, kind } = defect;
    match kind {
        DefectKind::Empty => "nothing was given".to_owned(),
        DefectKind::TooLarge(limit) => format!("the {part} is larger than {}", bytes(*limit)),
        DefectKind::Opaque => {
            "one part: an opaque token, not a JWT; only its server can tell what it is".to_owned()
        }
        DefectKind::Parts(1) => "one part, but a token has three with dots between them".to_owned(),
        DefectKind::Parts(count) => {
            format!("{count} parts, but a token has three (byte {at})")
        }
        DefectKind::Encrypted => "five parts: an encrypted token (JWE)".to_owned(),
        DefectKind::NotBase64url('=') => {
            format!("the {part} has padding (=) at byte {at}; a token has none")
        }
        DefectKind::NotBase64url(character) => {
            format!("the {part} has {character:?} at byte {at}, which is not base64url")
        }
        DefectKind::Truncated => format!("the {part} breaks off at byte {at}: it was cut short"),
        DefectKind::NonCanonical => {
            format!(
                "the {part}'s last character, at byte {at}, has stray bits: it was altered or cut short"
            )
        }
        DefectKind::NotUtf8 => format!("the {part} is not UTF-8 at byte {at}"),
        DefectKind::Json(json) => {
            format!("the {part} is {} at byte {at}", json_problem(&json.problem))
        }
        DefectKind::Duplicate(name) => format!(
            "the {part} has {} more than once (byte {at})",
            quoted(&Value::from(name.as_str()))
        ),
        DefectKind::Alg => {
            format!("the header has no alg, or one that is not a string (byte {at})")
        }
        DefectKind::HeaderType(name, has, needs) => {
            format!("the header's {name} is of type {has}, but must be {needs} (byte {at})")
        }
    }
}

/// Says in a sentence which check of a Django server refused.
#[must_use]
pub(crate) fn cause(cause: Cause) -> String {
    let text = match cause {
        Cause::Token(reason) => return server_reason(reason),
        Cause::UserUnknown => "the server has no such user",
        Cause::UserInactive => "the user is not active",
        Cause::PasswordChanged => "it was made before the user's password changed",
        Cause::Request => "the server does not take what was sent for a token",
        Cause::ServerError(exception) => {
            return format!("the server fails on the token: {exception}");
        }
    };
    text.to_owned()
}

fn server_reason(reason: Reason) -> String {
    let text = match reason {
        Reason::Malformed => "the server can't read it",
        Reason::BadSignature => "none of the given keys made its signature",
        Reason::UnknownKid => "the server has no key with its kid",
        Reason::AlgorithmNotAllowed => "the server accepts another algorithm",
        Reason::Unsigned => "alg is none: nobody signed it",
        Reason::CriticalUnsupported => {
            "its crit names an extension that the server does not understand"
        }
        Reason::Revoked => "it is on the server's blacklist",
        Reason::IssuerMismatch => "the server accepts another iss",
        Reason::AudienceMismatch => "the server accepts another aud",
        Reason::KindMismatch => "this view needs a different kind of token",
        Reason::ClaimMissing => "a claim that the server requires is missing",
        Reason::ClaimMalformed => "a claim has a form that the server does not accept",
        Reason::Expired => "its exp has passed",
        Reason::NotYetValid => "its nbf is in the future",
        Reason::IssuedInFuture => "its iat is in the future",
        Reason::SessionEnded => "it can no longer be refreshed",
        other => return other.code().replace('_', " "),
    };
    text.to_owned()
}

/// Describes a check that needs the server's database.
#[must_use]
pub(crate) const fn unchecked(what: DatabaseFact) -> &'static str {
    match what {
        DatabaseFact::Blacklist => "whether it is blacklisted",
        DatabaseFact::UserExists => "whether its user exists",
        DatabaseFact::UserActive => "whether that user is active",
        DatabaseFact::Password => "whether that user's password has changed",
        DatabaseFact::UserId => "that user's id",
        DatabaseFact::Email => "that user's email",
    }
}

/// Says in a sentence where a Django server is unsafe.
#[must_use]
pub(crate) const fn hazard(hazard: Hazard) -> &'static str {
    match hazard {
        Hazard::SignatureNotChecked => "JWT_VERIFY is off: anyone can write a token for it",
        Hazard::ExpiryNotChecked => "JWT_VERIFY_EXPIRATION is off: tokens never expire",
        Hazard::NoExpAccepted => "it accepts a token without exp, which never expires",
        Hazard::NoSessionEnd => {
            "each rotation starts a new REFRESH_TOKEN_LIFETIME, so a session need never end"
        }
        Hazard::OutlivesSession => {
            "exp is not capped at the end of the refresh period: the last token outlives it"
        }
        Hazard::OldTokenLives => {
            "a token that was exchanged for a fresh one stays valid until it expires"
        }
        Hazard::NoReuseDetection => {
            "reusing a rotated token is refused, but tokens a thief already got from it keep working"
        }
        Hazard::NoRevocation => {
            "it keeps no list of revoked tokens: a token stays valid until it expires"
        }
        Hazard::AccessOutlivesLogout => {
            "only refresh tokens can be revoked: an access token stays valid until it expires"
        }
        Hazard::RevocationForgotten => {
            "its clean-up forgets a revoked token once that token's first exp has passed: tokens made from it are then accepted again"
        }
    }
}
