//! Claims and header parameters from the command line: `name=text`, `name:=JSON`, and objects whose members are taken one by one.
use crate::cli::render::words::json_problem;
use crate::core::claims::{JsonDefect, JsonProblem, Members, quote};
use crate::core::token::Limits;
use crate::session::mint::ExtraMember;

/// Why what was given is none; each says where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// There is no `=`.
    #[error("there is no = between the name and the value")]
    NoEquals,
    /// Nothing stands before the `=`.
    #[error("the name is empty")]
    NoName,
    /// Not JSON behind `:=`, or not an object where one is needed.
    #[error("the value is {} at byte {at}", json_problem(problem))]
    Json {
        /// Offset in the JSON text, from 0.
        at: usize,
        /// What is wrong there.
        problem: JsonProblem,
    },
}

impl From<JsonDefect> for AssignmentError {
    fn from(JsonDefect { at, problem }: JsonDefect) -> Self {
        Self::Json { at, problem }
    }
}

/// Reads `name=text` (a string) or `name:=JSON`. The name ends at the first `=`; one that ends in `:` needs the JSON form of an object.
///
/// # Errors
/// See [`AssignmentError`].
pub fn one(text: &str) -> Result<ExtraMember, AssignmentError> {
    let (name, value) = text.split_once('=').ok_or(AssignmentError::NoEquals)?;
    let (name, raw) = match name.strip_suffix(':') {
        Some(name) => (name, json(value)?),
        None => (name, quote(value, false)),
    };
    if name.is_empty() {
        return Err(AssignmentError::NoName);
    }
    Ok((name.to_owned(), raw))
}

/// Reads a JSON object's members, in their order; of a repeated one the last counts, in its first's place.
///
/// # Errors
/// See [`AssignmentError`].
pub fn object(json: &str) -> Result<Vec<ExtraMember>, AssignmentError> {
    let members = Members::parse(json, Limits::default().json)?;
    Ok(members
        .iter()
        .map(|(name, raw)| (name.to_owned(), raw.to_owned()))
        .collect())
}

/// One JSON value's text, checked by the rules for a whole object: depth, and where it breaks.
fn json(value: &str) -> Result<String, AssignmentError> {
    const BEFORE: &str = "{\"\":";
    let wrapped = format!("{BEFORE}{value}}}");
    let broken = |at: usize, problem| AssignmentError::Json {
        at: at.saturating_sub(BEFORE.len()).min(value.len()),
        problem,
    };
    let members = Members::parse(&wrapped, Limits::default().json)
        .map_err(|defect| broken(defect.at, defect.problem))?;
    // `1,"exp":2` closes the value and goes on: more than one member is not one value.
    match members.iter().next() {
        Some((_, raw)) if members.iter().count() == 1 => Ok(raw.to_owned()),
        _ => Err(broken(
            BEFORE.len(),
            JsonProblem::Syntax("more than one value".to_owned()),
        )),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_claim_is_a_string_or_json_as_its_sign_says() {
        for (text, name, raw) in [
            ("role=admin", "role", "\"admin\""),
            ("level=3", "level", "\"3\""),
            ("level:=3", "level", "3"),
            ("n:=12345678901234567890.0", "n", "12345678901234567890.0"),
            ("scopes:=[\"a\", \"b\"]", "scopes", "[\"a\", \"b\"]"),
            ("empty=", "empty", "\"\""),
            ("url=https://x/?a=b", "url", "\"https://x/?a=b\""),
            ("https://x/role=é\"", "https://x/role", "\"é\\\"\""),
            ("null:= null ", "null", "null"),
        ] {
            assert_eq!(
                one(text).unwrap(),
                (name.to_owned(), raw.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_claim_is_refused_with_the_place() {
        for (text, expected) in [
            ("role", "there is no = between the name and the value"),
            ("=x", "the name is empty"),
            (":=1", "the name is empty"),
            (
                "level:=",
                "the value is not JSON (expected value) at byte 0",
            ),
            (
                "level:=three",
                "the value is not JSON (expected ident) at byte 1",
            ),
            (
                "level:=[1,",
                "the value is not JSON (expected value) at byte 3",
            ),
            (
                "level:=1 2",
                "the value is not JSON (expected `,` or `}`) at byte 2",
            ),
            (
                "level:=1,\"exp\":2",
                "the value is not JSON (more than one value) at byte 0",
            ),
            (
                "level:=1}",
                "the value is not JSON (trailing characters) at byte 2",
            ),
        ] {
            assert_eq!(one(text).unwrap_err().to_string(), expected, "{text}");
        }
        assert_eq!(
            object("[]").unwrap_err().to_string(),
            "the value is JSON of type array, not an object at byte 0"
        );
    }

    #[test]
    fn an_objects_members_come_in_their_order() {
        let given = object("{\"b\": 1.0, \"a\": {\"c\": []}}").unwrap();
        let given: Vec<_> = given
            .iter()
            .map(|(name, raw)| (name.as_str(), raw.as_str()))
            .collect();
        assert_eq!(given, [("b", "1.0"), ("a", "{\"c\": []}")]);
    }
}
