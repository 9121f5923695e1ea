//! What sort of thing a change is about.

use std::fmt;

macro_rules! kinds {
    ($($name:ident $id:literal $words:literal;)*) => {
        /// What sort of thing a change is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("A change of this: ", $words, ".")] $name,)*
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name in JSON.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// The name for people.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)*
                }
            }
        }
    };
}

kinds! {
    Table "table" "table";
    EntitySet "entity_set" "entity set";
    PrimaryColumn "primary_column" "primary column";
    TableFact "table_fact" "table fact";
    Column "column" "column";
    Type "type" "type";
    Length "length" "length";
    Range "range" "range";
    Precision "precision" "precision";
    RequiredLevel "required_level" "required level";
    Access "access" "access";
    DateBehavior "date_behavior" "date behaviour";
    Format "format" "format";
    Default "default" "default";
    Source "source" "source of the value";
    AutoNumber "auto_number" "auto-number pattern";
    Security "security" "column security";
    Size "size" "size of images and files";
    Choice "choice" "choice";
    Option "option" "option";
    StatusFlow "status_flow" "states and transitions";
    LookupTarget "lookup_target" "lookup target";
    Navigation "navigation" "navigation property";
    Relationship "relationship" "relationship";
    Cascade "cascade" "cascade";
    Collection "collection" "collection";
    Key "key" "alternate key";
    Operation "operation" "operation";
    Parameter "parameter" "parameter";
    Result "result" "result";
    ComplexType "complex_type" "complex type";
    EnumType "enum_type" "enumeration";
    Member "member" "member";
    SchemaName "schema_name" "schema name";
    Origin "origin" "origin";
    Label "label" "label";
    Description "description" "description";
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}
