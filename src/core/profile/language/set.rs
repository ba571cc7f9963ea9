//! One change of a call: `--set KEY=VALUE`, in the words of the file.
use super::mistake::{Fault, Mistake};
use super::old;
use super::own::{Own, is_server_setting};
use super::value::{Member, Node, Value};
use super::vocabulary::{Form, OWN, known};

/// Reads VALUE as TOML, where it begins like TOML. None if it is none. What knows TOML is not in this room.
pub type ReadToml<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// Reads one change. VALUE is read by the key's type; one that begins with `[`, `{` or a quote is TOML.
///
/// # Errors
/// There is no such key, or the value does not have its form.
pub fn change(key: &str, value: &str, toml: ReadToml<'_>) -> Result<Own, Vec<Mistake>> {
    let refuse = |message: String| {
        vec![Mistake {
            line: 0,
            key: key.to_owned(),
            message,
        }]
    };
    if OWN.contains(&key) {
        return Err(refuse(
            "can't be set for one call: it belongs to a profile in the config file".to_owned(),
        ));
    }
    let is_toml = value.starts_with(['[', '{', '"', '\'']) && !is_server_setting(key);
    let value = if is_toml {
        toml(value).ok_or_else(|| refuse("begins like TOML, and is none".to_owned()))?
    } else {
        typed(key, value).map_err(|fault| refuse(fault.message))?
    };
    let member = Member {
        name: key.to_owned().into(),
        line: 0,
        node: Node { line: 0, value },
    };
    let (own, mistakes) = Own::read("".into(), 0, vec![member]);
    if mistakes.is_empty() {
        Ok(own)
    } else {
        Err(mistakes)
    }
}

/// A plain value as the key's type has it.
fn typed(key: &str, value: &str) -> Result<Value, Fault> {
    let text = || Value::Text(value.to_owned().into());
    let switch = || match value {
        "true" | "on" | "yes" | "1" => Value::Switch(true),
        "false" | "off" | "no" | "0" => Value::Switch(false),
        _ => text(),
    };
    if old::is_switch(key) {
        return Ok(switch());
    }
    let form = known(old::today(key).unwrap_or(key)).map(|(_, form)| form);
    Ok(match form {
        Some(Form::Switch) => switch(),
        Some(Form::Texts | Form::List) => {
            // A key set's address may hold a comma in no place that matters; a list of one is written as TOML.
            let parts = value
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            let node = |part: &str| Node {
                line: 0,
                value: Value::Text(part.to_owned().into()),
            };
            let nodes: Vec<Node> = parts.map(node).collect();
            match nodes.as_slice() {
                [Node { value, .. }] if form == Some(Form::Texts) => value.clone(),
                _ => Value::List(nodes),
            }
        }
        Some(Form::Keeps) if value != "all" => {
            let parts = value
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            Value::List(
                parts
                    .map(|part| Node {
                        line: 0,
                        value: Value::Text(part.to_owned().into()),
                    })
                    .collect(),
            )
        }
        Some(Form::Claims | Form::Header | Form::Answer | Form::Errors | Form::Users) => {
            return Err(Fault::new(format!(
                "has to be a list, as in --set '{key}=[\"...\", {}]'",
                example(form)
            )));
        }
        _ => text(),
    })
}

fn example(form: Option<Form>) -> &'static str {
    match form {
        Some(Form::Header) => "\"kid?\"",
        Some(Form::Answer) => "\"access_token = access\"",
        Some(Form::Errors) => "\"401 = expired\"",
        Some(Form::Users) => "{ name = \"alice\", id = 1 }",
        _ => "\"role = user.role\"",
    }
}
