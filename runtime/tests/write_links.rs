//! Relationships, single properties and merges over HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::Account;
use crm::contact::Contact;
use crm::email::Email;
use crm::incident::Incident;
use crm::prelude::*;
use crm::rsk_category::RskCategory;
use crm::rsk_port::RskUnlocodeKey;
use crm::rsk_vessel::{RskImoKey, RskVessel};
use dataverse_runtime::message::Repeat;
use dataverse_runtime::{InvalidRequest, write};
use wire::{JSON, Server, guid, id};

#[tokio::test]
async fn rows_are_tied_and_untied() {
    let server = Server::silent().await;
    let client = &server.client;
    let port = RskUnlocodeKey {
        rsk_unlocode: "NOBGO",
    };
    client
        .associate(port, |p| p.rsk_port_vessel, id::<RskVessel>(1))
        .await
        .unwrap();
    let vessel = || RskImoKey { rsk_imo: "9312345" };
    let category = id::<RskCategory>(2);
    let many = client.associate(vessel(), |v| v.rsk_vessel_rsk_category, category);
    assert_eq!(many.request().unwrap().may_repeat(), Repeat::CreatesOnce);
    many.await.unwrap();
    client
        .disassociate(category, |c| c.rsk_vessel_rsk_category, vessel())
        .await
        .unwrap();
    assert_eq!(
        server.asked().await,
        [
            format!(
                "POST rsk_ports(rsk_unlocode='NOBGO')/rsk_port_vessel/$ref\n{JSON}\n{{\"@odata.id\":\"/rsk_vessels({})\"}}",
                guid(1)
            ),
            format!(
                "POST rsk_vessels(rsk_imo='9312345')/rsk_vessel_rsk_category/$ref\n{JSON}\n\
                 {{\"@odata.id\":\"/rsk_categories({})\"}}",
                guid(2)
            ),
            format!(
                "DELETE rsk_categories({})/rsk_vessel_rsk_category(rsk_imo='9312345')/$ref",
                guid(2)
            ),
        ]
    );
}

#[tokio::test]
async fn one_property_is_written_by_its_address() {
    let server = Server::silent().await;
    let client = &server.client;
    let account = id::<Account>(1);
    client
        .set_property(account, |a| a.name.set("A \"B\""))
        .await
        .unwrap();
    client.set_property(account, |a| a.fax.clear()).await.unwrap();
    client
        .set_property(account, |a| a.primarycontactid.bind(id::<Contact>(2)))
        .await
        .unwrap();
    client
        .set_property(account, |a| a.primarycontactid.clear())
        .await
        .unwrap();
    client
        .set_property(id::<Incident>(3), |i| i.customerid.bind(account))
        .await
        .unwrap();
    let row = format!("accounts({})", guid(1));
    assert_eq!(
        server.asked().await,
        [
            format!("PUT {row}/name\n{JSON}\n{{\"value\":\"A \\\"B\\\"\"}}"),
            format!("DELETE {row}/fax"),
            format!(
                "PUT {row}/primarycontactid/$ref\n{JSON}\n{{\"@odata.id\":\"/contacts({})\"}}",
                guid(2)
            ),
            format!("DELETE {row}/primarycontactid/$ref"),
            format!(
                "PUT incidents({})/customerid_account/$ref\n{JSON}\n{{\"@odata.id\":\"/{row}\"}}",
                guid(3)
            ),
        ]
    );
    let long = write::set_property(account, |a| a.name.set("x".repeat(161)));
    assert!(long.request().is_err());
}

#[tokio::test]
async fn two_rows_are_merged() {
    let server = Server::silent().await;
    let (target, other) = (id::<Account>(1), id::<Account>(2));
    let merge = server.client.merge(target, other, |a| a.fax.set("1"));
    assert_eq!(merge.request().unwrap().may_repeat(), Repeat::Never);
    merge.await.unwrap();
    server.client.merge(target, other, |_| ()).await.unwrap();
    let row = |number| {
        format!(
            "{{\"@odata.type\":\"Microsoft.Dynamics.CRM.account\",\"accountid\":\"{}\"}}",
            guid(number)
        )
    };
    let rows = format!("{{\"Target\":{},\"Subordinate\":{}", row(1), row(2));
    assert_eq!(
        server.asked().await,
        [
            format!(
                "POST Merge\n{JSON}\n{rows},\"UpdateContent\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.account\",\
                 \"fax\":\"1\"}},\"PerformParentingChecks\":false}}"
            ),
            format!("POST Merge\n{JSON}\n{rows},\"PerformParentingChecks\":false}}"),
        ]
    );
}

#[tokio::test]
async fn no_key_can_leave_its_place() {
    let server = Server::silent().await;
    for code in ["x')/$ref?a=b#c", "%27) or (", "a/b\\c:d*e", "日本 '"] {
        let key = RskUnlocodeKey { rsk_unlocode: code };
        server.client.delete(key).await.unwrap();
        let asked = server.asked().await.pop().unwrap();
        let encoded = dataverse_runtime::percent_encoded(&code.replace('\'', "''"));
        assert_eq!(asked, format!("DELETE rsk_ports(rsk_unlocode='{encoded}')"));
    }
}

#[tokio::test]
async fn the_parties_of_an_activity_are_replaced() {
    let server = Server::silent().await;
    let email = id::<Email>(1);
    server
        .client
        .set_parties(email, |e| {
            (
                e.to.parties([id::<Contact>(2)]),
                e.cc.parties([Party::address("fleet@rsk.example")]),
            )
        })
        .await
        .unwrap();
    server
        .client
        .set_parties(email, |e| e.to.parties::<_, Party>([]))
        .await
        .unwrap();
    assert_eq!(
        server.asked().await,
        [
            format!(
                "PUT emails({})/email_activity_parties\n{JSON}\n{{\"value\":[\
                 {{\"partyid_contact@odata.bind\":\"/contacts({})\",\"participationtypemask\":2}},\
                 {{\"addressused\":\"fleet@rsk.example\",\"participationtypemask\":3}}]}}",
                guid(1),
                guid(2)
            ),
            format!(
                "PUT emails({})/email_activity_parties\n{JSON}\n{{\"value\":[]}}",
                guid(1)
            ),
        ]
    );
    let nobody = server.client.set_parties(email, |_| ());
    assert_eq!(nobody.request().unwrap_err(), InvalidRequest::NoParties);
}
