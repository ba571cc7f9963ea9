//! Signs header and payload bytes as a compact JWS (RFC 7515 §7.1).
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::algorithm::Algorithm;
use super::key::{Key, SignError};

/// Writes `BASE64URL(header).BASE64URL(payload).BASE64URL(signature)` over exactly these bytes.
///
/// # Errors
/// As [`Key::sign`].
pub fn compact(
    header: &[u8],
    payload: &[u8],
    key: &Key,
    algorithm: Algorithm,
) -> Result<String, SignError> {
    let mut token = String::with_capacity((header.len() + payload.len()) * 4 / 3 + 256);
    URL_SAFE_NO_PAD.encode_string(header, &mut token);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut token);
    let signature = key.sign(algorithm, token.as_bytes())?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    Ok(token)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::core::secret::Secret;

    #[test]
    fn rfc_7515_a_1_comes_out_character_for_character() {
        let secret = URL_SAFE_NO_PAD
            .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
            .unwrap();
        let key = Key::from_secret(Secret::new(secret)).unwrap();
        let header = b"{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}";
        let payload =
            b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
        assert_eq!(
            compact(header, payload, &key, Algorithm::Hs256).unwrap(),
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9\
             .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ\
             .dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
    }

    #[test]
    fn a_key_that_does_not_serve_the_algorithm_gives_no_token() {
        let key = Key::from_secret(Secret::new(vec![7; 32])).unwrap();
        assert_eq!(
            compact(b"{}", b"{}", &key, Algorithm::Rs256),
            Err(SignError::Unfit)
        );
    }
}
