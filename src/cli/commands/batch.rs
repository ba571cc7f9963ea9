//! `verify --batch` and `inspect --batch`: one token per line, and one line of an answer for each, in their order.
//!
//! Keys and rules are prepared once. As many threads as there are processors verify the lines read so far, which are printed before more is read, so that a
//! slow pipe gets its answers at once, and memory does not grow with the input. `inspect` explains one line after another.
mod alike;
mod lane;
mod lesson;
mod lines;
mod template;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::rc::Rc;
use std::thread;

use crate::cli::args;
use crate::cli::args::check::{CheckFlags, UseFlags};
use crate::cli::args::key::{KeyFlags, RefreshKeyFlags};
use crate::cli::args::store::StoreFlags;
use crate::cli::args::token::TokenFlags;
use crate::cli::args::values::Name;
use crate::cli::args::verify::BatchFlags;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::exit::Exit;
use crate::cli::outcome::batch::Tally;
use crate::cli::render;
use crate::cli::render::advice::Verb;
use crate::cli::render::batch::LineForm;
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::settings::own_refresh_key;
use crate::cli::resolve::store::Missing;
use crate::cli::world::{LineBatch, LineReader};
use crate::core::claims::exact::{ExpectationError, steps};
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind};
use lane::Lane;
use lines::{Batch, BatchRecords, BatchResult, Reader, line_count, up_to_a_line_end};

/// The most threads. With more, reading and printing takes most of the time.
const MOST_THREADS: usize = 8;
/// How many bytes are worth a thread: a few hundred tokens, which take longer than starting the thread.
const WORTH_A_THREAD: usize = 16 * 1024;

/// What was typed.
pub(crate) struct BatchCall<'a> {
    verb: Verb,
    token: &'a TokenFlags,
    checks: &'a CheckFlags,
    uses: &'a UseFlags,
    jws: bool,
    lines: &'a BatchFlags,
    store: &'a StoreFlags,
    key: &'a KeyFlags,
    refresh: &'a RefreshKeyFlags,
}

impl<'a> BatchCall<'a> {
    /// `verify --batch`.
    #[must_use]
    pub(crate) const fn of_verify(typed: &'a args::verify::VerifyArgs) -> Self {
        Self {
            verb: Verb::Verify,
            token: &typed.token,
            checks: &typed.checks,
            uses: &typed.uses,
            jws: typed.jws,
            lines: &typed.lines,
            store: &typed.store.0,
            key: &typed.key,
            refresh: &typed.refresh,
        }
    }
    /// `inspect --batch`.
    #[must_use]
    pub(crate) const fn of_inspect(typed: &'a args::inspect::InspectArgs) -> Self {
        Self {
            verb: Verb::Inspect,
            token: &typed.token,
            checks: &typed.checks,
            uses: &typed.uses,
            jws: false,
            lines: &typed.lines,
            store: &typed.store.0,
            key: &typed.key,
            refresh: &typed.refresh,
        }
    }
    const fn inspects(&self) -> bool {
        matches!(self.verb, Verb::Inspect)
    }
    const fn command(&self) -> &'static str {
        if self.inspects() {
            "jwtsess inspect --batch"
        } else {
            "jwtsess verify --batch"
        }
    }
}

/// Verifies or explains standard input to its end.
///
/// # Errors
/// The command line does not make sense, a key can't be read, or there is no token at all.
pub(crate) fn run(typed: &BatchCall<'_>, context: &mut Context<'_, '_>) -> anyhow::Result<Exit> {
    only_from_standard_input(typed)?;
    let mut call = Call::of(typed.store, context)?;
    if typed.inspects() {
        call = call.when_store_missing(Missing::Tell);
    }
    let flags = CallKeyFlags::of(typed.key, typed.refresh);
    if typed.refresh.any()
        && let Some(named) = &mut call.named
    {
        own_refresh_key(&mut Rc::make_mut(named).profile)?;
    }
    let loaded = resolve::key::given(flags, call.named.as_deref(), context)?;
    let profile = call.named_profile().cloned();
    resolve::agree::on_set(&context.globals.set, profile.as_ref())?;
    let asked = policies(typed, profile.as_ref())?;
    let config = resolve::profile::file(context)?;
    let by_marks = call.named.is_none() && config.models().iter().any(|model| model.sure);
    let mut batch = Batch {
        verb: typed.verb,
        policies: loaded.with_issuers(&asked),
        profile,
        own: &config,
        keys_are_given: loaded.named_by.is_some(),
        keys: loaded,
        kept: call.store.clone(),
        field: typed.token.field.as_ref().map(Name::as_str),
        limits: resolve::token::limits(typed.token),
        form: form(typed.lines, context)?,
        only: typed.lines.only,
        summary: typed.lines.summary,
        now: context.now,
    };
    let mut opened = open(&batch, typed.jws, context)?;
    let mut lines = LineReader::of(&mut context.world.stdin, "the tokens", batch.limit())
        .map_err(Problem::from)?;
    let mut keys = BTreeMap::new();
    let (mut lanes, mut buffers) = (lanes(), Vec::new());
    let (mut number, mut tally) = (1, Tally::new(batch.summary));
    while let Some(piece) = lines
        .next(&mut context.world.stdin)
        .map_err(Problem::from)?
    {
        batch.now = context.moment();
        if !typed.jws {
            // While a long pipe runs, the store may be made, or another one put in its place.
            opened = batch.kept.open(context)?;
        }
        let count = match piece {
            LineBatch::Lines(bytes) => line_count(bytes),
            LineBatch::TooLong => 1,
        };
        let mut judge =
            |lanes: &mut [Lane], batch: &Batch<'_>, context: &mut Context<'_, '_>| match piece {
                // A store has one reader, and so has a key that a profile names.
                LineBatch::Lines(bytes) if opened.is_some() || by_marks || typed.inspects() => {
                    let records = BatchRecords {
                        opened: opened.as_ref(),
                        named: call.named.clone(),
                        flags,
                        keys: &mut keys,
                        context,
                    };
                    let buffer = buffers.pop().unwrap_or_default();
                    vec![batch.judged(bytes, number, Reader::Records(records), buffer)]
                }
                LineBatch::Lines(bytes) => in_parts(batch, bytes, number, lanes, &mut buffers),
                LineBatch::TooLong => {
                    let mut done = batch.nothing_yet();
                    batch.too_long(number, &mut done);
                    vec![done]
                }
            };
        let mut done = judge(&mut lanes, &batch, context);
        if done.iter().any(|done| done.lacks_a_key)
            && resolve::key::fetched::again(&typed.key.fetch, &mut batch.keys, context)?
        {
            batch.policies = batch.keys.with_issuers(&asked);
            // A lane knows keys by their place in a set that is another now.
            lanes.fill_with(Lane::default);
            done = judge(&mut lanes, &batch, context);
        }
        number += count;
        for done in done {
            tally.merge(done.tally);
            context.answer(&done.printed)?;
            buffers.push(done.printed);
            if let Some(error) = done.stopped {
                return Err(error);
            }
        }
    }
    if tally.tokens == 0 {
        return Err(Problem::usage_with(
            "standard input contains no token",
            format!("give one token per line, as in {} < FILE", typed.command()),
        )
        .into());
    }
    finish(tally, &batch, context)
}

/// Opens the store, and says what the person has to know before the first line.
///
/// # Errors
/// The store can't be read.
fn open(
    batch: &Batch<'_>,
    jws: bool,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Option<OpenStore>> {
    let opened = if jws {
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
    Ok(opened)
}

/// Prints how many tokens there were, if that is to be said.
///
/// # Errors
/// It can't be printed.
fn finish(tally: Tally, batch: &Batch<'_>, context: &mut Context<'_, '_>) -> anyhow::Result<Exit> {
    let is_done = tally.failed == 0;
    if batch.summary {
        let printed = if context.globals.json {
            render::json::summary(batch.verb, tally, batch.now)
        } else {
            render::batch::summary(tally)
        };
        context.answer(printed.as_bytes())?;
    } else if context.world.stderr.terminal {
        context.say(&render::batch::counts(&tally));
    }
    Ok(if is_done { Exit::Done } else { Exit::Batch })
}

/// The form in which lines are printed.
///
/// # Errors
/// A column is no JSON Pointer, or both columns and JSON are asked for.
fn form(flags: &BatchFlags, context: &Context<'_, '_>) -> Result<LineForm, Problem> {
    if flags.summary {
        return Ok(LineForm::Nothing);
    }
    if flags.columns.is_empty() {
        return Ok(if context.globals.json {
            LineForm::Json
        } else {
            LineForm::Words(context.out)
        });
    }
    if context.globals.json {
        return Err(Problem::usage_with(
            "--columns prints lines with tabs, and --json prints objects",
            "give one of them",
        ));
    }
    let mut columns = Vec::new();
    for name in &flags.columns {
        let steps = steps(name.as_str()).ok_or_else(|| {
            Problem::usage(format!(
                "--columns {}: {}",
                name.as_str(),
                ExpectationError::Pointer
            ))
        })?;
        columns.push(steps);
    }
    Ok(LineForm::Columns(columns))
}

/// What is asked of an access token, a refresh token and an ID token.
///
/// # Errors
/// See [`resolve::policy::policy`].
fn policies(typed: &BatchCall<'_>, profile: Option<&Profile>) -> Result<[Policy; 3], Problem> {
    let policy = |is| {
        let (checks, uses, key) = (typed.checks, typed.uses, typed.key);
        // Whoever explains tokens takes them of any kind.
        let wanted = if typed.inspects() {
            profile.map(|_| is)
        } else {
            Some(TokenKind::Access)
        };
        resolve::policy::policy(is, profile, wanted, checks, uses, key).map(|policy| Policy {
            jws_only: typed.jws,
            ..policy
        })
    };
    Ok([
        policy(TokenKind::Access)?,
        policy(TokenKind::Refresh)?,
        policy(TokenKind::Id)?,
    ])
}

/// Refuses a token argument beside the tokens on standard input.
///
/// # Errors
/// There is a token argument.
fn only_from_standard_input(typed: &BatchCall<'_>) -> Result<(), Problem> {
    let token = typed.token.token.as_ref();
    if token.is_some_and(|token| token.expose() != "-") {
        return Err(Problem::usage_with(
            "--batch reads its tokens from standard input, but a token was also given as an argument",
            format!("to read tokens from a file: {} < FILE", typed.command()),
        ));
    }
    Ok(())
}

/// A lane for each thread.
fn lanes() -> Vec<Lane> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let count = threads.min(MOST_THREADS);
    std::iter::repeat_with(Lane::default).take(count).collect()
}

/// Verifies whole lines, the first of which has this number. Returns the results of each part, in order.
fn in_parts(
    batch: &Batch<'_>,
    bytes: &[u8],
    first: u64,
    lanes: &mut [Lane],
    buffers: &mut Vec<Vec<u8>>,
) -> Vec<BatchResult> {
    let count = lanes.len().min(bytes.len() / WORTH_A_THREAD + 1);
    let Some((own, lanes)) = lanes[..count].split_first_mut() else {
        return Vec::new();
    };
    let mut parts = Vec::with_capacity(count);
    let (mut rest, mut number) = (bytes, first);
    for (lane, left) in lanes.iter_mut().zip((2..=count).rev()) {
        let part = up_to_a_line_end(rest, rest.len() / left);
        parts.push((part, number, lane));
        number += line_count(part);
        rest = &rest[part.len()..];
    }
    thread::scope(|scope| {
        let others: Vec<_> = parts
            .into_iter()
            .map(|(part, number, lane)| {
                let buffer = buffers.pop().unwrap_or_default();
                scope.spawn(move || batch.judged(part, number, Reader::Lane(lane), buffer))
            })
            .collect();
        let buffer = buffers.pop().unwrap_or_default();
        let last = batch.judged(rest, number, Reader::Lane(own), buffer);
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

#[cfg(test)]
mod tests;
