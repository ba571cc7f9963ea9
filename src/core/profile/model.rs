//! A session model as a call goes by it: what the language says, the emulated server's settings, and what the caller asks for in their place.
use std::borrow::Cow;
use std::sync::Arc;

use super::language::builtin;
use super::language::entry::{AnswerPlace, Item};
use super::language::forms::Life;
use super::language::mark::MarkPlace;
use super::language::model::{Format, KeySource, KindModel, Model, User, UserId};
use super::language::source::{AnswerSource, Fresh, Source};
use super::language::value::Text;
use super::recognition::told;
use crate::core::algorithm::Algorithm;
use crate::core::claims::{Members, Typed};
use crate::core::emulator::{self, Emulator, Emulators, Terms, Users};
use crate::core::time::{Span, Timestamp};
use crate::core::token::{CompactForm, RecognisedModel, TokenKind, Unverified};

/// A session model: what its tokens hold, how long they live, and how they are checked and kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// What the language says of it.
    pub model: Cow<'static, Model>,
    /// The server that this profile imitates. Its code and settings then decide what is written and answered.
    pub server: Option<Arc<dyn Emulator>>,
    /// The server's users, if they are known.
    pub users: Option<Users>,
    /// What a caller asks for in place of the profile's own.
    pub asked: LifetimeOverrides,
}

/// When a session ends at the latest: this long after the time in a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionMax {
    /// The claim that holds the time of the first login (`auth_time`, `orig_iat`).
    pub from: String,
    /// How long a session lasts.
    pub span: Span,
}

/// When a session ends at the latest, as its tokens say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionBound {
    /// So long after the first login.
    pub counted: Option<SessionMax>,
    /// The claim that holds the end.
    pub written: Option<String>,
    /// Whether a caller asks for the counted end, which then takes the place of the written one.
    pub is_asked: bool,
}

impl SessionBound {
    /// The claims that say an end, each with what is added to it.
    pub fn claims(&self) -> impl Iterator<Item = (&str, Span)> {
        let counted = self.counted.iter().map(|max| (&*max.from, max.span));
        let written = self.written.iter();
        counted.chain(written.map(|name| (&**name, Span::from_seconds(0))))
    }

    /// The end by a token's claims, and the claim that says it: the earliest, or the one that is asked for.
    #[must_use]
    pub fn end(&self, claims: &Members) -> Option<(&str, Timestamp)> {
        let mut said = self.claims().filter_map(|(name, span)| {
            let moment = Timestamp::from_json(claims.raw(name)?).ok()?;
            Some((name, moment.plus(span)))
        });
        if self.is_asked {
            return said.next();
        }
        said.min_by_key(|(_, end)| *end)
    }
}

/// What a caller asks for. Each wins over the profile's own, and over that of the token that is renewed.
///
/// They stand apart from the profile's own because a later call may come without them, and the store has to keep the session's record for that call, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LifetimeOverrides {
    /// The lifetime of an access token.
    pub access: Option<Span>,
    /// The lifetime of a refresh token.
    pub refresh: Option<Span>,
    /// How long after the first login the session ends at the latest.
    pub session: Option<Span>,
}

/// The largest leeway: one day. A larger one would make an expiry meaningless.
pub(crate) const MAX_LEEWAY: Span = Span::from_seconds(86_400);

impl Profile {
    /// A call's profile by the model that the language gives. `None` if it names a server that is not found.
    #[must_use]
    pub fn of(model: Cow<'static, Model>, emulators: Emulators) -> Option<Self> {
        let server = match &model.emulator {
            None => None,
            Some(named) => {
                let mut server = emulators(&named.name)?;
                for (name, value) in named.settings.iter() {
                    // The language has had each checked by the settings' reader, which knows the one that may be refused.
                    if let Ok(changed) = server.with(name, value) {
                        server = changed;
                    }
                }
                Some(server)
            }
        };
        let users = model.users.as_ref();
        Some(Self {
            server,
            users: users.map(|users| users.iter().map(listed).collect::<Vec<_>>().into()),
            asked: LifetimeOverrides::default(),
            model,
        })
    }
    /// The name that `--profile` takes.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.model.name
    }
    /// The built-in profile that this is or that it extends.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.model.base
    }
    /// Whether its tokens are of a model of ours. The others imitate another server's.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        ["sliding", "pair", "plain"].contains(&self.base())
    }
    /// The profile whose sessions end as those of the profile that a token looks like without its marks: a token of before the mark outlives no session for being
    /// a guess.
    #[must_use]
    pub fn ending_as_guessed(&self, recognised: &RecognisedModel) -> Cow<'_, Self> {
        let guess = recognised.guess().and_then(builtin::model);
        let Some(guess) = guess.filter(|model| model.sure) else {
            return Cow::Borrowed(self);
        };
        let is_login = |item: &&Item| matches!(item, Item::Entry(entry) if matches!(entry.source, Some(Source::Login(_))));
        let theirs = guess.access.iter().flat_map(|kind| kind.claims.iter());
        let mut ending = self.clone();
        let model = ending.model.to_mut();
        model.session.max = guess.session.max;
        if let Some(access) = &mut model.access {
            access
                .claims
                .to_mut()
                .extend(theirs.filter(is_login).cloned());
        }
        Cow::Owned(ending)
    }
    /// One kind of its tokens, if the profile has that kind. An emulated server's are its own.
    #[must_use]
    pub fn kind(&self, kind: TokenKind) -> Option<&KindModel> {
        self.model.kind(kind)
    }
    /// Whether the profile issues access and refresh tokens.
    #[must_use]
    pub fn is_pair(&self) -> bool {
        match &self.server {
            Some(server) => server.is_pair(),
            None => self.issues(TokenKind::Refresh),
        }
    }
    /// How the text of its refresh tokens is written, if they are no JWTs.
    #[must_use]
    pub fn opaque(&self) -> Option<Fresh> {
        match self.kind(TokenKind::Refresh)?.format {
            Format::Opaque(Source::Fresh(fresh)) => Some(fresh),
            Format::Jwt | Format::Opaque(_) => None,
        }
    }
    /// Whether a token is a text that is no JWT, and its refresh tokens are such texts.
    #[must_use]
    pub fn has_opaque(&self, token: &Unverified) -> bool {
        token.form == CompactForm::Other(1) && self.opaque().is_some()
    }
    /// Whether a login gives a token of that kind: it has a lifetime, and its key may be at hand.
    #[must_use]
    pub fn issues(&self, kind: TokenKind) -> bool {
        let withheld = *self.model.key_of(kind) == KeySource::Withheld;
        let issued = |model: &KindModel| model.ttl.is_some();
        !withheld && self.kind(kind).is_some_and(issued)
    }
    /// The profile whose marks its tokens have: its own, if it says how they are recognised. `None` for `plain`, which allows anything, for a model that changes the
    /// kinds of a built-in one, or if an emulated server's settings rename or remove the claims that identify the model.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        if !self.model.recognise.is_empty() && self.is_a_users() {
            return Some(self.name());
        }
        let (model, is_marked) = match &self.server {
            // What extends a package writes its tokens.
            Some(server) => (server.model(), server.is_marked()),
            None => (self.base(), self.has_the_marks_of_its_base()),
        };
        (model != "plain" && is_marked).then_some(model)
    }
    /// Whether it is a user's own profile.
    #[must_use]
    pub fn is_a_users(&self) -> bool {
        self.name() != self.base()
    }
    /// Whether a token that is recognised so can be one of its own: nothing marks it as another's, or the marks are its own or those of what it extends.
    #[must_use]
    pub fn may_have_made(&self, recognised: &RecognisedModel) -> bool {
        let built_in = recognised.built_in;
        recognised.profile == "plain"
            || recognised.profile == self.name()
            || built_in == self.base()
            || self.model() == Some(built_in)
    }
    fn has_the_marks_of_its_base(&self) -> bool {
        let Some(base) = builtin::model(self.base()) else {
            return false;
        };
        let names = |model: &Model| -> Vec<_> {
            let kinds = model.kinds();
            kinds.map(|(kind, own)| (kind, own.is.clone())).collect()
        };
        std::ptr::eq(base, &raw const *self.model)
            || (base.told_by == self.model.told_by && names(base) == names(&self.model))
    }
    /// The kind of one of the profile's tokens, told by what it carries. If the server's settings rename or remove the model's marks, the type claim that they
    /// name decides.
    #[must_use]
    pub fn kind_of(&self, token: &Unverified) -> TokenKind {
        self.told_kind(token).unwrap_or(TokenKind::Access)
    }
    /// The same; none if nothing tells it.
    #[must_use]
    pub fn told_kind(&self, token: &Unverified) -> Option<TokenKind> {
        if self.has_opaque(token) {
            return Some(TokenKind::Refresh);
        }
        let told = match (&self.server, token.claims()) {
            (Some(server), Some(claims)) if !server.is_marked() => {
                match claims.string(server.kind_claim()) {
                    Typed::Is(word) if word == "refresh" => Some(TokenKind::Refresh),
                    _ => None,
                }
            }
            _ => told(token, &self.model).kind,
        };
        told.or(token.taken_for)
    }
    /// The kind of the token that the server's answers hold under a name, in their body, a header or a cookie.
    #[must_use]
    pub fn kind_called(&self, name: &str) -> Option<TokenKind> {
        let live = &self.model.live;
        let is_it = |place: &AnswerPlace| match place {
            AnswerPlace::Member(member) => member == name,
            AnswerPlace::Pointer(path) => path.rsplit('/').next() == Some(name),
            AnswerPlace::Header(header) => header.eq_ignore_ascii_case(name),
        };
        let mut answer = live.answer.iter().flat_map(|answer| answer.iter());
        let member = answer.find_map(|entry| match entry.source {
            Some(AnswerSource::Token(kind)) => entry.places.iter().any(is_it).then_some(kind),
            _ => None,
        });
        let is_cookie = |cookie: &Option<Text>| cookie.as_deref() == Some(name);
        let cookie = if is_cookie(&live.access_cookie) {
            Some(TokenKind::Access)
        } else {
            is_cookie(&live.refresh_cookie).then_some(TokenKind::Refresh)
        };
        member.or(cookie)
    }
    /// The algorithms that tokens of that kind are signed with, the first that the key serves; any of the key's if empty.
    #[must_use]
    pub fn algorithms(&self, kind: TokenKind) -> Vec<Algorithm> {
        if let Some(server) = &self.server {
            return server.chosen_algorithms().to_vec();
        }
        let names = self.model.alg_of(kind).iter();
        names.filter_map(|name| name.parse().ok()).collect()
    }
    /// The scheme that stands before the token in an `Authorization` header.
    #[must_use]
    pub fn scheme(&self) -> &str {
        let own = self.model.live.scheme.as_deref();
        let theirs = self.server.as_ref().map(|server| server.scheme());
        own.or(theirs).unwrap_or("Bearer")
    }
    /// Finds the server's user of that name, if the users are known.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&emulator::ServerUser> {
        let mut users = self.users.iter().flat_map(Users::iter);
        users.find(|user| user.name == name)
    }
    /// Whether `exp` stops at the session's end. An emulated server's does not.
    #[must_use]
    pub fn capped(&self) -> bool {
        self.server.is_none() && self.model.session.cap
    }
    /// What the emulated server says and requires.
    fn terms(&self) -> Option<Terms<'_>> {
        self.server.as_ref().map(|server| server.terms())
    }
    /// The issuer that is both written and required.
    #[must_use]
    pub fn issuer(&self) -> Option<String> {
        match self.terms() {
            Some(terms) => terms.issuer.map(str::to_owned),
            None => self.model.iss.as_ref().map(ToString::to_string),
        }
    }
    /// The audiences that are both written and required.
    #[must_use]
    pub fn audience(&self) -> Vec<String> {
        match self.terms() {
            Some(terms) => terms.audience.to_vec(),
            None => self.model.aud.iter().map(ToString::to_string).collect(),
        }
    }
    /// How far clocks may differ.
    #[must_use]
    pub fn leeway(&self) -> Span {
        self.terms()
            .map_or(self.model.checks.leeway, |terms| terms.leeway)
    }
    /// Whether a token without `exp` is refused.
    #[must_use]
    pub fn requires_exp(&self) -> bool {
        let Some(terms) = self.terms() else {
            let claims = self.model.access.as_ref().map(|kind| &kind.claims);
            let mut items = claims.into_iter().flat_map(|claims| claims.iter());
            return items.any(
                |item| matches!(item, Item::Entry(entry) if entry.name == "exp" && !entry.optional),
            );
        };
        let own = self
            .model
            .emulator
            .as_ref()
            .and_then(|emulator| emulator.require_exp);
        own.unwrap_or(terms.require_exp)
    }
    /// How long a token of that kind lives by the profile itself; none: it has no end of its own.
    #[must_use]
    pub fn own_life(&self, kind: TokenKind) -> Option<Span> {
        let Some(terms) = self.terms() else {
            return match self.kind(kind)?.ttl? {
                Life::For(span) => Some(span),
                Life::Endless => None,
            };
        };
        Some(match kind {
            TokenKind::Access | TokenKind::Id => terms.access_ttl,
            TokenKind::Refresh => terms.refresh_ttl,
        })
    }
    /// How long a token of that kind lives by the profile itself if a renewal made it; none: it has no end of its own.
    #[must_use]
    pub fn renewed_life(&self, kind: TokenKind) -> Option<Span> {
        match self.kind(kind).and_then(KindModel::renewed_life) {
            Some(Life::For(span)) => Some(span),
            _ => self.own_life(kind),
        }
    }
    /// The kind that renewing takes; none: its server renews nothing.
    #[must_use]
    pub fn presents(&self) -> Option<TokenKind> {
        if self.server.is_some() {
            let kind = if self.is_pair() {
                TokenKind::Refresh
            } else {
                TokenKind::Access
            };
            return Some(kind);
        }
        self.model.renew.presents
    }
    /// How long an access token lives by the profile itself.
    #[must_use]
    pub fn access_ttl(&self) -> Span {
        self.own_life(TokenKind::Access)
            .unwrap_or(Span::from_seconds(0))
    }
    /// How long a refresh token lives by the profile itself, which is how long a session may be idle.
    #[must_use]
    pub fn refresh_ttl(&self) -> Span {
        self.own_life(TokenKind::Refresh)
            .unwrap_or(Span::from_seconds(0))
    }
    /// How long a token of that kind lives: as long as was asked for, else as the profile says. None: it has no end of its own.
    #[must_use]
    pub fn ttl(&self, kind: TokenKind) -> Option<Span> {
        let asked = match kind {
            TokenKind::Access | TokenKind::Id => self.asked.access,
            TokenKind::Refresh => self.asked.refresh,
        };
        asked.or_else(|| self.own_life(kind))
    }
    /// When the session ends at the latest, counted from the claim that holds the first login.
    #[must_use]
    pub fn session_max(&self) -> Option<SessionMax> {
        let (from, own) = if let Some(terms) = self.terms() {
            let (from, span) = terms.session_max?;
            (from, Some(span))
        } else {
            let login = |source: &Source| matches!(source, Source::Login(_));
            let mut kinds = self.model.issued();
            let from = kinds.find_map(|(kind, _)| self.model.claim_of(kind, login))?;
            (from, self.model.session.max)
        };
        // A call may ask for another end, not for one where the profile has none.
        let span = own.map(|own| self.asked.session.unwrap_or(own))?;
        let from = from.to_owned();
        Some(SessionMax { from, span })
    }
    /// When the session of a token of that kind ends at the latest: by the claim that holds its end, and by the first login.
    #[must_use]
    pub fn session_bound(&self, kind: TokenKind) -> SessionBound {
        SessionBound {
            counted: self.session_max(),
            written: self
                .claim(kind, |source| *source == Source::End)
                .map(str::to_owned),
            is_asked: self.asked.session.is_some(),
        }
    }
    /// The same for a token with these claims.
    #[must_use]
    pub fn session_end(&self, kind: TokenKind, claims: &Members) -> Option<Timestamp> {
        let bound = self.session_bound(kind);
        bound.end(claims).map(|(_, end)| end)
    }
    /// The member that tells tokens of that kind from the others, and its word, if the profile writes one.
    #[must_use]
    pub fn mark(&self, kind: TokenKind) -> Option<(MarkPlace, &str)> {
        let model = self.kind(kind)?;
        let claim = self.claim(kind, |source| *source == Source::Kind);
        let parameter = || {
            let mut entries = model.parameters();
            let entry = entries.find(|entry| entry.source == Some(Source::Kind))?;
            Some((true, entry.name.as_ref()))
        };
        let (header, name) = claim.map(|name| (false, name)).or_else(parameter)?;
        let name = name.to_owned().into();
        Some((MarkPlace { header, name }, model.word()?))
    }
    /// The claim of a kind that is filled from a source.
    #[must_use]
    pub fn claim(&self, kind: TokenKind, is: impl Fn(&Source) -> bool) -> Option<&str> {
        self.model.claim_of(kind, is)
    }
}

fn listed(user: &User) -> emulator::ServerUser {
    emulator::ServerUser {
        name: user.name.to_string(),
        id: match &user.id {
            UserId::Number(id) => emulator::ServerUserId::Number(*id),
            UserId::Text(id) => emulator::ServerUserId::Text(id.to_string()),
        },
        email: user.email.to_string(),
        active: user.active,
        password_hash: user.password_hash.as_ref().map(ToString::to_string),
    }
}
