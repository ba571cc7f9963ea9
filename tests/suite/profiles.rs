//! The language of profiles, held against the built-in files and against the mistakes that people make.
use std::path::Path;

use jwtsess::internals::config::profiles::OwnProfiles;
use jwtsess::internals::config::tree;
use jwtsess::internals::core::profile::language::builtin::{MODELS, SOURCES};
use jwtsess::internals::core::profile::language::mistake::Mistake;
use jwtsess::internals::core::profile::language::model::Model;
use jwtsess::internals::core::profile::language::own::ProfileDeclaration;
use jwtsess::internals::core::profile::language::render;
use jwtsess::internals::core::profile::language::request::CODES;
use jwtsess::internals::core::profile::language::resolve::Profiles;
use jwtsess::internals::core::profile::language::value::Value;
use jwtsess::internals::core::profile::language::vocabulary::keys;
use jwtsess::internals::core::verdict::Reason;
use jwtsess::internals::django::SettingsReader;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// What is wrong with a config file, as it is told.
pub(super) fn told(text: &str) -> Vec<String> {
    match OwnProfiles::parse(text, &SettingsReader) {
        Ok(_) => Vec::new(),
        Err(mistakes) => lines(&mistakes),
    }
}

fn lines(mistakes: &[Mistake]) -> Vec<String> {
    mistakes
        .iter()
        .map(|mistake| format!("config.toml:{mistake}"))
        .collect()
}

pub(super) fn parsed(text: &str) -> OwnProfiles {
    OwnProfiles::parse(text, &SettingsReader)
        .unwrap_or_else(|mistakes| panic!("{:#?}", lines(&mistakes)))
}

/// The texts of the one profile of a file.
fn source(text: &str) -> ProfileDeclaration {
    let table = |value| match value {
        Value::Table(members) => members.into_owned().pop().unwrap(),
        _ => panic!("no table"),
    };
    let profile = table(Value::Table(tree::file(text).unwrap().into()));
    let profile = table(profile.node.value);
    let Value::Table(keys) = profile.node.value else {
        panic!("no profile");
    };
    let (own, mistakes) = ProfileDeclaration::read(profile.name, profile.line, keys);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    own
}

#[test]
fn the_built_in_profiles_are_what_their_files_say() {
    let read: Vec<ProfileDeclaration> = SOURCES
        .iter()
        .map(|own| source(&file(&format!("src/profiles/{}.toml", own.name))))
        .collect();
    assert_eq!(read, SOURCES);
    let profiles = Profiles {
        builtin: &read,
        own: &[],
        servers: &SettingsReader,
    };
    for (own, model) in read.iter().zip(&MODELS) {
        assert_eq!(
            profiles.model(own, &[], Vec::new()).as_ref(),
            Ok(model),
            "{}",
            own.name
        );
    }
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

#[test]
fn a_printed_profile_means_the_same_under_another_name() {
    let acme = parsed(&file("tests/fixtures/profiles/acme.toml"));
    let authlib = parsed(&file("tests/fixtures/profiles/authlib.toml"));
    let builtin = OwnProfiles::default();
    let all = SOURCES
        .iter()
        .map(|own| (&builtin, own.name.as_ref()))
        .chain([(&acme, "acme"), (&authlib, "authlib")]);
    for (profiles, name) in all {
        let mut resolved = profiles.resolved(name, &[], &SettingsReader).unwrap();
        resolved.name = "copy".into();
        let text = render::text(&resolved);
        let copy = parsed(&text);
        let original = profiles.model(name).unwrap();
        assert_eq!(
            copied(copy.model("copy").unwrap()),
            copied(original),
            "{text}"
        );
        assert!(copy.model("copy").unwrap().recognise.is_empty());
        assert_eq!(
            text.contains("# recognise = "),
            !original.recognise.is_empty(),
            "{text}"
        );
    }
}

#[test]
fn each_mistake_is_told_with_its_line_and_what_was_meant() {
    let expected = file("tests/fixtures/profiles/mistakes.txt");
    let expected: Vec<&str> = expected.lines().collect();
    assert_eq!(
        told(&file("tests/fixtures/profiles/mistakes.toml")),
        expected
    );
}

#[test]
fn secrets_are_told_in_the_order_of_their_lines() {
    let secret = "summary = '-----BEGIN PRIVATE KEY-----'";
    let told = told(&format!(
        "[profiles.a]\n{secret}\n[profiles.b]\n{secret}\n[profiles.a.access]\n{secret}\n"
    ));
    let places: Vec<&str> = told
        .iter()
        .filter_map(|told| told.split(": ").next())
        .collect();
    assert_eq!(places, ["config.toml:2", "config.toml:4", "config.toml:6"]);
}

#[test]
fn every_misspelt_key_is_an_error_at_its_place() {
    let mut misspelt = 0;
    for key in keys() {
        let (table, name) = key
            .rsplit_once('.')
            .map_or(("", key), |(table, name)| (table, name));
        let dot = if table.is_empty() { "" } else { "." };
        let wrong = [
            name[..name.len() - 1].to_owned(),
            format!("{name}s"),
            format!("{}{name}", &name[..1]),
        ];
        for wrong in wrong {
            let typed = format!("{table}{dot}{wrong}");
            if wrong.is_empty()
                || keys().any(|known| known == typed || known.starts_with(&format!("{typed}.")))
            {
                continue;
            }
            let text = format!("[profiles.a]\nextends = 'pair'\n{typed} = 'x'\n");
            let told = told(&text);
            let place = format!("config.toml:3: profiles.a.{typed}: unknown key `{wrong}`");
            assert!(
                told.len() == 1 && told[0].starts_with(&place),
                "{typed}: {told:?}"
            );
            if name.len() > 4 {
                assert!(
                    told[0].contains("did you mean ") && told[0].contains(name),
                    "{told:?}"
                );
            }
            misspelt += 1;
        }
    }
    assert!(misspelt > 261, "{misspelt}");
}

#[test]
fn an_error_may_mean_every_reason_code() {
    for reason in Reason::ALL {
        let local = [
            "expires_soon",
            "issued_in_future",
            "store_missing",
            "token_id_taken",
            "record_changed",
        ];
        let local = local.contains(&reason.code());
        assert!(local || CODES.contains(&reason.code()), "{}", reason.code());
    }
}
