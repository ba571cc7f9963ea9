//! Session stores, one adapter per database. They lock, load and write; the rules are in `session`.
pub mod postgres;
mod row;
pub mod sqlite;
