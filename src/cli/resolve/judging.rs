//! A token under a call's keys and policy: the one step that `inspect`, `verify` and `renew` share.
use crate::cli::outcome::{Explanation, Judged, ProfileSource, ProfileUsed};
use crate::cli::resolve::diagnose::explain;
use crate::cli::resolve::keys::Keys;
use crate::core::policy::Policy;
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::core::verdict::Reason;
use crate::core::verify::{self, Verified, session_end};

/// What to judge, everything resolved.
#[derive(Debug)]
pub struct Request<'a> {
    /// The token.
    pub token: Unverified,
    /// The profile that the call goes by.
    pub profile: &'a Profile,
    /// How the call came to it.
    pub by: ProfileSource,
    /// The keys.
    pub keys: Keys<'a>,
    /// What is asked of it.
    pub policy: Policy,
}

impl Request<'_> {
    /// Judges the token, and keeps all that was found.
    #[must_use]
    pub fn judged(self, now: Timestamp) -> Judged {
        let profile = (self.profile, self.by);
        judge(self.token, &self.keys, &self.policy, profile, now).0
    }
}

/// Judges a token, and explains a signature that does not hold. `profile` is the one that the call goes by.
#[must_use]
pub fn judge(
    token: Unverified,
    keys: &Keys<'_>,
    policy: &Policy,
    (profile, by): (&Profile, ProfileSource),
    now: Timestamp,
) -> (Judged, Option<Verified>) {
    let (mut judged, verified) = judge_alone(token, keys, policy, (profile, by), now);
    let refused_by_key = judged.verdict.failures().any(|finding| {
        matches!(
            finding.reason(),
            Some(Reason::BadSignature | Reason::UnknownKid | Reason::AlgorithmNotAllowed)
        )
    });
    judged.explained = refused_by_key
        .then(|| explain(&judged.token, keys.judging(&judged.token), &keys.materials))
        .flatten()
        // Where the algorithm is what was refused, a key that fits says nothing of the token's kid.
        .filter(|explained| {
            !(judged.refused_for(Reason::AlgorithmNotAllowed)
                && matches!(explained, Explanation::OtherKey(_)))
        });
    (judged, verified)
}

/// The same without an explanation, which costs many times the check: for tokens by the thousand.
#[must_use]
pub fn judge_alone(
    token: Unverified,
    keys: &Keys<'_>,
    policy: &Policy,
    (profile, by): (&Profile, ProfileSource),
    now: Timestamp,
) -> (Judged, Option<Verified>) {
    let set = keys.judging(&token);
    let recognised = token.recognised();
    let judgement = verify::judge(&token, set, policy, now);
    let limit = profile.session_max.as_ref();
    let end = limit
        .zip(token.claims())
        .and_then(|(limit, claims)| session_end(claims, &limit.from, limit.span));
    let key = judgement
        .signed_by
        .map_or_else(|| keys.all(set), |index| keys.described(index));
    let judged = Judged {
        recognised,
        profile: ProfileUsed::new(profile, by),
        verdict: judgement.verdict,
        key,
        signature_holds: judgement.signed_by.is_some(),
        explained: None,
        session_end: end,
        session: None,
        token,
    };
    (judged, judgement.verified)
}
