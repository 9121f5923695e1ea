//! Client assertions: signed by a certificate of the application, or by another issuer that vouches for it.

use super::aadsts::Refusal;
use super::directory::{Application, Certificate};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls_pki_types::SignatureVerificationAlgorithm;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What other issuers address their tokens to.
const EXCHANGE: &str = "api://AzureADTokenExchange";

#[derive(Deserialize)]
struct Header {
    alg: String,
    x5t: Option<String>,
    #[serde(rename = "x5t#S256")]
    x5t_s256: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    aud: String,
    iss: String,
    sub: String,
    exp: u64,
    #[serde(default)]
    nbf: u64,
}

/// Clocks of client and issuer may differ by so many seconds.
const SKEW: u64 = 300;

/// Checks an assertion (Microsoft Learn, "Microsoft identity platform application authentication certificate
/// credentials").
pub(super) fn check(
    application: &Application,
    assertion: &str,
    endpoint: &str,
    now: u64,
) -> Result<(), Refusal> {
    let malformed = || Refusal::request(50_027, "JWT token is invalid or malformed.");
    let (signed, signature) = assertion.rsplit_once('.').ok_or_else(malformed)?;
    let (header, claims) = signed.split_once('.').ok_or_else(malformed)?;
    let header: Header = decoded(header).ok_or_else(malformed)?;
    let claims: Claims = decoded(claims).ok_or_else(malformed)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| malformed())?;
    if now > claims.exp.saturating_add(SKEW) || now.saturating_add(SKEW) < claims.nbf {
        return Err(Refusal::client(
            700_024,
            "Client assertion is not within its valid time range.",
        ));
    }
    if claims.aud == EXCHANGE {
        return federated(application, &claims);
    }
    if !is_audience(&claims.aud, endpoint) {
        return Err(Refusal::client(
            700_023,
            "Client assertion audience claim does not match the endpoint.",
        ));
    }
    let is_client = |id: &str| id.eq_ignore_ascii_case(&application.client_id);
    if !is_client(&claims.iss) || !is_client(&claims.sub) {
        return Err(Refusal::client(
            700_021,
            "Client assertion application identifier doesn't match 'client_id' parameter.",
        ));
    }
    let prints = [header.x5t, header.x5t_s256];
    let certificate = application
        .certificates
        .iter()
        .find(|certificate| {
            let known = certificate.thumbprints();
            prints.iter().flatten().any(|print| known.contains(print))
        })
        .ok_or_else(|| {
            Refusal::client(
                700_027,
                "The certificate with identifier used to sign the client assertion is not registered on application.",
            )
        })?;
    if verified(certificate, &header.alg, signed, &signature) {
        Ok(())
    } else {
        Err(Refusal::client(
            700_027,
            "Client assertion contains an invalid signature.",
        ))
    }
}

/// The address of the token endpoint, or the issuer that it belongs to.
fn is_audience(audience: &str, endpoint: &str) -> bool {
    let issuer = endpoint
        .strip_suffix("/oauth2/v2.0/token")
        .map(|base| format!("{base}/v2.0"));
    audience == endpoint || issuer.as_deref() == Some(audience)
}

fn decoded<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn verified(certificate: &Certificate, algorithm: &str, signed: &str, signature: &[u8]) -> bool {
    let algorithm: &dyn SignatureVerificationAlgorithm = match algorithm {
        "PS256" => webpki::aws_lc_rs::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
        "RS256" => webpki::aws_lc_rs::RSA_PKCS1_2048_8192_SHA256,
        _ => return false,
    };
    let der = certificate.der.as_slice().into();
    webpki::EndEntityCert::try_from(&der).is_ok_and(|certificate| {
        certificate
            .verify_signature(algorithm, signed.as_bytes(), signature)
            .is_ok()
    })
}

fn federated(application: &Application, claims: &Claims) -> Result<(), Refusal> {
    let known = application
        .federations
        .iter()
        .any(|federation| federation.issuer == claims.iss && federation.subject == claims.sub);
    known.then_some(()).ok_or_else(|| {
        Refusal::client(
            700_213,
            "No matching federated identity record found for presented assertion subject.",
        )
    })
}
