//! The mistakes that only a finished profile shows.
use super::emulator::{key_for, setting_for};
use super::entry::{Entry, Item, Occasion};
use super::forms::Grace;
use super::kind::TokenKind;
use super::mistake::{Fault, Mistake};
use super::model::{Format, KindModel, KindSource, Model};
use super::own::{ProfileDeclaration, is_server_setting};
use super::source::Source;

/// Every mistake of a finished profile. A key that a call changes is told as that change's.
#[must_use]
pub(super) fn mistakes(
    model: &Model,
    own: &ProfileDeclaration,
    changes: &[ProfileDeclaration],
) -> Vec<Mistake> {
    let mut check = ModelCheck {
        model,
        own,
        changes,
        mistakes: Vec::new(),
    };
    check.recognition();
    check.sessions();
    if model.emulator.is_some() {
        check.emulated();
    } else {
        check.capitals();
        check.twice();
        check.ends();
        check.words();
        check.told();
        check.formats();
        check.presents();
    }
    check.mistakes
}

struct ModelCheck<'a> {
    model: &'a Model,
    own: &'a ProfileDeclaration,
    changes: &'a [ProfileDeclaration],
    mistakes: Vec<Mistake>,
}

impl<'a> ModelCheck<'a> {
    /// The text that is to blame, and the key that it says: a change of the call where there is one, since the profile was right without it.
    fn to_blame<'k>(&'k self, key: &'k str) -> (&'k ProfileDeclaration, &'k str) {
        let says = |own: &&ProfileDeclaration| own.get(key).is_some();
        if let Some(change) = self.changes.iter().rev().find(says) {
            return (change, key);
        }
        let last = self.changes.last();
        let said = last.and_then(|change| Some((change, change.settings.first()?.key.as_ref())));
        said.unwrap_or((self.own, key))
    }

    fn says(&self, key: &str) -> bool {
        self.own.get(key).is_some() || self.changes.iter().any(|own| own.get(key).is_some())
    }

    fn report(&mut self, key: &str, fault: Fault) {
        let (own, key) = self.to_blame(key);
        let mistake = own.mistake(key, fault);
        self.mistakes.push(mistake);
    }

    fn jwts(&self) -> Vec<(TokenKind, &'a KindModel)> {
        self.model
            .issued()
            .filter(|(_, kind)| kind.is_jwt())
            .collect()
    }

    fn recognition(&mut self) {
        if self.model.sure && self.model.recognise.is_empty() && self.says("sure") {
            self.report("sure", Fault::new("has no effect without recognise"));
        }
    }

    /// What can't be kept as it is said.
    fn sessions(&mut self) {
        let (session, rotate) = (&self.model.session, &self.model.rotate);
        let counted = matches!(rotate.grace, Grace::Uses(_)) && !rotate.sibling;
        if session.one_per_user && !session.recorded_at_login {
            let message = "ends what the store knows, and no login is recorded: add session.recorded = \"login\"";
            self.report("session.one_per_user", Fault::new(message));
        }
        if counted {
            let message = "a count of uses is told by the tokens that they made: add rotate.again = \"sibling\", or give a duration or until-used";
            self.report("rotate.grace", Fault::new(message));
        }
    }

    fn emulated(&mut self) {
        let emulator = self
            .model
            .emulator
            .as_ref()
            .map_or("", |emulator| &emulator.name);
        if self.model.session.max.is_some() && setting_for(emulator, "session.max").is_none() {
            self.report(
                "session.max",
                Fault::new("can't be counted: no claim holds the first login"),
            );
        }
    }

    /// A server's settings where there is no such server.
    fn capitals(&mut self) {
        for own in [self.own].into_iter().chain(self.changes) {
            for setting in own
                .settings
                .iter()
                .filter(|setting| is_server_setting(&setting.key))
            {
                let ours = key_for(&setting.key)
                    .map_or_else(String::new, |key| format!("; the key here is {key}"));
                let fault = format!("is a Django setting, and this is no Django profile{ours}");
                self.mistakes
                    .push(own.mistake(&setting.key, Fault::new(fault)));
            }
        }
    }

    /// Two entries of one name for one moment.
    fn twice(&mut self) {
        let mut told: Vec<String> = Vec::new();
        for (kind, model) in self.jwts() {
            for (list, items) in [("header", &model.header), ("claims", &model.claims)] {
                let entries: Vec<&Entry> = items.iter().filter_map(entry).collect();
                for (at, one) in entries.iter().enumerate() {
                    let clash = |other: &&&Entry| {
                        other.name == one.name
                            && other.at.is_none_or(|at| one.at.is_none_or(|own| own == at))
                    };
                    let Some(earlier) = entries[..at].iter().find(clash) else {
                        continue;
                    };
                    let moment = match one.at.or(earlier.at) {
                        None | Some(Occasion::Login) => "login",
                        Some(Occasion::Renew) => "renew",
                    };
                    if told.iter().any(|name| *name == one.name) {
                        continue;
                    }
                    told.push(one.name.to_string());
                    let own = format!("{}.{list}", kind.name());
                    let key = if self.says(&own) {
                        own
                    } else {
                        list.to_owned()
                    };
                    let line = self.line_of(&key, &one.name);
                    let fault = Fault::new(format!("`{}` stands twice for one {moment}", one.name));
                    self.report(&key, Fault { line, ..fault });
                }
            }
        }
    }

    /// The line of the last entry of that name in a list, if the list has lines of its own.
    fn line_of(&self, key: &str, name: &str) -> Option<u32> {
        let super::value::Plain::Texts(lines) = &self.to_blame(key).0.get(key)?.value else {
            return None;
        };
        let named = lines
            .iter()
            .rfind(|line| super::entry::name_of(&line.text) == name);
        named.map(|line| line.line).filter(|line| *line > 0)
    }

    /// Whether a session's end can be counted.
    fn ends(&mut self) {
        let has = |is: fn(&Source) -> bool| {
            self.jwts().iter().any(|(_, model)| {
                let sources = model
                    .claims
                    .iter()
                    .filter_map(entry)
                    .filter_map(|entry| entry.source.as_ref());
                sources.into_iter().any(is)
            })
        };
        let login = has(|source| matches!(source, Source::Login(_)));
        let end = has(|source| matches!(source, Source::End));
        if self.model.session.max.is_some() && !login && !end {
            let fault = "can't be counted: no claim holds the first login; add \"auth_time\"";
            self.report("session.max", Fault::new(fault));
        }
        if self.model.session.max.is_none() && end {
            self.report(
                "claims",
                Fault::new("a claim whose source is end needs session.max"),
            );
        }
    }

    /// A word that marks two kinds.
    fn words(&mut self) {
        let mut found = Vec::new();
        let kinds: Vec<_> = self.model.kinds().collect();
        for (at, (kind, model)) in kinds.iter().enumerate() {
            for word in model.is.iter() {
                let twin = kinds[at + 1..]
                    .iter()
                    .find(|(_, other)| other.is.contains(word));
                if let Some((twin, _)) = twin {
                    found.push((
                        format!("{}.is", kind.name()),
                        format!(
                            "'{word}' marks {} and {}: one word can tell one kind alone",
                            kind.name(),
                            twin.name()
                        ),
                    ));
                }
            }
        }
        for (key, message) in found {
            self.report(&key, Fault::new(message));
        }
    }

    /// Whether something tells the kinds that are issued.
    fn told(&mut self) {
        let jwts = self.jwts();
        let KindSource::Members(places) = &self.model.told_by else {
            return;
        };
        let [(first, _), (second, _), ..] = jwts.as_slice() else {
            return;
        };
        let writes = |model: &KindModel| {
            places.iter().any(|place| {
                let items = if place.header {
                    &model.header
                } else {
                    &model.claims
                };
                let marks =
                    |entry: &Entry| entry.name == place.name && entry.source == Some(Source::Kind);
                items.iter().filter_map(entry).any(marks)
            })
        };
        if jwts.iter().any(|(_, model)| writes(model)) {
            return;
        }
        let message = format!(
            "nothing in these tokens tells {} from {}: add \"type = kind\" to claims and set kind = \"type\" (or \"nothing\")",
            first.name(),
            second.name()
        );
        self.report("refresh.ttl", Fault::new(message));
    }

    /// The text of a JWT, and the claims of what is none.
    fn formats(&mut self) {
        const BITS: u32 = 64;
        let opaque = ["header", "claims", "is", "has"];
        for (kind, model) in self.model.kinds() {
            let Format::Opaque(text) = &model.format else {
                self.without_effect(kind, model, &["text"]);
                continue;
            };
            self.without_effect(kind, model, &opaque);
            let name = kind.name();
            if kind != TokenKind::Refresh {
                let message = "only refresh tokens can be opaque: leave it out".to_owned();
                self.report(&[name, ".format"].concat(), Fault::new(message));
            }
            if !matches!(text, Source::Fresh(fresh) if fresh.bits() >= BITS) {
                let message = format!(
                    "the text of an opaque token must be random, of at least {BITS} bits: random(43)"
                );
                self.report(&[name, ".text"].concat(), Fault::new(message));
            }
        }
    }

    fn without_effect(&mut self, kind: TokenKind, model: &KindModel, names: &[&str]) {
        for name in names {
            let key = [kind.name(), ".", name].concat();
            if !self.says(&key) {
                continue;
            }
            let message = if model.is_jwt() {
                let kind = kind.name();
                format!(
                    "has no effect: a JWT has no text of its own; add {kind}.format = \"opaque\""
                )
            } else {
                "has no effect: an opaque token carries no header, no claims and no mark".to_owned()
            };
            self.report(&key, Fault::new(message));
        }
    }

    /// Whether there is such a token as renewing takes.
    fn presents(&mut self) {
        let Some(kind) = self.model.renew.presents else {
            return;
        };
        if self.model.kind(kind).is_none() && self.says("renew.presents") {
            let message = format!("has no effect: this profile has no {} token", kind.name());
            self.report("renew.presents", Fault::new(message));
        }
    }
}

const fn entry(item: &Item) -> Option<&Entry> {
    match item {
        Item::Entry(entry) => Some(entry),
        Item::Rest => None,
    }
}
