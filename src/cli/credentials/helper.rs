//! A program that keeps secrets, by the protocol of Docker's credential helpers: `docker-credential-NAME store|get|erase`, JSON on its standard streams.
use serde::{Deserialize, Serialize};
use zeroize::Zeroize as _;

use super::name::CredentialName;
use crate::cli::error::Problem;
use crate::cli::error::credential::CredentialError;
use crate::cli::world::Programs;
use crate::core::secret::Secret;

/// An entry of a helper.
#[derive(Clone, Debug)]
pub(crate) struct HelperEntry {
    /// The helper's name: `pass`, `osxkeychain` …
    pub helper: String,
    /// What tells the entry from others: `jwtsess:` and the path of the credential's file.
    pub url: String,
    /// The credential's name.
    pub name: CredentialName,
    /// Runs the helper.
    pub programs: Programs,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ToStore<'a> {
    #[serde(rename = "ServerURL")]
    server_url: &'a str,
    username: String,
    secret: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Stored {
    secret: String,
}

impl HelperEntry {
    /// Puts a secret there, in place of the one before.
    ///
    /// # Errors
    /// The helper failed.
    pub(crate) fn store(&self, secret: &Secret) -> Result<(), Problem> {
        let mut asked = serde_json::to_vec(&ToStore {
            server_url: &self.url,
            username: self.name.to_string(),
            secret: std::str::from_utf8(secret.expose()).unwrap_or_default(),
        })
        .map_err(|_| self.failed("store"))?;
        let done = self.run("store", &Secret::new(std::mem::take(&mut asked)));
        asked.zeroize();
        done.map(|_| ())
    }

    /// The secret.
    ///
    /// # Errors
    /// The helper failed, or has none.
    pub(crate) fn get(&self) -> Result<Secret, Problem> {
        let answer = self.run("get", &Secret::new(self.url.clone().into_bytes()))?;
        let stored: Stored =
            serde_json::from_slice(answer.expose()).map_err(|_| self.failed("get"))?;
        Ok(Secret::new(stored.secret.into_bytes()))
    }

    /// Takes the entry away.
    ///
    /// # Errors
    /// The helper failed.
    pub(crate) fn erase(&self) -> Result<(), Problem> {
        let url = Secret::new(self.url.clone().into_bytes());
        self.run("erase", &url).map(|_| ())
    }

    fn run(&self, action: &'static str, input: &Secret) -> Result<Secret, Problem> {
        let program = format!("docker-credential-{}", self.helper);
        match self.programs.run(&program, action, input) {
            Ok(result) if result.is_success => Ok(result.stdout),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(CredentialError::NoHelper(self.helper.clone()).into())
            }
            Err(error) if error.kind() == std::io::ErrorKind::TimedOut => {
                Err(self.problem(action, true))
            }
            _ => Err(self.failed(action)),
        }
    }

    fn failed(&self, action: &'static str) -> Problem {
        self.problem(action, false)
    }

    fn problem(&self, action: &'static str, is_endless: bool) -> Problem {
        CredentialError::Helper {
            helper: self.helper.clone(),
            action,
            is_endless,
        }
        .into()
    }
}
