//! Looks into generated sources with a real parser.

use dataverse_codegen::schema::{ChoiceUse, ColumnKind, Key, Label, Table};
use syn::{Expr, ImplItem, Item, Lit};

/// Each item in a few words, in the order of the file: `struct Account`, `impl Table for Account`, ...
pub fn items(file: &syn::File) -> Vec<String> {
    file.items.iter().map(item).collect()
}

fn item(item: &Item) -> String {
    match item {
        Item::Use(_) => "use".to_owned(),
        Item::Type(of) => format!("type {}", of.ident),
        Item::Struct(of) => format!("struct {}", of.ident),
        Item::Enum(of) => format!("enum {}", of.ident),
        Item::Const(of) => format!("const {}", of.ident),
        Item::Mod(of) => format!("mod {}", of.ident),
        Item::Impl(of) => {
            let path = of.trait_.as_ref().map(|(path, _)| path);
            let name = path
                .and_then(|path| path.segments.last())
                .map(|last| last.ident.to_string());
            format!("impl {}", name.unwrap_or_default())
        }
        // The root hands on the runtime's macro for queries in FetchXML.
        Item::Macro(of) if is_fetch_xml(of) => "macro fetch_xml".to_owned(),
        other => panic!("nobody asked for {}", quote::quote!(#other)),
    }
}

/// Whether it is the one macro of a generated crate, which calls that of the runtime and does nothing else.
pub fn is_fetch_xml(of: &syn::ItemMacro) -> bool {
    let body = of.mac.tokens.to_string().replace(' ', "");
    of.ident.as_ref().is_some_and(|name| name == "fetch_xml")
        && body == "($($query:tt)*)=>{$crate::dataverse_runtime::fetch_xml!($crate,$($query)*)};"
}

/// The value of an associated constant of the implementation of a trait.
pub fn constants<'f>(file: &'f syn::File, of_trait: &str, constant: &str) -> Vec<&'f Expr> {
    let mut found = Vec::new();
    for of in file
        .items
        .iter()
        .filter(|of| item(of) == format!("impl {of_trait}"))
    {
        let Item::Impl(of) = of else { continue };
        found.extend(of.items.iter().filter_map(|item| match item {
            ImplItem::Const(of) if of.ident == constant => Some(&of.expr),
            _ => None,
        }));
    }
    found
}

/// The string literals of an expression, in order, however deep.
pub fn texts(expression: &Expr) -> Vec<String> {
    let mut found = Vec::new();
    collect(quote::quote!(#expression), &mut found);
    found
}

fn collect(tokens: proc_macro2::TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Group(of) => collect(of.stream(), found),
            proc_macro2::TokenTree::Literal(of) => {
                if let Lit::Str(text) = Lit::new(of) {
                    found.push(text.value());
                }
            }
            _ => {}
        }
    }
}

/// The code without comments and without what is in string literals.
pub fn skeleton(text: &str) -> String {
    fn blank(tokens: proc_macro2::TokenStream, to: &mut String) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                proc_macro2::TokenTree::Punct(of) if of.as_char() == '#' => {
                    tokens.next_if(|next| next.to_string() == "!");
                    let attribute = tokens.next().map(|next| next.to_string()).unwrap_or_default();
                    if !attribute.replace(' ', "").starts_with("[doc=") {
                        to.push_str(&format!("# {attribute} "));
                    }
                }
                proc_macro2::TokenTree::Group(of) => {
                    to.push_str(&format!("{:?} ", of.delimiter()));
                    blank(of.stream(), to);
                    to.push_str("end ");
                }
                proc_macro2::TokenTree::Literal(of) if of.to_string().contains('"') => to.push_str("text "),
                other => to.push_str(&format!("{other} ")),
            }
        }
    }
    let mut code = String::new();
    blank(text.parse().expect("tokens"), &mut code);
    code
}

/// The items that a table's module should have, as [`items`] gives them, without the names of choices and keys.
pub fn items_of_table(table: &Table, marker: &str, row: bool) -> Vec<String> {
    let mut items = vec!["use".to_owned(), "type Column".to_owned()];
    if !table.collections.is_empty() {
        items.push("type Collection".to_owned());
    }
    items.extend([
        format!("struct {marker}"),
        "struct Columns".to_owned(),
        "impl Table".to_owned(),
    ]);
    if row {
        items.push("struct Row".to_owned());
    }
    for _ in table.keys.iter().filter(|key| is_usable(table, key)) {
        items.extend(["struct".to_owned(), "impl AlternateKey".to_owned()]);
    }
    for column in &table.columns {
        if let Some(ChoiceUse::Local(_)) = column.kind.choice() {
            items.extend(["enum".to_owned(), "impl ChoiceSet".to_owned()]);
        }
    }
    items
}

/// Whether a key has a type: its index is active, and its parts are columns that can be in a key.
pub fn is_usable(table: &Table, key: &Key) -> bool {
    let part = |name: &String| {
        table.column(name).is_some_and(|column| {
            !matches!(
                column.kind,
                ColumnKind::Float { .. }
                    | ColumnKind::Money { .. }
                    | ColumnKind::Choices { .. }
                    | ColumnKind::PartyList { .. }
                    | ColumnKind::Image { .. }
                    | ColumnKind::File { .. }
                    | ColumnKind::ManagedProperty { .. }
                    | ColumnKind::Unknown { .. }
            )
        })
    };
    key.index_status.is_none() && key.columns.iter().all(part)
}

/// The texts in a table's description of itself and of its columns, in order.
pub fn texts_of_table(table: &Table) -> Vec<String> {
    let mut texts = vec![
        table.name.clone(),
        table.entity_set.clone().unwrap_or_default(),
        table.primary_id.clone(),
    ];
    texts.extend(table.primary_name.clone());
    for column in &table.columns {
        match &column.kind {
            ColumnKind::Lookup(lookup) => {
                texts.push(
                    lookup
                        .property
                        .clone()
                        .unwrap_or_else(|| format!("_{}_value", column.name)),
                );
                for target in &lookup.targets {
                    if let Some(navigation) = &target.navigation {
                        texts.extend([target.table.clone(), navigation.clone()]);
                    }
                }
            }
            ColumnKind::PartyList { navigation, .. } => {
                if let Some(navigation) = navigation {
                    texts.extend(["activityparty".to_owned(), navigation.clone()]);
                }
            }
            _ => texts.push(column.name.clone()),
        }
    }
    texts.extend(table.collections.iter().map(|of| of.name.clone()));
    texts
}

/// The values and labels of all local choices, in order.
pub fn options_of_table(table: &Table, language: u32) -> Vec<Vec<String>> {
    let local = table
        .columns
        .iter()
        .filter_map(|column| match column.kind.choice() {
            Some(ChoiceUse::Local(set)) => Some(set),
            _ => None,
        });
    let label = |label: &Label| label.preferred(language).unwrap_or_default().to_owned();
    local
        .map(|set| set.options.iter().map(|option| label(&option.label)).collect())
        .collect()
}

/// Marks that turn the direction of text, anywhere; and what comments may not hold.
pub fn assert_layout(path: &str, text: &str) {
    assert!(
        text.ends_with('\n') && !text.ends_with("\n\n"),
        "{path} ends with one line end"
    );
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        assert_eq!(
            line.trim_end(),
            line,
            "{path}:{number} has white space at its end"
        );
        assert!(!line.contains('\t'), "{path}:{number} has a tab");
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(
            !line.contains(turns),
            "{path}:{number} has a mark that turns text"
        );
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        assert!(
            !line.contains(breaks),
            "{path}:{number} has a control character: {line:?}"
        );
    }
}

/// The file is Rust, and no item, field or variant has the name of another.
pub fn assert_sound(path: &str, text: &str) {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut names = Vec::new();
    for item in &file.items {
        match item {
            Item::Struct(of) => {
                names.push(of.ident.to_string());
                let fields = of.fields.iter().filter_map(|field| field.ident.as_ref());
                assert_distinct(path, fields.map(ToString::to_string).collect());
            }
            Item::Enum(of) => {
                names.push(of.ident.to_string());
                assert_distinct(
                    path,
                    of.variants
                        .iter()
                        .map(|variant| variant.ident.to_string())
                        .collect(),
                );
            }
            Item::Type(of) => names.push(of.ident.to_string()),
            Item::Mod(of) => names.push(of.ident.to_string()),
            _ => {}
        }
    }
    assert_distinct(path, names);
}

fn assert_distinct(path: &str, mut names: Vec<String>) {
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        panic!("{path}: `{}` is there twice", pair[0]);
    }
}
