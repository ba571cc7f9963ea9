//! A Django server's own database as the session store, while the server runs: what the one writes the other goes by.
//!
//! `JWTSESS_DJANGO` names the servers, as in `django`, and `JWTSESS_POSTGRES` a PostgreSQL server for their tables; on SQLite they are in a file.
use jwtsess::internals::core::profile::{BuiltIn, Profile};
use jwtsess::internals::core::time::Timestamp;
use jwtsess::internals::core::token::{Limits, Unverified};
use jwtsess::internals::django::tables::{Django, Location};
use jwtsess::internals::session::family::{Operation, PresentedToken, Ruling, decide, revoke};
use jwtsess::internals::session::record;
use jwtsess::internals::session::store::{Lookup, Selection, Store};
use jwtsess::internals::store::postgres::Surroundings;
use jwtsess::internals::store::sqlite::Access;
use serde_json::{Value, json};

use crate::django_server::{DjangoServer, HS256, Response, Setting, Stack, environments};
use crate::given::given;

/// simplejwt's views take either kind of token.
const EITHER: Setting = (
    "AUTH_TOKEN_CLASSES",
    "('rest_framework_simplejwt.tokens.AccessToken', 'rest_framework_simplejwt.tokens.SlidingToken')",
    "['AccessToken', 'SlidingToken']",
);

/// A server on each of the databases.
fn on_each_database(stack: Stack, settings: &[Setting], check: impl Fn(&DjangoServer)) {
    let Some(environments) = environments() else {
        return;
    };
    let postgres = given("JWTSESS_POSTGRES", "a PostgreSQL server");
    let places = std::iter::once(None).chain(postgres.as_ref().map(Some));
    for place in places {
        let address = place.and_then(|place| place.to_str());
        let server = DjangoServer::start_over(&environments, stack, HS256, settings, address);
        check(&server);
    }
}

fn open(server: &DjangoServer, profile: &Profile) -> Django {
    let around = Surroundings {
        variable: &|_| None,
        file: &|_| Ok(None),
    };
    let location = Location::parse(&server.store, &|_| false).unwrap();
    Django::open(&location, Access::Write, profile.server.as_deref(), &around).unwrap()
}

fn profile(name: &str) -> Profile {
    static BUILT_IN: BuiltIn = BuiltIn::new(jwtsess::internals::django::emulator);
    BUILT_IN.copy(name).unwrap()
}

fn presented(token: &str, profile: &Profile) -> PresentedToken {
    let token = Unverified::read(token, &Limits::default());
    record::presented(&token, profile, true).unwrap()
}

/// The servers' clocks are the machine's.
#[expect(
    clippy::disallowed_methods,
    reason = "what a running server wrote is from this moment"
)]
fn now() -> Timestamp {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.unwrap();
    Timestamp::new(now.as_secs().try_into().unwrap(), now.subsec_nanos())
}

fn ruling(store: &mut Django, token: &str, profile: &Profile) -> Ruling {
    let presented = presented(token, profile);
    let rules = record::rules(profile, None);
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let decided = store.update(&lookup, &mut |family| {
        decide(family, &presented, &Operation::Look, &rules, now())
    });
    decided.unwrap().ruling()
}

fn ended(store: &mut Django, token: &str, profile: &Profile) -> Ruling {
    let presented = presented(token, profile);
    let rules = record::rules(profile, None);
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let decided = store.update(&lookup, &mut |family| {
        revoke(family, &presented, &rules, now())
    });
    decided.unwrap().ruling()
}

fn is_revoked(ruling: Ruling) -> bool {
    use jwtsess::internals::session::family::Refusal;
    matches!(ruling, Ruling::Refused(Refusal::Revoked(_)))
}

/// `[jti, user, text, created, expires, blacklisted]` of each row, as the server's own models read it.
fn outstanding(server: &DjangoServer) -> Vec<Value> {
    let answer = server.get("outstanding", "");
    answer.body.unwrap().as_array().unwrap().clone()
}

#[test]
fn simplejwt_and_the_store_go_by_each_other_s_lists() {
    on_each_database(Stack::SimpleJwt, &[], |server| {
        let profile = profile("simplejwt");
        let mut store = open(server, &profile);
        let login = || server.log_in("login", "alice")["refresh"].clone();
        let refused = |token: &str| {
            let answer = server.post("refresh", &json!({"refresh": token}));
            answer.status == 401 && answer.body.unwrap()["detail"] == "Token is blacklisted"
        };
        let (theirs, ours) = (login(), login());
        assert!(matches!(
            ruling(&mut store, &theirs, &profile),
            Ruling::Live(Some(1))
        ));
        // Blacklisted there, and refused here; ended here, and refused there.
        let answer = server.post("blacklist", &json!({"refresh": theirs}));
        assert!(answer.is_success(), "{answer:?}");
        assert!(is_revoked(ruling(&mut store, &theirs, &profile)));
        assert_eq!(ended(&mut store, &ours, &profile), Ruling::Revoked);
        assert!(refused(&ours));
        // Rotated there: the old one is refused here, and the new one known.
        let answer = server.post("refresh", &json!({"refresh": login()}));
        let successor = answer.tokens()["refresh"].clone();
        assert!(matches!(
            ruling(&mut store, &successor, &profile),
            Ruling::Live(Some(1))
        ));
        // A user's tokens, all of them.
        let bobs = server.log_in("login", "bob")["refresh"].clone();
        let of_alice = Selection {
            user: Some("alice".to_owned()),
            ..Selection::default()
        };
        let listed = store.list(&of_alice).unwrap();
        assert_eq!(listed.len(), 4);
        assert!(
            listed
                .iter()
                .all(|session| session.user.as_deref() == Some("alice"))
        );
        assert_eq!(store.end(&of_alice, now()).unwrap().sessions.len(), 1);
        assert!(refused(&successor));
        let answer = server.post("refresh", &json!({"refresh": bobs}));
        assert!(answer.is_success(), "{answer:?}");
        // Every row reads the same to the server, whoever wrote it.
        let rows = outstanding(server);
        assert_eq!(rows.len(), 6);
        assert_eq!(rows.iter().filter(|row| row[5] == true).count(), 5);
    });
}

#[test]
fn a_rotation_in_the_store_is_one_that_simplejwt_goes_by() {
    on_each_database(Stack::SimpleJwt, &[], |server| {
        let profile = profile("simplejwt");
        let mut store = open(server, &profile);
        let old = server.log_in("login", "alice")["refresh"].clone();
        // What another login gave serves as the successor: the server need not have recorded it.
        let new = server.log_in("login", "alice")["refresh"].clone();
        let jti = presented(&new, &profile).token.id.unwrap();
        let before = outstanding(server);
        server.forget(&jti);
        let (first, successor) = (presented(&old, &profile), presented(&new, &profile));
        let lookup = Lookup::token(&first.token, &first.origin);
        let rules = record::rules(&profile, None);
        let request = Operation::Rotate(Box::new(successor.token));
        let applied = store.update(&lookup, &mut |family| {
            decide(family, &first, &request, &rules, now())
        });
        assert_eq!(applied.unwrap().ruling(), Ruling::Rotated(2));
        let rows = outstanding(server);
        let (was, is) = (&before[1], &rows[1]);
        for column in [0, 1, 2, 4] {
            assert_eq!(is[column], was[column], "as the server had it");
        }
        assert_eq!((&rows[0][5], &is[5]), (&json!(true), &json!(false)));
        let answer = server.post("refresh", &json!({"refresh": old}));
        assert_eq!(answer.body.unwrap()["detail"], "Token is blacklisted");
        let answer = server.post("refresh", &json!({"refresh": new}));
        assert!(answer.is_success(), "{answer:?}");
    });
}

#[test]
fn drf_jwt_and_the_store_end_each_other_s_families() {
    on_each_database(Stack::DrfJwt, &[], |server| {
        let profile = profile("drf-jwt");
        let mut store = open(server, &profile);
        let refresh = |token: &str| server.post("refresh", &json!({"token": token}));
        let family = || {
            let first = server.log_in("login", "alice")["token"].clone();
            let second = refresh(&first).tokens()["token"].clone();
            (first, second)
        };
        let (theirs, ours, other) = (family(), family(), family());
        let answer = server.post_as("blacklist", &theirs.1);
        assert!(answer.is_success(), "{answer:?}");
        for token in [&theirs.0, &theirs.1] {
            assert!(is_revoked(ruling(&mut store, token, &profile)));
        }
        assert_eq!(ended(&mut store, &ours.1, &profile), Ruling::Revoked);
        for token in [&ours.0, &ours.1] {
            let answer = refresh(token);
            let detail = &answer.body.unwrap()["non_field_errors"][0];
            assert_eq!(detail, "Token is blacklisted.");
            assert_eq!(server.get("view", token).status, 403);
        }
        assert_eq!(ruling(&mut store, &other.0, &profile), Ruling::Unrecorded);
        assert!(refresh(&other.1).is_success());
    });
}

/// What a run prints that has to succeed.
fn runs(server: &DjangoServer, base: &str, args: &[&str]) -> String {
    let ran = server.over_its_database(base, args).run();
    assert_eq!(ran.status, 0, "{args:?}: {ran:?}");
    ran.stdout.trim_end().to_owned()
}

/// Exit status and the object that `--json` gives.
fn told(server: &DjangoServer, base: &str, args: &[&str]) -> (i32, Value) {
    let args = [args, &["--json"]].concat();
    let ran = server.over_its_database(base, &args).run();
    let object = serde_json::from_str(&ran.stdout);
    (ran.status, object.unwrap_or_else(|_| panic!("{ran:?}")))
}

/// Access and refresh token of a pair that was printed as the server sends it.
fn pair(wire: &str) -> (String, String) {
    let wire: Value = serde_json::from_str(wire).unwrap();
    let field = |name: &str| wire[name].as_str().unwrap().to_owned();
    (field("access"), field("refresh"))
}

fn refreshed(server: &DjangoServer, token: &str) -> Response {
    server.post("refresh", &json!({"refresh": token}))
}

fn is_blacklisted(answer: &Response) -> bool {
    answer.status == 401 && answer.body.as_ref().unwrap()["detail"] == "Token is blacklisted"
}

#[test]
fn what_is_issued_and_rotated_over_the_database_is_the_server_s_own() {
    on_each_database(Stack::SimpleJwt, &[], |server| {
        let simplejwt = |args: &[&str]| runs(server, "simplejwt", args);
        let (access, first) = pair(&simplejwt(&["issue", "--user", "alice", "-o", "wire"]));
        let answer = server.get("view", &access).body.unwrap();
        assert_eq!(
            (&answer["user"], &answer["id"]),
            (&json!("alice"), &json!("1"))
        );
        let rows = outstanding(server);
        assert_eq!(
            (&rows[0][1], &rows[0][2], &rows[0][5]),
            (&json!("alice"), &json!(first), &json!(false))
        );
        let (status, refused) = told(server, "simplejwt", &["issue", "--user", "nobody"]);
        assert_eq!(
            (status, &refused["error"]["code"]),
            (1, &json!("no_such_user"))
        );
        assert_eq!(outstanding(server).len(), 1);

        // Rotated here.
        let (status, rotated) = told(server, "simplejwt", &["rotate", &first]);
        assert_eq!(status, 0, "{rotated}");
        let second = rotated["refresh"]
            .as_str()
            .unwrap_or_else(|| panic!("{rotated}"));
        let rows = outstanding(server);
        assert_eq!(
            (&rows[0][5], &rows[1][2], &rows[1][5]),
            (&json!(true), &json!(second), &json!(false))
        );
        assert_eq!(rotated["session"]["id"], rows[1][0]);
        assert!(is_blacklisted(&refreshed(server, &first)));
        let (status, replayed) = told(server, "simplejwt", &["rotate", &first]);
        assert_eq!((status, &replayed["verdict"]), (7, &json!("revoked")));
        assert_eq!(outstanding(server).len(), 2);

        // Lost, and given again by the operator.
        let id = rows[1][0].as_str().unwrap();
        let (access, again) = pair(&simplejwt(&["rotate", "--session", id, "-o", "wire"]));
        assert_eq!(again, second);
        assert!(server.get("view", &access).is_success());

        // Rotated there.
        let third = refreshed(server, second).tokens()["refresh"].clone();
        for args in [
            ["rotate", second].as_slice(),
            &["verify", second, "--kind", "any"],
            &["renew", second],
        ] {
            let (status, refused) = told(server, "simplejwt", args);
            assert_eq!(
                (status, &refused["verdict"]),
                (7, &json!("revoked")),
                "{args:?}"
            );
        }
        let (_, shown) = told(server, "simplejwt", &["inspect", second]);
        assert_eq!(shown["session"]["state"], "revoked");
        simplejwt(&["verify", &third, "--kind", "any"]);
        simplejwt(&["renew", &third]);
        assert_eq!(outstanding(server).len(), 3);
        assert!(refreshed(server, &third).is_success());
    });
}

#[test]
fn what_a_server_answers_is_foretold_from_its_database_alone() {
    on_each_database(Stack::SimpleJwt, &[EITHER], |server| {
        let issue = |args: &[&str]| {
            let args = [&["issue", "-o", "wire"], args].concat();
            pair(&runs(server, "simplejwt", &args))
        };
        let (ended, gone, inactive) = (
            issue(&["--user", "alice"]),
            issue(&["--user", "alice", "-c", "user_id=77"]),
            issue(&["--user", "carol"]),
        );
        let answer = server.post("blacklist", &json!({"refresh": ended.1}));
        assert!(answer.is_success(), "{answer:?}");
        for (access, refresh) in [ended, gone, inactive] {
            let post = |view: &str, field: &str| server.post(view, &json!({field: refresh}));
            let ask = |view: &str| match view {
                "view" => server.get("view", &access),
                "verify" => post(view, "token"),
                _ => post(view, "refresh"),
            };
            // What is told first is what is so then: the last of them changes it.
            for view in ["view", "verify", "refresh", "blacklist"] {
                let token = if view == "view" { &access } else { &refresh };
                let (_, foretold) = told(server, "simplejwt", &["verify", token, "--as", view]);
                let foretold = &foretold["answer"];
                let said = ask(view);
                assert_eq!(foretold["not_checked"], json!([]), "{view}: {foretold}");
                assert_eq!(foretold["status"], said.status, "{view}: {said:?}");
                if !said.is_success() {
                    assert_eq!(foretold["body"], json!(said.body), "{view}");
                }
            }
        }
    });
}

#[test]
fn what_is_revoked_the_server_refuses() {
    on_each_database(Stack::SimpleJwt, &[EITHER], |server| {
        let login = |user: &str| server.log_in("login", user)["refresh"].clone();
        let (one, two, three, bobs) =
            (login("alice"), login("alice"), login("alice"), login("bob"));
        let sliding = server.log_in("sliding-login", "alice")["token"].clone();
        let (_, dry) = told(server, "simplejwt", &["revoke", &one, "--dry-run"]);
        assert_eq!(dry["ok"], true, "{dry}");
        assert!(outstanding(server).iter().all(|row| row[5] == false));

        for _ in 0..2 {
            runs(server, "simplejwt", &["revoke", &one]);
            assert!(is_blacklisted(&refreshed(server, &one)));
        }
        runs(server, "simplejwt-sliding", &["revoke", &sliding]);
        let slid = server.post("sliding-refresh", &json!({"token": sliding}));
        assert!(is_blacklisted(&slid), "{slid:?}");
        assert_eq!(server.get("view", &sliding).status, 401);

        let id = presented(&two, &profile("simplejwt")).token.id.unwrap();
        runs(server, "simplejwt", &["revoke", "--session", &id]);
        assert!(is_blacklisted(&refreshed(server, &two)));

        let (_, listed) = told(
            server,
            "simplejwt",
            &["session", "list", "--user", "alice", "--state", "live"],
        );
        assert_eq!(listed["sessions"].as_array().unwrap().len(), 1, "{listed}");
        let fourth = login("alice");
        let (asked, _) = told(server, "simplejwt", &["revoke", "--user", "alice"]);
        assert_eq!(asked, 2, "more than one is asked about");
        let ended = runs(server, "simplejwt", &["revoke", "--user", "alice", "--yes"]);
        let stays = "access tokens stay usable until they expire, for 5 min at most";
        assert!(ended.replace("\n  ", " ").contains(stays), "{ended}");
        for token in [&three, &fourth] {
            assert!(is_blacklisted(&refreshed(server, token)));
        }
        assert!(refreshed(server, &bobs).is_success());
        let (_, purged) = told(server, "simplejwt", &["session", "purge"]);
        assert_eq!(purged["ok"], true, "{purged}");
        assert_eq!(outstanding(server).len(), 7, "all of them still guard");
    });
}

#[test]
fn a_family_that_is_revoked_drf_jwt_refuses() {
    on_each_database(Stack::DrfJwt, &[], |server| {
        let first = runs(server, "drf-jwt", &["issue", "--user", "alice"]);
        assert_eq!(server.get("view", &first).body.unwrap()["id"], 1);
        let answer = server.post("refresh", &json!({"token": first}));
        let second = answer.tokens()["token"].clone();
        let other = server.log_in("login", "alice")["token"].clone();
        let (status, no_list) = told(server, "drf-jwt", &["revoke", "--user", "alice", "--yes"]);
        assert_eq!(status, 1, "{no_list}");
        runs(server, "drf-jwt", &["revoke", &second]);
        for token in [&first, &second] {
            assert_eq!(server.get("view", token).status, 403);
            let (status, refused) = told(server, "drf-jwt", &["verify", token]);
            assert_eq!((status, &refused["verdict"]), (7, &json!("revoked")));
            let (_, foretold) = told(server, "drf-jwt", &["verify", token, "--as", "view"]);
            assert_eq!(foretold["answer"]["status"], 403);
            assert_eq!(foretold["answer"]["not_checked"], json!([]));
        }
        runs(server, "drf-jwt", &["verify", &other]);
        assert!(server.get("view", &other).is_success());
        let answer = server.post_as("blacklist", &other);
        assert!(answer.is_success(), "{answer:?}");
        let (status, _) = told(server, "drf-jwt", &["renew", &other]);
        assert_eq!(status, 7);
    });
}
