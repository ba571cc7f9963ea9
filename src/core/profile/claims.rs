//! Which claims a profile's tokens have: those that a login writes, and those that every token must carry.
use super::language::entry::{Entry, Item, Occasion, ValueForm};
use super::language::source::{Constant, Source};
use super::model::Profile;
use crate::core::token::TokenKind;

impl Profile {
    fn entries(&self, kind: TokenKind) -> impl Iterator<Item = &Entry> {
        let kind = self.kind(kind).filter(|kind| kind.ttl.is_some());
        kind.into_iter()
            .flat_map(|kind| kind.claims_at(Occasion::Login))
    }

    /// The claims that `issue` writes into tokens of that kind, in order, and whether every token has each.
    #[must_use]
    pub fn written_claims(&self, kind: TokenKind) -> Vec<(String, bool)> {
        let Some(server) = &self.server else {
            let written = self.entries(kind).filter(|entry| entry.source.is_some());
            return written
                .map(|entry| (entry.name.to_string(), !entry.optional))
                .collect();
        };
        let names = server.written_claims(kind).into_iter();
        names.map(|name| (name, true)).collect()
    }

    /// The claim of its access token that a login fills from a source, or that has the name.
    #[must_use]
    pub fn written_from(&self, name: &str, is: impl Fn(&Source) -> bool) -> Option<String> {
        if self.server.is_some() {
            let mut written = self.written_claims(TokenKind::Access).into_iter();
            return written
                .find(|(written, _)| written == name)
                .map(|(name, _)| name);
        }
        let mut entries = self.entries(TokenKind::Access);
        let found = entries.find(|entry| entry.source.as_ref().is_some_and(&is));
        found.map(|entry| entry.name.to_string())
    }

    /// The JSON types that a claim of that kind may have, where the profile says so: `sub = user.id as number|text`.
    #[must_use]
    pub fn types(&self, kind: TokenKind) -> Vec<(String, &'static str)> {
        let kind = self.kind(kind).filter(|_| self.server.is_none());
        let entries = kind
            .into_iter()
            .flat_map(|kind| kind.claims_at(Occasion::Login));
        let types = entries.flat_map(|entry| entry.forms.iter().map(move |form| (entry, form)));
        let types = types.map(|(entry, form)| {
            let json = match form {
                ValueForm::Number | ValueForm::Ms | ValueForm::Fraction => "number",
                ValueForm::Text | ValueForm::Date => "string",
                ValueForm::List => "array",
                ValueForm::Null => "null",
            };
            (entry.name.to_string(), json)
        });
        types.collect()
    }

    /// The claims that the profile's tokens of that kind must have.
    #[must_use]
    pub fn required_claims(&self, kind: TokenKind) -> Vec<String> {
        let Some(server) = &self.server else {
            let always = |item: &Item| match item {
                Item::Entry(entry) if entry.at.is_none() && !entry.optional => {
                    Some(entry.name.to_string())
                }
                _ => None,
            };
            // `exp` is a check of its own.
            let claims = self.kind(kind).filter(|_| !self.model.is_plain());
            let claims = claims.into_iter().flat_map(|kind| kind.claims.iter());
            return claims.filter_map(always).collect();
        };
        server.required_claims(kind)
    }

    /// The header's parameters in the order in which an access token has them.
    #[must_use]
    pub fn header_order(&self) -> Vec<&str> {
        let Some(server) = &self.server else {
            let items = self
                .kind(TokenKind::Access)
                .into_iter()
                .flat_map(|kind| kind.header.iter());
            return items
                .filter_map(|item| match item {
                    Item::Entry(entry) => Some(entry.name.as_ref()),
                    Item::Rest => None,
                })
                .collect();
        };
        server.header_order().to_vec()
    }

    /// Whether strings are written in ASCII, as by Python's `json.dumps`.
    #[must_use]
    pub fn ascii(&self) -> bool {
        self.server.is_some() || self.model.json.ascii
    }

    /// The header's `typ` of that kind, if it is always the same.
    #[must_use]
    pub fn typ(&self, kind: TokenKind) -> Option<&str> {
        if self.server.is_some() {
            return Some("JWT");
        }
        let kind = self.kind(kind)?;
        kind.header.iter().find_map(|item| match item {
            Item::Entry(entry) if entry.name == "typ" => match entry.source.as_ref()? {
                Source::Kind => kind.word(),
                Source::Constant(Constant::Text(text)) => Some(text.as_ref()),
                _ => None,
            },
            _ => None,
        })
    }
}
