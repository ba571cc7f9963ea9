//! Where settings come from: a flag, then the environment, then the config file, then the default.
pub(crate) mod profiles;
pub(crate) mod resolve;
pub(crate) mod tree;
pub(crate) mod write;
