//! Times of tweets of accounts of Cresci et al. 2017: `tweet_times.csv`, a sample of two per cent.

use super::Timeline;
use crate::error::Result;
use crate::tables::import::csv_rows::CsvRows;
use std::collections::BTreeMap;
use std::path::Path;

/// Group of the people.
pub(super) const GENUINE: &str = "genuine_accounts";

/// The times of genuine accounts, one timeline each.
pub(super) fn read_genuine(path: &Path) -> Result<Vec<Timeline>> {
    Ok(read_groups(path)?.remove(GENUINE).unwrap_or_default())
}

/// The times of all accounts by group, one timeline each.
pub(super) fn read_groups(path: &Path) -> Result<BTreeMap<String, Vec<Timeline>>> {
    let mut timelines: BTreeMap<(String, String), Timeline> = BTreeMap::new();
    let mut rows = CsvRows::open(path, &["user_id", "group", "ts"])?;
    while rows.step()? {
        let at_s = rows.count("ts")?.ok_or_else(|| rows.wrong("ts", "seconds since 1970"))?;
        let group = rows.text("group").map_or_else(String::new, |group| group.trim().to_owned());
        timelines.entry((group, rows.id("user_id")?)).or_default().push(at_s as i64);
    }
    let mut groups: BTreeMap<String, Vec<Timeline>> = BTreeMap::new();
    for ((group, _), mut times) in timelines {
        times.sort_unstable();
        groups.entry(group).or_default().push(times);
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_genuine_accounts_in_order_of_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tweet_times.csv");
        std::fs::write(
            &path,
            "user_id,group,class,ts\n7,genuine_accounts,genuine,50\n8,s,bot,60\n7,genuine_accounts,genuine,40\n",
        )
        .unwrap();
        assert_eq!(read_genuine(&path).unwrap(), [[40, 50]]);
        assert_eq!(read_groups(&path).unwrap()["s"], [[60]]);
    }
}
