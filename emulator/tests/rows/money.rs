//! Amounts in currencies.

use crate::support::rows::serve;
use serde_json::{Value, json};

const KRONE: &str = "9a000000-0000-4000-8000-000000000001";

fn krone() -> Value {
    json!({"transactioncurrencies": [{
        "transactioncurrencyid": KRONE, "currencyname": "Krone", "isocurrencycode": "NOK",
        "currencysymbol": "kr", "currencyprecision": 0, "exchangerate": 8.0
    }]})
}

/// The text of a number in a body: a decimal is no float.
fn number(text: &str, property: &str) -> String {
    let start = text.find(&format!("\"{property}\":")).unwrap() + property.len() + 3;
    text[start..].split([',', '}']).next().unwrap().to_owned()
}

#[tokio::test]
async fn amounts_without_a_currency_are_in_the_base_currency() {
    let served = serve(krone()).await;
    let path = served
        .create("rsk_vessels", &json!({"rsk_dayrate": 1234.5}))
        .await;
    let row = served.get(&path).await;
    assert_eq!(
        row["_transactioncurrencyid_value"],
        "5d1c0d9a-7d4c-4b3f-9a1e-000000001003"
    );
    let text = row.to_string();
    assert_eq!(number(&text, "rsk_dayrate").parse::<f64>().unwrap(), 1234.5);
    assert_eq!(number(&text, "rsk_dayrate_base").parse::<f64>().unwrap(), 1234.5);
    let without = served.create("rsk_vessels", &json!({})).await;
    assert_eq!(
        served.get(&without).await["_transactioncurrencyid_value"],
        Value::Null
    );
}

#[tokio::test]
async fn a_currency_decides_the_base_and_the_precision() {
    let served = serve(krone()).await;
    let body = json!({
        "rsk_dayrate": 1000.4,
        "rsk_insuredvalue": 10.25,
        "transactioncurrencyid@odata.bind": format!("/transactioncurrencies({KRONE})")
    });
    let path = served.create("rsk_vessels", &body).await;
    let row = served.get(&path).await;
    assert_eq!(row["rsk_dayrate"].as_f64(), Some(1000.0));
    assert_eq!(row["rsk_dayrate_base"].as_f64(), Some(125.0));
    assert_eq!(row["rsk_insuredvalue"].as_f64(), Some(10.25));
    assert_eq!(row["rsk_insuredvalue_base"].as_f64(), Some(1.2812));
    assert_eq!(row["exchangerate"].as_f64(), Some(8.0));
    // Another currency: other bases.
    let base = json!({"transactioncurrencyid@odata.bind": "/transactioncurrencies(5d1c0d9a-7d4c-4b3f-9a1e-000000001003)"});
    served.patch(&path, &base).await.is_done();
    assert_eq!(served.get(&path).await["rsk_dayrate_base"].as_f64(), Some(1000.0));
    served.patch(&path, &json!({"rsk_dayrate": null})).await.is_done();
    assert_eq!(served.get(&path).await["rsk_dayrate_base"], Value::Null);
    served
        .delete(&format!("transactioncurrencies({KRONE})"))
        .await
        .is_done();
    let used = served
        .delete("transactioncurrencies(5d1c0d9a-7d4c-4b3f-9a1e-000000001003)")
        .await;
    used.is_refused(405, "0x80040227");
}
