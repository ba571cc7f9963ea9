//! Real simplejwt, drf-jwt and legacy djangorestframework-jwt servers take what the program issues, and it takes what they issue: every kind of key, and
//! whatever the server is set to, the program told the same.
//!
//! `JWTSESS_DJANGO` names a folder with a virtual environment for each of `tests/interop/*.txt`; without it these tests say that they are skipped, and fail
//! in CI.
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use crate::django_server::{
    DjangoServer, HS256, SIGNINGS, Setting, SettingsInput, Stack, environments,
};

/// What the servers are set to, a server each: changes from the settings of `django_server.py`.
fn changes(stack: Stack) -> Vec<Vec<Setting>> {
    match stack {
        Stack::SimpleJwt => vec![
            vec![("LEEWAY", "60", "60")],
            vec![
                ("AUDIENCE", "['api', 'web']", "['api', 'web']"),
                (
                    "ISSUER",
                    "'https://issuer.example'",
                    "'https://issuer.example'",
                ),
            ],
            vec![
                ("AUDIENCE", "'api'", "'api'"),
                ("LEEWAY", "timedelta(minutes=1)", "'1m'"),
            ],
            vec![
                ("USER_ID_CLAIM", "'uid'", "'uid'"),
                ("TOKEN_TYPE_CLAIM", "'kind'", "'kind'"),
                ("JTI_CLAIM", "'id'", "'id'"),
                ("SLIDING_TOKEN_REFRESH_EXP_CLAIM", "'until'", "'until'"),
            ],
            vec![
                ("ACCESS_TOKEN_LIFETIME", "timedelta(minutes=10)", "'10m'"),
                (
                    "REFRESH_TOKEN_LIFETIME",
                    "timedelta(days=2, hours=1)",
                    "'2d1h'",
                ),
                ("SLIDING_TOKEN_LIFETIME", "timedelta(seconds=90)", "90"),
                (
                    "SLIDING_TOKEN_REFRESH_LIFETIME",
                    "timedelta(weeks=1)",
                    "'1w'",
                ),
            ],
            vec![
                ("ROTATE_REFRESH_TOKENS", "False", "false"),
                ("CHECK_USER_IS_ACTIVE", "False", "false"),
            ],
            vec![("BLACKLIST_AFTER_ROTATION", "False", "false")],
            vec![("INSTALLED_APPS", "[]", "[]")],
        ],
        Stack::DrfJwt => vec![
            vec![("JWT_LEEWAY", "60", "60")],
            vec![
                ("JWT_AUDIENCE", "'api'", "'api'"),
                (
                    "JWT_ISSUER",
                    "'https://issuer.example'",
                    "'https://issuer.example'",
                ),
            ],
            vec![
                ("JWT_EXPIRATION_DELTA", "timedelta(minutes=10)", "'10m'"),
                ("JWT_REFRESH_EXPIRATION_DELTA", "timedelta(hours=2)", "'2h'"),
            ],
            vec![
                ("JWT_TOKEN_ID", "'require'", "'require'"),
                ("JWT_PAYLOAD_INCLUDE_USER_ID", "False", "false"),
            ],
            vec![
                ("JWT_TOKEN_ID", "'off'", "'off'"),
                ("JWT_AUTH_HEADER_PREFIX", "'Token'", "'Token'"),
            ],
            vec![("JWT_VERIFY_EXPIRATION", "False", "false")],
            vec![("INSTALLED_APPS", "[]", "[]")],
        ],
        Stack::DrfJwtLegacy => vec![
            vec![("JWT_LEEWAY", "60", "60")],
            vec![
                ("JWT_AUDIENCE", "'api'", "'api'"),
                (
                    "JWT_ISSUER",
                    "'https://issuer.example'",
                    "'https://issuer.example'",
                ),
            ],
            vec![
                ("JWT_EXPIRATION_DELTA", "timedelta(minutes=10)", "'10m'"),
                ("JWT_REFRESH_EXPIRATION_DELTA", "timedelta(hours=2)", "'2h'"),
            ],
            vec![("JWT_VERIFY_EXPIRATION", "False", "false")],
        ],
    }
}

/// simplejwt's views take either kind of token where they are told to.
const EITHER: Setting = (
    "AUTH_TOKEN_CLASSES",
    "('rest_framework_simplejwt.tokens.AccessToken', 'rest_framework_simplejwt.tokens.SlidingToken')",
    "['AccessToken', 'SlidingToken']",
);

/// A server for each algorithm that the stack has, and one for each change of its settings.
fn for_each_server(stack: Stack, mut check: impl FnMut(&DjangoServer, SettingsInput)) {
    let Some(environments) = environments() else {
        return;
    };
    let either = |mut settings: Vec<Setting>| {
        settings.extend((stack == Stack::SimpleJwt).then_some(EITHER));
        settings
    };
    let of_algorithms = SIGNINGS
        .into_iter()
        // PyJWT 1.7.1 is older than its EdDSA.
        .filter(|signing| stack != Stack::DrfJwtLegacy || signing.algorithm != "EdDSA")
        .map(|signing| (signing, Vec::new()));
    let of_changes = changes(stack).into_iter().map(|settings| (HS256, settings));
    for (signing, settings) in of_algorithms.chain(of_changes) {
        let server = DjangoServer::start(&environments, stack, signing, &either(settings));
        for told in SettingsInput::ALL {
            check(&server, told);
        }
    }
}

/// A kind of login.
struct Flow {
    /// The built-in profile.
    base: &'static str,
    login: &'static str,
    refresh: &'static str,
    /// The field of the token that is presented for the next.
    presented: &'static str,
    /// The field of the token that opens a view.
    used: &'static str,
}

fn flows(stack: Stack) -> Vec<Flow> {
    const fn one(base: &'static str) -> Flow {
        Flow {
            base,
            login: "login",
            refresh: "refresh",
            presented: "token",
            used: "token",
        }
    }
    const PAIR: Flow = Flow {
        presented: "refresh",
        used: "access",
        ..one("simplejwt")
    };
    const SLIDING: Flow = Flow {
        login: "sliding-login",
        refresh: "sliding-refresh",
        ..one("simplejwt-sliding")
    };
    match stack {
        Stack::SimpleJwt => vec![PAIR, SLIDING],
        Stack::DrfJwt => vec![one("drf-jwt")],
        Stack::DrfJwtLegacy => vec![one("drf-jwt-legacy")],
    }
}

/// A server with the program beside it that knows its settings.
struct Case<'a> {
    server: &'a DjangoServer,
    told: SettingsInput,
    flow: &'a Flow,
}

impl Case<'_> {
    /// What a run prints that has to succeed.
    fn runs(&self, args: &[&str]) -> String {
        let ran = self.server.jwtsess(self.told, self.flow.base, args).run();
        assert_eq!(ran.status, 0, "{self}: {args:?}: {ran:?}");
        ran.stdout.trim_end().to_owned()
    }
    fn verifies(&self, token: &str) {
        self.runs(&["verify", token, "--kind", "any"]);
        let seen: Value = serde_json::from_str(&self.runs(&["inspect", token, "--json"])).unwrap();
        assert_eq!(seen["verdict"], "valid", "{self}: {seen}");
    }
    /// The view takes the token for alice's.
    fn opens(&self, token: &str) {
        let answer = self.server.get("view", token);
        assert!(answer.is_success(), "{self}: {answer:?}");
        assert_eq!(answer.body.unwrap()["user"], "alice", "{self}");
    }
    fn posted(&self, view: &str, field: &str, token: &str) -> BTreeMap<String, String> {
        let answer = self.server.post(view, &json!({field: token}));
        assert!(answer.is_success(), "{self}: {view}: {answer:?}");
        answer.tokens()
    }
    fn refreshed(&self, token: &str) -> BTreeMap<String, String> {
        self.posted(self.flow.refresh, self.flow.presented, token)
    }
    /// The tokens of a login and those that it is refreshed to. simplejwt reads its clock twice for an access token, so that now and then `iat` and `exp`
    /// come of two seconds: then another login.
    fn within_a_second(&self) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
        let life = |token: &str| {
            let claims = claims(token);
            let iat = claims.get("iat")?.as_u64().unwrap();
            Some(claims["exp"].as_u64().unwrap() - iat)
        };
        for _ in 0..10 {
            let login = self.server.log_in(self.flow.login, "alice");
            let refreshed = self.refreshed(&login[self.flow.presented]);
            let [first, second] = [&login, &refreshed].map(|tokens| &tokens[self.flow.used]);
            let begins = |token: &str| claims(token).get("iat").cloned();
            if life(first) == life(second)
                && (self.flow.used == self.flow.presented
                    || begins(first) == begins(&login[self.flow.presented]))
            {
                return (login, refreshed);
            }
        }
        panic!("{self}: ten logins took more than a second each");
    }
    /// The name of the claim that holds the id.
    fn id_claim(&self) -> &'static str {
        if self.server.is_set("JTI_CLAIM", "'id'") {
            "id"
        } else {
            "jti"
        }
    }
}

impl std::fmt::Display for Case<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} {:?} of {}",
            self.flow.base,
            self.told,
            self.server.what()
        )
    }
}

fn for_each_case(stack: Stack, check: impl Fn(&Case<'_>)) {
    for_each_server(stack, |server, told| {
        for flow in flows(stack) {
            let flow = &flow;
            check(&Case { server, told, flow });
        }
    });
}

/// What the program issues is accepted, refreshed and blacklisted by the server, and what it is refreshed to verifies here.
fn the_server_takes_what_the_program_issues(case: &Case<'_>) {
    let (server, flow) = (case.server, case.flow);
    // Without ids two tokens of one second are one and the same, were it not for a claim of their own.
    let told = format!("told={:?}", case.told);
    let issued = case.runs(&["issue", "--user", "alice", "-o", "wire", "-c", &told]);
    let issued: BTreeMap<String, Value> = serde_json::from_str(&issued).unwrap();
    let text = |field: &str| issued[field].as_str().unwrap();
    for field in [flow.used, flow.presented] {
        let verified = case.posted("verify", "token", text(field));
        if server.stack != Stack::SimpleJwt {
            assert_eq!(verified["token"], text(field), "{case}");
        }
    }
    case.opens(text(flow.used));
    let fresh = case.refreshed(text(flow.presented));
    for token in fresh.values() {
        case.verifies(token);
    }
    case.opens(&fresh[flow.used]);

    let again = server.post(flow.refresh, &json!({flow.presented: text(flow.presented)}));
    let has_app = !server.is_set("INSTALLED_APPS", "[]");
    let retires = flow.base == "simplejwt"
        && has_app
        && !server.is_set("ROTATE_REFRESH_TOKENS", "False")
        && !server.is_set("BLACKLIST_AFTER_ROTATION", "False");
    assert_eq!(again.is_success(), !retires, "{case}: {again:?}");

    let current = match fresh.get(flow.presented) {
        Some(fresh) if !server.is_set("JWT_TOKEN_ID", "'off'") => fresh,
        _ => text(flow.presented),
    };
    match flow.base {
        "simplejwt" => _ = case.posted("blacklist", "refresh", current),
        "drf-jwt" if has_app => {
            let answer = server.post_as("blacklist", current);
            assert!(answer.is_success(), "{case}: {answer:?}");
        }
        _ => return,
    }
    let refused = server.post(flow.refresh, &json!({flow.presented: current}));
    assert_eq!(refused.is_success(), !has_app, "{case}: {refused:?}");
}

/// What the server issues and refreshes to verifies here, is renewed here to what the server accepts, and is what the program would have minted at that
/// moment, byte for byte.
fn the_program_takes_what_the_server_issues(case: &Case<'_>) {
    let (server, flow) = (case.server, case.flow);
    let (login, refreshed) = case.within_a_second();
    for (field, token) in login.iter().filter(|(field, _)| *field != "pk") {
        case.verifies(token);
        let claims = claims(token);
        let now = claims
            .get("iat")
            .or(claims.get("orig_iat"))
            .unwrap()
            .to_string();
        let mut args = vec!["issue", "--user", "alice", "--now", &now];
        if flow.presented != flow.used {
            args.extend(["-o", field]);
        }
        let id = claims
            .get(case.id_claim())
            .map(|id| format!("{}={}", case.id_claim(), id.as_str().unwrap()));
        args.extend(id.iter().flat_map(|id| ["-c", id]));
        assert_eq!(unsigned(&case.runs(&args)), unsigned(token), "{case}");
    }
    let presented = &login[flow.presented];
    let renewed = case.runs(&["renew", presented, "-o", "token"]);
    case.verifies(&renewed);
    case.opens(&renewed);

    let theirs = &refreshed[flow.used];
    case.verifies(theirs);
    let lives = if server.is_set("JWT_EXPIRATION_DELTA", "timedelta(minutes=10)") {
        600
    } else {
        300
    };
    let now = claims(theirs).get("iat").map_or_else(
        // The legacy package writes no iat.
        || (claims(theirs)["exp"].as_u64().unwrap() - lives).to_string(),
        Value::to_string,
    );
    let ours = case.runs(&["renew", presented, "-o", "token", "--now", &now]);
    let of_no_id = |token: &str| {
        let mut claims = claims(token);
        if flow.base != "simplejwt-sliding"
            && let Some(id) = claims.get_mut(case.id_claim())
        {
            *id = Value::Null;
        }
        (header(token), Value::from(claims).to_string())
    };
    assert_eq!(of_no_id(&ours), of_no_id(theirs), "{case}");
}

fn part(token: &str, place: usize) -> String {
    let part = token.split('.').nth(place).unwrap();
    String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// The header's text.
fn header(token: &str) -> String {
    part(token, 0)
}

/// The claims, in their order.
fn claims(token: &str) -> Map<String, Value> {
    serde_json::from_str(&part(token, 1)).unwrap()
}

/// Header and payload: the texts that were signed. ECDSA and RSA-PSS signatures differ from one to the next.
fn unsigned(token: &str) -> (String, String) {
    (part(token, 0), part(token, 1))
}

#[test]
fn simplejwt_and_the_program_take_each_others_tokens() {
    for_each_case(Stack::SimpleJwt, they_take_each_others_tokens);
}

#[test]
fn drf_jwt_and_the_program_take_each_others_tokens() {
    for_each_case(Stack::DrfJwt, they_take_each_others_tokens);
}

#[test]
fn the_legacy_drf_jwt_and_the_program_take_each_others_tokens() {
    for_each_case(Stack::DrfJwtLegacy, they_take_each_others_tokens);
}

fn they_take_each_others_tokens(case: &Case<'_>) {
    the_server_takes_what_the_program_issues(case);
    the_program_takes_what_the_server_issues(case);
}
