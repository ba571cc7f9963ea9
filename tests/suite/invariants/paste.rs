//! A token comes out of a paste as it went in.
//!
//! The first byte says which token is put between the two halves of the text, if any, and the second where they meet.
use std::collections::HashSet;

use jwtsess::internals::cli::paste::read;

/// Tokens of HS256, RS256 and ES384, each with a signature of its length.
fn tokens() -> [String; 3] {
    let token = |header: &str, length: usize| {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
        let signature: String = letters
            .chars()
            .cycle()
            .skip(length % 64)
            .take(length)
            .collect();
        format!(
            "{header}.eyJzdWIiOiJhbGljZSIsImV4cCI6MTcwMDAwMDAwMCwianRpIjoiOWY4NmQwODEifQ.{signature}"
        )
    };
    [
        token("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", 43),
        token("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9", 342),
        token("eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCJ9", 128),
    ]
}

pub(crate) fn hold(data: &[u8]) {
    let [which, share, text @ ..] = data else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    match tokens().get(usize::from(which % 4)) {
        None => any_text(text),
        Some(token) => {
            let mut at = text.len() * usize::from(*share) / 255;
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let (before, behind) = text.split_at(at);
            within(before, token, behind);
        }
    }
}

/// The letters that a token is made of.
fn letters(text: &str) -> String {
    let is_letter = |one: &char| one.is_ascii_alphanumeric() || "-_.".contains(*one);
    text.chars().filter(is_letter).collect()
}

fn any_text(text: &str) {
    let paste = read(text);
    let mut seen = HashSet::new();
    let given = letters(text);
    // An escape in JSON stands for a letter, and quoted-printable writes some as =3D.
    let plain = !text.contains(['\\', '=']);
    for candidate in &paste.candidates {
        let found = candidate.text.as_str();
        assert!(!found.is_empty());
        assert!(seen.insert(found), "a token twice: {text:?}");
        assert!(!plain || given.contains(&letters(found)), "{found:?}");
        assert!(candidate.name.as_ref().is_none_or(|name| name.len() <= 64));
        let debug = format!("{candidate:?}");
        assert!(found.len() < 80 || !debug.contains(found), "{debug}");
        // What was found is found again, and nothing in it is another token.
        if found.starts_with("eyJ") && found == letters(found) && found.matches('.').count() == 2 {
            let again = read(found).candidates;
            assert_eq!(again.len(), 1, "{found:?}");
            assert_eq!(again[0].text, found);
        }
    }
    assert!(paste.candidates.is_empty() || paste.error_answer.is_none());
    assert!(paste.candidates.is_empty() || paste.instead.is_none());
    for note in &paste.notes {
        assert!(!note.contains(char::is_control), "{note:?}");
    }
}

/// Whatever stands around a token, it is found whole or not at all.
fn within(before: &str, token: &str, behind: &str) {
    any_text(&format!("{before}{token}{behind}"));
    // An escape in JSON could take the token's first letters.
    if before.ends_with(|last: char| last == '\\' || last.is_ascii_hexdigit())
        && before.contains('\\')
    {
        return;
    }
    let middle = token.find('.').map_or(0, |dot| dot + 1);
    let pieces = [
        &token[middle..middle + 24],
        &token[middle + 24..middle + 48],
        &token[token.len() - 24..],
    ];
    // A piece that stands around the token, too, says nothing of where it was taken from.
    let around = [letters(before), letters(behind)].concat();
    if pieces.iter().any(|piece| around.contains(piece)) {
        return;
    }
    for candidate in read(&format!("{before}{token}{behind}")).candidates {
        let touched = pieces.iter().any(|piece| candidate.text.contains(piece));
        assert!(
            !touched || candidate.text.contains(token),
            "{:?}",
            candidate.text
        );
    }
    if before.trim().is_empty() && behind.trim().is_empty() {
        let found = read(&format!("{before}{token}{behind}")).candidates;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, token);
    }
}
