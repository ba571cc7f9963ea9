//! simplejwt's server, which issues a pair or sliding tokens.
use std::sync::Arc;

use serde_json::json;

use super::common::{self, duration, whole};
use crate::core::algorithm::Algorithm;
use crate::core::claims::Members;
use crate::core::emulator::{
    After, Answer, Asked, Cause, Emulator, Facts, Hazard, NoPlan, Plan, Rotation, Sent,
    SettingError, Terms, Unanswerable, User, UserId, UserTable, Users, View,
};
use crate::core::time::Timestamp;
use crate::core::token::Kind;
use crate::core::verdict::Reason;
use crate::django::oracle::{self, TokenKind};
use crate::django::settings::{Settings, TokenClass};

/// A server with djangorestframework-simplejwt.
#[derive(Clone, Debug)]
pub(in crate::django) struct SimpleJwt {
    settings: Settings,
    /// Whether it is logged in to with sliding tokens.
    sliding: bool,
}

impl SimpleJwt {
    pub(in crate::django) const PAIR: &str = "simplejwt 5.5";
    pub(in crate::django) const SLIDING: &str = "simplejwt-sliding 5.5";

    pub(in crate::django) const fn new(settings: Settings, sliding: bool) -> Self {
        Self { settings, sliding }
    }

    pub(in crate::django) const fn settings(&self) -> &Settings {
        &self.settings
    }

    const fn token_kind(&self, kind: Kind) -> TokenKind {
        match kind {
            _ if self.sliding => TokenKind::Sliding,
            Kind::Access | Kind::Id => TokenKind::Access,
            Kind::Refresh => TokenKind::Refresh,
        }
    }

    fn changed(&self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut changed = self.clone();
        change(&mut changed.settings);
        changed
    }
}

impl Emulator for SimpleJwt {
    fn name(&self) -> &'static str {
        if self.sliding {
            Self::SLIDING
        } else {
            Self::PAIR
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
    fn with_asked(&self, asked: &Asked<'_>) -> Arc<dyn Emulator> {
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
    fn terms(&self) -> Terms {
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

    fn is_marked(&self) -> bool {
        self.settings.token_type_claim == "token_type"
            && self.settings.sliding_refresh_exp_claim == "refresh_exp"
    }
    fn kind_claim(&self) -> &str {
        &self.settings.token_type_claim
    }
    fn kind_word(&self, kind: Kind) -> Option<&'static str> {
        Some(match self.token_kind(kind) {
            TokenKind::Refresh => TokenClass::Refresh.token_type(),
            TokenKind::Sliding => TokenClass::Sliding.token_type(),
            TokenKind::Access | TokenKind::Single => TokenClass::Access.token_type(),
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
    fn has_session(&self, kind: Kind) -> bool {
        self.sliding || kind == Kind::Refresh
    }
    fn required_claims(&self, kind: Kind) -> Vec<String> {
        let settings = &self.settings;
        let own = match self.token_kind(kind) {
            TokenKind::Sliding => Some(&settings.sliding_refresh_exp_claim),
            TokenKind::Access => Some(&settings.user_id_claim),
            // A refresh token needs no user claim: the server refreshes it without one.
            TokenKind::Refresh | TokenKind::Single => None,
        };
        let all = [
            settings.token_type_claim.as_str(),
            "exp",
            &settings.jti_claim,
        ];
        let all = all.into_iter().chain(own.map(String::as_str));
        all.map(str::to_owned).collect()
    }
    fn written_claims(&self, kind: Kind) -> Vec<String> {
        common::written_claims(&self.settings, self.token_kind(kind))
    }
    fn takes(&self, claim: &str) -> bool {
        let always = ["iss", "aud", "user_id", "jti"].contains(&claim);
        always
            || self
                .written_claims(Kind::Access)
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

    fn rotation(&self) -> Rotation {
        let settings = &self.settings;
        if self.sliding || !settings.rotate {
            Rotation::None
        } else if settings.blacklist_after_rotation && settings.blacklist_app {
            Rotation::Retires
        } else {
            Rotation::Branches
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
            vec![View::View, View::Verify, View::SlidingRefresh]
        } else {
            vec![View::View, View::Verify, View::Refresh, View::Blacklist]
        }
    }
    fn field(&self, view: View) -> Option<&'static str> {
        match view {
            View::View | View::Stateless => None,
            View::Refresh | View::Blacklist => Some("refresh"),
            View::Verify | View::SlidingRefresh => Some("token"),
        }
    }
    fn answer(
        &self,
        view: View,
        sent: Sent<'_>,
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
        let answer = server.answer(view, Sent::Token(token), facts)?;
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
        kind: Kind,
        user: &User,
        custom: &[(String, String)],
        now: Timestamp,
    ) -> Result<Plan, NoPlan> {
        common::login(&self.settings, self.token_kind(kind), user, custom, now)
    }
    /// The tokens name the user only by id.
    fn assumed_id(&self, user: &str) -> Option<UserId> {
        Some(UserId::Text(user.to_owned()))
    }
    fn user_named_by(&self, token: &str, table: &dyn UserTable) -> Users {
        oracle::named_by(token, &self.settings, table)
    }
    fn wire(&self, access: &str, _claims: &Members, refresh: Option<&str>, after: After) -> String {
        match (refresh, after) {
            (None, _) => json!({ "token": access }),
            (Some(refresh), After::Login) => json!({ "refresh": refresh, "access": access }),
            (Some(refresh), After::Rotation) => json!({ "access": access, "refresh": refresh }),
        }
        .to_string()
    }
}
