//! One token in memory: `cargo bench --bench core`. Reading it, judging it under each kind of key, and signing it.
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jwtsess::internals::core::algorithm::Algorithm;
use jwtsess::internals::core::key::KeySet;
use jwtsess::internals::core::keyfile;
use jwtsess::internals::core::policy::Policy;
use jwtsess::internals::core::secret::Secret;
use jwtsess::internals::core::sign::compact;
use jwtsess::internals::core::time::Timestamp;
use jwtsess::internals::core::token::{Limits, Unverified};
use jwtsess::internals::core::verify::judge;
use serde_json::Value;

const NOW: i64 = 1_800_000_000;
const CLAIMS: &str = r#"{"sub":"alice","iat":1799999900,"exp":1800003500,"jti":"0b83417e-9a70-4597-b6cc-ab94c8825120","iss":"https://auth.example.com"}"#;

/// The examples' keys, each with its algorithm.
fn keys() -> Vec<(String, KeySet)> {
    let mut keys = Vec::new();
    for file in [
        include_str!("../tests/vectors/rfc7515.json"),
        include_str!("../tests/vectors/rfc8037.json"),
    ] {
        let file: Value = serde_json::from_str(file).expect("it is JSON");
        for one in file["signatures"].as_array().expect("it has signatures") {
            let alg = one["alg"].as_str().expect("it has an algorithm");
            if one["key"].is_object() && !keys.iter().any(|(known, _)| known == alg) {
                let jwk = Secret::new(one["key"].to_string().into_bytes());
                let read = keyfile::read(&jwk).expect("its key is read");
                keys.push((alg.to_owned(), read.keys));
            }
        }
    }
    keys
}

fn core(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("core");
    let (limits, now) = (Limits::default(), Timestamp::from_seconds(NOW));
    let policy = Policy {
        kind: None,
        ..Policy::default()
    };
    for (alg, keys) in keys() {
        let algorithm: Algorithm = alg.parse().expect("it is an algorithm");
        let header = format!(r#"{{"alg":"{alg}","typ":"JWT"}}"#);
        let sign = || {
            let key = &keys.keys()[0];
            compact(header.as_bytes(), CLAIMS.as_bytes(), key, algorithm).expect("it is signed")
        };
        let text = sign();
        if alg == "HS256" {
            group.bench_function("read", |bencher| {
                bencher.iter(|| Unverified::read(&text, &limits));
            });
        }
        let token = Unverified::read(&text, &limits);
        let judged = judge(&token, &keys, &policy, now);
        assert!(judged.verdict.is_valid(), "{alg}");
        group.bench_function(BenchmarkId::new("judge", &alg), |bencher| {
            bencher.iter(|| judge(&token, &keys, &policy, now));
        });
        group.bench_function(BenchmarkId::new("sign", &alg), |bencher| bencher.iter(sign));
    }
    group.finish();
}

criterion_group!(benches, core);
criterion_main!(benches);
