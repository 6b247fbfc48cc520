//! Plain tables for terminals and logs.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use comfy_table::{LineStyle, TableStyle};

/// No borders, one rule under the headings.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// How a column of a terminal table behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text, from the left, never wrapped.
    Left,
    /// A number, to the right, never wrapped.
    Right,
    /// Prose that takes the room that is left and wraps.
    Wrap,
}

/// Rows under headings, aligned, no wider than `width` columns as long as the unwrapped columns allow.
pub fn table(headings: &[(&str, Align)], rows: &[Vec<String>], width: u16) -> String {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic).set_width(width.max(20));
    table.set_header(headings.iter().map(|(name, align)| cell(name, *align)));
    for row in rows {
        table.add_row(row.iter().zip(headings).map(|(text, (_, align))| cell(text, *align)));
    }
    let constraints = headings.iter().map(|(_, align)| match align {
        Align::Wrap => ColumnConstraint::LowerBoundary(Width::Fixed(16)),
        Align::Left | Align::Right => ColumnConstraint::ContentWidth,
    });
    table.set_constraints(constraints);
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    table.trim_fmt()
}

fn cell(text: &str, align: Align) -> Cell {
    let side = if align == Align::Right { CellAlignment::Right } else { CellAlignment::Left };
    Cell::new(text).set_alignment(side)
}

/// Prose wrapped at `width` columns, with an indent of two spaces after the first line.
pub fn paragraph(text: &str, width: u16) -> String {
    let width = usize::from(width.max(20));
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("begun with one line");
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("  {word}"));
        } else if line.is_empty() {
            line.push_str(word);
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligns_numbers_and_wraps_prose() {
        let rows = vec![vec!["ann".to_owned(), "7".to_owned(), "one two three four five six seven".to_owned()]];
        let text = table(&[("who", Align::Left), ("n", Align::Right), ("why", Align::Wrap)], &rows, 32);
        assert!(text.lines().all(|line| line.chars().count() <= 32), "{text}");
        assert!(text.lines().count() > 2, "{text}");
    }

    #[test]
    fn breaks_paragraphs_at_words() {
        assert_eq!(paragraph("aaaa bbbb cccc dddd eeee ffff", 20), "aaaa bbbb cccc dddd\n  eeee ffff");
    }
}
