//! Actions: they do something.
#![allow(unused_imports, unused_variables)]

use ::dataverse_runtime as rt;

/// Action `rsk_Sink`.
pub struct RskSink {
    /// The row that it is called on.
    pub entity: rt::Id<super::super::rsk_vessel::RskVessel>,
    /// `A`
    pub a: ::core::option::Option<super::complex::RskA>,
}

impl rt::Operation for RskSink {
    type Response = ();
    type Bound = rt::bound::ToRow<super::super::rsk_vessel::RskVessel>;
    type Kind = rt::operation::kind::Action;
    const NAME: &'static str = "rsk_Sink";
    fn parameters(&self, to: &mut rt::ObjectWriter) {
        to.field("A", &self.a);
    }
    fn row(&self) -> ::core::option::Option<rt::Uuid> {
        ::core::option::Option::Some(self.entity.uuid())
    }
}
