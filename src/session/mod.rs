//! The rules for login, renewal, rotation and revocation over a family of tokens. Nothing here does I/O.
pub(crate) mod credential;
pub(crate) mod emulation;
pub(crate) mod entries;
pub(crate) mod family;
pub(crate) mod flow;
#[cfg(test)]
pub(crate) mod memory;
pub(crate) mod mint;
pub(crate) mod opaque;
pub(crate) mod record;
pub(crate) mod rotate;
pub(crate) mod seal;
pub(crate) mod service;
pub(crate) mod store;
pub(crate) mod successor;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod wire;
