//! Hostile payloads: of one shape, and others that differ from them in a value or a byte.
use proptest::prelude::*;
use proptest::sample::select;

/// The members of payloads: usual ones, those that profiles and checks read, and unusual ones.
const NAMES: [&str; 37] = [
    "use",
    "sub",
    "jti",
    "sid",
    "iss",
    "aud",
    "exp",
    "iat",
    "nbf",
    "auth_time",
    "session_exp",
    "token_type",
    "typ",
    "type",
    "fresh",
    "csrf",
    "user_id",
    "username",
    "orig_iat",
    "session_id",
    "aal",
    "is_anonymous",
    "azp",
    "nonce",
    "scope",
    "client_id",
    "cnf",
    "role",
    "prv",
    "refresh_exp",
    "origIat",
    "email",
    "a/b",
    "",
    "\\u0065xp",
    "n\\\"",
    "naïve",
];
/// Their values, as JSON or nearly so.
const VALUES: [&str; 61] = [
    "\"alice\"",
    "\"bob\"",
    "\"access\"",
    "\"refresh\"",
    "\"sliding\"",
    "\"Bearer\"",
    "\"ID\"",
    "\"api\"",
    "\"\"",
    "\" \"",
    "\"a b\"",
    "\"now\"",
    "\"1800000000\"",
    "\"1800000300\"",
    "\"in 5 min\"",
    "\"a\\\"b\"",
    "\"\\u0061lice\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud800\"",
    "\"\\u202e\"",
    "\"\u{202e}\"",
    "\"é\"",
    "\"\u{7f}\"",
    "\"\u{1b}\"",
    "\"tab\\t\"",
    "0",
    "1",
    "-1",
    "-0",
    "00",
    "01",
    "1.5",
    "1.",
    ".5",
    "5e3",
    "1e400",
    "1800000000",
    "1799999999",
    "1800000001",
    "1800000300",
    "1800003600.0",
    "1799990000",
    "1800000300000",
    "123456789012345678901234567890",
    "1800594800",
    "1834559900",
    "1834559901",
    "4102444800",
    "true",
    "false",
    "null",
    "tru",
    "[]",
    "[\"api\"]",
    "[\"api\",\"web\", 5]",
    "[1,]",
    "{}",
    "{\"jkt\":\"x\"}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":{\"b\":[1.25,null,{\"c\":\"d\"}]},\"\\u0061\":1}",
    "{ \"a\" : [ true , false ] }",
];

/// A payload that every profile's reader may take for one of its own.
pub(in crate::cli::commands) fn usual(more: &[(String, String)]) -> String {
    let mut payload = String::from(r#"{"sub":"alice","iat":1799999900,"exp":1800000300"#);
    for (name, value) in more {
        payload.extend([",\"", name, "\":", value]);
    }
    payload.push('}');
    payload
}

/// Payloads of one shape, and others that differ from them in a value or a byte.
pub(in crate::cli::commands) fn payloads() -> impl Strategy<Value = Vec<String>> {
    let member = (select(&NAMES[..]), select(&VALUES[..]));
    let member = member.prop_map(|(name, value)| (name.to_owned(), value.to_owned()));
    let changes = proptest::collection::vec(
        (
            any::<proptest::sample::Index>(),
            select(&VALUES[..]),
            any::<bool>(),
        ),
        3..8,
    );
    (proptest::collection::vec(member, 0..5), changes).prop_map(|(members, changes)| {
        let mut all = vec![usual(&members), usual(&members)];
        for (at, value, in_text) in changes {
            if in_text || members.is_empty() {
                let mut bytes = usual(&members).into_bytes();
                let at = at.index(bytes.len());
                bytes[at] = value.as_bytes()[0];
                all.push(String::from_utf8_lossy(&bytes).into_owned());
            } else {
                let mut members = members.clone();
                let at = at.index(members.len());
                value.clone_into(&mut members[at].1);
                all.push(usual(&members));
            }
        }
        all
    })
}
