//! JSON that keeps every text exact and is still harmless to print or to embed.

use crate::error::Error;
use crate::report::neutral::is_deceptive;
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use std::io;

/// A value as indented JSON, ending with a line break. Missing numbers are `null`.
///
/// Characters that are invisible, turn the direction of writing, or could end a script or comment where the JSON is
/// embedded in a page are written as `\uXXXX`; a parser gives back the exact text.
///
/// # Errors
/// If the value cannot be written as JSON, as for maps whose keys are not texts.
///
/// # Examples
/// ```
/// let json = bonafide::report::render_json(&"</script>\u{202e}").unwrap();
/// assert_eq!(json, b"\"\\u003c/script\\u003e\\u202e\"\n");
/// ```
pub fn render_json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Harmless(PrettyFormatter::new()));
    value.serialize(&mut serializer).map_err(|error| Error::malformed("JSON", error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

struct Harmless<'a>(PrettyFormatter<'a>);

/// Passes the calls that place brackets and indents on to the pretty formatter.
macro_rules! as_pretty {
    ($($name:ident($($argument:ident: $kind:ty),*)),+ $(,)?) => {
        $(fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        })+
    };
}

impl Formatter for Harmless<'_> {
    as_pretty! {
        begin_array(), end_array(), begin_array_value(first: bool), end_array_value(),
        begin_object(), end_object(), begin_object_key(first: bool), begin_object_value(), end_object_value(),
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|&(_, character)| needs_escape(character)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

fn needs_escape(character: char) -> bool {
    matches!(character, '<' | '>' | '&') || is_deceptive(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn gives_back_the_exact_text(text in any::<String>()) {
            let json = render_json(&[&text]).unwrap();
            prop_assert_eq!(&serde_json::from_slice::<Vec<String>>(&json).unwrap()[0], &text);
            let shown = String::from_utf8(json).unwrap();
            prop_assert!(!shown.contains('<') && !shown.chars().any(|c| c != '\n' && is_deceptive(c)));
        }
    }

    #[test]
    fn writes_characters_beyond_the_first_plane_as_two_units() {
        assert_eq!(render_json("\u{e0001}").unwrap(), b"\"\\udb40\\udc01\"\n");
    }
}
