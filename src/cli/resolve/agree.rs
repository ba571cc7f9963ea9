//! Checks that all flags of a call can be applied: none is ignored because another flag, or the profile, says something else.
use crate::cli::args::values::{Assignment, Name};
use crate::cli::error::Problem;
use crate::cli::resolve;
use crate::core::algorithm::Algorithm;
use crate::core::claims::quote;
use crate::core::profile::Profile;
use crate::session::mint::ExtraMember;

/// A flag that sets a claim or header parameter, with its value if that is a single text.
pub(crate) type Setter<'a> = (&'static str, &'a str, Option<&'a str>);

/// Checks that no claim or header parameter is set by its own flag and by `by` as well, unless both set the same value.
///
/// # Errors
/// One is.
pub(crate) fn once(setters: &[Setter<'_>], by: &str, given: &[ExtraMember]) -> Result<(), Problem> {
    for (flag, name, value) in setters {
        let same = value.map(|value| quote(value, false));
        let other = given
            .iter()
            .any(|(other, raw)| other == name && same.as_ref() != Some(raw));
        if other {
            return Err(Problem::usage_with(
                format!("{flag} and {by} both set {name}"),
                "give one of them",
            ));
        }
    }
    Ok(())
}

/// Checks that `--claim` sets nothing twice, and nothing that another flag sets.
///
/// # Errors
/// It does.
pub(crate) fn on_the_claims(setters: &[Setter<'_>], typed: &[Assignment]) -> Result<(), Problem> {
    typed_once("--claim", typed)?;
    once(setters, "--claim", &resolve::document::given(typed))
}

/// Checks the same for `--header`, `--typ` and `--kid`.
///
/// # Errors
/// It does.
pub(crate) fn on_the_header(
    typ: Option<&str>,
    kid: Option<&Name>,
    typed: &[Assignment],
) -> Result<(), Problem> {
    typed_once("--header", typed)?;
    let kid = kid.map(Name::as_str);
    let all = [("--typ", "typ", typ), ("--kid", "kid", kid)];
    let given = all.into_iter().filter(|(_, _, value)| value.is_some());
    once(
        &given.collect::<Vec<_>>(),
        "--header",
        &resolve::document::given(typed),
    )
}

fn typed_once(flag: &str, typed: &[Assignment]) -> Result<(), Problem> {
    for (at, one) in typed.iter().enumerate() {
        let mut before = typed.iter().take(at);
        if before.any(|other| other.name == one.name && other.json != one.json) {
            return Err(Problem::usage_with(
                format!("{flag} sets {} twice", one.name),
                format!("give it once; to give several values, write a list: {flag} NAME:='[…]'"),
            ));
        }
    }
    Ok(())
}

/// Checks that `--header alg=…` names the algorithm that the key signs with, because the key decides it.
///
/// # Errors
/// It names another algorithm.
pub(crate) fn on_the_algorithm(header: &[ExtraMember], signs: Algorithm) -> Result<(), Problem> {
    let own = quote(signs.name(), false);
    if header
        .iter()
        .any(|(name, raw)| name == "alg" && *raw != own)
    {
        return Err(Problem::usage_with(
            format!("--header alg: the key decides the algorithm, and signs with {signs}"),
            "choose among the key's algorithms with --alg",
        ));
    }
    Ok(())
}

/// Checks that `--set` has a profile to change.
///
/// # Errors
/// There is none.
pub(crate) fn on_set(set: &[(String, String)], profile: Option<&Profile>) -> Result<(), Problem> {
    match (set, profile) {
        ([], _) | (_, Some(_)) => Ok(()),
        _ => Err(Problem::usage_with(
            "--set changes a profile, but no profile was named",
            "name a profile: --profile NAME",
        )),
    }
}

/// Checks that each member of a JSON object is there once: nothing would say which of two counts.
///
/// # Errors
/// A member is repeated.
pub(crate) fn members_once(flag: &str, members: &[ExtraMember]) -> Result<(), Problem> {
    for (at, (name, raw)) in members.iter().enumerate() {
        let mut before = members.iter().take(at);
        if before.any(|(other, value)| other == name && value != raw) {
            return Err(Problem::usage_with(
                format!("{flag} sets {name} twice"),
                "give each member of the JSON object once",
            ));
        }
    }
    Ok(())
}
