//! What a request is sent with: the header fields and the body that were typed.
use std::ffi::OsStr;
use std::path::Path;

use anyhow::Context as _;

use super::server::header;
use crate::cli::args::live::request::RequestArgs;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::world::{self, FileError, InputError};
use crate::core::secret::Secret;
use crate::net::live::form::Form;
use crate::net::message::Header;

/// The largest body that is sent: it is held in memory, to be sent a second time.
const LARGEST: usize = 16 << 20;

/// The header fields and the body of a request.
pub(crate) struct RequestContent {
    fields: Vec<(String, String)>,
    /// The body.
    pub body: Option<Secret>,
    media_type: Option<&'static str>,
}

/// What was typed for a request.
///
/// # Errors
/// It does not make sense, or the body can't be read.
pub(crate) fn of(
    typed: &RequestArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<RequestContent> {
    let fields = typed.field.iter().map(|given| header(given, "--header"));
    let fields: Vec<(String, String)> = fields.collect::<Result<_, _>>()?;
    let (body, media_type) = match (&typed.data, typed.form.as_slice()) {
        (Some(data), _) => (
            Some(body(data.expose(), context)?),
            Some("application/json"),
        ),
        (None, []) => (None, None),
        (None, given) => {
            let mut form = Form::default();
            for pair in given {
                let text = pair.expose().to_str().unwrap_or_default();
                let (name, value) = text.split_once('=').ok_or_else(|| {
                    Problem::usage_with(
                        "--form: this is no field of a form",
                        "give NAME=VALUE, as in --form name=alice",
                    )
                })?;
                form.add(name, value);
            }
            (Some(form.body()), Some("application/x-www-form-urlencoded"))
        }
    };
    Ok(RequestContent {
        fields,
        body,
        media_type,
    })
}

fn body(data: &OsStr, context: &mut Context<'_, '_>) -> anyhow::Result<Secret> {
    let too_large = || {
        Problem::usage_with(
            "the body is larger than 16 MiB",
            "send it with another program: curl -H @<(jwtsess token -o auth-header) …",
        )
    };
    let bytes = data.as_encoded_bytes();
    if bytes.is_empty() {
        return Err(Problem::usage("--data: it is empty: is the variable set?").into());
    }
    if bytes == b"-" || bytes == b"@-" {
        let taken = context.world.stdin.take("the body", LARGEST);
        return Ok(taken.map_err(|error| match error {
            InputError::TooLarge { .. } => too_large(),
            other => other.into(),
        })?);
    }
    let Some(path) = data.to_str().and_then(|text| text.strip_prefix('@')) else {
        return Ok(Secret::new(bytes.to_vec()));
    };
    match world::read(Path::new(path), LARGEST) {
        Ok(content) => Ok(content.bytes),
        Err(FileError::TooLarge { .. }) => Err(too_large().into()),
        Err(problem) => {
            let file = echo::file(OsStr::new(path), "--data");
            Err(problem).with_context(|| format!("--data: {file}"))
        }
    }
}

impl RequestContent {
    /// The header fields to send.
    #[must_use]
    pub(crate) fn headers(&self) -> Vec<Header> {
        let has = |wanted: &str| {
            self.fields
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case(wanted))
        };
        let mut headers: Vec<Header> = self
            .fields
            .iter()
            .map(|(name, value)| Header::new(name, value.as_str()))
            .collect();
        if !has("accept") {
            headers.push(Header::new("Accept", "*/*"));
        }
        if let Some(media_type) = self.media_type.filter(|_| !has("content-type")) {
            headers.push(Header::new("Content-Type", media_type));
        }
        headers
    }

    /// Refuses header fields that a credential sends itself.
    ///
    /// # Errors
    /// There is one.
    pub(crate) fn refuse_own_credentials(&self) -> Result<(), Problem> {
        let own = ["authorization", "cookie", "proxy-authorization"];
        let is_own = |name: &String| own.contains(&name.to_ascii_lowercase().as_str());
        match self.fields.iter().find(|(name, _)| is_own(name)) {
            None => Ok(()),
            Some((name, _)) => Err(Problem::usage_with(
                format!("--header {name} stands beside a credential, which sends its own"),
                "leave it out, or send no credential: --no-auth",
            )),
        }
    }
}
