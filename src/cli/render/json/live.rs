//! `--json` of `login`, `token` and `logout`.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::cli::args::output::OutputForm;
use crate::cli::error::FailedExchange;
use crate::cli::outcome::exchange::{PassingToken, Requested};
use crate::cli::outcome::live::{
    CredentialView, FreshToken, LoggedOut, Login, Logout, Removal, TokenOrigin,
};
use crate::core::secret::Secret;
use crate::core::time::Timestamp;
use crate::net::live::tokens::Exchange;

#[derive(Serialize)]
struct CredentialJson {
    name: Option<String>,
    origin: String,
    origins: Vec<String>,
    profile: Option<String>,
    grant: &'static str,
    user: Option<String>,
    state: &'static str,
    access_expires_at: Option<i64>,
    refresh_expires_at: Option<i64>,
    session_until: Option<i64>,
    skew: i64,
    kept_in: Option<String>,
    encrypted: bool,
    over: Option<OverJson>,
}

#[derive(Serialize)]
struct OverJson {
    at: i64,
    code: String,
    words: Option<String>,
}

/// An exchange with a server, without anything secret.
#[derive(Serialize)]
struct ExchangeJson {
    method: String,
    url: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
    took_ms: u64,
}

/// A session that was ended.
#[derive(Serialize)]
struct LoggedOutJson {
    credential: CredentialJson,
    ended: Vec<&'static str>,
    already: bool,
    usable_until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exchange: Option<ExchangeJson>,
}

/// A credential that was taken away because it can't be used.
#[derive(Serialize)]
struct RemovalJson {
    name: String,
    kept_in: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    because: String,
}

fn exchange(exchange: &Exchange) -> ExchangeJson {
    ExchangeJson {
        method: exchange.method.clone(),
        url: exchange.url.clone(),
        status: exchange.status,
        server_code: None,
        server_words: None,
        retry_after: None,
        took_ms: u64::try_from(exchange.took.as_millis()).unwrap_or(u64::MAX),
    }
}

/// A request that was sent, and its answer.
#[derive(Serialize)]
pub(super) struct RequestedJson {
    request: SentJson,
    response: ResponseJson,
    tokens: Vec<PassingTokenJson>,
}

#[derive(Serialize)]
struct SentJson {
    method: String,
    url: String,
}

#[derive(Serialize)]
struct ResponseJson {
    status: u16,
    headers: Vec<HeaderJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
    took_ms: u64,
}

#[derive(Serialize)]
struct HeaderJson {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct PassingTokenJson {
    place: String,
    profile: String,
    kind: Option<&'static str>,
    expires_at: Option<i64>,
}

pub(super) fn requested(requested: &Requested) -> RequestedJson {
    let body = requested.body.expose();
    let as_text = std::str::from_utf8(body).ok();
    let header = |(name, value): &(String, Secret)| HeaderJson {
        name: name.clone(),
        value: text(value),
    };
    let token = |token: &PassingToken| PassingTokenJson {
        place: token.place.clone(),
        profile: token.profile.clone(),
        kind: token.kind,
        expires_at: token.expires_at.map(Timestamp::seconds),
    };
    RequestedJson {
        request: SentJson {
            method: requested.method.clone(),
            url: requested.url.clone(),
        },
        response: ResponseJson {
            status: requested.status,
            headers: requested.headers.iter().map(header).collect(),
            body: as_text.map(str::to_owned),
            body_base64: as_text.is_none().then(|| STANDARD.encode(body)),
            took_ms: requested.took_ms,
        },
        tokens: requested.tokens.iter().map(token).collect(),
    }
}

/// An exchange that failed.
pub(super) fn failed(failed: &FailedExchange) -> LiveMembersJson {
    let exchange = ExchangeJson {
        server_code: failed.server_code.clone(),
        server_words: failed.server_words.clone(),
        retry_after: failed.retry_after,
        ..exchange(&failed.exchange)
    };
    LiveMembersJson {
        exchange: Some(exchange),
        ..LiveMembersJson::default()
    }
}

fn credential(view: &CredentialView, now: Timestamp) -> CredentialJson {
    let seconds = |moment: Option<Timestamp>| moment.map(Timestamp::seconds);
    CredentialJson {
        name: view.kept_in.is_some().then(|| view.name.clone()),
        origin: view.origin.clone(),
        origins: view.origins.clone(),
        profile: view.profile.clone(),
        grant: view.grant,
        user: view.user.clone(),
        state: view.state(now),
        access_expires_at: seconds(view.access_expires_at),
        refresh_expires_at: seconds(view.refresh_expires_at),
        session_until: seconds(view.session_until),
        skew: view.skew,
        kept_in: view.kept_in.clone(),
        encrypted: view.is_encrypted,
        over: view.over.as_ref().map(|end| OverJson {
            at: end.at,
            code: end.code.clone(),
            words: end.words.clone(),
        }),
    }
}

/// A token's text.
pub(super) fn text(secret: &Secret) -> String {
    String::from_utf8_lossy(secret.expose()).into_owned()
}

/// The members of a live server's answers.
#[derive(Default, Serialize)]
pub(super) struct LiveMembersJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<CredentialJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credentials: Option<Vec<CredentialJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logged_out: Option<Vec<LoggedOutJson>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<RemovalJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exchange: Option<ExchangeJson>,
}

pub(super) fn logged_in(login: &Login, now: Timestamp) -> LiveMembersJson {
    LiveMembersJson {
        credential: Some(credential(&login.view, now)),
        source: Some(TokenOrigin::Login.code()),
        exchange: Some(exchange(&login.exchange)),
        ..LiveMembersJson::default()
    }
}

/// The tokens of a login, as far as they were asked for.
pub(super) fn login_tokens(login: &Login) -> (Option<String>, Option<String>) {
    let with_refresh = matches!(
        login.form,
        Some(OutputForm::Refresh | OutputForm::Env | OutputForm::Wire)
    );
    let access = login.form.map(|_| text(&login.access));
    let refresh = login.refresh.as_ref().filter(|_| with_refresh);
    (access, refresh.map(text))
}

pub(super) fn token(fresh: &FreshToken, now: Timestamp) -> LiveMembersJson {
    LiveMembersJson {
        credential: Some(credential(&fresh.view, now)),
        source: Some(fresh.source.code()),
        exchange: fresh.exchange.as_ref().map(exchange),
        ..LiveMembersJson::default()
    }
}

pub(super) fn listed(views: &[CredentialView], now: Timestamp) -> LiveMembersJson {
    LiveMembersJson {
        credentials: Some(views.iter().map(|view| credential(view, now)).collect()),
        ..LiveMembersJson::default()
    }
}

pub(super) fn logged_out(logout: &Logout, now: Timestamp) -> LiveMembersJson {
    let one = |one: &LoggedOut| {
        let server = one.server.as_ref();
        let kinds = server
            .map(|server| server.kinds.as_slice())
            .unwrap_or_default();
        LoggedOutJson {
            credential: credential(&one.view, now),
            ended: kinds.iter().map(|kind| kind.name()).collect(),
            already: server.is_some_and(|server| server.already),
            usable_until: one.usable_until(now).map(Timestamp::seconds),
            exchange: server
                .and_then(|server| server.exchange.as_ref())
                .map(exchange),
        }
    };
    let removed = |removal: &Removal| RemovalJson {
        name: removal.name.clone(),
        kept_in: removal.kept_in.clone(),
        origin: removal.origin.clone(),
        because: removal.why.clone(),
    };
    LiveMembersJson {
        logged_out: Some(logout.ended.iter().map(one).collect()),
        removed: logout.removed.iter().map(removed).collect(),
        ..LiveMembersJson::default()
    }
}
