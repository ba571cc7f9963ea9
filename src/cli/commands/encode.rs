//! `encode`: signs the payload bytes it is given.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::cli::args;
use crate::cli::args::assignment::AssignmentError;
use crate::cli::args::output::OutputForm;
use crate::cli::args::values::{Document, Lifetime};
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::{Action, EncodedToken, Outcome};
use crate::cli::render::json::on_one_line;
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::settings::allow_weak_key;
use crate::core::algorithm::Algorithm;
use crate::core::claims::{Members, Typed, quote, type_name};
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::token::Limits;
use crate::core::verify;
use crate::session::mint::{self, ExtraMember, Signer};
use crate::session::service::keys::Keys;

/// What to sign, with everything resolved.
#[derive(Debug)]
pub(crate) struct EncodeRequest<'a> {
    /// The payload as it was given: a JSON object, or the output of `decode`.
    pub payload: Vec<u8>,
    /// Claims to set in it.
    pub claims: Vec<ExtraMember>,
    /// `--exp`, or `--ttl` from now.
    pub exp: Option<Timestamp>,
    /// `--nbf`.
    pub nbf: Option<Timestamp>,
    /// `--typ`.
    pub typ: Option<String>,
    /// Header parameters to set.
    pub header: Vec<ExtraMember>,
    /// The named profile, whose order and escapes a fresh header uses.
    pub profile: Option<Profile>,
    /// The keys.
    pub keys: Keys<'a>,
    /// `--alg`, else what the profile allows.
    pub algorithms: Vec<Algorithm>,
    /// `--kid`.
    pub kid: Option<String>,
    /// Whether a weak key may sign.
    pub allow_weak_key: bool,
    /// How the token is printed.
    pub form: Option<OutputForm>,
}

/// Signs it.
///
/// # Errors
/// The payload is not a JSON object, or no key can sign.
pub(crate) fn encode(request: &EncodeRequest<'_>, now: Timestamp) -> Result<Outcome, Problem> {
    let payload = std::str::from_utf8(&request.payload).map_err(|error| {
        Problem::usage_with(
            format!("the payload is not UTF-8 at byte {}", error.valid_up_to()),
            AN_OBJECT,
        )
    })?;
    let given = object(payload, "the payload")?;
    let decoded = taken_apart(&given)?;
    let from_decode = decoded.is_some();
    let (given_header, mut claims) =
        decoded.map_or((None, given), |(header, payload)| (header, payload));
    for (name, raw) in &request.claims {
        claims.set(name, raw);
    }
    for (name, at) in [("exp", request.exp), ("nbf", request.nbf)] {
        if let Some(at) = at {
            claims.set(name, &at.seconds().to_string());
        }
    }
    let (signer, mut key, mut notes) = request.keys.signer(
        &request.algorithms,
        request.kid.as_deref(),
        request.allow_weak_key,
    )?;
    resolve::agree::on_the_algorithm(&request.header, signer.algorithm)?;
    let header = header(given_header, request, &signer);
    key.kid = match header.string("kid") {
        Typed::Is(kid) => Some(kid),
        Typed::Absent | Typed::Wrong(_) => None,
    };
    let token = mint::mint(header, claims, &signer)?;
    let remarks = verify::remarks((&token.header, &token.claims), None, now);
    notes.findings.extend(remarks);
    Ok(Outcome {
        now,
        action: Action::Encoded(EncodedToken {
            token,
            key,
            notes,
            form: request.form,
            from_decode,
        }),
    })
}

const AN_OBJECT: &str = "give a JSON object (RFC 7519 §7.1), or the output of jwtsess decode";

fn object(text: &str, what: &str) -> Result<Members, Problem> {
    Members::parse(text, Limits::default().json).map_err(|defect| {
        // The error says "the value is …", as for a claim; here it is a part.
        let told = AssignmentError::from(defect)
            .to_string()
            .replacen("the value", what, 1);
        Problem::usage_with(told, AN_OBJECT)
    })
}

/// Header and payload of what `decode` prints: an object whose `payload` is one (or stands as `payload_base64url`) beside a `header` that is one, and which
/// either says its `schema` or holds nothing else. A payload that has two such claims and no other can't be told from it.
fn taken_apart(given: &Members) -> Result<Option<(Option<Members>, Members)>, Problem> {
    let is_object = |name: &str| {
        given
            .raw(name)
            .is_some_and(|raw| type_name(raw) == "object")
    };
    let base64url = match given.string("payload_base64url") {
        Typed::Is(text) => Some(text),
        Typed::Absent | Typed::Wrong(_) => None,
    };
    let own = |name: &str| matches!(name, "header" | "payload" | "payload_base64url");
    let decoded = is_object("header")
        && (is_object("payload") || base64url.is_some())
        && (given.raw("schema").is_some() || given.iter().all(|(name, _)| own(name)));
    if !decoded {
        return Ok(None);
    }
    // The form for people loses its line breaks. The other form has none, and is kept byte for byte.
    let part = |name: &str| on_one_line(given.raw(name).unwrap_or_default()).into_owned();
    let header = object(&part("header"), "the header")?;
    let payload = match base64url {
        Some(text) => URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(|| {
                Problem::usage_with(
                    "payload_base64url is not UTF-8 text in base64url",
                    AN_OBJECT,
                )
            })?,
        None => part("payload"),
    };
    Ok(Some((Some(header), object(&payload, "the payload")?)))
}

/// The header: the one that was given, else `alg` and `typ` in the profile's order; `alg` by the key whatever was given, `kid` by the key where it has one.
fn header(given: Option<Members>, request: &EncodeRequest<'_>, signer: &Signer<'_>) -> Members {
    let Some(mut header) = given else {
        let typ = request.typ.as_deref().unwrap_or("JWT");
        let profile = request.profile.as_ref();
        let order = profile.map_or_else(Vec::new, Profile::header_order);
        let ascii = profile.is_some_and(Profile::ascii);
        return mint::header(&order, Some(typ), signer, &request.header, ascii);
    };
    header.set("alg", &quote(signer.algorithm.name(), false));
    if let Some(typ) = &request.typ {
        header.set("typ", &quote(typ, false));
    }
    if let Some(kid) = &signer.kid {
        header.set("kid", &quote(kid, false));
    }
    for (name, raw) in request.header.iter().filter(|(name, _)| name != "alg") {
        header.set(name, raw);
    }
    header
}

/// Runs `encode`.
///
/// # Errors
/// The command line does not make sense, or there is no payload or key.
pub(crate) fn run(
    typed: &args::encode::EncodeArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let form = typed.output;
    if form == Some(OutputForm::Refresh) {
        return Err(Problem::usage_with(
            "-o refresh: encode makes a single token, not a refresh token",
            "leave -o refresh out",
        )
        .into());
    }
    resolve::key::one_secret(CallKeyFlags::one(&typed.key))?;
    let now = context.now;
    let call = Call::without_store(context)?;
    let profile = call.named_profile().cloned();
    let exp = match typed.ttl {
        Some(ttl) => Some(now.plus(ttl.span())),
        None => resolve::document::moment(typed.exp.as_ref(), "--exp", now)?,
    };
    resolve::agree::on_set(&context.globals.set, profile.as_ref())?;
    let own = [
        ("--ttl", "exp", typed.ttl.is_some()),
        ("--exp", "exp", typed.exp.is_some()),
        ("--nbf", "nbf", typed.nbf.is_some()),
    ];
    let own = own.into_iter().filter(|(_, _, is_given)| *is_given);
    let own: Vec<_> = own.map(|(flag, claim, _)| (flag, claim, None)).collect();
    resolve::agree::on_the_claims(&own, &typed.claim)?;
    resolve::agree::on_the_header(typed.typ.as_deref(), typed.kid.as_ref(), &typed.header)?;
    let payload = payload(typed, context)?;
    let loaded = match &call.named {
        Some(named) if !named.profile.is_ours() => {
            resolve::key::of_server(CallKeyFlags::one(&typed.key), named, context)?
        }
        _ => call.keys(&typed.key, context)?,
    };
    let request = EncodeRequest {
        payload,
        claims: resolve::document::given(&typed.claim),
        exp,
        nbf: resolve::document::moment(typed.nbf.as_ref(), "--nbf", now)?,
        typ: typed.typ.clone(),
        header: resolve::document::given(&typed.header),
        keys: loaded.keys(),
        algorithms: resolve::key::algorithms(&typed.key, profile.as_ref())?,
        kid: typed.kid.as_ref().map(|kid| kid.as_str().to_owned()),
        allow_weak_key: allow_weak_key(&typed.key, profile.as_ref()),
        profile,
        form,
    };
    let mut outcome = encode(&request, now)?;
    if let Action::Encoded(encoded) = &mut outcome.action
        && typed.ttl.is_some_and(Lifetime::has_unit)
    {
        encoded.notes.forget_short_life();
    }
    Ok(outcome)
}

/// The given payload; else an empty object if `--claim` is used; else standard input if that is not a terminal.
fn payload(
    typed: &args::encode::EncodeArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Vec<u8>> {
    match &typed.claims {
        Some(document) => resolve::document::read(document, "the payload", context),
        None if !typed.claim.is_empty() => Ok(b"{}".to_vec()),
        None if !context.world.stdin.terminal => {
            resolve::document::read(&Document::Stdin, "the payload", context)
        }
        None => Err(Problem::usage_with(
            "no payload was given",
            "give JSON, as in jwtsess encode '{\"sub\":\"alice\"}', a file (@FILE), - for standard input, or claims, as in -c sub=alice",
        )
        .into()),
    }
}

#[cfg(test)]
mod tests;
