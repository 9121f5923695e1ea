//! A morning at the harbour office: a program that creates, queries, pages, updates and deletes rows.
//!
//! It needs an environment with this crate's schema, such as the emulator on `generated-example/snapshot`, whose address it
//! takes from `DATAVERSE_URL`. `cargo xtask demo` runs it.

extern crate dataverse_generated_example as crm;

use crm::choices::RskFlagstate;
use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::{RskType, RskVessel};

/// What the office wants to know of a ship: a query reads these columns and no others.
#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Ship {
    rsk_vesselid: Id<RskVessel>,
    rsk_name: Option<String>,
    rsk_code: Option<String>,
    rsk_crew: Option<i32>,
    rsk_dayrate: Option<Money>,
    #[row(expand)]
    rsk_homeportid: Option<Harbour>,
}

/// The port that a ship is at home in, read along with it.
#[derive(Debug, Row)]
#[row(table = RskPort)]
struct Harbour {
    rsk_name: String,
    rsk_country: Option<String>,
}

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let address = std::env::var("DATAVERSE_URL")?;
    let client = Client::anonymous(&address)?;

    let bergen = create(&client).await?;
    query(&client).await?;
    page(&client).await?;
    update(&client, bergen).await?;
    delete(&client).await
}

/// Creates a port, and forty ships that are at home there.
///
/// A ship without a flag or a home port, or a home port that is no port, doesn't compile.
async fn create(client: &Client) -> Result<Id<RskPort>, Failure> {
    let bergen = client
        .create(RskPort, |p| {
            (
                p.rsk_name.set("Bergen"),
                p.rsk_unlocode.set("NOBGO"),
                p.rsk_country.set("Norway"),
            )
        })
        .await?;
    println!("  create   the port of Bergen, {bergen}");
    for number in 1..=40 {
        let ship = client.create(RskVessel, |v| {
            (
                v.rsk_name.set(format!("Aster {number}")),
                v.rsk_imo.set(format!("{:07}", 9_312_000 + number)),
                v.rsk_yardnumber.set(format!("Y-{number}")),
                v.rsk_flagstate.set(RskFlagstate::Norway),
                v.rsk_homeportid.bind(bergen),
                v.rsk_type.set(if number % 4 == 0 {
                    RskType::Tanker
                } else {
                    RskType::BulkCarrier
                }),
                v.rsk_crew.set(8 + number),
                v.rsk_dayrate
                    .set(Money::from(decimal!(1_250.5) * Decimal::from(number))),
            )
        });
        ship.await?;
    }
    println!("           forty ships that are at home there");
    Ok(bergen)
}

/// Asks for some of them: conditions and orders are checked like everything else.
async fn query(client: &Client) -> Result<(), Failure> {
    let query = client
        .query::<Ship>()
        .filter(|v| v.rsk_type.eq(RskType::Tanker) & v.rsk_dayrate.gt(money!(40_000)))
        .filter(|v| v.rsk_homeportid.to(|p| p.rsk_country.eq("Norway")))
        .order_by(|v| v.rsk_dayrate.desc());
    println!("  query    {query}");
    let mut ships = query.stream();
    while let Some(ship) = ships.try_next().await? {
        println!("           {}", ship.line());
    }
    Ok(())
}

/// Reads all ships in pages of fifteen: one page is in memory at a time.
async fn page(client: &Client) -> Result<(), Failure> {
    let mut ships = client.query::<Ship>().page_size(15).stream();
    let (mut count, mut crew) = (0, 0);
    while let Some(ship) = ships.try_next().await? {
        count += 1;
        crew += ship.rsk_crew.unwrap_or_default();
    }
    println!("  page     {count} ships in pages of 15, with a crew of {crew} together");
    Ok(())
}

/// Changes one ship. What isn't named stays as it is; `clear` empties a column.
async fn update(client: &Client, bergen: Id<RskPort>) -> Result<(), Failure> {
    let ship = client
        .query::<Ship>()
        .order_by(|v| v.rsk_name.asc())
        .first()
        .await?;
    let ship = ship.ok_or("the ships are gone")?;
    client
        .update(ship.rsk_vesselid, |v| (v.rsk_crew.set(99), v.rsk_dayrate.clear()))
        .await?;
    client.update(bergen, |p| p.rsk_berths.set(12)).await?;
    let after: Ship = client.retrieve(ship.rsk_vesselid).await?;
    println!("  update   before: {}", ship.line());
    println!("           after:  {}", after.line());
    Ok(())
}

/// Takes the ships out of service one by one.
async fn delete(client: &Client) -> Result<(), Failure> {
    let ships = client.query::<Ship>().all().await?;
    for ship in &ships {
        client.delete(ship.rsk_vesselid).await?;
    }
    let gone = client.find::<Ship>(ships[0].rsk_vesselid).await?;
    println!(
        "  delete   {} ships; the first of them is now {gone:?}",
        ships.len()
    );
    Ok(())
}

impl Ship {
    fn line(&self) -> String {
        let home = self.rsk_homeportid.as_ref();
        let shown = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        format!(
            "{} {:<9} crew {:<3} day rate {:<11} home port {} ({})",
            shown(self.rsk_code.clone()),
            shown(self.rsk_name.clone()),
            shown(self.rsk_crew.map(|crew| crew.to_string())),
            shown(self.rsk_dayrate.map(|rate| rate.to_string())),
            home.map_or("-", |port| &port.rsk_name),
            shown(home.and_then(|port| port.rsk_country.clone())),
        )
    }
}
