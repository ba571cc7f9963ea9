//! Keeps the shape of the code: which module may name which, where each dependency lives, and what no source file may hold.
//!
//! Changing an edge means changing a table here, with the reason, in the same commit.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The top-level modules, and what of ours each may name besides itself.
const EDGES: [(&str, &[&str]); 10] = [
    ("main", &["cli"]),
    (
        "cli",
        &["config", "net", "django", "store", "session", "core"],
    ),
    ("config", &["core"]),
    // An application's tables are reached by the connections of our own stores.
    ("django", &["store", "session", "core"]),
    // A server of either is reached over the same TLS, which knows of neither.
    ("store", &["session", "core", "tls"]),
    ("net", &["session", "core", "tls"]),
    ("tls", &[]),
    ("session", &["core"]),
    ("core", &[]),
    // What tests and benchmarks name, of every room.
    (
        "internals",
        &["cli", "config", "core", "django", "session", "store"],
    ),
];

/// The signature line: all else asks these for a signature or a yes or no.
const CRYPTO: &[&str] = &[
    "core/sign",
    "core/verify",
    "core/key",
    "core/keyfile",
    "core/algorithm",
    "core/secret",
    // What was signed in place of the signing input may have a nonce's SHA-256 in it.
    "core/likely",
];

/// Where each dependency may be named: a file or folder of `src`, without `.rs`. `""` is everywhere.
const HOMES: &[(&str, &[&str])] = &[
    ("anyhow", &["cli"]),
    ("aws_lc_rs", CRYPTO),
    ("base64", &[""]),
    // Where many tokens are read or written one after another.
    (
        "base64_simd",
        &["cli/commands/batch", "cli/commands/issue/batch"],
    ),
    ("bytes", &["django/tables/postgresql"]),
    ("chrono", &["core/time", "cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_complete_nushell", &["cli"]),
    ("clap_mangen", &["cli/manual"]),
    ("colored", &["cli/paint"]),
    // A signature with another salt is opened to explain it, with public numbers alone.
    ("crypto_bigint", &["core/key/crt", "core/key/salt"]),
    ("dialoguer", &["cli"]),
    (
        "flate2",
        &[
            "cli/world/unpack",
            "cli/world/lines/tests",
            "cli/commands/batch/tests",
        ],
    ),
    ("getrandom", &["cli/world"]),
    ("hmac", CRYPTO),
    ("httpdate", &["net"]),
    ("indicatif", &["cli/progress"]),
    ("iri_string", &["net/address"]),
    ("itoa", &["cli/commands/template"]),
    (
        "memchr",
        &[
            "cli/commands/batch",
            "cli/commands/issue/batch",
            "cli/world/lines",
            "core/token/shape",
        ],
    ),
    // Nothing that is signed or checked hangs on it.
    ("md5", &["django/tables/users"]),
    ("miniz_oxide", &["core/key/foreign", "core/keyfile/tests"]),
    (
        "percent_encoding",
        &[
            "django/tables/location",
            "net/live/form",
            "store/postgres/address",
        ],
    ),
    ("pkcs1", CRYPTO),
    ("pkcs8", CRYPTO),
    ("postgres", &["store/postgres", "django/tables/postgresql"]),
    ("rusqlite", &["store/sqlite", "django/tables/sqlite"]),
    ("rustls", &["tls"]),
    ("rustls_native_certs", &["tls"]),
    ("rustix", &["cli/world", "store/sqlite"]),
    ("ruzstd", &["cli/world/unpack", "cli/world/lines/tests"]),
    ("sec1", CRYPTO),
    ("serde", &[""]),
    ("serde_json", &[""]),
    ("sha2", CRYPTO),
    ("signal_hook", &["cli/world/interrupt"]),
    // A misspelt key is told with what was meant, in the file and in --set alike.
    ("strsim", &["cli", "core/profile/language/meant"]),
    ("terminal_size", &["cli/world"]),
    ("textwrap", &["cli/wrap"]),
    ("thiserror", &[""]),
    ("tokio_postgres_rustls", &["store/postgres"]),
    ("toml", &["config"]),
    ("ureq", &["net/wire"]),
    ("x509_cert", CRYPTO),
    ("zeroize", &[""]),
];

/// Pure modules: nothing of the machine but what is passed in.
const PURE: [&str; 5] = [
    "core",
    "session",
    "django/oracle",
    "django/settings",
    "django/stack",
];
/// The parts of `std` that a pure module has no business with.
const IMPURE_STD: [&str; 7] = ["env", "fs", "io", "net", "os", "process", "thread"];

/// Macros that print past the World, or that end in a panic where code should be.
const BANNED_MACROS: [&str; 8] = [
    "print",
    "println",
    "eprint",
    "eprintln",
    "dbg",
    "todo",
    "unimplemented",
    "panic",
];

/// What one source file does that it may not, a sentence each. `path` is relative to `src`.
fn violations(path: &str, source: &str) -> Vec<String> {
    let mut checker = Checker::new(path);
    if !source.starts_with("//! ") {
        checker.report("does not say its one purpose in a first //! line");
    }
    match source.parse::<TokenStream>() {
        // A `tests` module in a file or folder of its own: its parent declares it behind `cfg(test)`.
        Ok(tokens) => {
            let tests = path.ends_with("/tests.rs") || path.contains("/tests/");
            checker.walk(tokens, tests);
        }
        Err(_) => checker.report("is not Rust"),
    }
    checker.found
}

struct Checker<'a> {
    path: &'a str,
    /// The module that the tokens at hand belong to, from the crate's root.
    module: Vec<String>,
    found: Vec<String>,
}

impl<'a> Checker<'a> {
    fn new(path: &'a str) -> Self {
        let stem = path.trim_end_matches(".rs");
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        let module = if stem == "lib" {
            Vec::new()
        } else {
            stem.split('/').map(str::to_owned).collect()
        };
        Self {
            path,
            module,
            found: Vec::new(),
        }
    }

    fn report(&mut self, what: impl AsRef<str>) {
        self.found
            .push(format!("src/{}: {}", self.path, what.as_ref()));
    }

    fn walk(&mut self, tokens: TokenStream, in_test: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut test_attribute = false;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    self.word(&name, &tokens[..at], &tokens[at + 1..], in_test);
                }
                TokenTree::Group(group) => {
                    let attribute =
                        group.delimiter() == Delimiter::Bracket && after_hash(&tokens[..at]);
                    if attribute {
                        self.attribute(group.stream());
                        test_attribute |= is_cfg_test(&group.stream());
                        continue;
                    }
                    match (at >= 2).then(|| (&tokens[at - 2], &tokens[at - 1])) {
                        Some((TokenTree::Ident(keyword), TokenTree::Ident(name)))
                            if keyword == "mod" && group.delimiter() == Delimiter::Brace =>
                        {
                            self.module.push(name.to_string());
                            self.walk(group.stream(), in_test || test_attribute);
                            self.module.pop();
                        }
                        _ => self.walk(
                            group.stream(),
                            in_test || (test_attribute && group.delimiter() == Delimiter::Brace),
                        ),
                    }
                    test_attribute &= group.delimiter() != Delimiter::Brace;
                }
                TokenTree::Punct(mark) if mark.as_char() == ';' => test_attribute = false,
                _ => {}
            }
        }
    }

    /// One identifier, with what stands before and behind it.
    fn word(&mut self, name: &str, before: &[TokenTree], behind: &[TokenTree], in_test: bool) {
        let inside_a_path = ends_with_path_separator(before);
        match name {
            "crate" | "super" if !inside_a_path && starts_with_path_separator(behind) => {
                let root = if name == "crate" {
                    Vec::new()
                } else {
                    self.module[..self.module.len().saturating_sub(1)].to_vec()
                };
                for named in named_modules(&root, &behind[2..]) {
                    self.edge(&named);
                }
            }
            "jwtsess" if !inside_a_path && starts_with_path_separator(behind) => {
                for named in named_modules(&[], &behind[2..]) {
                    self.edge(&named);
                }
            }
            "std" if !inside_a_path && starts_with_path_separator(behind) && !in_test => {
                for named in named_modules(&[], &behind[2..]) {
                    if PURE.iter().any(|pure| is_under(self.path, pure))
                        && IMPURE_STD.contains(&named.as_str())
                    {
                        self.report(format!(
                            "names std::{named}, and what is pure is handed such things"
                        ));
                    }
                }
            }
            _ => {}
        }
        let called = matches!(behind.first(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!')
            && matches!(behind.get(1), Some(TokenTree::Group(_)));
        if called && !in_test && BANNED_MACROS.contains(&name) {
            self.report(format!("calls {name}!"));
        }
        // A crate's name is only one where a path starts; `serde` as a helper attribute or a local `base64` is not.
        if !inside_a_path
            && (starts_with_path_separator(behind)
                || matches!(before.last(), Some(TokenTree::Ident(word)) if word == "use"))
            && let Some((_, homes)) = HOMES.iter().find(|(dependency, _)| *dependency == name)
        {
            let is_at = |home: &&str| home.is_empty() || is_under(self.path, home);
            if !homes.iter().any(is_at) {
                self.report(format!("names {name}, which lives in {homes:?}"));
            }
        }
    }

    fn top(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }

    fn edge(&mut self, to: &str) {
        let Some(from) = self.top().map(str::to_owned) else {
            return;
        };
        let Some((_, allowed)) = EDGES.iter().find(|(name, _)| *name == from) else {
            self.report(format!("{from} is no module that the architecture has"));
            return;
        };
        if to != from && EDGES.iter().any(|(name, _)| *name == to) && !allowed.contains(&to) {
            self.report(format!("{from} names {to}"));
        }
        if to == "*" && self.module.len() > 1 {
            self.report("imports everything of the crate's root, so that its edges can't be seen");
        }
    }

    fn attribute(&mut self, content: TokenStream) {
        let tokens: Vec<TokenTree> = content.into_iter().collect();
        for pair in tokens.windows(2) {
            if let [TokenTree::Ident(name), TokenTree::Group(group)] = pair {
                if name == "allow" {
                    self.report("allows a lint; #[expect(…, reason)] says why and ends when the reason does");
                }
                self.attribute(group.stream());
            }
        }
    }
}

/// Whether a source file is that file or folder of `src`, or in it.
fn is_under(path: &str, place: &str) -> bool {
    let stem = path.trim_end_matches(".rs");
    stem == place || stem.starts_with(&format!("{place}/"))
}

fn after_hash(before: &[TokenTree]) -> bool {
    let mark = |token: Option<&TokenTree>, wanted: char| matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == wanted);
    mark(before.last(), '#')
        || (mark(before.last(), '!') && before.len() > 1 && mark(before.get(before.len() - 2), '#'))
}

fn is_cfg_test(attribute: &TokenStream) -> bool {
    let text: String = attribute.to_string().split_whitespace().collect();
    text == "cfg(test)" || text == "test" || text.starts_with("cfg(all(test,")
}

fn starts_with_path_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(first), TokenTree::Punct(second), ..] if first.as_char() == ':' && second.as_char() == ':')
}

fn ends_with_path_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., TokenTree::Punct(first), TokenTree::Punct(second)] if first.as_char() == ':' && second.as_char() == ':')
}

/// The first names under the crate's root that the path (or use tree) behind `root::` reaches.
fn named_modules(root: &[String], tokens: &[TokenTree]) -> Vec<String> {
    match tokens.first() {
        Some(TokenTree::Ident(name))
            if name == "super" && starts_with_path_separator(&tokens[1..]) =>
        {
            named_modules(&root[..root.len().saturating_sub(1)], &tokens[3..])
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            inner
                .split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','))
                .flat_map(|branch| named_modules(root, branch))
                .collect()
        }
        Some(TokenTree::Ident(name)) => {
            vec![root.first().cloned().unwrap_or_else(|| name.to_string())]
        }
        Some(TokenTree::Punct(mark)) if mark.as_char() == '*' => {
            vec![root.first().cloned().unwrap_or_else(|| "*".to_owned())]
        }
        _ => Vec::new(),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under `folder` with that ending, sorted, so that a failure reads the same each time.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == ending)
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_source_keeps_its_arrows_and_its_homes() {
    let source = root().join("src");
    let files = files(&source, "rs");
    assert!(files.len() > 10, "the source tree was not found");
    let found: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let path = file
                .strip_prefix(&source)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            violations(&path, &std::fs::read_to_string(file).unwrap())
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_test_allows_a_lint_and_each_says_its_purpose() {
    let found: Vec<String> = files(&root().join("tests"), "rs")
        .iter()
        .flat_map(|file| violations("tests.rs", &std::fs::read_to_string(file).unwrap()))
        .filter(|sentence| {
            sentence.contains("allows a lint")
                || sentence.contains("purpose")
                || sentence.contains("not Rust")
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Circles that are still there: the first of their files, how many they are, and why. The list may only get shorter.
const CIRCLES: &[(&str, usize, &str)] = &[];

/// The paths of modules that a source file names, from the crate's root.
struct ModuleNames<'m> {
    module: Vec<String>,
    modules: &'m BTreeSet<Vec<String>>,
    /// Modules that were imported, by the name that they have here.
    imported: BTreeMap<String, Vec<String>>,
    found: BTreeSet<Vec<String>>,
}

impl ModuleNames<'_> {
    fn collect(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, wanted: char| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == wanted);
        let ends_item = |at: usize| {
            is(at, ';')
                || matches!(&tokens[at], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
        };
        let mut at = 0;
        while at < tokens.len() {
            match (&tokens[at], tokens.get(at + 1)) {
                (TokenTree::Punct(mark), Some(TokenTree::Group(attribute)))
                    if mark.as_char() == '#' =>
                {
                    at += 2;
                    if is_cfg_test(&attribute.stream()) {
                        while at < tokens.len() && !ends_item(at) {
                            at += 1;
                        }
                        at += 1;
                    }
                }
                // `pub(in crate::cli)` says who may name it, and names nobody.
                (TokenTree::Ident(word), Some(TokenTree::Group(_))) if word == "pub" => at += 2,
                (TokenTree::Ident(word), _) if word == "use" => {
                    let end = (at..tokens.len()).find(|at| is(*at, ';'));
                    let end = end.unwrap_or(tokens.len());
                    self.import(&[], &tokens[at + 1..end]);
                    at = end;
                }
                (TokenTree::Ident(_), _) => {
                    let (path, behind) = path(&tokens[at..]);
                    if path.len() > 1 && !ends_with_path_separator(&tokens[..at]) {
                        self.name(&path);
                    }
                    at += behind;
                }
                (TokenTree::Group(group), _) => {
                    self.collect(group.stream());
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    fn import(&mut self, before: &[String], tree: &[TokenTree]) {
        let (mut whole, behind) = path(tree);
        whole.splice(0..0, before.iter().cloned());
        if let Some(TokenTree::Group(group)) = tree.get(behind) {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            for branch in inner
                .split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','))
            {
                self.import(&whole, branch);
            }
            return;
        }
        if whole.last().is_some_and(|last| last == "self") && whole.len() > 1 {
            whole.pop();
        }
        let alias = match tree.get(behind + 1) {
            Some(TokenTree::Ident(alias)) => Some(alias.to_string()),
            _ => whole.last().cloned(),
        };
        if let (Some(path), Some(alias)) = (self.name(&whole), alias)
            && self.modules.contains(&path)
        {
            self.imported.insert(alias, path);
        }
    }

    fn name(&mut self, path: &[String]) -> Option<Vec<String>> {
        let [first, rest @ ..] = path else {
            return None;
        };
        let mut own = self.module.clone();
        let whole = match first.as_str() {
            "crate" => rest.to_vec(),
            "self" => [own, rest.to_vec()].concat(),
            "super" => {
                let ups = path.iter().take_while(|word| *word == "super").count();
                own.truncate(own.len().saturating_sub(ups));
                [own, path[ups..].to_vec()].concat()
            }
            name => {
                own.push(name.to_owned());
                let known = self.modules.contains(&own).then_some(own);
                let start = known.or_else(|| self.imported.get(name).cloned())?;
                [start, rest.to_vec()].concat()
            }
        };
        let modules = (1..=whole.len()).rev().map(|end| whole[..end].to_vec());
        let module = modules.into_iter().find(|path| self.modules.contains(path));
        self.found
            .extend(module.filter(|path| *path != self.module));
        Some(whole)
    }
}

/// The path that tokens begin with, and how many tokens it takes, with a separator behind it.
fn path(tokens: &[TokenTree]) -> (Vec<String>, usize) {
    let (mut path, mut at) = (Vec::new(), 0);
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        path.push(name.to_string());
        at += 1;
        if !starts_with_path_separator(&tokens[at..]) {
            break;
        }
        at += 2;
    }
    (path, at)
}

/// Every module in a file of its own with those that it names; tests are left out.
fn graph(sources: &[(String, String)]) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let sources: Vec<(Vec<String>, &str)> = sources
        .iter()
        .filter(|(path, _)| !path.ends_with("tests.rs") && !path.contains("/tests/"))
        .filter(|(path, _)| !path.ends_with("testing.rs"))
        .map(|(path, source)| (Checker::new(path).module, source.as_str()))
        .collect();
    let modules: BTreeSet<Vec<String>> = sources.iter().map(|(path, _)| path.clone()).collect();
    let named = |(module, source): (Vec<String>, &str)| {
        let mut named = ModuleNames {
            module: module.clone(),
            modules: &modules,
            imported: BTreeMap::new(),
            found: BTreeSet::new(),
        };
        named.collect(source.parse().unwrap());
        (module, named.found)
    };
    sources.into_iter().map(named).collect()
}

/// The circles of a graph: what reaches each other, the first of each and their number.
fn circles(graph: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Vec<(String, usize)> {
    let reached = |from: &Vec<String>| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(module) = next.pop() {
            for other in graph.get(module).into_iter().flatten() {
                if seen.insert(other) {
                    next.push(other);
                }
            }
        }
        seen
    };
    let reach: BTreeMap<_, _> = graph
        .keys()
        .map(|module| (module, reached(module)))
        .collect();
    let mut found = Vec::new();
    let mut counted = BTreeSet::new();
    for module in graph.keys() {
        let back =
            |other: &&&Vec<String>| reach.get(**other).is_some_and(|back| back.contains(module));
        let circle: Vec<_> = reach[module].iter().filter(back).copied().collect();
        if circle.contains(&module) && !counted.contains(module) {
            found.push((module.join("/"), circle.len()));
            counted.extend(circle);
        }
    }
    found
}

#[test]
fn no_files_of_a_room_go_in_a_circle_but_those_that_are_known() {
    let source = root().join("src");
    let sources: Vec<(String, String)> = files(&source, "rs")
        .iter()
        .map(|file| {
            let path = file.strip_prefix(&source).unwrap().to_str().unwrap();
            let text = std::fs::read_to_string(file).unwrap();
            (path.replace('\\', "/"), text)
        })
        .collect();
    let known: Vec<(String, usize)> = CIRCLES
        .iter()
        .map(|(first, count, _)| ((*first).to_owned(), *count))
        .collect();
    assert_eq!(circles(&graph(&sources)), known);
}

#[test]
fn a_circle_is_found_however_its_files_name_each_other() {
    let sample = |path: &str, code: &str| (path.to_owned(), code.to_owned());
    let cut = [
        sample(
            "cli/a.rs",
            "use super::b::B; #[cfg(test)] mod tests { use super::super::c; }",
        ),
        sample("cli/b.rs", "use crate::cli::d; fn f() { d::g() }"),
        sample("cli/c.rs", "fn f() { crate::cli::a::f() }"),
        sample("cli/d/mod.rs", "pub mod e;"),
        sample("cli/d/e.rs", "fn g() {}"),
    ];
    assert_eq!(circles(&graph(&cut)), []);
    for back in [
        "use crate::cli::a::f;",
        "use super::super::{a as other}; fn f() { other::f() }",
        "fn f() { super::super::a::f() }",
        "use crate::cli; fn f() { cli::a::f() }",
    ] {
        let mut closed = cut.to_vec();
        closed.push(sample("cli/mod.rs", ""));
        closed[1].1 = "use super::d; fn f() { d::e::g() }".to_owned();
        closed[4].1 = back.to_owned();
        let found = circles(&graph(&closed));
        assert_eq!(found, [("cli/a".to_owned(), 3)], "{back}");
    }
}

/// `[dependencies]`, `[dev-dependencies]` and so on: name, line, and whether a comment stands over it.
fn dependency_lines(manifest: &str) -> Vec<(String, String, String, bool)> {
    let mut section = String::new();
    let mut commented = false;
    let mut lines = Vec::new();
    for line in manifest.lines() {
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut section);
            commented = false;
        } else if line.starts_with('#') {
            commented = true;
        } else if let Some((name, _)) = line.split_once(" = ") {
            if section.ends_with("dependencies") {
                lines.push((section.clone(), name.to_owned(), line.to_owned(), commented));
            }
        } else if line.is_empty() {
            commented = false;
        }
    }
    lines
}

#[test]
fn each_dependency_stands_under_a_comment_and_has_a_home() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let lines = dependency_lines(&manifest);
    assert!(
        lines.len() > 10,
        "the manifest's dependencies were not found"
    );
    let mut found = Vec::new();
    let mut named = BTreeSet::new();
    for (section, name, line, commented) in lines {
        if !commented {
            found.push(format!(
                "[{section}] {name} stands under no comment that says what needs it"
            ));
        }
        let name = name.replace('-', "_");
        if section != "dev-dependencies" && !HOMES.iter().any(|(known, _)| *known == name) {
            found.push(format!(
                "{name} has no home: say in HOMES where it may be named"
            ));
        }
        if name == "serde_json" && line.contains("arbitrary_precision") {
            found
                .push("arbitrary_precision changes how every number of a token is read".to_owned());
        }
        named.insert(name);
    }
    for (known, _) in HOMES {
        if !named.contains(*known) {
            found.push(format!("{known} has a home and is no dependency"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_dependency_line_without_a_comment_is_found() {
    let lines = dependency_lines(
        "[dependencies]\n# a: why\na = \"1\"\n\nb = \"1\"\n[profile.release]\nlto = true\n",
    );
    let seen: Vec<(&str, bool)> = lines
        .iter()
        .map(|(_, name, _, commented)| (name.as_str(), *commented))
        .collect();
    assert_eq!(seen, [("a", true), ("b", false)]);
}

/// A path, code, and words of the breach to be found there; `None` where the code only looks like one.
const BREACHES: &[(&str, &str, Option<&str>)] = &[
    (
        "core/token.rs",
        "use crate::session::flow;",
        Some("core names session"),
    ),
    (
        "core/token.rs",
        "use super::super::cli::paint;",
        Some("core names cli"),
    ),
    (
        "core/mod.rs",
        "pub fn f() { super::store::open() }",
        Some("core names store"),
    ),
    (
        "core/key/jwk.rs",
        "use super::super::super::net::wire;",
        Some("core names net"),
    ),
    ("core/key/jwk.rs", "use super::super::secret::Secret;", None),
    (
        "core/token.rs",
        "use crate::{core::time, config::file};",
        Some("core names config"),
    ),
    ("core/token.rs", "use crate::core::{time, secret};", None),
    (
        "core/token.rs",
        "#[cfg(test)] mod tests { use super::super::super::cli::world; }",
        Some("core names cli"),
    ),
    (
        "core/token.rs",
        "#[cfg(test)] mod tests { use super::*; use super::super::secret; }",
        None,
    ),
    ("core/token.rs", "use crate::*;", Some("imports everything")),
    (
        "session/flow.rs",
        "fn f(x: crate::core::token::Verified) {}",
        None,
    ),
    (
        "session/flow.rs",
        "fn f(x: crate::store::Sqlite) {}",
        Some("session names store"),
    ),
    (
        "store/sqlite.rs",
        "use crate::net::wire;",
        Some("store names net"),
    ),
    (
        "net/wire.rs",
        "use crate::store::sqlite;",
        Some("net names store"),
    ),
    (
        "config/file.rs",
        "use crate::cli::args;",
        Some("config names cli"),
    ),
    ("cli/mod.rs", "use crate::{config, core, session};", None),
    (
        "main.rs",
        "fn main() { jwtsess::core::verify::verify() }",
        Some("main names core"),
    ),
    (
        "main.rs",
        "use jwtsess::cli; fn main() { jwtsess::cli::run(); }",
        None,
    ),
    (
        "shared/mod.rs",
        "use crate::core::time;",
        Some("no module that the architecture has"),
    ),
    (
        "core/token.rs",
        "use sec1::EcPrivateKey;",
        Some("names sec1"),
    ),
    (
        "cli/world.rs",
        "fn f() { aws_lc_rs::rand::fill(&mut []) }",
        Some("names aws_lc_rs"),
    ),
    (
        "core/key/rsa.rs",
        "use aws_lc_rs::rsa; use sec1::EcPrivateKey;",
        None,
    ),
    ("core/keyfile.rs", "use aws_lc_rs::rsa;", None),
    (
        "core/keyring.rs",
        "use aws_lc_rs::rsa;",
        Some("names aws_lc_rs"),
    ),
    (
        "cli/render/human.rs",
        "use colored::Colorize as _;",
        Some("names colored"),
    ),
    ("cli/paint.rs", "use colored::Colorize as _;", None),
    (
        "core/time.rs",
        "use anyhow::Context as _;",
        Some("names anyhow"),
    ),
    (
        "session/flow.rs",
        "fn f() -> anyhow::Result<()> { Ok(()) }",
        Some("names anyhow"),
    ),
    ("cli/commands/issue.rs", "use anyhow::Context as _;", None),
    (
        "core/time.rs",
        "fn f() { let colored = 1; let anyhow = colored; }",
        None,
    ),
    (
        "cli/render/human.rs",
        "// println!(\"x\")\nconst A: &str = \"println!()\";",
        None,
    ),
    (
        "cli/render/human.rs",
        "fn f() { println!(\"x\"); }",
        Some("calls println!"),
    ),
    (
        "cli/render/human.rs",
        "fn f() { if a { std::eprintln!(\"x\") } }",
        Some("calls eprintln!"),
    ),
    ("core/sign.rs", "fn f() { todo!() }", Some("calls todo!")),
    (
        "core/sign.rs",
        "#[cfg(test)] mod tests { fn f() { panic!() } }",
        None,
    ),
    (
        "core/sign.rs",
        "#[cfg(test)] mod tests {} fn f() { panic!() }",
        Some("calls panic!"),
    ),
    (
        "core/sign.rs",
        "#[cfg(test)] use a::b; fn f() { panic!() }",
        Some("calls panic!"),
    ),
    (
        "core/sign.rs",
        "#[allow(dead_code)] fn f() {}",
        Some("allows a lint"),
    ),
    (
        "core/sign.rs",
        "#![allow(dead_code)]",
        Some("allows a lint"),
    ),
    (
        "core/sign.rs",
        "#[cfg_attr(test, allow(dead_code))] fn f() {}",
        Some("allows a lint"),
    ),
    (
        "core/sign.rs",
        "#[expect(dead_code, reason = \"allow(x)\")] fn f(allow: u8) { g(allow) }",
        None,
    ),
    (
        "core/keyfile.rs",
        "fn f() { std::fs::read(\"x\") }",
        Some("names std::fs"),
    ),
    (
        "session/flow.rs",
        "use std::{fmt, env};",
        Some("names std::env"),
    ),
    (
        "session/flow.rs",
        "use std::{fmt, collections::BTreeMap};",
        None,
    ),
    (
        "core/keyfile.rs",
        "#[cfg(test)] mod tests { fn f() { std::fs::read(\"x\") } }",
        None,
    ),
    ("cli/world.rs", "use std::fs;", None),
    (
        "django/oracle/python/int.rs",
        "use std::env;",
        Some("names std::env"),
    ),
    ("django/tables/sqlite.rs", "use std::fs;", None),
    (
        "django/stack/mod.rs",
        "use crate::cli::args;",
        Some("django names cli"),
    ),
    (
        "core/profile/builtin.rs",
        "use crate::django;",
        Some("core names django"),
    ),
    (
        "session/record.rs",
        "use crate::django::emulator;",
        Some("session names django"),
    ),
    ("core/sign.rs", "fn f( {", Some("is not Rust")),
];

#[test]
fn the_checker_finds_each_breach_and_no_other() {
    for (path, code, expected) in BREACHES {
        let found = violations(path, &format!("//! A sample.\n{code}"));
        match expected {
            None => assert!(found.is_empty(), "{path}: {code}\n{found:?}"),
            Some(words) => assert!(
                found.iter().any(|sentence| sentence.contains(words)),
                "{path}: {code}\nexpected {words:?}, found {found:?}"
            ),
        }
    }
    assert_eq!(
        violations("core/sign.rs", "fn f() {}").len(),
        1,
        "a file without a //! line"
    );
}
