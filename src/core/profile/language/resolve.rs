//! From the names of profiles to their models: a profile's own text over what it extends, and over that what a call changes.
use super::draft::Draft;
use super::emulator::{ServerSettings, SettingRefusal, package, setting_for};
use super::extends::{inherited, laid_over};
use super::meant::meant;
use super::mistake::{Fault, Mistake, shown};
use super::model::Model;
use super::old::REQUIRE_EXP;
use super::own::{ProfileDeclaration, is_server_setting};
use super::value::{Plain, Setting, Text};
use super::whole;

/// The profile that one without `extends` starts from.
pub(crate) const ROOT: &str = "plain";

/// How many profiles one may extend, each through the next.
pub(crate) const MOST_LEVELS: usize = 64;

/// Every profile that can be named: the built-in ones and a user's own.
#[derive(Clone, Copy)]
pub struct Profiles<'a> {
    /// The built-in profiles.
    pub builtin: &'a [ProfileDeclaration],
    /// The user's own profiles.
    pub own: &'a [ProfileDeclaration],
    /// The reader of the emulated servers' settings.
    pub servers: &'a dyn ServerSettings,
}

/// A profile's settings with all that it extends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedProfile {
    /// Its name.
    pub name: Text,
    /// The built-in profile that it is, or that it extends in the end.
    pub base: Text,
    /// The settings.
    pub settings: Vec<Setting>,
}

impl ResolvedProfile {
    /// The settings with what a call changes, in order. What is wrong with the changes is told by [`Profiles::model`].
    #[must_use]
    pub fn changed(mut self, changes: &[ProfileDeclaration]) -> Self {
        for change in changes {
            self.settings = laid_over(self.settings, change, &self.name, &mut Vec::new());
        }
        self
    }
}

impl<'a> Profiles<'a> {
    /// A profile's own text, by its name or another name of a built-in one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'a ProfileDeclaration> {
        let named = |own: &&ProfileDeclaration| own.name == name;
        let aka = |own: &&ProfileDeclaration| {
            let names = own.get("aka").and_then(|setting| setting.value.texts());
            names.is_some_and(|names| names.iter().any(|one| one == name))
        };
        self.own
            .iter()
            .find(named)
            .or_else(|| self.builtin.iter().find(named))
            .or_else(|| self.builtin.iter().find(aka))
    }

    /// The names of all profiles.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.builtin
            .iter()
            .chain(self.own)
            .map(|own| own.name.as_ref())
    }

    /// A profile's settings with all that it extends.
    ///
    /// # Errors
    /// What it extends is no profile, or leads back to it; what it says has no effect.
    pub fn resolved(&self, own: &ProfileDeclaration) -> Result<ResolvedProfile, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let resolved = self.chain(own, &mut mistakes);
        resolved.filter(|_| mistakes.is_empty()).ok_or(mistakes)
    }

    /// A profile's settings over those of each profile that it extends, near or far.
    fn chain<'n>(
        &self,
        own: &'n ProfileDeclaration,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<ResolvedProfile>
    where
        'a: 'n,
    {
        let (root, line) = self
            .line(own)
            .map_err(|mistake| mistakes.push(mistake))
            .ok()?;
        let mut resolved = ResolvedProfile {
            name: root.name.clone(),
            base: root.name.clone(),
            settings: root.settings.to_vec(),
        };
        for own in line.into_iter().rev() {
            let settings = inherited(resolved.settings, own, self.servers);
            resolved.settings = laid_over(settings, own, &resolved.name, mistakes);
            resolved.name = own.name.clone();
            if self.builtin.iter().any(|one| one.name == own.name) {
                resolved.base = own.name.clone();
            }
        }
        Some(resolved)
    }

    /// The profile that a profile extends in the end, and those before it, the nearest first.
    fn line<'n>(
        &self,
        own: &'n ProfileDeclaration,
    ) -> Result<(&'n ProfileDeclaration, Vec<&'n ProfileDeclaration>), Mistake>
    where
        'a: 'n,
    {
        let mut line = Vec::new();
        let mut next = own;
        loop {
            let parent = match next.text("extends") {
                Some(name) => name,
                None if next.name == ROOT => return Ok((next, line)),
                None => ROOT,
            };
            let Some(parent) = self.find(parent) else {
                let meant = meant(parent, self.names());
                let name = shown(parent).unwrap_or("of that name");
                let message = format!("there is no profile {name}{meant}");
                return Err(next.mistake("extends", Fault::new(message)));
            };
            line.push(next);
            if line.iter().any(|one| one.name == parent.name) {
                return Err(parent.mistake("extends", Fault::new("extends itself")));
            }
            if line.len() > MOST_LEVELS {
                let message = format!(
                    "goes through more than {MOST_LEVELS} profiles: extend one that is nearer to a built-in profile"
                );
                return Err(own.mistake("extends", Fault::new(message)));
            }
            next = parent;
        }
    }

    /// The model of a profile, with what a call changes: each change in turn. `mistakes` are those that were found when it was read.
    ///
    /// # Errors
    /// Every mistake in it. A mistake in what it extends is that profile's own to tell; then the list may be empty.
    pub fn model(
        &self,
        own: &ProfileDeclaration,
        changes: &[ProfileDeclaration],
        mut mistakes: Vec<Mistake>,
    ) -> Result<Model, Vec<Mistake>> {
        let Some(mut resolved) = self.chain(own, &mut mistakes) else {
            return Err(mistakes);
        };
        for change in changes {
            resolved.settings = laid_over(resolved.settings, change, &own.name, &mut mistakes);
        }
        let right = mistakes.is_empty();
        let model = read(resolved, |key, fault| {
            let says = changes
                .iter()
                .rev()
                .chain([own])
                .find(|own| own.get(key).is_some());
            mistakes.extend(says.map(|own| own.mistake(key, fault)));
        });
        if let Some(model) = model.filter(|_| right) {
            mistakes.extend(self.server_settings(&model, own, changes));
            mistakes.extend(whole::mistakes(&model, own, changes));
            if mistakes.is_empty() {
                return Ok(model);
            }
        }
        mistakes.sort();
        mistakes.dedup();
        Err(mistakes)
    }

    /// What the emulated server does not take of its own settings.
    fn server_settings(
        &self,
        model: &Model,
        own: &ProfileDeclaration,
        changes: &[ProfileDeclaration],
    ) -> Vec<Mistake> {
        let Some(emulator) = &model.emulator else {
            return Vec::new();
        };
        let mut mistakes = Vec::new();
        for (name, value) in emulator.settings.iter() {
            let Some(refusal) = self.servers.refusal(&emulator.name, name, value) else {
                continue;
            };
            // It is told of the text that says it, under the key that it says there. Another profile's own mistake is told of that one.
            let says = |setting: &&Setting| {
                setting.key == *name || setting_for(&emulator.name, &setting.key) == Some(name)
            };
            let said = changes.iter().rev().chain([own]).find_map(|own| {
                let setting = own.settings.iter().find(says)?;
                Some((own, setting.key.as_ref()))
            });
            if let Some((own, key)) = said {
                let message = self.refused(&emulator.name, name, key, refusal);
                mistakes.push(own.mistake(key, Fault::new(message)));
            }
        }
        mistakes
    }

    fn refused(&self, emulator: &str, name: &str, key: &str, refusal: SettingRefusal) -> String {
        match refusal {
            SettingRefusal::Unknown => {
                let meant = meant(name, self.servers.names(emulator));
                format!("{} has no setting {name}{meant}", package(emulator))
            }
            SettingRefusal::Because(why) if key == name => {
                let rest = why
                    .strip_prefix(name)
                    .and_then(|rest| rest.strip_prefix(' '));
                rest.map_or_else(|| why.clone(), str::to_owned)
            }
            SettingRefusal::Because(why) => why,
        }
    }
}

/// Reads resolved settings into a model; none if a value is wrong.
fn read(resolved: ResolvedProfile, mut tell: impl FnMut(&str, Fault)) -> Option<Model> {
    let mut draft = Draft::default();
    let mut right = true;
    let mut require_exp = None;
    for setting in &resolved.settings {
        if setting.key == REQUIRE_EXP {
            require_exp = Some(setting.value == Plain::Switch(true));
        } else if is_server_setting(&setting.key) {
            draft.hand_through(setting);
        } else {
            for fault in draft.put(&setting.key, &setting.value) {
                right = false;
                tell(&setting.key, fault);
            }
        }
    }
    right.then(|| draft.finish(resolved.name, resolved.base, require_exp))
}
