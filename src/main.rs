//! The program: the real world, the command line, an exit status.
use jwtsess::cli;

fn main() -> std::process::ExitCode {
    let (arguments, mut world) = cli::world::system::real();
    cli::run(&arguments, &mut world).into()
}
