//! Ending a session by one of its tokens.
use crate::core::profile::Profile;
use crate::core::profile::language::model::RevocationReach;
use crate::core::time::{Span, Timestamp};
use crate::core::token::Unverified;
use crate::session::family::{
    Expiry, PresentedToken, Rules, Ruling, Session, SessionClaims, SessionEnd, apply, revoke,
};
use crate::session::record;
use crate::session::store::{IssuerFilter, Listing, Lookup, Selection, UpdateResult};

use super::records::{Records, carry_out};

/// What came of ending a session.
#[derive(Debug)]
pub(crate) struct EndReport {
    /// How it ended.
    pub ending: Ending,
    /// The user's other sessions that ended with it, where the profile says so, and those that could not because their record is damaged.
    pub others: Listing,
    /// The session's last use, where it was ended and the clock stands before it.
    pub clock_back: Option<Timestamp>,
}

/// How a session ended.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It was ended, or would be.
    Now {
        /// The session.
        session: Box<Session>,
        /// What stays usable.
        reach: Reach,
    },
    /// It had ended before.
    Before {
        /// When and why.
        ended: SessionEnd,
        /// The session, where the store has it.
        session: Option<Box<Session>>,
    },
    /// There is nothing to end: the token names no session, or the store has to know it and does not.
    Nothing,
}

/// Which tokens of an ended session stay usable, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The token itself, until then, at services that don't consult the store.
    Token(Expiry),
    /// The session's access tokens, for so long at most, at services that don't consult the store.
    AccessTokens(Span),
    /// Access tokens, for so long at most, at every service, because their server does not look them up.
    AccessTokensAnywhere(Span),
    /// All tokens of the sessions, at services that don't consult the store.
    OfMany,
}

impl Reach {
    /// Of one session.
    fn of(profile: &Profile, session: &Session, presented: &PresentedToken, alone: bool) -> Self {
        let token = presented.token.expires_at;
        match (profile.is_pair(), alone) {
            // A pair's access token, which was ended by itself.
            (true, true) if !presented.recorded => Self::Token(token),
            (true, true) => Self::AccessTokensAnywhere(profile.access_ttl()),
            (true, false) => Self::AccessTokens(profile.access_ttl()),
            (false, _) => Self::Token(session.idle_end.max(token)),
        }
    }
}

/// Ends the session that a token names; with `rehearse`, only says what would end. Who made the token is for the caller to check.
///
/// # Errors
/// The store can't be read or written.
pub(crate) fn end<R: Records + ?Sized>(
    token: &Unverified,
    profile: &Profile,
    records: &mut R,
    rehearse: bool,
    now: Timestamp,
) -> Result<EndReport, R::Error> {
    let Some(presented) = record::presented(token, profile, true) else {
        return Ok(EndReport {
            ending: Ending::Nothing,
            others: Listing::default(),
            clock_back: None,
        });
    };
    let rules = Rules {
        // An opaque token that nothing is known of can be ended all the same.
        allow_list: profile.model.session.refuse_unknown,
        ..record::rules(profile, None)
    };
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let mut decide = |family: Option<&_>| revoke(family, &presented, &rules, now);
    let applied = if rehearse {
        let before = records.find(&lookup)?.into_family()?;
        let change = decide(before.as_ref());
        let family = apply(before.as_ref(), &change);
        UpdateResult { change, family }
    } else {
        carry_out(records, &lookup, None, &mut decide, &mut |_, _| {})?
    };
    let ruling = applied.ruling();
    let session = applied.family.map(|family| Box::new(family.session));
    let ending = match (ruling, session) {
        (Ruling::Revoked, Some(session)) => {
            let reach = Reach::of(profile, &session, &presented, rules.revokes_alone);
            Ending::Now { session, reach }
        }
        (Ruling::AlreadyEnded(ended), session) => Ending::Before { ended, session },
        _ => Ending::Nothing,
    };
    let others = match &ending {
        Ending::Now { .. } if profile.ends() == RevocationReach::User => {
            others(&presented.origin, records, rehearse, now)?
        }
        _ => Listing::default(),
    };
    Ok(EndReport {
        ending,
        others,
        clock_back: applied.change.clock_back.filter(|_| !rehearse),
    })
}

/// Ends the other sessions of a token's user, of the same issuer if it names one.
pub(super) fn others<R: Records + ?Sized>(
    origin: &SessionClaims,
    records: &mut R,
    rehearse: bool,
    now: Timestamp,
) -> Result<Listing, R::Error> {
    if origin.user.is_none() {
        return Ok(Listing::default());
    }
    let selection = Selection {
        user: origin.user.clone(),
        issuer: IssuerFilter::if_named(origin.key.issuer.clone()),
        ..Selection::default()
    };
    let mut ended = records.end_many(&selection, rehearse, now)?;
    ended.sessions.retain(|session| session.key != origin.key);
    Ok(ended)
}
