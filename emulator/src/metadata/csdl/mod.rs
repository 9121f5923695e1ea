//! `$metadata`: the schema as CSDL, in the form in which the service writes it.
//!
//! Inside the schema types are named with the alias, in the container with the full namespace. Everything is on one line.

mod container;
mod declared;
mod definitions;
mod hierarchy;
mod navigation;
mod operations;
mod tables;
mod wire;
mod xml;

use super::catalog::Catalog;
pub(super) use container::DEFINITION_SETS;
use hierarchy::Hierarchy;
use navigation::Partners;
pub(super) use wire::is_of_the_wire;
use xml::Xml;

/// The document being written.
struct Writer<'s> {
    xml: Xml,
    catalog: Catalog<'s>,
    hierarchy: Hierarchy<'s>,
    partners: Partners<'s>,
    /// Whether descriptions and the like are wanted.
    annotations: bool,
}

/// The namespace of everything.
const NAMESPACE: &str = "Microsoft.Dynamics.CRM";

/// The document, with annotations or without.
pub(super) fn write(catalog: Catalog<'_>, annotations: bool) -> Vec<u8> {
    let columns: usize = catalog
        .model
        .schema()
        .tables
        .values()
        .map(|of| of.columns.len())
        .sum();
    let mut writer = Writer {
        xml: Xml::new(300 * columns + 100_000),
        catalog,
        hierarchy: Hierarchy::new(catalog),
        partners: Partners::new(catalog.model.schema()),
        annotations,
    };
    writer.document();
    writer.xml.finish()
}

impl Writer<'_> {
    fn document(&mut self) {
        let xml = &mut self.xml;
        xml.start("edmx:Edmx")
            .attribute("Version", "4.0")
            .attribute("xmlns:edmx", "http://docs.oasis-open.org/odata/ns/edmx");
        for (vocabulary, alias) in [
            ("OData.Community.Keys.V1", "Keys"),
            ("OData.Community.Display.V1", "Display"),
        ] {
            xml.start("edmx:Reference")
                .attribute("Uri", &format!("http://vocabularies.odata.org/{vocabulary}.xml"));
            xml.start("edmx:Include")
                .attribute("Namespace", vocabulary)
                .attribute("Alias", alias);
            xml.end("edmx:Include");
            xml.start("edmx:IncludeAnnotations")
                .attribute("TermNamespace", vocabulary);
            xml.end("edmx:IncludeAnnotations");
            xml.end("edmx:Reference");
        }
        xml.start("edmx:DataServices");
        xml.start("Schema")
            .attribute("Namespace", NAMESPACE)
            .attribute("Alias", "mscrm")
            .attribute("xmlns", "http://docs.oasis-open.org/odata/ns/edm");
        self.tables();
        self.definition_types();
        self.complex_types();
        self.enum_types();
        self.operations();
        self.terms();
        self.container();
        self.xml.end("Schema");
        self.xml.end("edmx:DataServices");
        self.xml.end("edmx:Edmx");
    }

    /// The terms that annotations of rows use.
    fn terms(&mut self) {
        for term in ["associatednavigationproperty", "lookuplogicalname"] {
            self.xml
                .start("Term")
                .attribute("Name", term)
                .attribute("Type", "Edm.String")
                .attribute("AppliesTo", "PropertyValue")
                .attribute("Unicode", "false");
            self.xml.end("Term");
        }
    }

    /// `Core.Description`, where annotations are wanted.
    fn description(&mut self, label: &dataverse_codegen::schema::Label) {
        if let Some(text) = label
            .preferred(self.catalog.language)
            .filter(|_| self.annotations)
        {
            self.xml
                .start("Annotation")
                .attribute("Term", "Org.OData.Core.V1.Description")
                .attribute("String", text);
            self.xml.end("Annotation");
        }
    }

    /// An alternate key: properties by name.
    fn alternate_keys<'k>(&mut self, keys: impl Iterator<Item = Vec<std::borrow::Cow<'k, str>>>) {
        let mut keys = keys.peekable();
        if keys.peek().is_none() {
            return;
        }
        let xml = &mut self.xml;
        xml.start("Annotation").attribute("Term", "Keys.AlternateKeys");
        xml.start("Collection");
        for key in keys {
            xml.start("Record").attribute("Type", "Keys.AlternateKey");
            xml.start("PropertyValue").attribute("Property", "Key");
            xml.start("Collection");
            for part in key {
                xml.start("Record").attribute("Type", "Keys.PropertyRef");
                xml.start("PropertyValue")
                    .attribute("Property", "Alias")
                    .attribute("String", &part);
                xml.end("PropertyValue");
                xml.start("PropertyValue")
                    .attribute("Property", "Name")
                    .attribute("PropertyPath", &part);
                xml.end("PropertyValue");
                xml.end("Record");
            }
            xml.end("Collection");
            xml.end("PropertyValue");
            xml.end("Record");
        }
        xml.end("Collection");
        xml.end("Annotation");
    }
}
