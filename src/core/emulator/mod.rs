//! A real server whose own code reads and writes a profile's tokens: what is asked of it, whoever wrote it.
//!
//! An emulator only predicts: it never accepts a token.
mod answer;
mod hazard;
mod plan;
mod users;
mod view;

use std::any::Any;
use std::sync::Arc;

use super::algorithm::Algorithm;
use super::key::KeySet;
use super::time::{Span, Timestamp};
use super::token::TokenKind;

pub use answer::Cause;
pub(crate) use answer::{Answer, Body, DatabaseFact, PlannedToken};
pub(crate) use hazard::Hazard;
pub(crate) use plan::{ClaimValue, Plan, PlannedClaim};
pub(crate) use users::{BlacklistEntry, DatabaseView, ServerUser, ServerUserId, UserTable, Users};
pub(crate) use view::View;

/// A server of one package, with its settings.
pub trait Emulator: Any + std::fmt::Debug + Send + Sync {
    /// The name that a profile finds it by.
    fn name(&self) -> &'static str;

    /// Every setting that an answer depends on, by the server's own name, with its value as [`with`](Self::with) reads it back.
    fn entries(&self) -> Vec<(&'static str, String)>;
    /// The server with one of its settings changed.
    ///
    /// # Errors
    /// See [`SettingError`].
    fn with(&self, name: &str, value: &str) -> Result<Arc<dyn Emulator>, SettingError>;
    /// The server with what a login asks for in place of its settings.
    fn with_asked(&self, asked: &LoginOverrides<'_>) -> Arc<dyn Emulator>;
    /// What a profile requires and says because the server does.
    fn terms(&self) -> Terms<'_>;

    /// Whether a login gives an access token and a refresh token.
    fn is_pair(&self) -> bool;
    /// The built-in profile whose marks its tokens have.
    fn model(&self) -> &'static str;
    /// The header's parameters in the order in which it writes them.
    fn header_order(&self) -> [&'static str; 3];

    /// Whether its tokens have the claims that identify their model, under these settings.
    fn is_marked(&self) -> bool;
    /// The claim that tells a token's kind.
    fn kind_claim(&self) -> &str;
    /// What that claim says in tokens of this kind, if it has to say something.
    fn kind_word(&self, kind: TokenKind) -> Option<&'static str>;
    /// The claim that holds a token's id.
    fn id_claim(&self) -> &str;
    /// The claim that says whose the token is.
    fn user_claim(&self) -> &str;
    /// The claim that holds the user's id.
    fn user_id_claim(&self) -> &str;
    /// The claim with an id that all tokens of a session share after the first; a first token's own id is that id. `None` if tokens share none.
    fn session_claim(&self) -> Option<&'static str>;
    /// The claim that holds the session's end, if one does.
    fn end_claim(&self) -> Option<&str>;
    /// Whether tokens of this kind belong to a session.
    fn has_session(&self, kind: TokenKind) -> bool;
    /// The claims that tokens of this kind must have.
    fn required_claims(&self, kind: TokenKind) -> Vec<String>;
    /// The claims that a login writes into tokens of this kind, in order.
    fn written_claims(&self, kind: TokenKind) -> Vec<String>;
    /// Whether a login puts what we call by this claim's usual name into a token, perhaps under another name.
    fn takes(&self, claim: &str) -> bool;
    /// Whether its users have what we call by this claim's usual name, even if no token says it.
    fn knows_of_users(&self, claim: &str) -> bool;
    /// Whether it writes a `kid`.
    fn writes_kid(&self) -> bool;
    /// The algorithms that someone chose, the signing one first. Empty for the default: a default nobody chose must not rule out a key of another kind.
    fn chosen_algorithms(&self) -> &[Algorithm];
    /// The scheme that stands before a token in an `Authorization` header.
    fn scheme(&self) -> &str;

    /// What the server does with a refresh token that is presented.
    fn rotation(&self) -> RotationMode;
    /// Why its tokens can't show reuse; `None` if they can.
    fn no_reuse_detection(&self) -> Option<&'static str>;
    /// Whether revoking ends the presented token alone, and not its whole session.
    fn revokes_alone(&self) -> bool;
    /// Whether it lists the tokens of a user, so that all of them can be ended.
    fn lists_tokens_of_users(&self) -> bool;
    /// Where the server is unsafe, the worst first.
    fn hazards(&self) -> Vec<Hazard>;

    /// The views that it has.
    fn views(&self) -> Vec<View>;
    /// Those that its tokens are meant for.
    fn usual_views(&self) -> Vec<View>;
    /// The field of the body that a token is posted in, or `None` if it is sent in the `Authorization` header.
    fn field(&self, view: View) -> Option<&'static str>;
    /// Predicts the answer to a token that is sent to a view.
    ///
    /// # Errors
    /// See [`Unanswerable`]. A token that fails before its signature is checked needs no key.
    fn answer(
        &self,
        view: View,
        sent: Credential<'_>,
        facts: &Facts<'_>,
    ) -> Result<Answer, Unanswerable>;
    /// Predicts the answer to a token that is presented to get the next, and says to which view. A refresh token is rotated only if `rotates`.
    ///
    /// # Errors
    /// See [`Unanswerable`].
    fn renewal(
        &self,
        token: &str,
        rotates: bool,
        facts: &Facts<'_>,
    ) -> Result<(View, Answer), Unanswerable>;
    /// The page that it sends with a 500.
    fn error_page(&self) -> &'static str;
    /// Advice for someone whose token, recognised as of this model, was refused for this cause.
    fn advice(&self, model: &str, cause: Cause) -> Option<&'static str>;

    /// The token that a login mints. Each of `custom` is a name and a JSON text, and stands in place of the server's own claim of that name.
    ///
    /// # Errors
    /// See [`NoPlan`].
    fn login(
        &self,
        kind: TokenKind,
        user: &ServerUser,
        custom: &[(String, String)],
        now: Timestamp,
    ) -> Result<Plan, NoPlan>;
    /// The id of a user of whom only the name is known. `None` if the server writes an id that can't be told from it.
    fn assumed_id(&self, user: &str) -> Option<ServerUserId>;
    /// The user that a token names, of a table.
    fn user_named_by(&self, token: &str, table: &dyn UserTable) -> Users;
}

/// Two servers are the same if no answer can tell them apart.
impl PartialEq for dyn Emulator {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.entries() == other.entries()
    }
}

impl Eq for dyn Emulator {}

/// Finds an emulator by its name, with the settings that its package comes with.
pub(crate) type Emulators = fn(&str) -> Option<Arc<dyn Emulator>>;

/// What a login asks for in place of the server's settings.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoginOverrides<'a> {
    /// How long an access token lives, or the only token.
    pub access_ttl: Option<Span>,
    /// How long a refresh token lives, or how long the only token can be refreshed.
    pub refresh_ttl: Option<Span>,
    /// The issuer.
    pub issuer: Option<&'a str>,
    /// The audience; none are given if it is empty.
    pub audience: &'a [String],
}

/// What a profile requires and says because its server does.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'s> {
    /// How long an access token lives, or the only token.
    pub access_ttl: Span,
    /// How long a refresh token lives.
    pub refresh_ttl: Span,
    /// A session ends this long after the time in this claim.
    pub session_max: Option<(&'static str, Span)>,
    /// How far clocks may differ.
    pub leeway: Span,
    /// The issuer that is both written and required.
    pub issuer: Option<&'s str>,
    /// The audience that is both written and required.
    pub audience: &'s [String],
    /// Whether a token without `exp` is refused. No setting of the server's changes this.
    pub require_exp: bool,
}

/// What rotating does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RotationMode {
    /// Nothing: the profile's tokens are renewed instead.
    None,
    /// It retires the presented token.
    Retires,
    /// The presented token stays valid, and each use makes another branch.
    Branches,
}

/// What is sent to a view.
#[derive(Clone, Copy, Debug)]
pub enum Credential<'a> {
    /// The text as it is posted in the view's field, or as it follows the scheme in the header.
    Token(&'a str),
    /// The whole `Authorization` header. If its scheme is not one of the server's, the server sees no credentials.
    Header(&'a str),
}

/// What an answer depends on besides the token and the settings.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The keys that the server checks with.
    pub keys: &'a KeySet,
    /// What is known of its database.
    pub database: &'a DatabaseView<'a>,
    /// The server's time.
    pub now: Timestamp,
}

/// Why no answer can be predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswerable {
    /// The answer depends on the signature, and no key serves the server's algorithm.
    #[error("there is no key for {0}, with which the server verifies its tokens")]
    NoKey(Algorithm),
    /// The server has no such view.
    #[error("the server has no such view")]
    NoSuchView,
}

/// Why a server can't mint a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlan {
    /// A custom claim is no JSON to the server.
    #[error("a claim is not JSON")]
    NotJson,
    /// The lifetime ends after the year 9999, where the server's dates end.
    #[error("the token would end after the year 9999, where the server fails")]
    OutOfRange,
}

/// Why a setting was refused. It never quotes the value, which may be a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// The server has no such setting.
    #[error("there is no setting {name}")]
    Unknown {
        /// The name that was given.
        name: String,
    },
    /// The value does not have the setting's form.
    #[error("{name} must be {expected}")]
    Value {
        /// The setting's name.
        name: &'static str,
        /// The form that it takes.
        expected: &'static str,
    },
    /// The setting holds a key.
    #[error("{0} is a key: give it with --secret or --key")]
    Key(&'static str),
    /// The setting names the server's own code, or does not affect tokens.
    #[error("jwtsess can't follow {0}: it names code of the server, or does not change any answer")]
    NotFollowed(&'static str),
    /// The package has removed this setting and refuses to start with it.
    #[error("{package} has removed {name} and refuses to start with it")]
    Removed {
        /// The setting's name.
        name: &'static str,
        /// The package.
        package: &'static str,
    },
}
