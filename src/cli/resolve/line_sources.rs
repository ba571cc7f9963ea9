//! What a batch reads: files, in the order in which they were named, or standard input.
use std::path::PathBuf;

use crate::cli::args::values::Hidden;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::error::token::TokenError;
use crate::cli::paint::shown_os;
use crate::cli::paste;
use crate::cli::world::{LineError, LineReader, LineSource, World, can_be_read};

/// What a batch reads, and the call that reads it (`jwtsess verify --batch`).
pub(crate) struct LineSources<'c> {
    sources: Vec<LineSource>,
    call: &'c str,
}

impl<'c> LineSources<'c> {
    /// The files that were named; without one, standard input.
    ///
    /// # Errors
    /// One of them can't be read, is named like a token, or is standard input a second time.
    pub(crate) fn of<'f>(
        files: impl IntoIterator<Item = &'f Hidden>,
        call: &'c str,
    ) -> Result<Self, Problem> {
        let mut sources = Vec::new();
        for file in files {
            let source = source(file, call)?;
            if source == LineSource::Stdin && sources.contains(&source) {
                return Err(Problem::usage("standard input can be read only once"));
            }
            sources.push(source);
        }
        if sources.is_empty() {
            sources.push(LineSource::Stdin);
        }
        Ok(Self { sources, call })
    }

    /// Begins to read, for `purpose` (`the tokens`).
    ///
    /// # Errors
    /// Standard input is read for something else, too.
    pub(crate) fn read(
        &self,
        purpose: &str,
        limit: usize,
        context: &mut Context<'_, '_>,
    ) -> Result<LineReader, Problem> {
        let stdin = &mut context.world.stdin;
        LineReader::of(stdin, self.sources.clone(), purpose, limit).map_err(Problem::from)
    }

    /// Whether a person types the lines.
    #[must_use]
    pub(crate) fn are_typed(&self, context: &Context<'_, '_>) -> bool {
        context.world.stdin.terminal && self.sources.contains(&LineSource::Stdin)
    }

    /// The error if nothing was found in them. `each` says what a line has to be.
    #[must_use]
    pub(crate) fn without(&self, what: &str, each: &str) -> Problem {
        let place = match &self.sources[..] {
            [LineSource::Stdin] => "standard input contains",
            [_] => "the file contains",
            _ => "the files contain",
        };
        let call = self.call;
        Problem::usage_with(
            format!("{place} no {what}"),
            format!("give one {each} per line, as in {call} FILE"),
        )
    }
}

fn source(file: &Hidden, call: &str) -> Result<LineSource, Problem> {
    let path = file.expose();
    if World::is_stdin(path) {
        return Ok(LineSource::Stdin);
    }
    if path.is_empty() {
        return Err(TokenError::Empty("the file's name").into());
    }
    let error = match can_be_read(path.as_ref()) {
        Ok(()) => return Ok(LineSource::File(PathBuf::from(path), shown_os(path))),
        Err(error) => error,
    };
    let text = path.to_string_lossy();
    if paste::begins_with_a_header(&text) {
        return Err(Problem::usage_with(
            "--batch reads its lines from files or from standard input, but was given a token as an argument",
            format!("to read from a file: {call} FILE"),
        ));
    }
    // A name without an ending may be a secret.
    let name = echo::path(path).or_else(|| text.contains('.').then(|| echo::name(&text)));
    let name = name.unwrap_or_else(|| "the file that was named".to_owned());
    Err(LineError::File { name, error }.into())
}
