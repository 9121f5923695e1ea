//! Which address of the double is which.

use super::aadsts::Refusal;
use super::{Identity, device, machine, open_id};
use crate::Answer;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

/// A request to the double.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a Method,
    /// The path, without the query.
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
    /// Scheme and host of the server, as the caller sees them.
    pub(crate) origin: &'a str,
}

/// The members of a form.
#[derive(Debug)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        (!value.is_empty()).then_some(value.as_str())
    }

    pub(super) fn need(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| Refusal::missing(name))
    }
}

/// Which form of the endpoints is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// `/oauth2/token` with `resource`.
    One,
    /// `/oauth2/v2.0/token` with `scope`.
    Two,
}

/// The answer of the double, or `None` if the address isn't one of its.
pub(crate) fn respond(identity: &Identity, request: &Request<'_>) -> Option<Answer> {
    let path = request.path.trim_start_matches('/');
    if matches!(path, "metadata/identity/oauth2/token" | "msi/token") {
        return Some(machine::respond(identity, request));
    }
    let (tenant, rest) = path.split_once('/')?;
    let answer = match rest {
        "oauth2/v2.0/token" => endpoint(identity, request, tenant, |form| {
            token(identity, form, request, Version::Two)
        }),
        "oauth2/token" => endpoint(identity, request, tenant, |form| {
            token(identity, form, request, Version::One)
        }),
        "oauth2/v2.0/devicecode" => endpoint(identity, request, tenant, |form| {
            device::begin(identity, form, request.origin, Version::Two)
        }),
        "oauth2/devicecode" => endpoint(identity, request, tenant, |form| {
            device::begin(identity, form, request.origin, Version::One)
        }),
        "oauth2/v2.0/authorize" => super::code::authorize(identity, request, tenant, Version::Two),
        "oauth2/authorize" => super::code::authorize(identity, request, tenant, Version::One),
        "v2.0/.well-known/openid-configuration" | ".well-known/openid-configuration" => {
            open_id::configuration(identity, request, tenant, rest.starts_with("v2.0"))
        }
        _ => return None,
    };
    Some(answer)
}

/// An endpoint that takes a form by POST.
fn endpoint(
    identity: &Identity,
    request: &Request<'_>,
    tenant: &str,
    grant: impl FnOnce(&Form) -> Result<Value, Refusal>,
) -> Answer {
    let result = if request.method != Method::POST {
        Err(Refusal::request(
            900_561,
            format!(
                "The endpoint only accepts POST requests. Received a {} request.",
                request.method
            ),
        ))
    } else if !is_form(request.headers) {
        Err(Refusal::request(
            900_143,
            "The content type of the request must be 'application/x-www-form-urlencoded'.",
        ))
    } else {
        known_tenant(identity, tenant).and_then(|()| grant(&Form::read(request.body)))
    };
    match result {
        Ok(body) => crate::server::plain_json(StatusCode::OK, &body),
        Err(refusal) => refusal.answer(&identity.clock),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(http::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| {
            kind.trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
}

pub(super) fn known_tenant(identity: &Identity, tenant: &str) -> Result<(), Refusal> {
    if identity.directory().is_tenant(tenant) {
        return Ok(());
    }
    let tenant: String = tenant.chars().take(100).collect();
    Err(Refusal::request(90_002, format!("Tenant '{tenant}' not found.")))
}

/// All grants of the token endpoint.
fn token(
    identity: &Identity,
    form: &Form,
    request: &Request<'_>,
    version: Version,
) -> Result<Value, Refusal> {
    let grant = form.need("grant_type")?;
    let token_endpoint = format!("{}{}", request.origin, request.path);
    let client = super::client::authenticate(identity, form, &token_endpoint)?;
    match grant {
        "client_credentials" => super::client::credentials(identity, form, &client, version),
        "authorization_code" => super::code::redeem(identity, form, &client, version),
        "refresh_token" => super::user::refresh(identity, form, &client, version),
        "password" => super::user::password(identity, form, &client, version),
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => {
            device::poll(identity, form, &client, version)
        }
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => {
            super::user::on_behalf_of(identity, form, &client, version)
        }
        other => {
            let other: String = other.chars().take(100).collect();
            Err(Refusal::word(
                "unsupported_grant_type",
                70_003,
                format!("The app requested an unsupported grant type '{other}'."),
            ))
        }
    }
}

/// For what a token is asked: the resource and the words of the scope.
pub(super) fn resource(
    identity: &Identity,
    form: &Form,
    version: Version,
) -> Result<(String, String), Refusal> {
    let scope = form.get("scope").unwrap_or_default();
    let resource = match version {
        Version::One => form.need("resource")?.to_owned(),
        Version::Two => {
            let scope = form.need("scope")?;
            let item = scope.split_ascii_whitespace().find(|item| item.contains("://"));
            let (resource, _) = item.and_then(|item| item.rsplit_once('/')).ok_or_else(|| {
                Refusal::word(
                    "invalid_scope",
                    70_011,
                    "The provided value for the input parameter 'scope' is not valid.",
                )
            })?;
            resource.to_owned()
        }
    };
    if identity.is_own(&resource) {
        return Ok((resource.trim_end_matches('/').to_owned(), scope.to_owned()));
    }
    let resource: String = resource.chars().take(200).collect();
    Err(Refusal::word(
        "invalid_resource",
        500_011,
        format!("The resource principal named {resource} was not found in the tenant."),
    ))
}

/// The body with a token. `refresh` is the new refresh token, `id` the token that says who signed in.
pub(super) fn granted(
    identity: &Identity,
    spec: &super::TokenSpec,
    version: Version,
    refresh: Option<String>,
    id: Option<String>,
) -> Value {
    let (now, lifetime) = (identity.clock.seconds(), spec.lifetime.as_secs());
    let mut body = match version {
        Version::Two => json!({"token_type": "Bearer", "expires_in": lifetime, "ext_expires_in": lifetime}),
        // The older endpoint writes numbers as texts.
        Version::One => json!({
            "token_type": "Bearer",
            "expires_in": lifetime.to_string(),
            "ext_expires_in": lifetime.to_string(),
            "expires_on": (now + lifetime).to_string(),
            "not_before": now.to_string(),
            "resource": spec.audience,
        }),
    };
    body["access_token"] = json!(identity.issue(spec));
    if let Some(refresh) = refresh {
        body["refresh_token"] = json!(refresh);
    }
    if let Some(id) = id {
        body["id_token"] = json!(id);
    }
    body
}
