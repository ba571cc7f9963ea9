//! What was checked, in order, with the two values that each check compared.
use serde_json::Value;

/// What [`Reason::ClaimMalformed`] expects of a time that is no number.
pub const NUMERIC_DATE: &str = "NumericDate";
/// What it expects of one that is a number no moment has: the finding then carries the number's own text.
pub const NUMERIC_DATE_IN_RANGE: &str = "NumericDate within range";

/// What it expects of a value that is compared: the finding then carries the value's own text.
pub const NO_MEMBER_TWICE: &str = "JSON without a member that stands twice";

/// One thing that is asked of a token. The name is what `--json` shows for a check that passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// Three base64url parts, JSON objects, inside the limits (RFC 7515 §5.2).
    Structure,
    /// `crit` and `b64` (RFC 7515 §4.1.11, RFC 7797).
    Critical,
    /// The header's `alg` against the keys' and `--alg` (RFC 8725 §3.1).
    Algorithm,
    /// A key to check with.
    Key,
    /// The signature.
    Signature,
    /// The key's length (RFC 7518 §3.2, §3.3).
    Strength,
    /// The header's `typ` (RFC 8725 §3.11).
    Type,
    /// The session model that was named.
    Model,
    /// Access or refresh token.
    Kind,
    /// `exp`.
    Expiry,
    /// `nbf`.
    NotBefore,
    /// `iat`.
    IssuedAt,
    /// The age asked for, from `iat`.
    MaxAge,
    /// The life that has to be left.
    MinTtl,
    /// The session's absolute end.
    SessionEnd,
    /// `iss`.
    Issuer,
    /// `aud`.
    Audience,
    /// `sub`.
    Subject,
    /// `jti`.
    TokenId,
    /// A claim that has to be there.
    Required,
    /// A claim that has to be a value.
    Expected,
    /// A list, or a string of words, that has to have a value.
    Has,
    /// What the session store knows.
    Session,
}

impl Check {
    /// The stable word for `--json`.
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

/// What kind of refusal a reason is; each has its exit status. In the order in which one decides over another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Not a token (exit status 3).
    Malformed,
    /// Not trusted (4).
    Untrusted,
    /// Nothing to check with (1).
    CouldNot,
    /// The session is refused (7).
    Session,
    /// The claims are refused (6).
    Claims,
    /// Out of time (5).
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
            /// The stable word.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
            /// What kind of refusal it is.
            #[must_use]
            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class,)* }
            }
        }
    };
}

reasons! {
    /// Not three base64url parts of JSON objects.
    Malformed = "malformed", Malformed;
    /// A header parameter or claim stands more than once (RFC 7515 §4, RFC 7519 §4).
    DuplicateMember = "duplicate_member", Malformed;
    /// Five parts: a JWE.
    Encrypted = "encrypted", Malformed;
    /// Larger, deeper or wider than the limits.
    OverLimits = "over_limits", Malformed;
    /// No key has made the signature.
    BadSignature = "bad_signature", Untrusted;
    /// The token's `kid` is none of the set's.
    UnknownKid = "unknown_kid", Untrusted;
    /// The token's `kid` is another than was asked for.
    KidMismatch = "kid_mismatch", Untrusted;
    /// The key that the token names was retired, and its time is over.
    KeyRetired = "key_retired", Untrusted;
    /// The key does not serve the token's algorithm, or `--alg` does not list it.
    AlgorithmNotAllowed = "algorithm_not_allowed", Untrusted;
    /// An algorithm that jwtsess does not serve.
    AlgorithmUnsupported = "algorithm_unsupported", Untrusted;
    /// `alg` is `none`: nobody signed it.
    Unsigned = "alg_none", Untrusted;
    /// `crit` or `b64: false`: an extension that is not understood.
    CriticalUnsupported = "crit_unsupported", Untrusted;
    /// The key is shorter than its algorithm asks.
    WeakKey = "weak_key", Untrusted;
    /// There is no key to check the signature with.
    NoKey = "no_key", CouldNot;
    /// The session was ended.
    Revoked = "revoked", Session;
    /// The token was rotated away.
    Retired = "retired", Session;
    /// A retired token came back: the session has been ended.
    ReuseDetected = "reuse_detected", Session;
    /// The store does not know the session.
    UnknownSession = "unknown_session", Session;
    /// Another issuer.
    IssuerMismatch = "issuer_mismatch", Claims;
    /// For another audience.
    AudienceMismatch = "audience_mismatch", Claims;
    /// Another subject.
    SubjectMismatch = "subject_mismatch", Claims;
    /// Another `typ`.
    TypeMismatch = "type_mismatch", Claims;
    /// A refresh token where an access token belongs, or the reverse.
    KindMismatch = "kind_mismatch", Claims;
    /// A token of another session model than the profile named.
    ModelMismatch = "model_mismatch", Claims;
    /// A claim is missing.
    ClaimMissing = "claim_missing", Claims;
    /// A claim has a type or form that it must not have.
    ClaimMalformed = "claim_malformed", Claims;
    /// A claim has another value than was asked for.
    ClaimMismatch = "claim_mismatch", Claims;
    /// `exp` has passed.
    Expired = "expired", Time;
    /// Less life is left than was asked for.
    ExpiresSoon = "expires_soon", Time;
    /// `nbf` is still to come.
    NotYetValid = "not_yet_valid", Time;
    /// `iat` is still to come.
    IssuedInFuture = "issued_in_future", Time;
    /// Older than was asked for.
    TooOld = "too_old", Time;
    /// The session's absolute end has passed.
    SessionEnded = "session_ended", Time;
}

/// Something to say of a check that refuses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// `aud` is there and no audience was asked for.
    AudienceNotChecked,
    /// There is no `exp`, and that was allowed: it never expires.
    NeverExpires,
    /// The key is weak, and that was allowed.
    WeakKeyAllowed,
    /// The time would be right as milliseconds.
    LooksLikeMilliseconds,
    /// The signature was not checked: no key, or none that may judge this token.
    SignatureNotChecked,
    /// The store that was asked does not know the session, and its profile records each login.
    SessionNotKnown,
}

impl Note {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AudienceNotChecked => "audience_not_checked",
            Self::NeverExpires => "never_expires",
            Self::WeakKeyAllowed => "weak_key_allowed",
            Self::LooksLikeMilliseconds => "looks_like_milliseconds",
            Self::SignatureNotChecked => "signature_not_checked",
            Self::SessionNotKnown => "session_not_known",
        }
    }
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Result {
    /// As asked.
    Passed,
    /// Not refused, but worth a word.
    Noted(Note),
    /// Refused.
    Failed(Reason),
}

/// One check's result.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was asked.
    pub check: Check,
    /// How it came out.
    pub result: Result,
    /// The claim or header parameter it is about.
    pub claim: Option<String>,
    /// What was wanted: of a time, the moment it was compared with, in epoch seconds.
    pub expected: Option<Value>,
    /// What the token has.
    pub actual: Option<Value>,
    /// Of a structural defect: which part, at which byte, what.
    pub defect: Option<super::token::Defect>,
}

impl Finding {
    /// A bare result of a check.
    #[must_use]
    pub const fn new(check: Check, result: Result) -> Self {
        Self {
            check,
            result,
            claim: None,
            expected: None,
            actual: None,
            defect: None,
        }
    }
    /// A check that failed.
    #[must_use]
    pub const fn failed(check: Check, reason: Reason) -> Self {
        Self::new(check, Result::Failed(reason))
    }
    /// Names the claim.
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
    /// Adds what was wanted.
    #[must_use]
    pub fn wanted(mut self, expected: impl Into<Value>) -> Self {
        self.expected = Some(expected.into());
        self
    }
    /// Adds what the token has.
    #[must_use]
    pub fn has(mut self, actual: impl Into<Value>) -> Self {
        self.actual = Some(actual.into());
        self
    }
    /// Whether it refuses nothing.
    #[must_use]
    pub const fn ok(&self) -> bool {
        !matches!(self.result, Result::Failed(_))
    }
    /// The stable word: the check's if it passed, else the note's or the reason's.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.result {
            Result::Passed => self.check.code(),
            Result::Noted(note) => note.code(),
            Result::Failed(reason) => reason.code(),
        }
    }
    /// Why it failed, if it did.
    #[must_use]
    pub const fn reason(&self) -> Option<Reason> {
        match self.result {
            Result::Failed(reason) => Some(reason),
            _ => None,
        }
    }
}

/// Every check's result, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The results.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether nothing failed.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.findings.iter().all(Finding::ok)
    }
    /// The failed checks.
    pub fn failures(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.ok())
    }
    /// The failure that decides: the first of the class that comes first.
    #[must_use]
    pub fn deciding(&self) -> Option<&Finding> {
        self.failures()
            .min_by_key(|finding| finding.reason().map(Reason::class))
    }
    /// `valid`, or the deciding failure's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.deciding().map_or("valid", Finding::code)
    }
    /// The deciding failure's class.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        self.deciding().and_then(Finding::reason).map(Reason::class)
    }
    /// The first finding of a check.
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
