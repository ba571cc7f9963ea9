//! The results of commands as plain data, without words for people. Both renderers and the exit status are derived from it.
pub(crate) mod batch;
pub(crate) mod change;
pub(crate) mod exchange;
pub(crate) mod key;
pub(crate) mod live;
pub(crate) mod profiles;
pub(crate) mod sessions;

use crate::cli::args::output::OutputForm;
use crate::core::claims::Members;
use crate::core::emulator::{Answer, Cause, Hazard, View};
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::token::{CompactForm, Unverified};
use crate::core::verdict::{Class, Verdict};
use crate::session::family::Session;
use crate::session::flow::Tokens;
use crate::session::mint::MintedToken;
pub(crate) use crate::session::service::judged_token::{
    Explanation, JudgedToken, MissingRefreshKey, ProfileSource, RecordedLife, Trust, is_readable,
};
pub(crate) use crate::session::service::keys::KeyLabel;
use crate::session::service::records::SessionView;
pub(crate) use crate::session::service::reply::{Minting, Provenance, Reply, ServerAnswer};
use crate::session::store::DamagedRecord;
pub(crate) use change::DiskChange;

/// A command's result and its time.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The time that counted as now.
    pub now: Timestamp,
    /// What was done.
    pub action: Action,
}

/// What was done, by command.
#[derive(Debug)]
pub(crate) enum Action {
    /// `issue`.
    Issued(Issuance),
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
    SessionShown(Box<sessions::SessionDetail>),
    /// `session purge`.
    SessionsPurged(sessions::SessionPurge),
    /// `inspect`.
    Inspected(Box<Inspection>),
    /// `verify`.
    Verified(Box<JudgedToken>),
    /// `verify --as`.
    Foretold(Box<Prediction>),
    /// `decode`.
    Decoded(DecodedToken),
    /// `encode`.
    Encoded(EncodedToken),
    /// `profile list`.
    ProfilesListed(Vec<profiles::ProfileSummary>),
    /// `profile show`.
    ProfileShown(Box<profiles::ProfileView>),
    /// `login`.
    LoggedIn(Box<live::Login>),
    /// `token`.
    TokenGiven(Box<live::FreshToken>),
    /// `token --list`.
    CredentialsListed(Vec<live::CredentialView>),
    /// `logout`.
    LoggedOut(Box<live::Logout>),
    /// The group `key`.
    Key(Box<key::KeyAction>),
}

/// Issued tokens, and the rules they were made by.
#[derive(Debug)]
pub(crate) struct Issuance {
    /// The token or the pair.
    pub tokens: Tokens,
    /// The profile's name.
    pub profile: String,
    /// The key that signed.
    pub key: KeyLabel,
    /// What is worth a remark: that key's strength, and what judging the token points out.
    pub notes: Verdict,
    /// The form it is printed in.
    pub form: Option<OutputForm>,
    /// The session's absolute end.
    pub session_end: Option<Timestamp>,
    /// The answer of the profile's server, which `-o wire` prints. Without one it prints that of RFC 6749.
    pub wire: Option<String>,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The session, if it was recorded.
    pub session: Option<SessionView>,
    /// The user's sessions that this login ended.
    pub ended: Vec<Session>,
}

/// A renewal: the presented token and the result.
#[derive(Debug)]
pub(crate) struct Renewal {
    /// The presented token.
    pub judged: JudgedToken,
    /// The profile whose rules were used.
    pub profile: String,
    /// The form a token is printed in.
    pub form: Option<OutputForm>,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The result, or `None` if the token was refused.
    pub answer: Option<Reply>,
    /// What the profile's server would send, if the profile says so.
    pub wire: Option<String>,
    /// If it was refused: what the profile's server would answer.
    pub server: Option<ServerAnswer>,
}

impl Renewal {
    /// The server's reason, if the server refuses a token that passes our checks.
    #[must_use]
    pub(crate) fn refused_by_server(&self) -> Option<Cause> {
        let server = self.server.as_ref()?;
        server
            .answer
            .cause
            .filter(|_| self.judged.verdict.is_valid())
    }
}

/// A rotation: what was presented, and the result.
#[derive(Debug)]
pub(crate) struct Rotation {
    /// The presented token, or the refusal of a session that was named.
    pub presented: RotationSubject,
    /// The profile whose rules were used.
    pub profile: String,
    /// The form that tokens are printed in.
    pub form: Option<OutputForm>,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The session's absolute end.
    pub session_end: Option<Timestamp>,
    /// The result, or `None` if it was refused.
    pub answer: Option<Reply>,
    /// What the profile's server would send, if the profile says so.
    pub wire: Option<String>,
}

/// What was rotated.
#[derive(Debug)]
pub(crate) enum RotationSubject {
    /// A token.
    Token(Box<JudgedToken>),
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
    pub(crate) const fn session(&self) -> Option<&SessionView> {
        match &self.presented {
            RotationSubject::Token(judged) => judged.session.as_ref(),
            RotationSubject::Session { seen, .. } => Some(seen),
        }
    }
    /// Every check of what was presented.
    #[must_use]
    pub(crate) const fn verdict(&self) -> &Verdict {
        match &self.presented {
            RotationSubject::Token(judged) => &judged.verdict,
            RotationSubject::Session { verdict, .. } => verdict,
        }
    }
    fn changed(&self) -> Option<DiskChange> {
        match &self.answer {
            Some(Reply::Tokens {
                how: Provenance::Retired | Provenance::Branched,
                ..
            }) => Some(sessions::changed(self.session()?, "was rotated")),
            _ => None,
        }
    }
}

/// A token that was explained.
#[derive(Debug)]
pub(crate) struct Inspection {
    /// The token.
    pub judged: JudgedToken,
    /// What its Django server would answer, if it is for one and the key is known.
    pub server: Option<PredictedAnswers>,
}

/// What a Django server would answer at each view that is meant for such a token.
#[derive(Debug)]
pub(crate) struct PredictedAnswers {
    /// The profile that says which server.
    pub profile: String,
    /// The answers.
    pub answers: Vec<(View, Answer)>,
    /// Where the server is unsafe.
    pub hazards: Vec<Hazard>,
}

/// What a Django server would answer to a token.
#[derive(Debug)]
pub(crate) struct Prediction {
    /// The token, and the result of jwtsess's own checks.
    pub judged: JudgedToken,
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
pub(crate) struct DecodedToken {
    /// The token.
    pub token: Unverified,
    /// What is wrong with its structure.
    pub structure: Verdict,
    /// The part that `--part` asked for.
    pub part: Option<TokenPart>,
}

/// A part of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenPart {
    /// The header.
    Header,
    /// The payload.
    Payload,
    /// The signature.
    Signature,
}

/// Payload bytes that were signed.
#[derive(Debug)]
pub(crate) struct EncodedToken {
    /// The token.
    pub token: MintedToken,
    /// The key that signed.
    pub key: KeyLabel,
    /// What is worth a remark: that key's strength, and what judging the token points out.
    pub notes: Verdict,
    /// The form it is printed in.
    pub form: Option<OutputForm>,
    /// Whether the input was the output of `decode`, with a header and a payload.
    pub from_decode: bool,
}

impl Outcome {
    /// The command's name.
    #[must_use]
    pub(crate) fn command(&self) -> &'static str {
        match &self.action {
            Action::Issued(_) => "issue",
            Action::Renewed(_) => "renew",
            Action::Rotated(_) => "rotate",
            Action::Revoked(_) => "revoke",
            Action::SessionStoreMade(_) => "session init",
            Action::SessionsListed(_) => "session list",
            Action::SessionShown(_) => "session show",
            Action::SessionsPurged(_) => "session purge",
            Action::Inspected(_) => "inspect",
            Action::Verified(_) | Action::Foretold(_) => "verify",
            Action::Decoded(_) => "decode",
            Action::Encoded(_) => "encode",
            Action::ProfilesListed(_) => "profile list",
            Action::ProfileShown(_) => "profile show",
            Action::LoggedIn(_) => "login",
            Action::TokenGiven(_) | Action::CredentialsListed(_) => "token",
            Action::LoggedOut(_) => "logout",
            Action::Key(action) => action.command(),
        }
    }
    /// What was changed on the disk, if anything was.
    #[must_use]
    pub(crate) fn changed(&self) -> Option<DiskChange> {
        match &self.action {
            Action::Key(action) => action.changed().map(|file| DiskChange {
                what: format!("{file} was written"),
                recovery: "to see what is in it: jwtsess key show FILE".to_owned(),
            }),
            Action::Issued(issued) => {
                Some(sessions::changed(issued.session.as_ref()?, "was recorded"))
            }
            Action::Rotated(rotation) => rotation.changed(),
            Action::Revoked(revocation) => revocation.changed(),
            Action::SessionsPurged(purge) => purge.changed(),
            _ => None,
        }
    }
    /// The session records that could not be read, where the command answered about the others.
    #[must_use]
    pub(crate) fn damaged(&self) -> &[DamagedRecord] {
        match &self.action {
            Action::SessionsListed(list) => &list.found.damaged,
            Action::SessionsPurged(purge) => &purge.purged.damaged,
            Action::Revoked(revocation) => &revocation.damaged,
            _ => &[],
        }
    }
    /// The class of refusal that decides the exit status. `None` means 0.
    #[must_use]
    pub(crate) fn refusal(&self) -> Option<Class> {
        match &self.action {
            Action::Issued(_)
            | Action::Encoded(_)
            | Action::ProfilesListed(_)
            | Action::ProfileShown(_)
            | Action::SessionStoreMade(_)
            | Action::SessionShown(_)
            | Action::LoggedIn(_)
            | Action::TokenGiven(_)
            | Action::CredentialsListed(_)
            | Action::LoggedOut(_)
            | Action::Key(_) => None,
            Action::SessionsListed(_) | Action::SessionsPurged(_) => {
                (!self.damaged().is_empty()).then_some(Class::CouldNot)
            }
            Action::Renewed(renewal) if renewal.answer.is_some() => None,
            Action::Renewed(renewal) => renewal
                .judged
                .verdict
                .class()
                .or_else(|| renewal.refused_by_server().map(Cause::class)),
            Action::Revoked(revocation) => revocation
                .refusal()
                .or_else(|| (!revocation.damaged.is_empty()).then_some(Class::CouldNot)),
            Action::Rotated(rotation) if rotation.answer.is_some() => None,
            Action::Rotated(rotation) => rotation.verdict().class(),
            Action::Verified(judged) => judged.verdict.class(),
            Action::Foretold(foretold) => foretold.answer.cause.map(Cause::class),
            Action::Inspected(inspected) => {
                (!inspected.judged.is_readable()).then_some(Class::Malformed)
            }
            Action::Decoded(decoded) => (!decoded.complete()).then_some(Class::Malformed),
        }
    }
}

impl DecodedToken {
    /// Whether everything that was asked for could be decoded: the one part, or header and payload.
    #[must_use]
    pub(crate) fn complete(&self) -> bool {
        let token = &self.token;
        match self.part {
            Some(TokenPart::Header) => token.header.bytes.is_some(),
            Some(TokenPart::Payload) => token.payload.bytes.is_some(),
            Some(TokenPart::Signature) => token.signature.bytes.is_some(),
            None => {
                is_readable(token)
                    && token.form == CompactForm::Jws
                    && token.payload.bytes.is_some()
            }
        }
    }
}

/// A claim as a time, or `None` if it is missing or not a time.
#[must_use]
pub(crate) fn date(claims: &Members, name: &str) -> Option<Timestamp> {
    claims
        .raw(name)
        .and_then(|raw| Timestamp::from_json(raw).ok())
}
