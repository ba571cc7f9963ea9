//! Sends a request and measures it: how long it took, and by how much the server's clock differs.
use std::time::{Duration, UNIX_EPOCH};

use super::error::LiveError;
use super::link::Live;
use super::tokens::Exchange;
use crate::core::secret::Secret;
use crate::core::time::Timestamp;
use crate::net::message::{Answer, Header, Request};

/// The longest exchange whose middle says something about a clock.
const LONGEST_MEASURE: Duration = Duration::from_secs(5);
/// The least difference that counts: what is less lies within a second's rounding and the way there.
const LEAST_SKEW: i64 = 5;
const NANOS: i128 = 1_000_000_000;

/// An answer, and what was measured.
pub(super) struct Measurement {
    pub(super) answer: Answer,
    pub(super) exchange: Exchange,
    /// By how many seconds the server's clock is ahead.
    pub(super) skew: Option<i64>,
    /// When the request was sent, by the server's clock as far as that is known.
    pub(super) sent_at: Timestamp,
    /// What was sent and is secret, or may be.
    pub(super) secrets: Vec<Secret>,
}

impl Live<'_> {
    /// The present moment by the server's clock, which is ahead by so many seconds.
    pub(super) fn server_time(&self, skew: i64) -> Timestamp {
        Timestamp::from_seconds(self.clock.now().seconds().saturating_add(skew))
    }
    /// Sends a request, whose body holds these secrets.
    pub(super) fn send(
        &mut self,
        request: &Request<'_>,
        mut secrets: Vec<Secret>,
    ) -> Result<Measurement, LiveError> {
        secrets.extend(request.headers.iter().flat_map(in_header));
        // Basic writes it so that nothing in the request is its text.
        secrets.extend(self.secrets.secret.clone());
        let answer = self.client.send(request, &mut self.budget)?;
        let now = self.clock.now();
        let exchange = Exchange {
            method: request.method.to_owned(),
            url: answer.address.to_string(),
            status: answer.status,
            took: answer.took,
        };
        let ended = i128::from(now.seconds()) * NANOS + i128::from(now.nanos());
        let took = i128::try_from(answer.took.as_nanos()).unwrap_or(i128::MAX);
        let skew = skew(&answer, ended - took / 2);
        let began = i64::try_from((ended - took).div_euclid(NANOS)).unwrap_or(i64::MAX);
        Ok(Measurement {
            exchange,
            skew,
            sent_at: Timestamp::from_seconds(began.saturating_add(skew.unwrap_or(0))),
            secrets,
            answer,
        })
    }
}

/// What may be secret in a header field: what stands behind a scheme, and behind each cookie's name.
fn in_header(header: &Header) -> Vec<Secret> {
    let open = ["accept", "content-type", "origin"];
    if open
        .iter()
        .any(|name| header.name.eq_ignore_ascii_case(name))
    {
        return Vec::new();
    }
    let parts = header.value.split("; ");
    let parts = parts.map(|part| match part.split_once('=') {
        Some((_, value)) if header.name == "Cookie" => value,
        _ => part.rsplit(' ').next().unwrap_or_default(),
    });
    parts
        .map(|part| Secret::new(part.as_bytes().to_vec()))
        .collect()
}

/// By how many seconds the clock of an answer's server is ahead of the middle of the exchange.
fn skew(answer: &Answer, middle: i128) -> Option<i64> {
    if answer.took >= LONGEST_MEASURE {
        return None;
    }
    let date = httpdate::parse_http_date(answer.header("date")?).ok()?;
    let date = match date.duration_since(UNIX_EPOCH) {
        Ok(after) => i128::from(after.as_secs()),
        Err(before) => -i128::from(before.duration().as_secs()),
    };
    let skew = i64::try_from((date * NANOS - middle).div_euclid(NANOS)).ok()?;
    (skew.unsigned_abs() >= LEAST_SKEW.unsigned_abs()).then_some(skew)
}
