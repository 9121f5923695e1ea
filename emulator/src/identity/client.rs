//! Applications: how they prove who they are, and the tokens that they get for themselves.

use super::aadsts::Refusal;
use super::directory::Application;
use super::route::{Form, Version, granted, resource};
use super::{Identity, TokenSpec, assertion};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use serde_json::Value;

/// An application that has shown who it is, or that needn't.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) application: Application,
    /// Whether it has shown a secret or an assertion.
    pub(super) proven: bool,
}

/// Checks the secret or the assertion of a form.
pub(super) fn authenticate(identity: &Identity, form: &Form, endpoint: &str) -> Result<Client, Refusal> {
    let client_id = form.need("client_id")?;
    let application = identity
        .directory()
        .application(client_id)
        .cloned()
        .ok_or_else(|| {
            let client_id: String = client_id.chars().take(100).collect();
            Refusal::word(
                "unauthorized_client",
                700_016,
                format!("Application with identifier '{client_id}' was not found in the directory."),
            )
        })?;
    let proven = match (form.get("client_secret"), form.get("client_assertion")) {
        (Some(secret), _) => {
            let same = |known: &String| verify_slices_are_equal(known.as_bytes(), secret.as_bytes()).is_ok();
            if !application.secrets.iter().any(same) {
                return Err(Refusal::client(
                    7_000_215,
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.",
                ));
            }
            true
        }
        (None, Some(assertion)) => {
            let kind = form.need("client_assertion_type")?;
            if kind != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
                return Err(Refusal::request(
                    50_027,
                    "The type of the client assertion is not supported.",
                ));
            }
            assertion::check(&application, assertion, endpoint, identity.clock.seconds())?;
            true
        }
        (None, None) => false,
    };
    if !proven && !application.is_public() {
        return Err(unproven());
    }
    Ok(Client { application, proven })
}

fn unproven() -> Refusal {
    Refusal::client(
        7_000_218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    )
}

/// A token for the application itself. Its scope must be all that it was granted: `/.default`.
pub(super) fn credentials(
    identity: &Identity,
    form: &Form,
    client: &Client,
    version: Version,
) -> Result<Value, Refusal> {
    if !client.proven {
        return Err(unproven());
    }
    let (audience, scope) = resource(identity, form, version)?;
    if version == Version::Two && !scope.trim().ends_with("/.default") {
        return Err(Refusal::word(
            "invalid_scope",
            1_002_012,
            "The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.",
        ));
    }
    let spec = TokenSpec {
        audience,
        client_id: client.application.client_id.clone(),
        object_id: None,
        lifetime: identity.issuing.lifetime,
    };
    Ok(granted(identity, &spec, version, None, None))
}
