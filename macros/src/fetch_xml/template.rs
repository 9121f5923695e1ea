//! Braces in values: variables of the program, and escapes, as `format!` has them.

use syn::Ident;

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text that stands as it is.
    Text(String),
    /// The value of the variable of this name.
    Value(String),
    /// The values in the variable of this name.
    Values(String),
}

/// The parts of a value. An error says which braces are wrong.
pub(super) fn pieces(value: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = value;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            text.push_str(brace);
            rest = after;
            continue;
        }
        if brace == "}" {
            return Err(format!(
                "`}}` closes nothing in `{value}`: a brace itself is written as `}}}}`"
            ));
        }
        let Some((name, after)) = rest.split_once('}') else {
            return Err(format!(
                "`{{` is not closed in `{value}`: a brace itself is written as `{{{{`"
            ));
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(captured(name)?);
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}

fn captured(name: &str) -> Result<Piece, String> {
    let (variable, many) = match name.trim().strip_prefix("..") {
        Some(variable) => (variable.trim(), true),
        None => (name.trim(), false),
    };
    if syn::parse_str::<Ident>(variable).is_err() {
        return Err(format!(
            "`{{{name}}}` names no variable: `{{name}}` is the value of a variable, and braces themselves are written as \
             `{{{{` and `}}}}`"
        ));
    }
    Ok(if many {
        Piece::Values(variable.to_owned())
    } else {
        Piece::Value(variable.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_hold_variables_and_doubled_ones_themselves() {
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(pieces("").unwrap(), []);
        assert_eq!(pieces("a{{b}}c").unwrap(), [text("a{b}c")]);
        assert_eq!(
            pieces("a{ b }{c}%").unwrap(),
            [
                text("a"),
                Piece::Value("b".to_owned()),
                Piece::Value("c".to_owned()),
                text("%")
            ]
        );
        assert_eq!(pieces("{..ids}").unwrap(), [Piece::Values("ids".to_owned())]);
        assert_eq!(
            pieces("{{{a}}}").unwrap(),
            [text("{"), Piece::Value("a".to_owned()), text("}")]
        );
        for (value, message) in [
            ("a}", "`}` closes nothing"),
            ("{a", "`{` is not closed"),
            ("{}", "`{}` names no variable"),
            ("{a.b}", "`{a.b}` names no variable"),
            ("{a:?}", "`{a:?}` names no variable"),
            ("{2B7D}", "`{2B7D}` names no variable"),
        ] {
            let error = pieces(value).unwrap_err();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
