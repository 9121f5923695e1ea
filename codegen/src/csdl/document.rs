//! What a CSDL document says, as plain data that borrows its text from the input.
//!
//! Nothing is judged here: a key may name no property and a binding may name no entity set.

use std::borrow::Cow;

use super::types::{EdmType, TypeRef};
use crate::position::Position;

/// A name or text of the document: borrowed unless a character reference had to be resolved.
pub type Text<'a> = Cow<'a, str>;

/// A `$metadata` document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// The schemas, in order. Dataverse has one: `Microsoft.Dynamics.CRM`, alias `mscrm`.
    pub schemas: Vec<Namespace<'a>>,
    /// The entity types.
    pub entity_types: Vec<EntityType<'a>>,
    /// The complex types.
    pub complex_types: Vec<ComplexType<'a>>,
    /// The enum types. They belong to messages; the choices of a table aren't among them.
    pub enum_types: Vec<EnumType<'a>>,
    /// The functions, every overload as one entry.
    pub functions: Vec<Operation<'a>>,
    /// The actions, every overload as one entry.
    pub actions: Vec<Operation<'a>>,
    /// The functions that can be called unbound. A function without import and unbound is for filters only.
    pub function_imports: Vec<Import<'a>>,
    /// The actions that can be called unbound.
    pub action_imports: Vec<Import<'a>>,
    /// The entity sets.
    pub entity_sets: Vec<EntitySet<'a>>,
    /// What was dropped though it may be of interest, in the order of the document.
    pub notes: Vec<Note>,
}

impl Document<'_> {
    /// The namespace of the first schema, which messages and type names are qualified with.
    pub fn namespace(&self) -> Option<&str> {
        self.schemas.first().map(|schema| schema.name.as_ref())
    }
}

/// The namespace of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace<'a> {
    /// The full name.
    pub name: Text<'a>,
    /// The short name that type references inside the schema use.
    pub alias: Option<Text<'a>>,
}

/// A table, or a base type of tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityType<'a> {
    /// The logical name.
    pub name: Text<'a>,
    /// The local name of the base type; the name as written if it's of no schema of this document.
    pub base: Option<Text<'a>>,
    /// Rows are always of a derived type.
    pub is_abstract: bool,
    /// Rows may have properties that aren't declared.
    pub is_open: bool,
    /// The properties of the key. Empty if the key is inherited or there is none.
    pub key: Vec<Text<'a>>,
    /// The columns.
    pub properties: Vec<Property<'a>>,
    /// The relationships.
    pub navigation: Vec<NavigationProperty<'a>>,
    /// Further keys, by which a row can be addressed.
    pub alternate_keys: Vec<AlternateKey<'a>>,
    /// `Core.Description`.
    pub description: Option<Text<'a>>,
}

/// A structure that messages take or return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComplexType<'a> {
    /// The name.
    pub name: Text<'a>,
    /// The local name of the base type; the name as written if it's of no schema of this document.
    pub base: Option<Text<'a>>,
    /// Values are always of a derived type.
    pub is_abstract: bool,
    /// Values may have properties that aren't declared.
    pub is_open: bool,
    /// The fields.
    pub properties: Vec<Property<'a>>,
    /// The rows inside the structure; they are serialized inline.
    pub navigation: Vec<NavigationProperty<'a>>,
    /// `Core.Description`.
    pub description: Option<Text<'a>>,
}

/// A column, or a field of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property<'a> {
    /// The name.
    pub name: Text<'a>,
    /// The type.
    pub ty: TypeRef<'a>,
    /// The `Nullable` facet, if there is one. Absent means nullable.
    pub nullable: Option<bool>,
    /// `Core.Computed`: the service alone writes it.
    pub computed: bool,
    /// `Core.Permissions`.
    pub permission: Option<Permission>,
    /// `Core.Description`.
    pub description: Option<Text<'a>>,
}

impl Property<'_> {
    /// Whether the annotations say that a client can't write it; without annotations they don't.
    pub fn is_read_only(&self) -> bool {
        self.computed || matches!(self.permission, Some(Permission::Read | Permission::None))
    }
}

/// What `Core.Permissions` allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Neither reading nor writing.
    None,
    /// Reading only.
    Read,
    /// Writing only.
    Write,
    /// Both.
    ReadWrite,
}

/// A relationship seen from one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationProperty<'a> {
    /// The name.
    pub name: Text<'a>,
    /// The type at the other side; a collection on the side of the many.
    pub ty: TypeRef<'a>,
    /// The `Nullable` facet. Dataverse says `false` even for optional lookups.
    pub nullable: Option<bool>,
    /// The navigation property back.
    pub partner: Option<Text<'a>>,
    /// The rows live inside this one.
    pub contains_target: bool,
    /// Which property holds which property of the other side. Inherited lookups have none.
    pub constraints: Vec<ReferentialConstraint<'a>>,
    /// `Core.Description`.
    pub description: Option<Text<'a>>,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferentialConstraint<'a> {
    /// The property of this side, mostly `_<lookup>_value`.
    pub property: Text<'a>,
    /// The property of the other side: its primary id column.
    pub referenced: Text<'a>,
}

/// An alternate key: its parts in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlternateKey<'a> {
    /// The parts.
    pub parts: Vec<KeyPart<'a>>,
}

/// One property of an alternate key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart<'a> {
    /// The property.
    pub name: Text<'a>,
    /// What it's called in a URL; the property's name if the document gives none.
    pub alias: Text<'a>,
}

/// An enumeration of messages and metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumType<'a> {
    /// The name.
    pub name: Text<'a>,
    /// Several members can be set at once.
    pub is_flags: bool,
    /// The integer type; `None` is `Edm.Int32`.
    pub underlying: Option<EdmType>,
    /// The members, in order.
    pub members: Vec<EnumMember<'a>>,
    /// `Core.Description`.
    pub description: Option<Text<'a>>,
}

/// A member of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumMember<'a> {
    /// The name, which JSON has too.
    pub name: Text<'a>,
    /// The value: as written, else one more than the member before, else 0.
    pub value: i64,
}

/// A function or an action; overloads share a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation<'a> {
    /// The name.
    pub name: Text<'a>,
    /// The first parameter is the row or the set it's called on.
    pub is_bound: bool,
    /// A query can go on from its result.
    pub is_composable: bool,
    /// The parameters, the binding one first.
    pub parameters: Vec<Parameter<'a>>,
    /// What it returns, if anything.
    pub returns: Option<ReturnType<'a>>,
    /// `Core.Description`.
    pub description: Option<Text<'a>>,
}

/// A parameter of a function or an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// The name.
    pub name: Text<'a>,
    /// The type.
    pub ty: TypeRef<'a>,
    /// The `Nullable` facet, if there is one. Absent means nullable.
    pub nullable: Option<bool>,
    /// `Core.OptionalParameter`: a call may leave it out.
    pub optional: bool,
    /// `Core.Description`.
    pub description: Option<Text<'a>>,
}

/// What a function or an action returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnType<'a> {
    /// The type.
    pub ty: TypeRef<'a>,
    /// The `Nullable` facet, if there is one. Absent means nullable.
    pub nullable: Option<bool>,
}

/// A function or an action that can be called unbound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import<'a> {
    /// The name in the URL.
    pub name: Text<'a>,
    /// The local name of the operation; as written if it's of no schema of this document.
    pub operation: Text<'a>,
}

/// A set of rows with a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntitySet<'a> {
    /// The name in the URL.
    pub name: Text<'a>,
    /// The local name of the entity type; as written if it's of no schema of this document.
    pub entity_type: Text<'a>,
    /// Where the navigation properties lead.
    pub bindings: Vec<Binding<'a>>,
    /// What the annotations say the set can do.
    pub capabilities: Capabilities,
}

/// Where a navigation property leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding<'a> {
    /// The navigation property, perhaps behind a cast: `Microsoft.Dynamics.CRM.Derived/Property`.
    pub path: Text<'a>,
    /// The entity set. `owners` is one that no document declares.
    pub target: Text<'a>,
}

/// Annotations of an entity set; `None` where the document doesn't say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// `Capabilities.ChangeTracking`: delta links.
    pub change_tracking: Option<bool>,
    /// `Capabilities.CountRestrictions`: `$count`.
    pub countable: Option<bool>,
    /// `Capabilities.SearchRestrictions`: `$search`.
    pub searchable: Option<bool>,
    /// `Capabilities.SkipSupported`: `$skip`.
    pub skip_supported: Option<bool>,
    /// `Capabilities.IndexableByKey`: addressing a row by its key.
    pub indexable_by_key: Option<bool>,
}

/// Something of the document that was dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where it is.
    pub position: Position,
    /// What it is and what was done with it.
    pub message: String,
}
