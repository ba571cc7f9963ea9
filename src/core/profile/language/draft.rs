//! A profile while its keys are read: each value becomes its type, and what is left out gets its default at the end.
use std::borrow::Cow;

use crate::core::time::Span;

use super::emulator;
use super::entry::{self, Item, is_about_the_list};
use super::forms::{self, Grace, KeptClaims, Life, RenewalLimit, Retirement};
use super::kind::TokenKind;
use super::mark::{self, MarkPlace};
use super::mistake::Fault;
use super::model::{
    CheckRules, EmulatorSettings, Format, JsonStyle, KeySource, KindModel, KindSource, Live, Model,
    RenewRules, Reuse, RevocationReach, RevokeRules, RotateRules, SessionRules,
};
use super::request;
use super::source::{self, Fresh, Source};
use super::user;
use super::value::{List, Plain, Setting, Text};
use super::vocabulary::{SettingForm, known};

/// A profile while its keys are read.
#[derive(Default)]
pub(super) struct Draft {
    model: Model,
    kinds: [KindDraft; 3],
    header: List<Item>,
    claims: List<Item>,
    /// What renewing takes, where the profile says so; nothing stands for a server that renews nothing.
    presents: PresentedKind,
    own_ttl: Option<bool>,
    settings: Vec<(Text, Text)>,
}

/// What renewing takes.
#[derive(Default)]
enum PresentedKind {
    /// The profile does not say.
    #[default]
    Usual,
    /// This; none: its server renews nothing.
    Said(Option<TokenKind>),
}

#[derive(Default)]
struct KindDraft {
    there: bool,
    ttl: Option<Life>,
    renew_ttl: Option<Life>,
    is: Option<List<Text>>,
    has: List<Text>,
    opaque: bool,
    text: Option<Source>,
    header: Option<List<Item>>,
    claims: Option<List<Item>>,
    alg: List<Text>,
    key: KeySource,
}

/// The faults of a list, each on its line, or the list read.
fn each<T>(value: &Plain, read: impl Fn(&str) -> Result<T, Fault>) -> Result<Vec<T>, Vec<Fault>> {
    let Plain::Texts(lines) = value else {
        return Err(vec![Fault::new("has to be a list of texts")]);
    };
    let (mut found, mut faults) = (Vec::with_capacity(lines.len()), Vec::new());
    for line in lines.iter().filter(|line| !is_about_the_list(&line.text)) {
        match read(&line.text) {
            Ok(one) => found.push(one),
            Err(fault) => faults.push(fault.on(line.line)),
        }
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(faults)
    }
}

impl Draft {
    /// Takes the value of a key; returns what is wrong with it.
    pub(super) fn put(&mut self, key: &str, value: &Plain) -> Vec<Fault> {
        self.take(key, value).err().unwrap_or_default()
    }

    fn take(&mut self, key: &str, value: &Plain) -> Result<(), Vec<Fault>> {
        let one = |fault| vec![fault];
        let (first, rest) = key.split_once('.').unwrap_or((key, ""));
        let model = &mut self.model;
        if let Some(kind) = TokenKind::of_name(first) {
            let [access, refresh, id] = &mut self.kinds;
            let draft = match kind {
                TokenKind::Access => access,
                TokenKind::Refresh => refresh,
                TokenKind::Id => id,
            };
            return draft.take(key, rest, value);
        }
        match (first, rest) {
            ("live", _) => return live(&mut model.live, rest, value),
            ("header", _) => self.header = each(value, |text| entry::item(text, true))?.into(),
            ("claims", _) => self.claims = each(value, |text| entry::item(text, false))?.into(),
            ("recognise", _) => model.recognise = each(value, mark::mark)?.into(),
            ("session", _) => session(&mut model.session, rest, key, value).map_err(one)?,
            ("renew", _) => self.renew(rest, key, value).map_err(one)?,
            ("rotate", _) => rotate(&mut model.rotate, rest, key, value).map_err(one)?,
            ("revoke", _) => revoke(&mut model.revoke, rest, key, value).map_err(one)?,
            ("checks", _) => checks(&mut model.checks, rest, value).map_err(one)?,
            ("json", _) => json(&mut model.json, rest, value).map_err(one)?,
            _ => self.single(key, value).map_err(one)?,
        }
        Ok(())
    }

    fn single(&mut self, key: &str, value: &Plain) -> Result<(), Fault> {
        let model = &mut self.model;
        match key {
            "extends" => model.extends = Some(forms::text(value)?),
            "aka" => model.aka = forms::list(value)?.into(),
            "summary" => model.summary = forms::text(value)?,
            "sure" => model.sure = forms::switch(value)?,
            "emulator" => {
                model.emulator = Some(EmulatorSettings {
                    name: emulator::known(&forms::text(value)?)?,
                    settings: List::default(),
                    require_exp: None,
                });
            }
            "secret" => model.key = KeySource::Secret(forms::reference(value, true)?),
            "key" => model.key = keys(value)?,
            "alg" => model.alg = forms::algorithms(value)?.into(),
            "store" => model.store = Some(forms::text(value)?),
            "users" => model.users = Some(user::users(value)?.into()),
            "iss" => model.iss = Some(forms::text(value)?).filter(|iss| !iss.is_empty()),
            "aud" => model.aud = forms::texts(value)?.into(),
            "kind" => model.told_by = told_by(value)?,
            "unmarked" => model.unmarked = kind_of(word(key, value)?),
            _ => {}
        }
        Ok(())
    }

    fn renew(&mut self, name: &str, key: &str, value: &Plain) -> Result<(), Fault> {
        let renew = &mut self.model.renew;
        match name {
            "presents" => self.presents = PresentedKind::Said(kind_of(word(key, value)?)),
            "keeps" => renew.keeps = forms::keeps(value)?,
            "until" => renew.until = forms::until(value)?,
            _ => self.own_ttl = Some(word(key, value)? == "own"),
        }
        Ok(())
    }

    /// Keeps an emulator's own setting.
    pub(super) fn hand_through(&mut self, setting: &Setting) {
        let text = emulator::text(&setting.value);
        self.settings.push((setting.key.clone(), text));
    }

    /// Applies the defaults.
    #[must_use]
    pub(super) fn finish(self, name: Text, base: Text, require_exp: Option<bool>) -> Model {
        let Self {
            mut model,
            kinds,
            header,
            claims,
            presents,
            own_ttl,
            settings,
        } = self;
        if let Some(emulator) = &mut model.emulator {
            emulator.settings = settings.into();
            emulator.require_exp = require_exp;
        }
        let [access, refresh, id] = kinds;
        model.access = access.finish(TokenKind::Access, &header, &claims);
        model.refresh = refresh.finish(TokenKind::Refresh, &header, &claims);
        model.id = id.finish(TokenKind::Id, &header, &claims);
        let refreshes = model
            .refresh
            .as_ref()
            .is_some_and(|refresh| refresh.ttl.is_some());
        let usual = if refreshes {
            TokenKind::Refresh
        } else {
            TokenKind::Access
        };
        model.renew.presents = match presents {
            PresentedKind::Usual => Some(usual),
            PresentedKind::Said(kind) => kind,
        };
        let in_place =
            model.renew.keeps == KeptClaims::All && model.renew.presents == Some(TokenKind::Access);
        model.renew.own_ttl = own_ttl.unwrap_or(in_place);
        Model {
            name,
            base,
            ..model
        }
    }
}

impl KindDraft {
    fn take(&mut self, key: &str, name: &str, value: &Plain) -> Result<(), Vec<Fault>> {
        self.there = true;
        let one = |fault| vec![fault];
        match name {
            "header" => self.header = Some(each(value, |text| entry::item(text, true))?.into()),
            "claims" => self.claims = Some(each(value, |text| entry::item(text, false))?.into()),
            "ttl" => self.ttl = Some(forms::life(value).map_err(one)?),
            "renew_ttl" => self.renew_ttl = Some(Life::For(forms::duration(value).map_err(one)?)),
            "is" => self.is = Some(forms::texts(value).map_err(one)?.into()),
            "has" => self.has = forms::list(value).map_err(one)?.into(),
            "format" => self.opaque = word(key, value).map_err(one)? == "opaque",
            "text" => {
                let text = forms::text(value).map_err(one)?;
                self.text = Some(source::source(&text, &text).map_err(one)?);
            }
            "alg" => self.alg = forms::algorithms(value).map_err(one)?.into(),
            "secret" => self.key = KeySource::Secret(forms::reference(value, true).map_err(one)?),
            "key" => self.key = keys(value).map_err(one)?,
            _ => {}
        }
        Ok(())
    }

    fn finish(
        self,
        kind: TokenKind,
        header: &List<Item>,
        claims: &List<Item>,
    ) -> Option<KindModel> {
        if !self.there {
            return None;
        }
        let format = if self.opaque {
            Format::Opaque(self.text.unwrap_or(Source::Fresh(Fresh::Random(43))))
        } else {
            Format::Jwt
        };
        // What is no JWT has neither.
        let of = |own: Option<List<Item>>, beside: &List<Item>| match format {
            Format::Jwt => own.unwrap_or_else(|| beside.clone()),
            Format::Opaque(_) => List::default(),
        };
        Some(KindModel {
            ttl: self.ttl,
            renew_ttl: self.renew_ttl,
            is: self
                .is
                .unwrap_or_else(|| vec![Cow::Borrowed(kind.name())].into()),
            has: self.has,
            header: of(self.header, header),
            claims: of(self.claims, claims),
            format,
            alg: self.alg,
            key: self.key,
        })
    }
}

/// The word that a key takes, of those that the vocabulary has for it.
fn word(key: &str, value: &Plain) -> Result<&'static str, Fault> {
    match known(key) {
        Some((_, SettingForm::Word(words))) => forms::word(value, words),
        _ => Err(Fault::new("takes no word")),
    }
}

fn kind_of(word: &str) -> Option<TokenKind> {
    TokenKind::of_name(word)
}

fn keys(value: &Plain) -> Result<KeySource, Fault> {
    match value.text() {
        Some("none") => Ok(KeySource::Withheld),
        _ => Ok(KeySource::Keys(forms::texts(value)?.into())),
    }
}

fn told_by(value: &Plain) -> Result<KindSource, Fault> {
    match value.text() {
        Some("key") => Ok(KindSource::Key),
        Some("nothing") => Ok(KindSource::Nothing),
        _ => {
            let places: Vec<MarkPlace> = forms::texts(value)?
                .iter()
                .map(|text| mark::place(text))
                .collect();
            Ok(KindSource::Members(places.into()))
        }
    }
}

fn json(json: &mut JsonStyle, name: &str, value: &Plain) -> Result<(), Fault> {
    let switch = forms::switch(value)?;
    match name {
        "ascii" => json.ascii = switch,
        "spaced" => json.spaced = switch,
        _ => json.sorted = switch,
    }
    Ok(())
}

fn session(session: &mut SessionRules, name: &str, key: &str, value: &Plain) -> Result<(), Fault> {
    match name {
        "max" => {
            session.max = match forms::life(value)? {
                Life::Endless => None,
                Life::For(span) => Some(span),
            };
        }
        "cap" => session.cap = forms::switch(value)?,
        "unknown" => session.refuse_unknown = word(key, value)? == "refuse",
        "recorded" => session.recorded_at_login = word(key, value)? == "login",
        _ => session.one_per_user = forms::switch(value)?,
    }
    Ok(())
}

fn rotate(rotate: &mut RotateRules, name: &str, key: &str, value: &Plain) -> Result<(), Fault> {
    match name {
        "when" => rotate.when = forms::when(value)?,
        "old" => rotate.old_stays_good = word(key, value)? == "good",
        "grace" => rotate.grace = forms::grace(value)?,
        "again" => rotate.sibling = word(key, value)? == "sibling",
        "reuse" => {
            rotate.reuse = match word(key, value)? {
                "end-session" => Reuse::EndSession,
                "end-user" => Reuse::EndUser,
                _ => Reuse::Refuse,
            };
        }
        _ => rotate.remaining_ttl = word(key, value)? == "remaining",
    }
    Ok(())
}

fn revoke(revoke: &mut RevokeRules, name: &str, key: &str, value: &Plain) -> Result<(), Fault> {
    let word = word(key, value)?;
    match name {
        "ends" => {
            revoke.ends = match word {
                "nothing" => RevocationReach::Nothing,
                "token" => RevocationReach::Token,
                "user" => RevocationReach::User,
                _ => RevocationReach::Session,
            };
        }
        _ => revoke.access_at_once = word == "at-once",
    }
    Ok(())
}

/// The longest leeway: a day.
const MAX_LEEWAY: Span = Span::from_seconds(24 * 60 * 60);

fn checks(checks: &mut CheckRules, name: &str, value: &Plain) -> Result<(), Fault> {
    match name {
        "leeway" => {
            checks.leeway = forms::duration(value)?;
            if checks.leeway > MAX_LEEWAY {
                return Err(Fault::new("has to be a duration of at most a day"));
            }
        }
        "require_aud" => checks.require_aud = forms::switch(value)?,
        "refuse_future_iat" => checks.refuse_future_iat = forms::switch(value)?,
        _ => checks.allow_weak_key = forms::switch(value)?,
    }
    Ok(())
}

fn live(live: &mut Live, name: &str, value: &Plain) -> Result<(), Vec<Fault>> {
    let one = |fault| vec![fault];
    let route = || -> Result<_, Vec<Fault>> {
        let text = forms::text(value).map_err(one)?;
        request::route(&text).map(Some).map_err(one)
    };
    let text = || forms::text(value).map(Some).map_err(one);
    match name {
        "wire" => live.oauth = word("live.wire", value).map_err(one)? == "oauth",
        "url" => live.url = text()?,
        "login" => live.login = route()?,
        "refresh" => live.refresh = route()?,
        "verify" => live.verify = route()?,
        "logout" => live.logout = route()?,
        "answer" => live.answer = Some(each(value, entry::answer)?.into()),
        "scheme" => live.scheme = text()?,
        "scheme_case" => {
            let case = word("live.scheme_case", value).map_err(one)?;
            live.exact_scheme = case == "exact";
        }
        "words" => live.words = forms::texts(value).map_err(one)?.into(),
        "errors" => live.errors = each(value, request::answered)?.into(),
        "cookies.access" => live.access_cookie = text()?,
        "cookies.refresh" => live.refresh_cookie = text()?,
        "csrf.header" => live.csrf_header = text()?,
        "csrf.from" => live.csrf = Some(forms::csrf(value).map_err(one)?),
        "me" => live.me = text()?,
        "origins" => live.origins = forms::list(value).map_err(one)?.into(),
        "client_id" => live.client_id = text()?,
        "client_secret" => live.client_secret = Some(forms::reference(value, false).map_err(one)?),
        _ => live.refresh_header = text()?,
    }
    Ok(())
}

/// What a profile is that says nothing.
impl Default for Model {
    fn default() -> Self {
        let no_time = Span::from_seconds(0);
        Self {
            name: Text::default(),
            base: Text::default(),
            extends: None,
            aka: List::default(),
            summary: Text::default(),
            recognise: List::default(),
            sure: false,
            emulator: None,
            told_by: KindSource::Nothing,
            unmarked: None,
            access: None,
            refresh: None,
            id: None,
            json: JsonStyle {
                ascii: false,
                spaced: false,
                sorted: false,
            },
            alg: List::default(),
            key: KeySource::Unsaid,
            store: None,
            users: None,
            iss: None,
            aud: List::default(),
            session: SessionRules {
                max: None,
                cap: true,
                refuse_unknown: false,
                recorded_at_login: false,
                one_per_user: false,
            },
            renew: RenewRules {
                presents: None,
                keeps: KeptClaims::All,
                until: RenewalLimit {
                    claim: Cow::Borrowed("exp"),
                    span: no_time,
                },
                own_ttl: false,
            },
            rotate: RotateRules {
                when: Retirement::Never,
                old_stays_good: false,
                grace: Grace::For(no_time),
                sibling: false,
                reuse: Reuse::Refuse,
                remaining_ttl: false,
            },
            revoke: RevokeRules {
                ends: RevocationReach::Session,
                access_at_once: false,
            },
            checks: CheckRules {
                leeway: no_time,
                require_aud: false,
                refuse_future_iat: false,
                allow_weak_key: false,
            },
            live: Live::default(),
        }
    }
}
