//! Django's names for the settings: which exist, how to read a value, and how to write it back.
use super::text::{boolean, duration, list, of_duration, of_list, parts, string};
use super::{Audience, DjangoSettings, Stack, TokenClass, TokenId};
use crate::core::algorithm::Algorithm;
use crate::core::emulator::SettingError;

pub(in crate::django) const INSTALLED_APPS: &str = "INSTALLED_APPS";

/// The names, in the order of simplejwt's own settings.py.
const SIMPLE_JWT: [&str; 24] = [
    "ACCESS_TOKEN_LIFETIME",
    "REFRESH_TOKEN_LIFETIME",
    "ROTATE_REFRESH_TOKENS",
    "BLACKLIST_AFTER_ROTATION",
    "ALGORITHM",
    "AUDIENCE",
    "ISSUER",
    "JWK_URL",
    "LEEWAY",
    "AUTH_HEADER_TYPES",
    "USER_ID_CLAIM",
    "AUTH_TOKEN_CLASSES",
    "TOKEN_TYPE_CLAIM",
    "JTI_CLAIM",
    "SLIDING_TOKEN_REFRESH_EXP_CLAIM",
    "SLIDING_TOKEN_LIFETIME",
    "SLIDING_TOKEN_REFRESH_LIFETIME",
    "CHECK_REVOKE_TOKEN",
    "REVOKE_TOKEN_CLAIM",
    "CHECK_USER_IS_ACTIVE",
    INSTALLED_APPS,
    // `entries` does not show these, because no answer depends on them.
    "UPDATE_LAST_LOGIN",
    "AUTH_HEADER_NAME",
    "USER_ID_FIELD",
];
const SIMPLE_JWT_SHOWN: usize = 21;

/// The names, in the order of drf-jwt's own settings.py; `true` if the legacy package has the setting too.
const JWT_AUTH: [(&str, bool); 14] = [
    ("JWT_ALGORITHM", true),
    ("JWT_INSIST_ON_KID", false),
    ("JWT_TOKEN_ID", false),
    ("JWT_AUDIENCE", true),
    ("JWT_ISSUER", true),
    ("JWT_PAYLOAD_INCLUDE_USER_ID", false),
    ("JWT_VERIFY", true),
    ("JWT_VERIFY_EXPIRATION", true),
    ("JWT_LEEWAY", true),
    ("JWT_EXPIRATION_DELTA", true),
    ("JWT_ALLOW_REFRESH", true),
    ("JWT_REFRESH_EXPIRATION_DELTA", true),
    ("JWT_AUTH_HEADER_PREFIX", true),
    (INSTALLED_APPS, false),
];

const KEYS: [&str; 5] = [
    "SIGNING_KEY",
    "VERIFYING_KEY",
    "JWT_SECRET_KEY",
    "JWT_PRIVATE_KEY",
    "JWT_PUBLIC_KEY",
];

const NOT_FOLLOWED: [&str; 24] = [
    "JSON_ENCODER",
    "USER_AUTHENTICATION_RULE",
    "TOKEN_USER_CLASS",
    "TOKEN_OBTAIN_SERIALIZER",
    "TOKEN_REFRESH_SERIALIZER",
    "TOKEN_VERIFY_SERIALIZER",
    "TOKEN_BLACKLIST_SERIALIZER",
    "SLIDING_TOKEN_OBTAIN_SERIALIZER",
    "SLIDING_TOKEN_REFRESH_SERIALIZER",
    "JWT_GET_USER_SECRET_KEY",
    "JWT_ENCODE_HANDLER",
    "JWT_DECODE_HANDLER",
    "JWT_PAYLOAD_HANDLER",
    "JWT_PAYLOAD_GET_USER_ID_HANDLER",
    "JWT_PAYLOAD_GET_USERNAME_HANDLER",
    "JWT_RESPONSE_PAYLOAD_HANDLER",
    "JWT_AUTH_COOKIE",
    "JWT_AUTH_COOKIE_DOMAIN",
    "JWT_AUTH_COOKIE_PATH",
    "JWT_AUTH_COOKIE_SECURE",
    "JWT_AUTH_COOKIE_SAMESITE",
    "JWT_IMPERSONATION_COOKIE",
    "JWT_DELETE_STALE_BLACKLISTED_TOKENS",
    "JWT_AUTH_HEADER_NAME",
];

const REMOVED: [&str; 4] = [
    "AUTH_HEADER_TYPE",
    "AUTH_TOKEN_CLASS",
    "SECRET_KEY",
    "TOKEN_BACKEND_CLASS",
];

impl Stack {
    pub(in crate::django) fn names(self) -> Vec<&'static str> {
        match self {
            Self::SimpleJwt => SIMPLE_JWT.to_vec(),
            Self::DrfJwt => JWT_AUTH.iter().map(|(name, _)| *name).collect(),
            Self::DrfJwtLegacy => {
                let legacy = JWT_AUTH.iter().filter(|(_, legacy)| *legacy);
                legacy.map(|(name, _)| *name).collect()
            }
        }
    }
    const fn blacklist_app(self) -> &'static str {
        match self {
            Self::SimpleJwt => "rest_framework_simplejwt.token_blacklist",
            Self::DrfJwt | Self::DrfJwtLegacy => "rest_framework_jwt.blacklist",
        }
    }
    /// Whether the stack's `PyJWT` supports an algorithm that we serve: no version has `Ed25519`, and 1.7.1 has no `EdDSA`.
    fn serves(self, algorithm: Algorithm) -> bool {
        match algorithm {
            Algorithm::Ed25519 => false,
            Algorithm::EdDsa => self != Self::DrfJwtLegacy,
            _ => true,
        }
    }
}

impl DjangoSettings {
    /// Sets one setting by Django's name. The value is text in our notation (`5m`, `on`) or as a settings.py has it (`timedelta(minutes=5)`, `True`,
    /// `('Bearer', 'JWT')`, `None`).
    ///
    /// # Errors
    /// See [`SettingError`].
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), SettingError> {
        let is_name = |known: &&'static str| *known == name;
        if self.stack == Stack::SimpleJwt
            && let Some(name) = REMOVED.iter().copied().find(is_name)
        {
            let package = "simplejwt";
            return Err(SettingError::Removed { name, package });
        }
        if let Some(key) = KEYS.iter().copied().find(is_name) {
            return Err(SettingError::Key(key));
        }
        let names = self.stack.names();
        let Some(known) = names.iter().copied().find(is_name) else {
            if let Some(name) = NOT_FOLLOWED.iter().copied().find(is_name) {
                return Err(SettingError::NotFollowed(name));
            }
            return Err(SettingError::Unknown {
                name: name.to_owned(),
            });
        };
        self.take(known, value)
            .map_err(|expected| SettingError::Value {
                name: known,
                expected,
            })
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "ALGORITHM" | "JWT_ALGORITHM" => self.algorithms = self.algorithms_from(value)?,
            "LEEWAY" | "JWT_LEEWAY" => {
                self.leeway = duration(value).ok_or("seconds or a duration, not negative")?;
            }
            "AUDIENCE" | "JWT_AUDIENCE" => {
                self.audience = match list(value) {
                    Some(values) => Some(Audience { values, list: true }),
                    None => string(value).map(|one| Audience {
                        values: vec![one],
                        list: false,
                    }),
                };
            }
            "ISSUER" | "JWT_ISSUER" => self.issuer = string(value),
            "JWK_URL" => self.jwk_url = string(value),
            "AUTH_HEADER_TYPES" => {
                let types = list(value).unwrap_or_else(|| parts(value));
                let valid = !types.is_empty() && types.iter().all(|word| is_word(word));
                self.header_types = valid.then_some(types).ok_or("one or more words")?;
            }
            "JWT_AUTH_HEADER_PREFIX" => {
                let word = string(value).filter(|word| is_word(word));
                self.header_types = vec![word.ok_or("a word")?];
            }
            "AUTH_TOKEN_CLASSES" => self.auth_token_classes = classes(value)?,
            "JWT_TOKEN_ID" => {
                self.token_id = match string(value).as_deref() {
                    Some("off") => TokenId::Off,
                    Some("include") => TokenId::Include,
                    Some("require") => TokenId::Require,
                    _ => return Err("off, include or require"),
                };
            }
            INSTALLED_APPS => {
                let apps = list(value).unwrap_or_else(|| parts(value));
                self.blacklist_app = apps.iter().any(|app| app == self.stack.blacklist_app());
            }
            "UPDATE_LAST_LOGIN" => drop(boolean(value).ok_or("True or False")?),
            "AUTH_HEADER_NAME" if string(value).as_deref() == Some("HTTP_AUTHORIZATION") => {}
            "AUTH_HEADER_NAME" => {
                return Err("HTTP_AUTHORIZATION: jwtsess follows no other header");
            }
            "USER_ID_FIELD" if string(value).as_deref() == Some("id") => {}
            "USER_ID_FIELD" => return Err("id: jwtsess follows no other field"),
            _ => {
                if let Some(lifetime) = self.lifetime(name) {
                    *lifetime =
                        duration(value).ok_or("a duration such as 5m or timedelta(minutes=5)")?;
                } else if let Some(claim) = self.claim(name) {
                    *claim = string(value).ok_or("the name of a claim")?;
                } else if let Some(switch) = self.switch(name) {
                    *switch = boolean(value).ok_or("True or False")?;
                }
            }
        }
        Ok(())
    }

    fn lifetime(&mut self, name: &str) -> Option<&mut std::time::Duration> {
        Some(match name {
            "ACCESS_TOKEN_LIFETIME" | "JWT_EXPIRATION_DELTA" => &mut self.access_lifetime,
            "REFRESH_TOKEN_LIFETIME" | "JWT_REFRESH_EXPIRATION_DELTA" => &mut self.refresh_lifetime,
            "SLIDING_TOKEN_LIFETIME" => &mut self.sliding_lifetime,
            "SLIDING_TOKEN_REFRESH_LIFETIME" => &mut self.sliding_refresh_lifetime,
            _ => return None,
        })
    }

    fn claim(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "USER_ID_CLAIM" => &mut self.user_id_claim,
            "TOKEN_TYPE_CLAIM" => &mut self.token_type_claim,
            "JTI_CLAIM" => &mut self.jti_claim,
            "SLIDING_TOKEN_REFRESH_EXP_CLAIM" => &mut self.sliding_refresh_exp_claim,
            "REVOKE_TOKEN_CLAIM" => &mut self.revoke_token_claim,
            _ => return None,
        })
    }

    fn switch(&mut self, name: &str) -> Option<&mut bool> {
        Some(match name {
            "ROTATE_REFRESH_TOKENS" => &mut self.rotate,
            "BLACKLIST_AFTER_ROTATION" => &mut self.blacklist_after_rotation,
            "CHECK_REVOKE_TOKEN" => &mut self.check_revoke_token,
            "CHECK_USER_IS_ACTIVE" => &mut self.check_user_is_active,
            "JWT_INSIST_ON_KID" => &mut self.insist_on_kid,
            "JWT_PAYLOAD_INCLUDE_USER_ID" => &mut self.payload_include_user_id,
            "JWT_VERIFY" => &mut self.verify,
            "JWT_VERIFY_EXPIRATION" => &mut self.verify_expiration,
            "JWT_ALLOW_REFRESH" => &mut self.allow_refresh,
            _ => return None,
        })
    }

    fn algorithms_from(&self, value: &str) -> Result<Vec<Algorithm>, &'static str> {
        const EXPECTED: &str = "an algorithm that both the server's PyJWT and jwtsess support: HS256, HS384, HS512, RS…, PS…, ES256, ES384, ES512, EdDSA";
        let names = match (list(value), self.stack) {
            (Some(names), Stack::DrfJwt) if !names.is_empty() => names,
            (Some(_), _) => return Err("one algorithm"),
            (None, _) => string(value).into_iter().collect(),
        };
        let of_name = |name: &String| {
            let found = Algorithm::ALL.into_iter().find(|one| one.name() == name);
            found.filter(|one| self.stack.serves(*one)).ok_or(EXPECTED)
        };
        let algorithms: Vec<_> = names.iter().map(of_name).collect::<Result<_, _>>()?;
        (!algorithms.is_empty())
            .then_some(algorithms)
            .ok_or(EXPECTED)
    }

    /// Every setting that an answer depends on, by Django's name, with its value as [`DjangoSettings::set`] reads it back.
    #[must_use]
    pub(crate) fn entries(&self) -> Vec<(&'static str, String)> {
        let mut names = self.stack.names();
        if self.stack == Stack::SimpleJwt {
            names.truncate(SIMPLE_JWT_SHOWN);
        }
        let entry = |name| (name, self.clone().text(name));
        names.into_iter().map(entry).collect()
    }

    /// The value's text. It consumes `self`, because the lookups that `set` shares return `&mut`.
    fn text(mut self, name: &str) -> String {
        let optional = |text: Option<String>| text.unwrap_or_else(|| "None".to_owned());
        match name {
            "ALGORITHM" | "JWT_ALGORITHM" => match self.algorithms.as_slice() {
                [one] => one.name().to_owned(),
                several => of_list(several.iter().map(|one| one.name())),
            },
            "LEEWAY" | "JWT_LEEWAY" => of_duration(self.leeway),
            "AUDIENCE" | "JWT_AUDIENCE" => match self.audience {
                Some(Audience { values, list: true }) => of_list(values.iter().map(String::as_str)),
                Some(Audience { values, .. }) => values.concat(),
                None => optional(None),
            },
            "ISSUER" | "JWT_ISSUER" => optional(self.issuer),
            "JWK_URL" => optional(self.jwk_url),
            "AUTH_HEADER_TYPES" => of_list(self.header_types.iter().map(String::as_str)),
            "JWT_AUTH_HEADER_PREFIX" => self.header_types.concat(),
            "AUTH_TOKEN_CLASSES" => of_list(self.auth_token_classes.iter().map(|one| one.name())),
            "JWT_TOKEN_ID" => match self.token_id {
                TokenId::Off => "off",
                TokenId::Include => "include",
                TokenId::Require => "require",
            }
            .to_owned(),
            INSTALLED_APPS => {
                let app = self.blacklist_app.then(|| self.stack.blacklist_app());
                of_list(app)
            }
            _ => {
                if let Some(lifetime) = self.lifetime(name) {
                    of_duration(*lifetime)
                } else if let Some(claim) = self.claim(name) {
                    std::mem::take(claim)
                } else {
                    let on = self.switch(name).is_some_and(|switch| *switch);
                    if on { "True" } else { "False" }.to_owned()
                }
            }
        }
    }
}

/// Reads class names: `AccessToken`, or a path that ends in it.
fn classes(value: &str) -> Result<Vec<TokenClass>, &'static str> {
    let names = list(value).unwrap_or_else(|| parts(value));
    let of_name = |name: &String| {
        let name = name
            .strip_prefix("rest_framework_simplejwt.tokens.")
            .unwrap_or(name);
        let found = TokenClass::ALL
            .into_iter()
            .find(|class| class.name() == name);
        found.ok_or("AccessToken, SlidingToken, RefreshToken or UntypedToken, or several of them")
    };
    names.iter().map(of_name).collect()
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests;
