//! Reads the parts of a body that aren't complete tables: columns, keys, relationships, choices, solutions.

use crate::warning::Warning;

use super::attributes::kind_of_attribute;
use super::context::{Context, Target};
use super::model::{RawAttribute, RawKey, RawManyToMany, RawOneToMany, RawOptionSet, RawTable, Text};
use super::notes::Notes;
use super::object::Object;
use super::read::{Tables, read_object};
use super::{Body, DefinitionsError, Shape};

/// Everything needed to read the parts of a body that aren't handed out as tables.
pub(super) struct Parts<'p, 't, 'a, T, F> {
    pub(super) text: &'a str,
    pub(super) parts: Vec<&'a str>,
    pub(super) about: &'p Context<'p>,
    pub(super) tables: &'p Tables<'t, 'a, T, F>,
    pub(super) body: &'p mut Body<'a, T>,
}

impl<'a, T, F: Fn(RawTable<'a>, &mut Vec<Warning>) -> T> Parts<'_, '_, 'a, T, F> {
    /// Reads the parts, which are about `target`.
    pub(super) fn read(mut self, target: Target) -> Result<(), DefinitionsError> {
        self.body.shape = match target {
            Target::Tables => Shape::Tables,
            Target::Attributes | Target::ColumnChoice => Shape::Attributes,
            Target::Keys => Shape::Keys,
            Target::Relationships => Shape::Relationships,
            Target::OptionSets => Shape::OptionSets,
            Target::SolutionComponents => Shape::SolutionComponents,
            Target::Message | Target::Other => Shape::NotMetadata,
        };
        match target {
            Target::Tables => {
                for (index, part) in self.parts.iter().enumerate() {
                    self.tables.read(index, part);
                }
            }
            Target::Attributes => self.attributes()?,
            Target::ColumnChoice => self.column_choice()?,
            Target::Keys => self.keys()?,
            Target::Relationships => self.relationships()?,
            Target::OptionSets => self.body.option_sets = self.objects(None)?,
            Target::SolutionComponents => self.body.solution_components = self.objects(None)?,
            Target::Message | Target::Other => {}
        }
        Ok(())
    }

    /// Reads all parts as `O`, with what they lack or have wrong as warnings about `table`.
    fn objects<O: Object<'a>>(&mut self, table: Option<&str>) -> Result<Vec<O>, DefinitionsError> {
        let mut objects = Vec::with_capacity(self.parts.len());
        for (index, part) in self.parts.iter().enumerate() {
            let notes = Notes::default();
            let object: O = read_object(self.text, part, &notes)?;
            match object.lacks() {
                Some(lacks) => notes.add(|| format!("element {index} has no {lacks}; left out")),
                None => {
                    if let Some(column) = object.column() {
                        notes.about_column(0, column);
                    }
                    objects.push(object);
                }
            }
            self.body.warnings.append(&mut notes.take(table));
        }
        Ok(objects)
    }

    fn attributes(&mut self) -> Result<(), DefinitionsError> {
        let from = self.body.warnings.len();
        let mut attributes: Vec<RawAttribute<'a>> = self.objects(None)?;
        for attribute in &mut attributes {
            attribute.kind = kind_of_attribute(attribute, self.about.cast);
        }
        let named = attributes
            .iter()
            .find_map(|attribute| attribute.entity_logical_name.clone());
        self.partial(from, named, "columns", |table| table.attributes = attributes);
        Ok(())
    }

    fn keys(&mut self) -> Result<(), DefinitionsError> {
        let from = self.body.warnings.len();
        let keys: Vec<RawKey<'a>> = self.objects(None)?;
        let named = keys.iter().find_map(|key| key.entity_logical_name.clone());
        self.partial(from, named, "keys", |table| table.keys = keys);
        Ok(())
    }

    /// The choice of one column; without the column's name it can only serve as a global one.
    fn column_choice(&mut self) -> Result<(), DefinitionsError> {
        let sets: Vec<RawOptionSet<'a>> = self.objects(self.about.table)?;
        let (Some(column), Some(set)) = (self.about.column, sets.first()) else {
            self.body.shape = Shape::OptionSets;
            self.body.option_sets = sets;
            return Ok(());
        };
        let mut attribute = RawAttribute {
            logical_name: Text::Owned(column.to_owned()),
            ..RawAttribute::default()
        };
        attribute.kind = kind_of_attribute(&attribute, self.about.cast);
        attribute.option_set = Some(Box::new(set.clone()));
        let from = self.body.warnings.len();
        self.partial(from, None, "a choice", |table| table.attributes = vec![attribute]);
        Ok(())
    }

    /// Converts a table of which only a part is known. Its name comes from the context, else from its items.
    fn partial(
        &mut self,
        from: usize,
        named: Option<Text<'a>>,
        what: &str,
        fill: impl FnOnce(&mut RawTable<'a>),
    ) {
        let name = self
            .about
            .table
            .map(|name| Text::Owned(name.to_owned()))
            .or(named);
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            if !self.parts.is_empty() {
                let id = self
                    .about
                    .table_id
                    .map(|id| format!(" (MetadataId {id})"))
                    .unwrap_or_default();
                let message = format!(
                    "the body has {what} of a table{id} but not its name; left out: \
                     fetch it again by name, as EntityDefinitions(LogicalName='…')"
                );
                self.body.warnings.push(Warning {
                    table: None,
                    column: None,
                    message,
                });
            }
            return;
        };
        for warning in self.body.warnings.iter_mut().skip(from) {
            warning.table = Some(name.to_string());
        }
        let metadata_id = self.about.table_id.map(|id| Text::Owned(id.to_owned()));
        let mut table = RawTable {
            logical_name: name,
            partial: true,
            metadata_id,
            ..RawTable::default()
        };
        fill(&mut table);
        self.tables.convert(0, table, &Notes::default());
    }

    /// Relationships of either kind: what has an entity 1 or 2 is many-to-many.
    fn relationships(&mut self) -> Result<(), DefinitionsError> {
        for part in std::mem::take(&mut self.parts) {
            let notes = Notes::default();
            let many: RawManyToMany<'a> = read_object(self.text, part, &notes)?;
            if many.entity1.is_some() || many.entity2.is_some() || many.intersect_entity.is_some() {
                self.body.warnings.append(&mut notes.take(None));
                self.body.many_to_many.push(many);
                continue;
            }
            let notes = Notes::default();
            let one: RawOneToMany<'a> = read_object(self.text, part, &notes)?;
            if one.referencing_entity.is_none() && one.referenced_entity.is_none() {
                let name = one.schema_name.as_deref().unwrap_or("without a name");
                notes.add(|| {
                    format!(
                        "relationship {name}: names no tables; left out: fetch it again cast to \
                         Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata or ManyToManyRelationshipMetadata"
                    )
                });
            } else {
                self.body.one_to_many.push(one);
            }
            self.body.warnings.append(&mut notes.take(None));
        }
        Ok(())
    }
}
