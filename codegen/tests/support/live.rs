//! An environment on this machine: the emulator's metadata behind its server, with a schema that tests change.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use dataverse_codegen::schema::{Schema, Table};
use dataverse_codegen::snapshot;
use dataverse_emulator::limits::{Faults, Limits};
use dataverse_emulator::metadata::{Metadata, Settings};
use dataverse_emulator::{Answer, Call, Emulator, Engine, Fault, Model, Running};
use http::{HeaderMap, StatusCode};
use tokio::runtime::Runtime;

struct State {
    schema: Schema,
    metadata: Metadata,
    /// Each change is a second later than the one before.
    now: SystemTime,
    organization: &'static str,
    /// What else is answered, by path without the query.
    answers: BTreeMap<String, String>,
}

#[derive(Clone)]
struct Environment(Arc<Mutex<State>>);

impl Environment {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panicked with it")
    }
}

fn json(body: String) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", "application/json".parse().expect("a header"));
    Answer {
        status: StatusCode::OK,
        headers,
        body: body.into(),
    }
}

impl Engine for Environment {
    fn answer(&self, call: &Call) -> Result<Answer, Fault> {
        let state = self.state();
        match call.path.as_str() {
            "WhoAmI" => Ok(json(format!(
                r#"{{"UserId":"00000000-0000-0000-0000-0000000000aa","OrganizationId":"{}"}}"#,
                state.organization
            ))),
            "RetrieveVersion()" => Ok(json(r#"{"Version":"9.2.24053.166"}"#.to_owned())),
            path => match state.answers.get(path.split('?').next().unwrap_or_default()) {
                Some(answer) => Ok(json(answer.clone())),
                None => state
                    .metadata
                    .answer(call, state.now)
                    .unwrap_or_else(|| Err(Fault::no_resource(path))),
            },
        }
    }

    fn change_set(&self, _: &[Call]) -> Result<Vec<Answer>, (usize, Fault)> {
        Ok(Vec::new())
    }
}

/// A running environment.
pub struct Live {
    environment: Environment,
    running: Running,
    runtime: Runtime,
}

impl Live {
    /// One with this schema.
    pub fn of(schema: Schema) -> Self {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let model = Arc::new(Model::new(Arc::new(schema.clone())));
        let environment = Environment(Arc::new(Mutex::new(State {
            metadata: Metadata::new(model, Settings::default(), now),
            schema,
            now,
            organization: "00000000-0000-0000-0000-000000000001",
            answers: BTreeMap::new(),
        })));
        let runtime = Runtime::new().expect("threads");
        let builder = Emulator::builder(Arc::new(environment.clone())).limits(Limits::none());
        let running = runtime.block_on(builder.start()).expect("it starts");
        Self {
            environment,
            running,
            runtime,
        }
    }

    /// One with the schema of the checked-in example.
    pub fn example() -> Self {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-example/snapshot");
        Self::of(snapshot::read(&folder).expect("the example's snapshot").schema)
    }

    pub fn url(&self) -> &str {
        self.running.url()
    }

    /// Publishes another schema.
    pub fn change(&self, change: impl FnOnce(&mut Schema)) {
        let mut state = self.environment.state();
        change(&mut state.schema);
        state.now += Duration::from_secs(1);
        let model = Arc::new(Model::new(Arc::new(state.schema.clone())));
        state.metadata = state.metadata.replaced(model, state.now);
    }

    /// Publishes a change of one table.
    pub fn change_table(&self, table: &str, change: impl FnOnce(&mut Table)) {
        self.change(|schema| change(schema.tables.get_mut(table).expect("a table")));
    }

    /// Becomes another organization behind the same address, which knows nothing of the stamps before.
    pub fn become_another(&self, schema: Schema) {
        let mut state = self.environment.state();
        let model = Arc::new(Model::new(Arc::new(schema.clone())));
        state.metadata = Metadata::new(model, Settings::default(), state.now);
        state.schema = schema;
        state.organization = "00000000-0000-0000-0000-000000000002";
    }

    /// Ninety-one days later the deletions of before are no longer known.
    pub fn pass_days(&self, days: u64) {
        self.environment.state().now += Duration::from_secs(days * 86_400);
    }

    /// Answers requests for a path with this JSON.
    pub fn answer(&self, path: &str, json: &serde_json::Value) {
        let mut state = self.environment.state();
        state.answers.insert(path.to_owned(), json.to_string());
    }

    pub fn schema(&self) -> Schema {
        self.environment.state().schema.clone()
    }

    pub fn faults(&self, faults: Faults) {
        self.running.set_faults(faults);
    }

    /// The paths that were asked for since the last time, without their queries.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.running.requests();
        self.running.forget_requests();
        let paths = asked.into_iter().map(|record| record.path);
        let mut paths: Vec<String> = paths
            .map(|path| {
                let path = path.split('?').next().unwrap_or_default();
                path.rsplit('/').next().unwrap_or_default().to_owned()
            })
            .collect();
        paths.sort();
        paths
    }

    /// Ends it: from then on nobody listens.
    pub fn stop(self) {
        let Self { running, runtime, .. } = self;
        runtime.block_on(running.stop());
    }
}
