//! Answers recorded from servers of other stacks than Django REST, held against the profiles that describe them: where each request goes, what it sends, what is in
//! the answer and in which order, and what the errors say.
use jwtsess::internals::config::profiles::OwnProfiles;
use jwtsess::internals::core::claims::{JsonLimits, Members};
use jwtsess::internals::core::profile::language::builtin;
use jwtsess::internals::core::profile::language::entry::{AnswerEntry, AnswerPlace, Occasion};
use jwtsess::internals::core::profile::language::model::{Live, Model};
use jwtsess::internals::core::profile::language::request::{
    ErrorMeaning, Placeholder, Request, RequestItem, Route, TextPiece,
};
use jwtsess::internals::core::profile::language::source::Constant;
use jwtsess::internals::django::SettingsReader;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::process::{Run, SECRET, TempDir};

#[derive(Deserialize)]
pub(crate) struct Recorded {
    /// The secrets of the servers that share one.
    pub keys: Keys,
    /// The public keys of the others.
    pub jwks: Value,
    pub recordings: Vec<Recording>,
}

#[derive(Deserialize)]
pub(crate) struct Keys {
    pub access: String,
    pub refresh: String,
}

/// One server, asked once for each thing that it does.
#[derive(Deserialize)]
pub(crate) struct Recording {
    pub name: String,
    /// The profile that describes it, if there is one.
    pub profile: Option<String>,
    /// The tokens of its answers: `access` and `refresh` of the login, `access2` and `refresh2` of the refresh.
    pub tokens: Map<String, Value>,
    exchanges: Vec<Exchange>,
}

#[derive(Deserialize)]
struct Exchange {
    what: String,
    request: RecordedRequest,
    status: u16,
    body: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct RecordedRequest {
    method: String,
    path: String,
    authorization: Option<String>,
    body: Option<String>,
    #[serde(default)]
    form: bool,
}

pub(crate) fn recorded() -> Recorded {
    serde_json::from_str(include_str!("../vectors/stack-exchanges.json")).unwrap()
}

impl Recording {
    /// The first exchange that succeeded and is called so.
    fn success(&self, what: &str) -> Option<&Exchange> {
        let is = |one: &&Exchange| one.what.starts_with(what) && one.status < 300;
        self.exchanges.iter().find(is)
    }

    /// What its profile says of its routes and answers.
    fn live(&self) -> Option<Live> {
        let name = self.profile.as_deref()?;
        if let Some(model) = builtin::model(name) {
            return Some(model.live.clone());
        }
        let text = include_str!("../fixtures/profiles/authlib.toml");
        let own = OwnProfiles::parse(text, &SettingsReader).ok().unwrap();
        own.model(name).map(|model: &Model| model.live.clone())
    }

    /// Whether its tokens are in cookies, which no profile names by itself.
    fn is_in_cookies(&self) -> bool {
        self.name.contains("cookies")
    }
}

/// The names of a text's members, in order.
fn names(text: &str) -> Vec<String> {
    let limits = JsonLimits {
        depth: 20,
        members: 99,
    };
    let members = Members::parse(text, limits).unwrap();
    members.iter().map(|(name, _)| name.to_owned()).collect()
}

/// The members of a body that an entry may read, of which the body has at most one.
fn member<'a>(answer: &'a AnswerEntry, body: &[String]) -> Option<&'a str> {
    answer.places.iter().find_map(|place| match place {
        AnswerPlace::Member(name) if body.iter().any(|one| *one == **name) => Some(name.as_ref()),
        _ => None,
    })
}

/// What differs between an answer and what the profile says of it.
fn answer_differs(live: &Live, at: Occasion, body: &str) -> Option<String> {
    let have = names(body);
    let entries = live.answer.as_ref()?.iter();
    let entries: Vec<&AnswerEntry> = entries
        .filter(|entry| entry.at.is_none_or(|only| only == at))
        .collect();
    let told: Vec<&str> = entries
        .iter()
        .filter_map(|one| member(one, &have))
        .collect();
    let missing = entries
        .iter()
        .any(|one| !one.optional && member(one, &have).is_none());
    (missing || told != have).then(|| format!("answered {have:?}, the profile says {told:?}"))
}

/// The path that a request has, seen from the one of the login.
fn path(login: &str, relative: &str) -> String {
    let mut steps: Vec<&str> = login.trim_end_matches('/').split('/').collect();
    if relative == "." {
        return login.to_owned();
    }
    let mut rest = relative;
    while let Some(behind) = rest.strip_prefix("../") {
        steps.pop();
        rest = behind;
    }
    format!("{}/{rest}", steps.join("/"))
}

/// What differs between a request that the server took and the one that the profile describes.
fn request_differs(request: &Request, login: &str, asked: &RecordedRequest) -> Option<String> {
    let path = path(login, &request.path);
    let body: Vec<&str> = (request.parts.iter())
        .filter_map(|part| match part {
            RequestItem::Text(name, _) | RequestItem::Json(name, _) => Some(name.as_ref()),
            RequestItem::Header(..) => None,
        })
        .collect();
    let sent = match &asked.body {
        Some(text) if asked.form => text
            .split('&')
            .map(|pair| pair.split('=').next().unwrap().to_owned())
            .collect(),
        Some(text) => names(text),
        None => Vec::new(),
    };
    let has_token = asked.authorization.is_some();
    let in_header = (request.parts.iter()).any(|part| {
        matches!(part, RequestItem::Header(name, pieces) if &**name == "Authorization"
            && matches!(pieces.as_ref(), [TextPiece::Fill(Placeholder::Access | Placeholder::Refresh)]))
    });
    let same = (
        &*request.method,
        path.trim_end_matches('/'),
        request.form,
        body,
        in_header,
    ) == (
        &*asked.method,
        asked.path.trim_end_matches('/'),
        asked.form,
        sent.iter().map(String::as_str).collect(),
        has_token,
    );
    (!same).then(|| {
        format!(
            "{} {} {sent:?} against {request:?}",
            asked.method, asked.path
        )
    })
}

#[test]
fn the_answers_of_logins_and_refreshes_are_what_the_profiles_say() {
    let mut seen = 0;
    for recording in recorded().recordings {
        let Some(live) = recording.live().filter(|_| !recording.is_in_cookies()) else {
            continue;
        };
        for (what, at) in [("login", Occasion::Login), ("refresh", Occasion::Renew)] {
            let body = &recording.success(what).unwrap().body;
            let differs = answer_differs(&live, at, body);
            assert_eq!(differs, None, "{} {what}", recording.name);
            seen += 1;
        }
    }
    assert_eq!(seen, 18);
}

#[test]
fn the_servers_took_the_requests_that_the_profiles_describe() {
    let mut seen = 0;
    for recording in recorded().recordings {
        let Some(live) = recording.live().filter(|_| !recording.is_in_cookies()) else {
            continue;
        };
        let Some(login) = recording.success("login") else {
            continue;
        };
        let routes = [
            ("login", &live.login),
            ("refresh", &live.refresh),
            ("logout", &live.logout),
        ];
        for (what, route) in routes {
            let (Some(Route::Request(request)), Some(took)) = (route, recording.success(what))
            else {
                continue;
            };
            let differs = request_differs(request, &login.request.path, &took.request);
            assert_eq!(differs, None, "{} {what}", recording.name);
            seen += 1;
        }
    }
    assert!(seen >= 9, "{seen}");
}

/// Whether a server refused something with this status and these words.
fn is_answer(error: &ErrorMeaning, exchange: &Exchange) -> bool {
    let body: Value = serde_json::from_str(&exchange.body).unwrap_or_default();
    let stands = |pointer: &str, expected: &Constant| match (body.pointer(pointer), expected) {
        (Some(Value::String(have)), Constant::Text(text)) => have == text,
        (Some(have), Constant::Json(json)) => have.to_string() == *json,
        _ => false,
    };
    let body_fits =
        (error.body.as_ref()).is_none_or(|(pointer, expected)| stands(pointer, expected));
    error.status == exchange.status && body_fits
}

#[test]
fn the_errors_that_a_profile_knows_are_its_servers_own() {
    let recorded = recorded();
    for profile in ["flask-jwt-extended", "node-pair", "dj-rest-auth"] {
        let of_it = |one: &&Recording| one.profile.as_deref() == Some(profile);
        let exchanges: Vec<&Exchange> = (recorded.recordings.iter().filter(of_it))
            .flat_map(|one| &one.exchanges)
            .collect();
        for error in builtin::model(profile).unwrap().live.errors.iter() {
            assert!(
                exchanges.iter().any(|exchange| is_answer(error, exchange)),
                "{profile}: never seen: {error:?}"
            );
        }
    }
}

/// What a login under a profile needs besides its user, for what its servers were asked.
fn login_flags(profile: &str) -> &'static [&'static str] {
    match profile {
        "node-pair" => &["--user-id", "1"],
        "oidc" | "authlib" => &[
            "--iss=https://a.example",
            "--aud=https://api.example",
            "--client-id=app",
            "--scope=read",
        ],
        _ => &[],
    }
}

/// A recorded body, without what its server alone has: a user's own data, an ID token.
fn ours(body: &str, live: &Live, at: Occasion) -> Map<String, Value> {
    let answer = live.answer.as_deref().unwrap_or_default();
    let counts = |entry: &&AnswerEntry| entry.at.is_none_or(|one| one == at);
    let written = answer.iter().filter(counts);
    let written = written.filter(|entry| entry.source.is_some());
    let written: Vec<&AnswerEntry> = written.collect();
    let mut body: Map<String, Value> = serde_json::from_str(body).unwrap();
    body.retain(|name, _| {
        let names = [name.clone()];
        written.iter().any(|entry| member(entry, &names).is_some())
    });
    body
}

/// What two values of a body have in common: their type, and a constant's text.
fn form(name: &str, value: &Value) -> String {
    match value {
        Value::String(text) if name == "token_type" => text.clone(),
        Value::String(_) => "a text".to_owned(),
        Value::Number(number) if number.is_i64() => "a number".to_owned(),
        other => other.to_string(),
    }
}

#[test]
fn what_is_printed_for_the_wire_has_the_recorded_members_in_their_order() {
    let config = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/profiles/authlib.toml"
    );
    let mut seen = Vec::new();
    for recording in recorded().recordings {
        let (Some(profile), Some(live)) = (recording.profile.as_deref(), recording.live()) else {
            continue;
        };
        // Where cookies carry the tokens, the body has none; and DPoP can't be said.
        if recording.is_in_cookies() || recording.name.ends_with("-dpop") {
            continue;
        }
        let home = TempDir::new();
        let run = |args: &[&str], stdin: &str| {
            let named = ["-o", "wire", "--profile", profile];
            let ran = Run::new([args, &named].concat())
                .home(&home)
                .env("JWTSESS_CONFIG", config)
                .env("JWTSESS_SECRET", "env:WIRE_SECRET")
                .env("WIRE_SECRET", SECRET)
                .stdin(stdin)
                .run();
            assert_eq!(ran.status, 0, "{}: {}", recording.name, ran.stderr);
            ran.stdout
        };
        let issue = [&["issue", "--user", "1"], login_flags(profile)].concat();
        let login = run(&issue, "");
        for (what, at) in [("login", Occasion::Login), ("refresh", Occasion::Renew)] {
            let Some(exchange) = recording.success(what) else {
                continue;
            };
            let expected = ours(&exchange.body, &live, at);
            let printed = if at == Occasion::Login {
                login.clone()
            } else if expected.keys().any(|name| name.starts_with("refresh")) {
                // Not every server rotates unless it is told to.
                let rotate = ["rotate", "--set", "rotate.when=always"];
                let told = !["ninja-jwt", "dj-rest-auth"].contains(&profile);
                run(if told { &rotate } else { &rotate[..1] }, &login)
            } else {
                run(&["renew"], &login)
            };
            let printed: Map<String, Value> = serde_json::from_str(&printed).unwrap();
            let forms = |body: &Map<String, Value>| -> Vec<(String, String)> {
                let form = |(name, value): (&String, &Value)| (name.clone(), form(name, value));
                body.iter().map(form).collect()
            };
            assert_eq!(
                forms(&printed),
                forms(&expected),
                "{} {what}",
                recording.name
            );
            seen.push(format!("{} {what}", recording.name));
        }
    }
    assert_eq!(
        seen,
        [
            "flask-jwt-extended login",
            "flask-jwt-extended refresh",
            "flask-jwt-extended-rotate login",
            "flask-jwt-extended-rotate refresh",
            "ninja-jwt login",
            "ninja-jwt refresh",
            "dj-rest-auth-body login",
            "dj-rest-auth-body refresh",
            "nestjs login",
            "nestjs refresh",
            "oidc-provider-spa login",
            "oidc-provider-spa refresh",
            "oidc-provider-web-always login",
            "oidc-provider-web-always refresh",
            "authlib login",
            "authlib refresh",
        ]
    );
}

#[test]
fn what_is_printed_for_the_wire_says_which_cookies_the_server_sends() {
    let mut seen = 0;
    for recording in recorded().recordings {
        let (Some(profile), true) = (&recording.profile, recording.is_in_cookies()) else {
            continue;
        };
        let login = recording.success("login").unwrap();
        let tokens: Vec<&str> = (login.headers.iter())
            .filter_map(|(_, cookie)| cookie.split_once('='))
            .filter_map(|(name, value)| value.starts_with("eyJ").then_some(name))
            .collect();
        let [access, refresh] = tokens[..] else {
            panic!("{tokens:?}");
        };
        let set = [
            format!("live.cookies.access={access}"),
            format!("live.cookies.refresh={refresh}"),
        ];
        let issue = ["issue", "--user", "1", "--no-store", "--profile", profile];
        for (form, named) in [
            (&["-o", "wire", "--set", &set[0], "--set", &set[1]][..], 2),
            (&["-o", "wire", "--set", &set[1]], 1),
            (&["-o", "access", "--set", &set[0]], 0),
            (&["-o", "wire"], 0),
        ] {
            let ran = Run::new([&issue[..], form].concat())
                .env("JWTSESS_SECRET", "env:WIRE_SECRET")
                .env("WIRE_SECRET", SECRET)
                .run();
            assert_eq!(ran.status, 0, "{ran:?}");
            let told = tokens.iter().filter(|name| ran.stderr.contains(**name));
            assert_eq!(told.count(), named, "{form:?}: {}", ran.stderr);
        }
        seen += 1;
    }
    assert_eq!(seen, 2);
}
