//! Attribute types and their facets, in the schema's terms.

use crate::definitions::{AttributeKind, RawAttribute, RawNumber, RawOption, RawOptionSet};
use crate::schema::{
    ChoiceOption, ChoiceSet, ChoiceUse, ColumnKind, DateBehavior, Label, Lookup, LookupKind, Target,
};

use super::defined::{label, text};

/// The kind of a column. An unknown or missing type becomes [`ColumnKind::Unknown`]; the caller says so.
pub(super) fn kind(table: &str, raw: &RawAttribute<'_>) -> ColumnKind {
    use AttributeKind as A;
    let format = || text(raw.format_name.as_deref().or(raw.format.as_deref()));
    let whole = |number: Option<RawNumber<'_>>| number.and_then(RawNumber::to_i64);
    let real = |number: Option<RawNumber<'_>>| number.and_then(RawNumber::to_f64);
    let (min, max) = (raw.min_value, raw.max_value);
    let precision = small(raw.precision);
    let default = raw.default_form_value.and_then(|value| i32::try_from(value).ok());
    match raw.kind {
        Some(A::String) => ColumnKind::Text {
            max_length: small(raw.max_length),
            format: format(),
        },
        Some(A::Memo) => ColumnKind::Memo {
            max_length: small(raw.max_length),
            format: format(),
        },
        Some(A::Integer) => ColumnKind::WholeNumber {
            min: whole(min),
            max: whole(max),
            format: format(),
        },
        Some(A::BigInt) => ColumnKind::BigInteger {
            min: whole(min),
            max: whole(max),
        },
        Some(A::Decimal) => ColumnKind::Decimal {
            min: real(min),
            max: real(max),
            precision,
        },
        Some(A::Double) => ColumnKind::Float {
            min: real(min),
            max: real(max),
            precision,
        },
        Some(A::Money) => ColumnKind::Money {
            min: real(min),
            max: real(max),
            precision,
            precision_source: small(raw.precision_source),
            base_of: text(raw.calculation_of.as_deref()),
        },
        Some(A::Boolean) => yes_no(raw),
        Some(A::DateTime) => ColumnKind::DateTime {
            behavior: behavior(raw),
            format: text(raw.format.as_deref()),
        },
        Some(A::Uniqueidentifier) => ColumnKind::UniqueId,
        Some(A::Lookup) => lookup(raw, LookupKind::Simple),
        Some(A::Customer) => lookup(raw, LookupKind::Customer),
        Some(A::Owner) => lookup(raw, LookupKind::Owner),
        Some(A::PartyList) => ColumnKind::PartyList {
            navigation: None,
            targets: targets(raw),
        },
        // -1 stands for "no default", but is also a value that options may have.
        Some(A::Picklist) => ColumnKind::Choice {
            choice: choice(table, raw),
            default: known_default(raw, default),
        },
        Some(A::MultiSelectPicklist) => ColumnKind::Choices {
            choice: choice(table, raw),
            default: known_default(raw, default),
        },
        Some(A::State) => ColumnKind::State {
            choice: choice(table, raw),
        },
        Some(A::Status) => ColumnKind::Status {
            choice: choice(table, raw),
        },
        Some(A::EntityName) => ColumnKind::TableName,
        Some(A::Image) => ColumnKind::Image {
            max_size_kb: small(raw.max_size_in_kb),
            max_width: small(raw.max_width),
            max_height: small(raw.max_height),
            full_image: raw.can_store_full_image == Some(true),
            primary: raw.is_primary_image == Some(true),
        },
        Some(A::File) => ColumnKind::File {
            max_size_kb: small(raw.max_size_in_kb),
        },
        Some(A::ManagedProperty) => ColumnKind::ManagedProperty {
            value_type: text(raw.value_type.as_deref()),
        },
        Some(A::Virtual | A::CalendarRules | A::Unknown) | None => {
            let name = raw
                .type_name
                .as_deref()
                .or(raw.odata_type.as_deref())
                .or(raw.attribute_type.as_deref());
            ColumnKind::Unknown {
                type_name: name.unwrap_or_default().to_owned(),
            }
        }
    }
}

fn small(number: Option<i64>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}

fn known_default(raw: &RawAttribute<'_>, default: Option<i32>) -> Option<i32> {
    let known = |value: &i32| {
        *value != -1
            || raw
                .choice()
                .is_some_and(|set| set.options.iter().any(|option| option.value == -1))
    };
    default.filter(known)
}

fn behavior(raw: &RawAttribute<'_>) -> DateBehavior {
    match raw.date_time_behavior.as_deref() {
        Some("DateOnly") => DateBehavior::DateOnly,
        Some("TimeZoneIndependent") => DateBehavior::TimeZoneIndependent,
        _ => DateBehavior::UserLocal,
    }
}

fn yes_no(raw: &RawAttribute<'_>) -> ColumnKind {
    let set = raw.choice();
    let label_of =
        |option: Option<&RawOption<'_>>| option.map_or_else(Label::default, |option| label(&option.label));
    ColumnKind::YesNo {
        default: raw.default_value,
        yes: label_of(set.and_then(|set| set.true_option.as_ref())),
        no: label_of(set.and_then(|set| set.false_option.as_ref())),
    }
}

fn targets(raw: &RawAttribute<'_>) -> Vec<String> {
    let mut targets: Vec<String> = raw
        .targets
        .iter()
        .filter(|t| !t.is_empty())
        .map(ToString::to_string)
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn lookup(raw: &RawAttribute<'_>, kind: LookupKind) -> ColumnKind {
    let target = |table| Target {
        table,
        ..Target::default()
    };
    ColumnKind::Lookup(Lookup {
        kind,
        property: None,
        targets: targets(raw).into_iter().map(target).collect(),
    })
}

/// The column's options as its own; the join moves those of global choices to the schema's list.
fn choice(table: &str, raw: &RawAttribute<'_>) -> ChoiceUse {
    let own_name = || format!("{table}_{}", raw.logical_name);
    ChoiceUse::Local(match raw.choice() {
        Some(set) => choice_set(text(set.name.as_deref()).unwrap_or_else(own_name), set),
        None => ChoiceSet {
            name: own_name(),
            ..ChoiceSet::default()
        },
    })
}

/// Whether the column's options are those of a global choice. One without a name can't be.
pub(super) fn is_global(raw: &RawAttribute<'_>) -> bool {
    let named = |set: &RawOptionSet<'_>| set.name.as_deref().is_some_and(|name| !name.is_empty());
    raw.choice()
        .is_some_and(|set| set.is_global == Some(true) && named(set))
        || raw.global_option_set.as_deref().is_some_and(named)
}

/// A set of options in canonical order; of two options with one value the first stays.
pub(super) fn choice_set(name: String, raw: &RawOptionSet<'_>) -> ChoiceSet {
    let mut set = ChoiceSet {
        name,
        label: label(&raw.display_name),
        options: raw.options.iter().filter_map(option).collect(),
    };
    set.sort();
    set
}

fn option(raw: &RawOption<'_>) -> Option<ChoiceOption> {
    let small = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
    Some(ChoiceOption {
        value: i32::try_from(raw.value).ok()?,
        label: label(&raw.label),
        description: label(&raw.description),
        default_status: small(raw.default_status),
        invariant_name: text(raw.invariant_name.as_deref()),
        state: small(raw.state),
        next: raw
            .transition_data
            .as_deref()
            .map(next_statuses)
            .unwrap_or_default(),
        external_value: text(raw.external_value.as_deref()),
    })
}

/// The statuses that transition data allows next: `<allowedtransitions ...><allowedtransition tostatusid="2" .../>`.
fn next_statuses(xml: &str) -> Vec<i32> {
    let after = xml.split("tostatusid=\"").skip(1);
    let mut next: Vec<i32> = after
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect();
    next.sort_unstable();
    next.dedup();
    next
}

/// Takes from another body's word on the same column the options that the first one lacks, and the default: -1 is one only
/// beside the options.
pub(super) fn fill_choice(known: &mut ColumnKind, more: &ColumnKind) {
    if let (
        ColumnKind::Choice { default, .. } | ColumnKind::Choices { default, .. },
        ColumnKind::Choice { default: more, .. } | ColumnKind::Choices { default: more, .. },
    ) = (&mut *known, more)
    {
        *default = default.or(*more);
    }
    match (known, more) {
        (
            ColumnKind::Choice { choice, .. }
            | ColumnKind::Choices { choice, .. }
            | ColumnKind::State { choice }
            | ColumnKind::Status { choice },
            _,
        ) => {
            if let (ChoiceUse::Local(known), Some(ChoiceUse::Local(more))) = (choice, more.choice())
                && known.options.is_empty()
                && !more.options.is_empty()
            {
                known.clone_from(more);
            }
        }
        (
            ColumnKind::YesNo { yes, no, .. },
            ColumnKind::YesNo {
                yes: more_yes,
                no: more_no,
                ..
            },
        ) if yes.is_empty() && no.is_empty() => {
            yes.clone_from(more_yes);
            no.clone_from(more_no);
        }
        _ => {}
    }
}
