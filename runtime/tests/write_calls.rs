//! Actions and functions over HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::Account;
use crm::operations::actions::{AddMembersTeam, Merge, RskDockVessel, RskEcho, RskScheduleInspection};
use crm::operations::functions::{RskFindBerths, RskNextInspection, WhoAmI};
use crm::prelude::*;
use crm::rsk_port::RskPort;
use dataverse_runtime::message::Repeat;
use dataverse_runtime::operation::call;
use dataverse_runtime::{Error, OpenRecord};
use wire::{JSON, Server, guid, id, json};

#[tokio::test]
async fn a_function_is_called_by_get() {
    let body = format!(
        "{{\"@odata.context\":\"x\",\"BusinessUnitId\":\"{}\",\"UserId\":\"{}\",\"OrganizationId\":\"{}\"}}",
        guid(1),
        guid(2),
        guid(3)
    );
    let server = Server::answering(vec![json(200, &body)]).await;
    let who = server.client.call(WhoAmI);
    let request = who.request().unwrap();
    assert_eq!(request.may_repeat(), Repeat::Safe);
    assert_eq!(request.origin().to_string(), "WhoAmI");
    assert_eq!(who.await.unwrap().user_id, Some(Uuid::from_u128(2)));
    assert_eq!(server.asked_once().await, "GET WhoAmI()");
}

#[tokio::test]
async fn a_bound_function_names_its_row_or_set() {
    let ports = r#"{"value":[{"rsk_name":"Bergen"},{"rsk_name":"Oslo"}]}"#;
    let server = Server::answering(vec![json(200, ports), json(200, r#"{"rsk_name":"Hull"}"#)]).await;
    let berths = RskFindBerths {
        minimum_draught: decimal!(7.50),
        r#type: Some("a'b&c".to_owned()),
    };
    let found = server.client.call(berths).await.unwrap();
    let name: Option<String> = found[1].get(|p| p.rsk_name).map(Some).unwrap();
    assert_eq!(name.as_deref(), Some("Oslo"));
    let next = server.client.call(RskNextInspection { entity: id(5) });
    assert_eq!(
        next.request().unwrap().origin().to_string(),
        "rsk_NextInspection of `rsk_vessel`"
    );
    next.await.unwrap();
    assert_eq!(
        server.asked().await,
        [
            "GET rsk_ports/Microsoft.Dynamics.CRM.rsk_FindBerths(MinimumDraught=@MinimumDraught,type=@type)\
             ?@MinimumDraught=7.50&@type=%27a%27%27b%26c%27"
                .to_owned(),
            format!(
                "GET rsk_vessels({})/Microsoft.Dynamics.CRM.rsk_NextInspection()",
                guid(5)
            ),
        ]
    );
}

#[tokio::test]
async fn an_action_is_called_by_post() {
    let server = Server::silent().await;
    let add = AddMembersTeam {
        entity: id(1),
        members: vec![id(2).into()],
    };
    let add = server.client.call(add);
    assert_eq!(add.request().unwrap().may_repeat(), Repeat::Never);
    add.await.unwrap();
    assert_eq!(
        server.asked_once().await,
        format!(
            "POST teams({})/Microsoft.Dynamics.CRM.AddMembersTeam\n{JSON}\n\
             {{\"Members\":[{{\"@odata.type\":\"Microsoft.Dynamics.CRM.systemuser\",\"systemuserid\":\"{}\"}}]}}",
            guid(1),
            guid(2)
        )
    );
}

#[tokio::test]
async fn a_custom_api_gives_a_row() {
    let body = format!("{{\"rsk_vesselid\":\"{}\",\"rsk_name\":\"Aster\"}}", guid(1));
    let server = Server::answering(vec![json(200, &body)]).await;
    let dock = RskDockVessel {
        entity: id(1),
        port: Record::from(id::<RskPort>(2)),
        berth: Some("B \"7\"".to_owned()),
    };
    let vessel = server.client.call(dock).await.unwrap();
    assert_eq!(vessel.id(), Some(id(1)));
    assert_eq!(
        server.asked_once().await,
        format!(
            "POST rsk_vessels({})/Microsoft.Dynamics.CRM.rsk_DockVessel\n{JSON}\n\
             {{\"Port\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.rsk_port\",\"rsk_portid\":\"{}\"}},\"Berth\":\"B \\\"7\\\"\"}}",
            guid(1),
            guid(2)
        )
    );
}

#[tokio::test]
async fn parameters_have_their_types() {
    let schedule = RskScheduleInspection {
        vessel_id: Uuid::from_u128(1),
        scheduled_on: "2024-03-05T10:30:00+02:00".parse().unwrap(),
        fee: Some(decimal!(12.50)),
        urgent: true,
        topics: Some(vec!["hull".to_owned()]),
    };
    let request = call(schedule).request().unwrap().to_string();
    assert_eq!(
        request,
        format!(
            "POST rsk_ScheduleInspection\n{JSON}\n\n{{\"VesselId\":\"{}\",\"ScheduledOn\":\"2024-03-05T08:30:00Z\",\
             \"Fee\":12.50,\"Urgent\":true,\"Topics\":[\"hull\"]}}",
            guid(1)
        )
    );
    let merge = Merge {
        target: id::<Account>(1).into(),
        subordinate: id::<Account>(2).into(),
        update_content: None,
        perform_parenting_checks: false,
    };
    let request = call(merge).request().unwrap().to_string();
    assert!(request.starts_with("POST Merge\n"), "{request}");
}

#[tokio::test]
async fn open_parameters_say_their_types() {
    let server = Server::answering(vec![json(
        200,
        r##"{"@odata.type":"#Microsoft.Dynamics.CRM.expando","count@odata.type":"#Int32","count":3}"##,
    )])
    .await;
    let inner = OpenRecord::new().with("id", Uuid::from_u128(1));
    let payload = OpenRecord::new()
        .with("count", 2)
        .with("count", 3)
        .with("tags", vec!["a".to_owned()])
        .with("when", "2024-03-05T08:30:00Z".parse::<Timestamp>().unwrap())
        .with("rows", vec![inner]);
    let echo = RskEcho {
        payload: Some(payload.into()),
        payloads: None,
    };
    let answer = server.client.call(echo).await.unwrap();
    assert_eq!(answer.table(), Some("expando"));
    assert_eq!(answer.property("count").unwrap().as_str(), "3");
    let asked = server.asked_once().await;
    let body: serde_json::Value = serde_json::from_str(asked.split_once("utf-8\n").unwrap().1).unwrap();
    let expected = serde_json::json!({"Payload": {
        "@odata.type": "Microsoft.Dynamics.CRM.expando",
        "count@odata.type": "#Int32", "count": 3,
        "tags@odata.type": "#Collection(String)", "tags": ["a"],
        "when@odata.type": "#DateTimeOffset", "when": "2024-03-05T08:30:00Z",
        "rows@odata.type": "#Collection(Microsoft.Dynamics.CRM.expando)",
        "rows": [{
            "@odata.type": "#Microsoft.Dynamics.CRM.expando",
            "id@odata.type": "#Guid", "id": guid(1),
        }],
    }});
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_refused_call_says_which_it_was() {
    let body = r#"{"error":{"code":"0x80040265","message":"no berth"}}"#;
    let server = Server::answering(vec![json(400, body)]).await;
    let error = server
        .client
        .call(RskNextInspection { entity: id(5) })
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("rsk_NextInspection of `rsk_vessel`") && text.contains("no berth"),
        "{text}"
    );
    let server = Server::answering(vec![json(200, r#"{"UserId":5}"#)]).await;
    let error = server.client.call(WhoAmI).await.err().unwrap();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}
