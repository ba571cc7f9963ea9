//! The program.

fn main() -> std::process::ExitCode {
    jwtsess::main()
}
