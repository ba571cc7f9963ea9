//! Resolves, once per call, what the call uses: config file, store, token, profile, keys and policy; and which flags may be combined.
pub mod agree;
pub mod built_in;
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
