//! What names stand for: the namespaces and aliases of a document.

use std::borrow::Cow;

use super::document::{Namespace, Text};
use super::types::{EdmType, TypeName, TypeRef};

/// The vocabularies of interest, and the alias by which each is known if no `Include` says otherwise.
const VOCABULARIES: [(&str, &str, Vocabulary); 3] = [
    ("Org.OData.Core.V1", "Core", Vocabulary::Core),
    (
        "Org.OData.Capabilities.V1",
        "Capabilities",
        Vocabulary::Capabilities,
    ),
    ("OData.Community.Keys.V1", "Keys", Vocabulary::Keys),
];

/// Names beyond this many aren't resolved: each costs a comparison at each use.
const MOST: usize = 64;

/// Who defined a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Core,
    Capabilities,
    Keys,
}

/// The names that a document introduces before it uses them.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    /// The document's schemas so far.
    pub(super) schemas: Vec<Namespace<'a>>,
    /// Aliases of other namespaces, from `Include`.
    pub(super) includes: Vec<(Text<'a>, Text<'a>)>,
}

impl<'a> Scope<'a> {
    /// Takes a schema; returns whether there was room for it.
    pub(super) fn declare(&mut self, schema: Namespace<'a>) -> bool {
        let room = self.schemas.len() < MOST;
        if room {
            self.schemas.push(schema);
        }
        room
    }

    /// Takes an alias of another namespace.
    pub(super) fn include(&mut self, alias: Text<'a>, namespace: Text<'a>) {
        if self.includes.len() < MOST {
            self.includes.push((alias, namespace));
        }
    }

    /// The type that an attribute names.
    pub(super) fn type_ref(&self, text: Text<'a>) -> TypeRef<'a> {
        let items = text
            .strip_prefix("Collection(")
            .and_then(|rest| rest.strip_suffix(')'));
        match items.map(str::len) {
            Some(length) => {
                let start = "Collection(".len();
                TypeRef {
                    collection: true,
                    name: self.type_name(part(text, start, start + length)),
                }
            }
            None => TypeRef {
                collection: false,
                name: self.type_name(text),
            },
        }
    }

    /// The type of that qualified name.
    pub(super) fn type_name(&self, text: Text<'a>) -> TypeName<'a> {
        if let Some(ty) = text.strip_prefix("Edm.").and_then(EdmType::from_local_name) {
            return TypeName::Edm(ty);
        }
        match self.local_start(&text) {
            Some(start) => TypeName::Schema(from(text, start)),
            None => TypeName::Other(text),
        }
    }

    /// The local name of what a schema of this document declares; else the name as written.
    pub(super) fn local(&self, text: Text<'a>) -> Text<'a> {
        match self.local_start(&text) {
            Some(start) => from(text, start),
            None => text,
        }
    }

    /// Which vocabulary a term is of, and its local name.
    pub(super) fn term<'t>(&self, term: &'t str) -> Option<(Vocabulary, &'t str)> {
        let (qualifier, local) = term.rsplit_once('.')?;
        let included = self.includes.iter().find(|(alias, _)| alias == qualifier);
        let (_, _, vocabulary) = match included {
            Some((_, namespace)) => VOCABULARIES.iter().find(|(full, ..)| full == namespace)?,
            None => VOCABULARIES
                .iter()
                .find(|(full, alias, _)| *full == qualifier || *alias == qualifier)?,
        };
        Some((*vocabulary, local))
    }

    /// Where the local name starts in a name qualified by a schema of this document.
    fn local_start(&self, name: &str) -> Option<usize> {
        self.schemas.iter().find_map(|schema| {
            let names = [schema.alias.as_deref(), Some(schema.name.as_ref())];
            names.into_iter().flatten().find_map(|qualifier| {
                let local = name.strip_prefix(qualifier)?.strip_prefix('.')?;
                (!local.is_empty() && !local.contains('.')).then_some(qualifier.len() + 1)
            })
        })
    }
}

fn from(text: Text<'_>, start: usize) -> Text<'_> {
    let end = text.len();
    part(text, start, end)
}

fn part(text: Text<'_>, start: usize, end: usize) -> Text<'_> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[start..end]),
        Cow::Owned(text) => Cow::Owned(text[start..end].to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope<'static> {
        Scope {
            schemas: vec![Namespace {
                name: "Rsk.Harbour".into(),
                alias: Some("rsk".into()),
            }],
            includes: vec![
                ("C".into(), "Org.OData.Core.V1".into()),
                ("Keys".into(), "Some.Other.V1".into()),
            ],
        }
    }

    #[test]
    fn types_resolve_by_alias_and_namespace() {
        let ship = TypeName::Schema("ship".into());
        let scope = scope();
        assert_eq!(
            scope.type_ref("rsk.ship".into()),
            TypeRef {
                collection: false,
                name: ship.clone()
            }
        );
        assert_eq!(
            scope.type_ref("Collection(Rsk.Harbour.ship)".into()),
            TypeRef {
                collection: true,
                name: ship.clone()
            }
        );
        assert_eq!(scope.type_name(Cow::Owned("rsk.ship".to_owned())), ship);
        assert_eq!(
            scope.type_name("Edm.DateTimeOffset".into()),
            TypeName::Edm(EdmType::DateTimeOffset)
        );
    }

    #[test]
    fn what_is_foreign_stays_as_written() {
        let scope = scope();
        for name in [
            "Edm.GeographyPoint",
            "rsk.",
            "rsk.a.b",
            "rskship",
            "other.ship",
            "ship",
            "",
            "Collection(rsk.ship",
        ] {
            assert_eq!(scope.type_name(name.into()), TypeName::Other(name.into()));
        }
        assert_eq!(scope.local("other.ship".into()), "other.ship");
        assert_eq!(scope.local("Rsk.Harbour.ship".into()), "ship");
    }

    #[test]
    fn terms_resolve_by_include_then_by_custom() {
        let scope = scope();
        assert_eq!(
            scope.term("Org.OData.Core.V1.Computed"),
            Some((Vocabulary::Core, "Computed"))
        );
        assert_eq!(scope.term("C.Computed"), Some((Vocabulary::Core, "Computed")));
        assert_eq!(scope.term("Core.Computed"), Some((Vocabulary::Core, "Computed")));
        assert_eq!(
            scope.term("OData.Community.Keys.V1.AlternateKeys"),
            Some((Vocabulary::Keys, "AlternateKeys"))
        );
        assert_eq!(scope.term("Keys.AlternateKeys"), None);
        assert_eq!(scope.term("Computed"), None);
    }
}
