//! The name of a credential, which is the name of its file.
use std::fmt;
use std::str::FromStr;

use crate::net::address::Origin;

/// The name of a credential: `[a-z0-9._-]{1,64}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CredentialName(String);

/// What a name has to be.
const FORM: &str = "a name has 1 to 64 of a-z, 0-9, `.`, `_` and `-`";

impl FromStr for CredentialName {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
        if text.is_empty() {
            return Err("it is empty: is the variable set?");
        }
        let fits = text.len() <= 64 && text.bytes().all(plain);
        fits.then(|| Self(text.to_owned())).ok_or(FORM)
    }
}

impl CredentialName {
    /// The name that a server's credential gets: its host, and its port if that is not the scheme's. `None` if the host is too long for a name.
    #[must_use]
    pub(crate) fn of_origin(origin: &Origin) -> Option<Self> {
        let host = origin.host();
        // An IPv6 address has colons, which a file's name can't have everywhere.
        let host = if host.contains(':') {
            format!("ipv6-{}", host.replace(':', "-"))
        } else {
            host.to_owned()
        };
        let usual = if origin.is_encrypted() { 443 } else { 80 };
        if origin.port() == usual {
            return host.parse().ok();
        }
        format!("{host}-{}", origin.port()).parse().ok()
    }
}

impl fmt::Display for CredentialName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_name_is_a_file_s_name_everywhere() {
        let long = "a".repeat(64);
        for good in ["a", "staging.example-8443", "_", "a.json", long.as_str()] {
            assert!(good.parse::<CredentialName>().is_ok(), "{good}");
        }
        let longer = "a".repeat(65);
        for bad in [
            "",
            "A",
            "a/b",
            "a b",
            "é",
            "a:b",
            "a\0",
            "..\\a",
            longer.as_str(),
        ] {
            assert!(bad.parse::<CredentialName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_origin_has_a_name() {
        for (origin, expected) in [
            ("https://Staging.example", Some("staging.example")),
            ("https://staging.example:443/", Some("staging.example")),
            ("https://staging.example:8443", Some("staging.example-8443")),
            ("http://localhost", Some("localhost")),
            ("http://localhost:443", Some("localhost-443")),
            ("http://127.0.0.1:8000", Some("127.0.0.1-8000")),
            ("http://[::1]:8000", Some("ipv6---1-8000")),
        ] {
            let name = CredentialName::of_origin(&origin.parse().unwrap());
            let name = name.map(|name| name.to_string());
            assert_eq!(name.as_deref(), expected, "{origin}");
        }
        let long = format!("https://{}.example", ["a"; 40].join("."));
        assert_eq!(CredentialName::of_origin(&long.parse().unwrap()), None);
    }
}
