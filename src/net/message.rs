//! A request and its answer as plain data. What they hold is shown by no `Debug`.
use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use zeroize::Zeroizing;

use super::address::{Address, Origin};
use crate::core::secret::Secret;

/// What to send, and how its answer is taken.
pub(crate) struct Request<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// Where to.
    pub address: Address,
    /// Header fields, besides those that every request has.
    pub headers: Vec<Header>,
    /// The content.
    pub body: Option<Secret>,
    /// Where the credential in it may go. Empty if it has none.
    pub origins: &'a [Origin],
    /// The largest answer that is taken, in bytes.
    pub largest: usize,
    /// What to do about a redirect.
    pub redirects: Redirects,
    /// Whether it may be sent again after a 503: never what changes a session.
    pub repeat_unavailable: bool,
}

impl Request<'_> {
    /// A request without a credential, which follows redirects within its origin.
    #[must_use]
    pub(crate) const fn get(address: Address, largest: usize) -> Self {
        Self {
            method: "GET",
            address,
            headers: Vec::new(),
            body: None,
            origins: &[],
            largest,
            redirects: Redirects::WithinOrigin,
            repeat_unavailable: true,
        }
    }
    /// Says which types of content are wanted (RFC 9110 §12.5.1).
    #[must_use]
    pub(crate) fn accept(mut self, types: &str) -> Self {
        self.headers.push(Header::new("Accept", types));
        self
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|header| &header.name).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("address", &self.address)
            .field("headers", &names)
            .field("body", &self.body.as_ref().map(Secret::len))
            .finish_non_exhaustive()
    }
}

/// What to do about a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Redirects {
    /// It is an error that shows the target.
    Refused,
    /// It is an answer like any other. [`super::client::redirection`] tells it from them.
    Returned,
    /// Up to three are followed within the origin that was asked.
    WithinOrigin,
}

/// A header field.
#[derive(Clone)]
pub(crate) struct Header {
    /// Its name.
    pub name: String,
    /// Its value, which may be a credential.
    pub value: Zeroizing<String>,
}

impl Header {
    /// A field with a value.
    #[must_use]
    pub(crate) fn new(name: &str, value: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            value: Zeroizing::new(value.into()),
        }
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}

/// What a server answered.
pub(crate) struct Answer {
    /// The address that answered: another than was asked, if a redirect was followed.
    pub address: Address,
    /// The status.
    pub status: u16,
    /// The header fields, their names in lower case, in the order in which they came.
    pub headers: Vec<Header>,
    /// The content, as far as it was read and held.
    pub body: Secret,
    /// The time from the sending to the end of what was read.
    pub took: Duration,
}

impl Answer {
    /// The value of the first header field of that name, which has to be in lower case.
    #[must_use]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        value(&self.headers, name)
    }
    /// The values of every header field of that name, which has to be in lower case.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self
            .headers
            .iter()
            .filter(move |header| header.name == name);
        fields.map(|header| header.value.as_str())
    }
    /// When the server sent it, by its own clock, in seconds since 1970.
    #[must_use]
    pub(crate) fn date(&self) -> Option<i64> {
        let date = httpdate::parse_http_date(self.header("date")?).ok()?;
        let since = date.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    }
    /// Whether the content is the whole of what was asked for, as it is: neither compressed, which was not asked for, nor a part or a receipt.
    #[must_use]
    pub(crate) fn is_plain(&self) -> bool {
        let mut codings = self.all("content-encoding");
        self.status == 200 && codings.all(|one| one.trim().eq_ignore_ascii_case("identity"))
    }
    /// How long to wait before the same is asked again, if the server says it (RFC 9110 §10.2.3).
    #[must_use]
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let text = self.header("retry-after")?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let sent = httpdate::parse_http_date(self.header("date")?).ok()?;
        let until = httpdate::parse_http_date(text).ok()?;
        Some(until.duration_since(sent).unwrap_or_default())
    }
    /// Whether the status is one of success.
    #[must_use]
    pub(crate) const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("address", &self.address)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &self.body.len())
            .field("took", &self.took)
            .finish()
    }
}

/// The value of the first header field of that name, which has to be in lower case.
pub(super) fn value<'h>(headers: &'h [Header], name: &str) -> Option<&'h str> {
    let header = headers.iter().find(|header| header.name == name)?;
    Some(header.value.as_str())
}
