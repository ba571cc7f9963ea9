//! Which of several tokens is meant.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

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
    assert_eq!(names(&all), ["access", "2", "3", "4", "5"]);
}

#[test]
fn of_a_pair_the_purpose_decides() {
    let pair = paste(&[Some("refresh"), Some("access")]);
    for (wanted, expected) in [
        (TokenPurpose::Any, "token 2"),
        (TokenPurpose::ToRenew, "token 1"),
    ] {
        assert_eq!(choose(&pair, None, wanted).unwrap().text, expected);
    }
}

#[test]
fn where_several_could_be_meant_they_are_named_and_a_field_chooses() {
    let two = paste(&[Some("left"), Some("right")]);
    let names = vec!["left".to_owned(), "right".to_owned()];
    let refused = choose(&two, None, TokenPurpose::Any).unwrap_err();
    assert_eq!(refused, TokenError::Several(names.clone()));
    assert_eq!(
        choose(&two, Some("RIGHT"), TokenPurpose::Any).unwrap().text,
        "token 2"
    );
    let refused = choose(&two, Some("up"), TokenPurpose::Any).unwrap_err();
    assert_eq!(refused, TokenError::NoField { names, near: None });
    let refused = choose(&two, Some("rigth"), TokenPurpose::Any).unwrap_err();
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
