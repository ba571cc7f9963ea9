//! Reads `~/.pgpass`, whose lines are `host:port:database:user:password` (PostgreSQL, "The Password File").
use super::address::Host;
use crate::core::secret::Secret;

/// The password of the first line that fits. `*` fits anything; `\` takes away the meaning of the next character.
pub(super) fn password(file: &Secret, host: &Host, database: &str, user: &str) -> Option<Secret> {
    let port = host.port.to_string();
    let wanted = [host.name.as_str(), &port, database, user];
    file.expose()
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.starts_with(b"#"))
        .find_map(|line| {
            let mut rest = line;
            for (at, wanted) in wanted.iter().enumerate() {
                let (field, behind) = field(rest)?;
                // A socket is named by its folder. libpq takes `localhost` for the usual folder; here it fits every socket.
                let socket = at == 0 && host.is_socket() && field == b"localhost";
                if field != wanted.as_bytes() && !socket && raw_star(rest) != Some(b':') {
                    return None;
                }
                rest = behind;
            }
            Some(Secret::new(unescaped(rest)))
        })
        .filter(|password| !password.is_empty())
}

/// The byte behind a `*` at the start, if the text starts so.
fn raw_star(rest: &[u8]) -> Option<u8> {
    match rest {
        [b'*', behind, ..] => Some(*behind),
        _ => None,
    }
}

/// Splits off the first field, without its escapes. Returns it with what follows its colon.
fn field(line: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut at = 0;
    while at < line.len() {
        match line[at] {
            b':' => return Some((unescaped(&line[..at]), &line[at + 1..])),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        let (byte, taken) = if let (b'\\', [next, ..]) = (first, behind) {
            (*next, 2)
        } else {
            (*first, 1)
        };
        bytes.push(byte);
        rest = &rest[taken..];
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, name: &str, port: u16, database: &str, user: &str) -> Option<Vec<u8>> {
        let file = Secret::new(file.as_bytes().to_vec());
        let name = name.to_owned();
        password(&file, &Host { name, port }, database, user)
            .map(|password| password.expose().to_vec())
    }

    #[test]
    fn the_first_line_that_fits_has_the_password() {
        let file = "# db:5432:app:alice:comment\r\nother:5432:app:alice:1\ndb:5432:app:alice:2\r\ndb:*:*:bob:with\\:colon:and\\\\slash\nlocalhost:*:*:*:socket\n*:*:*:carol:any\n*:5432:a\\:b:*:escaped\n\\*:5432:app:dave:star\ndb:5432:app:eve:\nshort:line\n";
        let table = [
            ("db", 5432, "app", "alice", Some("2")),
            ("DB", 5432, "app", "alice", None),
            ("db", 5433, "app", "alice", None),
            ("db", 1, "x", "bob", Some("with:colon:and\\slash")),
            ("/run/postgresql", 5432, "app", "alice", Some("socket")),
            ("anything", 9, "x", "carol", Some("any")),
            ("db", 5432, "a:b", "alice", Some("escaped")),
            ("db", 5432, "app", "dave", None),
            ("*", 5432, "app", "dave", Some("star")),
            ("db", 5432, "app", "eve", None),
        ];
        for (name, port, database, user, expected) in table {
            assert_eq!(
                found(file, name, port, database, user).as_deref(),
                expected.map(str::as_bytes),
                "{name} {port} {database} {user}"
            );
        }
        assert_eq!(found("", "db", 5432, "app", "alice"), None);
    }
}
