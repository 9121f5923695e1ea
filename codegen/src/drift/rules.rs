//! The classification: one table with every way in which a schema can change, what it means for programs, and why.
//!
//! The severity follows from what generated code and the runtime do with the fact. `docs/drift.md` shows this table, and
//! a test keeps the two alike.

use super::{Kind, Severity};

/// A row of the classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classified {
    /// The rule.
    pub rule: Rule,
    /// Its name in JSON and in the documentation.
    pub id: &'static str,
    /// What sort of thing it is about.
    pub kind: Kind,
    /// What it means for programs.
    pub severity: Severity,
    /// What happened, in a few words.
    pub title: &'static str,
    /// Why it has that severity.
    pub reason: &'static str,
}

macro_rules! rules {
    ($($name:ident $id:literal $kind:ident $severity:ident $title:literal $reason:literal;)*) => {
        /// A way in which a schema can change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = concat!("`", $id, "`: ", $title, ".")] $name,)*
        }

        /// The classification, a row per rule.
        pub const RULES: &[Classified] = &[
            $(Classified {
                rule: Rule::$name,
                id: $id,
                kind: Kind::$kind,
                severity: Severity::$severity,
                title: $title,
                reason: $reason,
            },)*
        ];
    };
}

rules! {
    TableRemoved "table-removed" Table BreaksBoth "table removed"
        "Programs that name the table don't compile any more, and requests for its rows are refused.";
    TableAdded "table-added" Table Additive "table added"
        "No program knows it yet.";
    TableRenamed "table-renamed" Table BreaksBoth "table renamed"
        "Programs name the table by its old name, which the service no longer knows.";
    EntitySetRemoved "entity-set-removed" EntitySet BreaksBoth "entity set removed"
        "The rows have no address of their own any more: they can be neither read nor written.";
    EntitySetAdded "entity-set-added" EntitySet Additive "entity set added"
        "The rows now have an address of their own.";
    EntitySetChanged "entity-set-changed" EntitySet BreaksBoth "entity set changed"
        "The rows have another address, and programs that were built before still use the old one.";
    PrimaryIdChanged "primary-id-changed" PrimaryColumn BreaksBoth "primary id changed"
        "Another column identifies a row, and programs read and address rows by the old one.";
    PrimaryNameChanged "primary-name-changed" PrimaryColumn Labels "primary name changed"
        "Another column names a row for people; every column is still read and written as before.";
    PrimaryImageChanged "primary-image-changed" PrimaryColumn Labels "primary image changed"
        "Another image stands for a row; every column is still read and written as before.";
    CsdlKeyChanged "csdl-key-changed" TableFact Labels "key property of the document changed"
        "Rows are addressed by their primary id, whatever the document calls their key.";
    BaseChanged "base-changed" TableFact Labels "base table changed"
        "The columns that come with the base are told one by one; the base itself is in no request.";
    TableTypeChanged "table-type-changed" TableFact BreaksBoth "table type changed"
        "Rows are kept in another store: partitions, bulk requests and transactions work otherwise.";
    OwnershipChanged "ownership-changed" TableFact BreaksWriters "ownership changed"
        "Who may own a row is another rule: a create or assign that names an owner may be refused.";
    ActivityChanged "activity-changed" TableFact BreaksBoth "activity or not changed"
        "Activities are read and written with parties and through the common table of activities; others are not.";
    IntersectChanged "intersect-changed" TableFact BreaksBoth "intersect table or not changed"
        "Rows of intersect tables are made by associating, those of other tables by a create.";
    ChangeTrackingOff "change-tracking-off" TableFact BreaksReaders "change tracking switched off"
        "Requests for changes since a point in time are refused.";
    ChangeTrackingOn "change-tracking-on" TableFact Additive "change tracking switched on"
        "Changes can now be asked for since a point in time.";
    ConcurrencyOff "optimistic-concurrency-off" TableFact BreaksWriters "optimistic concurrency switched off"
        "Updates and deletes that depend on the row version are refused.";
    ConcurrencyOn "optimistic-concurrency-on" TableFact Additive "optimistic concurrency switched on"
        "Updates can now depend on the row version.";
    CapabilityLost "capability-lost" TableFact BreaksWriters "capability lost"
        "Writes that rely on it (notes, activities, parties, duplicate detection, solutions) are refused or do less.";
    CapabilityGained "capability-gained" TableFact Additive "capability gained"
        "Rows can do more than before; nothing that worked stops.";
    TransitionsEnforced "transitions-enforced" StatusFlow BreaksWriters "status transitions enforced"
        "Updates to a status that may not follow the present one are refused from now on.";
    TransitionsFreed "transitions-freed" StatusFlow Additive "status transitions no longer enforced"
        "Any status may follow any other.";
    SolutionsChanged "solutions-changed" Origin Labels "solutions changed"
        "Which solutions hold the table is in no request about its rows.";
    CustomChanged "custom-changed" Origin Labels "custom or shipped changed"
        "Whether it was added or shipped makes no difference to requests.";
    SchemaNameChanged "schema-name-changed" SchemaName Labels "schema name changed"
        "Requests carry logical names; navigation names, which keep the case, are told apart.";

    ColumnRemoved "column-removed" Column BreaksBoth "column removed"
        "Requests that name the column are refused, and programs that use it don't compile any more.";
    ReadOnlyColumnRemoved "read-only-column-removed" Column BreaksReaders "read-only column removed"
        "Requests that select the column are refused; no program could write it.";
    WriteOnlyColumnRemoved "write-only-column-removed" Column BreaksWriters "write-only column removed"
        "Writes that set the column are refused; no program could read it.";
    ColumnAdded "column-added" Column Additive "column added"
        "Programs that were built before neither ask for it nor have to set it.";
    RequiredColumnAdded "required-column-added" Column BreaksWriters "column added that a create has to set"
        "Creates that don't set it are refused by the service or by forms, and don't compile any more.";
    ColumnRenamed "column-renamed" Column BreaksBoth "column renamed"
        "Programs name the column by its old name, which the service no longer knows.";
    TypeChanged "type-changed" Type BreaksBoth "type changed"
        "Values have another type: the Rust type differs, and what is read or sent no longer fits.";
    DateBehaviorChanged "date-behavior-changed" DateBehavior BreaksBoth "date behaviour changed"
        "The same text means another point in time, and the Rust type differs.";
    TextShorter "length-shorter" Length BreaksWriters "text may be shorter"
        "Texts that fitted before are refused.";
    TextLonger "length-longer" Length Additive "text may be longer"
        "Every text that fitted still fits.";
    RangeNarrower "range-narrower" Range BreaksWriters "range narrower"
        "Numbers that were allowed before are refused.";
    RangeWider "range-wider" Range Additive "range wider"
        "Every number that was allowed still is.";
    PrecisionLower "precision-lower" Precision BreaksWriters "fewer digits after the point"
        "Digits that were kept before are rounded away.";
    PrecisionHigher "precision-higher" Precision Additive "more digits after the point"
        "Every number that was kept exactly still is.";
    PrecisionSourceChanged "precision-source-changed" Precision BreaksWriters "other source of the precision"
        "How many digits are kept is decided elsewhere, so that amounts may be rounded otherwise.";
    BaseOfChanged "base-amount-changed" Type BreaksBoth "amount in base currency of another column"
        "The column holds the value of another amount, and whether it can be written changes with that.";
    RequiredByForms "required-by-forms" RequiredLevel BreaksWriters "now required by forms"
        "A create that leaves it out doesn't compile any more under the generator's usual policy; the service still takes it.";
    RequiredByService "required-by-service" RequiredLevel BreaksWriters "now required by the service"
        "The service refuses a create that leaves it out.";
    RequiredUnwritten "required-without-a-writer" RequiredLevel Additive "required, but not by a create"
        "No create has to set it: it can't be set there, or it gets a value of its own.";
    MayBeNull "no-longer-required-by-service" RequiredLevel BreaksReaders "no longer required by the service"
        "The value may be missing now: rows that read it without `Option` fail on the first null.";
    NoLongerRequired "no-longer-required" RequiredLevel Additive "no longer required"
        "Creates may leave it out; those that set it work as before.";
    HintChanged "recommendation-changed" RequiredLevel Labels "recommended or not changed"
        "A recommendation is a hint on forms; the service doesn't look at it.";
    ReadLost "read-lost" Access BreaksReaders "can't be read any more"
        "Requests that select the column, filter by it or order by it are refused.";
    CreateLost "create-lost" Access BreaksWriters "can't be set on create any more"
        "Creates that set the column are refused, and don't compile any more.";
    UpdateLost "update-lost" Access BreaksWriters "can't be updated any more"
        "Updates that set the column are refused, and don't compile any more.";
    ReadGained "read-gained" Access Additive "can be read now"
        "Programs may read it; none has to.";
    CreateGained "create-gained" Access Additive "can be set on create now"
        "Creates may set it; none has to.";
    CreateDemanded "create-demanded" Access BreaksWriters "has to be set on create now"
        "It is required and can be set now, so that a create without it doesn't compile any more.";
    UpdateGained "update-gained" Access Additive "can be updated now"
        "Updates may set it; none has to.";
    SourceComputed "now-computed" Source BreaksWriters "value is computed now"
        "The service computes the value: what programs write to it is refused or lost.";
    SourceWritten "no-longer-computed" Source BreaksReaders "value is no longer computed"
        "The value stays as it was last written: readers that count on a computed one read old or no values.";
    SourceChanged "computed-otherwise" Source BreaksReaders "value is computed otherwise"
        "Values come about at other times or by another rule, so that readers see others than before.";
    AutoNumberAdded "auto-number-added" AutoNumber Additive "auto-number added"
        "A create that leaves it out gets a number; one that sets it works as before.";
    AutoNumberRemoved "auto-number-removed" AutoNumber BreaksWriters "auto-number removed"
        "A create that leaves it out gets no number any more.";
    AutoNumberChanged "auto-number-changed" AutoNumber BreaksReaders "auto-number pattern changed"
        "New rows have numbers of another form, which programs that take them apart don't expect.";
    SecuredOn "column-security-on" Security BreaksBoth "column security switched on"
        "Callers without the right read null and may not write.";
    SecuredOff "column-security-off" Security Additive "column security switched off"
        "Everybody who may read and write the row may read and write the column.";
    LogicalChanged "storage-changed" Origin Labels "stored in another table or not changed"
        "Where the value is stored is in no request.";
    FormatChanged "format-changed" Format Labels "format changed"
        "The format tells how forms show and check a value; the Web API takes and gives the same.";
    DefaultAdded "default-added" Default Additive "default added"
        "A create that leaves it out gets the default instead of null.";
    DefaultChanged "default-changed" Default BreaksWriters "default changed"
        "A create that leaves it out stores another value than before.";
    DefaultRemoved "default-removed" Default BreaksWriters "default removed"
        "A create that leaves it out stores null where it stored the default.";
    SizeSmaller "size-smaller" Size BreaksWriters "images or files may be smaller"
        "Content that fitted before is refused or scaled down.";
    SizeLarger "size-larger" Size Additive "images or files may be larger"
        "All content that fitted still fits.";
    FullImageLost "full-image-lost" Size BreaksReaders "full image no longer kept"
        "Only the thumbnail is left to read.";
    FullImageGained "full-image-gained" Size Additive "full image kept"
        "The image can be read in full besides its thumbnail.";

    ChoiceRemoved "choice-removed" Choice BreaksBoth "global choice removed"
        "Programs that name the choice don't compile any more.";
    ChoiceAdded "choice-added" Choice Additive "global choice added"
        "No program knows it yet.";
    ChoiceMoved "choice-moved" Choice BreaksBoth "column draws from another choice"
        "The column has the options of another choice, which is another Rust type.";
    ChoiceNameChanged "choice-name-changed" Choice Labels "name of the column's own choice changed"
        "Generated code calls it after the column, and requests carry values alone.";
    OptionRemoved "option-removed" Option BreaksBoth "option removed"
        "Writes of the value are refused, and programs that name the option don't compile any more.";
    OptionAdded "option-added" Option Additive "option added"
        "A choice is read whatever its value, also by programs that don't know the option.";
    OptionRenumbered "option-renumbered" Option BreaksBoth "option has another value"
        "Programs write and compare the old value, which the service no longer knows.";
    OptionNameChanged "option-name-changed" Option Labels "name of the option in code changed"
        "Requests carry values, and the lock keeps the names that generated code once gave.";
    ExternalValueChanged "external-value-changed" Option Labels "external value changed"
        "It is between the service and the external source; requests carry the option's value.";
    StateOfStatusChanged "state-of-status-changed" StatusFlow BreaksBoth "status belongs to another state"
        "Rows with the status are in another state: filters find others, and writes of the old pair are refused.";
    DefaultStatusChanged "default-status-changed" StatusFlow BreaksWriters "default status of the state changed"
        "A write that sets the state alone gives rows another status.";
    TransitionRemoved "transition-removed" StatusFlow BreaksWriters "status may be followed by fewer"
        "Updates to a status that may no longer follow are refused.";
    TransitionAdded "transition-added" StatusFlow Additive "status may be followed by more"
        "Every update of the status that was allowed still is.";

    TargetRemoved "target-removed" LookupTarget BreaksBoth "lookup target removed"
        "Rows of that table can't be bound, expanded or filtered through the lookup any more.";
    TargetAdded "target-added" LookupTarget Additive "lookup target added"
        "The lookup had several targets already: programs ask which one a row points at.";
    SecondTargetAdded "second-target-added" LookupTarget BreaksReaders "lookup has more than one target now"
        "Programs take every id for a row of the one target that there was.";
    LookupKindChanged "lookup-kind-changed" LookupTarget BreaksWriters "sort of lookup changed"
        "Owners are filled in by the service, other lookups are not: what a create has to set changes.";
    LookupPropertyChanged "lookup-property-changed" Navigation BreaksReaders "property of the id changed"
        "Ids are read from another property than the one that programs ask for.";
    NavigationRemoved "navigation-removed" Navigation BreaksBoth "navigation property removed"
        "The lookup can still be read as an id, but not be expanded or written.";
    NavigationAdded "navigation-added" Navigation Additive "navigation property added"
        "The lookup can now be expanded and written.";
    NavigationChanged "navigation-changed" Navigation BreaksBoth "navigation property renamed"
        "Programs expand and bind by the old name, which the service no longer knows.";
    RelationshipChanged "relationship-changed" Relationship Labels "relationship's schema name changed"
        "The Web API goes by navigation properties, which are told apart.";
    HierarchyLost "hierarchy-lost" Relationship BreaksReaders "no longer the table's hierarchy"
        "Filters by rows above and under are refused.";
    HierarchyGained "hierarchy-gained" Relationship Additive "now the table's hierarchy"
        "Rows above and under can be asked for.";
    CascadeChanged "cascade-changed" Cascade BreaksWriters "cascade changed"
        "A write to the target row does something else to the rows that point at it, or is refused.";

    CollectionRemoved "collection-removed" Collection BreaksBoth "collection removed"
        "Related rows can't be expanded, filtered or associated through it any more.";
    CollectionAdded "collection-added" Collection Additive "collection added"
        "No program knows it yet.";
    CollectionRenamed "collection-renamed" Collection BreaksBoth "collection renamed"
        "Programs expand and associate by the old name, which the service no longer knows.";
    CollectionTableChanged "collection-table-changed" Collection BreaksBoth "collection holds rows of another table"
        "What is read has other columns, and rows of the old table can't be associated.";
    CollectionKindChanged "collection-kind-changed" Collection BreaksBoth "rows of the collection are tied otherwise"
        "The rows hang on another lookup or intersect table, so that others are found and associated.";

    KeyRemoved "key-removed" Key BreaksBoth "alternate key removed"
        "Rows can't be addressed by it any more, neither for reading nor for writing.";
    KeyAdded "key-added" Key Additive "alternate key added"
        "Rows can also be addressed by it.";
    KeyRenamed "key-renamed" Key BreaksBoth "alternate key renamed"
        "Generated code calls the key by its name, so that programs that use it don't compile any more.";
    KeyColumnsChanged "key-columns-changed" Key BreaksBoth "columns of the alternate key changed"
        "Requests address rows by the old columns, which are no key any more.";
    KeyUnusable "key-unusable" Key BreaksBoth "index of the alternate key not active"
        "Rows can't be addressed by the key until its index is built.";
    KeyUsable "key-usable" Key Additive "index of the alternate key active"
        "Rows can now be addressed by the key.";

    OperationRemoved "operation-removed" Operation BreaksBoth "operation removed"
        "Calls are refused, and programs that name it don't compile any more.";
    OperationAdded "operation-added" Operation Additive "operation added"
        "No program knows it yet.";
    ComposableLost "composable-lost" Operation BreaksReaders "result can't be queried further"
        "Calls with query options on the result are refused.";
    ComposableGained "composable-gained" Operation Additive "result can be queried further"
        "Calls without query options work as before.";
    FilterOnly "now-filter-only" Operation BreaksBoth "stands in filters only"
        "It can't be called by a request of its own any more.";
    NotFilterOnly "no-longer-filter-only" Operation Additive "can be called"
        "It can now be called by a request of its own.";
    ParameterRemoved "parameter-removed" Parameter BreaksWriters "parameter removed"
        "Calls that give it are refused, and don't compile any more.";
    ParameterAdded "parameter-added" Parameter Additive "optional parameter added"
        "Calls that leave it out are still taken.";
    RequiredParameterAdded "required-parameter-added" Parameter BreaksWriters "parameter added that calls have to give"
        "Calls that leave it out are refused.";
    ParameterTypeChanged "parameter-type-changed" Parameter BreaksWriters "type of the parameter changed"
        "What calls give no longer fits.";
    ParameterDemanded "parameter-demanded" Parameter BreaksWriters "parameter has to be given"
        "Calls that leave it out, or give null, are refused.";
    ParameterFreed "parameter-freed" Parameter Additive "parameter may be left out"
        "Calls that give it are taken as before.";
    ResultChanged "result-changed" Result BreaksReaders "result changed"
        "What a call gives has another type, or may be null where it could not.";
    ResultLost "result-lost" Result BreaksReaders "no result any more"
        "Calls give nothing that could be read.";
    ResultGained "result-gained" Result Additive "gives a result"
        "Programs that were built before don't look at it.";
    ComplexTypeRemoved "complex-type-removed" ComplexType BreaksBoth "complex type removed"
        "Programs that name it don't compile any more.";
    ComplexTypeAdded "complex-type-added" ComplexType Additive "complex type added"
        "No program knows it yet.";
    ComplexBaseChanged "complex-base-changed" ComplexType BreaksBoth "complex type extends another"
        "The members that it takes over are others.";
    ComplexClosed "complex-type-closed" ComplexType BreaksBoth "complex type takes no members of its own any more"
        "Members that the type doesn't declare are refused, and none are given.";
    ComplexOpened "complex-type-opened" ComplexType Additive "complex type takes members of its own"
        "Members beyond the declared ones may be given and read.";
    MemberRemoved "member-removed" Member BreaksBoth "member removed"
        "It is read and written no more, and programs that name it don't compile.";
    MemberAdded "member-added" Member Additive "member added"
        "It may be left out when written, and is passed over when read by programs that don't know it.";
    RequiredMemberAdded "required-member-added" Member BreaksWriters "member added that has to be given"
        "Calls that give the type without it are refused.";
    MemberTypeChanged "member-type-changed" Member BreaksBoth "type of the member changed"
        "What is read or given no longer fits.";
    MemberDemanded "member-demanded" Member BreaksWriters "member has to be given"
        "Calls that give the type without it, or with null, are refused.";
    MemberFreed "member-freed" Member BreaksReaders "member may be missing"
        "The value may be missing where it could not.";
    EnumTypeRemoved "enum-type-removed" EnumType BreaksBoth "enumeration removed"
        "Programs that name it don't compile any more.";
    EnumTypeAdded "enum-type-added" EnumType Additive "enumeration added"
        "No program knows it yet.";
    FlagsChanged "enum-flags-changed" EnumType BreaksBoth "enumeration's members may stand together or not changed"
        "Several members are written and read as one value, or no longer are.";
    EnumMemberRemoved "enum-member-removed" EnumType BreaksBoth "member of the enumeration removed"
        "Calls that give it are refused, and programs that name it don't compile any more.";
    EnumMemberAdded "enum-member-added" EnumType Additive "member of the enumeration added"
        "Members that are known are given and read as before.";
    EnumMemberRenumbered "enum-member-renumbered" EnumType BreaksBoth "member of the enumeration has another value"
        "Programs that store or compare the number of the member mean another one.";

    LabelChanged "label-changed" Label Labels "label changed"
        "Labels are for people; generated names are kept by the lock.";
    DescriptionChanged "description-changed" Description Labels "description changed"
        "Descriptions are for people.";
}

impl Classified {
    /// Whether it is about a value that changed, of which nothing is a value too; not about a thing that came or went.
    #[must_use]
    pub(super) fn is_a_value(&self) -> bool {
        self.title.ends_with(" changed")
    }
}

impl Rule {
    /// Its row of the classification.
    #[must_use]
    pub fn classified(self) -> &'static Classified {
        // The rows are written by the same macro in the same order.
        &RULES[self as usize]
    }

    /// What it means for programs.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.classified().severity
    }

    /// What sort of thing it is about.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.classified().kind
    }
}

/// The classification as a table in Markdown, as the documentation shows it.
#[must_use]
pub fn classification() -> String {
    let mut text = String::from("| rule | about | severity | what happened | why |\n|---|---|---|---|---|\n");
    for row in RULES {
        let cells = [
            format!("`{}`", row.id),
            row.kind.words().to_owned(),
            row.severity.to_string(),
            row.title.to_owned(),
            row.reason.to_owned(),
        ];
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}
