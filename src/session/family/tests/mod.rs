//! The rules over a family: tables of single decisions, and random histories against a small model.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod model;

use super::*;
use crate::core::profile::language::forms::Grace;
use crate::core::secret::Fingerprint;
use crate::core::time::{Span, Timestamp};

pub(crate) const NOW: i64 = 1_800_000_000;
pub(crate) const HOUR: i64 = 3600;
pub(crate) const DAY: i64 = 24 * HOUR;

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// A session of our own: its id is in every token.
pub(crate) fn origin(id: &str) -> SessionClaims {
    SessionClaims {
        key: SessionKey {
            issuer: None,
            id: id.to_owned(),
        },
        shared: true,
        profile: "pair".to_owned(),
        user: Some("alice".to_owned()),
        began_at: None,
        absolute_end: Some(at(NOW + 90 * DAY)),
        outlives: Span::from_seconds(300),
    }
}

/// A token of that id, from then, good for 14 days.
pub(crate) fn token(id: &str, issued: i64) -> SessionToken {
    let signed = |what: &str| {
        Some(SignedContent {
            header: format!(r#"{{"alg":"HS256","typ":"{what}"}}"#),
            claims: format!(r#"{{"jti":"{id}","iat":{issued}}}"#),
            seal: Seal::Mac {
                mac: [what.as_bytes()[0]; 32],
                kid: (what == "at+jwt").then(|| "k\u{0}1".to_owned()),
            },
        })
    };
    SessionToken {
        fingerprint: Fingerprint::of_id(None, id),
        id: Some(id.to_owned()),
        issued_at: Some(at(issued)),
        expires_at: Expiry::At(at(issued + 14 * DAY)),
        signed: signed("rt+jwt"),
        access: signed("at+jwt"),
        text: None,
    }
}

/// What `pair` asks.
pub(crate) const PAIR: Rules = Rules {
    allow_list: true,
    retires: true,
    reuse_detection: true,
    reuse_grace: Grace::For(Span::from_seconds(0)),
    siblings: false,
    revokes_alone: false,
};

/// What `sliding` asks.
pub(crate) const SLIDING: Rules = Rules {
    allow_list: false,
    ..PAIR
};

/// What `simplejwt` asks.
pub(crate) const SIMPLEJWT: Rules = Rules {
    allow_list: false,
    reuse_detection: false,
    revokes_alone: true,
    ..PAIR
};

pub(crate) fn presented(token: &SessionToken, session: &str) -> PresentedToken {
    PresentedToken {
        origin: origin(session),
        token: token.clone(),
        recorded: true,
        holds: true,
    }
}

pub(crate) fn rotate(into: &str, now: i64) -> Operation {
    Operation::Rotate(Box::new(token(into, now)))
}

/// A family and what is done to it.
struct History {
    family: Option<Family>,
    rules: Rules,
}

impl History {
    fn of(rules: Rules) -> Self {
        let family = Family::new(&origin("s"), token("a", NOW), at(NOW));
        Self {
            family: Some(family),
            rules,
        }
    }
    fn present(&mut self, id: &str, request: &Operation, now: i64) -> Ruling {
        self.change(id, request, now, true).ruling
    }
    fn change(&mut self, id: &str, request: &Operation, now: i64, holds: bool) -> Change {
        let presented = PresentedToken {
            holds,
            ..presented(&token(id, NOW), "s")
        };
        let change = decide(
            self.family.as_ref(),
            &presented,
            request,
            &self.rules,
            at(now),
        );
        self.family = apply(self.family.as_ref(), &change);
        change
    }
    fn revoke(&mut self, id: &str, now: i64) -> Ruling {
        let change = revoke(
            self.family.as_ref(),
            &presented(&token(id, NOW), "s"),
            &self.rules,
            at(now),
        );
        self.family = apply(self.family.as_ref(), &change);
        change.ruling
    }
    fn family(&self) -> &Family {
        self.family.as_ref().unwrap()
    }
}

#[test]
fn a_rotation_retires_the_token_and_keeps_only_its_successor_s_claims() {
    let mut history = History::of(PAIR);
    assert_eq!(
        history.present("a", &rotate("b", NOW + 60), NOW + 60),
        Ruling::Rotated(2)
    );
    let [first, second] = &history.family().generations[..] else {
        panic!("{:?}", history.family())
    };
    assert_eq!(first.retired_at, Some(at(NOW + 60)));
    assert_eq!(first.token.signed, None);
    assert_eq!(first.token.access, None);
    assert!(second.is_current() && second.token.signed.is_some());
    assert_eq!(second.parent, Some(1));
    assert_eq!(history.family().session.last_used_at, at(NOW + 60));
}

#[test]
fn a_replayed_token_ends_its_family() {
    let mut history = History::of(PAIR);
    history.present("a", &rotate("b", NOW + 60), NOW + 60);
    assert_eq!(
        history.present("a", &rotate("c", NOW + 61), NOW + 61),
        Ruling::Refused(Refusal::Reuse(at(NOW + 61)))
    );
    for id in ["a", "b"] {
        for request in [Operation::Look, Operation::Renew, rotate("d", NOW + 62)] {
            assert_eq!(
                history.present(id, &request, NOW + 62),
                Ruling::Refused(Refusal::Reuse(at(NOW + 61))),
                "{id} {request:?}"
            );
        }
    }
    assert_eq!(
        history.family().session.state(at(NOW + 62)),
        State::ReuseDetected
    );
    assert!(
        history
            .family()
            .generations
            .iter()
            .all(|one| one.token.signed.is_none())
    );
}

#[test]
fn renewing_by_a_retired_token_ends_the_family_too() {
    let mut history = History::of(PAIR);
    history.present("a", &rotate("b", NOW + 60), NOW + 60);
    assert_eq!(
        history.present("a", &Operation::Renew, NOW + 61),
        Ruling::Refused(Refusal::Reuse(at(NOW + 61)))
    );
}

#[test]
fn a_retired_token_that_is_looked_at_or_does_not_hold_changes_nothing() {
    let mut history = History::of(PAIR);
    history.present("a", &rotate("b", NOW + 60), NOW + 60);
    for (request, holds) in [
        (Operation::Look, true),
        (Operation::Look, false),
        (Operation::Renew, false),
        (rotate("c", NOW + 61), false),
    ] {
        let change = history.change("a", &request, NOW + 61, holds);
        assert_eq!(
            change.ruling,
            Ruling::Refused(Refusal::Retired(at(NOW + 60)))
        );
        assert!(change.steps.is_empty());
    }
}

#[test]
fn inside_the_grace_the_same_successor_comes_back_until_it_is_used() {
    let grace = Rules {
        reuse_grace: Grace::For(Span::from_seconds(10)),
        ..PAIR
    };
    let mut history = History::of(grace);
    history.present("a", &rotate("b", NOW), NOW);
    for after in [0, 5, 9] {
        assert_eq!(
            history.present("a", &rotate("c", NOW + after), NOW + after),
            Ruling::Retried(2),
            "{after}"
        );
    }
    // Inside the grace there is nothing to give to a renewal, and nothing to end.
    assert_eq!(
        history.present("a", &Operation::Renew, NOW + 9),
        Ruling::Refused(Refusal::Retired(at(NOW)))
    );
    assert_eq!(
        history.present("b", &Operation::Renew, NOW + 9),
        Ruling::Live(Some(2))
    );
    assert_eq!(
        history.present("a", &rotate("c", NOW + 9), NOW + 9),
        Ruling::Refused(Refusal::Reuse(at(NOW + 9)))
    );
}

#[test]
fn the_grace_counts_from_the_first_use_and_closes() {
    let grace = Rules {
        reuse_grace: Grace::For(Span::from_seconds(10)),
        ..PAIR
    };
    let mut history = History::of(grace);
    history.present("a", &rotate("b", NOW), NOW);
    history.present("a", &rotate("c", NOW + 9), NOW + 9);
    assert_eq!(
        history.present("a", &rotate("c", NOW + 10), NOW + 10),
        Ruling::Refused(Refusal::Reuse(at(NOW + 10)))
    );
}

#[test]
fn until_its_successor_is_used_a_token_gets_it_at_any_age() {
    let mut history = History::of(Rules {
        reuse_grace: Grace::UntilUsed,
        ..PAIR
    });
    history.present("a", &rotate("b", NOW), NOW);
    for after in [0, 10, 13 * DAY] {
        let again = history.present("a", &rotate("c", NOW + after), NOW + after);
        assert_eq!(again, Ruling::Retried(2), "{after}");
    }
    history.present("b", &Operation::Renew, NOW + 13 * DAY);
    assert_eq!(
        history.present("a", &rotate("c", NOW + 13 * DAY), NOW + 13 * DAY),
        Ruling::Refused(Refusal::Reuse(at(NOW + 13 * DAY)))
    );
}

#[test]
fn a_sibling_is_another_successor_of_the_same_token() {
    let siblings = |reuse_grace| {
        History::of(Rules {
            reuse_grace,
            siblings: true,
            ..PAIR
        })
    };
    // In a time, whether or not the first successor is used.
    let mut history = siblings(Grace::For(Span::from_seconds(10)));
    history.present("a", &rotate("b", NOW), NOW);
    history.present("b", &Operation::Renew, NOW + 1);
    assert_eq!(
        history.present("a", &rotate("c", NOW + 9), NOW + 9),
        Ruling::Rotated(3)
    );
    let parents: Vec<_> = history
        .family()
        .successors(1)
        .map(|one| one.number)
        .collect();
    assert_eq!(parents, [2, 3]);
    assert_eq!(history.family().current().count(), 2);
    assert_eq!(
        history.present("a", &Operation::Renew, NOW + 9),
        Ruling::Refused(Refusal::Retired(at(NOW)))
    );
    assert_eq!(
        history.present("a", &rotate("d", NOW + 10), NOW + 10),
        Ruling::Refused(Refusal::Reuse(at(NOW + 10)))
    );
    // A count counts the uses after the first, whenever they are.
    let mut history = siblings(Grace::Uses(2));
    for (id, expected) in [("b", 2), ("c", 3), ("d", 4)] {
        let rotated = history.present("a", &rotate(id, NOW + DAY), NOW + DAY);
        assert_eq!(rotated, Ruling::Rotated(expected));
    }
    assert_eq!(
        history.present("a", &rotate("e", NOW + DAY), NOW + DAY),
        Ruling::Refused(Refusal::Reuse(at(NOW + DAY)))
    );
    // A token that fails a check of its own gets none.
    let mut history = siblings(Grace::UntilUsed);
    history.present("a", &rotate("b", NOW), NOW);
    let broken = history.change("a", &rotate("c", NOW), NOW, false);
    assert_eq!(broken.ruling, Ruling::Refused(Refusal::Retired(at(NOW))));
    assert_eq!(
        history.present("a", &rotate("c", NOW), NOW),
        Ruling::Rotated(3)
    );
    let unused = token("c", NOW).fingerprint;
    assert!(history.family().generation_of(&unused).is_some());
    history.present("b", &Operation::Renew, NOW);
    assert_eq!(
        history.present("a", &rotate("d", NOW), NOW),
        Ruling::Refused(Refusal::Reuse(at(NOW)))
    );
}

#[test]
fn a_clock_that_jumps_back_gives_no_right_again() {
    let grace = Rules {
        reuse_grace: Grace::For(Span::from_seconds(10)),
        ..PAIR
    };
    let mut history = History::of(grace);
    history.present("a", &rotate("b", NOW), NOW);
    history.present("b", &rotate("c", NOW + 60), NOW + 60);
    let change = history.change("a", &rotate("d", NOW + 1), NOW + 1, true);
    assert_eq!(change.ruling, Ruling::Refused(Refusal::Reuse(at(NOW + 60))));
    assert_eq!(change.clock_back, Some(at(NOW + 60)));
}

#[test]
fn an_allow_list_refuses_what_it_does_not_know() {
    let mut nothing = History {
        family: None,
        rules: PAIR,
    };
    for request in [Operation::Look, Operation::Renew, rotate("b", NOW)] {
        assert_eq!(
            nothing.present("a", &request, NOW),
            Ruling::Refused(Refusal::Unknown {
                session_known: false
            })
        );
        assert_eq!(
            History::of(PAIR).present("z", &request, NOW),
            Ruling::Refused(Refusal::Unknown {
                session_known: true
            })
        );
    }
    assert_eq!(nothing.family, None);
}

#[test]
fn an_access_token_is_known_by_its_session_alone() {
    let mut history = History::of(PAIR);
    let access = PresentedToken {
        recorded: false,
        ..presented(&token("access", NOW), "s")
    };
    let look = |history: &History| {
        let family = history.family.as_ref();
        decide(family, &access, &Operation::Look, &PAIR, at(NOW + 1)).ruling
    };
    assert_eq!(look(&history), Ruling::Live(None));
    history.present("a", &rotate("b", NOW), NOW);
    assert_eq!(look(&history), Ruling::Live(None));
    history.present("a", &rotate("c", NOW + 1), NOW + 1);
    assert_eq!(look(&history), Ruling::Refused(Refusal::Reuse(at(NOW + 1))));
}

#[test]
fn a_deny_list_lets_the_unknown_live_and_records_it_when_it_is_rotated() {
    let mut history = History {
        family: None,
        rules: SLIDING,
    };
    assert_eq!(
        history.present("a", &Operation::Look, NOW),
        Ruling::Unrecorded
    );
    assert_eq!(
        history.present("a", &Operation::Renew, NOW),
        Ruling::Unrecorded
    );
    assert_eq!(history.family, None);
    assert_eq!(
        history.present("a", &rotate("b", NOW), NOW),
        Ruling::Rotated(2)
    );
    assert_eq!(history.family().session.generations, 2);
    // A copy that was renewed before: another branch, which ends with the rest.
    assert_eq!(
        history.present("x", &rotate("y", NOW), NOW),
        Ruling::Rotated(4)
    );
    assert_eq!(history.family().current().count(), 2);
    assert_eq!(
        history.present("a", &rotate("z", NOW), NOW),
        Ruling::Refused(Refusal::Reuse(at(NOW)))
    );
    assert_eq!(
        history.present("y", &Operation::Look, NOW),
        Ruling::Refused(Refusal::Reuse(at(NOW)))
    );
}

#[test]
fn the_absolute_end_stops_renewing_and_rotating() {
    for (rules, family) in [(PAIR, true), (SLIDING, true), (SLIDING, false)] {
        let mut history = History::of(rules);
        if !family {
            history.family = None;
        }
        let end = NOW + 90 * DAY;
        assert_eq!(
            history.present("a", &rotate("b", end), end),
            Ruling::Refused(Refusal::SessionEnded(at(end)))
        );
    }
}

#[test]
fn simplejwt_refuses_a_retired_token_and_lets_its_successor_live() {
    let mut history = History::of(SIMPLEJWT);
    history.present("a", &rotate("b", NOW), NOW);
    assert_eq!(
        history.present("a", &rotate("c", NOW + 1), NOW + 1),
        Ruling::Refused(Refusal::Retired(at(NOW)))
    );
    assert_eq!(
        history.present("b", &rotate("d", NOW + 2), NOW + 2),
        Ruling::Rotated(3)
    );
}

#[test]
fn without_blacklist_after_rotation_each_use_is_a_branch_and_revoking_ends_one() {
    let mut history = History::of(Rules {
        retires: false,
        ..SIMPLEJWT
    });
    assert_eq!(
        history.present("a", &rotate("b", NOW), NOW),
        Ruling::Rotated(2)
    );
    assert_eq!(
        history.present("a", &rotate("c", NOW + 1), NOW + 1),
        Ruling::Rotated(3)
    );
    assert_eq!(history.family().successors(1).count(), 2);
    assert_eq!(history.revoke("b", NOW + 2), Ruling::Revoked);
    assert_eq!(
        history.present("b", &Operation::Look, NOW + 3),
        Ruling::Refused(Refusal::Revoked(at(NOW + 2)))
    );
    for id in ["a", "c"] {
        assert!(matches!(
            history.present(id, &Operation::Look, NOW + 3),
            Ruling::Live(Some(_))
        ));
        assert_eq!(history.revoke(id, NOW + 4), Ruling::Revoked);
    }
    assert_eq!(history.family().session.state(at(NOW + 5)), State::Revoked);
}

#[test]
fn revoking_ends_a_family_once_and_remembers_what_was_unknown() {
    let mut history = History {
        family: None,
        rules: SLIDING,
    };
    assert_eq!(history.revoke("a", NOW), Ruling::Revoked);
    assert!(matches!(
        history.revoke("a", NOW + 9),
        Ruling::AlreadyEnded(SessionEnd { at: since, why: EndReason::Revoked }) if since == at(NOW)
    ));
    assert_eq!(
        history.present("any", &Operation::Look, NOW + 9),
        Ruling::Refused(Refusal::Revoked(at(NOW)))
    );
    let mut unknown = History {
        family: None,
        rules: PAIR,
    };
    assert_eq!(
        unknown.revoke("a", NOW),
        Ruling::Refused(Refusal::Unknown {
            session_known: false
        })
    );
}

#[test]
fn a_lost_answer_is_issued_again_while_its_token_is_current() {
    let mut history = History::of(PAIR);
    history.present("a", &rotate("b", NOW), NOW);
    let again = |history: &History, generation, now| {
        reissue(history.family(), generation, at(now))
            .map(|found| found.iter().map(|one| one.number).collect::<Vec<_>>())
    };
    assert_eq!(again(&history, None, NOW), Ok(vec![2]));
    assert_eq!(
        again(&history, Some(1), NOW),
        Err(Refusal::Retired(at(NOW)))
    );
    assert_eq!(
        again(&history, None, NOW + 15 * DAY),
        Err(Refusal::Expired(at(NOW + 14 * DAY)))
    );
    assert_eq!(
        again(&history, None, NOW + 90 * DAY),
        Err(Refusal::SessionEnded(at(NOW + 90 * DAY)))
    );
    history.revoke("b", NOW + 1);
    assert_eq!(
        again(&history, None, NOW + 2),
        Err(Refusal::Revoked(at(NOW + 1)))
    );
}

#[test]
fn a_record_guards_until_nothing_of_it_can_verify() {
    let life = Span::from_seconds(300);
    for (absolute_end, expiry, expected) in [
        // A pair is capped: no token outlives the absolute end, or a token life after it where the server does not cap.
        (
            Some(90 * DAY),
            Expiry::At(at(NOW + 14 * DAY)),
            Some(90 * DAY + 300 + DAY),
        ),
        (None, Expiry::At(at(NOW + DAY)), Some(DAY + 300 + DAY)),
        (
            Some(DAY),
            Expiry::At(at(NOW + 2 * DAY)),
            Some(2 * DAY + 300 + DAY),
        ),
        (Some(DAY), Expiry::Never, None),
    ] {
        let origin = SessionClaims {
            absolute_end: absolute_end.map(|end| at(NOW + end)),
            outlives: life,
            ..origin("s")
        };
        let token = SessionToken {
            expires_at: expiry,
            ..token("a", NOW)
        };
        let family = Family::new(&origin, token, at(NOW));
        let expected = expected.map_or(Expiry::Never, |after| Expiry::At(at(NOW + after)));
        assert_eq!(family.session.guards_until, expected);
    }
}
