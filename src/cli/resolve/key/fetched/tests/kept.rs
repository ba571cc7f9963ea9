//! The keys that are kept on the disk: for how long they are used, and by whom.
use super::*;

fn unreachable() -> (u8, String) {
    (8, "keys_unreachable".to_owned())
}

#[test]
fn fresh_keys_are_not_asked_for() {
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    // Without a word: ten minutes.
    for later in [0, 1, 599] {
        assert_eq!(issuer.verdict(&token, later, &[]), good("valid"));
    }
    assert_eq!(issuer.asked(), 1);
    assert_eq!(issuer.verdict(&token, 600, &[]), good("valid"));
    assert_eq!(issuer.verdict(&token, 601, &["--refetch"]), good("valid"));
    assert_eq!(issuer.asked(), 3);
    // A clock that was set back.
    assert_eq!(issuer.verdict(&token, -10, &[]), good("valid"));
    assert_eq!(issuer.asked(), 4);
}

#[test]
fn the_same_keys_are_not_sent_again() {
    let issuer = Issuer::new();
    issuer.answer_with("ETag: \"v1\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nCache-Control: max-age=60\r\n");
    let token = token("ec-p256.jwk", Some("one"));
    assert_eq!(issuer.verdict(&token, 0, &[]), good("valid"));
    let (exit, _, object) = issuer.verify(&token, 61, &[]);
    let asked = issuer.last();
    assert_eq!(asked.header("if-none-match"), Some("\"v1\""));
    let modified = "Sun, 06 Nov 1994 08:49:37 GMT";
    assert_eq!(asked.header("if-modified-since"), Some(modified));
    assert_eq!(
        (exit, object["key"]["fetched_at"].clone()),
        (0, json!(NOW + 61))
    );
    assert_eq!(object["key"]["fresh_until"], json!(NOW + 121));
    assert_eq!(issuer.verdict(&token, 120, &[]), good("valid"));
    assert_eq!(issuer.asked(), 2);
}

#[test]
fn what_a_304_does_not_say_anew_still_holds() {
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    issuer.answer_with("ETag: \"v1\"\r\nCache-Control: max-age=60\r\nAge: 20\r\n");
    let until = |later: i64| {
        let (exit, _, object) = issuer.verify(&token, later, &[]);
        assert_eq!(exit, 0);
        object["key"]["fresh_until"].as_i64().unwrap() - NOW - later
    };
    assert_eq!(until(0), 40);
    issuer.answer_with("");
    assert_eq!(until(40), 60);
    assert_eq!(until(100), 60);
    issuer.answer_with("Cache-Control: max-age=90\r\n");
    assert_eq!(until(160), 90);
    issuer.answer_with("");
    assert_eq!(until(250), 90);
    assert_eq!(issuer.asked(), 5);
}

#[test]
fn a_version_that_can_not_be_sent_back_is_not_kept() {
    for etag in ["\"caf\u{e9}\"", &format!("\"{}\"", "x".repeat(2000))] {
        let issuer = Issuer::new();
        issuer.answer_with(&format!("ETag: {etag}\r\n"));
        let token = token("ec-p256.jwk", Some("one"));
        assert_eq!(issuer.verdict(&token, 0, &[]), good("valid"));
        assert_eq!(issuer.verdict(&token, 700, &[]), good("valid"));
        assert_eq!(issuer.last().header("if-none-match"), None);
        assert_eq!(issuer.asked(), 2);
    }
}

#[test]
fn what_may_not_be_kept_is_not() {
    let issuer = Issuer::new();
    issuer.answer_with("Cache-Control: no-store\r\n");
    let token = token("ec-p256.jwk", Some("one"));
    for later in [0, 1] {
        assert_eq!(issuer.verdict(&token, later, &[]), good("valid"));
    }
    assert_eq!(issuer.asked(), 2);
    let kept = std::fs::read_to_string(issuer.file()).unwrap();
    assert!(kept.contains("\"document\":null"), "{kept}");
    issuer.answer_with("Cache-Control: no-cache, max-age=900\r\n");
    for later in [2, 31] {
        assert_eq!(issuer.verdict(&token, later, &[]), good("valid"));
    }
    assert_eq!(issuer.asked(), 3);
    assert_eq!(issuer.verdict(&token, 32, &[]), good("valid"));
    assert_eq!(issuer.asked(), 4);
}

#[cfg(unix)]
#[test]
fn the_file_is_its_user_s_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    assert_eq!(issuer.verdict(&token, 0, &[]), good("valid"));
    let file = issuer.file();
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    for open in [0o620, 0o602] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(open)).unwrap();
        let called = issuer.call(&["verify", &token]).later(1).run();
        assert!(
            called.exit == 0 && called.stderr.contains("they are not used"),
            "{called}"
        );
        assert_eq!(mode(&file), 0o600, "it was replaced");
    }
    assert_eq!(issuer.asked(), 3);
}

#[cfg(unix)]
#[test]
fn a_file_that_another_user_made_is_not_used() {
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    assert_eq!(issuer.verdict(&token, 0, &[]), good("valid"));
    let file = issuer.file();
    // Only root can give files away.
    if std::os::unix::fs::chown(&file, Some(65534), None).is_ok() {
        let called = issuer.call(&["verify", &token]).later(1).run();
        let said = called.stderr.contains("belongs to another user");
        assert!(called.exit == 0 && said, "{called}");
        assert_eq!(issuer.asked(), 2);
        assert_eq!(issuer.verdict(&token, 2, &[]), good("valid"));
        assert_eq!(issuer.asked(), 2, "it was replaced");
    }
    std::fs::remove_file(&file).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&file).status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(issuer.verdict(&token, 3, &[]), good("valid"));
    }
}

#[test]
fn a_file_that_is_damaged_or_of_another_address_counts_as_none() {
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    assert_eq!(issuer.verdict(&token, 0, &[]), good("valid"));
    let whole = std::fs::read_to_string(issuer.file()).unwrap();
    for (at, damaged) in [
        "",
        "{",
        &whole[..whole.len() / 2],
        &whole.replace("\"schema\":1", "\"schema\":2"),
        &whole.replace("/jwks.json\",\"document", "/other\",\"document"),
    ]
    .into_iter()
    .enumerate()
    {
        std::fs::write(issuer.file(), damaged).unwrap();
        assert_eq!(issuer.verdict(&token, 1, &[]), good("valid"), "{damaged}");
        assert_eq!(issuer.asked(), at + 2, "{damaged}");
    }
}

#[test]
fn without_a_folder_for_it_nothing_is_kept() {
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    let url = issuer.url();
    let called = Call::new(&["verify", &token, "--key", &url]).run();
    assert_eq!(called.exit, 0, "{called}");
    let file = issuer.home.file("a file", "");
    let called = Call::new(&["verify", &token, "--key", &url])
        .env("XDG_CACHE_HOME", file)
        .run();
    assert_eq!(called.exit, 0, "{called}");
}

#[test]
fn keys_that_can_not_be_fetched_are_an_error_unless_older_ones_will_do() {
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    assert_eq!(issuer.verdict(&token, 0, &[]), good("valid"));
    issuer.break_down();
    assert_eq!(issuer.verdict(&token, 599, &[]), good("valid"));
    assert_eq!(issuer.verdict(&token, 1000, &[]), unreachable());
    assert_eq!(issuer.asked(), 2);
    // Without keys that will do, each call asks. What is kept stays as it was.
    assert_eq!(issuer.verdict(&token, 1029, &[]), unreachable());
    let stale = |later, longest| issuer.verdict(&token, later, &["--stale-keys", longest]);
    assert_eq!(stale(1029, "10m"), unreachable());
    assert_eq!(issuer.asked(), 4);
    // With some, nothing is asked for 30 s after a failure.
    assert_eq!(stale(1029, "20m"), good("valid"));
    assert_eq!(stale(1058, "20m"), good("valid"));
    assert_eq!(issuer.asked(), 4);
    assert_eq!(stale(1060, "20m"), good("valid"));
    assert_eq!(issuer.asked(), 5);
    let called = issuer
        .call(&["verify", &token, "--stale-keys", "1d"])
        .later(3600)
        .run();
    let said = "the keys fetched 1 h ago are used, by --stale-keys";
    assert!(called.stderr.contains(said), "{called}");
    assert!(called.stderr.contains("/jwks.json answers 500"), "{called}");
    let other = Issuer::new();
    other.break_down();
    for later in [0, 1] {
        assert_eq!(
            other.verdict(&token, later, &["--stale-keys", "1d"]),
            unreachable()
        );
    }
    assert_eq!(other.asked(), 2, "without anything kept, each call asks");
}

#[test]
fn a_kid_that_can_not_be_asked_for_is_unknown() {
    let issuer = Issuer::new();
    let (one, two) = (
        token("ec-p256.jwk", Some("one")),
        token("ed25519.jwk", Some("two")),
    );
    assert_eq!(issuer.verdict(&one, 0, &[]), good("valid"));
    issuer.break_down();
    let called = issuer.call(&["verify", &two]).later(1).run();
    assert_eq!(called.exit, 4, "{called}");
    assert!(
        called
            .stderr
            .contains("those that were fetched before are used"),
        "{called}"
    );
    assert_eq!(issuer.verdict(&two, 2, &[]), (4, "unknown_kid".to_owned()));
    assert_eq!(issuer.verdict(&one, 2, &[]), good("valid"));
    assert_eq!(issuer.asked(), 2);
}

#[test]
fn offline_nothing_is_asked_and_any_age_will_do() {
    let issuer = Issuer::new();
    let (one, two) = (
        token("ec-p256.jwk", Some("one")),
        token("ed25519.jwk", Some("two")),
    );
    assert_eq!(
        issuer.verdict(&one, 0, &["--offline"]),
        (2, "offline".to_owned())
    );
    assert_eq!(issuer.verdict(&one, 0, &[]), good("valid"));
    assert_eq!(
        issuer.verdict(&one, 9_000_000, &["--offline"]),
        good("valid")
    );
    assert_eq!(
        issuer.verdict(&two, 1, &["--offline"]),
        (4, "unknown_kid".to_owned())
    );
    let called = issuer
        .call(&["verify", &one])
        .env("JWTSESS_OFFLINE", "1")
        .later(7200)
        .run();
    let said = "the keys fetched 2 h ago are used, by JWTSESS_OFFLINE";
    assert!(called.exit == 0 && called.stderr.contains(said), "{called}");
    let both = issuer
        .call(&["verify", &one, "--offline", "--refetch"])
        .run();
    assert_eq!(both.exit, 2, "{both}");
    let both = issuer
        .call(&["verify", &one, "--refetch"])
        .env("JWTSESS_OFFLINE", "1")
        .run();
    assert!(
        both.exit == 2 && both.stderr.contains("JWTSESS_OFFLINE forbids"),
        "{both}"
    );
    assert_eq!(issuer.asked(), 1);
}

#[test]
fn of_many_that_meet_an_unknown_kid_at_once_one_asks() {
    let issuer = Issuer::new();
    let one = token("ec-p256.jwk", Some("one"));
    let three = token("ed25519.jwk", Some("three"));
    assert_eq!(issuer.verdict(&one, 0, &[]), good("valid"));
    let (url, home) = (issuer.url(), issuer.home.path());
    std::thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| {
                let called = Call::new(&["verify", &three, "--key", &url])
                    .env("XDG_CACHE_HOME", home)
                    .later(1)
                    .run();
                assert_eq!(called.exit, 4, "{called}");
            });
        }
    });
    assert_eq!(
        issuer.asked(),
        2,
        "the first fetch, and one for all of them"
    );
}
