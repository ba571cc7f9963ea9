//! What a command came to: plain data, without words for people. Both renderers read it, and so does the exit status.
pub mod key;
pub mod profiles;
pub mod sessions;

use crate::cli::args::output::Form;
use crate::core::claims::Members;
use crate::core::likely::Mistake;
use crate::core::profile::{Profile, Recognised};
use crate::core::server::{Answer, Cause, Hazard, Stack, View};
use crate::core::time::Timestamp;
use crate::core::token::{Form as Parts, Unverified};
use crate::core::verdict::{Class, Reason, Verdict};
use crate::session::flow::Tokens;
use crate::session::mint::Minted;

/// Something that was changed on the disk: what to say where the answer can't be delivered. Safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What was changed.
    pub what: String,
    /// How to get at it.
    pub recovery: String,
}

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

/// A key, as people know it: never its material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUsed {
    /// Where it is from (`env:JWTSESS_SECRET`, a path, `the development key`).
    pub source: String,
    /// Its `kid`.
    pub kid: Option<String>,
    /// What it is (`256-bit secret`, `RSA 2048`); empty where there are several or it is not known.
    pub kind: String,
}

/// A token that was presented, with what the checks made of it.
#[derive(Debug)]
pub struct Judged {
    /// The token.
    pub token: Unverified,
    /// The model it looks like.
    pub recognised: Recognised,
    /// The profile that the call goes by.
    pub profile: ProfileUsed,
    /// Every check.
    pub verdict: Verdict,
    /// The keys that were there to check with: the one that signed, else their common source.
    pub key: Option<KeyUsed>,
    /// Whether one of the keys made the signature.
    pub signature_holds: bool,
    /// What explains a signature that does not hold: found by trying.
    pub explained: Option<Explanation>,
    /// The session's absolute end.
    pub session_end: Option<Timestamp>,
    /// What the store knows of its session, where one was asked.
    pub session: Option<sessions::Seen>,
}

/// The profile that a token's call goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileUsed {
    /// Its name.
    pub name: String,
    /// The built-in profile that it comes from.
    pub base: String,
    /// How the call came to it.
    pub by: ProfileSource,
}

impl ProfileUsed {
    /// A profile that the call came to in this way.
    #[must_use]
    pub fn new(profile: &Profile, by: ProfileSource) -> Self {
        Self {
            name: profile.name.clone(),
            base: profile.base.clone(),
            by,
        }
    }
}

/// How a call came to the profile of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileSource {
    /// A flag or a variable names it.
    Named,
    /// The store has recorded the token's session under it.
    Recorded,
    /// The token carries the marks of its model.
    Recognised,
}

/// Why a signature does not hold, proved by a check that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// Another reading of the secret fits.
    Secret(Mistake),
    /// Another of the keys given signed it, one that the token's `kid` rules out: its kid.
    OtherKey(Option<String>),
    /// The same key, under another algorithm than the header names.
    OtherAlgorithm(&'static str),
    /// The public key's own text was used as an HMAC secret (CVE-2015-9235): an attack, or a server's mistake.
    PublicKeyAsSecret,
    /// The signature has so many bytes where its algorithm's have so many: cut short, or another's.
    SignatureLength {
        /// Bytes it has.
        has: usize,
        /// Bytes it should have.
        needs: usize,
    },
}

/// Whether a token's signature can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A key given made the signature.
    Verified,
    /// No key given made it, or none may be used.
    Failed,
    /// There was no key to check with, or nothing was asked.
    NotChecked,
    /// `alg` is `none`.
    Unsigned,
    /// Made by this very call.
    Signed,
}

impl Trust {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Failed => "failed",
            Self::NotChecked => "not_checked",
            Self::Unsigned => "unsigned",
            Self::Signed => "signed",
        }
    }
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
    pub session: Option<sessions::Seen>,
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
    pub answer: Option<RenewalAnswer>,
    /// Where it was refused: what the server that the profile is would answer.
    pub server: Option<ServerAnswer>,
}

/// What a Django server would answer at one of its views.
#[derive(Debug)]
pub struct ServerAnswer {
    /// The view.
    pub view: View,
    /// The answer.
    pub answer: Answer,
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

/// What was made for a token that was presented, and what is to be said of it.
#[derive(Debug)]
pub struct Minting {
    /// The fresh token, or the pair.
    pub tokens: Box<Tokens>,
    /// The key that signed.
    pub key: KeyUsed,
    /// What is to be said of that key's strength.
    pub strength: Verdict,
    /// Header parameters that could not be kept: name, value before, value after, as JSON text.
    pub changed: Vec<crate::session::flow::Changed>,
    /// The answer on the wire of the server that the profile is, where it is one.
    pub wire: Option<String>,
    /// The session's end, where `exp` stops at it.
    pub capped_at: Option<Timestamp>,
}

/// What a token that holds was answered with.
#[derive(Debug)]
pub enum RenewalAnswer {
    /// A fresh token.
    Fresh(Minting),
    /// The same token: more life is left than was asked for.
    NotDue {
        /// Seconds left.
        left: i64,
    },
    /// The same token: the session ends when it does.
    AtTheEnd {
        /// The session's end.
        end: Timestamp,
    },
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
    pub answer: Option<RotationAnswer>,
}

/// What was rotated.
#[derive(Debug)]
pub enum Rotated {
    /// A token.
    Token(Box<Judged>),
    /// A session, by its id.
    Session {
        /// What the store knows of it.
        seen: sessions::Seen,
        /// The refusal, if it was refused.
        verdict: Verdict,
    },
}

/// What a rotation was answered with.
#[derive(Debug)]
pub enum RotationAnswer {
    /// Tokens: the successor, of a pair with an access token.
    Tokens {
        /// What was made.
        minting: Minting,
        /// How it came to them.
        how: How,
    },
    /// The same token: the session ends when it does.
    AtTheEnd {
        /// The session's end.
        end: Timestamp,
    },
}

/// How a rotation came to its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// They are fresh, and the presented token is retired.
    Retired,
    /// They are fresh, and the presented token stays good: its profile retires none.
    Branched,
    /// They are fresh, and no store was asked.
    WithoutStore,
    /// A retry inside the grace: those that the first try was answered with.
    Retried,
    /// The session's current ones, issued again for its operator; so many others are current, too.
    Again {
        /// Other current tokens of the session.
        others: usize,
    },
}

impl Rotation {
    /// What the store knows of the session.
    #[must_use]
    pub const fn session(&self) -> Option<&sessions::Seen> {
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
            Some(RotationAnswer::Tokens {
                how: How::Retired | How::Branched,
                ..
            }) => Some(self.session()?.changed("was rotated")),
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

impl Judged {
    /// Whether the signature can be relied on.
    #[must_use]
    pub fn trust(&self) -> Trust {
        if self.signature_holds {
            Trust::Verified
        } else if self.refused_for(Reason::Unsigned) {
            Trust::Unsigned
        } else if self.refused_for(Reason::NoKey) || self.token.form != Parts::Jws {
            Trust::NotChecked
        } else {
            Trust::Failed
        }
    }
    /// Whether a check failed for this reason.
    #[must_use]
    pub fn refused_for(&self, reason: Reason) -> bool {
        let mut failures = self.verdict.failures();
        failures.any(|finding| finding.reason() == Some(reason))
    }
    /// Whether anything could be read: it has a token's form, and its header is one.
    #[must_use]
    pub const fn readable(&self) -> bool {
        readable(&self.token)
    }
}

/// Whether it is a token at all: three parts, or five, with a header that is a JSON object.
const fn readable(token: &Unverified) -> bool {
    matches!(token.form, Parts::Jws | Parts::Jwe) && token.header.members.is_some()
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
            Did::Issued(issued) => Some(issued.session.as_ref()?.changed("was recorded")),
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
            Did::Inspected(inspected) => (!inspected.judged.readable()).then_some(Class::Malformed),
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
            None => readable(token) && token.form == Parts::Jws && token.payload.bytes.is_some(),
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
