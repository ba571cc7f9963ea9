//! What was typed: types and conflicts, nothing that needs the world.
pub(crate) mod assignment;
pub(crate) mod check;
pub(crate) mod decode;
pub(crate) mod encode;
pub(crate) mod inspect;
pub(crate) mod issue;
pub(crate) mod key;
pub(crate) mod live;
pub(crate) mod manual;
mod meant;
pub(crate) mod net;
pub(crate) mod output;
pub(crate) mod profile;
pub(crate) mod refusal;
pub(crate) mod renew;
pub(crate) mod revoke;
pub(crate) mod rotate;
pub(crate) mod session;
pub(crate) mod store;
pub(crate) mod token;
pub(crate) mod values;
pub(crate) mod verify;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::paint::ColorChoice;
use values::{Name, TimeText, filled_path, setting};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "jwtsess",
    bin_name = "jwtsess",
    version,
    about = "Issue, explain, verify and renew the tokens (JWTs) of a login session, by hand and in scripts",
    long_about = None,
    after_help = AFTER_HELP,
    arg_required_else_help = false,
    next_help_heading = "Options"
)]
pub(crate) struct Cli {
    /// The options that every command takes.
    #[command(flatten)]
    pub globals: Globals,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER_HELP: &str = "\
A JWT is a text of three parts with dots between them: a header, the claims (who
it is for, when it ends) and a signature that only the holder of the key can make.
TOKEN is such a text, with or without surrounding text.

EXAMPLES
  jwtsess issue --user alice
      Log alice in: prints a token.
  jwtsess inspect TOKEN
      Explain it. If you leave TOKEN out, it is read from a pipe or asked for.
  jwtsess renew TOKEN
      Prolong the session: prints a fresh token.

For more about a command: jwtsess issue --help";

/// The flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Options of every command")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the command line"
)]
pub(crate) struct Globals {
    /// The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<Name>,
    /// The config file, which holds your own profiles
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = OsStringValueParser::new().try_map(filled_path)
    )]
    pub config: Option<std::ffi::OsString>,
    /// Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    #[arg(long, global = true, value_name = "KEY=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    #[arg(long, global = true, value_name = "TIME", allow_hyphen_values = true)]
    pub now: Option<TimeText>,
    /// Print the answer, or the refusal, as one JSON object on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colours: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        hide_possible_values = true
    )]
    pub color: Option<ColorChoice>,
    /// Never ask a question; what is missing is an error
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Print less on standard error
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say which config file, profile, key and store are used, and why
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Issue(Box<issue::IssueArgs>),
    Inspect(Box<inspect::InspectArgs>),
    #[command(visible_alias = "refresh")]
    Renew(Box<renew::RenewArgs>),
    Rotate(Box<rotate::RotateArgs>),
    Revoke(Box<revoke::RevokeArgs>),
    Verify(Box<verify::VerifyArgs>),
    Decode(decode::DecodeArgs),
    Encode(Box<encode::EncodeArgs>),
    Login(Box<live::login::LoginArgs>),
    #[command(name = "token")]
    Fresh(Box<live::token::TokenArgs>),
    Logout(Box<live::logout::LogoutArgs>),
    Request(Box<live::request::RequestArgs>),
    Session(session::SessionArgs),
    Profile(profile::ProfileArgs),
    Key(key::KeyArgs),
    Completions(CompletionsArgs),
    #[command(name = "man")]
    Manual(manual::ManualArgs),
}

impl Command {
    /// Whether the command reads the config file. Those that no setting could affect don't.
    #[must_use]
    pub(crate) const fn reads_config(&self) -> bool {
        match self {
            Self::Decode(_) | Self::Completions(_) | Self::Manual(_) => false,
            Self::Key(group) => match &group.command {
                key::KeyCommand::Show(typed) => typed.file.is_none(),
                key::KeyCommand::Generate(_) => true,
                key::KeyCommand::Jwks(_)
                | key::KeyCommand::Convert(_)
                | key::KeyCommand::Rotate(_) => false,
            },
            _ => true,
        }
    }
    /// Its name, as `--json` says it.
    #[must_use]
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Issue(_) => "issue",
            Self::Inspect(_) => "inspect",
            Self::Renew(_) => "renew",
            Self::Rotate(_) => "rotate",
            Self::Revoke(_) => "revoke",
            Self::Session(typed) => typed.command.name(),
            Self::Verify(_) => "verify",
            Self::Decode(_) => "decode",
            Self::Encode(_) => "encode",
            Self::Login(_) => "login",
            Self::Fresh(_) => "token",
            Self::Logout(_) => "logout",
            Self::Request(_) => "request",
            Self::Profile(typed) => typed.command.name(),
            Self::Key(group) => group.command.name(),
            Self::Completions(_) => "completions",
            Self::Manual(_) => "man",
        }
    }
}

/// Print a script that completes jwtsess's commands and flags in your shell
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess completions bash > ~/.local/share/bash-completion/completions/jwtsess
      Install it for bash, which reads it when the next shell starts.
  jwtsess completions zsh > ~/.zfunc/_jwtsess
      Install it for zsh, in any folder of your $fpath.
  jwtsess completions fish > ~/.config/fish/completions/jwtsess.fish
      Install it for fish.")]
pub(crate) struct CompletionsArgs {
    /// bash, zsh, fish, elvish, powershell or nushell
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}

/// The shells there are completions for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "PowerShell is called so")]
pub(crate) enum Shell {
    /// bash 4 and later
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// Elvish
    Elvish,
    /// `PowerShell` 5 and later
    #[value(name = "powershell")]
    PowerShell,
    /// Nushell
    Nushell,
}
