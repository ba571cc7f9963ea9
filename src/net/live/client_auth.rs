//! How the client authenticates itself at the token endpoint and its neighbours (RFC 6749 §2.3, RFC 7523 §2.2).
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use zeroize::Zeroizing;

use super::error::{LiveError, Need};
use super::form::{Form, encoded};
use super::link::Live;
use super::request::readable;
use super::server::{ClientAuth, OAuth};
use crate::core::algorithm::Algorithm;
use crate::core::entropy::uuid4;
use crate::core::key::Key;
use crate::core::sign;
use crate::net::message::Header;

/// In this order, unless a person says which.
const PREFERRED: [ClientAuth; 4] = [
    ClientAuth::Basic,
    ClientAuth::Post,
    ClientAuth::None,
    ClientAuth::PrivateKeyJwt,
];
/// How long an assertion is good for, in seconds.
const ASSERTION_LIFE: i64 = 60;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

impl Live<'_> {
    /// How the client authenticates itself: as was said, else as the metadata list it and the secrets at hand allow.
    fn method(&self, oauth: &OAuth) -> ClientAuth {
        if let Some(said) = self.server.client_auth {
            return said;
        }
        let (secret, key) = (self.secrets.secret.is_some(), self.secrets.key.is_some());
        let mut possible = PREFERRED.into_iter().filter(|method| match method {
            ClientAuth::Basic | ClientAuth::Post => secret,
            ClientAuth::None => !secret && !key,
            ClientAuth::PrivateKeyJwt => key,
        });
        let first = possible.clone().next().unwrap_or(ClientAuth::None);
        possible
            .find(|method| oauth.client_auth.contains(method))
            .unwrap_or(first)
    }

    /// Adds what authenticates the client to a form, and returns the header field that does.
    pub(super) fn authenticate(
        &mut self,
        oauth: &OAuth,
        form: &mut Form,
    ) -> Result<Option<Header>, LiveError> {
        let method = self.method(oauth);
        let id = self.server.client_id.clone();
        if method == ClientAuth::None {
            if let Some(id) = id {
                form.add("client_id", &id);
            }
            return Ok(None);
        }
        let id = id.ok_or(LiveError::Missing(Need::ClientId))?;
        if method == ClientAuth::PrivateKeyJwt {
            let assertion = self.assertion(oauth, &id)?;
            form.add("client_assertion_type", ASSERTION_TYPE);
            form.hide("client_assertion", &assertion);
            return Ok(None);
        }
        let secret = readable(self.secrets.secret.as_ref())?;
        let secret = secret.ok_or(LiveError::Missing(Need::ClientSecret))?;
        if method == ClientAuth::Post {
            form.add("client_id", &id);
            form.hide("client_secret", secret);
            return Ok(None);
        }
        let (id, secret) = (encoded(&id), encoded(secret));
        let both = Zeroizing::new(format!("{}:{}", *id, *secret));
        let both = Zeroizing::new(STANDARD.encode(both.as_bytes()));
        Ok(Some(Header::new(
            "Authorization",
            format!("Basic {}", *both),
        )))
    }

    /// A fresh assertion that the client's key signs (RFC 7523 §3).
    fn assertion(&mut self, oauth: &OAuth, id: &str) -> Result<Zeroizing<String>, LiveError> {
        let now = self.server_time().seconds();
        let jti = uuid4(self.entropy);
        let key = self.secrets.key.as_ref();
        let key = key.ok_or(LiveError::Missing(Need::ClientKey))?;
        let algorithm = signing(key, oauth)?;
        let mut header = json!({ "alg": algorithm.name(), "typ": "JWT" });
        if let Some(kid) = key.kid() {
            header["kid"] = kid.into();
        }
        let audience = oauth.issuer.as_deref().unwrap_or(oauth.token.as_given());
        let claims = json!({
            "iss": id,
            "sub": id,
            "aud": audience,
            "jti": jti,
            "iat": now,
            "exp": now.saturating_add(ASSERTION_LIFE),
        });
        let (header, claims) = (header.to_string(), claims.to_string());
        let signed = sign::compact(header.as_bytes(), claims.as_bytes(), key, algorithm);
        signed.map(Zeroizing::new).map_err(|_| unfit())
    }
}

/// The algorithm of an assertion: the key's own, of those that the server takes.
fn signing(key: &Key, oauth: &OAuth) -> Result<Algorithm, LiveError> {
    let taken = |one: &&Algorithm| {
        let listed = oauth.signing.iter().any(|name| name == one.name());
        !one.is_hmac() && (oauth.signing.is_empty() || listed)
    };
    let algorithm = *key.algorithms().iter().find(taken).ok_or_else(unfit)?;
    if !key.can_sign() || key.weakness(algorithm).is_some() {
        return Err(unfit());
    }
    Ok(algorithm)
}

fn unfit() -> LiveError {
    LiveError::Unsupported(
        "the client's key signs no assertion that this server takes: a private key is needed, RSA of 2048 bits or more, EC or Ed25519".to_owned(),
    )
}
