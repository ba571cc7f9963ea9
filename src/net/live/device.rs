//! What a person allows in a browser anywhere: the device grant (RFC 8628).
use std::time::Duration;

use serde_json::Value;

use super::error::{LiveError, Operation};
use super::form::Form;
use super::grant::DevicePrompt;
use super::link::Live;
use super::oauth::FormRequest;
use super::refusal::is_granted;
use super::request::readable;
use super::server::OAuth;
use super::tokens::Tokens;
use super::words;
use crate::core::claims::Members;
use crate::core::secret::Secret;
use crate::net::address::Address;
use crate::net::budget::Budget;
use crate::net::error::NetError;
use crate::net::json;
use crate::net::message::Answer;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// How long to wait between two questions, if the server does not say (RFC 8628 §3.2), and what `slow_down` adds (§3.5).
const INTERVAL: Duration = Duration::from_secs(5);

/// What the server says of a device's request.
struct Authorization {
    device_code: Secret,
    prompt: DevicePrompt,
    interval: Duration,
}

impl Live<'_> {
    /// Asks a person to allow it elsewhere, and the server whether that was done.
    pub(super) fn by_device(
        &mut self,
        oauth: &OAuth,
        show: &dyn Fn(&DevicePrompt),
    ) -> Result<Tokens, LiveError> {
        let authorization = self.authorization(oauth)?;
        let stopwatch = self.client.stopwatch();
        let began = stopwatch.elapsed();
        let end = authorization.prompt.expires_in;
        show(&authorization.prompt);
        let mut interval = authorization.interval;
        while stopwatch.elapsed().saturating_sub(began) + interval < end {
            stopwatch.pause(interval);
            match self.poll(oauth, &authorization.device_code) {
                Ok(tokens) => return Ok(tokens),
                Err(LiveError::Refused(refusal)) => match refusal.server_code.as_deref() {
                    Some("authorization_pending") => {}
                    Some("slow_down") => {
                        let asked = refusal.interval.filter(|asked| *asked > interval);
                        interval = asked.unwrap_or(interval + INTERVAL);
                    }
                    Some("access_denied") => {
                        return Err(LiveError::NotAllowed(
                            "the person did not allow it".to_owned(),
                        ));
                    }
                    Some("expired_token") => return Err(expired()),
                    _ => return Err(LiveError::Refused(refusal)),
                },
                // RFC 8628 §3.5: a question without an answer is asked again, less often.
                Err(LiveError::Net(
                    NetError::TimedOut { .. }
                    | NetError::Lost { .. }
                    | NetError::Unreachable { .. },
                )) => {
                    interval *= 2;
                }
                Err(error) => return Err(error),
            }
        }
        Err(expired())
    }

    fn authorization(&mut self, oauth: &OAuth) -> Result<Authorization, LiveError> {
        let endpoint = oauth.device.as_ref().ok_or_else(|| {
            LiveError::Unsupported(
                "the server's metadata name no device_authorization_endpoint".to_owned(),
            )
        })?;
        let mut form = Form::default();
        self.scoped(&mut form, self.server.lasting_scope());
        self.with_body(&mut form);
        let asking = FormRequest {
            operation: Operation::Login,
            endpoint,
            repeat_unavailable: true,
        };
        let measured = self.posted(oauth, &asking, form)?;
        if !is_granted(&measured.answer) {
            return Err(self.refused(Operation::Login, measured));
        }
        let answer = &measured.answer;
        Ok(read(answer, &json::object(answer)?)?)
    }

    fn poll(&mut self, oauth: &OAuth, device_code: &Secret) -> Result<Tokens, LiveError> {
        let mut form = Form::default();
        form.add("grant_type", GRANT);
        form.hide(
            "device_code",
            readable(Some(device_code))?.unwrap_or_default(),
        );
        let asking = FormRequest {
            operation: Operation::Login,
            endpoint: &oauth.token,
            repeat_unavailable: false,
        };
        self.budget = Budget::new(self.budget.whole());
        self.granted(oauth, &asking, form)
    }
}

fn expired() -> LiveError {
    LiveError::NotAllowed("the code has expired before anybody allowed it".to_owned())
}

fn read(answer: &Answer, members: &Members) -> Result<Authorization, NetError> {
    let unexpected = |why: &str| NetError::unexpected(&answer.address, why);
    let text = |name: &str| match members.value(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    };
    let seconds = |name: &str| {
        let value = members.value(name)?;
        value.as_u64().map(Duration::from_secs)
    };
    let address = |text: String| Address::parse(&text).ok().map(|_| text);
    // Google's name is of a draft.
    let uri = text("verification_uri").or_else(|| text("verification_url"));
    let uri = uri
        .and_then(address)
        .ok_or_else(|| unexpected("it has no verification_uri"))?;
    let code = text("user_code").and_then(|code| words::shown(&code, &[]));
    let device_code = text("device_code").ok_or_else(|| unexpected("it has no device_code"))?;
    Ok(Authorization {
        device_code: Secret::new(device_code.into_bytes()),
        prompt: DevicePrompt {
            verification_uri: uri,
            verification_uri_complete: text("verification_uri_complete").and_then(address),
            user_code: code.ok_or_else(|| unexpected("it has no user_code"))?,
            expires_in: seconds("expires_in").ok_or_else(|| unexpected("it has no expires_in"))?,
        },
        interval: seconds("interval")
            .unwrap_or(INTERVAL)
            .max(Duration::from_secs(1)),
    })
}
