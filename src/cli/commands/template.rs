//! What is printed for tokens that differ in a few values only: a text with places for these values. It is learned from the careful reader's own answers to
//! two stand-ins, and knows no word of them itself.
use std::ops::Range;

use super::stand_in::unquoted;
use crate::core::secret::Fingerprint;
use crate::core::time::{Span, Timestamp};

/// A place in a text, and what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The line's number.
    Line,
    /// The whole payload.
    Payload,
    /// The id of a token that has none.
    Id,
    /// A member's string without its quotes, or its number.
    Member(usize),
    /// A moment in epoch seconds.
    Seconds(usize),
    /// How many seconds are left until a moment.
    Left(usize),
    /// How many seconds ago a moment was.
    Age(usize),
    /// A moment in RFC 3339.
    Instant(usize),
    /// How far away a moment is: `in 5 min`.
    Distance(usize),
    /// The same without its direction.
    Words(usize),
}

/// The values of one token.
#[derive(Clone, Copy)]
pub(super) struct Values<'v> {
    /// The line's number.
    pub line: u64,
    /// The present second.
    pub now: i64,
    /// What is signed.
    pub signed: &'v [u8],
    /// The payload's JSON.
    pub payload: &'v [u8],
    /// Where each member's value is in it.
    pub members: &'v [Range<usize>],
    /// The moments, in epoch seconds.
    pub moments: &'v [i64],
}

/// A text with places for values.
#[derive(Debug)]
pub(super) struct Template {
    /// What stands before each place, and the place.
    pieces: Vec<(Box<[u8]>, Place)>,
    end: Box<[u8]>,
}

/// The answer to a stand-in, and the values that it has.
pub(super) type Answer<'a> = (&'a [u8], Values<'a>);

impl Template {
    /// Learns the text that both answers have in common, with those of the places that hold what differs. `None` if that is not certain.
    #[must_use]
    pub(super) fn learn(first: Answer<'_>, second: Answer<'_>, places: &[Place]) -> Option<Self> {
        let mut known = Vec::with_capacity(places.len());
        for place in places {
            let text = |values: &Values<'_>| {
                let mut text = Vec::new();
                write(*place, values, &mut text);
                text
            };
            known.push((*place, text(&first.1), text(&second.1)));
        }
        known.sort_by_key(|(_, text, _)| std::cmp::Reverse(text.len()));
        let (mut pieces, mut common) = (Vec::new(), Vec::new());
        let (mut at, mut other) = (0, 0);
        while at < first.0.len() {
            let (rest, other_rest) = (&first.0[at..], &second.0[other..]);
            let mut here = known.iter().filter(|(_, text, other_text)| {
                rest.starts_with(text)
                    && other_rest.starts_with(other_text)
                    && is_whole_number(first.0, at, text.len())
                    && is_whole_number(second.0, other, other_text.len())
            });
            if let Some((place, text, other_text)) = here.next() {
                let ambiguous = here.any(|(_, one, two)| one == text && two == other_text);
                if ambiguous {
                    return None;
                }
                pieces.push((std::mem::take(&mut common).into(), *place));
                at += text.len();
                other += other_text.len();
            } else if rest.first() == other_rest.first() {
                common.push(rest[0]);
                at += 1;
                other += 1;
            } else {
                return None;
            }
        }
        (other == second.0.len()).then(|| Self {
            pieces,
            end: common.into(),
        })
    }

    /// Writes the text with a token's values.
    pub(super) fn fill(&self, values: &Values<'_>, out: &mut Vec<u8>) {
        for (before, place) in &self.pieces {
            out.extend_from_slice(before);
            write(*place, values, out);
        }
        out.extend_from_slice(&self.end);
    }

    /// The members that stand somewhere on their own.
    pub(super) fn members(&self) -> impl Iterator<Item = usize> {
        self.pieces.iter().filter_map(|(_, place)| match place {
            Place::Member(member) => Some(*member),
            _ => None,
        })
    }
}

/// Whether a piece of a text is not a part of a longer number.
fn is_whole_number(text: &[u8], at: usize, length: usize) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let begins = digit(Some(at)) && digit(at.checked_sub(1));
    let ends = digit((at + length).checked_sub(1)) && digit(Some(at + length));
    !begins && !ends
}

fn write(place: Place, values: &Values<'_>, out: &mut Vec<u8>) {
    let moment = |at: usize| values.moments[at];
    match place {
        Place::Line => number(values.line, out),
        Place::Payload => out.extend_from_slice(values.payload),
        Place::Id => {
            let id = Fingerprint::of_signed(values.signed).short();
            out.extend_from_slice(id.as_bytes());
        }
        Place::Member(member) => out.extend_from_slice(text_of(values, member)),
        Place::Seconds(at) => number(moment(at), out),
        Place::Left(at) => number(moment(at).saturating_sub(values.now), out),
        Place::Age(at) => number(values.now.saturating_sub(moment(at)), out),
        Place::Instant(at) => instant(moment(at), out),
        Place::Distance(at) => distance(moment(at), values.now, out),
        Place::Words(at) => words(moment(at).abs_diff(values.now), out),
    }
}

/// A member's string without its quotes, or its number.
#[must_use]
fn text_of<'v>(values: &Values<'v>, member: usize) -> &'v [u8] {
    unquoted(&values.payload[values.members[member].clone()])
}

fn number(value: impl itoa::Integer, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

fn distance(at: i64, now: i64, out: &mut Vec<u8>) {
    let away = at.abs_diff(now);
    if away == 0 {
        out.extend_from_slice(b"now");
    } else if at > now {
        out.extend_from_slice(b"in ");
        words(away, out);
    } else {
        words(away, out);
        out.extend_from_slice(b" ago");
    }
}

fn words(seconds: u64, out: &mut Vec<u8>) {
    let (large, small) = Span::from_seconds(seconds).largest();
    number(large.0, out);
    out.push(b' ');
    out.extend_from_slice(large.1.as_bytes());
    if small.0 != 0 {
        out.push(b' ');
        number(small.0, out);
        out.push(b' ');
        out.extend_from_slice(small.1.as_bytes());
    }
}

fn instant(seconds: i64, out: &mut Vec<u8>) {
    if let Some(digits) = Timestamp::from_seconds(seconds).rfc3339_digits() {
        out.extend_from_slice(&digits);
    }
}
