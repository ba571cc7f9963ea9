//! Errors about keys: their data, and how they are reported.
use super::failure::Failure;
use crate::cli::exit::Exit;
use crate::cli::world::FileError;
use crate::core::algorithm::Algorithm;
use crate::core::echo::listed;
use crate::core::key::{NoSigner, SecretError};
use crate::core::keyfile::rotate::RotateError;
use crate::core::keyfile::{KeyFileError, WriteError};
use crate::net::address::AddressError;

/// What a reference should lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReferenceTarget {
    /// A key, given as a SOURCE.
    Key,
    /// A secret, given as a REF.
    Secret,
    /// A passphrase, given as a REF.
    Passphrase,
    /// A password, given as a REF.
    Password,
    /// A client's secret, given as a REF.
    ClientSecret,
    /// A refresh token, given as a REF.
    RefreshToken,
}

impl ReferenceTarget {
    pub(in crate::cli) const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Secret => "secret",
            Self::Passphrase => "passphrase",
            Self::Password => "password",
            Self::ClientSecret => "client-secret",
            Self::RefreshToken => "refresh-token",
        }
    }
}

/// Why a named key can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}{} {problem}", if problem.is_said_of_the_place() { "" } else { ":" })]
pub(crate) struct KeyError {
    /// What was named: safe to print.
    pub place: String,
    /// What is wrong with it.
    pub problem: KeyProblem,
}

/// What is wrong with a named key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeyProblem {
    /// The variable is not set.
    #[error("the variable is not set")]
    Unset,
    /// The source is there but empty.
    #[error("it is empty")]
    Empty,
    /// The `.env` file does not set the name.
    #[error("the file does not set that name")]
    NotInFile {
        /// A similar name that it sets.
        near: Option<String>,
    },
    /// A `dotenv:` without `#NAME`, or a prefix such as `env:` with nothing after it.
    #[error("it is incomplete")]
    Incomplete(ReferenceTarget),
    /// A value that may not be shown was given in place of a path or a name.
    #[error("{what}; expected {wanted}")]
    Misplaced {
        /// Whether the place is the subject of the sentence.
        said_of_the_place: bool,
        /// A verb, then the value's length and what it looks like.
        what: String,
        /// What was expected.
        wanted: &'static str,
        /// How to give it.
        advice: String,
    },
    /// A PEM file that was damaged on its way into a variable.
    #[error("{how}")]
    Mangled {
        /// What it looks like.
        how: &'static str,
        /// How to correct it.
        advice: &'static str,
    },
    /// The file can't be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file given as an argument does not exist.
    #[error("no such file")]
    NoSuchFile,
    /// Standard input can't be read.
    #[error("{0}")]
    Unreadable(String),
    /// The file holds no usable key.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The bytes can't be a secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The text is not in the encoding that its prefix names.
    #[error("it is not {encoding}{}", at.map(|at| format!(" at character {at}")).unwrap_or_default())]
    NotEncoded {
        /// `base64`, `base64url`, `hexadecimal`.
        encoding: &'static str,
        /// The wrong character, counted from 1, if there is one.
        at: Option<usize>,
        /// Whether the text itself was given, not a reference to it.
        literal: bool,
    },
    /// The source is an address that nothing is fetched from.
    #[error("it is not fetched: {0}")]
    Address(AddressError),
    /// Keys at an address are no use here.
    #[error("this command takes no keys at an address")]
    NotHere,
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
        KeyProblem::Unset => missing.hint("check that it is exported; jwtsess tries no other source in its place"),
        KeyProblem::NotInFile { near: Some(near) } => {
            missing.hint(format!("did you mean {near}, which it sets?"))
        }
        KeyProblem::NotInFile { near: None } | KeyProblem::NoSuchFile => missing,
        KeyProblem::File(FileError::Missing) => {
            missing.hint("to use a secret in a variable: --secret env:NAME")
        }
        KeyProblem::Empty | KeyProblem::KeyFile(KeyFileError::Empty) => {
            Failure::new("key_empty", Exit::CouldNot)
                .hint("an empty key would let anyone sign: check that the secret is set for this job; jwtsess tries no other source in its place")
        }
        KeyProblem::Incomplete(ReferenceTarget::Key) => {
            unusable.hint("give a file, env:NAME, dotenv:PATH#NAME, or - for standard input")
        }
        KeyProblem::Incomplete(_) => {
            unusable.hint("give env:NAME, file:PATH, dotenv:PATH#NAME, base64:…, hex:… or prompt")
        }
        KeyProblem::Misplaced { advice, .. } => missing.hint(advice.clone()),
        KeyProblem::Mangled { advice, .. } => unusable.hint(*advice),
        KeyProblem::File(_) | KeyProblem::Unreadable(_) => {
            Failure::new("key_unreadable", Exit::CouldNot)
        }
        KeyProblem::KeyFile(KeyFileError::Unusable { advice, .. }) => unusable.hint(advice.clone()),
        KeyProblem::KeyFile(KeyFileError::NeedsPassphrase { .. }) => unusable
            .hint("say where to find the passphrase: --key-passphrase env:NAME, or JWTSESS_KEY_PASSPHRASE=env:NAME"),
        KeyProblem::KeyFile(KeyFileError::WrongPassphrase { .. }) => unusable.hint(
            "to type the passphrase: --key-passphrase prompt; to test the file: openssl pkey -in FILE -noout",
        ),
        KeyProblem::Secret(SecretError::KeyMaterial(_)) => {
            unusable.hint(if place.starts_with("env:") || place.starts_with("dotenv:") {
                format!("give a key with --key: --key {place}")
            } else if place == "JWTSESS_SECRET" {
                "to use a key in a variable: JWTSESS_KEY=env:NAME, or --key env:NAME".to_owned()
            } else {
                "give a key file with --key".to_owned()
            })
        }
        KeyProblem::KeyFile(KeyFileError::Secret(SecretError::KeyMaterial(_))) => {
            unusable.hint("give the key itself: in PEM, in DER or as a JWK")
        }
        KeyProblem::Secret(SecretError::NoSecret(no_secret))
        | KeyProblem::KeyFile(KeyFileError::Secret(SecretError::NoSecret(no_secret))) => {
            unusable.hint(no_secret.advice)
        }
        KeyProblem::KeyFile(_) | KeyProblem::Secret(_) => unusable,
        KeyProblem::NotEncoded { literal: true, .. } => {
            unusable.hint("to use the characters themselves, write raw: before them")
        }
        KeyProblem::NotEncoded { encoding, .. } => {
            let prefix = if *encoding == "hexadecimal" { "hex" } else { encoding };
            unusable.hint(format!("to use the characters as they are, leave {prefix}: out"))
        }
        KeyProblem::Address(AddressError::Scheme) => Failure::new("insecure_origin", Exit::Usage),
        KeyProblem::Address(_) => Failure::new("usage", Exit::Usage)
            .hint("give it as https://HOST/PATH, as in https://issuer.example/jwks.json"),
        KeyProblem::NotHere => unusable
            .hint("fetch them first, then give the file: jwtsess key jwks URL > keys.json"),
        KeyProblem::NoFolder => Failure::new("not_created", Exit::CouldNot)
            .hint("give a key: --secret env:NAME or --key FILE"),
    }
}

pub(super) fn not_written(error: &WriteError) -> Failure {
    let told = Failure::new("not_written", Exit::CouldNot);
    match error {
        WriteError::SeveralInJwk(_) | WriteError::SeveralInDer(_) => {
            told.hint("write them as a set (--format jwks), or choose one with --kid")
        }
        WriteError::SeveralInRaw(_) => told.hint("choose one with --kid"),
        WriteError::SecretAsPem => {
            told.hint("write it as a JWK or as its bytes: --format jwk or --format raw")
        }
        WriteError::NoRawBytes(_) => {
            told.hint("write it as a JWK, PEM or DER, for example --format jwk")
        }
        WriteError::PrivatePartNotKept(_) => {
            told.hint("make a longer key, or write only the public part: --public")
        }
        WriteError::PrivatePartBroken(_) => told.hint("the public part can be written: --public"),
        WriteError::SecretIsNotPublic => told.hint(
            "keep it secret; to let others verify tokens, make a key pair: jwtsess key generate",
        ),
        WriteError::Backend => told,
    }
}

pub(super) fn not_rotated(error: &RotateError) -> Failure {
    let told = |code| Failure::new(code, Exit::CouldNot);
    match error {
        RotateError::NoSigner => told("key_cannot_sign")
            .hint("to make a new set: jwtsess key generate --out keys.jwks; to see what is in this one: jwtsess key show FILE"),
        RotateError::NoSuchKid(_) => told("unknown_kid").hint("choose one with --retire"),
        RotateError::TooLarge => told("key_unusable").hint("to remove retired keys that no longer verify anything, add --prune"),
        _ => told("could_not"),
    }
}

pub(super) fn no_kid(kids: &[String]) -> String {
    if kids.is_empty() {
        "no key has that kid: none of them has a kid".to_owned()
    } else {
        format!("no key has that kid; the kids are: {}", listed(kids, ", "))
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
        NoSigner::PublicOnly => "a public key can verify a signature, not make one".to_owned(),
        NoSigner::Retired(kids) => format!(
            "a retired key (`exp` in its JWK) can verify signatures, not make them: {}",
            listed(kids, ", ")
        ),
        NoSigner::UnknownKid(kids) if kids.is_empty() => {
            "no private key has that kid: none of them has a kid".to_owned()
        }
        NoSigner::UnknownKid(kids) => {
            format!(
                "no private key has that kid; the kids are: {}",
                listed(kids, ", ")
            )
        }
        NoSigner::WrongAlgorithm(algorithms) => format!(
            "no private key supports that algorithm; the keys support: {}",
            names(algorithms)
        ),
        NoSigner::Ambiguous(keys) => format!("several keys could sign: {}", listed(keys, "; ")),
    }
}
