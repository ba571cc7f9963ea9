//! TLS to a server, whatever is spoken over it. Its certificate is always verified, with the platform's authorities or with those that the user names.
use std::path::PathBuf;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, ClientConfig, RootCertStore};

/// Which authorities to trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Authorities {
    /// The authorities in a file, in a folder, or in both.
    Named {
        file: Option<PathBuf>,
        folder: Option<PathBuf>,
    },
    /// The authorities that the platform trusts.
    Platform,
}

/// How a connection is encrypted, and the server at its end verified.
///
/// # Errors
/// See [`certificates`].
pub(crate) fn config(authorities: &Authorities) -> Result<ClientConfig, String> {
    let (roots, _) = trusted(authorities)?;
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// The certificates of the authorities, for what sets up its connections itself.
///
/// # Errors
/// The named file or folder holds no certificate, or the platform has none. The error is a text for people.
pub(crate) fn certificates(
    authorities: &Authorities,
) -> Result<Vec<CertificateDer<'static>>, String> {
    trusted(authorities).map(|(_, certificates)| certificates)
}

/// The one cryptography of every connection. It is passed explicitly: a library must not set rustls' process-wide default.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

fn trusted(
    authorities: &Authorities,
) -> Result<(RootCertStore, Vec<CertificateDer<'static>>), String> {
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
    // If a named file can't be read, trusting the rest alone would be wrong. A file of the platform's that can't be read is left out.
    if let (Authorities::Named { .. }, Some(error)) = (authorities, found.errors.first()) {
        return Err(format!(
            "the certificate authorities of {whose} can't be read: {error}"
        ));
    }
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(found.certs.iter().cloned());
    if added == 0 {
        return Err(format!("{whose} has no certificate authority to trust"));
    }
    Ok((roots, found.certs))
}

/// Describes an error of TLS or of the server's certificate. `None` if the error has another cause. `naming` says how the user names another authority.
pub(crate) fn words(error: &(dyn std::error::Error + 'static), naming: &str) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if let Some(error) = inner.or_else(|| error.downcast_ref()) {
            return Some(told(error, naming));
        }
        next = error.source();
    }
    None
}

fn told(error: &rustls::Error, naming: &str) -> String {
    let rustls::Error::InvalidCertificate(certificate) = error else {
        return format!("the TLS connection failed: {error}");
    };
    match certificate {
        CertificateError::UnknownIssuer => format!(
            "its certificate is not signed by a trusted authority; name the authority's certificate with {naming}"
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("its certificate is for another host: {certificate}")
        }
        _ => format!("its certificate is not valid: {certificate}"),
    }
}

#[cfg(test)]
pub(crate) mod testing;
