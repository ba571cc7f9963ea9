//! The exit status, by which a script can tell what happened without reading the output.
use std::process::ExitCode;

use crate::core::verdict::Class;

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Exit {
    /// The call was carried out, and the token was accepted.
    Done = 0,
    /// The call could not be carried out: a problem with key, configuration, store or file, or nothing to check with.
    CouldNot = 1,
    /// The command line can't be understood.
    Usage = 2,
    /// The text is not a token that can be read: malformed, duplicate members, encrypted, over the limits.
    Malformed = 3,
    /// The token is not trusted: signature, no key that fits, algorithm, `none`, `crit`, weak key.
    Untrusted = 4,
    /// The token is out of time, and everything else is good: expired, about to expire, not yet valid, past the session's end.
    OutOfTime = 5,
    /// The claims are refused: issuer, audience, subject, type, kind, model, or one that is missing or malformed.
    ClaimsRefused = 6,
    /// The session is refused: revoked, retired, reused, unknown.
    SessionRefused = 7,
    /// The other end could not be reached, or refused.
    OtherEnd = 8,
    /// Some tokens of a batch were refused.
    Batch = 9,
}

impl Exit {
    /// Every status, in the order of its number.
    pub const ALL: [Self; 10] = [
        Self::Done,
        Self::CouldNot,
        Self::Usage,
        Self::Malformed,
        Self::Untrusted,
        Self::OutOfTime,
        Self::ClaimsRefused,
        Self::SessionRefused,
        Self::OtherEnd,
        Self::Batch,
    ];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_table() {
        for (at, exit) in Exit::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(exit.code()), at);
        }
    }
}
