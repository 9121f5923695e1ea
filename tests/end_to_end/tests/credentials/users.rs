//! Users: browser, device code, password, refresh token, and a service on behalf of one.

use crate::environment::{client, http, refused, signed_in, start, who};
use dataverse_emulator::Running;
use dataverse_emulator::identity::{Directory, Standing, TokenSpec};
use dataverse_runtime::client::credential::{
    Browser, ClientSecret, DeviceCode, OnBehalfOf, PUBLIC_CLIENT, RefreshToken, UserPassword,
};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const USER: &str = Directory::ADMINISTRATOR;
const NAME: &str = "admin@emulator.onmicrosoft.com";

/// A browser that goes to the page, and where that sends it.
fn browser(running: &Running) -> (Browser, Arc<Mutex<u32>>) {
    let (http, runtime) = (http(running), tokio::runtime::Handle::current());
    let opened = Arc::new(Mutex::new(0));
    let count = Arc::clone(&opened);
    let credential = Browser::new().open_with(move |page| {
        *count.lock().unwrap() += 1;
        let (http, page) = (http.clone(), page.to_owned());
        runtime.spawn(async move {
            let sent_back = http.get(page).send().await.unwrap();
            let back = sent_back.headers()["location"].to_str().unwrap().to_owned();
            http.get(back).send().await.unwrap();
        });
        Ok(())
    });
    (credential, opened)
}

#[tokio::test]
async fn a_browser_and_then_none() {
    let running = start(|_| {}).await;
    let (credential, opened) = browser(&running);
    let kept = Arc::new(Mutex::new(None));
    let store = Arc::clone(&kept);
    let credential = credential.on_renewed(move |token| *store.lock().unwrap() = Some(token.clone()));
    assert_eq!(signed_in(&running, credential).await.unwrap(), USER);
    assert_eq!(*opened.lock().unwrap(), 1);
    let refresh = kept.lock().unwrap().clone().unwrap();
    let (credential, opened) = browser(&running);
    let again = signed_in(&running, credential.signed_in_with(refresh.clone())).await;
    assert_eq!(again.unwrap(), USER);
    assert_eq!(*opened.lock().unwrap(), 0);
    let by_token = RefreshToken::new(PUBLIC_CLIENT, refresh);
    assert_eq!(signed_in(&running, by_token).await.unwrap(), USER);
}

#[tokio::test]
async fn a_browser_whose_user_is_not_there() {
    let running = start(|_| {}).await;
    let (credential, _) = browser(&running);
    let unknown = refused(&running, credential.login_hint("nobody@nowhere.example")).await;
    assert!(
        unknown.contains("the tenant doesn't know this user (AADSTS50034"),
        "{unknown}"
    );
}

#[tokio::test]
async fn a_device_code() {
    let running = start(|_| {}).await;
    let shown = Arc::new(Mutex::new(0));
    let count = Arc::clone(&shown);
    let credential = DeviceCode::new(PUBLIC_CLIENT, move |prompt| {
        assert!(prompt.address.ends_with("/devicelogin"));
        *count.lock().unwrap() += 1;
    });
    let client = client(&running, credential);
    assert_eq!(who(&client).await.unwrap(), USER);
    assert_eq!(*shown.lock().unwrap(), 1);
}

#[tokio::test]
async fn a_password() {
    let running = start(|_| {}).await;
    let credential = UserPassword::new(PUBLIC_CLIENT, NAME, "password");
    assert_eq!(signed_in(&running, credential).await.unwrap(), USER);
    let wrong = refused(&running, UserPassword::new(PUBLIC_CLIENT, NAME, "hunter2")).await;
    assert!(
        wrong.contains("user name or password are wrong") && !wrong.contains("hunter2"),
        "{wrong}"
    );
    let expired = refused(&running, RefreshToken::new(PUBLIC_CLIENT, "unknown")).await;
    assert!(expired.contains("AADSTS9002313"), "{expired}");
}

#[tokio::test]
async fn a_service_on_behalf_of_a_user() {
    let running = start(|_| {}).await;
    let token = |audience: &str| {
        running.identity().issue(&TokenSpec {
            audience: audience.to_owned(),
            client_id: PUBLIC_CLIENT.to_owned(),
            object_id: Some("5d1c0d9a-7d4c-4b3f-9a1e-0000000000b1".to_owned()),
            lifetime: Duration::from_mins(10),
        })
    };
    let service = || ClientSecret::new(Directory::CLIENT, "secret");
    let shown = token(&format!("api://{}", Directory::CLIENT));
    let credential = OnBehalfOf::new(service(), shown.as_str());
    assert_eq!(signed_in(&running, credential).await.unwrap(), USER);
    let foreign = refused(&running, OnBehalfOf::new(service(), token("api://other"))).await;
    assert!(
        foreign.contains("its audience has to be this service"),
        "{foreign}"
    );
    let damaged = refused(&running, OnBehalfOf::new(service(), "a.b.c")).await;
    assert!(
        damaged.contains("the user's token is no valid token"),
        "{damaged}"
    );
}

#[tokio::test]
async fn a_user_without_a_role_is_told_by_the_environment() {
    let running = start(|directory| directory.people[0].standing = Standing::NoRole).await;
    let credential = UserPassword::new(PUBLIC_CLIENT, NAME, "password");
    let error = signed_in(&running, credential).await.unwrap_err();
    assert!(error.to_string().contains("0x80042f09"), "{error}");
}
