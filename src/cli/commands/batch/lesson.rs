//! What is printed for tokens that are alike, learned from what the careful reader prints for stand-ins.
use std::cmp::Ordering;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::alike::{EndOrder, Likeness, Rules};
use super::lookup::LookupMembers;
use crate::cli::commands::stand_in::value_of;
use crate::cli::commands::template::{Place, Template, Values};
use crate::cli::outcome::batch::TallyNames;
use crate::core::key::Key;
use crate::core::token::Unverified;
use crate::core::token::shape::ValueClass;
use crate::core::verify;

/// Prints the line of this number for a token as if this key had signed it; nothing for one that is refused.
pub(super) type Suppose<'s> = &'s mut dyn FnMut(u64, &str, &Key) -> Option<Vec<u8>>;

/// What is printed for tokens that are alike.
pub(super) struct Plan {
    pub likeness: Likeness,
    /// By what a store knows them, if one is asked.
    pub lookup: Option<LookupMembers>,
    /// What they are counted under.
    pub names: TallyNames,
    /// The members that are printed on their own.
    pub printed: Vec<usize>,
    pub template: Template,
}

/// Where the values of a stand-in are.
#[derive(Default)]
struct Reading {
    members: Vec<Range<usize>>,
    moments: Vec<i64>,
}

impl Reading {
    fn values<'v>(
        &'v mut self,
        (line, signed, payload): (u64, &'v [u8], &'v [u8]),
        alike: &Likeness,
        now: i64,
    ) -> Option<Values<'v>> {
        let is_alike = alike.read(payload, &mut self.members, &mut self.moments);
        is_alike.then_some(Values {
            line,
            now,
            signed,
            payload,
            members: &self.members,
            moments: &self.moments,
        })
    }
}

/// Learns what to print for tokens that are alike. `suppose` prints it for another token as if this key had signed it; nothing for one that is refused.
pub(super) fn lesson(
    token: &Unverified,
    rules: &Rules<'_>,
    likeness: Likeness,
    names: TallyNames,
    suppose: Suppose<'_>,
) -> Option<Plan> {
    let key = &rules.keys.keys()[likeness.signer];
    let mut told = Vec::new();
    for other in [false, true] {
        let payload = stand_in(&likeness, other)?;
        let text = stand_in_token(token, &payload)?;
        let line = if other { 7_431 } else { 98_765_432_109 };
        told.push((suppose(line, &text, key)?, line, text, payload));
    }
    let places = places(&likeness);
    let now = rules.now.seconds();
    let [one, two] = told.as_slice() else {
        return None;
    };
    let (mut first, mut second) = (Reading::default(), Reading::default());
    let first = first.values((one.1, signed(&one.2)?, &one.3), &likeness, now)?;
    let second = second.values((two.1, signed(&two.2)?, &two.3), &likeness, now)?;
    let template = Template::learn((&one.0, first), (&two.0, second), &places)?;
    let printed = template.members().collect();
    Some(Plan {
        lookup: LookupMembers::of(token, rules.profile, &likeness.shape),
        likeness,
        names,
        printed,
        template,
    })
}

/// Every place that a value may have in what is printed.
fn places(alike: &Likeness) -> Vec<Place> {
    let mut places = vec![Place::Line, Place::Payload, Place::Id];
    for (at, member) in alike.shape.members().iter().enumerate() {
        let is_told = !matches!(member.class, ValueClass::Exact(_) | ValueClass::List);
        if is_told && !alike.times.iter().any(|time| time.member == at) {
            places.push(Place::Member(at));
        }
    }
    for at in 0..alike.moments() {
        // Two ends that are alike are the same moment.
        let is_it = |one: &EndOrder| one.end == at && one.order == Ordering::Equal;
        if alike.orders.iter().any(is_it) {
            continue;
        }
        places.extend([
            Place::Seconds(at),
            Place::Left(at),
            Place::Age(at),
            Place::Instant(at),
            Place::Distance(at),
            Place::Words(at),
        ]);
    }
    places
}

/// Moments of a stand-in, in the order of the times. The other one's differ in all of them.
fn stand_in_times(alike: &Likeness, other: bool) -> Option<Vec<i64>> {
    let mut moments = Vec::new();
    for (time, nth) in alike.times.iter().zip(1_i64..) {
        let (low, high) = (time.range.start, time.range.end);
        // Sessions began long ago and end late in the one, and the other way round in the other; a life is only so long that it is remarked on if that is alike.
        let span = (high - low).min(17_000_000);
        let more = if alike.is_long { verify::LONG_LIFE } else { 0 };
        moments.push(match (time.is_end, other) {
            (false, false) => high - span + span / 9 + nth + span / 97 * nth,
            (false, true) => high - span / 23 - 7 * nth - span / 101 * nth,
            (true, false) => low + more + 12_000_000 + nth * 123_457,
            (true, true) => low + more + 977 + nth * 611,
        });
    }
    for end in &alike.orders {
        let at = match end.end.checked_sub(alike.times.len()) {
            Some(counted) => {
                let counted = alike.counted[counted];
                moments[counted.from].saturating_add(counted.span)
            }
            None => moments[end.end],
        };
        let low = alike.times[end.written].range.start;
        let written = &mut moments[end.written];
        *written = match end.order {
            Ordering::Less => (*written).max(at.saturating_add(*written - low)),
            Ordering::Equal => at,
            Ordering::Greater => (*written).min(low + (at - low) / if other { 3 } else { 2 }),
        };
    }
    let mut each = alike.times.iter().zip(&moments);
    each.all(|(time, at)| time.range.contains(at))
        .then_some(moments)
}

/// A payload of the same shape with values of our own, which are found again in what is printed. The other one differs in all of them.
fn stand_in(alike: &Likeness, other: bool) -> Option<Vec<u8>> {
    let (shape, moments) = (&alike.shape, stand_in_times(alike, other)?);
    let value = |at: usize| -> Vec<u8> {
        if let Some(time) = alike.times.iter().position(|time| time.member == at) {
            return moments[time].to_string().into_bytes();
        }
        value_of(&shape.members()[at].class, at, other)
    };
    Some(shape.filled(value))
}

/// The token with another payload, and the signature as it was.
fn stand_in_token(token: &Unverified, payload: &[u8]) -> Option<String> {
    let text = token.text();
    let header = text.get(token.header.at.clone())?;
    let signature = text.get(token.signature.at.clone())?;
    let payload = URL_SAFE_NO_PAD.encode(payload);
    Some(format!("{header}.{payload}.{signature}"))
}

fn signed(token: &str) -> Option<&[u8]> {
    let (signed, _) = token.rsplit_once('.')?;
    Some(signed.as_bytes())
}
