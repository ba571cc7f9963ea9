//! `key rotate` as processes that meet: none loses a key, and nobody ever reads half a set.
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::process::{TempDir, jwtsess};

fn keys(file: &str) -> Vec<Value> {
    let set: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    set["keys"].as_array().unwrap().clone()
}

#[test]
fn of_eight_that_rotate_at_once_none_loses_a_key() {
    let folder = TempDir::new();
    let file = folder.path().join("keys.jwks").to_str().unwrap().to_owned();
    let made = jwtsess(&["key", "generate", "--kid", "first", "--out", &file]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let token = jwtsess(&["issue", "--user", "alice", "--key", &file]).stdout;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // Whoever reads meanwhile reads one whole set or another.
        let reader = scope.spawn(|| {
            let mut read = 0;
            while !done.load(Ordering::Relaxed) {
                let verified = jwtsess(&["verify", token.trim_end(), "--key", &file]);
                assert_eq!(verified.status, 0, "{}", verified.stderr);
                read += 1;
            }
            read
        });
        let rotating: Vec<_> = (0..8)
            .map(|at| {
                let (file, kid) = (&file, format!("k{at}"));
                scope.spawn(move || jwtsess(&["key", "rotate", file, "--kid", &kid]))
            })
            .collect();
        for rotating in rotating {
            let rotated = rotating.join().unwrap();
            assert_eq!(rotated.status, 0, "{}", rotated.stderr);
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
    });
    let keys = keys(&file);
    let mut kids: Vec<&str> = keys
        .iter()
        .map(|key| key["kid"].as_str().unwrap())
        .collect();
    kids.sort_unstable();
    assert_eq!(
        kids,
        ["first", "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7"]
    );
    let retired: Vec<bool> = keys.iter().map(|key| key.get("exp").is_some()).collect();
    assert_eq!(
        retired,
        [false, true, true, true, true, true, true, true, true]
    );
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["keys.jwks"], "no draft, no lock");
}

/// Killed at whatever moment: the set is one whole set or another, and whoever comes next is not kept waiting by a dead one's lock.
#[test]
fn one_that_is_killed_leaves_a_whole_set() {
    let folder = TempDir::new();
    let file = folder.path().join("keys.jwks").to_str().unwrap().to_owned();
    let made = jwtsess(&["key", "generate", "--kid", "first", "--out", &file]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    for spin in 0..24 {
        let mut rotating = Command::new(env!("CARGO_BIN_EXE_jwtsess"))
            .args(["key", "rotate", &file])
            .env_clear()
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From before it has begun to behind its end.
        for _ in 0..spin * 4000 {
            std::thread::yield_now();
        }
        rotating.kill().unwrap();
        rotating.wait().unwrap();
        let signing = keys(&file);
        let signing = signing.iter().filter(|key| key.get("exp").is_none());
        assert_eq!(signing.count(), 1);
    }
    let last = jwtsess(&["key", "rotate", &file, "--kid", "last"]);
    assert_eq!(last.status, 0, "{}", last.stderr);
    assert_eq!(keys(&file)[0]["kid"], "last");
}

#[test]
fn the_development_key_is_rolled_over_where_key_show_says_it_is() {
    use crate::process::Run;
    let home = TempDir::new();
    let run = |args: &[&str]| Run::new(args).home(&home).run();
    let token = run(&["issue", "--user", "alice"]).stdout;
    let shown: Value = serde_json::from_str(&run(&["key", "show", "--json"]).stdout).unwrap();
    let file = shown["sources"][0]["path"].as_str().unwrap();
    let rotated = run(&["key", "rotate", file]);
    assert_eq!(rotated.status, 0, "{}", rotated.stderr);
    assert!(!rotated.stderr.contains("warning"), "{}", rotated.stderr);
    let fresh = run(&["issue", "--user", "alice"]);
    assert_eq!((fresh.status, fresh.stderr.as_str()), (0, ""));
    for token in [&token, &fresh.stdout] {
        let verified = run(&["verify", token.trim_end()]);
        assert_eq!(verified.status, 0, "{}", verified.stderr);
    }
    let over = run(&[
        "verify",
        token.trim_end(),
        "--now",
        "+61m",
        "--leeway",
        "2h",
    ]);
    assert_eq!(over.status, 4, "{}", over.stderr);
    assert!(over.stderr.contains("key_retired"), "{}", over.stderr);
}
