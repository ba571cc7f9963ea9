//! JSON that a flag or argument gives: as text, in a file, or on standard input.
use anyhow::Context as _;

use crate::cli::args::values::{Assignment, Document, TimeText};
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::world;
use crate::core::time::Timestamp;
use crate::session::mint::ExtraMember;

/// The largest document: as large as a token may be.
const MOST_BYTES: usize = 4 << 20;

/// The bytes of a document. A final line break of a file or standard input is dropped, because editors and `echo` add it.
///
/// # Errors
/// It can't be read.
pub(crate) fn read(
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

/// The text of a document.
///
/// # Errors
/// It can't be read, or is not UTF-8.
pub(crate) fn text(
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
pub(crate) fn given(typed: &[Assignment]) -> Vec<ExtraMember> {
    typed
        .iter()
        .map(|one| (one.name.clone(), one.json.clone()))
        .collect()
}

/// The time that was given for a flag.
///
/// # Errors
/// The time can't be represented.
pub(crate) fn moment(
    typed: Option<&TimeText>,
    flag: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, Problem> {
    typed
        .map(|text| text.at(now))
        .transpose()
        .map_err(|error| Problem::usage(format!("{flag}: {error}")))
}
