//! Functions of lists of values.

use super::{Call, unfit};
use crate::Fault;
use crate::odata::Comparison;
use crate::query::bind::value::{self, Kept, literal_of};
use crate::query::plan::Condition;
use dataverse_codegen::schema::ColumnKind;
use http::StatusCode;

/// The service refuses lists and ranges of long texts.
fn refuse_memos(call: &Call<'_, '_>) -> Result<(), Fault> {
    if matches!(call.column.column.kind, ColumnKind::Memo { .. }) {
        return Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_4153,
            format!(
                "The operator '{}' can't be used on the attribute '{}', which is of type ntext.",
                call.name, call.column.column.name
            ),
        ));
    }
    Ok(())
}

pub(super) fn within<'a>(call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    refuse_memos(call)?;
    let mut values = Vec::new();
    for text in call.list()? {
        let literal = literal_of(call.column, &text)?;
        match value::kept(call.column, &literal) {
            Some(Kept::Exactly(value)) => values.push(value),
            // No row has such a value.
            Some(_) => {}
            None => return Err(value::incompatible(call.column, Comparison::Eq, &literal)),
        }
    }
    Ok(Condition::In(call.column, values))
}

pub(super) fn between<'a>(call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    refuse_memos(call)?;
    let [from, to] = call.list()?.try_into().map_err(|_| unfit(call.name))?;
    let bound = |comparison, text: &str| {
        let literal = literal_of(call.column, text)?;
        value::compare(call.column, comparison, &literal)
    };
    Ok(Condition::All(vec![
        bound(Comparison::Ge, &from)?,
        bound(Comparison::Le, &to)?,
    ]))
}

pub(super) fn selected<'a>(call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let kind = &call.column.column.kind;
    if !matches!(kind, ColumnKind::Choices { .. }) {
        return Err(call.wrong_kind(kind.name()));
    }
    let number = |text: String| text.trim().parse::<i64>().map_err(|_| unfit(call.name));
    let values = call.list()?.into_iter().map(number).collect::<Result<_, _>>()?;
    Ok(Condition::Selected(call.column, values))
}
