//! Who is known: the tenant, applications, and the users of the environment.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use std::fmt;

/// How a user stands in the environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Enabled, with a role.
    #[default]
    Member,
    /// Without a role.
    NoRole,
    /// Disabled.
    Disabled,
    /// Known to the tenant, but no user of the environment.
    Stranger,
}

/// A person of the tenant.
#[derive(Clone)]
pub struct Person {
    /// The object id in the tenant.
    pub object_id: String,
    /// `systemuserid` in the environment.
    pub user: String,
    /// The name to sign in with.
    pub name: String,
    /// The password.
    pub password: String,
    /// Whether the person is a user of the environment.
    pub standing: Standing,
}

/// An application of the tenant.
#[derive(Clone)]
pub struct Application {
    /// The client id.
    pub client_id: String,
    /// Its secrets. An application without secrets, certificates and federations is a public client.
    pub secrets: Vec<String>,
    /// Its certificates.
    pub certificates: Vec<Certificate>,
    /// Whose tokens stand in for a secret.
    pub federations: Vec<Federation>,
    /// Where the codes of users may be sent.
    pub redirects: Vec<String>,
    /// `systemuserid` of the application user.
    pub user: String,
    /// Whether there is an application user in the environment.
    pub standing: Standing,
}

/// Another issuer that vouches for an application: workload identity federation. Its signature isn't checked: its keys
/// aren't known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Federation {
    /// The claim `iss`.
    pub issuer: String,
    /// The claim `sub`.
    pub subject: String,
}

/// The certificate of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub(super) der: Vec<u8>,
}

/// Why something isn't a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is no certificate in PEM form")]
pub struct CertificateError;

impl Certificate {
    /// Reads a certificate in PEM form. Of several in a text it is the first.
    ///
    /// # Errors
    /// If the text holds none.
    pub fn from_pem(text: &str) -> Result<Self, CertificateError> {
        let (_, rest) = text
            .split_once("-----BEGIN CERTIFICATE-----")
            .ok_or(CertificateError)?;
        let (inner, _) = rest
            .split_once("-----END CERTIFICATE-----")
            .ok_or(CertificateError)?;
        let packed: String = inner.split_ascii_whitespace().collect();
        let der = STANDARD.decode(packed).map_err(|_| CertificateError)?;
        webpki::EndEntityCert::try_from(&der.as_slice().into()).map_err(|_| CertificateError)?;
        Ok(Self { der })
    }

    /// The thumbprints under which assertions name it: `x5t` and `x5t#S256`.
    pub(super) fn thumbprints(&self) -> [String; 2] {
        let print = |algorithm| URL_SAFE_NO_PAD.encode(digest::digest(algorithm, &self.der));
        [print(&digest::SHA1_FOR_LEGACY_USE_ONLY), print(&digest::SHA256)]
    }
}

impl Application {
    /// A public client: users sign in with it, and it has no secret.
    pub fn public(client_id: &str, user: &str) -> Self {
        Self {
            client_id: client_id.to_owned(),
            secrets: Vec::new(),
            certificates: Vec::new(),
            federations: Vec::new(),
            redirects: vec!["http://localhost".to_owned()],
            user: user.to_owned(),
            standing: Standing::Stranger,
        }
    }

    /// An application with a secret and an application user.
    pub fn with_secret(client_id: &str, secret: &str, user: &str) -> Self {
        Self {
            secrets: vec![secret.to_owned()],
            standing: Standing::Member,
            ..Self::public(client_id, user)
        }
    }

    pub(super) fn is_public(&self) -> bool {
        self.secrets.is_empty() && self.certificates.is_empty() && self.federations.is_empty()
    }
}

/// The tenant.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The id of the tenant.
    pub tenant: String,
    /// Its domains, which may stand for the id in addresses.
    pub domains: Vec<String>,
    /// Its people. The first is the administrator: whoever calls without a token where that is allowed, and who signs in
    /// where nobody says who.
    pub people: Vec<Person>,
    /// Its applications.
    pub applications: Vec<Application>,
    /// The client id of the identity that the machine has.
    pub machine: String,
}

impl Directory {
    /// `systemuserid` of the administrator in the default directory.
    pub const ADMINISTRATOR: &'static str = "5d1c0d9a-7d4c-4b3f-9a1e-000000000001";
    /// The public client that Microsoft publishes for development.
    pub const PUBLIC_CLIENT: &'static str = "51f81489-12ee-4a9e-aaae-a2591f45987d";
    /// An application with the secret `secret` in the default directory.
    pub const CLIENT: &'static str = "5d1c0d9a-7d4c-4b3f-9a1e-0000000000a1";

    pub(super) fn person(&self, wanted: impl Fn(&Person) -> bool) -> Option<&Person> {
        self.people.iter().find(|person| wanted(person))
    }

    pub(super) fn application(&self, client_id: &str) -> Option<&Application> {
        self.applications
            .iter()
            .find(|application| application.client_id.eq_ignore_ascii_case(client_id))
    }

    pub(super) fn administrator(&self) -> String {
        self.people
            .first()
            .map_or_else(|| Self::ADMINISTRATOR.to_owned(), |person| person.user.clone())
    }

    /// Whether an address with this segment leads to the tenant.
    pub(super) fn is_tenant(&self, segment: &str) -> bool {
        let multi = ["common", "organizations"];
        let known = self.domains.iter().map(String::as_str).chain(multi);
        segment.eq_ignore_ascii_case(&self.tenant)
            || known.into_iter().any(|name| name.eq_ignore_ascii_case(segment))
    }
}

impl Default for Directory {
    /// One administrator, the public client, one application with a secret, and the identity of a machine.
    fn default() -> Self {
        let machine = "5d1c0d9a-7d4c-4b3f-9a1e-0000000000a2";
        Self {
            tenant: "5d1c0d9a-7d4c-4b3f-9a1e-0000000000ff".to_owned(),
            domains: vec!["emulator.onmicrosoft.com".to_owned()],
            people: vec![Person {
                object_id: "5d1c0d9a-7d4c-4b3f-9a1e-0000000000b1".to_owned(),
                user: Self::ADMINISTRATOR.to_owned(),
                name: "admin@emulator.onmicrosoft.com".to_owned(),
                password: "password".to_owned(),
                standing: Standing::Member,
            }],
            applications: vec![
                Application::public(Self::PUBLIC_CLIENT, "5d1c0d9a-7d4c-4b3f-9a1e-000000000002"),
                Application::with_secret(Self::CLIENT, "secret", "5d1c0d9a-7d4c-4b3f-9a1e-000000000003"),
                Application {
                    standing: Standing::Member,
                    ..Application::public(machine, "5d1c0d9a-7d4c-4b3f-9a1e-000000000004")
                },
            ],
            machine: machine.to_owned(),
        }
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("name", &self.name)
            .field("user", &self.user)
            .field("standing", &self.standing)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application")
            .field("client_id", &self.client_id)
            .field("user", &self.user)
            .field("standing", &self.standing)
            .finish_non_exhaustive()
    }
}
