//! The loaded keys of a call: which they are, their sources, and who named them.
use crate::cli::context::Context;
use crate::core::key::{Key, KeySet};
use crate::core::policy::Policy;
use crate::core::profile::language::model::KindSource;
use crate::core::profile::{Profile, TokenKind};
use crate::core::secret::Secret;
use crate::session::service::keys::{FetchedKeys, Keys, KindKeys};

/// The keys of a call.
#[derive(Debug, Default)]
pub(crate) struct CallKeys {
    /// The keys.
    pub set: KeySet,
    /// The secret that signs, if several were given. `None` means any key of the set that can.
    pub signing: Option<KeySet>,
    /// The source of each key, in the set's order. Safe to print.
    pub sources: Vec<String>,
    /// Whether it is the development key, which verifies only tokens it signed.
    pub development: bool,
    /// The given HMAC secrets, unchanged, to try likely mistakes with.
    pub secrets: Vec<Secret>,
    /// The given key files, unchanged, to try likely mistakes with.
    pub files: Vec<Secret>,
    /// What each source was taken for.
    pub forms: Vec<SourceForm>,
    /// The addresses of those that were fetched.
    pub fetched: Vec<FetchedKeys>,
    /// Who named the key, in words: a flag, a variable, a profile; `None` for the development key and for a file that is a command's own argument.
    pub named_by: Option<String>,
    /// Whether a passphrase opened one of them.
    pub was_encrypted: bool,
    /// The keys of refresh tokens, if they are others.
    pub refresh: Option<Box<Self>>,
}

/// What a source of keys was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceForm {
    /// The source, as [`CallKeys::sources`] has it.
    pub source: String,
    /// The form of its content (`a JWK (EC P-256, private)`).
    pub form: String,
    /// Its file, if the source does not name it.
    pub path: Option<String>,
}

impl CallKeys {
    /// The keys by the kind of token.
    #[must_use]
    pub(crate) fn kinds(&self) -> KindKeys<'_> {
        KindKeys {
            access: self.keys(),
            refresh: self.refresh.as_ref().map(|refresh| refresh.keys()),
        }
    }
    /// Whether some of them come from an address, where there may be others by now.
    #[must_use]
    pub(crate) fn can_be_fetched(&self) -> bool {
        let refresh = self.refresh.as_ref();
        !self.fetched.is_empty() || refresh.is_some_and(|refresh| refresh.can_be_fetched())
    }
    /// The keys of a kind.
    #[must_use]
    pub(crate) fn of(&self, kind: TokenKind) -> &Self {
        match (&self.refresh, kind) {
            (Some(refresh), TokenKind::Refresh) => refresh,
            _ => self,
        }
    }
    /// Says, where the key alone tells access from refresh tokens, that they have one key.
    pub(crate) fn say_if_one(&self, profile: &Profile, context: &mut Context<'_, '_>) {
        if profile.model.told_by != KindSource::Key {
            return;
        }
        let Some(refresh) = &self.refresh else {
            context.say(
                "one key signs access and refresh tokens, so nothing tells them apart; to give refresh tokens their own: --refresh-secret env:NAME",
            );
            return;
        };
        let mut keys = self.set.keys().iter();
        let same = |key: &Key| {
            let mut others = refresh.set.keys().iter();
            others.any(|other| other.thumbprint() == key.thumbprint())
        };
        if keys.any(same) {
            context.warn(
                "access and refresh tokens have the same key, so nothing tells them apart: give refresh tokens another one",
            );
        }
    }
    /// The keys, as tokens are checked and signed with them.
    #[must_use]
    pub(crate) fn keys(&self) -> Keys<'_> {
        Keys {
            set: &self.set,
            signing: self.signing(),
            sources: &self.sources,
            fetches: &self.fetched,
            development: self.development,
        }
    }
    /// The keys of which one signs.
    #[must_use]
    pub(crate) fn signing(&self) -> &KeySet {
        self.signing.as_ref().unwrap_or(&self.set)
    }
    /// A policy that also asks for the issuer whose keys these all are, unless it names another.
    #[must_use]
    pub(crate) fn with_issuer(&self, mut policy: Policy) -> Policy {
        if let [only] = &self.fetched[..]
            && self.sources.iter().all(|source| *source == only.source)
            && policy.issuers.is_empty()
            && !policy.jws_only
        {
            policy.issuers = only.issuer.iter().cloned().collect();
        }
        policy
    }
    /// Whether some of the keys are those of an issuer, whatever the others are.
    #[must_use]
    pub(crate) fn has_issuer(&self) -> bool {
        self.fetched.iter().any(|one| one.issuer.is_some())
    }
    /// The policies for an access token, a refresh token and an ID token, each with the issuer of its keys.
    #[must_use]
    pub(crate) fn with_issuers(&self, [access, refresh, id]: &[Policy; 3]) -> [Policy; 3] {
        let refresh = self.of(TokenKind::Refresh).with_issuer(refresh.clone());
        let own = |policy: &Policy| self.with_issuer(policy.clone());
        [own(access), refresh, own(id)]
    }
    /// Notes which keys are used, and who named them.
    pub(super) fn note(&self, what: &'static str, context: &Context<'_, '_>) {
        context.note_source(what, || {
            let mut sources: Vec<&str> = self.sources.iter().map(String::as_str).collect();
            sources.dedup();
            match (&self.named_by, self.development) {
                (Some(by), _) => format!("{}, by {by}", sources.join(", ")),
                (None, true) => format!("{}, because no key was named", sources.join(", ")),
                (None, false) => "none, because no key was named".to_owned(),
            }
        });
    }
    /// Adds keys with their source.
    pub(crate) fn add(&mut self, keys: KeySet, source: &str) {
        self.sources
            .extend(keys.keys().iter().map(|_| source.to_owned()));
        self.set.extend(keys);
    }
    /// Puts keys in the place of those of the same source.
    pub(super) fn replace(&mut self, keys: KeySet, source: &str) {
        let sources = std::mem::take(&mut self.sources);
        let all = std::mem::take(&mut self.set).into_keys();
        for (key, from) in all.into_iter().zip(sources) {
            if from != source {
                self.add(KeySet::new(vec![key]), &from);
            }
        }
        self.add(keys, source);
    }
    pub(super) fn add_form(&mut self, source: &str, form: &str, path: Option<String>) {
        self.forms.push(SourceForm {
            source: source.to_owned(),
            form: form.to_owned(),
            path,
        });
    }
}
