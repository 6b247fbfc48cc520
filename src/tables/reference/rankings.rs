//! Lists of the thousand largest or most engaging creators (HypeAuditor, December 2022), as published.

use crate::domain::Platform;
use crate::error::Result;
use crate::tables::import::csv_rows::CsvRows;
use std::collections::BTreeSet;
use std::path::Path;

/// One creator of a list, with averages of its posts.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedCreator {
    /// Where it publishes.
    pub platform: Platform,
    /// Followers.
    pub followers: u64,
    /// Topic.
    pub category: Option<String>,
    /// Average likes of a post.
    pub likes: Option<u64>,
    /// Average comments of a post.
    pub comments: Option<u64>,
    /// Average views of a post.
    pub views: Option<u64>,
    /// Average engagement of a post, where the list gives no parts of it.
    pub engagement: Option<u64>,
    /// That part of it which the vendor holds for authentic.
    pub authentic: Option<u64>,
}

/// A list: file, platform, and the headings of followers, category, likes, comments, views, engagement and authentic engagement.
struct List {
    file: &'static str,
    platform: Platform,
    name: &'static str,
    headings: [&'static str; 7],
}

const LISTS: [List; 3] = [
    List {
        file: "social_media_influencers_youtube_dec_2022.csv",
        platform: Platform::Youtube,
        name: "Youtube channel",
        headings: ["Followers", "Category", "Likes (Avg.)", "Comments (Avg.)", "Views (Avg.)", "", ""],
    },
    List {
        file: "social_media_influencers_tiktok_dec_2022.csv",
        platform: Platform::Tiktok,
        name: "Tiktoker name",
        headings: ["followers", "", "likes(avg.)", "comments(avg.)", "views(avg)", "", ""],
    },
    List {
        file: "social_media_influencers_instagram_dec_2022.csv",
        platform: Platform::Instagram,
        name: "name",
        headings: ["followers", "Category_1", "", "", "", "Eng. (Avg.)", "Eng. (Auth.)"],
    },
];

/// Reads the lists that are there. A creator listed twice counts once; one without followers is left out; a count that is no number
/// is missing.
pub(super) fn read(folder: &Path) -> Result<Vec<RankedCreator>> {
    let mut creators = Vec::new();
    for list in &LISTS {
        let path = folder.join(list.file);
        if !path.exists() {
            continue;
        }
        let mut rows = CsvRows::open(&path, &[list.name, list.headings[0]])?;
        let mut seen = BTreeSet::new();
        while rows.step()? {
            let named = rows.text(list.name).map(|name| name.trim().to_owned());
            let count = |place: usize| rows.text(list.headings[place]).and_then(|text| short_number(&text));
            let Some(followers) = count(0).filter(|&count| count > 0) else { continue };
            if named.is_none_or(|name| !seen.insert(name)) {
                continue;
            }
            creators.push(RankedCreator {
                platform: list.platform,
                followers,
                category: rows.text(list.headings[1]).map(|text| text.trim().to_owned()),
                likes: count(2),
                comments: count(3),
                views: count(4),
                engagement: count(5),
                authentic: count(6),
            });
        }
    }
    Ok(creators)
}

/// `1.2M` is 1,200,000; `N/A` is nothing.
fn short_number(text: &str) -> Option<u64> {
    let text = text.trim().replace(',', "");
    let (digits, factor) = match text.chars().last()? {
        'K' | 'k' => (&text[..text.len() - 1], 1e3),
        'M' | 'm' => (&text[..text.len() - 1], 1e6),
        'B' | 'b' => (&text[..text.len() - 1], 1e9),
        _ => (text.as_str(), 1.0),
    };
    let value = digits.parse::<f64>().ok()? * factor;
    (0.0..1e15).contains(&value).then(|| value.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_read_and_nonsense_is_missing() {
        for (text, number) in
            [("1.2M", Some(1_200_000)), ("348.5", Some(349)), ("9.8K", Some(9_800)), ("N/A'", None), ("", None), ("-3", None)]
        {
            assert_eq!(short_number(text), number, "{text}");
        }
    }

    #[test]
    fn a_list_with_broken_headings_and_repeated_rows_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let text = "s.no,Youtube channel,youtuber name,Category,Followers,Followers,Country,\"\nViews (Avg.)\",\"\nViews (Avg.)\",Likes (Avg.),Likes (Avg.),Comments (Avg.),Comments (Avg.),Category-2\n\
            1,amber,Amber,Music,10.5M,10500000,IN,1M,1000000,20K,20000,N/A,#VALOR!,\n2,amber,Amber,Music,10.5M,10500000,IN,1M,1000000,20K,20000,0,0,\n3,birch,Birch,,,,,0,0,0,0,0,0,\n";
        std::fs::write(folder.path().join(LISTS[0].file), text).unwrap();
        let creators = read(folder.path()).unwrap();
        let amber = RankedCreator {
            platform: Platform::Youtube,
            followers: 10_500_000,
            category: Some("Music".into()),
            likes: Some(20_000),
            comments: None,
            views: Some(1_000_000),
            engagement: None,
            authentic: None,
        };
        assert_eq!(creators, [amber]);
    }
}
