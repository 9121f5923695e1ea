//! What a client adds to requests arrives.

use crm::dataverse_runtime::message::{Caller, CustomLogic};
use crm::prelude::*;
use crm::rsk_port::RskPort;

use crate::support::Office;

#[derive(Row)]
#[row(table = RskPort)]
struct Port {
    rsk_name: String,
}

#[tokio::test]
async fn options_of_requests_arrive() {
    let office = Office::open().await;
    let import = office.client.with(|options| {
        options
            .bypass(CustomLogic::All)
            .without_flows()
            .detect_duplicates()
            .tag("nightly import")
            .solution("rsk_fleet")
    });
    let port = import
        .create(RskPort, |p| {
            (p.rsk_name.set("Bergen"), p.rsk_unlocode.set("NOBGO"))
        })
        .await
        .unwrap();
    let requests = office.emulator.requests();
    let create = requests.last().unwrap();
    assert_eq!(
        create.header("mscrm.bypassbusinesslogicexecution"),
        Some("CustomSync,CustomAsync")
    );
    assert_eq!(
        create.header("mscrm.suppresscallbackregistrationexpanderjob"),
        Some("true")
    );
    assert_eq!(create.header("mscrm.suppressduplicatedetection"), Some("false"));
    assert_eq!(create.header("mscrm.solutionuniquename"), Some("rsk_fleet"));
    assert!(create.path.contains("tag=nightly%20import"), "{}", create.path);
    let read: Port = office.client.retrieve(port).await.unwrap();
    assert_eq!(read.rsk_name, "Bergen");
}

#[tokio::test]
async fn a_row_belongs_to_whom_it_is_created_for() {
    #[derive(Row)]
    #[row(table = crm::systemuser::SystemUser)]
    struct User {
        systemuserid: Id<crm::systemuser::SystemUser>,
    }
    let office = Office::open().await;
    let user = office.client.query::<User>().first().await.unwrap().unwrap();
    let caller = Caller::SystemUser(user.systemuserid.uuid());
    let delegate = office.client.with(|options| options.on_behalf_of(caller));
    let port = delegate
        .create(RskPort, |p| {
            (p.rsk_name.set("Bergen"), p.rsk_unlocode.set("NOBGO"))
        })
        .await
        .unwrap();
    #[derive(Row)]
    #[row(table = RskPort)]
    struct Made {
        createdby: Option<Id<crm::systemuser::SystemUser>>,
    }
    let made: Made = office.client.retrieve(port).await.unwrap();
    assert_eq!(made.createdby, Some(user.systemuserid));
}
