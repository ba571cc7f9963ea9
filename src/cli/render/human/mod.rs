//! Prints outcomes for people.
mod decode;
mod indent;
mod inspect;
mod key;
mod lifetime;
mod line;
mod live;
mod mint;
mod page;
mod prediction;
mod profiles;
mod refusal;
mod rotation;
mod server;
mod sessions;
mod timeline;

pub(crate) use line::line;
pub(crate) use mint::issued_line;
pub(crate) use page::Page;

use crate::cli::outcome::{Action, Outcome};
use crate::cli::render::screen::{RenderedText, Screen};

/// Prints an outcome for people.
#[must_use]
pub(crate) fn outcome(outcome: &Outcome, screen: &Screen) -> RenderedText {
    let now = outcome.now;
    match &outcome.action {
        Action::Issued(issued) => mint::issued(issued, now, screen),
        Action::Renewed(renewal) => mint::renewed(renewal, now, screen),
        Action::Rotated(rotation) => rotation::rotated(rotation, now, screen),
        Action::Revoked(revocation) => sessions::revoked(revocation, now, screen),
        Action::SessionsListed(list) => sessions::listed(list, now, screen),
        Action::SessionShown(shown) => timeline::shown(shown, now, screen),
        Action::SessionStoreMade(init) => sessions::made(init, screen),
        Action::SessionsPurged(purge) => sessions::purged(purge, now, screen),
        Action::Encoded(encoded) => mint::encoded(encoded, now, screen),
        Action::Inspected(inspected) => inspect::inspected(inspected, now, screen),
        Action::Verified(judged) => refusal::verified(judged, now, screen),
        Action::Foretold(foretold) => prediction::foretold(foretold, now, screen),
        Action::Decoded(decoded) => decode::decoded(decoded, screen),
        Action::ProfilesListed(listed) => profiles::listed(listed, screen),
        Action::ProfileShown(shown) => profiles::shown(shown, screen),
        Action::LoggedIn(login) => live::logged_in(login, now, screen),
        Action::TokenGiven(fresh) => live::token(fresh, screen),
        Action::CredentialsListed(views) => live::listed(views, now, screen),
        Action::LoggedOut(logout) => live::logged_out(logout, now, screen),
        Action::Key(action) => key::key(action, now, screen),
    }
}
