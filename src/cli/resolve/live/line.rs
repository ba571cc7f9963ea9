//! The command line that logs in again as a credential was obtained, and when it helps.
use crate::cli::credentials::Credential;
use crate::cli::credentials::name::CredentialName;
use crate::cli::echo;
use crate::net::error::NetError;
use crate::net::live::error::{LiveError, Operation};
use crate::net::live::server::ClientAuth;
use crate::session::credential::GrantKind;

/// The line that renews a credential. `name` is none if it is not kept.
#[must_use]
pub(crate) fn login(credential: &Credential, name: Option<&CredentialName>) -> String {
    let server = &credential.server;
    let mut words = vec!["jwtsess".to_owned(), "login".to_owned()];
    words.push(echo::word(&server.address.to_string()));
    let mut flag = |name: &str, value: &str| {
        let word = echo::word(value);
        if value.starts_with('-') {
            words.push(format!("--{name}={word}"));
        } else {
            words.extend([format!("--{name}"), word]);
        }
    };
    if let Some(profile) = &credential.profile {
        flag("profile", profile);
    }
    if let Some(user) = &credential.user {
        flag("user", user);
    }
    match credential.grant {
        GrantKind::Password => {}
        GrantKind::RefreshToken => flag("refresh-token", "REF"),
        grant => flag("grant", grant.name()),
    }
    if let Some(id) = &server.client_id {
        flag("client-id", id);
    }
    if let Some(method) = server.client_auth {
        flag("client-auth", word(method));
    }
    if let Some(secret) = &credential.client_secret {
        flag("client-secret", secret);
    }
    if let Some(key) = &credential.client_key {
        flag("client-key", key);
    }
    for (name, path) in [
        ("scope", &server.scope),
        ("resource", &server.resource),
        ("refresh-path", &server.paths.refresh),
        ("verify-path", &server.paths.verify),
        ("logout-path", &server.paths.logout),
        ("user-field", &server.user_field),
        ("helper", &credential.helper),
    ] {
        if let Some(path) = path {
            flag(name, path);
        }
    }
    for origin in &server.origins {
        flag("to-origin", &origin.to_string());
    }
    for host in &server.plain {
        flag("allow-http", &host.to_string());
    }
    if let Some(name) = name {
        flag("as", &name.to_string());
    }
    words.join(" ")
}

/// What helps after an answer that the next refresh would get again. `what` is what was sent.
#[must_use]
pub(crate) fn way_out(
    credential: &Credential,
    name: Option<&CredentialName>,
    what: &str,
    error: &LiveError,
) -> Option<String> {
    let advice = match error {
        LiveError::Net(NetError::Redirected { .. }) => {
            "log in again, with the address where the server is now".to_owned()
        }
        LiveError::Refused(refusal)
            if refusal.operation == Operation::Refresh && refusal.code == "refused" =>
        {
            match refusal.exchange.status {
                400 | 422 => format!("the server may not know this {what} any more, or want it in another form: log in again, or name the profile whose requests it takes with --profile"),
                401 => format!("the server may not take this {what} any more: log in again"),
                403 => "the account may be locked or lack a right: ask whoever runs the server, then log in again".to_owned(),
                404 | 405 | 410 => "the server does not refresh at this address: log in again, and say where it does with --refresh-path".to_owned(),
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(format!("{advice}: {}", login(credential, name)))
}

/// A method as `--client-auth` takes it.
const fn word(method: ClientAuth) -> &'static str {
    match method {
        ClientAuth::None => "none",
        ClientAuth::Basic => "basic",
        ClientAuth::Post => "post",
        ClientAuth::PrivateKeyJwt => "private_key_jwt",
    }
}
