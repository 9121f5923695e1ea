//! Reads `@odata.context`: what a body is, of which table, and cast to which derived type.

/// What `@odata.context` says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Context<'c> {
    pub(super) target: Option<Target>,
    /// Logical name of the table whose part the body is.
    pub(super) table: Option<&'c str>,
    /// Its `MetadataId`, where the context has that instead of the name.
    pub(super) table_id: Option<&'c str>,
    /// Logical name of the column whose choice the body is.
    pub(super) column: Option<&'c str>,
    /// The derived type of the columns, such as `Microsoft.Dynamics.CRM.StateAttributeMetadata`.
    pub(super) cast: Option<&'c str>,
}

/// What a body is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Tables,
    Attributes,
    Keys,
    Relationships,
    OptionSets,
    /// `OptionSet` or `GlobalOptionSet` of one column.
    ColumnChoice,
    SolutionComponents,
    /// A message's answer with an `EntityMetadata` property.
    Message,
    /// Anything else of the Web API.
    Other,
}

impl<'c> Context<'c> {
    /// Reads the text of `@odata.context`.
    pub(super) fn parse(context: &'c str) -> Self {
        let Some((_, fragment)) = context.split_once('#') else {
            return Self::default();
        };
        let segments: Vec<Segment<'c>> = segments(fragment);
        let Some(first) = segments.first() else {
            return Self::default();
        };
        let target = match first.name {
            "EntityDefinitions" => return Self::of_tables(&segments),
            "GlobalOptionSetDefinitions" => Target::OptionSets,
            "RelationshipDefinitions" => Target::Relationships,
            "solutioncomponents" => Target::SolutionComponents,
            "Microsoft.Dynamics.CRM.RetrieveMetadataChangesResponse"
            | "Microsoft.Dynamics.CRM.RetrieveEntityResponse"
            | "Microsoft.Dynamics.CRM.RetrieveAllEntitiesResponse" => Target::Message,
            _ => Target::Other,
        };
        Self {
            target: Some(target),
            ..Self::default()
        }
    }

    fn of_tables(segments: &[Segment<'c>]) -> Self {
        let part = segments.get(1).map_or("$entity", |segment| segment.name);
        let target = match part {
            "$entity" => {
                return Self {
                    target: Some(Target::Tables),
                    ..Self::default()
                };
            }
            "Attributes" => Target::Attributes,
            "Keys" => Target::Keys,
            "OneToManyRelationships" | "ManyToOneRelationships" | "ManyToManyRelationships" => {
                Target::Relationships
            }
            // A cast, which for tables is always to the type they have anyway, or a property of a table.
            _ if part.ends_with("EntityMetadata") => Target::Tables,
            _ => Target::Other,
        };
        let mut context = Self {
            target: Some(target),
            ..Self::default()
        };
        match segments.first().and_then(Segment::key) {
            Some(EntityKey::Name(name)) => context.table = Some(name),
            Some(EntityKey::Id(id)) => context.table_id = Some(id),
            None => {}
        }
        if target == Target::Attributes {
            context.read_attributes(segments.get(1), segments.get(2..).unwrap_or_default());
        }
        context
    }

    fn read_attributes(&mut self, attributes: Option<&Segment<'c>>, rest: &[Segment<'c>]) {
        for segment in rest {
            match segment.name {
                "OptionSet" | "GlobalOptionSet" => {
                    self.target = Some(Target::ColumnChoice);
                    if let Some(EntityKey::Name(name)) = attributes.and_then(Segment::key) {
                        self.column = Some(name);
                    }
                }
                name if name.ends_with("AttributeMetadata") => self.cast = Some(name),
                _ => {}
            }
        }
    }
}

/// A part between slashes: a name and what follows it in parentheses.
#[derive(Debug, PartialEq, Eq)]
struct Segment<'c> {
    name: &'c str,
    arguments: Option<&'c str>,
}

/// How one item is named.
enum EntityKey<'c> {
    Name(&'c str),
    Id(&'c str),
}

impl<'c> Segment<'c> {
    fn key(&self) -> Option<EntityKey<'c>> {
        let key = self.arguments?.trim();
        let value = key.strip_prefix("LogicalName=").unwrap_or(key);
        match value
            .strip_prefix('\'')
            .and_then(|value| value.strip_suffix('\''))
        {
            Some(name) if !name.is_empty() => Some(EntityKey::Name(name)),
            Some(_) => None,
            None => is_id(value).then_some(EntityKey::Id(value)),
        }
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Splits at the slashes outside of parentheses and quotes.
fn segments(fragment: &str) -> Vec<Segment<'_>> {
    let mut depth = 0_usize;
    let mut in_quotes = false;
    fragment
        .split(|letter| {
            match letter {
                '\'' => in_quotes = !in_quotes,
                '(' if !in_quotes => depth += 1,
                ')' if !in_quotes => depth = depth.saturating_sub(1),
                _ => {}
            }
            letter == '/' && depth == 0 && !in_quotes
        })
        .map(|text| match text.split_once('(') {
            Some((name, arguments)) => Segment {
                name,
                arguments: Some(arguments.strip_suffix(')').unwrap_or(arguments)),
            },
            None => Segment {
                name: text,
                arguments: None,
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(fragment: &str) -> (Option<Target>, Option<String>, Option<String>, Option<String>) {
        let text = format!("https://rsk.example/api/data/v9.2/$metadata#{fragment}");
        let context = Context::parse(&text);
        let owned = |text: Option<&str>| text.map(str::to_owned);
        (
            context.target,
            owned(context.table.or(context.table_id)),
            owned(context.column),
            owned(context.cast),
        )
    }

    #[test]
    fn tables() {
        let fragments = [
            "EntityDefinitions",
            "EntityDefinitions/$entity",
            "EntityDefinitions(LogicalName,Attributes())",
            "EntityDefinitions(LogicalName,Attributes(LogicalName))/$entity",
        ];
        for fragment in fragments {
            assert_eq!(
                parse(fragment),
                (Some(Target::Tables), None, None, None),
                "{fragment}"
            );
        }
    }

    #[test]
    fn parts_of_a_table() {
        let id = "0f0e0000-0000-0000-0000-00000000abcd";
        let by_id = format!("EntityDefinitions({id})/Attributes");
        let cast = "Microsoft.Dynamics.CRM.StateAttributeMetadata";
        let cast_fragment =
            format!("EntityDefinitions('rsk_vessel')/Attributes/{cast}(LogicalName,OptionSet())");
        let vessel = || Some("rsk_vessel".to_owned());
        assert_eq!(
            parse(&by_id),
            (Some(Target::Attributes), Some(id.to_owned()), None, None)
        );
        assert_eq!(
            parse(&cast_fragment),
            (Some(Target::Attributes), vessel(), None, Some(cast.to_owned()))
        );
        assert_eq!(
            parse("EntityDefinitions(LogicalName='rsk_vessel')/Attributes(LogicalName)/$entity"),
            (Some(Target::Attributes), vessel(), None, None)
        );
        assert_eq!(
            parse("EntityDefinitions('rsk_vessel')/Keys"),
            (Some(Target::Keys), vessel(), None, None)
        );
        assert_eq!(
            parse("EntityDefinitions('rsk_vessel')/OneToManyRelationships"),
            (Some(Target::Relationships), vessel(), None, None)
        );
        let choice =
            format!("EntityDefinitions('rsk_vessel')/Attributes('rsk_hull')/{cast}/OptionSet/$entity");
        assert_eq!(
            parse(&choice),
            (
                Some(Target::ColumnChoice),
                vessel(),
                Some("rsk_hull".to_owned()),
                Some(cast.to_owned())
            )
        );
    }

    #[test]
    fn everything_else() {
        let other = |fragment| parse(fragment).0;
        assert_eq!(other("savedqueries(name)"), Some(Target::Other));
        assert_eq!(
            other("solutioncomponents(objectid,solutionid(uniquename))"),
            Some(Target::SolutionComponents)
        );
        assert_eq!(
            other("Microsoft.Dynamics.CRM.RetrieveEntityResponse"),
            Some(Target::Message)
        );
        assert_eq!(Context::parse("no fragment"), Context::default());
        assert_eq!(other("EntityDefinitions('unclosed"), Some(Target::Tables));
        assert_eq!(other(""), Some(Target::Other));
    }
}
