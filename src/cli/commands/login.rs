//! `login`: logs in to a live server, and keeps its tokens.
use std::rc::Rc;
use std::time::Duration;

use crate::cli::args::live::login::{LoginArgs, RedirectHost};
use crate::cli::args::output::OutputForm;
use crate::cli::context::Context;
use crate::cli::credentials::Credential;
use crate::cli::credentials::file::{CredentialFile, TokenRoom};
use crate::cli::credentials::folder::CredentialFolder;
use crate::cli::credentials::name::CredentialName;
use crate::cli::credentials::turn::{Turn, wait_for_turn};
use crate::cli::error::Problem;
use crate::cli::error::credential::CredentialError;
use crate::cli::error::key::ReferenceTarget;
use crate::cli::outcome::live::Login;
use crate::cli::outcome::{Action, Outcome};
use crate::cli::paint::shown;
use crate::cli::resolve::live::grant::{LoginGrant, has_browser};
use crate::cli::resolve::live::secrets::{CLIENT_SECRET, GivenReference, PASSWORD, client_key};
use crate::cli::resolve::live::tokens::{self, renewal};
use crate::cli::resolve::live::{
    Reach, grant, line, mask, may_change, patience, say_skew, server, view,
};
use crate::cli::resolve::{key, profile};
use crate::cli::world::Lock;
use crate::config::profiles::{CallProfile, is_helper};
use crate::core::profile::language::entry::Occasion;
use crate::core::time::{Span, Timestamp};
use crate::net::live::discover::discover;
use crate::net::live::grant::{DevicePrompt, Grant, Loopback};
use crate::net::live::link::ClientSecrets;
use crate::net::live::server::Server;
use crate::net::live::tokens::Tokens;
use crate::session::credential::{GrantKind, SCHEMA, TokenSet};
use crate::session::wire::WireAnswer;

/// How long a browser's answer is awaited.
const WAIT: u64 = 180;
/// The variable that names the program that keeps tokens.
const HELPER: &str = "JWTSESS_CREDENTIAL_HELPER";

/// A login that is about to be sent: where its tokens go, and the credential without them.
struct Prepared {
    file: Option<CredentialFile>,
    credential: Credential,
    before: Option<Credential>,
}

/// Runs `login`.
///
/// # Errors
/// The server gave no tokens, or they can't be kept.
pub(crate) fn run(typed: &LoginArgs, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let mask = mask::wanted(typed.mask.mask, context)?;
    hide_secrets(typed, context);
    may_change(&typed.keeping, context)?;
    let named = profile::named(context)?;
    let server = server::of_login(typed, named.as_ref().map(|named| &named.profile), context)?;
    let helper = helper(typed, context)?;
    let mut prepared = prepare(typed, server, named.as_ref(), helper, context)?;
    let secrets = client_secrets(typed, named.as_ref(), &mut prepared.credential, context)?;
    let spoken = match &named {
        Some(named) => Rc::clone(named),
        None => profile::by_name(context, "plain")?,
    };
    let has_secret = secrets.secret.is_some();
    let keeping = &typed.keeping;
    let mut reach = Reach::new(
        &keeping.net,
        &prepared.credential.server,
        spoken,
        secrets,
        context,
    )?;
    reach.may_reach(&prepared.credential.server.address)?;
    prepared.credential.server = find(
        &prepared.credential.server,
        named.as_ref(),
        &mut reach,
        context,
    )?;
    let kind = grant::kind(typed, &prepared.credential.server, has_secret, context)?;
    prepared.credential.grant = kind;
    if typed.user.is_some() || kind != GrantKind::Password {
        // Before a password is asked for.
        prepared.is_free(prepared.before.as_ref(), typed)?;
    }
    say_before(&prepared, context);
    let grant = grant::of_kind(kind, typed, context)?;
    if let LoginGrant::Password { user, .. } = &grant {
        prepared.credential.user = Some(user.clone());
    }
    let held = prepared.room(typed, context)?;
    let sent_at = context.world.clock.now();
    let came = ask(
        &grant,
        typed,
        &prepared.credential.server,
        &mut reach,
        context,
    )?;
    let login = keep(
        prepared,
        held,
        came,
        sent_at,
        named.as_ref(),
        typed,
        context,
    )?;
    let mut hidden = vec![&login.access];
    hidden.extend(&login.refresh);
    mask::say(mask && login.form.is_some(), &hidden, context);
    Ok(Outcome {
        now: context.now,
        action: Action::LoggedIn(Box::new(login)),
    })
}

/// Keeps what holds the secrets of this login from the programs that it starts.
fn hide_secrets(typed: &LoginArgs, context: &Context<'_, '_>) {
    let typed = [
        &typed.password,
        &typed.client_secret,
        &typed.client_key,
        &typed.refresh_token,
    ];
    let typed = typed
        .into_iter()
        .flatten()
        .map(|given| given.expose().clone());
    let set = [CLIENT_SECRET, PASSWORD].into_iter();
    let set = set.filter_map(|name| context.world.variable(name));
    for reference in typed.chain(set) {
        context.world.programs.hide_named(&reference);
    }
}

fn helper(typed: &LoginArgs, context: &Context<'_, '_>) -> anyhow::Result<Option<String>> {
    if typed.no_save {
        return Ok(None);
    }
    if let Some(helper) = &typed.helper {
        return Ok(Some(helper.clone()));
    }
    let Some(set) = context.world.variable(HELPER).filter(|set| !set.is_empty()) else {
        let config = profile::file(context)?;
        return Ok(config.credential_helper().map(str::to_owned));
    };
    let name = set.to_str().filter(|name| is_helper(name));
    let name = name.ok_or_else(|| {
        Problem::usage_with(
            format!("{HELPER} does not hold a helper's name"),
            "give what stands behind docker-credential-, as in pass",
        )
    })?;
    Ok(Some(name.to_owned()))
}

fn prepare(
    typed: &LoginArgs,
    server: Server,
    named: Option<&Rc<CallProfile>>,
    helper: Option<String>,
    context: &mut Context<'_, '_>,
) -> Result<Prepared, Problem> {
    let file = if typed.no_save {
        None
    } else {
        let name = typed.name.clone();
        let name = name.or_else(|| CredentialName::of_origin(server.address.origin()));
        let name = name.ok_or_else(|| {
            Problem::usage_with(
                "the server's host is too long for a name",
                "give one: --as NAME",
            )
        })?;
        let folder = CredentialFolder::of(typed.keeping.credentials.as_deref(), context)?;
        Some(folder.file(&name))
    };
    // One that can't be read is replaced if that was asked for.
    let before = match file.as_ref().map(|file| file.read(context)) {
        Some(Ok(before)) => before,
        Some(Err(_)) if typed.replace => None,
        Some(Err(problem)) => return Err(problem),
        None => None,
    };
    let credential = Credential {
        schema: SCHEMA,
        server,
        profile: named.map(|named| named.profile.name().to_owned()),
        grant: GrantKind::Password,
        user: typed.user.as_ref().map(|user| user.as_str().to_owned()),
        client_secret: None,
        client_key: None,
        helper,
        tokens: TokenSet::none(),
    };
    Ok(Prepared {
        file,
        credential,
        before,
    })
}

impl Prepared {
    /// Refuses to put a credential in the place of another one.
    fn is_free(&self, before: Option<&Credential>, typed: &LoginArgs) -> Result<(), Problem> {
        let (Some(file), Some(before)) = (&self.file, before) else {
            return Ok(());
        };
        let new = &self.credential;
        let same = before.user == new.user
            && before.server.client_id == new.server.client_id
            && before.server.address.origin() == new.server.address.origin();
        if same || typed.replace {
            return Ok(());
        }
        let client = before.server.client_id.as_ref();
        let who = before
            .user
            .clone()
            .or_else(|| client.map(|id| format!("client {id}")));
        Err(CredentialError::Taken {
            name: file.name.to_string(),
            whose: format!(
                "{} at {}",
                who.unwrap_or_else(|| "another login".to_owned()),
                before.server.address.origin()
            ),
        }
        .into())
    }

    /// Makes room for the tokens, under the lock.
    fn room(
        &self,
        typed: &LoginArgs,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<(TokenRoom, Lock)>, Problem> {
        let Some(file) = &self.file else {
            return Ok(None);
        };
        CredentialFolder::of(typed.keeping.credentials.as_deref(), context)?.make()?;
        let patience = patience(&typed.keeping.net);
        let Turn::Locked(lock) = wait_for_turn::<()>(file, patience, context, &mut |_, _| None)?
        else {
            return Ok(None);
        };
        // Another login may have been quicker.
        let before = if typed.replace {
            self.before.clone()
        } else {
            file.read(context)?
        };
        self.is_free(before.as_ref(), typed)?;
        let room = file.room_for_login(&self.credential, before.as_ref())?;
        Ok(Some((room, lock)))
    }
}

fn client_secrets(
    typed: &LoginArgs,
    named: Option<&Rc<CallProfile>>,
    credential: &mut Credential,
    context: &mut Context<'_, '_>,
) -> Result<ClientSecrets, Problem> {
    if let Some(source) = &typed.client_key {
        credential.client_key = key::lasting_source(source.expose());
        return client_key(source.expose(), context);
    }
    let of_profile = || {
        let named = &named?.profile;
        let reference = named.model.live.client_secret.as_deref()?;
        Some(GivenReference::of_profile(reference, named.name()))
    };
    let given = GivenReference::client_secret(typed.client_secret.as_ref(), context);
    let Some(given) = given.or_else(of_profile) else {
        return Ok(ClientSecrets::default());
    };
    credential.client_secret = given.lasting();
    if credential.client_secret.is_none() && !typed.no_save {
        context.say(&format!(
            "the client's secret is not kept: the next refresh needs {CLIENT_SECRET}"
        ));
    }
    Ok(ClientSecrets {
        secret: Some(given.read(ReferenceTarget::ClientSecret, context)?),
        key: None,
    })
}

/// Finds the server's endpoints.
fn find(
    server: &Server,
    named: Option<&Rc<CallProfile>>,
    reach: &mut Reach,
    context: &mut Context<'_, '_>,
) -> Result<Server, Problem> {
    let profile = named.map(|named| &named.profile);
    let found = discover(
        server.clone(),
        profile,
        &reach.client,
        &mut reach.budget,
        &*context.world.clock,
    );
    reach.say(&server.address, context);
    let found = found?;
    reach.skew = found.skew;
    let found = found.server;
    if let Some(oauth) = &found.oauth {
        let issuer = oauth.issuer.as_deref();
        match issuer {
            Some(issuer) => context.say(&format!("{issuer} is an OAuth server, by its metadata")),
            None => context.say(&format!("{} is taken for a token endpoint", found.address)),
        }
        if found.lasting_scope() != found.scope {
            context.say("the scope offline_access is asked for, too: without it the server gives no refresh token");
        }
    } else if profile.is_none() {
        context.say(&format!(
            "{} has no OAuth metadata: user and password are sent there as JSON",
            found.address
        ));
    }
    Ok(found)
}

/// Says where the tokens will be, before anything is sent.
fn say_before(prepared: &Prepared, context: &mut Context<'_, '_>) {
    let Some(file) = &prepared.file else { return };
    let text = match &prepared.credential.helper {
        Some(helper) => format!(
            "docker-credential-{helper} will keep the tokens, as {}",
            file.name
        ),
        None => format!(
            "the tokens will be in {}, which is yours alone, and not encrypted",
            file.place()
        ),
    };
    context.say(&text);
}

fn ask(
    grant: &LoginGrant,
    typed: &LoginArgs,
    server: &Server,
    reach: &mut Reach,
    context: &mut Context<'_, '_>,
) -> Result<Tokens, Problem> {
    let opens = has_browser(typed, context);
    let wait = typed.wait.map_or(WAIT, Span::seconds);
    let programs = context.world.programs.clone();
    let came = reach.ask(server, context, |live, say| {
        let open = |address: &str| {
            say(&format!("open this address in a browser: {address}"));
            if opens {
                programs.open_address(address);
            }
        };
        let show = |prompt: &DevicePrompt| show_device(prompt, say);
        live.login(&match grant {
            LoginGrant::Password { user, password } => Grant::Password { user, password },
            LoginGrant::ClientCredentials => Grant::ClientCredentials,
            LoginGrant::Refresh(token) => Grant::Refresh(token),
            LoginGrant::Code => Grant::Code(Loopback {
                host: typed.redirect_host.unwrap_or(RedirectHost::Address).host(),
                port: typed.redirect_port,
                wait: Duration::from_secs(wait),
                open: &open,
            }),
            LoginGrant::Device => Grant::Device { show: &show },
        })
    });
    Ok(came?)
}

fn show_device(prompt: &DevicePrompt, say: &dyn Fn(&str)) {
    let DevicePrompt {
        verification_uri,
        verification_uri_complete,
        user_code,
        ..
    } = prompt;
    say(&format!(
        "open {verification_uri} in a browser, and type {user_code}"
    ));
    if let Some(complete) = verification_uri_complete {
        say(&format!("or open {complete}"));
    }
}

/// Keeps what came, and says what it is.
fn keep(
    prepared: Prepared,
    held: Option<(TokenRoom, Lock)>,
    came: Tokens,
    sent_at: Timestamp,
    named: Option<&Rc<CallProfile>>,
    typed: &LoginArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Login> {
    let Prepared {
        file,
        mut credential,
        ..
    } = prepared;
    say_skew(came.skew, context);
    if let Some(granted) = &came.scope
        && credential
            .server
            .scope
            .as_ref()
            .is_some_and(|asked| asked != granted)
    {
        context.say(&format!(
            "the server granted another scope than was asked for: {}",
            shown(granted)
        ));
    }
    if came.refresh_is_empty {
        context.say("the answer's refresh token is empty: the server keeps it in a cookie; name that in a profile (live.cookies), or the session ends with the access token");
    }
    let profile = spoken(&came, &credential, named, context)?;
    let is_known = profile.profile.name() != "plain";
    credential.profile = is_known.then(|| profile.profile.name().to_owned());
    if credential.grant != GrantKind::ClientCredentials {
        // What a login was sent besides is a second factor, perhaps.
        credential.server.body.clear();
    }
    credential.server.member.clone_from(&came.member);
    let exchange = came.exchange.clone();
    let wire = wire(&came, &credential, &profile, sent_at);
    credential.tokens = tokens::kept(came, None, &profile.profile, sent_at);
    if let Some((room, lock)) = held {
        room.fill(&credential).map_err(|problem| {
            let why = match problem {
                Problem::Credential(error) => error,
                other => CredentialError::NotWritten(other.to_string()),
            };
            Problem::from(CredentialError::Lost {
                why: Box::new(why),
                login: line::login(&credential, file.as_ref().map(|file| &file.name)),
            })
        })?;
        drop(lock);
    }
    if typed.output == Some(OutputForm::Refresh) && credential.tokens.refresh_token.is_none() {
        return Err(Problem::from(CredentialError::NoRefreshToken).into());
    }
    let what_renews = renewal(&credential, &profile.profile);
    Ok(Login {
        view: view::of(&credential, what_renews, file.as_ref()),
        access: credential.tokens.access_token,
        refresh: credential.tokens.refresh_token,
        form: typed.output,
        scheme: profile.profile.scheme().to_owned(),
        wire,
        exchange,
    })
}

/// The profile that a credential goes by: the named one, else the one whose marks the access token has.
fn spoken(
    came: &Tokens,
    credential: &Credential,
    named: Option<&Rc<CallProfile>>,
    context: &Context<'_, '_>,
) -> anyhow::Result<Rc<CallProfile>> {
    if let Some(named) = named {
        return Ok(Rc::clone(named));
    }
    match tokens::read(&came.access) {
        Some(token) if credential.server.oauth.is_none() => {
            Ok(profile::of_marks(None, &token, context)?.chosen)
        }
        _ => profile::by_name(context, "plain"),
    }
}

/// The answer as the profile's server writes it.
fn wire(
    came: &Tokens,
    credential: &Credential,
    profile: &CallProfile,
    now: Timestamp,
) -> Option<String> {
    let access = tokens::read(&came.access)?;
    let refresh = came.refresh.as_ref().and_then(tokens::read);
    let refresh = match (&refresh, &came.refresh) {
        (Some(refresh), _) => Some((refresh.text(), refresh.claims()?)),
        (None, Some(_)) => return None,
        (None, None) => None,
    };
    WireAnswer {
        profile: &profile.profile,
        at: Occasion::Login,
        access: (access.text(), access.claims()?),
        refresh,
        user: credential.user.as_deref(),
        now,
    }
    .body()
}

#[cfg(test)]
mod tests;
