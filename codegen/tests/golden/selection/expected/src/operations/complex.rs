//! Complex types: what operations take and give.
#![allow(unused_imports, unused_variables)]

use ::dataverse_runtime as rt;

/// Complex type `rsk_A`.
pub struct RskA {
    /// `B`
    pub b: ::core::option::Option<rt::Record<super::super::rsk_call::RskCall>>,
}

impl rt::ComplexType for RskA {
    const NAME: &'static str = "Microsoft.Dynamics.CRM.rsk_A";
    fn read(from: &rt::ObjectReader) -> ::core::result::Result<Self, rt::DecodeError> {
        ::core::result::Result::Ok(Self { b: from.field("B")? })
    }
    fn write(&self, to: &mut rt::ObjectWriter) {
        to.field("B", &self.b);
    }
}

impl ::core::fmt::Debug for RskA {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        rt::support::show(self, f)
    }
}
