//! The kinds of tokens.
use serde::Serialize;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum TokenKind {
    /// Presented to use a service; a one-token model's only kind.
    Access,
    /// Presented only to get a fresh access token.
    Refresh,
    /// Tells a client who has logged in (`OpenID` Connect Core §2).
    Id,
}

impl TokenKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Access, Self::Refresh, Self::Id];

    /// `access`, `refresh` or `id`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Id => "id",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
