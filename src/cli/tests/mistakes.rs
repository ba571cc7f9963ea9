//! One mistake, one hint: what is wrong in the config file is met as it is in `--set` and `--profile`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::testing::{Call, Folder};

/// The hint of a call that fails; null if there is none.
fn hint(args: &[&str]) -> Json {
    let called = Call::new(&[args, &["--json"]].concat()).at_home().run();
    assert_ne!(called.exit, 0, "{called}");
    let answer: Json = serde_json::from_str(&called.stdout).unwrap();
    answer["error"]["hint"].clone()
}

/// The message of a call that fails.
fn message(args: &[&str]) -> String {
    let called = Call::new(&[args, &["--json"]].concat()).at_home().run();
    assert_ne!(called.exit, 0, "{called}");
    let answer: Json = serde_json::from_str(&called.stdout).unwrap();
    answer["error"]["message"].as_str().unwrap().to_owned()
}

/// The message of any command that reads this config file.
fn message_of_file(content: &str) -> String {
    let folder = Folder::new();
    let config = folder.file("config.toml", content);
    let message = message(&["profile", "list", "--config", &config]);
    message.replace(&config, "config.toml")
}

/// A profile, a mistake as it is made in the file and in `--set`, and what is said of it.
const MISTAKES: [(&str, &str, &str, &str); 13] = [
    (
        "pair",
        "access_tl = '5m'",
        "access_tl=5m",
        "access_tl: unknown key `access_tl`; did you mean access_ttl?",
    ),
    (
        "simplejwt",
        "ACCESS_TOKEN_LIFETIM = '5m'",
        "ACCESS_TOKEN_LIFETIM=5m",
        "ACCESS_TOKEN_LIFETIM: simplejwt has no setting ACCESS_TOKEN_LIFETIM; did you mean ACCESS_TOKEN_LIFETIME?",
    ),
    (
        "drf-jwt",
        "EXPIRATION_DELTA = 60",
        "EXPIRATION_DELTA=60",
        "EXPIRATION_DELTA: drf-jwt has no setting EXPIRATION_DELTA; did you mean JWT_EXPIRATION_DELTA?",
    ),
    (
        "pair",
        "colour = 'red'",
        "colour=red",
        "colour: unknown key `colour`",
    ),
    (
        "oauth",
        "ROTATE_REFRESH_TOKENS = true",
        "ROTATE_REFRESH_TOKENS=true",
        "ROTATE_REFRESH_TOKENS: is a Django setting, and this is no Django profile; the key here is rotate.when",
    ),
    (
        "pair",
        "access_ttl = 'soon'",
        "access_ttl=soon",
        "access_ttl: has to be a duration such as 90s, 15m or 7d, or none",
    ),
    (
        "pair",
        "access.ttl = 'soon'",
        "access.ttl=soon",
        "access.ttl: has to be a duration such as 90s, 15m or 7d, or none",
    ),
    (
        "pair",
        "leeway = '2d'",
        "leeway=2d",
        "leeway: has to be a duration of at most a day",
    ),
    (
        "pair",
        "require_exp = 'perhaps'",
        "require_exp=perhaps",
        "require_exp: has to be true or false",
    ),
    (
        "simplejwt",
        "ROTATE_REFRESH_TOKENS = 'perhaps'",
        "ROTATE_REFRESH_TOKENS=perhaps",
        "ROTATE_REFRESH_TOKENS: must be ",
    ),
    (
        "simplejwt",
        "SIGNING_KEY = 'x'",
        "SIGNING_KEY=x",
        "SIGNING_KEY: ",
    ),
    (
        "pair",
        "rotate.reuse = 'end'",
        "rotate.reuse=end",
        "rotate.reuse: has to be one of refuse, end-session, end-user",
    ),
    (
        "sliding",
        "session.max = 'never'",
        "session.max=never",
        "session.max: has to be a duration such as 90s, 15m or 7d, or none",
    ),
];

#[test]
fn a_mistake_is_told_in_the_same_words_in_the_config_file_and_in_set() {
    for (profile, written, typed, expected) in MISTAKES {
        let typed = message(&["profile", "show", profile, "--set", typed]);
        let told = typed.strip_prefix("--set ").unwrap();
        assert!(told.starts_with(expected), "{profile}: {typed}");
        let file = message_of_file(&format!(
            "[profiles.mine]\nextends = '{profile}'\n{written}\n"
        ));
        assert_eq!(file, format!("config.toml:3: profiles.mine.{told}"));
    }
}

#[test]
fn every_mistake_of_a_file_is_told_at_once() {
    let told = message_of_file(
        "[profiles.mine]\nextends = 'paire'\n[profiles.other]\nsecert = 'env:S'\nsecret = 'literal'\n",
    );
    assert_eq!(
        told.lines().collect::<Vec<_>>(),
        [
            "config.toml:2: profiles.mine.extends: there is no profile paire; did you mean pair?",
            "config.toml:4: profiles.other.secert: unknown key `secert`; did you mean secret?",
            "config.toml:5: profiles.other.secret: takes no literal: say where the secret is, as env:NAME, file:PATH, dotenv:PATH#NAME",
        ]
    );
}

#[test]
fn a_profile_that_is_none_is_met_with_the_one_that_was_meant() {
    for (name, meant) in [("simplejtw", "simplejwt"), ("mnie", "mine")] {
        let folder = Folder::new();
        let config = folder.file("config.toml", "[profiles.mine]\n");
        let typed = hint(&["profile", "show", name, "--config", &config]);
        let typed = typed.as_str().unwrap();
        assert!(typed.starts_with(&format!("did you mean {meant}? the profiles are: sliding")));
        let written = message_of_file(&format!("[profiles.mine]\nextends = '{name}'\n"));
        assert!(
            written.contains(&format!("did you mean {meant}?")),
            "{written}"
        );
    }
}

#[test]
fn a_line_of_profiles_that_extend_each_other_is_followed_to_a_bound() {
    let line = |count: usize, end: &str| {
        let one = |at| format!("[profiles.p{at}]\nextends = 'p{}'\n", at + 1);
        let all: String = (0..count).map(one).collect();
        format!("{all}[profiles.p{count}]\nextends = '{end}'\n")
    };
    let folder = Folder::new();
    let config = folder.file("config.toml", line(62, "plain"));
    let shown = Call::new(&["profile", "show", "p0", "--config", &config]);
    assert_eq!(shown.at_home().run().exit, 0);
    let message = message_of_file(&line(900, "pair"));
    let first = message.lines().next().unwrap();
    assert_eq!(
        first,
        "config.toml:2: profiles.p0.extends: goes through more than 64 profiles: extend one that is nearer to a built-in profile"
    );
    // What is listed is bounded, too.
    assert!(message.len() < 4096, "{}", message.len());
    assert!(message.ends_with(" more"), "{message}");
    for count in [1000, 20_000] {
        let message = message_of_file(&line(count, "pair"));
        assert!(message.contains("there are more than 1000"), "{message}");
    }
    let circle = message_of_file(&line(3, "p1"));
    let told: Vec<_> = circle.lines().collect();
    assert_eq!(told.len(), 3);
    assert_eq!(
        told[0],
        "config.toml:4: profiles.p1.extends: extends itself"
    );
}

#[test]
fn a_flag_that_does_not_exist_is_met_by_its_meaning() {
    for (args, says) in [
        (&["verify", "x", "--jwks", "f"][..], "did you mean --key"),
        (&["verify", "x", "--public-key=f"], "did you mean --key"),
        (&["verify", "x", "--password", "p"], "did you mean --secret"),
        (&["verify", "x", "--audience", "a"], "did you mean --aud"),
        (
            &["verify", "x", "--clock-skew", "5"],
            "did you mean --leeway",
        ),
        (&["verify", "x", "--user", "a"], "did you mean --sub"),
        (
            &["verify", "x", "--insecure"],
            "no flag leaves the checks out; to see an unchecked token: jwtsess decode TOKEN",
        ),
        (
            &["issue", "--user", "a", "--expires", "5m"],
            "did you mean --ttl",
        ),
        (
            &["issue", "--user", "a", "--lifetime", "5m"],
            "did you mean --ttl",
        ),
        (&["issue", "--username", "a"], "did you mean --user"),
        (
            &["issue", "--user", "a", "--db", "s"],
            "did you mean --store",
        ),
        (&["renew", "x", "--exp", "+1h"], "did you mean --ttl"),
        (&["renew", "x", "--user", "a"], "did you mean --sub"),
        (&["revoke", "--sid", "x"], "did you mean --session"),
        (&["revoke", "x", "--force"], "did you mean --yes"),
        (&["decode", "x", "--time", "now"], "did you mean --now"),
        (&["verify", "x", "--isss", "a"], "did you mean --iss"),
        (&["verify", "x", "--zzz"], "see jwtsess verify --help"),
        (
            &["decode", "x", "--user", "a"],
            "--user is a flag of jwtsess issue, jwtsess revoke, jwtsess login, jwtsess session list",
        ),
    ] {
        assert_eq!(hint(args), says, "{args:?}");
    }
}

#[test]
fn a_far_word_is_taken_for_no_command() {
    let list = "to list the commands: jwtsess --help";
    for (word, says) in [
        ("serve", list),
        ("probe", list),
        ("server", list),
        ("remake", list),
        ("revok", "did you mean: jwtsess revoke"),
        ("inspetc", "did you mean: jwtsess inspect"),
        ("Rotate", "did you mean: jwtsess rotate"),
    ] {
        let called = Call::new(&[word]).run();
        assert_eq!(called.exit, 2, "{called}");
        assert!(called.stderr.contains(says), "{called}");
    }
}

#[test]
fn each_mistake_stands_on_a_line_of_its_own() {
    let folder = Folder::new();
    let content = "[profiles.a]\nclaims = [\"jti = al\\nn\\u001b\"]\nmax_age = 'x'\n";
    let config = folder.file("config.toml", content);
    let called = Call::new(&["profile", "list", "--config", &config])
        .at_home()
        .run();
    let lines: Vec<&str> = called.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{called}");
    // A line break in a value starts no line.
    assert!(lines[0].contains(r"jti = al\u000an\u001b"), "{called}");
    assert_eq!(
        lines[1],
        format!("{config}:3: profiles.a.max_age: unknown key `max_age`")
    );
    let set = [
        "--set",
        "access.ttl=x",
        "--set",
        "claims=[\"a = b\", \"c = d\"]",
    ];
    for set in set.chunks(2).map(<[_]>::to_vec).chain([set.to_vec()]) {
        let called = Call::new(&[&["profile", "show", "pair"], &set[..]].concat())
            .at_home()
            .run();
        assert_eq!(called.exit, 2, "{called}");
        assert!(!called.stderr.contains(r"\u000a"), "{called}");
        assert!(called.stderr.contains("\njwtsess: hint: "), "{called}");
    }
}
