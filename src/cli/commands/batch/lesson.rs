//! What is printed for tokens that are alike, learned from what the careful reader prints for stand-ins.
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::alike::{Likeness, Moment, Rules, TimeMember};
use super::template::{Place, Template, Values};
use crate::cli::outcome::batch::TallyNames;
use crate::core::key::Key;
use crate::core::token::Unverified;
use crate::core::token::shape::{Shape, ValueClass};

/// Prints the line of this number for a token as if this key had signed it; nothing for one that is refused.
pub(super) type Suppose<'s> = &'s mut dyn FnMut(u64, &str, &Key) -> Option<Vec<u8>>;

/// The longest text of a member that is printed on its own.
pub(super) const LONGEST_TEXT: usize = 64;

/// What is printed for tokens that are alike.
pub(super) struct Plan {
    pub likeness: Likeness,
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
        payload: &'v [u8],
        line: u64,
        alike: &Likeness,
        now: i64,
    ) -> Option<Values<'v>> {
        let is_alike = alike.read(payload, &mut self.members, &mut self.moments);
        is_alike.then_some(Values {
            line,
            now,
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
    let Likeness {
        signer,
        shape,
        times,
        moments,
        ..
    } = &likeness;
    let key = &rules.keys.keys()[*signer];
    let mut told = Vec::new();
    for other in [false, true] {
        let payload = stand_in(shape, times, other)?;
        let text = stand_in_token(token, &payload)?;
        let line = if other { 7_431 } else { 98_765_432_109 };
        told.push((suppose(line, &text, key)?, payload, line));
    }
    let places = places(shape, times, moments);
    let now = rules.now.seconds();
    let [one, two] = told.as_slice() else {
        return None;
    };
    let (mut first, mut second) = (Reading::default(), Reading::default());
    let first = first.values(&one.1, one.2, &likeness, now)?;
    let second = second.values(&two.1, two.2, &likeness, now)?;
    let template = Template::learn((&one.0, first), (&two.0, second), &places)?;
    let printed = template.members().collect();
    Some(Plan {
        likeness,
        names,
        printed,
        template,
    })
}

/// Every place that a value may have in what is printed.
fn places(shape: &Shape, times: &[TimeMember], moments: &[Moment]) -> Vec<Place> {
    let mut places = vec![Place::Line, Place::Payload];
    for (at, member) in shape.members().iter().enumerate() {
        let is_told = !matches!(member.class, ValueClass::Exact(_) | ValueClass::List);
        if is_told && !times.iter().any(|time| time.member == at) {
            places.push(Place::Member(at));
        }
    }
    for at in 0..times.len() + moments.len() {
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

/// A payload of the same shape with values of our own, which are found again in what is printed. The other one differs in all of them.
fn stand_in(shape: &Shape, times: &[TimeMember], other: bool) -> Option<Vec<u8>> {
    let mut moments = Vec::new();
    for (time, nth) in times.iter().zip(1_i64..) {
        let (low, high) = (time.range.start, time.range.end);
        // Sessions began long ago and end late in the one, and the other way round in the other; none lives for so long that it is remarked on.
        let span = (high - low).min(17_000_000);
        let at = match (time.is_end, other) {
            (false, false) => high - span + span / 9 + nth,
            (false, true) => high - span / 23 - 7 * nth,
            (true, false) => low + 12_000_000 + nth * 123_457,
            (true, true) => low + 977 + nth * 611,
        };
        if !time.range.contains(&at) {
            return None;
        }
        moments.push((time.member, at));
    }
    let value = |at: usize| -> Vec<u8> {
        if let Some((_, moment)) = moments.iter().find(|(member, _)| *member == at) {
            return moment.to_string().into_bytes();
        }
        let text = match (&shape.members()[at].class, other) {
            (ValueClass::Exact(text), _) => return text.to_vec(),
            (ValueClass::Text | ValueClass::Name, true) => format!("\"Q{at}z\""),
            // As long as a text may be, with all its letters.
            (ValueClass::Text | ValueClass::Name, false) => {
                let text = format!("z{at:02}-_.@:+/|");
                format!("\"{text:Z<LONGEST_TEXT$}\"")
            }
            (ValueClass::Whole, true) => (31_007 + at).to_string(),
            (ValueClass::Whole, false) => (735_000_000_000_007 + 1000 * at).to_string(),
            (ValueClass::Number, true) => "-1.5".to_owned(),
            (ValueClass::Number, false) => "1234.0625".to_owned(),
            (ValueClass::Switch, other) => other.to_string(),
            (ValueClass::List, true) => "[]".to_owned(),
            (ValueClass::List, false) => "[\"Zlist\",7]".to_owned(),
        };
        text.into_bytes()
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
