//! What a report has to say of a difference between two snapshots, told by its path alone.

use std::collections::BTreeSet;

use dataverse_codegen::drift::{Changes, Kind, Owner, Place, Rule};
use dataverse_codegen::schema::{Operation, Schema};
use serde_json::Value;

use super::walk::{self, Path};

/// A place and the kinds of change that a difference there may be told as.
#[derive(Debug)]
struct Expected {
    owner: String,
    below: String,
    kinds: Vec<Kind>,
    /// Whether the path says that something is there at all.
    presence: bool,
}

/// What is wrong with a report: differences that it doesn't tell, and changes that nothing in the snapshots speaks for.
pub fn faults(old: &Schema, new: &Schema, found: &Changes<'_>) -> Vec<String> {
    let differences = walk::differences(old, new);
    let mut faults = Vec::new();
    let mut known: BTreeSet<(String, String, Kind)> = BTreeSet::new();
    // What is new, gone or renamed as a whole is told once, not leaf by leaf.
    let mut whole: Vec<&Path> = Vec::new();
    for path in differences.keys() {
        if let Some(expected) = expected(path).filter(|of| of.presence) {
            known.extend(
                expected
                    .kinds
                    .iter()
                    .map(|kind| (expected.owner.clone(), expected.below.clone(), *kind)),
            );
            whole.push(path);
        }
    }
    for (path, (before, after)) in &differences {
        let Some(expected) = expected(path) else { continue };
        known.extend(
            expected
                .kinds
                .iter()
                .map(|kind| (expected.owner.clone(), expected.below.clone(), *kind)),
        );
        // A table that is referred to on one side alone is told where it is referred to, or as a table.
        let one_sided = |of: &Path| {
            of[0] == "references"
                && of.len() > 2
                && differences.contains_key(&vec![of[0].clone(), of[1].clone(), "(there)".to_owned()])
        };
        if one_sided(path) {
            continue;
        }
        let inside =
            |of: &&Path| of.len() <= path.len() && **of != *path && path.starts_with(&of[..of.len() - 1]);
        if whole.iter().any(inside) {
            continue;
        }
        if !is_told(&expected, found, before.as_ref(), after.as_ref()) {
            faults.push(format!(
                "not told: {path:?} {before:?} -> {after:?}, {expected:?}"
            ));
        }
    }
    for change in &found.changes {
        let (owner, below) = (owner_text(&change.place.owner), change.place.below());
        // Options of another choice are compared with those of the one that the column drew from before.
        let moved = || {
            found.changes.iter().any(|other| {
                other.rule == Rule::ChoiceMoved
                    && below.starts_with(&other.place.below())
                    && owner_text(&other.place.owner) == owner
            })
        };
        // What is renamed stands under its new name, and what it had before under the old one.
        let renamed = || {
            let inside = |of: &Place<'_>| owner_text(&of.owner) == owner && below.starts_with(&of.below());
            found
                .changes
                .iter()
                .any(|other| other.evidence.is_some() && inside(&other.place))
                || found
                    .not_known
                    .iter()
                    .any(|other| other.kind == Kind::Key && inside(&other.place))
        };
        if !known.contains(&(owner.clone(), below.clone(), change.kind())) && !moved() && !renamed() {
            faults.push(format!("nothing speaks for {change:?}"));
        }
    }
    faults
}

fn is_told(expected: &Expected, found: &Changes<'_>, before: Option<&Value>, after: Option<&Value>) -> bool {
    let mine = |place: &Place<'_>| owner_text(&place.owner) == expected.owner;
    let here = |place: &Place<'_>| mine(place) && place.below() == expected.below;
    let above = |place: &Place<'_>| {
        let below = place.below();
        mine(place)
            && (below.is_empty()
                || below == expected.below
                || expected.below.starts_with(&format!("{below} ")))
    };
    let told = found.changes.iter().any(|change| {
        let about = expected.kinds.contains(&change.kind());
        let old = change.old.as_deref().unwrap_or_default();
        match change.rule {
            // What is renamed is gone by its old name, and there by its new one.
            Rule::TableRenamed => old == expected.owner || (here(&change.place) && about),
            _ if change.evidence.is_some() && expected.presence && about && mine(&change.place) => {
                here(&change.place) || expected.below.ends_with(old)
            }
            // Another type has other facets, another choice other options.
            Rule::TypeChanged | Rule::ChoiceMoved => above(&change.place),
            _ => here(&change.place) && about,
        }
    });
    let one_sided = before.is_none() || after.is_none();
    let not_known = found.not_known.iter().any(|of| match of.kind {
        // All that is inside is not known either.
        Kind::Table => mine(&of.place),
        Kind::Operation => expected.kinds.contains(&Kind::Operation),
        Kind::Option | Kind::LookupTarget => above(&of.place),
        // A key without a name of its own stands for one with a name.
        Kind::Key => mine(&of.place) && expected.kinds.contains(&Kind::Key),
        Kind::Type => above(&of.place) && one_sided,
        // What one side doesn't know is absent there, or is what stands for nothing.
        kind => {
            here(&of.place) && expected.kinds.contains(&kind) && (one_sided || kind == Kind::DateBehavior)
        }
    });
    told || not_known
}

fn owner_text(owner: &Owner<'_>) -> String {
    owner.to_string()
}

/// What a path is about. None: nothing that a report tells by itself.
fn expected(path: &Path) -> Option<Expected> {
    let at = |index: usize| path.get(index).map_or("", String::as_str);
    let of = |owner: &str, below: String, kinds: &[Kind], presence: bool| {
        Some(Expected {
            owner: owner.to_owned(),
            below,
            kinds: kinds.to_vec(),
            presence,
        })
    };
    let there = at(path.len() - 1) == "(there)";
    match at(0) {
        "tables" if path.len() == 3 && there => of(at(1), String::new(), &[Kind::Table], true),
        "tables" => table(at(1), &path[2..], there),
        // That a table is referred to is told where it is referred to.
        "references" if there || at(2) == "name" => None,
        "references" => table(at(1), &path[2..], there),
        "choices" if path.len() == 2 => None,
        "choices" => {
            let owner = Owner::Choice(at(1)).to_string();
            match at(2) {
                "(there)" => of(&owner, String::new(), &[Kind::Choice], true),
                "name" => None,
                _ => choice(&owner, None, &path[2..], there),
            }
        }
        "operations" => operation(path, there),
        "types" if path.len() <= 3 && at(2) == "(there)" => None,
        "types" => types(path, there),
        _ => None,
    }
}

fn table(owner: &str, path: &[String], there: bool) -> Option<Expected> {
    let at = |index: usize| path.get(index).map_or("", String::as_str);
    let of = |below: String, kinds: &[Kind], presence: bool| {
        Some(Expected {
            owner: owner.to_owned(),
            below,
            kinds: kinds.to_vec(),
            presence,
        })
    };
    let fact = |kinds: &[Kind]| {
        if there {
            None
        } else {
            of(String::new(), kinds, false)
        }
    };
    match at(0) {
        "name" => None,
        "schema_name" => fact(&[Kind::SchemaName]),
        "entity_set" => fact(&[Kind::EntitySet]),
        "label" | "plural_label" => fact(&[Kind::Label]),
        "description" => fact(&[Kind::Description]),
        "primary_id" | "primary_name" | "primary_image" => fact(&[Kind::PrimaryColumn]),
        "csdl_key" | "base" | "table_type" | "ownership" => fact(&[Kind::TableFact]),
        "facts" if at(1) == "enforces_transitions" => fact(&[Kind::StatusFlow]),
        "facts" if at(1) == "custom" => fact(&[Kind::Origin]),
        "facts" => fact(&[Kind::TableFact]),
        "solutions" => fact(&[Kind::Origin]),
        "columns" if path.len() == 3 && there => of(at(1).to_owned(), &[Kind::Column], true),
        "columns" => column(owner, at(1), &path[2..], there),
        "keys" => {
            let below = format!("key {}", at(1));
            match at(2) {
                "(there)" => of(below, &[Kind::Key], true),
                "label" if !there => of(below, &[Kind::Label], false),
                "columns" | "index_status" => of(below, &[Kind::Key], false),
                _ => None,
            }
        }
        "collections" => {
            let below = format!("collection {}", at(1));
            match at(2) {
                "(there)" => of(below, &[Kind::Collection], true),
                "relationship" => of(below, &[Kind::Relationship], false),
                "table" | "kind" => of(below, &[Kind::Collection], false),
                _ => None,
            }
        }
        other => panic!("a path that no rule knows: {other} of {path:?}"),
    }
}

fn column(owner: &str, column: &str, path: &[String], there: bool) -> Option<Expected> {
    let at = |index: usize| path.get(index).map_or("", String::as_str);
    let of = |below: String, kinds: &[Kind], presence: bool| {
        Some(Expected {
            owner: owner.to_owned(),
            below,
            kinds: kinds.to_vec(),
            presence,
        })
    };
    let fact = |kind: Kind| {
        if there {
            None
        } else {
            of(column.to_owned(), &[kind], false)
        }
    };
    match (at(0), at(2)) {
        ("name", _) => None,
        ("schema_name", _) => fact(Kind::SchemaName),
        ("label", _) => fact(Kind::Label),
        ("description", _) => fact(Kind::Description),
        ("access", _) => fact(Kind::Access),
        ("required", _) => fact(Kind::RequiredLevel),
        ("source", _) => fact(Kind::Source),
        ("auto_number", _) => fact(Kind::AutoNumber),
        ("secured", _) => fact(Kind::Security),
        ("logical" | "custom", _) => fact(Kind::Origin),
        ("kind", "(there)") => of(column.to_owned(), &[Kind::Type], false),
        ("kind", "") => fact(Kind::Type),
        ("kind", "max_length") => fact(Kind::Length),
        ("kind", "format") => fact(Kind::Format),
        ("kind", "min" | "max") => fact(Kind::Range),
        ("kind", "precision" | "precision_source") => fact(Kind::Precision),
        ("kind", "base_of" | "value_type" | "type_name") => fact(Kind::Type),
        ("kind", "default") => fact(Kind::Default),
        ("kind", "yes" | "no") => fact(Kind::Label),
        ("kind", "behavior") => fact(Kind::DateBehavior),
        ("kind", "max_size_kb" | "max_width" | "max_height" | "full_image") => fact(Kind::Size),
        ("kind", "primary") => fact(Kind::PrimaryColumn),
        ("kind", "kind") => fact(Kind::LookupTarget),
        ("kind", "property" | "navigation") => fact(Kind::Navigation),
        ("kind", "targets") => {
            let below = format!("{column} target {}", at(3));
            match at(4) {
                "" | "(there)" => of(below, &[Kind::LookupTarget], true),
                "navigation" => of(below, &[Kind::Navigation], false),
                "relationship" | "hierarchical" => of(below, &[Kind::Relationship], false),
                "cascade" => of(below, &[Kind::Cascade], false),
                _ => None,
            }
        }
        ("kind", "choice") => match (at(3), at(4)) {
            ("global", _) | (_, "(there)") => of(column.to_owned(), &[Kind::Choice], false),
            ("(there)", _) => None,
            ("local", "name") => fact(Kind::Choice),
            ("local", _) => choice(owner, Some(column), &path[4..], there),
            _ => None,
        },
        other => panic!("a path that no rule knows: {other:?} of {path:?}"),
    }
}

/// What is in a choice, of a column or by itself.
fn choice(owner: &str, column: Option<&str>, path: &[String], there: bool) -> Option<Expected> {
    let at = |index: usize| path.get(index).map_or("", String::as_str);
    let below = match (column, at(0)) {
        (column, "label") => column.unwrap_or_default().to_owned(),
        (None, _) => format!("option {}", at(1)),
        (Some(column), _) => format!("{column} option {}", at(1)),
    };
    let of = |kind: Kind, presence: bool| {
        Some(Expected {
            owner: owner.to_owned(),
            below: below.clone(),
            kinds: vec![kind],
            presence,
        })
    };
    match (at(0), at(2)) {
        ("label", _) | (_, "label") if !there => of(Kind::Label, false),
        ("options", "(there)") => of(Kind::Option, true),
        ("options", "description") if !there => of(Kind::Description, false),
        ("options", "default_status" | "state" | "next") => of(Kind::StatusFlow, false),
        ("options", "invariant_name" | "external_value") => of(Kind::Option, false),
        _ => None,
    }
}

fn operation(path: &Path, there: bool) -> Option<Expected> {
    let at = |index: usize| path.get(index).map_or("", String::as_str);
    let owner = operation_text(at(1));
    let of = |below: &str, kind: Kind, presence: bool| {
        Some(Expected {
            owner: owner.clone(),
            below: below.to_owned(),
            kinds: vec![kind],
            presence,
        })
    };
    match at(2) {
        "(there)" => of("", Kind::Operation, true),
        "composable" | "filter_only" => of("", Kind::Operation, false),
        "returns" => of("result", Kind::Result, false),
        "parameters" => {
            let below = format!("parameter {}", at(3));
            match at(4) {
                "(there)" => of(&below, Kind::Parameter, true),
                "description" if !there => of(&below, Kind::Description, false),
                "type" | "collection" | "nullable" | "optional" => of(&below, Kind::Parameter, false),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The name of an operation in a report, of the identity that the walk gave it.
fn operation_text(identity: &str) -> String {
    let mut parts = serde_json::Deserializer::from_str(identity).into_iter::<Value>();
    let mut next = || parts.next().and_then(Result::ok).unwrap_or(Value::Null);
    let (name, kind, bound) = (next(), next(), next());
    let mut text = serde_json::json!({ "name": name, "kind": kind });
    if !bound.is_null() {
        text["bound"] = bound;
    }
    let operation: Operation = serde_json::from_value(text).expect("an operation");
    let owner = Owner::Operation {
        name: &operation.name,
        kind: operation.kind,
        bound: operation.bound.as_ref(),
    };
    owner.to_string()
}

fn types(path: &Path, there: bool) -> Option<Expected> {
    let at = |index: usize| path.get(index).map_or("", String::as_str);
    let (owner, whole, part) = match at(1) {
        "complex_types" => (Owner::ComplexType(at(2)), Kind::ComplexType, Kind::Member),
        "enum_types" => (Owner::EnumType(at(2)), Kind::EnumType, Kind::EnumType),
        _ => return None,
    };
    let of = |below: &str, kind: Kind, presence: bool| {
        Some(Expected {
            owner: owner.to_string(),
            below: below.to_owned(),
            kinds: vec![kind],
            presence,
        })
    };
    match (at(3), at(5)) {
        ("(there)", _) => of("", whole, true),
        ("base" | "open" | "flags", _) => of("", whole, false),
        ("members", "(there)") => of(at(4), part, true),
        ("members", "description") if !there => of(at(4), Kind::Description, false),
        ("members", "type" | "collection" | "nullable" | "optional" | "value") => of(at(4), part, false),
        _ => None,
    }
}
