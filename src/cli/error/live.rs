//! Errors of a live server: how they are reported.
use super::failure::{FailedExchange, Failure};
use super::net;
use crate::cli::exit::Exit;
use crate::core::time::Span;
use crate::net::error::NetError;
use crate::net::live::error::{LiveError, Need, Operation, Refusal};

/// Why a server gave no token, and what that means here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}{}", told(.error))]
pub(crate) struct LiveProblem {
    /// Why.
    pub error: LiveError,
    /// What to do, if that is not what is usual.
    pub advice: Option<String>,
}

/// What follows from a failure that nobody sees in it.
fn told(error: &LiveError) -> &'static str {
    match error {
        LiveError::Net(NetError::TimedOut { sent: true, .. } | NetError::Lost { .. }) => {
            ": the answer may have been lost"
        }
        _ => "",
    }
}

impl LiveProblem {
    /// With the usual advice.
    #[must_use]
    pub(crate) const fn new(error: LiveError) -> Self {
        Self {
            error,
            advice: None,
        }
    }
}

/// Code, hint and exit status.
pub(super) fn live(problem: &LiveProblem) -> Failure {
    let failure = Failure {
        exchange: exchange(&problem.error).map(Box::new),
        ..usual(&problem.error)
    };
    match &problem.advice {
        Some(advice) => failure.hint(advice.clone()),
        None => failure,
    }
}

fn exchange(error: &LiveError) -> Option<FailedExchange> {
    let LiveError::Refused(refusal) = error else {
        return None;
    };
    Some(FailedExchange {
        exchange: refusal.exchange.clone(),
        server_code: refusal.server_code.clone(),
        server_words: refusal.words.clone(),
        retry_after: refusal.retry_after.map(|wait| wait.as_secs()),
    })
}

fn usual(error: &LiveError) -> Failure {
    let other = |code| Failure::new(code, Exit::OtherEnd);
    let usage = || Failure::new("usage", Exit::Usage);
    match error {
        LiveError::Net(error) => net::net(error),
        LiveError::Refused(refusal) => refused(refusal),
        LiveError::NoRoute(Operation::Logout) => Failure::new("no_logout_endpoint", Exit::CouldNot)
            .hint("the credential is kept; to take it away without asking the server: --forget"),
        LiveError::NoRoute(Operation::Refresh) => usage().hint(
            "name the profile whose requests the server takes with --profile, or where it refreshes with --refresh-path, when you log in",
        ),
        LiveError::NoRoute(_) => usage().hint("name the profile whose requests the server takes: --profile NAME"),
        LiveError::Missing(need) => usage().hint(give(*need)),
        LiveError::Reference { .. } => usage().hint("give a path such as ../refresh, or an address"),
        LiveError::Unsupported(_) => other("unexpected_answer"),
        LiveError::NotAllowed(_) => other("login_refused"),
        LiveError::Listener { .. } => Failure::new("address_in_use", Exit::CouldNot)
            .hint("leave --redirect-port out, or give another one"),
    }
}

fn give(need: Need) -> &'static str {
    match need {
        Need::Password => "give --user and --password",
        Need::Access | Need::Refresh => "log in again",
        Need::ClientId => "give --client-id",
        Need::ClientSecret => "give --client-secret, or set JWTSESS_CLIENT_SECRET",
        Need::ClientKey => "give --client-key",
    }
}

/// A server's no stands alone: whatever its reason is called, it is the other end's.
fn refused(refusal: &Refusal) -> Failure {
    let other = |code| Failure::new(code, Exit::OtherEnd);
    match refusal.code {
        "login_refused" => other("login_refused")
            .hint("check the user and the password; nothing was tried a second time"),
        "client_refused" => {
            other("client_refused").hint("check --client-id, --client-secret and --client-auth")
        }
        "rate_limited" => {
            let wait = refusal
                .retry_after
                .map(|wait| format!("in {}", Span::from_seconds(wait.as_secs()).words()));
            let wait = wait.unwrap_or_else(|| "later".to_owned());
            other("rate_limited").hint(format!("try again {wait}"))
        }
        "server_failed" => other("server_failed").hint("nothing has changed here: try again"),
        code => other(code),
    }
}
