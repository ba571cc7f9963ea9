//! The program: the real world, the command line, an exit status.
fn main() {}
