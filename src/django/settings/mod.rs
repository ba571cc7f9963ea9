//! The settings of a Django server, under Django's own names.
mod hazards;
pub(super) mod names;
mod text;

use std::time::Duration;

use crate::core::algorithm::Algorithm;

/// A server stack: the package and the versions that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stack {
    /// djangorestframework-simplejwt 5.5.1 with `PyJWT` 2.15.1: `SIMPLE_JWT`.
    SimpleJwt,
    /// drf-jwt 1.19.2 with `PyJWT` 2.15.1: `JWT_AUTH`.
    DrfJwt,
    /// djangorestframework-jwt 1.11.0 with `PyJWT` 1.7.1: `JWT_AUTH`.
    DrfJwtLegacy,
}

/// `AUDIENCE`, `JWT_AUDIENCE`: the audiences that the server writes into `aud` and requires there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Audience {
    /// The audiences; a token has to name only one of them.
    pub values: Vec<String>,
    /// Whether the setting is a list; the claim is then a list too.
    pub list: bool,
}

/// `JWT_TOKEN_ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenId {
    /// The server writes no `jti`, and its blacklist goes by the token's text.
    Off,
    /// The server writes a `jti`, but accepts a token without one.
    Include,
    /// The server refuses to verify or refresh a token without `jti`.
    Require,
}

/// A class that `AUTH_TOKEN_CLASSES` may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenClass {
    /// `AccessToken`.
    Access,
    /// `RefreshToken`.
    Refresh,
    /// `SlidingToken`.
    Sliding,
    /// `UntypedToken`.
    Untyped,
}

/// A server's settings. Fields that belong to other stacks are present but have no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub(super) struct DjangoSettings {
    /// The stack, which decides what the other settings mean.
    pub stack: Stack,
    /// Whether the package is simplejwt 5.3, or made from it: it has one text for whatever does not decode, writes a number as the user's id, and looks up no user at
    /// a refresh.
    pub is_5_3: bool,
    /// Whether it is django-ninja-jwt 5.4: simplejwt 5.3 behind the views of django-ninja, which read and answer requests in their own way.
    pub is_ninja: bool,
    /// `ALGORITHM`, `JWT_ALGORITHM`: the first one signs, and all of them verify. Only drf-jwt takes more than one.
    pub algorithms: Vec<Algorithm>,
    /// `LEEWAY`, `JWT_LEEWAY`.
    pub leeway: Duration,
    /// `AUDIENCE`, `JWT_AUDIENCE`.
    pub audience: Option<Audience>,
    /// `ISSUER`, `JWT_ISSUER`.
    pub issuer: Option<String>,
    /// `AUTH_HEADER_TYPES`, `JWT_AUTH_HEADER_PREFIX`: never empty. Only simplejwt takes more than one.
    pub header_types: Vec<String>,
    /// Whether the stack's blacklist app is among `INSTALLED_APPS`.
    pub blacklist_app: bool,
    /// `ACCESS_TOKEN_LIFETIME`, `JWT_EXPIRATION_DELTA`.
    pub access_lifetime: Duration,
    /// `REFRESH_TOKEN_LIFETIME`; with drf-jwt `JWT_REFRESH_EXPIRATION_DELTA`, which is how long after `orig_iat` a token can be refreshed.
    pub refresh_lifetime: Duration,
    /// `SLIDING_TOKEN_LIFETIME`.
    pub sliding_lifetime: Duration,
    /// `SLIDING_TOKEN_REFRESH_LIFETIME`.
    pub sliding_refresh_lifetime: Duration,
    /// `USER_ID_CLAIM`.
    pub user_id_claim: String,
    /// `TOKEN_TYPE_CLAIM`.
    pub token_type_claim: String,
    /// `JTI_CLAIM`.
    pub jti_claim: String,
    /// `SLIDING_TOKEN_REFRESH_EXP_CLAIM`.
    pub sliding_refresh_exp_claim: String,
    /// `REVOKE_TOKEN_CLAIM`.
    pub revoke_token_claim: String,
    /// `ROTATE_REFRESH_TOKENS`.
    pub rotate: bool,
    /// `BLACKLIST_AFTER_ROTATION`.
    pub blacklist_after_rotation: bool,
    /// `CHECK_USER_IS_ACTIVE`.
    pub check_user_is_active: bool,
    /// `CHECK_REVOKE_TOKEN`.
    pub check_revoke_token: bool,
    /// `AUTH_TOKEN_CLASSES`.
    pub auth_token_classes: Vec<TokenClass>,
    /// `JWK_URL`: if it is set, the token's `kid` picks the key.
    pub jwk_url: Option<String>,
    /// `JWT_ALLOW_REFRESH`: whether a login writes `orig_iat`.
    pub allow_refresh: bool,
    /// `JWT_TOKEN_ID`.
    pub token_id: TokenId,
    /// `JWT_PAYLOAD_INCLUDE_USER_ID`.
    pub payload_include_user_id: bool,
    /// `JWT_INSIST_ON_KID`.
    pub insist_on_kid: bool,
    /// `JWT_VERIFY`.
    pub verify: bool,
    /// `JWT_VERIFY_EXPIRATION`.
    pub verify_expiration: bool,
}

impl DjangoSettings {
    /// The package's defaults, except that `ROTATE_REFRESH_TOKENS`, `BLACKLIST_AFTER_ROTATION` and `JWT_ALLOW_REFRESH` are on and the blacklist app is
    /// installed.
    #[must_use]
    pub(super) fn defaults(stack: Stack) -> Self {
        const MINUTE: u64 = 60;
        const DAY: u64 = 24 * 60 * MINUTE;
        let prefix = match stack {
            Stack::SimpleJwt | Stack::DrfJwt => "Bearer",
            Stack::DrfJwtLegacy => "JWT",
        };
        let refresh_days = match stack {
            Stack::SimpleJwt => 1,
            Stack::DrfJwt | Stack::DrfJwtLegacy => 7,
        };
        Self {
            stack,
            is_5_3: false,
            is_ninja: false,
            algorithms: vec![Algorithm::Hs256],
            leeway: Duration::ZERO,
            audience: None,
            issuer: None,
            header_types: vec![prefix.to_owned()],
            blacklist_app: stack != Stack::DrfJwtLegacy,
            access_lifetime: Duration::from_secs(5 * MINUTE),
            refresh_lifetime: Duration::from_secs(refresh_days * DAY),
            sliding_lifetime: Duration::from_secs(5 * MINUTE),
            sliding_refresh_lifetime: Duration::from_secs(DAY),
            user_id_claim: "user_id".to_owned(),
            token_type_claim: "token_type".to_owned(),
            jti_claim: "jti".to_owned(),
            sliding_refresh_exp_claim: "refresh_exp".to_owned(),
            revoke_token_claim: "hash_password".to_owned(),
            rotate: true,
            blacklist_after_rotation: true,
            check_user_is_active: true,
            check_revoke_token: false,
            auth_token_classes: vec![TokenClass::Access],
            jwk_url: None,
            allow_refresh: true,
            token_id: TokenId::Include,
            payload_include_user_id: true,
            insist_on_kid: false,
            verify: true,
            verify_expiration: true,
        }
    }
    /// The algorithm that the server signs with.
    #[must_use]
    pub(super) fn signing_algorithm(&self) -> Algorithm {
        self.algorithms.first().copied().unwrap_or(Algorithm::Hs256)
    }
    /// The algorithms that someone chose. Empty for the default, HS256: a default nobody chose must not rule out a key of another kind.
    #[must_use]
    pub(super) fn chosen_algorithms(&self) -> &[Algorithm] {
        match self.algorithms.as_slice() {
            [Algorithm::Hs256] => &[],
            chosen => chosen,
        }
    }
    /// The value of `WWW-Authenticate`.
    pub(in crate::django) fn challenge(&self) -> String {
        let scheme = self.header_types.first().map_or("Bearer", String::as_str);
        format!("{scheme} realm=\"api\"")
    }
}

impl TokenClass {
    /// Every class, in the order of the enum.
    pub(super) const ALL: [Self; 4] = [Self::Access, Self::Refresh, Self::Sliding, Self::Untyped];
    /// Python's name of the class.
    #[must_use]
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Access => "AccessToken",
            Self::Refresh => "RefreshToken",
            Self::Sliding => "SlidingToken",
            Self::Untyped => "UntypedToken",
        }
    }
    /// The value that `token_type` must have. `untyped` requires none.
    #[must_use]
    pub(super) const fn token_type(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Sliding => "sliding",
            Self::Untyped => "untyped",
        }
    }
}

/// A duration in microseconds, the resolution that Python has.
pub(in crate::django) fn micros(duration: Duration) -> i128 {
    i128::try_from(duration.as_micros()).unwrap_or(i128::MAX)
}
