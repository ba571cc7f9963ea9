//! A login's tokens over time: which are current, which were retired, and whether the session has ended.
//!
//! A session ends as a whole: the end is recorded on the family, never on one token. Every token that descends from the login ends with it, and stays ended.
mod apply;
mod decide;
mod session;
#[cfg(test)]
pub(crate) mod tests;

pub use apply::{apply, changed};
pub use decide::{
    Change, Operation, PresentedToken, Refusal, Rules, Ruling, StoreWrite, decide, guarding,
    reissue, revoke,
};
pub use session::{
    EndReason, Expiry, Family, Generation, Session, SessionClaims, SessionEnd, SessionKey,
    SessionToken, SignedContent, State,
};
