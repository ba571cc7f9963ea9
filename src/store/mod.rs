//! Session stores, one adapter per database. They lock, load and write; the rules are in `session`.
pub(crate) mod postgres;
mod row;
pub(crate) mod sqlite;
