//! A JSON object's members are those that `serde_json` finds, each with its own text.
use std::collections::HashMap;

use jwtsess::internals::core::claims::{JsonLimits, Members};
use serde_json::value::RawValue;

const DEPTH: usize = 128;
const WIDTH: usize = 64;

/// How deep a JSON text is nested.
fn depth(text: &str) -> usize {
    let (mut inside, mut escaped) = (false, false);
    let (mut depth, mut deepest) = (0_usize, 0);
    for character in text.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            '{' | '[' if !inside => depth += 1,
            '}' | ']' if !inside => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

pub(crate) fn hold(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let limits = JsonLimits {
        depth: DEPTH,
        members: WIDTH,
    };
    // Of a repeated member, this takes the last, too.
    let theirs = serde_json::from_str::<HashMap<String, Box<RawValue>>>(text).ok();
    let members = match Members::parse(text, limits) {
        Ok(members) => members,
        Err(defect) => {
            assert!(defect.at <= text.len(), "{defect}");
            assert!(!defect.to_string().contains(char::is_control));
            if let Some(theirs) = theirs {
                let wide = defect.to_string().contains("members");
                assert!(wide || depth(text) > DEPTH, "{defect}");
                assert!(!wide || text.matches(':').count() > WIDTH, "{theirs:?}");
            }
            return;
        }
    };
    let theirs = theirs.expect("serde_json reads no object here");
    assert_eq!(members.text(), text);
    assert!(depth(text) <= DEPTH);
    let mut end = 0;
    let mut names = HashMap::<&str, usize>::new();
    for (name, raw) in members.iter() {
        *names.entry(name).or_default() += 1;
        let value: &RawValue = serde_json::from_str(raw).expect("a value is JSON");
        assert_eq!(value.get(), raw, "white space at a value");
        let at = raw.as_ptr().addr() - members.text().as_ptr().addr();
        assert!(at > end, "values out of order");
        end = at + raw.len();
    }
    assert_eq!(names.len(), theirs.len());
    for (name, value) in &theirs {
        let member = members.member(name).expect("a member is missing");
        assert_eq!(members.raw(name), Some(value.get()));
        let written = &text[member.name_at.clone()];
        assert_eq!(
            serde_json::from_str::<String>(written).ok().as_ref(),
            Some(name)
        );
        assert!(member.name_at.end < member.value_at.start);
    }
    let mut repeated = members.duplicates();
    repeated.sort_unstable();
    let mut expected: Vec<&str> = names
        .iter()
        .filter(|(_, times)| **times > 1)
        .map(|(name, _)| *name)
        .collect();
    expected.sort_unstable();
    assert_eq!(repeated, expected);
}
