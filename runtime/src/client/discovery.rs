//! Global discovery: the environments that a user can reach.

use super::credential::Credential;
use super::{Client, ClientBuilder, ClientError};
use crate::error::Details;
use crate::message::{Origin, Request};
use crate::{DecodeError, Error, Uuid};
use http::Method;
use serde::Deserialize;
use std::sync::Arc;

/// Where the discovery service stands, under its address.
pub(super) const SERVICE: &str = "api/discovery/v2.0";

/// The collection of environments.
pub(super) const INSTANCES: &str = "Instances";

/// A cloud of Microsoft's, with a discovery service of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cloud {
    /// For everybody.
    #[default]
    Commercial,
    /// For governments of the United States.
    Gcc,
    /// The same, high.
    GccHigh,
    /// For the Department of Defense of the United States.
    Dod,
    /// In China, operated by 21Vianet.
    China,
}

impl Cloud {
    /// The address of its discovery service (Microsoft Learn, "Discover user organizations").
    pub fn address(self) -> &'static str {
        match self {
            Self::Commercial => "https://globaldisco.crm.dynamics.com",
            Self::Gcc => "https://globaldisco.crm9.dynamics.com",
            Self::GccHigh => "https://globaldisco.crm.microsoftdynamics.us",
            Self::Dod => "https://globaldisco.crm.appsplatform.us",
            Self::China => "https://globaldisco.crm.dynamics.cn",
        }
    }
}

/// The discovery service of a cloud. It answers users, not applications: an application knows its environments.
///
/// ```no_run
/// use dataverse_runtime::Client;
/// use dataverse_runtime::client::credential::Browser;
/// use dataverse_runtime::client::discovery::{Cloud, Discovery};
/// use std::sync::Arc;
///
/// # async fn example() -> Result<(), dataverse_runtime::Error> {
/// let user = Arc::new(Browser::new());
/// let environments = Discovery::new(Cloud::Commercial, user.clone())?.environments().await?;
/// for environment in &environments {
///     println!("{}: {}", environment.name, environment.api_url);
/// }
/// // The sign-in serves for the environments too.
/// let client = Client::builder(&environments[0].api_url).shared_credential(user).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Discovery {
    client: Client,
}

/// An environment that the user can reach.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Environment {
    /// The organization's id.
    pub id: Uuid,
    /// The name that people see.
    pub name: String,
    /// The organization's name in URLs of older services.
    pub unique_name: String,
    /// The address that people open.
    pub url: String,
    /// The address of the Web API, for [`Client::builder`].
    pub api_url: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// The version of Dataverse, such as `9.2.25111.00162`.
    pub version: Option<String>,
    /// The region, such as `EMEA`.
    pub region: Option<String>,
    /// The tenant that owns it.
    pub tenant_id: Option<String>,
    /// Its id in the Power Platform.
    pub environment_id: Option<String>,
}

/// What the service writes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Written {
    id: String,
    friendly_name: Option<String>,
    unique_name: String,
    url: Option<String>,
    api_url: String,
    #[serde(default)]
    state: i32,
    version: Option<String>,
    region: Option<String>,
    tenant_id: Option<String>,
    environment_id: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    value: Vec<Written>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
}

impl Discovery {
    /// The discovery service of this cloud, for this user.
    ///
    /// # Errors
    /// If the HTTP client can't be made.
    pub fn new(cloud: Cloud, user: Arc<dyn Credential>) -> Result<Self, ClientError> {
        Self::by(Client::builder(cloud.address()).shared_credential(user))
    }

    /// The same with an address, a credential and more settings of one's own.
    ///
    /// # Errors
    /// As [`ClientBuilder::build`].
    pub fn by(builder: ClientBuilder) -> Result<Self, ClientError> {
        let client = builder.service(SERVICE, INSTANCES).build()?;
        Ok(Self { client })
    }

    /// The environments, by name.
    ///
    /// # Errors
    /// As [`Client::execute`], and if the answer can't be read.
    pub async fn environments(&self) -> Result<Vec<Environment>, Error> {
        let origin = Origin {
            operation: "discovery",
            table: None,
        };
        let mut found = Vec::new();
        let mut at = INSTANCES.to_owned();
        loop {
            let answer = self
                .client
                .execute(Request::new(Method::GET, at.as_str(), origin))
                .await?;
            let page: Page = serde_json::from_slice(&answer.body).map_err(unreadable)?;
            for written in page.value {
                found.push(environment(written)?);
            }
            match page.next {
                Some(next) if next == at => return Err(Error::SamePage { address: next }),
                Some(next) => at = next,
                None => break,
            }
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }
}

fn environment(written: Written) -> Result<Environment, DecodeError> {
    let id = Uuid::try_parse(&written.id).map_err(|_| DecodeError::mismatch("a GUID", &written.id))?;
    Ok(Environment {
        id,
        name: written
            .friendly_name
            .unwrap_or_else(|| written.unique_name.clone()),
        unique_name: written.unique_name,
        url: written.url.unwrap_or_else(|| written.api_url.clone()),
        api_url: written.api_url,
        enabled: written.state == 0,
        version: written.version,
        region: written.region,
        tenant_id: written.tenant_id,
        environment_id: written.environment_id,
    })
}

fn unreadable(cause: serde_json::Error) -> DecodeError {
    DecodeError::new(Details {
        expected: Some("a list of environments".to_owned()),
        line: cause.line(),
        column: cause.column(),
        cause: Some(cause),
        ..Details::default()
    })
}
