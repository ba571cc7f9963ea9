//! Keys at an address by https: which certificates are trusted, and that what began encrypted goes on encrypted.
use std::path::PathBuf;

use super::*;

fn file(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls");
    folder.join(name).to_str().unwrap().to_owned()
}

/// A server for `localhost` alone. `HERE` in what it answers stands for its own address.
fn server(routes: &'static [(&str, &str)]) -> Server {
    Server::encrypted(move |received| {
        let host = received.header("host").unwrap();
        let found = routes.iter().find(|(path, _)| *path == received.path());
        let (status, body) = found.map_or(("404 Not Found", ""), |(_, body)| ("200 OK", *body));
        let body = body.replace("HERE", &format!("https://{host}"));
        (
            status,
            body.replace("SET", &set(&[jwk("ec-p256.public.jwk", "one")])),
        )
    })
}

/// `verify` with the keys at a path of a server.
fn verdict(server: &Server, path: &str, more: &[&str], env: &[(&str, &str)]) -> (u8, String) {
    let url = format!("https://localhost:{}{path}", server.address.port());
    let home = Folder::new();
    let claims = json!({"sub": "alice", "iss": url});
    let token = token_of("ec-p256.jwk", Some("one"), &claims);
    let words = [&["verify", &token, "--json", "--key", &url], more].concat();
    let mut call = Call::new(&words).env("XDG_CACHE_HOME", home.path());
    for (name, value) in env {
        call = call.env(name, value);
    }
    let called = call.run();
    let object: Value = serde_json::from_str(&called.stdout).unwrap();
    let code = object["error"]["code"].as_str();
    let code = code.or(object["verdict"].as_str()).unwrap();
    (called.exit, code.to_owned())
}

#[test]
fn the_authorities_are_those_that_are_named() {
    let server = server(&[("/jwks.json", "SET")]);
    let (ours, other) = (file("ca.pem"), file("other-ca.pem"));
    let refused = (8, "tls_failed".to_owned());
    let said = |more: &[&str], env: &[(&str, &str)]| verdict(&server, "/jwks.json", more, env);
    // A certificate that nobody vouches for asks nothing of the server.
    assert_eq!(said(&["--cacert", &other], &[]), refused);
    assert_eq!(said(&["--cacert", &file("server.key.pem")], &[]), refused);
    assert_eq!(said(&["--cacert", &file("none.pem")], &[]), refused);
    assert_eq!(said(&[], &[("JWTSESS_CACERT", &other)]), refused);
    assert_eq!(said(&[], &[("SSL_CERT_FILE", &other)]), refused);
    assert!(server.seen().is_empty());
    assert_eq!(said(&["--cacert", &ours], &[]), good("valid"));
    assert_eq!(said(&[], &[("JWTSESS_CACERT", &ours)]), good("valid"));
    assert_eq!(said(&[], &[("SSL_CERT_FILE", &ours)]), good("valid"));
    // The flag counts before the variables, ours before the common one.
    let both = [("JWTSESS_CACERT", &*ours), ("SSL_CERT_FILE", &*other)];
    assert_eq!(said(&[], &both), good("valid"));
    assert_eq!(said(&["--cacert", &other], &both), refused);
}

#[test]
fn a_certificate_for_another_host_is_refused() {
    let server = server(&[("/jwks.json", "SET")]);
    let url = format!("https://{}/jwks.json", server.address);
    let called = Call::new(&["key", "show", &url, "--cacert", &file("ca.pem")]).run();
    assert_eq!(called.exit, 8, "{called}");
    assert!(called.stderr.contains("is for another host"), "{called}");
    assert!(server.seen().is_empty());
}

#[test]
fn metadata_that_came_encrypted_leads_to_no_unencrypted_keys() {
    let plain = Issuer::new();
    let metadata = json!({"issuer": "HERE/a", "jwks_uri": plain.url()}).to_string();
    let place = "/.well-known/oauth-authorization-server/a";
    let routes = Box::leak(Box::new([(place, &*metadata.leak())]));
    let ca = file("ca.pem");
    for path in ["/a", place] {
        let said = verdict(&server(routes), path, &["--cacert", &ca], &[]);
        assert_eq!(said, (2, "insecure_origin".to_owned()), "{path}");
    }
    assert_eq!(plain.asked(), 0);
    let routes: &'static [(&str, &str)] = &[
        (
            "/.well-known/oauth-authorization-server/a",
            r#"{"issuer":"HERE/a","jwks_uri":"HERE/keys"}"#,
        ),
        ("/keys", "SET"),
    ];
    let said = verdict(&server(routes), "/a", &["--cacert", &ca], &[]);
    assert_eq!(said, good("valid"));
}
