//! drf-jwt's table. It lists only tokens and families that are ended. A family is known by its first token's `jti`.
use super::claims::{StoredToken, span};
use super::database::Database;
use super::schema::{BLACKLIST, UserTableSchema};
use super::sql::{
    ChangeExtent, Row, Sql, SqlValue, StatementError, apart, not_kept, of_record, remove,
    unsupported,
};
use super::users::{dashed, uuid_hex};
use crate::core::emulator::BlacklistEntry;
use crate::core::policy::MAX_LEEWAY;
use crate::core::secret::Fingerprint;
use crate::core::time::Span;
use crate::core::time::Timestamp;
use crate::django::settings::{DjangoSettings, TokenId};
use crate::session::family::{
    Change, EndReason, Expiry, Family, Generation, Session, SessionEnd, SessionKey, SessionToken,
    StoreWrite, apply,
};
use crate::session::store::{
    DamagedRecord, Listing, Lookup, PurgeSummary, Selection, StoreError, UpdateResult, in_order,
};

/// How many rows are held in memory at once.
const BATCH: usize = 1000;
/// The last moment that Django can write. A token that never expires is listed until then.
const LAST: Timestamp = Timestamp::from_seconds(253_402_300_799);

/// drf-jwt's table, and its server's settings.
pub(super) struct DrfJwtTable {
    pub(super) users: UserTableSchema,
    pub(super) settings: DjangoSettings,
    table: String,
}

/// A row of the table.
struct Listed {
    row: i64,
    text: Option<String>,
    told: StoredToken,
    /// The family's id, as 32 hexadecimal digits.
    family: Option<String>,
    expires_at: Timestamp,
    blacklisted_at: Timestamp,
    user: String,
}

impl Listed {
    fn id(&self) -> String {
        id_of(self.family.as_deref(), &self.told)
    }
}

/// What a lookup searches for. It depends on `JWT_TOKEN_ID`.
struct ListingQuery<'a> {
    family: Option<String>,
    fingerprint: Option<&'a Fingerprint>,
}

impl DrfJwtTable {
    /// `named` gives a table's name as it stands in a statement.
    pub(super) fn new(
        named: &dyn Fn(&str) -> String,
        users: UserTableSchema,
        settings: DjangoSettings,
    ) -> Self {
        Self {
            users,
            settings,
            table: named(BLACKLIST),
        }
    }

    fn select(&self) -> String {
        format!(
            "SELECT b.id, b.token, b.token_id, b.expires_at, b.blacklisted_at, b.user_id, {} FROM {} b LEFT JOIN {} u ON u.{} = b.user_id",
            self.users.name_of("u"),
            self.table,
            self.users.table,
            self.users.id
        )
    }

    /// The error names the session, if what tells it can be read.
    fn read(&self, mut row: Row) -> Result<Listed, StatementError> {
        let number = row.number()?;
        let (text, family) = (row.optional_text(), row.optional_uuid());
        let text = text.map_err(|error| of_record(error, None))?;
        let family = family.map_err(|error| of_record(error, None))?;
        let told = StoredToken::read(text.as_deref().unwrap_or_default());
        let id = id_of(family.as_deref(), &told);
        let rest = self.read_rest(row, number, (text, told), family);
        rest.map_err(|error| of_record(error, Some(&id)))
    }

    fn read_rest(
        &self,
        mut row: Row,
        number: i64,
        (text, told): (Option<String>, StoredToken),
        family: Option<String>,
    ) -> Result<Listed, StatementError> {
        row.check()?;
        let (expires_at, blacklisted_at) = (row.moment()?, row.moment()?);
        let (key, name) = (row.value(), row.optional_text()?);
        Ok(Listed {
            row: number,
            told,
            text,
            family,
            expires_at,
            blacklisted_at,
            user: name.unwrap_or_else(|| self.users.id(&key).to_string()),
        })
    }

    /// Searches as `BlacklistedToken.is_blocked` does, with one difference: a token is compared by what was signed, not by its text, so that a signature in
    /// another spelling does not pass.
    fn asked<'a>(&self, lookup: &'a Lookup) -> ListingQuery<'a> {
        let (id, fingerprint) = match lookup {
            Lookup::Token {
                fingerprint, key, ..
            } => (&key.id, Some(fingerprint)),
            Lookup::Session(id) => (id, None),
            Lookup::Key(key) => (&key.id, None),
        };
        let by_family = fingerprint.is_none() || self.settings.token_id != TokenId::Off;
        ListingQuery {
            family: uuid_hex(id).filter(|_| by_family),
            fingerprint: fingerprint.filter(|_| self.settings.token_id != TokenId::Require),
        }
    }

    fn look_up(
        &self,
        sql: &mut dyn Sql,
        lookup: &Lookup,
    ) -> Result<Option<Listed>, StatementError> {
        let asked = self.asked(lookup);
        if let Some(family) = asked.family {
            let statement = format!("{} WHERE b.token_id = ?1 ORDER BY b.id", self.select());
            if let Some(row) = sql
                .rows(&statement, &[SqlValue::Uuid(family)])?
                .into_iter()
                .next()
            {
                let read = self.read(row);
                return read.map_err(|error| of_record(error, None)).map(Some);
            }
        }
        let fits = |row: &Listed| match (asked.fingerprint, lookup) {
            (Some(wanted), _) => fingerprint(&row.told) == *wanted,
            (None, Lookup::Session(id)) => row.id() == *id,
            (None, Lookup::Key(key)) => row.id() == key.id,
            (None, Lookup::Token { .. }) => false,
        };
        // Only their texts tell these rows apart. If the server lists families by id, they are the few rows without one.
        let some = match self.settings.token_id {
            TokenId::Off => "b.token IS NOT NULL",
            TokenId::Include | TokenId::Require => "b.token_id IS NULL",
        };
        let mut found = None;
        let damaged = self.scan(sql, some, &mut |row| {
            if found.is_none() && fits(&row) {
                found = Some(row);
            }
        })?;
        let wanted = match lookup {
            Lookup::Token { fingerprint, .. } => fingerprint.short(),
            Lookup::Session(id) => id.clone(),
            Lookup::Key(key) => key.id.clone(),
        };
        // It may be the one that was sought.
        let may_be =
            |record: &DamagedRecord| record.session.as_ref().is_none_or(|id| *id == wanted);
        match damaged.into_iter().find(may_be) {
            Some(record) if found.is_none() => Err(StoreError::DamagedRecord(record).into()),
            _ => Ok(found),
        }
    }

    fn scan(
        &self,
        sql: &mut dyn Sql,
        condition: &str,
        each: &mut dyn FnMut(Listed),
    ) -> Result<Vec<DamagedRecord>, StatementError> {
        let mut damaged = Vec::new();
        let statement = format!(
            "{} WHERE b.id > ?1 AND {condition} ORDER BY b.id LIMIT {BATCH}",
            self.select()
        );
        let mut last = 0;
        loop {
            let rows = sql.rows(&statement, &[SqlValue::Number(last)])?;
            let count = rows.len();
            for row in rows {
                if let SqlValue::Number(number) = row.first() {
                    last = number;
                }
                if let Some(row) = apart(self.read(row), &mut damaged)? {
                    each(row);
                }
            }
            if count < BATCH {
                return Ok(damaged);
            }
        }
    }

    /// Until when a family's last token can be used. The server exchanges a token until `orig_iat` plus the refresh delta, and the last one lives an expiration
    /// delta longer. drf-jwt itself uses the listed token's own `iat` instead, so that a family lives again when its stale rows are deleted.
    fn usable_until(&self, told: &StoredToken) -> Timestamp {
        let settings = &self.settings;
        let (life, refresh) = (
            span(settings.access_lifetime),
            span(settings.refresh_lifetime),
        );
        let own = match told.expiry() {
            Expiry::At(at) if settings.verify_expiration => at,
            _ => return LAST,
        };
        // drf-jwt compares whole seconds, so a token can be exchanged during the whole of the last one.
        let exchanged_until = told
            .moment("orig_iat")
            .map(|from| from.plus(refresh).plus(Span::from_seconds(1)));
        let last = exchanged_until.map_or(own, |until| own.max(until.plus(life)));
        last.plus(span(settings.leeway)).min(LAST)
    }

    /// Until when a row guards. A row without the token's text tells nothing of its claims, so the longest life that it can have had is taken: the family's
    /// first token is not younger than the row.
    fn guards_until(&self, row: &Listed) -> Timestamp {
        let settings = &self.settings;
        let (life, refresh) = (
            span(settings.access_lifetime),
            span(settings.refresh_lifetime),
        );
        let told = match &row.text {
            Some(_) => self.usable_until(&row.told),
            None => row.blacklisted_at.plus(refresh).plus(life),
        };
        told.max(row.expires_at)
            .plus(span(settings.leeway).max(MAX_LEEWAY))
    }

    fn session(&self, row: &Listed) -> Session {
        let guards_until = Expiry::At(self.guards_until(row));
        let began_at = row
            .told
            .moment("orig_iat")
            .unwrap_or(row.blacklisted_at)
            .min(row.blacklisted_at);
        Session {
            key: SessionKey {
                issuer: row.told.issuer(),
                id: row.id(),
            },
            profile: "drf-jwt".to_owned(),
            user: Some(row.user.clone()),
            began_at,
            last_used_at: row.blacklisted_at,
            absolute_end: None,
            outlives: Span::from_seconds(0),
            ended: Some(SessionEnd {
                at: row.blacklisted_at,
                why: EndReason::Revoked,
            }),
            generations: 1,
            idle_end: Expiry::At(row.expires_at),
            guards_until,
        }
    }

    fn family(&self, row: &Listed) -> Family {
        let session = self.session(row);
        let mut family = Family {
            session,
            generations: Vec::new(),
        };
        if row.text.is_some() {
            let id = row.told.string("jti");
            let mut token = row.told.token(id.as_deref(), row.told.expiry());
            token.signed = None;
            let at = family.session.began_at;
            family.generations.push(Generation::new(1, None, token, at));
        }
        family
    }

    pub(super) fn find(
        &self,
        sql: &mut dyn Sql,
        lookup: &Lookup,
    ) -> Result<Option<Family>, StatementError> {
        let row = self.look_up(sql, lookup)?;
        Ok(row.map(|row| self.family(&row)))
    }

    pub(super) fn update(
        &self,
        database: &mut Database,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, StoreError> {
        // If an earlier attempt was committed after all, the family is found ended, which is what was wanted.
        database.write(ChangeExtent::One, &mut |sql, _| {
            let before = self.look_up(sql, lookup)?.map(|row| self.family(&row));
            let change = decide(before.as_ref());
            self.write(sql, &change)?;
            let family = apply(before.as_ref(), &change);
            Ok(UpdateResult { change, family })
        })
    }

    /// Writes a change. A live family stands in no table of drf-jwt's, so that ending it is the only thing that can be written.
    fn write(&self, sql: &mut dyn Sql, change: &Change) -> Result<(), StatementError> {
        let mut family = None;
        for step in &change.steps {
            match step {
                StoreWrite::Create(created) => family = Some(created),
                StoreWrite::Add(_) | StoreWrite::Use(_) | StoreWrite::Guard(_) => {}
                StoreWrite::End(_) => {
                    let family =
                        family.ok_or_else(|| unsupported("end a session again that was ended"))?;
                    self.record(sql, family, change.at)?;
                }
                // The list goes by the family, so that it would end the successor too.
                StoreWrite::Retire(_) | StoreWrite::RevokeToken(_) => {
                    return Err(unsupported("retire one token of a family"));
                }
            }
        }
        Ok(())
    }

    fn record(
        &self,
        sql: &mut dyn Sql,
        family: &Family,
        now: Timestamp,
    ) -> Result<(), StatementError> {
        let token: &SessionToken = match family.generations.as_slice() {
            [one] => &one.token,
            _ => return Err(unsupported("end a session without one of its tokens")),
        };
        let told =
            StoredToken::of(token).ok_or_else(|| unsupported("list a token without its text"))?;
        let name = told.text("username").unwrap_or_default();
        let user = self.users.by_name(sql, &name)?.ok_or_else(|| {
            StatementError::Store(StoreError::Other(
                "it has no user with the token's username, and it lists a token only with its user"
                    .to_owned(),
            ))
        })?;
        let id = told.string("orig_jti").or_else(|| told.string("jti"));
        let id = id.and_then(|id| uuid_hex(&id));
        // As in drf-jwt: if the id is what counts, the text is not kept.
        let keeps_text = self.settings.token_id != TokenId::Require || id.is_none();
        let text = token.text.as_ref().filter(|_| keeps_text);
        let text = text.and_then(|text| std::str::from_utf8(text.expose()).ok());
        let statement = format!(
            "INSERT INTO {} (token, token_id, user_id, expires_at, blacklisted_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            self.table
        );
        let parameters = [
            text.into(),
            id.map(SqlValue::Uuid).into(),
            user.key,
            self.usable_until(&told).into(),
            now.into(),
        ];
        sql.rows(&statement, &parameters)?;
        sql.settle()?;
        let [text, id, ..] = parameters;
        let (column, value) = match &id {
            SqlValue::Null => ("token", text),
            _ => ("token_id", id),
        };
        let there = format!("SELECT id FROM {} WHERE {column} = ?1", self.table);
        if sql.rows(&there, &[value])?.is_empty() {
            return Err(not_kept(&self.table));
        }
        Ok(())
    }

    pub(super) fn list(
        &self,
        sql: &mut dyn Sql,
        selection: &Selection,
    ) -> Result<Listing, StatementError> {
        let mut wanted = selection.clone();
        if let Some(user) = &selection.user
            && let Some(found) = self.users.named(sql, user)?
        {
            wanted.user = Some(found.user.name);
        }
        let mut sessions = Vec::new();
        let damaged = self.scan(sql, "TRUE", &mut |row| {
            let session = self.session(&row);
            if wanted.takes(&session) {
                sessions.push(session);
            }
        })?;
        in_order(&mut sessions);
        Ok(Listing { sessions, damaged })
    }

    /// Ends nothing: a session that is listed has ended, and one that has not ended is not listed.
    pub(super) fn end(
        &self,
        sql: &mut dyn Sql,
        selection: &Selection,
    ) -> Result<Listing, StatementError> {
        match &selection.id {
            Some(id) if self.find(sql, &Lookup::Session(id.clone()))?.is_some() => {
                Ok(Listing::default())
            }
            _ => Err(unsupported(
                "list sessions: drf-jwt's table has only those that were ended, each as one of its tokens",
            )),
        }
    }

    /// Does what drf-jwt's `delete_stale_tokens` should do.
    pub(super) fn purge(
        &self,
        database: &mut Database,
        now: Timestamp,
        rehearse: bool,
    ) -> Result<PurgeSummary, StoreError> {
        let (mut purged, removed) = database.read(&mut |sql| {
            let (mut purged, mut removed) = (PurgeSummary::default(), Vec::new());
            let damaged = self.scan(sql, "TRUE", &mut |row| {
                let guards_until = self.guards_until(&row);
                if now >= guards_until {
                    removed.push(SqlValue::Number(row.row));
                } else if guards_until >= LAST {
                    purged.keep(Expiry::Never);
                } else {
                    purged.keep(Expiry::At(guards_until));
                }
            })?;
            purged.damaged = damaged;
            Ok((purged, removed))
        })?;
        purged.sessions = u64::try_from(removed.len()).unwrap_or(u64::MAX);
        purged.tokens = purged.sessions;
        if !rehearse && !removed.is_empty() {
            database.write(ChangeExtent::Many, &mut |sql, _| {
                for rows in removed.chunks(BATCH) {
                    remove(sql, &self.table, "id", rows)?;
                }
                Ok(())
            })?;
        }
        Ok(purged)
    }

    /// Whether the server's `is_blocked` finds the token or the family.
    pub(super) fn is_ended(
        &self,
        sql: &mut dyn Sql,
        listed: BlacklistEntry<'_>,
    ) -> Result<bool, StatementError> {
        let (column, value) = match listed {
            BlacklistEntry::Id(id) => ("token_id", uuid_hex(id).map(SqlValue::Uuid)),
            BlacklistEntry::Token(text) => {
                let text = (!text.contains('\0')).then(|| text.into());
                ("token", text)
            }
        };
        let Some(value) = value else {
            return Ok(false);
        };
        let statement = format!("SELECT id FROM {} WHERE {column} = ?1 LIMIT 1", self.table);
        Ok(!sql.rows(&statement, &[value])?.is_empty())
    }
}

fn fingerprint(told: &StoredToken) -> Fingerprint {
    told.fingerprint(told.string("jti").as_deref())
}

/// A family's id as its tokens write it. A row without one gets its token's short fingerprint.
fn id_of(family: Option<&str>, told: &StoredToken) -> String {
    match family {
        Some(hex) => dashed(hex),
        None => fingerprint(told).short(),
    }
}
