//! What a call needs to speak to a credential's server: the way there, the profile that says how, and what the client authenticates itself with.
pub(crate) mod content;
pub(crate) mod fresh;
pub(crate) mod grant;
pub(crate) mod line;
pub(crate) mod mask;
pub(crate) mod passing;
pub(crate) mod secrets;
pub(crate) mod server;
pub(crate) mod tokens;
pub(crate) mod view;

use std::cell::RefCell;
use std::io::Write as _;
use std::rc::Rc;
use std::time::Duration;

use crate::cli::args::live::KeepingFlags;
use crate::cli::args::net::NetFlags;
use crate::cli::context::{Context, SPEAKER};
use crate::cli::credentials::Credential;
use crate::cli::error::Problem;
use crate::cli::paint::shown;
use crate::cli::resolve;
use crate::config::profiles::CallProfile;
use crate::core::profile::Profile;
use crate::core::time::Span;
use crate::net::address::Address;
use crate::net::budget::Budget;
use crate::net::client::Client;
use crate::net::live::error::LiveError;
use crate::net::live::link::{ClientSecrets, Live};
use crate::net::live::server::Server;

/// How long a call may take, if `--timeout` does not say.
const USUAL: Span = Span::from_seconds(15);

/// The way to a server.
pub(crate) struct Reach {
    /// Sends.
    pub client: Client,
    /// What is left of the call's time.
    pub budget: Budget,
    /// Says what is sent, and how answers are read.
    pub profile: Rc<CallProfile>,
    /// By how many seconds the server's clock is ahead, as far as that is known.
    pub skew: i64,
    secrets: ClientSecrets,
}

impl Reach {
    /// The way to a server, by the flags of a call and what was allowed at login.
    ///
    /// # Errors
    /// The flags do not make sense.
    pub(crate) fn new(
        flags: &NetFlags,
        server: &Server,
        profile: Rc<CallProfile>,
        secrets: ClientSecrets,
        context: &Context<'_, '_>,
    ) -> Result<Self, Problem> {
        let mut flags = flags.clone();
        flags.allow_http.extend(server.plain.iter().cloned());
        Ok(Self {
            client: resolve::net::client(&flags, context)?,
            budget: resolve::net::budget(&flags, USUAL),
            profile,
            skew: 0,
            secrets,
        })
    }

    /// The way to the server of a credential, without what the client authenticates itself with: a token that is fresh needs none.
    ///
    /// # Errors
    /// There is no such profile any more.
    pub(crate) fn of(
        credential: &Credential,
        keeping: &KeepingFlags,
        context: &Context<'_, '_>,
    ) -> anyhow::Result<Self> {
        let profile = profile_of(credential, context)?;
        let secrets = ClientSecrets::default();
        let reach = Self::new(&keeping.net, &credential.server, profile, secrets, context)?;
        Ok(Self {
            skew: credential.tokens.skew,
            ..reach
        })
    }

    /// Reads what the client of a credential authenticates itself with.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) fn load_secrets(
        &mut self,
        credential: &Credential,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        self.secrets = secrets::of_credential(credential, context)?;
        self.skew = credential.tokens.skew;
        Ok(())
    }

    /// The profile itself.
    #[must_use]
    pub(crate) fn profile(&self) -> &Profile {
        &self.profile.profile
    }

    /// Asks the server something. What was sent is said with `-v`.
    pub(crate) fn ask<T>(
        &mut self,
        server: &Server,
        context: &mut Context<'_, '_>,
        act: impl FnOnce(&mut Live<'_>, &dyn Fn(&str)) -> T,
    ) -> T {
        let world = &mut *context.world;
        let stderr = RefCell::new(&mut world.stderr.writer);
        // What the person has to do is said whatever else is.
        let say = |text: &str| {
            let line = format!("{SPEAKER}{}\n", shown(text));
            let mut stderr = stderr.borrow_mut();
            _ = stderr
                .write_all(line.as_bytes())
                .and_then(|()| stderr.flush());
        };
        let mut live = Live {
            client: &self.client,
            server,
            profile: &self.profile.profile,
            secrets: std::mem::take(&mut self.secrets),
            budget: self.budget.clone(),
            skew: self.skew,
            // What a server takes and says is measured by the machine's clock, even if `--now` moved it.
            clock: &*world.clock,
            entropy: &mut *world.entropy,
        };
        let done = act(&mut live, &say);
        let (secrets, budget) = (live.secrets, live.budget);
        self.secrets = secrets;
        self.budget = budget;
        self.say(&server.address, context);
        done
    }

    /// Whether a request may be made to an address at all.
    ///
    /// # Errors
    /// It may not.
    pub(crate) fn may_reach(&self, address: &Address) -> Result<(), Problem> {
        self.client
            .may_reach(address)
            .map_err(|error| LiveError::from(error).into())
    }

    /// Says what was sent.
    pub(crate) fn say(&self, address: &Address, context: &mut Context<'_, '_>) {
        resolve::net::say(&self.client, address, context);
    }
}

/// The profile that a credential goes by: what was named or recognised at its login, else `plain`.
///
/// # Errors
/// There is no such profile any more.
pub(crate) fn profile_of(
    credential: &Credential,
    context: &Context<'_, '_>,
) -> anyhow::Result<Rc<CallProfile>> {
    let name = credential.profile.as_deref().unwrap_or("plain");
    let profile = resolve::profile::by_name(context, name)?;
    resolve::profile::note(context, &profile, "as the credential says");
    Ok(profile)
}

/// Says that the clocks differ, if they do so by half a minute or more.
pub(crate) fn say_skew(skew: Option<i64>, context: &mut Context<'_, '_>) {
    let Some(skew) = skew.filter(|skew| skew.abs() >= 30) else {
        return;
    };
    let by = Span::from_seconds(skew.unsigned_abs()).words();
    let direction = if skew > 0 { "behind" } else { "ahead of" };
    context.say(&format!(
        "this machine's clock is {by} {direction} the server's: what is fresh is judged by the server's"
    ));
}

/// How long a call waits for another process that refreshes.
#[must_use]
pub(crate) fn patience(flags: &NetFlags) -> Duration {
    Duration::from_secs(flags.timeout.unwrap_or(USUAL).seconds().saturating_mul(2))
}

/// Refuses to change a session at a server while the clock is moved.
///
/// # Errors
/// It is moved, and `--rehearse` was not given.
pub(crate) fn may_change(keeping: &KeepingFlags, context: &Context<'_, '_>) -> Result<(), Problem> {
    if !context.moved || keeping.rehearse {
        return Ok(());
    }
    Err(Problem::usage_with(
        "nothing that changes a session at a server is sent while the clock is moved",
        "leave --now out; to send it to a test server anyway, add --rehearse",
    ))
}
