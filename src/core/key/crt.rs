//! Completes an RSA private key of which only `n`, `e` and `d` are there, or the primes as well (RFC 7518 §6.3.2 requires `d` alone).
//!
//! The arithmetic runs in constant time; only the lengths of numbers show.
use crypto_bigint::{
    BoxedUint, CheckedSub as _, ConcatenatingMul as _, ConcatenatingSquare as _, Gcd as _, NonZero,
    Odd, Resize as _,
};
use zeroize::Zeroizing;

type SecretInteger = Zeroizing<BoxedUint>;
type Bytes = Zeroizing<Vec<u8>>;

/// The primes and what signing by the Chinese remainder theorem needs, big-endian.
pub(in crate::core) struct Crt {
    pub(in crate::core) p: Bytes,
    pub(in crate::core) q: Bytes,
    pub(in crate::core) dp: Bytes,
    pub(in crate::core) dq: Bytes,
    pub(in crate::core) qi: Bytes,
}

/// Computes the missing members. `None` if the numbers don't belong to one key; what fits only by chance is refused when the key is made.
pub(in crate::core) fn complete(
    n: &[u8],
    e: &[u8],
    d: &[u8],
    primes: Option<(&[u8], &[u8])>,
) -> Option<Crt> {
    let given = primes.map_or(0, |(first, second)| first.len().max(second.len()));
    if d.len().max(given) > n.len() + 1 {
        return None;
    }
    let (first, second) = match primes {
        Some((first, second)) => (number(first), number(second)),
        None => factors(&number(n), &number(e), &number(d))?,
    };
    let private = number(d);
    let remainder = |prime: &SecretInteger| -> Option<SecretInteger> {
        let less_one = prime.checked_sub(&BoxedUint::one()).into_option()?;
        let less_one = Zeroizing::new(NonZero::new(less_one).into_option()?);
        Some(Zeroizing::new(BoxedUint::rem(&private, &less_one)))
    };
    let (dp, dq) = (remainder(&first)?, remainder(&second)?);
    let bits = first.bits_precision().max(second.bits_precision());
    let wide = |prime: &SecretInteger| Zeroizing::new(BoxedUint::clone(prime).resize(bits));
    let modulus = Zeroizing::new(Odd::new(BoxedUint::clone(&wide(&first))).into_option()?);
    let inverse = Zeroizing::new(wide(&second).invert_odd_mod(&modulus).into_option()?);
    Some(Crt {
        p: bytes(&first),
        q: bytes(&second),
        dp: bytes(&dp),
        dq: bytes(&dq),
        qi: bytes(&inverse),
    })
}

/// Recovers the primes from `n`, `e` and `d`: NIST SP 800-56B Rev. 2, Appendix C.2.
fn factors(n: &BoxedUint, e: &BoxedUint, d: &BoxedUint) -> Option<(SecretInteger, SecretInteger)> {
    let one = BoxedUint::one();
    let modulus = NonZero::new(n.clone()).into_option()?;
    let product = Zeroizing::new(d.concatenating_mul(e));
    let product = Zeroizing::new(product.checked_sub(&one).into_option()?);
    let bits = product.bits_precision().max(n.bits_precision());
    let less_one = n.checked_sub(&one).into_option()?.resize(bits);
    let wide = Zeroizing::new(BoxedUint::clone(&product).resize(bits));
    let common = Zeroizing::new(wide.gcd(&less_one));
    let multiple = Zeroizing::new(product.concatenating_mul(&*common));
    let (quotient, rest) = multiple.div_rem(&modulus);
    let divisor = NonZero::new(quotient.concatenating_add(&one)).into_option()?;
    let dividend = Zeroizing::new(n.checked_sub(&rest).into_option()?);
    // The sum of the primes, less one.
    let (sum, rest) = dividend.div_rem(&divisor);
    if bool::from(rest.is_nonzero()) {
        return None;
    }
    let sum = Zeroizing::new(sum.concatenating_add(&one));
    // The square of their difference.
    let square = Zeroizing::new(sum.concatenating_square());
    let four = n.concatenating_mul(BoxedUint::from(4_u8));
    let bits = square.bits_precision().max(four.bits_precision());
    let square = Zeroizing::new(BoxedUint::clone(&square).resize(bits));
    let square = Zeroizing::new(square.checked_sub(&four.resize(bits)).into_option()?);
    let difference = Zeroizing::new(square.checked_sqrt().into_option()?);
    let sum = Zeroizing::new(BoxedUint::clone(&sum).resize(bits));
    let halved = |twice: BoxedUint| -> SecretInteger {
        let twice = Zeroizing::new(twice);
        Zeroizing::new(BoxedUint::from_be_slice_vartime(&bytes(&twice.shr(1))))
    };
    let larger = halved(sum.concatenating_add(&*difference));
    let smaller = halved(sum.checked_sub(&*difference).into_option()?);
    Some((larger, smaller))
}

fn number(bytes: &[u8]) -> SecretInteger {
    Zeroizing::new(BoxedUint::from_be_slice_vartime(bytes))
}

/// Without leading zeros.
fn bytes(number: &BoxedUint) -> Bytes {
    Zeroizing::new(number.to_be_bytes_trimmed_vartime().into_vec())
}
