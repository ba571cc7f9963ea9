//! What a command gets besides its arguments: the world, the time, the flags of every command, and a way to print messages.
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use std::rc::Rc;

use super::args::Globals;
use super::error::Problem;
use super::paint::{self, Paint, Tone};
use super::progress::Progress;
use super::world::World;
use super::wrap::wrapped;
use crate::cli::resolve::open_store::OpenStore;
use crate::config::profiles::{CallProfile, OwnProfiles};
use crate::config::resolve::{ConfigValue, Resolver};
use crate::core::time::{Span, Timestamp};

/// The prefix of every message, so that a script's log shows who wrote it.
pub(crate) const SPEAKER: &str = "jwtsess: ";

/// Where the config file is, if there is one, and what it says.
pub(crate) type Config = (Option<PathBuf>, Rc<OwnProfiles>);

/// What a command gets besides its arguments.
pub(crate) struct Context<'c, 'w> {
    /// The world.
    pub world: &'c mut World<'w>,
    /// The flags that every command takes.
    pub globals: Globals,
    /// The command's name, or empty if the command line was not understood.
    pub command: String,
    /// The moment that counts as now: `--now`, or the clock's at the start of the call.
    pub now: Timestamp,
    /// Whether `now` differs from the clock.
    pub moved: bool,
    /// The config file, once it was read.
    pub config: OnceCell<Config>,
    /// The profiles that were looked up so far, by name, with `--set` applied.
    pub profiles: RefCell<BTreeMap<String, Rc<CallProfile>>>,
    /// The store, once it was opened. It stays open until the answer is printed: closing it merges its log, which takes time in which the answer could be lost.
    pub store: Option<OpenStore>,
    /// How far a batch has come, where that is shown.
    progress: Option<Progress>,
    /// Standard output's colours.
    pub out: Paint,
    /// Standard error's colours.
    pub err: Paint,
    /// The config file, profile, key and store that were used, and why. `-v` prints this.
    sources: RefCell<Vec<String>>,
    /// The warnings that [`Context::warn_once`] has printed.
    warned: BTreeSet<String>,
}

impl<'c, 'w> Context<'c, 'w> {
    /// The context before any command is known.
    pub(crate) fn new(world: &'c mut World<'w>, globals: Globals) -> Self {
        let (no_color, term) = (world.variable("NO_COLOR"), world.variable("TERM"));
        let paint = |terminal| {
            let (no_color, term) = (no_color.as_deref(), term.as_deref());
            Paint::of(globals.color.unwrap_or_default(), terminal, no_color, term)
        };
        Self {
            out: paint(world.stdout.terminal),
            err: paint(world.stderr.terminal),
            now: world.clock.now(),
            moved: false,
            config: OnceCell::new(),
            profiles: RefCell::default(),
            store: None,
            progress: None,
            command: String::new(),
            sources: RefCell::default(),
            warned: BTreeSet::new(),
            world,
            globals,
        }
    }

    /// Sets `now` to the time that `--now` or `JWTSESS_NOW` gives, and says so even with `-q`.
    ///
    /// # Errors
    /// The variable does not hold a time.
    pub(super) fn set_the_clock(&mut self) -> Result<(), Problem> {
        const VARIABLE: &str = "JWTSESS_NOW";
        let flag = self.globals.now.clone();
        let moved = match flag {
            Some(text) => Some(ConfigValue::new(
                text,
                crate::config::resolve::Origin::Flag("--now"),
            )),
            None => Resolver::flag("--now", None)
                .environment(VARIABLE, |name| self.world.variable(name))
                .given()
                .map(|setting| {
                    setting.try_map(|text, _| {
                        let text = text.to_str().unwrap_or_default();
                        text.parse::<super::args::values::TimeText>()
                            .map_err(|error| {
                                Problem::usage_with(
                                    format!("{VARIABLE}: {error}"),
                                    format!("unset {VARIABLE} to use the system's clock"),
                                )
                            })
                    })
                })
                .transpose()?,
        };
        let Some(moved) = moved else { return Ok(()) };
        let system = self.now;
        let at = moved.value.at(system);
        self.now = at.map_err(|error| Problem::usage(format!("{}: {error}", moved.origin)))?;
        self.moved = self.now != system;
        let seconds = system.seconds_until(self.now);
        let distance = Span::from_seconds(seconds.unsigned_abs()).words();
        let distance = match seconds {
            0 => "which is the present".to_owned(),
            1.. => format!("{distance} ahead of the system's"),
            _ => format!("{distance} behind the system's"),
        };
        let now = self
            .now
            .rfc3339()
            .unwrap_or_else(|| self.now.seconds().to_string());
        self.line(
            Tone::Warn,
            &format!("the clock is set to {now} by {}, {distance}", moved.origin),
        );
        Ok(())
    }

    /// The present time, for a command that runs for long: the clock's, unless `--now` set it.
    #[must_use]
    pub(crate) fn moment(&self) -> Timestamp {
        if self.moved {
            self.now
        } else {
            self.world.clock.now()
        }
    }

    /// Prints a message on standard error, unless `-q` was given.
    pub(crate) fn say(&mut self, sentence: &str) {
        if !self.globals.quiet {
            self.line(Tone::Plain, sentence);
        }
    }
    /// Notes which config file, profile, key or store is used, and why. A note never holds a secret value.
    pub(crate) fn note_source(&self, what: &str, which: impl FnOnce() -> String) {
        if !self.globals.verbose {
            return;
        }
        let line = format!("{what}: {}", which());
        let mut sources = self.sources.borrow_mut();
        if !sources.contains(&line) {
            sources.push(line);
        }
    }
    /// With `-v`, prints the notes made since the last time.
    pub(crate) fn say_sources(&mut self) {
        const ORDER: [&str; 4] = ["config file", "profile", "key", "store"];
        let mut lines = self.sources.take();
        lines.sort_by_key(|line| ORDER.iter().position(|what| line.starts_with(what)));
        for line in lines {
            self.say(&line);
        }
    }
    /// Says that the call has brought the store to the newest schema.
    pub(crate) fn say_if_brought_up(&mut self) {
        let store = self.store.as_ref().filter(|store| store.brought_up());
        if let Some(place) = store.map(|store| store.place.clone()) {
            self.say(&format!(
                "brought the session store {place} up to date: earlier versions of jwtsess refuse it from now on"
            ));
        }
    }
    /// Prints a warning on standard error, even with `-q`.
    pub(crate) fn warn(&mut self, sentence: &str) {
        let line = format!(
            "{SPEAKER}{} {}",
            self.err.warn("warning:"),
            paint::shown(sentence)
        );
        self.print_sentence(&line);
    }
    /// Prints a warning, but not a second time with the same words.
    pub(crate) fn warn_once(&mut self, sentence: &str) {
        if self.warned.insert(sentence.to_owned()) {
            self.warn(sentence);
        }
    }
    fn line(&mut self, tone: Tone, sentence: &str) {
        let line = format!("{SPEAKER}{}", self.err.tone(tone, sentence));
        self.print_sentence(&line);
    }
    /// Prints a sentence on standard error, wrapped at a terminal's width. In a log it stays on one line.
    pub(crate) fn print_sentence(&mut self, line: &str) {
        let stderr = &self.world.stderr;
        if stderr.terminal {
            let lines = wrapped(line, stderr.columns(), SPEAKER.len());
            self.print_talk(&lines);
        } else {
            self.print_talk(&[line.to_owned()]);
        }
    }
    /// Prints lines on standard error that are already escaped and coloured. A failure is ignored: there is nowhere left to report it.
    pub(crate) fn print_talk(&mut self, lines: &[String]) {
        let mut text = self
            .progress
            .as_ref()
            .map_or_else(String::new, Progress::hide);
        text += &lines.join("\n");
        text.push('\n');
        self.write_talk(&text);
    }
    fn write_talk(&mut self, text: &str) {
        let writer = &mut self.world.stderr.writer;
        _ = writer
            .write_all(text.as_bytes())
            .and_then(|()| writer.flush());
    }

    /// Begins to show how far a batch has come, if somebody sees it: on a terminal that does not show the answers, too. `size` is that of all it reads.
    pub(crate) fn begin_progress(&mut self, size: Option<u64>) {
        let (stdout, stderr) = (&self.world.stdout, &self.world.stderr);
        let is_dumb = self
            .world
            .variable("TERM")
            .is_none_or(|term| term == "dumb");
        if stderr.terminal && !stdout.terminal && !is_dumb && !self.globals.quiet {
            self.progress = Some(Progress::of(size, stderr.columns()));
        }
    }
    /// Shows how many bytes have been read and how many lines (`tokens`) are done with.
    pub(crate) fn show_progress(&mut self, bytes: u64, (count, what): (u64, &str)) {
        if let Some(progress) = &self.progress {
            let drawn = progress.at(bytes, (count, what));
            self.write_talk(&drawn);
        }
    }
    /// Takes away what [`Context::show_progress`] shows.
    pub(crate) fn end_progress(&mut self) {
        if let Some(progress) = self.progress.take() {
            self.write_talk(&progress.hide());
        }
    }

    /// Refuses to go on if the answer would be lost: standard output was closed when the program started.
    ///
    /// # Errors
    /// [`Problem::Output`].
    pub(crate) fn can_answer(&self) -> Result<(), Problem> {
        if self.world.stdout.closed {
            let words = "standard output is closed, so nothing was done".to_owned();
            return Err(Problem::Output(words));
        }
        Ok(())
    }

    /// Prints the whole answer on standard output. The answer is already escaped, unless the user asked for raw bytes.
    ///
    /// # Errors
    /// The reader went away ([`Problem::BrokenPipe`]), or the disk is full.
    pub(crate) fn answer(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let writer = &mut self.world.stdout.writer;
        let written = writer.write_all(bytes).and_then(|()| writer.flush());
        written.map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Problem::BrokenPipe,
            _ => Problem::Output(error.to_string()),
        })
    }

    /// Whether a question can be asked: at a terminal, and without `--no-input`.
    #[must_use]
    pub(crate) fn can_ask(&self) -> bool {
        !self.globals.no_input && self.world.can_ask()
    }

    /// Whether a variable of the environment says yes: it is set, and not to an empty text, `0`, `false` or `no`.
    #[must_use]
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.world.variable(name).is_some_and(|value| {
            ["", "0", "false", "no"]
                .iter()
                .all(|no| !value.eq_ignore_ascii_case(OsStr::new(no)))
        })
    }
}
