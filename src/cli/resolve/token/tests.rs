//! Which of several tokens is meant.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::choice::names;
use super::*;
use crate::cli::resolve::built_in::BUILT_IN;
use crate::core::profile::TokenKind;

fn candidates(names: &[Option<&str>]) -> Vec<Candidate> {
    let numbered = names.iter().zip(1_usize..);
    numbered
        .map(|(name, number)| Candidate {
            text: format!("token {number}"),
            name: name.map(str::to_owned),
            place: String::new(),
            twice: false,
        })
        .collect()
}

fn paste(names: &[Option<&str>]) -> Paste {
    Paste {
        candidates: candidates(names),
        ..Paste::default()
    }
}

#[test]
fn what_has_no_name_of_its_own_is_numbered() {
    let all = candidates(&[Some("access"), None, Some("x"), Some("x"), Some("")]);
    assert_eq!(names(all.iter()), ["access", "2", "3", "4", "5"]);
}

#[test]
fn of_a_pair_the_purpose_decides() {
    let pair = paste(&[Some("refresh"), Some("access")]);
    for (wanted, expected) in [
        (TokenPurpose::Any, "token 2"),
        (TokenPurpose::ToRenew, "token 1"),
    ] {
        assert_eq!(
            TokenChoice::new(wanted).choose(&pair, None).unwrap().text,
            expected
        );
    }
}

#[test]
fn where_several_could_be_meant_they_are_named_and_a_field_chooses() {
    let any = TokenChoice::new(TokenPurpose::Any);
    let two = paste(&[Some("left"), Some("right")]);
    let names = vec!["left".to_owned(), "right".to_owned()];
    let refused = any.choose(&two, None).unwrap_err();
    assert_eq!(refused, TokenError::Several(names.clone()));
    assert_eq!(any.choose(&two, Some("RIGHT")).unwrap().text, "token 2");
    let refused = any.choose(&two, Some("up")).unwrap_err();
    assert_eq!(refused, TokenError::NoField { names, near: None });
    let refused = any.choose(&two, Some("rigth")).unwrap_err();
    assert!(matches!(refused, TokenError::NoField { near: Some(near), .. } if near == "right"));
}

#[test]
fn a_member_that_stands_twice_is_not_chosen_by_its_last() {
    let (a, b) = ("eyJhIjoxfQ.e30.aa", "eyJhIjoxfQ.e30.bb");
    for (template, chosen) in [
        ("{\"access\":\"A\",\"refresh\":\"B\"}", Some("A")),
        ("{\"access\":\"A\",\"access\":\"B\"}", None),
        ("{\"access\":\"A\",\"\\u0061ccess\":\"B\"}", None),
        ("{\"access\":\"A\",\"access\":null}", None),
        ("{\"access\":\"undefined\",\"access\":\"A\"}", None),
        ("{\"data\":{\"access\":\"A\"},\"data\":{}}", None),
        ("{\"n\":1,\"n\":2,\"access\":\"A\"}", Some("A")),
        ("[{\"access\":\"A\"},{\"access\":\"A\"}]", Some("A")),
    ] {
        let text = template.replace('A', a).replace('B', b);
        let read = of_line(&text, None, &Limits::default());
        let found = read.as_ref().ok().map(Unverified::text);
        assert_eq!(
            found,
            chosen.map(|one| if one == "A" { a } else { b }),
            "{template}"
        );
        if chosen.is_none() {
            assert!(matches!(read, Err(TokenError::Twice { .. })), "{template}");
            let by_number = of_line(&text, Some("1"), &Limits::default()).unwrap();
            assert_eq!(by_number.text(), a, "{template}");
        }
    }
}

const JWT: &str = "eyJhIjoxfQ.e30.aa";
const OPAQUE: &str = "k3Jd-9sQ_0aZxw8T";

fn login_answer(template: &str) -> Paste {
    paste::read(&template.replace("«A»", JWT).replace("«O»", OPAQUE))
}

#[test]
fn an_opaque_refresh_token_beside_a_jwt_is_taken_by_who_wants_one() {
    let templates = [
        r#"{"access_token":"«A»","token_type":"Bearer","expires_in":300,"refresh_token":"«O»"}"#,
        r#"{"data":{"session":{"accessToken":"«A»","refreshToken":"«O»"}},"refresh_token_type":"BearerToken1"}"#,
        r#"{"token":"«A»","state":"{\"refresh\":\"«O»\"}"}"#,
        "ACCESS_TOKEN=«A»\nREFRESH_TOKEN=«O»\n",
        "export ACCESS_TOKEN='«A»'\nexport REFRESH_TOKEN='«O»'\n",
        "access: «A»\nrefresh: «O»",
        "access_token = \"«A»\"\nrefresh_token = \"«O»\"\nuser_id = 1234567890123",
        "https://app.example/#access_token=«A»&expires_in=3600&refresh_token=«O»&token_type=bearer",
        "Authorization: Bearer «A»\nCookie: app-refresh=«O»; theme=dark-and-quiet",
        "GET / HTTP/1.1\r\nAuthorization: Bearer «A»\r\nCookie: a=b; my_refresh_token=«O»\r\n\r\n",
        "HTTP/1.1 200 OK\r\nSet-Cookie: refresh=«O»; Path=/; HttpOnly\r\n\r\n{\"access\":\"«A»\"}",
        "HTTP/1.1 200 OK\r\nRefresh-Token: «O»\r\n\r\n{\"token\":\"«A»\"}",
    ];
    let calls = [
        (TokenPurpose::Any, None, JWT),
        (TokenPurpose::Any, Some("oidc"), JWT),
        (
            TokenPurpose::OfKind(TokenKind::Access),
            Some("supabase"),
            JWT,
        ),
        (TokenPurpose::OfKind(TokenKind::Refresh), None, OPAQUE),
        (
            TokenPurpose::OfKind(TokenKind::Refresh),
            Some("oidc"),
            OPAQUE,
        ),
        (TokenPurpose::ToRenew, None, OPAQUE),
        (TokenPurpose::ToRenew, Some("oidc"), OPAQUE),
        (TokenPurpose::ToRenew, Some("supabase"), OPAQUE),
        // Sessions of these are prolonged with the access token.
        (TokenPurpose::ToRenew, Some("sliding"), JWT),
        (TokenPurpose::ToRenew, Some("plain"), JWT),
    ];
    for template in templates {
        let pasted = login_answer(template);
        for (wanted, profile, expected) in calls {
            let choice = TokenChoice {
                named: profile.map(|name| BUILT_IN.known(name).unwrap()),
                ..TokenChoice::new(wanted)
            };
            let taken = choice.choose(&pasted, None).map(|one| one.text.as_str());
            assert_eq!(taken, Ok(expected), "{template} {wanted:?} {profile:?}");
        }
        // Whatever the call wants, it can name the other.
        let all = TokenChoice::new(TokenPurpose::Any);
        let names = |field| all.choose(&pasted, Some(field)).unwrap_err();
        let TokenError::NoField { names, .. } = names("nothing-of-that-name") else {
            panic!("{template}");
        };
        let texts = names.iter().map(|name| all.choose(&pasted, Some(name)));
        let texts: Vec<_> = texts.map(|one| one.unwrap().text.as_str()).collect();
        assert_eq!(texts, [JWT, OPAQUE], "{template}");
    }
}

#[test]
fn what_is_no_refresh_token_is_not_taken_for_one() {
    for template in [
        "{\"access\":\"«A»\",\"refresh_token_type\":\"«O»\"}",
        "{\"access\":\"«A»\",\"refresh_expires_in\":1234567890123}",
        "{\"access\":\"«A»\",\"refresh_url\":\"https://a.example/refresh\"}",
        "{\"access\":\"«A»\",\"refresh\":\"soon\"}",
        "{\"access\":\"«A»\",\"session\":\"«O»\"}",
        "Cookie: access=«A»; csrf_refresh_token=«O»",
        "access=«A», which you refresh: authentication, then",
        "{\"access\":\"«A»\",\"refresh\":\"https://a.example/x\"}",
    ] {
        let pasted = login_answer(template);
        let choice = TokenChoice::new(TokenPurpose::ToRenew);
        let taken = choice.choose(&pasted, None).map(|one| one.text.as_str());
        assert_eq!(taken, Ok(JWT), "{template}");
    }
}

#[test]
fn two_opaque_refresh_tokens_are_named() {
    let two =
        "{\"access\":\"«A»\",\"a\":{\"refresh_token\":\"«O»\"},\"b\":{\"app_refresh\":\"«O»-2\"}}";
    let pasted = login_answer(two);
    let refused = TokenChoice::new(TokenPurpose::ToRenew).choose(&pasted, None);
    let names = ["access", "refresh_token", "app_refresh"].map(str::to_owned);
    assert_eq!(refused, Err(TokenError::Several(names.to_vec())));
}

#[test]
fn where_no_name_tells_the_tokens_tell_what_they_are_for() {
    // {"typ":"at+jwt"} and {"typ":"rt+jwt"}, and {}
    let (access, refresh) = ("eyJ0eXAiOiJhdCtqd3QifQ.e30.", "eyJ0eXAiOiJydCtqd3QifQ.e30.");
    let any = TokenChoice::new(TokenPurpose::Any);
    let renews = TokenChoice::new(TokenPurpose::ToRenew);
    for text in [
        format!("{{\"entry\":\"{access}\",\"stay\":\"{refresh}\"}}"),
        format!("stay={refresh}\nentry={access}\n"),
    ] {
        let pasted = paste::read(&text);
        let taken = |choice: TokenChoice<'_>| choice.choose(&pasted, None).unwrap().text.clone();
        assert_eq!((taken(any), taken(renews)), (access.into(), refresh.into()));
    }
    // Of two without a name nobody says that they are a pair; and one token tells nothing.
    for text in [
        format!("{access} {refresh}"),
        format!("stay={refresh} entry=eyJhIjoxfQ.e30.aa"),
    ] {
        let refused = paste::read(&text);
        let refused = any.choose(&refused, None).unwrap_err();
        assert!(matches!(refused, TokenError::Several(names) if names.len() == 2));
    }
}
