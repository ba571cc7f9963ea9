//! The language in which a session model is described: what a profile says, how it is read, merged, checked and printed, and what it tells of a token.
//!
//! A profile is text (`src/profiles`, `[profiles.NAME]` of the config file, `--set`). [`own::ProfileDeclaration`] is what one text says, [`resolve::Profiles`] lays it over what it
//! extends, and [`model::Model`] is the result with every default applied. The build script compiles the reading half of this room, so that the built-in profiles
//! are constants.
pub mod builtin;
mod draft;
pub mod emulator;
pub mod entry;
mod extends;
pub mod forms;
pub mod kind;
pub mod mark;
mod meant;
pub mod member;
pub mod mistake;
pub mod model;
pub mod old;
pub mod own;
pub mod recognise;
pub mod render;
pub mod request;
pub mod resolve;
pub mod set;
pub mod source;
pub mod telling;
pub mod user;
pub mod value;
pub mod vocabulary;
mod whole;
