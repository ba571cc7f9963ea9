//! Every form of a source and of a reference, what it leads to, and what is said where it leads nowhere.
use super::{Call, Folder, SECRET, fixture, folder, said, set_mode};

/// The private key that the sources of these tests lead to, and its public part's file.
const PEM: &str = "ec-p256.pkcs8.pem";
const PUBLIC: &str = "ec-p256.spki.pem";

fn pem() -> String {
    String::from_utf8(fixture(PEM)).unwrap()
}

/// Its line breaks written otherwise.
fn pem_with(line_break: &str) -> String {
    pem().trim_end().replace('\n', line_break)
}

fn private_file(folder: &Folder, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.file(name, content);
    set_mode(&path, 0o600);
    path
}

/// A token that this call signs, checked with these words behind `verify TOKEN`.
fn signs_for(call: Call, check: &[&str]) -> (u8, u8, String) {
    let signed = call.env("NO_COLOR", "1").run();
    let words = [&["verify", signed.stdout.trim_end()], check].concat();
    let checked = Call::new(&words).env("K", SECRET).run();
    let stderr = signed.stderr.replace(
        "jwtsess: no exp: the token never expires (to set one: --ttl 1h)\n",
        "",
    );
    (signed.exit, checked.exit, stderr)
}

const CHECK: [&str; 1] = ["--allow-no-exp"];

#[test]
fn a_key_is_read_from_wherever_a_source_says() {
    let folder = folder(&[PEM, PUBLIC]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let env = private_file(
        &folder,
        ".env",
        format!("A='{}'\nB=\"{}\"\n", pem(), pem_with("\\n")),
    );
    let dotenv = |name: &str| format!("dotenv:{env}#{name}");
    let note = |place: &str| format!("jwtsess: {place}: each \\n in it was read as a line break\n");
    let table = [
        (path(PEM), String::new()),
        ("-".to_owned(), String::new()),
        ("/dev/stdin".to_owned(), String::new()),
        ("env:PEM".to_owned(), String::new()),
        ("env:ESCAPED".to_owned(), note("env:ESCAPED")),
        ("env:CRLF".to_owned(), note("env:CRLF")),
        ("env:JWK".to_owned(), String::new()),
        (dotenv("A"), String::new()),
        (dotenv("B"), note(&dotenv("B"))),
    ];
    let public = path(PUBLIC);
    let check = [&CHECK[..], &["--key", &public]].concat();
    let world = |words: &[&str]| {
        Call::new(words)
            .stdin(pem())
            .env("PEM", pem())
            .env("ESCAPED", pem_with("\\n"))
            .env("CRLF", pem_with("\\r\\n"))
            .env("JWK", String::from_utf8(fixture("ec-p256.jwk")).unwrap())
    };
    for (source, note) in table {
        let config = folder.file(
            "config.toml",
            format!("[profiles.p]\nextends = 'plain'\nkey = '{source}'\n"),
        );
        let calls = [
            world(&["encode", "{}", "--key", &source]),
            world(&["encode", "{}"]).env("JWTSESS_KEY", &source),
            world(&["encode", "{}", "--config", &config, "--profile", "p"]),
        ];
        for call in calls {
            assert_eq!(signs_for(call, &check), (0, 0, note.clone()), "{source}");
        }
        let thumbprint = |words: &[&str]| {
            let shown = world(words).run();
            assert_eq!(shown.exit, 0, "{source}: {shown}");
            shown.stdout
        };
        let shown = thumbprint(&["key", "show", &source]);
        let place = if source.starts_with(['-', '/']) && source.len() < 11 {
            "standard input"
        } else {
            &source
        };
        assert!(shown.starts_with(&format!("{place}: a ")), "{shown}");
        let jwks = thumbprint(&["key", "jwks", &source]);
        assert!(
            jwks.contains("\"kty\":\"EC\"") || jwks.contains("\"kty\": \"EC\""),
            "{jwks}"
        );
        thumbprint(&["key", "convert", &source, "--format", "jwk"]);
    }
}

#[test]
fn a_pem_file_that_lost_its_form_in_a_variable_is_named_for_what_it_is() {
    let folder = Folder::new();
    let table = [
        (
            pem_with("\\\\n"),
            r"it is a PEM file with its line breaks written as \\n | hint: they were escaped twice: write each as \n, or as a line break",
        ),
        (
            pem_with("\\n\\\n"),
            r"it is a PEM file whose lines end in \n\ | hint: the last \ only continues a line in source code: write each line break as \n alone, or as a line break",
        ),
        (
            format!("\"{}\"", pem_with("\\n")),
            "it is a PEM file in quotes | hint: remove the quotes: they have become part of the value",
        ),
        (
            format!("'{}'\n", pem()),
            "it is a PEM file in quotes | hint: remove the quotes: they have become part of the value",
        ),
    ];
    for (value, expected) in table {
        let call = Call::new(&["encode", "{}", "--key", "env:PEM"]).env("PEM", &value);
        let expected = format!("error: env:PEM: {expected}");
        assert_eq!(said(call, &folder), (1, expected), "{value}");
    }
}

#[test]
fn a_secret_is_read_from_wherever_a_reference_says() {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    let hex = SECRET
        .bytes()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let base64 = STANDARD.encode(SECRET);
    let url = URL_SAFE_NO_PAD.encode(SECRET);
    let folder = Folder::new();
    let plain = private_file(&folder, "plain", SECRET);
    let in_base64 = private_file(&folder, "base64", format!("{base64}\r\n"));
    let in_hex = private_file(&folder, "hex", format!("{hex}\n"));
    let env = private_file(
        &folder,
        ".env",
        format!("A={SECRET}\nB={base64}\nH={hex}\n"),
    );
    let warned = "jwtsess: warning: a secret on the command line stays in the shell's history and shows in process lists: use env:NAME, file:PATH or prompt\n";
    let table = [
        ("env:K".to_owned(), false),
        (format!("file:{plain}"), false),
        ("file:-".to_owned(), false),
        ("file:/dev/stdin".to_owned(), false),
        (format!("dotenv:{env}#A"), false),
        (format!("base64:{base64}"), true),
        (format!("base64url:{url}"), true),
        (format!("hex:{hex}"), true),
        ("base64:env:BASE64".to_owned(), false),
        ("base64url:env:URL".to_owned(), false),
        ("hex:env:HEX".to_owned(), false),
        (format!("base64:file:{in_base64}"), false),
        (format!("hex:file:{in_hex}"), false),
        (format!("base64:dotenv:{env}#B"), false),
        (format!("hex:dotenv:{env}#H"), false),
        (format!("raw:{SECRET}"), true),
        (SECRET.to_owned(), true),
    ];
    let world = |words: &[&str]| {
        Call::new(words)
            .stdin(SECRET)
            .env("K", SECRET)
            .env("BASE64", &base64)
            .env("URL", &url)
            .env("HEX", &hex)
    };
    let check = [&CHECK[..], &["--secret", "env:K"]].concat();
    for (reference, literal) in table {
        let flag = world(&["encode", "{}", "--secret", &reference]);
        let expected = if literal { warned } else { "" };
        assert_eq!(
            signs_for(flag, &check),
            (0, 0, expected.to_owned()),
            "{reference}"
        );
        let variable = world(&["encode", "{}"]).env("JWTSESS_SECRET", &reference);
        assert_eq!(
            signs_for(variable, &check),
            (0, 0, String::new()),
            "{reference}"
        );
    }
    // What is decoded is said where it is wrong, and the way out fits.
    let call = world(&["encode", "{}", "--secret", "base64:env:K"]);
    let expected = "error: base64:env:K: it is not base64 at character 2 | hint: to use the characters as they are, leave base64: out";
    assert_eq!(said(call, &folder), (1, expected.to_owned()));
    let typed = world(&["encode", "{}", "--secret", "prompt"]).at_a_terminal(&[SECRET]);
    assert_eq!(signs_for(typed, &check).1, 0);
}

#[test]
fn a_passphrase_is_given_in_the_same_forms() {
    let folder = folder(&["encrypted.pkcs8.pem"]);
    let key = folder.path().join("encrypted.pkcs8.pem");
    let key = key.to_str().unwrap();
    let env = private_file(&folder, ".env", "P=jwtsess\nB=and0c2Vzcw==\n");
    let file = private_file(&folder, "b64", "and0c2Vzcw==\n");
    for reference in [
        "base64:env:B".to_owned(),
        "hex:env:H".to_owned(),
        format!("dotenv:{env}#P"),
        format!("base64:dotenv:{env}#B"),
        format!("base64:file:{file}"),
        "file:-".to_owned(),
    ] {
        let words = ["encode", "{}", "--key", key, "--key-passphrase", &reference];
        let call = Call::new(&words)
            .stdin("jwtsess\n")
            .env("B", "and0c2Vzcw==")
            .env("H", "6a777473657373");
        assert_eq!(said(call, &folder), (0, String::new()), "{reference}");
    }
}

#[test]
fn what_may_not_be_shown_is_described_with_the_way_to_give_it() {
    let folder = Folder::new();
    let call = |words: &[&str]| {
        Call::new(&[&["encode", "{}"], words].concat())
            .env("K", SECRET)
            .env("HOME", folder.path())
    };
    let show = |file: &str| Call::new(&["key", "show", file]);
    let key = "is a text of 7 characters; expected a file's path";
    let table = [
        (
            call(&[]).env("JWTSESS_KEY", pem()),
            "error: JWTSESS_KEY holds a text of 241 characters that looks like a private key; expected a file's path | hint: name the variable that holds the key: JWTSESS_KEY=env:NAME, or give it on standard input: --key -".to_owned(),
        ),
        (
            call(&["--key", "hunter2"]),
            format!("error: --key {key} | hint: name the variable that holds the key: --key env:NAME, or give it on standard input: --key -; to use a file in this folder: --key ./NAME"),
        ),
        (
            show("hunter2"),
            format!("error: FILE {key} | hint: name the variable that holds the key: env:NAME, or give it on standard input: -; to use a file in this folder: ./NAME"),
        ),
        (
            call(&["--key", "K"]),
            "error: --key is a text of 1 character; expected a file's path | hint: a variable has this name; to use what it holds: --key env:NAME".to_owned(),
        ),
        (
            call(&["--secret", "file:correct horse"]),
            "error: --secret: the text after file: is a text of 13 characters; expected a file's path | hint: name the variable that holds the secret: --secret env:NAME, or give it on standard input: --secret file:-".to_owned(),
        ),
        (
            call(&[]).env("JWTSESS_SECRET", "env:correct horse"),
            "error: JWTSESS_SECRET: the text after env: is a text of 13 characters; expected a variable's name | hint: give the name of a variable, not what it holds: JWTSESS_SECRET=env:NAME".to_owned(),
        ),
        (
            call(&["--key", "dotenv:hunter2#X"]),
            format!("error: --key: the text after dotenv: {key} | hint: name the variable that holds the key: --key env:NAME, or give it on standard input: --key -; to use a file in this folder: --key dotenv:./NAME"),
        ),
        (
            call(&["--key", "env:"]),
            "error: --key env:: it is incomplete | hint: give a file, env:NAME, dotenv:PATH#NAME, or - for standard input".to_owned(),
        ),
        (
            call(&[]).env("JWTSESS_SECRET", pem()),
            "error: JWTSESS_SECRET: a PEM file can't be used as an HMAC secret | hint: to use a key in a variable: JWTSESS_KEY=env:NAME, or --key env:NAME".to_owned(),
        ),
        (
            call(&["--secret", "env:PEM"]).env("PEM", pem()),
            "error: env:PEM: a PEM file can't be used as an HMAC secret | hint: give a key with --key: --key env:PEM".to_owned(),
        ),
    ];
    for (call, expected) in table {
        assert_eq!(said(call, &folder), (1, expected));
    }
    let expected = "error: --key: it is not fetched: it is no address (RFC 3986) | hint: give it as https://HOST/PATH, as in https://issuer.example/jwks.json";
    let address = call(&["--key", "https://u:p/w@h/"]);
    assert_eq!(said(address, &folder), (2, expected.to_owned()));
}

#[test]
fn what_is_to_be_written_is_a_file() {
    let folder = Folder::new();
    for (words, message) in [
        (
            &["key", "rotate", "env:X"][..],
            "FILE: a variable can't be changed",
        ),
        (
            &["key", "rotate", "dotenv:f#X"],
            "FILE: a setting of a .env file can't be changed",
        ),
        (
            &["key", "rotate", "https://h/x"],
            "FILE: an address can't be changed",
        ),
        (
            &["key", "generate", "--out", "env:X"],
            "--out: a key can't be written to a variable",
        ),
        (
            &["key", "convert", "x", "--out", "dotenv:f#X"],
            "--out: a key can't be written to a setting of a .env file",
        ),
    ] {
        let (exit, words) = said(Call::new(words).env("X", pem()), &folder);
        assert_eq!(exit, 2);
        assert!(
            words.starts_with(&format!("error: {message} | hint: give ")),
            "{words}"
        );
    }
    // A file that is only named so.
    let set = private_file(&folder, "env:set.jwks", fixture("jose-ES256.jwk"));
    let (exit, words) = said(Call::new(&["key", "show", &set]), &folder);
    assert_eq!((exit, words.as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn others_are_warned_of_once_a_file_and_only_for_what_is_used() {
    let folder = folder(&["encrypted.pkcs8.pem", PUBLIC]);
    let open = |name: &str, content: &str| {
        let path = folder.file(name, content);
        set_mode(&path, 0o644);
        path
    };
    let env = open(
        ".env",
        &format!(
            "A={SECRET}\nP=jwtsess\nPUBLIC='{}'\n",
            String::from_utf8(fixture(PUBLIC)).unwrap()
        ),
    );
    let public = open("pub.pem", &String::from_utf8(fixture(PUBLIC)).unwrap());
    let key = folder.path().join("encrypted.pkcs8.pem");
    let key = key.to_str().unwrap();
    let (a, p, of_public) = (
        format!("dotenv:{env}#A"),
        format!("dotenv:{env}#P"),
        format!("dotenv:{env}#PUBLIC"),
    );
    let of_file = format!("file:{public}");
    let warnings = |words: &[&str]| {
        let (_, said) = said(Call::new(words), &folder);
        said.matches("other users can read").count()
    };
    let token = Call::new(&["encode", "{}", "--secret", "env:K"])
        .env("K", SECRET)
        .run()
        .stdout;
    let token = token.trim_end();
    for (words, expected) in [
        (&["encode", "{}", "--secret", &a][..], 1),
        (&["verify", token, "--secret", &a, "--secret", &a], 1),
        (&["encode", "{}", "--key", key, "--key-passphrase", &p], 1),
        (&["encode", "{}", "--secret", &of_public], 0),
        (&["encode", "{}", "--secret", &of_file], 0),
        (&["inspect", token, "--key", &of_public], 0),
        (&["inspect", token, "--key", &public], 0),
    ] {
        assert_eq!(warnings(words), expected, "{words:?}");
    }
}

#[test]
fn a_config_file_takes_no_secret_itself() {
    let folder = Folder::new();
    let refused = "error: config.toml:3: profiles.p.secret: takes no literal: say where the secret is, as env:NAME, file:PATH, dotenv:PATH#NAME";
    for (secret, expected) in [
        (SECRET, (1, refused)),
        (
            "base64:YS1zZWNyZXQtb2YtbW9yZS10aGFuLTI1Ni1iaXRzLWZvci10aGU=",
            (1, refused),
        ),
        ("env:K", (0, "")),
    ] {
        let config = folder.file(
            "config.toml",
            format!("[profiles.p]\nextends = 'plain'\nsecret = '{secret}'\n"),
        );
        let call = Call::new(&["encode", "{}", "--config", &config, "--profile", "p"]);
        let (exit, said) = said(call.env("K", SECRET), &folder);
        assert_eq!((exit, said.as_str()), expected);
    }
}

#[test]
fn a_profile_shows_its_sources_as_far_as_they_may_be_shown() {
    let folder = Folder::new();
    let shown = |setting: &str| {
        let config = folder.file(
            "config.toml",
            format!("[profiles.p]\nextends = 'plain'\n{setting}\n"),
        );
        let called = Call::new(&["profile", "show", "p", "--config", &config, "--json"]).run();
        let json: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
        let profile = &json["profile"];
        (
            profile["keys"]["value"].clone(),
            profile["secret"]["reference"].clone(),
        )
    };
    let keys = "key = ['env:NAME', 'dotenv:.env#NAME', 'k.pem', 'https://u:pw@h/x', 'https://u:p/w@h/x', 'hunter2', '-']";
    let expected = serde_json::json!([
        "env:NAME",
        "dotenv:.env#NAME",
        "k.pem",
        "https://…@h/x",
        "a text of 17 characters that looks like an address with a password in it",
        "a text of 7 characters",
        "-",
    ]);
    assert_eq!(shown(keys).0, expected);
    for (reference, is_shown) in [
        ("env:NAME", true),
        ("file:./secret", true),
        ("file:-", true),
        ("dotenv:.env#NAME", true),
        ("base64:env:NAME", true),
        ("hex:file:s.bin", true),
        ("prompt", true),
        ("env:correct horse", false),
        ("file:hunter2", false),
        ("dotenv:.env#correct horse", false),
        ("dotenv:hunter2#NAME", false),
        ("dotenv:.env", false),
        ("base64:env:correct horse", false),
        ("base64:aHVudGVyMg==", false),
        ("raw:hunter2", false),
        ("hunter2", false),
    ] {
        let expected = is_shown.then_some(reference);
        let (_, secret) = shown(&format!("secret = '{reference}'"));
        assert_eq!(secret.as_str(), expected, "{reference}");
    }
}

#[test]
fn a_variable_that_holds_a_path_is_told_from_one_that_holds_a_key() {
    let folder = folder(&[PEM]);
    let path = folder.path().join(PEM);
    let call = Call::new(&["encode", "{}", "--key", "env:KEY_FILE"]).env("KEY_FILE", &path);
    let (_, words) = said(call, &folder);
    let warning = "warning: the text of env:KEY_FILE is also the name of a file; to use the key in that file, give its path";
    assert!(words.contains(warning), "{words}");
}
