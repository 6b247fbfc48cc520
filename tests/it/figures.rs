//! Pages say what the code does: figures are those that were printed, tables those that are read.

use bonafide::domain::Table;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Every estimate with its interval: `.933 [.907, .954]`.
fn estimates(text: &str) -> BTreeSet<String> {
    let plain = text.replace('\\', "");
    let mut found = BTreeSet::new();
    for (open, _) in plain.match_indices(" [") {
        let value: String = plain[..open].chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let value: String = value.chars().rev().collect();
        let Some(close) = plain[open..].find(']') else { continue };
        let interval = &plain[open + 2..open + close];
        if value.contains('.') && interval.chars().all(|c| c.is_ascii_digit() || "., ".contains(c)) {
            found.insert(format!("{value} [{interval}]"));
        }
    }
    found
}

#[test]
fn every_estimate_of_the_readme_stands_in_the_printed_evaluation() {
    let printed = estimates(&page("models/account/evaluation.md"));
    let shown = estimates(&page("README.md"));
    assert!(shown.len() >= 8, "{shown:?}");
    let missing: Vec<&String> = shown.difference(&printed).collect();
    assert!(missing.is_empty(), "not printed by the evaluation: {missing:?}");
}

#[test]
fn every_column_of_every_table_is_described() {
    let text = page("datasets/TABLES.md");
    for table in Table::ALL {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{table}` |"))).unwrap();
        for column in table.columns() {
            let mark = if column.required { "*" } else { "" };
            assert!(row.contains(&format!("`{}`{mark}", column.name)), "{table}.{} is not in datasets/TABLES.md", column.name);
        }
    }
}
