//! Wycheproof's JWS and JWK cases, from the folder that `JWTSESS_WYCHEPROOF` names: no wrong accept and no wrong reject, but for the cases of `EXPLAINED`, each with its proof.
//!
//! The files are Google's, and are not committed. Judged is the JWS alone (header and signature): most payloads there are no claims.
use std::collections::BTreeSet;
use std::path::PathBuf;

use jwtsess::internals::core::algorithm::AlgName;
use jwtsess::internals::core::key::KeySet;
use jwtsess::internals::core::keyfile;
use jwtsess::internals::core::policy::Policy;
use jwtsess::internals::core::secret::Secret;
use jwtsess::internals::core::time::Timestamp;
use jwtsess::internals::core::token::{Limits, Unverified};
use jwtsess::internals::core::verify::judge;
use serde_json::{Value, json};

use crate::given::left_out;

const SIGNATURE: &str = "json_web_signature_test.json";
const KEY: &str = "json_web_key_test.json";
const CRYPTO: &str = "json_web_crypto_test.json";

/// One case of a file, with its group's key.
struct Case {
    file: &'static str,
    id: u64,
    comment: String,
    valid: bool,
    /// The JWK or JWKS that checks it: the public part where the group has one.
    key: Value,
    token: String,
    encrypted: bool,
}

/// Why a case does not come out as its label says. Each has a proof in [`prove`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Discrepancy {
    /// The label is wrong. It says invalid, of a token that is byte for byte the one which case 357 calls valid, under the same key.
    SameTokenAsTheValidOne,
    /// The label is wrong. It says valid, of case 357's token with a `?` put in: no base64url (RFC 7515 §2: no "other additional characters"), and not the
    /// octets that were signed.
    NotBase64url,
    /// The key's `alg` is wrong: RFC 7520 §4.2 signs with PS384, and the file's key says PS256, which would allow that one alone (RFC 7517 §4.4).
    KeyAlgorithmIsAnother,
    /// The key's `alg` is wrong: `ES521` is no name of the registry (RFC 7518 §3.1 has ES512, on the curve P-521).
    KeyAlgorithmIsUnknown,
    /// A set may mix types (RFC 7517 §5). What the label fears is that a public key serves as an HMAC secret; here each key serves its own algorithms alone.
    MixedSet,
    /// RFC 7517 §4.5: different keys of a set SHOULD have different kids. The caller trusts both, and one of them made the signature.
    DuplicateKid,
    /// A JWE. The label is right; jwtsess decrypts nothing and says so.
    Encrypted,
}

const EXPLAINED: &[(&str, u64, Discrepancy)] = &[
    (SIGNATURE, 367, Discrepancy::SameTokenAsTheValidOne),
    (SIGNATURE, 370, Discrepancy::SameTokenAsTheValidOne),
    (SIGNATURE, 372, Discrepancy::NotBase64url),
    (SIGNATURE, 373, Discrepancy::NotBase64url),
    (SIGNATURE, 346, Discrepancy::KeyAlgorithmIsAnother),
    (SIGNATURE, 350, Discrepancy::KeyAlgorithmIsAnother),
    (SIGNATURE, 347, Discrepancy::KeyAlgorithmIsUnknown),
    (SIGNATURE, 351, Discrepancy::KeyAlgorithmIsUnknown),
    (KEY, 1, Discrepancy::MixedSet),
    (CRYPTO, 47, Discrepancy::MixedSet),
    (KEY, 4, Discrepancy::DuplicateKid),
    (CRYPTO, 50, Discrepancy::Encrypted),
    (CRYPTO, 67, Discrepancy::Encrypted),
];

#[expect(
    clippy::disallowed_methods,
    reason = "the folder is named in the environment: the files are not ours to commit"
)]
fn folder() -> Option<PathBuf> {
    std::env::var_os("JWTSESS_WYCHEPROOF").map(PathBuf::from)
}

fn cases(file: &'static str) -> Vec<Case> {
    let path = folder().unwrap().join(file);
    let content = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("JWTSESS_WYCHEPROOF: {}: {error}", path.display()));
    let content: Value = serde_json::from_str(&content).unwrap();
    let groups = content["testGroups"].as_array().unwrap();
    groups
        .iter()
        .flat_map(|group| {
            let key = group.get("public").unwrap_or(&group["private"]);
            group["tests"].as_array().unwrap().iter().map(|test| {
                let jwe = test.get("jwe");
                Case {
                    file,
                    id: test["tcId"].as_u64().unwrap(),
                    comment: test["comment"].as_str().unwrap().to_owned(),
                    valid: test["result"] == "valid",
                    key: key.clone(),
                    token: match jwe.unwrap_or(&test["jws"]) {
                        Value::String(token) => token.clone(),
                        // The JSON serialization (RFC 7515 §7.2), as an object.
                        other => other.to_string(),
                    },
                    encrypted: jwe.is_some(),
                }
            })
        })
        .collect()
}

/// The verdict's code; `key refused` where the key file can't be used at all.
fn judged(key: &Value, token: &str) -> &'static str {
    match keyfile::read(&Secret::new(key.to_string().into_bytes())) {
        Err(_) => "key refused",
        Ok(file) => judged_with(&file.keys, token),
    }
}

fn judged_with(keys: &KeySet, token: &str) -> &'static str {
    let policy = Policy {
        jws_only: true,
        ..Policy::default()
    };
    let token = Unverified::read(token, &Limits::default());
    judge(&token, keys, &policy, Timestamp::from_seconds(0))
        .verdict
        .code()
}

/// A JWK, or the first of a set, with one member changed.
fn with(key: &Value, member: &str, value: &str) -> Value {
    let mut key = key.clone();
    key[member] = json!(value);
    key
}

fn prove(why: Discrepancy, case: &Case) {
    let name = format!("{} {}", case.file, case.id);
    let signed = || {
        cases(SIGNATURE)
            .into_iter()
            .find(|other| other.id == 357)
            .unwrap()
    };
    match why {
        Discrepancy::SameTokenAsTheValidOne => {
            let other = signed();
            assert!(other.valid && !case.valid, "{name}");
            assert_eq!(other.token, case.token, "{name}");
            assert_eq!(other.key, case.key, "{name}");
        }
        Discrepancy::NotBase64url => {
            let other = signed();
            assert!(case.valid, "{name}");
            assert_eq!(other.token, case.token.replacen('?', "", 1), "{name}");
            // RFC 7515 §5.2 step 8 checks over the octets as they came: the label holds under no reading but one that drops characters first.
            let (input, signature) = case.token.rsplit_once('.').unwrap();
            let key = Secret::new(case.key.to_string().into_bytes());
            let keys = keyfile::read(&key).unwrap().keys;
            let (whole, _) = other.token.rsplit_once('.').unwrap();
            let tag = Unverified::read(&other.token, &Limits::default())
                .signature
                .bytes
                .unwrap();
            assert!(other.token.ends_with(signature), "{name}");
            let hs256 = "HS256".parse().unwrap();
            assert!(keys.keys()[0].verify(hs256, whole.as_bytes(), &tag));
            assert!(!keys.keys()[0].verify(hs256, input.as_bytes(), &tag));
        }
        Discrepancy::KeyAlgorithmIsAnother | Discrepancy::KeyAlgorithmIsUnknown => {
            let stated = case.key["alg"].as_str().unwrap();
            let known = matches!(AlgName::classify(stated), AlgName::Supported(_));
            assert_eq!(
                known,
                why == Discrepancy::KeyAlgorithmIsAnother,
                "{name}: {stated}"
            );
            // The token is RFC 7520's own, and holds as soon as the key says what the RFC signs with.
            let right = if known { "PS384" } else { "ES512" };
            assert_eq!(
                judged(&with(&case.key, "alg", right), &case.token),
                "valid",
                "{name}"
            );
            assert!(
                include_str!("../vectors/rfc7520.json").contains(&case.token),
                "{name}"
            );
        }
        Discrepancy::MixedSet => {
            let keys = case.key["keys"].as_array().unwrap();
            assert_eq!(keys.len(), 2, "{name}");
            for key in keys {
                let secret = key["kty"] == "oct";
                assert_eq!(
                    judged(key, &case.token) == "valid",
                    secret,
                    "{name}: {}",
                    key["kty"]
                );
            }
            // The attack itself: an HMAC over the public coordinates, under the public key's kid, and under none.
            for header in [
                r#"{"alg":"HS256","kid":"kid-ec-sign"}"#,
                r#"{"alg":"HS256"}"#,
            ] {
                let public = keys.iter().find(|key| key["kty"] == "EC").unwrap();
                let forged = forged_with(public["x"].as_str().unwrap().as_bytes(), header);
                assert_ne!(judged(&case.key, &forged), "valid", "{name}: {header}");
            }
        }
        Discrepancy::DuplicateKid => {
            let keys = case.key["keys"].as_array().unwrap();
            assert_eq!(keys[0]["kid"], keys[1]["kid"], "{name}");
            assert_eq!(judged(&keys[0], &case.token), "valid", "{name}");
            // The second key's text has bits behind its last byte: spelled as it should be, it is a key like any, and not the one that signed.
            assert_eq!(judged(&keys[1], &case.token), "key refused", "{name}");
            let text = keys[1]["k"].as_str().unwrap();
            let second = with(&keys[1], "k", &text.replace("gge", "ggc"));
            assert_eq!(judged(&second, &case.token), "bad_signature", "{name}");
            let both = json!({"keys": [second, keys[0]]});
            assert_eq!(judged(&both, &case.token), "valid", "{name}");
        }
        Discrepancy::Encrypted => {
            let verdict = judged_with(&KeySet::default(), &case.token);
            assert_eq!(verdict, "encrypted", "{name}");
            assert_eq!(judged(&case.key, &case.token), "key refused", "{name}");
        }
    }
}

fn forged_with(secret: &[u8], header: &str) -> String {
    let key =
        jwtsess::internals::core::key::Key::from_secret(Secret::new(secret.to_vec())).unwrap();
    let hs256 = "HS256".parse().unwrap();
    jwtsess::internals::core::sign::compact(header.as_bytes(), b"foo", &key, hs256).unwrap()
}

fn run(file: &'static str, count: usize) {
    if folder().is_none() {
        left_out("JWTSESS_WYCHEPROOF does not name a folder with Wycheproof's files");
        return;
    }
    let cases = cases(file);
    assert_eq!(
        cases.len(),
        count,
        "{file} is not the version that was looked at"
    );
    let mut wrong = Vec::new();
    let mut explained = BTreeSet::new();
    for case in &cases {
        // The keys of the JWE groups are for encryption, and are refused as such; what is asked here is what becomes of the token.
        let verdict = if case.encrypted {
            judged_with(&KeySet::default(), &case.token)
        } else {
            judged(&case.key, &case.token)
        };
        if case.encrypted {
            let refused = verdict == "encrypted" || verdict == "malformed";
            assert!(refused, "{file} {}: {verdict}", case.id);
        }
        if (verdict == "valid") == case.valid {
            continue;
        }
        if let Some((_, id, why)) = EXPLAINED
            .iter()
            .find(|(file, id, _)| (*file, *id) == (case.file, case.id))
        {
            prove(*why, case);
            explained.insert(*id);
        } else {
            let label = if case.valid { "valid" } else { "invalid" };
            wrong.push(format!(
                "{file} {} ({}): labelled {label}, judged {verdict}",
                case.id, case.comment
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let expected: BTreeSet<u64> = EXPLAINED
        .iter()
        .filter(|(of, ..)| *of == file)
        .map(|(_, id, _)| *id)
        .collect();
    assert_eq!(
        explained, expected,
        "{file}: an explanation explains nothing any more"
    );
}

#[test]
fn signatures_come_out_as_labelled_or_explained() {
    run(SIGNATURE, 401);
}

#[test]
fn keys_come_out_as_labelled_or_explained() {
    run(KEY, 26);
}

#[test]
fn whole_exchanges_come_out_as_labelled_or_explained() {
    run(CRYPTO, 83);
}
