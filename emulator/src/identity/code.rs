//! Codes: the page where a person signs in, and what the code is redeemed for.

use super::Identity;
use super::aadsts::Refusal;
use super::client::Client;
use super::directory::Application;
use super::pending::{Code, Consent};
use super::route::{Form, Request, Version, known_tenant, resource};
use crate::Answer;
use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde_json::Value;

/// How long a code is valid, in seconds.
const VALID: u64 = 600;

/// The page for signing in. Nobody is asked anything: the browser is sent back at once, as the person of `login_hint` or
/// the first of the directory.
pub(super) fn authorize(
    identity: &Identity,
    request: &Request<'_>,
    tenant: &str,
    version: Version,
) -> Answer {
    let form = match *request.method {
        Method::POST => Form::read(request.body),
        _ => Form::read(request.query.as_bytes()),
    };
    let (redirect, fragment) = match known_tenant(identity, tenant).and_then(|()| place(identity, &form)) {
        Ok(place) => place,
        // Whoever can't be trusted with a code isn't sent an error either.
        Err(refusal) => return refusal.answer(&identity.clock),
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    match code(identity, &form, &redirect, version) {
        Ok(code) => query.append_pair("code", &code),
        Err(refusal) => {
            let (word, text) = refusal.described();
            query
                .append_pair("error", word)
                .append_pair("error_description", &text)
        }
    };
    if let Some(state) = form.get("state") {
        query.append_pair("state", state);
    }
    let separator = match (fragment, redirect.contains('?')) {
        (true, _) => '#',
        (false, true) => '&',
        (false, false) => '?',
    };
    let mut headers = HeaderMap::new();
    if let Ok(location) = HeaderValue::from_str(&format!("{redirect}{separator}{}", query.finish())) {
        headers.insert(header::LOCATION, location);
    }
    Answer {
        status: StatusCode::FOUND,
        headers,
        body: Bytes::new(),
    }
}

/// Where the browser is sent, and whether what it takes along stands behind `#`.
fn place(identity: &Identity, form: &Form) -> Result<(String, bool), Refusal> {
    let client_id = form.need("client_id")?;
    let redirect = form.need("redirect_uri")?;
    let directory = identity.directory();
    let application = directory.application(client_id).ok_or_else(|| {
        Refusal::word(
            "unauthorized_client",
            700_016,
            "The application was not found in the directory.",
        )
    })?;
    if !may_redirect(application, redirect) {
        return Err(Refusal::request(
            50_011,
            "The redirect URI specified in the request does not match the redirect URIs configured for the application.",
        ));
    }
    match form.get("response_mode") {
        None | Some("query") => Ok((redirect.to_owned(), false)),
        Some("fragment") => Ok((redirect.to_owned(), true)),
        Some(_) => Err(Refusal::request(
            90_102,
            "This emulator supports the response modes 'query' and 'fragment'.",
        )),
    }
}

/// A registered address. That of the own machine may have any port.
fn may_redirect(application: &Application, redirect: &str) -> bool {
    application.redirects.iter().any(|known| {
        let other_port = || {
            let rest = redirect.strip_prefix(known.trim_end_matches('/'))?;
            let local = matches!(
                known.trim_end_matches('/'),
                "http://localhost" | "http://127.0.0.1"
            );
            let rest = rest
                .strip_prefix(':')
                .unwrap_or(rest)
                .trim_start_matches(|c: char| c.is_ascii_digit());
            (local && (rest.is_empty() || rest.starts_with('/'))).then_some(())
        };
        known == redirect || other_port().is_some()
    })
}

fn code(identity: &Identity, form: &Form, redirect: &str, version: Version) -> Result<String, Refusal> {
    if form.need("response_type")? != "code" {
        return Err(Refusal::word(
            "unsupported_response_type",
            700_054,
            "The response type is not enabled for the application.",
        ));
    }
    let challenge = match (form.get("code_challenge"), form.get("code_challenge_method")) {
        (None, _) => None,
        (Some(challenge), Some("S256")) => Some((challenge.to_owned(), true)),
        (Some(challenge), None | Some("plain")) => Some((challenge.to_owned(), false)),
        (Some(_), Some(_)) => {
            return Err(Refusal::request(
                501_491,
                "The code challenge method is not supported.",
            ));
        }
    };
    let (resource, scope) = resource(identity, form, version)?;
    let hint = form.get("login_hint");
    let object_id = identity
        .directory()
        .person(|person| hint.is_none_or(|hint| person.name.eq_ignore_ascii_case(hint)))
        .map(|person| person.object_id.clone())
        .ok_or_else(|| {
            Refusal::word(
                "login_required",
                50_034,
                "The user account does not exist in the directory.",
            )
        })?;
    let consent = Consent {
        client_id: form.need("client_id")?.to_owned(),
        object_id,
        resource,
        scope,
        until: identity.clock.seconds() + VALID,
    };
    Ok(identity.pending().codes.keep(Code {
        consent,
        redirect: redirect.to_owned(),
        challenge,
        redeemed: false,
    }))
}

/// `grant_type=authorization_code`.
pub(super) fn redeem(
    identity: &Identity,
    form: &Form,
    client: &Client,
    version: Version,
) -> Result<Value, Refusal> {
    let (shown, redirect) = (form.need("code")?, form.need("redirect_uri")?);
    let now = identity.clock.seconds();
    let consent = {
        let mut pending = identity.pending();
        let code = pending
            .codes
            .get_mut(shown)
            .filter(|code| {
                code.consent
                    .client_id
                    .eq_ignore_ascii_case(&client.application.client_id)
            })
            .ok_or_else(|| {
                Refusal::grant(
                    9_002_313,
                    "Invalid request. The authorization code is malformed or not known.",
                )
            })?;
        if code.redeemed {
            return Err(Refusal::grant(
                54_005,
                "OAuth2 Authorization code was already redeemed.",
            ));
        }
        if now >= code.consent.until {
            return Err(Refusal::grant(
                70_008,
                "The provided authorization code has expired.",
            ));
        }
        if code.redirect != redirect {
            return Err(Refusal::grant(
                500_112,
                "The reply address does not match the one of the request for the code.",
            ));
        }
        verify(code, form)?;
        code.redeemed = true;
        code.consent.clone()
    };
    Ok(super::user::signed_in(identity, &consent, version))
}

/// PKCE: whoever redeems the code has to know what the challenge was made of.
fn verify(code: &Code, form: &Form) -> Result<(), Refusal> {
    let Some((challenge, hashed)) = &code.challenge else {
        return Ok(());
    };
    let verifier = form.get("code_verifier").ok_or_else(|| {
        Refusal::grant(
            50_148,
            "The code_verifier is required: the code was asked for with a challenge.",
        )
    })?;
    let made = if *hashed {
        URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
    } else {
        verifier.to_owned()
    };
    (made == *challenge).then_some(()).ok_or_else(|| {
        Refusal::grant(
            501_481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        )
    })
}
