//! Everything that knows Django.
pub mod tables;
