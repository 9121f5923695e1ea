//! Types of columns with their facets.

use std::fmt::Display;

use super::choices::{self, Drawn};
use super::found::At;
use super::knowledge::may_be_the_same;
use super::texts::Texts;
use super::{Sides, lookups};
use crate::drift::{Kind, Rule};
use crate::schema::{ChoiceSet, ChoiceUse, ColumnKind, DateBehavior, Label, Lookup, Target};

pub(super) fn kind<'s>(
    sides: &Sides<'s>,
    at: &mut At<'s, '_>,
    texts: &Texts<'_>,
    old: &'s ColumnKind,
    new: &'s ColumnKind,
) {
    if std::mem::discriminant(old) != std::mem::discriminant(new) {
        return match texts.untold {
            Some(side) if may_be_the_same(old, new) => at.not_known(Kind::Type, side),
            _ => at.change(Rule::TypeChanged, type_text(old), type_text(new)),
        };
    }
    use ColumnKind as K;
    match (old, new) {
        (K::Lookup(old), K::Lookup(new)) => lookups::lookup(sides, at, texts, old, new),
        (K::PartyList { .. }, K::PartyList { .. }) => lookups::parties(sides, at, old, new),
        (K::DateTime { behavior: was, .. }, K::DateTime { behavior: is, .. }) => {
            behavior(at, texts, *was, *is, (old, new));
        }
        (
            K::YesNo {
                default: was,
                yes,
                no,
            },
            K::YesNo {
                default: is,
                yes: new_yes,
                no: new_no,
            },
        ) => {
            default(at, texts, was.map(yes_no), is.map(yes_no));
            texts.labels_of(at, "yes", yes, new_yes);
            texts.labels_of(at, "no", no, new_no);
        }
        (K::ManagedProperty { value_type: was }, K::ManagedProperty { value_type: is }) => {
            if let Some((old, new)) = at.fact("value type").known(Kind::Type, was.as_ref(), is.as_ref()) {
                at.fact("value type").change(Rule::TypeChanged, old, new);
            }
        }
        (K::Unknown { type_name: was }, K::Unknown { type_name: is }) if was != is => {
            at.change(Rule::TypeChanged, was, is);
        }
        _ => {
            facets(at, texts, old, new);
            if let (Some(old), Some(new)) = (old.choice(), new.choice()) {
                choices::drawn(sides, at, Drawn { old, new });
            }
        }
    }
}

/// The facets of kinds that have no meaning of their own beyond them.
fn facets<'s>(at: &mut At<'s, '_>, texts: &Texts<'_>, old: &'s ColumnKind, new: &'s ColumnKind) {
    let (was, is) = (Facets::of(old), Facets::of(new));
    up_down(
        at,
        was.max_length,
        is.max_length,
        Rule::TextShorter,
        Rule::TextLonger,
    );
    if let Some((old, new)) = at.known(Kind::Format, was.format, is.format) {
        at.change(Rule::FormatChanged, old, new);
    }
    up_down(
        &mut at.fact("least"),
        was.least,
        is.least,
        Rule::RangeWider,
        Rule::RangeNarrower,
    );
    up_down(
        &mut at.fact("most"),
        was.most,
        is.most,
        Rule::RangeNarrower,
        Rule::RangeWider,
    );
    up_down(
        &mut at.fact("digits"),
        was.precision,
        is.precision,
        Rule::PrecisionLower,
        Rule::PrecisionHigher,
    );
    let mut source = at.fact("source");
    let both = source.known(
        Kind::Precision,
        was.precision_source.as_ref(),
        is.precision_source.as_ref(),
    );
    if let Some((old, new)) = both {
        source.change(
            Rule::PrecisionSourceChanged,
            precision_source(*old),
            precision_source(*new),
        );
    }
    if was.base_of != is.base_of {
        let mut at = at.fact("base amount of");
        let text = |of: Option<&'s String>| of.map(|of| of.as_str().into());
        match texts.untold {
            Some(side) if was.base_of.is_none() || is.base_of.is_none() => at.not_known(Kind::Type, side),
            _ => at.push(Rule::BaseOfChanged, text(was.base_of), text(is.base_of), None),
        }
    }
    default(
        at,
        texts,
        was.default.map(|of| of.to_string()),
        is.default.map(|of| of.to_string()),
    );
    sizes(at, texts, old, new);
}

/// The facets of a kind that are numbers or texts.
#[derive(Default)]
struct Facets<'s> {
    max_length: Option<u32>,
    format: Option<&'s String>,
    least: Option<Bound>,
    most: Option<Bound>,
    precision: Option<u32>,
    precision_source: Option<u32>,
    base_of: Option<&'s String>,
    default: Option<i32>,
}

/// A limit of a range.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Bound {
    Whole(i64),
    Real(f64),
}

impl Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(number) => write!(f, "{number}"),
            // As JSON has it: the shortest text that gives the same number.
            Self::Real(number) if number.abs() >= 1e16 || (*number != 0.0 && number.abs() < 1e-5) => {
                write!(f, "{number:e}")
            }
            Self::Real(number) => write!(f, "{number}"),
        }
    }
}

impl<'s> Facets<'s> {
    fn of(kind: &'s ColumnKind) -> Self {
        use ColumnKind as K;
        let real = |of: &Option<f64>| of.map(Bound::Real);
        let whole = |of: &Option<i64>| of.map(Bound::Whole);
        match kind {
            K::Text { max_length, format } | K::Memo { max_length, format } => Self {
                max_length: *max_length,
                format: format.as_ref(),
                ..Self::default()
            },
            K::WholeNumber { min, max, format } => Self {
                least: whole(min),
                most: whole(max),
                format: format.as_ref(),
                ..Self::default()
            },
            K::BigInteger { min, max } => Self {
                least: whole(min),
                most: whole(max),
                ..Self::default()
            },
            K::Decimal { min, max, precision } | K::Float { min, max, precision } => Self {
                least: real(min),
                most: real(max),
                precision: *precision,
                ..Self::default()
            },
            K::Money {
                min,
                max,
                precision,
                precision_source,
                base_of,
            } => Self {
                least: real(min),
                most: real(max),
                precision: *precision,
                precision_source: *precision_source,
                base_of: base_of.as_ref(),
                ..Self::default()
            },
            K::Choice { default, .. } | K::Choices { default, .. } => Self {
                default: *default,
                ..Self::default()
            },
            _ => Self::default(),
        }
    }
}

fn up_down<T: PartialOrd + Display>(
    at: &mut At<'_, '_>,
    old: Option<T>,
    new: Option<T>,
    down: Rule,
    up: Rule,
) {
    if let Some((old, new)) = at.known(up.kind(), old.as_ref(), new.as_ref()) {
        let rule = if new < old { down } else { up };
        at.change(rule, old.to_string(), new.to_string());
    }
}

fn behavior<'s>(
    at: &mut At<'s, '_>,
    texts: &Texts<'_>,
    was: DateBehavior,
    is: DateBehavior,
    (old, new): (&'s ColumnKind, &'s ColumnKind),
) {
    if was != is {
        match texts.untold {
            // CSDL has one type for all instants.
            Some(side) if may_be_the_same(old, new) => at.not_known(Kind::DateBehavior, side),
            _ => at.change(Rule::DateBehaviorChanged, behavior_text(was), behavior_text(is)),
        }
    }
    if let (K::DateTime { format: old, .. }, K::DateTime { format: new, .. }) = (old, new)
        && let Some((old, new)) = at.known(Kind::Format, old.as_ref(), new.as_ref())
    {
        at.change(Rule::FormatChanged, old, new);
    }
    use ColumnKind as K;
}

fn behavior_text(behavior: DateBehavior) -> &'static str {
    match behavior {
        DateBehavior::UserLocal => "user local",
        DateBehavior::DateOnly => "date only",
        DateBehavior::TimeZoneIndependent => "time-zone independent",
    }
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

fn precision_source(source: u32) -> String {
    match source {
        0 => "the column".to_owned(),
        1 => "the organization".to_owned(),
        2 => "the currency".to_owned(),
        other => other.to_string(),
    }
}

fn default(at: &mut At<'_, '_>, texts: &Texts<'_>, old: Option<String>, new: Option<String>) {
    match (texts.untold, old, new) {
        (_, None, None) => {}
        (_, Some(old), Some(new)) if old == new => {}
        (_, Some(old), Some(new)) => at.change(Rule::DefaultChanged, old, new),
        (Some(side), ..) => at.not_known(Kind::Default, side),
        (None, Some(old), None) => at.removed(Rule::DefaultRemoved, old),
        (None, None, Some(new)) => at.added(Rule::DefaultAdded, new),
    }
}

/// How large images and files may be.
fn sizes<'s>(at: &mut At<'s, '_>, texts: &Texts<'_>, old: &'s ColumnKind, new: &'s ColumnKind) {
    type Sizes = [(&'static str, Option<u32>); 3];
    let of = |kind: &ColumnKind| -> Sizes {
        match kind {
            ColumnKind::Image {
                max_size_kb,
                max_width,
                max_height,
                ..
            } => [
                ("kB", *max_size_kb),
                ("width", *max_width),
                ("height", *max_height),
            ],
            ColumnKind::File { max_size_kb } => [("kB", *max_size_kb), ("width", None), ("height", None)],
            _ => [("kB", None), ("width", None), ("height", None)],
        }
    };
    for ((name, old), (_, new)) in of(old).into_iter().zip(of(new)) {
        up_down(&mut at.fact(name), old, new, Rule::SizeSmaller, Rule::SizeLarger);
    }
    let flags = |kind: &ColumnKind| match kind {
        ColumnKind::Image {
            full_image, primary, ..
        } => (*full_image, *primary),
        _ => (false, false),
    };
    let ((was_full, was_primary), (is_full, is_primary)) = (flags(old), flags(new));
    let switches = [
        (
            "full image",
            was_full,
            is_full,
            Rule::FullImageLost,
            Rule::FullImageGained,
        ),
        (
            "primary image",
            was_primary,
            is_primary,
            Rule::PrimaryImageChanged,
            Rule::PrimaryImageChanged,
        ),
    ];
    for (name, was, _, off, on) in switches.into_iter().filter(|(_, was, is, ..)| was != is) {
        match texts.untold {
            Some(side) => at.fact(name).not_known(on.kind(), side),
            None => at.fact(name).switched(was, off, on),
        }
    }
}

/// A type with the facet that tells it apart, for people.
pub(super) fn type_text(kind: &ColumnKind) -> String {
    match kind {
        ColumnKind::Text {
            max_length: Some(length),
            ..
        }
        | ColumnKind::Memo {
            max_length: Some(length),
            ..
        } => {
            format!("{} {length}", kind.name())
        }
        ColumnKind::Lookup(Lookup { targets, .. }) if !targets.is_empty() => {
            format!("lookup to {}", lookups::tables(targets))
        }
        ColumnKind::Unknown { type_name } => type_name.clone(),
        kind => kind.name().to_owned(),
    }
}

/// Whether two kinds are the same but for texts and names.
pub(super) fn same_shape(old: &ColumnKind, new: &ColumnKind) -> bool {
    std::mem::discriminant(old) == std::mem::discriminant(new) && bare(old) == bare(new)
}

/// The kind without texts and names.
fn bare(kind: &ColumnKind) -> ColumnKind {
    let mut kind = kind.clone();
    match &mut kind {
        ColumnKind::YesNo { yes, no, .. } => (*yes, *no) = (Label::default(), Label::default()),
        ColumnKind::Lookup(lookup) => {
            lookup.property = None;
            for target in &mut lookup.targets {
                *target = Target {
                    table: std::mem::take(&mut target.table),
                    ..Target::default()
                };
            }
        }
        ColumnKind::Choice { choice, .. }
        | ColumnKind::Choices { choice, .. }
        | ColumnKind::State { choice }
        | ColumnKind::Status { choice } => {
            if let ChoiceUse::Local(set) = choice {
                *set = ChoiceSet {
                    options: std::mem::take(&mut set.options),
                    ..ChoiceSet::default()
                };
            }
        }
        _ => {}
    }
    kind
}
