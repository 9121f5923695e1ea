//! Functions and actions.

use super::document::{Operation, Parameter, ReturnType};
use super::error::CsdlError;
use super::read::Reading;
use super::source::Tag;

impl<'a> Reading<'a> {
    pub(super) fn function(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let read = self.operation(tag)?;
        self.document.functions.push(read);
        Ok(())
    }

    pub(super) fn action(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let read = self.operation(tag)?;
        self.document.actions.push(read);
        Ok(())
    }

    fn operation(&mut self, tag: &Tag<'a>) -> Result<Operation<'a>, CsdlError> {
        let [name, is_bound, is_composable] =
            self.source.attributes(tag, ["Name", "IsBound", "IsComposable"])?;
        let mut read = Operation {
            name: self.required(tag, "Name", name)?,
            is_bound: self.flag(tag, "IsBound", is_bound),
            is_composable: self.flag(tag, "IsComposable", is_composable),
            ..Operation::default()
        };
        while let Some(child) = self.source.child(tag)? {
            match child.name {
                "Parameter" => read.parameters.push(self.parameter(&child)?),
                "ReturnType" => read.returns = Some(self.return_type(&child)?),
                _ => self.annotation_or_skip(&child, &mut read)?,
            }
        }
        self.distinct(tag, "parameter", &mut read.parameters, |parameter| {
            &parameter.name
        });
        Ok(read)
    }

    fn parameter(&mut self, tag: &Tag<'a>) -> Result<Parameter<'a>, CsdlError> {
        let [name, ty, nullable] = self.source.attributes(tag, ["Name", "Type", "Nullable"])?;
        let ty = self.required(tag, "Type", ty)?;
        let mut read = Parameter {
            name: self.required(tag, "Name", name)?,
            ty: self.scope.type_ref(ty),
            nullable: self.facet(tag, "Nullable", nullable),
            optional: false,
            description: None,
        };
        self.annotations(tag, &mut read)?;
        Ok(read)
    }

    fn return_type(&mut self, tag: &Tag<'a>) -> Result<ReturnType<'a>, CsdlError> {
        let [ty, nullable] = self.source.attributes(tag, ["Type", "Nullable"])?;
        let ty = self.required(tag, "Type", ty)?;
        let nullable = self.facet(tag, "Nullable", nullable);
        self.rest(tag)?;
        Ok(ReturnType {
            ty: self.scope.type_ref(ty),
            nullable,
        })
    }
}
