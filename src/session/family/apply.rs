//! Applies a decision to a family. This is the only place that does, so that every store writes the same.
use super::decide::{Change, StoreWrite, latest};
use super::session::{Family, Generation, SessionEnd};

/// The family after a change; `None` if there still is no family.
///
/// If `family` is only a part (see [`Store::update`](crate::session::store::Store::update)), the result is the same part plus what the change adds.
#[must_use]
pub fn apply(family: Option<&Family>, change: &Change) -> Option<Family> {
    let mut family = family.cloned();
    for step in &change.steps {
        match (step, &mut family) {
            (StoreWrite::Create(created), slot @ None) => *slot = Some((**created).clone()),
            // `Create` never overwrites a session that is there.
            (StoreWrite::Create(_), Some(_)) | (_, None) => {}
            (step, Some(family)) => one(family, step, change),
        }
    }
    if let Some(family) = family.as_mut().filter(|_| !change.steps.is_empty()) {
        family.session.last_used_at = family.session.last_used_at.max(change.at);
        settle(family);
    }
    family
}

fn one(family: &mut Family, step: &StoreWrite, change: &Change) {
    let find = |family: &mut Family, number: u32, then: &dyn Fn(&mut Generation)| {
        let found = family
            .generations
            .iter_mut()
            .find(|generation| generation.number == number);
        found.into_iter().for_each(then);
    };
    match step {
        StoreWrite::Create(_) => {}
        StoreWrite::Add(generation) => {
            family.session.generations = family.session.generations.max(generation.number);
            family.generations.push((**generation).clone());
        }
        StoreWrite::Use(number) => find(family, *number, &|generation| {
            generation.used_at.get_or_insert(change.at);
        }),
        StoreWrite::Retire(number) => find(family, *number, &|generation| {
            generation.used_at.get_or_insert(change.at);
            generation.retired_at.get_or_insert(change.at);
        }),
        StoreWrite::RevokeToken(number) => find(family, *number, &|generation| {
            generation.revoked_at.get_or_insert(change.at);
        }),
        StoreWrite::Guard(fresh) => {
            let needed = family.session.guard(*fresh);
            family.session.guards_until = family.session.guards_until.max(needed);
        }
        StoreWrite::End(why) => {
            family.session.ended.get_or_insert(SessionEnd {
                at: change.at,
                why: *why,
            });
        }
    }
}

/// Recomputes what follows from the generations: the idle end, and until when the record guards. Drops what was signed for tokens that are never signed again;
/// what an opaque token was derived from stays as long as its session, because it proves that the token is of that session.
fn settle(family: &mut Family) {
    let session = &mut family.session;
    let expiries = family
        .generations
        .iter()
        .map(|generation| generation.token.expires_at);
    let last = latest(expiries, session.last_used_at);
    session.guards_until = session.guards_until.max(session.guard(last));
    let current = family
        .generations
        .iter()
        .filter(|generation| generation.is_current());
    session.idle_end = latest(
        current.map(|generation| generation.token.expires_at),
        session.last_used_at,
    );
    let ended = session.ended.is_some();
    for generation in &mut family.generations {
        if ended || !generation.is_current() {
            let signed = &mut generation.token.signed;
            *signed = signed.take().filter(|one| !ended && one.is_opaque());
            generation.token.access = None;
        }
    }
}

/// The generations of `after` that are new or differ from `before`. A store writes these besides the session.
pub(crate) fn changed<'a>(
    before: Option<&'a Family>,
    after: &'a Family,
) -> impl Iterator<Item = &'a Generation> {
    after.generations.iter().filter(move |generation| {
        before.and_then(|before| before.generation(generation.number)) != Some(generation)
    })
}
