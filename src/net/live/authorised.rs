//! A request of somebody's own that a session authorises, and what its answer says of the token.
use super::answer::written_end;
use super::error::{LiveError, Need, Operation};
use super::header;
use super::link::Live;
use super::refusal;
use super::request::LARGEST;
use super::tokens::{KeptSession, Tokens};
use crate::core::claims::Members;
use crate::core::profile::Profile;
use crate::net::address::Address;
use crate::net::error::NetError;
use crate::net::json;
use crate::net::message::{Answer, Header, Redirects, Request};

impl Live<'_> {
    /// The header fields that a request of somebody's own gets: those that authorise it, and those that every request to the server has.
    pub(crate) fn fields(
        &self,
        method: &str,
        address: &Address,
        kept: &KeptSession<'_>,
    ) -> Vec<Header> {
        let mut headers = self.authorisation(method, address, kept);
        if address.origin() == self.server.address.origin() {
            let own = self.server.headers.iter();
            headers.extend(own.map(|field| Header::new(&field.name, field.value.as_str())));
        }
        headers
    }

    /// Asks for the token that the server hands out in a header field of any answer, by the request that is cheap and authorised.
    ///
    /// # Errors
    /// The server refuses the request, or hands out no token that may take the place of the one that was sent.
    pub(crate) fn handed_out(
        &mut self,
        me: &str,
        name: &str,
        kept: &KeptSession<'_>,
    ) -> Result<Tokens, LiveError> {
        let own = &self.server.address;
        let address = own.join(me).map_err(|why| LiveError::Reference {
            reference: me.to_owned(),
            address: own.to_string(),
            why,
        })?;
        let sent = kept.access.ok_or(LiveError::Missing(Need::Access))?;
        let origins = self.allowed();
        let mut headers = vec![Header::new("Accept", "*/*")];
        headers.extend(self.fields("GET", &address, kept));
        let request = Request {
            method: "GET",
            address: address.clone(),
            headers,
            body: None,
            origins: &origins,
            largest: LARGEST,
            redirects: Redirects::Refused,
            repeat_unavailable: true,
        };
        let measured = self.send(&request, Vec::new())?;
        if !measured.answer.is_success() {
            return Err(self.refused(Operation::Refresh, measured));
        }
        let why = match header::fresh(&measured.answer, name, sent) {
            Some(Ok(token)) => {
                let text = String::from_utf8_lossy(token.expose()).into_owned();
                return Ok(Tokens {
                    access: token,
                    refresh: None,
                    access_expires_at: written_end(&text),
                    refresh_expires_at: None,
                    scope: None,
                    cookies: kept.cookies.to_vec(),
                    skew: measured.skew,
                    member: None,
                    refresh_is_empty: false,
                    exchange: measured.exchange,
                });
            }
            Some(Err(why)) => format!("the token in {name} is not taken up: {why}"),
            None => format!("it hands out no token in {name}"),
        };
        Err(NetError::unexpected(&address, why).into())
    }
}

/// What a profile says that an answer means, by its `live.errors`.
#[must_use]
pub(crate) fn meant(profile: &Profile, answer: &Answer) -> Option<&'static str> {
    if profile.model.live.errors.is_empty() || answer.status < 400 {
        return None;
    }
    let members = json::object(answer).unwrap_or_else(|_| Members::empty());
    refusal::meant(profile, answer.status, &members)
}
