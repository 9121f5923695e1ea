//! The document that says where the endpoints are.

use super::Identity;
use super::route::{Request, known_tenant};
use crate::Answer;
use http::StatusCode;
use serde_json::json;

pub(super) fn configuration(identity: &Identity, request: &Request<'_>, tenant: &str, two: bool) -> Answer {
    if let Err(refusal) = known_tenant(identity, tenant) {
        return refusal.answer(&identity.clock);
    }
    let base = format!("{}/{tenant}/oauth2", request.origin);
    let (base, issuer) = if two {
        (
            format!("{base}/v2.0"),
            format!("{}/{tenant}/v2.0", request.origin),
        )
    } else {
        (base, format!("{}/{tenant}/", request.origin))
    };
    let body = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "device_authorization_endpoint": format!("{base}/devicecode"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "response_modes_supported": ["query", "fragment"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["HS256"],
        "scopes_supported": ["openid", "profile", "offline_access"],
    });
    crate::server::plain_json(StatusCode::OK, &body)
}
