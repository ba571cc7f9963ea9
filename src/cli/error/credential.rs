//! Errors about credentials that are kept: their data, and how they are reported.
use super::failure::Failure;
use crate::cli::exit::Exit;
use crate::core::echo::listed;
use crate::core::verdict::Reason;

/// Why a credential can't be used. Names and places are safe to print.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CredentialError {
    /// There is no folder to keep credentials in.
    #[error("there is no folder for credentials: HOME is not set")]
    NoFolder,
    /// There is no credential at all.
    #[error("no credential is kept here: nobody has logged in")]
    None,
    /// There is no credential of that name.
    #[error("no credential is named {0}")]
    Missing(String),
    /// No credential may be sent to that origin.
    #[error("no credential is kept for {0}")]
    NoneFor(String),
    /// There are several, and nothing says which is meant.
    #[error("there are several credentials: {}", listed(.0, ", "))]
    Several(Vec<String>),
    /// The file is not what was written.
    #[error("the credential {place} can't be used: {why}")]
    Damaged {
        /// The file.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// A later version wrote the file.
    #[error("the credential {0} can't be used: a later version of jwtsess wrote it")]
    Later(String),
    /// Others can change the file, or put another one in its place.
    #[error("other users can {} {place}, and so choose whose tokens are used", if *.folder { "put files into" } else { "change" })]
    OpenToOthers {
        /// The file or folder.
        place: String,
        /// Whether it is the folder.
        folder: bool,
    },
    /// Another process has the lock, and nothing changes.
    #[error("another process is refreshing the credential {0}, and does not finish")]
    Busy(String),
    /// The program that keeps the tokens failed.
    #[error("docker-credential-{helper} {action} {}", if *.is_endless { "did not finish, and was stopped" } else { "failed" })]
    Helper {
        /// The helper.
        helper: String,
        /// What it was to do.
        action: &'static str,
        /// Whether it went on for as long as it may.
        is_endless: bool,
    },
    /// There is no such program.
    #[error("there is no program docker-credential-{0} in PATH")]
    NoHelper(String),
    /// The name belongs to another user, client or server.
    #[error("the credential {name} is there already, for {whose}")]
    Taken {
        /// The name.
        name: String,
        /// Whose it is.
        whose: String,
    },
    /// The server gave tokens that could not be kept, and took the old ones back.
    #[error("the session is lost: the server gave new tokens, and they could not be kept: {why}")]
    Lost {
        /// What failed.
        why: Box<CredentialError>,
        /// The line that logs in again.
        login: String,
    },
    /// The server gave no refresh token, and it was to be printed.
    #[error("the server gave no refresh token")]
    NoRefreshToken,
    /// What failed while a file was written.
    #[error("{0}")]
    NotWritten(String),
    /// Somebody has to log in.
    #[error("{why}")]
    LoginRequired {
        /// Why.
        why: String,
        /// The line that logs in again.
        login: String,
    },
    /// The access token does not live as long as was asked.
    #[error("{why}")]
    ExpiresSoon {
        /// How long it lives.
        why: String,
        /// What to do.
        hint: String,
    },
}

/// What to do first.
const LOG_IN: &str = "log in: jwtsess login URL";

/// Code, hint and exit status.
pub(super) fn credential(error: &CredentialError) -> Failure {
    let new = |code| Failure::new(code, Exit::CouldNot);
    let login = || Failure::new("login_required", Exit::SessionRefused);
    match error {
        CredentialError::NoFolder => {
            new("not_created").hint("name a folder: --credentials DIR or JWTSESS_CREDENTIALS")
        }
        CredentialError::None => login().hint(LOG_IN),
        CredentialError::Missing(_) => {
            login().hint("to see those that there are: jwtsess token --list; to log in: jwtsess login URL")
        }
        CredentialError::NoneFor(origin) => login().hint(format!(
            "log in there: jwtsess login {origin}/…; or allow it to a credential when you log in: --to-origin {origin}; or send the request without one: --no-auth"
        )),
        CredentialError::Several(_) => Failure::new("several_credentials", Exit::Usage)
            .hint("name one, or set JWTSESS_CREDENTIAL; to see whose they are: jwtsess token --list"),
        CredentialError::Damaged { .. } => {
            new("credential_damaged").hint(
                "log in again with --replace, or take it away: jwtsess logout NAME --forget",
            )
        }
        CredentialError::Later(_) => new("credential_damaged")
            .hint("update jwtsess, or log in again under another name: --as NAME"),
        CredentialError::OpenToOthers { .. } => new("credential_damaged").hint(
            "make sure that it is yours, then run chmod go-w on it; if you are not sure, remove it and log in again",
        ),
        CredentialError::Busy(_) => new("credential_busy")
            .hint("try again; if no jwtsess is running there, look for what holds its .lock file"),
        CredentialError::Helper { is_endless: true, helper, .. } => new("helper_failed").hint(format!(
            "it may wait for a passphrase where nobody sees the question: run docker-credential-{helper} list by hand, answer it, and try again"
        )),
        CredentialError::Helper { action, .. } => new("helper_failed").hint(match *action {
            "get" => "nothing was sent: run the helper by hand to see why; if it has lost the tokens, log in again with --replace, or take the credential away: jwtsess logout NAME --forget",
            "erase" => "run the helper by hand to see why; the credential is kept until its tokens are gone",
            _ => "nothing was sent and nothing has changed: run the helper by hand to see why, or keep the tokens in a file by leaving out --helper, JWTSESS_CREDENTIAL_HELPER and credential_helper",
        }),
        CredentialError::NoHelper(_) => new("helper_failed").hint(
            "nothing was sent and nothing has changed: install it, or give the name of another one, as in pass",
        ),
        CredentialError::Taken { name, .. } => Failure::new("usage", Exit::Usage).hint(format!(
            "give this one another name with --as NAME, or put it in the place of {name}: --replace"
        )),
        CredentialError::Lost { why, login } => {
            let code = match **why {
                CredentialError::Helper { .. } | CredentialError::NoHelper(_) => "helper_failed",
                _ => "not_created",
            };
            new(code).hint(format!("log in again: {login}"))
        }
        CredentialError::NoRefreshToken => Failure::new("unexpected_answer", Exit::OtherEnd)
            .hint("print the access token: -o access"),
        CredentialError::NotWritten(_) => new("not_created"),
        CredentialError::LoginRequired { login: line, .. } => {
            login().hint(format!("log in again: {line}"))
        }
        CredentialError::ExpiresSoon { hint, .. } => {
            Failure::refused(Reason::ExpiresSoon).hint(hint.clone())
        }
    }
}
