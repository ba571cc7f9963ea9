//! The profile of a call: `--profile` or `JWTSESS_PROFILE`, built in or from the config file, changed by `--set`.
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Context as _;

use crate::cli::context::{Config, Context};
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::near::profile_hint;
use crate::cli::outcome::ProfileSource;
use crate::cli::paint;
use crate::cli::resolve::key;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::world::{self, FileError};
use crate::config::profiles::{CallProfile, MAX_CONFIG, OwnProfiles};
use crate::config::resolve::{Origin, Resolver};
use crate::core::profile::language::mistake::Mistake;
use crate::core::profile::{DEFAULT, Profile, RecognisedModel, canonical};
use crate::core::token::{CompactForm, Unverified};
use crate::django::SettingsReader;
use crate::session::record;
use crate::session::service::records::{PriorAnswer, Record};
use crate::session::store::Lookup;

/// The user's own profiles, from the file that `--config` names, else `JWTSESS_CONFIG`, else from the platform's folder, where the file is optional.
///
/// # Errors
/// A named file can't be read, or a file is wrong. The next one is never tried.
pub(crate) fn file(context: &Context<'_, '_>) -> anyhow::Result<Rc<OwnProfiles>> {
    Ok(place_and_file(context)?.1)
}

/// The profiles with the path of their file, or `None` if there is no file. A call reads the file once.
///
/// # Errors
/// As [`file()`].
pub(crate) fn place_and_file(context: &Context<'_, '_>) -> anyhow::Result<Config> {
    if let Some(config) = context.config.get() {
        return Ok(config.clone());
    }
    let config = read(context)?;
    Ok(context.config.get_or_init(|| config).clone())
}

fn read(context: &Context<'_, '_>) -> anyhow::Result<Config> {
    let none = (None, Rc::new(OwnProfiles::default()));
    let Some((path, named_by)) = config_path(context)? else {
        return Ok(none);
    };
    let shown = || echo::file(path.as_os_str(), "--config or JWTSESS_CONFIG");
    let content = match world::read(&path, MAX_CONFIG) {
        Ok(content) => content,
        Err(FileError::Missing) if named_by.is_none() => {
            context.note_source("config file", || {
                format!("none, because {} does not exist", shown())
            });
            return Ok(none);
        }
        Err(error) => return Err(error).with_context(|| place(&path)),
    };
    let why = named_by.map_or("the default".to_owned(), |origin| format!("by {origin}"));
    context.note_source("config file", || format!("{}, {why}", shown()));
    let text = std::str::from_utf8(content.bytes.expose())
        .map_err(|error| anyhow::anyhow!("not UTF-8 at byte {}", error.valid_up_to()))
        .with_context(|| place(&path))?;
    let file =
        OwnProfiles::parse(text, &SettingsReader).map_err(|mistakes| in_file(&path, &mistakes))?;
    Ok((Some(path), Rc::new(file)))
}

/// The path of the config file, and what named it. A named file must exist.
fn config_path(context: &Context<'_, '_>) -> Result<Option<(PathBuf, Option<Origin>)>, Problem> {
    let chosen = Resolver::flag("--config", context.globals.config.clone())
        .environment("JWTSESS_CONFIG", |name| context.world.variable(name))
        .given();
    match chosen {
        Some(setting) if setting.value.is_empty() => Err(Problem::usage(format!(
            "{} is empty: is the variable set?",
            setting.origin
        ))),
        Some(setting) => Ok(Some((PathBuf::from(setting.value), Some(setting.origin)))),
        None => {
            let folder = context.world.config_folder();
            Ok(folder.map(|folder| (folder.join("config.toml"), None)))
        }
    }
}

/// The mistakes of a config file, each with its place, on a line of its own.
fn in_file(path: &Path, mistakes: &[Mistake]) -> Problem {
    let path = echo::path(path.as_os_str());
    let path = path.as_deref().unwrap_or("the config file");
    let line = |mistake| paint::shown(&format!("{path}:{mistake}")).into_owned();
    let told: Vec<String> = mistakes.iter().map(line).collect();
    Problem::Config(crate::core::echo::listed(&told, "\n"))
}

fn place(path: &Path) -> String {
    echo::path(path.as_os_str()).map_or_else(
        || "the file that --config or JWTSESS_CONFIG names".to_owned(),
        |path| format!("the config file {path}"),
    )
}

/// The profile that a flag or the environment named, if any.
///
/// # Errors
/// There is no such profile, the config file is wrong, or the profile does not have a setting.
pub(crate) fn named(context: &Context<'_, '_>) -> anyhow::Result<Option<Rc<CallProfile>>> {
    let named = Resolver::flag(
        "--profile",
        context
            .globals
            .profile
            .as_ref()
            .map(|name| name.as_str().to_owned()),
    )
    .environment("JWTSESS_PROFILE", |name| {
        Some(context.world.variable(name)?.to_string_lossy().into_owned())
    })
    .given();
    match named {
        Some(setting) if setting.value.is_empty() => {
            Err(Problem::usage(format!("{} is empty: is the variable set?", setting.origin)).into())
        }
        Some(setting) => {
            let chosen = by_name(context, &setting.value)?;
            note(context, &chosen, &format!("by {}", setting.origin));
            Ok(Some(chosen))
        }
        None => Ok(None),
    }
}

/// The profile of a call that names none and has no token.
///
/// # Errors
/// As [`named`].
pub(crate) fn default(context: &Context<'_, '_>) -> anyhow::Result<Rc<CallProfile>> {
    let chosen = by_name(context, DEFAULT)?;
    note(context, &chosen, "the default");
    Ok(chosen)
}

/// Notes which profile is used, and why.
pub(crate) fn note(context: &Context<'_, '_>, chosen: &CallProfile, why: &str) {
    let name = echo::name(chosen.profile.name());
    context.note_source("profile", || format!("{name}, {why}"));
}

/// A profile by its name, with `--set` applied.
///
/// # Errors
/// As [`named`].
pub(crate) fn by_name(context: &Context<'_, '_>, name: &str) -> anyhow::Result<Rc<CallProfile>> {
    let known = context.profiles.borrow().get(name).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let chosen = Rc::new(changed(context, name)?);
    let mut profiles = context.profiles.borrow_mut();
    profiles.insert(name.to_owned(), Rc::clone(&chosen));
    Ok(chosen)
}

/// A profile without what `--set` changes of it. `None` if nothing was set.
///
/// # Errors
/// The config file can't be read.
pub(crate) fn without_set(
    context: &Context<'_, '_>,
    name: &str,
) -> anyhow::Result<Option<Profile>> {
    if context.globals.set.is_empty() {
        return Ok(None);
    }
    let file = file(context)?;
    let found = file.chosen(
        canonical(name),
        &[],
        &SettingsReader,
        crate::django::emulator,
    );
    let found = found.map_err(|mistakes| not_set(name, &mistakes))?;
    Ok(found.map(|chosen| chosen.profile))
}

fn changed(context: &Context<'_, '_>, name: &str) -> anyhow::Result<CallProfile> {
    let file = file(context)?;
    let set = &context.globals.set;
    for (setting, _) in set {
        if crate::core::echo::name(setting).is_none() {
            return Err(Problem::usage_with(
                format!("--set: there is no setting named {}", echo::name(setting)),
                "give NAME=VALUE, as in --set access.ttl=10m",
            )
            .into());
        }
    }
    let chosen = file.chosen(
        canonical(name),
        set,
        &SettingsReader,
        crate::django::emulator,
    );
    let chosen = chosen.map_err(|mistakes| not_set(name, &mistakes))?;
    let Some(chosen) = chosen else {
        return Err(Problem::usage_with(
            format!("there is no profile {}", echo::name(name)),
            profile_hint(name, &file.names()),
        )
        .into());
    };
    // Whether a profile can detect reuse hangs on its server's settings, too.
    let profile = &chosen.profile;
    match profile
        .no_reuse_detection()
        .filter(|_| profile.detects_reuse())
    {
        Some(why) => Err(Problem::usage(format!(
            "rotate.reuse: {} can't detect reuse: {why}",
            echo::name(name)
        ))
        .into()),
        None => Ok(chosen),
    }
}

/// The mistakes of `--set`, each on a line of its own.
fn not_set(profile: &str, mistakes: &[Mistake]) -> Problem {
    let line = |mistake: &Mistake| paint::shown(&mistake.to_string()).into_owned();
    let told: Vec<String> = mistakes.iter().map(line).collect();
    Problem::Set(
        crate::core::echo::listed(&told, "\n"),
        format!(
            "to list its settings: jwtsess profile show {}",
            echo::name(profile)
        ),
    )
}

/// The profile of a call that has a token, and what was learnt while choosing it.
#[derive(Debug)]
pub(crate) struct TokenProfile {
    /// The profile.
    pub chosen: Rc<CallProfile>,
    /// Why it was chosen.
    pub by: ProfileSource,
    /// What the store answered, if it was asked.
    pub record: Option<PriorAnswer>,
}

/// Why a profile was chosen although nobody named it and no mark shows it.
pub(crate) const RECORDED: &str = "as the store recorded it for the session";

impl TokenProfile {
    /// Has the store asked about a token that is to be prolonged under a named profile: what the store has recorded of its session counts more than the name.
    ///
    /// # Errors
    /// The store can't be read.
    pub(crate) fn look_up_named(
        &mut self,
        token: &Unverified,
        store: &mut StoreOpening<'_>,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        if self.by == ProfileSource::Named && self.record.is_none() {
            self.record = recorded(&self.chosen, token, store, context)?;
        }
        Ok(())
    }

    /// The profile under which the store has recorded the token's session, if it is known.
    pub(crate) fn recorded(&self, context: &Context<'_, '_>) -> Option<Rc<CallProfile>> {
        let family = self.record.as_ref()?.record.family()?;
        by_name(context, &family.session.profile).ok()
    }

    fn note(&self, token: &Unverified, context: &Context<'_, '_>) {
        let why = match (self.by, token.recognised().by.as_str()) {
            (ProfileSource::Recorded, _) => RECORDED.to_owned(),
            (_, "") => "because nothing in the token marks another profile".to_owned(),
            (_, mark) => format!("by the token's {mark}"),
        };
        note(context, &self.chosen, &why);
    }
}

/// Opens the store of a call. `Err` is what is said of every token if there is none.
pub(crate) type StoreOpening<'a> =
    dyn FnMut(&mut Context<'_, '_>) -> Result<Result<OpenStore, Record>, Problem> + 'a;

/// The profile for a token: the one that was named; else the one that the store recorded for the token's session, if it is still a profile
/// of the token's model; else that model's built-in profile.
///
/// # Errors
/// The store or the config file can't be read.
pub(crate) fn of_token(
    named: Option<Rc<CallProfile>>,
    token: &Unverified,
    store: &mut StoreOpening<'_>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<TokenProfile> {
    if token.form == CompactForm::Other(1) {
        return of_opaque(named, token, store, context);
    }
    let mut profile = of_marks(named, token, context)?;
    if profile.by == ProfileSource::Recognised {
        by_record(&mut profile, token, store, context)?;
        profile.note(token, context);
    } else if profile.chosen.profile.name() == "plain" {
        // `plain` sets aside what a model asks of claims, never what the store knows.
        profile.record = recorded(&profile.chosen, token, store, context)?;
    }
    Ok(profile)
}

/// A text without dots says nothing: the store is asked for it, and the profile is the one that it recorded, if none was named.
fn of_opaque(
    named: Option<Rc<CallProfile>>,
    token: &Unverified,
    store: &mut StoreOpening<'_>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<TokenProfile> {
    let presented = record::opaque_text(token.text(), "", false);
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let record = match store(context)? {
        Ok(opened) => opened.record(&lookup)?,
        Err(none) => none,
    };
    let is_named = named.is_some();
    let recorded = record.family().and_then(|family| {
        let recorded = by_name(context, &family.session.profile).ok()?;
        recorded.profile.opaque().is_some().then_some(recorded)
    });
    let mut profile = match recorded.filter(|_| !is_named) {
        Some(chosen) => TokenProfile {
            chosen,
            by: ProfileSource::Recorded,
            record: None,
        },
        None => of_marks(named, token, context)?,
    };
    if !is_named {
        profile.note(token, context);
    }
    if is_named || profile.by == ProfileSource::Recorded {
        profile.record = Some(PriorAnswer::of(lookup, record));
    }
    Ok(profile)
}

fn recorded(
    chosen: &CallProfile,
    token: &Unverified,
    store: &mut StoreOpening<'_>,
    context: &mut Context<'_, '_>,
) -> Result<Option<PriorAnswer>, Problem> {
    let opened = match store(context)? {
        Ok(opened) => opened,
        Err(none) => return Ok(Some(PriorAnswer::to_all(none))),
    };
    let Some(presented) = record::presented(token, &chosen.profile, false) else {
        return Ok(None);
    };
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let record = opened.record(&lookup)?;
    Ok(Some(PriorAnswer::of(lookup, record)))
}

fn by_record(
    profile: &mut TokenProfile,
    token: &Unverified,
    store: &mut StoreOpening<'_>,
    context: &mut Context<'_, '_>,
) -> Result<(), Problem> {
    let Some(answer) = recorded(&profile.chosen, token, store, context)? else {
        return Ok(());
    };
    // Ignore the recorded profile if it was deleted, or if the token's marks are surely another's.
    let known = answer.record.family().and_then(|family| {
        let recorded = by_name(context, &family.session.profile).ok()?;
        let fits = recorded.profile.may_have_made(token.recognised());
        fits.then_some(recorded)
    });
    if let Some(recorded) = known {
        profile.chosen = recorded;
        profile.by = ProfileSource::Recorded;
    }
    profile.record = Some(answer);
    Ok(())
}

/// What a token looks like, by the user's own profiles and the built-in ones: decided here for every command.
pub(crate) fn recognised<'t>(
    token: &'t Unverified,
    config: &OwnProfiles,
    signs_here: &dyn Fn(&str) -> bool,
) -> &'t RecognisedModel {
    token.recognised_among(config.models(), signs_here)
}

/// The profile for a token if no store is asked: the one that was named, else the one that the token's marks show.
///
/// # Errors
/// The config file can't be read.
pub(crate) fn of_marks(
    named: Option<Rc<CallProfile>>,
    token: &Unverified,
    context: &Context<'_, '_>,
) -> anyhow::Result<TokenProfile> {
    let config = file(context)?;
    let recognised = recognised(token, &config, &|kid| key::is_development(kid, context));
    let (chosen, by) = if let Some(named) = named {
        (named, ProfileSource::Named)
    } else {
        let mut found = by_name(context, &recognised.profile)?;
        if let Cow::Owned(ending) = found.profile.ending_as_guessed(recognised) {
            Rc::make_mut(&mut found).profile = ending;
        }
        (found, ProfileSource::Recognised)
    };
    Ok(TokenProfile {
        chosen,
        by,
        record: None,
    })
}

/// Says of a body that is printed for the wire that its server sends these tokens in cookies.
pub(crate) fn say_cookies(profile: &Profile, wire: bool, context: &mut Context<'_, '_>) {
    let live = &profile.model.live;
    let cookies = [&live.access_cookie, &live.refresh_cookie];
    let names: Vec<&str> = cookies.into_iter().flatten().map(|name| &**name).collect();
    if wire && !names.is_empty() {
        context.say(&format!(
            "the server of {} sends tokens in cookies ({}), not in a body like this",
            profile.name(),
            paint::shown(&names.join(", "))
        ));
    }
}

/// Whether a token's marks show a profile that is an emulated server's.
///
/// # Errors
/// The config file can't be read.
pub(crate) fn is_a_servers(token: &Unverified, context: &Context<'_, '_>) -> anyhow::Result<bool> {
    let config = file(context)?;
    let recognised = recognised(token, &config, &|kid| key::is_development(kid, context));
    let model = config.model(&recognised.profile);
    Ok(model.is_some_and(|model| model.emulator.is_some()))
}
