//! Many processes that see a key id that is new to them: one of them asks for the keys, and all go by the answer.
use std::path::Path;
use std::sync::{Arc, Barrier, Mutex};

use serde_json::{Value, json};

use crate::http::serve;
use crate::process::{Machine, RunResult};

const PROCESSES: usize = 32;

/// A server of a key set, which counts how often it is asked.
struct Publisher {
    url: String,
    set: Arc<Mutex<(Value, usize)>>,
}

impl Publisher {
    fn new(keys: &[Value]) -> Self {
        let set = Arc::new(Mutex::new((json!({ "keys": keys }), 0)));
        let shared = Arc::clone(&set);
        let address = serve(move |_| {
            let mut set = shared.lock().unwrap();
            set.1 += 1;
            Some(set.0.to_string().into_bytes())
        });
        let url = format!("http://{address}/jwks.json");
        Self { url, set }
    }
    fn publish(&self, keys: &[Value]) {
        self.set.lock().unwrap().0 = json!({ "keys": keys });
    }
    fn asked(&self) -> usize {
        self.set.lock().unwrap().1
    }
    /// Many processes verify a token at once, by a clock that stands still. Returns how often the keys were asked for.
    fn race(&self, machine: &Machine, token: &str, now: &str) -> (Vec<RunResult>, usize) {
        let (before, barrier) = (self.asked(), Barrier::new(PROCESSES));
        // A busy machine must not make one of them give up before its turn has come.
        let patience = ["--timeout", "5m", "--now", now];
        let args = [&["verify", token, "--key", &self.url], &patience[..]].concat();
        let ran = std::thread::scope(|scope| {
            let verify = || {
                barrier.wait();
                machine.run(&args)
            };
            let threads: Vec<_> = (0..PROCESSES).map(|_| scope.spawn(verify)).collect();
            let results = threads.into_iter().map(|thread| thread.join().unwrap());
            results.collect()
        });
        (ran, self.asked() - before)
    }
}

fn key(file: &str, kid: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/keys");
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let mut key: Value = serde_json::from_str(&text).unwrap();
    key["kid"] = json!(kid);
    key
}

fn token(machine: &Machine, kid: &str) -> String {
    let private = key("ec-p256.jwk", kid).to_string();
    let file = machine.home.file("private.jwk", private);
    machine.token(&[
        "encode",
        r#"{"sub":"alice","exp":4102444800}"#,
        "--key",
        &file,
    ])
}

#[test]
fn one_of_many_processes_asks_for_an_unknown_kid() {
    let machine = Machine::new();
    let public = |kid: &str| key("ec-p256.public.jwk", kid);
    let publisher = Publisher::new(&[public("one")]);
    let [one, two, none] = ["one", "two", "none"].map(|kid| token(&machine, kid));
    let at = |second: u32| format!("2030-01-01T00:00:0{second}Z");
    let known = machine.run(&["verify", &one, "--key", &publisher.url, "--now", &at(0)]);
    assert_eq!((known.status, publisher.asked()), (0, 1), "{known:?}");

    publisher.publish(&[public("one"), public("two")]);
    let (ran, asked) = publisher.race(&machine, &two, &at(1));
    assert!(ran.iter().all(|ran| ran.status == 0), "{ran:?}");
    assert_eq!(asked, 1);

    // Less than 30 s after the last time nobody asks.
    let (ran, asked) = publisher.race(&machine, &none, &at(2));
    for ran in ran {
        assert_eq!(ran.status, 4, "{ran:?}");
        assert!(ran.stderr.contains("unknown kid"), "{ran:?}");
    }
    assert_eq!(asked, 0);
}
