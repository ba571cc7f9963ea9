//! The lines whose tokens a session store is asked about, or whose keys a profile names that is found out only with the token.
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::resolve;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::profile::TokenProfile;
use crate::cli::resolve::sessions::SessionStore;
use crate::config::profiles::CallProfile;
use crate::core::token::Unverified;

/// What tokens are verified with one after another: the store in which they are looked up, and the keys of the profiles that it recorded for them or that
/// their marks show.
pub(super) struct BatchRecords<'s, 'c, 'w> {
    pub opened: Option<&'s OpenStore>,
    pub named: Option<Rc<CallProfile>>,
    pub flags: CallKeyFlags<'s>,
    pub keys: &'s mut BTreeMap<String, Result<CallKeys, Failure>>,
    pub context: &'s mut Context<'c, 'w>,
}

impl BatchRecords<'_, '_, '_> {
    /// The profile of a token, and its keys where they are its own. Fails if the store can't be read; inside, if the keys can't.
    pub(super) fn of_token(
        &mut self,
        token: &Unverified,
        kept: &SessionStore,
        keys_are_given: bool,
    ) -> anyhow::Result<Result<(TokenProfile, Option<&CallKeys>), Failure>> {
        let (opened, context) = (self.opened, &mut *self.context);
        let mut store = |_: &mut Context<'_, '_>| Ok(opened.cloned().ok_or_else(|| kept.absent()));
        let profile = resolve::profile::of_token(self.named.clone(), token, &mut store, context)?;
        let chosen = &profile.chosen;
        if keys_are_given || !chosen.names_keys() {
            return Ok(Ok((profile, None)));
        }
        let name = chosen.profile.name().to_owned();
        let loaded = self.keys.entry(name).or_insert_with(|| {
            let loaded = resolve::key::given(self.flags, Some(chosen), context);
            loaded.map_err(|error| Failure::from(&error))
        });
        Ok(match loaded {
            Ok(loaded) => {
                resolve::key::fetched::for_token(token, self.flags.access, loaded, context)?;
                Ok((profile, Some(loaded)))
            }
            Err(failure) => Err(failure.clone()),
        })
    }
}
