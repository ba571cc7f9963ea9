//! The settings of a profile under the names that older config files have for them, which the JSON output goes by.
use super::language::emulator::setting_for;
use super::language::forms::Grace;
use super::language::old;
use super::model::Profile;
use crate::core::token::TokenKind;

/// A setting and its value, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingValue {
    /// Its name: Django's, if the server has one for it.
    pub name: String,
    /// Our older name for the same setting, if it differs.
    pub ours: Option<String>,
    /// The value, as `--set` takes it under this name.
    pub value: String,
}

/// The older names, and `iss` and `aud`, in the order in which they are shown.
const OURS: [&str; 15] = [
    "access_ttl",
    "refresh_ttl",
    "session_max",
    "leeway",
    "iss",
    "aud",
    "require_aud",
    "require_exp",
    "refuse_future_iat",
    "allow_weak_key",
    "cap_at_session_end",
    "allow_list",
    "recorded_at_issue",
    "reuse_detection",
    "reuse_grace",
];

impl Profile {
    fn value(&self, name: &str) -> Option<String> {
        let (model, own) = (&self.model, self.server.is_none());
        let life = |kind| {
            self.own_life(kind)
                .map_or("none".to_owned(), |life| life.to_string())
        };
        Some(match name {
            "access_ttl" => life(TokenKind::Access),
            "refresh_ttl" if self.is_pair() => life(TokenKind::Refresh),
            "session_max" => match self.session_max() {
                Some(limit) => limit.span.to_string(),
                None if own => "none".to_owned(),
                None => return None,
            },
            "leeway" => self.leeway().to_string(),
            "iss" => self.issuer().unwrap_or_default(),
            "aud" => self.audience().join(","),
            "require_aud" => model.checks.require_aud.to_string(),
            "require_exp" => self.requires_exp().to_string(),
            "refuse_future_iat" => model.checks.refuse_future_iat.to_string(),
            "allow_weak_key" => model.checks.allow_weak_key.to_string(),
            "cap_at_session_end" if own => model.session.cap.to_string(),
            "allow_list" => model.session.refuse_unknown.to_string(),
            "recorded_at_issue" => model.session.recorded_at_login.to_string(),
            _ if self.no_reuse_detection().is_some() => return None,
            "reuse_detection" => self.detects_reuse().to_string(),
            "reuse_grace" => match model.rotate.grace {
                Grace::For(span) => span.to_string(),
                Grace::Uses(1) => "1 use".to_owned(),
                Grace::Uses(count) => format!("{count} uses"),
                Grace::UntilUsed => "until-used".to_owned(),
            },
            _ => return None,
        })
    }

    /// The setting of an emulated server for one of our older names.
    fn theirs(&self, name: &str) -> Option<&'static str> {
        let emulator = self.model.emulator.as_ref()?;
        setting_for(&emulator.name, old::today(name).unwrap_or(name))
    }

    /// Every setting once. A Django server's settings come first under Django's name, with our older name beside it if there is one.
    #[must_use]
    pub fn settings(&self) -> Vec<SettingValue> {
        let shown = |name: &str, ours: Option<&str>, value| SettingValue {
            name: name.to_owned(),
            ours: ours.map(str::to_owned),
            value,
        };
        let theirs = self.server.iter().flat_map(|server| server.entries());
        let theirs = theirs.map(|(name, value)| {
            // Where two of ours are one of Django's, the one for the session's end is shown.
            let order = [
                "access_ttl",
                "session_max",
                "refresh_ttl",
                "leeway",
                "iss",
                "aud",
            ];
            let ours = order
                .into_iter()
                .find(|ours| self.theirs(ours) == Some(name));
            shown(name, ours, value)
        });
        let ours = OURS.into_iter().filter(|name| self.theirs(name).is_none());
        let ours = ours.filter_map(|name| Some(shown(name, None, self.value(name)?)));
        theirs.chain(ours).collect()
    }
}
