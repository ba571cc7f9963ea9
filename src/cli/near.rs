//! Suggestions: which of the existing names is most like the one that was typed.

/// The existing name that is most like the typed one, if any is: it differs in a few letters, or continues the typed one.
pub(super) fn near<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
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

/// The hint for a profile that does not exist: the one that was probably meant, and all that exist.
#[must_use]
pub(super) fn profile_hint(typed: &str, names: &[String]) -> String {
    let there_are = format!(
        "the profiles are: {}",
        crate::core::echo::listed(names, ", ")
    );
    match near(typed, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}? {there_are}"),
        None => there_are,
    }
}
