//! Search: what is written is found.

use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::RskVessel;

use crate::support::Office;

#[tokio::test]
async fn rows_are_found_by_their_words() {
    let office = Office::open().await;
    let port = office.port("Bergen Harbour", "NOBGO").await;
    let ship = office.ship(7, port).await;
    office.ship(8, port).await;

    let found = office
        .client
        .search("ship bergen")
        .table(RskVessel, |vessels| {
            vessels
                .select(|v| (v.rsk_name, v.rsk_imo, v.rsk_homeportid))
                .look_in(|v| v.rsk_name)
                .filter(|v| v.rsk_imo.eq("0000007"))
        })
        .table(RskPort, |ports| ports)
        .with_count()
        .await
        .unwrap();
    assert_eq!(found.count, Some(2));
    let vessel = found.hits.iter().find_map(|hit| hit.of::<RskVessel>()).unwrap();
    assert_eq!(vessel.id(), ship);
    let name: Option<String> = vessel.get(|v| v.rsk_name).unwrap();
    let home: Option<Id<RskPort>> = vessel.get(|v| v.rsk_homeportid).unwrap();
    assert_eq!((name.as_deref(), home), (Some("Ship 7"), Some(port)));
    let harbour = found.hits.iter().find_map(|hit| hit.of::<RskPort>()).unwrap();
    assert_eq!(harbour.id(), port);

    let suggested = office.client.suggest("harb").await.unwrap();
    assert_eq!(suggested[0].text, "Bergen {crmhit}Harbour{/crmhit}");
    let completed = office.client.autocomplete("bergen harb").await.unwrap();
    assert_eq!(completed.as_deref(), Some("bergen harbour"));
}
