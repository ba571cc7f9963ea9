//! Prints outcomes for people.
mod decode;
mod foretold;
mod indent;
mod inspect;
mod key;
mod lifetime;
mod line;
mod mint;
mod page;
mod profiles;
mod refusal;
mod rotation;
mod server;
mod sessions;
mod timeline;

pub use line::line;
pub use page::Page;

use crate::cli::outcome::{Did, Outcome};
use crate::cli::render::screen::{Printed, Screen};

/// Prints an outcome for people.
#[must_use]
pub fn outcome(outcome: &Outcome, screen: &Screen) -> Printed {
    let now = outcome.now;
    match &outcome.did {
        Did::Issued(issued) => mint::issued(issued, now, screen),
        Did::Renewed(renewal) => mint::renewed(renewal, now, screen),
        Did::Rotated(rotation) => rotation::rotated(rotation, now, screen),
        Did::Revoked(revocation) => sessions::revoked(revocation, now, screen),
        Did::SessionsListed(list) => sessions::listed(list, now, screen),
        Did::SessionShown(shown) => timeline::shown(shown, now, screen),
        Did::SessionStoreMade(init) => sessions::made(init, screen),
        Did::SessionsPurged(purge) => sessions::purged(purge, now, screen),
        Did::Encoded(encoded) => mint::encoded(encoded, now, screen),
        Did::Inspected(inspected) => inspect::inspected(inspected, now, screen),
        Did::Verified(judged) => refusal::verified(judged, now, screen),
        Did::Foretold(foretold) => foretold::foretold(foretold, now, screen),
        Did::Decoded(decoded) => decode::decoded(decoded, screen),
        Did::ProfilesListed(listed) => profiles::listed(listed, screen),
        Did::ProfileShown(shown) => profiles::shown(shown, screen),
        Did::Key(did) => key::key(did, now, screen),
    }
}
