//! Login, renew, rotate, revoke: the rules over a family of tokens. Pure decisions.
pub mod family;
pub mod flow;
pub mod memory;
pub mod mint;
pub mod record;
pub mod rotate;
pub mod server;
pub mod store;
