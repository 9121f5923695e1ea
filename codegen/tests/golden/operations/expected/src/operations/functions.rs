//! Functions: they are asked and change nothing.
#![allow(unused_imports, unused_variables)]

use ::dataverse_runtime as rt;

/// Function `rsk_Now`.
pub struct RskNow;

impl rt::Operation for RskNow {
    type Response = rt::Timestamp;
    type Bound = rt::bound::Unbound;
    type Kind = rt::operation::kind::Function;
    const NAME: &'static str = "rsk_Now";
    fn parameters(&self, to: &mut rt::ObjectWriter) {}
}

/// Function `rsk_Tides`.
pub struct RskTides_RskPort {
    /// The row that it is called on.
    pub entity: rt::Id<super::super::rsk_port::RskPort>,
    /// `Days`, may be left out
    pub days: ::core::option::Option<i32>,
}

impl rt::Operation for RskTides_RskPort {
    type Response = super::complex::RskTidesResponse;
    type Bound = rt::bound::ToRow<super::super::rsk_port::RskPort>;
    type Kind = rt::operation::kind::Function;
    const NAME: &'static str = "rsk_Tides";
    fn parameters(&self, to: &mut rt::ObjectWriter) {
        to.field("Days", &self.days);
    }
    fn row(&self) -> ::core::option::Option<rt::Uuid> {
        ::core::option::Option::Some(self.entity.uuid())
    }
}

/// Function `rsk_Tides`.
pub struct RskTides_RskPortSet;

impl rt::Operation for RskTides_RskPortSet {
    type Response = ::std::vec::Vec<rt::Record<super::super::rsk_port::RskPort>>;
    type Bound = rt::bound::ToSet<super::super::rsk_port::RskPort>;
    type Kind = rt::operation::kind::Function;
    const NAME: &'static str = "rsk_Tides";
    fn parameters(&self, to: &mut rt::ObjectWriter) {}
}

/// Function `rsk_Tides`.
pub struct RskTides_RskVessel {
    /// The row that it is called on.
    pub entity: rt::Id<super::super::rsk_vessel::RskVessel>,
}

impl rt::Operation for RskTides_RskVessel {
    type Response = super::complex::RskTidesResponse;
    type Bound = rt::bound::ToRow<super::super::rsk_vessel::RskVessel>;
    type Kind = rt::operation::kind::Function;
    const NAME: &'static str = "rsk_Tides";
    fn parameters(&self, to: &mut rt::ObjectWriter) {}
    fn row(&self) -> ::core::option::Option<rt::Uuid> {
        ::core::option::Option::Some(self.entity.uuid())
    }
}
