//! Where tokens are issued.

use super::{CredentialError, TokenRequest};

/// Where Microsoft issues tokens: for everybody, for governments of the United States, and in China.
const LOGIN_HOSTS: [&str; 6] = [
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
    "login.chinacloudapi.cn",
    "login.windows.net",
    "login.microsoft.com",
];

/// The authority that an application chose, or that the environment names.
#[derive(Clone, Debug, Default)]
pub(super) struct Authority {
    chosen: Option<String>,
    tenant: Option<String>,
}

impl Authority {
    pub(super) fn choose(&mut self, address: &str) {
        self.chosen = Some(address.trim_end_matches('/').to_owned());
    }

    pub(super) fn tenant(&mut self, tenant: &str) {
        self.tenant = Some(tenant.to_owned());
    }

    /// The address under which the endpoints stand: `https://login.microsoftonline.com/{tenant}`.
    pub(super) fn of(&self, request: &TokenRequest) -> Result<String, CredentialError> {
        if let Some(chosen) = &self.chosen {
            // The host alone: `https://login.microsoftonline.us`.
            let host_alone = chosen
                .split_once("://")
                .is_some_and(|(_, rest)| !rest.contains('/'));
            let tenant = self.tenant.as_deref().unwrap_or("organizations");
            return Ok(if host_alone {
                format!("{chosen}/{tenant}")
            } else {
                chosen.clone()
            });
        }
        let named = request.authority.as_deref();
        if let Some(named) = named.filter(|named| !may_be_trusted(named, &request.resource)) {
            return Err(CredentialError::unreachable(
                request,
                format!(
                    "the environment says that {named} issues tokens, which is no login host of Microsoft's: \
                     if that is right, name it yourself with `authority`"
                ),
            ));
        }
        match (named, &self.tenant) {
            (Some(named), Some(tenant)) => Ok(with_tenant(named, tenant)),
            (Some(named), None) => Ok(named
                .strip_suffix("/common")
                .map_or_else(|| named.to_owned(), |host| format!("{host}/organizations"))),
            (None, Some(tenant)) => Ok(format!("https://{}/{tenant}", login_host(&request.resource))),
            // The discovery service answers users of any tenant.
            (None, None) if host(&request.resource).starts_with("globaldisco.") => {
                Ok(format!("https://{}/organizations", login_host(&request.resource)))
            }
            (None, None) => Err(CredentialError::unreachable(
                request,
                "the environment doesn't say who issues its tokens: is the address right? Otherwise name the tenant",
            )),
        }
    }
}

/// Secrets go to Microsoft's login hosts; an emulator on this machine may issue its own tokens.
fn may_be_trusted(authority: &str, resource: &str) -> bool {
    let host = host(authority);
    let known = authority.starts_with("https://") && LOGIN_HOSTS.contains(&host);
    let local = |host: &str| host == "127.0.0.1" || host == "localhost";
    known || (local(host) && local(self::host(resource)))
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = &rest[..end];
    host.rsplit_once(':').map_or(host, |(name, _)| name)
}

fn with_tenant(authority: &str, tenant: &str) -> String {
    let (host, _) = authority.rsplit_once('/').unwrap_or((authority, ""));
    format!("{host}/{tenant}")
}

/// The login host of the cloud that an environment is in (Microsoft Learn, "Dataverse regions").
fn login_host(resource: &str) -> &'static str {
    let host = host(resource);
    if host.ends_with(".microsoftdynamics.us") || host.ends_with(".appsplatform.us") {
        "login.microsoftonline.us"
    } else if host.ends_with(".dynamics.cn") {
        "login.partner.microsoftonline.cn"
    } else {
        "login.microsoftonline.com"
    }
}

/// The setters of a credential that names its issuer in the field `authority`.
macro_rules! authority_setters {
    ($credential:ty, $whose:literal) => {
        impl $credential {
            #[doc = concat!("The ", $whose, " tenant, where it isn't the environment's.")]
            #[must_use]
            pub fn tenant(mut self, tenant: &str) -> Self {
                self.authority.tenant(tenant);
                self
            }

            /// Who issues the tokens, whatever the environment says: `https://login.microsoftonline.us/{tenant}`.
            #[must_use]
            pub fn authority(mut self, address: &str) -> Self {
                self.authority.choose(address);
                self
            }
        }
    };
}
pub(super) use authority_setters;

#[cfg(test)]
mod tests {
    use super::*;

    fn request(resource: &str, authority: Option<&str>) -> TokenRequest {
        TokenRequest {
            authority: authority.map(str::to_owned),
            ..TokenRequest::new(resource)
        }
    }

    #[test]
    fn the_environment_names_the_tenant() {
        let any = Authority::default();
        let named = request(
            "https://rsk.crm4.dynamics.com",
            Some("https://login.microsoftonline.com/8f1c"),
        );
        assert_eq!(any.of(&named).unwrap(), "https://login.microsoftonline.com/8f1c");
        let common = request(
            "https://rsk.crm4.dynamics.com",
            Some("https://login.microsoftonline.com/common"),
        );
        assert_eq!(
            any.of(&common).unwrap(),
            "https://login.microsoftonline.com/organizations"
        );
        let mut tenant = Authority::default();
        tenant.tenant("contoso.com");
        assert_eq!(
            tenant.of(&named).unwrap(),
            "https://login.microsoftonline.com/contoso.com"
        );
    }

    #[test]
    fn a_chosen_host_is_completed_by_the_tenant() {
        let mut authority = Authority::default();
        let asked = request("https://rsk.crm.microsoftdynamics.us", None);
        authority.choose("https://login.microsoftonline.us/");
        let host = "https://login.microsoftonline.us";
        assert_eq!(authority.of(&asked).unwrap(), format!("{host}/organizations"));
        authority.tenant("t");
        assert_eq!(authority.of(&asked).unwrap(), format!("{host}/t"));
        authority.choose("https://login.microsoftonline.us/own");
        assert_eq!(authority.of(&asked).unwrap(), format!("{host}/own"));
    }

    #[test]
    fn discovery_knows_users_of_any_tenant() {
        let any = Authority::default();
        let of = |resource: &str| any.of(&request(resource, None));
        assert_eq!(
            of("https://globaldisco.crm.microsoftdynamics.us").unwrap(),
            "https://login.microsoftonline.us/organizations"
        );
        assert!(of("https://rsk.crm.microsoftdynamics.us").is_err());
    }

    #[test]
    fn the_cloud_follows_from_the_domain() {
        let mut tenant = Authority::default();
        tenant.tenant("t");
        for (resource, expected) in [
            (
                "https://a.crm.dynamics.com",
                "https://login.microsoftonline.com/t",
            ),
            (
                "https://a.crm9.dynamics.com",
                "https://login.microsoftonline.com/t",
            ),
            (
                "https://a.crm.microsoftdynamics.us",
                "https://login.microsoftonline.us/t",
            ),
            (
                "https://a.crm.appsplatform.us",
                "https://login.microsoftonline.us/t",
            ),
            (
                "https://a.crm.dynamics.cn",
                "https://login.partner.microsoftonline.cn/t",
            ),
        ] {
            assert_eq!(tenant.of(&request(resource, None)).unwrap(), expected);
        }
    }

    #[test]
    fn secrets_go_to_no_stranger() {
        let mut tenant = Authority::default();
        tenant.tenant("t");
        for authority in [
            "https://login.evil.example/t",
            "https://login.microsoftonline.com.evil.example/t",
            "https://login.microsoftonline.com@evil.example/t",
            "http://login.microsoftonline.com/t",
            "http://127.0.0.1:8080/t",
        ] {
            let asked = request("https://rsk.crm4.dynamics.com", Some(authority));
            assert!(tenant.of(&asked).is_err(), "{authority}");
        }
        let local = request("http://127.0.0.1:5080", Some("http://127.0.0.1:5080/t"));
        assert_eq!(
            Authority::default().of(&local).unwrap(),
            "http://127.0.0.1:5080/t"
        );
    }
}
