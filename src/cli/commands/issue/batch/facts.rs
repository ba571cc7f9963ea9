//! A login's values, and what is written with them.
use std::ops::Range;

use base64_simd::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::cli::commands::stand_in::{is_plain, is_shown_as_it_is, unquoted};
use crate::cli::commands::template::{Template, Values};
use crate::core::echo::SecretForm;
use crate::core::entropy::{Entropy, IdForm};
use crate::core::token::shape::Shape;
use crate::session::mint::{MintedToken, Signer};

/// The forms in which random bytes may be written.
const FORMS: [IdForm; 2] = [IdForm::Uuid, IdForm::UuidHex];

/// What is written for lines that are alike.
pub(super) struct LoginPlan {
    pub shape: Shape,
    /// How many ids are drawn, and which of their forms are written.
    pub draws: usize,
    pub ids: Vec<usize>,
    pub tokens: Vec<Pattern>,
    pub printed: Template,
    /// The members that have to be plain: the user, and those that are printed on their own.
    pub plain: Vec<usize>,
    /// The member that has to begin with a letter: a server that is imitated may read a user as a number.
    pub word: Option<usize>,
}

/// What a token is signed over.
pub(super) struct Pattern {
    /// The header as the token has it, with the dot behind it.
    pub header: Vec<u8>,
    pub claims: Template,
}

/// A login's values, from which its tokens and its line are written.
#[derive(Default)]
pub(super) struct LoginFacts {
    /// The line, the ids, and the claims and the text of each token.
    pub text: Zeroizing<Vec<u8>>,
    /// Where they are: the line's members, each form of each id, and both of each token.
    pub members: Vec<Range<usize>>,
    claims: Zeroizing<Vec<u8>>,
}

/// The random bytes of a login's ids.
#[derive(Default)]
pub(super) struct Draws {
    pub ids: Zeroizing<Vec<[u8; 16]>>,
    /// Whether something else than ids was drawn.
    pub has_others: bool,
}

/// Entropy that remembers what it gave.
pub(super) struct Recorder<'e> {
    pub entropy: &'e mut dyn Entropy,
    pub draws: &'e mut Draws,
}

impl Entropy for Recorder<'_> {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.entropy.fill(bytes);
        match (*bytes).try_into() {
            Ok(id) => self.draws.ids.push(id),
            Err(_) => self.draws.has_others = true,
        }
    }
}

fn is_no_secret(value: &[u8]) -> bool {
    // What has escapes is read as JSON.
    let text = if value.contains(&b'\\') {
        value
    } else {
        unquoted(value)
    };
    !SecretForm::may_be_in(text)
        || str::from_utf8(text).is_ok_and(|text| SecretForm::in_text(text).is_none())
}

impl LoginFacts {
    /// Whether a line follows a plan. Its members are known then.
    pub(super) fn fits(&mut self, plan: &LoginPlan, line: &[u8]) -> bool {
        if !plan.shape.read(line, &mut self.members) || !is_shown_as_it_is(line) {
            return false;
        }
        let value = |member: usize| &line[self.members[member].clone()];
        if !plan.plain.iter().all(|member| is_plain(value(*member))) {
            return false;
        }
        let begins_with_letter = |member| value(member).get(1).is_some_and(u8::is_ascii_alphabetic);
        if !plan.word.is_none_or(begins_with_letter) {
            return false;
        }
        self.text.clear();
        self.text.extend_from_slice(line);
        self.members
            .iter()
            .all(|at| is_no_secret(&line[at.clone()]))
    }

    /// Draws a login's ids.
    pub(super) fn draw(&mut self, plan: &LoginPlan, entropy: &mut dyn Entropy) {
        for _ in 0..plan.draws {
            let mut random = [0; 16];
            entropy.fill(&mut random);
            self.add_id(random, |member| plan.ids.contains(&member));
        }
    }

    /// Adds an id in those of its forms that are written.
    pub(super) fn add_id(&mut self, random: [u8; 16], is_written: impl Fn(usize) -> bool) {
        for form in FORMS {
            let start = self.text.len();
            if is_written(self.members.len()) {
                form.write(random, &mut self.text);
            }
            self.members.push(start..self.text.len());
        }
    }

    /// Adds a token that was issued.
    pub(super) fn add_token(&mut self, token: &MintedToken) {
        self.add(token.claims.text().as_bytes());
        self.add(token.text.as_bytes());
    }

    /// Adds a piece of text, and where it is.
    fn add(&mut self, text: &[u8]) {
        let start = self.text.len();
        self.text.extend_from_slice(text);
        self.members.push(start..self.text.len());
    }

    /// Adds a token's claims, and the token.
    pub(super) fn sign(&mut self, pattern: &Pattern, signer: &Signer<'_>) -> Option<()> {
        let mut claims = std::mem::take(&mut self.claims);
        claims.clear();
        pattern.claims.fill(&self.values(0), &mut claims);
        self.add(&claims);
        let start = self.text.len();
        self.text.extend_from_slice(&pattern.header);
        URL_SAFE_NO_PAD.encode_append(&*claims, &mut *self.text);
        self.claims = claims;
        let signature = signer
            .key
            .sign(signer.algorithm, &self.text[start..])
            .ok()?;
        self.text.push(b'.');
        URL_SAFE_NO_PAD.encode_append(signature, &mut *self.text);
        self.members.push(start..self.text.len());
        Some(())
    }

    /// Itself, for a template.
    pub(super) fn values(&self, number: u64) -> Values<'_> {
        Values {
            line: number,
            now: 0,
            signed: &[],
            payload: &self.text,
            members: &self.members,
            moments: &[],
        }
    }
}
