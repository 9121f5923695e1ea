//! Everything that is logged by any crate, as text.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// What was logged: the crate and the text of each span and event.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<(String, String)>>>);

/// Takes everything that this thread logs, at all levels, until the guard is dropped.
pub fn everything() -> (Log, DefaultGuard) {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(Taking(log.clone()));
    (log, guard)
}

impl Log {
    pub fn text(&self) -> String {
        self.of("")
    }

    /// What crates whose names begin so have logged.
    pub fn of(&self, target: &str) -> String {
        let log = self.0.lock().unwrap();
        let lines = log.iter().filter(|(of, _)| of.starts_with(target));
        lines.map(|(_, text)| format!("{text}\n")).collect()
    }
}

struct Taking(Log);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, "{}={value} ", field.name()).unwrap();
    }
}

impl Taking {
    fn keep(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Line)) {
        let mut line = Line(format!("{}: ", metadata.name()));
        record(&mut line);
        self.0
            .0
            .lock()
            .unwrap()
            .push((metadata.target().to_owned(), line.0));
    }
}

impl Subscriber for Taking {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.keep(span.metadata(), |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.keep(event.metadata(), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
