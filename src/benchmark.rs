//! The chain from labelled data to measured accuracy.

/// What an evaluation found, as tables of text; the report renders it for terminals, Markdown and JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvaluationReport {
    /// What was evaluated.
    pub title: String,
    /// One table a protocol.
    pub tables: Vec<EvaluationTable>,
    /// What a reader should know: data, date, seed, what was left out.
    pub notes: Vec<String>,
}

/// One table of an evaluation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvaluationTable {
    /// What the table shows, with the protocol.
    pub caption: String,
    /// Column headings; the first column names the row.
    pub columns: Vec<String>,
    /// Rows, one text a column.
    pub rows: Vec<Vec<String>>,
}
