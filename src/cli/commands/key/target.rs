//! Where to write a key and in which format: a file that only its owner can read, or standard output.
use std::ffi::OsString;
use std::path::Path;

use crate::cli::args::key::write::{KeyFormat, KeyTargetFlags};
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::outcome::key::{Destination, KeyDescription, WrittenKeys};
use crate::cli::resolve;
use crate::cli::world::{self, Creation, FileAccess};
use crate::core::key::Key;
use crate::core::keyfile::{self, Extent, KeyFileForm};

/// Where to write a key, with everything resolved.
pub(super) struct WriteTarget {
    pub(super) form: KeyFileForm,
    file: Option<OsString>,
    force: bool,
}

impl WriteTarget {
    /// Resolves the flags. The ending of the file's name decides the format, else it is `default`.
    ///
    /// # Errors
    /// The name is empty, or nothing says the format.
    pub(super) fn of(
        target: &KeyTargetFlags,
        default: Option<KeyFileForm>,
    ) -> Result<Self, Problem> {
        if target.out.as_ref().is_some_and(|out| out.is_empty()) {
            return Err(Problem::usage_with(
                "--out is empty",
                "is the variable set? To write to standard output, give -",
            ));
        }
        if let Some(what) = target.out.as_deref().and_then(resolve::key::not_a_file) {
            return Err(Problem::usage_with(
                format!("--out: a key can't be written to {what}"),
                "give a file; if that is a file's name, write ./ before it",
            ));
        }
        if let Some(out) = &target.out {
            echo::refuse_to_write(out, "--out")?;
        }
        let stdout = |out: &OsString| out == "-" || out == "/dev/stdout";
        let file = target.out.clone().filter(|out| !stdout(out));
        let form = target.format.map(KeyFileForm::from);
        let by_name = || {
            file.as_ref()
                .and_then(|file| by_name(&file.to_string_lossy()))
        };
        let form = form.or_else(by_name).or(default).ok_or_else(|| {
            Problem::usage_with(
                "the format of the key was not given",
                "give --format jwk, jwks, pem, der or raw, or a file name that says it, such as --out FILE.pem",
            )
        })?;
        Ok(Self {
            form,
            file,
            force: target.force,
        })
    }
}

impl From<KeyFormat> for KeyFileForm {
    fn from(typed: KeyFormat) -> Self {
        match typed {
            KeyFormat::Jwk => Self::Jwk,
            KeyFormat::Jwks => Self::Jwks,
            KeyFormat::Pem => Self::Pem,
            KeyFormat::Der => Self::Der,
            KeyFormat::Raw => Self::Raw,
        }
    }
}

/// The format that the ending of a file's name stands for.
fn by_name(name: &str) -> Option<KeyFileForm> {
    let lower = name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    if ends(&[".pem", ".key", ".pub"]) {
        Some(KeyFileForm::Pem)
    } else if ends(&[".jwks", ".jwks.json"]) {
        Some(KeyFileForm::Jwks)
    } else if ends(&[".jwk", ".json"]) {
        Some(KeyFileForm::Jwk)
    } else if ends(&[".der"]) {
        Some(KeyFileForm::Der)
    } else if ends(&[".bin"]) {
        Some(KeyFileForm::Raw)
    } else {
        None
    }
}

/// Writes keys to a file; for standard output, returns their text.
///
/// # Errors
/// They can't be written in that format, or the file already exists or can't be created.
pub(super) fn write(
    keys: &[Key],
    described: Vec<KeyDescription>,
    chosen: WriteTarget,
    extent: Extent,
    context: &mut Context<'_, '_>,
) -> Result<WrittenKeys, Problem> {
    let keyfile::KeyFileContent { content, notes } = keyfile::write(keys, chosen.form, extent)?;
    let to = match chosen.file {
        None if !chosen.form.is_text() && context.world.stdout.terminal => {
            return Err(Problem::usage_with(
                "a terminal can't show these bytes",
                "give --out FILE, or another --format",
            ));
        }
        None => Destination::Output(content),
        Some(file) => {
            let path = Path::new(&file);
            let shown = echo::file(&file, "--out");
            let entropy = &mut *context.world.entropy;
            let written = if chosen.force {
                world::replace(path, &content, FileAccess::Writer, entropy)
                    .map(|()| Creation::Created)
            } else {
                world::create(path, &content, entropy)
            };
            match written? {
                Creation::Created => Destination::File(shown),
                Creation::Existed => return Err(Problem::Exists(shown)),
            }
        }
    };
    Ok(WrittenKeys {
        keys: described,
        form: chosen.form,
        to,
        notes,
    })
}
