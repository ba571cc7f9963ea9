//! Resolves, once per call, what the call uses: config file, store, token, profile, keys and policy; and which flags may be combined.
pub(crate) mod agree;
pub(crate) mod built_in;
pub(crate) mod call;
pub(crate) mod diagnose;
pub(crate) mod document;
pub(crate) mod judging;
pub(crate) mod key;
pub(crate) mod line_sources;
pub(crate) mod live;
pub(crate) mod net;
pub(crate) mod open_store;
pub(crate) mod policy;
pub(crate) mod profile;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod store;
pub(crate) mod token;
