//! Reads HTTP messages as `curl -i` and `curl -v` print them.
use super::candidate::is_name;

/// The parts of a message.
#[derive(Debug, Default)]
pub(super) struct Message<'t> {
    /// The status, if the message is an answer.
    pub(super) status: Option<u16>,
    /// The header lines, in their order. Of an exchange, those of the last answer, then those of the last request.
    pub(super) headers: Vec<(&'t str, &'t str)>,
    /// The text after the headers.
    pub(super) body: &'t str,
}

/// Reads a message or an exchange. Of several answers in a row (`100 Continue`, redirects) the last counts. `None` if the text is neither.
pub(super) fn read(text: &str) -> Option<Message<'_>> {
    if text.lines().any(|line| line.starts_with("< HTTP/")) {
        return Some(verbose(text));
    }
    if !is_start(text.lines().next()?) {
        return None;
    }
    let mut message = Message::default();
    let mut rest = text;
    while let Some((line, behind)) = next_line(rest) {
        if !is_start(line) {
            break;
        }
        message = Message {
            status: status(line),
            ..Message::default()
        };
        rest = behind;
        while let Some((line, behind)) = next_line(rest) {
            rest = behind;
            if line.is_empty() {
                break;
            }
            message.headers.extend(header(line));
        }
    }
    message.body = rest.trim();
    Some(message)
}

/// Reads the output of `curl -v`. It puts `>` before what was sent, `<` before what came, `*` before its own messages, and nothing before the body.
fn verbose(text: &str) -> Message<'_> {
    let mut message = Message::default();
    let mut sent = Vec::new();
    let mut body: Option<(usize, usize)> = None;
    let mut at = 0;
    let mut rest = text;
    while let Some((line, behind)) = next_line(rest) {
        let next = at + rest.len() - behind.len();
        if let Some(answer) = line.strip_prefix("< ") {
            if answer.starts_with("HTTP/") {
                message.status = status(answer);
                message.headers.clear();
                body = None;
            }
            message.headers.extend(header(answer));
        } else if let Some(asked) = line.strip_prefix("> ") {
            if is_start(asked) {
                sent.clear();
            }
            sent.extend(header(asked));
        } else if !is_talk(line) {
            body = Some((body.map_or(at, |(begin, _)| begin), next));
        }
        at = next;
        rest = behind;
    }
    message.headers.extend(sent);
    message.body = body
        .and_then(|(begin, end)| text.get(begin..end))
        .unwrap_or_default()
        .trim();
    message
}

fn is_talk(line: &str) -> bool {
    // Lines such as `{ [12 bytes data]` are curl's own. In a body, a quote follows the brace, or nothing.
    line.is_empty()
        || [">", "<"].contains(&line)
        || ["* ", "{ [", "} ["]
            .iter()
            .any(|talk| line.starts_with(talk))
}

fn next_line(text: &str) -> Option<(&str, &str)> {
    if text.is_empty() {
        return None;
    }
    let (line, behind) = text.split_once('\n').unwrap_or((text, ""));
    Some((line.strip_suffix('\r').unwrap_or(line), behind))
}

/// Whether a line starts a message: `HTTP/1.1 200 OK`, or `GET /path HTTP/1.1`.
fn is_start(line: &str) -> bool {
    line.starts_with("HTTP/")
        || line
            .rsplit_once(' ')
            .is_some_and(|(_, version)| version.starts_with("HTTP/"))
}

fn status(line: &str) -> Option<u16> {
    line.strip_prefix("HTTP/")?.split(' ').nth(1)?.parse().ok()
}

fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    is_name(name).then(|| (name, value.trim()))
}
