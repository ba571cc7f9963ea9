//! A credential as it is shown.
use crate::cli::credentials::Credential;
use crate::cli::credentials::file::CredentialFile;
use crate::cli::outcome::live::CredentialView;
use crate::core::time::Timestamp;
use crate::session::credential::decide::Renewal;

/// What is shown of a credential. `file` is where it is kept, if it is.
#[must_use]
pub(crate) fn of(
    credential: &Credential,
    renewal: Renewal,
    file: Option<&CredentialFile>,
) -> CredentialView {
    let server = &credential.server;
    let tokens = &credential.tokens;
    let moment = |seconds: Option<i64>| seconds.map(Timestamp::from_seconds);
    let access_expires_at = moment(tokens.access_expires_at);
    let refresh_expires_at = moment(tokens.refresh_expires_at);
    let session_until = match renewal {
        Renewal::Nothing => access_expires_at,
        // An expired token does not renew itself.
        Renewal::Itself {
            though_expired: false,
        } => refresh_expires_at
            .or(access_expires_at)
            .min(access_expires_at.or(refresh_expires_at)),
        Renewal::RefreshToken | Renewal::Itself { .. } => refresh_expires_at,
        Renewal::Grant => None,
    };
    let kept_in = file.map(|file| match &credential.helper {
        Some(helper) => format!("docker-credential-{helper}"),
        None => file.place(),
    });
    CredentialView {
        name: file.map_or_else(String::new, |file| file.name.to_string()),
        origin: server.address.origin().to_string(),
        origins: server.origins.iter().map(ToString::to_string).collect(),
        profile: credential.profile.clone(),
        grant: credential.grant.name(),
        user: credential.user.clone(),
        access_expires_at,
        refresh_expires_at,
        session_until,
        is_renewed: renewal != Renewal::Nothing,
        skew: tokens.skew,
        is_encrypted: kept_in.is_some() && credential.helper.is_some(),
        kept_in,
        over: tokens.over.clone(),
    }
}
