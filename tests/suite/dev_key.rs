//! The development key, across processes that share a home.
use crate::process::{Run, TempDir};

fn issue(home: &TempDir) -> crate::process::RunResult {
    Run::new(["issue", "--user", "alice"]).home(home).run()
}

#[test]
fn it_is_made_once_however_many_start_at_the_same_time() {
    let home = TempDir::new();
    let issued: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| issue(&home))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let made = |ran: &&crate::process::RunResult| ran.stderr.contains("made a development key");
    assert_eq!(issued.iter().filter(made).count(), 1);
    for ran in issued {
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let verified = Run::new(["verify", ran.stdout.trim()]).home(&home).run();
        assert_eq!(verified.status, 0, "{}", verified.stderr);
    }
}

#[cfg(unix)]
#[test]
fn it_is_its_owner_s_alone_and_no_other_home_judges_by_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = TempDir::new();
    let token = issue(&home).stdout;
    let key = home
        .path()
        .join(".local/share/jwtsess/development-key.jwks.json");
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&key) & 0o777, 0o600);
    assert_eq!(mode(key.parent().unwrap()) & 0o777, 0o700);
    let elsewhere = Run::new(["verify", token.trim()]).run();
    assert_eq!(elsewhere.status, 1, "{}", elsewhere.stderr);
}

#[test]
fn where_it_is_forbidden_none_is_made() {
    let home = TempDir::new();
    let ran = Run::new(["issue", "--user", "alice"])
        .home(&home)
        .env("JWTSESS_NO_DEV_KEY", "1")
        .run();
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}
