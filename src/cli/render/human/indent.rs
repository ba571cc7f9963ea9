//! Writes JSON text on several lines. Only the white space between its tokens changes; numbers, order, escapes and duplicates stay as they were written.

/// Re-indents a JSON text (it must be JSON). The first line is not indented, the others by `level` levels. There is no final line break.
///
/// It takes time linear in its output, and does not recurse.
#[must_use]
pub(super) fn indented(json: &str, level: usize) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = level;
    let mut characters = json.chars().peekable();
    let mut in_string = false;
    while let Some(character) = characters.next() {
        if in_string {
            text.push(character);
            match character {
                '\\' => text.extend(characters.next()),
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match character {
            ' ' | '\t' | '\n' | '\r' => {}
            '{' | '[' => {
                text.push(character);
                while characters.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(end) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    text.push(end);
                } else {
                    depth += 1;
                    begin_line(&mut text, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                begin_line(&mut text, depth);
                text.push(character);
            }
            ',' => {
                text.push(',');
                begin_line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            '"' => {
                in_string = true;
                text.push('"');
            }
            other => text.push(other),
        }
    }
    text
}

/// Deeper levels are not indented further: a text of nothing but brackets must not fill the memory with blanks.
const DEEPEST: usize = 20;

fn begin_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
}

#[cfg(test)]
mod tests {
    use super::indented;

    #[test]
    fn words_stay_and_white_space_between_them_is_ours() {
        for (json, expected) in [
            ("{}", "{}"),
            ("{ }", "{}"),
            ("[ [ ] ]", "[\n  []\n]"),
            (
                "{\"a\":1.0e5,\"a\" : \"x, {y}: \\\" [\"}",
                "{\n  \"a\": 1.0e5,\n  \"a\": \"x, {y}: \\\" [\"\n}",
            ),
            (
                "{\"b\":{\"c\":[1,{}]}}",
                "{\n  \"b\": {\n    \"c\": [\n      1,\n      {}\n    ]\n  }\n}",
            ),
            ("12345678901234567890", "12345678901234567890"),
        ] {
            assert_eq!(indented(json, 0), expected);
        }
        assert_eq!(indented("{\"a\":1}", 1), "{\n    \"a\": 1\n  }");
    }
}
