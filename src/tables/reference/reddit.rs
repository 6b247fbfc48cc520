//! Costa et al. 2015 (RSC): times of comments of Reddit users, `reddit/timestamps/N_comments.csv` in one archive.

use super::archive::for_each_file;
use super::{LabelledTimeline, Timeline};
use crate::domain::Label;
use crate::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const TIMES: &str = "_comments.csv";
const BOTS: &str = "user_type.csv";

/// The times of the users not listed as bots.
pub(super) fn read_humans(path: &Path) -> Result<Vec<Timeline>> {
    let users = read_labelled(path)?;
    Ok(users.into_iter().filter(|user| user.label == Label::Genuine).map(|user| user.at_s).collect())
}

/// The times of all users, in the order of their numbers; those listed as bots are fake.
pub(super) fn read_labelled(path: &Path) -> Result<Vec<LabelledTimeline>> {
    let mut timelines: BTreeMap<u32, Timeline> = BTreeMap::new();
    let mut bots: BTreeSet<u32> = BTreeSet::new();
    for_each_file(path, &mut |name, content| {
        let name = name.rsplit('/').next().unwrap_or(name);
        let mut text = String::new();
        if let Some(user) = name.strip_suffix(TIMES).and_then(|number| number.parse().ok()) {
            content.read_to_string(&mut text)?;
            timelines.insert(user, times(name, &text)?);
        } else if name == BOTS {
            content.read_to_string(&mut text)?;
            bots = text.lines().filter_map(|line| line.split(',').next()?.trim().parse().ok()).collect();
        }
        Ok(())
    })?;
    let label = |user: &u32| if bots.contains(user) { Label::Fake } else { Label::Genuine };
    Ok(timelines.into_iter().map(|(user, at_s)| LabelledTimeline { label: label(&user), at_s }).collect())
}

fn times(name: &str, text: &str) -> Result<Timeline> {
    let mut times = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let first = line.split(',').next().unwrap_or(line).trim();
        times.push(first.parse().map_err(|_| Error::malformed("seconds since 1970", format_args!("{name}: `{first}`")))?);
    }
    times.sort_unstable();
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::super::archive::testing::archive;
    use super::*;

    #[test]
    fn keeps_users_who_are_no_bots_in_order_of_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reddit.tar.xz");
        let bytes = archive(&[
            ("reddit/timestamps/5_comments.csv", b"1385509250, 21, 5, 620\n1385509113, 2, 5, 489\n"),
            ("reddit/timestamps/6_comments.csv", b"1385509250, 21, 5, 620\n"),
            ("reddit/user_type.csv", b"6, bot\n"),
        ]);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(read_humans(&path).unwrap(), [[1_385_509_113, 1_385_509_250]]);
        let labels: Vec<Label> = read_labelled(&path).unwrap().iter().map(|user| user.label).collect();
        assert_eq!(labels, [Label::Genuine, Label::Fake]);
        std::fs::write(&path, archive(&[("5_comments.csv", b"now, 1\n")])).unwrap();
        assert!(read_humans(&path).unwrap_err().to_string().contains("5_comments.csv: `now`"));
    }
}
