//! Operations with effects on rows, by their typed requests.

use crm::account::Account;
use crm::contact::Contact;
use crm::lead::Lead;
use crm::operations::actions::QualifyLead;
use crm::operations::functions::{RetrieveUserPrivileges, WhoAmI};
use crm::opportunity::Opportunity;
use crm::prelude::*;

use crate::support::Office;

#[tokio::test]
async fn a_lead_becomes_an_account_a_contact_and_an_opportunity() {
    let office = Office::open().await;
    let client = &office.client;
    let lead = client.create(Lead, |l| {
        incomplete((
            l.subject.set("Two ferries".to_owned()),
            l.companyname.set("Nes Lines".to_owned()),
            l.lastname.set("Nes".to_owned()),
        ))
    });
    let lead = lead.await.unwrap();
    let qualify = QualifyLead {
        entity: lead,
        create_account: true,
        create_contact: true,
        create_opportunity: true,
        opportunity_currency_id: None,
        opportunity_customer_id: None,
        source_campaign_id: None,
        status: 3,
        process_instance_id: None,
    };
    let made = client.call(qualify).await.unwrap();
    let account = made.iter().find_map(|row| row.of::<Account>()?.id()).unwrap();
    let contact = made.iter().find_map(|row| row.of::<Contact>()?.id()).unwrap();
    let opportunity = made.iter().find_map(|row| row.of::<Opportunity>()?.id()).unwrap();
    let named = client
        .records(Account)
        .filter(|a| a.name.eq("Nes Lines".to_owned()));
    assert_eq!(named.first().await.unwrap().unwrap().id(), Some(account));
    let theirs = client.records(Opportunity).filter(|o| {
        o.parentcontactid.eq(contact)
            & o.parentaccountid.to(|a| a.accountid.eq(account))
            & o.originatingleadid.eq(lead)
    });
    assert_eq!(theirs.first().await.unwrap().unwrap().id(), Some(opportunity));
}

#[tokio::test]
async fn privileges_have_names() {
    let office = Office::open().await;
    let me = office.client.call(WhoAmI).await.unwrap();
    let privileges = office.client.call(RetrieveUserPrivileges {
        entity: Id::new(me.user_id.unwrap()),
    });
    let privileges = privileges.await.unwrap().role_privileges.unwrap();
    let names: Vec<&str> = privileges
        .iter()
        .filter_map(|privilege| privilege.privilege_name.as_deref())
        .collect();
    assert!(names.contains(&"prvReadAccount") && names.contains(&"prvReadEntity"));
}
