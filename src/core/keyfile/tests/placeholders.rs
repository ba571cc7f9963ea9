//! Texts that stand in a secret's place are named, with the way to the secret, by `--key` and by `--secret` alike.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::key::NoSecret;

#[test]
fn what_stands_in_a_secrets_place_is_named_with_the_way_to_it() {
    let lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    let vault = "$ANSIBLE_VAULT;1.1;AES256\n66386439653236336462626566653063336164663966303231363934653561363964363833313662\n";
    let sops =
        "secret: ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UQ=,type:str]\nsops:\n    version: 3.9.0\n";
    let sops_json = r#"{"secret": "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UQ=,type:str]"}"#;
    let settings = "import os\nDEBUG = True\nSECRET_KEY = 'django-insecure-abcdefghijklmnopqrstuvwxyz'\nINSTALLED_APPS = []\n";
    let dotenv = "# settings\nDEBUG=1\nSECRET_KEY=abcdefghijklmnop\n";
    let jwt = "eyJhbGciOiJIUzI1NiJ9.e30.AAAA";
    for (text, what, way) in [
        (lfs, "a Git LFS pointer", "git lfs pull"),
        (vault, "an Ansible vault", "ansible-vault view"),
        (sops, "a file that sops encrypted", "sops -d"),
        (sops_json, "a file that sops encrypted", "sops -d"),
        ("${JWT_SECRET}", "a template", "no program filled it in"),
        (
            "${jwt.secret:-x}\n",
            "a template",
            "no program filled it in",
        ),
        (
            "{{ .Values.jwt.secret }}",
            "a template",
            "no program filled it in",
        ),
        ("{{jwt_secret}}", "a template", "no program filled it in"),
        (
            "${{ secrets.JWT_SECRET }}",
            "a template",
            "no program filled it in",
        ),
        (
            "<%= ENV['JWT_SECRET'] %>",
            "a template",
            "no program filled it in",
        ),
        ("$(JWT_SECRET)", "a template", "no program filled it in"),
        ("%JWT_SECRET%", "a template", "no program filled it in"),
        ("$JWT_SECRET", "a template", "no program filled it in"),
        (
            "op://vault/item/field",
            "a reference to a secret",
            "--secret env:NAME",
        ),
        (
            "vault:secret/data/app#JWT_SECRET",
            "a reference to a secret",
            "--secret env:NAME",
        ),
        (
            "arn:aws:secretsmanager:eu-west-1:1:secret:x",
            "a reference to a secret",
            "--secret env:NAME",
        ),
        (
            "projects/1/secrets/jwt/versions/latest",
            "a reference to a secret",
            "--secret env:NAME",
        ),
        ("***", "a masked value", "where it is kept"),
        ("********\n", "a masked value", "where it is kept"),
        ("••••••••", "a masked value", "where it is kept"),
        ("[REDACTED]", "a masked value", "where it is kept"),
        (settings, "a file of settings in Python", "SECRET_KEY"),
        (
            "SECRET_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789'",
            "a file of settings in Python",
            "dotenv:FILE#NAME",
        ),
        (dotenv, "a file of settings (.env)", "dotenv:FILE#NAME"),
        (
            "export JWT_SECRET='abcdefghijklmnop'",
            "a file of settings (.env)",
            "dotenv:FILE#NAME",
        ),
        ("null", "a value that is not set", "a program prints"),
        ("null\n", "a value that is not set", "a program prints"),
        ("true", "a value that is not set", "a program prints"),
        ("undefined", "a value that is not set", "a program prints"),
        ("1", "a JSON number", "the secret itself"),
        ("-1", "a JSON number", "the secret itself"),
        (jwt, "a token (JWT)", "an argument of its own"),
    ] {
        let no_secret = match Key::from_secret(Secret::new(text.into())) {
            Err(SecretError::NoSecret(no_secret)) => no_secret,
            other => panic!("{text:?}: {other:?}"),
        };
        assert_eq!(no_secret.what, what, "{text:?}");
        assert!(
            no_secret.advice.contains(way),
            "{text:?}: {}",
            no_secret.advice
        );
        let NoSecret { what, advice } = no_secret;
        assert_eq!(
            read_bytes(text).map(|file| file.form).unwrap_err(),
            KeyFileError::unusable(what, advice),
            "{text:?}"
        );
    }
}

#[test]
fn a_repository_that_is_locked_is_named() {
    let content = b"\0GITCRYPT\0\x9a\x8b\x01\x02".to_vec();
    let error = read_bytes(content).map(|file| file.form).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a file that git-crypt encrypted can't be used"
    );
}
