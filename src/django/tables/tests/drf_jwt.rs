//! drf-jwt's table: a family is ended by any of its tokens, and stays so for as long as one of them could be used.
use super::*;
use crate::session::family::{Refusal, Ruling, State};

facts! {
    any_member_ends_its_whole_family_and_no_other_login
    what_counts_is_what_jwt_token_id_says
    another_spelling_of_the_signature_does_not_pass
    what_the_server_wrote_guards_longer_than_it_says
    what_never_expires_is_listed_for_ever
    a_row_s_end_is_that_of_the_family_s_last_token
    what_the_table_has_no_place_for_is_refused
    what_is_listed_is_shown_and_already_ended
    the_blacklist_is_told_as_the_server_asks_for_it
    a_row_that_no_one_can_read_spoils_what_is_said_of_its_own_family_alone
}

const ROWS: &str = "SELECT token, token_id, user_id, expires_at, blacklisted_at FROM blacklist_blacklistedtoken ORDER BY id";
const FIRST: &str = "01234567-89ab-cdef-0123-456789abcde0";
const SECOND: &str = "11111111-89ab-cdef-0123-456789abcde0";
const LIFE: i64 = 300;

/// A token of alice's login at [`NOW`], refreshed then.
fn member(id: &str, first: Option<&str>, issued: i64) -> SessionToken {
    let first = first.map_or(String::new(), |first| format!(r#","orig_jti":"{first}""#));
    token(&format!(
        r#"{{"username":"alice","iat":{issued},"exp":{},"jti":"{id}","user_id":1,"orig_iat":{NOW}{first}}}"#,
        issued + LIFE
    ))
}

fn look(store: &mut Django, token: &SessionToken) -> Ruling {
    present(store, token, &Operation::Look, NOW + 99)
        .unwrap()
        .ruling()
}

fn any_member_ends_its_whole_family_and_no_other_login(of: Maker<'_>) {
    let bench = of("drf-jwt");
    let mut store = bench.open();
    let (first, second) = (
        member(FIRST, None, NOW),
        member(SECOND, Some(FIRST), NOW + 60),
    );
    let third = member(
        "22222222-89ab-cdef-0123-456789abcde0",
        Some(FIRST),
        NOW + 90,
    );
    let other = member("33333333-89ab-cdef-0123-456789abcde0", None, NOW);
    for token in [&first, &second, &third, &other] {
        assert_eq!(look(&mut store, token), Ruling::Unrecorded);
    }
    let applied = revoked(&mut store, &second, NOW + 70).unwrap();
    assert_eq!(applied.ruling(), Ruling::Revoked);
    for token in [&first, &second, &third] {
        let refused = Ruling::Refused(Refusal::Revoked(at(NOW + 70)));
        assert_eq!(look(&mut bench.open(), token), refused);
        let again = revoked(&mut store, token, NOW + 80).unwrap();
        assert!(matches!(again.ruling(), Ruling::AlreadyEnded(ended) if ended.at == at(NOW + 70)));
    }
    assert_eq!(look(&mut store, &other), Ruling::Unrecorded);
    let text = std::str::from_utf8(second.text.as_ref().unwrap().expose()).unwrap();
    // Until a week, five minutes and a second after the login.
    assert_eq!(
        bench.rows(ROWS),
        [[
            text,
            "0123456789abcdef0123456789abcde0",
            "1",
            "2027-01-22 08:05:01",
            "2027-01-15 08:01:10"
        ]]
    );
    let session = store
        .find(&Lookup::Session(FIRST.to_owned()))
        .unwrap()
        .unwrap()
        .session;
    assert_eq!(
        (session.key.id.as_str(), session.user.as_deref()),
        (FIRST, Some("alice"))
    );
    assert_eq!(session.state(at(NOW + 99)), State::Revoked);
}

fn what_counts_is_what_jwt_token_id_says(of: Maker<'_>) {
    let (first, second) = (member(FIRST, None, NOW), member(SECOND, Some(FIRST), NOW));
    let without = token(&format!(
        r#"{{"username":"alice","iat":{NOW},"exp":{},"orig_iat":{NOW}}}"#,
        NOW + LIFE
    ));
    let refused = Ruling::Refused(Refusal::Revoked(at(NOW)));
    for (mode, keeps_text, second_is, without_is) in [
        ("include", true, refused, refused),
        ("require", false, refused, Ruling::Unrecorded),
        ("off", true, Ruling::Unrecorded, refused),
    ] {
        let bench = of("drf-jwt");
        let mut store = bench.open_set(Stack::DrfJwt, &[&format!("JWT_TOKEN_ID='{mode}'")]);
        for token in [&first, &without] {
            revoked(&mut store, token, NOW).unwrap();
        }
        assert_eq!(bench.rows(ROWS)[0][0] != "NULL", keeps_text, "{mode}");
        assert_eq!(look(&mut store, &first), refused, "{mode}");
        assert_eq!(look(&mut store, &second), second_is, "{mode}");
        assert_eq!(look(&mut store, &without), without_is, "{mode}");
    }
}

fn another_spelling_of_the_signature_does_not_pass(of: Maker<'_>) {
    let bench = of("drf-jwt");
    let mut store = bench.open_set(Stack::DrfJwt, &["JWT_TOKEN_ID='off'"]);
    let payload = format!(r#"{{"username":"alice","exp":{}}}"#, NOW + LIFE);
    revoked(&mut store, &token(&payload), NOW).unwrap();
    let respelled = StoredToken::read(&text(&payload).replace("c2ln", "c2lo"));
    let respelled = respelled.token(None, respelled.expiry());
    assert_eq!(
        look(&mut store, &respelled),
        Ruling::Refused(Refusal::Revoked(at(NOW)))
    );
}

fn what_the_server_wrote_guards_longer_than_it_says(of: Maker<'_>) {
    // Exchanges T of drf-jwt's bug: the row ends with the listed token, and younger members of the family are good again once it is deleted.
    for text in [
        "NULL".to_owned(),
        format!(
            "'{}'",
            text(&format!(
                r#"{{"username":"alice","iat":{NOW},"exp":{},"jti":"{FIRST}","orig_iat":{NOW}}}"#,
                NOW + LIFE
            ))
        ),
    ] {
        let bench = of("drf-jwt");
        bench.run(&format!(
            "INSERT INTO blacklist_blacklistedtoken (token, token_id, user_id, expires_at, blacklisted_at) VALUES ({text}, '0123456789abcdef0123456789abcde0', 1, '2027-01-15 08:05:00', '2027-01-15 08:00:00')"
        ));
        let mut store = bench.open();
        let last = NOW + 7 * DAY + LIFE + DAY;
        let early = store.purge(at(last - 1), false).unwrap();
        assert_eq!((early.sessions, early.guarding), (0, 1), "{text}");
        let late = member(SECOND, Some(FIRST), NOW + 7 * DAY);
        let refused = Ruling::Refused(Refusal::Revoked(at(NOW)));
        assert_eq!(look(&mut store, &late), refused);
        assert_eq!(
            store.purge(at(last + 1), false).unwrap().sessions,
            1,
            "{text}"
        );
        assert!(bench.rows(ROWS).is_empty());
    }
}

fn what_never_expires_is_listed_for_ever(of: Maker<'_>) {
    let bench = of("drf-jwt");
    let mut store = bench.open();
    let payload = format!(r#"{{"username":"alice","iat":{NOW},"jti":"{FIRST}"}}"#);
    revoked(&mut store, &token(&payload), NOW).unwrap();
    assert_eq!(bench.rows(ROWS)[0][3], "9999-12-31 23:59:59");
    let purged = store.purge(at(NOW + 9999 * DAY), false).unwrap();
    assert_eq!(
        (purged.sessions, purged.guarding, purged.for_ever),
        (0, 0, 1)
    );
    let bench = of("drf-jwt");
    let mut store = bench.open_set(Stack::DrfJwt, &["JWT_VERIFY_EXPIRATION=False"]);
    revoked(&mut store, &member(FIRST, None, NOW), NOW).unwrap();
    assert_eq!(bench.rows(ROWS)[0][3], "9999-12-31 23:59:59");
}

fn a_row_s_end_is_that_of_the_family_s_last_token(of: Maker<'_>) {
    for (payload, set, expected) in [
        // Can't be refreshed: its own end.
        (r#""exp":1800000300"#, "", "2027-01-15 08:05:00"),
        (
            r#""exp":1800000300"#,
            "JWT_LEEWAY=60",
            "2027-01-15 08:06:00",
        ),
        (
            r#""exp":1800000300,"orig_iat":1799913600"#,
            "",
            "2027-01-21 08:05:01",
        ),
        (
            r#""exp":1800000300,"orig_iat":1799913600"#,
            "JWT_REFRESH_EXPIRATION_DELTA=timedelta(hours=1)",
            "2027-01-15 08:05:00",
        ),
        (
            r#""exp":1900000000,"orig_iat":1800000000"#,
            "",
            "2030-03-17 17:46:40",
        ),
    ] {
        let bench = of("drf-jwt");
        let set: Vec<&str> = [set].into_iter().filter(|set| !set.is_empty()).collect();
        let mut store = bench.open_set(Stack::DrfJwt, &set);
        let payload = format!(r#"{{"username":"alice","jti":"{FIRST}",{payload}}}"#);
        revoked(&mut store, &token(&payload), NOW).unwrap();
        assert_eq!(bench.rows(ROWS)[0][3], expected, "{payload} {set:?}");
    }
}

fn what_the_table_has_no_place_for_is_refused(of: Maker<'_>) {
    let bench = of("drf-jwt");
    let mut store = bench.open();
    let nobody = token(&format!(
        r#"{{"username":"dora","exp":{},"jti":"{FIRST}"}}"#,
        NOW + LIFE
    ));
    let refused = revoked(&mut store, &nobody, NOW);
    assert!(
        matches!(&refused, Err(StoreError::Other(words)) if words.contains("username")),
        "{refused:?}"
    );
    let alice = Selection {
        user: Some("alice".to_owned()),
        ..Selection::default()
    };
    assert!(matches!(
        store.end(&alice, at(NOW)),
        Err(StoreError::Unsupported(_))
    ));
    let request = Operation::Rotate(Box::new(member(SECOND, Some(FIRST), NOW)));
    let rotated = present(&mut store, &member(FIRST, None, NOW), &request, NOW);
    assert_eq!(
        rotated,
        Err(StoreError::Unsupported("retire one token of a family"))
    );
    assert!(bench.rows(ROWS).is_empty());
    // A login is nothing that drf-jwt lists, and a rotation that retires nothing either.
    assert_eq!(issued(&mut store, &member(FIRST, None, NOW), NOW), Ok(()));
    let presented = presented(&member(FIRST, None, NOW));
    let applied = store.update(&lookup(&member(FIRST, None, NOW)), &mut |family| {
        decide(family, &presented, &request, &rules(false), at(NOW))
    });
    assert_eq!(applied.unwrap().ruling(), Ruling::Rotated(2));
    assert!(bench.rows(ROWS).is_empty());
}

fn what_is_listed_is_shown_and_already_ended(of: Maker<'_>) {
    let bench = of("drf-jwt");
    let mut store = bench.open();
    revoked(&mut store, &member(FIRST, None, NOW), NOW).unwrap();
    let without = token(&format!(r#"{{"username":"bob","exp":{}}}"#, NOW + LIFE));
    revoked(&mut store, &without, NOW + 5).unwrap();
    let sessions = store.list(&Selection::default()).unwrap();
    let shown: Vec<_> = sessions
        .iter()
        .map(|session| (session.key.id.clone(), session.user.clone().unwrap()))
        .collect();
    assert_eq!(
        shown,
        [
            (without.fingerprint.short(), "bob".to_owned()),
            (FIRST.to_owned(), "alice".to_owned())
        ]
    );
    for (id, _) in shown {
        let selection = Selection {
            id: Some(id.clone()),
            ..Selection::default()
        };
        assert_eq!(store.end(&selection, at(NOW)), Ok(Listing::default()));
        assert!(store.find(&Lookup::Session(id)).unwrap().is_some());
    }
    let of_bob = Selection {
        user: Some("2".to_owned()),
        ..Selection::default()
    };
    assert_eq!(store.list(&of_bob).unwrap().len(), 1);
}

fn the_blacklist_is_told_as_the_server_asks_for_it(of: Maker<'_>) {
    let bench = of("drf-jwt");
    let mut store = bench.open();
    let token = member(FIRST, None, NOW);
    revoked(&mut store, &token, NOW).unwrap();
    let text = std::str::from_utf8(token.text.as_ref().unwrap().expose()).unwrap();
    let mut asked = [false; 4];
    let answered = store.with_database(&mut |database| {
        let listed = database.blacklisted.unwrap();
        asked = [
            listed(BlacklistEntry::Id("0123456789abcdef0123456789abcde0")),
            listed(BlacklistEntry::Id("1123456789abcdef0123456789abcde0")),
            listed(BlacklistEntry::Token(text)),
            listed(BlacklistEntry::Token("a\0b")),
        ];
    });
    assert_eq!(answered, Ok(()));
    assert_eq!(asked, [true, false, true, false]);
}

fn a_row_that_no_one_can_read_spoils_what_is_said_of_its_own_family_alone(of: Maker<'_>) {
    let changes: &[&str] = match of("drf-jwt") {
        Bench::Sqlite(_) => &[
            "expires_at = 'tomorrow'",
            "expires_at = 7",
            "blacklisted_at = x'00'",
            "token = x'00'",
        ],
        // PostgreSQL keeps types, so that only what is missing can't be read.
        Bench::Postgres(_) => &["expires_at = NULL", "blacklisted_at = NULL"],
    };
    for change in changes {
        let bench = of("drf-jwt");
        let mut store = bench.open();
        let (one, other) = (
            member(FIRST, None, NOW),
            member("33333333-89ab-cdef-0123-456789abcde0", None, NOW),
        );
        let unlisted = member("44444444-89ab-cdef-0123-456789abcde0", None, NOW);
        for token in [&one, &other] {
            revoked(&mut store, token, NOW + 1).unwrap();
        }
        let hex = FIRST.replace('-', "");
        let id = match bench {
            Bench::Sqlite(_) => hex.as_str(),
            Bench::Postgres(_) => FIRST,
        };
        if let (Bench::Postgres(_), Some((column, _))) = (&bench, change.split_once(" = ")) {
            bench.run(&format!(
                "ALTER TABLE blacklist_blacklistedtoken ALTER COLUMN {column} DROP NOT NULL"
            ));
        }
        bench.run(&format!(
            "UPDATE blacklist_blacklistedtoken SET {change} WHERE token_id = '{id}'"
        ));
        let found = store.find(&lookup(&one));
        assert!(
            matches!(found, Err(StoreError::DamagedRecord(_))),
            "{change}: {found:?}"
        );
        let refused = Ruling::Refused(Refusal::Revoked(at(NOW + 1)));
        assert_eq!(look(&mut store, &other), refused, "{change}");
        assert_eq!(look(&mut store, &unlisted), Ruling::Unrecorded, "{change}");
        let listing = store.listing(&Selection::default()).unwrap();
        assert_eq!(
            (listing.sessions.len(), listing.damaged.len()),
            (1, 1),
            "{change}"
        );
        for rehearse in [true, false] {
            let purged = store.purge(at(NOW + 4000 * DAY), rehearse).unwrap();
            let counted = (purged.sessions, purged.damaged.len());
            assert_eq!(counted, (1, 1), "{change}");
        }
        let left = store.listing(&Selection::default()).unwrap();
        assert_eq!((left.sessions.len(), left.damaged.len()), (0, 1));
    }
}
