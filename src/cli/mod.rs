//! The command line.
pub mod commands;
pub mod outcome;
pub mod paint;
pub mod render;
