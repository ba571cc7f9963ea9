//! Which session model a token is of, by what it carries.
use super::Kind;
use crate::core::claims::Typed;
use crate::core::token::Unverified;

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

/// Whether two `typ` values name one media type (RFC 7515 §4.1.9: case does not count, nor does a leading `application/`).
#[must_use]
pub fn same_type(left: &str, right: &str) -> bool {
    fn bare(typ: &str) -> &str {
        const PREFIX: &str = "application/";
        match typ.get(..PREFIX.len()) {
            Some(head)
                if head.eq_ignore_ascii_case(PREFIX) && !typ[PREFIX.len()..].contains('/') =>
            {
                &typ[PREFIX.len()..]
            }
            _ => typ,
        }
    }
    bare(left).eq_ignore_ascii_case(bare(right))
}

/// Recognises a token's model: by `typ`, then by the claims that only one model has; `plain` where there is no mark.
#[must_use]
pub fn recognise(token: &Unverified) -> Recognised {
    let found = |profile, kind, by| Recognised { profile, kind, by };
    if let Typed::Is(typ) = token.typ() {
        if same_type(&typ, "rt+jwt") {
            return found("pair", Kind::Refresh, "typ rt+jwt");
        }
        if same_type(&typ, "at+jwt") && has_session(token) {
            return found("pair", Kind::Access, "typ at+jwt");
        }
    }
    if has_session(token) {
        return found("sliding", Kind::Access, "auth_time and sid");
    }
    let token_type = token.claims().map(|claims| claims.string("token_type"));
    if token_type == Some(Typed::Is("refresh".to_owned())) {
        return found("plain", Kind::Refresh, "token_type refresh");
    }
    found("plain", Kind::Access, "")
}

fn has_session(token: &Unverified) -> bool {
    token
        .claims()
        .is_some_and(|claims| claims.raw("auth_time").is_some() && claims.raw("sid").is_some())
}

#[cfg(test)]
mod tests {
    use super::same_type;

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
