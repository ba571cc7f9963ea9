//! Rows to values and back, each with a checksum: SQLite's pages have none, and a bit that has flipped must not make an ended session live.
use rusqlite::Row;
use rusqlite::types::Value;

use super::{Expiry, SessionKey, StoreError, Timestamp, damaged};
use crate::core::secret::Fingerprint;
use crate::core::time::Span;
use crate::session::family::{Ended, Generation, Session, Signed, Token, Why};

/// The columns of a session in the order of [`of_session`].
pub(super) const SESSION: &str = "row, key, id, issuer, profile, user, began_at, last_used_at, absolute_end, outlives, ended_at, ended_why, generations, idle_end, guards_until, checksum";
/// The columns of a generation in the order of [`of_generation`].
pub(super) const GENERATION: &str = "session, number, parent, fingerprint, token_id, issued_at, expires_at, recorded_at, used_at, retired_at, revoked_at, header, claims, access_header, access_claims, checksum";

/// [`Expiry::Never`].
pub(super) const NEVER: i64 = i64::MAX;

/// Microseconds since 1970, stopping 292,000 years away from there.
pub(super) fn micros(moment: Timestamp) -> i64 {
    let micros = i128::from(moment.seconds()) * 1_000_000 + i128::from(moment.nanos() / 1000);
    i64::try_from(micros.clamp(i64::MIN.into(), (NEVER - 1).into())).unwrap_or_default()
}

fn moment(micros: i64) -> Timestamp {
    let nanos = u32::try_from(micros.rem_euclid(1_000_000) * 1000).unwrap_or_default();
    Timestamp::new(micros.div_euclid(1_000_000), nanos)
}

/// An expiry as it is stored.
pub(super) fn expiry(micros: i64) -> Expiry {
    if micros == NEVER {
        Expiry::Never
    } else {
        Expiry::At(moment(micros))
    }
}

fn of_expiry(expiry: Expiry) -> Value {
    expiry.moment().map_or(NEVER, micros).into()
}

fn of_moment(moment: Option<Timestamp>) -> Value {
    moment.map(micros).into()
}

/// What makes a session unique, as one value.
pub(super) fn key_of(key: &SessionKey) -> Fingerprint {
    let issued_by = [u8::from(key.issuer.is_some())];
    let issuer = key.issuer.as_deref().unwrap_or_default();
    Fingerprint::over(
        "session",
        &[&issued_by, issuer.as_bytes(), key.id.as_bytes()],
    )
}

/// All the columns of a row.
pub(super) fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    let columns = row.as_ref().column_count();
    (0..columns).map(|column| row.get(column)).collect()
}

/// Over every column with its type. Eight bytes: it is there for damage, not for forgers, who could write a checksum too.
fn checksum(table: &str, values: &[Value]) -> i64 {
    let texts: Vec<Vec<u8>> = values
        .iter()
        .map(|value| match value {
            Value::Null => vec![0],
            Value::Integer(number) => [&[1][..], &number.to_be_bytes()].concat(),
            Value::Real(number) => [&[2][..], &number.to_be_bytes()].concat(),
            Value::Text(text) => [&[3][..], text.as_bytes()].concat(),
            Value::Blob(bytes) => [&[4][..], bytes].concat(),
        })
        .collect();
    let parts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let sum = Fingerprint::over(table, &parts);
    let first = sum.as_bytes().first_chunk().copied().unwrap_or_default();
    i64::from_be_bytes(first)
}

fn summed(table: &str, mut values: Vec<Value>) -> Vec<Value> {
    values.push(checksum(table, &values).into());
    values
}

/// The row of a session.
pub(super) fn of_session(row: i64, session: &Session) -> Vec<Value> {
    let why = session.ended.map(|ended| match ended.why {
        Why::Revoked => 1_i64,
        Why::Reuse => 2,
    });
    summed(
        "session 1",
        vec![
            row.into(),
            key_of(&session.key).as_bytes().to_vec().into(),
            session.key.id.clone().into(),
            session.key.issuer.clone().into(),
            session.profile.clone().into(),
            session.user.clone().into(),
            micros(session.began_at).into(),
            micros(session.last_used_at).into(),
            of_moment(session.absolute_end),
            i64::try_from(session.outlives.seconds())
                .unwrap_or(i64::MAX)
                .into(),
            of_moment(session.ended.map(|ended| ended.at)),
            why.into(),
            i64::from(session.generations).into(),
            of_expiry(session.idle_end),
            of_expiry(session.guards_until),
        ],
    )
}

/// The row of a generation.
pub(super) fn of_generation(session: i64, generation: &Generation) -> Vec<Value> {
    let token = &generation.token;
    let header = |signed: &Option<Signed>| -> Value {
        signed.as_ref().map(|signed| signed.header.clone()).into()
    };
    let claims = |signed: &Option<Signed>| -> Value {
        signed.as_ref().map(|signed| signed.claims.clone()).into()
    };
    summed(
        "generation 1",
        vec![
            session.into(),
            i64::from(generation.number).into(),
            generation.parent.map(i64::from).into(),
            token.fingerprint.as_bytes().to_vec().into(),
            token.id.clone().into(),
            of_moment(token.issued_at),
            of_expiry(token.expires_at),
            micros(generation.recorded_at).into(),
            of_moment(generation.used_at),
            of_moment(generation.retired_at),
            of_moment(generation.revoked_at),
            header(&token.signed),
            claims(&token.signed),
            header(&token.access),
            claims(&token.access),
        ],
    )
}

/// The columns of one row, taken from the front.
struct Columns<'a> {
    table: &'static str,
    rest: std::slice::Iter<'a, Value>,
}

impl<'a> Columns<'a> {
    fn checked(
        table: &'static str,
        version: &str,
        row: i64,
        values: &'a [Value],
    ) -> Result<Self, StoreError> {
        let sound = values.split_last().is_some_and(|(sum, values)| {
            *sum == Value::Integer(checksum(version, values))
                && values.first() == Some(&Value::Integer(row))
        });
        if !sound {
            return Err(damaged(&format!(
                "a row of {table} is not as it was written"
            )));
        }
        let mut rest = values.iter();
        rest.next();
        Ok(Self { table, rest })
    }
    fn wrong(&self) -> StoreError {
        damaged(&format!(
            "a row of {} has a value that it can't have",
            self.table
        ))
    }
    fn optional_number(&mut self) -> Result<Option<i64>, StoreError> {
        match self.rest.next() {
            Some(Value::Integer(number)) => Ok(Some(*number)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.wrong()),
        }
    }
    fn number(&mut self) -> Result<i64, StoreError> {
        self.optional_number()?.ok_or_else(|| self.wrong())
    }
    fn count(&mut self) -> Result<u32, StoreError> {
        u32::try_from(self.number()?).map_err(|_| self.wrong())
    }
    fn optional_moment(&mut self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.optional_number()?.map(moment))
    }
    fn optional_text(&mut self) -> Result<Option<String>, StoreError> {
        match self.rest.next() {
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(Value::Null) => Ok(None),
            _ => Err(self.wrong()),
        }
    }
    fn text(&mut self) -> Result<String, StoreError> {
        self.optional_text()?.ok_or_else(|| self.wrong())
    }
    fn fingerprint(&mut self) -> Result<Fingerprint, StoreError> {
        match self.rest.next() {
            Some(Value::Blob(bytes)) => bytes
                .as_slice()
                .try_into()
                .map(Fingerprint::from_bytes)
                .map_err(|_| self.wrong()),
            _ => Err(self.wrong()),
        }
    }
    fn signed(&mut self) -> Result<Option<Signed>, StoreError> {
        match (self.optional_text()?, self.optional_text()?) {
            (Some(header), Some(claims)) => Ok(Some(Signed { header, claims })),
            (None, None) => Ok(None),
            _ => Err(self.wrong()),
        }
    }
}

/// The session of a row.
pub(super) fn session(row: i64, values: &[Value]) -> Result<Session, StoreError> {
    let mut columns = Columns::checked("session", "session 1", row, values)?;
    let key_there = columns.fingerprint()?;
    let key = SessionKey {
        id: columns.text()?,
        issuer: columns.optional_text()?,
    };
    if key_of(&key) != key_there {
        return Err(columns.wrong());
    }
    Ok(Session {
        key,
        profile: columns.text()?,
        user: columns.optional_text()?,
        began_at: moment(columns.number()?),
        last_used_at: moment(columns.number()?),
        absolute_end: columns.optional_moment()?,
        outlives: Span::from_seconds(
            u64::try_from(columns.number()?).map_err(|_| columns.wrong())?,
        ),
        ended: match (columns.optional_moment()?, columns.optional_number()?) {
            (None, None) => None,
            (Some(at), Some(1)) => Some(Ended {
                at,
                why: Why::Revoked,
            }),
            (Some(at), Some(2)) => Some(Ended {
                at,
                why: Why::Reuse,
            }),
            _ => return Err(columns.wrong()),
        },
        generations: columns.count()?,
        idle_end: expiry(columns.number()?),
        guards_until: expiry(columns.number()?),
    })
}

/// The generation of a row.
pub(super) fn generation(session: i64, values: &[Value]) -> Result<Generation, StoreError> {
    let mut columns = Columns::checked("generation", "generation 1", session, values)?;
    let number = columns.count()?;
    let parent = columns.optional_number()?.map(u32::try_from).transpose();
    let parent = parent.map_err(|_| columns.wrong())?;
    let fingerprint = columns.fingerprint()?;
    let id = columns.optional_text()?;
    let issued_at = columns.optional_moment()?;
    let expires_at = expiry(columns.number()?);
    Ok(Generation {
        number,
        parent,
        recorded_at: moment(columns.number()?),
        used_at: columns.optional_moment()?,
        retired_at: columns.optional_moment()?,
        revoked_at: columns.optional_moment()?,
        token: Token {
            fingerprint,
            id,
            issued_at,
            expires_at,
            signed: columns.signed()?,
            access: columns.signed()?,
            text: None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_comes_back_to_the_microsecond_and_the_far_ones_stay_in_order() {
        for (seconds, nanos, expected) in [
            (0, 0, 0),
            (1_800_000_000, 400_000_999, 1_800_000_000_400_000),
            (-1, 999_999_000, -1),
            (i64::MAX, 0, NEVER - 1),
            (i64::MIN, 0, i64::MIN),
        ] {
            let at = Timestamp::new(seconds, nanos);
            assert_eq!(micros(at), expected);
            assert_eq!(micros(moment(expected)), expected);
        }
        assert_eq!(expiry(NEVER), Expiry::Never);
        assert_ne!(expiry(NEVER - 1), Expiry::Never);
    }
}
