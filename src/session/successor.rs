//! What takes the place of a presented token: the same claims edited in place, or the new kind's claims built anew.
use crate::core::claims::{Members, Typed, quote};
use crate::core::entropy::{Entropy, IdForm};
use crate::core::profile::language::entry::{Entry, Item, Occasion};
use crate::core::profile::language::forms::KeptClaims;
use crate::core::profile::language::model::{KindModel, User, UserId};
use crate::core::profile::language::source::{Fresh, Offset, Source};
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::{Span, Timestamp};
use crate::core::verify::Verified;

use super::entries::{self, constant_written, random, styled, written};
use super::flow::exchange::{FlowError, HeaderChange, Lacking, Login};
use super::mint::{MintedToken, Signer, mint};
use super::opaque::{self, OpaquePlace};

/// A presented token, with what is built from: of a JWT its own header and claims, of an opaque token those of the access token that was made with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Predecessor<'a> {
    /// The header.
    pub header: &'a Members,
    /// The claims.
    pub claims: &'a Members,
    /// The kind of token that has them.
    pub of: TokenKind,
    /// The presented token's kind.
    pub kind: TokenKind,
    /// When the presented token was issued.
    pub issued_at: Option<Timestamp>,
    /// When the presented token expires.
    pub expires_at: Option<Timestamp>,
    /// Of an opaque token: the place of its successor.
    pub next: Option<OpaquePlace<'a>>,
}

impl<'a> Predecessor<'a> {
    /// A verified token of that kind.
    #[must_use]
    pub(crate) fn jwt(verified: &'a Verified, kind: TokenKind) -> Self {
        let claims = verified.claims();
        let date = |name: &str| Timestamp::from_json(claims.raw(name)?).ok();
        Self {
            header: verified.header(),
            claims,
            of: kind,
            kind,
            issued_at: date("iat"),
            expires_at: date("exp"),
            next: None,
        }
    }

    /// The presented token itself, where it is given back.
    #[must_use]
    pub(crate) fn as_it_is(&self, text: &str) -> MintedToken {
        let life = (self.issued_at, self.expires_at);
        let (header, claims) = if self.next.is_some() {
            (Members::empty(), opaque::claims(life))
        } else {
            (self.header.clone(), self.claims.clone())
        };
        MintedToken {
            text: text.to_owned(),
            header,
            claims,
            seed: None,
        }
    }
}

/// The token that takes a presented one's place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Successor<'a> {
    /// The presented token.
    pub presented: &'a Predecessor<'a>,
    /// The profile.
    pub profile: &'a Profile,
    /// The new token's kind.
    pub to: TokenKind,
    /// How long the new token lives; none: it has no end of its own.
    pub life: Option<Span>,
    /// Its id, if not a fresh one.
    pub id: Option<&'a str>,
    /// The moment.
    pub now: Timestamp,
}

impl Successor<'_> {
    /// The session's end, if the new token's life reaches it.
    #[must_use]
    pub(crate) fn capped_at(&self) -> Option<Timestamp> {
        let end = self.end().filter(|_| self.profile.capped())?;
        let expiry = self.now.plus(self.life?);
        (end < expiry).then_some(end)
    }

    fn end(&self) -> Option<Timestamp> {
        self.profile
            .session_end(self.presented.of, self.presented.claims)
    }

    /// Makes and signs it, with the header parameters that could not be kept.
    ///
    /// # Errors
    /// A claim is missing, or signing failed.
    pub(crate) fn mint(
        &self,
        signer: &Signer<'_>,
        entropy: &mut dyn Entropy,
    ) -> Result<(MintedToken, Vec<HeaderChange>), FlowError> {
        let KeptClaims::These(kept) = &self.profile.model.renew.keeps else {
            let claims = self.in_place(entropy)?;
            let (header, changed) = self.header_in_place(signer);
            return Ok((mint(header, claims, signer)?, changed));
        };
        let kept: Vec<&str> = kept.iter().map(AsRef::as_ref).collect();
        let claims = self.anew(&kept, entropy)?;
        let header = entries::header(self.profile, self.to, signer);
        let style = self.profile.model.json;
        Ok((
            mint(styled(header, style), styled(claims, style), signer)?,
            Vec::new(),
        ))
    }

    fn model(&self, kind: TokenKind) -> Option<&KindModel> {
        self.profile.kind(kind)
    }

    fn at_renewal(&self) -> impl Iterator<Item = &Entry> {
        self.model(self.to)
            .into_iter()
            .flat_map(|kind| kind.claims_at(Occasion::Renew))
    }

    /// The presented claims, with what the new kind changes.
    fn in_place(&self, entropy: &mut dyn Entropy) -> Result<Members, FlowError> {
        let presented = self.presented.claims;
        let mut claims = presented.clone();
        if self.presented.of != self.to {
            let old = self
                .model(self.presented.of)
                .into_iter()
                .flat_map(|kind| kind.claims.iter());
            for name in old.filter_map(name) {
                let stays = self.model(self.to).is_some_and(|kind| {
                    kind.claims
                        .iter()
                        .filter_map(self::name)
                        .any(|one| one == name)
                });
                if !stays {
                    claims.remove(name);
                }
            }
        }
        for entry in self.at_renewal() {
            let there = presented.raw(&entry.name).is_some();
            if entry.optional && !there {
                continue;
            }
            match self.value(entry, entropy) {
                Some(raw) => claims.set(&entry.name, &raw),
                None if self.is_end(entry) => _ = claims.remove(&entry.name),
                None if there || entry.optional => {}
                None => return Err(missing(entry)),
            }
        }
        Ok(claims)
    }

    /// The new kind's claims in their order, and at their place the presented ones that are kept.
    fn anew(&self, kept: &[&str], entropy: &mut dyn Entropy) -> Result<Members, FlowError> {
        let mut claims = Members::empty();
        let presented = self.presented.claims;
        let keep = |claims: &mut Members| {
            let others = presented.iter().filter(|(name, _)| kept.contains(name));
            for (name, raw) in others {
                if claims.raw(name).is_none() {
                    claims.set(name, raw);
                }
            }
        };
        let items = self
            .model(self.to)
            .into_iter()
            .flat_map(|kind| kind.claims.iter());
        for item in items {
            let entry = match item {
                Item::Rest => {
                    keep(&mut claims);
                    continue;
                }
                Item::Entry(entry) if entry.at == Some(Occasion::Login) => continue,
                Item::Entry(entry) => entry,
            };
            match self.value(entry, entropy) {
                Some(raw) => claims.set(&entry.name, &raw),
                None if entry.optional || self.is_end(entry) => {}
                None => return Err(missing(entry)),
            }
        }
        keep(&mut claims);
        Ok(claims)
    }

    /// Whether an entry says the end of a token that has none.
    fn is_end(&self, entry: &Entry) -> bool {
        entry.source == Some(Source::Now(Offset::Ttl)) && self.life.is_none()
    }

    /// An entry's value at a renewal: new, or kept of the presented token.
    fn value(&self, entry: &Entry, entropy: &mut dyn Entropy) -> Option<String> {
        let (claims, ascii) = (self.presented.claims, self.profile.ascii());
        let source = entry.source.as_ref()?;
        let at = |moment: Timestamp| written(moment, entry);
        match source {
            Source::Now(Offset::None) => at(self.now),
            Source::Now(Offset::Span(span)) => at(self.now.plus(*span)),
            Source::Now(Offset::Ttl) => {
                let expiry = self.now.plus(self.life?);
                at(self.capped_at().unwrap_or(expiry))
            }
            Source::End if self.profile.asked.session.is_some() => self.end().and_then(at),
            Source::Fresh(fresh) => {
                let given = self.id.filter(|_| entry.name == "jti").map(str::to_owned);
                let old = match claims.string(&entry.name) {
                    Typed::Is(old) => old,
                    Typed::Absent | Typed::Wrong(_) => String::new(),
                };
                let id = given.unwrap_or_else(|| match fresh {
                    Fresh::Uuid => id_like(&old, entropy),
                    other => random(*other, entropy),
                });
                Some(quote(&id, ascii))
            }
            Source::Kind => self.model(self.to)?.word().map(|word| quote(word, ascii)),
            Source::Constant(constant) => Some(constant_written(constant, ascii)),
            Source::Presented(name) => claims.raw(name).map(str::to_owned),
            Source::UserId | Source::UserEmail | Source::UserFact(_) => self
                .of_users(entry, entropy)
                .or_else(|| self.kept(entry, source)),
            Source::Issuer => self
                .kept(entry, source)
                .or_else(|| self.profile.issuer().map(|issuer| quote(&issuer, ascii))),
            _ => self.kept(entry, source),
        }
    }

    /// The presented claim of the same source, else of the same name.
    fn kept(&self, entry: &Entry, source: &Source) -> Option<String> {
        let claims = self.presented.claims;
        let named = self.profile.claim(self.presented.of, |one| one == source);
        let raw = named
            .and_then(|name| claims.raw(name))
            .or_else(|| claims.raw(&entry.name))?;
        Some(raw.to_owned())
    }

    /// What the profile's list of users says today of the user whom the presented token names.
    fn of_users(&self, entry: &Entry, entropy: &mut dyn Entropy) -> Option<String> {
        let user = self.user()?;
        let login = Login {
            user: user.name.to_string(),
            ..Login::default()
        };
        let facts = entries::EntryFacts {
            login: &login,
            profile: self.profile,
            now: self.now,
            session: "",
        };
        facts.value(entry, self.to, entropy)
    }

    fn user(&self) -> Option<&User> {
        let claims = self.presented.claims;
        let raw = |is: &dyn Fn(&Source) -> bool| {
            let name = self.profile.claim(self.presented.of, is)?;
            claims.raw(name).map(|raw| raw.trim_matches('"').to_owned())
        };
        let name = raw(&|source| *source == Source::User);
        let id = raw(&|source| *source == Source::UserId);
        let is = |user: &&User| {
            let own = match &user.id {
                UserId::Number(number) => number.to_string(),
                UserId::Text(text) => text.to_string(),
            };
            name.as_deref()
                .map_or_else(|| id.as_ref() == Some(&own), |name| name == user.name)
        };
        let users = self.profile.model.users.as_ref()?;
        users.iter().find(is)
    }

    /// The presented token's header, changed as far as the signing key and the new kind require.
    fn header_in_place(&self, signer: &Signer<'_>) -> (Members, Vec<HeaderChange>) {
        let ascii = self.profile.ascii();
        let mut header = self.presented.header.clone();
        let mut changed = Vec::new();
        let kid = signer.kid.as_ref().map(|kid| quote(kid, ascii));
        for (name, new) in [
            ("alg", Some(quote(signer.algorithm.name(), false))),
            ("kid", kid),
        ] {
            let same = match (name, header.string(name)) {
                ("alg", Typed::Is(old)) => old == signer.algorithm.name(),
                (_, Typed::Is(old)) => signer.kid.as_ref() == Some(&old),
                _ => new.is_none(),
            };
            if !same {
                changed.push((name, header.raw(name).map(str::to_owned), new.clone()));
                match new {
                    Some(raw) => header.set(name, &raw),
                    None => _ = header.remove(name),
                }
            }
        }
        if self.presented.of != self.to {
            let of_kind =
                |entry: &&Entry| matches!(entry.source, Some(Source::Kind | Source::Constant(_)));
            let model = self.model(self.to).into_iter();
            for entry in model.flat_map(KindModel::parameters).filter(of_kind) {
                if let Some(raw) = entries::parameter(self.profile, self.to, entry, signer) {
                    header.set(&entry.name, &raw);
                }
            }
        }
        (header, changed)
    }
}

fn missing(entry: &Entry) -> FlowError {
    FlowError::NotPresented(Lacking {
        claim: entry.name.to_string(),
        source: entry.source.clone(),
    })
}

fn name(item: &Item) -> Option<&str> {
    match item {
        Item::Entry(entry) => Some(&entry.name),
        Item::Rest => None,
    }
}

/// A fresh id in the form of `old`: 32 hexadecimal digits, or a UUID with dashes.
fn id_like(old: &str, entropy: &mut dyn Entropy) -> String {
    let hex = old.len() == 32 && old.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hex { IdForm::UuidHex } else { IdForm::Uuid }.fresh(entropy)
}
