//! Logs in and renews under a Django profile: what the server would mint is planned and signed here.
use crate::core::claims::{JsonLimits, Members, quote};
use crate::core::entropy::Entropy;
use crate::core::key::KeySet;
use crate::core::profile::{Kind, Profile};
use crate::core::server::{
    self, Answer, Claim, Database, Listed, Plan, Settings, Stack, User, UserId, UserTable, View,
    login_claims,
};
use crate::core::time::Timestamp;
use crate::core::token::Limits;

use super::flow::exchange::{FlowError, Login, Renew, Tokens};
use super::mint::{Minted, Signer, mint};

/// Logs in as the server would.
///
/// # Errors
/// The user's id is needed and not known, Python could not have written a claim, the token would end past the year 9999, or signing failed.
pub(super) fn issue(
    login: &Login,
    profile: &Profile,
    settings: &Settings,
    signer: &Signer<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Tokens, FlowError> {
    let user = user(login, profile, settings)?;
    let mut one = |kind: Kind, id: Option<&String>| {
        let custom = login
            .claims
            .iter()
            .map(|(name, raw)| Claim::custom(name, raw).ok_or(FlowError::NotForPython));
        let custom = custom.collect::<Result<Vec<_>, _>>()?;
        let keys = KeySet::default();
        let kind_there = profile.server_kind(kind);
        let mut plan = login_claims(settings, kind_there, &user, custom.clone(), &keys, now)
            .map_err(|server::OutOfRange| FlowError::PastYear9999)?;
        // The claims that the user typed win, even over those that the server sets last.
        for claim in custom {
            plan.set(claim);
        }
        signed(&plan, settings, login, id, signer, entropy)
    };
    let refresh = profile
        .is_pair()
        .then(|| one(Kind::Refresh, login.refresh_id.as_ref()))
        .transpose()?;
    let access = one(Kind::Access, login.access_id.as_ref())?;
    Ok(Tokens { access, refresh })
}

fn user(login: &Login, profile: &Profile, settings: &Settings) -> Result<User, FlowError> {
    let known = profile.user(&login.user);
    let simplejwt = settings.stack == Stack::SimpleJwt;
    let given = login.user_id.as_ref().map(|id| match id.parse() {
        Ok(number) => UserId::Number(number),
        Err(_) => UserId::Text(id.clone()),
    });
    let id = given.or_else(|| known.map(|user| user.id.clone()));
    let id = match id {
        Some(id) => id,
        // simplejwt's tokens name the user only by id.
        None if simplejwt => UserId::Text(login.user.clone()),
        None if settings.payload_include_user_id => return Err(FlowError::NeedsUserId),
        None => UserId::Number(0),
    };
    Ok(User {
        name: login.user.clone(),
        id,
        email: login
            .email
            .clone()
            .or_else(|| known.map(|user| user.email.clone()))
            .unwrap_or_default(),
        active: true,
        password_hash: known.and_then(|user| user.password_hash.clone()),
    })
}

fn signed(
    plan: &Plan,
    settings: &Settings,
    login: &Login,
    id: Option<&String>,
    signer: &Signer<'_>,
    entropy: &mut dyn Entropy,
) -> Result<Minted, FlowError> {
    let mut header = header(plan, settings, signer)?;
    if let Some(typ) = &login.typ {
        header.set("typ", &quote(typ, true));
    }
    for (name, raw) in login.header.iter().filter(|(name, _)| name != "alg") {
        header.set(name, raw);
    }
    let claims = claims(plan, id, entropy)?;
    Ok(mint(header, claims, signer)?)
}

/// The header as the server writes it, in its order. Only drf-jwt writes a `kid`. It stands between the others because `PyJWT` 2 sorts the names.
fn header(plan: &Plan, settings: &Settings, signer: &Signer<'_>) -> Result<Members, FlowError> {
    let mut header = members(&plan.header_text())?;
    header.set("alg", &quote(signer.algorithm.name(), true));
    if let (Stack::DrfJwt, Some(kid), None) = (settings.stack, &signer.kid, header.raw("kid")) {
        header = Members::empty();
        for (name, value) in [
            ("alg", signer.algorithm.name()),
            ("kid", kid),
            ("typ", "JWT"),
        ] {
            header.set(name, &quote(value, true));
        }
    }
    Ok(header)
}

fn claims(
    plan: &Plan,
    id: Option<&String>,
    entropy: &mut dyn Entropy,
) -> Result<Members, FlowError> {
    members(&plan.payload_text(&mut |form| match (id, form) {
        (Some(id), _) => id.clone(),
        (None, form) => form.fresh(entropy),
    }))
}

/// Parses what a plan writes. It is JSON, except that a claim copied from a token may hold what only Python accepts (`NaN`).
fn members(text: &str) -> Result<Members, FlowError> {
    let JsonLimits { depth, members } = Limits::default().json;
    Members::parse(text, JsonLimits { depth, members }).map_err(|_| FlowError::NotForPython)
}

/// The server's answer to a renewal, and the tokens that it would mint, signed.
#[derive(Debug)]
pub struct Served {
    /// The view of the server that answers.
    pub view: View,
    /// Status, body and cause.
    pub answer: Answer,
    /// The fields of the body that hold tokens, in their order, each with its token.
    pub tokens: Vec<(&'static str, Minted)>,
}

impl Served {
    /// The body as the server sends it, with the tokens in it.
    #[must_use]
    pub fn wire(&self) -> Option<String> {
        let tokens = self.tokens.iter().map(|(_, token)| token.text.as_str());
        let texts: Vec<&str> = tokens.collect();
        self.answer.body.as_ref().map(|body| body.text(&texts))
    }
}

/// A token that is sent to the server's refresh view.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The token's text.
    pub text: &'a str,
    /// The profile that is the server.
    pub profile: &'a Profile,
    /// The server's settings. A refresh token is rotated only with [`Renew::rotates`]; retiring it is left to the store.
    pub settings: &'a Settings,
    /// The keys that the server checks with.
    pub keys: &'a KeySet,
    /// What is asked for.
    pub renew: &'a Renew,
    /// The moment.
    pub now: Timestamp,
}

impl Request<'_> {
    fn settings(&self) -> Settings {
        Settings {
            rotate: self.renew.rotates,
            ..self.settings.clone()
        }
    }

    fn view(&self) -> View {
        if self.settings.stack == Stack::SimpleJwt && !self.profile.is_pair() {
            View::SlidingRefresh
        } else {
            View::Refresh
        }
    }

    /// Predicts what the server answers, and signs nothing. `listed` says that the token is known to be blacklisted.
    ///
    /// # Errors
    /// No key serves the server's algorithm.
    pub fn answer(&self, listed: bool) -> Result<(View, Answer), FlowError> {
        let holds = |_: Listed<'_>| true;
        let database = Database {
            users: self
                .profile
                .users
                .as_ref()
                .map(|users| users as &dyn UserTable),
            blacklisted: if listed { Some(&holds) } else { None },
        };
        let (view, settings) = (self.view(), self.settings());
        server::answer(&settings, view, self.text, self.keys, &database, self.now)
            .map(|answer| (view, answer))
            .map_err(FlowError::Unanswerable)
    }
}

/// Renews as the server's refresh view would.
///
/// The caller has to check the structure and the signature of the token first: the server's own reader is laxer than we may be.
///
/// # Errors
/// No key serves the server's algorithm, or signing failed.
pub fn renew(
    request: &Request<'_>,
    signer: &Signer<'_>,
    entropy: &mut dyn Entropy,
) -> Result<Served, FlowError> {
    let (view, answer) = request.answer(false)?;
    let mut tokens = Vec::new();
    for planned in &answer.minted {
        let header = header(&planned.plan, request.settings, signer)?;
        let claims = claims(&planned.plan, request.renew.id.as_ref(), entropy)?;
        tokens.push((planned.field, mint(header, claims, signer)?));
    }
    Ok(Served {
        view,
        answer,
        tokens,
    })
}

#[cfg(test)]
mod tests;
