//! The double of Entra ID: applications, machines, the guard of the Web API, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use aws_lc_rs::{digest, rand, rsa, signature};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dataverse_emulator::identity::{
    Application, Certificate, Directory, Federation, Issuing, Standing, TokenSpec,
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use support::tokens::{NOW, guarded, plain, post, refused, token, who};
use support::{client, code, start};

#[tokio::test]
async fn without_a_token_the_challenge_says_where_to_get_one() {
    let running = plain().await;
    let response = client().get(running.api() + "WhoAmI").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let challenge = response.headers()["www-authenticate"]
        .to_str()
        .unwrap()
        .to_owned();
    let tenant = Directory::default().tenant;
    assert_eq!(
        challenge,
        format!(
            "Bearer authorization_uri={0}/{tenant}/oauth2/authorize, resource_id={0}/",
            running.url()
        )
    );
    for wrong in ["Bearer x", "Bearer a.b.c", "Basic eDp5", "Bearer", "Bearer é"] {
        let request = client()
            .get(running.api() + "WhoAmI")
            .header("Authorization", wrong.as_bytes());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{wrong}");
        let challenge = response.headers()["www-authenticate"].to_str().unwrap();
        assert!(challenge.contains("error=invalid_token"), "{challenge}");
    }
}

#[tokio::test]
async fn a_secret_gives_a_token_until_it_expires() {
    let running = plain().await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", Directory::CLIENT),
        ("client_secret", "secret"),
    ];
    let (status, body) = token(&running, &form).await;
    assert_eq!(
        (status, &body["token_type"], &body["expires_in"]),
        (StatusCode::OK, &json!("Bearer"), &json!(3599))
    );
    assert!(body.get("refresh_token").is_none());
    let user = Directory::default().applications[1].user.clone();
    assert_eq!(who(&running, &body["access_token"]).await, Ok(user.clone()));
    running.clock().advance(Duration::from_secs(3_598));
    assert_eq!(who(&running, &body["access_token"]).await, Ok(user));
    running.clock().advance(Duration::from_secs(1));
    assert_eq!(who(&running, &body["access_token"]).await.unwrap_err().0, 401);
    // The older endpoint names the resource, and writes numbers as texts.
    let resource = format!("{}/", running.url());
    let mut old = form.to_vec();
    old.push(("resource", &resource));
    let (_, body) = post(&running, "token", &old).await;
    assert_eq!(body["expires_in"], "3599");
    assert_eq!(body["expires_on"], (NOW + 3_599 + 3_599).to_string());
    assert!(who(&running, &body["access_token"]).await.is_ok());
}

#[tokio::test]
async fn wrong_requests_for_tokens_have_the_numbers_of_entra_id() {
    let running = plain().await;
    let with = |extra: &[(&'static str, &'static str)]| {
        let mut form = vec![
            ("grant_type", "client_credentials"),
            ("client_id", Directory::CLIENT),
        ];
        form.extend_from_slice(extra);
        form
    };
    let wrong_secret = token(&running, &with(&[("client_secret", "wrong")])).await;
    assert_eq!(refused(&wrong_secret), (401, "invalid_client", 7_000_215));
    let no_secret = token(&running, &with(&[])).await;
    assert_eq!(refused(&no_secret), (401, "invalid_client", 7_000_218));
    let public = [
        ("grant_type", "client_credentials"),
        ("client_id", Directory::PUBLIC_CLIENT),
    ];
    assert_eq!(
        refused(&token(&running, &public).await),
        (401, "invalid_client", 7_000_218)
    );
    let unknown = [("grant_type", "client_credentials"), ("client_id", "x")];
    assert_eq!(
        refused(&token(&running, &unknown).await),
        (400, "unauthorized_client", 700_016)
    );
    let scope = token(
        &running,
        &with(&[
            ("client_secret", "secret"),
            ("scope", "https://elsewhere.example/.default"),
        ]),
    )
    .await;
    assert_eq!(refused(&scope), (400, "invalid_resource", 500_011));
    let scope = token(
        &running,
        &with(&[("client_secret", "secret"), ("scope", "nonsense")]),
    )
    .await;
    assert_eq!(refused(&scope), (400, "invalid_scope", 70_011));
    let user_scope = format!("{}/user_impersonation", running.url());
    let mut form = with(&[("client_secret", "secret")]);
    form.push(("scope", &user_scope));
    assert_eq!(
        refused(&token(&running, &form).await),
        (400, "invalid_scope", 1_002_012)
    );
    let grant = [("grant_type", "magic"), ("client_id", Directory::PUBLIC_CLIENT)];
    assert_eq!(
        refused(&token(&running, &grant).await),
        (400, "unsupported_grant_type", 70_003)
    );
    assert_eq!(
        refused(&token(&running, &[]).await),
        (400, "invalid_request", 900_144)
    );
    let elsewhere = format!("{}/nowhere/oauth2/v2.0/token", running.url());
    let response = client().post(elsewhere).form(&with(&[])).send().await.unwrap();
    assert_eq!(
        refused(&(response.status(), response.json().await.unwrap())),
        (400, "invalid_request", 90_002)
    );
}

#[tokio::test]
async fn who_is_no_user_of_the_environment_is_refused() {
    let apps = |directory: &mut Directory| {
        for (id, standing) in [
            ("s", Standing::Stranger),
            ("n", Standing::NoRole),
            ("d", Standing::Disabled),
        ] {
            directory.applications.push(Application {
                standing,
                ..Application::with_secret(id, "secret", id)
            });
        }
    };
    let running = guarded(apps, Issuing::default()).await;
    for (id, expected) in [("s", "0x80072560"), ("n", "0x80042f09"), ("d", "0x80040225")] {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", id),
            ("client_secret", "secret"),
        ];
        let (_, body) = token(&running, &form).await;
        assert_eq!(
            who(&running, &body["access_token"]).await,
            Err((403, expected.to_owned()))
        );
    }
    let spec = |audience: &str, client_id: &str| TokenSpec {
        audience: audience.to_owned(),
        client_id: client_id.to_owned(),
        object_id: None,
        lifetime: Duration::from_secs(60),
    };
    let unknown = json!(running.identity().issue(&spec(running.url(), "unknown")));
    assert_eq!(who(&running, &unknown).await, Err((403, "0x80072560".to_owned())));
    let foreign = json!(
        running
            .identity()
            .issue(&spec("https://other.crm4.dynamics.com", Directory::CLIENT))
    );
    assert_eq!(who(&running, &foreign).await.unwrap_err().0, 401);
    let other = plain().await;
    let of_another = json!(other.identity().issue(&spec(running.url(), Directory::CLIENT)));
    assert_eq!(who(&running, &of_another).await.unwrap_err().0, 401);
}

/// A key, and a certificate for it in PEM form.
fn certificate() -> (rsa::KeyPair, Vec<u8>, String) {
    let made = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["app".to_owned()])
        .unwrap()
        .self_signed(&made)
        .unwrap();
    let key = rsa::KeyPair::from_pkcs8(&made.serialize_der()).unwrap();
    (key, certificate.der().to_vec(), certificate.pem())
}

fn jwt(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature = URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

#[tokio::test]
async fn assertions_are_checked_against_the_certificate() {
    let (key, der, pem) = certificate();
    let sign = |padding: &'static dyn signature::RsaEncoding, text: &[u8]| {
        let mut signed = vec![0; key.public_modulus_len()];
        key.sign(padding, &rand::SystemRandom::new(), text, &mut signed)
            .unwrap();
        signed
    };
    let running = guarded(
        |directory| {
            let mut application = Application::with_secret("app", "x", "app-user");
            application.secrets.clear();
            application
                .certificates
                .push(Certificate::from_pem(&pem).unwrap());
            application.federations.push(Federation {
                issuer: "https://issuer.example".to_owned(),
                subject: "repo:a/b".to_owned(),
            });
            directory.applications.push(application);
        },
        Issuing::default(),
    )
    .await;
    let endpoint = format!(
        "{}/{}/oauth2/v2.0/token",
        running.url(),
        Directory::default().tenant
    );
    let print = |algorithm| URL_SAFE_NO_PAD.encode(digest::digest(algorithm, &der));
    let new = json!({"alg": "PS256", "typ": "JWT", "x5t#S256": print(&digest::SHA256)});
    let old = json!({"alg": "RS256", "typ": "JWT", "x5t": print(&digest::SHA1_FOR_LEGACY_USE_ONLY)});
    let claims =
        json!({"aud": endpoint, "iss": "app", "sub": "app", "jti": "1", "nbf": NOW, "exp": NOW + 600});
    let with = |member: &str, value: Value| {
        let mut changed = claims.clone();
        changed[member] = value;
        changed
    };
    let pss = |text: &[u8]| sign(&signature::RSA_PSS_SHA256, text);
    let pkcs = |text: &[u8]| sign(&signature::RSA_PKCS1_SHA256, text);
    let unknown = json!({"alg": "PS256", "x5t#S256": "other"});
    let none = json!({"alg": "none", "x5t#S256": print(&digest::SHA256)});
    let vouched = json!({"aud": "api://AzureADTokenExchange", "iss": "https://issuer.example", "sub": "repo:a/b", "exp": NOW + 60});
    let mut stranger = vouched.clone();
    stranger["sub"] = json!("repo:a/c");
    for (assertion, expected) in [
        (jwt(&new, &claims, pss), Ok(())),
        (jwt(&old, &claims, pkcs), Ok(())),
        (jwt(&json!({"alg": "RS256"}), &vouched, |_| vec![1]), Ok(())),
        (
            jwt(&json!({"alg": "RS256"}), &stranger, |_| vec![1]),
            Err(700_213),
        ),
        (jwt(&new, &claims, pkcs), Err(700_027)),
        (jwt(&new, &claims, |_| vec![0; 256]), Err(700_027)),
        (jwt(&none, &claims, |_| Vec::new()), Err(700_027)),
        (jwt(&unknown, &claims, pss), Err(700_027)),
        (jwt(&new, &with("exp", json!(NOW - 301)), pss), Err(700_024)),
        (jwt(&new, &with("nbf", json!(NOW + 301)), pss), Err(700_024)),
        (
            jwt(&new, &with("aud", json!("https://elsewhere.example")), pss),
            Err(700_023),
        ),
        (jwt(&new, &with("sub", json!("other")), pss), Err(700_021)),
        ("nonsense".to_owned(), Err(50_027)),
        ("a.b.c".to_owned(), Err(50_027)),
    ] {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", "app"),
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ),
            ("client_assertion", &assertion),
        ];
        let answer = token(&running, &form).await;
        match expected {
            Ok(()) => assert_eq!(
                who(&running, &answer.1["access_token"]).await,
                Ok("app-user".to_owned())
            ),
            Err(number) => assert_eq!(refused(&answer).2, number, "{assertion}"),
        }
    }
}

#[tokio::test]
async fn machines_have_an_identity() {
    let running = plain().await;
    let ask = |query: &str, header: &'static str| {
        let address = format!("{}/metadata/identity/oauth2/token?{query}", running.url());
        client().get(address).header(header, "true").send()
    };
    let good = format!("api-version=2018-02-01&resource={}/", running.url());
    let body: Value = ask(&good, "Metadata").await.unwrap().json().await.unwrap();
    assert_eq!(body["expires_on"], (NOW + 3_599).to_string());
    assert_eq!(
        who(&running, &body["access_token"]).await,
        Ok(Directory::default().applications[2].user.clone())
    );
    let other = format!("{good}&client_id=other");
    for (query, header) in [
        (good.as_str(), "X"),
        ("resource=x", "Metadata"),
        (&other, "Metadata"),
        ("api-version=1&resource=https://x", "Metadata"),
    ] {
        assert_eq!(
            ask(query, header).await.unwrap().status(),
            StatusCode::BAD_REQUEST,
            "{query}"
        );
    }
}

#[tokio::test]
async fn the_configuration_leads_to_the_endpoints() {
    let running = plain().await;
    let address = format!(
        "{}/organizations/v2.0/.well-known/openid-configuration",
        running.url()
    );
    let body: Value = client().get(address).send().await.unwrap().json().await.unwrap();
    let endpoint = body["token_endpoint"].as_str().unwrap();
    assert_eq!(
        endpoint,
        format!("{}/organizations/oauth2/v2.0/token", running.url())
    );
    let response = client()
        .post(endpoint)
        .form(&[("grant_type", "x")])
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn callers_act_for_known_users_only() {
    let (running, _) = start(|builder| builder).await;
    let as_user =
        |header: &'static str, id: String| client().get(running.api() + "WhoAmI").header(header, id).send();
    let known = Directory::default();
    let application = &known.applications[1];
    for (header, id) in [
        ("CallerObjectId", &application.client_id),
        ("MSCRMCallerID", &application.user),
    ] {
        let body: Value = as_user(header, format!("{{{id}}}"))
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(body["user"], application.user);
        let refused = as_user(header, "0".to_owned()).await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert_eq!(code(&refused.json().await.unwrap()), "0x8004a110");
    }
    let anonymous = client()
        .get(running.api() + "WhoAmI")
        .bearer_auth("made-up")
        .send()
        .await
        .unwrap();
    let body: Value = anonymous.json().await.unwrap();
    assert_eq!(body["user"], Directory::ADMINISTRATOR);
}
