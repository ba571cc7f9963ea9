//! Prints `decode`: header and payload as they are, without any check.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::indent::indented;
use super::inspect::is_text;
use super::page::{Page, SPEAKER, talk};
use crate::cli::outcome::{DecodedToken, TokenPart};
use crate::cli::paint::{self, Tone};
use crate::cli::render::screen::{RenderedText, Screen};
use crate::cli::render::words;
use crate::core::time::Timestamp;
use crate::core::token::{CompactForm, Part};

pub(super) fn decoded(decoded: &DecodedToken, screen: &Screen) -> RenderedText {
    let mut page = Page::new();
    if !decoded.complete() || !decoded.structure.is_valid() {
        for finding in decoded.structure.failures() {
            // Findings about structure contain no time.
            let text = words::finding(finding, Timestamp::from_seconds(0));
            page.line(SPEAKER.len())
                .put(Tone::Plain, SPEAKER)
                .put(Tone::Bad, &text);
        }
    }
    if !screen.quiet {
        page.line(SPEAKER.len()).put(Tone::Plain, SPEAKER).put(
            Tone::Warn,
            "nothing was checked, neither the signature nor the times",
        );
    }
    let stdout = match decoded.part {
        Some(part) => one_part(decoded, part, screen.out.terminal),
        None => whole(decoded).into_bytes(),
    };
    RenderedText {
        stdout,
        stderr: talk(&page, screen),
    }
}

/// The bytes of one part. A pipe gets them as they are; a terminal gets them escaped, and the signature as base64url.
fn one_part(decoded: &DecodedToken, part: TokenPart, terminal: bool) -> Vec<u8> {
    let token = &decoded.token;
    let (part, text) = match part {
        TokenPart::Header => (&token.header, true),
        TokenPart::Payload => (&token.payload, true),
        TokenPart::Signature => (&token.signature, false),
    };
    let Some(bytes) = &part.bytes else {
        let readable = part.readable_prefix().filter(|_| text).unwrap_or_default();
        return if terminal {
            paint::shown(&readable).into_owned().into_bytes()
        } else {
            readable.into_bytes()
        };
    };
    if !terminal {
        return bytes.clone();
    }
    let mut shown = match std::str::from_utf8(bytes) {
        Ok(json) if text => paint::shown(json).into_owned(),
        _ => URL_SAFE_NO_PAD.encode(bytes),
    };
    shown.push('\n');
    shown.into_bytes()
}

/// Writes both parts as one JSON text, which `encode` takes back.
fn whole(decoded: &DecodedToken) -> String {
    let token = &decoded.token;
    let mut members = members("header", &token.header, token.text());
    if token.form != CompactForm::Jwe {
        members.extend(self::members("payload", &token.payload, token.text()));
    }
    if members.is_empty() {
        return String::new();
    }
    format!("{{\n  {}\n}}\n", members.join(",\n  "))
}

/// Writes a part as it is if it is JSON. Otherwise writes its own base64url text, and what can be read in it as text.
fn members(name: &str, part: &Part, token: &str) -> Vec<String> {
    let json = part.bytes.as_deref().and_then(|bytes| {
        let text = std::str::from_utf8(bytes).ok()?;
        let json =
            part.members.is_some() || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        json.then_some(text)
    });
    if let Some(json) = json {
        let text = indented(json, 1);
        // Escapes line by line: the line breaks of the layout stand outside of strings, where an escape would not be JSON.
        let lines: Vec<_> = text.split('\n').map(paint::json).collect();
        return vec![format!("\"{name}\": {}", lines.join("\n"))];
    }
    let mut members = Vec::new();
    if let Some(readable) = part.readable_prefix().filter(|text| is_text(text)) {
        let quoted = serde_json::Value::from(readable).to_string();
        members.push(format!("\"{name}_readable\": {}", paint::json(&quoted)));
    }
    // A text without a dot is no token, and may be a line of a key file.
    if token.contains('.') && part.bytes.as_ref().is_some_and(|bytes| !bytes.is_empty()) {
        let text = token.get(part.at.clone()).unwrap_or_default();
        members.push(format!("\"{name}_base64url\": \"{text}\""));
    }
    members
}
