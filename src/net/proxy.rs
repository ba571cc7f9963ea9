//! Which requests go through a proxy, by the variables that other programs go by too.
use std::net::IpAddr;

use zeroize::Zeroizing;

use super::address::Origin;

/// The proxies that the environment names, and what goes past them.
#[derive(Clone, Default)]
pub(crate) struct Proxies {
    https: Option<Proxy>,
    http: Option<Proxy>,
    exceptions: Vec<String>,
}

/// A proxy, and the variable that names it.
#[derive(Clone)]
pub(super) struct Proxy {
    pub(super) variable: &'static str,
    /// Its address, which may hold a password.
    pub(super) address: Zeroizing<String>,
}

impl Proxy {
    /// Its host and port, and the variable that names it, without what it is logged in to with.
    pub(super) fn place(&self) -> Option<String> {
        let behind = self.address.rsplit_once('@').map(|(_, behind)| behind);
        let host = behind.or_else(|| Some(self.address.split_once("://")?.1));
        let host = host.unwrap_or(&self.address).split('/').next()?;
        Some(format!("{host}, which {} names,", self.variable))
    }
}

impl std::fmt::Debug for Proxies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = [&self.https, &self.http].map(|one| one.as_ref().map(|proxy| proxy.variable));
        f.debug_tuple("Proxies").field(&named).finish()
    }
}

impl Proxies {
    /// The proxies that variables name. `http_proxy` counts in lower case alone: to a program behind a web server, `HTTP_PROXY` is the header field `Proxy` of
    /// whoever asks (httpoxy).
    #[must_use]
    pub(crate) fn of(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let named = |names: &[&'static str]| {
            names.iter().find_map(|&name| {
                let address = Zeroizing::new(set(name)?.trim().to_owned());
                let variable = name;
                Some(Proxy { variable, address })
            })
        };
        let exceptions = set("no_proxy").or_else(|| set("NO_PROXY"));
        let exceptions = exceptions.unwrap_or_default();
        let exceptions = exceptions.split([',', ' ']).filter(|one| !one.is_empty());
        Self {
            https: named(&["https_proxy", "HTTPS_PROXY"]),
            http: named(&["http_proxy"]),
            exceptions: exceptions.map(str::to_ascii_lowercase).collect(),
        }
    }
    /// The proxy for requests to an origin. This machine is always reached directly.
    pub(super) fn for_origin(&self, origin: &Origin) -> Option<&Proxy> {
        let proxy = if origin.is_encrypted() {
            &self.https
        } else {
            &self.http
        };
        let direct = origin.is_loopback() || self.exceptions.iter().any(|one| names(one, origin));
        proxy.as_ref().filter(|_| !direct)
    }
}

/// Whether a word of `NO_PROXY` names an origin: `*`, a host with those below it, an IP address, a network (`10.0.0.0/8`), each but the first with or without
/// a port.
fn names(word: &str, origin: &Origin) -> bool {
    if word == "*" {
        return true;
    }
    let (host, port) = match word.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port)),
        _ => (word, None),
    };
    if port.is_some_and(|port| port.parse() != Ok(origin.port())) {
        return false;
    }
    let host = host.trim_matches(['[', ']']);
    if let Ok(asked) = origin.host().parse::<IpAddr>() {
        return in_network(asked, host);
    }
    let host = host.trim_start_matches("*.").trim_start_matches('.');
    let below = origin.host().strip_suffix(host);
    !host.is_empty() && below.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn in_network(asked: IpAddr, network: &str) -> bool {
    let (base, length) = match network.split_once('/') {
        Some((base, length)) => (base, length.parse::<u32>().ok()),
        None => (network, Some(u32::MAX)),
    };
    let (Ok(base), Some(length)) = (base.parse::<IpAddr>(), length) else {
        return false;
    };
    let same = |width: u32, one: u128, other: u128| {
        let rest = width.saturating_sub(length);
        one.checked_shr(rest) == other.checked_shr(rest)
    };
    match (asked, base) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            same(32, u128::from(one.to_bits()), u128::from(other.to_bits()))
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => same(128, one.to_bits(), other.to_bits()),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
