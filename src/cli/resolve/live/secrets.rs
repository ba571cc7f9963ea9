//! Passwords and the secrets of clients: where they are, and which of these places can be looked at again.
use std::ffi::{OsStr, OsString};

use crate::cli::args::key::PassphraseFlag;
use crate::cli::args::values::Hidden;
use crate::cli::context::Context;
use crate::cli::credentials::Credential;
use crate::cli::error::Problem;
use crate::cli::error::key::ReferenceTarget;
use crate::cli::resolve::key;
use crate::config::resolve::Origin;
use crate::core::key::Key;
use crate::core::secret::Secret;
use crate::net::live::link::ClientSecrets;

/// The variable that says where the client's secret is.
pub(crate) const CLIENT_SECRET: &str = "JWTSESS_CLIENT_SECRET";
/// The variable that says where the password is.
pub(crate) const PASSWORD: &str = "JWTSESS_PASSWORD";

/// A REF that was given, and by whom.
pub(crate) struct GivenReference {
    reference: OsString,
    by: Origin,
}

impl GivenReference {
    /// What a flag says, else a variable.
    #[must_use]
    pub(crate) fn of(
        flag: Option<&Hidden>,
        named: (&'static str, &'static str),
        context: &Context<'_, '_>,
    ) -> Option<Self> {
        let (flag_name, variable) = named;
        if let Some(flag) = flag {
            return Some(Self {
                reference: flag.expose().clone(),
                by: Origin::Flag(flag_name),
            });
        }
        let reference = context.world.variable(variable)?;
        Some(Self {
            reference,
            by: Origin::Environment(variable),
        })
    }
    /// A REF that a profile names.
    #[must_use]
    pub(crate) fn of_profile(reference: &str, profile: &str) -> Self {
        Self {
            reference: reference.into(),
            by: Origin::File(format!("live.client_secret of profile {profile}")),
        }
    }
    /// The REF of the client's secret, if one was given.
    #[must_use]
    pub(crate) fn client_secret(flag: Option<&Hidden>, context: &Context<'_, '_>) -> Option<Self> {
        Self::of(flag, ("--client-secret", CLIENT_SECRET), context)
    }
    /// The REF of the password, if one was given.
    #[must_use]
    pub(crate) fn password(flag: Option<&Hidden>, context: &Context<'_, '_>) -> Option<Self> {
        Self::of(flag, ("--password", PASSWORD), context)
    }
    /// The text that it leads to.
    ///
    /// # Errors
    /// It leads nowhere, or to nothing.
    pub(crate) fn read(
        &self,
        what: ReferenceTarget,
        context: &mut Context<'_, '_>,
    ) -> Result<Secret, Problem> {
        key::text_of(&self.reference, what, &self.by, context)
    }
    /// The same REF for a later call, with absolute paths. `None` if what it leads to can't be read again.
    #[must_use]
    pub(crate) fn lasting(&self) -> Option<String> {
        key::lasting_reference(&self.reference)
    }
}

/// What the client of a credential authenticates itself with: what the credential names, else the variable.
///
/// # Errors
/// It can't be read.
pub(crate) fn of_credential(
    credential: &Credential,
    context: &mut Context<'_, '_>,
) -> Result<ClientSecrets, Problem> {
    if let Some(source) = &credential.client_key {
        return client_key(OsStr::new(source), context);
    }
    let given = match &credential.client_secret {
        Some(reference) => Some(GivenReference {
            reference: reference.into(),
            by: Origin::File("the credential".to_owned()),
        }),
        None if credential.server.client_id.is_some() => {
            GivenReference::client_secret(None, context)
        }
        None => None,
    };
    let secret = given.map(|given| given.read(ReferenceTarget::ClientSecret, context));
    Ok(ClientSecrets {
        secret: secret.transpose()?,
        key: None,
    })
}

/// The private key that a client signs its assertions with.
///
/// # Errors
/// The source can't be read, or holds no private key, or several.
pub(crate) fn client_key(
    source: &OsStr,
    context: &mut Context<'_, '_>,
) -> Result<ClientSecrets, Problem> {
    let loaded = key::from_source(source, &PassphraseFlag::default(), None, context)?;
    let mut private = loaded.set.into_keys().into_iter().filter(Key::is_private);
    match (private.next(), private.next()) {
        (Some(only), None) => Ok(ClientSecrets {
            secret: None,
            key: Some(only),
        }),
        (None, _) => Err(Problem::usage_with(
            "--client-key holds no private key",
            "give the client's private key, whose public part the server knows",
        )),
        _ => Err(Problem::usage_with(
            "--client-key holds several private keys",
            "give a file with the one that the server knows the client by",
        )),
    }
}
