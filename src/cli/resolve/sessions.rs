//! What the session store says of a token, and what a command writes to it.
use std::rc::Rc;

use crate::cli::args::store::StoreFlags;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::Judged;
use crate::cli::outcome::sessions::{Seen, SeenState};
use crate::cli::render::words;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::profile::{self, TokenProfile};
use crate::cli::resolve::store::{self, Chosen, Record};
use crate::config;
use crate::core::profile::Profile;
use crate::core::server::{Database, UserTable, Users};
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::core::verdict::{Check, Class, Finding, Note, Reason, Result as Found};
use crate::session::family::{Change, Family, Presented, Refusal, Request, Ruling, Step, decide};
use crate::session::flow::{Login, Tokens};
use crate::session::record;
use crate::session::store::{Applied, Lookup};

/// The store of a call, before it is opened.
#[derive(Clone, Debug)]
pub struct SessionStore {
    chosen: Chosen,
}

impl SessionStore {
    /// The store that the flags, the environment and the profile that was named say.
    ///
    /// # Errors
    /// One that is named and empty or unset.
    pub fn of(
        flags: &StoreFlags,
        profile: Option<&config::file::Chosen>,
        context: &Context<'_, '_>,
    ) -> anyhow::Result<Self> {
        let chosen = store::choose(flags, profile, context)?;
        Ok(Self { chosen })
    }

    /// None, for a command that goes by none.
    #[must_use]
    pub const fn without() -> Self {
        Self {
            chosen: Chosen::Without,
        }
    }

    /// Which it is.
    #[must_use]
    pub const fn chosen(&self) -> &Chosen {
        &self.chosen
    }

    /// Whether it was said to do without.
    #[must_use]
    pub const fn is_without(&self) -> bool {
        matches!(self.chosen, Chosen::Without)
    }

    /// The place, as it is said.
    fn shown(&self) -> Option<String> {
        match &self.chosen {
            Chosen::At(place) => Some(place.shown.clone()),
            Chosen::Without | Chosen::Nowhere => None,
        }
    }

    /// Says, with `--no-store`, what can't be checked then.
    pub fn say_without(
        &self,
        token: &Unverified,
        profile: &Profile,
        context: &mut Context<'_, '_>,
    ) {
        if self.is_without() && record::presented(token, profile, false).is_some() {
            context.say(
                "no store is asked: not checked is whether the session was ended, and whether the token was retired",
            );
        }
    }

    /// Whether it is a Django application's own database.
    #[must_use]
    pub const fn is_django(&self) -> bool {
        matches!(&self.chosen, Chosen::At(place) if place.is_django())
    }

    /// The application's database, where that is the store.
    fn django(&self, context: &mut Context<'_, '_>) -> Result<Option<OpenStore>, Problem> {
        match &self.chosen {
            Chosen::At(place) if place.is_django() => place.read(context),
            _ => Ok(None),
        }
    }

    /// Hands over what a Django server's answers hang on: its own database where that is the store, else the users that the profile names.
    ///
    /// # Errors
    /// The database can't be read.
    pub fn with_database<T>(
        &self,
        profile: &Profile,
        ask: impl Fn(&Database<'_>) -> T,
        context: &mut Context<'_, '_>,
    ) -> Result<T, Problem> {
        let of_profile = Database {
            users: profile.users.as_ref().map(|users| users as &dyn UserTable),
            blacklisted: None,
        };
        let Some(opened) = self.django(context)? else {
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
    pub fn fill_named(
        &self,
        profile: &mut Profile,
        token: &str,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        if let Some(settings) = profile.server.as_ref().filter(|_| self.is_django()) {
            let users = |database: &Database<'_>| {
                let table = database.users?;
                Some(Users::named_by(token, settings, table))
            };
            profile.users = self.with_database(profile, users, context)?;
        }
        Ok(())
    }

    /// Gives the profile the one user who logs in, by the application whose database the store is.
    ///
    /// # Errors
    /// The database can't be read, or has no such user.
    pub fn fill_user(
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
                    context.warn("the user is not active: the server refuses tokens of theirs");
                }
                profile.users = Some(vec![user].into());
                Ok(())
            }
            None if login.user_id.is_some() || login.user.is_empty() => Ok(()),
            None => Err(Problem::NoSuchUser(opened.place)),
        }
    }

    /// Reads the family of a token, where the store is there and knows it.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn find(
        &self,
        lookup: &Lookup,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<Family>, Problem> {
        Ok(match self.ask(lookup, context)? {
            Record::NoStore => None,
            Record::Store(family) => family.map(|family| *family),
        })
    }

    /// The same, and whether there is a store to ask.
    fn ask(&self, lookup: &Lookup, context: &mut Context<'_, '_>) -> Result<Record, Problem> {
        let Chosen::At(place) = &self.chosen else {
            return Ok(Record::NoStore);
        };
        let Some(opened) = place.read(context)? else {
            return Ok(Record::NoStore);
        };
        found(&opened, lookup)
    }

    /// Decides on what the store has; where that changes something, again under the store's lock, and carries it out. A store that is not there is made
    /// for what has to be written.
    ///
    /// # Errors
    /// The store can't be read, or not be written where it has to be.
    pub fn carry_out(
        &self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
        context: &mut Context<'_, '_>,
    ) -> Result<Applied, Problem> {
        let family = self.find(lookup, context)?;
        let change = decide(family.as_ref());
        let of_use = |step: &Step| matches!(step, Step::Use(_));
        // An application's database has no place for a use.
        let nothing =
            change.steps.is_empty() || (self.is_django() && change.steps.iter().all(of_use));
        let applied = if nothing {
            Applied { change, family }
        } else {
            let place = self.chosen.required("this")?;
            let opened = place.write(context)?;
            let applied = opened.store().update(lookup, decide);
            applied.map_err(|error| opened.failed(error))?
        };
        warn_of_clock(&applied.change, context);
        Ok(applied)
    }

    /// What the store says of a token that is looked at, added to what was found by the token itself. `rules` are the profile's, with what the call's
    /// flags change.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn look(
        &self,
        judged: &mut Judged,
        profile: &TokenProfile,
        rules: &Profile,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        if is_vouched_for(judged) {
            self.say_without(&judged.token, rules, context);
        }
        let now = context.now;
        let known = profile.record.as_ref();
        let change = self.looked_up(judged, known, rules, now, &mut |lookup| {
            self.ask(lookup, context)
        })?;
        if let Some(change) = change {
            warn_of_clock(&change, context);
        }
        Ok(())
    }

    /// The store, opened to look many tokens up; none where it is not there.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn open(&self, context: &mut Context<'_, '_>) -> Result<Option<OpenStore>, Problem> {
        match &self.chosen {
            Chosen::At(place) => place.read(context),
            Chosen::Without | Chosen::Nowhere => Ok(None),
        }
    }

    /// As [`SessionStore::look`], in a store that was opened before; none: there is no store.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn look_in(
        &self,
        opened: Option<&OpenStore>,
        judged: &mut Judged,
        known: Option<&(Lookup, Record)>,
        rules: &Profile,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let change = match opened {
            Some(opened) => self.looked_up(judged, known, rules, now, &mut |lookup| {
                found(opened, lookup)
            }),
            None => self.looked_up(judged, known, rules, now, &mut |_| Ok(Record::NoStore)),
        };
        change.map(drop)
    }

    fn looked_up(
        &self,
        judged: &mut Judged,
        known: Option<&(Lookup, Record)>,
        profile: &Profile,
        now: Timestamp,
        ask: &mut dyn FnMut(&Lookup) -> Result<Record, Problem>,
    ) -> Result<Option<Change>, Problem> {
        if !is_vouched_for(judged) || self.is_without() {
            return Ok(None);
        }
        let Some(presented) = record::presented(&judged.token, profile, judged.verdict.is_valid())
        else {
            return Ok(None);
        };
        let lookup = Lookup::token(&presented.token, &presented.origin);
        let asked;
        let record = if let Some((_, record)) = known.filter(|(known, _)| *known == lookup) {
            record
        } else {
            asked = ask(&lookup)?;
            &asked
        };
        let (there, family) = (matches!(record, Record::Store(_)), record.family());
        let rules = record::rules(profile, None);
        let change = decide(family, &presented, &Request::Look, &rules, now);
        judged.session = Some(self.seen(&presented, family, now));
        let finding = looked(change.ruling, there && rules.allow_list);
        judged.verdict.findings.extend(finding);
        Ok(Some(change))
    }

    /// Whether a login could be recorded: before anything is made for it.
    ///
    /// # Errors
    /// There is no place for a store, or what is there can't be written.
    pub fn can_record(&self, context: &mut Context<'_, '_>) -> Result<(), Problem> {
        match &self.chosen {
            Chosen::Without => Ok(()),
            chosen => chosen
                .required("a login of this profile")?
                .write_if_there(context)
                .map(|_| ()),
        }
    }

    /// Records a login.
    ///
    /// # Errors
    /// The store can't be made or written, or has a token or session of that id.
    pub fn record(
        &self,
        tokens: &Tokens,
        profile: &Profile,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<Seen>, Problem> {
        if self.is_without() {
            if profile.keeping.allow_list {
                context.say(
                    "no store: the session is not recorded, and renew and rotate take its tokens with --no-store alone",
                );
            }
            return Ok(None);
        }
        let family = record::login(tokens, profile, context.now);
        let place = self.chosen.required("a login of this profile")?;
        let opened = place.write(context)?;
        let created = opened.store().create(&family);
        created.map_err(|error| opened.failed(error))?;
        Ok(Some(self.seen_family(&family, Some(1), context.now)))
    }

    /// What of a session is told.
    #[must_use]
    pub fn seen(&self, presented: &Presented, family: Option<&Family>, now: Timestamp) -> Seen {
        let generation = family
            .and_then(|family| family.generation_of(&presented.token.fingerprint))
            .map(|generation| generation.number);
        match family {
            Some(family) => seen(family, generation, self.shown(), now),
            None => Seen {
                id: presented.origin.key.id.clone(),
                state: SeenState::Unknown,
                generation: None,
                generations: 0,
                store: self.shown(),
            },
        }
    }

    /// What of a session is told after a rotation. An application's database has the successor as a session of its own.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn seen_rotated(
        &self,
        family: &Family,
        number: u32,
        context: &mut Context<'_, '_>,
    ) -> Result<Seen, Problem> {
        let successor = family
            .generation(number)
            .and_then(|generation| generation.token.id.clone())
            .filter(|_| self.is_django());
        if let Some(id) = successor
            && let Some(own) = self.find(&Lookup::Session(id), context)?
        {
            return Ok(self.seen_family(&own, Some(1), context.now));
        }
        Ok(self.seen_family(family, Some(number), context.now))
    }

    /// What of a session is told, by its family.
    #[must_use]
    pub fn seen_family(&self, family: &Family, generation: Option<u32>, now: Timestamp) -> Seen {
        seen(family, generation, self.shown(), now)
    }

    /// See [`profile::of_token`].
    ///
    /// # Errors
    /// The store or the config file can't be read.
    pub fn profile_of(
        &self,
        named: Option<Rc<config::file::Chosen>>,
        token: &Unverified,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<TokenProfile> {
        let mut find = |lookup: &Lookup, context: &mut Context<'_, '_>| self.ask(lookup, context);
        profile::of_token(named, token, &mut find, context)
    }
}

/// What an open store has.
///
/// # Errors
/// It can't be read.
pub fn found(opened: &OpenStore, lookup: &Lookup) -> Result<Record, Problem> {
    let found = opened.store().find(lookup);
    found
        .map(|family| Record::Store(family.map(Box::new)))
        .map_err(|error| opened.failed(error))
}

/// Don't reveal store state for a token whose signature failed: an attacker could probe for session ids.
fn is_vouched_for(judged: &Judged) -> bool {
    !matches!(
        judged.verdict.class(),
        Some(Class::Malformed | Class::Untrusted)
    )
}

fn seen(family: &Family, generation: Option<u32>, store: Option<String>, now: Timestamp) -> Seen {
    Seen {
        id: family.session.key.id.clone(),
        state: SeenState::Known(family.session.state(now)),
        generation,
        generations: family.session.generations,
        store,
    }
}

/// A clock that stands before a session's last use gives no right back, but its owner should know.
fn warn_of_clock(change: &Change, context: &mut Context<'_, '_>) {
    if let Some(last) = change
        .clock_back
        .filter(|last| last.seconds() > context.now.seconds())
    {
        context.warn(&format!(
            "the clock stands before the session's last use, {}: that moment is gone by",
            words::instant(last)
        ));
    }
}

/// A refusal by the store, as a finding.
#[must_use]
pub fn finding(refusal: Refusal) -> Finding {
    let (reason, at) = match refusal {
        Refusal::Unknown { .. } => (Reason::UnknownSession, None),
        Refusal::Revoked(at) => (Reason::Revoked, Some(at)),
        Refusal::Retired(at) => (Reason::Retired, Some(at)),
        Refusal::Reuse(at) => (Reason::ReuseDetected, Some(at)),
        Refusal::SessionEnded(at) => (Reason::SessionEnded, Some(at)),
        Refusal::Expired(at) => (Reason::Expired, Some(at)),
    };
    let finding = Finding::failed(Check::Session, reason);
    match (at, refusal) {
        (Some(at), _) => finding.has(at.seconds()),
        (
            None,
            Refusal::Unknown {
                session_known: true,
            },
        ) => finding.of("jti"),
        (None, _) => finding,
    }
}

/// What looking adds: a refusal; that the session is live; or that it is not known where it should be. An unknown one is refused by who uses it.
fn looked(ruling: Ruling, should_be_known: bool) -> Option<Finding> {
    match ruling {
        Ruling::Refused(Refusal::Unknown { .. }) => should_be_known.then(|| {
            let noted = Found::Noted(Note::SessionNotKnown);
            Finding::new(Check::Session, noted)
        }),
        Ruling::Refused(refusal) => Some(finding(refusal)),
        Ruling::Live(_) => Some(Finding::new(Check::Session, Found::Passed)),
        _ => None,
    }
}
