//! `login`, `token`, `request` and `logout` at real servers: each row of the tables below is a server, and what its sessions do.
//!
//! `JWTSESS_DJANGO` and `JWTSESS_STACKS` name what runs them, as CONTRIBUTING.md says; without them these tests say that they are left out, and fail in CI.
use serde_json::Value;

use crate::live_server::{
    AUTHLIB, DJ_REST_AUTH, DRF_JWT, DRF_JWT_LEGACY, FLASK, LiveServer, NODE_PAIR, OIDC, OIDC_ROBOT,
    SETUP, SIMPLEJWT, Setup, Stack, TOOLKIT, signing,
};

/// What a server's sessions do.
#[derive(Clone, Copy)]
struct Row {
    setup: Setup,
    /// What a wrong password is told to be.
    /// By whom the view sees itself asked, as a member of its answer.
    asked_by: (&'static str, &'static str),
    /// Whether a refresh brings another refresh token.
    rotates: bool,
    /// What a token that has expired is good for.
    expired: Expired,
    logout: Logout,
}

#[derive(Clone, Copy, PartialEq)]
enum Expired {
    /// The session goes on: what refreshes is another token, or the client itself.
    Refreshed,
    /// The session is over: the token refreshes itself, as long as it lives.
    Over,
}

#[derive(Clone, Copy, PartialEq)]
enum Logout {
    /// There is none.
    None,
    /// It ends what refreshes. The access token opens the view as long as it lives.
    RefreshOnly,
    /// It ends the access token, too.
    Both,
    /// It ends the access token. What refreshes goes on.
    AccessOnly,
}

const PAIR: Row = Row {
    setup: SETUP,
    asked_by: ("user", "alice"),
    rotates: true,
    expired: Expired::Refreshed,
    logout: Logout::RefreshOnly,
};

const UNROTATED: Row = Row {
    rotates: false,
    ..PAIR
};

const ONE_TOKEN: Row = Row {
    rotates: false,
    expired: Expired::Over,
    logout: Logout::None,
    ..PAIR
};

/// A client that logs in again instead of refreshing.
const ROBOT: Row = Row {
    asked_by: ("user", "robot"),
    logout: Logout::Both,
    ..UNROTATED
};

/// A server of the tables, from a first login to a session that is over.
fn story(row: &Row) {
    let Some(mut server) = LiveServer::start(row.setup) else {
        return;
    };
    refuses_a_wrong_password(&server);
    let said = server.log_in();
    assert_eq!(
        said["credential"]["name"],
        "app",
        "{}: {said}",
        server.what()
    );
    prints_a_token_that_opens(&server, row);
    refreshes_for_all_at_once(&server, row);
    outlives_its_access_token(&server, row);
    server.log_in();
    match row.logout {
        Logout::None => cannot_log_out(&server),
        Logout::AccessOnly => logs_out(&server, row),
        Logout::RefreshOnly | Logout::Both => {
            logs_out(&server, row);
            stays_over(&mut server, row);
        }
    }
}

/// A wrong password is refused, and nothing is kept.
fn refuses_a_wrong_password(server: &LiveServer) {
    if !server.has_user() {
        return;
    }
    let said = server.log_in_wrongly();
    assert_eq!(
        said["error"]["code"],
        "login_refused",
        "{}: {said}",
        server.what()
    );
    assert!(!server.keeps(), "{}", server.what());
}

/// `token` prints one, `request` asks with it, and a refresh brings another.
fn prints_a_token_that_opens(server: &LiveServer, row: &Row) {
    let what = server.what();
    let first = server.token(&[]);
    opens(server, row, &first);
    let said = server.json(0, &["token"]);
    assert_eq!(
        (&said["source"], &said["access"]),
        (&"kept".into(), &first.as_str().into()),
        "{what}: {said}"
    );
    // Tokens that say when they were made differ from one second to the next.
    server.advance(2);
    let before = server.refresh_token();
    let said = server.json(0, &["token", "--refresh"]);
    assert_eq!(said["source"], "refreshed", "{what}: {said}");
    let second = said["access"].as_str().unwrap();
    assert_ne!(first, second, "{what}");
    opens(server, row, second);
    assert_eq!(server.refresh_token() != before, row.rotates, "{what}");
    let ran = server.run(&["request", "GET", "/view"]);
    assert_eq!(ran.status, 0, "{what}: {ran:?}");
    let body: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(body[row.asked_by.0], row.asked_by.1, "{what}: {ran:?}");
    assert!(!ran.stderr.contains(second), "{what}: {ran:?}");
}

/// The view takes the token.
fn opens(server: &LiveServer, row: &Row, token: &str) {
    let answer = server.view(token);
    assert_eq!(answer.status, 200, "{}: {answer:?}", server.what());
    let (member, name) = row.asked_by;
    assert_eq!(answer.body.unwrap()[member], name, "{}", server.what());
}

/// However many calls find the token too old, one of them refreshes it: a strict server ends a session whose token comes twice.
fn refreshes_for_all_at_once(server: &LiveServer, row: &Row) {
    if row.expired == Expired::Over {
        return;
    }
    server.let_expire();
    let all: Vec<Value> = std::thread::scope(|scope| {
        let calls: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| server.json(0, &["token"])))
            .collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    let refreshed = all.iter().filter(|said| said["source"] == "refreshed");
    assert_eq!(refreshed.count(), 1, "{}: {all:?}", server.what());
    assert!(
        all.iter().all(|said| said["access"] == all[0]["access"]),
        "{}: {all:?}",
        server.what()
    );
    server.json(0, &["token", "--refresh"]);
}

/// The server's clock passes the end of the access token, of which this machine's knows nothing.
fn outlives_its_access_token(server: &LiveServer, row: &Row) {
    let what = server.what();
    let tokens = server.kept()["tokens"].take();
    let time = |name: &str| tokens[name].as_u64().unwrap();
    let life = time("access_expires_at") - time("obtained_at");
    server.advance(life + 60);
    if row.expired == Expired::Over {
        let said = server.json(7, &["request", "GET", "/view"]);
        assert_eq!(said["error"]["code"], "login_required", "{what}: {said}");
        return;
    }
    let said = server.json(0, &["request", "GET", "/view"]);
    assert_eq!(said["response"]["status"], 200, "{what}: {said}");
    // How far ahead the server's clock is has been seen: the token is fresh by that one.
    let said = server.json(0, &["token"]);
    assert_eq!(said["source"], "kept", "{what}: {said}");
    opens(server, row, said["access"].as_str().unwrap());
}

fn cannot_log_out(server: &LiveServer) {
    let said = server.json(1, &["logout"]);
    assert_eq!(
        said["error"]["code"],
        "no_logout_endpoint",
        "{}: {said}",
        server.what()
    );
    let token = server.token(&[]);
    assert_eq!(server.view(&token).status, 200, "{}", server.what());
    server.json(0, &["logout", "--forget"]);
    assert!(!server.keeps(), "{}", server.what());
}

/// The session ends, at the server as on this machine; what stays usable is said. Who logs out with a copy is told that it is done.
fn logs_out(server: &LiveServer, row: &Row) {
    let what = server.what();
    let access = server.token(&[]);
    server.copy_aside();
    let said = server.json(0, &["logout"]);
    assert!(!server.keeps(), "{what}");
    let ended = &said["logged_out"][0];
    let stays = row.logout == Logout::RefreshOnly;
    assert_eq!(ended["usable_until"].is_u64(), stays, "{what}: {said}");
    assert_eq!(server.view(&access).status == 200, stays, "{what}: {said}");
    server.put_back();
    server.json(0, &["logout"]);
    assert!(!server.keeps(), "{what}");
}

/// Who kept a copy of a session that has ended is told to log in, and then without a request. A client needs no session: it gets another token.
fn stays_over(server: &mut LiveServer, row: &Row) {
    server.put_back();
    if row.setup.login.contains("robot") {
        let said = server.json(0, &["token", "--refresh"]);
        assert_eq!(said["source"], "refreshed", "{}: {said}", server.what());
        return;
    }
    for _ in 0..2 {
        let said = server.json(7, &["token", "--refresh"]);
        assert_eq!(
            said["error"]["code"],
            "login_required",
            "{}: {said}",
            server.what()
        );
        server.stop();
    }
}

#[test]
fn simplejwt() {
    for (settings, row) in [
        ("{}", PAIR),
        (
            r#"{"settings": {"BLACKLIST_AFTER_ROTATION": "False"}}"#,
            PAIR,
        ),
        (
            r#"{"settings": {"ROTATE_REFRESH_TOKENS": "False", "BLACKLIST_AFTER_ROTATION": "False"}}"#,
            UNROTATED,
        ),
    ] {
        let setup = Setup {
            settings,
            ..SIMPLEJWT
        };
        story(&Row { setup, ..row });
    }
}

#[test]
fn simplejwt_sliding() {
    story(&Row {
        setup: Setup {
            settings: r#"{"settings": {"AUTH_TOKEN_CLASSES": "('rest_framework_simplejwt.tokens.SlidingToken',)"}}"#,
            profile: Some(("simplejwt-sliding", "")),
            path: "/api/sliding/",
            ..SETUP
        },
        ..ONE_TOKEN
    });
}

#[test]
fn drf_jwt() {
    let logout = Logout::Both;
    story(&Row {
        setup: DRF_JWT,
        logout,
        ..ONE_TOKEN
    });
}

#[test]
fn drf_jwt_legacy() {
    story(&Row {
        setup: DRF_JWT_LEGACY,
        ..ONE_TOKEN
    });
}

#[test]
fn flask_jwt_extended() {
    story(&Row {
        setup: FLASK,
        ..UNROTATED
    });
    let settings = r#"{"rotate": true}"#;
    story(&Row {
        setup: Setup { settings, ..FLASK },
        ..PAIR
    });
}

#[test]
fn flask_jwt_extended_with_cookies() {
    story(&Row {
        setup: Setup {
            settings: r#"{"rotate": true, "cookies": true}"#,
            // Its logout, as its documentation has it, is for the token of the view.
            profile: Some((
                "flask-jwt-extended",
                "live.cookies = { access = 'access_token_cookie', refresh = 'refresh_token_cookie' }\n\
                 live.logout = 'DELETE ../logout Authorization:{access}'",
            )),
            cookie: Some("access_token_cookie"),
            ..FLASK
        },
        logout: Logout::AccessOnly,
        ..PAIR
    });
}

#[test]
fn dj_rest_auth() {
    story(&Row {
        setup: DJ_REST_AUTH,
        ..PAIR
    });
}

#[test]
fn dj_rest_auth_with_cookies() {
    story(&Row {
        setup: Setup {
            settings: r#"{"rest_auth": {"JWT_AUTH_HTTPONLY": true, "JWT_AUTH_COOKIE": "app-auth", "JWT_AUTH_REFRESH_COOKIE": "app-refresh",
                "JWT_AUTH_COOKIE_USE_CSRF": true}}"#,
            profile: Some((
                "dj-rest-auth",
                "live.cookies = { access = 'app-auth', refresh = 'app-refresh' }",
            )),
            cookie: Some("app-auth"),
            ..DJ_REST_AUTH
        },
        ..PAIR
    });
}

#[test]
fn ninja_jwt() {
    story(&Row {
        setup: Setup {
            stack: Stack::DjangoBeside("ninja-jwt"),
            profile: Some(("ninja-jwt", "")),
            path: "/token/pair",
            ..SETUP
        },
        ..PAIR
    });
}

#[test]
fn node_pair() {
    story(&Row {
        setup: NODE_PAIR,
        ..PAIR
    });
}

const TOOLKIT_PAIR: Row = Row {
    setup: TOOLKIT,
    logout: Logout::Both,
    ..PAIR
};

#[test]
fn django_oauth_toolkit() {
    for (settings, rotates) in [
        ("{}", true),
        (r#"{"settings": {"ROTATE_REFRESH_TOKEN": "False"}}"#, false),
        (
            r#"{"settings": {"REFRESH_TOKEN_GRACE_PERIOD_SECONDS": "30"}}"#,
            true,
        ),
        (
            r#"{"settings": {"REFRESH_TOKEN_REUSE_PROTECTION": "True"}}"#,
            true,
        ),
    ] {
        let setup = Setup {
            settings,
            ..TOOLKIT
        };
        story(&Row {
            setup,
            rotates,
            ..TOOLKIT_PAIR
        });
    }
    let login = "--user alice --password env:PASSWORD --client-id pub --scope read";
    story(&Row {
        setup: Setup { login, ..TOOLKIT },
        ..TOOLKIT_PAIR
    });
    let login = "--client-id robot --client-secret env:CLIENT_SECRET --scope read";
    let asked_by = ("client", "robot");
    story(&Row {
        setup: Setup { login, ..TOOLKIT },
        asked_by,
        ..ROBOT
    });
}

#[test]
fn authlib() {
    for (settings, rotates) in [
        (r#"{"rotate": true, "algorithm": "RS256"}"#, true),
        (r#"{"rotate": false, "algorithm": "RS256"}"#, false),
        (r#"{"rotate": true, "algorithm": "ES256"}"#, true),
    ] {
        let signing = signing(if settings.contains("ES256") {
            "ES256"
        } else {
            "RS256"
        });
        let setup = Setup {
            settings,
            signing,
            ..AUTHLIB
        };
        story(&Row {
            setup,
            rotates,
            logout: Logout::RefreshOnly,
            ..TOOLKIT_PAIR
        });
    }
}

#[test]
fn oidc_provider_in_a_browser() {
    for (algorithm, settings) in [
        ("RS256", "{}"),
        ("ES256", r#"{"algorithm": "ES256"}"#),
        ("EdDSA", r#"{"algorithm": "EdDSA"}"#),
    ] {
        let login = "--grant code --no-browser --client-id spa --scope openid+read";
        let setup = Setup {
            settings,
            signing: signing(algorithm),
            login,
            ..OIDC
        };
        story(&Row { setup, ..PAIR });
    }
}

#[test]
fn oidc_provider_on_a_device() {
    let login = "--grant device --client-id tv --scope openid+read";
    story(&Row {
        setup: Setup { login, ..OIDC },
        ..PAIR
    });
}

#[test]
fn oidc_provider_without_a_user() {
    // It revokes no JWT.
    let logout = Logout::None;
    story(&Row {
        setup: OIDC_ROBOT,
        logout,
        ..ROBOT
    });
}

/// Nobody names a profile: the server is known by its answer and its token.
#[test]
fn servers_are_recognised() {
    let none = |setup: Setup| Setup {
        profile: None,
        ..setup
    };
    for row in [
        Row {
            setup: none(SIMPLEJWT),
            ..PAIR
        },
        Row {
            setup: none(DRF_JWT),
            logout: Logout::Both,
            ..ONE_TOKEN
        },
    ] {
        story(&row);
    }
}
