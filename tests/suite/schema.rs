//! The schema of `--json` and the types that are printed have the same members: of each whether it is always there, and whether it can be null.
//!
//! What a value may be beyond that, the answers are held against where they are printed (`cli::render::json::tests`).
use std::collections::BTreeMap;

use serde_json::Value;

const SCHEMA: &str = include_str!("../../schema/jwtsess-output.schema.json");

/// The module of each file that declares printed types, and its source as `cargo fmt` leaves it: a member a line.
const SOURCES: [(&str, &str); 7] = [
    ("json", include_str!("../../src/cli/render/json.rs")),
    (
        "answer",
        include_str!("../../src/cli/render/json/answer.rs"),
    ),
    ("batch", include_str!("../../src/cli/render/json/batch.rs")),
    ("key", include_str!("../../src/cli/render/json/key.rs")),
    ("live", include_str!("../../src/cli/render/json/live.rs")),
    (
        "profiles",
        include_str!("../../src/cli/render/json/profiles.rs"),
    ),
    (
        "sessions",
        include_str!("../../src/cli/render/json/sessions.rs"),
    ),
];

/// A member of a printed type, as it is declared.
#[derive(Clone, Debug)]
struct Member {
    name: String,
    declared: String,
    /// Left out where it is `None`; a variant where it is another.
    skipped: bool,
    flattened: bool,
}

/// The types that derive `Serialize`, by module and name.
type Types = BTreeMap<(&'static str, String), Vec<Member>>;

fn types() -> Types {
    let mut types = Types::new();
    for (module, source) in SOURCES {
        let mut lines = source.lines();
        let mut attributes = String::new();
        while let Some(line) = lines.next() {
            let declaration = line.trim_start_matches("pub(super) ");
            let kind = declaration.split_once(' ').unwrap_or_default();
            if line.starts_with("#[") {
                attributes.push_str(line);
            } else if let ("struct" | "enum", rest) = kind
                && attributes.contains("Serialize")
            {
                let name = rest.split(['<', ' ']).next().unwrap().to_owned();
                let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
                // Without tags an enum is a value, whichever it is.
                if !attributes.contains("untagged") {
                    types.insert((module, name), members(&body));
                }
                attributes.clear();
            } else {
                attributes.clear();
            }
        }
    }
    types
}

fn members(body: &[&str]) -> Vec<Member> {
    let mut members = Vec::new();
    let mut attributes = String::new();
    for line in body.iter().map(|line| line.trim()) {
        let declared = line.trim_end_matches(',');
        if line.starts_with("#[") {
            attributes.push_str(line);
        } else if let Some((name, declared)) = declared.split_once(": ") {
            members.push(Member {
                name: name.to_owned(),
                declared: declared.to_owned(),
                skipped: attributes.contains("skip_serializing_if"),
                flattened: attributes.contains("flatten"),
            });
            attributes.clear();
        } else if let Some((variant, declared)) = declared.split_once('(') {
            members.push(Member {
                name: variant.to_lowercase(),
                declared: declared.trim_end_matches(')').to_owned(),
                skipped: true,
                flattened: false,
            });
        }
    }
    members
}

/// `Vec<String>` as `Vec` and `String`; of a name alone the second is empty.
fn parts(declared: &str) -> (&str, &str) {
    let parts = declared.split_once('<');
    parts.map_or((declared, ""), |(name, rest)| {
        (name, rest.strip_suffix('>').unwrap())
    })
}

/// Members by their paths, `a.b` and `a[]`: whether each is always there, and whether it can be null.
type Members = BTreeMap<String, (bool, bool)>;

/// A value of the type, and all below it.
fn printed(
    types: &Types,
    module: &'static str,
    declared: &str,
    at: &str,
    always: bool,
    found: &mut Members,
) {
    let (is_null, declared) = match parts(declared) {
        // What is left out where it is none is never null.
        ("Option", inner) => (always, inner),
        _ => (false, declared),
    };
    found.insert(at.to_owned(), (always, is_null));
    match parts(declared) {
        ("Vec", element) => printed(types, module, element, &format!("{at}[]"), true, found),
        _ => below(types, module, declared, at, true, found),
    }
}

/// The members of a type; `always` is whether a value of it is always there.
fn below(
    types: &Types,
    module: &'static str,
    declared: &str,
    at: &str,
    always: bool,
    found: &mut Members,
) {
    let (name, argument) = parts(declared);
    let (prefix, name) = name.split_once("::").unwrap_or((module, name));
    let of = |module: &str| {
        let is = |(known, one): &(&str, String)| *known == module && one == name;
        types.iter().find(|(key, _)| is(key))
    };
    let Some(((module, _), members)) = of(prefix).or_else(|| of("json")) else {
        return;
    };
    for member in members {
        let declared = match member.declared.as_str() {
            "T" => argument,
            declared => declared,
        };
        if !member.flattened {
            let at = format!("{at}.{}", member.name);
            printed(types, module, declared, &at, !member.skipped, found);
            found.entry(at).and_modify(|how| how.0 &= always);
        } else if let ("Option", inner) = parts(declared) {
            below(types, module, inner, at, false, found);
        } else {
            below(types, module, declared, at, always, found);
        }
    }
}

/// The same of the schema.
fn described(schema: &Value, node: &Value, at: &str, always: bool, found: &mut Members) {
    let referred = node["$ref"]
        .as_str()
        .map(|path| path.trim_start_matches('#'));
    let referred = referred.map(|path| schema.pointer(path).unwrap());
    for node in [Some(node), referred].into_iter().flatten() {
        let has_null = |name: &str, null: Value| {
            let all = node[name].as_array();
            all.is_some_and(|all| all.contains(&null))
        };
        let is_null = has_null("type", "null".into()) || has_null("enum", Value::Null);
        let entry = found.entry(at.to_owned()).or_insert((always, false));
        entry.1 |= is_null;
        let required = node["required"].as_array().cloned().unwrap_or_default();
        for (name, node) in node["properties"].as_object().into_iter().flatten() {
            let always = required.contains(&name.as_str().into());
            described(schema, node, &format!("{at}.{name}"), always, found);
        }
        if !node["items"].is_null() {
            described(schema, &node["items"], &format!("{at}[]"), true, found);
        }
    }
}

#[test]
fn the_schema_has_the_members_that_are_printed() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let (mut in_types, mut in_schema) = (Members::new(), Members::new());
    printed(&types(), "json", "Report", "", true, &mut in_types);
    described(&schema, &schema, "", true, &mut in_schema);
    assert!(in_types.len() > 150, "{}", in_types.len());
    let only = |these: &Members, those: &Members| -> Vec<String> {
        let differs = these
            .iter()
            .filter(|(path, how)| those.get(*path) != Some(how));
        let say = |(path, (always, null)): (&String, &(bool, bool))| {
            format!("{path}, always there: {always}, null: {null}")
        };
        differs.map(say).collect()
    };
    let (printed, described) = (only(&in_types, &in_schema), only(&in_schema, &in_types));
    assert!(
        printed.is_empty() && described.is_empty(),
        "the types:\n  {}\nthe schema:\n  {}",
        printed.join("\n  "),
        described.join("\n  ")
    );
}
