//! Where settings come from: a flag, then the environment, then the config file, then the default.
pub mod file;
pub mod resolve;
pub mod write;
