//! From an address to a server: its metadata are asked for, unless a profile says how it is spoken to.
use super::error::LiveError;
use super::exchange::skew;
use super::server::{ClientAuth, OAuth, OFFLINE_ACCESS, Server};
use crate::core::profile::Profile;
use crate::core::time::Clock;
use crate::net::address::Address;
use crate::net::budget::Budget;
use crate::net::client::Client;
use crate::net::error::NetError;
use crate::net::metadata::Metadata;

/// How clients authenticate themselves, by the names of metadata.
const CLIENT_AUTH: [(&str, ClientAuth); 4] = [
    ("client_secret_basic", ClientAuth::Basic),
    ("client_secret_post", ClientAuth::Post),
    ("none", ClientAuth::None),
    ("private_key_jwt", ClientAuth::PrivateKeyJwt),
];

/// A server that was found, and by how many seconds its clock is ahead, as far as its metadata's answer said.
#[derive(Debug)]
pub(crate) struct Discovery {
    /// The server.
    pub server: Server,
    /// Not said, or less than 5 s: 0.
    pub skew: i64,
}

/// Finds the endpoints of a server of which the address is known. Nothing is guessed under a profile; without one, a server without metadata takes a password as
/// JSON.
///
/// # Errors
/// The metadata can't be had or used, or ask for what jwtsess has not.
pub(crate) fn discover(
    mut server: Server,
    profile: Option<&Profile>,
    client: &Client,
    budget: &mut Budget,
    clock: &dyn Clock,
) -> Result<Discovery, LiveError> {
    let speaks_oauth = profile.map(|profile| profile.model.live.oauth);
    if speaks_oauth == Some(false) {
        return Ok(Discovery { server, skew: 0 });
    }
    let metadata = Metadata::of_issuer(&server.address, client, budget)?;
    let ahead = metadata
        .as_ref()
        .and_then(|metadata| skew(metadata.date, metadata.took, clock.now()));
    server.oauth = match metadata {
        Some(metadata) => Some(endpoints(&server.address, &metadata)?),
        None => speaks_oauth.map(|_| OAuth::at(server.address.clone())),
    };
    Ok(Discovery {
        server,
        skew: ahead.unwrap_or(0),
    })
}

fn endpoints(address: &Address, metadata: &Metadata) -> Result<OAuth, LiveError> {
    if metadata.says("require_pushed_authorization_requests") {
        return Err(LiveError::Unsupported(
            "the server demands pushed authorization requests (RFC 9126), which jwtsess does not make".to_owned(),
        ));
    }
    let has = |name: &str, word: &str| -> Result<bool, NetError> {
        Ok(metadata
            .words(name)?
            .is_some_and(|words| words.iter().any(|one| one == word)))
    };
    let token = metadata
        .endpoint("token_endpoint")?
        .ok_or_else(|| NetError::unexpected(address, "its metadata name no token_endpoint"))?;
    let listed = metadata
        .words("token_endpoint_auth_methods_supported")?
        .unwrap_or_default();
    let known = |(name, method): &(&str, ClientAuth)| {
        listed.iter().any(|one| one == name).then_some(*method)
    };
    let signing = metadata.words("token_endpoint_auth_signing_alg_values_supported")?;
    Ok(OAuth {
        issuer: Some(metadata.issuer.clone()),
        authorization: metadata.endpoint("authorization_endpoint")?,
        device: metadata.endpoint("device_authorization_endpoint")?,
        revocation: metadata.endpoint("revocation_endpoint")?,
        client_auth: CLIENT_AUTH.iter().filter_map(known).collect(),
        signing: signing.unwrap_or_default(),
        offline_access: has("scopes_supported", OFFLINE_ACCESS)?,
        names_issuer: metadata.says("authorization_response_iss_parameter_supported"),
        token,
    })
}

impl OAuth {
    /// A token endpoint of which nothing else is known.
    fn at(token: Address) -> Self {
        Self {
            issuer: None,
            token,
            authorization: None,
            device: None,
            revocation: None,
            client_auth: Vec::new(),
            signing: Vec::new(),
            offline_access: false,
            names_issuer: false,
        }
    }
}
