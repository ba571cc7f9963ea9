//! The session store in PostgreSQL, and in engines that speak its protocol. It locks rows, and repeats a transaction if the server asks for it.
mod address;
mod connection;
mod failure;
mod load;
mod passfile;
mod place;
mod rows;
mod schema;
mod targets;
#[cfg(test)]
pub(crate) mod tests;

use postgres::Client;

use crate::core::time::Timestamp;
use crate::session::family::{Change, Family, Generation, Session, apply};
use crate::session::store::{
    DamagedRecord, JobOutcome, Listing, Lookup, PurgeSummary, Selection, Store, StoreError,
    StoreJob, UpdateResult, ending, in_order,
};
use crate::store::row::expiry;

pub(crate) use address::{Address, AddressError, is_address};
pub(crate) use connection::{Connection, Purpose};
pub(crate) use failure::TransactionError;

use load::Guards;
use rows::{Changes, Table};
pub(crate) use targets::ConnectionPlan;
pub(crate) use targets::PrivateFile;
pub use targets::Surroundings;

/// How many sessions are written with one statement.
const BATCH: usize = 1000;

/// A session store in an open PostgreSQL database.
pub(crate) struct Postgres {
    connection: Connection,
    /// The schema of its tables, once they are known to be there. The first process that writes makes them.
    version: Option<usize>,
}

/// Shows the address only: the rest holds the password.
impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Postgres").field(&self.name()).finish()
    }
}

/// Connects to the store at an address. It writes nothing yet.
///
/// # Errors
/// It can't be reached, or the tables there are another program's, or newer.
pub(crate) fn open(address: &Address, around: &Surroundings) -> Result<Postgres, StoreError> {
    let mut store = Postgres {
        connection: Connection::open(ConnectionPlan::new(address, around)?)?,
        version: None,
    };
    store.is_made()?;
    Ok(store)
}

impl Postgres {
    /// What to call the store: its address without the password.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.connection.plan.name
    }

    /// Warnings for the user: a password file that was not used.
    #[must_use]
    pub(crate) fn warnings(&self) -> &[String] {
        &self.connection.plan.warnings
    }

    /// Whether its tables are there. Before anyone has written, they are not.
    ///
    /// # Errors
    /// See [`open`].
    pub(crate) fn is_made(&mut self) -> Result<bool, StoreError> {
        let newest = schema::STEPS.len();
        // Tables of an older schema are looked at each time: others may bring them up to date while this process runs.
        if self.version != Some(newest) {
            let found = self
                .connection
                .look(&mut |client| schema::found(client, newest))?;
            if let Some((schema, version)) = found {
                self.connection.schema = Some(schema);
                self.version = Some(version);
            }
        }
        Ok(self.version.is_some())
    }

    /// Makes the tables if they are not there. Returns whether it did.
    ///
    /// # Errors
    /// They can't be made.
    pub(crate) fn make(&mut self) -> Result<bool, StoreError> {
        if self.is_made()? {
            return Ok(false);
        }
        schema::bring_up(&mut self.connection, &schema::STEPS)?;
        self.is_made()
    }

    /// Whether its tables are of an older schema, which is read and written as it is.
    ///
    /// # Errors
    /// See [`open`].
    pub(crate) fn is_old(&mut self) -> Result<bool, StoreError> {
        Ok(self.is_made()? && self.version != Some(schema::STEPS.len()))
    }

    /// Brings tables of an older schema up to date. Returns whether it did. Versions of jwtsess that know the older schema alone refuse the store from then on.
    ///
    /// # Errors
    /// They can't be changed: that takes their owner.
    pub(crate) fn bring_up(&mut self) -> Result<bool, StoreError> {
        if !self.is_old()? {
            return Ok(false);
        }
        let brought_up = schema::bring_up(&mut self.connection, &schema::STEPS)?;
        Ok(self.is_made()? && brought_up)
    }

    /// The table of generations.
    fn generations(&self) -> &'static Table {
        rows::generations_of(self.version.unwrap_or(schema::STEPS.len()))
    }
}

/// Decides on a family that is locked, and writes what has changed of it.
fn updated(
    client: &mut Client,
    generations: &Table,
    mut before: Option<Family>,
    decide: &mut dyn FnMut(Option<&Family>) -> Change,
) -> Result<UpdateResult, TransactionError> {
    let change = decide(before.as_ref());
    if let Some(family) = before.as_mut().filter(|_| change.ends()) {
        load::with_kept(client, generations, family)?;
    }
    let family = apply(before.as_ref(), &change);
    let applied = UpdateResult { change, family };
    if !applied.change.steps.is_empty()
        && let Some(after) = &applied.family
    {
        let mut changes = Changes::default();
        changes.add(before.as_ref(), after);
        changes.write(generations, client)?;
    }
    Ok(applied)
}

/// Carries out jobs in one transaction. Sessions that are created one after the other are written with one statement for each table.
fn together(
    client: &mut Client,
    generations: &Table,
    jobs: &mut [StoreJob<'_>],
) -> Result<Vec<JobOutcome>, TransactionError> {
    let final_there = |failure| match failure {
        TransactionError::Race(taken) => TransactionError::Store(taken),
        other => other,
    };
    let mut created = Changes::default();
    let mut outcomes = Vec::with_capacity(jobs.len());
    for job in jobs {
        let (lookup, decide) = match job {
            StoreJob::Create(family) => {
                created.add(None, family);
                outcomes.push(Ok(None));
                continue;
            }
            StoreJob::Update(lookup, decide) => (lookup, decide),
        };
        std::mem::take(&mut created)
            .write(generations, client)
            .map_err(final_there)?;
        outcomes.push(match load::locked(client, generations, lookup) {
            Ok(before) => Ok(Some(updated(client, generations, before, decide)?)),
            Err(TransactionError::Store(error)) if error.is_of_one_session() => Err(error),
            Err(failure) => return Err(failure),
        });
    }
    created.write(generations, client).map_err(final_there)?;
    Ok(outcomes)
}

/// The tokens that jobs with these outcomes have added.
fn added_by<'a>(jobs: &'a [StoreJob<'_>], outcomes: &'a [JobOutcome]) -> Vec<&'a Generation> {
    let of = |(job, outcome): (&'a StoreJob<'_>, &'a JobOutcome)| match (job, outcome) {
        (StoreJob::Create(family), Ok(_)) => family.generations.iter().collect(),
        (StoreJob::Update(..), Ok(Some(applied))) => load::added(&applied.change),
        _ => Vec::new(),
    };
    jobs.iter().zip(outcomes).flat_map(of).collect()
}

impl Store for Postgres {
    fn create(&mut self, family: &Family) -> Result<(), StoreError> {
        self.make()?;
        let generations = self.generations();
        let mut changes = Changes::default();
        changes.add(None, family);
        let added: Vec<_> = family.generations.iter().collect();
        self.connection
            .transact(Purpose::Writing, &mut |client, unsettled| {
                if unsettled && load::holds(client, &added)? {
                    return Ok(());
                }
                changes
                    .write(generations, client)
                    .map_err(|failure| match failure {
                        // The session that is there already stays. Another attempt would not change that.
                        TransactionError::Race(taken) => TransactionError::Store(taken),
                        other => other,
                    })
            })
    }

    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, StoreError> {
        if !self.is_made()? {
            let change = decide(None);
            if change.steps.is_empty() {
                let family = None;
                return Ok(UpdateResult { change, family });
            }
            self.make()?;
        }
        let generations = self.generations();
        let mut last: Option<UpdateResult> = None;
        self.connection
            .transact(Purpose::Writing, &mut |client, unsettled| {
                let before = load::locked(client, generations, lookup)?;
                // If the earlier attempt was committed after all, rotating again would count as reuse and end the family.
                if let Some(last) = last.as_ref().filter(|_| unsettled)
                    && load::holds(client, &load::added(&last.change))?
                {
                    return Ok(last.clone());
                }
                let applied = updated(client, generations, before, decide)?;
                last = Some(applied.clone());
                Ok(applied)
            })
    }

    fn update_all(&mut self, jobs: &mut [StoreJob<'_>]) -> Result<Vec<JobOutcome>, StoreError> {
        self.make()?;
        let generations = self.generations();
        let mut last: Vec<JobOutcome> = Vec::new();
        let together = self
            .connection
            .transact(Purpose::Writing, &mut |client, unsettled| {
                if unsettled && load::holds(client, &added_by(jobs, &last))? {
                    return Ok(last.clone());
                }
                last = together(client, generations, jobs)?;
                Ok(last.clone())
            });
        match together {
            // A statement that fails takes its whole transaction with it.
            Err(error) if error.is_of_one_session() => {
                Ok(jobs.iter_mut().map(|job| self.carry_out(job)).collect())
            }
            done => done,
        }
    }

    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError> {
        if !self.is_made()? {
            return Ok(None);
        }
        let generations = self.generations();
        self.connection
            .transact(Purpose::Reading, &mut |client, _| {
                load::found(client, generations, lookup)
            })
    }

    fn listing(&mut self, selection: &Selection) -> Result<Listing, StoreError> {
        if !self.is_made()? {
            return Ok(Listing::default());
        }
        let mut found = self
            .connection
            .transact(Purpose::Reading, &mut |client, _| {
                load::selected(client, selection, false)
            })?;
        in_order(&mut found.sessions);
        Ok(found)
    }

    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Listing, StoreError> {
        if !self.is_made()? {
            return Ok(Listing::default());
        }
        let generations = self.generations();
        let mut last = Listing::default();
        let mut ended = self
            .connection
            .transact(Purpose::Sweeping, &mut |client, unsettled| {
                let Listing {
                    sessions: mut found,
                    mut damaged,
                } = load::selected(client, selection, true)?;
                found.retain(|session| ending(session, now).is_some());
                let mut ended = Vec::new();
                let mut rest = found.into_iter();
                loop {
                    let some: Vec<Session> = rest.by_ref().take(BATCH).collect();
                    if some.is_empty() {
                        break;
                    }
                    let mut changes = Changes::default();
                    let some = load::with_current(client, generations, some, &mut damaged)?;
                    for before in some {
                        if let Some(change) = ending(&before.session, now)
                            && let Some(after) = apply(Some(&before), &change)
                        {
                            changes.add(Some(&before), &after);
                            ended.push(after.session);
                        }
                    }
                    changes.write(generations, client)?;
                }
                // All or none were ended: if none is left to end, the earlier attempt ended them.
                if unsettled && ended.is_empty() {
                    return Ok(last.clone());
                }
                last = Listing {
                    sessions: ended,
                    damaged,
                };
                Ok(last.clone())
            })?;
        in_order(&mut ended.sessions);
        Ok(ended)
    }

    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<PurgeSummary, StoreError> {
        if !self.is_made()? {
            return Ok(PurgeSummary::default());
        }
        let generations = self.generations();
        if rehearse {
            return self
                .connection
                .transact(Purpose::Reading, &mut |client, _| {
                    let (keys, damaged) = load::damaged(client, generations, now)?;
                    Ok(purged(&load::guards(client, now, &keys)?, damaged))
                });
        }
        let mut last: Option<PurgeSummary> = None;
        self.connection
            .transact(Purpose::Sweeping, &mut |client, unsettled| {
                let (keys, damaged) = load::damaged(client, generations, now)?;
                let mut now_purged = purged(&load::guards(client, now, &keys)?, damaged);
                if let Some(last) = last.as_ref().filter(|_| unsettled)
                    && now_purged.sessions == 0
                {
                    return Ok(last.clone());
                }
                now_purged.sessions = load::remove(client, now, &keys)?;
                last = Some(now_purged.clone());
                Ok(now_purged)
            })
    }
}

fn purged(guards: &Guards, damaged: Vec<DamagedRecord>) -> PurgeSummary {
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let (kept, for_ever, next) = guards.kept;
    PurgeSummary {
        sessions: count(guards.passed.0),
        tokens: count(guards.passed.1),
        guarding: count(kept - for_ever),
        for_ever: count(for_ever),
        next: next.and_then(|next| expiry(next).moment()),
        damaged,
    }
}
