//! A token under a call's keys and policy, with an explanation where a signature does not hold.
use std::borrow::Cow;

use crate::cli::outcome::{Explanation, JudgedToken, ProfileSource};
use crate::cli::resolve::diagnose::{self, Materials};
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::core::policy::Policy;
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::core::verdict::Reason;
use crate::session::service::judged_token::judge;

/// What to verify, with everything resolved.
#[derive(Debug)]
pub(crate) struct JudgingRequest<'a> {
    /// The token.
    pub token: &'a Unverified,
    /// The profile that was used.
    pub profile: &'a Profile,
    /// Why it was chosen.
    pub by: ProfileSource,
    /// The keys.
    pub loaded: &'a CallKeys,
    /// What the token must satisfy.
    pub policy: Policy,
}

impl JudgingRequest<'_> {
    /// Verifies the token, and keeps all findings.
    #[must_use]
    pub(crate) fn judged(&self, now: Timestamp) -> JudgedToken {
        let profile = (self.profile, self.by);
        let keys = self.loaded.kinds();
        let loaded = self.loaded.of(self.profile.kind_of(self.token));
        let policy = if loaded.fetched.is_empty() {
            Cow::Borrowed(&self.policy)
        } else {
            Cow::Owned(loaded.with_issuer(self.policy.clone()))
        };
        let (mut judged, _) = judge(self.token.clone(), &keys, &policy, profile, now);
        explain(&mut judged, loaded);
        judged
    }
}

/// Explains a signature that does not hold. It costs many times the check.
pub(crate) fn explain(judged: &mut JudgedToken, loaded: &CallKeys) {
    let refused_by_key = judged.verdict.failures().any(|finding| {
        matches!(
            finding.reason(),
            Some(Reason::BadSignature | Reason::UnknownKid | Reason::AlgorithmNotAllowed)
        )
    });
    let materials = Materials {
        secrets: loaded.secrets.iter().collect(),
        files: loaded.files.iter().collect(),
    };
    let (token, keys) = (&judged.token, loaded.keys());
    judged.explained = refused_by_key
        .then(|| diagnose::explain(token, keys.judging(token), &materials))
        .flatten()
        // If the algorithm was refused, a matching key says nothing about the token's kid.
        .filter(|explained| {
            !(judged.refused_for(Reason::AlgorithmNotAllowed)
                && matches!(explained, Explanation::OtherKey(_)))
        });
}
