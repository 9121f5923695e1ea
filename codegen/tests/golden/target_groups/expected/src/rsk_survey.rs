//! rsk\_survey (`rsk_survey`)
//!
//! Entity set `rsk_surveys`; primary id `rsk_surveyid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskSurvey, K, A, N>;

/// rsk\_survey (`rsk_survey`).
pub struct RskSurvey;

/// The columns and relationships of [`RskSurvey`].
pub struct Columns {
    /// **rsk\_about**: lookup to one of 6 tables, see [`RskAbout_RskSurvey_RskAbout`](super::targets::RskAbout_RskSurvey_RskAbout).
    pub rsk_about: Column<kind::Lookup<super::targets::RskAbout_RskSurvey_RskAbout>>,
    /// **rsk\_surveyid**: unique identifier, required, set when the row is created.
    pub rsk_surveyid: Column<kind::PrimaryId<RskSurvey>, access::CreateOnly, rt::Required>,
}

impl rt::Table for RskSurvey {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_survey",
        entity_set: "rsk_surveys",
        primary_id: "rsk_surveyid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        rsk_about: rt::lookup("_rsk_about_value", &[("rsk_berth", "rsk_about_rsk_berth"), ("rsk_buoy", "rsk_about_rsk_buoy"), ("rsk_crane", "rsk_about_rsk_crane"), ("rsk_lock", "rsk_about_rsk_lock"), ("rsk_pilot", "rsk_about_rsk_pilot"), ("rsk_survey", "rsk_about_rsk_survey")]),
        rsk_surveyid: rt::column("rsk_surveyid"),
    };
}
