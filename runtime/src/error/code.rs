//! The codes by which the service tells its refusals apart.

use std::fmt;

/// The number of a refusal, such as `0x80040217`.
///
/// The known ones have names; others are kept as they came. The service writes them in hexadecimal, and other interfaces
/// of it write the same number as a signed decimal: both are read
/// (Microsoft Learn, "Web service error codes").
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub u32);

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $value:literal $(=> $advice:literal)?;)+) => {
        impl Code {
            $($(#[doc = $doc])+ pub const $name: Self = Self($value);)+

            /// The name of a known code.
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($value => Some(stringify!($name)),)+
                    _ => None,
                }
            }

            /// What to do about it, where that is known.
            pub const fn advice(self) -> Option<&'static str> {
                match self.0 {
                    $($($value => Some($advice),)?)+
                    _ => None,
                }
            }
        }
    };
}

codes! {
    /// There is no row with this id.
    OBJECT_DOES_NOT_EXIST = 0x8004_0217;
    /// There is no row with these values of an alternate key.
    RECORD_NOT_FOUND_BY_ENTITY_KEY = 0x8006_0891;
    /// The table has no such alternate key.
    ENTITY_KEY_NOT_DEFINED = 0x8006_0890 => "the environment lacks the alternate key, or its index isn't active yet: regenerate the bindings";
    /// Several rows have these values of an alternate key.
    MULTIPLE_RECORDS_FOUND_BY_ENTITY_KEY = 0x8006_089d;
    /// A row with this id, or with the same values in a unique index, exists.
    DUPLICATE_RECORD = 0x8004_0237;
    /// A row with the same values of an alternate key exists.
    DUPLICATE_RECORD_ENTITY_KEY = 0x8006_0892;
    /// A rule that detects duplicates found some.
    DUPLICATE_RECORDS_FOUND = 0x8004_0333;
    /// The row has changed since its version was read.
    CONCURRENCY_VERSION_MISMATCH = 0x8006_0882 => "read the row again and repeat the change";
    /// The write needs the row's version.
    CONCURRENCY_VERSION_NOT_PROVIDED = 0x8006_0883;
    /// The table doesn't compare versions.
    OPTIMISTIC_CONCURRENCY_NOT_ENABLED = 0x8006_088d => "the table's rows have no versions to compare: write without one";
    /// The user lacks a privilege.
    PRIVILEGE_DENIED = 0x8004_0220 => "a security role of the user has to grant this privilege on the table";
    /// The user may not see this.
    UNMANAGED_IDS_ACCESS_DENIED = 0x8004_8306 => "a security role of the user has to grant access to this row";
    /// The user may not do this.
    ACCESS_DENIED = 0x8004_8405;
    /// The user has no security role.
    USER_NOT_ASSIGNED_ROLES = 0x8004_2f09 => "give the user, or the application user, a security role in this environment";
    /// The user is disabled, or belongs to no business unit.
    USER_DISABLED = 0x8004_0225 => "enable the user in this environment";
    /// The user isn't a member of the environment.
    USER_NOT_MEMBER_OF_ORG = 0x8007_2560 => "make an application user for the app registration in this environment (admin center: Users, app users)";
    /// The user may not act for others.
    CANNOT_ACT_ON_BEHALF_OF_ANOTHER_USER = 0x8004_a110 => "the user needs the privilege prvActOnBehalfOfAnotherUser (security role Delegate)";
    /// The service refused for a reason of security.
    CRM_SECURITY_ERROR = 0x8004_0256;
    /// A plug-in refused the operation.
    ISV_ABORTED = 0x8004_0265;
    /// A plug-in failed.
    ISV_UNEXPECTED = 0x8004_0224;
    /// The service failed.
    UNEXPECTED = 0x8004_0216;
    /// An argument is wrong.
    INVALID_ARGUMENT = 0x8004_0203;
    /// A column that needs a value has none.
    REQUIRED_FIELD_MISSING = 0x8004_0200;
    /// A date is out of range.
    INVALID_DATE_TIME = 0x8004_0239;
    /// A text is longer than its column.
    STRING_LENGTH_TOO_LONG = 0x8004_4331;
    /// A whole number is out of its column's range.
    INTEGER_OUT_OF_RANGE = 0x8004_432f;
    /// A decimal number is out of its column's range.
    DECIMAL_OUT_OF_RANGE = 0x8004_4330;
    /// A choice has no option with this value.
    PICKLIST_OUT_OF_RANGE = 0x8004_431a => "the environment lacks the option: regenerate the bindings";
    /// The state doesn't go with the status.
    INVALID_STATE_CODE_STATUS_CODE = 0x8004_8408 => "set a status that belongs to the state";
    /// A query names a table that isn't there.
    QUERY_BUILDER_NO_ENTITY = 0x8004_1102 => "the environment lacks the table: regenerate the bindings";
    /// A query names a column that isn't there.
    QUERY_BUILDER_NO_ATTRIBUTE = 0x8004_1103 => "the environment lacks the column: regenerate the bindings";
    /// XML can't be read.
    INVALID_XML = 0x8004_0201;
    /// A query has too many conditions.
    TOO_MANY_CONDITIONS = 0x8004_430c;
    /// A query has too many joins.
    TOO_MANY_LINK_ENTITIES = 0x8004_430d;
    /// A query has too many values in a condition.
    TOO_MANY_CONDITION_PARAMETERS = 0x8004_430e;
    /// A list or range of values isn't taken for text.
    BETWEEN_OR_IN_NOT_ALLOWED = 0x8004_4153 => "compare the text with `eq`, `ge` and `le`";
    /// More than 50,000 rows would have to be aggregated.
    AGGREGATE_QUERY_RECORD_LIMIT_EXCEEDED = 0x8004_e023 => "narrow the filter: at most 50,000 rows can be aggregated";
    /// More rows than a quick find looks at.
    QUICK_FIND_QUERY_RECORD_LIMIT_EXCEEDED = 0x8004_e024;
    /// The request's URL or body names what isn't there, or can't be read.
    ODATA_ERROR = 0x8006_0888 => "if it names a column or relationship, the environment lacks it: regenerate the bindings";
    /// The request's body names what isn't there, or can't be read.
    PAYLOAD_ERROR = 0x8004_8d19 => "if it names a property, the environment lacks it: regenerate the bindings";
    /// The feature isn't supported or enabled.
    FEATURE_NOT_ENABLED = 0x8004_8d0b;
    /// The URL leads nowhere.
    RESOURCE_NOT_FOUND = 0x8006_088a => "the environment lacks the table or operation: regenerate the bindings";
    /// Rows refer to this one.
    CANNOT_DELETE_DUE_TO_ASSOCIATION = 0x8004_0227 => "delete or reassign the rows that refer to it first";
    /// The row is read-only.
    CANNOT_DELETE_AS_IT_IS_READ_ONLY = 0x8004_0228;
    /// A job of the service is still working on the row.
    CANNOT_DELETE_AS_BACKGROUND_OPERATION_IN_PROGRESS = 0x8004_032b => "try again when the job has ended";
    /// Changes of the table aren't tracked.
    CHANGE_TRACKING_NOT_ENABLED = 0x8007_2491 => "turn on \"Track changes\" in the table's properties";
    /// The position of changes, or the stamp of a metadata query, is too old, or the table's columns have changed since.
    EXPIRED_VERSION_STAMP = 0x8004_4352 => "start again from the beginning, without the position or stamp";
    /// The database failed, for instance by a deadlock.
    GENERIC_SQL_ERROR = 0x8004_4150;
    /// The database took too long.
    SQL_TIMEOUT = 0x8004_4151;
    /// A lock couldn't be had.
    COULD_NOT_OBTAIN_LOCK_ON_RESOURCE = 0x8004_4339;
    /// A plug-in or workflow called the service again and again.
    SDK_CORRELATION_TOKEN_DEPTH_TOO_HIGH = 0x8004_4182 => "custom logic calls itself in circles: make it stop";
    /// A file is larger than the environment allows.
    ATTACHMENT_TOO_LARGE = 0x8004_4a02 => "the environment's settings say how large a file may be";
    /// An image can't be read.
    IMAGE_PROCESSING_FAILED = 0x8007_2553;
    /// The table has no such collection.
    INVALID_COLLECTION_NAME = 0x8006_088e;
    /// The table has no such entity set.
    INVALID_ENTITY_SET_NAME = 0x8006_089b;
    /// The entity set belongs to another table.
    INCORRECT_ENTITY_SET_NAME = 0x8006_089c;
    /// No worker was free for a plug-in.
    SANDBOX_WORKER_NOT_AVAILABLE = 0x8004_418d;
    /// Too many requests in the window.
    TOO_MANY_REQUESTS = 0x8007_2322;
    /// Too much execution time in the window.
    TOO_MUCH_EXECUTION_TIME = 0x8007_2321;
    /// Too many requests at once.
    TOO_MANY_CONCURRENT_REQUESTS = 0x8007_2326;
    /// The database is at its limit.
    SQL_RESOURCE_LIMIT = 0x8007_2323;
    /// The database has no worker left.
    SQL_WORKERS_LIMIT = 0x8007_2324;
    /// The environment has no storage left.
    STORAGE_QUOTA = 0x8007_2325 => "free storage, or buy more";
    /// The data service has too many requests at once.
    DSS_CONCURRENCY = 0x8007_2327;
    /// A token has expired.
    EXPIRED_KEY = 0x8004_a106;
}

impl Code {
    /// Reads a code as bodies write it: `0x80040217`, `-2147220969`, `2147746327`. Empty text and `0x0` are no code.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            // The cast keeps the bits, which are the code.
            None => match text.parse::<i64>().ok()? {
                signed @ -2_147_483_648..=-1 => (signed as i32).cast_unsigned(),
                unsigned => u32::try_from(unsigned).ok()?,
            },
        };
        (code != 0).then_some(Self(code))
    }

    /// Whether the same request may succeed a little later: throttling, deadlocks, missing workers.
    pub const fn is_transient(self) -> bool {
        self.is_throttling()
            || matches!(
                self,
                Self::GENERIC_SQL_ERROR
                    | Self::SQL_TIMEOUT
                    | Self::COULD_NOT_OBTAIN_LOCK_ON_RESOURCE
                    | Self::SANDBOX_WORKER_NOT_AVAILABLE
                    | Self::SQL_RESOURCE_LIMIT
                    | Self::SQL_WORKERS_LIMIT
                    | Self::DSS_CONCURRENCY
            )
    }

    /// Whether it is one of the service protection limits. The request wasn't carried out.
    pub const fn is_throttling(self) -> bool {
        matches!(
            self,
            Self::TOO_MANY_REQUESTS | Self::TOO_MUCH_EXECUTION_TIME | Self::TOO_MANY_CONCURRENT_REQUESTS
        )
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:08x}", self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{self} ({name})"),
            None => write!(f, "{self}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_spelling_of_a_code_is_read() {
        let gone = Some(Code::OBJECT_DOES_NOT_EXIST);
        for text in [
            "0x80040217",
            "0X80040217",
            " 0x80040217 ",
            "-2147220969",
            "2147746327",
        ] {
            assert_eq!(Code::parse(text), gone, "{text}");
        }
        for text in [
            "",
            "0x0",
            "0",
            "none",
            "0x",
            "0x180040217",
            "99999999999",
            "-99999999999",
        ] {
            assert_eq!(Code::parse(text), None, "{text}");
        }
        assert_eq!(Code::parse("0x80041234").and_then(Code::name), None);
    }
}
