//! Files of credentials: who may use them, what a full disk or a helper that fails leaves, which one a call goes by.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::time::Duration;

use super::*;
use crate::cli::args::Globals;
use crate::cli::credentials::folder::CredentialFolder;
use crate::cli::credentials::turn::{Turn, wait_for_turn};
use crate::cli::error::Failure;
use crate::cli::testing::{Call, Folder, NOW};
use crate::net::live::server::Server;
use crate::session::credential::GrantKind;

fn credential(url: &str) -> Credential {
    Credential {
        schema: SCHEMA,
        server: Server::new(url.parse().unwrap()),
        profile: Some("simplejwt".to_owned()),
        grant: GrantKind::Password,
        user: Some("alice".to_owned()),
        client_secret: None,
        client_key: None,
        helper: None,
        tokens: TokenSet {
            access_token: Secret::new(b"access".to_vec()),
            refresh_token: Some(Secret::new(b"refresh".to_vec())),
            cookies: Vec::new(),
            obtained_at: NOW,
            access_expires_at: Some(NOW + 300),
            refresh_expires_at: None,
            skew: 0,
            refreshed_life: None,
            refresh_sent_at: None,
            over: None,
        },
    }
}

/// Acts in a world whose credentials are in this folder; what was said comes back with the result.
fn acted<T>(
    folder: &Path,
    call: Call,
    act: impl FnOnce(&CredentialFolder, &mut Context<'_, '_>) -> T,
) -> (T, String) {
    let (done, _, said) = call.wide().with(|_, world| {
        let mut context = Context::new(world, Globals::default());
        let folder = CredentialFolder::of(Some(folder.as_os_str()), &context).unwrap();
        act(&folder, &mut context)
    });
    (done, said)
}

fn kept(folder: &Path, names: &[(&str, &str)]) {
    let (made, _) = acted(folder, Call::new(&[]), |folder, _| {
        folder.make()?;
        for (name, url) in names {
            let file = folder.file(&name.parse().unwrap());
            file.write(&credential(url))?;
        }
        Ok::<_, Problem>(())
    });
    made.unwrap();
}

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn failure(problem: Problem) -> (&'static str, u8) {
    let failure = Failure::from(problem);
    (failure.code, failure.exit.code())
}

#[test]
fn a_credential_is_its_owner_s_alone_and_is_read_as_it_was_written() {
    let base = Folder::new();
    let path = base.path().join("below/credentials");
    kept(&path, &[("a", "https://a.example/api/token/")]);
    let bits = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((bits(&path), bits(&path.join("a.json"))), (0o700, 0o600));
    let (read, said) = acted(&path, Call::new(&[]), |folder, context| {
        folder.file(&"a".parse().unwrap()).read(context).unwrap()
    });
    assert_eq!(read, Some(credential("https://a.example/api/token/")));
    assert_eq!(said, "");
    assert_eq!(
        std::fs::read_dir(&path).unwrap().count(),
        1,
        "no draft stays"
    );
}

#[test]
fn one_that_others_can_read_is_used_with_a_warning_and_one_that_they_can_write_is_not() {
    let base = Folder::new();
    let file = base.path().join("a.json");
    kept(base.path(), &[("a", "https://a.example/")]);
    mode(base.path(), 0o700);
    let read = || {
        let (read, said) = acted(base.path(), Call::new(&[]), |folder, context| {
            folder
                .choose(None, None, context)
                .map(|found| found.credential)
        });
        (read.map_err(failure), said)
    };
    mode(&file, 0o644);
    let (found, said) = read();
    assert!(
        found.is_ok() && said.contains("other users can read"),
        "{said}"
    );
    mode(&file, 0o622);
    assert_eq!(read().0.unwrap_err(), ("credential_damaged", 1));
    mode(&file, 0o600);
    assert!(read().0.is_ok());
    mode(base.path(), 0o770);
    assert_eq!(read().0.unwrap_err(), ("credential_damaged", 1));
    mode(base.path(), 0o1777);
    assert!(read().0.is_ok());
}

#[test]
fn what_is_no_credential_is_named_and_left_alone() {
    let base = Folder::new();
    mode(base.path(), 0o700);
    let later = r#"{"schema":2,"anything":"else"}"#;
    let table = [
        ("", "it is not what jwtsess writes there"),
        ("{}", "it is not what jwtsess writes there"),
        (r#"{"schema":1}"#, "it is not what jwtsess writes there"),
        (later, "a later version of jwtsess wrote it"),
    ];
    let read = || {
        let (read, _) = acted(base.path(), Call::new(&[]), |folder, context| {
            folder.file(&"a".parse().unwrap()).read(context)
        });
        let error = read.unwrap_err();
        let text = error.to_string();
        (failure(error), text)
    };
    for (content, why) in table {
        base.file("a.json", content);
        mode(&base.path().join("a.json"), 0o600);
        let (code, text) = read();
        assert_eq!(code, ("credential_damaged", 1));
        assert!(text.ends_with(why), "{text}");
    }
    std::fs::remove_file(base.path().join("a.json")).unwrap();
    symlink("/dev/null", base.path().join("a.json")).unwrap();
    assert!(read().1.contains("symbolic link"));
}

#[test]
fn a_call_goes_by_the_named_one_the_variable_s_the_address_s_or_the_only_one() {
    let base = Folder::new();
    mode(base.path(), 0o700);
    let chosen = |call: Call, named: Option<&str>, address: Option<&str>| {
        let (found, _) = acted(base.path(), call, |folder, context| {
            let named = named.map(|name| name.parse().unwrap());
            let origin = address.map(|address| address.parse().unwrap());
            folder.choose(named.as_ref(), origin.as_ref(), context)
        });
        found
            .map(|found| found.file.name.to_string())
            .map_err(failure)
    };
    let plain = || Call::new(&[]);
    assert_eq!(chosen(plain(), None, None), Err(("login_required", 7)));
    kept(base.path(), &[("a", "https://a.example/x")]);
    assert_eq!(chosen(plain(), None, None).unwrap(), "a");
    // The only one is taken whatever the address: the request is refused then, with the reason.
    assert_eq!(
        chosen(plain(), None, Some("https://b.example")).unwrap(),
        "a"
    );
    kept(
        base.path(),
        &[
            ("b", "https://b.example:8443/x"),
            ("c", "https://b.example/x"),
        ],
    );
    base.file("a.json.lock", "");
    base.file("d.json.next", "{");
    assert_eq!(chosen(plain(), None, None), Err(("several_credentials", 2)));
    assert_eq!(chosen(plain(), Some("c"), None).unwrap(), "c");
    assert_eq!(chosen(plain(), Some("d"), None), Err(("login_required", 7)));
    let set = || plain().env("JWTSESS_CREDENTIAL", "b");
    assert_eq!(chosen(set(), None, None).unwrap(), "b");
    assert_eq!(chosen(set(), Some("c"), None).unwrap(), "c");
    assert_eq!(chosen(set(), None, Some("https://a.example")).unwrap(), "b");
    let wrong = plain().env("JWTSESS_CREDENTIAL", "B/../");
    assert_eq!(chosen(wrong, None, None), Err(("usage", 2)));
    for (origin, expected) in [
        ("https://a.example", Ok("a".to_owned())),
        ("https://b.example", Ok("c".to_owned())),
        ("https://b.example:8443", Ok("b".to_owned())),
        ("https://c.example", Err(("login_required", 7))),
        ("http://a.example", Err(("login_required", 7))),
    ] {
        assert_eq!(chosen(plain(), None, Some(origin)), expected, "{origin}");
    }
    let asked = plain().at_a_terminal(&["1"]);
    assert_eq!(chosen(asked, None, None).unwrap(), "b");
}

#[test]
fn room_is_made_and_the_sending_noted_before_a_refresh() {
    let base = Folder::new();
    mode(base.path(), 0o700);
    kept(base.path(), &[("a", "https://a.example/x")]);
    let (done, _) = acted(base.path(), Call::new(&[]), |folder, context| {
        let found = folder.choose(None, None, context)?;
        let mut sent = found.credential.clone();
        sent.tokens.refresh_sent_at = Some(NOW);
        let room = found.file.room_for_refresh(&sent)?;
        let now_kept = found.file.read(context)?;
        assert_eq!(now_kept, Some(sent));
        let draft = base.path().join("a.json.next");
        assert!(std::fs::metadata(&draft).unwrap().len() > 8000);
        room.fill(&found.credential)?;
        assert!(!draft.exists());
        assert_eq!(found.file.read(context)?, Some(found.credential));
        Ok::<_, Problem>(())
    });
    done.unwrap();
}

#[test]
fn whoever_waits_takes_what_is_there_and_gives_up_when_nothing_changes() {
    let base = Folder::new();
    mode(base.path(), 0o700);
    kept(base.path(), &[("a", "https://a.example/x")]);
    let patience = Duration::from_secs(2);
    let (done, _) = acted(base.path(), Call::new(&[]), |folder, context| {
        let file = folder.file(&"a".parse().unwrap());
        let held = file.try_lock()?;
        assert!(held.is_some());
        let mut looks = 0;
        let busy = wait_for_turn::<()>(&file, patience, context, &mut |_, _| {
            looks += 1;
            // Another process puts a new token there, as if it were one of many.
            if looks == 15 {
                let mut newer = credential("https://a.example/x");
                newer.tokens.obtained_at += 1;
                file.write(&newer).unwrap();
            }
            None
        });
        assert_eq!(busy.err().map(failure), Some(("credential_busy", 1)));
        // 15 looks, and those of two more seconds.
        assert!((35..=37).contains(&looks), "{looks}");
        let found = wait_for_turn(&file, patience, context, &mut |_, _| Some(1))?;
        assert!(matches!(found, Turn::Found(1)));
        drop(held);
        let turn = wait_for_turn(&file, patience, context, &mut |_, _| Some(1))?;
        assert!(matches!(turn, Turn::Locked(_)));
        Ok::<_, Problem>(())
    });
    done.unwrap();
}
