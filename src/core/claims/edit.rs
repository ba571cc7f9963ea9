//! Edits an object's text: sets or removes one member and keeps every other byte.
use std::ops::Range;

use super::{Member, Members, is_json_space, quote};

/// A new member does not copy white space wider than this, so that an object's own gaps can't blow it up.
const WIDEST_GAP: usize = 80;

impl Members {
    /// Sets a member's value text, which must be JSON. An existing member keeps its place (if the name is repeated, all of them change); a new one goes last.
    ///
    /// A new member is spaced like the one before it.
    pub fn set(&mut self, name: &str, raw_value: &str) {
        let raw_value = raw_value.trim_matches(is_json_space);
        let places: Vec<_> = self
            .members
            .iter()
            .filter(|member| member.name == name)
            .map(|member| member.value_at.clone())
            .collect();
        if places.is_empty() {
            self.append(name, raw_value);
        } else {
            self.rewrite(places, raw_value);
        }
    }

    /// Removes a member (if the name is repeated, all of them), each with one comma. Returns whether it existed.
    pub fn remove(&mut self, name: &str) -> bool {
        let gone: Vec<bool> = self
            .members
            .iter()
            .map(|member| member.name == name)
            .collect();
        let cuts = self.cuts(&gone);
        if cuts.is_empty() {
            return false;
        }
        self.members.retain(|member| member.name != name);
        self.rewrite(cuts, "");
        true
    }

    /// The ranges to cut so that each marked member goes with one comma.
    fn cuts(&self, gone: &[bool]) -> Vec<Range<usize>> {
        let mut cuts = Vec::new();
        let mut next = 0;
        while let Some(first) = gone
            .iter()
            .skip(next)
            .position(|gone| *gone)
            .map(|ahead| next + ahead)
        {
            next = gone
                .iter()
                .skip(first)
                .position(|gone| !gone)
                .map_or(gone.len(), |ahead| first + ahead);
            let last = &self.members[next - 1];
            cuts.push(match (first.checked_sub(1), self.members.get(next)) {
                (Some(before), _) => self.members[before].value_at.end..last.value_at.end,
                (None, Some(after)) => self.members[first].name_at.start..after.name_at.start,
                (None, None) => self.members[first].name_at.start..last.value_at.end,
            });
        }
        cuts
    }

    fn append(&mut self, name: &str, raw_value: &str) {
        let (at, gap, colon) = self.spacing();
        let name_text = quote(name, false);
        let name_start = at + gap.len();
        let value_start = name_start + name_text.len() + colon.len();
        let member = Member {
            name: name.to_owned(),
            name_at: name_start..name_start + name_text.len(),
            value_at: value_start..value_start + raw_value.len(),
        };
        self.text
            .insert_str(at, &format!("{gap}{name_text}{colon}{raw_value}"));
        self.members.push(member);
    }

    /// Where a new last member goes, and which text stands before its name and around its colon. Both copy the last member's spacing.
    fn spacing(&self) -> (usize, String, String) {
        let (lead, last) = match &self.members[..] {
            [] => {
                let inside = self.text.find('{').map_or(0, |brace| brace + 1);
                return (inside, String::new(), ":".to_owned());
            }
            [.., before, last] => (&self.text[before.value_at.end..last.name_at.start], last),
            [last] => (&self.text[..last.name_at.start], last),
        };
        let colon = &self.text[last.name_at.end..last.value_at.start];
        let gap = match lead.rsplit_once('{') {
            None => lead.to_owned(),
            Some((_, lines)) if lines.contains('\n') => format!(",{lines}"),
            Some(_) => colon.replace(':', ",").trim_start().to_owned(),
        };
        let narrow = |text: String, plain: &str| {
            if text.len() > WIDEST_GAP {
                plain.to_owned()
            } else {
                text
            }
        };
        let colon = narrow(colon.to_owned(), ":");
        (last.value_at.end, narrow(gap, ","), colon)
    }

    /// Replaces each range (in order, not overlapping) by `with`, and moves the members' own ranges along. The work is linear.
    fn rewrite(&mut self, ranges: Vec<Range<usize>>, with: &str) {
        let mut text = String::with_capacity(self.text.len() + ranges.len() * with.len());
        let mut kept = 0;
        for range in &ranges {
            text.push_str(&self.text[kept..range.start]);
            text.push_str(with);
            kept = range.end;
        }
        text.push_str(&self.text[kept..]);
        self.text = text;

        let mut ranges = ranges.into_iter().peekable();
        let (mut removed, mut added) = (0, 0);
        let mut moved = |at: usize| {
            while let Some(range) = ranges.next_if(|range| range.end <= at) {
                removed += range.len();
                added += with.len();
            }
            at + added - removed
        };
        for member in &mut self.members {
            for place in [&mut member.name_at, &mut member.value_at] {
                *place = moved(place.start)..moved(place.end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::super::JsonLimits;
    use super::*;
    use proptest::prelude::*;

    const LIMITS: JsonLimits = JsonLimits {
        depth: 128,
        members: 100_000,
    };

    fn edited(text: &str, edit: impl FnOnce(&mut Members)) -> String {
        let mut members = Members::parse(text, LIMITS).unwrap();
        edit(&mut members);
        assert_eq!(
            Members::parse(members.text(), LIMITS).as_ref(),
            Ok(&members),
            "{text}"
        );
        members.text().to_owned()
    }

    #[test]
    fn a_member_is_set_in_its_place() {
        let table = [
            (
                r#"{"a":1,"exp":2,"c":3}"#,
                r#"{"a":1,"exp":1700000000,"c":3}"#,
            ),
            ("{ \"exp\" :  2 }", "{ \"exp\" :  1700000000 }"),
            (
                "{\n  \"a\": 1,\n  \"\\u0065xp\": \"x\"\n}\n",
                "{\n  \"a\": 1,\n  \"\\u0065xp\": 1700000000\n}\n",
            ),
            (
                r#"{"exp":"x","a":{"exp":1},"exp":3}"#,
                r#"{"exp":1700000000,"a":{"exp":1},"exp":1700000000}"#,
            ),
        ];
        for (text, expected) in table {
            assert_eq!(
                edited(text, |members| members.set("exp", " 1700000000\n")),
                expected
            );
        }
    }

    #[test]
    fn a_new_member_comes_last_spaced_like_the_one_before() {
        let table = [
            ("{}", "{\"a\\\"b\":1}"),
            (" { } ", " {\"a\\\"b\":1 } "),
            ("{\"x\":{}}", "{\"x\":{},\"a\\\"b\":1}"),
            ("{\"x\": {}}", "{\"x\": {}, \"a\\\"b\": 1}"),
            ("{ \"x\":1 }", "{ \"x\":1,\"a\\\"b\":1 }"),
            (
                "{\"x\": 1, \"y\": 2}",
                "{\"x\": 1, \"y\": 2, \"a\\\"b\": 1}",
            ),
            ("{\n  \"x\": 1\n}", "{\n  \"x\": 1,\n  \"a\\\"b\": 1\n}"),
            (
                "{\n  \"x\" : 1\n, \"y\" : 2\n}",
                "{\n  \"x\" : 1\n, \"y\" : 2\n, \"a\\\"b\" : 1\n}",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(edited(text, |members| members.set("a\"b", "1")), expected);
        }
    }

    #[test]
    fn wide_gaps_are_not_repeated() {
        let text = format!("{{\"x\":1,{}\"y\":2}}", " ".repeat(1000));
        assert_eq!(
            edited(&text, |members| members.set("z", "3")).len(),
            text.len() + ",\"z\":3".len()
        );
    }

    #[test]
    fn a_member_goes_with_one_comma() {
        let table = [
            ("{\"x\":1}", "{}"),
            ("{ \"x\" : 1 }", "{  }"),
            ("{\"x\":1,\"b\":2}", "{\"b\":2}"),
            ("{ \"x\": 1, \"b\": 2 }", "{ \"b\": 2 }"),
            ("{\"a\":1,\"x\":2,\"c\":3}", "{\"a\":1,\"c\":3}"),
            (
                "{\n  \"a\": 1,\n  \"x\": 2,\n  \"c\": 3\n}",
                "{\n  \"a\": 1,\n  \"c\": 3\n}",
            ),
            ("{\"a\":1 , \"x\":2 }", "{\"a\":1 }"),
            ("{\"x\":1,\"x\":2}", "{}"),
            (
                "{\"x\":1,\"x\":2,\"a\":{\"x\":0},\"x\":3,\"b\":4,\"x\":5}",
                "{\"a\":{\"x\":0},\"b\":4}",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(
                edited(text, |members| assert!(members.remove("x"))),
                expected
            );
        }
        assert_eq!(
            edited("{\"a\": 1}", |members| assert!(!members.remove("x"))),
            "{\"a\": 1}"
        );
    }

    #[test]
    fn an_object_is_built_from_nothing() {
        let mut members = Members::empty();
        for (name, value) in [
            ("sub", "\"alice\""),
            ("iat", "1"),
            ("é\n", "[]"),
            ("iat", "22"),
        ] {
            members.set(name, value);
        }
        assert_eq!(members.text(), "{\"sub\":\"alice\",\"iat\":22,\"é\\n\":[]}");
    }

    #[test]
    fn edits_of_nothing_but_duplicates_are_linear() {
        let text = format!(
            "{{\"pad\":\"{}\"{}}}",
            "x".repeat(1 << 20),
            ",\"a\":1".repeat(99_999)
        );
        let mut members = Members::parse(&text, LIMITS).unwrap();
        members.set("a", "12345");
        assert_eq!(members.text().len(), text.len() + 4 * 99_999);
        assert!(members.remove("a"));
        assert_eq!(members.iter().count(), 1);
    }

    /// An object of members with short names, so that many repeat, and white space in all places.
    fn object() -> impl Strategy<Value = String> {
        let space = "[ \n]{0,2}";
        let value = prop_oneof![
            "[1-9]{1,3}",
            "\"[a-zé,{}:]{0,4}\"",
            "\\[ ?\\]",
            "\\{\"a\":\\{ \\}\\}"
        ];
        let member = (space, "(a|b|c|é|\\\\u0061)", space, space, value, space)
            .prop_map(|(a, name, b, c, value, d)| format!("{a}\"{name}\"{b}:{c}{value}{d}"));
        (space, proptest::collection::vec(member, 0..6), space).prop_map(
            |(before, members, after)| format!("{before}{{{}}}{after}", members.join(",")),
        )
    }

    fn others(members: &Members, name: &str) -> Vec<(String, String)> {
        members
            .members
            .iter()
            .filter(|member| member.name != name)
            .map(|member| {
                (
                    members.text[member.name_at.clone()].to_owned(),
                    members.text[member.value_at.clone()].to_owned(),
                )
            })
            .collect()
    }

    proptest! {
        #[test]
        fn setting_keeps_every_other_member_byte_for_byte(text in object(), name in "[abcdé]", value in "[0-9]|\"[a-z]{3}\"|\\{\\}") {
            let before = Members::parse(&text, LIMITS).unwrap();
            let value = if value.starts_with('0') { "0" } else { &value };
            let mut after = before.clone();
            after.set(&name, value);
            prop_assert_eq!(Members::parse(after.text(), LIMITS).unwrap(), after.clone());
            prop_assert_eq!(others(&after, &name), others(&before, &name));
            prop_assert_eq!(after.raw(&name), Some(value));
            prop_assert_eq!(after.iter().count(), before.iter().count() + usize::from(before.raw(&name).is_none()));
        }

        #[test]
        fn removing_keeps_every_other_member_byte_for_byte(text in object(), name in "[abcdé]") {
            let before = Members::parse(&text, LIMITS).unwrap();
            let mut after = before.clone();
            prop_assert_eq!(after.remove(&name), before.raw(&name).is_some());
            prop_assert_eq!(Members::parse(after.text(), LIMITS).unwrap(), after.clone());
            prop_assert_eq!(others(&after, &name), others(&before, &name));
            prop_assert_eq!(after.raw(&name), None);
        }

        #[test]
        fn setting_and_removing_a_new_member_gives_the_text_back(text in object()) {
            let mut members = Members::parse(&text, LIMITS).unwrap();
            members.set("new", "1");
            members.remove("new");
            prop_assert_eq!(members.text(), text);
        }
    }
}
