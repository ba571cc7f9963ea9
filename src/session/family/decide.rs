//! The rules: what presenting a token to a store comes to. Pure: a family, a token, a moment and the rules give a change.
use super::{Ended, Expiry, Family, Generation, Origin, Session, Token, Why};
use crate::core::time::{Span, Timestamp};

/// What a profile asks of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent rule"
)]
pub struct Rules {
    /// Whether a session that the store does not know is refused; else it is live.
    pub allow_list: bool,
    /// Whether rotation retires the presented token; simplejwt without `BLACKLIST_AFTER_ROTATION` does not, and each use is a new branch.
    pub retires: bool,
    /// Whether a retired token that comes back ends its family.
    pub reuse_detection: bool,
    /// How long after its first use a retired token still gets the same successor; nothing: never.
    pub reuse_grace: Span,
    /// Whether `revoke` ends the presented token alone, as simplejwt's blacklist does.
    pub revokes_alone: bool,
}

/// A token as it was presented.
#[derive(Clone, Debug)]
pub struct Presented {
    /// The session that it says it is of.
    pub origin: Origin,
    /// The token.
    pub token: Token,
    /// Whether it is one that the store records: of a pair the refresh token. An access token is known by its session alone.
    pub recorded: bool,
    /// Whether it passed every check of its own. One that did not never changes a family.
    pub holds: bool,
}

/// What is wanted with a presented token.
#[derive(Clone, Debug)]
pub enum Request {
    /// To look: `verify`, `inspect`. Never changes anything.
    Look,
    /// To renew: a use that retires nothing.
    Renew,
    /// To rotate it into this successor, which is made and signed before the store is asked, so that no lock waits for a signature.
    Rotate(Box<Token>),
}

/// What a presented token comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The store does not know its session, and needs not: it is live.
    Unrecorded,
    /// Live; of a token that is itself recorded, which generation it is.
    Live(Option<u32>),
    /// Rotated: into this generation, which is the successor that was offered.
    Rotated(u32),
    /// A retry inside the grace: this generation, the same successor as the first time, is to be signed again.
    Retried(u32),
    /// Ended, by `revoke`.
    Revoked,
    /// It had ended before; nothing changed.
    AlreadyEnded(Ended),
    /// Refused.
    Refused(Refusal),
}

/// Why a token is refused by what the store knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The store does not know the session, or not this token of it.
    Unknown {
        /// Whether it knows the session.
        session_known: bool,
    },
    /// The session, or this token alone, was revoked then.
    Revoked(Timestamp),
    /// It was rotated away then.
    Retired(Timestamp),
    /// A retired token came back, now or before: the session ended then.
    Reuse(Timestamp),
    /// The session's absolute end has passed.
    SessionEnded(Timestamp),
    /// Its current token has expired.
    Expired(Timestamp),
}

impl Refusal {
    /// Of a token whose session has ended.
    const fn of_end(ended: Ended) -> Self {
        match ended.why {
            Why::Revoked => Self::Revoked(ended.at),
            Why::Reuse => Self::Reuse(ended.at),
        }
    }
}

/// One thing to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A session that the store did not know.
    Create(Box<Family>),
    /// One more generation.
    Add(Box<Generation>),
    /// A generation was used.
    Use(u32),
    /// A generation was rotated away: its first use, if it was not used before.
    Retire(u32),
    /// A generation was ended alone.
    RevokeToken(u32),
    /// The session ended.
    End(Why),
}

/// What a decision changes: plain data, the same for every store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What to tell.
    pub ruling: Ruling,
    /// What to write, in order; nothing to write for none.
    pub steps: Vec<Step>,
    /// When: the family's own clock, which never runs backwards.
    pub at: Timestamp,
    /// Where the clock stands before the session's last use: that use.
    pub clock_back: Option<Timestamp>,
}

impl Change {
    const fn new(ruling: Ruling, steps: Vec<Step>, at: Timestamp) -> Self {
        Self {
            ruling,
            steps,
            at,
            clock_back: None,
        }
    }
}

/// The family's own clock: time only removes rights, so that a clock set back gives none again.
fn clock(family: Option<&Family>, now: Timestamp) -> (Timestamp, Option<Timestamp>) {
    match family.map(|family| family.session.last_used_at) {
        Some(last) if last > now => (last, Some(last)),
        _ => (now, None),
    }
}

/// Decides what presenting a token comes to.
///
/// `family` is the one that the store has the token in, or else the session of [`Origin::key`].
#[must_use]
pub fn decide(
    family: Option<&Family>,
    presented: &Presented,
    request: &Request,
    rules: &Rules,
    now: Timestamp,
) -> Change {
    let (at, clock_back) = clock(family, now);
    let (ruling, steps) = match family {
        None => unknown(presented, request, rules, at),
        Some(family) => known(family, presented, request, rules, at),
    };
    Change {
        clock_back,
        ..Change::new(ruling, steps, at)
    }
}

fn refused(refusal: Refusal) -> (Ruling, Vec<Step>) {
    (Ruling::Refused(refusal), Vec::new())
}

fn unknown(
    presented: &Presented,
    request: &Request,
    rules: &Rules,
    now: Timestamp,
) -> (Ruling, Vec<Step>) {
    if rules.allow_list {
        return refused(Refusal::Unknown {
            session_known: false,
        });
    }
    let Request::Rotate(successor) = request else {
        return (Ruling::Unrecorded, Vec::new());
    };
    if !presented.holds {
        return (Ruling::Unrecorded, Vec::new());
    }
    if let Some(end) = presented.origin.absolute_end.filter(|end| now >= *end) {
        return refused(Refusal::SessionEnded(end));
    }
    let family = Family::new(&presented.origin, presented.token.clone(), now);
    let mut steps = vec![Step::Create(Box::new(family))];
    steps.extend(rotate(1, 2, successor, rules, now));
    (Ruling::Rotated(2), steps)
}

fn known(
    family: &Family,
    presented: &Presented,
    request: &Request,
    rules: &Rules,
    now: Timestamp,
) -> (Ruling, Vec<Step>) {
    if let Some(ended) = family.session.ended {
        return refused(Refusal::of_end(ended));
    }
    let generation = family.generation_of(&presented.token.fingerprint);
    if let Some(revoked) = generation.and_then(|generation| generation.revoked_at) {
        return refused(Refusal::Revoked(revoked));
    }
    if let Some((generation, retired)) =
        generation.and_then(|generation| Some((generation, generation.retired_at?)))
    {
        return retired_again(family, generation, retired, presented, request, rules, now);
    }
    let looks = matches!(request, Request::Look) || !presented.holds;
    if !looks && let Some(end) = past_the_end(&family.session, now) {
        return refused(Refusal::SessionEnded(end));
    }
    let Some(generation) = generation else {
        return unrecorded(family, presented, request, rules, now);
    };
    let live = Ruling::Live(Some(generation.number));
    match request {
        _ if looks => (live, Vec::new()),
        Request::Look => (live, Vec::new()),
        Request::Renew => (live, vec![Step::Use(generation.number)]),
        Request::Rotate(successor) => {
            let next = family.session.generations.saturating_add(1);
            (
                Ruling::Rotated(next),
                rotate(generation.number, next, successor, rules, now),
            )
        }
    }
}

fn past_the_end(session: &Session, now: Timestamp) -> Option<Timestamp> {
    session.absolute_end.filter(|end| now >= *end)
}

/// A token of a session that the store knows, and that is not itself recorded.
fn unrecorded(
    family: &Family,
    presented: &Presented,
    request: &Request,
    rules: &Rules,
    now: Timestamp,
) -> (Ruling, Vec<Step>) {
    // An access token of a pair is never recorded; any other that an allow-list lacks was not issued by its keeper.
    if presented.recorded && rules.allow_list {
        return refused(Refusal::Unknown {
            session_known: true,
        });
    }
    match request {
        Request::Rotate(successor) if presented.holds && presented.recorded => {
            let met = family.session.generations.saturating_add(1);
            let next = met.saturating_add(1);
            let generation = Generation::new(met, None, presented.token.clone(), now);
            let mut steps = vec![Step::Add(Box::new(generation))];
            steps.extend(rotate(met, next, successor, rules, now));
            (Ruling::Rotated(next), steps)
        }
        _ => (Ruling::Live(None), Vec::new()),
    }
}

fn rotate(
    presented: u32,
    next: u32,
    successor: &Token,
    rules: &Rules,
    now: Timestamp,
) -> Vec<Step> {
    let generation = Generation::new(next, Some(presented), successor.clone(), now);
    let used = if rules.retires {
        Step::Retire(presented)
    } else {
        Step::Use(presented)
    };
    vec![used, Step::Add(Box::new(generation))]
}

/// The one place where reuse is handled (RFC 9700 §4.14.2): a retired token was presented again.
fn retired_again(
    family: &Family,
    generation: &Generation,
    retired: Timestamp,
    presented: &Presented,
    request: &Request,
    rules: &Rules,
    now: Timestamp,
) -> (Ruling, Vec<Step>) {
    if !presented.holds || matches!(request, Request::Look) {
        return refused(Refusal::Retired(retired));
    }
    if let Some(end) = past_the_end(&family.session, now) {
        return refused(Refusal::SessionEnded(end));
    }
    // Counted from the first use, never from a retry: a window that each use moves on would never close.
    let in_grace = rules.reuse_grace.seconds() > 0 && now < retired.plus(rules.reuse_grace);
    let mut successors = family.successors(generation.number);
    if in_grace
        && let (Some(successor), None) = (successors.next(), successors.next())
        && successor.is_current()
        && successor.used_at.is_none()
    {
        return match request {
            // Signed again it is the same token; one that has expired since would be of no use.
            Request::Rotate(_) if !successor.token.expires_at.has_passed(now) => {
                (Ruling::Retried(successor.number), Vec::new())
            }
            // There is no successor to give to who wants an access token alone, and inside the grace no reason to end the session.
            _ => refused(Refusal::Retired(retired)),
        };
    }
    if rules.reuse_detection {
        return (
            Ruling::Refused(Refusal::Reuse(now)),
            vec![Step::End(Why::Reuse)],
        );
    }
    refused(Refusal::Retired(retired))
}

/// Which token `rotate --session` issues again: the operator holds key and store, and the answer was lost.
///
/// # Errors
/// Why there is none to issue.
pub fn reissue(
    family: &Family,
    generation: Option<u32>,
    now: Timestamp,
) -> Result<Vec<&Generation>, Refusal> {
    let (now, _) = clock(Some(family), now);
    if let Some(ended) = family.session.ended {
        return Err(Refusal::of_end(ended));
    }
    if let Some(end) = past_the_end(&family.session, now) {
        return Err(Refusal::SessionEnded(end));
    }
    if let Some(asked) = generation.and_then(|number| family.generation(number)) {
        if let Some(revoked) = asked.revoked_at {
            return Err(Refusal::Revoked(revoked));
        }
        if let Some(retired) = asked.retired_at {
            return Err(Refusal::Retired(retired));
        }
    }
    let current: Vec<_> = family
        .current()
        .filter(|current| generation.is_none_or(|asked| asked == current.number))
        .collect();
    let live: Vec<_> = current
        .iter()
        .copied()
        .filter(|current| !current.token.expires_at.has_passed(now))
        .collect();
    if !live.is_empty() {
        return Ok(live);
    }
    let expired = current
        .iter()
        .filter_map(|current| current.token.expires_at.moment())
        .max();
    let revoked = family
        .generations
        .iter()
        .filter_map(|generation| generation.revoked_at)
        .max();
    Err(match (expired, revoked) {
        (Some(at), _) => Refusal::Expired(at),
        (None, Some(at)) => Refusal::Revoked(at),
        (None, None) => Refusal::Unknown {
            session_known: true,
        },
    })
}

/// Decides what revoking by a token comes to. What the store does not know is recorded as ended: a deny-list has to remember it.
#[must_use]
pub fn revoke(
    family: Option<&Family>,
    presented: &Presented,
    rules: &Rules,
    now: Timestamp,
) -> Change {
    let (at, clock_back) = clock(family, now);
    let (ruling, steps) = match family {
        None if rules.allow_list => refused(Refusal::Unknown {
            session_known: false,
        }),
        None => {
            let family = Family::new(&presented.origin, presented.token.clone(), at);
            let steps = vec![Step::Create(Box::new(family)), Step::End(Why::Revoked)];
            (Ruling::Revoked, steps)
        }
        Some(family) => match family.session.ended {
            Some(ended) => (Ruling::AlreadyEnded(ended), Vec::new()),
            None if rules.revokes_alone => revoke_alone(family, presented, at),
            None => (Ruling::Revoked, vec![Step::End(Why::Revoked)]),
        },
    };
    Change {
        clock_back,
        ..Change::new(ruling, steps, at)
    }
}

/// One token of a family; with its last current one the session has ended, too.
fn revoke_alone(family: &Family, presented: &Presented, at: Timestamp) -> (Ruling, Vec<Step>) {
    let mut steps = Vec::new();
    let number = if let Some(generation) = family.generation_of(&presented.token.fingerprint) {
        if let Some(at) = generation.revoked_at.or(generation.retired_at) {
            let why = Why::Revoked;
            return (Ruling::AlreadyEnded(Ended { at, why }), steps);
        }
        generation.number
    } else {
        let number = family.session.generations.saturating_add(1);
        steps.push(Step::Add(Box::new(Generation::new(
            number,
            None,
            presented.token.clone(),
            at,
        ))));
        number
    };
    steps.push(Step::RevokeToken(number));
    if family.current().all(|current| current.number == number) {
        steps.push(Step::End(Why::Revoked));
    }
    (Ruling::Revoked, steps)
}

/// The latest of some expiries; `none` for none.
pub(super) fn latest(expiries: impl Iterator<Item = Expiry>, none: Timestamp) -> Expiry {
    expiries.max().unwrap_or(Expiry::At(none))
}
