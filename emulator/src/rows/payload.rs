//! What a body writes: columns, lookups, new rows that hang on this one, and links.

use super::files::{self, Image};
use super::record::Cells;
use super::{RowId, Work, row_at};
use crate::Fault;
use crate::json::{Json, Object};
use crate::model::{Entity, Many, Single};
use crate::store::{Cell, cell_of};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dataverse_codegen::schema::{Column, ColumnKind, Source};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What the body is for. It decides which columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Create,
    Update,
    /// Rows that a test starts with: also what the service itself writes can be given.
    Seed,
}

/// A body, read.
#[derive(Debug, Default)]
pub(super) struct Payload<'a> {
    /// The id, if the body has it.
    pub(super) id: Option<Uuid>,
    /// Columns and their values.
    pub(super) cells: Cells,
    /// Images; none empties its column.
    pub(super) images: Vec<Image<'a>>,
    /// New rows for lookups.
    pub(super) singles: Vec<(&'a Single, &'a Object)>,
    /// New rows for collections.
    pub(super) many: Vec<(&'a Many, &'a [Json])>,
    /// Rows that are there, for collections.
    pub(super) links: Vec<(&'a Many, Vec<(&'a Entity, RowId)>)>,
}

impl<'a> Payload<'a> {
    pub(super) fn read(
        work: &Work<'a>,
        entity: &'a Entity,
        body: &'a Object,
        purpose: Purpose,
    ) -> Result<Self, Fault> {
        let mut reader = Reader {
            work,
            entity,
            purpose,
            payload: Self::default(),
            lookups: HashMap::new(),
        };
        let mut seen = HashSet::with_capacity(body.len());
        for (name, value) in body {
            if !seen.insert(name) {
                return Err(reader.wrong(&format!(
                    "Multiple properties with the name '{}' were detected in a resource or a complex value.",
                    name.chars().take(100).collect::<String>()
                )));
            }
            reader.member(name, value, body)?;
        }
        Ok(reader.payload)
    }
}

struct Reader<'r, 'a> {
    work: &'r Work<'a>,
    entity: &'a Entity,
    purpose: Purpose,
    payload: Payload<'a>,
    /// By which navigation property each lookup was written.
    lookups: HashMap<&'a str, &'a str>,
}

impl<'a> Reader<'_, 'a> {
    fn member(&mut self, name: &'a str, value: &'a Json, body: &Object) -> Result<(), Fault> {
        if let Some((property, annotation)) = name.split_once('@') {
            return self.annotation(property, annotation, value, body);
        }
        if let Some((_, column)) = self.entity.property(name)
            && !self.is_lookup_alone(name, column)
        {
            return self.column(column, value);
        }
        if let Some(single) = self.entity.single(name) {
            return self.single(single, value);
        }
        if let Some(many) = self.entity.collection(name) {
            return self.many(many, value);
        }
        let name: String = name.chars().take(100).collect();
        Err(self.wrong(&format!(
            "The property '{name}' does not exist on type 'Microsoft.Dynamics.CRM.{}'. Make sure to only use property names that are defined by the type.",
            self.entity.name()
        )))
    }

    /// Whether the property is a lookup's id, which no body writes.
    fn is_lookup_alone(&self, name: &str, column: &Column) -> bool {
        matches!(column.kind, ColumnKind::Lookup(_)) && self.entity.single(name).is_some()
    }

    fn annotation(
        &mut self,
        property: &'a str,
        annotation: &str,
        value: &'a Json,
        body: &Object,
    ) -> Result<(), Fault> {
        let known = property.is_empty()
            || self.entity.property(property).is_some()
            || crate::json::member(body, property).is_some();
        match annotation {
            "odata.bind" => self.bind(property, value),
            "odata.type" if property.is_empty() => self.of_type(value),
            _ if known
                || self.entity.single(property).is_some()
                || self.entity.collection(property).is_some() =>
            {
                Ok(())
            }
            _ => Err(self.undeclared(property)),
        }
    }

    fn of_type(&self, value: &Json) -> Result<(), Fault> {
        let name = value.text().unwrap_or_default().trim_start_matches('#');
        let name = name.strip_prefix("Microsoft.Dynamics.CRM.").unwrap_or(name);
        let base = self.entity.table().base.as_deref();
        if name == self.entity.name() || base == Some(name) || matches!(name, "crmbaseentity" | "expando") {
            return Ok(());
        }
        Err(self.wrong(&format!(
            "A type named '{}' is not assignable to the expected type 'Microsoft.Dynamics.CRM.{}'.",
            name.chars().take(100).collect::<String>(),
            self.entity.name()
        )))
    }

    fn column(&mut self, column: &'a Column, value: &Json) -> Result<(), Fault> {
        if column.name == self.entity.primary_id() {
            if let Cell::Id(id) = cell_of(self.work.model, self.entity, column, value)? {
                self.payload.id = Some(id);
            }
            return Ok(());
        }
        if matches!(column.kind, ColumnKind::Lookup(_)) {
            return Err(Fault::bad_query(format!(
                "CRM do not support direct update of Entity Reference properties, Use Navigation properties instead. Property: '_{}_value'.",
                column.name
            )));
        }
        // Of what the caller may not write the value is read too: nonsense is refused in every column.
        if !is_writable(column, self.purpose) {
            if !files::is_file(column) {
                cell_of(self.work.model, self.entity, column, value)?;
            }
            return Ok(());
        }
        if files::is_file(column) {
            return self.file(column, value);
        }
        let cell = cell_of(self.work.model, self.entity, column, value)?;
        self.payload.cells.insert(column.name.clone(), cell);
        Ok(())
    }

    /// An image is written by its content, or emptied by null. A file isn't written by a body at all: null is what it is
    /// for clients that send every column (Microsoft Learn, "Use file column data").
    fn file(&mut self, column: &'a Column, value: &Json) -> Result<(), Fault> {
        let is_image = matches!(column.kind, ColumnKind::Image { .. });
        let bytes = match value {
            Json::Null if !is_image => return Ok(()),
            Json::Null => None,
            Json::Text(text) if is_image => {
                if self.purpose == Purpose::Create {
                    files::check_primary(self.entity, column)?;
                }
                let bytes = STANDARD.decode(text).map_err(|_| {
                    self.wrong(&format!(
                        "Cannot convert the value of '{}' to the expected type 'Edm.Binary'.",
                        column.name
                    ))
                })?;
                Some(bytes)
            }
            _ => {
                return Err(self.wrong(&format!(
                    "The value of '{}' can't be set by a create or update: the content of files is uploaded to the property itself, and that of images is base64.",
                    column.name
                )));
            }
        };
        self.payload.images.push((column, bytes));
        Ok(())
    }

    fn single(&mut self, single: &'a Single, value: &'a Json) -> Result<(), Fault> {
        match value {
            Json::Null => self.lookup(single, Cell::Null),
            Json::Object(row) if self.purpose != Purpose::Update => {
                self.once(single)?;
                self.payload.singles.push((single, row));
                Ok(())
            }
            Json::Object(_) => Err(self.wrong(&format!(
                "Deep update is not supported: the navigation property '{}' can be set with '@odata.bind' only.",
                single.name
            ))),
            _ => Err(self.wrong(&format!(
                "The navigation property '{}' has to be an object or null.",
                single.name
            ))),
        }
    }

    fn many(&mut self, many: &'a Many, value: &'a Json) -> Result<(), Fault> {
        let Json::Array(rows) = value else {
            return Err(self.wrong(&format!("The collection '{}' has to be an array.", many.name)));
        };
        if self.purpose == Purpose::Update {
            return Err(self.wrong(&format!(
                "Deep update is not supported: rows of the collection '{}' are written by themselves.",
                many.name
            )));
        }
        self.payload.many.push((many, rows));
        Ok(())
    }

    fn bind(&mut self, property: &'a str, value: &'a Json) -> Result<(), Fault> {
        if let Some(single) = self.entity.single(property) {
            let cell = match value {
                Json::Null => Cell::Null,
                Json::Text(reference) => self.bound(single, reference)?,
                _ => {
                    return Err(self.wrong(&format!(
                        "The value of '{property}@odata.bind' has to be one URL."
                    )));
                }
            };
            return self.lookup(single, cell);
        }
        let Some(many) = self.entity.collection(property) else {
            return Err(self.undeclared(property));
        };
        let Json::Array(items) = value else {
            return Err(self.wrong(&format!(
                "The value of '{property}@odata.bind' has to be an array of URLs."
            )));
        };
        if self.purpose == Purpose::Update {
            return Err(self.wrong(&format!(
                "Rows are added to the collection '{property}' by '$ref' when the row is there already."
            )));
        }
        let rows = items.iter().map(|item| match item.text() {
            Some(reference) => row_at(self.work, reference),
            None => Err(self.wrong(&format!("'{property}@odata.bind' has an item that is no URL."))),
        });
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        self.payload.links.push((many, rows));
        Ok(())
    }

    fn bound(&self, single: &Single, reference: &str) -> Result<Cell, Fault> {
        let (found, row) = row_at(self.work, reference)?;
        lookup_cell(self.entity, single, found, row.id).ok_or_else(|| {
            self.wrong(&format!(
                "The navigation property '{}' leads to rows of '{}', not of '{}'.",
                single.name,
                single.target,
                found.name()
            ))
        })
    }

    /// Writes a lookup, unless the caller may not.
    fn lookup(&mut self, single: &'a Single, cell: Cell) -> Result<(), Fault> {
        let Some(column) = self.entity.table().column(&single.column) else {
            return Ok(());
        };
        if !is_writable(column, self.purpose) {
            return Ok(());
        }
        if self.lookups.contains_key(single.column.as_str()) && cell.is_null() {
            // Clearing the other targets of a lookup beside the one that is set is what some clients do.
            return Ok(());
        }
        if !cell.is_null() {
            self.once(single)?;
        }
        self.payload.cells.insert(single.column.clone(), cell);
        Ok(())
    }

    fn once(&mut self, single: &'a Single) -> Result<(), Fault> {
        match self.lookups.insert(&single.column, &single.name) {
            None => Ok(()),
            Some(other) => Err(self.wrong(&format!(
                "The lookup '{}' is set twice: by '{other}' and by '{}'.",
                single.column, single.name
            ))),
        }
    }

    fn undeclared(&self, property: &str) -> Fault {
        let property: String = property.chars().take(100).collect();
        self.wrong(&format!(
            "An undeclared property '{property}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values."
        ))
    }

    fn wrong(&self, what: &str) -> Fault {
        let set = self.entity.table().entity_set.as_deref();
        Fault::bad_payload(format!(
            "Error identified in Payload provided by the user for Entity :'{}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: {what}",
            set.unwrap_or(self.entity.name())
        ))
    }
}

/// The value of a lookup that is set to a row by one of its navigation properties. None if the property doesn't lead there.
pub(super) fn lookup_cell(entity: &Entity, single: &Single, found: &Entity, id: Uuid) -> Option<Cell> {
    let column = entity.table().column(&single.column)?;
    let ColumnKind::Lookup(lookup) = &column.kind else {
        return None;
    };
    let base = found.table().base.as_deref();
    let mut targets = lookup
        .targets
        .iter()
        .filter(|target| target.navigation.as_deref() == Some(single.name.as_str()));
    // One navigation property leads to users and to teams; one to activities of every kind.
    let by_name = targets.clone().find(|target| target.table == found.name());
    let target = by_name.or_else(|| targets.find(|target| Some(target.table.as_str()) == base))?;
    Some(Cell::Lookup(id, target.table.clone()))
}

/// Whether a body's value for the column counts. Columns of which the documents tell nothing are written, but for those
/// that the service keeps itself.
pub(super) fn is_writable(column: &Column, purpose: Purpose) -> bool {
    const KEPT: [&str; 11] = [
        "createdby",
        "createdon",
        "createdonbehalfby",
        "modifiedby",
        "modifiedon",
        "modifiedonbehalfby",
        "owningbusinessunit",
        "owningteam",
        "owninguser",
        "versionnumber",
        "exchangerate",
    ];
    if column.source != Source::Simple {
        return false;
    }
    match (purpose, column.access) {
        (Purpose::Seed, _) => column.name != "versionnumber",
        (Purpose::Create, Some(access)) => access.create,
        (Purpose::Update, Some(access)) => access.update,
        (_, None) => !KEPT.contains(&column.name.as_str()),
    }
}
