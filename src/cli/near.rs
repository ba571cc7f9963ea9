//! Suggestions: which of the existing names is most like the one that was typed.
use crate::config::file::PROFILE_KEYS;
use crate::core::emulator::SettingError;
use crate::core::profile::ChangeError;

/// The existing name that is most like the typed one, if any is: it differs in a few letters, or continues the typed one.
pub fn near<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    /// The least similarity that counts, where 1 means equal and 0 means nothing in common. Below this a similarity is accidental.
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
    /// In the config file. While the file has the mistake, no command can show a profile.
    ConfigFile,
}

/// The hint for a setting that a profile does not take: the name that was probably meant, else how to find all names; for a wrong value, how to write a setting.
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
                Place::CommandLine(profile) => (
                    &[],
                    format!("to list its settings: jwtsess profile show {profile}"),
                ),
                Place::ConfigFile => (
                    &PROFILE_KEYS,
                    format!("its settings are: {}", names.join(", ")),
                ),
            };
            let names = names.iter().map(String::as_str);
            let near = near(typed, names.chain(others.iter().copied()));
            Some(near.map_or_else(|| all, |near| format!("did you mean {near}?")))
        }
        ChangeError::Value { .. } | ChangeError::Server(SettingError::Value { .. }) => {
            let (ours, theirs) = match place {
                Place::CommandLine(_) => ("--set leeway=30s", "--set ACCESS_TOKEN_LIFETIME=10m"),
                Place::ConfigFile => ("leeway = \"30s\"", "ACCESS_TOKEN_LIFETIME = \"10m\""),
            };
            Some(format!(
                "write it as in {ours}, or in a Django profile as in {theirs}"
            ))
        }
        ChangeError::NoReuseDetection(_) | ChangeError::Server(_) => None,
    }
}

/// The hint for a profile that does not exist: the one that was probably meant, and all that exist.
#[must_use]
pub fn profile_hint(typed: &str, names: &[String]) -> String {
    let there_are = format!("the profiles are: {}", names.join(", "));
    match near(typed, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}? {there_are}"),
        None => there_are,
    }
}
