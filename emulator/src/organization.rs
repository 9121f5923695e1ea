//! What every environment has: an organization with a root business unit and a base currency.

use crate::identity::{Directory, Standing};
use uuid::Uuid;

/// The organization of an environment: ids and what it decides for amounts.
#[derive(Clone, Debug)]
pub(crate) struct Organization {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// The root business unit.
    pub(crate) business_unit: Uuid,
    /// The base currency.
    pub(crate) currency: Uuid,
    /// How many decimals amounts have where the organization decides.
    pub(crate) pricing_precision: u32,
    pub(crate) users: Vec<User>,
    /// The tenant of Entra ID.
    pub(crate) tenant: String,
}

/// A user of the environment.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// The client id, if the user stands for an application.
    pub(crate) application: Option<String>,
    /// The object id in Entra ID.
    pub(crate) object_id: Option<String>,
    pub(crate) disabled: bool,
}

impl Organization {
    pub(crate) fn of(directory: &Directory) -> Self {
        Self {
            id: Uuid::from_u128(0x5d1c_0d9a_7d4c_4b3f_9a1e_0000_0000_1001),
            name: "Emulator".to_owned(),
            business_unit: Uuid::from_u128(0x5d1c_0d9a_7d4c_4b3f_9a1e_0000_0000_1002),
            currency: Uuid::from_u128(0x5d1c_0d9a_7d4c_4b3f_9a1e_0000_0000_1003),
            pricing_precision: 2,
            users: users(directory),
            tenant: directory.tenant.clone(),
        }
    }
}

fn users(directory: &Directory) -> Vec<User> {
    let people = directory
        .people
        .iter()
        .filter(|person| person.standing != Standing::Stranger)
        .filter_map(|person| {
            Some(User {
                id: Uuid::try_parse(&person.user).ok()?,
                name: person.name.clone(),
                application: None,
                object_id: Some(person.object_id.clone()),
                disabled: person.standing == Standing::Disabled,
            })
        });
    let applications = directory
        .applications
        .iter()
        .filter(|application| application.standing != Standing::Stranger)
        .filter_map(|application| {
            Some(User {
                id: Uuid::try_parse(&application.user).ok()?,
                name: format!("# {}", application.client_id),
                application: Some(application.client_id.clone()),
                object_id: None,
                disabled: application.standing == Standing::Disabled,
            })
        });
    people.chain(applications).collect()
}
