//! Reads a document from its root to its schemas, in one pass.

use super::annotation::{Annotated, Annotation, is_known, understand};
use super::document::{Binding, Document, Namespace, Text};
use super::error::{CsdlError, CsdlErrorKind};
use super::expression::{self, boolean};
use super::finish::{self, Notes};
use super::outline::Outlines;
use super::scope::Scope;
use super::sniff;
use super::source::{Source, Tag};
use super::structured::Members;
use super::unique::Unique;

/// Reads a `$metadata` document. Names and texts borrow from the input.
///
/// What is unknown is skipped; what is of interest and can't be used is skipped with a [note](Document::notes).
///
/// # Errors
///
/// If the input is no well-formed and complete CSDL 4.0 document, or an element lacks its name or type.
///
/// ```
/// use dataverse_codegen::csdl;
///
/// let xml = br#"<Edmx Version="4.0"><DataServices>
///   <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm">
///     <EntityType Name="rsk_port"><Key><PropertyRef Name="rsk_portid"/></Key></EntityType>
///   </Schema>
/// </DataServices></Edmx>"#;
/// let document = csdl::read(xml)?;
/// assert_eq!(document.entity_types[0].key, ["rsk_portid"]);
///
/// let cut = csdl::read(&xml[..xml.len() / 2]).unwrap_err();
/// assert_eq!((cut.position.line, cut.position.column), (3, 5));
/// # Ok::<(), csdl::CsdlError>(())
/// ```
pub fn read(xml: &[u8]) -> Result<Document<'_>, CsdlError> {
    let text = sniff::text(xml)?;
    let mut reading = Reading::new(text);
    let root = reading.source.root()?;
    reading.edmx(&root)?;
    reading.source.finish()?;
    if reading.scope.schemas.is_empty() {
        return Err(reading.source.error(root.offset, CsdlErrorKind::NoSchema));
    }
    Ok(finish::finish(text, reading))
}

/// A document while it is read.
pub(super) struct Reading<'a> {
    pub(super) source: Source<'a>,
    pub(super) scope: Scope<'a>,
    pub(super) document: Document<'a>,
    pub(super) outlines: Outlines<'a>,
    pub(super) notes: Notes,
    pub(super) unique: Unique,
    pub(super) members: Members<'a>,
    pub(super) bindings: Vec<Binding<'a>>,
}

impl<'a> Reading<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            source: Source::new(text),
            scope: Scope::default(),
            document: Document::default(),
            outlines: Outlines::default(),
            notes: Notes::default(),
            unique: Unique::default(),
            members: Members::default(),
            bindings: Vec::new(),
        }
    }

    fn edmx(&mut self, root: &Tag<'a>) -> Result<(), CsdlError> {
        if root.name != "Edmx" {
            return Err(self.source.error(root.offset, other_root(root.name)));
        }
        let [version] = self.source.attributes(root, ["Version"])?;
        let version = version.unwrap_or_default();
        if !version.starts_with("4.") {
            let found = if version.is_empty() {
                "unknown".to_owned()
            } else {
                version.chars().take(20).collect()
            };
            return Err(self.source.error(root.offset, CsdlErrorKind::Version(found)));
        }
        while let Some(tag) = self.source.child(root)? {
            match tag.name {
                "Reference" => self.reference(&tag)?,
                "DataServices" => self.data_services(&tag)?,
                _ => self.source.skip(&tag)?,
            }
        }
        Ok(())
    }

    fn reference(&mut self, reference: &Tag<'a>) -> Result<(), CsdlError> {
        let [] = self.source.attributes(reference, [])?;
        while let Some(tag) = self.source.child(reference)? {
            if tag.name == "Include" {
                let [namespace, alias] = self.source.attributes(&tag, ["Namespace", "Alias"])?;
                if let (Some(namespace), Some(alias)) = (namespace, alias) {
                    self.scope.include(alias, namespace);
                }
                self.rest(&tag)?;
            } else {
                self.source.skip(&tag)?;
            }
        }
        Ok(())
    }

    fn data_services(&mut self, services: &Tag<'a>) -> Result<(), CsdlError> {
        let [] = self.source.attributes(services, [])?;
        while let Some(tag) = self.source.child(services)? {
            match tag.name {
                "Schema" => self.schema(&tag)?,
                _ => self.source.skip(&tag)?,
            }
        }
        Ok(())
    }

    fn schema(&mut self, schema: &Tag<'a>) -> Result<(), CsdlError> {
        let [name, alias] = self.source.attributes(schema, ["Namespace", "Alias"])?;
        let name = self.required(schema, "Namespace", name)?;
        let alias = alias.filter(|alias| !alias.is_empty());
        if !self.scope.declare(Namespace { name, alias }) {
            self.notes
                .add(schema.offset, "one namespace too many: its names stay as written");
        }
        while let Some(tag) = self.source.child(schema)? {
            match tag.name {
                "EntityType" => self.entity_type(&tag)?,
                "ComplexType" => self.complex_type(&tag)?,
                "EnumType" => self.enum_type(&tag)?,
                "Function" => self.function(&tag)?,
                "Action" => self.action(&tag)?,
                "EntityContainer" => self.container(&tag)?,
                "Annotations" => self.outline(&tag)?,
                "TypeDefinition" => {
                    self.notes
                        .add(tag.offset, "a type definition isn't supported: it was skipped");
                    self.source.skip(&tag)?;
                }
                _ => self.source.skip(&tag)?,
            }
        }
        Ok(())
    }

    /// Reads the rest of an element whose children are of no interest.
    #[inline]
    pub(super) fn rest(&mut self, parent: &Tag<'a>) -> Result<(), CsdlError> {
        while let Some(tag) = self.source.child(parent)? {
            self.source.skip(&tag)?;
        }
        Ok(())
    }

    /// Reads the rest of an element whose children of interest are annotations only.
    #[inline]
    pub(super) fn annotations(
        &mut self,
        parent: &Tag<'a>,
        on: &mut impl Annotated<'a>,
    ) -> Result<(), CsdlError> {
        while let Some(tag) = self.source.child(parent)? {
            self.annotation_or_skip(&tag, on)?;
        }
        Ok(())
    }

    /// Reads a child that is an annotation, or of no interest.
    pub(super) fn annotation_or_skip(
        &mut self,
        tag: &Tag<'a>,
        on: &mut impl Annotated<'a>,
    ) -> Result<(), CsdlError> {
        if tag.name != "Annotation" {
            return self.source.skip(tag);
        }
        if let Some(annotation) = self.annotation(tag)? {
            on.annotate(annotation);
        }
        Ok(())
    }

    /// Reads an annotation, if it's of interest.
    pub(super) fn annotation(&mut self, tag: &Tag<'a>) -> Result<Option<Annotation<'a>>, CsdlError> {
        let [term, qualifier] = self.source.attributes(tag, ["Term", "Qualifier"])?;
        let term = term.unwrap_or_default();
        let known = self
            .scope
            .term(&term)
            .filter(|(vocabulary, name)| is_known(*vocabulary, name));
        let Some((vocabulary, name)) = known.filter(|_| qualifier.is_none()) else {
            self.source.skip(tag)?;
            return Ok(None);
        };
        let value = expression::value(&mut self.source, tag)?;
        let annotation = understand(vocabulary, name, value);
        if annotation.is_none() {
            self.notes.add(
                tag.offset,
                format!("the value of the annotation `{name}` isn't of its type: it was skipped"),
            );
        }
        Ok(annotation)
    }

    /// The value of an attribute without which the element means nothing.
    #[inline]
    pub(super) fn required(
        &self,
        tag: &Tag<'a>,
        attribute: &'static str,
        value: Option<Text<'a>>,
    ) -> Result<Text<'a>, CsdlError> {
        value
            .filter(|value| !value.is_empty())
            .ok_or_else(|| self.source.missing(tag, attribute))
    }

    /// A truth value, if the attribute is there.
    #[inline]
    pub(super) fn facet(&mut self, tag: &Tag<'a>, name: &str, value: Option<Text<'a>>) -> Option<bool> {
        let value = value?;
        let read = boolean(&value);
        if read.is_none() {
            self.notes.add(
                tag.offset,
                format!("`{name}` is neither true nor false: it was skipped"),
            );
        }
        read
    }

    /// A truth value that is false where the attribute isn't there.
    #[inline]
    pub(super) fn flag(&mut self, tag: &Tag<'a>, name: &str, value: Option<Text<'a>>) -> bool {
        self.facet(tag, name, value).unwrap_or(false)
    }
}

/// What another root element may be.
fn other_root(name: &str) -> CsdlErrorKind {
    let hint = match name {
        _ if name.eq_ignore_ascii_case("html") => return CsdlErrorKind::SignInPage,
        "service" => "it's a service document, so the URL lacks `/$metadata`",
        "feed" | "entry" => "it's an Atom feed, as OData v2 answers: fetch `/api/data/v9.2/$metadata`",
        "error" => "it's an error answer of the service",
        "Schema" => "it's a schema without its envelope: fetch the whole `$metadata`",
        "ImportExportXml" => "it's the customizations file of a solution: fetch `/api/data/v9.2/$metadata`",
        _ => "fetch `/api/data/v9.2/$metadata`",
    };
    CsdlErrorKind::NotEdmx {
        root: name.chars().take(80).collect(),
        hint,
    }
}
