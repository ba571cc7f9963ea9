//! Why a key can't be had: the error's data, and how errors of keys are told.
use super::failure::Failure;
use crate::cli::exit::Exit;
use crate::cli::world::FileError;
use crate::core::algorithm::Algorithm;
use crate::core::key::{NoSigner, SecretRefused};
use crate::core::keyfile::rotate::RotateError;
use crate::core::keyfile::{KeyFileError, WriteError};

/// What a value is to lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A key, by its SOURCE.
    Key,
    /// A secret, by its REF.
    Secret,
    /// A passphrase, by its REF.
    Passphrase,
}

impl What {
    pub(in crate::cli) const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Secret => "secret",
            Self::Passphrase => "passphrase",
        }
    }
}

/// Why a key that was named can't be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}{} {problem}", if problem.is_said_of_the_place() { "" } else { ":" })]
pub struct KeyError {
    /// What was named: safe to print.
    pub place: String,
    /// What is wrong with it.
    pub problem: KeyProblem,
}

/// What is wrong with a key that was named.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// A variable that is not there.
    #[error("the variable is not set")]
    Unset,
    /// There, and nothing in it.
    #[error("it is empty")]
    Empty,
    /// A `.env` file without the name asked for.
    #[error("the file does not set that name")]
    NotInFile {
        /// One that it sets and that is much like it.
        near: Option<String>,
    },
    /// A `dotenv:` without `#NAME`, or an `env:` and the like without anything.
    #[error("it is incomplete")]
    Incomplete(What),
    /// A value that may not be shown, where the path of a file or a name belongs.
    #[error("{what}, where {wanted} belongs")]
    Misplaced {
        /// Whether its sentence has the place for its subject.
        said_of_the_place: bool,
        /// Its length and what it looks like, behind a verb.
        what: String,
        /// What belongs there.
        wanted: &'static str,
        /// The way to give it.
        advice: String,
    },
    /// A PEM file that lost its form on the way into a variable.
    #[error("{how}")]
    Mangled {
        /// What it looks like.
        how: &'static str,
        /// How it is to look.
        advice: &'static str,
    },
    /// A file that can't be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file that is named as an argument, and is not there.
    #[error("no such file")]
    NoSuchFile,
    /// Standard input that can't be read.
    #[error("{0}")]
    Unreadable(String),
    /// A file that holds no key that can be used.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// Bytes that can't be a secret.
    #[error(transparent)]
    Secret(#[from] SecretRefused),
    /// Text that is not in the encoding its prefix says: which, and where it breaks, in characters from 1 where that is one character's fault.
    #[error("it is not {encoding}{}", at.map(|at| format!(" at character {at}")).unwrap_or_default())]
    NotEncoded {
        /// `base64`, `base64url`, `hexadecimal`.
        encoding: &'static str,
        /// Which character.
        at: Option<usize>,
        /// Whether the text was given itself, not by where it is.
        literal: bool,
    },
    /// An address of a key set.
    #[error("a key set is not fetched from an address by this command")]
    Address,
    /// There is no folder to keep the development key in.
    #[error("there is no folder for it: neither HOME nor XDG_DATA_HOME is set")]
    NoFolder,
}

impl KeyProblem {
    const fn is_said_of_the_place(&self) -> bool {
        matches!(
            self,
            Self::Misplaced {
                said_of_the_place: true,
                ..
            }
        )
    }
}

pub(super) fn key(KeyError { place, problem }: &KeyError) -> Failure {
    let missing = Failure::new("key_missing", Exit::CouldNot);
    let unusable = Failure::new("key_unusable", Exit::CouldNot);
    match problem {
        KeyProblem::Unset => missing.hint("is it exported? No other source is tried in its place"),
        KeyProblem::NotInFile { near: Some(near) } => {
            missing.hint(format!("it sets {near}: is that the one?"))
        }
        KeyProblem::NotInFile { near: None } | KeyProblem::NoSuchFile => missing,
        KeyProblem::File(FileError::Missing) => {
            missing.hint("for a secret in a variable: --secret env:NAME")
        }
        KeyProblem::Empty | KeyProblem::KeyFile(KeyFileError::Empty) => {
            Failure::new("key_empty", Exit::CouldNot)
                .hint("an empty key would let anyone sign: is the secret set for this job? No other source is tried in its place")
        }
        KeyProblem::Incomplete(What::Key) => {
            unusable.hint("give a file, env:NAME, dotenv:PATH#NAME, or - for standard input")
        }
        KeyProblem::Incomplete(What::Secret | What::Passphrase) => {
            unusable.hint("give env:NAME, file:PATH, dotenv:PATH#NAME, base64:…, hex:… or prompt")
        }
        KeyProblem::Misplaced { advice, .. } => missing.hint(advice.clone()),
        KeyProblem::Mangled { advice, .. } => unusable.hint(*advice),
        KeyProblem::File(_) | KeyProblem::Unreadable(_) => {
            Failure::new("key_unreadable", Exit::CouldNot)
        }
        KeyProblem::KeyFile(KeyFileError::Unusable { advice, .. }) => unusable.hint(advice.clone()),
        KeyProblem::KeyFile(KeyFileError::NeedsPassphrase { .. }) => unusable
            .hint("say where it is: --key-passphrase env:NAME, or JWTSESS_KEY_PASSPHRASE=env:NAME"),
        KeyProblem::KeyFile(KeyFileError::WrongPassphrase { .. }) => unusable.hint(
            "to type it: --key-passphrase prompt; to try the file: openssl pkey -in FILE -noout",
        ),
        KeyProblem::Secret(SecretRefused::KeyMaterial(_)) => {
            unusable.hint(if place.starts_with("env:") || place.starts_with("dotenv:") {
                format!("a key is given with --key: --key {place}")
            } else if place == "JWTSESS_SECRET" {
                "a key in another variable is given by JWTSESS_KEY=env:NAME, or --key env:NAME".to_owned()
            } else {
                "a key file is given with --key".to_owned()
            })
        }
        KeyProblem::KeyFile(KeyFileError::Secret(SecretRefused::KeyMaterial(_))) => {
            unusable.hint("give the key itself: in PEM, in DER or as a JWK")
        }
        KeyProblem::Secret(SecretRefused::NoSecret(no_secret))
        | KeyProblem::KeyFile(KeyFileError::Secret(SecretRefused::NoSecret(no_secret))) => {
            unusable.hint(no_secret.advice)
        }
        KeyProblem::KeyFile(_) | KeyProblem::Secret(_) => unusable,
        KeyProblem::NotEncoded { literal: true, .. } => {
            unusable.hint("for the characters themselves write raw: before them")
        }
        KeyProblem::NotEncoded { encoding, .. } => {
            let prefix = if *encoding == "hexadecimal" { "hex" } else { encoding };
            unusable.hint(format!("for the characters as they are leave {prefix}: out"))
        }
        KeyProblem::Address => {
            unusable.hint("fetch it first, then give the file: curl -sSfo keys.json URL && jwtsess … --key keys.json")
        }
        KeyProblem::NoFolder => Failure::new("not_created", Exit::CouldNot)
            .hint("give a key: --secret env:NAME or --key FILE"),
    }
}

pub(super) fn not_written(error: &WriteError) -> Failure {
    let told = Failure::new("not_written", Exit::CouldNot);
    match error {
        WriteError::SeveralInJwk(_) | WriteError::SeveralInDer(_) => {
            told.hint("write them as a set, --format jwks, or take one of them with --kid")
        }
        WriteError::SeveralInRaw(_) => told.hint("take one of them with --kid"),
        WriteError::SecretAsPem => told.hint("write it as a JWK or its bytes: --format jwk or raw"),
        WriteError::NoRawBytes(_) => told.hint("write it as a JWK, PEM or DER: --format jwk"),
        WriteError::PrivatePartNotKept(_) => {
            told.hint("the public part can be written: --public; better make a longer key")
        }
        WriteError::PrivatePartBroken(_) => told.hint("the public part can be written: --public"),
        WriteError::SecretIsNotPublic => told.hint(
            "keep it secret; for tokens that others can check, make a pair: jwtsess key generate",
        ),
        WriteError::Backend => told,
    }
}

pub(super) fn not_rotated(error: &RotateError) -> Failure {
    let told = |code| Failure::new(code, Exit::CouldNot);
    match error {
        RotateError::NoSigner => told("key_cannot_sign")
            .hint("a fresh set: jwtsess key generate --out keys.jwks; what is in this one: jwtsess key show FILE"),
        RotateError::NoSuchKid(_) => told("unknown_kid").hint("name one of them with --retire"),
        RotateError::TooLarge => told("key_unusable").hint("--prune drops retired keys whose time is over"),
        _ => told("could_not"),
    }
}

pub(super) fn no_kid(kids: &[String]) -> String {
    if kids.is_empty() {
        "no key has that kid; none has one at all".to_owned()
    } else {
        format!("no key has that kid; there are: {}", kids.join(", "))
    }
}

pub(super) fn no_signer(error: &NoSigner) -> String {
    let names = |algorithms: &[Algorithm]| {
        let names: Vec<_> = algorithms.iter().map(|one| one.name()).collect();
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    };
    match error {
        NoSigner::NoKey => "there is no key to sign with".to_owned(),
        NoSigner::PublicOnly => "a public key can check a signature, not make one".to_owned(),
        NoSigner::Retired(kids) => format!(
            "a retired key (`exp` in its JWK) checks signatures and makes none: {}",
            kids.join(", ")
        ),
        NoSigner::UnknownKid(kids) if kids.is_empty() => {
            "no private key has that kid; none has one at all".to_owned()
        }
        NoSigner::UnknownKid(kids) => {
            format!(
                "no private key has that kid; there are: {}",
                kids.join(", ")
            )
        }
        NoSigner::WrongAlgorithm(algorithms) => format!(
            "no private key serves that algorithm; there are: {}",
            names(algorithms)
        ),
        NoSigner::Ambiguous(keys) => format!("several keys could sign: {}", keys.join("; ")),
    }
}
