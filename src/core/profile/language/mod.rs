//! The language in which a session model is described: what a profile says, how it is read, merged, checked and printed, and what it tells of a token.
//!
//! A profile is text (`src/profiles`, `[profiles.NAME]` of the config file, `--set`). [`own::ProfileDeclaration`] is what one text says, [`resolve::Profiles`] lays it over what it
//! extends, and [`model::Model`] is the result with every default applied. The build script compiles the reading half of this room, so that the built-in profiles
//! are constants.
pub(crate) mod builtin;
mod draft;
pub(crate) mod emulator;
pub(crate) mod entry;
mod extends;
pub(crate) mod forms;
pub(crate) mod kind;
pub(crate) mod mark;
mod meant;
pub(crate) mod member;
pub(crate) mod mistake;
pub(crate) mod model;
pub(crate) mod old;
pub(crate) mod own;
pub(crate) mod recognise;
pub(crate) mod render;
pub(crate) mod request;
pub(crate) mod resolve;
pub(crate) mod set;
pub(crate) mod source;
pub(crate) mod telling;
mod user;
pub(crate) mod value;
pub(crate) mod vocabulary;
mod whole;
