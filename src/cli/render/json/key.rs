//! The outcomes of the `key` commands as JSON.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::value::RawValue;

use super::raw::agreed;
use crate::cli::outcome::key::{Described, KeyDid, Rotated, Shown, To, Written};
use crate::cli::resolve::key::loaded::SourceForm;
use crate::core::algorithm::Algorithm;
use crate::core::keyfile::Form;
use crate::core::time::Timestamp;

/// The members of a report that only these commands have.
#[derive(Default, Serialize)]
pub(super) struct Members {
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<SourceShown>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keys: Option<Vec<KeyDescribed>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signs_with: Option<SignsWith>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<WrittenShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation: Option<RotationShown>,
}

#[derive(Serialize)]
struct KeyDescribed {
    source: String,
    kid: Option<String>,
    kty: &'static str,
    crv: Option<&'static str>,
    bits: usize,
    part: &'static str,
    alg: Option<&'static str>,
    algorithms: Vec<&'static str>,
    signs: bool,
    verifies: bool,
    thumbprint: Option<String>,
    too_short: Vec<TooShort>,
    retired_until: Option<i64>,
}

#[derive(Serialize)]
struct TooShort {
    alg: &'static str,
    has: usize,
    needs: usize,
}

#[derive(Serialize)]
struct SourceShown {
    source: String,
    form: String,
    path: Option<String>,
    named_by: Option<String>,
}

/// Which key signs if the user names none.
#[derive(Serialize)]
struct SignsWith {
    index: usize,
    kid: Option<String>,
    alg: &'static str,
}

#[derive(Serialize)]
struct WrittenShown {
    format: &'static str,
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
    notes: Vec<String>,
}

/// The content that was made, if it went to no file.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Content {
    /// A JWK or JWKS, as a JSON object.
    Json(Box<RawValue>),
    Text(String),
    Base64(String),
}

#[derive(Serialize)]
struct RotationShown {
    file: String,
    kid: Option<String>,
    retired_kid: Option<String>,
    retired_until: i64,
    overlap: u64,
    pruned: Vec<Option<String>>,
    dry_run: bool,
}

pub(super) fn keys(did: &KeyDid) -> Members {
    match did {
        KeyDid::Shown(shown) => of_shown(shown),
        KeyDid::Generated(written) | KeyDid::Published(written) | KeyDid::Converted(written) => {
            of_written(written)
        }
        KeyDid::Rotated(rotated) => of_rotated(rotated),
    }
}

fn of_shown(shown: &Shown) -> Members {
    let source = |one: &SourceForm| SourceShown {
        source: one.source.clone(),
        form: one.form.clone(),
        path: one.path.clone(),
        named_by: shown.named_by.clone(),
    };
    Members {
        sources: Some(shown.sources.iter().map(source).collect()),
        keys: Some(shown.keys.iter().map(described).collect()),
        signs_with: shown.signs_with().map(|(index, algorithm)| SignsWith {
            index,
            kid: shown.keys.get(index).and_then(|key| key.kid.clone()),
            alg: algorithm.name(),
        }),
        ..Members::default()
    }
}

fn of_written(written: &Written) -> Members {
    let (path, content) = match &written.to {
        To::File(path) => (Some(path.clone()), None),
        To::Output(bytes) => (None, Some(content(written.form, bytes.expose()))),
    };
    Members {
        keys: Some(written.keys.iter().map(described).collect()),
        written: Some(WrittenShown {
            format: format(written.form),
            path,
            content,
            notes: written.notes.clone(),
        }),
        ..Members::default()
    }
}

fn of_rotated(rotated: &Rotated) -> Members {
    let (retired_kid, until) = &rotated.retired;
    let fresh = rotated.keys.first();
    Members {
        keys: Some(rotated.keys.iter().map(described).collect()),
        rotation: Some(RotationShown {
            file: rotated.file.clone(),
            kid: fresh.and_then(|key| key.kid.clone()),
            retired_kid: retired_kid.clone(),
            retired_until: until.seconds(),
            overlap: rotated.overlap.0.seconds(),
            pruned: rotated.pruned.clone(),
            dry_run: rotated.dry_run,
        }),
        ..Members::default()
    }
}

fn content(form: Form, bytes: &[u8]) -> Content {
    match std::str::from_utf8(bytes) {
        Ok(text) if form.is_text() => {
            let json = form.is_json().then(|| agreed(text)).flatten();
            json.map_or_else(|| Content::Text(text.to_owned()), Content::Json)
        }
        _ => Content::Base64(STANDARD.encode(bytes)),
    }
}

const fn format(form: Form) -> &'static str {
    match form {
        Form::Jwk => "jwk",
        Form::Jwks => "jwks",
        Form::Pem => "pem",
        Form::Der => "der",
        Form::Raw => "raw",
    }
}

fn described(key: &Described) -> KeyDescribed {
    let (kty, crv) = key.jwk_type();
    let too_short = |(algorithm, has, needs): &(Algorithm, usize, usize)| TooShort {
        alg: algorithm.name(),
        has: *has,
        needs: *needs,
    };
    KeyDescribed {
        source: key.source.clone(),
        kid: key.kid.clone(),
        kty,
        crv,
        bits: key.bits(),
        part: key.part().code(),
        alg: key.bound.map(Algorithm::name),
        algorithms: key.algorithms.iter().map(|one| one.name()).collect(),
        signs: key.signs,
        verifies: key.verifies,
        thumbprint: key.thumbprint.clone(),
        too_short: key.weak.iter().map(too_short).collect(),
        retired_until: key.retired.map(Timestamp::seconds),
    }
}
