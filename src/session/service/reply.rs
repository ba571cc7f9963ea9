//! What a token that holds is answered with: the tokens that were made for it, or the token itself.
use crate::core::emulator::{Answer, View};
use crate::core::profile::Profile;
use crate::core::profile::language::entry::Occasion;
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::core::verdict::Verdict;
use crate::session::flow::{HeaderChange, Tokens};
use crate::session::mint::MintedToken;
use crate::session::wire::WireAnswer;

use super::keys::KeyLabel;

/// What an emulated server would answer at one of its views.
#[derive(Debug)]
pub(crate) struct ServerAnswer {
    /// The view.
    pub view: View,
    /// The answer.
    pub answer: Answer,
}

/// The tokens made for a presented token, and the notes about them.
#[derive(Debug)]
pub(crate) struct Minting {
    /// The fresh token, or the pair.
    pub tokens: Box<Tokens>,
    /// The key that signed.
    pub key: KeyLabel,
    /// What is worth a remark: that key's strength, and what judging the tokens points out.
    pub notes: Verdict,
    /// Header parameters that could not be kept: name, value before, value after, as JSON text.
    pub changed: Vec<HeaderChange>,
    /// The session's end, if it capped `exp`.
    pub capped_at: Option<Timestamp>,
}

/// The result for a valid token.
#[derive(Debug)]
pub(crate) enum Reply {
    /// Fresh tokens, or those of before.
    Tokens {
        /// What was made.
        minting: Minting,
        /// How it came to them.
        how: Provenance,
    },
    /// The same token, because it is not due for renewal yet.
    NotDue {
        /// Seconds left.
        left: i64,
    },
    /// The same token, because the session ends when it expires.
    AtTheEnd {
        /// The session's end.
        end: Timestamp,
    },
}

impl Reply {
    /// The body in which the profile's server would send it; none if the profile does not say how its server answers. `presented` is the token that may come back.
    #[must_use]
    pub(crate) fn body(
        &self,
        profile: &Profile,
        presented: Option<&Unverified>,
        now: Timestamp,
    ) -> Option<String> {
        let (access, refresh) = match self {
            Self::Tokens { minting, .. } => {
                let Tokens { access, refresh } = &*minting.tokens;
                (access.sent(), refresh.as_ref().map(MintedToken::sent))
            }
            Self::NotDue { .. } | Self::AtTheEnd { .. } => {
                let presented = presented?;
                ((presented.text(), presented.claims()?), None)
            }
        };
        let answer = WireAnswer {
            profile,
            at: Occasion::Renew,
            access,
            refresh,
            user: None,
            now,
        };
        answer.body()
    }
}

/// How an answer came to its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provenance {
    /// They are fresh, and the presented token was renewed, which retires none.
    Renewed,
    /// They are fresh, and the presented token is retired.
    Retired,
    /// They are fresh, and the presented token stays valid, because its profile retires none.
    Branched,
    /// The access token is fresh. The presented token comes back as it is, because its server retires it later in its life.
    Early,
    /// The presented token comes back as it is: it has no id, and a successor made in the second in which it was made is the same.
    SameSecond,
    /// They are fresh, and no store was in use.
    WithoutStore,
    /// This is a retry within the grace period: they are the same as for the first try.
    Retried,
    /// They are the session's current tokens, issued again for its operator.
    Again {
        /// How many other tokens of the session are current.
        others: usize,
    },
}
