//! Which profile a token is recognised as.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::core::claims::JsonLimits;
use crate::core::profile::language::builtin::{MODELS, model};
use crate::core::profile::language::mark::mark;

fn members(text: &str) -> Members {
    let limits = JsonLimits {
        depth: 9,
        members: 99,
    };
    Members::parse(text, limits).unwrap()
}

/// The names of the profiles that a token is recognised as, with those of the user's own first.
fn names(own: &[Model], header: &str, claims: &str) -> String {
    let (header, claims) = (members(header), members(claims));
    let built_in = recognise(&MODELS, &header, &claims);
    match recognise(own, &header, &claims).or(built_in) {
        Recognition::Profile(model) if model.sure => format!("{}, sure", model.name),
        Recognition::Profile(model) => model.name.to_string(),
        Recognition::Tie(models) => {
            let names: Vec<&str> = models.iter().map(|model| model.name.as_ref()).collect();
            names.join(" or ")
        }
        Recognition::Nothing => String::new(),
    }
}

#[test]
fn a_token_is_recognised_by_the_profile_with_the_most_marks() {
    let jwt = r#"{"alg":"HS256","typ":"JWT"}"#;
    let at = r#"{"alg":"HS256","typ":"application/AT+jwt"}"#;
    for (header, claims, expected) in [
        (jwt, r#"{"sub":"a","exp":1}"#, ""),
        (
            jwt,
            r#"{"sub":"a","jti":"b","auth_time":1,"sid":"c","session_exp":2}"#,
            "sliding, sure",
        ),
        (jwt, r#"{"auth_time":1,"sid":"c","jti":"x"}"#, ""),
        (at, r#"{"auth_time":1,"sid":"c"}"#, "pair, sure"),
        (at, r#"{"auth_time":1,"sid":"c","client_id":"x"}"#, "oauth"),
        (at, r#"{"client_id":"x"}"#, "oidc"),
        (
            jwt,
            r#"{"token_type":"access","jti":"j","user_id":1}"#,
            "simplejwt, sure",
        ),
        (
            jwt,
            r#"{"token_type":"\u0061ccess","jti":"j","user_id":1}"#,
            "simplejwt, sure",
        ),
        (jwt, r#"{"token_type":"access","jti":"j"}"#, ""),
        (
            jwt,
            r#"{"token_type":"sliding","jti":"j","user_id":1}"#,
            "simplejwt-sliding, sure",
        ),
        (
            jwt,
            r#"{"refresh_exp":1,"jti":"j","user_id":1}"#,
            "simplejwt-sliding, sure",
        ),
        (
            jwt,
            r#"{"orig_iat":1,"username":"a","iat":1}"#,
            "drf-jwt, sure",
        ),
        (
            jwt,
            r#"{"orig_iat":1,"username":"a"}"#,
            "drf-jwt-legacy, sure",
        ),
        (
            jwt,
            r#"{"fresh":true,"type":"access","csrf":"c","jti":"j"}"#,
            "flask-jwt-extended",
        ),
        (jwt, r#"{"typ":"ID","azp":"a","iss":"i"}"#, "keycloak"),
        (
            jwt,
            r#"{"session_id":"s","aal":"aal1","is_anonymous":false}"#,
            "supabase",
        ),
        (jwt, r#"{"prv":"p","jti":"j","nbf":1}"#, "laravel-jwt-auth"),
    ] {
        assert_eq!(names(&[], header, claims), expected, "{header} {claims}");
    }
}

#[test]
fn the_user_s_own_profiles_come_first_and_equals_are_a_tie() {
    let own = |name: &'static str, marks: &[&str]| Model {
        name: name.into(),
        recognise: marks.iter().map(|text| mark(text).unwrap()).collect(),
        sure: false,
        ..model("plain").unwrap().clone()
    };
    let claims = r#"{"token_type":"access","jti":"j","user_id":1,"iss":"acme","aud":["a","b"]}"#;
    for (own, expected) in [
        (vec![own("x", &["iss = 'acme'"])], "x"),
        (vec![own("x", &["iss = 'other'"])], "simplejwt, sure"),
        (vec![own("x", &[])], "simplejwt, sure"),
        (vec![own("x", &["iss"]), own("y", &["jti"])], "x or y"),
        (
            vec![own("x", &["iss"]), own("y", &["jti"]), own("z", &["jti"])],
            "x or y or z",
        ),
        (
            vec![
                own("x", &["iss"]),
                own("y", &["jti", "iss"]),
                own("z", &["jti"]),
            ],
            "y",
        ),
        (vec![own("x", &["aud = 'b'"])], "x"),
        (vec![own("x", &["aud = 'c' | 'a'"])], "x"),
        (vec![own("x", &["aud = 'c'"])], "simplejwt, sure"),
        (vec![own("x", &["aud is list"])], "x"),
        (vec![own("x", &["user_id is number", "user_id = 1.0"])], "x"),
        (vec![own("x", &["user_id is text or nope or !nope"])], "x"),
        (vec![own("x", &["!iss"])], "simplejwt, sure"),
        (vec![own("x", &["header.alg = 'HS256'"])], "x"),
        (vec![own("x", &["header.alg = 'hs256'"])], "simplejwt, sure"),
    ] {
        let header = r#"{"alg":"HS256"}"#;
        assert_eq!(
            names(&own, header, claims),
            expected,
            "{:?}",
            own[0].recognise
        );
    }
}
