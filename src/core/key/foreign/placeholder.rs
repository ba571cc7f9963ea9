//! Texts given in place of a secret: a reference to it, a template that was not filled in, an encrypted file, or a file with the secret on one of its lines.
use serde_json::Value;

/// A text that is not a secret: what it is, with its article, and how to get the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} can't be used as an HMAC secret")]
pub struct NoSecret {
    /// What it is.
    pub what: &'static str,
    /// What to do instead.
    pub advice: &'static str,
}

const FILL_IN: &str = "no program filled it in: give the value that it stands for";
const RESOLVE: &str = "let the vault's own tool put the secret into a variable, and name that variable: `--secret env:NAME`";

/// Says what the text is, if it is often given in place of a secret. It is recognised by the whole text, or by a first line that no secret has.
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
            "give its content: `ansible-vault view FILE | jwtsess … --secret file:-`",
        );
    }
    if text.contains('[') && text.contains("ENC[AES256_GCM,") {
        return found(
            "a file that sops encrypted",
            "give its content: `sops -d --extract '[\"NAME\"]' FILE | jwtsess … --secret file:-`",
        );
    }
    if is_redacted(text) {
        return found(
            "a masked value",
            "the program that showed it had hidden the secret: take it from where it is kept",
        );
    }
    if is_nothing(text) {
        return found(
            "a value that is not set",
            "a program prints this for a missing value: check the name that it was asked for",
        );
    }
    if is_number(text) {
        return found("a JSON number", "give the secret itself, not as JSON");
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
                "give the token as an argument of its own; here, give the key as PEM or as a JWK, or the secret itself",
            );
        }
        Some(5) => {
            return found(
                "an encrypted token (JWE)",
                "give the key as PEM or as a JWK, or the secret itself",
            );
        }
        _ => {}
    }
    match settings(text)? {
        SettingsFile::DotEnv => found(
            "a file of settings (.env)",
            "name the setting that holds the secret: `--secret dotenv:FILE#NAME`",
        ),
        SettingsFile::Python => found(
            "a file of settings in Python",
            "give only its `SECRET_KEY`; from a .env file: `--secret dotenv:FILE#NAME`",
        ),
    }
}

/// Only stars or bullets, or a word for a hidden value.
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

/// The scalars of JSON except strings, and the words of other languages for no value.
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

/// A template: a whole text that something else should replace.
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
            // The default for a variable that is not set.
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

/// A name such as `JWT_SECRET`, as variables and settings have. Random text hardly ever looks like one.
fn is_loud(name: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(letters)
        && name.bytes().any(|byte| byte.is_ascii_uppercase())
        && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// The address of a secret in a secret manager.
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

/// How many base64url parts it has, if the first is a JSON object.
fn parts_of_token(text: &str) -> Option<usize> {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (text.starts_with("eyJ") && text.bytes().all(letters)).then(|| text.split('.').count())
}

enum SettingsFile {
    DotEnv,
    Python,
}

/// Lines of names and values, one of which may be the secret.
fn settings(text: &str) -> Option<SettingsFile> {
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
            // In base64 a `=` only comes at the end. One in a million random lines has a name in capitals before a `=`.
            let parts_are_long = || name.split('_').all(|part| part.len() > 1);
            speaking |= name.contains('_')
                && is_loud(name)
                && parts_are_long()
                && !value.trim_matches('=').is_empty();
        }
        if count > 1 || speaking {
            return Some(SettingsFile::DotEnv);
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
    (sets > 1 || sets == 1 && spaced).then_some(SettingsFile::Python)
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
