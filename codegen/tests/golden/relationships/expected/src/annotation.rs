//! annotation (`annotation`)
//!
//! Entity set `annotations`; primary id `annotationid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<Annotation, K, A, N>;

/// annotation (`annotation`).
pub struct Annotation;

/// The columns and relationships of [`Annotation`].
pub struct Columns {
    /// **annotationid**: unique identifier, required, set when the row is created.
    pub annotationid: Column<kind::PrimaryId<Annotation>, access::CreateOnly, rt::Required>,
    /// **objectid**: lookup to [`RskVessel`](super::rsk_vessel::RskVessel).
    pub objectid: Column<kind::Lookup<super::rsk_vessel::RskVessel>>,
}

impl rt::Table for Annotation {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "annotation",
        entity_set: "annotations",
        primary_id: "annotationid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        annotationid: rt::column("annotationid"),
        objectid: rt::lookup_to("_objectid_value", "rsk_vessel", "objectid_rsk_vessel"),
    };
}
