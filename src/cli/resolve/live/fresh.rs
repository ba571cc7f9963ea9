//! An access token that is good now: the kept one, or what one refresh brings, whoever makes it.
use std::fmt::Write as _;
use std::rc::Rc;
use std::time::Duration;

use anyhow::anyhow;

use super::tokens::{self, renewal, session};
use super::{Reach, line, may_change, patience, view};
use crate::cli::args::live::KeepingFlags;
use crate::cli::context::Context;
use crate::cli::credentials::Credential;
use crate::cli::credentials::file::{CredentialFile, TokenRoom};
use crate::cli::credentials::folder::FoundCredential;
use crate::cli::credentials::turn::{Turn, wait_for_turn};
use crate::cli::error::Problem;
use crate::cli::error::credential::CredentialError;
use crate::cli::error::live::LiveProblem;
use crate::cli::outcome::date;
use crate::cli::outcome::live::{CredentialView, TokenOrigin};
use crate::core::secret::Secret;
use crate::core::time::{Span, Timestamp};
use crate::net::error::NetError;
use crate::net::live::error::{LiveError, Refusal};
use crate::net::live::grant::Grant;
use crate::net::live::tokens::{Exchange, Tokens};
use crate::session::credential::CredentialEnd;
use crate::session::credential::decide::{Decision, LoginReason, Renewal, TokenWish};

/// What is asked of a credential.
pub(crate) struct FreshRequest<'a> {
    /// How good the token has to be.
    pub wish: TokenWish,
    /// Whether a token with a second left will do, if the server can't be asked.
    pub stale_ok: bool,
    /// How the server is reached.
    pub keeping: &'a KeepingFlags,
}

/// A credential whose access token is good.
pub(crate) struct FreshCredential {
    /// Where it is kept.
    pub file: CredentialFile,
    /// The credential.
    pub credential: Credential,
    /// How it came to be fresh.
    pub source: TokenOrigin,
    /// The exchange that brought it.
    pub exchange: Option<Exchange>,
    /// The way to its server.
    pub reach: Reach,
    /// What renews it.
    pub renewal: Renewal,
}

impl FreshCredential {
    /// As it is shown.
    #[must_use]
    pub(crate) fn view(&self) -> CredentialView {
        view::of(&self.credential, self.renewal, Some(&self.file))
    }
}

impl FreshCredential {
    /// As it was found, to be looked at again.
    #[must_use]
    pub(crate) fn into_found(self) -> FoundCredential {
        FoundCredential {
            file: self.file,
            credential: self.credential,
        }
    }
}

/// Keeps a token that a server handed out by itself, if none has taken the place of the one that was sent.
///
/// # Errors
/// It can't be kept.
pub(crate) fn adopt(
    held: FreshCredential,
    token: Secret,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<FreshCredential> {
    let patience = Duration::from_secs(2);
    let file = held.file.clone();
    let turn = wait_for_turn(&file, patience, context, &mut |credential, _| {
        (!same_tokens(credential, &held.credential)).then(|| credential.clone())
    })?;
    let Turn::Locked(lock) = turn else {
        return Ok(held);
    };
    let kept = file.read(context)?;
    let Some(mut kept) = kept.filter(|kept| same_tokens(kept, &held.credential)) else {
        return Ok(held);
    };
    let now = context.world.clock.now();
    let ends = tokens::read(&token).and_then(|token| date(token.claims()?, "exp"));
    kept.tokens.access_expires_at = ends.map(Timestamp::seconds);
    kept.tokens.access_token = token;
    kept.tokens.obtained_at = now.seconds();
    file.write(&kept)?;
    drop(lock);
    Ok(FreshCredential {
        credential: kept,
        source: TokenOrigin::Header,
        ..held
    })
}

/// How a look at a credential went.
enum Look {
    Good,
    Due { spare: bool },
}

/// A call for a fresh token, while it is carried out.
struct Call<'a> {
    request: &'a FreshRequest<'a>,
    file: CredentialFile,
    renewal: Renewal,
}

/// Gets a token that is good for as long as was asked.
///
/// # Errors
/// Nothing gives one. The error says what to do.
pub(crate) fn obtain(
    found: FoundCredential,
    request: &FreshRequest<'_>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<FreshCredential> {
    let FoundCredential { file, credential } = found;
    let reach = Reach::of(&credential, request.keeping, context)?;
    let call = Call {
        request,
        renewal: renewal(&credential, reach.profile()),
        file,
    };
    match call.look(&credential, request.wish, context)? {
        Look::Good => Ok(call.done(credential, reach, TokenOrigin::Kept, None)),
        Look::Due { .. } => call.in_turn(&credential, reach, context),
    }
}

impl Call<'_> {
    fn done(
        self,
        credential: Credential,
        reach: Reach,
        source: TokenOrigin,
        exchange: Option<Exchange>,
    ) -> FreshCredential {
        FreshCredential {
            file: self.file,
            credential,
            source,
            exchange,
            reach,
            renewal: self.renewal,
        }
    }

    /// What to do with a credential now.
    fn look(
        &self,
        credential: &Credential,
        wish: TokenWish,
        context: &mut Context<'_, '_>,
    ) -> Result<Look, Problem> {
        let now = context.moment();
        match credential.tokens.decide(self.renewal, wish, now) {
            Decision::Use => Ok(Look::Good),
            Decision::UseUnknown => {
                context.say("nobody knows when this access token expires: it is used until the server refuses it");
                Ok(Look::Good)
            }
            Decision::Refresh { spare } => Ok(Look::Due { spare }),
            Decision::ExpiresSoon { left, life } => Err(self.expires_soon(left, life)),
            Decision::Over(end) => Err(self.over(credential, end)),
            Decision::LoginRequired(reason) => Err(self.login_required(credential, reason, now)),
        }
    }

    /// Refreshes, when it is this call's turn, unless another process does.
    fn in_turn(
        self,
        seen: &Credential,
        reach: Reach,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<FreshCredential> {
        may_change(self.request.keeping, context)?;
        let patience = patience(&self.request.keeping.net);
        // What another process refreshed meanwhile is fresh, even if a refresh was asked for.
        let wish = |credential: &Credential| TokenWish {
            refresh: self.request.wish.refresh && same_tokens(credential, seen),
            ..self.request.wish
        };
        let file = self.file.clone();
        let turn = wait_for_turn(&file, patience, context, &mut |credential, context| {
            let settled = self.look(credential, wish(credential), context);
            (!matches!(settled, Ok(Look::Due { .. }))).then(|| settled.map(|_| credential.clone()))
        })?;
        let lock = match turn {
            Turn::Found(found) => {
                return Ok(self.done(found?, reach, TokenOrigin::OtherProcess, None));
            }
            Turn::Locked(lock) => lock,
        };
        let kept = self.file.read(context)?;
        let kept = kept.ok_or_else(|| CredentialError::Missing(self.file.name.to_string()))?;
        let refreshed = match self.look(&kept, wish(&kept), context)? {
            Look::Good => Ok(self.done(kept, reach, TokenOrigin::OtherProcess, None)),
            Look::Due { spare } => self.refresh(&kept, spare, reach, context),
        };
        drop(lock);
        refreshed
    }

    /// Sends the one refresh. The lock is held.
    fn refresh(
        self,
        kept: &Credential,
        spare: bool,
        mut reach: Reach,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<FreshCredential> {
        reach.load_secrets(kept, context)?;
        let sent_at = context.world.clock.now();
        let unanswered = kept.tokens.refresh_sent_at;
        if let Some(before) = unanswered {
            context.say(&format!(
                "a refresh that was sent at {} was never answered: the same {} is sent once more",
                moment(before),
                self.what_is_sent()
            ));
        }
        let mut sent = kept.clone();
        sent.tokens.refresh_sent_at = Some(sent_at.seconds());
        let room = self.file.room_for_refresh(&sent)?;
        match self.ask(&sent, &mut reach, context) {
            Ok(came) => self.keep(sent, came, room, sent_at, reach, context),
            Err(error) => {
                drop(room);
                let failed = Failed {
                    sent,
                    unanswered,
                    error,
                };
                self.failed(failed, spare, reach, context)
            }
        }
    }

    fn what_is_sent(&self) -> &'static str {
        match self.renewal {
            Renewal::RefreshToken => "refresh token",
            Renewal::Grant => "request",
            Renewal::Itself { .. } | Renewal::Nothing => "token",
        }
    }

    fn ask(
        &self,
        sent: &Credential,
        reach: &mut Reach,
        context: &mut Context<'_, '_>,
    ) -> Result<Tokens, LiveError> {
        let kept = session(&sent.tokens);
        let profile = Rc::clone(&reach.profile);
        let by_header = tokens::handed_out(&profile.profile);
        reach.ask(&sent.server, context, |live, _| {
            match (self.renewal, by_header) {
                (Renewal::Grant, _) => live.login(&Grant::ClientCredentials),
                (Renewal::Itself { .. }, Some((me, name))) => live.handed_out(me, name, &kept),
                _ => live.refresh(&kept),
            }
        })
    }

    /// Keeps what came, before anything is printed.
    fn keep(
        self,
        sent: Credential,
        came: Tokens,
        room: TokenRoom,
        sent_at: Timestamp,
        reach: Reach,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<FreshCredential> {
        let exchange = came.exchange.clone();
        super::say_skew(came.skew, context);
        let mut fresh = sent;
        let new = tokens::kept(came, Some(&fresh.tokens), reach.profile(), sent_at);
        let lives = new.lives_for(self.request.wish.min_ttl);
        let life = new.life();
        fresh.tokens = new;
        room.fill(&fresh)
            .map_err(|problem| self.lost(&fresh, problem))?;
        if !lives {
            let left = fresh.tokens.left(context.world.clock.now()).unwrap_or(0);
            return Err(self.expires_soon(left, life).into());
        }
        let renews_itself = matches!(self.renewal, Renewal::Itself { .. });
        let source = if renews_itself && tokens::handed_out(reach.profile()).is_some() {
            TokenOrigin::Header
        } else {
            TokenOrigin::Refreshed
        };
        Ok(self.done(fresh, reach, source, Some(exchange)))
    }

    fn lost(&self, credential: &Credential, problem: Problem) -> Problem {
        let why = match problem {
            Problem::Credential(error) => error,
            other => CredentialError::NotWritten(other.to_string()),
        };
        CredentialError::Lost {
            why: Box::new(why),
            login: line::login(credential, Some(&self.file.name)),
        }
        .into()
    }

    /// What a refresh that brought nothing means for the credential.
    fn failed(
        self,
        failed: Failed,
        spare: bool,
        reach: Reach,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<FreshCredential> {
        let found = self.file.read(context)?;
        if let Some(found) = found.filter(|found| !same_tokens(found, &failed.sent)) {
            // The lock did not hold. What was refused is an older token: it ends nothing.
            self.look(
                &found,
                TokenWish {
                    refresh: false,
                    ..self.request.wish
                },
                context,
            )?;
            return Ok(self.done(found, reach, TokenOrigin::OtherProcess, None));
        }
        let Failed {
            mut sent,
            unanswered,
            error,
        } = failed;
        let grant_again = self.renewal == Renewal::Grant;
        if let Some(refusal) = over(&error).filter(|_| !grant_again) {
            let end = CredentialEnd {
                at: context.world.clock.now().seconds(),
                code: refusal.code.to_owned(),
                words: refusal
                    .words
                    .clone()
                    .or_else(|| refusal.server_code.clone()),
                unanswered_since: unanswered,
            };
            let tokens = &mut sent.tokens;
            tokens.refresh_sent_at = None;
            tokens.over = Some(end.clone());
            self.file.write(&sent)?;
            return Err(anyhow!(self.over(&sent, &end)));
        }
        let may_have_been_seen = was_sent(&error);
        if !may_have_been_seen {
            sent.tokens.refresh_sent_at = unanswered;
            self.file.write(&sent)?;
        }
        let usable = sent.tokens.is_usable(context.moment());
        let will_do = (spare && !self.request.wish.refresh) || (self.request.stale_ok && usable);
        let advice = (may_have_been_seen && self.renewal != Renewal::Grant).then(|| {
            let what = self.what_is_sent();
            format!("the {what} may be used up: the next call sends it once more, and says what came of it")
        });
        let name = Some(&self.file.name);
        let advice = line::way_out(&sent, name, self.what_is_sent(), &error).or(advice);
        if will_do {
            context.warn(&format!("the token was not refreshed: {error}"));
            if let Some(advice) = advice {
                context.say(&advice);
            }
            return Ok(self.done(sent, reach, TokenOrigin::Kept, None));
        }
        Err(Problem::Live(LiveProblem { error, advice }).into())
    }

    fn expires_soon(&self, left: i64, life: Option<i64>) -> Problem {
        let asked = self.request.wish.min_ttl.words();
        let name = &self.file.name;
        let words = |seconds: i64| Span::from_seconds(u64::try_from(seconds).unwrap_or(0)).words();
        let (why, hint) = match life {
            Some(..1) => (
                format!("the access tokens of {name} have expired when they come"),
                "this machine's clock may be ahead of the server's: compare them".to_owned(),
            ),
            Some(life) => (
                format!(
                    "the access tokens of {name} live for {}, and {asked} were asked for",
                    words(life)
                ),
                format!("ask for less: --min-ttl {}", life.saturating_mul(3) / 4),
            ),
            None if left < 1 => (
                format!("the access token of {name} has expired"),
                "leave --no-refresh out".to_owned(),
            ),
            None => (
                format!(
                    "the access token of {name} has {} left, and {asked} were asked for",
                    words(left)
                ),
                if self.request.wish.no_refresh {
                    "leave --no-refresh out, or ask for less with --min-ttl".to_owned()
                } else {
                    "nothing renews it: ask for less with --min-ttl, or log in again".to_owned()
                },
            ),
        };
        CredentialError::ExpiresSoon { why, hint }.into()
    }

    fn over(&self, credential: &Credential, end: &CredentialEnd) -> Problem {
        let name = &self.file.name;
        let words = end.words.as_deref().unwrap_or(&end.code);
        let mut why = format!(
            "the session of {name} is over: the server said so at {}: {words}",
            moment(end.at)
        );
        if let Some(since) = end.unanswered_since {
            let since = moment(since);
            _ = write!(
                why,
                "; a refresh sent at {since} was never answered, and may have used the token up"
            );
        }
        self.log_in(credential, why)
    }

    fn login_required(
        &self,
        credential: &Credential,
        reason: LoginReason,
        now: Timestamp,
    ) -> Problem {
        let name = &self.file.name;
        let at = |end: i64| {
            let here = end.saturating_sub(credential.tokens.skew);
            crate::cli::render::words::moment(Timestamp::from_seconds(here), now)
        };
        let why = match reason {
            LoginReason::NothingRenews => match credential.tokens.access_expires_at {
                Some(end) if !credential.tokens.is_usable(now) => {
                    format!(
                        "the access token of {name} expired {}, and nothing renews it",
                        at(end)
                    )
                }
                _ => format!("nothing renews the access token of {name}"),
            },
            LoginReason::RefreshExpired(end) => format!("the session of {name} ended {}", at(end)),
            LoginReason::Expired(end) => {
                format!(
                    "the token of {name} expired {}, and an expired one can't be renewed",
                    at(end)
                )
            }
        };
        self.log_in(credential, why)
    }

    fn log_in(&self, credential: &Credential, why: String) -> Problem {
        CredentialError::LoginRequired {
            why,
            login: line::login(credential, Some(&self.file.name)),
        }
        .into()
    }
}

/// A refresh that brought nothing.
struct Failed {
    sent: Credential,
    /// When an earlier one was sent that was not answered.
    unanswered: Option<i64>,
    error: LiveError,
}

fn same_tokens(one: &Credential, other: &Credential) -> bool {
    let (one, other) = (&one.tokens, &other.tokens);
    one.access_token == other.access_token && one.refresh_token == other.refresh_token
}

/// The refusal after which only a login helps.
fn over(error: &LiveError) -> Option<&Refusal> {
    match error {
        LiveError::Refused(refusal) if refusal.is_over() => Some(refusal),
        _ => None,
    }
}

/// Whether the server may have seen a refresh of which nobody knows what it did.
fn was_sent(error: &LiveError) -> bool {
    matches!(
        error,
        LiveError::Net(
            NetError::TimedOut { sent: true, .. }
                | NetError::Lost { .. }
                | NetError::Unexpected { .. }
        )
    )
}

fn moment(seconds: i64) -> String {
    let moment = Timestamp::from_seconds(seconds);
    moment.rfc3339().unwrap_or_else(|| seconds.to_string())
}
