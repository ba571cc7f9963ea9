//! Finds a key by its source: a path, `-` or a pipe, `env:NAME`, `dotenv:PATH#NAME`, or an address.
use std::ffi::OsStr;
use std::path::Path;

use zeroize::Zeroizing;

use super::call_keys::CallKeys;
use super::fetched;
use super::misplaced::ReferenceUse;
use super::passphrase::Passphrase;
use super::read::at;
use super::reference;
use super::reference::{ReferenceForm, ReferencedText};
use crate::cli::args::net::FetchFlags;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyProblem, ReferenceTarget};
use crate::cli::world;
use crate::config::resolve::Origin;
use crate::core::echo::described;
use crate::core::key::{Key, KeyKind};
use crate::core::keyfile::{self, KeyFileError};
use crate::core::secret::Secret;

/// The most notes to print about one file: a set can hold hundreds of unusable keys.
const MOST_NOTES: usize = 12;

/// What a source is if it is not a file. `None` for a file, a pipe or standard input.
#[must_use]
pub(crate) fn not_a_file(source: &OsStr) -> Option<&'static str> {
    match ReferenceForm::of(source) {
        ReferenceForm::Environment(_) => Some("a variable"),
        ReferenceForm::Dotenv(_) => Some("a setting of a .env file"),
        _ => is_address(source).then_some("an address"),
    }
}

fn is_address(source: &OsStr) -> bool {
    let lower = source.to_string_lossy().to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// A source as it may be shown: in full, or as a description of what it looks like.
#[must_use]
pub(crate) fn shown_source(source: &str) -> String {
    let shown = match ReferenceForm::of(OsStr::new(source)) {
        ReferenceForm::Environment(_) | ReferenceForm::Dotenv(_) => {
            reference::shown_reference(source)
        }
        _ if source == "-" => Some(source.to_owned()),
        _ if source.contains("://") => {
            let login = if source.contains('@') { "…@" } else { "" };
            echo::address(source).map(|plain| plain.replacen("://", &format!("://{login}"), 1))
        }
        _ => echo::path(OsStr::new(source)),
    };
    shown.unwrap_or_else(|| described(source))
}

/// Adds the keys of a source. Without `fetch`, an address is refused.
pub(super) fn add_source(
    source: &OsStr,
    origin: &Origin,
    passphrase: &mut Passphrase,
    fetch: Option<&FetchFlags>,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> Result<(), Problem> {
    let by = origin.to_string();
    if source.is_empty() {
        return Err(at(&by)(KeyProblem::Empty));
    }
    if is_address(source) {
        return fetched::add(&source.to_string_lossy(), &by, fetch, loaded, context);
    }
    let asked = ReferenceUse {
        what: ReferenceTarget::Key,
        by: origin,
    };
    let form = ReferenceForm::of(source);
    let is_text = matches!(
        form,
        ReferenceForm::Environment(_) | ReferenceForm::Dotenv(_)
    );
    let found = if is_text {
        with_line_breaks(reference::follow(&form, asked, context)?, context)?
    } else {
        reference::follow(&ReferenceForm::File(source), asked, context)?
    };
    let (place, content) = (&found.place, &found.secret);
    let file = match keyfile::read(content) {
        Err(KeyFileError::NeedsPassphrase { form }) => {
            let passphrase = passphrase.get(place, &form, context)?;
            keyfile::read_with(content, Some(passphrase))
        }
        read => read,
    }
    .map_err(at(place))?;
    let private = file.keys.keys().iter().any(Key::is_private);
    found.warn_of_others(private, context);
    let text = String::from_utf8_lossy(content.expose());
    let of_json = is_json(&text);
    if let [only] = file.keys.keys()
        && let KeyKind::Secret { .. } = only.kind()
        && !of_json
    {
        if is_text && world::is_there(Path::new(text.as_ref())) {
            context.warn(&format!(
                "the text of {place} is also the name of a file; to use the key in that file, give its path"
            ));
        }
        // A secret in a file can be mistaken in the same ways.
        loaded.secrets.push(content.clone());
    } else {
        loaded.files.push(content.clone());
        let secrets = file.keys.keys().iter().filter_map(Key::secret_bytes);
        loaded.secrets.extend(secrets);
    }
    for note in file.notes.iter().take(MOST_NOTES) {
        context.say(&format!("{place}: {note}"));
    }
    if let more @ 1.. = file.notes.len().saturating_sub(MOST_NOTES) {
        context.say(&format!("{place}: and {more} more such notes"));
    }
    loaded.add_form(place, &file.form, None);
    loaded.add(file.keys, place);
    Ok(())
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// The text of a variable or a setting. In a PEM file, each `\n` becomes a line break again.
fn with_line_breaks(
    found: ReferencedText,
    context: &mut Context<'_, '_>,
) -> Result<ReferencedText, Problem> {
    let text = std::str::from_utf8(found.secret.expose()).unwrap_or_default();
    let trimmed = text.trim();
    if !trimmed.contains("-----BEGIN") || is_json(trimmed) {
        return Ok(found);
    }
    let mangled = |how, advice| Err(at(&found.place)(KeyProblem::Mangled { how, advice }));
    if trimmed.starts_with(['"', '\'', '`']) {
        return mangled(
            "it is a PEM file in quotes",
            "remove the quotes: they have become part of the value",
        );
    }
    if trimmed.contains(r"\\n") {
        return mangled(
            r"it is a PEM file with its line breaks written as \\n",
            r"they were escaped twice: write each as \n, or as a line break",
        );
    }
    let goes_on = |(at, mark): (usize, &str)| {
        let rest = &trimmed[at + mark.len()..];
        !rest.starts_with(['n', 'r'])
    };
    if trimmed.match_indices(r"\n\").any(goes_on) {
        return mangled(
            r"it is a PEM file whose lines end in \n\",
            r"the last \ only continues a line in source code: write each line break as \n alone, or as a line break",
        );
    }
    let escaped = trimmed.contains(r"\n");
    if escaped || found.line_escapes {
        context.say(&format!(
            r"{}: each \n in it was read as a line break",
            found.place
        ));
    }
    if !escaped {
        return Ok(found);
    }
    let unix = Zeroizing::new(trimmed.replace(r"\r\n", r"\n"));
    let secret = Secret::new(unix.replace(r"\n", "\n").into_bytes());
    Ok(ReferencedText { secret, ..found })
}
