//! simplejwt's tables: what is read from them and what is written, as the package itself would.
use super::*;
use crate::session::family::{Refusal, Ruling, Session, State};

facts! {
    a_login_is_recorded_as_the_server_records_it
    a_token_whose_user_is_not_there_is_recorded_without_one
    what_the_table_can_not_hold_is_refused
    revoking_lists_a_token_that_was_never_seen_and_only_once
    rotating_ends_the_old_token_and_records_the_new_one
    without_blacklist_after_rotation_the_old_token_stays_as_it_was
    a_successor_s_id_that_is_taken_leaves_everything_as_it_was
    looking_and_renewing_write_nothing
    a_token_is_known_by_its_id_whatever_issuer_it_says
    all_of_a_user_s_tokens_are_ended_and_no_other
    a_user_that_is_gone_is_still_found_by_the_tokens_claim
    more_rows_than_are_held_at_once_are_all_seen
    a_clean_up_keeps_what_a_slid_token_needs
    a_sliding_token_that_may_have_been_slid_counts_as_live
    a_text_that_is_no_token_is_shown_by_its_columns
    a_row_that_no_one_can_read_is_damage_and_never_live
}

const OUTSTANDING: &str =
    "SELECT user_id, jti, created_at, expires_at FROM token_blacklist_outstandingtoken ORDER BY id";
const ENDED: &str =
    "SELECT token_id, blacklisted_at FROM token_blacklist_blacklistedtoken ORDER BY id";

pub(super) fn rotation(into: &SessionToken) -> Operation {
    Operation::Rotate(Box::new(into.clone()))
}

fn ids(sessions: &[Session]) -> Vec<&str> {
    sessions
        .iter()
        .map(|session| session.key.id.as_str())
        .collect()
}

fn a_login_is_recorded_as_the_server_records_it(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    let token = refresh("0123456789abcdef0123456789abcdef", NOW);
    let family = Family::new(
        &origin(&token),
        token.clone(),
        Timestamp::new(NOW, 569_027_999),
    );
    store.create(&family).unwrap();
    assert_eq!(
        bench.rows(OUTSTANDING),
        [[
            "1",
            "0123456789abcdef0123456789abcdef",
            "2027-01-15 08:00:00.569027",
            "2027-01-16 08:00:00"
        ]]
    );
    let texts = bench.rows("SELECT token FROM token_blacklist_outstandingtoken");
    assert_eq!(
        texts[0][0].as_bytes(),
        token.text.as_ref().unwrap().expose()
    );
    assert!(bench.rows(ENDED).is_empty());
    assert_eq!(
        store.create(&family),
        Err(StoreError::Taken("a token with that id"))
    );

    let found = bench.open().find(&lookup(&token)).unwrap().unwrap();
    assert_eq!(found.session.user.as_deref(), Some("alice"));
    assert_eq!(found.session.state(at(NOW + 1)), State::Live);
    assert_eq!(found.session.state(at(NOW + DAY)), State::Expired);
    assert_eq!(found.session.began_at, Timestamp::new(NOW, 569_027_000));
    assert_eq!(found.generations[0].token.signed, token.signed);
    assert_eq!(found.generations[0].token.text, token.text);
    let by_id = store.find(&Lookup::Session(found.session.key.id.clone()));
    assert_eq!(by_id, Ok(Some(found)));
}

fn a_token_whose_user_is_not_there_is_recorded_without_one(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    for (id, user) in [
        ("a", r#""7""#),
        ("b", r#""alice""#),
        ("c", "2"),
        ("d", "null"),
        ("e", "[1]"),
    ] {
        let payload = format!(
            r#"{{"token_type":"refresh","exp":{},"jti":"{id}","user_id":{user}}}"#,
            NOW + DAY
        );
        issued(&mut store, &token(&payload), NOW).unwrap();
    }
    let users: Vec<String> = bench
        .rows(OUTSTANDING)
        .into_iter()
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(users, ["NULL", "NULL", "2", "NULL", "NULL"]);
    let sessions = store.list(&Selection::default()).unwrap();
    let users: Vec<_> = sessions
        .iter()
        .map(|session| session.user.as_deref())
        .collect();
    assert_eq!(users, [Some("7"), Some("alice"), Some("bob"), None, None]);
}

fn what_the_table_can_not_hold_is_refused(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    let whole = refresh("a", NOW);
    let access = token(&format!(
        r#"{{"token_type":"access","exp":{},"jti":"a","user_id":"1"}}"#,
        NOW + DAY
    ));
    let foreign = token(&format!(
        r#"{{"sub":"alice","exp":{},"jti":"a"}}"#,
        NOW + DAY
    ));
    let none_of_its_own =
        "keep a token that is neither a refresh token nor a sliding token of simplejwt";
    for (token, expected) in [
        (access, none_of_its_own),
        (foreign, none_of_its_own),
        (
            SessionToken {
                text: None,
                ..whole.clone()
            },
            "keep a token without its text",
        ),
        (
            SessionToken {
                id: None,
                ..whole.clone()
            },
            "keep a token without an id",
        ),
        (
            SessionToken {
                expires_at: Expiry::Never,
                ..whole.clone()
            },
            "keep a token without exp",
        ),
        (
            SessionToken {
                id: Some("a\0b".to_owned()),
                ..whole.clone()
            },
            "keep a token without an id",
        ),
    ] {
        let mut family = Family::new(&origin(&whole), token, at(NOW));
        assert_eq!(
            store.create(&family),
            Err(StoreError::Unsupported(expected))
        );
        family.session.ended = None;
    }
    assert!(bench.rows(OUTSTANDING).is_empty());
}

fn revoking_lists_a_token_that_was_never_seen_and_only_once(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    let (seen, unseen) = (refresh("seen", NOW), refresh("unseen", NOW));
    issued(&mut store, &seen, NOW).unwrap();
    for token in [&seen, &unseen] {
        let applied = revoked(&mut store, token, NOW + 9).unwrap();
        assert_eq!(applied.ruling(), Ruling::Revoked);
        let again = revoked(&mut bench.open(), token, NOW + 10).unwrap();
        assert!(matches!(again.ruling(), Ruling::AlreadyEnded(ended) if ended.at == at(NOW + 9)));
        let looked = present(&mut store, token, &Operation::Look, NOW + 11).unwrap();
        assert_eq!(
            looked.ruling(),
            Ruling::Refused(Refusal::Revoked(at(NOW + 9)))
        );
    }
    assert_eq!(bench.rows(OUTSTANDING).len(), 2);
    assert_eq!(
        bench.rows(ENDED),
        [["1", "2027-01-15 08:00:09"], ["2", "2027-01-15 08:00:09"]]
    );
}

fn rotating_ends_the_old_token_and_records_the_new_one(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    let (old, new) = (refresh("old", NOW), refresh("new", NOW + 60));
    let applied = present(&mut store, &old, &rotation(&new), NOW + 60).unwrap();
    assert_eq!(applied.ruling(), Ruling::Rotated(2));
    let successor = applied
        .family
        .unwrap()
        .generation(2)
        .unwrap()
        .token
        .id
        .clone();
    assert_eq!(successor.as_deref(), Some("new"));
    // The old one was never seen before: recorded first, as the server's `blacklist` does, then the new one.
    assert_eq!(
        bench.rows(OUTSTANDING),
        [
            ["1", "old", "2027-01-15 08:01:00", "2027-01-16 08:00:00"],
            ["1", "new", "2027-01-15 08:01:00", "2027-01-16 08:01:00"],
        ]
    );
    assert_eq!(bench.rows(ENDED), [["1", "2027-01-15 08:01:00"]]);
    let replayed = present(
        &mut store,
        &old,
        &rotation(&refresh("third", NOW)),
        NOW + 61,
    )
    .unwrap();
    assert_eq!(
        replayed.ruling(),
        Ruling::Refused(Refusal::Revoked(at(NOW + 60)))
    );
    let next = present(
        &mut store,
        &new,
        &rotation(&refresh("third", NOW)),
        NOW + 62,
    )
    .unwrap();
    assert_eq!(next.ruling(), Ruling::Rotated(2));
    assert_eq!(bench.rows(OUTSTANDING).len(), 3);
}

fn without_blacklist_after_rotation_the_old_token_stays_as_it_was(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    let old = refresh("old", NOW);
    for new in ["one", "two"] {
        let request = rotation(&refresh(new, NOW));
        let presented = presented(&old);
        let applied = store.update(&lookup(&old), &mut |family| {
            decide(family, &presented, &request, &rules(false), at(NOW))
        });
        assert_eq!(applied.unwrap().ruling(), Ruling::Rotated(2));
    }
    let rows = bench.rows(OUTSTANDING);
    let ids: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(ids, ["one", "two"]);
    assert!(bench.rows(ENDED).is_empty());
}

fn a_successor_s_id_that_is_taken_leaves_everything_as_it_was(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    issued(&mut store, &refresh("old", NOW), NOW).unwrap();
    issued(&mut store, &refresh("other", NOW), NOW).unwrap();
    let taken = present(
        &mut store,
        &refresh("old", NOW),
        &rotation(&refresh("other", NOW)),
        NOW,
    );
    assert_eq!(taken, Err(StoreError::Taken("a token with that id")));
    assert!(bench.rows(ENDED).is_empty());
    assert_eq!(bench.rows(OUTSTANDING).len(), 2);
}

fn looking_and_renewing_write_nothing(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    let token = refresh("a", NOW);
    for request in [Operation::Look, Operation::Renew] {
        let applied = present(&mut store, &token, &request, NOW).unwrap();
        assert_eq!(
            (applied.ruling(), applied.family),
            (Ruling::Unrecorded, None)
        );
    }
    assert!(bench.rows(OUTSTANDING).is_empty());
    issued(&mut store, &token, NOW).unwrap();
    let applied = present(&mut store, &token, &Operation::Renew, NOW + 1).unwrap();
    assert_eq!(applied.ruling(), Ruling::Live(Some(1)));
}

fn a_token_is_known_by_its_id_whatever_issuer_it_says(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    revoked(&mut store, &refresh("a", NOW), NOW).unwrap();
    let payload = format!(
        r#"{{"token_type":"refresh","exp":{},"jti":"a","user_id":"1","iss":"other"}}"#,
        NOW + DAY
    );
    let looked = present(&mut store, &token(&payload), &Operation::Look, NOW).unwrap();
    assert_eq!(looked.ruling(), Ruling::Refused(Refusal::Revoked(at(NOW))));
}

fn all_of_a_user_s_tokens_are_ended_and_no_other(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    let bobs = format!(
        r#"{{"token_type":"refresh","exp":{},"jti":"bobs","user_id":"2"}}"#,
        NOW + DAY
    );
    for (token, now) in [
        (refresh("one", NOW), NOW),
        (token(&bobs), NOW),
        (refresh("two", NOW), NOW + 5),
        (refresh("gone", NOW - 3 * DAY), NOW - 3 * DAY),
    ] {
        issued(&mut store, &token, now).unwrap();
    }
    revoked(&mut store, &refresh("one", NOW), NOW + 6).unwrap();
    let of = |user: &str| Selection {
        user: Some(user.to_owned()),
        now: Some(at(NOW + 9)),
        ..Selection::default()
    };
    assert_eq!(
        ids(&store.list(&of("alice")).unwrap()),
        ["one", "two", "gone"]
    );
    let ended = store.end(&of("1"), at(NOW + 9)).unwrap().sessions;
    assert_eq!(ids(&ended), ["two"]);
    assert_eq!(ended[0].state(at(NOW + 9)), State::Revoked);
    let again = store.end(&of("alice"), at(NOW + 10));
    assert_eq!(again, Ok(Listing::default()));
    let live = Selection {
        states: vec![State::Live],
        ..of("bob")
    };
    assert_eq!(ids(&store.list(&live).unwrap()), ["bobs"]);
    assert_eq!(store.list(&of("nobody")), Ok(Vec::new()));
    let all = Selection {
        began_before: Some(at(NOW + 1)),
        ..Selection::default()
    };
    assert_eq!(
        ids(&store.end(&all, at(NOW + 11)).unwrap().sessions),
        ["bobs"]
    );
}

fn a_user_that_is_gone_is_still_found_by_the_tokens_claim(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    issued(&mut store, &refresh("a", NOW), NOW).unwrap();
    // Django's ON DELETE SET NULL.
    bench.run("UPDATE token_blacklist_outstandingtoken SET user_id = NULL");
    bench.run("DELETE FROM auth_user WHERE id = 1");
    let of = |user: &str| Selection {
        user: Some(user.to_owned()),
        ..Selection::default()
    };
    assert_eq!(store.end(&of("alice"), at(NOW)), Ok(Listing::default()));
    assert_eq!(ids(&store.end(&of("1"), at(NOW)).unwrap().sessions), ["a"]);
}

fn more_rows_than_are_held_at_once_are_all_seen(of: Maker<'_>) {
    let bench = of("simplejwt");
    let text = text(&format!(r#"{{"exp":{},"user_id":"1"}}"#, NOW + DAY));
    bench.run(&format!(
        "INSERT INTO token_blacklist_outstandingtoken (user_id, jti, token, created_at, expires_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT 1, 'id' || i, '{text}', '2027-01-15 08:00:00', '2027-01-16 08:00:00' FROM n"
    ));
    let mut store = bench.open();
    assert_eq!(store.list(&Selection::default()).unwrap().len(), 2500);
    let alice = Selection {
        user: Some("alice".to_owned()),
        ..Selection::default()
    };
    assert_eq!(store.end(&alice, at(NOW)).unwrap().sessions.len(), 2500);
    let purged = store.purge(at(NOW + 2 * DAY), false).unwrap();
    assert_eq!((purged.sessions, purged.guarding), (2500, 0));
    assert!(bench.rows(ENDED).is_empty());
}

fn a_clean_up_keeps_what_a_slid_token_needs(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open_set(
        Stack::SimpleJwt,
        &["SLIDING_TOKEN_LIFETIME=timedelta(minutes=5)"],
    );
    // Exchange L of simplejwt's bug: a sliding token of five minutes, refreshed for a day; its row says five minutes.
    let sliding = |id: &str, life: i64| {
        token(&format!(
            r#"{{"token_type":"sliding","exp":{},"iat":{NOW},"jti":"{id}","refresh_exp":{},"user_id":"1"}}"#,
            NOW + life,
            NOW + DAY
        ))
    };
    issued(&mut store, &sliding("slid", 300), NOW).unwrap();
    issued(&mut store, &sliding("long", 7200), NOW).unwrap();
    issued(&mut store, &refresh("plain", NOW), NOW).unwrap();
    store.end(&Selection::default(), at(NOW + 1)).unwrap();
    // A day of leeway is the most that anyone may ask for.
    let leeway = DAY;
    let mut last = NOW + DAY + leeway;
    let early = store.purge(at(last - 1), false).unwrap();
    assert_eq!(
        (early.sessions, early.guarding, early.next),
        (0, 3, Some(at(last)))
    );
    let rehearsed = store.purge(at(last), true).unwrap();
    assert_eq!(
        (rehearsed.sessions, rehearsed.guarding, rehearsed.next),
        (1, 2, Some(at(last + 300)))
    );
    assert_eq!(store.purge(at(last), false), Ok(rehearsed));
    last += 300;
    let looked = present(
        &mut store,
        &sliding("slid", 300),
        &Operation::Look,
        last - 1,
    )
    .unwrap();
    assert_eq!(
        looked.ruling(),
        Ruling::Refused(Refusal::Revoked(at(NOW + 1)))
    );
    assert_eq!(store.purge(at(last), false).unwrap().sessions, 1);
    let longest = store.purge(at(last + 7200 - 300 - 1), false).unwrap();
    assert_eq!((longest.sessions, longest.guarding), (0, 1));
    assert_eq!(
        store.purge(at(last + 7200 - 300), false).unwrap().sessions,
        1
    );
    assert!(bench.rows(OUTSTANDING).is_empty() && bench.rows(ENDED).is_empty());
}

fn a_sliding_token_that_may_have_been_slid_counts_as_live(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open_set(
        Stack::SimpleJwt,
        &["SLIDING_TOKEN_REFRESH_EXP_CLAIM='until'"],
    );
    let payload = format!(
        r#"{{"token_type":"sliding","exp":{},"iat":{NOW},"jti":"s","until":{},"user_id":"1"}}"#,
        NOW + 300,
        NOW + DAY
    );
    issued(&mut store, &token(&payload), NOW).unwrap();
    let session = store.list(&Selection::default()).unwrap().remove(0);
    assert_eq!(session.profile, "simplejwt-sliding");
    assert_eq!(session.state(at(NOW + DAY)), State::Live);
    assert_eq!(session.idle_end, expiry(NOW + DAY + 300));
    assert_eq!(
        store
            .end(&Selection::default(), at(NOW + DAY))
            .unwrap()
            .sessions
            .len(),
        1
    );
}

fn a_row_that_no_one_can_read_is_damage_and_never_live(of: Maker<'_>) {
    let changes: &[(&str, &str)] = match of("simplejwt") {
        Bench::Sqlite(_) => &[
            ("expires_at = 'tomorrow'", "a time"),
            ("expires_at = 7", "a time"),
            ("created_at = x'00'", "of another type"),
            ("token = x'00'", "of another type"),
        ],
        // PostgreSQL keeps types, so that only what is missing can't be read; whoever opens the table then is told that it may be.
        Bench::Postgres(_) => &[("expires_at = NULL", "a time"), ("token = NULL", "a text")],
    };
    for (change, expected) in changes {
        let bench = of("simplejwt");
        let mut store = bench.open();
        issued(&mut store, &refresh("a", NOW), NOW).unwrap();
        issued(&mut store, &refresh("b", NOW), NOW).unwrap();
        if let (Bench::Postgres(_), Some((column, _))) = (&bench, change.split_once(" = ")) {
            bench.run(&format!(
                "ALTER TABLE token_blacklist_outstandingtoken ALTER COLUMN {column} DROP NOT NULL"
            ));
        }
        bench.run(&format!(
            "UPDATE token_blacklist_outstandingtoken SET {change} WHERE jti = 'a'"
        ));
        let listing = store.listing(&Selection::default()).unwrap();
        let damaged = listing.damaged.iter().map(|one| one.session.as_deref());
        assert_eq!(damaged.collect::<Vec<_>>(), [Some("a")]);
        assert_eq!(ids(&listing.sessions), ["b"]);
        // The user's other tokens are ended, and the one that can't be is named.
        let alice = Selection {
            user: Some("alice".to_owned()),
            ..Selection::default()
        };
        let ended = store.end(&alice, at(NOW + 1)).unwrap();
        assert_eq!(ids(&ended.sessions), ["b"], "{change}");
        let damaged = ended.damaged.iter().map(|one| one.session.as_deref());
        assert_eq!(damaged.collect::<Vec<_>>(), [Some("a")], "{change}");
        let found = store.find(&lookup(&refresh("b", NOW))).unwrap();
        let state = found.unwrap().session.state(at(NOW + 1));
        assert_eq!(state, State::Revoked, "{change}");
        let last = at(NOW + 400 * DAY);
        for rehearse in [true, false] {
            let purged = store.purge(last, rehearse).unwrap();
            assert_eq!((purged.sessions, purged.damaged.len()), (1, 1));
        }
        let found = store.find(&lookup(&refresh("a", NOW)));
        assert!(
            matches!(&found, Err(StoreError::DamagedRecord(record)) if record.what.contains(expected)),
            "{found:?}"
        );
    }
}

fn a_text_that_is_no_token_is_shown_by_its_columns(of: Maker<'_>) {
    let bench = of("simplejwt");
    bench.run("INSERT INTO token_blacklist_outstandingtoken (user_id, jti, token, created_at, expires_at) VALUES (3, 'odd', '', NULL, '2027-01-16 08:00:00.5')");
    let session = bench.open().list(&Selection::default()).unwrap().remove(0);
    assert_eq!(session.user.as_deref(), Some("carol"));
    assert_eq!(
        session.idle_end,
        Expiry::At(Timestamp::new(NOW + DAY, 500_000_000))
    );
}
