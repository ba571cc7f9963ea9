//! Where the key comes from: flags, else the environment, else the development key. What is named is used or refused; the next source is never tried in its place.
mod misplaced;
mod passphrase;
mod reference;
mod source;

use std::ffi::OsStr;
use std::path::Path;

use super::args::key::{KeyFlags, PassphraseFlag};
use super::context::Context;
use super::dev_key;
use super::error::Problem;
use super::world::{self, FileError, Guard, InputError, World};
use super::{echo, profiles};
use crate::config::file::Chosen;
use crate::config::resolve::Origin;
use crate::core::algorithm::Algorithm;
use crate::core::key::{Key, KeySet, SecretRefused};
use crate::core::keyfile::{KeyFileError, MAX_KEY_FILE};
use crate::core::secret::Secret;
use misplaced::Asked;
pub use misplaced::What;
use passphrase::Passphrase;
pub use reference::shown_reference;
use source::add_source;
pub use source::{not_a_file, shown_source};

/// The keys of a call.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The keys.
    pub set: KeySet,
    /// Of several secrets the one that signs; `None`: whichever of the set can.
    pub signing: Option<KeySet>,
    /// Where each of them is from, in the set's order; safe to print.
    pub sources: Vec<String>,
    /// Whether it is the development key, which judges its own tokens alone.
    pub development: bool,
    /// The HMAC secrets that were given, as they were: to try likely mistakes with.
    pub secrets: Vec<Secret>,
    /// The key files that were given, as they were: likewise.
    pub files: Vec<Secret>,
    /// What each source was taken for.
    pub forms: Vec<SourceForm>,
    /// Who named the key, in words: a flag, a variable, a profile; `None` for the development key and for a file that is a command's own argument.
    pub named_by: Option<String>,
    /// Whether a passphrase opened one of them.
    pub was_encrypted: bool,
}

/// What a source of keys was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceForm {
    /// The source, as [`Loaded::sources`] has it.
    pub source: String,
    /// The form of its content (`a JWK (EC P-256, private)`).
    pub form: String,
    /// Its file, where the source does not name it.
    pub path: Option<String>,
}

impl Loaded {
    /// The keys of which one signs.
    #[must_use]
    pub fn signing(&self) -> &KeySet {
        self.signing.as_ref().unwrap_or(&self.set)
    }
    /// Notes which they are, and who named them.
    fn note(&self, context: &Context<'_, '_>) {
        let mut sources: Vec<&str> = self.sources.iter().map(String::as_str).collect();
        sources.dedup();
        let which = match (&self.named_by, self.development) {
            (Some(by), _) => format!("{}, by {by}", sources.join(", ")),
            (None, true) => format!("{}, because none is named", sources.join(", ")),
            (None, false) => "none, because none is named".to_owned(),
        };
        context.note_source("key", &which);
    }
    pub(super) fn add(&mut self, keys: KeySet, source: &str) {
        self.sources
            .extend(keys.keys().iter().map(|_| source.to_owned()));
        self.set.extend(keys);
    }
    pub(super) fn add_form(&mut self, source: &str, form: &str, path: Option<String>) {
        self.forms.push(SourceForm {
            source: source.to_owned(),
            form: form.to_owned(),
            path,
        });
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

/// Builds the error of a place.
fn at<P: Into<KeyProblem>>(place: &str) -> impl Fn(P) -> Problem + '_ {
    move |problem| {
        Problem::Key(KeyError {
            place: place.to_owned(),
            problem: problem.into(),
        })
    }
}

/// The keys for `issue`: with none given anywhere, the development key, made if it is not there.
///
/// # Errors
/// What was named can't be used, or the development key can't be made.
pub fn for_issue(
    flags: &KeyFlags,
    profile: &Chosen,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Loaded> {
    load(flags, Some(profile), context, dev_key::read_or_make)
}

/// The keys for all else: with none given anywhere, the development key if it is there; it judges its own tokens alone.
///
/// # Errors
/// What was named can't be used.
pub fn given(
    flags: &KeyFlags,
    profile: Option<&Chosen>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Loaded> {
    load(flags, profile, context, dev_key::read)
}

/// The keys of one source, an argument of its command, whatever else is set.
///
/// # Errors
/// It can't be used.
pub fn from_source(
    source: &OsStr,
    passphrase: &PassphraseFlag,
    context: &mut Context<'_, '_>,
) -> Result<Loaded, Problem> {
    let mut loaded = Loaded::default();
    let mut passphrase = Passphrase::of(passphrase);
    let origin = Origin::Flag("FILE");
    add_source(source, &origin, &mut passphrase, &mut loaded, context).map_err(|problem| {
        match problem {
            Problem::Key(error) if error.problem == KeyProblem::File(FileError::Missing) => {
                Problem::Key(KeyError {
                    problem: KeyProblem::NoSuchFile,
                    ..error
                })
            }
            other => other,
        }
    })?;
    passphrase.say_if_unused(context);
    loaded.was_encrypted = passphrase.was_needed();
    Ok(loaded)
}

/// The error of a command's own argument that names no file, and may not be shown.
pub(super) fn is_no_file(file: &OsStr, context: &Context<'_, '_>) -> Problem {
    let asked = Asked {
        what: What::Key,
        by: &Origin::Flag("FILE"),
    };
    asked.is_no_path("", file, context)
}

/// The one algorithm to sign with, of `--alg`.
///
/// # Errors
/// There are several: checking takes any of them, a signature has one.
pub fn one_algorithm(flags: &KeyFlags) -> Result<Option<Algorithm>, Problem> {
    match flags.alg.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(Problem::usage_with(
            "--alg is given more than once",
            "a token is signed with one algorithm",
        )),
    }
}

/// Refuses a second `--secret` where a token is to be signed that none came before.
///
/// # Errors
/// There are several: checking takes any of them, a signature has one.
pub fn one_secret(flags: &KeyFlags) -> Result<(), Problem> {
    if flags.secret.len() > 1 {
        return Err(Problem::usage_with(
            "--secret is given more than once",
            "a token is signed with one secret; inspect, verify, renew and rotate take several",
        ));
    }
    Ok(())
}

const SECRET_VARIABLE: &str = "JWTSESS_SECRET";
const KEY_VARIABLE: &str = "JWTSESS_KEY";
const NO_DEV_KEY_VARIABLE: &str = "JWTSESS_NO_DEV_KEY";

type DevKey = fn(&mut Context<'_, '_>) -> Result<Loaded, Problem>;

fn load(
    flags: &KeyFlags,
    profile: Option<&Chosen>,
    context: &mut Context<'_, '_>,
    dev_key: DevKey,
) -> anyhow::Result<Loaded> {
    let mut loaded = Loaded::default();
    let mut passphrase = Passphrase::of(&flags.passphrase);
    if !flags.secret.is_empty() {
        let origin = Origin::Flag("--secret");
        for reference in &flags.secret {
            let signing = add_secret(reference.expose(), &origin, &mut loaded, context)?;
            if flags.secret.len() > 1 {
                loaded.signing.get_or_insert(signing);
            }
        }
        loaded.named_by = Some(origin.to_string());
    } else if !flags.key.is_empty() {
        let origin = Origin::Flag("--key");
        for source in &flags.key {
            add_source(
                source.expose(),
                &origin,
                &mut passphrase,
                &mut loaded,
                context,
            )?;
        }
        loaded.named_by = Some(origin.to_string());
    } else {
        let secret = context.world.variable(SECRET_VARIABLE);
        let key = context.world.variable(KEY_VARIABLE);
        match (secret, key) {
            (Some(_), Some(_)) => {
                return Err(Problem::usage_with(
                    format!("{SECRET_VARIABLE} and {KEY_VARIABLE} are both set"),
                    "unset one of them, or give --secret or --key",
                )
                .into());
            }
            (Some(reference), None) => {
                let origin = Origin::Environment(SECRET_VARIABLE);
                add_secret(&reference, &origin, &mut loaded, context)?;
                loaded.named_by = Some(origin.to_string());
            }
            (None, Some(source)) => {
                let origin = Origin::Environment(KEY_VARIABLE);
                add_source(&source, &origin, &mut passphrase, &mut loaded, context)?;
                loaded.named_by = Some(origin.to_string());
            }
            (None, None) if of_profile(profile, &mut passphrase, &mut loaded, context)? => {}
            (None, None) if flags.no_dev_key || context.is_set(NO_DEV_KEY_VARIABLE) => {}
            (None, None) => loaded = dev_key(context)?,
        }
    }
    passphrase.say_if_unused(context);
    loaded.note(context);
    Ok(loaded)
}

/// The keys that the config file names for the profile of the call; whether it names any.
fn of_profile(
    profile: Option<&Chosen>,
    passphrase: &mut Passphrase,
    loaded: &mut Loaded,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<bool> {
    let Some(chosen) = profile else {
        return Ok(false);
    };
    let name = &chosen.profile.name;
    if let Some(reference) = &chosen.secret {
        let by = format!("the secret of the profile {name}");
        let reference = OsStr::new(reference);
        if reference::is_literal(reference) {
            profiles::warn_of_others(name, context)?;
        }
        add_secret(reference, &Origin::File(by), loaded, context)?;
    }
    for source in &chosen.keys {
        let by = Origin::File(format!("the key of the profile {name}"));
        add_source(OsStr::new(source), &by, passphrase, loaded, context)?;
    }
    let named = chosen.secret.is_some() || !chosen.keys.is_empty();
    loaded.named_by = named.then(|| format!("the profile {name}"));
    Ok(named)
}

/// Adds a secret, and gives it once more, to sign with.
fn add_secret(
    reference: &OsStr,
    origin: &Origin,
    loaded: &mut Loaded,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<KeySet> {
    let asked = Asked {
        what: What::Secret,
        by: origin,
    };
    let found = reference::resolve(reference, asked, context)?;
    let place = &found.place;
    // Kept as it was given: a line break too many is one of the mistakes that are looked for.
    loaded.secrets.push(found.secret.clone());
    let dropped = found
        .is_file
        .then(|| found.secret.without_final_newline())
        .flatten();
    let (secret, dropped) = match dropped {
        Some((rest, newline)) => (rest, Some(newline)),
        None => (found.secret.clone(), None),
    };
    let key = || {
        Key::from_secret(secret.clone()).map_err(|error| match error {
            SecretRefused::Empty => at(place)(KeyProblem::Empty),
            refused @ (SecretRefused::KeyMaterial(_) | SecretRefused::NoSecret(_)) => {
                at(place)(refused)
            }
        })
    };
    let keys = KeySet::new(vec![key()?]);
    found.warn_of_others(true, context);
    if let Some(newline) = dropped {
        context.say(&format!(
            "{place}: the final {newline} was dropped from the secret"
        ));
    }
    loaded.add_form(place, "a secret", None);
    loaded.add(keys, place);
    Ok(KeySet::new(vec![key()?]))
}

/// What a file or standard input held.
struct Read {
    content: Secret,
    guard: Guard,
    place: String,
}

/// Reads a file, a pipe or standard input; `prefix` stands before its path where it was given.
fn read(
    path: &OsStr,
    asked: Asked<'_>,
    prefix: &str,
    context: &mut Context<'_, '_>,
) -> Result<Read, Problem> {
    let by = asked.by.to_string();
    if World::is_stdin(path) {
        let place = "standard input".to_owned();
        return match context.world.stdin.take(&by, MAX_KEY_FILE) {
            Ok(content) => Ok(Read {
                content,
                guard: Guard::default(),
                place,
            }),
            Err(InputError::TooLarge { limit }) => Err(at(&place)(FileError::TooLarge { limit })),
            Err(InputError::Unreadable(words)) => Err(at(&place)(KeyProblem::Unreadable(words))),
            Err(twice @ InputError::Twice { .. }) => Err(twice.into()),
        };
    }
    let place = echo::file(path, &by);
    match world::read(Path::new(path), MAX_KEY_FILE) {
        Ok(content) => Ok(Read {
            content: content.bytes,
            guard: content.guard,
            place,
        }),
        // What is no path is too long for one, or holds what none can.
        Err(FileError::Missing | FileError::Other(_)) if echo::path(path).is_none() => {
            Err(asked.is_no_path(prefix, path, context))
        }
        Err(error) => Err(at(&place)(error)),
    }
}

/// Says of a key file that others may use it: whoever can write it can have us accept their tokens, whoever can read a private one can make them.
pub(super) fn warn_of_others(
    place: &str,
    guard: Guard,
    private: bool,
    context: &mut Context<'_, '_>,
) {
    if guard.writable_by_others {
        context.warn_once(&format!(
            "{place} can be written by others: chmod go-w, or they choose the key"
        ));
    }
    if private && guard.readable_by_others {
        context.warn_once(&format!(
            "{place} can be read by others: chmod go-r, or they sign as you do"
        ));
    }
}

#[cfg(test)]
mod tests;
