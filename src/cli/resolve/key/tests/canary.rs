//! A secret that is given in the wrong place comes back on no stream, nor does a piece of it.
use super::{Call, Folder, fixture, folder};
use crate::core::echo;

/// So many characters of a secret in a row are a piece of it.
const PIECE: usize = 12;

/// A secret, and what of it must not be seen.
struct Canary {
    text: String,
    parts: Vec<String>,
}

impl Canary {
    fn new(text: impl Into<String>, part: &str) -> Self {
        Self {
            text: text.into(),
            parts: vec![part.to_owned()],
        }
    }

    /// The first piece of it that a text has.
    fn seen_in(&self, text: &str) -> Option<String> {
        self.parts.iter().find_map(|part| {
            let mut pieces = part.as_bytes().windows(PIECE.min(part.len()));
            pieces.find_map(|piece| {
                let piece = std::str::from_utf8(piece).unwrap();
                text.contains(piece).then(|| piece.to_owned())
            })
        })
    }
}

fn canaries() -> Vec<Canary> {
    let text = |name: &str| String::from_utf8(fixture(name)).unwrap();
    let pem = text("ec-p256.pkcs8.pem");
    let lines: Vec<String> = pem
        .lines()
        .filter(|line| !line.starts_with('-'))
        .map(str::to_owned)
        .collect();
    let of_pem = |text: String| Canary {
        text,
        parts: lines.clone(),
    };
    let jwk = text("ec-p256.jwk");
    let private: serde_json::Value = serde_json::from_str(&jwk).unwrap();
    let service = serde_json::json!({
        "type": "service_account",
        "private_key": pem,
        "token_uri": "https://oauth2.googleapis.com/token",
    });
    vec![
        of_pem(pem.clone()),
        of_pem(pem.trim_end().replace('\n', " ")),
        of_pem(pem.trim_end().replace('\n', "\\n")),
        of_pem(lines.concat()),
        of_pem(service.to_string()),
        Canary::new(jwk.clone(), private["d"].as_str().unwrap()),
        Canary::new(
            "correct horse battery staple",
            "correct horse battery staple",
        ),
        Canary::new("hunter2", "hunter2"),
        Canary::new(
            "https://alice:tr0ub4dor-and-3@h/jwks.json",
            "tr0ub4dor-and-3",
        ),
        Canary::new(
            "https://alice:tr0ub4dor/and/3@h/jwks.json",
            "tr0ub4dor/and/3",
        ),
        Canary::new("postgres://alice:tr0ub4dor-and-3@db/app", "tr0ub4dor-and-3"),
        Canary::new("host=db user=u password=tr0ub4dor-and-3", "tr0ub4dor-and-3"),
    ]
}

/// Runs a call with `--json`, which tells an error in both forms, and what shows something without it, too; and searches what it prints.
fn shows_nothing(canary: &Canary, words: &[&str], world: impl Fn(Call) -> Call) {
    let forms = [&["--json", "-v"][..], &[]];
    let shows = words.contains(&"show");
    for json in &forms[..=usize::from(shows)] {
        let words = [words, *json].concat();
        let called = world(Call::new(&words)).run();
        for stream in [&called.stdout, &called.stderr] {
            let piece = canary.seen_in(stream);
            assert_eq!(piece, None, "{words:?}\n{called}");
        }
    }
}

const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMH0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The forms that lead to a variable, or to a setting of a file that is there: a short secret may be the name of one.
fn by_name(secret: &str, env: &str) -> Vec<String> {
    if echo::name(secret).is_some() {
        return Vec::new();
    }
    vec![
        format!("env:{secret}"),
        format!("dotenv:{env}#{secret}"),
        format!("hex:env:{secret}"),
    ]
}

#[test]
fn a_secret_in_the_place_of_a_key_comes_back_on_no_stream() {
    let folder = Folder::new();
    let env = folder.file(".env", "A=1\n");
    for canary in canaries() {
        let secret = &canary.text;
        for words in [
            &["key", "jwks", secret][..],
            &["key", "convert", secret, "--format", "jwk", "--public"],
            &["key", "rotate", secret],
            &["key", "show", "--key", secret],
        ] {
            shows_nothing(&canary, words, |call| call);
        }
        let mut sources = by_name(secret, &env);
        sources.extend([secret.clone(), format!("dotenv:{secret}#X")]);
        for source in &sources {
            shows_nothing(&canary, &["encode", "{}", "--key", source], |call| call);
            shows_nothing(&canary, &["key", "show", source], |call| call);
            shows_nothing(&canary, &["verify", TOKEN], |call| {
                call.env("JWTSESS_KEY", source)
            });
            in_a_profile(&canary, &folder, "key", source);
        }
        // Nothing is made of that name: the folder does not exist.
        if secret.contains('/') {
            let words = ["key", "generate", "--format", "jwk", "--out", secret];
            shows_nothing(&canary, &words, |call| call);
        }
    }
}

#[test]
fn a_secret_in_a_reference_comes_back_on_no_stream() {
    let folder = folder(&["encrypted.pkcs8.pem"]);
    let encrypted = folder.path().join("encrypted.pkcs8.pem");
    let opened = ["encode", "{}", "--key", encrypted.to_str().unwrap()];
    let env = folder.file(".env", "A=1\n");
    for canary in canaries() {
        let secret = &canary.text;
        let mut references = by_name(secret, &env);
        references.extend(
            ["", "raw:", "file:", "base64:", "hex:", "base64:file:"]
                .map(|prefix| format!("{prefix}{secret}")),
        );
        references.push(format!("dotenv:{secret}#X"));
        for reference in &references {
            shows_nothing(&canary, &["encode", "{}", "--secret", reference], |call| {
                call
            });
            shows_nothing(&canary, &["inspect", TOKEN], |call| {
                call.env("JWTSESS_SECRET", reference)
            });
            in_a_profile(&canary, &folder, "secret", reference);
            let flag = [&opened[..], &["--key-passphrase", reference]].concat();
            shows_nothing(&canary, &flag, |call| call);
            shows_nothing(&canary, &opened, |call| {
                call.env("JWTSESS_KEY_PASSPHRASE", reference)
            });
        }
    }
}

/// As a profile's setting: used, and shown.
fn in_a_profile(canary: &Canary, folder: &Folder, setting: &str, value: &str) {
    let value = toml_string(value);
    let text = format!("[profiles.p]\nextends = \"plain\"\n{setting} = {value}\n");
    let config = folder.file("config.toml", text);
    for words in [
        &["verify", TOKEN, "--profile", "p"][..],
        &["profile", "show", "p"],
    ] {
        shows_nothing(canary, &[words, &["--config", &config]].concat(), |call| {
            call
        });
    }
}

/// A JSON string is one of TOML, too.
fn toml_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[test]
fn a_piece_of_a_secret_is_found() {
    let canary = Canary::new("x", "correct horse battery staple");
    assert_eq!(
        canary.seen_in("the horse battery sta…").as_deref(),
        Some(" horse batte")
    );
    assert_eq!(canary.seen_in("a horse, a battery"), None);
}
