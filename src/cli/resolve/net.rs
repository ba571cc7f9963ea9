//! How a call reaches servers: by flags, else by the environment.
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use crate::cli::args::net::NetFlags;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::core::time::Span;
use crate::net::address::Address;
use crate::net::budget::Budget;
use crate::net::client::{Authorities, Client, Rules};
use crate::net::proxy::Proxies;

const OFFLINE: &str = "JWTSESS_OFFLINE";
const AUTHORITIES: &str = "JWTSESS_CACERT";

/// What forbids every request, if something does.
#[must_use]
pub(crate) fn offline(flags: &NetFlags, context: &Context<'_, '_>) -> Option<&'static str> {
    if flags.offline {
        return Some("--offline");
    }
    context.is_set(OFFLINE).then_some(OFFLINE)
}

/// What sends the requests of a call.
///
/// # Errors
/// The file of authorities has a name that may not be shown.
pub(crate) fn client(flags: &NetFlags, context: &Context<'_, '_>) -> Result<Client, Problem> {
    let variable = |name: &str| {
        let value = context.world.variable(name)?;
        value.into_string().ok()
    };
    let rules = Rules {
        offline: offline(flags, context),
        plain: flags.allow_http.clone(),
        authorities: authorities(flags, context)?,
        proxies: Proxies::of(&variable),
    };
    Ok(Client::new(rules, Rc::clone(&context.world.stopwatch)))
}

/// The time that `--timeout` gives, else this.
#[must_use]
pub(crate) fn budget(flags: &NetFlags, usual: Span) -> Budget {
    let time = flags.timeout.unwrap_or(usual);
    Budget::new(Duration::from_secs(time.seconds()))
}

/// Says what was asked, with `-v`, and what went unencrypted, at each call.
pub(crate) fn say(client: &Client, address: &Address, context: &mut Context<'_, '_>) {
    let asked = client.take_log();
    let origin = address.origin();
    let was_sent = asked.iter().any(|line| line.was_sent);
    if was_sent && !origin.is_encrypted() && !origin.is_loopback() {
        context.warn_once(&format!("the request to {origin} was sent unencrypted"));
    }
    if context.globals.verbose {
        for line in asked {
            context.say(&line.text);
        }
    }
}

fn authorities(flags: &NetFlags, context: &Context<'_, '_>) -> Result<Authorities, Problem> {
    let set = |name: &str| {
        context
            .world
            .variable(name)
            .filter(|value| !value.is_empty())
    };
    let named = match (&flags.cacert, set(AUTHORITIES)) {
        (Some(file), _) => Some(("--cacert", file.clone())),
        (None, file) => file.map(|file| (AUTHORITIES, file)),
    };
    if let Some((by, file)) = named {
        if echo::path(&file).is_none() && !crate::cli::world::is_there(file.as_ref()) {
            return Err(Problem::usage_with(
                format!("{by} does not name a file"),
                "give the path of a file with certificates in PEM",
            ));
        }
        let file = Some(PathBuf::from(file));
        return Ok(Authorities::Named { file, folder: None });
    }
    let path = |name: &str| set(name).map(PathBuf::from);
    Ok(match (path("SSL_CERT_FILE"), path("SSL_CERT_DIR")) {
        (None, None) => Authorities::Platform,
        (file, folder) => Authorities::Named { file, folder },
    })
}
