//! The store of a use case: one that is open, or one that is opened when it is first asked.
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::session::family::{Change, Family, PresentedToken, Session, State, StoreWrite};
use crate::session::flow::Tokens;
use crate::session::record;
use crate::session::seal::SealKeys;
use crate::session::store::{
    IssuerFilter, Listing, Lookup, Selection, Store, StoreError, StoreJob, UpdateResult,
};

use super::error::ServiceError;

/// What a store has of a session.
#[derive(Clone, Debug)]
pub(crate) enum Record {
    /// There is no store.
    NoStore,
    /// There should be a store, but there is none.
    Missing,
    /// The store has a token with the same id in another session, which this names.
    Collision(String),
    /// The session's family, or `None` if the store does not know it.
    Store(Option<Box<Family>>),
}

/// What a store has answered already.
#[derive(Debug)]
pub(crate) struct PriorAnswer {
    /// What it was asked. `None` if the answer to every lookup is the same.
    lookup: Option<Lookup>,
    /// The answer.
    pub record: Record,
}

impl PriorAnswer {
    /// The answer to a lookup.
    pub(crate) const fn of(lookup: Lookup, record: Record) -> Self {
        Self {
            lookup: Some(lookup),
            record,
        }
    }
    /// What is said of every token: if there is no store, or if the store was found not to know it.
    pub(crate) const fn to_all(record: Record) -> Self {
        Self {
            lookup: None,
            record,
        }
    }
    /// Whether there is no store.
    pub(super) const fn is_no_store(&self) -> bool {
        matches!(self.record, Record::NoStore)
    }
    /// Whether it is the answer to that lookup.
    pub(super) fn answers(&self, asked: &Lookup) -> bool {
        self.lookup.as_ref().is_none_or(|lookup| lookup == asked)
    }
}

/// The answer of a store that was asked before, if it was.
pub(crate) type PriorLookup<'a> = Option<&'a PriorAnswer>;

impl Record {
    /// What a store answered.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) fn of(found: Result<Option<Family>, StoreError>) -> Result<Self, StoreError> {
        match found {
            Ok(family) => Ok(Self::Store(family.map(Box::new))),
            Err(StoreError::Collision(session)) => Ok(Self::Collision(session)),
            Err(error) => Err(error),
        }
    }
    /// The family.
    #[must_use]
    pub(crate) fn family(&self) -> Option<&Family> {
        match self {
            Self::NoStore | Self::Missing | Self::Collision(_) => None,
            Self::Store(family) => family.as_deref(),
        }
    }
    /// The family, without the rest.
    ///
    /// # Errors
    /// The store has a token with the same id in another session.
    pub(crate) fn into_family(self) -> Result<Option<Family>, ServiceError> {
        match self {
            Self::NoStore | Self::Missing => Ok(None),
            Self::Collision(session) => Err(failed(StoreError::Collision(session))),
            Self::Store(family) => Ok(family.map(|family| *family)),
        }
    }
}

/// What a use case asks of a store. Each [`Store`] answers it.
pub(crate) trait Records {
    /// Why it does not answer.
    type Error: From<ServiceError>;

    /// The store, as people are told it; none where it needs no name.
    fn place(&self) -> Option<String>;

    /// Reads a family.
    ///
    /// # Errors
    /// The store can't be read.
    fn find(&mut self, lookup: &Lookup) -> Result<Record, Self::Error>;

    /// Records logins in one commit, each with an outcome of its own. A store that is not there is made.
    ///
    /// # Errors
    /// The store can't be created or written. The error of one: the store already has a token or session with that id.
    fn create_all(
        &mut self,
        families: &[Family],
    ) -> Result<Vec<Result<(), Self::Error>>, Self::Error>;

    /// See [`Store::update`]. A store that is not there is made.
    ///
    /// # Errors
    /// The store can't be made or written.
    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, Self::Error>;

    /// See [`Store::end`]; with `rehearse`, only says what would end.
    ///
    /// # Errors
    /// The store can't be read or written.
    fn end_many(
        &mut self,
        selection: &Selection,
        rehearse: bool,
        now: Timestamp,
    ) -> Result<Listing, Self::Error>;

    /// See [`Store::keeps_families`].
    fn keeps_families(&self) -> bool;
}

/// Ends the sessions of a selection that have not ended yet; with `rehearse`, only lists them. The damaged ones are apart.
///
/// # Errors
/// The store can't be read or written.
pub(crate) fn end_many<S: Store + ?Sized>(
    store: &mut S,
    selection: &Selection,
    rehearse: bool,
    now: Timestamp,
) -> Result<Listing, StoreError> {
    if !rehearse {
        return store.end(selection, now);
    }
    let mut found = store.listing(selection)?;
    found.sessions.retain(|session| session.ended.is_none());
    Ok(found)
}

/// Records sessions in one commit, each with an outcome of its own.
///
/// # Errors
/// The store can't be written.
pub(crate) fn create_all<S: Store + ?Sized>(
    store: &mut S,
    families: &[Family],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    if let [one] = families {
        return Ok(vec![store.create(one)]);
    }
    let mut jobs: Vec<_> = families.iter().map(StoreJob::Create).collect();
    let outcomes = store.update_all(&mut jobs)?.into_iter();
    Ok(outcomes.map(|outcome| outcome.map(drop)).collect())
}

impl<S: Store + ?Sized> Records for S {
    type Error = ServiceError;

    fn place(&self) -> Option<String> {
        None
    }
    fn find(&mut self, lookup: &Lookup) -> Result<Record, ServiceError> {
        Record::of(Store::find(self, lookup)).map_err(failed)
    }
    fn create_all(
        &mut self,
        families: &[Family],
    ) -> Result<Vec<Result<(), ServiceError>>, ServiceError> {
        let created = create_all(self, families).map_err(failed)?;
        Ok(created.into_iter().map(|one| one.map_err(failed)).collect())
    }
    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, ServiceError> {
        Store::update(self, lookup, decide).map_err(failed)
    }
    fn end_many(
        &mut self,
        selection: &Selection,
        rehearse: bool,
        now: Timestamp,
    ) -> Result<Listing, ServiceError> {
        end_many(self, selection, rehearse, now).map_err(failed)
    }
    fn keeps_families(&self) -> bool {
        Store::keeps_families(self)
    }
}

fn failed(error: StoreError) -> ServiceError {
    ServiceError::Store {
        place: String::new(),
        error,
    }
}

/// Decides on what the store has, or has answered already. Where that changes something, decides again under the store's lock, has `complete` add what only a
/// change needs that is carried out, and carries it out.
///
/// # Errors
/// The store can't be read, or can't be written although it must.
pub(crate) fn carry_out<R: Records + ?Sized>(
    records: &mut R,
    lookup: &Lookup,
    known: PriorLookup<'_>,
    decide: &mut dyn FnMut(Option<&Family>) -> Change,
    complete: &mut dyn FnMut(Option<&Family>, &mut Change),
) -> Result<UpdateResult, R::Error> {
    let record = match known.filter(|known| known.answers(lookup)) {
        Some(known) => known.record.clone(),
        None => records.find(lookup)?,
    };
    let family = record.into_family()?;
    let change = decide(family.as_ref());
    let of_use = |step: &StoreWrite| matches!(step, StoreWrite::Use(_));
    // A server's own tables have no place for a use.
    let nothing =
        change.steps.is_empty() || (!records.keeps_families() && change.steps.iter().all(of_use));
    if nothing {
        return Ok(UpdateResult { change, family });
    }
    records.update(lookup, &mut |family| {
        let mut change = decide(family);
        complete(family, &mut change);
        change
    })
}

/// The family of a login, sealed by the keys that signed its tokens.
#[must_use]
pub(crate) fn login(
    tokens: &Tokens,
    profile: &Profile,
    keys: SealKeys<'_>,
    now: Timestamp,
) -> Family {
    let mut family = record::login(tokens, profile, now);
    keys.family(&mut family);
    family
}

/// Records a login, sealed by the keys that signed its tokens. Where a user has one session, it ends those before, which it returns with those that it can't end.
///
/// # Errors
/// The store can't be created or written, already has a token or session with that id, or can't find a user's sessions.
pub(crate) fn record_login<R: Records + ?Sized>(
    records: &mut R,
    tokens: &Tokens,
    profile: &Profile,
    keys: SealKeys<'_>,
    now: Timestamp,
) -> Result<(SessionView, Listing), R::Error> {
    let family = login(tokens, profile, keys, now);
    let created = records.create_all(std::slice::from_ref(&family))?;
    created.into_iter().collect::<Result<(), _>>()?;
    let ended = if profile.model.session.one_per_user {
        end_before(&family.session, records, now)?
    } else {
        Listing::default()
    };
    let place = records.place();
    Ok((SessionView::of(&family, Some(1), place, now), ended))
}

/// Ends the sessions that a user had before this one, of the same issuer if it has one.
fn end_before<R: Records + ?Sized>(
    own: &Session,
    records: &mut R,
    now: Timestamp,
) -> Result<Listing, R::Error> {
    let mut ended = Listing::default();
    if own.user.is_none() {
        return Ok(ended);
    }
    let of_user = Selection {
        user: own.user.clone(),
        issuer: IssuerFilter::if_named(own.key.issuer.clone()),
        ..Selection::default()
    };
    let before = records.end_many(&of_user, true, now)?;
    ended.damaged = before.damaged;
    let others = before.sessions.into_iter();
    for session in others.filter(|one| one.key != own.key) {
        let one = Selection {
            id: Some(session.key.id),
            issuer: IssuerFilter::exactly(session.key.issuer),
            ..of_user.clone()
        };
        let done = records.end_many(&one, false, now)?;
        ended.sessions.extend(done.sessions);
        // The tokens of a session are read only when it is ended.
        for record in done.damaged {
            if !ended.damaged.contains(&record) {
                ended.damaged.push(record);
            }
        }
    }
    Ok(ended)
}

/// What the store knows about a token's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionView {
    /// The session's id.
    pub id: String,
    /// What it is.
    pub state: SessionState,
    /// The generation to which the token belongs, if it is recorded.
    pub generation: Option<u32>,
    /// How many were recorded.
    pub generations: u32,
    /// The store, in words that are safe to print. `None` if no store was used.
    pub store: Option<String>,
}

/// A session's state, as far as the store knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SessionState {
    /// The store knows it.
    Known(State),
    /// The store does not know it.
    Unknown,
}

impl SessionState {
    /// The stable word.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Known(state) => state.name(),
            Self::Unknown => "unknown",
        }
    }
}

impl SessionView {
    /// The view of a family, and of the generation that a token is.
    #[must_use]
    pub(crate) fn of(
        family: &Family,
        generation: Option<u32>,
        store: Option<String>,
        now: Timestamp,
    ) -> Self {
        Self {
            id: family.session.key.id.clone(),
            state: SessionState::Known(family.session.state(now)),
            generation,
            generations: family.session.generations,
            store,
        }
    }

    /// The view of a session of which no store knows.
    #[must_use]
    pub(super) const fn unknown(id: String, store: Option<String>) -> Self {
        Self {
            id,
            state: SessionState::Unknown,
            generation: None,
            generations: 0,
            store,
        }
    }

    /// The view of a presented token's session, which the store may not know.
    #[must_use]
    pub(crate) fn of_presented(
        presented: &PresentedToken,
        family: Option<&Family>,
        store: Option<String>,
        now: Timestamp,
    ) -> Self {
        let Some(family) = family else {
            return Self::unknown(presented.origin.key.id.clone(), store);
        };
        let generation = family.generation_of(&presented.token.fingerprint);
        let number = generation.map(|generation| generation.number);
        Self::of(family, number, store, now)
    }
}
