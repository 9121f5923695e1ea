//! What reading one body gives.

use crate::warning::Warning;

use super::model::{RawManyToMany, RawOneToMany, RawOptionSet, RawSolutionComponent, Text};

/// Everything that one body of definitions carries. `T` is what the caller made of each table.
#[derive(Debug, Clone, PartialEq)]
pub struct Body<'a, T> {
    /// What the body is.
    pub shape: Shape,
    /// `@odata.context`.
    pub context: Option<Text<'a>>,
    /// The tables, in the body's order; complete or partial.
    pub tables: Vec<T>,
    /// Global choices.
    pub option_sets: Vec<RawOptionSet<'a>>,
    /// One-to-many relationships that don't come inside a table.
    pub one_to_many: Vec<RawOneToMany<'a>>,
    /// Many-to-many relationships that don't come inside a table.
    pub many_to_many: Vec<RawManyToMany<'a>>,
    /// Rows of `solutioncomponents`.
    pub solution_components: Vec<RawSolutionComponent<'a>>,
    /// What `RetrieveMetadataChanges` says was deleted.
    pub deleted: Vec<RawDeleted<'a>>,
    /// `ServerVersionStamp` of `RetrieveMetadataChanges`.
    pub server_version_stamp: Option<Text<'a>>,
    /// What was wrong without making the body unreadable.
    pub warnings: Vec<Warning>,
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `EntityDefinitions`: complete tables, one or many.
    Tables,
    /// `RetrieveMetadataChanges` (or `RetrieveAllEntities`): tables with `null` for what wasn't asked.
    MetadataChanges,
    /// `RetrieveEntity`: one complete table.
    RetrieveEntity,
    /// Columns of a table, one or many: gives a partial table.
    Attributes,
    /// Alternate keys of a table, one or many: gives a partial table.
    Keys,
    /// `GlobalOptionSetDefinitions`, one or many.
    OptionSets,
    /// `RelationshipDefinitions` or the relationships of a table, one or many.
    Relationships,
    /// `solutioncomponents`.
    SolutionComponents,
    /// A valid answer of the Web API that holds no definitions, such as views or forms.
    NotMetadata,
}

/// Ids of deleted definitions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawDeleted<'a> {
    /// What they were: `Entity`, `Attribute`, `Relationship`, `Label`, `OptionSet`…
    pub kind: Text<'a>,
    /// Their `MetadataId`s.
    pub ids: Vec<Text<'a>>,
}
