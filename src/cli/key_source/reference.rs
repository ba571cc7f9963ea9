//! A secret by where it is: `env:NAME`, `file:PATH`, `dotenv:PATH#NAME`, `base64:…`, `base64url:…`, `hex:…`, `raw:TEXT`, `prompt`, or the characters themselves.
use std::ffi::{OsStr, OsString};
use std::path::Path;

use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use base64::{DecodeError, Engine as _, alphabet};
use zeroize::Zeroizing;

use super::{KeyProblem, Read, at, read, warn_of_others};
use crate::cli::context::Context;
use crate::cli::dotenv;
use crate::cli::error::Problem;
use crate::cli::paint::{shown, shown_os};
use crate::cli::{profiles, world};
use crate::config::resolve::Origin;
use crate::core::secret::Secret;

/// A secret that was found.
pub(super) struct Found {
    pub(super) secret: Secret,
    pub(super) place: Place,
}

/// Where a secret was found.
pub(super) struct Place {
    /// Safe to print.
    pub(super) shown: String,
    /// Whether it is a file's content, which often ends in a line break that nobody meant.
    pub(super) is_file: bool,
}

/// What a reference says, its prefix taken off.
enum Form<'r> {
    Environment(&'r OsStr),
    File(&'r OsStr),
    Dotenv(&'r OsStr),
    Encoded(Encoding, &'r OsStr),
    Characters(&'r OsStr),
    Prompt,
}

#[derive(Clone, Copy)]
enum Encoding {
    Base64,
    Base64Url,
    Hex,
}

impl<'r> Form<'r> {
    fn of(reference: &'r OsStr) -> Self {
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
}

/// A reference as it may be shown: whole where it only says where the secret is; none where it is one.
#[must_use]
pub fn shown_reference(reference: &str) -> Option<&str> {
    match Form::of(OsStr::new(reference)) {
        Form::Environment(_) | Form::File(_) | Form::Dotenv(_) | Form::Prompt => Some(reference),
        Form::Encoded(..) | Form::Characters(_) => None,
    }
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

/// Finds the secret that a reference leads to. `origin` is who gave the reference, `what` what is asked for at a prompt.
pub(super) fn resolve(
    reference: &OsStr,
    origin: &Origin,
    what: &str,
    context: &mut Context<'_, '_>,
) -> Result<Found, Problem> {
    let by = origin.to_string();
    if reference.is_empty() {
        return Err(at(&by)(KeyProblem::Empty));
    }
    match Form::of(reference) {
        Form::Environment(name) => environment(name, &by, context),
        Form::File(path) => file(path, &by, context),
        Form::Dotenv(rest) => from_dotenv(rest, &by, context),
        Form::Encoded(encoding, text) => {
            warn_of_argv(origin, context);
            let secret = encoding.decode(text).map_err(at(&by))?;
            Ok(found(secret, by))
        }
        Form::Characters(text) => {
            warn_of_argv(origin, context);
            if context.world.variable(&text.to_string_lossy()).is_some() {
                context.warn(&format!(
                    "the text of {by} is also the name of a variable; for what that holds write env: before it"
                ));
            } else if world::is_there(Path::new(text)) {
                context.warn(&format!(
                    "the text of {by} is also the name of a file; for what that holds write file: before it, for a setting in it dotenv: and behind it #NAME"
                ));
            }
            Ok(found(bytes_of(text), by))
        }
        Form::Prompt => {
            if !context.can_ask() {
                return Err(Problem::usage_with(
                    format!("{by}: prompt needs a terminal to ask at, and no --no-input"),
                    "give env:NAME or file:PATH",
                ));
            }
            let answer = context.world.prompts.hidden(what);
            let secret = answer.map_err(|error| Problem::Unanswered(error.to_string()))?;
            Ok(found(secret, "what was typed at the prompt".to_owned()))
        }
    }
}

fn found(secret: Secret, shown: String) -> Found {
    Found {
        secret,
        place: Place {
            shown,
            is_file: false,
        },
    }
}

fn bytes_of(text: &OsStr) -> Secret {
    Secret::new(text.as_encoded_bytes().to_vec())
}

/// A secret in argv is in the shell's history, and in every process list while we run.
fn warn_of_argv(origin: &Origin, context: &mut Context<'_, '_>) {
    if matches!(origin, Origin::Flag(_)) {
        context.warn(
            "a secret on the command line stays in the shell's history and shows in process lists; env:NAME, file:PATH and prompt do not",
        );
    }
}

fn environment(name: &OsStr, by: &str, context: &Context<'_, '_>) -> Result<Found, Problem> {
    if name.is_empty() {
        return Err(at(&format!("{by} env:"))(KeyProblem::Incomplete));
    }
    let shown_name = shown_os(name);
    let place = format!("env:{shown_name}");
    // A name that is no UTF-8 is asked for by its likeness, which is set nowhere.
    let value: OsString = context
        .world
        .variable(&name.to_string_lossy())
        .ok_or(KeyProblem::Unset)
        .map_err(at(&place))?;
    if value.is_empty() {
        return Err(at(&place)(KeyProblem::Empty));
    }
    Ok(found(bytes_of(&value), place))
}

fn file(path: &OsStr, by: &str, context: &mut Context<'_, '_>) -> Result<Found, Problem> {
    if path.is_empty() {
        return Err(at(&format!("{by} file:"))(KeyProblem::Incomplete));
    }
    let Read {
        content,
        guard,
        place,
    } = read(path, by, context)?;
    warn_of_others(&place, guard, true, context);
    if content.is_empty() {
        return Err(at(&place)(KeyProblem::Empty));
    }
    Ok(Found {
        secret: content,
        place: Place {
            shown: place,
            is_file: true,
        },
    })
}

fn from_dotenv(rest: &OsStr, by: &str, context: &mut Context<'_, '_>) -> Result<Found, Problem> {
    // The last #: a name has none, a path can.
    let text = rest.to_string_lossy();
    let Some((path, name)) = text
        .rsplit_once('#')
        .filter(|(path, name)| !path.is_empty() && !name.is_empty())
    else {
        return Err(at(&format!("{by} dotenv:"))(KeyProblem::Incomplete));
    };
    let Read {
        content,
        guard,
        place,
    } = read(OsStr::new(path), by, context)?;
    warn_of_others(&place, guard, true, context);
    let place = format!("dotenv:{place}#{}", shown(name));
    let text = std::str::from_utf8(content.expose()).unwrap_or_default();
    let value = dotenv::value(text, name)
        .ok_or_else(|| KeyProblem::NotInFile {
            near: profiles::near(name, dotenv::names(text)).map(str::to_owned),
        })
        .map_err(at(&place))?;
    if value.text.is_empty() {
        return Err(at(&place)(KeyProblem::Empty));
    }
    if value.has_reference {
        context.say(&format!(
            "{place}: it holds a $, which is taken as it stands; some readers of such files replace it"
        ));
    }
    let secret = Secret::new(value.text.as_bytes().to_vec());
    Ok(found(secret, place))
}

impl Encoding {
    fn decode(self, text: &OsStr) -> Result<Secret, KeyProblem> {
        let bytes = text.as_encoded_bytes();
        if bytes.is_empty() {
            return Err(KeyProblem::Empty);
        }
        match self {
            Self::Base64 => base64(bytes, &alphabet::STANDARD, "base64"),
            Self::Base64Url => base64(bytes, &alphabet::URL_SAFE, "base64url"),
            Self::Hex => hex(bytes),
        }
    }
}

/// Padded or not: both are common, and no secret has two readings by it.
fn base64(
    text: &[u8],
    alphabet: &alphabet::Alphabet,
    encoding: &'static str,
) -> Result<Secret, KeyProblem> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let decoded = GeneralPurpose::new(alphabet, config).decode(text);
    decoded.map(Secret::new).map_err(|error| {
        let at = match error {
            DecodeError::InvalidByte(at, _) | DecodeError::InvalidLastSymbol { offset: at, .. } => {
                Some(at + 1)
            }
            _ => None,
        };
        KeyProblem::NotEncoded { encoding, at }
    })
}

fn hex(text: &[u8]) -> Result<Secret, KeyProblem> {
    let encoding = "hexadecimal";
    let digit = |at: usize| {
        let digit = text.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        digit
            .and_then(|digit| u8::try_from(digit).ok())
            .ok_or(KeyProblem::NotEncoded {
                encoding,
                at: (at < text.len()).then_some(at + 1),
            })
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 2));
    for at in (0..text.len()).step_by(2) {
        bytes.push(digit(at)? << 4 | digit(at + 1)?);
    }
    Ok(Secret::new(std::mem::take(&mut bytes)))
}
