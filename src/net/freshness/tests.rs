//! How long answers may be used.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::time::Duration;

use super::*;
use crate::core::secret::Secret;
use crate::net::address::Address;
use crate::net::message::Header;

/// Header fields, for how many seconds the answer is used, and whether it is kept.
type Row<'a> = (&'a [(&'a str, &'a str)], u64, bool);

#[test]
fn an_answer_is_used_for_as_long_as_it_says_within_bounds() {
    let day = 24 * 60 * 60;
    let date = ("date", "Sun, 06 Nov 1994 08:00:00 GMT");
    let cache = |value| ("cache-control", value);
    let table: &[Row<'_>] = &[
        (&[], 600, true),
        (&[cache("max-age=300")], 300, true),
        (&[cache("public, Max-Age = 300")], 300, true),
        (&[cache("max-age=\"300\"")], 300, true),
        (&[cache("max-age=300"), ("age", "100")], 200, true),
        (&[cache("max-age=300"), ("age", "400")], 30, true),
        (&[cache("max-age=300"), ("age", "-1")], 300, true),
        (&[cache("max-age=1")], 30, true),
        (&[cache("max-age=0")], 30, true),
        (&[cache("max-age=soon")], 30, true),
        (&[cache("max-age")], 30, true),
        (&[cache("max-age=99999999999999999999999")], day, true),
        (&[cache("max-age=400, max-age=300")], 300, true),
        (&[cache("max-age=400"), cache("max-age=300")], 300, true),
        (&[cache("s-maxage=5")], 600, true),
        (&[cache("private, max-age=300")], 300, true),
        (&[cache("no-cache, max-age=300")], 30, true),
        (&[cache("no-store, max-age=300")], 30, false),
        (&[cache("NO-STORE")], 30, false),
        (&[cache("max-age=300"), ("vary", "Accept")], 300, true),
        (&[cache("max-age=300"), ("vary", "Accept, *")], 30, true),
        (&[cache("x=\"a, no-store\", max-age=300")], 300, true),
        (&[cache("x=\"\\\", no-store\", max-age=300")], 300, true),
        (
            &[date, ("expires", "Sun, 06 Nov 1994 09:00:00 GMT")],
            3600,
            true,
        ),
        (
            &[date, ("expires", "Sunday, 06-Nov-94 09:00:00 GMT")],
            3600,
            true,
        ),
        (
            &[date, ("expires", "Sun, 06 Nov 1994 07:00:00 GMT")],
            30,
            true,
        ),
        (&[date, ("expires", "0")], 30, true),
        (&[("expires", "Thu, 01 Jan 1970 00:30:00 GMT")], 800, true),
        (
            &[
                cache("max-age=300"),
                date,
                ("expires", "Sun, 06 Nov 1994 09:00:00 GMT"),
            ],
            300,
            true,
        ),
    ];
    for (fields, seconds, keep) in table {
        let answer = Answer {
            address: Address::parse("https://a.example/").unwrap(),
            status: 200,
            headers: fields
                .iter()
                .map(|(name, value)| Header::new(name, *value))
                .collect(),
            body: Secret::new(Vec::new()),
            took: Duration::ZERO,
        };
        let found = Freshness::of(&answer, Timestamp::from_seconds(1000));
        assert_eq!(
            (found.seconds, found.keep),
            (*seconds, *keep),
            "{fields:?} {seconds}"
        );
    }
}
