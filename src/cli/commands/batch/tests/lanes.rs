//! The fast lane prints what the careful reader prints, byte for byte, whatever the tokens are.
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;

use super::super::lane::Lane;
use super::super::lines::{Batch, BatchResult, Readers};
use super::hostile::{payloads, usual};
use crate::cli::commands::testing::{SECRET, call, printed, signed};
use crate::cli::paint::Paint;
use crate::cli::render::advice::Verb;
use crate::cli::render::batch::LineForm;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::sessions::SessionStore;
use crate::cli::testing::needed;
use crate::cli::world::LineBatch;
use crate::config::profiles::OwnProfiles;
use crate::core::claims::exact::{Comparison, Expectation, steps};
use crate::core::key::{Key, KeySet};
use crate::core::policy::Policy;
use crate::core::profile::{BUILTIN_NAMES, Profile, TokenKind};
use crate::core::secret::Secret;
use crate::core::time::{Span, Timestamp};
use crate::core::token::{Limits, Unverified};
use crate::django::{self, SettingsReader};
use crate::session::record;
use crate::session::store::StoreIds;

const NOW: i64 = 1_800_000_000;

/// A user's own profile.
const OWN: &str = r#"
[profiles.harbour]
recognise = ["use = 'access' | 'refresh'", "role = 'api' or scope is number"]
kind = "use"
claims = ["sub", "iat", "exp", "auth_time?", "use = kind", "role?"]
access.ttl = "15m"
refresh.ttl = "7d"
session.max = "30d"
checks.refuse_future_iat = false
checks.leeway = "30s"
"#;

const HEADERS: [&str; 6] = [
    r#"{"alg":"HS256","typ":"JWT"}"#,
    r#"{"typ":"JWT","alg":"HS256","kid":"k\u0031"}"#,
    r#"{"alg":"HS256","typ":"at+jwt"}"#,
    r#"{"alg":"HS256","typ":"rt+jwt"}"#,
    r#"{"alg":"HS256"}"#,
    r#"{"alg":"HS256","crit":["x"]}"#,
];

fn policies() -> Vec<Policy> {
    let usual = Policy::default;
    let expected = |place, comparison, raw| Expectation::new(place, comparison, raw).unwrap();
    vec![
        usual(),
        Policy {
            kind: None,
            audiences: vec!["api".to_owned()],
            min_ttl: Some(Span::from_seconds(60)),
            ..usual()
        },
        Policy {
            issuers: vec!["alice".to_owned(), "bob".to_owned()],
            max_age: Some(Span::from_seconds(3600)),
            leeway: Span::from_seconds(30),
            ..usual()
        },
        Policy {
            subject: Some("alice".to_owned()),
            expect: vec![
                expected("/scope/a/b", Comparison::Is, "5"),
                expected("role", Comparison::Has, "\"api\""),
            ],
            require: vec!["/cnf/jkt".to_owned(), "email".to_owned()],
            ..usual()
        },
        Policy {
            require: vec!["email".to_owned()],
            expect: vec![expected("user_id", Comparison::Is, "1")],
            require_exp: false,
            ..usual()
        },
        Policy {
            jws_only: true,
            ..usual()
        },
        Policy {
            refuse_future_iat: false,
            leeway: Span::from_seconds(30),
            ..usual()
        },
    ]
}

/// Judges all lines, with a lane or without.
fn judged(batch: &Batch<'_>, lines: &[String], lane: Option<&mut Lane>) -> BatchResult {
    let lines = LineBatch {
        first: 1,
        lines: Some(lines.join("\n").into_bytes().into()),
    };
    let records = None;
    batch.answered(&lines, Readers { lane, records }, Vec::new())
}

/// Judges the lines in both ways. Returns how many the fast lane answered.
fn agree(batch: &Batch<'_>, lines: &[String]) -> usize {
    let slow = judged(batch, lines, None);
    let mut lane = Lane::default();
    let fast = judged(batch, lines, Some(&mut lane));
    let read = |printed: &[u8]| String::from_utf8(printed.to_vec()).unwrap();
    assert_eq!(read(&fast.printed), read(&slow.printed), "{lines:?}");
    assert_eq!(format!("{:?}", fast.tally), format!("{:?}", slow.tally));
    lane.answered
}

/// Calls a function with a batch for each verb, form of printing, profile or policy, and each store that knows none of the tokens.
fn each_batch(profiles: &[&str], policies: &[Policy], run: impl FnMut(&mut Batch<'_>)) {
    each_batch_with(false, profiles, policies, run);
}

/// The same; refresh tokens may have a key of their own.
fn each_batch_with(
    refresh_key: bool,
    profiles: &[&str],
    policies: &[Policy],
    mut run: impl FnMut(&mut Batch<'_>),
) {
    let of = |secret: &str| {
        let key = Key::from_secret(Secret::new(secret.into())).unwrap();
        let mut keys = CallKeys::default();
        keys.add(KeySet::new(vec![key]), "env:A");
        keys
    };
    let keys = || CallKeys {
        refresh: refresh_key.then(|| Box::new(of(&SECRET.repeat(2)))),
        ..of(SECRET)
    };
    let own = OwnProfiles::parse(OWN, &SettingsReader).unwrap();
    let mut rules: Vec<_> = profiles
        .iter()
        .map(|name| {
            let chosen = own.chosen(name, &[], &SettingsReader, django::emulator);
            let profile = chosen.unwrap().unwrap().profile;
            let policies = [TokenKind::Access, TokenKind::Refresh, TokenKind::Id]
                .map(|kind| Policy::of(&profile, kind))
                .map(|policy| {
                    if policy.require_audience && policy.require.contains(&"aud".to_owned()) {
                        Policy {
                            audiences: vec!["api".to_owned()],
                            ..policy
                        }
                    } else {
                        policy
                    }
                });
            (Some(profile), policies)
        })
        .collect();
    rules.extend(
        policies
            .iter()
            .map(|policy| (None, std::array::from_fn(|_| policy.clone()))),
    );
    for (at, (profile, policies)) in rules.into_iter().enumerate() {
        let columns = ["sub", "jti", "exp", "ok", "/a~1b", "/address/city"]
            .map(|place| steps(place).unwrap());
        let forms = [
            LineForm::Words(Paint::default()),
            LineForm::Json,
            LineForm::Columns(columns.to_vec()),
            LineForm::Nothing,
        ];
        let each = iproduct(&forms, &[Verb::Verify, Verb::Inspect]);
        for (nth, (form, verb)) in each.enumerate() {
            let kept = if (at + nth / 2) % 2 == 0 {
                SessionStore::without()
            } else {
                SessionStore::nowhere()
            };
            let has_ids = (at + nth / 2 + nth) % 2 == 1;
            run(&mut Batch {
                age: 0,
                verb: *verb,
                profile: profile.clone(),
                own: &own,
                keys: keys(),
                keys_are_given: true,
                policies: policies.clone(),
                kept,
                ids: has_ids.then(Arc::default),
                field: None,
                limits: Limits::default(),
                only: None,
                summary: matches!(form, LineForm::Nothing),
                form: form.clone(),
                now: Timestamp::from_seconds(NOW),
            });
        }
    }
}

fn iproduct<'a, A, B>(ones: &'a [A], others: &'a [B]) -> impl Iterator<Item = (&'a A, &'a B)> {
    (ones.iter()).flat_map(move |one| others.iter().map(move |other| (one, other)))
}

fn lines(header: &str, payloads: &[String]) -> Vec<String> {
    payloads
        .iter()
        .map(|payload| signed(header, payload.as_bytes()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn hostile_payloads_are_told_alike(header in select(&HEADERS[..]), payloads in payloads(), at in 0_usize..7) {
        let lines = lines(header, &payloads);
        each_batch(&[], &policies()[at..=at], |batch| { agree(batch, &lines); });
    }

    #[test]
    fn hostile_payloads_are_told_alike_under_a_profile(
        header in select(&HEADERS[..]),
        payloads in payloads(),
        profile in select([&crate::core::profile::BUILTIN_NAMES[..], &["harbour"]].concat()),
    ) {
        let lines = lines(header, &payloads);
        each_batch(&[profile], &[], |batch| { agree(batch, &lines); });
    }
}

#[test]
fn what_differs_in_its_values_alone_is_answered_fast() {
    let payload = |nth: i64| {
        format!(
            r#"{{"sub":"user{nth}","iat":{},"exp":{},"jti":"00000000-0000-4000-8000-{nth:012}","auth_time":1799999000,"sid":"s{nth}","session_exp":{},"name":"Zoë {nth}","roles":["a","b{nth}"],"address":{{"city":"x"}},"ok":{}}}"#,
            NOW - nth * nth,
            NOW + 3600 + nth * 61,
            1_799_999_000 + 7 * 86_400 + nth % 2,
            nth % 2 == 0,
        )
    };
    let payloads: Vec<_> = (0..40).map(payload).collect();
    let lines = lines(HEADERS[0], &payloads);
    // Which of two claims ends the session first is told: there are two kinds.
    each_batch(&["sliding"], &policies()[..1], |batch| {
        assert_eq!(agree(batch, &lines), 38);
    });
}

/// The access tokens of several users under a profile.
fn issued(profile: &str, more: &[&str]) -> Vec<String> {
    let flags = ["issue", "--no-store", "-o", "access", "--profile", profile];
    let token = |nth: u8| {
        let user = format!("--user=user{nth}");
        let flags = [&flags[..], &[&user], &needed(profile), more].concat();
        printed(call(&flags).ids_from(nth * 20))
    };
    (1..7).map(token).collect()
}

#[test]
fn the_tokens_of_each_profile_are_answered_fast() {
    for profile in BUILTIN_NAMES {
        for more in [&[][..], &["--ttl=500d"]] {
            let lines = issued(profile, more);
            each_batch(&[profile], &policies()[..1], |batch| {
                // A key tells the kind of these, and without their profile their `sub` is refused.
                let by_key = profile == "node-pair";
                let is_served = |of: &Profile| of.server.is_some();
                let is_asked = batch.verb == Verb::Inspect
                    && matches!(batch.form, LineForm::Json)
                    && (batch.profile.as_ref()).map_or(is_emulated(profile), is_served);
                let fast = if by_key || is_asked {
                    0
                } else {
                    lines.len() - 1
                };
                let told = format!("{profile} {more:?} {:?} {:?}", batch.verb, batch.form);
                assert_eq!(agree(batch, &lines), fast, "{told}");
            });
        }
    }
}

/// Whether a built-in profile is that of a server whose answers `inspect` foretells.
fn is_emulated(profile: &str) -> bool {
    let own = OwnProfiles::default();
    let chosen = own.chosen(profile, &[], &SettingsReader, django::emulator);
    chosen.unwrap().unwrap().profile.server.is_some()
}

#[test]
fn tokens_that_the_store_may_have_are_left_to_it() {
    for profile in BUILTIN_NAMES {
        let lines = issued(profile, &[]);
        let last = Unverified::read(lines.last().unwrap(), &Limits::default());
        each_batch(&[profile], &[], |batch| {
            let under = batch.profile.as_ref().unwrap();
            let presented = record::presented(&last, under, false);
            let both = presented.map(|presented| {
                let session = presented.origin.key.fingerprint();
                [presented.token.fingerprint, session]
            });
            let all = judged(batch, &lines, None);
            for one in both.into_iter().flatten() {
                let mut ids = StoreIds::default();
                ids.add(&one);
                batch.ids = Some(Arc::new(ids));
                for lane in [None, Some(&mut Lane::default())] {
                    let part = judged(batch, &lines, lane);
                    assert_eq!(part.rest, Some(lines.len() as u64), "{profile}");
                    assert_eq!(part.tally.tokens, all.tally.tokens - 1);
                }
            }
        });
    }
}

#[test]
fn the_edges_of_a_life_are_told_alike() {
    let mut payloads = Vec::new();
    for (iat, exp) in [
        (-100, 300),
        (-100, 1),
        (-100, 0),
        (0, 60),
        (0, 61),
        (1, 300),
        (-3600, 300),
        (-3601, 300),
    ] {
        payloads.push(
            usual(&[])
                .replace("1799999900", &(NOW + iat).to_string())
                .replace("1800000300", &(NOW + exp).to_string()),
        );
    }
    // One who comes after another with a later time is not told what that one was.
    for iat in [1000, 10, 30, 31, 1000, 0] {
        payloads.push(usual(&[]).replace("1799999900", &(NOW + iat).to_string()));
    }
    for login in [
        "1.5",
        "1799990000",
        "1800000300000",
        "1800000300000.5",
        "\"now\"",
        "1799990001",
    ] {
        payloads.push(usual(&[("auth_time".to_owned(), login.to_owned())]));
    }
    let with = |more: &[(&str, i64)]| {
        let named = |(name, at): &(&str, i64)| ((*name).to_owned(), at.to_string());
        usual(&more.iter().map(named).collect::<Vec<_>>())
    };
    // A life of 400 days and a second is remarked on, wherever it is counted from.
    for life in [0, 1, 2, 0, 1, 100_000_000] {
        let exp = (NOW - 100 + 400 * 86_400 + life).to_string();
        let long = usual(&[]).replace("1800000300", &exp);
        payloads.extend([
            long.replace("\"iat\":1799999900,", ""),
            long.replace("iat", "nbf"),
            long.replace("1799999900", "1799999899"),
            long,
        ]);
    }
    // The end of a session that is written, and the one that is counted from its login.
    for (login, span, written) in [
        (5000, 7, 0),
        (5000, 7, 1),
        (5001, 7, -1),
        (9000, 7, 0),
        (9001, 7, 600_000),
        (40, 30, 0),
        (41, 30, -900),
        (42, 30, 0),
        (700_000, 7, 0),
    ] {
        let end = NOW - login + span * 86_400 + written;
        payloads.push(with(&[("auth_time", NOW - login), ("session_exp", end)]));
        payloads.push(with(&[("session_exp", end), ("auth_time", NOW - login)]));
    }
    // The end of the token, and those of its session.
    for (written, counted) in [
        (0, 0),
        (1, 0),
        (-1, 0),
        (0, 1),
        (0, -1),
        (5, 7),
        (0, 0),
        (6, 9),
    ] {
        let login = NOW + 300 + counted - 7 * 86_400;
        let end = NOW + 300 + written;
        payloads.push(with(&[("auth_time", login), ("session_exp", end)]));
        payloads.push(with(&[("session_exp", end)]));
        payloads.push(with(&[("auth_time", login)]));
    }
    payloads.push(usual(&[]).replace("1800000300", "100000000001"));
    payloads.push(usual(&[]).replace("1800000300", "99999999999"));
    let lines = lines(HEADERS[0], &payloads);
    each_batch(
        &["plain", "harbour", "sliding", "pair"],
        &policies(),
        |batch| {
            agree(batch, &lines);
        },
    );
}

#[test]
fn where_a_key_tells_the_kind_the_lane_has_no_say() {
    let lines = lines(HEADERS[0], &vec![usual(&[]); 8]);
    each_batch(&["node-pair"], &[], |batch| {
        assert_eq!(agree(batch, &lines), 0);
    });
    each_batch_with(true, &["node-pair", "plain"], &policies(), |batch| {
        assert_eq!(agree(batch, &lines), 0);
    });
}

#[test]
fn a_signature_that_is_altered_is_never_taken() {
    let good = signed(HEADERS[0], usual(&[]).as_bytes());
    let mut lines = vec![good.clone(), good.clone()];
    let start = good.rfind('.').unwrap() + 1;
    for at in [0, start, start + 20, good.len() - 1] {
        for letter in ["A", "B", "Q", "-", "=", ".", "+"] {
            let mut other = good.clone();
            other.replace_range(at..=at, letter);
            lines.push(other);
        }
    }
    lines.extend([
        good[..good.len() - 1].to_owned(),
        format!("{good}A"),
        format!("{good}."),
        good[..start].to_owned(),
    ]);
    each_batch(&[], &policies()[..1], |batch| {
        assert_eq!(agree(batch, &lines), 1);
    });
}

#[test]
fn recorded_tokens_are_told_alike() {
    let mut headers_and_payloads = Vec::new();
    for recorded in [
        include_str!("../../../../../tests/vectors/django-exchanges.json"),
        include_str!("../../../../../tests/vectors/stack-exchanges.json"),
    ] {
        for word in recorded
            .split(|letter: char| !(letter.is_ascii_alphanumeric() || "-_.".contains(letter)))
        {
            let token = crate::core::token::Unverified::read(word, &Limits::default());
            if let Some(claims) = token.claims() {
                let exp = claims.raw("exp").and_then(|raw| raw.parse::<i64>().ok());
                let header = token
                    .header
                    .members
                    .as_ref()
                    .map(|header| header.text().to_owned());
                headers_and_payloads.push((
                    header.unwrap_or_default(),
                    claims.text().to_owned(),
                    exp,
                ));
            }
        }
    }
    headers_and_payloads.sort_unstable();
    headers_and_payloads.dedup_by(|one, other| one.1.len() == other.1.len());
    assert!(headers_and_payloads.len() > 30);
    let mut lines = Vec::new();
    for (header, payload, exp) in &headers_and_payloads {
        // In the last minute of its life, under a key of ours.
        let moved = exp.map_or_else(
            || payload.clone(),
            |exp| payload.replace(&exp.to_string(), &(NOW + 60).to_string()),
        );
        for alg in ["RS256", "ES256", "HS512", "HS384", "HS256"] {
            if header.contains(alg) {
                let header = header.replace(alg, "HS256");
                lines.extend([
                    signed(&header, moved.as_bytes()),
                    signed(&header, moved.as_bytes()),
                ]);
            }
        }
    }
    let mut fast = 0;
    each_batch(
        &crate::core::profile::BUILTIN_NAMES,
        &policies()[..2],
        |batch| {
            fast += agree(batch, &lines);
        },
    );
    assert!(fast > lines.len(), "{fast} of {}", lines.len());
}

#[test]
fn base64_is_as_strict_for_the_lane_as_for_the_reader() {
    use base64::Engine as _;
    use base64_simd::AsOut as _;
    let strict = &base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let same = |text: &[u8]| {
        let mut into = vec![0; text.len()];
        let theirs = base64_simd::URL_SAFE_NO_PAD
            .decode(text, into.as_out())
            .ok();
        let theirs = theirs.map(|bytes| bytes.to_vec());
        assert_eq!(theirs, strict.decode(text).ok(), "{}", text.escape_ascii());
    };
    for length in [0, 1, 2, 3, 4, 22, 27, 32, 43, 44, 63, 86, 165, 342] {
        let mut text = vec![b'Q'; length];
        same(&text);
        for at in (0..length).filter(|at| *at < 4 || at + 70 > length) {
            for byte in 0..=255 {
                text[at] = byte;
                same(&text);
            }
            text[at] = b'Q';
        }
    }
}
