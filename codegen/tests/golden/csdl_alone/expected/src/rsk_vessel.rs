//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`; changes are tracked.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **msdyn\_LanguageLocaleIdName**: text.
    pub msdyn_LanguageLocaleIdName: Column<kind::Text>,
    /// **rsk\_binary**: image.
    pub rsk_binary: Column<kind::ImageData>,
    /// **rsk\_boolean**: yes/no.
    pub rsk_boolean: Column<kind::YesNo>,
    /// **rsk\_byte**: whole number.
    pub rsk_byte: Column<kind::WholeNumber>,
    /// **rsk\_computed**: text, read-only.
    ///
    /// Made by the service.
    pub rsk_computed: Column<kind::Text, access::ReadOnly>,
    /// **rsk\_date**: date, without time.
    pub rsk_date: Column<kind::DateOnly>,
    /// **rsk\_datetimeoffset**: date and time, an instant.
    pub rsk_datetimeoffset: Column<kind::UserLocal>,
    /// **rsk\_decimal**: decimal number.
    pub rsk_decimal: Column<kind::DecimalNumber>,
    /// **rsk\_double**: floating-point number.
    pub rsk_double: Column<kind::FloatNumber>,
    /// **rsk\_duration**: value of an unknown type `Edm.Duration`.
    pub rsk_duration: Column<kind::UnknownValue>,
    /// **rsk\_guid**: unique identifier.
    pub rsk_guid: Column<kind::UniqueId>,
    /// **rsk\_int16**: whole number.
    pub rsk_int16: Column<kind::WholeNumber>,
    /// **rsk\_int32**: whole number.
    pub rsk_int32: Column<kind::WholeNumber>,
    /// **rsk\_int64**: big integer.
    pub rsk_int64: Column<kind::BigInteger>,
    /// **rsk\_names**: value of an unknown type `Collection(Edm.String)`.
    pub rsk_names: Column<kind::UnknownValue>,
    /// **rsk\_sbyte**: whole number.
    pub rsk_sbyte: Column<kind::WholeNumber>,
    /// **rsk\_single**: floating-point number.
    pub rsk_single: Column<kind::FloatNumber>,
    /// **rsk\_size**: value of an unknown type `rsk_Size`.
    pub rsk_size: Column<kind::UnknownValue>,
    /// **rsk\_stream**: value of an unknown type `Edm.Stream`.
    pub rsk_stream: Column<kind::UnknownValue>,
    /// **rsk\_string**: text.
    pub rsk_string: Column<kind::Text>,
    /// **rsk\_timeofday**: value of an unknown type `Edm.TimeOfDay`.
    pub rsk_timeofday: Column<kind::UnknownValue>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
    /// **versionnumber**: big integer, read-only.
    pub versionnumber: Column<kind::BigInteger, access::ReadOnly>,
}

impl rt::Table for RskVessel {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Supported;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_vessel",
        entity_set: "rsk_vessels",
        primary_id: "rsk_vesselid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        msdyn_LanguageLocaleIdName: rt::column("msdyn_LanguageLocaleIdName"),
        rsk_binary: rt::column("rsk_binary"),
        rsk_boolean: rt::column("rsk_boolean"),
        rsk_byte: rt::column("rsk_byte"),
        rsk_computed: rt::column("rsk_computed"),
        rsk_date: rt::column("rsk_date"),
        rsk_datetimeoffset: rt::column("rsk_datetimeoffset"),
        rsk_decimal: rt::column("rsk_decimal"),
        rsk_double: rt::column("rsk_double"),
        rsk_duration: rt::column("rsk_duration"),
        rsk_guid: rt::column("rsk_guid"),
        rsk_int16: rt::column("rsk_int16"),
        rsk_int32: rt::column("rsk_int32"),
        rsk_int64: rt::column("rsk_int64"),
        rsk_names: rt::column("rsk_names"),
        rsk_sbyte: rt::column("rsk_sbyte"),
        rsk_single: rt::column("rsk_single"),
        rsk_size: rt::column("rsk_size"),
        rsk_stream: rt::column("rsk_stream"),
        rsk_string: rt::column("rsk_string"),
        rsk_timeofday: rt::column("rsk_timeofday"),
        rsk_vesselid: rt::column("rsk_vesselid"),
        versionnumber: rt::column("versionnumber"),
    };
}

/// A row of [`RskVessel`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskVessel, crate = ::dataverse_runtime)]
pub struct Row {
    /// msdyn\_LanguageLocaleIdName
    pub msdyn_LanguageLocaleIdName: ::core::option::Option<::std::string::String>,
    /// rsk\_binary
    pub rsk_binary: ::core::option::Option<rt::Bytes>,
    /// rsk\_boolean
    pub rsk_boolean: ::core::option::Option<bool>,
    /// rsk\_byte
    pub rsk_byte: ::core::option::Option<i32>,
    /// rsk\_computed
    pub rsk_computed: ::core::option::Option<::std::string::String>,
    /// rsk\_date
    pub rsk_date: ::core::option::Option<rt::civil::Date>,
    /// rsk\_datetimeoffset
    pub rsk_datetimeoffset: ::core::option::Option<rt::Timestamp>,
    /// rsk\_decimal
    pub rsk_decimal: ::core::option::Option<rt::Decimal>,
    /// rsk\_double
    pub rsk_double: ::core::option::Option<f64>,
    /// rsk\_duration
    pub rsk_duration: ::core::option::Option<rt::Json>,
    /// rsk\_guid
    pub rsk_guid: ::core::option::Option<rt::Uuid>,
    /// rsk\_int16
    pub rsk_int16: ::core::option::Option<i32>,
    /// rsk\_int32
    pub rsk_int32: ::core::option::Option<i32>,
    /// rsk\_int64
    pub rsk_int64: ::core::option::Option<i64>,
    /// rsk\_names
    pub rsk_names: ::core::option::Option<rt::Json>,
    /// rsk\_sbyte
    pub rsk_sbyte: ::core::option::Option<i32>,
    /// rsk\_single
    pub rsk_single: ::core::option::Option<f64>,
    /// rsk\_size
    pub rsk_size: ::core::option::Option<rt::Json>,
    /// rsk\_stream
    pub rsk_stream: ::core::option::Option<rt::Json>,
    /// rsk\_string
    pub rsk_string: ::core::option::Option<::std::string::String>,
    /// rsk\_timeofday
    pub rsk_timeofday: ::core::option::Option<rt::Json>,
    /// rsk\_vesselid
    pub rsk_vesselid: rt::Id<RskVessel>,
    /// versionnumber
    pub versionnumber: ::core::option::Option<i64>,
}
