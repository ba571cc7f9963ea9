//! Opaque refresh tokens: texts that are no JWTs. A text is derived from the signing key and from random bytes that the store keeps: both together give the same
//! text again, and neither alone does.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::core::claims::{Members, Typed, quote};
use crate::core::entropy::Entropy;
use crate::core::key::{Key, KeySet};
use crate::core::profile::language::source::{Fresh, Source, source};
use crate::core::secret::{Fingerprint, Secret};
use crate::core::time::Timestamp;
use crate::core::token::Limits;

use super::entries::random;
use super::family::{Seal, SessionToken, SignedContent};
use super::flow::exchange::FlowError;
use super::mint::MintedToken;

/// What the key is derived for, and the text lengthened.
const PURPOSE: &str = "jwtsess opaque 1";

/// How often another text is drawn, where one begins with a dash and would be taken for a flag on a command line.
const MOST_DRAWS: usize = 16;

/// The session of an opaque token, and its generation as it was when the token was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpaquePlace<'a> {
    /// The session's id.
    pub session: &'a str,
    /// The number of the generation.
    pub generation: u32,
}

/// Makes an opaque token that lives from `issued` until `expires`.
///
/// # Errors
/// The key has no private part.
pub(crate) fn mint(
    fresh: Fresh,
    place: OpaquePlace<'_>,
    key: &Key,
    (issued, expires): (Timestamp, Option<Timestamp>),
    entropy: &mut dyn Entropy,
) -> Result<MintedToken, FlowError> {
    let mut draw = || {
        let mut random = [0; 32];
        entropy.fill(&mut random);
        let seed = Seed {
            place,
            random,
            fresh,
        };
        let text = seed.text(key);
        text.map(|text| (seed, text)).ok_or(FlowError::NotKept)
    };
    let (mut seed, mut text) = draw()?;
    for _ in 0..MOST_DRAWS {
        if !text.starts_with('-') {
            break;
        }
        (seed, text) = draw()?;
    }
    Ok(MintedToken {
        text,
        header: Members::empty(),
        claims: claims((Some(issued), expires)),
        seed: Some(seed.content()),
    })
}

/// The life of an opaque token, as a JWT's claims would say it.
#[must_use]
pub(crate) fn claims((issued, expires): (Option<Timestamp>, Option<Timestamp>)) -> Members {
    let mut claims = Members::empty();
    for (name, moment) in [("iat", issued), ("exp", expires)] {
        if let Some(moment) = moment {
            claims.set(name, &moment.seconds().to_string());
        }
    }
    claims
}

/// The id of the session of which a store has kept this.
#[must_use]
pub(crate) fn session(content: &SignedContent) -> Option<String> {
    let claims = Members::parse(&content.claims, Limits::default().json).ok()?;
    text(&claims, "session")
}

/// The opaque token that a store has recorded in a session, made again. `None` if it has not recorded what one of these keys made it of, in this session.
#[must_use]
pub(crate) fn again(token: &SessionToken, session: &str, keys: &KeySet) -> Option<MintedToken> {
    let content = token.signed.as_ref().filter(|one| one.is_opaque())?;
    let claims = Members::parse(&content.claims, Limits::default().json).ok()?;
    let seed = Seed::read(&claims, session)?;
    let is = |text: &String| Fingerprint::of_opaque(text) == token.fingerprint;
    let mut texts = keys.keys().iter().filter_map(|key| seed.text(key));
    let text = texts.find(is)?;
    Some(MintedToken {
        text,
        header: Members::empty(),
        claims: self::claims((token.issued_at, token.expires_at.moment())),
        seed: Some(content.clone()),
    })
}

fn text(claims: &Members, name: &str) -> Option<String> {
    match claims.string(name) {
        Typed::Is(text) => Some(text),
        Typed::Absent | Typed::Wrong(_) => None,
    }
}

/// What a text is derived from, besides the key.
struct Seed<'a> {
    place: OpaquePlace<'a>,
    random: [u8; 32],
    fresh: Fresh,
}

impl<'a> Seed<'a> {
    /// Reads what a store has kept; `None` if it is not of this session.
    fn read(claims: &Members, session: &'a str) -> Option<Self> {
        let text = |name: &str| text(claims, name);
        let form = text("text")?;
        let Ok(Source::Fresh(fresh)) = source(&form, &form) else {
            return None;
        };
        let random = URL_SAFE_NO_PAD.decode(text("random")?).ok()?;
        let is_own = text("session")? == session;
        is_own.then_some(Self {
            place: OpaquePlace {
                session,
                generation: claims.raw("generation")?.parse().ok()?,
            },
            random: random.try_into().ok()?,
            fresh,
        })
    }

    fn content(&self) -> SignedContent {
        let OpaquePlace {
            session,
            generation,
        } = self.place;
        let mut claims = Members::empty();
        claims.set("session", &quote(session, true));
        claims.set("generation", &generation.to_string());
        claims.set("random", &quote(&URL_SAFE_NO_PAD.encode(self.random), true));
        claims.set("text", &quote(&self.fresh.to_string(), true));
        SignedContent {
            header: SignedContent::OPAQUE.to_owned(),
            claims: claims.text().to_owned(),
            seal: Seal::Missing,
        }
    }

    /// The text that a key gives. `None` if only the key's public part is here.
    fn text(&self, key: &Key) -> Option<String> {
        let generation = self.place.generation.to_be_bytes();
        let parts: [&[u8]; 3] = [self.place.session.as_bytes(), &generation, &self.random];
        let derived = key.derived(PURPOSE)?;
        if matches!(self.fresh, Fresh::Random(43) | Fresh::Base64(32)) {
            return Some(URL_SAFE_NO_PAD.encode(derived.mac(&parts)));
        }
        // No form draws more than four bytes for each of its at most 999 characters.
        let mut stream = Stream {
            bytes: derived.lengthened(&parts, PURPOSE, 4000)?,
            used: 0,
        };
        Some(random(self.fresh, &mut stream))
    }
}

/// Derived bytes, in the place of random ones.
struct Stream {
    bytes: Secret,
    used: usize,
}

impl Entropy for Stream {
    fn fill(&mut self, bytes: &mut [u8]) {
        let rest = self.bytes.expose().get(self.used..).unwrap_or_default();
        for (to, from) in bytes.iter_mut().zip(rest) {
            *to = *from;
        }
        self.used += bytes.len();
    }
}

#[cfg(test)]
mod tests;
