//! The names that older config files have for some keys.
use super::value::Plain;

/// Each older name, and today's key.
pub(crate) const OLD: [(&str, &str); 13] = [
    ("access_ttl", "access.ttl"),
    ("refresh_ttl", "refresh.ttl"),
    ("session_max", "session.max"),
    ("leeway", "checks.leeway"),
    ("require_aud", "checks.require_aud"),
    ("refuse_future_iat", "checks.refuse_future_iat"),
    ("allow_weak_key", "checks.allow_weak_key"),
    ("cap_at_session_end", "session.cap"),
    ("allow_list", "session.unknown"),
    ("recorded_at_issue", "session.recorded"),
    ("reuse_detection", "rotate.reuse"),
    ("reuse_grace", "rotate.grace"),
    (REQUIRE_EXP, "claims"),
];

/// The older name that changes an entry of every list of claims: `false` is `exp?`, `true` is `exp`.
pub(crate) const REQUIRE_EXP: &str = "require_exp";

/// Today's key for an older name.
#[must_use]
pub(crate) fn today(name: &str) -> Option<&'static str> {
    let known = OLD.iter().find(|(old, _)| *old == name);
    known.map(|(_, key)| *key)
}

/// The older name of a key.
#[must_use]
pub(crate) fn before(key: &str) -> Option<&'static str> {
    let known = OLD.iter().find(|(_, today)| *today == key);
    known.map(|(old, _)| *old)
}

/// Whether the older name takes `true` or `false` where today's key takes words.
#[must_use]
pub(crate) fn is_switch(name: &str) -> bool {
    words(name).is_some() || name == REQUIRE_EXP
}

/// The words of today's key for `true` and for `false`.
fn words(name: &str) -> Option<[&'static str; 2]> {
    Some(match name {
        "allow_list" => ["refuse", "live"],
        "recorded_at_issue" => ["login", "change"],
        "reuse_detection" => ["end-session", "refuse"],
        _ => return None,
    })
}

/// Today's value for an older name's.
#[must_use]
pub(crate) fn value(name: &str, value: Plain) -> Plain {
    match (words(name), value) {
        (Some([yes, no]), Plain::Switch(switch)) => {
            Plain::Text(if switch { yes } else { no }.into())
        }
        (_, value) => value,
    }
}
