//! The passphrase of encrypted key files: `--key-passphrase`, else the environment, else a question. It is only looked for when a key is encrypted.
use std::ffi::OsString;

use super::misplaced::ReferenceUse;
use super::read::at;
use super::reference;
use crate::cli::args::key::PassphraseFlag;
use crate::cli::args::values::Hidden;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyProblem, ReferenceTarget};
use crate::config::resolve::Origin;
use crate::core::keyfile::KeyFileError;
use crate::core::secret::Secret;

const FLAG: &str = "--key-passphrase";
const VARIABLE: &str = "JWTSESS_KEY_PASSPHRASE";

/// The passphrase of a call, found when it is first needed.
pub(super) struct Passphrase {
    flag: Option<Hidden<OsString>>,
    /// A named passphrase opens every file; one that was asked for opens only the file it was asked for.
    found: Option<Secret>,
    asked: Option<Secret>,
    needed: bool,
}

impl Passphrase {
    pub(super) fn of(flags: &PassphraseFlag) -> Self {
        Self {
            flag: flags.key_passphrase.clone(),
            found: None,
            asked: None,
            needed: false,
        }
    }

    /// The passphrase for the key at a place. `form` says what the key is.
    ///
    /// # Errors
    /// The named passphrase can't be read; or none was named, and there is nobody to ask.
    pub(super) fn get(
        &mut self,
        place: &str,
        form: &str,
        context: &mut Context<'_, '_>,
    ) -> Result<&Secret, Problem> {
        self.needed = true;
        if self.found.is_none() {
            self.found = self.named(context)?;
        }
        if let Some(found) = &self.found {
            return Ok(found);
        }
        if !context.can_ask() {
            let needs = KeyFileError::NeedsPassphrase {
                form: form.to_owned(),
            };
            return Err(at(place)(needs));
        }
        let question = format!("passphrase of {place}");
        let answer = context.world.prompts.hidden(&question);
        let answer = answer.map_err(Problem::from)?;
        Ok(self.asked.insert(answer))
    }

    /// The passphrase from the flag, else from the environment.
    fn named(&self, context: &mut Context<'_, '_>) -> Result<Option<Secret>, Problem> {
        let (given, origin) = match &self.flag {
            Some(flag) => (flag.expose().clone(), Origin::Flag(FLAG)),
            None => match context.world.variable(VARIABLE) {
                Some(value) => (value, Origin::Environment(VARIABLE)),
                None => return Ok(None),
            },
        };
        let asked = ReferenceUse {
            what: ReferenceTarget::Passphrase,
            by: &origin,
        };
        let found = reference::resolve(&given, asked, context)?;
        // A passphrase is a line of text; the line's end is never part of it.
        let secret = match found.secret.without_final_newline() {
            Some((rest, _)) if found.is_file => rest,
            _ => found.secret.clone(),
        };
        if secret.is_empty() {
            return Err(at(&found.place)(KeyProblem::Empty));
        }
        found.warn_of_others(true, context);
        Ok(Some(secret))
    }

    /// Whether a key needed it.
    pub(super) const fn was_needed(&self) -> bool {
        self.needed
    }

    /// Says that no key needed the passphrase of the flags: perhaps another file was meant.
    pub(super) fn say_if_unused(&self, context: &mut Context<'_, '_>) {
        if self.flag.is_some() && !self.needed {
            context.say(&format!("{FLAG} was not needed: no key given is encrypted"));
        }
    }
}
