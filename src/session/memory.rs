//! The reference store: a list behind a lock. The other stores have to do what this one does.
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::core::time::Timestamp;

use super::family::{Change, Family, Session, SessionKey, apply};
use super::store::{
    Listing, Lookup, PurgeSummary, Selection, Store, StoreError, UpdateResult, ending, in_order,
};

/// Sessions in memory; clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(Arc<Mutex<Vec<Family>>>);

impl Memory {
    fn lock(&self) -> MutexGuard<'_, Vec<Family>> {
        // A poisoned lock is safe to take: families are written only once a decision is complete, so a panic elsewhere leaves no half of one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn position(families: &[Family], lookup: &Lookup) -> Result<Option<usize>, StoreError> {
    let key = |at: Option<usize>| at.map(|at| &families[at].session.key);
    match lookup {
        Lookup::Token {
            fingerprint,
            key: wanted,
            ..
        } => {
            let by_token = families
                .iter()
                .position(|family| family.generation_of(fingerprint).is_some());
            let by_session = families
                .iter()
                .position(|family| family.session.key == *wanted);
            lookup.cross_check(key(by_token), key(by_session))?;
            Ok(by_token.or(by_session))
        }
        Lookup::Key(wanted) => Ok(families
            .iter()
            .position(|family| family.session.key == *wanted)),
        Lookup::Session(id) => {
            let found: Vec<usize> = (0..families.len())
                .filter(|at| families[*at].session.key.id == *id)
                .collect();
            match found[..] {
                [] => Ok(None),
                [one] => Ok(Some(one)),
                _ => {
                    let keys = found.iter().map(|at| families[*at].session.key.clone());
                    Err(StoreError::Ambiguous(keys.collect()))
                }
            }
        }
    }
}

/// The error if another family has this family's key or one of its tokens, or if the family has one token twice.
fn taken(families: &[Family], but: Option<usize>, family: &Family) -> Option<StoreError> {
    let others = || {
        let numbered = families.iter().enumerate();
        numbered
            .filter(move |(at, _)| Some(*at) != but)
            .map(|(_, other)| other)
    };
    let key: &SessionKey = &family.session.key;
    if others().any(|other| other.session.key == *key) {
        return Some(StoreError::Taken("a session with that id"));
    }
    let own = |at: usize| &family.generations[at].token.fingerprint;
    let twice = (0..family.generations.len())
        .any(|at| (0..at).any(|before| own(before) == own(at)))
        || (0..family.generations.len())
            .any(|at| others().any(|other| other.generation_of(own(at)).is_some()));
    twice.then_some(StoreError::Taken("a token with that id"))
}

impl Store for Memory {
    fn create(&mut self, family: &Family) -> Result<(), StoreError> {
        let mut families = self.lock();
        if let Some(error) = taken(&families, None, family) {
            return Err(error);
        }
        families.push(family.clone());
        Ok(())
    }

    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, StoreError> {
        let mut families = self.lock();
        let at = position(&families, lookup)?;
        let before = at.map(|at| families[at].clone());
        let change = decide(before.as_ref());
        let family = apply(before.as_ref(), &change);
        if let Some(family) = &family {
            if let Some(error) = taken(&families, at, family) {
                return Err(error);
            }
            match at {
                Some(at) => families[at] = family.clone(),
                None => families.push(family.clone()),
            }
        }
        Ok(UpdateResult { change, family })
    }

    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError> {
        let families = self.lock();
        Ok(position(&families, lookup)?.map(|at| families[at].clone()))
    }

    fn listing(&mut self, selection: &Selection) -> Result<Listing, StoreError> {
        let families = self.lock();
        let mut found: Vec<Session> = families
            .iter()
            .map(|family| family.session.clone())
            .filter(|session| selection.takes(session))
            .collect();
        in_order(&mut found);
        Ok(Listing {
            sessions: found,
            ..Listing::default()
        })
    }

    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Listing, StoreError> {
        let mut families = self.lock();
        let mut ended = Vec::new();
        for family in families.iter_mut() {
            if selection.takes(&family.session)
                && let Some(change) = ending(&family.session, now)
                && let Some(after) = apply(Some(family), &change)
            {
                *family = after;
                ended.push(family.session.clone());
            }
        }
        in_order(&mut ended);
        Ok(Listing {
            sessions: ended,
            ..Listing::default()
        })
    }

    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<PurgeSummary, StoreError> {
        let mut families = self.lock();
        let mut purged = PurgeSummary::default();
        let guards = |family: &Family| !family.session.guards_until.has_passed(now);
        for family in families.iter() {
            if guards(family) {
                purged.keep(family.session.guards_until);
            } else {
                purged.sessions += 1;
                purged.tokens += u64::try_from(family.generations.len()).unwrap_or(u64::MAX);
            }
        }
        if !rehearse {
            families.retain(guards);
        }
        Ok(purged)
    }
}

#[cfg(test)]
mod tests {
    crate::session::store::tests::contract!({
        let memory = super::Memory::default();
        move || Box::new(memory.clone()) as crate::session::store::tests::StoreHandle
    });
}
