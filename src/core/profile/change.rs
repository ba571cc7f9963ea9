//! Changes a profile by a setting's name, ours or Django's: the config file's entries and `--set` come here.
use std::borrow::Cow;

use super::model::{MAX_LEEWAY, Profile, SessionMax, Shape};
use crate::core::server::{self, Audience, SettingError, Settings, Stack};
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
    /// Django's own setting was refused.
    #[error(transparent)]
    Server(#[from] SettingError),
}

/// A setting and its value, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingShown {
    /// The setting's name: Django's, if the server has one for it.
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
    /// Changes one setting by its name. The name is ours (`access_ttl`) or, for a Django profile, the server's (`ACCESS_TOKEN_LIFETIME`).
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
            && let Some(theirs) = their_name(server, self.is_pair(), name)
        {
            let mut changed = server.clone();
            changed.set(theirs, &their_value(name, value))?;
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
                if let Some(server) = &mut self.server {
                    let mut changed = server.clone();
                    changed.set(name, value)?;
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

    /// Every name that a setting goes by, ours and Django's.
    #[must_use]
    pub fn setting_names(&self) -> Vec<String> {
        let names = |shown: SettingShown| shown.ours.into_iter().chain([shown.name]);
        self.settings().into_iter().flat_map(names).collect()
    }

    /// Every setting once, with its value as [`Profile::set`] takes it. A Django server's settings come first under Django's name, with our name beside it if
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
            let same = |name: &&str| their_name(server, self.is_pair(), name) == Some(theirs);
            names.into_iter().find(same)
        };
        ours.retain(|(name, _)| their_name(server, self.is_pair(), name).is_none());
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
    pub(super) fn set_server(&mut self, server: Settings) {
        let whole = |duration: std::time::Duration| Span::from_seconds(duration.as_secs());
        let sliding = server.stack == Stack::SimpleJwt && !self.is_pair();
        self.access_ttl = whole(if sliding {
            server.sliding_lifetime
        } else {
            server.access_lifetime
        });
        self.refresh_ttl = whole(server.refresh_lifetime);
        self.session_max =
            (server.stack != Stack::SimpleJwt && server.allow_refresh).then(|| SessionMax {
                from: "orig_iat".to_owned(),
                span: whole(server.refresh_lifetime),
            });
        self.checks.leeway = whole(server.leeway);
        // These defaults depend on the stack, and Django has no setting for them. Apply them only the first time, so that what the user set under our names
        // stays.
        if self.server.is_none() {
            // drf-jwt accepts a token without `exp`; the legacy package requires nothing of `iat` either.
            self.checks.require_exp = server.stack == Stack::SimpleJwt;
            self.checks.refuse_future_iat = server.stack != Stack::DrfJwtLegacy;
            // simplejwt checks `aud` only if it has an audience; PyJWT alone refuses an `aud` that nobody requested.
            self.checks.require_audience = server.stack != Stack::SimpleJwt;
        }
        self.checks.issuer.clone_from(&server.issuer);
        self.checks.audience = server
            .audience
            .as_ref()
            .map(|audience: &Audience| audience.values.clone())
            .unwrap_or_default();
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
        let somebody = server::User {
            name: String::new(),
            id: server::UserId::Number(1),
            email: String::new(),
            active: true,
            password_hash: Some(String::new()),
        };
        let keys = crate::core::key::KeySet::default();
        let now = crate::core::time::Timestamp::from_seconds(0);
        let plan = server::login_claims(
            server,
            self.server_kind(kind),
            &somebody,
            Vec::new(),
            &keys,
            now,
        );
        let claims = plan.map(|plan| plan.claims).unwrap_or_default();
        let names = claims.iter().filter_map(server::Claim::name);
        names.map(|name| (name.to_owned(), true)).collect()
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
        let Some(server) = &self.server else {
            return self
                .shape(kind)
                .map(Shape::required_claims)
                .unwrap_or_default();
        };
        match self.server_kind(kind) {
            server::TokenKind::Single => vec!["username".to_owned()],
            server::TokenKind::Sliding => {
                vec![
                    server.token_type_claim.clone(),
                    "exp".to_owned(),
                    server.jti_claim.clone(),
                    server.sliding_refresh_exp_claim.clone(),
                ]
            }
            server::TokenKind::Access => {
                vec![
                    server.token_type_claim.clone(),
                    "exp".to_owned(),
                    server.jti_claim.clone(),
                    server.user_id_claim.clone(),
                ]
            }
            // A refresh token needs no user claim: the server refreshes it without one.
            server::TokenKind::Refresh => {
                vec![
                    server.token_type_claim.clone(),
                    "exp".to_owned(),
                    server.jti_claim.clone(),
                ]
            }
        }
    }
}

/// Converts our form of a value to the one that Django's setting takes: our lists have commas, Django's have brackets.
fn their_value<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    let plain = |text: &str| !text.contains(['[', '(', '\'', '"']);
    match name {
        "aud" if value.contains(',') && plain(value) => Cow::Owned(format!("[{value}]")),
        _ => Cow::Borrowed(value),
    }
}

/// Django's name for one of our settings.
fn their_name(server: &Settings, pair: bool, name: &str) -> Option<&'static str> {
    let simplejwt = server.stack == Stack::SimpleJwt;
    Some(match name {
        "access_ttl" if simplejwt && pair => "ACCESS_TOKEN_LIFETIME",
        "access_ttl" if simplejwt => "SLIDING_TOKEN_LIFETIME",
        "access_ttl" => "JWT_EXPIRATION_DELTA",
        "refresh_ttl" if simplejwt && pair => "REFRESH_TOKEN_LIFETIME",
        "refresh_ttl" if simplejwt => "SLIDING_TOKEN_REFRESH_LIFETIME",
        "refresh_ttl" | "session_max" if !simplejwt => "JWT_REFRESH_EXPIRATION_DELTA",
        "leeway" if simplejwt => "LEEWAY",
        "leeway" => "JWT_LEEWAY",
        "iss" if simplejwt => "ISSUER",
        "iss" => "JWT_ISSUER",
        "aud" if simplejwt => "AUDIENCE",
        "aud" => "JWT_AUDIENCE",
        _ => return None,
    })
}
