//! The identity of a machine: the metadata service of a virtual machine, and the endpoint of an App Service.

use super::Identity;
use super::route::{Form, Request};
use super::token::TokenSpec;
use crate::Answer;
use crate::server::plain_json;
use http::{Method, StatusCode};
use serde_json::json;

/// Microsoft Learn, "How to use managed identities on a virtual machine to acquire an access token".
pub(super) fn respond(identity: &Identity, request: &Request<'_>) -> Answer {
    let app_service = request.path.ends_with("/msi/token");
    let marked = if app_service {
        request.headers.contains_key("x-identity-header")
    } else {
        request
            .headers
            .get("metadata")
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"true"))
    };
    if request.method != Method::GET || !marked {
        return refusal("invalid_request", "Required metadata header not specified");
    }
    let query = Form::read(request.query.as_bytes());
    if query.get("api-version").is_none() {
        return refusal(
            "invalid_request",
            "Required query variable 'api-version' is missing",
        );
    }
    let Some(resource) = query.get("resource") else {
        return refusal(
            "invalid_resource",
            "Required query variable 'resource' is missing",
        );
    };
    if !identity.is_own(resource) {
        return refusal(
            "invalid_resource",
            "AADSTS500011: The resource principal was not found in the tenant.",
        );
    }
    let machine = identity.directory().machine.clone();
    if query
        .get("client_id")
        .is_some_and(|wanted| !wanted.eq_ignore_ascii_case(&machine))
    {
        return refusal("invalid_request", "Identity not found");
    }
    let (now, lifetime) = (identity.clock.seconds(), identity.issuing.lifetime.as_secs());
    let token = identity.issue(&TokenSpec {
        audience: resource.trim_end_matches('/').to_owned(),
        client_id: machine.clone(),
        object_id: None,
        lifetime: identity.issuing.lifetime,
    });
    let body = json!({
        "access_token": token,
        "client_id": machine,
        "expires_in": lifetime.to_string(),
        "expires_on": (now + lifetime).to_string(),
        "ext_expires_in": lifetime.to_string(),
        "not_before": now.to_string(),
        "resource": resource,
        "token_type": "Bearer",
    });
    plain_json(StatusCode::OK, &body)
}

fn refusal(error: &str, description: &str) -> Answer {
    let body = json!({"error": error, "error_description": description});
    plain_json(StatusCode::BAD_REQUEST, &body)
}
