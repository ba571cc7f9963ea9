//! Decides which of several tokens in a paste is meant.
use std::collections::HashMap;

use crate::cli::error::token::TokenError;
use crate::cli::near::near;
use crate::cli::paste::{Candidate, Paste, Role, Substitute};
use crate::core::profile::language::model::Model;
use crate::core::profile::{Profile, TokenKind};
use crate::core::token::{Limits, Unverified};

/// What the token is for. This decides which token of a pair is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenPurpose {
    /// It is only looked at: take the access token of a pair.
    Any,
    /// It will be prolonged, or its session ended: take the refresh token of a pair.
    ToRenew,
    /// It has to be of this kind.
    OfKind(TokenKind),
}

/// What a call expects of its token.
#[derive(Clone, Copy, Debug)]
pub(super) struct TokenChoice<'c> {
    pub(super) wanted: TokenPurpose,
    /// The profile that was named. Its answers may have names of their own for tokens.
    pub(super) named: Option<&'c Profile>,
    /// The user's own profiles, whose tokens are recognised.
    pub(super) own: &'c [Model],
}

/// A candidate, and what it is for.
type Placed<'p> = (Role, &'p Candidate);

impl TokenChoice<'_> {
    /// The choice of a call of which no more is known.
    pub(super) const fn new(wanted: TokenPurpose) -> Self {
        Self {
            wanted,
            named: None,
            own: &[],
        }
    }

    /// The candidate that is meant. One whose member is repeated is only taken if it was chosen by its number.
    ///
    /// # Errors
    /// There is none, or several could be meant.
    pub(super) fn choose<'p>(
        self,
        paste: &'p Paste,
        field: Option<&str>,
    ) -> Result<&'p Candidate, TokenError> {
        let placed = self.candidates(paste, field.is_some());
        let names = || names(placed.iter().map(|(_, one)| *one));
        let twice = |candidate: &Candidate| TokenError::Twice {
            name: candidate.name.clone().unwrap_or_default(),
            names: names(),
        };
        let chosen = match field {
            Some(field) => named_so(field, &placed, names()),
            None => self.most_likely(paste, &placed),
        };
        match chosen {
            Ok(chosen) if chosen.twice && field.is_none() => Err(twice(chosen)),
            Err(TokenError::Several(_)) => {
                let first = placed.iter().find(|(_, one)| one.twice);
                Err(first.map_or_else(|| TokenError::Several(names()), |(_, one)| twice(one)))
            }
            chosen => chosen,
        }
    }

    /// The tokens that may be meant. Beside JWTs, a text is an opaque refresh token if it is called one and the call wants one, or if the call names it.
    fn candidates<'p>(self, paste: &'p Paste, by_name: bool) -> Vec<Placed<'p>> {
        let placed = |one: &'p Candidate| (self.role(one), one);
        let mut all: Vec<Placed<'p>> = paste.candidates.iter().map(placed).collect();
        let wanted = match self.wanted {
            TokenPurpose::Any | TokenPurpose::OfKind(TokenKind::Access | TokenKind::Id) => by_name,
            TokenPurpose::OfKind(TokenKind::Refresh) => true,
            TokenPurpose::ToRenew => self
                .named
                .is_none_or(|named| named.presents() == Some(TokenKind::Refresh)),
        };
        // A JWT that is called one is the one, whatever else is called so: a cookie against request forgery, say.
        let has_one = all.iter().any(|(role, _)| *role == Role::Refresh)
            && self.named.is_none_or(|named| named.opaque().is_none());
        if wanted && (by_name || !has_one) && paste.error_answer.is_none() {
            let opaque = paste.opaque.iter().filter(|one| self.is_refresh_token(one));
            all.extend(opaque.map(|one| (Role::Refresh, one)));
        }
        all
    }

    fn is_refresh_token(self, candidate: &Candidate) -> bool {
        match self.kind_by_name(candidate) {
            Some(kind) => kind == TokenKind::Refresh,
            None => candidate.is_called_refresh_token(),
        }
    }

    /// What a candidate is for, by the names of the profile's answers, else by what names usually say.
    fn role(self, candidate: &Candidate) -> Role {
        let kind = self.kind_by_name(candidate);
        kind.map_or_else(|| candidate.role(), Role::of_kind)
    }

    fn kind_by_name(self, candidate: &Candidate) -> Option<TokenKind> {
        self.named?.kind_called(candidate.name.as_deref()?)
    }

    fn most_likely<'p>(
        self,
        paste: &Paste,
        placed: &[Placed<'p>],
    ) -> Result<&'p Candidate, TokenError> {
        match (placed, &paste.error_answer) {
            ([], Some(words)) => return Err(TokenError::ErrorAnswer(words.clone())),
            ([], None) => {
                return Err(match paste.instead {
                    Some(Substitute::WebPage) => TokenError::WebPage,
                    Some(Substitute::Key) => TokenError::Key,
                    None => TokenError::NoneFound,
                });
            }
            ([(_, one)], _) => return Ok(one),
            _ => {}
        }
        let first = self.first(placed);
        let first = first.or_else(|| self.first(&self.placed_by_marks(placed)?));
        first.ok_or(TokenError::Several(Vec::new()))
    }

    /// The one candidate of the role that is wanted most, unless nothing tells what it is for.
    fn first<'p>(self, placed: &[Placed<'p>]) -> Option<&'p Candidate> {
        let order = [
            Role::Access,
            Role::Token,
            Role::Id,
            Role::Other,
            Role::Refresh,
        ];
        let wanted = match self.wanted {
            TokenPurpose::Any => Role::Access,
            TokenPurpose::ToRenew => Role::Refresh,
            TokenPurpose::OfKind(kind) => Role::of_kind(kind),
        };
        let order = std::iter::once(wanted).chain(order);
        let role = order.into_iter().find(|role| has(placed, *role))?;
        let mut of_role = placed.iter().filter(|(one, _)| *one == role);
        match (of_role.next(), of_role.next()) {
            (Some((_, one)), None) if role != Role::Other => Some(one),
            _ => None,
        }
    }

    /// The same candidates, those whose name says nothing by what their own marks tell; none if one has no name, or tells nothing.
    fn placed_by_marks<'p>(self, placed: &[Placed<'p>]) -> Option<Vec<Placed<'p>>> {
        let by_mark = |&(role, candidate): &Placed<'p>| {
            let role = match role {
                Role::Other => {
                    candidate.name.as_ref()?;
                    Role::of_kind(self.told_kind(&candidate.text)?)
                }
                told => told,
            };
            Some((role, candidate))
        };
        placed.iter().map(by_mark).collect()
    }

    fn told_kind(self, text: &str) -> Option<TokenKind> {
        let token = Unverified::read(text, &Limits::default());
        match self.named {
            Some(named) => named.told_kind(&token),
            None => token.recognised_among(self.own, &|_| false).told.kind,
        }
    }
}

fn has(placed: &[Placed<'_>], role: Role) -> bool {
    placed.iter().any(|(one, _)| *one == role)
}

/// The candidate of that name or number.
fn named_so<'p>(
    field: &str,
    placed: &[Placed<'p>],
    names: Vec<String>,
) -> Result<&'p Candidate, TokenError> {
    let mut named = placed.iter().zip(&names);
    let found = named.find(|(_, name)| name.eq_ignore_ascii_case(field));
    if let Some(((_, candidate), _)) = found {
        return Ok(candidate);
    }
    let near = near(field, names.iter().map(String::as_str)).map(str::to_owned);
    Err(TokenError::NoField { near, names })
}

/// A name for each candidate: its own, or its number if it has no name or shares it with another.
pub(super) fn names<'p>(candidates: impl Iterator<Item = &'p Candidate> + Clone) -> Vec<String> {
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for name in candidates.clone().filter_map(|one| one.name.as_deref()) {
        *bearers.entry(name).or_default() += 1;
    }
    let own = |candidate: &Candidate| {
        let name = candidate.name.as_deref().filter(|name| !name.is_empty())?;
        (!candidate.twice && bearers.get(name) == Some(&1)).then(|| name.to_owned())
    };
    let numbered = candidates.zip(1_usize..);
    numbered
        .map(|(candidate, number)| own(candidate).unwrap_or_else(|| number.to_string()))
        .collect()
}
