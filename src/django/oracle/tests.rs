//! The recorded answers and exchanges of running servers, and what is said where the database is not known.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod ninja;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

use super::*;
use crate::core::algorithm::Algorithm;
use crate::core::emulator::{
    BlacklistEntry, ClaimValue, Plan, PlannedClaim, PlannedToken, ServerUser, ServerUserId, Users,
};
use crate::core::key::Key;
use crate::core::keyfile;
use crate::core::profile::IdForm;
use crate::core::secret::Secret;
use crate::core::sign::compact;
use crate::core::verdict::Class;

const ANSWERS: &str = include_str!("../../../tests/vectors/django-answers.json");
const EXCHANGES: &str = include_str!("../../../tests/vectors/django-exchanges.json");

/// Recorded, and not reproduced: the name and the reason.
const EXCEPTIONS: [(&str, &str); 2] = [
    (
        "G1 login",
        "the clock ticked between the two tokens: the access token's iat is a second later than the refresh token's",
    ),
    (
        "M2 refresh for an inactive user",
        "the same tick between the two tokens",
    ),
];

/// Asks about a token.
pub(super) fn answer(
    settings: &DjangoSettings,
    view: View,
    token: &str,
    keys: &KeySet,
    database: &DatabaseView<'_>,
    now: Timestamp,
) -> Result<Answer, Unanswerable> {
    let facts = Facts {
        keys,
        database,
        now,
    };
    super::answer(settings, view, Credential::Token(token), &facts)
}

fn user(name: &str, id: i64, active: bool) -> ServerUser {
    ServerUser {
        name: name.to_owned(),
        id: ServerUserId::Number(id),
        email: format!("{name}@example.com"),
        active,
        password_hash: None,
    }
}

pub(super) fn users() -> Vec<ServerUser> {
    vec![
        user("alice", 1, true),
        user("bob", 2, true),
        user("carol", 3, false),
    ]
}

pub(super) fn secret(text: &str) -> KeySet {
    KeySet::new(vec![
        Key::from_secret(Secret::new(text.as_bytes().to_vec())).unwrap(),
    ])
}

fn moment(seconds: &Json) -> Timestamp {
    let hundredths = (seconds.as_f64().unwrap() * 100.0).round();
    let (whole, part) = (hundredths.div_euclid(100.0), hundredths.rem_euclid(100.0));
    let number = |float: f64| format!("{float}").parse::<u32>().unwrap();
    Timestamp::new(i64::from(number(whole)), number(part) * 10_000_000)
}

fn parts(token: &str) -> Vec<String> {
    let decoded = |part| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    token.split('.').take(2).map(decoded).collect()
}

/// A token as the recorded answers describe it: without `exp` and `iat`, and without a fresh id.
fn described(header: &str, payload: &str, fresh_id: bool) -> Json {
    let header: Json = serde_json::from_str(header).unwrap();
    let mut claims: serde_json::Map<String, Json> = serde_json::from_str(payload).unwrap();
    let order: Vec<_> = claims.keys().cloned().collect();
    claims
        .retain(|name, _| !(["exp", "iat"].contains(&name.as_str()) || fresh_id && name == "jti"));
    json!({ "header": header, "claim_order": order, "claims": claims })
}

/// The body with every token described.
fn described_body(answer: &Answer) -> Json {
    let Some(body) = &answer.body else {
        return Json::Null;
    };
    let mut body: Json = serde_json::from_str(&body.text::<&str>(&[])).unwrap();
    for minted in &answer.minted {
        let fresh = |claim: &PlannedClaim| matches!(claim.fill, ClaimValue::FreshId(_));
        let payload = minted.plan.payload_text(&mut |_| "fresh".to_owned());
        body[minted.field] = described(
            &minted.plan.header,
            &payload,
            minted.plan.claims.iter().any(fresh),
        );
    }
    if let Some(token) = body.get("token").and_then(Json::as_str) {
        let parts = parts(token);
        body["token"] = described(&parts[0], &parts[1], false);
    }
    body
}

fn view(name: &str) -> View {
    let name = if name == "whoami" { "view" } else { name };
    View::ALL
        .into_iter()
        .find(|view| view.name() == name)
        .unwrap()
}

fn stack(name: &str) -> Stack {
    if name.starts_with("simplejwt") {
        Stack::SimpleJwt
    } else if name == "drf-jwt" || name.starts_with("drf-jwt-1") {
        Stack::DrfJwt
    } else {
        Stack::DrfJwtLegacy
    }
}

#[test]
fn every_recorded_answer_is_foretold() {
    let file: Json = serde_json::from_str(ANSWERS).unwrap();
    let keys = secret(file["key"].as_str().unwrap());
    let users = Users::from(users());
    let database = DatabaseView {
        users: Some(&users),
        blacklisted: Some(&|_| false),
    };
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 341);
    for vector in vectors {
        let text = |name: &str| vector[name].as_str().unwrap();
        let mut settings = DjangoSettings::defaults(stack(text("server")));
        if text("server").contains("LEEWAY 30, AUDIENCE api, ISSUER me") {
            settings.set("LEEWAY", "30").unwrap();
            settings.set("AUDIENCE", "api").unwrap();
            settings.set("ISSUER", "me").unwrap();
        }
        // Between the tokens' own moments; past them, where a token says when it was made.
        let now = Timestamp::from_seconds(1_795_441_400);
        let view = view(text("endpoint"));
        let answer = answer(&settings, view, text("token"), &keys, &database, now).unwrap();
        let found = json!({ "status": answer.status, "body": described_body(&answer) });
        let expected = json!({ "status": vector["status"], "body": vector["body"] });
        let what = format!("{} {} {}", text("server"), text("endpoint"), text("name"));
        assert_eq!(found.to_string(), expected.to_string(), "{what}");
        assert_eq!(answer.not_checked, [], "{what}");
        assert_eq!(answer.cause.is_none(), answer.is_success(), "{what}");
    }
}

/// What a plan comes to with the recorded token's ids; `exp` and `iat` must be right by themselves.
fn filled(plan: &Plan, recorded: &str) -> Vec<String> {
    let payload: Json = serde_json::from_str(&parts(recorded)[1]).unwrap();
    let mut fresh_id = |form| {
        let id = payload["jti"].as_str().unwrap().to_owned();
        assert_eq!(id.len(), if form == IdForm::Uuid { 36 } else { 32 });
        id
    };
    vec![plan.header.clone(), plan.payload_text(&mut fresh_id)]
}

#[test]
fn recorded_exchanges_are_foretold_byte_for_byte() {
    let file: Json = serde_json::from_str(EXCHANGES).unwrap();
    let keys = secret(file["key"].as_str().unwrap());
    let public = keyfile::read(&Secret::new(file["jwks"].to_string().into_bytes())).unwrap();
    let public = public.keys;
    let mut compared = 0;
    for exchange in file["exchanges"].as_array().unwrap() {
        let text = |name: &str| exchange[name].as_str().unwrap_or_default();
        let what = text("name");
        if EXCEPTIONS.iter().any(|(name, _)| *name == what) {
            continue;
        }
        let mut settings = DjangoSettings::defaults(stack(text("stack")));
        for (name, value) in exchange["set"].as_object().unwrap() {
            settings.set(name, value.as_str().unwrap()).unwrap();
        }
        let keys = if settings.signing_algorithm().is_hmac() {
            &keys
        } else {
            &public
        };
        let now = moment(&exchange["now"]);
        let mut users = users();
        users[0].password_hash = exchange["password_hash"].as_str().map(str::to_owned);
        let minted = exchange["minted"].as_array().cloned().unwrap_or_default();
        let tokens: Vec<&str> = minted
            .iter()
            .map(|one| one["token"].as_str().unwrap())
            .collect();
        let plans: Vec<(String, Plan)> = if text("view") == "login" {
            let user = users.iter().find(|user| user.name == text("user")).unwrap();
            let login = |field: &str| {
                let kind = match (text("stack"), field) {
                    ("simplejwt", "access") => LoginToken::Access,
                    ("simplejwt", "refresh") => LoginToken::Refresh,
                    ("simplejwt", _) => LoginToken::Sliding,
                    _ => LoginToken::Single,
                };
                let draft = login_claims(&settings, kind, user, Vec::new(), keys, now);
                Plan::from(draft.unwrap())
            };
            let field = |one: &Json| one["field"].as_str().unwrap().to_owned();
            minted
                .iter()
                .map(|one| (field(one), login(&field(one))))
                .collect()
        } else {
            let listed = |_: BlacklistEntry<'_>| exchange["blacklisted"] == true;
            let users = Users::from(users);
            let database = DatabaseView {
                users: Some(&users),
                blacklisted: Some(&listed),
            };
            let view = view(text("view"));
            let answer = answer(&settings, view, text("token"), keys, &database, now).unwrap();
            let body = answer.body.as_ref().map(|body| body.text(&tokens));
            assert_eq!(answer.status, exchange["status"], "{what}");
            assert_eq!(body.as_deref(), exchange["body"].as_str(), "{what}");
            let challenge = answer.headers.first().map(|(_, value)| value.as_str());
            assert_eq!(challenge, exchange["www_authenticate"].as_str(), "{what}");
            let plan = |one: PlannedToken| (one.field.to_owned(), one.plan);
            answer.minted.into_iter().map(plan).collect()
        };
        assert_eq!(plans.len(), minted.len(), "{what}");
        for ((field, plan), recorded) in plans.iter().zip(&minted) {
            assert_eq!(*field, recorded["field"], "{what}");
            let token = recorded["token"].as_str().unwrap();
            assert_eq!(filled(plan, token), parts(token), "{what} {field}");
        }
        compared += 1;
    }
    assert_eq!(compared, 220 - EXCEPTIONS.len());
}

pub(super) const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

pub(super) fn token(header: &str, payload: &str, keys: &KeySet) -> String {
    let key = &keys.keys()[0];
    compact(header.as_bytes(), payload.as_bytes(), key, Algorithm::Hs256).unwrap()
}

pub(super) fn signed(payload: &str) -> String {
    token(r#"{"alg":"HS256"}"#, payload, &secret("a secret"))
}

pub(super) const REFRESH: &str =
    r#"{"token_type":"refresh","exp":1700000060,"jti":"j","user_id":"7"}"#;
const ACCESS: &str = r#"{"token_type":"access","exp":1700000060,"jti":"j","user_id":"7"}"#;
pub(super) const SINGLE: &str =
    r#"{"username":"dora","exp":1700000060,"user_id":7,"orig_iat":1700000000}"#;

#[test]
fn what_only_the_database_knows_is_listed() {
    use DatabaseFact::{Blacklist, Email, Password, UserActive, UserExists, UserId};
    let both = [UserExists, UserActive];
    let all = [Blacklist, UserExists, UserActive];
    for (stack, set, view, payload, expected) in [
        (Stack::SimpleJwt, "", View::Refresh, REFRESH, &all[..]),
        (Stack::SimpleJwt, "", View::Protected, ACCESS, &both),
        (Stack::SimpleJwt, "", View::Stateless, ACCESS, &[]),
        (Stack::SimpleJwt, "", View::Verify, ACCESS, &[Blacklist]),
        (Stack::SimpleJwt, "", View::Blacklist, REFRESH, &[Blacklist]),
        (
            Stack::SimpleJwt,
            "BLACKLIST_AFTER_ROTATION=off",
            View::Verify,
            ACCESS,
            &[],
        ),
        (
            Stack::SimpleJwt,
            "INSTALLED_APPS=[]",
            View::Refresh,
            REFRESH,
            &both,
        ),
        (
            Stack::SimpleJwt,
            "CHECK_USER_IS_ACTIVE=off",
            View::Protected,
            ACCESS,
            &[UserExists],
        ),
        // Refused for its type, but after the blacklist has been asked.
        (Stack::SimpleJwt, "", View::Refresh, ACCESS, &[Blacklist]),
        (
            Stack::SimpleJwt,
            "CHECK_REVOKE_TOKEN=on",
            View::Protected,
            r#"{"token_type":"access","exp":1700000060,"jti":"j","user_id":"7","hash_password":"D189514B36275B5C49334DB961F35162"}"#,
            &[UserExists, UserActive, Password],
        ),
        (Stack::DrfJwt, "", View::Refresh, SINGLE, &all),
        (
            Stack::DrfJwt,
            "",
            View::Refresh,
            r#"{"username":"dora","orig_iat":1700000000}"#,
            &[Blacklist, UserExists, UserActive, UserId],
        ),
        (Stack::DrfJwtLegacy, "", View::Protected, SINGLE, &both),
        (
            Stack::DrfJwtLegacy,
            "",
            View::Refresh,
            SINGLE,
            &[UserExists, UserActive, Email],
        ),
    ] {
        let mut settings = DjangoSettings::defaults(stack);
        if let Some((name, value)) = set.split_once('=') {
            settings.set(name, value).unwrap();
        }
        let (token, keys) = (signed(payload), secret("a secret"));
        let answer = answer(
            &settings,
            view,
            &token,
            &keys,
            &DatabaseView::default(),
            NOW,
        )
        .unwrap();
        assert_eq!(
            answer.not_checked, expected,
            "{stack:?} {view:?} {set} {payload}"
        );
    }
}

#[test]
fn a_claim_that_is_no_hash_of_a_password_is_refused_without_asking() {
    let mut settings = DjangoSettings::defaults(Stack::SimpleJwt);
    settings.set("CHECK_REVOKE_TOKEN", "on").unwrap();
    let (token, keys) = (signed(ACCESS), secret("a secret"));
    let answer = answer(
        &settings,
        View::Protected,
        &token,
        &keys,
        &DatabaseView::default(),
        NOW,
    )
    .unwrap();
    assert_eq!(answer.cause, Some(Cause::PasswordChanged));
    assert_eq!(answer.cause.map(Cause::class), Some(Class::Session));
}

#[test]
fn a_token_that_fails_before_its_signature_is_answered_without_a_key() {
    let settings = DjangoSettings::defaults(Stack::SimpleJwt);
    let none = KeySet::default();
    let ask =
        |view, token: &str| answer(&settings, view, token, &none, &DatabaseView::default(), NOW);
    for token in ["abc", "a.b.c", " ", "eyJhbGciOiJub25lIn0.e30.", "a\0b"] {
        assert!(ask(View::Verify, token).is_ok(), "{token}");
    }
    let unanswerable = ask(View::Verify, &signed(ACCESS));
    assert_eq!(unanswerable, Err(Unanswerable::NoKey(Algorithm::Hs256)));
    let fork = DjangoSettings::defaults(Stack::DrfJwt);
    let sliding = answer(
        &fork,
        View::SlidingRefresh,
        "x",
        &none,
        &DatabaseView::default(),
        NOW,
    );
    assert_eq!(sliding, Err(Unanswerable::NoSuchView));
}

#[test]
fn the_deepest_token_that_is_read_is_answered_on_a_small_stack() {
    let deep = format!("{}{}", "[".repeat(966), "]".repeat(966));
    let payload = ACCESS.replace('}', &format!(",\"x\":{deep}}}"));
    let (settings, keys) = (
        DjangoSettings::defaults(Stack::SimpleJwt),
        secret("a secret"),
    );
    let ask = |payload: &str| {
        let token = signed(payload);
        answer(
            &settings,
            View::Protected,
            &token,
            &keys,
            &DatabaseView::default(),
            NOW,
        )
        .unwrap()
    };
    assert!(ask(&payload).is_success());
    let deeper = payload.replace(&deep, &format!("[{deep}]"));
    assert_eq!(ask(&deeper).status, 401);
}

#[test]
fn nothing_secret_shows_in_debug() {
    let (settings, keys) = (DjangoSettings::defaults(Stack::DrfJwt), secret("a secret"));
    let token = signed(SINGLE);
    let mut users = users();
    users[0].password_hash = Some("D189514B36275B5C49334DB961F35162".to_owned());
    let answer = answer(
        &settings,
        View::Verify,
        &token,
        &keys,
        &DatabaseView::default(),
        NOW,
    )
    .unwrap();
    let shown = format!("{answer:?} {users:?}");
    assert!(!shown.contains(token.rsplit('.').next().unwrap()));
    assert!(!shown.contains("D189514B"));
}

#[test]
fn simplejwt_5_3_has_one_text_for_what_does_not_decode_and_asks_for_no_user_at_a_refresh() {
    let settings = DjangoSettings {
        is_5_3: true,
        ..DjangoSettings::defaults(Stack::SimpleJwt)
    };
    let asked = |token: &str, view| {
        let keys = secret("a secret");
        answer(&settings, view, token, &keys, &DatabaseView::default(), NOW).unwrap()
    };
    let old = REFRESH.replace("1700000060", "1600000060");
    for token in [signed(&old), format!("{}x", signed(REFRESH))] {
        let answer = asked(&token, View::Verify);
        assert_eq!(
            answer.body.map(|body| body.text::<&str>(&[])).unwrap(),
            r#"{"detail":"Token is invalid or expired","code":"token_not_valid"}"#
        );
    }
    let refreshed = asked(&signed(REFRESH), View::Refresh);
    assert_eq!(refreshed.status, 200);
    assert_eq!(refreshed.not_checked, [DatabaseFact::Blacklist]);
    let user = user("alice", 7, true);
    let login = |settings: &DjangoSettings| {
        let keys = KeySet::default();
        let plan = login_claims(settings, LoginToken::Access, &user, Vec::new(), &keys, NOW);
        let plan: Plan = plan.unwrap().into();
        plan.payload_text(&mut |_| "j".to_owned())
    };
    assert!(
        login(&settings).contains(r#""user_id":7"#),
        "{}",
        login(&settings)
    );
    let newer = DjangoSettings::defaults(Stack::SimpleJwt);
    assert!(login(&newer).contains(r#""user_id":"7""#));
}
