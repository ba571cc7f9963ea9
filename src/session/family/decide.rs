//! The rules: they decide what happens when a token is presented. They are pure: a family, a token, a moment and the rules give a change.
use super::session::{
    EndReason, Expiry, Family, Generation, Session, SessionClaims, SessionEnd, SessionToken,
};
use crate::core::policy::MAX_LEEWAY;
use crate::core::profile::language::forms::Grace;
use crate::core::time::Timestamp;

/// How a profile wants the store to treat its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent rule"
)]
pub struct Rules {
    /// Whether a session that the store does not know is refused. Otherwise it counts as live.
    pub allow_list: bool,
    /// Whether rotation retires the presented token. simplejwt without `BLACKLIST_AFTER_ROTATION` does not, so that each use starts a new branch.
    pub retires: bool,
    /// Whether a retired token that comes back ends its family.
    pub reuse_detection: bool,
    /// What is forgiven of a retired token that comes back. No time means nothing.
    pub reuse_grace: Grace,
    /// Whether what comes back inside the grace gets a sibling of the successor. Otherwise it gets the same successor, while that is unused.
    pub siblings: bool,
    /// Whether `revoke` ends the presented token alone, as simplejwt's blacklist does.
    pub revokes_alone: bool,
}

/// A presented token, and what it says of its session.
#[derive(Clone, Debug)]
pub struct PresentedToken {
    /// The session to which the token says it belongs.
    pub origin: SessionClaims,
    /// The token, as a store would record it.
    pub token: SessionToken,
    /// Whether the store records tokens of this kind. Of a pair it records the refresh token only, and knows an access token by its session.
    pub recorded: bool,
    /// Whether the token passed every check that needs no store. A token that did not never changes a family.
    pub holds: bool,
}

/// What the caller wants to do with a presented token.
#[derive(Clone, Debug)]
pub enum Operation {
    /// To look at it: `verify`, `inspect`. Never changes anything.
    Look,
    /// To renew it. This counts as a use and retires nothing.
    Renew,
    /// To rotate it into this successor. The successor is signed before the store is asked, so that no lock waits for a signature.
    Rotate(Box<SessionToken>),
}

/// What the rules say about a presented token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The token is live. The store does not know its session and does not have to.
    Unrecorded,
    /// The token is live. Holds its generation number if the token itself is recorded.
    Live(Option<u32>),
    /// The token was rotated. This generation is the successor that was offered.
    Rotated(u32),
    /// A retry within the grace. Sign this generation again: it is the successor of the first attempt.
    Retried(u32),
    /// `revoke` ended the session, or the token alone.
    Revoked,
    /// It had ended before, so nothing changed.
    AlreadyEnded(SessionEnd),
    /// The token is refused.
    Refused(Refusal),
}

/// Why the store refuses a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The store does not know the session, or knows the session but not this token.
    Unknown {
        /// Whether the store knows the session.
        session_known: bool,
    },
    /// The session, or this token alone, was revoked at this moment.
    Revoked(Timestamp),
    /// The token was rotated away at this moment.
    Retired(Timestamp),
    /// A retired token came back, now or earlier. The session ended at this moment.
    Reuse(Timestamp),
    /// The session's absolute end, which has passed.
    SessionEnded(Timestamp),
    /// The session's last current token expired at this moment.
    Expired(Timestamp),
}

impl Refusal {
    /// The refusal of a token whose session has ended.
    const fn of_end(ended: SessionEnd) -> Self {
        match ended.why {
            EndReason::Revoked => Self::Revoked(ended.at),
            EndReason::Reuse => Self::Reuse(ended.at),
        }
    }
}

/// One thing that the store has to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreWrite {
    /// Record a session that the store did not know.
    Create(Box<Family>),
    /// Record one more generation.
    Add(Box<Generation>),
    /// Mark a generation as used.
    Use(u32),
    /// Mark a generation as rotated away. That is its first use, if it was not used before.
    Retire(u32),
    /// Mark one generation as revoked.
    RevokeToken(u32),
    /// Keep the record for a token that is not recorded and expires then.
    Guard(Expiry),
    /// Mark the session as ended.
    End(EndReason),
}

/// A decision as plain data, the same for every store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What to tell the caller.
    pub ruling: Ruling,
    /// What to write, in this order. Empty if there is nothing to write.
    pub steps: Vec<StoreWrite>,
    /// When the change happens, by the family's own clock, which never runs backwards.
    pub at: Timestamp,
    /// The session's last use, if the system clock is behind it.
    pub clock_back: Option<Timestamp>,
}

impl Change {
    const fn new(ruling: Ruling, steps: Vec<StoreWrite>, at: Timestamp) -> Self {
        Self {
            ruling,
            steps,
            at,
            clock_back: None,
        }
    }

    /// Whether it ends the session.
    #[must_use]
    pub(crate) fn ends(&self) -> bool {
        let ends = |step: &StoreWrite| matches!(step, StoreWrite::End(_));
        self.steps.iter().any(ends)
    }
}

/// The family's own clock. Time only ever removes rights, so setting the system clock back must not restore any.
fn clock(family: Option<&Family>, now: Timestamp) -> (Timestamp, Option<Timestamp>) {
    match family.map(|family| family.session.last_used_at) {
        Some(last) if last > now => (last, Some(last)),
        _ => (now, None),
    }
}

/// Decides what happens to a presented token.
///
/// `family` is the family in which the store has the token, otherwise the one with [`SessionClaims::key`].
#[must_use]
pub fn decide(
    family: Option<&Family>,
    presented: &PresentedToken,
    request: &Operation,
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

/// Adds to the decision on a renewal that the record is kept as long as the fresh token, which is not recorded itself, can be used. A session that the store did
/// not have to know is recorded if the fresh token lives on after `otherwise`, until when a revocation of the presented token would be remembered.
#[must_use]
pub(crate) fn guarding(
    mut change: Change,
    family: Option<&Family>,
    presented: &PresentedToken,
    fresh: Expiry,
    otherwise: Expiry,
) -> Change {
    let needed = fresh.plus(MAX_LEEWAY);
    match (family, change.ruling) {
        (Some(family), Ruling::Live(_)) if needed > family.session.guards_until => {
            change.steps.push(StoreWrite::Guard(fresh));
        }
        (None, Ruling::Unrecorded) if presented.recorded && needed > otherwise => {
            let family = Family::new(&presented.origin, presented.token.clone(), change.at);
            change.steps = vec![
                StoreWrite::Create(Box::new(family)),
                StoreWrite::Guard(fresh),
            ];
            change.ruling = Ruling::Live(Some(1));
        }
        _ => {}
    }
    change
}

fn refused(refusal: Refusal) -> (Ruling, Vec<StoreWrite>) {
    (Ruling::Refused(refusal), Vec::new())
}

fn unknown(
    presented: &PresentedToken,
    request: &Operation,
    rules: &Rules,
    now: Timestamp,
) -> (Ruling, Vec<StoreWrite>) {
    if rules.allow_list {
        return refused(Refusal::Unknown {
            session_known: false,
        });
    }
    let Operation::Rotate(successor) = request else {
        return (Ruling::Unrecorded, Vec::new());
    };
    if !presented.holds {
        return (Ruling::Unrecorded, Vec::new());
    }
    if let Some(end) = presented.origin.absolute_end.filter(|end| now >= *end) {
        return refused(Refusal::SessionEnded(end));
    }
    let family = Family::new(&presented.origin, presented.token.clone(), now);
    let mut steps = vec![StoreWrite::Create(Box::new(family))];
    steps.extend(rotate(1, 2, successor, rules, now));
    (Ruling::Rotated(2), steps)
}

fn known(
    family: &Family,
    presented: &PresentedToken,
    request: &Operation,
    rules: &Rules,
    now: Timestamp,
) -> (Ruling, Vec<StoreWrite>) {
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
    let looks = matches!(request, Operation::Look) || !presented.holds;
    if !looks && let Some(end) = past_the_end(&family.session, now) {
        return refused(Refusal::SessionEnded(end));
    }
    let Some(generation) = generation else {
        return unrecorded(family, presented, request, rules, now);
    };
    let live = Ruling::Live(Some(generation.number));
    match request {
        _ if looks => (live, Vec::new()),
        Operation::Look => (live, Vec::new()),
        Operation::Renew => (live, vec![StoreWrite::Use(generation.number)]),
        Operation::Rotate(successor) => {
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

/// Decides about a token that is not recorded itself, but whose session is.
fn unrecorded(
    family: &Family,
    presented: &PresentedToken,
    request: &Operation,
    rules: &Rules,
    now: Timestamp,
) -> (Ruling, Vec<StoreWrite>) {
    // The store never records an access token of a pair. Any other token that an allow-list lacks was not issued through this store.
    if presented.recorded && rules.allow_list {
        return refused(Refusal::Unknown {
            session_known: true,
        });
    }
    match request {
        Operation::Rotate(successor) if presented.holds && presented.recorded => {
            let met = family.session.generations.saturating_add(1);
            let next = met.saturating_add(1);
            let generation = Generation::new(met, None, presented.token.clone(), now);
            let mut steps = vec![StoreWrite::Add(Box::new(generation))];
            steps.extend(rotate(met, next, successor, rules, now));
            (Ruling::Rotated(next), steps)
        }
        _ => (Ruling::Live(None), Vec::new()),
    }
}

fn rotate(
    presented: u32,
    next: u32,
    successor: &SessionToken,
    rules: &Rules,
    now: Timestamp,
) -> Vec<StoreWrite> {
    let generation = Generation::new(next, Some(presented), successor.clone(), now);
    let used = if rules.retires {
        StoreWrite::Retire(presented)
    } else {
        StoreWrite::Use(presented)
    };
    vec![used, StoreWrite::Add(Box::new(generation))]
}

/// Decides about a retired token that is presented again. This is the only place that handles reuse (RFC 9700 §4.14.2).
fn retired_again(
    family: &Family,
    generation: &Generation,
    retired: Timestamp,
    presented: &PresentedToken,
    request: &Operation,
    rules: &Rules,
    now: Timestamp,
) -> (Ruling, Vec<StoreWrite>) {
    if !presented.holds || matches!(request, Operation::Look) {
        return refused(Refusal::Retired(retired));
    }
    if let Some(end) = past_the_end(&family.session, now) {
        return refused(Refusal::SessionEnded(end));
    }
    let in_grace = in_grace(family, generation.number, retired, rules, now);
    let mut successors = family.successors(generation.number);
    if in_grace && rules.siblings {
        return match request {
            Operation::Rotate(successor) => {
                let next = family.session.generations.saturating_add(1);
                let parent = Some(generation.number);
                let sibling = Generation::new(next, parent, (**successor).clone(), now);
                let steps = vec![StoreWrite::Add(Box::new(sibling))];
                (Ruling::Rotated(next), steps)
            }
            _ => refused(Refusal::Retired(retired)),
        };
    }
    if in_grace
        && let (Some(successor), None) = (successors.next(), successors.next())
        && successor.is_current()
        && successor.used_at.is_none()
    {
        return match request {
            // Signing again gives the same token, which is of no use if it has expired since.
            Operation::Rotate(_) if !successor.token.expires_at.has_passed(now) => {
                (Ruling::Retried(successor.number), Vec::new())
            }
            // A renewal asks for an access token, so there is no successor to give. Within the grace there is no reason to end the session either.
            _ => refused(Refusal::Retired(retired)),
        };
    }
    if rules.reuse_detection {
        return (
            Ruling::Refused(Refusal::Reuse(now)),
            vec![StoreWrite::End(EndReason::Reuse)],
        );
    }
    refused(Refusal::Retired(retired))
}

/// Whether a retired token is forgiven for coming back.
fn in_grace(
    family: &Family,
    number: u32,
    retired: Timestamp,
    rules: &Rules,
    now: Timestamp,
) -> bool {
    let mut successors = family.successors(number);
    match rules.reuse_grace {
        // The grace counts from the rotation, never from a retry: a window that each retry extends would never close.
        Grace::For(span) => span.seconds() > 0 && now < retired.plus(span),
        // Each use has made a successor, and the first is the rotation itself.
        Grace::Uses(count) => u32::try_from(successors.count()).is_ok_and(|uses| uses <= count),
        Grace::UntilUsed => successors.all(|one| one.is_current() && one.used_at.is_none()),
    }
}

/// Chooses what `rotate --session` issues again. The operator holds key and store, and the first answer was lost.
///
/// # Errors
/// Why there is no token to issue.
pub(crate) fn reissue(
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

/// Decides what revoking a session by one of its tokens changes. Without an allow-list, an unknown session is recorded as ended: a deny-list has to remember
/// it.
#[must_use]
pub fn revoke(
    family: Option<&Family>,
    presented: &PresentedToken,
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
            let steps = vec![
                StoreWrite::Create(Box::new(family)),
                StoreWrite::End(EndReason::Revoked),
            ];
            (Ruling::Revoked, steps)
        }
        Some(family) => match family.session.ended {
            Some(ended) => (Ruling::AlreadyEnded(ended), Vec::new()),
            None if rules.revokes_alone => revoke_alone(family, presented, at),
            None => (Ruling::Revoked, vec![StoreWrite::End(EndReason::Revoked)]),
        },
    };
    Change {
        clock_back,
        ..Change::new(ruling, steps, at)
    }
}

/// Revokes one token of a family. If no other token is current, the session ends too.
fn revoke_alone(
    family: &Family,
    presented: &PresentedToken,
    at: Timestamp,
) -> (Ruling, Vec<StoreWrite>) {
    let mut steps = Vec::new();
    let number = if let Some(generation) = family.generation_of(&presented.token.fingerprint) {
        if let Some(at) = generation.revoked_at.or(generation.retired_at) {
            let why = EndReason::Revoked;
            return (Ruling::AlreadyEnded(SessionEnd { at, why }), steps);
        }
        generation.number
    } else {
        let number = family.session.generations.saturating_add(1);
        steps.push(StoreWrite::Add(Box::new(Generation::new(
            number,
            None,
            presented.token.clone(),
            at,
        ))));
        number
    };
    steps.push(StoreWrite::RevokeToken(number));
    if family.current().all(|current| current.number == number) {
        steps.push(StoreWrite::End(EndReason::Revoked));
    }
    (Ruling::Revoked, steps)
}

/// The latest of the expiries; the moment `none` if there are none.
pub(super) fn latest(expiries: impl Iterator<Item = Expiry>, none: Timestamp) -> Expiry {
    expiries.max().unwrap_or(Expiry::At(none))
}
