//! Complex types: what operations take and give.
#![allow(unused_imports, unused_variables)]

use ::dataverse_runtime as rt;

/// Complex type `rsk_Detail`.
pub struct RskDetail {
    /// `Text`
    pub text: ::core::option::Option<::std::string::String>,
}

impl rt::ComplexType for RskDetail {
    const NAME: &'static str = "Microsoft.Dynamics.CRM.rsk_Detail";
    fn read(from: &rt::ObjectReader) -> ::core::result::Result<Self, rt::DecodeError> {
        ::core::result::Result::Ok(Self { text: from.field("Text")? })
    }
    fn write(&self, to: &mut rt::ObjectWriter) {
        to.field("Text", &self.text);
    }
}

impl ::core::fmt::Debug for RskDetail {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        rt::support::show(self, f)
    }
}

/// Complex type `rsk_LongDetail`.
pub struct RskLongDetail {
    /// `Cargo`
    pub cargo: ::core::option::Option<::std::vec::Vec<rt::AnyRecord>>,
    /// `Self`
    pub self_: ::core::option::Option<::std::boxed::Box<super::complex::RskLongDetail>>,
    /// `Text`
    pub text: ::core::option::Option<::std::string::String>,
}

impl rt::ComplexType for RskLongDetail {
    const NAME: &'static str = "Microsoft.Dynamics.CRM.rsk_LongDetail";
    fn read(from: &rt::ObjectReader) -> ::core::result::Result<Self, rt::DecodeError> {
        ::core::result::Result::Ok(Self {
            cargo: from.field("Cargo")?,
            self_: from.field("Self")?,
            text: from.field("Text")?,
        })
    }
    fn write(&self, to: &mut rt::ObjectWriter) {
        to.field("Cargo", &self.cargo);
        to.field("Self", &self.self_);
        to.field("Text", &self.text);
    }
}

impl ::core::fmt::Debug for RskLongDetail {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        rt::support::show(self, f)
    }
}

impl rt::Extends<RskDetail> for RskLongDetail {}

/// Complex type `rsk_Order`.
pub struct RskOrder {
    /// `Detail`
    pub detail: ::core::option::Option<rt::Derived<super::complex::RskDetail>>,
    /// `Number`
    pub number: ::core::option::Option<i32>,
    /// `Parent`
    pub parent: ::core::option::Option<::std::boxed::Box<super::complex::RskOrder>>,
    /// `Parts`
    pub parts: ::core::option::Option<::std::vec::Vec<super::complex::RskOrder>>,
}

impl rt::ComplexType for RskOrder {
    const NAME: &'static str = "Microsoft.Dynamics.CRM.rsk_Order";
    fn read(from: &rt::ObjectReader) -> ::core::result::Result<Self, rt::DecodeError> {
        ::core::result::Result::Ok(Self {
            detail: from.field("Detail")?,
            number: from.field("Number")?,
            parent: from.field("Parent")?,
            parts: from.field("Parts")?,
        })
    }
    fn write(&self, to: &mut rt::ObjectWriter) {
        to.field("Detail", &self.detail);
        to.field("Number", &self.number);
        to.field("Parent", &self.parent);
        to.field("Parts", &self.parts);
    }
}

impl ::core::fmt::Debug for RskOrder {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        rt::support::show(self, f)
    }
}

/// Complex type `rsk_TidesResponse`.
pub struct RskTidesResponse {
    /// `Rights`
    pub rights: ::core::option::Option<rt::Flags<super::enums::RskRights>>,
    /// `Tides`
    pub tides: ::core::option::Option<::std::vec::Vec<f64>>,
    /// `Weather`
    pub weather: ::core::option::Option<rt::Member<super::enums::RskWeather>>,
    /// `Where`
    pub r#where: ::core::option::Option<rt::Json>,
}

impl rt::ComplexType for RskTidesResponse {
    const NAME: &'static str = "Microsoft.Dynamics.CRM.rsk_TidesResponse";
    fn read(from: &rt::ObjectReader) -> ::core::result::Result<Self, rt::DecodeError> {
        ::core::result::Result::Ok(Self {
            rights: from.field("Rights")?,
            tides: from.field("Tides")?,
            weather: from.field("Weather")?,
            r#where: from.field("Where")?,
        })
    }
    fn write(&self, to: &mut rt::ObjectWriter) {
        to.field("Rights", &self.rights);
        to.field("Tides", &self.tides);
        to.field("Weather", &self.weather);
        to.field("Where", &self.r#where);
    }
}

impl ::core::fmt::Debug for RskTidesResponse {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        rt::support::show(self, f)
    }
}
