//! Functions: they are asked and change nothing.
#![allow(unused_imports, unused_variables)]

use ::dataverse_runtime as rt;

/// Function `RetrieveUnpublished`.
pub struct RetrieveUnpublished_Savedquery {
    /// The row that it is called on.
    pub entity: rt::Id<super::super::savedquery::Savedquery>,
}

impl rt::Operation for RetrieveUnpublished_Savedquery {
    type Response = rt::Record<super::super::savedquery::Savedquery>;
    type Bound = rt::bound::ToRow<super::super::savedquery::Savedquery>;
    type Kind = rt::operation::kind::Function;
    const NAME: &'static str = "RetrieveUnpublished";
    fn parameters(&self, to: &mut rt::ObjectWriter) {}
    fn row(&self) -> ::core::option::Option<rt::Uuid> {
        ::core::option::Option::Some(self.entity.uuid())
    }
}

/// Function `RetrieveUnpublished`.
pub struct RetrieveUnpublished_Systemform {
    /// The row that it is called on.
    pub entity: rt::Id<super::super::systemform::Systemform>,
}

impl rt::Operation for RetrieveUnpublished_Systemform {
    type Response = rt::Record<super::super::systemform::Systemform>;
    type Bound = rt::bound::ToRow<super::super::systemform::Systemform>;
    type Kind = rt::operation::kind::Function;
    const NAME: &'static str = "RetrieveUnpublished";
    fn parameters(&self, to: &mut rt::ObjectWriter) {}
    fn row(&self) -> ::core::option::Option<rt::Uuid> {
        ::core::option::Option::Some(self.entity.uuid())
    }
}

/// Function `RetrieveUnpublishedMultiple`.
pub struct RetrieveUnpublishedMultiple;

impl rt::Operation for RetrieveUnpublishedMultiple {
    type Response = ::std::vec::Vec<rt::Record<super::super::savedquery::Savedquery>>;
    type Bound = rt::bound::ToSet<super::super::savedquery::Savedquery>;
    type Kind = rt::operation::kind::Function;
    const NAME: &'static str = "RetrieveUnpublishedMultiple";
    fn parameters(&self, to: &mut rt::ObjectWriter) {}
}

/// Function `rsk_FormOf`.
pub struct RskFormOf {
    /// The row that it is called on.
    pub entity: rt::Id<super::super::savedquery::Savedquery>,
}

impl rt::Operation for RskFormOf {
    type Response = rt::Record<super::super::systemform::Systemform>;
    type Bound = rt::bound::ToRow<super::super::savedquery::Savedquery>;
    type Kind = rt::operation::kind::Function;
    const NAME: &'static str = "rsk_FormOf";
    fn parameters(&self, to: &mut rt::ObjectWriter) {}
    fn row(&self) -> ::core::option::Option<rt::Uuid> {
        ::core::option::Option::Some(self.entity.uuid())
    }
}
