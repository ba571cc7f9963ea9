//! Places, names and secrets are told apart by their form.
use super::*;

#[test]
fn a_place_is_shown_where_it_looks_like_one_and_like_no_secret() {
    let shown = [
        "key.pem",
        "KEY.PEM",
        ".env",
        "./key",
        "~/keys/signing",
        "/home/runner/work/project/keys/private",
        "/Users/JoSmith/Dev/MyApp/Keys/Prod",
        "keys/2026-11/jwks.json",
        "../k",
        "https://auth.example.com/.well-known/jwks.json",
        "/run/secrets/jwt",
        "/dev/fd/63",
        "/var/lib/kubelet/pods/4f3c2b1a-09d8-4e7f-8f3c-2b1a09d8e7f6/k.pem",
        "/nix/store/0z3k7v9q1x5m2b8c4d6f0g1h3j5l7n9p-key/k.pem",
        "postgres://db.internal:5432/app",
        "./me@host.pem",
    ];
    for value in shown {
        assert_eq!(place(value), Some(value));
    }
    let long = format!("/{}", "a/".repeat(70));
    let hidden = [
        "",
        "hunter2",
        "correct horse battery staple",
        "key",
        "a\n/b",
        "{\"kty\":\"oct\"}/",
        "-----BEGIN PRIVATE KEY-----/.pem",
        "https://u:pw@h/keys.json",
        "x/password=y",
        "/x?PASSWORD = y",
        // 32 random bytes, with a slash in them.
        "q3Zk9fXw/2Lb7VtYp0sRmA1cJdEuHg8iNoQxKzTyWvM=",
        "d1f2a9c4b7e8/03561f2a9c4b7e80356d1",
        "keys/4f3c2b1a09d8e7f64f3c2b1a09d8e7f6.pem",
        "postgres://u:Sup3rSecret",
        "postgres://h/db?user=u&pass=Sup3rSecret",
        "oracle://u/Sup3rSecret@h",
        "u/Sup3rSecret@h:1521/x",
        "https://h/?token=Sup3rSecret",
        "https://h/p?sig=Sup3rSecret",
        "django+sqlite:///postgres://u:Sup3rSecret",
        "/MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
        &long,
    ];
    for value in hidden {
        assert_eq!(place(value), None, "{value}");
    }
}

#[test]
fn a_name_is_forty_plain_characters_at_most() {
    for value in ["alice", "MY_SECRET", "a.b-c", &"n".repeat(40)] {
        assert_eq!(name(value), Some(value));
    }
    for value in ["", "a b", "a=b", "a/b", "é", "a\n", &"n".repeat(41)] {
        assert_eq!(name(value), None, "{value}");
    }
}

const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";

#[test]
fn what_is_a_secret_by_its_form_is_told_from_what_is_none() {
    let pems = [
        PEM.to_owned(),
        PEM.replace('\n', " "),
        PEM.replace('\n', "\\n"),
        PEM.replace('\n', ""),
        PEM.replace("PRIVATE", "RSA PRIVATE"),
        PEM.replace("-----", "\u{2014}"),
        PEM.to_lowercase(),
        format!("key={PEM}"),
        "-----BEGIN PGP PRIVATE KEY BLOCK-----".to_owned(),
        "AGE-SECRET-KEY-1QQPS".to_owned(),
    ];
    for text in pems {
        assert_eq!(
            SecretForm::in_text(&text),
            Some(SecretForm::PrivateKey),
            "{text}"
        );
    }
    let jwks = [
        r#"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ"}"#,
        r#"{ "d" : "x", "kty" : "EC" }"#,
        r#"[{"keys":[{"kty":"RSA","d":"x"}]}]"#,
        r#"key={"kty":"oct","k":"x"}"#,
        r#"{"kty":"oct","k":"x""#,
        r"{'kty': 'oct', 'k': 'x'}",
        r#"{"jwk":"{\"kty\":\"oct\",\"k\":\"x\"}"}"#,
        r#"x:={"x":{"\u006bty":"oct","k":"c2VjcmV0"}}"#,
        r#"{"kty":"RSA","n":"x","e":"AQAB","p":"x","q":"x"}"#,
    ];
    for text in jwks {
        assert_eq!(
            SecretForm::in_text(text),
            Some(SecretForm::PrivateJwk),
            "{text}"
        );
    }
    let account = format!(
        r#"{{"type":"service_account","private_key_id":"1","private_key":"{}"}}"#,
        PEM.replace('\n', "\\n")
    );
    assert_eq!(
        SecretForm::in_text(&account),
        Some(SecretForm::ServiceAccount)
    );
    let logins = [
        "postgres://u:pw@h/db",
        " postgres://u:pw@h/db",
        "https://u:p/w@h",
        "iss=https://u:pw@h/",
        "redis://:pw@h:6379",
        "mongodb+srv://u:pw@cluster/db",
        "host=db user=u password=pw",
        "Server=tcp:h,1433;User ID=u;Password=pw;",
        "Data Source=h; Pwd = pw",
        "jdbc:postgresql://h/db?user=u&password=pw",
        "jdbc:sqlserver://h;password=pw",
        "u:pw@tcp(h:3306)/d",
        "postgres:u:pw@h",
        "django+postgres://u:pw@h/db",
        "url:=\"postgres://u:pw@h/db\"",
        r#"{"a":"b","db":"postgres:\/\/u:pw@h"}"#,
        "postgres://h/db?user=u&pass=pw",
    ];
    for text in logins {
        assert_eq!(SecretForm::in_text(text), Some(SecretForm::Login), "{text}");
    }
    let none = [
        "alice",
        "https://auth.example.com/",
        "https://auth.example.com:8443/a@b",
        "mailto:alice@example.com",
        "acct:alice@example.com",
        "https://alice@example.com/",
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "password=reset",
        "scope=user:read admin@example",
        r#"cnf:={"jwk":{"kty":"EC","crv":"P-256","x":"a","y":"b"}}"#,
        r#"{"cnf":{"jwk":{"kty":"EC","x":"a"}},"d":1}"#,
        "-----BEGIN PUBLIC KEY-----",
        "urn:example:begin",
        r#"{"image":"postgres:15","email":"a@b.c"}"#,
        r#"{"scope":"redis:read","email":"a@b.c"}"#,
        r#"{"msg":"set pwd= and host=h"}"#,
        r#"{"kty":"adult","k":"x","d":"y"}"#,
        r#"{"url":"https://h/?next=//x:y@z"}"#,
        "compass=north host=h",
        "correct horse battery staple",
        "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v",
    ];
    for text in none {
        assert_eq!(SecretForm::in_text(text), None, "{text}");
    }
}

#[test]
fn the_work_is_linear_in_the_text() {
    // Squared, each would take minutes.
    for part in [
        "redis:",
        "://",
        "x://y",
        "begin ",
        "password ",
        "@tcp(",
        "{\"kty\":",
    ] {
        assert_eq!(SecretForm::in_text(&part.repeat(100_000)), None, "{part}");
        let behind = format!("{} a@b", part.repeat(100_000));
        assert_eq!(SecretForm::in_text(&behind), None, "{part}");
    }
}

#[test]
fn a_connection_string_is_no_file() {
    let told = [
        "host=db user=u password=pw",
        "dbname=y",
        "Server=h;Password=pw",
        ":memory:",
        "file:s.db",
        "jdbc:postgresql://h/db?password=pw",
        "u:pw@tcp(h:3306)/d",
        " postgres://u:pw@h/db",
        "postgres:u:pw@h",
        "sqlite:///s.db",
        "mysql+pymysql://h/d",
        "postgresql+psycopg2://h/d",
        "https://h/",
    ];
    for value in told {
        assert!(is_connection_string(value), "{value}");
    }
    let paths = [
        "sessions.sqlite",
        "./host=db.sqlite",
        "/srv/a:b@c.db",
        "~/s.db",
        "../dbname=x",
        "C:\\store.db",
        "team",
    ];
    for value in paths {
        assert!(!is_connection_string(value), "{value}");
    }
}

#[test]
fn what_is_not_shown_is_described() {
    let table = [
        ("x", "a text of 1 character"),
        ("hunter2", "a text of 7 characters"),
        (
            "-----BEGIN PRIVATE KEY-----",
            "a text of 27 characters that looks like a private key",
        ),
        (
            "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
            "a text of 29 characters that looks like a token",
        ),
        (
            "dbname=y",
            "a text of 8 characters that looks like a connection string",
        ),
        (
            "q3Zk9fXw2Lb7VtYp0sRmA1cJdEuHg8iN",
            "a text of 32 characters that looks like a key in base64 or hexadecimal",
        ),
    ];
    for (value, expected) in table {
        assert_eq!(described(value), expected);
    }
}
