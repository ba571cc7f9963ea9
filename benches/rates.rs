//! What a batch takes beside the cryptography in it: `cargo bench --bench rates`, or `-- verify`, `-- "issue EdDSA"` for some of its rows. Needed: Linux, bash,
//! taskset; and openssl for the rows of HS256.
//!
//! The program and aws-lc-rs with a prepared key, which is not told of tokens but has messages and signatures in memory, do the same in turn, on one core. What
//! counts is the processor's time, and how the two compare within a round: the median of five. It passes and fails nothing.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark starts processes, reads their times, and prints what it found"
)]
use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{self, Ed25519KeyPair, KeyPair as _, ParsedPublicKey, RsaKeyPair};
use aws_lc_rs::signature::{EcdsaKeyPair, EcdsaSigningAlgorithm, RsaEncoding};
use aws_lc_rs::signature::{RsaSignatureEncoding, VerificationAlgorithm};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// What is measured in place of this checkout's program, to compare with another one.
const PROGRAM: &str = "JWTSESS_BENCH_PROGRAM";
const ROUNDS: usize = 5;
/// How long a measurement takes on aws-lc-rs's side, in microseconds: a start of the program is less than a hundredth of it.
const LONG: f64 = 1_000_000.0;
/// Set for the process that has one core.
const PINNED: &str = "JWTSESS_BENCH_PINNED";

/// A key pair of aws-lc-rs, and what it signs with.
enum Pair {
    Rsa(Box<RsaKeyPair>, &'static RsaSignatureEncoding),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

impl Pair {
    fn rsa(encoding: &'static RsaSignatureEncoding) -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        Self::Rsa(Box::new(pair), encoding)
    }

    fn ec(algorithm: &'static EcdsaSigningAlgorithm) -> Self {
        Self::Ec(EcdsaKeyPair::generate(algorithm).unwrap())
    }

    fn pem(&self) -> String {
        let der = match self {
            Self::Rsa(pair, _) => {
                let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
                STANDARD.encode(der.as_ref())
            }
            Self::Ec(pair) => STANDARD.encode(pair.to_pkcs8v1().unwrap()),
            Self::Ed(pair) => STANDARD.encode(pair.to_pkcs8v1().unwrap()),
        };
        format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n")
    }

    fn public(&self) -> &[u8] {
        match self {
            Self::Rsa(pair, _) => pair.public_key().as_ref(),
            Self::Ec(pair) => pair.public_key().as_ref(),
            Self::Ed(pair) => pair.public_key().as_ref(),
        }
    }

    fn sign(&self, message: &[u8]) {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(pair, encoding) => {
                let encoding: &'static dyn RsaEncoding = *encoding;
                let mut signed = vec![0; pair.public_modulus_len()];
                pair.sign(encoding, &random, message, &mut signed).unwrap();
            }
            Self::Ec(pair) => _ = pair.sign(&random, message).unwrap(),
            Self::Ed(pair) => _ = pair.sign(message),
        }
    }
}

/// A folder that goes with the run.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Runs the program on a file. Returns its user and system time in microseconds.
    fn run(&self, args: &[&str], input: &Path, output: &Path) -> f64 {
        let mut command = Command::new("bash");
        command.args(["-c", "TIMEFORMAT='%3U %3S'; time \"$@\"", "bash"]);
        let program = std::env::var_os(PROGRAM);
        command.arg(program.unwrap_or_else(|| env!("CARGO_BIN_EXE_jwtsess").into()));
        command.args(args).arg("-q").current_dir(&self.0);
        command.env_clear().env("HOME", &self.0);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("S", "0123456789abcdef0123456789abcdef");
        command.stdin(File::open(input).unwrap());
        command.stdout(File::create(output).unwrap());
        let ran = command.stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        assert!(ran.status.success(), "{args:?}: {said}");
        let times = said.lines().last().unwrap();
        let seconds = times.split(' ').map(str::parse::<f64>);
        seconds.map(|one| one.unwrap() * 1_000_000.0).sum()
    }
}

/// This thread's time on the processor so far, in microseconds.
fn own_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanoseconds: f64 = stat.split(' ').next().unwrap().parse().unwrap();
    nanoseconds / 1000.0
}

/// How long each call of a function takes, in microseconds, of many.
fn each(times: usize, mut call: impl FnMut(usize)) -> f64 {
    let begin = own_time();
    (0..times).for_each(&mut call);
    (own_time() - begin) / as_float(times)
}

fn as_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

/// How long openssl takes for the HMAC of 200 bytes, in microseconds.
fn openssl() -> Option<f64> {
    let mut command = Command::new("openssl");
    command.args(["speed", "-seconds", "1", "-bytes", "200", "-hmac", "sha256"]);
    let said = command.stderr(Stdio::null()).output().ok()?.stdout;
    let said = String::from_utf8(said).ok()?;
    let rate = said.lines().last()?.split_whitespace().last()?;
    // Thousands of bytes a second.
    let rate: f64 = rate.strip_suffix('k')?.parse().ok()?;
    Some(200.0 * 1000.0 / rate)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Measures both sides in turn, and prints their times and their quotient.
fn compare(
    name: &str,
    is_rate: bool,
    mut theirs: impl FnMut() -> f64,
    mut ours: impl FnMut() -> f64,
) {
    let rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| (theirs(), ours())).collect();
    let of = |part: fn(&(f64, f64)) -> f64| median(rounds.iter().map(part).collect());
    let (quotient, says) = if is_rate {
        (of(|(theirs, ours)| theirs / ours), "of its rate")
    } else {
        (of(|(theirs, ours)| ours / theirs), "times its time")
    };
    let (theirs, ours) = (of(|both| both.0), of(|both| both.1));
    println!("{name:<28} {theirs:>8.2} µs {ours:>8.2} µs   {quotient:.2} {says}");
}

/// Logins to issue tokens for.
fn logins(count: usize) -> String {
    let mut text = String::new();
    for nth in 0..count {
        let user = nth % 977;
        _ = writeln!(text, r#"{{"sub":"user{user}","n":{nth}}}"#);
    }
    text
}

/// A token's signing input and its signature.
type Signed = (String, Vec<u8>);

fn signed(tokens: &Path) -> Vec<Signed> {
    let tokens = std::fs::read_to_string(tokens).unwrap();
    let split = |token: &str| {
        let (message, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        (message.to_owned(), signature)
    };
    tokens.lines().map(split).collect()
}

/// The rows of an algorithm with a key pair.
fn asymmetric(
    folder: &Folder,
    (algorithm, pair): (&str, Pair),
    verification: &'static dyn VerificationAlgorithm,
    is_asked: &dyn Fn(&str) -> bool,
) {
    let (verifies, issues) = (format!("verify {algorithm}"), format!("issue {algorithm}"));
    if !is_asked(&verifies) && !is_asked(&issues) {
        return;
    }
    let (claims, tokens, out) = (
        folder.file("claims"),
        folder.file("tokens"),
        folder.file("out"),
    );
    std::fs::write(folder.file("key.pem"), pair.pem()).unwrap();
    let key = ["--key", "key.pem", "--alg", algorithm];
    let issue = [
        &["issue", "--batch", "--profile", "plain", "--ttl", "1d"],
        &key[..],
    ]
    .concat();
    std::fs::write(&claims, logins(2_000)).unwrap();
    folder.run(&issue, &claims, &tokens);
    let some = signed(&tokens);
    if is_asked(&verifies) {
        let public = ParsedPublicKey::new(verification, pair.public()).unwrap();
        let check = |nth: usize| {
            let (message, signature) = &some[nth % some.len()];
            public.verify_sig(message.as_bytes(), signature).unwrap();
        };
        let times = enough(each(some.len(), check)) / some.len();
        let many = folder.file("many");
        std::fs::write(
            &many,
            std::fs::read_to_string(&tokens).unwrap().repeat(times),
        )
        .unwrap();
        let times = times * some.len();
        let verify = [&["verify", "--batch", "--columns", "sub,exp"], &key[..]].concat();
        let ours = || folder.run(&verify, &many, &out) / as_float(times);
        compare(&verifies, true, || each(times, check), ours);
    }
    if is_asked(&issues) {
        let sign = |nth: usize| pair.sign(some[nth % some.len()].0.as_bytes());
        let times = enough(each(some.len(), sign));
        std::fs::write(&claims, logins(times)).unwrap();
        let ours = || folder.run(&issue, &claims, &out) / as_float(times);
        compare(&issues, false, || each(times, sign), ours);
    }
}

/// How many calls, of that many microseconds each, are long enough.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a quotient of two durations"
)]
fn enough(each: f64) -> usize {
    (LONG / each) as usize + 2_000
}

/// The rows of HS256, beside openssl's HMAC.
fn hs256(folder: &Folder, is_asked: &dyn Fn(&str) -> bool) {
    let asked = |name: &&str| is_asked(name);
    let rows = ["issue HS256, plain", "issue HS256, sliding"];
    let rows: Vec<&str> = rows.into_iter().filter(asked).collect();
    if rows.is_empty() {
        return;
    }
    if openssl().is_none() {
        println!("no openssl: HS256 is left out");
        return;
    }
    let (claims, out, count) = (folder.file("claims"), folder.file("out"), 1_000_000);
    std::fs::write(&claims, logins(count)).unwrap();
    for name in rows {
        let profile = name.rsplit(' ').next().unwrap();
        let issue = [
            "issue",
            "--batch",
            "--no-store",
            "--profile",
            profile,
            "--secret",
            "env:S",
        ];
        let ours = || folder.run(&issue, &claims, &out) / as_float(count);
        compare(name, false, || openssl().unwrap(), ours);
    }
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if std::env::var_os(PINNED).is_none() {
        let mut command = Command::new("taskset");
        command
            .args(["-c", "0"])
            .arg(std::env::current_exe().unwrap());
        let ran = command.args(&asked).env(PINNED, "1").status();
        assert!(ran.expect("taskset is there").success());
        return;
    }
    let words: Vec<&String> = asked.iter().filter(|word| !word.starts_with('-')).collect();
    let is_asked = |row: &str| words.is_empty() || words.iter().any(|word| row.contains(*word));
    let folder = std::env::temp_dir().join(format!("jwtsess-rates-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let folder = Folder(folder);
    println!("{:<28} {:>11} {:>11}", "", "raw", "jwtsess");
    let rs256 = ("RS256", Pair::rsa(&signature::RSA_PKCS1_SHA256));
    asymmetric(
        &folder,
        rs256,
        &signature::RSA_PKCS1_2048_8192_SHA256,
        &is_asked,
    );
    let ps256 = ("PS256", Pair::rsa(&signature::RSA_PSS_SHA256));
    asymmetric(
        &folder,
        ps256,
        &signature::RSA_PSS_2048_8192_SHA256,
        &is_asked,
    );
    let es256 = (
        "ES256",
        Pair::ec(&signature::ECDSA_P256_SHA256_FIXED_SIGNING),
    );
    asymmetric(
        &folder,
        es256,
        &signature::ECDSA_P256_SHA256_FIXED,
        &is_asked,
    );
    let es384 = (
        "ES384",
        Pair::ec(&signature::ECDSA_P384_SHA384_FIXED_SIGNING),
    );
    asymmetric(
        &folder,
        es384,
        &signature::ECDSA_P384_SHA384_FIXED,
        &is_asked,
    );
    let eddsa = ("EdDSA", Pair::Ed(Ed25519KeyPair::generate().unwrap()));
    asymmetric(&folder, eddsa, &signature::ED25519, &is_asked);
    hs256(&folder, &is_asked);
}
