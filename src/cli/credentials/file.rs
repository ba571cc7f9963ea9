//! The file of a credential: read without a lock, and replaced whole by whoever holds the lock beside it. With a helper, the tokens are there instead.
use std::path::{Path, PathBuf};

use super::Credential;
use super::helper::HelperEntry;
use super::name::CredentialName;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::credential::CredentialError;
use crate::cli::paint::shown_os;
use crate::cli::world::{self, FileError, Lock, Programs, ReservedFile, own_file};
use crate::core::secret::Secret;
use crate::session::credential::{SCHEMA, TokenSet};

/// The largest file that is read.
const MOST: usize = 4 << 20;
/// How much room a login's answer is given before it is asked for.
const LOGIN_ROOM: usize = 8 * 1024;
/// What stands behind the file's name while an answer is awaited, and while its successor is written.
const NEXT: &str = ".next";
const DRAFT: &str = ".draft";

/// Where a credential is kept.
#[derive(Clone, Debug)]
pub(crate) struct CredentialFile {
    /// Its name.
    pub name: CredentialName,
    path: PathBuf,
    programs: Programs,
}

/// Room that was made for tokens before they are asked for.
#[derive(Debug)]
pub(crate) struct TokenRoom {
    file: Option<ReservedFile>,
    helper: Option<HelperEntry>,
    /// Whether the helper has nothing but a trial, which is taken away if nothing follows.
    is_trial: bool,
}

impl CredentialFile {
    pub(super) fn new(folder: &Path, name: &CredentialName, programs: &Programs) -> Self {
        Self {
            path: folder.join(format!("{name}.json")),
            name: name.clone(),
            programs: programs.clone(),
        }
    }

    /// The path, as it is shown.
    #[must_use]
    pub(crate) fn place(&self) -> String {
        shown_os(self.path.as_os_str())
    }

    /// The credential, with its tokens, if there is one.
    ///
    /// # Errors
    /// It can't be read, others can change it, or its helper fails.
    pub(crate) fn read(
        &self,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<Credential>, Problem> {
        let Some(mut credential) = self.read_terms(context)? else {
            return Ok(None);
        };
        if let Some(entry) = self.helper(&credential) {
            let tokens = entry.get()?;
            let tokens = serde_json::from_slice(tokens.expose());
            credential.tokens =
                tokens.map_err(|_| self.damaged("its helper's entry is not one of jwtsess's"))?;
        }
        if credential.tokens.is_none() {
            return Err(self.damaged("it has no tokens"));
        }
        Ok(Some(credential))
    }

    /// What the file itself holds: with a helper, no tokens.
    ///
    /// # Errors
    /// It can't be read, or others can change it.
    pub(crate) fn read_terms(
        &self,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<Credential>, Problem> {
        match own_file(&self.path) {
            Ok(_) => {}
            Err(FileError::Missing) => return Ok(None),
            Err(problem) => return Err(self.damaged(&problem.to_string())),
        }
        let content = match world::read(&self.path, MOST) {
            Ok(content) => content,
            // A logout was quicker.
            Err(FileError::Missing) => return Ok(None),
            Err(problem) => return Err(self.damaged(&problem.to_string())),
        };
        if content.guard.writable_by_others {
            return Err(CredentialError::OpenToOthers {
                place: self.place(),
                folder: false,
            }
            .into());
        }
        if content.guard.readable_by_others {
            context.warn_once(&format!(
                "other users can read {place} and use its tokens: run chmod go-r on it, and log in again if somebody may have",
                place = self.place()
            ));
        }
        let credential = self.parsed(&content.bytes)?;
        let references = [&credential.client_secret, &credential.client_key];
        for reference in references.into_iter().flatten() {
            self.programs.hide_named(reference.as_ref());
        }
        Ok(Some(credential))
    }

    fn parsed(&self, bytes: &Secret) -> Result<Credential, Problem> {
        #[derive(serde::Deserialize)]
        struct Version {
            schema: u32,
        }
        let version = serde_json::from_slice::<Version>(bytes.expose());
        let version = version.map_err(|_| self.damaged("it is not what jwtsess writes there"))?;
        if version.schema > SCHEMA {
            return Err(CredentialError::Later(self.place()).into());
        }
        serde_json::from_slice(bytes.expose())
            .map_err(|_| self.damaged("it is not what jwtsess writes there"))
    }

    fn damaged(&self, why: &str) -> Problem {
        CredentialError::Damaged {
            place: self.place(),
            why: why.to_owned(),
        }
        .into()
    }

    /// The lock on it. `None`: another process has it.
    ///
    /// # Errors
    /// There are no locks here.
    pub(crate) fn try_lock(&self) -> Result<Option<Lock>, Problem> {
        Ok(world::try_lock(&self.path)?)
    }

    fn helper(&self, credential: &Credential) -> Option<HelperEntry> {
        Some(HelperEntry {
            helper: credential.helper.clone()?,
            url: format!("jwtsess:{}", self.path.display()),
            name: self.name.clone(),
            programs: self.programs.clone(),
        })
    }

    /// Makes room for the tokens of a login, before anything is sent. `before` is what is there now.
    ///
    /// # Errors
    /// There is no room, or the helper does not take as much. Nothing was changed then.
    pub(crate) fn room_for_login(
        &self,
        login: &Credential,
        before: Option<&Credential>,
    ) -> Result<TokenRoom, Problem> {
        let file = world::reserve(&self.path, NEXT, LOGIN_ROOM)?;
        let helper = self.helper(login);
        let kept = before.filter(|before| before.helper == login.helper);
        let kept = kept.map(|before| &before.tokens);
        if let Some(entry) = &helper {
            entry.store(&padded(kept, LOGIN_ROOM)?)?;
        }
        Ok(TokenRoom {
            file: Some(file),
            helper,
            is_trial: kept.is_none(),
        })
    }

    /// Makes room for the tokens of a refresh, and writes that it is about to be sent.
    ///
    /// # Errors
    /// There is no room, or the helper does not take as much. The credential is as good as it was then.
    pub(crate) fn room_for_refresh(&self, credential: &Credential) -> Result<TokenRoom, Problem> {
        if let Some(entry) = self.helper(credential) {
            entry.store(&padded(Some(&credential.tokens), 0)?)?;
            return Ok(TokenRoom {
                file: None,
                helper: Some(entry),
                is_trial: false,
            });
        }
        let content = json(credential)?;
        let file = world::reserve(&self.path, NEXT, content.len() * 2 + LOGIN_ROOM)?;
        self.replace(&content)?;
        Ok(TokenRoom {
            file: Some(file),
            helper: None,
            is_trial: false,
        })
    }

    /// Writes what became of a credential. Its lock is held.
    ///
    /// # Errors
    /// It can't be written.
    pub(crate) fn write(&self, credential: &Credential) -> Result<(), Problem> {
        if let Some(entry) = self.helper(credential) {
            return entry.store(&json(&credential.tokens)?);
        }
        self.replace(&json(credential)?)
    }

    fn replace(&self, content: &Secret) -> Result<(), Problem> {
        Ok(world::reserve(&self.path, DRAFT, content.len())?.fill(content)?)
    }

    /// Takes it away, and the helper's entry.
    ///
    /// # Errors
    /// The file can't be removed, or the helper fails.
    pub(crate) fn remove(&self, credential: &Credential) -> Result<(), Problem> {
        if let Some(entry) = self.helper(credential) {
            entry.erase()?;
        }
        self.remove_files()
    }

    /// Takes it away whatever is in it, and the helper's entry, if the file still names a helper. Returns why the helper did not take its entry away.
    ///
    /// # Errors
    /// The file can't be removed.
    pub(crate) fn remove_unread(
        &self,
        terms: Option<&Credential>,
    ) -> Result<Option<Problem>, Problem> {
        let entry = terms.and_then(|terms| self.helper(terms));
        let failed = entry.and_then(|entry| entry.erase().err());
        self.remove_files()?;
        Ok(failed)
    }

    fn remove_files(&self) -> Result<(), Problem> {
        for suffix in [NEXT, DRAFT] {
            let left = format!("{}.json{suffix}", self.name);
            _ = std::fs::remove_file(self.path.with_file_name(left));
        }
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(self.damaged(&FileError::from(error).to_string()))
            }
            _ => Ok(()),
        }
    }
}

impl TokenRoom {
    /// Writes a credential into the room. It is on the disk, or with the helper, when this returns.
    ///
    /// # Errors
    /// It can't be written.
    pub(crate) fn fill(mut self, credential: &Credential) -> Result<(), Problem> {
        if let Some(entry) = &self.helper {
            entry.store(&json(&credential.tokens)?)?;
            self.is_trial = false;
        }
        let Some(file) = self.file.take() else {
            return Ok(());
        };
        let content = if self.helper.is_some() {
            json(&Credential {
                tokens: TokenSet::none(),
                ..credential.clone()
            })?
        } else {
            json(credential)?
        };
        Ok(file.fill(&content)?)
    }
}

impl Drop for TokenRoom {
    fn drop(&mut self) {
        if let Some(entry) = self.helper.as_ref().filter(|_| self.is_trial) {
            _ = entry.erase();
        }
    }
}

/// As JSON, in a buffer that does not have to grow: growing would leave tokens in freed memory.
fn json(value: &impl serde::Serialize) -> Result<Secret, Problem> {
    let mut length = Counter(0);
    let unwritable = |_| Problem::usage("the tokens can't be written as JSON");
    serde_json::to_writer(&mut length, value).map_err(unwritable)?;
    let mut text = Vec::with_capacity(length.0 + 1);
    serde_json::to_writer(&mut text, value).map_err(unwritable)?;
    text.push(b'\n');
    Ok(Secret::new(text))
}

/// The tokens with as much white space behind them, and at least so many bytes in all.
fn padded(tokens: Option<&TokenSet>, least: usize) -> Result<Secret, Problem> {
    let content = tokens.map(json).transpose()?;
    let content = content.as_ref().map_or(&b"{}"[..], Secret::expose);
    let length = (content.len() * 2).max(least);
    let mut text = Vec::with_capacity(length);
    text.extend_from_slice(content);
    text.resize(length, b' ');
    Ok(Secret::new(text))
}

/// Counts what is written.
struct Counter(usize);
impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(all(test, unix))]
mod tests;
