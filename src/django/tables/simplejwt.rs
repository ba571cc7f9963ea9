//! simplejwt's tables. They list every refresh and sliding token that was issued, and those that are ended. Here each token is a session of its own, known by
//! its `jti`.
use std::fmt::Write as _;

use super::claims::{StoredToken, span};
use super::database::Database;
use super::schema::{ENDED, OUTSTANDING, UserTableSchema};
use super::sql::{
    ChangeExtent, Row, Sql, SqlValue, StatementError, apart, not_kept, of_record, remove,
    unsupported,
};
use crate::core::policy::MAX_LEEWAY;
use crate::core::secret::Secret;
use crate::core::time::Span;
use crate::core::time::Timestamp;
use crate::django::settings::DjangoSettings;
use crate::session::family::{
    Change, EndReason, Expiry, Family, Generation, Session, SessionEnd, SessionKey, SessionToken,
    StoreWrite, apply,
};
use crate::session::store::{
    DamagedRecord, Listing, Lookup, PurgeSummary, Selection, StoreError, UpdateResult, in_order,
};

/// How many rows are held in memory at once.
const BATCH: usize = 1000;

/// simplejwt's tables, and its server's settings.
pub(super) struct SimpleJwtTables {
    pub(super) users: UserTableSchema,
    pub(super) settings: DjangoSettings,
    outstanding: String,
    ended: String,
}

/// A row of the outstanding tokens, with the moment when it was ended.
struct Outstanding {
    row: i64,
    told: StoredToken,
    id: String,
    created_at: Option<Timestamp>,
    expires_at: Timestamp,
    blacklisted_at: Option<Timestamp>,
    user: Option<String>,
}

/// What to do with each row of a selection.
type RowAction<'a> =
    &'a mut dyn FnMut(&mut dyn Sql, &Outstanding, Session) -> Result<(), StatementError>;

impl SimpleJwtTables {
    /// `named` gives a table's name as it stands in a statement.
    pub(super) fn new(
        named: &dyn Fn(&str) -> String,
        users: UserTableSchema,
        settings: DjangoSettings,
    ) -> Self {
        Self {
            users,
            settings,
            outstanding: named(OUTSTANDING),
            ended: named(ENDED),
        }
    }

    fn select(&self) -> String {
        format!(
            "SELECT o.id, o.jti, o.token, o.created_at, o.expires_at, b.blacklisted_at, o.user_id, {} FROM {} o LEFT JOIN {} b ON b.token_id = o.id LEFT JOIN {} u ON u.{} = o.user_id",
            self.users.name_of("u"),
            self.outstanding,
            self.ended,
            self.users.table,
            self.users.id
        )
    }

    /// The error names the session by its `jti`, if that can be read.
    fn read(&self, mut row: Row) -> Result<Outstanding, StatementError> {
        let number = row.number()?;
        let id = row.text().map_err(|error| of_record(error, None))?;
        let named = id.clone();
        let rest = self.read_rest(row, number, id);
        rest.map_err(|error| of_record(error, Some(&named)))
    }

    fn read_rest(
        &self,
        mut row: Row,
        number: i64,
        id: String,
    ) -> Result<Outstanding, StatementError> {
        row.check()?;
        let told = StoredToken::read(&row.text()?);
        let (created_at, expires_at) = (row.optional_moment()?, row.moment()?);
        let blacklisted_at = row.optional_moment()?;
        let user = match (row.value(), row.optional_text()?) {
            (SqlValue::Null, _) => told.text(&self.settings.user_id_claim),
            (_, Some(name)) => Some(name),
            (key, None) => Some(self.users.id(&key).to_string()),
        };
        Ok(Outstanding {
            row: number,
            told,
            id,
            created_at,
            expires_at,
            blacklisted_at,
            user,
        })
    }

    fn by_id(&self, sql: &mut dyn Sql, id: &str) -> Result<Option<Outstanding>, StatementError> {
        if id.contains('\0') {
            return Ok(None);
        }
        let statement = format!("{} WHERE o.jti = ?1", self.select());
        let mut rows = sql.rows(&statement, &[id.into()])?;
        rows.pop().map(|row| self.read(row)).transpose()
    }

    /// Until when a token of this row can be used. A sliding token is refreshed to ever later ends, up to its `refresh_exp`, and the row keeps the first of
    /// them. simplejwt's own `flushexpiredtokens` goes by that first end, so that a revoked token is accepted again.
    fn usable_until(&self, row: &Outstanding) -> Timestamp {
        let own = row
            .told
            .expiry()
            .moment()
            .map_or(row.expires_at, |own| own.max(row.expires_at));
        row.told.slides_until(&self.settings).map_or(own, |until| {
            let life = self.sliding_life(&row.told);
            own.max(until.plus(self.leeway()).plus(life))
        })
    }

    /// The lifetime from the settings, or the token's own if that is longer: the setting may have been changed since.
    fn sliding_life(&self, told: &StoredToken) -> Span {
        span(self.settings.sliding_lifetime).max(told.life())
    }

    fn leeway(&self) -> Span {
        span(self.settings.leeway)
    }

    fn session(&self, row: &Outstanding) -> Session {
        let sliding = row.told.slides_until(&self.settings).is_some();
        let usable_until = self.usable_until(row);
        let began_at = row
            .created_at
            .or_else(|| row.told.moment("iat"))
            .unwrap_or(row.expires_at);
        let profile = if sliding {
            "simplejwt-sliding"
        } else {
            "simplejwt"
        };
        Session {
            key: SessionKey {
                issuer: row.told.issuer(),
                id: row.id.clone(),
            },
            profile: profile.to_owned(),
            user: row.user.clone(),
            began_at,
            last_used_at: row.blacklisted_at.map_or(began_at, |at| at.max(began_at)),
            absolute_end: None,
            outlives: Span::from_seconds(0),
            ended: row.blacklisted_at.map(|at| SessionEnd {
                at,
                why: EndReason::Revoked,
            }),
            generations: 1,
            idle_end: Expiry::At(usable_until),
            guards_until: Expiry::At(usable_until.plus(self.leeway().max(MAX_LEEWAY))),
        }
    }

    fn family(&self, row: &Outstanding) -> Family {
        let session = self.session(row);
        let mut token = row.told.token(Some(&row.id), Expiry::At(row.expires_at));
        if session.ended.is_some() {
            // A token that has ended is never signed again.
            token.signed = None;
        }
        let began_at = session.began_at;
        let mut family = Family {
            session,
            generations: Vec::new(),
        };
        family
            .generations
            .push(Generation::new(1, None, token, began_at));
        family
    }

    /// The family as the lookup asked for it. The tables know a token by its `jti` alone, whatever its issuer.
    fn asked_for(&self, row: &Outstanding, lookup: &Lookup) -> Family {
        let mut family = self.family(row);
        if let Lookup::Token {
            fingerprint, key, ..
        } = lookup
        {
            family.session.key.issuer.clone_from(&key.issuer);
            for generation in &mut family.generations {
                generation.token.fingerprint = *fingerprint;
            }
        }
        family
    }

    pub(super) fn find(
        &self,
        sql: &mut dyn Sql,
        lookup: &Lookup,
    ) -> Result<Option<Family>, StatementError> {
        let Some(id) = id_of(lookup) else {
            return Ok(None);
        };
        let row = self.by_id(sql, id)?;
        Ok(row.map(|row| self.asked_for(&row, lookup)))
    }

    pub(super) fn create(
        &self,
        database: &mut Database,
        family: &Family,
    ) -> Result<(), StoreError> {
        database.write(ChangeExtent::One, &mut |sql, unsettled| {
            for generation in &family.generations {
                if unsettled && self.is_recorded(sql, &generation.token)? {
                    continue;
                }
                self.refuse_taken(sql, &generation.token)?;
                let row = self.record(sql, &generation.token, family.session.began_at)?;
                if let Some(ended) = family.session.ended {
                    self.end_row(sql, row, ended.at)?;
                }
                self.check_recorded(sql, &generation.token)?;
            }
            Ok(())
        })
    }

    pub(super) fn update(
        &self,
        database: &mut Database,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, StoreError> {
        let mut last: Option<UpdateResult> = None;
        database.write(ChangeExtent::One, &mut |sql, unsettled| {
            // If the earlier attempt rotated the token after all, the token is ended by now, and would be refused.
            if let Some(last) = last.as_ref().filter(|_| unsettled)
                && let Some(successor) = successor(&last.change)
                && self.is_recorded(sql, successor)?
            {
                return Ok(last.clone());
            }
            let row = match id_of(lookup) {
                Some(id) => {
                    self.lock(sql, id)?;
                    self.by_id(sql, id)?
                }
                None => None,
            };
            let before = row.as_ref().map(|row| self.asked_for(row, lookup));
            let change = decide(before.as_ref());
            self.write(sql, row.as_ref(), &change)?;
            let family = apply(before.as_ref(), &change);
            let applied = UpdateResult { change, family };
            last = Some(applied.clone());
            Ok(applied)
        })
    }

    /// Locks the row, so that other processes that want to end it wait. The next query reads the row, and so sees what was committed meanwhile.
    fn lock(&self, sql: &mut dyn Sql, id: &str) -> Result<(), StatementError> {
        if sql.lock().is_empty() || id.contains('\0') {
            return Ok(());
        }
        let lock = sql.lock();
        let statement = format!("SELECT id FROM {} WHERE jti = ?1{lock}", self.outstanding);
        sql.rows(&statement, &[id.into()]).map(drop)
    }

    /// Writes what simplejwt would write. It neither records nor marks that a token was used.
    fn write(
        &self,
        sql: &mut dyn Sql,
        found: Option<&Outstanding>,
        change: &Change,
    ) -> Result<(), StatementError> {
        let mut row = found.map(|found| found.row);
        let mut presented = None;
        let (mut recorded, mut listed) = (Vec::new(), Vec::new());
        for step in &change.steps {
            match step {
                StoreWrite::Create(family) => {
                    presented = family.generations.first().map(|first| &first.token);
                }
                StoreWrite::Add(generation) if generation.parent.is_some() => {
                    self.refuse_taken(sql, &generation.token)?;
                    self.record(sql, &generation.token, change.at)?;
                    recorded.push(&generation.token);
                }
                StoreWrite::Add(generation) => (row, presented) = (None, Some(&generation.token)),
                StoreWrite::Use(_) | StoreWrite::Guard(_) => {}
                StoreWrite::Retire(_) | StoreWrite::RevokeToken(_) | StoreWrite::End(_) => {
                    let ended = match (row, presented) {
                        (Some(row), _) => row,
                        (None, Some(token)) => {
                            recorded.push(token);
                            self.record(sql, token, change.at)?
                        }
                        (None, None) => continue,
                    };
                    row = Some(ended);
                    self.end_row(sql, ended, change.at)?;
                    listed.push(ended);
                }
            }
        }
        // Behind the last of them: what one writes, another's trigger may undo.
        for token in recorded {
            self.check_recorded(sql, token)?;
        }
        for row in listed {
            self.check_listed(sql, row)?;
        }
        Ok(())
    }

    /// Whether the table has this very token, not only its id.
    fn is_recorded(&self, sql: &mut dyn Sql, token: &SessionToken) -> Result<bool, StatementError> {
        let row = match &token.id {
            Some(id) => self.by_id(sql, id)?,
            None => None,
        };
        Ok(row.is_some_and(|row| Some(row.told.secret()) == token.text))
    }

    /// Refuses a fresh token whose id another token has.
    fn refuse_taken(&self, sql: &mut dyn Sql, token: &SessionToken) -> Result<(), StatementError> {
        match token.id.as_deref().map(|id| self.by_id(sql, id)) {
            Some(Ok(Some(_))) => Err(StoreError::Taken("a token with that id").into()),
            Some(Err(failure)) => Err(failure),
            _ => Ok(()),
        }
    }

    /// Writes as `OutstandingToken.objects.create(…)` does. If another process records the same token first, this one begins again and finds the row.
    fn record(
        &self,
        sql: &mut dyn Sql,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<i64, StatementError> {
        let id = token.id.as_deref().filter(|id| !id.contains('\0'));
        let id = id.ok_or_else(|| unsupported("keep a token without an id"))?;
        let told =
            StoredToken::of(token).ok_or_else(|| unsupported("keep a token without its text"))?;
        // A token that the server would not accept as its own has no place in its list.
        let kind = told.string(&self.settings.token_type_claim);
        if !matches!(kind.as_deref(), Some("refresh" | "sliding")) {
            return Err(unsupported(
                "keep a token that is neither a refresh token nor a sliding token of simplejwt",
            ));
        }
        let expires_at = token
            .expires_at
            .moment()
            .ok_or_else(|| unsupported("keep a token without exp"))?;
        let user = match told.text(&self.settings.user_id_claim) {
            Some(user) => self.users.by_id(sql, &user)?,
            None => None,
        };
        let statement = format!(
            "INSERT INTO {} (user_id, jti, token, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
            self.outstanding
        );
        let text = token.text.as_ref().map(Secret::expose);
        let text = std::str::from_utf8(text.unwrap_or_default()).unwrap_or_default();
        let parameters = [
            user.map_or(SqlValue::Null, |user| user.key),
            id.into(),
            text.into(),
            now.into(),
            expires_at.into(),
        ];
        match sql.rows(&statement, &parameters)?.pop() {
            Some(mut row) => row.number(),
            None => Err(not_kept(&self.outstanding)),
        }
    }

    /// Writes as `BlacklistedToken.objects.get_or_create(token=…)` does. Returns whether the row is new.
    fn end_row(&self, sql: &mut dyn Sql, row: i64, now: Timestamp) -> Result<bool, StatementError> {
        if self.is_listed(sql, row)? {
            return Ok(false);
        }
        let statement = format!(
            "INSERT INTO {} (token_id, blacklisted_at) VALUES (?1, ?2)",
            self.ended
        );
        sql.rows(&statement, &[row.into(), now.into()])?;
        self.check_listed(sql, row)?;
        Ok(true)
    }

    fn is_listed(&self, sql: &mut dyn Sql, row: i64) -> Result<bool, StatementError> {
        let there = format!("SELECT id FROM {} WHERE token_id = ?1", self.ended);
        Ok(!sql.rows(&there, &[row.into()])?.is_empty())
    }

    /// Checks that a token which was ended is listed, whatever triggers the application's tables have.
    fn check_listed(&self, sql: &mut dyn Sql, row: i64) -> Result<(), StatementError> {
        sql.settle()?;
        if self.is_listed(sql, row)? {
            return Ok(());
        }
        Err(not_kept(&self.ended))
    }

    /// Checks that a token is recorded as it was written.
    fn check_recorded(
        &self,
        sql: &mut dyn Sql,
        token: &SessionToken,
    ) -> Result<(), StatementError> {
        sql.settle()?;
        if self.is_recorded(sql, token)? {
            return Ok(());
        }
        Err(not_kept(&self.outstanding))
    }

    /// Calls `each` with every row of a selection, in the order of their numbers. Only `each` can judge by state and issuer.
    fn scan(
        &self,
        sql: &mut dyn Sql,
        selection: &Selection,
        each: RowAction<'_>,
    ) -> Result<Vec<DamagedRecord>, StatementError> {
        let mut damaged = Vec::new();
        let mut wanted = selection.clone();
        let mut parameters = vec![SqlValue::Number(0)];
        let mut conditions = "o.id > ?1".to_owned();
        if let Some(user) = &selection.user {
            if let Some(found) = self.users.named(sql, user)? {
                wanted.user = Some(found.user.name);
                parameters.push(found.key);
                conditions += " AND o.user_id = ?2";
            } else {
                // If the user is gone, only the tokens' own claim names them.
                conditions += " AND o.user_id IS NULL";
            }
        }
        if let Some(id) = &selection.id {
            if id.contains('\0') {
                return Ok(damaged);
            }
            parameters.push(id.as_str().into());
            _ = write!(conditions, " AND o.jti = ?{}", parameters.len());
        }
        let statement = format!(
            "{} WHERE {conditions} ORDER BY o.id LIMIT {BATCH}",
            self.select()
        );
        loop {
            let rows = sql.rows(&statement, &parameters)?;
            let count = rows.len();
            for row in rows {
                parameters[0] = row.first();
                let Some(row) = apart(self.read(row), &mut damaged)? else {
                    continue;
                };
                let session = self.session(&row);
                if wanted.takes(&session) {
                    each(sql, &row, session)?;
                }
            }
            if count < BATCH {
                return Ok(damaged);
            }
        }
    }

    pub(super) fn list(
        &self,
        sql: &mut dyn Sql,
        selection: &Selection,
    ) -> Result<Listing, StatementError> {
        let mut sessions = Vec::new();
        let damaged = self.scan(sql, selection, &mut |_, _, session| {
            sessions.push(session);
            Ok(())
        })?;
        in_order(&mut sessions);
        Ok(Listing { sessions, damaged })
    }

    /// Ends every token of a selection that can still be used, but those whose rows are damaged. It looks again until it finds none, because a token that was being rotated meanwhile has a
    /// successor.
    pub(super) fn end(
        &self,
        database: &mut Database,
        selection: &Selection,
        now: Timestamp,
    ) -> Result<Listing, StoreError> {
        let mut last = Listing::default();
        let mut ended = database.write(ChangeExtent::Many, &mut |sql, unsettled| {
            let mut ended = Vec::new();
            loop {
                let before = ended.len();
                let damaged = self.scan(sql, selection, &mut |sql, row, mut session| {
                    if session.ended.is_none() && !session.guards_until.has_passed(now) {
                        let at = now.max(session.last_used_at);
                        if self.end_row(sql, row.row, at)? {
                            let why = EndReason::Revoked;
                            session.ended = Some(SessionEnd { at, why });
                            session.last_used_at = at;
                            ended.push(session);
                        }
                    }
                    Ok(())
                })?;
                // All or none were ended: if none is left, the earlier attempt ended them.
                if unsettled && ended.is_empty() {
                    return Ok(last.clone());
                }
                if ended.len() == before {
                    last = Listing {
                        sessions: ended,
                        damaged,
                    };
                    return Ok(last.clone());
                }
            }
        })?;
        in_order(&mut ended.sessions);
        Ok(ended)
    }

    /// Does what simplejwt's `flushexpiredtokens` should do. It reads without a lock, so that the server does not wait; what a row guards never changes.
    pub(super) fn purge(
        &self,
        database: &mut Database,
        now: Timestamp,
        rehearse: bool,
    ) -> Result<PurgeSummary, StoreError> {
        let (mut purged, removed) = database.read(&mut |sql| {
            let (mut purged, mut removed) = (PurgeSummary::default(), Vec::new());
            let damaged = self.scan(sql, &Selection::default(), &mut |_, row, session| {
                if session.guards_until.has_passed(now) {
                    removed.push(SqlValue::Number(row.row));
                } else {
                    purged.keep(session.guards_until);
                }
                Ok(())
            })?;
            purged.damaged = damaged;
            Ok((purged, removed))
        })?;
        purged.sessions = u64::try_from(removed.len()).unwrap_or(u64::MAX);
        purged.tokens = purged.sessions;
        if !rehearse && !removed.is_empty() {
            database.write(ChangeExtent::Many, &mut |sql, _| {
                for rows in removed.chunks(BATCH) {
                    remove(sql, &self.ended, "token_id", rows)?;
                    remove(sql, &self.outstanding, "id", rows)?;
                }
                Ok(())
            })?;
        }
        Ok(purged)
    }

    /// Whether the server's `check_blacklist` finds the token.
    pub(super) fn is_ended(&self, sql: &mut dyn Sql, id: &str) -> Result<bool, StatementError> {
        let row = self.by_id(sql, id)?;
        Ok(row.is_some_and(|row| row.blacklisted_at.is_some()))
    }
}

/// The successor that a rotation records.
fn successor(change: &Change) -> Option<&SessionToken> {
    change.steps.iter().find_map(|step| match step {
        StoreWrite::Add(generation) if generation.parent.is_some() => Some(&generation.token),
        _ => None,
    })
}

/// The `jti` that a lookup searches for.
fn id_of(lookup: &Lookup) -> Option<&str> {
    match lookup {
        Lookup::Token { id, .. } => id.as_deref(),
        Lookup::Session(id) => Some(id),
        Lookup::Key(key) => Some(&key.id),
    }
}
