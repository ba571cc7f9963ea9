//! The endpoints of a server that a token can be sent to.

/// The endpoint that the token is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// A view that requires authentication, with the token in its `Authorization` header. Real views answer as they like. This is the view of the recordings,
    /// which reports whom the server took the caller for.
    Protected,
    /// The same view where the server looks at no user table.
    Stateless,
    /// The token is posted to be verified.
    Verify,
    /// The token is posted to be refreshed.
    Refresh,
    /// A sliding token is posted to be refreshed.
    SlidingRefresh,
    /// The token is posted to be blacklisted, or authenticates the request that asks for it.
    Blacklist,
}

impl View {
    /// Every view, in the order of the enum.
    pub const ALL: [Self; 6] = [
        Self::Protected,
        Self::Stateless,
        Self::Verify,
        Self::Refresh,
        Self::SlidingRefresh,
        Self::Blacklist,
    ];
    /// The name that `verify --as` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Protected => "view",
            Self::Stateless => "stateless",
            Self::Verify => "verify",
            Self::Refresh => "refresh",
            Self::SlidingRefresh => "sliding-refresh",
            Self::Blacklist => "blacklist",
        }
    }
}
