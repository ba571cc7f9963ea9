//! Lines of tokens: each is answered by the fast lane, else read in full, judged and printed.
use std::borrow::Cow;
use std::sync::Arc;

use super::alike::Rules;
use super::lane::{Lane, Means};
use super::records::BatchRecords;
use crate::cli::args::verify::OnlyFlag;
use crate::cli::commands::inspect;
use crate::cli::error::token::TokenError;
use crate::cli::error::{Failure, Problem};
use crate::cli::outcome::batch::{LineToken, Tally, TallyNames};
use crate::cli::outcome::{Inspection, JudgedToken, ProfileSource};
use crate::cli::render::advice::Verb;
use crate::cli::render::batch::LineForm;
use crate::cli::resolve;
use crate::cli::resolve::built_in::BUILT_IN;
use crate::cli::resolve::judging::JudgingRequest;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::sessions::SessionStore;
use crate::cli::resolve::token::ROOM_AROUND;
use crate::cli::world::{LineBatch, each_line};
use crate::config::profiles::OwnProfiles;
use crate::core::claims::Typed;
use crate::core::key::Key;
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind, is_told_by};
use crate::core::time::Timestamp;
use crate::core::token::{CompactForm, Limits, Unverified};
use crate::core::verdict::Reason;
use crate::session::record;
use crate::session::service::judged_token::{judge, suppose};
use crate::session::service::keys::KindKeys;
use crate::session::service::records::{PriorAnswer, PriorLookup, Record};
use crate::session::store::{Lookup, StoreError, StoreIds};

/// The values that are the same for every line.
pub(super) struct Batch<'a> {
    /// Whether tokens are verified or explained.
    pub verb: Verb,
    /// The profile that was named.
    pub profile: Option<Profile>,
    /// The user's own profiles.
    pub own: &'a OwnProfiles,
    pub keys: CallKeys,
    /// How often these rules became others: other keys were fetched, or a store came or went.
    pub age: u32,
    /// Whether a flag, a variable or the named profile chose the keys.
    pub keys_are_given: bool,
    /// The policies for an access token, a refresh token and an ID token.
    pub policies: [Policy; 3],
    pub kept: SessionStore,
    /// What the store knows tokens by, where that was read: it is asked only about those.
    pub ids: Option<Arc<StoreIds>>,
    pub field: Option<&'a str>,
    pub limits: Limits,
    pub form: LineForm,
    /// Whether only accepted tokens' lines are printed, or only refused ones'.
    pub only: Option<OnlyFlag>,
    /// Whether tokens are counted by verdict, key id and issuer.
    pub summary: bool,
    pub now: Timestamp,
}

/// What answers the lines besides the careful reader.
#[derive(Default)]
pub(super) struct Readers<'r, 's, 'c, 'w> {
    /// The fast lane.
    pub lane: Option<&'r mut Lane>,
    /// The session store, and what else can't be asked from several threads.
    pub records: Option<BatchRecords<'s, 'c, 'w>>,
}

/// The results of some lines.
pub(super) struct BatchResult {
    pub printed: Vec<u8>,
    pub tally: Tally,
    /// Whether no key fitted one of the tokens.
    pub lacks_a_key: bool,
    /// The line with which those begin that are left: the store has to be asked about its token.
    pub rest: Option<u64>,
    /// Why the lines after these can't be verified.
    pub stopped: Option<anyhow::Error>,
}

/// Whether a failure concerns one token's rows, so that the others can still be looked up.
fn is_of_one_token(error: &anyhow::Error) -> bool {
    let problem = error.downcast_ref::<Problem>();
    matches!(problem, Some(Problem::Store(problem)) if matches!(problem.error, StoreError::Damaged(_) | StoreError::DamagedRecord(_)))
}

/// Whether there may be a key by now that fits: no key has the token's kid, or, without one, no key made it.
fn lacks_a_key(judged: &JudgedToken) -> bool {
    let without_a_kid = !matches!(judged.token.kid(), Typed::Is(_));
    [
        Reason::UnknownKid,
        Reason::AlgorithmNotAllowed,
        Reason::NoKey,
    ]
    .into_iter()
    .any(|reason| judged.refused_for(reason))
        || (without_a_kid && judged.refused_for(Reason::BadSignature))
}

impl Batch<'_> {
    /// Verifies lines, or refuses one that is too long.
    pub(super) fn answered(
        &self,
        lines: &LineBatch,
        readers: Readers<'_, '_, '_, '_>,
        buffer: Vec<u8>,
    ) -> BatchResult {
        self.gone_on(lines, readers, self.nothing_yet(lines.first, buffer))
    }

    /// Verifies those lines that are left.
    pub(super) fn gone_on(
        &self,
        lines: &LineBatch,
        readers: Readers<'_, '_, '_, '_>,
        mut done: BatchResult,
    ) -> BatchResult {
        match (&lines.lines, done.rest.take()) {
            (Some(bytes), Some(rest)) => {
                self.judged((bytes, lines.first), rest, readers, &mut done);
            }
            (None, Some(_)) => self.too_long(lines.first, &mut done),
            (_, None) => {}
        }
        done
    }

    /// Verifies lines, the first of which has this number, from another one on, as far as the store can be read.
    fn judged(
        &self,
        (bytes, first): (&[u8], u64),
        rest: u64,
        Readers { lane, mut records }: Readers<'_, '_, '_, '_>,
        done: &mut BatchResult,
    ) {
        let is_sure = records.is_none() || self.ids.is_some();
        let mut lane = lane.filter(|_| is_sure && self.may_be_fast());
        if let Some(lane) = &mut lane {
            lane.at(self.now);
        }
        let each = (first..).zip(each_line(bytes));
        for (number, line) in each.skip_while(|(number, _)| *number < rest) {
            let line = (number, line.trim_ascii());
            if line.1.is_empty() || self.is_answered(lane.as_deref_mut(), line, done) {
                continue;
            }
            let context = records.as_ref().map(|records| &records.context);
            if context.is_some_and(|context| context.world.interrupt.has_come()) {
                break;
            }
            let read = self.careful(line, lane.as_deref_mut(), records.as_mut(), done);
            if let Err(error) = read {
                done.stopped = Some(error);
            }
            if done.stopped.is_some() || done.rest.is_some() {
                break;
            }
        }
    }

    /// Whether the fast lane has answered a line.
    fn is_answered(
        &self,
        lane: Option<&mut Lane>,
        line: (u64, &[u8]),
        done: &mut BatchResult,
    ) -> bool {
        let Some(lane) = lane.filter(|_| line.1.len() <= self.limits.token_bytes) else {
            return false;
        };
        let skipped = self.only == Some(OnlyFlag::Refused);
        let out = Some(&mut done.printed).filter(|_| !skipped);
        let means = Means {
            keys: &self.keys.set,
            ids: self.ids.as_deref(),
            now: self.now,
        };
        let Some(names) = lane.answer(&means, line, out) else {
            return false;
        };
        done.tally.add("valid", false, names);
        true
    }

    /// Reads a line in full and verifies its token, or leaves it, where the store has to be asked and is not here. The lane, if there is one, learns from what no
    /// store has to be asked about. Fails if the store can't be read.
    fn careful(
        &self,
        (number, line): (u64, &[u8]),
        lane: Option<&mut Lane>,
        records: Option<&mut BatchRecords<'_, '_, '_>>,
        done: &mut BatchResult,
    ) -> anyhow::Result<()> {
        if line.len() > self.limit() {
            self.too_long(number, done);
            return Ok(());
        }
        // Bytes that are not UTF-8 become U+FFFD, which no token has.
        let text = String::from_utf8_lossy(line);
        let token = resolve::token::of_line(&text, self.field, &self.limits);
        let may_be_recorded = token
            .as_ref()
            .is_ok_and(|token| self.may_be_recorded(token));
        let judged = match token {
            Ok(_) if may_be_recorded && records.is_none() => {
                done.rest = Some(number);
                return Ok(());
            }
            Ok(token) => match self.one(token, records) {
                Ok(told) => told,
                Err(error) if is_of_one_token(&error) => Err(Failure::from(&error)),
                Err(error) => return Err(error),
            },
            Err(error) => Err(Failure::from(Problem::Token(error))),
        };
        match judged {
            Ok(Inspection { judged, server }) => {
                let is_valid = judged.verdict.is_valid();
                done.lacks_a_key |= lacks_a_key(&judged);
                let names = if self.summary {
                    TallyNames::of(&judged)
                } else {
                    TallyNames::default()
                };
                done.tally.add(judged.verdict.code(), !is_valid, &names);
                done.tally.failed += u64::from(!self.verb.is_met_by(&judged));
                let start = done.printed.len();
                let told = (&judged, server.as_ref());
                self.print(number, Ok(told), &mut done.printed);
                if let Some(lane) = lane
                    && is_valid
                    && !may_be_recorded
                    && judged.token.text() == text
                {
                    let printed = (number, &done.printed[start..]);
                    self.teach(lane, &judged.token, printed, names);
                }
                if self
                    .only
                    .is_some_and(|only| (only == OnlyFlag::Accepted) != is_valid)
                {
                    done.printed.truncate(start);
                }
            }
            Err(failure) => self.failed(number, &failure, done),
        }
        Ok(())
    }

    /// Whether the fast lane may answer: a line is a token, and its key tells neither its kind nor its issuer.
    fn may_be_fast(&self) -> bool {
        let by_key = (self.profile.as_ref()).is_some_and(Profile::tells_by_key);
        let any_issuer = self.policies[0].issuers.is_empty() && self.keys.has_issuer();
        self.field.is_none() && self.keys.refresh.is_none() && !by_key && !any_issuer
    }

    /// Has the lane learn from a valid token and what was printed for it.
    fn teach(&self, lane: &mut Lane, token: &Unverified, printed: (u64, &[u8]), names: TallyNames) {
        let (profile, _) = self.profile_of(token);
        if profile.tells_by_key() || self.asks_server(&profile) {
            return;
        }
        let keys = self.keys.keys();
        let rules = Rules {
            keys: keys.judging(token),
            policy: self.policy_of(token),
            profile: &profile,
            is_exact: &|claim| {
                self.form.reads(claim)
                    || (self.summary && claim == "iss")
                    || self.own.models().iter().any(|own| is_told_by(own, claim))
            },
            compares_exp: self.verb == Verb::Inspect && matches!(self.form, LineForm::Json),
            now: self.now,
        };
        // The lane knows keys by their place in the whole set.
        if std::ptr::eq(rules.keys, keys.set) {
            let mut suppose = |line, text: &str, key: &Key| self.supposed(line, text, key);
            lane.learn(token, &rules, printed, names, &mut suppose);
        }
    }

    /// What would be printed for a token if this key had signed it. Nothing if it would be refused.
    fn supposed(&self, line: u64, text: &str, signer: &Key) -> Option<Vec<u8>> {
        let token = Unverified::read(text, &self.limits);
        let (profile, by) = self.profile_of(&token);
        let (policy, under) = (self.policy_of(&token), (&*profile, by));
        let mut judged = suppose(token, &self.keys.kinds(), policy, under, self.now, signer);
        if !self.policies[0].jws_only {
            let known = self.nowhere();
            (self
                .kept
                .look_in(None, &mut judged, Some(&known), &profile, self.now))
            .ok()?;
        }
        let mut printed = Vec::new();
        self.print(line, Ok((&judged, None)), &mut printed);
        judged.verdict.is_valid().then_some(printed)
    }

    /// What is said of a token's session that no store knows.
    fn nowhere(&self) -> PriorAnswer {
        PriorAnswer::to_all(match self.ids {
            Some(_) => Record::Store(None),
            None => self.kept.absent(),
        })
    }

    /// Whether the store may know a token, so that it has to be asked about it.
    fn may_be_recorded(&self, token: &Unverified) -> bool {
        let Some(ids) = &self.ids else {
            return false;
        };
        let presented = if token.form == CompactForm::Other(1) {
            Some(record::opaque_text(token.text(), "", false))
        } else {
            record::presented(token, &self.profile_of(token).0, false)
        };
        presented.is_some_and(|presented| {
            Lookup::token(&presented.token, &presented.origin).may_be_in(ids)
        })
    }

    /// Whether what is printed of a profile's tokens has what its server would answer, which is found anew for each.
    fn asks_server(&self, profile: &Profile) -> bool {
        self.verb == Verb::Inspect
            && matches!(self.form, LineForm::Json)
            && profile.server.is_some()
    }

    /// The profile that a token is judged by where no store knows it.
    fn profile_of(&self, token: &Unverified) -> (Cow<'_, Profile>, ProfileSource) {
        // What it looks like counts under a named profile, too, which refuses another's tokens.
        let recognised =
            resolve::profile::recognised(token, self.own, &|kid| self.keys.keys().sign_here(kid));
        match &self.profile {
            Some(named) => (Cow::Borrowed(named), ProfileSource::Named),
            None => (BUILT_IN.of_model(recognised), ProfileSource::Recognised),
        }
    }

    fn policy_of(&self, token: &Unverified) -> &Policy {
        self.one_of(&self.policies, token)
    }

    /// The policy for a token's kind.
    fn one_of<'p>(&self, [access, refresh, id]: &'p [Policy; 3], token: &Unverified) -> &'p Policy {
        match resolve::policy::kind_of(self.profile.as_ref(), token) {
            TokenKind::Access => access,
            TokenKind::Refresh => refresh,
            TokenKind::Id => id,
        }
    }

    /// Verifies or explains a token, and looks it up if there is a store. Fails if the store can't be read; inside, if the key of the recorded profile can't.
    fn one(
        &self,
        token: Unverified,
        records: Option<&mut BatchRecords<'_, '_, '_>>,
    ) -> anyhow::Result<Result<Inspection, Failure>> {
        let Some(records) = records else {
            let (profile, by) = self.profile_of(&token);
            let (under, known) = ((&*profile, by), self.nowhere());
            let told = self.told(token, under, None, (Some(&known), None), None)?;
            return Ok(Ok(told));
        };
        let opened = records.opened;
        let database = self.kept.django(records.context)?;
        let (profile, own) = match records.of_token(&token, &self.kept, self.keys_are_given)? {
            Ok(found) => found,
            Err(failure) => return Ok(Err(failure)),
        };
        let under = (&profile.chosen.profile, profile.by);
        let said = (profile.record.as_ref(), opened);
        Ok(Ok(self.told(token, under, own, said, database.as_ref())?))
    }

    /// Judges a token under a profile, with keys of its own if it has them, and adds what the store says.
    fn told(
        &self,
        token: Unverified,
        under: (&Profile, ProfileSource),
        own: Option<&CallKeys>,
        (known, opened): (PriorLookup<'_>, Option<&OpenStore>),
        database: Option<&OpenStore>,
    ) -> anyhow::Result<Inspection> {
        let loaded = own.unwrap_or(&self.keys);
        if self.verb == Verb::Inspect {
            return self.explained(token, under, loaded, (known, opened), database);
        }
        let policies = own.map(|own| own.with_issuers(&self.policies));
        let policies = policies.as_ref().unwrap_or(&self.policies);
        let mut judged = self.judge(token, &loaded.kinds(), policies, under);
        if !self.policies[0].jws_only {
            (self.kept).look_in(opened, &mut judged, known, under.0, self.now)?;
        }
        Ok(Inspection {
            judged,
            server: None,
        })
    }

    /// Explains a token, as `inspect` does. `known` is what the store has said of it, and `database` the server's own.
    fn explained(
        &self,
        mut token: Unverified,
        (rules, by): (&Profile, ProfileSource),
        loaded: &CallKeys,
        (known, opened): (PriorLookup<'_>, Option<&OpenStore>),
        database: Option<&OpenStore>,
    ) -> anyhow::Result<Inspection> {
        token.taken_for = (loaded.kinds()).told_by_key(&token, rules, self.now);
        let request = JudgingRequest {
            token: &token,
            profile: rules,
            by,
            loaded,
            policy: self.policy_of(&token).clone(),
        };
        let mut judged = inspect::judged(&request, known, self.now);
        (self.kept).look_in(opened, &mut judged, known, rules, self.now)?;
        let server = if self.asks_server(rules) {
            let is_blacklisted = judged.is_blacklisted(rules);
            inspect::server_says(&request, is_blacklisted, database, self.now)?
        } else {
            None
        };
        Ok(Inspection { judged, server })
    }

    fn judge(
        &self,
        mut token: Unverified,
        keys: &KindKeys<'_>,
        policies: &[Policy; 3],
        profile: (&Profile, ProfileSource),
    ) -> JudgedToken {
        token.taken_for = keys.told_by_key(&token, profile.0, self.now);
        let policy = self.one_of(policies, &token);
        judge(token, keys, policy, profile, self.now).0
    }

    /// The most bytes that a line may have.
    pub(super) fn limit(&self) -> usize {
        self.limits.token_bytes.saturating_add(ROOM_AROUND)
    }

    fn too_long(&self, number: u64, done: &mut BatchResult) {
        let limit = self.limit();
        let error = Problem::Token(TokenError::LineTooLarge { limit });
        self.failed(number, &Failure::from(error), done);
    }

    fn failed(&self, number: u64, failure: &Failure, done: &mut BatchResult) {
        done.tally.add(failure.code, true, &TallyNames::default());
        done.tally.failed += 1;
        if self.only != Some(OnlyFlag::Accepted) {
            self.print(number, Err(failure), &mut done.printed);
        }
    }

    fn nothing_yet(&self, first: u64, mut buffer: Vec<u8>) -> BatchResult {
        buffer.clear();
        BatchResult {
            printed: buffer,
            tally: Tally::new(self.summary),
            lacks_a_key: false,
            rest: Some(first),
            stopped: None,
        }
    }

    fn print(&self, number: u64, told: Result<LineToken<'_>, &Failure>, printed: &mut Vec<u8>) {
        self.form
            .write((self.verb, number), told, self.now, printed);
    }
}
