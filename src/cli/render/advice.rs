//! What to do next: for each reason that refused a token, the step that leads on.
use serde_json::Value;

use crate::cli::outcome::{
    Explanation, JudgedToken, MissingRefreshKey, ProfileSource, Trust, date,
};
use crate::core::algorithm::AlgName;
use crate::core::claims::Typed;
use crate::core::claims::exact::pointer_for;
use crate::core::key::PssParameters;
use crate::core::likely::SecretMismatch;
use crate::core::profile::{DEFAULT, TokenKind, same_model};
use crate::core::time::Timestamp;
use crate::core::token::{CompactForm, Defect, DefectKind};
use crate::core::verdict::{Check, CheckResult, Finding, Note, Reason, Verdict};

use super::guess::{WITHOUT_REFRESH, guessed, is_without_refresh};
use super::near_miss;
use super::words;

/// Which command is asked: the same refusal calls for another flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// `inspect`.
    Inspect,
    /// `verify`.
    Verify,
    /// `renew`.
    Renew,
}

impl Verb {
    /// The command's name.
    #[must_use]
    pub(crate) const fn command(self) -> &'static str {
        match self {
            Self::Inspect => "inspect",
            Self::Verify => "verify",
            Self::Renew => "renew",
        }
    }
    /// Whether the command succeeds with a token: one that is explained has only to be readable.
    #[must_use]
    pub(crate) fn is_met_by(self, judged: &JudgedToken) -> bool {
        match self {
            Self::Inspect => judged.is_readable(),
            Self::Verify | Self::Renew => judged.verdict.is_valid(),
        }
    }
}

const ASK_FOR_WHAT_IT_HAS: &str = "get the right token, or ask for the value that this one has";

/// Clocks that differ by no more than this explain a refusal by time.
const CLOCK_SKEW: i64 = 300;

/// A moment that is further ahead than this is no matter of a clock that goes wrong by minutes.
const MINUTES_APART: i64 = 3600;

/// The local times of the world are so far apart from UTC, at most.
const ZONES_APART: i64 = 14 * 3600;

/// Nobody waits longer than this.
const YEARS_APART: i64 = 10 * 365 * 86_400;

/// Advice for a judged token: one sentence a reason, in the order of the checks, none twice.
#[must_use]
pub(crate) fn of(judged: &JudgedToken, verb: Verb, now: Timestamp) -> Vec<String> {
    let adviser = Adviser { judged, verb, now };
    // What a token says that nobody vouches for is not worth asking for.
    let is_trusted = judged.trust() != Trust::Failed;
    let mut advice: Vec<String> = Vec::new();
    for finding in &judged.verdict.findings {
        let sentence = match finding.result {
            CheckResult::Failed(_) if !is_trusted && is_of_a_request(finding.check) => None,
            CheckResult::Failed(reason) => adviser.refused(reason, finding),
            CheckResult::Noted(Note::LooksLike(unit)) => Some(format!(
                "{} is in seconds (RFC 7519 §2): the issuer seems to write {}",
                finding.claim.as_deref().unwrap_or_default(),
                unit.name()
            )),
            CheckResult::Noted(Note::AudienceNotChecked) if verb != Verb::Renew && is_trusted => {
                Some("name the audience that the token should be for: --aud AUDIENCE".to_owned())
            }
            CheckResult::Noted(_) | CheckResult::Passed => None,
        };
        if let Some(sentence) = sentence
            && !advice.contains(&sentence)
        {
            advice.push(sentence);
        }
    }
    if verb == Verb::Inspect {
        advice.extend(adviser.offered_key());
        if judged.profile.by == ProfileSource::Recognised
            && !judged.recognised.looks_like.is_empty()
        {
            advice.push(guessed(&judged.recognised.looks_like));
        }
        if is_without_refresh(&judged.token) {
            advice.push(WITHOUT_REFRESH.to_owned());
        }
        if judged.verdict.is_valid() {
            advice.extend(adviser.valid());
        }
    }
    advice
}

/// What to do about a session whose current tokens are not given again.
pub(super) fn of_session(verdict: &Verdict) -> &'static str {
    match verdict.deciding() {
        Some(finding) if finding.reason() == Some(Reason::RecordChanged) => record_changed(finding),
        _ => "log in again: jwtsess issue",
    }
}

/// A store of an older schema keeps no proofs.
const fn record_changed(finding: &Finding) -> &'static str {
    if finding.actual.is_some() {
        "bring the store up to date with jwtsess session init --upgrade, then rotate the current token itself: jwtsess rotate TOKEN"
    } else {
        "rotate the current token itself: jwtsess rotate TOKEN; whoever has lost it has to log in again"
    }
}

struct Adviser<'a> {
    judged: &'a JudgedToken,
    verb: Verb,
    now: Timestamp,
}

impl Adviser<'_> {
    /// Where to go with an opaque refresh token of a profile that has such.
    const fn opaque(&self) -> &'static str {
        if self.judged.recorded.is_some() {
            "the store has recorded it: to see its session: jwtsess inspect TOKEN; for an access token: jwtsess renew TOKEN"
        } else {
            "name the store that recorded it (--store, JWTSESS_STORE), and look at it with jwtsess inspect; or ask the server that issued it, which may offer introspection (RFC 7662)"
        }
    }

    fn refused(&self, reason: Reason, finding: &Finding) -> Option<String> {
        let text = match reason {
            Reason::Malformed | Reason::Opaque | Reason::OverLimits => {
                let opaque = || (reason == Reason::Opaque).then(|| self.opaque().to_owned());
                return finding.defect.as_ref().map_or_else(opaque, of_defect);
            }
            Reason::DuplicateMember => {
                "programs differ on which of the values they read: the issuer must write it once"
            }
            Reason::Encrypted => {
                "only its recipient's key can open it; to see its header: jwtsess decode TOKEN"
            }
            // The structure check reports a signature that can't be read, with what to do.
            Reason::BadSignature if self.judged.token.signature.bytes.is_none() => return None,
            Reason::NoKey if self.judged.missing_key == Some(MissingRefreshKey::Withheld) => {
                return self.refresh_key();
            }
            Reason::BadSignature | Reason::AlgorithmNotAllowed
                if self.judged.explained.is_none() && self.judged.missing_key.is_some() =>
            {
                return self.refresh_key();
            }
            Reason::BadSignature => return Some(self.bad_signature()),
            Reason::UnknownKid | Reason::AlgorithmNotAllowed if self.judged.explained.is_some() => {
                return Some(self.bad_signature());
            }
            Reason::UnknownKid => {
                "give the key with that kid, or the issuer's whole key set: --key FILE"
            }
            Reason::KidMismatch => "get the right token, or leave --kid out",
            Reason::KeyRetired => {
                "log in again: tokens signed by this key are no longer accepted (see its `exp` in the key set, which key rotate --overlap sets)"
            }
            Reason::AlgorithmNotAllowed => {
                "the key decides the algorithms, never the token: give the key that belongs to the token (--key FILE, --secret REF), or allow more with --alg"
            }
            Reason::AlgorithmUnsupported => return Some(self.unsupported()),
            Reason::Unsigned => "never accept such a token: anyone can write one (RFC 8725 §3.2)",
            Reason::CriticalUnsupported => {
                "a reader that does not understand a critical extension must refuse the token (RFC 7515 §4.1.11)"
            }
            Reason::WeakKey => {
                "use a longer key (RFC 7518 §3.2, §3.3), or accept this one with --allow-weak-key"
            }
            Reason::NoKey => {
                "give the key that the token was signed with: --key FILE, --secret env:NAME, or for a Django server --secret dotenv:.env#SECRET_KEY"
            }
            Reason::StoreMissing => {
                "check the name of the store (--store, JWTSESS_STORE, the profile); to make one there: jwtsess session init"
            }
            Reason::UnknownSession => {
                return Some(format!(
                    "name the store that recorded the session (--store, JWTSESS_STORE), or {}",
                    self.log_in()
                ));
            }
            Reason::RecordChanged if self.judged.token.form == CompactForm::Other(1) => {
                "give the key that was given at the login; if the store was changed, log in again: jwtsess issue"
            }
            Reason::RecordChanged => record_changed(finding),
            Reason::TokenIdTaken | Reason::Revoked | Reason::Retired | Reason::ReuseDetected => {
                return Some(self.log_in());
            }
            Reason::AudienceMismatch
                if finding
                    .expected
                    .as_ref()
                    .is_none_or(serde_json::Value::is_null) =>
            {
                "name the audience that the token should be for: --aud AUDIENCE"
            }
            Reason::IssuerMismatch
            | Reason::AudienceMismatch
            | Reason::SubjectMismatch
            | Reason::ClaimMismatch
                if let Some(little) = nearly(finding) =>
            {
                return Some(little);
            }
            Reason::IssuerMismatch | Reason::AudienceMismatch | Reason::SubjectMismatch => {
                "the token was issued for another purpose: get the right token, or ask for the values that this one has"
            }
            Reason::TypeMismatch => ASK_FOR_WHAT_IT_HAS,
            // For another model's token the kind does not matter.
            Reason::KindMismatch if self.judged.refused_for(Reason::ModelMismatch) => return None,
            Reason::KindMismatch => return Some(self.kind_mismatch(finding)),
            Reason::ModelMismatch => {
                let is = finding.actual.as_ref().and_then(serde_json::Value::as_str);
                return Some(format!(
                    "use --profile {}, or leave --profile out",
                    is.unwrap_or("plain")
                ));
            }
            Reason::ClaimMissing | Reason::ClaimMismatch | Reason::ClaimMalformed => {
                return Some(self.of_a_claim(reason, finding));
            }
            Reason::Expired => return Some(self.expired()),
            Reason::ExpiresSoon => "renew it: jwtsess renew TOKEN",
            Reason::NotYetValid | Reason::IssuedInFuture => return self.early(finding),
            Reason::TooOld | Reason::SessionEnded => return Some(self.log_in()),
        };
        Some(text.to_owned())
    }

    /// How the secret of a variable or a `.env` file is given decoded.
    fn decoded(&self, mistake: SecretMismatch) -> Option<String> {
        let prefix = match mistake {
            SecretMismatch::Base64NotDecoded => "base64",
            SecretMismatch::Base64UrlNotDecoded => "base64url",
            SecretMismatch::HexNotDecoded => "hex",
            _ => return None,
        };
        let source = &self.judged.key.as_ref()?.source;
        let one = source.starts_with("env:") || source.starts_with("dotenv:");
        let named = if one && !source.contains(", ") {
            source
        } else {
            "file:PATH"
        };
        Some(format!(": --secret {prefix}:{named}"))
    }

    /// A claim that is missing, another than was asked for, or of a wrong form.
    fn of_a_claim(&self, reason: Reason, finding: &Finding) -> String {
        let text = match (reason, finding.check) {
            (Reason::ClaimMismatch, Check::Expected) if is_list(finding) => {
                return format!(
                    "to ask for one of the values it has: --has {}=VALUE",
                    finding.claim.as_deref().unwrap_or("NAME")
                );
            }
            (Reason::ClaimMismatch, _) => ASK_FOR_WHAT_IT_HAS,
            (Reason::ClaimMissing, Check::Expiry) if self.verb == Verb::Verify => {
                "a token without exp never expires; to accept it anyway: --allow-no-exp"
            }
            (Reason::ClaimMissing, Check::Expiry) => {
                "a token without exp never expires: have its issuer set one"
            }
            (Reason::ClaimMissing, _) => {
                return self
                    .inside_another(finding)
                    .unwrap_or_else(|| "have its issuer set the claim".to_owned());
            }
            (_, Check::Expiry | Check::NotBefore | Check::IssuedAt | Check::SessionEnd) => {
                "the issuer must write a time as a plain number of seconds since 1970 (RFC 7519 §2)"
            }
            (_, Check::Expected | Check::Has) => {
                "programs differ on which of the values they read: the issuer must write it once"
            }
            (_, Check::Subject) if finding.actual.as_ref().is_some_and(Value::is_number) => {
                return format!(
                    "the issuer must write sub as a string (RFC 7519 §4.1.2); to accept the number, use --claim sub:={} in place of --sub",
                    finding.actual.as_ref().unwrap_or(&Value::Null)
                );
            }
            _ => "the issuer must write the claim as RFC 7519 §4.1 defines it",
        };
        text.to_owned()
    }

    /// A claim that was named with dots, and stands inside another: how it is named.
    fn inside_another(&self, finding: &Finding) -> Option<String> {
        let flag = match finding.check {
            Check::Expected => "--claim",
            Check::Has => "--has",
            Check::Required => "--require",
            _ => return None,
        };
        let claims = self.judged.token.claims()?;
        let pointer = pointer_for(claims, finding.claim.as_deref()?)?;
        let value = if flag == "--require" { "" } else { "=VALUE" };
        Some(format!(
            "to name a claim inside another, use a JSON Pointer: {flag} {pointer}{value}"
        ))
    }

    /// Which key of refresh tokens is missing.
    fn refresh_key(&self) -> Option<String> {
        let name = &self.judged.profile.name;
        Some(match self.judged.missing_key? {
            MissingRefreshKey::Withheld => format!(
                "refresh tokens of {name} are signed with a key that never leaves its server, which alone can renew and rotate them; if you have that key: --refresh-secret env:NAME or --refresh-key FILE"
            ),
            MissingRefreshKey::NotGiven => format!(
                "check that this is the issuer's key; if it is a refresh token, and those of {name} have a key of their own: --refresh-secret env:NAME or --refresh-key FILE"
            ),
        })
    }

    fn bad_signature(&self) -> String {
        match &self.judged.explained {
            Some(Explanation::Secret(mistake)) => {
                let form = self.decoded(*mistake).unwrap_or_else(|| ": --secret base64:file:-, with the base64 of it on standard input".to_owned());
                format!("the signature matches the secret {mistake}: correct the secret where it is kept, or give it in that form{form}")
            }
            Some(Explanation::Message(message)) => format!("the signature fits {message}"),
            Some(Explanation::PssParameters(parameters)) => pss(*parameters),
            Some(Explanation::SignatureForm(form)) => format!(
                "the given key made the signature, but it is written in {form}: its issuer must write the signature's bytes as RFC 7515 §3.1 and RFC 7518 §3 ask"
            ),
            Some(Explanation::OtherKey(Some(kid))) => format!(
                "another of the given keys signed it, the one with kid {}: the token's own kid is wrong",
                words::shortened(&serde_json::Value::from(kid.as_str()).to_string(), 80)
            ),
            Some(Explanation::OtherKey(None)) => {
                "another of the given keys signed it: the token's kid is wrong".to_owned()
            }
            Some(Explanation::OtherAlgorithm(algorithm)) => format!(
                "the given key made the signature with {algorithm}, but the header names another algorithm"
            ),
            Some(Explanation::PublicKeyAsSecret) => {
                "the public key's text was used as an HMAC secret (CVE-2015-9235): this is an attack, or a bug of the issuer".to_owned()
            }
            Some(Explanation::SignatureLength { has, needs }) if has < needs => format!(
                "the signature has {has} bytes, but its algorithm needs {needs}: the token was cut short; copy it again, whole"
            ),
            Some(Explanation::SignatureLength { has, needs }) => format!(
                "the signature has {has} bytes, but its algorithm needs {needs}: it was made in another form, or something was added to its end"
            ),
            None if self.has_a_nonce() => "check that this is the issuer's key; a header with a nonce is Microsoft's, for its own services such as Graph: no one else can verify such a token; ask for a token for your own API".to_owned(),
            None => "check that this is the issuer's key; a token that was altered after signing looks the same".to_owned(),
        }
    }

    fn has_a_nonce(&self) -> bool {
        let header = self.judged.token.header.members.as_ref();
        header.is_some_and(|header| header.raw("nonce").is_some())
    }

    fn unsupported(&self) -> String {
        match self.judged.token.alg() {
            Some(AlgName::Known(name, what)) => {
                format!("{name} is {what}; jwtsess can't verify it")
            }
            _ => "no registered algorithm has that name".to_owned(),
        }
    }

    fn kind_mismatch(&self, finding: &Finding) -> String {
        let recognised = &self.judged.recognised;
        let is = finding.actual.as_ref().and_then(Value::as_str);
        let is = is.and_then(TokenKind::of_name);
        if finding.claim.is_some() {
            return "its issuer must mark a token as of one kind; to check it whatever it is: --kind any".to_owned();
        }
        let text = match (self.verb, is) {
            (Verb::Renew, Some(TokenKind::Access)) => {
                "renew with the pair's refresh token: jwtsess renew REFRESH_TOKEN"
            }
            (Verb::Renew, _) if self.model() == "plain" => {
                let as_it_is = "--profile plain prolongs it as it is";
                return match recognised.looks_like.as_slice() {
                    [] => format!(
                        "its server makes an access token of it; name its profile with --profile, or {as_it_is}"
                    ),
                    several => format!("{}; {as_it_is}", guessed(several)),
                };
            }
            (Verb::Renew, _) => {
                "this is a refresh token of another model: name its profile with --profile"
            }
            (_, Some(TokenKind::Refresh)) => {
                "a refresh token only serves to get the next access token: jwtsess renew TOKEN; to check it as a refresh token: --kind refresh"
            }
            (_, Some(TokenKind::Id)) => {
                "an ID token tells a client who has logged in, and opens nothing: send the access token; to check it as an ID token: --kind id"
            }
            (_, Some(TokenKind::Access)) => {
                "get the pair's refresh token, or ask for --kind access"
            }
            (_, None) => "to accept a token that does not tell its kind, leave --kind out",
        };
        text.to_owned()
    }

    fn expired(&self) -> String {
        let skew = self
            .judged
            .token
            .claims()
            .and_then(|claims| date(claims, "exp"))
            .map(|exp| exp.whole_seconds_until(self.now))
            .filter(|past| (0..=CLOCK_SKEW).contains(past));
        let next = if self.is_renewed_by_another() {
            "get a fresh access token with the refresh token: jwtsess renew REFRESH_TOKEN"
                .to_owned()
        } else {
            self.log_in()
        };
        match skew {
            // Equal counts as expired, so the leeway has to be larger.
            Some(past) => format!(
                "{next}; if the clocks differ (on this machine it is {}): --leeway {}s",
                words::instant(self.now),
                past.saturating_add(1)
            ),
            None => next,
        }
    }

    /// What to do about a moment that is yet to come. Where it is in milliseconds, that is said already.
    fn early(&self, finding: &Finding) -> Option<String> {
        let claim = finding.claim.as_deref().unwrap_or_default();
        let mut findings = self.judged.verdict.findings.iter();
        if findings.any(|other| other.claim == finding.claim && other.in_finer_units()) {
            return None;
        }
        let at = finding.actual.as_ref().and_then(Value::as_i64)?;
        let ahead = at.saturating_sub(self.now.seconds());
        let here = words::instant(self.now);
        Some(if ahead <= MINUTES_APART {
            format!(
                "if the clocks differ, correct the one that is wrong (on this machine it is {here}), or allow for it: --leeway {ahead}s"
            )
        } else if ahead <= ZONES_APART {
            format!(
                "the issuer's clock or this machine's is wrong, or the issuer writes its local time in place of UTC (on this machine it is {here}); to accept the token: --leeway {ahead}s"
            )
        } else if ahead <= YEARS_APART && finding.reason() == Some(Reason::NotYetValid) {
            format!(
                "it can be used from {} on",
                words::instant(Timestamp::from_seconds(at))
            )
        } else {
            format!(
                "the issuer has to correct {claim}: it is too far ahead for a clock that is wrong"
            )
        })
    }

    fn log_in(&self) -> String {
        let user = self.user();
        if self.model() == "plain" {
            return "get a new token from its issuer".to_owned();
        }
        match self.profile() {
            DEFAULT => format!("log in again: jwtsess issue --user {user}"),
            profile => format!("log in again: jwtsess issue --profile {profile} --user {user}"),
        }
    }

    /// Whether it is an access token that a refresh token renews.
    fn is_renewed_by_another(&self) -> bool {
        let takes = self.judged.profile.presents;
        let kind = self.judged.recognised.kind();
        takes == Some(TokenKind::Refresh) && kind == Some(TokenKind::Access)
    }

    /// The model whose rules the token goes by: that of its own marks, else that of the profile that was named or recorded.
    fn model(&self) -> &str {
        let (used, recognised) = (&self.judged.profile, &*self.judged.recognised.profile);
        if recognised == "plain" && used.by != ProfileSource::Recognised {
            &used.base
        } else {
            recognised
        }
    }

    /// The profile to log in under: the one that the call goes by, where the token is of its model.
    fn profile(&self) -> &str {
        let (used, model) = (&self.judged.profile, self.model());
        if same_model(&used.base, model) {
            &used.name
        } else {
            model
        }
    }

    /// The user, where the name is one that a shell takes as it is: advice is there to be copied, and claims are hostile.
    fn user(&self) -> String {
        let plain = |name: &String| {
            name.len() <= 64
                && name.starts_with(|first: char| first.is_ascii_alphanumeric())
                && name
                    .chars()
                    .all(|one| one.is_ascii_alphanumeric() || "._@-".contains(one))
        };
        match self
            .judged
            .token
            .claims()
            .map(|claims| claims.string("sub"))
        {
            Some(Typed::Is(name)) if plain(&name) => name,
            _ => "USER".to_owned(),
        }
    }

    /// CVE-2018-0114: a key that a token brings along proves nothing.
    fn offered_key(&self) -> Option<String> {
        let header = self.judged.token.header.members.as_ref()?;
        let offers: Vec<&str> = ["jwk", "jku", "x5c", "x5u"]
            .into_iter()
            .filter(|name| header.raw(name).is_some())
            .collect();
        (!offers.is_empty()).then(|| {
            format!(
                "the header carries its own key ({}): jwtsess did not use it, and no server should trust it",
                offers.join(", ")
            )
        })
    }

    fn valid(&self) -> Option<String> {
        let claims = self.judged.token.claims()?;
        let exp = date(claims, "exp")?;
        let (takes, kind) = (self.judged.profile.presents, self.judged.recognised.kind());
        match self.model() {
            _ if takes == Some(TokenKind::Refresh) && kind == takes => {
                Some("get a fresh access token with it: jwtsess renew TOKEN".to_owned())
            }
            _ if self.is_renewed_by_another() => Some(format!(
                "renew before {}: jwtsess renew REFRESH_TOKEN",
                words::instant(exp)
            )),
            _ if self.judged.session_end.is_some_and(|end| exp >= end) => Some(format!(
                "the session ends with this token: log in again by {}",
                words::instant(exp)
            )),
            "plain" => None,
            _ if takes.is_none() => None,
            _ => Some(format!(
                "renew it before {}: jwtsess renew TOKEN",
                words::instant(exp)
            )),
        }
    }
}

/// Whether a check compares a claim with what was asked for.
const fn is_of_a_request(check: Check) -> bool {
    matches!(
        check,
        Check::Issuer
            | Check::Audience
            | Check::Subject
            | Check::Required
            | Check::Expected
            | Check::Has
    )
}

/// What to do where the two values differ by little.
fn nearly(finding: &Finding) -> Option<String> {
    let claim = finding.claim.as_deref()?;
    let (wanted, has) = (finding.expected.as_ref()?, finding.actual.as_ref()?);
    match finding.check {
        Check::Has => None,
        Check::Audience | Check::Issuer => {
            near_miss::little(claim, wanted, has).or_else(|| near_miss::listed(claim, wanted, has))
        }
        _ => near_miss::little(claim, wanted, has),
    }
}

fn pss(parameters: PssParameters) -> String {
    let PssParameters {
        salt,
        needs,
        sha1_mask,
    } = parameters;
    let mut wrong = Vec::new();
    if salt != needs {
        wrong.push(format!("a salt of {salt} bytes, not {needs}"));
    }
    if sha1_mask {
        wrong.push("a mask made with SHA-1 (MGF1), not the algorithm's own hash".to_owned());
    }
    format!(
        "the given key made the signature, with {}: its issuer must use the parameters of RFC 7518 §3.5 (in openssl: -sigopt rsa_pss_saltlen:digest)",
        wrong.join(" and ")
    )
}

/// Whether the claim has what was asked for as one of several: in a list, or a string of words.
fn is_list(finding: &Finding) -> bool {
    match (&finding.actual, &finding.expected) {
        (Some(Value::Array(_)), Some(wanted)) => !wanted.is_array(),
        (Some(Value::String(words)), Some(Value::String(wanted))) => {
            words.split(' ').any(|word| word == wanted)
        }
        _ => false,
    }
}

fn of_defect(defect: &Defect) -> Option<String> {
    Some(match &defect.kind {
        DefectKind::Empty => "is the variable set?".to_owned(),
        DefectKind::TooLarge(_) if defect.part == "token" => {
            "raise the limit with --max-token-size".to_owned()
        }
        DefectKind::Opaque => {
            "ask the server that issued it, which may offer introspection (RFC 7662)".to_owned()
        }
        DefectKind::Parts(1) => {
            "give the token itself: header, payload and signature with dots between them".to_owned()
        }
        DefectKind::Json(_)
        | DefectKind::NotUtf8
        | DefectKind::Truncated
        | DefectKind::NonCanonical
            if defect.part == "header" =>
        {
            "a JWT's first part is a JSON object in base64url and begins with eyJ: copy the token again from its beginning, or look at where this text came from".to_owned()
        }
        DefectKind::Parts(2) | DefectKind::Truncated | DefectKind::NonCanonical => {
            "it looks cut short: copy it again, whole".to_owned()
        }
        DefectKind::NotBase64url('=' | '+' | '/') => {
            "a token is written in base64url without padding (RFC 7515 §2): its issuer, or something on the way, encoded it differently".to_owned()
        }
        DefectKind::NotBase64url(_) => {
            "other characters got into it on the way: copy it again, whole".to_owned()
        }
        DefectKind::Json(_) | DefectKind::NotUtf8 if defect.part == "payload" => {
            "a JWT's payload must be a JSON object (RFC 7519 §7.2); to see what is there: jwtsess decode --part payload".to_owned()
        }
        DefectKind::Parts(_) => {
            "a token has two dots: look for what was joined to it, or for a dot that was lost".to_owned()
        }
        DefectKind::Alg | DefectKind::HeaderType(..) => {
            "the issuer must write the header as RFC 7515 §4.1 defines it".to_owned()
        }
        _ => return None,
    })
}

/// The answer in one line.
#[must_use]
pub(crate) fn headline(judged: &JudgedToken, now: Timestamp) -> String {
    let token = &judged.token;
    let at = |finding: &Finding| {
        Timestamp::from_seconds(
            finding
                .actual
                .as_ref()
                .and_then(serde_json::Value::as_i64)
                .unwrap_or_default(),
        )
    };
    let Some(deciding) = judged.verdict.deciding() else {
        let recorded = judged.verdict.of(Check::Expiry);
        let recorded = recorded.filter(|_| judged.is_recorded_text()).map(at);
        let exp = token.claims().and_then(|claims| date(claims, "exp"));
        return match exp.or(recorded) {
            Some(exp) if exp <= now => {
                format!(
                    "valid only because of --leeway: expired {}",
                    words::distance(exp, now)
                )
            }
            Some(exp) => format!("valid, expires {}", words::distance(exp, now)),
            None => "valid, never expires".to_owned(),
        };
    };
    let Some(reason) = deciding.reason() else {
        return deciding.code().to_owned();
    };
    match reason {
        Reason::Opaque => words::finding(deciding, now),
        Reason::Encrypted => "encrypted (JWE): only its header can be read".to_owned(),
        Reason::Malformed | Reason::OverLimits | Reason::DuplicateMember => {
            let what = words::finding(deciding, now);
            if judged.is_readable() && token.form == CompactForm::Jws {
                format!("malformed: {what}")
            } else {
                format!("not a token: {what}")
            }
        }
        Reason::NoKey => {
            let own = judged
                .verdict
                .failures()
                .find(|finding| finding.reason() == Some(Reason::Expired));
            match own {
                Some(expired) => format!(
                    "not checked: no key was given; by its own exp it expired {}",
                    words::distance(at(expired), now)
                ),
                None => "not checked: no key was given".to_owned(),
            }
        }
        Reason::StoreMissing => format!("not checked: {}", words::finding(deciding, now)),
        Reason::Unsigned => "UNSIGNED (alg none): anyone could have written it".to_owned(),
        Reason::BadSignature => "bad signature".to_owned(),
        Reason::Expired => format!("expired {}", words::distance(at(deciding), now)),
        Reason::NotYetValid => format!(
            "not yet valid: valid {}",
            words::distance(at(deciding), now)
        ),
        Reason::SessionEnded => format!("session ended {}", words::distance(at(deciding), now)),
        Reason::IssuedInFuture => {
            format!(
                "issued in the future: {}",
                words::distance(at(deciding), now)
            )
        }
        _ => format!(
            "{}: {}",
            reason.code().replace('_', " "),
            words::finding(deciding, now)
        ),
    }
}
