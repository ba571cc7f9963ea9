//! Changes a profile by a setting's name, ours or the server's: the config file's entries and `--set` come here.
use std::borrow::Cow;
use std::sync::Arc;

use super::model::{MAX_LEEWAY, Profile, SessionMax, Shape};
use crate::core::emulator::{Emulator, SettingError};
use crate::core::time::Span;
use crate::core::token::Kind;

/// Why a setting was refused. It never quotes the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// This profile has no such setting.
    #[error("the profile has no setting {name}")]
    Unknown {
        /// The name that was given.
        name: String,
        /// The settings that the profile has.
        known: Vec<String>,
    },
    /// The value does not have the setting's form.
    #[error("{name} must be {expected}")]
    Value {
        /// The setting's name.
        name: String,
        /// The form that it takes.
        expected: &'static str,
    },
    /// `reuse_detection` needs tokens that can be told apart; says why these can't be.
    #[error("reuse_detection is not possible: {0}")]
    NoReuseDetection(&'static str),
    /// The server refused a setting of its own.
    #[error(transparent)]
    Server(#[from] SettingError),
}

/// A setting and its value, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingShown {
    /// The setting's name: the server's, if it has one.
    pub name: String,
    /// Our name for the same setting, if it differs.
    pub ours: Option<String>,
    /// The value, as [`Profile::set`] takes it.
    pub value: String,
}

/// Our setting names, in the order in which they are shown.
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
    /// Changes one setting by its name. The name is ours (`access_ttl`) or, for a profile of an emulated server, the server's (`ACCESS_TOKEN_LIFETIME`).
    ///
    /// # Errors
    /// See [`ChangeError`].
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), ChangeError> {
        let mut changed = self.clone();
        changed.change(name, value)?;
        if let Some(why) = changed
            .no_reuse_detection()
            .filter(|_| changed.keeping.reuse_detection)
        {
            return Err(ChangeError::NoReuseDetection(why));
        }
        *self = changed;
        Ok(())
    }

    fn change(&mut self, name: &str, value: &str) -> Result<(), ChangeError> {
        let wrong = |expected| ChangeError::Value {
            name: name.to_owned(),
            expected,
        };
        let span = || {
            value
                .parse::<Span>()
                .map_err(|_| wrong("a duration such as 90s, 15m or 7d"))
        };
        let switch = || match value {
            "true" | "on" | "yes" | "1" => Ok(true),
            "false" | "off" | "no" | "0" => Ok(false),
            _ => Err(wrong("true or false")),
        };
        if let Some(server) = &self.server
            && let Some(theirs) = server.name_of(name)
        {
            let changed = server.with(theirs, &their_value(name, value))?;
            self.set_server(changed);
            return Ok(());
        }
        match name {
            "access_ttl" => self.access_ttl = span()?,
            "refresh_ttl" if self.is_pair() => self.refresh_ttl = span()?,
            "session_max" if self.server.is_none() && value == "none" => self.session_max = None,
            "session_max" if self.server.is_none() => {
                let from = self
                    .session_max
                    .as_ref()
                    .map_or_else(|| "auth_time".to_owned(), |limit| limit.from.clone());
                self.session_max = Some(SessionMax {
                    from,
                    span: span()?,
                });
            }
            "leeway" => {
                let leeway = span()?;
                if leeway > MAX_LEEWAY {
                    return Err(wrong("a duration of at most a day"));
                }
                self.checks.leeway = leeway;
            }
            "iss" => self.checks.issuer = (!value.is_empty()).then(|| value.to_owned()),
            "aud" => {
                self.checks.audience = value
                    .split(',')
                    .map(str::trim)
                    .filter(|one| !one.is_empty())
                    .map(str::to_owned)
                    .collect();
            }
            "require_aud" => self.checks.require_audience = switch()?,
            "require_exp" => self.checks.require_exp = switch()?,
            "refuse_future_iat" => self.checks.refuse_future_iat = switch()?,
            "allow_weak_key" => self.checks.allow_weak_key = switch()?,
            "cap_at_session_end" if self.server.is_none() => self.renewal.capped = switch()?,
            "allow_list" => self.keeping.allow_list = switch()?,
            "recorded_at_issue" => self.keeping.recorded_at_issue = switch()?,
            "reuse_detection" => self.keeping.reuse_detection = switch()?,
            "reuse_grace" => self.keeping.reuse_grace = span()?,
            _ => {
                if let Some(server) = &self.server {
                    let changed = server.with(name, value)?;
                    self.set_server(changed);
                    return Ok(());
                }
                let known = self.entries().into_iter().map(|(name, _)| name).collect();
                return Err(ChangeError::Unknown {
                    name: name.to_owned(),
                    known,
                });
            }
        }
        Ok(())
    }

    /// The settings under our names, with values as [`Profile::set`] takes them.
    #[must_use]
    pub fn entries(&self) -> Vec<(String, String)> {
        let value = |name: &str| -> Option<String> {
            Some(match name {
                "access_ttl" => self.access_ttl.to_string(),
                "refresh_ttl" if self.is_pair() => self.refresh_ttl.to_string(),
                "session_max" => match &self.session_max {
                    Some(limit) => limit.span.to_string(),
                    None if self.server.is_none() => "none".to_owned(),
                    None => return None,
                },
                "leeway" => self.checks.leeway.to_string(),
                "iss" => self.checks.issuer.clone().unwrap_or_default(),
                "aud" => self.checks.audience.join(","),
                "require_aud" => self.checks.require_audience.to_string(),
                "require_exp" => self.checks.require_exp.to_string(),
                "refuse_future_iat" => self.checks.refuse_future_iat.to_string(),
                "allow_weak_key" => self.checks.allow_weak_key.to_string(),
                "cap_at_session_end" if self.server.is_none() => self.renewal.capped.to_string(),
                "allow_list" => self.keeping.allow_list.to_string(),
                "recorded_at_issue" => self.keeping.recorded_at_issue.to_string(),
                _ if self.no_reuse_detection().is_some() => return None,
                "reuse_detection" => self.keeping.reuse_detection.to_string(),
                "reuse_grace" => self.keeping.reuse_grace.to_string(),
                _ => return None,
            })
        };
        OURS.iter()
            .filter_map(|name| Some(((*name).to_owned(), value(name)?)))
            .collect()
    }

    /// Every name that a setting goes by, ours and the server's.
    #[must_use]
    pub fn setting_names(&self) -> Vec<String> {
        let names = |shown: SettingShown| shown.ours.into_iter().chain([shown.name]);
        self.settings().into_iter().flat_map(names).collect()
    }

    /// Every setting once, with its value as [`Profile::set`] takes it. An emulated server's settings come first under its own name, with our name beside it if
    /// there is one. Settings that only we have follow.
    #[must_use]
    pub fn settings(&self) -> Vec<SettingShown> {
        let mut ours = self.entries();
        let Some(server) = &self.server else {
            let shown = |(name, value)| SettingShown {
                name,
                ours: None,
                value,
            };
            return ours.into_iter().map(shown).collect();
        };
        let names = [
            "access_ttl",
            "session_max",
            "refresh_ttl",
            "leeway",
            "iss",
            "aud",
        ];
        let ours_of = |theirs: &str| {
            let same = |name: &&str| server.name_of(name) == Some(theirs);
            names.into_iter().find(same)
        };
        ours.retain(|(name, _)| server.name_of(name).is_none());
        let theirs = server.entries().into_iter();
        theirs
            .map(|(name, value)| SettingShown {
                name: name.to_owned(),
                ours: ours_of(name).map(str::to_owned),
                value,
            })
            .chain(ours.into_iter().map(|(name, value)| SettingShown {
                name,
                ours: None,
                value,
            }))
            .collect()
    }

    /// Makes this the profile of that server. What we require of its tokens follows from the server's settings.
    pub(super) fn set_server(&mut self, server: Arc<dyn Emulator>) {
        let terms = server.terms();
        self.access_ttl = terms.access_ttl;
        self.refresh_ttl = terms.refresh_ttl;
        self.session_max = terms.session_max.map(|(from, span)| SessionMax {
            from: from.to_owned(),
            span,
        });
        self.checks.leeway = terms.leeway;
        // The server has no setting for these. Apply them only the first time, so that what the user set under our names stays.
        if self.server.is_none() {
            self.checks.require_exp = terms.require_exp;
            self.checks.refuse_future_iat = terms.refuse_future_iat;
            self.checks.require_audience = terms.require_audience;
        }
        self.checks.issuer = terms.issuer;
        self.checks.audience = terms.audience;
        self.server = Some(server);
    }

    /// The claims that `issue` writes into tokens of that kind, in order, and whether every token has each. Empty if the profile allows any claims.
    #[must_use]
    pub fn written_claims(&self, kind: Kind) -> Vec<(String, bool)> {
        let Some(server) = &self.server else {
            let slots = self.shape(kind).into_iter().flat_map(|shape| &shape.claims);
            return slots
                .map(|slot| (slot.name.clone(), slot.required))
                .collect();
        };
        let names = server.written_claims(kind).into_iter();
        names.map(|name| (name, true)).collect()
    }

    /// Whether `issue` can write a claim of that name into its access token without `-c`.
    #[must_use]
    pub fn can_write(&self, name: &str) -> bool {
        let written = self.written_claims(Kind::Access);
        // If the profile allows any claims, a login can still write these two.
        let plain = written.is_empty() && ["iss", "aud"].contains(&name);
        plain || written.iter().any(|(written, _)| written == name)
    }

    /// The claims that the profile's tokens of that kind must have.
    #[must_use]
    pub fn required_claims(&self, kind: Kind) -> Vec<String> {
        match &self.server {
            Some(server) => server.required_claims(kind),
            None => self
                .shape(kind)
                .map(Shape::required_claims)
                .unwrap_or_default(),
        }
    }
}

/// Converts our form of a value to the one that the server's setting takes: our lists have commas, theirs have brackets.
fn their_value<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    let plain = |text: &str| !text.contains(['[', '(', '\'', '"']);
    match name {
        "aud" if value.contains(',') && plain(value) => Cow::Owned(format!("[{value}]")),
        _ => Cow::Borrowed(value),
    }
}
