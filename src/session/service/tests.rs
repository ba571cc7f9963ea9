//! The use cases over the memory store, without a command line.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::end::{Ending, Reach, end};
use super::judged_token::{JudgedToken, ProfileSource, judge, prolonging};
use super::keys::{Keys, KindKeys};
use super::look::look;
use super::prolong::{Prolongation, answer};
use super::proposal::{ProlongRequest, prepare};
use super::records::{Records, SessionState, record_login};
use super::reissue::again;
use super::reply::{Provenance, Reply};
use crate::core::algorithm::Algorithm;
use crate::core::key::{Key, KeySet};
use crate::core::profile::testing::changed;
use crate::core::profile::{LifetimeOverrides, Profile, builtin};
use crate::core::secret::Secret;
use crate::core::time::Span;
use crate::core::token::{Limits, Unverified};
use crate::core::verdict::Reason;
use crate::session::family::State;
use crate::session::flow::{self, Login, RenewalRequest, Tokens};
use crate::session::memory::Memory;
use crate::session::mint::{Signer, Signers};
use crate::session::seal::SealKeys;
use crate::session::store::{Lookup, Selection, Store};
use crate::session::testing::{Counter, at};

pub(crate) const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

/// One machine: a profile, a key and a store.
pub(crate) struct House {
    pub(crate) profile: Profile,
    keys: KeySet,
    pub(crate) store: Memory,
    /// Behind which a login's ids begin.
    ids: u8,
}

impl House {
    fn of(profile: &str) -> Self {
        Self::with(builtin(profile).unwrap())
    }

    pub(crate) fn with(profile: Profile) -> Self {
        let secret = Secret::new(b"0123456789abcdef0123456789abcdef".to_vec());
        Self {
            profile,
            keys: KeySet::new(vec![Key::from_secret(secret).unwrap()]),
            store: Memory::default(),
            ids: 0,
        }
    }

    pub(crate) fn keys(&self) -> KindKeys<'_> {
        let access = Keys {
            set: &self.keys,
            signing: &self.keys,
            sources: &[],
            fetches: &[],
            development: false,
        };
        KindKeys {
            access,
            refresh: None,
        }
    }

    pub(crate) fn seal_keys(&self) -> SealKeys<'_> {
        SealKeys {
            token: &self.keys,
            access: &self.keys,
        }
    }

    pub(crate) fn log_in(&self) -> Tokens {
        let signer = Signer {
            key: &self.keys.keys()[0],
            algorithm: Algorithm::Hs256,
            kid: None,
        };
        let login = Login {
            user: "7".into(),
            ..Login::default()
        };
        flow::issue(
            &login,
            &self.profile,
            &Signers::one(&signer),
            at(NOW),
            &mut Counter(self.ids),
        )
        .unwrap()
    }

    /// What prolongs the session, recorded as the profile says: of a pair the refresh token.
    pub(crate) fn log_in_for_long(&self) -> String {
        let tokens = self.log_in();
        if self.profile.model.session.recorded_at_login {
            let mut store = self.store.clone();
            record_login(
                &mut store,
                &tokens,
                &self.profile,
                self.seal_keys(),
                at(NOW),
            )
            .unwrap();
        }
        tokens.refresh.unwrap_or(tokens.access).text
    }

    /// Renews or rotates a token in the store, with ids that begin behind `ids`.
    pub(crate) fn prolong(
        &self,
        text: &str,
        renew: RenewalRequest,
        grace: u64,
        now: i64,
        ids: u8,
    ) -> Prolongation {
        let store: &mut dyn Store = &mut self.store.clone();
        self.prolong_in(Some(store), text, renew, grace, now, ids)
    }

    fn prolong_in(
        &self,
        store: Option<&mut dyn Store>,
        text: &str,
        renew: RenewalRequest,
        grace: u64,
        now: i64,
        ids: u8,
    ) -> Prolongation {
        let token = Unverified::read(text, &Limits::default());
        let request = ProlongRequest {
            unchanged: &self.profile,
            token: &token,
            profile: &self.profile,
            by: ProfileSource::Named,
            explicit_life: false,
            keys: self.keys(),
            policy: prolonging(&self.profile),
            renew,
            grace: Some(Span::from_seconds(grace)),
            known: None,
            now: at(now),
        };
        let prepared = prepare(&request, &mut Counter(ids)).unwrap();
        answer(&request, prepared, store).unwrap()
    }

    pub(crate) fn rotate(&self, text: &str, grace: u64, now: i64, ids: u8) -> Prolongation {
        self.prolong(text, rotates(), grace, now, ids)
    }

    /// A token that is only looked at.
    pub(crate) fn look(&self, text: &str, now: i64) -> JudgedToken {
        let token = Unverified::read(text, &Limits::default());
        let policy = prolonging(&self.profile);
        let profile = (&self.profile, ProfileSource::Named);
        let (mut judged, _) = judge(token, &self.keys(), &policy, profile, at(now));
        let mut store = self.store.clone();
        let mut find = |lookup: &Lookup| Records::find(&mut store, lookup);
        look(&mut judged, None, &self.profile, None, at(now), &mut find).unwrap();
        judged
    }
}

fn rotates() -> RenewalRequest {
    RenewalRequest {
        rotates: true,
        ..RenewalRequest::default()
    }
}

/// The text that prolongs the session next, and how the reply came to it.
fn fresh(prolonged: &Prolongation) -> (String, Provenance) {
    let Some(Reply::Tokens { minting, how }) = &prolonged.reply else {
        panic!("{prolonged:?}")
    };
    let tokens = &minting.tokens;
    let next = tokens.refresh.as_ref().unwrap_or(&tokens.access);
    (next.text.clone(), *how)
}

pub(crate) fn refused_for(prolonged: &Prolongation, reason: Reason) -> bool {
    prolonged.reply.is_none() && prolonged.judged.refused_for(reason)
}

#[test]
fn a_renewal_gives_a_fresh_token_and_retires_none() {
    let house = House::of("sliding");
    let first = house.log_in_for_long();
    for (now, ids) in [(NOW + 60, 10), (NOW + 70, 20)] {
        let prolonged = house.prolong(&first, RenewalRequest::default(), 0, now, ids);
        let (next, how) = fresh(&prolonged);
        assert_eq!(how, Provenance::Renewed);
        assert_ne!(next, first);
        assert!(prolonged.judged.session.is_some());
    }
}

#[test]
fn a_renewal_that_is_not_due_gives_the_token_back() {
    let house = House::of("sliding");
    let renew = RenewalRequest {
        within: Some(Span::from_seconds(60)),
        ..RenewalRequest::default()
    };
    let prolonged = house.prolong(&house.log_in_for_long(), renew, 0, NOW + 600, 10);
    assert!(
        matches!(prolonged.reply, Some(Reply::NotDue { left: 3000 })),
        "{prolonged:?}"
    );
}

#[test]
fn a_lifetime_that_is_asked_for_wins_over_the_tokens_own() {
    let mut house = House::of("sliding");
    let first = house.log_in_for_long();
    house.profile.asked = LifetimeOverrides {
        access: Some(Span::from_seconds(30)),
        ..LifetimeOverrides::default()
    };
    let prolonged = house.prolong(&first, RenewalRequest::default(), 0, NOW + 60, 10);
    let Some(Reply::Tokens { minting, .. }) = prolonged.reply else {
        panic!("{prolonged:?}")
    };
    let expiry = (NOW + 90).to_string();
    assert_eq!(minting.tokens.access.claims.raw("exp"), Some(&*expiry));
}

#[test]
fn a_replay_of_a_rotated_token_ends_its_session() {
    for profile in ["sliding", "pair"] {
        let house = House::of(profile);
        let first = house.log_in_for_long();
        let (second, how) = fresh(&house.rotate(&first, 0, NOW + 60, 10));
        assert_eq!(how, Provenance::Retired, "{profile}");
        let replayed = house.rotate(&first, 0, NOW + 70, 20);
        assert!(
            refused_for(&replayed, Reason::ReuseDetected),
            "{profile}: {replayed:?}"
        );
        let session = replayed.judged.session.as_ref().unwrap();
        assert_eq!(session.state, SessionState::Known(State::ReuseDetected));
        let successor = house.rotate(&second, 0, NOW + 80, 30);
        assert!(refused_for(&successor, Reason::ReuseDetected), "{profile}");
        assert!(
            house
                .look(&second, NOW + 80)
                .refused_for(Reason::ReuseDetected)
        );
    }
}

#[test]
fn a_retry_inside_the_grace_gets_the_first_successor_again() {
    let house = House::of("pair");
    let first = house.log_in_for_long();
    let (second, _) = fresh(&house.rotate(&first, 10, NOW + 60, 10));
    let retried = house.rotate(&first, 10, NOW + 65, 20);
    assert_eq!(fresh(&retried), (second, Provenance::Retried));
}

#[test]
fn without_a_store_nothing_is_retired() {
    let house = House::of("pair");
    let first = house.log_in_for_long();
    let prolonged = house.prolong_in(None, &first, rotates(), 0, NOW + 60, 10);
    assert_eq!(fresh(&prolonged).1, Provenance::WithoutStore);
    assert_eq!(prolonged.judged.session, None);
}

#[test]
fn a_refused_token_changes_nothing_in_the_store() {
    let house = House::of("sliding");
    let first = house.log_in_for_long();
    let expired = house.rotate(&first, 0, NOW + DAY, 10);
    assert!(refused_for(&expired, Reason::Expired), "{expired:?}");
    let forged = format!("{}AAAA", &first[..first.len() - 4]);
    let forged = house.rotate(&forged, 0, NOW + 60, 20);
    assert!(refused_for(&forged, Reason::BadSignature), "{forged:?}");
    assert_eq!(forged.judged.session, None);
    let all = Store::list(&mut house.store.clone(), &Selection::default()).unwrap();
    assert_eq!(all, []);
}

#[test]
fn a_clock_that_was_set_back_is_told() {
    let house = House::of("pair");
    let first = house.log_in_for_long();
    let (second, _) = fresh(&house.rotate(&first, 0, NOW + 60, 10));
    let token = Unverified::read(&second, &Limits::default());
    let end = end(
        &token,
        &house.profile,
        &mut house.store.clone(),
        false,
        at(NOW + 30),
    );
    assert_eq!(end.unwrap().clock_back, Some(at(NOW + 60)));
}

#[test]
fn a_sessions_current_tokens_are_signed_again_and_an_ended_ones_are_not() {
    let house = House::of("pair");
    let (second, _) = fresh(&house.rotate(&house.log_in_for_long(), 0, NOW + 60, 10));
    let id = house.look(&second, NOW + 61).session.unwrap().id;
    let mut store = house.store.clone();
    let mut reissue = |now: i64| {
        let lookup = Lookup::Session(id.clone());
        let found = Records::find(&mut store, &lookup).unwrap();
        let (family, keys) = (found.into_family().unwrap().unwrap(), house.keys());
        let entropy = &mut Counter(50);
        again(&family, None, &house.profile, &keys, at(now), entropy).unwrap()
    };
    let reissued = reissue(NOW + 62);
    let Some(Reply::Tokens { minting, how }) = reissued.reply else {
        panic!("{reissued:?}")
    };
    assert_eq!(how, Provenance::Again { others: 0 });
    assert_eq!(minting.tokens.refresh.unwrap().text, second);
    let token = Unverified::read(&second, &Limits::default());
    end(
        &token,
        &house.profile,
        &mut house.store.clone(),
        false,
        at(NOW + 63),
    )
    .unwrap();
    let refused = reissue(NOW + 64);
    assert!(refused.reply.is_none() && !refused.verdict.is_valid());
}

#[test]
fn a_short_key_prolongs_nothing_unless_the_profile_allows_it() {
    let mut house = House::of("sliding");
    house.keys = KeySet::new(vec![Key::from_secret(Secret::new(vec![7; 8])).unwrap()]);
    let first = house.log_in_for_long();
    let refused = house.prolong(&first, RenewalRequest::default(), 0, NOW + 60, 10);
    assert!(refused_for(&refused, Reason::WeakKey), "{refused:?}");
    house.profile.model.to_mut().checks.allow_weak_key = true;
    let allowed = house.prolong(&first, RenewalRequest::default(), 0, NOW + 60, 10);
    let Some(Reply::Tokens { minting, .. }) = allowed.reply else {
        panic!("{allowed:?}")
    };
    assert_eq!(minting.notes.findings.len(), 1);
}

#[test]
fn a_passed_exp_does_not_matter_until_the_profile_s_moment() {
    let house = House::with(changed("sliding", &[("renew.until", "iat + 3d")]).unwrap());
    let first = house.log_in_for_long();
    let late = house.rotate(&first, 0, NOW + 3 * DAY, 10);
    assert!(refused_for(&late, Reason::Expired));
    let (next, how) = fresh(&house.rotate(&first, 0, NOW + 3 * DAY - 1, 20));
    assert_ne!(first, next);
    assert_eq!(how, Provenance::Retired);
}

/// A second login of the same user, which the store records.
fn logged_in_again(house: &House) -> String {
    let mut other = House::with(house.profile.clone());
    other.ids = 100;
    other.store = house.store.clone();
    other.log_in_for_long()
}

fn ended(house: &House, text: &str, rehearse: bool) -> (Ending, usize) {
    let token = Unverified::read(text, &Limits::default());
    let mut store = house.store.clone();
    let ended = end(&token, &house.profile, &mut store, rehearse, at(NOW + 60)).unwrap();
    (ended.ending, ended.others.sessions.len())
}

#[test]
fn revoking_reaches_as_far_as_the_profile_says() {
    for (ends, others, second_lives) in
        [("token", 0, true), ("session", 0, true), ("user", 1, false)]
    {
        let changes = [("revoke.ends", ends), ("rotate.reuse", "refuse")];
        let house = House::with(changed("pair", &changes).unwrap());
        let (first, second) = (house.log_in_for_long(), logged_in_again(&house));
        assert_eq!(ended(&house, &first, true).1, others, "{ends}");
        assert!(house.look(&first, NOW + 70).verdict.is_valid(), "{ends}");
        let (ending, ended) = ended(&house, &first, false);
        assert!(matches!(ending, Ending::Now { .. }), "{ends}");
        assert_eq!(ended, others, "{ends}");
        assert!(!house.look(&first, NOW + 70).verdict.is_valid(), "{ends}");
        let second = house.look(&second, NOW + 70);
        assert_eq!(second.verdict.is_valid(), second_lives, "{ends}");
    }
}

#[test]
fn an_access_token_that_is_revoked_alone_leaves_its_session() {
    let changes = [("revoke.ends", "token"), ("rotate.reuse", "refuse")];
    let house = House::with(changed("pair", &changes).unwrap());
    let refresh = house.log_in_for_long();
    let access = house.log_in().access.text;
    let (ending, _) = ended(&house, &access, false);
    let Ending::Now { reach, .. } = ending else {
        panic!("{ending:?}")
    };
    assert!(matches!(reach, Reach::Token(_)), "{reach:?}");
    assert!(house.look(&refresh, NOW + 70).verdict.is_valid());
    let again = ended(&house, &access, false).0;
    assert!(matches!(again, Ending::Before { .. }), "{again:?}");
}

#[test]
fn a_replay_ends_the_user_s_other_sessions_if_the_profile_says_so() {
    for (reuse, second_lives) in [("end-session", true), ("end-user", false)] {
        let house = House::with(changed("pair", &[("rotate.reuse", reuse)]).unwrap());
        let (first, second) = (house.log_in_for_long(), logged_in_again(&house));
        house.rotate(&first, 0, NOW + 10, 10);
        let replay = house.rotate(&first, 0, NOW + 20, 20);
        assert!(refused_for(&replay, Reason::ReuseDetected));
        let second = house.look(&second, NOW + 30);
        assert_eq!(second.verdict.is_valid(), second_lives, "{reuse}");
    }
}
