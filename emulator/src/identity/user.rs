//! Tokens of people: from a password, a refresh token, or another token of theirs.

use super::aadsts::Refusal;
use super::client::Client;
use super::pending::Consent;
use super::route::{Form, Version, granted, resource};
use super::{Identity, TokenSpec};
use aws_lc_rs::hmac;
use serde_json::{Value, json};

/// How long refresh tokens are valid, in seconds.
const REFRESH: u64 = 90 * 86_400;

/// The answer for a person who has signed in: a token, and what else the scope asks for.
pub(super) fn signed_in(identity: &Identity, consent: &Consent, version: Version) -> Value {
    let words: Vec<&str> = consent.scope.split_ascii_whitespace().collect();
    let renewable = version == Version::One || words.contains(&"offline_access");
    let refresh = renewable.then(|| {
        identity.pending().refresh.keep(Consent {
            until: identity.clock.seconds() + REFRESH,
            ..consent.clone()
        })
    });
    let id = words.contains(&"openid").then(|| id_token(identity, consent));
    let spec = TokenSpec {
        audience: consent.resource.clone(),
        client_id: consent.client_id.clone(),
        object_id: Some(consent.object_id.clone()),
        lifetime: identity.issuing.lifetime,
    };
    let mut body = granted(identity, &spec, version, refresh, id);
    body["scope"] = json!(format!("{}/user_impersonation", consent.resource));
    body
}

/// Who signed in. Signed with a key that nobody checks: clients read it as it came from the issuer.
fn id_token(identity: &Identity, consent: &Consent) -> String {
    let directory = identity.directory();
    let name = directory
        .person(|person| person.object_id == consent.object_id)
        .map_or("", |person| person.name.as_str());
    let now = identity.clock.seconds();
    let claims = json!({
        "aud": consent.client_id,
        "iss": format!("https://sts.windows.net/{}/", directory.tenant),
        "iat": now, "nbf": now, "exp": now + identity.issuing.lifetime.as_secs(),
        "oid": consent.object_id, "sub": consent.object_id, "tid": directory.tenant,
        "preferred_username": name, "name": name, "ver": "2.0",
    });
    let key = hmac::Key::new(hmac::HMAC_SHA256, consent.client_id.as_bytes());
    super::token::encoded(&key, claims.to_string().as_bytes())
}

fn consent(
    identity: &Identity,
    form: &Form,
    client: &Client,
    object_id: String,
    version: Version,
) -> Result<Consent, Refusal> {
    let (resource, scope) = resource(identity, form, version)?;
    Ok(Consent {
        client_id: client.application.client_id.clone(),
        object_id,
        resource,
        scope,
        until: identity.clock.seconds() + REFRESH,
    })
}

/// `grant_type=password`.
pub(super) fn password(
    identity: &Identity,
    form: &Form,
    client: &Client,
    version: Version,
) -> Result<Value, Refusal> {
    let (name, password) = (form.need("username")?, form.need("password")?);
    let object_id = {
        let directory = identity.directory();
        directory
            .person(|person| person.name.eq_ignore_ascii_case(name) && person.password == password)
            .map(|person| person.object_id.clone())
    };
    let object_id = object_id.ok_or_else(|| {
        Refusal::grant(
            50_126,
            "Error validating credentials due to invalid username or password.",
        )
    })?;
    let consent = consent(identity, form, client, object_id, version)?;
    Ok(signed_in(identity, &consent, version))
}

/// `grant_type=refresh_token`. Each use gives a new one. As at the service the old one stays valid, unless the double is
/// told otherwise.
pub(super) fn refresh(
    identity: &Identity,
    form: &Form,
    client: &Client,
    version: Version,
) -> Result<Value, Refusal> {
    let shown = form.need("refresh_token")?;
    let known = identity.pending().refresh.get_mut(shown).cloned();
    let mut consent = known
        .filter(|consent| {
            consent
                .client_id
                .eq_ignore_ascii_case(&client.application.client_id)
        })
        .ok_or_else(|| {
            Refusal::grant(
                9_002_313,
                "Invalid request. The refresh token is malformed or not known.",
            )
        })?;
    if identity.clock.seconds() >= consent.until {
        return Err(Refusal::grant(
            700_082,
            "The refresh token has expired due to inactivity.",
        ));
    }
    if form.get("scope").is_some() || form.get("resource").is_some() {
        let (resource, scope) = resource(identity, form, version)?;
        consent.resource = resource;
        // A renewal goes on being one, whether or not it says so again.
        consent.scope = format!("{scope} offline_access");
    }
    if identity.issuing.refresh_once {
        identity.pending().refresh.remove(shown);
    }
    Ok(signed_in(identity, &consent, version))
}

/// The grant by which a service calls on behalf of a person whose token it was shown.
pub(super) fn on_behalf_of(
    identity: &Identity,
    form: &Form,
    client: &Client,
    version: Version,
) -> Result<Value, Refusal> {
    if form.need("requested_token_use")? != "on_behalf_of" {
        return Err(Refusal::request(
            90_023,
            "The value of 'requested_token_use' must be 'on_behalf_of'.",
        ));
    }
    if !client.proven {
        return Err(Refusal::client(
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ));
    }
    let shown = identity
        .verify(form.need("assertion")?)
        .filter(|claims| claims.idtyp == "user")
        .ok_or_else(|| {
            Refusal::grant(
                50_013,
                "Assertion failed signature validation, is expired, or is no person's.",
            )
        })?;
    let addressed = shown.aud.strip_prefix("api://").unwrap_or(&shown.aud);
    if !addressed.eq_ignore_ascii_case(&client.application.client_id) {
        return Err(Refusal::grant(
            500_131,
            "Assertion audience does not match the Client app presenting the assertion.",
        ));
    }
    let consent = consent(identity, form, client, shown.oid, version)?;
    Ok(signed_in(identity, &consent, version))
}
