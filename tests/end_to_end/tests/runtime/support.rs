//! An emulator with the example's schema, a client of it, and some rows.

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use crm::choices::RskFlagstate;
use crm::dataverse_runtime::client::Retries;
use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::RskVessel;
use dataverse_codegen::schema::Schema;
use dataverse_codegen::snapshot;
use dataverse_emulator::server::Builder;
use dataverse_emulator::{Clock, Emulator, Environment, Running};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated-example/snapshot");
    snapshot::read(&folder).unwrap().schema
});

/// An environment of its own for one test.
pub(crate) struct Office {
    pub(crate) emulator: Running,
    pub(crate) client: Client,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::with(|emulator| emulator).await
    }

    /// The same with an emulator that is set up like this.
    pub(crate) async fn with(set_up: impl FnOnce(Builder) -> Builder) -> Self {
        Self::of(Environment::new(Schema::clone(&SCHEMA)).unwrap(), set_up).await
    }

    /// The same in which time stands still, for what would be otherwise after midnight.
    pub(crate) async fn timeless() -> Self {
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_709_626_026);
        let environment = Environment::builder(Schema::clone(&SCHEMA)).clock(Clock::stopped_at(noon));
        Self::of(environment.open().unwrap(), |emulator| emulator).await
    }

    async fn of(environment: Environment, set_up: impl FnOnce(Builder) -> Builder) -> Self {
        let emulator = set_up(Emulator::builder(Arc::new(environment)));
        let emulator = emulator.start().await.unwrap();
        let client = Client::anonymous(emulator.url()).unwrap();
        Self { emulator, client }
    }

    /// A client that gives up at once.
    pub(crate) fn impatient(&self) -> Client {
        Client::builder(self.emulator.url())
            .retries(Retries::NONE)
            .build()
            .unwrap()
    }

    /// A new port.
    pub(crate) async fn port(&self, name: &str, code: &str) -> Id<RskPort> {
        let port = self.client.create(RskPort, |p| {
            (
                p.rsk_name.set(name.to_owned()),
                p.rsk_unlocode.set(code.to_owned()),
            )
        });
        port.await.unwrap()
    }

    /// A new ship; its number makes it distinct.
    pub(crate) async fn ship(&self, number: u32, port: Id<RskPort>) -> Id<RskVessel> {
        let ship = self.client.create(RskVessel, |v| {
            (
                v.rsk_name.set(format!("Ship {number}")),
                v.rsk_imo.set(format!("{number:07}")),
                v.rsk_yardnumber.set(format!("Y-{number}")),
                v.rsk_flagstate.set(RskFlagstate::Norway),
                v.rsk_homeportid.bind(port),
            )
        });
        ship.await.unwrap()
    }

    /// The requests that arrived since this was last asked, as `METHOD path`.
    pub(crate) fn arrived(&self) -> Vec<String> {
        let arrived = self.emulator.requests();
        self.emulator.forget_requests();
        arrived
            .iter()
            .map(|request| format!("{} {}", request.method, request.path))
            .collect()
    }
}
