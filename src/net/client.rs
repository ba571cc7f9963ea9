//! Sends a request by the rules: where it may go, through which proxy, how often it is tried, and whether a redirect is followed.
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::address::{Address, Origin, PlainHost};
use super::budget::{Budget, Stopwatch};
use super::error::NetError;
use super::message::{Answer, Redirects, Request};
use super::proxy::Proxies;
use super::wire::{AllowedTime, Content, Outgoing, Wire, writable};
use crate::core::secret::Secret;
pub(crate) use crate::tls::Authorities;

/// What holds for every request of a call.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// What forbids every request, if something does.
    pub offline: Option<&'static str>,
    /// Hosts that may be reached without encryption, besides this machine.
    pub plain: Vec<PlainHost>,
    /// The authorities that sign servers' certificates.
    pub authorities: Authorities,
    /// The proxies.
    pub proxies: Proxies,
}

/// Sends requests.
pub(crate) struct Client {
    rules: Rules,
    wire: Wire,
    stopwatch: Rc<dyn Stopwatch>,
    /// What was asked and answered.
    log: RefCell<Vec<LogLine>>,
}

/// A request that was asked for, and what came of it, without anything secret.
#[derive(Debug)]
pub(crate) struct LogLine {
    /// What is said of it.
    pub text: String,
    /// Whether the server may have seen it.
    pub was_sent: bool,
}

/// An answer whose content is still on its way.
pub(crate) struct OpenAnswer {
    /// What is there of it: the head, and as much of the content as is held.
    pub answer: Answer,
    content: Content,
    sent_at: Duration,
    stopwatch: Rc<dyn Stopwatch>,
}

/// How long to wait before what the server can't have seen is sent again.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_millis(1500)];
/// The longest `Retry-After` that is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// How much of a content is read at once.
const PIECE: usize = 16 * 1024;
/// How many redirects are followed.
const MOST_REDIRECTS: usize = 3;

impl Client {
    /// A client that has not sent anything.
    #[must_use]
    pub(crate) fn new(rules: Rules, stopwatch: Rc<dyn Stopwatch>) -> Self {
        Self {
            wire: Wire::new(rules.authorities.clone()),
            rules,
            stopwatch,
            log: RefCell::default(),
        }
    }
    /// What the time is measured with.
    #[must_use]
    pub(crate) fn stopwatch(&self) -> &dyn Stopwatch {
        &*self.stopwatch
    }
    /// Whether a request may be made to an address at all.
    ///
    /// # Errors
    /// Every request is forbidden, or the address would be reached without encryption.
    pub(crate) fn may_reach(&self, address: &Address) -> Result<(), NetError> {
        let origin = address.origin();
        let open = || self.rules.plain.iter().any(|host| host.covers(origin));
        if !origin.is_encrypted() && !origin.is_loopback() && !open() {
            return Err(NetError::Insecure(origin.clone()));
        }
        self.rules.offline.map_or(Ok(()), |by| {
            Err(NetError::Offline {
                address: Box::new(address.clone()),
                by,
            })
        })
    }
    /// Sends a request within a budget of time, and reads the whole of the answer.
    ///
    /// # Errors
    /// See [`NetError`]. A status of failure is no error.
    pub(crate) fn send(
        &self,
        request: &Request<'_>,
        budget: &mut Budget,
    ) -> Result<Answer, NetError> {
        self.open(request, budget)?.whole(request.largest)
    }
    /// Sends a request within a budget of time, and reads the head of the answer. Its content has to come within what is left.
    ///
    /// # Errors
    /// See [`NetError`]. A status of failure is no error.
    pub(crate) fn open(
        &self,
        request: &Request<'_>,
        budget: &mut Budget,
    ) -> Result<OpenAnswer, NetError> {
        writable(&request.headers)?;
        let mut address = request.address.clone();
        for _ in 0..=MOST_REDIRECTS {
            self.may_reach(&address)?;
            may_have(address.origin(), request.origins)?;
            let open = self.persist(request, &address, budget)?;
            let Some(target) = target(&open.answer) else {
                return Ok(open);
            };
            let inside = |target: &&Address| target.origin() == address.origin();
            match (request.redirects, target.as_ref().filter(inside)) {
                (Redirects::Returned, _) => return Ok(open),
                (Redirects::WithinOrigin, Some(target)) => address = target.clone(),
                _ => return Err(redirected(&open.answer, target.as_ref())),
            }
        }
        let more = format!("it redirects more than {MOST_REDIRECTS} times");
        Err(NetError::unexpected(&request.address, more))
    }

    /// What was asked and answered since the last time.
    pub(crate) fn take_log(&self) -> Vec<LogLine> {
        self.log.take()
    }

    /// Sends a request until there is an answer, as often as may be.
    fn persist(
        &self,
        request: &Request<'_>,
        address: &Address,
        budget: &mut Budget,
    ) -> Result<OpenAnswer, NetError> {
        let mut pauses = PAUSES.iter();
        let mut may_wait = true;
        loop {
            let left = budget.left(&*self.stopwatch);
            let sent_at = self.stopwatch.elapsed();
            let outgoing = Outgoing {
                request,
                address,
                proxy: self.rules.proxies.for_origin(address.origin()),
                time: AllowedTime {
                    left,
                    whole: budget.whole(),
                },
            };
            let exchanged = self.wire.exchange(&outgoing);
            let took = self.stopwatch.elapsed().saturating_sub(sent_at);
            let result = match &exchanged {
                Ok((status, ..)) => status.to_string(),
                Err(failure) => failure.error.to_string(),
            };
            let (method, ms) = (request.method, took.as_millis());
            self.log.borrow_mut().push(LogLine {
                text: format!("{method} {address}: {result}, {ms} ms"),
                was_sent: exchanged
                    .as_ref()
                    .err()
                    .is_none_or(|failure| !failure.unseen),
            });
            match exchanged {
                Ok((status, headers, content)) => {
                    let answer = Answer {
                        address: address.clone(),
                        status,
                        headers,
                        body: Secret::new(Vec::new()),
                        took,
                    };
                    let wait = repeat_after(&answer, request.repeat_unavailable);
                    match wait.filter(|_| may_wait) {
                        Some(wait) if budget.pause(wait, &*self.stopwatch) => may_wait = false,
                        _ => {
                            return Ok(OpenAnswer {
                                answer,
                                content,
                                sent_at,
                                stopwatch: Rc::clone(&self.stopwatch),
                            });
                        }
                    }
                }
                Err(failure) => match pauses.next() {
                    Some(&pause) if failure.may_pass && budget.pause(pause, &*self.stopwatch) => {}
                    _ => return Err(failure.error),
                },
            }
        }
    }
}

impl OpenAnswer {
    /// Reads the next piece of the content, which is empty at the end. It is not held.
    ///
    /// # Errors
    /// The connection was lost, or the time is over.
    pub(crate) fn read(&mut self, piece: &mut [u8]) -> Result<usize, NetError> {
        let count = self.content.read(piece)?;
        self.answer.took = self.stopwatch.elapsed().saturating_sub(self.sent_at);
        Ok(count)
    }
    /// Reads until as many bytes are held, or there is no more.
    ///
    /// # Errors
    /// As [`OpenAnswer::read`].
    pub(crate) fn hold(&mut self, most: usize) -> Result<(), NetError> {
        let mut held = Zeroizing::new(self.answer.body.expose().to_vec());
        let mut piece = Zeroizing::new([0; PIECE]);
        while held.len() < most {
            let room = PIECE.min(most - held.len());
            let count = self.read(&mut piece[..room])?;
            if count == 0 {
                break;
            }
            held.extend_from_slice(&piece[..count]);
        }
        self.answer.body = Secret::new(std::mem::take(&mut held));
        Ok(())
    }
    /// Reads the rest.
    ///
    /// # Errors
    /// As [`OpenAnswer::read`], or the content is larger than is taken.
    pub(crate) fn whole(mut self, largest: usize) -> Result<Answer, NetError> {
        self.hold(largest.saturating_add(1))?;
        if self.answer.body.len() > largest {
            let why = format!("it is larger than {} KiB", largest / 1024);
            return Err(NetError::unexpected(&self.answer.address, why));
        }
        Ok(self.answer)
    }
}

/// Whether an origin may have a credential. Those that have one name where it belongs.
///
/// # Errors
/// It may not.
fn may_have(asked: &Origin, allowed: &[Origin]) -> Result<(), NetError> {
    if allowed.is_empty() || allowed.contains(asked) {
        return Ok(());
    }
    Err(NetError::OriginNotAllowed {
        asked: asked.clone(),
        allowed: allowed.to_vec(),
    })
}

/// The error that a redirect is to whoever does not follow it; `None`: the answer is no redirect.
#[must_use]
pub(crate) fn redirection(answer: &Answer) -> Option<NetError> {
    Some(redirected(answer, target(answer)?.as_ref()))
}

/// Where a redirect leads, if that is an address. The outer `None`: the answer is no redirect.
#[expect(
    clippy::option_option,
    reason = "a redirect may lead to what is no address"
)]
fn target(answer: &Answer) -> Option<Option<Address>> {
    let location = matches!(answer.status, 301 | 302 | 303 | 307 | 308)
        .then(|| answer.header("location"))
        .flatten()?;
    Some(answer.address.join(location).ok())
}

fn redirected(answer: &Answer, target: Option<&Address>) -> NetError {
    let address = &answer.address;
    let slash = target.is_some_and(|target| {
        target.origin() == address.origin() && target.path() == format!("{}/", address.path())
    });
    NetError::Redirected {
        address: Box::new(address.clone()),
        status: answer.status,
        target: target.map_or_else(|| "what is no address".to_owned(), ToString::to_string),
        slash,
    }
}

/// How long to wait before the same request is sent again, if the server asks for it.
fn repeat_after(answer: &Answer, unavailable_too: bool) -> Option<Duration> {
    let asks = answer.status == 429 || (answer.status == 503 && unavailable_too);
    let wait = asks.then(|| answer.retry_after())??;
    (wait <= LONGEST_WAIT).then_some(wait)
}

#[cfg(test)]
mod tests;
