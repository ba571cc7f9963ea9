//! An authorization server's metadata: where it is, whose it is, and what it names (RFC 8414, `OpenID` Connect Discovery 1.0).
use std::time::Duration;

use super::address::Address;
use super::budget::Budget;
use super::client::Client;
use super::error::NetError;
use super::json;
use super::message::{Answer, Request};
use crate::core::claims::{Members, Typed};

/// The largest metadata, in bytes.
const LARGEST: usize = 1024 * 1024;
/// The names that metadata has below `/.well-known/`.
const NAMES: [&str; 2] = ["oauth-authorization-server", "openid-configuration"];

/// What an issuer says of itself.
#[derive(Debug)]
pub(crate) struct Metadata {
    /// The issuer, in its own words. It is the one that was asked for.
    pub issuer: String,
    /// The address that the user gave: of the issuer, or of its metadata.
    asked: Address,
    /// The address that answered.
    place: Address,
    /// When it was sent, by the server's clock, in seconds since 1970.
    pub date: Option<i64>,
    /// How long the answer took.
    pub took: Duration,
    members: Members,
}

impl Metadata {
    /// Looks for the metadata of the issuer that has this address: where RFC 8414 §3.1 has it, then where `OpenID` Connect Discovery §4 does. `None` if neither
    /// place holds a JSON object.
    ///
    /// # Errors
    /// A place gives no answer or another one, or the metadata is another issuer's (RFC 8414 §3.3).
    pub(crate) fn of_issuer(
        issuer: &Address,
        client: &Client,
        budget: &mut Budget,
    ) -> Result<Option<Self>, NetError> {
        let path = issuer.path().trim_end_matches('/');
        let [oauth, openid] = NAMES;
        let places = [
            format!("/.well-known/{oauth}{path}"),
            format!("{path}/.well-known/{openid}"),
        ];
        for place in places {
            let place = issuer.at_path(&place);
            let answer = client.send(&asking(place), budget)?;
            match answer.status {
                200 if !answer.is_plain() => {
                    let why = "it is compressed, which was not asked for";
                    return Err(NetError::unexpected(&answer.address, why));
                }
                200 if json::looks_like_object(&answer) => {
                    let found = Self::read(issuer, &answer, json::object(&answer)?)?;
                    if found.is_of(issuer) {
                        return Ok(Some(found));
                    }
                    return Err(found.foreign());
                }
                200 | 404 | 405 | 410 => {}
                _ => return Err(NetError::status(&answer)),
            }
        }
        Ok(None)
    }

    /// Takes the metadata that an address holds. Its issuer has to be one whose metadata belongs there.
    ///
    /// # Errors
    /// It names no issuer, or one whose metadata is elsewhere.
    pub(crate) fn at(
        address: &Address,
        answer: &Answer,
        members: Members,
    ) -> Result<Self, NetError> {
        let found = Self::read(address, answer, members)?;
        let is_place = |issuer: Address| {
            let path = issuer.path().trim_end_matches('/');
            let mut places = NAMES.iter().flat_map(|name| {
                [
                    format!("/.well-known/{name}{path}"),
                    format!("{path}/.well-known/{name}"),
                ]
            });
            places.any(|place| issuer.at_path(&place).as_sent() == address.as_sent())
        };
        if Address::parse(&found.issuer).is_ok_and(is_place) {
            Ok(found)
        } else {
            Err(found.foreign())
        }
    }

    /// An address that it names, such as its `token_endpoint`. It is encrypted if what was asked for is, and only this machine leads to this machine.
    ///
    /// # Errors
    /// It is no address, or one that may not be reached.
    pub(crate) fn endpoint(&self, name: &str) -> Result<Option<Address>, NetError> {
        let unusable = |why: String| self.unusable(format!("its {name} {why}"));
        let text = match self.members.string(name) {
            Typed::Absent | Typed::Wrong("null") => return Ok(None),
            Typed::Wrong(what) => return Err(unusable(format!("is of type {what}"))),
            Typed::Is(text) => text,
        };
        let address = Address::parse(&text)
            .map_err(|why| unusable(format!("can't be used as an address: {why}")))?;
        let (from, to) = (self.asked.origin(), address.origin());
        if !to.is_encrypted() && (from.is_encrypted() || (to.is_loopback() && !from.is_loopback()))
        {
            return Err(NetError::Downgrade {
                place: Box::new(self.place.clone()),
                target: to.clone(),
            });
        }
        Ok(Some(address))
    }

    /// A list of words, such as its `grant_types_supported`. `None` if it has none.
    ///
    /// # Errors
    /// It is no list of strings.
    pub(crate) fn words(&self, name: &str) -> Result<Option<Vec<String>>, NetError> {
        let raw = self.members.raw(name).unwrap_or("null");
        serde_json::from_str(raw)
            .map_err(|_| self.unusable(format!("its {name} is no list of strings")))
    }

    /// Whether it says yes to something, such as `require_pushed_authorization_requests`.
    #[must_use]
    pub(crate) fn says(&self, name: &str) -> bool {
        self.members.raw(name) == Some("true")
    }

    fn read(asked: &Address, answer: &Answer, members: Members) -> Result<Self, NetError> {
        let Typed::Is(issuer) = members.string("issuer") else {
            return Err(NetError::unexpected(&answer.address, "it names no issuer"));
        };
        Ok(Self {
            issuer,
            asked: asked.clone(),
            place: answer.address.clone(),
            date: answer.date(),
            took: answer.took,
            members,
        })
    }

    /// Whether an address was typed as the issuer. It is compared as text (RFC 8414 §3.3), but a bare origin may have its final `/` or not.
    fn is_of(&self, address: &Address) -> bool {
        let given = address.as_given();
        let bare = address.path() == "/" && address.query().is_none();
        let without = |text: &str| text.strip_suffix('/').unwrap_or(text).to_owned();
        self.issuer == given || (bare && without(&self.issuer) == without(given))
    }

    fn foreign(&self) -> NetError {
        let named = Address::parse(&self.issuer);
        let named = named.map_or_else(|_| String::new(), |issuer| format!(" {issuer},"));
        self.unusable(format!(
            "its issuer is{named} not the one that was asked for (RFC 8414 §3.3)"
        ))
    }

    /// The error that it is metadata of no use.
    pub(crate) fn unusable(&self, why: impl Into<String>) -> NetError {
        NetError::unexpected(&self.place, why)
    }
}

fn asking(place: Address) -> Request<'static> {
    Request::get(place, LARGEST).accept("application/json")
}

#[cfg(test)]
mod tests;
