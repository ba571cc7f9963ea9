//! Writes a request as a profile has it: where it goes, what is filled in, and what a server gets besides.
use serde_json::{Map, Value};

use super::error::{LiveError, Need, Operation};
use super::form::Form;
use super::link::Live;
use super::tokens::KeptSession;
use crate::core::echo;
use crate::core::profile::language::model::Live as LiveModel;
use crate::core::profile::language::request::{
    self as model, Placeholder, RequestItem, Route, TextPiece,
};
use crate::core::profile::{Profile, TokenKind};
use crate::core::secret::Secret;
use crate::net::address::{Address, AddressError, Origin};
use crate::net::message::{Header, Redirects, Request};
use crate::session::wire::{put, steps};

/// The largest answer that is taken of a server that gives tokens.
pub(super) const LARGEST: usize = 1 << 20;

/// What is filled in.
pub(super) struct Filling<'a> {
    pub(super) user: Option<&'a str>,
    pub(super) password: Option<&'a Secret>,
    pub(super) kept: KeptSession<'a>,
}

impl Live<'_> {
    /// The route to an operation, as the profile has it or as its default is.
    pub(super) fn route(&self, operation: Operation) -> Result<model::Request, LiveError> {
        let LiveModel {
            login,
            refresh,
            logout,
            ..
        } = &self.profile.model.live;
        let (route, path) = match operation {
            Operation::Login => (login, None),
            Operation::Refresh => (refresh, self.server.paths.refresh.as_ref()),
            Operation::Logout => (logout, self.server.paths.logout.as_ref()),
        };
        match (route, path) {
            (Some(Route::Request(request)), _) => Ok(request.clone()),
            (None, _) if operation == Operation::Login => Ok(login_route()),
            // A server of no known profile takes the token back in the member in which it came.
            (_, Some(_)) => {
                let member = self.server.member.as_deref().unwrap_or("refresh_token");
                Ok(posted(&[(member, Placeholder::Refresh)]))
            }
            _ => Err(LiveError::NoRoute(operation)),
        }
    }

    /// Where a route leads.
    pub(super) fn address(
        &self,
        route: &model::Request,
        operation: Operation,
    ) -> Result<Address, LiveError> {
        let paths = &self.server.paths;
        let asked = match operation {
            Operation::Login => None,
            Operation::Refresh => paths.refresh.as_deref(),
            Operation::Logout => paths.logout.as_deref(),
        };
        let reference = asked.unwrap_or(&route.path);
        resolve(&self.server.address, reference, asked.is_some())
    }

    /// The origins that may have what belongs to the server.
    pub(super) fn allowed(&self) -> Vec<Origin> {
        let own = std::iter::once(self.server.address.origin());
        own.chain(&self.server.origins).cloned().collect()
    }

    /// A request as a route has it.
    pub(super) fn request<'o>(
        &self,
        route: &model::Request,
        operation: Operation,
        filling: &Filling<'_>,
        origins: &'o [Origin],
    ) -> Result<Request<'o>, LiveError> {
        let address = self.address(route, operation)?;
        let method = method(&route.method);
        let mut parts = Parts {
            fields: Vec::new(),
            headers: vec![Header::new("Accept", "application/json")],
            has_body: false,
        };
        for item in route.parts.iter() {
            self.part(item, filling, &mut parts)?;
        }
        if operation == Operation::Login {
            parts.has_body |= !self.server.body.is_empty();
            for member in &self.server.body {
                parts.fields.retain(|(name, _)| *name != member.name);
                parts
                    .fields
                    .push((member.name.clone(), member.value.clone()));
            }
        }
        let body = parts.has_body.then(|| {
            let media_type = if route.form {
                "application/x-www-form-urlencoded"
            } else {
                "application/json"
            };
            parts.headers.push(Header::new("Content-Type", media_type));
            written(&parts.fields, route.form)
        });
        let kind = authorising(route);
        parts
            .headers
            .extend(self.cookie_headers(method, &address, &filling.kept, kind));
        Ok(Request {
            method,
            address,
            headers: self.with_extra(parts.headers),
            body,
            origins,
            largest: LARGEST,
            redirects: Redirects::Refused,
            repeat_unavailable: operation != Operation::Refresh,
        })
    }

    fn part(
        &self,
        item: &RequestItem,
        filling: &Filling<'_>,
        parts: &mut Parts,
    ) -> Result<(), LiveError> {
        match item {
            RequestItem::Json(name, json) => {
                parts.has_body = true;
                let value = serde_json::from_str(json).unwrap_or(Value::Null);
                parts.fields.push((name.to_string(), value));
            }
            RequestItem::Text(name, pieces) => {
                parts.has_body = true;
                if self.is_in_a_cookie(pieces, filling) {
                    return Ok(());
                }
                let is_user = matches!(&**pieces, [TextPiece::Fill(Placeholder::User)]);
                let named = self.server.user_field.as_deref().filter(|_| is_user);
                let value = self.filled(pieces, filling)?;
                let name = named.unwrap_or(name).to_owned();
                parts.fields.push((name, Value::String(value)));
            }
            RequestItem::Header(name, pieces) => {
                if self.is_in_a_cookie(pieces, filling) {
                    return Ok(());
                }
                let value = self.filled(pieces, filling)?;
                let value = if name.eq_ignore_ascii_case("authorization") {
                    format!("{} {value}", self.profile.scheme())
                } else {
                    value
                };
                parts.headers.push(Header::new(name, value));
            }
        }
        Ok(())
    }

    /// Whether a cookie carries what stands here, as it does for a browser.
    fn is_in_a_cookie(&self, pieces: &[TextPiece], filling: &Filling<'_>) -> bool {
        let carried = |kind| {
            let name = self.cookie_of(kind);
            name.is_some_and(|name| filling.kept.cookies.iter().any(|one| one.name == name))
        };
        pieces.iter().any(|piece| match piece {
            TextPiece::Fill(Placeholder::Access) => carried(TokenKind::Access),
            TextPiece::Fill(Placeholder::Refresh) => carried(TokenKind::Refresh),
            _ => false,
        })
    }

    fn filled(&self, pieces: &[TextPiece], filling: &Filling<'_>) -> Result<String, LiveError> {
        let Filling {
            user,
            password,
            kept,
        } = filling;
        let mut text = String::new();
        for piece in pieces {
            let (value, need) = match piece {
                TextPiece::Literal(literal) => (Some(literal.as_ref()), Need::Password),
                TextPiece::Fill(Placeholder::User) => (*user, Need::Password),
                TextPiece::Fill(Placeholder::Password) => (readable(*password)?, Need::Password),
                TextPiece::Fill(Placeholder::Access) => (readable(kept.access)?, Need::Access),
                TextPiece::Fill(Placeholder::Refresh) => (readable(kept.refresh)?, Need::Refresh),
                TextPiece::Fill(Placeholder::ClientId) => {
                    (self.server.client_id.as_deref(), Need::ClientId)
                }
                TextPiece::Fill(Placeholder::Scope) => (
                    Some(self.server.scope.as_deref().unwrap_or("")),
                    Need::Password,
                ),
            };
            text.push_str(value.ok_or(LiveError::Missing(need))?);
        }
        Ok(text)
    }

    /// The header fields with those that every request to this server has. They come before others of the same name.
    pub(super) fn with_extra(&self, mut headers: Vec<Header>) -> Vec<Header> {
        for extra in &self.server.headers {
            headers.retain(|header| !header.name.eq_ignore_ascii_case(&extra.name));
            headers.push(Header::new(&extra.name, extra.value.clone()));
        }
        headers
    }
}

/// What a request is made of.
struct Parts {
    fields: Vec<(String, Value)>,
    headers: Vec<Header>,
    has_body: bool,
}

/// A secret's text.
pub(super) fn readable(secret: Option<&Secret>) -> Result<Option<&str>, LiveError> {
    let read = secret.map(|secret| std::str::from_utf8(secret.expose()));
    read.transpose()
        .map_err(|_| LiveError::Unsupported("what is to be sent is not UTF-8".to_owned()))
}

/// The kind of the token with which a profile's server is logged out of, if it is.
#[must_use]
pub(crate) fn logs_out_by(profile: &Profile) -> Option<TokenKind> {
    match &profile.model.live.logout {
        Some(Route::Request(route)) => Some(authorising(route)),
        _ => None,
    }
}

/// The token by which a request is authorised: the first that it sends.
pub(super) fn authorising(route: &model::Request) -> TokenKind {
    let pieces = route.parts.iter().flat_map(|item| match item {
        RequestItem::Text(_, pieces) | RequestItem::Header(_, pieces) => pieces.iter(),
        RequestItem::Json(..) => [].iter(),
    });
    let mut kinds = pieces.filter_map(|piece| match piece {
        TextPiece::Fill(Placeholder::Refresh) => Some(TokenKind::Refresh),
        TextPiece::Fill(Placeholder::Access) => Some(TokenKind::Access),
        _ => None,
    });
    kinds.next().unwrap_or(TokenKind::Access)
}

/// The login that a profile has if it names none.
fn login_route() -> model::Request {
    posted(&[
        ("username", Placeholder::User),
        ("password", Placeholder::Password),
    ])
}

/// A JSON object that is posted to the address.
fn posted(members: &[(&str, Placeholder)]) -> model::Request {
    let part = |(name, filled): &(&str, Placeholder)| {
        let pieces = vec![TextPiece::Fill(*filled)];
        RequestItem::Text((*name).to_owned().into(), pieces.into())
    };
    model::Request {
        method: "POST".into(),
        path: ".".into(),
        form: false,
        parts: members.iter().map(part).collect::<Vec<_>>().into(),
        status: None,
    }
}

/// The methods that a profile may name.
fn method(name: &str) -> &'static str {
    let known = ["GET", "PUT", "PATCH", "DELETE"];
    known
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or("POST")
}

/// Where a reference leads from a server's address, which stands for a folder. `.` is the address itself. What a profile writes behind it ends with `/` only if
/// the address does; what a person writes stands as it is.
pub(super) fn resolve(
    address: &Address,
    reference: &str,
    typed: bool,
) -> Result<Address, LiveError> {
    let failed = |why: AddressError| LiveError::Reference {
        reference: echo::place(reference)
            .map_or_else(|| echo::described(reference), |shown| format!("{shown:?}")),
        address: address.to_string(),
        why,
    };
    if reference == "." {
        return Ok(address.clone());
    }
    let is_folder = address.path().ends_with('/');
    let end = if is_folder { "" } else { "/" };
    let folder = address.at_path(&format!("{}{end}", address.path()));
    let found = folder.join(reference).map_err(failed)?;
    if is_folder || typed {
        return Ok(found);
    }
    let path = found.path().trim_end_matches('/');
    let query = found.query().map(|query| format!("?{query}"));
    let origin = found.origin().as_sent();
    Address::parse(&format!("{origin}{path}{}", query.unwrap_or_default())).map_err(failed)
}

/// A body's text.
fn written(fields: &[(String, Value)], as_form: bool) -> Secret {
    if as_form {
        let mut form = Form::default();
        for (name, value) in fields {
            match value {
                Value::String(text) => form.add(name, text),
                other => form.add(name, &other.to_string()),
            }
        }
        return form.body();
    }
    let mut body = Map::new();
    for (name, value) in fields {
        put(&mut body, &steps(name), value.clone());
    }
    Secret::new(Value::Object(body).to_string().into_bytes())
}
