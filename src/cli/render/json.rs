//! Prints `--json`: one object on one line, for success, refusal and error alike. Its format is `schema/jwtsess-output.schema.json`.
mod answer;
mod batch;
mod key;
mod live;
mod profiles;
mod raw;
mod sessions;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::advice::{self, Verb};
use super::words;
use crate::cli::error::{FailedExchange, Failure};
use crate::cli::outcome::batch::{LineToken, Tally};
use crate::cli::outcome::exchange::Requested;
use crate::cli::outcome::{
    Action, DecodedToken, EncodedToken, Issuance, JudgedToken, KeyLabel, Outcome, Prediction,
    RecordedLife, Renewal, Reply, Rotation, RotationSubject, Trust, date,
};
use crate::cli::paint;
use crate::core::claims::{Members, Typed};
use crate::core::emulator::Cause;
use crate::core::profile::{RecognisedModel, TokenKind};
use crate::core::time::Timestamp;
use crate::core::token::{Part, Unverified};
use crate::core::verdict::{CheckResult, Verdict};
use crate::session::mint::MintedToken;
use raw::agreed;
pub(crate) use raw::on_one_line;

/// The version of the format. It is raised when a key is removed or changes its meaning, not when one is added.
const SCHEMA: u8 = 2;

#[derive(Default, Serialize)]
struct Report {
    schema: u8,
    command: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jti: Option<String>,
    ok: bool,
    verdict: Option<&'static str>,
    now: i64,
    #[serde(flatten)]
    shown: Option<TokenPartsJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<TokenJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<KeyJson>,
    #[serde(flatten)]
    keys: Option<key::KeyMembersJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<TimesJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingJson>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hints: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<sessions::SessionStateJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked: Option<sessions::RevocationJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<sessions::StoreJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sessions: Option<Vec<sessions::SessionJson>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    damaged: Vec<sessions::DamagedJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<sessions::FamilyJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purged: Option<sessions::PurgeJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<answer::AnswerJson>,
    #[serde(flatten)]
    summary: Option<batch::SummaryJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<answer::PredictionsJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profiles: Option<Vec<profiles::ProfileSummaryJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<profiles::ProfileJson>,
    #[serde(flatten)]
    live: Option<live::LiveMembersJson>,
    #[serde(flatten)]
    exchanged: Option<live::RequestedJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorJson>,
}

#[derive(Serialize)]
struct TokenPartsJson {
    header: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header_base64url: Option<String>,
    payload: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload_base64url: Option<String>,
}

#[derive(Serialize)]
struct TokenJson {
    profile: Option<String>,
    kind: Option<&'static str>,
    looks_like: Vec<String>,
    alg: Option<String>,
    kid: Option<String>,
    trust: &'static str,
}

#[derive(Serialize)]
struct KeyJson {
    source: String,
    kid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fresh_until: Option<i64>,
}

#[derive(Default, Serialize)]
struct TimesJson {
    iat: Option<i64>,
    nbf: Option<i64>,
    exp: Option<i64>,
    expires_in: Option<i64>,
    renewable_until: Option<i64>,
}

#[derive(Serialize)]
struct FindingJson {
    code: &'static str,
    ok: bool,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<Value>,
    message: String,
}

#[derive(Serialize)]
struct ErrorJson {
    code: &'static str,
    message: String,
    hint: Option<String>,
}

/// Writes an outcome as one line of JSON.
#[must_use]
pub(crate) fn outcome(outcome: &Outcome) -> String {
    let now = outcome.now;
    let mut report = match &outcome.action {
        Action::Issued(issued) => of_issued(issued, now),
        Action::Renewed(renewal) => of_renewal(renewal, now),
        Action::Rotated(rotation) => of_rotation(rotation, now),
        Action::Revoked(revocation) => Report {
            revoked: revocation
                .refusal()
                .is_none()
                .then(|| sessions::revoked(revocation, now)),
            hints: if revocation.may_miss {
                vec![words::UNRECORDED.to_owned()]
            } else {
                Vec::new()
            },
            ..revocation
                .judged
                .as_ref()
                .map(|judged| of_judged(judged, now))
                .unwrap_or_default()
        },
        Action::SessionStoreMade(init) => Report {
            store: Some(sessions::store(init)),
            ..Report::default()
        },
        Action::SessionsListed(list) => Report {
            sessions: Some(
                list.found
                    .sessions
                    .iter()
                    .map(|session| sessions::listed(session, now))
                    .collect(),
            ),
            ..Report::default()
        },
        Action::SessionShown(shown) => Report {
            family: Some(sessions::family(shown, now)),
            ..Report::default()
        },
        Action::SessionsPurged(purge) => Report {
            purged: Some(sessions::purged(purge)),
            ..Report::default()
        },
        Action::Inspected(inspected) => Report {
            server: inspected.server.as_ref().map(answer::server),
            hints: advice::of(&inspected.judged, Verb::Inspect, now),
            ..of_judged(&inspected.judged, now)
        },
        Action::Verified(judged) => Report {
            hints: advice::of(judged, Verb::Verify, now),
            ..of_judged(judged, now)
        },
        Action::Foretold(foretold) => of_foretold(foretold, now),
        Action::Decoded(decoded) => of_decoded(decoded, now),
        Action::Encoded(encoded) => of_encoded(encoded, now),
        Action::ProfilesListed(listed) => Report {
            profiles: Some(profiles::listed(listed)),
            ..Report::default()
        },
        Action::ProfileShown(shown) => Report {
            profile: Some(profiles::shown(shown)),
            ..Report::default()
        },
        Action::LoggedIn(login) => {
            let (access, refresh) = live::login_tokens(login);
            Report {
                live: Some(live::logged_in(login, now)),
                access,
                refresh,
                ..Report::default()
            }
        }
        Action::TokenGiven(fresh) => Report {
            live: Some(live::token(fresh, now)),
            access: Some(live::text(&fresh.access)),
            ..Report::default()
        },
        Action::CredentialsListed(views) => Report {
            live: Some(live::listed(views, now)),
            ..Report::default()
        },
        Action::LoggedOut(logout) => Report {
            live: Some(live::logged_out(logout, now)),
            ..Report::default()
        },
        Action::Key(action) => Report {
            keys: Some(key::keys(action)),
            ..Report::default()
        },
    };
    outcome.command().clone_into(&mut report.command);
    report.ok = outcome.refusal().is_none();
    report.damaged = outcome.damaged().iter().map(sessions::damaged).collect();
    print(report, now.seconds())
}

/// Writes an error as one line of JSON. `command` is empty if no command was recognised.
#[must_use]
pub(crate) fn error(
    command: &str,
    now: Timestamp,
    code: &'static str,
    message: &str,
    hint: Option<&str>,
    exchange: Option<&FailedExchange>,
) -> String {
    let report = Report {
        command: command.to_owned(),
        live: exchange.map(live::failed),
        ..of_error(code, message, hint)
    };
    print(report, now.seconds())
}

/// Writes `request`: what was sent, the answer, and the tokens in it.
#[must_use]
pub(crate) fn requested(
    requested: &Requested,
    ok: bool,
    failure: Option<&Failure>,
    now: Timestamp,
) -> String {
    let report = Report {
        command: "request".to_owned(),
        ok,
        exchanged: Some(live::requested(requested)),
        ..failure.map(of_failure).unwrap_or_default()
    };
    print(report, now.seconds())
}

/// Writes one line of `verify --batch` or `inspect --batch`: the token's verdict, or why there is no token to judge.
pub(crate) fn line(
    (verb, number): (Verb, u64),
    told: Result<LineToken<'_>, &Failure>,
    now: Timestamp,
    out: &mut Vec<u8>,
) {
    let report = match told {
        Ok((judged, server)) => Report {
            ok: verb.is_met_by(judged),
            server: server.map(answer::server),
            hints: advice::of(judged, verb, now),
            sub: claim(judged, "sub"),
            jti: claim(judged, "jti"),
            ..of_judged(judged, now)
        },
        Err(failure) => of_failure(failure),
    };
    numbered(verb.command(), number, report, now, out);
}

/// Writes one line of `issue --batch`: what was issued, or why nothing was.
pub(crate) fn issued_line(
    number: u64,
    issued: Result<&Issuance, &Failure>,
    now: Timestamp,
    out: &mut Vec<u8>,
) {
    let report = match issued {
        Ok(issued) => Report {
            ok: true,
            ..of_issued(issued, now)
        },
        Err(failure) => of_failure(failure),
    };
    numbered("issue", number, report, now, out);
}

fn numbered(command: &str, number: u64, report: Report, now: Timestamp, out: &mut Vec<u8>) {
    let report = Report {
        command: command.to_owned(),
        line: Some(number),
        ..report
    };
    out.extend_from_slice(print(report, now.seconds()).as_bytes());
}

/// A claim's text, or its JSON if it is none.
fn claim(judged: &JudgedToken, name: &str) -> Option<String> {
    let claims = judged.token.claims()?;
    string(claims, name).or_else(|| claims.raw(name).map(str::to_owned))
}

fn of_failure(failure: &Failure) -> Report {
    of_error(failure.code, &failure.message, failure.hint.as_deref())
}

/// Writes what `verify --batch --summary` counted.
#[must_use]
pub(crate) fn summary(verb: Verb, tally: Tally, ok: bool, now: Timestamp) -> String {
    let report = Report {
        command: verb.command().to_owned(),
        ok,
        summary: Some(batch::summary(tally)),
        ..Report::default()
    };
    print(report, now.seconds())
}

fn of_error(code: &'static str, message: &str, hint: Option<&str>) -> Report {
    Report {
        verdict: Some(code),
        error: Some(ErrorJson {
            code,
            message: message.to_owned(),
            hint: hint.map(str::to_owned),
        }),
        ..Report::default()
    }
}

fn print(mut report: Report, now: i64) -> String {
    report.schema = SCHEMA;
    report.now = now;
    // This can't fail: the report holds only strings, numbers and raw text.
    let json = serde_json::to_string(&report).unwrap_or_default();
    let mut line = paint::json(&json).into_owned();
    line.push('\n');
    line
}

fn of_issued(issued: &Issuance, now: Timestamp) -> Report {
    let access = &issued.tokens.access;
    Report {
        verdict: Some("valid"),
        session: issued.session.as_ref().map(sessions::seen),
        sessions: (!issued.ended.is_empty()).then(|| {
            let ended = issued.ended.iter();
            ended.map(|one| sessions::listed(one, now)).collect()
        }),
        refresh: issued
            .tokens
            .refresh
            .as_ref()
            .map(|token| token.text.clone()),
        ..minted(
            access,
            Some((&issued.profile, TokenKind::Access)),
            &issued.key,
            findings(&issued.notes, now),
            times(&access.claims, now, issued.session_end),
        )
    }
}

fn of_encoded(encoded: &EncodedToken, now: Timestamp) -> Report {
    let token = &encoded.token;
    minted(
        token,
        None,
        &encoded.key,
        findings(&encoded.notes, now),
        times(&token.claims, now, None),
    )
}

fn minted(
    token: &MintedToken,
    model: Option<(&str, TokenKind)>,
    key: &KeyLabel,
    findings: Vec<FindingJson>,
    times: TimesJson,
) -> Report {
    let mut parts = token.text.split('.').map(str::to_owned);
    let (header, payload) = (agreed(token.header.text()), agreed(token.claims.text()));
    Report {
        shown: Some(TokenPartsJson {
            header_base64url: parts.next().filter(|_| header.is_none()),
            header,
            payload_base64url: parts.next().filter(|_| payload.is_none()),
            payload,
        }),
        token: Some(TokenJson {
            profile: model.map(|(profile, _)| profile.to_owned()),
            kind: model.map(|(_, kind)| kind.name()),
            looks_like: Vec::new(),
            alg: string(&token.header, "alg"),
            kid: string(&token.header, "kid"),
            trust: Trust::Signed.code(),
        }),
        key: Some(of_key(key)),
        times: Some(times),
        findings: Some(findings),
        access: Some(token.text.clone()),
        ..Report::default()
    }
}

fn of_renewal(renewal: &Renewal, now: Timestamp) -> Report {
    let judged = of_judged(&renewal.judged, now);
    match &renewal.answer {
        None => of_refused_renewal(renewal, judged),
        Some(Reply::Tokens { minting, .. }) => Report {
            verdict: judged.verdict,
            session: judged.session,
            findings: Some(with_notes(&renewal.judged.verdict, &minting.notes, now)),
            ..minted(
                &minting.tokens.access,
                Some((&renewal.profile, TokenKind::Access)),
                &minting.key,
                Vec::new(),
                times(
                    &minting.tokens.access.claims,
                    now,
                    renewal.judged.session_end,
                ),
            )
        },
        Some(Reply::NotDue { .. } | Reply::AtTheEnd { .. }) => Report {
            access: Some(renewal.judged.token.text().to_owned()),
            ..judged
        },
    }
}

fn of_rotation(rotation: &Rotation, now: Timestamp) -> Report {
    let presented = match &rotation.presented {
        RotationSubject::Token(judged) => of_judged(judged, now),
        RotationSubject::Session { seen, verdict } => Report {
            verdict: Some(verdict.code()),
            findings: Some(findings(verdict, now)),
            session: Some(sessions::seen(seen)),
            ..Report::default()
        },
    };
    match (&rotation.answer, &rotation.presented) {
        (Some(Reply::Tokens { minting, .. }), _) => Report {
            verdict: presented.verdict,
            findings: Some(with_notes(rotation.verdict(), &minting.notes, now)),
            session: presented.session,
            refresh: (minting.tokens.refresh.as_ref()).map(|token| token.text.clone()),
            ..minted(
                &minting.tokens.access,
                Some((&rotation.profile, TokenKind::Access)),
                &minting.key,
                Vec::new(),
                times(&minting.tokens.access.claims, now, rotation.session_end),
            )
        },
        (Some(Reply::NotDue { .. } | Reply::AtTheEnd { .. }), RotationSubject::Token(judged)) => {
            Report {
                access: Some(judged.token.text().to_owned()),
                ..presented
            }
        }
        _ => presented,
    }
}

/// Reports a refused renewal: our verdict, or the server's if we have nothing against the token, and the server's answer.
fn of_refused_renewal(renewal: &Renewal, judged: Report) -> Report {
    let cause = renewal.refused_by_server();
    let mut findings = judged.findings;
    if let (Some(cause), Some(findings)) = (cause, &mut findings) {
        findings.push(cause_shown(cause));
    }
    Report {
        verdict: cause.map(Cause::code).or(judged.verdict),
        findings,
        answer: (renewal.server.as_ref()).map(|server| answer::answer(server.view, &server.answer)),
        ..judged
    }
}

fn of_judged(judged: &JudgedToken, now: Timestamp) -> Report {
    let token = &judged.token;
    let is_known = token.claims().is_some() || judged.is_recorded_text();
    Report {
        verdict: Some(judged.verdict.code()),
        token: Some(TokenJson {
            profile: is_known.then(|| judged.profile.name.clone()),
            kind: is_known
                .then(|| judged.recognised.kind())
                .flatten()
                .map(TokenKind::name),
            ..of_token(token, &judged.recognised, judged.trust())
        }),
        key: judged.key.as_ref().map(of_key),
        times: (token
            .claims()
            .map(|claims| times(claims, now, judged.session_end)))
        .or_else(|| Some(recorded_times(judged.recorded?, now, judged.session_end))),
        findings: Some(findings(&judged.verdict, now)),
        session: judged.session.as_ref().map(sessions::seen),
        shown: Some(shown(token)),
        ..Report::default()
    }
}

/// The report of a predicted answer. Its verdict and its only finding are those of the server's check that decided.
fn of_foretold(foretold: &Prediction, now: Timestamp) -> Report {
    let cause = foretold.answer.cause;
    Report {
        verdict: Some(cause.map_or("valid", Cause::code)),
        findings: Some(cause.map(cause_shown).into_iter().collect()),
        answer: Some(answer::answer(foretold.view, &foretold.answer)),
        ..of_judged(&foretold.judged, now)
    }
}

fn of_decoded(decoded: &DecodedToken, now: Timestamp) -> Report {
    let token = &decoded.token;
    Report {
        token: Some(of_token(token, token.recognised(), Trust::NotChecked)),
        times: token.claims().map(|claims| times(claims, now, None)),
        findings: Some(findings(&decoded.structure, now)),
        shown: Some(shown(token)),
        ..Report::default()
    }
}

/// The recognised profile. `None` if the token has no claims: then its look says nothing.
fn readable_model<'r>(
    token: &Unverified,
    recognised: &'r RecognisedModel,
) -> Option<&'r RecognisedModel> {
    token.claims().map(|_| recognised)
}

fn of_token(token: &Unverified, recognised: &RecognisedModel, trust: Trust) -> TokenJson {
    let model = readable_model(token, recognised);
    let header = token.header.members.as_ref();
    TokenJson {
        profile: model.map(|model| model.profile.to_string()),
        kind: model.and_then(RecognisedModel::kind).map(TokenKind::name),
        looks_like: model
            .map(|model| model.looks_like.iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
        alg: header.and_then(|header| string(header, "alg")),
        kid: header.and_then(|header| string(header, "kid")),
        trust: trust.code(),
    }
}

fn of_key(key: &KeyLabel) -> KeyJson {
    let fetched = key.fetched.as_ref();
    KeyJson {
        source: key.source.clone(),
        kid: key.kid.clone(),
        fetched_at: fetched.map(|one| one.at.seconds()),
        fresh_until: fetched.map(|one| one.fresh_until.seconds()),
    }
}

fn string(members: &Members, name: &str) -> Option<String> {
    match members.string(name) {
        Typed::Is(text) => Some(text),
        Typed::Absent | Typed::Wrong(_) => None,
    }
}

fn times(claims: &Members, now: Timestamp, session_end: Option<Timestamp>) -> TimesJson {
    let seconds = |name| date(claims, name).map(Timestamp::seconds);
    TimesJson {
        iat: seconds("iat"),
        nbf: seconds("nbf"),
        exp: seconds("exp"),
        expires_in: date(claims, "exp").map(|exp| now.whole_seconds_until(exp)),
        renewable_until: session_end.map(Timestamp::seconds),
    }
}

/// The same for an opaque token, by the store's record of it.
fn recorded_times(life: RecordedLife, now: Timestamp, session_end: Option<Timestamp>) -> TimesJson {
    let exp = life.expires_at.moment();
    TimesJson {
        iat: life.issued_at.map(Timestamp::seconds),
        nbf: None,
        exp: exp.map(Timestamp::seconds),
        expires_in: exp.map(|exp| now.whole_seconds_until(exp)),
        renewable_until: session_end.map(Timestamp::seconds),
    }
}

fn findings(verdict: &Verdict, now: Timestamp) -> Vec<FindingJson> {
    let finding = |finding: &crate::core::verdict::Finding| FindingJson {
        code: finding.code(),
        ok: finding.ok(),
        severity: match finding.result {
            CheckResult::Passed => "ok",
            CheckResult::Noted(_) => "note",
            CheckResult::Failed(_) => "error",
        },
        claim: finding.claim.clone(),
        expected: finding.expected.clone(),
        actual: finding.actual.clone(),
        message: words::finding(finding, now),
    };
    verdict.findings.iter().map(finding).collect()
}

/// The findings about a presented token, and the remarks about what takes its place that say something else.
fn with_notes(verdict: &Verdict, notes: &Verdict, now: Timestamp) -> Vec<FindingJson> {
    let mut shown = findings(verdict, now);
    shown.extend(findings(&notes.beside(verdict), now));
    shown
}

/// The server's check that decided the answer, as a finding.
fn cause_shown(cause: Cause) -> FindingJson {
    FindingJson {
        code: cause.code(),
        ok: false,
        severity: "error",
        claim: None,
        expected: None,
        actual: None,
        message: words::cause(cause),
    }
}

fn shown(token: &Unverified) -> TokenPartsJson {
    let (header, header_base64url) = part(token, &token.header);
    let (payload, payload_base64url) = part(token, &token.payload);
    TokenPartsJson {
        header,
        header_base64url,
        payload,
        payload_base64url,
    }
}

/// A part as its own JSON text, otherwise as its own base64url text.
fn part(token: &Unverified, part: &Part) -> (Option<Box<RawValue>>, Option<String>) {
    let bytes = part.bytes.as_deref();
    let json = bytes
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .and_then(agreed);
    // A text without a dot, or a part in another alphabet, is no token's, and may be a line of a key file or an address: it is not repeated.
    let is_of_base64url = |text: &&str| {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        !text.is_empty() && text.bytes().all(letter)
    };
    let base64url = (json.is_none() && token.text().contains('.'))
        .then(|| token.text().get(part.at.clone()))
        .flatten()
        .filter(is_of_base64url)
        .map(str::to_owned);
    (json, base64url)
}
