//! Owners, activities with their parties, and users.

use crate::support::rows::{id, serve};
use reqwest::Method;
use serde_json::{Value, json};

const APPLICATION: &str = "5d1c0d9a-7d4c-4b3f-9a1e-000000000003";

#[tokio::test]
async fn the_owner_brings_what_is_derived() {
    let served =
        serve(json!({"teams": [{"teamid": "7e000000-0000-4000-8000-000000000001", "name": "Crew"}]})).await;
    let team = "/teams(7e000000-0000-4000-8000-000000000001)";
    let path = served
        .create("rsk_vessels", &json!({"ownerid@odata.bind": team}))
        .await;
    let row = served.get(&path).await;
    assert_eq!(row["_ownerid_value"], "7e000000-0000-4000-8000-000000000001");
    assert_eq!(row["_owningteam_value"], row["_ownerid_value"]);
    assert_eq!(row["_owninguser_value"], Value::Null);
    let user = json!({"ownerid@odata.bind": format!("/systemusers({APPLICATION})")});
    served.patch(&path, &user).await.is_done();
    let row = served.get(&path).await;
    assert_eq!(
        (&row["_ownerid_value"], &row["_owninguser_value"]),
        (&json!(APPLICATION), &json!(APPLICATION))
    );
    assert_eq!(row["_owningteam_value"], Value::Null);
    served
        .patch(&path, &json!({"ownerid@odata.bind": null}))
        .await
        .is_done();
    assert_eq!(served.get(&path).await["_ownerid_value"], APPLICATION);
    served
        .patch(&path, &json!({"ownerid@odata.bind": path}))
        .await
        .is_refused(400, "0x80048d19");
    // A principal is known by the same id under both names.
    let principal = served.get("teams(7e000000-0000-4000-8000-000000000001)").await;
    assert_eq!(principal["ownerid"], principal["teamid"]);
    served
        .patch(&path, &json!({"ownerid@odata.bind": team}))
        .await
        .is_done();
    served.delete(&team[1..]).await.is_refused(405, "0x80040227");
}

#[tokio::test]
async fn activities_are_in_their_base_table_too() {
    let served = serve(json!({})).await;
    let account = served.create("accounts", &json!({"name": "Line"})).await;
    let body = json!({"subject": "Call", "regardingobjectid_account_task@odata.bind": account});
    let task = served.create("tasks", &body).await;
    let base = format!("activitypointers({})", id(&task));
    let (row, pointer) = (served.get(&task).await, served.get(&base).await);
    for column in [
        "subject",
        "_regardingobjectid_value",
        "createdon",
        "versionnumber",
        "_ownerid_value",
    ] {
        assert_eq!(row[column], pointer[column], "{column}");
    }
    assert_eq!(pointer["activitytypecode"], "task");
    served
        .patch(&base, &json!({"subject": "Call back"}))
        .await
        .is_done();
    assert_eq!(served.get(&task).await["subject"], "Call back");
    served
        .patch(&task, &json!({"subject": "Done", "statecode": 1}))
        .await
        .is_done();
    let pointer = served.get(&base).await;
    assert_eq!(
        (&pointer["subject"], &pointer["statecode"]),
        (&json!("Done"), &json!(1))
    );
    // Tasks go with the account.
    served.delete(&account).await.is_done();
    for path in [&task, &base] {
        served
            .send(Method::GET, path, &[], None)
            .await
            .is_refused(404, "0x80040217");
    }
}

#[tokio::test]
async fn parties_are_created_replaced_and_deleted_with_their_activity() {
    let served = serve(json!({})).await;
    let contact = served.create("contacts", &json!({"lastname": "Berg"})).await;
    let sender = json!({"partyid_systemuser@odata.bind": format!("/systemusers({APPLICATION})"), "participationtypemask": 1});
    let body = json!({"subject": "Hello", "email_activity_parties": [
        sender,
        {"partyid_contact@odata.bind": contact, "participationtypemask": 2},
        {"addressused": "x@y.test", "participationtypemask": 3}
    ]});
    let email = served.create("emails", &body).await;
    let parties = || {
        let state: Value = serde_json::from_str(&served.environment.state().unwrap().to_json()).unwrap();
        let all = state["tables"]
            .get("activityparty")
            .and_then(Value::as_array)
            .cloned();
        all.unwrap_or_default()
    };
    assert_eq!(parties().len(), 3);
    assert!(parties().iter().all(|party| party["activityid"] == id(&email)));
    let at = format!("{email}/email_activity_parties");
    served.put(&at, &json!({"value": [sender]})).await.is_done();
    assert_eq!(parties().len(), 1);
    served
        .put(&at, &json!({"value": [{"participationtypemask": 99}]}))
        .await
        .is_refused(400, "0x8004431a");
    assert_eq!(parties().len(), 1);
    served.delete(&email).await.is_done();
    assert_eq!(parties().len(), 0);
}

#[tokio::test]
async fn people_have_a_full_name() {
    let served = serve(json!({})).await;
    let path = served
        .create("contacts", &json!({"firstname": "Ada", "lastname": "Berg"}))
        .await;
    assert_eq!(served.get(&path).await["fullname"], "Ada Berg");
    served
        .patch(&path, &json!({"firstname": null, "fullname": "ignored"}))
        .await
        .is_done();
    assert_eq!(served.get(&path).await["fullname"], "Berg");
}
