//! A token in a header field is taken up only in its predecessor's place.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::net::live::header::{HeaderRefusal, fresh};
use crate::net::message::{Answer, Header};

fn jwt(claims: &str) -> String {
    let [header, claims, signature] = [r#"{"alg":"HS256","typ":"JWT"}"#, claims, "signature"]
        .map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{claims}.{signature}")
}

fn judged(status: u16, value: &str, sent: &str) -> Option<Result<String, HeaderRefusal>> {
    let answer = Answer {
        address: Address::parse("https://api.example/me").unwrap(),
        status,
        headers: vec![Header::new("refresh-token", value)],
        body: secret(""),
        took: Duration::ZERO,
    };
    let judged = fresh(&answer, "Refresh-Token", &secret(sent))?;
    Some(judged.map(|token| text(&token).to_owned()))
}

#[test]
fn only_a_later_token_of_the_same_session_takes_anothers_place() {
    let drf = |more: &str, exp: u32| {
        jwt(&format!(
            r#"{{"username":"alice","iat":1,"exp":{exp},"orig_iat":1,"user_id":1{more}}}"#
        ))
    };
    let sent = drf("", 100);
    for (name, text, refused) in [
        ("later", drf("", 101), None),
        ("with its scheme", format!("Bearer {}", drf("", 101)), None),
        ("the same end", drf("", 100), Some(HeaderRefusal::NotLater)),
        ("earlier", drf("", 99), Some(HeaderRefusal::NotLater)),
        (
            "another issuer",
            drf(r#","iss":"x""#, 101),
            Some(HeaderRefusal::Issuer),
        ),
        (
            "another subject",
            drf(r#","sub":"bob""#, 101),
            Some(HeaderRefusal::Subject),
        ),
        (
            "another user",
            jwt(r#"{"username":"bob","iat":1,"exp":101,"orig_iat":1,"user_id":1}"#),
            Some(HeaderRefusal::Subject),
        ),
        (
            "another model",
            jwt(r#"{"token_type":"access","jti":"j","user_id":1,"exp":101,"username":"alice"}"#),
            Some(HeaderRefusal::Model),
        ),
        (
            "another kind",
            jwt(r#"{"username":"alice","iat":1,"exp":101,"type":"refresh","user_id":1}"#),
            Some(HeaderRefusal::Model),
        ),
        (
            "a word",
            "renewed".to_owned(),
            Some(HeaderRefusal::NotAToken),
        ),
        (
            "a JWT with more",
            format!("{}ä", drf("", 101)),
            Some(HeaderRefusal::NotAToken),
        ),
    ] {
        let seen = judged(200, &text, &sent);
        let expected = refused.map_or_else(|| Ok(drf("", 101)), Err);
        assert_eq!(seen, Some(expected), "{name}");
    }
    assert_eq!(judged(401, &drf("", 101), &sent), None);
    assert_eq!(judged(304, "", &sent), None);
    assert_eq!(judged(304, &drf("", 101), &sent), Some(Ok(drf("", 101))));
}
