//! A server as a credential keeps it: where it is, how it is spoken to, and what it gets. None of it is secret.
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::net::address::{Address, Origin, PlainHost};

/// A server. What is sent and how its answers are read is the profile's to say; here stands what was typed, and what its metadata say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Server {
    /// The address as it was typed: the issuer of an OAuth server, or what takes the password of any other.
    pub address: Address,
    /// Further origins that may have its tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    /// Hosts that may be reached without encryption.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plain: Vec<PlainHost>,
    /// Its endpoints, if it speaks OAuth. Otherwise the profile's requests lead there, relative to the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oauth: Option<OAuth>,
    /// The client's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// How the client authenticates itself, if that was said. Otherwise the metadata say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_auth: Option<ClientAuth>,
    /// The scope that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// What the access token is for (RFC 8707).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Where to refresh, verify and log out, if not where the profile says.
    #[serde(default)]
    pub paths: Paths,
    /// The member of the login's body that holds the user, if not the profile's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_field: Option<String>,
    /// Further members of the login's body: a second factor, an audience.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<BodyMember>,
    /// Further header fields of every request to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<ExtraHeader>,
    /// The member in which a server of no known profile sent the token that refreshes, and takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
}

/// References, relative to the server's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Paths {
    /// Where to refresh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<String>,
    /// Where a token is verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<String>,
    /// Where to log out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logout: Option<String>,
}

/// A header field. Its value may be a key, and is not shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExtraHeader {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl fmt::Debug for ExtraHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExtraHeader").field(&self.name).finish()
    }
}

/// A member of a body, with its value as JSON, which may be a second factor and is not shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BodyMember {
    /// Its name; a name that begins with `/` is a JSON Pointer.
    pub name: String,
    /// Its value.
    pub value: serde_json::Value,
}

impl BodyMember {
    /// Its value as a form has it: a text as it is, anything else as JSON.
    pub(super) fn text(&self) -> String {
        match &self.value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

impl fmt::Debug for BodyMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BodyMember").field(&self.name).finish()
    }
}

/// The endpoints of a server that speaks OAuth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OAuth {
    /// The issuer, if the server has metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Where tokens come from.
    pub token: Address,
    /// Where a person allows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization: Option<Address>,
    /// Where a device asks (RFC 8628).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Address>,
    /// Where tokens are revoked (RFC 7009).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation: Option<Address>,
    /// How clients may authenticate themselves. Empty: that is not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub client_auth: Vec<ClientAuth>,
    /// The algorithms that an assertion may be signed with. Empty: that is not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signing: Vec<String>,
    /// Whether the scope `offline_access` is on offer, without which no refresh token comes.
    #[serde(default)]
    pub offline_access: bool,
    /// Whether answers of the authorization endpoint name the issuer (RFC 9207).
    #[serde(default)]
    pub names_issuer: bool,
}

/// How a client authenticates itself (RFC 6749 §2.3, RFC 7523 §2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClientAuth {
    /// By its id alone.
    None,
    /// With its secret in `Authorization`.
    Basic,
    /// With its secret in the body.
    Post,
    /// With an assertion that its key signs.
    PrivateKeyJwt,
}

/// The scope without which some servers give no refresh token.
pub(crate) const OFFLINE_ACCESS: &str = "offline_access";

impl Server {
    /// A server of which nothing but its address is known.
    #[must_use]
    pub(crate) fn new(address: Address) -> Self {
        Self {
            address,
            origins: Vec::new(),
            plain: Vec::new(),
            oauth: None,
            client_id: None,
            client_auth: None,
            scope: None,
            resource: None,
            paths: Paths::default(),
            user_field: None,
            body: Vec::new(),
            headers: Vec::new(),
            member: None,
        }
    }

    /// The scope that a login asks for where a refresh token may come: what was named, and `offline_access` where that is on offer.
    #[must_use]
    pub(crate) fn lasting_scope(&self) -> Option<String> {
        let named = self.scope.as_deref().unwrap_or_default();
        let offered = self
            .oauth
            .as_ref()
            .is_some_and(|oauth| oauth.offline_access);
        let has = named.split(' ').any(|one| one == OFFLINE_ACCESS);
        let words = [named, if offered && !has { OFFLINE_ACCESS } else { "" }];
        let words: Vec<_> = words.into_iter().filter(|one| !one.is_empty()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}
