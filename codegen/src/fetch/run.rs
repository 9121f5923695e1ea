//! One run: what has changed is fetched, side by side, and each document is kept as soon as it is whole.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dataverse_runtime::message::{Request, Response};
use dataverse_runtime::{Client, Error};
use serde::Deserialize;

use super::cache::{CHOICES, Cache, METADATA, Of, SOLUTIONS, State, TABLES, definitions_of, is_definitions};
use super::changes::Changes;
use super::{FetchError, Fetched, Progress, requests, wanted};
use crate::schema::Selection;
use crate::warning::Warning;

/// How many tables one body of definitions holds. Fewer make more requests; more make each refresh of one table dearer, and
/// addresses that the service refuses.
pub(super) const TABLES_AT_ONCE: usize = 40;

/// The stamp has expired, or the service has lost what it refers to (Microsoft Learn, "Cache schema data").
const EXPIRED: u32 = 0x8004_4352;

pub(super) async fn run(
    client: Client,
    selection: &Selection,
    folder: &Path,
    afresh: bool,
    progress: &dyn Progress,
) -> Result<Fetched, FetchError> {
    let cache = Cache::open(folder)?;
    let service = Service {
        client,
        requests: Arc::default(),
    };
    // Read before all else: what changes from then on is seen the next time.
    let (who, timestamp) = tokio::join!(service.who(), service.timestamp());
    let of = Of::new(who?, &selection.languages);
    let kept = if afresh { None } else { cache.state(&of) };
    let mut state = service.up_to_now(kept, of, timestamp.as_deref(), &cache).await?;
    cache.save(&state)?;
    let mut run = Run {
        service: &service,
        cache: &cache,
        selection,
        progress,
        fetched: 0,
        warnings: Vec::new(),
    };
    run.fill(&mut state).await?;
    cache.save(&state)?;
    cache.tidy(&state);
    let documents = state.documents.keys();
    // Definitions before the list of all tables: of two that tell the same, the first is taken.
    let (whole, other): (Vec<&String>, Vec<&String>) = documents
        .filter(|document| *document != METADATA)
        .partition(|document| is_definitions(document));
    Ok(Fetched {
        metadata: cache.path(METADATA),
        definitions: whole
            .into_iter()
            .chain(other)
            .map(|document| cache.path(document))
            .collect(),
        fetched: run.fetched,
        requests: service.requests.load(Ordering::Relaxed),
        warnings: run.warnings,
    })
}

/// The environment, with a count of what it is asked.
#[derive(Clone)]
struct Service {
    client: Client,
    requests: Arc<AtomicUsize>,
}

impl Service {
    async fn ask(&self, request: Request) -> Result<Response, Error> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.client.execute(request).await
    }

    /// The organization that the environment is. Another one behind the same address has other tables.
    async fn who(&self) -> Result<String, FetchError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Who {
            #[serde(default)]
            organization_id: String,
        }
        let answer = self.ask(requests::who_am_i()).await?;
        let who: Option<Who> = serde_json::from_slice(&answer.body).ok();
        Ok(who.map(|who| who.organization_id).unwrap_or_default())
    }

    /// When the metadata last changed, if the environment says.
    async fn timestamp(&self) -> Option<String> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Time {
            timestamp: Option<String>,
        }
        let answer = self.ask(requests::timestamp()).await.ok()?;
        let time: Time = serde_json::from_slice(&answer.body).ok()?;
        time.timestamp
    }

    /// What is kept, without what is no longer right.
    async fn up_to_now(
        &self,
        kept: Option<State>,
        of: Of,
        timestamp: Option<&str>,
        cache: &Cache,
    ) -> Result<State, FetchError> {
        if let Some(mut state) = kept {
            match self.ask(requests::changed_since(&state.stamp)).await {
                Ok(answer) => {
                    let changes = Changes::read(&answer.body)?;
                    // The timestamp also moves for operations, of which nobody else tells.
                    let same_time = timestamp.is_some() && timestamp == state.timestamp.as_deref();
                    if !same_time && !changes.any() {
                        state.documents.retain(|document, _| is_definitions(document));
                    }
                    changes.strike(&mut state, cache);
                    state.timestamp = timestamp.map(str::to_owned);
                    state.stamp = changes.stamp;
                    return Ok(state);
                }
                Err(Error::Service(refused)) if refused.code().is_some_and(|code| code.0 == EXPIRED) => {}
                Err(other) => return Err(other.into()),
            }
        }
        let answer = self.ask(requests::first_stamp()).await?;
        Ok(State {
            of,
            stamp: Changes::read(&answer.body)?.stamp,
            timestamp: timestamp.map(str::to_owned),
            documents: std::collections::BTreeMap::new(),
        })
    }
}

/// A document that is to be fetched.
struct Task {
    document: String,
    tables: Vec<String>,
    request: Request,
    /// The run can do without it: other documents tell the same.
    optional: bool,
}

struct Run<'r> {
    service: &'r Service,
    cache: &'r Cache,
    selection: &'r Selection,
    progress: &'r dyn Progress,
    fetched: usize,
    warnings: Vec<Warning>,
}

impl Run<'_> {
    /// Fetches what is missing.
    async fn fill(&mut self, state: &mut State) -> Result<(), FetchError> {
        // Which tables a solution has is told by rows: no stamp says when they change.
        state.documents.remove(SOLUTIONS);
        let mut lists = vec![task(TABLES, requests::tables(), false)];
        let solutions = &self.selection.solutions;
        if !solutions.is_empty() {
            lists.push(task(SOLUTIONS, requests::solutions(solutions), false));
        }
        self.all(lists, state).await?;
        let mut rest = vec![
            task(METADATA, requests::metadata(), false),
            task(CHOICES, requests::choices(), true),
        ];
        rest.extend(self.definitions(state)?);
        self.all(rest, state).await
    }

    /// The tasks for the selected tables that no document holds.
    fn definitions(&self, state: &mut State) -> Result<Vec<Task>, FetchError> {
        let mut wanted = wanted::tables(self.cache, self.selection)?;
        for tables in state.documents.values() {
            for table in tables {
                wanted.remove(table);
            }
        }
        let wanted: Vec<String> = wanted.into_iter().collect();
        let tasks = wanted.chunks(TABLES_AT_ONCE).map(|tables| Task {
            document: definitions_of(tables),
            tables: tables.to_vec(),
            request: requests::definitions(tables, &self.selection.languages),
            optional: false,
        });
        Ok(tasks.collect())
    }

    /// Fetches documents side by side. Each that is whole is kept, whatever becomes of the others.
    async fn all(&mut self, tasks: Vec<Task>, state: &mut State) -> Result<(), FetchError> {
        let missing = tasks
            .into_iter()
            .filter(|task| !state.documents.contains_key(&task.document));
        let mut under_way: Vec<_> = missing.map(|task| Box::pin(self.one(task))).collect();
        let count = under_way.len();
        let mut done = Vec::with_capacity(count);
        // The client lets as many go at once as the environment takes.
        std::future::poll_fn(|context| {
            let mut at = 0;
            while at < under_way.len() {
                match under_way[at].as_mut().poll(context) {
                    std::task::Poll::Ready((task, result)) => {
                        drop(under_way.swap_remove(at));
                        let result = result.and_then(|there| {
                            if there {
                                state.documents.insert(task.document.clone(), task.tables.clone());
                                self.cache.save(state)?;
                            }
                            Ok(there)
                        });
                        let failed = result.is_err();
                        done.push((task, result));
                        self.progress.documents(done.len(), count);
                        if failed {
                            under_way.clear();
                        }
                    }
                    std::task::Poll::Pending => at += 1,
                }
            }
            if under_way.is_empty() {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
        drop(under_way);
        for (task, result) in done {
            if result? {
                self.fetched += 1;
            } else {
                let message = format!(
                    "the environment doesn't offer {}",
                    task.request.origin().operation
                );
                self.warnings.push(Warning::document(message));
            }
        }
        Ok(())
    }

    /// Fetches one document. False: the environment doesn't have it, and it isn't needed.
    async fn one(&self, task: Task) -> (Task, Result<bool, FetchError>) {
        let mut part = self.cache.part(&task.document, self.progress);
        self.service.requests.fetch_add(1, Ordering::Relaxed);
        let answer = self
            .service
            .client
            .download(task.request.clone(), &mut part)
            .await;
        let result = match answer {
            Ok(_) => part.finish().map(|()| true),
            Err(Error::Service(refused))
                if task.optional && matches!(refused.status().as_u16(), 404 | 501) =>
            {
                Ok(false)
            }
            Err(Error::Sink { source }) => Err(FetchError::Io {
                action: "write",
                path: self.cache.path(&task.document),
                source,
            }),
            Err(error) => Err(error.into()),
        };
        (task, result)
    }
}

fn task(document: &str, request: Request, optional: bool) -> Task {
    Task {
        document: document.to_owned(),
        tables: Vec::new(),
        request,
        optional,
    }
}
