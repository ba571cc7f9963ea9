//! Keys, sets of keys, and which of them may check or sign a token. The key decides the algorithms, never the token.
pub(in crate::core) mod asn1;
mod crt;
mod derived;
mod ec;
mod ed25519;
mod foreign;
mod generate;
mod hmac;
mod material;
mod one;
mod pss;
mod roca;
mod rsa;
mod salt;
mod set;

pub(in crate::core) use crt::complete;
pub(crate) use derived::DerivedKey;
pub(in crate::core) use ec::Curve;
pub(crate) use foreign::NoSecret;
pub(in crate::core) use foreign::no_secret;
pub(crate) use generate::GenerateError;
pub(crate) use hmac::hmac_with;
pub(in crate::core) use material::KeyDefect;
pub(crate) use material::{KeyKind, SecretError, SignError};
pub use one::Key;
pub(in crate::core) use one::KeyUse;
pub(in crate::core) use pss::{Pss, PssError, RSA_PSS};
pub(in crate::core) use rsa::RsaParts;
pub(crate) use salt::PssParameters;
pub use set::KeySet;
pub(crate) use set::{ForVerifying, NoSigner};

#[cfg(test)]
pub(in crate::core) mod tests;
