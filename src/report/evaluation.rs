//! Tables of measured accuracy, for terminals, Markdown and machines.

use crate::benchmark::EvaluationReport;
use crate::report::markdown;
use crate::report::terminal::{self, Align};
use serde::Serialize;

/// Wire form of an evaluation.
#[derive(Debug, Clone, Serialize)]
pub struct EvaluationDocument {
    /// What was evaluated.
    pub title: String,
    /// One table a protocol.
    pub tables: Vec<EvaluationTableDocument>,
    /// Data, date, seed, what was left out.
    pub notes: Vec<String>,
}

/// Wire form of one table.
#[derive(Debug, Clone, Serialize)]
pub struct EvaluationTableDocument {
    /// What the table shows.
    pub caption: String,
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows, one text a column.
    pub rows: Vec<Vec<String>>,
}

impl From<&EvaluationReport> for EvaluationDocument {
    fn from(report: &EvaluationReport) -> Self {
        let table = |table: &crate::benchmark::EvaluationTable| EvaluationTableDocument {
            caption: table.caption.clone(),
            columns: table.columns.clone(),
            rows: table.rows.clone(),
        };
        Self { title: report.title.clone(), tables: report.tables.iter().map(table).collect(), notes: report.notes.clone() }
    }
}

impl EvaluationDocument {
    /// As text for a terminal of `width` columns.
    pub fn render_text(&self, width: u16) -> String {
        let mut text = format!("{}\n", self.title);
        for table in &self.tables {
            let headings: Vec<(&str, Align)> =
                table.columns.iter().enumerate().map(|(index, name)| (name.as_str(), alignment(table, index))).collect();
            let body = terminal::table(&headings, &table.rows, width);
            text.push_str(&format!("\n{}\n\n{body}\n", terminal::paragraph(&table.caption, width)));
        }
        for note in &self.notes {
            text.push_str(&format!("\n{}", terminal::paragraph(&format!("* {note}"), width)));
        }
        text.trim_end().to_owned() + "\n"
    }

    /// As Markdown, headings from the given level.
    pub fn render_markdown(&self, level: usize) -> String {
        let mark = "#".repeat(level.clamp(1, 6));
        let mut text = format!("{mark} {}\n", markdown::prose(&self.title));
        for table in &self.tables {
            let names: Vec<String> = (table.columns.iter().enumerate())
                .map(|(index, name)| {
                    let side = if alignment(table, index) == Align::Right { ">" } else { "" };
                    format!("{side}{}", markdown::prose(name))
                })
                .collect();
            let headings: Vec<&str> = names.iter().map(String::as_str).collect();
            let rows: Vec<Vec<String>> =
                table.rows.iter().map(|row| row.iter().map(|cell| markdown_cell(cell)).collect()).collect();
            text.push_str(&format!("\n**{}**\n\n{}", markdown::prose(&table.caption), markdown::table(&headings, &rows)));
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        for note in &self.notes {
            text.push_str(&format!("* {}\n", markdown::prose(note)));
        }
        text
    }
}

/// Figures stay as they are, so that a table can be read as text too; anything with a letter is escaped.
fn markdown_cell(cell: &str) -> String {
    let is_figure = |character: char| character.is_ascii_digit() || " .,–+-±[]()%≤≥".contains(character);
    if cell.chars().all(is_figure) && !cell.contains("](") { cell.to_owned() } else { markdown::prose(cell) }
}

/// The first column names the row; a column of numbers stands to the right; one long column of prose wraps.
fn alignment(table: &EvaluationTableDocument, column: usize) -> Align {
    let cells = || table.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
    let is_number = |cell: &String| cell.starts_with(|c: char| c.is_ascii_digit() || "+-−.<>≥≤–".contains(c));
    let longest = cells().map(|cell| cell.chars().count()).max().unwrap_or(0);
    if column > 0 && cells().all(is_number) {
        Align::Right
    } else if longest > 40 {
        Align::Wrap
    } else {
        Align::Left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::EvaluationTable;

    fn example() -> EvaluationDocument {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        EvaluationDocument::from(&EvaluationReport {
            title: "Accounts".into(),
            tables: vec![EvaluationTable {
                caption: "Leave one dataset out: AUC".into(),
                columns: words(&["left out", "n", "AUC"]),
                rows: vec![words(&["srf_2017", "12,000", "0.931 (0.926–0.936)"]), words(&["instafake", "700", "0.987"])],
            }],
            notes: vec!["Seed 7.".into()],
        })
    }

    #[test]
    fn prints_aligned_text() {
        let expected = "srf_2017   12,000  0.931 (0.926–0.936)\ninstafake     700                0.987\n";
        assert!(example().render_text(80).contains(expected), "{}", example().render_text(80));
    }

    #[test]
    fn prints_markdown_with_escaped_cells() {
        let text = example().render_markdown(2);
        assert!(text.starts_with("## Accounts\n"), "{text}");
        assert!(text.contains("| srf\\_2017 | 12,000 | 0.931 (0.926–0.936) |"), "{text}");
        assert!(text.contains("|---|--:|--:|"), "{text}");
    }
}
