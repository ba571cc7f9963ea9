//! Seals what a store keeps of a token, and checks the seal before the token is signed again: whoever can write the store must not be able to choose what we sign.
//!
//! A seal is a MAC under a key that is derived from the signing key, over the header and the claims and over their place: session, generation and kind. It does
//! not help against who has the key too, nor against a row that is put back as it once was.
use crate::core::claims::Members;
use crate::core::key::{DerivedKey, Key, KeySet};
use crate::core::token::Limits;

use super::family::{Change, Family, Generation, Seal, SessionKey, SignedContent, StoreWrite};
use super::flow;

/// What the MAC's key is derived for.
const PURPOSE: &str = "jwtsess store 1";
/// The version of what a MAC covers.
const VERSION: &[u8] = b"1";

/// The place of a header and claims in a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ContentPlace<'a> {
    /// The session.
    pub session: &'a SessionKey,
    /// The number of the generation.
    pub generation: u32,
    /// Which of the generation's tokens.
    pub kind: ContentKind,
}

/// Which of a generation's tokens is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentKind {
    /// The token that the store recognises.
    Token,
    /// The access token beside it.
    Access,
}

impl ContentKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Access => "access",
        }
    }
}

impl ContentPlace<'_> {
    /// Calls a function with the parts that a MAC covers.
    fn with_parts<T>(&self, content: &SignedContent, call: impl FnOnce(&[&[u8]]) -> T) -> T {
        call(&[
            VERSION,
            self.session.fingerprint().as_bytes(),
            &self.generation.to_be_bytes(),
            self.kind.name().as_bytes(),
            content.header.as_bytes(),
            content.claims.as_bytes(),
        ])
    }

    /// Seals what was signed, by the key that would sign it again. Without such a key there is no seal, and it is never signed again.
    /// What was derived last is derived once.
    fn seal<'k>(
        &self,
        content: &mut SignedContent,
        keys: &'k KeySet,
        last: &mut Option<(&'k Key, DerivedKey)>,
    ) {
        let header = Members::parse(&content.header, Limits::default().json).ok();
        let signer = header.and_then(|header| flow::signer_like(keys, &header).ok());
        let Some(key) = signer.map(|signer| signer.key) else {
            return;
        };
        if (last.as_ref()).is_none_or(|(known, _)| !std::ptr::eq(*known, key)) {
            *last = key.derived(PURPOSE).map(|derived| (key, derived));
        }
        if let Some((key, derived)) = last {
            content.seal = Seal::Mac {
                mac: self.with_parts(content, |parts| derived.mac(parts)),
                kid: key.kid().map(str::to_owned),
            };
        }
    }

    /// Whether one of these keys, retired ones too, has sealed this content in this place.
    #[must_use]
    pub(crate) fn is_proved(&self, content: &SignedContent, keys: &KeySet) -> bool {
        let Seal::Mac { mac, .. } = &content.seal else {
            return false;
        };
        let mut derived = keys.keys().iter().filter_map(|key| key.derived(PURPOSE));
        self.with_parts(content, |parts| {
            derived.any(|derived| derived.proves(parts, mac))
        })
    }
}

/// The keys that sign what a generation keeps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SealKeys<'a> {
    /// Those of the token that the store recognises.
    pub token: &'a KeySet,
    /// Those of the access token beside it.
    pub access: &'a KeySet,
}

impl SealKeys<'_> {
    fn generation(&self, session: &SessionKey, generation: &mut Generation) {
        let number = generation.number;
        let token = &mut generation.token;
        let mut last = None;
        for (kind, content, keys) in [
            (ContentKind::Token, &mut token.signed, self.token),
            (ContentKind::Access, &mut token.access, self.access),
        ] {
            let place = ContentPlace {
                session,
                generation: number,
                kind,
            };
            if let Some(content) = content {
                place.seal(content, keys, &mut last);
            }
        }
    }

    /// Seals what a new family keeps.
    pub(crate) fn family(&self, family: &mut Family) {
        for generation in &mut family.generations {
            self.generation(&family.session.key, generation);
        }
    }

    /// Seals what a change adds to a family.
    pub(crate) fn change(&self, family: Option<&Family>, change: &mut Change) {
        let mut session = family.map(|family| family.session.key.clone());
        for step in &mut change.steps {
            match step {
                StoreWrite::Create(created) => {
                    self.family(created);
                    session = Some(created.session.key.clone());
                }
                StoreWrite::Add(generation) => {
                    if let Some(session) = &session {
                        self.generation(session, generation);
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
