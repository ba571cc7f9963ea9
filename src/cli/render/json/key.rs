//! The outcomes of the `key` commands as JSON.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::value::RawValue;

use super::raw::agreed;
use crate::cli::outcome::key::{
    Destination, KeyAction, KeyDescription, KeyListing, KeyRotation, WrittenKeys,
};
use crate::cli::resolve::key::call_keys::SourceForm;
use crate::core::algorithm::Algorithm;
use crate::core::keyfile::KeyFileForm;
use crate::core::time::Timestamp;

/// The members of a report that only these commands have.
#[derive(Default, Serialize)]
pub(super) struct KeyMembersJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<SourceJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keys: Option<Vec<KeyDescriptionJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signs_with: Option<SignerJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_key: Option<RefreshKeyJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<WrittenKeysJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation: Option<KeyRotationJson>,
}

/// The keys of refresh tokens that have some of their own.
#[derive(Serialize)]
struct RefreshKeyJson {
    sources: Vec<SourceJson>,
    keys: Vec<KeyDescriptionJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signs_with: Option<SignerJson>,
}

#[derive(Serialize)]
struct KeyDescriptionJson {
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
    too_short: Vec<TooShortJson>,
    retired_until: Option<i64>,
}

#[derive(Serialize)]
struct TooShortJson {
    alg: &'static str,
    has: usize,
    needs: usize,
}

#[derive(Serialize)]
struct SourceJson {
    source: String,
    form: String,
    path: Option<String>,
    named_by: Option<String>,
}

/// Which key signs if the user names none.
#[derive(Serialize)]
struct SignerJson {
    index: usize,
    kid: Option<String>,
    alg: &'static str,
}

#[derive(Serialize)]
struct WrittenKeysJson {
    format: &'static str,
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<ContentJson>,
    notes: Vec<String>,
}

/// The content that was made, if it went to no file.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ContentJson {
    /// A JWK or JWKS, as a JSON object.
    Json(Box<RawValue>),
    Text(String),
    Base64(String),
}

#[derive(Serialize)]
struct KeyRotationJson {
    file: String,
    kid: Option<String>,
    retired_kid: Option<String>,
    retired_until: i64,
    overlap: u64,
    pruned: Vec<Option<String>>,
    dry_run: bool,
}

pub(super) fn keys(action: &KeyAction) -> KeyMembersJson {
    match action {
        KeyAction::Shown(shown) => of_shown(shown),
        KeyAction::Generated(written)
        | KeyAction::Published(written)
        | KeyAction::Converted(written) => of_written(written),
        KeyAction::Rotated(rotated) => of_rotated(rotated),
    }
}

fn of_shown(shown: &KeyListing) -> KeyMembersJson {
    let refresh = shown.refresh.as_deref();
    KeyMembersJson {
        sources: Some(sources(shown)),
        keys: Some(shown.keys.iter().map(described).collect()),
        signs_with: signer(shown),
        refresh_key: refresh.map(|refresh| RefreshKeyJson {
            sources: sources(refresh),
            keys: refresh.keys.iter().map(described).collect(),
            signs_with: signer(refresh),
        }),
        ..KeyMembersJson::default()
    }
}

fn sources(shown: &KeyListing) -> Vec<SourceJson> {
    let source = |one: &SourceForm| SourceJson {
        source: one.source.clone(),
        form: one.form.clone(),
        path: one.path.clone(),
        named_by: shown.named_by.clone(),
    };
    shown.sources.iter().map(source).collect()
}

fn signer(shown: &KeyListing) -> Option<SignerJson> {
    let (index, algorithm) = shown.signs_with()?;
    Some(SignerJson {
        index,
        kid: shown.keys.get(index).and_then(|key| key.kid.clone()),
        alg: algorithm.name(),
    })
}

fn of_written(written: &WrittenKeys) -> KeyMembersJson {
    let (path, content) = match &written.to {
        Destination::File(path) => (Some(path.clone()), None),
        Destination::Output(bytes) => (None, Some(content(written.form, bytes.expose()))),
    };
    KeyMembersJson {
        keys: Some(written.keys.iter().map(described).collect()),
        written: Some(WrittenKeysJson {
            format: format(written.form),
            path,
            content,
            notes: written.notes.clone(),
        }),
        ..KeyMembersJson::default()
    }
}

fn of_rotated(rotated: &KeyRotation) -> KeyMembersJson {
    let (retired_kid, until) = &rotated.retired;
    let fresh = rotated.keys.first();
    KeyMembersJson {
        keys: Some(rotated.keys.iter().map(described).collect()),
        rotation: Some(KeyRotationJson {
            file: rotated.file.clone(),
            kid: fresh.and_then(|key| key.kid.clone()),
            retired_kid: retired_kid.clone(),
            retired_until: until.seconds(),
            overlap: rotated.overlap.0.seconds(),
            pruned: rotated.pruned.clone(),
            dry_run: rotated.dry_run,
        }),
        ..KeyMembersJson::default()
    }
}

fn content(form: KeyFileForm, bytes: &[u8]) -> ContentJson {
    match std::str::from_utf8(bytes) {
        Ok(text) if form.is_text() => {
            let json = form.is_json().then(|| agreed(text)).flatten();
            json.map_or_else(|| ContentJson::Text(text.to_owned()), ContentJson::Json)
        }
        _ => ContentJson::Base64(STANDARD.encode(bytes)),
    }
}

const fn format(form: KeyFileForm) -> &'static str {
    match form {
        KeyFileForm::Jwk => "jwk",
        KeyFileForm::Jwks => "jwks",
        KeyFileForm::Pem => "pem",
        KeyFileForm::Der => "der",
        KeyFileForm::Raw => "raw",
    }
}

fn described(key: &KeyDescription) -> KeyDescriptionJson {
    let (kty, crv) = key.jwk_type();
    let too_short = |(algorithm, has, needs): &(Algorithm, usize, usize)| TooShortJson {
        alg: algorithm.name(),
        has: *has,
        needs: *needs,
    };
    KeyDescriptionJson {
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
