//! `request`: sends a request with a fresh access token, and prints the answer's body as it comes.
use zeroize::Zeroizing;

use crate::cli::args::live::request::RequestArgs;
use crate::cli::context::Context;
use crate::cli::credentials::folder::CredentialFolder;
use crate::cli::credentials::origins;
use crate::cli::error::{Failure, Problem};
use crate::cli::exit::Exit;
use crate::cli::outcome::exchange::{PassingToken, Requested};
use crate::cli::render;
use crate::cli::resolve::live::fresh::{FreshCredential, FreshRequest, adopt, obtain};
use crate::cli::resolve::live::tokens::session;
use crate::cli::resolve::live::{Reach, content, passing, server};
use crate::cli::resolve::profile;
use crate::core::secret::Secret;
use crate::core::time::{Span, Timestamp};
use crate::net::address::{Address, Origin};
use crate::net::client::{OpenAnswer, redirection};
use crate::net::error::NetError;
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
/// How much of an answer is printed at once.
const PIECE: usize = 64 << 10;
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
    let redirected = redirection(&answer.answer).map(refused);
    if context.globals.json {
        return as_json(typed, url, answer, redirected, context);
    }
    let exit = as_it_comes(typed.include, answer, context)?;
    redirected.map_or(Ok(exit), |problem| Err(problem.into()))
}

fn without_token(
    typed: &RequestArgs,
    content: &RequestContent,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<(OpenAnswer, String)> {
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
    say_line(typed, &address, context);
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
) -> anyhow::Result<(OpenAnswer, String)> {
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
    if !typed.no_retry && is_expired(&mut answer, &fresh)? {
        context.say(
            "the server calls the token expired: it is refreshed, and the request sent once more",
        );
        let found = fresh.into_found();
        fresh = obtain(found, &request(true), context)?;
        answer = authorised(typed, &address, &mut fresh, content, &allowed, context)?;
    }
    take_up(&answer.answer, fresh, context)?;
    Ok((answer, address.to_string()))
}

fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//")
}

fn may_have(address: &Address, allowed: &[Origin]) -> Result<(), Problem> {
    if allowed.contains(address.origin()) {
        return Ok(());
    }
    Err(refused(NetError::OriginNotAllowed {
        asked: address.origin().clone(),
        allowed: allowed.to_vec(),
    }))
}

fn refused(error: NetError) -> Problem {
    LiveError::Net(error).into()
}

/// Sends the request with the credential's token.
fn authorised(
    typed: &RequestArgs,
    address: &Address,
    fresh: &mut FreshCredential,
    content: &RequestContent,
    allowed: &[Origin],
    context: &mut Context<'_, '_>,
) -> Result<OpenAnswer, Problem> {
    say_line(typed, address, context);
    let kept = session(&fresh.credential.tokens);
    let mut headers = content.headers();
    let server = fresh.credential.server.clone();
    let authorisation = fresh.reach.ask(&server, context, |live, _| {
        live.fields(&typed.method, address, &kept)
    });
    say_authorisation(&authorisation, fresh, context);
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
) -> Result<OpenAnswer, Problem> {
    let request = Request {
        method: &typed.method,
        address: address.clone(),
        headers,
        body: content.body.clone(),
        origins: allowed,
        largest: LARGEST_AS_JSON,
        redirects: Redirects::Returned,
        repeat_unavailable: true,
    };
    let answer = reach.client.open(&request, &mut reach.budget);
    reach.say(address, context);
    answer.map_err(refused)
}

fn say_line(typed: &RequestArgs, address: &Address, context: &mut Context<'_, '_>) {
    context.say(&format!("> {} {address}", typed.method));
}

/// Says what authorises the request, but no token: a header field, or the cookies that are sent in its place.
fn say_authorisation(sent: &[Header], fresh: &FreshCredential, context: &mut Context<'_, '_>) {
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
    let profile = fresh.reach.profile();
    let token = format!(
        "<access token of {}, {left}>",
        crate::cli::paint::shown(whose)
    );
    for header in sent {
        let value = match header.name.as_str() {
            "Authorization" => format!("{} {token}", profile.scheme()),
            "Cookie" => cookies_shown(header, profile.model.live.access_cookie.as_deref(), &token),
            _ => continue,
        };
        context.say(&format!("> {}: {value}", header.name));
    }
}

/// The cookies of a header field by their names, which the profile gave; `token` stands for the value of the one that holds the access token.
fn cookies_shown(header: &Header, access: Option<&str>, token: &str) -> String {
    let shown = header.value.split("; ").map(|cookie| {
        let name = cookie.split('=').next().unwrap_or_default();
        let value = if Some(name) == access {
            token
        } else {
            "<kept>"
        };
        format!("{name}={value}")
    });
    let shown: Vec<_> = shown.collect();
    shown.join("; ")
}

/// Whether the server calls the token expired: in RFC 6750's words, as a Django server's 401, or as the profile says.
///
/// # Errors
/// The beginning of the answer can't be read.
fn is_expired(open: &mut OpenAnswer, fresh: &FreshCredential) -> Result<bool, Problem> {
    if open.answer.status < 400 {
        return Ok(false);
    }
    open.hold(passing::SEARCHED).map_err(refused)?;
    let (profile, answer) = (fresh.reach.profile(), &open.answer);
    if meant(profile, answer) == Some("expired") {
        return Ok(true);
    }
    let challenge = answer.header("www-authenticate").unwrap_or_default();
    Ok(answer.status == 401
        && (challenge.contains("invalid_token") || profile.model.emulator.is_some()))
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

/// Prints the answer's body while it comes, and then says what tokens passed by.
fn as_it_comes(
    include: bool,
    mut open: OpenAnswer,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Exit> {
    say_status(&open.answer, context);
    if include {
        context.answer(&head(&open.answer))?;
    }
    let mut seen = Zeroizing::new(open.answer.body.expose().to_vec());
    context.answer(&seen)?;
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    loop {
        let count = open.read(&mut piece).map_err(refused)?;
        if count == 0 {
            break;
        }
        context.answer(&piece[..count])?;
        let room = passing::SEARCHED.saturating_sub(seen.len());
        seen.extend_from_slice(&piece[..count.min(room)]);
    }
    open.answer.body = Secret::new(std::mem::take(&mut seen));
    say_tokens(&passing::of_answer(&open.answer, context)?, context);
    Ok(exit(open.answer.status))
}

fn as_json(
    typed: &RequestArgs,
    url: String,
    open: OpenAnswer,
    redirected: Option<Problem>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Exit> {
    let answer = open.whole(LARGEST_AS_JSON).map_err(refused)?;
    say_status(&answer, context);
    let tokens = passing::of_answer(&answer, context)?;
    say_tokens(&tokens, context);
    let headers = answer.headers.iter().map(|header| {
        let value = Secret::new(header.value.as_bytes().to_vec());
        (header.name.clone(), value)
    });
    let requested = Requested {
        method: typed.method.clone(),
        url,
        status: answer.status,
        headers: headers.collect(),
        took_ms: milliseconds(&answer),
        body: answer.body,
        tokens,
    };
    let exit = exit(requested.status);
    let failure = redirected.map(Failure::from);
    let text = render::json::requested(
        &requested,
        exit == Exit::Done,
        failure.as_ref(),
        context.now,
    );
    context.answer(text.as_bytes())?;
    Ok(exit)
}

const fn exit(status: u16) -> Exit {
    match status {
        200..=299 | 304 => Exit::Done,
        _ => Exit::OtherEnd,
    }
}

fn milliseconds(answer: &Answer) -> u64 {
    u64::try_from(answer.took.as_millis()).unwrap_or(u64::MAX)
}

fn say_status(answer: &Answer, context: &mut Context<'_, '_>) {
    let ms = milliseconds(answer);
    context.say(&format!("< {}, {ms} ms", answer.status));
}

fn say_tokens(tokens: &[PassingToken], context: &mut Context<'_, '_>) {
    for token in tokens {
        let text = told(token, context.moment());
        context.say(&format!("< {text}"));
    }
}

/// The status line and the header fields, as an HTTP message has them.
fn head(answer: &Answer) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(format!("HTTP/1.1 {}\r\n", answer.status).into_bytes());
    for header in &answer.headers {
        for part in [&header.name, ": ", &header.value, "\r\n"] {
            text.extend_from_slice(part.as_bytes());
        }
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
