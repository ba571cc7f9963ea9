//! The folder of the credentials: which there are, and which one a call goes by.
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::file::CredentialFile;
use super::name::CredentialName;
use super::{Credential, origins};
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::credential::CredentialError;
use crate::cli::paint::shown_os;
use crate::cli::world::{FileError, Programs};
use crate::net::address::Origin;

/// The variable that names the folder.
const FOLDER: &str = "JWTSESS_CREDENTIALS";
/// The variable that names a credential.
const CHOSEN: &str = "JWTSESS_CREDENTIAL";

/// A credential that was found, and where it is kept.
#[derive(Debug)]
pub(crate) struct FoundCredential {
    /// Where it is.
    pub file: CredentialFile,
    /// What it holds.
    pub credential: Credential,
}

/// The folder of the credentials.
#[derive(Clone, Debug)]
pub(crate) struct CredentialFolder {
    path: PathBuf,
    programs: Programs,
}

impl CredentialFolder {
    /// The folder that the flag or the variable names, else one below the user's data folder.
    ///
    /// # Errors
    /// There is none, or the variable is empty.
    pub(crate) fn of(flag: Option<&OsStr>, context: &Context<'_, '_>) -> Result<Self, Problem> {
        let named = flag.map(ToOwned::to_owned);
        let named = named.or_else(|| context.world.variable(FOLDER));
        if named.as_ref().is_some_and(|named| named.is_empty()) {
            return Err(Problem::usage_with(
                format!("{FOLDER} is empty"),
                format!("unset {FOLDER}, or name a folder"),
            ));
        }
        let path = match named {
            // The helper's entry is named by the absolute path.
            Some(named) => std::path::absolute(&named)
                .map_err(|_| Problem::usage("--credentials does not name a folder"))?,
            None => context
                .world
                .data_folder()
                .ok_or(CredentialError::NoFolder)?
                .join("credentials"),
        };
        let programs = context.world.programs.clone();
        Ok(Self { path, programs })
    }

    /// Where a credential is kept, or would be.
    #[must_use]
    pub(crate) fn file(&self, name: &CredentialName) -> CredentialFile {
        CredentialFile::new(&self.path, name, &self.programs)
    }

    /// Makes the folder, for its owner alone, if it is not there.
    ///
    /// # Errors
    /// It can't be made, or others can put files into it.
    pub(crate) fn make(&self) -> Result<(), Problem> {
        crate::cli::world::make_folder(&self.path)?;
        self.is_safe()
    }

    fn is_safe(&self) -> Result<(), Problem> {
        if is_open(&self.path) {
            return Err(CredentialError::OpenToOthers {
                place: shown_os(self.path.as_os_str()),
                folder: true,
            }
            .into());
        }
        Ok(())
    }

    /// The names of the credentials, in order.
    ///
    /// # Errors
    /// The folder can't be read, or others can put files into it.
    pub(crate) fn names(&self) -> Result<Vec<CredentialName>, Problem> {
        let entries = match std::fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                return Err(CredentialError::Damaged {
                    place: shown_os(self.path.as_os_str()),
                    why: FileError::from(error).to_string(),
                }
                .into());
            }
        };
        self.is_safe()?;
        let name = |entry: std::io::Result<std::fs::DirEntry>| {
            let name = entry.ok()?.file_name();
            name.to_str()?.strip_suffix(".json")?.parse().ok()
        };
        let mut names: Vec<CredentialName> = entries.filter_map(name).collect();
        names.sort();
        Ok(names)
    }

    /// The credential that a call goes by: the one that was named, else the variable's, else the one that may be sent to an address, else the only one.
    ///
    /// # Errors
    /// There is none, there are several, or it can't be read.
    pub(crate) fn choose(
        &self,
        named: Option<&CredentialName>,
        asked: Option<&Origin>,
        context: &mut Context<'_, '_>,
    ) -> Result<FoundCredential, Problem> {
        let name = self.choose_name(named, asked, context)?;
        let file = self.file(&name);
        let credential = file.read(context)?;
        let credential = credential.ok_or_else(|| CredentialError::Missing(name.to_string()))?;
        Ok(FoundCredential { file, credential })
    }

    /// The name of the credential that a call goes by, whatever it holds.
    ///
    /// # Errors
    /// There is none, or there are several.
    pub(crate) fn choose_name(
        &self,
        named: Option<&CredentialName>,
        asked: Option<&Origin>,
        context: &mut Context<'_, '_>,
    ) -> Result<CredentialName, Problem> {
        if let Some(name) = named {
            return Ok(name.clone());
        }
        if let Some(chosen) = context.world.variable(CHOSEN).filter(|one| !one.is_empty()) {
            let name = chosen.to_str().and_then(|text| text.parse().ok());
            let name = name.ok_or_else(|| {
                Problem::usage_with(
                    format!("{CHOSEN} does not hold the name of a credential"),
                    format!("unset {CHOSEN}, or give one of: jwtsess token --list"),
                )
            })?;
            return Ok(name);
        }
        let names = self.names()?;
        if let (Some(origin), true) = (asked, names.len() > 1) {
            return self.for_origin(origin, &names, context);
        }
        let names_as_text = || names.iter().map(ToString::to_string).collect();
        match names.as_slice() {
            [] => Err(CredentialError::None.into()),
            [only] => Ok(only.clone()),
            several if context.can_ask() => {
                let options: Vec<String> = several.iter().map(ToString::to_string).collect();
                let chosen = context.world.prompts.choose("which credential", &options)?;
                let name = several.get(chosen).ok_or(CredentialError::None)?;
                Ok(name.clone())
            }
            _ => Err(CredentialError::Several(names_as_text()).into()),
        }
    }

    fn for_origin(
        &self,
        origin: &Origin,
        names: &[CredentialName],
        context: &mut Context<'_, '_>,
    ) -> Result<CredentialName, Problem> {
        let mut fitting = Vec::new();
        for name in names {
            // One that can't be read may be another server's: it does not keep the others from being used.
            let Ok(Some(terms)) = self.file(name).read_terms(context) else {
                continue;
            };
            if origins(&terms.server).contains(origin) {
                fitting.push(name);
            }
        }
        match fitting.as_slice() {
            [only] => Ok((*only).clone()),
            [] => Err(CredentialError::NoneFor(origin.to_string()).into()),
            several => {
                let several = several.iter().map(ToString::to_string).collect();
                Err(CredentialError::Several(several).into())
            }
        }
    }
}

/// Whether others can put files into a folder in place of ours. With the sticky bit (as `/tmp` has it) they can't.
#[cfg(unix)]
fn is_open(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(folder).is_ok_and(|it| it.mode() & 0o022 != 0 && it.mode() & 0o1000 == 0)
}

#[cfg(not(unix))]
const fn is_open(_: &Path) -> bool {
    false
}
