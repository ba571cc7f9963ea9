//! Tokens by the ten thousand, as whole processes: `cargo bench --bench batch`. Each figure is a rate; what openssl does in the same time is measured by
//! benches/compare/run.sh.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark starts processes, and its files are gone with it"
)]
use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jwtsess");
const TOKENS: u64 = 50_000;

/// Runs the program on a file.
fn run(home: &Path, args: &[&str], input: &Path, output: Stdio) {
    let mut command = Command::new(PROGRAM);
    command.args(args).args(["--secret", "env:S", "-q"]);
    command.env_clear().env("HOME", home);
    command.env("S", "0123456789abcdef0123456789abcdef");
    let input = File::open(input).expect("the input is there");
    let ran = command.stdin(input).stdout(output).status();
    assert!(ran.expect("the program starts").success(), "{args:?}");
}

fn batch(criterion: &mut Criterion) {
    let home: PathBuf = std::env::temp_dir().join(format!("jwtsess-batch-{}", std::process::id()));
    std::fs::create_dir_all(&home).expect("a folder for the files");
    let (claims, tokens) = (home.join("claims"), home.join("tokens"));
    let mut text = String::new();
    for nth in 0..TOKENS {
        let user = nth % 977;
        _ = writeln!(
            text,
            r#"{{"sub":"user{user}","jti":"00000000-0000-4000-8000-{nth:012}","n":{nth}}}"#
        );
    }
    std::fs::write(&claims, text).expect("a place for the claims");
    let issue = ["issue", "--batch", "--profile", "plain", "--ttl", "1d"];
    let written = File::create(&tokens).expect("a place for the tokens");
    run(&home, &issue, &claims, written.into());

    let mut group = criterion.benchmark_group("batch");
    group
        .sample_size(10)
        .throughput(Throughput::Elements(TOKENS));
    let forms: [(&str, &[&str], &Path); 5] = [
        ("verify", &["verify", "--batch"], &tokens),
        ("verify --json", &["verify", "--batch", "--json"], &tokens),
        (
            "verify --columns sub,jti,exp",
            &["verify", "--batch", "--columns", "sub,jti,exp"],
            &tokens,
        ),
        (
            "verify --summary",
            &["verify", "--batch", "--summary"],
            &tokens,
        ),
        ("issue", &issue, &claims),
    ];
    for (name, args, input) in forms {
        group.bench_function(name, |bencher| {
            bencher.iter(|| run(&home, args, input, Stdio::null()));
        });
    }
    group.finish();
    _ = std::fs::remove_dir_all(&home);
}

criterion_group!(benches, batch);
criterion_main!(benches);
