//! CSDL: the `$metadata` document of an environment, read into plain data.

mod annotation;
mod attributes;
mod container;
mod document;
mod enums;
mod error;
mod expression;
mod finish;
mod operation;
mod outline;
mod read;
mod scope;
mod sniff;
mod source;
mod structured;
mod types;
mod unique;

pub use document::{
    AlternateKey, Binding, Capabilities, ComplexType, Document, EntitySet, EntityType, EnumMember, EnumType,
    Import, KeyPart, Namespace, NavigationProperty, Note, Operation, Parameter, Permission, Property,
    ReferentialConstraint, ReturnType, Text,
};
pub use error::{CsdlError, CsdlErrorKind};
pub use read::read;
pub use types::{EdmType, TypeName, TypeRef};
