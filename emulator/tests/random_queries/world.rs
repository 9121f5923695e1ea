//! Random tables, and random rows in them.

use crate::pool;
use crate::tape::Tape;
use crate::value::{Kind, Value};
use dataverse_codegen::schema::DateBehavior;
use uuid::Uuid;

/// Some tables with their rows.
#[derive(Debug)]
pub struct World {
    pub tables: Vec<Table>,
    /// Many-to-many relationships.
    pub pairs: Vec<Pairs>,
}

/// A table. Its first column is the primary id, its second the primary name.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// The values of a row, one for each column.
pub type Row = Vec<Option<Value>>;

/// Rows of two tables that are tied to each other.
#[derive(Debug)]
pub struct Pairs {
    pub tables: [usize; 2],
    pub rows: Vec<[usize; 2]>,
}

/// A collection of a table.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// The table whose rows it holds.
    pub of: usize,
    pub by: By,
}

/// What ties the rows of a collection to their row.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// A lookup of theirs.
    Lookup(usize),
    /// A relationship, in which their row stands on this side.
    Pairs(usize, usize),
}

impl World {
    pub fn new(shape: &mut Tape<'_>, content: &mut Tape<'_>) -> Self {
        let count = 1 + shape.below(3);
        let mut tables: Vec<Table> = (0..count).map(|number| table(shape, number, count)).collect();
        let pairs: Vec<[usize; 2]> = (0..shape.below(3))
            .map(|_| [shape.below(count), shape.below(count)])
            .collect();
        for (number, table) in tables.iter_mut().enumerate() {
            let rows = [3, 12, 1, 40, 0][content.below(5)];
            table.rows = (0..rows)
                .map(|at| row(content, number, at, &table.columns))
                .collect();
        }
        let mut world = Self {
            tables,
            pairs: Vec::new(),
        };
        world.tie(content, pairs);
        world
    }

    /// Sets lookups, and ties rows.
    fn tie(&mut self, content: &mut Tape<'_>, pairs: Vec<[usize; 2]>) {
        let counts: Vec<usize> = self.tables.iter().map(|table| table.rows.len()).collect();
        for table in &mut self.tables {
            for row in &mut table.rows {
                for (column, value) in table.columns.iter().zip(row) {
                    if let Kind::Lookup(targets) = &column.kind {
                        let target = *content.one_of(targets);
                        let leads = counts[target] > 0 && !content.once_in(4);
                        *value = leads.then(|| Value::Row(target, content.below(counts[target])));
                    }
                }
            }
        }
        for tables in pairs {
            let mut rows: Vec<[usize; 2]> = Vec::new();
            if tables.iter().all(|table| counts[*table] > 0) {
                let some = (0..content.below(30)).map(|_| tables.map(|table| content.below(counts[table])));
                rows.extend(some);
                rows.sort_unstable();
                rows.dedup();
            }
            self.pairs.push(Pairs { tables, rows });
        }
    }

    /// The collections of a table.
    pub fn collections(&self, table: usize) -> Vec<Collection> {
        let mut found = Vec::new();
        for (of, other) in self.tables.iter().enumerate() {
            for (at, column) in other.columns.iter().enumerate() {
                if matches!(&column.kind, Kind::Lookup(targets) if targets.contains(&table)) {
                    found.push(Collection {
                        of,
                        by: By::Lookup(at),
                    });
                }
            }
        }
        for (at, pairs) in self.pairs.iter().enumerate() {
            for side in (0..2).filter(|side| pairs.tables[*side] == table) {
                found.push(Collection {
                    of: pairs.tables[1 - side],
                    by: By::Pairs(at, side),
                });
            }
        }
        found
    }

    /// The navigation property of a collection.
    pub fn collection_name(&self, table: usize, collection: Collection) -> String {
        let name = &self.tables[table].name;
        match collection.by {
            By::Lookup(column) => {
                let of = &self.tables[collection.of];
                format!("{name}_{}_{}", of.name, of.columns[column].name)
            }
            By::Pairs(pairs, side) if self.pairs[pairs].tables[0] == self.pairs[pairs].tables[1] => {
                format!("{}rsk_pairs{pairs}", ["Referencing", "Referenced"][side])
            }
            By::Pairs(pairs, _) => format!("rsk_pairs{pairs}"),
        }
    }

    /// The rows of a row's collection, by number.
    pub fn related(&self, table: usize, row: usize, collection: Collection) -> Vec<usize> {
        let rows = &self.tables[collection.of].rows;
        match collection.by {
            By::Lookup(column) => (0..rows.len())
                .filter(|other| rows[*other][column] == Some(Value::Row(table, row)))
                .collect(),
            By::Pairs(pairs, side) => self.pairs[pairs]
                .rows
                .iter()
                .filter(|pair| pair[side] == row)
                .map(|pair| pair[1 - side])
                .collect(),
        }
    }

    pub fn id(&self, table: usize, row: usize) -> Uuid {
        match self.tables[table].rows[row][0] {
            Some(Value::Id(id)) => id,
            _ => panic!("a row without an id"),
        }
    }
}

impl Table {
    pub fn set(&self) -> String {
        format!("{}s", self.name)
    }

    /// The navigation property of a lookup, for one of its targets.
    pub fn navigation(&self, column: usize, target: usize) -> String {
        let column = &self.columns[column];
        match &column.kind {
            Kind::Lookup(targets) if targets.len() > 1 => format!("{}_rsk_t{target}", column.name),
            _ => column.name.replace("rsk_", "rsk_The"),
        }
    }
}

impl Column {
    /// The property that it is read as.
    pub fn property(&self) -> String {
        match self.kind {
            Kind::Lookup(_) => format!("_{}_value", self.name),
            _ => self.name.clone(),
        }
    }
}

fn table(shape: &mut Tape<'_>, number: usize, count: usize) -> Table {
    let name = format!("rsk_t{number}");
    let mut columns = vec![
        Column {
            name: format!("{name}id"),
            kind: Kind::Id,
        },
        Column {
            name: "rsk_name".to_owned(),
            kind: Kind::Text,
        },
    ];
    for at in 0..2 + shape.below(12) {
        columns.push(Column {
            name: format!("rsk_c{at}"),
            kind: kind(shape, count),
        });
    }
    Table {
        name,
        columns,
        rows: Vec::new(),
    }
}

fn kind(shape: &mut Tape<'_>, tables: usize) -> Kind {
    let options = |shape: &mut Tape<'_>| {
        let first = *shape.one_of(&[814_250_000, 1, -3]);
        (0..1 + shape.below(4) as i32).map(|at| first + at).collect()
    };
    match shape.below(18) {
        0 => Kind::Whole,
        1 => Kind::Text,
        2 => Kind::Memo,
        3 => Kind::Big,
        4 => Kind::Decimal(shape.below(11) as u32),
        5 => Kind::Float,
        6 => Kind::Money,
        7 => Kind::YesNo,
        8 => Kind::Moment(DateBehavior::UserLocal),
        9 => Kind::Moment(DateBehavior::TimeZoneIndependent),
        10 => Kind::Day,
        11 => Kind::Id,
        12 => Kind::Choice(options(shape)),
        13 => Kind::Choices(options(shape)),
        14 => Kind::Lookup((0..tables).collect()),
        _ => Kind::Lookup(vec![shape.below(tables)]),
    }
}

fn row(content: &mut Tape<'_>, table: usize, at: usize, columns: &[Column]) -> Row {
    // The order of ids isn't that of creation.
    let number = (at * 29 % 64) as u128 | (table as u128) << 32;
    let id = Uuid::from_u128(0x1000_0000_0000_4000_8000_0000_0000_0000 | number);
    let rest = columns[1..].iter().map(|column| match column.kind {
        Kind::Lookup(_) => None,
        _ if content.once_in(4) => None,
        _ => Some(pool::kept(content, &column.kind)),
    });
    [Some(Value::Id(id))].into_iter().chain(rest).collect()
}
