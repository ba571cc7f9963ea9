//! A live server: logs in, refreshes and logs out by what a profile's `live` keys say, or by OAuth.
mod answer;
pub(crate) mod authorised;
mod client_auth;
mod cookies;
mod device;
pub(crate) mod discover;
pub(crate) mod error;
mod exchange;
pub(crate) mod form;
pub(crate) mod grant;
pub(crate) mod header;
pub(crate) mod link;
mod loopback;
mod oauth;
mod refusal;
mod request;
pub(crate) mod server;
pub(crate) mod tokens;
mod words;

pub(crate) use request::logs_out_by;

use crate::core::profile::TokenKind;
use crate::core::profile::language::entry::Occasion;
use crate::core::profile::language::request::Request as Route;
use crate::core::secret::Secret;
use crate::session::credential::KeptCookie;

use answer::Reading;
use error::{LiveError, Operation};
use exchange::Measurement;
use grant::Grant;
use link::Live;
use request::Filling;
use server::BodyMember;
use tokens::{KeptSession, Logout, Tokens};

impl Live<'_> {
    /// Asks for tokens.
    ///
    /// # Errors
    /// See [`LiveError`].
    pub(crate) fn login(&mut self, grant: &Grant<'_>) -> Result<Tokens, LiveError> {
        if let Some(oauth) = &self.server.oauth {
            return self.oauth_login(oauth, grant);
        }
        match grant {
            Grant::Password { user, password } => {
                let cookies = self.with_csrf_cookie(Vec::new());
                let filling = Filling {
                    user: Some(user),
                    password: Some(password),
                    kept: KeptSession {
                        cookies: &cookies,
                        ..KeptSession::default()
                    },
                };
                self.asked(Operation::Login, &filling)
            }
            Grant::Refresh(refresh) => self.refresh(&KeptSession {
                refresh: Some(refresh),
                access: Some(refresh),
                ..KeptSession::default()
            }),
            _ => Err(LiveError::Unsupported(
                "the server speaks no OAuth, which this grant needs".to_owned(),
            )),
        }
    }

    /// Has tokens renewed. What was kept may be used up, whatever comes back.
    ///
    /// # Errors
    /// See [`LiveError`].
    pub(crate) fn refresh(&mut self, kept: &KeptSession<'_>) -> Result<Tokens, LiveError> {
        if let Some(oauth) = &self.server.oauth {
            return self.oauth_refresh(oauth, kept);
        }
        let cookies = self.with_csrf_cookie(kept.cookies.to_vec());
        let filling = self.filling(kept, &cookies);
        self.asked(Operation::Refresh, &filling)
    }

    /// Has a session ended. That it has ended already is as good.
    ///
    /// # Errors
    /// See [`LiveError`].
    pub(crate) fn logout(&mut self, kept: &KeptSession<'_>) -> Result<Logout, LiveError> {
        if let Some(oauth) = &self.server.oauth {
            return self.revoke(oauth, kept);
        }
        let cookies = self.with_csrf_cookie(kept.cookies.to_vec());
        let filling = self.filling(kept, &cookies);
        let kind = request::authorising(&self.route(Operation::Logout)?);
        let lasts = kind == TokenKind::Access && self.profile.is_pair();
        let (exchange, already) = match self.exchanged(Operation::Logout, &filling) {
            Ok(measured) => (measured.exchange, false),
            Err(LiveError::Refused(refusal)) if refusal.says_ended(lasts) => {
                (refusal.exchange, true)
            }
            Err(error) => return Err(error),
        };
        Ok(Logout {
            kinds: vec![kind],
            already,
            exchanges: vec![exchange],
        })
    }

    /// What is filled in of a session. Where one token is all, it is also the one that refreshes.
    fn filling<'f>(&self, kept: &KeptSession<'f>, cookies: &'f [KeptCookie]) -> Filling<'f> {
        Filling {
            user: None,
            password: None,
            kept: KeptSession {
                refresh: kept
                    .refresh
                    .or(kept.access.filter(|_| !self.profile.is_pair())),
                cookies,
                ..*kept
            },
        }
    }

    fn asked(&mut self, operation: Operation, filling: &Filling<'_>) -> Result<Tokens, LiveError> {
        let measured = self.exchanged(operation, filling)?;
        let reading = Reading {
            at: if operation == Operation::Login {
                Occasion::Login
            } else {
                Occasion::Renew
            },
            before: filling.kept.cookies,
        };
        self.tokens(measured, &reading)
    }

    /// Sends a request of the profile. Returns its answer, if it is one of success.
    fn exchanged(
        &mut self,
        operation: Operation,
        filling: &Filling<'_>,
    ) -> Result<Measurement, LiveError> {
        let route = self.route(operation)?;
        let origins = self.allowed();
        let request = self.request(&route, operation, filling, &origins)?;
        let measured = self.send(&request, self.secrets_of(filling))?;
        if succeeded(&route, measured.answer.status) {
            return Ok(measured);
        }
        Err(self.refused(operation, measured))
    }

    /// The secrets that a request's body may hold.
    fn secrets_of(&self, filling: &Filling<'_>) -> Vec<Secret> {
        let kept = &filling.kept;
        let tokens = [filling.password, kept.access, kept.refresh];
        let more = self.server.body.iter().map(BodyMember::text);
        let more = more.map(|text| Secret::new(text.into_bytes()));
        tokens.into_iter().flatten().cloned().chain(more).collect()
    }
}

fn succeeded(route: &Route, status: u16) -> bool {
    match route.status {
        Some(only) => status == only,
        None => matches!(status, 200..=299),
    }
}

#[cfg(test)]
mod tests;
