//! The results of commands as plain data, without words for people. Both renderers and the exit status are derived from it.
pub mod change;
pub mod key;
pub mod profiles;
pub mod sessions;

use crate::cli::args::output::Form;
use crate::core::claims::Members;
use crate::core::emulator::{Answer, Cause, Hazard, View};
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::token::{Form as Parts, Unverified};
use crate::core::verdict::{Class, Verdict};
use crate::session::flow::Tokens;
use crate::session::mint::Minted;
pub use crate::session::service::judged::{Explanation, Judged, ProfileSource, Trust, is_readable};
pub use crate::session::service::keys::KeyUsed;
use crate::session::service::records::SessionView;
pub use crate::session::service::reply::{How, Minting, Reply, ServerAnswer};
pub use change::Changed;

/// A command's result and its time.
#[derive(Debug)]
pub struct Outcome {
    /// The time that counted as now.
    pub now: Timestamp,
    /// What was done.
    pub did: Did,
}

/// What was done, by command.
#[derive(Debug)]
pub enum Did {
    /// `issue`.
    Issued(Issued),
    /// `renew`: the presented token and the result.
    Renewed(Box<Renewal>),
    /// `rotate`: what was presented, and the result.
    Rotated(Box<Rotation>),
    /// `revoke`.
    Revoked(Box<sessions::Revocation>),
    /// `session init`.
    SessionStoreMade(sessions::SessionInit),
    /// `session list`.
    SessionsListed(sessions::SessionList),
    /// `session show`.
    SessionShown(Box<sessions::SessionShown>),
    /// `session purge`.
    SessionsPurged(sessions::SessionPurge),
    /// `inspect`.
    Inspected(Box<Inspected>),
    /// `verify`.
    Verified(Box<Judged>),
    /// `verify --as`.
    Foretold(Box<Foretold>),
    /// `decode`.
    Decoded(Decoded),
    /// `encode`.
    Encoded(Encoded),
    /// `profile list`.
    ProfilesListed(Vec<profiles::Listed>),
    /// `profile show`.
    ProfileShown(Box<profiles::Shown>),
    /// The group `key`.
    Key(Box<key::KeyDid>),
}

/// Issued tokens, and the rules they were made by.
#[derive(Debug)]
pub struct Issued {
    /// The token or the pair.
    pub tokens: Tokens,
    /// The profile's name.
    pub profile: String,
    /// The key that signed.
    pub key: KeyUsed,
    /// The note on that key's strength.
    pub strength: Verdict,
    /// The form it is printed in.
    pub form: Option<Form>,
    /// The session's absolute end.
    pub session_end: Option<Timestamp>,
    /// The answer of the emulated server, which `-o wire` prints. Without one it prints that of RFC 6749.
    pub wire: Option<String>,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The session, if it was recorded.
    pub session: Option<SessionView>,
}

/// A renewal: the presented token and the result.
#[derive(Debug)]
pub struct Renewal {
    /// The presented token.
    pub judged: Judged,
    /// The profile whose rules were used.
    pub profile: String,
    /// The form a token is printed in.
    pub form: Option<Form>,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The result, or `None` if the token was refused.
    pub answer: Option<Reply>,
    /// If it was refused: what the profile's server would answer.
    pub server: Option<ServerAnswer>,
}

impl Renewal {
    /// The server's reason, if the server refuses a token that passes our checks.
    #[must_use]
    pub fn refused_by_server(&self) -> Option<Cause> {
        let server = self.server.as_ref()?;
        server
            .answer
            .cause
            .filter(|_| self.judged.verdict.is_valid())
    }
}

/// A rotation: what was presented, and the result.
#[derive(Debug)]
pub struct Rotation {
    /// The presented token, or the refusal of a session that was named.
    pub presented: Rotated,
    /// The profile whose rules were used.
    pub profile: String,
    /// The form that tokens are printed in.
    pub form: Option<Form>,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The session's absolute end.
    pub session_end: Option<Timestamp>,
    /// The result, or `None` if it was refused.
    pub answer: Option<Reply>,
}

/// What was rotated.
#[derive(Debug)]
pub enum Rotated {
    /// A token.
    Token(Box<Judged>),
    /// A session, by its id.
    Session {
        /// What the store knows about it.
        seen: SessionView,
        /// The refusal, if it was refused.
        verdict: Verdict,
    },
}

impl Rotation {
    /// What the store knows about the session.
    #[must_use]
    pub const fn session(&self) -> Option<&SessionView> {
        match &self.presented {
            Rotated::Token(judged) => judged.session.as_ref(),
            Rotated::Session { seen, .. } => Some(seen),
        }
    }
    /// Every check of what was presented.
    #[must_use]
    pub const fn verdict(&self) -> &Verdict {
        match &self.presented {
            Rotated::Token(judged) => &judged.verdict,
            Rotated::Session { verdict, .. } => verdict,
        }
    }
    fn changed(&self) -> Option<Changed> {
        match &self.answer {
            Some(Reply::Tokens {
                how: How::Retired | How::Branched,
                ..
            }) => Some(sessions::changed(self.session()?, "was rotated")),
            _ => None,
        }
    }
}

/// A token that was explained.
#[derive(Debug)]
pub struct Inspected {
    /// The token.
    pub judged: Judged,
    /// What its Django server would answer, if it is for one and the key is known.
    pub server: Option<ServerSays>,
}

/// What a Django server would answer at each view that is meant for such a token.
#[derive(Debug)]
pub struct ServerSays {
    /// The profile that says which server.
    pub profile: String,
    /// The answers.
    pub answers: Vec<(View, Answer)>,
    /// Where the server is unsafe.
    pub hazards: Vec<Hazard>,
}

/// What a Django server would answer to a token.
#[derive(Debug)]
pub struct Foretold {
    /// The token, and the result of jwtsess's own checks.
    pub judged: Judged,
    /// The profile that says which server.
    pub profile: Profile,
    /// The mark by which the profile was recognised, or `None` if the profile was named.
    pub by: Option<String>,
    /// Where the token was sent.
    pub view: View,
    /// The answer.
    pub answer: Answer,
}

/// A token taken apart, without any check.
#[derive(Debug)]
pub struct Decoded {
    /// The token.
    pub token: Unverified,
    /// What is wrong with its structure.
    pub structure: Verdict,
    /// The part that `--part` asked for.
    pub part: Option<TokenPart>,
}

/// A part of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenPart {
    /// The header.
    Header,
    /// The payload.
    Payload,
    /// The signature.
    Signature,
}

/// Payload bytes that were signed.
#[derive(Debug)]
pub struct Encoded {
    /// The token.
    pub token: Minted,
    /// The key that signed.
    pub key: KeyUsed,
    /// The note on that key's strength.
    pub strength: Verdict,
    /// The form it is printed in.
    pub form: Option<Form>,
    /// Whether the input was the output of `decode`, with a header and a payload.
    pub from_decode: bool,
}

impl Outcome {
    /// The command's name.
    #[must_use]
    pub fn command(&self) -> &'static str {
        match &self.did {
            Did::Issued(_) => "issue",
            Did::Renewed(_) => "renew",
            Did::Rotated(_) => "rotate",
            Did::Revoked(_) => "revoke",
            Did::SessionStoreMade(_) => "session init",
            Did::SessionsListed(_) => "session list",
            Did::SessionShown(_) => "session show",
            Did::SessionsPurged(_) => "session purge",
            Did::Inspected(_) => "inspect",
            Did::Verified(_) | Did::Foretold(_) => "verify",
            Did::Decoded(_) => "decode",
            Did::Encoded(_) => "encode",
            Did::ProfilesListed(_) => "profile list",
            Did::ProfileShown(_) => "profile show",
            Did::Key(did) => did.command(),
        }
    }
    /// What was changed on the disk, if anything was.
    #[must_use]
    pub fn changed(&self) -> Option<Changed> {
        match &self.did {
            Did::Key(did) => did.changed().map(|file| Changed {
                what: format!("{file} was written"),
                recovery: "to see what is in it: jwtsess key show FILE".to_owned(),
            }),
            Did::Issued(issued) => {
                Some(sessions::changed(issued.session.as_ref()?, "was recorded"))
            }
            Did::Rotated(rotation) => rotation.changed(),
            Did::Revoked(revocation) => revocation.changed(),
            Did::SessionsPurged(purge) => purge.changed(),
            _ => None,
        }
    }
    /// The class of refusal that decides the exit status. `None` means 0.
    #[must_use]
    pub fn refusal(&self) -> Option<Class> {
        match &self.did {
            Did::Issued(_)
            | Did::Encoded(_)
            | Did::ProfilesListed(_)
            | Did::ProfileShown(_)
            | Did::SessionStoreMade(_)
            | Did::SessionsListed(_)
            | Did::SessionShown(_)
            | Did::SessionsPurged(_)
            | Did::Key(_) => None,
            Did::Renewed(renewal) if renewal.answer.is_some() => None,
            Did::Renewed(renewal) => renewal
                .judged
                .verdict
                .class()
                .or_else(|| renewal.refused_by_server().map(Cause::class)),
            Did::Revoked(revocation) => revocation.refusal(),
            Did::Rotated(rotation) if rotation.answer.is_some() => None,
            Did::Rotated(rotation) => rotation.verdict().class(),
            Did::Verified(judged) => judged.verdict.class(),
            Did::Foretold(foretold) => foretold.answer.cause.map(Cause::class),
            Did::Inspected(inspected) => {
                (!inspected.judged.is_readable()).then_some(Class::Malformed)
            }
            Did::Decoded(decoded) => (!decoded.complete()).then_some(Class::Malformed),
        }
    }
}

impl Decoded {
    /// Whether everything that was asked for could be decoded: the one part, or header and payload.
    #[must_use]
    pub fn complete(&self) -> bool {
        let token = &self.token;
        match self.part {
            Some(TokenPart::Header) => token.header.bytes.is_some(),
            Some(TokenPart::Payload) => token.payload.bytes.is_some(),
            Some(TokenPart::Signature) => token.signature.bytes.is_some(),
            None => is_readable(token) && token.form == Parts::Jws && token.payload.bytes.is_some(),
        }
    }
}

/// A claim as a time, or `None` if it is missing or not a time.
#[must_use]
pub fn date(claims: &Members, name: &str) -> Option<Timestamp> {
    claims
        .raw(name)
        .and_then(|raw| Timestamp::from_json(raw).ok())
}
