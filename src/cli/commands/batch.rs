//! `verify --batch` and `inspect --batch`: one token per line, and one line of an answer for each, in their order.
//!
//! Keys and rules are prepared once. One thread reads, as many as there are processors judge what was read, and this one prints it in its order. A slow pipe gets
//! its answers at once, and memory does not grow with the input: only so much is read ahead. A session store is asked by this thread alone, and of a file that is
//! not too large only about the tokens that it may have.
mod alike;
mod crew;
mod lane;
mod lesson;
mod lines;
mod lookup;
mod records;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::thread;

use crate::cli::args;
use crate::cli::args::check::{CheckFlags, UseFlags};
use crate::cli::args::key::{KeyFlags, RefreshKeyFlags};
use crate::cli::args::store::StoreFlags;
use crate::cli::args::token::TokenFlags;
use crate::cli::args::values::{Hidden, Name};
use crate::cli::args::verify::BatchFlags;
use crate::cli::context::Context;
use crate::cli::error::{Failure, Problem};
use crate::cli::exit::Exit;
use crate::cli::outcome::batch::Tally;
use crate::cli::render;
use crate::cli::render::advice::Verb;
use crate::cli::render::batch::LineForm;
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::line_sources::LineSources;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::settings::own_refresh_key;
use crate::cli::resolve::store::Missing;
use crate::cli::world::{LineBatch, ReadAhead};
use crate::config::profiles::CallProfile;
use crate::core::claims::exact::{ExpectationError, steps};
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind};
use crate::session::store::MOST_IDS;
use crew::{Answer, Crew, Event, Shared, WORTH_A_THREAD, most_threads};
use lines::Batch;
use records::BatchRecords;

/// How many blocks are read ahead besides the one of each thread: one for who is done first, while another is printed.
const MORE_AHEAD: usize = 2;

/// How many bytes of lines are asked about one after another in the time in which one id of a store is read.
const BYTES_AN_ID: usize = 4;

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
    /// The files to read: what would be the token of a single call is the first.
    fn files(&self) -> impl Iterator<Item = &Hidden> {
        self.token.token.iter().chain(&self.lines.files)
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
    let sources = LineSources::of(typed.files(), typed.command())?;
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
    let batch = Batch {
        verb: typed.verb,
        policies: loaded.with_issuers(&asked),
        profile,
        own: &config,
        keys_are_given: loaded.named_by.is_some(),
        keys: loaded,
        kept: call.store.clone(),
        ids: None,
        field: typed.token.field.as_ref().map(Name::as_str),
        limits: resolve::token::limits(typed.token),
        form: form(typed.lines, context)?,
        only: typed.lines.only,
        summary: typed.lines.summary,
        now: context.now,
        age: 0,
    };
    let opened = open(&batch, typed.jws, &sources, context)?;
    let lines = sources.read("the tokens", batch.limit(), context)?;
    let batch = Shared::new(batch);
    let run = BatchRun {
        typed,
        named: call.named.clone(),
        asked,
        one_by_one: by_marks,
        opened,
        read_since: 0,
        worth_reading: 0,
        keys: BTreeMap::new(),
        tally: Tally::new(typed.lines.summary),
    };
    context.begin_progress(lines.size());
    let most = most_threads();
    let lines = ReadAhead::of(lines, most + MORE_AHEAD, Event::Read);
    let (tally, end) = thread::scope(|scope| {
        let crew = Crew::of(scope, &batch, lines.sender.clone(), most);
        run.judge_all(&lines, &batch, crew, context)
    })?;
    if tally.tokens == 0 && end.is_ok() {
        return Err(sources.without("token", "token").into());
    }
    finish(tally, &batch.read(), end, context)
}

/// A batch that runs.
struct BatchRun<'t> {
    typed: &'t BatchCall<'t>,
    named: Option<Rc<CallProfile>>,
    /// The policies, without the issuers of the keys.
    asked: [Policy; 3],
    /// Whether a token's marks may choose a profile with keys of its own.
    one_by_one: bool,
    opened: Option<OpenStore>,
    /// How many bytes of lines there were since it was last read by what it knows tokens, and how many it takes to do so again.
    read_since: usize,
    worth_reading: usize,
    /// The keys of the profiles that the store has recorded, or that marks show.
    keys: BTreeMap<String, Result<CallKeys, Failure>>,
    tally: Tally,
}

impl BatchRun<'_> {
    /// Judges the lines and prints what was found, in their order. Also returns what ended them before their end: what had been read by then is printed, too.
    fn judge_all(
        mut self,
        lines: &ReadAhead<Event>,
        batch: &Shared<'_>,
        mut crew: Crew<'_, '_, '_>,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<(Tally, Result<(), Problem>)> {
        context.world.interrupt.listen();
        let mut end = None;
        while !(end.is_some() && crew.is_idle()) {
            match lines.next() {
                Some(Event::Read(read)) if end.is_none() => match read {
                    Ok(Some(read)) => self.judge(read, batch, &mut crew, context)?,
                    Ok(None) => end = Some(Ok(())),
                    Err(error) => end = Some(Err(error.into())),
                },
                Some(Event::Read(_)) => {}
                Some(Event::Judged(number, answer)) => crew.put(number, answer),
                None => crew.look_after(),
            }
            context.show_progress(lines.bytes(), (self.tally.tokens, "tokens"));
            if end.is_none() && context.world.interrupt.has_come() {
                end = Some(Err(Problem::Interrupted));
            }
            while let Some(answer) = crew.next() {
                self.print(answer, lines, batch, &mut crew, context)?;
            }
        }
        Ok((self.tally, end.unwrap_or(Ok(()))))
    }

    /// Has lines judged. While a long pipe runs, time goes by, and the store may be made, or another one put in its place.
    fn judge(
        &mut self,
        lines: LineBatch,
        batch: &Shared<'_>,
        crew: &mut Crew<'_, '_, '_>,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<()> {
        let now = context.moment();
        if crew.is_idle() || now.seconds() != batch.read().now.seconds() {
            batch.write().now = now;
        }
        if !self.typed.jws {
            self.opened = batch.read().kept.open(context)?;
        }
        let has_ids = self.read_ids(lines.size(), batch);
        match self.records(context).filter(|_| !has_ids) {
            Some(records) => crew.judge(lines, records),
            None => crew.add(lines),
        }
        Ok(())
    }

    /// Reads by what the store knows tokens, where lines of so many bytes are worth it: whether it is known.
    fn read_ids(&mut self, size: usize, batch: &Shared<'_>) -> bool {
        self.read_since += size;
        let may_read = size >= WORTH_A_THREAD && self.read_since >= self.worth_reading;
        let opened = self.opened.as_ref().filter(|_| !self.one_by_one);
        // Why it can't be read is told of the tokens.
        let ids = opened.and_then(|opened| opened.ids(may_read).ok().flatten());
        if may_read {
            let read = ids.as_ref().map_or(MOST_IDS, |ids| ids.len());
            (self.read_since, self.worth_reading) = (0, read * BYTES_AN_ID);
        }
        let is_known = ids.is_some();
        let is_same = match (&batch.read().ids, &ids) {
            (Some(before), Some(ids)) => Arc::ptr_eq(before, ids),
            (before, ids) => before.is_none() && ids.is_none(),
        };
        if !is_same {
            let batch = &mut *batch.write();
            batch.age += u32::from(batch.ids.is_some() != is_known);
            batch.ids = ids;
        }
        is_known
    }

    /// What the lines are judged with one after another, if they have to be.
    fn records<'s, 'c, 'w>(
        &'s mut self,
        context: &'s mut Context<'c, 'w>,
    ) -> Option<BatchRecords<'s, 'c, 'w>> {
        if self.opened.is_none() && !self.one_by_one {
            return None;
        }
        Some(BatchRecords {
            opened: self.opened.as_ref(),
            named: self.named.clone(),
            flags: CallKeyFlags::of(self.typed.key, self.typed.refresh),
            keys: &mut self.keys,
            context,
        })
    }

    fn print(
        &mut self,
        mut answer: Answer,
        lines: &ReadAhead<Event>,
        batch: &Shared<'_>,
        crew: &mut Crew<'_, '_, '_>,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<()> {
        if answer.result.rest.is_some() {
            answer = crew.go_on(answer, self.records(context));
        }
        if answer.result.lacks_a_key && self.has_other_keys(answer.age, batch, context)? {
            answer = crew.judge_again(answer, self.records(context));
        }
        self.tally.merge(answer.result.tally);
        let printed = context.answer(&answer.result.printed);
        printed.map_err(|problem| match problem {
            // Ctrl-C ended the one who read, too.
            Problem::BrokenPipe if context.world.interrupt.has_come() => Problem::Interrupted,
            other => other,
        })?;
        lines.done(answer.lines);
        crew.keep(answer.result.printed);
        answer.result.stopped.map_or(Ok(()), Err)
    }

    /// Whether there are other rules than those of this age, by now.
    fn has_other_keys(
        &self,
        age: u32,
        batch: &Shared<'_>,
        context: &mut Context<'_, '_>,
    ) -> Result<bool, Problem> {
        if age != batch.read().age {
            return Ok(true);
        }
        if !batch.read().keys.can_be_fetched() {
            return Ok(false);
        }
        let batch = &mut *batch.write();
        let is_new = resolve::key::fetched::again(&self.typed.key.fetch, &mut batch.keys, context)?;
        if is_new {
            batch.policies = batch.keys.with_issuers(&self.asked);
            batch.age += 1;
        }
        Ok(is_new)
    }
}

/// Opens the store, and says what the person has to know before the first line.
///
/// # Errors
/// The store can't be read.
fn open(
    batch: &Batch<'_>,
    jws: bool,
    sources: &LineSources<'_>,
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
    if sources.are_typed(context) {
        context.say("give one token per line, and end with Ctrl-D");
    }
    Ok(opened)
}

/// Prints how many tokens there were, if that is to be said.
///
/// # Errors
/// It can't be printed, or not all lines were read.
fn finish(
    tally: Tally,
    batch: &Batch<'_>,
    end: Result<(), Problem>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Exit> {
    context.end_progress();
    let is_done = tally.failed == 0 && end.is_ok();
    let is_interrupted = matches!(end, Err(Problem::Interrupted));
    let counts = render::batch::counts(&tally);
    if batch.summary {
        let printed = if context.globals.json {
            render::json::summary(batch.verb, tally, is_done, batch.now)
        } else {
            render::batch::summary(tally)
        };
        context.answer(printed.as_bytes())?;
    }
    match end {
        Ok(()) if batch.summary || !context.world.stderr.terminal => {}
        Ok(()) => context.say(&counts),
        Err(Problem::Interrupted) => context.say(&format!("interrupted: {counts}")),
        Err(problem) => return Err(problem.into()),
    }
    Ok(match is_done {
        true => Exit::Done,
        false if is_interrupted => Exit::Interrupted,
        false => Exit::Batch,
    })
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

#[cfg(test)]
pub(super) mod tests;
