//! Search: rows of several tables whose texts hold words (Microsoft Learn, "Dataverse search").

use crate::support::rows::{Served, serve};
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn fleet() -> Served {
    let served = serve(json!({})).await;
    let port = served
        .create(
            "rsk_ports",
            &json!({"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}),
        )
        .await;
    for (name, imo, crew, flag) in [
        ("Aster", "9312345", 12, 814_250_000),
        ("Aster Bergen", "9312346", 30, 814_250_000),
        ("Asterisk", "9312347", 4, 814_250_001),
        ("Birk", "9312348", 12, 814_250_001),
    ] {
        let vessel = json!({
            "rsk_name": name, "rsk_imo": imo, "rsk_crew": crew, "rsk_flagstate": flag,
            "rsk_HomePortId@odata.bind": format!("/{port}")
        });
        served.create("rsk_vessels", &vessel).await;
    }
    served
}

/// The JSON that stands in the answer.
async fn search(served: &Served, action: &str, body: Value) -> Value {
    let reply = served.post(action, &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let reply = reply.json();
    assert!(
        reply["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with(&format!("#Microsoft.Dynamics.CRM.{action}Response"))
    );
    serde_json::from_str(reply["response"].as_str().unwrap()).unwrap()
}

fn names(answer: &Value) -> Vec<&str> {
    let rows = answer["Value"].as_array().unwrap();
    rows.iter()
        .map(|row| row["Attributes"]["rsk_name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn rows_of_all_tables_are_found_by_whole_words() {
    let served = fleet().await;
    let answer = search(
        &served,
        "searchquery",
        json!({"search": "bergen ASTER", "count": true}),
    )
    .await;
    assert_eq!(answer["Error"], Value::Null);
    assert_eq!(answer["Count"], 3);
    // The row with both words first; `Asterisk` is another word.
    assert_eq!(names(&answer)[0], "Aster Bergen");
    let tables: Vec<_> = answer["Value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["EntityName"].as_str().unwrap())
        .collect();
    assert!(tables.contains(&"rsk_port") && tables.contains(&"rsk_vessel"));
    assert_eq!(
        answer["Value"][0]["Highlights"]["rsk_name"],
        json!(["{crmhit}Aster{/crmhit} {crmhit}Bergen{/crmhit}"])
    );
    let all = json!({"search": "bergen aster", "options": "{\"searchmode\":\"all\"}"});
    let answer = search(&served, "searchquery", all).await;
    assert_eq!(
        (names(&answer), &answer["Count"]),
        (vec!["Aster Bergen"], &json!(-1))
    );
    let prefix = search(
        &served,
        "searchquery",
        json!({"search": "aster*", "top": 2, "skip": 1}),
    )
    .await;
    assert_eq!(names(&prefix).len(), 2);
}

#[tokio::test]
async fn tables_say_what_is_looked_through_and_given() {
    let served = fleet().await;
    let entities = json!([{
        "name": "rsk_vessel", "SelectColumns": ["rsk_name", "rsk_crew", "rsk_flagstate", "rsk_homeportid"],
        "searchcolumns": ["rsk_name"], "Filter": "rsk_crew gt 4"
    }]);
    let body = json!({
        "search": "aster*", "entities": entities.to_string(), "filter": "rsk_crew lt 100",
        "orderby": "[\"rsk_crew desc\"]", "facets": "[\"rsk_crew,count:1\"]"
    });
    let answer = search(&served, "searchquery", body).await;
    assert_eq!(names(&answer), ["Aster Bergen", "Aster"]);
    let first = &answer["Value"][0]["Attributes"];
    assert_eq!(
        (
            &first["rsk_crew"],
            &first["rsk_flagstate"],
            &first["rsk_homeportid_name"]
        ),
        (&json!(30), &json!(814_250_000), &json!("Bergen"))
    );
    assert!(first["rsk_flagstate_name"].is_string() && first["rsk_homeportid"].is_string());
    assert_eq!(answer["Facets"]["rsk_crew"].as_array().unwrap().len(), 1);
    let none = json!({"search": "nobgo", "entities": entities.to_string()});
    assert!(names(&search(&served, "searchquery", none).await).is_empty());
}

#[tokio::test]
async fn what_somebody_types_is_suggested_and_completed() {
    let served = fleet().await;
    let vessels = json!([{"Name": "rsk_vessel"}]).to_string();
    let body = json!({"search": "ast", "entities": vessels, "top": 2});
    let answer = search(&served, "searchsuggest", body).await;
    let suggestions = answer["Value"].as_array().unwrap();
    assert_eq!(suggestions.len(), 2);
    for suggestion in suggestions {
        let text = suggestion["Text"].as_str().unwrap();
        assert!(text.starts_with("{crmhit}Aster"), "{text}");
        let name = suggestion["Document"]["rsk_name"].as_str().unwrap();
        assert_eq!(text.replace("{crmhit}", "").replace("{/crmhit}", ""), name);
    }
    for (typed, completed) in [
        ("ast", "aster"),
        ("Birk as", "birk aster"),
        ("asteri", "asterisk"),
        ("x", ""),
    ] {
        let answer = search(&served, "searchautocomplete", json!({"search": typed})).await;
        assert_eq!(answer["Value"], completed, "{typed}");
    }
}

#[tokio::test]
async fn what_cannot_be_searched_is_refused() {
    let served = fleet().await;
    let entity = |said: Value| json!({"search": "x", "entities": json!([said]).to_string()});
    for body in [
        json!({}),
        json!({"search": ""}),
        json!({"search": "x".repeat(101)}),
        json!({"search": 7}),
        json!({"search": "x", "top": 0}),
        json!({"search": "x", "top": 101}),
        json!({"search": "x", "top": -1}),
        json!({"search": "x", "entities": "["}),
        json!({"search": "x", "entities": ["account"]}),
        json!({"search": "x", "facets": "[\"a,count:many\"]"}),
        entity(json!({"Name": "rsk_nothing"})),
        entity(json!({"Name": "rsk_vessel", "SelectColumns": ["rsk_nothing"]})),
        entity(json!({"Name": "rsk_vessel", "SearchColumns": ["rsk_crew"]})),
        entity(json!({"Name": "rsk_vessel", "Filter": "rsk_crew gt"})),
        entity(json!({"Name": "rsk_vessel", "Filter": "1 eq 1) or (1 eq 1"})),
    ] {
        let reply = served.post("searchquery", &body).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}: {}", reply.text);
    }
    for body in [
        json!({"search": "aster~1", "options": "{\"querytype\":\"lucene\"}"}),
        json!({"search": "aster", "facets": "[\"rsk_crew,interval:10\"]"}),
    ] {
        let reply = served.post("searchquery", &body).await;
        assert_eq!(reply.status, StatusCode::NOT_IMPLEMENTED, "{body}");
    }
}
