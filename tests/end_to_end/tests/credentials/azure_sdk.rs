//! Credentials of the Azure SDK.

use crate::environment::{SERVICE, refused, signed_in, start};
use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::error::ErrorKind;
use azure_core::time::{Duration, OffsetDateTime};
use dataverse_emulator::identity::{Directory, TokenSpec};
use dataverse_runtime::client::credential::AzureSdk;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

/// A program's own credential.
#[derive(Debug)]
struct Own {
    token: Option<String>,
    scopes: Mutex<Vec<String>>,
}

type Given<'a> = Pin<Box<dyn Future<Output = azure_core::Result<AccessToken>> + Send + 'a>>;

impl TokenCredential for Own {
    // What `#[async_trait]` makes of an `async fn`.
    fn get_token<'s, 'l, 'e, 'o, 'a>(
        &'s self,
        scopes: &'l [&'e str],
        _: Option<TokenRequestOptions<'o>>,
    ) -> Given<'a>
    where
        's: 'a,
        'l: 'a,
        'e: 'a,
        'o: 'a,
        Self: 'a,
    {
        Box::pin(async move {
            self.scopes
                .lock()
                .unwrap()
                .extend(scopes.iter().map(ToString::to_string));
            let token = self.token.clone();
            let token = token.ok_or_else(|| {
                azure_core::Error::with_message(ErrorKind::Credential, "nobody is signed in")
            })?;
            Ok(AccessToken::new(
                token,
                OffsetDateTime::now_utc() + Duration::hours(1),
            ))
        })
    }
}

#[tokio::test]
async fn whatever_implements_its_trait() {
    let running = start(|_| {}).await;
    let token = running.identity().issue(&TokenSpec {
        audience: running.url().to_owned(),
        client_id: Directory::CLIENT.to_owned(),
        object_id: None,
        lifetime: std::time::Duration::from_mins(10),
    });
    let own = Arc::new(Own {
        token: Some(token),
        scopes: Mutex::default(),
    });
    let credential = AzureSdk::new(own.clone());
    assert_eq!(signed_in(&running, credential).await.unwrap(), SERVICE);
    assert_eq!(
        *own.scopes.lock().unwrap(),
        [format!("{}/.default", running.url())]
    );
    let nobody = Own {
        token: None,
        scopes: Mutex::default(),
    };
    assert_eq!(
        refused(&running, AzureSdk::new(Arc::new(nobody))).await,
        "no token for URL: the Azure SDK's credential gives none: nobody is signed in"
    );
}
