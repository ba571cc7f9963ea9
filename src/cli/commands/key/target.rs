//! Where a key goes and in which form: a file of its owner's, or standard output.
use std::ffi::OsString;
use std::path::Path;

use crate::cli::args::key::write::{KeyFormat, Target};
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::outcome::key::{Described, To, Written};
use crate::cli::resolve;
use crate::cli::world::{self, Heir, New};
use crate::core::key::Key;
use crate::core::keyfile::{self, Extent, Form};

/// Where a key goes, everything resolved.
pub(super) struct Chosen {
    pub(super) form: Form,
    file: Option<OsString>,
    force: bool,
}

impl Chosen {
    /// What was typed; the form as the name of the file ends, else `default`.
    ///
    /// # Errors
    /// An empty name, or nothing says the form.
    pub(super) fn of(target: &Target, default: Option<Form>) -> Result<Self, Problem> {
        if target.out.as_ref().is_some_and(|out| out.is_empty()) {
            return Err(Problem::usage_with(
                "--out is empty",
                "is the variable set? - is standard output",
            ));
        }
        if let Some(what) = target.out.as_deref().and_then(resolve::key::not_a_file) {
            return Err(Problem::usage_with(
                format!("--out: a key can't be written to {what}"),
                "give a file; one of that name as ./NAME",
            ));
        }
        if let Some(out) = &target.out {
            echo::refuse_to_write(out, "--out")?;
        }
        let stdout = |out: &OsString| out == "-" || out == "/dev/stdout";
        let file = target.out.clone().filter(|out| !stdout(out));
        let form = target.format.map(Form::from);
        let by_name = || {
            file.as_ref()
                .and_then(|file| by_name(&file.to_string_lossy()))
        };
        let form = form.or_else(by_name).or(default).ok_or_else(|| {
            Problem::usage_with(
                "nothing says in which form the key is to be written",
                "give --format jwk, jwks, pem, der or raw, or --out FILE.pem and the like",
            )
        })?;
        Ok(Self {
            form,
            file,
            force: target.force,
        })
    }
}

impl From<KeyFormat> for Form {
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

/// The form that a file's name announces.
fn by_name(name: &str) -> Option<Form> {
    let lower = name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    if ends(&[".pem", ".key", ".pub"]) {
        Some(Form::Pem)
    } else if ends(&[".jwks", ".jwks.json"]) {
        Some(Form::Jwks)
    } else if ends(&[".jwk", ".json"]) {
        Some(Form::Jwk)
    } else if ends(&[".der"]) {
        Some(Form::Der)
    } else if ends(&[".bin"]) {
        Some(Form::Raw)
    } else {
        None
    }
}

/// Writes keys to where they go; for standard output, hands their text on.
///
/// # Errors
/// They can't be written so, the file is there already, or it can't be made.
pub(super) fn write(
    keys: &[Key],
    described: Vec<Described>,
    chosen: Chosen,
    extent: Extent,
    context: &mut Context<'_, '_>,
) -> Result<Written, Problem> {
    let keyfile::Written { content, notes } = keyfile::write(keys, chosen.form, extent)?;
    let to = match chosen.file {
        None if !chosen.form.is_text() && context.world.stdout.terminal => {
            return Err(Problem::usage_with(
                "these are bytes that a terminal can't show",
                "give --out FILE, or another --format",
            ));
        }
        None => To::Output(content),
        Some(file) => {
            let path = Path::new(&file);
            let shown = echo::file(&file, "--out");
            let entropy = &mut *context.world.entropy;
            let written = if chosen.force {
                world::replace(path, &content, Heir::Writer, entropy).map(|()| New::Created)
            } else {
                world::create(path, &content, entropy)
            };
            match written? {
                New::Created => To::File(shown),
                New::Existed => return Err(Problem::Exists(shown)),
            }
        }
    };
    Ok(Written {
        keys: described,
        form: chosen.form,
        to,
        notes,
    })
}
