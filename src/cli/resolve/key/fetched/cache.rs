//! The keys that were fetched, on the disk: one file an address, which only its user can write.
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::cli::context::Context;
use crate::cli::world::{self, FileAccess, Lock};
use crate::core::hex;
use crate::core::secret::{Secret, sha256};
use crate::core::time::Timestamp;
use crate::net::address::Address;
use crate::net::budget::Budget;
use crate::net::freshness;
use crate::net::message::{Answer, Header};

/// The version of the file.
const SCHEMA: u32 = 1;
/// The largest file: the largest key set in base64, and the rest.
const LARGEST: usize = 512 * 1024;
/// The longest `ETag` that is kept, in bytes.
const LONGEST_VERSION: usize = 1024;
/// How often to look whether another process has finished, and a file is there.
const LOOK: Duration = Duration::from_millis(50);

/// What is known of the keys at an address.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(super) struct Entry {
    schema: u32,
    address: String,
    /// The keys, if any were fetched and may be kept.
    pub(super) document: Option<Document>,
    /// When a kid that is not there, or a fetch that failed, last asked: milliseconds.
    pub(super) tried_at: Option<i64>,
    /// Whether that try failed.
    pub(super) failed: bool,
}

/// Keys as they came.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(super) struct Document {
    /// Where they were: not the address that was named, if metadata led there.
    pub(super) at: String,
    /// The issuer, if that was named.
    pub(super) issuer: Option<String>,
    content: String,
    etag: Option<String>,
    last_modified: Option<String>,
    /// What was said of how long they may be used: names and values of header fields.
    terms: Vec<(String, String)>,
    /// When they came, or were found to be the same: milliseconds.
    pub(super) fetched_at: i64,
    /// Until when they are used without asking: seconds.
    pub(super) fresh_until: i64,
}

impl Document {
    /// Keys that came just now.
    pub(super) fn new(at: &Address, issuer: Option<String>, content: &Secret) -> Self {
        Self {
            at: at.as_sent(),
            issuer,
            content: STANDARD.encode(content.expose()),
            etag: None,
            last_modified: None,
            terms: Vec::new(),
            fetched_at: 0,
            fresh_until: 0,
        }
    }
    /// The bytes.
    pub(super) fn content(&self) -> Secret {
        Secret::new(STANDARD.decode(&self.content).unwrap_or_default())
    }
    /// Notes what the answer that brought or confirmed them says, and adds to it what it does not say anew (RFC 9111 §4.3.4).
    pub(super) fn note(&mut self, answer: &mut Answer) {
        let version = |name: &str| {
            let value = answer.header(name)?;
            // What can't be sent back as it came tells no versions apart.
            let sendable = |byte: u8| (b' '..=b'~').contains(&byte);
            let fits = value.len() <= LONGEST_VERSION && value.bytes().all(sendable);
            fits.then(|| value.to_owned())
        };
        self.etag = version("etag").or(self.etag.take());
        self.last_modified = version("last-modified").or(self.last_modified.take());
        for name in freshness::FIELDS {
            let said: Vec<_> = answer.all(name).map(str::to_owned).collect();
            if said.is_empty() {
                let kept = self.terms.iter().filter(|(known, _)| known == name);
                let kept = kept.map(|(name, value)| Header::new(name, value.clone()));
                answer.headers.extend(kept.collect::<Vec<_>>());
            } else {
                self.terms.retain(|(known, _)| known != name);
                let said = said.into_iter().map(|value| (name.to_owned(), value));
                self.terms.extend(said);
            }
        }
    }
    /// The header fields that ask whether it has changed.
    pub(super) fn conditions(&self) -> Vec<Header> {
        let field = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| Header::new(name, value.clone()))
        };
        let fields = [
            field("If-None-Match", &self.etag),
            field("If-Modified-Since", &self.last_modified),
        ];
        fields.into_iter().flatten().collect()
    }
}

impl Entry {
    pub(super) fn new(address: &Address) -> Self {
        Self {
            schema: SCHEMA,
            address: address.as_sent(),
            document: None,
            tried_at: None,
            failed: false,
        }
    }
}

/// The file of an address. `None` if there is no folder for it.
pub(super) struct Cache {
    path: Option<PathBuf>,
    address: Address,
}

impl Cache {
    pub(super) fn of(address: &Address, context: &Context<'_, '_>) -> Self {
        let folder = context.world.cache_folder();
        let name = format!(
            "{}.json",
            hex::encoded(&sha256(address.as_sent().as_bytes()))
        );
        Self {
            path: folder.map(|folder| folder.join("jwks").join(name)),
            address: address.clone(),
        }
    }
    /// Reads the file. What is damaged, of another version, or open to others' changes counts as nothing.
    pub(super) fn read(&self, context: &mut Context<'_, '_>) -> Entry {
        let nothing = || Entry::new(&self.address);
        let Some(path) = &self.path else {
            return nothing();
        };
        // A pipe would be waited for.
        let Ok(file) = world::own_file(path).and_then(|_| world::read(path, LARGEST)) else {
            return nothing();
        };
        let path = path.display();
        let refused = if file.guard.is_of_another() {
            format!("{path} belongs to another user")
        } else if file.guard.writable_by_others {
            format!("run chmod go-w {path}")
        } else {
            String::new()
        };
        if !refused.is_empty() {
            context.warn_once(&format!(
                "other users can change the keys that were fetched before, so they are not used: {refused}"
            ));
            return nothing();
        }
        let read = serde_json::from_slice(file.bytes.expose());
        let known =
            |entry: &Entry| entry.schema == SCHEMA && entry.address == self.address.as_sent();
        read.ok().filter(known).unwrap_or_else(nothing)
    }
    /// Replaces the file. A failure costs another fetch, no more.
    pub(super) fn write(&self, entry: &Entry, context: &mut Context<'_, '_>) {
        let (Some(path), Ok(text)) = (&self.path, serde_json::to_vec(entry)) else {
            return;
        };
        let entropy = &mut *context.world.entropy;
        _ = world::replace(path, &Secret::new(text), FileAccess::Writer, entropy);
    }
    /// Waits until no other process asks for the same keys. `None` where no lock can be had.
    ///
    /// # Errors
    /// No time is left.
    pub(super) fn lock(
        &self,
        budget: &mut Budget,
        context: &Context<'_, '_>,
    ) -> Result<Option<Lock>, NoTime> {
        let Some((path, folder)) = self.path.as_deref().zip(self.folder()) else {
            return Ok(None);
        };
        if world::make_folder(folder).is_err() {
            return Ok(None);
        }
        loop {
            match world::try_lock(path) {
                Ok(Some(lock)) => return Ok(Some(lock)),
                Ok(None) if budget.pause(LOOK, &*context.world.stopwatch) => {}
                Ok(None) => return Err(NoTime),
                Err(_) => return Ok(None),
            }
        }
    }

    fn folder(&self) -> Option<&Path> {
        self.path.as_deref().and_then(Path::parent)
    }
}

/// Another process held the lock for as long as there was time.
pub(super) struct NoTime;

/// A moment in milliseconds.
pub(super) fn milliseconds(at: Timestamp) -> i64 {
    let within = i64::from(at.nanos() / 1_000_000);
    at.seconds().saturating_mul(1000).saturating_add(within)
}
