//! Followers of the largest creators at four dates of 2022 (HypeAuditor's lists, from Kaggle): histories of two to four real points.

use crate::domain::Timestamp;
use crate::error::Result;
use crate::tables::import::csv_rows::CsvRows;
use std::collections::BTreeMap;
use std::path::Path;

/// One creator at some dates.
#[derive(Debug, Clone, PartialEq)]
pub struct SnapshotHistory {
    /// Where it publishes.
    pub platform: &'static str,
    /// Followers at each date, oldest first.
    pub points: Vec<(Timestamp, u64)>,
}

/// Platform, file, middle of its month (the lists state no day) in milliseconds, column of the name, column of the followers.
const FILES: [(&str, &str, i64, &str, &str); 12] = [
    ("instagram", "instagram_june_2022_june_2022", JUNE, "instagram name", "Subscribers count"),
    ("instagram", "instagram_sep_2022", SEPTEMBER, "Instagram name", "Subscribers"),
    ("instagram", "instagram_nov_2022", NOVEMBER, "Name", "Followers"),
    ("instagram", "instagram_dec_2022", DECEMBER, "name", "followers"),
    ("tiktok", "tiktok_june_2022_june_2022", JUNE, "Tiktoker", "Subscribers count"),
    ("tiktok", "tiktok_sep_2022", SEPTEMBER, "Tiktoker name", "Subscribers"),
    ("tiktok", "tiktok_nov_2022", NOVEMBER, "Tiktoker name", "Followers"),
    ("tiktok", "tiktok_dec_2022", DECEMBER, "Tiktoker name", "followers"),
    ("youtube", "youtube_june_2022_june_2022", JUNE, "youTuber", "Subscribers count"),
    ("youtube", "youtube_sep_2022", SEPTEMBER, "Name", "Subscribers"),
    ("youtube", "youtube_nov_2022", NOVEMBER, "youtuber name", "Followers"),
    ("youtube", "youtube_dec_2022", DECEMBER, "youtuber name", "Followers"),
];
const JUNE: i64 = 1_655_251_200_000;
const SEPTEMBER: i64 = 1_663_200_000_000;
const NOVEMBER: i64 = 1_668_470_400_000;
const DECEMBER: i64 = 1_671_062_400_000;

/// Reads the folder; the undated list is left out, as is a row without a name or a number of followers, and a name that one list holds twice.
///
/// # Missing
/// A list that is not there has no points.
///
/// # Errors
/// A list that is there and is damaged or something else.
pub fn load_snapshots(folder: &Path) -> Result<Vec<SnapshotHistory>> {
    let mut histories: BTreeMap<(&'static str, String), Vec<(i64, u64)>> = BTreeMap::new();
    for (platform, file, at_ms, name, followers) in FILES {
        let path = folder.join(format!("social_media_influencers_{file}.csv"));
        if !path.exists() {
            continue;
        }
        let mut rows = CsvRows::open(&path, &[name, followers])?;
        while rows.step()? {
            let count = rows.text(followers).and_then(|text| shown_count(&text));
            if let (Some(name), Some(count)) = (rows.text(name), count) {
                histories.entry((platform, name.trim().to_owned())).or_default().push((at_ms, count));
            }
        }
    }
    let of = |((platform, _), points): ((&'static str, String), Vec<(i64, u64)>)| {
        let once: Vec<(i64, u64)> =
            points.iter().filter(|point| points.iter().filter(|other| other.0 == point.0).count() == 1).copied().collect();
        let points = once.into_iter().filter_map(|(at, count)| Some((Timestamp::from_ms(at)?, count))).collect();
        SnapshotHistory { platform, points }
    };
    Ok(histories.into_iter().map(of).collect())
}

/// `409.8M`, `97K`, `1234`.
fn shown_count(text: &str) -> Option<u64> {
    let text = text.trim();
    let factor = match text.chars().last()? {
        'K' | 'k' => 1e3,
        'M' | 'm' => 1e6,
        'B' | 'b' => 1e9,
        _ => 1.0,
    };
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number = digits.parse::<f64>().ok().filter(|number| (0.0..1e12).contains(number))?;
    Some((number * factor).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_by_name_and_platform() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "social_media_influencers_tiktok_sep_2022.csv",
            "S.no,Tiktoker name,Subscribers,Subscribers\n1,amber,4.8M,4800000\n2,birch,97K,97000\n3,birch,98K,98000\n4,cedar,#VALOR!,1\n",
        );
        write("social_media_influencers_tiktok_dec_2022.csv", "Rank,Tiktoker name,followers\n1,amber,5M\n");
        let histories = load_snapshots(folder.path()).unwrap();
        let at = |ms| Timestamp::from_ms(ms).unwrap();
        let expected = vec![(at(SEPTEMBER), 4_800_000), (at(DECEMBER), 5_000_000)];
        assert_eq!(histories[0], SnapshotHistory { platform: "tiktok", points: expected });
        assert_eq!((histories.len(), histories[1].points.len()), (2, 0), "a name twice in one list is nobody's");
    }

    #[test]
    fn counts_are_read_as_they_are_shown() {
        assert_eq!(
            ["409.8M", " 97K ", "12", "1.2B"].map(shown_count),
            [Some(409_800_000), Some(97_000), Some(12), Some(1_200_000_000)]
        );
        assert_eq!(["", "N/A", "-3", "#VALOR!"].map(shown_count), [None; 4]);
    }
}
