//! TLS to a server on another host: verified, always, with the platform's authorities or the ones that are named.
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Whom to trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Authorities {
    /// Those of a file, of a folder, or of both.
    Named {
        file: Option<PathBuf>,
        folder: Option<PathBuf>,
    },
    /// Whom the platform trusts.
    Platform,
}

/// What encrypts a connection and verifies whom it leads to.
///
/// # Errors
/// What is named holds no certificate, or the platform has none: in words.
pub(super) fn connector(authorities: &Authorities) -> Result<MakeRustlsConnect, String> {
    let (found, whose) = match authorities {
        Authorities::Named { file, folder } => {
            let named = file.iter().chain(folder).map(|path| path.display());
            let whose = named.map(|path| path.to_string()).collect::<Vec<_>>();
            let found =
                rustls_native_certs::load_certs_from_paths(file.as_deref(), folder.as_deref());
            (found, whose.join(" and "))
        }
        Authorities::Platform => {
            let whose = "this machine".to_owned();
            (rustls_native_certs::load_native_certs(), whose)
        }
    };
    // A file that is named and can't be read is no reason to trust the rest alone; of the platform's, one that can't is left out.
    if let (Authorities::Named { .. }, Some(error)) = (authorities, found.errors.first()) {
        return Err(format!("the authorities of {whose} can't be read: {error}"));
    }
    let config = config(found.certs)
        .ok_or_else(|| format!("{whose} has no authority's certificate to trust"))?;
    Ok(MakeRustlsConnect::new(config))
}

fn config(certificates: Vec<CertificateDer<'static>>) -> Option<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(certificates);
    // By name, not by rustls' process-wide default: a library has no business to set that.
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .ok()?;
    (added > 0).then(|| builder.with_root_certificates(roots).with_no_client_auth())
}

/// What went wrong between here and a server's certificate, in words; none where it was something else.
pub(super) fn words(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if let Some(error) = inner.or_else(|| error.downcast_ref()) {
            return Some(told(error));
        }
        next = error.source();
    }
    None
}

fn told(error: &rustls::Error) -> String {
    let rustls::Error::InvalidCertificate(certificate) = error else {
        return format!("no TLS connection: {error}");
    };
    match certificate {
        CertificateError::UnknownIssuer => "its certificate is not signed by an authority that is trusted here; name the authority's with sslrootcert=FILE in the address or with SSL_CERT_FILE".to_owned(),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("its certificate is for another host: {certificate}")
        }
        _ => format!("its certificate is not valid: {certificate}"),
    }
}
