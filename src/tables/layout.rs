//! Which columns of a file are which columns of the contract.

use super::batch::schema_of;
use crate::domain::{ColumnSpec, Table};
use crate::error::{Error, ErrorKind, Result};
use arrow_schema::SchemaRef;

/// Names listed in an error or kept of unknown columns.
const MAX_NAMES: usize = 100;

/// A table's columns as one file has them.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Columns of the contract that the file has, in the contract's order.
    pub(super) columns: Vec<&'static ColumnSpec>,
    /// For each of them, whether a row needs it.
    pub(super) required: Vec<bool>,
    /// For each column of the file, its place in `columns`.
    pub(super) places: Vec<Option<usize>>,
    /// Columns of the file that the contract does not know.
    pub(super) unknown: Vec<String>,
    pub(super) schema: SchemaRef,
    /// Places in `columns` of the counts of a part and of its whole.
    pub(super) contained: Vec<(usize, usize)>,
}

/// Whether rows of a table need a column; a platform stated in `dataset.toml` makes that of `creators` optional.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs {
    pub(super) default_platform: bool,
}

impl Needs {
    pub(super) fn column(self, table: Table, spec: &ColumnSpec) -> bool {
        spec.required && !(self.default_platform && table == Table::Creators && spec.name == "platform")
    }
}

impl Layout {
    /// From the column names of a file.
    ///
    /// # Errors
    /// A name that occurs twice, or a required column that is missing.
    pub(super) fn of_names(table: Table, names: &[&str], needs: Needs) -> Result<Self> {
        if let Some(twice) = names.iter().enumerate().find_map(|(at, name)| names[..at].contains(name).then_some(name)) {
            return Err(Error::malformed("a table", "two columns have this name").at_column(cut(twice)));
        }
        let columns: Vec<&'static ColumnSpec> = table.columns().iter().filter(|spec| names.contains(&spec.name)).collect();
        for spec in table.columns() {
            if needs.column(table, spec) && !names.contains(&spec.name) {
                return Err(missing_column(spec.name, names));
            }
        }
        let places: Vec<_> = names.iter().map(|name| columns.iter().position(|spec| spec.name == *name)).collect();
        let unknown = names.iter().zip(&places).filter(|(_, place)| place.is_none()).map(|(name, _)| cut(name)).collect();
        let required = columns.iter().map(|spec| needs.column(table, spec)).collect();
        Ok(Self { required, places, unknown, schema: schema_of(&columns), contained: contained(table, &columns), columns })
    }

    /// All columns of a table: for formats that name columns in each row.
    pub(super) fn whole(table: Table, needs: Needs) -> Self {
        let columns: Vec<&'static ColumnSpec> = table.columns().iter().collect();
        let required = columns.iter().map(|spec| needs.column(table, spec)).collect();
        let places = (0..columns.len()).map(Some).collect();
        let (schema, contained) = (schema_of(&columns), contained(table, &columns));
        Self { required, places, unknown: Vec::new(), schema, contained, columns }
    }
}

fn contained(table: Table, columns: &[&'static ColumnSpec]) -> Vec<(usize, usize)> {
    let place = |name: &str| columns.iter().position(|spec| spec.name == name);
    table.contained_counts().iter().filter_map(|(part, whole)| Some((place(part)?, place(whole)?))).collect()
}

/// A required column that is not among the names found.
pub(super) fn missing_column(column: &str, found: &[&str]) -> Error {
    let mut names: Vec<String> = found.iter().take(MAX_NAMES).map(|name| cut(name)).collect();
    if found.len() > MAX_NAMES {
        names.push(format!("… {} in all", found.len()));
    }
    Error::new(ErrorKind::MissingColumn { column: column.to_owned(), found: names.join(", "), hint: String::new() })
}

fn cut(name: &str) -> String {
    name.chars().take(80).collect()
}
