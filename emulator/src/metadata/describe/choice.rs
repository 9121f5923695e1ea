//! Choices (`OptionSetMetadata`, `BooleanOptionSetMetadata`) and their options.

use super::{managed, simple};
use crate::metadata::ids;
use crate::metadata::item::Set;
use crate::metadata::node::{Members, Value};
use dataverse_codegen::schema::{ChoiceOption, ColumnKind, Label};
use std::borrow::Cow;
use std::fmt::Write as _;
use uuid::Uuid;

/// The type of a choice's definition.
pub(super) fn type_of(set: Set<'_>) -> &'static str {
    match set {
        Set::Global(_) | Set::Local(..) => "OptionSetMetadata",
        Set::YesNo(..) => "BooleanOptionSetMetadata",
    }
}

/// What sort of options a choice has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Picklist,
    State,
    Status,
    Boolean,
}

impl Sort {
    fn of(set: Set<'_>) -> Self {
        match set {
            Set::Local(_, column, _) => match column.kind {
                ColumnKind::State { .. } => Self::State,
                ColumnKind::Status { .. } => Self::Status,
                _ => Self::Picklist,
            },
            Set::Global(_) => Self::Picklist,
            Set::YesNo(..) => Self::Boolean,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Picklist => "Picklist",
            Self::State => "State",
            Self::Status => "Status",
            Self::Boolean => "Boolean",
        }
    }
}

pub(super) fn members(set: Set<'_>, id: Uuid) -> (&'static str, usize, Members<'_>) {
    let sort = Sort::of(set);
    let custom = match set {
        Set::Local(_, column, _) | Set::YesNo(_, column) => Some(column.custom),
        Set::Global(_) => None,
    };
    let mut members = simple(
        [
            ("IsCustomOptionSet", Value::flag(custom)),
            ("IsGlobal", Value::Bool(matches!(set, Set::Global(_)))),
            ("IsManaged", Value::Null),
            ("Name", Value::Text(set.name())),
            ("ExternalTypeName", Value::Null),
            ("OptionSetType", Value::word(sort.word())),
            ("IntroducedVersion", Value::Null),
        ],
        6,
    );
    let first = members.len();
    if sort != Sort::Boolean {
        members.push(("ParentOptionSetName", Value::Null));
    }
    members.push(("Description", Value::NoLabel));
    match set {
        Set::Global(choice) | Set::Local(_, _, choice) => {
            let options = choice
                .options
                .iter()
                .map(|of| Value::Object(option(of, sort, id)));
            members.extend([
                ("DisplayName", Value::Label(&choice.label, id, "DisplayName")),
                ("IsCustomizable", managed(true, "iscustomizable")),
                ("Options", Value::List(options.collect())),
            ]);
        }
        Set::YesNo(_, column) => {
            members.extend([
                ("DisplayName", Value::NoLabel),
                ("IsCustomizable", managed(true, "iscustomizable")),
            ]);
            if let ColumnKind::YesNo { yes, no, .. } = &column.kind {
                members.extend([
                    ("TrueOption", Value::Object(answer(1, yes, id))),
                    ("FalseOption", Value::Object(answer(0, no, id))),
                ]);
            }
        }
    }
    (type_of(set), first, members)
}

fn option(option: &ChoiceOption, sort: Sort, set: Uuid) -> Members<'_> {
    let id = ids::within(set, "option", &[&option.value.to_string()]);
    let mut members = Members::with_capacity(13);
    match sort {
        Sort::State => members.push((
            "@odata.type",
            Value::word("#Microsoft.Dynamics.CRM.StateOptionMetadata"),
        )),
        Sort::Status => members.push((
            "@odata.type",
            Value::word("#Microsoft.Dynamics.CRM.StatusOptionMetadata"),
        )),
        Sort::Picklist | Sort::Boolean => {}
    }
    let external = option.external_value.as_deref();
    members.extend(start(option.value, external));
    match sort {
        Sort::State => members.extend([
            ("DefaultStatus", Value::int(option.default_status)),
            ("InvariantName", Value::text(option.invariant_name.as_deref())),
        ]),
        Sort::Status => members.extend([
            ("State", Value::int(option.state)),
            ("TransitionData", transitions(option)),
        ]),
        Sort::Picklist | Sort::Boolean => {}
    }
    members.extend([
        ("Label", Value::Label(&option.label, id, "Label")),
        (
            "Description",
            Value::Label(&option.description, id, "Description"),
        ),
    ]);
    members
}

fn answer(value: i32, label: &Label, set: Uuid) -> Members<'_> {
    let id = ids::within(set, "option", &[&value.to_string()]);
    let mut members = start(value, None);
    members.extend([
        ("Label", Value::Label(label, id, "Label")),
        ("Description", Value::NoLabel),
    ]);
    members
}

fn start(value: i32, external: Option<&str>) -> Members<'_> {
    vec![
        ("Value", Value::Int(value.into())),
        ("Color", Value::Null),
        ("IsManaged", Value::Null),
        ("ExternalValue", Value::text(Some(external.unwrap_or_default()))),
        ("ParentValues", Value::List(Vec::new())),
        ("MetadataId", Value::Null),
        ("HasChanged", Value::Null),
    ]
}

/// The statuses that may come next, as the service writes them: XML within the text.
fn transitions(option: &ChoiceOption) -> Value<'static> {
    if option.next.is_empty() {
        return Value::Null;
    }
    let mut xml =
        "<allowedtransitions xmlns=\"http://schemas.microsoft.com/crm/2009/WebServices\">".to_owned();
    for next in &option.next {
        // Writing to a text can't fail.
        let _ = write!(
            xml,
            "<allowedtransition sourcestatusid=\"{}\" tostatusid=\"{next}\" />",
            option.value
        );
    }
    xml.push_str("</allowedtransitions>");
    Value::Text(Cow::Owned(xml))
}
