//! Logs in and renews as an emulated server would: what it would mint is planned by its emulator, and signed here.
use crate::core::claims::{JsonLimits, Members, quote};
use crate::core::emulator::{
    Answer, BlacklistEntry, DatabaseView, Emulator, Facts, NoPlan, Plan, ServerUser, ServerUserId,
    UserTable, View,
};
use crate::core::entropy::Entropy;
use crate::core::key::KeySet;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::Timestamp;
use crate::core::token::Limits;

use super::flow::exchange::{FlowError, Login, RenewalRequest, Tokens};
use super::mint::{MintedToken, Signer, mint};

/// Logs in as the server would.
///
/// # Errors
/// The user's id is needed and not known, the server could not have written a claim, the token would end past the year 9999, or signing failed.
pub(super) fn issue(
    login: &Login,
    profile: &Profile,
    server: &dyn Emulator,
    signer: &Signer<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Tokens, FlowError> {
    let user = user(login, profile, server)?;
    let mut one = |kind: TokenKind, id: Option<&String>| {
        let plan = server.login(kind, &user, &login.claims, now);
        let plan = plan.map_err(|error| match error {
            NoPlan::NotJson => FlowError::NotForPython,
            NoPlan::OutOfRange => FlowError::PastYear9999,
        })?;
        signed(&plan, server, login, id, signer, entropy)
    };
    let refresh = profile
        .is_pair()
        .then(|| one(TokenKind::Refresh, login.refresh_id.as_ref()))
        .transpose()?;
    let access = one(TokenKind::Access, login.access_id.as_ref())?;
    Ok(Tokens { access, refresh })
}

fn user(login: &Login, profile: &Profile, server: &dyn Emulator) -> Result<ServerUser, FlowError> {
    let known = profile.user(&login.user);
    let given = login.user_id.as_ref().map(|id| match id.parse() {
        Ok(number) => ServerUserId::Number(number),
        Err(_) => ServerUserId::Text(id.clone()),
    });
    let id = given
        .or_else(|| known.map(|user| user.id.clone()))
        .or_else(|| server.assumed_id(&login.user))
        .ok_or(FlowError::NeedsUserId)?;
    Ok(ServerUser {
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
    server: &dyn Emulator,
    login: &Login,
    id: Option<&String>,
    signer: &Signer<'_>,
    entropy: &mut dyn Entropy,
) -> Result<MintedToken, FlowError> {
    let mut header = header(plan, server, signer)?;
    if let Some(typ) = &login.typ {
        header.set("typ", &quote(typ, true));
    }
    for (name, raw) in login.header.iter().filter(|(name, _)| name != "alg") {
        header.set(name, raw);
    }
    let claims = claims(plan, id, entropy)?;
    Ok(mint(header, claims, signer)?)
}

/// The header as the server writes it, in its order. A server that writes a `kid` sorts the names.
fn header(plan: &Plan, server: &dyn Emulator, signer: &Signer<'_>) -> Result<Members, FlowError> {
    let mut header = members(&plan.header)?;
    header.set("alg", &quote(signer.algorithm.name(), true));
    if let (true, Some(kid), None) = (server.writes_kid(), &signer.kid, header.raw("kid")) {
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

/// Parses what a plan writes. It is JSON, except that a claim copied from a token may hold what only the server accepts (`NaN`).
fn members(text: &str) -> Result<Members, FlowError> {
    let JsonLimits { depth, members } = Limits::default().json;
    Members::parse(text, JsonLimits { depth, members }).map_err(|_| FlowError::NotForPython)
}

/// The server's answer to a renewal, and the tokens that it would mint, signed.
#[derive(Debug)]
pub(crate) struct EmulatedRenewal {
    /// The view of the server that answers.
    pub view: View,
    /// Status, body and cause.
    pub answer: Answer,
    /// The fields of the body that hold tokens, in their order, each with its token.
    pub tokens: Vec<(&'static str, MintedToken)>,
}

/// A token that is sent to the server's refresh view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RefreshRequest<'a> {
    /// The token's text.
    pub text: &'a str,
    /// The profile that is the server.
    pub profile: &'a Profile,
    /// The server. A refresh token is rotated only with [`RenewalRequest::rotates`]; retiring it is left to the store.
    pub server: &'a dyn Emulator,
    /// The keys that the server checks with.
    pub keys: &'a KeySet,
    /// What is asked for.
    pub renew: &'a RenewalRequest,
    /// The moment.
    pub now: Timestamp,
}

impl RefreshRequest<'_> {
    /// Predicts what the server answers, and signs nothing. `listed` says that the token is known to be blacklisted.
    ///
    /// # Errors
    /// No key serves the server's algorithm.
    pub(crate) fn answer(&self, listed: bool) -> Result<(View, Answer), FlowError> {
        let holds = |_: BlacklistEntry<'_>| true;
        let database = DatabaseView {
            users: self
                .profile
                .users
                .as_ref()
                .map(|users| users as &dyn UserTable),
            blacklisted: if listed { Some(&holds) } else { None },
        };
        let facts = Facts {
            keys: self.keys,
            database: &database,
            now: self.now,
        };
        self.server
            .renewal(self.text, self.renew.rotates, &facts)
            .map_err(FlowError::Unanswerable)
    }
}

/// Renews as the server's refresh view would.
///
/// The caller has to check the structure and the signature of the token first: the server's own reader is laxer than we may be.
///
/// # Errors
/// No key serves the server's algorithm, or signing failed.
pub(crate) fn renew(
    request: &RefreshRequest<'_>,
    signer: &Signer<'_>,
    entropy: &mut dyn Entropy,
) -> Result<EmulatedRenewal, FlowError> {
    let (view, answer) = request.answer(false)?;
    let mut tokens = Vec::new();
    for planned in &answer.minted {
        let header = header(&planned.plan, request.server, signer)?;
        let claims = claims(&planned.plan, request.renew.id.as_ref(), entropy)?;
        tokens.push((planned.field, mint(header, claims, signer)?));
    }
    Ok(EmulatedRenewal {
        view,
        answer,
        tokens,
    })
}
