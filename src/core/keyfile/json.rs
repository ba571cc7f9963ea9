//! Reads JSON so that no repeated member is missed and every text is wiped when dropped.
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

/// A JSON value, with as much detail as a JWK needs.
pub(super) enum JwkValue {
    /// A string.
    Text(Zeroizing<String>),
    /// An array.
    List(Vec<JwkValue>),
    /// An object.
    Object(Object),
    /// A number, rounded down.
    Number(i64),
    /// A boolean.
    Other,
    /// Null, which stands for a member that is absent.
    Null,
}

impl JwkValue {
    pub(super) fn is_jwk(&self) -> bool {
        matches!(self, Self::Object(object) if object.get("kty").is_some())
    }
}

/// An object's members, in order.
#[derive(Default)]
pub(super) struct Object {
    members: Vec<(String, JwkValue)>,
    /// Whether a name is repeated. Nobody knows which of the two values another program takes.
    pub(super) has_duplicates: bool,
}

impl Object {
    /// The member's value, unless it is null.
    pub(super) fn get(&self, name: &str) -> Option<&JwkValue> {
        self.members()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
    /// The members that are not null.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &JwkValue)> {
        self.members
            .iter()
            .filter(|(_, value)| !matches!(value, JwkValue::Null))
            .map(|(name, value)| (name.as_str(), value))
    }
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(JwkValue::Text(text)) => Some(text),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for JwkValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JwkVisitor)
    }
}

struct JwkVisitor;

impl<'de> Visitor<'de> for JwkVisitor {
    type Value = JwkValue;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }
    fn visit_str<E>(self, text: &str) -> Result<JwkValue, E> {
        Ok(JwkValue::Text(Zeroizing::new(text.to_owned())))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<JwkValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(JwkValue::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<JwkValue, A::Error> {
        let mut object = Object::default();
        while let Some(name) = members.next_key::<String>()? {
            if object.members.iter().any(|(known, _)| *known == name) {
                object.has_duplicates = true;
                members.next_value::<IgnoredAny>()?;
            } else {
                let value = members.next_value()?;
                object.members.push((name, value));
            }
        }
        Ok(JwkValue::Object(object))
    }
    fn visit_bool<E>(self, _: bool) -> Result<JwkValue, E> {
        Ok(JwkValue::Other)
    }
    fn visit_i64<E>(self, number: i64) -> Result<JwkValue, E> {
        Ok(JwkValue::Number(number))
    }
    fn visit_u64<E>(self, number: u64) -> Result<JwkValue, E> {
        Ok(JwkValue::Number(i64::try_from(number).unwrap_or(i64::MAX)))
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "dropping the fraction is meant, and what is out of range saturates"
    )]
    fn visit_f64<E>(self, number: f64) -> Result<JwkValue, E> {
        Ok(JwkValue::Number(number.floor() as i64))
    }
    fn visit_unit<E>(self) -> Result<JwkValue, E> {
        Ok(JwkValue::Null)
    }
}
