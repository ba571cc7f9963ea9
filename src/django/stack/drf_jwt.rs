//! The server of drf-jwt, and of djangorestframework-jwt, the package that it was forked from.
use std::sync::Arc;

use super::common::{self, duration};
use crate::core::algorithm::Algorithm;
use crate::core::emulator::{
    Answer, Cause, Credential, Emulator, Facts, Hazard, LoginOverrides, NoPlan, Plan, RotationMode,
    ServerUser, ServerUserId, SettingError, Terms, Unanswerable, UserTable, Users, View,
};
use crate::core::time::Timestamp;
use crate::core::token::TokenKind;
use crate::django::oracle::{self, LoginToken};
use crate::django::settings::{DjangoSettings, Stack, TokenId};

/// A server with drf-jwt, or with the package before it.
#[derive(Clone, Debug)]
pub(in crate::django) struct DrfJwt {
    settings: DjangoSettings,
}

impl DrfJwt {
    pub(in crate::django) const FORK: &str = "drf-jwt 1.19";
    pub(in crate::django) const LEGACY: &str = "drf-jwt 1.11";

    pub(in crate::django) const fn new(settings: DjangoSettings) -> Self {
        Self { settings }
    }

    pub(in crate::django) const fn settings(&self) -> &DjangoSettings {
        &self.settings
    }

    fn is_fork(&self) -> bool {
        self.settings.stack == Stack::DrfJwt
    }
}

impl Emulator for DrfJwt {
    fn name(&self) -> &'static str {
        if self.is_fork() {
            Self::FORK
        } else {
            Self::LEGACY
        }
    }
    fn entries(&self) -> Vec<(&'static str, String)> {
        self.settings.entries()
    }
    fn with(&self, name: &str, value: &str) -> Result<Arc<dyn Emulator>, SettingError> {
        let mut changed = self.clone();
        changed.settings.set(name, value)?;
        Ok(Arc::new(changed))
    }
    fn with_asked(&self, asked: &LoginOverrides<'_>) -> Arc<dyn Emulator> {
        let mut changed = self.clone();
        if let Some(ttl) = asked.access_ttl {
            changed.settings.access_lifetime = duration(ttl);
        }
        if let Some(ttl) = asked.refresh_ttl {
            changed.settings.refresh_lifetime = duration(ttl);
        }
        common::address(&mut changed.settings, asked);
        Arc::new(changed)
    }
    fn terms(&self) -> Terms<'_> {
        let terms = common::terms(&self.settings);
        let refreshes = self.settings.allow_refresh;
        Terms {
            session_max: refreshes.then_some(("orig_iat", terms.refresh_ttl)),
            require_exp: false,
            ..terms
        }
    }

    fn is_pair(&self) -> bool {
        false
    }
    fn model(&self) -> &'static str {
        if self.is_fork() {
            "drf-jwt"
        } else {
            "drf-jwt-legacy"
        }
    }
    /// PyJWT 2 sorts them by name; PyJWT 1 wrote the type first.
    fn header_order(&self) -> [&'static str; 3] {
        if self.is_fork() {
            ["alg", "kid", "typ"]
        } else {
            ["typ", "alg", "kid"]
        }
    }

    /// The tokens are identified only by `orig_iat`.
    fn is_marked(&self) -> bool {
        self.settings.allow_refresh
    }
    fn kind_claim(&self) -> &str {
        &self.settings.token_type_claim
    }
    fn kind_word(&self, _kind: TokenKind) -> Option<&'static str> {
        None
    }
    fn id_claim(&self) -> &'static str {
        "jti"
    }
    fn user_claim(&self) -> &'static str {
        "username"
    }
    fn user_id_claim(&self) -> &'static str {
        "user_id"
    }
    /// drf-jwt's own blacklist is keyed by this id, so that one row refuses every token of the family (R4 to R8 of the recordings).
    fn session_claim(&self) -> Option<&'static str> {
        self.is_fork().then_some("orig_jti")
    }
    fn end_claim(&self) -> Option<&str> {
        None
    }
    fn has_session(&self, _kind: TokenKind) -> bool {
        true
    }
    fn required_claims(&self, _kind: TokenKind) -> Vec<String> {
        vec!["username".to_owned()]
    }
    fn written_claims(&self, _kind: TokenKind) -> Vec<String> {
        common::written_claims(&self.settings, LoginToken::Single)
    }
    fn takes(&self, claim: &str) -> bool {
        let always = ["iss", "aud"].contains(&claim);
        always
            || self
                .written_claims(TokenKind::Access)
                .iter()
                .any(|one| one == claim)
    }
    /// The users have an address, which only the package before drf-jwt wrote into the token.
    fn knows_of_users(&self, claim: &str) -> bool {
        ["user_id", "email"].contains(&claim)
    }
    fn writes_kid(&self) -> bool {
        self.is_fork()
    }
    fn chosen_algorithms(&self) -> &[Algorithm] {
        self.settings.chosen_algorithms()
    }
    fn scheme(&self) -> &str {
        common::scheme(&self.settings)
    }

    fn rotation(&self) -> RotationMode {
        RotationMode::None
    }
    fn no_reuse_detection(&self) -> Option<&'static str> {
        if !self.is_fork() {
            return Some("its tokens have no jti");
        }
        let off = self.settings.token_id == TokenId::Off;
        off.then_some("its tokens have no jti while JWT_TOKEN_ID is off")
    }
    fn revokes_alone(&self) -> bool {
        false
    }
    fn lists_tokens_of_users(&self) -> bool {
        false
    }
    fn hazards(&self) -> Vec<Hazard> {
        self.settings.hazards(false)
    }

    fn views(&self) -> Vec<View> {
        common::offered(&self.settings, &View::ALL)
    }
    fn usual_views(&self) -> Vec<View> {
        self.views()
    }
    fn field(&self, view: View) -> Option<&'static str> {
        match view {
            View::Protected | View::Stateless => None,
            View::Blacklist if self.is_fork() => None,
            _ => Some("token"),
        }
    }
    fn answer(
        &self,
        view: View,
        sent: Credential<'_>,
        facts: &Facts<'_>,
    ) -> Result<Answer, Unanswerable> {
        oracle::answer(&self.settings, view, sent, facts)
    }
    fn renewal(
        &self,
        token: &str,
        _rotates: bool,
        facts: &Facts<'_>,
    ) -> Result<(View, Answer), Unanswerable> {
        let answer = self.answer(View::Refresh, Credential::Token(token), facts)?;
        Ok((View::Refresh, answer))
    }
    fn error_page(&self) -> &'static str {
        oracle::ERROR_PAGE
    }
    fn advice(&self, _model: &str, _cause: Cause) -> Option<&'static str> {
        None
    }

    fn login(
        &self,
        _kind: TokenKind,
        user: &ServerUser,
        custom: &[(String, String)],
        now: Timestamp,
    ) -> Result<Plan, NoPlan> {
        common::login(&self.settings, LoginToken::Single, user, custom, now)
    }
    fn assumed_id(&self, _user: &str) -> Option<ServerUserId> {
        let needed = self.settings.payload_include_user_id;
        (!needed).then_some(ServerUserId::Number(0))
    }
    fn user_named_by(&self, token: &str, table: &dyn UserTable) -> Users {
        oracle::named_by(token, &self.settings, table)
    }
}
