//! Properties of a body, without types.

use crate::InvalidRequest;
use crate::text::json_object;

/// A property of a body with its JSON.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What it is about: a column or a relationship. A later entry about the same replaces this one.
    pub about: &'static str,
    pub name: &'static str,
    /// The property is a navigation property, and the value an address.
    pub bind: bool,
    pub content: Content,
    /// For a status: which it is.
    pub status: Option<Status>,
    /// Why the service would refuse it.
    pub problem: Option<InvalidRequest>,
}

/// A status of a table, and the state that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Status {
    pub table: &'static str,
    pub state: i32,
}

#[derive(Debug)]
pub(crate) enum Content {
    One(String),
    /// Rows of a relationship: entries about the same add to each other.
    Many(Vec<String>),
}

impl Entry {
    /// The property's name in the body.
    pub fn property(&self) -> String {
        let suffix = if self.bind { "@odata.bind" } else { "" };
        format!("{}{suffix}", self.name)
    }

    /// The property's value in the body.
    pub fn json(&self) -> String {
        match &self.content {
            Content::One(json) => json.clone(),
            Content::Many(items) => format!("[{}]", items.join(",")),
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(&self.content, Content::One(json) if json == "null")
    }
}

/// The properties of a body.
#[derive(Debug, Default)]
pub(crate) struct Entries(Vec<Entry>);

impl Entries {
    /// A property can stand in a body once: the last assignment to a column counts.
    pub fn push(&mut self, entry: Entry) {
        if let Content::Many(more) = entry.content {
            let same = self
                .0
                .iter_mut()
                .find(|other| other.name == entry.name && other.bind == entry.bind);
            match same {
                Some(Entry {
                    content: Content::Many(items),
                    problem,
                    ..
                }) => {
                    items.extend(more);
                    *problem = problem.take().or(entry.problem);
                }
                _ => self.0.push(Entry {
                    content: Content::Many(more),
                    ..entry
                }),
            }
        } else {
            self.0.retain(|other| other.about != entry.about);
            self.0.push(entry);
        }
    }

    /// Forgets what is said about a column.
    pub fn remove(&mut self, about: &str) {
        self.0.retain(|entry| entry.about != about);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// Why the service would refuse the body.
    pub fn problem(&self) -> Option<InvalidRequest> {
        let problem = self.0.iter().find_map(|entry| entry.problem.clone());
        problem.or_else(|| self.state_mismatch())
    }

    /// The state and the status, if they don't belong together.
    fn state_mismatch(&self) -> Option<InvalidRequest> {
        let (entry, status) = self.0.iter().find_map(|entry| Some((entry, entry.status?)))?;
        let set = self.0.iter().find(|entry| entry.about == "statecode")?.json();
        (set != status.state.to_string()).then(|| InvalidRequest::StateMismatch {
            table: status.table,
            status: entry.json().parse().unwrap_or_default(),
            state: status.state,
            set,
        })
    }

    /// The JSON object.
    pub fn to_json(&self) -> String {
        self.to_json_after([])
    }

    /// The JSON object, in which these properties come first.
    pub fn to_json_after(&self, first: impl IntoIterator<Item = (String, String)>) -> String {
        let entries = self.0.iter().map(|entry| (entry.property(), entry.json()));
        json_object(first.into_iter().chain(entries))
    }
}
