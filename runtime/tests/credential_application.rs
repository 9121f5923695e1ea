//! Applications that prove themselves by a certificate or by GitHub, and that act for a user.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod issuer;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{KeyPair as _, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use dataverse_runtime::client::credential::{
    CertificateError, ClientCertificate, ClientSecret, Credential, CredentialFailure, OnBehalfOf,
    StaticToken, WorkloadIdentity,
};
use issuer::{APP, TOKEN, answers, authority, fields, issued, lives_for, renewed, request, sent};
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256};
use serde_json::{Value, json};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A certificate with its key. Making one takes a while.
struct Made {
    key: KeyPair,
    certificate: String,
    der: Vec<u8>,
}

fn make(key: KeyPair) -> Made {
    let made = CertificateParams::new(vec!["rsk.example".to_owned()])
        .unwrap()
        .self_signed(&key)
        .unwrap();
    Made {
        key,
        certificate: made.pem(),
        der: made.der().to_vec(),
    }
}

static OWN: LazyLock<Made> = LazyLock::new(|| make(KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap()));
static OTHER: LazyLock<Made> =
    LazyLock::new(|| make(KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap()));

/// The parts of a signed statement, after its signature was checked.
fn checked(statement: &str) -> (Value, Value) {
    let (said, signature) = statement.rsplit_once('.').unwrap();
    let key = rsa::KeyPair::from_pkcs8(OWN.key.serialized_der()).unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, key.public_key().as_ref())
        .verify(said.as_bytes(), &signature)
        .unwrap();
    let part = |text: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap();
    let (header, claims) = said.split_once('.').unwrap();
    (part(header), part(claims))
}

#[tokio::test]
async fn a_certificate_signs_a_short_statement_for_this_endpoint() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let pem = format!("{}{}", OWN.key.serialize_pem(), OWN.certificate);
    let credential = ClientCertificate::from_pem(APP, &pem)
        .unwrap()
        .authority(&authority(&server));
    let token = credential.token(&request()).await.unwrap();
    lives_for(&token, 3599);
    credential.token(&request()).await.unwrap();
    let sent = sent(&server).await;
    let mut form = sent[0].clone();
    let statement = form.remove("client_assertion").unwrap();
    let expected = fields(&[
        ("grant_type", "client_credentials"),
        ("client_id", APP),
        (
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ),
        ("scope", "https://rsk.crm4.dynamics.com/.default"),
    ]);
    assert_eq!(form, expected);
    let (header, claims) = checked(&statement);
    let print = URL_SAFE_NO_PAD.encode(digest(&SHA256, &OWN.der));
    assert_eq!(header, json!({"alg": "PS256", "typ": "JWT", "x5t#S256": print}));
    assert_eq!(claims["aud"], format!("{}{TOKEN}", server.uri()));
    assert_eq!(
        (claims["iss"].as_str(), claims["sub"].as_str()),
        (Some(APP), Some(APP))
    );
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let (from, until) = (claims["nbf"].as_u64().unwrap(), claims["exp"].as_u64().unwrap());
    assert!(from <= now && from + 60 > now && until - from == 600, "{claims}");
    let (_, second) = checked(&sent[1]["client_assertion"]);
    assert_ne!(claims["jti"], second["jti"]);
}

#[tokio::test]
async fn the_chain_goes_along_where_that_is_asked_for() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    // The certificate of the key needn't come first in the file.
    let pem = format!(
        "{}{}{}",
        OTHER.certificate,
        OWN.certificate,
        OWN.key.serialize_pem()
    );
    let credential = ClientCertificate::from_pem(APP, &pem)
        .unwrap()
        .send_chain()
        .authority(&authority(&server));
    credential.token(&request()).await.unwrap();
    let (header, _) = checked(&sent(&server).await[0]["client_assertion"]);
    assert_eq!(
        header["x5c"],
        json!([STANDARD.encode(&OWN.der), STANDARD.encode(&OTHER.der)])
    );
}

#[test]
fn a_certificate_that_cannot_be_used_says_why() {
    let (own, key) = (&OWN.certificate, OWN.key.serialize_pem());
    let of = |pem: &str| ClientCertificate::from_pem(APP, pem).unwrap_err();
    assert_eq!(of(own), CertificateError::NoKey);
    assert_eq!(of(""), CertificateError::NoKey);
    assert_eq!(of(&key), CertificateError::NoCertificate);
    assert_eq!(
        of(&format!("{key}{}", OTHER.certificate)),
        CertificateError::Mismatch
    );
    let elliptic = of(&format!("{}{}", OTHER.key.serialize_pem(), OTHER.certificate));
    assert_eq!(
        elliptic.to_string(),
        "the private key is no RSA key, and Entra ID takes no others: make a certificate with an RSA key of 2,048 bits \
         or more"
    );
    let locked = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    assert!(of(&format!("{locked}{own}")).to_string().contains("openssl pkey"));
    let damaged = format!("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n{own}");
    assert_eq!(of(&damaged), CertificateError::Key);
    assert!(matches!(
        of("-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----"),
        CertificateError::Pem(_)
    ));
    let missing = ClientCertificate::from_file(APP, "/nowhere/app.pem", "").unwrap_err();
    assert!(
        missing
            .to_string()
            .starts_with("the certificate file /nowhere/app.pem can't be read:"),
        "{missing}"
    );
    let credential = ClientCertificate::from_pem(APP, &format!("{key}{own}")).unwrap();
    let body = key.lines().nth(1).unwrap();
    assert!(!format!("{credential:?}").contains(&body[..20]));
}

/// With the feature, PFX files of several ages are read in the tests across crates.
#[cfg(not(feature = "pfx"))]
#[test]
fn a_file_that_needs_a_feature_says_so() {
    let file = std::env::temp_dir().join(format!("dataverse-pfx-{}", std::process::id()));
    std::fs::write(&file, b"\x30\x82\x09\xdf").unwrap();
    let error = ClientCertificate::from_file(APP, &file, "").unwrap_err();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(error, CertificateError::NoPfx);
    assert!(
        error
            .to_string()
            .contains("the feature `pfx` of dataverse-runtime"),
        "{error}"
    );
}

#[tokio::test]
async fn a_certificate_that_is_not_registered() {
    let server = MockServer::start().await;
    let refusal = json!({
        "error": "invalid_client",
        "error_description": "AADSTS700027: The certificate is not registered.",
        "error_codes": [700_027],
    });
    answers(&server, TOKEN, vec![(401, refusal)]).await;
    let pem = format!("{}{}", OWN.key.serialize_pem(), OWN.certificate);
    let credential = ClientCertificate::from_pem(APP, &pem)
        .unwrap()
        .authority(&authority(&server));
    let error = credential.token(&request()).await.unwrap_err();
    assert!(
        error
            .reason
            .starts_with("the app registration doesn't know this certificate: upload it there"),
        "{error}"
    );
}

/// The variables of a job of GitHub Actions.
fn job(url: String) -> impl Fn(&str) -> Option<String> {
    move |name| match name {
        "ACTIONS_ID_TOKEN_REQUEST_URL" => Some(url.clone()),
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN" => Some("job-token".to_owned()),
        _ => None,
    }
}

#[tokio::test]
async fn github_vouches_for_its_jobs() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/oidc"))
        .and(query_param("api-version", "2.0"))
        .and(query_param("audience", "api://AzureADTokenExchange"))
        .and(header("authorization", "Bearer job-token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"value": "g.h.i", "count": 1})))
        .expect(1)
        .mount(&server)
        .await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let variables = job(format!("{}/oidc?api-version=2.0", server.uri()));
    let credential = WorkloadIdentity::github_actions_from(APP, variables).authority(&authority(&server));
    credential.token(&request()).await.unwrap();
    let sent = sent(&server).await;
    assert_eq!(sent[1]["client_assertion"], "g.h.i");
    assert_eq!(sent[1]["client_id"], APP);
    assert!(!format!("{credential:?}").contains("job-token"));
}

#[tokio::test]
async fn github_that_does_not_vouch() {
    let server = MockServer::start().await;
    Mock::given(path("/oidc"))
        .respond_with(ResponseTemplate::new(403))
        .mount(&server)
        .await;
    let refused = WorkloadIdentity::github_actions_from(APP, job(format!("{}/oidc", server.uri())));
    let refused = refused.tenant("t").token(&request()).await.unwrap_err();
    assert_eq!(refused.kind, CredentialFailure::Refused(None));
    assert_eq!(
        refused.reason,
        "GitHub doesn't vouch for this job: it answered 403"
    );
    let elsewhere = WorkloadIdentity::github_actions_from(APP, |_| None).tenant("t");
    let elsewhere = elsewhere.token(&request()).await.unwrap_err();
    assert_eq!(elsewhere.kind, CredentialFailure::Unavailable);
    assert!(elsewhere.reason.contains("id-token: write"), "{elsewhere}");
    let plain = WorkloadIdentity::github_actions_from(APP, job("http://oidc.example/".to_owned()));
    let plain = plain.tenant("t").token(&request()).await.unwrap_err();
    assert!(plain.reason.contains("isn't https"), "{plain}");
}

#[tokio::test]
async fn a_service_acts_as_the_user_who_called_it() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, renewed("r-1")), (200, issued())]).await;
    let service = ClientSecret::new(APP, "swordfish").authority(&authority(&server));
    let credential = OnBehalfOf::new(service, "u.s.er");
    credential.token(&request()).await.unwrap();
    credential.token(&request()).await.unwrap();
    let scope = "https://rsk.crm4.dynamics.com/user_impersonation offline_access";
    let first = fields(&[
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("requested_token_use", "on_behalf_of"),
        ("assertion", "u.s.er"),
        ("client_id", APP),
        ("client_secret", "swordfish"),
        ("scope", scope),
    ]);
    let second = fields(&[
        ("grant_type", "refresh_token"),
        ("refresh_token", "r-1"),
        ("client_id", APP),
        ("client_secret", "swordfish"),
        ("scope", scope),
    ]);
    assert_eq!(sent(&server).await, [first, second]);
    let shown = format!("{credential:?}");
    assert!(
        !shown.contains("swordfish") && !shown.contains("u.s.er"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_service_with_a_certificate_and_a_user_of_another_application() {
    let server = MockServer::start().await;
    let refusal = json!({
        "error": "invalid_grant",
        "error_description": "AADSTS500131: Assertion audience does not match.",
        "error_codes": [500_131],
    });
    answers(&server, TOKEN, vec![(400, refusal)]).await;
    let pem = format!("{}{}", OWN.key.serialize_pem(), OWN.certificate);
    let service = ClientCertificate::from_pem(APP, &pem)
        .unwrap()
        .authority(&authority(&server));
    let error = OnBehalfOf::new(service, "u.s.er")
        .token(&request())
        .await
        .unwrap_err();
    assert!(
        error
            .reason
            .starts_with("the user's token was issued for another application"),
        "{error}"
    );
    checked(&sent(&server).await[0]["client_assertion"]);
}

#[tokio::test]
async fn a_token_that_was_given() {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let made = |expires: u64| {
        let claims = URL_SAFE_NO_PAD.encode(json!({"exp": expires}).to_string());
        format!("e30.{claims}.s")
    };
    let credential = StaticToken::new(format!(" {}\n", made(now + 900)));
    let token = credential.token(&request()).await.unwrap();
    lives_for(&token, 900);
    assert_eq!(token.secret(), made(now + 900));
    assert!(!format!("{credential:?}").contains("e30"));
    let opaque = StaticToken::new("opaque").token(&request()).await.unwrap();
    assert!(opaque.expires_at() > SystemTime::now() + Duration::from_mins(50));
    let expired = StaticToken::new(made(now - 1))
        .token(&request())
        .await
        .unwrap_err();
    assert_eq!(
        expired.reason,
        "the token that was given has expired: get a new one"
    );
    let odd = StaticToken::new("a b").token(&request()).await.unwrap_err();
    assert!(odd.reason.starts_with("what was given is no token"), "{odd}");
}
