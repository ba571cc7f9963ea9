//! Where sessions are kept: one adapter a database. The rules are in `session`; here is locking, loading and writing.
pub mod django;
pub mod postgres;
mod row;
pub mod sqlite;
