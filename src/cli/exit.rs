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
    /// The order in which several findings decide the status: the first of these that is among them.
    pub const PRECEDENCE: [Self; 7] = [
        Self::Usage,
        Self::Malformed,
        Self::Untrusted,
        Self::CouldNot,
        Self::SessionRefused,
        Self::ClaimsRefused,
        Self::OutOfTime,
    ];

    /// The number that the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
    /// The status's line in the table that documents it.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done; accepted",
            Self::CouldNot => {
                "could not: key, config, store, file, nothing to check with (or a bug)"
            }
            Self::Usage => "usage",
            Self::Malformed => {
                "not a token: malformed, duplicate members, encrypted, over the limits"
            }
            Self::Untrusted => {
                "not trusted: signature, no key that fits, algorithm, `none`, `crit`, weak key"
            }
            Self::OutOfTime => {
                "out of time, all else good: expired, `expires_soon`, not yet valid, past the session's idle or absolute end"
            }
            Self::ClaimsRefused => {
                "claims refused: issuer, audience, subject, type, kind, model, a missing or malformed claim"
            }
            Self::SessionRefused => "session refused: revoked, retired, reuse detected, unknown",
            Self::OtherEnd => "the other end: unreachable, or it said no",
            Self::Batch => "batch: some tokens were refused",
        }
    }
    /// The status that decides among several. [`Exit::Done`] if there are none.
    pub fn deciding(several: impl IntoIterator<Item = Self>) -> Self {
        let place = |exit: &Self| {
            let listed = Self::PRECEDENCE.iter().position(|listed| listed == exit);
            // A status that no finding has comes after those listed, and before success.
            listed.unwrap_or(Self::PRECEDENCE.len() + usize::from(*exit == Self::Done))
        };
        several.into_iter().min_by_key(place).unwrap_or(Self::Done)
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

    #[test]
    fn the_first_of_the_precedence_decides() {
        let table: [(&[Exit], Exit); 5] = [
            (&[], Exit::Done),
            (&[Exit::Done, Exit::OutOfTime], Exit::OutOfTime),
            (&[Exit::OutOfTime, Exit::ClaimsRefused], Exit::ClaimsRefused),
            (&[Exit::CouldNot, Exit::Untrusted], Exit::Untrusted),
            (
                &[Exit::SessionRefused, Exit::CouldNot, Exit::OutOfTime],
                Exit::CouldNot,
            ),
        ];
        for (several, expected) in table {
            assert_eq!(Exit::deciding(several.iter().copied()), expected);
        }
    }
}
