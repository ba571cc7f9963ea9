//! What a server says is shown in one line, without what hides, and without secrets.
use super::*;

fn secret(text: &str) -> Secret {
    Secret::new(text.as_bytes().to_vec())
}

#[test]
fn words_are_one_short_line_that_hides_nothing() {
    let none: &[Secret] = &[];
    for (said, seen) in [
        ("Token is blacklisted", Some("Token is blacklisted")),
        ("  two\r\n lines\t here ", Some("two lines here")),
        ("a\u{1b}[2Jb", Some("a\\u{1b}[2Jb")),
        ("a\u{202e}b", Some("a\\u{202e}b")),
        ("größer", Some("größer")),
        (" \n ", None),
    ] {
        assert_eq!(shown(said, none).as_deref(), seen, "{said:?}");
    }
    let long = shown(&"ä".repeat(301), none).unwrap_or_default();
    assert_eq!(long.chars().count(), 300);
    assert!(long.ends_with('…'));
}

#[test]
fn a_secret_that_comes_back_is_not_shown() {
    let (long, short) = (secret("correct horse"), secret("abc"));
    let both = [long, short, secret("p&w \"1\"")];
    assert_eq!(
        shown("no user with correct horse", &both).as_deref(),
        Some("no user with …")
    );
    assert_eq!(shown("the password abc is wrong", &both), None);
    assert_eq!(
        shown(r#"pw=p%26w%20%221%22 and {"pw":"p&w \"1\""}"#, &both).as_deref(),
        Some(r#"pw=… and {"pw":"…"}"#)
    );
    let members = [
        "detail",
        "abc",
        "has blank",
        "correct horse",
        &"n".repeat(41),
    ];
    assert_eq!(names(members.into_iter(), &both), "detail, …, …, …, …");
    let many = ["a"; 9];
    assert_eq!(names(many.into_iter(), &[]), "a, a, a, a, a, a, a, a, …");
}
