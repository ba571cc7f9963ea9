//! The contract: what every store does, one fact a test. An adapter passes it by one line: `contract!(opener)`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::core::profile::language::forms::Grace;
use crate::core::secret::Fingerprint;
use crate::core::time::Span;
use crate::session::family::tests::{
    DAY, NOW, PAIR, SIMPLEJWT, SLIDING, at, origin, presented, rotate, token,
};
use crate::session::family::{
    Operation, PresentedToken, Refusal, Rules, Seal, SessionToken, SignedContent, apply, decide,
    guarding, revoke,
};
use crate::session::memory::Memory;

/// A handle to the store under test.
pub(crate) type StoreHandle = Box<dyn Store + Send>;
/// Gives one more handle to the same store, which is empty at first; called from several threads.
pub(crate) type Opener<'a> = &'a (dyn Fn() -> StoreHandle + Sync);

macro_rules! facts {
    ($($(#[$about:meta])* $fact:ident)*) => {
        /// Makes a test of each fact; the argument is a closure `Fn() -> Opened` over a fresh, empty store.
        macro_rules! contract {
            ($open:expr) => {
                $($(#[$about])* #[test] fn $fact() {
                    let open = $open;
                    crate::session::store::tests::$fact(&open);
                })*
            };
        }
    };
}

facts! {
    a_recorded_session_is_found_by_its_token_and_by_its_id
    what_is_not_recorded_is_not_found
    a_session_and_a_token_are_recorded_once
    ids_may_be_any_text
    a_rotation_is_there_for_the_next_who_opens_the_store
    a_decision_without_steps_writes_nothing
    a_replay_ends_the_family_for_everyone
    a_deny_list_records_what_is_rotated_and_its_branches
    a_successor_that_is_taken_leaves_everything_as_it_was
    each_of_many_jobs_has_its_own_outcome
    many_jobs_are_as_one_after_the_other
    sessions_of_two_issuers_may_share_an_id
    a_token_that_is_recorded_elsewhere_is_no_damage
    sessions_are_listed_the_last_used_first
    a_selection_is_ended_once
    a_clean_up_removes_only_what_guards_nothing
    of_many_rotations_at_once_one_wins_and_the_first_replay_ends_the_family
    inside_the_grace_all_get_the_one_successor
    a_count_gives_so_many_siblings_and_then_ends_the_family
    what_an_opaque_token_is_made_of_stays_until_its_session_ends
    nothing_is_kept_of_an_opaque_token_whose_session_ended
    any_history_is_kept_as_in_memory
}
#[expect(
    clippy::single_component_path_imports,
    reason = "the macro is called by its path from other modules"
)]
pub(crate) use contract;

fn lookup(token: &SessionToken, session: &str) -> Lookup {
    Lookup::token(token, &origin(session))
}

fn record(store: &mut dyn Store, session: &str, first: &str) -> Family {
    let family = Family::new(&origin(session), token(first, NOW), at(NOW));
    store.create(&family).unwrap();
    family
}

fn present(
    store: &mut dyn Store,
    session: &str,
    id: &str,
    request: &Operation,
    rules: &Rules,
    now: i64,
) -> Result<UpdateResult, StoreError> {
    let token = token(id, NOW);
    let presented = presented(&token, session);
    store.update(&lookup(&token, session), &mut |family| {
        decide(family, &presented, request, rules, at(now))
    })
}

fn whole(store: &mut dyn Store, session: &str) -> Option<Family> {
    store.find(&Lookup::Session(session.to_owned())).unwrap()
}

pub(crate) fn a_recorded_session_is_found_by_its_token_and_by_its_id(open: Opener) {
    let mut store = open();
    let family = record(&mut *store, "s", "a");
    let token = token("a", NOW);
    let mut again = open();
    assert_eq!(
        again.find(&lookup(&token, "s")).unwrap().as_ref(),
        Some(&family)
    );
    assert_eq!(whole(&mut *again, "s").as_ref(), Some(&family));
    // A token of the session that is not itself recorded: known by the session's id.
    let other = crate::session::family::tests::token("z", NOW);
    assert_eq!(again.find(&lookup(&other, "s")).unwrap(), Some(family));
    // Everything that may be missing, and what lasts for ever.
    let mut bare = Family::new(
        &SessionClaims {
            user: None,
            absolute_end: None,
            ..origin("bare")
        },
        SessionToken {
            id: None,
            issued_at: None,
            expires_at: Expiry::Never,
            signed: None,
            access: None,
            ..crate::session::family::tests::token("bare", NOW)
        },
        Timestamp::new(NOW, 123_456_000),
    );
    bare.session.key.issuer = Some("https://issuer.example".to_owned());
    store.create(&bare).unwrap();
    assert_eq!(whole(&mut *again, "bare"), Some(bare));
}

/// An opaque token, as it is recorded: it has no id, and what it is made of has no seal.
fn opaque(text: &str) -> SessionToken {
    SessionToken {
        fingerprint: Fingerprint::of_opaque(text),
        id: None,
        signed: Some(SignedContent {
            header: SignedContent::OPAQUE.to_owned(),
            claims: format!(r#"{{"session":"s","generation":1,"random":"of {text}"}}"#),
            seal: Seal::Missing,
        }),
        ..token(text, NOW)
    }
}

/// What the text of an opaque token says.
fn presented_opaque(token: &SessionToken) -> PresentedToken {
    PresentedToken {
        origin: SessionClaims {
            key: SessionKey {
                issuer: None,
                id: token.fingerprint.short(),
            },
            shared: false,
            ..origin("s")
        },
        token: SessionToken {
            signed: None,
            access: None,
            ..token.clone()
        },
        recorded: true,
        holds: true,
    }
}

/// However a session ends, and however many tokens it had.
pub(crate) fn nothing_is_kept_of_an_opaque_token_whose_session_ended(open: Opener) {
    let tokens: Vec<_> = (0..5)
        .map(|place| opaque(&format!("text {place}")))
        .collect();
    for way in ["reuse", "revoke", "end"] {
        let mut store = open();
        let own: Vec<_> = (tokens.iter())
            .map(|token| SessionToken {
                fingerprint: Fingerprint::of_opaque(&format!(
                    "{way} {}",
                    token.fingerprint.short()
                )),
                ..token.clone()
            })
            .collect();
        store
            .create(&Family::new(&origin(way), own[0].clone(), at(NOW)))
            .unwrap();
        let mut present = |token: &SessionToken, into: Option<&SessionToken>, now: i64| {
            let presented = presented_opaque(token);
            let lookup = Lookup::token(&presented.token, &presented.origin);
            let mut by_the_rules = |family: Option<&Family>| match into {
                Some(into) => {
                    let wish = Operation::Rotate(Box::new(into.clone()));
                    decide(family, &presented, &wish, &PAIR, at(now))
                }
                None => revoke(family, &presented, &PAIR, at(now)),
            };
            store.update(&lookup, &mut by_the_rules).unwrap().ruling()
        };
        for pair in own.windows(2) {
            let ruling = present(&pair[0], Some(&pair[1]), NOW + 1);
            assert!(matches!(ruling, Ruling::Rotated(_)), "{ruling:?}");
        }
        match way {
            "reuse" => drop(present(&own[0], Some(&opaque("another")), NOW + DAY)),
            "revoke" => drop(present(&own[4], None, NOW + DAY)),
            _ => {
                let one = Selection {
                    id: Some(way.to_owned()),
                    ..Selection::default()
                };
                drop(store.end(&one, at(NOW + DAY)).unwrap());
            }
        }
        let ended = whole(&mut *open(), way).unwrap();
        assert_eq!(ended.generations.len(), 5, "{way}");
        assert!(ended.session.ended.is_some(), "{way}");
        for generation in &ended.generations {
            assert_eq!(generation.token.signed, None, "{way} {}", generation.number);
        }
    }
}

pub(crate) fn what_an_opaque_token_is_made_of_stays_until_its_session_ends(open: Opener) {
    let mut store = open();
    let (first, second) = (opaque("first"), opaque("second"));
    let family = Family::new(&origin("s"), first.clone(), at(NOW));
    store.create(&family).unwrap();
    let presented = presented_opaque(&first);
    let lookup = Lookup::token(&presented.token, &presented.origin);
    assert_eq!(store.find(&lookup).unwrap(), Some(family));
    let wish = Operation::Rotate(Box::new(second.clone()));
    let mut rotate = |now: i64| {
        let mut decide =
            |family: Option<&Family>| decide(family, &presented, &wish, &PAIR, at(now));
        store.update(&lookup, &mut decide).unwrap()
    };
    assert_eq!(rotate(NOW + 5).change.ruling, Ruling::Rotated(2));
    let kept = open().find(&lookup).unwrap().unwrap();
    let retired = &kept.generations[0].token;
    assert_eq!((&retired.signed, &retired.access), (&first.signed, &None));
    assert_eq!(kept.generations[1].token.signed, second.signed);
    // Beyond every grace: the session ends, and nothing of it is made again.
    let ruling = rotate(NOW + DAY).change.ruling;
    assert!(
        matches!(ruling, Ruling::Refused(Refusal::Reuse(_))),
        "{ruling:?}"
    );
    let ended = open().find(&lookup).unwrap().unwrap();
    for generation in &ended.generations {
        assert_eq!(generation.token.signed, None);
    }
}

pub(crate) fn what_is_not_recorded_is_not_found(open: Opener) {
    let mut store = open();
    assert_eq!(whole(&mut *store, "s"), None);
    assert_eq!(store.find(&lookup(&token("a", NOW), "s")).unwrap(), None);
    assert_eq!(store.list(&Selection::default()).unwrap(), []);
    let applied = present(&mut *store, "s", "a", &Operation::Look, &PAIR, NOW).unwrap();
    assert_eq!(
        applied.ruling(),
        Ruling::Refused(Refusal::Unknown {
            session_known: false
        })
    );
    assert_eq!(applied.family, None);
}

pub(crate) fn a_session_and_a_token_are_recorded_once(open: Opener) {
    let mut store = open();
    let family = record(&mut *store, "s", "a");
    for (session, first) in [("s", "b"), ("t", "a")] {
        let other = Family::new(&origin(session), token(first, NOW), at(NOW + 9));
        assert!(
            matches!(store.create(&other), Err(StoreError::Taken(_))),
            "{session} {first}"
        );
    }
    assert_eq!(whole(&mut *store, "s"), Some(family));
    assert_eq!(whole(&mut *store, "t"), None);
}

pub(crate) fn ids_may_be_any_text(open: Opener) {
    let mut store = open();
    for id in [
        "",
        "'; --",
        "a\"b\\c",
        "zwei\nZeilen",
        "\u{0}",
        "\u{1f980}",
        "%_",
    ] {
        let mut family = Family::new(
            &SessionClaims {
                user: Some(id.to_owned()),
                ..origin(id)
            },
            token(&format!("token {id}"), NOW),
            at(NOW),
        );
        family.session.key.issuer = Some(id.to_owned());
        store.create(&family).unwrap();
        assert_eq!(whole(&mut *open(), id).as_ref(), Some(&family), "{id:?}");
        let selection = Selection {
            user: Some(id.to_owned()),
            ..Selection::default()
        };
        assert_eq!(store.list(&selection).unwrap(), [family.session], "{id:?}");
    }
}

pub(crate) fn a_rotation_is_there_for_the_next_who_opens_the_store(open: Opener) {
    let mut store = open();
    let before = record(&mut *store, "s", "a");
    let request = rotate("b", NOW + 60);
    let applied = present(&mut *store, "s", "a", &request, &PAIR, NOW + 60).unwrap();
    assert_eq!(applied.ruling(), Ruling::Rotated(2));
    let expected = apply(Some(&before), &applied.change);
    assert_eq!(applied.family, expected);
    let mut again = open();
    assert_eq!(whole(&mut *again, "s"), expected);
    // By a token there may be less: what is decided about it is the same.
    let second = token("b", NOW + 60);
    let (found, expected) = (
        again.find(&lookup(&second, "s")).unwrap(),
        expected.unwrap(),
    );
    let found = found.unwrap();
    assert_eq!(found.session, expected.session);
    assert_eq!(
        found.generation_of(&second.fingerprint),
        expected.generation_of(&second.fingerprint)
    );
}

pub(crate) fn a_decision_without_steps_writes_nothing(open: Opener) {
    let mut store = open();
    let family = record(&mut *store, "s", "a");
    let applied = present(&mut *store, "s", "a", &Operation::Look, &PAIR, NOW + 99).unwrap();
    assert_eq!(applied.ruling(), Ruling::Live(Some(1)));
    assert_eq!(whole(&mut *open(), "s"), Some(family));
}

pub(crate) fn a_replay_ends_the_family_for_everyone(open: Opener) {
    let (mut thief, mut client) = (open(), open());
    record(&mut *client, "s", "a");
    record(&mut *client, "other", "o");
    present(&mut *thief, "s", "a", &rotate("b", NOW), &PAIR, NOW).unwrap();
    let replay = present(&mut *client, "s", "a", &rotate("c", NOW), &PAIR, NOW + 5).unwrap();
    let reuse = Ruling::Refused(Refusal::Reuse(at(NOW + 5)));
    assert_eq!(replay.ruling(), reuse);
    for id in ["a", "b"] {
        let after = present(&mut *thief, "s", id, &Operation::Look, &PAIR, NOW + 6).unwrap();
        assert_eq!(after.ruling(), reuse, "{id}");
    }
    let family = whole(&mut *open(), "s").unwrap();
    assert!(
        family
            .generations
            .iter()
            .all(|one| one.token.signed.is_none() && one.token.access.is_none())
    );
    let untouched = present(&mut *client, "other", "o", &Operation::Look, &PAIR, NOW).unwrap();
    assert_eq!(untouched.ruling(), Ruling::Live(Some(1)));
}

pub(crate) fn a_deny_list_records_what_is_rotated_and_its_branches(open: Opener) {
    let mut store = open();
    let first = present(&mut *store, "s", "a", &rotate("b", NOW), &SLIDING, NOW).unwrap();
    assert_eq!(first.ruling(), Ruling::Rotated(2));
    let branch = present(&mut *store, "s", "x", &rotate("y", NOW), &SLIDING, NOW + 1).unwrap();
    assert_eq!(branch.ruling(), Ruling::Rotated(4));
    let family = whole(&mut *open(), "s").unwrap();
    let places: Vec<_> = family
        .generations
        .iter()
        .map(|one| (one.number, one.parent, one.is_current()))
        .collect();
    assert_eq!(
        places,
        [
            (1, None, false),
            (2, Some(1), true),
            (3, None, false),
            (4, Some(3), true)
        ]
    );
    // Under simplejwt an id is one token's own, and a revoked token that was never seen is remembered.
    let unseen = token("unseen", NOW);
    let mut presented = presented(&unseen, "unseen");
    presented.origin.shared = false;
    let lookup = Lookup::token(&unseen, &presented.origin);
    let applied = store
        .update(&lookup, &mut |family| {
            revoke(family, &presented, &SIMPLEJWT, at(NOW))
        })
        .unwrap();
    assert_eq!(applied.ruling(), Ruling::Revoked);
    let found = open().find(&lookup).unwrap().unwrap();
    assert_eq!(found.session.state(at(NOW)), State::Revoked);
}

pub(crate) fn a_successor_that_is_taken_leaves_everything_as_it_was(open: Opener) {
    let mut store = open();
    let family = record(&mut *store, "s", "a");
    record(&mut *store, "t", "b");
    for id in ["a", "b"] {
        let taken = present(&mut *store, "s", "a", &rotate(id, NOW), &PAIR, NOW + 5);
        assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
    }
    assert_eq!(whole(&mut *open(), "s"), Some(family));
}

/// A job that presents a token to rotate it, with what it takes.
struct RotationJob {
    lookup: Lookup,
    presented: PresentedToken,
    request: Operation,
}

impl RotationJob {
    fn of(session: &str, id: &str, into: &str) -> Self {
        let token = token(id, NOW);
        Self {
            lookup: lookup(&token, session),
            presented: presented(&token, session),
            request: rotate(into, NOW),
        }
    }
    fn decide(&self, family: Option<&Family>) -> Change {
        decide(family, &self.presented, &self.request, &PAIR, at(NOW + 5))
    }
}

pub(crate) fn each_of_many_jobs_has_its_own_outcome(open: Opener) {
    let mut store = open();
    record(&mut *store, "s", "a");
    record(&mut *store, "t", "b");
    let new =
        |session: &str, first: &str| Family::new(&origin(session), token(first, NOW), at(NOW));
    let (fresh, again, token_taken) = (new("u", "c"), new("s", "d"), new("v", "c"));
    let rotations = [
        RotationJob::of("s", "a", "a2"),
        RotationJob::of("s", "a2", "a3"),
        RotationJob::of("t", "b", "c"),
        RotationJob::of("u", "c", "c2"),
        RotationJob::of("t", "a", "e"),
        RotationJob::of("nobody", "nobody", "f"),
    ];
    let mut decisions = rotations
        .each_ref()
        .map(|one| |family: Option<&Family>| one.decide(family));
    let mut jobs = vec![
        StoreJob::Create(&fresh),
        StoreJob::Create(&again),
        StoreJob::Create(&token_taken),
    ];
    let updates = rotations.iter().zip(&mut decisions);
    jobs.extend(updates.map(|(one, decide)| StoreJob::Update(&one.lookup, decide)));
    let outcomes = store.update_all(&mut jobs).unwrap();
    let told: Vec<_> = (outcomes.into_iter())
        .map(|outcome| outcome.map(|applied| applied.map(|applied| applied.ruling())))
        .collect();
    let unknown = Refusal::Unknown {
        session_known: false,
    };
    assert!(
        matches!(
            &told[..],
            [
                Ok(None),
                Err(StoreError::Taken(_)),
                Err(StoreError::Taken(_)),
                Ok(Some(Ruling::Rotated(2))),
                Ok(Some(Ruling::Rotated(3))),
                Err(StoreError::Taken(_)),
                Ok(Some(Ruling::Rotated(2))),
                Err(StoreError::Collision(_)),
                Ok(Some(Ruling::Refused(refused))),
            ] if *refused == unknown
        ),
        "{told:?}"
    );
    let mut again = open();
    let generations = |session: Option<Family>| session.map(|family| family.generations.len());
    let left = ["s", "t", "u", "v", "nobody"].map(|id| generations(whole(&mut *again, id)));
    assert_eq!(left, [Some(3), Some(1), Some(2), None, None]);
}

pub(crate) fn many_jobs_are_as_one_after_the_other(open: Opener) {
    let name = |number: usize| format!("s{number}");
    let families: Vec<_> = (0..40)
        .map(|number| Family::new(&origin(&name(number)), token(&name(number), NOW), at(NOW)))
        .collect();
    let rotations: Vec<_> = (0..40)
        .map(|number| RotationJob::of(&name(number), &name(number), &format!("next {number}")))
        .collect();
    let all = |store: &mut dyn Store| {
        let mut jobs: Vec<_> = families.iter().map(StoreJob::Create).collect();
        assert!(
            store
                .update_all(&mut jobs)
                .unwrap()
                .iter()
                .all(Result::is_ok)
        );
        let mut decisions: Vec<_> = (rotations.iter())
            .map(|one| |family: Option<&Family>| one.decide(family))
            .collect();
        let mut jobs: Vec<_> = (rotations.iter().zip(&mut decisions))
            .map(|(one, decide)| StoreJob::Update(&one.lookup, decide))
            .collect();
        let rotated = store.update_all(&mut jobs).unwrap();
        let is_rotated =
            |one: &JobOutcome| matches!(one, Ok(Some(done)) if done.ruling() == Ruling::Rotated(2));
        assert!(rotated.iter().all(is_rotated), "{rotated:?}");
    };
    let mut memory = Memory::default();
    all(&mut memory);
    all(&mut *open());
    let mut again = open();
    for number in 0..40 {
        let expected = whole(&mut memory, &name(number));
        assert_eq!(whole(&mut *again, &name(number)), expected);
    }
    assert_eq!(again.update_all(&mut []).unwrap(), []);
}

pub(crate) fn sessions_of_two_issuers_may_share_an_id(open: Opener) {
    let mut store = open();
    let of = |issuer: Option<&str>| {
        let first = token(issuer.unwrap_or("none"), NOW);
        let mut family = Family::new(&origin("s"), first, at(NOW));
        family.session.key.issuer = issuer.map(str::to_owned);
        family.generations[0].token.fingerprint = Fingerprint::of_id(issuer, "a");
        family
    };
    let all = [of(None), of(Some("one")), of(Some("two"))];
    for family in &all {
        store.create(family).unwrap();
    }
    for family in &all {
        let lookup = Lookup::Token {
            fingerprint: family.generations[0].token.fingerprint,
            id: None,
            key: family.session.key.clone(),
            shared: true,
        };
        assert_eq!(store.find(&lookup).unwrap().as_ref(), Some(family));
    }
    let Err(StoreError::Ambiguous(mut keys)) = store.find(&Lookup::Session("s".into())) else {
        panic!("two sessions were taken for one")
    };
    keys.sort();
    for family in &all {
        let by_key = Lookup::session(
            "s",
            IssuerFilter::exactly(family.session.key.issuer.clone()),
        );
        assert_eq!(store.find(&by_key).unwrap().as_ref(), Some(family));
    }
    let nobody = Lookup::session("s", IssuerFilter::Is("three".to_owned()));
    assert_eq!(store.find(&nobody).unwrap(), None);
    let expected: Vec<_> = all.iter().map(|one| one.session.key.clone()).collect();
    assert_eq!(keys, expected);
    // Each is ended alone.
    for family in &all {
        let one = Selection {
            id: Some("s".to_owned()),
            issuer: IssuerFilter::exactly(family.session.key.issuer.clone()),
            ..Selection::default()
        };
        let ended = store.end(&one, at(NOW + 1)).unwrap().sessions;
        let ended: Vec<_> = ended.into_iter().map(|session| session.key).collect();
        assert_eq!(ended, std::slice::from_ref(&family.session.key));
    }
}

pub(crate) fn a_token_that_is_recorded_elsewhere_is_no_damage(open: Opener) {
    let mut store = open();
    record(&mut *store, "s", "a");
    record(&mut *store, "t", "b");
    for other in ["t", "none"] {
        let found = store.find(&lookup(&token("a", NOW), other));
        assert_eq!(found, Err(StoreError::Collision("s".to_owned())), "{other}");
    }
    let mut own = origin("s");
    own.shared = false;
    let found = store.find(&Lookup::token(&token("z", NOW), &own));
    assert!(
        matches!(found, Err(StoreError::DamagedRecord(_))),
        "{found:?}"
    );
}

pub(crate) fn sessions_are_listed_the_last_used_first(open: Opener) {
    let mut store = open();
    for (session, user, used) in [("a", "alice", 3), ("b", "bob", 9), ("c", "alice", 6)] {
        let origin = SessionClaims {
            user: Some(user.to_owned()),
            ..origin(session)
        };
        let family = Family::new(&origin, token(session, NOW), at(NOW + used));
        store.create(&family).unwrap();
    }
    let mut ids = |selection: Selection| -> Vec<String> {
        let found = store.list(&selection).unwrap();
        found.into_iter().map(|session| session.key.id).collect()
    };
    assert_eq!(ids(Selection::default()), ["b", "c", "a"]);
    let alice = Selection {
        user: Some("alice".to_owned()),
        ..Selection::default()
    };
    assert_eq!(ids(alice.clone()), ["c", "a"]);
    let before = Selection {
        began_before: Some(at(NOW + 6)),
        ..alice
    };
    assert_eq!(ids(before), ["a"]);
    let expired = Selection {
        states: vec![State::Expired],
        now: Some(at(NOW + 14 * DAY)),
        ..Selection::default()
    };
    assert_eq!(ids(expired).len(), 3);
}

pub(crate) fn a_selection_is_ended_once(open: Opener) {
    let mut store = open();
    for session in ["a", "b", "c"] {
        record(&mut *store, session, session);
    }
    present(&mut *store, "a", "a", &rotate("a2", NOW), &PAIR, NOW + 1).unwrap();
    let one = Selection {
        id: Some("a".to_owned()),
        ..Selection::default()
    };
    let ended = store.end(&one, at(NOW + 5)).unwrap().sessions;
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].state(at(NOW + 5)), State::Revoked);
    let family = whole(&mut *open(), "a").unwrap();
    assert_eq!(family.session, ended[0]);
    assert!(
        family
            .generations
            .iter()
            .all(|one| one.token.signed.is_none())
    );
    let rest = store.end(&Selection::default(), at(NOW + 6)).unwrap();
    let mut rest = rest.sessions;
    rest.sort_by(|left, right| left.key.cmp(&right.key));
    let ids: Vec<_> = rest.iter().map(|session| session.key.id.as_str()).collect();
    assert_eq!(ids, ["b", "c"]);
    let again = store.end(&Selection::default(), at(NOW + 7)).unwrap();
    assert_eq!(again, Listing::default());
    let after = present(&mut *open(), "a", "a2", &Operation::Look, &PAIR, NOW + 8).unwrap();
    assert_eq!(
        after.ruling(),
        Ruling::Refused(Refusal::Revoked(at(NOW + 5)))
    );
}

pub(crate) fn a_clean_up_removes_only_what_guards_nothing(open: Opener) {
    let mut store = open();
    let mut add = |session: &str, end: Option<i64>, expiry: Expiry| {
        let origin = SessionClaims {
            absolute_end: end.map(|end| at(NOW + end)),
            outlives: Span::from_seconds(0),
            ..origin(session)
        };
        let token = SessionToken {
            expires_at: expiry,
            ..token(session, NOW)
        };
        let family = Family::new(&origin, token, at(NOW));
        store.create(&family).unwrap();
    };
    add("short", Some(DAY), Expiry::At(at(NOW + 60)));
    add("long", Some(90 * DAY), Expiry::At(at(NOW + 60)));
    add("for ever", None, Expiry::Never);
    store.end(&Selection::default(), at(NOW + 1)).unwrap();
    let early = store.purge(at(NOW + 2 * DAY - 1), false).unwrap();
    assert_eq!((early.sessions, early.guarding, early.for_ever), (0, 2, 1));
    assert_eq!(early.next, Some(at(NOW + 2 * DAY)));
    let expected = PurgeSummary {
        sessions: 1,
        tokens: 1,
        guarding: 1,
        for_ever: 1,
        next: Some(at(NOW + 91 * DAY)),
        damaged: Vec::new(),
    };
    assert_eq!(store.purge(at(NOW + 2 * DAY), true).unwrap(), expected);
    assert_eq!(store.list(&Selection::default()).unwrap().len(), 3);
    assert_eq!(store.purge(at(NOW + 2 * DAY), false).unwrap(), expected);
    assert_eq!(whole(&mut *open(), "short"), None);
    // Its token's place is free again.
    record(&mut *store, "short", "short");
    assert!(whole(&mut *open(), "long").is_some());
    assert!(whole(&mut *open(), "for ever").is_some());
}

fn race(open: Opener, rules: Rules) -> Vec<Ruling> {
    const THREADS: usize = 8;
    record(&mut *open(), "s", "a");
    let barrier = std::sync::Barrier::new(THREADS);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let barrier = &barrier;
                scope.spawn(move || {
                    let mut store = open();
                    barrier.wait();
                    let request = rotate(&format!("b{thread}"), NOW);
                    present(&mut *store, "s", "a", &request, &rules, NOW)
                        .unwrap()
                        .ruling()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}

pub(crate) fn of_many_rotations_at_once_one_wins_and_the_first_replay_ends_the_family(
    open: Opener,
) {
    let rulings = race(open, PAIR);
    let count = |wanted: Ruling| rulings.iter().filter(|ruling| **ruling == wanted).count();
    assert_eq!(count(Ruling::Rotated(2)), 1, "{rulings:?}");
    assert_eq!(count(Ruling::Refused(Refusal::Reuse(at(NOW)))), 7);
    let family = whole(&mut *open(), "s").unwrap();
    assert_eq!(family.generations.len(), 2);
    assert_eq!(family.session.state(at(NOW)), State::ReuseDetected);
}

pub(crate) fn a_count_gives_so_many_siblings_and_then_ends_the_family(open: Opener) {
    let twice = Rules {
        reuse_grace: Grace::Uses(2),
        siblings: true,
        ..PAIR
    };
    let rulings = race(open, twice);
    let rotated = |ruling: &&Ruling| matches!(ruling, Ruling::Rotated(2..=4));
    assert_eq!(rulings.iter().filter(rotated).count(), 3, "{rulings:?}");
    let refused = |ruling: &&Ruling| **ruling == Ruling::Refused(Refusal::Reuse(at(NOW)));
    assert_eq!(rulings.iter().filter(refused).count(), 5, "{rulings:?}");
    let family = whole(&mut *open(), "s").unwrap();
    assert_eq!(family.generations.len(), 4);
    assert!(family.successors(1).all(|one| one.retired_at.is_none()));
    assert_eq!(family.session.state(at(NOW)), State::ReuseDetected);
}

pub(crate) fn inside_the_grace_all_get_the_one_successor(open: Opener) {
    let grace = Rules {
        reuse_grace: Grace::For(Span::from_seconds(10)),
        ..PAIR
    };
    let rulings = race(open, grace);
    let count = |wanted: Ruling| rulings.iter().filter(|ruling| **ruling == wanted).count();
    assert_eq!(count(Ruling::Rotated(2)), 1, "{rulings:?}");
    assert_eq!(count(Ruling::Retried(2)), 7, "{rulings:?}");
    let family = whole(&mut *open(), "s").unwrap();
    assert_eq!(family.generations.len(), 2);
    assert_eq!(family.session.state(at(NOW)), State::Live);
}

/// One deed of a history: on which session, by which of its tokens, what, and how much later.
type Deed = (usize, usize, u8, i64);

/// Renews a token into one that lives this many times twenty days.
fn renew_longer(
    store: &mut dyn Store,
    (session, id): (&str, &str),
    rules: &Rules,
    (now, life): (i64, i64),
) -> Result<UpdateResult, StoreError> {
    let token = token(id, NOW);
    let presented = presented(&token, session);
    let fresh = Expiry::At(at(now + life * 20 * DAY));
    let otherwise = Expiry::At(at(NOW + DAY));
    store.update(&lookup(&token, session), &mut |family| {
        let change = decide(family, &presented, &Operation::Renew, rules, at(now));
        guarding(change, family, &presented, fresh, otherwise)
    })
}

fn play(store: &mut dyn Store, case: usize, rules: Rules, deeds: &[Deed]) -> Vec<Family> {
    let name = |session: usize| format!("{case}-{session}");
    let mut now = NOW;
    let mut minted = [3_usize; 2];
    for (session, which, what, pass) in deeds {
        now += pass;
        let id = |which: usize| format!("{}-{which}", name(*session));
        let key = name(*session);
        let which = id(which % minted[*session]);
        match what {
            0 => drop(present(store, &key, &which, &Operation::Look, &rules, now)),
            1 => drop(present(store, &key, &which, &Operation::Renew, &rules, now)),
            2 => {
                let token = token(&which, NOW);
                let presented = presented(&token, &key);
                drop(store.update(&lookup(&token, &key), &mut |family| {
                    revoke(family, &presented, &rules, at(now))
                }));
            }
            3 => {
                let family = Family::new(&origin(&key), token(&which, NOW), at(now));
                drop(store.create(&family));
            }
            4 => drop(renew_longer(store, (&key, &which), &rules, (now, *pass))),
            5 => {
                let one = Selection {
                    id: Some(key.clone()),
                    ..Selection::default()
                };
                drop(store.end(&one, at(now)));
            }
            6 => drop(store.purge(at(now + pass * 20 * DAY), *pass == 3)),
            _ => {
                let request = rotate(&id(minted[*session]), now);
                if let Ok(applied) = present(store, &key, &which, &request, &rules, now)
                    && matches!(applied.ruling(), Ruling::Rotated(_))
                {
                    minted[*session] += 1;
                }
            }
        }
    }
    (0..2)
        .filter_map(|session| whole(store, &name(session)))
        .collect()
}

pub(crate) fn any_history_is_kept_as_in_memory(open: Opener) {
    let deed = (0_usize..2, 0_usize..8, 0_u8..13, -3_i64..9);
    let deeds = proptest::collection::vec(deed, 1..25);
    let rules = prop_oneof![
        Just(PAIR),
        Just(SLIDING),
        Just(SIMPLEJWT),
        Just(Rules {
            retires: false,
            ..SIMPLEJWT
        }),
        Just(Rules {
            reuse_grace: Grace::For(Span::from_seconds(5)),
            ..SLIDING
        }),
    ];
    let case = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(30)
    });
    runner
        .run(&(rules, deeds), |(rules, deeds)| {
            case.set(case.get() + 1);
            let mut memory = Memory::default();
            let expected = play(&mut memory, case.get(), rules, &deeds);
            let found = play(&mut *open(), case.get(), rules, &deeds);
            prop_assert_eq!(found, expected);
            Ok(())
        })
        .unwrap();
}
