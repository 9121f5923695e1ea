//! Functions and actions of the environment, with their parameters and answers as types.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example action
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::account::Account;
use crm::operations::actions::GrantAccess;
use crm::operations::complex::PrincipalAccess;
use crm::operations::enums::AccessRights;
use crm::operations::functions::{RetrievePrincipalAccess_SystemUser, RetrieveVersion, WhoAmI};
use crm::prelude::*;
use crm::systemuser::SystemUser;

#[derive(Debug, Row)]
#[row(table = SystemUser)]
struct User {
    systemuserid: Id<SystemUser>,
    fullname: Option<String>,
}

#[derive(Debug, Row)]
#[row(table = Account)]
struct Mine {
    accountid: Id<Account>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;

    let version = client.call(RetrieveVersion).await?;
    let me = client.call(WhoAmI).await?.user_id.map(Id::<SystemUser>::new);
    println!("version {:?}, user {me:?}", version.version);

    let mine = client
        .query::<Mine>()
        .filter(|a| a.ownerid.is_user())
        .first()
        .await?;
    let others = client
        .query::<User>()
        .filter(|u| u.systemuserid.is_not_user() & u.isdisabled.eq(false));
    let (Some(account), Some(user)) = (mine, others.first().await?) else {
        println!("nothing to share");
        return Ok(());
    };

    // An action takes its parameters as a struct: a missing or mistyped one doesn't compile.
    client
        .call(GrantAccess {
            target: account.accountid.into(),
            principal_access: Some(PrincipalAccess {
                access_mask: Some([AccessRights::ReadAccess, AccessRights::WriteAccess].into()),
                principal: Some(user.systemuserid.into()),
            }),
        })
        .await?;

    // A function that is called on a row has its id, and its answer is a type too.
    let access = client
        .call(RetrievePrincipalAccess_SystemUser {
            entity: user.systemuserid,
            target: account.accountid.into(),
        })
        .await?;
    println!("{:?} may {:?}", user.fullname, access.access_rights);
    Ok(())
}
