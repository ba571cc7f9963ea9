//! simplejwt's server, which issues a pair or sliding tokens.
use std::sync::Arc;

use super::common::{self, duration, whole};
use crate::core::algorithm::Algorithm;
use crate::core::emulator::{
    Answer, Cause, Credential, Emulator, Facts, Hazard, LoginOverrides, NoPlan, Plan, RotationMode,
    ServerUser, ServerUserId, SettingError, Terms, Unanswerable, UserTable, Users, View,
};
use crate::core::time::Timestamp;
use crate::core::token::TokenKind;
use crate::core::verdict::Reason;
use crate::django::oracle::{self, LoginToken};
use crate::django::settings::{DjangoSettings, TokenClass};

/// A server with djangorestframework-simplejwt.
#[derive(Clone, Debug)]
pub(in crate::django) struct SimpleJwt {
    settings: DjangoSettings,
    /// Whether it is logged in to with sliding tokens.
    sliding: bool,
}

impl SimpleJwt {
    pub(in crate::django) const PAIR: &str = "simplejwt 5.5";
    pub(in crate::django) const PAIR_5_3: &str = "simplejwt 5.3";
    pub(in crate::django) const NINJA: &str = "ninja-jwt 5.4";
    pub(in crate::django) const SLIDING: &str = "simplejwt-sliding 5.5";

    pub(in crate::django) const fn new(settings: DjangoSettings, sliding: bool) -> Self {
        Self { settings, sliding }
    }

    pub(in crate::django) const fn settings(&self) -> &DjangoSettings {
        &self.settings
    }

    const fn token_kind(&self, kind: TokenKind) -> LoginToken {
        match kind {
            _ if self.sliding => LoginToken::Sliding,
            TokenKind::Access | TokenKind::Id => LoginToken::Access,
            TokenKind::Refresh => LoginToken::Refresh,
        }
    }

    fn changed(&self, change: impl FnOnce(&mut DjangoSettings)) -> Self {
        let mut changed = self.clone();
        change(&mut changed.settings);
        changed
    }
}

impl Emulator for SimpleJwt {
    fn name(&self) -> &'static str {
        match &self.settings {
            _ if self.sliding => Self::SLIDING,
            settings if settings.is_ninja => Self::NINJA,
            settings if settings.is_5_3 => Self::PAIR_5_3,
            _ => Self::PAIR,
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
        Arc::new(self.changed(|settings| {
            if let Some(ttl) = asked.access_ttl.map(duration) {
                if self.sliding {
                    settings.sliding_lifetime = ttl;
                } else {
                    settings.access_lifetime = ttl;
                }
            }
            if let Some(ttl) = asked.refresh_ttl.map(duration) {
                settings.refresh_lifetime = ttl;
                settings.sliding_refresh_lifetime = ttl;
            }
            common::address(settings, asked);
        }))
    }
    fn terms(&self) -> Terms<'_> {
        // `aud` is checked only if there is an audience.
        let terms = common::terms(&self.settings);
        Terms {
            access_ttl: if self.sliding {
                whole(self.settings.sliding_lifetime)
            } else {
                terms.access_ttl
            },
            ..terms
        }
    }

    fn is_pair(&self) -> bool {
        !self.sliding
    }
    fn model(&self) -> &'static str {
        if self.sliding {
            "simplejwt-sliding"
        } else {
            "simplejwt"
        }
    }
    /// PyJWT 2 sorts them by name.
    fn header_order(&self) -> [&'static str; 3] {
        ["alg", "kid", "typ"]
    }

    fn is_marked(&self) -> bool {
        self.settings.token_type_claim == "token_type"
            && self.settings.sliding_refresh_exp_claim == "refresh_exp"
    }
    fn kind_claim(&self) -> &str {
        &self.settings.token_type_claim
    }
    fn kind_word(&self, kind: TokenKind) -> Option<&'static str> {
        Some(match self.token_kind(kind) {
            LoginToken::Refresh => TokenClass::Refresh.token_type(),
            LoginToken::Sliding => TokenClass::Sliding.token_type(),
            LoginToken::Access | LoginToken::Single => TokenClass::Access.token_type(),
        })
    }
    fn id_claim(&self) -> &str {
        &self.settings.jti_claim
    }
    fn user_claim(&self) -> &str {
        &self.settings.user_id_claim
    }
    fn user_id_claim(&self) -> &str {
        &self.settings.user_id_claim
    }
    fn session_claim(&self) -> Option<&'static str> {
        None
    }
    fn end_claim(&self) -> Option<&str> {
        let claim = self.settings.sliding_refresh_exp_claim.as_str();
        self.sliding.then_some(claim)
    }
    fn has_session(&self, kind: TokenKind) -> bool {
        self.sliding || kind == TokenKind::Refresh
    }
    fn required_claims(&self, kind: TokenKind) -> Vec<String> {
        let settings = &self.settings;
        let own = match self.token_kind(kind) {
            LoginToken::Sliding => Some(&settings.sliding_refresh_exp_claim),
            LoginToken::Access => Some(&settings.user_id_claim),
            // A refresh token needs no user claim: the server refreshes it without one.
            LoginToken::Refresh | LoginToken::Single => None,
        };
        let all = [
            settings.token_type_claim.as_str(),
            "exp",
            &settings.jti_claim,
        ];
        let all = all.into_iter().chain(own.map(String::as_str));
        all.map(str::to_owned).collect()
    }
    fn written_claims(&self, kind: TokenKind) -> Vec<String> {
        common::written_claims(&self.settings, self.token_kind(kind))
    }
    fn takes(&self, claim: &str) -> bool {
        let always = ["iss", "aud", "user_id", "jti"].contains(&claim);
        always
            || self
                .written_claims(TokenKind::Access)
                .iter()
                .any(|one| one == claim)
    }
    fn knows_of_users(&self, _claim: &str) -> bool {
        false
    }
    fn writes_kid(&self) -> bool {
        false
    }
    fn chosen_algorithms(&self) -> &[Algorithm] {
        self.settings.chosen_algorithms()
    }
    fn scheme(&self) -> &str {
        common::scheme(&self.settings)
    }

    fn rotation(&self) -> RotationMode {
        let settings = &self.settings;
        if self.sliding || !settings.rotate {
            RotationMode::None
        } else if settings.blacklist_after_rotation && settings.blacklist_app {
            RotationMode::Retires
        } else {
            RotationMode::Branches
        }
    }
    fn no_reuse_detection(&self) -> Option<&'static str> {
        let why = "a sliding token keeps its jti when it is renewed";
        self.sliding.then_some(why)
    }
    fn revokes_alone(&self) -> bool {
        true
    }
    fn lists_tokens_of_users(&self) -> bool {
        true
    }
    fn hazards(&self) -> Vec<Hazard> {
        self.settings.hazards(!self.sliding)
    }

    fn views(&self) -> Vec<View> {
        common::offered(&self.settings, &View::ALL)
    }
    fn usual_views(&self) -> Vec<View> {
        if self.sliding {
            vec![View::Protected, View::Verify, View::SlidingRefresh]
        } else {
            vec![
                View::Protected,
                View::Verify,
                View::Refresh,
                View::Blacklist,
            ]
        }
    }
    fn field(&self, view: View) -> Option<&'static str> {
        match view {
            View::Protected | View::Stateless => None,
            View::Refresh | View::Blacklist => Some("refresh"),
            View::Verify | View::SlidingRefresh => Some("token"),
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
        rotates: bool,
        facts: &Facts<'_>,
    ) -> Result<(View, Answer), Unanswerable> {
        let view = if self.sliding {
            View::SlidingRefresh
        } else {
            View::Refresh
        };
        let server = self.changed(|settings| settings.rotate = rotates);
        let answer = server.answer(view, Credential::Token(token), facts)?;
        Ok((view, answer))
    }
    fn error_page(&self) -> &'static str {
        oracle::ERROR_PAGE
    }
    fn advice(&self, model: &str, cause: Cause) -> Option<&'static str> {
        let takes_sliding = self
            .settings
            .auth_token_classes
            .contains(&TokenClass::Sliding);
        let is_of_kind =
            model == "simplejwt-sliding" && cause == Cause::Token(Reason::KindMismatch);
        (is_of_kind && !takes_sliding).then_some(
            "if users log in to the server with sliding tokens, its AUTH_TOKEN_CLASSES includes them: --set AUTH_TOKEN_CLASSES=SlidingToken",
        )
    }

    fn login(
        &self,
        kind: TokenKind,
        user: &ServerUser,
        custom: &[(String, String)],
        now: Timestamp,
    ) -> Result<Plan, NoPlan> {
        common::login(&self.settings, self.token_kind(kind), user, custom, now)
    }
    /// The tokens name the user only by id.
    fn assumed_id(&self, user: &str) -> Option<ServerUserId> {
        let number = user.parse().ok().filter(|_| self.settings.is_5_3);
        let text = || ServerUserId::Text(user.to_owned());
        Some(number.map_or_else(text, ServerUserId::Number))
    }
    fn user_named_by(&self, token: &str, table: &dyn UserTable) -> Users {
        oracle::named_by(token, &self.settings, table)
    }
}
