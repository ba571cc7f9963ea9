//! Links GCC's unwinder into the optimised program, where that works: a shared library less to find, map and search at each start (benches/startup.md).
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A linker that reads an archive once reads this one before it knows that the standard library needs it.
const NEEDED: &str = "-Wl,--undefined=_Unwind_Backtrace";

/// Has the unwinder linked.
pub(crate) fn link() {
    if let Some(folder) = unwinder().filter(|folder| links(folder)) {
        println!("cargo:rustc-link-search=native={}", folder.display());
        println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
        println!("cargo:rustc-link-arg-bins={NEEDED}");
    }
}

fn text(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// The folder of the C compiler's unwinder, for an optimised build with a shared GNU C library, on the machine that it is for.
fn unwinder() -> Option<PathBuf> {
    let target = [
        text("PROFILE"),
        text("CARGO_CFG_TARGET_OS"),
        text("CARGO_CFG_TARGET_ENV"),
    ];
    if target != ["release", "linux", "gnu"]
        || text("HOST") != text("TARGET")
        || text("CARGO_CFG_TARGET_FEATURE").contains("crt-static")
    {
        return None;
    }
    let linker = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let asked = Command::new(linker)
        .arg("-print-file-name=libgcc_eh.a")
        .output();
    let file = PathBuf::from(String::from_utf8(asked.ok()?.stdout).ok()?.trim());
    // A compiler that has none answers with the bare name.
    let folder = file
        .parent()
        .filter(|_| file.is_absolute() && file.is_file());
    folder.map(Path::to_owned)
}

/// Whether this compiler and this linker make a program so, with the flags of this build.
fn links(folder: &Path) -> bool {
    let Some(out) = env::var_os("OUT_DIR").map(PathBuf::from) else {
        return false;
    };
    let source = out.join("probe.rs");
    let mut probe = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        let mut flag = OsString::from("-Clinker=");
        flag.push(linker);
        probe.arg(flag);
    }
    let flags = text("CARGO_ENCODED_RUSTFLAGS");
    probe
        .args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()))
        .args(["-Cpanic=abort", "-lstatic:-bundle=gcc_eh"])
        .arg(format!("-Clink-arg={NEEDED}"))
        .arg("-L")
        .arg(folder)
        .arg("--out-dir")
        .arg(out)
        .arg(&source)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    std::fs::write(&source, "fn main() {}").is_ok()
        && probe.status().is_ok_and(|status| status.success())
}
