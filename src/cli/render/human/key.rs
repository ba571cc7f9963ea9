//! Prints the `key` commands: what a key is and may do, a key's own text, what was written and where.
use super::page::{Page, SPEAKER, talk};
use crate::cli::outcome::key::{
    Destination, KeyAction, KeyDescription, KeyListing, KeyPart, KeyRotation, WrittenKeys,
};
use crate::cli::paint::{self, Tone};
use crate::cli::render::screen::{RenderedText, Screen};
use crate::cli::render::words;
use crate::core::algorithm::Algorithm;
use crate::core::key::NoSigner;
use crate::core::keyfile::KeyFileForm;
use crate::core::time::Timestamp;

/// The width of the labels' column.
const LABELS: usize = 10;

/// Said of an algorithm for which the key is too short.
const ALONE: &str = "only with --allow-weak-key";

/// The longest kid that is shown in full, in characters.
const KID: usize = 200;

pub(super) fn key(action: &KeyAction, now: Timestamp, screen: &Screen) -> RenderedText {
    match action {
        KeyAction::Shown(shown) => self::shown(shown, now, screen),
        KeyAction::Generated(written) => self::written(written, "made", screen),
        KeyAction::Published(written) | KeyAction::Converted(written) => {
            self::written(written, "wrote", screen)
        }
        KeyAction::Rotated(rotated) => self::rotated(rotated, now, screen),
    }
}

fn shown(shown: &KeyListing, now: Timestamp, screen: &Screen) -> RenderedText {
    let mut page = Page::new();
    match &shown.refresh {
        None => listed(&mut page, shown, now),
        Some(refresh) => {
            let no_key = "no key was given, and there is no development key";
            of_kind(&mut page, ("Access tokens", no_key), shown, now);
            let no_key = "signed with a key that never leaves its server";
            of_kind(&mut page, ("Refresh tokens", no_key), refresh, now);
        }
    }
    RenderedText {
        stdout: page.print(screen.out.width, screen.out.paint).into_bytes(),
        stderr: String::new(),
    }
}

/// The keys of a kind, below its name, or that there is none.
fn of_kind(page: &mut Page, (kind, no_key): (&str, &str), shown: &KeyListing, now: Timestamp) {
    page.gap();
    page.line(2).put(Tone::Heading, kind);
    page.gap();
    if shown.keys.is_empty() {
        page.say(no_key);
    } else {
        listed(page, shown, now);
    }
}

fn listed(page: &mut Page, shown: &KeyListing, now: Timestamp) {
    let several = shown.keys.len() > 1;
    for (at, key) in shown.keys.iter().enumerate() {
        if at == 0 || shown.keys[at - 1].source != key.source {
            source(page, shown, &key.source);
        }
        page.gap();
        let signs = matches!(shown.signer, Ok((signer, _)) if signer == at);
        described(page, key, now, several && signs);
    }
    page.gap();
    let (tone, text) = match &shown.signer {
        Ok((_, algorithm)) if shown.is_refused_as_weak() => {
            (Tone::Warn, format!("signs with {algorithm}, {ALONE}"))
        }
        Ok((_, algorithm)) => (Tone::Good, format!("signs with {algorithm}")),
        Err(NoSigner::Ambiguous(_)) => (
            Tone::Warn,
            "several of these keys could sign: choose one with --kid or --alg".to_owned(),
        ),
        Err(NoSigner::WrongAlgorithm(_)) => (
            Tone::Warn,
            "can't sign with any algorithm that --alg or the profile allows".to_owned(),
        ),
        Err(_) if shown.keys.iter().any(|key| key.verifies) => (
            Tone::Plain,
            "can verify signatures, not create them".to_owned(),
        ),
        Err(_) => (
            Tone::Bad,
            "can neither create nor verify a signature".to_owned(),
        ),
    };
    page.line(2).put(tone, &text);
}

/// Says where keys are from, and in which form they were.
fn source(page: &mut Page, shown: &KeyListing, source: &str) {
    page.gap();
    page.line(2).put(Tone::Heading, source);
    let Some(known) = shown.sources.iter().find(|one| one.source == source) else {
        return;
    };
    page.put(Tone::Plain, &format!(": {}", known.form));
    if let Some(path) = &known.path {
        page.row("file", LABELS, Tone::Plain, path);
    }
    if let Some(by) = &shown.named_by {
        page.row("named by", LABELS, Tone::Plain, by);
    }
}

fn described(page: &mut Page, key: &KeyDescription, now: Timestamp, signs: bool) {
    let part = match key.part() {
        KeyPart::Secret => "",
        KeyPart::Private => ", private",
        KeyPart::Public => ", public",
    };
    page.line(2)
        .put(Tone::Heading, &format!("{}{part}", key.kind));
    if signs {
        page.put(Tone::Good, "  the key that signs");
    }
    match &key.kid {
        Some(kid) => page.row("kid", LABELS, Tone::Plain, &words::shortened(kid, KID)),
        None => page.row("kid", LABELS, Tone::Dim, "none"),
    };
    let is_weak = |algorithm: &&Algorithm| key.weak.iter().any(|(weak, ..)| weak == *algorithm);
    let strong = key.algorithms.iter().filter(|one| !is_weak(one));
    let strong: Vec<&str> = strong.map(|one| one.name()).collect();
    if !strong.is_empty() {
        let bound = if key.bound.is_some() {
            "  (its `alg`)"
        } else {
            ""
        };
        let text = format!("{}{bound}", strong.join(", "));
        page.row("algorithms", LABELS, Tone::Plain, &text);
    }
    if let Some((_, has, _)) = key.weak.first() {
        let weak: Vec<String> = key
            .weak
            .iter()
            .map(|(weak, _, needs)| format!("{weak} (needs {needs} bits)"))
            .collect();
        let tone = if strong.is_empty() {
            Tone::Bad
        } else {
            Tone::Dim
        };
        let text = format!("{} for {}", has, weak.join(", "));
        page.row("too short", LABELS, tone, &text);
    }
    let (tone, text) = match (key.signs, key.verifies) {
        (true, true) => (Tone::Plain, "sign and verify"),
        (true, false) => (Tone::Plain, "sign only"),
        (false, true) => (Tone::Plain, "verify only"),
        (false, false) => (Tone::Bad, "nothing"),
    };
    if key.is_weak() && (key.signs || key.verifies) {
        page.row("use", LABELS, Tone::Bad, &format!("{text}, {ALONE}"));
    } else {
        page.row("use", LABELS, tone, text);
    }
    if let Some(end) = key.retired {
        let text = if now >= end {
            format!(
                "has not verified anything since {}",
                words::moment(end, now)
            )
        } else {
            format!("verifies signatures until {}", words::moment(end, now))
        };
        page.row("retired", LABELS, Tone::Warn, &text);
    }
    if let Some(thumbprint) = &key.thumbprint {
        let text = format!("{thumbprint}  (RFC 7638)");
        page.row("thumbprint", LABELS, Tone::Plain, &text);
    }
}

fn say(page: &mut Page, tone: Tone, text: &str) {
    page.line(SPEAKER.len())
        .put(Tone::Plain, SPEAKER)
        .put(tone, text);
}

fn written(written: &WrittenKeys, verb: &str, screen: &Screen) -> RenderedText {
    let mut page = Page::new();
    if !screen.quiet {
        for note in &written.notes {
            say(&mut page, Tone::Plain, note);
        }
        let signs = written.keys.iter().any(|key| key.private);
        match &written.to {
            Destination::File(path) => {
                let text = format!("{verb} {path}: {}", what(written));
                say(&mut page, Tone::Good, &text);
            }
            Destination::Output(_) if signs && screen.out.terminal && screen.err.terminal => say(
                &mut page,
                Tone::Warn,
                "whoever has this key can sign tokens as you do; to keep it in a file that only you can read: --out FILE",
            ),
            Destination::Output(_) => {}
        }
    }
    let stdout = match &written.to {
        Destination::Output(content) if written.form.is_json() => {
            let text = std::str::from_utf8(content.expose()).unwrap_or_default();
            // The same JSON, with hidden characters escaped. A line break only stands between its tokens, so it stays.
            let lines = text
                .lines()
                .flat_map(|line| [paint::json(line), "\n".into()]);
            lines.collect::<String>().into_bytes()
        }
        Destination::Output(content) => content.expose().to_vec(),
        Destination::File(_) => Vec::new(),
    };
    RenderedText {
        stdout,
        stderr: talk(&page, screen),
    }
}

/// Describes a key, such as `EC P-256 private key as a JWK, kid x`.
fn what(written: &WrittenKeys) -> String {
    let form = match written.form {
        KeyFileForm::Jwk => "a JWK",
        KeyFileForm::Jwks => "a JWKS",
        KeyFileForm::Pem => "PEM",
        KeyFileForm::Der => "DER",
        KeyFileForm::Raw => "raw bytes",
    };
    let [key] = written.keys.as_slice() else {
        return format!("{} keys as {form}", written.keys.len());
    };
    let part = match key.part() {
        KeyPart::Secret => "",
        KeyPart::Private => " private key",
        KeyPart::Public => " public key",
    };
    let kid = match &key.kid {
        Some(kid) if written.form.is_json() => {
            format!(", kid {}", words::shortened(kid, KID))
        }
        _ => String::new(),
    };
    format!("{}{part} as {form}{kid}", key.kind)
}

fn rotated(rotated: &KeyRotation, now: Timestamp, screen: &Screen) -> RenderedText {
    let mut page = Page::new();
    if !screen.quiet || rotated.dry_run {
        let named = |kid: &Option<String>| match kid {
            Some(kid) => format!("the key {}", words::shortened(kid, KID)),
            None => "the key without a kid".to_owned(),
        };
        if let Some(fresh) = rotated.keys.first() {
            let signs = match (rotated.dry_run, rotated.named) {
                (false, _) => format!("{} ({}) signs", named(&fresh.kid), fresh.kind),
                (true, true) => format!("{} ({}) would sign", named(&fresh.kid), fresh.kind),
                (true, false) => format!("a new key ({}) would sign", fresh.kind),
            };
            let text = format!("{}: {signs} from now on", rotated.file);
            say(&mut page, Tone::Good, &text);
        }
        retired(&mut page, rotated, &named(&rotated.retired.0), now);
        for kid in &rotated.pruned {
            let dropped = if rotated.dry_run {
                "would be removed"
            } else {
                "is removed"
            };
            let text = format!("{} {dropped}: it no longer verifies anything", named(kid));
            say(&mut page, Tone::Plain, &text);
        }
        match rotated.ended {
            0 => {}
            1 => say(
                &mut page,
                Tone::Plain,
                "the set still has a retired key that no longer verifies anything; to remove it: --prune",
            ),
            several => {
                let text = format!(
                    "the set still has {several} retired keys that no longer verify anything; to remove them: --prune"
                );
                say(&mut page, Tone::Plain, &text);
            }
        }
        if rotated.dry_run {
            say(
                &mut page,
                Tone::Warn,
                "this is a dry run: nothing was changed",
            );
        } else if rotated
            .keys
            .first()
            .is_some_and(|key| key.part() == KeyPart::Secret)
        {
            say(
                &mut page,
                Tone::Plain,
                "give the new secret to every service that verifies tokens",
            );
        } else {
            let text = "publish the new public key to every service that verifies tokens: jwtsess key jwks FILE";
            say(&mut page, Tone::Plain, text);
        }
    }
    RenderedText {
        stdout: Vec::new(),
        stderr: talk(&page, screen),
    }
}

/// Says until when the retired key checks signatures.
fn retired(page: &mut Page, rotated: &KeyRotation, name: &str, now: Timestamp) {
    let is = if rotated.dry_run { "would be" } else { "is" };
    let end = rotated.retired.1;
    let text = if end <= now {
        format!("{name} {is} retired, and the tokens it signed are refused from now on")
    } else {
        let by = match &rotated.overlap.1 {
            Some(profile) => {
                format!(" (the longest lifetime under {profile}; change this with --overlap)")
            }
            None => String::new(),
        };
        format!(
            "{name} {is} retired: it verifies signatures until {}{by}",
            words::moment(end, now)
        )
    };
    say(page, Tone::Plain, &text);
}
