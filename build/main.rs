//! Turns the built-in profiles (`src/profiles`) into constants, with the language that reads a user's own at run time: no TOML is read without a config file.
//! Then has GCC's unwinder linked, where that works.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "Cargo tells a build script all in the environment, and is told all on stdout"
)]
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

mod literal;
mod unwinder;

/// The part of the crate that reads profiles, under the names that it has there.
#[path = "../src/core"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the crate uses the rest of these files"
)]
mod core {
    #[path = "time"]
    pub mod time {
        /// Stands for the crate's own, which is told to people.
        mod error {
            #[derive(Debug, PartialEq)]
            pub enum TimeError {
                NotADuration,
                OutOfRange,
            }
        }
        mod span;
        pub use span::Span;
    }
    #[path = "profile"]
    pub mod profile {
        #[path = "language"]
        pub mod language {
            mod draft;
            pub mod emulator;
            pub mod entry;
            mod extends;
            pub mod forms;
            pub mod kind;
            pub mod mark;
            mod meant;
            pub mod mistake;
            pub mod model;
            mod old;
            pub mod own;
            pub mod request;
            pub mod resolve;
            pub mod source;
            mod user;
            pub mod value;
            pub mod vocabulary;
            mod whole;
        }
    }
}

#[path = "../src/config"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "a single value is read for --set alone"
)]
mod config {
    pub mod tree;
}

use core::profile::language::emulator::{ServerSettings, SettingRefusal};
use core::profile::language::mistake::Mistake;
use core::profile::language::own::ProfileDeclaration;
use core::profile::language::resolve::Profiles;
use core::profile::language::value::Value;

/// The built-in profiles, in the order in which they are listed.
const NAMES: &[&str] = &[
    "sliding",
    "pair",
    "oauth",
    "simplejwt",
    "simplejwt-sliding",
    "dj-rest-auth",
    "ninja-jwt",
    "drf-jwt",
    "drf-jwt-legacy",
    "flask-jwt-extended",
    "node-pair",
    "keycloak",
    "oidc",
    "supabase",
    "laravel-jwt-auth",
    "plain",
];

/// A test has the crate's own reader read these settings.
struct UncheckedSettings;

impl ServerSettings for UncheckedSettings {
    fn names(&self, _: &str) -> Vec<&'static str> {
        Vec::new()
    }
    fn refusal(&self, _: &str, _: &str, _: &str) -> Option<SettingRefusal> {
        None
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    for path in [
        "build",
        "src/profiles",
        "src/core/profile/language",
        "src/core/time",
        "src/config/tree.rs",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    unwinder::link();
    let folder = Path::new("src/profiles");
    let files = std::fs::read_dir(folder)?.count();
    if files != NAMES.len() {
        return Err(format!(
            "{files} files in {}, and {} names here",
            folder.display(),
            NAMES.len()
        )
        .into());
    }
    let sources: Vec<ProfileDeclaration> = NAMES
        .iter()
        .map(|name| read(name, &folder.join(format!("{name}.toml"))))
        .collect::<Result<_, _>>()?;
    let profiles = Profiles {
        builtin: &sources,
        own: &[],
        servers: &UncheckedSettings,
    };
    let mut code = String::new();
    let count = sources.len();
    writeln!(
        code,
        "/// The names of the built-in profiles, in the order in which they are listed.\npub(crate) const NAMES: [&str; {count}] = {NAMES:?};"
    )?;
    writeln!(
        code,
        "/// Each built-in profile's own text.\npub static SOURCES: [ProfileDeclaration; {count}] = ["
    )?;
    for own in &sources {
        writeln!(code, "{},", literal::of(own)?)?;
    }
    writeln!(
        code,
        "];\n/// The built-in profiles.\npub static MODELS: [Model; {count}] = ["
    )?;
    for own in &sources {
        let model = profiles
            .model(own, &[], Vec::new())
            .map_err(|mistakes| told(&own.name, &mistakes))?;
        writeln!(code, "{},", literal::of(&model)?)?;
    }
    writeln!(code, "];")?;
    let out = std::env::var_os("OUT_DIR").ok_or("Cargo names no OUT_DIR")?;
    std::fs::write(Path::new(&out).join("profiles.rs"), code)?;
    Ok(())
}

fn read(name: &str, path: &Path) -> Result<ProfileDeclaration, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut file = config::tree::file(&text)
        .map_err(|error| format!("{}:{}: not TOML", path.display(), error.line))?;
    let mut profiles = match file.pop().map(|profiles| profiles.node.value) {
        Some(Value::Table(profiles)) if file.is_empty() => profiles.into_owned(),
        _ => return Err(format!("{}: is to hold profiles alone", path.display()).into()),
    };
    match profiles.pop() {
        Some(profile) if profiles.is_empty() && profile.name == name => {
            let Value::Table(keys) = profile.node.value else {
                return Err(format!("{}: no table", path.display()).into());
            };
            let (own, mistakes) = ProfileDeclaration::read(profile.name, profile.line, keys);
            if mistakes.is_empty() {
                return Ok(own);
            }
            Err(told(name, &mistakes).into())
        }
        _ => Err(format!("{}: is to hold the profile {name}", path.display()).into()),
    }
}

fn told(name: &str, mistakes: &[Mistake]) -> String {
    let lines: Vec<String> = mistakes
        .iter()
        .map(|mistake| format!("src/profiles/{name}.toml:{mistake}"))
        .collect();
    lines.join("\n")
}
