//! The draft of a letter to the creator, as a quotation.

use super::prose;
use crate::report::creator::LetterText;

/// Nothing where nothing is open.
pub fn letter(letter: Option<&LetterText>) -> String {
    let Some(letter) = letter else { return String::new() };
    let quoted = |text: &String| format!("> {}\n>\n", prose(text));
    let requests: String =
        letter.requests.iter().zip(1..).map(|(text, number)| format!("> {number}. {}\n", prose(text))).collect();
    format!(
        "## A letter to the creator\n\nA draft in plain words, to be completed and sent by a person.\n\n> Subject: {}\n>\n{}> What would help us to understand it:\n>\n{requests}>\n{}",
        prose(&letter.subject),
        letter.opening.iter().map(quoted).collect::<String>(),
        letter.closing.iter().map(quoted).collect::<String>(),
    )
}
