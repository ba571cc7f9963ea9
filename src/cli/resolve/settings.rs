//! The flags that override values of the profile. They are applied only here; all later code reads the profile.
use crate::cli::args::key::KeyFlags;
use crate::cli::error::Problem;
use crate::core::emulator::LoginOverrides;
use crate::core::profile::Profile;
use crate::core::profile::language::model::KeySource;
use crate::core::time::Span;

/// The values that flags override in the call's profile.
#[derive(Debug, Default)]
pub(crate) struct ProfileOverrides<'t> {
    /// `--ttl`.
    pub ttl: Option<Span>,
    /// `--refresh-ttl`.
    pub refresh_ttl: Option<Span>,
    /// `--session-max`.
    pub session_max: Option<Span>,
    /// `--iss` of a login.
    pub issuer: Option<&'t str>,
    /// `--aud` of a login.
    pub audience: &'t [String],
    /// `--allow-weak-key`.
    pub allow_weak_key: bool,
    /// Whether `--refresh-secret` or `--refresh-key` was given.
    pub refresh_key: bool,
}

impl ProfileOverrides<'_> {
    /// Applies them to the profile.
    ///
    /// # Errors
    /// The profile has no refresh token or no session end, and a flag sets its lifetime.
    pub(crate) fn set(&self, profile: &mut Profile) -> Result<(), Problem> {
        self.set_lifetimes(profile)?;
        if let Some(issuer) = self.issuer {
            profile.model.to_mut().iss = Some(issuer.to_owned().into());
        }
        if !self.audience.is_empty() {
            let audience = self.audience.iter().cloned().map(Into::into);
            profile.model.to_mut().aud = audience.collect::<Vec<_>>().into();
        }
        if self.allow_weak_key {
            profile.model.to_mut().checks.allow_weak_key = true;
        }
        if self.refresh_key {
            own_refresh_key(profile)?;
        }
        self.set_server(profile);
        Ok(())
    }

    fn set_lifetimes(&self, profile: &mut Profile) -> Result<(), Problem> {
        // A token that carries its session's end has a second lifetime.
        let server = profile.server.as_ref();
        let has_end = server.is_some_and(|server| server.end_claim().is_some());
        if self.refresh_ttl.is_some() && !profile.is_pair() && !has_end {
            return Err(Problem::usage_with(
                format!("--refresh-ttl: {} has no refresh token", profile.name()),
                "set the lifetime of its one token with --ttl; a profile with two tokens is --profile pair",
            ));
        }
        profile.asked.access = self.ttl.or(profile.asked.access);
        profile.asked.refresh = self.refresh_ttl.or(profile.asked.refresh);
        let Some(session_max) = self.session_max else {
            return Ok(());
        };
        if profile.session_max().is_none() {
            return Err(Problem::usage_with(
                format!(
                    "--session-max: sessions of {} have no end of their own",
                    profile.name()
                ),
                "leave it out; the profiles sliding and pair have such an end",
            ));
        }
        profile.asked.session = Some(session_max);
        Ok(())
    }

    /// Applies them to the settings of the profile's server, under the server's names.
    fn set_server(&self, profile: &mut Profile) {
        let asked = LoginOverrides {
            access_ttl: self.ttl,
            refresh_ttl: self.refresh_ttl,
            issuer: self.issuer,
            audience: self.audience,
        };
        profile.server = (profile.server.as_ref()).map(|server| server.with_asked(&asked));
    }
}

/// Whether a weak key may be used: because of the flag, or because the profile's server accepts it.
#[must_use]
pub(crate) fn allow_weak_key(flags: &KeyFlags, profile: Option<&Profile>) -> bool {
    flags.allow_weak_key || profile.is_some_and(|profile| profile.model.checks.allow_weak_key)
}

/// Gives a profile's refresh tokens the key that a flag names, in place of one that never leaves its server.
///
/// # Errors
/// It has no refresh tokens, or its server signs both tokens with one key.
pub(crate) fn own_refresh_key(profile: &mut Profile) -> Result<(), Problem> {
    const FLAGS: &str = "--refresh-secret, --refresh-key";
    let name = profile.name().to_owned();
    if profile.server.is_some() && profile.is_pair() {
        return Err(Problem::usage_with(
            format!("{FLAGS}: the server of {name} signs both tokens with one key"),
            "give that key with --secret or --key",
        ));
    }
    let plain = profile.model.is_plain();
    match &mut profile.model.to_mut().refresh {
        Some(refresh) if plain || refresh.ttl.is_some() => {
            refresh.key = KeySource::Unsaid;
            Ok(())
        }
        _ => Err(Problem::usage_with(
            format!("{FLAGS}: {name} has no refresh token"),
            "leave it out, or name a profile with two tokens: --profile pair",
        )),
    }
}
