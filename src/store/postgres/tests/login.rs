//! Getting in: addresses, passwords by each way, TLS; and that no password is ever shown.
use std::net::TcpListener;
use std::time::Duration;

use super::super::address::{Address, AddressError};
use super::super::*;
use super::given::{TestSchema, TestSurroundings};

/// In a password's place: none of it may be seen anywhere.
const SECRET: &str = "hunter2-%F0%9F%A6%80";

#[test]
fn an_address_is_shown_without_its_password_and_settings() {
    for (url, name) in [
        ("postgres://db", "postgres://db"),
        (
            "postgres://alice:hunter2-x@db.example:5433/app?sslmode=require&options=-chunter2%3D1",
            "postgres://alice@db.example:5433/app",
        ),
        (
            "postgresql://a%40b:hunter2-%40%3A%2F@[::1],10.0.0.1:99/a%2Fb",
            "postgres://a%40b@[::1],10.0.0.1:99/a%2Fb",
        ),
        (
            "postgres:///app?host=/run/x&port=5433&user=alice&password=hunter2-x",
            "postgres://alice@%2Frun%2Fx:5433/app",
        ),
        (
            "postgres:///app",
            "postgres://%2Fvar%2Frun%2Fpostgresql,localhost/app",
        ),
        (
            "postgres://%2Frun%2Fx?dbname=app&application_name=ci&connect_timeout=3",
            "postgres://%2Frun%2Fx/app",
        ),
    ] {
        let address = Address::parse(url).unwrap();
        assert_eq!(address.name(), name, "{url}");
        assert!(!format!("{address:?}").contains("hunter2-"), "{url}");
        assert!(Address::parse(name).is_ok(), "{name}");
    }
}

#[test]
fn an_address_that_is_wrong_is_refused_without_being_quoted() {
    use AddressError::{Percent, Plain, Port, Ports, Reserved, Scheme, Unknown, Value};
    for (url, expected) in [
        ("mysql://a:hunter2@db", Scheme),
        ("postgres://a:hun@ter2@db/app", Reserved),
        ("postgres://a:hunter2/x@db/app", Reserved),
        ("postgres://a:12/hunter2@db/app", Reserved),
        ("postgres://a:hunter2?x@db/app", Reserved),
        ("postgres://a:hunter2#x@db/app", Reserved),
        ("postgres://a:hunter2%@db/app", Percent),
        ("postgres://a:hunter2%zz@db/app", Percent),
        ("postgres://a:%FFhunter2@db/app", Percent),
        ("postgres://alice:hunter2", Port),
        ("postgres://db:0/app", Port),
        ("postgres://[::1]hunter2/app", Port),
        ("postgres://db/app?port=1,2", Ports),
        (
            "postgres://db/app?sslkey=hunter2",
            Unknown("sslkey".to_owned()),
        ),
        (
            "postgres://db/app?hunter2!=1",
            Unknown("of another name".to_owned()),
        ),
        (
            "postgres://db/app?connect_timeout=hunter2",
            Value("connect_timeout", "a number of seconds, at least 1"),
        ),
        (
            "postgres://localhost,db/app?sslmode=disable",
            Plain("db".to_owned()),
        ),
        (
            "postgres://127.0.0.1.example/app?sslmode=disable",
            Plain("127.0.0.1.example".to_owned()),
        ),
    ] {
        let error = Address::parse(url).unwrap_err();
        assert_eq!(error, expected, "{url}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    for setting in ["sslmode", "target_session_attrs", "channel_binding"] {
        let error = Address::parse(&format!("postgres://db?{setting}=hunter2")).unwrap_err();
        assert!(matches!(error, Value(name, _) if name == setting));
    }
}

#[test]
fn every_host_but_those_of_this_machine_is_reached_over_tls() {
    for (url, expected) in [
        ("postgres://localhost", false),
        ("postgres://LocalHost?sslmode=prefer", false),
        ("postgres://127.0.0.2:5433", false),
        ("postgres://[::1]", false),
        ("postgres://%2Frun%2Fpostgresql?sslmode=require", false),
        ("postgres://localhost?sslmode=disable", false),
        ("postgres://localhost?sslmode=require", true),
        ("postgres://127.0.0.1?sslmode=verify-ca", true),
        ("postgres://db", true),
        ("postgres://db?sslmode=allow", true),
        ("postgres://db?sslmode=prefer", true),
        ("postgres://10.0.0.1", true),
        ("postgres://0.0.0.0", true),
        ("postgres://[::ffff:127.0.0.1]", true),
        ("postgres://localhost.example", true),
    ] {
        let address = Address::parse(url).unwrap();
        let host = address.hosts.first().unwrap();
        assert_eq!(address.needs_tls(host), expected, "{url}");
    }
}

fn refusal(around: &TestSurroundings, url: &str) -> String {
    let error = around.open(url).unwrap_err();
    assert!(
        matches!(error, StoreError::Unreachable(_) | StoreError::NoLogin(_)),
        "{error:?}"
    );
    error.to_string()
}

#[test]
fn a_password_comes_from_the_address_the_environment_or_the_password_file() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let (_, password, host) = given.parts();
    let without = format!("postgres://jwtsess@{host}");
    let by = |text: &str| format!("postgres://jwtsess:{text}@{host}");
    let file = |line: &str, open_to_others: bool| TestSurroundings {
        passfile: Some((line.to_owned(), open_to_others)),
        ..TestSurroundings::with("HOME", "/home/alice")
    };
    let line = format!("other:*:*:*:x\n{}\n", {
        let (host, database) = host.split_once('/').unwrap();
        format!("{host}:{database}:jwtsess:{password}")
    });
    let nothing = TestSurroundings::default;
    let variable = || TestSurroundings::with("PGPASSWORD", password);
    assert!(nothing().open(&by(password)).is_ok());
    assert!(variable().open(&without).is_ok());
    assert!(file(&line, false).open(&without).is_ok());
    // The nearer one is meant, also where it is wrong.
    let words = refusal(&variable(), &by(SECRET));
    assert!(words.contains("password authentication failed"), "{words}");
    let wrong = TestSurroundings {
        passfile: Some((line.clone(), false)),
        ..TestSurroundings::with("PGPASSWORD", "hunter2-wrong")
    };
    let words = refusal(&wrong, &without);
    assert!(!words.contains("hunter2"), "{words}");
    // The role, too, may be the environment's.
    let mut user = variable();
    user.variables.insert("PGUSER", "jwtsess".to_owned());
    assert!(user.open(&format!("postgres://{host}")).is_ok());
    assert_eq!(
        refusal(&variable(), &format!("postgres://{host}")),
        "it can't be opened: its address names no user, and PGUSER is not set"
    );
    let words = "it asks for a password: give the password in PGPASSWORD or in ~/.pgpass";
    assert_eq!(
        refusal(&nothing(), &without),
        format!("it can't be opened: {words}")
    );
    // One that others may look into is not used.
    assert_eq!(
        refusal(&file(&line, true), &without),
        format!(
            "it can't be opened: {words}; the password file /home/alice/.pgpass was not used, because other users can read or change it: run chmod 0600 on it"
        )
    );
}

#[test]
fn no_password_is_shown_by_an_open_store() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let (_, password, host) = given.parts();
    let store = given.open();
    assert_eq!(
        format!("{store:?}"),
        format!("Postgres(\"postgres://jwtsess@{host}\")")
    );
    assert!(!store.name().contains(password));
    assert_eq!(store.warnings(), [] as [&str; 0]);
}

/// Over TLS whatever the host, as for every host that is not of this machine.
fn over_tls(given: &TestSchema, host: &str) -> String {
    let (user, password, there) = given.parts();
    let (_, behind) = there.split_once(':').unwrap();
    format!("{user}:{password}@{host}:{behind}?sslmode=require")
}

#[test]
fn a_certificate_is_trusted_by_the_authority_that_is_named() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let url = over_tls(&given, "localhost");
    let authority = given.authority();
    let by_variable = TestSurroundings::with("SSL_CERT_FILE", authority);
    for (around, url) in [
        (by_variable, url.clone()),
        (
            TestSurroundings::default(),
            format!("{url}&sslrootcert={authority}&channel_binding=require"),
        ),
    ] {
        let mut store = around.open(&url).unwrap();
        let encrypted = store
            .connection
            .look(&mut |client| {
                let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
                Ok(client.query_one(sql, &[])?.try_get::<_, bool>(0)?)
            })
            .unwrap();
        assert!(encrypted, "{url}");
    }
}

#[test]
fn a_certificate_that_is_not_trusted_ends_the_connection() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let folder = given.authority().rsplit_once('/').unwrap().0;
    let around = || TestSurroundings::with("SSL_CERT_FILE", given.authority());
    // The server's own certificate is no authority's.
    let other = TestSurroundings::with("SSL_CERT_FILE", &format!("{folder}/server.pem"));
    let none = TestSurroundings::with("SSL_CERT_FILE", "/dev/null");
    let missing = TestSurroundings::with("SSL_CERT_FILE", "/nowhere/ca.pem");
    for (around, host, words) in [
        (around(), "127.0.0.1", "its certificate is for another host"),
        (
            other,
            "localhost",
            "its certificate is not signed by a trusted authority",
        ),
        (
            none,
            "localhost",
            "/dev/null has no certificate authority to trust",
        ),
        (
            missing,
            "localhost",
            "the certificate authorities of /nowhere/ca.pem can't be read",
        ),
    ] {
        let refused = refusal(&around, &over_tls(&given, host));
        assert!(refused.contains(words), "{refused}");
    }
}

/// A server on the loopback that answers each call with these bytes, and then says nothing.
fn listener(answer: &'static [u8]) -> u16 {
    use std::io::{Read as _, Write as _};
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            _ = stream.write_all(answer);
            _ = stream.read_to_end(&mut Vec::new());
        }
    });
    port
}

#[test]
fn a_server_without_tls_gets_no_password() {
    let port = listener(b"N");
    let around = TestSurroundings {
        variables: [("PGPASSWORD", "x".to_owned())].into(),
        passfile: None,
    };
    let refused = refusal(
        &around,
        &format!("postgres://alice@127.0.0.1:{port}/app?sslmode=require"),
    );
    assert!(
        refused.contains(
            "it does not offer TLS, and jwtsess connects to 127.0.0.1 over TLS or not at all"
        ),
        "{refused}"
    );
}

#[test]
fn who_does_not_answer_is_not_waited_for_longer_than_was_said() {
    let port = listener(b"");
    let url = format!("postgres://alice:x@127.0.0.1:{port}/app?connect_timeout=1");
    assert_eq!(
        refusal(&TestSurroundings::default(), &url),
        "it can't be opened: it did not answer within 1 s"
    );
    // Nobody there at all, and a second host that is tried.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let free = closed.local_addr().unwrap().port();
    drop(closed);
    let url = format!(
        "postgres://alice:x@127.0.0.1:{free},127.0.0.1:{port}/app?connect_timeout={}",
        Duration::from_secs(1).as_secs()
    );
    let refused = refusal(&TestSurroundings::default(), &url);
    assert!(
        refused.contains("Connection refused") && refused.contains("; 127.0.0.1:"),
        "{refused}"
    );
}
