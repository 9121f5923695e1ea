//! What an environment decides for its queries.

use crate::support::rows::{Served, schema};
use crate::support::{client, rows::noon};
use dataverse_emulator::{Emulator, Environment, EnvironmentError, FiscalYear, Settings};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

async fn serve(settings: Settings, rows: Value) -> Served {
    let builder = Environment::builder(schema()).clock(noon()).settings(settings);
    let environment = Arc::new(builder.open().unwrap());
    environment.seed(&rows.to_string()).unwrap();
    Served {
        running: Emulator::builder(environment.clone()).start().await.unwrap(),
        environment,
        client: client(),
    }
}

async fn names(served: &Served, filter: &str) -> Vec<String> {
    let answer = served
        .get(&format!(
            "rsk_vessels?$select=rsk_name&$orderby=rsk_name&$filter={filter}"
        ))
        .await;
    let rows = answer["value"].as_array().unwrap();
    rows.iter()
        .map(|row| row["rsk_name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn limits_are_reached_with_few_rows() {
    let settings = Settings {
        page: 2,
        count: 1,
        aggregated: 2,
        conditions: 1,
        expansions: 0,
        ..Settings::default()
    };
    let rows = json!({"rsk_ports": [{"rsk_name": "a"}, {"rsk_name": "b"}, {"rsk_name": "c"}]});
    let served = serve(settings, rows).await;
    let page = served.get("rsk_ports?$count=true").await;
    assert_eq!(page["value"].as_array().unwrap().len(), 2);
    assert_eq!(page["@odata.count"], 1);
    assert!(page["@odata.nextLink"].is_string());
    for (url, code) in [
        ("rsk_ports?$apply=aggregate($count%20as%20n)", "0x8004e023"),
        (
            "rsk_ports?$filter=rsk_name%20eq%20'a'%20or%20rsk_name%20eq%20'b'",
            "0x8004430c",
        ),
        ("rsk_ports?$expand=owningbusinessunit", "0x80060888"),
    ] {
        served
            .send(Method::GET, url, &[], None)
            .await
            .is_refused(400, code);
    }
}

/// Now it is 8 o'clock on Tuesday, March 5th, 2024, in Greenwich.
#[tokio::test]
async fn days_begin_in_the_time_zone_of_the_users() {
    let vessels: Vec<Value> = [
        "2024-03-04T23:30:00Z",
        "2024-03-05T00:30:00Z",
        "2024-03-05T08:00:00Z",
        "2024-03-05T22:30:00Z",
        "2024-03-05T23:30:00Z",
    ]
    .iter()
    .map(|seen| json!({"rsk_name": &seen[8..13], "rsk_lastseen": seen}))
    .collect();
    let today = "Microsoft.Dynamics.CRM.Today(PropertyName='rsk_lastseen')";
    let on = "Microsoft.Dynamics.CRM.OnOrAfter(PropertyName='rsk_lastseen',PropertyValue='2024-03-05')";
    let rows = json!({"rsk_vessels": vessels});
    let greenwich = serve(Settings::default(), rows.clone()).await;
    assert_eq!(
        names(&greenwich, today).await,
        ["05T00", "05T08", "05T22", "05T23"]
    );
    let settings = Settings {
        time_zone: jiff::tz::TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap(),
        ..Settings::default()
    };
    let oslo = serve(settings, rows).await;
    assert_eq!(names(&oslo, today).await, ["04T23", "05T00", "05T08", "05T22"]);
    assert_eq!(
        names(&oslo, on).await,
        ["04T23", "05T00", "05T08", "05T22", "05T23"]
    );
    let annotated = [("prefer", "odata.include-annotations=\"*\"")];
    let url = "rsk_vessels?$select=rsk_lastseen&$filter=rsk_name%20eq%20'04T23'";
    let reply = oslo.send(Method::GET, url, &annotated, None).await.json();
    let row = &reply["value"][0];
    assert_eq!(row["rsk_lastseen"], "2024-03-04T23:30:00Z");
    assert_eq!(
        row["rsk_lastseen@OData.Community.Display.V1.FormattedValue"],
        "3/5/2024 12:30 AM"
    );
    let fiscal = "Microsoft.Dynamics.CRM.InFiscalPeriod(PropertyName='rsk_lastseen',PropertyValue=1)";
    assert_eq!(names(&greenwich, fiscal).await.len(), 5);
    assert_eq!(names(&oslo, fiscal).await.len(), 5);
}

#[tokio::test]
async fn weeks_and_fiscal_years_begin_when_the_organization_says() {
    let built = |day: &str| json!({"rsk_name": day, "rsk_built": day});
    let rows = json!({"rsk_vessels": [built("2024-03-02"), built("2024-03-03"), built("2023-04-01")]});
    let week = "Microsoft.Dynamics.CRM.ThisWeek(PropertyName='rsk_built')";
    let year = "Microsoft.Dynamics.CRM.ThisFiscalYear(PropertyName='rsk_built')";
    let usual = serve(Settings::default(), rows.clone()).await;
    assert_eq!(names(&usual, week).await, ["2024-03-03"]);
    assert_eq!(names(&usual, year).await, ["2024-03-02", "2024-03-03"]);
    let settings = Settings {
        week: jiff::civil::Weekday::Saturday,
        fiscal: FiscalYear {
            month: 4,
            ..FiscalYear::default()
        },
        ..Settings::default()
    };
    let other = serve(settings, rows).await;
    assert_eq!(names(&other, week).await, ["2024-03-02", "2024-03-03"]);
    assert_eq!(names(&other, year).await.len(), 3);
}

#[test]
fn settings_that_cannot_be_meant_are_refused() {
    let fiscal = |month, periods| FiscalYear {
        month,
        periods,
        ..FiscalYear::default()
    };
    for settings in [
        Settings {
            page: 0,
            ..Settings::default()
        },
        Settings {
            fiscal: fiscal(13, 4),
            ..Settings::default()
        },
        Settings {
            fiscal: fiscal(1, 5),
            ..Settings::default()
        },
    ] {
        let opened = Environment::builder(schema()).settings(settings).open();
        assert!(matches!(opened, Err(EnvironmentError::Settings(_))));
    }
}
