//! What holds for whatever people hand in: a target of `fuzz/` each. Here they are held against the fuzzers' corpus, and against random changes to it.
mod claims;
mod key;
mod members;
mod paste;
mod profile;

use proptest::prelude::*;

/// The inputs that are kept for a target, in an order that is the same everywhere.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus");
    let files = std::fs::read_dir(std::path::Path::new(folder).join(target)).unwrap();
    let mut all: Vec<Vec<u8>> = files
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    all.sort();
    assert!(all.len() > 20, "{target}: {}", all.len());
    all
}

/// One to four edits of an input: a byte changed, a piece cut out, or a piece of another input put in.
fn changed(target: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let index = any::<prop::sample::Index>;
    let all = corpus(target);
    let edit = (
        index(),
        index(),
        any::<u8>(),
        0..3,
        prop::sample::select(all.clone()),
    );
    let edits = prop::collection::vec(edit, 1..5);
    (prop::sample::select(all), edits).prop_map(|(mut input, edits)| {
        for (from, to, byte, how, other) in edits {
            let at = from.index(input.len() + 1);
            let end = (at + to.index(24)).min(input.len());
            match how {
                0 if at < input.len() => input[at] = byte,
                1 => drop(input.drain(at..end)),
                _ => {
                    let start = to.index(other.len() + 1);
                    let piece = &other[start..(start + 40).min(other.len())];
                    drop(input.splice(at..at, piece.iter().copied()));
                }
            }
        }
        input
    })
}

#[test]
fn what_the_fuzzers_kept_holds() {
    for (target, hold) in [
        ("claims", claims::hold as fn(&[u8])),
        ("key", key::hold),
        ("members", members::hold),
        ("paste", paste::hold),
        ("profile", profile::hold),
    ] {
        for input in corpus(target) {
            hold(&input);
        }
    }
}

proptest! {
    #[test]
    fn claims_hold(input in changed("claims")) {
        claims::hold(&input);
    }

    #[test]
    fn keys_hold(input in changed("key")) {
        key::hold(&input);
    }

    #[test]
    fn members_hold(input in changed("members")) {
        members::hold(&input);
    }

    #[test]
    fn pastes_hold(input in changed("paste")) {
        paste::hold(&input);
    }

    #[test]
    fn profiles_hold(input in changed("profile")) {
        profile::hold(&input);
    }
}
