//! The use cases: to judge a token, prolong its session, sign its tokens again, record a login and end a session. They are plain functions over keys, a profile,
//! a moment and a store, and give plain data. The command line calls them, and nothing in them knows it.
pub mod end;
pub mod error;
pub mod judged_token;
pub mod keys;
pub mod look;
pub mod prolong;
pub mod records;
pub mod reissue;
pub mod reply;

#[cfg(test)]
pub(crate) mod tests;
