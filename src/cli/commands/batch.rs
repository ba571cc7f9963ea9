//! `verify --batch`: verifies one token per line, and prints one line for each, in their order.
//!
//! Keys and rules are prepared once. As many threads as there are processors verify the lines read so far, which are printed before more is read, so that a
//! slow pipe gets its answers at once, and memory does not grow with the input.
use std::collections::BTreeMap;
use std::num::NonZero;
use std::rc::Rc;
use std::thread;

use crate::cli::args;
use crate::cli::args::values::Name;
use crate::cli::context::Context;
use crate::cli::error::token::TokenError;
use crate::cli::error::{Failure, Problem};
use crate::cli::exit::Exit;
use crate::cli::outcome::{JudgedToken, ProfileSource};
use crate::cli::paint::Paint;
use crate::cli::render;
use crate::cli::resolve;
use crate::cli::resolve::built_in::BUILT_IN;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::sessions::{SessionStore, found};
use crate::cli::resolve::token::ROOM_AROUND;
use crate::cli::world::{LineBatch, LineReader};
use crate::config::profiles::{CallProfile, OwnProfiles};
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::Timestamp;
use crate::core::token::{Limits, Unverified};
use crate::session::service::judged_token::judge;
use crate::session::service::keys::KindKeys;
use crate::session::service::records::Record;
use crate::session::store::{Lookup, StoreError};

/// The most threads. With more, reading and printing takes most of the time.
const MOST_THREADS: usize = 8;
/// How many bytes are worth a thread: a few hundred tokens, which take longer than starting the thread.
const WORTH_A_THREAD: usize = 16 * 1024;

/// The values that are the same for every line.
struct Batch<'a> {
    /// The profile that was named.
    profile: Option<Profile>,
    /// The user's own profiles.
    own: &'a OwnProfiles,
    keys: KindKeys<'a>,
    /// Whether a flag, a variable or the named profile chose the keys.
    keys_are_given: bool,
    /// The policies for an access token and for a refresh token.
    policies: [Policy; 2],
    kept: SessionStore,
    field: Option<&'a str>,
    limits: Limits,
    json: bool,
    paint: Paint,
    now: Timestamp,
}

/// What the lines are verified with one after another: the store in which tokens are looked up, and the keys of the profiles that it recorded for them or that
/// their marks show.
struct BatchRecords<'s, 'c, 'w> {
    opened: Option<&'s OpenStore>,
    named: Option<Rc<CallProfile>>,
    flags: CallKeyFlags<'s>,
    keys: &'s mut BTreeMap<String, Result<CallKeys, Failure>>,
    context: &'s mut Context<'c, 'w>,
}

/// The results of some lines.
#[derive(Default)]
struct BatchResult {
    printed: Vec<u8>,
    tokens: u64,
    refused: u64,
    /// Why the lines after these can't be verified.
    stopped: Option<anyhow::Error>,
}

/// Verifies standard input to its end.
///
/// # Errors
/// The command line does not make sense, a key can't be read, or there is no token at all.
pub(crate) fn run(
    typed: &args::verify::VerifyArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Exit> {
    only_from_standard_input(typed)?;
    let call = Call::of(&typed.store.0, context)?;
    let flags = CallKeyFlags::of(&typed.key, &typed.refresh);
    let loaded = resolve::key::given(flags, call.named.as_deref(), context)?;
    let profile = call.named_profile().cloned();
    resolve::agree::on_set(&context.globals.set, profile.as_ref())?;
    let policies = policies(typed, profile.as_ref())?;
    let config = resolve::profile::file(context)?;
    let by_marks = call.named.is_none() && config.models().iter().any(|model| model.sure);
    let mut batch = Batch {
        policies,
        profile,
        own: &config,
        keys: loaded.kinds(),
        keys_are_given: loaded.named_by.is_some(),
        kept: call.store.clone(),
        field: typed.token.field.as_ref().map(Name::as_str),
        limits: resolve::token::limits(&typed.token),
        json: context.globals.json,
        paint: context.out,
        now: context.now,
    };
    let mut opened = if typed.jws {
        resolve::policy::say_jws(batch.profile.as_ref(), context);
        None
    } else {
        batch.kept.open(context)?
    };
    if batch.kept.is_without() {
        context.say("no store in use: revoked sessions and retired tokens are not detected");
    }
    context.say_sources();
    if context.world.stdin.terminal {
        context.say("give one token per line, and end with Ctrl-D");
    }
    let mut lines = LineReader::of(&mut context.world.stdin, "the tokens", batch.limit())
        .map_err(Problem::from)?;
    let mut keys = BTreeMap::new();
    let (mut number, mut tokens, mut refused) = (1, 0, 0);
    while let Some(piece) = lines
        .next(&mut context.world.stdin)
        .map_err(Problem::from)?
    {
        batch.now = context.moment();
        if !typed.jws {
            // While a long pipe runs, the store may be made, or another one put in its place.
            opened = batch.kept.open(context)?;
        }
        let (done, count) = match piece {
            LineBatch::Lines(bytes) => {
                // A store has one reader, and so has a key that a profile names.
                let done = if opened.is_some() || by_marks {
                    let records = BatchRecords {
                        opened: opened.as_ref(),
                        named: call.named.clone(),
                        flags,
                        keys: &mut keys,
                        context,
                    };
                    vec![batch.judged(bytes, number, Some(records))]
                } else {
                    in_parts(&batch, bytes, number)
                };
                (done, line_count(bytes))
            }
            LineBatch::TooLong => {
                let mut done = BatchResult::default();
                batch.too_long(number, &mut done);
                (vec![done], 1)
            }
        };
        number += count;
        for done in done {
            tokens += done.tokens;
            refused += done.refused;
            context.answer(&done.printed)?;
            if let Some(error) = done.stopped {
                return Err(error);
            }
        }
    }
    if tokens == 0 {
        return Err(Problem::usage_with(
            "standard input contains no token",
            "give one token per line, as in jwtsess verify --batch < FILE",
        )
        .into());
    }
    if context.world.stderr.terminal {
        context.say(&summary(tokens, refused));
    }
    Ok(if refused == 0 {
        Exit::Done
    } else {
        Exit::Batch
    })
}

/// What is asked of an access token and of a refresh token.
///
/// # Errors
/// See [`resolve::policy::policy`].
fn policies(
    typed: &args::verify::VerifyArgs,
    profile: Option<&Profile>,
) -> Result<[Policy; 2], Problem> {
    let policy = |is| {
        let (checks, uses, key) = (&typed.checks, &typed.uses, &typed.key);
        let wanted = Some(TokenKind::Access);
        resolve::policy::policy(is, profile, wanted, checks, uses, key).map(|policy| Policy {
            jws_only: typed.jws,
            ..policy
        })
    };
    Ok([policy(TokenKind::Access)?, policy(TokenKind::Refresh)?])
}

/// Refuses a token argument beside the tokens on standard input.
///
/// # Errors
/// There is a token argument.
fn only_from_standard_input(typed: &args::verify::VerifyArgs) -> Result<(), Problem> {
    let token = typed.token.token.as_ref();
    if token.is_some_and(|token| token.expose() != "-") {
        return Err(Problem::usage_with(
            "--batch reads its tokens from standard input, but a token was also given as an argument",
            "to read tokens from a file: jwtsess verify --batch < FILE",
        ));
    }
    Ok(())
}

fn summary(tokens: u64, refused: u64) -> String {
    let count = |count: u64| match count {
        1 => "1 token".to_owned(),
        more => format!("{more} tokens"),
    };
    match refused {
        0 => format!("{}, all accepted", count(tokens)),
        all if all == tokens => format!("{}, all refused", count(tokens)),
        some => format!("{}, {some} of them refused", count(tokens)),
    }
}

/// Verifies whole lines, the first of which has this number. Returns the results of each part, in order.
fn in_parts(batch: &Batch<'_>, bytes: &[u8], first: u64) -> Vec<BatchResult> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let count = threads
        .min(MOST_THREADS)
        .min(bytes.len() / WORTH_A_THREAD + 1);
    let mut parts = Vec::with_capacity(count);
    let (mut rest, mut number) = (bytes, first);
    for left in (2..=count).rev() {
        let part = up_to_a_line_end(rest, rest.len() / left);
        parts.push((part, number));
        number += line_count(part);
        rest = &rest[part.len()..];
    }
    thread::scope(|scope| {
        let others: Vec<_> = parts
            .into_iter()
            .map(|(part, number)| scope.spawn(move || batch.judged(part, number, None)))
            .collect();
        let last = batch.judged(rest, number, None);
        let mut done = Vec::with_capacity(count);
        for other in others {
            match other.join() {
                Ok(part) => done.push(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done.push(last);
        done
    })
}

/// The lines up to the one that holds this byte, or the last.
fn up_to_a_line_end(bytes: &[u8], at: usize) -> &[u8] {
    let end = bytes[at..].iter().position(|byte| *byte == b'\n');
    end.map_or(bytes, |end| &bytes[..=at + end])
}

fn line_count(bytes: &[u8]) -> u64 {
    let mut count = 0;
    for byte in bytes {
        count += u64::from(*byte == b'\n');
    }
    count + u64::from(bytes.last().is_some_and(|last| *last != b'\n'))
}

/// Whether a failure concerns one token's rows, so that the others can still be looked up.
fn is_of_one_token(error: &anyhow::Error) -> bool {
    let problem = error.downcast_ref::<Problem>();
    matches!(problem, Some(Problem::Store(problem)) if matches!(problem.error, StoreError::Damaged(_) | StoreError::DamagedRecord(_)))
}

impl Batch<'_> {
    /// Verifies lines, the first of which has this number, as far as the store can be read.
    fn judged(
        &self,
        bytes: &[u8],
        first: u64,
        mut records: Option<BatchRecords<'_, '_, '_>>,
    ) -> BatchResult {
        let mut done = BatchResult::default();
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        for (line, number) in lines.zip(first..) {
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            if line.len() > self.limit() {
                self.too_long(number, &mut done);
                continue;
            }
            // Bytes that are not UTF-8 become U+FFFD, which no token has.
            let line = String::from_utf8_lossy(line);
            let judged = match resolve::token::of_line(&line, self.field, &self.limits) {
                Ok(token) => match self.one(token, records.as_mut()) {
                    Ok(judged) => judged,
                    Err(error) if is_of_one_token(&error) => Err(Failure::from(&error)),
                    Err(error) => {
                        done.stopped = Some(error);
                        return done;
                    }
                },
                Err(error) => Err(Failure::from(Problem::Token(error))),
            };
            match judged {
                Ok(judged) => {
                    done.tokens += 1;
                    done.refused += u64::from(!judged.verdict.is_valid());
                    self.print(number, Ok(&judged), &mut done.printed);
                }
                Err(failure) => self.failed(number, &failure, &mut done),
            }
        }
        done
    }

    /// Verifies a token, and looks it up if there is a store. Fails if the key of the recorded profile can't be read.
    fn one(
        &self,
        token: Unverified,
        records: Option<&mut BatchRecords<'_, '_, '_>>,
    ) -> anyhow::Result<Result<JudgedToken, Failure>> {
        let Some(records) = records else {
            let (profile, by) = match &self.profile {
                Some(named) => (named, ProfileSource::Named),
                None => (
                    BUILT_IN.of_model(resolve::profile::recognised(&token, self.own, &|kid| {
                        self.keys.access.sign_here(kid)
                    })),
                    ProfileSource::Recognised,
                ),
            };
            let mut judged = self.judge(token, &self.keys, (profile, by));
            if !self.policies[0].jws_only {
                self.kept
                    .look_in(None, &mut judged, None, profile, self.now)?;
            }
            return Ok(Ok(judged));
        };
        let opened = records.opened;
        let mut find = |lookup: &Lookup, _: &mut Context<'_, '_>| match opened {
            Some(opened) => found(opened, lookup),
            None => Ok(Record::NoStore),
        };
        let named = records.named.clone();
        let profile = resolve::profile::of_token(named, &token, &mut find, records.context)?;
        let chosen = &profile.chosen;
        let keys = if self.keys_are_given || !chosen.names_keys() {
            None
        } else {
            let name = chosen.profile.name().to_owned();
            let loaded = records.keys.entry(name).or_insert_with(|| {
                let loaded = resolve::key::given(records.flags, Some(chosen), records.context);
                loaded.map_err(|error| Failure::from(&error))
            });
            match loaded {
                Ok(loaded) => Some(loaded.kinds()),
                Err(failure) => return Ok(Err(failure.clone())),
            }
        };
        let rules = &chosen.profile;
        let keys = keys.as_ref().unwrap_or(&self.keys);
        let mut judged = self.judge(token, keys, (rules, profile.by));
        if !self.policies[0].jws_only {
            let known = profile.record.as_ref();
            self.kept
                .look_in(opened, &mut judged, known, rules, self.now)?;
        }
        Ok(Ok(judged))
    }

    fn judge(
        &self,
        mut token: Unverified,
        keys: &KindKeys<'_>,
        profile: (&Profile, ProfileSource),
    ) -> JudgedToken {
        token.taken_for = keys.told_by_key(&token, profile.0, self.now);
        let [access, refresh] = &self.policies;
        let policy = match resolve::policy::kind_of(self.profile.as_ref(), &token) {
            TokenKind::Access | TokenKind::Id => access,
            TokenKind::Refresh => refresh,
        };
        judge(token, keys, policy, profile, self.now).0
    }

    /// The most bytes that a line may have.
    fn limit(&self) -> usize {
        self.limits.token_bytes.saturating_add(ROOM_AROUND)
    }

    fn too_long(&self, number: u64, done: &mut BatchResult) {
        let limit = self.limit();
        let error = Problem::Token(TokenError::LineTooLarge { limit });
        self.failed(number, &Failure::from(error), done);
    }

    fn failed(&self, number: u64, failure: &Failure, done: &mut BatchResult) {
        done.tokens += 1;
        done.refused += 1;
        self.print(number, Err(failure), &mut done.printed);
    }

    fn print(&self, number: u64, judged: Result<&JudgedToken, &Failure>, printed: &mut Vec<u8>) {
        if self.json {
            render::json::line(number, judged, self.now, printed);
        } else {
            render::human::line(number, judged, self.now, self.paint, printed);
        }
    }
}

#[cfg(test)]
mod tests;
