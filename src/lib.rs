//! jwtsess: issue, check, prolong, rotate and end JWT sessions.
//!
//! The library gives no promise of semantic versioning: [`main`] is all that it offers, and `internals` is for the tests. `docs/architecture.md` has the map.
//!
//! The dependency rule, kept by `tests/suite/architecture.rs`: `main → cli → {config, net, django, store, session, core}`,
//! `config → core`, `django → store, session, core`, `store, net → session, core, tls`, `session → core`, and `core` and `tls` name nothing else of ours.
mod cli;
mod config;
mod core;
mod django;
mod net;
mod session;
mod store;
mod tls;

/// Runs the program on the real machine.
#[must_use]
pub fn main() -> std::process::ExitCode {
    let (arguments, mut world) = cli::world::system::real();
    cli::run(&arguments, &mut world).into()
}

/// What the tests and the benchmarks name, under the paths that it has in the crate. Nothing else may use it: it changes without notice.
#[doc(hidden)]
pub mod internals {
    pub mod cli {
        pub mod args {
            pub mod assignment {
                pub use crate::cli::args::assignment::{object, one};
            }
        }
        pub mod exit {
            pub use crate::cli::exit::Exit;
        }
        pub mod help {
            pub use crate::cli::help::{Example, command, examples};
        }
        pub mod manual {
            pub use crate::cli::manual::pages;
        }
        pub mod paste {
            pub use crate::cli::paste::read;
        }
    }
    pub mod config {
        pub mod profiles {
            pub use crate::config::profiles::OwnProfiles;
        }
        pub mod tree {
            pub use crate::config::tree::file;
        }
    }
    pub mod core {
        pub mod algorithm {
            pub use crate::core::algorithm::{AlgName, Algorithm};
        }
        pub mod claims {
            pub use crate::core::claims::{JsonLimits, Members};
            pub mod exact {
                pub use crate::core::claims::exact::{
                    Comparison, ComparisonError, Exact, Expectation, shown,
                };
            }
        }
        pub mod emulator {
            pub use crate::core::emulator::Cause;
        }
        pub mod key {
            pub use crate::core::key::{Key, KeySet};
        }
        pub mod keyfile {
            pub use crate::core::keyfile::read;
        }
        pub mod policy {
            pub use crate::core::policy::Policy;
        }
        pub mod profile {
            pub use crate::core::profile::{BuiltIn, Profile};
            pub mod language {
                pub mod builtin {
                    pub use crate::core::profile::language::builtin::{MODELS, SOURCES, model};
                }
                pub mod entry {
                    pub use crate::core::profile::language::entry::{
                        AnswerEntry, AnswerPlace, Item, Occasion,
                    };
                }
                pub mod forms {
                    pub use crate::core::profile::language::forms::{Grace, Life};
                }
                pub mod kind {
                    pub use crate::core::profile::language::kind::TokenKind;
                }
                pub mod mistake {
                    pub use crate::core::profile::language::mistake::Mistake;
                }
                pub mod model {
                    pub use crate::core::profile::language::model::{
                        KeySource, Live, Model, Reuse,
                    };
                }
                pub mod own {
                    pub use crate::core::profile::language::own::ProfileDeclaration;
                }
                pub mod render {
                    pub use crate::core::profile::language::render::text;
                }
                pub mod request {
                    pub use crate::core::profile::language::request::{
                        CODES, ErrorMeaning, Placeholder, Request, RequestItem, Route, TextPiece,
                    };
                }
                pub mod resolve {
                    pub use crate::core::profile::language::resolve::Profiles;
                }
                pub mod source {
                    pub use crate::core::profile::language::source::Constant;
                }
                pub mod value {
                    pub use crate::core::profile::language::value::Value;
                }
                pub mod vocabulary {
                    pub use crate::core::profile::language::vocabulary::{OWN, keys};
                }
            }
        }
        pub mod secret {
            pub use crate::core::secret::{Fingerprint, Secret};
        }
        pub mod sign {
            pub use crate::core::sign::compact;
        }
        pub mod time {
            pub use crate::core::time::{Span, Timestamp};
        }
        pub mod token {
            pub use crate::core::token::{Limits, Unverified};
        }
        pub mod verdict {
            pub use crate::core::verdict::{Class, Reason};
        }
        pub mod verify {
            pub use crate::core::verify::judge;
        }
    }
    pub mod django {
        pub use crate::django::{SettingsReader, emulator};
        pub mod tables {
            pub use crate::django::tables::{Django, Location};
        }
    }
    pub mod session {
        pub mod family {
            pub use crate::session::family::{
                Expiry, Family, Operation, PresentedToken, Refusal, Rules, Ruling, Seal,
                SessionClaims, SessionKey, SessionToken, SignedContent, apply, decide, revoke,
            };
        }
        pub mod record {
            pub use crate::session::record::{presented, rules};
        }
        pub mod store {
            pub use crate::session::store::{Lookup, Selection, Store, StoreJob};
        }
    }
    pub mod store {
        pub mod postgres {
            pub use crate::store::postgres::Surroundings;
        }
        pub mod sqlite {
            pub use crate::store::sqlite::{Access, Sqlite, make};
        }
    }
}
