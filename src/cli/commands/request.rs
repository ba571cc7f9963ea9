//! `request`: sends a request with a fresh access token, and prints the answer's body as it came.
use crate::cli::args::live::request::RequestArgs;
use crate::cli::context::Context;
use crate::cli::credentials::folder::CredentialFolder;
use crate::cli::credentials::origins;
use crate::cli::error::Problem;
use crate::cli::exit::Exit;
use crate::cli::outcome::exchange::{PassingToken, Requested};
use crate::cli::render;
use crate::cli::resolve::live::fresh::{FreshCredential, FreshRequest, adopt, obtain};
use crate::cli::resolve::live::tokens::SentCookies;
use crate::cli::resolve::live::{Reach, content, passing, server};
use crate::cli::resolve::profile;
use crate::core::time::{Span, Timestamp};
use crate::net::address::{Address, Origin};
use crate::net::live::authorised::meant;
use crate::net::live::error::LiveError;
use crate::net::live::header::fresh;
use crate::net::live::link::ClientSecrets;
use crate::net::live::server::Server;
use crate::net::message::{Answer, Header, Redirects, Request};
use crate::session::credential::decide::TokenWish;

use content::RequestContent;

/// How long a token has to be good, if that is not said.
const MIN_TTL: Span = Span::from_seconds(60);
/// The largest answer that is printed whole.
const LARGEST: usize = 1 << 30;
/// The largest answer that becomes JSON.
const LARGEST_AS_JSON: usize = 16 << 20;

/// Runs `request`.
///
/// # Errors
/// There is no token, or the request can't be sent. An answer that is no success is no error: it is printed, and its exit status is 8.
pub(crate) fn run(typed: &RequestArgs, context: &mut Context<'_, '_>) -> anyhow::Result<Exit> {
    let content = content::of(typed, context)?;
    let answered = if typed.no_auth {
        without_token(typed, &content, context)?
    } else {
        with_token(typed, &content, context)?
    };
    let (answer, url) = answered;
    let tokens = passing::of_answer(&answer, context)?;
    print(typed, url, answer, tokens, context)
}

fn without_token(
    typed: &RequestArgs,
    content: &RequestContent,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<(Answer, String)> {
    let text = typed.url.expose().to_string_lossy();
    if is_path(&text) {
        return Err(Problem::usage_with(
            "a path alone is at a credential's server, and --no-auth goes by none",
            "give the whole address",
        )
        .into());
    }
    let address = server::address(&text)?;
    let plain = profile::by_name(context, "plain")?;
    let nobody = Server::new(address.clone());
    let secrets = ClientSecrets::default();
    let mut reach = Reach::new(&typed.keeping.net, &nobody, plain, secrets, context)?;
    say_sent(typed, &address, None, context);
    let answer = send(
        typed,
        &address,
        content.headers(),
        content,
        &[],
        &mut reach,
        context,
    )?;
    Ok((answer, address.to_string()))
}

fn with_token(
    typed: &RequestArgs,
    content: &RequestContent,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<(Answer, String)> {
    content.refuse_own_credentials()?;
    let folder = CredentialFolder::of(typed.keeping.credentials.as_deref(), context)?;
    let text = typed.url.expose().to_string_lossy().into_owned();
    let typed_address = if is_path(&text) {
        None
    } else {
        Some(server::address(&text)?)
    };
    let asked = typed_address.as_ref().map(Address::origin);
    let found = folder.choose(typed.credential.as_ref(), asked, context)?;
    let own = found.credential.server.address.clone();
    let address = match typed_address {
        Some(address) => address,
        None => own.join(&text).map_err(|error| {
            Problem::usage(format!("this path can't be at {}: {error}", own.origin()))
        })?,
    };
    // Before a token is refreshed for nothing.
    let allowed = origins(&found.credential.server);
    may_have(&address, &allowed)?;
    let request = |refresh| FreshRequest {
        wish: TokenWish {
            min_ttl: typed.min_ttl.unwrap_or(MIN_TTL),
            refresh,
            no_refresh: false,
        },
        stale_ok: false,
        keeping: &typed.keeping,
    };
    let mut fresh = obtain(found, &request(false), context)?;
    let mut answer = authorised(typed, &address, &mut fresh, content, &allowed, context)?;
    if !typed.no_retry && is_expired(&answer, &fresh) {
        context.say(
            "the server calls the token expired: it is refreshed, and the request sent once more",
        );
        let found = fresh.into_found();
        fresh = obtain(found, &request(true), context)?;
        answer = authorised(typed, &address, &mut fresh, content, &allowed, context)?;
    }
    take_up(&answer, fresh, context)?;
    Ok((answer, address.to_string()))
}

fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//")
}

fn may_have(address: &Address, allowed: &[Origin]) -> Result<(), Problem> {
    if allowed.contains(address.origin()) {
        return Ok(());
    }
    Err(
        LiveError::Net(crate::net::error::NetError::OriginNotAllowed {
            asked: address.origin().clone(),
            allowed: allowed.to_vec(),
        })
        .into(),
    )
}

/// Sends the request with the credential's token.
fn authorised(
    typed: &RequestArgs,
    address: &Address,
    fresh: &mut FreshCredential,
    content: &RequestContent,
    allowed: &[Origin],
    context: &mut Context<'_, '_>,
) -> Result<Answer, Problem> {
    say_sent(typed, address, Some(fresh), context);
    let tokens = &fresh.credential.tokens;
    let cookies = SentCookies::of(tokens);
    let kept = cookies.with(tokens);
    let mut headers = content.headers();
    let server = fresh.credential.server.clone();
    let authorisation = fresh.reach.ask(&server, context, |live, _| {
        live.fields(&typed.method, address, &kept)
    });
    headers.extend(authorisation);
    send(
        typed,
        address,
        headers,
        content,
        allowed,
        &mut fresh.reach,
        context,
    )
}

fn send(
    typed: &RequestArgs,
    address: &Address,
    headers: Vec<Header>,
    content: &RequestContent,
    allowed: &[Origin],
    reach: &mut Reach,
    context: &mut Context<'_, '_>,
) -> Result<Answer, Problem> {
    let request = Request {
        method: &typed.method,
        address: address.clone(),
        headers,
        body: content.body.clone(),
        origins: allowed,
        largest: if context.globals.json {
            LARGEST_AS_JSON
        } else {
            LARGEST
        },
        redirects: Redirects::Refused,
        repeat_unavailable: true,
    };
    let answer = reach.client.send(&request, &mut reach.budget);
    reach.say(address, context);
    answer.map_err(|error| LiveError::Net(error).into())
}

/// Says what is sent, but not the token.
fn say_sent(
    typed: &RequestArgs,
    address: &Address,
    fresh: Option<&FreshCredential>,
    context: &mut Context<'_, '_>,
) {
    context.say(&format!("> {} {address}", typed.method));
    let Some(fresh) = fresh else { return };
    let credential = &fresh.credential;
    let whose = credential
        .user
        .as_deref()
        .unwrap_or(credential.grant.name());
    let left = match credential.tokens.left(context.moment()) {
        Some(left) => {
            let left = Span::from_seconds(u64::try_from(left).unwrap_or(0)).words();
            format!("{left} left")
        }
        None => "no known end".to_owned(),
    };
    let scheme = fresh.reach.profile().scheme().to_owned();
    let whose = crate::cli::paint::shown(whose).into_owned();
    context.say(&format!(
        "> Authorization: {scheme} <access token of {whose}, {left}>"
    ));
}

/// Whether the server calls the token expired: in RFC 6750's words, as a Django server's 401, or as the profile says.
fn is_expired(answer: &Answer, fresh: &FreshCredential) -> bool {
    let profile = fresh.reach.profile();
    if meant(profile, answer) == Some("expired") {
        return true;
    }
    let challenge = answer.header("www-authenticate").unwrap_or_default();
    answer.status == 401
        && (challenge.contains("invalid_token") || profile.model.emulator.is_some())
}

/// Takes up the token that a server hands out in a header field.
fn take_up(
    answer: &Answer,
    held: FreshCredential,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<()> {
    let live = &held.reach.profile().model.live;
    let Some(name) = live.refresh_header.as_deref().map(str::to_owned) else {
        return Ok(());
    };
    match fresh(answer, &name, &held.credential.tokens.access_token) {
        None => Ok(()),
        Some(Err(why)) => {
            context.warn(&format!("the token in {name} was not taken up: {why}"));
            Ok(())
        }
        Some(Ok(token)) => {
            adopt(held, token, context)?;
            context.say(&format!("the token in {name} was taken up"));
            Ok(())
        }
    }
}

fn print(
    typed: &RequestArgs,
    url: String,
    answer: Answer,
    tokens: Vec<PassingToken>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Exit> {
    let took_ms = u64::try_from(answer.took.as_millis()).unwrap_or(u64::MAX);
    let status = answer.status;
    context.say(&format!("< {status}, {took_ms} ms"));
    for token in &tokens {
        let text = told(token, context.moment());
        context.say(&format!("< {text}"));
    }
    let headers = answer.headers.iter().map(|header| {
        let value = crate::core::secret::Secret::new(header.value.as_bytes().to_vec());
        (header.name.clone(), value)
    });
    let requested = Requested {
        method: typed.method.clone(),
        url,
        status,
        headers: headers.collect(),
        body: answer.body,
        took_ms,
        tokens,
    };
    let ok = matches!(status, 200..=299 | 304);
    if context.globals.json {
        let text = render::json::requested(&requested, ok, context.now);
        context.answer(text.as_bytes())?;
    } else {
        if typed.include {
            context.answer(&head(&requested))?;
        }
        context.answer(requested.body.expose())?;
    }
    Ok(if ok { Exit::Done } else { Exit::OtherEnd })
}

/// The status line and the header fields, as an HTTP message has them.
fn head(requested: &Requested) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {}\r\n", requested.status).into_bytes();
    for (name, value) in &requested.headers {
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(b": ");
        text.extend_from_slice(value.expose());
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(b"\r\n");
    text
}

/// A token that passes by, in a line.
fn told(token: &PassingToken, now: Timestamp) -> String {
    let PassingToken {
        place,
        profile,
        kind,
        expires_at,
    } = token;
    let kind = kind.map_or_else(|| "token".to_owned(), |kind| format!("{kind} token"));
    let life = match expires_at {
        Some(end) if *end <= now => format!("expired {}", render::words::moment(*end, now)),
        Some(end) => format!("expires {}", render::words::moment(*end, now)),
        None => "never expires".to_owned(),
    };
    format!("in {place}: {kind} ({profile}), {life}")
}

#[cfg(test)]
mod tests;
