//! What changed in the schemas that came one after the other, and the stamps by which clients ask for it.

use crate::Fault;
use crate::metadata::catalog::Catalog;
use crate::metadata::item::{Item, OF_TABLE, Reached};
use dataverse_codegen::schema::{Column, Table};
use http::StatusCode;
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// How long a stamp holds: `Organization.ExpireSubscriptionsInDays`, as it is by default.
const HOLDS: Duration = Duration::from_secs(90 * 86_400);
/// How many stamps are remembered at most. An older one has expired.
const MOST_STAMPS: usize = 256;
/// How many deletions are remembered at most. Stamps that would need more have expired.
const MOST_DELETIONS: usize = 100_000;

/// The schemas that came one after the other: their stamps, and what changed with each.
#[derive(Clone, Debug)]
pub struct History {
    /// The stamps, the current one last. Never empty.
    stamps: VecDeque<Stamp>,
    /// The version in which a definition changed last. What isn't here is as it was in the first.
    changed: HashMap<Uuid, u64>,
    deleted: VecDeque<Deletion>,
}

/// A version of the schema, and when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    version: u64,
    time: SystemTime,
}

/// A definition that went.
#[derive(Clone, Debug)]
struct Deletion {
    version: u64,
    kind: Kind,
    id: Uuid,
}

/// The sorts of deletions that a client can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Table,
    Column,
    Relationship,
    OptionSet,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Table, Self::Column, Self::Relationship, Self::OptionSet];

    /// The member of `DeletedMetadataFilters`.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Table => "Entity",
            Self::Column => "Attribute",
            Self::Relationship => "Relationship",
            Self::OptionSet => "OptionSet",
        }
    }
}

impl Stamp {
    fn text(&self) -> String {
        let time = Timestamp::try_from(self.time).unwrap_or(Timestamp::UNIX_EPOCH);
        format!("{}!{}", self.version, time.strftime("%m/%d/%Y %H:%M:%S"))
    }
}

impl History {
    /// A history of one schema. The first version comes of the time, so that stamps of an emulator that ran before aren't
    /// taken for this one's.
    pub(in crate::metadata) fn new(now: SystemTime) -> Self {
        let since = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let first = Stamp {
            version: since.as_secs(),
            time: now,
        };
        Self {
            stamps: VecDeque::from([first]),
            changed: HashMap::new(),
            deleted: VecDeque::new(),
        }
    }

    /// The stamp of the current schema.
    pub(in crate::metadata) fn current(&self) -> String {
        self.stamps.back().map_or_else(String::new, Stamp::text)
    }

    /// The current version.
    pub(in crate::metadata) fn version(&self) -> u64 {
        self.stamps.back().map_or(0, |stamp| stamp.version)
    }

    /// The version that a client's stamp means.
    ///
    /// # Errors
    /// If it has expired, or was never given.
    pub(super) fn version_of(&self, text: &str, now: SystemTime) -> Result<u64, Fault> {
        let expired = || {
            Fault::new(
                StatusCode::BAD_REQUEST,
                0x8004_4352,
                "The version stamp associated with the client has expired. Please perform a full sync.",
            )
        };
        let known = self.stamps.iter().find(|stamp| stamp.text() == text);
        let stamp = known.ok_or_else(expired)?;
        // A schema holds as long as it is there: what expires is the memory of what changed after it.
        let ended = self.stamps.iter().find(|later| later.version > stamp.version);
        let age = ended.and_then(|ended| now.duration_since(ended.time).ok());
        if age.is_some_and(|age| age > HOLDS) {
            return Err(expired());
        }
        Ok(stamp.version)
    }

    /// Whether a definition has changed since a version.
    pub(super) fn has_changed(&self, id: Uuid, since: u64) -> bool {
        self.changed.get(&id).is_some_and(|version| *version > since)
    }

    /// The ids of what went since a version.
    pub(super) fn deleted(&self, kind: Kind, since: u64) -> Vec<Uuid> {
        let gone = self
            .deleted
            .iter()
            .filter(|of| of.kind == kind && of.version > since);
        gone.map(|of| of.id).collect()
    }

    fn next(&mut self, now: SystemTime) -> u64 {
        let version = self.version() + 1;
        self.stamps.push_back(Stamp { version, time: now });
        if self.stamps.len() > MOST_STAMPS {
            self.stamps.pop_front();
        }
        version
    }

    fn delete(&mut self, version: u64, kind: Kind, id: Uuid) {
        self.changed.remove(&id);
        self.deleted.push_back(Deletion { version, kind, id });
    }

    /// Forgets deletions beyond the bound, and the stamps that would need them.
    fn forget(&mut self) {
        let excess = self.deleted.len().saturating_sub(MOST_DELETIONS);
        let last = self.deleted.drain(..excess).next_back();
        if let Some(last) = last {
            let current = self.version();
            self.stamps
                .retain(|stamp| stamp.version >= last.version || stamp.version == current);
        }
    }
}

/// The history after another schema has taken the place of the last one.
pub(in crate::metadata) fn after(
    mut history: History,
    old: Catalog<'_>,
    new: Catalog<'_>,
    now: SystemTime,
) -> History {
    let version = history.next(now);
    let gone = definitions(old);
    let here: HashSet<Uuid> = definitions(new).into_keys().collect();
    for (id, kind) in gone {
        if !here.contains(&id)
            && let Some(kind) = kind
        {
            history.delete(version, kind, id);
        }
    }
    // What is here again isn't gone.
    history.deleted.retain(|of| !here.contains(&of.id));
    let mut changed = Vec::new();
    for item in new.tables() {
        let Item::Table(table) = item else { continue };
        let before = old.table(&table.name);
        if before.is_none_or(|before| !same(before, table)) {
            changed.push(item.id());
        }
        let before = Before::new(old, before);
        let differ = parts(new, table)
            .into_iter()
            .filter(|part| !before.has(new, *part));
        changed.extend(differ.map(Item::id));
    }
    history
        .changed
        .extend(changed.into_iter().map(|id| (id, version)));
    history.forget();
    history
}

/// The ids of all definitions, with what a deletion of them is called. Keys go without a word.
fn definitions(catalog: Catalog<'_>) -> HashMap<Uuid, Option<Kind>> {
    let mut all = HashMap::new();
    for item in catalog.tables() {
        let Item::Table(table) = item else { continue };
        all.insert(item.id(), Some(Kind::Table));
        for part in parts(catalog, table) {
            let kind = match part {
                Item::Column(..) | Item::Shadow(..) | Item::Hidden(..) => Some(Kind::Column),
                Item::OneToMany(_) | Item::ManyToMany(_) => Some(Kind::Relationship),
                Item::Key(..) | Item::Table(_) => None,
                Item::Choice(_) => Some(Kind::OptionSet),
            };
            all.insert(part.id(), kind);
            if let Some(Reached::One(Some(set))) = part.navigate(catalog, "OptionSet") {
                all.insert(set.id(), Some(Kind::OptionSet));
            }
        }
    }
    all.extend(
        catalog
            .choices()
            .map(|choice| (choice.id(), Some(Kind::OptionSet))),
    );
    all
}

/// The columns, keys and relationships of a table.
fn parts<'s>(catalog: Catalog<'s>, table: &'s Table) -> Vec<Item<'s>> {
    let reached = OF_TABLE
        .iter()
        .filter_map(|name| Item::Table(table).navigate(catalog, name));
    reached
        .flat_map(|reached| match reached {
            Reached::Many(items) => items,
            Reached::One(item) => item.into_iter().collect(),
        })
        .collect()
}

/// Whether two tables are told alike, apart from their parts.
fn same(old: &Table, new: &Table) -> bool {
    let facts = |table: &Table| {
        (
            table.schema_name.clone(),
            table.entity_set.clone(),
            table.label.clone(),
            table.plural_label.clone(),
            table.description.clone(),
            table.primary_id.clone(),
            table.primary_name.clone(),
            table.primary_image.clone(),
            table.table_type.clone(),
            table.ownership.clone(),
        )
    };
    facts(old) == facts(new) && old.facts == new.facts
}

/// The parts that a table had before.
struct Before<'s> {
    catalog: Catalog<'s>,
    table: Option<&'s Table>,
    /// Its columns by name, with what the table makes of them.
    columns: HashMap<Cow<'s, str>, Item<'s>>,
}

impl<'s> Before<'s> {
    fn new(catalog: Catalog<'s>, table: Option<&'s Table>) -> Self {
        let columns = table.map_or_else(Vec::new, |table| catalog.attributes(table));
        Self {
            catalog,
            table,
            columns: columns.into_iter().map(|item| (item.name(), item)).collect(),
        }
    }

    /// Whether a part was there and is told alike, with the choice that it draws from.
    fn has(&self, new: Catalog<'_>, part: Item<'_>) -> bool {
        match part {
            Item::Column(_, column) | Item::Shadow(_, column) | Item::Hidden(_, column) => {
                let known = match (self.columns.get(&part.name()), part) {
                    (Some(Item::Column(_, known)), Item::Column(..))
                    | (Some(Item::Shadow(_, known)), Item::Shadow(..))
                    | (Some(Item::Hidden(_, known)), Item::Hidden(..)) => *known,
                    _ => return false,
                };
                let global = |catalog: Catalog<'_>, column: &Column| {
                    let name = column.kind.global_choice()?;
                    catalog.model.schema().choices.get(name).cloned()
                };
                known == column && global(self.catalog, known) == global(new, column)
            }
            Item::Key(_, key) => self.table.is_some_and(|table| table.keys.contains(key)),
            Item::OneToMany(relation) => {
                let mut known = self.catalog.relations.many_to_one_of(&relation.referencing);
                known.any(|known| known == relation)
            }
            Item::ManyToMany(relation) => {
                let mut known = self.catalog.relations.many_to_many_of(&relation.sides[0].table);
                known.any(|known| known == relation)
            }
            Item::Table(_) | Item::Choice(_) => true,
        }
    }
}
