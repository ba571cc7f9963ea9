//! The tokens of real servers in their shapes: of which kind each is, whose it looks like, and what verify and renew make of it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::testing::{Call, CallResult, Folder, NOW};
use crate::core::algorithm::Algorithm;
use crate::core::key::Key;
use crate::core::secret::Secret;
use crate::core::sign::compact;

pub(super) const KEY: &str = "a-secret-of-thirty-two-bytes-and-more";
pub(super) const JWT: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// A signed token. In the claims `IAT` and `EXP` stand for moments around the tests' clock.
pub(super) fn token(header: &str, claims: &str) -> String {
    let claims = claims
        .replace("IAT", &(NOW - 60).to_string())
        .replace("EXP", &(NOW + 600).to_string());
    let key = Key::from_secret(Secret::new(KEY.as_bytes().to_vec())).unwrap();
    compact(header.as_bytes(), claims.as_bytes(), &key, Algorithm::Hs256).unwrap()
}

fn call(args: &[&str]) -> CallResult {
    Call::new(args)
        .env("JWTSESS_SECRET", "env:SIGNING_KEY")
        .env("SIGNING_KEY", KEY)
        .run()
}

fn json(args: &[&str]) -> (Json, CallResult) {
    let called = call(&[args, &["--json"]].concat());
    let json = serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"));
    (json, called)
}

/// What was said to people, whatever its line breaks.
fn said(called: &CallResult) -> String {
    let words: Vec<&str> = called.stderr.split_whitespace().collect();
    words.join(" ")
}

/// A token's shape, what it looks like (`!` before a sure one), its kind, and the exit statuses of `verify`, `verify --kind refresh` and `renew`.
type Shape = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    [u8; 3],
);

const AT: &str = r#"{"alg":"HS256","typ":"at+jwt"}"#;
const ACCESS: [u8; 3] = [0, 6, 0];
const REFRESH: [u8; 3] = [6, 0, 6];
const ID: [u8; 3] = [6, 6, 6];
/// Without iat nobody knows for how long to prolong it.
const NO_IAT: [u8; 3] = [0, 6, 6];

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    ("flask access", JWT, r#"{"fresh":true,"iat":IAT,"jti":"j","type":"access","sub":"1","nbf":IAT,"csrf":"c","exp":EXP}"#, "flask-jwt-extended", "access", ACCESS),
    ("flask refresh", JWT, r#"{"fresh":false,"iat":IAT,"jti":"j","type":"refresh","sub":"1","nbf":IAT,"csrf":"c","exp":EXP}"#, "flask-jwt-extended", "refresh", REFRESH),
    ("authx access", JWT, r#"{"sub":"1","jti":"j","type":"access","fresh":true,"csrf":"","iat":IAT,"exp":EXP.343552}"#, "flask-jwt-extended", "access", ACCESS),
    ("authx refresh", JWT, r#"{"sub":"1","jti":"j","type":"refresh","csrf":"","iat":IAT,"exp":EXP.343552}"#, "", "refresh", REFRESH),
    ("ninja access", JWT, r#"{"token_type":"access","exp":EXP,"iat":IAT,"jti":"j","user_id":1}"#, "!simplejwt", "access", [0, 6, 6]),
    ("ninja refresh", JWT, r#"{"token_type":"refresh","exp":EXP,"iat":IAT,"jti":"j","user_id":1}"#, "!simplejwt", "refresh", [6, 0, 0]),
    ("simplejwt sliding", JWT, r#"{"token_type":"sliding","exp":EXP,"iat":IAT,"jti":"j","refresh_exp":EXP,"user_id":"1"}"#, "!simplejwt-sliding", "access", ACCESS),
    ("simplejwt without user", JWT, r#"{"token_type":"refresh","exp":EXP,"iat":IAT,"jti":"j"}"#, "", "refresh", REFRESH),
    ("drf-jwt", JWT, r#"{"user_id":1,"username":"a","iat":IAT,"exp":EXP,"jti":"0d4ad1a2-6a0c-4a3e-9e2c-0c5a1b1d2e3f","orig_iat":IAT}"#, "!drf-jwt", "access", ACCESS),
    ("drf-jwt-legacy", JWT, r#"{"user_id":1,"username":"a","exp":EXP,"email":"","orig_iat":IAT}"#, "!drf-jwt-legacy", "access", ACCESS),
    ("allauth access", JWT, r#"{"iat":IAT,"exp":EXP,"sid":"s","jti":"j","token_use":"access","sub":"1"}"#, "", "access", ACCESS),
    ("allauth refresh", JWT, r#"{"iat":IAT,"exp":EXP,"sid":"s","jti":"j","token_use":"refresh","sub":"1"}"#, "", "refresh", REFRESH),
    ("DOT id_token", r#"{"typ": "JWT", "alg": "HS256"}"#, r#"{"aud": "c", "iat": IAT, "at_hash": "h", "sub": "1", "iss": "i", "exp": EXP, "auth_time": IAT, "jti": "j"}"#, "", "id", ID),
    ("Authlib access", AT, r#"{"iss":"i","exp":EXP,"client_id":"c","iat":IAT,"jti":"j","scope":"s","sub":"1","aud":"a"}"#, "oidc", "access", ACCESS),
    ("oidc-provider access", AT, r#"{"jti":"j","sub":"1","iat":IAT,"exp":EXP,"scope":"openid","client_id":"c","iss":"i","aud":"a"}"#, "oidc", "access", ACCESS),
    ("RFC 9068 with a session", AT, r#"{"iss":"i","exp":EXP,"aud":"a","sub":"1","client_id":"c","iat":IAT,"jti":"j","auth_time":IAT,"sid":"s"}"#, "oauth", "access", ACCESS),
    ("RFC 9068 refresh of ours", r#"{"alg":"HS256","typ":"rt+jwt"}"#, r#"{"iss":"i","exp":EXP,"aud":"a","sub":"1","client_id":"c","iat":IAT,"jti":"j","auth_time":IAT,"sid":"s"}"#, "oauth", "refresh", REFRESH),
    ("OpenID ID token with nonce", JWT, r#"{"iss":"i","sub":"1","aud":"c","exp":EXP,"iat":IAT,"auth_time":IAT,"sid":"s","nonce":"n"}"#, "", "id", ID),
    ("OpenID ID token with c_hash", JWT, r#"{"iss":"i","sub":"1","aud":"c","exp":EXP,"iat":IAT,"c_hash":"n"}"#, "", "id", ID),
    ("OpenID ID token that nothing marks", JWT, r#"{"iss":"i","sub":"1","aud":"c","exp":EXP,"iat":IAT,"jti":"j","auth_time":IAT,"sid":"s"}"#, "", "none", ACCESS),
    ("fastapi-users", JWT, r#"{"sub":"1f","aud":["fastapi-users:auth"],"exp":EXP}"#, "", "none", NO_IAT),
    ("FastAPI's tutorial", JWT, r#"{"sub":"a","exp":EXP}"#, "", "none", NO_IAT),
    ("@fastify/jwt", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP}"#, "", "none", ACCESS),
    ("NestJS", JWT, r#"{"sub":1,"username":"a","iat":IAT,"exp":EXP}"#, "", "none", [6, 6, 6]),
    ("better-auth", JWT, r#"{"iat":IAT,"name":"a","email":"e","sub":"1","exp":EXP,"iss":"i","aud":"i"}"#, "", "none", ACCESS),
    ("graphql-jwt", JWT, r#"{"username":"a","exp":EXP,"origIat":IAT}"#, "", "none", NO_IAT),
    ("gin-jwt", JWT, r#"{"exp":EXP,"id":"a","orig_iat":IAT}"#, "", "none", NO_IAT),
    ("Laravel", JWT, r#"{"iss":"http://a/login","iat":IAT,"exp":EXP,"nbf":IAT,"jti":"j","sub":"1","prv":"p"}"#, "laravel-jwt-auth", "none", ACCESS),
    ("lexik", r#"{"typ":"JWT","alg":"HS256"}"#, r#"{"iat":IAT,"exp":EXP,"roles":["ROLE_USER"],"username":"a"}"#, "", "none", ACCESS),
    ("devise", r#"{"alg":"HS256"}"#, r#"{"sub":"1","scp":"user","aud":null,"iat":IAT,"exp":EXP,"jti":"j"}"#, "", "none", [6, 6, 6]),
    ("Spring", r#"{"alg":"HS256"}"#, r#"{"sub":"a","aud":"c","nbf":IAT,"scope":["read"],"iss":"i","exp":EXP,"iat":IAT,"jti":"j"}"#, "", "none", ACCESS),
    ("Keycloak access", JWT, r#"{"exp":EXP,"iat":IAT,"auth_time":IAT,"jti":"j","iss":"i","aud":"account","sub":"1","typ":"Bearer","azp":"c","sid":"s","acr":"1"}"#, "keycloak", "access", ACCESS),
    ("Keycloak refresh", JWT, r#"{"exp":EXP,"iat":IAT,"jti":"j","iss":"i","aud":"i","sub":"1","typ":"Refresh","azp":"c","sid":"s"}"#, "keycloak", "refresh", REFRESH),
    ("Keycloak offline", JWT, r#"{"exp":EXP,"iat":IAT,"jti":"j","iss":"i","aud":"i","sub":"1","typ":"Offline","azp":"c","sid":"s"}"#, "keycloak", "refresh", REFRESH),
    ("Keycloak ID", JWT, r#"{"exp":EXP,"iat":IAT,"auth_time":IAT,"jti":"j","iss":"i","aud":"c","sub":"1","typ":"ID","azp":"c","sid":"s","at_hash":"h"}"#, "keycloak", "id", ID),
    ("Keycloak logout", JWT, r#"{"iat":IAT,"exp":EXP,"jti":"j","iss":"i","aud":"c","sub":"1","typ":"Logout","sid":"s"}"#, "", "none", ACCESS),
    ("Supabase", JWT, r#"{"iss":"i","sub":"1","aud":"authenticated","exp":EXP,"iat":IAT,"email":"e","role":"authenticated","aal":"aal1","session_id":"s","is_anonymous":false}"#, "supabase", "none", ACCESS),
    ("Auth0 access", JWT, r#"{"iss":"i","sub":"1","aud":["a","b"],"iat":IAT,"exp":EXP,"azp":"c","scope":"openid"}"#, "", "none", ACCESS),
    ("Okta access", r#"{"alg":"HS256"}"#, r#"{"ver":1,"jti":"j","iss":"i","aud":"a","iat":IAT,"exp":EXP,"cid":"c","uid":"u","scp":["openid"],"sub":"a"}"#, "", "none", ACCESS),
    ("Cognito access", r#"{"alg":"HS256"}"#, r#"{"sub":"1","iss":"i","client_id":"c","origin_jti":"o","token_use":"access","scope":"s","auth_time":IAT,"exp":EXP,"iat":IAT,"jti":"j","username":"a"}"#, "", "access", ACCESS),
    ("Cognito ID", r#"{"alg":"HS256"}"#, r#"{"sub":"1","iss":"i","aud":"c","token_use":"id","auth_time":IAT,"exp":EXP,"iat":IAT,"jti":"j"}"#, "", "id", ID),
    ("Firebase ID", JWT, r#"{"iss":"i","aud":"p","auth_time":IAT,"user_id":"1","sub":"1","iat":IAT,"exp":EXP,"firebase":{}}"#, "", "none", ACCESS),
    ("Strapi access", JWT, r#"{"userId":"1","sessionId":"s","type":"access","iat":IAT,"exp":EXP}"#, "", "access", ACCESS),
    ("Strapi refresh", JWT, r#"{"userId":"1","sessionId":"s","type":"refresh","iat":IAT,"exp":EXP}"#, "", "refresh", REFRESH),
    ("Payload", r#"{"alg":"HS256","authVersion":1,"typ":"JWT"}"#, r#"{"id":"1","collection":"users","email":"e","sid":"s","iat":IAT,"exp":EXP}"#, "", "none", ACCESS),
    ("Directus", JWT, r#"{"id":"1","role":"r","app_access":true,"admin_access":false,"iat":IAT,"exp":EXP,"iss":"directus"}"#, "", "none", ACCESS),
    ("Feathers", r#"{"alg":"HS256","typ":"access"}"#, r#"{"iat":IAT,"exp":EXP,"aud":"a","sub":"1","jti":"j"}"#, "", "access", ACCESS),
    ("sliding", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"jti":"j","auth_time":IAT,"sid":"s","session_exp":EXP}"#, "!sliding", "access", ACCESS),
    ("pair access", AT, r#"{"sub":"a","iat":IAT,"exp":EXP,"jti":"j","auth_time":IAT,"sid":"s"}"#, "!pair", "access", [0, 6, 6]),
    ("pair refresh", r#"{"alg":"HS256","typ":"rt+jwt"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP,"jti":"j","auth_time":IAT,"sid":"s"}"#, "!pair", "refresh", [6, 0, 0]),
    // Marks in other clothes, and those that are none.
    ("typ refresh+jwt", r#"{"alg":"HS256","typ":"refresh+jwt"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP}"#, "", "refresh", REFRESH),
    ("typ as a media type", r#"{"alg":"HS256","typ":"Application/RT+jwt"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP}"#, "", "refresh", REFRESH),
    ("typ with a parameter", r#"{"alg":"HS256","typ":"rt+jwt; x=1"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP}"#, "", "refresh", [6, 6, 6]),
    ("typ with a blank", r#"{"alg":"HS256","typ":" refresh+jwt"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP}"#, "", "refresh", [6, 6, 6]),
    ("typ Refresh in the header", r#"{"alg":"HS256","typ":"Refresh"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP}"#, "", "refresh", REFRESH),
    ("token_type bearer", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"token_type":"bearer"}"#, "", "none", ACCESS),
    ("token_type Bearer", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"token_type":"Bearer"}"#, "", "access", ACCESS),
    ("token_use refresh, escaped", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"token_use":"\u0072efresh"}"#, "", "refresh", REFRESH),
    ("type in capitals", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"type":"REFRESH"}"#, "", "none", ACCESS),
    ("type that is a number", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"type":7}"#, "", "none", ACCESS),
    ("type that is a list", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"type":["refresh"]}"#, "", "none", ACCESS),
    ("type null", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"type":null}"#, "", "none", ACCESS),
    ("type of something else", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"type":"user"}"#, "", "none", ACCESS),
    ("typ JWT as a claim", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"typ":"JWT"}"#, "", "none", ACCESS),
    ("type inside another claim", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"x":{"type":"refresh"}}"#, "", "none", ACCESS),
    ("nonce on an access token", AT, r#"{"sub":"a","iat":IAT,"exp":EXP,"nonce":"n"}"#, "", "access", ACCESS),
    ("another model's typ, no session", r#"{"alg":"HS256","typ":"rt+jwt"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP,"jti":"j"}"#, "", "refresh", REFRESH),
    ("a security event", r#"{"alg":"HS256","typ":"secevent+jwt"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP}"#, "", "none", ACCESS),
    ("auth_time and sid in another order", JWT, r#"{"iat":IAT,"exp":EXP,"sub":"a","jti":"j","auth_time":IAT,"sid":"s"}"#, "", "none", ACCESS),
    ("our six claims without typ", r#"{"alg":"HS256"}"#, r#"{"sub":"a","iat":IAT,"exp":EXP,"jti":"j","auth_time":IAT,"sid":"s"}"#, "", "none", ACCESS),
    ("marks that agree", AT, r#"{"sub":"a","iat":IAT,"exp":EXP,"type":"access","token_use":"access"}"#, "", "access", ACCESS),
    ("marks that contradict", AT, r#"{"sub":"a","iat":IAT,"exp":EXP,"type":"refresh"}"#, "", "access", [6, 6, 6]),
    ("claims that contradict", JWT, r#"{"sub":"a","iat":IAT,"exp":EXP,"token_use":"id","typ":"Refresh"}"#, "", "id", [6, 6, 6]),
];

#[test]
fn each_server_s_tokens_are_told_apart() {
    let mut wrong = Vec::new();
    for (name, header, claims, looks, kind, exits) in SHAPES {
        let token = token(header, claims);
        let (seen, called) = json(&["inspect", &token, "--no-store"]);
        assert_eq!(called.exit, 0, "{name}: {called}");
        let profile = seen["token"]["profile"].as_str().unwrap();
        let like: Vec<&str> = (seen["token"]["looks_like"].as_array().unwrap().iter())
            .map(|name| name.as_str().unwrap())
            .collect();
        let said = match profile {
            "plain" => like.join(" or "),
            sure => format!("!{sure}"),
        };
        let told = seen["token"]["kind"].as_str().unwrap_or("none");
        let exit = |args: &[&str]| call(&[args, &[&token, "--no-store"]].concat()).exit;
        let found = [
            exit(&["verify"]),
            exit(&["verify", "--kind", "refresh"]),
            exit(&["renew"]),
        ];
        if (said.as_str(), told, found) != (looks, kind, *exits) {
            wrong.push(format!("{name}: {said} {told} {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A token of each shape, with its name.
pub(super) fn shapes() -> impl Iterator<Item = (&'static str, String)> {
    let signed = |one: &Shape| (one.0, token(one.1, one.2));
    SHAPES.iter().map(signed)
}

fn shape(name: &str) -> String {
    let found = SHAPES.iter().find(|shape| shape.0 == name).unwrap();
    token(found.1, found.2)
}

/// The codes of what failed or was noted.
fn codes(args: &[&str]) -> (u8, Vec<String>) {
    let (json, called) = json(args);
    let findings = json["findings"].as_array().unwrap().iter();
    let told = findings.filter(|finding| finding["severity"] != "ok");
    let code = |finding: &Json| finding["code"].as_str().unwrap().to_owned();
    (called.exit, told.map(code).collect())
}

#[test]
fn the_kind_that_is_asked_for_has_to_be_told() {
    for (name, kind, exit, expected) in [
        ("@fastify/jwt", None, 0, &["kind_unmarked"][..]),
        ("@fastify/jwt", Some("access"), 6, &["kind_mismatch"]),
        ("@fastify/jwt", Some("refresh"), 6, &["kind_mismatch"]),
        ("@fastify/jwt", Some("id"), 6, &["kind_mismatch"]),
        ("@fastify/jwt", Some("any"), 0, &[]),
        ("Strapi access", None, 0, &[]),
        ("Strapi access", Some("access"), 0, &[]),
        ("Strapi access", Some("id"), 6, &["kind_mismatch"]),
        ("Strapi refresh", Some("any"), 0, &[]),
        ("Cognito ID", Some("id"), 0, &["audience_not_checked"]),
        (
            "Cognito ID",
            Some("access"),
            6,
            &["kind_mismatch", "audience_not_checked"],
        ),
        (
            "marks that contradict",
            Some("access"),
            6,
            &["kind_mismatch"],
        ),
        ("marks that contradict", Some("any"), 0, &[]),
        ("typ with a parameter", None, 6, &["kind_mismatch"]),
        (
            "typ with a parameter",
            Some("refresh"),
            6,
            &["type_mismatch"],
        ),
    ] {
        let token = shape(name);
        let asked = kind.map_or(Vec::new(), |kind| vec!["--kind", kind]);
        let found = codes(&[&["verify", &token, "--no-store"][..], &asked].concat());
        assert_eq!(
            found,
            (exit, expected.iter().map(ToString::to_string).collect()),
            "{name} {kind:?}"
        );
    }
    let unmarked = call(&["verify", &shape("@fastify/jwt"), "--no-store"]);
    assert!(
        self::said(&unmarked).contains("nothing in this token tells its kind"),
        "{unmarked}"
    );
    let contradicts = call(&["verify", &shape("marks that contradict"), "--no-store"]);
    assert!(
        self::said(&contradicts).contains("contradict"),
        "{contradicts}"
    );
}

#[test]
fn a_named_profile_asks_for_the_mark_that_it_writes() {
    let plain = shape("@fastify/jwt");
    let bare_access = token(
        r#"{"alg":"HS256"}"#,
        r#"{"iss":"i","exp":EXP,"aud":"a","sub":"1","client_id":"c","iat":IAT,"jti":"j"}"#,
    );
    let logout = token(
        r#"{"alg":"HS256","typ":"logout+jwt"}"#,
        r#"{"iss":"i","exp":EXP,"aud":"a","sub":"1","client_id":"c","iat":IAT,"jti":"j"}"#,
    );
    for (name, token, profile, exit, code) in [
        ("Authlib's", shape("Authlib access"), "oauth", 0, None),
        (
            "oidc-provider's",
            shape("oidc-provider access"),
            "oauth",
            0,
            None,
        ),
        (
            "without typ",
            bare_access,
            "oauth",
            6,
            Some("claim_missing"),
        ),
        ("another typ", logout, "oauth", 6, Some("kind_mismatch")),
        ("another model's", plain, "oauth", 6, Some("model_mismatch")),
        (
            "Cognito's",
            shape("Cognito access"),
            "sliding",
            6,
            Some("claim_missing"),
        ),
        (
            "simplejwt's",
            shape("ninja access"),
            "sliding",
            6,
            Some("model_mismatch"),
        ),
        (
            "old sliding as pair",
            shape("sliding"),
            "pair",
            6,
            Some("model_mismatch"),
        ),
    ] {
        let args = [
            "verify",
            &token,
            "--profile",
            profile,
            "--aud",
            "a",
            "--no-store",
        ];
        let (exit_status, codes) = codes(&args);
        assert_eq!(exit_status, exit, "{name}: {codes:?}");
        let told = code.is_none_or(|code| codes.iter().any(|one| one == code));
        assert!(told, "{name}: {codes:?}");
    }
}

#[test]
fn renew_says_whose_a_guessed_token_is_and_makes_no_refresh_token_of_one() {
    let access = call(&["renew", &shape("flask access"), "--no-store"]);
    for said in [
        "prolonged as it is",
        "looks like flask-jwt-extended",
        "--profile flask-jwt-extended",
        "csrf",
    ] {
        assert!(self::said(&access).contains(said), "{said}: {access}");
    }
    for name in [
        "flask refresh",
        "Keycloak refresh",
        "Keycloak ID",
        "Strapi refresh",
    ] {
        let (json, called) = json(&["renew", &shape(name), "--no-store"]);
        assert_eq!(
            (called.exit, &json["verdict"]),
            (6, &"kind_mismatch".into())
        );
        let refused = call(&["renew", &shape(name), "--no-store"]);
        assert!(
            self::said(&refused).contains("--profile plain"),
            "{name}: {refused}"
        );
        let as_it_is = call(&["renew", &shape(name), "--no-store", "--profile", "plain"]);
        assert_eq!(as_it_is.exit, 0, "{name}: {as_it_is}");
        let (again, _) = self::json(&["inspect", as_it_is.stdout.trim(), "--no-store"]);
        let (before, _) = self::json(&["inspect", &shape(name), "--no-store"]);
        assert_eq!(again["token"]["kind"], before["token"]["kind"], "{name}");
    }
    // Eight days after the login no end is made up.
    let old = token(
        JWT,
        &format!(
            r#"{{"exp":EXP,"iat":IAT,"auth_time":{},"jti":"j","iss":"i","sub":"1","typ":"Bearer","azp":"c","sid":"s"}}"#,
            NOW - 8 * 86_400
        ),
    );
    let (seen, _) = json(&["inspect", &old, "--no-store"]);
    assert_eq!(seen["times"]["renewable_until"], Json::Null);
    assert_eq!(call(&["renew", &old, "--no-store"]).exit, 0);
}

#[test]
fn plain_hides_nothing_that_the_store_knows() {
    let folder = Folder::new();
    let store = folder.path().join("s.db");
    let store = store.to_str().unwrap();
    let on = |args: &[&str]| call(&[args, &["--store", store]].concat());
    let issued = on(&["issue", "--user", "a"]).stdout.trim().to_owned();
    let renewed = on(&["renew", &issued, "--now", "+1m"])
        .stdout
        .trim()
        .to_owned();
    let plain = on(&["renew", &renewed, "--now", "+2m", "--profile", "plain"]);
    assert_eq!(plain.exit, 6, "{plain}");
    assert!(self::said(&plain).contains("model mismatch"), "{plain}");
    assert_eq!(on(&["revoke", &issued]).exit, 0);
    for profile in [&[][..], &["--profile", "plain"]] {
        let verify = ["verify", &renewed, "--now", "+2m"];
        assert_eq!(on(&[&verify, profile].concat()).exit, 7, "{profile:?}");
        let renew = ["renew", &renewed, "--now", "+2m"];
        assert_ne!(on(&[&renew, profile].concat()).exit, 0, "{profile:?}");
    }
    // Of another issuer's session the store learns by its sid.
    let (first, second) = (shape("Keycloak access"), shape("Keycloak refresh"));
    assert_eq!(on(&["revoke", &first]).exit, 0);
    assert_eq!(on(&["verify", &second, "--kind", "refresh"]).exit, 7);
}

#[test]
fn a_bound_token_and_an_opaque_one_are_named_as_what_they_are() {
    let bound = |cnf: &str| {
        token(
            AT,
            &format!(r#"{{"sub":"a","iat":IAT,"exp":EXP,"cnf":{cnf}}}"#),
        )
    };
    for (cnf, said) in [
        (r#"{"jkt":"k"}"#, "DPoP"),
        (r#"{"x5t#S256":"k"}"#, "mutual TLS"),
        (r#"{"jwk":{}}"#, "RFC 7800"),
    ] {
        let token = bound(cnf);
        let (exit, codes) = codes(&["verify", &token, "--no-store"]);
        assert_eq!(
            (exit, codes),
            (0, vec!["sender_constrained".to_owned()]),
            "{cnf}"
        );
        let called = call(&["inspect", &token, "--no-store"]);
        assert!(called.stdout.contains(said), "{cnf}: {called}");
    }
    for (text, code) in [
        ("EZeVllXRAw7tKbkl2G5bnZ0RldV41a", "opaque"),
        ("v1.MYxJ0-8zK_2a", "malformed"),
        ("8f14e45fceea167a5a36dedd4bea2543", "opaque"),
        ("dGhpcyBpcyBub3QgYSBqd3Qh/1+a==", "opaque"),
        ("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "malformed"),
        ("eyJhbGciOiJIUzI1NiIsInR5cCI6Ikp1", "malformed"),
        ("short1", "malformed"),
        ("a-few-words-with-dashes", "malformed"),
    ] {
        for verb in ["verify", "renew", "inspect"] {
            let (json, called) = json(&[verb, text, "--no-store"]);
            assert_eq!(called.exit, 3, "{verb} {text}: {called}");
            assert_eq!(json["verdict"], code, "{verb} {text}: {called}");
        }
    }
    let said = call(&["inspect", "EZeVllXRAw7tKbkl2G5bnZ0RldV41a", "--no-store"]);
    assert!(
        self::said(&said).contains("only its server can tell"),
        "{said}"
    );
}

#[test]
fn a_named_profile_says_which_other_types_a_claim_may_have() {
    let numeric = token(JWT, r#"{"sub":7,"username":"a","iat":IAT,"exp":EXP}"#);
    let of = |profile: &'static str, token: &str| {
        codes(&["verify", token, "--profile", profile, "--no-store"])
    };
    assert_eq!(of("node-pair", &numeric).0, 0);
    assert_eq!(of("plain", &numeric).0, 6);
    // Only the types that it names, and a subject that is asked for is still compared.
    for sub in ["null", "true", "[7]", "{}"] {
        let claims = format!(r#"{{"sub":{sub},"username":"a","iat":IAT,"exp":EXP}}"#);
        assert_eq!(of("node-pair", &token(JWT, &claims)).0, 6, "{sub}");
    }
    let asked = ["verify", &numeric, "--profile", "node-pair", "--no-store"];
    assert_eq!(call(&[&asked[..], &["--sub", "7"]].concat()).exit, 6);
    // devise writes `null` where no audience is asked for.
    let nobody = token(JWT, r#"{"sub":"7","aud":null,"iat":IAT,"exp":EXP}"#);
    assert_eq!(of("plain", &nobody).0, 6);
    let set = [
        "--set",
        r#"claims=["sub", "aud = audience as text|null", "iat", "exp"]"#,
    ];
    let lax = [
        &["verify", &nobody, "--profile", "plain", "--no-store"],
        &set[..],
    ]
    .concat();
    assert_eq!(call(&lax).exit, 0, "{}", call(&lax));
}
