//! Reads the users of a server, as a profile lists them.
use std::borrow::Cow;

use super::meant::meant;
use super::mistake::{Fault, shown};
use super::model::{Fact, User, UserId};
use super::value::{Node, Plain, TableEntry, Text, Value};

const USER: [&str; 6] = ["name", "id", "email", "active", "password_hash", "claims"];

/// Reads the users of a server.
///
/// # Errors
/// Something is no table, is unknown, has another form, or is missing.
pub(crate) fn users(value: &Plain) -> Result<Vec<User>, Fault> {
    let nodes: &[Node] = match value {
        Plain::Tree(nodes) => nodes,
        Plain::Texts(lines) if lines.is_empty() => &[],
        _ => return Err(Fault::new("has to be a list of tables")),
    };
    nodes
        .iter()
        .map(|node| {
            user(node).map_err(|fault| Fault {
                line: fault.line.or(Some(node.line)),
                ..fault
            })
        })
        .collect()
}

fn user(node: &Node) -> Result<User, Fault> {
    let Value::Table(members) = &node.value else {
        return Err(Fault::new("has to be a list of tables"));
    };
    let (mut name, mut id) = (None, None);
    let mut user = User {
        name: Text::default(),
        id: UserId::Number(0),
        email: Text::default(),
        active: true,
        password_hash: None,
        claims: Cow::default(),
    };
    for member in members.iter() {
        let wrong = |form: &str| {
            Err(Fault::new(format!("{} has to be {form}", member.name)).on(member.line))
        };
        match (member.name.as_ref(), &member.node.value) {
            ("name", Value::Text(text)) => name = Some(text.clone()),
            ("id", Value::Number(number)) => id = Some(UserId::Number(*number)),
            ("id", Value::Text(text)) => id = Some(UserId::Text(text.clone())),
            ("email", Value::Text(text)) => user.email.clone_from(text),
            ("active", Value::Switch(active)) => user.active = *active,
            ("password_hash", Value::Text(hash)) => user.password_hash = Some(hash.clone()),
            ("claims", Value::Table(facts)) => {
                user.claims = facts
                    .iter()
                    .map(fact)
                    .collect::<Result<Vec<_>, _>>()?
                    .into();
            }
            ("name" | "email" | "password_hash", _) => return wrong("a text"),
            ("id", _) => return wrong("a whole number or a text"),
            ("active", _) => return wrong("true or false"),
            ("claims", _) => return wrong("a table"),
            (unknown, _) => {
                let key = shown(unknown).unwrap_or("…");
                let meant = meant(unknown, USER);
                return Err(Fault::new(format!(
                    "unknown key `{key}`{meant}; other facts belong into claims = {{…}}"
                ))
                .on(member.line));
            }
        }
    }
    match (name, id) {
        (Some(name), Some(id)) => Ok(User { name, id, ..user }),
        _ => Err(Fault::new("each user needs a name and an id")),
    }
}

fn fact(member: &TableEntry) -> Result<Fact, Fault> {
    let json = json(&member.node.value).ok_or_else(|| {
        Fault::new("claims holds a date or a number that JSON has not").on(member.line)
    })?;
    Ok(Fact {
        claim: member.name.clone(),
        json: json.to_string().into(),
    })
}

fn json(value: &Value) -> Option<serde_json::Value> {
    Some(match value {
        Value::Text(text) => text.as_ref().into(),
        Value::Number(number) => (*number).into(),
        Value::Switch(switch) => (*switch).into(),
        Value::Decimal(text) => serde_json::from_str(text).ok()?,
        Value::Moment(_) => return None,
        Value::List(nodes) => {
            let values: Option<Vec<_>> = nodes.iter().map(|node| json(&node.value)).collect();
            values?.into()
        }
        Value::Table(members) => {
            let member =
                |member: &TableEntry| Some((member.name.to_string(), json(&member.node.value)?));
            let members: Option<serde_json::Map<_, _>> = members.iter().map(member).collect();
            members?.into()
        }
    })
}
