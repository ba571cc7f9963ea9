//! Chooses the session store: `--store`, else `JWTSESS_STORE`, else the profile's, else a file in the user's data folder. A named store is used or refused.
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::args::store::StoreFlags;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::error::store::StoreProblem;
use crate::cli::outcome::sessions::StoreBefore;
use crate::cli::resolve::open_store::{AnyStore, OpenStore, StoreKind, file_id};
use crate::cli::world::{self, FileError};
use crate::config;
use crate::config::resolve::{ConfigValue, Origin, Resolver};
use crate::core;
use crate::core::entropy::uuid4_hex;
use crate::core::profile::language::builtin::MODELS;
use crate::django::tables::{Django, Location};
use crate::session::store::StoreError;
use crate::store::postgres::{Address, PrivateFile, Surroundings, is_address, open};
use crate::store::sqlite::{self, Access, Sqlite};

/// The default's name in the data folder.
const FILE: &str = "sessions.sqlite";
/// A password file is a few lines.
const PASSWORD_FILE_LIMIT: usize = 1024 * 1024;
/// The variable that names a store.
const VARIABLE: &str = "JWTSESS_STORE";

/// The store of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StoreChoice {
    /// `--no-store`.
    Without,
    /// There is no folder for the default.
    Nowhere,
    /// A store, which need not exist yet.
    At(StorePlace),
}

/// What a command does where a store that somebody named does not exist. The default store that does not exist is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It fails: the store may hold revocations, and its name may be mistyped.
    Refuse,
    /// It makes the store when it records something.
    Make,
    /// It says that the store was not asked.
    Tell,
}

/// A store's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StorePlace {
    /// The place in words, without any password.
    pub shown: String,
    /// Whether somebody named it.
    pub named: bool,
    /// What to do if it is named and does not exist.
    pub missing: Missing,
    kind: StoreKind,
    /// Whether it may be written although `--now` is set.
    rehearse: bool,
}

fn failed(place: &str, error: StoreError) -> Problem {
    Problem::Store(StoreProblem {
        place: place.to_owned(),
        error,
    })
}

/// Chooses the store of a call. A profile counts only if it was named: any other is known only after the store was read.
///
/// # Errors
/// The named store is empty, or its variable is not set.
pub(crate) fn choose(
    flags: &StoreFlags,
    profile: Option<&config::profiles::CallProfile>,
    context: &Context<'_, '_>,
) -> anyhow::Result<StoreChoice> {
    if flags.no_store {
        context.note_source("store", || "none, because of --no-store".to_owned());
        return Ok(StoreChoice::Without);
    }
    let typed = flags.store.as_ref().map(|store| store.expose().clone());
    let named =
        Resolver::flag("--store", typed).environment(VARIABLE, |name| context.world.variable(name));
    let name = profile.map_or("", |chosen| chosen.profile.name());
    let named = named.file(&format!("the store of the profile {name}"), || {
        Some(OsString::from(profile?.profile.model.store.as_deref()?))
    });
    let Some(ConfigValue { value, origin }) = named.given() else {
        return Ok(match context.world.data_folder() {
            Some(folder) => {
                let path = folder.join(FILE);
                let shown = echo::file(path.as_os_str(), "your data folder");
                context.note_source("store", || format!("{shown}, the default"));
                StoreChoice::At(StorePlace {
                    shown,
                    named: false,
                    missing: Missing::Refuse,
                    kind: StoreKind::File(path),
                    rehearse: flags.rehearse,
                })
            }
            None => StoreChoice::Nowhere,
        });
    };
    let mut place = place(&value, &origin, context)?;
    place.rehearse = flags.rehearse;
    context.note_source("store", || format!("{}, by {origin}", place.shown));
    if let StoreKind::Django(_, named) = &mut place.kind
        && let Some(chosen) = profile
    {
        let Some(server) = &chosen.profile.server else {
            return Err(Problem::usage_with(
                format!(
                    "{origin} names a Django application's database, but {} is not the profile of a Django server",
                    chosen.profile.name()
                ),
                format!("name the server's profile: --profile {}", with_a_server()),
            )
            .into());
        };
        *named = Some(Arc::clone(server));
    }
    Ok(StoreChoice::At(place))
}

/// The built-in profiles of Django servers.
fn with_a_server() -> String {
    let served = MODELS.iter().filter(|model| model.emulator.is_some());
    let names: Vec<&str> = served.map(|model| &*model.name).collect();
    names.join(" or ")
}

/// `django+`, before a variable that names a Django application's database.
const DJANGO: &str = "django+";

fn place(value: &OsStr, origin: &Origin, context: &Context<'_, '_>) -> Result<StorePlace, Problem> {
    if value.is_empty() {
        return Err(Problem::usage(format!(
            "{origin} is empty: is the variable set?"
        )));
    }
    let text = value.to_string_lossy();
    let (django, name) = match text.strip_prefix(DJANGO) {
        Some(rest) => (true, rest.strip_prefix("env:")),
        None => (false, text.strip_prefix("env:")),
    };
    let Some(name) = name else {
        return of_text(value, &origin.to_string());
    };
    let shown = format!("{origin}: env:{}", echo::name(name));
    let held = context.world.variable(name).filter(|held| !held.is_empty());
    let held = held.ok_or_else(|| {
        failed(
            &shown,
            StoreError::Unreachable("the variable is not set, or empty".to_owned()),
        )
    })?;
    // This is done once: the variable holds a store, never another variable's name.
    if django && !Location::is_meant(&held.to_string_lossy()) {
        let mut address = OsString::from(DJANGO);
        address.push(&held);
        return of_text(&address, &shown);
    }
    of_text(&held, &shown)
}

/// An address without its login, if the rest of it may be shown.
fn address_shown(name: String, typed: &str, otherwise: &str) -> String {
    let (user, rest) = match name.split_once("://") {
        // The adapter removed the password, but left the user's name.
        Some((scheme, rest)) => match rest.split_once('@') {
            Some((user, host)) => (Some(user), format!("{scheme}://{host}")),
            None => (None, name.clone()),
        },
        None => (None, name.clone()),
    };
    let shown = user.is_none_or(|user| core::echo::name(user).is_some())
        && core::echo::place(&rest).is_some()
        && !typed.contains(char::is_whitespace);
    if shown { name } else { otherwise.to_owned() }
}

/// Reads a store's text. `given_by` is the flag, the variable or the profile that gave it.
fn of_text(value: &OsStr, given_by: &str) -> Result<StorePlace, Problem> {
    let text = value.to_string_lossy();
    if Location::is_meant(&text) {
        let location = Location::parse(&text, &|path| path.exists()).map_err(|error| {
            let words = StoreError::Unreachable(error.to_string());
            failed("django+…", words)
        })?;
        return Ok(StorePlace {
            shown: address_shown(location.name(), &text, "django+…"),
            named: true,
            missing: Missing::Refuse,
            kind: StoreKind::Django(Box::new(location), None),
            rehearse: false,
        });
    }
    if is_address(&text) {
        let address = Address::parse(&text).map_err(|error| {
            let words = StoreError::Unreachable(error.to_string());
            failed("postgres://…", words)
        })?;
        return Ok(StorePlace {
            shown: address_shown(address.name(), &text, "postgres://…"),
            named: true,
            missing: Missing::Refuse,
            kind: StoreKind::Postgres(Box::new(address)),
            rehearse: false,
        });
    }
    let refused = |why| {
        let place = match core::echo::database(&text) {
            Some(scheme) => format!("{scheme}://…"),
            None => format!("{given_by} ({})", core::echo::described(&text)),
        };
        Err(failed(&place, StoreError::Unsupported(why)))
    };
    if core::echo::is_connection_string(&text) {
        return refused(
            "be opened: unknown kind of store; use a SQLite file, postgres://USER@HOST/DATABASE, django+sqlite://… or django+postgres://…; if this is a file's name, write ./ before it",
        );
    }
    let path = PathBuf::from(value);
    // A password must not become the name of a file.
    if !core::echo::may_be_made(&text) && !path.exists() {
        return refused(
            "be made: there is no such file, and a single word may be a password; if this is a file's name, write ./ before it",
        );
    }
    Ok(StorePlace {
        shown: echo::file(value, given_by),
        named: true,
        missing: Missing::Refuse,
        kind: StoreKind::File(path),
        rehearse: false,
    })
}

impl StorePlace {
    /// Opens it for reading. `None` if it does not exist yet.
    ///
    /// # Errors
    /// It exists, but is not a sound store; or it was named, and the command does not make it.
    pub(crate) fn read(&self, context: &mut Context<'_, '_>) -> Result<Option<OpenStore>, Problem> {
        let opened = self.if_there(Access::Read, context)?;
        if opened.is_none() && self.named && self.missing == Missing::Make {
            context.warn_once(&format!(
                "there is no session store at {} yet: revoked sessions and retired tokens are not detected",
                self.shown
            ));
        }
        Ok(opened)
    }

    /// Opens it for writing, and makes it if it does not exist.
    ///
    /// # Errors
    /// It can't be made or written, or is not a sound store; or it was named, and the command does not make it.
    pub(crate) fn write(&self, context: &mut Context<'_, '_>) -> Result<OpenStore, Problem> {
        self.refuse_a_moved_clock(context)?;
        if !self.named || self.missing == Missing::Make {
            let made = self.make(context)?;
            if made && self.named {
                context.say(&format!(
                    "made the session store {}, because there was none",
                    self.shown
                ));
            }
        }
        self.open(Access::Write, context)
            .map_err(|error| failed(&self.shown, error))
    }

    /// Opens it for writing. `None` if it does not exist.
    ///
    /// # Errors
    /// It can't be written, or is not a sound store; or it was named, and the command does not make it.
    pub(crate) fn write_if_there(
        &self,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<OpenStore>, Problem> {
        self.refuse_a_moved_clock(context)?;
        self.if_there(Access::Write, context)
    }

    /// Makes it, unless it is there and sound. With `upgrade`, brings one of an older schema up to date.
    ///
    /// # Errors
    /// It can't be made or changed, or what is there is no sound store.
    pub(crate) fn init(
        &self,
        upgrade: bool,
        context: &mut Context<'_, '_>,
    ) -> Result<StoreBefore, Problem> {
        let failed = |error| failed(&self.shown, error);
        match self.open(Access::Read, context) {
            Ok(opened) if !opened.is_old().map_err(failed)? => Ok(StoreBefore::Sound),
            Ok(_) if !upgrade => Ok(StoreBefore::Old),
            Ok(_) => {
                self.refuse_a_moved_clock(context)?;
                let opened = self.open(Access::Write, context).map_err(failed)?;
                // Another process may have been quicker.
                let brought_up = opened.bring_up().map_err(failed)?;
                Ok(if brought_up {
                    StoreBefore::BroughtUp
                } else {
                    StoreBefore::Sound
                })
            }
            Err(StoreError::Missing) => {
                self.refuse_a_moved_clock(context)?;
                let made = self.make(context)?;
                Ok(if made {
                    StoreBefore::Missing
                } else {
                    StoreBefore::Sound
                })
            }
            Err(error) => Err(failed(error)),
        }
    }

    pub(super) fn if_there(
        &self,
        access: Access,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<OpenStore>, Problem> {
        match self.open(access, context) {
            Ok(opened) => Ok(Some(opened)),
            Err(StoreError::Missing) if !self.named || self.missing != Missing::Refuse => Ok(None),
            Err(error) => Err(failed(&self.shown, error)),
        }
    }

    /// Makes it where nothing is there. Returns whether it did.
    fn make(&self, context: &mut Context<'_, '_>) -> Result<bool, Problem> {
        let is_open = (context.store.as_ref()).is_some_and(|known| known.is(&self.kind));
        match &self.kind {
            StoreKind::File(_) if is_open => Ok(false),
            StoreKind::File(path) => {
                if !self.named
                    && let Some(folder) = path.parent()
                {
                    world::make_folder(folder)?;
                }
                let draft = uuid4_hex(&mut *context.world.entropy);
                sqlite::make(path, &draft).map_err(|error| failed(&self.shown, error))
            }
            StoreKind::Postgres(_) => {
                let opened = self.opened(Access::Write, context);
                let made = opened.and_then(|opened| opened.make());
                made.map_err(|error| failed(&self.shown, error))
            }
            StoreKind::Django(..) => Ok(false),
        }
    }

    /// The store of the call, which is opened unless it is already open.
    fn open(&self, access: Access, context: &mut Context<'_, '_>) -> Result<OpenStore, StoreError> {
        let opened = self.opened(access, context)?;
        if !opened.is_made()? {
            return Err(StoreError::Missing);
        }
        Ok(opened)
    }

    /// The same for a database in which our tables may be missing.
    fn opened(
        &self,
        access: Access,
        context: &mut Context<'_, '_>,
    ) -> Result<OpenStore, StoreError> {
        let known = context.store.as_ref().filter(|known| known.is(&self.kind));
        match known.cloned() {
            Some(known) if access == Access::Read || known.upgrade()? => Ok(known),
            _ => {
                let file = file_id(&self.kind);
                let opened = self.open_anew(access, context)?;
                let opened = OpenStore::new(self.kind.clone(), file, self.shown.clone(), opened);
                Ok(context.store.insert(opened).clone())
            }
        }
    }

    fn open_anew(
        &self,
        access: Access,
        context: &mut Context<'_, '_>,
    ) -> Result<AnyStore, StoreError> {
        let variable = |name: &str| context.world.variable(name);
        let around = Surroundings {
            variable: &variable,
            file: &password_file,
        };
        let (opened, warnings) = match &self.kind {
            StoreKind::File(path) => {
                let store = Sqlite::open(path, access)?;
                self.warn_of_others(path, context);
                return Ok(AnyStore::Sqlite(store));
            }
            StoreKind::Postgres(address) => {
                let store = open(address, &around)?;
                let warnings = store.warnings().to_vec();
                (AnyStore::Postgres(Box::new(store)), warnings)
            }
            StoreKind::Django(location, server) => {
                let store = Django::open(location, access, server.as_deref(), &around);
                let store = store.map_err(|error| match error {
                    // It is the application that makes its database, so nothing but a command that tells of it goes on without.
                    StoreError::Missing if self.missing != Missing::Tell => {
                        StoreError::Unreachable("no such file".to_owned())
                    }
                    other => other,
                })?;
                let warnings = store.warnings().to_vec();
                (AnyStore::Django(Box::new(store)), warnings)
            }
        };
        for warning in &warnings {
            context.warn(warning);
        }
        Ok(opened)
    }

    /// Whether it is a Django application's own database.
    #[must_use]
    pub(crate) const fn is_django(&self) -> bool {
        matches!(self.kind, StoreKind::Django(..))
    }

    /// Refuses to write to a shared store while `--now` is set.
    fn refuse_a_moved_clock(&self, context: &Context<'_, '_>) -> Result<(), Problem> {
        if matches!(self.kind, StoreKind::File(_)) || self.rehearse || !context.moved {
            return Ok(());
        }
        let place = &self.shown;
        Err(Problem::usage_with(
            format!(
                "the clock is set to another time, so nothing is written to {place}, which other people may share"
            ),
            "leave --now out; to write to a test store anyway, add --rehearse",
        ))
    }

    /// Says who else can change a store that is used all the same.
    fn warn_of_others(&self, path: &Path, context: &mut Context<'_, '_>) {
        for words in sqlite::exposed(path) {
            context.warn_once(&format!("the session store {}: {words}", self.shown));
        }
    }
}

/// The content of a password file, or `None` if there is no such file.
fn password_file(path: &Path) -> Result<Option<PrivateFile>, String> {
    match world::read(path, PASSWORD_FILE_LIMIT) {
        Ok(file) => Ok(Some(PrivateFile {
            open_to_others: file.guard.readable_by_others || file.guard.writable_by_others,
            content: file.bytes,
        })),
        Err(FileError::Missing) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

impl StoreChoice {
    /// The store's place, for a command that needs one.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn required(&self, purpose: &str) -> Result<&StorePlace, Problem> {
        match self {
            Self::At(place) => Ok(place),
            Self::Without => Err(Problem::usage_with(
                format!("{purpose} needs a session store"),
                "leave --no-store out",
            )),
            Self::Nowhere => Err(Problem::NoStoreFolder),
        }
    }
}
