//! Where settings come from: a flag, then the environment, then the config file, then the default.
pub mod profiles;
pub mod resolve;
pub mod tree;
pub mod write;
