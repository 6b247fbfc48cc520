//! Tables in Markdown.

use std::fmt::Write as _;

/// Headings and rows of ready Markdown as one table; an empty cell becomes a dash. Numeric columns (marked by a leading
/// `>` in the heading) stand to the right.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    let names: Vec<&str> = headings.iter().map(|heading| heading.trim_start_matches('>')).collect();
    let rules: Vec<&str> = headings.iter().map(|heading| if heading.starts_with('>') { "--:" } else { "---" }).collect();
    let _ = writeln!(text, "| {} |\n|{}|", names.join(" | "), rules.join("|"));
    for row in rows {
        let cells: Vec<&str> = row.iter().map(|cell| if cell.is_empty() { "–" } else { cell.as_str() }).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligns_numbers_to_the_right_and_marks_what_is_missing() {
        let text = table(&["who", ">n"], &[vec!["`a`".to_owned(), String::new()]]);
        assert_eq!(text, "| who | n |\n|---|--:|\n| `a` | – |\n");
    }
}
