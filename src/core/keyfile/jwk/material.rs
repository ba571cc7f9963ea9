//! Reads the material of a JWK (RFC 7518 §6, RFC 8037 §2, RFC 8812 §3.1).
use super::members::{Bytes, JwkMembers, missing};
use crate::core::key::{Curve, Key, RsaParts, SecretError, complete};
use crate::core::keyfile::content::{KeyFileError, unsound};
use crate::core::keyfile::der::{DerKey, multi_prime, rsa_private};
use crate::core::secret::Secret;

pub(super) fn secret(member: &JwkMembers<'_>) -> Result<Key, KeyFileError> {
    let bytes = member.bytes("k")?.ok_or_else(|| missing("k"))?;
    Key::from_secret(Secret::new(bytes.to_vec())).map_err(|refused| match refused {
        SecretError::Empty => KeyFileError::broken("a JWK", "its `k` is empty"),
        SecretError::KeyMaterial(_) | SecretError::NoSecret(_) => KeyFileError::Secret(refused),
    })
}

/// Keeps the public key if the private one can't be used: to check signatures it is enough.
fn or_public(private: Result<DerKey, KeyFileError>, public: Key) -> DerKey {
    private.unwrap_or_else(|problem| {
        let problem = match problem {
            KeyFileError::Unusable { form, .. } => form,
            KeyFileError::Broken { problem, .. } => problem,
            other => other.to_string(),
        };
        DerKey {
            notes: vec![format!(
                "its private part can't be used, so only its public part is used: {problem}"
            )],
            key: public.without_private(problem),
        }
    })
}

pub(super) fn rsa(member: &JwkMembers<'_>) -> Result<DerKey, KeyFileError> {
    const FORM: &str = "an RSA JWK";
    let modulus = member.bytes("n")?.ok_or_else(|| missing("n"))?;
    let exponent = member.bytes("e")?.ok_or_else(|| missing("e"))?;
    let public = Key::rsa_public(&modulus, &exponent, None).map_err(unsound(FORM))?;
    if member.0.get("oth").is_some() {
        return Ok(or_public(Err(multi_prime(FORM)), public));
    }
    if member.0.get("d").is_none() {
        return Ok(DerKey::from(public));
    }
    let private = rsa_pair(member, &modulus, &exponent, FORM);
    Ok(or_public(private, public))
}

/// Reads the private members. RFC 7518 §6.3.2 requires `d` alone: what is missing of the others is computed.
fn rsa_pair(
    member: &JwkMembers<'_>,
    modulus: &[u8],
    exponent: &[u8],
    form: &str,
) -> Result<DerKey, KeyFileError> {
    let private = member.bytes("d")?.ok_or_else(|| missing("d"))?;
    let [p, q, dp, dq, qi] = ["p", "q", "dp", "dq", "qi"].map(|name| member.bytes(name));
    let (p, q, dp, dq, qi) = (p?, q?, dp?, dq?, qi?);
    let parts = |p, q, dp, dq, qi| RsaParts {
        n: modulus,
        e: exponent,
        d: &private,
        p,
        q,
        dp,
        dq,
        qi,
    };
    if let (Some(p), Some(q), Some(dp), Some(dq), Some(qi)) = (&p, &q, &dp, &dq, &qi) {
        return rsa_private(&parts(p, q, dp, dq, qi), None, form);
    }
    let primes = p.as_ref().zip(q.as_ref());
    let primes = primes.map(|(p, q)| (p.as_slice(), q.as_slice()));
    let crt = complete(modulus, exponent, &private, primes)
        .ok_or_else(|| KeyFileError::broken(form, "its private and public parts do not match"))?;
    rsa_private(
        &parts(&crt.p, &crt.q, &crt.dp, &crt.dq, &crt.qi),
        None,
        form,
    )
}

pub(super) fn ec(member: &JwkMembers<'_>) -> Result<DerKey, KeyFileError> {
    const FORM: &str = "an EC JWK";
    let curve = match member.required("crv")? {
        "P-256" => Curve::P256,
        "P-384" => Curve::P384,
        "P-521" => Curve::P521,
        "secp256k1" => Curve::Secp256k1,
        other => return Err(other_curve(FORM, other)),
    };
    let point = point(member, curve)?;
    let public = Key::ec_public(curve, &point).map_err(unsound(FORM))?;
    let private = || -> Result<DerKey, KeyFileError> {
        let number = member.bytes("d")?.ok_or_else(|| missing("d"))?;
        let number = fixed(number, curve, "d")?;
        let key = Key::ec_private(curve, &number, Some(&point)).map_err(unsound(FORM))?;
        Ok(DerKey::from(key))
    };
    if member.0.get("d").is_none() {
        return Ok(DerKey::from(public));
    }
    Ok(or_public(private(), public))
}

/// Reads the point. Of coordinates that lost their leading zeros, it says so if the point is right with them.
fn point(member: &JwkMembers<'_>, curve: Curve) -> Result<Vec<u8>, KeyFileError> {
    let read = |name: &'static str| member.bytes(name)?.ok_or_else(|| missing(name));
    let (x, y) = (read("x")?, read("y")?);
    let length = curve.bytes();
    let short = [("x", &x), ("y", &y)]
        .into_iter()
        .find(|(_, bytes)| bytes.len() < length);
    if let Some((name, bytes)) = short
        && x.len() <= length
        && y.len() <= length
    {
        let padded = |bytes: &Bytes| [&vec![0; length - bytes.len()][..], &bytes[..]].concat();
        if Key::ec_public(curve, &[&[4][..], &padded(&x), &padded(&y)].concat()).is_ok() {
            let problem = format!(
                "its `{name}` has {} bytes; this curve needs {length}: the leading zeros are missing (RFC 7518 §6.2.1.2), which a faulty program drops",
                bytes.len()
            );
            return Err(KeyFileError::broken("an EC JWK", problem));
        }
    }
    Ok([&[4][..], &fixed(x, curve, "x")?, &fixed(y, curve, "y")?].concat())
}

pub(super) fn okp(member: &JwkMembers<'_>) -> Result<DerKey, KeyFileError> {
    const FORM: &str = "an OKP JWK";
    match member.required("crv")? {
        "Ed25519" => {}
        other => return Err(other_curve(FORM, other)),
    }
    let x = member.bytes("x")?.ok_or_else(|| missing("x"))?;
    let public = Key::ed25519_public(&x).map_err(unsound(FORM))?;
    let private = || -> Result<DerKey, KeyFileError> {
        let seed = member.bytes("d")?.ok_or_else(|| missing("d"))?;
        let key = Key::ed25519_private(&seed, Some(&x)).map_err(unsound(FORM))?;
        Ok(DerKey::from(key))
    };
    if member.0.get("d").is_none() {
        return Ok(DerKey::from(public));
    }
    Ok(or_public(private(), public))
}

fn other_curve(form: &str, name: &str) -> KeyFileError {
    let known = [
        "secp256k1",
        "Ed448",
        "X25519",
        "X448",
        "P-256",
        "P-384",
        "P-521",
        "Ed25519",
    ];
    let form = if known.contains(&name) {
        format!("{form} with `crv` {name}")
    } else {
        format!("{form} with an unknown `crv`")
    };
    KeyFileError::unusable(
        form,
        "jwtsess can use P-256, P-384, P-521 and secp256k1 (EC) and Ed25519 (OKP)",
    )
}

/// Requires a number of full size, with its leading zeros (RFC 7518 §6.2.1.2).
fn fixed(bytes: Bytes, curve: Curve, name: &str) -> Result<Bytes, KeyFileError> {
    let length = curve.bytes();
    if bytes.len() == length {
        return Ok(bytes);
    }
    let problem = format!(
        "its `{name}` has {} bytes; this curve needs {length}",
        bytes.len()
    );
    Err(KeyFileError::broken("an EC JWK", problem))
}
