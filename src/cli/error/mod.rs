//! Errors as they are reported: a stable code, a message, a hint and the exit status. One total function makes them from every error.
pub(crate) mod credential;
mod failure;
pub(crate) mod key;
pub(crate) mod live;
pub(crate) mod net;
pub(crate) mod store;
pub(crate) mod token;

use crate::core::algorithm::Algorithm;
use crate::core::key::{GenerateError, NoSigner, SignError};
use crate::core::profile::language::source::Source;
use crate::core::verdict::Reason;
use crate::net::live::error::LiveError;
use crate::session::flow::{FlowError, Lacking};
use crate::session::service::error::ServiceError;
use crate::session::store::StoreError;

use super::exit::Exit;
use super::world::{CreateError, InputError, LineError, UnpackError};
use crate::core::keyfile::WriteError;
use crate::core::keyfile::rotate::RotateError;
pub(crate) use failure::{FailedExchange, Failure};
use key::KeyError;
use token::TokenError;

/// Why a command could not be carried out. A refused token is not a problem but an outcome.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// The command line, or a setting in the environment, does not make sense.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do instead.
        hint: Option<String>,
    },
    /// Standard input.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The files of a batch.
    #[error(transparent)]
    Lines(#[from] LineError),
    /// A named key can't be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A live server.
    #[error(transparent)]
    Live(live::LiveProblem),
    /// A credential that is kept.
    #[error(transparent)]
    Credential(#[from] credential::CredentialError),
    /// The keys at an address.
    #[error(transparent)]
    Fetch(#[from] net::FetchError),
    /// The given text has no token, or several.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// A file could not be made.
    #[error(transparent)]
    NotCreated(#[from] CreateError),
    /// A file that already exists is not overwritten.
    #[error("{0} already exists")]
    Exists(String),
    /// Keys can't be written as asked.
    #[error(transparent)]
    NotWritten(#[from] WriteError),
    /// No key was made.
    #[error(transparent)]
    NotMade(#[from] GenerateError),
    /// No key has this kid. Holds the kids of the keys that there are.
    #[error("{}", key::no_kid(.0))]
    NoSuchKid(Vec<String>),
    /// The keys may not be published, or nobody can use them any more.
    #[error("{message}")]
    NotPublic {
        /// Which, and why.
        message: String,
        /// What to publish instead.
        hint: &'static str,
    },
    /// A set was not rolled over.
    #[error("{file}: {error}")]
    NotRotated {
        /// The set's file: safe to print.
        file: String,
        /// Why.
        error: RotateError,
    },
    /// Something was changed, but the output that says so could not be delivered.
    #[error("{why}; {changed}")]
    Undelivered {
        /// Why it could not be delivered.
        why: String,
        /// What was changed.
        changed: String,
        /// How to see the result.
        recovery: String,
    },
    /// No key was named, and there is no development key.
    #[error("no key was given, and there is no development key")]
    NoKeyAtAll,
    /// No key can sign.
    #[error("{}", key::no_signer(.0))]
    NoSigner(NoSigner),
    /// The key is too short to sign with.
    #[error("the key has {has} bits, but {algorithm} needs {needs}")]
    WeakKey {
        /// The algorithm.
        algorithm: Algorithm,
        /// How many bits it has.
        has: usize,
        /// How many bits it needs.
        needs: usize,
    },
    /// No key was named to sign another server's tokens with.
    #[error(
        "no key was given, and the development key signs no tokens of {profile}: their server accepts only those that its own key signed"
    )]
    NoServerKey {
        /// The profile's name.
        profile: String,
    },
    /// Signing failed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// No token was made.
    #[error("{}", flow(.0))]
    Flow(FlowError),
    /// The config file: its mistakes, a line each.
    #[error("{0}")]
    Config(String),
    /// `--set`: its mistakes, a line each, and what to do.
    #[error("{0}")]
    Set(String, String),
    /// The session store.
    #[error(transparent)]
    Store(#[from] store::StoreProblem),
    /// Nothing was found to end.
    #[error("the session store {place} has no such session to end")]
    NothingToRevoke {
        /// The store, in words that are safe to print.
        place: String,
        /// Whether the sessions of a user were meant: logins of some profiles are not recorded.
        of_user: bool,
    },
    /// A token that no store can revoke.
    #[error("{message}")]
    OutOfReach {
        /// Which token, and how long it stays usable.
        message: String,
        /// What to do instead.
        hint: &'static str,
    },
    /// The user answered no.
    #[error("nothing was ended: you answered no")]
    Declined,
    /// The store has no session with the given id.
    #[error("the store has no session with that id")]
    NoSuchSession,
    /// The named Django database has no such user.
    #[error("{0} has no such user")]
    NoSuchUser(String),
    /// There is no folder to keep sessions in.
    #[error("there is no folder for the session store: HOME is not set")]
    NoStoreFolder,
    /// The answer could not be written.
    #[error("the output can't be written: {0}")]
    Output(String),
    /// The reader of the output closed the pipe. Nothing is printed, and the exit status is 0.
    #[error("the reader of the output went away")]
    BrokenPipe,
    /// A question was not answered.
    #[error("no answer: {0}")]
    Unanswered(String),
    /// Ctrl-C was pressed at a question. Nothing is said.
    #[error("interrupted")]
    Interrupted,
}

impl Problem {
    /// A command line that does not make sense.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: None,
        }
    }
    /// A usage error with a hint.
    pub(crate) fn usage_with(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}

/// A question was not answered.
impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::Interrupted => Self::Interrupted,
            _ => Self::Unanswered(error.to_string()),
        }
    }
}

impl From<LiveError> for Problem {
    fn from(error: LiveError) -> Self {
        Self::Live(live::LiveProblem::new(error))
    }
}

impl From<NoSigner> for Problem {
    fn from(error: NoSigner) -> Self {
        Self::NoSigner(error)
    }
}

impl From<FlowError> for Problem {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::NoSigner(error) => Self::NoSigner(error),
            FlowError::Sign(error) => Self::Sign(error),
            other => Self::Flow(other),
        }
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Flow(error) => error.into(),
            ServiceError::WeakKey {
                algorithm,
                has,
                needs,
            } => Self::WeakKey {
                algorithm,
                has,
                needs,
            },
            ServiceError::Store { place, error } => {
                Self::Store(store::StoreProblem { place, error })
            }
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::from(&anyhow::Error::new(problem))
    }
}

/// The message is the error's, after what was being done. Code, hint and exit status come from the [`Problem`] in it.
impl From<&anyhow::Error> for Failure {
    fn from(error: &anyhow::Error) -> Self {
        let told = error.downcast_ref::<Problem>().map_or_else(
            // An error of the system, with the context that was added to it.
            || Self::new("could_not", Exit::CouldNot),
            explain,
        );
        let mut message = String::new();
        for cause in error.chain() {
            let words = cause.to_string();
            // A transparent error says what its source says.
            if message != words && !message.ends_with(&format!(": {words}")) {
                if !message.is_empty() {
                    message.push_str(": ");
                }
                message.push_str(&words);
            }
        }
        Self { message, ..told }
    }
}

/// Code, hint and exit status of every problem.
fn explain(problem: &Problem) -> Failure {
    match problem {
        Problem::Usage { hint, .. } => Failure {
            hint: hint.clone(),
            ..Failure::new("usage", Exit::Usage)
        },
        Problem::Input(error) => input(error),
        Problem::Lines(LineError::Broken {
            error: UnpackError::Window(_),
            ..
        }) => Failure::new("input", Exit::CouldNot)
            .hint("unpack it with zstd's own tool: zstd -d --long=31 -c FILE | jwtsess …"),
        Problem::Lines(_) => Failure::new("input", Exit::CouldNot),
        Problem::Key(error) => key::key(error),
        Problem::Live(problem) => live::live(problem),
        Problem::Credential(error) => credential::credential(error),
        Problem::Fetch(error) => net::fetch(error),
        Problem::Token(error) => token(error),
        Problem::NotCreated(_) => Failure::new("not_created", Exit::CouldNot),
        Problem::Exists(_) => Failure::new("exists", Exit::CouldNot)
            .hint("choose another name, or replace the file with --force"),
        Problem::NotWritten(error) => key::not_written(error),
        Problem::NotMade(_) => Failure::new("could_not", Exit::CouldNot),
        Problem::NoSuchKid(_) => Failure::new("unknown_kid", Exit::CouldNot),
        Problem::NotPublic { hint, .. } => Failure::new("not_public", Exit::CouldNot).hint(*hint),
        Problem::NotRotated { error, .. } => key::not_rotated(error),
        Problem::NoKeyAtAll => Failure::refused(Reason::NoKey).hint(
            "give a key: FILE, --key FILE or --secret env:NAME; to make one: jwtsess key generate",
        ),
        Problem::NoSigner(error) => no_signer(error),
        Problem::NoServerKey { .. } => Failure::refused(Reason::NoKey).hint(
            "give the server's key: --secret dotenv:.env#SECRET_KEY, --secret env:NAME or --key FILE",
        ),
        Problem::WeakKey { .. } => Failure::refused(Reason::WeakKey)
            .hint("use a longer key (RFC 7518 §3.2, §3.3), or --allow-weak-key for a short secret"),
        Problem::Sign(_) => Failure::new("key_cannot_sign", Exit::CouldNot),
        Problem::Flow(error) => minting(error),
        Problem::Config(_) => Failure::new("config", Exit::CouldNot).of_lines(),
        Problem::Set(_, hint) => Failure::new("usage", Exit::Usage)
            .hint(hint)
            .of_lines(),
        Problem::Store(problem) => store_failure(&problem.error),
        Problem::NothingToRevoke { of_user: true, .. } => {
            Failure::new("nothing_found", Exit::CouldNot).hint(
                "logins under a profile such as sliding or plain are not recorded, so --user can't find them: end each with jwtsess revoke TOKEN, or change the key to end them all; for a login that was recorded, check that --store or JWTSESS_STORE names the right store; to accept that there is nothing to end, add --missing-ok",
            )
        }
        Problem::NothingToRevoke { .. } => Failure::new("nothing_found", Exit::CouldNot).hint(
            "check that --store or JWTSESS_STORE names the right store; to accept that there is nothing to end, add --missing-ok",
        ),
        Problem::OutOfReach { hint, .. } => {
            Failure::new("out_of_reach", Exit::CouldNot).hint(*hint)
        }
        Problem::Declined => Failure::new("declined", Exit::CouldNot),
        Problem::NoSuchSession => Failure::refused(Reason::UnknownSession)
            .hint("check that --store or JWTSESS_STORE names the right store; to list its sessions: jwtsess session list"),
        Problem::NoSuchUser(_) => Failure::new("no_such_user", Exit::CouldNot)
            .hint("give the name that the user logs in with, or the user's id"),
        Problem::NoStoreFolder => Failure::new("store_missing", Exit::CouldNot)
            .hint("name a file with --store PATH, or use no store: --no-store"),
        Problem::Undelivered { recovery, .. } => {
            Failure::new("output", Exit::CouldNot).hint(recovery.clone())
        }
        Problem::Output(_) => Failure::new("output", Exit::CouldNot),
        Problem::BrokenPipe => Failure::new("output", Exit::Done),
        Problem::Interrupted => Failure::new("interrupted", Exit::Interrupted),
        Problem::Unanswered(_) => Failure::new("no_answer", Exit::CouldNot),
    }
}

fn minting(error: &FlowError) -> Failure {
    match error {
            FlowError::NoRefreshSigner(error) => Failure {
                hint: Some("give the key that signs refresh tokens: --refresh-key FILE or --refresh-secret env:NAME".to_owned()),
                ..no_signer(error)
            },
            FlowError::NeedsRefreshToken => Failure::refused(Reason::KindMismatch)
                .hint("give the refresh token that was issued with it"),
            FlowError::NeverExpires => Failure::refused(Reason::ClaimMissing)
                .hint("it needs no renewal; to issue a token that expires, give its lifetime with --ttl"),
            FlowError::NoLifetime => {
                Failure::refused(Reason::ClaimMissing).hint("give the fresh token's lifetime with --ttl")
            }
            FlowError::NoSigner(_) | FlowError::Sign(_) => {
                Failure::new("key_cannot_sign", Exit::CouldNot)
            }
            FlowError::Missing { claims, .. } => Failure {
                hint: Some(give(claims)),
                ..Failure::new("usage", Exit::Usage)
            },
            FlowError::NotPresented(lacking) => Failure::refused(Reason::ClaimMissing)
                .hint(format!("its profile keeps {} of the presented token", lacking.claim)),
            FlowError::NeedsUserId => Failure::new("usage", Exit::Usage)
                .hint("give the id with --user-id, or list the user under users in the profile"),
            FlowError::NotKept => Failure::new("store_damaged", Exit::CouldNot),
            FlowError::NotForPython => Failure::new("usage", Exit::Usage),
            FlowError::PastYear9999 => {
                Failure::new("usage", Exit::Usage).hint("give a shorter lifetime")
            }
            FlowError::Unanswerable(_) => Failure::refused(Reason::NoKey)
                .hint("give the server's key: --key FILE or --secret env:NAME"),
            }
}

fn no_signer(error: &NoSigner) -> Failure {
    match error {
        NoSigner::NoKey => Failure::refused(Reason::NoKey)
            .hint("give a key: --key FILE or --secret env:NAME, or set JWTSESS_SECRET"),
        NoSigner::PublicOnly => Failure::new("key_cannot_sign", Exit::CouldNot)
            .hint("sign with its private key"),
        NoSigner::Retired(_) => Failure::new("key_cannot_sign", Exit::CouldNot)
            .hint("sign with the key that replaced it"),
        NoSigner::UnknownKid(_) => {
            Failure::new("unknown_kid", Exit::CouldNot).hint("choose one of them with --kid")
        }
        NoSigner::WrongAlgorithm(_) => Failure::new("algorithm_not_allowed", Exit::CouldNot)
            .hint(
                "the key decides the algorithms: leave --alg out, and alg in the profile, or give a key that serves it",
            ),
        NoSigner::Ambiguous(_) => {
            Failure::new("usage", Exit::Usage).hint("choose one with --kid or --alg")
        }
    }
}

/// What to say and do of a store's error.
pub(crate) fn store_failure(error: &StoreError) -> Failure {
    let new = |code| Failure::new(code, Exit::CouldNot);
    match error {
        StoreError::Missing => {
            new("store_missing").hint("check its name; to make it: jwtsess session init")
        }
        StoreError::Unreachable(_) => {
            new("store_unreachable").hint(
                "start it, or name another with --store; verify, inspect, renew and rotate can do without one: --no-store",
            )
        }
        StoreError::NoLogin(_) => new("store_unreachable").hint(
            "check the role, its password (PGPASSWORD or ~/.pgpass) and the database that the address names",
        ),
        StoreError::NoRights(_) => new("store_unreachable").hint(
            "ask the tables' owner for USAGE on their schema and for SELECT on the tables; to write, also for INSERT, UPDATE and DELETE",
        ),
        StoreError::Foreign(_) => new("store_foreign")
            .hint("it was not changed: name another store with --store or JWTSESS_STORE"),
        StoreError::Damaged(_) => new("store_damaged").hint(
            "it was not changed: move it away and let everyone log in again, or put a copy from before in its place, which revives the tokens that were revoked since",
        ),
        StoreError::DamagedRecord(_) => new("store_damaged").hint(
            "the other sessions are not affected: let its user log in again; until the row is removed from the database by hand, the session's tokens are refused",
        ),
        StoreError::TwoNames(_) => new("store_two_names")
            .hint("mount the folder, not the file; of a file with a hard link, remove the other name"),
        StoreError::Newer { .. } => {
            new("store_newer").hint("it was not changed: use the version of jwtsess that wrote it, or a newer one")
        }
        StoreError::ReadOnly(_) => new("store_read_only")
            .hint("nothing was changed: make it writable, or only read it with verify, inspect or session list"),
        StoreError::NotKept(_) => new("store_not_kept").hint(
            "nothing was changed: look at the triggers, rules and views of that table; until they are gone, change the key to end sessions",
        ),
        StoreError::Full => new("store_full").hint("nothing was changed: free some space and try again"),
        StoreError::Busy => new("store_busy").hint("nothing was changed: try again"),
        StoreError::Taken(_) => new("store_taken").hint("leave --jti out: jwtsess then makes an unused id; tokens without an id that are made in one second are the same: try again"),
        StoreError::Collision(_) => Failure::refused(Reason::TokenIdTaken)
            .hint("log in again: no two tokens of an issuer may have the same jti"),
        StoreError::Ambiguous(_) => {
            new("session_ambiguous").hint(
                "name the session's issuer: --iss ISSUER, or --no-iss if its tokens have none; or give one of its tokens in place of the id",
            )
        }
        StoreError::Uncertain(_) => new("store_uncertain")
            .hint("do not try again at once: jwtsess inspect TOKEN says whether it was made; if the token was retired, jwtsess rotate --session ID prints its successor"),
        StoreError::Unsupported(_) => new("store_unsupported"),
        StoreError::Other(_) => new("store_failed").hint("nothing was changed"),
    }
}

fn input(error: &InputError) -> Failure {
    match error {
        InputError::Twice { .. } => Failure::new("usage", Exit::Usage)
            .hint("give one of the two as an argument, a file or an environment variable"),
        InputError::TooLarge { .. } => Failure::refused(Reason::OverLimits),
        InputError::Unreadable(_) => Failure::new("input", Exit::CouldNot),
    }
}

fn token(error: &TokenError) -> Failure {
    match error {
        TokenError::None | TokenError::Unset(_) | TokenError::Empty(_) => Failure::new(
            "usage",
            Exit::Usage,
        )
        .hint(
            "give the token as an argument, on standard input, or in a variable: --token-env NAME",
        ),
        TokenError::NoneFound => Failure::refused(Reason::Malformed)
            .hint("a token begins with eyJ and has three parts with dots between them"),
        TokenError::ErrorAnswer(_) => Failure::refused(Reason::Malformed)
            .hint("log in again, and take the token from the answer to the login"),
        TokenError::WebPage => Failure::refused(Reason::Malformed)
            .hint("it may be a login page or an error page: check the address that it came from"),
        TokenError::Key => Failure::refused(Reason::Malformed)
            .hint("give the token itself; to give a key, use --key FILE"),
        TokenError::Secret(_) => Failure::refused(Reason::Malformed)
            .hint("give the token itself, which begins with eyJ; to give a key, use --key FILE or --key env:NAME"),
        TokenError::Lookalike(form) => {
            let reason = if form.opaque {
                Reason::Opaque
            } else {
                Reason::Malformed
            };
            Failure::refused(reason).hint(form.way)
        }
        TokenError::FileName { instead, .. } => Failure::refused(Reason::Malformed)
            .hint(format!("to read a token from a file: {instead}")),
        TokenError::Several(_) => Failure::new("usage", Exit::Usage).hint(
            "choose one with --field NAME; to judge each line of a text: jwtsess verify --batch < FILE",
        ),
        TokenError::Twice { names, .. } => Failure::new("usage", Exit::Usage).hint(format!(
            "choose one by its number, in the order of the text, with --field NUMBER: {}",
            crate::core::echo::listed(names, ", ")
        )),
        TokenError::NoField { near, .. } => {
            let failure = Failure::new("usage", Exit::Usage);
            match near {
                Some(near) => failure.hint(format!("did you mean --field {near}?")),
                None => failure.hint("choose one of them with --field NAME"),
            }
        }
        TokenError::TooLarge { .. }
        | TokenError::LineTooLarge { .. }
        | TokenError::OverLimit { .. } => {
            Failure::refused(Reason::OverLimits).hint("raise the limit with --max-token-size")
        }
    }
}

/// The flags that set these claims, each with its meaning.
fn give(claims: &[Lacking]) -> String {
    let flag = |lacking: &Lacking| match &lacking.source {
        Some(Source::Issuer) => "--iss ISSUER (who issues the token)".to_owned(),
        Some(Source::Audience) => "--aud AUDIENCE (the service that the token is for)".to_owned(),
        Some(Source::Client) => {
            "--client-id CLIENT (the application that asked for the token)".to_owned()
        }
        Some(Source::Scope) => "--scope SCOPE (what the token allows)".to_owned(),
        Some(Source::UserId) => {
            "--user-id ID (the user's id), or list the user under users in the profile".to_owned()
        }
        Some(Source::UserEmail) => {
            "--email EMAIL (the user's e-mail address), or list the user under users in the profile"
                .to_owned()
        }
        Some(Source::UserFact(fact)) => {
            let name = &lacking.claim;
            format!(
                "-c {name}=VALUE, or list the user under users in the profile, with claims = {{ {fact} = … }}"
            )
        }
        _ => format!("-c {}=VALUE", lacking.claim),
    };
    let flags: Vec<_> = claims.iter().map(flag).collect();
    format!("give {}", flags.join(", "))
}

fn flow(error: &FlowError) -> String {
    match error {
        FlowError::NeedsRefreshToken => "the access token of a pair can't be renewed".to_owned(),
        FlowError::NoSigner(error) => key::no_signer(error),
        FlowError::NoRefreshSigner(error) => {
            format!("refresh tokens can't be signed: {}", key::no_signer(error))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;
    use crate::cli::world::FileError;

    #[test]
    fn the_message_says_what_was_being_done_and_the_problem_decides_the_rest() {
        let error = Err::<(), _>(Problem::NoSigner(NoSigner::NoKey))
            .context("signing the access token")
            .err()
            .unwrap_or_else(|| anyhow::anyhow!("no error"));
        assert_eq!(
            Failure::from(&error),
            Failure {
                code: "no_key",
                message: "signing the access token: there is no key to sign with".into(),
                hint: Some(
                    "give a key: --key FILE or --secret env:NAME, or set JWTSESS_SECRET".into()
                ),
                exit: Exit::CouldNot,
                lines: false,
                exchange: None,
            }
        );
    }

    #[test]
    fn of_a_change_that_may_have_been_made_nothing_is_to_be_tried_twice() {
        let failure = store_failure(&StoreError::Uncertain("connection closed".to_owned()));
        assert_eq!(
            (failure.code, failure.exit),
            ("store_uncertain", Exit::CouldNot)
        );
        let hint = failure.hint.unwrap_or_default();
        assert!(hint.contains("do not try again") && hint.contains("rotate --session ID"));
    }

    #[test]
    fn an_error_of_the_system_s_is_one_that_could_not() {
        let error = anyhow::Error::new(std::io::Error::other("no space")).context("writing it");
        let failure = Failure::from(&error);
        assert_eq!(
            (failure.exit, failure.message.as_str()),
            (Exit::CouldNot, "writing it: no space")
        );
    }

    #[test]
    fn a_transparent_error_is_told_once() {
        let failure = Failure::from(Problem::from(InputError::Twice {
            first: "a".into(),
            second: "b".into(),
        }));
        assert_eq!(failure.message, "standard input can't be both a and b");
        assert_eq!(failure.exit, Exit::Usage);
        let failure = Failure::from(Problem::from(CreateError {
            path: "/proc/x".into(),
            problem: FileError::Missing,
        }));
        assert_eq!(failure.message, "can't write /proc/x: no such file");
    }
}
