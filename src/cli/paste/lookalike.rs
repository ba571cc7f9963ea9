//! Names what looks like a token and is none: another format, another service's credential, a placeholder, a token that was changed on the way.
//!
//! Every form leads on to the token. A text is asked only after it failed to be read as a token, so a valid token never meets these rules.
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::candidate::{Role, begins_a_token, is_name, is_of_a_token, looks_like_a_token};
use super::lines;

/// What a text is that was given for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lookalike {
    /// What it is, as a sentence.
    pub says: &'static str,
    /// How to get at the token, or at what the text tells.
    pub way: &'static str,
    /// Whether only its server can read it.
    pub opaque: bool,
}

const fn form(says: &'static str, way: &'static str) -> Lookalike {
    Lookalike {
        says,
        way,
        opaque: false,
    }
}

const fn opaque(says: &'static str, way: &'static str) -> Lookalike {
    Lookalike {
        says,
        way,
        opaque: true,
    }
}

/// Names a text that is not a token, if it has a known form.
#[must_use]
pub(crate) fn lookalike(text: &str) -> Option<Lookalike> {
    let whole = text.trim();
    let text = lines::bare(whole);
    let text = lines::bare(text.strip_prefix("Authorization: ").unwrap_or(text));
    of_nothing(text)
        .or_else(|| of_utf16(text))
        .or_else(|| of_json(text))
        .or_else(|| of_markup(whole))
        .or_else(|| of_word(text))
}

fn of_word(text: &str) -> Option<Lookalike> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    of_a_changed_token(text)
        .or_else(|| of_prefix(text))
        .or_else(|| of_cookie(text))
        .or_else(|| of_parts(text))
        .or_else(|| of_base64(text))
}

/// What programs print where a value is missing, and what examples print in its place.
fn of_nothing(text: &str) -> Option<Lookalike> {
    const MISSING: [&str; 10] = [
        "undefined",
        "null",
        "none",
        "nil",
        "nan",
        "(null)",
        "<nil>",
        "true",
        "false",
        "\"\"",
    ];
    let word = text.to_ascii_lowercase();
    let word = ["bearer ", "jwt ", "token "]
        .iter()
        .find_map(|scheme| word.strip_prefix(scheme))
        .unwrap_or(&word);
    if MISSING.contains(&word) {
        return Some(form(
            "this is what a program prints where a value is missing (undefined, null, None), not a token",
            "the program that wrote it had no token: look at its login, and at the name of the field that it reads",
        ));
    }
    if word.starts_with("[object ") || word.starts_with("promise {") || word.starts_with("<object ")
    {
        return Some(form(
            "this is what a program prints for an object, not a token",
            "take the field that holds the token (answer.access_token, say), and wait for the answer before you read it",
        ));
    }
    let wraps = |open: &str, close: &str| word.starts_with(open) && word.ends_with(close);
    let is_variable = word.strip_prefix('$').is_some_and(|name| {
        let name = name
            .trim_start_matches(['{', '('])
            .trim_end_matches(['}', ')']);
        is_name(name)
    });
    let is_placeholder = is_variable
        || wraps("{{", "}}")
        || wraps("%", "%") && word.len() > 2
        || !word.is_empty() && word.trim_matches(['*', '•', 'x', '.', '…']).is_empty()
        || [
            "token",
            "your_token",
            "your-token",
            "your_jwt",
            "your-jwt-here",
            "jwt",
        ]
        .contains(&word);
    is_placeholder.then(|| {
        form(
            "this is a placeholder, or a masked value, not a token",
            "put the token itself in its place; in single quotes the shell expands no $NAME: use double quotes",
        )
    })
}

/// A text in UTF-16 that went through a shell or was read as UTF-8.
fn of_utf16(text: &str) -> Option<Lookalike> {
    let is_it = text.contains('\0') || text.starts_with("\u{fffd}\u{fffd}ey");
    is_it.then(|| {
        form(
            "this is text in UTF-16, as PowerShell's > writes it",
            "write it in UTF-8: Set-Content -Encoding ascii FILE; or convert it: iconv -f UTF-16 -t UTF-8 FILE | jwtsess inspect",
        )
    })
}

fn of_json(text: &str) -> Option<Lookalike> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let object: Map<String, Value> = serde_json::from_str(text).ok()?;
    let has = |name: &str| object.contains_key(name);
    Some(if has("payload") && has("signatures") {
        form(
            "this is a JWS in its JSON serialisation (RFC 7515 §7.2.1), not in the compact form that a JWT has",
            r#"make the compact form of it: jq -r '[.signatures[0].protected, .payload, .signatures[0].signature] | join(".")' FILE"#,
        )
    } else if has("payload") && has("signature") {
        form(
            "this is a JWS in its flattened JSON serialisation (RFC 7515 §7.2.2), not in the compact form that a JWT has",
            r#"make the compact form of it: jq -r '[.protected, .payload, .signature] | join(".")' FILE"#,
        )
    } else if has("ciphertext") {
        form(
            "this is a JWE in its JSON serialisation (RFC 7516 §7.2): it is encrypted",
            "only its recipient's key can open it: jwtsess reads signed tokens",
        )
    } else if has("keys") || has("kty") {
        form(
            "this is a key or a key set, not a token",
            "give the token itself; to give a key, use --key FILE; to describe a key: jwtsess key show FILE",
        )
    } else if has("type") && has("private_key_id") {
        form(
            "this is a service account's key file, not a token",
            "give the token itself; to give a key, use --key FILE",
        )
    } else if has("exp") || has("iat") || has("sub") {
        form(
            "these are the claims of a token, without its header and signature",
            "give the token itself; to sign claims: jwtsess encode @FILE",
        )
    } else {
        return None;
    })
}

fn of_markup(text: &str) -> Option<Lookalike> {
    const STARTS: [&str; 4] = ["<saml", "<?xml", "PHNhbW", "PD94bWwg"];
    STARTS.iter().any(|start| text.starts_with(start)).then(|| {
        form(
            "this is XML, as SAML's answers and assertions are, not a token",
            "take the token that the service gave in exchange for it",
        )
    })
}

/// A token that its way here changed.
fn of_a_changed_token(text: &str) -> Option<Lookalike> {
    let upper = text.to_ascii_uppercase();
    if begins_a_token(text)
        && ["%2E", "%3D", "%20", "%2B"]
            .iter()
            .any(|code| upper.contains(code))
        || upper.starts_with("BEARER%20")
        || upper.starts_with("S%3A")
    {
        return Some(form(
            "this text is percent-encoded, as it stands in a URL or a cookie",
            "decode it first: python3 -c 'import sys, urllib.parse as u; print(u.unquote(sys.stdin.read()))' < FILE",
        ));
    }
    if begins_a_token(text) && (text.ends_with("...") || text.contains('…')) {
        return Some(form(
            "this token was shortened for display: … or ... stands where the rest was left out",
            "take the whole token from where it was printed, without the abbreviation",
        ));
    }
    if let Some((token, _)) = text.split_once('~')
        && looks_like_a_token(token)
    {
        return Some(form(
            "this is an SD-JWT (RFC 9901): a JWT, then disclosures after each ~",
            r#"what stands before the first ~ is the JWT that its issuer signed: jwtsess inspect "${TOKEN%%~*}""#,
        ));
    }
    let parts: Vec<&str> = text.split('.').take(4096).collect();
    let header = parts.first().and_then(|part| object(part))?;
    if header.contains_key("alg") && !header.contains_key("enc") {
        if let [_, "", signature] = parts.as_slice()
            && !signature.is_empty()
        {
            return Some(form(
                "this is a JWS with detached payload (RFC 7515, appendix F): nothing stands between its two dots",
                "put the payload between the dots, in base64url without padding, as its receiver does before it checks the signature",
            ));
        }
        let inner = parts.get(2..parts.len().saturating_sub(1));
        if parts.len() >= 4
            && let Some(inner) = inner
            && inner
                .iter()
                .any(|part| part.contains("ey") || part.contains("ew"))
        {
            return Some(form(
                "these are several tokens run together, without a line break between them",
                "give one token at a time: the next one begins with eyJ after the second dot; print a line break after each (echo, not echo -n)",
            ));
        }
    }
    None
}

/// Credentials that begin with letters of their own.
fn of_prefix(text: &str) -> Option<Lookalike> {
    const GITHUB: Lookalike = opaque(
        "this is a token of GitHub, not a JWT",
        "only GitHub can tell what it allows: gh auth status, or ask https://api.github.com with it",
    );
    const SERVICE: Lookalike = opaque(
        "this is the token or API key of another service, told by its first letters, not a JWT",
        "only that service can tell what it allows: ask its API or its console",
    );
    const PASETO: Lookalike = form(
        "this is a PASETO token, not a JWT",
        "jwtsess reads JWTs alone: use a PASETO library of its version and purpose (the first two parts)",
    );
    const FORMATS: [(&str, Lookalike); 30] = [
        ("v1.local.", PASETO),
        ("v1.public.", PASETO),
        ("v2.local.", PASETO),
        ("v2.public.", PASETO),
        ("v3.local.", PASETO),
        ("v3.public.", PASETO),
        ("v4.local.", PASETO),
        ("v4.public.", PASETO),
        ("ghp_", GITHUB),
        ("gho_", GITHUB),
        ("ghu_", GITHUB),
        ("ghs_", GITHUB),
        ("ghr_", GITHUB),
        ("github_pat_", GITHUB),
        ("glpat-", SERVICE),
        ("xox", SERVICE),
        ("xapp-", SERVICE),
        ("sk_", SERVICE),
        ("sk-", SERVICE),
        ("AKIA", SERVICE),
        ("ASIA", SERVICE),
        ("ya29.", SERVICE),
        ("npm_", SERVICE),
        ("pypi-", SERVICE),
        ("hvs.", SERVICE),
        ("dop_v1_", SERVICE),
        ("SG.", SERVICE),
        ("shpat_", SERVICE),
        (
            "gAAAAA",
            opaque(
                "this is a Fernet token, not a JWT",
                "only a program that has its key can open it: Python's cryptography.fernet",
            ),
        ),
        (
            "CfDJ8",
            opaque(
                "this is a cookie or token protected by ASP.NET Core, not a JWT",
                "only its server can open it: take the JWT that the server gives to its API's clients",
            ),
        ),
    ];
    const LEAST: usize = 12;
    let longer = text.len() >= LEAST;
    let mut forms = FORMATS.iter();
    let found = forms.find(|(start, _)| longer && text.starts_with(start));
    found.map(|(_, form)| *form)
}

/// Cookies and values that frameworks sign or encrypt in ways of their own.
fn of_cookie(text: &str) -> Option<Lookalike> {
    const SIGNED: [usize; 3] = [27, 43, 86];
    let is_signature = |part: &str| SIGNED.contains(&part.len()) && is_of_a_token(part);
    if let Some((value, signature)) = text.rsplit_once(':')
        && is_signature(signature)
        && !signature.contains('.')
        && (is_stamped(value) || is_plain_value(value))
    {
        return Some(form(
            "this looks like a value that Django signed (django.core.signing), not a JWT",
            "Django reads it with signing.loads or a Signer, and its SECRET_KEY; take the JWT from the API's login answer",
        ));
    }
    let parts: Vec<&str> = text
        .strip_prefix('.')
        .unwrap_or(text)
        .splitn(4, '.')
        .collect();
    if let [payload, stamp, signature] = parts.as_slice()
        && (4..=8).contains(&stamp.len())
        && is_signature(signature)
        && (text.starts_with('.') || decoded(payload).is_some_and(|bytes| is_json(&bytes)))
        && object(payload).is_none_or(|header| !header.contains_key("alg"))
    {
        return Some(form(
            "this is a value signed by itsdangerous, as Flask's session cookie is, not a JWT",
            "it is no access token: take the JWT from the answer to the login; Flask's decoder: itsdangerous.URLSafeTimedSerializer",
        ));
    }
    let tail = text.trim_end_matches("%3D").trim_end_matches("%3d");
    if object(tail).is_some_and(|object| {
        ["iv", "value", "mac"]
            .iter()
            .all(|name| object.contains_key(*name))
    }) {
        return Some(opaque(
            "this is a value that Laravel encrypted, as its session cookie is, not a JWT",
            "only its server can open it, with its APP_KEY; take the JWT from the API's login answer",
        ));
    }
    if text.starts_with("s:") && text.contains('.') {
        return Some(opaque(
            "this is a session cookie signed by Express (s:…), not a JWT",
            "it holds the id of a session that its server keeps; take the JWT from the API's login answer",
        ));
    }
    let (value, signature) = text.rsplit_once("--")?;
    let hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_rails = [40, 64].contains(&signature.len()) && hexadecimal(signature)
        || value.contains("--") && signature.len() == 24;
    is_rails.then(|| {
        opaque(
            "this is a cookie that Rails signed or encrypted, not a JWT",
            "only its server can open it, with its secret_key_base; take the JWT from the API's login answer",
        )
    })
}

/// Whether a text ends as Django's signed values do before the signature: with a moment in base 62.
fn is_stamped(value: &str) -> bool {
    value.rsplit_once(':').is_some_and(|(_, stamp)| {
        (5..=8).contains(&stamp.len()) && stamp.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether a text before a colon is a value, and no name of a header, cookie or field that holds a token.
fn is_plain_value(value: &str) -> bool {
    const NAMES: [&str; 5] = ["session", "cookie", "key", "auth", "id"];
    let lower = value.to_ascii_lowercase();
    !value.is_empty()
        && Role::of(value) == Role::Other
        && !NAMES.iter().any(|name| lower.contains(name))
}

/// A token of Phoenix: its first part names the digest, not a header.
fn of_parts(text: &str) -> Option<Lookalike> {
    const STARTS: [&str; 3] = ["SFMyNTY.", "SFMzODQ.", "SFM1MTI."];
    STARTS.iter().any(|start| text.starts_with(start)).then(|| {
        form(
            "this is a token of Phoenix (Phoenix.Token), not a JWT",
            "only its server can check it: Phoenix.Token.verify with the same secret and salt",
        )
    })
}

/// A token, or a JSON answer with one, that was encoded in base64 once more.
fn of_base64(text: &str) -> Option<Lookalike> {
    const LEAST: usize = 40;
    let (text, is_supabase) = match text.strip_prefix("base64-") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if text.len() < LEAST {
        return None;
    }
    let inner = String::from_utf8(decoded(text)?).ok()?;
    if is_supabase {
        return Some(form(
            "this is a supabase cookie: JSON in base64url after base64-, with the tokens in it",
            "take base64- off and decode the rest: cut -c 8- FILE | basenc -d --base64url 2>/dev/null | jwtsess inspect",
        ));
    }
    let inner = inner.trim();
    let is_token = looks_like_a_token(lines::bare(inner));
    let holds_one = inner.starts_with(['{', '[']) && inner.contains("\"ey");
    (is_token || holds_one).then(|| {
        form(
            "this is a token that was encoded in base64 once more, as kubectl prints a Secret's data",
            "decode it first: base64 -d FILE | jwtsess inspect",
        )
    })
}

/// The bytes of a text in base64 or base64url, with or without padding.
fn decoded(text: &str) -> Option<Vec<u8>> {
    const LAX: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LAX);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LAX);
    let bytes = URL_SAFE.decode(text).or_else(|_| STANDARD.decode(text));
    bytes.ok()
}

fn object(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&decoded(text)?).ok()
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Value>(bytes).is_ok()
}

#[cfg(test)]
mod tests;
