//! Profiles as `profile list` and `profile show` print them: data without words.
use crate::config::resolve::Origin;
use crate::core::profile::TokenKind;

/// A profile in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProfileSummary {
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// The profile that it extends, if it is the user's own.
    pub extends: Option<String>,
    /// Whether `issue` uses it by default.
    pub default: bool,
}

/// A profile, with the origin of every setting. It never holds a secret that is written out in the config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProfileView {
    /// Its name.
    pub name: String,
    /// The built-in profile that it is, or extends in the end.
    pub base: String,
    /// The profile that it extends, if it is the user's own.
    pub extends: Option<String>,
    /// The config file that was read, if the profile is the user's own.
    pub config: Option<String>,
    /// What it is.
    pub summary: ValueWithOrigin<String>,
    /// Its settings as a config file says them, but for those that could hold a secret.
    pub lines: Vec<SettingLine>,
    /// The settings under the names of older config files, each once.
    pub settings: Vec<SettingView>,
    /// Its tokens.
    pub tokens: Vec<ProfileToken>,
    /// The reference to the secret of its access tokens, and of all others without a key of their own, if it names one.
    pub secret: Option<ValueWithOrigin<SecretView>>,
    /// The same of its key sources.
    pub keys: Option<ValueWithOrigin<Vec<String>>>,
    /// The reference to the secret that its refresh tokens alone have.
    pub refresh_secret: Option<ValueWithOrigin<SecretView>>,
    /// The same of their key sources.
    pub refresh_keys: Option<ValueWithOrigin<Vec<String>>>,
    /// Its session store, if it names one.
    pub store: Option<ValueWithOrigin<StoreView>>,
    /// Its users, if they are known.
    pub users: Option<ValueWithOrigin<Vec<UserView>>>,
}

/// A value and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueWithOrigin<T> {
    /// The value.
    pub value: T,
    /// Its origin. The default is the built-in profile.
    pub origin: Origin,
}

/// A setting as a config file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SettingLine {
    /// Its key.
    pub key: String,
    /// Its value, as TOML.
    pub value: String,
    /// Its origin.
    pub origin: Origin,
    /// Whether it belongs to this profile alone, so that a copy has it as a comment.
    pub comment: bool,
}

/// A setting under the name of older config files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SettingView {
    /// Its name: Django's, if the server has one.
    pub name: String,
    /// Our name for it, if that differs.
    pub ours: Option<String>,
    /// Its value, as the config file and `--set` take it.
    pub value: ValueWithOrigin<String>,
}

/// One of its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProfileToken {
    /// Which.
    pub kind: TokenKind,
    /// The header's `typ`.
    pub typ: Option<String>,
    /// The claims in their order, and whether each is always present. `None` if any claim may be present.
    pub claims: Vec<(String, bool)>,
}

/// A secret, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SecretView {
    /// Where it is: `env:NAME`, `file:PATH`, `dotenv:PATH#NAME`, `prompt`.
    Reference(String),
    /// It may hold the secret itself.
    WrittenOut,
}

/// A session store, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoreView {
    /// The store, without the login of an address and without anything after its path.
    pub place: String,
    /// Whether nothing was left out.
    pub whole: bool,
}

/// A user of its server. Not the password's hash, which a token may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UserView {
    /// `username`.
    pub name: String,
    /// The primary key: a number as Django makes them, else a text.
    pub id: Result<i64, String>,
    /// `email`, or empty if there is none.
    pub email: String,
    /// `is_active`.
    pub active: bool,
}
