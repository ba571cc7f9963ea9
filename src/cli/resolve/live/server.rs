//! The server that a login is for: by its flags and its profile.
use crate::cli::args::live::login::LoginArgs;
use crate::cli::args::values::Hidden;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::core::profile::Profile;
use crate::net::address::{Address, AddressError, Origin};
use crate::net::error::NetError;
use crate::net::live::error::LiveError;
use crate::net::live::server::{BodyMember, ExtraHeader, Paths, Server};

/// The server as a login names it. Nothing was asked of it yet.
///
/// # Errors
/// No address was given, or something that was given does not make sense.
pub(crate) fn of_login(
    typed: &LoginArgs,
    profile: Option<&Profile>,
    context: &mut Context<'_, '_>,
) -> Result<Server, Problem> {
    let live = profile.map(|profile| &profile.model.live);
    let text = match (&typed.url, live.and_then(|live| live.url.as_deref())) {
        (Some(typed), _) => typed.expose().to_string_lossy().into_owned(),
        (None, Some(url)) => url.to_owned(),
        (None, None) if context.can_ask() => context.world.prompts.line("address")?,
        (None, None) => {
            return Err(Problem::usage_with(
                "no address was given",
                "name the server: jwtsess login https://…, or set live.url in a profile",
            ));
        }
    };
    if text.trim().is_empty() {
        return Err(Problem::usage("URL: it is empty: is the variable set?"));
    }
    let mut server = Server::new(address(&text)?);
    let from_profile = live.map(|live| live.origins.iter()).into_iter().flatten();
    for origin in from_profile {
        server.origins.push(
            origin
                .parse::<Origin>()
                .map_err(|error| Problem::usage(format!("live.origins of the profile: {error}")))?,
        );
    }
    let open = |origin: &Origin| {
        let plain = &typed.keeping.net.allow_http;
        origin.is_encrypted()
            || origin.is_loopback()
            || plain.iter().any(|host| host.covers(origin))
    };
    if let Some(origin) = typed.to_origin.iter().find(|origin| !open(origin)) {
        return Err(LiveError::Net(NetError::Insecure(origin.clone())).into());
    }
    server.origins.extend(typed.to_origin.iter().cloned());
    server
        .origins
        .retain(|origin| origin != server.address.origin());
    server.origins.dedup();
    server.plain.clone_from(&typed.keeping.net.allow_http);
    let own_client = live.and_then(|live| live.client_id.as_deref());
    server.client_id = typed
        .client_id
        .clone()
        .or_else(|| own_client.map(str::to_owned));
    server.client_auth = typed.client_auth.map(Into::into);
    server.scope.clone_from(&typed.scope);
    server.resource.clone_from(&typed.resource);
    server.paths = Paths {
        refresh: typed.refresh_path.clone(),
        verify: typed.verify_path.clone(),
        logout: typed.logout_path.clone(),
    };
    server.user_field.clone_from(&typed.user_field);
    for member in &typed.body {
        let value = serde_json::from_str(&member.json);
        server.body.push(BodyMember {
            name: member.name.clone(),
            value: value.map_err(|_| Problem::usage("--body: the value is not JSON"))?,
        });
    }
    for given in &typed.request_header {
        let (name, value) = header(given, "--request-header")?;
        server.headers.push(ExtraHeader { name, value });
    }
    Ok(server)
}

/// An address that was typed.
///
/// # Errors
/// It is none. It is shown only if it may be.
pub(crate) fn address(text: &str) -> Result<Address, Problem> {
    Address::parse(text).map_err(|error| {
        let shown = echo::address(text).unwrap_or_else(|| "the address".to_owned());
        let hint = match error {
            AddressError::UserInfo => {
                "give the user with --user, and the password with --password REF"
            }
            _ => "give https://HOST/PATH, as in https://staging.example/api/token/",
        };
        Problem::usage_with(format!("{shown}: {error}"), hint)
    })
}

/// The fields that say which server is meant, and where a request ends. Another value would send a token to another host behind the same address, or cut the request
/// in two.
const FRAMING: [&str; 9] = [
    "Host",
    "Connection",
    "Keep-Alive",
    "Content-Length",
    "Transfer-Encoding",
    "TE",
    "Trailer",
    "Upgrade",
    "Expect",
];

/// A header field that was typed: its name, and its value.
///
/// # Errors
/// It is none (RFC 9110 §5), or not for a person to write. Its value may be a key, and is not repeated.
pub(crate) fn header(given: &Hidden, flag: &str) -> Result<(String, String), Problem> {
    let text = given.expose().to_str().unwrap_or_default();
    let of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let field = text.split_once(':').filter(|(name, value)| {
        !name.is_empty()
            && name.bytes().all(of_a_name)
            && !value.contains(|one: char| one.is_control() && one != '\t')
    });
    let (name, value) = field.ok_or_else(|| {
        Problem::usage_with(
            format!("{flag}: this is no header field"),
            format!("give NAME:VALUE, as in {flag} 'Accept: text/plain'"),
        )
    })?;
    if FRAMING.iter().any(|one| name.eq_ignore_ascii_case(one)) {
        return Err(Problem::usage_with(
            format!("{flag}: jwtsess writes {name} itself, as the address and the body have it"),
            "leave it out",
        ));
    }
    Ok((name.to_owned(), value.trim().to_owned()))
}
