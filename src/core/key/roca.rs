//! Detects RSA keys that can be factored from their public part (ROCA, CVE-2017-15361).
//!
//! Infineon's library made each prime as `k · M + (65537^a mod M)`, where M is the product of the first primes. So the modulus, too, is a power of 65537 modulo
//! every small prime. That is true of only one sound modulus in 2^27 (Nemec, Sys, Svenda, Klinec, Matyas: The Return of Coppersmith's Attack, CCS 2017).

/// The primes up to 167 for which the powers of 65537 are not all the residues. The other primes tell nothing.
const TELLING: [u64; 17] = [
    11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157,
];

/// Whether a big-endian modulus has the fingerprint.
pub(super) fn has_fingerprint(modulus: &[u8]) -> bool {
    TELLING
        .iter()
        .all(|prime| is_power_of_65537(residue(modulus, *prime), *prime))
}

fn residue(number: &[u8], prime: u64) -> u64 {
    number.iter().fold(0, |residue, byte| {
        (residue * 256 + u64::from(*byte)) % prime
    })
}

fn is_power_of_65537(residue: u64, prime: u64) -> bool {
    let mut power = 1;
    loop {
        if power == residue {
            return true;
        }
        power = power * 65537 % prime;
        if power == 1 {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 65537^128, big-endian: 2049 bits, and by its making a power modulo every prime.
    fn power() -> Vec<u8> {
        let mut number = vec![1_u8];
        for _ in 0..128 {
            // n · 65537 = (n << 16) + n
            let mut sum = [number.as_slice(), &[0, 0]].concat();
            let mut carry = 0_u16;
            for at in 0..sum.len() {
                let low = number.iter().rev().nth(at).copied().unwrap_or(0);
                let place = sum.len() - 1 - at;
                carry += u16::from(sum[place]) + u16::from(low);
                sum[place] = carry.to_le_bytes()[0];
                carry >>= 8;
            }
            number = sum;
        }
        number
    }

    #[test]
    fn a_power_of_65537_has_the_fingerprint_and_its_neighbours_have_not() {
        let mut number = power();
        assert!(has_fingerprint(&number));
        let last = number.len() - 1;
        for _ in 0..100 {
            number[last] = number[last].wrapping_add(2);
            assert!(!has_fingerprint(&number));
        }
    }

    #[test]
    fn a_multiple_of_a_small_prime_has_no_fingerprint() {
        assert!(!has_fingerprint(&[0]));
        assert!(!has_fingerprint(&[11]));
    }
}
