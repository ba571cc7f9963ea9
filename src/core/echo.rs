//! Decides what a message may show of a value that somebody typed or set: a place, a name, or neither.
//!
//! A key that was pasted in place of its path must not end up in a log. So a message repeats a value only if its form says that it is the path or
//! the name that it should be. Of any other value the message gives the length and what it looks like ([`described`]).
use std::fmt;

use serde_json::Value;

/// The longest place that is shown, in characters.
const LONGEST_PLACE: usize = 120;
/// The longest name that is shown, in characters.
const LONGEST_NAME: usize = 40;

/// Endings of files that hold keys, secrets, settings or sessions.
const EXTENSIONS: [&str; 24] = [
    ".pem", ".key", ".crt", ".cer", ".cert", ".der", ".jwk", ".jwks", ".json", ".pub", ".p8",
    ".p12", ".pfx", ".pk8", ".asc", ".txt", ".secret", ".env", ".toml", ".py", ".bin", ".db",
    ".sqlite", ".sqlite3",
];

/// The fewest base64 characters in a row that can hold a key of 128 bits.
const KEY_IN_BASE64: usize = 22;

/// A path, an address, or another place of a key, a secret, a store or a file, if it may be shown: it looks like one, is short, and nothing in it looks like a secret.
#[must_use]
pub(crate) fn place(value: &str) -> Option<&str> {
    let lower = value.to_lowercase();
    let looks_like_one = value.contains('/')
        || (cfg!(windows) && value.contains('\\'))
        || EXTENSIONS.iter().any(|ending| lower.ends_with(ending));
    let hidden = value.chars().count() > LONGEST_PLACE
        || value.contains(|one: char| one.is_control() || one == '{')
        || value.contains("-----")
        || names_a_password(&lower)
        || has_login(value)
        || (value.contains('@') && !is_path(value))
        || value
            .split_once("://")
            .is_some_and(|(_, rest)| !is_plain_address(rest))
        || holds_random_base64(value);
    (looks_like_one && !hidden).then_some(value)
}

/// Whether the rest of an address, after its scheme, is only a host, an optional port of digits, and a path: no login, no query, and no second address.
fn is_plain_address(rest: &str) -> bool {
    let authority = rest.split('/').next().unwrap_or_default();
    let port = match authority.rsplit_once(']') {
        Some((_, behind)) => behind.trim_start_matches(':'),
        None => authority.split_once(':').map_or("", |(_, port)| port),
    };
    port.bytes().all(|byte| byte.is_ascii_digit())
        && !rest.contains("://")
        && !rest.contains(|one: char| one.is_whitespace() || "@?#".contains(one))
}

/// A name (of a profile, a variable, a command, a setting), if it may be shown: at most 40 of `A-Z a-z 0-9 _ . -`.
#[must_use]
pub(crate) fn name(value: &str) -> Option<&str> {
    let plain = |one: u8| one.is_ascii_alphanumeric() || b"_.-".contains(&one);
    let fits = (1..=LONGEST_NAME).contains(&value.len());
    (fits && value.bytes().all(plain)).then_some(value)
}

/// What a message says in place of a value: its length, and what it looks like if that is known.
#[must_use]
pub(crate) fn described(value: &str) -> String {
    let length = match value.chars().count() {
        1 => "a text of 1 character".to_owned(),
        many => format!("a text of {many} characters"),
    };
    let looks = SecretForm::in_text(value).map(|secret| secret.to_string());
    let looks = looks.or_else(|| Some(likeness(value)?.to_owned()));
    looks.map_or(length.clone(), |looks| {
        format!("{length} that looks like {looks}")
    })
}

/// What a value looks like, if its form does not make it a secret.
fn likeness(value: &str) -> Option<&'static str> {
    let trimmed = value.trim();
    if trimmed.starts_with("eyJ") && trimmed.matches('.').count() >= 2 {
        Some("a token")
    } else if trimmed.contains("-----BEGIN") {
        Some("a PEM file")
    } else if trimmed.starts_with(['{', '[']) && trimmed.contains("\"kty\"") {
        Some("a JWK")
    } else if trimmed.starts_with(['{', '[']) {
        Some("JSON")
    } else if is_connection_string(value) {
        Some("a connection string")
    } else if holds_random_base64(value) {
        Some("a key in base64 or hexadecimal")
    } else {
        None
    }
}

/// A text whose form makes it a secret, whatever it was meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecretForm {
    /// A private key in PEM, or in another text format that says so.
    PrivateKey,
    /// A private or symmetric JWK (RFC 7517), or a set with one.
    PrivateJwk,
    /// The JSON that cloud providers give to programs, with a private key in it.
    ServiceAccount,
    /// An address or a connection string with a password in it.
    Login,
}

impl SecretForm {
    /// Finds a secret in a text, only by its form. In JSON each string is examined by itself, without its escapes.
    #[must_use]
    pub(crate) fn in_text(text: &str) -> Option<Self> {
        if !Self::may_be_in(text.as_bytes()) {
            return None;
        }
        if let Some(value) = json_in(text) {
            // If a member is repeated, the parsed value lacks the first one.
            let in_all = || is_private_pem(text).then_some(Self::PrivateKey);
            return Self::in_json(&value).or_else(in_all);
        }
        if is_service_account(text) {
            Some(Self::ServiceAccount)
        } else if is_private_pem(text) {
            Some(Self::PrivateKey)
        } else if is_private_jwk(text) {
            Some(Self::PrivateJwk)
        } else if is_login(text) {
            Some(Self::Login)
        } else {
            None
        }
    }

    /// Whether a text is as long as a secret and has what each of them has: a sign of JSON or of a login, the `key` or `kty` of a key, or the first letters of a
    /// password's name. Most texts have not, and the search is long.
    #[must_use]
    pub(crate) fn may_be_in(text: &[u8]) -> bool {
        let is_sign = |pair: &[u8]| {
            matches!(pair[0], b'@' | b'{' | b'[' | b'"')
                || matches!(
                    (pair[0] | 0x20, pair[1] | 0x20),
                    (b'k', b'e' | b't') | (b'p', b'a' | b'w')
                )
        };
        text.len() >= 8 && (text.ends_with(b"@") || text.windows(2).any(is_sign))
    }

    fn in_json(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Self::in_text(text),
            Value::Array(values) => values.iter().find_map(Self::in_json),
            Value::Object(members) => {
                let is_text = |name| members.get(name).is_some_and(Value::is_string);
                if is_text("private_key") && (is_text("client_email") || is_text("private_key_id"))
                {
                    return Some(Self::ServiceAccount);
                }
                let private: &[&str] = match members.get("kty").and_then(Value::as_str) {
                    Some("oct") => &["k"],
                    Some("EC" | "RSA" | "OKP" | "AKP") => {
                        &["d", "p", "q", "dp", "dq", "qi", "oth", "priv"]
                    }
                    _ => &[],
                };
                if private.iter().any(|name| members.contains_key(*name)) {
                    return Some(Self::PrivateJwk);
                }
                members
                    .iter()
                    .find_map(|(name, value)| Self::in_text(name).or_else(|| Self::in_json(value)))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
        }
    }
}

/// The JSON of a text: the whole text, or the part after a name and a sign (`NAME:=JSON`, `NAME=JSON`).
fn json_in(text: &str) -> Option<Value> {
    let behind = |sign: &str| text.split_once(sign).map(|(_, json)| json);
    [Some(text), behind(":="), behind("=")]
        .into_iter()
        .flatten()
        .map(str::trim_start)
        .filter(|json| json.starts_with(['{', '[', '"']))
        .find_map(|json| serde_json::from_str(json).ok())
}

/// Completes "it looks like …".
impl fmt::Display for SecretForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PrivateKey => "a private key",
            Self::PrivateJwk => "a private JWK",
            Self::ServiceAccount => "the JSON of a service account, with its private key",
            Self::Login => "an address with a password in it",
        })
    }
}

/// Finds `-----BEGIN … PRIVATE KEY-----`, on lines of its own or on one line, with its dashes or its case changed; and the formats of `PuTTY` and age.
fn is_private_pem(text: &str) -> bool {
    /// `ENCRYPTED`, `OPENSSH`, `PGP …`: the longest label before these words is shorter.
    const LONGEST_LABEL: usize = 40;
    let upper = text.to_uppercase();
    let labelled = upper.match_indices("BEGIN").any(|(at, begin)| {
        let label: String = upper[at + begin.len()..]
            .chars()
            .take(LONGEST_LABEL)
            .collect();
        label.contains("PRIVATE") && label.contains("KEY")
    });
    labelled || upper.contains("AGE-SECRET-KEY-1") || upper.contains("PUTTY-USER-KEY-FILE-")
}

/// JSON without the backslashes of a text that holds it as a string, and with the quotes of JSON.
fn plain_json(text: &str) -> String {
    text.replace('\\', "").replace('\'', "\"")
}

fn is_service_account(text: &str) -> bool {
    text.contains("private_key") && {
        let text = plain_json(text);
        member(&text, "private_key") && (text.contains("BEGIN") || text.contains("service_account"))
    }
}

/// JSON that is cut or written as a program writes it.
fn is_private_jwk(text: &str) -> bool {
    if !text.contains("kty") {
        return false;
    }
    let text = plain_json(text);
    member(&text, "kty") && (member(&text, "d") || member(&text, "k"))
}

/// Whether a text that may be JSON has a member of this name.
fn member(text: &str, name: &str) -> bool {
    let quoted = format!("\"{name}\"");
    text.match_indices(&quoted)
        .any(|(at, quoted)| text[at + quoted.len()..].trim_start().starts_with(':'))
}

/// Words that name a password in a connection string or in the query of an address.
const PASSWORD_WORDS: [&str; 6] = ["password", "passwd", "pwd", "pass", "passphrase", "pw"];

/// Whether a password is set: `password=…`, `Pwd = …`, `pass%3d…`.
fn names_a_password(lower: &str) -> bool {
    if !lower.contains('=') && !lower.contains("%3d") {
        return false;
    }
    PASSWORD_WORDS.iter().any(|word| {
        lower.match_indices(word).any(|(at, word)| {
            let begins = !lower[..at].ends_with(|one: char| one.is_alphanumeric());
            let behind = &lower[at + word.len()..];
            let sign = behind.trim_start();
            let value = sign.strip_prefix('=').or_else(|| sign.strip_prefix("%3d"));
            // A blank only after the sign means that the word belongs to a sentence, not to a setting.
            let blanks = sign.len() < behind.len();
            begins
                && value.is_some_and(|value| {
                    let value = if blanks { value.trim_start() } else { value };
                    value.starts_with(|one: char| !one.is_whitespace())
                })
        })
    })
}

/// `:…@`: a login, however the rest of the address is written.
fn has_login(value: &str) -> bool {
    let behind_a_scheme = value.split_once("://").map_or(value, |(_, rest)| rest);
    behind_a_scheme
        .split_once(':')
        .is_some_and(|(_, rest)| rest.contains('@'))
}

/// Names of settings in connection strings (libpq, ADO.NET, ODBC, Go's and Python's drivers), without their blanks.
const SETTINGS: [&str; 17] = [
    "host",
    "hostaddr",
    "server",
    "addr",
    "address",
    "datasource",
    "networkaddress",
    "dbname",
    "database",
    "initialcatalog",
    "user",
    "userid",
    "uid",
    "username",
    "port",
    "service",
    "driver",
];

/// Whether a word without blanks has `user:password@` after a scheme.
fn has_authority_with_password(word: &str) -> bool {
    // A password may contain a slash that was not encoded, so it reaches up to the last @.
    let Some((before, _)) = word.rsplit_once('@') else {
        return false;
    };
    before.match_indices("://").any(|(at, slashes)| {
        let login = &before[at + slashes.len()..];
        login.split_once(':').is_some_and(|(user, password)| {
            let port = password.trim_start_matches(|one: char| one.is_ascii_digit());
            !password.is_empty() && !user.contains('/') && !port.starts_with('/')
        })
    })
}

/// An address with a password: an authority of `user:password@`, a query or a connection string that sets one.
fn is_login(text: &str) -> bool {
    let lower = text.to_lowercase();
    let in_an_authority = lower
        .split(|one: char| one.is_whitespace() || "\"'`<>".contains(one))
        .any(has_authority_with_password);
    // Go's driver for MySQL: u:pw@tcp(host:3306)/database.
    let at_a_protocol = ["@tcp(", "@tcp6(", "@unix(", "@udp("]
        .iter()
        .any(|protocol| {
            lower
                .split_once(protocol)
                .is_some_and(|(login, _)| login.contains(':'))
        });
    // postgres:u:pw@h, without the slashes.
    let without_slashes = lower
        .split(|one: char| one.is_whitespace() || "\"',{}[]".contains(one))
        .filter_map(|word| word.rsplit_once('@'))
        .flat_map(|(before, _)| before.split('@'))
        .any(|before| {
            // The first of several leaves the longest rest, which contains the rest of every other.
            let rest = |scheme: &&str| {
                before
                    .split_once(&format!("{scheme}:"))
                    .map(|(_, rest)| rest)
            };
            DATABASES
                .iter()
                .filter_map(rest)
                .any(|login| login.contains(':'))
        });
    let by_settings = names_a_password(&lower) && {
        let packed: String = lower.chars().filter(|one| *one != ' ').collect();
        let in_a_query = lower.contains("://") || lower.contains("jdbc:");
        in_a_query
            || SETTINGS
                .iter()
                .any(|name| packed.contains(&format!("{name}=")))
    };
    in_an_authority || at_a_protocol || without_slashes || by_settings
}

/// Schemes of databases and other servers that a user might try as a store.
const DATABASES: [&str; 16] = [
    "postgres",
    "postgresql",
    "psql",
    "pgsql",
    "mysql",
    "mariadb",
    "mssql",
    "sqlserver",
    "oracle",
    "mongodb",
    "redis",
    "rediss",
    "cockroachdb",
    "amqp",
    "amqps",
    "sqlite",
];

/// The scheme of a database's address (`mysql://…`), as it may be shown.
#[must_use]
pub(crate) fn database(value: &str) -> Option<&str> {
    let (scheme, _) = value.split_once("://")?;
    DATABASES.contains(&scheme).then_some(scheme)
}

/// Whether a file or folder with this name may be created: the value has the form of a path, or may be shown as one.
#[must_use]
pub(crate) fn may_be_made(value: &str) -> bool {
    (is_path(value) && SecretForm::in_text(value).is_none()) || place(value).is_some()
}

/// Whether a command may write a file with this name. Here a bare name is common, and allowed.
#[must_use]
pub(crate) fn may_be_written(value: &str) -> bool {
    may_be_made(value) || (name(value).is_some() && !holds_random_base64(value))
}

/// Whether a value is clearly a path.
fn is_path(value: &str) -> bool {
    let drive = matches!(value.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    drive
        || ["/", "./", "../", "~/"]
            .iter()
            .any(|start| value.starts_with(start))
}

/// Whether a value has the form of a connection string. Values that are clearly paths (`/…`, `./…`, `../…`, `~/…`) do not count.
#[must_use]
pub(crate) fn is_connection_string(value: &str) -> bool {
    if is_path(value) {
        return false;
    }
    let lower = value.trim().to_lowercase();
    let scheme = lower.split_once(':').map_or("", |(scheme, _)| scheme);
    // A single letter is a drive on Windows.
    let is_scheme = scheme.len() > 1
        && scheme
            .chars()
            .all(|one| one.is_ascii_alphanumeric() || "+-.".contains(one));
    let by_scheme = lower.contains("://")
        || (is_scheme
            && (["jdbc", "odbc", "file", "dotenv", "data", "http", "https"].contains(&scheme)
                || DATABASES.contains(&scheme)
                || DATABASES
                    .iter()
                    .any(|database| scheme.starts_with(&format!("{database}+")))));
    let packed: String = lower.chars().filter(|one| *one != ' ').collect();
    let by_settings = packed
        .split([';', ',', '&', '?'])
        .chain(lower.split_whitespace())
        .filter_map(|part| part.split_once('='))
        .any(|(name, _)| SETTINGS.contains(&name.trim()));
    by_scheme || by_settings || lower == ":memory:" || names_a_password(&lower) || has_login(value)
}

/// Whether the text has as many base64 or hexadecimal characters in a row as a key, as mixed as in random text: in base64 of random bytes the kind of
/// character changes at every second place, but seldom in the words of a path.
fn holds_random_base64(value: &str) -> bool {
    let path = is_path(value);
    let in_base64 =
        |one: char| one.is_ascii_alphanumeric() || "+_-=".contains(one) || (!path && one == '/');
    let runs = value.split(|one| !in_base64(one));
    runs.filter(|run| run.len() >= KEY_IN_BASE64).any(|run| {
        let kinds: Vec<u8> = run
            .bytes()
            .filter_map(|byte| match byte {
                b'a'..=b'z' => Some(0),
                b'A'..=b'Z' => Some(1),
                b'0'..=b'9' => Some(2),
                _ => None,
            })
            .collect();
        // The window is as long as the shortest key, so that words around a key do not hide it.
        kinds.windows(KEY_IN_BASE64).any(|window| {
            let changes = window.windows(2).filter(|pair| pair[0] != pair[1]).count();
            // A clear path may contain a UUID or a hash, which has only small letters and digits.
            let of_a_path = path && !(window.contains(&0) && window.contains(&1));
            changes * 3 >= KEY_IN_BASE64 && !of_a_path
        })
    })
}

/// The most things that a message lists.
const MOST_LISTED: usize = 20;

/// A list for a message, with a mark between its items. Of many, the first ones and how many more there are.
#[must_use]
pub(crate) fn listed(items: &[String], mark: &str) -> String {
    let (first, more) = items.split_at(items.len().min(MOST_LISTED));
    let text = first.join(mark);
    match more.len() {
        0 => text,
        count => format!("{text}{mark}and {count} more"),
    }
}

/// Whether a terminal might act on a character, or a reader be misled by it: C0, DEL, C1, and characters without a shape of their own (Unicode's `Cf`, line and
/// paragraph separators, fillers, variation selectors, tags).
#[must_use]
pub(crate) const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Soft hyphen, combining grapheme joiner, Arabic and Syriac format marks.
        | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        // Fillers that look like a space and are letters.
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{3164}' | '\u{ffa0}'
        | '\u{180b}'..='\u{180f}'
        // Zero width, bidi marks, separators, overrides, isolates, invisible operators.
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests;
