//! Real servers of other stacks than Django REST: their tokens are recognised, verified and told apart by us, and ours are accepted by them.
//!
//! `JWTSESS_STACKS` names what runs them, as CONTRIBUTING.md says; without it these tests say that they are left out, and fail in CI.
use std::time::Duration;

use serde_json::Value;

use crate::stack_server::{Server, Stack, Tokens};

/// What the token of a kind is judged to be, where nobody names a profile.
struct ExpectedToken<'e> {
    token: &'e str,
    is_refresh: bool,
    /// Its kind; none: nothing tells it.
    kind: Option<&'e str>,
    /// Whether `sub` is a number, which RFC 7519 does not allow.
    is_malformed: bool,
}

/// A token that the server signed, without a word of whose it is.
fn judge(server: &Server, judged: &ExpectedToken<'_>) {
    let name = server.stack.profile();
    let run = |args: &[&str]| {
        let args = [args, &[judged.token, "--json"]].concat();
        let ran = server.run_without_profile(&args, judged.is_refresh);
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        (ran.status, json)
    };
    let (status, inspected) = run(&["inspect"]);
    assert_eq!(
        (status, inspected["token"]["trust"].as_str()),
        (0, Some("verified")),
        "{name}: {inspected}"
    );
    assert_eq!(
        inspected["token"]["kind"].as_str(),
        judged.kind,
        "{name}: {inspected}"
    );
    let (status, verified) = run(&["verify"]);
    let expected = match judged.kind {
        None if judged.is_malformed => (6, "claim_malformed"),
        None | Some("access") => (0, "valid"),
        Some(_) => (6, "kind_mismatch"),
    };
    assert_eq!(
        (status, verified["verdict"].as_str().unwrap()),
        expected,
        "{name}: {verified}"
    );
    for kind in ["access", "refresh", "id"] {
        let (status, verified) = run(&["verify", "--kind", kind]);
        let expected = if judged.kind == Some(kind) { 0 } else { 6 };
        assert_eq!(status, expected, "{name}, --kind {kind}: {verified}");
    }
    let (status, verified) = run(&["verify", "--kind", "any"]);
    let expected = if judged.is_malformed { 6 } else { 0 };
    assert_eq!(status, expected, "{name}: {verified}");
}

/// What a token of the server looks like.
fn looks_like(server: &Server, token: &str) -> Vec<String> {
    let ran = server.run_without_profile(&["inspect", token, "--json"], false);
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    let alike = json["token"]["looks_like"].as_array().unwrap();
    let profile = json["token"]["profile"].as_str();
    let alike = alike.iter().map(|one| one.as_str().unwrap());
    alike
        .chain(profile.filter(|one| *one != "plain"))
        .map(str::to_owned)
        .collect()
}

/// Under the profile that knows the server, a token is of its kind, and of no other.
fn is_of_kind(server: &Server, token: &str, kind: &str) {
    for asked in ["access", "refresh"] {
        let ran = server.run(&["verify", "--kind", asked, token]);
        assert_eq!(
            ran.status == 0,
            asked == kind,
            "{} is {kind}, asked {asked}: {}",
            server.stack.profile(),
            ran.stderr
        );
    }
}

/// The tokens of a login and of a refresh, where nobody names a profile: the kinds that they tell, and whose they look like.
fn servers_tokens(stack: Stack, access: Option<&str>, refresh: Option<&str>, like: &[&str]) {
    let Some(server) = Server::start(stack) else {
        return;
    };
    let first = server.log_in("alice");
    let second = server.refreshed(first.refresh());
    for tokens in [&first, &second] {
        let judged = |token, is_refresh, kind| {
            let judged = ExpectedToken {
                token,
                is_refresh,
                kind,
                is_malformed: stack == Stack::NestJs,
            };
            judge(&server, &judged);
        };
        judged(&tokens.access, false, access);
        assert_eq!(looks_like(&server, &tokens.access), like);
        if stack == Stack::OidcProvider {
            is_opaque(&server, tokens.refresh());
            judged(tokens.id.as_deref().unwrap(), false, Some("id"));
        } else {
            judged(tokens.refresh(), true, refresh);
        }
    }
}

/// A text that only its server can read is called opaque.
fn is_opaque(server: &Server, token: &str) {
    for command in ["inspect", "verify"] {
        // It may begin with a dash.
        let ran = server.run_without_profile(&[command, "--json", "--", token], false);
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(
            (ran.status, &json["verdict"]),
            (3, &"opaque".into()),
            "{command}: {json}"
        );
    }
}

/// The server accepts these tokens where they belong, and nowhere else.
fn accepted(server: &Server, user: &str, tokens: &Tokens) {
    let name = server.stack.profile();
    let seen = server.view(&tokens.access);
    let seen_user = seen.body.as_ref().map(|body| body["user"].clone());
    assert_eq!(
        (seen.status, seen_user),
        (200, Some(user.into())),
        "{name}: {seen:?}"
    );
    let Some(refresh) = &tokens.refresh else {
        return;
    };
    let seen = server.view(refresh);
    assert!(
        (400..500).contains(&seen.status),
        "{name}: its view takes a refresh token: {seen:?}"
    );
}

/// The same of tokens whose refresh token is then used.
fn accepted_and_refreshed(server: &Server, user: &str, tokens: &Tokens) {
    accepted(server, user, tokens);
    // What a provider has not issued itself it does not know: its refresh tokens are opaque.
    if server.stack != Stack::OidcProvider {
        server.adopt(user, tokens);
        accepted(server, user, &server.refreshed(tokens.refresh()));
    }
}

fn tokens_of(answer: &Value) -> Tokens {
    let text = |name: &str| answer[name].as_str().map(str::to_owned);
    Tokens {
        access: text("access").unwrap_or_else(|| panic!("{answer}")),
        refresh: text("refresh"),
        id: None,
    }
}

/// What we issue, renew and rotate, from a login of ours and from one of the server's.
fn our_tokens(stack: Stack) {
    let Some(server) = Server::start(stack) else {
        return;
    };
    let theirs = server.log_in("alice");
    is_of_kind(&server, &theirs.access, "access");
    if stack != Stack::OidcProvider {
        is_of_kind(&server, theirs.refresh(), "refresh");
    }
    let issued = server.issue("alice");
    accepted_and_refreshed(&server, "alice", &issued);
    let issued = server.issue("bob");
    if stack == Stack::NestJs {
        // Its tokens have no id: those of one second are the same.
        std::thread::sleep(Duration::from_millis(1100));
    }
    let renewed = tokens_of(&server.json(&["renew", issued.refresh()]));
    assert_ne!(renewed.access, issued.access);
    accepted(&server, "bob", &renewed);
    let rotated = tokens_of(&server.json(&["rotate", issued.refresh()]));
    accepted_and_refreshed(&server, "bob", &rotated);
    // Those are allow-lists: they do not know a login of somebody else.
    if !matches!(stack, Stack::NestJs | Stack::OidcProvider) {
        let theirs = server.log_in("alice");
        let renewed = tokens_of(&server.json(&["renew", theirs.refresh()]));
        accepted(&server, "alice", &renewed);
        let rotated = tokens_of(&server.json(&["rotate", theirs.refresh()]));
        accepted_and_refreshed(&server, "alice", &rotated);
    }
}

#[test]
fn flask_jwt_extended_s_tokens_are_told_apart() {
    servers_tokens(
        Stack::FlaskJwtExtended,
        Some("access"),
        Some("refresh"),
        &["flask-jwt-extended"],
    );
}

#[test]
fn ninja_jwt_s_tokens_are_told_apart() {
    servers_tokens(
        Stack::NinjaJwt,
        Some("access"),
        Some("refresh"),
        &["simplejwt"],
    );
}

#[test]
fn dj_rest_auth_s_tokens_are_told_apart() {
    servers_tokens(
        Stack::DjRestAuth,
        Some("access"),
        Some("refresh"),
        &["simplejwt"],
    );
}

#[test]
fn oidc_provider_s_tokens_are_told_apart() {
    servers_tokens(Stack::OidcProvider, Some("access"), None, &["oidc"]);
}

#[test]
fn nest_js_s_tokens_are_told_apart_by_their_keys() {
    servers_tokens(Stack::NestJs, None, None, &[]);
}

#[test]
fn flask_jwt_extended_accepts_ours() {
    our_tokens(Stack::FlaskJwtExtended);
}

#[test]
fn ninja_jwt_accepts_ours() {
    our_tokens(Stack::NinjaJwt);
}

#[test]
fn dj_rest_auth_accepts_ours() {
    our_tokens(Stack::DjRestAuth);
}

#[test]
fn a_resource_server_of_oidc_provider_accepts_ours() {
    our_tokens(Stack::OidcProvider);
}

#[test]
fn nest_js_accepts_ours() {
    our_tokens(Stack::NestJs);
}
