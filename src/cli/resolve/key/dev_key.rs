//! The development key, which signs on a machine where no key is set up. Only `issue` makes it, once, and says so.
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use zeroize::Zeroizing;

use super::call_keys::CallKeys;
use super::read::warn_of_others;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyError, KeyProblem};
use crate::cli::paint::shown_os;
use crate::cli::world::{self, Creation, FileError};
use crate::core::entropy::Entropy;
use crate::core::key::Key;
use crate::core::keyfile::{self, MAX_KEY_FILE};
use crate::core::secret::Secret;

/// The name of its file in the user's data folder.
const FILE: &str = "development-key.jwks.json";

/// What the output calls it when it names the source of a key.
const SOURCE: &str = "the development key";

/// Reads the development key. Without one, the result has no keys.
///
/// # Errors
/// The file is there, but can't be read or used.
pub(super) fn read(context: &mut Context<'_, '_>) -> Result<CallKeys, Problem> {
    let Some(path) = path(context) else {
        return Ok(CallKeys::default());
    };
    let place = format!("{SOURCE}, {}", shown_os(path.as_os_str()));
    let broken = |problem| {
        Problem::Key(KeyError {
            place: place.clone(),
            problem,
        })
    };
    let content = match world::read(&path, MAX_KEY_FILE) {
        Ok(content) => content,
        Err(FileError::Missing) => return Ok(CallKeys::default()),
        Err(error) => return Err(broken(error.into())),
    };
    let file = keyfile::read(&content.bytes).map_err(|error| broken(error.into()))?;
    warn_of_others(&place, content.guard, true, context);
    let mut loaded = CallKeys {
        development: true,
        ..CallKeys::default()
    };
    let path = Some(shown_os(path.as_os_str()));
    loaded.add_form(SOURCE, &file.form, path);
    loaded.add(file.keys, SOURCE);
    Ok(loaded)
}

/// Whether a `kid` is that of the development key. One that can't be read is of no token.
pub(super) fn has(kid: &str, context: &Context<'_, '_>) -> bool {
    let content = path(context).and_then(|path| world::read(&path, MAX_KEY_FILE).ok());
    let file = content.and_then(|content| keyfile::read(&content.bytes).ok());
    file.is_some_and(|file| file.keys.keys().iter().any(|key| key.kid() == Some(kid)))
}

/// Reads the development key, after making it if there is none.
///
/// # Errors
/// See [`read`]. Or the key can't be made.
pub(super) fn read_or_make(context: &mut Context<'_, '_>) -> Result<CallKeys, Problem> {
    let Some(path) = path(context) else {
        return Err(Problem::Key(KeyError {
            place: SOURCE.to_owned(),
            problem: KeyProblem::NoFolder,
        }));
    };
    let there = read(context)?;
    if there.development {
        return Ok(there);
    }
    if let Some(folder) = path.parent() {
        world::make_folder(folder)?;
    }
    let (kid, content) = fresh(&mut *context.world.entropy);
    // If two processes start at the same time, one makes the key and both read it.
    if world::create(&path, &content, &mut *context.world.entropy)? == Creation::Created {
        context.say(&format!(
            "no key was given: made a development key (kid {kid}) in {}",
            shown_os(path.as_os_str())
        ));
    }
    let made = read(context)?;
    if made.development {
        return Ok(made);
    }
    // The name is taken by a symbolic link that leads nowhere, so there is nothing to read.
    Err(Problem::Key(KeyError {
        place: format!("{SOURCE}, {}", shown_os(path.as_os_str())),
        problem: FileError::Missing.into(),
    }))
}

fn path(context: &Context<'_, '_>) -> Option<PathBuf> {
    Some(context.world.data_folder()?.join(FILE))
}

/// Makes a fresh key: its kid, and the content of its file. The kid is `dev-` and 32 bits of the key's thumbprint (RFC 7638), which reveal nothing about 256
/// random bits.
fn fresh(entropy: &mut dyn Entropy) -> (String, Secret) {
    let key = Key::generate_secret(entropy);
    let thumbprint = URL_SAFE_NO_PAD.decode(key.thumbprint()).unwrap_or_default();
    let short = thumbprint.first_chunk().copied().unwrap_or_default();
    let kid = format!("dev-{:08x}", u32::from_be_bytes(short));
    let jwks = json!({"keys": [key.with_kid(Some(kid.clone())).to_jwk(true)]});
    let text = Zeroizing::new(format!("{jwks}\n"));
    (kid, Secret::new(text.as_bytes().to_vec()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::cli::testing::Counter;
    use crate::core::key::KeyKind;

    #[test]
    fn a_fresh_key_is_a_jwks_of_one_secret_bound_to_hs256() {
        let (kid, content) = fresh(&mut Counter(0));
        let file = keyfile::read(&content).unwrap();
        let [key] = file.keys.keys() else {
            panic!("{:?}", file.keys)
        };
        assert_eq!(key.kid(), Some(kid.as_str()));
        assert_eq!(key.kind(), KeyKind::Secret { bytes: 32 });
        let names: Vec<_> = key.algorithms().iter().map(|one| one.name()).collect();
        assert_eq!(names, ["HS256"]);
        assert!(kid.len() == 12 && kid.starts_with("dev-"), "{kid}");
    }
}
