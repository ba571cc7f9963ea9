//! One change of a call: `--set KEY=VALUE`, in the words of the file.
use super::mistake::{Fault, Mistake};
use super::old;
use super::own::{ProfileDeclaration, is_server_setting};
use super::value::{Node, TableEntry, Value};
use super::vocabulary::{OWN, SettingForm, known};

/// Reads VALUE as TOML, where it begins like TOML. None if it is none. What knows TOML is not in this room.
pub(crate) type ReadToml<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// Reads one change. VALUE is read by the key's type; one that begins with `[`, `{` or a quote is TOML.
///
/// # Errors
/// There is no such key, or the value does not have its form.
pub(crate) fn change(
    key: &str,
    value: &str,
    toml: ReadToml<'_>,
) -> Result<ProfileDeclaration, Vec<Mistake>> {
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
    let member = TableEntry {
        name: key.to_owned().into(),
        line: 0,
        node: Node { line: 0, value },
    };
    let (own, mistakes) = ProfileDeclaration::read("".into(), 0, vec![member].into());
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
        Some(SettingForm::Switch) => switch(),
        Some(SettingForm::Texts | SettingForm::List) => {
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
                [Node { value, .. }] if form == Some(SettingForm::Texts) => value.clone(),
                _ => Value::List(nodes.into()),
            }
        }
        Some(SettingForm::Keeps) if value != "all" => {
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
        Some(
            SettingForm::Claims
            | SettingForm::Header
            | SettingForm::Answer
            | SettingForm::Errors
            | SettingForm::Users,
        ) => {
            return Err(Fault::new(format!(
                "has to be a list, as in --set '{key}=[\"...\", {}]'",
                example(form)
            )));
        }
        _ => text(),
    })
}

fn example(form: Option<SettingForm>) -> &'static str {
    match form {
        Some(SettingForm::Header) => "\"kid?\"",
        Some(SettingForm::Answer) => "\"access_token = access\"",
        Some(SettingForm::Errors) => "\"401 = expired\"",
        Some(SettingForm::Users) => "{ name = \"alice\", id = 1 }",
        _ => "\"role = user.role\"",
    }
}
