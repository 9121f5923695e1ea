//! The texts of doc comments: facts in plain words, and people's labels made harmless.

use crate::schema::{
    Access, ChoiceOption, ChoiceUse, Column, ColumnKind, DateBehavior, Label, LookupKind, Required, Source,
    Table, TableType,
};

/// Makes a text from the environment fit for one line of Markdown: no line breaks, nothing that Markdown or HTML would
/// act on, and none of the characters that turn the direction of text, which the compiler refuses in comments.
pub(crate) fn plain(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 8);
    let mut space = true;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !space {
                line.push(' ');
            }
            space = true;
            continue;
        }
        if is_direction_mark(c) {
            continue;
        }
        space = false;
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '$' | '&' => {
                line.push('\\');
                line.push(c);
            }
            _ => line.push(c),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The label in the language that comes first.
pub(crate) fn first(label: &Label, language: u32) -> Option<String> {
    label
        .preferred(language)
        .map(plain)
        .filter(|text| !text.is_empty())
}

/// The other languages of a label, on one line. Texts equal to the first one are not repeated.
pub(crate) fn other_languages(label: &Label, language: u32) -> Option<String> {
    let shown = label.preferred(language)?;
    let others: Vec<String> = label
        .iter()
        .filter(|(_, text)| *text != shown)
        .map(|(code, text)| format!("{} ({code})", plain(text)))
        .collect();
    (!others.is_empty()).then(|| format!("In other languages: {}.", others.join(", ")))
}

/// The lines of a column's comment. `target` names what a lookup points at, as links.
pub(crate) fn column(column: &Column, language: u32, target: &str) -> Vec<String> {
    let label = first(&column.label, language).unwrap_or_else(|| plain(&column.name));
    let mut facts = vec![kind(&column.kind, target)];
    facts.extend(required(column.required));
    facts.extend(access(column.access));
    facts.extend(source(column.source));
    if let Some(pattern) = &column.auto_number {
        facts.push(format!("numbered as {}", code(pattern)));
    }
    if column.secured {
        facts.push("protected by column security".to_owned());
    }
    let mut lines = vec![format!("**{label}**: {}.", facts.join(", "))];
    lines.extend(options(&column.kind, language));
    if let Some(description) = first(&column.description, language) {
        lines.extend([String::new(), description]);
    }
    if let Some(others) = other_languages(&column.label, language) {
        lines.extend([String::new(), others]);
    }
    lines
}

/// A text as code. Backticks can't stand in it.
pub(crate) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| *c != '`' && !c.is_control() && !is_direction_mark(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    format!("`{text}`")
}

fn kind(kind: &ColumnKind, target: &str) -> String {
    match kind {
        ColumnKind::Text { max_length, format } | ColumnKind::Memo { max_length, format } => {
            let format = format
                .as_deref()
                .filter(|format| !matches!(*format, "Text" | "TextArea"));
            let text = formatted(kind.name(), format);
            max_length.map_or(text.clone(), |length| {
                format!("{text}, at most {length} characters")
            })
        }
        ColumnKind::WholeNumber { min, max, format } => {
            let inner = |limit: &Option<i64>| {
                limit.filter(|limit| *limit != i64::from(i32::MIN) && *limit != i64::from(i32::MAX))
            };
            let text = range(kind.name(), inner(min).as_ref(), inner(max).as_ref());
            formatted(&text, format.as_deref().filter(|format| *format != "None"))
        }
        ColumnKind::BigInteger { min, max } => {
            // Limits at the ends of the type say nothing.
            let inner = |limit: &Option<i64>| limit.filter(|limit| *limit != i64::MIN && *limit != i64::MAX);
            range(kind.name(), inner(min).as_ref(), inner(max).as_ref())
        }
        ColumnKind::Decimal { min, max, precision } | ColumnKind::Float { min, max, precision } => {
            decimals(range(kind.name(), min.as_ref(), max.as_ref()), *precision)
        }
        ColumnKind::Money {
            min,
            max,
            precision,
            precision_source,
            base_of,
        } => {
            let text = range(kind.name(), min.as_ref(), max.as_ref());
            money(text, *precision_source, *precision, base_of.as_deref())
        }
        ColumnKind::DateTime { behavior, format } => {
            date_time(*behavior, format.as_deref() == Some("DateOnly"))
        }
        ColumnKind::Lookup(lookup) => match lookup.kind {
            LookupKind::Owner => format!("owner: {target}"),
            LookupKind::Customer => format!("customer: {target}"),
            LookupKind::Simple => format!("lookup to {target}"),
        },
        ColumnKind::PartyList { targets, .. } => {
            let targets: Vec<String> = targets.iter().map(|target| code(target)).collect();
            match targets.as_slice() {
                [] => "party list".to_owned(),
                targets => format!("party list of {}", targets.join(", ")),
            }
        }
        ColumnKind::Image {
            max_size_kb,
            max_width,
            max_height,
            full_image,
            ..
        } => {
            let mut text = kind.name().to_owned();
            if let (Some(width), Some(height)) = (max_width, max_height) {
                text = format!("{text}, thumbnail at most {width} by {height} pixels");
            }
            if let (true, Some(size)) = (*full_image, max_size_kb) {
                text = format!("{text}, in full at most {size} KB");
            }
            text
        }
        ColumnKind::File {
            max_size_kb: Some(size),
        } => format!("file, at most {size} KB; the row holds its id"),
        ColumnKind::Unknown { type_name } => format!("{} {}", kind.name(), code(type_name)),
        _ => kind.name().to_owned(),
    }
}

fn formatted(text: &str, format: Option<&str>) -> String {
    format.map_or_else(|| text.to_owned(), |format| format!("{text} ({})", plain(format)))
}

fn money(
    text: String,
    precision_source: Option<u32>,
    precision: Option<u32>,
    base_of: Option<&str>,
) -> String {
    let text = match precision_source {
        Some(1) => format!("{text}, with the organization's decimals"),
        Some(2) => format!("{text}, with the currency's decimals"),
        _ => decimals(text, precision),
    };
    match base_of {
        Some(of) => format!("{text}, the value of {} in the base currency", code(of)),
        None => text,
    }
}

fn date_time(behavior: DateBehavior, shown_as_date: bool) -> String {
    let meaning = match behavior {
        DateBehavior::UserLocal => "an instant",
        DateBehavior::DateOnly => return "date, without time".to_owned(),
        DateBehavior::TimeZoneIndependent => "the same in every time zone",
    };
    let shown = if shown_as_date { ", shown as a date" } else { "" };
    format!("date and time, {meaning}{shown}")
}

fn range<N: std::fmt::Display>(name: &str, min: Option<&N>, max: Option<&N>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{name} from {min} to {max}"),
        (Some(min), None) => format!("{name} from {min}"),
        (None, Some(max)) => format!("{name} up to {max}"),
        (None, None) => name.to_owned(),
    }
}

fn decimals(text: String, precision: Option<u32>) -> String {
    match precision {
        Some(1) => format!("{text}, 1 decimal"),
        Some(count) => format!("{text}, {count} decimals"),
        None => text,
    }
}

fn required(required: Option<Required>) -> Option<String> {
    match required? {
        Required::None => None,
        Required::Recommended => Some("recommended".to_owned()),
        Required::Application => Some("required by forms".to_owned()),
        Required::System => Some("required".to_owned()),
    }
}

fn access(access: Option<Access>) -> Option<String> {
    let access = access?;
    let text = match (access.read, access.create, access.update) {
        (true, true, true) => return None,
        (true, true, false) => "set when the row is created",
        (true, false, true) => "set by updates alone",
        (true, false, false) => "read-only",
        (false, true, true) => "can be written, not read",
        (false, true, false) => "can be written when the row is created, not read",
        (false, false, true) => "can be written by updates, not read",
        (false, false, false) => "can neither be read nor written",
    };
    Some(text.to_owned())
}

fn source(source: Source) -> Option<String> {
    let text = match source {
        Source::Simple => return None,
        Source::Calculated => "calculated",
        Source::Rollup => "rolled up from related rows",
        Source::Formula => "computed by a formula",
    };
    Some(text.to_owned())
}

/// What a two-option column's options and a choice's default are.
fn options(kind: &ColumnKind, language: u32) -> Option<String> {
    match kind {
        ColumnKind::YesNo { default, yes, no } => {
            let (yes, no) = (first(yes, language), first(no, language));
            let labels = match (&yes, &no) {
                (Some(yes), Some(no)) => Some(format!("True is “{yes}”, false is “{no}”.")),
                _ => None,
            };
            let default = default.map(|default| format!("New rows have {default}."));
            let sentences: Vec<String> = labels.into_iter().chain(default).collect();
            (!sentences.is_empty()).then(|| sentences.join(" "))
        }
        ColumnKind::Choice {
            choice,
            default: Some(default),
        }
        | ColumnKind::Choices {
            choice,
            default: Some(default),
        } => {
            let label = match choice {
                ChoiceUse::Local(set) => set.options.iter().find(|option| option.value == *default),
                ChoiceUse::Global(_) => None,
            };
            let label = label.and_then(|option| first(&option.label, language));
            let shown = label.map_or_else(|| default.to_string(), |label| format!("{default} “{label}”"));
            Some(format!("New rows have {shown}."))
        }
        _ => None,
    }
}

/// The line of an option's comment.
pub(crate) fn option(option: &ChoiceOption, language: u32) -> Vec<String> {
    let label = first(&option.label, language).unwrap_or_else(|| "no label".to_owned());
    let state = option
        .state
        .map_or_else(String::new, |state| format!(", of state {state}"));
    let mut lines = vec![format!("{}: {label}{state}", option.value)];
    if let Some(others) = other_languages(&option.label, language) {
        lines.extend([String::new(), others]);
    }
    if let Some(description) = first(&option.description, language) {
        lines.extend([String::new(), description]);
    }
    lines
}

/// The lines of a table module's comment.
pub(crate) fn table(table: &Table, language: u32) -> Vec<String> {
    let label = first(&table.label, language).unwrap_or_else(|| plain(&table.name));
    let mut lines = vec![format!("{label} ({})", code(&table.name))];
    if let Some(description) = first(&table.description, language) {
        lines.extend([String::new(), description]);
    }
    if let Some(others) = other_languages(&table.label, language) {
        lines.extend([String::new(), others]);
    }
    let mut facts = vec![format!("primary id {}", code(&table.primary_id))];
    if let Some(set) = &table.entity_set {
        facts.insert(0, format!("entity set {}", code(set)));
    }
    if let Some(name) = &table.primary_name {
        facts.push(format!("primary name {}", code(name)));
    }
    if let Some(table_type) = table.table_type.as_ref().filter(|of| **of != TableType::Standard) {
        facts.push(format!("{} table", plain(&table_type.as_str().to_lowercase())));
    }
    if let Some(ownership) = &table.ownership {
        facts.push(format!("ownership {}", code(ownership)));
    }
    let flags = [
        (table.facts.activity, "an activity"),
        (
            table.facts.intersect,
            "the intersect table of a many-to-many relationship",
        ),
        (table.facts.change_tracking, "changes are tracked"),
        (
            table.facts.optimistic_concurrency,
            "updates can be conditional on the row version",
        ),
    ];
    facts.extend(
        flags
            .iter()
            .filter(|(on, _)| *on == Some(true))
            .map(|(_, text)| (*text).to_owned()),
    );
    let mut facts = facts.join("; ");
    if let Some(first) = facts.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    lines.extend([String::new(), format!("{facts}.")]);
    lines
}
