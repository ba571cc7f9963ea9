//! What was probably meant: of the names that there are, the one that is most like what was typed.
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

/// Whether the profile has no setting of that name.
#[must_use]
pub const fn is_unknown(error: &ChangeError) -> bool {
    matches!(
        error,
        ChangeError::Unknown { .. } | ChangeError::Server(SettingError::Unknown { .. })
    )
}

/// The setting that was meant, as a question, where none has the name that was typed.
#[must_use]
pub fn setting_hint(error: &ChangeError, typed: &str, names: &[String]) -> Option<String> {
    let near = near(typed, names.iter().map(String::as_str)).filter(|_| is_unknown(error))?;
    Some(format!("did you mean {near}?"))
}
