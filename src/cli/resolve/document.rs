//! JSON that a flag or argument gives: typed, in a file, or on standard input.
use anyhow::Context as _;

use crate::cli::args::values::{Assignment, Document, TimeText};
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::world;
use crate::core::time::Timestamp;
use crate::session::mint::Given;

/// The largest document: what a token may weigh.
const MOST_BYTES: usize = 4 << 20;

/// Its bytes. Of a file or standard input one final line break is dropped: editors and `echo` add it.
///
/// # Errors
/// It can't be read.
pub fn read(
    document: &Document,
    purpose: &str,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Vec<u8>> {
    let read = match document {
        Document::Text(text) => return Ok(text.clone().into_bytes()),
        Document::File(path) => {
            let shown = echo::file(path, purpose);
            world::read(path.as_ref(), MOST_BYTES)
                .with_context(|| format!("{purpose}: {shown}"))?
                .bytes
        }
        Document::Stdin => context
            .world
            .stdin
            .take(purpose, MOST_BYTES)
            .map_err(Problem::from)?,
    };
    let bytes = read.expose();
    let bytes = bytes
        .strip_suffix(b"\r\n")
        .or_else(|| bytes.strip_suffix(b"\n"))
        .unwrap_or(bytes);
    echo::refuse_secret(&String::from_utf8_lossy(bytes), || purpose.to_owned())?;
    Ok(bytes.to_vec())
}

/// Its text.
///
/// # Errors
/// It can't be read, or is not UTF-8.
pub fn text(
    document: &Document,
    purpose: &str,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<String> {
    String::from_utf8(read(document, purpose, context)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::usage(format!("{purpose}: not UTF-8 at byte {at}")).into()
    })
}

/// Claims or header parameters that were typed one by one.
#[must_use]
pub fn given(typed: &[Assignment]) -> Vec<Given> {
    typed
        .iter()
        .map(|one| (one.name.clone(), one.json.clone()))
        .collect()
}

/// The moment that was typed for a flag.
///
/// # Errors
/// One that can't be represented.
pub fn moment(
    typed: Option<&TimeText>,
    flag: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, Problem> {
    typed
        .map(|text| text.at(now))
        .transpose()
        .map_err(|error| Problem::usage(format!("{flag}: {error}")))
}
