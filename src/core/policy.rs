//! What is required of a token.
use super::algorithm::Algorithm;
use super::claims::exact::Expectation;
use super::profile::{Kind, Profile, SessionMax};
use super::server;
use super::time::Span;

/// The largest leeway: one day. More would make an expiry meaningless.
pub const MAX_LEEWAY: Span = Span::from_seconds(86_400);

/// What is required of a token. The default asks what RFC 7515, 7519 and 8725 ask.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent requirement, named by its flag"
)]
pub struct Policy {
    /// Header and signature alone: the payload may be anything (`--jws`). Of what is asked below, `typ`, `kid` and the algorithms count.
    pub jws_only: bool,
    /// `--alg`: the algorithms to accept of those that the key serves; empty: all of them.
    pub algorithms: Vec<Algorithm>,
    /// The header's `kid`.
    pub kid: Option<String>,
    /// Whether a weak key may verify, with a note.
    pub allow_weak_key: bool,
    /// How far clocks may differ; at most [`MAX_LEEWAY`].
    pub leeway: Span,
    /// Whether a token without `exp` is refused.
    pub require_exp: bool,
    /// Whether an `iat` in the future is refused.
    pub refuse_future_iat: bool,
    /// Life that has to be left.
    pub min_ttl: Option<Span>,
    /// Largest age, from `iat`.
    pub max_age: Option<Span>,
    /// Issuers to accept; empty: any.
    pub issuers: Vec<String>,
    /// Audiences of which the token has to name one; empty: not checked.
    pub audiences: Vec<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The header's `typ`, compared as a media type (RFC 7515 §4.1.9).
    pub typ: Option<String>,
    /// The kind it has to be of; `None`: any.
    pub kind: Option<Kind>,
    /// Whether an `aud` has to be asked for when the token has one.
    pub require_audience: bool,
    /// The session model it has to be of.
    pub model: Option<String>,
    /// Claims that have to be there.
    pub require: Vec<String>,
    /// Claims that have to be or to have a value.
    pub expect: Vec<Expectation>,
    /// The session's absolute end.
    pub session_max: Option<SessionMax>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            jws_only: false,
            algorithms: Vec::new(),
            kid: None,
            allow_weak_key: false,
            leeway: Span::from_seconds(0),
            require_exp: true,
            refuse_future_iat: true,
            min_ttl: None,
            max_age: None,
            issuers: Vec::new(),
            audiences: Vec::new(),
            subject: None,
            typ: None,
            kind: Some(Kind::Access),
            require_audience: false,
            model: None,
            require: Vec::new(),
            expect: Vec::new(),
            session_max: None,
        }
    }
}

impl Policy {
    /// What a named profile asks of a token of that kind: its claims, its type, its model and its session's end too.
    #[must_use]
    pub fn of(profile: &Profile, kind: Kind) -> Self {
        let model = profile.model();
        let mut policy = Self {
            // Where the marks are renamed, the type is expected below instead.
            kind: (model.is_some() || profile.server.is_none()).then_some(kind),
            model: model.map(str::to_owned),
            require: profile.required_claims(kind),
            session_max: profile.session_max.clone(),
            leeway: profile.checks.leeway,
            require_exp: profile.checks.require_exp,
            refuse_future_iat: profile.checks.refuse_future_iat,
            allow_weak_key: profile.checks.allow_weak_key,
            require_audience: profile.checks.require_audience,
            issuers: profile.checks.issuer.clone().into_iter().collect(),
            audiences: profile.checks.audience.clone(),
            ..Self::default()
        };
        if let Some(server) = &profile.server {
            policy.algorithms = server.chosen_algorithms().to_vec();
            let token_type = match profile.server_kind(kind) {
                server::TokenKind::Access => "access",
                server::TokenKind::Refresh => "refresh",
                server::TokenKind::Sliding => "sliding",
                server::TokenKind::Single => return policy,
            };
            policy
                .expect
                .push(Expectation::text(&server.token_type_claim, token_type));
        }
        policy
    }
}
