//! Which tokens are alike: the same header, signer and shape, and times on the same side of every moment that counts.
use std::cmp::Ordering;
use std::ops::Range;

use crate::core::algorithm::{AlgName, Algorithm};
use crate::core::claims::{Members, Typed};
use crate::core::key::{ForVerifying, Key, KeySet};
use crate::core::policy::Policy;
use crate::core::profile::{Profile, SessionMax};
use crate::core::time::{Span, Timestamp};
use crate::core::token::shape::{Shape, ValueClass};
use crate::core::token::{CompactForm, Unverified};
use crate::core::verify;

/// The last moment that is certain to be no number of milliseconds.
const LATEST: i64 = 100_000_000_000;

/// The header of tokens, as it is written in them, and the keys that may check them, as indices into the set.
pub(super) struct SignedHeader {
    pub text: Box<[u8]>,
    pub algorithm: Algorithm,
    pub candidates: Vec<usize>,
}

/// What tokens with the same header have in common if they are alike.
#[derive(PartialEq, Eq)]
pub(super) struct Likeness {
    pub signer: usize,
    pub shape: Shape,
    pub times: Vec<TimeMember>,
    pub counted: Vec<CountedEnd>,
    pub orders: Vec<EndOrder>,
    /// Where `exp` is among the times, and what a life is counted from; without that, from now.
    exp: Option<usize>,
    start: Option<usize>,
    /// Whether the life is remarked on.
    pub is_long: bool,
    now: i64,
}

/// A member that is a time, and the moments between which nothing that is said of it changes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TimeMember {
    pub member: usize,
    pub range: Range<i64>,
    /// Whether it ends the token or its session.
    pub is_end: bool,
}

/// The end of a session that is so many seconds after a time, which is named by its place among the times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CountedEnd {
    pub from: usize,
    pub span: i64,
}

/// Which of two ends is the earlier one, by their places among the moments: an end of a session, or another one, which is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EndOrder {
    pub end: usize,
    pub written: usize,
    pub order: Ordering,
}

/// What a token was judged by.
pub(super) struct Rules<'r> {
    /// The keys that may have signed it.
    pub keys: &'r KeySet,
    /// What was asked of it.
    pub policy: &'r Policy,
    /// The profile whose rules were used.
    pub profile: &'r Profile,
    /// Whether a claim's value counts for another reason.
    pub is_exact: &'r dyn Fn(&str) -> bool,
    /// Whether it is told which comes first, the token's end or its session's.
    pub compares_exp: bool,
    /// The present moment.
    pub now: Timestamp,
}

impl Likeness {
    /// Reads a payload that may be alike: where its members are, and its moments. False if it is not.
    pub(super) fn read(
        &self,
        payload: &[u8],
        members: &mut Vec<Range<usize>>,
        moments: &mut Vec<i64>,
    ) -> bool {
        if !self.shape.read(payload, members) {
            return false;
        }
        moments.clear();
        for time in &self.times {
            let at = seconds(&payload[members[time.member].clone()]);
            if !time.range.contains(&at) {
                return false;
            }
            moments.push(at);
        }
        self.tell(moments);
        let is_same = |one: &EndOrder| moments[one.end].cmp(&moments[one.written]) == one.order;
        self.life(moments).is_some_and(is_long) == self.is_long && self.orders.iter().all(is_same)
    }

    /// How many moments there are.
    pub(super) fn moments(&self) -> usize {
        let life = usize::from(self.tells_life());
        self.times.len() + self.counted.len() + life
    }

    /// Adds the moments that follow from the times: the ends that are counted, and the one to which a whole life leads from now.
    fn tell(&self, moments: &mut Vec<i64>) {
        for end in &self.counted {
            moments.push(moments[end.from].saturating_add(end.span));
        }
        if self.tells_life() {
            let life = self.life(moments).unwrap_or_default();
            moments.push(self.now.saturating_add(life));
        }
    }

    /// Without a start a life leads to `exp`.
    const fn tells_life(&self) -> bool {
        self.is_long && self.start.is_some()
    }

    fn life(&self, moments: &[i64]) -> Option<i64> {
        let start = self.start.map_or(self.now, |start| moments[start]);
        Some(moments[self.exp?].saturating_sub(start))
    }
}

const fn is_long(life: i64) -> bool {
    life > verify::LONG_LIFE
}

/// The value of a few digits.
fn seconds(digits: &[u8]) -> i64 {
    let digit = |value: i64, byte: &u8| value * 10 + i64::from(byte - b'0');
    digits.iter().fold(0, digit)
}

/// What a token has in common with others like it: its header, its signer and the shape of its payload.
pub(super) fn likeness(token: &Unverified, rules: &Rules<'_>) -> Option<(SignedHeader, Likeness)> {
    let head = head(token, rules)?;
    let (input, signature) = (token.signing_input(), token.signature.bytes.as_deref()?);
    let made = |key: &usize| rules.keys.keys()[*key].verify(head.algorithm, input, signature);
    let signer = head.candidates.iter().copied().find(made)?;
    let claims = token.claims()?;
    let is_exact = |name: &str| {
        rules.policy.reads(name) || rules.profile.tells_by(name) || (rules.is_exact)(name)
    };
    let shape = Shape::of(claims, is_exact, verify::names)?;
    let ends = ends(rules);
    let (times, mut moments) = times(&shape, claims, &ends, rules)?;
    let place = |name: &str| {
        let is = |time: &TimeMember| shape.members()[time.member].name == name;
        times.iter().position(is)
    };
    let (exp, start) = (place("exp"), place("iat").or_else(|| place("nbf")));
    let mut counted = Vec::new();
    for limit in limits(rules).into_iter().flatten() {
        let (Some(from), span) = (place(&limit.from), whole(limit.span)?) else {
            continue;
        };
        let end = CountedEnd { from, span };
        if !counted.contains(&end) {
            counted.push(end);
        }
    }
    let written: Vec<usize> = ends.iter().filter_map(|end| place(end)).collect();
    let mut likeness = Likeness {
        signer,
        exp,
        start,
        is_long: false,
        now: rules.now.seconds(),
        shape,
        times,
        counted,
        orders: Vec::new(),
    };
    likeness.is_long = likeness.life(&moments).is_some_and(is_long);
    likeness.tell(&mut moments);
    let counted = likeness.times.len()..likeness.times.len() + likeness.counted.len();
    let order = |end: usize, written: usize| EndOrder {
        end,
        written,
        order: moments[end].cmp(&moments[written]),
    };
    for end in counted.clone() {
        let orders = written.iter().map(|written| order(end, *written));
        likeness.orders.extend(orders);
    }
    if let Some(exp) = exp.filter(|_| rules.compares_exp) {
        let ends = written.into_iter().chain(counted);
        let orders = ends.filter(|end| *end != exp).map(|end| order(end, exp));
        likeness.orders.extend(orders);
    }
    Some((head, likeness))
}

/// The claims that say when a session ends.
fn ends(rules: &Rules<'_>) -> Vec<String> {
    let mut ends = rules.profile.end_claims();
    ends.extend(rules.policy.session.written.clone());
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// How long a session may last, if that is limited.
fn limits(rules: &Rules<'_>) -> [Option<SessionMax>; 2] {
    let own = rules.profile.session_max();
    [rules.policy.session.counted.clone(), own]
}

/// The header, and the keys that may check it.
fn head(token: &Unverified, rules: &Rules<'_>) -> Option<SignedHeader> {
    let (CompactForm::Jws, Some(AlgName::Supported(algorithm))) = (token.form, token.alg()) else {
        return None;
    };
    let kid = match token.kid() {
        Typed::Is(kid) => Some(kid),
        Typed::Absent | Typed::Wrong(_) => None,
    };
    let narrow = &rules.policy.algorithms;
    let chosen = (rules.keys).for_verifying(algorithm, kid.as_deref(), narrow, rules.now);
    let ForVerifying::Try(chosen) = chosen else {
        return None;
    };
    let place = |key: &Key| {
        rules
            .keys
            .keys()
            .iter()
            .position(|one| std::ptr::eq(one, key))
    };
    Some(SignedHeader {
        text: token.text().as_bytes()[token.header.at.clone()].into(),
        algorithm,
        candidates: chosen.into_iter().map(place).collect::<Option<_>>()?,
    })
}

/// The members that are times, between which moments the checks and the words stay the same, and what they are.
fn times(
    shape: &Shape,
    claims: &Members,
    ends: &[String],
    rules: &Rules<'_>,
) -> Option<(Vec<TimeMember>, Vec<i64>)> {
    let (policy, now) = (rules.policy, rules.now.seconds());
    let limits = limits(rules);
    let (mut times, mut moments) = (Vec::new(), Vec::new());
    for (at, member) in shape.members().iter().enumerate() {
        let name = member.name.as_str();
        let is_login = limits.iter().flatten().any(|limit| limit.from == name);
        let is_end = ends.iter().any(|end| end == name);
        if !is_login && !is_end && !["exp", "nbf", "iat", "auth_time"].contains(&name) {
            continue;
        }
        let raw = claims
            .raw(name)
            .filter(|_| member.class == ValueClass::Whole)?;
        let has = seconds(raw.as_bytes());
        // Each of these moments divides those before it from those at it and after it.
        let mut edges = vec![0, LATEST, now + 1];
        if name == "exp" {
            let wanted = policy.min_ttl.map_or(Some(0), whole)?;
            edges.push(now.checked_add(wanted)?.checked_add(1)?);
        }
        if name == "iat" {
            // One that is further ahead is remarked on.
            edges.push((now + 1).checked_add(whole(policy.leeway)?)?);
        }
        if let ("iat", Some(most)) = (name, policy.max_age) {
            edges.push((now + 1).checked_sub(whole(most)?)?);
        }
        for limit in limits.iter().flatten().filter(|limit| limit.from == name) {
            edges.push((now + 1).checked_sub(whole(limit.span)?)?);
        }
        let low = edges.iter().copied().filter(|edge| *edge <= has).max()?;
        let high = edges.iter().copied().filter(|edge| *edge > has).min()?;
        moments.push(has);
        times.push(TimeMember {
            member: at,
            range: low..high,
            is_end: is_end || name == "exp",
        });
    }
    policy.until.is_none().then_some((times, moments))
}

fn whole(span: Span) -> Option<i64> {
    i64::try_from(span.seconds()).ok()
}
