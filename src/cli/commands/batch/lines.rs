//! Lines of tokens: each is answered by the fast lane, else read in full, judged and printed.
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::alike::Rules;
use super::lane::Lane;
use crate::cli::args::verify::OnlyFlag;
use crate::cli::commands::inspect;
use crate::cli::context::Context;
use crate::cli::error::token::TokenError;
use crate::cli::error::{Failure, Problem};
use crate::cli::outcome::batch::{LineToken, Tally, TallyNames};
use crate::cli::outcome::{Inspection, JudgedToken, ProfileSource};
use crate::cli::render::advice::Verb;
use crate::cli::render::batch::LineForm;
use crate::cli::resolve;
use crate::cli::resolve::built_in::BUILT_IN;
use crate::cli::resolve::judging::JudgingRequest;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::profile::TokenProfile;
use crate::cli::resolve::sessions::SessionStore;
use crate::cli::resolve::token::ROOM_AROUND;
use crate::cli::world::{LineBatch, each_line};
use crate::config::profiles::{CallProfile, OwnProfiles};
use crate::core::claims::Typed;
use crate::core::key::Key;
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind, is_told_by};
use crate::core::time::Timestamp;
use crate::core::token::{Limits, Unverified};
use crate::core::verdict::Reason;
use crate::session::service::judged_token::{judge, suppose};
use crate::session::service::keys::KindKeys;
use crate::session::store::StoreError;

/// The values that are the same for every line.
pub(super) struct Batch<'a> {
    /// Whether tokens are verified or explained.
    pub verb: Verb,
    /// The profile that was named.
    pub profile: Option<Profile>,
    /// The user's own profiles.
    pub own: &'a OwnProfiles,
    pub keys: CallKeys,
    /// How often other keys were fetched.
    pub keys_age: u32,
    /// Whether a flag, a variable or the named profile chose the keys.
    pub keys_are_given: bool,
    /// The policies for an access token, a refresh token and an ID token.
    pub policies: [Policy; 3],
    pub kept: SessionStore,
    pub field: Option<&'a str>,
    pub limits: Limits,
    pub form: LineForm,
    /// Whether only accepted tokens' lines are printed, or only refused ones'.
    pub only: Option<OnlyFlag>,
    /// Whether tokens are counted by verdict, key id and issuer.
    pub summary: bool,
    pub now: Timestamp,
}

/// What the lines are verified with one after another: the store in which tokens are looked up, and the keys of the profiles that it recorded for them or that
/// their marks show.
pub(super) struct BatchRecords<'s, 'c, 'w> {
    pub opened: Option<&'s OpenStore>,
    pub named: Option<Rc<CallProfile>>,
    pub flags: CallKeyFlags<'s>,
    pub keys: &'s mut BTreeMap<String, Result<CallKeys, Failure>>,
    pub context: &'s mut Context<'c, 'w>,
}

/// What answers the lines besides the careful reader: a session store, else the fast lane.
pub(super) enum Reader<'r, 's, 'c, 'w> {
    Records(BatchRecords<'s, 'c, 'w>),
    Lane(&'r mut Lane),
    #[cfg(test)]
    Careful,
}

/// The results of some lines.
pub(super) struct BatchResult {
    pub printed: Vec<u8>,
    pub tally: Tally,
    /// Whether no key fitted one of the tokens.
    pub lacks_a_key: bool,
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
        reader: Reader<'_, '_, '_, '_>,
        buffer: Vec<u8>,
    ) -> BatchResult {
        if let Some(bytes) = &lines.lines {
            return self.judged(bytes, lines.first, reader, buffer);
        }
        let mut done = self.nothing_yet(buffer);
        self.too_long(lines.first, &mut done);
        done
    }

    /// Verifies lines, the first of which has this number, as far as the store can be read.
    pub(super) fn judged(
        &self,
        bytes: &[u8],
        first: u64,
        reader: Reader<'_, '_, '_, '_>,
        buffer: Vec<u8>,
    ) -> BatchResult {
        let mut done = self.nothing_yet(buffer);
        let (mut lane, mut records) = match reader {
            Reader::Lane(lane) => (Some(lane).filter(|_| self.may_be_fast()), None),
            Reader::Records(records) => (None, Some(records)),
            #[cfg(test)]
            Reader::Careful => (None, None),
        };
        if let Some(lane) = &mut lane {
            lane.at(self.now);
        }
        for (number, line) in (first..).zip(each_line(bytes)) {
            let line = (number, line.trim_ascii());
            if line.1.is_empty() || self.is_answered(lane.as_deref_mut(), line, &mut done) {
                continue;
            }
            let context = records.as_ref().map(|records| &records.context);
            if context.is_some_and(|context| context.world.interrupt.has_come()) {
                break;
            }
            if let Err(error) = self.careful(line, lane.as_deref_mut(), records.as_mut(), &mut done)
            {
                done.stopped = Some(error);
                break;
            }
        }
        done
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
        let Some(names) = lane.answer(&self.keys.set, line, self.now, out) else {
            return false;
        };
        done.tally.add("valid", false, names);
        true
    }

    /// Reads a line in full and verifies its token. The lane, if there is one, learns from it. Fails if the store can't be read.
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
        let judged = match resolve::token::of_line(&text, self.field, &self.limits) {
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
        if profile.tells_by_key() {
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
        self.look_up_nowhere(&mut judged, &profile).ok()?;
        let mut printed = Vec::new();
        self.print(line, Ok((&judged, None)), &mut printed);
        judged.verdict.is_valid().then_some(printed)
    }

    /// Adds what is said of a token's session where there is no store.
    fn look_up_nowhere(&self, judged: &mut JudgedToken, profile: &Profile) -> Result<(), Problem> {
        if self.policies[0].jws_only {
            return Ok(());
        }
        self.kept.look_in(None, judged, None, profile, self.now)
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

    /// Verifies a token, and looks it up if there is a store. Fails if the key of the recorded profile can't be read.
    fn one(
        &self,
        token: Unverified,
        records: Option<&mut BatchRecords<'_, '_, '_>>,
    ) -> anyhow::Result<Result<Inspection, Failure>> {
        let Some(records) = records else {
            let (profile, by) = self.profile_of(&token);
            let under = (&*profile, by);
            let mut judged = self.judge(token, &self.keys.kinds(), &self.policies, under);
            self.look_up_nowhere(&mut judged, &profile)?;
            return Ok(Ok(Inspection {
                judged,
                server: None,
            }));
        };
        let BatchRecords {
            opened,
            named,
            flags,
            keys,
            context,
        } = records;
        let opened = *opened;
        let absent = || self.kept.absent();
        let mut store = |_: &mut Context<'_, '_>| Ok(opened.cloned().ok_or_else(absent));
        let named = named.clone();
        let profile = resolve::profile::of_token(named, &token, &mut store, context)?;
        let chosen = &profile.chosen;
        let own = if self.keys_are_given || !chosen.names_keys() {
            None
        } else {
            let name = chosen.profile.name().to_owned();
            let loaded = keys.entry(name).or_insert_with(|| {
                let loaded = resolve::key::given(*flags, Some(chosen), context);
                loaded.map_err(|error| Failure::from(&error))
            });
            match loaded {
                Ok(loaded) => {
                    resolve::key::fetched::for_token(&token, flags.access, loaded, context)?;
                    Some(&*loaded)
                }
                Err(failure) => return Ok(Err(failure.clone())),
            }
        };
        let loaded = own.unwrap_or(&self.keys);
        if self.verb == Verb::Inspect {
            let told = self.explained(token, &profile, loaded, (opened, context))?;
            return Ok(Ok(told));
        }
        let policies = own.map(|own| own.with_issuers(&self.policies));
        let policies = policies.as_ref().unwrap_or(&self.policies);
        let rules = &chosen.profile;
        let mut judged = self.judge(token, &loaded.kinds(), policies, (rules, profile.by));
        if !self.policies[0].jws_only {
            let known = profile.record.as_ref();
            self.kept
                .look_in(opened, &mut judged, known, rules, self.now)?;
        }
        Ok(Ok(Inspection {
            judged,
            server: None,
        }))
    }

    /// Explains a token, as `inspect` does.
    fn explained(
        &self,
        mut token: Unverified,
        profile: &TokenProfile,
        loaded: &CallKeys,
        (opened, context): (Option<&OpenStore>, &mut Context<'_, '_>),
    ) -> anyhow::Result<Inspection> {
        let (rules, known) = (&profile.chosen.profile, profile.record.as_ref());
        token.taken_for = (loaded.kinds()).told_by_key(&token, rules, self.now);
        let request = JudgingRequest {
            token: &token,
            profile: rules,
            by: profile.by,
            loaded,
            policy: self.policy_of(&token).clone(),
        };
        let mut judged = inspect::judged(&request, known, self.now);
        self.kept
            .look_in(opened, &mut judged, known, rules, self.now)?;
        let server = match self.form {
            LineForm::Json => {
                let is_blacklisted = judged.is_blacklisted(rules);
                inspect::server_says(&request, is_blacklisted, &self.kept, self.now, context)?
            }
            LineForm::Words(_) | LineForm::Columns(_) | LineForm::Nothing => None,
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

    fn nothing_yet(&self, mut buffer: Vec<u8>) -> BatchResult {
        buffer.clear();
        BatchResult {
            printed: buffer,
            tally: Tally::new(self.summary),
            lacks_a_key: false,
            stopped: None,
        }
    }

    fn print(&self, number: u64, told: Result<LineToken<'_>, &Failure>, printed: &mut Vec<u8>) {
        self.form
            .write((self.verb, number), told, self.now, printed);
    }
}
