//! A login's tokens over time: which are current, which were retired, and whether the session has ended.
//!
//! A session ends as a whole: the end is recorded on the family, never on one token. Every token that descends from the login ends with it, and stays ended.
mod apply;
mod decide;
mod session;
#[cfg(test)]
pub(crate) mod tests;

pub use apply::apply;
pub(crate) use apply::changed;
pub(crate) use decide::{Change, StoreWrite, guarding, reissue};
pub use decide::{Operation, PresentedToken, Refusal, Rules, Ruling, decide, revoke};
pub(crate) use session::{EndReason, Generation, Session, SessionEnd, State};
pub use session::{Expiry, Family, Seal, SessionClaims, SessionKey, SessionToken, SignedContent};
