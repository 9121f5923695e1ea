//! An environment: a schema, its rows, its operations and its clock.

use super::{EnvironmentError, foundation, route};
use crate::identity::Directory;
use crate::metadata;
use crate::odata::Request;
use crate::operations::{Hooks, Invocation, Reply, Rows};
use crate::organization::Organization;
use crate::query::Settings;
use crate::rows::{Lifetimes, References, Work, expire};
use crate::server::Builder;
use crate::session::{Done, Live, Session};
use crate::store::Store;
use crate::{Answer, Call, Clock, Emulator, Engine, Fault};
use dataverse_codegen::schema::Schema;
use http::Method;
use jiff::Timestamp;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;

/// An environment: what a [server](crate::Emulator) serves.
///
/// ```no_run
/// # use dataverse_emulator::{Emulator, Environment};
/// # use std::{error::Error, path::Path, sync::Arc};
/// # async fn start() -> Result<(), Box<dyn Error>> {
/// let snapshot = dataverse_codegen::snapshot::read(Path::new("schema"))?;
/// let environment = Arc::new(Environment::new(snapshot.schema)?);
/// environment.seed(r#"{"rsk_ports": [{"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}]}"#)?;
/// let running = Emulator::builder(environment.clone()).start().await?;
/// println!("{}", running.api());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Environment {
    pub(super) live: RwLock<Live>,
    pub(super) store: Store,
    pub(super) organization: Organization,
    hooks: Hooks,
    lifetimes: Lifetimes,
    queries: Settings,
    clock: Clock,
    directory: Directory,
}

/// The settings of an environment.
#[must_use]
#[derive(Debug)]
pub struct EnvironmentBuilder {
    schema: Schema,
    file: Option<PathBuf>,
    clock: Clock,
    directory: Directory,
    settings: Settings,
}

impl EnvironmentBuilder {
    /// Keeps the rows in this file. A file that is there is opened with its rows; the default is the memory.
    ///
    /// One process at a time can have it open.
    pub fn file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// The clock of stamps and lifetimes. The server around the environment takes it too.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Who is known: users have a row in `systemuser`. The server around the environment takes it too.
    pub fn directory(mut self, directory: Directory) -> Self {
        self.directory = directory;
        self
    }

    /// Limits, calendars and languages.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Opens the environment.
    ///
    /// # Errors
    /// If the file can't be opened, or doesn't fit the schema, or the settings can't be meant.
    pub fn open(self) -> Result<Environment, EnvironmentError> {
        if let Some(why) = self.settings.fault() {
            return Err(EnvironmentError::Settings(why));
        }
        let told = metadata::Settings {
            language: self.settings.language,
        };
        let live = Live::first(self.schema, told, self.clock.now());
        let store = Store::open(&live.model, self.file.as_deref())?;
        store.set_zone(self.settings.time_zone.clone())?;
        let organization = Organization::of(&self.directory);
        let environment = Environment {
            live: RwLock::new(live),
            store,
            organization,
            hooks: Hooks::default(),
            lifetimes: Lifetimes::default(),
            queries: self.settings,
            clock: self.clock,
            directory: self.directory,
        };
        environment.lay_foundation()?;
        Ok(environment)
    }
}

impl Environment {
    /// An environment in memory with this schema.
    ///
    /// # Errors
    /// If the database can't be set up.
    pub fn new(schema: Schema) -> Result<Self, EnvironmentError> {
        Self::builder(schema).open()
    }

    /// An environment with this schema.
    pub fn builder(schema: Schema) -> EnvironmentBuilder {
        EnvironmentBuilder {
            schema,
            file: None,
            clock: Clock::default(),
            directory: Directory::default(),
            settings: Settings::default(),
        }
    }

    /// Changes the schema while the environment runs: rows keep the values of the columns that stay; what the schema no
    /// longer has is gone, as after a deletion of tables and columns.
    ///
    /// # Errors
    /// If the rows don't fit: nothing has changed then.
    pub fn replace(&self, schema: Schema) -> Result<(), EnvironmentError> {
        // Calls that come now wait until the tables are those of the new schema.
        let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
        let new = live.next(schema, self.clock.now());
        self.store.adapt(&new.model)?;
        self.lifetimes.forget();
        *live = new;
        drop(live);
        self.lay_foundation()
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Carries out a function or an action by `hook`, whether the schema has it or not: bound or unbound, as the request
    /// says. The hook runs in the transaction of the request, and everything that it wrote is undone if it refuses. It
    /// works on the rows that it is given; the environment itself waits for it.
    ///
    /// ```
    /// # use dataverse_emulator::{Environment, Fault, Reply};
    /// # fn register(environment: &Environment) {
    /// environment.on("rsk_Reschedule", |call, rows| {
    ///     let inspection = call.row().ok_or_else(|| Fault::bad_payload("rsk_Reschedule is bound to an inspection"))?;
    ///     let to: String = call.parameter("To")?;
    ///     rows.update(&inspection, &serde_json::json!({"rsk_scheduledon": to}))?;
    ///     Ok(Reply::Row(inspection))
    /// });
    /// # }
    /// ```
    pub fn on(
        &self,
        name: &str,
        hook: impl Fn(&Invocation<'_>, &Rows<'_>) -> Result<Reply, Fault> + Send + Sync + 'static,
    ) {
        self.hooks.insert(name, hook);
    }

    fn lay_foundation(&self) -> Result<(), EnvironmentError> {
        self.write(foundation::lay).map_err(EnvironmentError::Foundation)
    }

    pub(super) fn now(&self) -> Timestamp {
        // A clock beyond the year 9999 shows no time that the service could write.
        Timestamp::try_from(self.clock.now()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Works on the rows as the first user, in a transaction.
    pub(super) fn write<T>(&self, work: impl FnOnce(&Work<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let live = self.live.read().unwrap_or_else(PoisonError::into_inner);
        let user = self
            .organization
            .users
            .first()
            .map_or(Uuid::nil(), |user| user.id);
        let references = References::default();
        self.transaction(|connection| work(&self.work(&live, connection, &references, (user, user))))
    }

    /// Writes, in one transaction: after an error nothing has changed.
    pub(super) fn transaction<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let done = self.store.write(|transaction| work(transaction));
        if done.is_err() {
            // Rows whose time was over are there again.
            self.lifetimes.forget();
        }
        done
    }

    fn work<'a>(
        &'a self,
        live: &'a Live,
        connection: &'a Connection,
        references: &'a References,
        (user, caller): (Uuid, Uuid),
    ) -> Work<'a> {
        Work {
            model: &live.model,
            relations: &live.relations,
            connection,
            organization: &self.organization,
            references,
            lifetimes: &self.lifetimes,
            now: self.now(),
            user,
            caller,
        }
    }

    /// Carries out one call in the transaction that is open.
    pub(super) fn carry_out(
        &self,
        live: &Live,
        connection: &Connection,
        references: &References,
        call: &Call,
        request: &Request,
    ) -> Result<Done, Fault> {
        let id = |text: &str| Uuid::try_parse(text).unwrap_or_default();
        let users = (id(&call.user), id(&call.caller));
        let work = self.work(live, connection, references, users);
        expire(&work)?;
        let session = Session {
            live,
            queries: &self.queries,
            work,
            call,
            request,
        };
        route::route(&session, &self.hooks)
    }
}

impl Emulator {
    /// An emulator around a new environment in memory with this schema.
    ///
    /// # Errors
    /// If the database can't be set up.
    pub fn of(schema: Schema) -> Result<Builder, EnvironmentError> {
        Ok(Self::builder(Arc::new(Environment::new(schema)?)))
    }
}

impl Engine for Environment {
    fn answer(&self, call: &Call) -> Result<Answer, Fault> {
        let live = self.live.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = live.metadata.answer(call, self.clock.now()) {
            return answer;
        }
        let request = Request::parse(&call.path)?;
        let references = References::default();
        let reads = call.method == Method::GET && !self.hooks.are_called_by(&request);
        let done = if reads {
            self.store
                .read(|connection| self.carry_out(&live, connection, &references, call, &request))
        } else {
            self.transaction(|connection| self.carry_out(&live, connection, &references, call, &request))
        };
        Ok(done?.answer)
    }

    fn change_set(&self, calls: &[Call]) -> Result<Vec<Answer>, (usize, Fault)> {
        super::change_set::carry_out(self, calls)
    }

    fn control(&self, call: &Call) -> Result<Answer, Fault> {
        super::control::answer(self, call)
    }

    fn clock(&self) -> Option<Clock> {
        Some(self.clock.clone())
    }

    fn directory(&self) -> Option<Directory> {
        Some(self.directory.clone())
    }
}
