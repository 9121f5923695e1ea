//! Makes of any schema one that documents can tell. Each rule is something that `$metadata` and definitions have no word for.

use std::collections::BTreeSet;

use dataverse_codegen::schema::{
    Access, ChoiceOption, ChoiceSet, ChoiceUse, Collection, CollectionKind, Column, ColumnKind, EnumType,
    Label, Lookup, LookupKind, Operation, OperationKind, Parameter, Required, Schema, Selection, Table,
    TypeName, TypeUse,
};

pub fn tellable(mut schema: Schema) -> Schema {
    rename_enumerations(&mut schema);
    // Names are words: hostile texts stand in labels, formats and the like.
    schema.tables.retain(|name, _| is_word(name));
    schema.references.retain(|name, _| is_word(name));
    let known: BTreeSet<String> = schema
        .tables
        .keys()
        .chain(schema.references.keys())
        .cloned()
        .collect();
    for (name, reference) in &mut schema.references {
        reference.schema_name = filled(reference.schema_name.take());
        reference.entity_set = Some(format!("{name}_set"));
        reference.primary_id = format!("{name}id");
    }
    schema.choices.values_mut().for_each(picklist);
    schema.choices.retain(|name, _| !name.is_empty());
    let choices = schema.choices.clone();
    for table in schema.tables.values_mut() {
        self::table(table, &known);
        for column in &mut table.columns {
            choice(column, &|name| choices.get(name));
        }
    }
    let tables = schema.tables.clone();
    for table in schema.tables.values_mut() {
        collections(table, &|name| tables.get(name));
    }
    schema.operations.retain(|operation| is_word(&operation.name));
    for complex in schema.complex_types.values_mut() {
        complex.members.retain(|member| is_word(&member.name));
        complex.members.iter_mut().for_each(|member| {
            member.optional = false;
            parameter(member, &known);
        });
    }
    // All types share one namespace: of two with one name the table stays.
    schema
        .complex_types
        .retain(|name, _| is_word(name) && !known.contains(name));
    let complex: BTreeSet<String> = schema.complex_types.keys().cloned().collect();
    schema
        .enum_types
        .retain(|name, _| is_word(name) && !known.contains(name) && !complex.contains(name));
    for enumeration in schema.enum_types.values_mut() {
        enumeration.members.retain(|member| is_word(&member.name));
    }
    let enums: BTreeSet<String> = schema.enum_types.keys().cloned().collect();
    let types = (complex, enums);
    for operation in &mut schema.operations {
        self::operation(operation, &known, &types);
    }
    for complex in schema.complex_types.values_mut() {
        complex.base = complex.base.take().filter(|base| types.0.contains(base));
        complex
            .members
            .iter_mut()
            .for_each(|member| type_use(&mut member.of, &known, Some(&types)));
    }
    schema.operations.sort_by(|a, b| a.order().cmp(&b.order()));
    schema
        .operations
        .dedup_by(|later, first| later.order() == first.order());
    schema.select(&Selection::default())
}

/// Complex types and enumerations can't have the same names.
fn rename_enumerations(schema: &mut Schema) {
    let renamed = |name: &str| format!("enum_{name}");
    schema.enum_types = std::mem::take(&mut schema.enum_types)
        .into_iter()
        .map(|(name, of)| {
            let name = renamed(&name);
            let of = EnumType {
                name: name.clone(),
                ..of
            };
            (name, of)
        })
        .collect();
    let members = schema.complex_types.values_mut().flat_map(|of| &mut of.members);
    let parameters = schema.operations.iter_mut().flat_map(|of| {
        let uses = of.parameters.iter_mut().map(|of| &mut of.of);
        uses.chain(&mut of.bound).chain(&mut of.returns)
    });
    for of in members.map(|of| &mut of.of).chain(parameters) {
        if let TypeName::Enum(name) = &mut of.name {
            *name = renamed(name);
        }
    }
}

/// The names of complex types and of enumerations.
type Types = (BTreeSet<String>, BTreeSet<String>);

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Nobody tells an empty text from none.
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn table(table: &mut Table, known: &BTreeSet<String>) {
    let name = table.name.clone();
    table.schema_name = filled(table.schema_name.take());
    table.entity_set = Some(format!("{name}_set"));
    table.primary_name = filled(table.primary_name.take());
    table.primary_image = filled(table.primary_image.take());
    table.ownership = filled(table.ownership.take());
    // A key that isn't the primary id is the one of what owns rows.
    table.csdl_key = table.csdl_key.take().map(|_| "ownerid".to_owned());
    table.base = table.base.take().map(|_| format!("base_of_{name}"));
    table.facts.activity.get_or_insert(false);
    table.solutions.retain(|solution| !solution.is_empty());
    table.columns.retain(|column| is_word(&column.name));
    let primary = table.primary_id.clone();
    for column in &mut table.columns {
        self::column(&name, column, column.name == primary, known);
    }
    for (at, key) in table.keys.iter_mut().enumerate() {
        key.name = format!("key{at}");
        key.columns.retain(|column| is_word(column));
    }
    table.keys.retain(|key| !key.columns.is_empty());
}

fn column(table: &str, column: &mut Column, primary: bool, known: &BTreeSet<String>) {
    column.schema_name = filled(column.schema_name.take());
    column.auto_number = filled(column.auto_number.take());
    // What may not even be read isn't offered.
    column.access = column
        .access
        .map(|access| if access.any() { access } else { Access::READ_ONLY });
    if primary {
        column.required = Some(Required::System);
        column.access.get_or_insert(Access::CREATE_ONLY);
    }
    if matches!(&column.kind, ColumnKind::Money { base_of: Some(of), .. } if !of.is_empty()) {
        column.access.get_or_insert(Access::READ_ONLY);
    }
    match &mut column.kind {
        ColumnKind::Text { format, .. }
        | ColumnKind::Memo { format, .. }
        | ColumnKind::WholeNumber { format, .. }
        | ColumnKind::DateTime { format, .. }
        | ColumnKind::ManagedProperty { value_type: format }
        | ColumnKind::Money { base_of: format, .. } => *format = filled(format.take()),
        ColumnKind::Lookup(of) => lookup(table, &column.name, of, known),
        ColumnKind::PartyList { navigation, targets } => {
            *navigation = None;
            targets.retain(|target| !target.is_empty());
        }
        ColumnKind::Unknown { type_name } => *type_name = format!("New{type_name}"),
        _ => {}
    }
}

fn lookup(table: &str, column: &str, lookup: &mut Lookup, known: &BTreeSet<String>) {
    lookup.targets.retain(|target| known.contains(&target.table));
    lookup.property = lookup.property.take().map(|_| column.to_owned());
    for target in &mut lookup.targets {
        // Names of navigation properties are unique in a type, those of relationships everywhere.
        target.navigation = target
            .navigation
            .take()
            .map(|_| format!("to_{column}_{}", target.table));
        target.relationship = target
            .relationship
            .take()
            .map(|_| format!("r_{table}_{column}_{}", target.table));
        if target.relationship.is_none() {
            target.cascade = None;
            target.hierarchical = false;
        }
    }
    // Owners share one navigation property.
    if lookup.kind == LookupKind::Owner && lookup.targets.iter().any(|target| target.navigation.is_some()) {
        for target in &mut lookup.targets {
            target.navigation = Some(format!("to_{column}"));
        }
    }
}

/// Where the options come in another body than the column, a choice without any isn't told from one that isn't known.
fn one_option(set: &mut ChoiceSet) {
    if set.options.is_empty() {
        set.options.push(ChoiceOption::default());
    }
}

/// A choice's options have what its type has.
fn choice<'c>(column: &mut Column, global: &dyn Fn(&str) -> Option<&'c ChoiceSet>) {
    let named = |of: &mut ChoiceUse, local: bool| match of {
        ChoiceUse::Local(set) => set.name = format!("local_{}", set.name),
        ChoiceUse::Global(name) if local || global(name).is_none() => {
            *of = ChoiceUse::Local(ChoiceSet {
                name: "local".to_owned(),
                ..ChoiceSet::default()
            });
        }
        ChoiceUse::Global(_) => {}
    };
    match &mut column.kind {
        ColumnKind::Choice { choice, default } | ColumnKind::Choices { choice, default } => {
            named(choice, false);
            let set = match choice {
                ChoiceUse::Local(set) => {
                    picklist(set);
                    Some(&*set)
                }
                ChoiceUse::Global(name) => global(name),
            };
            let has = set.is_some_and(|set| set.options.iter().any(|option| option.value == -1));
            *default = default.filter(|default| *default != -1 || has);
        }
        ColumnKind::State { choice } => {
            named(choice, true);
            if let ChoiceUse::Local(set) = choice {
                one_option(set);
                for option in &mut set.options {
                    (option.state, option.next) = (None, Vec::new());
                    option.invariant_name = filled(option.invariant_name.take());
                    option.external_value = filled(option.external_value.take());
                }
            }
        }
        ColumnKind::Status { choice } => {
            named(choice, true);
            if let ChoiceUse::Local(set) = choice {
                one_option(set);
                for option in &mut set.options {
                    (option.default_status, option.invariant_name) = (None, None);
                    option.external_value = filled(option.external_value.take());
                }
            }
        }
        _ => {}
    }
}

fn picklist(set: &mut ChoiceSet) {
    one_option(set);
    for option in &mut set.options {
        (option.default_status, option.invariant_name) = (None, None);
        (option.state, option.next) = (None, Vec::new());
        option.external_value = filled(option.external_value.take());
    }
}

/// A collection is tied by a lookup that leads back, or by an intersect table.
fn collections<'t>(table: &mut Table, of: &dyn Fn(&str) -> Option<&'t Table>) {
    let mut tied = BTreeSet::new();
    let name = table.name.clone();
    table
        .collections
        .retain(|collection| of(&collection.table).is_some());
    for (at, collection) in table.collections.iter_mut().enumerate() {
        collection.name = format!("many{at}");
        match &mut collection.kind {
            CollectionKind::ManyToMany { intersect } => {
                *intersect = filled(intersect.take());
                collection.relationship = Some(format!("n_{name}_{at}"));
            }
            CollectionKind::OneToMany { .. } => {
                let back = of(&collection.table).and_then(|many| lookup_back(&name, many, &tied));
                if let Some((column, _)) = &back {
                    tied.insert((collection.table.clone(), column.clone()));
                }
                one_to_many(collection, back);
            }
        }
    }
}

fn one_to_many(collection: &mut Collection, back: Option<(String, Option<String>)>) {
    let (lookup, relationship) = back.map_or((None, None), |(column, relationship)| {
        (Some(column), relationship)
    });
    collection.kind = CollectionKind::OneToMany { lookup };
    collection.relationship = relationship;
}

fn lookup_back(
    to: &str,
    many: &Table,
    tied: &BTreeSet<(String, String)>,
) -> Option<(String, Option<String>)> {
    many.columns.iter().find_map(|column| {
        let ColumnKind::Lookup(lookup) = &column.kind else {
            return None;
        };
        let target = lookup.targets.iter().find(|target| target.table == to)?;
        let told = target.navigation.is_some() || target.relationship.is_some();
        let free = !tied.contains(&(many.name.clone(), column.name.clone()));
        (told && free).then(|| (column.name.clone(), target.relationship.clone()))
    })
}

fn operation(operation: &mut Operation, tables: &BTreeSet<String>, types: &Types) {
    let action = operation.kind == OperationKind::Action;
    operation.filter_only &= !action;
    operation.composable &= !action;
    // What an operation is bound to has these names.
    let is_bound = |name: &str| matches!(name, "entity" | "entityset");
    operation
        .parameters
        .retain(|parameter| is_word(&parameter.name) && !is_bound(&parameter.name));
    for of in &mut operation.parameters {
        parameter(of, tables);
        type_use(&mut of.of, tables, Some(types));
    }
    for of in operation.bound.iter_mut().chain(&mut operation.returns) {
        type_use(of, tables, Some(types));
    }
}

/// $metadata has one description, in no language.
fn parameter(parameter: &mut Parameter, tables: &BTreeSet<String>) {
    let text = parameter
        .description
        .preferred(1033)
        .map(plain)
        .filter(|text| !text.trim().is_empty());
    parameter.description =
        text.map_or_else(Label::default, |text| Label::of(Label::UNKNOWN_LANGUAGE, &text));
    type_use(&mut parameter.of, tables, None);
}

/// What XML has a form for.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn type_use(of: &mut TypeUse, tables: &BTreeSet<String>, types: Option<&Types>) {
    of.name = match std::mem::replace(&mut of.name, TypeName::AnyRow) {
        TypeName::Table(name) if !tables.contains(&name) => TypeName::AnyRow,
        TypeName::Complex(name) if types.is_some_and(|(complex, _)| !complex.contains(&name)) => {
            TypeName::Edm("String".to_owned())
        }
        TypeName::Enum(name) if types.is_some_and(|(_, enums)| !enums.contains(&name)) => {
            TypeName::Edm("String".to_owned())
        }
        TypeName::Edm(name) if !is_word(&name) => TypeName::Edm("Int64".to_owned()),
        TypeName::Other(_) => TypeName::Other("Elsewhere".to_owned()),
        other => other,
    };
}
