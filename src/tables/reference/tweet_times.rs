//! Times of tweets of accounts of Cresci et al. 2017: `tweet_times.csv`, a sample of two per cent.

use super::Timeline;
use crate::error::Result;
use crate::tables::import::csv_rows::CsvRows;
use std::collections::BTreeMap;
use std::path::Path;

/// The times of genuine accounts, one timeline each.
pub(super) fn read_genuine(path: &Path) -> Result<Vec<Timeline>> {
    let mut timelines: BTreeMap<String, Timeline> = BTreeMap::new();
    let mut rows = CsvRows::open(path, &["user_id", "class", "ts"])?;
    while rows.step()? {
        if rows.text("class").as_deref() == Some("genuine") {
            let at_s = rows.count("ts")?.ok_or_else(|| rows.wrong("ts", "seconds since 1970"))?;
            timelines.entry(rows.id("user_id")?).or_default().push(at_s as i64);
        }
    }
    Ok(timelines
        .into_values()
        .map(|mut times| {
            times.sort_unstable();
            times
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_genuine_accounts_in_order_of_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tweet_times.csv");
        std::fs::write(&path, "user_id,group,class,ts\n7,g,genuine,50\n8,s,bot,60\n7,g,genuine,40\n").unwrap();
        assert_eq!(read_genuine(&path).unwrap(), [[40, 50]]);
    }
}
