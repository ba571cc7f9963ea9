//! Has the log of a CI system hide tokens, before they are printed.
use crate::cli::args::live::MaskChoice;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::core::secret::Secret;

/// The variable that says that GitHub Actions runs the call.
const GITHUB: &str = "GITHUB_ACTIONS";

/// Whether GitHub Actions' log is to hide what is printed.
///
/// # Errors
/// It is asked for, and runs elsewhere: the lines would only show the token.
pub(crate) fn wanted(
    choice: Option<MaskChoice>,
    context: &Context<'_, '_>,
) -> Result<bool, Problem> {
    let runs = context
        .world
        .variable(GITHUB)
        .is_some_and(|value| value == "true");
    match choice {
        None => Ok(false),
        Some(MaskChoice::Auto) => Ok(runs),
        Some(MaskChoice::Github) if runs => Ok(true),
        Some(MaskChoice::Github) => Err(Problem::usage_with(
            format!(
                "--mask github: this is not GitHub Actions ({GITHUB} is not true), where the line would only show the token"
            ),
            "leave it out, or give --mask auto",
        )),
    }
}

/// Has the tokens hidden.
pub(crate) fn say(wanted: bool, tokens: &[&Secret], context: &mut Context<'_, '_>) {
    if !wanted {
        return;
    }
    let lines: Vec<String> = tokens
        .iter()
        .map(|token| format!("::add-mask::{}", String::from_utf8_lossy(token.expose())))
        .collect();
    context.print_talk(&lines);
}
