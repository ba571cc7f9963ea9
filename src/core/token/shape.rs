//! The shape of a payload: its members' names as they are written, and which values each may have. Whether another payload has the same shape is read in place,
//! without building anything, and only as far as it is certain: what is unusual has no shape.
use std::ops::Range;

use crate::core::claims::Members;

/// How deep a value may be nested. What is deeper is read by [`super::Unverified::read`].
const MOST_LEVELS: usize = 16;
/// The most members of an inner object. Each is compared with the others before it.
const MOST_INNER_MEMBERS: usize = 16;
/// The most members of the payload itself.
const MOST_MEMBERS: usize = 64;
/// The most digits of a number, so that every reader agrees on it.
const MOST_DIGITS: usize = 15;
/// The longest value that has to be the same.
const LONGEST_EXACT: usize = 512;

/// Which values a member may have, for one payload to have the shape of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ValueClass {
    /// This text alone.
    Exact(Box<[u8]>),
    /// Any string.
    Text,
    /// Any string that everyone can type: printable ASCII without escapes, and no blank at its ends.
    Name,
    /// Any whole number that is not negative.
    Whole,
    /// Any number without an exponent.
    Number,
    /// `true` or `false`.
    Switch,
    /// Any array.
    List,
}

/// One member of a shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShapeMember {
    /// The member's name.
    pub name: String,
    /// Which values it may have.
    pub class: ValueClass,
    /// All that stands between the value before it and its own: a comma, the name in its quotes, a colon, and blanks.
    lead: Box<[u8]>,
}

/// The shape of a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    members: Vec<ShapeMember>,
    tail: Box<[u8]>,
}

impl Shape {
    /// The shape of a payload, of which a reader will want to know these members exactly. `None` if a member is repeated, or unusual.
    #[must_use]
    pub(crate) fn of(
        claims: &Members,
        is_exact: impl Fn(&str) -> bool,
        is_name: impl Fn(&str) -> bool,
    ) -> Option<Self> {
        let text = claims.text();
        let mut members = Vec::new();
        let mut end = 0;
        for member in claims.members() {
            let lead = text.get(end..member.value_at.start)?;
            let value = &text.as_bytes()[member.value_at.clone()];
            end = member.value_at.end;
            members.push(ShapeMember {
                class: class(value, is_exact(&member.name), is_name(&member.name))?,
                name: member.name.clone(),
                lead: lead.as_bytes().into(),
            });
        }
        let tail = text.as_bytes()[end..].into();
        let sound = !has_control(text.as_bytes())
            && members.len() <= MOST_MEMBERS
            && claims.duplicates().is_empty();
        sound.then_some(Self { members, tail })
    }

    /// Its members, in order.
    #[must_use]
    pub(crate) fn members(&self) -> &[ShapeMember] {
        &self.members
    }

    /// Reads a payload of this shape, and puts where each member's value is into `values`. False if it is none, or can't be told.
    #[must_use]
    pub(crate) fn read(&self, payload: &[u8], values: &mut Vec<Range<usize>>) -> bool {
        values.clear();
        if has_control(payload) {
            return false;
        }
        let mut reader = ValueReader {
            bytes: payload,
            at: 0,
        };
        for member in &self.members {
            if !reader.takes(&member.lead) {
                return false;
            }
            let start = reader.at;
            if reader.class(&member.class).is_none() {
                return false;
            }
            values.push(start..reader.at);
        }
        payload[reader.at..] == *self.tail
    }

    /// A payload of this shape with other values: those that `value` gives, by a member's place.
    #[must_use]
    pub(crate) fn filled(&self, value: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
        let mut text = Vec::new();
        for (at, member) in self.members.iter().enumerate() {
            text.extend_from_slice(&member.lead);
            text.extend(value(at));
        }
        text.extend_from_slice(&self.tail);
        text
    }
}

/// Whether a string's bytes are printable ASCII without escapes, and no blank is at its ends.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches the compiler handles many bytes at a time"
)]
fn is_typed(text: &[u8]) -> bool {
    // It does not stop early: the compiler handles many bytes at a time.
    let sound = text.iter().fold(true, |sound, byte| {
        sound & (b' '..0x7f).contains(byte) & (*byte != b'\\')
    });
    sound && !text.is_empty() && text.trim_ascii().len() == text.len()
}

/// Whether a text has a control character: in a string it is none of JSON's, and between the values it is rare.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches the compiler handles many bytes at a time"
)]
fn has_control(text: &[u8]) -> bool {
    // It does not stop early: the compiler handles many bytes at a time.
    text.iter().fold(false, |found, byte| {
        found | (*byte < b' ') | (*byte == 0x7f)
    })
}

fn class(value: &[u8], is_exact: bool, is_name: bool) -> Option<ValueClass> {
    let class = match value {
        _ if is_exact => None,
        [b'"', inner @ .., b'"'] if is_name && is_typed(inner) => Some(ValueClass::Name),
        [b'"' | b'[', ..] if is_name => None,
        [b'"', ..] => Some(ValueClass::Text),
        [b'[', ..] => Some(ValueClass::List),
        b"true" | b"false" => Some(ValueClass::Switch),
        // An object's own members may be remarked on.
        [b'{', ..] | b"null" => None,
        number if number.iter().all(u8::is_ascii_digit) => Some(ValueClass::Whole),
        _ => Some(ValueClass::Number),
    };
    let Some(class) = class else {
        return (value.len() <= LONGEST_EXACT).then(|| ValueClass::Exact(value.into()));
    };
    let mut reader = ValueReader {
        bytes: value,
        at: 0,
    };
    reader.class(&class)?;
    (reader.at == value.len()).then_some(class)
}

/// Reads JSON values, as far as nothing in them is unusual.
struct ValueReader<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl ValueReader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn takes(&mut self, text: &[u8]) -> bool {
        let is_next = self.bytes[self.at..].starts_with(text);
        if is_next {
            self.at += text.len();
        }
        is_next
    }

    fn class(&mut self, class: &ValueClass) -> Option<()> {
        match class {
            ValueClass::Exact(text) => self.takes(text).then_some(()),
            ValueClass::Text => self.text(),
            ValueClass::Name => {
                let start = self.at + 1;
                self.text()?;
                is_typed(self.bytes.get(start..self.at - 1)?).then_some(())
            }
            ValueClass::Whole => self.whole(),
            ValueClass::Number => self.number(),
            ValueClass::Switch => (self.takes(b"true") || self.takes(b"false")).then_some(()),
            ValueClass::List if self.peek() == Some(b'[') => self.value(MOST_LEVELS),
            ValueClass::List => None,
        }
    }

    /// A string. Its escapes are those that every reader takes for the same: half a surrogate pair is none, and neither is a whole one here.
    fn text(&mut self) -> Option<()> {
        if !self.takes(b"\"") {
            return None;
        }
        loop {
            self.at += memchr::memchr2(b'"', b'\\', self.bytes.get(self.at..)?)?;
            let is_end = self.bytes[self.at] == b'"';
            self.at += 1;
            if is_end {
                return Some(());
            }
            self.escape()?;
        }
    }

    fn escape(&mut self) -> Option<()> {
        let letter = self.peek()?;
        self.at += 1;
        match letter {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                self.at += 4;
                let half = matches!(
                    digits,
                    [b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..]
                );
                (digits.iter().all(u8::is_ascii_hexdigit) && !half).then_some(())
            }
            _ => None,
        }
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (1..=MOST_DIGITS).contains(&(self.at - start)).then_some(())
    }

    fn whole(&mut self) -> Option<()> {
        let start = self.at;
        self.digits()?;
        let leads_with_zero = self.bytes[start] == b'0' && self.at > start + 1;
        let goes_on = matches!(self.peek(), Some(b'.' | b'e' | b'E'));
        (!leads_with_zero && !goes_on).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        self.takes(b"-");
        let start = self.at;
        self.digits()?;
        if self.bytes[start] == b'0' && self.at > start + 1 {
            return None;
        }
        if self.takes(b".") {
            self.digits()?;
        }
        (!matches!(self.peek(), Some(b'e' | b'E'))).then_some(())
    }

    fn blanks(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    fn value(&mut self, levels: usize) -> Option<()> {
        let inside = levels.checked_sub(1)?;
        match self.peek()? {
            b'"' => self.text(),
            b'[' => self.list(inside),
            b'{' => self.object(inside),
            b't' => self.takes(b"true").then_some(()),
            b'f' => self.takes(b"false").then_some(()),
            b'n' => self.takes(b"null").then_some(()),
            _ => self.number(),
        }
    }

    fn list(&mut self, levels: usize) -> Option<()> {
        self.at += 1;
        self.blanks();
        if self.takes(b"]") {
            return Some(());
        }
        loop {
            self.value(levels)?;
            self.blanks();
            if self.takes(b"]") {
                return Some(());
            }
            if !self.takes(b",") {
                return None;
            }
            self.blanks();
        }
    }

    /// An object whose names have no escapes, so that comparing their bytes tells whether one stands twice.
    fn object(&mut self, levels: usize) -> Option<()> {
        self.at += 1;
        self.blanks();
        if self.takes(b"}") {
            return Some(());
        }
        let mut names: [&[u8]; MOST_INNER_MEMBERS] = [&[]; MOST_INNER_MEMBERS];
        for count in 0..MOST_INNER_MEMBERS {
            let start = self.at;
            self.text()?;
            let name = &self.bytes[start..self.at];
            if name.contains(&b'\\') || names[..count].contains(&name) {
                return None;
            }
            names[count] = name;
            self.blanks();
            if !self.takes(b":") {
                return None;
            }
            self.blanks();
            self.value(levels)?;
            self.blanks();
            if self.takes(b"}") {
                return Some(());
            }
            if !self.takes(b",") {
                return None;
            }
            self.blanks();
        }
        None
    }
}

#[cfg(test)]
mod tests;
