//! Random histories of several sessions at the command line, against a small model of what their tokens are worth. The model knows when tokens expire and what
//! was ended, and nothing of generations, records or profiles.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::cell::Cell;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::cli::commands::testing::SECRET;
use crate::cli::testing::{Call, CallResult, Folder, NOW};
use crate::core::entropy::Entropy;

const DAY: i64 = 24 * 60 * 60;
/// When histories begin. They end before the system's clock, since what cleans up goes by the earlier of the two.
const BEGIN: i64 = NOW - 200 * DAY;
/// The longest leeway: so long after its expiry a token may still be accepted.
const LEEWAY: i64 = DAY;
/// More than a profile lets a token live that is not recorded.
const UNRECORDED_LIFE: i64 = 60 * 60;

#[derive(Clone, Debug)]
enum Deed {
    Pass(i64),
    Issue(Login),
    Look {
        which: usize,
        lax: bool,
        profile: Named,
    },
    Renew {
        which: usize,
        ttl: Option<i64>,
        /// Whether its session may last longer, too.
        longer: bool,
        profile: Named,
    },
    Rotate {
        which: usize,
        profile: Named,
    },
    Revoke {
        which: usize,
    },
    Purge,
    /// The store gets a second name, or loses it.
    Link,
    /// The store is moved away, or put back.
    Move,
    /// From now on the store is named by a symbolic link, or no longer.
    Detour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Login {
    Sliding,
    Pair,
    /// With `--typ JWT`, which takes the mark off the access token.
    PairWithoutMark,
}

/// What `--profile` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Nothing,
    Own,
    Plain,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sliding,
    Refresh,
    Access,
}

#[derive(Clone, Debug)]
struct Token {
    text: String,
    session: usize,
    kind: Kind,
    expires_at: i64,
    /// Whether it was rotated, as far as the store knows.
    retired: bool,
}

#[derive(Clone, Debug)]
struct Session {
    id: String,
    login: Login,
    began_at: i64,
    /// When it ends, by that one of its tokens which says the latest.
    end: i64,
    /// When the last of its tokens expires.
    last_expiry: i64,
    /// When the last of those tokens expires that the store at its place was shown.
    shown_expiry: i64,
    /// Whether the store, which has to know a pair's session, does.
    known: bool,
    /// Whether the store has to remember something: an end, a token that was rotated, or a pair.
    recorded: bool,
    ended: bool,
}

impl Session {
    /// The store remembers it, and was shown a token of it.
    fn record(&mut self, expires_at: i64) {
        self.recorded = true;
        self.shown_expiry = self.shown_expiry.max(expires_at);
    }

    /// The store at its place knows nothing of it.
    fn forget(&mut self) {
        (self.known, self.recorded, self.ended) = (false, false, false);
    }
}

/// Where the store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Unmade,
    Here,
    Away,
}

struct Run {
    folder: Folder,
    ids: Rc<Cell<u16>>,
    now: i64,
    sessions: Vec<Session>,
    tokens: Vec<Token>,
    place: Place,
    linked: bool,
    detour: bool,
}

/// Ids that never come twice in a history.
struct Ids(Rc<Cell<u16>>);
impl Entropy for Ids {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.set(self.0.get() + 1);
        bytes.fill(0);
        if let [.., high, low] = bytes {
            [*high, *low] = self.0.get().to_be_bytes();
        }
    }
}

fn profile() -> impl Strategy<Value = Named> {
    prop_oneof![
        6 => Just(Named::Nothing),
        2 => Just(Named::Own),
        2 => Just(Named::Plain),
        1 => Just(Named::Other),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let login = prop_oneof![
        2 => Just(Login::Sliding),
        1 => Just(Login::Pair),
        1 => Just(Login::PairWithoutMark),
    ];
    let ttl = || (1_i64..40).prop_map(|days| days * DAY);
    let pass = prop_oneof![
        3 => 1_i64..400,
        2 => 400_i64..DAY,
        3 => DAY..12 * DAY,
    ];
    let which = || 0_usize..8;
    let deed = prop_oneof![
        5 => pass.prop_map(Deed::Pass),
        3 => login.prop_map(Deed::Issue),
        7 => (which(), any::<bool>(), profile())
            .prop_map(|(which, lax, profile)| Deed::Look { which, lax, profile }),
        5 => (which(), prop::option::weighted(0.4, ttl()), any::<bool>(), profile())
            .prop_map(|(which, ttl, longer, profile)| Deed::Renew { which, ttl, longer, profile }),
        6 => (which(), profile()).prop_map(|(which, profile)| Deed::Rotate { which, profile }),
        3 => which().prop_map(|which| Deed::Revoke { which }),
        4 => Just(Deed::Purge),
        1 => Just(Deed::Link),
        1 => Just(Deed::Move),
        1 => Just(Deed::Detour),
    ];
    // What is minted longer, ended, and asked for after a clean-up.
    let clean_up = (
        ttl(),
        any::<bool>(),
        0_usize..2,
        7 * DAY..8 * DAY,
        0..3 * DAY,
    )
        .prop_map(|(ttl, longer, ended, most, more)| {
            let renew = Deed::Renew {
                which: 0,
                ttl: Some(ttl),
                longer,
                profile: Named::Nothing,
            };
            let look = Deed::Look {
                which: 0,
                lax: true,
                profile: Named::Nothing,
            };
            let (login, revoke) = (Deed::Issue(Login::Sliding), Deed::Revoke { which: ended });
            let pass = Deed::Pass(if longer { most + more } else { most });
            vec![login, renew, revoke, pass, Deed::Purge, look]
        });
    let plot = prop_oneof![12 => deed.prop_map(|deed| vec![deed]), 1 => clean_up];
    prop::collection::vec(plot, 1..22).prop_map(|plots| plots.concat())
}

impl Run {
    fn start() -> Self {
        let folder = Folder::new();
        std::fs::create_dir(folder.path().join("place")).unwrap();
        Self {
            folder,
            ids: Rc::default(),
            now: BEGIN,
            sessions: Vec::new(),
            tokens: Vec::new(),
            place: Place::Unmade,
            linked: false,
            detour: false,
        }
    }

    fn path(&self, name: &str) -> String {
        let path = self.folder.path().join(name);
        path.to_str().unwrap().to_owned()
    }

    fn called(&self, args: &[&str]) -> CallResult {
        let store = self.path(if self.detour {
            "detour.sqlite"
        } else {
            "place/store.sqlite"
        });
        let (now, home) = (self.now.to_string(), self.path("home"));
        let more = ["--store", &store, "--now", &now, "--json", "--quiet"];
        let call = Call::new(&[args, &more].concat())
            .env("HOME", home)
            .env("JWTSESS_SECRET", "env:SIGNING_KEY")
            .env("SIGNING_KEY", SECRET);
        let ids = Rc::clone(&self.ids);
        let (exit, stdout, stderr) = call.with(|typed, world| {
            world.entropy = Box::new(Ids(ids));
            crate::cli::run(&typed, world)
        });
        CallResult {
            exit: exit.code(),
            stdout,
            stderr,
        }
    }

    /// Makes a call and compares its exit status to what the model allows.
    fn expect(&self, args: &[&str], allowed: &[u8]) -> (u8, Json) {
        let called = self.called(args);
        assert!(
            allowed.contains(&called.exit),
            "{allowed:?} was foretold at {}: {args:?} {called}",
            self.now
        );
        let printed = serde_json::from_str(&called.stdout);
        (called.exit, printed.unwrap_or_else(|_| panic!("{called}")))
    }

    fn act(&mut self, deed: &Deed) {
        let (count, now) = (self.tokens.len(), self.now);
        // The last ones first: of a token that is long expired there is not much to foretell.
        let nth = |which: usize| count - 1 - which % count;
        match *deed {
            Deed::Pass(seconds) => self.now = NOW.min(now + seconds),
            Deed::Issue(login) => self.issue(login),
            Deed::Purge => self.purge(),
            Deed::Link => self.link(),
            Deed::Move => self.move_store(),
            Deed::Detour => self.detour(),
            _ if count == 0 => {}
            Deed::Look {
                which,
                lax,
                profile,
            } => self.look(nth(which), lax, profile),
            Deed::Renew {
                which,
                ttl,
                longer,
                profile,
            } => self.renew(nth(which), (ttl, longer), profile),
            Deed::Rotate { which, profile } => self.rotate(nth(which), profile),
            Deed::Revoke { which } => self.revoke(nth(which)),
        }
    }

    /// Whether a command that does not make a store has none to go by.
    fn is_shut(&self) -> bool {
        self.linked || self.place != Place::Here
    }

    /// Whether the store refuses a token to whoever looks at it.
    fn is_refused(&self, token: &Token) -> bool {
        self.sessions[token.session].ended || token.retired
    }

    /// Whether the store has to know a token's session, and does not.
    fn is_unknown(&self, token: &Token) -> bool {
        let session = &self.sessions[token.session];
        session.login != Login::Sliding && !session.known
    }

    /// An access token without a mark whose session the store does not know: nobody can tell it from a stranger's.
    fn is_stranger(&self, token: &Token) -> bool {
        let session = &self.sessions[token.session];
        token.kind == Kind::Access
            && session.login == Login::PairWithoutMark
            && (!session.known || self.place != Place::Here)
    }

    /// Whether all tokens of a session have expired for good, so that what is recorded of it does not matter any more.
    fn is_spent(&self, session: usize) -> bool {
        self.now >= self.sessions[session].last_expiry + LEEWAY
    }

    /// Whether a session goes on only for who says so with `--session-max`: the profile's own bound has passed.
    fn is_overdue(&self, session: usize) -> bool {
        let session = &self.sessions[session];
        session.login == Login::Sliding && self.now >= session.began_at + 7 * DAY
    }

    fn flags(&self, token: &Token, named: Named) -> Vec<&'static str> {
        let pair = self.sessions[token.session].login != Login::Sliding;
        match (named, pair) {
            (Named::Nothing, _) => vec![],
            (Named::Plain, _) => vec!["--profile", "plain"],
            (Named::Own, true) | (Named::Other, false) => vec!["--profile", "pair"],
            (Named::Own, false) | (Named::Other, true) => vec!["--profile", "sliding"],
        }
    }

    fn issue(&mut self, login: Login) {
        let mut args = vec!["issue", "--user", "alice"];
        match login {
            Login::Sliding => {}
            Login::Pair => args.extend(["--profile", "pair"]),
            Login::PairWithoutMark => args.extend(["--profile", "pair", "--typ", "JWT"]),
        }
        let allowed: &[u8] = match (self.linked, login) {
            (false, _) => &[0],
            (true, Login::Sliding) => &[0, 1],
            (true, _) => &[1],
        };
        let (exit, issued) = self.expect(&args, allowed);
        if exit != 0 {
            return;
        }
        self.made();
        let access = issued["access"].as_str().unwrap();
        let claims = payload(access);
        let end = claims["session_exp"]
            .as_i64()
            .unwrap_or(self.now + 90 * DAY);
        let pair = login != Login::Sliding;
        self.sessions.push(Session {
            id: claims["sid"].as_str().unwrap().to_owned(),
            login,
            began_at: self.now,
            end,
            last_expiry: 0,
            shown_expiry: 0,
            known: pair,
            recorded: pair,
            ended: false,
        });
        self.minted(self.sessions.len() - 1, &issued);
    }

    /// Takes what a command minted.
    fn minted(&mut self, session: usize, minted: &Json) {
        let pair = self.sessions[session].login != Login::Sliding;
        let refresh = minted["refresh"].as_str().map(|text| (text, Kind::Refresh));
        let kind = if pair { Kind::Access } else { Kind::Sliding };
        let access = minted["access"].as_str().map(|text| (text, kind));
        for (text, kind) in access.into_iter().chain(refresh) {
            let claims = payload(text);
            let expires_at = claims["exp"].as_i64().unwrap();
            let of = &mut self.sessions[session];
            of.last_expiry = of.last_expiry.max(expires_at);
            of.shown_expiry = of.shown_expiry.max(expires_at);
            of.end = of.end.max(claims["session_exp"].as_i64().unwrap_or(0));
            if !self.tokens.iter().any(|token| token.text == text) {
                self.tokens.push(Token {
                    text: text.to_owned(),
                    session,
                    kind,
                    expires_at,
                    retired: false,
                });
            }
        }
    }

    /// A command has made the store if there was none.
    fn made(&mut self) {
        if self.place == Place::Here {
            return;
        }
        self.place = Place::Here;
        // What a store that is away knows is lost by the new one.
        for session in &mut self.sessions {
            session.forget();
            session.shown_expiry = 0;
        }
        for token in &mut self.tokens {
            token.retired = false;
        }
    }

    fn look(&self, which: usize, lax: bool, named: Named) {
        let token = &self.tokens[which];
        let mut args = vec!["verify", &token.text, "--kind", "any"];
        args.extend(self.flags(token, named));
        args.extend(if lax { &["--leeway", "1d"][..] } else { &[] });
        let leeway = if lax { LEEWAY } else { 0 };
        let expired = self.now >= token.expires_at + leeway;
        let spent = self.is_spent(token.session);
        let login = self.sessions[token.session].login;
        let unmarked = token.kind == Kind::Access && login == Login::PairWithoutMark;
        let allowed: &[u8] = match named {
            _ if self.is_shut() => &[1],
            _ if spent => &[5, 6, 7],
            Named::Other if self.is_unknown(token) => &[0, 5, 6],
            // Nothing in it contradicts that profile, and the store has no objection.
            Named::Other if unmarked && !self.is_refused(token) => &[0, 5, 6],
            Named::Other => &[6, 7],
            _ if self.is_refused(token) => &[7],
            _ if expired => &[5],
            _ if self.is_overdue(token.session) => &[0, 5],
            _ => &[0],
        };
        self.expect(&args, allowed);
    }

    fn renew(&mut self, which: usize, (ttl, longer): (Option<i64>, bool), named: Named) {
        let token = self.tokens[which].clone();
        if self.is_stranger(&token) {
            return;
        }
        let mut args = vec!["renew", &token.text];
        args.extend(self.flags(&token, named));
        let ttl = ttl.map(|seconds| seconds.to_string());
        if let Some(ttl) = &ttl {
            args.extend(["--ttl", ttl]);
            // `plain` knows no such end.
            args.extend((longer && named != Named::Plain).then_some("--session-max=120d"));
        }
        self.prolong(which, &args, named);
    }

    fn rotate(&mut self, which: usize, named: Named) {
        let token = self.tokens[which].clone();
        if self.is_stranger(&token) {
            return;
        }
        let mut args = vec!["rotate", &token.text];
        args.extend(self.flags(&token, named));
        self.prolong(which, &args, named);
    }

    fn prolong(&mut self, which: usize, args: &[&str], named: Named) {
        let token = self.tokens[which].clone();
        let rotates = args[0] == "rotate";
        let overdue = self.is_overdue(token.session);
        if overdue && token.retired {
            // Whether its use ends the session depends on which end is asked for.
            return;
        }
        let expired = self.now >= token.expires_at;
        let fits = matches!(named, Named::Nothing | Named::Own) && token.kind != Kind::Access;
        // It is the store's word that counts, if the token is good otherwise.
        let counts = fits && !expired;
        let makes = rotates && self.place != Place::Here && !self.linked;
        let allowed: &[u8] = match () {
            () if self.is_shut() && !makes && counts && overdue => &[1, 5],
            () if self.is_shut() && !makes && counts => &[1],
            () if makes && counts && overdue => &[0, 1, 5],
            () if self.is_shut() && !makes => &[1, 2, 5, 6, 7],
            () if makes && counts && token.kind == Kind::Sliding => &[0],
            () if makes => &[1, 2, 5, 6, 7],
            () if rotates && named == Named::Plain => &[2],
            () if self.is_spent(token.session) => &[5, 6, 7],
            () if fits && overdue && self.is_refused(&token) => &[5, 7],
            () if fits && (self.is_refused(&token) || self.is_unknown(&token)) => &[7],
            () if fits && expired => &[5],
            () if fits && overdue => &[0, 5],
            () if fits => &[0],
            () => &[5, 6, 7],
        };
        let (exit, answer) = self.expect(args, allowed);
        if makes && self.is_made() {
            self.made();
        }
        let session = token.session;
        if exit == 7 && counts && token.retired && !self.sessions[session].ended {
            self.sessions[session].ended = true;
        }
        if exit != 0 {
            return;
        }
        let before = self.tokens.len();
        self.minted(session, &answer);
        // At its session's end a token comes back as it is.
        if self.tokens.len() == before {
            // That end is its own, or without --session-max the profile's.
            let own = payload(&token.text)["session_exp"].as_i64().unwrap();
            let end = own.min(self.sessions[session].began_at + 7 * DAY);
            assert!(token.expires_at >= end, "{args:?}");
        } else if rotates {
            self.tokens[which].retired = true;
            self.sessions[session].record(token.expires_at);
        }
    }

    fn is_made(&self) -> bool {
        self.folder.path().join("place/store.sqlite").exists()
    }

    fn revoke(&mut self, which: usize) {
        let token = self.tokens[which].clone();
        if self.is_stranger(&token) {
            return;
        }
        let session = token.session;
        let unknown =
            self.sessions[session].login != Login::Sliding && !self.sessions[session].known;
        let allowed: &[u8] = match () {
            () if self.is_shut() || unknown => &[1],
            () if self.is_spent(session) => &[0, 1],
            () => &[0],
        };
        let (exit, _) = self.expect(&["revoke", &token.text], allowed);
        if exit == 0 {
            let session = &mut self.sessions[session];
            session.ended = true;
            session.record(token.expires_at);
        }
    }

    /// What a clean-up removes is of no use to anyone, and what is of no use for long is removed.
    fn purge(&mut self) {
        let allowed: &[u8] = if self.is_shut() { &[1] } else { &[0] };
        if self.expect(&["session", "purge"], allowed).0 != 0 {
            return;
        }
        let (_, listed) = self.expect(&["session", "list"], &[0]);
        let listed: Vec<&str> = (listed["sessions"].as_array().unwrap().iter())
            .map(|session| session["id"].as_str().unwrap())
            .collect();
        for (at, session) in self.sessions.iter_mut().enumerate() {
            let kept = listed.contains(&session.id.as_str());
            let guards = session.recorded && self.now < session.shown_expiry + LEEWAY;
            assert!(kept || !guards, "forgotten at {}: {session:?}", self.now);
            let last = session.last_expiry.max(session.end) + UNRECORDED_LIFE + LEEWAY;
            assert!(
                !kept || self.now < last,
                "kept at {}: {at} {session:?}",
                self.now
            );
            if !kept {
                session.forget();
                for token in &mut self.tokens {
                    token.retired &= token.session != at;
                }
            }
        }
    }

    fn link(&mut self) {
        let (store, second) = (self.path("place/store.sqlite"), self.path("second.sqlite"));
        if self.linked {
            std::fs::remove_file(second).unwrap();
        } else if self.place == Place::Here {
            std::fs::hard_link(store, second).unwrap();
        } else {
            return;
        }
        self.linked = !self.linked;
    }

    fn move_store(&mut self) {
        let (place, away) = (self.path("place"), self.path("away"));
        match self.place {
            Place::Here if !self.linked => {
                _ = std::fs::remove_dir_all(&away);
                std::fs::rename(&place, &away).unwrap();
                std::fs::create_dir(&place).unwrap();
                // A link to nothing is refused by every command.
                (self.place, self.detour) = (Place::Away, false);
            }
            Place::Away => {
                std::fs::remove_dir(&place).unwrap();
                std::fs::rename(&away, &place).unwrap();
                self.place = Place::Here;
            }
            _ => {}
        }
    }

    #[cfg(unix)]
    fn detour(&mut self) {
        if !self.detour && self.place == Place::Here {
            let (store, link) = (self.path("place/store.sqlite"), self.path("detour.sqlite"));
            _ = std::fs::remove_file(&link);
            std::os::unix::fs::symlink(store, link).unwrap();
            self.detour = true;
        } else {
            self.detour = false;
        }
    }

    #[cfg(not(unix))]
    fn detour(&mut self) {}
}

fn payload(token: &str) -> Json {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

fn play(deeds: &[Deed]) {
    let mut run = Run::start();
    for deed in deeds {
        run.act(deed);
    }
}

/// A new store can't know of a longer token that was made beside the old one.
#[test]
fn a_store_remembers_an_end_as_long_as_the_tokens_it_was_shown() {
    play(&[
        Deed::Issue(Login::Sliding),
        Deed::Renew {
            which: 0,
            ttl: Some(9 * DAY),
            longer: true,
            profile: Named::Nothing,
        },
        Deed::Pass(8 * DAY + 8 * 60 * 60),
        Deed::Move,
        Deed::Issue(Login::Sliding),
        Deed::Revoke { which: 2 },
        Deed::Purge,
        Deed::Look {
            which: 1,
            lax: false,
            profile: Named::Nothing,
        },
    ]);
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 300, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn every_history_comes_out_as_the_model_says(deeds in deeds()) {
        play(&deeds);
    }
}
