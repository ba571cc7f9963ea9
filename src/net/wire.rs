//! One attempt at one request, by HTTP/1.1. Only this file names the client that speaks it.
use std::fmt;
use std::io::Read as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ureq::http::{HeaderName, HeaderValue, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, RustlsConnector,
    TcpConnector, Transport,
};
use ureq::{Agent, BodyReader, Error, ProxyProtocol, Timeout};

use super::address::{Address, LOCALHOST, is_localhost};
use super::error::NetError;
use super::message::{Header, Request};
use super::proxy::Proxy;
use crate::tls::{self, Authorities};

/// The time for finding a host, and again for connecting to it.
const CONNECT: Duration = Duration::from_secs(5);
/// The largest head of an answer.
const LARGEST_HEAD: usize = 64 * 1024;
/// The longest header field that is sent: the client holds one in 128 KiB, with its name.
const LARGEST_FIELD: usize = 64 * 1024;
/// How the user names an authority.
const NAMING: &str = "--cacert FILE, or with JWTSESS_CACERT or SSL_CERT_FILE";
const USER_AGENT: &str = concat!("jwtsess/", env!("CARGO_PKG_VERSION"));

/// Whether header fields can be written.
///
/// # Errors
/// One can't. The error names it, and says why.
pub(super) fn writable(headers: &[Header]) -> Result<(), NetError> {
    for header in headers {
        let is_name = HeaderName::from_bytes(header.name.as_bytes()).is_ok();
        let why = if !is_name || HeaderValue::from_str(&header.value).is_err() {
            "it holds characters that HTTP does not carry"
        } else if header.value.len() > LARGEST_FIELD {
            "it is longer than 64 KiB"
        } else if header.name.eq_ignore_ascii_case("authorization") && !header.value.is_ascii() {
            "it takes ASCII alone"
        } else {
            continue;
        };
        let name = header.name.clone();
        return Err(NetError::Field { name, why });
    }
    Ok(())
}

/// Makes connections. The authorities are read when the first encrypted one is made.
pub(super) struct Wire {
    authorities: Authorities,
    tls: OnceLock<Result<TlsConfig, String>>,
}

/// A request to be sent.
pub(super) struct Outgoing<'a> {
    pub(super) request: &'a Request<'a>,
    /// Where to: the request's address, or where a redirect led.
    pub(super) address: &'a Address,
    pub(super) proxy: Option<&'a Proxy>,
    pub(super) time: AllowedTime,
}

/// How much time there is, and was at first.
#[derive(Clone, Copy)]
pub(super) struct AllowedTime {
    pub(super) left: Duration,
    pub(super) whole: Duration,
}

/// Why there is no answer.
pub(super) struct Failure {
    pub(super) error: NetError,
    /// Whether the server can't have seen the request.
    pub(super) unseen: bool,
    /// Whether the same may go well later.
    pub(super) may_pass: bool,
}

/// How far a request came.
#[derive(Debug, Default)]
struct Progress {
    /// There was a connection: to the server, or to the proxy.
    connected: AtomicBool,
    /// The request was on its way, as far as this machine knows.
    sent: AtomicBool,
}

/// An answer's content, which comes as it is read.
pub(super) struct Content {
    reader: BodyReader<'static>,
    address: Address,
    time: AllowedTime,
}

impl Content {
    /// Reads the next piece, which is empty at the end.
    pub(super) fn read(&mut self, piece: &mut [u8]) -> Result<usize, NetError> {
        let read = self.reader.read(piece);
        read.map_err(|error| meaning(error.into(), true, &self.address, self.time))
    }
}

/// Status, header fields, content.
type Reply = (u16, Vec<Header>, Content);

impl Wire {
    pub(super) const fn new(authorities: Authorities) -> Self {
        Self {
            authorities,
            tls: OnceLock::new(),
        }
    }

    /// Sends a request once, and reads the answer's head.
    pub(super) fn exchange(&self, outgoing: &Outgoing<'_>) -> Result<Reply, Failure> {
        let progress = Arc::new(Progress::default());
        let failed = |error| outgoing.failure(error, &progress);
        let agent = self.agent(outgoing, &progress)?;
        let Request {
            method,
            headers,
            body,
            ..
        } = outgoing.request;
        let mut builder = ureq::http::Request::builder()
            .method(*method)
            .uri(outgoing.address.as_sent());
        for header in headers {
            builder = builder.header(&header.name, header.value.as_str());
        }
        let invalid = |error: ureq::http::Error| failed(error.into());
        let response = match body {
            Some(body) => agent.run(builder.body(body.expose()).map_err(invalid)?),
            None if *method == "GET" => agent.run(builder.body(()).map_err(invalid)?),
            // `Content-Length: 0`: an empty body in chunks is more than some servers understand.
            None => agent.run(builder.body(&[][..]).map_err(invalid)?),
        };
        let (head, body) = response.map_err(failed)?.into_parts();
        let field = |(name, value): (&HeaderName, &HeaderValue)| {
            Header::new(name.as_str(), String::from_utf8_lossy(value.as_bytes()))
        };
        let headers = head.headers.iter().map(field).collect();
        let content = Content {
            reader: body.into_reader(),
            address: outgoing.address.clone(),
            time: outgoing.time,
        };
        Ok((head.status.as_u16(), headers, content))
    }

    fn agent(&self, outgoing: &Outgoing<'_>, progress: &Arc<Progress>) -> Result<Agent, Failure> {
        let failure = |error| Failure {
            error,
            unseen: true,
            may_pass: false,
        };
        let proxy = outgoing.proxy.map(|proxy| {
            let read = ureq::Proxy::new(&proxy.address).ok();
            let speaks_http = |one: &ureq::Proxy| {
                matches!(one.protocol(), ProxyProtocol::Http | ProxyProtocol::Https)
            };
            let read = read.filter(speaks_http);
            read.ok_or_else(|| failure(NetError::Proxy(proxy.variable)))
        });
        let proxy = proxy.transpose()?;
        let by_tls = |proxy: &ureq::Proxy| matches!(proxy.protocol(), ProxyProtocol::Https);
        let encrypts =
            outgoing.address.origin().is_encrypted() || proxy.as_ref().is_some_and(by_tls);
        let mut config = Agent::config_builder()
            .proxy(proxy)
            .user_agent(USER_AGENT)
            .accept_encoding("identity")
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .max_response_header_size(LARGEST_HEAD)
            .max_idle_connections(0)
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(outgoing.time.left));
        let origin = outgoing.address.origin();
        if encrypts {
            let tls = self.tls.get_or_init(|| configuration(&self.authorities));
            let told = |why: &String| {
                failure(NetError::Tls {
                    origin: origin.clone(),
                    why: why.clone(),
                })
            };
            config = config.tls_config(tls.as_ref().map_err(told)?.clone());
        }
        let watch = Watch {
            target: outgoing.address.as_sent(),
            progress: Arc::clone(progress),
        };
        let connector =
            ().chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default())
                .chain(RustlsConnector::default())
                .chain(watch);
        Ok(Agent::with_parts(
            config.build(),
            connector,
            Names::default(),
        ))
    }
}

fn configuration(authorities: &Authorities) -> Result<TlsConfig, String> {
    let trusted = tls::certificates(authorities)?;
    let trusted = trusted
        .iter()
        .map(|one| Certificate::from_der(one).to_owned());
    let roots = RootCerts::Specific(Arc::new(trusted.collect()));
    let config = TlsConfig::builder()
        .root_certs(roots)
        .unversioned_rustls_crypto_provider(tls::provider());
    Ok(config.build())
}

impl Outgoing<'_> {
    /// An error of the client.
    fn failure(&self, error: Error, progress: &Progress) -> Failure {
        let sent = progress.sent.load(Ordering::Relaxed);
        let connected = progress.connected.load(Ordering::Relaxed);
        let refused = matches!(error, Error::ConnectProxyFailed(_));
        let error = meaning(error, sent, self.address, self.time);
        let error = match (self.proxy.and_then(Proxy::place), error) {
            (Some(proxy), error) if refused || !connected => through(proxy, error),
            (_, error) => error,
        };
        Failure {
            error,
            unseen: !sent,
            may_pass: !sent,
        }
    }
}

/// The error that a proxy is at fault for, if no server was reached through it.
fn through(proxy: String, error: NetError) -> NetError {
    let (origin, why) = match error {
        NetError::Unreachable { origin, why } => (origin, why),
        NetError::TimedOut {
            origin,
            after,
            sent: false,
        } => (origin, format!("no answer within {} s", after.as_secs())),
        other => return other,
    };
    NetError::ProxyFailed { origin, proxy, why }
}

/// What an error of the client means. `sent` is whether the server may have seen the request.
fn meaning(error: Error, sent: bool, address: &Address, time: AllowedTime) -> NetError {
    let origin = address.origin().clone();
    let unreachable = |why: String| NetError::Unreachable {
        origin: origin.clone(),
        why,
    };
    let unexpected = |why: String| NetError::unexpected(address, why);
    let tls = |why: String| NetError::Tls {
        origin: origin.clone(),
        why,
    };
    match error {
        Error::Timeout(reason) => NetError::TimedOut {
            after: match reason {
                Timeout::Resolve | Timeout::Connect => CONNECT.min(time.left),
                _ => time.whole,
            },
            origin,
            sent,
        },
        Error::Io(error) if sent => match tls::words(&error, NAMING) {
            Some(why) => tls(why),
            None => NetError::Lost { origin },
        },
        Error::Io(error) => match tls::words(&error, NAMING) {
            Some(why) => tls(why),
            None => unreachable(error.to_string()),
        },
        Error::HostNotFound => unreachable("no such host".to_owned()),
        Error::Rustls(error) => {
            let words = tls::words(&error, NAMING);
            tls(words.unwrap_or_else(|| "the TLS connection failed".to_owned()))
        }
        Error::Tls(_) | Error::TlsRequired => tls("the TLS connection failed".to_owned()),
        Error::ConnectProxyFailed(_) => unreachable("it refused".to_owned()),
        Error::LargeResponseHeader(..) => {
            let most = LARGEST_HEAD / 1024;
            unexpected(format!("its header fields are larger than {most} KiB"))
        }
        Error::Protocol(_) if sent => unexpected("it is not HTTP/1.1".to_owned()),
        _ => unexpected("the request can't be written as HTTP/1.1".to_owned()),
    }
}

/// Finds `localhost` without asking anybody: a name server could say that it is another machine.
#[derive(Debug, Default)]
struct Names(DefaultResolver);

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        if !uri.host().is_some_and(is_localhost) {
            return self.0.resolve(uri, config, timeout);
        }
        let is_encrypted = uri.scheme_str() == Some("https");
        let port = uri
            .port_u16()
            .unwrap_or(if is_encrypted { 443 } else { 80 });
        let mut found = self.empty();
        for ip in LOCALHOST {
            found.push(SocketAddr::new(ip, port));
        }
        Ok(found)
    }
}

/// Notes that there is a connection, and that a request is being sent to its target, which a proxy on the way is not.
#[derive(Debug)]
struct Watch {
    target: String,
    progress: Arc<Progress>,
}

impl<In: Transport> Connector<In> for Watch {
    type Out = Watched<In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let is_target = *details.uri == *self.target;
        Ok(chained.map(|transport| {
            self.progress.connected.store(true, Ordering::Relaxed);
            Watched {
                transport,
                progress: is_target.then(|| Arc::clone(&self.progress)),
            }
        }))
    }
}

struct Watched<In> {
    transport: In,
    progress: Option<Arc<Progress>>,
}

impl<In> fmt::Debug for Watched<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watched")
    }
}

impl<In: Transport> Transport for Watched<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.transport.buffers()
    }
    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if let Some(progress) = &self.progress {
            progress.sent.store(true, Ordering::Relaxed);
        }
        self.transport.transmit_output(amount, timeout)
    }
    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.transport.await_input(timeout)
    }
    fn is_open(&mut self) -> bool {
        self.transport.is_open()
    }
    fn is_tls(&self) -> bool {
        self.transport.is_tls()
    }
}
