//! `key rotate`: what signs from then on, until when the key before checks, and what stays as it was.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;
use serde_json::Value;

use super::{fixture, json, path, run, told};
use crate::cli::testing::{Call, Folder, NOW};

/// A private set of these keys, by their kids.
fn private_set(folder: &Folder, keys: &[(&str, &str)]) -> String {
    let keys = keys.iter().map(|(name, kid)| {
        let mut jwk = json(&std::fs::read_to_string(fixture(name)).unwrap());
        jwk["kid"] = (*kid).into();
        jwk
    });
    let keys: Vec<Value> = keys.collect();
    let set = serde_json::json!({ "keys": keys }).to_string();
    folder.file("keys.jwks", set)
}

#[test]
fn rotate_signs_with_a_new_key_and_says_until_when_the_old_one_checks() {
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "old")]);
    let rotate = |more: &[&str]| {
        let args = [&["key", "rotate", &set, "--kid", "new"], more].concat();
        told(&run(&args), &folder)
    };
    let before = std::fs::read(&set).unwrap();
    assert_snapshot!(rotate(&["--dry-run"]), @r"
    --- stderr
    jwtsess: keys.jwks: the key new (Ed25519) would sign from now on
    jwtsess: the key old would be retired: it verifies signatures until 2027-01-15T09:00:00Z, in 1 h (the longest lifetime under sliding; change this with --overlap)
    jwtsess: this is a dry run: nothing was changed
    --- exit 0
    ");
    assert_eq!(std::fs::read(&set).unwrap(), before);
    let token = run(&["issue", "--user", "alice", "--key", &set]).stdout;
    assert_snapshot!(rotate(&[]), @r"
    --- stderr
    jwtsess: keys.jwks: the key new (Ed25519) signs from now on
    jwtsess: the key old is retired: it verifies signatures until 2027-01-15T09:00:00Z, in 1 h (the longest lifetime under sliding; change this with --overlap)
    jwtsess: publish the new public key to every service that verifies tokens: jwtsess key jwks FILE
    --- exit 0
    ");
    let verify = |token: &str, now: &str| {
        run(&[
            "verify",
            token.trim_end(),
            "--key",
            &set,
            "--now",
            now,
            "--leeway",
            "2h",
        ])
        .exit
    };
    let fresh = run(&["issue", "--user", "alice", "--key", &set]).stdout;
    let header = json(&run(&["decode", fresh.trim_end(), "--json"]).stdout)["header"].clone();
    assert_eq!(header["kid"], "new");
    let of_old = [verify(&token, "+3599s"), verify(&token, "+3600s")];
    let of_new = [verify(&fresh, "+3599s"), verify(&fresh, "+3601s")];
    assert_eq!((of_old, of_new), ([0, 4], [0, 0]));
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no draft, no lock"
    );
}

#[test]
fn rotate_takes_the_overlap_of_the_profile_or_what_is_said() {
    let folder = Folder::new();
    for (more, overlap, says) in [
        (&[][..], 3600, "the longest lifetime under sliding"),
        (
            &["--profile", "pair"],
            14 * 86400,
            "the longest lifetime under pair",
        ),
        (
            &["--profile", "simplejwt"],
            86400,
            "the longest lifetime under simplejwt",
        ),
        (
            &["--profile", "pair", "--set", "refresh_ttl=1m"],
            300,
            "under pair",
        ),
        (
            &["--profile", "pair", "--overlap", "90s"],
            90,
            "in 1 min 30 s",
        ),
        (&["--overlap", "0"], 0, "are refused from now on"),
    ] {
        let set = private_set(&folder, &[("ec-p256.jwk", "old")]);
        let args = [&["key", "rotate", &set], more].concat();
        let said = run(&[args.clone(), vec!["--dry-run"]].concat()).stderr;
        assert!(said.contains(says), "{more:?}: {said}");
        let rotated = json(&run(&[args, vec!["--json"]].concat()).stdout);
        let rotation = &rotated["rotation"];
        assert_eq!(rotation["overlap"], overlap, "{more:?}");
        assert_eq!(rotation["retired_until"], NOW + overlap, "{more:?}");
        assert_eq!(rotation["retired_kid"], "old");
        assert_eq!(rotation["kid"], rotated["keys"][0]["kid"]);
    }
}

#[test]
fn rotate_prunes_by_the_earlier_of_two_clocks() {
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "first")]);
    let rotate = |more: &[&str]| {
        let args = [&["key", "rotate", &set, "--json"], more].concat();
        json(&run(&args).stdout)["rotation"].clone()
    };
    assert_eq!(
        rotate(&["--overlap", "1h", "--kid", "second"])["pruned"],
        serde_json::json!([])
    );
    let ahead = rotate(&[
        "--overlap",
        "0",
        "--kid",
        "third",
        "--prune",
        "--now",
        "+2h",
    ]);
    assert_eq!(
        ahead["pruned"],
        serde_json::json!([]),
        "the system's clock is the earlier one"
    );
    // Which the clock that was set ahead retired until then.
    let behind = rotate(&[
        "--overlap",
        "0",
        "--kid",
        "fourth",
        "--prune",
        "--now",
        "-2h",
    ]);
    assert_eq!(
        behind["pruned"],
        serde_json::json!([]),
        "the clock that is set is"
    );
    let now = run(&["key", "rotate", &set, "--kid", "fifth", "--prune"]);
    assert_snapshot!(told(&now, &folder), @r"
    --- stderr
    jwtsess: keys.jwks: the key fifth (Ed25519) signs from now on
    jwtsess: the key fourth is retired: it verifies signatures until 2027-01-15T09:00:00Z, in 1 h (the longest lifetime under sliding; change this with --overlap)
    jwtsess: the key third is removed: it no longer verifies anything
    jwtsess: publish the new public key to every service that verifies tokens: jwtsess key jwks FILE
    --- exit 0
    ");
}

#[cfg(unix)]
#[test]
fn rotate_keeps_who_may_read_the_file_and_follows_no_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "old")]);
    let mode = || std::fs::metadata(&set).unwrap().permissions().mode() & 0o777;
    for (wanted, kid) in [(0o600, "a"), (0o640, "b")] {
        std::fs::set_permissions(&set, std::fs::Permissions::from_mode(wanted)).unwrap();
        assert_eq!(run(&["key", "rotate", &set, "--kid", kid]).exit, 0);
        assert_eq!(mode(), wanted);
    }
    let before = std::fs::read(&set).unwrap();
    let link = path(&folder, "link.jwks");
    symlink(&set, &link).unwrap();
    assert_snapshot!(told(&run(&["key", "rotate", &link]), &folder), @r"
    --- stderr
    jwtsess: error: link.jwks: it is a symbolic link: give the file that it points to
    --- exit 1
    ");
    assert_snapshot!(told(&run(&["key", "rotate", &link, "--dry-run"]), &folder), @r"
    --- stderr
    jwtsess: error: link.jwks: it is a symbolic link: give the file that it points to
    --- exit 1
    ");
    assert_eq!(std::fs::read(&set).unwrap(), before);
}

#[test]
fn rotate_refuses_what_is_no_private_set() {
    let folder = Folder::new();
    let refused = |file: &str, more: &[&str]| {
        let called = run(&[&["key", "rotate", file], more].concat());
        told(&called, &folder)
    };
    assert_snapshot!(refused(&fixture("ec-p256.jwk"), &[]), @r"
    --- stderr
    jwtsess: error: ec-p256.jwk: it is a JWK (EC P-256, private), but only a set (JWKS) can be rotated
    jwtsess: hint: first make a set from it: jwtsess key convert FILE --out keys.jwks
    --- exit 2
    ");
    assert_snapshot!(refused(&fixture("encrypted.pkcs8.pem"), &[]), @r"
    --- stderr
    jwtsess: error: encrypted.pkcs8.pem: it is an encrypted PKCS#8 private key, but only a set (JWKS) can be rotated
    jwtsess: hint: first make a set from it: jwtsess key convert FILE --out keys.jwks
    --- exit 2
    ");
    assert_snapshot!(refused(&fixture("public.jwks.json"), &[]), @r"
    --- stderr
    jwtsess: error: public.jwks.json: no key in it signs, so there is none to retire
    jwtsess: hint: to make a new set: jwtsess key generate --out keys.jwks; to see what is in this one: jwtsess key show FILE
    --- exit 1
    ");
    assert_snapshot!(refused(&path(&folder, "missing.jwks"), &[]), @r"
    --- stderr
    jwtsess: error: missing.jwks: no such file
    --- exit 1
    ");
    assert_snapshot!(refused("-", &[]), @r"
    --- stderr
    jwtsess: error: standard input can't be changed
    jwtsess: hint: give the file that holds the set
    --- exit 2
    ");
    let two = private_set(&folder, &[("ec-p256.jwk", "a"), ("ed25519.jwk", "b")]);
    let before = std::fs::read(&two).unwrap();
    assert_snapshot!(refused(&two, &[]), @r"
    --- stderr
    jwtsess: error: keys.jwks: several keys in it sign: a, b
    jwtsess: hint: name the key to retire: --retire KID
    --- exit 2
    ");
    assert_snapshot!(refused(&two, &["--retire", "c"]), @r"
    --- stderr
    jwtsess: error: keys.jwks: no signing key has that kid; the kids are: a, b
    jwtsess: hint: choose one with --retire
    --- exit 1
    ");
    assert_snapshot!(refused(&two, &["--retire", "a", "--kid", "b"]), @r"
    --- stderr
    jwtsess: error: --kid: it already has a key with that kid
    jwtsess: hint: give the new key another id
    --- exit 2
    ");
    assert_eq!(std::fs::read(&two).unwrap(), before);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no draft, no lock"
    );
    let chosen = run(&["key", "rotate", &two, "--retire", "a", "--json"]);
    assert_eq!(json(&chosen.stdout)["rotation"]["retired_kid"], "a");
}

#[test]
fn rotate_tells_where_nobody_heard_that_the_file_changed() {
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "old")]);
    let call = |more: &[&str]| {
        let args = [&["key", "rotate", &set, "--json", "--kid", "new"], more].concat();
        let call = Call::new(&args).stdout_fails(std::io::ErrorKind::BrokenPipe);
        call.run().exit
    };
    assert_eq!(call(&["--dry-run"]), 0);
    assert_eq!(call(&[]), 1);
}

#[cfg(unix)]
#[test]
fn what_stands_beside_the_set_under_any_name_is_left_alone() {
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "old")]);
    let own = folder.file("keys.jwks.lock", "my own notes");
    assert_eq!(run(&["key", "rotate", &set]).exit, 0);
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "my own notes");
    std::fs::remove_file(&own).unwrap();
    // A named pipe that nobody reads: who opened it would wait for ever.
    let made = std::process::Command::new("mkfifo").arg(&own).status();
    assert!(made.unwrap().success());
    let again = run(&["key", "rotate", &set, "--kid", "third"]);
    assert_eq!(again.exit, 0, "{again}");
    assert!(std::fs::symlink_metadata(&own).is_ok());
}

#[cfg(unix)]
#[test]
fn a_set_with_two_names_is_not_split() {
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "old")]);
    let other = folder.path().join("other.jwks");
    std::fs::hard_link(&set, &other).unwrap();
    let before = std::fs::read(&set).unwrap();
    let refused = run(&["key", "rotate", &set]);
    assert_eq!(refused.exit, 1);
    assert!(
        refused.stderr.contains("another name (a hard link)"),
        "{refused}"
    );
    assert_eq!(std::fs::read(&set).unwrap(), before);
    std::fs::remove_file(&other).unwrap();
    assert_eq!(run(&["key", "rotate", &set]).exit, 0);
}
