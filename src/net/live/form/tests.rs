//! Forms are written and read as RFC 6749 Appendix B has them.
use super::*;

#[test]
fn what_is_written_is_read_again() {
    let mut form = Form::default();
    let pairs = [("a b", "1&2=3"), ("ü", "+%"), ("-._*", "-._*~")];
    for (name, value) in pairs {
        form.add(name, value);
    }
    assert_eq!(form.as_str(), "a%20b=1%262%3D3&%C3%BC=%2B%25&-._*=-._*%7E");
    assert_eq!(
        read(form.as_str()),
        Some(
            pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec()
        )
    );
}

// RFC 6749 Appendix B: " %&+£€" becomes "+%25%26%2B%C2%A3%E2%82%AC".
#[test]
fn the_example_of_rfc_6749_is_read_and_written() {
    let text = " %&+£€";
    assert_eq!(*encoded(text), "%20%25%26%2B%C2%A3%E2%82%AC");
    assert_eq!(
        read("k=+%25%26%2B%C2%A3%E2%82%AC"),
        Some(vec![("k".to_owned(), text.to_owned())])
    );
    assert_eq!(read("k=%ff"), None);
}
