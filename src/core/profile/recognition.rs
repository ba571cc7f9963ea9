//! What a token looks like: its model by the built-in profiles' marks, and its kind by the marks of that model or of every server.
use crate::core::claims::{Members, Typed};
use crate::core::token::{
    RecognisedModel, TokenKind, TokenKindEvidence, Unverified, is_of_type, same_type,
};

use super::language::builtin::{MODELS, model};
use super::language::emulator;
use super::language::mark::{Condition, MarkPlace, Test};
use super::language::member::{holds, is, raw};
use super::language::model::{KindSource, Model};
use super::language::recognise::{self, Recognition, recognise};
use super::language::source::Constant;
use super::language::telling::{self, KindBasis};

/// The claims with which a token of `sliding` began before it had a mark of its own.
const OF_OLD_SLIDING: [&str; 6] = ["sub", "iat", "exp", "jti", "auth_time", "sid"];
/// The types of refresh tokens, for refusing one in other clothes.
const REFRESH_TYPES: [&str; 2] = ["rt+jwt", "refresh+jwt"];

impl Unverified {
    /// What it looks like: looked for once, by the built-in profiles alone if [`Self::recognised_among`] was not called before.
    #[must_use]
    pub fn recognised(&self) -> &RecognisedModel {
        self.recognised_among(&[], &|_| false)
    }

    /// What it looks like, by a user's own profiles and the built-in ones: looked for once. `signs_here` tells whether a `kid` is that of a key that signs on this
    /// machine alone.
    pub fn recognised_among(
        &self,
        own: &[Model],
        signs_here: &dyn Fn(&str) -> bool,
    ) -> &RecognisedModel {
        self.recognised
            .get_or_init(|| recognised(self, own, signs_here))
    }
}

/// What a token tells of its kind under a profile.
#[must_use]
pub(crate) fn told(token: &Unverified, model: &Model) -> TokenKindEvidence {
    let empty = Members::empty();
    let (header, claims) = members(token, &empty);
    told_under(model, header, claims, token.taken_for)
}

/// Whether all of a profile's marks hold of a token.
#[must_use]
pub(crate) fn fits(token: &Unverified, model: &Model) -> bool {
    let empty = Members::empty();
    let (header, claims) = members(token, &empty);
    recognise::fits(model, header, claims)
}

/// Whether a token has one of the marks that are a profile's own, not those of RFC 7519. A profile without such marks asks for none.
#[must_use]
pub(crate) fn has_a_mark(token: &Unverified, model: &Model) -> bool {
    let empty = Members::empty();
    let (header, claims) = members(token, &empty);
    let mut own = own_marks(model).peekable();
    own.peek().is_none() || own.any(|one| holds(one, header, claims))
}

/// Whether a token of one built-in profile is one of the other: their own marks are the same.
#[must_use]
pub(crate) fn same_model(left: &str, right: &str) -> bool {
    let marks = |name| model(name).into_iter().flat_map(own_marks);
    left == right || (marks(left).next().is_some() && marks(left).eq(marks(right)))
}

/// What of a profile's marks is its own, not RFC 7519's.
fn own_marks(model: &Model) -> impl Iterator<Item = &Condition> {
    let conditions = model.recognise.iter().flat_map(|mark| mark.any_of.iter());
    conditions.filter(|one| !one.not && !is_registered(&one.place))
}

fn is_registered(place: &MarkPlace) -> bool {
    const REGISTERED: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];
    !place.header && REGISTERED.contains(&place.name.as_ref())
}

fn members<'t>(token: &'t Unverified, empty: &'t Members) -> (&'t Members, &'t Members) {
    (
        token.header.members.as_ref().unwrap_or(empty),
        token.claims().unwrap_or(empty),
    )
}

fn recognised(
    token: &Unverified,
    own: &[Model],
    signs_here: &dyn Fn(&str) -> bool,
) -> RecognisedModel {
    let empty = Members::empty();
    let (header, claims) = members(token, &empty);
    let found = recognise(&MODELS, header, claims);
    let is_old = matches!(found, Recognition::Nothing) && is_old_sliding(header, claims);
    let is_ours = || matches!(header.string("kid"), Typed::Is(kid) if signs_here(&kid));
    let built_in = match &found {
        Recognition::Profile(model) if model.sure => &model.name,
        Recognition::Nothing if is_old && is_ours() => "sliding",
        _ => "plain",
    };
    let seen = |name: &str, model: Option<&Model>, by| RecognisedModel {
        profile: model.map_or_else(|| name.to_owned().into(), |model| model.name.clone()),
        built_in,
        by,
        looks_like: Vec::new(),
        told: model.map_or_else(TokenKindEvidence::default, |model| {
            told_under(model, header, claims, None)
        }),
    };
    let guess = |looks_like| RecognisedModel {
        looks_like,
        ..seen("plain", model("plain"), String::new())
    };
    match recognise(own, header, claims).or(found) {
        Recognition::Profile(model) if model.sure => {
            let by = first_mark(model, header, claims);
            seen(&model.name, Some(model), by)
        }
        Recognition::Profile(model) => guess(vec![model.name.clone()]),
        Recognition::Tie(models) => guess(models.iter().map(|model| model.name.clone()).collect()),
        Recognition::Nothing if built_in == "sliding" => {
            seen(built_in, model(built_in), "auth_time and sid".to_owned())
        }
        Recognition::Nothing if is_old => guess(vec!["sliding".into()]),
        Recognition::Nothing => guess(Vec::new()),
    }
}

/// Whether a token looks like one that `sliding` issued before it wrote a mark of its own. `OpenID` Connect's tokens have `auth_time` and `sid`, too, but rarely our six
/// claims first.
fn is_old_sliding(header: &Members, claims: &Members) -> bool {
    let is_jwt = matches!(header.string("typ"), Typed::Is(typ) if same_type(&typ, "JWT"));
    let names = claims.iter().map(|(name, _)| name);
    is_jwt && names.take(OF_OLD_SLIDING.len()).eq(OF_OLD_SLIDING)
}

/// The first mark of a profile as it stands in the token: `token_type access`, `orig_iat`.
fn first_mark(model: &Model, header: &Members, claims: &Members) -> String {
    let conditions = model.recognise.iter().flat_map(|mark| mark.any_of.iter());
    let Some(found) = conditions
        .into_iter()
        .find(|one| holds(one, header, claims))
    else {
        return String::new();
    };
    let Test::OneOf(constants) = &found.test else {
        return found.place.name.to_string();
    };
    let value = raw(&found.place, header, claims);
    let has = |constant: &&Constant| value.is_some_and(|raw| is(raw, constant, &found.place));
    match constants.iter().find(has) {
        Some(Constant::Text(text)) => format!("{} {text}", found.place.name),
        _ => found.place.name.to_string(),
    }
}

fn told_under(
    model: &Model,
    header: &Members,
    claims: &Members,
    taken_for: Option<TokenKind>,
) -> TokenKindEvidence {
    if let Some(server) = &model.emulator {
        return told_by_emulated(&server.name, claims);
    }
    let telling = telling::kind(model, header, claims, taken_for);
    let shown = |place: &MarkPlace| {
        let members = if place.header { header } else { claims };
        match members.string(&place.name) {
            Typed::Is(word) => format!("{} {word}", place.name),
            Typed::Absent | Typed::Wrong(_) => place.name.to_string(),
        }
    };
    let mut told = TokenKindEvidence {
        kind: telling.kind,
        by: match telling.by {
            KindBasis::Member(place) => shown(place),
            KindBasis::Claim(claim) => claim.to_owned(),
            KindBasis::Key | KindBasis::NoMark | KindBasis::Nothing => String::new(),
        },
        contradiction: telling
            .contradiction
            .map(|(kind, place)| (kind, place.name.to_string())),
        stranger: telling.stranger.map(|place| place.name.to_string()),
        in_disguise: false,
    };
    let typ = match header.string("typ") {
        Typed::Is(typ) if told.kind != Some(TokenKind::Refresh) => typ,
        _ => return told,
    };
    let disguised = REFRESH_TYPES
        .into_iter()
        .find(|one| is_of_type(&typ, one) && !same_type(&typ, one));
    if let Some(one) = disguised {
        told.kind = Some(TokenKind::Refresh);
        told.by = format!("typ {one} with a parameter");
        told.stranger = None;
        told.in_disguise = true;
    }
    told
}

/// What tells the kind of an emulated server's tokens; a server without a claim for it has one kind.
fn told_by_emulated(server: &str, claims: &Members) -> TokenKindEvidence {
    let mark = emulator::kind_claim(server).and_then(|claim| match claims.string(claim) {
        Typed::Is(word) => TokenKind::of_name(&word).map(|kind| (kind, claim)),
        Typed::Absent | Typed::Wrong(_) => None,
    });
    TokenKindEvidence {
        kind: Some(mark.map_or(TokenKind::Access, |(kind, _)| kind)),
        by: mark.map_or_else(String::new, |(kind, claim)| {
            format!("{claim} {}", kind.name())
        }),
        ..TokenKindEvidence::default()
    }
}

/// The member in which a profile writes its kinds' words; none of an emulated server's, which tells the kind itself.
#[must_use]
pub(crate) fn written(model: &Model) -> Option<&str> {
    let KindSource::Members(places) = &model.told_by else {
        return None;
    };
    if model.emulator.is_some() {
        return None;
    }
    let found = places.iter().find(|place| telling::writes(model, place));
    found.map(|place| place.name.as_ref())
}

#[cfg(test)]
mod tests;
