//! What to do with a credential at a moment: use it, refresh it, or say that it is over.
use super::{CredentialEnd, TokenSet};
use crate::core::time::{Span, Timestamp};

/// What is asked of an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TokenWish {
    /// How much longer it has to be good.
    pub min_ttl: Span,
    /// Whether to refresh it though it is fresh.
    pub refresh: bool,
    /// Whether it must not be refreshed.
    pub no_refresh: bool,
}

impl TokenWish {
    fn seconds(self) -> i64 {
        i64::try_from(self.min_ttl.seconds())
            .unwrap_or(i64::MAX)
            .max(1)
    }
}

/// What renews a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// A refresh token.
    RefreshToken,
    /// The access token itself: a model with one token.
    Itself {
        /// Whether an expired one can be renewed, as long as `refresh_expires_at` has not come.
        though_expired: bool,
    },
    /// The grant again, which needs nobody.
    Grant,
    /// Nothing.
    Nothing,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision<'c> {
    /// The access token is good for as long as was asked.
    Use,
    /// Nobody knows when the access token ends. It is used until the server refuses it.
    UseUnknown,
    /// Refresh it.
    Refresh {
        /// Whether the present token would do, if the refresh fails.
        spare: bool,
    },
    /// It does not live as long as was asked, and a refresh does not help.
    ExpiresSoon {
        /// How many seconds are left; not positive: it has expired.
        left: i64,
        /// How long the server's tokens live, if that is shorter than what was asked.
        life: Option<i64>,
    },
    /// The server ended it.
    Over(&'c CredentialEnd),
    /// Somebody has to log in.
    LoginRequired(LoginReason),
}

/// Why somebody has to log in, though the server did not say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoginReason {
    /// The access token has expired, and nothing renews it.
    NothingRenews,
    /// The refresh token has expired, or the moment is over until which a token can be renewed. Holds that moment.
    RefreshExpired(i64),
    /// A token that renews itself has expired. Holds when.
    Expired(i64),
}

impl TokenSet {
    /// What to do with the tokens at a moment.
    #[must_use]
    pub(crate) fn decide(&self, renewal: Renewal, wish: TokenWish, now: Timestamp) -> Decision<'_> {
        if let Some(end) = &self.over {
            return Decision::Over(end);
        }
        let left = self.left(now);
        let good = left.is_none_or(|left| left >= wish.seconds());
        if good && !wish.refresh && (wish.no_refresh || !self.is_past_half(renewal, left)) {
            return left.map_or(Decision::UseUnknown, |_| Decision::Use);
        }
        let soon = |life| Decision::ExpiresSoon {
            left: left.unwrap_or(i64::MAX),
            life,
        };
        if !good && !wish.refresh {
            let short = self.refreshed_life.filter(|life| *life < wish.seconds());
            if wish.no_refresh || short.is_some() {
                return soon(short);
            }
        }
        match self.obstacle(renewal, now) {
            None => Decision::Refresh { spare: good },
            // A token that renews itself is refreshed early. It is still good if that can't be done any more.
            Some(_) if good && !wish.refresh => Decision::Use,
            Some(_) if !wish.refresh && left.is_some_and(|left| left >= 1) => soon(None),
            Some(reason) => Decision::LoginRequired(reason),
        }
    }

    /// Whether a token that renews itself has less than half of its life left: once expired it can't be renewed.
    fn is_past_half(&self, renewal: Renewal, left: Option<i64>) -> bool {
        let renews_itself = matches!(renewal, Renewal::Itself { .. });
        let half = |left: i64| self.life().is_some_and(|life| left < life - left);
        renews_itself && left.is_some_and(half)
    }

    /// What stands against a refresh.
    fn obstacle(&self, renewal: Renewal, now: Timestamp) -> Option<LoginReason> {
        let passed = |end: &i64| self.left_until(*end, now) < 1;
        let until = self.refresh_expires_at.filter(passed);
        let expired = self.access_expires_at.filter(passed);
        match renewal {
            Renewal::Grant => None,
            Renewal::Nothing => Some(LoginReason::NothingRenews),
            Renewal::RefreshToken if self.refresh_token.is_none() => {
                Some(LoginReason::NothingRenews)
            }
            Renewal::RefreshToken => until.map(LoginReason::RefreshExpired),
            Renewal::Itself { though_expired } => {
                until.map(LoginReason::RefreshExpired).or_else(|| {
                    expired
                        .filter(|_| !though_expired)
                        .map(LoginReason::Expired)
                })
            }
        }
    }
}
