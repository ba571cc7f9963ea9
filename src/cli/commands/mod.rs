//! The commands, one file a verb: what was typed becomes a request, the request an outcome.
pub mod diagnose;
pub mod given;
