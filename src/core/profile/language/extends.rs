//! Lays what a profile says itself over what it extends: tables key by key, lists by the names of their entries.
use std::borrow::Cow;

use super::emulator::{ServerSettings, is_its_own, package, setting_for};
use super::entry::{is_about_the_list, name_of};
use super::mistake::{Fault, Mistake};
use super::old::REQUIRE_EXP;
use super::own::{ProfileDeclaration, instead_of, is_server_setting};
use super::value::{Plain, Setting, Text, TextLine};
use super::vocabulary::{KINDS, OWN};

/// The keys of the payload and the key that a kind may have of its own.
const BESIDE: [&str; 5] = ["claims", "header", "alg", "secret", "key"];

/// The settings that a profile inherits from another one's. Of those of an emulated server only the ones that its own server has, which `servers` tells.
#[must_use]
pub(super) fn inherited(
    mut parent: Vec<Setting>,
    own: &ProfileDeclaration,
    servers: &dyn ServerSettings,
) -> Vec<Setting> {
    let names = (own.text("emulator")).map_or_else(Vec::new, |emulator| servers.names(emulator));
    let is_lost = |key: &str| is_server_setting(key) && !names.is_empty() && !names.contains(&key);
    parent.retain(|setting| !OWN.contains(&setting.key.as_ref()) && !is_lost(&setting.key));
    parent
}

/// Lays a profile's own settings over inherited ones; tells what has no effect over them. `parent` is whose those are.
pub(super) fn laid_over(
    mut base: Vec<Setting>,
    own: &ProfileDeclaration,
    parent: &str,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Setting> {
    let inherited = emulator_of(&base);
    let emulator = emulator_of(&own.settings).or_else(|| inherited.clone());
    let settings: Cow<'_, [Setting]> = match &emulator {
        Some(emulator) => theirs(own, emulator, mistakes).into(),
        None => Cow::Borrowed(&own.settings),
    };
    if let Some(emulator) = emulator.as_ref().filter(|_| inherited.is_none()) {
        // The server has its own word for it, and its own default.
        let is_theirs = |key: &str| setting_for(emulator, key).is_some() || is_its_own(key);
        base.retain(|setting| !is_theirs(&setting.key) && !KINDS.contains(&first(&setting.key)));
    }
    if own.get("kind").is_some() || own.get("emulator").is_some() {
        base.retain(|setting| {
            setting.key != "unmarked" && !["is", "has"].contains(&behind_kind(&setting.key))
        });
    }
    for setting in settings.iter() {
        if let Some(fault) = without_effect(&base, own, &setting.key, parent) {
            mistakes.push(own.mistake(&setting.key, fault));
        }
    }
    // What stands beside the kinds comes first: a kind's own list may start from it.
    for of_kind in [false, true] {
        let these = settings.iter().filter(|setting| {
            setting.key != REQUIRE_EXP && KINDS.contains(&first(&setting.key)) == of_kind
        });
        for setting in these {
            match over(&base, setting) {
                Ok(value) => lay(&mut base, setting, value),
                Err(fault) => mistakes.push(own.mistake(&setting.key, fault)),
            }
        }
    }
    if let Some(setting) = own.get(REQUIRE_EXP) {
        require_exp(&mut base, setting, emulator.is_some());
    }
    base
}

fn emulator_of(settings: &[Setting]) -> Option<Text> {
    let found = settings.iter().find(|setting| setting.key == "emulator")?;
    match &found.value {
        Plain::Text(name) => Some(name.clone()),
        _ => None,
    }
}

fn first(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

fn behind_kind(key: &str) -> &str {
    match key.split_once('.') {
        Some((kind, name)) if KINDS.contains(&kind) => name,
        _ => "",
    }
}

/// The settings with those that are the emulated server's under its own names.
fn theirs(own: &ProfileDeclaration, emulator: &str, mistakes: &mut Vec<Mistake>) -> Vec<Setting> {
    let mut settings = Vec::with_capacity(own.settings.len());
    for setting in own.settings.iter() {
        let key = match setting_for(emulator, &setting.key) {
            Some(name) if own.get(name).is_some() => {
                let fault = format!("is {name}, which stands here too: keep {name}");
                mistakes.push(own.mistake(&setting.key, Fault::new(fault)));
                continue;
            }
            Some(name) => name.into(),
            None if is_its_own(&setting.key) => {
                let package = package(emulator);
                let fault = match behind_kind(&setting.key) {
                    name @ ("secret" | "key" | "alg") => format!(
                        "{package}'s server signs all its tokens with one key: write {name} alone"
                    ),
                    _ => format!(
                        "{package}'s tokens are made by its emulator, not from this: use its settings, such as USER_ID_CLAIM"
                    ),
                };
                mistakes.push(own.mistake(&setting.key, Fault::new(fault)));
                continue;
            }
            None => setting.key.clone(),
        };
        settings.push(Setting {
            key,
            ..setting.clone()
        });
    }
    settings
}

/// Says why a key beside the kinds would change nothing: each kind that is issued has its own.
fn without_effect(
    base: &[Setting],
    own: &ProfileDeclaration,
    key: &str,
    parent: &str,
) -> Option<Fault> {
    let has_own = |setting: &Setting| behind_kind(&setting.key) == key;
    if !BESIDE.contains(&key) || !base.iter().any(has_own) {
        return None;
    }
    let stands = |settings: &[Setting], kind: &str, name: &str| {
        let is = |setting: &Setting| setting.key.split_once('.') == Some((kind, name));
        settings.iter().any(is)
    };
    let issued = KINDS
        .into_iter()
        .filter(|kind| stands(base, kind, "ttl") || stands(&own.settings, kind, "ttl"));
    let issued: Vec<&str> = issued.collect();
    let has_own = |kind: &&str| stands(base, kind, key) && !stands(&own.settings, kind, key);
    let with_own: Vec<&str> = issued.iter().copied().filter(has_own).collect();
    if with_own.is_empty() || with_own.len() < issued.len() {
        return None;
    }
    let (have, their) = if with_own.len() > 1 {
        ("have", "their")
    } else {
        ("has", "its")
    };
    Some(Fault::new(format!(
        "has no effect: {} {have} {their} own from {parent}; write {}.{key}",
        with_own.join(" and "),
        with_own[0]
    )))
}

fn lay(base: &mut Vec<Setting>, setting: &Setting, value: Plain) {
    let key = setting.key.as_ref();
    // `refresh = "none"`
    if KINDS.contains(&key) {
        base.retain(|setting| first(&setting.key) != key);
        return;
    }
    // What an opaque token has not, and what a JWT has not, goes with the format.
    if let (Some((kind, "format")), Plain::Text(format)) = (key.split_once('.'), &value) {
        let gone: &[&str] = if format == "opaque" {
            &["is", "has", "header", "claims"]
        } else {
            &["text"]
        };
        base.retain(|setting| {
            first(&setting.key) != kind || !gone.contains(&behind_kind(&setting.key))
        });
    }
    // A key takes the place of an inherited secret, and the other way round.
    if let Some(other) = instead_of(key) {
        base.retain(|setting| setting.key != other);
    }
    let laid = Setting {
        key: setting.key.clone(),
        line: setting.line,
        older: setting.older,
        value,
    };
    // A server's settings apply in the order in which they were said.
    let known = base.iter().position(|known| known.key == key);
    match known {
        Some(at) if !is_server_setting(key) => base[at] = laid,
        Some(at) => {
            base.remove(at);
            base.push(laid);
        }
        None => base.push(laid),
    }
}

/// A setting's value over the inherited one: a list with `...` takes up what it does not name.
fn over(base: &[Setting], setting: &Setting) -> Result<Plain, Fault> {
    let Plain::Texts(lines) = &setting.value else {
        return Ok(setting.value.clone());
    };
    if is_server_setting(&setting.key) {
        return Ok(setting.value.clone());
    }
    let takes_up = lines.iter().any(|line| line.text == "...");
    if !takes_up {
        return match lines.iter().find(|line| is_about_the_list(&line.text)) {
            Some(line) if has_entries(&setting.key) => Err(Fault::new(format!(
                "`{}` takes an inherited entry out, and stands beside \"...\" alone",
                line.text
            ))
            .on(line.line)),
            _ => Ok(setting.value.clone()),
        };
    }
    let inherited = inherited_list(base, &setting.key);
    let name = |text: &str| name_in(&setting.key, text).to_owned();
    let had = |name_wanted: &str| inherited.iter().any(|line| name(&line.text) == name_wanted);
    let mut merged: Vec<TextLine> = Vec::with_capacity(lines.len() + inherited.len());
    for line in lines.iter() {
        if line.text == "..." {
            take_up(&mut merged, &inherited, lines, &name);
        } else if let Some(gone) = line
            .text
            .strip_prefix('!')
            .filter(|_| is_about_the_list(&line.text))
        {
            if !had(gone) {
                return Err(Fault::new(format!(
                    "`{}` takes nothing out: there is no {gone}",
                    line.text
                ))
                .on(line.line));
            }
        } else if !had(&name(&line.text)) {
            merged.push(line.clone());
        }
    }
    Ok(Plain::Texts(merged.into()))
}

/// Takes up the inherited entries: those that are named anew stand in their place.
fn take_up(
    merged: &mut Vec<TextLine>,
    inherited: &[TextLine],
    lines: &[TextLine],
    name: &dyn Fn(&str) -> String,
) {
    let gone: Vec<&str> = lines
        .iter()
        .filter(|line| is_about_the_list(&line.text))
        .filter_map(|line| line.text.strip_prefix('!'))
        .collect();
    let anew: Vec<(String, &TextLine)> = lines
        .iter()
        .filter(|line| !is_about_the_list(&line.text))
        .map(|line| (name(&line.text), line))
        .collect();
    let mut placed: Vec<String> = Vec::new();
    for line in inherited {
        let own = name(&line.text);
        if gone.contains(&own.as_str()) || placed.contains(&own) {
            continue;
        }
        let mut instead = anew.iter().filter(|(name, _)| *name == own).peekable();
        if instead.peek().is_none() {
            merged.push(line.clone());
            continue;
        }
        merged.extend(instead.map(|(_, line)| (*line).clone()));
        placed.push(own);
    }
}

/// The list that `...` stands for. A kind without its own inherits the one beside it.
fn inherited_list<'b>(base: &'b [Setting], key: &str) -> Cow<'b, [TextLine]> {
    let of = |key: &str| base.iter().find(|setting| setting.key == key);
    let beside = || of(behind_kind(key)).filter(|setting| BESIDE.contains(&setting.key.as_ref()));
    match of(key)
        .or_else(beside)
        .map(|setting| (&setting.value, setting.line))
    {
        Some((Plain::Texts(lines), _)) => Cow::Borrowed(lines),
        Some((Plain::Text(text), line)) => vec![TextLine {
            line,
            text: text.clone(),
        }]
        .into(),
        _ => Cow::default(),
    }
}

fn has_entries(key: &str) -> bool {
    let name = key.rsplit('.').next().unwrap_or(key);
    ["claims", "header", "answer"].contains(&name)
}

/// The name of an element of a list: an entry's name, an error's condition, else the text itself.
fn name_in<'t>(key: &str, text: &'t str) -> &'t str {
    match key {
        "live.errors" => text
            .rsplit_once(" = ")
            .map_or(text, |(condition, _)| condition),
        _ if has_entries(key) => name_of(text),
        _ => text,
    }
}

/// What `require_exp` of an older config says: whether `exp` may be absent from every list of claims. An emulator is told so.
fn require_exp(base: &mut Vec<Setting>, setting: &Setting, emulated: bool) {
    if emulated {
        lay(base, setting, setting.value.clone());
        return;
    }
    let required = setting.value == Plain::Switch(true);
    for list in base
        .iter_mut()
        .filter(|known| known.key.rsplit('.').next() == Some("claims"))
    {
        let Plain::Texts(lines) = &mut list.value else {
            continue;
        };
        for line in lines.to_mut() {
            let Some(rest) = line.text.strip_prefix("exp") else {
                continue;
            };
            let rest = rest.strip_prefix('?').unwrap_or(rest);
            if rest.is_empty() || rest.starts_with(' ') {
                line.text = format!("exp{}{rest}", if required { "" } else { "?" }).into();
            }
        }
    }
}
