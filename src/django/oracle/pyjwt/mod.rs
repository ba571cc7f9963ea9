//! PyJWT's reader, in the version that each server stack uses: 2.15.1, and 1.7.1 under the legacy package.
mod call;
mod one;
mod segments;
mod two;

pub(super) use call::{AudienceCheck, DecodeError, DecodeOptions, KeyLookup};
pub(super) use one::decode as decode_one;
pub(super) use two::{decode as decode_two, header as header_two};

#[cfg(test)]
mod tests;
