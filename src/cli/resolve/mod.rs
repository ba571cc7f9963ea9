//! What a call goes by, worked out once: config file, store, token, profile, keys, policy, and what the flags may ask for together.
pub mod agree;
pub mod call;
pub mod diagnose;
pub mod document;
pub mod judging;
pub mod key;
pub mod open_store;
pub mod policy;
pub mod profile;
pub mod sessions;
pub mod settings;
pub mod store;
pub mod token;
