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
    Change, Presented, Refusal, Request, Rules, Ruling, Step, decide, guarding, reissue, revoke,
};
pub use session::{
    Ended, Expiry, Family, Generation, Origin, Session, SessionKey, Signed, State, Token, Why,
};
