//! The built-in profiles.
use std::sync::{LazyLock, OnceLock};

use super::model::{
    Checks, Content, Keeping, Lifetimes, Profile, Renewal, SessionMax, Shape, Slot,
};
use crate::core::emulator::Emulators;
use crate::core::entropy::IdForm;
use crate::core::time::Span;
use crate::core::token::Recognised;

/// The profile that `issue` uses if none is named.
pub const DEFAULT: &str = "sliding";

/// The names of the built-in profiles, in the order in which they are listed.
pub const BUILTIN_NAMES: [&str; 8] = [
    "sliding",
    "pair",
    "oauth",
    "simplejwt",
    "simplejwt-sliding",
    "drf-jwt",
    "drf-jwt-legacy",
    "plain",
];

/// Turns a package's name into the built-in profile's name, and returns any other name unchanged.
#[must_use]
pub fn canonical(name: &str) -> &str {
    match name {
        "djangorestframework-simplejwt" => "simplejwt",
        "djangorestframework-jwt" => "drf-jwt-legacy",
        _ => name,
    }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The built-in profiles, each made when it is first asked for: a call needs one, and making all eight takes twice as long as checking a token.
#[derive(Debug)]
pub struct BuiltIn {
    emulators: Emulators,
    /// In the order of [`BUILTIN_NAMES`].
    made: [OnceLock<Option<Profile>>; BUILTIN_NAMES.len()],
}

impl BuiltIn {
    /// The built-in profiles, with what finds the emulators that some of them name. A profile whose emulator is not found is left out.
    #[must_use]
    pub const fn new(emulators: Emulators) -> Self {
        Self {
            emulators,
            made: [const { OnceLock::new() }; BUILTIN_NAMES.len()],
        }
    }

    /// A copy of a built-in profile, found by name, for changing.
    #[must_use]
    pub fn copy(&self, name: &str) -> Option<Profile> {
        self.known(name).cloned()
    }

    /// A built-in profile, found by name.
    #[must_use]
    pub fn known(&self, name: &str) -> Option<&Profile> {
        let name = canonical(name);
        let at = BUILTIN_NAMES.iter().position(|one| *one == name)?;
        let made = self.made.get(at)?;
        made.get_or_init(|| self.make(name)).as_ref()
    }

    /// The built-in profile of the model that a token is recognised as.
    #[must_use]
    pub fn of_model(&self, recognised: &Recognised) -> &Profile {
        static PLAIN: LazyLock<Profile> = LazyLock::new(plain);
        self.known(recognised.profile).unwrap_or_else(|| &PLAIN)
    }

    fn make(&self, name: &str) -> Option<Profile> {
        let (emulator, summary) = match name {
            "sliding" => return Some(sliding()),
            "pair" => return Some(pair()),
            "oauth" => return Some(oauth()),
            "simplejwt" => (
                "simplejwt 5.5",
                "djangorestframework-simplejwt 5.5: an access token and a refresh token",
            ),
            "simplejwt-sliding" => (
                "simplejwt-sliding 5.5",
                "djangorestframework-simplejwt 5.5: sliding tokens",
            ),
            "drf-jwt" => (
                "drf-jwt 1.19",
                "drf-jwt 1.19: one token, refreshed while it is valid, up to 7 days after login",
            ),
            "drf-jwt-legacy" => (
                "drf-jwt 1.11",
                "djangorestframework-jwt 1.11: one token, refreshed while it is valid, up to 7 days after login",
            ),
            "plain" => return Some(plain()),
            _ => return None,
        };
        let emulator = (self.emulators)(emulator)?;
        let mut profile = emulated(name, summary);
        profile.set_server(emulator);
        Some(profile)
    }
}

/// A built-in profile that needs no emulator.
#[cfg(test)]
#[must_use]
pub fn builtin(name: &str) -> Option<Profile> {
    BuiltIn::new(|_| None).copy(name)
}

fn slots(slots: &[(&str, Content)]) -> Vec<Slot> {
    slots
        .iter()
        .map(|(name, content)| Slot {
            name: (*name).to_owned(),
            content: content.clone(),
            required: content.is_at_hand(),
        })
        .collect()
}

/// The claims of our own session models. `iss` and `aud` come last and only if requested.
fn session_claims() -> Vec<Slot> {
    slots(&[
        ("sub", Content::User),
        ("iat", Content::IssuedAt),
        ("exp", Content::ExpiresAt),
        ("jti", Content::TokenId(IdForm::Uuid)),
        ("auth_time", Content::AuthTime),
        ("sid", Content::SessionId),
        ("iss", Content::Issuer),
        ("aud", Content::Audience),
        ("client_id", Content::ClientId),
        ("scope", Content::Scope),
    ])
}

fn ours(name: &str, summary: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        base: name.to_owned(),
        summary: summary.to_owned(),
        access: Shape {
            typ: Some("JWT".to_owned()),
            claims: session_claims(),
        },
        refresh: None,
        header_order: ["alg", "typ", "kid"].map(str::to_owned).to_vec(),
        ascii: false,
        access_ttl: Span::from_seconds(HOUR),
        refresh_ttl: Span::from_seconds(14 * DAY),
        asked: Lifetimes::default(),
        session_max: Some(SessionMax {
            from: "auth_time".to_owned(),
            span: Span::from_seconds(7 * DAY),
        }),
        renewal: Renewal {
            fresh_id: true,
            capped: true,
            profile_ttl: false,
        },
        checks: Checks {
            leeway: Span::from_seconds(0),
            require_exp: true,
            refuse_future_iat: true,
            allow_weak_key: false,
            require_audience: false,
            issuer: None,
            audience: Vec::new(),
        },
        keeping: Keeping {
            allow_list: false,
            recorded_at_issue: false,
            reuse_detection: true,
            reuse_grace: Span::from_seconds(0),
        },
        server: None,
        users: None,
    }
}

fn sliding() -> Profile {
    ours(
        "sliding",
        "one token, renewed while it is valid, up to 7 days after login",
    )
}

fn pair() -> Profile {
    let ours = ours(
        "pair",
        "a short-lived access token, and a refresh token to get the next one, up to 90 days after login",
    );
    Profile {
        // Both tokens have explicit types (RFC 8725 §3.11): without one, an access token would read as a `sliding` token and could renew itself.
        access: Shape {
            typ: Some("at+jwt".to_owned()),
            claims: session_claims(),
        },
        refresh: Some(Shape {
            typ: Some("rt+jwt".to_owned()),
            claims: session_claims(),
        }),
        access_ttl: Span::from_seconds(5 * MINUTE),
        session_max: Some(SessionMax {
            from: "auth_time".to_owned(),
            span: Span::from_seconds(90 * DAY),
        }),
        keeping: Keeping {
            allow_list: true,
            recorded_at_issue: true,
            ..ours.keeping
        },
        ..ours
    }
}

fn plain() -> Profile {
    let ours = ours("plain", "any JWT: no session claims, no known end");
    Profile {
        access: Shape {
            typ: Some("JWT".to_owned()),
            claims: Vec::new(),
        },
        session_max: None,
        keeping: Keeping {
            reuse_detection: false,
            ..ours.keeping
        },
        ..ours
    }
}

/// RFC 9068 §2.2: an access token must have `iss`, `exp`, `aud`, `sub`, `client_id`, `iat` and `jti`.
fn oauth() -> Profile {
    let mut claims = slots(&[
        ("iss", Content::Issuer),
        ("exp", Content::ExpiresAt),
        ("aud", Content::Audience),
        ("sub", Content::User),
        ("client_id", Content::ClientId),
        ("iat", Content::IssuedAt),
        ("jti", Content::TokenId(IdForm::Uuid)),
        ("auth_time", Content::AuthTime),
        ("sid", Content::SessionId),
        ("scope", Content::Scope),
    ]);
    for slot in &mut claims {
        // RFC 9068 §2.2.1: `auth_time` is there "if" the user logged in; `sid` is OpenID Connect's. We write both, and ask for neither.
        slot.required = match slot.name.as_str() {
            "iss" | "aud" | "client_id" => true,
            "auth_time" | "sid" => false,
            _ => slot.required,
        };
    }
    let mut profile = Profile {
        name: "oauth".to_owned(),
        base: "oauth".to_owned(),
        summary: "OAuth: an RFC 9068 access token and a refresh token, up to 90 days after login"
            .to_owned(),
        access: Shape {
            typ: Some("at+jwt".to_owned()),
            claims: claims.clone(),
        },
        refresh: Some(Shape {
            typ: Some("rt+jwt".to_owned()),
            claims,
        }),
        ..pair()
    };
    profile.checks.require_audience = true;
    profile
}

/// The profile of a server that is emulated. Its settings say what its tokens look like.
fn emulated(name: &str, summary: &str) -> Profile {
    let shape = || Shape {
        typ: Some("JWT".to_owned()),
        claims: Vec::new(),
    };
    let ours = ours(name, summary);
    let mut profile = Profile {
        access: shape(),
        refresh: (name == "simplejwt").then(shape),
        // PyJWT 2 sorts the parameters by name; PyJWT 1 wrote the type first.
        header_order: match name {
            "drf-jwt-legacy" => ["typ", "alg", "kid"],
            _ => ["alg", "kid", "typ"],
        }
        .map(str::to_owned)
        .to_vec(),
        ascii: true,
        session_max: None,
        renewal: Renewal {
            fresh_id: true,
            capped: false,
            profile_ttl: true,
        },
        // The server keeps sessions in its own way: simplejwt records each login, and no stack ends a session because of a replay.
        keeping: Keeping {
            recorded_at_issue: name.starts_with("simplejwt"),
            reuse_detection: false,
            ..ours.keeping
        },
        ..ours
    };
    profile.checks.allow_weak_key = true;
    profile
}
