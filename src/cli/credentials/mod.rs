//! Credentials on this machine: a file for each in a folder that is its owner's alone, with a lock beside it, and perhaps a program that keeps the tokens.
pub(crate) mod file;
pub(crate) mod folder;
pub(crate) mod helper;
pub(crate) mod name;
pub(crate) mod turn;

use crate::net::address::Origin;
use crate::net::live::server::Server;
use crate::session::credential;

/// A credential, with its server.
pub(crate) type Credential = credential::Credential<Server>;

/// The origins that may have a server's tokens: its own, and those that were added at login.
#[must_use]
pub(crate) fn origins(server: &Server) -> Vec<Origin> {
    let own = server.address.origin().clone();
    std::iter::once(own)
        .chain(server.origins.iter().cloned())
        .collect()
}
