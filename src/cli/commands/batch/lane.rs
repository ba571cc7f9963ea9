//! The fast lane of a batch: tokens that differ from one that was judged before only in values on which nothing hangs are answered without being read in full.
//!
//! Their signatures are checked like any other's. What the lane can't prove alike, it leaves to the careful reader, of which it also learns what to print.
use std::ops::Range;

use base64_simd::{AsOut as _, URL_SAFE_NO_PAD};
use zeroize::{Zeroize as _, Zeroizing};

use super::alike::{Rules, SignedHeader, likeness};
use super::lesson::{Plan, Suppose, lesson};
use crate::cli::commands::stand_in::{is_plain, is_shown_as_it_is};
use crate::cli::commands::template::Values;
use crate::cli::outcome::batch::TallyNames;
use crate::core::key::KeySet;
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::session::store::StoreIds;

/// The most headers, and the most shapes under each, that a lane learns in one second of the clock. Learning takes as long as judging three tokens.
const MOST_HEADS: usize = 16;
const MOST_PLANS: usize = 16;
/// How often it tries to learn in one second of the clock.
const MOST_LESSONS: u32 = 64;
/// What a lane has learned, and its buffers.
#[derive(Default)]
pub(super) struct Lane {
    /// The second in which it was learned: what is printed counts from it.
    now: i64,
    heads: Vec<Head>,
    lessons: u32,
    token: TokenBuffer,
    /// How many tokens it has answered.
    #[cfg(test)]
    pub answered: usize,
}

/// Tokens with this header.
struct Head {
    header: SignedHeader,
    plans: Vec<Plan>,
}

/// One token's parts.
#[derive(Default)]
struct TokenBuffer {
    /// The decoded payload, and how much of the buffer it fills.
    payload: Zeroizing<Vec<u8>>,
    length: usize,
    signature: Vec<u8>,
    /// How much of the token is signed.
    signed: usize,
    members: Vec<Range<usize>>,
    moments: Vec<i64>,
}

/// What a token is answered by besides what was learned.
#[derive(Clone, Copy)]
pub(super) struct Means<'m> {
    pub keys: &'m KeySet,
    /// What the store knows tokens by, if there is one: it has to be asked about those.
    pub ids: Option<&'m StoreIds>,
    pub now: Timestamp,
}

impl Lane {
    /// Forgets what was learned in another second.
    pub(super) fn at(&mut self, now: Timestamp) {
        if self.now != now.seconds() {
            self.now = now.seconds();
            self.lessons = 0;
            self.heads.clear();
        }
    }

    /// Answers a line that holds nothing but a token like one that was learned, and gives what it is counted under. `None` if it is not certain to be one; then
    /// nothing is written.
    #[must_use]
    pub(super) fn answer(
        &mut self,
        means: &Means<'_>,
        (line, text): (u64, &[u8]),
        out: Option<&mut Vec<u8>>,
    ) -> Option<&TallyNames> {
        let (head, plan) = (self.token).matched(&self.heads, means.keys, text, means.now)?;
        let plan = &self.heads[head].plans[plan];
        let values = Values {
            line,
            now: self.now,
            signed: &text[..self.token.signed],
            payload: &self.token.payload[..self.token.length],
            members: &self.token.members,
            moments: &self.token.moments,
        };
        if let (Some(ids), Some(lookup)) = (means.ids, &plan.lookup)
            && lookup.may_be_in(ids, &values)
        {
            return None;
        }
        if let Some(out) = out {
            plan.template.fill(&values, out);
        }
        #[cfg(test)]
        {
            self.answered += 1;
        }
        Some(&plan.names)
    }

    /// Learns from a token that was found valid what to print for others like it. `printed` is what was printed for it at this line, and `suppose` prints the
    /// same for another token as if this key had signed it; nothing for one that is refused.
    pub(super) fn learn(
        &mut self,
        token: &Unverified,
        rules: &Rules<'_>,
        (line, printed): (u64, &[u8]),
        names: TallyNames,
        suppose: Suppose<'_>,
    ) {
        if self.lessons >= MOST_LESSONS {
            return;
        }
        let Some((header, likeness)) = likeness(token, rules) else {
            return;
        };
        let is_same = |plan: &Plan| plan.likeness == likeness;
        let same_head = self.heads.iter().find(|one| one.header.text == header.text);
        if same_head.is_some_and(|one| one.plans.iter().any(is_same)) {
            return;
        }
        self.lessons += 1;
        let Some(plan) = lesson(token, rules, likeness, names, suppose) else {
            return;
        };
        let known = self
            .heads
            .iter()
            .position(|one| one.header.text == header.text);
        let at = match known {
            Some(at) if self.heads[at].plans.len() >= MOST_PLANS => return,
            // Another rule chose other keys for the same header.
            Some(at) if self.heads[at].header.candidates != header.candidates => return,
            Some(at) => at,
            None if self.heads.len() >= MOST_HEADS => return,
            None => {
                self.heads.push(Head {
                    header,
                    plans: Vec::new(),
                });
                self.heads.len() - 1
            }
        };
        self.heads[at].plans.push(plan);
        let mut again = Vec::with_capacity(printed.len());
        let text = token.text().as_bytes();
        let means = Means {
            keys: rules.keys,
            ids: None,
            now: rules.now,
        };
        let answered = self.answer(&means, (line, text), Some(&mut again));
        let answered = answered.is_some();
        #[cfg(test)]
        {
            self.answered -= usize::from(answered);
        }
        if !answered || again != printed {
            self.heads[at].plans.pop();
            if self.heads[at].plans.is_empty() {
                self.heads.remove(at);
            }
        }
        again.zeroize();
    }
}

impl TokenBuffer {
    /// Reads a token, checks its signature, and finds the head and the plan that it follows.
    fn matched(
        &mut self,
        heads: &[Head],
        keys: &KeySet,
        text: &[u8],
        now: Timestamp,
    ) -> Option<(usize, usize)> {
        let at = heads.iter().position(|head| {
            let rest = text.strip_prefix(&*head.header.text);
            rest.is_some_and(|rest| rest.first() == Some(&b'.'))
        })?;
        let head = &heads[at];
        let payload_at = head.header.text.len() + 1;
        let payload_end = payload_at + memchr::memchr(b'.', &text[payload_at..])?;
        self.length = decode(&text[payload_at..payload_end], &mut self.payload)?;
        let length = decode(&text[payload_end + 1..], &mut self.signature)?;
        let input = &text[..payload_end];
        self.signed = payload_end;
        let mut signer = None;
        for (number, plan) in head.plans.iter().enumerate() {
            if !self.fits(plan) {
                continue;
            }
            // A signature costs more than all else, so it is checked for a token that a plan fits, and once.
            if signer.is_none() {
                let signature = &self.signature[..length];
                signer = Some(head.header.candidates.iter().copied().find(|key| {
                    let key = &keys.keys()[*key];
                    !key.has_ended(now) && key.verify(head.header.algorithm, input, signature)
                })?);
            }
            if signer == Some(plan.likeness.signer) {
                return Some((at, number));
            }
        }
        None
    }

    fn fits(&mut self, plan: &Plan) -> bool {
        let payload = &self.payload[..self.length];
        let alike = &plan.likeness;
        if !alike.read(payload, &mut self.members, &mut self.moments) || !is_shown_as_it_is(payload)
        {
            return false;
        }
        let mut printed = plan.printed.iter();
        printed.all(|member| is_plain(&payload[self.members[*member].clone()]))
    }
}

/// Decodes strict base64url into a buffer, which grows. Returns how many bytes there are.
fn decode(text: &[u8], into: &mut Vec<u8>) -> Option<usize> {
    if into.len() < text.len() {
        into.zeroize();
        into.resize(text.len() * 2, 0);
    }
    let decoded = URL_SAFE_NO_PAD.decode(text, into.as_out()).ok()?;
    Some(decoded.len())
}
