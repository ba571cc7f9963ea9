//! `--json`: one object on one line, for success, refusal and error alike; its form is `schema/jwtsess-output.schema.json`.
use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::words;
use crate::cli::outcome::{
    Decoded, Did, Encoded, Issued, Judged, KeyUsed, Outcome, Renewal, RenewalAnswer, Trust, date,
};
use crate::cli::paint;
use crate::core::claims::{JsonLimits, JsonProblem, Members, Typed};
use crate::core::profile::{Kind, Recognised};
use crate::core::time::Timestamp;
use crate::core::token::{DefectKind, Limits, Part, Unverified};
use crate::core::verdict::Verdict;
use crate::session::mint::Minted;

/// Raised when a key goes or changes its meaning; new keys come without.
const SCHEMA: u8 = 1;

#[derive(Default, Serialize)]
struct Report {
    schema: u8,
    command: String,
    ok: bool,
    verdict: Option<&'static str>,
    now: i64,
    #[serde(flatten)]
    shown: Option<Shown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<Token>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<KeyShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Times>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingShown>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorShown>,
}

#[derive(Serialize)]
struct Shown {
    header: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header_base64url: Option<String>,
    payload: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload_base64url: Option<String>,
}

#[derive(Serialize)]
struct Token {
    profile: Option<String>,
    kind: Option<&'static str>,
    alg: Option<String>,
    kid: Option<String>,
    trust: &'static str,
}

#[derive(Serialize)]
struct KeyShown {
    source: String,
    kid: Option<String>,
}

#[derive(Default, Serialize)]
struct Times {
    iat: Option<i64>,
    nbf: Option<i64>,
    exp: Option<i64>,
    expires_in: Option<i64>,
    renewable_until: Option<i64>,
}

#[derive(Serialize)]
struct FindingShown {
    code: &'static str,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<Value>,
    message: String,
}

#[derive(Serialize)]
struct ErrorShown {
    code: String,
    message: String,
    hint: Option<String>,
}

/// An outcome as its line of JSON.
#[must_use]
pub fn outcome(outcome: &Outcome) -> String {
    let now = outcome.now;
    let mut report = match &outcome.did {
        Did::Issued(issued) => of_issued(issued, now),
        Did::Renewed(renewal) => of_renewal(renewal, now),
        Did::Inspected(judged) | Did::Verified(judged) => of_judged(judged, now),
        Did::Decoded(decoded) => of_decoded(decoded, now),
        Did::Encoded(encoded) => of_encoded(encoded, now),
    };
    outcome.command().clone_into(&mut report.command);
    report.ok = outcome.refusal().is_none();
    print(report, now.seconds())
}

/// An error as its line of JSON; `command` is empty where none was understood.
#[must_use]
pub fn error(
    command: &str,
    now: Timestamp,
    code: &str,
    message: &str,
    hint: Option<&str>,
) -> String {
    let report = Report {
        command: command.to_owned(),
        error: Some(ErrorShown {
            code: code.to_owned(),
            message: message.to_owned(),
            hint: hint.map(str::to_owned),
        }),
        ..Report::default()
    };
    print(report, now.seconds())
}

fn print(mut report: Report, now: i64) -> String {
    report.schema = SCHEMA;
    report.now = now;
    // Strings, numbers and raw text alone: nothing in it can fail to be written.
    let json = serde_json::to_string(&report).unwrap_or_default();
    let mut line = escaped(&json).into_owned();
    line.push('\n');
    line
}

fn of_issued(issued: &Issued, now: Timestamp) -> Report {
    let access = &issued.tokens.access;
    Report {
        verdict: Some("valid"),
        refresh: issued
            .tokens
            .refresh
            .as_ref()
            .map(|token| token.text.clone()),
        ..minted(
            access,
            Some((&issued.profile, Kind::Access)),
            &issued.key,
            times(&access.claims, now, issued.session_end),
        )
    }
}

fn of_encoded(encoded: &Encoded, now: Timestamp) -> Report {
    let token = &encoded.token;
    minted(token, None, &encoded.key, times(&token.claims, now, None))
}

fn minted(token: &Minted, model: Option<(&str, Kind)>, key: &KeyUsed, times: Times) -> Report {
    Report {
        shown: Some(Shown {
            header: unambiguous(&token.header),
            header_base64url: None,
            payload: unambiguous(&token.claims),
            payload_base64url: ambiguous(&token.claims).then(|| second_part(&token.text)),
        }),
        token: Some(Token {
            profile: model.map(|(profile, _)| profile.to_owned()),
            kind: model.map(|(_, kind)| kind.name()),
            alg: string(&token.header, "alg"),
            kid: string(&token.header, "kid"),
            trust: Trust::Signed.code(),
        }),
        key: Some(of_key(key)),
        times: Some(times),
        access: Some(token.text.clone()),
        ..Report::default()
    }
}

fn second_part(token: &str) -> String {
    token.split('.').nth(1).unwrap_or_default().to_owned()
}

fn of_renewal(renewal: &Renewal, now: Timestamp) -> Report {
    let judged = of_judged(&renewal.judged, now);
    match &renewal.answer {
        None => judged,
        Some(RenewalAnswer::Fresh { token, key, .. }) => Report {
            verdict: judged.verdict,
            findings: judged.findings,
            ..minted(
                token,
                Some((&renewal.profile, Kind::Access)),
                key,
                times(&token.claims, now, renewal.judged.session_end),
            )
        },
        Some(RenewalAnswer::NotDue { .. } | RenewalAnswer::AtTheEnd { .. }) => Report {
            access: Some(renewal.judged.token.text().to_owned()),
            ..judged
        },
    }
}

fn of_judged(judged: &Judged, now: Timestamp) -> Report {
    let token = &judged.token;
    Report {
        verdict: Some(judged.verdict.code()),
        token: Some(Token {
            profile: readable_model(token, judged.recognised).map(|model| {
                judged
                    .profile
                    .clone()
                    .unwrap_or_else(|| model.profile.to_owned())
            }),
            ..of_token(token, judged.recognised, judged.trust())
        }),
        key: judged.key.as_ref().map(of_key),
        times: token
            .claims()
            .map(|claims| times(claims, now, judged.session_end)),
        findings: Some(findings(&judged.verdict, now)),
        shown: Some(shown(token)),
        ..Report::default()
    }
}

fn of_decoded(decoded: &Decoded, now: Timestamp) -> Report {
    let token = &decoded.token;
    Report {
        token: Some(of_token(token, decoded.recognised, Trust::NotChecked)),
        times: token.claims().map(|claims| times(claims, now, None)),
        findings: Some(findings(&decoded.structure, now)),
        shown: Some(shown(token)),
        ..Report::default()
    }
}

/// What a token without claims looks like says nothing.
fn readable_model(token: &Unverified, recognised: Recognised) -> Option<Recognised> {
    token.claims().map(|_| recognised)
}

fn of_token(token: &Unverified, recognised: Recognised, trust: Trust) -> Token {
    let model = readable_model(token, recognised);
    let header = token.header.members.as_ref();
    Token {
        profile: model.map(|model| model.profile.to_owned()),
        kind: model.map(|model| model.kind.name()),
        alg: header.and_then(|header| string(header, "alg")),
        kid: header.and_then(|header| string(header, "kid")),
        trust: trust.code(),
    }
}

fn of_key(key: &KeyUsed) -> KeyShown {
    KeyShown {
        source: key.source.clone(),
        kid: key.kid.clone(),
    }
}

fn string(members: &Members, name: &str) -> Option<String> {
    match members.string(name) {
        Typed::Is(text) => Some(text),
        Typed::Absent | Typed::Wrong(_) => None,
    }
}

fn times(claims: &Members, now: Timestamp, session_end: Option<Timestamp>) -> Times {
    let seconds = |name| date(claims, name).map(Timestamp::seconds);
    Times {
        iat: seconds("iat"),
        nbf: seconds("nbf"),
        exp: seconds("exp"),
        expires_in: date(claims, "exp").map(|exp| now.seconds_until(exp)),
        renewable_until: session_end.map(Timestamp::seconds),
    }
}

fn findings(verdict: &Verdict, now: Timestamp) -> Vec<FindingShown> {
    let finding = |finding: &crate::core::verdict::Finding| FindingShown {
        code: finding.code(),
        ok: finding.ok(),
        claim: finding.claim.clone(),
        expected: finding.expected.clone(),
        actual: finding.actual.clone(),
        message: words::finding(finding, now),
    };
    verdict.findings.iter().map(finding).collect()
}

fn shown(token: &Unverified) -> Shown {
    let (header, header_base64url) = part(token, &token.header, "header");
    let (payload, payload_base64url) = part(token, &token.payload, "payload");
    Shown {
        header,
        header_base64url,
        payload,
        payload_base64url,
    }
}

/// A part as its own JSON text; else its own base64url text.
fn part(
    token: &Unverified,
    part: &Part,
    name: &'static str,
) -> (Option<Box<RawValue>>, Option<String>) {
    let other_than_an_object = || {
        let json = token.defects.iter().any(|defect| {
            let problem = match &defect.kind {
                DefectKind::Json(json) => &json.problem,
                _ => return false,
            };
            defect.part == name && matches!(problem, JsonProblem::NotAnObject(_))
        });
        let text = part.bytes.as_deref().filter(|_| json)?;
        let text = std::str::from_utf8(text).ok()?;
        // An array may be as deep as it likes, and repeat members inside: it is wrapped, to be asked for both.
        let limits = Limits::default().json;
        let wrapped = Members::parse(
            &format!("{{\"\":{text}}}"),
            JsonLimits {
                depth: limits.depth + 1,
                ..limits
            },
        );
        wrapped.ok().and_then(|_| raw(text))
    };
    let json = match &part.members {
        Some(members) => unambiguous(members),
        None => other_than_an_object(),
    };
    let base64url = (json.is_none() && !part.at.is_empty())
        .then(|| token.text().get(part.at.clone()).map(str::to_owned))
        .flatten();
    (json, base64url)
}

fn ambiguous(members: &Members) -> bool {
    !members.duplicates().is_empty()
}

/// The text of an object that every reader takes for the same: one without repeated members.
fn unambiguous(members: &Members) -> Option<Box<RawValue>> {
    (!ambiguous(members)).then(|| raw(members.text())).flatten()
}

fn raw(json: &str) -> Option<Box<RawValue>> {
    RawValue::from_string(on_one_line(json).into_owned()).ok()
}

/// JSON without line breaks: as it is where it has none, else without the white space between its words.
fn on_one_line(json: &str) -> Cow<'_, str> {
    let json = json.trim_matches([' ', '\t', '\n', '\r']);
    if !json.contains(['\n', '\r', '\t']) {
        return Cow::Borrowed(json);
    }
    let (mut in_string, mut behind_backslash) = (false, false);
    let kept = json.chars().filter(|character| {
        if !in_string && matches!(character, ' ' | '\t' | '\n' | '\r') {
            return false;
        }
        match character {
            _ if behind_backslash => behind_backslash = false,
            '\\' => behind_backslash = true,
            '"' => in_string = !in_string,
            _ => {}
        }
        true
    });
    Cow::Owned(kept.collect())
}

/// JSON with each character that a terminal might act on as `\uXXXX`. They stand in strings alone, where that is the same text.
pub(super) fn escaped(json: &str) -> Cow<'_, str> {
    if !json.contains(paint::is_hidden) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len() * 2);
    for character in json.chars() {
        if paint::is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(character);
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_between_words_go_and_those_in_strings_were_escaped_already() {
        for (json, expected) in [
            ("{\"a\": 1}", "{\"a\": 1}"),
            (" {\"a\":1}\n", "{\"a\":1}"),
            ("{\n  \"a b\": [1,\t2]\r\n}", "{\"a b\":[1,2]}"),
            ("{\n\"a\\\" b\": \"\\\\\" }", "{\"a\\\" b\":\"\\\\\"}"),
        ] {
            assert_eq!(on_one_line(json), expected);
        }
    }

    #[test]
    fn what_a_terminal_might_act_on_is_escaped() {
        for (json, expected) in [
            ("{\"a\":\"é\"}", "{\"a\":\"é\"}"),
            ("\"\u{202e}\u{9b}\u{7f}\"", "\"\\u202e\\u009b\\u007f\""),
            ("\"\u{e0001}\"", "\"\\udb40\\udc01\""),
        ] {
            assert_eq!(escaped(json), expected);
        }
    }
}
