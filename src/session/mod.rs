//! The rules for login, renewal, rotation and revocation over a family of tokens. Nothing here does I/O.
pub mod emulation;
pub mod entries;
pub mod family;
pub mod flow;
#[cfg(test)]
pub mod memory;
pub mod mint;
pub mod record;
pub mod rotate;
pub mod service;
pub mod store;
pub mod successor;
#[cfg(test)]
pub(crate) mod testing;
