//! Foreign text inside Markdown.

use crate::report::neutral::{NAME_CHARS, PROSE_CHARS, visible};

/// Characters that begin or end a construct of CommonMark or GitHub's dialect within a line.
const SPECIAL: &[char] = &['\\', '`', '*', '_', '[', ']', '#', '!', '|', '~'];

/// A handle or id as a code span: nothing inside it is markup, a link or HTML.
pub fn name(text: &str) -> String {
    let text = visible(text, NAME_CHARS);
    if text.trim().is_empty() {
        return "–".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    // A table's cell ends at a bar even inside a code span; the replacement looks the same.
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "¦"))
}

/// Prose that may hold foreign text: every special character is escaped, and addresses do not become links.
pub fn prose(text: &str) -> String {
    let shown = visible(text, PROSE_CHARS);
    let mut escaped = String::new();
    for (at, character) in shown.char_indices() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            c if SPECIAL.contains(&c) || begins_address(&shown, at, c) => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether GitHub's dialect would make a link of what stands around the character (`https://`, `www.`).
fn begins_address(text: &str, at: usize, character: char) -> bool {
    match character {
        ':' => text[at..].starts_with(":/"),
        '.' => text[..at].chars().rev().take(3).all(|c| c.eq_ignore_ascii_case(&'w')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_backticks_with_more_backticks() {
        assert_eq!(name("a`b``c"), "``` a`b``c ```");
        assert_eq!(name("plain_name"), "`plain_name`");
        assert_eq!(name("a|b"), "`a¦b`");
    }

    #[test]
    fn leaves_no_html_link_or_table_bar() {
        assert_eq!(prose("<img> [x](y) | `z`"), "&lt;img&gt; \\[x\\](y) \\| \\`z\\`");
        assert_eq!(prose("at https://a.example, www.b.example."), "at https\\://a.example, www\\.b.example.");
    }
}
