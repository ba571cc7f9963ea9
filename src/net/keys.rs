//! Finds the keys at an address: the document there, or the one that the metadata of an issuer names.
use super::address::Address;
use super::budget::Budget;
use super::client::Client;
use super::error::NetError;
use super::json;
use super::message::{Answer, Header, Request};
use super::metadata::Metadata;
use crate::core::keyfile::published::published;

/// The largest key set, in bytes.
const LARGEST: usize = 256 * 1024;
/// The largest page that is looked at, to see that it is no key set.
const LARGEST_PAGE: usize = 1024 * 1024;

/// The keys at an address, as they came.
#[derive(Debug)]
pub(crate) struct KeyDocument {
    /// The answer that held them.
    pub answer: Answer,
    /// The issuer, if it was the issuer that was named.
    pub issuer: Option<String>,
}

/// What a key set that was asked for again is now.
#[derive(Debug)]
pub(crate) enum Revalidation {
    /// The same: the header fields of the answer.
    Same(Answer),
    /// This.
    New(Answer),
}

/// Finds the keys at an address.
///
/// # Errors
/// There is no answer, or none that leads to keys.
pub(crate) fn find(
    client: &Client,
    address: &Address,
    budget: &mut Budget,
) -> Result<KeyDocument, NetError> {
    let answer = client.send(&asking(address.clone()), budget)?;
    let keys = |answer| {
        let answer = key_set(answer)?;
        let issuer = None;
        Ok(KeyDocument { answer, issuer })
    };
    if answer.is_plain() && json::looks_like_object(&answer) {
        let found = json::object(&answer)?;
        let has = |name: &str| found.raw(name).is_some();
        // A set that can't be used is told of as a key file is.
        if has("keys") || has("kty") {
            return keys(answer);
        }
        if has("jwks_uri") {
            let metadata = Metadata::at(address, &answer, found)?;
            return keys(follow(client, &metadata, budget)?);
        }
    } else if answer.is_plain() && published(&answer.body).is_ok() {
        return keys(answer);
    }
    if !matches!(answer.status, 200 | 404 | 405 | 410) {
        return Err(NetError::status(&answer));
    }
    if let Some(metadata) = Metadata::of_issuer(address, client, budget)? {
        let answer = key_set(follow(client, &metadata, budget)?)?;
        let issuer = Some(metadata.issuer);
        return Ok(KeyDocument { answer, issuer });
    }
    let answer = key_set(answer)?;
    // An object of another kind, such as one with a certificate for each kid.
    if published(&answer.body).is_ok() {
        return keys(answer);
    }
    let why = "it holds no key, and its server names no key set";
    Err(NetError::unexpected(&answer.address, why))
}

/// Asks for a key set again, by what tells its versions apart.
///
/// # Errors
/// There is no answer, or none that is a key set.
pub(crate) fn again(
    client: &Client,
    address: &Address,
    versions: Vec<Header>,
    budget: &mut Budget,
) -> Result<Revalidation, NetError> {
    let conditional = !versions.is_empty();
    let mut request = asking(address.clone());
    request.headers.extend(versions);
    let answer = client.send(&request, budget)?;
    if answer.status == 304 && conditional {
        return Ok(Revalidation::Same(answer));
    }
    key_set(answer).map(Revalidation::New)
}

/// The answer of the address at which metadata has its keys. It may be on any host, and gets no credential.
fn follow(client: &Client, metadata: &Metadata, budget: &mut Budget) -> Result<Answer, NetError> {
    let target = metadata.endpoint("jwks_uri")?;
    let target = target.ok_or_else(|| metadata.unusable("it names no jwks_uri"))?;
    client.send(&asking(target), budget)
}

/// An answer that may be a key set: what has members has each of them once.
fn key_set(answer: Answer) -> Result<Answer, NetError> {
    if answer.status != 200 {
        return Err(NetError::status(&answer));
    }
    if !answer.is_plain() {
        let why = "it is compressed, which was not asked for";
        return Err(NetError::unexpected(&answer.address, why));
    }
    if answer.body.len() > LARGEST {
        let why = format!("it is larger than {} KiB", LARGEST / 1024);
        return Err(NetError::unexpected(&answer.address, why));
    }
    if json::looks_like_object(&answer) {
        json::object(&answer)?;
    }
    Ok(answer)
}

fn asking(address: Address) -> Request<'static> {
    let types = "application/jwk-set+json, application/json, */*;q=0.5";
    Request::get(address, LARGEST_PAGE).accept(types)
}

#[cfg(test)]
mod tests;
