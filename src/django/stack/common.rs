//! What the stacks do in the same way.
use crate::core::emulator::{LoginOverrides, NoPlan, Plan, ServerUser, ServerUserId, Terms, View};
use crate::core::key::KeySet;
use crate::core::time::{Span, Timestamp};
use crate::django::oracle::{self, LoginToken, OutOfRange, is_offered, login_claims};
use crate::django::settings::{Audience, DjangoSettings};

/// A duration in whole seconds.
pub(super) const fn whole(duration: std::time::Duration) -> Span {
    Span::from_seconds(duration.as_secs())
}

pub(super) const fn duration(span: Span) -> std::time::Duration {
    std::time::Duration::from_secs(span.seconds())
}

/// What follows from the settings in the same way, for a profile to require: all but what depends on the package.
pub(super) fn terms(settings: &DjangoSettings) -> Terms<'_> {
    let audience = settings.audience.as_ref();
    Terms {
        access_ttl: whole(settings.access_lifetime),
        refresh_ttl: whole(settings.refresh_lifetime),
        session_max: None,
        leeway: whole(settings.leeway),
        issuer: settings.issuer.as_deref(),
        audience: audience.map_or(&[], |audience| &audience.values),
        require_exp: true,
    }
}

/// Sets the issuer and the audience that a login asks for.
pub(super) fn address(settings: &mut DjangoSettings, asked: &LoginOverrides<'_>) {
    if let Some(issuer) = asked.issuer {
        settings.issuer = Some(issuer.to_owned());
    }
    if !asked.audience.is_empty() {
        settings.audience = Some(Audience {
            values: asked.audience.to_vec(),
            list: asked.audience.len() > 1,
        });
    }
}

/// The scheme that stands before a token.
pub(super) fn scheme(settings: &DjangoSettings) -> &str {
    settings
        .header_types
        .first()
        .map_or("Bearer", String::as_str)
}

/// Those of the views that the stack has.
pub(super) fn offered(settings: &DjangoSettings, views: &[View]) -> Vec<View> {
    let views = views.iter().copied();
    views.filter(|view| is_offered(*view, settings)).collect()
}

/// The claims that a login writes, in order.
pub(super) fn written_claims(settings: &DjangoSettings, kind: LoginToken) -> Vec<String> {
    let somebody = ServerUser {
        name: String::new(),
        id: ServerUserId::Number(1),
        email: String::new(),
        active: true,
        password_hash: Some(String::new()),
    };
    let (keys, now) = (KeySet::default(), Timestamp::from_seconds(0));
    let draft = login_claims(settings, kind, &somebody, Vec::new(), &keys, now);
    let Ok(draft) = draft else {
        return Vec::new();
    };
    let names = draft.claims().iter().filter_map(oracle::PyClaim::name);
    names.map(str::to_owned).collect()
}

/// The token that a login mints. The custom claims win, even over those that the server sets last.
pub(super) fn login(
    settings: &DjangoSettings,
    kind: LoginToken,
    user: &ServerUser,
    custom: &[(String, String)],
    now: Timestamp,
) -> Result<Plan, NoPlan> {
    let custom = custom
        .iter()
        .map(|(name, json)| oracle::PyClaim::custom(name, json));
    let custom: Option<Vec<_>> = custom.collect();
    let custom = custom.ok_or(NoPlan::NotJson)?;
    let keys = KeySet::default();
    let draft = login_claims(settings, kind, user, custom.clone(), &keys, now);
    let mut draft = draft.map_err(|OutOfRange| NoPlan::OutOfRange)?;
    for claim in custom {
        draft.set(claim);
    }
    Ok(draft.into())
}
