//! `issue`: logs a user in by hand.
pub(crate) mod batch;

use crate::cli::args;
use crate::cli::args::assignment;
use crate::cli::args::output::OutputForm;
use crate::cli::args::values::{Lifetime, Name};
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::outcome::{Action, Issuance, Outcome, date};
use crate::cli::render::words;
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::sessions::SessionStore;
use crate::cli::resolve::settings::ProfileOverrides;
use crate::cli::resolve::store::Missing;
use crate::core::algorithm::Algorithm;
use crate::core::entropy::Entropy;
use crate::core::profile::language::entry::Occasion;
use crate::core::profile::language::source::Source;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::{Span, Timestamp};
use crate::core::verdict::Verdict;
use crate::core::verify;
use crate::session::flow::{self, Login};
use crate::session::mint::MintedToken;
use crate::session::mint::{ExtraMember, Signer, Signers};
use crate::session::service::keys::{KeyLabel, KindKeys};
use crate::session::wire::WireAnswer;

/// A login, with everything resolved.
#[derive(Debug)]
pub(crate) struct IssueRequest<'a> {
    /// The user, and the claims of the tokens.
    pub login: Login,
    /// The session model.
    pub profile: &'a Profile,
    /// The keys.
    pub keys: KindKeys<'a>,
    /// `--alg`, else what the profile allows of access tokens.
    pub algorithms: Vec<Algorithm>,
    /// `--kid`.
    pub kid: Option<String>,
    /// Whether a weak key may sign.
    pub allow_weak_key: bool,
    /// How the token is printed.
    pub form: Option<OutputForm>,
}

/// Who signs the tokens of a login, with what is said of their keys.
struct RequestSigners<'a> {
    access: (Signer<'a>, KeyLabel, Verdict),
    /// Who signs the refresh token, if it is another.
    refresh: Option<(Signer<'a>, Verdict)>,
}

impl<'a> RequestSigners<'a> {
    /// Who signs a login's first token, which is the access token, or its second.
    fn nth(&self, at: usize) -> &Signer<'a> {
        let refresh = self.refresh.as_ref().filter(|_| at > 0);
        refresh.map_or(&self.access.0, |(signer, _)| signer)
    }
}

impl<'a> IssueRequest<'a> {
    /// Who signs its tokens.
    ///
    /// # Errors
    /// No key can sign.
    fn signers(&self) -> Result<RequestSigners<'a>, Problem> {
        let (kid, weak) = (self.kid.as_deref(), self.allow_weak_key);
        let access = self.keys.access.signer(&self.algorithms, kid, weak)?;
        let refresh = if self.profile.issues(TokenKind::Refresh) {
            self.keys.refresh_signer(self.profile, &access.0, weak)?
        } else {
            None
        };
        Ok(RequestSigners { access, refresh })
    }
}

/// Mints the profile's token or pair.
///
/// # Errors
/// No key can sign.
pub(crate) fn issue(
    request: &IssueRequest<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Outcome, Problem> {
    let profile = request.profile;
    let RequestSigners {
        access: (signer, key, mut notes),
        refresh,
    } = request.signers()?;
    resolve::agree::on_the_algorithm(&request.login.header, signer.algorithm)?;
    let server = profile.server.as_ref();
    if let (Some(kid), None) = (&request.kid, signer.key.kid())
        && server.is_some_and(|server| !server.writes_kid())
    {
        return Err(Problem::usage_with(
            format!(
                "--kid: the server of {} does not write a kid",
                profile.name()
            ),
            format!("to add it anyway: --header kid={kid}"),
        ));
    }
    let signers = Signers {
        access: &signer,
        refresh: refresh.as_ref().map(|(signer, _)| signer),
    };
    if let Some((_, own)) = &refresh {
        notes.findings.extend(own.findings.iter().cloned());
    }
    let tokens = flow::issue(&request.login, profile, &signers, now, entropy)?;
    notes.findings.extend(tokens.remarks(profile, now));
    let end = profile.session_end(TokenKind::Access, &tokens.access.claims);
    let answer = WireAnswer {
        profile,
        at: Occasion::Login,
        access: tokens.access.sent(),
        refresh: tokens.refresh.as_ref().map(MintedToken::sent),
        user: Some(&request.login.user),
        now,
    };
    let issued = Issuance {
        wire: answer.body(),
        tokens,
        scheme: profile.scheme().to_owned(),
        profile: profile.name().to_owned(),
        key,
        notes,
        form: request.form,
        session_end: end,
        session: None,
        ended: Vec::new(),
    };
    Ok(Outcome {
        now,
        action: Action::Issued(issued),
    })
}

/// Runs `issue`.
///
/// # Errors
/// The command line does not make sense, there is no user or key, or a file can't be read.
pub(crate) fn run(
    typed: &args::issue::IssueArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let prepared = Preparation::of(typed, context)?;
    let request = prepared.request(typed, &prepared.profile, prepared.login.clone());
    let mut outcome = issue(&request, context.now, &mut *context.world.entropy)?;
    let is_wire = typed.output == Some(OutputForm::Wire);
    resolve::profile::say_cookies(&prepared.profile, is_wire, context);
    if let Action::Issued(issued) = &mut outcome.action
        && typed.ttl.is_some_and(Lifetime::has_unit)
    {
        issued.notes.forget_short_life();
    }
    if let Action::Issued(issued) = &mut outcome.action {
        say_if_capped(typed, issued, context)?;
    }
    if !prepared.records() {
        prepared.store.make_if_named(context)?;
    } else if let Action::Issued(issued) = &mut outcome.action
        && let Some((session, ended)) = (prepared.store).record(
            &issued.tokens,
            &prepared.profile,
            request.keys.sealing(&prepared.profile),
            context,
        )?
    {
        issued.session = Some(session);
        issued.ended = ended;
    }
    Ok(outcome)
}

/// Says if the token expires before what was asked for, because its session ends then.
fn say_if_capped(
    typed: &args::issue::IssueArgs,
    issued: &mut Issuance,
    context: &mut Context<'_, '_>,
) -> Result<(), Problem> {
    let now = context.now;
    let asked = match typed.ttl {
        Some(ttl) => Some(now.plus(ttl.span())),
        None => resolve::document::moment(typed.exp.as_ref(), "--exp", now)?,
    };
    let exp = date(&issued.tokens.access.claims, "exp");
    if let (Some(asked), Some(exp)) = (asked, exp)
        && exp.seconds() < asked.seconds()
    {
        issued.notes.findings.extend(verify::asked_end(asked, now));
        let end = words::moment(exp, now);
        context.say(&format!("exp is capped at the session's end: {end}"));
    }
    Ok(())
}

/// All that logins with the same flags have in common.
struct Preparation {
    store: SessionStore,
    profile: Profile,
    /// The login of the flags.
    login: Login,
    keys: CallKeys,
    algorithms: Vec<Algorithm>,
}

impl Preparation {
    /// Resolves profile, claims and keys, and says what is to be said of them.
    ///
    /// # Errors
    /// See [`run`].
    fn of(typed: &args::issue::IssueArgs, context: &mut Context<'_, '_>) -> anyhow::Result<Self> {
        let flags = CallKeyFlags::of(&typed.key, &typed.refresh);
        resolve::key::one_secret(flags)?;
        let call = Call::of(&typed.store, context)?.when_store_missing(Missing::Make);
        let chosen = call.named_or_default(context)?;
        let mut profile = chosen.profile.clone();
        let settings = ProfileOverrides {
            ttl: typed.ttl.map(Lifetime::span),
            refresh_ttl: typed.refresh_ttl,
            session_max: typed.session_max,
            issuer: typed.iss.as_deref(),
            audience: &typed.aud,
            allow_weak_key: typed.key.allow_weak_key,
            refresh_key: typed.refresh.any(),
        };
        settings.set(&mut profile)?;
        if typed.output == Some(OutputForm::Refresh) && !profile.is_pair() {
            return Err(no_refresh_token(&profile).into());
        }
        if issues_opaque(&profile) && call.store.is_without() {
            without_opaque(&mut profile, typed.output, context)?;
        }
        not_written(typed, &profile, context)?;
        let login = login(typed, &mut profile, context)?;
        if typed.batch {
            refuse_secrets(&login.claims)?;
        } else {
            call.store.fill_user(&mut profile, &login, context)?;
            flow::complete(&login, &profile, context.now).map_err(Problem::from)?;
        }
        if records(&profile) {
            call.store.can_record(context)?;
        }
        // Nothing that can fail comes after this, so that a failed call leaves no development key behind.
        let algorithms = resolve::key::algorithms(&typed.key, Some(&profile))?;
        let keys = resolve::key::for_issue(flags, &chosen, context)?;
        if profile.issues(TokenKind::Refresh) {
            keys.say_if_one(&profile, context);
        }
        if let Some(why) = not_issued(&profile) {
            context.say(&why);
        }
        Ok(Self {
            store: call.store,
            profile,
            login,
            keys,
            algorithms,
        })
    }

    /// A login under a profile, which may know more of its user than the common one.
    fn request<'p>(
        &'p self,
        typed: &args::issue::IssueArgs,
        profile: &'p Profile,
        login: Login,
    ) -> IssueRequest<'p> {
        IssueRequest {
            login,
            keys: self.keys.kinds(),
            algorithms: self.algorithms.clone(),
            kid: typed.kid.as_ref().map(|kid| kid.as_str().to_owned()),
            allow_weak_key: profile.model.checks.allow_weak_key,
            profile,
            form: typed.output,
        }
    }

    /// See [`records`].
    fn records(&self) -> bool {
        records(&self.profile)
    }
}

/// Whether logins are recorded. What an opaque refresh token stands for, only a record says.
fn records(profile: &Profile) -> bool {
    profile.model.session.recorded_at_login || issues_opaque(profile)
}

fn issues_opaque(profile: &Profile) -> bool {
    profile.opaque().is_some() && profile.issues(TokenKind::Refresh)
}

fn login(
    typed: &args::issue::IssueArgs,
    profile: &mut Profile,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Login> {
    let now = context.now;
    let mut claims = Vec::new();
    if let Some(document) = &typed.claims {
        let text = resolve::document::text(document, "--claims", context)?;
        let members = assignment::object(&text).map_err(|error| {
            Problem::usage_with(
                format!("--claims: {error}"),
                "give a JSON object: --claims '{\"role\":\"admin\"}'",
            )
        })?;
        resolve::agree::members_once("--claims", &members)?;
        resolve::agree::once(&setters(typed, profile), "--claims", &members)?;
        claims.extend(members);
    }
    resolve::agree::on_the_claims(&setters(typed, profile), &typed.claim)?;
    resolve::agree::on_the_header(typed.typ.as_deref(), typed.kid.as_ref(), &typed.header)?;
    if let Some(exp) = resolve::document::moment(typed.exp.as_ref(), "--exp", now)? {
        match u64::try_from(now.whole_seconds_until(exp)) {
            Ok(life) if life > 0 => ProfileOverrides {
                ttl: Some(Span::from_seconds(life)),
                ..ProfileOverrides::default()
            }
            .set(profile)?,
            _ if profile.is_pair() => {
                return Err(Problem::usage_with(
                    "--exp: one past time can't be the end of both tokens of a pair",
                    "to issue the pair as it would have been a day ago: --now -1d",
                )
                .into());
            }
            _ => claims.push(("exp".to_owned(), exp.seconds().to_string())),
        }
    }
    if let Some(nbf) = resolve::document::moment(typed.nbf.as_ref(), "--nbf", now)? {
        claims.push(("nbf".to_owned(), nbf.seconds().to_string()));
    }
    claims.extend(resolve::document::given(&typed.claim));
    Ok(Login {
        user: user(typed, &claims, context)?,
        scope: typed.scope.clone(),
        client_id: text(typed.client_id.as_ref()),
        user_id: text(typed.user_id.as_ref()),
        email: typed.email.clone(),
        access_id: typed.jti.clone(),
        refresh_id: None,
        claims,
        header: resolve::document::given(&typed.header),
        typ: typed.typ.clone(),
    })
}

/// Refuses claims that hold a secret.
fn refuse_secrets(claims: &[ExtraMember]) -> Result<(), Problem> {
    claims.iter().try_for_each(|(name, raw)| {
        let named = || format!("the claim {}", echo::name(name));
        echo::refuse_secret(&format!("{name}={raw}"), named)
    })
}

/// The flags that were given for a claim, with its name under the profile. `--user` is none of them: it says who logs in, and `-c sub=…` may write
/// another name for it.
fn setters<'t>(
    typed: &'t args::issue::IssueArgs,
    profile: &'t Profile,
) -> Vec<resolve::agree::Setter<'t>> {
    let named = |claim: &'static str| {
        let own = profile.claim(TokenKind::Access, |source| is_of(claim, source));
        own.unwrap_or(claim)
    };
    let server = profile.server.as_ref();
    let user_id = server.map_or_else(|| named("user_id"), |server| server.user_id_claim());
    let name = |name: &'t Option<Name>| name.as_ref().map(Name::as_str);
    let texts = [
        ("--iss", "iss", typed.iss.as_deref()),
        ("--jti", "jti", typed.jti.as_deref()),
        ("--scope", "scope", typed.scope.as_deref()),
        ("--client-id", named("client_id"), name(&typed.client_id)),
        ("--user-id", user_id, name(&typed.user_id)),
        ("--email", named("email"), typed.email.as_deref()),
    ];
    let refresh_ttl = typed.refresh_ttl.is_some();
    let others = [
        ("--aud", "aud", !typed.aud.is_empty()),
        ("--ttl", "exp", typed.ttl.is_some()),
        ("--refresh-ttl", "exp", refresh_ttl && profile.is_pair()),
        ("--refresh-ttl", "refresh_exp", refresh_ttl),
        ("--exp", "exp", typed.exp.is_some()),
        ("--nbf", "nbf", typed.nbf.is_some()),
    ];
    let texts = texts.into_iter().filter(|(_, _, text)| text.is_some());
    let others = others.into_iter().filter(|(_, _, is_given)| *is_given);
    texts
        .chain(others.map(|(flag, claim, _)| (flag, claim, None)))
        .collect()
}

/// Refuses a flag for a claim that the profile's tokens don't have; it is never ignored.
fn not_written(
    typed: &args::issue::IssueArgs,
    profile: &Profile,
    context: &mut Context<'_, '_>,
) -> Result<(), Problem> {
    let given = [
        ("--iss", "iss", typed.iss.is_some()),
        ("--aud", "aud", !typed.aud.is_empty()),
        ("--scope", "scope", typed.scope.is_some()),
        ("--client-id", "client_id", typed.client_id.is_some()),
        ("--user-id", "user_id", typed.user_id.is_some()),
        ("--email", "email", typed.email.is_some()),
        ("--jti", "jti", typed.jti.is_some()),
    ];
    let server = profile.server.as_ref();
    for (flag, claim, _) in given.into_iter().filter(|(_, _, given)| *given) {
        let source = |source: &Source| is_of(claim, source);
        let written = match (claim, server) {
            (_, Some(server)) => server.takes(claim),
            _ => profile.written_from(claim, source).is_some(),
        };
        let of_the_user = server.is_some_and(|server| server.knows_of_users(claim));
        if written {
        } else if of_the_user {
            context.say(&format!(
                "{flag}: {} does not write {claim}",
                profile.name()
            ));
        } else {
            return Err(Problem::usage_with(
                format!("{flag}: the tokens of {} have no {claim}", profile.name()),
                format!("to add it anyway: -c {claim}=VALUE"),
            ));
        }
    }
    Ok(())
}

/// Whether a flag that is named for a claim gives what the source fills.
fn is_of(claim: &str, source: &Source) -> bool {
    match claim {
        "iss" => matches!(source, Source::Issuer),
        "aud" => matches!(source, Source::Audience),
        "scope" => matches!(source, Source::Scope),
        "client_id" => matches!(source, Source::Client),
        "user_id" => matches!(source, Source::UserId),
        "email" => matches!(source, Source::UserEmail),
        "jti" => matches!(source, Source::Fresh(_)),
        _ => false,
    }
}

fn text(name: Option<&Name>) -> Option<String> {
    name.map(|name| name.as_str().to_owned())
}

/// The user: from `--user`, or asked for.
fn user(
    typed: &args::issue::IssueArgs,
    claims: &[ExtraMember],
    context: &mut Context<'_, '_>,
) -> anyhow::Result<String> {
    if let Some(user) = &typed.user {
        return Ok(user.as_str().to_owned());
    }
    // Each line names its own.
    if typed.batch {
        return Ok(String::new());
    }
    // `-c sub=…` names the user too, in any JSON type that a server accepts.
    if claims.iter().any(|(name, _)| name == "sub") {
        return Ok(String::new());
    }
    let missing = || {
        Problem::usage_with(
            "no user was given",
            "name the user: jwtsess issue --user alice",
        )
    };
    if !context.can_ask() {
        return Err(missing().into());
    }
    let user = context
        .world
        .prompts
        .line("user to log in")
        .map_err(Problem::from)?;
    if user.is_empty() {
        return Err(missing().into());
    }
    echo::refuse_secret(&user, || "the user".to_owned())?;
    Ok(user)
}

/// Why a login makes no refresh token although the profile's server does.
fn not_issued(profile: &Profile) -> Option<String> {
    let refresh = profile
        .kind(TokenKind::Refresh)
        .filter(|kind| kind.ttl.is_some());
    let refresh = refresh.filter(|_| !profile.issues(TokenKind::Refresh))?;
    refresh.is_jwt().then(|| {
        let name = profile.name();
        format!("no refresh token: the key that signs those of {name} never leaves its server")
    })
}

/// Leaves the opaque refresh token out: without a record nobody could tell what it stands for.
fn without_opaque(
    profile: &mut Profile,
    form: Option<OutputForm>,
    context: &mut Context<'_, '_>,
) -> Result<(), Problem> {
    let name = profile.name();
    if form == Some(OutputForm::Refresh) {
        return Err(Problem::usage_with(
            format!("-o refresh: a refresh token of {name} is no JWT and needs a store"),
            "leave --no-store out",
        ));
    }
    context.say(&format!(
        "no store in use, so no refresh token: those of {name} are no JWTs, and only the store's record says what they stand for"
    ));
    let model = profile.model.to_mut();
    model.refresh = None;
    model.session.refuse_unknown = false;
    Ok(())
}

fn no_refresh_token(profile: &Profile) -> Problem {
    Problem::usage_with(
        format!("-o refresh: {} has no refresh token", profile.name()),
        "to issue one: --profile pair",
    )
}

#[cfg(test)]
mod tests;
