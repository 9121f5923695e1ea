//! Enumerations of the API. The choices of tables are with their tables.
#![allow(unused_imports, unused_variables)]

use ::dataverse_runtime as rt;

/// Enumeration `rsk_Rights`.
pub enum RskRights {
    /// `None`: 0
    None,
    /// `Berth`: 1
    Berth,
    /// `Tow`: 16
    Tow,
}

impl rt::EnumType for RskRights {
    const NAME: &'static str = "Microsoft.Dynamics.CRM.rsk_Rights";
    const MEMBERS: &'static [(i64, Self, &'static str)] = &[
        (0, Self::None, "None"),
        (1, Self::Berth, "Berth"),
        (16, Self::Tow, "Tow"),
    ];
}

/// Enumeration `rsk_Weather`.
pub enum RskWeather {
    /// `Self`: -1
    Self_,
    /// `True`: 0
    True,
    /// `Storm`: 5
    Storm,
}

impl rt::EnumType for RskWeather {
    const NAME: &'static str = "Microsoft.Dynamics.CRM.rsk_Weather";
    const MEMBERS: &'static [(i64, Self, &'static str)] = &[
        (-1, Self::Self_, "Self"),
        (0, Self::True, "True"),
        (5, Self::Storm, "Storm"),
    ];
}
