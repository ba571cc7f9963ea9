//! Turns sessions and generations into rows of plain values and back, in the same way for SQLite and PostgreSQL.
use crate::core::secret::Fingerprint;
use crate::core::time::{Span, Timestamp};
use crate::session::family::{
    EndReason, Expiry, Generation, Seal, Session, SessionEnd, SessionKey, SessionToken,
    SignedContent,
};
use crate::session::store::StoreError;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    /// A signed number of 64 bits.
    Integer,
    Text,
    Bytes,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowValue {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// The columns of a session as SQL names them, in the order of [`of_session`]. The first identifies the session.
pub(super) const SESSION: [(&str, ColumnKind); 14] = [
    ("key", ColumnKind::Bytes),
    ("id", ColumnKind::Text),
    ("issuer", ColumnKind::Text),
    ("profile", ColumnKind::Text),
    ("\"user\"", ColumnKind::Text),
    ("began_at", ColumnKind::Integer),
    ("last_used_at", ColumnKind::Integer),
    ("absolute_end", ColumnKind::Integer),
    ("outlives", ColumnKind::Integer),
    ("ended_at", ColumnKind::Integer),
    ("ended_why", ColumnKind::Integer),
    ("generations", ColumnKind::Integer),
    ("idle_end", ColumnKind::Integer),
    ("guards_until", ColumnKind::Integer),
];

/// The columns of a generation, without its session's, in the order of [`of_generation`].
pub(super) const GENERATION: [(&str, ColumnKind); 14] = [
    ("number", ColumnKind::Integer),
    ("parent", ColumnKind::Integer),
    ("fingerprint", ColumnKind::Bytes),
    ("token_id", ColumnKind::Text),
    ("issued_at", ColumnKind::Integer),
    ("expires_at", ColumnKind::Integer),
    ("recorded_at", ColumnKind::Integer),
    ("used_at", ColumnKind::Integer),
    ("retired_at", ColumnKind::Integer),
    ("revoked_at", ColumnKind::Integer),
    ("header", ColumnKind::Text),
    ("claims", ColumnKind::Text),
    ("access_header", ColumnKind::Text),
    ("access_claims", ColumnKind::Text),
];

/// The columns that schema 2 adds to a generation, in the order of [`of_seals`].
pub(super) const SEALS: [(&str, ColumnKind); 4] = [
    ("mac", ColumnKind::Bytes),
    ("mac_kid", ColumnKind::Text),
    ("access_mac", ColumnKind::Bytes),
    ("access_mac_kid", ColumnKind::Text),
];

/// How [`Expiry::Never`] is stored.
pub(super) const NEVER: i64 = i64::MAX;

/// Microseconds since 1970. A moment more than 292,000 years away from there is moved to that limit.
pub(super) fn micros(moment: Timestamp) -> i64 {
    let micros = i128::from(moment.seconds()) * 1_000_000 + i128::from(moment.nanos() / 1000);
    i64::try_from(micros.clamp(i64::MIN.into(), (NEVER - 1).into())).unwrap_or_default()
}

fn moment(micros: i64) -> Timestamp {
    let nanos = u32::try_from(micros.rem_euclid(1_000_000) * 1000).unwrap_or_default();
    Timestamp::new(micros.div_euclid(1_000_000), nanos)
}

/// Reads a stored expiry.
pub(super) fn expiry(micros: i64) -> Expiry {
    if micros == NEVER {
        Expiry::Never
    } else {
        Expiry::At(moment(micros))
    }
}

fn of_expiry(expiry: Expiry) -> RowValue {
    RowValue::Integer(expiry.moment().map_or(NEVER, micros))
}

fn of_moment(moment: Option<Timestamp>) -> RowValue {
    moment.map_or(RowValue::Null, |moment| RowValue::Integer(micros(moment)))
}

fn of_text(text: Option<&String>) -> RowValue {
    text.map_or(RowValue::Null, |text| RowValue::Text(text.clone()))
}

fn of_fingerprint(fingerprint: &Fingerprint) -> RowValue {
    RowValue::Bytes(fingerprint.as_bytes().to_vec())
}

/// Writes a session as a row.
pub(super) fn of_session(session: &Session) -> Vec<RowValue> {
    let why = session.ended.map(|ended| match ended.why {
        EndReason::Revoked => 1,
        EndReason::Reuse => 2,
    });
    let outlives = i64::try_from(session.outlives.seconds()).unwrap_or(i64::MAX);
    vec![
        of_fingerprint(&session.key.fingerprint()),
        RowValue::Text(session.key.id.clone()),
        of_text(session.key.issuer.as_ref()),
        RowValue::Text(session.profile.clone()),
        of_text(session.user.as_ref()),
        RowValue::Integer(micros(session.began_at)),
        RowValue::Integer(micros(session.last_used_at)),
        of_moment(session.absolute_end),
        RowValue::Integer(outlives),
        of_moment(session.ended.map(|ended| ended.at)),
        why.map_or(RowValue::Null, RowValue::Integer),
        RowValue::Integer(session.generations.into()),
        of_expiry(session.idle_end),
        of_expiry(session.guards_until),
    ]
}

/// Writes the seals of a generation.
pub(super) fn of_seals(generation: &Generation) -> Vec<RowValue> {
    let contents = [&generation.token.signed, &generation.token.access];
    let of = |content: &Option<SignedContent>| match content.as_ref().map(|one| &one.seal) {
        Some(Seal::Mac { mac, kid }) => [RowValue::Bytes(mac.to_vec()), of_text(kid.as_ref())],
        Some(Seal::Unkept | Seal::Missing) | None => [RowValue::Null, RowValue::Null],
    };
    contents.into_iter().flat_map(of).collect()
}

/// Writes a generation as a row of schema 1.
pub(super) fn of_generation(generation: &Generation) -> Vec<RowValue> {
    let token = &generation.token;
    let signed = |signed: &Option<SignedContent>| {
        let signed = signed.as_ref();
        [
            of_text(signed.map(|signed| &signed.header)),
            of_text(signed.map(|signed| &signed.claims)),
        ]
    };
    let parent = generation.parent.map(i64::from);
    let mut values = vec![
        RowValue::Integer(generation.number.into()),
        parent.map_or(RowValue::Null, RowValue::Integer),
        of_fingerprint(&token.fingerprint),
        of_text(token.id.as_ref()),
        of_moment(token.issued_at),
        of_expiry(token.expires_at),
        RowValue::Integer(micros(generation.recorded_at)),
        of_moment(generation.used_at),
        of_moment(generation.retired_at),
        of_moment(generation.revoked_at),
    ];
    values.extend(signed(&token.signed));
    values.extend(signed(&token.access));
    values
}

/// The values of one row. Each method takes the next ones from the front.
pub(super) struct Columns {
    table: &'static str,
    rest: std::vec::IntoIter<RowValue>,
}

impl Columns {
    /// Starts at the front of a row. `table` is named in errors.
    pub(super) fn of(table: &'static str, values: Vec<RowValue>) -> Self {
        Self {
            table,
            rest: values.into_iter(),
        }
    }
    /// The same with more values behind.
    pub(super) fn and(self, more: Vec<RowValue>) -> Self {
        let values = self.rest.chain(more).collect();
        Self::of(self.table, values)
    }
    fn wrong(&self) -> StoreError {
        let table = self.table;
        StoreError::Damaged(format!("a row of {table} has an invalid value"))
    }
    fn optional_number(&mut self) -> Result<Option<i64>, StoreError> {
        match self.rest.next() {
            Some(RowValue::Integer(number)) => Ok(Some(number)),
            Some(RowValue::Null) => Ok(None),
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
            Some(RowValue::Text(text)) => Ok(Some(text)),
            Some(RowValue::Null) => Ok(None),
            _ => Err(self.wrong()),
        }
    }
    fn text(&mut self) -> Result<String, StoreError> {
        self.optional_text()?.ok_or_else(|| self.wrong())
    }
    /// Takes a fingerprint's 32 bytes.
    pub(super) fn fingerprint(&mut self) -> Result<Fingerprint, StoreError> {
        match self.rest.next() {
            Some(RowValue::Bytes(bytes)) => bytes
                .try_into()
                .map(Fingerprint::from_bytes)
                .map_err(|_| self.wrong()),
            _ => Err(self.wrong()),
        }
    }
    fn signed(&mut self) -> Result<Option<SignedContent>, StoreError> {
        match (self.optional_text()?, self.optional_text()?) {
            (Some(header), Some(claims)) => Ok(Some(SignedContent {
                header,
                claims,
                seal: Seal::Unkept,
            })),
            (None, None) => Ok(None),
            _ => Err(self.wrong()),
        }
    }
    /// Reads the row of a session.
    pub(super) fn session(mut self) -> Result<Session, StoreError> {
        let there = self.fingerprint()?;
        let key = SessionKey {
            id: self.text()?,
            issuer: self.optional_text()?,
        };
        if key.fingerprint() != there {
            return Err(self.wrong());
        }
        Ok(Session {
            key,
            profile: self.text()?,
            user: self.optional_text()?,
            began_at: moment(self.number()?),
            last_used_at: moment(self.number()?),
            absolute_end: self.optional_moment()?,
            outlives: u64::try_from(self.number()?)
                .map(Span::from_seconds)
                .map_err(|_| self.wrong())?,
            ended: self.ended()?,
            generations: self.count()?,
            idle_end: expiry(self.number()?),
            guards_until: expiry(self.number()?),
        })
    }
    fn ended(&mut self) -> Result<Option<SessionEnd>, StoreError> {
        let ended = |at, why| Ok(Some(SessionEnd { at, why }));
        match (self.optional_moment()?, self.optional_number()?) {
            (None, None) => Ok(None),
            (Some(at), Some(1)) => ended(at, EndReason::Revoked),
            (Some(at), Some(2)) => ended(at, EndReason::Reuse),
            _ => Err(self.wrong()),
        }
    }
    /// Reads a seal, and puts it to what it seals. A row in which nothing is kept any more may have one all the same.
    fn seal(&mut self, content: &mut Option<SignedContent>) -> Result<(), StoreError> {
        let mac = match self.rest.next() {
            Some(RowValue::Bytes(mac)) => Some(mac.try_into().map_err(|_| self.wrong())?),
            Some(RowValue::Null) => None,
            _ => return Err(self.wrong()),
        };
        let kid = self.optional_text()?;
        if let Some(content) = content {
            content.seal = mac.map_or(Seal::Missing, |mac| Seal::Mac { mac, kid });
        }
        Ok(())
    }
    /// Reads the row of a generation, with the columns of [`SEALS`] or without.
    pub(super) fn generation(mut self) -> Result<Generation, StoreError> {
        let number = self.count()?;
        let parent = self.optional_number()?.map(u32::try_from).transpose();
        let parent = parent.map_err(|_| self.wrong())?;
        let fingerprint = self.fingerprint()?;
        let id = self.optional_text()?;
        let issued_at = self.optional_moment()?;
        let expires_at = expiry(self.number()?);
        let mut generation = Generation {
            number,
            parent,
            recorded_at: moment(self.number()?),
            used_at: self.optional_moment()?,
            retired_at: self.optional_moment()?,
            revoked_at: self.optional_moment()?,
            token: SessionToken {
                fingerprint,
                id,
                issued_at,
                expires_at,
                signed: self.signed()?,
                access: self.signed()?,
                text: None,
            },
        };
        if self.rest.len() > 0 {
            self.seal(&mut generation.token.signed)?;
            self.seal(&mut generation.token.access)?;
        }
        Ok(generation)
    }
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
