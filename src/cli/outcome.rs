//! What a command came to: plain data, without words for people. Both renderers read it, and so does the exit status.
pub mod change;
pub mod key;
pub mod profiles;
pub mod sessions;

use crate::cli::args::output::Form;
use crate::core::claims::Members;
use crate::core::profile::{Profile, Recognised};
use crate::core::server::{Answer, Cause, Hazard, Stack, View};
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

/// A command's result, with the moment it was made at.
#[derive(Debug)]
pub struct Outcome {
    /// The moment that counted as now.
    pub now: Timestamp,
    /// What was done.
    pub did: Did,
}

/// What was done, by the verb.
#[derive(Debug)]
pub enum Did {
    /// `issue`.
    Issued(Issued),
    /// `renew`: the presented token, and what came of it.
    Renewed(Box<Renewal>),
    /// `rotate`: what was presented, and what came of it.
    Rotated(Box<Rotation>),
    /// `revoke`.
    Revoked(Box<sessions::Revocation>),
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

/// What minting yielded, and by which rules.
#[derive(Debug)]
pub struct Issued {
    /// The token or the pair.
    pub tokens: Tokens,
    /// The profile's name.
    pub profile: String,
    /// The key that signed.
    pub key: KeyUsed,
    /// What is to be said of that key's strength.
    pub strength: Verdict,
    /// The form it is printed in.
    pub form: Option<Form>,
    /// The session's absolute end.
    pub session_end: Option<Timestamp>,
    /// The Django server whose answer is the one on the wire; without one it is RFC 6749's.
    pub server: Option<Stack>,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The session, where it was recorded.
    pub session: Option<SessionView>,
}

/// A renewal: what was presented, and what came of it.
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
    /// What came of it; `None` where the token was refused.
    pub answer: Option<Reply>,
    /// Where it was refused: what the server that the profile is would answer.
    pub server: Option<ServerAnswer>,
}

impl Renewal {
    /// The server's reason, where it refuses what holds by our checks.
    #[must_use]
    pub fn refused_by_server(&self) -> Option<Cause> {
        let server = self.server.as_ref()?;
        server
            .answer
            .cause
            .filter(|_| self.judged.verdict.is_valid())
    }
}

/// A rotation: what was presented, and what came of it.
#[derive(Debug)]
pub struct Rotation {
    /// The presented token, or the refusal of a session that was named.
    pub presented: Rotated,
    /// The profile whose rules were used.
    pub profile: String,
    /// The form that tokens are printed in.
    pub form: Option<Form>,
    /// Whether a Django server's answer is the one on the wire; else it is RFC 6749's.
    pub django: bool,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The session's absolute end.
    pub session_end: Option<Timestamp>,
    /// What came of it; `None` where it was refused.
    pub answer: Option<Reply>,
}

/// What was rotated.
#[derive(Debug)]
pub enum Rotated {
    /// A token.
    Token(Box<Judged>),
    /// A session, by its id.
    Session {
        /// What the store knows of it.
        seen: SessionView,
        /// The refusal, if it was refused.
        verdict: Verdict,
    },
}

impl Rotation {
    /// What the store knows of the session.
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
    /// What its Django server would say, if it is one's and the key is at hand.
    pub server: Option<ServerSays>,
}

/// What a Django server would answer at each of its views that are meant for such a token.
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
    /// The token, and what we ourselves make of it.
    pub judged: Judged,
    /// The profile that says which server.
    pub profile: Profile,
    /// The mark that the profile was recognised by; none where it was named.
    pub by: Option<&'static str>,
    /// Where the token was sent.
    pub view: View,
    /// The answer.
    pub answer: Answer,
}

/// A token taken apart, nothing checked.
#[derive(Debug)]
pub struct Decoded {
    /// The token.
    pub token: Unverified,
    /// The model it looks like.
    pub recognised: Recognised,
    /// What is wrong with its build.
    pub structure: Verdict,
    /// The one part asked for.
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
    /// What is to be said of that key's strength.
    pub strength: Verdict,
    /// The form it is printed in.
    pub form: Option<Form>,
    /// Whether what was given was `decode`'s output, header and payload.
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
                recovery: "what is in it is told by jwtsess key show FILE".to_owned(),
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
    /// The class of refusal that the exit status tells; `None` is 0.
    #[must_use]
    pub fn refusal(&self) -> Option<Class> {
        match &self.did {
            Did::Issued(_)
            | Did::Encoded(_)
            | Did::ProfilesListed(_)
            | Did::ProfileShown(_)
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
    /// Whether what was asked for could be decoded: the one part, or header and payload.
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

/// A claim that is a moment; `None` where it is missing or is none.
#[must_use]
pub fn date(claims: &Members, name: &str) -> Option<Timestamp> {
    claims
        .raw(name)
        .and_then(|raw| Timestamp::from_json(raw).ok())
}
