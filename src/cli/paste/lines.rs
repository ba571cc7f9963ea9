//! Finds tokens in lines of text: after a scheme or the name of a header or variable, in quotes, in a URL, in a mail, in a log.
use std::borrow::Cow;

use super::candidate::{
    Candidate, Paste, Role, begins_a_token, could_be_opaque, is_name, is_of_a_token,
    looks_like_a_token,
};
use crate::core::algorithm::{AlgName, Algorithm};
use crate::core::token::{Limits, Unverified};

/// Finds the tokens in a text that is neither JSON nor HTTP. A text of a single word is taken for a token, though perhaps a broken one.
pub(super) fn read(text: &str, paste: &mut Paste) {
    let unquoted = without_mail_quotes(text);
    if matches!(unquoted, Cow::Owned(_)) {
        paste.notes.push("mail quoting was taken off".into());
    }
    let printed = without_soft_breaks(&unquoted);
    if matches!(printed, Cow::Owned(_)) {
        paste
            .notes
            .push("the line breaks of a mail's quoted-printable text were taken out".into());
    }
    let joined = joined(&printed);
    if matches!(joined, Cow::Owned(_)) {
        paste
            .notes
            .push("line breaks inside the token were taken out".into());
    }
    let text = joined.trim();
    if !text.contains(char::is_whitespace) && !text.contains("://") && !text.contains(['&', ';']) {
        paste.candidates.extend(one_word(text));
        return;
    }
    paste.candidates = tokens(text, "the given text");
    if paste.candidates.is_empty() {
        // A token that is broken by a blank is shown as a broken token, and `export REFRESH_TOKEN=…` may hold an opaque one. Any other text is none.
        let is_one = |found: &Candidate| {
            begins_a_token(&found.text)
                || (found.is_called_refresh_token() && could_be_opaque(&found.text))
        };
        paste.candidates.extend(one_word(text).filter(is_one));
    } else {
        paste.opaque = opaque(text, "the given text");
    }
}

/// The words before a token that do not tell which token it is.
const SCHEMES: [&str; 3] = ["bearer", "jwt", "token"];

fn is_scheme(word: &str) -> bool {
    SCHEMES
        .iter()
        .any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// Reads a text that is one token, with its name, quotes or scheme.
fn one_word(text: &str) -> Option<Candidate> {
    let (name, value) = labelled(unwrapped(text));
    let bare = bare(value);
    let place = match name {
        Some(name) => name.to_owned(),
        // Quotes or a scheme were removed. This is said, because the token read is not the text given.
        None if bare.len() < text.trim_end_matches([';', ',']).len() => {
            "inside its quotes or after its scheme".to_owned()
        }
        None => String::new(),
    };
    (!bare.is_empty()).then(|| Candidate {
        text: bare.to_owned(),
        name: name.map(str::to_owned),
        place,
        twice: false,
    })
}

/// Removes quotes, white space and `Bearer` around a value.
pub(super) fn bare(value: &str) -> &str {
    let mut value = unwrapped(value);
    while let Some((first, rest)) = value.split_once([' ', '\t']) {
        if !is_scheme(first) {
            break;
        }
        value = unwrapped(rest);
    }
    value
}

fn unwrapped(mut text: &str) -> &str {
    // The last two are what Python prints for bytes.
    const PAIRS: [(&str, char); 7] = [
        ("\"", '"'),
        ("'", '\''),
        ("`", '`'),
        ("<", '>'),
        ("“", '”'),
        ("b'", '\''),
        ("b\"", '"'),
    ];
    loop {
        let trimmed = text.trim().trim_end_matches([';', ',']).trim_end();
        let inner = PAIRS
            .iter()
            .find_map(|(open, close)| trimmed.strip_prefix(*open)?.strip_suffix(*close));
        match inner {
            Some(inner) => text = inner,
            None => return trimmed,
        }
    }
}

/// Splits `NAME=value` or `Name: value` into the name of a variable, header or field, and its value.
fn labelled(text: &str) -> (Option<&str>, &str) {
    let at = text.find(['=', ':']).unwrap_or(text.len());
    let (label, value) = text.split_at(at);
    let label = unwrapped(label);
    let label = ["export ", "set ", "const ", "let "]
        .iter()
        .find_map(|word| label.strip_prefix(word))
        .unwrap_or(label);
    // The first part of a token is not a name, whatever follows it.
    if value.is_empty() || !is_name(label) || begins_a_token(label) && label.len() > 20 {
        return (None, text);
    }
    (Some(label), &value[1..])
}

/// Whether a word ends at this character. Any other character belongs to the word, even one that no token has, so that a token with a stray character is read
/// as it is.
fn is_edge(character: char) -> bool {
    character.is_whitespace() || "\"'`“”‘’,;()[]{}<>&\\|".contains(character)
}

/// A word. `first` says whether it begins its line, or follows an edge that is not a blank.
#[derive(Clone, Copy, Default)]
struct PastedWord<'t> {
    word: &'t str,
    first: bool,
}

fn pieces(text: &str) -> impl Iterator<Item = PastedWord<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let begin = rest.find(|character| !is_edge(character))?;
        let gap = rest[..begin].trim_end_matches([' ', '\t']);
        let first = !gap.is_empty() || rest.len() == text.len();
        let end = rest[begin..]
            .find(is_edge)
            .map_or(rest.len(), |at| begin + at);
        let word = &rest[begin..end];
        rest = &rest[end..];
        Some(PastedWord { word, first })
    })
}

/// Finds the tokens among the words of a text.
pub(super) fn tokens(text: &str, place: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut before = [PastedWord::default(); 3];
    for piece in pieces(text) {
        if let Some((label, token)) = token_in(piece.word) {
            let name = label.or_else(|| name_before(before, |name| Role::of(name) != Role::Other));
            // A full stop that ends a sentence does not belong to the token.
            let stop = token.ends_with('.') && token.matches('.').count() == 3;
            let token = if stop {
                &token[..token.len() - 1]
            } else {
                token
            };
            found.push(Candidate {
                text: token.to_owned(),
                name: name.map(str::to_owned),
                place: match name {
                    Some(name) => format!("{name} of {place}"),
                    None => place.to_owned(),
                },
                twice: false,
            });
        }
        before = [before[1], before[2], piece];
    }
    found
}

/// The words of a text that stand under a name and could be opaque tokens.
pub(super) fn opaque(text: &str, place: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut before = [PastedWord::default(); 3];
    for piece in pieces(text) {
        let joined = piece.word.split_once(['=', ':']);
        let joined = joined.filter(|(_, value)| !value.is_empty());
        let (name, word) = match joined {
            Some((label, value)) => (last_name(label), value),
            None => (name_before(before, |_| false), piece.word),
        };
        if let Some(name) = name.filter(|_| could_be_opaque(word)) {
            found.push(Candidate {
                text: word.to_owned(),
                name: Some(name.to_owned()),
                place: format!("{name} of {place}"),
                twice: false,
            });
        }
        before = [before[1], before[2], piece];
    }
    found
}

/// The token in a word, and the name that is joined to it (`access=eyJ…`, `https://x/#token=eyJ…`).
fn token_in(word: &str) -> Option<(Option<&str>, &str)> {
    if looks_like_a_token(word) {
        return Some((None, word));
    }
    let marks = word
        .char_indices()
        .filter(|(_, mark)| "=:/#?@".contains(*mark));
    for (at, _) in marks {
        let token = &word[at + 1..];
        if begins_a_token(token) {
            if !looks_like_a_token(token) {
                return None;
            }
            return Some((last_name(&word[..at]), token));
        }
    }
    None
}

/// The name at the end of a text.
fn last_name(text: &str) -> Option<&str> {
    let begin = text
        .rfind(|character: char| !(character.is_ascii_alphanumeric() || "-_".contains(character)))
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    text.get(begin..).filter(|name| is_name(name))
}

/// The name of a token, from the words before it: `Authorization: Bearer`, `"access": `, `TOKEN =`, `"authorization": "Bearer`. What ends a sentence, as in
/// "Here it is:", is a name only if `is_telling`.
fn name_before(
    [first, second, third]: [PastedWord<'_>; 3],
    is_telling: impl Fn(&str) -> bool,
) -> Option<&str> {
    const MARKS: [&str; 4] = [":", "=", ":=", "=>"];
    if let Some((label, scheme)) = third.word.rsplit_once([':', '='])
        && is_scheme(scheme)
    {
        // `Authorization:Bearer`
        return last_name(label);
    }
    let (before, last) = if is_scheme(third.word) {
        (first, second)
    } else {
        (second, third)
    };
    let apart = MARKS.contains(&last.word);
    let label = if apart { before } else { last };
    let name = label.word.trim_end_matches([':', '=']);
    if !apart && name.len() == label.word.len() {
        return None;
    }
    let sentence = label.word.ends_with(':') && !label.first;
    last_name(name).filter(|name| !sentence || is_telling(name))
}

/// Removes the `>` of a quoted mail, if every line has it.
fn without_mail_quotes(text: &str) -> Cow<'_, str> {
    let quoted = |line: &str| line.trim_start().starts_with('>') || line.trim().is_empty();
    if !text.trim_start().starts_with('>') || !text.lines().all(quoted) {
        return Cow::Borrowed(text);
    }
    let lines = text
        .lines()
        .map(|line| line.trim_start().trim_start_matches(['>', ' ', '\t']));
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// Removes the soft line breaks of quoted-printable from a mail's source (RFC 2045 §6.7): a `=` at the end of a line of at most 76 characters.
fn without_soft_breaks(text: &str) -> Cow<'_, str> {
    /// Mail programs break lines late. A shorter line that ends in `=` is a name without a value.
    const LENGTHS: std::ops::RangeInclusive<usize> = 60..=76;
    let is_soft = |line: &str| LENGTHS.contains(&line.len()) && line.ends_with('=');
    if !text.lines().any(is_soft) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if is_soft(line) {
            out.push_str(&line[..line.len() - 1]);
        } else {
            out.push_str(line.strip_suffix("=20").unwrap_or(line));
            out.push('\n');
        }
    }
    Cow::Owned(out.replace("=3D", "="))
}

/// Removes the line breaks inside a token.
fn joined(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut word = Word::default();
    let mut changed = false;
    for (at, line) in text.lines().enumerate() {
        let next = line.trim();
        if word.goes_on_with(next) {
            out.truncate(out.trim_end().len());
            out.push_str(next);
            word.push(next);
            changed = true;
        } else {
            if at > 0 {
                out.push('\n');
            }
            out.push_str(line);
            word = Word::default();
            word.push(last_word(line.trim_end()));
        }
    }
    if changed {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// The last word of a line: what follows the last edge or mark.
fn last_word(line: &str) -> &str {
    line.rsplit(|character: char| is_edge(character) || "=:/#?@".contains(character))
        .next()
        .unwrap_or_default()
}

/// A word that the next line may continue. What is known of it is kept as it grows: reading it again at each line would take quadratic time.
#[derive(Default)]
struct Word {
    /// What stands before the first dot. If there is no dot, all its letters so far.
    header: String,
    dots: usize,
    /// How many bytes follow the last dot.
    signature_bytes: usize,
    /// Whether it begins as a token does, and has only characters that a token can have.
    is_token: bool,
    /// The lengths that its signature can have, read from the header once that is complete.
    signature_lengths: Option<&'static [usize]>,
}

impl Word {
    fn push(&mut self, text: &str) {
        let begins = self.header.is_empty() && self.dots == 0;
        for part in text.split_inclusive('.') {
            let (letters, dot) = match part.strip_suffix('.') {
                Some(letters) => (letters, true),
                None => (part, false),
            };
            if self.dots == 0 {
                self.header.push_str(letters);
            }
            self.signature_bytes += letters.len();
            if dot {
                self.signature_bytes = 0;
                self.dots += 1;
                if self.dots == 1 {
                    self.signature_lengths = Some(signature_lengths(&self.header));
                }
            }
        }
        self.is_token =
            (self.is_token || begins && begins_a_token(&self.header)) && is_of_a_token(text);
    }

    /// Whether the next line continues the word. It does not if another token begins there, or if this one is complete.
    fn goes_on_with(&self, line: &str) -> bool {
        let closing = line.trim_end_matches(['"', '\'', '`', '>', ',', ';', ')', '}']);
        if !self.is_token || closing.is_empty() || !is_of_a_token(closing) {
            return false;
        }
        let is_whole = || {
            self.signature_lengths
                .is_some_and(|lengths| lengths.contains(&self.signature_bytes))
        };
        self.dots < 2 || !(looks_like_a_token(closing) || is_whole())
    }
}

/// The lengths, in base64url, that the signature of a token with this header can have. Empty if the header does not tell.
fn signature_lengths(header: &str) -> &'static [usize] {
    // Only the header is read: what follows it may be anything.
    let header = Unverified::read(&format!("{header}.."), &Limits::default());
    let Some(AlgName::Supported(algorithm)) = header.alg() else {
        return &[];
    };
    match algorithm {
        Algorithm::Hs256 => &[43],
        Algorithm::Hs384 => &[64],
        Algorithm::Hs512
        | Algorithm::Es256
        | Algorithm::Es256k
        | Algorithm::EdDsa
        | Algorithm::Ed25519 => &[86],
        Algorithm::Es384 => &[128],
        Algorithm::Es512 => &[176],
        // RSA of 1024, 2048, 3072, 4096 and 8192 bits.
        Algorithm::Rs256
        | Algorithm::Rs384
        | Algorithm::Rs512
        | Algorithm::Ps256
        | Algorithm::Ps384
        | Algorithm::Ps512 => &[171, 342, 512, 683, 1366],
    }
}
