//! He et al., arXiv 2412.13459: `fake_stars_obvious_users.csv`, one timed star a line.

use super::Interaction;
use crate::domain::Timestamp;
use crate::error::{Error, Result};
use crate::tables::import::source::open;
use std::collections::BTreeMap;
use std::path::Path;

/// Reads `github,name,starred_at` rows: repository, account, instant; names become numbers in reading order.
pub(super) fn read(path: &Path) -> Result<Vec<Interaction>> {
    let mut reader = csv::Reader::from_reader(open(path)?);
    let (mut repositories, mut accounts) = (BTreeMap::new(), BTreeMap::new());
    let mut found = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record =
            record.map_err(|error| Error::malformed("a CSV row", error.to_string()).at_file(path).at_row(row as u64 + 2))?;
        let instant = record.get(2).and_then(|text| Timestamp::parse(text).ok());
        let (Some(repository), Some(account), Some((at, _))) = (record.get(0), record.get(1), instant) else {
            let shown = record.iter().collect::<Vec<_>>().join(",");
            return Err(Error::malformed("a row `repository,account,time`", shown).at_file(path).at_row(row as u64 + 2));
        };
        found.push(Interaction { actor: number(&mut accounts, account), target: number(&mut repositories, repository), at });
    }
    Ok(found)
}

fn number(numbers: &mut BTreeMap<String, u32>, name: &str) -> u32 {
    let next = numbers.len() as u32;
    *numbers.entry(name.to_owned()).or_insert(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Interaction>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stars.csv");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn numbers_repositories_and_accounts_in_reading_order() {
        let found = read_text("github,name,starred_at\na/x,ann,2023-04-04T20:15:37Z\na/y,ann,2023-04-04T20:16:00Z\n").unwrap();
        assert_eq!(found.iter().map(|star| (star.actor, star.target)).collect::<Vec<_>>(), [(0, 0), (0, 1)]);
        assert_eq!(found[1].at.ms() - found[0].at.ms(), 23_000);
    }

    #[test]
    fn names_the_row_without_an_instant() {
        let message = read_text("github,name,starred_at\na/x,ann,soon\n").unwrap_err().to_string();
        assert!(message.contains("stars.csv, row 2"), "{message}");
    }
}
