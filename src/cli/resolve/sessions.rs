//! What the session store says about a token, and what a command writes to it.
use std::rc::Rc;

use crate::cli::args::store::StoreFlags;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::JudgedToken;
use crate::cli::render::words;
use crate::cli::resolve::judging;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::profile::{self, TokenProfile};
use crate::cli::resolve::store::{self, Missing, StoreChoice};
use crate::config;
use crate::core::emulator::{BlacklistEntry, DatabaseView, UserTable};
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::session::family::{Change, Family, Session};
use crate::session::flow::{Login, Tokens};
use crate::session::record;
use crate::session::seal::SealKeys;
use crate::session::service::look::look;
use crate::session::service::prolong::{self, Prolongation};
use crate::session::service::proposal::{self, ProlongRequest};
use crate::session::service::records::{
    PriorAnswer, PriorLookup, Record, Records, SessionView, create_all, end_many, record_login,
};
use crate::session::store::{IssuerFilter, Listing, Lookup, Selection, UpdateResult};
use crate::store::sqlite::Access;

/// The store of a call, before it is opened.
#[derive(Clone, Debug)]
pub(crate) struct SessionStore {
    chosen: StoreChoice,
}

impl SessionStore {
    /// The store that the flags, the environment or the named profile choose.
    ///
    /// # Errors
    /// The named store is empty or not set.
    pub(crate) fn of(
        flags: &StoreFlags,
        profile: Option<&config::profiles::CallProfile>,
        context: &Context<'_, '_>,
    ) -> anyhow::Result<Self> {
        let chosen = store::choose(flags, profile, context)?;
        Ok(Self { chosen })
    }

    /// Says what to do if the store was named and does not exist.
    #[must_use]
    pub(crate) fn when_missing(mut self, missing: Missing) -> Self {
        if let StoreChoice::At(place) = &mut self.chosen {
            place.missing = missing;
        }
        self
    }

    /// None, for a command that goes by none.
    #[must_use]
    pub(crate) const fn without() -> Self {
        Self {
            chosen: StoreChoice::Without,
        }
    }

    /// None, where there is no place for one.
    #[cfg(test)]
    pub(crate) const fn nowhere() -> Self {
        Self {
            chosen: StoreChoice::Nowhere,
        }
    }

    /// Which store it is.
    #[must_use]
    pub(crate) const fn chosen(&self) -> &StoreChoice {
        &self.chosen
    }

    /// Whether `--no-store` was given.
    #[must_use]
    pub(crate) const fn is_without(&self) -> bool {
        matches!(self.chosen, StoreChoice::Without)
    }

    /// The place, in words that are safe to print.
    #[must_use]
    pub(crate) fn shown(&self) -> Option<String> {
        match &self.chosen {
            StoreChoice::At(place) => Some(place.shown.clone()),
            StoreChoice::Without | StoreChoice::Nowhere => None,
        }
    }

    /// Says, with `--no-store`, what can't be checked then.
    pub(crate) fn say_without(
        &self,
        token: &Unverified,
        profile: &Profile,
        context: &mut Context<'_, '_>,
    ) {
        if self.is_without() && record::presented(token, profile, false).is_some() {
            context.say("no store in use: revoked sessions and retired tokens are not detected");
        }
    }

    /// Whether it is a Django application's own database.
    #[must_use]
    pub(crate) const fn is_django(&self) -> bool {
        matches!(&self.chosen, StoreChoice::At(place) if place.is_django())
    }

    /// The application's database, if that is the store.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) fn django(
        &self,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<OpenStore>, Problem> {
        match &self.chosen {
            StoreChoice::At(place) if place.is_django() => place.read(context),
            _ => Ok(None),
        }
    }

    /// Calls a function with the tables that a Django server's answers depend on: its own database if that is the store, else the users that the profile lists,
    /// and a blacklist that holds the token if the store has ended or retired it.
    ///
    /// # Errors
    /// The database can't be read.
    pub(crate) fn with_database<T>(
        database: Option<&OpenStore>,
        profile: &Profile,
        is_blacklisted: bool,
        ask: impl Fn(&DatabaseView<'_>) -> T,
    ) -> Result<T, Problem> {
        let holds = |_: BlacklistEntry<'_>| true;
        let of_profile = DatabaseView {
            users: profile.users.as_ref().map(|users| users as &dyn UserTable),
            blacklisted: if is_blacklisted { Some(&holds) } else { None },
        };
        let Some(opened) = database else {
            return Ok(ask(&of_profile));
        };
        let mut store = opened.store();
        let Some(server) = store.server() else {
            return Ok(ask(&of_profile));
        };
        let mut told = None;
        let asked = server.with_database(&mut |database| told = Some(ask(database)));
        match (asked, told) {
            (Ok(()), Some(told)) => Ok(told),
            (Err(error), _) => Err(opened.failed(error)),
            (Ok(()), None) => Ok(ask(&of_profile)),
        }
    }

    /// Gives the profile the user that a token names, by the application whose database the store is.
    ///
    /// # Errors
    /// The database can't be read.
    pub(crate) fn fill_named(
        &self,
        profile: &mut Profile,
        token: &str,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        if let Some(server) = profile.server.as_ref().filter(|_| self.is_django()) {
            let users = |database: &DatabaseView<'_>| {
                let table = database.users?;
                Some(server.user_named_by(token, table))
            };
            let database = self.django(context)?;
            profile.users = Self::with_database(database.as_ref(), profile, false, users)?;
        }
        Ok(())
    }

    /// Gives the profile the user who logs in, if the store is the application's database.
    ///
    /// # Errors
    /// The database can't be read, or has no such user.
    pub(crate) fn fill_user(
        &self,
        profile: &mut Profile,
        login: &Login,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        let Some(opened) = self.django(context)? else {
            return Ok(());
        };
        let found = opened
            .store()
            .server()
            .map(|server| server.user(&login.user));
        let user = found
            .transpose()
            .map_err(|error| opened.failed(error))?
            .flatten();
        match user {
            Some(user) => {
                if !user.active {
                    context.warn("the user is not active: the server refuses the user's tokens");
                }
                profile.users = Some(vec![user].into());
                Ok(())
            }
            None if login.user_id.is_some() || login.user.is_empty() => Ok(()),
            None => Err(Problem::NoSuchUser(opened.place)),
        }
    }

    /// Reads the family of a token, if the store exists and knows it.
    ///
    /// # Errors
    /// The store can't be read.
    pub(crate) fn find(
        &self,
        lookup: &Lookup,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<Family>, Problem> {
        Ok(self.ask(lookup, context)?.into_family()?)
    }

    /// Reads the family of a token, and says whether there is a store.
    fn ask(&self, lookup: &Lookup, context: &mut Context<'_, '_>) -> Result<Record, Problem> {
        match self.open_or_say(context)? {
            Ok(opened) => opened.record(lookup),
            Err(none) => Ok(none),
        }
    }

    /// Opens the store to read it, or tells what is said of every token without one.
    fn open_or_say(
        &self,
        context: &mut Context<'_, '_>,
    ) -> Result<Result<OpenStore, Record>, Problem> {
        let StoreChoice::At(place) = &self.chosen else {
            return Ok(Err(Record::NoStore));
        };
        Ok(place.read(context)?.ok_or_else(|| self.absent()))
    }

    /// What is known of a session where the store does not exist.
    #[must_use]
    pub(crate) fn absent(&self) -> Record {
        match &self.chosen {
            StoreChoice::At(place) if place.named && place.missing == Missing::Tell => {
                Record::Missing
            }
            _ => Record::NoStore,
        }
    }

    /// The store as a use case asks it, which opens it when it is first asked; none where it was said to do without.
    pub(crate) fn records<'k, 'c, 'w>(
        &self,
        context: &'k mut Context<'c, 'w>,
    ) -> Option<CallRecords<'_, 'k, 'c, 'w>> {
        (!self.is_without()).then_some(CallRecords {
            store: self,
            context,
        })
    }

    /// Adds what the store says about a token to the findings about the token itself. `rules` are the profile's, with what the call's
    /// flags change.
    ///
    /// # Errors
    /// The store can't be read.
    pub(crate) fn look(
        &self,
        judged: &mut JudgedToken,
        profile: &TokenProfile,
        rules: &Profile,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        if judged.is_vouched_for() {
            self.say_without(&judged.token, rules, context);
        }
        let now = context.now;
        let mut find = |lookup: &Lookup| self.ask(lookup, context);
        let clock_back = self.look_by(judged, profile.record.as_ref(), rules, now, &mut find)?;
        warn_of_clock(clock_back, context);
        Ok(())
    }

    /// Renews or rotates a token.
    ///
    /// # Errors
    /// No key can sign, the token does not say how long it lives, or the store can't be read or written.
    pub(crate) fn prolong(
        &self,
        request: &ProlongRequest<'_>,
        loaded: &CallKeys,
        context: &mut Context<'_, '_>,
    ) -> Result<Prolongation, Problem> {
        let mut prepared = proposal::prepare(request, &mut *context.world.entropy)?;
        let kind = request.profile.kind_of(request.token);
        judging::explain(&mut prepared.judged, loaded.of(kind));
        if prepared.hangs_on_the_store() {
            self.say_without(request.token, request.profile, context);
        }
        let mut records = self.records(context);
        let prolonged = prolong::answer(request, prepared, records.as_mut())?;
        warn_of_clock(prolonged.clock_back, context);
        Ok(prolonged)
    }

    /// Opens the store to look up many tokens. `None` if it does not exist.
    ///
    /// # Errors
    /// The store can't be read.
    pub(crate) fn open(&self, context: &mut Context<'_, '_>) -> Result<Option<OpenStore>, Problem> {
        match &self.chosen {
            StoreChoice::At(place) => place.read(context),
            StoreChoice::Without | StoreChoice::Nowhere => Ok(None),
        }
    }

    /// Looks a token up as [`SessionStore::look`] does, in a store that is already open. `None` means that there is no store.
    ///
    /// # Errors
    /// The store can't be read.
    pub(crate) fn look_in(
        &self,
        opened: Option<&OpenStore>,
        judged: &mut JudgedToken,
        known: PriorLookup<'_>,
        rules: &Profile,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let nowhere = PriorAnswer::to_all(self.absent());
        let known = known.or(opened.is_none().then_some(&nowhere));
        let mut find = |lookup: &Lookup| match opened {
            Some(opened) => opened.record(lookup),
            None => Ok(self.absent()),
        };
        self.look_by(judged, known, rules, now, &mut find).map(drop)
    }

    fn look_by(
        &self,
        judged: &mut JudgedToken,
        known: PriorLookup<'_>,
        rules: &Profile,
        now: Timestamp,
        find: &mut dyn FnMut(&Lookup) -> Result<Record, Problem>,
    ) -> Result<Option<Timestamp>, Problem> {
        if self.is_without() {
            return Ok(None);
        }
        look(judged, known, rules, self.shown(), now, find)
    }

    /// Checks that a login can be recorded, before anything is made for it.
    ///
    /// # Errors
    /// There is no place for a store, or the store can't be written.
    pub(crate) fn can_record(&self, context: &mut Context<'_, '_>) -> Result<(), Problem> {
        match &self.chosen {
            StoreChoice::Without => Ok(()),
            chosen => chosen
                .required("a login of this profile")?
                .write_if_there(context)
                .map(|_| ()),
        }
    }

    /// Makes a store that was named and does not exist, although nothing is recorded in it: commands that read it fail otherwise.
    ///
    /// # Errors
    /// The store can't be made, or is not a sound store.
    pub(crate) fn make_if_named(&self, context: &mut Context<'_, '_>) -> Result<(), Problem> {
        if let StoreChoice::At(place) = &self.chosen
            && place.named
            && place.if_there(Access::Read, context)?.is_none()
        {
            place.write(context)?;
        }
        Ok(())
    }

    /// Records a login, and returns the user's sessions that it ended.
    ///
    /// # Errors
    /// The store can't be created or written, or already has a token or session with that id.
    pub(crate) fn record(
        &self,
        tokens: &Tokens,
        profile: &Profile,
        keys: SealKeys<'_>,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<(SessionView, Vec<Session>)>, Problem> {
        let now = context.now;
        if let Some(mut records) = self.records(context) {
            let (session, ended) = record_login(&mut records, tokens, profile, keys, now)?;
            for record in &ended.damaged {
                context.warn(&format!("a session of the user's was not ended: {record}"));
            }
            return Ok(Some((session, ended.sessions)));
        }
        Self::say_not_recorded(profile, context);
        Ok(None)
    }

    /// Says what follows if a login is not recorded.
    pub(crate) fn say_not_recorded(profile: &Profile, context: &mut Context<'_, '_>) {
        if profile.model.session.refuse_unknown {
            context.say(
                "no store in use: the session is not recorded, so renew and rotate accept its tokens only with --no-store",
            );
        }
        if profile.model.session.one_per_user {
            context.say("no store in use: the user's session before is not ended");
        }
    }

    /// Records many logins in one commit, each with an outcome of its own.
    ///
    /// # Errors
    /// The store can't be created or written.
    pub(crate) fn record_all(
        &self,
        families: &[Family],
        context: &mut Context<'_, '_>,
    ) -> Result<Vec<Result<SessionView, Problem>>, Problem> {
        let (now, place) = (context.now, self.shown());
        let Some(mut records) = self.records(context) else {
            return Ok(Vec::new());
        };
        let created = records.create_all(families)?.into_iter();
        let view = |(done, family): (Result<(), Problem>, &Family)| {
            done.map(|()| SessionView::of(family, Some(1), place.clone(), now))
        };
        Ok(created.zip(families).map(view).collect())
    }

    /// See [`TokenProfile::look_up_named`].
    ///
    /// # Errors
    /// The store can't be read.
    pub(crate) fn look_up_named(
        &self,
        profile: &mut TokenProfile,
        token: &Unverified,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        let mut store = |context: &mut Context<'_, '_>| self.open_or_say(context);
        profile.look_up_named(token, &mut store, context)
    }

    /// See [`profile::of_token`].
    ///
    /// # Errors
    /// The store or the config file can't be read.
    pub(crate) fn profile_of(
        &self,
        named: Option<Rc<config::profiles::CallProfile>>,
        token: &Unverified,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<TokenProfile> {
        let mut store = |context: &mut Context<'_, '_>| self.open_or_say(context);
        profile::of_token(named, token, &mut store, context)
    }
}

/// The issuer that `--iss` names, none with `--no-iss`, else any.
#[must_use]
pub(crate) fn typed_issuer(iss: Option<&str>, no_iss: bool) -> IssuerFilter {
    if no_iss {
        IssuerFilter::None
    } else {
        IssuerFilter::if_named(iss.map(str::to_owned))
    }
}

/// The store of a call as a use case asks it.
pub(crate) struct CallRecords<'s, 'k, 'c, 'w> {
    store: &'s SessionStore,
    context: &'k mut Context<'c, 'w>,
}

impl Records for CallRecords<'_, '_, '_, '_> {
    type Error = Problem;

    fn place(&self) -> Option<String> {
        self.store.shown()
    }
    fn find(&mut self, lookup: &Lookup) -> Result<Record, Problem> {
        self.store.ask(lookup, self.context)
    }
    fn create_all(&mut self, families: &[Family]) -> Result<Vec<Result<(), Problem>>, Problem> {
        let place = self.store.chosen.required("a login of this profile")?;
        let opened = place.write(self.context)?;
        let failed = |error| opened.failed(error);
        let created = create_all(&mut *opened.store(), families).map_err(failed)?;
        Ok(created.into_iter().map(|one| one.map_err(failed)).collect())
    }
    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, Problem> {
        let place = self.store.chosen.required("this")?;
        let opened = place.write(self.context)?;
        let applied = opened.store().update(lookup, decide);
        applied.map_err(|error| opened.failed(error))
    }
    fn end_many(
        &mut self,
        selection: &Selection,
        rehearse: bool,
        now: Timestamp,
    ) -> Result<Listing, Problem> {
        let place = self.store.chosen.required("this")?;
        let opened = if rehearse {
            place.read(self.context)?
        } else {
            Some(place.write(self.context)?)
        };
        let Some(opened) = opened else {
            return Ok(Listing::default());
        };
        let ended = end_many(&mut *opened.store(), selection, rehearse, now);
        ended.map_err(|error| opened.failed(error))
    }
    fn keeps_families(&self) -> bool {
        !self.store.is_django()
    }
}

/// Warns about a clock before the session's last use. Such a clock does not restore anything, but its owner should know.
pub(crate) fn warn_of_clock(clock_back: Option<Timestamp>, context: &mut Context<'_, '_>) {
    if let Some(last) = clock_back.filter(|last| last.seconds() > context.now.seconds()) {
        context.warn(&format!(
            "the clock is set to a time before the session's last use, {}; the store goes by that later time",
            words::instant(last)
        ));
    }
}
