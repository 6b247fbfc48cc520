//! What is left of a handle when its words and numbers are taken out.

use super::handle::is_digit;

/// The pattern of a handle: each run of letters as `a`, each digit as `9`, everything else as it stands. Handles that one program
/// made from one recipe share it; alone it says little, since thousands of people share `a` and `a_a` too.
///
/// # Missing
/// `None` for an empty handle.
///
/// # Cost
/// O(n) in its length.
///
/// # Examples
/// ```
/// use bonafide::text::handle_template;
/// assert_eq!(handle_template("anna.berg_92").as_deref(), Some("a.a_99"));
/// assert_eq!(handle_template(""), None);
/// ```
pub fn handle_template(handle: &str) -> Option<String> {
    let mut template = String::new();
    for c in handle.chars() {
        match c {
            c if is_digit(c) => template.push('9'),
            c if !c.is_alphabetic() => template.push(c),
            _ if template.ends_with('a') => {}
            _ => template.push('a'),
        }
    }
    (!template.is_empty()).then_some(template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_script_and_length_are_alike_and_numbers_keep_their_length() {
        for (handle, template) in
            [("Жанна77", "a99"), ("x7y", "a9a"), ("2024", "9999"), ("__a__", "__a__"), ("maria1987", "a9999")]
        {
            assert_eq!(handle_template(handle).as_deref(), Some(template), "{handle}");
        }
    }
}
