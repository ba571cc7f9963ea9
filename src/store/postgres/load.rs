//! Loads sessions and their tokens from the tables. A decision gets as much of a family as it needs, a writer under a lock.
use std::collections::HashMap;
use std::fmt::Write as _;

use postgres::Client;
use postgres::types::{ToSql, Type};

use super::failure::TransactionError;
use super::place;
use super::rows::{SESSIONS, Table, escaped, generation, session};
use crate::core::secret::Fingerprint;
use crate::core::time::Timestamp;
use crate::session::family::{Change, Family, Generation, Session, SessionKey, StoreWrite};
use crate::session::store::{DamagedRecord, Listing, Lookup, Selection, StoreError, set_apart};
use crate::store::row::micros;

type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

fn bytes(fingerprint: &Fingerprint) -> Vec<u8> {
    fingerprint.as_bytes().to_vec()
}

fn sessions(
    client: &mut Client,
    behind: &str,
    given: &[Parameter],
) -> Result<Vec<Session>, TransactionError> {
    let sql = format!("{} {behind}", SESSIONS.select());
    let rows = client.query_typed(&sql, given)?;
    rows.iter().map(|row| Ok(session(row)?)).collect()
}

/// The rows of sessions, those that are damaged apart.
fn set_apart_of(
    client: &mut Client,
    behind: &str,
    given: &[Parameter],
) -> Result<Listing, TransactionError> {
    let sql = format!("{} {behind}", SESSIONS.select());
    let mut listing = Listing::default();
    for row in client.query_typed(&sql, given)? {
        let read = set_apart(session(&row), &mut listing.damaged)?;
        listing.sessions.extend(read);
    }
    Ok(listing)
}

/// The rows of tokens. An error names the session that they are thought to be of.
fn generations(
    client: &mut Client,
    table: &Table,
    of: Option<&Session>,
    behind: &str,
    given: &[Parameter],
) -> Result<Vec<(Fingerprint, Generation)>, TransactionError> {
    let sql = format!("{} {behind}", table.select());
    let rows = client.query_typed(&sql, given)?;
    let of = of.map(|session| session.key.id.as_str());
    let read = |row| generation(table, row).map_err(|error| error.of_record(of));
    rows.iter().map(|row| Ok(read(row)?)).collect()
}

/// Finds the session that a lookup means, with the token's own generation, if it is recorded. With `lock`, nobody else can change that session until the
/// transaction ends.
fn sought(
    client: &mut Client,
    table: &Table,
    lookup: &Lookup,
    lock: &str,
) -> Result<Option<(Session, Option<Generation>)>, TransactionError> {
    match lookup {
        Lookup::Token {
            fingerprint, key, ..
        } => {
            let (wanted, token) = (key.fingerprint(), bytes(fingerprint));
            let behind = format!(
                "WHERE key = $1 OR key = (SELECT session FROM jwtsess_generation WHERE fingerprint = $2){lock}"
            );
            let given: [Parameter; 2] = [(&bytes(&wanted), Type::BYTEA), (&token, Type::BYTEA)];
            let found = sessions(client, &behind, &given)?;
            // The token is looked up again under the lock, because getting the lock may have taken a while.
            let own = {
                let of = found.first();
                generations(client, table, of, "WHERE fingerprint = $1", &given[1..])?.pop()
            };
            let with = |key: &Fingerprint| {
                let mut found = found.iter();
                found.find(|session| session.key.fingerprint() == *key)
            };
            let by_token = match &own {
                None => None,
                // Another process has recorded the token since the first query.
                Some((key, _)) => Some(with(key).ok_or(TransactionError::Race(StoreError::Busy))?),
            };
            let by_session = with(&wanted);
            let key = |session: Option<&Session>| session.map(|session| session.key.clone());
            lookup.cross_check(key(by_token).as_ref(), key(by_session).as_ref())?;
            let found = by_token.or(by_session).cloned();
            Ok(found.map(|session| (session, own.map(|(_, generation)| generation))))
        }
        Lookup::Key(key) => {
            let (behind, key) = (format!("WHERE key = $1{lock}"), bytes(&key.fingerprint()));
            let mut found = sessions(client, &behind, &[(&key, Type::BYTEA)])?;
            Ok(found.pop().map(|session| (session, None)))
        }
        Lookup::Session(id) => {
            let behind = format!("WHERE id = $1{lock}");
            let mut found = sessions(client, &behind, &[(&escaped(id), Type::TEXT)])?;
            if found.len() > 1 {
                let keys: Vec<SessionKey> = found.into_iter().map(|session| session.key).collect();
                return Err(StoreError::Ambiguous(keys).into());
            }
            Ok(found.pop().map(|session| (session, None)))
        }
    }
}

/// Loads a family without a lock: by one of its current tokens as much as decisions need, otherwise whole.
pub(super) fn found(
    client: &mut Client,
    table: &Table,
    lookup: &Lookup,
) -> Result<Option<Family>, TransactionError> {
    let Some((session, own)) = sought(client, table, lookup, "")? else {
        return Ok(None);
    };
    let is_part = |own: &Generation| own.is_current() && own.number <= session.generations;
    if let Some(own) = own.filter(|own| is_part(own) && session.ended.is_none()) {
        return part(client, table, session, Some(own)).map(Some);
    }
    let key = bytes(&session.key.fingerprint());
    let found = generations(
        client,
        table,
        Some(&session),
        "WHERE session = $1 ORDER BY number",
        &[(&key, Type::BYTEA)],
    )?;
    let generations: Vec<Generation> = found
        .into_iter()
        .map(|(_, generation)| generation)
        .collect();
    let numbers = generations.iter().map(|generation| generation.number);
    if !numbers.eq(1..=session.generations) {
        let missing = StoreError::Damaged("some of its tokens are missing".to_owned());
        return Err(missing.of_record(Some(&session.key.id)).into());
    }
    Ok(Some(Family {
        session,
        generations,
    }))
}

/// Loads, under a lock, what decisions need of a family: its current generations, and the token's own with its parent and its successors. A session of many
/// years has thousands of others.
pub(super) fn locked(
    client: &mut Client,
    table: &Table,
    lookup: &Lookup,
) -> Result<Option<Family>, TransactionError> {
    let Some((session, own)) = sought(client, table, lookup, " FOR UPDATE")? else {
        return Ok(None);
    };
    part(client, table, session, own).map(Some)
}

/// Loads what decisions need of a session's generations.
fn part(
    client: &mut Client,
    table: &Table,
    session: Session,
    own: Option<Generation>,
) -> Result<Family, TransactionError> {
    let key = bytes(&session.key.fingerprint());
    // No generation has the number 0.
    let number = own.as_ref().map_or(0, |own| i64::from(own.number));
    let parent = own.and_then(|own| own.parent).map_or(0, i64::from);
    let found = generations(
        client,
        table,
        Some(&session),
        "WHERE session = $1 AND ((retired_at IS NULL AND revoked_at IS NULL) OR number = $2 OR number = $3 OR parent = $2) ORDER BY number",
        &[
            (&key, Type::BYTEA),
            (&number, Type::INT8),
            (&parent, Type::INT8),
        ],
    )?;
    let generations = found.into_iter().map(|(_, generation)| generation);
    Ok(Family {
        session,
        generations: generations.collect(),
    })
}

/// Adds those of a locked family's generations that a decision does not need, but of which something is kept: an opaque token's material.
pub(super) fn with_kept(
    client: &mut Client,
    table: &Table,
    family: &mut Family,
) -> Result<(), TransactionError> {
    let key = bytes(&family.session.key.fingerprint());
    let behind = "WHERE session = $1 AND header IS NOT NULL";
    let given: [Parameter; 1] = [(&key, Type::BYTEA)];
    let kept = generations(client, table, Some(&family.session), behind, &given)?;
    let others = kept.into_iter().map(|(_, generation)| generation);
    let others: Vec<_> = others
        .filter(|one| family.generation(one.number).is_none())
        .collect();
    family.generations.extend(others);
    family.generations.sort_by_key(|one| one.number);
    Ok(())
}

/// Loads the sessions of a selection, in no order. With `lock`, it locks them in the order of their keys, so that two processes that do so can't wait for each
/// other for ever.
pub(super) fn selected(
    client: &mut Client,
    selection: &Selection,
    lock: bool,
) -> Result<Listing, TransactionError> {
    let text = |text: Option<&String>| text.map(|text| escaped(text));
    // Sessions without an issuer are left to `takes`.
    let texts = [
        ("id", text(selection.id.as_ref())),
        ("issuer", text(selection.issuer.named())),
        ("\"user\"", text(selection.user.as_ref())),
    ];
    let before = selection.began_before.map(micros);
    let mut behind = String::from("WHERE true");
    let mut given: Vec<Parameter> = Vec::new();
    for (column, text) in &texts {
        if let Some(text) = text {
            given.push((text, Type::TEXT));
            _ = write!(behind, " AND {column} = ${}", given.len());
        }
    }
    if let Some(before) = &before {
        given.push((before, Type::INT8));
        // Not `<`: the stored moment has lost its nanoseconds. `takes` below compares again.
        _ = write!(behind, " AND began_at <= ${}", given.len());
    }
    if lock {
        behind += " ORDER BY key FOR UPDATE";
    }
    let mut found = set_apart_of(client, &behind, &given)?;
    found.sessions.retain(|session| selection.takes(session));
    Ok(found)
}

/// Loads these sessions with their current generations and those of which something is kept, the sessions that are damaged apart.
pub(super) fn with_current(
    client: &mut Client,
    table: &Table,
    sessions: Vec<Session>,
    damaged: &mut Vec<DamagedRecord>,
) -> Result<Vec<Family>, TransactionError> {
    let keys: Vec<Vec<u8>> = sessions
        .iter()
        .map(|session| bytes(&session.key.fingerprint()))
        .collect();
    let sql = format!(
        "{} WHERE session = ANY ($1) AND ((retired_at IS NULL AND revoked_at IS NULL) OR header IS NOT NULL) ORDER BY session, number",
        table.select()
    );
    let mut of: HashMap<Vec<u8>, Result<Vec<Generation>, StoreError>> = HashMap::new();
    for row in client.query_typed(&sql, &[(&keys, Type::BYTEA_ARRAY)])? {
        let own = of.entry(row.try_get(0)?).or_insert(Ok(Vec::new()));
        match (generation(table, &row), &mut *own) {
            (Ok((_, generation)), Ok(own)) => own.push(generation),
            (Ok(_), Err(_)) => {}
            (Err(error), _) => *own = Err(error),
        }
    }
    let mut families = Vec::new();
    for session in sessions {
        let own = of.remove(&bytes(&session.key.fingerprint()));
        let own = own.unwrap_or(Ok(Vec::new()));
        let own = own.map_err(|error| error.of_record(Some(&session.key.id)));
        if let Some(generations) = set_apart(own, damaged)? {
            families.push(Family {
                session,
                generations,
            });
        }
    }
    Ok(families)
}

/// The tokens that a change adds.
pub(super) fn added<'a>(change: &'a Change) -> Vec<&'a Generation> {
    let of = |step: &'a StoreWrite| match step {
        StoreWrite::Create(family) => family.generations.iter().collect(),
        StoreWrite::Add(generation) => vec![&**generation],
        _ => Vec::new(),
    };
    change.steps.iter().flat_map(of).collect()
}

/// Whether all these tokens are in the table, and so whether the change that added them was committed. Without tokens the answer is no.
pub(super) fn holds(client: &mut Client, added: &[&Generation]) -> Result<bool, TransactionError> {
    let fingerprints = added.iter().map(|one| bytes(&one.token.fingerprint));
    let fingerprints: Vec<Vec<u8>> = fingerprints.collect();
    if fingerprints.is_empty() {
        return Ok(false);
    }
    let sql = "SELECT count(*) FROM jwtsess_generation WHERE fingerprint = ANY ($1)";
    let row = client.query_typed_one(sql, &[(&fingerprints, Type::BYTEA_ARRAY)])?;
    Ok(usize::try_from(row.try_get::<_, i64>(0)?) == Ok(fingerprints.len()))
}

/// How many sessions guard nothing any more, and how many tokens these have. Of those that still guard something: how many there are, how many guard for ever,
/// and when the first stops.
pub(super) struct Guards {
    pub(super) passed: (i64, i64),
    pub(super) kept: (i64, i64, Option<i64>),
}

/// Counts what a clean-up at `now` removes and keeps, without the sessions with these keys.
pub(super) fn guards(
    client: &mut Client,
    now: Timestamp,
    but: &Vec<Vec<u8>>,
) -> Result<Guards, TransactionError> {
    let moments: [Parameter; 2] = [
        (&micros(now), Type::INT8),
        (&crate::store::row::NEVER, Type::INT8),
    ];
    let sql = "SELECT count(*), coalesce(sum(generations), 0)::bigint FROM jwtsess_session WHERE guards_until <= $1 AND NOT key = ANY ($2)";
    let given: [Parameter; 2] = [(&micros(now), Type::INT8), (but, Type::BYTEA_ARRAY)];
    let passed = client.query_typed_one(sql, &given)?;
    let sql = "SELECT count(*), (SELECT count(*) FROM jwtsess_session WHERE guards_until = $2), min(guards_until) FROM jwtsess_session WHERE guards_until > $1";
    let kept = client.query_typed_one(sql, &moments)?;
    Ok(Guards {
        passed: (passed.try_get(0)?, passed.try_get(1)?),
        kept: (kept.try_get(0)?, kept.try_get(1)?, kept.try_get(2)?),
    })
}

/// How many sessions are checked with one query.
const CHECKED: usize = 200;

/// The records whose row says that they guard nothing at `now`, but which can't be trusted; and their keys.
pub(super) fn damaged(
    client: &mut Client,
    table: &Table,
    now: Timestamp,
) -> Result<(Vec<Vec<u8>>, Vec<DamagedRecord>), TransactionError> {
    let behind = format!("WHERE guards_until <= $1 AND key >= $2 ORDER BY key LIMIT {CHECKED}");
    let sql = format!("{} {behind}", SESSIONS.select());
    let (mut keys, mut records) = (Vec::new(), Vec::new());
    let mut from: Vec<u8> = Vec::new();
    loop {
        let rows = client.query_typed(&sql, &[(&micros(now), Type::INT8), (&from, Type::BYTEA)])?;
        let Some(last) = rows.last() else {
            return Ok((keys, records));
        };
        from = last.try_get(0)?;
        // The next that there can be.
        from.push(0);
        let (mut of_rows, mut sound) = (Vec::new(), Vec::new());
        for row in &rows {
            let key: Vec<u8> = row.try_get(0)?;
            match set_apart(session(row), &mut records)? {
                Some(session) => sound.push(session),
                None => keys.push(key.clone()),
            }
            of_rows.push(key);
        }
        let mut tokens = tokens_of(client, table, &of_rows)?;
        for session in sound {
            let key = bytes(&session.key.fingerprint());
            let numbers = tokens.remove(&key).unwrap_or(Ok(Vec::new()));
            let checked = numbers.and_then(|numbers| {
                if numbers.into_iter().eq(1..=session.generations) {
                    return Ok(());
                }
                Err(StoreError::Damaged(
                    "some of its tokens are missing".to_owned(),
                ))
            });
            let checked = checked.map_err(|error| error.of_record(Some(&session.key.id)));
            if set_apart(checked, &mut records)?.is_none() {
                keys.push(key);
            }
        }
    }
}

/// The numbers of a session's tokens by the session's key, or why they can't be read.
type TokenNumbers = HashMap<Vec<u8>, Result<Vec<u32>, StoreError>>;

/// The numbers of these sessions' tokens, or what is wrong with one of them.
fn tokens_of(
    client: &mut Client,
    table: &Table,
    keys: &Vec<Vec<u8>>,
) -> Result<TokenNumbers, TransactionError> {
    let sql = format!(
        "{} WHERE session = ANY ($1) ORDER BY session, number",
        table.select()
    );
    let mut tokens = TokenNumbers::new();
    for row in client.query_typed(&sql, &[(keys, Type::BYTEA_ARRAY)])? {
        let numbers = tokens.entry(row.try_get(0)?).or_insert(Ok(Vec::new()));
        match (generation(table, &row), &mut *numbers) {
            (Ok((_, token)), Ok(numbers)) => numbers.push(token.number),
            (Ok(_), Err(_)) => {}
            (Err(error), _) => *numbers = Err(error),
        }
    }
    Ok(tokens)
}

/// Removes the sessions that guard nothing at `now`, with their tokens, but those with these keys. Returns how many sessions it removed.
pub(super) fn remove(
    client: &mut Client,
    now: Timestamp,
    but: &Vec<Vec<u8>>,
) -> Result<u64, TransactionError> {
    let sql = "DELETE FROM jwtsess_session WHERE guards_until <= $1 AND NOT key = ANY ($2)";
    let given: [Parameter; 2] = [(&micros(now), Type::INT8), (but, Type::BYTEA_ARRAY)];
    let removed = client.execute_typed(sql, &given)?;
    // A trigger could have kept them, or their tokens.
    place::schema(client)?;
    Ok(removed)
}
