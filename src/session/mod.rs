//! Login, renew, rotate, revoke: the rules over a family of tokens. Pure decisions.
pub mod flow;
pub mod mint;
pub mod server;
