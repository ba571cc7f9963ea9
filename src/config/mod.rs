//! Settings: flag, then environment, then file, then default.
pub mod file;
pub mod resolve;
pub mod write;
