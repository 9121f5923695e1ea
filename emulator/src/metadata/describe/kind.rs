//! The types of columns: their names, and the members that only some types have.

use crate::metadata::csdl::is_of_the_wire;
use crate::metadata::node::{Flag, Members, Value};
use dataverse_codegen::schema::{ChoiceUse, Column, ColumnKind, DateBehavior, LookupKind};
use std::borrow::Cow;

/// What the service calls the type of a column.
pub(super) struct Names<'s> {
    /// The type of the definition.
    pub(super) ty: &'static str,
    /// `AttributeType`.
    pub(super) attribute_type: &'static str,
    /// `AttributeTypeName.Value`.
    type_name: Cow<'s, str>,
}

impl<'s> Names<'s> {
    pub(super) fn of(kind: &'s ColumnKind) -> Self {
        let (ty, attribute_type, type_name) = match kind {
            ColumnKind::Text { .. } => ("StringAttributeMetadata", "String", "StringType"),
            ColumnKind::Memo { .. } => ("MemoAttributeMetadata", "Memo", "MemoType"),
            ColumnKind::WholeNumber { .. } => ("IntegerAttributeMetadata", "Integer", "IntegerType"),
            ColumnKind::BigInteger { .. } => ("BigIntAttributeMetadata", "BigInt", "BigIntType"),
            ColumnKind::Decimal { .. } => ("DecimalAttributeMetadata", "Decimal", "DecimalType"),
            ColumnKind::Float { .. } => ("DoubleAttributeMetadata", "Double", "DoubleType"),
            ColumnKind::Money { .. } => ("MoneyAttributeMetadata", "Money", "MoneyType"),
            ColumnKind::YesNo { .. } => ("BooleanAttributeMetadata", "Boolean", "BooleanType"),
            ColumnKind::DateTime { .. } => ("DateTimeAttributeMetadata", "DateTime", "DateTimeType"),
            ColumnKind::UniqueId => ("AttributeMetadata", "Uniqueidentifier", "UniqueidentifierType"),
            ColumnKind::Lookup(lookup) => match lookup.kind {
                LookupKind::Simple => ("LookupAttributeMetadata", "Lookup", "LookupType"),
                LookupKind::Customer => ("LookupAttributeMetadata", "Customer", "CustomerType"),
                LookupKind::Owner => ("LookupAttributeMetadata", "Owner", "OwnerType"),
            },
            ColumnKind::PartyList { .. } => ("LookupAttributeMetadata", "PartyList", "PartyListType"),
            ColumnKind::Choice { .. } => ("PicklistAttributeMetadata", "Picklist", "PicklistType"),
            ColumnKind::Choices { .. } => (
                "MultiSelectPicklistAttributeMetadata",
                "Virtual",
                "MultiSelectPicklistType",
            ),
            ColumnKind::State { .. } => ("StateAttributeMetadata", "State", "StateType"),
            ColumnKind::Status { .. } => ("StatusAttributeMetadata", "Status", "StatusType"),
            ColumnKind::TableName => ("EntityNameAttributeMetadata", "EntityName", "EntityNameType"),
            ColumnKind::Image { .. } => ("ImageAttributeMetadata", "Virtual", "ImageType"),
            ColumnKind::File { .. } => ("FileAttributeMetadata", "Virtual", "FileType"),
            ColumnKind::ManagedProperty { .. } => (
                "ManagedPropertyAttributeMetadata",
                "ManagedProperty",
                "ManagedPropertyType",
            ),
            ColumnKind::Unknown { type_name } => {
                // A type of the wire says nothing of the attribute's type.
                let virtual_type = is_of_the_wire(type_name);
                return Self {
                    ty: "AttributeMetadata",
                    attribute_type: "Virtual",
                    type_name: Cow::Borrowed(if virtual_type { "VirtualType" } else { type_name }),
                };
            }
        };
        Self {
            ty,
            attribute_type,
            type_name: Cow::Borrowed(type_name),
        }
    }

    pub(super) fn type_name(&self) -> Value<'s> {
        Value::Wrapped(self.type_name.clone())
    }
}

/// Whether columns of the kind can be calculated.
pub(super) fn has_source(kind: &ColumnKind) -> bool {
    matches!(
        kind,
        ColumnKind::Text { .. }
            | ColumnKind::WholeNumber { .. }
            | ColumnKind::Decimal { .. }
            | ColumnKind::Money { .. }
            | ColumnKind::YesNo { .. }
            | ColumnKind::DateTime { .. }
            | ColumnKind::Choice { .. }
            | ColumnKind::Choices { .. }
    )
}

/// The members of one type.
#[derive(Default)]
pub(super) struct Facets<'s> {
    /// The simple ones.
    pub(super) simple: Members<'s>,
    /// The complex ones.
    pub(super) complex: Members<'s>,
}

fn simple<'s>(members: impl IntoIterator<Item = (&'static str, Value<'s>)>) -> Facets<'s> {
    Facets {
        simple: members.into_iter().collect(),
        complex: Vec::new(),
    }
}

/// The members that only columns of this type have.
pub(super) fn facets(column: &Column) -> Facets<'_> {
    let mut facets = own(&column.kind);
    if has_source(&column.kind) {
        facets.simple.extend([
            ("FormulaDefinition", Value::text(Some(""))),
            ("SourceTypeMask", Value::Int(0)),
        ]);
    }
    facets
}

fn own(kind: &ColumnKind) -> Facets<'_> {
    match kind {
        ColumnKind::Text { max_length, format } => text(*max_length, format.as_deref(), true),
        ColumnKind::Memo { max_length, format } => text(*max_length, format.as_deref(), false),
        ColumnKind::WholeNumber { min, max, format } => simple([
            ("Format", word(format.as_deref())),
            ("MaxValue", Value::int(*max)),
            ("MinValue", Value::int(*min)),
        ]),
        ColumnKind::BigInteger { min, max } => {
            simple([("MaxValue", Value::int(*max)), ("MinValue", Value::int(*min))])
        }
        ColumnKind::Decimal { min, max, precision } | ColumnKind::Float { min, max, precision } => {
            simple(number(*min, *max, *precision))
        }
        ColumnKind::Money { .. } => money(kind),
        ColumnKind::YesNo { default, .. } => simple([("DefaultValue", Value::flag(*default))]),
        ColumnKind::DateTime { behavior, format } => date_time(*behavior, format.as_deref()),
        ColumnKind::Lookup(lookup) => simple([
            (
                "Targets",
                Value::texts(lookup.targets.iter().map(|target| target.table.as_str())),
            ),
            ("Format", Value::word("None")),
        ]),
        ColumnKind::PartyList { targets, .. } => simple([
            ("Targets", Value::texts(targets.iter().map(String::as_str))),
            ("Format", Value::word("None")),
        ]),
        ColumnKind::Choice { default, .. } | ColumnKind::Choices { default, .. } => simple([
            ("DefaultFormValue", default_option(kind, *default)),
            ("ParentPicklistLogicalName", Value::Null),
            ("ChildPicklistLogicalNames", Value::List(Vec::new())),
        ]),
        ColumnKind::State { .. } | ColumnKind::Status { .. } => simple([("DefaultFormValue", Value::Null)]),
        ColumnKind::TableName => simple([
            ("DefaultFormValue", Value::Null),
            ("IsEntityReferenceStored", Value::Null),
        ]),
        ColumnKind::Image { .. } => image(kind),
        ColumnKind::File { max_size_kb } => simple([("MaxSizeInKB", Value::int(*max_size_kb))]),
        ColumnKind::ManagedProperty { value_type } => simple([
            ("ManagedPropertyLogicalName", Value::Null),
            ("ParentAttributeName", Value::Null),
            ("ParentComponentType", Value::Null),
            ("ValueAttributeTypeCode", word(value_type.as_deref())),
        ]),
        ColumnKind::UniqueId | ColumnKind::Unknown { .. } => Facets::default(),
    }
}

fn word(word: Option<&str>) -> Value<'_> {
    word.map_or(Value::Null, |word| Value::Word(Cow::Borrowed(word)))
}

/// The formats of `Format`; newer ones only `FormatName` has.
const OLD_FORMATS: [&str; 10] = [
    "Email",
    "Text",
    "TextArea",
    "Url",
    "TickerSymbol",
    "PhoneticGuide",
    "VersionNumber",
    "Phone",
    "Json",
    "RichText",
];

fn text(max_length: Option<u32>, format: Option<&str>, one_line: bool) -> Facets<'_> {
    let old = format.map(|format| {
        if OLD_FORMATS.contains(&format) {
            format
        } else {
            "Text"
        }
    });
    let mut members = vec![
        ("Format", word(old)),
        ("ImeMode", Value::word("Auto")),
        ("MaxLength", Value::int(max_length)),
    ];
    if one_line {
        members.push(("YomiOf", Value::Null));
    }
    members.push(("IsLocalizable", Value::Bool(false)));
    if one_line {
        // In bytes of UTF-16.
        let bytes = max_length.map(|length| i64::from(length) * 2);
        members.push(("DatabaseLength", Value::int(bytes)));
    }
    Facets {
        simple: members,
        complex: vec![(
            "FormatName",
            format.map_or(Value::Null, |format| Value::Wrapped(Cow::Borrowed(format))),
        )],
    }
}

fn number<'s>(min: Option<f64>, max: Option<f64>, precision: Option<u32>) -> [(&'static str, Value<'s>); 4] {
    [
        ("MaxValue", Value::real(max)),
        ("MinValue", Value::real(min)),
        ("Precision", Value::int(precision)),
        ("ImeMode", Value::word("Auto")),
    ]
}

fn money(kind: &ColumnKind) -> Facets<'_> {
    let ColumnKind::Money {
        min,
        max,
        precision,
        precision_source,
        base_of,
    } = kind
    else {
        return Facets::default();
    };
    let mut facets = simple(number(*min, *max, *precision));
    facets.simple.extend([
        ("PrecisionSource", Value::int(*precision_source)),
        ("CalculationOf", Value::text(base_of.as_deref())),
        ("IsBaseCurrency", Value::Bool(base_of.is_some())),
    ]);
    facets
}

fn date_time(behavior: DateBehavior, format: Option<&str>) -> Facets<'_> {
    let word_of = match behavior {
        DateBehavior::UserLocal => "UserLocal",
        DateBehavior::DateOnly => "DateOnly",
        DateBehavior::TimeZoneIndependent => "TimeZoneIndependent",
    };
    Facets {
        simple: vec![
            ("MinSupportedValue", Value::Time("1753-01-01T00:00:00Z")),
            ("MaxSupportedValue", Value::Time("9999-12-30T23:59:59Z")),
            ("Format", word(format)),
            ("ImeMode", Value::word("Auto")),
        ],
        complex: vec![
            ("DateTimeBehavior", Value::Wrapped(Cow::Borrowed(word_of))),
            (
                "CanChangeDateTimeBehavior",
                Value::Managed(Flag::Bool(false), false, "canmodifybehavior"),
            ),
        ],
    }
}

fn image(kind: &ColumnKind) -> Facets<'_> {
    let ColumnKind::Image {
        max_size_kb,
        max_width,
        max_height,
        full_image,
        primary,
    } = kind
    else {
        return Facets::default();
    };
    simple([
        ("IsPrimaryImage", Value::Bool(*primary)),
        ("MaxHeight", Value::int(*max_height)),
        ("MaxWidth", Value::int(*max_width)),
        ("MaxSizeInKB", Value::int(*max_size_kb)),
        ("CanStoreFullImage", Value::Bool(*full_image)),
    ])
}

/// -1 says that there is none. Where -1 is one of the options, nothing is said.
fn default_option(kind: &ColumnKind, default: Option<i32>) -> Value<'static> {
    let has_minus_one = match kind.choice() {
        Some(ChoiceUse::Local(set)) => set.options.iter().any(|option| option.value == -1),
        // The options of a global choice stand elsewhere: be careful.
        Some(ChoiceUse::Global(_)) => true,
        None => false,
    };
    match default {
        Some(default) => Value::Int(default.into()),
        None if has_minus_one => Value::Null,
        None => Value::Int(-1),
    }
}
