//! Rows as the service keeps them: found by their keys, created, changed, linked and deleted by its rules.
//!
//! A write goes one way: `payload` reads the body, `draft` holds what the row will be, each rule (`state`, `owner`,
//! `money`, `stamps`, ...) completes or refuses the draft, and `record` writes it.

mod address;
mod auto_number;
mod composite;
mod conditions;
mod create;
mod defaults;
mod delete;
mod draft;
pub(crate) mod files;
mod key;
mod lifetime;
mod links;
mod merge;
mod mirror;
mod money;
mod names;
mod owner;
mod parties;
mod payload;
mod property;
mod record;
mod reference;
mod relations;
mod required;
mod stamps;
mod state;
mod unique;
mod update;

pub(crate) use address::Address;
pub(crate) use conditions::Conditions;
pub(crate) use create::{Origin, create, create_in};
pub(crate) use delete::delete;
pub(crate) use key::RowId;
pub(crate) use lifetime::{Lifetimes, expire};
pub(crate) use links::{add_link, remove_link, set_single};
pub(crate) use merge::{repoint, retire};
pub(crate) use owner::business_unit;
pub(crate) use parties::replace_parties;
pub(crate) use property::set_property;
pub(crate) use record::{Record, all};
pub(crate) use reference::{References, address_at, row_at};
pub(crate) use relations::Relations;
pub(crate) use state::is_valid_transition;
pub(crate) use update::{Upserted, update, upsert};

use crate::model::Entity;
use crate::organization::Organization;
use crate::{Fault, Model};
use jiff::Timestamp;
use rusqlite::Connection;
use uuid::Uuid;

/// What a piece of work on rows needs to know: one per call.
#[derive(Clone, Copy)]
pub(crate) struct Work<'a> {
    pub(crate) model: &'a Model,
    pub(crate) relations: &'a Relations,
    pub(crate) connection: &'a Connection,
    pub(crate) organization: &'a Organization,
    /// What earlier requests of the change set wrote.
    pub(crate) references: &'a References,
    /// When rows end by themselves.
    pub(crate) lifetimes: &'a Lifetimes,
    pub(crate) now: Timestamp,
    /// `systemuserid` of the user on whose behalf the call is made.
    pub(crate) user: Uuid,
    /// `systemuserid` of the caller, who may impersonate that user.
    pub(crate) caller: Uuid,
}

impl<'a> Work<'a> {
    /// The table of this logical name.
    pub(crate) fn entity(&self, table: &str) -> Result<&'a Entity, Fault> {
        self.model.entity(table).ok_or_else(|| Fault::no_resource(table))
    }
}

/// The table of an activity's base rows.
pub(crate) const ACTIVITY: &str = "activitypointer";
/// The table of the parties of activities.
pub(crate) const PARTY: &str = "activityparty";
