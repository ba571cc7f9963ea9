//! A call, resolved once: the named profile and the store; and for a call with a token, its profile and keys.
use std::rc::Rc;

use super::key::CallKeyFlags;
use super::key::call_keys::CallKeys;
use super::profile::TokenProfile;
use super::sessions::SessionStore;
use super::store::Missing;
use super::{key, profile, settings};
use crate::cli::args::key::{KeyFlags, RefreshKeyFlags};
use crate::cli::args::store::StoreFlags;
use crate::cli::context::Context;
use crate::cli::outcome::ProfileSource;
use crate::config::profiles::CallProfile;
use crate::core::profile::Profile;
use crate::core::profile::language::model::KindSource;
use crate::core::token::Unverified;

/// A call, before there is a token.
#[derive(Debug)]
pub(crate) struct Call {
    /// The profile that a flag or a variable named.
    pub named: Option<Rc<CallProfile>>,
    /// The store.
    pub store: SessionStore,
}

impl Call {
    /// Resolves a call from flags, variables and the config file.
    ///
    /// # Errors
    /// There is no such profile, the config file is wrong, or the named store is empty or not set.
    pub(crate) fn of(flags: &StoreFlags, context: &Context<'_, '_>) -> anyhow::Result<Self> {
        let named = profile::named(context)?;
        let store = SessionStore::of(flags, named.as_deref(), context)?;
        Ok(Self { named, store })
    }

    /// The same for a command that does not fail if the store was named and does not exist.
    #[must_use]
    pub(crate) fn when_store_missing(self, missing: Missing) -> Self {
        Self {
            store: self.store.when_missing(missing),
            ..self
        }
    }

    /// The same for a command that goes by no store.
    ///
    /// # Errors
    /// No such profile, or a config file that is wrong.
    pub(crate) fn without_store(context: &Context<'_, '_>) -> anyhow::Result<Self> {
        Ok(Self {
            named: profile::named(context)?,
            store: SessionStore::without(),
        })
    }

    /// The profile that was named, else the default.
    ///
    /// # Errors
    /// The config file can't be read.
    pub(crate) fn named_or_default(
        &self,
        context: &Context<'_, '_>,
    ) -> anyhow::Result<Rc<CallProfile>> {
        match &self.named {
            Some(named) => Ok(Rc::clone(named)),
            None => profile::default(context),
        }
    }

    /// The keys of a command that knows no kinds of tokens: as [`Subject::keys`], by the profile that was named.
    ///
    /// # Errors
    /// A named key can't be used.
    pub(crate) fn keys(
        &self,
        flags: &KeyFlags,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<CallKeys> {
        key::given(CallKeyFlags::one(flags), self.named.as_deref(), context)
    }

    /// The keys by the kind of token, by the profile that was named.
    ///
    /// # Errors
    /// A named key can't be used, or the named profile has no refresh tokens.
    pub(crate) fn keys_of_kinds(
        &mut self,
        flags: CallKeyFlags<'_>,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<CallKeys> {
        if flags.refresh.is_some_and(RefreshKeyFlags::any)
            && let Some(named) = &mut self.named
        {
            settings::own_refresh_key(&mut Rc::make_mut(named).profile)?;
        }
        key::given(flags, self.named.as_deref(), context)
    }

    /// The named profile, whose rules apply if the token's own profile is not used.
    #[must_use]
    pub(crate) fn named_profile(&self) -> Option<&Profile> {
        self.named.as_ref().map(|chosen| &chosen.profile)
    }

    /// Adds the token, which is looked up in the store.
    ///
    /// # Errors
    /// The store or the config file can't be read.
    pub(crate) fn subject(
        &self,
        token: Unverified,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<Subject> {
        let profile = (self.store).profile_of(self.named.clone(), &token, context)?;
        Ok(Subject { token, profile })
    }

    /// Adds a token that is to be prolonged, which is looked up whatever profile was named.
    ///
    /// # Errors
    /// The store or the config file can't be read.
    pub(crate) fn subject_to_prolong(
        &self,
        token: Unverified,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<Subject> {
        let mut subject = self.subject(token, context)?;
        (self.store).look_up_named(&mut subject.profile, &subject.token, context)?;
        Ok(subject)
    }

    /// Adds a token whose claims are not used, so that it is not looked up in the store.
    ///
    /// # Errors
    /// The config file can't be read.
    pub(crate) fn subject_by_marks(
        &self,
        token: Unverified,
        context: &Context<'_, '_>,
    ) -> anyhow::Result<Subject> {
        let profile = profile::of_marks(self.named.clone(), &token, context)?;
        Ok(Subject { token, profile })
    }
}

/// The token of a call, and its profile.
#[derive(Debug)]
pub(crate) struct Subject {
    /// The token.
    pub token: Unverified,
    /// The profile, and why it was chosen.
    pub profile: TokenProfile,
}

impl Subject {
    /// The settings of the profile.
    #[must_use]
    pub(crate) fn rules(&self) -> &Profile {
        &self.profile.chosen.profile
    }

    /// The keys: from flags, else from the environment, else from the profile, else the development key. Where each kind has its own, the one that verifies the token
    /// tells its kind.
    ///
    /// # Errors
    /// A named key can't be used, or the named profile has no refresh tokens.
    pub(crate) fn keys(
        &mut self,
        flags: CallKeyFlags<'_>,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<CallKeys> {
        if flags.refresh.is_some_and(RefreshKeyFlags::any)
            && self.profile.by == ProfileSource::Named
        {
            settings::own_refresh_key(&mut Rc::make_mut(&mut self.profile.chosen).profile)?;
        }
        let mut loaded = key::given(flags, Some(&self.profile.chosen), context)?;
        key::fetched::for_token(&self.token, flags.access, &mut loaded, context)?;
        let told = (loaded.kinds()).told_by_key(&self.token, self.rules(), context.now);
        self.token.taken_for = told;
        Ok(loaded)
    }

    /// Takes a token whose kind nothing tells for one that its profile's sessions are prolonged with, where the profile has no marks that tell.
    pub(crate) fn take_for_presented(&mut self) {
        let marks = matches!(self.rules().model.told_by, KindSource::Members(_));
        if !marks && self.rules().told_kind(&self.token).is_none() {
            self.token.taken_for = self.rules().presents();
        }
    }
}
