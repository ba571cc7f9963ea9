//! The use cases: to judge a token, prolong its session, sign its tokens again, record a login and end a session. They are plain functions over keys, a profile,
//! a moment and a store, and give plain data. The command line calls them, and nothing in them knows it.
pub(crate) mod end;
pub(crate) mod error;
mod finding;
pub(crate) mod judged_token;
pub(crate) mod keys;
pub(crate) mod look;
pub(crate) mod opaque;
pub(crate) mod prolong;
pub(crate) mod proposal;
pub(crate) mod records;
pub(crate) mod reissue;
pub(crate) mod reply;

#[cfg(test)]
pub(crate) mod tests;
