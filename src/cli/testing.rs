//! A world for tests: buffers, a fixed clock, counted entropy, an environment of its own, and no terminal unless asked for.
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::world::{Input, Interrupt, Output, Programs, Prompts, World};
use crate::cli::resolve::built_in::BUILT_IN;
use crate::core::entropy::Entropy;
use crate::core::profile::language::builtin;
use crate::core::profile::language::entry::Item;
use crate::core::profile::language::source::Source;
use crate::core::profile::{Profile, TokenKind, written};
use crate::core::secret::Secret;
use crate::core::time::{Clock, Timestamp};
use crate::net::testing::Jumping;

/// What a login under a built-in profile needs besides its user: each source that its claims must have, and that it does not name itself.
pub(crate) fn needed(profile: &str) -> Vec<&'static str> {
    let Some(known) = BUILT_IN.known(profile) else {
        return Vec::new();
    };
    let model = &known.model;
    let own_users = model.users.is_some();
    let sources = [
        (
            Source::Issuer,
            model.iss.is_some(),
            "--iss=https://a.example",
        ),
        (Source::Audience, !model.aud.is_empty(), "--aud=api"),
        (Source::Client, false, "--client-id=app"),
        (Source::UserId, own_users, "--user-id=1"),
        (Source::UserEmail, own_users, "--email=a@b.example"),
    ];
    let kinds = [TokenKind::Access, TokenKind::Refresh].map(|kind| known.kind(kind));
    let items = kinds.into_iter().flatten().flat_map(|kind| &*kind.claims);
    let must: Vec<&Source> = items
        .filter_map(|item| match item {
            Item::Entry(entry) if !entry.optional => entry.source.as_ref(),
            Item::Entry(_) | Item::Rest => None,
        })
        .collect();
    let server = known.server.as_ref();
    let asks_for_id = server.is_some_and(|server| server.assumed_id("alice").is_none());
    let is_needed = |source: &Source| match server {
        Some(_) => *source == Source::UserId && asks_for_id,
        None => must.contains(&source),
    };
    let needed = sources
        .into_iter()
        .filter(|(source, named, _)| !named && is_needed(source));
    needed.map(|(_, _, flag)| flag).collect()
}

/// Whether the tokens of a built-in profile tell their kind to somebody who names no profile.
pub(crate) fn tells_kinds(profile: &'static str) -> bool {
    let known = BUILT_IN.known(profile);
    let recognised = BUILT_IN.known(recognised_as(profile));
    known.is_some_and(|known| known.server.is_some() || written(&known.model).is_some())
        || recognised.is_some_and(|found| found.model.unmarked.is_some())
}

/// The profile that a token of a built-in one is recognised as: its own or the one whose tokens it writes, where nobody else has these marks.
pub(crate) fn recognised_as(profile: &'static str) -> &'static str {
    let marked = BUILT_IN.known(profile).and_then(Profile::model);
    let model = marked.and_then(builtin::model).filter(|model| model.sure);
    model.map_or("plain", |model| &model.name)
}

/// What the tests' clock says: 2027-01-15T08:00:00Z.
pub(crate) const NOW: i64 = 1_800_000_000;

/// A folder that is removed with everything in it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    #[expect(
        clippy::disallowed_methods,
        clippy::unwrap_used,
        reason = "tests write below the system's folder for temporary files, and fail by panicking"
    )]
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("jwtsess-unit-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
    /// Writes a file in it and returns its path as text.
    #[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A clock that stands so many seconds after [`NOW`].
struct Fixed(i64);
impl Clock for Fixed {
    /// Between two seconds, as a real clock nearly always is.
    fn now(&self) -> Timestamp {
        Timestamp::new(NOW + self.0, 400_000_000)
    }
}

/// Ids that can be foretold: all bytes 0 but the last, which counts.
pub(crate) struct Counter(pub(crate) u8);
impl Entropy for Counter {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0 = self.0.wrapping_add(1);
        bytes.fill(0);
        if let Some(last) = bytes.last_mut() {
            *last = self.0;
        }
    }
}

/// What was written to a stream.
#[derive(Clone, Default)]
struct Buffer(Rc<RefCell<Vec<u8>>>);
impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that can't be written to, for this reason.
struct Broken(io::ErrorKind);
impl io::Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

/// Answers that are there before the questions; what was asked goes with the talk.
struct Answers(Vec<String>, Buffer);
impl Answers {
    fn next(&mut self, question: &str) -> io::Result<String> {
        _ = writeln!(self.1.0.borrow_mut().as_text(), "? {question}");
        if self.0.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(self.0.remove(0))
    }
}
impl Prompts for Answers {
    fn line(&mut self, question: &str) -> io::Result<String> {
        self.next(question)
    }
    fn paste(&mut self, question: &str, _: usize) -> io::Result<String> {
        self.next(question)
    }
    fn hidden(&mut self, question: &str) -> io::Result<Secret> {
        self.next(question)
            .map(|text| Secret::new(text.into_bytes()))
    }
    fn confirm(&mut self, question: &str) -> io::Result<bool> {
        self.next(question).map(|text| text == "y")
    }
    fn choose(&mut self, question: &str, _: &[String]) -> io::Result<usize> {
        self.next(question)
            .and_then(|text| text.parse().map_err(|_| io::ErrorKind::InvalidInput.into()))
    }
}

trait AsText {
    fn as_text(&mut self) -> Text<'_>;
}
struct Text<'a>(&'a mut Vec<u8>);
impl AsText for Vec<u8> {
    fn as_text(&mut self) -> Text<'_> {
        Text(self)
    }
}
impl std::fmt::Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// A call, before it is made.
#[derive(Default)]
pub(crate) struct Call {
    args: Vec<OsString>,
    environment: BTreeMap<String, OsString>,
    stdin: Option<Vec<u8>>,
    terminals: bool,
    columns: Option<usize>,
    answers: Vec<String>,
    stdout_fails: Option<io::ErrorKind>,
    home: Option<Folder>,
    ids_from: u8,
    later: i64,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct CallResult {
    pub(crate) exit: u8,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Call {
    pub(crate) fn new(args: &[&str]) -> Self {
        Self {
            args: args.iter().map(Into::into).collect(),
            ..Self::default()
        }
    }
    pub(crate) fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.insert(name.to_owned(), value.into());
        self
    }
    /// Without a variable that was set before.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.environment.remove(name);
        self
    }
    /// With ids that count on from here: a second call into one store needs others than the first.
    pub(crate) fn ids_from(mut self, last: u8) -> Self {
        self.ids_from = last;
        self
    }
    /// So many seconds later.
    pub(crate) fn later(mut self, seconds: i64) -> Self {
        self.later = seconds;
        self
    }
    /// With a home of its own, empty at first.
    pub(crate) fn at_home(mut self) -> Self {
        let home = Folder::new();
        self = self.env("HOME", home.path());
        self.home = Some(home);
        self
    }
    pub(crate) fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(bytes.into());
        self
    }
    /// All three streams are terminals, and these are typed at the questions.
    pub(crate) fn at_a_terminal(mut self, answers: &[&str]) -> Self {
        self.terminals = true;
        self.answers = answers.iter().map(|&answer| answer.to_owned()).collect();
        self
    }
    /// So wide that nothing is wrapped: for what holds paths, whose length differs from machine to machine.
    pub(crate) fn wide(mut self) -> Self {
        self.columns = Some(1000);
        self
    }
    pub(crate) fn stdout_fails(mut self, why: io::ErrorKind) -> Self {
        self.stdout_fails = Some(why);
        self
    }

    /// Hands the world to a function, and keeps what was written.
    pub(crate) fn with<T>(
        self,
        act: impl FnOnce(Vec<OsString>, &mut World<'_>) -> T,
    ) -> (T, String, String) {
        let (stdout, stderr) = (Buffer::default(), Buffer::default());
        let environment = self.environment;
        let output = |writer: Box<dyn io::Write>| Output {
            closed: false,
            terminal: self.terminals,
            width: self.columns,
            writer,
        };
        let mut world = World {
            clock: Box::new(Fixed(self.later)),
            stopwatch: Rc::new(Jumping::standing()),
            entropy: Box::new(Counter(self.ids_from)),
            stdin: Input::new(
                self.terminals,
                io::Cursor::new(self.stdin.unwrap_or_default()),
            ),
            interrupt: Interrupt::default(),
            stdout: output(match self.stdout_fails {
                Some(why) => Box::new(Broken(why)),
                None => Box::new(stdout.clone()),
            }),
            stderr: output(Box::new(stderr.clone())),
            environment: Box::new(move |name| environment.get(name).cloned()),
            prompts: Box::new(Answers(self.answers, stderr.clone())),
            programs: Programs::new(std::time::Duration::from_secs(10)),
        };
        let done = act(self.args, &mut world);
        let text = |buffer: &Buffer| String::from_utf8_lossy(&buffer.0.borrow()).into_owned();
        (done, text(&stdout), text(&stderr))
    }

    pub(crate) fn run(self) -> CallResult {
        let (exit, stdout, stderr) = self.with(|typed, world| super::run(&typed, world));
        CallResult {
            exit: exit.code(),
            stdout,
            stderr,
        }
    }
}

/// Stdout, stderr and exit status as one text, for a snapshot.
impl std::fmt::Display for CallResult {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        for (name, stream) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !stream.is_empty() {
                writeln!(text, "--- {name}\n{}", stream.trim_end_matches('\n'))?;
            }
        }
        write!(f, "{text}--- exit {}", self.exit)
    }
}
