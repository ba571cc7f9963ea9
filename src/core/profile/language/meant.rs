//! What was probably meant by a word that is misspelt.

/// 1 is the same, 0 nothing alike; below this the likeness is an accident.
const ALIKE: f64 = 0.55;
/// More names than these that begin alike help nobody.
const MOST: usize = 3;

/// `; did you mean X?`, or nothing: the words that go on where the typed one ends, else the one that differs in the fewest letters.
#[must_use]
pub(super) fn meant<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    if typed.is_empty() {
        return String::new();
    }
    let mut begins: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| word.starts_with(typed))
        .collect();
    begins.sort_unstable();
    begins.dedup();
    if begins.len() > MOST {
        return String::new();
    }
    let found = if begins.is_empty() {
        near(typed, words).map(str::to_owned).unwrap_or_default()
    } else {
        begins.join(" or ")
    };
    if found.is_empty() {
        return found;
    }
    format!("; did you mean {found}?")
}

fn near<'w>(typed: &str, words: Vec<&'w str>) -> Option<&'w str> {
    // Of equals, the last would win.
    let likely = words
        .into_iter()
        .rev()
        .map(|word| (strsim::normalized_damerau_levenshtein(typed, word), word));
    likely
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .map(|(_, word)| word)
}
