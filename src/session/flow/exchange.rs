//! What a login or a renewal asks for, what comes of it, and why nothing does.
use crate::core::emulator::Unanswerable;
use crate::core::key::{NoSigner, SignError};
use crate::core::profile::language::source::Source;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::{Span, Timestamp};
use crate::core::verdict::Finding;
use crate::core::verify;
use crate::session::mint::{ExtraMember, MintedToken};

/// Why nothing was minted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FlowError {
    /// No key can sign.
    #[error("no key can sign")]
    NoSigner(NoSigner),
    /// No key of refresh tokens can sign.
    #[error("no key can sign refresh tokens")]
    NoRefreshSigner(NoSigner),
    /// Signing failed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// No lifetime was given, and the token's own can't be told: it has no `iat`, or its `exp` is not after it.
    #[error("the token does not say how long it was meant to live (it has no iat)")]
    NoLifetime,
    /// A token without `exp` has nothing to prolong.
    #[error("the token has no exp: it never expires")]
    NeverExpires,
    /// The server writes the user's id, which was not given and is not known.
    #[error("the user's id is not known")]
    NeedsUserId,
    /// The profile requires claims that neither the caller nor the profile gives.
    #[error("a token of {profile} must have {}", names(.claims))]
    Missing {
        /// The profile's name.
        profile: String,
        /// The missing claims.
        claims: Vec<Lacking>,
    },
    /// A claim of the new token is kept of the presented one, which has it not.
    #[error("the token has no {}, which its successor must have", .0.claim)]
    NotPresented(Lacking),
    /// A claim that the server's JSON writer could not have written.
    #[error("a claim is not JSON")]
    NotForPython,
    /// The token's end lies past the year 9999, where the server fails.
    #[error("the token would end after the year 9999")]
    PastYear9999,
    /// jwtsess can't predict the server's answer.
    #[error(transparent)]
    Unanswerable(Unanswerable),
    /// What a store has kept of a token can't be signed again.
    #[error("the claims recorded in the store do not form a token")]
    NotKept,
    /// The token is an access token of a pair: only the refresh token renews the session.
    #[error("an access token of a pair can't be renewed")]
    NeedsRefreshToken,
}

/// A claim that nobody gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lacking {
    /// Its name.
    pub claim: String,
    /// What it is filled with.
    pub source: Option<Source>,
}

fn names(claims: &[Lacking]) -> String {
    let names: Vec<_> = claims.iter().map(|one| one.claim.as_str()).collect();
    names.join(", ")
}

/// What the caller asks of a login.
#[derive(Clone, Debug, Default)]
pub(crate) struct Login {
    /// The user's name: `--user`.
    pub user: String,
    /// The scope, for a profile that writes one.
    pub scope: Option<String>,
    /// The client's id, for a profile that writes one.
    pub client_id: Option<String>,
    /// The user's id, for a profile that writes one beside the name.
    pub user_id: Option<String>,
    /// The user's e-mail address, for a profile that writes one.
    pub email: Option<String>,
    /// The access token's id, if not a fresh one.
    pub access_id: Option<String>,
    /// The refresh token's id, if not a fresh one.
    pub refresh_id: Option<String>,
    /// Claims to set, in both tokens of a pair. A claim that the profile has keeps its place; the others follow at the end.
    pub claims: Vec<ExtraMember>,
    /// Header parameters to set.
    pub header: Vec<ExtraMember>,
    /// The access token's `typ`, if not the profile's.
    pub typ: Option<String>,
}

/// The token or the pair that a login or a rotation mints.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    /// The access token, or the only token of a one-token model.
    pub access: MintedToken,
    /// The refresh token of a pair.
    pub refresh: Option<MintedToken>,
}

impl Tokens {
    /// What judging them points out, of both none twice.
    #[must_use]
    pub(crate) fn remarks(&self, profile: &Profile, now: Timestamp) -> Vec<Finding> {
        let of = |token: &MintedToken, kind| {
            verify::remarks((&token.header, &token.claims), Some((profile, kind)), now)
        };
        let mut remarks = of(&self.access, TokenKind::Access);
        // An opaque token is judged by nobody else.
        if let Some(refresh) = self.refresh.as_ref().filter(|one| one.seed.is_none()) {
            let said = |remark: &Finding| !remarks.contains(remark);
            let others = of(refresh, TokenKind::Refresh).into_iter().filter(said);
            let others: Vec<_> = others.collect();
            remarks.extend(others);
        }
        remarks
    }
}

/// What the caller asks of a renewal.
#[derive(Clone, Debug, Default)]
pub(crate) struct RenewalRequest {
    /// Renew only if no more than this is left. A pair's refresh token always gives a fresh access token.
    pub within: Option<Span>,
    /// The fresh token's id, if not a fresh one.
    pub id: Option<String>,
    /// Whether a server rotates the refresh token too.
    pub rotates: bool,
}

/// The result of a renewal or a rotation.
#[derive(Debug)]
pub(crate) enum RenewalResult {
    /// A fresh token, or of a rotation a fresh pair.
    Fresh {
        /// What was minted.
        tokens: Box<Tokens>,
        /// The header parameters that could not be kept.
        changed: Vec<HeaderChange>,
        /// The session's end, if `exp` was cut to it.
        capped_at: Option<Timestamp>,
    },
    /// More than `within` is left, so the old token stays in use.
    NotDue {
        /// The seconds that are left.
        left: i64,
    },
    /// The token already lives until the session's end, so a new one would gain nothing.
    AtTheEnd {
        /// When the session ends.
        end: Timestamp,
    },
}

/// A header parameter that could not be kept: its name, and its value before and after as JSON text. Under the name `key`, the values are what the two keys are
/// called.
pub(crate) type HeaderChange = (&'static str, Option<String>, Option<String>);
