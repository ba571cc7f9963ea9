//! What a token that holds is answered with: the tokens that were made for it, or the token itself.
use crate::core::server::{Answer, View};
use crate::core::time::Timestamp;
use crate::core::verdict::Verdict;
use crate::session::flow::{Changed, Tokens};

use super::keys::KeyUsed;

/// What a Django server would answer at one of its views.
#[derive(Debug)]
pub struct ServerAnswer {
    /// The view.
    pub view: View,
    /// The answer.
    pub answer: Answer,
}

/// What was made for a token that was presented, and what is to be said of it.
#[derive(Debug)]
pub struct Minting {
    /// The fresh token, or the pair.
    pub tokens: Box<Tokens>,
    /// The key that signed.
    pub key: KeyUsed,
    /// What is to be said of that key's strength.
    pub strength: Verdict,
    /// Header parameters that could not be kept: name, value before, value after, as JSON text.
    pub changed: Vec<Changed>,
    /// The answer on the wire of the server that the profile is, where it is one.
    pub wire: Option<String>,
    /// The session's end, where `exp` stops at it.
    pub capped_at: Option<Timestamp>,
}

/// What a token that holds was answered with.
#[derive(Debug)]
pub enum Reply {
    /// Fresh tokens, or those of before.
    Tokens {
        /// What was made.
        minting: Minting,
        /// How it came to them.
        how: How,
    },
    /// The same token: more life is left than was asked for.
    NotDue {
        /// Seconds left.
        left: i64,
    },
    /// The same token: the session ends when it does.
    AtTheEnd {
        /// The session's end.
        end: Timestamp,
    },
}

/// How an answer came to its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// They are fresh, and the presented token was renewed, which retires none.
    Renewed,
    /// They are fresh, and the presented token is retired.
    Retired,
    /// They are fresh, and the presented token stays good: its profile retires none.
    Branched,
    /// They are fresh, and no store was asked.
    WithoutStore,
    /// A retry inside the grace: those that the first try was answered with.
    Retried,
    /// The session's current ones, issued again for its operator; so many others are current, too.
    Again {
        /// Other current tokens of the session.
        others: usize,
    },
}
