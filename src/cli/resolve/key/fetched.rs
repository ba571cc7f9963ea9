//! The keys at an address: those that were fetched before, as long as they are fresh, else those that are there now.
mod cache;

use super::call_keys::CallKeys;
use super::read::at;
use crate::cli::args::key::KeyFlags;
use crate::cli::args::net::FetchFlags;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::error::key::KeyProblem;
use crate::cli::error::net::FetchError;
use crate::cli::resolve::net;
use crate::core::algorithm::{AlgName, Algorithm};
use crate::core::claims::Typed;
use crate::core::key::{ForVerifying, Key};
use crate::core::keyfile::published::published;
use crate::core::profile::TokenKind;
use crate::core::time::{Span, Timestamp};
use crate::core::token::Unverified;
use crate::net::address::Address;
use crate::net::budget::Budget;
use crate::net::client::Client;
use crate::net::error::NetError;
use crate::net::freshness::Freshness;
use crate::net::keys::{self, Revalidation};
use crate::net::message::Answer;
use crate::session::service::keys::FetchedKeys;
use cache::{Cache, Document, Entry, milliseconds};

/// The time for fetching keys.
const USUAL: Span = Span::from_seconds(5);
/// How long after a fetch that a token caused, or that failed, no other is made: milliseconds.
const PAUSE: i64 = 30_000;

/// Adds the keys at an address.
///
/// # Errors
/// It is no address that may be asked, or its keys can't be had.
pub(super) fn add(
    text: &str,
    by: &str,
    flags: Option<&FetchFlags>,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> Result<(), Problem> {
    let shown = || echo::address(text).unwrap_or_else(|| by.to_owned());
    let address = Address::parse(text).map_err(|why| at(&shown())(KeyProblem::Address(why)))?;
    let Some(flags) = flags else {
        return Err(at(&address.to_string())(KeyProblem::NotHere));
    };
    let mut fetch = Fetch::of(address, flags, context)?;
    let found = fetch.usable(context);
    net::say(&fetch.client, &fetch.address, context);
    let (document, just_now) = found?;
    fetch.put(&document, just_now, loaded, context)
}

/// Fetches the keys again if none of them fits a token, at most once in 30 s whatever the number of processes. Keys that this call has fetched are not asked for
/// again.
pub(crate) fn for_token(
    token: &Unverified,
    flags: &KeyFlags,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> Result<(), Problem> {
    let kinds = [&*loaded, loaded.of(TokenKind::Refresh)];
    let misses = |keys: &&CallKeys| misses(keys, token, &flags.alg, context.now);
    if kinds.iter().all(|keys| keys.fetched.is_empty()) || !kinds.iter().all(misses) {
        return Ok(());
    }
    again(&flags.fetch, loaded, context).map(|_| ())
}

/// Fetches the keys again, if that is due. Returns whether there are others now.
pub(crate) fn again(
    flags: &FetchFlags,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> Result<bool, Problem> {
    let mut changed = match &mut loaded.refresh {
        Some(refresh) => again(flags, refresh, context)?,
        None => false,
    };
    for known in loaded.fetched.clone() {
        let now = context.world.clock.now();
        let since = |at| milliseconds(now).saturating_sub(milliseconds(at));
        if known.asked_at.is_some_and(|at| since(at) < PAUSE) {
            continue;
        }
        let Ok(address) = Address::parse(&known.address) else {
            continue;
        };
        let mut fetch = Fetch::of(address, flags, context)?;
        let found = fetch.newer(&known, context);
        net::say(&fetch.client, &fetch.address, context);
        let of_it = |one: &&mut FetchedKeys| one.source == known.source;
        if let Some(noted) = loaded.fetched.iter_mut().find(of_it) {
            noted.asked_at = Some(now);
        }
        match found {
            Ok(Some(document)) => {
                fetch.put(&document, true, loaded, context)?;
                changed = true;
            }
            Ok(None) => {}
            Err(error) => {
                context.warn_once(&format!("{error}; those that were fetched before are used"));
            }
        }
    }
    Ok(changed)
}

/// Whether no key fits a token, so that there may be a new one by now.
fn misses(loaded: &CallKeys, token: &Unverified, narrow: &[Algorithm], now: Timestamp) -> bool {
    let Some(AlgName::Supported(alg)) = token.alg() else {
        return false;
    };
    let kid = match token.kid() {
        Typed::Is(kid) => Some(kid),
        _ => None,
    };
    match loaded.set.for_verifying(alg, kid.as_deref(), narrow, now) {
        // With a kid, the key is the one that is meant.
        ForVerifying::Try(keys) if kid.is_none() => !keys.iter().any(|key| made(key, alg, token)),
        ForVerifying::Try(_) | ForVerifying::Ended(_) => false,
        ForVerifying::UnknownKid(_) | ForVerifying::WrongAlgorithm(_) | ForVerifying::NoKey => true,
    }
}

fn made(key: &Key, alg: Algorithm, token: &Unverified) -> bool {
    let signature = token.signature.bytes.as_deref().unwrap_or_default();
    key.verify(alg, token.signing_input(), signature)
}

/// A look for the keys at one address.
struct Fetch<'f> {
    address: Address,
    flags: &'f FetchFlags,
    cache: Cache,
    client: Client,
    budget: Budget,
    began: Timestamp,
}

impl<'f> Fetch<'f> {
    fn of(
        address: Address,
        flags: &'f FetchFlags,
        context: &Context<'_, '_>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            cache: Cache::of(&address, context),
            client: net::client(&flags.net, context)?,
            budget: net::budget(&flags.net, USUAL),
            began: context.world.clock.now(),
            address,
            flags,
        })
    }

    /// The keys to use, and whether this call fetched them.
    fn usable(&mut self, context: &mut Context<'_, '_>) -> Result<(Document, bool), FetchError> {
        let entry = self.cache.read(context);
        if let Some(by) = net::offline(&self.flags.net, context)
            && !self.flags.refetch
            && let Some(document) = entry.document
        {
            self.say_old(&document, by, context);
            return Ok((document, false));
        }
        self.client
            .may_reach(&self.address)
            .map_err(FetchError::Net)?;
        if let Some(document) = entry
            .document
            .filter(|one| !self.flags.refetch && self.is_fresh(one))
        {
            return Ok((document, false));
        }
        let _lock = self.cache.lock(&mut self.budget, context).ok().flatten();
        // While we waited, another process may have fetched them.
        let mut entry = self.cache.read(context);
        let now = context.world.clock.now();
        let newer = |one: &Document| came_between(self.began, one, now);
        if let Some(document) = &entry.document
            && (newer(document) || (!self.flags.refetch && self.is_fresh(document)))
        {
            return Ok((document.clone(), newer(document)));
        }
        let stale = entry.document.clone();
        let stale = stale.filter(|document| self.is_within_stale(document));
        if let Some(document) = &stale
            && entry.failed
            && self.is_recent(entry.tried_at)
            && !self.flags.refetch
        {
            self.say_old(document, "--stale-keys", context);
            return Ok((document.clone(), false));
        }
        let known = entry.document.clone().filter(|_| !self.flags.refetch);
        match (self.fetch(known, false, &mut entry, context), stale) {
            (Ok(document), _) => Ok((document, true)),
            (Err(error), Some(document)) => {
                context.warn_once(&error.to_string());
                self.say_old(&document, "--stale-keys", context);
                Ok((document, false))
            }
            (Err(error), None) => Err(error),
        }
    }

    /// Keys that are newer than those that are known, because a token asks for them.
    fn newer(
        &mut self,
        known: &FetchedKeys,
        context: &mut Context<'_, '_>,
    ) -> Result<Option<Document>, FetchError> {
        if self.client.may_reach(&self.address).is_err() {
            return Ok(None);
        }
        let Ok(_lock) = self.cache.lock(&mut self.budget, context) else {
            return Ok(None);
        };
        let mut entry = self.cache.read(context);
        let now = context.world.clock.now();
        let newer = |one: &Document| came_between(known.at, one, now);
        if let Some(document) = entry.document.clone().filter(newer) {
            return Ok(Some(document));
        }
        if self.is_recent(entry.tried_at) {
            return Ok(None);
        }
        // Metadata may name another key set by now.
        let is_direct = |one: &Document| one.at == self.address.as_sent();
        let known = entry.document.clone().filter(is_direct);
        self.fetch(known, true, &mut entry, context).map(Some)
    }

    /// Asks, and writes down what came of it. `by_token` is whether a token caused it.
    fn fetch(
        &mut self,
        known: Option<Document>,
        by_token: bool,
        entry: &mut Entry,
        context: &mut Context<'_, '_>,
    ) -> Result<Document, FetchError> {
        let asked = self.ask(known);
        let now = context.world.clock.now();
        entry.failed = asked.is_err();
        if by_token || entry.failed {
            entry.tried_at = Some(milliseconds(now));
        }
        let found = asked.map(|(mut document, mut answer)| {
            document.note(&mut answer);
            let fresh = Freshness::of(&answer, now);
            document.fetched_at = milliseconds(now);
            document.fresh_until = now.plus(Span::from_seconds(fresh.seconds)).seconds();
            entry.document = fresh.keep.then(|| document.clone());
            document
        });
        self.cache.write(entry, context);
        found
    }

    fn ask(&mut self, known: Option<Document>) -> Result<(Document, Answer), FetchError> {
        if let Some(document) = known
            && let Ok(place) = Address::parse(&document.at)
        {
            match keys::again(
                &self.client,
                &place,
                document.conditions(),
                &mut self.budget,
            ) {
                Ok(Revalidation::Same(answer)) => return Ok((document, answer)),
                Ok(Revalidation::New(answer)) => return self.taken(answer, document.issuer),
                // The set has moved: its issuer says where to.
                Err(NetError::Status { .. }) if place != self.address => {}
                Err(error) => return Err(FetchError::Net(error)),
            }
        }
        let found = keys::find(&self.client, &self.address, &mut self.budget);
        let found = found.map_err(FetchError::Net)?;
        self.taken(found.answer, found.issuer)
    }

    /// Takes an answer that holds keys.
    fn taken(
        &self,
        answer: Answer,
        issuer: Option<String>,
    ) -> Result<(Document, Answer), FetchError> {
        match published(&answer.body) {
            Ok(_) => Ok((Document::new(&answer.address, issuer, &answer.body), answer)),
            Err(why) => Err(FetchError::NotKeys {
                place: self.address.to_string(),
                why,
            }),
        }
    }

    /// Puts keys among those of the call.
    fn put(
        &self,
        document: &Document,
        just_now: bool,
        loaded: &mut CallKeys,
        context: &mut Context<'_, '_>,
    ) -> Result<(), Problem> {
        let source = self.source(loaded);
        let content = document.content();
        let read = published(&content).map_err(|why| FetchError::NotKeys {
            place: source.clone(),
            why,
        })?;
        if read.private > 0 {
            let many = match read.private {
                1 => "a secret or private key".to_owned(),
                more => format!("{more} secrets or private keys"),
            };
            context.warn_once(&format!(
                "private_key_published: {source} shows {many} to everybody; the private parts were left out"
            ));
        }
        if context.globals.verbose {
            for note in &read.notes {
                context.say(&format!("{source}: {note}"));
            }
        }
        if let Some(issuer) = &document.issuer
            && !loaded.fetched.iter().any(|one| one.source == source)
        {
            context.say(&format!(
                "{source} is an issuer: its keys are used, and iss has to be {issuer}, unless --iss says else"
            ));
        }
        loaded.files.push(content);
        loaded.forms.retain(|form| form.source != source);
        loaded.add_form(&source, &read.form, None);
        loaded.replace(read.keys, &source);
        loaded.fetched.retain(|one| one.source != source);
        loaded.fetched.push(FetchedKeys {
            source,
            address: self.address.as_given().to_owned(),
            issuer: document.issuer.clone(),
            at: moment(document.fetched_at),
            fresh_until: Timestamp::from_seconds(document.fresh_until),
            asked_at: just_now.then_some(self.began),
        });
        Ok(())
    }

    /// What tells these keys from those of other addresses, which may look the same without their queries.
    fn source(&self, loaded: &CallKeys) -> String {
        let known = |one: &&FetchedKeys| one.address == self.address.as_given();
        if let Some(known) = loaded.fetched.iter().find(known) {
            return known.source.clone();
        }
        let shown = self.address.to_string();
        let is_free = |name: &String| loaded.fetched.iter().all(|one| one.source != *name);
        let mut names = (2..).map(|nth| format!("{shown} ({nth})"));
        Some(shown.clone())
            .filter(is_free)
            .or_else(|| names.find(is_free))
            .unwrap_or(shown)
    }

    fn say_old(&self, document: &Document, by: &str, context: &mut Context<'_, '_>) {
        let age = self.age(document).words();
        let address = &self.address;
        context.say(&format!(
            "{address}: the keys fetched {age} ago are used, by {by}"
        ));
    }

    fn age(&self, document: &Document) -> Span {
        let age = milliseconds(self.began).saturating_sub(document.fetched_at) / 1000;
        Span::from_seconds(u64::try_from(age).unwrap_or(0))
    }

    fn is_within_stale(&self, document: &Document) -> bool {
        let longest = self.flags.stale_keys.map(Span::seconds);
        longest.is_some_and(|longest| self.age(document).seconds() <= longest)
    }

    /// Whether keys are used without asking. A clock that was set back makes none of them fresh.
    fn is_fresh(&self, document: &Document) -> bool {
        let from = moment(document.fetched_at);
        from <= self.began && self.began < Timestamp::from_seconds(document.fresh_until)
    }

    fn is_recent(&self, tried_at: Option<i64>) -> bool {
        let now = milliseconds(self.began);
        tried_at.is_some_and(|at| (0..PAUSE).contains(&now.saturating_sub(at)))
    }
}

/// Whether keys came after a moment. What claims to come from the future was written before the clock was set back.
fn came_between(from: Timestamp, document: &Document, now: Timestamp) -> bool {
    milliseconds(from) < document.fetched_at && document.fetched_at <= milliseconds(now)
}

fn moment(milliseconds: i64) -> Timestamp {
    let within = u32::try_from(milliseconds.rem_euclid(1000)).unwrap_or(0);
    Timestamp::new(milliseconds.div_euclid(1000), within * 1_000_000)
}

#[cfg(test)]
mod tests;
