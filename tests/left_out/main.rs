//! Runs after all other tests, and lists those that were left out: what they missed, and how to have them run.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "libtest would hold it back")]
use std::collections::BTreeMap;

#[expect(dead_code, reason = "the tests leave the notes; here they are read")]
mod given;

fn main() {
    let folder = given::notes();
    let Ok(notes) = std::fs::read_dir(&folder) else {
        return;
    };
    // Why, and how many tests of each module.
    let mut left_out: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for note in notes {
        let path = note.unwrap().path();
        let test = path.file_name().unwrap().to_str().unwrap();
        let module = test.split(".tests.").next().unwrap();
        let module = module.rsplit_once('.').map_or(module, |(module, _)| module);
        let why = std::fs::read_to_string(&path).unwrap();
        let modules = left_out.entry(why).or_default();
        *modules.entry(module.replace('.', "::")).or_default() += 1;
    }
    std::fs::remove_dir_all(folder.parent().unwrap()).unwrap();
    let count: usize = left_out.values().flat_map(BTreeMap::values).sum();
    eprintln!("\n{count} tests were left out. Above they count as passed:");
    for (why, modules) in &left_out {
        let modules = modules
            .iter()
            .map(|(module, count)| format!("{count} of {module}"));
        let modules: Vec<String> = modules.collect();
        eprintln!("  {why}: {}", modules.join(", "));
    }
    eprintln!("CONTRIBUTING.md says how to have them run; .ci/run runs them.\n");
}
