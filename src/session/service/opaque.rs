//! Opaque refresh tokens: the store's record says what one stands for, and is believed where the keys prove it.
use crate::core::claims::Members;
use crate::core::profile::{Profile, TokenKind};
use crate::core::secret::Fingerprint;
use crate::core::time::{Span, Timestamp};
use crate::core::token::{CompactForm, Limits, Unverified};
use crate::core::verdict::{Check, CheckResult, Finding, Reason, Verdict};
use crate::session::family::{Expiry, Family, Generation};
use crate::session::opaque;
use crate::session::seal::{ContentKind, ContentPlace};

use super::finding::changed;
use super::judged_token::{JudgedToken, ProfileSource, ProfileUsed, RecordedLife};
use super::keys::KindKeys;
use super::records::PriorLookup;

/// The generation of an opaque token in the family in which the store has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recorded<'a> {
    /// The family.
    pub family: &'a Family,
    /// The generation.
    pub generation: &'a Generation,
}

impl<'a> Recorded<'a> {
    /// Finds a text without dots in what the store has answered; none if it is not there.
    #[must_use]
    pub(crate) fn of(token: &Unverified, known: PriorLookup<'a>) -> Option<Self> {
        let family = known.and_then(|known| known.record.family())?;
        let is_opaque = token.form == CompactForm::Other(1);
        let fingerprint = is_opaque.then(|| Fingerprint::of_opaque(token.text()))?;
        let generation = family.generation_of(&fingerprint)?;
        Some(Self { family, generation })
    }

    /// When it was issued, and when it expires.
    #[must_use]
    pub(crate) const fn life(&self) -> RecordedLife {
        RecordedLife {
            issued_at: self.generation.token.issued_at,
            expires_at: self.generation.token.expires_at,
        }
    }

    /// The header and the claims of the access token that was made with it, else of the newest: none if there is none any more, because the token was retired and
    /// its session is over.
    ///
    /// # Errors
    /// The finding, if the keys do not prove that it is a token of this session, or that these were signed.
    pub(crate) fn access(
        &self,
        keys: &KindKeys<'_>,
    ) -> Result<Option<(Members, Members)>, Box<Finding>> {
        let Self { family, generation } = *self;
        let session = &family.session.key;
        if family.session.ended.is_some() {
            return Ok(None);
        }
        let own = keys.of(TokenKind::Refresh).set;
        if opaque::again(&generation.token, &session.id, own).is_none() {
            return Err(Box::new(Finding::failed(
                Check::Session,
                Reason::RecordChanged,
            )));
        }
        let newest = family.generations.iter().rev();
        let mut holders = std::iter::once(generation)
            .chain(newest.filter(|one| one.is_current()))
            .filter_map(|one| Some((one.number, one.token.access.as_ref()?)));
        let Some((number, access)) = holders.next() else {
            let lost = Finding::failed(Check::Session, Reason::RecordChanged);
            return if generation.is_current() {
                Err(Box::new(lost))
            } else {
                Ok(None)
            };
        };
        let place = ContentPlace {
            session,
            generation: number,
            kind: ContentKind::Access,
        };
        if !place.is_proved(access, keys.access.set) {
            return Err(Box::new(changed(access)));
        }
        let parse = |text: &str| Members::parse(text, Limits::default().json);
        match (parse(&access.header), parse(&access.claims)) {
            (Ok(header), Ok(claims)) => Ok(Some((header, claims))),
            _ => Err(Box::new(changed(access))),
        }
    }
}

/// Judges a text without dots by what the store has recorded of it.
#[must_use]
pub(crate) fn judged(
    token: &Unverified,
    recorded: Option<Recorded<'_>>,
    (profile, by): (&Profile, ProfileSource),
    leeway: Span,
    now: Timestamp,
) -> JudgedToken {
    let mut findings = Vec::new();
    match recorded {
        None => findings.push(Finding::failed(Check::Session, Reason::UnknownSession)),
        Some(Recorded { family, .. }) if profile.opaque().is_none() => {
            let other = Finding::failed(Check::Model, Reason::ModelMismatch);
            let recorded = family.session.profile.as_str();
            findings.push(other.compared(profile.name(), recorded));
        }
        Some(Recorded { generation, .. }) => {
            let structure = Finding::new(Check::Structure, CheckResult::Passed);
            findings.push(structure.has("opaque"));
            findings.extend(expiry(generation.token.expires_at, leeway, now));
        }
    }
    let mut recognised = token.recognised().clone();
    recognised.told.kind = Some(TokenKind::Refresh);
    JudgedToken {
        token: token.clone(),
        recognised,
        profile: ProfileUsed::new(profile, by),
        verdict: Verdict { findings },
        key: None,
        signature_holds: false,
        missing_key: None,
        explained: None,
        recorded: recorded.map(|recorded| recorded.life()),
        session_end: recorded.and_then(|one| one.family.session.absolute_end),
        session: None,
    }
}

fn expiry(expires_at: Expiry, leeway: Span, now: Timestamp) -> Option<Finding> {
    let end = expires_at.moment()?;
    let result = if now >= end.plus(leeway) {
        CheckResult::Failed(Reason::Expired)
    } else {
        CheckResult::Passed
    };
    let finding = Finding::new(Check::Expiry, result);
    Some(finding.of("exp").compared(now.seconds(), end.seconds()))
}

#[cfg(test)]
mod tests;
