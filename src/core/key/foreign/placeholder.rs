//! Texts that stand in a secret's place: a reference to it, a template that nobody filled in, a file that it is encrypted in or one of whose lines it is.
use serde_json::Value;

/// A text that is no secret: what it is, with its article, and the way to the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} can't be used as an HMAC secret")]
pub struct NoSecret {
    /// What it is.
    pub what: &'static str,
    /// What to do instead.
    pub advice: &'static str,
}

const FILL_IN: &str = "no program filled it in: give what it stands for";
const RESOLVE: &str =
    "let its own tool put the secret into a variable, and name that: `--secret env:NAME`";

/// What the text is, if it is one that is met where a secret should be. Each is told by all of its text, or by a first line that no secret has.
pub(in crate::core) fn no_secret(bytes: &[u8]) -> Option<NoSecret> {
    let found = |what, advice| Some(NoSecret { what, advice });
    if bytes.starts_with(b"\0GITCRYPT\0") {
        return found(
            "a file that git-crypt encrypted",
            "unlock the repository: `git-crypt unlock`",
        );
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(text).ok()?.trim();
    if text.starts_with("version https://git-lfs.github.com/spec/") {
        return found(
            "a Git LFS pointer",
            "fetch the file that it stands for: `git lfs pull`",
        );
    }
    if text.contains(';') && text.contains("$ANSIBLE_VAULT;") {
        return found(
            "an Ansible vault",
            "give what is in it: `ansible-vault view FILE | jwtsess … --secret file:-`",
        );
    }
    if text.contains('[') && text.contains("ENC[AES256_GCM,") {
        return found(
            "a file that sops encrypted",
            "give what is in it: `sops -d --extract '[\"NAME\"]' FILE | jwtsess … --secret file:-`",
        );
    }
    if is_redacted(text) {
        return found(
            "a masked value",
            "what showed it had blotted the secret out: take it from where it is kept",
        );
    }
    if is_nothing(text) {
        return found(
            "a value that is not set",
            "it is what a program prints for one: is the name right that it was asked for?",
        );
    }
    if is_number(text) {
        return found("a JSON number", "give the secret itself, in no JSON");
    }
    if is_template(text) {
        return found("a template", FILL_IN);
    }
    if is_reference(text) {
        return found("a reference to a secret", RESOLVE);
    }
    match parts_of_token(text) {
        Some(3) => {
            return found(
                "a token (JWT)",
                "the token is an argument of its own; give the key, in PEM, as a JWK, or the secret itself",
            );
        }
        Some(5) => {
            return found(
                "an encrypted token (JWE)",
                "it is no key; give the key, in PEM, as a JWK, or the secret itself",
            );
        }
        _ => {}
    }
    match settings(text)? {
        Settings::DotEnv => found(
            "a file of settings (.env)",
            "name the one that holds the secret: `--secret dotenv:FILE#NAME`",
        ),
        Settings::Python => found(
            "a file of settings in Python",
            "give its `SECRET_KEY` alone; from a .env file: `--secret dotenv:FILE#NAME`",
        ),
    }
}

/// Stars or bullets alone, or a word for that.
fn is_redacted(text: &str) -> bool {
    let words = [
        "<redacted>",
        "[redacted]",
        "[masked]",
        "[filtered]",
        "<hidden>",
        "<sensitive>",
        "(sensitive value)",
        "<secret-hidden>",
    ];
    let blot = |character| matches!(character, '*' | '•' | '●' | '█');
    !text.is_empty() && text.chars().all(blot)
        || words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The scalars of JSON but strings, and how other languages write nothing.
fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "null"
            | "true"
            | "false"
            | "undefined"
            | "None"
            | "True"
            | "False"
            | "nil"
            | "NaN"
            | "<nil>"
            | "<no value>"
            | "\"\""
            | "''"
    )
}

/// A number of JSON too short for a secret; a long one may well be one.
fn is_number(text: &str) -> bool {
    text.len() < 4
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_number())
}

/// A whole text that something else was to be put in the place of.
fn is_template(text: &str) -> bool {
    let between = |open: &str, close: &str| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(open) && !inner.contains('\n')).then_some(inner.trim())
    };
    let name = |text: &str| {
        let rest = text.trim_start_matches(|character: char| {
            character.is_ascii_alphanumeric() || "_.".contains(character)
        });
        rest.len() < text.len()
            && text.starts_with(|character: char| character.is_ascii_alphabetic() || character == '_')
            // What is taken where the variable is not set.
            && (rest.is_empty() || rest.starts_with([':', '-', '?', '[']))
    };
    let loud = |name: &str| name.contains('_') && name.len() > 4 && is_loud(name);
    between("${{", "}}").is_some()
        || between("{{", "}}").is_some_and(|inner| !inner.is_empty())
        || between("<%=", "%>").is_some()
        || between("$(", ")").is_some_and(name)
        || between("${", "}").is_some_and(name)
        || between("%", "%").is_some_and(loud)
        || text.strip_prefix('$').is_some_and(loud)
        || text.strip_prefix("$env:").is_some_and(name)
}

/// `JWT_SECRET`: a name as variables and settings have it, in which chance puts no random text.
fn is_loud(name: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(letters)
        && name.bytes().any(|byte| byte.is_ascii_uppercase())
        && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// The address of a secret in a manager of secrets.
fn is_reference(text: &str) -> bool {
    let schemes = [
        "op://",
        "vault:",
        "vault://",
        "ref+",
        "arn:aws:secretsmanager:",
        "arn:aws:ssm:",
        "ssm:/",
        "ssm://",
        "awssm://",
        "gcpsm://",
        "sm://",
        "akv://",
        "azkv://",
        "keyvault:",
        "keyvault://",
        "@Microsoft.KeyVault(",
        "secretref:",
        "bws://",
        "doppler://",
        "infisical://",
        "keyring://",
        "{{resolve:",
        "!vault",
    ];
    let google = text.starts_with("projects/") && text.contains("/secrets/");
    (google || schemes.iter().any(|scheme| text.starts_with(scheme)))
        && !text.contains(char::is_whitespace)
        || text.starts_with("!vault ")
}

/// How many parts it has in base64url, if the first is an object in JSON.
fn parts_of_token(text: &str) -> Option<usize> {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (text.starts_with("eyJ") && text.bytes().all(letters)).then(|| text.split('.').count())
}

enum Settings {
    DotEnv,
    Python,
}

/// Lines of names and values, of which one may be the secret.
fn settings(text: &str) -> Option<Settings> {
    if !text.contains('=') {
        return None;
    }
    let lines = || {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
    };
    if lines().all(|line| assigned(line).is_some()) {
        let mut count = 0;
        let mut speaking = false;
        for (name, value) in lines().filter_map(assigned) {
            count += 1;
            // In base64 a `=` stands at the end alone. Random texts of one line have a name in capitals before a `=` once in a million times.
            let parts_are_long = || name.split('_').all(|part| part.len() > 1);
            speaking |= name.contains('_')
                && is_loud(name)
                && parts_are_long()
                && !value.trim_matches('=').is_empty();
        }
        if count > 1 || speaking {
            return Some(Settings::DotEnv);
        }
    }
    let is_python = |line: &str| {
        let Some((name, value)) = line.split_once('=') else {
            return false;
        };
        let (name, value) = (name.trim(), value.trim());
        name.len() > 3
            && is_loud(name)
            && value.starts_with(['\'', '"', '[', '{', '(', 'o', 'e', 'T', 'F', 'B'])
            && !value.starts_with('=')
    };
    let sets = lines().filter(|line| is_python(line)).count();
    let spaced = text.contains(" = ");
    (sets > 1 || sets == 1 && spaced).then_some(Settings::Python)
}

/// A line of a .env file.
fn assigned(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let letters = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let is_name = !name.is_empty()
        && name.chars().all(letters)
        && !name.starts_with(|first: char| first.is_ascii_digit());
    is_name.then_some((name, value))
}
