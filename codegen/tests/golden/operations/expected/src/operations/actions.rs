//! Actions: they do something.
#![allow(unused_imports, unused_variables)]

use ::dataverse_runtime as rt;

/// Action `rsk_Dock`.
pub struct RskDock {
    /// `Vessel`
    pub vessel: rt::Record<super::super::rsk_vessel::RskVessel>,
    /// `Any`
    pub any: ::core::option::Option<rt::AnyRecord>,
    /// `type`
    pub type_type: ::core::option::Option<::std::string::String>,
    /// `Type`
    pub type_Type: ::core::option::Option<::std::string::String>,
    /// `Order`
    pub order: super::complex::RskOrder,
    /// `When`
    pub when: ::core::option::Option<::std::vec::Vec<rt::civil::Date>>,
}

impl rt::Operation for RskDock {
    type Response = ();
    type Bound = rt::bound::Unbound;
    type Kind = rt::operation::kind::Action;
    const NAME: &'static str = "rsk_Dock";
    fn parameters(&self, to: &mut rt::ObjectWriter) {
        to.field("Vessel", &self.vessel);
        to.field("Any", &self.any);
        to.field("type", &self.type_type);
        to.field("Type", &self.type_Type);
        to.field("Order", &self.order);
        to.field("When", &self.when);
    }
}

/// Action `rsk_Undock`.
pub struct RskUndock;

impl rt::Operation for RskUndock {
    type Response = rt::Record<super::super::rsk_vessel::RskVessel>;
    type Bound = rt::bound::Unbound;
    type Kind = rt::operation::kind::Action;
    const NAME: &'static str = "rsk_Undock";
    fn parameters(&self, to: &mut rt::ObjectWriter) {}
}
