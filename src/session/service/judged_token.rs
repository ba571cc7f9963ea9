//! A token under keys and a policy: the one step that every use case with a token begins with.
use crate::core::key::{Key, PssParameters};
use crate::core::likely::SecretMismatch;
use crate::core::likely::message::MessageMismatch;
use crate::core::policy::{Policy, Unmarked};
use crate::core::profile::language::model::{KeySource, KindSource};
use crate::core::profile::{Profile, RecognisedModel, TokenKind};
use crate::core::time::Timestamp;
use crate::core::token::{CompactForm, Unverified};
use crate::core::verdict::{Check, CheckResult, Class, Finding, Reason, Verdict};
use crate::core::verify::{self, Judgement, Verified};
use crate::session::family::Expiry;

use super::keys::{KeyLabel, KindKeys};
use super::records::SessionView;

/// A presented token and the results of its checks.
#[derive(Debug)]
pub(crate) struct JudgedToken {
    /// The token.
    pub token: Unverified,
    /// The model it looks like.
    pub recognised: RecognisedModel,
    /// The profile that was used.
    pub profile: ProfileUsed,
    /// Every check.
    pub verdict: Verdict,
    /// The key that signed the token, else the source of all keys that were tried.
    pub key: Option<KeyLabel>,
    /// Whether one of the keys made the signature.
    pub signature_holds: bool,
    /// The key of refresh tokens that may be missing.
    pub missing_key: Option<MissingRefreshKey>,
    /// The explanation of a bad signature, found by trying likely mistakes.
    pub explained: Option<Explanation>,
    /// The life of an opaque token, by the store's record of it.
    pub recorded: Option<RecordedLife>,
    /// The session's absolute end.
    pub session_end: Option<Timestamp>,
    /// What the store knows about its session, if a store was used.
    pub session: Option<SessionView>,
}

/// When an opaque token was issued and expires: its own text does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordedLife {
    /// When it was issued.
    pub issued_at: Option<Timestamp>,
    /// When it expires.
    pub expires_at: Expiry,
}

/// The profile that was used for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProfileUsed {
    /// Its name.
    pub name: String,
    /// The built-in profile that it extends.
    pub base: String,
    /// Why this profile was chosen.
    pub by: ProfileSource,
    /// The kind that renewing takes; none: its server renews nothing.
    pub presents: Option<TokenKind>,
}

impl ProfileUsed {
    /// A profile that was chosen for this reason.
    #[must_use]
    pub(crate) fn new(profile: &Profile, by: ProfileSource) -> Self {
        Self {
            name: profile.name().to_owned(),
            base: profile.base().to_owned(),
            by,
            presents: profile.presents(),
        }
    }
}

/// Why a profile was chosen for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProfileSource {
    /// A flag or a variable named it.
    Named,
    /// The store recorded the token's session under it.
    Recorded,
    /// The token carries the marks of its model.
    Recognised,
}

/// A key of refresh tokens that a check went without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MissingRefreshKey {
    /// It never leaves its server.
    Withheld,
    /// Refresh tokens may have one of their own, which nobody gave.
    NotGiven,
}

impl MissingRefreshKey {
    /// What may be missing to check a token of that kind, if its profile's tokens are told by their key or have a server of their own.
    fn of(profile: &Profile, kind: TokenKind, keys: &KindKeys<'_>) -> Option<Self> {
        let is_refresh = kind == TokenKind::Refresh;
        let withheld = *profile.model.key_of(TokenKind::Refresh) == KeySource::Withheld;
        let by_key = profile.model.told_by == KindSource::Key;
        match keys.refresh {
            Some(refresh) => {
                let none = refresh.set.keys().is_empty();
                (is_refresh && withheld && none).then_some(Self::Withheld)
            }
            None if profile.server.is_some() => None,
            None => (by_key || (is_refresh && !profile.is_ours())).then_some(Self::NotGiven),
        }
    }
}

/// Why a signature is bad, proved by another check that succeeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Explanation {
    /// The secret matches if it is read in another way.
    Secret(SecretMismatch),
    /// A given key signed other bytes than the token's signing input.
    Message(MessageMismatch),
    /// A given key made it with other parameters of RSA-PSS than its algorithm has.
    PssParameters(PssParameters),
    /// A given key made it, but it is written in another form than JWS has: named here.
    SignatureForm(&'static str),
    /// Another of the given keys signed it, although the token's `kid` rules it out. Holds that key's kid.
    OtherKey(Option<String>),
    /// The same key made it, with another algorithm than the header names.
    OtherAlgorithm(&'static str),
    /// The public key's own text was used as an HMAC secret (CVE-2015-9235): an attack, or a server's mistake.
    PublicKeyAsSecret,
    /// The signature has the wrong length for its algorithm: it was cut short, or made by another one.
    SignatureLength {
        /// Bytes it has.
        has: usize,
        /// Bytes it should have.
        needs: usize,
    },
}

/// Whether a token's signature can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A given key made the signature.
    Verified,
    /// No given key made it, or none may be used.
    Failed,
    /// There was no key to check with, or the check was not asked for.
    NotChecked,
    /// `alg` is `none`.
    Unsigned,
    /// This call made the signature itself.
    Signed,
}

impl Trust {
    /// The stable word.
    #[must_use]
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Failed => "failed",
            Self::NotChecked => "not_checked",
            Self::Unsigned => "unsigned",
            Self::Signed => "signed",
        }
    }
}

impl JudgedToken {
    /// Whether the signature can be relied on.
    #[must_use]
    pub(crate) fn trust(&self) -> Trust {
        if self.signature_holds {
            Trust::Verified
        } else if self.refused_for(Reason::Unsigned) {
            Trust::Unsigned
        } else if self.refused_for(Reason::NoKey) || self.token.form != CompactForm::Jws {
            Trust::NotChecked
        } else {
            Trust::Failed
        }
    }
    /// Whether a check failed for this reason.
    #[must_use]
    pub(crate) fn refused_for(&self, reason: Reason) -> bool {
        let mut failures = self.verdict.failures();
        failures.any(|finding| finding.reason() == Some(reason))
    }
    /// Whether the blacklist of the server that the profile is would hold the token, because the store has ended or retired it. An access token of a pair is on no
    /// such list.
    #[must_use]
    pub(crate) fn is_blacklisted(&self, profile: &Profile) -> bool {
        let is_presented = profile.presents() == Some(profile.kind_of(&self.token));
        let ended = [Reason::Revoked, Reason::Retired, Reason::ReuseDetected];
        is_presented && ended.iter().any(|reason| self.refused_for(*reason))
    }
    /// Whether anything could be read: the text has the form of a token, and its header is valid; or the store has recorded it.
    #[must_use]
    pub(crate) fn is_readable(&self) -> bool {
        is_readable(&self.token) || self.is_recorded_text()
    }
    /// Whether it is an opaque token that the store knows.
    #[must_use]
    pub(crate) fn is_recorded_text(&self) -> bool {
        let structure = self.verdict.of(Check::Structure);
        self.token.form == CompactForm::Other(1)
            && structure.is_some_and(|one| one.result == CheckResult::Passed)
    }
    /// Whether the signature holds, so far as was found. Of any other token, the store's state is not told: an attacker could probe for session ids.
    #[must_use]
    pub(crate) fn is_vouched_for(&self) -> bool {
        !matches!(
            self.verdict.class(),
            Some(Class::Malformed | Class::Untrusted)
        )
    }
}

/// Whether it is a token at all: three parts, or five, with a header that is a JSON object.
#[must_use]
pub(crate) const fn is_readable(token: &Unverified) -> bool {
    matches!(token.form, CompactForm::Jws | CompactForm::Jwe) && token.header.members.is_some()
}

/// Judges a token. `profile` is the one that the call goes by.
#[must_use]
pub(crate) fn judge(
    token: Unverified,
    keys: &KindKeys<'_>,
    policy: &Policy,
    (profile, by): (&Profile, ProfileSource),
    now: Timestamp,
) -> (JudgedToken, Option<Verified>) {
    let kind = profile.kind_of(&token);
    let set = keys.of(kind).judging(&token);
    let mut judgement = verify::judge(&token, set, policy, now);
    let is_early = |finding: &Finding| finding.reason() == Some(Reason::IssuedInFuture);
    if by != ProfileSource::Named
        && !profile.model.checks.refuse_future_iat
        && judgement.verdict.failures().any(is_early)
    {
        // No profile was named, and the server of the token's own does not mind. This is rare enough to judge twice.
        let policy = Policy {
            refuse_future_iat: false,
            ..policy.clone()
        };
        judgement = verify::judge(&token, set, &policy, now);
    }
    if let Some(issuer) = keys.of(kind).issuer_of(judgement.signed_by, policy) {
        // Keys of several sources were given, and each issuer's keys are for its own tokens (RFC 8725 §3.8).
        let policy = Policy {
            issuers: vec![issuer.to_owned()],
            ..policy.clone()
        };
        judgement = verify::judge(&token, set, &policy, now);
    }
    if profile.has_opaque(&token) {
        judgement.verdict.findings = vec![Finding::failed(Check::Structure, Reason::Opaque)];
    }
    let verified = judgement.verified.take();
    (told(token, kind, keys, (profile, by), judgement), verified)
}

/// What would be said of a token if this key had made its signature, which is not looked at: see [`verify::suppose`].
#[must_use]
pub(crate) fn suppose(
    token: Unverified,
    keys: &KindKeys<'_>,
    policy: &Policy,
    profile: (&Profile, ProfileSource),
    now: Timestamp,
    signer: &Key,
) -> JudgedToken {
    let kind = profile.0.kind_of(&token);
    let set = keys.of(kind).judging(&token);
    let judgement = verify::suppose(&token, set, policy, now, signer);
    told(token, kind, keys, profile, judgement)
}

fn told(
    token: Unverified,
    kind: TokenKind,
    keys: &KindKeys<'_>,
    (profile, by): (&Profile, ProfileSource),
    judgement: Judgement,
) -> JudgedToken {
    let missing_key = MissingRefreshKey::of(profile, kind, keys);
    let keys = keys.of(kind);
    let mut recognised = token.recognised().clone();
    recognised.told.kind = recognised.told.kind.or(token.taken_for);
    let end = token
        .claims()
        .and_then(|claims| profile.session_end(kind, claims));
    let key = judgement.signed_by.map_or_else(
        || keys.all(keys.judging(&token)),
        |index| keys.described(index),
    );
    JudgedToken {
        recognised,
        profile: ProfileUsed::new(profile, by),
        verdict: judgement.verdict,
        key,
        signature_holds: judgement.signed_by.is_some(),
        missing_key,
        explained: None,
        recorded: None,
        session_end: end,
        session: None,
        token,
    }
}

/// What a profile requires of the token that prolongs its sessions. For a pair that is the refresh token.
#[must_use]
pub(crate) fn prolonging(profile: &Profile) -> Policy {
    Policy {
        // Nothing tells access from refresh: the token is what the caller takes it for.
        unmarked: Unmarked::Accepted,
        until: profile.renewable_until().cloned(),
        ..Policy::of(profile, profile.presents().unwrap_or(TokenKind::Access))
    }
}
