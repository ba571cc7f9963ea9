//! One profile's own text: its settings under today's keys, checked one by one.
use serde::Serialize;

use super::forms;
use super::mistake::{Fault, Mistake, shown};
use super::old::{self, OLD};
use super::value::{List, Plain, Setting, TableEntry, Text, Value};
use super::vocabulary::{KINDS, first_key, is_table, known, suggestion};

/// What one profile says itself, before that which it extends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProfileDeclaration {
    /// Its name.
    pub name: Text,
    /// The line of its header; 0 for a `--set`.
    pub line: u32,
    /// Its settings, in the order of their lines. Tables are dissolved into keys with dots; `refresh` and `id` stand alone where a kind is dropped.
    pub settings: List<Setting>,
}

/// Whether a key is an emulator's own setting.
#[must_use]
pub(crate) fn is_server_setting(key: &str) -> bool {
    let bytes = key.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_uppercase)
        && bytes
            .iter()
            .all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || *one == b'_')
}

impl ProfileDeclaration {
    /// Reads what stands under `[profiles.NAME]`: which keys there are. What their values are shows in what the profile becomes.
    ///
    /// The second part is every key that is unknown, no table, or there twice. Then the first is the rest of them.
    #[must_use]
    pub fn read(name: Text, line: u32, members: List<TableEntry>) -> (Self, Vec<Mistake>) {
        let mut reader = ProfileReader {
            own: Self {
                name,
                line,
                settings: List::default(),
            },
            settings: Vec::with_capacity(members.len()),
            mistakes: Vec::new(),
        };
        reader.table("", members);
        reader.twice();
        reader.secret_and_key();
        let ProfileReader {
            own,
            mut settings,
            mistakes,
        } = reader;
        settings.sort_by_key(|setting| setting.line);
        let settings = settings.into();
        (Self { settings, ..own }, mistakes)
    }

    /// The setting of that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// The text of that key.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.value.text()
    }

    /// Places a fault at a key of this profile; at the profile itself if the key does not stand in it.
    #[must_use]
    pub fn mistake(&self, key: &str, fault: Fault) -> Mistake {
        let setting = self.get(key);
        let line = setting.map_or(self.line, |setting| setting.line);
        let older = setting
            .filter(|setting| setting.older)
            .and_then(|_| old::before(key));
        self.at(line, older.unwrap_or(key), fault)
    }

    fn at(&self, line: u32, key: &str, fault: Fault) -> Mistake {
        let name = &self.name;
        Mistake {
            line: fault.line.unwrap_or(line),
            key: match key {
                _ if self.line == 0 => key.to_owned(),
                "" => format!("profiles.{name}"),
                _ => format!("profiles.{name}.{key}"),
            },
            message: fault.message,
        }
    }
}

struct ProfileReader {
    /// Without its settings, which follow: whose mistakes these are.
    own: ProfileDeclaration,
    settings: Vec<Setting>,
    mistakes: Vec<Mistake>,
}

impl ProfileReader {
    fn report(&mut self, line: u32, key: &str, message: impl Into<String>) {
        let mistake = self.own.at(line, key, Fault::new(message));
        self.mistakes.push(mistake);
    }

    fn table(&mut self, table: &str, members: List<TableEntry>) {
        for member in members.into_owned() {
            if shown(&member.name).is_none() {
                let message = "a key has to be 1 to 40 of A-Z, a-z, 0-9, `_`, `.` and `-`";
                self.report(member.line, table, message);
            } else if table.is_empty() {
                self.member(member.name, member.line, member.node.value);
            } else {
                let key = [table, ".", &member.name].concat();
                self.member(key.into(), member.line, member.node.value);
            }
        }
    }

    fn member(&mut self, key: Text, line: u32, value: Value) {
        if let Some((key, _)) = known(&key) {
            self.put(Text::Borrowed(key), line, false, Plain::of(value));
        } else if is_server_setting(&key) {
            let value = Plain::of(value);
            if matches!(value, Plain::Other | Plain::Tree(_)) {
                let message = "has to be a text, a number, true or false, or a list of texts";
                self.report(line, &key, message);
            }
            self.put(key, line, false, value);
        } else if let Some((name, today)) = OLD.into_iter().find(|(old, _)| *old == key) {
            let value = Plain::of(value);
            if old::is_switch(name)
                && let Err(fault) = forms::switch(&value)
            {
                return self.report(line, name, fault.message);
            }
            // The one that changes a part of a value only has no key of today.
            let today = if name == old::REQUIRE_EXP {
                name
            } else {
                today
            };
            self.put(Text::Borrowed(today), line, true, old::value(name, value));
        } else if is_table(&key) {
            match value {
                Value::Table(members) => self.table(&key, members),
                Value::Text(word) if word == "none" && KINDS[1..].contains(&key.as_ref()) => {
                    self.put(key, line, false, Plain::Text(word));
                }
                _ => self.report(
                    line,
                    &key,
                    format!("is a table: write {} = …", first_key(&key)),
                ),
            }
        } else {
            let (table, name) = first_unknown(&key);
            if name.is_empty() {
                let fault = "begins or ends with a dot, or has two in a row";
                self.report(line, &key, fault.to_owned());
                return;
            }
            let older = OLD.iter().map(|(old, _)| *old).filter(|_| table.is_empty());
            let meant = suggestion(table, name, older);
            self.report(line, &key, format!("unknown key `{name}`{meant}"));
        }
    }

    fn put(&mut self, key: Text, line: u32, older: bool, value: Plain) {
        self.settings.push(Setting {
            key,
            line,
            older,
            value,
        });
    }

    /// Refuses an older name beside today's.
    fn twice(&mut self) {
        let older: Vec<(Text, u32)> = self
            .settings
            .iter()
            .filter(|setting| setting.older)
            .map(|setting| (setting.key.clone(), setting.line))
            .collect();
        for (key, line) in older {
            let today = old::today(&key).unwrap_or(&key);
            let stands = self
                .settings
                .iter()
                .any(|setting| !setting.older && setting.key == today);
            if stands {
                let name = old::before(today).unwrap_or(today);
                let message =
                    format!("is the old name of {today}, which stands here too: keep {today}");
                self.report(line, name, message);
            }
        }
    }

    /// Refuses a secret and a key for the same tokens.
    fn secret_and_key(&mut self) {
        for [secret, key] in SECRETS_AND_KEYS {
            let line = |key: &str| {
                let found = self.settings.iter().find(|setting| setting.key == key);
                found.map(|setting| setting.line)
            };
            if let (Some(line), Some(_)) = (line(secret), line(key)) {
                self.report(line, secret, format!("excludes {key}: keep one of them"));
            }
        }
    }
}

/// The keys that exclude each other.
const SECRETS_AND_KEYS: [[&str; 2]; 4] = [
    ["secret", "key"],
    ["access.secret", "access.key"],
    ["refresh.secret", "refresh.key"],
    ["id.secret", "id.key"],
];

/// The key that a key takes the place of.
#[must_use]
pub(crate) fn instead_of(key: &str) -> Option<&'static str> {
    SECRETS_AND_KEYS
        .iter()
        .find_map(|[secret, other]| match key {
            _ if key == *secret => Some(*other),
            _ if key == *other => Some(*secret),
            _ => None,
        })
}

/// The first part of a key that is no table, and the table that it stands in. `--set` types all parts at once.
fn first_unknown(key: &str) -> (&str, &str) {
    let mut start = 0;
    loop {
        let end = key[start..].find('.').map_or(key.len(), |dot| start + dot);
        if end == key.len() || end == start || !is_table(&key[..end]) {
            return (&key[..start.saturating_sub(1)], &key[start..end]);
        }
        start = end + 1;
    }
}
