//! Decides what a token is and whether it is valid. The code is pure: it uses no I/O, no terminal, no ambient clock, no SQL and no HTTP.
pub mod algorithm;
pub mod claims;
pub mod echo;
pub mod entropy;
pub mod hex;
pub mod key;
pub mod keyfile;
pub mod likely;
pub mod policy;
pub mod profile;
pub mod secret;
pub mod server;
pub mod sign;
pub mod time;
pub mod token;
pub mod verdict;
pub mod verify;
