//! HTTP to other servers, by one set of rules for every request: which origins may be reached, how they are trusted, how long it may take, what is tried again,
//! and which answers are taken.
pub(crate) mod address;
pub(crate) mod budget;
pub(crate) mod client;
pub(crate) mod error;
pub(crate) mod freshness;
pub(crate) mod json;
pub(crate) mod keys;
pub(crate) mod live;
pub(crate) mod message;
pub(crate) mod metadata;
pub(crate) mod proxy;
#[cfg(test)]
pub(crate) mod testing;
mod wire;
