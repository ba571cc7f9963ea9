//! The session store in a SQLite file: `BEGIN IMMEDIATE`, a write-ahead log, `synchronous=FULL`.
mod error;
mod file;
mod ids;
mod load;
mod place;
mod rows;
mod schema;
#[cfg(test)]
pub(crate) mod tests;
mod write;

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::core::time::Timestamp;
use crate::session::family::{Change, Family, Session, apply};
use crate::session::store::{
    JobOutcome, Listing, Lookup, MOST_IDS, PurgeSummary, Selection, Store, StoreError, StoreIds,
    StoreJob, UpdateResult, ending, in_order, set_apart,
};
use crate::store::row::{NEVER, expiry, micros};

use error::{damaged, told};
pub use file::{Access, make};
pub(crate) use file::{look, plain, uri};
use load::{family_at, load, selected};
pub(crate) use place::exposed;
use write::write;

/// A session store in an open SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    access: Access,
    /// Whether this handle has brought the store to the newest schema.
    brought_up: bool,
    /// What was read last, and at which version of the file.
    ids: Option<(i64, Option<Arc<StoreIds>>)>,
}

impl Sqlite {
    /// Opens the store at a path. Symbolic links are followed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if nothing is there; any other if what is there is no sound store. It stays as it is.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let connection = file::open(path, access)?;
        Ok(Self {
            connection,
            access,
            brought_up: false,
            ids: None,
        })
    }

    /// Goes over from reading to writing; whether it could. What was opened without the right to write stays as it is.
    ///
    /// # Errors
    /// Its file system can't keep a write-ahead log.
    pub fn upgrade(&mut self) -> Result<bool, StoreError> {
        if self.access == Access::Read {
            if self.connection.is_readonly(c"main").map_err(told)? {
                return Ok(false);
            }
            file::write_ahead(&self.connection)?;
            self.access = Access::Write;
        }
        Ok(true)
    }

    /// Whether its schema is an older one, which the first change brings up to date.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) fn is_old(&self) -> Result<bool, StoreError> {
        schema::check(&self.connection)
    }

    /// Brings an older store up to date. Returns whether it did.
    ///
    /// # Errors
    /// It can't be written.
    pub(crate) fn bring_up(&mut self) -> Result<bool, StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        transaction.commit().map_err(told)?;
        Ok(is_old)
    }

    /// Whether a change has brought an older store up to date since this was last asked.
    pub(crate) const fn brought_up(&mut self) -> bool {
        std::mem::replace(&mut self.brought_up, false)
    }

    /// What all its tokens and sessions are known by, as others have written them until now; `None` if there are too many. They are read again only where
    /// `may_read` allows it, else what has changed is `None`, too.
    ///
    /// # Errors
    /// They can't be read.
    pub(crate) fn ids(&mut self, may_read: bool) -> Result<Option<Arc<StoreIds>>, StoreError> {
        let version = (self.connection)
            .prepare_cached("PRAGMA data_version")
            .and_then(|mut query| query.query_row([], |row| row.get(0)))
            .map_err(told)?;
        if self
            .ids
            .as_ref()
            .is_none_or(|(read_at, _)| *read_at != version)
        {
            self.ids = None;
            if may_read {
                let ids = ids::all(&*self.snapshot()?, MOST_IDS);
                self.ids = Some((version, self.told_anew(ids)?.map(Arc::new)));
            }
        }
        Ok(self.ids.as_ref().and_then(|(_, ids)| ids.clone()))
    }

    /// Carries out jobs in one commit. Without savepoints, each of which has SQLite copy the pages that it might have to restore, it stops at the first job that
    /// fails, and nothing was written.
    fn together(
        &mut self,
        jobs: &mut [StoreJob<'_>],
        savepoints: bool,
    ) -> Result<Vec<JobOutcome>, StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            let outcome = if savepoints {
                whole_or_not_at_all(&transaction, job)
            } else {
                carried_out(&transaction, job)
            };
            match outcome {
                Err(error) if !error.is_of_one_session() => return Err(error),
                Err(error) if !savepoints => {
                    outcomes.push(Err(error));
                    return Ok(outcomes);
                }
                outcome => outcomes.push(outcome),
            }
        }
        transaction.commit().map_err(told)?;
        self.brought_up |= is_old;
        Ok(outcomes)
    }

    /// SQLite checks a page when it reads it from the file, and no more while it has it in memory. Where one is damaged, all are dropped, so that it is told to
    /// whoever asks next, too.
    fn told_anew<T>(&self, read: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::Damaged(_) | StoreError::DamagedRecord(_)) = read {
            self.connection
                .execute_batch("PRAGMA shrink_memory")
                .map_err(told)?;
        }
        read
    }

    /// Starts a transaction that reads all tables as they are at one moment.
    fn snapshot(&mut self) -> Result<Transaction<'_>, StoreError> {
        self.connection
            .transaction_with_behavior(TransactionBehavior::Deferred)
            .map_err(told)
    }
}

/// See [`Store::update`]. The caller has begun a transaction.
fn updated(
    connection: &Connection,
    lookup: &Lookup,
    decide: &mut dyn FnMut(Option<&Family>) -> Change,
) -> Result<UpdateResult, StoreError> {
    let loaded = load(connection, lookup)?;
    let change = decide(loaded.as_ref().map(|loaded| &loaded.family));
    if change.steps.is_empty() {
        let family = loaded.map(|loaded| loaded.family);
        return Ok(UpdateResult { change, family });
    }
    let row = loaded.as_ref().map(|loaded| loaded.row);
    let before = match loaded {
        // What is kept of all its tokens is dropped.
        Some(part) if change.ends() && !part.is_whole => Some(family_at(connection, part.row)?),
        loaded => loaded.map(|loaded| loaded.family),
    };
    let family = apply(before.as_ref(), &change);
    if let Some(after) = &family {
        write(connection, row, before.as_ref(), after)?;
    }
    Ok(UpdateResult { change, family })
}

/// Carries out a job. The caller has begun a transaction, and undoes what a job that fails has written.
fn carried_out(connection: &Connection, job: &mut StoreJob<'_>) -> JobOutcome {
    match job {
        StoreJob::Create(family) => write(connection, None, None, family).map(|()| None),
        StoreJob::Update(lookup, decide) => updated(connection, lookup, decide).map(Some),
    }
}

/// Carries out a job within a transaction, whole or not at all.
fn whole_or_not_at_all(connection: &Connection, job: &mut StoreJob<'_>) -> JobOutcome {
    let execute = |sql: &str| {
        let done = connection.prepare_cached(sql);
        done.and_then(|mut statement| statement.execute([]))
            .map_err(told)
    };
    execute("SAVEPOINT job")?;
    let done = carried_out(connection, job);
    if done.is_err() {
        execute("ROLLBACK TO job")?;
    }
    execute("RELEASE job")?;
    done
}

impl Store for Sqlite {
    fn create(&mut self, family: &Family) -> Result<(), StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        write(&transaction, None, None, family)?;
        transaction.commit().map_err(told)?;
        self.brought_up |= is_old;
        Ok(())
    }

    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        let done = updated(&transaction, lookup, decide)?;
        if !done.change.steps.is_empty() {
            transaction.commit().map_err(told)?;
            self.brought_up |= is_old;
        }
        Ok(done)
    }

    fn update_all(&mut self, jobs: &mut [StoreJob<'_>]) -> Result<Vec<JobOutcome>, StoreError> {
        let outcomes = self.together(jobs, false)?;
        if outcomes.iter().all(Result::is_ok) {
            return Ok(outcomes);
        }
        self.together(jobs, true)
    }

    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError> {
        let found = load(&*self.snapshot()?, lookup);
        Ok(self.told_anew(found)?.map(|loaded| loaded.family))
    }

    fn listing(&mut self, selection: &Selection) -> Result<Listing, StoreError> {
        let (found, damaged) = selected(&self.connection, selection)?;
        let mut sessions: Vec<Session> = found.into_iter().map(|(_, session)| session).collect();
        in_order(&mut sessions);
        Ok(Listing { sessions, damaged })
    }

    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Listing, StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        let mut ended = Vec::new();
        let (found, mut damaged) = selected(&transaction, selection)?;
        for (row, session) in found {
            let Some(change) = ending(&session, now) else {
                continue;
            };
            let Some(before) = set_apart(family_at(&transaction, row), &mut damaged)? else {
                continue;
            };
            if let Some(after) = apply(Some(&before), &change) {
                write(&transaction, Some(row), Some(&before), &after)?;
                ended.push(after.session);
            }
        }
        transaction.commit().map_err(told)?;
        self.brought_up |= is_old;
        in_order(&mut ended);
        Ok(Listing {
            sessions: ended,
            damaged,
        })
    }

    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<PurgeSummary, StoreError> {
        let (transaction, is_old) = if rehearse {
            (self.snapshot()?, false)
        } else {
            schema::begin(&mut self.connection)?
        };
        let mut purged = PurgeSummary::default();
        let passed: Vec<i64> = transaction
            .prepare("SELECT row FROM session WHERE guards_until <= ?1 AND guards_until < ?2")
            .and_then(|mut query| {
                query
                    .query_map(params![micros(now), NEVER], |row| row.get(0))?
                    .collect()
            })
            .map_err(told)?;
        for row in passed {
            // The index alone is not believed: a record that guards something must not be removed because a bit has flipped.
            let family = family_at(&transaction, row).and_then(|family| {
                if family.session.guards_until.has_passed(now) {
                    return Ok(family);
                }
                let differs = damaged("an index does not match its table");
                Err(differs.of_record(Some(&family.session.key.id)))
            });
            let Some(family) = set_apart(family, &mut purged.damaged)? else {
                continue;
            };
            purged.sessions += 1;
            purged.tokens += u64::from(family.session.generations);
            if !rehearse {
                for table in ["generation WHERE session", "session WHERE row"] {
                    transaction
                        .prepare_cached(&format!("DELETE FROM {table} = ?1"))
                        .and_then(|mut statement| statement.execute([row]))
                        .map_err(told)?;
                }
            }
        }
        // All sessions are counted without a condition: SQLite counts those page by page, and any other selection row by row.
        let (all, for_ever, next): (i64, i64, Option<i64>) = transaction
            .query_row(
                "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM session WHERE guards_until = ?2), \
                 (SELECT min(guards_until) FROM session WHERE guards_until > ?1)",
                params![micros(now), NEVER],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .map_err(told)?;
        let removable = if rehearse { purged.sessions } else { 0 };
        let kept = u64::try_from(all)
            .unwrap_or_default()
            .saturating_sub(removable)
            .saturating_sub(u64::try_from(purged.damaged.len()).unwrap_or_default());
        purged.for_ever = u64::try_from(for_ever).unwrap_or_default();
        purged.guarding = kept.saturating_sub(purged.for_ever);
        purged.next = next.and_then(|next| expiry(next).moment());
        transaction.commit().map_err(told)?;
        self.brought_up |= is_old;
        Ok(purged)
    }
}
