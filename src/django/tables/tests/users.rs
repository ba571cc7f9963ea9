//! Users: by name and by key, and what a server's answers need of them.
use super::*;
use crate::core::emulator::ServerUserId;

facts! {
    a_user_is_found_by_name_and_by_key_as_the_model_has_them
    a_model_of_the_application_s_own_is_followed_with_a_uuid_and_without_a_username
    what_a_server_s_answers_hang_on_is_handed_over
}

fn a_user_is_found_by_name_and_by_key_as_the_model_has_them(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    bench.run("UPDATE auth_user SET password = 'md5$salt$hash' WHERE id = 1");
    let alice = store.user("alice").unwrap().unwrap();
    assert_eq!(
        (&*alice.name, &alice.id, &*alice.email, alice.active),
        ("alice", &ServerUserId::Number(1), "alice@example.com", true)
    );
    // python3 -c 'import hashlib; print(hashlib.md5(b"md5$salt$hash").hexdigest().upper())'
    assert_eq!(
        alice.password_hash.as_deref(),
        Some("6CB8FEA8712AC65D22EC1C68BAA248BF")
    );
    assert_eq!(store.user("1").unwrap(), Some(alice));
    assert!(!store.user("carol").unwrap().unwrap().active);
    for nobody in [
        "dora",
        "",
        "4",
        "1.0",
        "99999999999999999999",
        "a\0b",
        "Alice",
    ] {
        assert_eq!(store.user(nobody).unwrap(), None, "{nobody}");
    }
}

fn a_model_of_the_application_s_own_is_followed_with_a_uuid_and_without_a_username(of: Maker<'_>) {
    let bench = of("simplejwt-uuid");
    let mut store = bench.open();
    let id = "01234567-89ab-cdef-0123-456789abcde2";
    let bob = store.user("bob@example.com").unwrap().unwrap();
    assert_eq!(
        (&*bob.name, &bob.id),
        ("bob@example.com", &ServerUserId::Text(id.to_owned()))
    );
    for form in [id, "0123456789ABCDEF0123456789ABCDE2"] {
        assert_eq!(store.user(form).unwrap().as_ref(), Some(&bob), "{form}");
    }
    assert_eq!(store.user("2").unwrap(), None);
}

fn what_a_server_s_answers_hang_on_is_handed_over(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.open();
    let ended = refresh("ended", NOW);
    revoked(&mut store, &ended, NOW).unwrap();
    let mut ask = |token: &SessionToken| {
        let id = token.id.as_deref().unwrap();
        let mut told = None;
        let asked = store.with_database(&mut |database| {
            let listed = database.blacklisted.unwrap()(BlacklistEntry::Id(id));
            let users = database.users.unwrap();
            let alice = users.by_name("alice").unwrap();
            assert_eq!(users.by_id(&alice.id), Some(alice));
            assert_eq!(users.by_name("nobody"), None);
            told = Some((listed, users.has_numbers()));
        });
        asked.map(|()| told.unwrap())
    };
    assert_eq!(ask(&ended), Ok((true, true)));
    assert_eq!(ask(&refresh("live", NOW)), Ok((false, true)));
    bench.run("DROP TABLE token_blacklist_blacklistedtoken");
    assert!(ask(&ended).is_err(), "what can't be asked is never a no");
}

/// Whoever reads more of the table comes upon a row that can't be read.
#[test]
fn of_a_table_of_users_only_the_one_who_is_asked_for_is_read() {
    let bench = Bench::of("simplejwt");
    let mut store = bench.open();
    bench.run("UPDATE auth_user SET email = x'00' WHERE id = 3");
    let mut ask = |id| {
        store.with_database(&mut |database| {
            let users = database.users.unwrap();
            let found = users.by_id(&ServerUserId::Number(id));
            let again = found.as_ref().and_then(|user| users.by_name(&user.name));
            assert_eq!(again, found);
        })
    };
    assert_eq!((ask(1), ask(2), ask(4)), (Ok(()), Ok(()), Ok(())));
    assert!(ask(3).is_err());
}

#[test]
fn a_key_that_is_a_uuid_is_known_in_its_usual_form_alone() {
    let mut store = Bench::of("simplejwt-uuid").open();
    let id = "01234567-89ab-cdef-0123-456789abcde2";
    let asked = store.with_database(&mut |database| {
        let users = database.users.unwrap();
        let by_id = |id: &str| users.by_id(&ServerUserId::Text(id.to_owned()));
        let bob = by_id(id).unwrap();
        assert_eq!(users.by_name(&bob.name), Some(bob));
        assert_eq!(by_id(&id.replace('-', "")), None);
        assert!(!users.has_numbers());
    });
    assert_eq!(asked, Ok(()));
}
