//! A value as `json.loads` makes it.
use super::int::{NotAnInt, PyInt};
use super::text::PyText;

/// A value. Numbers keep what Python keeps: every digit of an integer, and 64 bits of a float, with NaN and the infinities.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::django::oracle) enum PyValue {
    None,
    Bool(bool),
    Int(PyInt),
    Float(f64),
    Str(PyText),
    List(Vec<PyValue>),
    Dict(PyDict),
}

/// A dictionary in the order of first insertion. A repeated name keeps its first place and takes its last value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::django::oracle) struct PyDict(Vec<(PyText, PyValue)>);

impl PyDict {
    /// Makes a dictionary of entries. Their names must differ.
    pub(in crate::django::oracle) fn new(entries: Vec<(PyText, PyValue)>) -> Self {
        Self(entries)
    }
    pub(in crate::django::oracle) fn get(&self, name: &str) -> Option<&PyValue> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, v)| v)
    }
    pub(in crate::django::oracle) fn iter(&self) -> impl Iterator<Item = &(PyText, PyValue)> {
        self.0.iter()
    }
    pub(in crate::django::oracle) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl PyValue {
    pub(in crate::django::oracle) fn str(text: &str) -> Self {
        Self::Str(PyText::from(text))
    }
    pub(in crate::django::oracle) fn int(value: i64) -> Self {
        Self::Int(PyInt::from(value))
    }
    /// `bool(self)`.
    pub(in crate::django::oracle) fn is_truthy(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(value) => !value.is_zero(),
            // NaN is truthy in Python.
            Self::Float(value) => *value != 0.0,
            Self::Str(value) => !value.is_empty(),
            Self::List(value) => !value.is_empty(),
            Self::Dict(value) => !value.is_empty(),
        }
    }
    /// Whether Django REST framework can render the value: it contains no NaN, infinity or lone surrogate.
    pub(in crate::django::oracle) fn renders(&self) -> bool {
        match self {
            Self::Float(value) => value.is_finite(),
            Self::Str(value) => value.as_str().is_some(),
            Self::List(values) => values.iter().all(Self::renders),
            Self::Dict(values) => {
                let both =
                    |(name, value): &(PyText, Self)| name.as_str().is_some() && value.renders();
                values.iter().all(both)
            }
            Self::None | Self::Bool(_) | Self::Int(_) => true,
        }
    }
    /// `self == text`.
    pub(in crate::django::oracle) fn is(&self, text: &str) -> bool {
        matches!(self, Self::Str(value) if value == text)
    }
    /// `int(self)`.
    pub(in crate::django::oracle) fn to_int(&self) -> Result<PyInt, NotAnInt> {
        match self {
            Self::Bool(value) => Ok(PyInt::from(i64::from(*value))),
            Self::Int(value) => Ok(value.clone()),
            Self::Float(value) => PyInt::truncated(*value),
            Self::Str(value) => PyInt::read(value),
            Self::None | Self::List(_) | Self::Dict(_) => Err(NotAnInt::Type),
        }
    }
    /// The value as a number in a sum. `None` if it is not a number; an error if it is an integer too large for a float.
    pub(in crate::django::oracle) fn number(&self) -> Option<Result<f64, NotAnInt>> {
        match self {
            Self::Bool(value) => Some(Ok(f64::from(u8::from(*value)))),
            Self::Int(value) => Some(value.to_float()),
            Self::Float(value) => Some(Ok(*value)),
            _ => None,
        }
    }
}
