//! Queries of 100,000 rows, by the engine itself: no HTTP. Times are the best of several, in milliseconds: those on the
//! processor where the system tells them, so that other work on the machine doesn't count.

#![expect(clippy::expect_used, reason = "what fails here is the finding")]

use bytes::Bytes;
use dataverse_emulator::{Call, Engine, Environment};
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const ROWS: usize = 100_000;
const PAGE: usize = 5_000;
const ROOT: &str = "https://rsk.test/api/data/v9.2/";
/// What the filtered page asks for, as FetchXML.
const FETCH: &str = r#"<fetch><entity name="rsk_vessel"><attribute name="rsk_name"/><attribute name="rsk_code"/><attribute name="rsk_crew"/><attribute name="rsk_dayrate"/><attribute name="rsk_built"/><attribute name="rsk_homeportid"/><filter><condition attribute="rsk_crew" operator="lt" value="20"/><condition attribute="rsk_active" operator="eq" value="1"/></filter><order attribute="rsk_name" descending="true"/></entity></fetch>"#;
/// How often each query is asked.
const TIMES: usize = 7;

fn main() {
    let environment = environment();
    let all = "rsk_vessels?$select=rsk_name,rsk_code,rsk_crew,rsk_dayrate,rsk_built,_rsk_homeportid_value";
    let filtered =
        format!("{all}&$filter=rsk_crew%20lt%2020%20and%20rsk_active%20eq%20true&$orderby=rsk_name%20desc");
    for (what, url, annotated) in [
        ("page by primary key", all.to_owned(), false),
        ("page, filtered and ordered by text", filtered.clone(), false),
        ("the same, with annotations", filtered.clone(), true),
        ("the same, all columns", filtered.replace("$select=", "tag="), false),
        ("page, contains with wildcard", format!("{all}&$filter=contains(rsk_name,'9_1')"), false),
        ("page, ordered by text", format!("{all}&$orderby=rsk_name"), false),
        ("page, filtered, in no order", format!("{all}&$filter=rsk_crew%20eq%203"), false),
        ("one row, by text", format!("{all}&$filter=rsk_name%20eq%20'Vessel%2077'&$top=1"), false),
        ("page, through a lookup", format!("{all}&$filter=rsk_HomePortId/rsk_name%20eq%20'Port%203'&$orderby=rsk_HomePortId/rsk_name"), false),
        ("page, ordered by a lookup's name", format!("{all}&$orderby=_rsk_homeportid_value"), false),
        ("the same, filtered", format!("{all}&$filter=rsk_crew%20lt%2020&$orderby=_rsk_homeportid_value"), false),
        ("FetchXML, filtered and ordered by text", format!("rsk_vessels?fetchXml={}", encode(FETCH)), false),
        ("page with a row expanded", format!("{all}&$expand=rsk_HomePortId($select=rsk_name)"), false),
        ("page with a collection expanded", format!("{all}&$expand=rsk_vessel_inspection($select=rsk_name)"), false),
        ("$count", "rsk_vessels/$count?$filter=rsk_crew%20gt%2030".to_owned(), false),
        ("aggregate of 50,000", "rsk_vessels?$apply=filter(rsk_active%20eq%20true)/groupby((rsk_crew),aggregate(rsk_dayrate%20with%20sum%20as%20s))".to_owned(), false),
    ] {
        let (best, length) = best(&environment, &url, annotated);
        println!("{what:<42} {:>8.1} ms {:>9} bytes", milliseconds(best), length);
    }
    for (what, url) in [
        ("walk by primary key", all.to_owned()),
        ("walk, filtered and ordered by text", filtered),
        (
            "walk, ordered by a lookup's name",
            format!("{all}&$orderby=_rsk_homeportid_value"),
        ),
    ] {
        let times = walk(&environment, &url);
        let (first, last) = (
            times.first().copied().unwrap_or_default(),
            times.last().copied().unwrap_or_default(),
        );
        println!(
            "{what:<42} first page {:.1} ms, page {} {:.1} ms, slowest {:.1} ms",
            milliseconds(first),
            times.len(),
            milliseconds(last),
            milliseconds(times.iter().copied().max().unwrap_or_default())
        );
    }
    if let Some(peak) = peak() {
        println!("peak memory with all rows in memory: {peak}");
    }
}

fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn environment() -> Environment {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");
    let snapshot =
        dataverse_codegen::snapshot::read(std::path::Path::new(folder)).expect("the example's snapshot");
    let environment = Environment::new(snapshot.schema).expect("an environment");
    let id = |kind: usize, at: usize| format!("00000000-0000-4000-8{kind:03}-{at:012}");
    let ports: Vec<Value> = (0..100)
        .map(|at| json!({"rsk_portid": id(1, at), "rsk_name": format!("Port {at}")}))
        .collect();
    sow(&environment, "rsk_ports", &ports);
    for chunk in (0..ROWS).collect::<Vec<_>>().chunks(20_000) {
        let vessels: Vec<Value> = chunk
            .iter()
            .map(|at| {
                // Spread so that neither ids nor names come in the order of creation.
                let spread = at * 7_919 % ROWS;
                json!({"rsk_vesselid": id(2, spread), "rsk_name": format!("Vessel {}", spread * 31 % ROWS), "rsk_code": format!("V-{spread}"),
                    "rsk_crew": spread % 40, "rsk_dayrate": spread % 9_000, "rsk_active": spread.is_multiple_of(2),
                    "rsk_built": format!("20{:02}-01-17", spread % 24), "rsk_HomePortId@odata.bind": format!("/rsk_ports({})", id(1, spread % 100))})
            })
            .collect();
        sow(&environment, "rsk_vessels", &vessels);
    }
    environment
}

fn sow(environment: &Environment, set: &str, rows: &[Value]) {
    let text = json!({ set: rows }).to_string();
    environment.seed(&text).expect("rows to start with");
}

fn ask(environment: &Environment, url: &str, annotated: bool) -> (Duration, Bytes) {
    let mut headers = HeaderMap::new();
    headers.append("prefer", HeaderValue::from_static("odata.maxpagesize=5000"));
    if annotated {
        headers.append(
            "prefer",
            HeaderValue::from_static("odata.include-annotations=\"*\""),
        );
    }
    let call = Call {
        method: Method::GET,
        path: url.to_owned(),
        headers,
        body: Bytes::new(),
        root: ROOT.to_owned(),
        user: "00000000-0000-4000-8000-000000000001".to_owned(),
        caller: "00000000-0000-4000-8000-000000000001".to_owned(),
        content_id: None,
    };
    let (started, worked) = (Instant::now(), on_processor());
    let answer = environment.answer(&call).expect(url);
    let elapsed = started.elapsed();
    let own = on_processor()
        .zip(worked)
        .map(|(after, before)| after.saturating_sub(before));
    (own.unwrap_or(elapsed), answer.body)
}

/// How long this thread has been on a processor, where the system tells.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn best(environment: &Environment, url: &str, annotated: bool) -> (Duration, usize) {
    let asked = (0..TIMES).map(|_| ask(environment, url, annotated));
    asked
        .map(|(time, body)| (time, body.len()))
        .min()
        .unwrap_or_default()
}

/// The time of each page, from the first to the last.
fn walk(environment: &Environment, url: &str) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut url = url.to_owned();
    loop {
        let (time, body) = ask(environment, &url, false);
        times.push(time);
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        let rows = body["value"].as_array().map_or(0, Vec::len);
        match body["@odata.nextLink"]
            .as_str()
            .and_then(|next| next.strip_prefix(ROOT))
        {
            Some(next) => {
                assert_eq!(rows, PAGE);
                url = next.to_owned();
            }
            None => return times,
        }
    }
}

/// The most memory that the process had, where the system tells.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}
