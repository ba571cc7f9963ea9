//! What a token must satisfy: the rules of the named profile, or those of the RFCs, and what the flags add.
use crate::cli::args::check::{CheckFlags, KindFlag, UseFlags};
use crate::cli::args::key::KeyFlags;
use crate::cli::args::values::Name;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::ProfileSource;
use crate::cli::resolve::profile::TokenProfile;
use crate::core::claims::exact::{Comparison, Expectation, ExpectationError, steps};
use crate::core::policy::{ModelRequirement, Policy, Unmarked};
use crate::core::profile::{Profile, SessionBound, TokenKind, same_model};
use crate::core::token::Unverified;
use crate::session::flow::RenewalRequest;
use crate::session::service::judged_token;

/// The rules for `verify` and `inspect`. Without a profile they are those of RFC 7515, 7519 and 8725. `kind` is the kind to require if `--kind` is absent; `is` is
/// the token's own kind, whose rules apply if either kind is accepted.
///
/// # Errors
/// A flag asks for the impossible.
pub(crate) fn policy(
    is: TokenKind,
    profile: Option<&Profile>,
    kind: Option<TokenKind>,
    checks: &CheckFlags,
    uses: &UseFlags,
    keys: &KeyFlags,
) -> Result<Policy, Problem> {
    let kind = match uses.kind {
        None => kind,
        Some(KindFlag::Any) => None,
        Some(KindFlag::Access) => Some(TokenKind::Access),
        Some(KindFlag::Refresh) => Some(TokenKind::Refresh),
        Some(KindFlag::Id) => Some(TokenKind::Id),
    };
    let mut policy = match (profile, kind) {
        (Some(profile), Some(kind)) => Policy::of(profile, kind),
        (Some(profile), None) => Policy {
            kind: None,
            ..Policy::of(profile, is)
        },
        (None, kind) => Policy {
            kind,
            ..Policy::default()
        },
    };
    // If `exp` is not capped at the session's end, a token outlives the session: only renewing has ended then.
    if profile.is_some_and(|profile| !profile.capped()) {
        policy.session = SessionBound::default();
    }
    if uses.kind.is_some() {
        policy.unmarked = Unmarked::Refused;
    }
    policy.min_ttl = uses.min_ttl;
    policy.kid = uses.kid.as_ref().map(|kid| kid.as_str().to_owned());
    add(&mut policy, checks, keys)?;
    Ok(policy)
}

/// The rules for a token that is to be renewed or rotated.
///
/// # Errors
/// A flag asks for the impossible.
pub(crate) fn prolonging(
    profile: &Profile,
    chosen: &TokenProfile,
    renew: &RenewalRequest,
    checks: &CheckFlags,
    keys: &KeyFlags,
    context: &Context<'_, '_>,
) -> Result<Policy, Problem> {
    let mut policy = judged_token::prolonging(profile);
    // The audience does not matter to whoever renews the token, but a Django server checks it.
    policy.require_audience &= renew.rotates;
    if chosen.by == ProfileSource::Named && profile.name() == "plain" {
        // Every kind is prolonged as it is, but no token of a model whose session has an end that `plain` does not know.
        policy.kind = None;
        policy.model = Some(ModelRequirement {
            model: profile.model.clone(),
            marked_as: Some(profile.name().to_owned()),
        });
        let family = chosen
            .record
            .as_ref()
            .and_then(|known| known.record.family());
        policy.recorded = family.map(|family| family.session.profile.clone());
    } else if chosen.by == ProfileSource::Named
        && let Some(recorded) = chosen.recorded(context)
    {
        // A token that nothing marks could be taken for one of another model, by whose rules it may be prolonged.
        let (is, wanted) = (&recorded.profile, profile);
        let writes = |one: &Profile, other: &Profile| one.model() == Some(other.base());
        let agree =
            same_model(is.base(), wanted.base()) || writes(is, wanted) || writes(wanted, is);
        if !agree && !is.model.is_plain() {
            policy.model = Some(ModelRequirement {
                model: wanted.model.clone(),
                marked_as: Some(wanted.base().to_owned()),
            });
            policy.recorded = Some(is.base().to_owned());
        }
    }
    add(&mut policy, checks, keys)?;
    Ok(policy)
}

/// Says which parts of a named profile are used with `--jws`, which does not check claims.
pub(crate) fn say_jws(profile: Option<&Profile>, context: &mut Context<'_, '_>) {
    if let Some(profile) = profile {
        context.say(&format!(
            "--jws checks no claims: it only uses the key and the algorithms of the profile {}",
            profile.name()
        ));
    }
}

/// The kind of a token under a named profile. Without a profile no rule depends on it.
#[must_use]
pub(crate) fn kind_of(profile: Option<&Profile>, token: &Unverified) -> TokenKind {
    profile.map_or(TokenKind::Access, |profile| profile.kind_of(token))
}

/// Adds what the flags ask for. Flags override the profile.
///
/// # Errors
/// A value can't be compared.
fn add(policy: &mut Policy, checks: &CheckFlags, keys: &KeyFlags) -> Result<(), Problem> {
    if !keys.alg.is_empty() {
        policy.algorithms.clone_from(&keys.alg);
    }
    policy.allow_weak_key |= keys.allow_weak_key;
    if let Some(leeway) = checks.leeway {
        policy.leeway = leeway;
    }
    policy.max_age = checks.max_age;
    if !checks.iss.is_empty() {
        policy.issuers.clone_from(&checks.iss);
    }
    if !checks.aud.is_empty() {
        policy.audiences.clone_from(&checks.aud);
    }
    policy.subject.clone_from(&checks.sub);
    if checks.typ.is_some() {
        policy.typ.clone_from(&checks.typ);
    }
    let required = checks.require.iter().map(Name::as_str);
    for name in required {
        if steps(name).is_none() {
            return Err(Problem::usage(format!(
                "--require {name}: {}",
                ExpectationError::Pointer
            )));
        }
        if !policy.require.iter().any(|known| known == name) {
            policy.require.push(name.to_owned());
        }
    }
    let has = checks.has.iter().map(|one| ("--has", Comparison::Has, one));
    let is = checks
        .claim
        .iter()
        .map(|one| ("--claim", Comparison::Is, one));
    for (flag, comparison, asked) in is.chain(has) {
        let asked = Expectation::new(&asked.name, comparison, &asked.json)
            .map_err(|why| Problem::usage(format!("{flag} {}: {why}", asked.name)))?;
        policy.expect.push(asked);
    }
    if checks.allow_no_exp {
        policy.require_exp = false;
        // `--require exp` still applies.
        let asked = checks.require.iter().any(|name| name.as_str() == "exp");
        policy.require.retain(|name| name != "exp" || asked);
    }
    Ok(())
}
