//! The double of Entra ID: every grant, the guard of the Web API, and what is refused.
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
    Application, Auth, Certificate, Directory, Federation, Issuing, Person, Standing, TokenSpec,
};
use dataverse_emulator::{Clock, Running};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};
use support::{client, code, start};

const NOW: u64 = 1_700_000_000;

/// An emulator that wants tokens, on a clock that stands still.
async fn guarded(change: impl FnOnce(&mut Directory), issuing: Issuing) -> Running {
    let mut directory = Directory::default();
    change(&mut directory);
    let clock = Clock::stopped_at(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW));
    let settings = |builder: dataverse_emulator::server::Builder| {
        builder
            .auth(Auth::Required)
            .directory(directory)
            .issuing(issuing)
            .clock(clock)
    };
    start(settings).await.0
}

async fn plain() -> Running {
    guarded(|_| {}, Issuing::default()).await
}

async fn post(running: &Running, path: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
    let tenant = Directory::default().tenant;
    let address = format!("{}/{tenant}/oauth2/{path}", running.url());
    let response = client().post(address).form(form).send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

/// Asks the token endpoint, with the scope `/.default` if the form has none.
async fn token(running: &Running, form: &[(&str, &str)]) -> (StatusCode, Value) {
    let scope = format!("{}/.default", running.url());
    let mut form = form.to_vec();
    if !form.iter().any(|(name, _)| *name == "scope") {
        form.push(("scope", &scope));
    }
    post(running, "v2.0/token", &form).await
}

/// The user as whom a token is let in, or the status and code of the refusal.
async fn who(running: &Running, token: &Value) -> Result<String, (u16, String)> {
    let token = token.as_str().unwrap_or_default();
    let response = client()
        .get(running.api() + "WhoAmI")
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    if status == 200 {
        let body: Value = response.json().await.unwrap();
        return Ok(body["user"].as_str().unwrap().to_owned());
    }
    let body = response.text().await.unwrap();
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    Err((status, code(&body).to_owned()))
}

fn refused((status, body): &(StatusCode, Value)) -> (u16, &str, u64) {
    let number = body["error_codes"][0].as_u64().unwrap_or_default();
    assert!(
        body["error_description"]
            .as_str()
            .unwrap()
            .starts_with(&format!("AADSTS{number}: ")),
        "{body}"
    );
    (status.as_u16(), body["error"].as_str().unwrap(), number)
}

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

/// The members of the address that the browser is sent to.
async fn authorize(running: &Running, query: &[(&str, &str)]) -> Result<Vec<(String, String)>, Value> {
    let tenant = Directory::default().tenant;
    let address = format!("{}/{tenant}/oauth2/v2.0/authorize", running.url());
    let response = client().get(address).query(query).send().await.unwrap();
    if response.status() != StatusCode::FOUND {
        return Err(response.json().await.unwrap());
    }
    let location = response.headers()["location"].to_str().unwrap();
    let url = reqwest::Url::parse(location).unwrap();
    Ok(url.query_pairs().into_owned().collect())
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value)
}

#[tokio::test]
async fn a_code_is_redeemed_once_by_who_knows_the_verifier() {
    let running = plain().await;
    let verifier = "a-verifier-that-is-long-enough-for-the-standard";
    let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()));
    let scope = format!("{}/user_impersonation offline_access openid", running.url());
    let redirect = "http://localhost:49152/back";
    let ask = vec![
        ("client_id", Directory::PUBLIC_CLIENT),
        ("response_type", "code"),
        ("redirect_uri", redirect),
        ("scope", &scope),
        ("state", "a&b"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let back = authorize(&running, &ask).await.unwrap();
    assert_eq!(find(&back, "state"), "a&b");
    let code = find(&back, "code").to_owned();
    let redeem = |verifier: &'static str| {
        vec![
            ("grant_type", "authorization_code"),
            ("client_id", Directory::PUBLIC_CLIENT),
            ("code", code.as_str()),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
            ("scope", scope.as_str()),
        ]
    };
    assert_eq!(
        refused(&token(&running, &redeem("other")).await),
        (400, "invalid_grant", 501_481)
    );
    assert_eq!(
        refused(&token(&running, &redeem("")).await),
        (400, "invalid_grant", 50_148)
    );
    let mut elsewhere = redeem(verifier);
    elsewhere[3].1 = "http://localhost:1/";
    assert_eq!(
        refused(&token(&running, &elsewhere).await),
        (400, "invalid_grant", 500_112)
    );
    let (status, body) = token(&running, &redeem(verifier)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert!(body["refresh_token"].is_string() && body["id_token"].is_string());
    assert_eq!(
        who(&running, &body["access_token"]).await,
        Ok(Directory::ADMINISTRATOR.to_owned())
    );
    assert_eq!(
        refused(&token(&running, &redeem(verifier)).await),
        (400, "invalid_grant", 54_005)
    );
    let mut foreign = ask.clone();
    foreign[2].1 = "https://elsewhere.example/";
    let error = authorize(&running, &foreign).await.unwrap_err();
    assert_eq!(error["error_codes"][0], 50_011);
    let mut unknown = ask.clone();
    unknown.push(("login_hint", "nobody@nowhere"));
    assert_eq!(
        find(&authorize(&running, &unknown).await.unwrap(), "error"),
        "login_required"
    );
}

#[tokio::test]
async fn refresh_tokens_are_renewed() {
    for once in [false, true] {
        let issuing = Issuing {
            refresh_once: once,
            ..Issuing::default()
        };
        let running = guarded(|_| {}, issuing).await;
        let scope = format!("{}/.default offline_access", running.url());
        let form = [
            ("grant_type", "password"),
            ("client_id", Directory::PUBLIC_CLIENT),
            ("username", "Admin@emulator.onmicrosoft.com"),
            ("password", "password"),
            ("scope", &scope),
        ];
        let (_, first) = token(&running, &form).await;
        let renew = |refresh: &Value| {
            let refresh = refresh["refresh_token"].as_str().unwrap().to_owned();
            let running = &running;
            async move {
                let form = [
                    ("grant_type", "refresh_token"),
                    ("client_id", Directory::PUBLIC_CLIENT),
                    ("refresh_token", &refresh),
                ];
                token(running, &form).await
            }
        };
        running.clock().advance(Duration::from_secs(4_000));
        let (status, second) = renew(&first).await;
        assert_eq!(status, StatusCode::OK);
        assert_ne!(first["refresh_token"], second["refresh_token"]);
        assert_eq!(
            who(&running, &second["access_token"]).await,
            Ok(Directory::ADMINISTRATOR.to_owned())
        );
        assert_eq!(renew(&first).await.0 == StatusCode::OK, !once);
        running.clock().advance(Duration::from_secs(91 * 86_400));
        assert_eq!(refused(&renew(&second).await), (400, "invalid_grant", 700_082));
        let mut wrong = form.to_vec();
        wrong[3].1 = "wrong";
        assert_eq!(
            refused(&token(&running, &wrong).await),
            (400, "invalid_grant", 50_126)
        );
    }
}

#[tokio::test]
async fn devices_wait_for_their_user() {
    let issuing = Issuing {
        device_polls: None,
        ..Issuing::default()
    };
    let running = guarded(|_| {}, issuing).await;
    let scope = format!("{}/.default", running.url());
    let begin = async || {
        let form = [("client_id", Directory::PUBLIC_CLIENT), ("scope", &*scope)];
        post(&running, "v2.0/devicecode", &form).await.1
    };
    let poll = async |begun: &Value| {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("client_id", Directory::PUBLIC_CLIENT),
            ("device_code", begun["device_code"].as_str().unwrap()),
        ];
        let answer = token(&running, &form).await;
        running.clock().advance(Duration::from_secs(4));
        answer
    };
    let begun = begin().await;
    assert_eq!(
        (&begun["interval"], &begun["expires_in"]),
        (&json!(5), &json!(900))
    );
    let user_code = begun["user_code"].as_str().unwrap();
    assert!(begun["message"].as_str().unwrap().contains(user_code));
    assert_eq!(refused(&poll(&begun).await).1, "authorization_pending");
    assert_eq!(refused(&poll(&begun).await).1, "slow_down");
    running.clock().advance(Duration::from_secs(5));
    running.identity().sign_in_device(user_code, None).unwrap();
    let (status, body) = poll(&begun).await;
    assert_eq!(status, StatusCode::OK);
    assert!(who(&running, &body["access_token"]).await.is_ok());
    assert_eq!(refused(&poll(&begun).await).1, "bad_verification_code");
    assert!(running.identity().sign_in_device(user_code, None).is_err());
    let declined = begin().await;
    let control = format!("{}/emulator/devices", running.url());
    let choice = json!({"user_code": declined["user_code"], "decline": true});
    assert!(
        client()
            .post(control)
            .json(&choice)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    assert_eq!(refused(&poll(&declined).await).1, "authorization_declined");
    let late = begin().await;
    running.clock().advance(Duration::from_secs(900));
    assert_eq!(refused(&poll(&late).await).1, "expired_token");
}

#[tokio::test]
async fn a_service_calls_on_behalf_of_a_person() {
    let person = Person {
        object_id: "oid-2".to_owned(),
        user: "user-2".to_owned(),
        name: "second@emulator.onmicrosoft.com".to_owned(),
        password: "x".to_owned(),
        standing: Standing::Member,
    };
    let running = guarded(|directory| directory.people.push(person), Issuing::default()).await;
    let shown = |audience: &str| {
        running.identity().issue(&TokenSpec {
            audience: audience.to_owned(),
            client_id: "frontend".to_owned(),
            object_id: Some("oid-2".to_owned()),
            lifetime: Duration::from_secs(60),
        })
    };
    let ask = async |assertion: &str| {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("client_id", Directory::CLIENT),
            ("client_secret", "secret"),
            ("assertion", assertion),
            ("requested_token_use", "on_behalf_of"),
        ];
        token(&running, &form).await
    };
    let (_, body) = ask(&shown(&format!("api://{}", Directory::CLIENT))).await;
    assert_eq!(
        who(&running, &body["access_token"]).await,
        Ok("user-2".to_owned())
    );
    assert_eq!(refused(&ask(&shown("api://other")).await).2, 500_131);
    assert_eq!(refused(&ask("nonsense").await).2, 50_013);
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
