//! What is written for logins that are alike, learned from what the careful way writes for stand-ins.
use base64_simd::URL_SAFE_NO_PAD;

use super::facts::{Draws, LoginFacts, LoginPlan, Pattern, Recorder};
use crate::cli::commands::stand_in::value_of;
use crate::cli::commands::template::{Place, Template};
use crate::cli::outcome::Issuance;
use crate::core::claims::Members;
use crate::core::entropy::Entropy;
use crate::core::secret::sha256;
use crate::core::token::Limits;
use crate::core::token::shape::{Shape, ShapeMember, ValueClass};
use crate::core::verify;
use crate::session::mint::MintedToken;

/// A login that the careful way issued, and what was printed for it.
#[derive(Clone, Copy)]
pub(super) struct Login<'l> {
    pub number: u64,
    pub line: &'l [u8],
    pub draws: &'l Draws,
    pub issued: &'l Issuance,
    pub printed: &'l [u8],
}

/// What a profile makes of lines.
pub(super) struct Rules<'r> {
    /// Whether more is read of a member of this name than its JSON.
    pub is_exact: &'r dyn Fn(&str) -> bool,
    /// The member that names the user.
    pub user: &'r str,
    /// Whether a server is imitated, which reads JSON and writes it in its own way.
    pub is_emulated: bool,
}

/// Logs another line in, which has that number, with the entropy that it is given, and says what would be printed.
pub(super) type Issue<'i> =
    &'i mut dyn FnMut(u64, &[u8], &mut dyn Entropy) -> Option<(Issuance, Vec<u8>)>;

/// Entropy that gives the same at every run, and nothing twice.
struct StandInEntropy {
    other: bool,
    count: u8,
}

impl Entropy for StandInEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.count = self.count.wrapping_add(1);
        let given = sha256(&[u8::from(self.other), self.count]);
        for (byte, given) in bytes.iter_mut().zip(given.iter().cycle()) {
            *byte = *given;
        }
    }
}

/// A stand-in's login and what is printed for it, with its values.
struct StandIn {
    issued: Issuance,
    printed: Vec<u8>,
    number: u64,
    facts: LoginFacts,
}

/// Learns what to write for logins that are alike. `None` if that is not certain.
pub(super) fn lesson(login: Login<'_>, rules: &Rules<'_>, issue: Issue<'_>) -> Option<LoginPlan> {
    let line = str::from_utf8(login.line).ok()?;
    let claims = Members::parse(line, Limits::default().json).ok()?;
    let shape = Shape::of(&claims, rules.is_exact, verify::names)?;
    let is_user = |one: &ShapeMember| one.name == rules.user;
    let user = shape.members().iter().position(is_user)?;
    let mut one = stand_in(&shape, login.draws, false, issue)?;
    let mut two = stand_in(&shape, login.draws, true, issue)?;
    let mut facts = facts(&shape, login.line, login.draws)?;
    let mut places = places(&shape, login.draws);
    let mut patterns = Vec::new();
    let (firsts, seconds) = (tokens(&one.issued)?, tokens(&two.issued)?);
    let stand_ins = firsts.into_iter().zip(seconds);
    for (token, (first, second)) in tokens(login.issued)?.into_iter().zip(stand_ins) {
        let claims = Template::learn(
            (first.claims.text().as_bytes(), one.facts.values(0)),
            (second.claims.text().as_bytes(), two.facts.values(0)),
            &places,
        )?;
        let mut written = Vec::new();
        claims.fill(&facts.values(0), &mut written);
        let header = token.header.text();
        let is_header = |other: &MintedToken| other.header.text() == header;
        if written != token.claims.text().as_bytes() || !is_header(first) || !is_header(second) {
            return None;
        }
        let mut encoded = Vec::new();
        URL_SAFE_NO_PAD.encode_append(header, &mut encoded);
        encoded.push(b'.');
        patterns.push(Pattern {
            header: encoded,
            claims,
        });
        let count = facts.members.len();
        places.extend([Place::Member(count), Place::Member(count + 1)]);
        facts.add_token(token);
        one.facts.add_token(first);
        two.facts.add_token(second);
    }
    places.push(Place::Line);
    let printed = Template::learn(
        (&one.printed, one.facts.values(one.number)),
        (&two.printed, two.facts.values(two.number)),
        &places,
    )?;
    let mut again = Vec::new();
    printed.fill(&facts.values(login.number), &mut again);
    let mut plan = plan(shape, user, login.draws, patterns, printed);
    if rules.is_emulated {
        plan.plain = (0..plan.shape.members().len()).collect();
        plan.word = Some(user);
    }
    (again == login.printed && LoginFacts::default().fits(&plan, login.line)).then_some(plan)
}

/// Issues the tokens of a stand-in. `None` if no login is issued for it as for the one that it stands in for.
fn stand_in(shape: &Shape, like: &Draws, other: bool, issue: Issue<'_>) -> Option<StandIn> {
    let line = shape.filled(|at| value_of(&shape.members()[at].class, at, other));
    let mut draws = Draws::default();
    let mut entropy = Recorder {
        entropy: &mut StandInEntropy { other, count: 0 },
        draws: &mut draws,
    };
    let number = if other { 7_431 } else { 98_765_432_109 };
    let (issued, printed) = issue(number, &line, &mut entropy)?;
    let has_others = draws.has_others || like.has_others;
    (draws.ids.len() == like.ids.len() && !has_others).then_some(())?;
    Some(StandIn {
        issued,
        printed,
        number,
        facts: facts(shape, &line, &draws)?,
    })
}

/// The plan of what was learned, with what it needs to know of a line's members.
fn plan(
    shape: Shape,
    user: usize,
    draws: &Draws,
    tokens: Vec<Pattern>,
    printed: Template,
) -> LoginPlan {
    let count = shape.members().len();
    let ids = count..count + 2 * draws.ids.len();
    let of_claims = tokens.iter().flat_map(|token| token.claims.members());
    let is_id = |member: &usize| ids.contains(member);
    let plain = printed.members().filter(|member| *member < count);
    LoginPlan {
        word: None,
        ids: of_claims.chain(printed.members()).filter(is_id).collect(),
        plain: plain.chain([user]).collect(),
        draws: draws.ids.len(),
        shape,
        tokens,
        printed,
    }
}

/// The tokens of a login, none of which is opaque.
fn tokens(issued: &Issuance) -> Option<Vec<&MintedToken>> {
    let (access, refresh) = (&issued.tokens.access, &issued.tokens.refresh);
    let tokens: Vec<_> = std::iter::once(access).chain(refresh).collect();
    tokens
        .iter()
        .all(|token| token.seed.is_none())
        .then_some(tokens)
}

/// The values of a line.
fn facts(shape: &Shape, line: &[u8], draws: &Draws) -> Option<LoginFacts> {
    let mut facts = LoginFacts::default();
    if !shape.read(line, &mut facts.members) {
        return None;
    }
    facts.text.extend_from_slice(line);
    for id in draws.ids.iter() {
        facts.add_id(*id, |_| true);
    }
    Some(facts)
}

/// Every place that a value may have in the claims.
fn places(shape: &Shape, draws: &Draws) -> Vec<Place> {
    let count = shape.members().len();
    let members = shape.members().iter().enumerate();
    let told = members.filter(|(_, member)| !matches!(member.class, ValueClass::Exact(_)));
    let mut places: Vec<_> = told.map(|(at, _)| Place::Member(at)).collect();
    let ids = count..count + 2 * draws.ids.len();
    places.extend(ids.map(Place::Member));
    places
}
