//! Which claims a profile reads, and as what: those whose words tell whose token it is, and those that are times.
use super::language::builtin::MODELS;
use super::language::entry::Item;
use super::language::mark::{MarkPlace, Test};
use super::language::model::{KindSource, Model};
use super::language::source::Source;
use super::model::Profile;
use crate::core::token::TokenKind;

impl Profile {
    /// Whether a claim's value tells whose token it is or of which kind, by more than its JSON type: under this profile, or where the token's model is recognised.
    #[must_use]
    pub(crate) fn tells_by(&self, claim: &str) -> bool {
        let by_server = (self.server.as_ref()).is_some_and(|server| server.kind_claim() == claim);
        // Some built-in profiles' servers read it, and name it themselves.
        by_server
            || claim == "token_type"
            || is_told_by(&self.model, claim)
            || MODELS.iter().any(|model| is_told_by(model, claim))
    }

    /// Whether the key that verifies a token tells its kind.
    #[must_use]
    pub(crate) fn tells_by_key(&self) -> bool {
        self.model.told_by == KindSource::Key
    }

    /// The claims that hold the moment after which this profile ends a session.
    #[must_use]
    pub(crate) fn end_claims(&self) -> Vec<String> {
        let kinds = [TokenKind::Access, TokenKind::Refresh, TokenKind::Id];
        let of_kind = |kind| self.claim(kind, |source| *source == Source::End);
        let own = kinds.into_iter().filter_map(of_kind);
        let server = self.server.iter().filter_map(|server| server.end_claim());
        let mut claims: Vec<_> = own.chain(server).map(str::to_owned).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}

/// Whether a claim's value tells that a token is of a model or of which of its kinds, by more than its JSON type.
#[must_use]
pub(crate) fn is_told_by(model: &Model, claim: &str) -> bool {
    let is = |place: &MarkPlace| !place.header && place.name == claim;
    let mut marks = model.recognise.iter().flat_map(|mark| mark.any_of.iter());
    let by_mark = marks.any(|one| is(&one.place) && matches!(one.test, Test::OneOf(_)));
    let by_kind = match &model.told_by {
        KindSource::Members(places) => places.iter().any(is),
        KindSource::Key | KindSource::Nothing => false,
    };
    // A kind's word or a constant may be asked for in the place where it is written.
    let mut items = model.kinds().flat_map(|(_, kind)| kind.claims.iter());
    let written = items.any(|item| match item {
        Item::Entry(entry) => {
            entry.name == claim && matches!(entry.source, Some(Source::Kind | Source::Constant(_)))
        }
        Item::Rest => false,
    });
    by_mark || by_kind || written
}
