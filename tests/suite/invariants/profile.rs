//! A config file is read or refused as a whole, and a profile that is printed and read again is the same.
use jwtsess::internals::config::profiles::OwnProfiles;
use jwtsess::internals::config::tree;
use jwtsess::internals::core::profile::language::model::Model;
use jwtsess::internals::core::profile::language::render;
use jwtsess::internals::django::SettingsReader;

pub(crate) fn hold(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    // After the text, a change as `--set` makes it: KEY=VALUE behind a NUL.
    let (text, change) = text.split_once('\0').unwrap_or((text, ""));
    let lines = u32::try_from(text.matches('\n').count() + 1).unwrap();
    match OwnProfiles::parse(text, &SettingsReader) {
        Ok(own) => read(&own, change),
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            assert!(mistakes.is_sorted());
            for mistake in mistakes {
                assert!((1..=lines).contains(&mistake.line), "{mistake}");
                told(&mistake.to_string(), text);
            }
        }
    }
}

/// A message is not much longer than what was typed. Control characters are escaped where it is printed.
fn told(message: &str, typed: &str) {
    assert!(message.len() < 3 * typed.len() + 1000, "{message}");
}

/// A model without what a copy does not have.
fn copied(model: &Model) -> Model {
    let plain = Model::default();
    Model {
        name: plain.name,
        base: plain.base,
        extends: plain.extends,
        aka: plain.aka,
        recognise: plain.recognise,
        sure: plain.sure,
        ..model.clone()
    }
}

fn read(own: &OwnProfiles, change: &str) {
    for model in own.models() {
        let name = model.name.as_ref();
        let mut resolved = own.resolved(name, &[], &SettingsReader).unwrap();
        resolved.name = "copy".into();
        let text = render::text(&resolved);
        assert!(tree::file(&text).is_ok(), "{text}");
        let copy = OwnProfiles::parse(&text, &SettingsReader);
        let copy = copy.unwrap_or_else(|mistakes| panic!("{mistakes:?}\n{text}"));
        assert_eq!(copied(copy.model("copy").unwrap()), copied(model), "{text}");
        let mut again = copy.resolved("copy", &[], &SettingsReader).unwrap();
        again.name = "copy".into();
        let again = render::text(&again);
        let settings = |text: &str| {
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(settings(&again), settings(&text));
        changed(own, name, change);
    }
}

/// A change is made or refused with the key that it names; the profile itself stays.
fn changed(own: &OwnProfiles, name: &str, change: &str) {
    let Some((key, value)) = change.split_once('=') else {
        return;
    };
    let plain = |one: u8| one.is_ascii_alphanumeric() || b"_.-".contains(&one);
    if !(1..=40).contains(&key.len()) || !key.bytes().all(plain) {
        // The command line refuses what can't be a name, without repeating it.
        return;
    }
    let before = own.model(name).cloned();
    let changes = [(key.to_owned(), value.to_owned())];
    match own.changed(name, &changes, &SettingsReader) {
        Ok(model) => assert!(model.is_some_and(|model| model.name == name)),
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            for mistake in mistakes {
                told(&mistake.to_string(), change);
            }
        }
    }
    assert_eq!(own.model(name).cloned(), before);
}
