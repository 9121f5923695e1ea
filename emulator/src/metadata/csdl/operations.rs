//! Functions and actions, every overload as one element, and the members of complex types.

use super::Writer;
use super::wire::qualified;
use dataverse_codegen::schema::{Operation, OperationKind, Parameter, TypeName, TypeUse};
use std::borrow::Cow;

impl Writer<'_> {
    /// Functions, then actions.
    pub(super) fn operations(&mut self) {
        let schema = self.catalog.model.schema();
        for kind in [OperationKind::Function, OperationKind::Action] {
            for operation in schema.operations.iter().filter(|of| of.kind == kind) {
                self.operation(operation);
            }
        }
    }

    fn operation(&mut self, of: &Operation) {
        let element = match of.kind {
            OperationKind::Function => "Function",
            OperationKind::Action => "Action",
        };
        self.xml
            .start(element)
            .attribute("Name", &of.name)
            .flag("IsBound", of.bound.is_some())
            .flag("IsComposable", of.composable);
        if let Some(bound) = &of.bound {
            let name = if bound.collection { "entityset" } else { "entity" };
            self.typed("Parameter", Some(name), bound);
            self.xml.end("Parameter");
        }
        for parameter in &of.parameters {
            self.typed("Parameter", Some(&parameter.name), &parameter.of);
            if parameter.optional {
                self.xml
                    .start("Annotation")
                    .attribute("Term", "Org.OData.Core.V1.OptionalParameter");
                self.xml.end("Annotation");
            }
            self.description(&parameter.description);
            self.xml.end("Parameter");
        }
        if let Some(returns) = &of.returns {
            self.typed("ReturnType", None, returns);
            self.xml.end("ReturnType");
        }
        self.xml.end(element);
    }

    /// Starts an element that has a type.
    fn typed(&mut self, element: &str, name: Option<&str>, of: &TypeUse) {
        let ty = type_name(of);
        self.xml
            .start(element)
            .maybe("Name", name)
            .attribute("Type", &ty)
            .maybe("Nullable", (!of.nullable).then_some("false"))
            .maybe("Unicode", ty.contains("Edm.String").then_some("false"));
    }

    /// A member of a complex type. Rows inside are navigation properties; they are written inline all the same.
    pub(super) fn complex_member(&mut self, member: &Parameter) {
        let row = matches!(member.of.name, TypeName::Table(_) | TypeName::AnyRow) && member.of.nullable;
        if row {
            self.xml
                .start("NavigationProperty")
                .attribute("Name", &member.name)
                .attribute("Type", &type_name(&member.of))
                .maybe("Nullable", (!member.of.collection).then_some("false"));
            self.description(&member.description);
            self.xml.end("NavigationProperty");
        } else {
            self.typed("Property", Some(&member.name), &member.of);
            self.description(&member.description);
            self.xml.end("Property");
        }
    }
}

/// A type as the schema refers to it.
fn type_name(of: &TypeUse) -> Cow<'_, str> {
    let name = match &of.name {
        TypeName::Edm(name) => Cow::Owned(format!("Edm.{name}")),
        TypeName::AnyRow => Cow::Borrowed("mscrm.crmbaseentity"),
        TypeName::Table(name) | TypeName::Complex(name) | TypeName::Enum(name) | TypeName::Other(name) => {
            qualified(name)
        }
    };
    if of.collection {
        Cow::Owned(format!("Collection({name})"))
    } else {
        name
    }
}
