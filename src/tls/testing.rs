//! The server's end of a TLS connection, with a certificate for `localhost` alone that the authority in `tests/fixtures/tls/ca.pem` signed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::net::TcpStream;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{Arc, provider};

/// A connection that is encrypted from the server's end.
pub(crate) type Encrypted = StreamOwned<ServerConnection, TcpStream>;

/// What encrypts a server's connections.
pub(crate) fn encrypted() -> impl Fn(TcpStream) -> Encrypted + Send + Sync + 'static {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tls/");
    let certificate = CertificateDer::from_pem_file(format!("{folder}server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(format!("{folder}server.key.pem")).unwrap();
    let config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        StreamOwned::new(connection, stream)
    }
}
