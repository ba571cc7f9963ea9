//! The exit status, by which a script can tell what happened without reading the output.
use std::process::ExitCode;

use crate::core::verdict::Class;

macro_rules! statuses {
    ($($name:ident = $code:literal, $meaning:literal;)*) => {
        /// How a call ended.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Exit { $(#[doc = $meaning] $name = $code,)* }
        impl Exit {
            /// Every status, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            /// What it means, as the help, the manual pages and the README say it.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

statuses! {
    Done = 0, "Done; the token is accepted";
    CouldNot = 1, "Failed: a key, file or store can't be used, or there is no key to verify with";
    Usage = 2, "The command line does not make sense";
    Malformed = 3, "Not a token";
    Untrusted = 4, "Not trusted: the signature, the key or the algorithm";
    OutOfTime = 5, "Out of time: expired, not yet valid, or past the session's end";
    ClaimsRefused = 6, "A claim is refused: the issuer, the audience, the kind, a missing claim …";
    SessionRefused = 7, "The session is refused: it was ended, or the token was already used";
    OtherEnd = 8, "The remote server was unreachable or refused";
    Batch = 9, "Some of several tokens were refused";
    Interrupted = 130, "Interrupted by the user";
}

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}

impl From<Class> for Exit {
    fn from(class: Class) -> Self {
        match class {
            Class::Malformed => Self::Malformed,
            Class::Untrusted => Self::Untrusted,
            Class::CouldNot => Self::CouldNot,
            Class::Session => Self::SessionRefused,
            Class::Claims => Self::ClaimsRefused,
            Class::Time => Self::OutOfTime,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
