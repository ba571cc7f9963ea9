//! What a token says that is no reason to refuse it, and that attacks or mistakes are made of.
use serde_json::Value;

use crate::core::claims::{Members, Typed};
use crate::core::time::{Timestamp, finer_unit};
use crate::core::token::Unverified;
use crate::core::verdict::{Check, CheckResult, Finding, Note};

/// A life that is longer than this is pointed out, in seconds: 400 days.
pub(crate) const LONG: i64 = 400 * 86_400;

/// The names of claims that hold a secret, in small letters and digits alone.
const SECRETS: [&str; 14] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passwordhash",
    "pass",
    "secret",
    "clientsecret",
    "secretkey",
    "privatekey",
    "apikey",
    "creditcard",
    "cardnumber",
    "ssn",
];

fn noted(check: Check, note: Note, claim: &str) -> Finding {
    Finding::new(check, CheckResult::Noted(note)).of(claim)
}

/// Remarks about the header.
pub(super) fn of_header(token: &Unverified) -> Vec<Finding> {
    let Some(header) = &token.header.members else {
        return Vec::new();
    };
    let mut found = Vec::new();
    // CVE-2018-0114: a key that a token brings along proves nothing.
    for name in ["jwk", "x5c"] {
        if header.raw(name).is_some() {
            found.push(noted(Check::Key, Note::KeyInHeader, name));
        }
    }
    for name in ["jku", "x5u"] {
        if header.raw(name).is_some() {
            found.push(noted(Check::Key, Note::KeyAddress, name));
        }
    }
    if let Typed::Is(kid) = token.kid()
        && is_hostile(&kid)
    {
        found.push(noted(Check::Key, Note::HostileKid, "kid").has(kid));
    }
    found
}

/// Whether a text leaves its folder as a path, or its quotes in a query or a command. An address is a usual kid.
fn is_hostile(kid: &str) -> bool {
    let mut steps = kid.split(['/', '\\']);
    kid.starts_with(['/', '\\', '|', '~'])
        || steps.any(|step| step == "..")
        || kid.contains(['\'', '"', ';', '`', '\0'])
        || kid.contains("$(")
        || kid.to_ascii_lowercase().starts_with("file:")
}

/// Remarks about the claims.
pub(super) fn of_claims(claims: &Members, now: Timestamp) -> Vec<Finding> {
    let mut found = Vec::new();
    let date = |name: &str| Timestamp::from_json(claims.raw(name)?).ok();
    if let Some(exp) = date("exp") {
        let start = date("iat").or_else(|| date("nbf")).unwrap_or(now);
        let life = start.whole_seconds_until(exp);
        // An exp in milliseconds, or finer, has a remark of its own.
        if life > LONG && finer_unit(exp, now).is_none() {
            found.push(noted(Check::Expiry, Note::LongLife, "exp").has(life));
        }
    }
    for (name, raw) in claims.iter() {
        if is_secret(name) && raw.starts_with('"') {
            found.push(noted(Check::Structure, Note::SecretClaim, name));
        } else if raw.starts_with('{')
            && let Ok(Value::Object(inner)) = serde_json::from_str(raw)
        {
            let named = |(inner, value): (&String, &Value)| {
                let path = format!("{name}.{inner}");
                (is_secret(inner) && value.is_string())
                    .then(|| noted(Check::Structure, Note::SecretClaim, &path))
            };
            found.extend(inner.iter().filter_map(named));
        }
    }
    found
}

fn is_secret(name: &str) -> bool {
    const LONGEST: usize = 24;
    if name.len() > LONGEST {
        return false;
    }
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    let letters: String = letters
        .map(|letter| char::from(letter.to_ascii_lowercase()))
        .collect();
    SECRETS.contains(&letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kid_is_hostile_if_it_leaves_its_place() {
        for kid in [
            "../../dev/null",
            "/etc/passwd",
            "keys\\..\\x",
            "a/../b",
            "x' UNION SELECT 'k",
            "|cat /etc/passwd",
            "k;id",
            "$(id)",
            "file:///dev/null",
        ] {
            assert!(is_hostile(kid), "{kid}");
        }
        for kid in [
            "2026-01",
            "https://vault.example/keys/one/1",
            "did:key:z6Mk#0",
            "projects/p/keys/1",
            "NjVBRjY5MDlCMUIwNzU4RTA2QzZFMDQ4QzQ2MDAyQjVDNjk1RTM2Qg==",
            "a..b",
        ] {
            assert!(!is_hostile(kid), "{kid}");
        }
    }

    #[test]
    fn a_name_is_a_secret_s_in_each_spelling() {
        for name in [
            "password",
            "PASSWORD",
            "clientSecret",
            "client_secret",
            "api-key",
            "pwd",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["hash_password", "pwd_exp", "secrets", "passport", "sub"] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
