//! Finds a secret by its reference: `env:NAME`, `file:PATH`, `dotenv:PATH#NAME`, `base64:…`, `base64url:…`, `hex:…`, `raw:TEXT`, `prompt`, or the characters themselves.
use std::ffi::OsStr;
use std::path::Path;

use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use base64::{DecodeError, Engine as _, alphabet};
use zeroize::Zeroizing;

use super::dotenv;
use super::misplaced::ReferenceUse;
use super::read::{SourceContent, at, read, warn_of_others};
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyProblem, ReferenceTarget};
use crate::cli::near::near;
use crate::cli::world;
use crate::cli::world::{Guard, World};
use crate::config::resolve::Origin;
use crate::core::echo;
use crate::core::hex;
use crate::core::secret::Secret;

/// The text that a reference leads to, and its place.
pub(super) struct ReferencedText {
    pub(super) secret: Secret,
    /// Its place. Safe to print.
    pub(super) place: String,
    /// Whether it is a file's content, which often ends in an unwanted line break.
    pub(super) is_file: bool,
    /// Whether a `.env` file wrote line breaks in it as `\n`.
    pub(super) line_escapes: bool,
    /// The file that holds it, safe to print, and who else may use the file.
    pub(super) file: Option<(String, Guard)>,
}

impl ReferencedText {
    fn new(secret: Secret, place: String) -> Self {
        Self {
            secret,
            place,
            is_file: false,
            line_escapes: false,
            file: None,
        }
    }

    /// Warns if other users may use its file. Call this only for a file that is used: a refused one endangers nothing.
    pub(super) fn warn_of_others(&self, private: bool, context: &mut Context<'_, '_>) {
        if let Some((file, guard)) = &self.file {
            warn_of_others(file, *guard, private, context);
        }
    }
}

/// A reference, parsed by its prefix.
pub(super) enum ReferenceForm<'r> {
    Environment(&'r OsStr),
    File(&'r OsStr),
    Dotenv(&'r OsStr),
    Encoded(Encoding, &'r OsStr),
    Characters(&'r OsStr),
    Prompt,
}

#[derive(Clone, Copy)]
pub(super) enum Encoding {
    Base64,
    Base64Url,
    Hex,
}

impl<'r> ReferenceForm<'r> {
    pub(super) fn of(reference: &'r OsStr) -> Self {
        let behind = |prefix: &str| strip_prefix(reference, prefix);
        if reference == "prompt" {
            Self::Prompt
        } else if let Some(name) = behind("env:") {
            Self::Environment(name)
        } else if let Some(path) = behind("file:") {
            Self::File(path)
        } else if let Some(rest) = behind("dotenv:") {
            Self::Dotenv(rest)
        } else if let Some(text) = behind("base64:") {
            Self::Encoded(Encoding::Base64, text)
        } else if let Some(text) = behind("base64url:") {
            Self::Encoded(Encoding::Base64Url, text)
        } else if let Some(text) = behind("hex:") {
            Self::Encoded(Encoding::Hex, text)
        } else {
            Self::Characters(behind("raw:").unwrap_or(reference))
        }
    }

    /// Whether it refers to a variable or a file.
    const fn leads_elsewhere(&self) -> bool {
        matches!(self, Self::Environment(_) | Self::File(_) | Self::Dotenv(_))
    }
}

/// A reference as it may be shown: in full only if it says where the secret is and the name is safe to show.
#[must_use]
pub(crate) fn shown_reference(reference: &str) -> Option<String> {
    let shown = match ReferenceForm::of(OsStr::new(reference)) {
        ReferenceForm::Prompt => true,
        ReferenceForm::Environment(name) => echo::name(&name.to_string_lossy()).is_some(),
        ReferenceForm::File(path) => is_shown(path),
        ReferenceForm::Dotenv(rest) => parts(&rest.to_string_lossy())
            .is_some_and(|(path, name)| is_shown(OsStr::new(path)) && echo::name(name).is_some()),
        ReferenceForm::Encoded(_, inner) => {
            !is_literal(inner) && shown_reference(&inner.to_string_lossy()).is_some()
        }
        ReferenceForm::Characters(_) => false,
    };
    shown.then(|| reference.to_owned())
}

/// The same reference for a later call, with absolute paths. `None` if what it leads to can't be read again: characters, a question, a pipe.
#[must_use]
pub(crate) fn lasting_reference(reference: &OsStr) -> Option<String> {
    let absolute = |path: &OsStr| {
        let path = Path::new(path);
        let path = world::is_there(path).then(|| std::path::absolute(path).ok())??;
        path.to_str().map(str::to_owned)
    };
    match ReferenceForm::of(reference) {
        ReferenceForm::Environment(name) => Some(format!("env:{}", name.to_str()?)),
        ReferenceForm::File(path) if World::is_stdin(path) => None,
        ReferenceForm::File(path) => Some(format!("file:{}", absolute(path)?)),
        ReferenceForm::Dotenv(rest) => {
            let (path, name) = parts(rest.to_str()?)?;
            Some(format!("dotenv:{}#{name}", absolute(OsStr::new(path))?))
        }
        ReferenceForm::Encoded(encoding, inner) => {
            let inner_form = ReferenceForm::of(inner);
            let leads = inner_form.leads_elsewhere();
            let inner = leads.then(|| lasting_reference(inner)).flatten()?;
            Some(format!("{}:{inner}", encoding.name()))
        }
        ReferenceForm::Characters(_) | ReferenceForm::Prompt => None,
    }
}

/// The same source of a key for a later call.
#[must_use]
pub(crate) fn lasting_source(source: &OsStr) -> Option<String> {
    match ReferenceForm::of(source) {
        ReferenceForm::Environment(_) | ReferenceForm::Dotenv(_) => lasting_reference(source),
        _ if World::is_stdin(source) || !world::is_there(Path::new(source)) => None,
        _ => {
            let path = std::path::absolute(source).ok()?;
            path.to_str().map(str::to_owned)
        }
    }
}

fn is_shown(path: &OsStr) -> bool {
    World::is_stdin(path) || crate::cli::echo::path(path).is_some()
}

/// Whether a reference is the secret itself, written out.
pub(super) fn is_literal(reference: &OsStr) -> bool {
    match ReferenceForm::of(reference) {
        ReferenceForm::Characters(_) => true,
        ReferenceForm::Encoded(_, inner) => !ReferenceForm::of(inner).leads_elsewhere(),
        _ => false,
    }
}

/// The path and the name of `PATH#NAME`, split at the last #, because a path may have one but a name can't.
fn parts(rest: &str) -> Option<(&str, &str)> {
    rest.rsplit_once('#')
        .filter(|(path, name)| !path.is_empty() && !name.is_empty())
}

#[cfg(unix)]
fn strip_prefix<'t>(text: &'t OsStr, prefix: &str) -> Option<&'t OsStr> {
    use std::os::unix::ffi::OsStrExt as _;
    text.as_bytes()
        .strip_prefix(prefix.as_bytes())
        .map(OsStr::from_bytes)
}

#[cfg(not(unix))]
fn strip_prefix<'t>(text: &'t OsStr, prefix: &str) -> Option<&'t OsStr> {
    text.to_str()?.strip_prefix(prefix).map(OsStr::new)
}

/// Finds the secret that a reference leads to.
pub(super) fn resolve(
    reference: &OsStr,
    asked: ReferenceUse<'_>,
    context: &mut Context<'_, '_>,
) -> Result<ReferencedText, Problem> {
    let by = asked.by.to_string();
    if reference.is_empty() {
        return Err(at(&by)(KeyProblem::Empty));
    }
    match ReferenceForm::of(reference) {
        ReferenceForm::Encoded(encoding, rest) => {
            let inner = ReferenceForm::of(rest);
            if !inner.leads_elsewhere() {
                warn_of_argv(asked.by, context);
                let secret = encoding.decode(rest.as_encoded_bytes(), true);
                return Ok(ReferencedText::new(secret.map_err(at(&by))?, by));
            }
            let found = follow(&inner, asked, context)?;
            let place = shown_reference(&reference.to_string_lossy());
            let place = place.unwrap_or_else(|| found.place.clone());
            let dropped = found.secret.without_final_newline();
            let text = match &dropped {
                Some((rest, _)) if found.is_file => rest,
                _ => &found.secret,
            };
            let secret = encoding.decode(text.expose(), false);
            Ok(ReferencedText {
                secret: secret.map_err(at(&place))?,
                place,
                is_file: false,
                ..found
            })
        }
        ReferenceForm::Characters(text) => {
            warn_of_argv(asked.by, context);
            if context.world.variable(&text.to_string_lossy()).is_some() {
                context.warn(&format!(
                    "the text of {by} is also the name of a variable; to use what that holds, write env: before the name"
                ));
            } else if world::is_there(Path::new(text)) {
                context.warn(&format!(
                    "the text of {by} is also the name of a file; to use what that holds, write file: before the name; to use a setting in it, write dotenv: before the name and #NAME after it"
                ));
            }
            Ok(ReferencedText::new(bytes_of(text), by))
        }
        ReferenceForm::Prompt => {
            if !context.can_ask() {
                return Err(Problem::usage_with(
                    format!(
                        "{by}: prompt needs a terminal to ask at, and can't be used with --no-input"
                    ),
                    "give env:NAME or file:PATH",
                ));
            }
            let answer = context.world.prompts.hidden(asked.what.name());
            let secret = answer.map_err(Problem::from)?;
            Ok(ReferencedText::new(
                secret,
                "what was typed at the prompt".to_owned(),
            ))
        }
        leading => follow(&leading, asked, context),
    }
}

/// Reads the variable or the file that a form leads to.
pub(super) fn follow(
    form: &ReferenceForm<'_>,
    asked: ReferenceUse<'_>,
    context: &mut Context<'_, '_>,
) -> Result<ReferencedText, Problem> {
    match form {
        ReferenceForm::Environment(name) => environment(name, asked, context),
        ReferenceForm::File(path) => file(path, asked, context),
        ReferenceForm::Dotenv(rest) => from_dotenv(rest, asked, context),
        ReferenceForm::Encoded(..) | ReferenceForm::Characters(_) | ReferenceForm::Prompt => Err(
            at(&asked.by.to_string())(KeyProblem::Incomplete(asked.what)),
        ),
    }
}

fn bytes_of(text: &OsStr) -> Secret {
    Secret::new(text.as_encoded_bytes().to_vec())
}

/// Warns about a secret in argv: it is in the shell's history, and in every process list while jwtsess runs.
fn warn_of_argv(origin: &Origin, context: &mut Context<'_, '_>) {
    if matches!(origin, Origin::Flag(_)) {
        context.warn(
            "a secret on the command line stays in the shell's history and shows in process lists: use env:NAME, file:PATH or prompt",
        );
    }
}

/// The error for a reference that is only a prefix.
fn incomplete(asked: ReferenceUse<'_>, prefix: &str) -> Problem {
    at(&format!("{} {prefix}", asked.by))(KeyProblem::Incomplete(asked.what))
}

fn environment(
    name: &OsStr,
    asked: ReferenceUse<'_>,
    context: &Context<'_, '_>,
) -> Result<ReferencedText, Problem> {
    if name.is_empty() {
        return Err(incomplete(asked, "env:"));
    }
    // A name that is not UTF-8 becomes one that no variable has.
    let name = name.to_string_lossy();
    let shown = echo::name(&name).map(|name| format!("env:{name}"));
    let Some(value) = context.world.secret_variable(&name) else {
        return Err(shown.map_or_else(
            || asked.is_no_variable(&name),
            |place| at(&place)(KeyProblem::Unset),
        ));
    };
    let place = shown.unwrap_or_else(|| format!("the variable named by {}", asked.by));
    if value.is_empty() {
        return Err(at(&place)(KeyProblem::Empty));
    }
    Ok(ReferencedText::new(bytes_of(&value), place))
}

fn file(
    path: &OsStr,
    asked: ReferenceUse<'_>,
    context: &mut Context<'_, '_>,
) -> Result<ReferencedText, Problem> {
    if path.is_empty() {
        return Err(incomplete(asked, "file:"));
    }
    let prefix = if asked.what == ReferenceTarget::Key {
        ""
    } else {
        "file:"
    };
    let SourceContent {
        content,
        guard,
        place,
    } = read(path, asked, prefix, context)?;
    if content.is_empty() {
        return Err(at(&place)(KeyProblem::Empty));
    }
    Ok(ReferencedText {
        is_file: true,
        file: Some((place.clone(), guard)),
        ..ReferencedText::new(content, place)
    })
}

fn from_dotenv(
    rest: &OsStr,
    asked: ReferenceUse<'_>,
    context: &mut Context<'_, '_>,
) -> Result<ReferencedText, Problem> {
    let rest = rest.to_string_lossy();
    let Some((path, name)) = parts(&rest) else {
        return Err(incomplete(asked, "dotenv:"));
    };
    let path = OsStr::new(path);
    let SourceContent {
        content,
        guard,
        place: file,
    } = read(path, asked, "dotenv:", context)?;
    let place = match (is_shown(path), echo::name(name)) {
        (true, Some(_)) => format!("dotenv:{rest}"),
        _ => file.clone(),
    };
    let text = std::str::from_utf8(content.expose()).unwrap_or_default();
    let Some(value) = dotenv::value(text, name) else {
        if echo::name(name).is_none() {
            return Err(asked.is_no_setting(name));
        }
        let near = near(name, dotenv::names(text)).and_then(echo::name);
        let near = near.map(str::to_owned);
        return Err(at(&place)(KeyProblem::NotInFile { near }));
    };
    if value.text.is_empty() {
        return Err(at(&place)(KeyProblem::Empty));
    }
    if value.has_reference {
        context.say(&format!(
            "{place}: the value contains a $, which is not expanded; some readers of such files expand it"
        ));
    }
    Ok(ReferencedText {
        line_escapes: value.has_line_escapes,
        file: Some((file, guard)),
        ..ReferencedText::new(Secret::new(value.text.as_bytes().to_vec()), place)
    })
}

impl Encoding {
    /// Its name in a reference.
    const fn name(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Hex => "hex",
        }
    }
    /// Decodes a text. `literal` says that the text itself was given, not a reference to it.
    fn decode(self, text: &[u8], literal: bool) -> Result<Secret, KeyProblem> {
        if text.is_empty() {
            return Err(KeyProblem::Empty);
        }
        let (encoding, decoded) = match self {
            Self::Base64 => ("base64", base64(text, &alphabet::STANDARD)),
            Self::Base64Url => ("base64url", base64(text, &alphabet::URL_SAFE)),
            Self::Hex => ("hexadecimal", hex(text)),
        };
        decoded.map_err(|at| KeyProblem::NotEncoded {
            encoding,
            at,
            literal,
        })
    }
}

/// Decodes base64 with or without padding: both are common, and no secret can be read in two ways. The error is the wrong character, counted from 1, if there is one.
fn base64(text: &[u8], alphabet: &alphabet::Alphabet) -> Result<Secret, Option<usize>> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let decoded = GeneralPurpose::new(alphabet, config).decode(text);
    decoded.map(Secret::new).map_err(|error| match error {
        DecodeError::InvalidByte(at, _) | DecodeError::InvalidLastSymbol { offset: at, .. } => {
            Some(at + 1)
        }
        _ => None,
    })
}

fn hex(text: &[u8]) -> Result<Secret, Option<usize>> {
    let digit = |at: usize| {
        let digit = text.get(at).copied().and_then(hex::digit);
        digit.ok_or((at < text.len()).then_some(at + 1))
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 2));
    for at in (0..text.len()).step_by(2) {
        bytes.push(digit(at)? << 4 | digit(at + 1)?);
    }
    Ok(Secret::new(std::mem::take(&mut bytes)))
}
