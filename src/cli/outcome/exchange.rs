//! A request that was sent with a token, and its answer.
use crate::core::secret::Secret;
use crate::core::time::Timestamp;

/// A request, its answer, and the tokens that passed by.
#[derive(Debug)]
pub(crate) struct Requested {
    /// The method.
    pub method: String,
    /// The address, without its query.
    pub url: String,
    /// The answer's status.
    pub status: u16,
    /// The answer's header fields, in order.
    pub headers: Vec<(String, Secret)>,
    /// The answer's body.
    pub body: Secret,
    /// How long it took.
    pub took_ms: u64,
    /// The tokens in the answer.
    pub tokens: Vec<PassingToken>,
}

/// A token in an answer: what it is, never its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PassingToken {
    /// Where it is: `body`, or a header field's name.
    pub place: String,
    /// The profile whose marks it has.
    pub profile: String,
    /// What it is for, if that is known.
    pub kind: Option<&'static str>,
    /// When it expires.
    pub expires_at: Option<Timestamp>,
}
