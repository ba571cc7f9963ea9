//! Sends a request and measures it: how long it took, and by how much the server's clock differs.
use std::time::Duration;

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
    /// The present moment by the server's clock.
    pub(super) fn server_time(&self) -> Timestamp {
        Timestamp::from_seconds(self.clock.now().seconds().saturating_add(self.skew))
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
        let skew = skew(answer.date(), answer.took, now);
        self.skew = skew.unwrap_or(self.skew);
        let began = i64::try_from(before(now, answer.took).div_euclid(NANOS)).unwrap_or(i64::MAX);
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

/// The nanoseconds since 1970 of the moment that was so long before another.
fn before(now: Timestamp, time: Duration) -> i128 {
    let now = i128::from(now.seconds()) * NANOS + i128::from(now.nanos());
    now - i128::try_from(time.as_nanos()).unwrap_or(i128::MAX)
}

/// By how many seconds the clock of a server was ahead that wrote this date in an answer which took so long and has just ended: it is compared with the middle of the exchange.
pub(super) fn skew(date: Option<i64>, took: Duration, now: Timestamp) -> Option<i64> {
    if took >= LONGEST_MEASURE {
        return None;
    }
    let since = i128::from(date?) * NANOS - before(now, took / 2);
    let skew = i64::try_from(since.div_euclid(NANOS)).ok()?;
    (skew.unsigned_abs() >= LEAST_SKEW.unsigned_abs()).then_some(skew)
}
