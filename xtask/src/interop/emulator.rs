//! The emulator that a client runs against: the example's schema, in this process, on a free port of the loopback address.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use dataverse_codegen::snapshot;
use dataverse_emulator::identity::{Auth, Directory};
use dataverse_emulator::{Emulator, Running};
use tokio::runtime::Runtime;

use super::custom;
use crate::process::target;
use crate::{Failure, root};

/// A running emulator, which ends with this.
pub(super) struct Started {
    running: Running,
    directory: Directory,
    certificate: Option<PathBuf>,
    /// What it runs on: last, because it has to outlive the rest.
    _runtime: Runtime,
}

/// Starts an emulator that asks for tokens. `https` for clients that take nothing else.
pub(super) fn start(https: bool) -> Result<Started, Failure> {
    let read = snapshot::read(&root().join("generated-example/snapshot"))?;
    let engine = custom::environment(read.schema)?;
    let runtime = Runtime::new()?;
    let directory = Directory::default();
    let mut builder = Emulator::builder(Arc::new(engine))
        .auth(Auth::Required)
        .directory(directory.clone());
    if https {
        builder = builder.tls();
    }
    let running = runtime.block_on(builder.start())?;
    let mut certificate = None;
    if let Some(pem) = running.certificate() {
        let file = target().join("interop/certificate.pem");
        std::fs::create_dir_all(target().join("interop"))?;
        std::fs::write(&file, pem)?;
        certificate = Some(file);
    }
    Ok(Started {
        running,
        directory,
        certificate,
        _runtime: runtime,
    })
}

impl Started {
    pub(super) fn url(&self) -> &str {
        self.running.url()
    }

    /// Tells a driver where the emulator is, who it may sign in as, and which certificate to trust.
    pub(super) fn tell(&self, driver: &mut Command) {
        let administrator = self.directory.people.first();
        driver
            .env("EMULATOR_URL", self.url())
            .env("EMULATOR_TENANT", &self.directory.tenant)
            .env("EMULATOR_CLIENT", Directory::CLIENT)
            .env("EMULATOR_SECRET", "secret")
            .env("EMULATOR_ADMINISTRATOR", Directory::ADMINISTRATOR)
            .envs(administrator.map(|person| ("EMULATOR_ADMINISTRATOR_OBJECT", &person.object_id)));
        // One of the clients asks a proxy for the loopback address too.
        for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
            driver.env_remove(proxy).env_remove(proxy.to_ascii_uppercase());
        }
        if let Some(file) = &self.certificate {
            for trusted in ["NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"] {
                driver.env(trusted, file);
            }
        }
    }
}
