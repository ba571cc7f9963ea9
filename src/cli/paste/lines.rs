//! Tokens in lines of text: behind a scheme, a header's or variable's name, in quotes, in a URL, in a mail, in a log.
use std::borrow::Cow;

use super::{Candidate, Paste, begins_a_token, looks_like_a_token};
use crate::core::algorithm::{AlgName, Algorithm};
use crate::core::token::{Limits, Unverified};

/// Finds the tokens of a text that is neither JSON nor HTTP. Where there is none, what is left of a single piece of text is taken for one that is broken.
pub(super) fn read(text: &str, paste: &mut Paste) {
    let unquoted = without_mail_quotes(text);
    if matches!(unquoted, Cow::Owned(_)) {
        paste.notes.push("mail quoting was taken off");
    }
    let joined = joined(&unquoted);
    if matches!(joined, Cow::Owned(_)) {
        paste
            .notes
            .push("line breaks inside the token were taken out");
    }
    let text = joined.trim();
    if !text.contains(char::is_whitespace) && !text.contains("://") && !text.contains(['&', ';']) {
        paste.candidates.extend(one_word(text));
        return;
    }
    paste.candidates = tokens(text, "the text given");
    if paste.candidates.is_empty() {
        // One that is broken by a blank: shown as that. Any other text is none.
        let broken = one_word(text).filter(|found| begins_a_token(&found.text));
        paste.candidates.extend(broken);
    }
}

/// What stands around a token and says nothing of which it is.
const SCHEMES: [&str; 3] = ["bearer", "jwt", "token"];

/// A text that is a token and nothing else, but for what stands around it.
fn one_word(text: &str) -> Option<Candidate> {
    let (name, value) = labelled(unwrapped(text));
    let bare = bare(value);
    let place = match name {
        Some(name) => name.to_owned(),
        // Quotes and a scheme: said, since what is read is not what was given.
        None if bare.len() < text.trim_end_matches([';', ',']).len() => {
            "within its quotes or behind its scheme".to_owned()
        }
        None => String::new(),
    };
    (!bare.is_empty()).then(|| Candidate {
        text: bare.to_owned(),
        name: name.map(str::to_owned),
        place,
    })
}

/// A value without quotes, white space and `Bearer` around it.
pub(super) fn bare(value: &str) -> &str {
    let mut value = unwrapped(value);
    while let Some((first, rest)) = value.split_once([' ', '\t']) {
        if !SCHEMES
            .iter()
            .any(|scheme| first.eq_ignore_ascii_case(scheme))
        {
            break;
        }
        value = unwrapped(rest);
    }
    value
}

fn unwrapped(mut text: &str) -> &str {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('`', '`'), ('<', '>'), ('“', '”')];
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

/// `NAME=value` or `Name: value`, the name of a variable, a header, a field.
fn labelled(text: &str) -> (Option<&str>, &str) {
    let at = text.find(['=', ':']).unwrap_or(text.len());
    let (label, value) = text.split_at(at);
    let label = unwrapped(label);
    let label = ["export ", "set ", "const ", "let "]
        .iter()
        .find_map(|word| label.strip_prefix(word))
        .unwrap_or(label);
    // A token's first part is no name, whatever stands behind it.
    if value.is_empty() || !is_name(label) || begins_a_token(label) && label.len() > 20 {
        return (None, text);
    }
    (Some(label), &value[1..])
}

fn is_name(text: &str) -> bool {
    let letter = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    !text.is_empty() && text.len() <= 64 && text.chars().all(letter)
}

/// Where a word ends. What is none of these and no letter of a token's belongs to the word, so that a token with a stray character is read as it is.
fn is_edge(character: char) -> bool {
    character.is_whitespace() || "\"'`“”‘’,;()[]{}<>&\\|".contains(character)
}

/// The tokens among the words of a text.
pub(super) fn tokens(text: &str, place: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    // What stands before a blank line is a sentence, not a name: `Here it is:`.
    for paragraph in text.split("\n\n").flat_map(|part| part.split("\r\n\r\n")) {
        let mut words_before = ["", ""];
        for word in paragraph.split(is_edge).filter(|word| !word.is_empty()) {
            if let Some((label, token)) = token_in(word) {
                let name = label.or_else(|| name_before(words_before));
                found.push(candidate(token, name, place));
            }
            words_before = [words_before[1], word];
        }
    }
    found
}

fn candidate(token: &str, name: Option<&str>, place: &str) -> Candidate {
    // A sentence's full stop is not the token's.
    let stop = token.ends_with('.') && token.matches('.').count() == 3;
    Candidate {
        text: token[..token.len() - usize::from(stop)].to_owned(),
        name: name.map(str::to_owned),
        place: match name {
            Some(name) => format!("{name} of {place}"),
            None => place.to_owned(),
        },
    }
}

/// A word's token, and the name that is joined to it (`access=eyJ…`, `https://x/#token=eyJ…`).
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

/// The name that a text ends in.
fn last_name(text: &str) -> Option<&str> {
    let begin = text
        .rfind(|character: char| !(character.is_ascii_alphanumeric() || "-_".contains(character)))
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    text.get(begin..).filter(|name| is_name(name))
}

/// The name in the words before a token: `Authorization: Bearer`, `"access": `, `TOKEN =`.
fn name_before([first, second]: [&str; 2]) -> Option<&str> {
    let is_scheme = |word: &str| {
        SCHEMES
            .iter()
            .any(|scheme| word.eq_ignore_ascii_case(scheme))
    };
    // `Authorization:Bearer`, without a blank between.
    if let Some((name, word)) = second.rsplit_once([':', '='])
        && is_scheme(word)
    {
        return last_name(name);
    }
    let label = if is_scheme(second) || [":", "=", ":="].contains(&second) {
        first
    } else {
        second
    };
    let name = label.trim_end_matches([':', '=']);
    let marked = name.len() < label.len() || [":", "=", ":="].contains(&second);
    marked.then(|| last_name(name)).flatten()
}

/// Lines without the `>` of a quoted mail, where each of them has it.
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

/// Text with the line breaks taken out that stand inside a token.
fn joined(text: &str) -> Cow<'_, str> {
    let mut lines = text.lines();
    let Some(first) = lines.next() else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(first);
    let mut word = LastWord::of(&out, 0);
    let mut changed = false;
    for line in lines {
        let next = line.trim();
        if word.goes_on(&out, next) {
            out.truncate(out.trim_end().len());
            word.add(out.len(), next);
            out.push_str(next);
            changed = true;
        } else {
            out.push('\n');
            let line_begin = out.len();
            out.push_str(line);
            word = LastWord::of(&out, line_begin);
        }
    }
    if changed {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// Where the last word of a line begins: behind the last edge or mark before it.
fn word_begin(text: &str, line_begin: usize) -> usize {
    let line = text[line_begin..].trim_end();
    line.rfind(|character: char| is_edge(character) || "=:/#?@".contains(character))
        .map_or(line_begin, |at| {
            line_begin + at + line[at..].chars().next().map_or(1, char::len_utf8)
        })
}

/// The word that the text so far ends in, which a following line might go on with. What is known of it is kept as it grows: reading it again for each
/// line would be quadratic.
struct LastWord {
    begin: usize,
    /// Whether it begins as a token does and has nothing in it but a token's letters and dots.
    of_a_token: bool,
    dots: usize,
    /// Where its last dot stands.
    last_dot: usize,
}

impl LastWord {
    fn of(text: &str, line_begin: usize) -> Self {
        let begin = word_begin(text, line_begin);
        let word = text[begin..].trim_end();
        let mut last = Self {
            begin,
            of_a_token: begins_a_token(word),
            dots: 0,
            last_dot: begin,
        };
        last.add(begin, word);
        last
    }

    /// `more` comes at `at`, behind what there is.
    fn add(&mut self, at: usize, more: &str) {
        self.of_a_token &= is_of_a_token(more);
        self.dots += more.matches('.').count();
        if let Some(dot) = more.rfind('.') {
            self.last_dot = at + dot;
        }
    }

    /// Whether a line goes on with the token that the text before ended in.
    fn goes_on(&self, text: &str, next: &str) -> bool {
        let closing = next.trim_end_matches(['"', '\'', '`', '>', ',', ';', ')', '}']);
        if !self.of_a_token || closing.is_empty() || !is_of_a_token(closing) {
            return false;
        }
        // Another token begins, or this one has all that it needs.
        !(self.dots >= 2
            && (looks_like_a_token(closing)
                || is_whole(&text[self.begin..], self.last_dot - self.begin)))
    }
}

fn is_of_a_token(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character))
}

/// Lengths in base64url of RSA signatures: of 1024, 2048, 3072, 4096 and 8192 bits.
const RSA: [usize; 5] = [171, 342, 512, 683, 1366];

/// Whether a token's signature, behind the dot at `last_dot`, has the length that its algorithm's have.
fn is_whole(token: &str, last_dot: usize) -> bool {
    let signature = token[last_dot + 1..].trim_end().len();
    // Asked first, since a token that grows has each of these lengths once, and reading its header takes longer.
    if ![43, 64, 86, 128, 176].contains(&signature) && !RSA.contains(&signature) {
        return false;
    }
    let header = token.split('.').next().unwrap_or_default();
    let header = Unverified::read(&format!("{header}.."), &Limits::default());
    let Some(AlgName::Supported(algorithm)) = header.alg() else {
        return false;
    };
    match algorithm {
        Algorithm::Hs256 => signature == 43,
        Algorithm::Hs384 => signature == 64,
        Algorithm::Hs512 | Algorithm::Es256 | Algorithm::EdDsa | Algorithm::Ed25519 => {
            signature == 86
        }
        Algorithm::Es384 => signature == 128,
        Algorithm::Es512 => signature == 176,
        Algorithm::Rs256
        | Algorithm::Rs384
        | Algorithm::Rs512
        | Algorithm::Ps256
        | Algorithm::Ps384
        | Algorithm::Ps512 => RSA.contains(&signature),
    }
}
