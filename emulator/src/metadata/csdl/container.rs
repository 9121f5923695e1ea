//! The entity container: sets with their bindings, imports, and what the service says of itself.

use super::hierarchy::PRINCIPAL;
use super::{NAMESPACE, Writer};
use crate::model::Entity;
use dataverse_codegen::schema::{ColumnKind, OperationKind};
use std::collections::{BTreeMap, BTreeSet};

/// The sets of definitions, with their types.
pub(in crate::metadata) const DEFINITION_SETS: [(&str, &str); 4] = [
    ("EntityDefinitions", "EntityMetadata"),
    ("GlobalOptionSetDefinitions", "OptionSetMetadataBase"),
    ("ManagedPropertyDefinitions", "ManagedPropertyMetadata"),
    ("RelationshipDefinitions", "RelationshipMetadataBase"),
];

impl<'s> Writer<'s> {
    pub(super) fn container(&mut self) {
        self.xml.start("EntityContainer").attribute("Name", "System");
        let with_set = |entity: &'s Entity| Some((entity.table().entity_set.as_deref()?, entity));
        let entities = self.catalog.model.entities();
        let sets: BTreeMap<&str, &Entity> = entities.into_iter().filter_map(with_set).collect();
        for (set, entity) in sets {
            self.entity_set(set, entity);
        }
        self.imports(OperationKind::Action, "ActionImport", "Action");
        self.imports(OperationKind::Function, "FunctionImport", "Function");
        self.definition_sets();
        self.abilities();
        self.xml.end("EntityContainer");
    }

    fn entity_set(&mut self, set: &str, entity: &'s Entity) {
        self.xml
            .start("EntitySet")
            .attribute("Name", set)
            .attribute("EntityType", &format!("{NAMESPACE}.{}", entity.name()));
        for (path, target) in self.bindings(entity) {
            self.binding(path, target);
        }
        if let Some(tracked) = entity.table().facts.change_tracking.filter(|_| self.annotations) {
            self.change_tracking(tracked);
        }
        self.xml.end("EntitySet");
    }

    /// Where a table's navigation properties lead. `owners` is a set that no container declares.
    fn bindings(&self, entity: &'s Entity) -> BTreeMap<&'s str, &'s str> {
        let table = entity.table();
        let mut bindings = BTreeMap::new();
        let set_of = |table: &str| self.catalog.table(table)?.entity_set.as_deref();
        for column in &table.columns {
            if let ColumnKind::Lookup(lookup) = &column.kind {
                for (name, target) in self.own_lookups(entity, column, lookup) {
                    let set = if target == PRINCIPAL {
                        Some("owners")
                    } else {
                        set_of(target)
                    };
                    bindings.extend(set.map(|set| (name, set)));
                }
            }
        }
        for collection in &table.collections {
            if let Some(set) = set_of(&collection.table) {
                bindings.entry(collection.name.as_str()).or_insert(set);
            }
        }
        bindings
    }

    fn binding(&mut self, path: &str, target: &str) {
        self.xml
            .start("NavigationPropertyBinding")
            .attribute("Path", path)
            .attribute("Target", target);
        self.xml.end("NavigationPropertyBinding");
    }

    fn change_tracking(&mut self, tracked: bool) {
        let xml = &mut self.xml;
        xml.start("Annotation")
            .attribute("Term", "Org.OData.Capabilities.V1.ChangeTracking");
        xml.start("Record");
        xml.start("PropertyValue")
            .attribute("Property", "Supported")
            .attribute("Bool", if tracked { "true" } else { "false" });
        xml.end("PropertyValue");
        xml.end("Record");
        xml.end("Annotation");
    }

    /// The operations that are called by their own name. Functions that only filters use have no import.
    fn imports(&mut self, kind: OperationKind, element: &str, attribute: &str) {
        let operations = self.catalog.model.schema().operations.iter();
        let called = operations.filter(|of| of.kind == kind && of.bound.is_none() && !of.filter_only);
        let names: BTreeSet<&str> = called.map(|of| of.name.as_str()).collect();
        for name in names {
            self.xml
                .start(element)
                .attribute("Name", name)
                .attribute(attribute, &format!("{NAMESPACE}.{name}"));
            self.xml.end(element);
        }
    }

    fn definition_sets(&mut self) {
        for (set, ty) in DEFINITION_SETS {
            self.xml
                .start("EntitySet")
                .attribute("Name", set)
                .attribute("EntityType", &format!("{NAMESPACE}.{ty}"));
            if set == "EntityDefinitions" {
                self.binding("ManyToManyRelationships", "RelationshipDefinitions");
                self.binding("ManyToOneRelationships", "RelationshipDefinitions");
                for ty in ["BooleanAttributeMetadata", "EnumAttributeMetadata"] {
                    let path = format!("{NAMESPACE}.{ty}/GlobalOptionSet");
                    self.binding(&path, "GlobalOptionSetDefinitions");
                }
                self.binding("OneToManyRelationships", "RelationshipDefinitions");
            }
            self.xml.end("EntitySet");
        }
    }

    /// What the service says that it can do.
    fn abilities(&mut self) {
        let xml = &mut self.xml;
        xml.start("Annotation")
            .attribute("Term", "Org.OData.Capabilities.V1.ConformanceLevel");
        xml.start("EnumMember")
            .text("Org.OData.Capabilities.V1.ConformanceLevelType/Intermediate");
        xml.end("EnumMember");
        xml.end("Annotation");
        self.texts(
            "Org.OData.Capabilities.V1.FilterFunctions",
            &["contains", "endswith", "startswith"],
        );
        for (term, able) in [
            ("Org.OData.Core.V1.DereferenceableIDs", "true"),
            ("Org.OData.Core.V1.ConventionalIDs", "true"),
            ("Org.OData.Capabilities.V1.BatchSupported", "true"),
            ("Org.OData.Capabilities.V1.AsynchronousRequestsSupported", "false"),
            ("Org.OData.Capabilities.V1.BatchContinueOnErrorSupported", "true"),
            ("Org.OData.Capabilities.V1.CrossJoinSupported", "false"),
        ] {
            self.xml
                .start("Annotation")
                .attribute("Term", term)
                .attribute("Bool", able);
            self.xml.end("Annotation");
        }
        self.formats();
    }

    fn formats(&mut self) {
        let mut formats = Vec::new();
        for metadata in [
            "; odata.metadata=minimal",
            "; odata.metadata=full",
            "; odata.metadata=none",
            "",
        ] {
            for streaming in ["; odata.streaming=true", "; odata.streaming=false", ""] {
                formats.push(format!("application/json{metadata}{streaming}"));
            }
        }
        formats.push("application/xml".to_owned());
        let formats: Vec<&str> = formats.iter().map(String::as_str).collect();
        self.texts("Org.OData.Capabilities.V1.SupportedFormats", &formats);
    }

    fn texts(&mut self, term: &str, texts: &[&str]) {
        self.xml.start("Annotation").attribute("Term", term);
        self.xml.start("Collection");
        for text in texts {
            self.xml.start("String").text(text);
            self.xml.end("String");
        }
        self.xml.end("Collection");
        self.xml.end("Annotation");
    }
}
