//! How the tables of definition types write a member: `Name:Type`, `!` never null, `*` contained.

use super::wire::qualified;
use crate::metadata::types;

/// A member as a table of types declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declared<'t> {
    pub(super) name: &'t str,
    pub(super) ty: &'t str,
    pub(super) never_null: bool,
    pub(super) contained: bool,
}

impl<'t> Declared<'t> {
    pub(super) fn of(member: &'t str) -> Self {
        let (name, ty) = member.split_once(':').unwrap_or((member, "String"));
        Self {
            name,
            ty: ty.trim_end_matches(['!', '*']),
            never_null: ty.ends_with('!'),
            contained: ty.ends_with('*'),
        }
    }
}

/// A type's name in the document.
pub(super) fn declared_type(ty: &str) -> String {
    if let Some(item) = ty
        .strip_prefix("Collection(")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return format!("Collection({})", declared_type(item));
    }
    if types::is_primitive(ty) {
        format!("Edm.{ty}")
    } else {
        qualified(ty).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_taken_apart() {
        let member = Declared::of("Attributes:Collection(AttributeMetadata)*");
        assert_eq!(member.name, "Attributes");
        assert_eq!(declared_type(member.ty), "Collection(mscrm.AttributeMetadata)");
        assert!(member.contained && !member.never_null);
        assert_eq!(declared_type(Declared::of("AsyncJob:Guid!").ty), "Edm.Guid");
    }
}
