//! Whose token it is, by the marks that profiles write.
use crate::core::claims::Members;

use super::member::holds;
use super::model::Model;

/// Which profile a token's marks show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Recognition<'m> {
    /// This one: it has the most marks of those that hold.
    Profile(&'m Model),
    /// These have equally many.
    Tie(Vec<&'m Model>),
    /// None.
    Nothing,
}

/// Whether all of a profile's marks hold of a token. One without marks recognises nothing.
#[must_use]
pub(crate) fn fits(model: &Model, header: &Members, claims: &Members) -> bool {
    let any = |conditions: &[super::mark::Condition]| {
        conditions.iter().any(|one| holds(one, header, claims))
    };
    !model.recognise.is_empty() && model.recognise.iter().all(|mark| any(&mark.any_of))
}

impl Recognition<'_> {
    /// This, or what another group of profiles shows where it is nothing.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        match self {
            Recognition::Nothing => other,
            found => found,
        }
    }
}

/// Recognises a token by one group of profiles: by the one with the most marks. The user's own profiles are asked before the built-in ones.
#[must_use]
pub(crate) fn recognise<'m>(
    models: impl IntoIterator<Item = &'m Model>,
    header: &Members,
    claims: &Members,
) -> Recognition<'m> {
    let mut most = 0;
    let mut found = Recognition::Nothing;
    for model in models {
        let marks = model.recognise.len();
        if marks < most || !fits(model, header, claims) {
            continue;
        }
        found = match found {
            Recognition::Profile(other) if marks == most => Recognition::Tie(vec![other, model]),
            Recognition::Tie(mut others) if marks == most => {
                others.push(model);
                Recognition::Tie(others)
            }
            _ => Recognition::Profile(model),
        };
        most = marks;
    }
    found
}

#[cfg(test)]
mod tests;
