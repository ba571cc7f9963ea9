//! What was probably meant: of the names that there are, the one that is most like what was typed.
use crate::config::file::PROFILE_KEYS;
use crate::core::profile::ChangeError;
use crate::core::server::SettingError;

/// The name that is most like what was typed, if one is: it differs in few letters, or goes on where that ends.
pub fn near<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    /// 1 is the same, 0 nothing alike; below this the likeness is an accident.
    const ALIKE: f64 = 0.7;
    let bare = |name: &str| {
        let lower = name.to_lowercase().replace(['_', ' '], "-");
        lower
            .strip_prefix("jwt-")
            .map(str::to_owned)
            .unwrap_or(lower)
    };
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&bare(typed), &bare(name));
    let likely = names.into_iter().map(|name| (likeness(name), name));
    let best = likely.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|(likeness, _)| *likeness >= ALIKE)
        .map(|(_, name)| name)
}

/// Where a setting was written.
#[derive(Clone, Copy, Debug)]
pub enum Place<'p> {
    /// With `--set`, for this profile.
    CommandLine(&'p str),
    /// In the config file. While the mistake stands there, no command can show a profile.
    ConfigFile,
}

/// What to do about a setting that a profile does not take: the name that was meant, else where all names are; of a wrong value how a setting is written.
#[must_use]
pub fn setting_hint(
    error: &ChangeError,
    typed: &str,
    names: &[String],
    place: Place<'_>,
) -> Option<String> {
    match error {
        ChangeError::Unknown { .. } | ChangeError::Server(SettingError::Unknown { .. }) => {
            let (others, all): (&[&str], _) = match place {
                Place::CommandLine(profile) => (&[], format!("jwtsess profile show {profile}")),
                Place::ConfigFile => (&PROFILE_KEYS, names.join(", ")),
            };
            let names = names.iter().map(String::as_str);
            let near = near(typed, names.chain(others.iter().copied()));
            Some(near.map_or_else(
                || format!("those it has: {all}"),
                |near| format!("did you mean {near}?"),
            ))
        }
        ChangeError::Value { .. } | ChangeError::Server(SettingError::Value { .. }) => {
            let (ours, theirs) = match place {
                Place::CommandLine(_) => ("--set leeway=30s", "--set ACCESS_TOKEN_LIFETIME=10m"),
                Place::ConfigFile => ("leeway = \"30s\"", "ACCESS_TOKEN_LIFETIME = \"10m\""),
            };
            Some(format!("as in {ours}, or of a Django profile {theirs}"))
        }
        ChangeError::NoReuseDetection(_) | ChangeError::Server(_) => None,
    }
}

/// What to do about a profile that there is not: the one that was meant, and those that there are.
#[must_use]
pub fn profile_hint(typed: &str, names: &[String]) -> String {
    let there_are = format!("there are: {}", names.join(", "));
    match near(typed, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}? {there_are}"),
        None => there_are,
    }
}
