//! What was checked, in order, with the two values that each check compared.
use serde_json::Value;

use super::time::FinerUnit;

/// What [`Reason::ClaimMalformed`] expects of a time that is not a number.
pub(crate) const NUMERIC_DATE: &str = "NumericDate";
/// What [`Reason::ClaimMalformed`] expects of a time that is a number beyond every moment. The finding then carries the number's own text.
pub(crate) const NUMERIC_DATE_IN_RANGE: &str = "NumericDate within range";

/// What [`Reason::ClaimMalformed`] expects of a value to compare. The finding then carries the value's own text.
pub(crate) const NO_MEMBER_TWICE: &str = "JSON without repeated members";

/// One check of a token. `--json` shows its name if the check passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// The token has three base64url parts with JSON objects, within the limits (RFC 7515 §5.2).
    Structure,
    /// `crit` and `b64` (RFC 7515 §4.1.11, RFC 7797).
    Critical,
    /// The header's `alg` is one that the keys and `--alg` allow (RFC 8725 §3.1).
    Algorithm,
    /// There is a key that may check the signature.
    Key,
    /// A key made the signature.
    Signature,
    /// The key is long enough (RFC 7518 §3.2, §3.3).
    Strength,
    /// The header's `typ` (RFC 8725 §3.11).
    Type,
    /// The token belongs to the requested session model.
    Model,
    /// The token is of the kind that was requested.
    Kind,
    /// `cnf`: the token is bound to a key of its holder (RFC 7800).
    Confirmation,
    /// `exp`.
    Expiry,
    /// `nbf`.
    NotBefore,
    /// `iat`.
    IssuedAt,
    /// The token is not older than requested, counted from `iat`.
    MaxAge,
    /// The token lives at least as long as requested.
    MinTtl,
    /// The session's latest end has not passed.
    SessionEnd,
    /// `iss`.
    Issuer,
    /// `aud`.
    Audience,
    /// `sub`.
    Subject,
    /// `jti`.
    TokenId,
    /// A required claim is present.
    Required,
    /// A claim equals a value.
    Expected,
    /// A claim, which is a list or a string of words, contains a value.
    Has,
    /// The session store does not object.
    Session,
}

impl Check {
    /// The stable code for `--json`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Critical => "crit",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Strength => "key_strength",
            Self::Type => "type",
            Self::Model => "model",
            Self::Kind => "kind",
            Self::Confirmation => "cnf",
            Self::Expiry => "exp",
            Self::NotBefore => "nbf",
            Self::IssuedAt => "iat",
            Self::MaxAge => "max_age",
            Self::MinTtl => "min_ttl",
            Self::SessionEnd => "session_end",
            Self::Issuer => "iss",
            Self::Audience => "aud",
            Self::Subject => "sub",
            Self::TokenId => "jti",
            Self::Required => "required_claim",
            Self::Expected => "expected_claim",
            Self::Has => "claim_has",
            Self::Session => "session",
        }
    }
}

/// The class of a refusal. Each class has its exit status. If several apply, the first in this order decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The text is not a token (exit status 3).
    Malformed,
    /// The token is not trusted (4).
    Untrusted,
    /// The token could not be checked (1).
    CouldNot,
    /// The session is refused (7).
    Session,
    /// The claims are refused (6).
    Claims,
    /// The token is outside its time limits (5).
    Time,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $class:ident;)*) => {
        /// Why a check failed. The codes are stable words that scripts compare.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Reason { $($(#[$doc])* $variant,)* }
        impl Reason {
            /// Every reason, in the order of the table in the README.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// The stable code that scripts compare.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
            /// The class of the refusal, which decides the exit status.
            #[must_use]
            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class,)* }
            }
        }
    };
}

reasons! {
    /// The token is not three base64url parts of JSON objects.
    Malformed = "malformed", Malformed;
    /// The text is one part that is no JWT's header: only its server can tell what it is.
    Opaque = "opaque", Malformed;
    /// A header parameter or claim occurs more than once (RFC 7515 §4, RFC 7519 §4).
    DuplicateMember = "duplicate_member", Malformed;
    /// The token has five parts: it is an encrypted JWE.
    Encrypted = "encrypted", Malformed;
    /// The token is larger, deeper or wider than the limits.
    OverLimits = "over_limits", Malformed;
    /// None of the keys made the signature.
    BadSignature = "bad_signature", Untrusted;
    /// The key set has no key with the token's `kid`.
    UnknownKid = "unknown_kid", Untrusted;
    /// The token's `kid` is not the requested one.
    KidMismatch = "kid_mismatch", Untrusted;
    /// The key that the token names is retired, and its end has passed.
    KeyRetired = "key_retired", Untrusted;
    /// The key does not serve the token's algorithm, or `--alg` does not list it.
    AlgorithmNotAllowed = "algorithm_not_allowed", Untrusted;
    /// jwtsess does not support the algorithm.
    AlgorithmUnsupported = "algorithm_unsupported", Untrusted;
    /// `alg` is `none`, so nobody signed the token.
    Unsigned = "alg_none", Untrusted;
    /// `crit` or `b64: false` demands an extension that we do not understand.
    CriticalUnsupported = "crit_unsupported", Untrusted;
    /// The key is shorter than its algorithm requires.
    WeakKey = "weak_key", Untrusted;
    /// There is no key to check the signature with.
    NoKey = "no_key", CouldNot;
    /// The session store that was named does not exist.
    StoreMissing = "store_missing", CouldNot;
    /// The session was revoked.
    Revoked = "revoked", Session;
    /// The token was retired by a rotation.
    Retired = "retired", Session;
    /// A retired token came back, so its session was ended.
    ReuseDetected = "reuse_detected", Session;
    /// The store does not know the session.
    UnknownSession = "unknown_session", Session;
    /// The store has a token with the same `jti` in another session.
    TokenIdTaken = "token_id_taken", Session;
    /// What the store kept of a token is not proved to be what was signed.
    RecordChanged = "record_changed", Session;
    /// The issuer is not a requested one.
    IssuerMismatch = "issuer_mismatch", Claims;
    /// The token is for another audience.
    AudienceMismatch = "audience_mismatch", Claims;
    /// The subject is not the requested one.
    SubjectMismatch = "subject_mismatch", Claims;
    /// The `typ` is not the requested one.
    TypeMismatch = "type_mismatch", Claims;
    /// The token is of another kind than required (access, refresh, ID), or its marks contradict each other.
    KindMismatch = "kind_mismatch", Claims;
    /// The token belongs to another session model than the named profile's.
    ModelMismatch = "model_mismatch", Claims;
    /// A required claim is missing.
    ClaimMissing = "claim_missing", Claims;
    /// A claim has a type or form that is not allowed.
    ClaimMalformed = "claim_malformed", Claims;
    /// A claim does not have the requested value.
    ClaimMismatch = "claim_mismatch", Claims;
    /// `exp` has passed.
    Expired = "expired", Time;
    /// Less lifetime is left than requested.
    ExpiresSoon = "expires_soon", Time;
    /// `nbf` is in the future.
    NotYetValid = "not_yet_valid", Time;
    /// `iat` is in the future.
    IssuedInFuture = "issued_in_future", Time;
    /// The token is older than requested.
    TooOld = "too_old", Time;
    /// The session's latest end has passed.
    SessionEnded = "session_ended", Time;
}

/// A remark about a check that refuses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// The token has an `aud`, but no audience was requested.
    AudienceNotChecked,
    /// The token has no `exp`, which was allowed: it never expires.
    NeverExpires,
    /// The key is weak, which was allowed.
    WeakKeyAllowed,
    /// The time would be plausible in a unit finer than seconds.
    LooksLike(FinerUnit),
    /// A text is empty, or has white space around it or a control character in it: nobody who types it can match it.
    SuspiciousText,
    /// Of a token that is made: it lives for seconds only.
    ShortLife,
    /// Of a token that is made: whoever judges it refuses it for this reason.
    WouldBeRefused(Reason),
    /// The store does not know the session, although its profile records each login.
    SessionNotKnown,
    /// Nothing in the token tells its kind.
    KindUnmarked,
    /// The token is bound to a key, which its holder has to prove.
    SenderConstrained,
    /// `iat` is in the future, which RFC 7519 does not forbid.
    FutureIat,
    /// The header brings a key along (`jwk`, `x5c`).
    KeyInHeader,
    /// The header says where to fetch a key (`jku`, `x5u`).
    KeyAddress,
    /// The `kid` would lead out of its folder, or of its query, if a server pasted it into one.
    HostileKid,
    /// The token lives for more than a year.
    LongLife,
    /// A claim has the name of a secret: anyone can read it.
    SecretClaim,
}

impl Note {
    /// The stable code for `--json`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AudienceNotChecked => "audience_not_checked",
            Self::NeverExpires => "never_expires",
            Self::WeakKeyAllowed => "weak_key_allowed",
            Self::LooksLike(FinerUnit::Milliseconds) => "looks_like_milliseconds",
            Self::LooksLike(FinerUnit::Microseconds) => "looks_like_microseconds",
            Self::LooksLike(FinerUnit::Nanoseconds) => "looks_like_nanoseconds",
            Self::SuspiciousText => "suspicious_text",
            Self::ShortLife => "short_life",
            Self::WouldBeRefused(reason) => reason.code(),
            Self::SessionNotKnown => "session_not_known",
            Self::KindUnmarked => "kind_unmarked",
            Self::SenderConstrained => "sender_constrained",
            Self::FutureIat => "future_iat",
            Self::KeyInHeader => "key_in_header",
            Self::KeyAddress => "key_address",
            Self::HostileKid => "hostile_kid",
            Self::LongLife => "long_life",
            Self::SecretClaim => "secret_claim",
        }
    }
}

/// The result of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckResult {
    /// The token is as requested.
    Passed,
    /// The token is not refused, but something is worth a remark.
    Noted(Note),
    /// The token is refused.
    Failed(Reason),
}

/// One check with its result and the values that it compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// Its result.
    pub result: CheckResult,
    /// The claim or header parameter that was checked.
    pub claim: Option<String>,
    /// The required value. For a time, this is the moment that it was compared with, in epoch seconds.
    pub expected: Option<Value>,
    /// The value that the token has.
    pub actual: Option<Value>,
    /// For a structural defect: in which part, at which byte, and what is wrong.
    pub defect: Option<super::token::Defect>,
}

impl Finding {
    /// Makes a finding without values.
    #[must_use]
    pub const fn new(check: Check, result: CheckResult) -> Self {
        Self {
            check,
            result,
            claim: None,
            expected: None,
            actual: None,
            defect: None,
        }
    }
    /// Makes the finding of a failed check.
    #[must_use]
    pub const fn failed(check: Check, reason: Reason) -> Self {
        Self::new(check, CheckResult::Failed(reason))
    }
    /// Adds the name of the claim or header parameter.
    #[must_use]
    pub fn of(mut self, claim: &str) -> Self {
        self.claim = Some(claim.to_owned());
        self
    }
    /// Adds the two values that were compared.
    #[must_use]
    pub fn compared(mut self, expected: impl Into<Value>, actual: impl Into<Value>) -> Self {
        self.expected = Some(expected.into());
        self.actual = Some(actual.into());
        self
    }
    /// Adds the required value.
    #[must_use]
    pub fn wanted(mut self, expected: impl Into<Value>) -> Self {
        self.expected = Some(expected.into());
        self
    }
    /// Adds the value that the token has.
    #[must_use]
    pub fn has(mut self, actual: impl Into<Value>) -> Self {
        self.actual = Some(actual.into());
        self
    }
    /// Whether it says that a time looks like one in a finer unit.
    #[must_use]
    pub const fn in_finer_units(&self) -> bool {
        matches!(self.result, CheckResult::Noted(Note::LooksLike(_)))
    }
    /// Whether the check did not fail.
    #[must_use]
    pub const fn ok(&self) -> bool {
        !matches!(self.result, CheckResult::Failed(_))
    }
    /// The stable code: the check's own if it passed, or else the note's or the reason's.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.result {
            CheckResult::Passed => self.check.code(),
            CheckResult::Noted(note) => note.code(),
            CheckResult::Failed(reason) => reason.code(),
        }
    }
    /// The reason of the failure, if the check failed.
    #[must_use]
    pub const fn reason(&self) -> Option<Reason> {
        match self.result {
            CheckResult::Failed(reason) => Some(reason),
            _ => None,
        }
    }
}

/// The results of all checks, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The results, in order.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether no check failed.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.findings.iter().all(Finding::ok)
    }
    /// The failed checks.
    pub fn failures(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.ok())
    }
    /// The failure that decides the exit status: the first one of the class that comes first.
    #[must_use]
    pub fn deciding(&self) -> Option<&Finding> {
        self.failures()
            .min_by_key(|finding| finding.reason().map(Reason::class))
    }
    /// The code `valid`, or the deciding failure's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.deciding().map_or("valid", Finding::code)
    }
    /// The class of the deciding failure.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        self.deciding().and_then(Finding::reason).map(Reason::class)
    }
    /// The findings that another verdict lacks.
    #[must_use]
    pub fn beside(&self, other: &Self) -> Self {
        let findings = self.findings.iter();
        let findings = findings.filter(|finding| !other.findings.contains(finding));
        Self {
            findings: findings.cloned().collect(),
        }
    }
    /// Leaves out that the token's life is short: it was asked for.
    pub(crate) fn forget_short_life(&mut self) {
        let short = CheckResult::Noted(Note::ShortLife);
        self.findings.retain(|finding| finding.result != short);
    }
    /// The first result of a check, if the check was made.
    #[must_use]
    pub fn of(&self, check: Check) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.check == check)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_that_comes_first_decides() {
        let verdict = Verdict {
            findings: [
                Reason::Expired,
                Reason::AudienceMismatch,
                Reason::Revoked,
                Reason::NoKey,
            ]
            .map(|reason| Finding::failed(Check::Structure, reason))
            .to_vec(),
        };
        assert_eq!(verdict.code(), "no_key");
        assert_eq!(verdict.class(), Some(Class::CouldNot));
    }

    #[test]
    fn codes_are_told_apart() {
        let codes: std::collections::HashSet<_> =
            Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
    }
}
