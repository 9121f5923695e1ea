//! Messages of sales and service: leads, opportunities and cases come to their end.

use crate::support::rows::{Served, id, serve};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn customer(served: &Served) -> String {
    served
        .create("accounts", &json!({"name": "Northern Lines"}))
        .await
}

#[tokio::test]
async fn an_opportunity_is_won_or_lost_once() {
    let served = serve(json!({})).await;
    let customer = customer(&served).await;
    let body = json!({"name": "Ferry", "estimatedvalue": 1500.5, "customerid_account@odata.bind": format!("/{customer}")});
    let (won, lost) = (
        served.create("opportunities", &body).await,
        served.create("opportunities", &body).await,
    );
    let close = |row: &str, status: i64| {
        json!({"Status": status, "OpportunityClose": {
            "@odata.type": "Microsoft.Dynamics.CRM.opportunityclose",
            "subject": "Decided", "opportunityid@odata.bind": served.running.api() + row}})
    };
    // A status of another state.
    served
        .post("WinOpportunity", &close(&won, 5))
        .await
        .is_refused(400, "0x80048408");
    served.post("WinOpportunity", &close(&won, 3)).await.is_done();
    let row = served.get(&won).await;
    assert_eq!((&row["statecode"], &row["statuscode"]), (&json!(1), &json!(3)));
    assert_eq!(
        (&row["actualvalue"], &row["actualclosedate"]),
        (&json!(1500.5), &json!("2024-03-05"))
    );
    let mut body = close(&lost, -1);
    body["OpportunityClose"]["actualend"] = json!("2024-02-01T00:00:00Z");
    body["OpportunityClose"]["actualrevenue"] = json!(7);
    served.post("LoseOpportunity", &body).await.is_done();
    let row = served.get(&lost).await;
    assert_eq!((&row["statecode"], &row["statuscode"]), (&json!(2), &json!(4)));
    assert_eq!(
        (&row["actualvalue"], &row["actualclosedate"]),
        (&json!(7.0), &json!("2024-02-01"))
    );
    for (message, row) in [("WinOpportunity", &lost), ("LoseOpportunity", &won)] {
        served
            .post(message, &close(row, -1))
            .await
            .is_refused(400, "0x80048408");
    }
    let nothing = json!({"Status": 3, "OpportunityClose": {"subject": "Decided"}});
    served
        .post("WinOpportunity", &nothing)
        .await
        .is_refused(400, "0x80048d19");
    let wrong = close(&customer, 3);
    served
        .post("WinOpportunity", &wrong)
        .await
        .is_refused(400, "0x80048d19");
}

#[tokio::test]
async fn a_case_is_resolved() {
    let served = serve(json!({})).await;
    let customer = customer(&served).await;
    let body = json!({"title": "Leak", "customerid_account@odata.bind": format!("/{customer}")});
    let case = served.create("incidents", &body).await;
    let resolution = json!({"Status": 1000, "IncidentResolution": {
        "subject": "Sealed", "incidentid": {"@odata.type": "Microsoft.Dynamics.CRM.incident", "incidentid": id(&case)}}});
    served.post("CloseIncident", &resolution).await.is_done();
    let row = served.get(&case).await;
    assert_eq!((&row["statecode"], &row["statuscode"]), (&json!(1), &json!(1000)));
    served
        .post("CloseIncident", &resolution)
        .await
        .is_refused(400, "0x80048408");
}

#[tokio::test]
async fn a_lead_becomes_what_the_caller_wants() {
    let served = serve(json!({})).await;
    let lead = json!({"subject": "Two ferries", "firstname": "Kari", "lastname": "Nes", "companyname": "Nes Lines",
        "emailaddress1": "kari@nes.test", "address1_city": "Bergen", "estimatedamount": 900});
    let lead = served.create("leads", &lead).await;
    let qualify = format!("{lead}/Microsoft.Dynamics.CRM.QualifyLead");
    let body = json!({"CreateAccount": true, "CreateContact": true, "CreateOpportunity": true, "Status": 3});
    let reply = served.post(&qualify, &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let made = reply.json();
    let made = made["value"].as_array().unwrap();
    let row = async |at: usize, set: &str, key: &str| -> Value {
        let id = made[at][key].as_str().unwrap();
        served.get(&format!("{set}({id})")).await
    };
    let account = row(0, "accounts", "accountid").await;
    let contact = row(1, "contacts", "contactid").await;
    let opportunity = row(2, "opportunities", "opportunityid").await;
    assert_eq!(made[2]["@odata.type"], "#Microsoft.Dynamics.CRM.opportunity");
    assert_eq!(
        (&account["name"], &account["address1_composite"]),
        (&json!("Nes Lines"), &json!("Bergen"))
    );
    assert_eq!(
        (&contact["fullname"], &contact["emailaddress1"]),
        (&json!("Kari Nes"), &json!("kari@nes.test"))
    );
    assert_eq!(contact["_parentcustomerid_value"], account["accountid"]);
    assert_eq!(
        (&opportunity["name"], &opportunity["estimatedvalue"]),
        (&json!("Two ferries"), &json!(900.0))
    );
    assert_eq!(opportunity["_customerid_value"], account["accountid"]);
    assert_eq!(opportunity["_parentcontactid_value"], contact["contactid"]);
    for row in [&account, &contact, &opportunity] {
        assert_eq!(row["_originatingleadid_value"], id(&lead));
    }
    let after = served.get(&lead).await;
    assert_eq!(
        (&after["statecode"], &after["statuscode"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(
        after["_qualifyingopportunityid_value"],
        opportunity["opportunityid"]
    );
    assert_eq!(after["_parentaccountid_value"], account["accountid"]);
    served.post(&qualify, &body).await.is_refused(400, "0x80048408");
}

#[tokio::test]
async fn a_refused_qualification_leaves_nothing_behind() {
    let served = serve(json!({})).await;
    let customer = customer(&served).await;
    let lead = served
        .create("leads", &json!({"subject": "One", "lastname": "Nes"}))
        .await;
    let qualify = format!("{lead}/Microsoft.Dynamics.CRM.QualifyLead");
    let create = |status: i64| {
        json!({"CreateAccount": false, "CreateContact": false, "CreateOpportunity": true, "Status": status,
            "OpportunityCustomerId": {"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": id(&customer)}})
    };
    served
        .post(&qualify, &create(7))
        .await
        .is_refused(400, "0x80048408");
    let count = served.send(Method::GET, "opportunities/$count", &[], None).await;
    assert_eq!(count.text, "\u{feff}0");
    let reply = served.post(&qualify, &create(-1)).await.json();
    let opportunity = reply["value"][0]["opportunityid"].as_str().unwrap();
    let row = served.get(&format!("opportunities({opportunity})")).await;
    assert_eq!(row["_customerid_value"], id(&customer));
    // A lead of a company that is a customer already.
    let lead = json!({"subject": "Two", "parentaccountid@odata.bind": format!("/{customer}")});
    let lead = served.create("leads", &lead).await;
    let body = json!({"CreateAccount": false, "CreateContact": true, "CreateOpportunity": true, "Status": 3});
    let reply = served
        .post(&format!("{lead}/Microsoft.Dynamics.CRM.QualifyLead"), &body)
        .await
        .json();
    let made = reply["value"].as_array().unwrap();
    assert_eq!(made.len(), 2);
    let contact = served
        .get(&format!("contacts({})", made[0]["contactid"].as_str().unwrap()))
        .await;
    assert_eq!(contact["_parentcustomerid_value"], id(&customer));
    let row = served
        .get(&format!(
            "opportunities({})",
            made[1]["opportunityid"].as_str().unwrap()
        ))
        .await;
    assert_eq!(row["_customerid_value"], id(&customer));
    assert_eq!(row["_parentaccountid_value"], id(&customer));
}

#[tokio::test]
async fn the_administrator_has_all_privileges_of_the_schema() {
    let served = serve(json!({})).await;
    let me = served.get("WhoAmI").await;
    let user = me["UserId"].as_str().unwrap();
    let path = format!("systemusers({user})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()");
    let answer = served.get(&path).await;
    let privileges = answer["RolePrivileges"].as_array().unwrap();
    let find = |name: &str| privileges.iter().find(|known| known["PrivilegeName"] == name);
    for name in [
        "prvReadrsk_vessel",
        "prvAssignrsk_vessel",
        "prvReadEntity",
        "prvReadOptionSet",
    ] {
        let privilege = find(name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(privilege["Depth"], "Global");
        assert_eq!(privilege["BusinessUnitId"], me["BusinessUnitId"]);
    }
    // Nobody owns a currency.
    assert!(find("prvReadTransactionCurrency").is_some() && find("prvAssignTransactionCurrency").is_none());
}

#[tokio::test]
async fn addresses_are_shown_as_a_whole() {
    let served = serve(json!({})).await;
    let body = json!({"name": "a", "address1_line1": "2137 Birchwood Dr", "address1_city": "Redmond",
        "address1_stateorprovince": "WA", "address1_postalcode": "78214", "address1_country": "U.S."});
    let account = served.create("accounts", &body).await;
    // A part brings the whole along.
    let selected = format!("{account}?$select=address1_city");
    let whole = served.get(&selected).await;
    assert_eq!(
        whole["address1_composite"],
        "2137 Birchwood Dr\r\nRedmond, WA 78214\r\nU.S."
    );
    assert_eq!(whole["address2_composite"], Value::Null);
    let less = json!({"address1_line1": null, "address1_stateorprovince": null, "address1_postalcode": null});
    served.patch(&account, &less).await.is_done();
    assert_eq!(
        served.get(&selected).await["address1_composite"],
        "Redmond\r\nU.S."
    );
    let none = json!({"address1_city": null, "address1_country": null});
    served.patch(&account, &none).await.is_done();
    assert_eq!(served.get(&account).await["address1_composite"], Value::Null);
}
