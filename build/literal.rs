//! Writes a value as the Rust expression that makes it: texts and lists borrowed, everything else as it is declared.
use std::fmt::{self, Display, Write as _};

use serde::ser::{self, Serialize};

/// The expression that makes a value.
pub(crate) fn of(value: &impl Serialize) -> Result<String, Unwritable> {
    let mut writer = Writer(String::new());
    value.serialize(&mut writer)?;
    Ok(writer.0)
}

/// A value that no constant can hold.
#[derive(Debug)]
pub struct Unwritable(String);

impl Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no constant can hold {}", self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: Display>(what: T) -> Self {
        Self(what.to_string())
    }
}

struct Writer(String);

/// The elements of something, and what closes it.
struct Elements<'w> {
    writer: &'w mut Writer,
    end: &'static str,
}

type WriteResult = Result<(), Unwritable>;

impl Writer {
    fn put(&mut self, text: impl Display) -> WriteResult {
        write!(self.0, "{text}").map_err(|error| Unwritable(error.to_string()))
    }

    fn open(&mut self, text: impl Display, end: &'static str) -> Result<Elements<'_>, Unwritable> {
        self.put(text)?;
        Ok(Elements { writer: self, end })
    }

    fn refuse<T>(what: &str) -> Result<T, Unwritable> {
        Err(Unwritable(what.to_owned()))
    }
}

impl Elements<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> WriteResult {
        if !name.is_empty() {
            self.writer.put(name)?;
            self.writer.put(": ")?;
        }
        value.serialize(&mut *self.writer)?;
        self.writer.put(", ")
    }

    fn close(self) -> WriteResult {
        self.writer.put(self.end)
    }
}

macro_rules! elements {
    ($($trait:ident::$method:ident;)*) => {$(
        impl ser::$trait for Elements<'_> {
            type Ok = ();
            type Error = Unwritable;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> WriteResult {
                self.element("", value)
            }
            fn end(self) -> WriteResult {
                self.close()
            }
        }
    )*};
}

elements! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
}

macro_rules! fields {
    ($($trait:ident)*) => {$(
        impl ser::$trait for Elements<'_> {
            type Ok = ();
            type Error = Unwritable;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> WriteResult {
                self.element(name, value)
            }
            fn end(self) -> WriteResult {
                self.close()
            }
        }
    )*};
}

fields! { SerializeStruct SerializeStructVariant }

macro_rules! plain {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> WriteResult {
            self.put(value)
        }
    )*};
}

impl<'w> ser::Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Elements<'w>;
    type SerializeTuple = Elements<'w>;
    type SerializeTupleStruct = Elements<'w>;
    type SerializeTupleVariant = Elements<'w>;
    type SerializeMap = ser::Impossible<(), Unwritable>;
    type SerializeStruct = Elements<'w>;
    type SerializeStructVariant = Elements<'w>;

    plain! {
        serialize_bool bool; serialize_i8 i8; serialize_i16 i16; serialize_i32 i32; serialize_i64 i64;
        serialize_u8 u8; serialize_u16 u16; serialize_u32 u32;
    }
    fn serialize_u64(self, value: u64) -> WriteResult {
        let digits = value.to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                self.put('_')?;
            }
            self.put(digit)?;
        }
        Ok(())
    }
    fn serialize_f32(self, _: f32) -> WriteResult {
        Writer::refuse("a fraction")
    }
    fn serialize_f64(self, _: f64) -> WriteResult {
        Writer::refuse("a fraction")
    }
    fn serialize_char(self, value: char) -> WriteResult {
        self.put(format_args!("{value:?}"))
    }
    fn serialize_str(self, value: &str) -> WriteResult {
        self.put(format_args!("Cow::Borrowed({value:?})"))
    }
    fn serialize_bytes(self, _: &[u8]) -> WriteResult {
        Writer::refuse("bytes")
    }
    fn serialize_none(self) -> WriteResult {
        self.put("None")
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> WriteResult {
        self.put("Some(")?;
        value.serialize(&mut *self)?;
        self.put(")")
    }
    fn serialize_unit(self) -> WriteResult {
        self.put("()")
    }
    fn serialize_unit_struct(self, name: &'static str) -> WriteResult {
        self.put(name)
    }
    fn serialize_unit_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
    ) -> WriteResult {
        self.put(format_args!("{name}::{variant}"))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> WriteResult {
        // A span's seconds are its own.
        let make = if name == "Span" {
            "Span::from_seconds"
        } else {
            name
        };
        self.put(format_args!("{make}("))?;
        value.serialize(&mut *self)?;
        self.put(")")
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> WriteResult {
        self.put(format_args!("{name}::{variant}("))?;
        value.serialize(&mut *self)?;
        self.put(")")
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'w>, Unwritable> {
        self.open("Cow::Borrowed(&[", "])")
    }
    fn serialize_tuple(self, _: usize) -> Result<Elements<'w>, Unwritable> {
        self.open("(", ")")
    }
    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Elements<'w>, Unwritable> {
        self.open(format_args!("{name}("), ")")
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements<'w>, Unwritable> {
        self.open(format_args!("{name}::{variant}("), ")")
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unwritable> {
        Writer::refuse("a map")
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Elements<'w>, Unwritable> {
        self.open(format_args!("{name} {{ "), "}")
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements<'w>, Unwritable> {
        self.open(format_args!("{name}::{variant} {{ "), "}")
    }
}
