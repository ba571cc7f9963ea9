//! Chooses a setting's value among several sources: the first that has one. Also says which source it was.
use std::fmt;

/// Where a value is from. Earlier variants win over later ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A flag of this call. Holds its name, dashes included.
    Flag(&'static str),
    /// A variable of the environment. Holds its name.
    Environment(&'static str),
    /// The config file, or a profile in it. Holds which.
    File(String),
    /// The default: no source has a value.
    Default,
}

/// Names the origin for people, in notes and errors.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Environment(name) => f.write_str(name),
            Self::File(name) => f.write_str(name),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// A value and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConfigValue<T> {
    /// The value that won.
    pub value: T,
    /// The source that it is from.
    pub origin: Origin,
}

impl<T> ConfigValue<T> {
    /// Joins a value with its origin.
    pub(crate) const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
    /// Makes another value of this one, if that does not fail. The origin stays.
    ///
    /// # Errors
    /// The error that `make` returns.
    pub(crate) fn try_map<U, E>(
        self,
        make: impl FnOnce(T, &Origin) -> Result<U, E>,
    ) -> Result<ConfigValue<U>, E> {
        Ok(ConfigValue {
            value: make(self.value, &self.origin)?,
            origin: self.origin,
        })
    }
}

/// The first value found so far. The sources are offered in order: flag, environment, file.
#[derive(Clone, Debug)]
pub(crate) struct Resolver<T>(Option<ConfigValue<T>>);

impl<T> Resolver<T> {
    /// Starts with the flag's value, if it was given.
    #[must_use]
    pub(crate) fn flag(name: &'static str, value: Option<T>) -> Self {
        Self(value.map(|value| ConfigValue::new(value, Origin::Flag(name))))
    }
    /// Offers the environment's value. It is read only if there is no value yet.
    #[must_use]
    pub(crate) fn environment(
        self,
        name: &'static str,
        value: impl FnOnce(&str) -> Option<T>,
    ) -> Self {
        self.or(|| value(name), || Origin::Environment(name))
    }
    /// Offers the value of the config file, or of a profile in it.
    #[must_use]
    pub(crate) fn file(self, name: &str, value: impl FnOnce() -> Option<T>) -> Self {
        self.or(value, || Origin::File(name.to_owned()))
    }
    /// The value that was found, if any.
    #[must_use]
    pub(crate) fn given(self) -> Option<ConfigValue<T>> {
        self.0
    }
    fn or(self, value: impl FnOnce() -> Option<T>, origin: impl FnOnce() -> Origin) -> Self {
        Self(
            self.0
                .or_else(|| value().map(|value| ConfigValue::new(value, origin()))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_is_there_wins_and_says_where_it_is_from() {
        let table = [
            (Some(1), Some(2), Some(3), Some((1, "--n"))),
            (None, Some(2), Some(3), Some((2, "N"))),
            (None, None, Some(3), Some((3, "profile p"))),
            (None, None, None, None),
        ];
        for (flag, environment, file, expected) in table {
            let setting = Resolver::flag("--n", flag)
                .environment("N", |_| environment)
                .file("profile p", || file)
                .given()
                .map(|setting| (setting.value, setting.origin.to_string()));
            assert_eq!(
                setting,
                expected.map(|(value, origin)| (value, origin.to_owned()))
            );
        }
    }

    #[test]
    fn what_is_weaker_is_not_even_asked() {
        let setting = Resolver::flag("--n", Some(1))
            .environment("N", |_| None::<u8>.or_else(|| panic!("asked")));
        assert_eq!(setting.given().map(|setting| setting.value), Some(1));
    }
}
