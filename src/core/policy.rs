//! What the verifier requires of a token.
use std::borrow::Cow;

use super::algorithm::Algorithm;
use super::claims::exact::{Expectation, steps};
pub(crate) use super::profile::MAX_LEEWAY;
use super::profile::language::forms::RenewalLimit;
use super::profile::language::model::Model;
use super::profile::{Profile, SessionBound, TokenKind};
use super::time::Span;

/// What the verifier requires of a token. The default requires what RFC 7515, 7519 and 8725 require.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent requirement, named by its flag"
)]
pub struct Policy {
    /// Checks only header and signature, whatever the payload is (`--jws`). Of the other fields, only `typ`, `kid` and the algorithms then count.
    pub jws_only: bool,
    /// `--alg`: accepts only these of the key's algorithms. Empty accepts all of them.
    pub algorithms: Vec<Algorithm>,
    /// The `kid` that the header must have.
    pub kid: Option<String>,
    /// Whether a weak key may verify; a note then says so.
    pub allow_weak_key: bool,
    /// How far clocks may differ, at most [`MAX_LEEWAY`].
    pub leeway: Span,
    /// Until when the token is accepted, in place of its `exp`; `None`: until its `exp`.
    pub until: Option<RenewalLimit>,
    /// Whether a token without `exp` is refused.
    pub require_exp: bool,
    /// Whether an `iat` in the future is refused.
    pub refuse_future_iat: bool,
    /// How long the token must still live.
    pub min_ttl: Option<Span>,
    /// The largest age of the token, counted from `iat`.
    pub max_age: Option<Span>,
    /// The issuers to accept; empty accepts any.
    pub issuers: Vec<String>,
    /// The token must name one of these audiences; empty requires none.
    pub audiences: Vec<String>,
    /// The subject that the token must have.
    pub subject: Option<String>,
    /// The `typ` that the header must have, compared as a media type (RFC 7515 §4.1.9).
    pub typ: Option<String>,
    /// The kind that the token must be; `None` accepts any.
    pub kind: Option<TokenKind>,
    /// What becomes of a token that nothing marks as of a kind.
    pub unmarked: Unmarked,
    /// Whether a token with an `aud` is refused if no audience is requested.
    pub require_audience: bool,
    /// The session model that the token must belong to.
    pub model: Option<ModelRequirement>,
    /// The profile under which the store recorded the token's session, where the token must not be of another.
    pub recorded: Option<String>,
    /// Claims that must be present.
    pub require: Vec<String>,
    /// Claims that must equal or contain a value.
    pub expect: Vec<Expectation>,
    /// The JSON types that a claim may have, by its name, where the profile says so: a number as `sub`, a string or `null` as `aud`.
    pub types: Vec<(String, &'static str)>,
    /// When the session ends at the latest.
    pub session: SessionBound,
}

/// The session model that a token must belong to.
#[derive(Clone, Debug)]
pub struct ModelRequirement {
    /// The model, which tells the token's kind.
    pub model: Cow<'static, Model>,
    /// The profile whose marks the token must have; `None`: its tokens have no marks.
    pub marked_as: Option<String>,
}

/// What becomes of a token that nothing marks as of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmarked {
    /// It passes.
    Accepted,
    /// It passes, and a note says so.
    Noted,
    /// It is refused: someone asked for a kind.
    Refused,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            jws_only: false,
            algorithms: Vec::new(),
            kid: None,
            allow_weak_key: false,
            leeway: Span::from_seconds(0),
            until: None,
            require_exp: true,
            refuse_future_iat: true,
            min_ttl: None,
            max_age: None,
            issuers: Vec::new(),
            audiences: Vec::new(),
            subject: None,
            typ: None,
            kind: Some(TokenKind::Access),
            unmarked: Unmarked::Noted,
            require_audience: false,
            model: None,
            recorded: None,
            require: Vec::new(),
            expect: Vec::new(),
            types: Vec::new(),
            session: SessionBound::default(),
        }
    }
}

impl Policy {
    /// Whether a claim's value counts by more than its JSON type. The times are not among them: they are compared with the clock.
    #[must_use]
    pub(crate) fn reads(&self, claim: &str) -> bool {
        match claim {
            "aud" | "cnf" => return true,
            "iss" if !self.issuers.is_empty() => return true,
            "sub" if self.subject.is_some() => return true,
            _ => {}
        }
        let of_pointer = |place: &String| {
            let inner = steps(place).filter(|steps| place.starts_with('/') || steps.len() != 1);
            inner.is_some_and(|steps| steps.first().is_some_and(|first| first == claim))
        };
        self.require.iter().any(of_pointer) || self.expect.iter().any(|asked| asked.reads(claim))
    }
    /// The requirements of a named profile for a token of that kind, with its claims, type, model and session end.
    #[must_use]
    pub fn of(profile: &Profile, kind: TokenKind) -> Self {
        // An emulated server whose settings rename the claims that mark its tokens tells their kind by the word that is expected below.
        let server = profile.server.as_ref();
        let tells = server.is_none_or(|server| server.is_marked());
        let model = || ModelRequirement {
            model: profile.model.clone(),
            marked_as: profile.model().map(str::to_owned),
        };
        let mut policy = Self {
            kind: tells.then_some(kind),
            model: (tells && !profile.model.is_plain()).then(model),
            require: profile.required_claims(kind),
            session: profile.session_bound(kind),
            leeway: profile.leeway(),
            require_exp: profile.requires_exp(),
            refuse_future_iat: profile.model.checks.refuse_future_iat,
            allow_weak_key: profile.model.checks.allow_weak_key,
            require_audience: profile.model.checks.require_aud,
            issuers: profile.issuer().into_iter().collect(),
            audiences: profile.audience(),
            types: profile.types(kind),
            algorithms: profile.algorithms(kind),
            ..Self::default()
        };
        if let Some(server) = &profile.server {
            let word = server.kind_word(kind);
            let expected = word.map(|word| Expectation::text(server.kind_claim(), word));
            policy.expect.extend(expected);
        }
        policy
    }
}
