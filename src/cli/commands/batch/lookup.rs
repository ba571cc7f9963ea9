//! By what a store knows tokens that are alike.
use crate::cli::commands::stand_in::unquoted;
use crate::cli::commands::template::Values;
use crate::core::profile::Profile;
use crate::core::secret::Fingerprint;
use crate::core::token::Unverified;
use crate::core::token::shape::{Shape, ShapeMember, ValueClass};
use crate::session::family::SessionKey;
use crate::session::record;
use crate::session::store::StoreIds;

/// The members by which a store knows tokens of a shape, as [`record::presented`] tells it of one.
pub(super) struct LookupMembers {
    issuer: Option<usize>,
    id: Option<usize>,
    session: Option<usize>,
}

impl LookupMembers {
    /// Those of tokens like this one. `None` if no store is asked about them.
    pub(super) fn of(token: &Unverified, profile: &Profile, shape: &Shape) -> Option<Self> {
        let claims = record::lookup_claims(token, profile)?;
        let place = |name: &str| {
            let is = |member: &ShapeMember| member.name == name && is_text(&member.class);
            shape.members().iter().position(is)
        };
        Some(Self {
            issuer: place("iss"),
            id: claims.id.and_then(place),
            session: claims.session.and_then(place),
        })
    }

    /// Whether the store may have the token with these values, or its session.
    pub(super) fn may_be_in(&self, ids: &StoreIds, values: &Values<'_>) -> bool {
        let told = self.fingerprints(values);
        told.is_none_or(|(token, session)| ids.may_have(&token, &session))
    }

    /// The fingerprints of a token and of its session's key. `None` if one of the members would have to be read in full.
    fn fingerprints(&self, values: &Values<'_>) -> Option<(Fingerprint, Fingerprint)> {
        let text = |member: Option<usize>| match member {
            Some(member) => Some(Some(text(values, member)?)),
            None => Some(None),
        };
        let (issuer, id, session) = (text(self.issuer)?, text(self.id)?, text(self.session)?);
        let token = id.map_or_else(
            || Fingerprint::of_signed(values.signed),
            |id| Fingerprint::of_id(issuer, id),
        );
        let key = match session.or(id) {
            Some(session) => SessionKey::fingerprint_of(issuer, session),
            None => SessionKey::fingerprint_of(issuer, &token.short()),
        };
        Some((token, key))
    }
}

/// Whether the values of a class are strings.
fn is_text(class: &ValueClass) -> bool {
    match class {
        ValueClass::Text | ValueClass::Name => true,
        ValueClass::Exact(text) => text.first() == Some(&b'"'),
        ValueClass::Whole | ValueClass::Number | ValueClass::Switch | ValueClass::List => false,
    }
}

/// A string that is written without escapes.
fn text<'v>(values: &Values<'v>, member: usize) -> Option<&'v str> {
    let text = unquoted(&values.payload[values.members[member].clone()]);
    let is_plain = memchr::memchr(b'\\', text).is_none();
    std::str::from_utf8(text).ok().filter(|_| is_plain)
}
