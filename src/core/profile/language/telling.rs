//! Which kind a profile's token is of.
use crate::core::claims::Members;

use super::entry::Item;
use super::kind::TokenKind;
use super::mark::MarkPlace;
use super::member::{is_text, is_typ, raw};
use super::model::{KindModel, KindSource, Model};
use super::source::Source;

/// What a token tells of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KindEvidence<'m> {
    /// The kind, if it is told.
    pub kind: Option<TokenKind>,
    /// What tells it.
    pub by: KindBasis<'m>,
    /// A second mark, which says another kind: the token contradicts itself.
    pub contradiction: Option<(TokenKind, &'m MarkPlace)>,
    /// A member that the profile writes and that holds no word of it (`typ` is `Logout`). It counts where the profile is named.
    pub stranger: Option<&'m MarkPlace>,
}

/// What tells a token's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KindBasis<'m> {
    /// A member of the token.
    Member(&'m MarkPlace),
    /// A claim that only one kind carries.
    Claim(&'m str),
    /// The key that verified it.
    Key,
    /// The absence of a mark.
    NoMark,
    /// Nothing.
    Nothing,
}

/// Tells the kind of a JWT. `taken_for` is the kind whose own key verified it, or the one that the command takes it for, where no member tells; none for equal keys or
/// one that is not at hand.
///
/// An emulated server tells the kind of its own tokens itself, by its settings.
#[must_use]
pub(crate) fn kind<'m>(
    model: &'m Model,
    header: &Members,
    claims: &Members,
    taken_for: Option<TokenKind>,
) -> KindEvidence<'m> {
    let mut telling = KindEvidence {
        kind: None,
        by: KindBasis::Nothing,
        contradiction: None,
        stranger: None,
    };
    match &model.told_by {
        KindSource::Key | KindSource::Nothing if taken_for.is_some() => {
            telling.kind = taken_for;
            telling.by = KindBasis::Key;
        }
        KindSource::Key | KindSource::Nothing => {}
        KindSource::Members(places) => by_members(model, places, header, claims, &mut telling),
    }
    if telling.kind.is_some() {
        return telling;
    }
    let jwts = || model.kinds().filter(|(_, kind)| kind.is_jwt());
    for (kind, own) in jwts() {
        if let Some(claim) = own.has.iter().find(|claim| claims.raw(claim).is_some()) {
            telling.kind = Some(kind);
            telling.by = KindBasis::Claim(claim);
            return telling;
        }
    }
    if model.unmarked.is_some() {
        telling.kind = model.unmarked;
        telling.by = KindBasis::NoMark;
    }
    telling
}

fn by_members<'m>(
    model: &'m Model,
    places: &'m [MarkPlace],
    header: &Members,
    claims: &Members,
    telling: &mut KindEvidence<'m>,
) {
    for place in places {
        let Some(value) = raw(place, header, claims) else {
            continue;
        };
        // Every JWT may say that it is one.
        if is_typ(place) && is_text(value, "JWT", place) {
            continue;
        }
        let says = |own: &KindModel| own.is.iter().any(|word| is_text(value, word, place));
        let said = model.kinds().find(|(_, own)| own.is_jwt() && says(own));
        match (said, telling.kind) {
            (Some((kind, _)), None) => {
                telling.kind = Some(kind);
                telling.by = KindBasis::Member(place);
            }
            (Some((kind, _)), Some(first)) if kind != first => {
                telling.contradiction.get_or_insert((kind, place));
            }
            (None, _) if writes(model, place) => {
                telling.stranger.get_or_insert(place);
            }
            _ => {}
        }
    }
}

/// Whether a profile writes a member from the kind's word.
#[must_use]
pub(crate) fn writes(model: &Model, place: &MarkPlace) -> bool {
    model.kinds().any(|(_, own)| {
        let items = if place.header {
            &own.header
        } else {
            &own.claims
        };
        items.iter().any(|item| match item {
            Item::Entry(entry) => entry.name == place.name && entry.source == Some(Source::Kind),
            Item::Rest => false,
        })
    })
}

#[cfg(test)]
mod tests;
