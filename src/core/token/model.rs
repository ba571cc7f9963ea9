//! Which session model a token is of, by what it carries.
use crate::core::claims::{Members, Typed};
pub use crate::core::media_type::same_type;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Presented to use a service; a one-token model's only kind.
    Access,
    /// Presented only to get a fresh access token.
    Refresh,
}

impl Kind {
    /// `access` or `refresh`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

/// What a token looks like. Unproved: the token says so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The name of the profile.
    pub profile: &'static str,
    /// Which of its tokens.
    pub kind: Kind,
    /// The mark that it was known by (`typ rt+jwt`, `auth_time and sid`); empty for `plain`.
    pub by: &'static str,
}

/// The mark of a token whose `typ` is `rt+jwt` with a parameter or blanks: it is no access token, and no refresh token of ours either.
pub const REFRESH_WITH_MORE: &str = "typ rt+jwt with a parameter";

/// Whether a `typ` names the media type, whatever parameters, case or blanks it has besides: `rt+jwt; x=1` is an `rt+jwt`.
///
/// Looser than [`same_type`], and for refusing alone: a refresh token in other clothes must not pass for an access token.
fn is_of_type(typ: &str, wanted: &str) -> bool {
    let essence = typ.split(';').next().unwrap_or_default();
    let kept = |character: &char| !character.is_whitespace() && !character.is_control();
    let essence: String = essence.chars().filter(kept).collect();
    same_type(&essence, wanted)
}

/// Whether a token of one model is one of the other: drf-jwt and the package it was forked from take each other's.
#[must_use]
pub fn same_model(left: &str, right: &str) -> bool {
    const ONE: [&str; 2] = ["drf-jwt", "drf-jwt-legacy"];
    left == right || (ONE.contains(&left) && ONE.contains(&right))
}

/// Recognises a token's model: by `typ`, then by the claims that only one model has; `plain` where there is no mark.
pub(super) fn recognise(typ: Typed<String>, claims: Option<&Members>) -> Recognised {
    let found = |profile, kind, by| Recognised { profile, kind, by };
    if let Typed::Is(typ) = typ {
        let model = if has(claims, "client_id") {
            "oauth"
        } else {
            "pair"
        };
        if same_type(&typ, "rt+jwt") {
            return found(model, Kind::Refresh, "typ rt+jwt");
        }
        if is_of_type(&typ, "rt+jwt") {
            return found(model, Kind::Refresh, REFRESH_WITH_MORE);
        }
        if same_type(&typ, "at+jwt") && (model == "oauth" || has_session(claims)) {
            return found(model, Kind::Access, "typ at+jwt");
        }
    }
    match claims.map(|claims| claims.string("token_type")) {
        Some(Typed::Is(word)) if word == "access" => {
            return found("simplejwt", Kind::Access, "token_type access");
        }
        Some(Typed::Is(word)) if word == "refresh" => {
            return found("simplejwt", Kind::Refresh, "token_type refresh");
        }
        Some(Typed::Is(word)) if word == "sliding" => {
            return found("simplejwt-sliding", Kind::Access, "token_type sliding");
        }
        _ => {}
    }
    if has(claims, "refresh_exp") {
        return found("simplejwt-sliding", Kind::Access, "refresh_exp");
    }
    if has(claims, "orig_iat") && has(claims, "username") {
        // The fork writes `iat`, the package before it never did.
        let profile = if has(claims, "iat") {
            "drf-jwt"
        } else {
            "drf-jwt-legacy"
        };
        return found(profile, Kind::Access, "orig_iat");
    }
    if has_session(claims) {
        return found("sliding", Kind::Access, "auth_time and sid");
    }
    found("plain", Kind::Access, "")
}

fn has(claims: Option<&Members>, name: &str) -> bool {
    claims.is_some_and(|claims| claims.raw(name).is_some())
}

fn has_session(claims: Option<&Members>) -> bool {
    has(claims, "auth_time") && has(claims, "sid")
}

#[cfg(test)]
mod tests {
    use super::{is_of_type, same_type};

    #[test]
    fn a_parameter_does_not_hide_a_type() {
        for (typ, is) in [
            ("rt+jwt", true),
            ("rt+jwt;x=1", true),
            ("RT+JWT ; x=1", true),
            ("rt+jwt;x=a/b", true),
            ("application/rt+jwt;x=1", true),
            ("Application/rt+JWT ;charset=utf-8", true),
            (" rt+jwt\u{a0}", true),
            ("rt+jwt\u{0}", true),
            ("x/rt+jwt", false),
            ("at+jwt;x=rt+jwt", false),
            ("rt+jwts", false),
            (";rt+jwt", false),
        ] {
            assert_eq!(is_of_type(typ, "rt+jwt"), is, "{typ:?}");
        }
    }

    #[test]
    fn types_are_compared_as_media_types() {
        for (left, right, same) in [
            ("JWT", "jwt", true),
            ("at+jwt", "application/at+jwt", true),
            ("Application/AT+JWT", "at+jwt", true),
            ("at+jwt", "rt+jwt", false),
            ("application/a/b", "a/b", false),
            ("ä", "application/at+jwt", false),
        ] {
            assert_eq!(same_type(left, right), same, "{left} {right}");
        }
    }
}
