//! Reads a token: its parts, then the JSON in them, with every defect on the way.
use std::ops::Range;
use std::sync::OnceLock;

use super::super::claims::{Members, Typed};
use super::{CompactForm, Defect, DefectKind, Limits, Part, Unverified};

impl Unverified {
    /// Splits a token strictly. `text` must be the token alone.
    ///
    /// The work is linear in the text. If the text is over the limit, only its length is read.
    #[must_use]
    pub fn read(text: &str, limits: &Limits) -> Self {
        let mut reading = Reading {
            text,
            limits,
            defects: Vec::new(),
        };
        let mut token = Self {
            text: text.to_owned(),
            form: CompactForm::Other(0),
            header: Part::unread(text.len()..text.len()),
            payload: Part::unread(text.len()..text.len()),
            signature: Part::unread(text.len()..text.len()),
            defects: Vec::new(),
            taken_for: None,
            recognised: OnceLock::new(),
        };
        if text.is_empty() {
            reading.found("token", 0, DefectKind::Empty);
        } else if text.len() > limits.token_bytes {
            reading.found(
                "token",
                limits.token_bytes,
                DefectKind::TooLarge(limits.token_bytes),
            );
        } else {
            reading.parts_into(&mut token);
        }
        reading.defects.sort_by_key(|defect| defect.at);
        token.defects = reading.defects;
        token
    }
}

struct Reading<'t> {
    text: &'t str,
    limits: &'t Limits,
    defects: Vec<Defect>,
}

impl Reading<'_> {
    fn found(&mut self, part: &'static str, at: usize, kind: DefectKind) {
        self.defects.push(Defect { at, part, kind });
    }

    fn parts_into(&mut self, token: &mut Unverified) {
        // We count the dots and collect no parts, so a text of four million dots costs no more memory than any other (CVE-2025-30204).
        token.form = match 1 + self.text.bytes().filter(|byte| *byte == b'.').count() {
            3 => CompactForm::Jws,
            5 => CompactForm::Jwe,
            count => CompactForm::Other(count),
        };
        let mut next = 0;
        let mut parts = self.text.splitn(4, '.').map(|part| {
            let at = next..next + part.len();
            next = at.end + 1;
            at
        });
        let (header, payload, signature, rest) =
            (parts.next(), parts.next(), parts.next(), parts.next());
        match token.form {
            CompactForm::Jws => {}
            CompactForm::Jwe => self.found("token", 0, DefectKind::Encrypted),
            CompactForm::Other(1) if is_opaque(self.text) => {
                return self.found("token", 0, DefectKind::Opaque);
            }
            // The defect is at the first surplus dot, or at the end if a dot is missing.
            CompactForm::Other(count) => {
                let at = rest.map_or(self.text.len(), |rest| rest.start - 1);
                self.found("token", at, DefectKind::Parts(count));
            }
        }
        if let Some(at) = header {
            token.header = self.header(at);
        }
        // A JWE's other parts are a wrapped key, a nonce, a ciphertext and a tag (RFC 7516 §7.1): there is nothing to show.
        if token.form == CompactForm::Jwe {
            return;
        }
        if let Some(at) = payload {
            token.payload = self.decoded("payload", at);
            self.object("payload", &mut token.payload);
        }
        if let Some(at) = signature {
            token.signature = self.decoded("signature", at);
        }
    }

    fn decoded(&mut self, name: &'static str, at: Range<usize>) -> Part {
        let (part, defect) = Part::decode(self.text, at);
        if let Some((at, kind)) = defect {
            self.found(name, at, kind);
        }
        part
    }

    /// Reads a part's members, or records why it is not an acceptable JSON object.
    fn object(&mut self, name: &'static str, part: &mut Part) {
        let Some(bytes) = &part.bytes else { return };
        let json = match std::str::from_utf8(bytes) {
            Ok(json) => json,
            Err(error) => {
                return self.found(
                    name,
                    part.place_of(error.valid_up_to()),
                    DefectKind::NotUtf8,
                );
            }
        };
        match Members::parse(json, self.limits.json) {
            Ok(members) => {
                for member in members.repeated() {
                    self.found(
                        name,
                        part.place_of(member.name_at.start),
                        DefectKind::Duplicate(member.name.clone()),
                    );
                }
                part.members = Some(members);
            }
            Err(defect) => self.found(name, part.place_of(defect.at), DefectKind::Json(defect)),
        }
    }

    fn header(&mut self, at: Range<usize>) -> Part {
        // Four characters hold three bytes.
        if at.len() / 4 * 3 > self.limits.header_bytes {
            self.found(
                "header",
                at.start,
                DefectKind::TooLarge(self.limits.header_bytes),
            );
            return Part::unread(at);
        }
        let mut part = self.decoded("header", at);
        self.object("header", &mut part);
        let Some(members) = &part.members else {
            return part;
        };
        let place = |name: &str| {
            members
                .member(name)
                .map_or(part.at.start, |member| part.place_of(member.value_at.start))
        };
        if !matches!(members.string("alg"), Typed::Is(_)) {
            self.found("header", place("alg"), DefectKind::Alg);
        }
        // RFC 7515 §4.1.4, §4.1.9, §4.1.10. Other parameters may have any type here; the verifier judges `crit`.
        for name in ["typ", "cty", "kid"] {
            if let Typed::Wrong(has) = members.string(name) {
                self.found(
                    "header",
                    place(name),
                    DefectKind::HeaderType(name.to_owned(), has, "string"),
                );
            }
        }
        part
    }
}

/// Whether a text without a dot reads as a token that is no JWT: long enough to be one, of the characters of a bearer token (RFC 6750 §2.1) with a digit among them,
/// and no JSON in base64url, which would be a header that was cut off.
fn is_opaque(text: &str) -> bool {
    const SHORTEST: usize = 16;
    let is_of_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~+/=".contains(&byte);
    text.len() >= SHORTEST
        && !text.starts_with('/')
        && text.bytes().all(is_of_token)
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && !Part::begins_an_object(text)
}
