//! What `verify --as` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::commands::testing::{call, printed, readable, signed, sliding};
use crate::cli::testing::Folder;

fn simplejwt(form: &str) -> String {
    let args = ["issue", "--profile", "simplejwt", "--user", "7", "-o", form];
    printed(call(&args))
}

fn as_server(view: &str, token: &str, more: &[&str]) -> crate::cli::testing::CallResult {
    call(&[&["verify", token, "--as", view], more].concat()).run()
}

#[test]
fn the_answer_is_printed_as_it_would_come_over_the_wire() {
    assert_snapshot!(as_server("verify", &simplejwt("access"), &["--now", "+1h"]), @r#"
    --- stdout
    HTTP/1.1 401 Unauthorized
    Content-Type: application/json
    WWW-Authenticate: Bearer realm="api"

    {"detail":"Token is expired","code":"token_not_valid"}
    --- stderr
    jwtsess: the clock is set to 2027-01-15T09:00:00Z by --now, 1 h ahead of the system's
    jwtsess: answered as simplejwt would, because the token has token_type access
             (to choose another server: --profile)
    jwtsess: refused: its exp has passed
    --- exit 5
    "#);
    assert_snapshot!(as_server("view", &simplejwt("access"), &["--profile", "simplejwt"]), @r#"
    --- stdout
    HTTP/1.1 200 OK
    Content-Type: application/json

    {"user":null,"id":"7","claims":{"token_type":"access","exp":1800000300,"iat":1800000000,"jti":"00000000000040008000000000000002","user_id":"7"}}
    --- stderr
    jwtsess: sent as the header Authorization: Bearer TOKEN
    jwtsess: not checked, because only the server's database knows: whether its user
             exists, whether that user is active
    jwtsess: hint: to check the user, give the server's database (--store
             django+sqlite:///PATH), or list its users in the config file (`users`
             of a profile)
    --- exit 0
    "#);
}

#[test]
fn a_fresh_token_is_told_and_not_made() {
    assert_snapshot!(as_server("refresh", &simplejwt("refresh"), &["--now", "+1h"]), @r#"
    --- stdout
    HTTP/1.1 200 OK
    Content-Type: application/json

    {"access":"…","refresh":"…"}
    --- stderr
    jwtsess: the clock is set to 2027-01-15T09:00:00Z by --now, 1 h ahead of the system's
    jwtsess: answered as simplejwt would, because the token has token_type refresh
             (to choose another server: --profile)
    jwtsess: not checked, because only the server's database knows: whether it is
             blacklisted, whether its user exists, whether that user is active
    jwtsess: nothing is issued: … marks where the new token and its id would be
      access   {"token_type":"access","exp":1800003900,"iat":1800003600,"jti":"…","u
               ser_id":"7"}
      refresh  {"token_type":"refresh","exp":1800090000,"iat":1800003600,"jti":"…","
               user_id":"7"}
    jwtsess: hint: to check the user, give the server's database (--store
             django+sqlite:///PATH), or list its users in the config file (`users`
             of a profile)
    --- exit 0
    "#);
}

#[test]
fn a_server_that_fails_sends_its_page() {
    let token = signed(
        r#"{"alg":"HS256"}"#,
        br#"{"token_type":"refresh","exp":1900000000000000,"jti":"x","user_id":"7"}"#,
    );
    assert_snapshot!(as_server("refresh", &token, &[]), @r#"
    --- stdout
    HTTP/1.1 500 Internal Server Error
    Content-Type: text/html; charset=utf-8


    <!doctype html>
    <html lang="en">
    <head>
      <title>Server Error (500)</title>
    </head>
    <body>
      <h1>Server Error (500)</h1><p></p>
    </body>
    </html>
    --- stderr
    jwtsess: answered as simplejwt would, because the token has token_type refresh
             (to choose another server: --profile)
    jwtsess: refused: the server fails on the token: ValueError: a time claim
             outside the years 1 to 9999
    jwtsess: not checked, because only the server's database knows: whether it is
             blacklisted
    --- exit 6
    "#);
}

#[test]
fn where_a_server_is_laxer_it_is_said() {
    let token = signed(
        r#"{"alg":"HS256"}"#,
        br#"{"token_type":"access","exp":"1900000000","exp":1900000000,"jti":"x","user_id":"7"}"#,
    );
    assert_snapshot!(as_server("verify", &token, &[]), @r#"
    --- stdout
    HTTP/1.1 200 OK
    Content-Type: application/json

    {}
    --- stderr
    jwtsess: answered as simplejwt would, because the token has token_type access
             (to choose another server: --profile)
    jwtsess: the server is laxer than jwtsess, which refuses the token: malformed:
             the payload has "exp" more than once (byte 77)
    jwtsess: not checked, because only the server's database knows: whether it is
             blacklisted
    --- exit 0
    "#);
}

#[test]
fn a_sliding_token_is_refused_where_the_server_is_not_set_to_take_it() {
    let args = ["issue", "--profile", "simplejwt-sliding", "--user", "7"];
    let token = printed(call(&args));
    assert_snapshot!(as_server("view", &token, &[]), @r#"
    --- stdout
    HTTP/1.1 401 Unauthorized
    Content-Type: application/json
    WWW-Authenticate: Bearer realm="api"

    {"detail":"Given token not valid for any token type","code":"token_not_valid","messages":[{"token_class":"AccessToken","token_type":"access","message":"Token has wrong type"}]}
    --- stderr
    jwtsess: sent as the header Authorization: Bearer TOKEN
    jwtsess: answered as simplejwt-sliding would, because the token has token_type
             sliding (to choose another server: --profile)
    jwtsess: refused: this view needs a different kind of token
    jwtsess: hint: if users log in to the server with sliding tokens, its
             AUTH_TOKEN_CLASSES includes them: --set AUTH_TOKEN_CLASSES=SlidingToken
    --- exit 6
    "#);
    let set = ["--set", "AUTH_TOKEN_CLASSES=SlidingToken", "-q"];
    assert_snapshot!(readable(&as_server("view", &token, &set)), @r#"
    --- stdout
    HTTP/1.1 200 OK
    Content-Type: application/json

    {"user":null,"id":"7","claims":{"token_type":"sliding","exp":1800000300,"iat":1800000000,"jti":"00000000000040008000000000000001","refresh_exp":1800086400,"user_id":"7"}}
    --- exit 0
    "#);
}

#[test]
fn a_server_and_its_view_have_to_be_there() {
    let folder = Folder::new();
    let config = folder.file("c.toml", "[profiles.mine]\nextends = 'drf-jwt'");
    let config = ["--config", &config];
    let (ours, theirs) = (sliding(), simplejwt("access"));
    assert_snapshot!(as_server("view", &ours, &config), @r"
    --- stderr
    jwtsess: error: the token does not say which Django server it is for
    jwtsess: hint: name the server's profile with --profile: simplejwt, simplejwt-sliding, dj-rest-auth, ninja-jwt, drf-jwt, drf-jwt-legacy, mine
    --- exit 2
    ");
    assert_snapshot!(as_server("view", &ours, &["--profile", "pair"]), @r"
    --- stderr
    jwtsess: error: the profile pair is not a Django server's
    jwtsess: hint: name the server's profile with --profile: simplejwt, simplejwt-sliding, dj-rest-auth, ninja-jwt, drf-jwt, drf-jwt-legacy
    --- exit 2
    ");
    assert_snapshot!(as_server("sliding-refresh", &theirs, &["--profile", "drf-jwt"]), @r#"
    --- stderr
    jwtsess: error: the server of the profile drf-jwt has no such view
    jwtsess: hint: its views are: view, verify, refresh, blacklist
    --- exit 2
    "#);
    assert_snapshot!(as_server("view", &theirs, &["--iss", "me"]), @r#"
    --- stderr
    jwtsess: error: --as and --iss can't be given together
    jwtsess: hint: --as goes by the server's own settings, and --set changes those: give one of the two
    --- exit 2
    "#);
    let args = ["verify", &theirs, "--as", "view", "--no-dev-key"];
    assert_snapshot!(crate::cli::testing::Call::new(&args).run(), @r#"
    --- stderr
    jwtsess: error: there is no key for HS256, with which the server verifies its tokens
    jwtsess: hint: give the server's key: --key FILE or --secret env:NAME
    --- exit 1
    "#);
}

#[test]
fn each_check_has_its_exit_status_and_its_word() {
    let folder = Folder::new();
    let config = r#"
[profiles.mine]
extends = "simplejwt"
users = [{ name = "alice", id = 7 }, { name = "carol", id = 8, active = false }]
[profiles.strict]
extends = "mine"
CHECK_REVOKE_TOKEN = true
"#;
    let config = folder.file("c.toml", config);
    let token = |user: &str| {
        let payload =
            format!(r#"{{"token_type":"access","exp":1900000000,"jti":"x","user_id":"{user}"}}"#);
        signed(r#"{"alg":"HS256"}"#, payload.as_bytes())
    };
    for (profile, view, token, verdict, exit) in [
        ("mine", "view", &token("7"), "valid", 0),
        ("mine", "view", &token("8"), "user_inactive", 6),
        ("mine", "view", &token("9"), "user_unknown", 6),
        ("strict", "view", &token("7"), "password_changed", 7),
        ("mine", "refresh", &token("7"), "kind_mismatch", 6),
        (
            "mine",
            "view",
            &format!("{}x", token("7")),
            "bad_signature",
            4,
        ),
        ("mine", "view", &"a.b.c".to_owned(), "malformed", 3),
        ("drf-jwt", "verify", &token("7"), "claim_malformed", 6),
    ] {
        let args = ["--profile", profile, "--config", &config, "--json"];
        let called = as_server(view, token, &args);
        let json: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
        assert_eq!(
            (json["verdict"].as_str(), called.exit),
            (Some(verdict), exit),
            "{called}"
        );
        assert_eq!(json["ok"], exit == 0, "{called}");
    }
}

#[test]
fn nothing_that_a_server_would_send_back_reaches_the_terminal_unescaped() {
    let payload = "{\"token_type\":\"access\",\"exp\":1900000000,\"jti\":\"x\",\"user_id\":\"7\",\"x\":\"\\u001b[2J\u{202e}\u{9b}\"}";
    let token = signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
    for flags in [&["--json"][..], &[]] {
        let called = as_server("view", &token, flags);
        assert_eq!(called.exit, 0, "{called}");
        let text = format!("{}{}", called.stdout, called.stderr).replace('\n', "");
        assert!(!text.contains(crate::cli::paint::is_hidden), "{called}");
    }
}

#[test]
fn what_is_given_is_judged_as_it_is_sent() {
    let simple = &simplejwt("access");
    let payload = r#"{"username":"alice","user_id":1,"email":"","exp":1900000000,"orig_iat":1790000000,"iat":1790000000}"#;
    let drf = &signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
    let table = [
        ("simplejwt", "view", simple.clone(), 200),
        ("simplejwt", "view", format!("Bearer {simple}"), 200),
        ("simplejwt", "view", format!("Bearer {simple}\n"), 200),
        ("simplejwt", "view", format!("Bearer \t{simple} "), 200),
        (
            "simplejwt",
            "view",
            format!("Authorization: Bearer {simple}"),
            200,
        ),
        (
            "simplejwt",
            "view",
            format!("GET / HTTP/1.1\r\nHost: x\r\nauthorization: Bearer {simple}\r\n\r\n"),
            200,
        ),
        (
            "simplejwt",
            "view",
            format!("{{\"access\":\"{simple}\"}}"),
            200,
        ),
        ("simplejwt", "view", format!("Bearer b'{simple}'"), 401),
        ("simplejwt", "view", format!("b'{simple}'"), 401),
        ("simplejwt", "view", format!("\"{simple}\""), 401),
        ("simplejwt", "view", format!("bearer {simple}"), 401),
        ("simplejwt", "view", format!("JWT {simple}"), 401),
        ("simplejwt", "view", format!("Bearer\u{a0}{simple}"), 401),
        (
            "simplejwt",
            "view",
            format!("Bearer {simple} {simple}"),
            401,
        ),
        (
            "simplejwt",
            "view",
            format!("Authorization: Bearer '{simple}'"),
            401,
        ),
        ("simplejwt", "stateless", format!("Bearer '{simple}'"), 401),
        ("simplejwt", "verify", simple.clone(), 200),
        ("simplejwt", "verify", format!(" {simple}\t\n"), 200),
        (
            "simplejwt",
            "verify",
            format!("{{\"token\":\" {simple} \"}}"),
            200,
        ),
        (
            "simplejwt",
            "verify",
            format!("{{\"token\":\"'{simple}'\"}}"),
            401,
        ),
        ("simplejwt", "verify", format!("Bearer {simple}"), 401),
        ("simplejwt", "verify", format!("'{simple}'"), 401),
        ("drf-jwt", "view", drf.clone(), 200),
        ("drf-jwt", "view", format!("bearer {drf}"), 200),
        ("drf-jwt", "view", format!("Bearer  {drf}"), 401),
        ("drf-jwt", "view", format!("JWT {drf}"), 401),
        ("drf-jwt-legacy", "view", format!("jwt  {drf}"), 200),
        ("drf-jwt-legacy", "view", format!("Bearer {drf}"), 401),
    ];
    for (profile, view, value, status) in table {
        let called = as_server(view, &value, &["--profile", profile, "--json"]);
        let json: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
        let told = json["answer"]["status"].as_u64();
        assert_eq!(told, Some(status), "{profile} {view} {value} {called}");
    }
    let wrapped = format!("Bearer '{simple}'");
    let called = as_server(
        "view",
        &wrapped,
        &["--profile", "simplejwt", "--field", "1"],
    );
    assert_eq!(called.exit, 0, "what a flag asks for is done: {called}");
}

#[test]
fn a_token_that_the_store_has_ended_is_answered_alike_by_renew_verify_and_inspect() {
    use crate::cli::commands::testing::Machine;
    for (profile, view) in [
        ("simplejwt", "refresh"),
        ("simplejwt-sliding", "sliding-refresh"),
    ] {
        for ending in ["rotate", "revoke"] {
            if ending == "rotate" && profile == "simplejwt-sliding" {
                // Its server rotates nothing.
                continue;
            }
            let machine = Machine::new();
            let issued = machine.run(&["issue", "--profile", profile, "--user", "7", "-o", "env"]);
            let token = issued
                .stdout
                .trim_end()
                .rsplit('=')
                .next()
                .unwrap()
                .to_owned();
            let ended: &[&str] = &[ending, &token, "--profile", profile];
            let yes: &[&str] = if ending == "revoke" { &["--yes"] } else { &[] };
            let done = machine.run(&[ended, yes].concat());
            assert_eq!(done.exit, 0, "{done}");
            let body = r#"{"detail":"Token is blacklisted","code":"token_not_valid"}"#;
            let with = ["--profile", profile];
            let renewed = machine.run(&[&["renew", &token], &with[..]].concat());
            let said = format!("the server's {view} view would answer 401: {body}");
            assert!(renewed.stderr.contains(&said), "{renewed}");
            let foretold = machine.run(&[&["verify", &token, "--as", view], &with[..]].concat());
            assert_eq!(foretold.exit, 7, "{foretold}");
            assert!(foretold.stdout.starts_with("HTTP/1.1 401"), "{foretold}");
            assert!(foretold.stdout.contains(body), "{foretold}");
            let inspected = machine
                .call(&[&["inspect", &token, "--json"], &with[..]].concat())
                .run();
            let answer: serde_json::Value = serde_json::from_str(&inspected.stdout).unwrap();
            let answers = answer["server"]["answers"].as_array().unwrap();
            let one = answers.iter().find(|one| one["view"] == view).unwrap();
            assert_eq!(one["status"], 401, "{inspected}");
            let without = [&["verify", &token, "--as", view, "--no-store"], &with[..]].concat();
            let unasked = machine.run(&without);
            assert_eq!(unasked.exit, 0, "no store was asked: {unasked}");
        }
    }
}

#[test]
fn an_access_token_of_an_ended_pair_is_on_no_blacklist() {
    use crate::cli::commands::testing::Machine;
    let machine = Machine::new();
    let (access, refresh) = machine.tokens(&["issue", "--profile", "simplejwt", "--user", "7"]);
    let revoked = machine.run(&["revoke", &refresh, "--profile", "simplejwt", "--yes"]);
    assert_eq!(revoked.exit, 0, "{revoked}");
    let foretold = machine.run(&["verify", &access, "--as", "view", "--profile", "simplejwt"]);
    assert_eq!(foretold.exit, 0, "{foretold}");
}

#[test]
fn what_stands_around_the_token_is_sent_with_it() {
    let token = simplejwt("access");
    for sent in [
        format!("Bearer b'{token}'"),
        format!("Bearer \"{token}\""),
        format!("Authorization: Bearer b'{token}'"),
        format!("b'{token}'"),
        format!("Bearer {token},"),
    ] {
        let foretold = as_server("view", &sent, &["--profile", "simplejwt"]);
        assert!(
            foretold.stdout.starts_with("HTTP/1.1 401"),
            "{sent} {foretold}"
        );
    }
}
