//! Keys at an address in a batch: a key that comes later is taken up, and how often one is looked for is bounded.
use std::collections::VecDeque;
use std::io::Read;
use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::cli::world::Input;
use crate::core::time::{Clock, Timestamp};

/// A clock that goes so many seconds further each time that it is looked at.
struct Walking {
    at: Arc<AtomicI64>,
    step: i64,
}

impl Clock for Walking {
    fn now(&self) -> Timestamp {
        let since = self.at.fetch_add(self.step, Ordering::Relaxed);
        Timestamp::from_seconds(NOW + since)
    }
}

/// A pipe through which the lines come one by one: what comes at once is judged together, and makes one fetch.
struct Slow(VecDeque<Vec<u8>>);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some(line) = self.0.front_mut() else {
            return Ok(0);
        };
        let count = line.len().min(buffer.len());
        buffer[..count].copy_from_slice(&line[..count]);
        line.drain(..count);
        if line.is_empty() {
            self.0.pop_front();
        }
        Ok(count)
    }
}

#[test]
fn the_clock_of_a_batch_runs_and_every_30_seconds_an_unknown_kid_is_looked_for() {
    const LINES: usize = 40;
    let line = |kid| (token("ed25519.jwk", Some(&format!("no-{kid}"))) + "\n").into_bytes();
    let lines: Vec<Vec<u8>> = (0..LINES).map(line).collect();
    let batch = |step: i64| {
        let issuer = Issuer::new();
        let known = token("ec-p256.jwk", Some("one"));
        assert_eq!(issuer.verdict(&known, 0, &[]), good("valid"));
        let at = Arc::new(AtomicI64::new(1));
        let clock = Walking {
            at: Arc::clone(&at),
            step,
        };
        let call = issuer.call(&["verify", "--batch", "--no-store"]);
        let slow = Slow(lines.clone().into());
        let (exit, ..) = call.with(|typed, world| {
            world.clock = Box::new(clock);
            world.stdin = Input::new(false, slow);
            crate::cli::run(&typed, world)
        });
        assert_eq!(exit.code(), 9);
        (
            issuer.asked() - 1,
            usize::try_from(at.load(Ordering::Relaxed)).unwrap(),
        )
    };
    assert_eq!(batch(0).0, 1, "a clock that stands");
    for step in [7, 14] {
        let (fetches, elapsed) = batch(step);
        assert!(
            (2..=elapsed / 30 + 1).contains(&fetches),
            "{fetches} in {elapsed} s"
        );
    }
    assert_eq!(batch(31).0, LINES, "half a minute for each line");
}

#[test]
fn a_batch_takes_up_a_key_that_comes_later() {
    let issuer = Issuer::new();
    let (one, two) = (
        token("ec-p256.jwk", Some("one")),
        token("ed25519.jwk", Some("two")),
    );
    assert_eq!(issuer.verdict(&one, 0, &[]), good("valid"));
    issuer.publish(&[
        jwk("ec-p256.public.jwk", "one"),
        jwk("ed25519.public.jwk", "two"),
    ]);
    let three = token("ed25519.jwk", Some("three"));
    let lines = format!("{one}\n{two}\n{three}\n{three}\n");
    for store in [&[][..], &["--no-store"]] {
        let words = [&["verify", "--batch", "--json"], store].concat();
        let called = issuer.call(&words).stdin(lines.clone()).later(1).run();
        let verdicts: Vec<Value> = called
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["verdict"].clone())
            .collect();
        assert_eq!(
            verdicts,
            ["valid", "valid", "unknown_kid", "unknown_kid"],
            "{called}"
        );
    }
    assert_eq!(issuer.asked(), 2);
}

#[test]
fn a_batch_needs_keys_at_its_start_and_goes_on_without_newer_ones() {
    let issuer = Issuer::new();
    let (one, two) = (
        token("ec-p256.jwk", Some("one")),
        token("ed25519.jwk", Some("two")),
    );
    let batch = |later: i64| {
        let called = issuer
            .call(&["verify", "--batch", "--json"])
            .stdin(format!("{one}\n{two}\n{one}\n{two}\n"))
            .later(later)
            .run();
        let verdict = |line: &str| -> Value {
            serde_json::from_str::<Value>(line).unwrap()["verdict"].clone()
        };
        let verdicts: Vec<Value> = called.stdout.lines().map(verdict).collect();
        (called, verdicts)
    };
    assert_eq!(issuer.verdict(&one, 0, &[]), good("valid"));
    issuer.break_down();
    let (called, verdicts) = batch(1);
    let expected = ["valid", "unknown_kid", "valid", "unknown_kid"];
    assert_eq!(verdicts, expected, "{called}");
    let said = "/jwks.json answers 500; those that were fetched before are used";
    assert!(called.exit == 9 && called.stderr.contains(said), "{called}");
    assert_eq!(issuer.asked(), 2);
    let (called, _) = batch(700);
    assert_eq!(called.exit, 8, "{called}");
    let object: Value = serde_json::from_str(called.stdout.trim()).unwrap();
    assert_eq!(object["error"]["code"], "keys_unreachable", "{called}");
}
