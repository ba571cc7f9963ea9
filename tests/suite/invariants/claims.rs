//! Claims that are set, removed and asked for: an edit changes one member, a refused one nothing, and numbers keep every digit.
//!
//! The input is an object and edits, separated by NUL: `-NAME` removes, `{…}` is `--claims`, `/…` is asked for as a JSON Pointer, all else is a `--claim`.
use jwtsess::internals::cli::args::assignment;
use jwtsess::internals::core::claims::exact::{
    Comparison, ComparisonError, Exact, Expectation, shown,
};
use jwtsess::internals::core::claims::{JsonLimits, Members};
use serde_json::Value;

const LIMITS: JsonLimits = JsonLimits {
    depth: 128,
    members: 10_000,
};

pub(crate) fn hold(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut parts = text.split('\0');
    let Ok(mut claims) = Members::parse(parts.next().unwrap_or_default(), LIMITS) else {
        return;
    };
    for edit in parts.take(8) {
        if let Some(name) = edit.strip_prefix('-') {
            removed(&mut claims, name);
        } else if edit.starts_with('/') {
            asked(&claims, edit);
        } else if edit.starts_with('{') {
            for (name, raw) in assignment::object(edit).unwrap_or_default() {
                set(&mut claims, &name, &raw);
            }
        } else if let Ok((name, raw)) = assignment::one(edit) {
            assert!(!name.is_empty());
            set(&mut claims, &name, &raw);
        }
        if claims.text().len() > 1 << 16 {
            return;
        }
    }
}

/// The members under other names: each name and value as it is written.
fn others<'m>(claims: &'m Members, name: &str) -> Vec<(&'m str, &'m str)> {
    claims.iter().filter(|(other, _)| *other != name).collect()
}

fn whole(claims: &Members) {
    let read = Members::parse(
        claims.text(),
        JsonLimits {
            members: usize::MAX,
            ..LIMITS
        },
    );
    assert_eq!(read.as_ref().map(Members::text), Ok(claims.text()));
    assert!(read.is_ok_and(|read| read == *claims), "{}", claims.text());
}

fn removed(claims: &mut Members, name: &str) {
    let before = claims.clone();
    let was_there = claims.remove(name);
    assert_eq!(was_there, before.raw(name).is_some());
    if was_there {
        whole(claims);
        assert_eq!(claims.raw(name), None);
        assert_eq!(others(claims, name), others(&before, name));
    } else {
        assert_eq!(claims.text(), before.text());
    }
}

fn set(claims: &mut Members, name: &str, raw: &str) {
    let before = claims.clone();
    claims.set(name, raw);
    whole(claims);
    assert_eq!(claims.raw(name), Some(raw));
    assert_eq!(others(claims, name), others(&before, name));
    exact(raw);
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    match Expectation::new(&pointer, Comparison::Is, raw) {
        Ok(wanted) => {
            let found = wanted.find(claims);
            assert_eq!(found, Ok(Some(raw.to_owned())), "{pointer}");
            assert_eq!(wanted.is_met_by(raw), Ok(true));
        }
        Err(_) => assert!(Exact::read(raw).is_err(), "{pointer}"),
    }
}

/// A value equals what means the same, and nothing else.
fn exact(raw: &str) {
    let read = Exact::read(raw);
    assert_eq!(read, Exact::read(&format!(" {raw}\n")));
    let Ok(value) = read else {
        return;
    };
    let printed = shown(raw);
    if printed != Value::String(raw.to_owned()) {
        assert_eq!(Exact::read(&printed.to_string()).as_ref(), Ok(&value));
    }
    let list = Exact::read(&format!("[0,{raw}]"));
    if let Ok(list) = list {
        assert!(list.has(&value));
    }
    if matches!(value, Exact::Number(_)) && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        for same in [".0", "e0", "E+00", ".00e-0"] {
            let other = Exact::read(&format!("{raw}{same}"));
            assert_eq!(other.as_ref(), Ok(&value), "{raw}{same}");
        }
        let fraction = format!("{raw}.{}1", "0".repeat(30));
        assert_ne!(Exact::read(&fraction).as_ref(), Ok(&value), "{raw}");
        if raw != "0" {
            for another in ["e-1", "0", "1"] {
                let other = Exact::read(&format!("{raw}{another}"));
                assert_ne!(other.as_ref(), Ok(&value), "{raw}{another}");
            }
        }
    }
}

/// What a pointer finds is what `serde_json` finds, where no member stands twice.
fn asked(claims: &Members, pointer: &str) {
    let Ok(wanted) = Expectation::new(pointer, Comparison::Is, "null") else {
        let odd = |rest: &str| !rest.starts_with(['0', '1']);
        assert!(pointer.split('~').skip(1).any(odd), "{pointer}");
        return;
    };
    let found = wanted.find(claims);
    match Exact::read(claims.text()) {
        Ok(_) => {}
        Err(ComparisonError::Twice | ComparisonError::Unreadable) => return,
    }
    let Ok(all) = serde_json::from_str::<Value>(claims.text()) else {
        return;
    };
    let found = found.expect("no member stands twice");
    let theirs = all.pointer(pointer);
    assert_eq!(found.is_some(), theirs.is_some(), "{pointer}");
    if let (Some(found), Some(theirs)) = (found, theirs) {
        assert_eq!(
            serde_json::from_str::<Value>(&found).ok().as_ref(),
            Some(theirs)
        );
    }
}
