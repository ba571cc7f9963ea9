//! A connection and its transactions. They begin with time limits, are repeated if the server asks for it, and are checked if a broken connection leaves their
//! end unknown.
use std::time::Duration;

use postgres::Client;

use super::failure::{Recovery, Stage, TransactionError, next, pause};
use super::targets::ConnectionPlan;
use crate::session::store::StoreError;

/// How often a transaction is tried before the store counts as busy. With the pauses between the attempts, that takes some seconds.
const ATTEMPTS: u32 = 24;
/// How long to wait for a row's lock. A rotation takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a lost connection is replaced in one transaction.
const CONNECTIONS: u32 = 3;

/// What a transaction is for. Its settings hold for this transaction only, so that they work with a pool that hands connections from one client to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reads all tables as they are at one moment.
    Reading,
    /// Writes one session.
    Writing,
    /// Writes any number of sessions.
    Sweeping,
}

impl Purpose {
    /// The statements that begin the transaction. `synchronous_commit` is on, whatever the server's default: an answer only reports what has reached the disk.
    /// A client that stops in the middle of a transaction holds up the others for less time than they wait.
    /// Names mean the tables of `schema` alone, whoever has made others of the same name since.
    fn begin(self, patience: Duration, writing: &str, schema: Option<&str>) -> String {
        let (level, statement, idle) = match self {
            Self::Reading => ("REPEATABLE READ READ ONLY", 60, 20),
            Self::Writing => (writing, 30, 10),
            Self::Sweeping => (writing, 600, 60),
        };
        let patience = patience.as_millis();
        let path = schema.map_or_else(String::new, |schema| {
            format!("; SET LOCAL search_path = {schema}, pg_temp")
        });
        format!(
            "BEGIN ISOLATION LEVEL {level}; SET LOCAL synchronous_commit = 'on'; SET LOCAL statement_timeout = '{statement}s'; SET LOCAL lock_timeout = '{patience}ms'; SET LOCAL idle_in_transaction_session_timeout = '{idle}s'{path}"
        )
    }
    const fn stage(self) -> Stage {
        match self {
            Self::Reading => Stage::Reading,
            _ => Stage::Writing,
        }
    }
}

/// A server, and the connection to it as long as there is one.
pub(crate) struct Connection {
    pub(crate) plan: ConnectionPlan,
    client: Option<Client>,
    /// How long to wait for a row's lock.
    pub(super) patience: Duration,
    /// The isolation level of transactions that write. Some engines use a higher one than they are asked for.
    pub(super) level: &'static str,
    /// The schema that has the store's tables, quoted, once it was found.
    pub(super) schema: Option<String>,
}

impl Connection {
    pub(crate) fn open(plan: ConnectionPlan) -> Result<Self, StoreError> {
        let client = Some(plan.connect()?);
        Ok(Self {
            plan,
            client,
            patience: PATIENCE,
            level: "READ COMMITTED",
            schema: None,
        })
    }

    /// The connection. It is a new one if the last was lost.
    pub(super) fn client(&mut self) -> Result<&mut Client, StoreError> {
        let client = match self.client.take().filter(|client| !client.is_closed()) {
            Some(client) => client,
            None => self.plan.connect()?,
        };
        Ok(self.client.insert(client))
    }

    /// Asks one question outside any transaction, and repeats it if the server asks for that.
    pub(super) fn look<T>(
        &mut self,
        question: &mut dyn FnMut(&mut Client) -> Result<T, TransactionError>,
    ) -> Result<T, StoreError> {
        for attempt in 1.. {
            let (failure, last) = match question(self.client()?) {
                Ok(answer) => return Ok(answer),
                Err(failure) => (failure, attempt >= ATTEMPTS),
            };
            match failure {
                TransactionError::Race(_) if !last => pause(attempt),
                TransactionError::Store(error) | TransactionError::Race(error) => {
                    return Err(error);
                }
                TransactionError::Sql(error) => match next(&error, Stage::Reading) {
                    Recovery::Again(_) | Recovery::Reconnect(_) if !last => pause(attempt),
                    Recovery::Again(error) | Recovery::Reconnect(error) | Recovery::Give(error) => {
                        return Err(error);
                    }
                    Recovery::Unsettled(words) => return Err(StoreError::Other(words)),
                },
            }
        }
        Err(StoreError::Busy)
    }

    /// Runs `work` in a transaction and commits it. If the transaction has to be repeated, `work` is called again. It is told whether an earlier attempt may
    /// have been committed after all; it then has to look.
    pub(crate) fn transact<T>(
        &mut self,
        purpose: Purpose,
        work: &mut dyn FnMut(&mut Client, bool) -> Result<T, TransactionError>,
    ) -> Result<T, StoreError> {
        let mut unsettled: Option<String> = None;
        let mut connections = 0;
        for attempt in 1.. {
            let (failure, stage) = match self.attempt(purpose, work, unsettled.is_some()) {
                Ok(done) => return Ok(done),
                Err(failed) => failed,
            };
            let mut give = match failure {
                TransactionError::Store(error) => return Err(certain(error, unsettled)),
                TransactionError::Race(error) => error,
                TransactionError::Sql(error) => match next(&error, stage) {
                    Recovery::Again(error) => error,
                    Recovery::Give(error) => return Err(certain(error, unsettled)),
                    Recovery::Reconnect(error) => {
                        (self.client, connections) = (None, connections + 1);
                        error
                    }
                    Recovery::Unsettled(words) => {
                        (self.client, connections) = (None, connections + 1);
                        unsettled = Some(words.clone());
                        StoreError::Uncertain(words)
                    }
                },
            };
            if attempt >= ATTEMPTS || connections > CONNECTIONS {
                return Err(certain(give, unsettled));
            }
            pause(attempt);
            if let Err(error) = self.client() {
                give = error;
                return Err(certain(give, unsettled));
            }
        }
        Err(StoreError::Busy)
    }

    fn attempt<T>(
        &mut self,
        purpose: Purpose,
        work: &mut dyn FnMut(&mut Client, bool) -> Result<T, TransactionError>,
        unsettled: bool,
    ) -> Result<T, (TransactionError, Stage)> {
        let stage = purpose.stage();
        let begin = purpose.begin(self.patience, self.level, self.schema.as_deref());
        let client = self.client().map_err(|error| (error.into(), stage))?;
        client
            .batch_execute(&begin)
            .map_err(|error| (error.into(), stage))?;
        match work(client, unsettled) {
            Ok(done) => {
                let at_the_end = match purpose {
                    Purpose::Reading => Stage::Reading,
                    _ => Stage::Committing,
                };
                client
                    .batch_execute("COMMIT")
                    .map_err(|error| (error.into(), at_the_end))?;
                Ok(done)
            }
            Err(failure) => {
                // If even the rollback fails, dropping the connection undoes the transaction.
                if client.batch_execute("ROLLBACK").is_err() {
                    self.client = None;
                }
                Err((failure, stage))
            }
        }
    }
}

/// If an earlier commit's outcome is unknown, a later error leaves it unknown.
fn certain(error: StoreError, unsettled: Option<String>) -> StoreError {
    unsettled.map_or(error, StoreError::Uncertain)
}
