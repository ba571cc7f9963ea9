//! By what right a login asks for tokens: what was named, else what was given, else what can be asked.
use crate::cli::args::live::login::{GrantChoice, LoginArgs};
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::key::ReferenceTarget;
use crate::cli::resolve::key;
use crate::config::resolve::Origin;
use crate::core::secret::Secret;
use crate::net::live::server::Server;
use crate::session::credential::GrantKind;

use super::secrets::GivenReference;

/// A grant, with what it needs of the person.
pub(crate) enum LoginGrant {
    /// A user and a password.
    Password {
        /// The user.
        user: String,
        /// The password.
        password: Secret,
    },
    /// The client's own.
    ClientCredentials,
    /// A refresh token that was given.
    Refresh(Secret),
    /// A browser here.
    Code,
    /// A browser anywhere.
    Device,
}

/// The kind of grant that a login goes by.
///
/// # Errors
/// Nothing says which, and nobody can be asked.
pub(crate) fn kind(
    typed: &LoginArgs,
    server: &Server,
    has_client_secret: bool,
    context: &Context<'_, '_>,
) -> Result<GrantKind, Problem> {
    let kind = match typed.grant {
        Some(GrantChoice::Password) => GrantKind::Password,
        Some(GrantChoice::ClientCredentials) => GrantKind::ClientCredentials,
        Some(GrantChoice::Code) => GrantKind::Code,
        Some(GrantChoice::Device) => GrantKind::Device,
        None if typed.refresh_token.is_some() => GrantKind::RefreshToken,
        None if typed.user.is_some() => GrantKind::Password,
        None => unnamed(typed, server, has_client_secret, context)?,
    };
    let needs_a_person = matches!(kind, GrantKind::Code | GrantKind::Device);
    if needs_a_person && !context.can_ask() {
        return Err(Problem::usage_with(
            format!("--grant {} needs a person at a terminal", kind.name()),
            "log in with --user and --password, or with --client-id and --client-secret",
        ));
    }
    Ok(kind)
}

fn unnamed(
    typed: &LoginArgs,
    server: &Server,
    has_client_secret: bool,
    context: &Context<'_, '_>,
) -> Result<GrantKind, Problem> {
    let oauth = server.oauth.as_ref();
    if oauth.is_some() && (has_client_secret || typed.client_key.is_some()) {
        return Ok(GrantKind::ClientCredentials);
    }
    if !context.can_ask() {
        return Err(Problem::usage_with(
            "nothing says how to log in",
            "give --user and --password, or --client-id and --client-secret",
        ));
    }
    let Some(oauth) = oauth else {
        return Ok(GrantKind::Password);
    };
    match (&oauth.authorization, &oauth.device) {
        (Some(_), _) if has_browser(typed, context) => Ok(GrantKind::Code),
        (_, Some(_)) => Ok(GrantKind::Device),
        (Some(_), None) => Ok(GrantKind::Code),
        (None, None) => Ok(GrantKind::Password),
    }
}

/// Whether a browser can be opened here.
#[must_use]
pub(crate) fn has_browser(typed: &LoginArgs, context: &Context<'_, '_>) -> bool {
    let is_set = |name: &str| {
        context
            .world
            .variable(name)
            .is_some_and(|value| !value.is_empty())
    };
    let has_display = !cfg!(all(unix, not(target_os = "macos")))
        || is_set("DISPLAY")
        || is_set("WAYLAND_DISPLAY");
    !typed.no_browser && has_display && !is_set("SSH_CONNECTION")
}

/// The grant, with what it needs. Asks for what is missing.
///
/// # Errors
/// Something is missing, and nobody can be asked.
pub(crate) fn of_kind(
    kind: GrantKind,
    typed: &LoginArgs,
    context: &mut Context<'_, '_>,
) -> Result<LoginGrant, Problem> {
    Ok(match kind {
        GrantKind::Password => {
            let user = user(typed, context)?;
            LoginGrant::Password {
                password: password(typed, &user, context)?,
                user,
            }
        }
        GrantKind::ClientCredentials => LoginGrant::ClientCredentials,
        GrantKind::RefreshToken => LoginGrant::Refresh(refresh_token(typed, context)?),
        GrantKind::Code => LoginGrant::Code,
        GrantKind::Device => LoginGrant::Device,
    })
}

fn refresh_token(typed: &LoginArgs, context: &mut Context<'_, '_>) -> Result<Secret, Problem> {
    let by = Origin::Flag("--refresh-token");
    let reference = typed.refresh_token.as_ref();
    let reference = reference.ok_or_else(|| Problem::usage("give --refresh-token"))?;
    let text = key::text_of(
        reference.expose(),
        ReferenceTarget::RefreshToken,
        &by,
        context,
    )?;
    let text = text.expose().trim_ascii().to_vec();
    Ok(Secret::new(text))
}

fn user(typed: &LoginArgs, context: &mut Context<'_, '_>) -> Result<String, Problem> {
    if let Some(user) = &typed.user {
        return Ok(user.as_str().to_owned());
    }
    if !context.can_ask() {
        return Err(Problem::usage_with("no user was given", "give --user"));
    }
    let user = context.world.prompts.line("user")?;
    if user.trim().is_empty() {
        return Err(Problem::usage("no user was given"));
    }
    Ok(user)
}

fn password(
    typed: &LoginArgs,
    user: &str,
    context: &mut Context<'_, '_>,
) -> Result<Secret, Problem> {
    if let Some(given) = GivenReference::password(typed.password.as_ref(), context) {
        return given.read(ReferenceTarget::Password, context);
    }
    if !context.can_ask() {
        return Err(Problem::usage_with(
            "no password was given",
            "give --password env:NAME or file:PATH, or set JWTSESS_PASSWORD to one of these",
        ));
    }
    let question = format!("password of {}", crate::cli::paint::shown(user));
    let password = context.world.prompts.hidden(&question)?;
    if password.is_empty() {
        return Err(Problem::usage("no password was given"));
    }
    Ok(password)
}
