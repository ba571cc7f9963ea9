//! Tokens by OAuth: what is asked of the token endpoint, and how tokens are revoked (RFC 6749, 7009, 8707).
use super::answer::Reading;
use super::error::{LiveError, Need, Operation};
use super::exchange::Measurement;
use super::form::Form;
use super::grant::Grant;
use super::link::Live;
use super::refusal::is_granted;
use super::request::{LARGEST, readable, resolve};
use super::server::OAuth;
use super::tokens::{KeptSession, Logout, Tokens};
use crate::core::profile::TokenKind;
use crate::core::profile::language::entry::Occasion;
use crate::net::address::Address;
use crate::net::message::{Header, Redirects, Request};

/// A form for an endpoint, and how it is sent.
pub(super) struct FormRequest<'a> {
    pub(super) operation: Operation,
    pub(super) endpoint: &'a Address,
    /// Whether it may be sent again after a 503: not what uses up a token or a code.
    pub(super) repeat_unavailable: bool,
}

impl Live<'_> {
    /// Asks for tokens by OAuth.
    pub(super) fn oauth_login(
        &mut self,
        oauth: &OAuth,
        grant: &Grant<'_>,
    ) -> Result<Tokens, LiveError> {
        let mut form = Form::default();
        match grant {
            Grant::Password { user, password } => {
                form.add("grant_type", "password");
                form.add(
                    self.server.user_field.as_deref().unwrap_or("username"),
                    user,
                );
                form.hide("password", readable(Some(password))?.unwrap_or_default());
                self.scoped(&mut form, self.server.lasting_scope());
            }
            Grant::ClientCredentials => {
                form.add("grant_type", "client_credentials");
                self.scoped(&mut form, self.server.scope.clone());
            }
            Grant::Refresh(refresh) => {
                return self.oauth_refresh(
                    oauth,
                    &KeptSession {
                        refresh: Some(refresh),
                        ..KeptSession::default()
                    },
                );
            }
            Grant::Code(loopback) => return self.by_code(oauth, loopback),
            Grant::Device { show } => return self.by_device(oauth, *show),
        }
        self.with_body(&mut form);
        let asking = FormRequest {
            operation: Operation::Login,
            endpoint: &oauth.token,
            repeat_unavailable: true,
        };
        self.granted(oauth, &asking, form)
    }

    /// Has tokens renewed.
    pub(super) fn oauth_refresh(
        &mut self,
        oauth: &OAuth,
        kept: &KeptSession<'_>,
    ) -> Result<Tokens, LiveError> {
        let refresh = kept.refresh.ok_or(LiveError::Missing(Need::Refresh))?;
        let mut form = Form::default();
        form.add("grant_type", "refresh_token");
        form.hide(
            "refresh_token",
            readable(Some(refresh))?.unwrap_or_default(),
        );
        self.scoped(&mut form, None);
        let asking = FormRequest {
            operation: Operation::Refresh,
            endpoint: &oauth.token,
            repeat_unavailable: false,
        };
        self.granted(oauth, &asking, form)
    }

    /// Sends a form to the token endpoint, and reads the tokens that it answers.
    pub(super) fn granted(
        &mut self,
        oauth: &OAuth,
        asking: &FormRequest<'_>,
        form: Form,
    ) -> Result<Tokens, LiveError> {
        let measured = self.posted(oauth, asking, form)?;
        if !is_granted(&measured.answer) {
            return Err(self.refused(asking.operation, measured));
        }
        let reading = Reading {
            at: if asking.operation == Operation::Refresh {
                Occasion::Renew
            } else {
                Occasion::Login
            },
            before: &[],
        };
        self.tokens(measured, &reading)
    }

    /// Sends a form with what authenticates the client.
    pub(super) fn posted(
        &mut self,
        oauth: &OAuth,
        asking: &FormRequest<'_>,
        mut form: Form,
    ) -> Result<Measurement, LiveError> {
        let authorization = self.authenticate(oauth, &mut form)?;
        let mut headers = vec![
            Header::new("Accept", "application/json"),
            Header::new("Content-Type", "application/x-www-form-urlencoded"),
        ];
        headers.extend(authorization);
        let origin = asking.endpoint.origin().clone();
        let request = Request {
            method: "POST",
            address: asking.endpoint.clone(),
            headers: self.with_extra(headers),
            body: Some(form.body()),
            origins: &[origin],
            largest: LARGEST,
            redirects: Redirects::Refused,
            repeat_unavailable: asking.repeat_unavailable,
        };
        self.send(&request, form.secrets)
    }

    /// Adds the scope and the resource that are asked for.
    pub(super) fn scoped(&self, form: &mut Form, scope: Option<String>) {
        if let Some(scope) = scope {
            form.add("scope", &scope);
        }
        if let Some(resource) = &self.server.resource {
            form.add("resource", resource);
        }
    }

    /// Adds the further members that a login has.
    pub(super) fn with_body(&self, form: &mut Form) {
        for member in &self.server.body {
            form.hide(&member.name, &member.text());
        }
    }

    /// Revokes the refresh token, then the access token (RFC 7009). That a server revokes no access tokens is no error.
    pub(super) fn revoke(
        &mut self,
        oauth: &OAuth,
        kept: &KeptSession<'_>,
    ) -> Result<Logout, LiveError> {
        let endpoint = self.revocation(oauth)?;
        let mut ended = Logout {
            kinds: Vec::new(),
            already: false,
            exchanges: Vec::new(),
        };
        let both = [
            (TokenKind::Refresh, kept.refresh, "refresh_token"),
            (TokenKind::Access, kept.access, "access_token"),
        ];
        for (kind, token, hint) in both {
            let Some(token) = token else { continue };
            let mut form = Form::default();
            form.hide("token", readable(Some(token))?.unwrap_or_default());
            form.add("token_type_hint", hint);
            let asking = FormRequest {
                operation: Operation::Logout,
                endpoint: &endpoint,
                repeat_unavailable: true,
            };
            let measured = match self.posted(oauth, &asking, form) {
                Ok(measured) => measured,
                Err(_) if !ended.kinds.is_empty() => break,
                Err(error) => return Err(error),
            };
            ended.exchanges.push(measured.exchange.clone());
            if measured.answer.is_success() {
                ended.kinds.push(kind);
            } else if ended.kinds.is_empty() {
                return Err(match self.refused(Operation::Logout, measured) {
                    // RFC 7009 §2.2.1: it revokes others, perhaps, but none of the tokens that there are.
                    LiveError::Refused(refusal)
                        if refusal.server_code.as_deref() == Some("unsupported_token_type") =>
                    {
                        LiveError::NoRoute(Operation::Logout)
                    }
                    error => error,
                });
            }
        }
        if ended.exchanges.is_empty() {
            return Err(LiveError::Missing(Need::Refresh));
        }
        Ok(ended)
    }

    fn revocation(&self, oauth: &OAuth) -> Result<Address, LiveError> {
        if let Some(endpoint) = &oauth.revocation {
            return Ok(endpoint.clone());
        }
        let path = self.server.paths.logout.as_deref();
        let path = path.ok_or(LiveError::NoRoute(Operation::Logout))?;
        let address = &self.server.address;
        let found = resolve(address, path, true)?;
        if found.origin() == address.origin() || self.server.origins.contains(found.origin()) {
            return Ok(found);
        }
        Err(crate::net::error::NetError::OriginNotAllowed {
            asked: found.origin().clone(),
            allowed: self.allowed(),
        }
        .into())
    }
}
