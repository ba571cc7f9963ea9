//! The answers of django-ninja-jwt 5.4.5, as they were recorded.
use super::*;

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn django_ninja_jwt_answers_as_recorded() {
    let recorded: Json = serde_json::from_str(include_str!(
        "../../../../tests/vectors/stack-exchanges.json"
    ))
    .unwrap();
    let mut recordings = recorded["recordings"].as_array().unwrap().iter();
    let ninja = recordings.find(|one| one["name"] == "ninja-jwt").unwrap();
    let settings = DjangoSettings {
        is_5_3: true,
        is_ninja: true,
        rotate: true,
        blacklist_after_rotation: true,
        blacklist_app: true,
        ..DjangoSettings::defaults(Stack::SimpleJwt)
    };
    let keys = secret(recorded["keys"]["access"].as_str().unwrap());
    let mut met = 0;
    for exchange in ninja["exchanges"].as_array().unwrap() {
        let request = &exchange["request"];
        let (view, field) = match request["path"].as_str().unwrap() {
            "/api/me" => (View::Protected, ""),
            "/api/token/verify" => (View::Verify, "token"),
            "/api/token/refresh" => (View::Refresh, "refresh"),
            "/api/token/blacklist" => (View::Blacklist, "refresh"),
            _ => continue,
        };
        let body: Json = serde_json::from_str(request["body"].as_str().unwrap_or("{}")).unwrap();
        let sent = if field.is_empty() {
            Credential::Header(request["authorization"].as_str().unwrap_or_default())
        } else {
            Credential::Token(body[field].as_str().unwrap_or_default())
        };
        let what = exchange["what"].as_str().unwrap();
        let is_listed = |_: BlacklistEntry<'_>| what.starts_with("reuse");
        let database = DatabaseView {
            blacklisted: Some(&is_listed),
            ..DatabaseView::default()
        };
        let facts = Facts {
            keys: &keys,
            database: &database,
            now: moment(&exchange["at"]),
        };
        let answer = super::super::answer(&settings, view, sent, &facts).unwrap();
        assert_eq!(json!(answer.status), exchange["status"], "{what}");
        assert!(answer.headers.is_empty(), "{what}");
        let told = answer.body.unwrap().text(&["TOKEN", "TOKEN"]);
        let recorded = exchange["body"].as_str().unwrap();
        let without_tokens = |text: &str| {
            let pieces: Vec<&str> = text.split('"').collect();
            let hidden = pieces.iter().map(|piece| {
                if piece.starts_with("eyJ") {
                    "TOKEN"
                } else {
                    piece
                }
            });
            hidden.collect::<Vec<_>>().join("\"")
        };
        // What the view behind the check says is the application's own.
        if what != "use" {
            assert_eq!(told, without_tokens(recorded), "{what}");
        }
        met += 1;
    }
    assert_eq!(met, 10);

    let asked = |view, sent: Credential<'_>| {
        let database = DatabaseView::default();
        let now = moment(&ninja["exchanges"][2]["at"]);
        let facts = Facts {
            keys: &keys,
            database: &database,
            now,
        };
        let answer = super::super::answer(&settings, view, sent, &facts).unwrap();
        (answer.status, answer.body.unwrap().text(&["A", "R"]))
    };
    let access = ninja["tokens"]["access"].as_str().unwrap();
    for (header, status) in [
        (format!("bearer {access}"), 200),
        (format!("BEARER {access}"), 200),
        (format!("Bearer  {access}"), 401),
        (format!("Bearer\t{access}"), 401),
        ("bearer".to_owned(), 401),
        (format!("JWT {access}"), 401),
    ] {
        let (found, body) = asked(View::Protected, Credential::Header(&header));
        assert_eq!(found, status, "{header}: {body}");
    }
    assert_eq!(
        asked(View::Blacklist, Credential::Token("")).1,
        r#"{"detail": "Invalid input.", "code": "invalid", "refresh": "refresh token is required"}"#
    );
    let refresh = ninja["tokens"]["refresh"].as_str().unwrap();
    let spaced = format!(" {refresh}");
    assert_eq!(asked(View::Refresh, Credential::Token(&spaced)).0, 401);
    let unrotated = DjangoSettings {
        rotate: false,
        ..settings.clone()
    };
    let answer = self::answer(
        &unrotated,
        View::Refresh,
        refresh,
        &keys,
        &DatabaseView::default(),
        moment(&ninja["exchanges"][2]["at"]),
    );
    assert_eq!(
        answer.unwrap().body.unwrap().text(&["A"]),
        format!(r#"{{"refresh": "{refresh}", "access": "A"}}"#)
    );
}
