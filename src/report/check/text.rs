//! The answer in plain words, for a terminal.

use super::{CheckReport, RejectExample, RejectReason, ResultNeed, SignalReach, TableReach};
use crate::report::neutral::{NAME_CHARS, PROSE_CHARS, visible};
use crate::report::number;
use crate::report::terminal::{self, Align};
use std::fmt::Write as _;

impl CheckReport {
    /// As text no wider than `width` columns where that is possible.
    pub fn render_text(&self, width: u16) -> String {
        let mut text = self.opening(width);
        for (title, body) in [
            ("What is there", self.tables_text(width)),
            ("What can be measured of accounts", self.signals_text(width)),
            ("What can be said of creators", self.results_text(width)),
            ("When", self.spans_text(width)),
            ("Warnings", self.warnings_text(width)),
        ] {
            if !body.is_empty() {
                let _ = writeln!(text, "\n{title}\n\n{}", body.trim_end());
            }
        }
        text
    }

    fn opening(&self, width: u16) -> String {
        let when = match (&self.captured_at, self.captured_at_is_stated) {
            (Some(at), true) => format!("The data describe {at}, as dataset.toml states."),
            (Some(at), false) => format!("The data describe {at}: the newest time in the tables, as none is stated."),
            (None, _) => "When the data were captured is not known: state captured_at in dataset.toml.".to_owned(),
        };
        let counts = format!(
            "{}; {}, {} of them with a profile. {when}",
            number::count_of(self.creators_count, "creator"),
            number::count_of(self.accounts_count, "account"),
            number::count(self.profiles_count)
        );
        let sampling = format!(
            "Sampling of follows: {}; of engagements: {}.{}",
            self.follows_sampling.replace('_', " "),
            self.engagements_sampling.replace('_', " "),
            if self.follows_sampling == "unknown" { " State it in dataset.toml, if you know it." } else { "" }
        );
        format!("{}\n{}\n", terminal::paragraph(&counts, width), terminal::paragraph(&sampling, width))
    }

    fn tables_text(&self, width: u16) -> String {
        let headings = [
            ("table", Align::Left),
            ("rows", Align::Right),
            ("rejected", Align::Right),
            ("merged", Align::Right),
            ("replaced", Align::Right),
            ("columns that are not there", Align::Wrap),
        ];
        let rows: Vec<Vec<String>> = self.tables.iter().map(table_row).collect();
        let mut text = terminal::table(&headings, &rows, width) + "\n";
        for table in &self.tables {
            for line in table_notes(table) {
                let _ = writeln!(text, "{}", terminal::paragraph(&line, width));
            }
        }
        text
    }

    fn signals_text(&self, width: u16) -> String {
        let headings = [("signal", Align::Left), ("accounts", Align::Right), ("share", Align::Right), ("lacks", Align::Wrap)];
        let rows: Vec<Vec<String>> = self.signals.iter().map(signal_row).collect();
        terminal::table(&headings, &rows, width)
    }

    fn results_text(&self, width: u16) -> String {
        let headings = [("", Align::Left), ("result", Align::Wrap), ("needs", Align::Wrap), ("in these data", Align::Wrap)];
        let row = |need: &ResultNeed| {
            vec![need.can_be_measured.replace('_', " "), need.result.to_owned(), need.needs.to_owned(), need.why.clone()]
        };
        let rows: Vec<Vec<String>> = self.results.iter().map(row).collect();
        terminal::table(&headings, &rows, width)
    }

    fn spans_text(&self, width: u16) -> String {
        let headings =
            [("column", Align::Left), ("values", Align::Right), ("first (UTC)", Align::Left), ("last (UTC)", Align::Left)];
        let row = |span: &super::TimeSpan| {
            let minute = |text: &str| text.get(..16).unwrap_or(text).replace('T', " ");
            vec![span.column.to_owned(), number::count(span.values_count), minute(&span.first), minute(&span.last)]
        };
        let rows: Vec<Vec<String>> = self.time_spans.iter().map(row).collect();
        if rows.is_empty() { String::new() } else { terminal::table(&headings, &rows, width) }
    }

    fn warnings_text(&self, width: u16) -> String {
        self.warnings.iter().map(|warning| terminal::paragraph(&visible(warning, PROSE_CHARS), width) + "\n").collect()
    }
}

fn table_row(table: &TableReach) -> Vec<String> {
    if !table.is_present {
        let dash = || "–".to_owned();
        return vec![table.table.to_owned(), dash(), dash(), dash(), dash(), "the whole table is not there".to_owned()];
    }
    let counts = [table.rows_count, table.rejected_count, table.merged_count, table.replaced_count];
    let missing = if table.columns_missing.is_empty() { "none".to_owned() } else { table.columns_missing.join(", ") };
    std::iter::once(table.table.to_owned()).chain(counts.map(number::count)).chain([missing]).collect()
}

fn table_notes(table: &TableReach) -> Vec<String> {
    let mut notes = vec![];
    if !table.columns_unknown.is_empty() {
        let names: Vec<String> = table.columns_unknown.iter().take(20).map(|name| visible(name, NAME_CHARS)).collect();
        let more = table.columns_unknown.len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(format!("{}: columns that are not known and not used: {}{more}", table.table, names.join(", ")));
    }
    notes.extend(table.rejects.iter().map(|reason| reject_note(table, reason)));
    if table.time_forms.len() > 1 {
        let forms: Vec<String> =
            table.time_forms.iter().map(|(form, count)| format!("{form} ({})", number::count(*count))).collect();
        notes.push(format!("{}: times are written in several forms: {}", table.table, forms.join(", ")));
    }
    notes
}

/// How many rows of a column were rejected for a reason, with the first of them.
fn reject_note(table: &TableReach, reason: &RejectReason) -> String {
    let column = reason.column.as_deref().map_or_else(String::new, |column| format!(".{}", visible(column, NAME_CHARS)));
    let example = |example: &RejectExample| {
        let value = example.value.as_deref().map_or_else(String::new, |value| format!(" ({:?})", visible(value, NAME_CHARS)));
        format!("{} row {}{value}", visible(&example.file, NAME_CHARS), number::count(example.row))
    };
    let examples: Vec<String> = reason.examples.iter().map(example).collect();
    format!(
        "{}{column}: {} rejected: {}; {}",
        table.table,
        number::count_of(reason.rejected_count, "row"),
        visible(&reason.reason, PROSE_CHARS),
        examples.join(", ")
    )
}

fn signal_row(signal: &SignalReach) -> Vec<String> {
    let (measured, all) = (signal.measured_count, signal.accounts_count);
    let share = if all > 0 { number::percent(measured as f64 / all as f64) } else { "–".to_owned() };
    let lacks = match (measured, signal.columns_missing.is_empty()) {
        (0, false) => format!("cannot: needs {}", signal.columns_missing.join(signal.joined_by())),
        (0, true) => format!("cannot: {}", signal.missing),
        _ if measured < all => signal.missing.to_owned(),
        _ => String::new(),
    };
    vec![signal.name.to_owned(), number::count(measured), share, lacks]
}
