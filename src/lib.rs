//! jwtsess: issue, check, prolong, rotate and end JWT sessions.
//!
//! It gives no promise of semantic versioning: it is there for `main` and for the tests. `docs/architecture.md` has the map.
//!
//! The dependency rule, kept by `tests/suite/architecture.rs`: `main → cli → {config, net, django, store, session, core}`,
//! `config → core`, `django → store, session, core`, `store, net → session, core, tls`, `session → core`, and `core` and `tls` name nothing else of ours.
pub mod cli;
pub mod config;
pub mod core;
pub mod django;
pub mod session;
pub mod store;
mod tls;
