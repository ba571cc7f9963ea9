//! `issue --batch`: logs in one user per line, and prints the token of each, in their order.
mod facts;
mod lane;
mod lesson;

use super::{Preparation, RequestSigners, issue, refuse_secrets, setters};
use crate::cli::args::assignment;
use crate::cli::args::issue::IssueArgs;
use crate::cli::args::output::OutputForm;
use crate::cli::args::values::Lifetime;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::{Failure, Problem};
use crate::cli::exit::Exit;
use crate::cli::outcome::{Action, Issuance, Outcome};
use crate::cli::render;
use crate::cli::resolve;
use crate::cli::resolve::line_sources::LineSources;
use crate::cli::resolve::sessions::SessionStore;
use crate::cli::world::{ReadAhead, each_line};
use crate::core::claims::type_name;
use crate::core::entropy::Entropy;
use crate::core::policy::Policy;
use crate::core::profile::language::source::Source;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::Timestamp;
use crate::session::family::Family;
use crate::session::flow::Login;
use crate::session::mint::ExtraMember;
use crate::session::service::records;
use facts::{Draws, Recorder};
use lane::LoginLane;

/// The most bytes that a line may have.
const LONGEST_LINE: usize = 1 << 20;
/// How many blocks of lines are read ahead.
const BLOCKS_AHEAD: usize = 2;
/// How many logins are recorded with one commit, before their tokens are printed.
const AT_A_TIME: usize = 1000;

/// What came of a line that is printed after others have been recorded.
struct LineResult {
    number: u64,
    issued: Result<Issuance, Failure>,
    /// What is still to be recorded of it.
    family: Option<Family>,
}

/// The logins of a call.
struct LoginBatch<'p> {
    typed: &'p IssueArgs,
    prepared: &'p Preparation,
    /// How many lines were read, how many of them were to log someone in, and how many of these did not.
    number: u64,
    logins: u64,
    refused: u64,
    /// What is to be printed, and of how many lines.
    answer: Vec<u8>,
    waiting: usize,
    /// What is to be recorded before it is printed, and what comes after it.
    unrecorded: Vec<LineResult>,
    /// Who signs, and what writes the tokens of most lines if none of them is recorded.
    signers: RequestSigners<'p>,
    lane: Option<LoginLane>,
}

/// Logs in the users of standard input to its end.
///
/// # Errors
/// The command line does not make sense, no key can sign, there is no line at all, or the store can't be written.
pub(crate) fn run(typed: &IssueArgs, context: &mut Context<'_, '_>) -> anyhow::Result<Exit> {
    if let Some(OutputForm::Env | OutputForm::AuthHeader) = typed.output {
        return Err(Problem::usage_with(
            "--batch prints a token per line, not lines for a shell or for curl",
            "choose -o access, -o refresh or -o wire",
        )
        .into());
    }
    let sources = LineSources::of(&typed.files, "jwtsess issue --batch")?;
    let prepared = Preparation::of(typed, context)?;
    let request = prepared.request(typed, &prepared.profile, Login::default());
    let signers = request.signers()?;
    let own = signers.refresh.iter().map(|(_, notes)| notes);
    let noted = std::iter::once(&signers.access.2).chain(own);
    for finding in noted.flat_map(|notes| &notes.findings) {
        context.warn(&render::words::finding(finding, context.now));
    }
    let is_wire = match typed.output {
        None => prepared.profile.issues(TokenKind::Refresh),
        Some(form) => form == OutputForm::Wire,
    };
    resolve::profile::say_cookies(&prepared.profile, is_wire, context);
    if !prepared.records() {
        prepared.store.make_if_named(context)?;
    } else if prepared.store.is_without() {
        SessionStore::say_not_recorded(&prepared.profile, context);
    }
    if sources.are_typed(context) {
        context.say("give one JSON object per line, and end with Ctrl-D");
    }
    let lines = sources.read("the claims", LONGEST_LINE, context)?;
    context.begin_progress(lines.size());
    let lines = ReadAhead::of(lines, BLOCKS_AHEAD, |read| read);
    let mut batch = LoginBatch {
        typed,
        prepared: &prepared,
        number: 0,
        logins: 0,
        refused: 0,
        answer: Vec::new(),
        waiting: 0,
        unrecorded: Vec::new(),
        signers,
        lane: prepared.may_be_fast().then(LoginLane::default),
    };
    context.world.interrupt.listen();
    while !context.world.interrupt.has_come() {
        context.show_progress(lines.bytes(), (batch.logins, "logins"));
        let Some(read) = lines.next() else { continue };
        let Some(read) = read.map_err(Problem::from)? else {
            break;
        };
        context.now = context.moment();
        let done = match &read.lines {
            None => batch.line(None, context),
            Some(bytes) => batch.lines(bytes, context),
        };
        // What was recorded is printed, whatever came after it.
        batch.print(context)?;
        done?;
        lines.done(read);
    }
    context.end_progress();
    if context.world.interrupt.has_come() {
        context.say(&format!("interrupted: {}", batch.counts()));
        return Ok(Exit::Interrupted);
    }
    if batch.logins == 0 {
        return Err(sources.without("claims", "JSON object").into());
    }
    Ok(match batch.refused {
        0 => Exit::Done,
        _ => Exit::Batch,
    })
}

/// Whether a failure concerns all lines: the store can't be written, or no key can sign.
fn stops(error: &anyhow::Error) -> bool {
    match error.downcast_ref::<Problem>() {
        Some(Problem::Store(problem)) => !problem.error.is_of_one_session(),
        Some(Problem::BrokenPipe | Problem::Output(_)) => true,
        _ => false,
    }
}

impl LoginBatch<'_> {
    /// Logs in the users of whole lines, as far as Ctrl-C lets it.
    fn lines(&mut self, bytes: &[u8], context: &mut Context<'_, '_>) -> anyhow::Result<()> {
        for line in each_line(bytes) {
            if context.world.interrupt.has_come() {
                break;
            }
            self.line(Some(line), context)?;
        }
        Ok(())
    }

    /// How many users there were and were not logged in, in a sentence.
    fn counts(&self) -> String {
        let logins = match self.logins {
            1 => "1 login".to_owned(),
            more => format!("{more} logins"),
        };
        match self.refused {
            0 => logins,
            some => format!("{logins}, {some} of them refused"),
        }
    }

    /// Logs in the user of a line; `None` is one that is too long. Fails if the next ones would fail, too.
    fn line(&mut self, line: Option<&[u8]>, context: &mut Context<'_, '_>) -> anyhow::Result<()> {
        self.number += 1;
        let line = line.map(<[u8]>::trim_ascii);
        if line.is_some_and(<[u8]>::is_empty) {
            return Ok(());
        }
        self.logins += 1;
        if let (Some(lane), Some(line)) = (&mut self.lane, line)
            && let (now, entropy) = (context.now, &mut *context.world.entropy)
            && lane
                .answer(
                    (self.number, line),
                    &self.signers,
                    now,
                    entropy,
                    &mut self.answer,
                )
                .is_some()
        {
            self.waiting += 1;
            return self.print_if_many(context);
        }
        let mut draws = Draws::default();
        let done = logged_in(line, self.typed, self.prepared, &mut draws, context);
        let (issued, family) = match done {
            Ok((issued, family)) => (Ok(issued), family),
            Err(error) if stops(&error) => return Err(error),
            Err(error) => (Err(Failure::from(&error)), None),
        };
        self.waiting += 1;
        let result = LineResult {
            number: self.number,
            issued,
            family,
        };
        if result.family.is_some() || !self.unrecorded.is_empty() {
            self.unrecorded.push(result);
        } else {
            let start = self.answer.len();
            self.add(&result, context);
            if let (Ok(issued), Some(line)) = (&result.issued, line) {
                self.teach(line, &draws, issued, start, context);
            }
        }
        self.print_if_many(context)
    }

    fn add(&mut self, line: &LineResult, context: &mut Context<'_, '_>) {
        if let Err(failure) = &line.issued {
            context.fail_line(line.number, failure);
            self.refused += 1;
        }
        let printed = (line.number, line.issued.as_ref());
        write(printed, context, &mut self.answer);
    }

    /// Records what is still to be recorded, with one commit.
    fn record(&mut self, context: &mut Context<'_, '_>) -> anyhow::Result<()> {
        let mut lines = std::mem::take(&mut self.unrecorded);
        let unrecorded = lines.iter_mut();
        let unrecorded =
            unrecorded.filter_map(|line| Some((line.family.take()?, &mut line.issued)));
        let (families, issued): (Vec<_>, Vec<_>) = unrecorded.unzip();
        if families.is_empty() {
            return Ok(());
        }
        let recorded = self.prepared.store.record_all(&families, context)?;
        for (issued, recorded) in issued.into_iter().zip(recorded) {
            match (recorded.map_err(anyhow::Error::from), issued) {
                (Ok(session), Ok(issued)) => issued.session = Some(session),
                (Err(error), _) if stops(&error) => return Err(error),
                (Err(error), issued) => *issued = Err(Failure::from(&error)),
                (Ok(_), Err(_)) => {}
            }
        }
        for line in &lines {
            self.add(line, context);
        }
        Ok(())
    }

    /// Has the lane learn from a login, whose line is the last of those to be printed.
    fn teach(
        &mut self,
        line: &[u8],
        draws: &Draws,
        issued: &Issuance,
        start: usize,
        context: &Context<'_, '_>,
    ) {
        let (typed, prepared) = (self.typed, self.prepared);
        let Some(lane) = &mut self.lane else {
            return;
        };
        let login = lesson::Login {
            number: self.number,
            line,
            draws,
            issued,
            printed: &self.answer[start..],
        };
        let mut issue = |number: u64, line: &[u8], entropy: &mut dyn Entropy| {
            let login = checked(Some(line), typed, prepared).ok()?;
            let issued = minted(
                login,
                typed,
                prepared,
                &prepared.profile,
                context.now,
                entropy,
            );
            let issued = issued.ok()?;
            let mut printed = Vec::new();
            write((number, Ok(&issued)), context, &mut printed);
            Some((issued, printed))
        };
        let profile = &prepared.profile;
        let is_exact = |claim: &str| prepared.counts(claim);
        let rules = lesson::Rules {
            is_exact: &is_exact,
            user: user_claim(profile),
            is_emulated: profile.server.is_some(),
        };
        lane.learn(login, &rules, &mut issue);
    }

    fn print_if_many(&mut self, context: &mut Context<'_, '_>) -> anyhow::Result<()> {
        if self.waiting >= AT_A_TIME {
            self.print(context)?;
        }
        Ok(())
    }

    fn print(&mut self, context: &mut Context<'_, '_>) -> anyhow::Result<()> {
        self.record(context)?;
        self.waiting = 0;
        context.answer(&self.answer)?;
        self.answer.clear();
        Ok(())
    }
}

impl Preparation {
    /// Whether a login hangs on nothing but its line, so that the fast lane may answer.
    fn may_be_fast(&self) -> bool {
        let profile = &self.profile;
        let knows_users = profile.users.is_some() || profile.model.users.is_some();
        let is_recorded = self.records() && !self.store.is_without();
        !knows_users && !is_recorded && !self.store.is_django()
    }

    /// Whether more is read of a line's member than its JSON: it is checked, or tells a token's kind or times.
    fn counts(&self, claim: &str) -> bool {
        let profile = &self.profile;
        let is_read = |kind| Policy::of(profile, kind).reads(claim);
        let from = profile.session_max().map(|limit| limit.from);
        ["exp", "nbf", "iat", "auth_time", "iss"].contains(&claim)
            || profile.end_claims().iter().any(|end| end == claim)
            || from.is_some_and(|from| from == claim)
            || profile.tells_by(claim)
            || is_read(TokenKind::Access)
            || is_read(TokenKind::Refresh)
    }
}

/// Writes what is printed for a line.
fn write(
    (number, issued): (u64, Result<&Issuance, &Failure>),
    context: &Context<'_, '_>,
    out: &mut Vec<u8>,
) {
    if context.globals.json {
        render::json::issued_line(number, issued, context.now, out);
    } else {
        let line = issued.map(|issued| render::human::issued_line(issued, context.now));
        let line = line.unwrap_or_else(|_| "\n".to_owned());
        out.extend_from_slice(line.as_bytes());
    }
}

/// The login of a line that is not too long, and names no secret.
fn checked(
    line: Option<&[u8]>,
    typed: &IssueArgs,
    prepared: &Preparation,
) -> Result<Login, Problem> {
    let line = line.filter(|line| line.len() <= LONGEST_LINE);
    let line = line.ok_or_else(|| Problem::usage(format!("larger than {LONGEST_LINE} bytes")))?;
    let login = login(line, typed, prepared)?;
    echo::refuse_secret(&login.user, || "the user".to_owned())?;
    // The flags' own come first, and were searched once for all lines.
    refuse_secrets(&login.claims[prepared.login.claims.len()..])?;
    Ok(login)
}

/// Logs in the user of a line. What is to be recorded of it is recorded later with that of other lines; where it ends a user's other sessions, it is recorded at
/// once.
fn logged_in(
    line: Option<&[u8]>,
    typed: &IssueArgs,
    prepared: &Preparation,
    draws: &mut Draws,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<(Issuance, Option<Family>)> {
    let login = checked(line, typed, prepared)?;
    let mut own = None;
    if prepared.store.is_django() {
        let mut profile = prepared.profile.clone();
        prepared.store.fill_user(&mut profile, &login, context)?;
        own = Some(profile);
    }
    let profile = own.as_ref().unwrap_or(&prepared.profile);
    let mut entropy = Recorder {
        entropy: &mut *context.world.entropy,
        draws,
    };
    let mut issued = minted(login, typed, prepared, profile, context.now, &mut entropy)?;
    if !prepared.records() || prepared.store.is_without() {
        return Ok((issued, None));
    }
    let (sealing, store) = (prepared.keys.kinds().sealing(profile), &prepared.store);
    if !profile.model.session.one_per_user {
        let family = records::login(&issued.tokens, profile, sealing, context.now);
        return Ok((issued, Some(family)));
    }
    if let Some((session, ended)) = store.record(&issued.tokens, profile, sealing, context)? {
        issued.session = Some(session);
        issued.ended = ended;
    }
    Ok((issued, None))
}

/// Issues the tokens of a login.
fn minted(
    login: Login,
    typed: &IssueArgs,
    prepared: &Preparation,
    profile: &Profile,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Issuance, Problem> {
    let request = prepared.request(typed, profile, login);
    let Outcome {
        action: Action::Issued(mut issued),
        ..
    } = issue(&request, now, entropy)?
    else {
        return Err(Problem::usage("nothing was issued"));
    };
    if typed.ttl.is_some_and(Lifetime::has_unit) {
        issued.notes.forget_short_life();
    }
    if issued.form.is_none() && issued.tokens.refresh.is_some() {
        issued.form = Some(OutputForm::Wire);
    }
    Ok(issued)
}

/// The login of a line: its user, and its other members as claims.
fn login(line: &[u8], typed: &IssueArgs, prepared: &Preparation) -> Result<Login, Problem> {
    let (common, profile) = (&prepared.login, &prepared.profile);
    let text = std::str::from_utf8(line).map_err(|_| Problem::usage("not UTF-8"))?;
    let members = assignment::object(text).map_err(|error| {
        Problem::usage_with(
            format!("no object of claims: {error}"),
            "give one JSON object per line: {\"sub\":\"alice\",\"role\":\"admin\"}",
        )
    })?;
    resolve::agree::members_once("the line", &members)?;
    resolve::agree::once(&setters(typed, profile), "the line", &members)?;
    let claim = user_claim(profile);
    let is_user = |(name, _): &ExtraMember| name == claim;
    let user = members.iter().find(|member| is_user(member));
    let user = user.map(|(_, raw)| (type_name(raw), raw));
    let user = match user {
        Some(("string", raw)) => serde_json::from_str(raw).unwrap_or_default(),
        // As with `-c sub:=5`, it is written in its own JSON type.
        Some(("number", raw)) => raw.clone(),
        _ => String::new(),
    };
    if user.is_empty() {
        return Err(Problem::usage_with(
            format!("no user: it has no {claim}"),
            format!("give each line the user: {{\"{claim}\":\"alice\"}}"),
        ));
    }
    let others = members
        .into_iter()
        .filter(|member| !is_user(member) || type_name(&member.1) == "number");
    let mut login = Login {
        user,
        ..common.clone()
    };
    login.claims.extend(others);
    Ok(login)
}

/// The claim that names the user under a profile.
fn user_claim(profile: &Profile) -> &str {
    if let Some(server) = &profile.server {
        return server.user_claim();
    }
    let is_user = |source: &Source| matches!(source, Source::User);
    profile.claim(TokenKind::Access, is_user).unwrap_or("sub")
}

#[cfg(test)]
mod tests;
